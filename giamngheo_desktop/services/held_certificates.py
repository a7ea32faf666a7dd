"""The certificates of a household as values: which one it holds, and the lines on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Connection

Row = Mapping[str, Any]


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
        _certificate(row, records.find(connection, Kind.CERTIFICATE_YEAR, certificate=row["uid"]))
        for row in reversed(rows)
    ]


def held(connection: Connection, household: UUID) -> Certificate | None:
    """The one that no other replaces."""
    found = certificates(connection, household)
    replaced = {one.replaces for one in found}
    return next((one for one in found if one.uid not in replaced), None)


def all_held(connection: Connection) -> dict[UUID, Certificate]:
    """`held` of every household that has one, read at once."""
    lines: dict[UUID, list[Row]] = defaultdict(list)
    for line in records.find(connection, Kind.CERTIFICATE_YEAR):
        lines[line["certificate"]].append(line)
    rows = records.find(connection, Kind.CERTIFICATE)
    replaced = {row["replaces"] for row in rows}
    return {
        row["household"]: _certificate(row, lines[row["uid"]])
        for row in rows
        if row["uid"] not in replaced
    }


def _certificate(row: Row, lines: Iterable[Row]) -> Certificate:
    names = ("uid", "number", "issued_on", "replaces", "note")
    return Certificate(
        **{name: row[name] for name in names},
        lines=tuple(
            Line(*(line[name] for name in Line._fields))
            for line in sorted(lines, key=lambda line: (line["year"], line["uid"]))
        ),
    )
