"""What an import would do, row by row and cell by cell, before anything is written.

Values only: `planning.plan_list` makes a plan, a window or a command shows it, what the officer
settles is a `Choices`, and `apply.apply_plan` writes what was accepted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from giamngheo_desktop.domain.cell_reading import Reading as Reading
from giamngheo_desktop.domain.form import Value
from giamngheo_desktop.domain.list_reading import (
    GONE_IN_NAME,
    GONE_IN_NOTE,
    HOME_UNSAID,
    NAME_MAYBE_CUT,
)
from giamngheo_desktop.domain.list_title import NO_PAPER
from giamngheo_desktop.domain.list_title import Paper as Paper
from giamngheo_desktop.domain.sheet_text import Suspicion as Suspicion


class Purpose(StrEnum):
    """What an import is; the officer says so."""

    RESULT = "review_result"  # kết quả rà soát năm N: classes with their paper
    UPDATE = "update"  # cập nhật thông tin: only of households and persons that are known
    NEW = "new"  # hồ sơ mới


class RowState(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    PROPOSAL = "proposal"  # matched by name, or something in it waits for the officer
    PROBLEM = "problem"  # not written, whatever is accepted


class CellState(StrEnum):
    NEW = "new"  # nothing was known
    CHANGED = "changed"
    SAME = "same"
    UNCLEAR = "unclear"  # several readings: written only where one is chosen
    PROBLEM = "problem"  # not understood or impossible: never written


class About(StrEnum):
    """Whose fact a cell is."""

    HOUSEHOLD = "household"
    PERSON = "person"
    CLASS = "class"


TOLD = ("persons", "village")  # what a list says of a household that is compared, never written
Place = tuple[str, int, str]  # sheet, row, `PlannedCell.place`
RowPlace = tuple[str, int]
Persons = Mapping[RowPlace, UUID | None]  # who the officer said a row is (None: somebody new)


FORM_CLASS, FORM_SCORE = "form_class", "form_score"  # findings: a finished form says otherwise
EXIT_DIFFERS = "exit_differs"  # the register knows another class than the one that was left
NAME_DIFFERS = "name_differs"  # the number is one person's, the name another's


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCell:
    """`column` is the letter Excel shows. `raw` is what stands in the cell, `old` and `new` are
    values of the field, `old_text` and `new_text` what is shown. `finding` is a code of
    `texts.IMPORT_FINDINGS`: what is wrong, or how the cell was mended (`is_mended`).
    """

    column: str
    field: str
    label: str
    about: About
    raw: str
    old: Value = None
    new: Value = None
    old_text: str = ""
    new_text: str = ""
    state: CellState
    readings: tuple[Reading, ...] = ()
    finding: str = ""
    is_mended: bool = False

    @property
    def place(self) -> str:
        """The letter of its column; its field, where no column says it."""
        return self.column or self.field

    @property
    def is_told(self) -> bool:
        """Whether there is something to say of it."""
        return self.state is not CellState.SAME or bool(self.finding)


def speaks_against_itself(cells: Iterable[PlannedCell]) -> bool:
    """Whether somebody is said to be dead or gone, his name may be cut, or sex or birth are not
    those of his number.
    """
    said = {cell.field: cell for cell in cells if cell.about is About.PERSON}
    name, number = said.get("full_name"), said.get("id_number")
    if name is not None and name.finding in (GONE_IN_NAME, GONE_IN_NOTE, NAME_MAYBE_CUT):
        return True
    if number is None or number.finding != "id_contradicts":
        return False
    told = (said[code].state for code in ("id_number", "sex", "birth") if code in said)
    return any(state in (CellState.NEW, CellState.CHANGED) for state in told)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A household, shown by its head, or a person of the register that a row may be; `uid` is
    that of the person."""

    uid: UUID
    household: UUID
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRow:
    """One row of the sheet: a person, and at the first row of a household its facts and class.

    `household` and `person` are ids of the register, or new ones; `home` is the row where the
    household begins, `head` that of its head. `village` is where a new household goes. `finding`
    is said of the row. `is_settled`: the officer said who it is. `hangs`: only the number of the
    head says which household it is. `twice` is the row above that seems to be the same person.
    """

    sheet: str
    row: int
    home: int
    head: int
    name: str
    state: RowState
    household: UUID
    person: UUID | None
    is_new_household: bool = False
    is_new_person: bool = False
    village: UUID | None = None
    village_name: str = ""
    cells: tuple[PlannedCell, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    is_settled: bool = False
    hangs: bool = False
    twice: RowPlace | None = None
    finding: str = ""

    @property
    def place(self) -> RowPlace:
        return self.sheet, self.row

    def at(self, cell: PlannedCell) -> Place:
        return self.sheet, self.row, cell.place

    @property
    def asks_class(self) -> bool:
        """Whether nobody knows yet what the class of its household is."""
        cell = self.cell("household_class")
        return cell is not None and cell.state is CellState.UNCLEAR

    @property
    def needs(self) -> RowPlace | None:
        """The row without which it is not written: a new household comes with its head, one that
        hangs on him too.
        """
        is_other = (self.is_new_household or self.hangs) and self.row != self.head
        return (self.sheet, self.head) if is_other else None

    @property
    def asks_who(self) -> bool:
        """Whether the officer may say which of `candidates` it is, or somebody new."""
        by_number = self.finding == "person_elsewhere" and not self.is_settled
        asked = self.candidates or self.twice or self.finding == HOME_UNSAID
        return bool(asked) and not by_number

    @property
    def awaits_who(self) -> bool:
        """Whether taking it would make somebody new who may be in the register, or in a row above,
        already; or give somebody the name of another.
        """
        several = self.is_new_person or len(self.candidates) > 1 or self.finding == NAME_DIFFERS
        return self.asks_who and several and not self.is_settled

    @property
    def is_doubted(self) -> bool:
        """Whether the row speaks against itself, and the officer said nothing of it yet."""
        return self.may_be_taken and not self.is_settled and speaks_against_itself(self.cells)

    @property
    def is_undecided(self) -> bool:
        """Whether only its own tick or answer takes it."""
        return self.awaits_who or self.is_doubted

    @property
    def may_be_taken(self) -> bool:
        """Whether it is written if it is accepted."""
        return self.state not in (RowState.SAME, RowState.PROBLEM)

    @property
    def is_against_form(self) -> bool:
        """Whether a finished form of the household has another result."""
        return any(cell.finding in (FORM_CLASS, FORM_SCORE) for cell in self.cells)

    def cell(self, field: str) -> PlannedCell | None:
        return next((cell for cell in self.cells if cell.field == field), None)


def lacks_class(
    row: PlannedRow, readings: Mapping[Place, int], refused: Collection[Place] = ()
) -> bool:
    """Whether the row waits for its class: a result without one is none."""
    cell = row.cell("household_class")
    if cell is None or not row.asks_class or row.at(cell) in refused:
        return False
    chosen = readings.get(row.at(cell))
    return chosen is None or cell.readings[chosen].value is None


@dataclass(frozen=True, slots=True)
class Doubt:
    """What the file says of itself that is not this register or this year: `code` of
    `texts.IMPORT_DOUBTS`, `said` its words.
    """

    code: str
    said: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is no data; `why` is a code of `texts.ROW_KINDS`."""

    sheet: str
    row: int
    why: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPlan:
    """How a sheet was read: its heading path and field by column letter ("" is nobody's).

    `certainty` of a column: layout, heading, mapping (kept or corrected by the officer). `idle`
    are the letters of what is understood, but not taken by an import of this purpose.
    """

    name: str
    holds: str  # members, households, nothing
    layout: str = ""
    heading_rows: tuple[int, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    certainty: Mapping[str, str] = field(default_factory=dict)
    idle: tuple[str, ...] = ()
    level: str = ""  # the class that its title gives all its households
    paper: Paper = NO_PAPER  # the decision of rows that name none

    def named(self, columns: Iterable[str]) -> str:
        """D “Ngày sinh”, E “Giới tính”"""
        return ", ".join(f"{at} “{self.headings[at]}”" for at in columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """All of it. `applied_before`: when the very same file was already written, if ever. Of a file
    with `doubts` nothing is written before the officer confirmed it.
    """

    file_name: str
    sha256: str
    purpose: Purpose
    year: int
    standard: str
    day: date  # facts are compared and written as of this day
    sheets: tuple[SheetPlan, ...]
    rows: tuple[PlannedRow, ...]
    left_out: tuple[LeftOut, ...]
    suspicions: tuple[Suspicion, ...] = ()
    applied_before: datetime | None = None
    doubts: tuple[Doubt, ...] = ()
    basis: str = ""  # the last audit group it knew: a plan of yesterday is not written today

    def counts(self) -> dict[RowState, int]:
        found = dict.fromkeys(RowState, 0)
        for row in self.rows:
            found[row.state] += 1
        return found

    def taken(self, choices: Choices) -> tuple[PlannedRow, ...]:
        """The rows that are written: of a new household none without its head's."""
        if self.awaits_word(choices):
            return ()
        accepted = {row.place: row for row in self.rows if choices.takes(row)}
        return tuple(row for at, row in accepted.items() if (row.needs or at) in accepted)

    def awaits_word(self, choices: Choices) -> bool:
        """Whether nothing is written before the officer says that the file is the right one."""
        return bool(self.doubts) and not choices.confirmed

    @property
    def against_forms(self) -> tuple[PlannedRow, ...]:
        """The households of which a finished form has another result, by their heads."""
        return tuple(row for row in self.rows if row.is_against_form)

    @property
    def is_nothing_to_do(self) -> bool:
        return all(row.state is RowState.SAME for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the officer settled. Rows of `states` are accepted, but for those of which it is not
    decided who they are, with those of `rows` and without those of `refused_rows`; `refused_cells`
    are left as they are; `readings` names by its number what an unclear cell means: a row whose
    class is unclear is written only so, or without a class where that cell is refused.
    `confirmed`: the file is the right one, whatever it says of itself.
    """

    states: frozenset[RowState] = frozenset({RowState.NEW, RowState.CHANGED})
    rows: frozenset[RowPlace] = frozenset()
    refused_rows: frozenset[RowPlace] = frozenset()
    refused_cells: frozenset[Place] = frozenset()
    readings: Mapping[Place, int] = field(default_factory=dict)
    confirmed: bool = False

    def takes(self, row: PlannedRow) -> bool:
        """Whether the row is accepted; `ImportPlan.taken` says what is written then."""
        if not row.may_be_taken or row.place in self.refused_rows:
            return False
        if lacks_class(row, self.readings, self.refused_cells):
            return False
        return row.place in self.rows or (row.state in self.states and not row.is_undecided)


ALL = Choices(states=frozenset({RowState.NEW, RowState.CHANGED, RowState.PROPOSAL}))
