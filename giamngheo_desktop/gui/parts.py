"""Labels, buttons and cards with name and kind in one call, so that screens read top-down."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QToolButton, QWidget

from giamngheo_desktop.gui import icons


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


def button(text: str, name: str, *, icon: str = "", kind: str = "") -> QPushButton:
    """A button; `kind` is primary, quiet, link, danger or nothing."""
    made = QPushButton(text)
    made.setObjectName(name)
    made.setAutoDefault(True)  # Enter presses it, on a page as in a dialog
    if kind:
        made.setProperty("kind", kind)
    if icon:
        made.setIcon(icons.icon(icon, "on_accent" if kind == "primary" else "text"))
    return made


def tool(icon: str, text: str, name: str) -> QToolButton:
    """A button that shows only its icon; the text is its tip and its accessible name."""
    made = QToolButton()
    made.setObjectName(name)
    made.setIcon(icons.icon(icon))
    made.setToolTip(text)
    made.setAccessibleName(text)
    return made


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
