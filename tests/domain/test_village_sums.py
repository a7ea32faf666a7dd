"""K12 beside villages of which some were given nothing yet."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from giamngheo_desktop import texts
from giamngheo_desktop.domain.allocation import (
    COLUMNS,
    NEAR_POOR,
    POOR,
    AllocationRow,
    AllocationTable,
    Denominators,
    Forecast,
    course,
)
from giamngheo_desktop.domain.allocation_doubts import doubts
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.doubted import Doubted
from tests.harness.plan_targets import target_row
from tests.harness.review import shipped

Given = tuple[int | None, int]  # who leaves the list of a village, and who comes back to it
INDICATORS = {POOR: "HN-GIAM-HO", NEAR_POOR: "HCN-GIAM-HO"}
START = 1000


def row(listed: str, given: Given, at: int | None) -> AllocationRow:
    fall, back = given
    forecasts = dict.fromkeys((POOR, NEAR_POOR), Forecast(start=START, fall=None))
    forecasts[listed] = Forecast(start=START, fall=fall, again=back)
    typed = dict.fromkeys(COLUMNS) | {f"{listed}_decrease": fall, f"{listed}_again": back}
    courses = {
        one: course(forecast, None, None, Denominators.OPENING)
        for one, forecast in forecasts.items()
    }
    return AllocationRow(
        unit=None if at is None else UUID(int=at), name=f"Thôn {at}", households=None,
        expected=None, persons=None, poor_persons=None, near_poor_persons=None, typed=typed,
        poor=courses[POOR], near_poor=courses[NEAR_POOR],
    )  # fmt: skip


def told(listed: str, villages: Sequence[Given], **numbers: int) -> list[Doubted]:
    """What is said of the sum, for numbers of the whole in households."""
    falls = [fall for fall, _ in villages if fall is not None]
    whole = sum(falls) if len(falls) == len(villages) else None  # as tables add up
    table = AllocationTable(
        unit=None, year=2026, plan=None, stands=False, denominators=Denominators.OPENING,
        base_year=2025, level=Level.VILLAGE,
        rows=tuple(row(listed, one, at) for at, one in enumerate(villages)),
        total=row(listed, (whole, sum(back for _, back in villages)), None),
    )  # fmt: skip
    hundredths = {column: 100 * number for column, number in numbers.items()}
    target = target_row(key="a", indicator=INDICATORS[listed], **hundredths)
    found = doubts(table, [target], shipped().indicators)
    return [one for one in found if one.key == "a"]


some = st.lists(
    st.tuples(st.none() | st.integers(-5, 40), st.integers(0, 5)), min_size=1, max_size=8
)


@given(st.sampled_from((POOR, NEAR_POOR)), some, st.integers(0, 120))
def test_more_than_the_whole_is_told_though_a_village_is_blank(
    listed: str, villages: list[Given], whole: int
) -> None:
    known = [fall - back for fall, back in villages if fall is not None]
    blank = len(villages) - len(known)
    assume(blank)
    found = told(listed, villages, pursued=whole)
    assert [one.code for one in found] == ["villages_over"] * (sum(known) > whole)
    for one in found:
        assert one.params["sum"] == str(sum(known))
        assert one.params["blank"] == str(blank)
        filled = [(0, 0) if one[0] is None else one for one in villages]
        assert [one.code for one in told(listed, filled, pursued=whole)] == ["villages_pursued"]


@pytest.mark.parametrize(("whole", "codes"), [(4, ["villages_over"]), (5, []), (6, [])])
def test_as_much_as_the_whole_leaves_nothing_to_the_blank_village(
    whole: int, codes: list[str]
) -> None:
    assert [one.code for one in told(POOR, [(3, 0), (2, 0), (None, 0)], pursued=whole)] == codes


def test_what_villages_were_given_is_told_in_words() -> None:
    (found,) = told(POOR, [(3, 0), (2, 0), (None, 0)], pursued=1)
    assert texts.target_doubt_text(found) == (
        "Số hộ nghèo giảm (thuần): các thôn đã giao 5 hộ (giảm 5 hộ, thêm 0 hộ), hơn 1 hộ của toàn "
        "xã, còn 1 thôn chưa giao."
    )
    # what was given to the commune is no bound beside what it wants itself
    assert told(POOR, [(3, 0), (None, 0)], pursued=3, assigned=1) == []
    assert [one.code for one in told(POOR, [(3, 0), (None, 0)], assigned=1)] == ["villages_over"]
    assert told(POOR, [(None, 0), (None, 2)], pursued=0) == []  # nobody was given anything
