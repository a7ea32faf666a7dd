"""What a plan or a report begins with: its head, and its sections with the texts to start from.

Texts hold `{year}`, `{last_year}`, `{next_year}`, `{unit}` (xã Hòa Bình), `{name}` (Hòa Bình),
`{kind}` (xã, phường), `{village}` (thôn, tổ dân phố), `{place}` (địa danh), `{period}` (quý I năm
2026).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.heading_numbers import HeadingStyle
from giamngheo_desktop.domain.outdated_words import Outdated, outdated_in
from giamngheo_desktop.domain.plan_content import ComponentPart

PLACEHOLDERS = ("year", "last_year", "next_year", "unit", "name", "kind", "village", "place",
                "period")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutSection:
    """A section; `typed` prints instead of its number, `content` is a code of `plan_content`.
    `code` says what it is for, the same in all layouts and years; `elsewhere` is its title in a
    unit of another kind than those the layout follows.
    """

    code: str
    title: str = ""
    elsewhere: str = ""
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
    """One definition. `type` is plan or report; a report is of `periods` (of `PeriodType`).

    `level` is of the units it is for, None for any; `kinds` are those whose plans it follows, and
    `misprints` what it prints wrong as they do. Targets of a style are numbered lines, else a list.
    """

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
    level: Level | None = None
    kinds: tuple[str, ...] = ()
    recommended: bool = False
    misprints: tuple[str, ...] = ()
    title: str
    summary: str
    addressee: str = ""
    grounds: str = ""
    opening: str = ""
    closing: str = ""
    parts: tuple[LayoutPart, ...] = ()
    targets_style: HeadingStyle = HeadingStyle.NONE
    parts_style: HeadingStyle = HeadingStyle.LETTER
    components_style: HeadingStyle = HeadingStyle.DOTTED
    sections: tuple[LayoutSection, ...] = ()

    def walk(self) -> Iterator[LayoutSection]:
        for one in self.sections:
            yield from one.walk()

    def suits(self, level: Level | None, kind: str) -> bool:
        """Whether it is for a unit of a level and kind."""
        return self.level in (None, level) or kind in self.kinds

    def told(self, words: Mapping[str, str], kind: str) -> tuple[LayoutSection, ...]:
        """The sections with their placeholders set, for a unit of a kind."""
        return _told(self.sections, words, bool(self.kinds) and kind not in self.kinds)

    def is_of(self, year: int) -> bool:
        """Whether it is for a year; another year's is the layout of an old plan."""
        return self.valid_from.year <= year and (
            self.valid_to is None or year <= self.valid_to.year
        )

    def outdated(self, year: int, known: Iterable[Outdated]) -> tuple[str, ...]:
        """What it says that no longer holds at the end of a year."""
        said = [self.summary, self.grounds, self.opening, self.closing]
        said += [f"{one.title}\n{one.text}" for one in self.walk()]
        found = outdated_in("\n".join(said), date(year, 12, 31), known)
        return tuple(words for words, _ in found)


def in_order(layouts: Iterable[Layout], year: int) -> list[Layout]:
    """The recommended one first, then those of the year, then the newest of old plans."""
    return sorted(
        layouts,
        key=lambda one: (not one.recommended, not one.is_of(year), -one.valid_from.toordinal()),
    )


def filled(text: str, words: Mapping[str, str]) -> str:
    """With its placeholders set; one that no word is known for stays."""
    for name in PLACEHOLDERS:
        if name in words:
            text = text.replace(f"{{{name}}}", words[name])
    return text


def _told(
    sections: Iterable[LayoutSection], words: Mapping[str, str], is_elsewhere: bool
) -> tuple[LayoutSection, ...]:
    return tuple(
        replace(
            one,
            title=filled((is_elsewhere and one.elsewhere) or one.title, words),
            text=filled(one.text, words),
            sections=_told(one.sections, words, is_elsewhere),
        )
        for one in sections
    )
