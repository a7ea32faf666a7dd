"""Texts that a section may take over: those of years before, what changed since a report."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.documents import document_work
from giamngheo_desktop.gui.documents.node_forms import NodeForms
from giamngheo_desktop.gui.parts import button
from giamngheo_desktop.services.documents import library
from giamngheo_desktop.services.documents.library import LibraryText
from giamngheo_desktop.services.documents.listing import REPORT


class OfferedTexts(QObject):
    """Reads them for the line in `forms` and shows them in its place; `turned()` when the panel
    comes or goes, `failed(error)` where they can't be read.
    """

    turned = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, forms: NodeForms) -> None:
        super().__init__()
        self._desk, self._forms = desk, forms
        self.library_button = button(self.tr("Lời năm &trước…"), "show_library")
        self.changes_button = button(self.tr("Thay đổi từ báo cáo t&rước…"), "show_changes")
        self.library_button.clicked.connect(self._ask_library)
        self.changes_button.clicked.connect(self._ask_changes)
        forms.texts.inserted.connect(self._insert)
        forms.texts.replaced.connect(self._replace)
        forms.texts.closed.connect(self._close)

    def fit(self, *, editable: bool) -> None:
        """Only where a section can be typed into."""
        forms = self._forms
        free = editable and forms.form is forms.section
        self.library_button.setVisible(free)
        is_report = forms.document is not None and forms.document.type == REPORT
        self.changes_button.setVisible(free and is_report)

    def _ask_library(self) -> None:
        line, desk = self._forms.line, self._desk
        if line is not None and line.part is not None:
            work = partial(library.texts_of, desk.database, desk.definitions, line.part.uid)
            desk.runner.read(self, work, partial(self._show_library, line.key), latest="texts")

    def _show_library(self, key: str, found: tuple[LibraryText, ...]) -> None:
        line, document = self._forms.line, self._forms.document
        if line is not None and document is not None and self._stands(key):
            self._forms.texts.show_library(line.text, document.year, found)
            self._turn_to()

    def _ask_changes(self) -> None:
        line, document, desk = self._forms.line, self._forms.document, self._desk
        if line is not None and document is not None:
            args = (desk.database, desk.definitions, document, desk.context.today())
            work = partial(document_work.changes, *args)
            show = partial(self._show_changes, line.key)
            desk.runner.read(self, work, show, self.failed.emit, latest="texts")

    def _show_changes(self, key: str, lines: Sequence[str]) -> None:
        if self._stands(key):
            self._forms.texts.show_changes(lines)
            self._turn_to()

    def _stands(self, key: str) -> bool:
        """Whether the line they were read for is still the one that is shown."""
        line = self._forms.line
        return line is not None and line.key == key and not self._forms.is_blank

    def _turn_to(self) -> None:
        self._forms.setCurrentWidget(self._forms.texts)
        self.turned.emit()

    def _close(self) -> None:
        self._forms.show_form()
        self.turned.emit()
        self.library_button.setFocus()

    def _insert(self, text: str) -> None:
        self._close()
        self._forms.section.insert(text)
        self._forms.section.text.setFocus()

    def _replace(self, text: str) -> None:
        self._close()
        self._forms.section.replace(text)
        self._forms.section.text.setFocus()
