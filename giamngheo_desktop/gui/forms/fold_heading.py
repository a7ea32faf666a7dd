"""The heading of a group of fields that is folded: pressed it shows them."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from giamngheo_desktop.gui import icons
from giamngheo_desktop.gui.parts import IconButton

_SHUT, _OPEN = "chevron_right", "chevron_down"


class FoldHeading(IconButton):
    """Checked while its fields are shown."""

    def __init__(self, text: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(text, _SHUT, "text")
        self.setParent(parent)
        self.setObjectName(name)
        self.setProperty("kind", "link")
        self.setCheckable(True)
        self.setAutoDefault(True)  # Enter presses it
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._turn)

    def _turn(self, opened: bool) -> None:
        self.setIcon(icons.icon(_OPEN if opened else _SHUT, "text"))
