"""Flows set by hand: which may be, and that every table still balances."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giamngheo_desktop.domain.movement import LISTED, Cause, Flow, movement
from giamngheo_desktop.domain.movement_edit import edited, may_become
from tests.domain.test_movement import CN, K, N, balance, histories, stand

ENTERING = {Flow.AGAIN, Flow.NEW, Flow.OTHER_INCREASE}
LEAVING = {Flow.ABOVE, Flow.OTHER_DECREASE}
wishes = st.dictionaries(st.sampled_from(LISTED), st.sampled_from(Flow))


@pytest.mark.parametrize(
    ("opening", "closing", "expected"),
    [
        (stand(K), stand(N), [ENTERING - {Flow.NEW}]),
        (stand(N), stand(K), [LEAVING - {Flow.ABOVE}]),
        (stand(N), None, [LEAVING - {Flow.OTHER_DECREASE}]),
        (stand(N), stand(CN), []),  # crosses into the other table
        (stand(N), stand(N), []),
        (stand(N), stand(N, 9), []),  # the same household, more persons
        (stand(N), stand(N, 4, "B"), []),  # moved inside
        (stand(CN), stand(N, 4, "B"), []),
    ],
)
def test_what_a_flow_may_become(opening, closing, expected):
    found = [may_become(step) for step in movement(opening, closing)]
    assert [set(flows) for flows in found if flows] == expected


def test_a_step_set_by_hand_says_what_was_computed():
    ((step, computed), *_) = edited(movement(None, stand(N, 3)), {N: Flow.AGAIN})
    assert (step.flow, step.cause, step.persons, computed) == (
        Flow.AGAIN,
        Cause.BY_HAND,
        3,
        Flow.NEW,
    )


def test_what_no_longer_fits_is_left_as_computed():
    steps = list(movement(stand(N), stand(CN)))
    assert list(edited(steps, {N: Flow.AGAIN, CN: Flow.NEW})) == [(step, None) for step in steps]


def balance_with(lives, wanted):
    def steps(opening, closing, **past):
        return [step for step, _ in edited(movement(opening, closing, **past), wanted)]

    balance(lives, steps)


@settings(max_examples=50)
@given(histories, wishes)
def test_the_tables_balance_whatever_is_set(lives, wanted):
    balance_with(lives, wanted)


@pytest.mark.long
@settings(max_examples=1000)
@given(histories, wishes)
def test_a_thousand_years_balance_whatever_is_set(lives, wanted):
    balance_with(lives, wanted)
