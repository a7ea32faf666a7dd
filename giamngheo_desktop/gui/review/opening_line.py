"""What the list of a review still lacks: last year's households, or those typed since; and whom it
has by the standard of the year before only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.review.place import Place
from giamngheo_desktop.services.review import case_lists, opening_counts, reviews
from giamngheo_desktop.services.review.opening_counts import Standing
from giamngheo_desktop.services.unit_names import villages
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True, slots=True)
class _State:
    villages: frozenset[UUID]  # as the list's last day knows them
    standing: Standing
    late: int
    carried: int


class OpeningLine(QFrame):
    """Shows itself where something is missing. `opening_requested()`: type last year's list."""

    opening_requested = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("opening_line")
        self.setProperty("kind", "notice")
        self._desk = desk
        self._place: Place | None = None
        self._text = label("", "", "opening_text", wrap=True)
        self.open_button = button(self.tr("Mở sổ đầu &kỳ"), "open_opening")
        self.add_button = button(self.tr("Đưa vào &danh sách"), "list_present")
        acts = QHBoxLayout()
        acts.addWidget(self.add_button)
        acts.addWidget(self.open_button)
        acts.addStretch()
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 4, 8, 4)
        box.setSpacing(0)
        box.addWidget(self._text)
        box.addLayout(acts)
        self.open_button.clicked.connect(self.opening_requested)
        self.add_button.clicked.connect(self._add)
        self.hide()

    def show_place(self, place: Place, *, editable: bool) -> None:
        """Read how the list stands on which this review begins."""
        self._place = place
        if not editable:
            self.hide()
            return
        year = place.view.year
        work = partial(
            _read,
            self._desk.database,
            place.review.uid,
            self._desk.unit(year - 1),
            year - 1,
            self._desk.standard(year).code,
            self._desk.definitions,
        )
        self._desk.runner.read(self, work, partial(self._show, place), latest="opening")

    def _show(self, place: Place, state: _State) -> None:
        waiting = state.standing.waits(state.villages)
        counted = waiting & state.standing.typed.keys()
        lines = []
        if state.carried:
            lines.append(self._carried(place.view.year, state.carried))
        elif waiting and waiting == state.villages:
            said = self.tr("Chưa có tên hộ nào trong danh sách cuối năm {year}.")
            lines.append(said.format(year=place.view.year - 1))
        if counted:
            said = self.tr("{count} thôn mới ghi số, chưa đủ tên.")
            lines.append(said.format(count=format_integer(len(counted))))
        opening = bool(lines)
        if state.late:
            said = self.tr(
                "{count} hộ nghèo, cận nghèo nhập sau khi mở kỳ rà soát, chưa có trong danh sách."
            )
            lines.append(said.format(count=format_integer(state.late)))
        self._text.setText(" ".join(lines))
        self.open_button.setVisible(opening)
        self.add_button.setVisible(bool(state.late))
        self.setVisible(bool(lines))

    def _carried(self, year: int, count: int) -> str:
        said = self.tr(
            "{count} hộ trong danh sách được công nhận cuối năm {last} theo {before}. Số đầu năm "
            "theo {standard} chưa có nên BC2, BC3 không so sánh được; có thì ghi ở Mở sổ đầu kỳ."
        )
        before, own = (self._desk.standard(asked).label for asked in (year - 1, year))
        number = format_integer(count)
        return said.format(count=number, last=year - 1, before=before, standard=own)

    def _add(self) -> None:
        assert self._place is not None
        work = partial(
            reviews.list_present,
            self._desk.database,
            self._desk.context,
            self._desk.definitions,
            self._place.review.uid,
        )
        self.add_button.setEnabled(False)
        self._desk.runner.write(self, work, self._added)

    def _added(self, done: Done[int]) -> None:
        self.add_button.setEnabled(True)  # the page reads again by itself


def _read(
    database: Database,
    review: UUID,
    commune: UUID,
    year: int,
    standard: str,
    definitions: Definitions,
) -> _State:
    known = frozenset(area.uid for area in villages(database, date(year, 12, 31), commune))
    return _State(
        known,
        opening_counts.standing(database, known, year=year, standard=standard),
        case_lists.typed_late(database, definitions, review),
        case_lists.carried_over(database, definitions, review),
    )
