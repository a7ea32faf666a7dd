"""What is to be looked at again in a document; each leads to its section."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
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
_TARGET = "target/"


class DoubtList(QWidget):
    """`chosen(key)`: the line of the outline that one is about; "" for the head, "end" for the
    end. `target_chosen(key)`: the target, "" for what villages get. `opening_wanted()`: the list
    that the year begins with, where a doubt asks for it.
    """

    chosen = Signal(str)
    target_chosen = Signal(str)
    opening_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.said = button("", "doubts_said", icon="warning", kind="link")
        self.said.setCheckable(True)
        self.opening_button = button(self.tr("Mở sổ đầu kỳ"), "doubts_opening", kind="link")
        self.list = WrappedList("document_doubts", self.tr("Cần xem lại"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        line = QHBoxLayout()
        line.addWidget(self.said)
        line.addStretch()
        line.addWidget(self.opening_button)
        box.addLayout(line)
        box.addWidget(self.list)
        self.setFocusProxy(self.list)
        self._room = 0
        self.fit(_ROOMY)
        self.said.toggled.connect(self.list.setVisible)
        self.opening_button.clicked.connect(self._open_opening)
        self.list.itemClicked.connect(self._lead)
        self.list.itemActivated.connect(self._lead)
        self.hide()

    def fit(self, room: int) -> None:
        """The editor is `room` pixels high: in a low one the list opens when it is asked for."""
        self._fit_list()
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
            self.list.add(texts.document_doubt_text(one.doubt, one.params), _place(one))
        self.opening_button.setVisible(any(one.asks_opening for one in found))
        self._fit_list()
        self.setVisible(bool(found))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_list()

    def _fit_list(self) -> None:
        """As high as its lines, up to some."""
        lines = sum(self.list.sizeHintForRow(at) + 4 for at in range(self.list.count()))
        self.list.setFixedHeight(min(_HIGH * theme.percent // 100, lines + 8))

    def texts(self) -> list[str]:
        return [self.list.item(at).text() for at in range(self.list.count())]

    def _open_opening(self, _: bool = False) -> None:
        self.opening_wanted.emit()

    def _lead(self, item: QListWidgetItem) -> None:
        place = str(item.data(Qt.ItemDataRole.UserRole))
        if place.startswith(_TARGET):
            self.target_chosen.emit(place.removeprefix(_TARGET))
        else:
            self.chosen.emit(place)


def _place(one: DoubtedPart) -> str:
    if one.doubt is DocumentDoubt.TARGET:
        return f"{_TARGET}{one.target}"
    if one.section is not None:
        return key_of(one.section)
    return "end" if one.doubt is _AT_END else ""
