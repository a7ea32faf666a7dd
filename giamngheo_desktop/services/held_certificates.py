"""The certificates of a household as values: which one it holds, and the lines on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Connection


class Line(NamedTuple):
    """The line of a year on a certificate."""

    uid: UUID
    year: int
    household_class: str
    decision: UUID | None
    signed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A certificate with its lines; `issued_on` None for an old one nobody has at hand."""

    uid: UUID
    number: str | None
    issued_on: date | None
    replaces: UUID | None
    note: str | None
    lines: tuple[Line, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """Each year of a line once, the newest first."""
        return tuple(sorted({line.year for line in self.lines}, reverse=True))


def certificates(connection: Connection, household: UUID) -> list[Certificate]:
    """Those of a household, the one that holds first."""
    rows = records.find(connection, Kind.CERTIFICATE, household=household)
    return [
        Certificate(
            uid=row["uid"],
            number=row["number"],
            issued_on=row["issued_on"],
            replaces=row["replaces"],
            note=row["note"],
            lines=_lines(connection, row["uid"]),
        )
        for row in reversed(rows)
    ]


def held(connection: Connection, household: UUID) -> Certificate | None:
    """The one that no other replaces."""
    found = certificates(connection, household)
    replaced = {one.replaces for one in found}
    return next((one for one in found if one.uid not in replaced), None)


def _lines(connection: Connection, certificate: UUID) -> tuple[Line, ...]:
    rows = records.find(connection, Kind.CERTIFICATE_YEAR, certificate=certificate)
    return tuple(
        Line(*(row[name] for name in Line._fields))
        for row in sorted(rows, key=lambda row: (row["year"], row["uid"]))
    )
