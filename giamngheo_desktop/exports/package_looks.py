"""What a readable sheet of a package shows beside its values: a value is not what people read where
a formula, a format or something that lies over the cell shows another one.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

Attributes = Mapping[str, str]

# The formats the program writes: digits as they are, and a sign of the form for nought.
_PLAIN = r"(?:General|@|0|0\.0+|#,##0(?:\.0+)?)"
_FORMAT = re.compile(rf"{_PLAIN}|({_PLAIN});-\1;[^1-9@#?A-Za-z;\[\]]*")
_BUILT_IN = {0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 49: "@"}
# What may show another value than the cell's, or lie over cells.
_STRANGE = {
    "f",
    "conditionalFormatting",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
}
_MARGIN = re.compile("(?:odd|even|first)(?:Header|Footer)")
_CODES = re.compile(r'&"[^"]*"|&[0-9]+|&[LCRBIUSEXY]|\s+')  # places and letters, no words
_SHEET = "/worksheet"


@dataclass(slots=True)
class Look:
    """`is_strange`: it shows what the program never writes. `seal` is of what is printed around
    the cells, which of them are printed, and which are merged.
    """

    is_strange: bool = False
    merged: list[str] = field(default_factory=list)
    around: dict[str, str] = field(default_factory=dict)

    @property
    def seal(self) -> str:
        lines = [
            *sorted(self.merged),
            *(f"{one}={self.around[one]}" for one in sorted(self.around)),
        ]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def looks(data: bytes, titles: Collection[str]) -> dict[str, Look]:
    """The looks of sheets of a workbook; one that cannot be told is strange."""
    found = {title: Look(is_strange=True) for title in titles}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            book = _Book(archive)
            for title in titles:
                found[title] = book.look(title)
    except (KeyError, ValueError, IndexError, expat.ExpatError, zipfile.BadZipFile):
        pass
    return found


class _Book:
    """Raises KeyError, ValueError, IndexError, ExpatError of what is built otherwise."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._formats = self._read_formats()
        targets: dict[str, str] = {}
        self._names: list[str] = []
        self._sheets: dict[str, tuple[str, Attributes]] = {}
        self._areas: list[tuple[str, str]] = []  # the sheet's number, the area that is printed
        area: list[str] = []

        def relation(name: str, said: Attributes) -> None:
            if name == "Relationship" and said["Type"].endswith(_SHEET):
                targets[said["Id"]] = posixpath.join("/xl", said["Target"]).lstrip("/")

        def entry(name: str, said: Attributes) -> None:
            if name == "sheet":
                self._sheets[said["name"]] = targets[said["id"]], said
                self._names.append(said["name"])
            area[:] = []
            if name == "definedName" and said["name"] == "_xlnm.Print_Area":
                area.append(said.get("localSheetId", ""))

        def text(said: str) -> None:
            if area:
                self._areas.append((area[0], said))

        _parse(archive.read("xl/_rels/workbook.xml.rels"), relation)
        _parse(archive.read("xl/workbook.xml"), entry, text)

    def look(self, title: str) -> Look:
        path, said = self._sheets[title]
        printed = [text for at, text in self._areas if at == str(self._names.index(title))]
        found = Look(is_strange=said.get("state", "visible") != "visible")
        found.around["area"] = "".join(printed).rpartition("!")[2].replace("$", "")
        margin: list[str] = []

        def element(name: str, said: Attributes) -> None:
            margin[:] = []
            if name == "c":
                if (style := said.get("s")) is not None and not self._formats[int(style)]:
                    found.is_strange = True
            elif name in ("row", "col"):
                sizes = (said.get("ht"), said.get("width"))
                hidden = said.get("hidden") in ("1", "true")
                if hidden or any(size is not None and float(size) == 0 for size in sizes):
                    found.is_strange = True
            elif name == "mergeCell":
                found.merged.append(said["ref"])
            elif name in _STRANGE:
                found.is_strange = True
            elif _MARGIN.fullmatch(name):
                margin.append(name)

        def text(said: str) -> None:
            if margin:
                found.around[margin[0]] = found.around.get(margin[0], "") + said

        _parse(self._archive.read(path), element, text)
        said_around = {one: _CODES.sub("", text) for one, text in found.around.items()}
        found.around = {one: text for one, text in said_around.items() if text}
        return found

    def _read_formats(self) -> list[bool]:
        """Of each style of cells, whether its format is one of the program's."""
        codes: dict[int, str] = {**_BUILT_IN}
        styles: list[int] = []
        inside: list[str] = []

        def element(name: str, said: Attributes) -> None:
            if name == "numFmt":
                codes[int(said["numFmtId"])] = said["formatCode"]
            elif name in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
                inside[:] = [name]
            elif name == "xf" and inside == ["cellXfs"]:
                styles.append(int(said.get("numFmtId", "0")))

        _parse(self._archive.read("xl/styles.xml"), element)
        return [_is_plain(codes.get(one, "")) for one in styles]


def _is_plain(code: str) -> bool:
    """Quotes and backslashes stand before the same signs in one program and not in another."""
    return _FORMAT.fullmatch(re.sub(r'["\\]', "", code)) is not None


def _parse(
    data: bytes,
    element: Callable[[str, Attributes], None],
    text: Callable[[str], None] | None = None,
) -> None:
    """Names come without their prefixes. A DOCTYPE is a ValueError."""

    def begins(name: str, said: dict[str, str]) -> None:
        if ":" in name:
            name = name.rpartition(":")[2]
        element(name, {one.rpartition(":")[2]: value for one, value in said.items()})

    def refuse(*_: object) -> None:
        raise ValueError("DOCTYPE")

    parser = expat.ParserCreate()
    parser.StartElementHandler = begins
    parser.StartDoctypeDeclHandler = refuse
    if text is not None:
        parser.CharacterDataHandler = text
    parser.Parse(data, True)
