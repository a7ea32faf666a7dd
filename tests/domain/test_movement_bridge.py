"""From the decisions of a year to its table: opening + entries − exits = closing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giamngheo_desktop.domain.movement import LISTED
from giamngheo_desktop.domain.movement_bridge import Bridge, By, Count, Passage, Ruling, passages
from giamngheo_desktop.domain.standard import HouseholdClass

N, CN, K = HouseholdClass.POOR, HouseholdClass.NEAR_POOR, HouseholdClass.NOT_POOR
MARCH, OCTOBER, DECEMBER = date(2026, 3, 15), date(2026, 10, 20), date(2026, 12, 10)


def way(table, *rulings, opened=False, closed=False):
    return list(passages(table, opened=opened, closed=closed, rulings=rulings))


def test_in_and_out_again_between_the_ends():
    came, went = Ruling(N, MARCH), Ruling(K, OCTOBER)
    assert way(N, came, went, Ruling(K, DECEMBER, By.PERIODIC)) == [
        Passage(True, By.IN_YEAR, came),
        Passage(False, By.IN_YEAR, went),
    ]
    assert way(CN, came, went) == []


def test_out_and_back_again():
    went, back = Ruling(CN, MARCH), Ruling(N, DECEMBER, By.PERIODIC)
    assert [(p.entered, p.by) for p in way(N, went, back, opened=True, closed=True)] == [
        (False, By.IN_YEAR),
        (True, By.PERIODIC),
    ]
    assert [p.entered for p in way(CN, went, back)] == [True, False]


def test_what_no_decision_says_is_otherwise():
    assert way(N, opened=True) == [Passage(False, By.OTHER)]
    assert way(N, Ruling(N, MARCH)) == [
        Passage(True, By.IN_YEAR, Ruling(N, MARCH)),
        Passage(False, By.OTHER),  # died or left since
    ]


def test_decisions_count_in_their_month_and_the_review_apart():
    bridge = Bridge.empty()
    rulings = [Ruling(N, MARCH), Ruling(K, OCTOBER), Ruling(N, DECEMBER, By.PERIODIC)]
    found = way(N, *rulings, closed=True)
    bridge.add(opened=False, closed=True, found=found)
    bridge.add(opened=True, closed=False, found=way(N, opened=True))
    assert bridge == Bridge(1, {3: Count(1, 0), 10: Count(0, 1)}, Count(1, 0), Count(0, 1), 1)
    assert bridge.in_year == Count(1, 1)


rulings = st.lists(
    st.builds(
        Ruling,
        st.sampled_from([N, CN, K]),
        st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        st.sampled_from(By),
    ),
    max_size=5,
)
classes = st.sampled_from([N, CN, K, None])
lives = st.lists(st.tuples(classes, classes, rulings), max_size=30)


def balance(lives):
    """In both lists, of each household and of all."""
    for table in LISTED:
        bridge = Bridge.empty()
        for opening, closing, ruled in lives:
            opened, closed = opening is table, closing is table
            found = way(table, *ruled, opened=opened, closed=closed)
            listed = opened
            for passage in found:
                assert passage.entered is not listed  # nobody enters twice
                listed = passage.entered
            assert listed is closed
            bridge.add(opened=opened, closed=closed, found=found)
        counts = [*bridge.months.values(), bridge.periodic, bridge.other]
        moved = sum(one.entered - one.left for one in counts)
        assert bridge.opening + moved == bridge.closing
        assert bridge.closing == sum(closing is table for _, closing, _ in lives)


@settings(max_examples=50)
@given(lives)
def test_every_bridge_reaches_the_other_end(lives):
    balance(lives)


@pytest.mark.long
@settings(max_examples=1000)
@given(lives)
def test_a_thousand_years_reach_the_other_end(lives):
    balance(lives)
