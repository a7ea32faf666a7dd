"""Classes, indicators, and the reason of a classification as a sentence with its article."""

from __future__ import annotations

from giamngheo_desktop.domain.classify import Branch, ChangeKind, Classification, Measure, WhatIf
from giamngheo_desktop.domain.indicator_state import Note, State
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.standard import AreaType, HouseholdClass

AREA_TYPES: dict[AreaType, str] = {AreaType.RURAL: "nông thôn", AreaType.URBAN: "thành thị"}

CLASSES: dict[HouseholdClass, str] = {
    HouseholdClass.POOR: "nghèo",
    HouseholdClass.NEAR_POOR: "cận nghèo",
    HouseholdClass.AVERAGE: "mức sống trung bình",
    HouseholdClass.NOT_POOR: "không nghèo",
}

INDICATOR_STATES: dict[State, str] = {
    State.DEPRIVED: "thiếu hụt",
    State.NOT_DEPRIVED: "không thiếu hụt",
    State.UNKNOWN: "chưa đủ dữ liệu",
}

INDICATOR_NOTES: dict[Note, str] = {
    Note.NO_MEMBERS: "Hộ chưa có thành viên: nhập thành viên trước.",
    Note.THRESHOLD_MISSING: "Chuẩn này chưa có ngưỡng của chỉ số: đánh dấu theo phiếu giấy.",
    Note.NO_TEST: "Chỉ số này không tính được từ dữ liệu của hộ: đánh dấu theo phiếu giấy.",
}

INDICATOR_PROBLEMS: dict[str, str] = {
    "answer_contradicts_data": "Đánh dấu khác với dữ liệu của hộ: ghi lý do, hoặc sửa dữ liệu.",
}

REASONS: dict[tuple[Branch, Measure], str] = {
    (Branch.INCOME_POOR, Measure.INCOME): "Thu nhập {value} đồng/người/tháng không quá "
    "{upper} đồng ({area}): hộ nghèo về thu nhập, theo {article}.",
    (Branch.DEPRIVATION_POOR, Measure.INCOME): "Thu nhập {value} đồng/người/tháng trên "
    "{lower} đồng, không quá {upper} đồng ({area}) và thiếu hụt {count} chỉ số (từ {needed} "
    "trở lên): hộ nghèo thiếu hụt dịch vụ xã hội cơ bản, theo {article}.",
    (Branch.MULTIDIMENSIONAL_POOR, Measure.INCOME): "Thu nhập {value} đồng/người/tháng không quá "
    "{upper} đồng ({area}) và thiếu hụt {count} chỉ số (từ {needed} trở lên): hộ nghèo, "
    "theo {article}.",
    (Branch.NEAR_POOR, Measure.INCOME): "Thu nhập {value} đồng/người/tháng không quá "
    "{upper} đồng ({area}) và thiếu hụt {count} chỉ số (dưới {needed}): hộ cận nghèo, "
    "theo {article}.",
    (Branch.POOR_OR_NEAR_POOR, Measure.INCOME): "Thu nhập {value} đồng/người/tháng không quá "
    "{upper} đồng ({area}), thiếu hụt {count} chỉ số: cận nghèo hoặc nghèo (nghèo khi từ "
    "{needed} chỉ số trở lên), theo {article}. Cần trả lời: {questions}.",
    (Branch.AVERAGE, Measure.INCOME): "Thu nhập {value} đồng/người/tháng trên {lower} đồng, "
    "không quá {upper} đồng ({area}): mức sống trung bình theo thu nhập, theo {article}.",
    (Branch.ABOVE_AVERAGE, Measure.INCOME): "Thu nhập {value} đồng/người/tháng trên {lower} đồng "
    "({area}): không thuộc diện nghèo, cận nghèo, mức sống trung bình, theo {article}.",
    (Branch.ABOVE_LINE, Measure.INCOME): "Thu nhập {value} đồng/người/tháng trên {lower} đồng "
    "({area}): không nghèo, không cận nghèo, theo {article}; chuẩn này chưa có mức sống trung bình "
    "nên chưa xét được mức sống trung bình.",
    (Branch.INCOME_POOR, Measure.SCORE): "Điểm B1 {value} không quá {upper} điểm ({area}): "
    "hộ nghèo về thu nhập, theo {article}.",
    (Branch.DEPRIVATION_POOR, Measure.SCORE): "Điểm B1 {value} trên {lower} điểm, không quá "
    "{upper} điểm ({area}) và thiếu hụt {count} chỉ số (từ {needed} trở lên): "
    "hộ nghèo thiếu hụt dịch vụ xã hội cơ bản, theo {article}.",
    (Branch.MULTIDIMENSIONAL_POOR, Measure.SCORE): "Điểm B1 {value} không quá {upper} điểm "
    "({area}) và thiếu hụt {count} chỉ số (từ {needed} trở lên): hộ nghèo, theo {article}.",
    (Branch.NEAR_POOR, Measure.SCORE): "Điểm B1 {value} không quá {upper} điểm ({area}) "
    "và thiếu hụt {count} chỉ số (dưới {needed}): hộ cận nghèo, theo {article}.",
    (Branch.POOR_OR_NEAR_POOR, Measure.SCORE): "Điểm B1 {value} không quá {upper} điểm ({area}), "
    "thiếu hụt {count} chỉ số: cận nghèo hoặc nghèo (nghèo khi từ {needed} chỉ số trở lên), "
    "theo {article}. Cần trả lời: {questions}.",
    (Branch.ABOVE_CUTOFF, Measure.SCORE): "Điểm B1 {value} trên {lower} điểm ({area}): "
    "hộ không nghèo, theo {article}; điểm B1 không xét mức sống trung bình.",
}

WHAT_IFS: dict[tuple[ChangeKind, Measure], str] = {
    (ChangeKind.VALUE_ABOVE, Measure.INCOME): "Thu nhập trên {amount} đồng/người/tháng: {classes}.",
    (ChangeKind.VALUE_UP_TO, Measure.INCOME): "Thu nhập không quá {amount} đồng/người/tháng: "
    "{classes}.",
    (ChangeKind.VALUE_ABOVE, Measure.SCORE): "Điểm B1 trên {amount} điểm: {classes}.",
    (ChangeKind.VALUE_UP_TO, Measure.SCORE): "Điểm B1 không quá {amount} điểm: {classes}.",
} | {
    (kind, measure): sentence
    for measure in Measure
    for kind, sentence in {
        ChangeKind.MORE_DEPRIVED: "Thêm {amount} chỉ số thiếu hụt: {classes}.",
        ChangeKind.FEWER_DEPRIVED: "Bớt {amount} chỉ số thiếu hụt: {classes}.",
        ChangeKind.UNKNOWN_DEPRIVED: "Từ {amount} chỉ số chưa rõ trở lên là thiếu hụt: {classes}.",
        ChangeKind.UNKNOWN_MET: "Từ {amount} chỉ số chưa rõ trở lên là không thiếu hụt: {classes}.",
    }.items()
}


def reason_text(result: Classification) -> str:
    """Why the household has this class: the numbers compared, the branch and the article."""
    low, high = result.deprived_min, result.deprived_max
    return REASONS[result.branch, result.measure].format(
        value=format_integer(result.value),
        lower="" if result.lower is None else format_integer(result.lower),
        upper="" if result.upper is None else format_integer(result.upper),
        area=result.area_label or AREA_TYPES[result.area_type],
        count=low if low == high else f"{low}–{high}",
        needed=result.deprivation_count,
        article=result.article,
        questions=", ".join(result.question_labels),
    )


def what_if_text(change: WhatIf, measure: Measure) -> str:
    """One thing that would give the household another class, the milder class named first."""
    classes = " hoặc ".join(CLASSES[item] for item in reversed(change.possible))
    amount = format_integer(change.amount)
    return WHAT_IFS[change.kind, measure].format(amount=amount, classes=classes)
