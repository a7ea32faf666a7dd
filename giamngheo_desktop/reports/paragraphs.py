"""A paragraph cut into lines: words of several faces, set between the margins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reportlab.lib.units import mm

from giamngheo_desktop.reports.blocks import LEADING, Block, Text
from giamngheo_desktop.reports.document import Align, Paragraph
from giamngheo_desktop.reports.fonts import Face, printable, text_width, wrap

_LEADER = 8  # dots that are a line to write on
_BASELINE = 0.9 + (LEADING - 1) / 2  # of the letter size, as in `blocks.Stack`


@dataclass(frozen=True, slots=True)
class _Word:
    """Letters without a blank in one face; `glued` where no blank stands before them."""

    text: str
    face: Face
    glued: bool = False


_Line = list[_Word]


def paragraph_lines(paragraph: Paragraph, left: float, width: float) -> list[Block]:
    """One block per printed line; the room above belongs to the first."""
    start = left + paragraph.left * mm
    room = width - paragraph.left * mm
    size, blocks = paragraph.size, []
    for number, (line, ends) in enumerate(_lines(paragraph, room)):
        indent = paragraph.first_line * mm if number == 0 else 0.0
        above = paragraph.above if number == 0 else 0.0
        texts = _set(line, start + indent, room - indent, above, paragraph, stretch=not ends)
        blocks.append(Block(above + size * LEADING, tuple(texts)))
    return blocks


def leader_lines(paragraph: Paragraph, width: float) -> int:
    """On how many of its lines the dots stand that it ends with; 0 where it ends otherwise."""
    count = 0
    for line, ends in reversed(list(_lines(paragraph, width - paragraph.left * mm))):
        if not _is_leader(line[-1:]) or (ends and count):
            break
        count += 1
        if len(line) > 1:
            break
    return count


def _lines(paragraph: Paragraph, room: float) -> Iterator[tuple[_Line, bool]]:
    """The lines, and whether each ends what was typed in one piece."""
    first = True
    for part in _parts(paragraph):
        line: _Line = []
        used = paragraph.first_line * mm if first else 0.0
        for unit in _units(part, paragraph.size, room):
            while _is_leader(unit):
                blank = _blank(unit, paragraph.size) if line else 0.0
                least = _LEADER if line else 1
                head, unit = _cut_leader(unit, paragraph.size, room - used - blank, least)
                line += head
                used += blank + _width(head, paragraph.size)
                if unit:
                    yield line, False
                    line, used, first = [], 0.0, False
            if not unit:
                continue
            wide = _width(unit, paragraph.size)
            if line and used + _blank(unit, paragraph.size) + wide > room + 0.01:
                yield line, False
                line, used, first = [], 0.0, False
            used += (_blank(unit, paragraph.size) if line else 0.0) + wide
            line += unit
        yield line, True
        first = False


def _is_leader(unit: _Line) -> bool:
    """Dots to write on: they may be parted anywhere."""
    return len(unit) == 1 and len(unit[0].text) >= _LEADER and not unit[0].text.strip(".")


def _cut_leader(unit: _Line, size: float, room: float, least: int) -> tuple[_Line, _Line]:
    """What of the dots fits on the line, and the rest; fewer than `least` go over whole, and a rest
    too short to write on is left out.
    """
    (word,) = unit
    fitting = int((room + 0.01) / text_width(".", word.face, size))
    if fitting >= len(word.text):
        return unit, []
    if fitting < least:
        return ([], unit) if least > 1 else (unit, [])
    rest = word.text[fitting:]
    head = [replace(word, text="." * fitting)]
    return head, [replace(word, text=rest)] if len(rest) >= _LEADER else []


def _parts(paragraph: Paragraph) -> Iterator[list[_Word]]:
    """The words between two line feeds."""
    words: list[_Word] = []
    glued = False
    for run in paragraph.runs:
        face = _face(run.bold, run.italic)
        for at, piece in enumerate(printable(run.text).split("\n")):
            if at:
                yield words
                words, glued = [], False
            for index, word in enumerate(piece.split(" ")):
                if index:
                    glued = False
                if word:
                    words.append(_Word(word, face, glued))
                    glued = True
    yield words


def _units(words: list[_Word], size: float, room: float) -> Iterator[_Line]:
    """What a line may not part: words glued together; a piece longer than a line is broken."""
    unit: _Line = []
    for word in words:
        if not word.glued and unit:
            yield unit
            unit = []
        parts = (word.text,) if _is_leader([word]) else wrap(word.text, word.face, size, room)
        if unit and _width(unit, size) + text_width(parts[0], word.face, size) > room:
            yield unit  # glued, and longer than a line
            unit = []
        for part in parts[:-1]:
            yield [*unit, _Word(part, word.face, word.glued and bool(unit))]
            unit = []
        unit.append(_Word(parts[-1], word.face, word.glued and bool(unit)))
    if unit:
        yield unit


def _width(unit: _Line, size: float) -> float:
    return sum(text_width(word.text, word.face, size) for word in unit)


def _blank(unit: _Line, size: float) -> float:
    return text_width(" ", unit[0].face, size)


def _set(
    line: _Line, x: float, room: float, above: float, paragraph: Paragraph, *, stretch: bool
) -> Iterator[Text]:
    """The texts of a line. A stretched one spreads its blanks, others are drawn in few pieces."""
    size = paragraph.size
    y = above + size * _BASELINE
    blanks = [0.0 if word.glued else _blank([word], size) for word in line[1:]]
    used = _width(line, size) + sum(blanks)
    gaps = sum(1 for blank in blanks if blank)
    extra = 0.0
    if paragraph.align is Align.JUSTIFY and stretch and gaps:
        extra = (room - used) / gaps
    elif paragraph.align is Align.CENTER:
        x += (room - used) / 2
    elif paragraph.align is Align.RIGHT:
        x += room - used
    start, text = x, ""
    for at, word in enumerate(line):
        follows = line[at + 1] if at + 1 < len(line) else None
        x += text_width(word.text, word.face, size)
        text += word.text
        if follows and not follows.glued:
            text += " "  # kept in the text, so that it reads out as it was typed
            x += blanks[at] + extra
        if follows is None or follows.face is not word.face or (extra and not follows.glued):
            yield Text(start, y, text, word.face, size)
            start, text = x, ""


def _face(bold: bool, italic: bool) -> Face:
    if bold:
        return Face.BOLD_ITALIC if italic else Face.BOLD
    return Face.ITALIC if italic else Face.REGULAR
