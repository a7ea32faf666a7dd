"""Lists of 10,000 households: read and written in reasonable time."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from giamngheo_desktop.exports.xlsx_read import read_workbook
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.list_layouts import render_layout
from giamngheo_desktop.reports.name_list import make_list
from tests.harness.many_listed import put_in
from tests.harness.register import empty_database, make_register
from tests.harness.tables import definitions
from tests.services.test_corrections import close

T = TypeVar("T")
HOUSEHOLDS = 10_000


def timed(what: str, action: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    found = action()
    took = time.process_time() - start
    print(f"{what}: {took:.1f} s of this process")
    return found, took


@pytest.mark.long
@pytest.mark.timeout(900)
def test_ten_thousand_households(tmp_path: Path) -> None:
    with empty_database(tmp_path / "many.db") as database:
        register = make_register(database)
        put_in(register, HOUSEHOLDS, year=2025)
        of_year = {"year": 2025}
        for state in ("open", "closed"):
            doc, took = timed(
                f"list of 5,000, {state}",
                lambda: make_list(database, definitions(), "ho_ngheo", **of_year),
            )
            assert len([row for row in doc.tables[0].rows if row.labels[0]]) == HOUSEHOLDS // 2
            assert took < 20
            if state == "open":
                close(register, 2025)
        data, took = timed(
            "27 columns, 40,000 lines",
            lambda: render_layout(database, definitions(), "27", **of_year),
        )
    assert took < 120
    (tmp_path / "big.xlsx").write_bytes(data)
    rows = read_workbook(tmp_path / "big.xlsx")
    assert len(rows) == 7 + 4 * HOUSEHOLDS
    assert {len(row.cells) for row in rows} == {27}
    pdf, took = timed("PDF of 5,000 lines", lambda: make.render(doc, "pdf"))
    assert pdf.startswith(b"%PDF")
    assert took < 120
