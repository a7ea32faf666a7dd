"""What is to be looked at again in a document; each leads to its section."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidgetItem, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.gui.documents.outline import key_of
from giamngheo_desktop.gui.parts import button
from giamngheo_desktop.gui.preview.wrapped_list import WrappedList
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.services.documents.doubts import DocumentDoubt, DoubtedPart

_HIGH = 116  # pixels at 100 % of the list
_ROOMY = 340  # and of the whole editor from which it stands open by itself
_AT_END = DocumentDoubt.NO_SIGNER


class DoubtList(QWidget):
    """`chosen(key)`: the line of the outline that one is about; "" for the head, "end" for the
    end.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.said = button("", "doubts_said", icon="warning", kind="link")
        self.said.setCheckable(True)
        self.list = WrappedList("document_doubts", self.tr("Cần xem lại"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        line = QHBoxLayout()
        line.addWidget(self.said)
        line.addStretch()
        box.addLayout(line)
        box.addWidget(self.list)
        self.setFocusProxy(self.list)
        self._room = 0
        self.fit(_ROOMY)
        self.said.toggled.connect(self.list.setVisible)
        self.list.itemClicked.connect(self._lead)
        self.list.itemActivated.connect(self._lead)
        self.hide()

    def fit(self, room: int) -> None:
        """The editor is `room` pixels high: in a low one the list opens when it is asked for."""
        self.list.setFixedHeight(_HIGH * theme.percent // 100)
        roomy, before = (high * 100 >= _ROOMY * theme.percent for high in (room, self._room))
        if roomy != before or not self._room:
            self.said.setChecked(roomy)
            self.list.setVisible(roomy)
        self._room = room

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
