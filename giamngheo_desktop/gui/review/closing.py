"""Closing a case, as reviewed or by the reason why it could not be, and opening it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.problems import Problem, Severity
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.review import case_drafts, case_reading, case_words, reason_dialog
from giamngheo_desktop.gui.review.reason_dialog import ReasonDialog
from giamngheo_desktop.services.review.case_entry import REVIEWED, CaseSheet


class Closing(QObject):
    """`agreed(outcome, note, overrides)`: the case may be closed so once all is saved;
    `refused(sentence, key)`: what stands against it, and where; `done(case, sentence)`: the file
    has it.
    """

    agreed = Signal(str, object, object)
    refused = Signal(str, object)
    done = Signal(object, str)

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._key = ""  # of the reason asked for last
        self._again: tuple[UUID, str] | None = None

    def ask_again(self, case: UUID, act: str) -> None:
        """Once the form of the case is shown: the reason for an act that was half typed."""
        self._again = (case, act) if act else None

    def case_shown(self, sheet: CaseSheet) -> None:
        again, self._again = self._again, None
        case, act = again or (None, "")
        if case != sheet.case["uid"]:
            return
        if sheet.case["outcome"] is not None:
            if act == case_drafts.REOPEN:
                self.ask_reopen(sheet)
        elif act == case_drafts.OVERRIDE:
            self.ask_reviewed(sheet)
        elif act != case_drafts.REOPEN:
            self.ask_outcome(sheet, act)

    def ask_reviewed(self, sheet: CaseSheet) -> None:
        """Close the case as reviewed. Where nothing but errors stands against it, they may stay as
        they are for a reason.
        """
        errors = [item for item in sheet.problems if item.severity is Severity.ERROR]
        if not sheet.blockers():
            self.agreed.emit(REVIEWED, None, {})
        elif errors and not sheet.blockers({item.key: "?" for item in errors}):
            self._ask_overrides(sheet, errors)
        else:
            said = self.tr("Chưa kết thúc được. {open}").format(open=case_words.open_text(sheet))
            self.refused.emit(said, case_words.first_blocking(sheet))

    def settle(
        self, sheet: CaseSheet, outcome: str, note: str | None, overrides: Mapping[str, str]
    ) -> None:
        """Close the case; what is typed has been saved before."""
        case = sheet.case["uid"]
        text = self.tr("Đã kết thúc rà soát hộ {name}.").format(name=case_words.title(sheet))
        job = case_reading.settling(self._desk, case, outcome, note, overrides)
        self._desk.runner.write(self, job, partial(self._done, case, text))

    def ask_outcome(self, sheet: CaseSheet, outcome: str) -> None:
        """A household that cannot be met is closed by name, with a reason for the minutes."""
        said = self.tr("{name}: {outcome}. Ghi rõ sự việc, biên bản sẽ nêu.")
        text = said.format(name=case_words.title(sheet), outcome=case_words.outcome_text(outcome))
        title = self.tr("Không rà soát được hộ {name}").format(name=case_words.title(sheet))
        act = self.tr("Kết thúc hộ")
        dialog = self._ask(f"{outcome}-{sheet.case['uid'].hex}", title, text, act)
        dialog.given.connect(lambda reason: self.agreed.emit(outcome, reason, {}))

    def ask_reopen(self, sheet: CaseSheet) -> None:
        text = self.tr("Mở lại phiếu thì kết quả đã tính của hộ được bỏ đi. Ghi lý do.")
        key = f"{case_drafts.REOPEN}-{sheet.case['uid'].hex}"
        title = self.tr("Mở lại phiếu hộ {name}").format(name=case_words.title(sheet))
        dialog = self._ask(key, title, text, self.tr("Mở lại"))
        dialog.given.connect(partial(self._reopen, sheet))

    def _ask_overrides(self, sheet: CaseSheet, errors: Sequence[Problem]) -> None:
        wrong = {(item.record, item.field) for item in errors}
        found = case_words.problems(sheet, self._desk.definitions)
        said = [f"•  {text}" for uid, field, text, _ in found if (uid, field) in wrong]
        text = self.tr("Còn điều trái nhau, để nguyên thì ghi lý do (lịch sử của hộ giữ lại):")
        dialog = self._ask(
            f"{case_drafts.OVERRIDE}-{sheet.case['uid'].hex}",
            self.tr("Kết thúc hộ {name} dù còn lỗi").format(name=case_words.title(sheet)),
            "\n".join((text, *said)),
            self.tr("Để nguyên, kết thúc hộ"),
        )
        dialog.reason.setPlaceholderText(self.tr("ví dụ: giấy tờ ghi sai"))
        dialog.given.connect(
            lambda why: self.agreed.emit(REVIEWED, None, {item.key: why for item in errors})
        )

    def _reopen(self, sheet: CaseSheet, reason: str) -> None:
        case = sheet.case["uid"]
        text = self.tr("Đã mở lại phiếu của hộ {name}.").format(name=case_words.title(sheet))
        job = case_reading.reopening(self._desk, case, reason)
        self._desk.runner.write(self, job, partial(self._done, case, text))

    def _done(self, case: UUID, text: str, done: Done[None]) -> None:
        if self._key:
            reason_dialog.written(self._desk, self._key)
        self.done.emit(case, text)

    def _ask(self, key: str, title: str, text: str, act: str) -> ReasonDialog:
        self._key = key
        dialog = ReasonDialog(self._desk, key, title, text, act, self._page)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog
