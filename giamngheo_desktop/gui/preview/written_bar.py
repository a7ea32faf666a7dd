"""The bar that says where a paper was written, and opens it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QWidget

from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.gui import files
from giamngheo_desktop.gui.notice_bar import one_of_notes
from giamngheo_desktop.gui.parts import button
from giamngheo_desktop.gui.theme import theme

_ROOMY = 260  # pixels at 100 % from which the sentence stands beside the buttons
_LEAST = 110  # pixels of the sentence: it widens no page


class WrittenBar(QFrame):
    """`elsewhere_requested(Path)`: the same paper is wanted in another place too."""

    elsewhere_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, elsewhere: bool = True) -> None:
        super().__init__(parent)
        self.setObjectName("written_bar")
        self.setProperty("kind", "notice")
        one_of_notes(self)
        self.setVisible(False)
        self._path = Path()
        self._offers_elsewhere = elsewhere
        self._text = _Sentence()
        self._open = button(self.tr("Mở tệp"), "open_written")
        self._folder = button(self.tr("Mở thư mục"), "open_folder")
        self._elsewhere = button(self.tr("Ghi nơi khác…"), "write_elsewhere")
        self._close = button(self.tr("Đóng"), "close_written")
        acts = (self._open, self._folder, self._elsewhere, self._close)
        self._acts = QWidget()
        line = QHBoxLayout(self._acts)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addStretch()
        for part in acts:
            line.addWidget(part)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(12, 4, 8, 4)
        self._row.setSpacing(4)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._acts)
        self._open.clicked.connect(self._open_file)
        self._folder.clicked.connect(self._open_folder)
        self._elsewhere.clicked.connect(self._ask_elsewhere)
        self._close.clicked.connect(self.hide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A sentence that would have little room beside the buttons stands above them."""
        super().resizeEvent(event)
        room = (self.width() - self._acts.sizeHint().width()) * 100
        way = QBoxLayout.Direction
        is_roomy = room >= _ROOMY * theme.percent
        self._row.setDirection(way.LeftToRight if is_roomy else way.TopToBottom)

    @property
    def path(self) -> Path:
        return self._path

    def say(self, path: Path) -> None:
        self._say_written(path, self.tr("Đã ghi {name} vào {folder}"))

    def say_several(self, path: Path, count: int) -> None:
        """A file for each paper: the folder has them all."""
        text = self.tr("Đã ghi {count} tệp vào {folder}; tệp đầu là {name}")
        self._say_written(path, text, count=format_integer(count))
        self._open.setVisible(False)

    def say_beside(self, path: Path, held: str) -> None:
        """It has a new name because the file named `held` can't be replaced."""
        text = self.tr("Tệp {held} đang mở hoặc chỉ cho đọc, nên đã ghi thành {name} vào {folder}")
        self._say_written(path, text, held=held)

    def say_printed(self, file: str = "") -> None:
        """Sent to the printer, or printed into a PDF file."""
        if file:
            self._say_written(Path(file), self.tr("Đã in vào tệp {name}, thư mục {folder}"))
            self._elsewhere.setVisible(False)
            return
        self._text.say(self.tr("Đã gửi sang máy in."))
        for part in (self._open, self._folder, self._elsewhere):
            part.setVisible(False)
        self.setVisible(True)

    def _say_written(self, path: Path, text: str, **names: str) -> None:
        self._path = path
        self._text.say(text, name=path.name, folder=str(path.parent), **names)
        for part in (self._open, self._folder):
            part.setVisible(True)
        self._elsewhere.setVisible(self._offers_elsewhere)
        self.setVisible(True)

    def _open_file(self) -> None:
        files.open_outside(self._path)

    def _open_folder(self) -> None:
        files.open_outside(self._path.parent)

    def _ask_elsewhere(self) -> None:
        self.elsewhere_requested.emit(self._path)


class _Sentence(QLabel):
    """Names of files too long for a line lose their middle: the beginning and ending tell them
    apart, and the tip has them whole.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("written_text")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setMinimumWidth(_LEAST)
        self._said = ""
        self._names: dict[str, str] = {}

    def say(self, text: str, **names: str) -> None:
        self._said, self._names = text, names
        self.setToolTip(text.format(**names))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        cut, middle = self.fontMetrics().elidedText, Qt.TextElideMode.ElideMiddle
        names = {key: cut(name, middle, self.width()) for key, name in self._names.items()}
        self.setText(self._said.format(**names))
