"""Who sent to a district or province, who has to and by which day, and whom to ask again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.area import AreaTree, Level
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.commune_names import names_in, silent, twice
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.package import Doubt
from giamngheo_desktop.domain.package_columns import Recipient
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.services import settings
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import areas, packages, records
from giamngheo_desktop.storage.engine import Connection, Database

LIMIT = "package_limit"  # a setting: the last day for packages of a year, "31/12"
EXPECTED = "package_communes"  # a setting: the communes that have to send, one a line
_SETTLED = "package_settled/"  # settings: one for each package that a commune was asked about
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
    for_district: bool = False  # it was made for the district, which passed it on


def rank(entry: Mapping[str, Any]) -> tuple[bool, int, str, str]:
    """Of the packages of a commune the one of the highest rank stands, whichever came first. Those
    for the district have numbers of their own: they end with it.
    """
    return not is_for_district(entry), entry["sequence"], entry["made_at"], entry["sha256"]


def is_for_district(entry: Mapping[str, Any]) -> bool:
    return bool(entry["note"] == Recipient.DISTRICT)


def doubt_of(entries: Sequence[Mapping[str, Any]], settled: Collection[str] = ()) -> Doubt | None:
    """Why the commune is to be asked about its packages; the newest one that says so. `settled` are
    the hashes of those that it was asked about.
    """
    stands = max(entries, key=rank)
    later = [one["sequence"] for one in entries if one["made_at"] > stands["made_at"]]
    if later:
        return Doubt(max(later), is_fork=False)
    beside = [one["sequence"] for one in _beside(entries) if one["sha256"] not in settled]
    return Doubt(max(beside), is_fork=True) if beside else None


def settled(connection: Connection) -> frozenset[str]:
    """The hashes of packages that communes were asked about."""
    codes = (row["code"] for row in records.find(connection, Kind.SETTING))
    return frozenset(code.removeprefix(_SETTLED) for code in codes if code.startswith(_SETTLED))


def settle(database: Database, context: Context, unit: UUID) -> Done[int]:
    """Say that a commune was asked about its packages that the one that stands does not go on from;
    returns how many that are. A package that parts from it later is asked about anew.

    Raises RefusedError `package_no_fork`.
    """
    with write_unit(database, context, Op.SETTLE_FORK, unit=unit) as work:
        entries, known = packages.received(work.connection, unit), settled(work.connection)
        name = areas.last_names(work.connection, context.today()).get(unit, "")
        beside = {one["sha256"] for one in _beside(entries)} - known
        if not beside:
            raise RefusedError("package_no_fork", name=name)
        work.subject = name
        for sha256 in sorted(beside):
            code = f"{_SETTLED}{sha256}"
            day = context.today()
            work.insert(Kind.SETTING, code=code, value="yes", valid_from=day, valid_to=None)
    return Done(len(beside), work.changes)


def _beside(entries: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Those that the newest one does not go on from, though it might by its number, and that hold
    what none of those it goes on from held. Packages for the district have numbers of their own.
    """
    for series in (True, False):
        own = [one for one in entries if is_for_district(one) is series]
        if own:
            yield from _off_the_line(own)


def _off_the_line(entries: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    by_hash = {one["sha256"]: one for one in entries}
    line: list[Mapping[str, Any]] = []
    waiting = [max(entries, key=rank)]
    least = 0  # of the numbers below it not all are known here
    while waiting:
        one = waiting.pop()
        if one in line:
            continue
        line.append(one)
        before = (one["replaces"] or "").split()
        waiting += (by_hash[sha256] for sha256 in before if sha256 in by_hash)
        if not before or before[0] not in by_hash:
            least = max(least, one["sequence"] - bool(before))
    held = {one["content"] for one in line} - {None}
    others = [one for one in entries if one not in line]
    for one in others:
        same = [other["content"] for other in others if other["sequence"] == one["sequence"]]
        is_twin = len(same) > 1 and (None in same or len({*same}) > 1)  # one may be of the line
        if one["content"] not in held and (is_twin or one["sequence"] >= least):
            yield one


def senders(database: Database, year: int, today: date) -> list[Sender]:
    """Every commune that sent, and every one that has to, in the order of their names; one that was
    not there at the end of the year only where it sent a package of it.
    """
    with database.reader() as connection:
        tree = areas.tree_on(connection, date(year, 12, 31))
        values = settings.read(connection, date(year, 12, 31))
        rows, asked = packages.received(connection), settled(connection)
        last_names = areas.last_names(connection, today)
    limit = limit_in(values.get(LIMIT, ""), year)
    is_over = limit is not None and today > limit
    by_unit: dict[UUID, list[dict[str, Any]]] = {}
    for row in rows:
        by_unit.setdefault(row["area"], []).append(row)
    found = []
    for unit, its in by_unit.items():
        area, newest = tree.get(unit), max(its, key=rank)
        of_year = any(row["year"] == year for row in its)
        if area is None and not of_year:
            continue
        found.append(
            Sender(
                name=area.name if area else last_names.get(unit, ""),
                unit=unit,
                sequence=newest["sequence"],
                year=newest["year"],
                made_at=datetime.fromisoformat(newest["made_at"]),
                received_on=newest["received_on"],
                sha256=newest["sha256"],
                versions=len(its),
                of_year=of_year,
                late=not of_year and is_over,
                doubt=doubt_of(its, asked),
                for_district=is_for_district(newest),
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
