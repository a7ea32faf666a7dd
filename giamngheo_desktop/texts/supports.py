"""What is said of supports: warnings, sums, and the command."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.entitlement import Doubt, ListedYears, Same, Why
from giamngheo_desktop.domain.numbers import format_integer, format_quantity
from giamngheo_desktop.domain.vietnamese import search_key

DOUBTS: dict[Why, str] = {
    Why.NOT_HERE: "Hôm đó hộ không có trong sổ của xã.",
    Why.NO_PERSON: "Chính sách này hỗ trợ từng người: chưa ghi người được hỗ trợ.",
    Why.NOT_MEMBER: "Hôm đó người được hỗ trợ không thuộc hộ này.",
    Why.NO_CLASS: "Hôm đó hộ chưa được công nhận thuộc diện nào.",
    Why.OTHER_CLASS: "Hôm đó hộ thuộc diện “{household_class}”: chính sách không dành cho "
    "diện này.",
    Why.ESCAPE_OVER: "Hộ mới thoát nghèo: ngày cuối của thời hạn là {day}, trước ngày hỗ trợ.",
    Why.TWICE: "Trùng với {same}.",
    Why.TWO_SOURCES: "Trùng với {same}; nguồn vốn khác nhau, mà một nội dung chỉ hưởng một mức cao "
    "nhất.",
    Why.EXPIRES: "Sắp hết hạn: ngày cuối còn hạn là {day}.",
    Why.EXPIRED: "Đã hết hạn: ngày cuối còn hạn là {day}.",
    Why.OTHER_VALUE: "Mức đã ghi không phải mức áp dụng ngày đó.",
    Why.OTHER_YEAR: "Đợt thuộc kế hoạch năm khác: tính vào năm của ngày hỗ trợ.",
}

# Units of a policy value that is the whole amount of one support.
ONCE_UNITS = frozenset({"đồng", "đồng/hộ", "đồng/người", "đồng/nhà"})
EVENT_YEAR = "Đợt thuộc kế hoạch năm {plan}, ngày hỗ trợ thuộc năm {year}: tính vào năm {year}."

SUPPORT_ERRORS: dict[str, str] = {
    "support_nobody": "Chưa chọn hộ hoặc người nào để hỗ trợ.",
    "assign_nobody": "Không còn hộ nào để giao: chọn người giúp, rồi chọn hộ người ấy chưa giúp.",
    "support_amount": "Số tiền hỗ trợ không được âm.",
    "support_since_whom": "Dùng --since thì cần --household: xem một hộ đã được những gì.",
    "support_event_unknown": "Không có đợt hỗ trợ này: có thể đợt đã bị bỏ.",
    "support_until_since": "Dùng --until thì cần --since: từ ngày nào đến ngày nào.",
    "support_no_household": "Không có hộ nào được hỗ trợ trong phạm vi đã chọn.",
    "support_when": "Thiếu thời gian: thêm --year NĂM, hoặc --since NGÀY cùng --household MÃ.",
}

CLI_SUPPORTS: dict[str, str] = {
    "help": "các hỗ trợ hộ, người trong một năm, hoặc một hộ đã được những gì",
    "help_year": "năm của ngày hỗ trợ, dù đợt thuộc kế hoạch năm nào",
    "help_since": "từ ngày này (2021-01-01 hoặc 01/01/2021), cùng với --household",
    "help_household": "tên chủ hộ hoặc mã của hộ",
    "help_person": "mã của người",
    "help_programme": "chương trình",
    "help_component": "dự án, nội dung thành phần, kể cả các phần bên dưới",
    "help_policy": "chính sách",
    "help_unit": "tên hoặc mã của xã, thôn: hộ ở đó vào ngày hỗ trợ",
    "line": "{day}  {who}, {village}: {what}; {amounts}",
    "no_amount": "chưa ghi số tiền",
    "doubt": "    ! {text}",
    "amount": "{source} {amount} đồng",
    "unknown_village": "chưa rõ thôn",
    "total": "Tổng: {supports} lượt, {households} hộ, {amount}",
    "unpriced": "{count} lượt chưa ghi số tiền",
    "sum": "{amount} đồng",
}


def support_doubt(doubt: Doubt, classes: Mapping[str, str]) -> str:
    """A warning in a sentence; `classes` are the labels of what a household may be."""
    code = doubt.household_class or ""
    day = "" if doubt.day is None else format_date(doubt.day)
    shared = "" if doubt.day is None or doubt.same is None else same_support(doubt.day, doubt.same)
    said = {"household_class": classes.get(code, code), "day": day, "same": shared}
    return DOUBTS[doubt.why].format(**said)


def closed_year(day: date, closings: Mapping[int, date]) -> str:
    """What a support of a day does not change, where its year is closed; else empty."""
    closed = closings.get(day.year)
    if closed is None:
        return ""
    return (
        f"Năm {day.year} đã khóa sổ ngày {format_date(closed)}: hỗ trợ vẫn ghi được và có trong "
        f"các bảng hỗ trợ; biểu rà soát của năm {day.year} giữ nguyên số đã khóa."
    )


def same_support(day: date, same: Same) -> str:
    """The support of that day, and what of it is the same: `hỗ trợ ngày 10/02/2026: cùng chính
    sách, cùng năm 2026`.
    """
    what = f"cùng nội dung “{same.content}”" if same.content else "cùng chính sách"
    first, last = same.days
    if first == last:
        when = f"cùng ngày {format_date(first)}"
    elif (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
        when = f"cùng năm {first.year}"
    else:
        when = f"cùng thời gian {format_date(first)} – {format_date(last)}"
    return f"hỗ trợ ngày {format_date(day)}: {what}, {when}"


def event_year_text(plan_year: int, day: date) -> str:
    """Where the plan that an event belongs to is of another year than its day; else empty."""
    if plan_year == day.year:
        return ""
    return EVENT_YEAR.format(plan=plan_year, year=day.year)


def listed_text(years: ListedYears) -> str:
    """`3 năm liền (2023–2025)` on the list; empty for none."""
    if not years.years:
        return ""
    first, last = years.years[0], years.years[-1]
    span = str(first) if first == last else f"{first}–{last}"
    least = "ít nhất " if years.at_least else ""
    warning = "; cần xem vì sao chưa thoát nghèo" if years.is_long else ""
    return f"{least}{format_integer(len(years.years))} năm liền trong danh sách ({span}){warning}"


def goods_text(item: str, hundredths: int | None, unit: str) -> str:
    """`Gạo 15 kg`; the name alone where nobody said how much."""
    said = "" if hundredths is None else quantity_text(hundredths, unit)
    return " ".join(filter(None, (item, said)))


def content_beside(content: str | None, item: str | None) -> str:
    """What a support is of, beside its goods: once, where both say the same."""
    same = content and item and search_key(content) == search_key(item)
    return "" if same else content or ""


def quantity_text(hundredths: int, unit: str) -> str:
    """`2,5 con`, `3 con`."""
    number = format_quantity(hundredths, 2)
    return " ".join(filter(None, (number, unit)))
