"""The text of a section: as many lines as it needs, typed or pasted from Word."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QSizePolicy

from giamngheo_desktop.domain.vietnamese import clean_prose
from giamngheo_desktop.gui.settings.dated_texts import LinesEdit

_LINES = 7


class ProseEdit(LinesEdit):
    """Takes the room that is left; an empty line is kept within the text, not around it."""

    def __init__(self) -> None:
        super().__init__(_LINES)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def lines(self) -> str:
        return clean_prose(self.toPlainText())

    def insertFromMimeData(self, source: QMimeData) -> None:
        """What is pasted from Word stands there as it will be stored."""
        if self.isReadOnly():
            return
        text = source.text()
        ends = "\n" if text.endswith(("\n", "\r")) else ""
        self.insertPlainText(f"{clean_prose(text)}{ends}")

    def _fit(self) -> None:
        super()._fit()
        self.setMinimumHeight(self.maximumHeight())
        self.setMaximumHeight(16_777_215)  # Qt's own: none
