"""A table of the unit's own: its titles and formulas over the numbers of the document, and what is
written into which cell of its workbook. Pure, knows no database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from giamngheo_desktop import texts
from giamngheo_desktop.domain.binding import OF_ROWS, Fact, Number, pieces
from giamngheo_desktop.domain.bound_table import Tables, key_of, report_def
from giamngheo_desktop.domain.report import ReportDef
from giamngheo_desktop.domain.sheet_formula import (
    Growth,
    Place,
    UnsupportedError,
    half_up,
    is_formula,
    letter,
    name_of,
)
from giamngheo_desktop.domain.table_template import (
    Fault,
    SheetColumn,
    cut,
    read_template,
)
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.reports.build import cells_of, format_of
from giamngheo_desktop.reports.document import (
    BLANK,
    Cell,
    Column,
    Form,
    NumberFormat,
    ReportDoc,
    Row,
)
from giamngheo_desktop.reports.layout import cell_text
from giamngheo_desktop.reports.own_sheet import FilledSheet
from giamngheo_desktop.reports.reasons import missing_notes
from giamngheo_desktop.services.report_rows import Request, TableData
from giamngheo_desktop.services.settings import form_number
from giamngheo_desktop.services.table_templates import OwnTable

_FORM_NUMBER, _SHORT = re.compile(r"(bieu|mau)( so)? ?[:.]? ?[0-9]"), 40
ONLY_EXCEL, UNKNOWN_PART = "only_excel", "unknown_part"  # reasons of `texts.MISSING`


@dataclass(frozen=True, slots=True)
class Finished:
    """The document; what of its workbook's formulas it does not follow."""

    doc: ReportDoc
    faults: tuple[Fault, ...]
    shown: Mapping[str, str]  # by cell of the template: the number of the whole unit, or its text


def own_report(own: OwnTable, tables: Tables) -> tuple[ReportDef, tuple[Fault, ...]]:
    """The table of a workbook as a report, and what of its bindings counts nothing."""
    template = read_template(own.shape)
    return report_def(template, tables, code=own.code, version=own.version, name=own.name)


def finished(
    doc: ReportDoc,
    own: OwnTable,
    request: Request,
    data: TableData,
    settings: Mapping[str, str],
    *,
    province: str,
) -> Finished:
    """The document of `reports.build` with what stands in the workbook around its numbers."""
    facts = _facts(doc, request, data, settings, province)
    return _Finisher(doc, own, request, data, facts).made()


def _facts(
    doc: ReportDoc,
    request: Request,
    data: TableData,
    settings: Mapping[str, str],
    province: str,
) -> dict[Fact, str]:
    words = texts.report_words(
        year=request.year,
        status="official" if request.recognised else "preliminary",
        unit=data.unit_name,
        rows="",
    )
    return {
        Fact.YEAR: words["year"],
        Fact.LAST_YEAR: words["last_year"],
        Fact.BASIS: " ".join(doc.subtitle),
        Fact.STATUS: words["status"],
        Fact.STATUS_CAPITALS: words["STATUS"],
        Fact.COMMUNE: data.unit_name,
        Fact.PROVINCE: province,
        Fact.DAY: f"{doc.data_date:%d/%m/%Y}" if doc.data_date else "",
        Fact.STANDARD: request.standard_label or request.standard,
        Fact.SUPERIOR: settings.get("superior_body", ""),
        Fact.ISSUER: settings.get("issuing_body", ""),
        Fact.PLACE: settings.get("place_name", ""),
        Fact.PREPARER: settings.get("preparer_name", ""),
        Fact.AUTHORITY: settings.get("signer_authority", ""),
        Fact.SIGNER_TITLE: settings.get("signer_title", ""),
        Fact.SIGNER: settings.get("signer_name", ""),
        Fact.RECIPIENTS: settings.get("report_recipients", ""),
        Fact.FORM_NUMBER: settings.get(form_number(doc.code), ""),
    }


class _Finisher:
    """Puts the numbers of the document into the sheet, and what the sheet computes into it."""

    def __init__(
        self,
        doc: ReportDoc,
        own: OwnTable,
        request: Request,
        data: TableData,
        facts: dict[Fact, str],
    ) -> None:
        self._doc, self._own, self._facts = doc, own, facts
        self._template = template = read_template(own.shape)
        self._table = doc.tables[0]
        self._columns = {leaf.key: leaf for leaf in self._table.value_leaves}
        self._leaves = {leaf.key: leaf for leaf in request.report.leaves()}
        self._whole = cells_of(request, data.total)
        self._has_status, self._empty = request.report.has_status, data.empty_villages
        self._rows = [row for row in self._table.rows if row.level != 0]
        self._totals = [row for row in self._table.rows if row.level == 0]
        self._height = template.last - template.first + 1
        count = len(self._rows) // self._height
        self._growth = Growth(template.first, template.last, count)
        self._sheet = FilledSheet(template.shape, self._growth)
        self._faults: dict[tuple[str, str], Fault] = {}

    def made(self) -> Finished:
        template = self._template
        rows, totals = self._unit_rows(), self._total_rows()
        is_first = 0 < template.total < template.first
        table = replace(self._table, rows=tuple([*totals, *rows] if is_first else [*rows, *totals]))
        others = (*self._other_notes(), *missing_notes(table, self._empty))
        notes = (*self._template_notes(), *others)
        self._facts[Fact.NOTES] = "\n".join(others)  # the workbook's own stand there already
        title, subtitle, number = self._titles()
        basis = () if Fact.BASIS in self._bound else self._doc.subtitle
        subtitle = (*subtitle, *basis, *self._status_line())
        doc = replace(
            self._doc,
            body=(table,),
            title=title,
            subtitle=subtitle,
            form_number=self._doc.form_number or number,
            notes=notes,
        )
        self._write_around()
        self._write_formulas()
        self._check_around(doc)
        form = Form(
            data=self._own.data,
            sheet=template.shape.sheet,
            first=template.first,
            last=template.last,
            count=self._growth.count,
            cells={name_of(place): cell for place, cell in sorted(self._sheet.given.items())},
            below=self._below(notes),
        )
        shown = self._shown()
        return Finished(replace(doc, form=form), tuple(self._faults.values()), shown)

    # -- rows -----------------------------------------------------------------------------------

    def _unit_rows(self) -> list[Row]:
        places = [
            self._growth.row(self._growth.first + at % self._height, at // self._height)
            for at in range(len(self._rows))
        ]
        for at, (row, place) in enumerate(zip(self._rows, places, strict=True)):
            cells = dict(zip(self._columns, row.cells, strict=True))
            for name in self._template.names:
                if name.label is not None and at % self._height == 0:
                    self._sheet.given[place, name.column] = _label(row, name.label)
            for one in self._template.values:
                if one.bound is not None:
                    self._give((place, one.column), cells[_key(one)])
        if not self._rows:
            self._clear_block()
        return [self._calculated(row, place) for row, place in zip(self._rows, places, strict=True)]

    def _clear_block(self) -> None:
        """Without a unit its row stays, empty."""
        for (row, column), content in self._template.shape.cells.items():
            if self._growth.first <= row <= self._growth.last and "{{" in str(content):
                self._sheet.given[row, column] = BLANK

    def _calculated(self, row: Row, place: int) -> Row:
        cells = dict(zip(self._columns, row.cells, strict=True))
        for one in self._template.values:
            if is_formula(one.content):
                cells[_key(one)] = self._formula_cell((place, one.column), one)
        return replace(row, cells=tuple(cells.values()))

    def _formula_cell(self, place: Place, one: SheetColumn) -> Cell:
        """The number of a formula cell; where it is not known the sheet says so too."""
        if not is_formula(self._sheet.contents.get(place)):
            return BLANK
        try:
            found = self._sheet.result(place)
        except UnsupportedError:
            self._note("only_excel", one)
            missing = Cell.of_missing(ONLY_EXCEL)
            if self._sheet.needs_unknown(place):
                self._give(place, missing)
            return missing
        if found is None:
            missing = Cell.of_missing(UNKNOWN_PART)
            self._give(place, missing)
            return missing
        column = self._columns.get(_key(one))
        return Cell(_number(found, column.format if column else NumberFormat.COUNT))

    def _total_rows(self) -> list[Row]:
        template = self._template
        if not template.total:
            return []
        places = [self._growth.row(template.total + at) for at in range(len(self._totals))]
        for row, place in zip(self._totals, places, strict=True):
            cells = dict(zip(self._columns, row.cells, strict=True))
            for one in template.values:
                at = (place, one.column)
                content = self._sheet.contents.get(at, "")
                if one.bound is not None and "{{" in str(content) and not is_formula(content):
                    self._give(at, cells[_key(one)])
        return [
            self._total_row(row, place) for row, place in zip(self._totals, places, strict=True)
        ]

    def _total_row(self, row: Row, place: int) -> Row:
        cells = dict(zip(self._columns, row.cells, strict=True))
        for one in self._template.values:
            at, key = (place, one.column), _key(one)
            content = self._sheet.contents.get(at, "")
            if is_formula(content):
                if one.bound is None:
                    cells[key] = self._formula_cell(at, one)
                elif not self._gives(at, cells[key], one):
                    self._give(at, cells[key])
            elif "{{" not in str(content):
                cells[key] = Cell.of_text(str(content))
        label = self._composed(row.labels[1]) if len(row.labels) > 1 else ""
        labels = (row.labels[0], label, *row.labels[2:])
        return replace(row, labels=labels, cells=tuple(cells.values()))

    def _gives(self, place: Place, cell: Cell, one: SheetColumn) -> bool:
        """Whether the formula of a total gives the number the program counts."""
        if cell.value is None or isinstance(cell.value, str) or cell.upper is not None:
            return False
        try:
            found = self._sheet.result(place)
        except UnsupportedError:
            self._note("only_excel", one, self._template.total)
            return False
        if found is None or _number(found, self._columns[_key(one)].format) != cell.value:
            said = {} if found is None else {"other": f"{float(found):g}"}
            self._note("other_value", one, self._template.total, own=str(cell.value), **said)
            return False
        return True

    def _note(self, code: str, one: SheetColumn, row: int = 0, **params: str) -> None:
        cell = name_of((row or self._template.first, one.column))
        if code == "other_value" and "other" not in params:
            return
        self._faults.setdefault((code, cell), Fault(code, cell, params))

    def _give(self, place: Place, cell: Cell) -> None:
        """A number as it is, what is none as the words that the paper prints."""
        column = next(
            (
                self._columns[_key(one)]
                for one in self._template.values
                if one.column == place[1] and _key(one) in self._columns
            ),
            Column(""),
        )
        self._sheet.given[place] = _plain(cell, column)

    # -- texts ----------------------------------------------------------------------------------

    def _beside(self, binding: Number) -> tuple[Cell, Column]:
        key = key_of(binding)
        leaf = self._leaves[key]
        return self._whole.get(key, BLANK), Column("", format=format_of(leaf))

    def _composed(self, text: str) -> str:
        """A text with its bindings filled in."""
        found = []
        for part in pieces(text).parts:
            if isinstance(part, Fact):
                found.append(self._facts.get(part, ""))
            elif isinstance(part, str):
                found.append(part)
            elif isinstance(part, Number):
                found.append(cell_text(*self._beside(part)))
        return "".join(found)

    def _titles(self) -> tuple[tuple[str, ...], tuple[str, ...], str]:
        title: list[str] = []
        subtitle: list[str] = []
        number = ""
        for place in self._template.title:
            text = self._composed(self._template.text(place))
            for line in text.splitlines():
                if _FORM_NUMBER.match(search_key(line)) and len(line) < _SHORT:
                    number = number or line.strip()
                elif line.strip().startswith("("):
                    subtitle.append(line.strip())
                elif line.strip():
                    title.append(line.strip())
        return tuple(title) or (self._own.name,), tuple(subtitle), number

    def _status_line(self) -> tuple[str, ...]:
        named = {Fact.STATUS, Fact.STATUS_CAPITALS}
        if not self._has_status or self._bound & named:
            return ()
        return (texts.OWN_TABLE["status"].format(status=self._facts[Fact.STATUS]),)

    @property
    def _bound(self) -> frozenset[Fact]:
        """The facts that stand somewhere in the workbook."""
        return frozenset(
            one
            for place in self._template.shape.cells
            for one in cut(self._template.shape, place).bindings
            if isinstance(one, Fact)
        )

    def _template_notes(self) -> Iterator[str]:
        for place in self._template.notes:
            if Fact.NOTES not in cut(self._template.shape, place).bindings:
                yield from self._composed(self._template.text(place)).splitlines()

    def _other_notes(self) -> Iterator[str]:
        """The notes of the document but those on cells without a number, which are told anew."""
        told = set(missing_notes(self._table, self._empty))
        yield from (note for note in self._doc.notes if note not in told)

    def _below(self, notes: Sequence[str]) -> tuple[str, ...]:
        """What the workbook does not say itself and a reader must know."""
        said = [] if Fact.BASIS in self._bound else [*self._doc.subtitle]
        said += self._status_line()
        own = set(self._template_notes())
        if Fact.NOTES not in self._bound:
            told = texts.MISSING[ONLY_EXCEL]  # true of the paper only
            said += [note for note in notes if note not in own and told not in note]
        return tuple(said)

    def _write_around(self) -> None:
        """Everything with a binding that is not in a row of numbers."""
        growth, template = self._growth, self._template
        numbers = {one.column for one in template.values}
        total = range(template.total, template.total + self._height) if template.total else ()
        for (row, column), content in template.shape.cells.items():
            text = str(content)
            inside = growth.first <= row <= growth.last or (row in total and column in numbers)
            if "{{" not in text or inside or is_formula(content):
                continue
            place = (growth.row(row), column)
            sole = cut(template.shape, (row, column)).sole
            if isinstance(sole, Number):
                self._sheet.given[place] = _plain(*self._beside(sole))
            else:
                self._sheet.given[place] = Cell.of_text(self._composed(text))

    def _check_around(self, doc: ReportDoc) -> None:
        """The paper has its letterhead and signers from the settings, never from the workbook."""
        printed = "\n".join(map(_letters, _printed(doc)))
        for place in self._template.around:
            lines = self._composed(self._template.text(place)).splitlines()
            alone = [line.strip() for line in lines if _letters(line) not in printed]
            if alone:
                cell = name_of(place)
                said = Fault("not_printed", cell, {"text": " ".join(alone)})
                self._faults.setdefault((said.code, cell), said)

    def _write_formulas(self) -> None:
        """A formula around the table that reads what is not known gives nothing either."""
        for place, content in self._sheet.contents.items():
            if not is_formula(content) or place in self._sheet.given:
                continue
            try:
                unknown = self._sheet.result(place) is None
            except UnsupportedError:
                unknown = self._sheet.needs_unknown(place)
            if unknown:
                self._sheet.given[place] = _plain(Cell.of_missing(UNKNOWN_PART), Column(""))

    def _shown(self) -> dict[str, str]:
        template = self._template
        shown = {}
        columns = {one.column: self._columns.get(_key(one), Column("")) for one in template.values}
        total = range(template.total, template.total + self._height) if template.total else ()
        for one in template.values:
            key = _key(one)
            if one.bound is not None:
                said = cell_text(self._whole[key], self._columns[key])
                shown[name_of((template.first, one.column))] = said
        for (row, column), content in template.shape.cells.items():
            name = name_of((row, column))
            if name in shown or not ("{{" in str(content) or is_formula(content)):
                continue
            inside = self._growth.first <= row <= self._growth.last
            found = self._sheet.given.get((self._growth.row(row), column))
            written = columns.get(column, Column("")) if row in total else Column("")
            if found is None and is_formula(content) and not inside:
                try:
                    result = self._sheet.result((self._growth.row(row), column))
                except UnsupportedError:
                    result = None
                if result is not None:
                    shown[name] = cell_text(Cell(_number(result, written.format)), written)
            elif found is not None and not inside:
                shown[name] = cell_text(found, written)
        return shown


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, search_key(text)))


def _printed(doc: ReportDoc) -> Iterator[str]:
    """The words of the paper above and below its table."""
    head = doc.letterhead
    if head is not None:
        yield from (*head.superior, *head.issuer, head.number, head.place_date)
        yield from (texts.PAPER["nation"], texts.PAPER["motto"])
    yield from (*doc.title, *doc.subtitle, doc.form_number)
    yield from (texts.PAPER["recipients"], *doc.recipients)
    for signer in doc.signatures:
        yield from (*signer.titles, signer.hint, signer.name)


def _key(one: SheetColumn) -> str:
    return letter(one.column)


def _label(row: Row, fact: Fact) -> Cell:
    assert fact in OF_ROWS, fact
    if fact is Fact.UNIT:
        return Cell.of_text(row.labels[1])
    return Cell(int(row.labels[0])) if row.labels[0].isdigit() else BLANK


def _plain(cell: Cell, column: Column) -> Cell:
    if cell.value is None or cell.upper is not None:
        return Cell(cell_text(cell, column), missing=cell.missing or UNKNOWN_PART)
    return Cell(cell.value)


def _number(found: Fraction, form: NumberFormat) -> int | Decimal:
    if form is not NumberFormat.RATE and found.denominator == 1:
        return int(found)
    rounded = half_up(found, 2)
    return (Decimal(rounded.numerator) / Decimal(rounded.denominator)).quantize(Decimal("0.01"))
