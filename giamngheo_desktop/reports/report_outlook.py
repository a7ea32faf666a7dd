"""Tồn tại and nhiệm vụ kỳ tới: what waits on the day of the report, what is due after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain import report_periods
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.report_calendar import Direction
from giamngheo_desktop.domain.target_state import TargetState
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.reports.document import Piece
from giamngheo_desktop.reports.open_items import note_text, what_text
from giamngheo_desktop.reports.report_ask import ReportAsk, heading, paragraphs
from giamngheo_desktop.reports.report_deeds import is_done, task_rows
from giamngheo_desktop.reports.report_work import about_texts
from giamngheo_desktop.reports.targets import target_sentence
from giamngheo_desktop.services.documents.period_work import DONE, Recorded, year_activities
from giamngheo_desktop.services.programme.helping import helping
from giamngheo_desktop.services.programme.open_items import OpenItem, OpenItems, Waits, open_items
from giamngheo_desktop.services.reporting.calendar import calendar
from giamngheo_desktop.texts.narrative import joined
from giamngheo_desktop.texts.narrative import whole_text as whole

_SHOWN = 20  # of one kind; the others are counted
_BEHIND = (TargetState.BEHIND, TargetState.NOT_REACHED, TargetState.NOT_DONE)
# Of these it is a household that waits: no paper names it.
_OF_HOUSEHOLD = (Waits.RETURN, Waits.CHECK, Waits.INSTALMENT)


def open_now(ask: ReportAsk) -> list[Piece]:
    """Việc còn treo by what it waits for, who has no helper, targets that are behind."""
    said = texts.OPEN_REPORT
    found = open_items(*ask.known, unit=ask.unit, day=ask.last)
    lines = [*_items(found)]
    helped = helping(*ask.known, unit=ask.unit, day=ask.last)
    if helped.without:
        lines.append(f"- {said['helping'].format(count=whole(len(helped.without)))}.")
    if helped.overdue:
        late = len({one.home.uid for one in helped.overdue})
        lines.append(f"- {said['overdue'].format(count=whole(late))}.")
    behind = [line for line in ask.tracking.lines if line.state in _BEHIND]
    if behind:
        kind = ask.tracking.unit_kind
        names = "; ".join(target_sentence(line.target, kind) for line in behind)
        lines.append(f"- {said['behind'].format(names=names)}.")
    if found.items:
        late = sum(one.is_overdue for one in found.items)
        counts = {"count": whole(len(found.items)), "late": whole(late)}
        lines.insert(0, said["counted"].format(**counts, **ask.days))
    return [*paragraphs(lines or [said["none"].format(**ask.days)])]


def _items(found: OpenItems) -> Iterator[str]:
    said = texts.OPEN_REPORT
    for waits in Waits:
        items = found.of(waits)
        if not items:
            continue
        name = said["group"].format(name=texts.OPEN_WAITS[waits], count=whole(len(items)))
        if waits in _OF_HOUSEHOLD:
            yield f"- {name}."
            continue
        yield f"- {name}:"
        for one in items[:_SHOWN]:
            about = joined(_about(found, one))
            what = clean(what_text(found, one)).rstrip(".")
            yield f"{said['item'].format(what=what, about=f' ({about})' if about else '')}."
        if len(items) > _SHOWN:
            yield f"{said['more'].format(count=whole(len(items) - _SHOWN))}."


def _about(found: OpenItems, one: OpenItem) -> Iterator[str]:
    activity = one.activity if one.activity != one.uid else None
    for uid in (activity, one.body, one.village):
        yield found.names.get(uid, "") if uid else ""
    if one.day:
        yield texts.NEXT["due"].format(day=format_date(one.day))
    yield note_text(one)


def next_period(ask: ReportAsk) -> list[Piece]:
    """Tasks, activities and reports up to the end of the next period."""
    said = texts.NEXT
    first, last = following(ask)
    days = {"first": format_date(first), "last": format_date(last)}
    pieces: list[Piece] = []
    for key, lines in (
        ("tasks", [*_tasks(ask, first, last)]),
        ("activities", [*_activities(ask, first, last)]),
        ("reports", [*_reports(ask, first, last)]),
        ("undated", [*_undated(ask, last.year)]),
    ):
        if lines:
            pieces += [heading(said[key].format(year=last.year, **days), 1), *paragraphs(lines)]
    return pieces or [*paragraphs([said["none"].format(**days)])]


def following(ask: ReportAsk) -> tuple[date, date]:
    """What comes after the data: up to the end of a period as long as that of the report; of six
    and nine months to the end of the year. After a year comes the next one.
    """
    first = ask.last + timedelta(days=1)
    if ask.is_yearly:
        return date(ask.year + 1, 1, 1), date(ask.year + 1, 12, 31)
    if ask.period in ("H1", "9M"):
        return first, date(ask.year, 12, 31)
    months = report_periods.last_month(ask.period)
    end = 2 * months - report_periods.first_month(ask.period) + 1
    year, month = divmod(end - 1, 12)
    return first, report_periods.month_end(ask.year + year, month + 1)


def _years(first: date, last: date) -> range:
    return range(first.year, last.year + 1)


def _tasks(ask: ReportAsk, first: date, last: date) -> Iterator[str]:
    """Those not done yet whose last day lies in the span."""
    for year in _years(first, last):
        rows, names = task_rows(ask, year)
        for row in rows:
            if row["due_on"] and first <= row["due_on"] <= last and not is_done(ask, row):
                due = texts.NEXT["due"].format(day=format_date(row["due_on"]))
                about = joined((names.get(row["body"], ""), due))
                content = clean(row["content"]).rstrip(".")
                yield texts.NEXT["task"].format(content=content, about=f" ({about})")


def _activities(ask: ReportAsk, first: date, last: date) -> Iterator[str]:
    """Those that begin in the span, and those that go on in it."""
    for year in _years(first, last):
        found, names = year_activities(*ask.known, ask.unit, year)
        for one in found:
            begins = one.first is not None and one.first >= first
            if one.lies_in(first, last) and (begins or one.values["state"] != DONE):
                yield _activity(ask, one, names)


def _undated(ask: ReportAsk, year: int) -> Iterator[str]:
    """What of the year of the next period nobody dated."""
    found, names = year_activities(*ask.known, ask.unit, year)
    for one in found:
        if one.first is None and one.values["state"] != DONE:
            yield _activity(ask, one, names)


def _activity(ask: ReportAsk, one: Recorded, names: Mapping[UUID, str]) -> str:
    name = clean(one.values["name"]).rstrip(".")
    return texts.NEXT["activity"].format(name=name, about=joined(about_texts(ask, one, names)))


def _reports(ask: ReportAsk, first: date, last: date) -> Iterator[str]:
    """What the unit itself has to send beside the report itself: those of the year before may be
    due then, too.
    """
    for year in sorted({ask.year, *_years(first, last)}):
        found = calendar(*ask.known, ask.unit, year, ask.last)
        for line in found.of(Direction.OUTGOING):
            due, period = line.occurrence.due, line.occurrence.period
            if (year, period) == (ask.year, ask.period):
                continue
            if due is not None and first <= due <= last and line.standing.is_open:
                name = texts.occurrence_name(line.schedule.content, period)
                yield texts.NEXT["report"].format(name=name, day=format_date(due))
