"""What a table does not know of the households it counts: indicators, causes, their children.

A household of which something is unknown makes a number a range, from what is certain to what is
possible. Where nothing is known of any of them, or the year was closed before it was kept, there is
no number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from giamngheo_desktop.domain.measures import INDICATORS, KEPT, Measure, Unknown
from giamngheo_desktop.services.placing import Place

CLOSED_BEFORE, NO_INDICATORS = "closed_before", "no_indicators"  # reasons of `texts.MISSING`


class Gaps:
    """Counts, beside the measures of some columns, the households of which something is unknown."""

    def __init__(self) -> None:
        self.measures: dict[str, Measure] = {}  # by column, those that may be ranges
        self._counts: dict[Place, dict[str, int]] = {}

    def companions(self, measures: Mapping[str, Measure]) -> Iterator[Measure]:
        """What is to be counted beside the measures of these columns."""
        for key, one in measures.items():
            if one.vague:
                self.measures[key] = one
                yield from (_all(one), _blank(one), _vague(one))

    def note(self, counts: Mapping[Place, Mapping[str, int]]) -> None:
        """The counts of the companions, by place."""
        for place, sums in counts.items():
            self._counts.setdefault(place, {}).update(sums)

    def reasons(self, parts: Iterable[Place]) -> dict[str, str]:
        """Why columns have no number in a unit, by their keys."""
        found, places = {}, list(parts)
        for key, one in self.measures.items():
            blank = self._sum(_blank(one), places)
            if one.vague == INDICATORS:
                if blank and blank == self._sum(_all(one), places):
                    found[key] = NO_INDICATORS
            elif blank:
                found[key] = CLOSED_BEFORE
        return found

    def vague(self, parts: Iterable[Place]) -> dict[str, int]:
        """How many households of a unit are not known whole, by column; columns without any are
        absent.
        """
        places = list(parts)
        counts = {key: self._sum(_vague(one), places) for key, one in self.measures.items()}
        return {key: count for key, count in counts.items() if count}

    def _sum(self, one: Measure, places: list[Place]) -> int:
        return sum(self._counts.get(place, {}).get(one.code, 0) for place in places)


def _all(one: Measure) -> Measure:
    return one.households_where()


def _blank(one: Measure) -> Measure:
    if one.vague == INDICATORS:
        return one.households_where((INDICATORS, Unknown(whole=True)))
    return one.households_where((KEPT, False))


def _vague(one: Measure) -> Measure:
    return one.households_where((one.vague, Unknown()))
