"""Who sent to a district or province, who has to and by which day, and whom to ask again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.area import AreaTree, Level
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.commune_names import names_in, silent, twice
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.ids import moment_of
from giamngheo_desktop.domain.package import Doubt
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.services import settings
from giamngheo_desktop.storage import areas, packages
from giamngheo_desktop.storage.engine import Database

LIMIT = "package_limit"  # a setting: the last day for packages of a year, "31/12"
EXPECTED = "package_communes"  # a setting: the communes that have to send, one a line
_NOW = "9999"
_ANY_YEAR = 2025  # a day that every year has


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """A commune and its package that stands; `of_year` where one came of the year asked for, `late`
    where none did by the limit.
    """

    name: str
    unit: UUID | None = None
    sequence: int | None = None
    year: int | None = None
    made_at: datetime | None = None
    received_on: date | None = None
    sha256: str = ""
    versions: int = 0
    of_year: bool = False
    late: bool = False
    doubt: Doubt | None = None


def rank(entry: Mapping[str, Any]) -> tuple[int, str, str]:
    """Of the packages of a commune the one of the highest rank stands, whichever came first."""
    return entry["sequence"], entry["made_at"], entry["sha256"]


def doubt_of(entries: Sequence[Mapping[str, Any]]) -> Doubt | None:
    """Why the commune is to be asked about its packages; the newest one that says so."""
    stands = max(entries, key=rank)
    later = [one["sequence"] for one in entries if one["made_at"] > stands["made_at"]]
    if later:
        return Doubt(max(later), is_fork=False)
    beside = [one["sequence"] for one in _beside(entries, stands)]
    return Doubt(max(beside), is_fork=True) if beside else None


def _beside(
    entries: Sequence[Mapping[str, Any]], stands: Mapping[str, Any]
) -> Iterator[Mapping[str, Any]]:
    """Those that the one that stands does not go on from, though it might by its number: until one
    made after both sides were known here, as the commune was asked for.
    """
    by_hash = {one["sha256"]: one for one in entries}
    line = [stands]
    while (before := by_hash.get(line[-1]["replaces"] or "")) and before not in line:
        line.append(before)
    first = line[-1]
    least = first["sequence"] - bool(first["replaces"])  # what lies before is not known here
    for one in entries:
        if one in line or one["sequence"] < least:
            continue
        rivals = [_entered(other) for other in line if other["sequence"] >= one["sequence"]]
        if stands["made_at"] <= max(_entered(one), min(rivals)):
            yield one


def _entered(entry: Mapping[str, Any]) -> str:
    """When it came, as `made_at` is written; what comes just now is the newest of all."""
    uid = entry.get("uid")
    return moment_of(uid).isoformat() if uid else _NOW


def senders(database: Database, year: int, today: date) -> list[Sender]:
    """Every commune that sent, and every one that has to, in the order of their names."""
    with database.reader() as connection:
        tree = areas.tree_on(connection, date(year, 12, 31))
        values = settings.read(connection, date(year, 12, 31))
        rows = packages.received(connection)
    limit = limit_in(values.get(LIMIT, ""), year)
    is_over = limit is not None and today > limit
    by_unit: dict[UUID, list[dict[str, Any]]] = {}
    for row in rows:
        by_unit.setdefault(row["area"], []).append(row)
    found = []
    for unit, its in by_unit.items():
        area, newest = tree.get(unit), max(its, key=rank)
        of_year = any(row["year"] == year for row in its)
        found.append(
            Sender(
                name=area.name if area else "",
                unit=unit,
                sequence=newest["sequence"],
                year=newest["year"],
                made_at=datetime.fromisoformat(newest["made_at"]),
                received_on=newest["received_on"],
                sha256=newest["sha256"],
                versions=len(its),
                of_year=of_year,
                late=not of_year and is_over,
                doubt=doubt_of(its),
            )
        )
    expected = names_in(values.get(EXPECTED, ""))
    missing = silent(expected, [_full_name(tree, one.unit) for one in found if one.unit])
    found += [Sender(name=name, late=is_over) for name in missing]
    return sorted(found, key=lambda one: search_key(one.name))


def _full_name(tree: AreaTree, unit: UUID) -> str:
    """With the district, where it lies in one."""
    above = [area.name for area in tree.ancestors(unit) if area.level is not Level.PROVINCE]
    return ", ".join(above)


def limit_of(database: Database, year: int) -> date | None:
    """The last day for the packages of a year, where one is set."""
    return limit_in(settings.get(database, date(year, 12, 31)).get(LIMIT, ""), year)


def expect(
    database: Database, context: Context, names: Sequence[str], limit: str, *, year: int
) -> Done[None]:
    """From that year on these communes have to send by the limit, a day and month as 15/12; what is
    empty stays as it was. RefusedErrors `package_limit`, `package_commune_twice`.
    """
    values: dict[str, str] = {}
    if limit:
        values[LIMIT] = checked_limit(limit)
    if names:
        values[EXPECTED] = checked_names("\n".join(names))
    return settings.save(database, context, values, date(year, 1, 1))


def checked_names(said: str) -> str:
    """A list of communes as stored, one a line. RefusedError `package_commune_twice`: whoever is
    named twice would have to send twice.
    """
    names = names_in(said)
    if (found := twice(names)) is not None:
        raise RefusedError("package_commune_twice", one=found[0], other=found[1])
    return "\n".join(names)


def checked_limit(said: str) -> str:
    """A day and month as stored: "15/12". RefusedError `package_limit`."""
    found = limit_in(said, _ANY_YEAR)
    if found is None:
        raise RefusedError("package_limit", value=said)
    return f"{found:%d/%m}"


def limit_in(said: str, year: int) -> date | None:
    """A day and month, as 15/12 or 15-12, in a year; None for what is none."""
    day, _, month = said.strip().replace("-", "/").replace(".", "/").partition("/")
    try:
        return date(year, int(month), int(day))
    except ValueError:
        return None
