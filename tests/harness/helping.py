"""Helpers, visits, needs, supports and money of a register, typed in one line each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.services.programme import helping, household_plans, incidents, matching
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from tests.harness.register import FIRST_DAY, TODAY, Register
from tests.harness.tables import definitions


@dataclass
class Help:
    """Records by the columns that matter; all others are empty."""

    reg: Register

    def add(self, kind: Kind, /, **values: Any) -> UUID:
        columns = records.columns(kind)
        if "area" in columns:
            values = {"area": self.reg.commune, **values}
        if "valid_from" in columns:
            values = {"valid_from": FIRST_DAY, **values}
        with write_unit(self.reg.database, self.reg.context, Op.SAVE_RECORD) as work:
            return work.insert(kind, **values)

    def remove(self, kind: Kind, uid: UUID) -> None:
        with write_unit(self.reg.database, self.reg.context, Op.REMOVE_RECORD) as work:
            work.remove(kind, uid)

    def home(self, name: str, code: str | None = "poor", *, village: str = "A") -> UUID:
        """A household, with a class of 2025 from the first day on."""
        uid = self.reg.household(name, village=village).uid
        if code:
            self.reg.give_class(uid, code, year=2025)
        return uid

    def officer(self, name: str, **values: Any) -> UUID:
        return self.add(Kind.OFFICER, full_name=name, **values)

    def body(self, name: str, **values: Any) -> UUID:
        return self.add(Kind.BODY, name=name, **values)

    def assign(
        self, household: UUID, who: UUID | None = None, since: date = FIRST_DAY, **values: Any
    ) -> UUID:
        return self.add(
            Kind.ASSIGNMENT, household=household, officer=who, valid_from=since, **values
        )

    def visit(self, household: UUID, day: date, who: UUID | None = None, **values: Any) -> UUID:
        return self.add(Kind.VISIT, household=household, visited_on=day, officer=who, **values)

    def support(self, household: UUID, day: date, policy: str = "nha_o", **values: Any) -> UUID:
        return self.add(
            Kind.SUPPORT, household=household, supported_on=day, policy=policy, **values
        )

    def view(self, day: date = TODAY, unit: UUID | None = None) -> helping.Helping:
        return helping.helping(
            self.reg.database, definitions(), unit=unit or self.reg.commune, day=day
        )

    def plans(self, year: int = 2026, day: date = TODAY) -> tuple[household_plans.PlanLine, ...]:
        return household_plans.household_plans(
            self.reg.database, definitions(), unit=self.reg.commune, year=year, day=day
        )

    def incidents(self, year: int = 2026, day: date = TODAY) -> list[incidents.IncidentLine]:
        return [
            *incidents.incidents(
                self.reg.database, definitions(), unit=self.reg.commune, year=year, day=day
            )
        ]

    def nothing(self, day: date = TODAY) -> dict[str, list[str]]:
        """What poor households without help are told of the three years, by head."""
        found = matching.without_support(
            self.reg.database, definitions(), unit=self.reg.commune, day=day
        )
        return {one.home.head: [got.value for got in one.years] for one in found.households}

    def years(self, day: date = TODAY) -> dict[str, tuple[int, bool, bool]]:
        """Years on the list, whether it may be more, and whether it warns, by head."""
        found = matching.years_on_list(
            self.reg.database, definitions(), unit=self.reg.commune, day=day
        )
        return {
            home.head: (len(years.years), years.at_least, years.is_long) for home, years in found
        }


def silent(view: helping.Helping) -> dict[str, list[str]]:
    return {helper.name: [home.head for home in homes] for helper, homes in view.silent}


def without(view: helping.Helping) -> list[str]:
    return [home.head for home in view.without]
