"""Scoring the form of a household: what its data answer, and what is picked from the paper form.

An item is picked where the data say nothing the table knows, and no question of the form would
tell more: it asks a job of those of working age only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from giamngheo_desktop.domain.answers import Key
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.point_facts import missing, point_facts
from giamngheo_desktop.domain.point_table import PointForm, PointItem, PointTable, Scored

Picks = Mapping[str, tuple[str, ...]]  # item → options ticked; () says that none is met


@dataclass(frozen=True, slots=True)
class Scoring:
    """A scored form; `picked` are the items asked on it, `waits` what the others wait for."""

    scored: Scored
    picked: tuple[PointItem, ...]
    waits: frozenset[Key]


def score_household(
    table: PointTable, region: str, household: Household, picks: Picks, questions: Collection[Key]
) -> Scoring | None:
    """None where the table is not whole for the region.

    `questions` are those that the form asks beside; a pick of an item they answer does not count.
    """
    alone = table.score(region, point_facts(household))
    if alone is None:
        return None
    picked, waits = [], set()
    for item in alone.unknown:
        lacks = missing(household, item.code)
        if lacks and all(key in questions for key in lacks):
            waits |= set(lacks)
        else:
            picked.append(item)
    counted = {item.code: picks[item.code] for item in picked if item.code in picks}
    scored = table.score(region, point_facts(household, joined(counted)))
    assert scored is not None  # it is whole
    return Scoring(scored, tuple(picked), frozenset(waits))


def offered(table: PointTable | None, region: str, picks: Picks) -> Picks:
    """The picks that the table still has; one option it does not know makes the item open."""
    if table is None:
        return picks
    known = {
        item.code: {row.option for row in table.options(region, item.code)}
        for item in table.form.items
    }
    return {item: found for item, found in picks.items() if known.get(item, set()) >= set(found)}


def pick_code(form: PointForm, item: PointItem) -> str:
    """The code of the question that picks an item."""
    return f"{form.code}:{item.code}"


def pick_of(code: str) -> str | None:
    """The item of such a code; None for any other question."""
    _, colon, item = code.partition(":")
    return item if colon else None


def joined(picks: Picks) -> tuple[str, ...]:
    """As a file keeps them: "item:option" each, "item:" for none of the options."""
    return tuple(f"{item}:{one}" for item, options in picks.items() for one in options or ("",))


def parted(codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The inverse of `joined`."""
    found: dict[str, tuple[str, ...]] = {}
    for code in codes:
        item, _, option = code.partition(":")
        found[item] = (*found.get(item, ()), option) if option else found.get(item, ())
    return found
