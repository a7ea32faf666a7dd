"""What the bindings of a workbook count: columns of the official tables as columns of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.binding import Fact, Number, TableColumn, pieces, written
from giamngheo_desktop.domain.measures import MEASURES, measure, persons_of
from giamngheo_desktop.domain.report import (
    Computed,
    Counted,
    Difference,
    Fixed,
    Movement,
    Proportion,
    RateChange,
    ReportColumn,
    ReportDef,
    RowWords,
    Share,
    ValueSpec,
    moves,
)
from giamngheo_desktop.domain.sheet_formula import (
    is_formula,
    is_ratio,
    letter,
    name_of,
    place_of,
    reads,
)
from giamngheo_desktop.domain.table_template import (
    NEAR,
    Fault,
    Head,
    SheetColumn,
    TableTemplate,
    cut,
)

Tables = Mapping[str, ReportDef]  # the official ones, with the columns of a standard


@dataclass(frozen=True, slots=True)
class Bound:
    """What a binding counts, the columns it is made of, and the headings it has officially."""

    value: ValueSpec
    parts: tuple[ReportColumn, ...] = ()
    path: tuple[str, ...] = ()
    has_status: bool = True


def bound(binding: Number, tables: Tables) -> Bound | Fault:
    """A binding of a number; a Fault without a cell where it counts nothing."""
    if not isinstance(binding, TableColumn):
        found = measure(binding.measure)
        if found is None:
            near = get_close_matches(binding.measure, MEASURES, 1, NEAR)
            said = {"text": binding.measure, "guess": near[0] if near else ""}
            return Fault("guess" if near else "no_measure", params=said)
        offset = -1 if binding.last_year else 0
        return Bound(Counted(binding.measure, offset), path=(found.label,))
    table = tables.get(binding.table)
    if table is None:
        return Fault("no_table", params={"text": binding.table, "known": ", ".join(tables)})
    leaf = numbered(table).get(binding.number)
    if leaf is None:
        known = ", ".join(numbered(table))
        return Fault("no_column", params={"text": str(binding), "known": known})
    path = next(path for path in _paths(table) if path[-1] is leaf)
    labels = tuple(_named(column.label) for column in path)
    try:
        value = _of(leaf.value, table, binding)
        parts = tuple(_parts(leaf.value, table, binding))
    except _FaultyError as error:
        return Fault(error.code, params={"text": str(binding)})
    return Bound(value, parts, labels, table.has_status)


def numbered(table: ReportDef) -> dict[str, ReportColumn]:
    """The columns by their number; one that has none printed by its place from the left."""
    return {one.number or str(at): one for at, one in enumerate(table.leaves(), 1)}


class _FaultyError(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _paths(table: ReportDef) -> Iterator[tuple[ReportColumn, ...]]:
    for column in table.columns:
        yield from column.paths()


def _of(value: ValueSpec | None, table: ReportDef, binding: TableColumn) -> ValueSpec:
    """The value of a column, for persons or for the year before where that is asked."""
    assert value is not None, table.code
    if binding.persons is not None and not table.pairs:
        raise _FaultyError("no_pairs")
    if binding.last_year and not isinstance(value, Counted | Share | Difference):
        raise _FaultyError("no_last_year")
    match value:
        case Counted(name, offset):
            of = persons_of(name) if binding.persons else name
            return Counted(of, offset - binding.last_year)
        case Movement():
            return replace(value, persons=bool(binding.persons))
        case Proportion(name, whole):
            return Proportion(name, _key(whole, table, binding))
        case Share(first, second):
            return Share(_key(first, table, binding), _key(second, table, binding))
        case Difference(first, second):
            return Difference(_key(first, table, binding), _key(second, table, binding))
        case RateChange(first, second):
            return RateChange(_key(first, table, binding), _key(second, table, binding))
    return value


def _parts(
    value: ValueSpec | None, table: ReportDef, binding: TableColumn
) -> Iterator[ReportColumn]:
    """The columns a value is computed from; they are counted, not printed."""
    match value:
        case Share(first, second) | Difference(first, second) | RateChange(first, second):
            keys = [first, second]
        case Proportion(_, whole):
            keys = [whole]
        case _:
            return
    for key in keys:
        leaf = next(one for one in table.leaves() if one.key == key)
        yield from _parts(leaf.value, table, binding)
        yield ReportColumn(
            label=leaf.label,
            key=_key(key, table, binding),
            number=f"{table.code}.{leaf.number}",
            value=_of(leaf.value, table, binding),
            printed=False,
        )


def _key(key: str, table: ReportDef, binding: TableColumn) -> str:
    return f"{table.code}.{key}{'-1' if binding.last_year else ''}"


def key_of(binding: Number) -> str:
    """The key of a number that stands beside the table."""
    return written(binding)


def report_def(
    template: TableTemplate, tables: Tables, *, code: str, version: int, name: str
) -> tuple[ReportDef, tuple[Fault, ...]]:
    """The table as a report, and what of its bindings counts nothing: such a column stays empty."""
    made = _Maker(template, tables)
    columns = tuple(made.column(head) for head in template.heads if made.is_value(head))
    for place in template.outside:
        for binding in cut(template.shape, place).bindings:
            if not isinstance(binding, Fact):
                made.beside(binding, name_of(place))
    rows = RowWords(label=template.heading(Fact.UNIT) or _UNIT)
    return ReportDef(
        code=code,
        version=version,
        label=name,
        group="",
        valid_from=date.min,
        valid_to=None,
        legal_basis="",
        title=(),
        rows={Level.VILLAGE: rows, Level.COMMUNE: rows},
        number_label=template.heading(Fact.NUMBER) or _NUMBER,
        measure_unit=template.measure_unit,
        has_status=made.has_status,
        has_day=made.has_status and not moves((*columns, *made.parts.values())),
        total="first" if 0 < template.total < template.first else "last",
        total_label=template.total_label or _TOTAL,
        pairs=template.pairs,
        landscape=True,
        number_row=template.has_numbers,
        columns=(*columns, *made.parts.values()),
        notes=(),
    ), tuple(made.faults)


_UNIT, _NUMBER, _TOTAL = "Đơn vị", "TT", "Tổng cộng"


class _Maker:
    """Makes columns; collects what they are made of and what is wrong with them."""

    def __init__(self, template: TableTemplate, tables: Tables) -> None:
        self._template, self._tables = template, tables
        self._values = {one.column: one for one in template.values}
        self.parts: dict[str, ReportColumn] = {}
        self.faults: list[Fault] = []
        self.has_status = True

    def is_value(self, head: Head) -> bool:
        return any(leaf.column in self._values for leaf in head.leaves())

    def column(self, head: Head) -> ReportColumn:
        label = _heading(head.label)
        if head.heads:
            inner = tuple(self.column(one) for one in head.heads if self.is_value(one))
            return ReportColumn(label=label, columns=inner)
        one = self._values[head.column]
        return ReportColumn(
            label=label,
            key=letter(one.column),
            number=one.number or letter(one.column),
            formula=one.formula,
            value=self._value(one),
        )

    def beside(self, binding: Number, cell: str) -> None:
        value = self._bound(binding, cell)
        key = key_of(binding)
        number = str(binding)
        self.parts[key] = ReportColumn(
            label=number, key=key, number=number, value=value, printed=False
        )

    def _value(self, one: SheetColumn) -> ValueSpec:
        if is_formula(one.content):
            return Computed(str(one.content), self._is_rate(one, frozenset()))
        if one.bound is None:
            return Fixed("" if "{{" in str(one.content) else str(one.content))
        return self._bound(one.bound, name_of((self._template.first, one.column)))

    def _bound(self, binding: Number, cell: str) -> ValueSpec:
        found = bound(binding, self._tables)
        if isinstance(found, Fault):
            self.faults.append(replace(found, cell=cell))
            return Fixed()
        self._check_kind(binding, cell)
        self.has_status &= found.has_status
        self.parts |= {part.key: part for part in found.parts}
        return found.value

    def _check_kind(self, binding: Number, cell: str) -> None:
        """Of a table in pairs a cell must say which row it means; in a pair the rows say it."""
        if not isinstance(binding, TableColumn) or binding.persons is not None:
            return
        row, _ = place_of(cell)
        in_pair = self._template.pairs and row in (self._template.first, self._template.last)
        if self._tables[binding.table].pairs and not in_pair:
            said = {"text": str(binding)}
            for name, persons in (("homes", False), ("people", True)):
                said[name] = written(replace(binding, persons=persons))
            self.faults.append(Fault("no_kind", cell, said))

    def _is_rate(self, one: SheetColumn, seen: frozenset[int]) -> bool:
        """Whether a formula may give no whole number: it divides, or reads a rate of its row."""
        if not is_formula(one.content):
            found = one.bound and bound(one.bound, self._tables)
            return isinstance(found, Bound) and isinstance(found.value, Share | Proportion)
        formula = str(one.content)
        others = _columns_read(formula, self._template.first) - seen - {one.column}
        return is_ratio(formula) or any(
            self._is_rate(self._values[at], seen | others | {one.column})
            for at in others
            if at in self._values
        )


def _columns_read(formula: str, row: int) -> frozenset[int]:
    found: set[int] = set()
    for first, last in reads(formula):
        if first[0] <= row <= last[0]:
            found.update(range(first[1], last[1] + 1))
    return frozenset(found)


def _heading(text: str) -> str:
    """A heading with the years it may name, as a definition writes it."""
    names = {Fact.YEAR: "{year}", Fact.LAST_YEAR: "{last_year}"}
    said = []
    for part in pieces(text).parts:
        if isinstance(part, Fact):
            said.append(names.get(part, ""))
        elif isinstance(part, str):
            said.append(part.replace("{", "{{").replace("}", "}}"))
    return "".join(said)


def meanings(tables: Tables) -> Iterator[tuple[str, Sequence[str], bool]]:
    """Every column that can be bound: how, its headings, whether `hộ` and `khẩu` tell it apart."""
    for table in tables.values():
        for number, path in zip(numbered(table), _paths(table), strict=True):
            labels = [_named(column.label) for column in path]
            yield f"{table.code}.{number}", labels, table.pairs


def _named(label: str) -> str:
    """An official heading with its years in words: “năm {year}” is “năm”."""
    for mark, said in (("{year}", Fact.YEAR.value), ("{last_year}", Fact.LAST_YEAR.value)):
        label = label.replace(f"{Fact.YEAR.value} {mark}", said).replace(mark, said)
    return label
