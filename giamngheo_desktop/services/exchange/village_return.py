"""Takes in what a village head filled in: one more copy that meets the register.

Its edits replace what the register knew when the sheet left; so what was changed here meanwhile is
a clash that is listed, and the same file twice is nothing to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.merging import History
from giamngheo_desktop.domain.package import DataTable, Manifest
from giamngheo_desktop.domain.sheet_return import Row, Said, read_back
from giamngheo_desktop.services.exchange import book, merging, sheet_alike
from giamngheo_desktop.services.exchange.differences import ALIKE, Difference
from giamngheo_desktop.services.exchange.merge_findings import Finding
from giamngheo_desktop.services.exchange.merging import Incoming, MergeReport, Picks
from giamngheo_desktop.services.exchange.sheet_base import Base, base_of
from giamngheo_desktop.services.exchange.sheet_edits import SheetEdits, SheetProblem
from giamngheo_desktop.storage import packages, records
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.exchange import Action
from giamngheo_desktop.storage.record_names import names_of
from giamngheo_desktop.storage.schema import HEAD as SCHEMA


@dataclass(frozen=True, slots=True)
class Returned:
    """What a sheet that came back changes.

    `lost` are headings (form, heading) that were not found, an empty one for a whole sheet;
    `newer_on` is the moment of a sheet of this village that was made later and taken in before,
    `past_year` the year of a sheet that asked in an earlier one.
    """

    village: str
    report: MergeReport
    problems: tuple[SheetProblem, ...] = ()
    lost: tuple[tuple[str, str], ...] = ()
    newer_on: str = ""
    past_year: int | None = None

    @property
    def has_news(self) -> bool:
        """Whether something is to be taken, or may be if the officer says so."""
        return bool(self.report.taken or self.waiting)

    @property
    def waiting(self) -> list[Difference]:
        """Who is new in the sheet and may be somebody of the register, or of the sheet itself."""
        alike = [item for item in self.report.differences if item.field == ALIKE]
        return [item for item in alike if item.state == "clash"]

    @property
    def untaken(self) -> int:
        """How many cells and rows say what was not taken."""
        return sum(not one.is_taken for one in self.problems)


def look(
    database: Database,
    context: Context,
    definitions: Definitions,
    manifest: Manifest,
    tables: Iterable[DataTable],
    rows: Iterable[Row],
    picks: Picks | None = None,
) -> Returned:
    """What `take_in` would do; nothing is written."""
    made = _received(database, context, definitions, manifest, tables, rows, picks or {})
    report = merging.look(database, context, made.incoming(context), picks)
    return made.returned(report)


def take_in(
    database: Database,
    context: Context,
    definitions: Definitions,
    manifest: Manifest,
    tables: Iterable[DataTable],
    rows: Iterable[Row],
    picks: Picks | None = None,
    *,
    file: str = "",
) -> Done[Returned]:
    """Merge a sheet: one undo step.

    Raises RefusedErrors `sheet_other_unit`, `sheet_newer`, `sheet_no_rows`,
    `sheet_empty`, those of
    `merging.merge_edits`, and AppError `package_damaged`.
    """
    made = _received(database, context, definitions, manifest, tables, rows, picks or {})
    incoming = made.incoming(context, file)
    done = merging.merge_edits(database, context, incoming, picks, op=Op.TAKE_SHEET)
    return Done(made.returned(done.value), done.changes)


@dataclass(frozen=True, slots=True)
class _Received:
    """A sheet worked out against the file, ready to be merged."""

    manifest: Manifest
    base: Base
    said: Said
    made: SheetEdits
    asked: tuple[Difference, ...]  # what waits, and what was answered
    answers: tuple[str, ...]  # to be remembered
    settled: tuple[Finding, ...]
    newer_on: str
    past_year: int | None

    def incoming(self, context: Context, file: str = "") -> Incoming:
        manifest, base = self.manifest, self.base
        action = Action(
            uid=base.book,
            op=Op.TAKE_SHEET.value,
            subject=base.name,
            actor=base.name,
            origin=base.book,
            at=base.made_at,
            reason=None,
        )
        package = book.row_of(
            manifest,
            file,
            area=base.village,
            direction=packages.RECEIVED,
            received_on=context.today(),
            note=base.name,
        )
        history = History(self.made.roots, self.made.edits)
        return Incoming(
            history=history,
            actions=(action,),
            label=base.name,
            package=package,
            answers=self.answers,
        )

    def returned(self, report: MergeReport) -> Returned:
        lost = (*((form, "") for form in self.said.absent), *self.said.lost)
        if report.taken:
            report = replace(report, findings=(*report.findings, *self.settled))
        report = replace(report, differences=(*report.differences, *self.asked))
        problems = sorted(self.made.problems, key=lambda one: (one.sheet, one.row))
        age = self.newer_on, self.past_year
        return Returned(self.base.name, report, tuple(problems), lost, *age)


def _received(
    database: Database,
    context: Context,
    definitions: Definitions,
    manifest: Manifest,
    tables: Iterable[DataTable],
    rows: Iterable[Row],
    picks: Picks,
) -> _Received:
    if manifest.schema > SCHEMA:
        raise RefusedError("sheet_newer")
    kept = list(tables)
    base = base_of(manifest, kept)
    back = read_back(rows, base.headings)
    if not back.rows and (back.absent or back.keyless):
        raise RefusedError("sheet_no_rows", name=base.name)
    if not back.rows:
        raise RefusedError("sheet_empty", name=base.name)
    made = SheetEdits(definitions, base)
    made.tell_keyless(back.keyless)
    made.tell_marked(back.marked)
    said = {uid: side for (uid, name), side in picks.items() if name == ALIKE}
    with database.reader() as connection:
        if records.get(connection, Kind.AREA, base.village) is None:
            raise RefusedError("sheet_other_unit", name=manifest.unit_name)
        made.read(connection, back.rows)
        taken, asked, answers = sheet_alike.ask(connection, made, base, context.today(), said)
        made.roots, made.edits = dict(taken.roots), dict(taken.edits)
        made.drop_numbers_of_others(connection)
        settled = tuple(_settled(connection, made.touched()))
        newer = _newer(connection, base.village, manifest.made_at)
    past = manifest.year if (manifest.year or context.today().year) < context.today().year else None
    return _Received(manifest, base, back, made, tuple(asked), tuple(answers), settled, newer, past)


def _settled(connection: Connection, homes: set[UUID]) -> list[Finding]:
    """Whose answers were entered in a running review: the result does not follow by itself."""
    entered = [
        home
        for home in sorted(homes)
        for case in records.find(connection, Kind.CASE, household=home, outcome="reviewed")
        if (review := records.get(connection, Kind.REVIEW, case["review"]))
        and review["closed_on"] is None
    ]
    names = names_of(connection, entered)
    return [
        Finding("settled_case", home, params={"name": names.get(home, "")})
        for home in dict.fromkeys(entered)
    ]


def _newer(connection: Connection, village: UUID, made_at: str) -> str:
    found = records.find(
        connection, Kind.PACKAGE, area=village, kind="village", direction="received"
    )
    return max((row["made_at"] for row in found if row["made_at"] > made_at), default="")
