"""A list of a former commune (27 columns, or any other that the import reads): everybody is new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import PurePath
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.sheet_headings import find_head
from giamngheo_desktop.domain.sheet_text import in_unicode
from giamngheo_desktop.services.exchange.former_taking import RowFinding, Taken, Taking
from giamngheo_desktop.services.exchange.former_units import Picks, UnitLine, UnknownUnitsError
from giamngheo_desktop.services.importing.apply import write_plan
from giamngheo_desktop.services.importing.known import Villages
from giamngheo_desktop.services.importing.plan import (
    ALL,
    CellState,
    Choices,
    ImportPlan,
    PlannedRow,
    RowState,
)
from giamngheo_desktop.services.importing.planning import Source, plan_of_nobody
from giamngheo_desktop.services.unit import WriteUnit

_UNPLACED = ("village_unknown", "village_several")
_SEARCHED = 60  # rows from the top in which a list says whose it is
_COUNTED = (Kind.HOUSEHOLD, Kind.PERSON, Kind.CLASS_RECORD)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSource:
    """The workbook as read, the year whose result it is, and what the sender's last table says."""

    name: str
    source: Source
    year: int
    said: Mapping[str, int] = field(default_factory=dict)


class ListTaking(Taking):
    """Raises AppErrors import_no_list, import_row, and UnknownUnitsErrors former_unknown,
    former_villages, former_taken, former_twice, class_of_closed_year. A commune may have several
    lists in an action: one for each village, or for each class.
    """

    def __init__(
        self,
        work: WriteUnit,
        definitions: Definitions,
        source: ListSource,
        picks: Picks,
        before: Sequence[Taken] = (),
    ) -> None:
        super().__init__(work, source.name, picks, before)
        self._definitions, self._source = definitions, source
        said, title = _whose(definitions, source.source)
        self._own = self.units.commune(said, title, present=True)
        self._is_here = self._own not in self.units.former
        name = self.units.name(self._own)
        self._said = said[0] if said else name
        if self._is_here:  # of many former communes
            self.refuse_again(self._own, self._said, sha256=source.source.sha256)
        else:
            self.refuse_again(self._own, name, beside_lists=True)

    def run(self) -> Taken:
        work, source = self.work, self._source
        plan, lines = self._placed(self._plan())
        taken = Taken(
            file=source.name,
            name=self._said if self._is_here else self.units.name(self._own),
            unit=self._own,
            year=source.year,
            standard=plan.standard,
            said=source.said,
            units=(self.units.sender(self._said, self._own), *lines),
            sha256=source.source.sha256,
            rows=tuple(_findings(plan)),
            left_out=len(plan.left_out),
        )
        plan = replace(plan, rows=tuple(self._relabelled(taken, row) for row in plan.rows))
        before = work.changes.touched
        try:
            write_plan(work, plan, _everything(plan))
        except RefusedError as error:  # of the year of these units: others may be meant
            raise UnknownUnitsError(error.code, taken.units, **error.params) from error
        after = work.changes.touched
        new = {kind: after.get(kind, frozenset()) - before.get(kind, set()) for kind in _COUNTED}
        taken.added.update({kind: len(uids) for kind, uids in new.items()})
        villages = (line.unit for line in lines if line.unit is not None)
        people = set(new[Kind.PERSON])
        return self.finish(taken, villages, people, sha256=source.source.sha256)

    def _plan(self) -> ImportPlan:
        """Nobody is known: who is in two registers is told afterwards, and never made one."""
        today = self.work.context.today()
        day = min(date(self._source.year, 12, 31), today)
        ended = self.units.ended_on(self._own)
        if ended is not None:
            day = min(day, ended - timedelta(days=1))
        named = self.units.names(Level.VILLAGE, inside=self._own)
        villages = Villages(self.work.connection, day, today, named)
        act = (villages, self.work.context, self._definitions, self._source.source)
        return plan_of_nobody(*act, year=self._source.year, day=day)

    def _placed(self, plan: ImportPlan) -> tuple[ImportPlan, list[UnitLine]]:
        """Every row in a village of the former commune; nothing is left out for want of one."""
        inside = self.units.names(Level.VILLAGE, self._own)
        offered = {uid: self.units.name(uid) for _, uid in inside}
        picked: dict[str, UUID | None] = {}
        rows = []
        for row in plan.rows:
            said = row.village_name
            found = self.units.picked(Level.VILLAGE, said, offered)
            if row.finding in _UNPLACED:
                state = RowState.PROPOSAL if row.name else RowState.PROBLEM
                row = replace(row, village=None, finding="", state=state)
            # nobody is asked here who stands in it twice: what was written is told afterwards
            row = replace(row, village=found or row.village, is_settled=True)
            picked[said] = row.village
            rows.append(row)
        lines = [
            self.units.line(Level.VILLAGE, said, unit, offered) for said, unit in picked.items()
        ]
        unknown = sorted(line.said or "–" for line in lines if line.unit is None)
        if unknown:
            own = self.units.sender(self._said, self._own)
            raise UnknownUnitsError(
                "former_villages", [own, *lines], name=self.file, villages=", ".join(unknown)
            )
        return replace(plan, rows=tuple(rows)), lines

    def _relabelled(self, taken: Taken, row: PlannedRow) -> PlannedRow:
        cell = row.cell("code")
        if cell is None or cell.new is None or not row.may_be_taken:
            return row
        free = self.free_code(taken, str(cell.new))
        cells = (replace(one, new=free) if one is cell else one for one in row.cells)
        return replace(row, cells=tuple(cells))


def _whose(definitions: Definitions, source: Source) -> tuple[list[str], str]:
    """The names in the column of the commune, and all that stands above the lists."""
    said: dict[str, None] = {}
    titles = []
    for stored in source.sheets:
        if stored.hidden:
            continue
        top = {row: cells for row, cells in stored.rows.items() if row <= _SEARCHED}
        sheet, _, _ = in_unicode(replace(stored, rows=top))
        head = find_head(sheet, definitions.headings, {})
        above = min(head.rows, default=0) if head else 0
        last = max(head.rows, default=0) if head else _SEARCHED
        titles += [text for row in top if row < above for text in sheet.filled(row).values()]
        titles.append(sheet.name)
        for column in head.columns("commune") if head else ():
            said |= dict.fromkeys(sheet.text(row, column) for row in sorted(top) if row > last)
    return list(filter(_is_name, said)), " ".join([*titles, PurePath(source.name).stem])


def _is_name(text: str) -> bool:
    """No code of a commune, no number of a column."""
    return any(letter.isalpha() for letter in text) and len(text) > 2


def _everything(plan: ImportPlan) -> Choices:
    """Nobody is asked here: a household of which no class is known comes without, and is told."""
    asking = ((row, row.cell("household_class")) for row in plan.rows if row.asks_class)
    return replace(ALL, refused_cells=frozenset(row.at(cell) for row, cell in asking if cell))


def _findings(plan: ImportPlan) -> Iterator[RowFinding]:
    choices = _everything(plan)
    written = {row.place for row in plan.taken(choices)}
    for row in plan.rows:
        unread = (CellState.UNCLEAR, CellState.PROBLEM)
        cells = (cell.finding or "unclear" for cell in row.cells if cell.state in unread)
        findings = tuple(dict.fromkeys(filter(None, (row.finding, *cells))))
        taken = row.place in written
        if findings or not taken:
            why = "head_waits" if choices.takes(row) else "no_name"
            yield RowFinding(row.sheet, row.row, row.name, findings or (why,), taken)
