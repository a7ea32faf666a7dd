"""Tables of a page that scrolls where the window is low, one of them with ticks."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent

from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.table.table_view import TableView

_LINES = 4  # that are always seen


class ShortTable(TableView):
    """Takes the room there is, and asks for a few lines only."""

    def sizeHint(self) -> QSize:
        line = self.verticalHeader().defaultSectionSize()
        return QSize(256, self.heading.sizeHint().height() + _LINES * line)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())


class TickTable(ShortTable):
    """`ticked(uids)`: the space key, a click on a box or a double click; `entered()`: Enter."""

    ticked = Signal(list)
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.ticked.emit(self.selected_uids())
        elif enter_walk.is_enter(event):
            self.entered.emit()
        else:
            super().keyPressEvent(event)
