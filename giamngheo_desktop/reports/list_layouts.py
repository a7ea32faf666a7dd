"""The layouts that other programs read, from the file to the workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.exports.list_layouts import layout_workbook
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.document import Piece, ReportDoc
from giamngheo_desktop.reports.name_list import build_list, read_list
from giamngheo_desktop.services.listed_facts import Material
from giamngheo_desktop.services.name_lists import ListData
from giamngheo_desktop.storage.engine import Database

Step = Callable[[], None]  # called now and then; may raise Cancelled
Found = Sequence[tuple[ListData, Material]]
DETAIL = "detail"
LAYOUTS = {
    "27": ("bang_27",),
    "exit": ("bang_thoat_ngheo", "bang_thoat_can_ngheo"),
    DETAIL: ("chi_tiet_ngheo", "chi_tiet_can_ngheo"),
}
# What a file of one begins with.
FILES = {"27": "Bảng 27 cột", "exit": "Bảng thoát nghèo", DETAIL: "Bảng chi tiết"}


def render_layout(
    database: Database,
    definitions: Definitions,
    layout: str,
    step: Step | None = None,
    **asked: Any,
) -> bytes:
    """The workbook of a layout; `asked` as for `reports.name_list.make_list`.

    AppError `unknown_layout`.
    """
    return layout_bytes(layout, read_layout(database, definitions, layout, **asked), step)


def detail_paper(database: Database, definitions: Definitions, **asked: Any) -> ReportDoc:
    """The detailed list of 19 columns, the poor and below them the near-poor."""
    return _joined(read_layout(database, definitions, DETAIL, **asked))


def read_layout(database: Database, definitions: Definitions, layout: str, **asked: Any) -> Found:
    """The lists of a layout. AppError `unknown_layout`."""
    if layout not in LAYOUTS:
        raise AppError("unknown_layout", name=layout, known=", ".join(LAYOUTS))
    return [read_list(database, definitions, code, **asked) for code in LAYOUTS[layout]]


def layout_bytes(layout: str, found: Found, step: Step | None = None) -> bytes:
    """The workbook of what was read."""
    if layout == DETAIL:
        from giamngheo_desktop.exports.xlsx_write import render_xlsx

        first, *others = (_named(data, build_list(data, facts)) for data, facts in found)
        return render_xlsx(first, step, *others)
    return layout_workbook(found, step)


def list_bytes(found: tuple[ListData, Material], form: str) -> bytes:
    """The file of one list; the workbook of a list with a `first_row` is that layout.

    Raises AppErrors `layout_no_word`, `unknown_format`.
    """
    definition = found[0].definition
    if definition.first_row and form == "xlsx":
        return layout_workbook([found])
    if definition.first_row and form == "docx":
        raise AppError("layout_no_word", name=definition.code)
    return make.render(build_list(*found), form)


def layout_papers(layout: str, found: Found) -> tuple[ReportDoc, ...]:
    """The same as papers, to be looked at and printed."""
    if layout == DETAIL:
        return (_joined(found),)
    return tuple(build_list(*one) for one in found)


def _named(data: ListData, paper: ReportDoc) -> ReportDoc:
    """With the name of its sheet."""
    (table,) = paper.tables
    return replace(paper, body=(replace(table, sheet=data.definition.short_label),))


def _joined(found: Found) -> ReportDoc:
    first, *_ = papers = [_named(data, build_list(data, facts)) for data, facts in found]
    body: list[Piece] = []
    for paper in papers:
        (table,) = paper.tables
        body.append(replace(table, title=" ".join(paper.title) if body else ""))
    notes = dict.fromkeys(note for paper in papers for note in paper.notes)
    return replace(first, body=tuple(body), notes=tuple(notes))
