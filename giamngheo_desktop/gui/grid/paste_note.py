"""What was read from a pasted block, in words, with a button that takes it back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from giamngheo_desktop.domain.pasted_table import Pasted
from giamngheo_desktop.gui.parts import button, label


class PasteNote(QFrame):
    """`taken_back()`: the pasted cells should go again."""

    taken_back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paste_note")
        self.setProperty("kind", "notice")
        self.setVisible(False)
        self._text = label("", "", "paste_text", wrap=True)
        self._back = button(self.tr("Bỏ phần vừa dán"), "paste_back")
        self._close = button(self.tr("Đóng"), "paste_close")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.addWidget(self._text, 1)
        row.addWidget(self._back)
        row.addWidget(self._close)
        self._back.clicked.connect(self.taken_back)
        self._back.clicked.connect(self.hide)
        self._close.clicked.connect(self.hide)

    @property
    def text(self) -> str:
        return self._text.text()

    def say(self, pasted: Pasted, taken: int, unknown: Sequence[str] = ()) -> None:
        """`taken` rows went into the table; `unknown` are names that no row has."""
        lines = [self.tr("Đã đọc {count} dòng.").format(count=taken)]
        by_reason: dict[str, list[int]] = {}
        for skipped in pasted.skipped:
            by_reason.setdefault(skipped.reason, []).append(skipped.line)
        reasons = {
            "heading": self.tr("tiêu đề (dòng {lines})"),
            "numbers": self.tr("số thứ tự cột (dòng {lines})"),
            "total": self.tr("dòng tổng (dòng {lines})"),
            "nameless": self.tr("không có tên thôn (dòng {lines})"),
            "dayless": self.tr("không có ngày (dòng {lines})"),
        }
        skipped_texts = [
            reasons[reason].format(lines=", ".join(map(str, numbers)))
            for reason, numbers in by_reason.items()
        ]
        if skipped_texts:
            lines.append(self.tr("Bỏ qua: {what}.").format(what="; ".join(skipped_texts)))
        if pasted.ignored:
            names = ", ".join(f"“{name}”" for name in pasted.ignored)
            lines.append(self.tr("Cột không dùng: {names}.").format(names=names))
        if unknown:
            names = ", ".join(unknown)
            lines.append(self.tr("Không có thôn tên: {names}.").format(names=names))
        if pasted.problem_count:
            count = pasted.problem_count
            lines.append(self.tr("{count} ô chưa hiểu, tô đỏ để sửa.").format(count=count))
        self.tell(" ".join(lines))

    def tell(self, text: str, back: str = "") -> None:
        """What was pasted, in other words, or put in otherwise; `back` says what takes it back."""
        self._text.setText(text)
        self._back.setText(back or self.tr("Bỏ phần vừa dán"))
        self.setVisible(True)
