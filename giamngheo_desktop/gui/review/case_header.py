"""The head of the entry page: whose form it is, what still waits, the main actions."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from giamngheo_desktop.gui.parts import Elided, button, label, tool
from giamngheo_desktop.gui.review import case_words
from giamngheo_desktop.services.review.case_entry import CaseSheet


class CaseHeader(QWidget):
    """`back_pressed`, `save_pressed`, `save_next_pressed`, `settle_pressed`, `reopen_pressed`,
    `draft_dropped`, `events_pressed`; `outcome_chosen(code)`: the household could not be reviewed.
    """

    back_pressed = Signal()
    save_pressed = Signal()
    save_next_pressed = Signal()
    settle_pressed = Signal()
    reopen_pressed = Signal()
    draft_dropped = Signal()
    events_pressed = Signal()
    outcome_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = tool("chevron_left", self.tr("Về danh sách (Esc)"), "case_back")
        self.title = Elided("title", "case_title")
        self.about = Elided("soft", "case_about")
        self.events = button(self.tr("Biến động…"), "case_events", kind="link")
        self.events.setToolTip(self.tr("Sinh, chết, chuyển đến, chuyển đi: mở trang của hộ"))
        self.waiting = label("", "bold", "case_waiting")
        self.state = label("", "soft", "case_state")
        self.note = label("", "warning", "case_note", wrap=True)
        self.drop = button(self.tr("Bỏ bản nháp"), "case_drop_draft", kind="link")
        self.reopen = button(self.tr("Mở lại phiếu"), "case_reopen", kind="link")
        self.away = button(self.tr("Không gặp được"), "case_away")
        self.away.setToolTip(self.tr("Hộ đi vắng, từ chối hoặc cả hộ đã chuyển đi"))
        self._menu = QMenu(self)
        for code in case_words.OUTCOMES:
            text = case_words.outcome_text(code)
            action = QAction(f"{text[0].upper()}{text[1:]} …", self._menu)
            action.setObjectName(f"outcome_{code}")
            action.setData(code)
            self._menu.addAction(action)
        self.away.setMenu(self._menu)
        self.settle = button(self.tr("Kết thúc hộ"), "case_settle")
        self.settle.setToolTip(self.tr("Không còn câu nào chờ: kết thúc rà soát hộ (F8)"))
        self.save = button(self.tr("Lưu"), "case_save")
        self.save.setToolTip(self.tr("Lưu (Ctrl+S)"))
        self.save_next = button(self.tr("Lưu, phiếu tiếp"), "case_save_next", kind="primary")
        self.save_next.setToolTip(self.tr("Lưu và lấy phiếu tiếp theo (Ctrl+Enter)"))
        self._build()
        self.back.clicked.connect(self.back_pressed)
        self.save.clicked.connect(self.save_pressed)
        self.save_next.clicked.connect(self.save_next_pressed)
        self.settle.clicked.connect(self.settle_pressed)
        self.reopen.clicked.connect(self.reopen_pressed)
        self.events.clicked.connect(self.events_pressed)
        self.drop.clicked.connect(self.draft_dropped)
        self._menu.triggered.connect(self._choose)

    def set_note(self, text: str, *, draft: bool = False, settled: bool = False) -> None:
        """What must be known about the form, and what can be done about it."""
        self.note.setText(text)
        self.note.setVisible(bool(text))
        self.drop.setVisible(draft)
        self.reopen.setVisible(settled)

    def show_waiting(self, sheet: CaseSheet | None) -> None:
        """How many answers wait; None: the case is settled."""
        self.waiting.setText(case_words.open_text(sheet) if sheet else "")
        self.waiting.setToolTip(case_words.open_hint(sheet) if sheet else "")

    def set_editable(self, editable: bool) -> None:
        for part in (self.away, self.settle, self.save):
            part.setEnabled(editable)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.back)
        top.addWidget(self.title, 1)
        for part in (self.away, self.settle, self.save, self.save_next):
            top.addWidget(part)
        below = QHBoxLayout()
        below.setSpacing(16)
        below.addWidget(self.about, 1)
        below.addWidget(self.events)
        below.addWidget(self.waiting)
        below.addWidget(self.state)
        told = QHBoxLayout()
        told.setSpacing(8)
        told.addWidget(self.note, 1)
        told.addWidget(self.drop)
        told.addWidget(self.reopen)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 8, 20, 4)
        box.setSpacing(4)
        box.addLayout(top)
        box.addLayout(below)
        box.addLayout(told)
        self.set_note("")

    def _choose(self, action: QAction) -> None:
        self.outcome_chosen.emit(action.data())
