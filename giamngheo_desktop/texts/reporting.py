"""What is said of reports that are due: when, from whom, whether they came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from giamngheo_desktop.domain.report_calendar import Rule, RuleDoubt, Standing, State
from giamngheo_desktop.domain.report_periods import CODES, PeriodType, last_month
from giamngheo_desktop.texts.plans import period_of_year_text, report_period_text

REPORTING_ERRORS: dict[str, str] = {
    "schedules_taken": "Kế hoạch đã có đủ các báo cáo của mẫu “{name}”.",
    "schedules_confirmed": "Các hạn báo cáo này đã xác nhận rồi.",
    "receipt_schedule": "Kế hoạch năm {year} không có báo cáo này: xem lại chế độ báo cáo.",
    "receipt_period": "Báo cáo “{name}” không có kỳ {period}: kỳ của báo cáo này là {known}.",
    "receipt_in_future": "Ngày {day} chưa đến (hôm nay {today}): ghi ngày đã nộp, đã gửi.",
    "receipt_before_period": "Ngày {day} trước khi kỳ báo cáo bắt đầu ({first}): xem lại ngày.",
    "receipt_twice": "Đã ghi nộp rồi: {name}. Muốn sửa thì bỏ lần ghi cũ trước.",
    "receipt_cancelled": "Văn bản “{name}” đã hủy, không ghi là đã gửi được.",
    "receipt_before_issued": "Ngày gửi {day} trước ngày phát hành {issued} của văn bản.",
    "calendar_no_plan": "Năm {year} chưa có kế hoạch: soạn kế hoạch rồi ghi chế độ báo cáo.",
    "calendar_option": "Chỉ ghi một trong {names}.",
    "calendar_received": "Tham số --received cần mã báo cáo, kỳ, ngày, và nơi gửi nếu nhiều "
    "nơi: {detail}.",
}

REPORTING: dict[str, str] = {
    "calendar_title": "LỊCH BÁO CÁO NĂM {year}",
    "status_title": "TÌNH HÌNH NỘP BÁO CÁO",
    "of_day": "Tính đến ngày {day}",
    "of_period": "Kỳ báo cáo: {period}",
    "content": "Báo cáo",
    "sender": "Nơi gửi",
    "recipient": "Nơi nhận",
    "due": "Ngày cuối còn đúng hạn",
    "cutoff": "Số liệu đến hết ngày",
    "submitted": "Ngày gửi, nộp",
    "document": "Số văn bản",
    "state": "Tình trạng",
    "outgoing": "Báo cáo gửi đi",
    "incoming": "Báo cáo gửi về",
    "handed_in": "{done}/{total} nơi đã nộp",
    "handed_in_open": "{done}/{total} nơi đã nộp, {late} quá hạn",
    "handed_in_soon": "{done}/{total} nơi đã nộp, sắp đến hạn",
    "handed_in_late": "{done}/{total} nơi đã nộp, {late} nộp trễ",
    "no_due": "chưa ghi hạn",
    "no_cutoff": "chưa ghi",
    "not_working": "ngày nghỉ",
    "unconfirmed": "hạn chưa xác nhận",
    "not_asked": "không thuộc diện phải nộp",
    "cancelled": "văn bản đã hủy ngày {day}",
    "via": "{recipient} (qua {via})",
    "via_alone": "qua {via}",
    "of_unit": "{content} ({unit})",
    "occurrence": "Báo cáo {period}: {content}",
    "none": "Chưa ghi chế độ báo cáo nào trong kế hoạch của năm.",
    "none_of_period": "Không có báo cáo nào của kỳ này.",
    "foot": "Hạn ghi “trước ngày” thì ngày cuối còn đúng hạn là ngày liền trước. Ngày cuối rơi vào "
    "ngày nghỉ vẫn giữ nguyên.",
    "foot_draft": "Kế hoạch năm còn là dự thảo.",
    "foot_unconfirmed": "Hạn chưa xác nhận lấy từ kế hoạch mẫu, xã chưa xác nhận.",
    "unsent": "Chưa biết ai phải nộp “{name}”: ghi {who}.",
    "stray": "{count} lần nộp là của báo cáo không còn trong kế hoạch đang có hiệu lực.",
}

# Who sends where the plan does not print it, by the list report_senders.
SENDERS: dict[str, str] = {
    "unit": "Ủy ban nhân dân",
    "village_heads": "Các trưởng thôn, tổ trưởng tổ dân phố",
    "committee": "Các thành viên Ban chỉ đạo",
    "bodies": "Các cơ quan, đoàn thể",
}

# Who has to be recorded so that somebody sends.
SENDERS_MISSING: dict[str, str] = {
    "village_heads": "các thôn, tổ dân phố",
    "committee": "thành viên Ban chỉ đạo (cán bộ thuộc cơ quan loại “Ban Chỉ đạo, Ban giảm nghèo”)",
    "bodies": "các cơ quan, đoàn thể",
}

RULE_DOUBTS: dict[RuleDoubt, str] = {
    RuleDoubt.NO_DUE: "chưa ghi hạn nộp: hỏi nơi nhận",
    RuleDoubt.MONTH_UNUSED: "báo cáo tháng, quý luôn tính theo tháng cuối của kỳ, không theo tháng "
    "đã ghi",
    RuleDoubt.DUE_BEFORE_PERIOD: "hạn nộp trước khi kỳ báo cáo bắt đầu",
    RuleDoubt.DUE_OTHER_YEAR: "hạn nộp không thuộc năm của kế hoạch",
    RuleDoubt.CUTOFF_AFTER_DUE: "ngày chốt số liệu sau hạn nộp",
    RuleDoubt.CUTOFF_OPEN: "hạn nộp trước khi hết kỳ mà chưa ghi ngày chốt số liệu",
}

_STATES: dict[State, str] = {
    State.NOT_DUE: "chưa đến hạn, còn {days} ngày",
    State.SOON: "sắp đến hạn, còn {days} ngày",
    State.LATE: "chưa nộp, trễ {days} ngày",
    State.DONE: "đã nộp",
    State.DONE_LATE: "nộp trễ {days} ngày",
    State.UNDATED: "chưa nộp, chưa ghi hạn",
}
_TODAY = "hôm nay là ngày cuối"
_NAMES: dict[PeriodType, str] = {
    PeriodType.MONTH: "Báo cáo tháng",
    PeriodType.QUARTER: "Báo cáo quý",
    PeriodType.HALF: "Báo cáo 6 tháng",
    PeriodType.NINE_MONTHS: "Báo cáo 9 tháng",
    PeriodType.YEAR: "Báo cáo năm",
}
_DUE = {
    PeriodType.MONTH: "ngày {day} hằng tháng",
    PeriodType.QUARTER: "ngày {day} của tháng cuối quý",
}

CLI_CALENDAR: dict[str, str] = {
    "help": "lịch báo cáo của một năm: hạn, đã nộp, nộp trễ, chưa nộp; ghi báo cáo đã nộp",
    "help_year": "năm kế hoạch",
    "help_unit": "tên hoặc mã của xã",
    "help_day": "tình trạng đến hết ngày này, mặc định hôm nay",
    "help_incoming": "chỉ báo cáo gửi về",
    "help_outgoing": "chỉ báo cáo gửi đi",
    "help_presets": "liệt kê các chế độ báo cáo mẫu",
    "help_take": "đưa một chế độ báo cáo mẫu vào bản dự thảo kế hoạch của năm",
    "help_confirm": "xác nhận các hạn báo cáo có mã này; không ghi mã nào là tất cả",
    "help_received": "ghi một báo cáo đã nộp, đã gửi: mã báo cáo, kỳ (Q2, H1, Y …), ngày, và nơi "
    "gửi nếu nhiều nơi phải nộp",
    "help_paper": "số văn bản đã phát hành được gửi đi (mã), cùng với --received",
    "help_take_back": "bỏ một lần ghi đã nộp",
    "help_period": "ghi ra tệp tình hình nộp báo cáo của một kỳ (Q2, H1, Y …) thay cho lịch cả năm",
    "help_output": "tệp ghi ra: xlsx, pdf, docx hoặc json",
    "what": "Lịch báo cáo",
    "line": "{due}  {name}{sender}: {state}",
    "codes": "Mã của các báo cáo trên, dùng cho --confirm và --received:",
    "schedule": "  {key}  {direction}: {name}, {due}; {sender} gửi {recipient}{state}",
    "no_recipient": "(chưa ghi nơi nhận)",
    "doubt": "    Cần xem lại: {text}.",
    "confirmed_doubt": "Cần xem lại “{name}”: {text}.",
    "preset": "{code}  {label}",
    "preset_line": "  {sentence}",
    "taken": "Đã đưa {count} báo cáo vào kế hoạch năm {year}; còn phải xác nhận.",
    "confirmed": "Đã xác nhận {count} hạn báo cáo.",
    "received": "Đã ghi {count} báo cáo.",
    "taken_back": "Đã bỏ {count} lần ghi.",
}


def schedule_name(row: Mapping[str, Any]) -> str:
    """What a schedule is called in sentences: its kind and what is reported."""
    kind = _NAMES.get(PeriodType(row["period"]))
    return f"{kind}: {row['content']}" if kind else str(row["content"])


def occurrence_name(content: str, period: str, year: int | None = None) -> str:
    """`Báo cáo quý II: …`, `Báo cáo quý II năm 2026: …`: a report of one period; of one that comes
    once, the report alone.
    """
    if period in CODES[PeriodType.ONCE]:
        return content
    if year is not None:
        said = period_of_year_text(period, year)
    else:
        said = "năm" if period in CODES[PeriodType.YEAR] else report_period_text(period)
    return REPORTING["occurrence"].format(content=content, period=said)


def standing_text(found: Standing) -> str:
    """`nộp trễ 3 ngày`, `sắp đến hạn, còn 2 ngày`."""
    if found.days == 0:
        return _TODAY
    return _STATES[found.state].format(days=found.days)


def report_due_text(rule: Rule) -> str:
    """`trước ngày 20 của tháng cuối quý`, `chậm nhất ngày 25 hằng tháng`, `theo quy định`."""
    if not rule.has_due:
        return "theo quy định"
    if rule.due_on is not None and rule.period is PeriodType.ONCE:
        due = rule.due_on
        day = f"ngày {_day_month(due.day, due.month)}/{due.year}"
    elif rule.period in _DUE:
        day = _DUE[rule.period].format(day=_two(rule.due_day or 0))
    else:
        month = rule.due_month or last_month(CODES[rule.period][0])
        day = f"ngày {_day_month(rule.due_day or 0, month)}"
    return f"{'trước' if rule.before else 'chậm nhất'} {day}"


def schedule_sentence(rule: Rule, content: str) -> str:
    """`Báo cáo quý: trước ngày 20 của tháng cuối quý`, as a plan prints it."""
    return f"{_NAMES.get(rule.period, content)}: {report_due_text(rule)}"


def recipient_text(recipient: str, via: str) -> str:
    """`Ủy ban nhân dân phường (qua Bộ phận …)`."""
    if via and not recipient:
        return REPORTING["via_alone"].format(via=via)
    return REPORTING["via"].format(recipient=recipient, via=via) if via else recipient


def notes_text(notes: Iterable[str]) -> str:
    """Short notes as one sentence."""
    text = "; ".join(notes)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def reminder_text(name: str, missing: int, total: int, standing: Standing) -> str:
    """`Báo cáo quý: … – quý II: còn 3/5 nơi chưa nộp, trễ 2 ngày`."""
    said = standing_text(standing)
    if total <= 1:
        return f"{name}: {said}"
    if standing.state is State.LATE:
        said = f"trễ {standing.days} ngày"
    return f"{name}: còn {missing}/{total} nơi chưa nộp, {said}"


def _two(day: int) -> str:
    return f"{day:02d}"


def _day_month(day: int, month: int) -> str:
    """As official papers write it: 05/12, 15/6, 10/4, 05/02 (NĐ 30/2020/NĐ-CP, Annex I)."""
    return f"{_two(day)}/{month:02d}" if month < 3 else f"{_two(day)}/{month}"
