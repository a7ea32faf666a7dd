"""What is said of activities a household took part in, and of what funds gave it."""

from __future__ import annotations

from datetime import date
from typing import Any

from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.texts.supports import goods_text, quantity_text

TAKEN_PART: dict[str, str] = {
    "parts": "Mô hình, tổ nhóm, lớp, sự kiện đã tham gia",
    "gifts": "Quỹ giúp",
    "gifts_counted": "Quỹ giúp, không cộng vào tổng hỗ trợ: {count} khoản",
    "gifts_apart": "Quỹ giúp đứng riêng, không cộng vào tổng hỗ trợ: một khoản quỹ có thể đã được "
    "ghi thành hỗ trợ.",
    "activity": "Hoạt động, đã nhận, đã hoàn lại",
    "gift": "Quỹ, nội dung",
    "times": "{count} lần",
    "of_year": "năm {year}",
}


def part_text(
    kind: str,
    name: str,
    row: Any,
    *,
    person: str = "",
    role: str = "",
    state: str = "",
    came_from: str = "",
    went_to: tuple[str, ...] = (),
) -> str:
    """`Mô hình, dự án sinh kế: Nuôi bò; đã nhận 1 con bò; phải hoàn lại 1 con; …`; `row` is the
    participant, quantities are hundredths.
    """
    unit, returned, to_return = row["unit"] or "", row["returned"], row["to_return"]
    back = "đã hoàn lại {how} ngày {day}" if row["returned_on"] else "đã hoàn lại {how}"
    attended = {True: "có dự", False: "không dự"}.get(row["attended"], "")
    said = (
        f"{kind}: {name}",
        person,
        role,
        state,
        attended,
        f"đã nhận {row['received']}" if row["received"] else "",
        f"nhận luân chuyển từ {came_from}" if came_from else "",
        f"phải hoàn lại {quantity_text(to_return, unit)}" if to_return else "",
        back.format(how=quantity_text(returned, unit), day=_day(row["returned_on"]))
        if returned
        else "",
        f"đã chuyển cho {', '.join(went_to)}" if went_to else "",
        f"kết quả: {row['result']}" if row["result"] else "",
        row["note"] or "",
        f"đến {_day(row['left_on'])}" if row["left_on"] else "",
    )
    return "; ".join(filter(None, said))


def gift_text(fund: str, row: Any) -> str:
    """`Quỹ “Vì người nghèo”: Gạo 15 kg`; `row` is the entry of the fund book."""
    goods = goods_text(row["item"], row["quantity"], row["unit"] or "") if row["item"] else ""
    said = "; ".join(filter(None, (goods, row["note"])))
    return f"{fund}: {said}" if said else fund


def _day(day: date | None) -> str:
    return format_date(day) if day else ""
