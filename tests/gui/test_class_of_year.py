"""The class of the year as typed on the household page: papers follow each other, none is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QPushButton

from giamngheo_desktop.gui.household import record, stored
from giamngheo_desktop.gui.household.record import Typed
from giamngheo_desktop.services import classes, household_view, rollups, undo
from giamngheo_desktop.services.household_view import ClassRecord, Dossier
from tests.gui.commune import YEAR, World, add_home, make_world

DAY = timedelta(days=1)
MARCH, DECEMBER = date(YEAR, 3, 20), date(YEAR, 12, 15)
_NUMBERS = count()


@pytest.fixture
def world(tmp_path: Path):
    made = make_world(tmp_path, homes=())
    yield made
    made.close()


@pytest.fixture
def home(world: World):
    return add_home(world, world.villages[0], "Nguyễn Văn An", 3)


def look(world: World, home, year: int = YEAR) -> Dossier:
    return household_view.dossier(
        world.database,
        world.desk.definitions,
        home,
        commune=world.commune,
        year=year,
        day=world.desk.day(year),
    )


def write(world: World, home, year: int = YEAR, **changed) -> None:
    """Change fields of the class on the page of a working year and save, as Ctrl+S does."""
    dossier = look(world, home, year)
    form = world.desk.definitions.household
    shown = stored.as_typed(dossier, form)
    typed = Typed(values={**shown.values, **changed}, rows=shown.rows, ticks={})
    stored.prepare(
        world.desk,
        record.build(home, dossier.household, typed, form),
        typed,
        dossier=dossier,
        surroundings=dossier.around,
        since=dossier.day,
    )()


def decide(world: World, home, code: str, number: str, signed: date, year: int = YEAR) -> None:
    write(world, home, year, **{"class": code, "decision_number": number, "decision_date": signed})


def line(world: World, home) -> list[tuple[object, ...]]:
    """Oldest first: class, source, number, first and last day."""
    return [
        (item.household_class, item.source, item.number, item.valid_from, item.valid_to)
        for item in reversed(look(world, home).records)
    ]


def poor_on(world: World, day: date) -> int:
    found = rollups.rollup(world.database, year=day.year, standard="2022", as_of=day)
    return found.count(world.commune, "poor_households")


def test_a_decision_of_december_follows_that_of_march(world: World, home) -> None:
    decide(world, home, "poor", "10/QĐ", MARCH)
    decide(world, home, "not_poor", "20/QĐ", DECEMBER)
    assert line(world, home) == [
        ("poor", "decision", "10/QĐ", MARCH, DECEMBER - DAY),
        ("not_poor", "decision", "20/QĐ", DECEMBER, None),
    ]
    assert [poor_on(world, day) for day in (MARCH - DAY, MARCH, DECEMBER - DAY, DECEMBER)] == [
        0,
        1,
        1,
        0,
    ]
    shown = look(world, home).of_year("2022")
    assert shown is not None
    assert shown.number == "20/QĐ"


def test_the_same_paper_is_corrected_in_place(world: World, home) -> None:
    decide(world, home, "poor", "10/QĐ", MARCH)
    write(world, home, **{"class": "near_poor"})
    assert line(world, home) == [("near_poor", "decision", "10/QĐ", MARCH, None)]


def test_a_decision_signed_before_the_stored_one_stands_before_it(world: World, home) -> None:
    decide(world, home, "not_poor", "20/QĐ", DECEMBER)
    decide(world, home, "poor", "10/QĐ", MARCH)
    assert line(world, home) == [
        ("poor", "decision", "10/QĐ", MARCH, DECEMBER - DAY),
        ("not_poor", "decision", "20/QĐ", DECEMBER, None),
    ]


def test_taking_the_last_class_away_gives_the_one_before_its_time_back(world: World, home) -> None:
    decide(world, home, "poor", "10/QĐ", MARCH)
    decide(world, home, "not_poor", "20/QĐ", DECEMBER)
    write(world, home, **dict.fromkeys(record.CLASS_FIELDS))
    assert line(world, home) == [("poor", "decision", "10/QĐ", MARCH, None)]


def test_without_a_decision_only_the_first_year_opens(world: World, home) -> None:
    write(world, home, **{"class": "poor"})
    write(world, home, **{"class": "near_poor"})  # corrected: neither has a paper
    first = look(world, home).day
    assert line(world, home) == [("near_poor", "opening", None, first, None)]
    other = add_home(world, world.villages[0], "Trần Thị Bình", 2)
    write(world, other, YEAR + 1, **{"class": "poor"})
    (later,) = look(world, other, YEAR + 1).records
    assert (later.source, later.number) == ("decision", None)
    # the year before it is still open to be typed as the opening
    write(world, other, **{"class": "not_poor"})
    assert look(world, other).records[-1].source == "opening"


def test_the_paper_of_a_result_without_one_is_named_later(world: World, home) -> None:
    write(world, home, **{"class": "poor"})
    write(world, home, decision_number="10/QĐ")
    write(world, home, decision_date=MARCH)
    assert line(world, home) == [("poor", "decision", "10/QĐ", MARCH, None)]
    write(world, home, decision_number=None, decision_date=None)  # it was not this one
    assert line(world, home) == [("poor", "decision", None, MARCH, None)]


def test_one_save_is_one_undo(world: World, home) -> None:
    decide(world, home, "poor", "10/QĐ", MARCH)
    before = line(world, home)
    decide(world, home, "not_poor", "20/QĐ", DECEMBER)
    step = undo.next_step(world.database)
    assert step is not None
    undo.undo(world.database, world.context, step.group)
    assert line(world, home) == before


SIGNED = st.lists(
    st.tuples(
        st.dates(date(YEAR - 1, 1, 1), date(YEAR, 12, 31)),
        st.sampled_from(["poor", "near_poor", "not_poor"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=7,
    unique_by=lambda item: item[0],
)


def test_in_any_order_the_latest_decision_signed_by_a_day_is_its_class(world: World) -> None:
    """Typed on the page of the year each was signed in; now and then without its number."""

    @settings(max_examples=25)
    @given(typed=SIGNED)
    def run(typed: list[tuple[date, str, bool]]) -> None:
        home = add_home(world, world.villages[0], f"Người {next(_NUMBERS)}", 1)
        for signed, code, numbered in typed:
            decide(world, home, code, f"{signed}/QĐ" if numbered else "", signed, signed.year)
        kept = [item for item in look(world, home).records if item.recognised]
        known = {(item.signed_on, item.household_class, bool(item.number)) for item in kept}
        assert known == set(typed)
        for day in sorted({day + step for day, _, _ in typed for step in (-DAY, DAY * 0, DAY)}):
            holding = [_signed(item) for item in kept if item.holds_on(day)]
            by_then = [entry[:2] for entry in typed if entry[0] <= day]
            assert holding == ([max(by_then)] if by_then else [])

    run()


def _signed(item: ClassRecord) -> tuple[date | None, str | None]:
    return item.signed_on, item.household_class


def test_the_page_itself_keeps_the_decision_of_march(qtbot, world: World, home) -> None:
    from giamngheo_desktop.gui.pages.households_page import HouseholdsPage
    from tests.gui import hands
    from tests.gui.hands import Key

    decide(world, home, "poor", "10/QĐ", MARCH)
    page = HouseholdsPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.resize(1120, 640)
    page.show()
    hands.turn_to(page)
    page.open(home)
    page.view.sheet.go_to(home, "class")
    hands.write("3")
    page.view.sheet.go_to(home, "decision_number")
    hands.control(Key.Key_A)
    hands.write("15/QĐ")
    hands.enter()
    hands.control(Key.Key_A)
    hands.write(f"15/5/{YEAR}")
    hands.control(Key.Key_S)
    may = date(YEAR, 5, 15)
    assert line(world, home) == [
        ("poor", "decision", "10/QĐ", MARCH, may - DAY),
        ("not_poor", "decision", "15/QĐ", may, None),
    ]
    assert len(classes.of_household(world.database, home)) == 2
    # one signed before it is put in its place, and the page says so
    notices: list[str] = []
    page.view.notice.connect(lambda text, _: notices.append(text))
    page.view.sheet.info.set_draft(
        {"class": "near_poor", "decision_number": "5/QĐ", "decision_date": date(YEAR, 2, 1)}
    )
    page.view.save()
    said = "Đã lưu hộ: Nguyễn Văn An. "
    said += "Quyết định vừa ghi có trước kết quả đang hiện: xem ở thẻ Rà soát."
    assert notices == [said]
    assert [row[2] for row in line(world, home)] == ["5/QĐ", "10/QĐ", "15/QĐ"]
    assert page.view.sheet.info.fields["decision_number"].value() == "15/QĐ"


def test_both_doors_give_the_same_record(qtbot, world: World, home) -> None:
    from giamngheo_desktop.gui.household.class_dialog import ClassDialog

    other = add_home(world, world.villages[0], "Trần Thị Bình", 2)
    decide(world, home, "poor", "10/QĐ", MARCH)
    dialog = ClassDialog(world.desk, look(world, other))
    qtbot.addWidget(dialog)
    fields = dialog.form.fields

    def type_in(code: str, text: str) -> None:
        fields[code].type_text(text)
        dialog.form.changed.emit(code)

    fields["class"].set_value("poor")
    fields["decision_number"].type_text("10/QĐ")
    type_in("decision_date", f"15/5/{YEAR}")
    assert fields["day"].value() == date(YEAR, 5, 15)
    type_in("decision_date", f"20/3/{YEAR}")
    assert fields["day"].value() == MARCH
    dialog.accept_button.click()
    one, two = (look(world, uid).records[0] for uid in (home, other))
    assert replace(one, uid=two.uid) == two
    # a day typed by hand stays
    again = ClassDialog(world.desk, look(world, other))
    qtbot.addWidget(again)
    fields = again.form.fields
    fields["day"].type_text(f"1/6/{YEAR}")
    again.form.changed.emit("day")
    fields["decision_date"].type_text(f"15/5/{YEAR}")
    again.form.changed.emit("decision_date")
    assert fields["day"].value() == date(YEAR, 6, 1)


def test_average_living_is_seen_as_it_is_stored(qtbot, world: World, home) -> None:
    from giamngheo_desktop.gui.pages.households_page import HouseholdsPage
    from tests.gui import hands

    page = HouseholdsPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.show()
    hands.turn_to(page)
    page.open(home)
    average = page.view.sheet.info.fields["average_living"]
    assert [s.text() for s in average.segments.findChildren(QPushButton)] == ["Có", "Không"]
    assert average.value() is None
    page.view.sheet.go_to(home, "class")
    hands.write("2")
    assert average.value() is False  # shown before it is stored
    page.view.save()
    assert average.value() is False
    assert look(world, home).records[0].average_living is False
