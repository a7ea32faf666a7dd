"""What a list, a bridge or a paper of a past day says is what held on that day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.name_list import make_list
from tests.harness.bridges import explained, source_of
from tests.harness.register import Register, empty_database, make_register
from tests.harness.tables import definitions
from tests.services.test_corrections import POOR, close, home

DEFS = definitions()
BEFORE, BETWEEN, LATE = date(2026, 3, 31), date(2026, 6, 30), date(2026, 12, 20)


@pytest.fixture(scope="module")
def reg(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """Một is poor since 2025, Hai by a decision of May 2026 and by that of December again."""
    with empty_database(tmp_path_factory.mktemp("days") / "so.db") as database:
        made = make_register(database, "AB")
        home(made, "Một", "A", (2025, POOR), persons=1)
        entered = home(made, "Hai", "B", persons=1)
        close(made, 2025)
        for number, day in (("100", date(2026, 5, 30)), ("229", date(2026, 12, 10))):
            paper = {"decision_number": f"{number}/QĐ-UBND", "decision_on": day}
            made.give_class(entered, POOR, year=2026, valid_from=day, source="decision", **paper)
        yield made


@pytest.mark.parametrize(
    ("then", "day", "number"), [(BEFORE, BETWEEN, "100"), (BEFORE, LATE, "229")]
)
def test_a_bridge_names_the_decision_in_force_at_its_end(
    reg: Register, then: date, day: date, number: str
) -> None:
    doc = make.make(reg.database, DEFS, "BC1", year=2026, as_of=day)
    total = next(row for row in doc.tables[0].rows if row.level == 0)
    found = explained(reg.database, source_of(doc, total, "poor_households"), then)
    ((name, _, why),) = [named for line in found.lines for named in line.named]
    assert name == "Hai"
    assert f"QĐ {number}/QĐ-UBND" in why, why


def test_a_list_of_a_day_asks_who_was_listed_at_the_close_of_the_year_before(reg: Register) -> None:
    for code, key in (("ho_ngheo", "movement"), ("chi_tiet_ngheo", "is_poor_new")):
        (table,) = make_list(reg.database, DEFS, code, year=2026, as_of=BETWEEN).tables
        said = {
            table.row_name(row): table.cell(at, key).value
            for at, row in enumerate(table.rows)
            if row.household
        }
        new, old = ("Nghèo mới", "Nghèo cũ") if key == "movement" else ("x", "")
        assert said == {"Một": old, "Hai": new}


@pytest.mark.parametrize("code", [c for c, (one,) in DEFS.name_lists.items() if not one.takes_day])
def test_a_list_of_the_whole_year_refuses_a_day(reg: Register, code: str) -> None:
    with pytest.raises(AppError) as caught:
        make_list(reg.database, DEFS, code, year=2026, as_of=BETWEEN)
    assert caught.value.code == "list_without_day"
