"""Days of foreign cells: one reading, both, or a finding; never a guess."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giamngheo_desktop.domain.cell_dates import (
    DAY_FIRST,
    MONTH_FIRST,
    DateColumn,
    date_column,
    read_birth,
    read_day,
)
from giamngheo_desktop.domain.partial_date import PartialDate
from tests.harness.examples import examples

TODAY = date(2026, 3, 1)
DAYS = st.dates(date(1910, 1, 1), TODAY)
UNKNOWN = DateColumn()


def _partial(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)


@settings(max_examples=examples(60, 600))
@given(DAYS)
def test_a_text_has_all_its_readings_and_no_other(day: date) -> None:
    read = read_birth(f"{day:%d/%m/%Y}", UNKNOWN, TODAY)
    readings = [one.value for one in read.readings]
    if day.day > 12 or day.day == day.month:
        assert (read.value, readings) == (_partial(day), [])
    elif (other := date(day.year, day.day, day.month)) > TODAY:
        assert read.value == _partial(day)
        assert other > TODAY
    else:
        assert read.value is None
        assert readings == [_partial(day), _partial(other)]


@settings(max_examples=examples(60, 600))
@given(DAYS)
def test_a_column_that_says_its_order_leaves_nothing_open(day: date) -> None:
    headed = date_column("Ngày sinh (dd/mm/yyyy)", [])
    assert read_birth(f"{day:%d/%m/%Y}", headed, TODAY).value == _partial(day)
    other = DateColumn(MONTH_FIRST)
    assert read_birth(f"{day:%m/%d/%Y}", other, TODAY).value == _partial(day)


@settings(max_examples=examples(60, 600))
@given(st.dates(date(1915, 1, 1), TODAY))
def test_true_days_serial_numbers_and_iso_texts_are_one_day(day: date) -> None:
    serial = (day - date(1899, 12, 30)) // timedelta(days=1)
    for cell in (day, serial, float(serial), f"{day.isoformat()} 00:00:00", day.isoformat()):
        assert read_birth(cell, UNKNOWN, TODAY).value == _partial(day)
    assert read_day(day, UNKNOWN, TODAY).value == day


def test_a_day_that_has_not_come_is_never_read_month_first() -> None:
    for column in (UNKNOWN, DateColumn(DAY_FIRST)):
        for cell in ("05/12/2026", "05.12.2026", "30/11/2026", "05/12/26", "05122026"):
            read = read_day(cell, column, TODAY)
            assert (read.value, read.readings, read.finding) == (None, (), "date_future"), cell
    other = DateColumn(MONTH_FIRST)
    assert read_day("12/02/2026", other, TODAY).finding == "date_future"
    flipped = read_day("02/12/2026", other, TODAY)  # the column is: it is looked at all the same
    assert (flipped.value, flipped.finding, flipped.mended) == (
        date(2026, 2, 12), "month_first", True,
    )  # fmt: skip
    assert read_day("02/13/2026", DateColumn(DAY_FIRST), TODAY).finding == "month_first"
    assert read_day("11/02/26", UNKNOWN, TODAY).value == date(2026, 2, 11)
    assert read_day("11/02/98", UNKNOWN, TODAY).readings[0].value == date(1998, 2, 11)
    # a true day that Excel may have taken the other way round, but not into the future
    swapped = DateColumn(DAY_FIRST, swapped=True)
    assert len(read_day(date(2025, 2, 11), swapped, TODAY).readings) == 2
    assert read_day(date(2026, 2, 11), swapped, TODAY).value == date(2026, 2, 11)


def test_the_rest_of_a_column_decides_unless_it_says_both() -> None:
    assert date_column("Năm sinh", ["13/04/1980", "03/04/1990"]).order == DAY_FIRST
    assert date_column("Năm sinh", ["04/13/1980", "03/04/1990"]).order == MONTH_FIRST
    assert date_column("Năm sinh", ["04/13/1980", "13/04/1990"]).order == ""
    assert date_column("Năm sinh", ["13/04/1980", date(1990, 5, 6)]).swapped
    assert not date_column("Năm sinh", ["13/04/1980", date(1990, 5, 16)]).swapped


@pytest.mark.parametrize(
    ("cell", "finding"),
    [
        ("30/02/1974", "date_impossible"),
        ("19 tuổi", "date_unreadable"),
        ("20/02/2080", "date_future"),
        (date(2027, 1, 1), "date_future"),
        ("31/13/1980", "date_impossible"),
    ],
)
def test_what_is_no_day_is_said(cell: str | date, finding: str) -> None:
    read = read_birth(cell, UNKNOWN, TODAY)
    assert (read.value, read.finding) == (None, finding)


@pytest.mark.parametrize("cell", [None, "", " ", "-", "không rõ", 0])
def test_an_empty_cell_says_nothing(cell: str | int | None) -> None:
    assert read_birth(cell, UNKNOWN, TODAY).is_nothing
