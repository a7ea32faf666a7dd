"""The line above the buttons of a form that says why its act was refused."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from giamngheo_desktop import texts
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.gui import messages


class Refusal(QLabel):
    """Hidden until something was refused; what was typed stays, and typing on hides it again."""

    def __init__(self, name: str = "refusal") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "error")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.hide()

    def say(self, error: BaseException) -> None:
        """The sentence of an expected error; a failure that nobody foresaw goes into a box."""
        if isinstance(error, AppError) and error.code in texts.ERRORS:
            self.tell(texts.error_text(error))
        else:
            messages.report(error, self)

    def tell(self, sentence: str) -> None:
        """What was done all the same, but lacks something."""
        self.setText(sentence)
        self.show()
