"""The plans of the sample's last two years as they were issued, from resources/sample: sections and
texts, targets, reports with who handed them in, what was typed as reached.
"""

from __future__ import annotations

import tomllib
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.sample.programme import WRITTEN, write_table
from giamngheo_desktop.sample.records import Records
from giamngheo_desktop.services.documents import heads, sections, versions
from giamngheo_desktop.services.programme import entries
from giamngheo_desktop.services.reporting import receipts, schedules
from giamngheo_desktop.services.reporting.receipts import Report
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Database

Said = Mapping[str, Any]
# A version is issued on a day under its number; who can print keeps its paper in the book as well.
IssuePlan = Callable[[Database, Definitions, Context, UUID, date, str], object]


def without_paper(
    database: Database,
    definitions: Definitions,
    context: Context,
    plan: UUID,
    signed_on: date,
    number: str,
) -> None:
    """The version stands, as one that was signed before the program came."""
    versions.issue(database, context, plan, signed_on, signed_on=signed_on, number=number)


def write_plans(known: Records, issue: IssuePlan, until: date) -> None:
    """What villages shall reach becomes the plan's of its year; with what was measured and handed
    in by a day of the story.
    """
    text = (paths.resources() / "sample" / "plans.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    write_table(known, table)
    for said in table["plan"]:
        _Plan(known, said, issue, until).write()


class _Plan:
    def __init__(self, known: Records, said: Said, issue: IssuePlan, until: date) -> None:
        self._known, self._sample, self._said = known, known.sample, said
        self._issue, self._until = issue, until
        self._year: int = said["year"]
        self._context: Context = known.sample.context_at(WRITTEN)
        self._args = (self._sample.database, self._context)

    def write(self) -> None:
        said, definitions = self._said, self._sample.definitions
        unit, layout = self._sample.commune, said["layout"]
        plan = sections.begin(*self._args, definitions, unit, self._year, layout).value
        heads.save(*self._args, plan, **said["head"])
        self._write_texts(plan)
        for preset in said.get("preset", ()):
            self._take(plan, preset)
        with self._unit() as work:
            for kind in (Kind.TARGET, Kind.REPORT_SCHEDULE):
                self._known.write(work, kind, said.get(kind.value, ()), self._year, document=plan)
        by = (self._sample.database, definitions, self._context)
        self._issue(*by, plan, said["issued_on"], said["head"]["number"])
        with self._unit() as work:
            results = self._by_now(said.get(Kind.TARGET_RESULT.value, ()), "measured_on")
            self._known.write(work, Kind.TARGET_RESULT, results, self._year)
        for receipt in self._by_now(said.get("receipt", ()), "on"):
            self._receive(plan, receipt)

    def _by_now(self, rows: Iterable[Said], day: str) -> list[Said]:
        return [row for row in rows if row[day] <= self._until]

    def _unit(self) -> Any:
        return write_unit(*self._args, Op.LOAD_SAMPLE, unit=self._sample.commune)

    def _write_texts(self, plan: UUID) -> None:
        texts: Said = self._said.get("texts", {})
        left_out = self._said.get("left_out", ())
        for row in self._rows(Kind.DOCUMENT_SECTION, plan):
            if row["code"] in texts:
                sections.change(*self._args, row["uid"], text=texts[row["code"]])
            if row["code"] in left_out:
                sections.include(*self._args, row["uid"], False)

    def _take(self, plan: UUID, preset: Said) -> None:
        """A preset with what its plan does not print, as it holds here."""
        taken = schedules.take(*self._args, self._sample.definitions, plan, preset["code"]).value
        form = self._sample.definitions.records[Kind.REPORT_SCHEDULE]
        rows = {row["uid"]: row for row in self._rows(Kind.REPORT_SCHEDULE, plan)}
        with self._unit() as work:
            for uid in taken:
                row = rows[uid]
                fills = (preset.get(row[name], {}) for name in ("direction", "period"))
                values = {**row, **ChainMap(*fills), "confirmed": True}
                entries.write(work, form, values, uid, given={})

    def _receive(self, plan: UUID, said: Said) -> None:
        """One report of the unit, or one of each who hands in on that day."""
        key = next(
            row["key"]
            for row in self._rows(Kind.REPORT_SCHEDULE, plan)
            if all(row[name] == value for name, value in said["of"].items())
        )
        named = {name: said[name] for name in ("number", "note") if name in said}
        if not ({"villages", "officers"} & said.keys()):
            report = Report(key=key, period=said["period"])
            receipts.record(*self._args, self._year, report, said["on"], **named)
            return
        whose = list(self._senders(key, said))
        receipts.record_many(*self._args, self._year, whose, said["on"])

    def _senders(self, key: str, said: Said) -> Iterator[Report]:
        for number in said.get("villages", ()):
            village = self._sample.villages[number - 1]
            yield Report(key=key, period=said["period"], village=village)
        for name in said.get("officers", ()):
            yield Report(key=key, period=said["period"], officer=self._known.officer(name))

    def _rows(self, kind: Kind, plan: UUID) -> list[dict[str, Any]]:
        with self._sample.database.reader() as connection:
            return records.find(connection, kind, document=plan)
