"""How far a preliminary table knows its units: who waits for a class, and where anybody has one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.workflow import ReviewKind
from giamngheo_desktop.services.placing import Place, Placing
from giamngheo_desktop.services.review import reviews
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.review_rows import Scope
from giamngheo_desktop.storage.waiting import Waiting, lived_in, unfinished, waiting, with_result


@dataclass(frozen=True, slots=True)
class Unfinished:
    """How many households each place waits for, and how many have a result, if only a range.

    A movement waits for the `unlisted` too: of last year's list, but not of the running review. For
    the `average` only what counts hộ có mức sống trung bình waits: no list but this one has them.
    `lost`: the year is closed and no preliminary result was kept of it.
    """

    waiting: Mapping[Place, int]
    told: Mapping[Place, int]
    unlisted: Mapping[Place, int] = field(default_factory=dict)
    average: Mapping[Place, int] = field(default_factory=dict)
    lost: bool = False

    @property
    def places(self) -> frozenset[Place]:
        """Where anybody is waited for."""
        return frozenset((*self.waiting, *self.unlisted))

    def is_silent(self, parts: Sequence[Place]) -> bool:
        """Whether some wait in a unit of these places and nobody has a result: nothing is known
        of it, which is no nought.
        """
        return _any_in(self.waiting, parts) and not _any_in(self.told, parts)

    def lacks_average(self, parts: Sequence[Place]) -> bool:
        """Whether a household of mức sống trung bình waits in a unit of these places."""
        return _any_in(self.average, parts)


def unfinished_in(
    placing: Placing,
    scope: Scope,
    villages: frozenset[UUID],
    *,
    movement: bool = False,
    before: str | None = None,
) -> Unfinished:
    """What a preliminary scope lacks in the villages of the table.

    Where a review of the year runs, who is not on its list needs no result; but a `movement` waits
    for everybody who stood on the list at the opening (`before`: of the standard until then).
    """
    connection = placing.connection
    settled = lived_in(connection, scope.day)
    olds = [old for old in settled if placing.possible(old) <= villages]
    kind = ReviewKind.PERIODIC.value
    running = records.find(connection, Kind.REVIEW, review_year=scope.year, kind=kind)
    covered = {village for row in running for village in reviews.villages_of(connection, row)}
    waits = unfinished(connection, scope, [old for old in olds if old not in covered])
    waits += unfinished(
        connection,
        scope,
        [old for old in olds if old in covered],
        on_lists=[row["uid"] for row in running],
    )
    listed = [row for row in waiting(connection, scope, before) if row.village in olds]
    unlisted: list[Waiting] = []
    if movement:
        seen = {row.household for row in waits}
        unlisted = [row for row in listed if not row.average and row.household not in seen]
    told = with_result(connection, scope, olds)
    return Unfinished(
        _counts(placing, waits),
        _counts(placing, told),
        _counts(placing, unlisted),
        _counts(placing, (row for row in listed if row.average)),
        lost=not told and placing.is_closed(replace(scope, recognised=True), villages),
    )


def _counts(placing: Placing, rows: Iterable[Waiting]) -> dict[Place, int]:
    found: dict[Place, int] = {}
    for place, _ in placing.placed(rows):
        found[place] = found.get(place, 0) + 1
    return found


def _any_in(counts: Mapping[Place, int], parts: Sequence[Place]) -> bool:
    villages = frozenset(part for part in parts if isinstance(part, UUID))
    return any(
        place in parts or (isinstance(place, frozenset) and place <= villages) for place in counts
    )
