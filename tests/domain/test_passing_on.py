"""Thu hồi, luân chuyển: nothing is lost between what is owed, given back and passed on."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.passing_on import Doubt, Returning, Taker, returnings

AMOUNTS = st.none() | st.integers(0, 5)


def uid(number: int) -> UUID:
    return UUID(int=number)


def taker(
    number: int,
    to_return: int | None = None,
    returned: int | None = None,
    before: int | None = None,
    unit: str | None = "con",
) -> Taker:
    return Taker(
        uid=uid(number),
        to_return=to_return,
        returned=returned,
        unit=unit,
        received_from=None if before is None else uid(before),
    )


def found(*takers: Taker) -> dict[int, Returning]:
    return {one.int: what for one, what in returnings(takers).items()}


@given(
    st.lists(
        st.tuples(AMOUNTS, AMOUNTS, st.none() | st.integers(0, 6), st.sampled_from(["con", "kg"])),
        max_size=7,
    )
)
def test_what_is_owed_is_what_came_back_and_what_is_outstanding(
    rows: list[tuple[int | None, int | None, int | None, str]],
) -> None:
    takers = [taker(at, *row[:3], unit=row[3]) for at, row in enumerate(rows)]
    told = found(*takers)
    for at, one in told.items():
        owed = takers[at].to_return
        assert one.outstanding is None if owed is None else owed == one.returned + one.outstanding  # type: ignore[operator]
        assert one.owes == (owed is not None and owed > one.returned)
        more = {Doubt.MORE_PASSED, Doubt.NOTHING_RETURNED} & {*one.doubts}
        assert one.passed_on <= one.returned or more
        assert (Doubt.MORE_PASSED not in one.doubts) or one.passed_on > one.returned > 0
        assert (Doubt.CIRCLE in one.doubts) == (at in _reached(rows, at))
    assert all(row[0] is None and not row[1] for at, row in enumerate(rows) if at not in told)
    passed = [one for one in told.values() for _ in one.next]
    known = sum(row[2] is not None and row[2] < len(rows) for row in rows)
    assert len(passed) == known  # everybody has it from one


def _reached(rows: list[tuple[int | None, int | None, int | None, str]], at: int) -> set[int]:
    """All before one, by brute force."""
    seen: set[int] = set()
    front = {at}
    while front:
        before = {rows[one][2] for one in front}
        front = {one for one in before if one is not None and one < len(rows)} - seen
        seen |= front
    return seen


def test_what_goes_on_goes_to_the_next() -> None:
    told = found(
        taker(1, 200, 200), taker(2, 200, 50, before=1), taker(3, None, None, before=2), taker(4)
    )
    assert set(told) == {1, 2}
    assert (told[1].next, told[1].passed_on, told[1].owes, told[1].doubts) == (
        (uid(2),), 200, False, (),
    )  # fmt: skip
    assert (told[2].outstanding, told[2].next, told[2].passed_on) == (150, (uid(3),), 0)
    assert told[2].owes


def test_what_cannot_be_so_is_said() -> None:
    told = found(
        taker(1, 100, None),
        taker(2, 100, 100, before=1),
        taker(3, 200, 0, before=2),
        taker(4, 100, 150),
        taker(5, 100, 100, before=6),
        taker(6, 100, 100, before=5),
        taker(7, 100, 100, before=7),
        taker(8, 100, 100),
        taker(9, 900, None, before=8, unit="kg"),
        taker(10, 100, 100, before=99),
    )
    assert {at: one.doubts for at, one in told.items() if one.doubts} == {
        1: (Doubt.NOTHING_RETURNED,),
        2: (Doubt.MORE_PASSED,),
        4: (Doubt.MORE_RETURNED,),
        5: (Doubt.CIRCLE,),
        6: (Doubt.CIRCLE,),
        7: (Doubt.CIRCLE,),
    }
