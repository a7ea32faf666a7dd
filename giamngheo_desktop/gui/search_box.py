"""The one search box: asks a moment after the last key, shows the hits, goes to the chosen one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui import icons
from giamngheo_desktop.gui.forms.hints import Hints
from giamngheo_desktop.gui.forms.options import Option
from giamngheo_desktop.gui.forms.pick_edit import ListEdit


class SearchBox(ListEdit):
    """`search_requested(text)` while typing, `submitted(text)` on Enter without a chosen hit.

    The owner answers with `offer(text, hits)`; an answer to an older text is ignored.
    `option_picked(option)` tells the hit that was chosen.
    """

    search_requested = Signal(str)
    submitted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self.setAccessibleName(self.tr("Tìm mọi thứ"))
        self.hints = Hints(self, self.tr("Tìm mọi thứ  (Ctrl+K)"), self.tr("Tìm (Ctrl+K)"))
        self.setToolTip(self.tr("Tên, số giấy tờ, mã hộ, thôn, báo cáo, việc cần làm"))
        self.setClearButtonEnabled(True)
        self.addAction(
            QAction(icons.icon("search", "text_soft"), "", self),
            QLineEdit.ActionPosition.LeadingPosition,
        )

    def offer(self, text: str, hits: Sequence[Option]) -> None:
        """Show what was found for `text`."""
        if clean(self.text()) == text and self.hasFocus():
            self.options = tuple(hits)
            self.open_list()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = self._popup.chosen if self._popup is not None else -1
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and chosen < 0 and clean(self.text()):
            self.close_list()
            self.submitted.emit(clean(self.text()))
        elif event.key() == Qt.Key.Key_Down and not self.list_is_open and self.options:
            self.open_list()
        elif event.key() == Qt.Key.Key_Escape and (self.list_is_open or self.text()):
            self.close_list()
            self.clear()
            self.textEdited.emit("")  # by hand: whoever chose by the text before forgets it
        else:
            super().keyPressEvent(event)

    def _restart(self) -> None:
        self.close_list()
        self.options = ()
        self._timer.start(200)

    def _offer(self) -> None:
        self.search_requested.emit(clean(self.text()))
