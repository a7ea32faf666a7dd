"""What is done with the table on screen: printed, written as PDF, Word, Excel, issued."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from giamngheo_desktop.gui.parts import button
from giamngheo_desktop.gui.theme import theme

# Pixels of the page at 100 % from which there is room
_LED = 580  # for an icon on the last button
_ICONS = 740  # for icons on the buttons that write files
_WORDY = 910  # for buttons that say all they do


class TableActs(QWidget):
    """The five buttons; `fit` shortens them where the page is narrow."""

    def __init__(self, *, read_only: bool) -> None:
        super().__init__()
        self.setObjectName("table_acts")
        self.can_issue = not read_only
        self.print = button(self.tr("&In"), "print", icon="print")
        self.pdf = button(self.tr("Xuất &PDF"), "export_pdf", icon="file")
        self.word = button(self.tr("Xuất &Word"), "export_docx", icon="file")
        self.excel = button(self.tr("Xuất &Excel"), "export_xlsx", icon="sheet", kind="primary")
        self.issue = button(self.tr("P&hát hành…"), "issue", icon="done")
        self._writing = (self.pdf, self.word, self.excel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self.print, *self._writing):
            row.addWidget(part)
        if self.can_issue:
            row.addWidget(self.issue)
        else:
            self.issue.deleteLater()

    def fit(self, width: int) -> None:
        words = (self.tr("Xuất &PDF"), self.tr("Xuất &Word"), self.tr("Xuất &Excel"))
        if width * 100 < _WORDY * theme.percent:
            words = (self.tr("&PDF"), self.tr("&Word"), self.tr("&Excel"))
        roomy = width * 100 >= _ICONS * theme.percent
        for part, text in zip(self._writing, words, strict=True):
            part.setText(text)
            part.offer_icon(roomy)
        if self.can_issue:
            self.issue.offer_icon(width * 100 >= _LED * theme.percent)

    def stops(self) -> list[QWidget]:
        """What Tab visits here."""
        return [self.print, *self._writing, *([self.issue] if self.can_issue else [])]
