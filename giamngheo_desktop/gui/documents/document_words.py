"""How a version of the plan, or a report, is called on screen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop import texts
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.services.documents.listing import PLAN, Listed
from giamngheo_desktop.services.documents.reading import Document
from giamngheo_desktop.services.documents.versions import Change


def _tr(text: str) -> str:
    return QCoreApplication.translate("document_words", text)


_NAMES = {
    "": (_tr("Dự thảo"), _tr("Bản ban hành ngày {day}")),
    Change.ADJUSTS: (_tr("Bản điều chỉnh, dự thảo"), _tr("Bản điều chỉnh ngày {day}")),
    Change.REPLACES: (_tr("Bản thay thế, dự thảo"), _tr("Bản thay thế ngày {day}")),
}


def version_name(one: Listed) -> str:
    """`Dự thảo`, `Bản ban hành ngày 15/01/2026, số 12/KH-UBND`, `Bản điều chỉnh, dự thảo`."""
    draft, issued = _NAMES.get(one.change, _NAMES[""])
    if one.issued_on is None:
        return draft
    said = issued.format(day=format_date(one.issued_on))
    return _tr("{said}, số {number}").format(said=said, number=one.number) if one.number else said


def report_name(period: str, year: int) -> str:
    return _tr("Báo cáo {period}").format(period=texts.period_of_year_text(period, year))


def document_name(document: Document) -> str:
    """`Kế hoạch năm 2026`, `Báo cáo quý I năm 2026`."""
    if document.type == PLAN:
        return _tr("Kế hoạch năm {year}").format(year=document.year)
    return report_name(document.period, document.year)


def state_of(one: Listed) -> str:
    if one.issued_on is None:
        return _tr("Dự thảo")
    said = _tr("Đã ban hành ngày {day}").format(day=format_date(one.issued_on))
    return _tr("{said}, số {number}").format(said=said, number=one.number) if one.number else said
