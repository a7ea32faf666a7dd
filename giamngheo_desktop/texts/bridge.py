"""The bridge of a number between two ends: its steps, and why each name stands in one."""

from __future__ import annotations

from datetime import date

from giamngheo_desktop.domain.bridge import Cause, Why
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.texts.classes import CLASSES

BRIDGE_ERRORS: dict[str, str] = {
    "bridge_typed": "Số này nhập tay hoặc tính từ các cột khác, không có từng tên để giải thích.",
    "bridge_flow": "Cột này đã là thay đổi trong năm. Bấm số đầu kỳ hoặc cuối kỳ để so.",
    "bridge_other_standard": "Số {then} theo “{before}”, số {now} theo “{own}”: "
    "hai bộ chuẩn khác nhau, không so từng hộ được.",
    "bridge_range": "Số {when} còn là khoảng, vì dữ liệu chưa đủ, nên chưa giải thích được.",
    "bridge_unknown": "Không có số {when} để so: sổ chưa ghi, hoặc năm ấy chưa khóa sổ.",
    "bridge_unnamed": "Số {when} có hộ chưa ghi tên trong sổ, không kể được từng tên.",
    "bridge_not_before": "Chọn một ngày trước {now}: {then} không trước số đang xem.",
    "bridge_no_persons": "Biểu {name} không có dòng nhân khẩu: chọn cột đếm khẩu, bỏ --persons.",
    "bridge_no_cell": "Biểu {name} không có cột “{column}”; có: {known}.",
}

BRIDGE: dict[str, str] = {
    "end_year": "cuối năm {year}",
    "end_open": "hiện nay (năm {year})",
    "end_day": "ngày {day}",
    "step": "{sign} {amount} {text}",
    "of_home": "của hộ {text}",
    "of_home_before": "của hộ trước là {text}",
    "total": "{amount} {end}",
    "code": "{code} giải thích",
    "title": "GIẢI THÍCH THAY ĐỔI CỦA SỐ LIỆU",
    "from_to": "Từ {then} đến {now}",
    "steps": "Các bước thay đổi",
    "step_label": "Thay đổi",
    "amount": "Số lượng",
    "names": "{text} ({count})",
    "number": "TT",
    "head": "Họ và tên chủ hộ",
    "person": "Họ và tên",
    "village": "Thôn",
    "why": "Vì sao",
    "none": "Không có hộ nào vào, ra.",
    "help": "giải thích một số của biểu thay đổi từ đầu đến cuối kỳ: từng bước, từng tên",
    "help_code": "mã biểu, ví dụ BC1",
    "help_column": "mã cột của biểu, ví dụ poor_households, hoặc số cột in trên biểu, ví dụ 3",
    "of_rate": "Cột “{column}” là tỷ lệ: các bước dưới đây giải thích số hộ.",
    "of_rate_persons": "Cột “{column}” là tỷ lệ: các bước dưới đây giải thích số khẩu.",
    "help_year": "năm của biểu",
    "help_unit": "tên hoặc mã của đơn vị, mặc định là cả xã",
    "help_standard": "bộ chuẩn, mặc định theo năm",
    "help_from": "năm (số cuối năm ấy) hoặc ngày để so, mặc định là cuối năm trước",
    "help_to": "ngày của số đang xem, mặc định là cả năm",
    "help_persons": "dòng nhân khẩu của biểu có hai dòng Hộ, Nhân khẩu",
    "help_output": "tệp ghi ra: .xlsx, .pdf hoặc .docx",
}

GROUPS: dict[str, str] = {
    "poor": "hộ nghèo",
    "near_poor": "hộ cận nghèo",
    "listed": "hộ nghèo, cận nghèo",
    "average_living": "hộ có mức sống trung bình",
}
_ABOVE = {
    "poor": "thoát nghèo, không còn cận nghèo",
    "near_poor": "thoát cận nghèo",
    "listed": "thoát nghèo, thoát cận nghèo",
}
_AGAIN = {
    "poor": "tái nghèo",
    "near_poor": "tái cận nghèo",
    "listed": "tái nghèo, tái cận nghèo",
    "average_living": "lại có mức sống trung bình",
}
BRIDGE_FACTS: dict[str, str] = {
    "minority": "dân tộc thiểu số",
    "!minority": "không phải dân tộc thiểu số",
    "kinh": "dân tộc Kinh",
    "local_minority": "dân tộc thiểu số tại chỗ",
    "!local_minority": "không phải dân tộc thiểu số tại chỗ",
    "no_labour_capacity": "không có khả năng lao động",
    "!no_labour_capacity": "có khả năng lao động",
    "merit_household": "có thành viên là người có công",
    "!merit_household": "không có người có công",
    "social_protection": "bảo trợ xã hội",
    "!social_protection": "không thuộc bảo trợ xã hội",
    "female_head": "chủ hộ là nữ",
    "!female_head": "chủ hộ là nam",
    "ethnicity": "dân tộc của chủ hộ",
    "deprived": "thiếu hụt {name}",
    "cause": "nguyên nhân {name}",
}
_STEPS: dict[Why, str] = {
    Why.TO_NEAR_POOR: "thành hộ cận nghèo",
    Why.TO_POOR: "thành hộ nghèo",
    Why.NOT_AVERAGE: "không còn mức sống trung bình",
    Why.MOVED_OUT: "chuyển đi khỏi xã",
    Why.DIED_OUT: "không còn ai (chết)",
    Why.MERGED: "nhập vào hộ khác",
    Why.GONE: "không còn trong sổ",
    Why.NO_RESULT: "chưa có kết quả {now}",
    Why.OTHER_DECREASE: "khác giảm, theo lý do ghi trong sổ",
    Why.FROM_POOR: "từ hộ nghèo",
    Why.FROM_NEAR_POOR: "từ hộ cận nghèo",
    Why.NEW: "mới phát sinh",
    Why.MOVED_IN: "chuyển đến từ xã khác",
    Why.OTHER_INCREASE: "khác tăng, theo lý do ghi trong sổ",
    Why.DIED: "người chết",
    Why.LEFT_HOME: "người chuyển đi khỏi xã",
    Why.TO_HOME: "người sang hộ khác",
    Why.PERSON_LOST: "người còn trong hộ, không còn thuộc diện đếm",
    Why.BORN: "trẻ mới sinh",
    Why.CAME_HOME: "người chuyển đến",
    Why.FROM_HOME: "người từ hộ khác sang",
    Why.PERSON_GAINED: "người của hộ, nay thuộc diện đếm",
    Why.FEWER: "hộ còn trong diện, bớt thiếu hụt",
    Why.MORE: "hộ còn trong diện, thêm thiếu hụt",
}
BRIDGE_OF_PERSONS = frozenset(  # of a household that stays
    {
        Why.DIED, Why.LEFT_HOME, Why.TO_HOME, Why.PERSON_LOST, Why.BORN, Why.CAME_HOME,
        Why.FROM_HOME, Why.PERSON_GAINED,
    }
)  # fmt: skip
_LEFT_REGISTER = (Why.MOVED_OUT, Why.DIED_OUT, Why.MERGED, Why.GONE)

_REASONS: dict[str, str] = {
    "changed": "{then} là {was}; {now} là {is_now}{ruling}.",
    "left": "{then} là {was}; {event}.",
    "no_result": "{then} là {was}; {now} chưa có kết quả.",
    "entered_new": "{then} không có trong kết quả; {now} là {is_now}{ruling}.{past}",
    "entered": "{then} là {was}; {now} là {is_now}{ruling}.{past}",
    "arrived": "{event}; {now} là {is_now}{ruling}.",
    "village": "{then} ở {old}; {now} ở {new}.",
    "fact": "{then} và {now} đều là {is_now}{ruling}.",
    "amount": "{then} và {now} đều là {is_now}; số chỉ số thiếu hụt khác.",
    "by_hand": " Tính vào bước này theo lý do ghi trong sổ.",
    "past": " Đã là {list} năm {earlier}.",
    "of_home": "Hộ của người này: {text}",
    "on": " ngày {day}",
    Why.DIED: "Chết{on}; hộ vẫn trong diện.",
    Why.LEFT_HOME: "Chuyển đi khỏi xã{on}; hộ vẫn trong diện.",
    Why.TO_HOME: "Sang hộ khác{on}; hộ cũ vẫn trong diện.",
    Why.PERSON_LOST: "Vẫn trong hộ; tuổi hoặc số liệu của người này đã khác.",
    Why.BORN: "Sinh, ghi vào hộ{on}; hộ vẫn trong diện.",
    Why.CAME_HOME: "Chuyển đến hộ{on}; hộ vẫn trong diện.",
    Why.FROM_HOME: "Từ hộ khác sang{on}; hộ mới vẫn trong diện.",
    Why.PERSON_GAINED: "Vẫn trong hộ; tuổi hoặc số liệu của người này đã khác.",
}


def bridge_end(year: int | None, as_of: date | None, *, runs: bool = False) -> str:
    """cuối năm 2024; hiện nay (năm 2026), where it `runs`; ngày 30/06/2026."""
    if as_of is not None:
        return BRIDGE["end_day"].format(day=format_date(as_of))
    return BRIDGE["end_open" if runs else "end_year"].format(year=year)


def bridge_step(
    cause: Cause, group: str, *, now: str, fact: str, of_person: bool, of_village: bool
) -> str:
    """What a step is called; `now` is the later end, `fact` the words of the cause's filter."""
    match cause.why:
        case Why.ABOVE:
            text = _ABOVE.get(group, _ABOVE["listed"])
        case Why.AGAIN:
            text = _AGAIN[group]
        case Why.TO_VILLAGE:
            text = "chuyển sang thôn khác" if of_village else "chuyển sang địa bàn khác"
        case Why.FROM_VILLAGE:
            text = "từ thôn khác" if of_village else "từ địa bàn khác"
        case Why.FACT_LOST:
            text = f"vẫn là {GROUPS[group]}, ra khỏi cột: {fact or 'số liệu thay đổi'}"
        case Why.FACT_GAINED:
            text = f"vẫn là {GROUPS[group]}, vào cột: {fact or 'số liệu thay đổi'}"
        case _:
            text = _STEPS[cause.why].format(now=now)
    if of_person and cause.why not in BRIDGE_OF_PERSONS:
        was = cause.why in (Why.FROM_POOR, Why.FROM_NEAR_POOR)
        key = "of_home_before" if was else "of_home"
        return BRIDGE[key].format(text=text.removeprefix("từ hộ ") if was else text)
    return text


def bridge_fact(fact: str, name: str) -> str:
    """A filter of a measure in words; `name` is that of its indicator or cause."""
    kind = fact.partition("=")[0].removesuffix("!")
    return BRIDGE_FACTS.get(kind, "").format(name=name)


def bridge_reason(
    cause: Cause,
    group: str,
    *,
    of_person: bool,
    ends: tuple[str, str],
    classes: tuple[HouseholdClass | None, HouseholdClass | None],
    in_group: tuple[bool, bool],
    villages: tuple[str, str],
    ruling: str,
    event: str,
    day: date | None,
    earlier: int | None,
) -> str:
    """Why one household or person stands in a step.

    `ruling` and `event` are those of `ruling_text` and `event_text`; `day` is when the person came
    or left.
    """
    if cause.why in BRIDGE_OF_PERSONS:
        on = _REASONS["on"].format(day=format_date(day)) if day else ""
        return _REASONS[cause.why].format(on=on)
    was, is_now = (_class(*end, group) for end in zip(classes, in_group, strict=True))
    text = _REASONS[_key(cause.why, classes[0])].format(
        then=ends[0],
        now=ends[1],
        was=was,
        is_now=is_now,
        ruling=f", {ruling}" if ruling else "",
        event=event,
        old=villages[0],
        new=villages[1],
        past=_past(cause.why, group, earlier),
    )
    if cause.why in (Why.OTHER_DECREASE, Why.OTHER_INCREASE):
        text += _REASONS["by_hand"]
    if of_person:
        return _REASONS["of_home"].format(text=text)
    return f"{text[:1].upper()}{text[1:]}"


def _key(why: Why, was: HouseholdClass | None) -> str:
    if why in _LEFT_REGISTER:
        return "left"
    if why in (Why.TO_VILLAGE, Why.FROM_VILLAGE):
        return "village"
    if why in (Why.FACT_LOST, Why.FACT_GAINED):
        return "fact"
    if why in (Why.FEWER, Why.MORE):
        return "amount"
    if why in (Why.AGAIN, Why.NEW, Why.OTHER_INCREASE):
        return "entered" if was else "entered_new"
    return {Why.NO_RESULT: "no_result", Why.MOVED_IN: "arrived"}.get(why, "changed")


def _class(code: HouseholdClass | None, listed: bool, group: str) -> str:
    if listed and group == "average_living":
        return GROUPS[group]
    return f"hộ {CLASSES[code]}" if code else ""


def _past(why: Why, group: str, earlier: int | None) -> str:
    if why is not Why.AGAIN or earlier is None:
        return ""
    return _REASONS["past"].format(list=GROUPS[group], earlier=earlier)


def bridge_equation(start: int, steps: list[int], end: int) -> str:
    """294 − 64 − 45 + 5 + 14 = 204."""
    parts = [format_integer(start)]
    for amount in steps:
        parts += ["−" if amount < 0 else "+", format_integer(abs(amount))]
    return f"{' '.join(parts)} = {format_integer(end)}"
