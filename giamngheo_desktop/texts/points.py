"""Words of the table of points (bảng điểm B1)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from giamngheo_desktop.domain.form import Choice, FieldDef, FieldKind
from giamngheo_desktop.domain.numbers import format_decimal
from giamngheo_desktop.domain.point_picks import pick_code
from giamngheo_desktop.domain.point_table import (
    ItemKind,
    PointForm,
    PointItem,
    PointRow,
    PointTable,
)

POINTS: dict[str, str] = {
    "title": "Bảng điểm B1",
    "guide": "Ghi điểm của từng lựa chọn theo bảng điểm của tỉnh; dòng không có điểm thì bỏ qua.",
    "guide_ranges": "Mục là một con số (nhân khẩu, diện tích…): ghi cột Từ và cột Đến dưới, "
    "các khoảng liền nhau.",
    "region": "Vùng",
    "item": "Mã mục",
    "item_label": "Mục",
    "option": "Mã lựa chọn",
    "label": "Lựa chọn",
    "low": "Từ",
    "high": "Đến dưới",
    "points": "Điểm",
}

POINT_PROBLEMS: dict[str, str] = {
    "no_heading": "Không thấy dòng tiêu đề có cột “Vùng”: dùng mẫu Excel của chương trình.",
    "no_rows": "Tệp chưa có dòng nào ghi điểm.",
    "region_unknown": "Dòng {row}: không có vùng “{value}”.",
    "item_unknown": "Dòng {row}: không có mục “{value}”.",
    "option_twice": "Dòng {row}: lựa chọn này đã ghi ở dòng {other}.",
    "no_option": "Dòng {row}: thiếu lựa chọn.",
    "points_not_whole": "Dòng {row}: điểm phải là số nguyên.",
    "not_a_number": "Dòng {row}: Từ, Đến dưới, Điểm phải là số.",
    "range_order": "Dòng {row}: Từ phải nhỏ hơn Đến dưới.",
    "range_of_choice": "Dòng {row}: mục này không chia theo khoảng số.",
    "range_overlap": "Dòng {row}: khoảng chồng lên khoảng trước.",
    "range_gap": "Dòng {row}: giữa khoảng này và khoảng trước còn hở.",
    "range_open_above": "Dòng {row}: khoảng cuối phải để trống cột Đến dưới.",
}


def point_problem_text(code: str, row: int, params: dict[str, str]) -> str:
    """What is wrong with a row of an imported table."""
    return POINT_PROBLEMS[code].format(row=row, **params)


NO_OPTION = "-"  # the answer that none of the options of an item is met

_RANGES = {
    (False, True): "dưới {high}",
    (True, True): "từ {low} đến dưới {high}",
    (True, False): "từ {low} trở lên",
    (False, False): "mọi số",
}


def option_text(row: PointRow, kind: ItemKind) -> str:
    """An option as the officer reads it: its words, or the numbers it holds."""
    if row.label or kind is not ItemKind.NUMBER:
        return row.label or row.option
    words = _RANGES[row.low is not None, row.high is not None]
    return words.format(low=_number(row.low), high=_number(row.high))


def pick_fields(table: PointTable | None, region: str) -> tuple[FieldDef, ...]:
    """The questions that pick an item from the paper form, for all items of a table."""
    if table is None:
        return ()
    return tuple(_field(table.form, i, table.options(region, i.code)) for i in table.form.items)


def _field(form: PointForm, item: PointItem, rows: Sequence[PointRow]) -> FieldDef:
    choices = [(row.option, option_text(row, item.kind)) for row in rows]
    if item.kind is ItemKind.BEST:
        choices.append((NO_OPTION, "Không có"))
    return FieldDef(
        code=pick_code(form, item),
        kind=FieldKind.CHOICES if item.kind is ItemKind.MANY else FieldKind.CHOICE,
        label=item.label,
        choices=tuple(
            # A digit is a place in the list, also where labels are numbers themselves.
            Choice(code=code, label=label, aliases=(str(place),) if place < 10 else ())
            for place, (code, label) in enumerate(choices, start=1)
        ),
    )


def options_picked(value: object) -> tuple[str, ...] | None:
    """The options that an answer to such a question names; None without an answer."""
    if isinstance(value, str):
        return () if value == NO_OPTION else (value,)
    return value if isinstance(value, tuple) else None


def answer_of(kind: ItemKind, options: Sequence[str]) -> str | tuple[str, ...]:
    """The inverse of `options_picked`."""
    return tuple(options) if kind is ItemKind.MANY else next(iter(options), NO_OPTION)


def _number(number: Fraction | None) -> str:
    """12 or 8,5; what one decimal does not tell stays a fraction."""
    if number is None or (10 * number).denominator != 1:
        return str(number)
    scale = 0 if number.denominator == 1 else 1
    return format_decimal(int(number * 10**scale), scale)
