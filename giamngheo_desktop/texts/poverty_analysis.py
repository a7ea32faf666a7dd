"""Phân tích hộ nghèo, in the words of a plan: sentences, headings, what is not known."""

from __future__ import annotations

from collections.abc import Sequence

POVERTY_ANALYSIS: dict[str, str] = {
    "code": "PHAN TICH",
    "title": "PHÂN TÍCH HỘ NGHÈO CUỐI NĂM {year}",
    "title_day": "PHÂN TÍCH HỘ NGHÈO ĐẾN NGÀY {day}",
    "unit": "ĐVT: hộ, khẩu, %",
    "content": "Nội dung",
    "households": "Số hộ",
    "persons": "Số khẩu",
    "of_all": "% tổng số hộ",
    "of_poor": "% hộ nghèo",
    "unknown": "Chưa rõ (hộ)",
    "poor": "Hộ nghèo",
    "social_protection": "Hộ nghèo thuộc đối tượng bảo trợ xã hội",
    "others": "Hộ nghèo tính theo Nông thôn mới (không thuộc bảo trợ xã hội)",
    "with_labour": "Hộ nghèo có lao động",
    "with_labour_disabled": "Trong đó: có người khuyết tật trong hộ",
    "without_labour": "Hộ nghèo không có lao động",
    "without_labour_supported": "Trong đó: đã được hỗ trợ về thu nhập",
    "housing": "Hộ nghèo khó khăn về nhà ở (thiếu hụt chất lượng, diện tích)",
    "near_poor": "Hộ cận nghèo",
    "causes": "Nguyên nhân nghèo (một hộ có thể có nhiều nguyên nhân)",
    "sizes": "Theo số khẩu của hộ",
    "size": "Hộ {size} khẩu",
    "none": "Cuối năm {year} chưa có kết quả rà soát.",
    "note_rate": "Tỷ lệ tính trên tổng số hộ dân cư; cột “% hộ nghèo” tính trên số hộ nghèo.",
    "note_unknown": "Cột “Chưa rõ”: hộ chưa ghi đủ để biết có thuộc dòng ấy không; không tính vào "
    "số hộ.",
    "note_labour": "Hộ không có lao động: theo mục đã ghi ở phiếu hộ. Hộ chưa ghi mục ấy mà có "
    "thành viên trong độ tuổi, còn khả năng lao động thì là hộ có lao động.",
    "note_nameless": "{count} hộ {of} mới có số, chưa có tên trong sổ: không phân tích được.",
    "note_waiting": "Còn {count} hộ chưa có kết quả rà soát của năm {year}.",
    "note_protected": "{count} hộ chưa ghi Có hay Không ở mục bảo trợ xã hội, tính vào dòng còn "
    "lại như ở các biểu.",
    "missing": "chưa có số liệu",
}

# The sentences of a plan (kế hoạch xã Sơn Tây 2021, phần II); "{of}" is a part that may be missing.
ANALYSIS_LINES: dict[str, str] = {
    "poor": "{source} {when}, trên địa bàn {unit} có {households} hộ nghèo, có {persons} "
    "khẩu{rate}.",
    "reviewed": "Qua kết quả điều tra, rà soát hộ nghèo, hộ cận nghèo",
    "registered": "Theo danh sách hộ nghèo, hộ cận nghèo đang quản lý",
    "social_protection": "Trong đó hộ nghèo thuộc đối tượng bảo trợ xã hội là {households} hộ, có "
    "{persons} khẩu{rate}; hộ nghèo tính theo Nông thôn mới là {others} hộ, có {others_persons} "
    "khẩu{others_rate}.",
    "unsaid": "Trong số hộ nghèo tính theo Nông thôn mới có {count} hộ chưa ghi có thuộc đối tượng "
    "bảo trợ xã hội hay không.",
    "with_labour": "Có {households} hộ nghèo có lao động trong hộ{disabled}.",
    "disabled": ", trong đó có {households} hộ nghèo có lao động nhưng có người khuyết tật "
    "trong hộ",
    "without_labour": "Có {households} hộ nghèo không có lao động trong hộ{supported}.",
    "supported": ", trong đó có {households} hộ đã được hỗ trợ về thu nhập{by}",
    "by": " theo {sources}",
    "housing": "Có {households} hộ nghèo có khó khăn về nhà ở.",
    "causes": "Nguyên nhân nghèo: {parts}.",
    "sizes": "Theo số khẩu: {parts}.",
    "part": "{name} {households} hộ",
    "near_poor": "Có {households} hộ cận nghèo, với {persons} khẩu{rate}.",
    "rate": ", chiếm tỷ lệ {rate}%",
    "rate_within": ", tỷ lệ {rate}%",
    "unknown": "Còn {count} hộ nghèo chưa rõ về {what}.",
    "no_part": "chưa ghi",
    "unknown_all": "Chưa có hộ nghèo nào đủ số liệu về {what}.",
    "what_labour": "lao động",
    "what_housing": "nhà ở",
    "what_causes": "nguyên nhân nghèo",
    "year_end": "cuối năm {year}",
    "on_day": "đến ngày {day}",
    "no_poor": "{When}, trên địa bàn {unit} không có hộ nghèo.",
    "waits": "còn {count} hộ trong danh sách chưa có kết quả của năm",
    "not_known": "Chưa có đủ kết quả rà soát {when} của {unit}: {reason}.",
}


def two_digits(count: int) -> str:
    """As plans write counts: 07, but 0 and 14."""
    return f"0{count}" if 0 < count < 10 else f"{count:,}".replace(",", ".")


def and_text(names: Sequence[str]) -> str:
    """A, B và C; empty without any."""
    *first, last = names or ("",)
    return f"{', '.join(first)} và {last}" if first else last
