"""What is to be looked at again in a document; each leads to its section."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidgetItem, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.gui.documents.outline import key_of
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.preview.wrapped_list import WrappedList
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.services.documents.doubts import DocumentDoubt, DoubtedPart

_HIGH = 116  # pixels at 100 %
_AT_END = DocumentDoubt.NO_SIGNER


class DoubtList(QWidget):
    """`chosen(key)`: the line of the outline that one is about; "" for the head, "end" for the
    end.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.said = label("", "warning", "doubts_said")
        self.list = WrappedList("document_doubts", self.tr("Cần xem lại"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.said)
        box.addWidget(self.list)
        self.setFocusProxy(self.list)
        self._fit()
        theme.changed.connect(self._fit)
        self.list.itemClicked.connect(self._lead)
        self.list.itemActivated.connect(self._lead)
        self.hide()

    def _fit(self) -> None:
        self.list.setFixedHeight(_HIGH * theme.percent // 100)

    def show_doubts(self, found: Sequence[DoubtedPart]) -> None:
        said = self.tr("Cần xem lại: {count} chỗ")
        self.said.setText(said.format(count=format_integer(len(found))))
        self.list.clear()
        for one in found:
            key = key_of(one.section) if one.section else "end" if one.doubt is _AT_END else ""
            self.list.add(texts.document_doubt_text(one.doubt, one.params), key)
        self.setVisible(bool(found))

    def texts(self) -> list[str]:
        return [self.list.item(at).text() for at in range(self.list.count())]

    def _lead(self, item: QListWidgetItem) -> None:
        self.chosen.emit(str(item.data(Qt.ItemDataRole.UserRole)))
