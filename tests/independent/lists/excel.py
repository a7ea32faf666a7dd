"""What Excel itself does to a workbook and the library does not: texts in a part of their own."""

import re

_INLINE = re.compile(
    rb'(<c r="[A-Z]+\d+"[^>]*?) t="inlineStr"><is>(<t[^>]*>[^<]*</t>|<t ?/>)</is></c>'
)
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def share_strings(parts: dict[str, bytes], rich: bool) -> None:
    """Moves every text into xl/sharedStrings.xml; `rich`: each seventh in two pieces, one red."""
    numbers: dict[bytes, int] = {}

    def move(found: re.Match[bytes]) -> bytes:
        number = numbers.setdefault(found[2], len(numbers))
        return found[1] + b' t="s"><v>%d</v></c>' % number

    for name in parts:
        if name.startswith("xl/worksheets/sheet"):
            parts[name] = _INLINE.sub(move, parts[name])
    items = [
        _in_two(text) if rich and number % 7 == 3 else b"<si>" + text + b"</si>"
        for text, number in numbers.items()
    ]
    parts["xl/sharedStrings.xml"] = (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        b'<sst xmlns="%s" uniqueCount="%d">%s</sst>' % (_MAIN, len(items), b"".join(items))
    )
    rels = "xl/_rels/workbook.xml.rels"
    link = b'<Relationship Type="%s" Target="sharedStrings.xml" Id="rIdS"/>' % _KIND
    parts[rels] = parts[rels].replace(b"</Relationships>", link + b"</Relationships>")
    types = "[Content_Types].xml"
    entry = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/>' % _TYPE
    parts[types] = parts[types].replace(b"</Types>", entry + b"</Types>")


def _in_two(text: bytes) -> bytes:
    content = re.sub(rb"<[^>]*>", b"", text).decode()
    cut = content.find(" ") + 1  # never inside an escaped character
    red = '<rPr><b/><color rgb="FFFF0000"/></rPr>'
    keep = '<t xml:space="preserve">'
    made = f"<si><r>{keep}{content[:cut]}</t></r><r>{red}{keep}{content[cut:]}</t></r></si>"
    return made.encode()
