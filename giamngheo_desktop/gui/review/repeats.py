"""Answers that the forms of a pile share: who surveyed, and the day. No widgets."""

from __future__ import annotations

from giamngheo_desktop.domain.answers import AnswerState
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.services.review.case_entry import CaseSheet


class Repeats:
    """Knows what the form typed last says; another village, another pile."""

    def __init__(self) -> None:
        self._place: object = None
        self._known: dict[str, Entry] = {}

    def learn(self, sheet: CaseSheet) -> None:
        """Only what somebody has confirmed on a form is offered on the next one."""
        if self._place != _place(sheet):
            self._place, self._known = _place(sheet), {}
        for field in sheet.asking.household_form:
            key = (sheet.household.uid, field.code)
            if field.repeats and sheet.answers.state(key) is AnswerState.CONFIRMED:
                self._known[field.code] = getattr(sheet.household, field.code)

    def offered(self, sheet: CaseSheet) -> dict[str, Entry]:
        return self._known if self._place == _place(sheet) else {}


def _place(sheet: CaseSheet) -> object:
    return sheet.review["uid"], sheet.case["village"]
