"""What every page works with: the open file, who acts, the definitions, jobs and the bus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.standard import PovertyStandard, standard_for
from giamngheo_desktop.gui.bus import Bus
from giamngheo_desktop.gui.jobs import Runner
from giamngheo_desktop.services import backups
from giamngheo_desktop.services.backups import Backup
from giamngheo_desktop.storage.engine import Database


@dataclass(kw_only=True)
class Desk:
    """Built once per open file and passed to the pages that need it.

    `commune` is the unit of the file today, `units` those of other years: before communes were
    merged it was another one. Only the session sets them. `shared` holds what several screens of
    the file read once for all of them.
    """

    database: Database
    context: Context
    definitions: Definitions
    runner: Runner
    bus: Bus
    commune: UUID
    read_only: bool = False
    units: Mapping[int, UUID] = field(default_factory=dict)
    shared: dict[str, Any] = field(default_factory=dict)

    def unit(self, year: int) -> UUID:
        """The commune (or the province of several) that the file is about in a year."""
        return self.units.get(year, self.commune)

    def standard(self, year: int) -> PovertyStandard:
        """The national standard of a review year."""
        return standard_for(self.definitions.standards, year)

    def day(self, year: int) -> date:
        """The day a working year is shown on: today in the running year, else its last day."""
        today = self.context.today()
        return today if today.year == year else date(year, 12, 31)

    def back_up(self, reason: str = "manual") -> Backup:
        """A proven backup, told to whoever shows the newest one; runs off the GUI thread."""
        made = backups.make(self.database, self.context, reason)
        self.bus.backup_made.emit(made)
        return made
