"""What the register and the records of a year know by a day, read once for all its indicators."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.services.targets.poverty import Poverty
from giamngheo_desktop.storage.engine import Connection


class World:
    """Of a unit in a year as of `day`; what no indicator asks for is not read."""

    def __init__(
        self, connection: Connection, definitions: Definitions, unit: UUID, year: int, day: date
    ) -> None:
        self.connection, self.definitions = connection, definitions
        self.unit, self.year = unit, year
        self.day = min(day, date(year, 12, 31))

    @cached_property
    def poverty(self) -> Poverty:
        return Poverty(self.connection, self.definitions, self.unit, self.year, self.day)
