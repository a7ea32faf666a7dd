"""Danh sách kỳ: what a list, its changes and the command for it say."""

from __future__ import annotations

from datetime import date

from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.period_list import Length, Period
from giamngheo_desktop.domain.period_reasons import Reason, Why
from giamngheo_desktop.domain.standard import AVERAGE_LIVING, HouseholdClass
from giamngheo_desktop.texts.classes import CLASSES

PERIOD_ERRORS: dict[str, str] = {
    "unknown_period_list": "Không có danh sách kỳ “{name}”, chỉ có {known}.",
    "period_unknown": "Danh sách “{name}” lập theo {shape}; không nhận “{value}”.",
    "period_outside": "Danh sách “{name}” chỉ lập cho thời gian {span}, không lập cho kỳ {period}: "
    "{basis}.",
    "period_list_not_issued": "Danh sách “{name}” của kỳ {period} chưa lập{on}.",
    "period_list_same": "Danh sách {name} đã lập ngày {day} và từ đó đến nay không có gì khác.",
}

PERIOD_SHAPES: dict[Length, str] = {
    Length.MONTH: "tháng, ví dụ 2026-11",
    Length.QUARTER: "quý, ví dụ 2026-Q4",
    Length.SCHOOL_YEAR: "năm học, ví dụ 2026-2027",
}

PERIOD_LIST: dict[str, str] = {
    "posting": "CÔNG KHAI {title}",
    "compared": "So với danh sách của {period} lập ngày {day}: tăng {added}, giảm {removed}, "
    "đổi {changed}, giữ nguyên {kept}",
    "first": "Chưa có danh sách nào lập trước kỳ này để so.",
    "issued": "Danh sách lập ngày {day}",
    "issued_number": "Danh sách lập ngày {day}, số {number}",
    "on": " ngày {day}",
    "added": "Tăng",
    "removed": "Giảm",
    "changed": "Đổi",
    "all": "Danh sách",
    "section": "{name}: {count}",
    "none": "Không có.",
    "person": "Họ và tên",
    "household": "Chủ hộ",
    "birth": "Ngày sinh",
    "birth_year": "Năm sinh",
    "id_number": "Số định danh",
    "head": "Chủ hộ",
    "village": "Thôn",
    "address": "Địa chỉ",
    "ground": "Diện",
    "from": "Từ ngày",
    "to": "Đến ngày",
    "months": "Số tháng",
    "amount": "Số tiền (đồng)",
    "why": "Lý do",
    "day": "Kể từ ngày",
    "before": "Trước",
    "now": "Nay",
    "total_person": "Tổng cộng: {count} người",
    "total_household": "Tổng cộng: {count} hộ",
    "late": "ghi sổ sau khi lập danh sách trước",
    "no_amount": "Cột số tiền để trống ở những dòng chưa có mức hỗ trợ chắc chắn cho mọi tháng.",
    "missed": "Đã thuộc diện trong kỳ của danh sách trước hoặc từ đó đến nay nhưng không có ở danh "
    "sách nào: {names}.",
    "doubtful": "Chưa tính vì sổ chưa ghi {lacking}: {names}.",
    "more": "và {count} người nữa",
    "to_confirm": "Diện cần đối chiếu văn bản: {grounds}.",
    "amount_total": "Tổng số tiền: {amount} đồng",
}

PERIOD_LACKING: dict[str, str] = {
    "attending_school": "có đi học hay không",
    "school_level": "đang học cấp nào",
    "electricity_kwh": "số kWh điện bình quân tháng",
    "social_allowance": "có thành viên hưởng trợ cấp xã hội hay không",
}

PERIOD_WHY: dict[Why, str] = {
    Why.BIRTH: "mới sinh",
    Why.MOVED_IN: "chuyển đến",
    Why.JOINED: "kết hôn, tách hộ hoặc nhập hộ",
    Why.RECOGNISED: "được công nhận",
    Why.LISTED: "có tên trong sổ từ đầu",
    Why.DEATH: "chết",
    Why.MOVED_OUT: "chuyển đi",
    Why.LEFT: "sang hộ (kết hôn, tách, nhập) hoặc nơi không thuộc diện",
    Why.CLASS_ENDED: "thôi diện",
    Why.EXPIRED: "hết hạn công nhận",
    Why.POLICY_ENDED: "chính sách hết hiệu lực",
    Why.NEVER: "theo sổ hiện nay chưa từng thuộc diện",
    Why.VILLAGE: "chuyển thôn",
    Why.OTHER: "điều kiện khác của diện thay đổi",
}

PERIOD_CHANGED: dict[str, str] = {
    "ground": "đổi diện",
    "household": "đổi hộ",
    "village": "đổi thôn",
    "months": "đổi số tháng",
    "amount": "đổi số tiền",
}

CLI_PERIOD_LIST: dict[str, str] = {
    "help": "danh sách kỳ: người, hộ được hưởng theo tháng, quý, năm học; tăng, giảm, đổi",
    "help_policy": "mã danh sách: bhyt, tien_dien, hoc_phi, chi_phi_hoc_tap",
    "help_period": "2026-11, 2026-Q4 hoặc 2026-2027, theo danh sách",
    "help_unit": "tên hoặc mã của xã, mặc định là cả xã",
    "help_posting": "bản công khai: không in số định danh và ngày sinh",
    "help_output": "tệp ghi ra: .xlsx, .pdf, .docx hoặc .json",
    "help_issue": "lập danh sách: giữ lại các dòng như đang có, lần sau so với danh sách này",
    "help_reprint": "in lại danh sách đã lập của kỳ ấy như lúc lập",
    "help_issued_on": "ngày lập, mặc định là hôm nay; với --reprint là danh sách lập ngày ấy",
    "help_decision_number": "số văn bản của danh sách được lập",
    "line": "{name} – hộ {head}, {village}: {ground}, {why}",
}


_CLASS_WORDS: dict[str, str] = {
    **{code.value: name for code, name in CLASSES.items()},
    AVERAGE_LIVING: CLASSES[HouseholdClass.AVERAGE],
}


QUARTERS = ("I", "II", "III", "IV")  # as papers write them


def period_text(period: Period, length: Length) -> str:
    """Tháng 11 năm 2026, Quý IV năm 2026, Năm học 2026–2027."""
    if length is Length.MONTH:
        return f"Tháng {period.first.month} năm {period.first.year}"
    if length is Length.QUARTER:
        return f"Quý {QUARTERS[period.first.month // 3]} năm {period.first.year}"
    return f"Năm học {period.first.year}–{period.first.year + 1}"


def period_short(period: Period, length: Length) -> str:
    """tháng 10/2026, quý IV/2026, năm học 2026–2027: within a sentence."""
    said = period_text(period, length).replace(" năm ", "/")
    return said[:1].lower() + said[1:]


def period_span(first: date, last: date | None) -> str:
    """từ 01/12/2018; từ 27/08/2021 đến 31/08/2025."""
    until = f" đến {format_date(last)}" if last else ""
    return f"từ {format_date(first)}{until}"


def period_reason(reason: Reason, *, late: bool = False) -> str:
    """`thôi diện: hộ không nghèo (QĐ 7/QĐ)`; what was typed late says so."""
    said = PERIOD_WHY[reason.why]
    decision = reason.decision
    if decision is not None:
        held = AVERAGE_LIVING if decision.average_living else decision.household_class or ""
        words = _CLASS_WORDS.get(held, "")
        number = f"QĐ {decision.number}" if decision.number else ""
        signed = f"ngày {format_date(decision.signed_on)}" if decision.signed_on else ""
        paper = " ".join(filter(None, [number, signed]))
        said = ": ".join(filter(None, [said, words]))
        said = f"{said} ({paper})" if paper else said
    return f"{said}; {PERIOD_LIST['late']}" if late else said
