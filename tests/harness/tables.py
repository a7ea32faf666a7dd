"""Tables as plain dictionaries, rows inserted behind the services' backs, and numbers explained."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import Definitions, shipped_definitions
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.measures import CountOf, measure
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.document import Cell, ReportDoc
from giamngheo_desktop.sample import DEFAULT_SEED, make_sample, seeded_contexts
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import STANDARD, Register, empty_database

TOTAL = "Tổng cộng"
UNPLACED = "Chưa rõ thôn (sau chia tách)"
Cells = dict[str, dict[str, Cell]]


@cache
def definitions() -> Definitions:
    return shipped_definitions(paths.resources() / "definitions")


def paper(database: Database, code: str = "BC1", year: int = 2026, **options: Any) -> ReportDoc:
    return make.make(database, definitions(), code, year=year, **options)


def cells(doc: ReportDoc) -> Cells:
    """{row label: {column key: cell}}; labels of rows must differ."""
    (table,) = doc.tables
    keys = [leaf.key for leaf in table.value_leaves]
    found = {table.row_name(row): dict(zip(keys, row.cells, strict=True)) for row in table.rows}
    assert len(found) == len(table.rows)
    return found


def column(doc: ReportDoc, key: str) -> dict[str, Any]:
    """One column by row label; a range as a pair."""
    return {
        label: row[key].value if row[key].upper is None else (row[key].value, row[key].upper)
        for label, row in cells(doc).items()
    }


def explained(database: Database, doc: ReportDoc, *, noughts: bool = False) -> int:
    """Every counted cell has as many ids as it says; rows add up to the total. Cells asked.

    Noughts are asked where `noughts`.
    """
    asked = 0
    found = cells(doc)
    for label, row in found.items():
        for key, cell in row.items():
            counted = measure(cell.source.measure) if cell.source else None
            if counted is None or counted.of is CountOf.DEPRIVATIONS:
                continue
            assert cell.source is not None
            if cell.numerator is not None or cell.value is None or not (cell.value or noughts):
                continue
            ids = make.explain(database, cell.source)
            assert len(ids) == len(set(ids)) == cell.value, (label, key, cell.value, len(ids))
            asked += 1
    total = found[TOTAL]
    for key, cell in total.items():
        if isinstance(cell.value, int):
            parts = [row[key].value for label, row in found.items() if label != TOTAL]
            assert sum(part for part in parts if isinstance(part, int)) == cell.value, key
    return asked


def insert(register: Register, kind: Kind, **values: Any) -> UUID:
    """A row as no service would write it."""
    with write_unit(register.database, register.context, Op.SAVE_UNIT) as work:
        return work.insert(kind, **values)


def insert_class(register: Register, household: UUID, name: str | None, **values: Any) -> UUID:
    row = {
        "standard": STANDARD,
        "review_year": 2026,
        "possible": None,
        "average_living": False,
        "source": "decision",
        "decision": None,
        "note": None,
        "valid_from": date(2026, 1, 1),
        "valid_to": None,
    }
    return insert(
        register,
        Kind.CLASS_RECORD,
        household=household,
        household_class=name,
        **{**row, **values},
    )


@cache
def sample_file() -> Path:
    """The sample commune, made once per run; copy it before writing."""
    folder = Path(tempfile.mkdtemp(prefix="giamngheo-sample-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "Xã mẫu.db"
    with empty_database(path) as database:
        make_sample(database, seeded_contexts(DEFAULT_SEED, "Dữ liệu mẫu"), definitions())
        database.checkpoint()
    return path


@contextmanager
def sample_copy(path: Path) -> Iterator[Database]:
    shutil.copyfile(sample_file(), path)
    database = Database(path)
    try:
        yield database
    finally:
        database.close()
