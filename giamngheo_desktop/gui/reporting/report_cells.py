"""How reports stand, as cells of a table: in words and in colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop import texts
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.report_calendar import State
from giamngheo_desktop.domain.report_periods import ALL
from giamngheo_desktop.gui.table.column import Align, Column, as_text
from giamngheo_desktop.reports.report_calendar import (
    due_day,
    number_text,
    recipient_of,
    remarks,
    report_name,
    senders_text,
    state_text,
    summed_text,
    worst,
)
from giamngheo_desktop.services.reporting.calendar import Calendar, Line

_CHIPS: Mapping[State, str] = {
    State.NOT_DUE: "unknown",
    State.SOON: "open",
    State.LATE: "wrong",
    State.DONE: "done",
    State.DONE_LATE: "open",
    State.UNDATED: "unknown",
}


class StateText(str):
    """The words of a state, with its colour and what more there is to say."""

    chip: str
    more: str

    @classmethod
    def of(cls, text: str, state: State, more: str = "") -> StateText:
        made = cls(text)
        made.chip, made.more = _CHIPS[state], more or text
        return made


def chip_of(value: object) -> str:
    return value.chip if isinstance(value, StateText) else ""


def tip_of(value: object) -> str:
    return value.more if isinstance(value, StateText) else as_text(value)


def year_columns() -> Sequence[Column]:
    return (
        Column(key="due", title=_tr("Hạn"), width=96),
        Column(key="report", title=_tr("Báo cáo"), width=230, stretch=True, tip=as_text),
        Column(key="sender", title=_tr("Nơi gửi"), width=130, tip=as_text),
        Column(key="submitted", title=_tr("Ngày gửi"), width=96),
        Column(key="state", title=_tr("Tình trạng"), width=180, chip=chip_of, tip=as_text),
        Column(key="remark", title=_tr("Lưu ý"), width=110, tip=as_text),
        Column(key="number", title=_tr("Số văn bản"), width=110, gives_way=True, tip=as_text),
        Column(key="recipient", title=_tr("Nơi nhận"), width=130, gives_way=True, tip=as_text),
    )


def period_columns(periods: Sequence[str]) -> Sequence[Column]:
    """Of the senders of one report: a column a period."""
    first = Column(key="sender", title=_tr("Nơi gửi"), width=170, stretch=True, tip=as_text)
    return (
        first,
        *(
            Column(
                key=period,
                title=_capital(texts.report_period_text(period)),
                width=104,
                align=Align.CENTRE,
                chip=chip_of,
                tip=tip_of,
            )
            for period in periods
        ),
    )


def year_row(found: Calendar, group: Sequence[Line]) -> tuple[Any, ...]:
    """One report of a period; of many senders how many of them handed it in."""
    line = group[0]
    is_many = line.schedule.has_many
    state = worst(group) if is_many else line.standing.state
    said = summed_text(group) if is_many else texts.standing_text(line.standing)
    return (
        uid_of_group(line),
        due_day(line),
        report_name(line),
        senders_text(found, line.schedule, line.sender),
        None if is_many else line.submitted_on,
        StateText.of(said, state),
        "; ".join(remarks(found, group)) or None,
        None if is_many else number_text(found, line) or None,
        recipient_of(line.schedule) or None,
    )


def sender_row(found: Calendar, lines: Sequence[Line], periods: Sequence[str]) -> tuple[Any, ...]:
    by_period = {line.occurrence.period: line for line in lines}
    cells = (by_period.get(period) for period in periods)
    return (
        uid_of_sender(lines[0]),
        lines[0].sender,
        *(None if line is None else cell_of(found, line) for line in cells),
    )


def cell_of(found: Calendar, line: Line) -> StateText:
    """The day it came, and that it was late; else how long it is still good, or late."""
    standing = line.standing
    short = texts.standing_text(standing)
    if line.submitted_on is not None:
        day = format_date(line.submitted_on)[:5]
        short = _tr("{day}, trễ").format(day=day) if standing.state is State.DONE_LATE else day
    elif standing.state is State.LATE:
        short = _tr("trễ {days} ngày").format(days=standing.days)
    elif standing.days:
        short = _tr("còn {days} ngày").format(days=standing.days)
    elif standing.state is State.UNDATED:
        short = _tr("chưa nộp")
    more = f"{report_name(line)}: {state_text(found, line)}"
    return StateText.of(short, standing.state, more)


def periods_of(lines: Sequence[Line]) -> list[str]:
    known = {line.occurrence.period for line in lines}
    return [period for period in ALL if period in known]


def uid_of_group(line: Line) -> UUID:
    """The same for the same report whenever it is read, so that the cursor stays on it."""
    return uuid5(line.schedule.area, f"{line.schedule.key} {line.occurrence.period}")


def uid_of_sender(line: Line) -> UUID:
    report = line.report
    return report.village or report.officer or report.body or line.schedule.uid


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("report_cells", text)
