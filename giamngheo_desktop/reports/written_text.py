"""Typed text as paragraphs of an official paper: a line each, lists by their marks (NĐ 30/2020)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from giamngheo_desktop.reports.document import Align, Paragraph, Run

SIZE = 13.0  # 13–14
FIRST_LINE = 12.7  # mm: 1 or 1,27 cm
ABOVE = 6.0  # points between paragraphs, at least
_MARKS = ("- ", "+ ", "* ", "– ", "• ")


def paragraph(*runs: Run, with_next: bool = False, align: Align = Align.JUSTIFY) -> Paragraph:
    """One of the text, its first line set in where it is not in the middle."""
    first = 0.0 if align is Align.CENTER else FIRST_LINE
    return Paragraph(
        runs=runs, align=align, size=SIZE, first_line=first, above=ABOVE, with_next=with_next
    )


def paragraphs(text: str, *, italic: bool = False) -> tuple[Paragraph, ...]:
    """A paragraph for each line that says something."""
    return tuple(paragraph(Run(line, italic=italic)) for line in lines_of(text))


def lines_of(text: str) -> tuple[str, ...]:
    return tuple(line for raw in text.splitlines() if (line := " ".join(raw.split())))


def is_listed(line: str) -> bool:
    """Whether it begins with the mark of a list."""
    return line.startswith(_MARKS)


def listed(lines: Iterable[str], marks: str | Sequence[str] = "- ") -> tuple[Paragraph, ...]:
    """Lines of a list that ends: each with its mark, or that of all, and ";", the last with "."."""
    said = [line.rstrip(" .;") for line in lines]
    before = [marks] * len(said) if isinstance(marks, str) else marks
    ends = [";"] * (len(said) - 1) + ["."]
    return tuple(
        paragraph(Run(f"{mark}{line}{end}"))
        for mark, line, end in zip(before, said, ends, strict=False)
    )
