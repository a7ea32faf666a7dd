"""The money of a year for the accountant: by component and source, and line by line."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.budgeting import (
    BOOKED,
    Branch,
    Line,
    Stage,
    Sums,
    disbursement,
    total,
    unassigned,
)
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.reports.budget_words import BudgetWords
from giamngheo_desktop.reports.document import (
    BLANK,
    Align,
    Cell,
    Column,
    NumberFormat,
    ReportDoc,
    Row,
    Table,
    number_column,
    text_column,
)
from giamngheo_desktop.reports.empty_columns import without_empty
from giamngheo_desktop.reports.issuer import of_unit
from giamngheo_desktop.services.programme.budget import Budget
from giamngheo_desktop.storage.engine import Database

Key = TypeVar("Key", bound=Hashable)
_SAID = texts.BUDGET
_RATE, _APART = "rate", "apart"
# The columns of every table of sums, as the money goes.
_COLUMNS: tuple[str, ...] = (
    Stage.PLANNED, Stage.ASSIGNED, Stage.ALLOCATED, Stage.DISBURSED, _RATE, Stage.SETTLED,
    Stage.SUPPORTED, _APART,
)  # fmt: skip


def budget_paper(database: Database, definitions: Definitions, found: Budget) -> ReportDoc:
    """ "Bảng kinh phí theo nội dung và nguồn vốn", then the sums of each other group."""
    words = BudgetWords(definitions, found)
    sources = {one: {one: amounts} for one, amounts in found.by_source.items()}
    groups = (
        _group(words, "source", sources, words.source),
        _group(words, "capital", found.by_capital, words.capital),
        _group(words, "village", found.by_village, words.village),
        _group(words, "body", found.by_body, words.body),
    )
    whole = found.total
    apart = texts.apart_text(found.year, whole.get(Stage.DISBURSED), whole.get(Stage.SUPPORTED))
    return _paper(
        database,
        found,
        code=_SAID["code"],
        title=_SAID["title"],
        tables=(_by_content(words), *groups),
        notes=(_SAID["note_empty"], *unassigned_note(found), *apart),
    )


def lines_paper(database: Database, definitions: Definitions, found: Budget) -> ReportDoc:
    """ "Bảng kê kinh phí": every line, stage by stage, for stages do not add up."""
    words = BudgetWords(definitions, found)
    columns = (
        text_column(_SAID["document"], "document", weight=10),
        text_column(_SAID["component"], "component", weight=26),
        text_column(_SAID["source"], "source", weight=14),
        text_column(_SAID["capital"], "capital", weight=10),
        text_column(_SAID["village"], "village", weight=10),
        text_column(_SAID["body"], "body", weight=12),
        Column(_SAID["amount"], "amount", format=NumberFormat.MONEY),
        text_column(_SAID["note"], "note", weight=12),
    )
    table = Table(
        labels=(number_column(4), text_column(_SAID["day"], "day", weight=6, align=Align.CENTER)),
        columns=columns,
        rows=tuple(_line_rows(words)),
        unit=_SAID["unit_money"],
        number_row=False,
        empty=_SAID["none"],
    )
    return _paper(
        database,
        found,
        code=_SAID["lines_code"],
        title=_SAID["lines_title"],
        tables=(without_empty(table, "village", "body", "note"),),
        notes=(_SAID["note_stages"],),
    )


def unassigned_note(found: Budget) -> tuple[str, ...]:
    """That the rates leave out money that was never assigned, where there is any."""
    amount = unassigned(found.by_source)
    return (_SAID["note_unassigned"].format(amount=format_integer(amount)),) if amount else ()


def _paper(
    database: Database,
    found: Budget,
    *,
    code: str,
    title: str,
    tables: tuple[Table, ...],
    notes: tuple[str, ...],
) -> ReportDoc:
    doc = ReportDoc(
        code=code,
        title=(title,),
        subtitle=(*filter(None, [found.unit_name]), _SAID["year"].format(year=found.year)),
        body=tables,
        notes=notes,
        data_date=found.day,
        extra={"year": str(found.year)},
    )
    return of_unit(database, doc)


def _columns(words: BudgetWords) -> tuple[Column, ...]:
    rate = Column(_SAID["rate"], _RATE, format=NumberFormat.RATE, weight=6)
    return tuple(
        rate
        if key == _RATE
        else Column(
            _SAID[key] if key in _SAID else words.stage(key), key, format=NumberFormat.MONEY
        )
        for key in _COLUMNS
    )


def _cells(found: Sums) -> tuple[Cell, ...]:
    amounts = total(found)
    return tuple(
        _rate(found)
        if key == _RATE
        else Cell.of_count(amounts.apart if key == _APART else amounts.get(Stage(key)))
        for key in _COLUMNS
    )


def _rate(found: Sums) -> Cell:
    rate = disbursement(found)
    return Cell(
        rate.percent,
        missing=rate.gap or "",
        numerator=rate.numerator,
        denominator=rate.denominator,
    )


def _total(found: Budget) -> Row:
    return Row(("", _SAID["total"]), _cells(found.by_source), level=0)


def _by_content(words: BudgetWords) -> Table:
    found = words.budget
    rows = [*_content_rows(words)]
    return Table(
        labels=(number_column(4), text_column(_SAID["content"], "content", weight=30)),
        columns=_columns(words),
        rows=(*rows, _total(found)) if rows else (),
        title=_SAID["by_content"],
        unit=_SAID["unit"],
        number_row=False,
        sheet=_SAID["sheet_content"],
        empty=_SAID["none"],
    )


def _content_rows(words: BudgetWords) -> Iterator[Row]:
    """Each component with its sources; of one with parts, first what is not divided among them."""
    root, *branches = (one for one in words.budget.branches if one.whole or not one.depth)
    divided = {branch.node.parent for branch in branches}
    for branch in branches:
        part = words.budget.parts[branch.node.key]
        inner = branch.node.key in divided
        bold = inner or branch.depth == 1
        yield Row((part.number, part.name), _cells(branch.whole), level=branch.depth, bold=bold)
        if not inner:
            yield from _source_rows(words, branch, branch.whole)
        elif branch.own:
            yield _undivided(branch.own, _SAID["undivided"], branch.depth + 1)
            yield from _source_rows(words, branch, branch.own)
    if root.own:
        yield _undivided(root.own, _SAID["unsaid_content"], 1)
        yield from _source_rows(words, root, root.own)


def _undivided(own: Sums, name: str, level: int) -> Row:
    return Row(("", name), _cells(own), level=level, bold=level == 1)


def _source_rows(words: BudgetWords, branch: Branch, found: Sums) -> Iterator[Row]:
    for source in words.budget.by_source:
        if source in found:
            name = _SAID["of_source"].format(source=words.source(source))
            yield Row(("", name), _cells({source: found[source]}), level=branch.depth + 2)


def _group(
    words: BudgetWords, of: str, found: Mapping[Key, Sums], name: Callable[[Key], str]
) -> Table:
    rows = tuple(
        Row((str(at), name(key)), _cells(sums)) for at, (key, sums) in enumerate(found.items(), 1)
    )
    return Table(
        labels=(number_column(4), text_column(_SAID[of], of, weight=30)),
        columns=_columns(words),
        rows=(*rows, _total(words.budget)) if rows else (),
        title=_SAID[f"by_{of}"],
        unit=_SAID["unit"],
        number_row=False,
        sheet=_SAID[f"sheet_{of}"],
        empty=_SAID["none"],
    )


def _line_rows(words: BudgetWords) -> Iterator[Row]:
    for stage in BOOKED:
        found = [line for line in words.budget.lines if line.stage is stage]
        if not found:
            continue
        said = _SAID["stage_rows"].format(stage=words.stage(stage), count=len(found))
        amount = Cell.of_count(sum(line.amount for line in found))
        yield Row(("", ""), (BLANK, Cell(said), *(BLANK,) * 4, amount, BLANK), bold=True)
        for at, line in enumerate(found, 1):
            day = format_date(line.booked_on) if line.booked_on else ""
            yield Row((str(at), day), tuple(_line_cells(words, line)))


def _line_cells(words: BudgetWords, line: Line) -> Sequence[Cell]:
    found = words.budget
    noted = (found.activities.get(line.activity, "") if line.activity else "", line.note)
    return (
        Cell(line.document),
        Cell(words.part(line.node)),
        Cell(words.source(line.source)),
        Cell(words.short_capital(line.capital)),
        Cell(words.village(line.village) if line.village else ""),
        Cell(words.body(line.body) if line.body else ""),
        Cell.of_count(line.amount),
        Cell("; ".join(filter(None, noted))),
    )
