"""Every difference stands in one step, whatever the two ends hold."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.bridge import (
    Asked,
    Cause,
    Past,
    Stood,
    Why,
    came_because,
    chain,
    left_because,
)
from giamngheo_desktop.domain.movement import Flow
from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.texts.bridge import bridge_equation

POOR, NEAR, NOT = HouseholdClass.POOR, HouseholdClass.NEAR_POOR, HouseholdClass.NOT_POOR
amounts = st.dictionaries(st.integers(1, 12).map(lambda n: UUID(int=n)), st.integers(0, 5))
causes = st.sampled_from([Cause(why) for why in Why])


@given(then=amounts, now=amounts, data=st.data())
def test_start_and_steps_make_the_end(
    then: dict[UUID, int], now: dict[UUID, int], data: st.DataObject
) -> None:
    found = chain(then, now, left=lambda _: data.draw(causes), came=lambda _: data.draw(causes))
    assert found.start + sum(step.amount for step in found.steps) == found.end
    told = [one for step in found.steps for one in step.ids]
    changed = {one for one in {*then, *now} if then.get(one, 0) != now.get(one, 0)}
    assert len(told) == len(set(told))
    assert set(told) == changed
    order = [list(Why).index(step.cause.why) for step in found.steps]
    assert order == sorted(order)


def asked(name: str) -> Asked:
    found = Asked.of_measure(name)
    assert found is not None
    return found


def stood(
    code: HouseholdClass | None, *facts: str, here: bool = True, group: str = "poor"
) -> Stood:
    return Stood(code, code == group, here and code is not None, frozenset(facts))


@pytest.mark.parametrize(
    ("then", "now", "past", "why"),
    [
        (stood(POOR), stood(NEAR), Past(), Why.TO_NEAR_POOR),
        (stood(POOR), stood(NEAR, here=False), Past(), Why.TO_NEAR_POOR),  # the class first
        (stood(POOR), stood(NOT), Past(), Why.ABOVE),
        (stood(POOR), stood(NOT), Past(by_hand=Flow.OTHER_DECREASE), Why.OTHER_DECREASE),
        (stood(POOR), stood(NEAR), Past(by_hand=Flow.OTHER_DECREASE), Why.TO_NEAR_POOR),
        (stood(POOR), stood(None), Past(left="move_out"), Why.MOVED_OUT),
        (stood(POOR), stood(None), Past(left="death"), Why.DIED_OUT),
        (stood(POOR), stood(None), Past(left="marriage"), Why.MERGED),
        (stood(POOR), stood(None), Past(left=""), Why.GONE),
        (stood(POOR), stood(None), Past(), Why.NO_RESULT),
        (stood(POOR), stood(None), Past(by_hand=Flow.ABOVE), Why.ABOVE),
        (stood(POOR), stood(None), Past(left="move_out", later=NOT), Why.ABOVE),
        (stood(POOR), stood(None), Past(later=NEAR), Why.TO_NEAR_POOR),
        (stood(POOR), stood(POOR, here=False), Past(), Why.TO_VILLAGE),
        (stood(POOR, "minority"), stood(POOR), Past(), Why.FACT_LOST),
    ],
)  # fmt: skip
def test_why_a_household_left(then: Stood, now: Stood, past: Past, why: Why) -> None:
    found = left_because(asked("poor_households/minority"), then, now, past)
    assert found == Cause(why, "minority" if why is Why.FACT_LOST else "")


@pytest.mark.parametrize(
    ("then", "now", "past", "why"),
    [
        (stood(NEAR), stood(POOR), Past(), Why.FROM_NEAR_POOR),
        (stood(NEAR, here=False), stood(POOR), Past(), Why.FROM_VILLAGE),
        (stood(POOR, here=False), stood(POOR), Past(), Why.FROM_VILLAGE),
        (stood(NOT), stood(POOR), Past(again=True), Why.AGAIN),
        (stood(NOT, here=False), stood(POOR), Past(), Why.NEW),
        (stood(None), stood(POOR), Past(), Why.NEW),
        (stood(None), stood(POOR), Past(arrived=True, again=True), Why.MOVED_IN),
        (stood(None), stood(POOR), Past(arrived=True, by_hand=Flow.NEW), Why.NEW),
        (stood(NEAR), stood(POOR), Past(by_hand=Flow.NEW), Why.FROM_NEAR_POOR),
        (stood(POOR), stood(POOR, "minority"), Past(), Why.FACT_GAINED),
    ],
)  # fmt: skip
def test_why_a_household_came(then: Stood, now: Stood, past: Past, why: Why) -> None:
    found = came_because(asked("poor_households/minority"), then, now, past)
    assert found == Cause(why, "minority" if why is Why.FACT_GAINED else "")


def test_a_measure_is_taken_apart() -> None:
    children = asked("near_poor_children_uninsured/minority/ages=6-16")
    assert (children.group, children.filters, children.persons) == (
        "near_poor",
        ("minority",),
        True,
    )
    assert children.homes == "near_poor_households/minority"
    protected = asked("poor_social_protection_households")
    assert protected.homes == "poor_households/social_protection"
    deprivations = asked("poor_deprivations/indicators=12")
    assert (deprivations.filters, deprivations.persons) == ((), False)
    assert Asked.of_measure("population_households") is None


def test_the_chain_is_written_as_in_the_law() -> None:
    assert bridge_equation(294, [-64, -45, 5, 14], 204) == "294 − 64 − 45 + 5 + 14 = 204"
