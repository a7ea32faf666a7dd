"""Why a household stands in a column of the movement tables, in one or two sentences."""

from __future__ import annotations

from datetime import date

from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.movement import Cause, Flow
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.texts.classes import CLASSES
from giamngheo_desktop.texts.movement import FLOWS, LIST_NAMES

STORY: dict[str, str] = {
    "opening": "Cuối năm {before} được công nhận là hộ {was}.",
    "closing": "{ruling} là hộ {now}.",
    "changed": "Cuối năm {before} là hộ {was}; {ruling} là hộ {now}.",
    "left": "Cuối năm {before} là hộ {was}; {event}.",
    "entered": "Cuối năm {before} là hộ {was}; {ruling} là hộ {now}. {past}",
    "entered_new": "Cuối năm {before} không có trong kết quả rà soát; {ruling} là hộ {now}. {past}",
    "arrived": "{event}; {ruling} là hộ {now}.",
    "village": "Ở lại danh sách, chuyển thôn trong năm: giảm ở thôn cũ, tăng ở thôn mới.",
    "more": "Ở lại danh sách, thêm {count} nhân khẩu.",
    "fewer": "Ở lại danh sách, bớt {count} nhân khẩu.",
    "again": "Đã là {list} năm {earlier}.",
    "too_long_ago": "Là {list} lần cuối năm {earlier}, ngoài số năm xét tái nghèo.",
    "never": "Chưa từng là {list} theo chuẩn này.",
    "by_hand": "Tính vào cột “{flow}” thay cho “{computed}”: {reason}.",
    "by_number": "được công nhận theo QĐ {number}",
    "by_paper": "được công nhận theo QĐ {number} ngày {day}",
    "since": "được công nhận từ ngày {day}",
    "recognised": "được công nhận",
    "computed": "theo kết quả rà soát sơ bộ",
    "event_arrived": "chuyển đến từ xã khác ngày {day}",
    "event_move_out": "chuyển đi khỏi xã ngày {day}",
    "event_death": "không còn ai từ ngày {day}",
    "event_merge": "nhập vào hộ khác ngày {day}",
    "event_other": "ra khỏi sổ hộ ngày {day}",
    "event_none": "không có kết quả cuối năm {year}",
}


def story_text(
    *,
    year: int,
    table: HouseholdClass,
    flow: Flow,
    cause: Cause,
    persons: int,
    was: HouseholdClass | None,
    now: HouseholdClass | None,
    ruling: str,
    event: str,
    earlier: int | None,
    computed: Flow | None = None,
    reason: str = "",
) -> str:
    """The class at the close of the year before, the decision, the event with its day.

    `ruling` and `event` are those of `ruling_text` and `event_text`.
    """
    said = {
        "before": year - 1,
        "was": CLASSES[was] if was else "",
        "now": CLASSES[now] if now else "",
        "ruling": ruling,
        "event": event,
        "past": _past(table, flow if computed is None else computed, earlier),
        "count": format_integer(persons),
    }
    key = _key(flow if computed is None else computed, cause, was)
    text = STORY[key].format(**said)
    text = f"{text[:1].upper()}{text[1:]}".strip()
    if computed is None:
        return text
    by_hand = STORY["by_hand"].format(
        flow=FLOWS[table, flow],
        computed=FLOWS[table, computed],
        reason=reason.strip().rstrip("."),
    )
    return f"{text} {by_hand}"


def ruling_text(
    number: str | None,
    signed_on: date | None,
    valid_from: date | None,
    *,
    recognised: bool = True,
) -> str:
    """được công nhận theo QĐ 12/QĐ-UBND ngày 15/12/2026; of a preliminary table: computed."""
    if not recognised:
        return STORY["computed"]
    if number and signed_on:
        return STORY["by_paper"].format(number=number, day=format_date(signed_on))
    if number:
        return STORY["by_number"].format(number=number)
    day = signed_on or valid_from
    return STORY["since"].format(day=format_date(day)) if day else STORY["recognised"]


def event_text(code: str, day: date | None, year: int, *, arrived: bool) -> str:
    """Why a household came or left, with the day."""
    if day is None:
        return STORY["event_none"].format(year=year)
    key = "event_arrived" if arrived else f"event_{code}"
    return STORY.get(key, STORY["event_other"]).format(day=format_date(day))


def _key(flow: Flow, cause: Cause, was: HouseholdClass | None) -> str:
    if cause is Cause.VILLAGE:
        return "village"
    if cause is Cause.SIZE:
        return "more" if flow is Flow.OTHER_INCREASE else "fewer"
    match flow:
        case Flow.OPENING | Flow.CLOSING:
            return flow.value
        case Flow.TO_OTHER | Flow.ABOVE | Flow.FROM_OTHER:
            return "changed"
        case Flow.OTHER_DECREASE:
            return "left"
        case Flow.OTHER_INCREASE:
            return "arrived"
    return "entered" if was else "entered_new"


def _past(table: HouseholdClass, flow: Flow, earlier: int | None) -> str:
    if earlier is None:
        return STORY["never"].format(list=LIST_NAMES[table])
    key = "again" if flow is Flow.AGAIN else "too_long_ago"
    return STORY[key].format(list=LIST_NAMES[table], earlier=earlier)
