"""Money over a tree of components: adding and sharing lose nothing; what is warned of."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.budgeting import (
    BOOKED,
    ROOT,
    Amounts,
    Line,
    Node,
    Stage,
    branches,
    by_source,
    disbursement,
    grouped,
    share,
    sums,
    total,
    unassigned,
    warnings,
)

NODES = (
    Node("p"), Node("p/1", "p"), Node("p/1.1", "p/1"), Node("p/1.2", "p/1"), Node("p/2", "p"),
    Node("old", is_live=False),
)  # fmt: skip
WITHIN = {
    ROOT: {ROOT, "p", "p/1", "p/1.1", "p/1.2", "p/2", "old"},
    "p": {"p", "p/1", "p/1.1", "p/1.2", "p/2"},
    "p/1": {"p/1", "p/1.1", "p/1.2"},
    "p/1.1": {"p/1.1"},
    "p/1.2": {"p/1.2"},
    "p/2": {"p/2"},
    "old": {"old"},
}
LINES = st.lists(
    st.builds(
        Line,
        node=st.sampled_from(sorted(WITHIN[ROOT])),
        source=st.sampled_from(["central", "province", "people"]),
        stage=st.sampled_from(Stage),
        amount=st.integers(-(10**12), 10**18),
        capital=st.sampled_from(["", "investment", "recurrent"]),
        village=st.sampled_from([None, UUID(int=1), UUID(int=2)]),
    ),
    max_size=25,
)


def line(amount: int, stage: str, node: str = "p/1.1", source: str = "central", **more: object):
    return Line(node=node, source=source, stage=Stage(stage), amount=amount, **more)


def codes(*lines: Line, year: int = 2025) -> list[tuple[str, str, str]]:
    found = warnings(branches(NODES, lines), lines, year)
    return [(one.code, one.node, one.source) for one in found]


@given(LINES)
def test_every_way_of_adding_finds_the_same(lines: list[Line]) -> None:
    whole = Counter()
    for one in lines:
        whole[one.stage] += one.amount
    by_hand = Amounts(dict(whole))
    found = branches(NODES, lines)
    assert found[0].total == by_hand
    assert total(by_source(lines)) == by_hand
    for group in (lambda one: one.village, lambda one: one.capital):
        assert sum(map(total, grouped(lines, group).values()), Amounts()) == by_hand
        assert total(sums(lines, group)) == by_hand
    own = [amounts for branch in found for amounts in branch.own.values()]
    assert sum(own, Amounts()) == by_hand


@given(LINES)
def test_a_component_counts_with_all_within_it(lines: list[Line]) -> None:
    for branch in branches(NODES, lines):
        key = branch.node.key
        assert branch.whole == by_source(one for one in lines if one.node in WITHIN[key])
        assert branch.own == by_source(one for one in lines if one.node == key)


@given(
    st.integers(-(10**18), 10**18),
    st.lists(st.integers(0, 10**12), min_size=1, max_size=9).filter(any),
)
def test_shares_add_up_and_none_is_a_dong_away(whole: int, weights: list[int]) -> None:
    parts = share(whole, weights)
    assert sum(parts) == whole
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(whole * weight, sum(weights))) < 1
        assert weight or not part


def test_the_first_of_equals_gets_the_rest() -> None:
    assert share(100, [1, 1, 1]) == [34, 33, 33]
    assert share(-100, [1, 1, 1]) == [-34, -33, -33]
    assert share(1_000_000, [70, 25, 5]) == [700_000, 250_000, 50_000]
    assert share(7, [1, 2, 0]) == [2, 5, 0]
    for weights in ([], [0, 0], [2, -1]):
        with pytest.raises(ValueError):
            share(5, weights)


def test_nothing_booked_is_not_nought() -> None:
    amounts = by_source([line(0, "assigned"), line(5, "assigned", source="people")])
    assert amounts["central"].get(Stage.ASSIGNED) == 0
    assert amounts["central"].get(Stage.DISBURSED) is None
    assert disbursement(amounts).percent is None


def test_the_rate_is_rounded_half_up_and_may_be_more_than_all() -> None:
    def percent(disbursed: int, assigned: int) -> Decimal | None:
        lines = [line(disbursed, "disbursed"), line(assigned, "assigned")]
        return disbursement(by_source(lines)).percent

    assert percent(1, 32) == Decimal("3.13")
    assert percent(9, 8) == Decimal("112.50")
    assert percent(0, 8) == 0
    assert percent(1, 0) is None


def test_a_rate_is_that_of_its_own_row_and_what_was_never_assigned_is_told() -> None:
    found = by_source(
        [line(100, "assigned"), line(40, "disbursed"), line(50, "disbursed", source="donors"),
         line(100, "assigned", source="province")]
    )  # fmt: skip
    rate = disbursement(found)
    assert (rate.numerator, rate.denominator, rate.percent) == (90, 200, 45)
    assert unassigned(found) == 50
    assert disbursement({"donors": found["donors"]}).percent is None


def test_more_than_was_given_is_told_once_where_it_happens() -> None:
    given_ = [line(100, "assigned"), line(100, "assigned", "p/1.2")]
    assert codes(*given_, line(100, "disbursed")) == []
    # p/1 as a whole has enough, p/1.1 has not
    assert codes(*given_, line(101, "disbursed")) == [("budget_over", "p/1.1", "central")]
    # told below, and what more is wrong above
    twice = [*given_, line(150, "disbursed"), line(100, "disbursed", "p/1.2")]
    assert codes(*twice) == [("budget_over", "p/1.1", "central")]
    general = [*twice, line(60, "disbursed", "p/1")]
    assert codes(*general) == [
        ("budget_over", "p/1", "central"),
        ("budget_over", "p/1.1", "central"),
    ]


def test_money_given_above_is_enough_for_what_is_spent_below() -> None:
    assert codes(line(100, "assigned", ROOT), line(100, "disbursed", "p/1.2")) == []
    found = codes(line(100, "assigned", "p"), line(120, "disbursed", "p/1.2"))
    assert found == [("budget_over", "p", "central")]


def test_each_step_is_held_against_the_one_before() -> None:
    lines = (line(100, "assigned"), line(90, "allocated"), line(95, "disbursed"))
    found = warnings(branches(NODES, lines), lines, 2025)
    assert [dict(one.params) for one in found] == [
        {"stage": Stage.DISBURSED, "amount": 95, "limit": Stage.ALLOCATED, "bound": 90}
    ]
    assert codes(line(9, "disbursed", source="people"), line(10, "settled", source="people")) == [
        ("budget_over", "p/1.1", "people")
    ]


def test_state_money_needs_its_decision_and_a_settlement_its_payment() -> None:
    assert codes(line(5, "disbursed")) == [("budget_without", ROOT, "central")]
    assert codes(line(5, "planned")) == []
    assert codes(line(5, "disbursed", source="people")) == []
    assert codes(line(5, "settled", source="people")) == [("budget_without", ROOT, "people")]


def test_a_part_of_which_only_others_were_assigned_money_is_told() -> None:
    spent = line(7, "disbursed", "p/2")
    assert codes(line(100, "assigned"), spent) == [("budget_without_here", "p/2", "central")]
    assert codes(line(100, "assigned", "p"), spent) == []
    assert codes(line(100, "assigned", ROOT), spent) == []
    assert codes(line(100, "assigned"), line(7, "disbursed", "p/1")) == []  # within it
    people = {"source": "people"}
    assert codes(line(100, "assigned", **people), line(7, "disbursed", "p/2", **people)) == []
    nowhere = line(7, "allocated", ROOT)
    assert codes(line(100, "assigned"), nowhere) == [("budget_without_here", ROOT, "central")]


def test_supports_without_a_booked_payment_are_told_where_they_are() -> None:
    paid = line(7, "supported", "p/2")
    assert codes(paid) == [("budget_not_booked", "p/2", "central")]
    given_ = line(100, "assigned", "p")
    assert codes(given_, line(5, "disbursed"), paid) == [("budget_not_booked", "p/2", "central")]
    assert codes(given_, line(5, "disbursed", "p"), paid) == []
    assert codes(given_, line(5, "disbursed", "p/2"), paid) == []
    unsaid = line(9, "supported", ROOT)
    assert codes(given_, line(5, "disbursed"), unsaid) == [("budget_not_booked", ROOT, "central")]


@given(LINES)
def test_what_is_apart_adds_up_to_the_last_row(lines: list[Line]) -> None:
    whole = total(by_source(lines)).apart or 0
    groups = (by_source(lines), *grouped(lines, lambda one: one.village).values())
    assert sum(one.apart or 0 for one in groups[0].values()) == whole
    assert sum(total(one).apart or 0 for one in groups[1:]) == whole
    found = branches(NODES, lines)
    assert sum(total(branch.own).apart or 0 for branch in found) == whole
    for branch in found:
        parts = [one for one in found[1:] if one.node.parent == branch.node.key]
        rows = [branch.own, *(one.whole for one in parts)]
        assert sum(total(row).apart or 0 for row in rows) == (branch.total.apart or 0)


def test_a_sum_below_nought() -> None:
    assert codes(line(-5, "assigned"), line(5, "assigned", "p/1.2")) == [
        ("budget_negative", "p/1.1", "central")
    ]


@pytest.mark.parametrize(
    ("day", "year", "late"),
    [
        (date(2025, 6, 30), 2025, False),
        (date(2025, 7, 1), 2025, True),
        (None, 2025, False),
        (None, 2026, True),
    ],
)
def test_the_district_ended(day: date | None, year: int, late: bool) -> None:
    lines = (line(5, "assigned", source="district", booked_on=day, uid=UUID(int=7)),)
    found = warnings(branches(NODES, lines), lines, year)
    assert [(one.code, one.lines) for one in found] == (
        [("budget_late_district", (UUID(int=7),))] if late else []
    )


def test_a_component_of_no_live_programme() -> None:
    assert codes(line(5, "planned", "old")) == [("budget_not_live", "old", "")]


def test_supports_stand_beside_and_are_never_added() -> None:
    amounts = by_source([line(100, "disbursed"), line(30, "supported")])["central"]
    assert (amounts.get(Stage.DISBURSED), amounts.get(Stage.SUPPORTED), amounts.apart) == (
        100, 30, 70,
    )  # fmt: skip
    assert by_source([line(30, "supported")])["central"].apart == -30
    assert by_source([line(30, "disbursed")])["central"].apart == 30
    assert by_source([line(30, "planned")])["central"].apart is None
    assert Stage.SUPPORTED not in BOOKED
