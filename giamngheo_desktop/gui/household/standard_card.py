"""One standard of the year for one household: indicators, điểm B2, the class and its reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.indicators import Answer
from giamngheo_desktop.domain.standard import PovertyStandard
from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.household import assessment_words as words
from giamngheo_desktop.gui.household.chip import Chip
from giamngheo_desktop.gui.household.indicator_rows import IndicatorRow, Names, tick_difference
from giamngheo_desktop.gui.parts import label, line
from giamngheo_desktop.services.assessment import Assessment


class StandardCard(QFrame):
    """`ticked()`: an answer was changed by hand; `missing_pressed(MissingField)`; `completed()`:
    Enter past the last indicator.
    """

    ticked = Signal()
    missing_pressed = Signal(object)
    completed = Signal()

    def __init__(
        self,
        standard: PovertyStandard,
        field_label: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.standard = standard
        self._has_village = True
        self._stored: Mapping[str, Answer] = {}
        self.setProperty("kind", "card")
        self.setObjectName(f"standard_{standard.code}")
        self.chip = Chip(f"computed_{standard.code}")
        self.reason = label("", "", f"reason_{standard.code}", wrap=True)
        self.changes = label("", "small", f"changes_{standard.code}", wrap=True)
        self.score = label("", "soft", f"score_{standard.code}", wrap=True)
        self.rows = {
            indicator.code: IndicatorRow(standard.code, indicator, field_label, self)
            for indicator in standard.indicators
        }
        head = QHBoxLayout()
        head.setSpacing(12)
        title = self.tr("Theo số liệu đã ghi: {standard}").format(standard=standard.label)
        head.addWidget(label(title, "heading", wrap=True), 1)
        head.addWidget(self.chip)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(4)
        box.addLayout(head)
        box.addWidget(self.reason)
        box.addWidget(self.changes)
        box.addWidget(self.score)
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(text) for text in texts.INDICATOR_STATES.values())
        for row in self.rows.values():
            box.addWidget(line())
            box.addWidget(row)
            row.set_widths(metrics.averageCharWidth() * 26, widest + 36)
            row.ticked.connect(self.ticked)
            row.missing_pressed.connect(self.missing_pressed)

    def set_stored(self, answers: Mapping[str, Answer]) -> None:
        """Show the ticks of the file."""
        self._stored = answers
        for code, row in self.rows.items():
            row.set_answer(answers.get(code))

    def put(self, ticks: Mapping[str, Answer | None]) -> None:
        """Put ticks of a draft over those of the file."""
        for code, answer in ticks.items():
            if code in self.rows:
                self.rows[code].set_answer(answer)

    def difference(self) -> dict[str, Answer | None]:
        """The ticks that saving would change."""
        return tick_difference({c: row.value() for c, row in self.rows.items()}, self._stored)

    def answers(self) -> dict[str, Answer]:
        """All ticks as they are on screen."""
        found = {code: row.value() for code, row in self.rows.items()}
        return {code: answer for code, answer in found.items() if answer is not None}

    def show_assessment(self, found: Assessment, names: Names, *, has_village: bool) -> None:
        """What the data and ticks give now."""
        self._has_village = has_village
        for code, combined in found.indicators.items():
            self.rows[code].show_state(combined, names)
        self._show_class(found)
        self.score.setText(words.score_text(found))

    def stops(self) -> list[QWidget]:
        """What the Tab key visits, indicator after indicator."""
        rows = self.rows.values()
        return [stop for row in rows for stop in (row.fill, row.answer, row.reason)]

    def start(self) -> bool:
        """Put the keyboard on the first indicator; False where none takes it."""
        return enter_walk.start(self._fields())

    def set_editable(self, editable: bool) -> None:
        for row in self.rows.values():
            row.answer.setEnabled(editable)
            row.reason.setReadOnly(not editable)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not enter_walk.is_enter(event):
            super().keyPressEvent(event)
        elif not enter_walk.go_on(self._fields()):
            self.completed.emit()

    def _fields(self) -> list[QWidget]:
        """What Enter visits: the answers and, where asked, their reasons."""
        return [field for row in self.rows.values() for field in (row.answer, row.reason)]

    def _show_class(self, found: Assessment) -> None:
        result = found.classification
        self.chip.show_chip(*words.class_chip(found))
        self.reason.setText(self._why_not(found) if result is None else texts.reason_text(result))
        changes = words.changes_text(found)
        self.changes.setText(changes)
        self.changes.setVisible(bool(changes))

    def _why_not(self, found: Assessment) -> str:
        if found.area_type is None:
            if not self._has_village:
                return self.tr("Chọn thôn ở thẻ Thông tin để biết hộ ở nông thôn hay thành thị.")
            return self.tr("Thôn chưa ghi là nông thôn hay thành thị: ghi ở Cài đặt.")
        if self.standard.has_score_form:
            return self.tr("Ghi điểm B1 hoặc thu nhập bình quân ở trên để tính phân loại.")
        return self.tr("Ghi thu nhập bình quân ở trên để tính phân loại.")
