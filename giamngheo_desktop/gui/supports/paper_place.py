"""A paper in the place of a section, with the way back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.parts import button
from giamngheo_desktop.gui.preview.paper_sheet import PaperSheet
from giamngheo_desktop.gui.preview.paper_work import Bundle, Job, Order, Pulse, bundle
from giamngheo_desktop.reports.document import ReportDoc


class PaperPlace(QWidget):
    """`closed()`: back to what the paper is about (Esc, or the button)."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.back = button(self.tr("&Quay lại"), "close_paper", icon="chevron_left")
        self.sheet = PaperSheet(desk)
        line = QHBoxLayout()
        line.addWidget(self.back)
        line.addStretch()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(line)
        box.addWidget(self.sheet, 1)
        self.setFocusProxy(self.sheet)
        self.back.clicked.connect(self.leave)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.activated.connect(self.leave)

    def show_order(self, order: Order) -> None:
        self.sheet.show_order(order)

    def leave(self) -> None:
        self.sheet.stop()
        self.closed.emit()


def one_doc(make: Callable[[], ReportDoc]) -> Job:
    """A paper that is one document; `make` holds no Qt object."""
    return partial(_bundle, make)


def _bundle(make: Callable[[], ReportDoc], pulse: Pulse) -> Bundle:
    doc = make()
    pulse.check()
    return bundle((doc,), pulse)
