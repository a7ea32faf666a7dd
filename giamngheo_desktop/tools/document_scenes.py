"""The plan and the reports as they are written, for the pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from giamngheo_desktop.gui.documents.editor import DocumentEditor
from giamngheo_desktop.gui.documents.outline import END
from giamngheo_desktop.gui.documents.plan_document_section import PlanDocumentSection
from giamngheo_desktop.gui.documents.reports_section import NarrativeReportsSection
from giamngheo_desktop.gui.pages.targets_page import TargetsPage
from giamngheo_desktop.services.documents.reading import Origin

Scene = tuple[str, Callable[[], object]]


def document_scenes(page: TargetsPage) -> Iterator[Scene]:
    """A plan and a report are begun where the file has none."""
    page.open("plan_document")
    section = page.section
    yield "plan_document", section.setFocus
    if isinstance(section, PlanDocumentSection) and not page.desk.read_only:
        if section.room.currentWidget() is section.pick:
            section.pick.begin_button.click()
        section.load()
        editor = section.view.editor
        yield "plan-head", lambda: editor.go_to("")
        yield "plan-section", lambda: _go(editor, lambda line: "content" in line)
        yield "plan-text", lambda: _go(editor, lambda line: "text" in line)
        yield "plan-library", editor.offered.library_button.click
        editor.forms.texts.closed.emit()
        yield "plan-records", lambda: _go(editor, lambda line: "record" in line)
        yield "plan-end", lambda: editor.go_to(END)
        yield "plan-paper", section.view.view_button.click
        section.paper.leave()
        yield "plan-issue", section.view.issue_button.click
        if section.view.dialog is not None:
            section.view.dialog.draft.forget()
            section.view.dialog.close()
    page.open("narrative_reports")
    section = page.section
    yield "narrative_reports", section.setFocus
    if isinstance(section, NarrativeReportsSection) and not page.desk.read_only:
        yield "report-begin", section.add_one
        section.pick.begin_button.click()
        yield "report-open", section.load
        section.back.click()
        yield "report-list", section.load


def _go(editor: DocumentEditor, wanted: Callable[[set[str]], bool]) -> None:
    """The first line of a kind."""
    for key in editor.outline.order:
        line = editor.outline.line(key)
        part = line.part if line is not None else None
        if part is not None and wanted(
            {
                name
                for name, has in (
                    ("content", part.content),
                    ("text", part.text and not part.content),
                    ("record", part.origin is not Origin.SECTION),
                )
                if has
            }
        ):
            editor.go_to(key)
            return
