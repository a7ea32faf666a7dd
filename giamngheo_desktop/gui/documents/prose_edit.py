"""The text of a section: as many lines as it needs."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy

from giamngheo_desktop.gui.forms.lines_edit import ProseEdit

_LINES = 7


class SectionText(ProseEdit):
    """Takes the room that is left."""

    def __init__(self) -> None:
        super().__init__(_LINES)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def _fit(self) -> None:
        super()._fit()
        self.setMinimumHeight(self.maximumHeight())
        self.setMaximumHeight(16_777_215)  # Qt's own: none
