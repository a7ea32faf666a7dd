"""Writes what was accepted of a plan: one transaction, one undo step, a report to keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.household import Member
from giamngheo_desktop.services import classes, households
from giamngheo_desktop.services.dated import holds, set_fact
from giamngheo_desktop.services.households import HOUSEHOLD_FACTS, PERSON_FACTS
from giamngheo_desktop.services.importing.class_entry import class_entry
from giamngheo_desktop.services.importing.new_homes import (
    NewHome,
    NewPerson,
    person_values,
    write_homes,
)
from giamngheo_desktop.services.importing.past import reason_of
from giamngheo_desktop.services.importing.plan import (
    TOLD,
    About,
    CellState,
    Choices,
    ImportPlan,
    PlannedCell,
    PlannedRow,
    RowPlace,
    RowState,
)
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import areas, audit, records
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.households import HOUSEHOLD_FIELDS
from giamngheo_desktop.texts import error_text

Values = dict[str, Any]
_CellOf = tuple[str, int, str]  # sheet, row, field


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What was done with each row: `written`, or why not (`left`, `same`, `problem`); of its cells
    only those of `texts` are in the register now.
    """

    plan: ImportPlan
    written: frozenset[RowPlace]
    texts: Mapping[_CellOf, str]  # what was written, as it is shown
    households: int  # new ones
    persons: int  # new ones
    cells: int  # of known households and persons
    open_cells: int = 0  # of written rows: not understood, or nobody chose how

    def done(self, row: PlannedRow) -> str:
        if row.place in self.written:
            return "written"
        named = {RowState.SAME: "same", RowState.PROBLEM: "problem"}
        return named.get(row.state, "left")

    def wrote(self, row: PlannedRow, cell: PlannedCell) -> str | None:
        """What was written of a cell, None where nothing was."""
        return self.texts.get((*row.place, cell.field))

    def waits_for_head(self, row: PlannedRow) -> bool:
        """Whether it is not written because the head of its new household is not."""
        return self.done(row) == "left" and row.needs is not None and row.needs not in self.written


def apply_plan(
    database: Database, context: Context, plan: ImportPlan, choices: Choices
) -> Done[ImportReport]:
    """Write the accepted rows, all or none.

    Raises AppErrors `import_nothing`, `import_stale` where anything was written since the plan
    was made, `import_row` with what the register refuses, and the row.
    """
    if not plan.taken(choices):
        raise AppError("import_nothing")
    reason = reason_of(plan.sha256)
    with write_unit(database, context, Op.IMPORT_LIST, reason=reason) as work:
        if audit.last_group(work.connection)[1] != plan.basis:
            raise AppError("import_stale")
        work.subject = plan.file_name
        report = write_plan(work, plan, choices)
    return Done(report, work.changes)


def write_plan(work: WriteUnit, plan: ImportPlan, choices: Choices) -> ImportReport:
    """Write the accepted rows as a part of an action. Raises AppError `import_row`."""
    writer = _Writer(work, plan, choices)
    taken = plan.taken(choices)
    writer.write(taken)
    return ImportReport(
        plan=plan,
        written=frozenset(writer.written),
        texts=writer.texts,
        households=writer.new_homes,
        persons=writer.new_persons,
        cells=writer.cells,
        open_cells=sum(_is_open(row, cell, choices) for row in taken for cell in row.cells),
    )


def _is_open(row: PlannedRow, cell: PlannedCell, choices: Choices) -> bool:
    if cell.field in TOLD:
        return False
    place = row.at(cell)
    is_chosen = cell.state is CellState.UNCLEAR and place in choices.readings
    return cell.state in (CellState.UNCLEAR, CellState.PROBLEM) and not is_chosen


def settled(row: PlannedRow, choices: Choices) -> Iterator[tuple[PlannedCell, Any]]:
    """The cells of a row that are written, with their values."""
    for cell in row.cells:
        place = row.at(cell)
        if place in choices.refused_cells:
            continue
        if cell.state in (CellState.NEW, CellState.CHANGED):
            yield cell, cell.new
        elif cell.state is CellState.UNCLEAR and place in choices.readings:
            value = cell.readings[choices.readings[place]].value
            if value is not None:
                yield cell, value


def _text(row: PlannedRow, cell: PlannedCell, choices: Choices) -> str:
    """What a settled cell writes."""
    if cell.state is CellState.UNCLEAR:
        return cell.readings[choices.readings[row.at(cell)]].text
    return cell.new_text


class _Writer:
    def __init__(self, work: WriteUnit, plan: ImportPlan, choices: Choices) -> None:
        self._work, self._plan, self._choices = work, plan, choices
        self._tree = areas.tree_on(work.connection, plan.day)
        self.written: set[RowPlace] = set()
        self.texts: dict[_CellOf, str] = {}
        self.new_homes = self.new_persons = self.cells = 0

    def write(self, rows: Sequence[PlannedRow]) -> None:
        homes: dict[UUID, list[PlannedRow]] = {}
        for row in rows:
            homes.setdefault(row.household, []).append(row)
        new = [found for found in homes.values() if found[0].is_new_household]
        made = [home for found in new if (home := self._new_home(found)) is not None]
        write_homes(
            self._work,
            made,
            day=self._plan.day,
            year=self._plan.year,
            standard=self._plan.standard,
            communes={home.village: self._commune(home.village) for home in made},
        )
        self.new_homes = len(made)
        self.new_persons = sum(len(home.members) for home in made)
        known = [row for found in homes.values() for row in found if not row.is_new_household]
        self._work.read_ahead(list({uid for row in known for uid in _records(row)}))
        for row in known:
            try:
                self._known(row)
            except RefusedError as error:
                raise AppError(
                    "import_row", sheet=row.sheet, row=row.row, reason=error_text(error)
                ) from error

    def _commune(self, village: UUID) -> UUID:
        above = (area.uid for area in self._tree.ancestors(village) if area.level is Level.COMMUNE)
        return next(above, village)

    def _new_home(self, rows: Sequence[PlannedRow]) -> NewHome | None:
        """A household comes with its head's row; without it nobody would know it."""
        village = rows[0].village
        if village is None:
            return None
        facts: Values = {}
        members, written = [], set()
        kept: list[tuple[PlannedRow, PlannedCell]] = []
        for row in rows:
            values: Values = {}
            for cell, value in settled(row, self._choices):
                (values if cell.about is About.PERSON else facts)[cell.field] = value
                kept.append((row, cell))
            if row.person is not None and values.get("full_name"):
                values.setdefault("relation", "other" if row.needs else "head")
                members.append(NewPerson(row.person, values))
                written.add(row.place)
        if rows[0].head not in {row for _, row in written}:
            return None
        self.written |= written
        is_classed = facts.get("household_class") is not None
        for row, cell in kept:
            if row.place in written and (is_classed or cell.about is not About.CLASS):
                self._tell(row, cell)
        return NewHome(rows[0].household, village, facts, tuple(members))

    def _known(self, row: PlannedRow) -> None:
        cells = list(settled(row, self._choices))
        by_about: dict[About, Values] = {about: {} for about in About}
        for cell, value in cells:
            by_about[cell.about][cell.field] = value
        if row.is_new_person:
            self._new_person(row, by_about[About.PERSON])
        elif row.person is not None:
            self._person(row, row.person, by_about[About.PERSON])
        self._household(row.household, by_about[About.HOUSEHOLD])
        is_classed = self._class(row, by_about[About.CLASS])
        for cell, _ in cells:
            if is_classed or cell.about is not About.CLASS:
                self._tell(row, cell)
                self.cells += not (row.is_new_person and cell.about is About.PERSON)
                self.written.add(row.place)

    def _tell(self, row: PlannedRow, cell: PlannedCell) -> None:
        self.texts[*row.place, cell.field] = _text(row, cell, self._choices)

    def _new_person(self, row: PlannedRow, values: Values) -> None:
        if row.person is None or not values.get("full_name"):
            return
        stays = records.find(self._work.connection, Kind.MEMBERSHIP, household=row.household)
        fields = person_values(values) | {code: values.get(code) for code in PERSON_FACTS}
        member = Member(
            uid=row.person,
            membership=self._work.context.new_id(),
            relation=values.get("relation"),
            **fields,
        )
        households.add_member(
            self._work,
            row.household,
            member,
            position=max((stay["position"] or 0 for stay in stays), default=0) + 1,
            day=self._plan.day,
            reason="opening",
        )
        self.new_persons += 1

    def _person(self, row: PlannedRow, uid: UUID, values: Values) -> None:
        fields = person_values(values)
        kind = row.cell("id_kind")
        if kind is not None and kind.state is CellState.SAME and kind.old != "none":
            fields.pop("id_kind", None)  # the list says it: it does not follow from the number
        if fields:
            self._work.update(Kind.PERSON, uid, **fields)
        self._facts(Kind.PERSON_FACT, "person", uid, PERSON_FACTS, values)
        if relation := values.get("relation"):
            stays = records.find(
                self._work.connection, Kind.MEMBERSHIP, person=uid, household=row.household
            )
            for stay in stays:
                if holds(stay, self._plan.day):
                    self._work.change(Kind.MEMBERSHIP, stay["uid"], stay, {"relation": relation})

    def _household(self, uid: UUID, values: Mapping[str, Any]) -> None:
        columns = {code: value for code, value in values.items() if code in HOUSEHOLD_FIELDS}
        if columns:
            self._work.update(Kind.HOUSEHOLD, uid, **columns)
        self._facts(Kind.HOUSEHOLD_FACT, "household", uid, HOUSEHOLD_FACTS, values)

    def _facts(
        self, kind: Kind, owner: str, uid: UUID, codes: Sequence[str], values: Mapping[str, Any]
    ) -> None:
        """From the day of the list on."""
        for code in codes:
            if values.get(code) is not None:
                set_fact(self._work, kind, owner, uid, code, values[code], self._plan.day)

    def _class(self, row: PlannedRow, values: Mapping[str, Any]) -> bool:
        """Whether they make a record."""
        entry = class_entry(self._work.connection, self._plan, row, values)
        if entry is None or row.village is None:
            return False
        classes.record_in(self._work, entry, self._commune(row.village))
        return True


def _records(row: PlannedRow) -> Iterator[UUID]:
    yield row.household
    if row.person is not None and not row.is_new_person:
        yield row.person
