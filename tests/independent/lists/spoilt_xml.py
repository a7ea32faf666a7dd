"""Inside the parts: entities, broken tags, letters that may not be."""

import random
import re

from tests.independent.lists.kinds import BOOK, SHEET, changed, in_sheet, kind, some_cells


def _entities() -> bytes:
    lines = [b'<!ENTITY a0 "ha">']
    lines += [
        b'<!ENTITY a%d "%s">' % (level, b"&a%d;" % (level - 1) * 10) for level in range(1, 10)
    ]
    return b"<!DOCTYPE worksheet [" + b"".join(lines) + b"]>"


def _some_part(rng: random.Random) -> str:
    """One that no reader of the first sheet can leave unread."""
    return rng.choice([SHEET, SHEET, BOOK, "xl/_rels/workbook.xml.rels"])


def _with_doctype(body: bytes, doctype: bytes, reference: bytes) -> bytes:
    """Puts the reference where a text may stand: after the first start tag."""
    body = re.sub(rb"^<\?xml[^>]*\?>\s*", b"", body)
    at = body.index(b">") + 1
    return b'<?xml version="1.0"?>' + doctype + body[:at] + reference + body[at:]


@kind(refused=True)
def xml_bomb(rng: random.Random, data: bytes) -> bytes:
    name = _some_part(rng)
    return changed(data, name, lambda body: _with_doctype(body, _entities(), b"&a9;"))


@kind(refused=True)
def xml_bomb_flat(rng: random.Random, data: bytes) -> bytes:
    """One long entity, many times: slips under a limit of depth."""
    doctype = b'<!DOCTYPE x [<!ENTITY b "%s">]>' % (b"B" * 50_000)
    return changed(data, SHEET, lambda body: _with_doctype(body, doctype, b"&b;" * 20_000))


@kind(refused=True)
def doctype(rng: random.Random, data: bytes) -> bytes:
    """An entity from a file or the network."""
    name = _some_part(rng)
    where = rng.choice(
        [b"file:///etc/passwd", b"http://vd.invalid/x", b"file:///c:/windows/win.ini"]
    )
    made = b'<!DOCTYPE x [<!ENTITY e SYSTEM "%s">]>' % where
    return changed(data, name, lambda body: _with_doctype(body, made, b"&e;"))


@kind(refused=True)
def doctype_other_encoding(rng: random.Random, data: bytes) -> bytes:
    """UTF-16, so that who looks for the letters `<!DOCTYPE` does not find them."""
    encoding = rng.choice(["utf-16", "utf-16-be"])

    def change(body: bytes) -> bytes:
        text = _with_doctype(body, _entities(), b"&a9;").decode()
        text = text.replace('version="1.0"', 'version="1.0" encoding="UTF-16"', 1)
        mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
        return mark + text.encode(encoding)

    return in_sheet(data, change)


@kind()
def nested_deep(_rng: random.Random, data: bytes) -> bytes:
    deep = b"<a>" * 100_000 + b"</a>" * 100_000
    return in_sheet(data, lambda body: body.replace(b"<sheetData>", deep + b"<sheetData>", 1))


@kind()
def tag_broken(rng: random.Random, data: bytes) -> bytes:
    def change(body: bytes) -> bytes:
        ends = [found.start() for found in re.finditer(rb"</(row|c|v)>", body)]
        at = rng.choice(ends)
        return body[:at] + body[at + 4 :]

    return in_sheet(data, change)


@kind()
def control_characters(rng: random.Random, data: bytes) -> bytes:
    """Some the XML forbids, some it allows, some Excel writes as _x0001_."""
    pieces = [b"\x00", b"\x0b", b"\x1b[2J", b"&#0;", b"&#x1F;", b"_x0000_", b"_x000D_", b"\xff\xfe",
              "\u202eabc\u202c".encode(), "\u200f".encode(), b"\xef\xbf\xbe", b"\xed\xa0\x80",
              b"&#9;\r\n"]  # fmt: skip

    def content(at: bytes, style: bytes) -> bytes:
        text = b"a" + rng.choice(pieces) + b"b"
        return b'<c r="%s"%s t="inlineStr"><is><t>%s</t></is></c>' % (at, style, text)

    return some_cells(rng, data, content, 0.02)
