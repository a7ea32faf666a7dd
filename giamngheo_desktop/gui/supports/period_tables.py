"""The lines of a danh sách kỳ in tables: tăng, giảm, đổi, the whole list, what is open, what was
issued.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop import texts
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.period_list import Per, PeriodListDef
from giamngheo_desktop.gui.table.column import Column, as_number, number_column
from giamngheo_desktop.services.programme.period_lines import Issued, Line, Moved, PeriodList

ADDED, REMOVED, CHANGED, WHOLE, OPEN, ISSUED = (
    "added", "removed", "changed", "whole", "open", "issued",
)  # fmt: skip
VIEWS = (ADDED, REMOVED, CHANGED, WHOLE, OPEN, ISSUED)
Rows = Sequence[tuple[Any, ...]]
NO_ROWS: Rows = ()


def columns(view: str) -> Sequence[Column]:
    """Of one view; those of persons have the head beside the name."""
    if view == ISSUED:
        return (
            Column(key="period", title=_tr("Kỳ"), width=170, stretch=True),
            Column(key="issued_on", title=_tr("Ngày lập"), width=110),
            Column(key="decision", title=_tr("Số quyết định"), width=170, tip=str),
            number_column("rows", _tr("Số dòng"), width=90),
            Column(key="note", title=_tr("Ghi chú"), width=200, tip=str, gives_way=True),
        )
    who = (
        Column(key="name", title=_tr("Họ và tên"), width=170, tip=str, stretch=view == WHOLE),
        Column(key="head", title=_tr("Chủ hộ"), width=150, tip=str, gives_way=True),
        Column(key="village", title=_tr("Thôn"), width=120, tip=str),
    )
    ground = Column(key="ground", title=_tr("Diện"), width=120, tip=str)
    reason = Column(key="reason", title=_tr("Lý do"), width=220, tip=str, stretch=True)
    day = Column(key="day", title=_tr("Kể từ ngày"), width=100)
    if view in (ADDED, REMOVED):
        return (*who, ground, reason, day)
    if view == CHANGED:
        before = Column(key="before", title=_tr("Trước"), width=130, tip=str)
        now = Column(key="now", title=_tr("Nay"), width=130, tip=str)
        return (*who, before, now, reason, day)
    if view == OPEN:
        return (*who, Column(key="said", title=_tr("Lưu ý"), width=320, tip=str, stretch=True))
    return (
        *who,
        ground,
        Column(key="from", title=_tr("Từ ngày"), width=100),
        Column(key="to", title=_tr("Đến ngày"), width=100),
        number_column("months", _tr("Số tháng"), width=80),
        number_column("amount", _tr("Số tiền (đồng)"), width=120),
    )


def rows(view: str, found: PeriodList) -> Rows:
    """Those of a view, in the order of the paper; numbered where one may stand there twice."""
    ground = _ground_of(found.definition)
    if view == WHOLE:
        return [_whole(line, ground) for line in found.lines]
    if view == OPEN:
        return _open(found)
    if view == CHANGED:
        return [_changed(one, ground) for one in found.changed]
    moved = found.added if view == ADDED else found.removed
    return [(*_who(one.line), ground(one.line), *_why(one)) for one in moved]


def issued_rows(found: Sequence[Issued], definition: PeriodListDef) -> Rows:
    """The newest first."""
    newest = sorted(found, key=lambda one: (one.first_day, one.issued_on, one.uid), reverse=True)
    return [
        (one.uid, period_words(definition, one.period), one.issued_on, one.decision_number,
         one.rows, one.note)
        for one in newest
    ]  # fmt: skip


def period_words(definition: PeriodListDef, period: str) -> str:
    return texts.period_text(definition.period(period), definition.length)


def of_persons(definition: PeriodListDef) -> bool:
    return definition.per is Per.PERSON


def issue_fields() -> tuple[FieldDef, ...]:
    """What is said of a list that is issued: its day, the decision, a note."""
    return (
        FieldDef(code="issued_on", kind=FieldKind.DATE, label=_tr("Ngày lập"), required=True),
        FieldDef(code="decision_number", kind=FieldKind.TEXT, label=_tr("Số quyết định")),
        FieldDef(code="note", kind=FieldKind.TEXT, label=_tr("Ghi chú")),
    )


def periods_of(definition: PeriodListDef, year: int, day: date) -> tuple[list[str], str]:
    """The periods that begin or end in a working year, and the one of a day (or the first)."""
    codes = {
        "month": [f"{year}-{month:02}" for month in range(1, 13)],
        "quarter": [f"{year}-Q{quarter}" for quarter in range(1, 5)],
        "school_year": [f"{year - 1}-{year}", f"{year}-{year + 1}"],
    }[definition.length.value]
    held = (code for code in codes if definition.period(code).last >= day)
    return codes, next(held, codes[-1])


def _ground_of(definition: PeriodListDef) -> Callable[[Line], str]:
    shorts = {ground.code: ground.short for ground in definition.grounds}
    return lambda line: shorts.get(line.row.ground, line.row.ground)


def _who(line: Line) -> tuple[Any, ...]:
    return line.row.key, line.name, line.head, line.village


def _why(one: Moved) -> tuple[Any, ...]:
    return texts.period_reason(one.reason, late=one.is_late), one.reason.day


def _changed(one: Moved, ground: Callable[[Line], str]) -> tuple[Any, ...]:
    then = one.then or one.line
    told = [texts.PERIOD_CHANGED[what] for what in one.what]
    why, day = _why(one)
    before, now = (
        ", ".join(_said_of(what, line, ground) for what in one.what) for line in (then, one.line)
    )
    return (*_who(one.line), before, now, f"{', '.join(told)}: {why}", day)


def _said_of(what: str, line: Line, ground: Callable[[Line], str]) -> str:
    """The value of a line that is another now."""
    values = {
        "ground": ground(line),
        "household": line.head,
        "village": line.village,
        "months": as_number(line.row.months),
        "amount": as_number(line.row.amount),
    }
    return values[what]


def _whole(line: Line, ground: Callable[[Line], str]) -> tuple[Any, ...]:
    row = line.row
    return (*_who(line), ground(line), row.from_day, row.to_day, row.months, row.amount)


def _open(found: PeriodList) -> Rows:
    """Who stands on neither list, and of whom the register does not know enough."""
    missed = _tr("Thuộc diện giữa hai danh sách, không có ở danh sách nào")
    lacking = _tr("Chưa tính: sổ chưa ghi {lacking}")
    said = [(line, missed) for line in found.missed]
    said += [
        (one.line, lacking.format(lacking=texts.PERIOD_LACKING[one.lacking.value]))
        for one in found.doubtful
    ]
    return [(UUID(int=at), *_who(line)[1:], text) for at, (line, text) in enumerate(said, 1)]


def _tr(text: str) -> str:
    return QCoreApplication.translate("PeriodSection", text)
