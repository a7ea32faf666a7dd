"""Papers of the programme that are signed and kept: one line each says how it is made, and of what.

A paper of a year or a day needs nothing else; one of a record (a danh sách kỳ as it was drawn up)
is asked for by that record, whose year and unit it has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain import report_periods
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.reports import issued_period_list
from giamngheo_desktop.reports.budget import budget_paper, lines_paper
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.fund import fund_paper
from giamngheo_desktop.reports.helping import LISTS, helping_list
from giamngheo_desktop.reports.household_plan import PLANS
from giamngheo_desktop.reports.household_supports import CODE as SHEET
from giamngheo_desktop.reports.household_supports import household_sheet
from giamngheo_desktop.reports.open_items import CODE as OPEN
from giamngheo_desktop.reports.open_items import open_list
from giamngheo_desktop.reports.period_list import period_list_doc
from giamngheo_desktop.reports.poverty_analysis import analysis_paper
from giamngheo_desktop.reports.report_calendar import CODE as CALENDAR
from giamngheo_desktop.reports.report_calendar import (
    calendar_paper,
    status_code,
    status_list,
)
from giamngheo_desktop.reports.support_list import support_list
from giamngheo_desktop.reports.targets import targets_paper
from giamngheo_desktop.reports.village_targets import CODE as VILLAGE_TARGETS
from giamngheo_desktop.reports.village_targets import of_plan_in_hand
from giamngheo_desktop.reports.written import PLAN as WRITTEN_PLAN
from giamngheo_desktop.reports.written import REPORT as WRITTEN_REPORT
from giamngheo_desktop.reports.written import written
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.programme import period_lists, support_lists
from giamngheo_desktop.services.programme.budget import Budget, budget
from giamngheo_desktop.services.programme.fund import FUNDS, fund_year
from giamngheo_desktop.services.reporting.calendar import Calendar, calendar
from giamngheo_desktop.services.targets.poverty_analysis import before_plan
from giamngheo_desktop.services.targets.tracking import track
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Database

BUDGET, BUDGET_LINES = "budget", "budget_lines"
TARGETS, POVERTY_ANALYSIS = "targets", "poverty_analysis"
FUND_BOOK = "fund_"  # before the code of a fund
POSTING = "_cong_khai"  # behind the code of a list that is hung out


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeAsked:
    """A paper of `papers` as it was asked for; `about` is the record it is of, `as_of` the day of
    one that speaks of a day.
    """

    code: str
    year: int
    unit: UUID | None = None
    as_of: date | None = None
    about: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What a maker works with; `anew` is by the data of now, where a record keeps its own."""

    database: Database
    definitions: Definitions
    asked: ProgrammeAsked
    anew: bool = False
    today: date | None = None  # of the desk, for what speaks of now

    @property
    def day(self) -> date:
        return self.asked.as_of or date(self.asked.year, 12, 31)

    @property
    def unit(self) -> UUID:
        """That which is asked for, else the one all others of the file are in."""
        return self.asked.unit or areas.top_unit(self.database, self.day)

    @property
    def record(self) -> UUID:
        """RefusedError `record_missing`."""
        if self.asked.about is None:
            raise RefusedError("record_missing")
        return self.asked.about


@dataclass(frozen=True, slots=True)
class Paper:
    """How it is made, what record it is of, whether it speaks of a day rather than a year, and
    whether it is of all such records where none is named; `whole` makes it with its annexes.
    """

    make: Callable[[Ask], ReportDoc]
    of: Kind | None = None
    has_day: bool = False
    of_all: bool = False
    whole: Callable[[Ask], tuple[ReportDoc, ...]] | None = None


def papers(definitions: Definitions) -> Mapping[str, Paper]:
    """Each paper by its code: the program's own, one a fund, two a danh sách kỳ."""
    supports = definitions.support_lists
    funds, lists = definitions.choice_list(FUNDS), definitions.period_lists
    return {
        BUDGET: Paper(lambda ask: budget_paper(*_known(ask), _budget(ask))),
        BUDGET_LINES: Paper(lambda ask: lines_paper(*_known(ask), _budget(ask))),
        **dict.fromkeys((f"{FUND_BOOK}{one.code}" for one in funds), Paper(_fund)),
        **dict.fromkeys(LISTS, Paper(_helping, has_day=True)),
        SHEET: Paper(_sheet, of=Kind.HOUSEHOLD, has_day=True),
        PLANS: Paper(_helping, of=Kind.HOUSEHOLD, has_day=True, of_all=True),
        OPEN: Paper(
            lambda ask: open_list(*_known(ask), unit=ask.asked.unit, day=ask.day), has_day=True
        ),
        CALENDAR: Paper(lambda ask: calendar_paper(ask.database, _calendar(ask)), has_day=True),
        **{
            status_code(period): Paper(_status_of(period), has_day=True)
            for period in report_periods.ALL
        },
        TARGETS: Paper(_targets, has_day=True),
        POVERTY_ANALYSIS: Paper(_analysis),
        VILLAGE_TARGETS: Paper(
            lambda ask: of_plan_in_hand(*_known(ask), unit=ask.unit, year=ask.asked.year)
        ),
        **dict.fromkeys(supports, Paper(_support_list, of=Kind.SUPPORT_EVENT)),
        **dict.fromkeys(lists, Paper(_period_list, of=Kind.PERIOD_LIST)),
        **dict.fromkeys(
            (f"{code}{POSTING}" for code in lists), Paper(_posting, of=Kind.PERIOD_LIST)
        ),
        **dict.fromkeys(
            (WRITTEN_PLAN, WRITTEN_REPORT),
            Paper(lambda ask: _written(ask)[0], of=Kind.DOCUMENT, whole=_written),
        ),
    }


def made(
    database: Database, definitions: Definitions, asked: ProgrammeAsked, *, anew: bool = False
) -> ReportDoc:
    """The document; AppErrors `unknown_paper`, `record_missing` and those of its maker."""
    paper = paper_of(definitions, asked.code)
    return paper.make(Ask(database=database, definitions=definitions, asked=asked, anew=anew))


def made_whole(
    database: Database,
    definitions: Definitions,
    asked: ProgrammeAsked,
    *,
    today: date,
    anew: bool = False,
) -> tuple[ReportDoc, ...]:
    """`made` with its annexes."""
    paper = paper_of(definitions, asked.code)
    ask = Ask(database=database, definitions=definitions, asked=asked, anew=anew, today=today)
    return paper.whole(ask) if paper.whole else (paper.make(ask),)


def paper_of(definitions: Definitions, code: str) -> Paper:
    """AppError `unknown_paper`."""
    known = papers(definitions)
    if code not in known:
        raise AppError("unknown_paper", name=code, known=", ".join(known))
    return known[code]


def asked_of_record(
    database: Database, definitions: Definitions, code: str, record: UUID
) -> ProgrammeAsked:
    """A paper of a record of a commune. AppErrors `unknown_paper`, `record_missing`."""
    kind = paper_of(definitions, code).of
    with database.reader() as connection:
        row = records.get(connection, kind, record) if kind else None
    if row is None or row["removed"]:
        raise RefusedError("record_missing")
    year = row["first_day"].year if kind is Kind.PERIOD_LIST else row["year"]
    return ProgrammeAsked(code=code, year=year, unit=row["area"], about=record)


def _known(ask: Ask) -> tuple[Database, Definitions]:
    return ask.database, ask.definitions


def _budget(ask: Ask) -> Budget:
    return budget(*_known(ask), year=ask.asked.year, unit=ask.asked.unit)


def _calendar(ask: Ask) -> Calendar:
    unit = ask.asked.unit or areas.top_unit(ask.database, ask.day)
    return calendar(*_known(ask), unit, ask.asked.year, ask.day)


def _status_of(period: str) -> Callable[[Ask], ReportDoc]:
    return lambda ask: status_list(ask.database, _calendar(ask), period)


def _targets(ask: Ask) -> ReportDoc:
    asked = ask.asked
    found = track(*_known(ask), ask.unit, asked.year, ask.day)
    return targets_paper(ask.database, found)


def _analysis(ask: Ask) -> ReportDoc:
    """Of the end of the year before, as the plan of the year has it."""
    return analysis_paper(
        *_known(ask), before_plan(*_known(ask), unit=ask.unit, year=ask.asked.year)
    )


def _fund(ask: Ask) -> ReportDoc:
    asked, fund = ask.asked, ask.asked.code.removeprefix(FUND_BOOK)
    book = fund_year(*_known(ask), year=asked.year, unit=asked.unit, fund=fund)
    return fund_paper(*_known(ask), book)


def _helping(ask: Ask) -> ReportDoc:
    asked, known = ask.asked, _known(ask)
    return helping_list(*known, asked.code, unit=asked.unit, day=ask.day, household=asked.about)


def _written(ask: Ask) -> tuple[ReportDoc, ...]:
    return written(*_known(ask), ask.record, today=ask.today or ask.day)


def _sheet(ask: Ask) -> ReportDoc:
    return household_sheet(*_known(ask), ask.record, today=ask.day)


def _period_list(ask: Ask, *, posting: bool = False) -> ReportDoc:
    """As it was drawn up. RefusedError `record_missing`, also of a list of another policy."""
    if ask.anew:
        found = period_lists.reprint(*_known(ask), ask.record, anew=True)
        doc = period_list_doc(found, posting=posting)
    else:
        doc = issued_period_list.printed(*_known(ask), ask.record, posting=posting)
    if doc.code != ask.asked.code.removesuffix(POSTING):
        raise RefusedError("record_missing")
    return doc


def _posting(ask: Ask) -> ReportDoc:
    return _period_list(ask, posting=True)


def _support_list(ask: Ask) -> ReportDoc:
    """Of an event; an empty one speaks of the last day of its year."""
    found = support_lists.of_event(ask.database, ask.record)
    return support_list(*_known(ask), ask.asked.code, found, day=ask.day)
