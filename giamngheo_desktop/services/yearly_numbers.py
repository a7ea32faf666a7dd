"""Numbers typed for a village and year (population, targets), carried over mergers of that year.

What was typed for the parts speaks for the whole. Nothing is guessed for the parts of a split.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.area import Succession
from giamngheo_desktop.services.dated import DAY
from giamngheo_desktop.storage import areas, audit
from giamngheo_desktop.storage.engine import Connection

Rows = Mapping[UUID, Mapping[str, Any]]


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
        return self._value(village, column, self.here)

    def _value(self, village: UUID, column: str, until: date) -> int | None:
        own = self._typed(village, column)
        days = [s.effective_on for s in self.steps if s.new == village and s.effective_on <= until]
        if not days:
            return own
        day = max(days)
        steps = [s for s in self.steps if s.new == village and s.effective_on == day]
        was_there = self._villages_on(day - DAY).get(village) is not None
        if own is not None and (not was_there or self._speaks_after(village, column, steps)):
            return own
        parts = [self._part(step, column) for step in steps]
        if was_there:
            parts.append(self._value(village, column, day - DAY))
        known = [part for part in parts if part is not None]
        # Only the whole was typed: then it is the whole.
        return sum(known) if len(known) == len(parts) else own

    def _part(self, step: Succession, column: str) -> int | None:
        """What an old unit brings into the new one; unknown where it went into several."""
        day = step.effective_on
        heirs = {s.new for s in self.steps if s.old == step.old and s.effective_on == day}
        return self._value(step.old, column, day) if len(heirs) == 1 else None

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
        last = audit.last_changes(self.connection, row["uid"], [column])
        typed = last.get(column) or last.get(audit.CREATED)
        # Ids are ordered by the moment they were made.
        return typed is not None and all(s.uid is not None and s.uid < typed for s in steps)
