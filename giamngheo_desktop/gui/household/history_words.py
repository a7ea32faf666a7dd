"""The recorded changes of a household in words: labels of the forms, old and new values."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.audit_text import decode
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.dates import format_date, format_partial_date
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.numbers import format_integer, format_quantity
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.gui.household.columns import state_label
from giamngheo_desktop.services.household_history import Act, Event, Line

EMPTY = "–"


class HistoryRow(NamedTuple):
    """One change as a line of the table; `uid` is the action's."""

    uid: UUID
    at: datetime
    actor: str
    operation: str
    about: str
    field: str
    old: str
    new: str


class Words:
    """Turns lines of the history into words."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._records = definitions.record_fields
        self._member = definitions.fields("member")
        self._household = definitions.fields("household")
        self._standards = {standard.code: standard for standard in definitions.standards}

    def rows(self, events: list[Event]) -> list[HistoryRow]:
        """Newest first, the changes of one action below each other."""
        return [self._row(event, line) for event in events for line in event.lines]

    def _row(self, event: Event, line: Line) -> HistoryRow:
        about, field = self._subject(line)
        old, new = (self._value(line, value) for value in (line.old, line.new))
        match line.act:
            case Act.NEW:
                old, new = "", new if line.field else _tr("mới ghi vào sổ")
            case Act.REMOVED if line.kind in _FACTS:
                new = _tr("hết")
            case Act.REMOVED:
                new = _tr("bỏ")
            case Act.RESTORED:
                new = _tr("lấy lại")
            case Act.CHANGED:
                pass
        if line.since is not None and new:
            last = line.act is Act.REMOVED
            words = _tr("{value} sau ngày {day}") if last else _tr("{value} từ {day}")
            new = words.format(value=new, day=format_date(line.since))
        return HistoryRow(
            event.group, event.at, event.actor, texts.OPERATIONS[event.op], about, field, old, new
        )

    def _subject(self, line: Line) -> tuple[str, str]:
        """Whom the change is about, and the label of the field."""
        if line.kind in self._records:
            about = texts.MERGE_KINDS[line.kind]
            about = f"{about}, {line.who}" if line.who else about
            return about, self._label(self._records[line.kind], line.field)
        match line.kind:
            case Kind.PERSON | Kind.PERSON_FACT:
                return line.who, self._label(self._member, line.field)
            case Kind.MEMBERSHIP:
                labels = {
                    "": _tr("Thành viên"),
                    "relation": self._label(self._member, "relation"),
                    "is_head": self._label(self._member, "is_head"),
                    "valid_from": _tr("Vào hộ từ ngày"),
                    "valid_to": _tr("Ở trong hộ đến ngày"),
                    "end_reason": _tr("Lý do ra khỏi hộ"),
                    "reason": _tr("Lý do vào hộ"),
                    "position": _tr("Thứ tự trong hộ"),
                }
                return line.who, labels.get(line.field, line.field)
            case Kind.PLACE:
                labels = {
                    "": _tr("Nơi quản lý"),
                    "village": self._label(self._household, "village"),
                    "valid_from": _tr("Ở thôn từ ngày"),
                    "valid_to": _tr("Ở thôn đến ngày"),
                    "reason": _tr("Lý do"),
                }
                return _tr("Hộ"), labels.get(line.field, line.field)
            case Kind.CLASS_RECORD:
                labels = {
                    "": _tr("Kết quả phân loại"),
                    "household_class": _tr("Phân loại"),
                    "possible": _tr("Có thể là"),
                    "average_living": _tr("Mức sống trung bình"),
                    "review_year": _tr("Năm rà soát"),
                    "valid_from": _tr("Hiệu lực từ ngày"),
                    "valid_to": _tr("Hiệu lực đến ngày"),
                    "source": _tr("Nguồn"),
                    "decision": _tr("Quyết định"),
                    "note": _tr("Ghi chú"),
                }
                about = _tr("Năm {year}, {standard}").format(
                    year=line.year, standard=self._standard(line.standard)
                )
                return about, labels.get(line.field, line.field)
            case Kind.ISSUED:
                labels = {
                    "title": _tr("Tên"),
                    "number": _tr("Số"),
                    "issued_on": _tr("Ngày phát hành"),
                    "cancelled_on": _tr("Ngày hủy"),
                    "cancel_reason": _tr("Lý do hủy"),
                }
                return _tr("Văn bản"), labels.get(line.field, line.field)
            case Kind.INDICATOR_ANSWER:
                about = _tr("Chỉ số, {standard}").format(standard=self._standard(line.standard))
                return about, self._indicator(line)
        return _tr("Hộ"), self._label(self._household, line.field)

    def _standard(self, code: str) -> str:
        return self._standards[code].label if code in self._standards else code

    def _indicator(self, line: Line) -> str:
        standard = self._standards.get(line.standard)
        if standard is None or line.field not in standard.codes:
            return line.field
        return standard.indicator(line.field).short

    def _label(self, fields: Any, code: str) -> str:
        return fields[code].short_label if code in fields else code

    def _value(self, line: Line, value: Any) -> str:
        if value is None:
            return EMPTY
        if line.field == "household_class":
            return state_label(value)
        if line.field in ("review_year", "position", "year"):
            return str(value)
        if line.field == "possible":
            return ", ".join(state_label(code) for code in value)
        if line.kind is Kind.INDICATOR_ANSWER:
            return _tr("thiếu hụt") if value else _tr("không thiếu hụt")
        if line.kind in (Kind.MEMBERSHIP, Kind.PLACE) and line.field in ("reason", "end_reason"):
            return reason_text(str(value))
        if line.kind is Kind.CLASS_RECORD and line.field == "source":
            return source_text(str(value))
        if line.kind is Kind.CLASS_RECORD and line.field == "decision":
            return _tr("có")
        if field := self._records.get(line.kind, {}).get(line.field):
            return self._answer(line, field, value)
        in_member = line.kind in (Kind.PERSON, Kind.PERSON_FACT, Kind.MEMBERSHIP)
        field = (self._member if in_member else self._household).get(line.field)
        return value_text(field, value)

    def _answer(self, line: Line, field: FieldDef, value: Any) -> str:
        if line.kind is Kind.SUPPORT_VALUE and isinstance(value, str):
            value = decode(field, value)
        if field.kind is FieldKind.CHOICE and isinstance(value, str):
            return self._definitions.answer(field, value)
        return value_text(field, value)


_FACTS = (Kind.HOUSEHOLD_FACT, Kind.PERSON_FACT)


def value_text(field: FieldDef | None, value: Any) -> str:
    """A stored value as its form shows it."""
    match value:
        case None | "":
            return EMPTY
        case bool():
            return _tr("Có") if value else _tr("Không")
        case PartialDate():
            return format_partial_date(value)
        case date():
            return format_date(value)
        case tuple():
            labels = [field.choice_label(code) if field else code for code in value]
            return ", ".join(labels) or _tr("Không có")
        case int():
            scale = field.scale if field else 0
            number = format_quantity(value, scale) if scale else format_integer(value)
            return f"{number} {field.unit}" if field and field.unit else number
        case str() if field is not None and field.kind is FieldKind.CHOICE:
            return field.choice_label(value)
    return str(value)


def source_text(code: str) -> str:
    """Where a class record comes from."""
    return {
        "opening": _tr("Đầu kỳ nhập"),
        "computed": _tr("Kết quả tính (sơ bộ)"),
        "decision": _tr("Quyết định công nhận"),
    }.get(code, code)


def reason_text(code: str) -> str:
    """Why a stay began or ended."""
    return {
        "opening": _tr("có trong sổ từ đầu"),
        "birth": _tr("sinh"),
        "death": _tr("chết"),
        "move_in": _tr("chuyển đến"),
        "move_out": _tr("chuyển đi"),
        "move_village": _tr("chuyển thôn"),
        "marriage": _tr("kết hôn"),
        "split": _tr("tách hộ"),
        "merge": _tr("nhập hộ"),
        "head": _tr("đổi chủ hộ"),
        "succession": _tr("sáp nhập, chia tách thôn"),
    }.get(code, code)


def _tr(text: str) -> str:
    return QCoreApplication.translate("history", text)
