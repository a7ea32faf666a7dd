"""Several papers in one file."""

from __future__ import annotations

from collections.abc import Sequence

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.document import ReportDoc


def render_all(docs: Sequence[ReportDoc], form: str) -> bytes:
    """Papers one after the other, each beginning a page (a sheet of a workbook, an element of a
    JSON list); one alone as `make.render` writes it. AppError `unknown_format`.
    """
    if len(docs) == 1:
        return make.render(docs[0], form)
    if form == "json":
        from giamngheo_desktop.reports.as_json import render_json

        return f"[{','.join(map(render_json, docs))}]".encode()
    if form == "pdf":
        from giamngheo_desktop.reports.pdf import render_bundle

        return render_bundle(docs, places=False).data
    if form == "xlsx":
        from giamngheo_desktop.exports.xlsx_write import render_xlsx

        return render_xlsx(docs[0], None, *docs[1:])
    if form == "docx":
        from giamngheo_desktop.exports.docx_write import render_docx_bundle

        return render_docx_bundle(docs)
    raise AppError("unknown_format", name=form, known=", ".join(make.FORMATS))
