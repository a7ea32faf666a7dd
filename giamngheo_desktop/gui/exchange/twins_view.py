"""Two new households that may be one, side by side: the officer says whether they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from giamngheo_desktop.gui.flow import flowing
from giamngheo_desktop.gui.notice_bar import keep_clear
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.wrapped_table import WrappedRows
from giamngheo_desktop.services.exchange.proposing import Proposal


class _Line(NamedTuple):
    uid: UUID
    what: str
    here: str
    there: str
    after: str


class TwinsView(QWidget):
    """`one_requested(Proposal)`, `two_requested(Proposal)`: the answer to the pair that is shown;
    `left()`: later.
    """

    one_requested = Signal(object)
    two_requested = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("twins_view")
        self._found: list[Proposal] = []
        self._at = 0
        self.summary = label("", "bold", "twins_summary", wrap=True)
        self.table = WrappedRows(
            (
                Column(key="what", title=self.tr("Mục"), width=100, tip=str),
                Column(key="here", title=self.tr("Hộ giữ lại"), width=130, tip=str),
                Column(key="there", title=self.tr("Hộ kia"), width=130, tip=str),
                Column(
                    key="after", title=self.tr("Nếu là một hộ"), width=130, stretch=True, tip=str
                ),
            ),
            "twins_lines",
            self.tr("Hai hộ cạnh nhau"),
        )
        self.said = label("", "", "twins_said", wrap=True)
        self.back = button(self.tr("&Quay lại"), "twins_back")
        self.turn = button(self.tr("&Đổi hộ giữ lại"), "twins_turn", icon="exchange")
        self.skip = button(self.tr("Cặp &sau"), "twins_skip")
        self.two = button(self.tr("Là &hai hộ"), "twins_two")
        self.one = button(self.tr("Là &một hộ"), "twins_one", icon="done", kind="primary")
        foot = flowing(self.back, self.turn, self.skip, self.two, end=[self.one])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.summary)
        box.addWidget(self.table, 1)
        box.addWidget(self.said)
        box.addWidget(foot)
        self.setFocusProxy(self.table)
        keep_clear(self.said)
        self.table.current_changed.connect(self._say)
        self.back.clicked.connect(self.left)
        self.turn.clicked.connect(self._turn)
        self.skip.clicked.connect(self._next)
        self.one.clicked.connect(lambda: self.one_requested.emit(self.shown))
        self.two.clicked.connect(lambda: self.two_requested.emit(self.shown))

    @property
    def shown(self) -> Proposal | None:
        return self._found[self._at] if self._found else None

    def show_pairs(self, found: Sequence[Proposal]) -> None:
        """Others than before; the pair that is shown stays where it is still open."""
        before = {self.shown.here, self.shown.there} if self.shown else set()
        self._found = list(found)
        same = (at for at, one in enumerate(found) if {one.here, one.there} == before)
        self._at = next(same, min(self._at, max(0, len(found) - 1)))
        self._show()

    def allow(self, *, may_write: bool) -> None:
        for part in (self.one, self.two):
            part.setEnabled(may_write and self.shown is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        shown = self.shown
        lines = shown.lines if shown else ()
        if shown is not None:
            self.summary.setText(
                self.tr(
                    "Cặp {at}/{count}: hộ {name} được nhập ở hai máy. Là một hộ thì hộ kia được "
                    "gộp vào hộ giữ lại; mục cả hai cùng ghi thì theo hộ giữ lại."
                ).format(at=self._at + 1, count=len(self._found), name=shown.name)
            )
        self.table.set_rows(
            [
                _Line(UUID(int=at), line.label, line.here, line.there, line.after)
                for at, line in enumerate(lines, 1)
            ]
        )
        if lines:
            self.table.go_to(UUID(int=1))
        self.skip.setVisible(len(self._found) > 1)
        self._say()

    @Slot()
    def _say(self) -> None:
        """The line of the cursor, whole."""
        uid, shown = self.table.current_uid(), self.shown
        if uid is None or shown is None or uid.int > len(shown.lines):
            self.said.setText("")
            return
        line = shown.lines[uid.int - 1]
        self.said.setText(f"{line.label}: {line.here or '–'} | {line.there or '–'}")

    @Slot()
    def _turn(self) -> None:
        shown = self.shown
        if shown is not None:
            self._found[self._at] = shown.turned()
            self._show()

    @Slot()
    def _next(self) -> None:
        self._at = (self._at + 1) % len(self._found)
        self._show()
