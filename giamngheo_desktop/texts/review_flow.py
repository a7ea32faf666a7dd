"""Where a review stands, in words: what a step lacks in all villages, how many days are left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.review_flow import Missing
from giamngheo_desktop.texts.review_steps import LACKING, missing_text

VILLAGES_DONE = "{done}/{count} thôn xong"

# Missing in several villages: of some it is said how many villages, of others how many households.
_IN_VILLAGES = LACKING | {
    "unscreened": "{count} hộ có Giấy đề nghị chưa có kết quả Phiếu A",
    "list_not_confirmed": "{count} thôn chưa chốt danh sách",
    "uncertified": "{count} hộ chưa ký Giấy chứng nhận của năm",
}
_VILLAGES = frozenset({"list_not_confirmed", "no_meeting", "not_posted", "still_posted"})


def missing_line(missing: Iterable[Missing]) -> str:
    """All that a step lacks, in one line."""
    return " ".join(map(missing_text, missing))


def missing_of_villages(missing: Iterable[Iterable[Missing]]) -> str:
    """The same summed over villages: "2 thôn chưa họp dân; 3 hộ chưa rà soát xong"."""
    counts: Counter[str] = Counter()
    for of_village in missing:
        for one in of_village:
            counts[one.code] += 1 if one.code in _VILLAGES else one.count
    return "; ".join(
        _IN_VILLAGES[code].format(count=format_integer(count)) for code, count in counts.items()
    )


def days_left_text(days: int | None) -> str:
    """ "còn 5 ngày", "hết hạn hôm nay", "quá hạn 2 ngày"; empty where no limit runs."""
    if days is None:
        return ""
    if days == 0:
        return "hết hạn hôm nay"
    return f"còn {days} ngày" if days > 0 else f"quá hạn {-days} ngày"


def due_text(due: date | None, days: int | None) -> str:
    """ "hạn 14/12/2026, còn 5 ngày"; empty where no limit runs."""
    if due is None:
        return ""
    left = days_left_text(days)
    return f"hạn {format_date(due)}, {left}" if left else f"hạn {format_date(due)}"
