"""The monthly report: its own balance, and the bridge from the months to the year."""

from __future__ import annotations

import tempfile
from datetime import date
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giamngheo_desktop.domain.applications import Outcome
from giamngheo_desktop.domain.movement import IN, LISTED, OUT, Flow
from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.services import classes, events
from giamngheo_desktop.services.report_rows import Request, persons_key, table_data
from giamngheo_desktop.services.review import monthly_report
from giamngheo_desktop.services.review.monthly_report import MonthlyReport
from tests.harness.examples import examples
from tests.harness.register import STANDARD, Register, empty_database, make_register
from tests.services.test_applications import DEFINITIONS, apply
from tests.services.test_in_year import answer, open_month

POOR, NEAR_POOR = LISTED


def report(reg: Register, month: int) -> MonthlyReport:
    return monthly_report.report(
        reg.database, DEFINITIONS, commune=reg.commune, year=2026, month=month
    )


def decide(reg: Register, home: UUID, code: str, day: date, number: str = "1") -> None:
    reg.give_class(
        home, code, valid_from=day, source="decision", decision_number=number, decision_on=day
    )


def test_a_month_names_who_entered_and_who_left(register: Register) -> None:
    new = register.household("Y Mới", "Y Con", village="B")
    old = register.household("Hồ Văn Cũ")
    register.give_class(old.uid, "poor", year=2025)
    uid = apply(register, household=new.uid, village="B")
    review = open_month(register)
    answer(register, uid, household_class="near_poor")
    decide(register, old.uid, "not_poor", date(2026, 3, 31))
    march = report(register, 3)
    assert (march.review, march.applications, march.answered) == (
        review,
        1,
        {Outcome.ACCEPTED: 1},
    )
    assert march.due == date(2026, 4, 5)
    assert [(one.name, one.village, one.table, one.flow) for one in march.moved] == [
        ("Hồ Văn Cũ", "Thôn A", POOR, Flow.ABOVE),
        ("Y Mới", "Thôn B", NEAR_POOR, Flow.NEW),
    ]
    assert march.total.amount(POOR, Flow.OPENING) == (1, 1)
    assert march.total.amount(POOR, Flow.CLOSING) == (0, 0)
    assert march.total.amount(NEAR_POOR, Flow.CLOSING) == (1, 2)
    by_village = {line.name: line.amount(NEAR_POOR, *IN) for line in march.lines}
    assert by_village == {"Thôn A": (0, 0), "Thôn B": (1, 2), "Thôn C": (0, 0)}
    april = report(register, 4)
    assert april.moved == ()
    assert april.total.amount(NEAR_POOR, Flow.OPENING) == (1, 2)


def test_a_month_without_applications_says_so(register: Register) -> None:
    february = report(register, 2)
    assert (february.applications, february.review, february.moved) == (0, None, ())
    apply(register, received_on=date(2026, 2, 10))
    assert (report(register, 2).waiting, report(register, 2).review) == (1, None)
    assert report(register, 3).waiting == 0


@pytest.mark.parametrize(
    ("month", "due"),
    [(1, date(2026, 2, 5)), (2, date(2026, 3, 5)), (8, date(2026, 9, 5)), (9, None), (12, None)],
)
def test_it_is_due_on_the_fifth_from_february_to_september(
    register: Register, month: int, due: date | None
) -> None:
    assert report(register, month).due == due


def test_what_opened_the_register_is_no_entry(register: Register) -> None:
    home = register.household("Hồ Văn Cũ")
    register.give_class(home.uid, "poor", valid_from=date(2026, 3, 10))  # typed in March
    late = register.household("Y Cận")
    register.give_class(late.uid, "near_poor", year=2025, valid_from=date(2026, 1, 1),
                        source="decision")  # fmt: skip
    for month in (1, 2, 3, 4):
        found = report(register, month)
        assert found.moved == ()
        assert found.total.amount(POOR, Flow.OPENING) == (1, 1)
        assert found.total.amount(NEAR_POOR, Flow.OPENING) == (1, 1)


def test_who_comes_back_within_the_year_is_poor_again(register: Register) -> None:
    home = register.household("Y Lại").uid
    decide(register, home, "poor", date(2026, 2, 20))
    decide(register, home, "not_poor", date(2026, 4, 20), "2")
    decide(register, home, "poor", date(2026, 6, 20), "3")
    flows = [one.flow for month in range(1, 9) for one in report(register, month).moved]
    assert flows == [Flow.NEW, Flow.ABOVE, Flow.AGAIN]


def test_who_left_is_still_named(register: Register) -> None:
    home = register.household("Hồ Văn Đi").uid
    register.give_class(home, "poor", year=2025)
    day = date(2026, 5, 10)
    events.move_out(register.database, register.context, household=home, day=day)
    (one,) = report(register, 5).moved
    assert (one.name, one.flow, one.enters) == ("Hồ Văn Đi", Flow.OTHER_DECREASE, False)


CLASSES = st.sampled_from(["poor", "near_poor", "not_poor"])
ACTS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(1, 12), st.integers(1, 28), CLASSES), max_size=10
)


@settings(max_examples=examples(8, 50), deadline=None)
@given(starts=st.lists(st.none() | CLASSES, min_size=4, max_size=4), acts=ACTS)
def test_the_months_and_the_periodic_review_make_the_year(
    starts: list[str | None], acts: list[tuple[int, int, int, str]]
) -> None:
    with tempfile.TemporaryDirectory() as folder, empty_database(Path(folder) / "s.db") as file:
        reg = make_register(file, "AB")
        homes = [
            reg.household(*(f"Người {n}" for n in range(at + 1)), village="AB"[at % 2]).uid
            for at in range(4)
        ]
        for home, code in zip(homes, starts, strict=True):
            reg.give_class(home, code or "not_poor", year=2025)
        for number, (at, month, day, code) in enumerate(sorted(acts, key=lambda a: a[1:3])):
            decide(reg, homes[at], code, date(2026, month, day), str(number))
        for home in homes:  # the periodic review gives everybody a result of the year
            found = classes.of_household(reg.database, home)[0]["household_class"]
            decide(reg, home, found, date(2026, 12, 30), "CN")
        months = [report(reg, month) for month in range(1, 13)]
        classes.close_year(
            reg.database, reg.context, year=2026, standard=STANDARD,
            definition="f" * 64, commune=reg.commune,
        )  # fmt: skip
        for table in LISTED:
            _balances(reg, table, months)


def _balances(reg: Register, table: HouseholdClass, months: list[MonthlyReport]) -> None:
    for before, after in pairwise(months):
        assert before.total.amount(table, Flow.CLOSING) == after.total.amount(table, Flow.OPENING)
    for month in months:
        opening, closing = (
            month.total.amount(table, flow) for flow in (Flow.OPENING, Flow.CLOSING)
        )
        came, went = month.total.amount(table, *IN), month.total.amount(table, *OUT)
        for at in (0, 1):
            assert opening[at] + came[at] - went[at] == closing[at]
        named = [one for one in month.moved if one.table is table]
        assert sum(one.enters for one in named) == came[0]
        assert sum(not one.enters for one in named) == went[0]
    report_code = "BC2" if table is HouseholdClass.POOR else "BC3"
    request = Request(
        report=DEFINITIONS.report(report_code), year=2026, standard=STANDARD, unit=reg.commune
    )
    year = table_data(reg.database, request).total.values
    for at, key in enumerate(("opening", persons_key("opening"))):
        assert months[0].total.amount(table, Flow.OPENING)[at] == year[key]
    for at, key in enumerate(("closing", persons_key("closing"))):
        assert months[-1].total.amount(table, Flow.CLOSING)[at] == year[key]
    net = sum(
        month.total.amount(table, *IN)[0] - month.total.amount(table, *OUT)[0] for month in months
    )
    assert net == sum(year[flow.value] or 0 for flow in IN) - sum(
        year[flow.value] or 0 for flow in OUT
    )
