"""The households of a unit on a day, as lists of help name them: head, village, class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.services.placing import Placing
from giamngheo_desktop.services.review.present_list import LISTED, classed_on
from giamngheo_desktop.services.row_units import households_within
from giamngheo_desktop.services.unit_names import all_villages
from giamngheo_desktop.storage import helping, names
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.review_rows import Named


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A household; `household_class` is recognised and in force that day, None: none is."""

    uid: UUID
    head: str
    village: str
    persons: int
    household_class: str | None

    @property
    def is_listed(self) -> bool:
        return self.household_class in LISTED


class Homes:
    """Those of a unit that are in the register on `day`, or were on a day from `since` on."""

    def __init__(
        self,
        connection: Connection,
        definitions: Definitions,
        day: date,
        unit: UUID | None,
        since: date | None = None,
    ) -> None:
        self.connection, self.day = connection, day
        self._definitions = definitions
        last = {
            row["household"]: row["village"]
            for row in helping.overlapping(connection, Kind.PLACE, since or day, day)
        }
        placing = Placing(connection, day, day)
        placed = placing.placed(Named(home, village, 1) for home, village in last.items())
        within = ((place, row.household) for place, row in placed)
        self.uids = frozenset(
            home for home, _ in households_within(placing.tree, within, unit, unplaced=False)
        )

    @cached_property
    def classes(self) -> Mapping[UUID, str]:
        """The class of each household that has one, by the standard of the day's year."""
        standard = standard_for(self._definitions.standards, self.day.year).code
        return {
            row.household: row.household_class
            for row in classed_on(self.connection, self._definitions, standard, self.day)
        }

    @property
    def listed(self) -> frozenset[UUID]:
        """Hộ nghèo, hộ cận nghèo of the unit."""
        return frozenset(uid for uid in self.uids if self.classes.get(uid) in LISTED)

    def named(self, wanted: Iterable[UUID]) -> dict[UUID, Home]:
        """Those of them that are of the unit, by village, then head."""
        uids = sorted(self.uids & {*wanted})
        villages = all_villages(self.connection, self.day)
        return {
            row.household: Home(
                uid=row.household,
                head=row.head,
                village=row.village,
                persons=row.persons,
                household_class=self.classes.get(row.household),
            )
            for row in names.households(self.connection, uids, self.day, villages)
        }
