"""What records fill into a document as headings of its own: shown, and where it is typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.services.documents.reading import Origin, Part


class RecordNote(QWidget):
    """`go_requested(page, payload)`: to the record."""

    go_requested = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("record_note")
        self._section = ""
        self.heading = label("", "heading", "record_heading", wrap=True)
        self.text = label("", "", "record_text", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.why = label("", "soft", "record_why", wrap=True)
        self.open_button = button("", "open_records", icon="open")
        line = QHBoxLayout()
        line.addWidget(self.open_button)
        line.addStretch()
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 0, 8, 0)
        box.setSpacing(8)
        box.addWidget(self.heading)
        box.addWidget(self.why)
        box.addLayout(line)
        box.addWidget(self.text)
        box.addStretch()
        self.setFocusProxy(self.open_button)
        self.open_button.clicked.connect(self._go)

    def show_part(self, part: Part) -> None:
        self.heading.setText(" ".join(filter(None, (part.number, part.title))))
        self.text.setText(part.text)
        if part.origin is Origin.BODY:
            self._section = "tasks"
            why = self.tr("Lấy từ các nhiệm vụ đã ghi của cơ quan này; sửa ở mục Nhiệm vụ.")
            act = self.tr("Mở &Nhiệm vụ")
        else:
            self._section = "plan"
            why = self.tr("Lấy từ dự án đã ghi trong kế hoạch; sửa ở mục Dự án trong kế hoạch.")
            act = self.tr("Mở &Dự án trong kế hoạch")
        self.why.setText(why)
        self.open_button.setText(act)

    def _go(self) -> None:
        self.go_requested.emit("projects", {"section": self._section})
