"""A fund of the commune, such as Quỹ "Vì người nghèo": its book of a year and whom it helped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.fund_book import Direction, Entry, Page, pages
from giamngheo_desktop.services import unit_names
from giamngheo_desktop.services.programme.within import data_day, unit_name, within
from giamngheo_desktop.storage import budgets, names
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.names import HouseholdName

POOR_FUND = "poor_fund"
FUNDS, FORMS = "funds", "contribution_forms"  # lists


@dataclass(frozen=True, kw_only=True)
class FundYear:
    """The book of a fund in a year, a page for each form. `households` are those it helped, once
    each; `nameless` counts what it gave to nobody of the register.
    """

    fund: str
    year: int
    unit: UUID | None
    unit_name: str
    day: date  # of the data
    pages: tuple[Page, ...]
    households: tuple[HouseholdName, ...]
    nameless: int
    bodies: Mapping[UUID, str]
    villages: Mapping[UUID, str]

    @cached_property
    def heads(self) -> Mapping[UUID, str]:
        """The head of each household it helped."""
        return {one.household: one.head for one in self.households}

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Those of the year, a page after the other."""
        return tuple(entry for page in self.pages for entry in page.entries)


def fund_year(
    database: Database,
    definitions: Definitions,
    *,
    year: int,
    unit: UUID | None = None,
    fund: str = POOR_FUND,
) -> FundYear:
    """The year's book of a fund of a commune; `unit` None is the whole file."""
    day = date(year, 12, 31)
    with database.reader() as connection:
        belongs = within(connection, unit, day)
        entries = [
            _entry(row)
            for row in budgets.fund_entries(connection, fund, day)
            if belongs(row["area"], None)
        ]
        bodies = budgets.bodies(connection)
        villages = unit_names.all_villages(connection, day)
        given = [one for one in entries if one.gave_in(year)]
        helped = list(dict.fromkeys(one.household for one in given if one.household))
        households = names.households(connection, helped, day, villages)
        name = unit_name(connection, unit, day)
        written = data_day(connection, year)
    forms = definitions.choice_list(FORMS).codes
    return FundYear(
        fund=fund,
        year=year,
        unit=unit,
        unit_name=name,
        day=written,
        pages=pages(entries, year, forms),
        households=tuple(households),
        nameless=sum(1 for one in given if one.household is None),
        bodies=bodies,
        villages=villages,
    )


def fund_years(
    database: Database, definitions: Definitions, *, year: int, unit: UUID | None = None
) -> list[FundYear]:
    """The books of the funds that have any entry up to the year's end, as the list of funds
    stands.
    """
    books = (
        fund_year(database, definitions, year=year, unit=unit, fund=entry.code)
        for entry in definitions.choice_list(FUNDS)
    )
    return [book for book in books if book.pages]


def _entry(row: Mapping[str, Any]) -> Entry:
    return Entry(
        uid=row["uid"],
        direction=Direction(row["direction"]),
        booked_on=row["booked_on"],
        amount=row["amount"],
        form=row["form"] or "",
        item=row["item"] or "",
        quantity=row["quantity"],
        unit=row["unit"] or "",
        other_party=row["other_party"] or "",
        household=row["household"],
        village=row["village"],
        body=row["body"],
        document=row["document"] or "",
        note=row["note"] or "",
    )
