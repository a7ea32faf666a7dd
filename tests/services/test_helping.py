"""Who helps whom and who came, against what was worked out by hand; plans and incidents."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giamngheo_desktop.domain.applications import State
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.helping import quarter_days, quarter_of
from giamngheo_desktop.services import events, undo
from giamngheo_desktop.services.programme import home_help, incidents, years
from giamngheo_desktop.services.programme.helping import day_of, of_household
from giamngheo_desktop.services.review import applications
from tests.harness.examples import examples
from tests.harness.helping import Help, silent, without
from tests.harness.register import (
    FIRST_DAY,
    TODAY,
    Register,
    dump,
    empty_database,
    living,
    make_register,
)
from tests.harness.tables import definitions

Q1, Q2 = date(2026, 3, 31), date(2026, 6, 30)


@pytest.fixture
def here(register: Register) -> Help:
    return Help(register)


def test_quarters_have_their_days() -> None:
    assert quarter_days(2024, 1) == (date(2024, 1, 1), date(2024, 3, 31))
    assert quarter_days(2026, 4) == (date(2026, 10, 1), date(2026, 12, 31))
    for number, month in enumerate((1, 4, 7, 10), 1):
        assert quarter_of(date(2026, month, 1)) == quarter_of(date(2026, month + 2, 28)) == number
    today = date(2026, 5, 4)
    assert day_of(2026, None, today) == day_of(2026, 2, today) == today
    assert (day_of(2026, 1, today), day_of(2025, None, today)) == (Q1, date(2025, 12, 31))
    for quarter, year in ((3, 2026), (None, 2027)):
        with pytest.raises(RefusedError, match="day_in_future"):
            day_of(year, quarter, today)


def test_a_household_has_a_helper_while_one_is_assigned_to_it(here: Help) -> None:
    one, two, three, _ = (here.home(name, village="B") for name in ("Một", "Hai", "Ba", "Bốn"))
    near = here.home("Cận", "near_poor")
    left = here.home("Đã thoát", "not_poor")
    hoa, women = here.officer("Lê Hoa", title="Phó bí thư"), here.body("Hội Phụ nữ")
    here.assign(one, hoa, valid_to=Q1)  # its last day is a day with a helper
    here.assign(two, hoa)
    here.assign(two, body=women)
    here.assign(three, hoa, role="watches")  # who only watches does not help
    here.assign(left, body=women)
    here.remove(Kind.ASSIGNMENT, here.assign(near, hoa))
    here.add(Kind.ASSIGNMENT, village=here.reg.villages["B"], officer=hoa)

    assert without(here.view(Q1)) == ["Cận", "Ba", "Bốn"]
    found = here.view(Q2)
    assert without(found) == ["Cận", "Ba", "Bốn", "Một"]
    assert [home.head for home in found.listed] == ["Cận", "Ba", "Bốn", "Hai", "Một"]
    told = {
        helper.name: [one.home.head for one in ones] for helper, ones in found.by_helper.items()
    }
    assert told == {"Lê Hoa": ["Hai"], "Hội Phụ nữ": ["Đã thoát", "Hai"]}
    assert [(one.village, one.helper.name) for one in found.in_charge] == [("Thôn B", "Lê Hoa")]
    assert without(here.view(Q2, here.reg.villages["A"])) == ["Cận"]
    ones = of_household(here.reg.database, definitions(), two, Q2)
    assert [one.helper.name for one in ones] == ["Lê Hoa", "Hội Phụ nữ"]


def test_the_list_is_that_of_the_day(here: Help) -> None:
    in_march, gone = here.home("Tháng ba", None), here.home("Chuyển đi")
    here.reg.give_class(in_march, "near_poor", valid_from=date(2026, 3, 28), source="decision")
    home = here.home("Thoát nghèo")
    here.reg.give_class(home, "not_poor", valid_from=date(2026, 6, 15), source="decision")
    events.move_out(here.reg.database, here.reg.context, household=gone, day=date(2026, 6, 30))
    days = (date(2026, 3, 27), date(2026, 3, 28), date(2026, 6, 14), date(2026, 6, 15), TODAY)
    assert [without(here.view(day)) for day in days] == [
        ["Chuyển đi", "Thoát nghèo"],
        ["Tháng ba", "Chuyển đi", "Thoát nghèo"],
        ["Tháng ba", "Chuyển đi", "Thoát nghèo"],
        ["Tháng ba", "Chuyển đi"],
        ["Tháng ba"],
    ]


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ((), True),
        ((date(2026, 1, 1),), False),
        ((Q1,), False),
        ((date(2025, 12, 31), date(2026, 4, 1)), True),
    ],
)
def test_a_visit_counts_in_its_quarter(here: Help, days: tuple[date, ...], told: bool) -> None:
    home, hoa = here.home("Một"), here.officer("Lê Hoa")
    here.assign(home, hoa)
    for day in days:
        here.visit(home, day, hoa)
    here.remove(Kind.VISIT, here.visit(home, date(2026, 2, 2), hoa))
    assert silent(here.view(Q1)) == ({"Lê Hoa": ["Một"]} if told else {})


def test_whose_visit_it_was(here: Help) -> None:
    day = date(2026, 2, 10)
    front, women = here.body("Mặt trận"), here.body("Hội Phụ nữ")
    hoa, binh = here.officer("Lê Hoa", body=women), here.officer("Đỗ Bình", body=front)
    one, two, three = here.home("Một"), here.home("Hai"), here.home("Ba")
    here.assign(one, hoa)
    here.assign(two, hoa, body=women)
    here.assign(three, body=women)

    here.visit(one, day, binh)  # another one's visit is not hers
    here.visit(one, day, body=women)  # nor that of her body, which was not named with it
    assert silent(here.view(Q1)) == {"Lê Hoa": ["Hai", "Một"], "Hội Phụ nữ": ["Ba"]}
    here.visit(three, day, binh, body=women)  # the body is written, whoever came for it
    assert silent(here.view(Q1)) == {"Lê Hoa": ["Hai", "Một"]}
    last = here.visit(two, day, body=women)
    assert silent(here.view(Q1)) == {}
    here.remove(Kind.VISIT, last)
    here.visit(three, day, hoa)  # for the body that helps as a whole, one of it comes
    assert silent(here.view(Q1)) == {"Lê Hoa": ["Hai", "Một"]}


def test_only_a_household_that_was_the_helpers_that_day(here: Help) -> None:
    hoa, binh = here.officer("Lê Hoa"), here.officer("Đỗ Bình")
    one, two, gone = here.home("Một"), here.home("Hai"), here.home("Đã đi")
    middle = date(2026, 2, 15)
    here.assign(one, hoa, valid_to=middle)
    here.assign(one, binh, date(2026, 2, 16))
    here.assign(two, binh, date(2026, 4, 1))  # of the next quarter
    here.assign(gone, here.officer("Hà Xa"))
    events.move_out(here.reg.database, here.reg.context, household=gone, day=date(2025, 12, 31))
    here.visit(one, date(2026, 2, 16), hoa)  # no longer hers
    here.visit(one, middle, binh)  # not yet his
    here.visit(two, middle, binh)
    assert silent(here.view(Q1)) == {"Đỗ Bình": ["Một"], "Lê Hoa": ["Một"]}
    here.visit(one, middle, hoa)
    assert silent(here.view(Q1)) == {"Đỗ Bình": ["Một"]}
    assert silent(here.view(Q2)) == {"Đỗ Bình": ["Hai", "Một"]}
    assert silent(here.view(date(2026, 2, 15))) == {}  # up to the day, not to come


def test_a_visit_is_due_after_three_months(here: Help) -> None:
    home, hoa = here.home("Một"), here.officer("Lê Hoa")
    here.assign(home, hoa, date(2026, 1, 31))

    def due(day: date) -> tuple[Any, ...]:
        (one,) = here.view(day).helped
        return one.came, one.due, one.is_overdue

    assert due(date(2026, 4, 30)) == (None, date(2026, 4, 30), False)
    assert due(date(2026, 5, 1)) == (None, date(2026, 4, 30), True)
    here.visit(home, date(2026, 5, 2), hoa)
    assert due(date(2026, 5, 1))[0] is None  # later visits are not known on an earlier day
    assert due(date(2026, 8, 2)) == (date(2026, 5, 2), date(2026, 8, 2), False)
    assert [one.home.head for one in here.view(date(2026, 8, 3)).overdue] == ["Một"]


def test_a_renewed_assignment_knows_the_visit_before(here: Help) -> None:
    home, hoa = here.home("Một"), here.officer("Lê Hoa")
    here.assign(home, hoa, valid_to=date(2025, 12, 31))
    here.assign(home, hoa, date(2026, 1, 1))
    here.visit(home, date(2025, 12, 20), hoa)
    (one,) = here.view(Q1).helped
    assert (one.came, one.due) == (date(2025, 12, 20), date(2026, 4, 1))
    assert silent(here.view(Q1)) == {"Lê Hoa": ["Một"]}


def test_a_helper_had_whom_the_decision_of_the_quarter_let_go(here: Help) -> None:
    home, hoa = here.home("Một"), here.officer("Lê Hoa")
    here.assign(home, hoa)
    here.reg.give_class(home, "not_poor", valid_from=date(2026, 2, 1), source="decision")
    view = here.view(Q1)
    assert (view.listed, view.without) == ((), ())
    assert [one.home.household_class for one in view.helped] == ["not_poor"]
    assert silent(view) == {"Lê Hoa": ["Một"]}


def test_needs_by_code_on_a_day(here: Help) -> None:
    one, two = here.home("Một"), here.home("Hai", "not_poor", village="B")
    person = here.reg.get(one).members[0].uid
    here.assign(one, here.officer("Lê Hoa"))
    here.add(Kind.NEED, household=one, code="housing", valid_to=Q1)
    here.add(Kind.NEED, household=one, person=person, code="training", valid_from=Q1)
    here.add(Kind.NEED, household=two, code="training", valid_from=Q2)
    here.remove(Kind.NEED, here.add(Kind.NEED, household=two, code="credit"))

    def told(day: date) -> dict[str, list[tuple[Any, ...]]]:
        return {
            code: [(one.home.head, one.person, [who.name for who in one.helpers]) for one in lines]
            for code, lines in here.view(day).by_need.items()
        }

    hers = [("Một", "Một", ["Lê Hoa"])]
    assert told(Q1) == {"housing": [("Một", "", ["Lê Hoa"])], "training": hers}
    assert told(date(2026, 4, 1)) == {"training": hers}
    assert told(Q2) == {"training": [*hers, ("Hai", "", [])]}


def test_plans_of_a_year(here: Help) -> None:
    one, two, gone = here.home("Một"), here.home("Hai"), here.home("Đã đi")
    hoa = here.officer("Lê Hoa")
    june = date(2026, 6, 30)
    here.add(
        Kind.HOUSEHOLD_PLAN, household=one, year=2026, registered=True, expected="above",
        deadline=june, officer=hoa,
    )  # fmt: skip
    done = {"deadline": june, "result": "Đã có việc làm", "registered": True}
    here.add(Kind.HOUSEHOLD_PLAN, household=two, year=2026, **done)
    here.add(Kind.HOUSEHOLD_PLAN, household=two, year=2025, registered=True)
    here.add(Kind.HOUSEHOLD_PLAN, household=gone, year=2026)
    events.move_out(here.reg.database, here.reg.context, household=gone, day=Q1)

    def told(day: date) -> list[tuple[Any, ...]]:
        return [(one.home.head, one.registered, one.is_overdue) for one in here.plans(day=day)]

    assert sorted(told(june)) == [
        ("Hai", True, False),
        ("Một", True, False),
        ("Đã đi", None, False),
    ]
    assert sorted(told(date(2026, 7, 1)))[1] == ("Một", True, True)
    found = {one.home.head: one for one in here.plans()}
    assert found["Một"].helper is not None
    assert (found["Một"].helper.name, found["Một"].expected) == ("Lê Hoa", "above")
    assert (found["Hai"].is_done, found["Một"].is_done) == (True, False)
    assert [one.home.head for one in here.plans(2025, FIRST_DAY)] == ["Hai"]


def test_an_incident_becomes_an_application(here: Help) -> None:
    reg, day = here.reg, date(2026, 3, 10)
    home = here.home("Hồ Thị Mới", "not_poor")
    common = {"household": home, "kind": "serious_illness"}
    first = here.add(
        Kind.INCIDENT, **common, happened_on=day, proposes_review=True, description="Nằm viện"
    )
    here.add(Kind.INCIDENT, **common, happened_on=date(2026, 1, 1))
    here.add(Kind.INCIDENT, **common, happened_on=date(2025, 12, 31), proposes_review=True)
    # What nobody handled goes on in the next year; what asks nothing does not.
    here.add(Kind.INCIDENT, **common, happened_on=date(2025, 6, 1))
    assert [(one.happened_on.year, one.waits) for one in here.incidents()] == [
        (2025, True), (2026, False), (2026, True),
    ]  # fmt: skip
    form = definitions().records[Kind.INCIDENT]
    listed = [len(years.of_year(reg.database, form, reg.commune, year)) for year in (2025, 2026)]
    assert listed == [2, 3]
    own = home_help.home_help(reg.database, definitions(), home, date(2026, 12, 31))
    assert len(own.incidents) == 3

    before = living(dump(reg.database))
    uid = incidents.apply(reg.database, reg.context, first, received_on=date(2026, 3, 12)).value
    (line,) = applications.book(
        reg.database, definitions(), commune=reg.commune, year=2026, today=date(2026, 3, 20)
    )
    assert (line.uid, line.state, line.paper.household) == (uid, State.WAITING, home)
    assert (line.paper.applicant, line.paper.detail) == ("Hồ Thị Mới", "Nằm viện")
    assert line.slot.begins_on == date(2026, 3, 15)
    _, _, handled = here.incidents()
    assert (handled.waits, handled.handled_on) == (False, date(2026, 3, 12))
    assert handled.applied_on == date(2026, 3, 12)
    assert handled.action == "Đã vào sổ giấy đề nghị ngày 12/03/2026."
    with pytest.raises(RefusedError, match="incident_handled"):
        incidents.apply(reg.database, reg.context, first, received_on=date(2026, 3, 13))
    step = undo.next_step(reg.database)
    assert step is not None
    undo.undo(reg.database, reg.context, step.group)
    assert living(dump(reg.database)) == before
    with pytest.raises(RefusedError, match="household_not_here_then"):
        incidents.apply(reg.database, reg.context, first, received_on=date(2024, 3, 13))


_DAYS = st.sampled_from([date(2026, 1, 1), date(2026, 2, 10), Q1, date(2026, 4, 1), Q2])
_HOMES = st.integers(0, 3)
_ASSIGNED = st.lists(
    st.tuples(_HOMES, st.integers(0, 2), _DAYS, st.none() | _DAYS, st.booleans()), max_size=6
)


@settings(max_examples=examples(8, 60))
@given(
    classes=st.lists(
        st.sampled_from(["poor", "near_poor", "not_poor", None]), min_size=4, max_size=4
    ),
    assigned=_ASSIGNED,
    visits=st.lists(st.tuples(_HOMES, st.integers(0, 1), _DAYS), max_size=5),
    day=_DAYS,
)
def test_with_and_without_a_helper_are_the_list(
    classes: list[str | None],
    assigned: list[tuple[int, int, date, date | None, bool]],
    visits: list[tuple[int, int, date]],
    day: date,
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        empty_database(Path(folder) / "Sổ.db") as database,
    ):
        here = Help(make_register(database))
        homes = [here.home(f"Hộ {at}", code) for at, code in enumerate(classes)]
        people = [here.officer("Lê Hoa"), here.officer("Đỗ Bình")]
        body = here.body("Hội Phụ nữ")
        for home, who, since, until, kept in assigned:
            whom = {"officer": people[who]} if who < 2 else {"body": body}
            uid = here.add(
                Kind.ASSIGNMENT, household=homes[home], valid_from=since, valid_to=until, **whom
            )
            if not kept:
                here.remove(Kind.ASSIGNMENT, uid)
        for home, who, on in visits:
            here.visit(homes[home], on, people[who])
        view = here.view(day)
        listed = {home.uid for home in view.listed}
        helped = {one.home.uid for one in view.helped}
        lacking = {home.uid for home in view.without}
        assert listed == {
            uid for uid, code in zip(homes, classes, strict=True) if code in ("poor", "near_poor")
        }
        assert lacking | (helped & listed) == listed
        assert not lacking & helped
        expected = {
            homes[home]
            for home, _, since, until, kept in assigned
            if kept and since <= day and (until is None or day <= until)
        }
        assert helped == expected
        first, last = quarter_days(day.year, quarter_of(day))
        last = min(last, day)
        for who, name in enumerate(("Lê Hoa", "Đỗ Bình")):
            own = [one for one in assigned if one[1] == who and one[4]]
            had = [
                one
                for one in own
                if one[2] <= last and (one[3] is None or one[3] >= max(first, one[2]))
            ]
            came = any(
                home == one[0] and first <= on <= last and one[2] <= on <= (one[3] or on)
                for home, by, on in visits
                if by == who
                for one in own
            )
            assert (name in silent(view)) == (bool(had) and not came)
