"""The window "Xem trước" of papers; the main window stays free beside it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QHideEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.preview.paper_sheet import PaperSheet
from giamngheo_desktop.gui.preview.paper_work import Order


class PaperPreview(QDialog):
    """`go_requested(page, payload)` where the papers lack something; the window closes then."""

    go_requested = Signal(str, object)

    def __init__(self, desk: Desk, order: Order, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("paper_preview")
        self.setWindowTitle(self.tr("Xem trước"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.sheet = PaperSheet(desk)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.addWidget(self.sheet)
        self.sheet.stopped.connect(self._stopped)
        self.sheet.go_requested.connect(self._go)
        self.sheet.household_pressed.connect(partial(self._go, "households"))
        room = parent.window().size()
        self.resize(min(980, room.width() - 40), max(420, room.height() - 40))
        self._order = order
        parent.window().installEventFilter(self)

    def begin(self) -> None:
        """Show itself and make the papers."""
        self.show()
        self.sheet.setFocus()
        self.sheet.show_order(self._order)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The main window goes: nothing must keep the file open for long."""
        if event.type() == QEvent.Type.Hide and not event.spontaneous():
            self.sheet.stop()
        return super().eventFilter(watched, event)

    def reject(self) -> None:
        """Not while pages go to the printer: half a village would be printed."""
        if not self.sheet.is_printing:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.sheet.is_printing:
            event.ignore()
        else:
            super().closeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more: what is being made is not wanted."""
        if not event.spontaneous():
            self.sheet.stop()
        super().hideEvent(event)

    @Slot()
    def _stopped(self) -> None:
        self.reject()
        # Not kept as a name of ours: the window would be taken apart before what stands in it.
        around = self.parentWidget()
        tell = getattr(around.window(), "notify", None) if around else None
        if tell is not None:  # the main window says it
            tell(self.tr("Đã dừng, chưa lập giấy nào."))

    @Slot(str, object)
    def _go(self, page: str, payload: object) -> None:
        self.close()
        self.go_requested.emit(page, payload)
