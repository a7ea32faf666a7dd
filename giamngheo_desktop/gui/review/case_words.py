"""The sentences of the entry page of a review. No widgets."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.ages import ages_on
from giamngheo_desktop.domain.answers import AnswerState, Key
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.household import Member
from giamngheo_desktop.domain.problems import Severity
from giamngheo_desktop.services.review.case_entry import CaseSheet

OUTCOMES = ("absent", "refused", "moved")
_EMPTY = "required_missing"  # the state of the question says it

Problem = tuple[UUID, str, str, bool]


def title(sheet: CaseSheet) -> str:
    head = sheet.household.head
    names = [head.full_name] if head else []
    names += [member.full_name for member in sheet.household.members]
    return next(filter(None, names), _tr("Hộ chưa ghi tên chủ hộ"))


def about(sheet: CaseSheet, village: str) -> str:
    """Village, STT, code of the form, members, and the day the answers are for."""
    parts = [village]
    if sheet.case["position"]:
        parts.append(_tr("STT {number}").format(number=sheet.case["position"]))
    if sheet.case["form_code"]:
        parts.append(_tr("phiếu {code}").format(code=sheet.case["form_code"]))
    parts.append(_tr("{count} nhân khẩu").format(count=sheet.household.size))
    parts.append(_tr("tính đến {day}").format(day=format_date(sheet.day)))
    return " · ".join(filter(None, parts))


def draft_title(sheet: CaseSheet, village: str) -> str:
    text = _tr("{name}, {village}, phiếu rà soát {year}")
    year = sheet.review["review_year"]
    return text.format(name=title(sheet), village=village, year=year)


def open_text(sheet: CaseSheet) -> str:
    """How many answers wait, by what they wait for."""
    left = sheet.blockers()
    parts = [
        (left.yellow, _tr("{count} cần xem lại")),
        (left.grey, _tr("{count} như năm trước")),
        (left.empty, _tr("{count} chưa trả lời")),
        (left.unknown, _tr("{count} không biết")),
        (left.errors, _tr("{count} lỗi")),
    ]
    said = [text.format(count=count) for count, text in parts if count]
    if said:
        return _tr("Còn: {parts}").format(parts=" · ".join(said))
    if not left.undecided:
        return _tr("Không còn câu nào chờ.")
    unclear = _unclear(sheet)
    if unclear is None:
        return _tr("Chưa tính được phân loại.")
    text = _tr("Chưa tính được phân loại: câu trả lời “{label}”{of} chưa đủ rõ.")
    record, code = unclear
    member = names(sheet).get(record)
    form = sheet.asking.household_form if member is None else sheet.asking.member_form
    of = "" if member is None else _tr(" của {name}").format(name=member)
    return text.format(label=form.field(code).label, of=of)


def _unclear(sheet: CaseSheet) -> Key | None:
    """The first answer that stands there and yet leaves the class undecided: a short course of a
    child, of which no standard says what it is worth.
    """
    for assessment in sheet.own_assessments:
        for combined in assessment.indicators.values():
            for missing in combined.derived.missing:
                key = (missing.member or sheet.household.uid, missing.field)
                if key in sheet.answers and sheet.value(key) not in (None, ""):
                    return key
    return None


def open_hint(sheet: CaseSheet) -> str:
    """What the words and signs mean, and how many questions may stay without an answer."""
    lines = [
        _tr("Chỉ đếm các câu đang hỏi hộ này; câu đã ẩn không tính."),
        _tr("Cần xem lại: nền vàng, dấu !, xem từng câu rồi xác nhận."),
        _tr("Như năm trước: nền xám, dấu =, chưa ai xác nhận."),
        _tr("Chưa trả lời: dấu …, phải trả lời mới kết thúc được hộ."),
    ]
    free = sheet.answers.count(AnswerState.EMPTY) - sheet.blockers().empty
    if free:
        said = _tr("Ngoài ra {count} câu đang trống, để trống cũng kết thúc được hộ.")
        lines.append(said.format(count=free))
    return "\n".join(lines)


def first_blocking(sheet: CaseSheet) -> Key | None:
    """The question to look at first before the household can be settled."""
    states = sheet.answers.states
    for wanted in (AnswerState.TOUCHED, AnswerState.CARRIED, AnswerState.UNKNOWN):
        for key in states:
            if states[key] is wanted:
                return key
    empty = (key for key in states if key in sheet.needed and states[key] is AnswerState.EMPTY)
    wrong = {(p.record, p.field) for p in sheet.problems if p.severity is Severity.ERROR}
    found = next(empty, None) or next((key for key in states if key in wrong), None)
    return found or _unclear(sheet)


def settled_text(sheet: CaseSheet) -> str:
    """How the case was closed; empty while it is open."""
    outcome = sheet.case["outcome"]
    if outcome is None:
        return ""
    said = {
        "reviewed": _tr("Hộ này đã kết thúc rà soát."),
        "screened_out": _tr("Phiếu A: hộ này không cần rà soát tiếp."),
    }.get(outcome, _tr("Không rà soát được: {outcome}.").format(outcome=outcome_text(outcome)))
    note = sheet.case["outcome_note"]
    return f"{said} {note}" if note else said


def outcome_text(outcome: str) -> str:
    return {
        "absent": _tr("đi vắng"),
        "refused": _tr("từ chối"),
        "moved": _tr("cả hộ chuyển đi"),
    }.get(outcome, outcome)


def problems(sheet: CaseSheet, definitions: Definitions) -> list[Problem]:
    """What the checks found, for the fields they are about."""
    fields = definitions.fields("household", "member").values()
    labels = {field.code: field.label for field in fields}
    return [
        (p.record, p.field, texts.problem_text(p, labels), p.severity is Severity.ERROR)
        for p in sheet.problems
        if p.code != _EMPTY
    ]


def reasons(sheet: CaseSheet, definitions: Definitions) -> dict[Key, str]:
    """Why each yellow answer must be looked at."""
    found = {(uid, field): said for uid, field, said, _ in problems(sheet, definitions)}
    members = {member.uid: member for member in sheet.household.members}
    before = {member.uid: member for member in sheet.then.members}
    said: dict[Key, str] = {}
    for key in sheet.answers:
        if sheet.answers.state(key) is not AnswerState.TOUCHED:
            continue
        member = members.get(key[0])
        if key in found:
            said[key] = found[key]
        elif key in sheet.moved and member is not None:
            said[key] = _grown(sheet, member, before.get(key[0]))
        elif key in sheet.moved:
            said[key] = _tr("thành viên của hộ đã thay đổi")
        elif _asked_anew(sheet, key):
            said[key] = _tr("kỳ nào cũng hỏi lại")
        else:
            said[key] = _tr("thông tin liên quan vừa được sửa")
    return said


def _grown(sheet: CaseSheet, member: Member, before: Member | None) -> str:
    old = before or member
    now = ages_on(member.birth, sheet.day)
    then = ages_on(old.birth, sheet.then_day)
    if now is None or then is None or now == then:
        return _tr("thông tin của người này đã thay đổi")
    text = _tr("trước {then} tuổi, nay {now} tuổi")
    return text.format(then=_ages(then), now=_ages(now))


def _ages(ages: tuple[int, int]) -> str:
    youngest, oldest = ages
    return str(youngest) if youngest == oldest else f"{youngest}–{oldest}"


def _asked_anew(sheet: CaseSheet, key: Key) -> bool:
    own = key[0] == sheet.household.uid
    form = sheet.asking.household_form if own else sheet.asking.member_form
    return key[1] in form.fields and form.field(key[1]).anew


def names(sheet: CaseSheet) -> Mapping[UUID, str]:
    return {member.uid: member.full_name for member in sheet.household.members}


def _tr(text: str) -> str:
    return QCoreApplication.translate("case", text)
