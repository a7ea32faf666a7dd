"""What is not known yet of a year that is not closed: who of its list has no result so far.

An official number of such a year is the whole only where everybody was reviewed who stood on the
list the year began with. A table of a day does not ask: it counts the classes in force on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from giamngheo_desktop.services.placing import Place, Placing
from giamngheo_desktop.services.review.opening_counts import without_result
from giamngheo_desktop.storage import audit, review_rows
from giamngheo_desktop.storage.review_rows import Scope
from giamngheo_desktop.storage.waiting import Waiting, kept, waiting


@dataclass(frozen=True, slots=True)
class OpenYear:
    """The households without a result, by their place on the table's geography: who they are, and
    how many more the list of the year before holds without names.
    """

    year: int
    waiting: Mapping[Place, frozenset[UUID]]
    nameless: Mapping[Place, int] = field(default_factory=dict)

    @property
    def counts(self) -> dict[Place, int]:
        """How many each place waits for."""
        found = {place: len(homes) for place, homes in self.waiting.items()}
        for place, count in self.nameless.items():
            found[place] = found.get(place, 0) + count
        return found

    def within(self, villages: frozenset[UUID]) -> int:
        """How many of them a unit with these villages waits for."""
        return within(self.counts, villages)


def within(counts: Mapping[Place, int], villages: frozenset[UUID]) -> int:
    """How many stand in a unit with these villages."""
    return sum(
        count
        for place, count in counts.items()
        if (place in villages if isinstance(place, UUID) else place <= villages)
    )


def open_year(placing: Placing, scope: Scope, before: str | None = None) -> OpenYear | None:
    """None where nothing is waited for: preliminary tables, tables of a day, closed years.

    Of a year that some communes closed only the others wait.
    """
    if not scope.recognised or scope.as_of is not None:
        return None
    frozen = review_rows.is_frozen(placing.connection, scope)
    if frozen is True:
        return None
    closed = frozen or frozenset()
    listed = waiting(placing.connection, scope, before)
    rows = [row for row in listed if row.village not in closed]
    # Who has a name already is one of those that were counted: poor and near-poor households.
    known = _by_place(placing, (row for row in rows if not row.average))
    counted = without_result(placing, scope, before, frozen)
    more = {
        place: left
        for place, count in counted.items()
        if (left := count - len(known.get(place, ()))) > 0
    }
    return OpenYear(scope.year, _by_place(placing, rows), more)


def running_day(placing: Placing, scope: Scope, villages: frozenset[UUID]) -> date | None:
    """The day that the numbers of a year speak of which goes on: the last one that anything was
    written on, where it lies within the year and these villages have not closed it.
    """
    if scope.as_of is not None or placing.is_closed(scope, villages):
        return None
    written = audit.last_written(placing.connection)
    if written is None or written.year != scope.year or written.date() == scope.day:
        return None
    return written.date()


def kept_counts(placing: Placing, scope: Scope, *, average: bool) -> dict[Place, int]:
    """How many of each place a closed year counts by the class of before, for want of a result;
    those of hộ có mức sống trung bình where a table counts that (`average`).
    """
    if not scope.is_yearly:
        return {}
    rows = (row for row in kept(placing.connection, scope) if average or not row.average)
    found = _by_place(placing, rows)
    return {place: len(homes) for place, homes in found.items()}


def _by_place(placing: Placing, rows: Iterable[Waiting]) -> dict[Place, frozenset[UUID]]:
    found: dict[Place, set[UUID]] = {}
    for place, row in placing.placed(rows):
        found.setdefault(place, set()).add(row.household)
    return {place: frozenset(homes) for place, homes in found.items()}
