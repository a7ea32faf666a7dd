"""Closing a case, as reviewed or by the reason why it could not be, and opening it again."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.review import case_reading, case_words
from giamngheo_desktop.gui.review.reason_dialog import ReasonDialog
from giamngheo_desktop.services.case_entry import REVIEWED, CaseSheet


class Closing(QObject):
    """`unmet(outcome, reason)`: a household could not be reviewed, and what the minutes will say;
    `done(case, sentence)`: the file has it.
    """

    unmet = Signal(str, str)
    done = Signal(object, str)

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page

    def settle(self, sheet: CaseSheet, outcome: str = REVIEWED, note: str | None = None) -> None:
        """Close the case; what is typed has been saved before."""
        case = sheet.case["uid"]
        text = self.tr("Đã kết thúc rà soát hộ {name}.").format(name=case_words.title(sheet))
        job = case_reading.settling(self._desk, case, outcome, note)
        self._desk.runner.write(self, job, partial(self._done, case, text))

    def ask_outcome(self, sheet: CaseSheet, outcome: str) -> None:
        """A household that cannot be met is closed by name, with a reason for the minutes."""
        said = self.tr("{name}: {outcome}. Ghi rõ sự việc, biên bản sẽ nêu.")
        text = said.format(name=case_words.title(sheet), outcome=case_words.outcome_text(outcome))
        dialog = self._ask(self.tr("Không rà soát được hộ"), text, self.tr("Kết thúc hộ"))
        dialog.given.connect(partial(self.unmet.emit, outcome))

    def ask_reopen(self, sheet: CaseSheet) -> None:
        text = self.tr("Mở lại phiếu thì kết quả đã tính của hộ được bỏ đi. Ghi lý do.")
        dialog = self._ask(self.tr("Mở lại phiếu"), text, self.tr("Mở lại"))
        dialog.given.connect(partial(self._reopen, sheet))

    def _reopen(self, sheet: CaseSheet, reason: str) -> None:
        case = sheet.case["uid"]
        text = self.tr("Đã mở lại phiếu của hộ {name}.").format(name=case_words.title(sheet))
        job = case_reading.reopening(self._desk, case, reason)
        self._desk.runner.write(self, job, partial(self._done, case, text))

    def _done(self, case: UUID, text: str, done: Done[None]) -> None:
        self.done.emit(case, text)

    def _ask(self, title: str, text: str, act: str) -> ReasonDialog:
        dialog = ReasonDialog(title, text, act, self._page)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog
