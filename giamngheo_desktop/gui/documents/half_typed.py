"""What was typed of a document and never saved: once it is issued it takes none of it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.documents.issue_document import ISSUE
from giamngheo_desktop.gui.documents.line_drafts import place_of_drafts
from giamngheo_desktop.gui.review.drafting import OF_DOCUMENTS, OF_RECORDS, OF_SETTINGS
from giamngheo_desktop.services import drafts
from giamngheo_desktop.services.documents.listing import PLAN
from giamngheo_desktop.services.documents.reading import Document


def _tr(text: str) -> str:
    return QCoreApplication.translate("half_typed", text)


class HalfTyped(NamedTuple):
    """Where it lies, in words, and what opens it there."""

    words: str
    payload: dict[str, object]


def half_typed(desk: Desk, document: Document) -> list[HalfTyped]:
    """Of its records first, as they are typed; raises AppError where no draft can be read."""
    path, year = desk.database.path, document.year
    found: list[HalfTyped] = []
    if document.type == PLAN:
        for kind, section, words in (
            (Kind.TARGET, "targets", _tr("Chỉ tiêu năm")),
            (Kind.REPORT_SCHEDULE, "schedules", _tr("Chế độ báo cáo")),
        ):
            beginning = f"{OF_RECORDS}{kind.value}-{year}-"
            for key in drafts.keys(path, beginning):
                which = key.removeprefix(beginning)
                found.append(HalfTyped(words, {"section": section, "draft": which}))
        if drafts.exists(path, f"{OF_SETTINGS}section_allocation-{year}"):
            found.append(HalfTyped(_tr("Giao cho thôn"), {"section": "allocation"}))
    place = place_of_drafts(document.type, year, document.uid)
    section = "plan_document" if document.type == PLAN else "narrative_reports"
    begins = f"{OF_DOCUMENTS}{document.type}-{year}-"
    for key in drafts.keys(path, f"{OF_DOCUMENTS}{place}-"):
        if not key.endswith(ISSUE):
            payload: dict[str, object] = {"section": section, "draft": key.removeprefix(begins)}
            found.append(HalfTyped(_tr("mục của văn bản"), payload))
    return found
