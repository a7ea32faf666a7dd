"""What a filler works with: the document and the part of it that it fills, the day of the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.heading_numbers import HeadingStyle
from giamngheo_desktop.domain.target_lines import in_order
from giamngheo_desktop.reports.report_ask import ReportAsk
from giamngheo_desktop.services.documents.heads import words_of
from giamngheo_desktop.services.documents.reading import Document, Part
from giamngheo_desktop.storage import plans, records
from giamngheo_desktop.storage.engine import Connection, Database


@dataclass(frozen=True, kw_only=True)
class Filling:
    """`day` is that of the data (`written.data_day`)."""

    database: Database
    definitions: Definitions
    document: Document
    part: Part
    day: date
    report: ReportAsk | None = None  # of a report: what its own fillers work with

    @property
    def unit(self) -> UUID:
        return self.document.unit

    @property
    def year(self) -> int:
        return self.document.year

    @property
    def period(self) -> str:
        """Of a report; empty for a plan."""
        return self.document.period

    @property
    def is_plan(self) -> bool:
        return self.document.type == plans.PLAN

    @property
    def until(self) -> date:
        """The last day of what it speaks of."""
        return self.report.last if self.report else self.day

    def is_known(self, day: date | None) -> bool:
        """Whether what was recorded for a day was known when the document was written."""
        return day is None or day <= self.until

    @cached_property
    def words(self) -> dict[str, str]:
        """What the placeholders of layouts stand for."""
        with self.database.reader() as connection:
            return words_of(connection, self.unit, self.year, self.day, self.period)

    def plan(self, connection: Connection) -> UUID | None:
        """The version of the plan whose targets and calendar it speaks of."""
        if self.is_plan:
            return self.document.uid
        return plans.in_force(connection, self.year).get(self.unit)

    @property
    def targets_style(self) -> HeadingStyle:
        """How the layout numbers the targets."""
        code = self.document.layout
        known = code in self.definitions.layouts
        return self.definitions.layout(code).targets_style if known else HeadingStyle.NONE

    def targets(self) -> list[Mapping[str, Any]]:
        """The targets of that version, in their order."""
        with self.database.reader() as connection:
            plan = self.plan(connection)
            rows = records.find(connection, Kind.TARGET, document=plan) if plan else []
        return in_order(rows)
