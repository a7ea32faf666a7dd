"""Dates as papers give them: full, month and year, or year only; never month before day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop import texts
from giamngheo_desktop.domain.dates import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    ambiguous_readings,
    document_date,
    format_date,
    format_partial_date,
    parse_date,
    parse_partial_date,
)
from giamngheo_desktop.domain.partial_date import PartialDate

days = st.dates(date(EARLIEST_YEAR, 1, 1), date(LATEST_YEAR, 12, 31))


def refusal(parse, text):
    with pytest.raises(ValueError) as caught:
        parse(text)
    code = str(caught.value)
    assert code in texts.PARSE_ERRORS
    return code


@pytest.mark.parametrize(
    "text",
    ["5/3/1987", "05/03/1987", "5-3-1987", "5.3.1987", "5 3 1987", "05031987", " 5 / 3 / 1987 ",
     "1987-03-05", "1987/3/5", "０５/０３/１９８７"],
)  # fmt: skip
def test_full_dates(text):
    assert parse_partial_date(text) == PartialDate(1987, 3, 5)
    assert parse_date(text) == date(1987, 3, 5)


@pytest.mark.parametrize("text", ["3/1987", "03/1987", "031987", "03-1987", "1987-03"])
def test_month_and_year(text):
    assert parse_partial_date(text) == PartialDate(1987, 3)
    assert refusal(parse_date, text) == "date_incomplete"


def test_year_only():
    assert parse_partial_date("1987") == PartialDate(1987)
    assert refusal(parse_date, "1987") == "date_incomplete"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"), ("5/3/87", "two_digit_year"), ("87", "two_digit_year"),
        ("050387", "two_digit_year"), ("3/87", "two_digit_year"), ("5/3", "two_digit_year"),
        ("31/2/2000", "no_such_day"), ("29/2/1900", "no_such_day"), ("0/3/1987", "no_such_day"),
        ("31041987", "no_such_day"), ("12/25/1987", "no_such_month"), ("0/1987", "no_such_month"),
        ("13/1987", "no_such_month"), ("1/1/1087", "year_out_of_range"),
        ("5/3/9987", "year_out_of_range"), ("1849", "year_out_of_range"),
        ("1231987", "date_format"), ("31987", "date_format"), ("5//3/1987", "date_format"),
        ("5/3/1987.", "date_format"), ("5/3/198", "date_format"), ("5/3/19870", "date_format"),
        ("5/3/1987/1", "date_format"), ("mùng 5/3/1987", "date_format"),
        ("O5/03/1987", "date_format"), ("5/3/1987 ?", "date_format"), ("-1987", "date_format"),
        ("198.7", "two_digit_year"),
    ],
)  # fmt: skip
def test_refused(text, code):
    assert refusal(parse_partial_date, text) == code


@pytest.mark.parametrize("year", [EARLIEST_YEAR, LATEST_YEAR])
def test_the_years_at_the_edges(year):
    assert parse_partial_date(f"01{year}") == PartialDate(year, 1)


@given(days)
def test_dates_come_back(day):
    printed = format_date(day)
    assert len(printed) == 10
    assert parse_date(printed) == parse_date(printed.replace("/", "")) == day
    assert parse_date(day.isoformat()) == day
    assert format_partial_date(PartialDate(day.year, day.month, day.day)) == printed


@given(days, st.booleans())
def test_partial_dates_come_back(day, with_month):
    partial = PartialDate(day.year, day.month if with_month else None)
    printed = format_partial_date(partial)
    assert parse_partial_date(printed) == partial
    assert parse_partial_date(printed.replace("/", "")) == partial


@given(st.text("0123456789/-. ", max_size=11))
def test_any_text_is_a_date_or_a_known_code(text):
    try:
        outcome: object = parse_partial_date(text)
    except ValueError as error:
        outcome = str(error)
    assert isinstance(outcome, PartialDate) or outcome in texts.PARSE_ERRORS


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (PartialDate(1987, 3, 5), "05/03/1987"), (PartialDate(1987, 3), "03/1987"),
        (PartialDate(1987), "1987"),
    ],
)  # fmt: skip
def test_partial_dates_are_printed(value, text):
    assert format_partial_date(value) == text


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 10), "ngày 10 tháng 02 năm 2026"),
        (date(2026, 3, 5), "ngày 05 tháng 3 năm 2026"),
        (date(2025, 11, 22), "ngày 22 tháng 11 năm 2025"),
    ],
)
def test_dates_of_documents(day, text):
    assert document_date(day) == text


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("03/05/2025", (date(2025, 5, 3), date(2025, 3, 5))),
        ("03052025", (date(2025, 5, 3), date(2025, 3, 5))),
        ("05/05/2025", (date(2025, 5, 5),)),
        ("25/12/2025", (date(2025, 12, 25),)),
        ("12/25/2025", (date(2025, 12, 25),)),
        ("2025-03-05", (date(2025, 3, 5),)),
        ("31/2/2025", ()), ("3/2025", ()), ("2025", ()), ("5/3/25", ()), ("?", ()), ("", ()),
    ],
)  # fmt: skip
def test_readings(text, readings):
    assert ambiguous_readings(text) == readings


@given(days)
def test_every_reading_is_offered(day):
    month_first = f"{day.month}/{day.day}/{day.year}"
    assert day in ambiguous_readings(month_first)
    assert ambiguous_readings(format_date(day))[0] == day


@pytest.mark.parametrize("text", ["", "x", "1987-13", "1987-1-1-1", "9" * 30, "1987-03-05T00"])
def test_what_is_no_stored_day_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):
        PartialDate.from_iso(text)
