"""Working days: counting there and back, weekends, holidays, the turn of the year."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.working_days import Calendar

DAYS = st.dates(date(2021, 1, 1), date(2031, 12, 31))
NEAR = st.integers(-20, 40).map(timedelta)
HOLIDAYS = frozenset({(1, 1), (4, 30), (5, 1), (9, 2)})


@st.composite
def calendars(draw: st.DrawFn, around: date) -> Calendar:
    """Holidays of every year, single days off and weekend days worked instead, near a day."""
    near = st.sets(NEAR.map(lambda step: around + step), max_size=8)
    return Calendar(
        yearly=draw(st.sampled_from([frozenset(), HOLIDAYS])),
        off=frozenset(draw(near)),
        working=frozenset(draw(near)),
    )


@given(st.data(), DAYS, st.integers(0, 30))
def test_counting_undoes_going_on(data: st.DataObject, start: date, days: int) -> None:
    calendar = data.draw(calendars(start))
    end = calendar.after(start, days)
    assert calendar.count(start, end) == days
    assert days == 0 or calendar.is_working(end)
    assert calendar.count(start, end - timedelta(days=1)) == max(days - 1, 0)


@given(st.data(), DAYS, NEAR)
def test_going_on_undoes_counting_from_a_working_day(
    data: st.DataObject, start: date, step: timedelta
) -> None:
    calendar, end = data.draw(calendars(start)), start + step
    back = calendar.after(start, calendar.count(start, end))
    if end > start and calendar.is_working(end):
        assert back == end
    else:
        assert back <= max(start, end)
        assert calendar.count(back, end) == 0


def test_posting_over_the_second_of_september_and_the_turn_of_the_year() -> None:
    calendar = Calendar(yearly=HOLIDAYS)
    assert calendar.after(date(2026, 9, 1), 3) == date(2026, 9, 7)  # Wednesday off, a weekend
    assert calendar.after(date(2026, 12, 30), 3) == date(2027, 1, 5)
    assert calendar.after(date(2026, 11, 6), 3) == date(2026, 11, 11)  # begun on a Friday
    tet = frozenset(date(2026, 2, 14) + timedelta(days=n) for n in range(9))
    assert Calendar(off=tet).after(date(2026, 2, 13), 1) == date(2026, 2, 23)


def test_a_weekend_worked_instead_counts_even_on_a_holiday() -> None:
    saturday = date(2026, 5, 2)
    assert Calendar().after(date(2026, 4, 30), 2) == date(2026, 5, 4)
    worked = Calendar(yearly=frozenset({(5, 1)}), off=frozenset({saturday}),
                      working=frozenset({saturday}))  # fmt: skip
    assert worked.after(date(2026, 4, 30), 1) == saturday
