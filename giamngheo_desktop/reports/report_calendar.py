"""Lịch báo cáo as papers: the calendar of a year, and who handed in the reports of a period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.report_calendar import Direction, Rule, State
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
from giamngheo_desktop.services.reporting import schedules
from giamngheo_desktop.services.reporting.calendar import Calendar, Line, Schedule
from giamngheo_desktop.storage.engine import Connection, Database

CODE = "report_calendar"
STATUS = "report_status_"  # before the code of a period, in small letters
_SAID = texts.REPORTING
_CALENDAR = (("sender", 14), ("recipient", 16), ("due", 11), ("cutoff", 10), ("submitted", 10),
             ("state", 16))  # fmt: skip
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
        for at, group in enumerate(_groups(lines), 1):
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
    for group in _groups(lines):
        rows.append(_heading(_summed(group), len(_STATUS)))
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
    said = _SAID["of_period"].format(period=texts.report_period_text(period), year=found.year)
    doc = ReportDoc(
        code=status_code(period),
        title=(_SAID["status_title"],),
        subtitle=(*_subtitle(found)[:-1], said, _subtitle(found)[-1]),
        body=(table,),
        notes=tuple(_notes(found, lines)),
        data_date=found.day,
    )
    return of_unit(database, doc)


def schedule_lines(connection: Connection, plan: UUID) -> tuple[str, ...]:
    """Chế độ báo cáo of a version as its plan prints it: who reports to whom, then what when."""
    said: dict[str, list[str]] = {}
    for row in schedules.of_plan(connection, plan):
        to = texts.recipient_text(row["recipient"] or "", row["via"] or "")
        sender = row["sender"] or texts.SENDERS.get(row["senders"], texts.SENDERS["unit"])
        heading = _SAID["recipient_given"].format(sender=sender, recipient=to)
        heading = heading if to else _SAID["sender_alone"].format(sender=sender)
        said.setdefault(heading, []).append(
            texts.schedule_sentence(Rule.of(row), str(row["content"]))
        )
    return tuple(f"{heading}: {'; '.join(_inner(found))}." for heading, found in said.items())


def schedule_title(found: Schedule) -> str:
    """What a schedule is called, with the unit that went into this one."""
    name = texts.schedule_name({"period": found.rule.period, "content": found.content})
    unit = found.area_name
    return _SAID["of_unit"].format(content=name, unit=unit) if unit else name


def report_name(line: Line) -> str:
    """A report with its period."""
    return texts.occurrence_name(schedule_title(line.schedule), line.occurrence.period)


def state_text(found: Calendar, line: Line) -> str:
    """How a report stands, and what there is to say of its day."""
    said = [texts.standing_text(line.standing)]
    if not line.is_expected:
        said.append(_SAID["not_asked"])
    if line.standing.is_open and not line.due_is_working:
        said.append(_SAID["not_working"])
    if not line.schedule.is_confirmed:
        said.append(_SAID["unconfirmed"])
    for one in line.receipts:
        paper = found.papers.get(one.issued) if one.issued else None
        if paper is not None and paper.cancelled_on is not None:
            said.append(_SAID["cancelled"].format(day=format_date(paper.cancelled_on)))
    return "; ".join(said)


def number_text(found: Calendar, line: Line) -> str:
    """The number of what was sent: as typed, else that of the issued paper."""
    numbers = []
    for one in line.receipts:
        paper = found.papers.get(one.issued) if one.issued else None
        numbers.append(one.number or (paper.number if paper else ""))
    return "; ".join(filter(None, numbers))


def due_day(line: Line) -> str:
    due = line.occurrence.due
    return format_date(due) if due else _SAID["no_due"]


def _groups(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines of one report and period together, in the order of the calendar."""
    found: dict[tuple[UUID, str], list[Line]] = {}
    for line in lines:
        found.setdefault((line.schedule.uid, line.occurrence.period), []).append(line)
    return [*found.values()]


def _of_group(found: Calendar, group: Sequence[Line]) -> tuple[str, ...]:
    line = group[0]
    schedule = line.schedule
    is_many = len(group) > 1 or bool((line.sender and line.report.village) or line.report.officer)
    submitted = "" if is_many or line.submitted_on is None else format_date(line.submitted_on)
    return (
        _senders(found, line),
        texts.recipient_text(schedule.recipient, schedule.via),
        due_day(line),
        format_date(line.occurrence.cutoff),
        submitted,
        _counted(group) if is_many else state_text(found, line),
    )


def _of_line(found: Calendar, line: Line) -> tuple[str, ...]:
    submitted = "" if line.submitted_on is None else format_date(line.submitted_on)
    return due_day(line), submitted, number_text(found, line), state_text(found, line)


def _sender(found: Calendar, line: Line) -> str:
    return line.sender or line.schedule.sender or found.unit_name


def _senders(found: Calendar, line: Line) -> str:
    """Who sends, as printed, else all of them in one word."""
    schedule = line.schedule
    if schedule.has_many and not schedule.sender:
        return texts.SENDERS[schedule.senders or ""]
    return schedule.sender or _sender(found, line)


def _counted(group: Sequence[Line]) -> str:
    said = _summed(group).removeprefix(f"{schedule_title(group[0].schedule)}: ")
    if not group[0].schedule.is_confirmed:
        said = f"{said}; {_SAID['unconfirmed']}"
    return said


def _summed(group: Sequence[Line]) -> str:
    asked = [line for line in group if line.is_expected]
    return _SAID["summed"].format(
        content=schedule_title(group[0].schedule),
        done=sum(not line.standing.is_open for line in asked),
        total=len(asked),
        late=sum(line.standing.state is State.LATE for line in asked),
    )


def _heading(said: str, width: int) -> Row:
    return Row(("", said), (BLANK,) * width, 1, bold=True)


def _subtitle(found: Calendar) -> tuple[str, ...]:
    day = _SAID["of_day"].format(day=format_date(found.day))
    return (*filter(None, [found.unit_name]), day)


def _notes(found: Calendar, lines: Iterable[Line]) -> Iterator[str]:
    yield _SAID["foot"]
    if found.is_draft:
        yield _SAID["foot_draft"]
    if any(not line.schedule.is_confirmed for line in lines):
        yield _SAID["foot_unconfirmed"]
    yield from calendar_notes(found)


def calendar_notes(found: Calendar) -> Iterator[str]:
    """What lacks for the calendar to be whole."""
    for schedule in found.unsent:
        who = texts.SENDERS_MISSING.get(schedule.senders or "", "")
        if who:
            yield _SAID["unsent"].format(name=schedule_title(schedule), who=who)
    if found.stray:
        yield _SAID["stray"].format(count=len(found.stray))


def _inner(sentences: Iterable[str]) -> list[str]:
    """Within a sentence they begin small."""
    return [f"{one[:1].lower()}{one[1:]}" for one in sentences]
