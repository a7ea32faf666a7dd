"""What a plan or a report begins with: its head, and its sections with the texts to start from.

Texts hold `{year}`, `{last_year}`, `{next_year}`, `{unit}` (xã Hòa Bình), `{name}` (Hòa Bình),
`{kind}` (xã, phường), `{village}` (thôn, tổ dân phố), `{place}` (địa danh), `{period}` (quý I năm
2026).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from giamngheo_desktop.domain.heading_numbers import HeadingStyle
from giamngheo_desktop.domain.plan_content import ComponentPart

PLACEHOLDERS = ("year", "last_year", "next_year", "unit", "name", "kind", "village", "place",
                "period")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutSection:
    """A section; `typed` prints instead of its number, `content` is a code of `plan_content`.
    `code` says what it is for, the same in all layouts and years.
    """

    code: str
    title: str = ""
    style: HeadingStyle | None = None
    typed: str = ""
    text: str = ""
    content: str = ""
    included: bool = True
    annex: bool = False
    sections: tuple[LayoutSection, ...] = ()

    def walk(self) -> Iterator[LayoutSection]:
        """Itself, then what stands in it."""
        yield self
        for one in self.sections:
            yield from one.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutPart:
    """How what a plan says of a component is headed there."""

    part: ComponentPart
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One definition. `type` is plan or report; a report is of `periods` (of `PeriodType`)."""

    code: str
    version: int
    label: str
    valid_from: date
    valid_to: date | None
    legal_basis: str
    type: str
    periods: tuple[str, ...] = ()
    source: str
    certainty: str
    title: str
    summary: str
    addressee: str = ""
    grounds: str = ""
    opening: str = ""
    closing: str = ""
    parts: tuple[LayoutPart, ...] = ()
    parts_style: HeadingStyle = HeadingStyle.LETTER
    components_style: HeadingStyle = HeadingStyle.DOTTED
    sections: tuple[LayoutSection, ...] = ()

    def walk(self) -> Iterator[LayoutSection]:
        for one in self.sections:
            yield from one.walk()


def filled(text: str, words: Mapping[str, str]) -> str:
    """With its placeholders set; one that no word is known for stays."""
    for name in PLACEHOLDERS:
        if name in words:
            text = text.replace(f"{{{name}}}", words[name])
    return text


def filled_section(section: LayoutSection, words: Mapping[str, str]) -> LayoutSection:
    """Likewise, without what stands in it."""
    return replace(
        section,
        title=filled(section.title, words),
        text=filled(section.text, words),
        sections=(),
    )
