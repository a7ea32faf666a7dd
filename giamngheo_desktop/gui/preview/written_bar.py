"""The bar that says where a paper was written, and opens it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from giamngheo_desktop.gui import files
from giamngheo_desktop.gui.parts import button, label


class WrittenBar(QFrame):
    """`elsewhere_requested(Path)`: the same paper is wanted in another place too."""

    elsewhere_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, elsewhere: bool = True) -> None:
        super().__init__(parent)
        self.setObjectName("written_bar")
        self.setProperty("kind", "notice")
        self.setVisible(False)
        self._path = Path()
        self._offers_elsewhere = elsewhere
        self._text = label("", "", "written_text", wrap=True)
        self._open = button(self.tr("Mở tệp"), "open_written")
        self._folder = button(self.tr("Mở thư mục"), "open_folder")
        self._elsewhere = button(self.tr("Ghi nơi khác…"), "write_elsewhere")
        self._close = button(self.tr("Đóng"), "close_written")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(4)
        row.addWidget(self._text, 1)
        for part in (self._open, self._folder, self._elsewhere, self._close):
            row.addWidget(part)
        self._open.clicked.connect(self._open_file)
        self._folder.clicked.connect(self._open_folder)
        self._elsewhere.clicked.connect(self._ask_elsewhere)
        self._close.clicked.connect(self.hide)

    @property
    def path(self) -> Path:
        return self._path

    def say(self, path: Path) -> None:
        self._path = path
        text = self.tr("Đã ghi {name} vào {folder}")
        self._text.setText(text.format(name=path.name, folder=path.parent))
        for part in (self._open, self._folder):
            part.setVisible(True)
        self._elsewhere.setVisible(self._offers_elsewhere)
        self.setVisible(True)

    def say_beside(self, path: Path, held: str) -> None:
        """It has a new name because the file named `held` can't be replaced."""
        self.say(path)
        text = self.tr("Tệp {held} đang mở hoặc chỉ cho đọc, nên đã ghi thành {name} vào {folder}")
        self._text.setText(text.format(held=held, name=path.name, folder=path.parent))

    def say_printed(self) -> None:
        self._text.setText(self.tr("Đã gửi sang máy in."))
        for part in (self._open, self._folder, self._elsewhere):
            part.setVisible(False)
        self.setVisible(True)

    def _open_file(self) -> None:
        files.open_outside(self._path)

    def _open_folder(self) -> None:
        files.open_outside(self._path.parent)

    def _ask_elsewhere(self) -> None:
        self.elsewhere_requested.emit(self._path)
