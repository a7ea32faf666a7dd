"""A rollup as the rows of its JSON and as lines of text, in tree order."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.area import Area, Level
from giamngheo_desktop.domain.measures import MEASURES
from giamngheo_desktop.services.rollups import Rollup

_SHOWN = ("poor_households", "near_poor_households", "poor_persons", "near_poor_persons")


def rollup_rows(found: Rollup, unit: UUID | None = None) -> list[dict[str, object]]:
    """`{"unit", "name", "level", measure: number | null, …}` for each unit below `unit`.

    A number is null where nobody recorded anything, and where classes are not settled yet: then
    `ranges` has its two ends.
    """
    return [_row(found, area) for area in _wanted(found, unit)]


def rollup_lines(found: Rollup, unit: UUID | None = None) -> Iterator[str]:
    """A heading and a line for each unit, cells parted by tabs; `–` where nothing is known."""
    yield "\t".join(["", *(MEASURES[code].label for code in _SHOWN)])
    for area in _wanted(found, unit):
        yield "\t".join(
            [found.names[area.uid], *(_text(found.bounds(area.uid, code)) for code in _SHOWN)]
        )


def rollup_notes(found: Rollup, year: int, unit: UUID | None = None) -> list[str]:
    """That the year is not closed, and how many households its villages wait for."""
    if not found.is_open:
        return []
    villages = (area for area in _wanted(found, unit) if area.level is Level.VILLAGE)
    named = [(found.names[area.uid], found.waiting.get(area.uid, 0)) for area in villages]
    tops = [unit] if unit else [a.uid for a in found.tree if found.tree.get(a.parent) is None]
    whole = sum(found.waiting.get(top, 0) for top in tops)
    named.append(("", whole - sum(count for _, count in named)))  # in no certain village
    return [texts.open_year_note(year, [(name, count) for name, count in named if count])]


def _wanted(found: Rollup, unit: UUID | None) -> Iterator[Area]:
    for area in found.tree.walk():
        if unit is None or any(above.uid == unit for above in found.tree.ancestors(area.uid)):
            yield area


def _row(found: Rollup, area: Area) -> dict[str, object]:
    numbers: dict[str, int | None] = {}
    ranges: dict[str, tuple[int, int]] = {}
    for code in MEASURES:
        bounds = found.bounds(area.uid, code)
        settled = bounds is not None and bounds[0] == bounds[1]
        numbers[code] = bounds[0] if bounds is not None and settled else None
        if bounds is not None and not settled:
            ranges[code] = bounds
    return {
        "unit": str(area.uid),
        "name": found.names[area.uid],
        "level": area.level.value,
        **numbers,
        **({"ranges": ranges} if ranges else {}),
    }


def _text(bounds: tuple[int, int] | None) -> str:
    if bounds is None:
        return "–"
    low, high = bounds
    return str(low) if low == high else f"{low}–{high}"
