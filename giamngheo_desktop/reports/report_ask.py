"""What a narrative report asks its fillers: of which unit, which span, told on which day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain import report_periods
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.vietnamese import clean, sort_key
from giamngheo_desktop.reports.document import Align, Paragraph, Run
from giamngheo_desktop.services.documents import data_days, period_work, situation
from giamngheo_desktop.services.documents.period_work import PeriodWork
from giamngheo_desktop.services.documents.reading import Document
from giamngheo_desktop.services.documents.situation import Situation
from giamngheo_desktop.services.programme import listing, plan_components, years
from giamngheo_desktop.services.programme.listing import Listing
from giamngheo_desktop.services.programme.within import known_until
from giamngheo_desktop.services.targets import poverty_analysis
from giamngheo_desktop.services.targets.poverty_analysis import Analysis
from giamngheo_desktop.services.targets.tracking import Tracking, track
from giamngheo_desktop.storage import plans
from giamngheo_desktop.storage.engine import Database

FIRST_LINE = 12.7  # mm
_INDENT = 12.7


@dataclass(kw_only=True)
class ReportAsk:
    """A report of `period` (`domain/report_periods.py`) with the data of `day`; what several
    fillers need is read once. `document` is the report itself, where it is written down.
    """

    database: Database
    definitions: Definitions
    unit: UUID
    year: int
    period: str
    day: date
    begins: date | None = field(default=None)  # where it was not cut with the month
    document: UUID | None = field(default=None)

    @property
    def first(self) -> date:
        return self.begins or report_periods.span(self.period, self.year)[0]

    @cached_property
    def last(self) -> date:
        """The last day of the period, cut at the day of the data and at the last day written."""
        end = min(self.day, report_periods.span(self.period, self.year)[1])
        return max(self.first, known_until(self.database, end))

    @property
    def is_cumulative(self) -> bool:
        """Whether the period is the year so far."""
        return self.first == date(self.year, 1, 1)

    @property
    def is_yearly(self) -> bool:
        return self.period == "Y"

    @property
    def known(self) -> tuple[Database, Definitions]:
        return self.database, self.definitions

    @property
    def days(self) -> dict[str, str]:
        """What the sentences are filled with."""
        return {
            "first": format_date(self.first),
            "last": format_date(self.last),
            "day": format_date(self.last),
            "year": str(self.year),
        }

    @cached_property
    def situation(self) -> Situation:
        return situation.situation(*self.known, self.unit, self.year, self.last)

    @cached_property
    def analysis(self) -> Analysis:
        """Of the same households as the situation."""
        as_of = None if self.situation.is_yearly else self.last
        return poverty_analysis.analysis(*self.known, unit=self.unit, year=self.year, as_of=as_of)

    @cached_property
    def tracking(self) -> Tracking:
        return track(*self.known, self.unit, self.year, self.last)

    @cached_property
    def listing(self) -> Listing:
        return listing.of_year(*self.known, self.unit, self.year)

    @cached_property
    def bodies(self) -> tuple[tuple[str, int], ...]:
        """The bodies of the year by name, each with how many officers."""
        forms = self.definitions.records
        with self.database.reader() as connection:
            known = years.read(connection, forms[Kind.BODY], self.unit, self.year)
            officers = years.read(connection, forms[Kind.OFFICER], self.unit, self.year)
        counts = Counter(one["body"] for one in officers.values())
        found = [(clean(one["name"]), counts[uid]) for uid, one in known.items()]
        return tuple(sorted(found, key=lambda one: sort_key(one[0])))

    @cached_property
    def numbers(self) -> dict[tuple[str, str], str]:
        """The numbers that the plan prints, by programme and component."""
        return plan_components.printed(self.database, self.unit, self.year)

    @cached_property
    def work(self) -> PeriodWork:
        return period_work.period_work(
            *self.known, self.unit, self.year, self.first, self.last, undated=self.is_yearly
        )


def report_ask(
    database: Database, definitions: Definitions, document: Document, day: date
) -> ReportAsk | None:
    """What the fillers of a report share, with the data of a day; None for a plan."""
    if document.type == plans.PLAN:
        return None
    period = document.period or "Y"
    with database.reader() as connection:
        begins, _ = data_days.span(connection, document.unit, document.year, period)
    return ReportAsk(
        database=database,
        definitions=definitions,
        unit=document.unit,
        year=document.year,
        period=period,
        day=day,
        begins=begins,
        document=document.uid,
    )


def paragraphs(lines: Iterable[str]) -> list[Paragraph]:
    """A paragraph each sentence."""
    return [Paragraph(runs=(Run(line),), first_line=FIRST_LINE) for line in lines if line]


def heading(text: str, depth: int = 0) -> Paragraph:
    """Above what belongs together, no part of the numbered headings."""
    return Paragraph(
        runs=(Run(text, bold=not depth, italic=bool(depth)),),
        align=Align.LEFT,
        left=_INDENT,
        with_next=True,
    )


def note(text: str) -> Paragraph:
    """What must be said of a table, below it."""
    return Paragraph(runs=(Run(text, italic=True),), size=11, first_line=FIRST_LINE)
