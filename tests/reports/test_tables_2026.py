"""BC1–BC13 of the stranger's register, cell by cell, as worked out from the law alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from giamngheo_desktop.domain.measures import CountOf, measure
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.document import Cell, ReportDoc
from giamngheo_desktop.storage import review_rows
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.review_rows import Scope
from tests.harness.bridges import explained, flows_agree, source_of
from tests.harness.register import STANDARD, empty_database
from tests.harness.register_2026 import FOLDER, Written, read
from tests.harness.tables import TOTAL, definitions, paper

DAY = date(2026, 12, 31)
KINDS = {"ho": "Hộ", "khau": "Nhân khẩu"}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path: Path = tmp_path_factory.mktemp("register") / "2026.db"
    with empty_database(path) as database:
        Written(database).write()
        yield database


def printed(doc: ReportDoc) -> dict[str, Any]:
    """The cells as the stranger writes them: village, kind where there are two, number."""
    (table,) = doc.tables
    numbers = [leaf.number for leaf in table.value_leaves]
    found: dict[str, Any] = {}
    for row in table.rows:
        name = "TOTAL" if table.row_name(row) == TOTAL else table.row_name(row)
        values = dict(zip(numbers, map(_value, row.cells), strict=True))
        if row.kind:
            found.setdefault(name, {})[KINDS[row.kind]] = values
        else:
            found[name] = values
    return found


def _value(cell: Cell) -> Any:
    assert cell.upper is None
    return f"{cell.value:f}" if isinstance(cell.value, Decimal) else cell.value


@pytest.mark.parametrize("code", [f"BC{number}" for number in range(1, 14)])
def test_every_cell_is_the_strangers(written: Database, code: str) -> None:
    assert printed(paper(written, code)) == read("expected")[code]


COUNTED = [f"BC{number}" for number in (1, *range(4, 14))]


@pytest.mark.parametrize("code", COUNTED)
def test_the_register_of_the_day_says_what_the_closed_year_keeps(
    written: Database, code: str
) -> None:
    """The last day of the year is counted from the register, the year from what was frozen."""
    doc = paper(written, code, as_of=date(2026, 12, 31))
    assert doc.extra["frozen"] == "false"
    assert printed(doc) == read("expected")[code]


@pytest.mark.parametrize("as_of", [None, date(2026, 12, 31)])
@pytest.mark.parametrize("code", COUNTED)
def test_every_number_leads_to_those_it_counts(
    written: Database, code: str, as_of: date | None
) -> None:
    doc = paper(written, code, as_of=as_of)
    asked = 0
    for row in doc.tables[0].rows:
        for cell in row.cells:
            assert cell.source is not None
            counted = measure(cell.source.measure)
            if counted is None or cell.value is None:
                continue
            ids = make.explain(written, cell.source)
            assert len(set(ids)) == len(ids)
            value = cell.value if cell.numerator is None else cell.numerator
            if counted.of is CountOf.DEPRIVATIONS:
                assert isinstance(value, int)
                assert len(ids) <= value
                assert bool(ids) == bool(value)
            else:
                assert len(ids) == value
            asked += 1
    assert asked > 10


def test_bc8_says_where_its_printed_formula_does_not_hold(written: Database) -> None:
    doc = paper(written, "BC8")
    for number, formula in ((5, "5=1-2-3-4"), (10, "10=6-7-8-9")):
        (note,) = [note for note in doc.notes if note.startswith(f"Cột {number}:")]
        rows = note.partition(" ở ")[2].partition(", vì ")[0].split("; ")
        extra = read_extra()["BC8_printed_formula"]
        broken = {
            TOTAL if village == "TOTAL" else village: [
                kind for kind, formulas in kinds.items() if not formulas[formula]["holds"]
            ]
            for village, kinds in extra.items()
        }
        assert rows == [f"{name} ({', '.join(kinds)})" for name, kinds in broken.items() if kinds]
    assert not any(note.startswith("Cột") for note in paper(written, "BC12").notes)


@pytest.mark.parametrize("group", ["poor", "near_poor"])
def test_causes_of_each_class_alone(written: Database, group: str) -> None:
    """Sums behind BC10, which has both classes in one column."""
    expected = read_extra()[f"BC10_{group}"]["TOTAL"]
    scope = Scope(year=2026, standard=STANDARD)
    causes = [entry.code for entry in definitions().choice_list("causes")]
    measures = [measure(f"{group}_households/cause={code}") for code in causes]
    with written.reader() as connection:
        counts = review_rows.counts(connection, scope, [m for m in measures if m], frozen=True)
    found = [sum(sums[f"{group}_households/cause={c}"] for sums in counts.values()) for c in causes]
    assert found == list(expected.values())
    assert len(found) == 8


def test_bc11_says_of_which_ages(written: Database) -> None:
    said = (
        "bảo hiểm y tế từ đủ 6 đến dưới 16 tuổi; dinh dưỡng dưới 16 tuổi; đi học từ đủ 3 đến dưới"
    )
    (note,) = [note for note in paper(written, "BC11").notes if note.startswith("Trẻ em")]
    assert said in note


def read_extra() -> Any:
    return json.loads((FOLDER / "expected_extra.json").read_text("utf-8"))


@pytest.mark.parametrize("code", ["BC2", "BC3"])
def test_the_flows_are_the_steps_between_two_counts(written: Database, code: str) -> None:
    assert flows_agree(written, 2026, code) == 4


def test_the_steps_name_whom_only_one_of_both_counts_takes(written: Database) -> None:
    """From a day of the year: BC8 counts persons by facts of their household."""
    doc, day = paper(written, "BC8"), date(2026, 6, 30)
    total = next(row for row in doc.tables[0].rows if row.level == 0)
    for key in ("poor_minority", "near_poor"):
        source = source_of(doc, total, key)
        found = explained(written, source, day)
        then, now = (
            set(make.explain(written, one))
            for one in (replace(source, year=None, as_of=day, geography=DAY), source)
        )
        assert (found.start, found.end) == (len(then), len(now))
        left = {one for line in found.lines if line.amount < 0 for one in line.reasons}
        came = {one for line in found.lines if line.amount > 0 for one in line.reasons}
        assert (left, came) == (then - now, now - then)
        assert left or came
