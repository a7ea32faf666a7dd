"""Puts a household onto the list: found by typing, with the ground it is there for."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from giamngheo_desktop.domain.review_case import Ground
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.forms.options import Option
from giamngheo_desktop.gui.forms.segments import Segments
from giamngheo_desktop.gui.household.household_search import HouseholdSearch
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.review.words import ground_name

_GROUNDS = (Ground.APPLIED, Ground.SPLIT, Ground.OTHER)


class AddLine(QFrame):
    """`added(household, ground)`; `applications_wanted()`: the one named is in no household."""

    added = Signal(object, object)
    applications_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("add_line")
        self.setProperty("kind", "card")
        self.search = HouseholdSearch(desk)
        self.search.setObjectName("added_household")
        self.search.setAccessibleName(self.tr("Hộ thêm vào danh sách"))
        self.search.setMinimumWidth(240)
        self.ground = Segments([Option(one, ground_name(one)) for one in _GROUNDS])
        self.ground.setObjectName("added_ground")
        self.ground.setAccessibleName(self.tr("Diện rà soát"))
        self.ground.choose(Ground.APPLIED)
        self.button = button(self.tr("&Thêm hộ"), "add_case", icon="add")
        line = Flow(8)
        for part in (self.search, self.ground, self.button):
            line.addWidget(part)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 6, 12, 6)
        self.unknown = label("", "warning", "unknown_household", wrap=True)
        self.apply = button(self.tr("Sang Giấy đề nghị"), "to_applications", kind="link")
        miss = Flow(8)
        miss.addWidget(self.unknown)
        miss.addWidget(self.apply)
        box.addLayout(line)
        box.addLayout(miss)
        self.search.option_picked.connect(self._enable)
        self.search.textChanged.connect(self._enable)
        self.search.returnPressed.connect(self._go_on)
        self.search.submitted.connect(self._submitted)
        self.search.missed.connect(self._missed)
        self.apply.clicked.connect(self.applications_wanted)
        self.ground.chosen.connect(self._enable)
        self.button.clicked.connect(self._add)
        self._submitted_text = ""
        self._enable()

    def stops(self) -> list[QWidget]:
        return [self.search, self.ground, self.button]

    def clear(self) -> None:
        """The next one may be typed."""
        self.search.clear()
        self.search.found = None
        self._enable()

    def give_back(self, household: UUID) -> None:
        """It could not be added: it may be tried again."""
        self.search.found = household
        self._enable()

    def _enable(self) -> None:
        self.unknown.hide()
        self.apply.hide()
        ready = isinstance(self.search.found, UUID) and self.ground.value() is not None
        self.button.setEnabled(ready)

    def _go_on(self) -> None:
        """The search keeps Enter for itself: from here it goes on like any other field."""
        self.ground.setFocus(Qt.FocusReason.TabFocusReason)

    def _submitted(self, text: str) -> None:
        """Enter after a text: the household that was chosen, or those it may mean."""
        if self.search.found is not None:
            self._go_on()
        else:
            self._submitted_text = text
            self.search.search(text)

    def _missed(self, text: str) -> None:
        if text == self._submitted_text == clean(self.search.text()):
            said = self.tr(
                "Không có hộ nào tên “{text}”: ghi Giấy đề nghị, hoặc Phiếu mới trong xấp."
            )
            self.unknown.setText(said.format(text=text))
            self.unknown.show()
            self.apply.show()

    def _add(self) -> None:
        """Once: the second click of a double click finds nothing chosen."""
        household, self.search.found = self.search.found, None
        self._enable()
        self.added.emit(household, self.ground.value())
