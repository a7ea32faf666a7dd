"""The flow of a review: order of the steps, what keeps one open, that nothing is undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.review_flow import (
    ReviewFacts,
    ReviewFlow,
    Status,
    StepState,
    VillageFacts,
)
from giamngheo_desktop.domain.workflow import Workflow
from giamngheo_desktop.domain.working_days import Calendar
from giamngheo_desktop.services.review.review_view import current
from tests.harness.tables import definitions

TODAY = date(2026, 11, 20)
COUNTS = (
    "unscreened", "unentered", "unsettled", "unvoted", "outvoted", "complaints",
    "unposted_rechecks", "uncertified",
)  # fmt: skip
DAY = st.integers(-5, 5).map(lambda step: TODAY + timedelta(days=step))
SOME_DAY = st.none() | DAY


@st.composite
def villages(draw: st.DrawFn, number: int) -> VillageFacts:
    few = st.sampled_from([0, 0, 0, 2])
    return VillageFacts(
        village=UUID(int=number),
        surveyors=draw(st.sampled_from([0, 1, 1])),
        cases=draw(st.sampled_from([0, 3, 3])),
        meetings=draw(st.sampled_from([0, 1, 1])),
        posted_until=draw(SOME_DAY),
        reposted_until=draw(SOME_DAY),
        recognisable=draw(few),
        marks={"list": TODAY} if draw(st.booleans()) else {},
        **{name: draw(few) for name in COUNTS},
    )


@st.composite
def reviews(draw: st.DrawFn) -> ReviewFacts:
    marks = draw(st.sets(st.sampled_from(["summarise", "opinion", "report"])))
    return ReviewFacts(
        year=2026,
        begun_on=date(2026, 9, 1),
        standards=draw(st.sampled_from([("2022",), ("2022", "2027"), ()])),
        decided=frozenset(draw(st.sets(st.sampled_from(["2022", "2027"])))),
        closed_on=draw(SOME_DAY),
        marks=dict.fromkeys(marks, TODAY),
        villages=tuple(draw(villages(n)) for n in range(draw(st.integers(0, 3)))),
    )


WORKFLOWS = st.sampled_from(
    [one for versions in definitions().workflows.values() for one in versions]
)


def flow_of(workflow: Workflow, facts: ReviewFacts, today: date = TODAY) -> ReviewFlow:
    return ReviewFlow(workflow, facts, today, Calendar(), switched_on=frozenset({"opinion"}))


def of_village(flow: ReviewFlow, village: UUID | None) -> list[StepState]:
    """The steps of a village with those of the commune, without the commune's preparing."""
    own = [state for state in flow if state.village in (None, village)]
    return [state for state in own if state.step.code != "prepare"]


@given(WORKFLOWS, reviews())
def test_what_is_done_comes_first_then_one_open_step_then_those_that_wait(
    workflow: Workflow, facts: ReviewFacts
) -> None:
    flow = flow_of(workflow, facts)
    for village in facts.villages:
        found = [state.status for state in of_village(flow, village.village)]
        done, rest = found.count(Status.DONE), [one for one in found if one is not Status.DONE]
        assert found == [Status.DONE] * done + rest
        assert all(one is Status.WAITING for one in rest[1:])


@given(WORKFLOWS, reviews())
def test_the_commune_is_done_with_a_step_only_when_all_before_it_is(
    workflow: Workflow, facts: ReviewFacts
) -> None:
    states = list(flow_of(workflow, facts))
    for number, state in enumerate(states):
        if state.village is None and state.status is not Status.WAITING:
            before = states[:number]
            assert all(one.status is Status.DONE and not one.missing for one in before)
        if state.status is Status.DONE:
            assert not state.missing
        elif state.status is Status.OPEN:
            assert state.missing


@given(WORKFLOWS, reviews(), st.data())
def test_work_done_leaves_every_step_as_far_as_it_was(
    workflow: Workflow, facts: ReviewFacts, data: st.DataObject
) -> None:
    rank = [Status.WAITING, Status.OPEN, Status.DONE].index
    before = [rank(state.status) for state in flow_of(workflow, facts)]
    better = facts
    if facts.villages:
        number = data.draw(st.integers(0, len(facts.villages) - 1))
        name = data.draw(st.sampled_from([*COUNTS, "marks", "meetings", "surveyors"]))
        done = {"marks": {"list": TODAY}, "meetings": 1, "surveyors": 1}.get(name, 0)
        own = replace(facts.villages[number], **{name: done})
        all_of = [*facts.villages[:number], own, *facts.villages[number + 1 :]]
        better = replace(facts, villages=tuple(all_of))
    else:
        better = replace(facts, marks={**facts.marks, "summarise": TODAY})
    after = [rank(state.status) for state in flow_of(workflow, better)]
    assert all(new >= old for new, old in zip(after, before, strict=True))
    tomorrow = flow_of(workflow, facts, TODAY + timedelta(days=1))
    later = [rank(state.status) for state in tomorrow]
    assert all(new >= old for new, old in zip(later, before, strict=True))


DONE = VillageFacts(
    village=UUID(int=1), surveyors=1, cases=2, meetings=1, recognisable=2,
    posted_until=date(2026, 11, 1), marks={"list": date(2026, 9, 9)},
)  # fmt: skip
ALL = ReviewFacts(
    year=2026, begun_on=date(2026, 9, 1), standards=("2022", "2027"),
    decided=frozenset({"2022", "2027"}), marks=dict.fromkeys(("summarise", "report"), TODAY),
    closed_on=TODAY, villages=(DONE, replace(DONE, village=UUID(int=2))),
)  # fmt: skip


@pytest.mark.parametrize(
    ("step", "code", "village", "review"),
    [
        ("prepare", "no_standard", {}, {"standards": (), "decided": frozenset()}),
        ("list", "unscreened", {"unscreened": 1}, {}),
        ("list", "list_not_confirmed", {"marks": {}}, {}),
        ("collect", "unentered", {"unentered": 1}, {}),
        ("classify", "unsettled", {"unsettled": 1}, {}),
        ("meet", "no_meeting", {"meetings": 0}, {}),
        ("meet", "unvoted", {"unvoted": 1}, {}),
        ("meet", "outvoted", {"outvoted": 1}, {}),
        ("post", "not_posted", {"posted_until": None}, {}),
        ("post", "still_posted", {"posted_until": TODAY}, {}),  # up to the end of its last day
        ("recheck", "complaints", {"complaints": 1}, {}),
        ("recheck", "unposted_rechecks", {"unposted_rechecks": 1}, {}),
        ("recheck", "still_posted", {"reposted_until": TODAY}, {}),
        ("summarise", "summarise_not_confirmed", {}, {"marks": {"report": TODAY}}),
        ("recognise", "undecided", {}, {"decided": frozenset({"2022"})}),
        ("certify", "uncertified", {"uncertified": 1}, {}),
        ("report", "report_not_confirmed", {}, {"marks": {"summarise": TODAY}}),
        ("close", "not_closed", {}, {"closed_on": None}),
    ],
)
def test_one_thing_missing_keeps_its_step_open_and_nothing_else(
    step: str, code: str, village: dict[str, object], review: dict[str, object]
) -> None:
    workflow = definitions().workflow("periodic", date(2026, 9, 1))
    whole = ReviewFlow(workflow, ALL, TODAY, Calendar())
    assert {state.status for state in whole} == {Status.DONE}
    assert whole.current() is None
    facts = replace(ALL, **review, villages=(replace(DONE, **village), ALL.villages[1]))
    flow = ReviewFlow(workflow, facts, TODAY, Calendar())
    open_ones = [state for state in flow if state.status is Status.OPEN]
    assert [(state.step.code, [one.code for one in state.missing]) for state in open_ones] == [
        (step, [code])
    ]
    current = flow.current()
    assert current is not None
    assert current.step.code == step
    assert flow.status(step) is Status.OPEN


def test_nobody_recognised_needs_no_decision() -> None:
    workflow = definitions().workflow("in_year", date(2026, 3, 15))
    refused = replace(ALL, decided=frozenset(), villages=(replace(DONE, recognisable=0),))
    flow = ReviewFlow(workflow, refused, TODAY, Calendar())
    assert flow.state("recognise").status is Status.DONE


@pytest.mark.parametrize("undone", [{"marks": {}}, {"unentered": 1}])
def test_a_village_without_a_surveyor_is_waited_for_until_its_forms_are_entered(
    undone: dict[str, object],
) -> None:
    workflow = definitions().workflow("periodic", date(2026, 9, 1))
    without = replace(DONE, village=UUID(int=2), surveyors=0)
    ahead = replace(ALL, villages=(DONE, replace(without, **undone)))
    flow = ReviewFlow(workflow, ahead, TODAY, Calendar())
    assert [one.code for one in flow.state("prepare").missing] == ["no_surveyor"]
    assert flow.state("recheck", DONE.village).status is Status.DONE
    assert flow.state("summarise").status is Status.WAITING
    assert flow.status("close") is Status.WAITING
    now = current(flow, DONE.village)
    assert now is not None
    assert now.step.code == "summarise"  # not what others are waited for
    entered = ReviewFlow(workflow, replace(ahead, villages=(DONE, without)), TODAY, Calendar())
    assert entered.current() is None


def test_a_step_that_waits_tells_whether_something_of_it_is_recorded() -> None:
    workflow = definitions().workflow("periodic", date(2026, 9, 1))
    facts = replace(
        ALL,
        decided=frozenset({"2022"}),
        marks={"summarise": TODAY},
        villages=(replace(DONE, unvoted=1),),
    )
    flow = ReviewFlow(workflow, facts, TODAY, Calendar())
    waiting = {
        state.step.code: state.begun
        for state in flow
        if state.village is None and state.status is Status.WAITING
    }
    assert waiting == {"summarise": True, "recognise": True, "report": False, "close": False}


def test_days_left_are_counted_while_a_step_is_not_done() -> None:
    workflow = definitions().workflow("periodic", date(2026, 9, 1))
    facts = replace(ALL, decided=frozenset())
    flow = ReviewFlow(workflow, facts, TODAY, Calendar())
    assert flow.state("recognise").days_left(TODAY) == 24
    assert flow.state("recognise").days_left(date(2026, 12, 15)) == -1
    assert flow.state("summarise").days_left(TODAY) is None
    assert flow.state("meet", DONE.village).days_left(TODAY) is None
