"""The bar that offers to go on with a pile of forms where it was left."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from giamngheo_desktop.gui.parts import Elided, button
from giamngheo_desktop.gui.review.pile_place import PilePlace


class PileOffer(QFrame):
    """`taken(place)`: go on; `dropped(place)`: the pile is finished, or not wanted."""

    taken = Signal(object)
    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pile_offer")
        self.setProperty("kind", "card")
        self._place: PilePlace | None = None
        self.text = Elided("bold", "pile_offer_text")
        self.go_on = button(self.tr("Nhập tiếp xấp"), "resume_pile", kind="primary")
        self.drop = button(self.tr("Thôi"), "drop_pile", kind="link")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(self.text, 1)
        row.addWidget(self.go_on)
        row.addWidget(self.drop)
        self.go_on.clicked.connect(self._take)
        self.drop.clicked.connect(self._drop)
        self.hide()

    def show_piles(self, found: list[tuple[PilePlace, str]]) -> None:
        """The newest one; nothing is shown where there is none."""
        self._place = found[0][0] if found else None
        self.setVisible(bool(found))
        if found:
            text = self.tr("Đang nhập dở xấp phiếu: {title}")
            self.text.set_whole(text.format(title=found[0][1]))

    def _take(self) -> None:
        self.taken.emit(self._place)

    def _drop(self) -> None:
        self.dropped.emit(self._place)
