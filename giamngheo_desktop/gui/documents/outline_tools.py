"""The buttons under an outline: add, move, move in and out, remove."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from giamngheo_desktop.gui.documents import outline_acts
from giamngheo_desktop.gui.documents.outline import Line
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.parts import button, tool
from giamngheo_desktop.services.documents.reading import Document


class OutlineTools(QWidget):
    """`added(below)`, `moved(step)` up or down, `nested(step)` in (1) or out (-1), `removed()`."""

    added = Signal(bool)
    moved = Signal(int)
    nested = Signal(int)
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.add_button = button(self.tr("&Thêm mục"), "add_section", icon="add")
        self.add_button.setToolTip(self.tr("Ctrl+N: thêm mục cùng cấp, sau mục đang chọn"))
        self._menu = QMenu(self)
        self.beside = self._menu.addAction(self.tr("&Cùng cấp, sau mục đang chọn"))
        self.below = self._menu.addAction(self.tr("&Nằm trong mục đang chọn"))
        self.add_button.setMenu(self._menu)
        up, down = self.tr("Chuyển lên (Alt+↑)"), self.tr("Chuyển xuống (Alt+↓)")
        self.up_button = tool("chevron_up", up, "section_up")
        self.down_button = tool("chevron_down", down, "section_down")
        self.in_button = tool("chevron_right", self.tr("Đưa vào trong mục phía trên"), "section_in")
        self.out_button = tool("chevron_left", self.tr("Đưa ra ngoài một cấp"), "section_out")
        self.remove_button = tool("delete", self.tr("Bỏ mục này"), "remove_section")
        moves = QWidget()  # where there is no room beside the other they go below together
        side = QHBoxLayout(moves)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(4)
        for part in (
            self.up_button,
            self.down_button,
            self.out_button,
            self.in_button,
            self.remove_button,
        ):
            side.addWidget(part)
        line = Flow(4)
        line.addWidget(self.add_button)
        line.addWidget(moves)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(line)
        self.beside.triggered.connect(lambda: self.added.emit(False))
        self.below.triggered.connect(lambda: self.added.emit(True))
        self.up_button.clicked.connect(partial(self._emit, -1))
        self.down_button.clicked.connect(partial(self._emit, 1))
        self.in_button.clicked.connect(lambda: self.nested.emit(1))
        self.out_button.clicked.connect(lambda: self.nested.emit(-1))
        self.remove_button.clicked.connect(self.removed)

    def fit(self, line: Line | None, document: Document, *, free: bool) -> None:
        """Only what can be done with the line that has the cursor."""
        part = line.part if line is not None and line.is_section else None
        at, count = outline_acts.place_in(document, part) if part is not None else (0, 0)
        self.add_button.setEnabled(free)
        self.below.setEnabled(free and line is not None and line.part is not None)
        self.up_button.setEnabled(free and part is not None and at > 0)
        self.down_button.setEnabled(free and part is not None and at + 1 < count)
        for step, one in ((1, self.in_button), (-1, self.out_button)):
            can = part is not None and outline_acts.nested(document, part, step) is not None
            one.setEnabled(free and can)
        self.remove_button.setEnabled(free and part is not None)

    def _emit(self, step: int, _: bool = False) -> None:
        self.moved.emit(step)
