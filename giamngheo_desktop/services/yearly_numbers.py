"""Numbers typed for a village and year (population, targets), carried over mergers of that year.

What was typed for the parts speaks for the whole. Nothing is guessed for the parts of a split:
what was typed for the whole belongs to them together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.area import Succession, successors
from giamngheo_desktop.services.dated import DAY
from giamngheo_desktop.storage import areas, audit
from giamngheo_desktop.storage.engine import Connection

Rows = Mapping[UUID, Mapping[str, Any]]
_Split = tuple[UUID, date]  # the unit that ended, and the first day of its heirs


@dataclass(frozen=True, slots=True)
class _Sum:
    """What is known of a village; besides it has a part, nobody said which, of split units."""

    number: int | None
    splits: frozenset[_Split] = frozenset()


class YearlyNumbers:
    """`rows` are the typed ones of a year by village; `here` is the day whose villages ask."""

    def __init__(self, connection: Connection, rows: Rows, year: int, here: date) -> None:
        self.connection = connection
        self.rows = rows
        self.here = here
        # A merger on the first of January may be typed after the numbers of its parts.
        before = date(year - 1, 12, 31)
        self.steps = [
            step for step in areas.successions(connection) if before < step.effective_on <= here
        ]
        self._villages_on = cache(lambda day: areas.tree_on(connection, day))

    def value(self, village: UUID, column: str) -> int | None:
        """The number of a village as it is on `here`; None: nobody typed it, or not all of it."""
        found = self._sum(village, column, self.here)
        return None if found.splits else found.number

    def shared(self, villages: Iterable[UUID], column: str) -> dict[frozenset[UUID], int]:
        """What was typed for villages that were split, by the villages of `here` that share it.

        Where one of those has a number of its own, or anything else is missing, there is none.
        """
        sums = {village: self._sum(village, column, self.here) for village in villages}
        waiting = {village for village, one in sums.items() if one.splits}
        found: dict[frozenset[UUID], int] = {}
        while waiting:
            group, splits = self._connected(sums, waiting.pop(), column)
            waiting -= group
            olds = [self._sum(old, column, day) for old, day in splits]
            heirs = {heir for split in splits for heir in self._heirs_here(*split)}
            if heirs <= group:
                found[group] = sum(one.number or 0 for one in (*olds, *(sums[v] for v in group)))
        return found

    def _connected(
        self, sums: Mapping[UUID, _Sum], village: UUID, column: str
    ) -> tuple[frozenset[UUID], frozenset[_Split]]:
        """The villages that share split units with this one, directly or through others."""
        group, splits = frozenset({village}), sums[village].splits
        while True:
            above = (self._sum(old, column, day).splits for old, day in splits)
            splits = splits.union(*above)
            wider = group | {uid for uid, one in sums.items() if one.splits & splits}
            if wider == group:
                return group, splits
            group = wider
            splits = splits.union(*(sums[uid].splits for uid in group))

    def _heirs_here(self, old: UUID, day: date) -> frozenset[UUID]:
        return successors(self.steps, [old], day - DAY, self.here)[old]

    def _sum(self, village: UUID, column: str, until: date) -> _Sum:
        own = _Sum(self._typed(village, column))
        days = [s.effective_on for s in self.steps if s.new == village and s.effective_on <= until]
        if not days:
            return own
        day = max(days)
        steps = [s for s in self.steps if s.new == village and s.effective_on == day]
        was_there = self._villages_on(day - DAY).get(village) is not None
        if own.number is not None and (not was_there or self._speaks_after(village, column, steps)):
            return own
        parts = [self._part(step, column) for step in steps]
        if was_there:
            parts.append(self._sum(village, column, day - DAY))
        known = [part.number for part in parts if part.number is not None]
        if len(known) < len(parts):
            return own  # only the whole was typed: then it is the whole
        return _Sum(sum(known), frozenset[_Split]().union(*(part.splits for part in parts)))

    def _part(self, step: Succession, column: str) -> _Sum:
        """What an old unit brings into the new one: all of it, or a part where it was split."""
        day = step.effective_on
        heirs = {s.new for s in self.steps if s.old == step.old and s.effective_on == day}
        whole = self._sum(step.old, column, day)
        if len(heirs) == 1 or whole.number is None:
            return whole
        return _Sum(0, frozenset({(step.old, day)}))

    def _typed(self, village: UUID, column: str) -> int | None:
        number: int | None = self.rows.get(village, {}).get(column)
        return number

    def _speaks_after(self, village: UUID, column: str, steps: list[Succession]) -> bool:
        """Whether a number of a village that took others in already counts these.

        So it does where its day says so, or where it was typed when the merger stood in the file.
        """
        row = self.rows[village]
        day = row.get("as_of")
        if day is not None and day >= steps[0].effective_on:
            return True
        if row.get("counted_by"):  # the register of the year's end, whenever it was counted
            return False
        last = audit.last_changes(
            self.connection, row.get("typed_in", row["uid"]), [column], before=row["uid"]
        )
        typed = last.get(column) or last.get(audit.CREATED)
        # Ids are ordered by the moment they were made.
        return typed is not None and all(s.uid is not None and s.uid < typed for s in steps)
