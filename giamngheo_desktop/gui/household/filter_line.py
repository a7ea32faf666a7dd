"""The line of filters above the household list: text, village, classes, day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.standard import NO_RESULT
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.forms.filter_edit import FilterEdit
from giamngheo_desktop.gui.forms.hints import Hints
from giamngheo_desktop.gui.forms.text_fields import ParsedField
from giamngheo_desktop.gui.household.columns import CHIPS, state_label
from giamngheo_desktop.gui.parts import label

DELAY = 200  # milliseconds after the last key


class FilterLine(QWidget):
    """`text_changed()` a moment after the last key, `changed()` after every other change;
    `down_pressed()`, `entered()` from the text: go into the list.
    """

    changed = Signal()
    text_changed = Signal()
    down_pressed = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text_edit = FilterEdit()
        self.text_edit.setObjectName("filter_text")
        self.text_edit.setAccessibleName(self.tr("Tìm trong danh sách"))
        Hints(self.text_edit, self.tr("Tên, số giấy tờ, thôn, mã hộ"), self.tr("Tìm hộ"))
        self.village = ElidedBox()
        self.village.setObjectName("filter_village")
        self.village.setAccessibleName(self.tr("Thôn"))
        self.village.setMinimumContentsLength(7)
        self.village.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._classes = {code: self._class_button(code) for code in CHIPS}
        self._classes[NO_RESULT].hide()
        day = FieldDef(code="filter_day", kind=FieldKind.DATE, label=self.tr("Tính đến ngày"))
        self._day = ParsedField(day)
        self._day_now: date | None = None
        self._village: UUID | None = None
        self._timer = QTimer(self, singleShot=True, interval=DELAY)

        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.text_edit, 3)
        first.addWidget(self.village, 2)
        first.addSpacing(8)
        day_label = label(day.label, "soft")
        day_label.setBuddy(self._day.input())
        first.addWidget(day_label)
        first.addWidget(self._day)
        second = Flow(4)
        for button in self._classes.values():
            second.addWidget(button)
        self.count = QLabel()
        self.count.setObjectName("count")
        self.count.setProperty("kind", "soft")
        second.add_at_end(self.count)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(first)
        box.addLayout(second)

        self.text_edit.textChanged.connect(self._restart)
        self.text_edit.down_pressed.connect(self.down_pressed)
        self.text_edit.returnPressed.connect(self._enter)
        self._timer.timeout.connect(self.text_changed)
        self.village.currentIndexChanged.connect(self._take_village)
        self._day.input().editingFinished.connect(self._take_day)  # type: ignore[attr-defined]

    @property
    def text(self) -> str:
        return clean(self.text_edit.text())

    @property
    def villages(self) -> tuple[UUID, ...]:
        return (self._village,) if self._village else ()

    @property
    def classes(self) -> tuple[str, ...]:
        return tuple(code for code, button in self._classes.items() if button.isChecked())

    @property
    def day(self) -> date | None:
        """The day typed, as long as it is a day."""
        return self._day_now

    @property
    def is_set(self) -> bool:
        """Whether the list leaves anybody out."""
        return bool(self.text or self.villages or self.classes)

    def set_day(self, day: date) -> None:
        self._day_now = day
        self._day.set_value(day)

    def set_villages(self, villages: Sequence[tuple[UUID, str]]) -> None:
        """Offer these villages; the chosen one stays chosen if it is among them."""
        self.village.blockSignals(True)
        self.village.clear()
        self.village.addItem(self.tr("Tất cả các thôn"), None)
        for uid, name in villages:
            self.village.addItem(name, uid)
        self.village.blockSignals(False)
        self.show_village(self._village)

    def offer_no_result(self, year: int | None) -> bool:
        """Offer those without a result of a closed year; True if that was chosen and is no more:
        then `changed` was told.
        """
        button = self._classes[NO_RESULT]
        name = state_label(NO_RESULT, year)
        button.setText(name)
        button.setAccessibleName(name)
        button.setVisible(year is not None)
        gone = year is None and button.isChecked()
        if gone:
            button.setChecked(False)
        return gone

    def show_village(self, uid: UUID | None) -> None:
        """Choose a village; None means all. Before they are offered it waits."""
        offered = [self.village.itemData(at) for at in range(self.village.count())]
        self._village = uid if uid in offered or not offered else None
        self.village.setCurrentIndex(offered.index(self._village) if offered else -1)

    def set_filter(
        self, *, text: str = "", village: UUID | None = None, classes: Collection[str] = ()
    ) -> None:
        """Show these filters, silently."""
        widgets: list[QWidget] = [self.text_edit, self.village, *self._classes.values()]
        for widget in widgets:
            widget.blockSignals(True)
        self._timer.stop()
        self.text_edit.setText(text)
        self.show_village(village)
        for code, button in self._classes.items():
            button.setChecked(code in classes)
        for widget in widgets:
            widget.blockSignals(False)

    def _class_button(self, code: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"class_{code}")
        button.setText(state_label(code))
        button.setAccessibleName(state_label(code))
        button.setCheckable(True)
        button.setProperty("kind", "toggle")
        button.toggled.connect(self.changed)
        return button

    def _restart(self) -> None:
        self._timer.start()

    def _enter(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self.text_changed.emit()
        self.entered.emit()

    def _take_village(self) -> None:
        uid = self.village.currentData()
        chosen = uid if isinstance(uid, UUID) else None
        if chosen != self._village:
            self._village = chosen
            self.changed.emit()

    def _take_day(self) -> None:
        value = self._day.value()
        if isinstance(value, date) and value != self._day_now:
            self._day_now = value
            self.changed.emit()
