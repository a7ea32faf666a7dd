"""Words that fill papers: boxes, units, results, and what stands between known and not known."""

from __future__ import annotations

from giamngheo_desktop.domain.confirmation import What
from giamngheo_desktop.domain.issued import State
from giamngheo_desktop.domain.vietnamese import lower

BOX, TICKED = "□", "■"

UNIT_KINDS: dict[str, str] = {
    "xa": "xã",
    "phuong": "phường",
    "dac_khu": "đặc khu",
    "thi_tran": "thị trấn",
    "thon": "thôn",
    "to_dan_pho": "tổ dân phố",
    "ban": "bản",
    "buon": "buôn",
    "bon": "bon",
    "lang": "làng",
    "khom": "khóm",
    "ap": "ấp",
    "xom": "xóm",
    "khu_pho": "khu phố",
    "tinh": "tỉnh",
    "thanh_pho": "thành phố",
}

CLASS_WORDS: dict[str, str] = {
    "poor": "Hộ nghèo",
    "near_poor": "Hộ cận nghèo",
    "not_poor": "Hộ không nghèo",
}

SCREEN_WORDS: dict[bool, str] = {True: "Rà soát tiếp", False: "Không rà soát tiếp"}

APPLICATION_ASKS: dict[str, str] = {
    "enter": "rà soát hộ nghèo, hộ cận nghèo",
    "leave": "công nhận hộ thoát nghèo, hộ thoát cận nghèo",
    "average_living": "xác định hộ có mức sống trung bình",
    "low_income": "xác định người lao động có thu nhập thấp",
}

PAPERS: dict[str, str] = {
    "office": "Ủy ban nhân dân {commune}",
    "review_year": "năm {year}",
    "review_month": "tháng {month} năm {year}",
    "decision": "số {number} ngày {day}",
    "blank_date": "ngày ....... tháng ....... năm ...........",
    "agree": "Thống nhất",
    "disagree": "Không thống nhất, rà soát lại",
    "legend": "{label} ({options})",
    "option": "{number} {label}",
    "none": "0 Không",
    "carried": "({code})",
    "yes_no": "{box}\u00a0Có   {other}\u00a0Không",
    "points": "{box}\u00a0{label} ({points} điểm)",
    "unit": "{label} ({unit})",
    "tick": "Thiếu hụt: {label} ({standard})",
    "answer": "{label}: {value}",
    "waiting": "{count} hộ chưa có kết quả: {names}",
    "sheet_of": "{code} – {name}",
    "sheet_none": "Không",
    "as_today": "Thôn, thành viên, phân loại và những điều ghi kèm ngày là của ngày {day}; các "
    "thông tin khác sổ chỉ giữ như hiện nay, điều nào ghi là có sau ngày ấy thì để trống.",
}

PACKAGE: dict[str, str] = {
    "blank": "mẫu trắng",
    "uncoded": "chưa có mã phiếu: chốt danh sách của thôn rồi in lại",
    "copies": "{count} bản",
    "sheets": "{count} tờ",
}

# What a giấy xác nhận confirms, and how its book says it.
CONFIRM_WHAT: dict[What, str] = {
    What.POOR: "hộ nghèo",
    What.NEAR_POOR: "hộ cận nghèo",
    What.NEW_ESCAPE: "hộ mới thoát nghèo",
    What.AVERAGE_LIVING: "hộ làm nông nghiệp, lâm nghiệp, ngư nghiệp, diêm nghiệp có mức sống "
    "trung bình",
}
CONFIRM: dict[str, str] = {
    "on_day": "Ngày {day}",
    "in_year": "Theo kết quả rà soát năm {year}",
    "of_household": "hộ {head}",
    "content": "Xác nhận {what} {when}",
    "cancelled": "Đã hủy ngày {day}: {reason}",
    "replaced": "Thay bằng số {number}",
    "no_signer": "Đã cấp, nhưng Cài đặt chưa ghi người ký: giấy không in tên người ký.",
    "gap": "Số trống",
    "numbered": "{title}, số {number}",
}

ISSUED_STATES: dict[State, str] = {
    State.ISSUED: "đang dùng",
    State.CANCELLED: "đã hủy",
    State.REPLACED: "đã thay thế",
}


def unit_name(kind: str, name: str) -> str:
    """A name with its kind in small letters before it, once."""
    word = UNIT_KINDS.get(kind, "")
    if not word:
        return name
    if lower(name).startswith(f"{word} "):
        return f"{word}{name[len(word) :]}"
    return f"{word} {name}"


def unit_heading(kind: str, name: str) -> str:
    """`Thôn Kim Thành`: a unit as it stands on a line of its own."""
    said = unit_name(kind, name)
    return f"{said[:1].upper()}{said[1:]}"
