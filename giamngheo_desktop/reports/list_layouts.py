"""The layouts that other programs read, from the file to the workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.exports.list_layouts import layout_workbook
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.name_list import build_list, read_list
from giamngheo_desktop.storage.engine import Database

Step = Callable[[], None]  # called now and then; may raise Cancelled
DETAIL = "detail"
LAYOUTS = {
    "27": ("bang_27",),
    "exit": ("bang_thoat_ngheo", "bang_thoat_can_ngheo"),
    DETAIL: ("chi_tiet_ngheo", "chi_tiet_can_ngheo"),
}


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
    if layout == DETAIL:
        from giamngheo_desktop.exports.xlsx_write import render_xlsx

        return render_xlsx(detail_paper(database, definitions, **asked), step)
    found = [read_list(database, definitions, code, **asked) for code in _codes(layout)]
    return layout_workbook(found, step)


def detail_paper(database: Database, definitions: Definitions, **asked: Any) -> ReportDoc:
    """The detailed list of 19 columns, the poor and below them the near-poor."""
    papers = [
        build_list(*read_list(database, definitions, code, **asked)) for code in _codes(DETAIL)
    ]
    first, *others = papers
    body = [*first.body]
    for paper in others:
        (table,) = paper.tables
        body.append(replace(table, title=" ".join(paper.title)))
    notes = dict.fromkeys(note for paper in papers for note in paper.notes)
    return replace(first, body=tuple(body), notes=tuple(notes))


def _codes(layout: str) -> tuple[str, ...]:
    if layout not in LAYOUTS:
        raise AppError("unknown_layout", name=layout, known=", ".join(LAYOUTS))
    return LAYOUTS[layout]
