"""The first list as counts per village: what tables take from them, what they leave open."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.measures import MEASURES, CountOf
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.document import OPENING_COUNT, ReportDoc
from giamngheo_desktop.services import classes, events, overview, rollups, undo
from giamngheo_desktop.services.areas import NewVillage, add_village
from giamngheo_desktop.services.closing import look_before_closing
from giamngheo_desktop.services.review import opening_counts
from giamngheo_desktop.services.review.opening_counts import Count
from giamngheo_desktop.services.successions import record_succession
from tests.harness.register import FIRST_DAY, STANDARD, Register, dump, living
from tests.harness.tables import TOTAL, UNPLACED, cells, definitions, paper

DECEMBER = date(2026, 12, 10)
LAST_YEAR = 2025
FLOWS = [None] * 7


def type_counts(reg: Register, **villages: tuple[Count, Count] | None) -> None:
    counts = {
        reg.villages[name]: dict(zip(("poor", "near_poor"), found, strict=True)) if found else {}
        for name, found in villages.items()
    }
    args = (reg.database, reg.context, counts)
    opening_counts.save(*args, year=LAST_YEAR, standard=STANDARD, unit=reg.commune)


def home(reg: Register, village: str, name: str = "", persons: int = 1) -> UUID:
    """A household, on the list of 2025 where a class is named."""
    uid = reg.household(*(f"Người {n}" for n in range(persons)), village=village).uid
    if name:
        reg.give_class(uid, name, year=LAST_YEAR)
    return uid


def review(reg: Register, uid: UUID, name: str) -> None:
    reg.give_class(uid, name, year=2026, valid_from=DECEMBER, source="decision")


def close(reg: Register, year: int) -> None:
    classes.close_year(
        reg.database, reg.context, year=year, standard=STANDARD, definition="f", commune=reg.commune
    )


def numbers(doc: ReportDoc) -> dict[tuple[str, str], list[Any]]:
    (table,) = doc.tables
    return {
        (table.row_name(row), row.kind): [cell.value for cell in row.cells] for row in table.rows
    }


def value(reg: Register, code: str, key: str, year: int = 2026) -> dict[str, Any]:
    found = cells(paper(reg.database, code, year))
    return {label: row[key].value for label, row in found.items()}


@pytest.fixture
def mixed(register: Register) -> Register:
    """Thôn A has its list by name, thôn B by number, thôn C an empty one by number."""
    stays, leaves = home(register, "A", "poor", 2), home(register, "A", "near_poor", 3)
    type_counts(register, B=(Count(2, 7), Count(1)), C=(Count(0), Count(0)))
    review(register, stays, "poor")
    review(register, leaves, "not_poor")
    for name in ("poor", "near_poor", "not_poor"):
        review(register, home(register, "B"), name)
    review(register, home(register, "C", persons=4), "poor")
    return register


def test_the_movement_of_named_villages_is_whole_and_of_the_others_open(mixed: Register) -> None:
    poor, near = (numbers(paper(mixed.database, code)) for code in ("BC2", "BC3"))
    # Columns 1 to 9: opening, the flows, closing.
    assert poor["Thôn A", "ho"] == [1, 0, 0, 0, 0, 0, 0, 0, 1]
    assert poor["Thôn B", "ho"] == [2, *FLOWS, 1]
    assert poor["Thôn B", "khau"] == [7, *FLOWS, 1]
    assert poor["Thôn C", "ho"] == [0, 0, 0, 0, 0, 0, 1, 0, 1]
    assert poor[TOTAL, "ho"] == [3, *FLOWS, 3]
    assert poor[TOTAL, "khau"] == [9, *FLOWS, 7]
    assert near["Thôn A", "ho"] == [1, 0, 1, 0, 0, 0, 0, 0, 0]
    assert near["Thôn B", "ho"] == [1, *FLOWS, 1]
    assert near["Thôn B", "khau"] == [None, *FLOWS, 1]  # nobody typed the persons
    assert near[TOTAL, "ho"] == [2, *FLOWS, 1]
    assert near[TOTAL, "khau"] == [None, *FLOWS, 1]
    notes = " ".join(paper(mixed.database, "BC2").notes)
    assert "Danh sách cuối năm 2025 của Thôn B mới có số theo thôn" in notes
    assert "Chưa biết hộ nào ra, vào" in notes


def test_the_village_table_begins_with_the_counts(mixed: Register) -> None:
    assert value(mixed, "THON", "poor_opening") == {
        "Thôn A": 1, "Thôn B": 2, "Thôn C": 0, TOTAL: 3,
    }  # fmt: skip
    assert value(mixed, "THON", "near_poor_opening")[TOTAL] == 2
    notes = " ".join(paper(mixed.database, "THON").notes)
    assert "Thôn B mới có số theo thôn" in notes
    assert "ra, vào" not in notes
    assert "chưa có hộ nào được công nhận" not in notes
    # The table of the year itself says the same, and what nobody typed it leaves open.
    assert value(mixed, "BC1", "poor_households", LAST_YEAR)[TOTAL] == 3
    assert value(mixed, "BC1", "average_living_households", LAST_YEAR) == {
        "Thôn A": 0, "Thôn B": None, "Thôn C": None, TOTAL: None,
    }  # fmt: skip


def test_no_list_of_names_opens_behind_a_count(mixed: Register) -> None:
    found = cells(paper(mixed.database, "THON"))
    sources = {label: row["poor_opening"].source for label, row in found.items()}
    assert {label for label, source in sources.items() if source.measure == OPENING_COUNT} == {
        "Thôn B", TOTAL,
    }  # fmt: skip
    assert make.explain(mixed.database, sources["Thôn B"]) == ()
    assert len(make.explain(mixed.database, sources["Thôn A"])) == 1


def test_counts_alone_are_an_opening(register: Register) -> None:
    assert value(register, "THON", "poor_opening")[TOTAL] is None
    type_counts(register, A=(Count(4), Count(1)), B=(Count(0), Count(2)))
    assert value(register, "THON", "poor_opening") == {
        "Thôn A": 4, "Thôn B": 0, "Thôn C": None, TOTAL: None,
    }  # fmt: skip
    type_counts(register, C=(Count(3), Count(3)))
    assert value(register, "THON", "poor_opening")[TOTAL] == 7
    type_counts(register, C=None)
    assert value(register, "THON", "poor_opening")["Thôn C"] is None


def test_a_village_goes_by_its_counts_until_as_many_have_names(register: Register) -> None:
    type_counts(register, A=(Count(2), Count(1)), B=(Count(0), Count(0)), C=(Count(0), Count(0)))
    openings = ("poor_opening", "near_poor_opening")

    def opening() -> list[Any]:
        return [value(register, "THON", key)["Thôn A"] for key in openings]

    for name in ("poor", "near_poor"):
        home(register, "A", name)
        assert opening() == [2, 1]
        assert any("Thôn A" in note for note in paper(register.database, "THON").notes)
    home(register, "A", "poor")
    assert opening() == [2, 1]
    assert not any("số theo thôn" in note for note in paper(register.database, "THON").notes)
    home(register, "A", "poor")  # then the names are right
    assert opening() == [3, 1]


def test_a_year_waits_for_those_whom_nobody_named(register: Register) -> None:
    type_counts(register, B=(Count(2), Count(1)), A=(Count(0), Count(0)), C=(Count(0), Count(0)))
    review(register, home(register, "A"), "poor")
    review(register, home(register, "B"), "not_poor")

    def poor() -> dict[str, Any]:
        return value(register, "BC1", "poor_households")

    assert poor() == {"Thôn A": 1, "Thôn B": None, "Thôn C": 0, TOTAL: None}
    assert any("Thôn B: 2 hộ" in note for note in paper(register.database, "BC1").notes)
    found = rollups.rollup(register.database, year=2026, standard=STANDARD)
    b = register.villages["B"]
    assert found.bounds(b, "poor_households") is None
    assert (found.waiting[b], found.waiting[register.commune]) == (2, 2)
    seen = overview.overview(
        register.database, definitions(), year=2026, commune=register.commune, day=DECEMBER
    )
    assert seen.target.poor_opening == 2
    asked = look_before_closing(
        register.database, definitions(), year=2026, standard=STANDARD, unit=register.commune
    )
    assert asked.nameless == 2
    for name in ("poor", "near_poor"):
        review(register, home(register, "B"), name)
    assert poor()["Thôn B"] == 1
    close(register, 2026)
    assert numbers(paper(register.database, "BC2"))["Thôn B", "ho"] == [2, *FLOWS, 1]


def test_who_has_a_name_by_now_is_one_of_those_that_were_counted(register: Register) -> None:
    type_counts(register, A=(Count(0), Count(0)), B=(Count(2), Count(1)), C=(Count(0), Count(0)))
    home(register, "B", "poor")
    found = rollups.rollup(register.database, year=2026, standard=STANDARD)
    assert found.waiting[register.villages["B"]] == 3
    asked = look_before_closing(
        register.database, definitions(), year=2026, standard=STANDARD, unit=register.commune
    )
    assert (len(asked.waiting), asked.nameless) == (1, 2)


def test_a_closed_year_waits_for_nobody(register: Register) -> None:
    type_counts(register, A=(Count(2), Count(1)))
    review(register, home(register, "B"), "poor")
    close(register, 2026)
    assert value(register, "BC1", "poor_households") == {
        "Thôn A": 0, "Thôn B": 1, "Thôn C": 0, TOTAL: 1,
    }  # fmt: skip


def test_who_came_from_a_village_without_names_may_have_been_on_its_list(mixed: Register) -> None:
    came = home(mixed, "B")
    events.move_village(
        mixed.database, mixed.context, household=came, village=mixed.villages["C"],
        day=date(2026, 5, 1),
    )  # fmt: skip
    review(mixed, came, "poor")
    poor = numbers(paper(mixed.database, "BC2"))
    assert poor["Thôn C", "ho"] == [0, *FLOWS, 2]
    assert poor["Thôn A", "ho"] == [1, 0, 0, 0, 0, 0, 0, 0, 1]


def test_counts_go_along_with_mergers_and_stay_whole_in_splits(register: Register) -> None:
    type_counts(register, B=(Count(2, 7), Count(1, 2)), C=(Count(5, 9), Count(0)))
    home(register, "A", "poor", 3)
    args = (register.database, register.context)
    a, b, c = (register.villages[name] for name in "ABC")
    day = date(2026, 3, 1)
    record_succession(*args, olds=[b], news=[a], reason="merged", effective_on=day)
    parts = [
        add_village(*args, register.commune, NewVillage(name=f"Thôn C{n}"), day).value
        for n in (1, 2)
    ]
    record_succession(*args, olds=[c], news=parts, reason="split", effective_on=day)
    assert value(register, "THON", "poor_opening") == {
        "Thôn A": 3, "Thôn C1": 0, "Thôn C2": 0, UNPLACED: 5, TOTAL: 8,
    }  # fmt: skip
    for village in ("A", *parts):
        register.villages.setdefault(str(village), village)
        for _ in range(5):
            uid = register.household(
                "Người", village=str(village) if village in parts else "A", day=day
            ).uid
            review(register, uid, "near_poor")
    doc = paper(register.database, "BC2")
    found = numbers(doc)
    # One of its list has a name and no result of 2026: only the opening is known.
    assert found["Thôn A", "ho"] == [3, *[None] * 8]
    assert found["Thôn C1", "ho"] == [0, *FLOWS, 0]
    assert found[UNPLACED, "khau"] == [9, *FLOWS, 0]
    (named,) = (row for row in classes_of(register) if row["valid_to"] is None)
    review(register, named["household"], "poor")
    found = numbers(paper(register.database, "BC2"))
    assert found["Thôn A", "khau"] == [10, *FLOWS, 3]
    assert found[TOTAL, "ho"] == [8, *FLOWS, 1]


def classes_of(reg: Register) -> list[dict[str, Any]]:
    """The class records of 2025."""
    rows = dump(reg.database)[Kind.CLASS_RECORD].values()
    return [row for row in rows if row["review_year"] == LAST_YEAR]


def test_wrong_counts_are_refused(register: Register) -> None:
    a = register.villages["A"]
    before = dump(register.database)
    for found, code in (
        ({"poor": Count(1)}, "opening_count_both"),
        ({"poor": Count(-1), "near_poor": Count(0)}, "opening_count_persons"),
        ({"poor": Count(3, 2), "near_poor": Count(0)}, "opening_count_persons"),
        ({"poor": Count(0, 2), "near_poor": Count(0)}, "opening_count_persons"),
    ):
        with pytest.raises(RefusedError, match=code):
            opening_counts.save(
                register.database, register.context, {a: found}, year=2025, standard=STANDARD
            )
    assert dump(register.database) == before
    home(register, "B", "poor")
    close(register, LAST_YEAR)
    with pytest.raises(RefusedError, match="year_closed"):
        type_counts(register, A=(Count(1), Count(1)))


def test_counts_are_one_step_to_take_back(register: Register) -> None:
    type_counts(register, A=(Count(2, 5, "Báo cáo 2025"), Count(1)))
    before = living(dump(register.database))
    type_counts(register, A=(Count(3, 5, "Báo cáo 2025"), Count(1)), B=(Count(0), Count(0)))
    typed = opening_counts.of_year(register.database, LAST_YEAR, STANDARD)
    assert typed[register.villages["A"]]["poor"] == Count(3, 5, "Báo cáo 2025")
    step = undo.next_step(register.database)
    assert step is not None
    assert (step.op, step.subject) == (Op.SAVE_OPENING_COUNTS, "2025")
    undo.undo(register.database, register.context, step.group)
    assert living(dump(register.database)) == before
    type_counts(register, A=None)
    assert opening_counts.of_year(register.database, LAST_YEAR, STANDARD) == {}
    step = undo.next_step(register.database)
    assert step is not None
    undo.undo(register.database, register.context, step.group)
    assert living(dump(register.database)) == before


COUNTS = st.builds(Count, st.integers(0, 9), st.none() | st.integers(9, 40))


@given(COUNTS, COUNTS, COUNTS)
def test_counts_add_up_in_any_order_and_unknown_persons_stay_unknown(
    one: Count, two: Count, three: Count
) -> None:
    def said(count: Count) -> list[int | None]:
        return [count.of(what) for what in CountOf]

    assert said(one + two) == said(two + one)
    assert said((one + two) + three) == said(one + (two + three))
    assert said(one + Count(0)) == said(one)
    persons = [each.of(CountOf.PERSONS) for each in (one, two)]
    assert (one + two).of(CountOf.PERSONS) == (None if None in persons else sum(persons))


def test_every_listed_class_has_its_measures() -> None:
    for name in opening_counts.CLASSES:
        for what in (CountOf.HOUSEHOLDS, CountOf.PERSONS):
            assert MEASURES[f"{name}_{what.value}"].where == (("household_class", name),)
    assert FIRST_DAY.year == LAST_YEAR
