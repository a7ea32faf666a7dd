"""Rate, points and households of one aim, as the five plans print them."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.linked_targets import (
    Agreement,
    Linked,
    Part,
    Start,
    beside,
    clashes,
    compared,
    completed,
    denominators,
    places,
    rounded,
)

SON_TAY = Start(listed=51, households=2471)
NEAR_POOR = Start(listed=74, households=2471)


def agreements(linked: Linked, start: Start) -> dict[tuple[Part, Part], Agreement]:
    return {(one.part, one.other): one.agreement for one in clashes(linked, start)}


def test_the_numbers_of_plan_004_agree() -> None:
    for linked, start in (
        (Linked(rate=194, points=12, households=300), SON_TAY),
        (Linked(rate=283, points=16, households=400), NEAR_POOR),
    ):
        assert clashes(linked, start) == ()
    # without the counts: 2,06 − 0,12 = 1,94
    assert clashes(Linked(rate=194, points=12), Start(rate=206)) == ()


def test_the_third_follows_from_two() -> None:
    found = completed(Linked(households=300), SON_TAY)
    assert {part: rounded(value) for part, value in found.items()} == {
        Part.RATE: 194,
        Part.POINTS: 12,
    }
    assert found[Part.RATE] == Fraction(4800, 2471)
    assert completed(Linked(rate=194), SON_TAY)[Part.HOUSEHOLDS] == 3
    assert completed(Linked(points=12), SON_TAY)[Part.HOUSEHOLDS] == 3
    assert completed(Linked(points=137), Start(rate=252)) == {Part.RATE: Fraction(115, 100)}
    assert completed(Linked(points=111), Start(households=1440)) == {Part.HOUSEHOLDS: 16}
    assert completed(Linked(points=111), Start()) == {}


def test_expected_households_divide_what_is_left() -> None:
    """Thừa Thiên Huế: 10.871 of 314.947, less 1.220, of 317.152."""
    start = Start(listed=10871, households=314947, expected=317152)
    assert rounded(completed(Linked(households=122000), start)[Part.RATE]) == 304
    # printed 3,05 and 0,40: a hundredth beside what the counts give
    linked = Linked(rate=305, points=40, households=122000)
    assert agreements(linked, start) == {
        (Part.POINTS, Part.HOUSEHOLDS): Agreement.ROUNDED,
        (Part.RATE, Part.HOUSEHOLDS): Agreement.ROUNDED,
    }


def test_plan_001_tells_how_many_households_there_are() -> None:
    """1,11 điểm and 16 hộ; 1,11 is written with two decimals, 16/1448 would be 1,10."""
    assert denominators(111, 16) == range(1435, 1448)
    assert denominators(30, 5, places(30)) == range(1429, 2001)  # "0,3" may be rounded
    assert denominators(30, 5) == range(1640, 1695)  # "0,30" is not of the same households
    start = Start(households=1440)
    assert agreements(Linked(points=30, households=500), start) == {
        (Part.POINTS, Part.HOUSEHOLDS): Agreement.ROUNDED
    }
    assert clashes(Linked(points=111, households=1600), start) == ()


def test_contradictions_are_told_with_what_it_should_be() -> None:
    (clash,) = clashes(Linked(points=111, households=1600), Start(households=1200))
    assert (clash.agreement, rounded(clash.computed)) == (Agreement.CONTRADICTS, 133)
    (clash,) = clashes(Linked(rate=194, points=25), Start(rate=206))
    assert (clash.agreement, clash.said, rounded(clash.computed)) == (
        Agreement.CONTRADICTS, 25, 12,
    )  # fmt: skip
    (clash,) = clashes(Linked(rate=150, households=300), SON_TAY)
    assert (clash.part, clash.other) == (Part.RATE, Part.HOUSEHOLDS)


counts = st.integers(1, 5000)
percents = st.integers(0, 10_000)


@given(percents, percents, st.integers(-300, 300))
def test_a_rate_and_its_fall_differ_by_a_hundredth_or_contradict_each_other(
    first: int, last: int, off: int
) -> None:
    """K4, of numbers that are held in hundredths: whether they end in noughts says nothing."""
    linked, start = Linked(rate=last, points=first - last + off), Start(rate=first)
    expected = {0: Agreement.AGREES, 1: Agreement.ROUNDED}.get(abs(off), Agreement.CONTRADICTS)
    assert agreements(linked, start).get((Part.POINTS, Part.RATE), Agreement.AGREES) is expected


@given(percents, st.fractions(-3, 3, max_denominator=997))
def test_the_exact_rate_of_the_start_is_held_to_the_same_hundredth(
    said: int, off: Fraction
) -> None:
    """`off` in hundredths: what rounds to one beside is rounding, what is farther is not."""
    found = beside(said, (said + off) / 100)
    if abs(off) < Fraction(1, 2):
        assert found is Agreement.AGREES
    elif Fraction(1, 2) < abs(off) < Fraction(3, 2):
        assert found is Agreement.ROUNDED
    elif abs(off) > Fraction(3, 2):
        assert found is Agreement.CONTRADICTS


@given(percents, st.fractions(-60, 60, max_denominator=97))
def test_no_number_stands_for_what_is_half_a_percent_beside_it(said: int, off: Fraction) -> None:
    """Of counts one decimal may have been printed, a whole percent is none that was rounded."""
    found = compared(said, (said + off) / 100)
    if abs(off) > 5:
        assert found is Agreement.CONTRADICTS
    if abs(off) < Fraction(3, 2) or (said % 10 == 0 and abs(off) < 5):
        assert found is not Agreement.CONTRADICTS


@given(counts, st.data())
def test_what_is_printed_of_counts_never_contradicts_itself(
    households: int, data: st.DataObject
) -> None:
    listed = data.draw(st.integers(0, households))
    fall = data.draw(st.integers(0, listed))
    expected = data.draw(st.integers(max(1, listed), 2 * households))
    for last in (None, expected):
        start = Start(listed=listed, households=households, expected=last)
        exact = completed(Linked(households=100 * fall), start)
        linked = Linked(
            rate=rounded(exact[Part.RATE]),
            points=rounded(exact[Part.POINTS]),
            households=100 * fall,
        )
        assert clashes(linked, start) == ()
        # nor do printed numbers alone, that may be a hundredth beside each other
        printed = Start(rate=rounded(Fraction(100 * listed, households)))
        for known in (printed, start):
            told = agreements(Linked(rate=linked.rate, points=linked.points), known)
            assert set(told.values()) <= {Agreement.ROUNDED}


@given(st.integers(1, 400), st.integers(1, 5000))
def test_the_households_that_were_counted_are_among_the_possible(
    fall: int, households: int
) -> None:
    points = rounded(Fraction(100 * fall, households))
    if points:
        possible = denominators(points, fall)
        assert possible is None or households in possible
        if possible is not None and possible.start > fall:
            assert rounded(Fraction(100 * fall, possible.start - 1)) != points
            assert rounded(Fraction(100 * fall, possible.stop)) != points
