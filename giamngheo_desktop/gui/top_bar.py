"""The bar at the top: whose data, which year, search, state of the backup, who is working."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from giamngheo_desktop.gui import icons
from giamngheo_desktop.gui.parts import Elided
from giamngheo_desktop.gui.search_box import SearchBox
from giamngheo_desktop.gui.theme import theme

_ROOMY = 960  # logical pixels at 100 % from which the buttons at the right have texts
_BACKUP_ICONS = {
    "done": ("backup", "good"),
    "open": ("backup", "warning"),
    "wrong": ("warning", "danger"),
}


_OPENING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_F4)


class YearBox(QComboBox):
    """The working year: chosen in its open list only, never by a key or the wheel in passing."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENING:
            self.showPopup()
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class TopBar(QFrame):
    """Only shows and tells; the window decides."""

    year_changed = Signal(int)
    backup_pressed = Signal()
    user_pressed = Signal()

    def __init__(self, menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top_bar")
        self.setProperty("kind", "top_bar")
        self._texts: dict[QToolButton, str] = {}
        self.unit = Elided("bold", "unit")
        self._year_label = QLabel(self.tr("Năm làm việc"))
        self._year_label.setProperty("kind", "soft")
        self.year = YearBox()
        self.year.setObjectName("year")
        self.year.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.year.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.year.setAccessibleName(self._year_label.text())
        self._year_label.setBuddy(self.year)
        self.search = SearchBox()
        self.search.setMinimumWidth(190)
        self.search.setMaximumWidth(420)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.backup = self._tool("backup", "backup")
        self.user = self._tool("user", "user")
        self.menu_button = self._tool("menu", "menu")
        self.menu_button.setAccessibleName(self.tr("Trình đơn"))
        self.menu_button.setToolTip(self.tr("Trình đơn (F10)"))
        self.menu_button.setMenu(menu)
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.unit)
        row.addSpacing(8)
        row.addWidget(self._year_label)
        row.addWidget(self.year)
        row.addStretch(1)
        row.addWidget(self.search, 8)
        row.addSpacing(8)
        for button in (self.backup, self.user, self.menu_button):
            row.addWidget(button)
        self.year.activated.connect(self._tell_year)
        self.backup.clicked.connect(self.backup_pressed)
        self.user.clicked.connect(self.user_pressed)
        theme.changed.connect(self._fit)
        self.set_backup("", "open")
        self.set_user("")

    def set_years(self, years: Sequence[int], current: int, notes: Mapping[int, str]) -> None:
        """The years offered, newest first as given; `notes` says of a year that it is closed."""
        self.year.clear()
        for year in years:
            note = notes.get(year, "")
            self.year.addItem(f"{year} · {note}" if note else str(year), year)
        self.year.setCurrentIndex(self.year.findData(current))

    def current_year(self) -> int | None:
        year = self.year.currentData()
        return year if isinstance(year, int) else None

    def set_backup(self, text: str, state: str) -> None:
        """The newest proven backup; state: done, open (old) or wrong (none, failed)."""
        self.backup.setIcon(icons.icon(*_BACKUP_ICONS[state]))
        self._set_text(self.backup, text)

    def set_user(self, name: str) -> None:
        self._set_text(self.user, name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _tool(self, icon: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setIcon(icons.icon(icon, "text_soft"))
        return button

    def _set_text(self, button: QToolButton, text: str) -> None:
        self._texts[button] = text
        button.setText(f" {text}")  # Qt puts text close to the icon
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.setVisible(bool(text))
        self._fit()

    def _fit(self) -> None:
        roomy = self.width() * 100 >= _ROOMY * theme.percent
        style = Qt.ToolButtonStyle
        size = icons.SIZE * theme.percent // 100
        self.menu_button.setIconSize(QSize(size, size))
        for button in self._texts:
            button.setIconSize(QSize(size, size))
            button.setToolButtonStyle(
                style.ToolButtonTextBesideIcon if roomy else style.ToolButtonIconOnly
            )
        self._year_label.setVisible(self.width() * 100 >= 700 * theme.percent)

    def _tell_year(self) -> None:
        year = self.current_year()
        if year is not None:
            self.year_changed.emit(year)
