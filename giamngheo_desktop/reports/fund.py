"""The book of a fund as a paper: a page for each form, what was counted, whom it helped."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.fund_book import COUNTED, LABOUR, Direction, Entry, Page
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
from giamngheo_desktop.reports.goods import quantity
from giamngheo_desktop.reports.issuer import of_unit
from giamngheo_desktop.services.programme.fund import FORMS, FUNDS, FundYear
from giamngheo_desktop.storage.engine import Database

_SAID = texts.FUND


def fund_paper(database: Database, definitions: Definitions, found: FundYear) -> ReportDoc:
    """ "Sổ quỹ" of a year."""
    pages = [(form_name(definitions, page.form), page) for page in found.pages]
    tables = [table for name, page in pages for table in _page_tables(found, name, page)]
    if not tables:
        tables = [_blank_page()]
    doc = ReportDoc(
        code=_SAID["code"],
        title=(_SAID["title"].format(fund=fund_name(definitions, found.fund).upper()),),
        subtitle=(
            *filter(None, [found.unit_name]),
            texts.BUDGET["year"].format(year=found.year),
        ),
        landscape=False,
        body=(*tables, _helped(found)),
        notes=tuple(_notes(found, pages)),
        data_date=found.day,
        extra={"year": str(found.year)},
    )
    return of_unit(database, doc)


def fund_name(definitions: Definitions, fund: str) -> str:
    return definitions.choice_list(FUNDS).label_of(fund)


def form_name(definitions: Definitions, form: str) -> str:
    return definitions.choice_list(FORMS).label_of(form) or _SAID["unsaid_form"]


def fund_warnings(definitions: Definitions, found: FundYear) -> Iterator[str]:
    """A sentence for each form that was below nought at the end of a day: the first such day."""
    for page in found.pages:
        if page.below:
            day, amount = page.below[0]
            names = fund_name(definitions, found.fund), form_name(definitions, page.form)
            yield texts.fund_warning_text(*names, day, amount)


def _notes(found: FundYear, pages: list[tuple[str, Page]]) -> Iterator[str]:
    helped = _SAID["note_helped"]
    yield helped.format(households=len(found.households), nameless=found.nameless)
    if any(page.form in COUNTED for _, page in pages):
        yield _SAID["note_value"]
    if any(page.form == LABOUR and page.closing > 0 for _, page in pages):
        yield _SAID["note_labour"]
    for name, page in pages:
        if page.uncounted:
            yield _SAID["note_uncounted"].format(form=name, count=page.uncounted)


def _columns(counted: bool) -> tuple[Column, ...]:
    measured = (
        Column(_SAID["quantity"], "quantity", format=NumberFormat.MONEY, absent="", weight=5),
        text_column(_SAID["measure"], "unit", weight=5, align=Align.CENTER),
    )
    return (
        text_column(_SAID["document"], "document", weight=8),
        text_column(_SAID["about"], "about", weight=30),
        *(measured if counted else ()),
        *(
            Column(_SAID[key], key, format=NumberFormat.MONEY, absent="")
            for key in ("in", "out", "left")
        ),
    )


def _labels() -> tuple[Column, ...]:
    return (
        number_column(),
        text_column(_SAID["day"], "day", weight=8, align=Align.CENTER),
    )


def _page_tables(found: FundYear, name: str, page: Page) -> Iterator[Table]:
    counted = page.form in COUNTED
    gap = (BLANK,) * 2 if counted else ()
    nothing = Cell(missing="no_data")
    opening = (BLANK, Cell(_SAID["opening"]), *gap, nothing, nothing, Cell.of_count(page.opening))
    sums = (Cell.of_count(one) for one in (page.came, page.went, page.closing))
    closing = (BLANK, Cell(_SAID["closing"]), *gap, *sums)
    rows = (
        Row(("", ""), opening, bold=True),
        *(
            Row((str(at), format_date(entry.booked_on)), (*_cells(found, entry, counted), balance))
            for at, (entry, balance) in enumerate(
                zip(page.entries, map(Cell.of_count, page.balances), strict=True), 1
            )
        ),
        Row(("", ""), closing, bold=True),
    )
    yield Table(
        labels=_labels(),
        columns=_columns(counted),
        rows=rows,
        title=name,
        unit=texts.BUDGET["unit_money"],
        number_row=False,
        sheet=name,
    )
    if page.goods:
        yield _goods(name, page)


def _blank_page() -> Table:
    return Table(labels=_labels(), columns=_columns(False), number_row=False, empty=_SAID["none"])


def _cells(found: FundYear, entry: Entry, counted: bool) -> tuple[Cell, ...]:
    came = entry.direction is Direction.IN
    amount, nothing = Cell.of_count(entry.amount), Cell(missing="no_data")
    measured = (Cell.of_count(quantity(entry.quantity)), Cell(entry.unit)) if counted else ()
    money = (amount, nothing) if came else (nothing, amount)
    return (Cell(entry.document), Cell(_about(found, entry)), *measured, *money)


def _about(found: FundYear, entry: Entry) -> str:
    """What it was, from or to whom."""
    return "; ".join(
        filter(
            None,
            (
                entry.item,
                found.heads.get(entry.household, "") if entry.household else "",
                entry.other_party,
                found.bodies.get(entry.body, "") if entry.body else "",
                entry.note,
            ),
        )
    )


def _goods(name: str, page: Page) -> Table:
    columns = (
        text_column(_SAID["measure"], "unit", weight=6, align=Align.CENTER),
        *(Column(_SAID[key], key, format=NumberFormat.MONEY, weight=8) for key in ("in", "out")),
    )
    return Table(
        labels=(
            number_column(),
            text_column(_SAID["item"], "item", weight=40),
        ),
        columns=columns,
        rows=tuple(
            Row(
                (str(at), one.item or _SAID["unsaid_item"]),
                (Cell(one.unit), *(Cell.of_count(quantity(n)) for n in (one.came, one.went))),
            )
            for at, one in enumerate(page.goods, 1)
        ),
        title=_SAID["goods"].format(form=name),
        number_row=False,
        sheet=_SAID["goods"].format(form=name),
    )


def _helped(found: FundYear) -> Table:
    given: dict[UUID, list[int]] = {}
    for entry in found.entries:
        if entry.household and entry.direction is Direction.OUT:
            given.setdefault(entry.household, []).append(entry.amount)
    rows = tuple(
        Row(
            (str(at), home.head),
            (
                Cell(home.village),
                Cell.of_count(len(given[home.household])),
                Cell.of_count(sum(given[home.household])),
            ),
            household=home.household,
        )
        for at, home in enumerate(found.households, 1)
    )
    return Table(
        labels=(
            number_column(),
            text_column(_SAID["head"], "head", weight=30),
        ),
        columns=(
            text_column(_SAID["village"], "village", weight=20),
            Column(_SAID["times"], "times", weight=6),
            Column(_SAID["value"], "value", format=NumberFormat.MONEY),
        ),
        rows=rows,
        title=_SAID["households"],
        number_row=False,
        sheet=_SAID["sheet_households"],
        empty=_SAID["nobody"],
    )
