"""The tab Rà soát: what was surveyed, the indicators under each standard, the classes so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.form import FieldDef
from giamngheo_desktop.domain.indicators import Answer
from giamngheo_desktop.domain.standard import PovertyStandard
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.forms.form_view import FormView
from giamngheo_desktop.gui.forms.form_view import Problem as FieldProblem
from giamngheo_desktop.gui.household.class_timeline import ClassTimeline
from giamngheo_desktop.gui.household.indicator_rows import Names
from giamngheo_desktop.gui.household.members_tab import stops_of
from giamngheo_desktop.gui.household.standard_card import StandardCard
from giamngheo_desktop.gui.parts import scrolled
from giamngheo_desktop.services.assessment import Assessment
from giamngheo_desktop.services.household_view import Dossier

_FIRST = ("screening", "scores")  # sections before the indicators, as on the paper


class ReviewTab(QWidget):
    """`changed()` after each change by hand; `missing_pressed(MissingField)`; `completed()`: Enter
    past the last field of the paper.
    """

    changed = Signal()
    missing_pressed = Signal(object)
    record_requested = Signal()
    correction_requested = Signal()
    completed = Signal()

    def __init__(self, definitions: Definitions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sections = [s for s in definitions.household.sections if s.page == "review"]
        page = QWidget()
        self._scroll: QScrollArea = scrolled(page, "review_scroll")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)
        self._page = page
        self.top = FormView([section for section in sections if section.code in _FIRST], page)
        self.bottom = FormView([s for s in sections if s.code not in _FIRST], page)
        self.cards: list[StandardCard] = []
        self._editable = True
        self._field_label = partial(_label, definitions.fields("household", "member"))
        self.timeline = ClassTimeline({s.code: s.label for s in definitions.standards}, page)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(12)
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 12, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.top)
        column.addLayout(self._cards)
        column.addWidget(self.bottom)
        column.addWidget(self.timeline)
        column.addStretch()
        self.top.changed.connect(self._tell)
        self.bottom.changed.connect(self._tell)
        self.top.completed.connect(self._enter_cards)
        self.bottom.completed.connect(self.completed)
        self.timeline.record_requested.connect(self.record_requested)
        self.timeline.correction_requested.connect(self.correction_requested)
        app = cast("QApplication", QApplication.instance())
        app.focusChanged.connect(self._follow_focus)

    def set_standards(self, standards: Sequence[PovertyStandard]) -> None:
        """Draw a card for each standard of the year."""
        if [card.standard.code for card in self.cards] == [s.code for s in standards]:
            return
        for card in self.cards:
            self._cards.removeWidget(card)
            card.setParent(None)
            card.deleteLater()
        self.cards = [StandardCard(s, self._field_label, self._page) for s in standards]
        for card in self.cards:
            card.set_editable(self._editable)
            card.ticked.connect(self.changed)
            card.missing_pressed.connect(self.missing_pressed)
            card.completed.connect(self._leave_card)
            self._cards.addWidget(card)
        inside = [stop for card in self.cards for stop in card.stops()]
        stops = [*stops_of(self.top), *inside, *stops_of(self.bottom)]
        stops += [self.timeline.correct, self.timeline.add]
        for one, following in pairwise(stops):
            QWidget.setTabOrder(one, following)

    def set_record(
        self,
        values: Mapping[str, Entry],
        answers: Mapping[str, Mapping[str, Answer]],
        dossier: Dossier | None,
    ) -> None:
        """Show what is stored; `dossier` None: nothing yet."""
        self.top.set_record(values)
        self.bottom.set_record(values)
        for card in self.cards:
            card.set_stored(answers.get(card.standard.code, {}))
        if dossier is None:
            self.timeline.show_records(())
        else:
            self.timeline.show_records(
                dossier.records,
                dossier.corrections,
                correctable=bool(dossier.closed_years),
                fixed=dossier.around.fixed_by is not None,
            )

    def put(
        self,
        values: Mapping[str, Entry],
        ticks: Mapping[str, Mapping[str, Answer | None]],
    ) -> None:
        """Put typed values and ticks over what is stored."""
        for form in (self.top, self.bottom):
            form.set_draft(values)
        for card in self.cards:
            card.put(ticks.get(card.standard.code, {}))

    def record(self) -> dict[str, Entry]:
        return {**own_record(self.top), **own_record(self.bottom)}

    def ticks(self) -> dict[str, dict[str, Answer | None]]:
        """What saving would change, by standard."""
        found = {card.standard.code: card.difference() for card in self.cards}
        return {standard: ticks for standard, ticks in found.items() if ticks}

    def answers(self) -> dict[str, dict[str, Answer]]:
        """All ticks on screen, by standard."""
        return {card.standard.code: card.answers() for card in self.cards}

    def show_assessments(
        self, found: Iterable[Assessment], names: Names, *, has_village: bool
    ) -> None:
        by_code = {item.standard.code: item for item in found}
        for card in self.cards:
            if card.standard.code in by_code:
                card.show_assessment(by_code[card.standard.code], names, has_village=has_village)

    def set_problems(self, problems: Iterable[FieldProblem]) -> None:
        rest = self.top.set_problems(problems)
        self.bottom.set_problems(rest)

    def focus_field(self, code: str) -> None:
        for form in (self.top, self.bottom):
            if code in form.fields:
                form.focus_field(code)

    def start(self) -> None:
        self.top.focus_field(self.top.visible_codes()[0])

    def set_editable(self, editable: bool) -> None:
        self._editable = editable
        self.timeline.set_editable(editable)
        for card in self.cards:
            card.set_editable(editable)

    def _tell(self) -> None:
        self.changed.emit()

    def _enter_cards(self) -> None:
        """Past the scores the keyboard goes to the first indicator."""
        self._go_on(self.cards)

    def _leave_card(self) -> None:
        at = self.cards.index(self.sender())  # type: ignore[arg-type]
        self._go_on(self.cards[at + 1 :])

    def _go_on(self, cards: Sequence[StandardCard]) -> None:
        """To the first of these cards, or to what the paper asks after the indicators."""
        if not any(card.start() for card in cards):
            self.bottom.focus_field(self.bottom.visible_codes()[0])

    def _follow_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and any(card.isAncestorOf(new) for card in self.cards):
            self._scroll.ensureWidgetVisible(new, 8, 80)


def own_record(form: FormView) -> dict[str, Entry]:
    """The fields of this form only; the record it was filled with has those of others too."""
    return {code: entry for code, entry in form.record().items() if code in form.fields}


def _label(fields: Mapping[str, FieldDef], code: str) -> str:
    return fields[code].short_label if code in fields else code
