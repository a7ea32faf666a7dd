"""Texts to be taken over into a section: of earlier years, of layouts, of what changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop.domain.year_words import years_of
from giamngheo_desktop.gui.documents.document_words import report_name
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.parts import button, label, scrolled
from giamngheo_desktop.gui.preview.wrapped_list import WrappedList
from giamngheo_desktop.services.documents.library import LibraryText
from giamngheo_desktop.services.documents.listing import PLAN


class TextsPanel(QWidget):
    """`inserted(text)` behind what stands there, `replaced(text)` in its place; `closed()`."""

    inserted = Signal(str)
    replaced = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._texts: Sequence[tuple[str, str]] = ()  # each with what is to be known of it
        self.said = label("", "heading", "library_said", wrap=True)
        self.list = WrappedList("library", self.tr("Lời đã có"))
        self.text = label("", "", "library_text", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.told = label("", "warning", "library_told", wrap=True)
        self.insert_button = button(
            self.tr("&Chèn vào cuối"), "insert_text", icon="add", kind="primary"
        )
        self.replace_button = button(self.tr("&Thay lời đang có"), "replace_text", icon="paste")
        self.back = button(self.tr("&Quay lại"), "close_library", icon="chevron_left")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(4, 0, 8, 0)
        column.addWidget(self.told)
        column.addWidget(self.text)
        column.addStretch()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.list, 2)
        row.addWidget(scrolled(inside, "library_scroll"), 3)
        foot = Flow(8)
        for part in (self.back, self.replace_button, self.insert_button):
            foot.addWidget(part)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.said)
        box.addLayout(row, 1)
        box.addLayout(foot)
        self.setFocusProxy(self.list)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)
        self.list.currentRowChanged.connect(self._show_text)
        self.list.itemActivated.connect(lambda _: enter_walk.go_on(self.stops()))
        self.insert_button.clicked.connect(lambda: self.inserted.emit(self._chosen()))
        self.replace_button.clicked.connect(lambda: self.replaced.emit(self._chosen()))
        self.back.clicked.connect(self.closed)

    def show_library(self, title: str, year: int, found: Sequence[LibraryText]) -> None:
        """What documents and layouts say in the same section, for the document of a year."""
        self.said.setText(self.tr("Lời đã có của mục: {title}").format(title=title))
        self._show([(self._source(one), one.text, self._turned(one, year)) for one in found])
        if not found:
            self.text.setText(
                self.tr("Chưa có năm nào, khung nào ghi lời cho mục này. Gõ lời ở mục là được.")
            )

    def show_changes(self, lines: Sequence[str]) -> None:
        """What happened since the report before."""
        self.said.setText(self.tr("Thay đổi từ báo cáo trước"))
        whole = (self.tr("Tất cả"), "\n".join(lines), "")
        self._show([whole, *((line, line, "") for line in lines[1:])])

    def _show(self, lines: Sequence[tuple[str, str, str]]) -> None:
        """Each with its name, its text, and what is to be known of it."""
        self._texts = [(text, told) for _, text, told in lines]
        self.told.hide()
        self.list.clear()
        for at, (source, _, _) in enumerate(lines):
            self.list.add(source, at)
        self.list.setVisible(bool(lines))
        self.list.setCurrentRow(0)
        for part in (self.insert_button, self.replace_button):
            part.setEnabled(bool(lines))
        (self.list if lines else self.back).setFocus()

    def stops(self) -> list[QWidget]:
        return [self.list, self.insert_button]

    def _source(self, one: LibraryText) -> str:
        if one.year is None:
            return self.tr("Khung: {name}").format(name=one.label)
        if one.type == PLAN:
            said = self.tr("Kế hoạch năm {year}")
            if (one.version or 1) > 1:
                said = self.tr("Kế hoạch năm {year}, bản {version}")
            return said.format(year=one.year, version=one.version)
        return report_name(one.period, one.year)

    def _turned(self, one: LibraryText, year: int) -> str:
        """What was made the other year's, and what of its own year still stands there."""
        if one.year is None or one.year == year:
            return ""
        said = []
        if one.text != one.was:
            turned = self.tr("Đã đổi “năm {old}” thành “năm {year}” trong lời này.")
            said.append(turned.format(old=one.year, year=year))
        left = sorted(years_of(one.text) & {one.year - 1, one.year} - {year})
        if left:
            stays = self.tr("Lời còn ghi năm {years}: xem lại sau khi chèn.")
            said.append(stays.format(years=", ".join(map(str, left))))
        return " ".join(said)

    def _show_text(self, at: int) -> None:
        if 0 <= at < len(self._texts):
            text, told = self._texts[at]
            self.text.setText(text)
            self.told.setText(told)
            self.told.setVisible(bool(told))

    def _chosen(self) -> str:
        """The text of the line; the buttons are there only where there is one."""
        return self._texts[max(0, self.list.currentRow())][0]
