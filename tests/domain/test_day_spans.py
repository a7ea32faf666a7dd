"""Days off as runs of days, and as they come from Excel."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.day_spans import Span, spans_in, spans_of

DAYS = st.sets(st.dates(date(2026, 1, 1), date(2026, 3, 31)))


@given(DAYS)
def test_runs_hold_the_same_days_and_never_touch(days: set[date]) -> None:
    spans = spans_of(days)
    assert sorted(days) == [day for span in spans for day in span.days()]
    for one, following in pairwise(spans):
        assert following.first - one.last > timedelta(days=1)


def test_a_pasted_block_keeps_what_it_has_no_day_for() -> None:
    found, skipped = spans_in(
        [
            ["STT", "Dịp nghỉ", "Từ ngày", "Đến ngày"],
            ["1", "Tết Nguyên đán 2026", "14/02/2026", "22/02/2026"],
            ["2", "Giỗ Tổ", "26/4/2026", ""],
            ["", "", "", ""],
            ["3", "Quốc khánh", "chưa có", ""],
        ]
    )
    assert found == [
        Span(date(2026, 2, 14), date(2026, 2, 22)),
        Span(date(2026, 4, 26), date(2026, 4, 26)),
    ]
    assert [(line.line, line.reason) for line in skipped] == [(1, "dayless"), (5, "dayless")]
