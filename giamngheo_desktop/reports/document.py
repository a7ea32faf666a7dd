"""A paper as a value: letterhead, title, paragraphs, tables of typed cells, signatures; no drawing.

Every writer (PDF, Excel, JSON, text) draws this object and nothing else, so they cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.rates import rate

Number = int | Decimal
UNPLACED = "unplaced"
OPENING_COUNT = "opening_count"  # measure of a number without names (services.opening_counts)


class NumberFormat(StrEnum):
    """How a column's values are written: `1.234` counts, `2,06` rates, đồng or triệu đồng."""

    TEXT = "text"
    COUNT = "count"
    RATE = "rate"
    MONEY = "money"


class Align(StrEnum):
    """Where the text of a cell stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"  # paragraphs only


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a number counts: enough for a service to return the ids behind it.

    `denominator` is the measure a rate divides by; `status` tells recognised from computed classes.
    A yearly table sets `year`, a table of a day sets `as_of`. `geography` is the day whose units
    make the rows, where it is not the day of the count. `group` is `UNPLACED` for the row of
    households whose village nobody can tell; `unit` is then that of the whole table. `edition` is
    the last one of the file whose corrections count, None: the newest.
    """

    measure: str
    unit: UUID | None = None
    group: str = ""
    standard: str = ""
    status: str = ""
    year: int | None = None
    as_of: date | None = None
    denominator: str = ""
    geography: date | None = None
    edition: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a table.

    `value` is an int, a Decimal already rounded, a text, or None with the code of the reason in
    `missing` (sentence in `texts.MISSING`). `upper` makes it a range `value–upper`, where data
    are unfinished. A rate also holds its fraction. An empty text prints nothing at all.
    """

    value: Number | str | None = None
    upper: Number | None = None
    missing: str = ""
    source: Source | None = None
    numerator: int | None = None
    denominator: int | None = None

    @classmethod
    def of_text(cls, text: str) -> Cell:
        return cls(text)

    @classmethod
    def of_count(
        cls, value: Number | None, source: Source | None = None, *, upper: Number | None = None
    ) -> Cell:
        """A whole number or money; None is "no data"; an `upper` equal to `value` is no range."""
        if value is None:
            return cls(missing="no_data", source=source)
        return cls(value, upper if upper != value else None, source=source)

    @classmethod
    def of_rate(
        cls,
        numerator: int | None,
        denominator: int | None,
        source: Source | None = None,
        *,
        upper: int | None = None,
    ) -> Cell:
        """A percentage of two counts; `upper` is the largest numerator where it is a range."""
        low = rate(numerator, denominator)
        high = low if upper is None else rate(upper, denominator)
        gap = low.gap or high.gap
        return cls(
            None if gap else low.percent,
            None if gap or high.percent == low.percent else high.percent,
            gap or "",
            source,
            numerator,
            denominator,
        )

    @classmethod
    def of_missing(cls, reason: str, source: Source | None = None) -> Cell:
        return cls(missing=reason, source=source)


BLANK = Cell("")
_NOTE_BELOW = 12  # points


@dataclass(frozen=True, slots=True)
class Column:
    """A heading: a group of `columns`, or a leaf with its key, number and formula.

    `number` is printed under the heading ("4", "A"), with `formula` as `(4=3/1*100)`.
    `weight` is the leaf's share of the width that is left over after every text fits.
    `zero` and `absent` are the form's signs for nought and for no data; an empty `zero` writes
    the number.
    """

    label: str
    key: str = ""
    number: str = ""
    formula: str = ""
    format: NumberFormat = NumberFormat.COUNT
    align: Align | None = None  # None: texts left, numbers right
    weight: int = 10
    zero: str = ""
    absent: str = "–"
    columns: tuple[Column, ...] = ()

    def leaves(self) -> Iterator[Column]:
        if not self.columns:
            yield self
        for column in self.columns:
            yield from column.leaves()

    @property
    def depth(self) -> int:
        """Number of heading rows this column needs."""
        return 1 + max((column.depth for column in self.columns), default=0)

    @property
    def alignment(self) -> Align:
        if self.align is not None:
            return self.align
        return Align.LEFT if self.format is NumberFormat.TEXT else Align.RIGHT


def group(label: str, *columns: Column) -> Column:
    """A heading over several columns."""
    return Column(label, columns=columns)


def text_column(
    label: str, key: str, *, number: str = "", weight: int = 10, align: Align | None = None
) -> Column:
    """A column of texts, such as the unit's name."""
    return Column(label, key, number, format=NumberFormat.TEXT, weight=weight, align=align)


def number_column(weight: int = 3) -> Column:
    """TT: the number of the line."""
    return text_column(texts.PAPER["count"], "number", weight=weight, align=Align.CENTER)


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a text per label column, a cell per value column.

    `level` 0 is the total row, 1 and up the depth of the unit in the tree. `kind` is "ho" or "khau"
    where a unit has paired rows; equal labels of a pair are printed once. `household` is whom the
    line of a list names.
    """

    labels: tuple[str, ...]
    cells: tuple[Cell, ...]
    level: int = 1
    kind: str = ""
    unit: UUID | None = None
    bold: bool | None = None  # None: the total row only
    household: UUID | None = None

    @property
    def is_bold(self) -> bool:
        return self.level == 0 if self.bold is None else self.bold


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Headings and rows; `labels` are the leading text columns, `name_at` the one naming the row.

    `unit` is the line above the table at the right ("ĐVT: hộ, %"). Rows of a `fixed` one stand at
    their place whatever is in them: they are printed onto the paper later. Raises ValueError where
    a row does not fit the columns or a key repeats.
    """

    labels: tuple[Column, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()
    title: str = ""
    unit: str = ""
    name_at: int = 1
    number_row: bool = True
    sheet: str = ""  # what its sheet of a workbook is called; empty: the document's code
    empty: str = ""  # printed where there are no rows; a standing sentence where empty
    fixed: bool = False
    label_leaves: tuple[Column, ...] = field(init=False, repr=False, compare=False)
    value_leaves: tuple[Column, ...] = field(init=False, repr=False, compare=False)
    leaves: tuple[Column, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        labels = tuple(leaf for column in self.labels for leaf in column.leaves())
        values = tuple(leaf for column in self.columns for leaf in column.leaves())
        # Known once and asked for every row.
        object.__setattr__(self, "label_leaves", labels)
        object.__setattr__(self, "value_leaves", values)
        object.__setattr__(self, "leaves", labels + values)
        label_count, value_count = len(self.label_leaves), len(self.value_leaves)
        keys = [leaf.key for leaf in self.leaves]
        if len(set(keys)) < len(keys) or "" in keys:
            raise ValueError(f"keys of columns must be set and differ: {keys}")
        for index, row in enumerate(self.rows):
            if (len(row.labels), len(row.cells)) != (label_count, value_count):
                raise ValueError(
                    f"row {index} has {len(row.labels)} labels and {len(row.cells)} cells, "
                    f"the table {label_count} and {value_count}"
                )

    def row_name(self, row: Row) -> str:
        """The label that names the row: the unit, or "Tổng cộng"."""
        named = row.labels[min(self.name_at, len(row.labels) - 1)]
        return named or next((label for label in row.labels if label), "")

    def cell(self, row: int, key: str) -> Cell:
        """The cell of a row under the value column `key`; KeyError where there is none."""
        keys = [leaf.key for leaf in self.value_leaves]
        if key not in keys:
            raise KeyError(key)
        return self.rows[row].cells[keys.index(key)]


def row_of(
    table_columns: tuple[Column, ...],
    labels: tuple[str, ...],
    cells: Mapping[str, Cell],
    *,
    level: int = 1,
    kind: str = "",
    unit: UUID | None = None,
    bold: bool | None = None,
) -> Row:
    """A row from cells by key of the value columns; KeyError where a column has no cell."""
    keys = [leaf.key for column in table_columns for leaf in column.leaves()]
    return Row(labels, tuple(cells[key] for key in keys), level, kind, unit, bold)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a paragraph in one face."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Text that flows over lines and pages.

    `size` and `above` (room) are points, `first_line` and `left` indents in mm; `with_next` keeps
    it on the page of what follows. A line feed in a run begins a new line.
    """

    runs: tuple[Run, ...]
    align: Align = Align.JUSTIFY
    size: float = 13
    first_line: float = 0
    left: float = 0
    above: float = 3
    with_next: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def is_note(self) -> bool:
        """Whether it says something of what stands above it, in small letters."""
        return self.size < _NOTE_BELOW and all(run.italic for run in self.runs)


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Piece = Table | Paragraph | PageBreak


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The head of an official paper (NĐ 30/2020/NĐ-CP, Phụ lục I, ô 1–4).

    Left: `superior` and `issuer` lines, `number` ("Số:     /BC-UBND"). Right: the name of the
    state and its motto, `place_date` in italics; see `texts.place_and_date`. An issuer that is not
    known leaves its place blank.
    """

    issuer: tuple[str, ...]
    superior: tuple[str, ...] = ()
    number: str = ""
    place_date: str = ""

    @property
    def is_citizens(self) -> bool:
        """Whether it is the state and its motto alone, in the middle, as a citizen writes."""
        return not (self.issuer or self.superior or self.number or self.place_date)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signer: bold `titles`, `hint` ("(ký, đóng dấu)") in italics, room, the bold `name`."""

    titles: tuple[str, ...]
    hint: str = ""
    name: str = ""
    place_date: str = ""  # above the titles, where the paper has no letterhead


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A workbook of the unit's own that the table is filled into (`exports.table_fill`).

    On `sheet` the rows `first` to `last` of a unit stand `count` times; then `cells` holds what is
    written, by its cell, and the lines `below` come under everything.
    """

    data: bytes = field(repr=False)
    sheet: str
    first: int
    last: int
    count: int
    cells: Mapping[str, Cell]
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDoc:
    """A whole paper; ValueError without a piece in its body.

    `title` is bold, `subtitle` (unit, year, status, standard) plain below it.
    `close` sets it in small letters from the start: a form of many questions.
    `data_date` is the day the data speak of; it stands in the footer instead of today's date.
    `footer` is a short text beside it, as are the name of the `standard` and the `program` that
    made the paper; `mark` says there what became of it since. `recipients` is the list "Nơi nhận".
    A table of the unit's own has the `form` its workbook is made from.
    """

    code: str
    title: tuple[str, ...]
    body: tuple[Piece, ...]
    subtitle: tuple[str, ...] = ()
    letterhead: Letterhead | None = None
    form_number: str = ""  # "Biểu số 1", at the right above the title
    landscape: bool = True
    close: bool = False
    notes: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    data_date: date | None = None
    footer: str = ""
    mark: str = ""  # never kept, and no part of what the hash tells apart
    standard: str = ""
    program: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)  # further facts for the JSON writer
    form: Form | None = None
    rule: bool = False  # a short line below the title, as under a trích yếu

    def __post_init__(self) -> None:
        if not self.body:
            raise ValueError(f"report {self.code} has no body")

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(piece for piece in self.body if isinstance(piece, Table))

    def reasons(self) -> tuple[str, ...]:
        """The codes of all reasons why cells are not printed, each once, in order of the table."""
        cells = (cell for table in self.tables for row in table.rows for cell in row.cells)
        return tuple(dict.fromkeys(cell.missing for cell in cells if cell.missing))
