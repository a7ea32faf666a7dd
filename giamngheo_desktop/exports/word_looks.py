"""How Word resolves the look of runs and paragraphs: what is set on them, then their styles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from giamngheo_desktop.domain.lengths import whole_length

_ALIGNS = {"center": "center", "right": "right", "end": "right", "both": "justify"}
_LINES = ("single", "thick", "double", "dotted", "dashed")
_SIDES = tuple(qn(f"w:{side}") for side in ("left", "start", "insideV", "right", "end"))
_DEPTH = 12  # of styles based on one another


@dataclass(frozen=True, slots=True)
class RunLook:
    bold: bool
    italic: bool
    caps: bool
    hidden: bool
    coloured: bool
    size: float


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """Lengths in twips; `stops` are tab stops with whether dots lead to them."""

    align: str
    first_line: int
    left: int
    above: int
    below: int
    with_next: bool
    new_page: bool
    stops: tuple[tuple[int, bool], ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a numbered list."""

    number: str
    depth: str
    bullet: bool
    kind: str
    form: str  # "%1."
    start: int

    def shown(self, count: int) -> str:
        letters = {"lowerLetter": "a", "upperLetter": "A"}
        if self.kind in letters and count <= 26:
            told = chr(ord(letters[self.kind]) + count - 1)
        elif self.kind in ("lowerRoman", "upperRoman"):
            told = _roman(count) if self.kind == "upperRoman" else _roman(count).lower()
        else:
            told = str(count)
        return re.sub(r"%\d", told, self.form[-3:]) + " "


class Looks:
    """The styles of one document."""

    def __init__(self, word: Any) -> None:
        root = word.styles.element
        self._styles = {style.get(qn("w:styleId")): style for style in root.findall(qn("w:style"))}
        self._usual = next(
            (
                name
                for name, style in self._styles.items()
                if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) == "1"
            ),
            None,
        )
        self._defaults = root.find(qn("w:docDefaults"))
        self._numbering = _numbering(word)

    def run(self, run: Any, p: Any) -> RunLook:
        sources = list(self._run_sources(run.find(qn("w:rPr")), p))
        size = _first(sources, "w:sz")
        under, colour = _first(sources, "w:u"), _first(sources, "w:color")
        return RunLook(
            bold=on(_first(sources, "w:b")),
            italic=on(_first(sources, "w:i")),
            caps=on(_first(sources, "w:caps")),
            hidden=on(_first(sources, "w:vanish")),
            coloured=(under is not None and under.get(qn("w:val")) != "none")
            or (colour is not None and colour.get(qn("w:val")) not in ("auto", "000000")),
            size=10.0 if size is None else float(size.get(qn("w:val"), 20)) / 2,
        )

    def mark_size(self, p: Any) -> float:
        """The letters of an empty paragraph."""
        mark = p.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
        sizes = [run.find(f"{qn('w:rPr')}/{qn('w:sz')}") for run in p.findall(qn("w:r"))]
        size = next((one for one in sizes if one is not None), None)
        if size is None:
            size = _first(list(self._run_sources(mark, p)), "w:sz")
        return 10.0 if size is None else float(size.get(qn("w:val"), 20)) / 2

    def paragraph(self, p: Any) -> ParagraphLook:
        sources = list(self._paragraph_sources(p))
        jc = _first(sources, "w:jc")
        stops = {
            twips(tab, "w:pos"): tab.get(qn("w:leader")) in ("dot", "underscore", "middleDot")
            for source in reversed(sources)
            for tab in source.findall(f"{qn('w:tabs')}/{qn('w:tab')}")
            if tab.get(qn("w:val")) != "clear"
        }
        hanging = _length(sources, "w:ind", "w:hanging")
        new_page = _first(sources, "w:pageBreakBefore")
        return ParagraphLook(
            align="left" if jc is None else _ALIGNS.get(jc.get(qn("w:val"), ""), "left"),
            first_line=_length(sources, "w:ind", "w:firstLine") - hanging,
            left=_length(sources, "w:ind", "w:left", "w:start"),
            above=_length(sources, "w:spacing", "w:before"),
            below=_length(sources, "w:spacing", "w:after"),
            with_next=on(_first(sources, "w:keepNext")),
            new_page=on(new_page),
            stops=tuple(sorted(stops.items())),
        )

    def numbering(self, p: Any) -> Level | None:
        number = _first(list(self._paragraph_sources(p)), "w:numPr")
        if number is None:
            return None
        named, depth = number.find(qn("w:numId")), number.find(qn("w:ilvl"))
        if named is None:
            return None
        at = "0" if depth is None else depth.get(qn("w:val"), "0")
        return self._numbering.get((named.get(qn("w:val"), ""), at))

    def is_bordered(self, tbl: Any) -> bool:
        """Whether lines part its columns or close its sides."""
        drawn = False
        for borders in tbl.iter(qn("w:tblBorders"), qn("w:tcBorders")):
            drawn = drawn or any(
                side.get(qn("w:val")) in _LINES for side in borders if side.tag in _SIDES
            )
        own = tbl.find(f"{qn('w:tblPr')}/{qn('w:tblBorders')}")
        named = tbl.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}")
        if drawn or own is not None or named is None:
            return drawn
        return any(
            side.get(qn("w:val")) in _LINES
            for style in self._chain(named.get(qn("w:val")))
            for side in style.iterfind(f"{qn('w:tblPr')}/{qn('w:tblBorders')}/*")
            if side.tag in _SIDES
        )

    # -- where a look is looked for, nearest first ----------------------------------------------

    def _run_sources(self, own: Any, p: Any) -> Iterator[Any]:
        if own is not None:
            yield own
            named = own.find(qn("w:rStyle"))
            if named is not None:
                yield from self._of_styles(named.get(qn("w:val")), "w:rPr")
        yield from self._of_styles(self._style_of(p), "w:rPr")
        yield from self._default("w:rPrDefault", "w:rPr")

    def _paragraph_sources(self, p: Any) -> Iterator[Any]:
        own = p.find(qn("w:pPr"))
        if own is not None:
            yield own
        yield from self._of_styles(self._style_of(p), "w:pPr")
        yield from self._default("w:pPrDefault", "w:pPr")

    def _style_of(self, p: Any) -> str | None:
        named = p.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self._usual if named is None else named.get(qn("w:val"))

    def _of_styles(self, name: str | None, part: str) -> Iterator[Any]:
        for style in self._chain(name):
            found = style.find(qn(part))
            if found is not None:
                yield found

    def _chain(self, name: str | None) -> Iterator[Any]:
        for _ in range(_DEPTH):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            based = style.find(qn("w:basedOn"))
            name = None if based is None else based.get(qn("w:val"))

    def _default(self, outer: str, inner: str) -> Iterator[Any]:
        if self._defaults is not None:
            found = self._defaults.find(f"{qn(outer)}/{qn(inner)}")
            if found is not None:
                yield found


def on(element: Any) -> bool:
    """Whether a switch is there and not turned off."""
    return element is not None and element.get(qn("w:val"), "1") not in ("0", "false", "off")


def twips(element: Any, name: str) -> int:
    try:
        return whole_length(float(element.get(qn(name), 0)))
    except ValueError:
        return 0


def _first(sources: list[Any], name: str) -> Any:
    return next((one for source in sources if (one := source.find(qn(name))) is not None), None)


def _length(sources: list[Any], name: str, *attributes: str) -> int:
    """The nearest source that sets it: another attribute of the same element may come from afar."""
    for source in sources:
        element = source.find(qn(name))
        for attribute in attributes:
            if element is not None and element.get(qn(attribute)) is not None:
                return twips(element, attribute)
    return 0


def _numbering(word: Any) -> dict[tuple[str, str], Level]:
    part = next(
        (rel.target_part for rel in word.part.rels.values() if rel.reltype.endswith("/numbering")),
        None,
    )
    if part is None:
        return {}
    root = part.element
    shapes = {one.get(qn("w:abstractNumId")): one for one in root.findall(qn("w:abstractNum"))}
    found: dict[tuple[str, str], Level] = {}
    for number in root.findall(qn("w:num")):
        of = number.find(qn("w:abstractNumId"))
        shape = shapes.get(None if of is None else of.get(qn("w:val")))
        for level in () if shape is None else shape.findall(qn("w:lvl")):
            name, depth = number.get(qn("w:numId"), ""), level.get(qn("w:ilvl"), "0")
            kind = _value(level, "w:numFmt", "decimal")
            if kind == "none":
                continue
            found[name, depth] = Level(
                name,
                depth,
                kind == "bullet",
                kind,
                _value(level, "w:lvlText", "%1."),
                int(_value(level, "w:start", "1")),
            )
    return found


def _value(parent: Any, name: str, default: str) -> str:
    element = parent.find(qn(name))
    return default if element is None else str(element.get(qn("w:val"), default))


def _roman(count: int) -> str:
    told = ""
    for value, letters in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while count >= value:
            told, count = told + letters, count - value
    return told
