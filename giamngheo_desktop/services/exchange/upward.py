"""The package upward: what a commune hands to its district, its province or its successor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop import __version__
from giamngheo_desktop.domain.area import Level, predecessors
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.package import (
    GOES_ON_FROM,
    DataTable,
    Manifest,
    PackageKind,
    Values,
)
from giamngheo_desktop.domain.package_columns import (
    PERSONAL,
    USUAL,
    Recipient,
    facts_left_out,
    left_out,
    usual_recipient,
)
from giamngheo_desktop.services import settings
from giamngheo_desktop.services.exchange import book
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import areas, package_rows, packages, records
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.schema import HEAD

COLUMNS = "package_columns"  # a setting: the groups of personal columns that travel
_NO_COLUMNS = "none"  # an empty setting is one that was never made
RECIPIENT = "package_recipient"  # a setting: district or province, where it is not the usual one


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What was changed since the package before: records by kind, and whose class."""

    counts: Mapping[Kind, int] = field(default_factory=dict)
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Upward:
    """A package that is ready to be written: `tables` read on while they are."""

    manifest: Manifest
    recipient: Recipient
    counts: Mapping[Kind, int]
    changed: Changed
    tables: tuple[DataTable, ...]


def recipient_of(connection: Connection, year: int) -> Recipient:
    """Who gets the package of a year: as set, else as the law of that year has it."""
    said = settings.read(connection, date(year, 12, 31)).get(RECIPIENT, "").strip()
    return Recipient(said) if said in set(Recipient) else usual_recipient(year)


def refusal(database: Database, unit: UUID, year: int) -> AppError | None:
    """Why there is no package of this unit: it has several communes (said), each of which sends
    its own.
    """
    with database.reader() as connection:
        area = areas.tree_on(connection, date(year, 12, 31)).get(unit)
    if area is None or area.level in (Level.COMMUNE, Level.VILLAGE):
        return None
    return AppError("package_many_communes", said=area.name)


def groups_of(connection: Connection, recipient: Recipient, day: date) -> frozenset[str]:
    """The groups of personal columns that travel to a recipient."""
    said = settings.read(connection, day).get(COLUMNS, "")
    if not said or recipient is Recipient.SUCCESSOR:
        return USUAL[recipient]
    return frozenset(said.split()) & PERSONAL.keys()


def remember_recipient(
    database: Database, context: Context, recipient: Recipient, *, year: int
) -> Done[None]:
    """From that year on packages are for this one; what is usual then goes by the law again."""
    said = "" if recipient is usual_recipient(year) else recipient.value
    return settings.save(database, context, {RECIPIENT: said}, date(year, 1, 1))


def remember_columns(
    database: Database, context: Context, groups: Collection[str], *, year: int
) -> Done[None]:
    """From that year on these groups of personal columns travel, or none."""
    said = " ".join(sorted(groups)) or _NO_COLUMNS
    return settings.save(database, context, {COLUMNS: said}, date(year, 1, 1))


@contextmanager
def upward(
    database: Database,
    context: Context,
    *,
    year: int,
    standard: str,
    unit: UUID,
    recipient: Recipient | None = None,
    facts: Mapping[str, str] | None = None,
) -> Iterator[Upward]:
    """The package of a commune in one snapshot, which lasts while its tables are read.

    `facts` are what the manifest says beside (checks …). Raises RefusedError `unit_not_there_then`.
    """
    with database.reader() as connection:
        day = date(year, 12, 31)
        tree = areas.tree_on(connection, day)
        area = tree.get(unit)
        if area is None or area.level is Level.VILLAGE:
            raise RefusedError("unit_not_there_then")
        to = recipient or recipient_of(connection, year)
        groups = groups_of(connection, to, day)
        inside = _inside(connection, unit)
        beside = {} if inside is None else package_rows.beside(connection, inside)
        before = packages.sent(connection, unit, to.value)
        last = before[-1] if before else None
        others = sorted(packages.gone_on_from(connection) - {one["sha256"] for one in before})
        manifest = Manifest(
            kind=PackageKind.UP,
            schema=HEAD,
            program=__version__,
            unit=unit.hex,
            unit_name=area.name,
            level=area.level.value,
            year=year,
            standard=standard,
            sequence=1 if last is None else last["sequence"] + 1,
            replaces="" if last is None else last["sha256"],
            made_at=context.now().replace(microsecond=0, tzinfo=None).isoformat(),
            made_by=context.actor,
            facts={
                "recipient": to.value,
                "columns": " ".join(sorted(groups)),
                **_names_above(tree, unit),
                **({GOES_ON_FROM: " ".join(others)} if others else {}),
                **(facts or {}),
            },
        )
        yield Upward(
            manifest=manifest,
            recipient=to,
            counts={kind: package_rows.count(connection, kind, inside) for kind in _COUNTED},
            changed=_changed(connection, last, inside),
            tables=tuple(
                _table(connection, kind, groups, inside, beside.get(kind, ()))
                for kind in package_rows.SENT
            ),
        )


def _inside(connection: Connection, unit: UUID) -> frozenset[UUID] | None:
    """Its units, and those of the communes that became it: their register is in its own. None
    where the file has no other commune.
    """
    steps = areas.successions(connection)
    own = predecessors(steps, [unit], date.max, date.min)[unit]
    found = records.find(connection, Kind.AREA, level=Level.COMMUNE.value)
    if all(one["uid"] in own for one in found):
        return None
    return package_rows.within(connection, own)


_COUNTED = (Kind.HOUSEHOLD, Kind.PERSON, Kind.CLASS_RECORD, Kind.RESULT)


def _names_above(tree: Any, unit: UUID) -> dict[str, str]:
    """Under which district and province it lies: a receiver has units of its own for them."""
    return {area.level.value: area.name for area in tree.ancestors(unit) if area.uid != unit}


def _table(
    connection: Connection,
    kind: Kind,
    groups: frozenset[str],
    inside: frozenset[UUID] | None,
    beside: Collection[UUID],
) -> DataTable:
    hidden = left_out(kind, groups)
    columns = [name for name in package_rows.sent_columns(kind) if name not in hidden]
    rows: Iterator[Values] = package_rows.read(connection, kind, columns, inside, beside)
    codes = facts_left_out(kind, groups)
    if codes:
        at = columns.index("code")
        rows = (row for row in rows if row[at] not in codes)
    return DataTable(kind.value, columns, rows)


def _changed(
    connection: Connection, last: Mapping[str, Any] | None, inside: frozenset[UUID] | None
) -> Changed:
    if last is None:
        return Changed()
    since = (connection, last["uid"])
    touched = packages.touched_since(*since, package_rows.SENT)
    if inside is not None:
        own = {kind: package_rows.uids(connection, kind, inside) for kind in touched}
        touched = {kind: uids & own[kind] for kind, uids in touched.items()}
    counts = Counter({kind: len(uids) for kind, uids in touched.items() if uids})
    of_class = packages.touched_since(*since, (Kind.CLASS_RECORD,), packages.OF_CLASS)
    classes = touched.get(Kind.CLASS_RECORD, set()) & of_class.get(Kind.CLASS_RECORD, set())
    return Changed(counts=counts, names=tuple(packages.names_of_classes(connection, classes)))


def record_sent(
    database: Database, context: Context, manifest: Manifest, recipient: Recipient, file: str = ""
) -> Done[UUID]:
    """Enter a written package into the book of packages: its number is used."""
    entry = book.row_of(
        manifest,
        file,
        direction=packages.SENT,
        replaces=manifest.replaces or None,
        note=recipient.value,
        households=manifest.rows_of(Kind.HOUSEHOLD),
    )
    with write_unit(database, context, Op.SEND_PACKAGE) as work:
        work.subject = manifest.unit_name
        uid = work.insert(Kind.PACKAGE, **entry)
    return Done(uid, work.changes)
