"""What every page works with: the open file, who acts, the definitions, jobs and the bus."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.standard import PovertyStandard, standard_for
from giamngheo_desktop.gui.bus import Bus
from giamngheo_desktop.gui.jobs import Runner
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Built once per open file in `app.py` and passed to the pages that need it."""

    database: Database
    context: Context
    definitions: Definitions
    runner: Runner
    bus: Bus
    commune: UUID
    read_only: bool = False

    def standard(self, year: int) -> PovertyStandard:
        """The national standard of a review year."""
        return standard_for(self.definitions.standards, year)

    def day(self, year: int) -> date:
        """The day a working year is shown on: today in the running year, else its last day."""
        today = self.context.today()
        return today if today.year == year else date(year, 12, 31)
