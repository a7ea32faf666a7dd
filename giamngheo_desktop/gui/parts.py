"""Labels, buttons and cards with name and kind in one call, so that screens read top-down."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from giamngheo_desktop.gui import icons
from giamngheo_desktop.gui.theme import theme

_TOOL = 16  # pixels of an icon without text, at 100 %
GAP = 4  # pixels between a button's icon and its text, besides Qt's own


def label(text: str = "", kind: str = "", name: str = "", *, wrap: bool = False) -> QLabel:
    """A text; `kind` is a look of the style sheet (title, heading, soft, small, bold …)."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if kind:
        made.setProperty("kind", kind)
    if name:
        made.setObjectName(name)
    return made


def breakable(text: str) -> str:
    """A word too long for a line may go on below: a label breaks none by itself."""
    return re.sub(r"\S{12}(?=\S)", "\\g<0>\u200b", text)


def button(text: str, name: str, *, icon: str = "", kind: str = "") -> IconButton:
    """A button; `kind` is primary, quiet, link, danger or nothing."""
    role = "on_accent" if kind == "primary" else "text"
    made = IconButton(text, icon, role)
    made.setObjectName(name)
    made.setAutoDefault(True)  # Enter presses it, on a page as in a dialog
    if kind:
        made.setProperty("kind", kind)
    return made


class Elided(QLabel):
    """A text that gives way to the other things, with the whole of it as tip."""

    def __init__(self, kind: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setObjectName(name)
        self.setProperty("kind", kind)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(90)

    def set_whole(self, text: str) -> None:
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self._elide()

    def whole(self) -> str:
        return self._whole

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self._whole)
        return QSize(width + 4, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        end = Qt.TextElideMode.ElideRight
        self.setText(self.fontMetrics().elidedText(self._whole, end, self.width()))


class IconButton(QPushButton):
    """Its icon grows with the letters and keeps a gap to them; it goes where there is no room.

    It keeps the name of the icon alone: one held from Python may outlive the engine it paints with.
    """

    def __init__(self, text: str, icon: str, role: str) -> None:
        super().__init__(text)
        self._named = (icon, role)
        self.offer_icon(offered=bool(icon))
        self._fit()
        theme.changed.connect(self._fit)

    def offer_icon(self, offered: bool) -> None:
        name, role = self._named
        if name and self.icon().isNull() == offered:
            self.setIcon(icons.icon(name, role) if offered else QIcon())

    def _fit(self) -> None:
        side = icons.SIZE * theme.percent // 100
        self.setIconSize(QSize(side + GAP, side))


class _Tool(QToolButton):
    """Its icon grows with the letters around it."""

    def __init__(self) -> None:
        super().__init__()
        self._fit()
        theme.changed.connect(self._fit)

    def _fit(self) -> None:
        side = _TOOL * theme.percent // 100
        self.setIconSize(QSize(side, side))


def tool(icon: str, text: str, name: str) -> QToolButton:
    """A button that shows only its icon; the text is its tip and its accessible name."""
    made = _Tool()
    made.setObjectName(name)
    made.setIcon(icons.icon(icon))
    made.setToolTip(text)
    made.setAccessibleName(text)
    return made


def title_row(*parts: QWidget) -> QHBoxLayout:
    """The first line of a page, as high on every page whether it has buttons or not."""
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addStrut(QPushButton().sizeHint().height())
    for part in parts:
        row.addWidget(part)
    return row


def dialog_foot(
    act: QPushButton, *back: QPushButton, apart: QPushButton | None = None
) -> QHBoxLayout:
    """The last line of every dialog: the act, which Enter means, then the ways back.

    The order is that of Windows; `apart` is an act that must not be pressed by mistake.
    """
    row = QHBoxLayout()
    row.setSpacing(8)
    if apart is not None:
        apart.setAutoDefault(False)
        row.addWidget(apart)
    row.addStretch()
    act.setDefault(True)
    row.addWidget(act)
    for part in back:
        part.setAutoDefault(False)
        row.addWidget(part)
    return row


def card(name: str = "") -> QFrame:
    """A white sheet with a frame."""
    made = QFrame()
    made.setProperty("kind", "card")
    if name:
        made.setObjectName(name)
    return made


def line() -> QFrame:
    made = QFrame()
    made.setProperty("kind", "line")
    return made


class _Upright(QScrollArea):
    """Never narrower than what is in it: it scrolls up and down only."""

    def minimumSizeHint(self) -> QSize:
        inside = self.widget()
        width = inside.minimumSizeHint().width() if inside is not None else 0
        return QSize(width + self.verticalScrollBar().sizeHint().width() + 4, 80)


def scrolled(inside: QWidget, name: str = "") -> QScrollArea:
    """A page that scrolls up and down where it does not fit."""
    area = _Upright()
    if name:
        area.setObjectName(name)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inside.setProperty("kind", "page")
    area.setWidget(inside)
    return area
