"""The bar over the list that offers what was typed and never saved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.services.drafts import Draft

SHOWN = 3


class DraftsBar(QFrame):
    """`opened(key)`: go on with a draft; `discarded(key)`: the user does not want it."""

    opened = Signal(str)
    discarded = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drafts_bar")
        self.setProperty("kind", "card")
        self._title = label("", "bold", "drafts_title")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 8, 12, 8)
        box.setSpacing(2)
        box.addWidget(self._title)
        box.addLayout(self._lines)
        self.hide()

    def show_drafts(self, drafts: Sequence[Draft]) -> None:
        """The newest first; nothing is shown where there is none."""
        for old in self.findChildren(QWidget, "draft_line"):
            self._lines.removeWidget(old)
            old.setParent(None)
            old.deleteLater()
        for draft in drafts[:SHOWN]:
            self._lines.addWidget(self._line(draft))
        count = self.tr("{count} bản nháp chưa lưu").format(count=len(drafts))
        more = self.tr("{count} bản nháp chưa lưu; {shown} bản mới nhất:")
        text = more.format(count=len(drafts), shown=SHOWN) if len(drafts) > SHOWN else count
        self._title.setText(text)
        self.setVisible(bool(drafts))

    def _line(self, draft: Draft) -> QWidget:
        line = QWidget()
        line.setObjectName("draft_line")
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        said = self.tr("{title} – gõ lúc {time}")
        text = said.format(title=draft.title, time=f"{draft.saved_at:%H:%M %d/%m/%Y}")
        go_on = button(self.tr("Mở để gõ tiếp"), f"open_{draft.key}", kind="link")
        drop = button(self.tr("Bỏ"), f"discard_{draft.key}", kind="link")
        go_on.setAccessibleName(self.tr("Mở bản nháp {title}").format(title=draft.title))
        drop.setAccessibleName(self.tr("Bỏ bản nháp {title}").format(title=draft.title))
        go_on.clicked.connect(self._open)
        drop.clicked.connect(self._discard)
        row.addWidget(label(text, "", "draft_title"))
        row.addWidget(go_on)
        row.addWidget(drop)
        row.addStretch()
        return line

    def _open(self) -> None:
        self.opened.emit(self.sender().objectName().removeprefix("open_"))

    def _discard(self) -> None:
        self.discarded.emit(self.sender().objectName().removeprefix("discard_"))
