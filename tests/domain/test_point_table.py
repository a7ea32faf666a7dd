"""Điểm B1 by an imported table: made-up points, for no source has the real ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.ids import uuid7_factory
from giamngheo_desktop.domain.point_facts import point_facts
from giamngheo_desktop.domain.point_table import (
    ItemKind,
    PointForm,
    PointItem,
    PointRow,
    PointTable,
    problems,
)
from tests.harness.register import make_context

NT1, TT = "NT1", "TT"
REGIONS = frozenset({NT1, TT})
FORM = PointForm(
    code="b1",
    version=1,
    label="B1",
    valid_from=date(2022, 1, 1),
    valid_to=None,
    legal_basis="",
    items=(
        PointItem(code="members", label="Số nhân khẩu", kind=ItemKind.NUMBER),
        PointItem(code="house_wall", label="Tường", kind=ItemKind.ONE),
        PointItem(code="training", label="Bằng cấp", kind=ItemKind.BEST),
        PointItem(code="assets", label="Tài sản", kind=ItemKind.MANY),
    ),
)


def row(
    item: str, option: str, points: int, low: int | None = None, high: int | None = None
) -> PointRow:
    return PointRow(
        region=NT1,
        item=item,
        option=option,
        points=points,
        low=None if low is None else Fraction(low),
        high=None if high is None else Fraction(high),
    )


ROWS = (
    row("members", "1", 70, high=2),
    row("members", "2-3", 40, 2, 4),
    row("members", "4+", 0, 4),
    row("house_wall", "durable", 20),
    row("house_wall", "not_durable", 0),
    row("training", "college", 15),
    row("training", "intermediate", 5),
    row("assets", "motorbike", 10),
    row("assets", "fridge", 7),
)
TABLE = PointTable(FORM, ROWS)


def numbered(rows: Iterable[PointRow]) -> dict[int, PointRow]:
    return dict(enumerate(rows, start=5))


@pytest.mark.parametrize(("members", "points"), [(1, 70), (2, 40), (3, 40), (4, 0), (9, 0)])
def test_a_form_is_the_sum_of_its_items(members: int, points: int) -> None:
    scored = TABLE.score(
        NT1,
        {
            "members": Fraction(members),
            "house_wall": frozenset({"durable"}),
            "training": frozenset({"intermediate", "college", "none"}),
            "assets": frozenset({"motorbike", "fridge"}),
        },
    )
    assert scored is not None
    assert scored.total == points + 20 + 15 + 17
    assert [line.options for line in scored.lines][2:] == [("college",), ("motorbike", "fridge")]


def test_what_is_not_known_gives_no_total() -> None:
    scored = TABLE.score(NT1, {"members": Fraction(1), "house_wall": frozenset({"bamboo"})})
    assert scored is not None
    assert scored.total is None
    assert [item.code for item in scored.unknown] == ["house_wall", "training", "assets"]


def test_nobody_trained_and_nothing_owned_are_answers() -> None:
    facts = {"members": Fraction(1), "house_wall": frozenset({"durable"})}
    scored = TABLE.score(NT1, {**facts, "training": frozenset(), "assets": frozenset()})
    assert scored is not None
    assert scored.total == 90


def test_a_region_without_a_whole_table_is_not_scored() -> None:
    assert TABLE.score(TT, {}) is None
    assert PointTable(FORM, ROWS[:-2]).score(NT1, {}) is None
    assert [item.code for item in PointTable(FORM, ROWS[:-2]).lacking(NT1)] == ["assets"]


def test_a_sound_table_has_no_problems() -> None:
    assert list(problems(FORM, numbered(ROWS), REGIONS)) == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (replace(ROWS[0], region="NT9"), "region_unknown"),
        (replace(ROWS[0], item="memberz"), "item_unknown"),
        (ROWS[3], "option_twice"),
        (replace(ROWS[1], low=Fraction(4), high=Fraction(4), option="x"), "range_order"),
        (replace(ROWS[1], low=Fraction(3, 2), option="x"), "range_overlap"),
        (replace(ROWS[3], option="x", low=Fraction(1)), "range_of_choice"),
    ],
)
def test_each_fault_is_told_by_its_row(changed: PointRow, code: str) -> None:
    found = list(problems(FORM, numbered((*ROWS, changed)), REGIONS))
    assert (code, 5 + len(ROWS)) in [(problem.code, problem.row) for problem in found]


@given(
    bounds=st.lists(st.integers(1, 40), min_size=1, max_size=6, unique=True).map(sorted),
    number=st.fractions(0, 50),
)
def test_ranges_without_a_problem_hold_every_number_once(
    bounds: list[int], number: Fraction
) -> None:
    edges = [None, *bounds, None]
    rows = [
        row("members", str(place), place, low, high)
        for place, (low, high) in enumerate(pairwise(edges))
    ]
    assert list(problems(FORM, numbered(rows), REGIONS)) == []
    assert sum(one.holds(number) for one in rows) == 1
    for place in range(1, len(rows)):  # without one of them a number falls into none
        rest = [*rows[:place], *rows[place + 1 :]]
        assert list(problems(FORM, numbered(rest), REGIONS))


def test_facts_come_from_the_household_and_picks_win() -> None:
    new_id = uuid7_factory(make_context().now, lambda bits: 1)
    member = Member(
        uid=new_id(), membership=new_id(), full_name="A", training="college", pension=()
    )
    home = Household(uid=new_id(), members=(member,), house_area=320, house_wall="durable")
    facts = point_facts(home, ["assets:motorbike", "land:", "house_wall:not_durable"])
    assert facts["members"] == 1
    assert facts["house_area"] == 32
    assert facts["training"] == {"college"}
    assert facts["pension"] == 0
    assert facts["job"] is None  # nobody asked
    assert facts["assets"] == {"motorbike"}
    assert facts["land"] == frozenset()  # asked, and none
    assert facts["house_wall"] == {"not_durable"}
    assert facts.get("animals") is None
