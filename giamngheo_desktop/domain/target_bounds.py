"""How many there are at the most whom a target may count: those of the lists that the year begins
with, else everybody in the unit.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from giamngheo_desktop.domain.allocation import NEAR_POOR, POOR
from giamngheo_desktop.domain.indicator_catalogue import CatalogueIndicator, IndicatorType

LISTS = frozenset({POOR, NEAR_POOR})
_COUNTED = ("household", "person")


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """What a year begins with, by what counts it (household, person): all of the unit, and those of
    each list; `year` is that of all of them. What is not known is missing or None.
    """

    year: int = 0
    everybody: Mapping[str, int | None] = field(default_factory=dict)
    listed: Mapping[str, Mapping[str, int | None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bound:
    """`number` is the most; `lists` are whose it is, none where it is everybody's."""

    number: int
    lists: frozenset[str] = frozenset()


def bound(indicator: CatalogueIndicator, groups: Collection[str], people: People) -> Bound | None:
    """Of an indicator that counts households or persons; None where nobody knows, and of a
    decrease, which has its own list.
    """
    per = indicator.per
    counts = indicator.type is IndicatorType.COUNT and per in _COUNTED
    if not counts or indicator.is_decrease:
        return None
    wanted = frozenset(groups)
    if wanted and wanted <= LISTS:  # others are known as they come, not at the start
        numbers = [people.listed.get(per, {}).get(listed) for listed in wanted]
        known = [number for number in numbers if number is not None]
        return Bound(sum(known), wanted) if len(known) == len(numbers) else None
    everybody = people.everybody.get(per)
    return None if everybody is None else Bound(everybody)
