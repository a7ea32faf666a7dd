"""The population of a year that is closed: editions, undo, reopening, mergers."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.reports import make
from giamngheo_desktop.services import areas, classes, events, undo
from giamngheo_desktop.services.areas import COMPLETE, NewVillage
from giamngheo_desktop.services.movement import editions
from giamngheo_desktop.services.movement.edition_diff import edition_diff
from giamngheo_desktop.storage import audit
from tests.harness.register import FIRST_DAY, STANDARD, Register, dump, living
from tests.harness.report_rows import (
    Province,
    add_village,
    close,
    poor_in,
    succeed,
    type_population,
)
from tests.harness.tables import column, definitions, paper
from tests.services.test_corrections import NEAR, correct

WHY = "Công an xã đính chính số hộ của thôn"


def homes(reg: Register, code: str = "BC1", key: str = "households", **options: Any) -> list[Any]:
    """A column by village, then the total."""
    return list(column(paper(reg.database, code, 2025, **options), key).values())


def retype(reg: Register, reason: str = WHY, year: int = 2025, **villages: Any) -> None:
    rows = {
        reg.villages[name]: {"households": values[0], "persons": values[1]}
        for name, values in villages.items()
    }
    areas.save_population(reg.database, reg.context, year, rows, reason=reason)


def count(reg: Register, code: str = "BC1") -> int:
    request = make.wanted(reg.database, definitions(), code, year=2025)
    return editions.count(reg.database, request)


@pytest.fixture
def closed(register: Register) -> Register:
    poor_in(register, "A", 2, year=2025)
    type_population(register, 2025, A=(100, 400), B=(50, 200))
    close(register, 2025)
    return register


def test_a_closed_number_changes_only_with_a_reason(closed: Register) -> None:
    before = dump(closed.database)
    with pytest.raises(RefusedError) as refused:
        retype(closed, reason=" ", A=(80, 400))
    assert refused.value.code == "population_of_closed_year"
    retype(closed, reason="", A=(100, 400))  # nothing differs
    assert dump(closed.database) == before
    retype(closed, reason="", year=2026, A=(80, 400))  # an open year


def test_the_first_edition_reprints_as_it_was(closed: Register) -> None:
    retype(closed, A=(80, 400), C=(10, 40))
    step = undo.next_step(closed.database)
    assert step is not None
    assert step.op is Op.CORRECT_POPULATION  # told as such, not as typing
    assert homes(closed, edition=1) == [100, 50, None, None]
    assert homes(closed) == homes(closed, edition=2) == [80, 50, 10, 140]
    rate = [str(homes(closed, key="poor_household_rate", edition=n)[0]) for n in (1, 2)]
    assert rate == ["2.00", "2.50"]
    assert count(closed) == 2
    assert count(closed, "BC2") == 1  # it does not read them
    assert "lần 2" in " ".join(paper(closed.database, "BC1", 2025).subtitle)
    retype(closed, "Sửa lần nữa", A=(81, 400))
    assert [homes(closed, edition=number)[0] for number in (1, 2, 3)] == [100, 80, 81]


def test_the_difference_names_the_columns_and_nobody(closed: Register) -> None:
    retype(closed, A=(80, 400), B=(50, 201))
    request = make.wanted(closed.database, definitions(), "BC1", year=2025)
    found = {
        (one.row, one.key): (one.before, one.after, one.households)
        for one in edition_diff(closed.database, request, 1, 2)
    }
    assert found == {
        ("Thôn A", "households"): (100, 80, ()),
        ("Thôn B", "persons"): (200, 201, ()),
    }
    (one, other) = areas.corrected_population(closed.database, 2025)
    assert {one.village, other.village} == {closed.villages["A"], closed.villages["B"]}
    assert (one.reason, one.edition, other.edition) == (WHY, 2, 2)


def test_editions_of_numbers_and_of_households_follow_each_other(closed: Register) -> None:
    poor = poor_in(closed, "B", 1, year=2026)[0]
    with closed.database.reader() as connection:
        (listed,) = [
            row.household
            for row in connection.exec_driver_sql(
                "SELECT household FROM review_result ORDER BY uid LIMIT 1"
            )
        ]
    assert listed != poor
    retype(closed, A=(80, 400))
    correct(closed, UUID(listed), NEAR, 2025)
    retype(closed, A=(81, 400))
    shown = [
        (homes(closed, edition=number)[0], homes(closed, key="poor_households", edition=number)[0])
        for number in (1, 2, 3, 4)
    ]
    assert shown == [(100, 2), (80, 2), (80, 1), (81, 1)]


# --- what the register counts --------------------------------------------------------------------


def declare(reg: Register, *names: str) -> None:
    for name in names:
        areas.set_area_fact(
            reg.database, reg.context, reg.villages[name], COMPLETE, "yes", FIRST_DAY
        )


def test_what_the_register_counted_stands_still(register: Register) -> None:
    declare(register, "A")
    poor_in(register, "A", 2, year=2025)
    close(register, 2025)
    notes = paper(register.database, "BC1", 2025).notes
    assert homes(register) == [2, None, None, None]
    assert "Tổng số hộ, nhân khẩu đếm từ sổ hộ: Thôn A." in notes
    # Typed late: who lived there then, who left before the year's end, what was declared.
    late = register.household("Sót", village="A", day=date(2025, 3, 1)).uid
    register.household("Sót khác", village="A", day=date(2025, 3, 1))
    events.move_out(register.database, register.context, household=late, day=date(2026, 2, 1))
    declare(register, "B")
    doc = paper(register.database, "BC1", 2025)
    assert list(column(doc, "households").values()) == [2, None, None, None]
    assert column(doc, "persons")["Thôn A"] == 4
    assert doc.notes == notes
    # A table of a day counts the register of that day.
    assert homes(register, as_of=date(2025, 12, 31))[0] == 4
    retype(register, A=(7, 20))
    assert [homes(register, edition=number)[0] for number in (1, 2)] == [2, 7]
    typed = "Tổng số hộ, nhân khẩu: số liệu nhập tay."
    assert typed in paper(register.database, "BC1", 2025).notes
    assert paper(register.database, "BC1", 2025, edition=1).notes == notes


def test_reopened_the_year_counts_the_register_of_now(register: Register) -> None:
    declare(register, "A", "B")
    poor_in(register, "A", 2, year=2025)
    close(register, 2025)
    register.household("Sót", village="A", day=date(2025, 3, 1))
    retype(register, B=(5, 9))
    assert homes(register)[:2] == [2, 5]
    args = (register.database, register.context)
    reopen = {"year": 2025, "standard": STANDARD, "reason": "sót"}
    classes.reopen_year(*args, **reopen)
    assert homes(register)[:2] == [3, 5]  # what was typed stays typed
    retype(register, reason="", A=(9, 30))
    assert homes(register)[:2] == [9, 5]
    close(register, 2025)
    assert count(register) == 1
    retype(register, A=(8, 30))
    assert [homes(register, edition=number)[:2] for number in (1, 2)] == [[9, 5], [8, 5]]


def test_every_step_can_be_undone(register: Register) -> None:
    declare(register, "A")
    poor_in(register, "A", 2, year=2025)
    type_population(register, 2025, B=(50, 200))
    states = [living(dump(register.database))]
    args = (register.database, register.context)
    for step in (
        lambda: close(register, 2025),
        lambda: retype(register, A=(7, 20), B=(51, 200), C=(3, 9)),
        lambda: retype(register, "Lại sửa", A=(8, 20)),
        lambda: classes.reopen_year(*args, year=2025, standard=STANDARD, reason="sót"),
        lambda: retype(register, reason="", A=(9, 20)),
    ):
        step()
        states.append(living(dump(register.database)))
    while len(states) > 1:
        states.pop()
        found = undo.next_step(register.database)
        assert found is not None
        undo.undo(*args, found.group)
        assert living(dump(register.database)) == states[-1]
    with register.database.reader() as connection:
        assert audit.broken_link(connection) is None
    close(register, 2025)
    retype(register, A=(7, 20))
    assert [homes(register, edition=number)[0] for number in (1, 2)] == [2, 7]


def test_a_year_closed_by_an_older_program_prints_what_it_printed(register: Register) -> None:
    declare(register, "A")
    poor_in(register, "A", 2, year=2025)
    type_population(register, 2025, B=(50, 200))
    close(register, 2025)
    with register.database.writer() as connection:
        connection.exec_driver_sql("DELETE FROM population WHERE counted_by IS NOT NULL")
    assert homes(register) == [2, 50, None, None]
    retype(register, A=(7, 20), C=(3, 9))
    assert homes(register, edition=1) == [2, 50, None, None]
    assert homes(register) == [7, 50, 3, 60]
    undo.undo(register.database, register.context, undo.next_step(register.database).group)
    assert homes(register) == [2, 50, None, None]
    assert count(register) == 1


# --- other units, mergers ------------------------------------------------------------------------


def test_only_the_villages_of_the_commune_that_closed_are_held(province: Province) -> None:
    reg = province.reg
    type_population(reg, 2025, X1=(10, 30), X2=(5, 9), Y1=(20, 60))
    classes.close_year(
        reg.database, reg.context, year=2025, standard=STANDARD, definition="f" * 64,
        commune=province.communes["X"],
    )  # fmt: skip
    retype(reg, reason="", Y1=(21, 60))
    with pytest.raises(RefusedError):
        retype(reg, reason="", X1=(11, 30))
    retype(reg, X1=(11, 30))
    of_x = {"unit": province.communes["X"]}
    assert homes(reg, edition=1, **of_x) == [10, 5, 15]
    assert homes(reg, **of_x) == [11, 5, 16]


def test_a_merger_of_the_next_year_takes_what_was_kept(register: Register) -> None:
    declare(register, "A", "B")
    poor_in(register, "A", 2, year=2025)
    poor_in(register, "B", 1, year=2025)
    day = date(2026, 3, 1)
    succeed(register, "B", "A", day)  # known already when the year is closed
    close(register, 2025)
    assert homes(register) == [2, 1, None, None]
    later = homes(register, geography=day)
    assert later == [3, None, None]
    retype(register, A=(5, 9))
    assert homes(register, geography=day, edition=1) == later


def test_what_a_number_of_before_a_merger_spoke_of_stays(register: Register) -> None:
    """Correcting the households of a village that took another in leaves its persons a part."""
    poor_in(register, "A", 1, year=2025)
    type_population(register, 2025, A=(10, 40), B=(5, 20))
    succeed(register, "B", "A", date(2025, 7, 1))
    close(register, 2025)
    assert homes(register)[0] == 15
    assert homes(register, key="persons")[0] == 60
    retype(register, A=(16, 40))  # typed after the merger: the whole
    assert homes(register)[0] == 16
    assert homes(register, key="persons")[0] == 60
    retype(register, A=(17, 61))  # now both are of the whole
    shown = [
        [homes(register, key=key, edition=number)[0] for key in ("households", "persons")]
        for number in (1, 2, 3)
    ]
    assert shown == [[15, 60], [16, 60], [17, 61]]


def test_names_and_places_of_a_closed_year_are_dated(closed: Register) -> None:
    before = paper(closed.database, "BC1", 2025)
    args = (closed.database, closed.context)
    areas.change_area(
        *args, closed.villages["A"], date(2026, 1, 1), name="Thôn Mới", area_type="urban",
        region="TT",
    )  # fmt: skip
    areas.change_area(*args, closed.commune, date(2026, 1, 1), name="Sơn Đông", area_type="urban")
    areas.add_village(*args, closed.commune, NewVillage(name="Thôn E"), date(2026, 1, 1))
    assert paper(closed.database, "BC1", 2025) == before
    # From a day of the closed year on they would stand in its tables.
    for refused in (
        lambda: areas.change_area(*args, closed.villages["A"], date(2025, 12, 31), name="Khác"),
        lambda: areas.change_area(*args, closed.commune, FIRST_DAY, name="Khác"),
        lambda: areas.add_village(
            *args, closed.commune, NewVillage(name="Thôn F"), date(2025, 12, 31)
        ),
    ):
        with pytest.raises(RefusedError) as error:
            refused()
        assert error.value.code == "unit_of_closed_year"
    assert paper(closed.database, "BC1", 2025) == before


def test_rows_of_a_closed_year_count_once(closed: Register) -> None:
    retype(closed, A=(80, 400))
    rows = [
        (row["edition_from"], row["edition_to"], row["households"])
        for row in living(dump(closed.database))[Kind.POPULATION].values()
        if row["area"] == closed.villages["A"]
    ]
    assert sorted(rows, key=str) == [(2, None, 80), (None, 1, 100)]


def test_a_whole_of_which_the_parts_were_typed_is_corrected(register: Register) -> None:
    poor_in(register, "C", 1, year=2025)
    type_population(register, 2025, A=(10, 40), B=(5, 20), C=(9, 9))
    add_village(register, "D", date(2025, 7, 1))
    succeed(register, "AB", "D", date(2025, 7, 1))
    close(register, 2025)
    before = living(dump(register.database))
    retype(register, D=(16, 61))
    shown = [column(paper(register.database, "BC1", 2025, edition=n), "households") for n in (1, 2)]
    assert [one["Thôn D"] for one in shown] == [15, 16]
    with pytest.raises(RefusedError):  # what ended in the year went into a closed village
        retype(register, reason="", B=(6, 20))
    step = undo.next_step(register.database)
    assert step is not None
    undo.undo(register.database, register.context, step.group)
    assert living(dump(register.database)) == before


def test_what_two_standards_closed_is_kept_until_both_are_open(register: Register) -> None:
    declare(register, "A")
    poor_in(register, "A", 2)
    args = (register.database, register.context)
    for standard in (STANDARD, "2027"):
        classes.close_year(
            *args, year=2026, standard=standard, definition="f" * 64, commune=register.commune
        )
    register.household("Sót", village="A")
    for standard, shown in ((STANDARD, 2), ("2027", 3)):
        classes.reopen_year(*args, year=2026, standard=standard, reason="sót")
        lived = column(paper(register.database, "BC1", 2026), "households")["Thôn A"]
        assert lived == shown
    while (step := undo.next_step(register.database)) and step.op in (Op.REOPEN_YEAR,):
        undo.undo(*args, step.group)
    assert column(paper(register.database, "BC1", 2026), "households")["Thôn A"] == 2
