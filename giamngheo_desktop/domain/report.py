"""A table of units as data: its headings and, for every column, what stands in it.

A definition names columns and measures only; `report_columns` makes the columns that depend on the
standard or on a setting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.measures import CountOf


@dataclass(frozen=True, slots=True)
class Population:
    """Households or persons of the unit in the report year plus `year_offset`: typed, or counted
    if declared so.
    """

    column: str  # of `POPULATION`
    year_offset: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """A measure over the review rows of the report year plus `year_offset` (−1: đầu năm)."""

    measure: str
    year_offset: int = 0


@dataclass(frozen=True, slots=True)
class NotCounted:
    """Nothing is counted, as the standard has no rule for it."""


@dataclass(frozen=True, slots=True)
class Movement:
    """A column of the year's movement (`domain.movement`): the table poor | near_poor, its flow.

    It counts households and persons, a row each where the report has `pairs`; elsewhere `persons`
    tells which of them a column counts.
    """

    table: str
    flow: str

    persons: bool = False

    @property
    def measure(self) -> str:
        """The name of what a cell counts; `of` reads it."""
        counted = CountOf.PERSONS if self.persons else CountOf.HOUSEHOLDS
        return f"movement:{self.table}:{self.flow}:{counted.value}"

    @classmethod
    def of(cls, measure: str) -> Movement | None:
        if not measure.startswith("movement:"):
            return None
        _, table, flow, counted = measure.split(":")
        return cls(table, flow, counted == CountOf.PERSONS)


@dataclass(frozen=True, slots=True)
class Target:
    """What the plan of the report year says of the unit: a column of `allocation.COLUMNS`, a net
    decrease of `allocation.NETS`, or the households at its end.
    """

    column: str


@dataclass(frozen=True, slots=True)
class Difference:
    """The column `minuend` less the column `subtrahend`."""

    minuend: str
    subtrahend: str


@dataclass(frozen=True, slots=True)
class Share:
    """The column `numerator` in percent of the column `denominator`."""

    numerator: str
    denominator: str


@dataclass(frozen=True, slots=True)
class RateChange:
    """The share `minuend` less the share `subtrahend`, each as it is printed."""

    minuend: str
    subtrahend: str


@dataclass(frozen=True, slots=True)
class Proportion:
    """What a measure counts, in percent of the column `denominator`."""

    measure: str
    denominator: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """The same text in every row: nothing is counted."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Computed:
    """A formula of the unit's workbook over the row's other cells (`domain.sheet_formula`)."""

    formula: str
    is_rate: bool = False


class Each(StrEnum):
    """What a column of a definition stands for once each."""

    INDICATOR = "indicator"  # of the chosen standard
    CAUSE = "cause"
    ETHNIC_GROUP = "ethnic_group"  # those set as local


POPULATION = tuple(
    f"{what}{group}"
    for what in ("households", "persons")
    for group in ("", "_kinh", "_minority", "_local_minority")
)
NEXT = "next"  # the number after that of the column before
PLACEHOLDERS = ("year", "last_year", "status", "STATUS", "unit", "rows")
HEADING_PLACEHOLDERS = ("year", "last_year")

ValueSpec = (
    Population
    | Counted
    | NotCounted
    | Movement
    | Target
    | Difference
    | Share
    | RateChange
    | Proportion
    | Fixed
    | Computed
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportColumn:
    """A heading: a group of `columns`, or a leaf with the value that stands in it.

    A leaf may stand for `each` of something; `formula_note` says why its printed formula need not
    hold. One that is not `printed` is counted for others, or for its `note`, which tells the total
    below the table where it is not nought.
    """

    label: str
    key: str = ""
    number: str = ""
    formula: str = ""
    formula_note: str = ""
    each: Each | None = None
    value: ValueSpec | None = None
    columns: tuple[ReportColumn, ...] = ()
    printed: bool = True
    note: str = ""

    def leaves(self) -> Iterator[ReportColumn]:
        if not self.columns:
            yield self
        for column in self.columns:
            yield from column.leaves()

    def paths(self) -> Iterator[tuple[ReportColumn, ...]]:
        """Each leaf below the headings it stands under, the outermost first."""
        if not self.columns:
            yield (self,)
        for column in self.columns:
            yield from ((self, *path) for path in column.paths())


@dataclass(frozen=True, slots=True)
class RowWords:
    """What the rows of a table are: the heading above their names, and the word of the title;
    `total` is what the total of such rows is called where the form calls it otherwise.
    """

    label: str
    many: str = ""
    total: str = ""


def moves(columns: Iterable[ReportColumn]) -> bool:
    """Whether any of them holds a flow of the year."""
    return any(isinstance(leaf.value, Movement) for one in columns for leaf in one.leaves())


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDef:
    """A table by village, or by commune for a unit above: `rows` has the words for both. One that
    has words for districts too is by district while there are any.

    Title and notes may hold `PLACEHOLDERS`, headings those of the years.

    `total` is first or last: where the form prints the total row. `has_status` tells tables that
    exist as *sơ bộ* and *chính thức*, `has_day` those that can be asked of a day, `pairs` those
    with a row Hộ and a row Nhân khẩu for a unit.
    """

    code: str
    version: int
    label: str
    group: str  # the heading it stands under in a list of tables
    valid_from: date
    valid_to: date | None
    legal_basis: str
    title: tuple[str, ...]
    rows: Mapping[Level, RowWords]
    number_label: str
    measure_unit: str
    has_status: bool
    has_day: bool
    total: str
    total_label: str
    pairs: bool
    landscape: bool
    number_row: bool
    columns: tuple[ReportColumn, ...]
    notes: tuple[str, ...]

    def leaves(self) -> tuple[ReportColumn, ...]:
        return tuple(leaf for column in self.columns for leaf in column.leaves())

    def values(self) -> tuple[ValueSpec | None, ...]:
        return tuple(leaf.value for leaf in self.leaves())

    @property
    def is_movement(self) -> bool:
        """Whether it tells how a list came from one end of the year to the other."""
        return moves(self.columns)

    @property
    def is_plan(self) -> bool:
        """Whether it speaks of what shall be: no day's data and no closed year stand behind it."""
        return any(isinstance(value, Target) for value in self.values())


def cells(columns: Mapping[str, ValueSpec]) -> ReportDef:
    """A table of these values by unit that is read and never printed, so that what is said in words
    is what the tables say.
    """
    leaves = tuple(ReportColumn(label=key, key=key, value=value) for key, value in columns.items())
    return ReportDef(
        code="",
        version=0,
        label="",
        group="",
        valid_from=date.min,
        valid_to=None,
        legal_basis="",
        title=(),
        rows={level: RowWords("") for level in (Level.VILLAGE, Level.COMMUNE)},
        number_label="",
        measure_unit="",
        has_status=False,
        has_day=True,
        total="last",
        total_label="",
        pairs=False,
        landscape=False,
        number_row=False,
        columns=leaves,
        notes=(),
    )
