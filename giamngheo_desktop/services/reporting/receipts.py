"""Reports that were handed in or sent: recorded one by one or many at once, and taken back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.report_periods import CODES, PeriodType, span
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import plans, records
from giamngheo_desktop.storage.engine import Database

SENDERS = ("village", "body", "officer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Whose report of which period, by the key of its schedule; of the unit itself, and where only
    one sends, nobody is named.
    """

    key: str
    period: str  # a code of `domain/report_periods.py`
    village: UUID | None = None
    body: UUID | None = None
    officer: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A report that was recorded; `issued` is the paper that was sent."""

    uid: UUID
    report: Report
    year: int
    submitted_on: date
    number: str
    issued: UUID | None
    note: str


def read(row: dict[str, Any]) -> Receipt:
    """A receipt as it is stored."""
    names = ("key", "period", *SENDERS)
    return Receipt(
        uid=row["uid"],
        report=Report(**{name: row[name] for name in names}),
        year=row["year"],
        submitted_on=row["submitted_on"],
        number=row["number"] or "",
        issued=row["issued"],
        note=row["note"] or "",
    )


@dataclass(frozen=True, slots=True)
class Sent:
    """What a paper was sent as, by its name, and the day."""

    name: str
    submitted_on: date


def sent(database: Database) -> dict[UUID, tuple[Sent, ...]]:
    """For which reports each issued paper was sent, the first one first."""
    with database.reader() as connection:
        receipts = map(read, records.find(connection, Kind.REPORT_RECEIPT))
        schedules = records.find(connection, Kind.REPORT_SCHEDULE)
    contents = {row["key"]: row["content"] or "" for row in schedules}
    found: dict[UUID, tuple[Sent, ...]] = {}
    for one in sorted(receipts, key=lambda one: (one.submitted_on, one.uid)):
        if one.issued is not None:
            content = contents.get(one.report.key, "")
            name = texts.occurrence_name(content, one.report.period, one.year)
            said = Sent(name, one.submitted_on)
            found[one.issued] = (*found.get(one.issued, ()), said)
    return found


def record(
    database: Database,
    context: Context,
    year: int,
    report: Report,
    submitted_on: date,
    *,
    number: str = "",
    issued: UUID | None = None,
    note: str = "",
) -> Done[UUID]:
    """A report came in, or was sent as the paper `issued`.

    RefusedErrors `receipt_schedule` where no plan of the year asks for it, `receipt_period`,
    `receipt_in_future`, `receipt_before_period`, `receipt_twice`, `record_missing`,
    `receipt_cancelled` and `receipt_before_issued` of the paper.
    """
    with write_unit(database, context, Op.RECORD_RECEIPT) as work:
        if _has(work, year, report):
            raise RefusedError("receipt_twice", name=_name(work, report))
        more = {"number": number or None, "issued": issued, "note": note or None}
        _check_paper(work, issued, submitted_on)
        uid = _write(work, year, report, submitted_on, **more)
        work.subject = _name(work, report)
    return Done(uid, work.changes)


def record_many(
    database: Database, context: Context, year: int, reports: Sequence[Report], submitted_on: date
) -> Done[tuple[UUID, ...]]:
    """Reports that came in on one day; what is recorded already is left out.

    RefusedError `receipt_twice` where all of them are, and those of `record`.
    """
    with write_unit(database, context, Op.RECORD_RECEIPT) as work:
        new = [one for one in dict.fromkeys(reports) if not _has(work, year, one)]
        if not new:
            raise RefusedError("receipt_twice", name=_name(work, reports[0]) if reports else "")
        uids = tuple(_write(work, year, one, submitted_on) for one in new)
        work.subject = _name(work, new[0])
    return Done(uids, work.changes)


def take_back(database: Database, context: Context, uids: Collection[UUID]) -> Done[None]:
    """What was recorded by mistake. RefusedError `record_missing`."""
    with write_unit(database, context, Op.REMOVE_RECORD) as work:
        rows = [read(work.living(Kind.REPORT_RECEIPT, uid)) for uid in dict.fromkeys(uids)]
        for one in rows:
            work.remove(Kind.REPORT_RECEIPT, one.uid)
        work.subject = _name(work, rows[0].report) if rows else ""
    return Done(None, work.changes)


def _write(work: WriteUnit, year: int, report: Report, submitted_on: date, /, **more: Any) -> UUID:
    schedule, area = _schedule(work, year, report)
    if report.period not in (known := CODES[PeriodType(schedule["period"])]):
        raise RefusedError(
            "receipt_period",
            period=texts.report_period_text(report.period),
            known=", ".join(known),
            name=texts.schedule_name(schedule),
        )
    today = work.context.today()
    if submitted_on > today:
        days = {"day": format_date(submitted_on), "today": format_date(today)}
        raise RefusedError("receipt_in_future", **days)
    first = span(report.period, year)[0]
    if submitted_on < first and schedule["period"] != PeriodType.ONCE:
        days = {"day": format_date(submitted_on), "first": format_date(first)}
        raise RefusedError("receipt_before_period", **days)
    return work.insert(
        Kind.REPORT_RECEIPT,
        area=area,
        year=year,
        key=report.key,
        period=report.period,
        **{name: getattr(report, name) for name in SENDERS},
        submitted_on=submitted_on,
        **more,
    )


def _schedule(work: WriteUnit, year: int, report: Report) -> tuple[dict[str, Any], UUID]:
    """The schedule of the newest version that has it, and whose plan that is."""
    areas = {row["uid"]: row["area"] for row in plans.versions(work.connection, year)}
    found = records.find(work.connection, Kind.REPORT_SCHEDULE, key=report.key)
    by_plan = {row["document"]: row for row in found}
    newest = next((uid for uid in reversed(areas) if uid in by_plan), None)
    if newest is None:
        raise RefusedError("receipt_schedule", year=str(year))
    return by_plan[newest], areas[newest]


def _has(work: WriteUnit, year: int, report: Report) -> bool:
    senders = {name: getattr(report, name) for name in SENDERS}
    asked = {"year": year, "key": report.key, "period": report.period, **senders}
    return bool(records.find(work.connection, Kind.REPORT_RECEIPT, **asked))


def _name(work: WriteUnit, report: Report) -> str:
    found = records.find(work.connection, Kind.REPORT_SCHEDULE, key=report.key)
    return texts.occurrence_name(found[-1]["content"] if found else "", report.period)


def _check_paper(work: WriteUnit, issued: UUID | None, submitted_on: date) -> None:
    if issued is None:
        return
    paper = work.living(Kind.ISSUED, issued)
    if paper["cancelled_on"] is not None:
        raise RefusedError("receipt_cancelled", name=paper["title"])
    if submitted_on < paper["issued_on"]:
        days = {"day": format_date(submitted_on), "issued": format_date(paper["issued_on"])}
        raise RefusedError("receipt_before_issued", **days)
