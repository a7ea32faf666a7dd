"""The head of the household page: who, which class, how much is wrong, and the main actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.standard import NEW_ESCAPE
from giamngheo_desktop.gui.forms.text_fields import ParsedField
from giamngheo_desktop.gui.household.chip import Chip
from giamngheo_desktop.gui.household.columns import chip_of, state_label
from giamngheo_desktop.gui.household.paper_menu import PaperMenu
from giamngheo_desktop.gui.parts import Elided, button, label, tool
from giamngheo_desktop.gui.preview.print_menu import print_button
from giamngheo_desktop.gui.theme import theme

_LISTED = 14  # findings in the menu of the counter
_NAME = 80  # pixels that a name has at least
_ABOUT = 160  # pixels at 100 % that the village and the members have at least
_WIDEST = 720  # pixels of a line of it


class Header(QWidget):
    """`back_pressed`, `save_pressed`, `save_next_pressed`; `finding_chosen(number)` of the list
    given last; `since_changed()` when another first day of new facts was typed, `entered()` Enter
    there.
    """

    back_pressed = Signal()
    save_pressed = Signal()
    save_next_pressed = Signal()
    finding_chosen = Signal(int)
    since_changed = Signal()
    entered = Signal()

    def __init__(self, events: QMenu, papers: PaperMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self._summaries = ("", "")  # of the findings: whole, short
        self.back = tool("chevron_left", self.tr("Về danh sách (Esc)"), "back_to_list")
        self.title = label("", "title", "household_title")
        self.chip = Chip("class_chip")
        self.escape = Chip("escape_chip")
        self.escape.hide()
        self.findings = button("", "findings", kind="quiet")
        self._menu = QMenu(self)
        self.findings.setMenu(self._menu)
        self.events = button(self.tr("Biến động"), "events", icon="exchange")
        self.events.setAccessibleName(self.events.text())
        self.events.setToolTip(self.events.text())
        self.events.setMenu(events)
        self.papers = papers
        self.prints = print_button(papers)
        self.prints.setAccessibleName(self.tr("In"))
        self.prints.setToolTip(self.tr("In giấy tờ của hộ"))
        papers.setTitle(self.tr("In"))
        events.addSeparator()
        events.addMenu(papers)
        self.save_next = button(self.tr("Lưu, hộ tiếp"), "save_next")
        self.save_next.setToolTip(self.tr("Lưu và mở một hộ mới cùng thôn (Ctrl+Enter)"))
        self.save = button(self.tr("Lưu"), "save", icon="save", kind="primary")
        self.save.setToolTip(self.tr("Lưu (Ctrl+S)"))
        self.about = Elided("soft", "household_about")
        self.about.setMinimumWidth(1)  # it gives way to everything else
        self.state = label("", "soft", "save_state")
        since = FieldDef(
            code="since",
            kind=FieldKind.DATE,
            label=self.tr("Thay đổi từ ngày"),
            help=self.tr(
                "Hộ mới nhập có trong sổ từ ngày này (mặc định 01/01 của năm làm việc). Hộ đã có: "
                "thành viên mới và thông tin có ngày (khuyết tật, cư trú, nhóm đối tượng …) vừa "
                "sửa bắt đầu từ ngày này (mặc định hôm nay)."
            ),
        )
        self._since_texts = (
            since.label,
            self.tr("Có trong sổ từ ngày"),
            self.tr("Ngày chuyển đến"),
        )
        self.since = ParsedField(since, compact=True)
        self.since.input().setProperty("kind", "")  # a field of its own, no cell of a grid
        self._since_label = label(since.label, "small", "since_label")
        self._since_label.setBuddy(self.since.input())
        self._since_label.setToolTip(since.help)
        self.since.input().setToolTip(since.help)
        self.since_problem = label("", "error", "since_problem")
        self.note = label("", "warning", "year_note", wrap=True)
        self._build()
        self._fit()
        theme.changed.connect(self._fit)

        self.back.clicked.connect(self.back_pressed)
        self.save.clicked.connect(self.save_pressed)
        self.save_next.clicked.connect(self.save_next_pressed)
        cast("QLineEdit", self.since.input()).editingFinished.connect(self.since_changed)
        cast("QLineEdit", self.since.input()).returnPressed.connect(self.entered)
        self.since.problem_changed.connect(self._show_since_problem)
        self._menu.triggered.connect(self._choose_finding)

    def set_title(self, text: str) -> None:
        self._whole = text
        self.title.setToolTip(text)
        self._elide()

    def set_about(self, text: str) -> None:
        self.about.set_whole(text)

    def set_state(self, text: str) -> None:
        """Saved, or not yet."""
        self.state.setText(text)

    def set_class(self, state: str | None, tip: str = "") -> None:
        """None hides the chip: a new household has no class yet."""
        self.chip.show_chip("" if state is None else state_label(state), chip_of(state))
        self.chip.setToolTip(tip)
        self._elide()

    def set_escape(self, tip: str) -> None:
        """Hộ mới thoát nghèo, and until when; an empty tip hides it."""
        self.escape.show_chip(state_label(NEW_ESCAPE) if tip else "", chip_of(NEW_ESCAPE))
        self.escape.setToolTip(tip)
        self._elide()

    def set_note(self, text: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def set_arrival(self, *, is_new: bool, arrives: bool) -> None:
        """What the day means: of changes, of a new household, of one from another commune."""
        self._since_label.setText(self._since_texts[2 if arrives else is_new])

    def set_since(self, day: date) -> None:
        self.since.set_value(day)

    def set_findings(self, summary: str, sentences: Sequence[str]) -> None:
        """The counter and what is behind it, in the order of the paper."""
        short = self.tr("{count} điểm").format(count=len(sentences)) if summary else ""
        self._summaries = (summary, short)
        self.findings.setToolTip(summary)
        self.findings.setVisible(bool(summary))
        self._shorten()
        self._menu.clear()
        metrics = QFontMetrics(self._menu.font())
        for number, sentence in enumerate(sentences[:_LISTED]):
            shown = metrics.elidedText(sentence, Qt.TextElideMode.ElideRight, _WIDEST)
            action = self._menu.addAction(shown.replace("&", "&&"))
            action.setData(number)
            action.setToolTip(sentence)
        if len(sentences) > _LISTED:
            more = self.tr("và {count} điểm nữa").format(count=len(sentences) - _LISTED)
            self._menu.addAction(more).setEnabled(False)

    def set_editable(self, editable: bool) -> None:
        """A file that is only read offers no way to write."""
        for part in (self.save, self.save_next, self.events, self.since, self._since_label):
            part.setVisible(editable)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()
        self._shorten()

    def _build(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.back)
        first.addWidget(self.title)
        first.addWidget(self.chip)
        first.addWidget(self.escape)
        first.addStretch(1)
        for part in (self.prints, self.events, self.save_next, self.save):
            first.addWidget(part)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.setContentsMargins(40, 0, 0, 0)
        second.addWidget(self.about, 1)
        second.addSpacing(8)
        small_parts = (self.findings, self.since_problem, self.state, self._since_label, self.since)
        for small in small_parts:
            second.addWidget(small)
        self.note.setContentsMargins(40, 0, 0, 0)
        self.since_problem.hide()
        self.note.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 12, 20, 4)
        box.setSpacing(8)
        box.addLayout(first)
        box.addLayout(second)
        box.addWidget(self.note)

    def _fit(self) -> None:
        self.since.setFixedWidth(120 * theme.percent // 100)

    def _show_since_problem(self) -> None:
        self.since_problem.setText(self.since.problem)
        self.since_problem.setVisible(bool(self.since.problem))

    def _choose_finding(self, action: QAction) -> None:
        number = action.data()
        if isinstance(number, int):
            self.finding_chosen.emit(number)

    def _shorten(self) -> None:
        """The counter says less where its line is short."""
        whole, short = self._summaries
        self.findings.setText(whole)
        parts = (self.findings, self.since_problem, self.state, self._since_label, self.since)
        taken = sum(part.sizeHint().width() + 8 for part in parts if not part.isHidden())
        if taken + _ABOUT * theme.percent // 100 > self.width():
            self.findings.setText(short)

    def _elide(self) -> None:
        """A long name gives way to the actions; the tip has it whole."""
        papers = self.papers.menuAction()
        self.prints.show()
        papers.setVisible(False)
        for part in (self.prints, self.events):
            part.setText(part.accessibleName())
        if self._room() < _NAME:
            self.prints.setText("")
        if self._room() < _NAME and not self.events.isHidden():
            self.prints.hide()  # it goes below the events
            papers.setVisible(True)
        if self._room() < _NAME:
            self.events.setText("")  # in the smallest window with the largest letters
        metrics = QFontMetrics(self.title.font())
        room = max(_NAME, self._room())
        self.title.setText(metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, room))

    def _room(self) -> int:
        """What the other things of its line leave to the name."""
        parts = (
            self.back, self.chip, self.escape, self.prints, self.events, self.save_next, self.save,
        )  # fmt: skip
        return self.width() - 48 - sum(p.sizeHint().width() + 8 for p in parts if not p.isHidden())
