"""Limits of the procedure (law.md part 3): days of the year, days after something, months."""

from __future__ import annotations

import calendar as months
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.review_flow import (
    COMMUNE_RULES,
    VILLAGE_RULES,
    ReviewFacts,
    ReviewFlow,
)
from giamngheo_desktop.domain.workflow import Anchor, Limit, ReviewKind, Workflow
from giamngheo_desktop.domain.working_days import Calendar
from tests.harness.tables import definitions

DAYS = st.dates(date(2021, 9, 1), date(2031, 12, 31))
PLAIN = Calendar()


def workflows() -> list[Workflow]:
    return [one for versions in definitions().workflows.values() for one in versions]


def due(workflow: Workflow, step: str, begun: date, **settings: int) -> date | None:
    facts = ReviewFacts(year=begun.year, begun_on=begun, standards=("2022",), reported_on=begun)
    return ReviewFlow(workflow, facts, begun, PLAIN, settings).state(step).due


def test_every_step_has_a_rule_and_every_rule_its_step() -> None:
    rules = {*COMMUNE_RULES, *VILLAGE_RULES}
    for workflow in workflows():
        codes = [step.code for step in workflow.steps]
        assert set(codes) <= rules
        # The district had no say in a review of the year (QĐ 24/2021, Điều 5).
        missing = {"opinion"} if workflow.kind is ReviewKind.IN_YEAR else set()
        assert rules - set(codes) == missing, workflow.code
        assert (codes[0], codes[-1]) == ("prepare", "close")


@pytest.mark.parametrize(
    ("begun", "switched_on", "asked"),
    [
        (date(2025, 6, 30), frozenset(), True),
        (date(2025, 7, 1), frozenset(), False),
        (date(2026, 9, 1), frozenset({"opinion"}), True),  # where the province asks for it
    ],
)
def test_the_district_is_asked_until_it_was_abolished(
    begun: date, switched_on: frozenset[str], asked: bool
) -> None:
    workflow = definitions().workflow("periodic", begun)
    facts = ReviewFacts(year=begun.year, begun_on=begun, standards=("2022",))
    flow = ReviewFlow(workflow, facts, begun, PLAIN, switched_on=switched_on)
    assert ("opinion" in [step.code for step in flow.steps]) is asked


def test_the_periodic_review_ends_on_the_days_of_the_decision() -> None:
    workflow = definitions().workflow("periodic", date(2026, 9, 1))
    assert workflow.first_day(2026) == date(2026, 9, 1)
    assert workflow.window == ((9, 1), (12, 14))
    begun = date(2026, 9, 1)
    assert due(workflow, "summarise", begun) == date(2026, 11, 15)
    assert due(workflow, "recognise", begun) == date(2026, 12, 14)
    assert due(workflow, "report", begun) == date(2026, 12, 20)


def test_the_review_of_march_is_decided_by_30_march() -> None:  # law.md, case 39
    workflow = definitions().workflow("in_year", date(2026, 3, 10))
    begun = workflow.first_day(2026, 3)
    assert begun == date(2026, 3, 15)
    assert due(workflow, "recognise", begun) == date(2026, 3, 30)
    assert due(workflow, "recognise", begun, in_year_days=10) == date(2026, 3, 25)
    assert due(workflow, "report", begun) == date(2026, 4, 5)


def test_the_report_of_a_month_is_due_on_the_5th_from_february_to_september() -> None:
    workflow = definitions().workflow("in_year", date(2026, 1, 15))
    found = [due(workflow, "report", date(2026, month, 15)) for month in range(1, 13)]
    asked = [date(2026, month, 5) for month in range(2, 10)]
    assert found == [*asked, None, None, None, None]


@given(DAYS, st.integers(1, 28))
def test_a_day_of_the_next_month_is_in_the_next_month(begun: date, day: int) -> None:
    found = Limit(next_month_day=day).due(begun.year, {Anchor.BEGUN: begun}, PLAIN, {})
    length = months.monthrange(begun.year, begun.month)[1]
    assert found == date(begun.year, begun.month, 1) + timedelta(days=length + day - 1)


def test_next_month_at_the_end_of_january_and_of_the_year() -> None:
    def following(begun: date) -> date | None:
        return Limit(next_month_day=5).due(begun.year, {Anchor.BEGUN: begun}, PLAIN, {})

    assert following(date(2026, 1, 31)) == date(2026, 2, 5)
    assert following(date(2028, 2, 29)) == date(2028, 3, 5)
    assert following(date(2026, 12, 15)) == date(2027, 1, 5)


@given(DAYS, st.integers(0, 20), st.integers(0, 20))
def test_settings_move_only_their_own_limit(begun: date, days: int, other: int) -> None:
    limit = Limit(working_days=3, after=Anchor.POSTED, setting="posting_days")
    anchors = {Anchor.POSTED: begun}
    found = limit.due(begun.year, anchors, PLAIN, {"posting_days": days, "recheck_days": other})
    assert found == PLAIN.after(begun, days)
    assert limit.due(begun.year, anchors, PLAIN, {"recheck_days": other}) == PLAIN.after(begun, 3)
    assert limit.due(begun.year, {Anchor.BEGUN: begun}, PLAIN, {}) is None
