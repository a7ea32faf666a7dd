"""The certificates with a line of a year, by household: what is printed of them long after."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from giamngheo_desktop.services import register
from giamngheo_desktop.services.held_certificates import Certificate, all_held
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.household_list import HouseholdFilter


class HeldRow(NamedTuple):
    """A household of the register and the certificate it holds, with its line of the year."""

    household: UUID
    head: str
    village: str
    number: str | None
    issued_on: date | None
    household_class: str
    signed_on: date | None
    certificate: Certificate


def of_year(database: Database, year: int, *, day: date, standard: str) -> list[HeldRow]:
    """By name; of who is in the register on `day`. Of several lines of the year the newest."""
    with database.reader() as connection:
        papers = all_held(connection)
    signed = {
        home: (paper, lines[-1])
        for home, paper in papers.items()
        if (lines := [line for line in paper.lines if line.year == year])
    }
    wanted = HouseholdFilter(day=day, standard=standard, uids=frozenset(signed))
    found = []
    for row in register.households(database, wanted):
        paper, line = signed[row.uid]
        found.append(
            HeldRow(
                row.uid, row.head, row.village, paper.number, paper.issued_on,
                line.household_class, line.signed_on, paper,
            )
        )  # fmt: skip
    return found
