"""The look in use: which colours, which letter size, and how they come onto the program."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QDir, QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from giamngheo_desktop import paths
from giamngheo_desktop.gui.colours import DARK, LIGHT, Tokens
from giamngheo_desktop.gui.style_sheet import style_sheet

BASE_POINTS = 10.5
SMALLEST, LARGEST = 90, 150  # percent of BASE_POINTS that the settings offer
STEP = 4  # pixels: every gap of the program is a multiple


class Theme(QObject):
    """The look in use. Painted widgets read `tokens` each time they paint."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tokens = LIGHT
        self.percent = 100
        self.family = ""

    @property
    def points(self) -> float:
        return BASE_POINTS * self.percent / 100

    def apply(self, app: QApplication, *, dark: bool = False, percent: int = 100) -> None:
        """Put the look on the whole application; `percent` is kept within what is offered."""
        self.tokens = DARK if dark else LIGHT
        self.percent = max(SMALLEST, min(LARGEST, percent))
        if not self.family:
            self.family = load_family(paths.resources() / "fonts")
            QDir.addSearchPath("sheet", str(paths.resources() / "icons" / "sheet"))
            app.setStyle(QStyleFactory.create("Fusion"))
        font = QFont(self.family)
        font.setPointSizeF(self.points)
        app.setFont(font)
        app.setPalette(palette(self.tokens))
        app.setStyleSheet(style_sheet(self.tokens, self.points))
        self.changed.emit()


def load_family(folder: Path) -> str:
    """Segoe UI where Windows has it, else the shipped Arimo (all Vietnamese letters)."""
    if sys.platform == "win32" and "Segoe UI" in QFontDatabase.families():
        return "Segoe UI"
    families: list[str] = []
    for file in sorted(folder.glob("Arimo-*.ttf")):
        number = QFontDatabase.addApplicationFont(str(file))
        families += QFontDatabase.applicationFontFamilies(number)
    return families[0] if families else QApplication.font().family()


def palette(tokens: Tokens) -> QPalette:
    """The same colours for what Qt paints without the style sheet."""
    roles = QPalette.ColorRole
    colours = {
        roles.Window: tokens.window,
        roles.WindowText: tokens.text,
        roles.Base: tokens.surface,
        roles.AlternateBase: tokens.raised,
        roles.Text: tokens.text,
        roles.Button: tokens.surface,
        roles.ButtonText: tokens.text,
        roles.BrightText: tokens.danger,
        roles.Highlight: tokens.selection,
        roles.HighlightedText: tokens.text,
        roles.ToolTipBase: tokens.notice,
        roles.ToolTipText: tokens.on_notice,
        roles.PlaceholderText: tokens.text_faint,
        roles.Link: tokens.accent,
        roles.LinkVisited: tokens.accent,
        roles.Accent: tokens.accent,
        roles.Light: tokens.raised,
        roles.Midlight: tokens.border,
        roles.Mid: tokens.border_strong,
        roles.Dark: tokens.border_strong,
        roles.Shadow: tokens.border_strong,
    }
    result = QPalette()
    for role, colour in colours.items():
        result.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.text_faint))
    return result


theme = Theme()
