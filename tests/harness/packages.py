"""Packages of small registers: the data alone, without the sheets that people read."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.package import Manifest
from giamngheo_desktop.domain.package_columns import Recipient
from giamngheo_desktop.exports.list_write import list_workbook
from giamngheo_desktop.exports.package_read import PackageReader
from giamngheo_desktop.exports.package_write import write_package
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.exchange import collecting, upward
from giamngheo_desktop.services.exchange.collecting import Received
from giamngheo_desktop.services.exchange.upward import Changed
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import STANDARD, make_context

YEAR = 2026
_EVENING = datetime.fromisoformat("2027-01-05 18:00")
BOOK = list_workbook("Bìa", (), (), ())


def data_package(
    database: Database,
    context: Context,
    recipient: Recipient = Recipient.PROVINCE,
    *,
    unit: UUID | None = None,
    year: int = YEAR,
) -> tuple[bytes, Manifest, Changed]:
    unit = unit or areas.top_unit(database, date(year, 12, 31))
    with upward.upward(
        database, context, year=year, standard=STANDARD, unit=unit, recipient=recipient
    ) as made:
        data, manifest = write_package(BOOK, made.manifest, made.tables)
        return data, manifest, made.changed


def send(
    database: Database,
    context: Context,
    path: Path,
    recipient: Recipient = Recipient.PROVINCE,
    *,
    unit: UUID | None = None,
    year: int = YEAR,
) -> tuple[Manifest, Changed]:
    data, manifest, changed = data_package(database, context, recipient, unit=unit, year=year)
    path.write_bytes(data)
    upward.record_sent(database, context, manifest, recipient)
    return manifest, changed


def receive(reader: PackageReader, database: Database, context: Context, path: Path) -> Received:
    manifest, batches = reader.read(path)
    return collecting.receive(database, context, manifest, batches, name=path.name).value


def collection(database: Database, level: Level = Level.PROVINCE, **named: str) -> Context:
    """Makes an empty file one of Quảng Ngãi; its context, the same ids each time, begins after
    what communes made.
    """
    context = make_context(start=_EVENING, seed=9)
    collecting.new_collection(database, context, level=level, **{"province": "Quảng Ngãi", **named})
    return context
