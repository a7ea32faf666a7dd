"""The card of help and money on Tổng quan: who has no helper, who did not come, which incidents
propose a review, what is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.budgeting import Stage, disbursement
from giamngheo_desktop.domain.changes import ChangeSet
from giamngheo_desktop.domain.numbers import format_integer, format_rate
from giamngheo_desktop.domain.record_form import KINDS
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.records.record_section import REGISTER
from giamngheo_desktop.services.programme.budget import Budget, budget
from giamngheo_desktop.services.programme.helping import Helping, helping
from giamngheo_desktop.services.programme.incidents import incidents
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True, slots=True)
class Found:
    """The help of a day, the incidents of its year that wait for a review, and its money."""

    helping: Helping
    waiting: int
    budget: Budget

    @property
    def is_used(self) -> bool:
        """Whether anybody wrote down helpers or money, or waits for a review."""
        used = self.helping.helped or self.helping.in_charge or self.budget.lines
        return bool(used or self.waiting)


class HelpCard(QFrame):
    """`go_requested(page, payload)`: the list behind a line. Hidden where nothing is recorded."""

    go_requested = Signal(str, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("help_card")
        self.setProperty("kind", "card")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._desk = desk
        self._year: int | None = None
        self._stale = True
        self.without = self._line("without_helper")
        self.silent = self._line("silent_helpers")
        self.waiting = self._line("incidents_waiting")
        self.money = self._line("money_left")
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(2)
        box.addWidget(label(self.tr("Giúp hộ, kinh phí"), "heading"))
        for line in (self.without, self.silent, self.waiting, self.money):
            box.addWidget(line, 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch()
        self.without.clicked.connect(partial(self._go, "support", "helpers", "without"))
        self.silent.clicked.connect(partial(self._go, "support", "helpers", "silent"))
        self.waiting.clicked.connect(partial(self._go, "support", "incidents", ""))
        self.money.clicked.connect(partial(self._go, "projects", "budget", ""))
        desk.bus.data_changed.connect(self._data_changed)
        self.hide()

    def load(self, year: int) -> None:
        """Read off the GUI thread what there is for a year."""
        self._year, self._stale = year, False
        desk = self._desk
        place = (desk.database, desk.definitions, desk.unit(year), desk.day(year))
        desk.runner.read(self, partial(_read, *place), self._show, latest="help_card")

    @Slot(object)
    def _data_changed(self, changes: ChangeSet) -> None:
        if self._year is not None and changes.touches(*KINDS, *REGISTER):
            self._stale = True
            around = self.parentWidget()
            if around is not None and around.isVisible():
                self.load(self._year)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale and self._year is not None:
            self.load(self._year)

    @Slot(object)
    def _show(self, found: Found) -> None:
        help_, money = found.helping, found.budget
        said = self.tr("{count} hộ nghèo, cận nghèo chưa có người giúp")
        self.without.setText(said.format(count=format_integer(len(help_.without))))
        said = self.tr("{count} người giúp chưa đến thăm hộ nào trong quý {quarter}")
        self.silent.setText(
            said.format(count=format_integer(len(help_.silent)), quarter=help_.quarter)
        )
        self.silent.setVisible(bool(help_.silent))
        said = self.tr("{count} biến cố đề nghị rà soát, chưa xử lý")
        self.waiting.setText(said.format(count=format_integer(found.waiting)))
        self.waiting.setVisible(bool(found.waiting))
        assigned = money.total.get(Stage.ASSIGNED)
        spent = money.total.get(Stage.DISBURSED)
        self.money.setVisible(assigned is not None)
        if assigned is not None:
            said = self.tr("Vốn giao {assigned} đồng, chưa giải ngân")
            if spent is not None:
                said = self.tr("Giải ngân {rate} % vốn giao, còn {left} đồng")
            rate = disbursement(money.by_source).percent
            self.money.setText(
                said.format(
                    assigned=format_integer(assigned),
                    left=format_integer(assigned - (spent or 0)),
                    rate="–" if rate is None else format_rate(rate),
                )
            )
        self.setVisible(found.is_used)

    def _line(self, name: str) -> QPushButton:
        return button("", name, kind="link")

    def _go(self, page: str, section: str, code: str) -> None:
        self.go_requested.emit(page, {"section": section, "list": code})


def _read(database: Database, definitions: Definitions, unit: UUID, day: date) -> Found:
    """Runs off the GUI thread."""
    found = incidents(database, definitions, unit=unit, year=day.year, day=day)
    return Found(
        helping(database, definitions, unit=unit, day=day),
        sum(one.waits for one in found),
        budget(database, definitions, year=day.year, unit=unit),
    )
