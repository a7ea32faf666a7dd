"""Population behind rates: typed, counted, missing, smaller than the numerator."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.areas import COMPLETE
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import FIRST_DAY, TODAY, Register
from tests.harness.report_rows import (
    POOR,
    poor_in,
    type_population,
)
from tests.harness.tables import (
    TOTAL,
    cells,
    column,
    explained,
    paper,
)


def test_a_total_with_a_missing_part_is_not_printed(register: Register) -> None:
    poor_in(register, "A", 2)
    type_population(register, A=(100, 400), B=(50, None))
    doc = paper(register.database)
    rows = cells(doc)
    assert column(doc, "households") == {
        "Thôn A": 100, "Thôn B": 50, "Thôn C": None, TOTAL: None,
    }  # fmt: skip
    assert column(doc, "persons") == {"Thôn A": 400, "Thôn B": None, "Thôn C": None, TOTAL: None}
    assert str(rows["Thôn A"]["poor_household_rate"].value) == "2.00"
    assert rows["Thôn B"]["poor_person_rate"].missing == "no_denominator"
    assert rows[TOTAL]["poor_household_rate"].missing == "no_denominator"
    notes = " ".join(doc.notes)
    assert "Chưa có tổng số hộ, nhân khẩu: Thôn C. Không tính tỷ lệ." in notes
    assert "Thôn C, Tổng cộng" in notes or "Tổng cộng" in notes


def test_nought_and_too_small_populations_print_no_rate(register: Register) -> None:
    poor_in(register, "A", 2)
    type_population(register, A=(1, 3), B=(0, 0), C=(10, 20))
    rows = cells(paper(register.database))
    assert rows["Thôn A"]["households"].value == 1
    assert rows["Thôn A"]["poor_household_rate"].missing == "small_denominator"
    assert rows["Thôn A"]["poor_person_rate"].missing == "small_denominator"
    assert rows["Thôn B"]["poor_household_rate"].missing == "zero_denominator"
    assert str(rows["Thôn C"]["poor_household_rate"].value) == "0.00"


def test_51_and_74_households_without_population_print_no_rate_at_all(
    register: Register,
) -> None:
    for number in range(51 + 74):
        home = register.household(f"Hộ {number}", village="ABC"[number % 3])
        register.give_class(home.uid, "poor" if number < 51 else "near_poor")
    doc = paper(register.database)
    explained(register.database, doc)
    total = cells(doc)[TOTAL]
    assert (total[POOR].value, total["near_poor_households"].value) == (51, 74)
    rates = [cell for row in cells(doc).values() for key, cell in row.items() if "_rate" in key]
    assert {(cell.value, cell.missing) for cell in rates} == {(None, "no_denominator")}
    assert len(rates) == 4 * 6


def declare(reg: Register, *villages: str, day: date = FIRST_DAY) -> None:
    for name in villages:
        areas.set_area_fact(reg.database, reg.context, reg.villages[name], COMPLETE, "yes", day)


def test_a_register_counts_only_where_it_was_declared_complete(register: Register) -> None:
    poor_in(register, "A", 2)
    poor_in(register, "B", 1)
    poor_in(register, "C", 1)
    declare(register, "A", "B")
    type_population(register, B=(100, 300))
    doc = paper(register.database)
    assert column(doc, "households") == {
        "Thôn A": 2, "Thôn B": 100, "Thôn C": None, TOTAL: None,
    }  # fmt: skip
    assert column(doc, "persons")["Thôn A"] == 4
    notes = list(doc.notes)
    assert "Tổng số hộ, nhân khẩu nhập tay: Thôn B." in notes
    assert "Tổng số hộ, nhân khẩu đếm từ sổ hộ: Thôn A." in notes
    assert "Chưa có tổng số hộ, nhân khẩu: Thôn C. Không tính tỷ lệ." in notes
    assert not any("là số của năm" in note for note in notes)
    of_a_day = paper(register.database, as_of=date(2026, 3, 1)).notes
    said = "Tổng số hộ, nhân khẩu nhập tay là số của năm 2026: sổ không giữ số riêng của ngày {}."
    assert said.format("01/03/2026") in of_a_day


@pytest.mark.parametrize("typed", [(5, None), (None, 20)])
def test_what_is_typed_for_a_village_is_never_mixed_with_counted_numbers(
    register: Register, typed: tuple[int | None, int | None]
) -> None:
    """50 typed households beside 8 counted persons gave a rate of 100 %."""
    poor_in(register, "A", 2)
    declare(register, "A", "B")
    type_population(register, A=typed)
    doc = paper(register.database)
    shown = column(doc, "households")["Thôn A"], column(doc, "persons")["Thôn A"]
    assert shown == typed
    rates = [column(doc, key)["Thôn A"] for key in ("poor_household_rate", "poor_person_rate")]
    assert [rate is None for rate in rates] == [number is None for number in typed]
    assert "Tổng số hộ, nhân khẩu nhập tay: Thôn A." in doc.notes
    assert "Tổng số hộ, nhân khẩu đếm từ sổ hộ: Thôn B." in doc.notes


def test_the_register_is_counted_on_the_day_of_the_data(register: Register) -> None:
    """Today's geography must not bring today's households into last year's total."""
    poor_in(register, "A", 1, year=2025)
    register.household("Đến sau", village="A", day=date(2026, 3, 1))
    declare(register, "A", "B", "C")
    doc = paper(register.database, year=2025, geography=TODAY)
    assert column(doc, "households") == {"Thôn A": 1, "Thôn B": 0, "Thôn C": 0, TOTAL: 1}
    # Declared complete later: nothing is known of the year before.
    other = make_other(register)
    doc = paper(other.database, year=2025, geography=TODAY)
    assert column(doc, "households")["Thôn A"] is None


def make_other(reg: Register) -> Register:
    path = reg.database.path.with_name("khác.db")
    reg.database.copy_to(path)
    other = Register(Database(path), reg.context, reg.commune, dict(reg.villages))
    with write_unit(other.database, other.context, Op.SAVE_UNIT) as work:
        for row in records_of(other, Kind.AREA_FACT):
            work.update(Kind.AREA_FACT, row, valid_from=date(2026, 1, 1))
    return other


def records_of(reg: Register, kind: Kind) -> list[UUID]:
    from giamngheo_desktop.storage import records

    with reg.database.reader() as connection:
        return [row["uid"] for row in records.find(connection, kind)]
