"""The first screen: the ways to begin."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from giamngheo_desktop.gui import icons
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.theme import theme

_ICON, _EDGE = 28, 20


class Tile(QAbstractButton):
    """A large button: what it begins, and in one sentence what then happens."""

    def __init__(self, name: str, icon: str, title: str, text: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._icon, self._more = icon, text

    def set_more(self, text: str) -> None:
        self._more = text
        self.setAccessibleDescription(text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(560, self.fontMetrics().height() * 2 + 2 * _EDGE + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hot = self.underMouse() or self.isDown()
        painter.setBrush(QColor(tokens.accent_soft if hot else tokens.surface))
        focused = self.hasFocus()
        pen = QPen(QColor(tokens.accent if focused else tokens.border), 2 if focused else 1)
        painter.setPen(pen)
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)
        ratio = self.devicePixelRatioF()
        picture = icons.pixmap(self._icon, "accent", _ICON, ratio)
        painter.drawPixmap(_EDGE, (self.height() - _ICON) // 2, picture)
        left = 2 * _EDGE + _ICON
        room = self.rect().adjusted(left, 0, -_EDGE, 0)
        half = self.height() // 2
        bold = self.font()
        bold.setBold(True)
        bold.setPointSizeF(bold.pointSizeF() * 1.1)
        painter.setFont(bold)
        painter.setPen(QColor(tokens.text))
        top = room.adjusted(0, 0, 0, half - self.height())
        painter.drawText(
            top, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, self.text()
        )
        painter.setFont(self.font())
        painter.setPen(QColor(tokens.text_soft))
        bottom = room.adjusted(0, half + 3, 0, 0)
        shown = self.fontMetrics().elidedText(
            self._more, Qt.TextElideMode.ElideRight, bottom.width()
        )
        painter.drawText(bottom, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, shown)


class Home(QWidget):
    """`chosen(code)`: new, collection, sample, open or continue."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.last = Tile("continue", "households", "", "")
        self.new = Tile(
            "new",
            "add",
            self.tr("Xã mới"),
            self.tr("Lập sổ cho xã của mình: tên xã, các thôn, người ký – ba trang."),
        )
        self.sample = Tile(
            "sample",
            "table",
            self.tr("Dữ liệu mẫu"),
            self.tr("Một xã mẫu có đủ hộ, biểu và nhiều năm, để xem và tập dùng."),
        )
        self.collection = Tile(
            "collection",
            "inbox",
            self.tr("Sổ tổng hợp huyện, tỉnh"),
            self.tr("Dành cho nơi nhận gói các xã gửi lên, không dùng ở xã."),
        )
        self.open = Tile(
            "open",
            "folder",
            self.tr("Mở hoặc phục hồi tệp"),
            self.tr("Mở sổ đã có, lấy lại bản sao lưu, nhận gói làm việc của máy khác."),
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addStretch(2)
        box.addWidget(label(self.tr("Giảm nghèo"), "title"))
        intro = self.tr("Sổ hộ nghèo, hộ cận nghèo của xã và các biểu tổng hợp. Dữ liệu nằm trên "
                        "máy này, không gửi đi đâu.")  # fmt: skip
        box.addWidget(label(intro, "soft", wrap=True))
        box.addSpacing(12)
        for tile in (self.last, self.new, self.sample, self.open, self.collection):
            box.addWidget(tile)
            tile.clicked.connect(self._chosen)
        box.addStretch(3)
        self.offer_last("", "")

    def offer_last(self, name: str, folder: str) -> None:
        """Put the file used last at the top; none where the name is empty."""
        self.last.setText(self.tr("Mở tiếp {name}").format(name=name))
        self.last.setAccessibleName(self.last.text())
        self.last.set_more(folder)
        self.last.setVisible(bool(name))
        self.setFocusProxy(self.last if name else self.new)

    def _chosen(self) -> None:
        self.chosen.emit(self.sender().objectName())
