"""What the lists of Báo cáo do off the GUI thread: a list to its PDF, what is offered beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.name_list import Per, SavedList
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.jobs import without_collecting
from giamngheo_desktop.gui.preview import paper
from giamngheo_desktop.gui.preview.paper_work import Bundle, Job, Pulse
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.list_layouts import (
    DETAIL,
    LAYOUTS,
    layout_bytes,
    layout_papers,
    read_layout,
)
from giamngheo_desktop.reports.make import refuse_future
from giamngheo_desktop.reports.name_list import build_list, known_columns, read_list
from giamngheo_desktop.reports.placed import PlacedCell
from giamngheo_desktop.services import areas, unit_names
from giamngheo_desktop.services.movement import editions
from giamngheo_desktop.services.report_choices import choices
from giamngheo_desktop.services.report_rows import Request
from giamngheo_desktop.services.saved_lists import saved_lists
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWish:
    """Which list: `code` of a definition or of `LAYOUTS`; the rest as in `report_work.Wish`.

    `columns` None are those kept under the name `saved`, else the definition's own. With `apart`
    each village begins a page.
    """

    code: str
    year: int
    unit: UUID | None = None
    standard: str | None = None
    as_of: date | None = None
    edition: int | None = None
    saved: str = ""
    columns: tuple[str, ...] | None = None
    apart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListBundle(Bundle):
    """A made list; `wish` is what became of the wish where something is no longer there.

    `columns` are the fields it shows, `own` those of its definition, `saved` the lists of other
    columns that are kept for it.
    """

    wish: ListWish
    units: tuple[tuple[UUID, str], ...]
    standards: tuple[tuple[str, str], ...]
    editions: int
    own: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    saved: tuple[SavedList, ...] = ()


def one_list(desk: Desk, wish: ListWish) -> Job:
    """AppErrors of `reports.name_list.read_list`."""
    place = (desk.database, desk.definitions, desk.unit(wish.year), desk.context.today())
    return partial(_make, *place, wish)


def columns_of(definitions: Definitions, code: str, year: int) -> tuple[Per, tuple[str, ...]]:
    """What a line of a list is, and the fields it shows unless others are chosen."""
    definition = definitions.name_list(code, date(year, 12, 31))
    return definition.per, tuple(leaf.field for leaf in definition.leaves() if leaf.field)


def takes_day(definitions: Definitions, code: str, year: int) -> bool:
    parts = LAYOUTS.get(code, (code,))
    return all(definitions.name_list(part, date(year, 12, 31)).takes_day for part in parts)


def _make(
    database: Database,
    definitions: Definitions,
    commune: UUID,
    today: date,
    wish: ListWish,
    pulse: Pulse,
) -> ListBundle:
    refuse_future(database, wish.as_of, today)
    day = wish.as_of or date(wish.year, 12, 31)
    offered = choices(
        database,
        definitions,
        year=wish.year,
        day=day,
        unit=commune,
        today=today,
        unit_today=commune,
    )
    if wish.standard not in [code for code, _ in offered.standards]:
        wish = replace(wish, standard=None)
    tree = areas.tree(database, day)
    if tree.get(wish.unit) is None:
        wish = replace(wish, unit=commune if tree.get(commune) else None)
    asked: dict[str, Any] = {
        "year": wish.year,
        "unit": wish.unit,
        "standard": wish.standard,
        "as_of": wish.as_of,
        "edition": wish.edition,
    }
    make = _layout if wish.code in LAYOUTS else _free
    with without_collecting():
        pulse.check()
        made = make(database, definitions, wish, asked)
        pulse.check()
        found = drawn(made.papers, pulse)
    return ListBundle(
        wish=made.wish,
        units=unit_names.with_villages(database, day, commune),
        standards=offered.standards if made.request else (),
        editions=editions.count(database, made.request) if made.request else 0,
        data=found.data,
        sizes=found.sizes,
        homes=found.homes,
        **made.more,
    )


class _Made(NamedTuple):
    """Papers of lists, what was asked (None: a review), and what else the bundle holds of them."""

    papers: Sequence[ReportDoc]
    request: Request | None
    wish: ListWish
    more: Mapping[str, Any]


def _layout(
    database: Database, definitions: Definitions, wish: ListWish, asked: Mapping[str, Any]
) -> _Made:
    found = read_layout(database, definitions, wish.code, **asked)
    papers = layout_papers(wish.code, found)
    more: dict[str, Any] = {"workbook": partial(layout_bytes, wish.code, found)}
    if wish.code == DETAIL:  # a paper like others
        more = {"docs": papers}
    return _Made(papers, found[0][0].request, wish, more)


def _free(
    database: Database, definitions: Definitions, wish: ListWish, asked: Mapping[str, Any]
) -> _Made:
    per, own = columns_of(definitions, wish.code, wish.year)
    kept = tuple(one for one in saved_lists(database) if one.base == wish.code)
    saved = next((one for one in kept if one.name == wish.saved), None)
    wish = replace(wish, saved=saved.name if saved else "")
    columns = wish.columns
    if columns is None and saved is not None:
        columns = known_columns(saved.columns, per)
    name = wish.saved if wish.columns is None else ""
    data, read_with = read_list(
        database, definitions, wish.code, columns=columns, name=name, **asked
    )
    doc = build_list(data, read_with, apart=wish.apart)
    shown = own if columns is None else columns
    more = {"docs": (doc,), "own": own, "columns": shown, "saved": kept}
    return _Made((doc,), None if data.definition.of_review else data.request, wish, more)


def drawn(papers: Sequence[ReportDoc], pulse: Pulse) -> Bundle:
    """The PDF of papers, and the lines of it that name a household."""
    from giamngheo_desktop.reports.pdf import render_bundle

    made = render_bundle(papers, pulse.check)
    tables = [table for paper in papers for table in paper.tables]
    homes: dict[PlacedCell, UUID] = {}
    for (page, table, row), cells in groupby(made.cells, lambda at: (at.page, at.table, at.row)):
        home = tables[table].rows[row].household
        if home is not None:
            homes[_around(list(cells), page, table, row)] = home
    pulse.check()
    return Bundle(data=made.data, sizes=paper.sizes(made.data), homes=homes)


def _around(cells: Sequence[PlacedCell], page: int, table: int, row: int) -> PlacedCell:
    """The whole line."""
    return PlacedCell(
        page,
        min(at.left for at in cells),
        min(at.bottom for at in cells),
        max(at.right for at in cells),
        max(at.top for at in cells),
        table,
        row,
        0,
    )
