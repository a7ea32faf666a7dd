"""Movement of the list: every row of the table of the law, case 36, and the identities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giamngheo_desktop.domain.movement import IN, LISTED, OUT, Cause, Flow, Stand, Step, movement
from giamngheo_desktop.domain.standard import HouseholdClass

N, CN, K = HouseholdClass.POOR, HouseholdClass.NEAR_POOR, HouseholdClass.NOT_POOR
NUMBERS = {flow: number for number, flow in enumerate(Flow, start=1)}
MIDDLE = {*OUT, *IN}


def stand(household_class: HouseholdClass, persons: int = 4, place: str = "A") -> Stand[str]:
    return Stand(place, household_class, persons)


def flows(steps: Iterable[Step[str]]) -> dict[str, tuple[int, int]]:
    """{"BC2.3 A": (households, persons)} of the columns 2 to 8."""
    names = {N: "BC2", CN: "BC3"}
    return {
        f"{names[s.table]}.{NUMBERS[s.flow]} {s.place}": (s.households, s.persons)
        for s in steps
        if s.flow in MIDDLE
    }


@pytest.mark.parametrize(
    ("opening", "closing", "past", "expected"),
    [
        (stand(N), stand(N), {}, {}),
        (stand(N), stand(CN, 3), {}, {"BC2.2 A": (1, 4), "BC3.5 A": (1, 3)}),
        (stand(N), stand(K, 3), {}, {"BC2.3 A": (1, 4)}),
        (stand(N), None, {}, {"BC2.4 A": (1, 4)}),
        (stand(CN), stand(N, 5), {}, {"BC2.5 A": (1, 5), "BC3.2 A": (1, 4)}),
        (stand(CN), stand(CN), {}, {}),
        (stand(CN), stand(K), {}, {"BC3.3 A": (1, 4)}),
        (stand(CN), None, {}, {"BC3.4 A": (1, 4)}),
        (stand(K), stand(N), {"earlier": frozenset({N})}, {"BC2.6 A": (1, 4)}),
        (stand(K), stand(N), {}, {"BC2.7 A": (1, 4)}),
        (None, stand(N), {}, {"BC2.7 A": (1, 4)}),  # new, or split off
        (None, stand(N), {"arrived": True}, {"BC2.8 A": (1, 4)}),
        (stand(K), stand(CN), {"earlier": frozenset({CN})}, {"BC3.6 A": (1, 4)}),
        (stand(K), stand(CN), {"earlier": frozenset({N})}, {"BC3.7 A": (1, 4)}),
        (None, stand(CN), {"arrived": True}, {"BC3.8 A": (1, 4)}),
        (None, stand(K), {"arrived": True}, {}),
        (None, None, {}, {}),
        # The same household with another size counts persons only.
        (stand(N, 4), stand(N, 6), {}, {"BC2.8 A": (0, 2)}),
        (stand(CN, 4), stand(CN, 1), {}, {"BC3.4 A": (0, 3)}),
        # Chuyển thôn trong xã: 4 here, 8 there; a change of class happens before the move.
        (stand(N), stand(N, 5, "B"), {}, {"BC2.4 A": (1, 4), "BC2.8 B": (1, 5)}),
        (
            stand(N),
            stand(CN, 5, "B"),
            {},
            {"BC2.2 A": (1, 4), "BC3.5 A": (1, 5), "BC3.4 A": (1, 5), "BC3.8 B": (1, 5)},
        ),
        (stand(N), stand(K, 5, "B"), {}, {"BC2.3 A": (1, 4)}),
        (stand(K), stand(N, 5, "B"), {}, {"BC2.7 B": (1, 5)}),
    ],
)
def test_rows_of_the_table(opening, closing, past, expected):
    assert flows(movement(opening, closing, **past)) == expected


def test_the_cause_says_what_the_column_does_not():
    causes = {step.cause for step in movement(stand(N), None) if step.flow in MIDDLE}
    assert causes == {Cause.LEFT}
    causes = {step.cause for step in movement(stand(N), stand(N, 4, "B")) if step.flow in MIDDLE}
    assert causes == {Cause.VILLAGE}
    causes = {step.cause for step in movement(stand(N), stand(N, 9)) if step.flow in MIDDLE}
    assert causes == {Cause.SIZE}


def test_case_36():
    lives = [
        *[(stand(N), stand(N), {})] * 81,
        *[(stand(N), stand(CN), {})] * 12,
        *[(stand(N), stand(K), {})] * 5,
        *[(stand(N), None, {})] * 2,
        *[(stand(CN), stand(N), {})] * 3,
        (stand(K), stand(N), {"earlier": frozenset({N})}),
        *[(None, stand(N), {})] * 4,
        (None, stand(N), {"arrived": True}),
    ]
    cells: Counter[int] = Counter()
    for opening, closing, past in lives:
        for step in movement(opening, closing, **past):
            if step.table is N:
                cells[NUMBERS[step.flow]] += step.households
    assert dict(cells) == {1: 100, 2: 12, 3: 5, 4: 2, 5: 3, 6: 1, 7: 4, 8: 1, 9: 90}


stands = st.none() | st.builds(
    Stand, st.sampled_from("ABC"), st.sampled_from([N, CN, K]), st.integers(1, 9)
)
pasts = st.fixed_dictionaries(
    {"earlier": st.frozensets(st.sampled_from(LISTED)), "arrived": st.booleans()}
)


histories = st.lists(st.tuples(stands, stands, pasts), max_size=30)


@settings(max_examples=50)
@given(histories)
def test_every_row_and_the_total_balance(lives):
    balance(lives)


@pytest.mark.long
@settings(max_examples=1000)
@given(histories)
def test_a_thousand_years_balance(lives):
    balance(lives)


def balance(lives, steps_of=movement):
    """9 = 1 − 2 − 3 − 4 + 5 + 6 + 7 + 8, households and persons; BC2.2 = BC3.5, BC2.5 = BC3.2."""
    cells: Counter[tuple[HouseholdClass, Flow, str, str]] = Counter()
    for opening, closing, past in lives:
        for step in steps_of(opening, closing, **past):
            assert step.households >= 0
            assert step.persons >= 0
            for place in (step.place, "total"):
                cells[step.table, step.flow, place, "ho"] += step.households
                cells[step.table, step.flow, place, "khau"] += step.persons
    for place in ("A", "B", "C", "total"):
        for table in LISTED:
            for kind in ("ho", "khau"):
                out = sum(cells[table, flow, place, kind] for flow in OUT)
                came = sum(cells[table, flow, place, kind] for flow in IN)
                opening = cells[table, Flow.OPENING, place, kind]
                assert cells[table, Flow.CLOSING, place, kind] == opening - out + came
        assert cells[N, Flow.TO_OTHER, place, "ho"] == cells[CN, Flow.FROM_OTHER, place, "ho"]
        assert cells[CN, Flow.TO_OTHER, place, "ho"] == cells[N, Flow.FROM_OTHER, place, "ho"]
    for table in LISTED:
        first = [s for s, _, _ in lives if s is not None and s.household_class is table]
        last = [s for _, s, _ in lives if s is not None and s.household_class is table]
        assert cells[table, Flow.OPENING, "total", "ho"] == len(first)
        assert cells[table, Flow.OPENING, "total", "khau"] == sum(s.persons for s in first)
        assert cells[table, Flow.CLOSING, "total", "ho"] == len(last)
        assert cells[table, Flow.CLOSING, "total", "khau"] == sum(s.persons for s in last)
