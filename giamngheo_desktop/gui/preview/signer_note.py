"""Says above a table or list that nobody is named to sign it, and leads to where that is set."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.reports.document import ReportDoc

SECTION = "offices"  # of the settings


class SignerNote(QFrame):
    """`settings_requested(section)`."""

    settings_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("signer_note")
        self.setProperty("kind", "card")
        said = self.tr("Chưa ghi người ký: bản in không có họ tên người ký.")
        way = button(self.tr("Ghi ở Cài đặt"), "set_signer", kind="link")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.addWidget(label(said, "warning", "signer_note_text", wrap=True), 1)
        row.addWidget(way)
        way.clicked.connect(self._leave)
        self._lacks = self._gives_way = False
        self.hide()

    def give_way(self, gives_way: bool) -> None:
        """Hidden while something else needs its room."""
        self._gives_way = gives_way
        self.setVisible(self._lacks and not gives_way)

    def look_at(self, doc: ReportDoc | None) -> None:
        """Shown where the document has a place to sign and no name below it."""
        self._lacks = doc is not None and lacks_signer(doc)
        self.give_way(self._gives_way)

    def _leave(self) -> None:
        self.settings_requested.emit(SECTION)


def lacks_signer(doc: ReportDoc) -> bool:
    return bool(doc.signatures) and not doc.signatures[-1].name
