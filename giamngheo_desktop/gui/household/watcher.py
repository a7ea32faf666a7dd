"""Looks at what is typed about a household, off the GUI thread, and shows what it means."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject

from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.household import words
from giamngheo_desktop.gui.household.event_menu import EventMenu
from giamngheo_desktop.gui.household.header import Header
from giamngheo_desktop.gui.household.looking import Finding, Look, look
from giamngheo_desktop.gui.household.sheet import Sheet
from giamngheo_desktop.services import household_view
from giamngheo_desktop.services.household_view import Dossier, Surroundings


class Watcher(QObject):
    """Findings go beside their fields and into the counter, assessments into the review."""

    def __init__(
        self, desk: Desk, header: Header, sheet: Sheet, events: EventMenu, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._header = header
        self._sheet = sheet
        self._events = events
        self.findings: Sequence[Finding] = ()
        header.finding_chosen.connect(self._go_to)

    def look(self, household: Household, around: Surroundings, dossier: Dossier | None) -> None:
        """Check and assess the household; of several looks only the newest is shown."""
        day = dossier.day if dossier else self._desk.day(around.year)
        fn = partial(
            look,
            self._desk.database,
            self._desk.definitions,
            household,
            around,
            self._sheet.review.answers(),
            reference_day=household_view.reference_day(household, around.year, day),
            today=self._desk.context.today(),
            is_new=dossier is None,
        )
        self._desk.runner.read(self, fn, self._show, latest="look")

    def _show(self, found: Look) -> None:
        self.findings = [finding for finding in found.findings if finding.weight != "hint"]
        self._sheet.set_problems(
            (f.record, f.field, f.sentence, f.weight == "error") for f in found.findings
        )
        sentences = [finding.sentence for finding in self.findings]
        self._header.set_findings(words.summary(self.findings), sentences)
        self._sheet.review.show_assessments(
            found.assessments, found.names, has_village=found.has_village
        )
        self._events.set_assessments(found.assessments)

    def _go_to(self, number: int) -> None:
        finding = self.findings[number]
        self._sheet.go_to(finding.record, finding.field)
