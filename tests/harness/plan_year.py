"""A year's plan of a small commune: its targets, what was typed for them, how they are tracked."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.services.documents import versions
from giamngheo_desktop.services.targets import results
from giamngheo_desktop.services.targets.tracking import Tracked, Tracking, track
from tests.harness.helping import Help
from tests.harness.register import Register
from tests.harness.report_rows import type_population
from tests.harness.tables import definitions

YEAR = 2026


class Plan:
    """A plan of a small commune: 200 households, some of them poor since the year before."""

    def __init__(self, register: Register) -> None:
        self.reg, self.help = register, Help(register)
        for year in (YEAR - 1, YEAR):
            type_population(register, year, A=(100, 400), B=(50, 200), C=(50, 200))
        begun = versions.begin(register.database, register.context, register.commune, YEAR)
        self.plan = begun.value

    def homes(self, count: int, code: str = "poor", village: str = "A") -> list[UUID]:
        names = (f"{code} {village} {at}" for at in range(count))
        return [self.help.home(name, code, village=village) for name in names]

    def becomes(self, home: UUID, code: str, day: date) -> None:
        self.reg.give_class(home, code, year=YEAR, valid_from=day, source="decision")

    def target(self, indicator: str, key: str = "", **values: Any) -> None:
        """Numbers in hundredths."""
        values = {"document": self.plan, "key": key or indicator, **values}
        self.help.add(Kind.TARGET, indicator=indicator, **values)

    def typed(self, key: str, day: date, **values: Any) -> UUID:
        values = {"key": key, "measured_on": day, "source": "Trạm Y tế", **values}
        reg = self.reg
        args = (reg.database, reg.context, definitions(), values)
        return results.save(*args, unit=reg.commune, year=YEAR).value

    def track(self, day: date, **more: Any) -> Tracking:
        reg = self.reg
        year = more.pop("year", YEAR)
        return track(reg.database, definitions(), reg.commune, year, day, **more)

    def line(self, day: date, at: int = 0) -> Tracked:
        return self.track(day).lines[at]
