"""The file spoilt: its parts, its sheets, its lock."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from tests.harness.spoilt.kinds import Sound, own
from tests.independent.lists.zips import Parts, pack, parts_of

_CELL = re.compile(rb'<c t="inlineStr">.*?</c>', re.DOTALL)
_ROW = re.compile(rb"<row>.*?</row>", re.DOTALL)
_ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def _hidden(parts: Parts) -> list[str]:
    """The parts of the data sheets in their order; the manifest is the last."""
    names = [name for name, _ in parts if "/data" in name]
    return sorted(names, key=lambda name: (len(name), name))


def _edited(data: bytes, edits: dict[str, Callable[[bytes], bytes]]) -> bytes:
    kept: Callable[[bytes], bytes] = bytes
    return pack([(name, edits.get(name, kept)(body)) for name, body in parts_of(data)])


def _in_some(
    rng: random.Random, sound: Sound, edit: Callable[[bytes], bytes], *, least: int = 0
) -> bytes:
    """With one hidden sheet edited, or one of data that has at least so many rows."""
    parts = parts_of(sound.data)
    hidden = set(_hidden(parts)[: -1 if least else None])
    names = [name for name, body in parts if name in hidden and body.count(b"<row>") >= least]
    return _edited(sound.data, {rng.choice(names): edit})


def _one(rng: random.Random, pattern: re.Pattern[bytes], body: bytes) -> re.Match[bytes]:
    return rng.choice(list(pattern.finditer(body)))


@own(refused=True)
def letter_changed(rng: random.Random, sound: Sound) -> bytes:
    def edit(body: bytes) -> bytes:
        text = _one(rng, re.compile(rb"<t[^>]*>([^<]+)</t>"), body)
        places = [at for at in range(text.start(1), text.end(1)) if body[at] < 128]
        at = rng.choice(places)
        return body[:at] + (b"x" if body[at : at + 1] != b"x" else b"y") + body[at + 1 :]

    return _in_some(rng, sound, edit)


@own(refused=True)
def row_lost(rng: random.Random, sound: Sound) -> bytes:
    return _in_some(rng, sound, lambda body: body.replace(_one(rng, _ROW, body)[0], b"", 1))


@own(refused=True)
def row_twice(rng: random.Random, sound: Sound) -> bytes:
    def edit(body: bytes) -> bytes:
        row = _one(rng, _ROW, body)
        return body[: row.end()] + row[0] + body[row.end() :]

    return _in_some(rng, sound, edit, least=2)


@own(refused=True)
def rows_swapped(rng: random.Random, sound: Sound) -> bytes:
    def edit(body: bytes) -> bytes:
        rows = _ROW.findall(body)
        one, two = rng.sample(range(len(rows)), 2)
        rows[one], rows[two] = rows[two], rows[one]
        return body[: body.index(b"<row>")] + b"".join(rows) + b"</sheetData></worksheet>"

    return _in_some(rng, sound, edit, least=2)


@own()
def cell_of_another_type(rng: random.Random, sound: Sound) -> bytes:
    kinds = (b"<c><v>1</v></c>", b'<c t="b"><v>1</v></c>', b'<c t="e"><v>#N/A</v></c>', b"<c/>",
             b'<c t="d"><v>2026-01-01</v></c>', b"<c><v>1e400</v></c>")  # fmt: skip

    def edit(body: bytes) -> bytes:
        cell = _one(rng, _CELL, body)
        return body[: cell.start()] + rng.choice(kinds) + body[cell.end() :]

    return _in_some(rng, sound, edit)


@own()
def formula_with_the_text(rng: random.Random, sound: Sound) -> bytes:
    """Some cells are worked out, and hold what they held."""

    def formula(found: re.Match[bytes]) -> bytes:
        text = b"".join(re.findall(rb"<t[^>]*>(.*?)</t>", found[0], re.DOTALL))
        made = b'<c t="str"><f>WEBSERVICE("http://vd.invalid")</f><v>' + text + b"</v></c>"
        return made if rng.random() < 0.2 else found[0]

    return _in_some(rng, sound, lambda body: _CELL.sub(formula, body))


@own()
def merged_over(rng: random.Random, sound: Sound) -> bytes:
    area = rng.choice([b"A1:B2", b"A2:A4", b"A1:XFD1048576", b"B2:B2", b"C1:A1", b"x"])
    merged = b'</sheetData><mergeCells><mergeCell ref="' + area + b'"/></mergeCells>'
    return _in_some(rng, sound, lambda body: body.replace(b"</sheetData>", merged))


@own()
def entities(rng: random.Random, sound: Sound) -> bytes:
    """In the workbook, the types, the cover, or a sheet of data, before the text or in it."""
    inside = rng.random() < 0.5

    def edit(body: bytes) -> bytes:
        head = re.sub(rb"^(<\?xml[^>]*\?>)?", rb"\g<1>" + _ENTITIES, body, count=1)
        return re.sub(rb"(<t[^>]*>|<sheets>)", rb"\g<1>&b;", head) if inside else head

    name = rng.choice([name for name, _ in parts_of(sound.data) if name.endswith(".xml")])
    return _edited(sound.data, {name: edit})


@own()
def strings_bomb(rng: random.Random, sound: Sound) -> bytes:
    """A few kilobytes of shared strings that unpack to 50 MB and more, in many or in one."""
    one, count = rng.choice([(b"<si><t>a</t></si>", 3_000_000), (b"a" * 1_000_000, 60)])
    body = one * count if one.startswith(b"<") else b"<si><t>" + one * count + b"</t></si>"
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = b'<sst xmlns="' + main + b'" count="1">' + body + b"</sst>"
    parts = [one for one in parts_of(sound.saved_again(0)) if one[0] != "xl/sharedStrings.xml"]
    return pack([*parts, ("xl/sharedStrings.xml", strings)])


@own()
def members_many(rng: random.Random, sound: Sound) -> bytes:
    more = [(f"xl/media/{at}.png", b"") for at in range(rng.choice([500, 1_990, 3_000]))]
    return pack([*parts_of(sound.data), *more])


@own(refused=True)
def member_twice(rng: random.Random, sound: Sound) -> bytes:
    """A sheet of another package under the name of one of ours, before it or behind it."""
    ours, theirs = parts_of(sound.data), dict(parts_of(sound.other))
    name = rng.choice([name for name in _hidden(ours) if name in theirs])
    second = [(name, theirs[name])]
    return pack([*ours, *second] if rng.random() < 0.5 else [*second, *ours])


@own(refused=True)
def manifests_two(rng: random.Random, sound: Sound) -> bytes:
    parts, theirs = parts_of(sound.data), parts_of(sound.other)
    foreign = dict(theirs)[_hidden(theirs)[-1]]
    sheet = b'<sheet name="manifest" sheetId="7000" xmlns:r="%s" r:id="rIdTwo"/>' % _REL
    relation = b'<Relationship Id="rIdTwo" Type="%s/worksheet" Target="/xl/two.xml"/>' % _REL
    entry = b"<sheets>" + sheet if rng.random() < 0.5 else sheet + b"</sheets>"
    tag = b"<sheets>" if entry.startswith(b"<sheets>") else b"</sheets>"
    edits: dict[str, Callable[[bytes], bytes]] = {
        "xl/workbook.xml": lambda body: body.replace(tag, entry),
        "xl/_rels/workbook.xml.rels": lambda body: body.replace(
            b"</Relationships>", relation + b"</Relationships>"
        ),
    }
    return pack([*parts_of(_edited(pack(parts), edits)), ("xl/two.xml", foreign)])


_REL = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@own(refused=True)
def manifest_of_another(rng: random.Random, sound: Sound) -> bytes:
    theirs = parts_of(sound.other)
    foreign = dict(theirs)[_hidden(theirs)[-1]]
    if rng.random() < 0.5:  # theirs with our manifest
        ours = parts_of(sound.data)
        mine = dict(ours)[_hidden(ours)[-1]]
        return _edited(sound.other, {_hidden(theirs)[-1]: lambda _: mine})
    return _edited(sound.data, {_hidden(parts_of(sound.data))[-1]: lambda _: foreign})


@own(refused=True)
def manifest_retyped(rng: random.Random, sound: Sound) -> bytes:
    """A value of the manifest typed otherwise, as a text or as a number."""
    cells = (b'<c t="inlineStr"><is><t>x</t></is></c>', b"<c><v>2026</v></c>", b"<c/>",
             b'<c t="inlineStr"><is><t>99999</t></is></c>')  # fmt: skip

    def edit(body: bytes) -> bytes:
        cell = _one(rng, _CELL, body)
        other = rng.choice([one for one in cells if one != cell[0]])
        return body[: cell.start()] + other + body[cell.end() :]

    return _edited(sound.data, {_hidden(parts_of(sound.data))[-1]: edit})


@own(refused=True)
def sheets_swapped(rng: random.Random, sound: Sound) -> bytes:
    """The bodies of two hidden sheets, or what the workbook calls them."""
    parts = dict(parts_of(sound.data))
    one, two = rng.sample(_hidden(list(parts.items())), 2)
    if rng.random() < 0.5 and parts[one] != parts[two]:
        return _edited(sound.data, {one: lambda _: parts[two], two: lambda _: parts[one]})

    def edit(body: bytes) -> bytes:
        first, second = rng.sample(re.findall(rb'name="(data_[^"]*|manifest)"', body), 2)
        body = body.replace(b'"%s"' % first, b'"\0"').replace(b'"%s"' % second, b'"%s"' % first)
        return body.replace(b'"\0"', b'"%s"' % second)

    return _edited(sound.data, {"xl/workbook.xml": edit})


@own()
def locked_and_cut(rng: random.Random, sound: Sound) -> bytes:
    """Read only where nothing but the zeros that fill the last sector are lost."""
    return sound.locked[: rng.randrange(len(sound.locked))]


@own()
def locked_and_flipped(rng: random.Random, sound: Sound) -> bytes:
    made = bytearray(sound.locked)
    for _ in range(rng.randrange(1, 20)):
        made[rng.randrange(len(made))] ^= 1 << rng.randrange(8)
    return bytes(made)


@own(refused=True)
def locked_otherwise(rng: random.Random, sound: Sound) -> bytes:
    """With another passphrase, whole or with bytes behind it."""
    return sound.locked_otherwise + rng.randbytes(rng.randrange(3))
