"""Lịch báo cáo as papers: the calendar of a year, and who handed in the reports of a period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.report_calendar import Direction, RuleDoubt, State
from giamngheo_desktop.domain.report_periods import CODES
from giamngheo_desktop.reports.document import (
    BLANK,
    Cell,
    ReportDoc,
    Row,
    Table,
    number_column,
    text_column,
)
from giamngheo_desktop.reports.issuer import of_unit
from giamngheo_desktop.services.reporting.calendar import Calendar, Line, Reminder, Schedule
from giamngheo_desktop.storage.engine import Database

CODE = "report_calendar"
STATUS = "report_status_"  # before the code of a period, in small letters
_SAID = texts.REPORTING
_CALENDAR = (("sender", 14), ("recipient", 16), ("due", 11), ("cutoff", 10), ("submitted", 10),
             ("state", 16))  # fmt: skip
_SUMMED = {
    State.LATE: "handed_in_open",
    State.SOON: "handed_in_soon",
    State.DONE_LATE: "handed_in_late",
}
_STATUS = (("due", 11), ("submitted", 10), ("document", 12), ("state", 20))


def status_code(period: str) -> str:
    """The code of the list of a period."""
    return f"{STATUS}{period.lower()}"


def calendar_paper(database: Database, found: Calendar) -> ReportDoc:
    """What is due in a year, sent and received; of many senders how many handed in."""
    rows: list[Row] = []
    for direction in Direction:
        lines = found.of(direction)
        if lines:
            rows.append(_heading(_SAID[direction.value], len(_CALENDAR)))
        for at, group in enumerate(groups_of(lines), 1):
            cells = tuple(map(Cell, _of_group(found, group)))
            rows.append(Row((str(at), report_name(group[0])), cells))
    table = Table(
        labels=(number_column(), text_column(_SAID["content"], "content", weight=28)),
        columns=tuple(text_column(_SAID[key], key, weight=weight) for key, weight in _CALENDAR),
        rows=tuple(rows),
        number_row=False,
        empty=_SAID["none"],
    )
    doc = ReportDoc(
        code=CODE,
        title=(_SAID["calendar_title"].format(year=found.year),),
        subtitle=_subtitle(found),
        landscape=True,
        body=(table,),
        notes=tuple(_notes(found, found.lines)),
        data_date=found.day,
    )
    return of_unit(database, doc)


def status_list(database: Database, found: Calendar, period: str) -> ReportDoc:
    """Who handed in, and who did not, each report of a period that is sent to the unit; those that
    the unit sends itself stand before them.
    """
    lines = [line for line in found.lines if line.occurrence.period == period]
    rows: list[Row] = []
    for group in groups_of(lines):
        rows.append(_heading(_group_name(group), len(_STATUS)))
        rows += (
            Row((str(at), _sender(found, line)), tuple(map(Cell, _of_line(found, line))))
            for at, line in enumerate(group, 1)
        )
    table = Table(
        labels=(number_column(), text_column(_SAID["sender"], "sender", weight=24)),
        columns=tuple(text_column(_SAID[key], key, weight=weight) for key, weight in _STATUS),
        rows=tuple(rows),
        number_row=False,
        empty=_SAID["none_of_period"],
    )
    said = _SAID["of_period"].format(period=texts.period_of_year_text(period, found.year))
    doc = ReportDoc(
        code=status_code(period),
        title=(_SAID["status_title"],),
        subtitle=(*_subtitle(found)[:-1], said, _subtitle(found)[-1]),
        body=(table,),
        notes=tuple(_notes(found, lines, period)),
        data_date=found.day,
    )
    return of_unit(database, doc)


def schedule_title(found: Schedule) -> str:
    """What a schedule is called, with the unit that went into this one."""
    name = texts.schedule_name({"period": found.rule.period, "content": found.content})
    return _of_unit(name, found)


def report_name(line: Line) -> str:
    """A report with its period."""
    name = texts.occurrence_name(line.schedule.content, line.occurrence.period)
    return _of_unit(name, line.schedule)


def _of_unit(name: str, found: Schedule) -> str:
    unit = found.area_name
    return _SAID["of_unit"].format(content=name, unit=unit) if unit else name


def state_text(found: Calendar, line: Line) -> str:
    """How a report stands, and what there is to say of its day."""
    return "; ".join((texts.standing_text(line.standing), *remarks(found, [line])))


def remarks(found: Calendar, group: Sequence[Line]) -> Iterator[str]:
    """What there is to say of a report of a period beside how it stands, each once."""
    if any(not line.is_expected for line in group):
        yield _SAID["not_asked"]
    if not group[0].due_is_working and any(line.standing.is_open for line in group):
        yield _SAID["not_working"]
    if not group[0].schedule.is_confirmed:
        yield _SAID["unconfirmed"]
    papers = (found.papers.get(one.issued) for line in group for one in line.receipts if one.issued)
    for paper in papers:
        if paper is not None and paper.cancelled_on is not None:
            yield _SAID["cancelled"].format(day=format_date(paper.cancelled_on))


def number_text(found: Calendar, line: Line) -> str:
    """The number of what was sent: as typed, else that of the issued paper."""
    numbers = []
    for one in line.receipts:
        paper = found.papers.get(one.issued) if one.issued else None
        numbers.append(one.number or (paper.number if paper else ""))
    return "; ".join(filter(None, numbers))


def recipient_of(schedule: Schedule) -> str:
    return texts.recipient_text(schedule.recipient, schedule.via)


def due_day(line: Line) -> str:
    due = line.occurrence.due
    return format_date(due) if due else _SAID["no_due"]


def groups_of(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines of one report and period together, in the order of the calendar."""
    found: dict[tuple[UUID, str], list[Line]] = {}
    for line in lines:
        found.setdefault((line.schedule.uid, line.occurrence.period), []).append(line)
    return [*found.values()]


def _of_group(found: Calendar, group: Sequence[Line]) -> tuple[str, ...]:
    line = group[0]
    is_many = line.schedule.has_many
    submitted = "" if is_many or line.submitted_on is None else format_date(line.submitted_on)
    return (
        senders_text(found, line.schedule, line.sender),
        recipient_of(line.schedule),
        due_day(line),
        _cutoff(line),
        submitted,
        "; ".join((summed_text(group), *remarks(found, group)))
        if is_many
        else state_text(found, line),
    )


def _cutoff(line: Line) -> str:
    """Nobody said one, and the end of the period comes after the last day: it is to be asked."""
    is_open = RuleDoubt.CUTOFF_OPEN in line.schedule.doubts
    return _SAID["no_cutoff"] if is_open else format_date(line.occurrence.cutoff)


def _of_line(found: Calendar, line: Line) -> tuple[str, ...]:
    submitted = "" if line.submitted_on is None else format_date(line.submitted_on)
    return due_day(line), submitted, number_text(found, line), state_text(found, line)


def _sender(found: Calendar, line: Line) -> str:
    return line.sender or line.schedule.sender or found.unit_name


def senders_text(found: Calendar, schedule: Schedule, name: str = "") -> str:
    """Who sends: as printed, else who is known by `name`, else all of them in one word."""
    if schedule.has_many and not schedule.sender:
        return texts.SENDERS[schedule.senders or ""]
    return schedule.sender or name or found.unit_name


def summed_text(group: Sequence[Line]) -> str:
    """How many of the senders of one report handed it in, and what is worst about it."""
    asked = [line.standing for line in group if line.is_expected]
    state = worst(group)
    said = _SAID[_SUMMED.get(state, "handed_in")]
    return said.format(
        done=sum(not standing.is_open for standing in asked),
        total=len(asked),
        late=sum(standing.state is state for standing in asked),
    )


def worst(group: Sequence[Line]) -> State:
    """What a row of many says in colour: any late one first."""
    states = {line.standing.state for line in group if line.is_expected}
    order = (State.LATE, State.SOON, State.UNDATED, State.NOT_DUE, State.DONE_LATE, State.DONE)
    return next((state for state in order if state in states), State.DONE)


def _group_name(group: Sequence[Line]) -> str:
    """A report of a period; of many senders how many handed it in."""
    name = report_name(group[0])
    return f"{name} – {summed_text(group)}" if group[0].schedule.has_many else name


def _heading(said: str, width: int) -> Row:
    return Row(("", said), (BLANK,) * width, 1, bold=True)


def _subtitle(found: Calendar) -> tuple[str, ...]:
    day = _SAID["of_day"].format(day=format_date(found.day))
    return (*filter(None, [found.unit_name]), day)


def _notes(found: Calendar, lines: Iterable[Line], period: str = "") -> Iterator[str]:
    yield _SAID["foot"]
    if found.is_draft:
        yield _SAID["foot_draft"]
    if any(not line.schedule.is_confirmed for line in lines):
        yield _SAID["foot_unconfirmed"]
    yield from calendar_notes(found, period)


def calendar_notes(found: Calendar, period: str = "") -> Iterator[str]:
    """What lacks for the calendar to be whole, or for one period of it."""
    for schedule in found.unsent:
        if period and period not in CODES[schedule.rule.period]:
            continue
        who = texts.SENDERS_MISSING.get(schedule.senders or "", "")
        if who:
            yield _SAID["unsent"].format(name=schedule_title(schedule), who=who)
    if found.stray:
        yield _SAID["stray"].format(count=len(found.stray))


def reminder_line(one: Reminder) -> str:
    """What is said of a report that is due."""
    name = texts.occurrence_name(one.schedule.content, one.occurrence.period, one.year)
    name = _of_unit(name, one.schedule)
    said = texts.reminder_text(name, one.missing, one.total, one.standing)
    return said if one.schedule.is_confirmed else f"{said}; {_SAID['unconfirmed']}"
