"""The options above a paper: chính thức or sơ bộ, unit, day; standard, geography and lần where
there is a choice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.forms.options import Option
from giamngheo_desktop.gui.forms.segments import Segments
from giamngheo_desktop.gui.forms.text_fields import ParsedField
from giamngheo_desktop.gui.theme import theme

_OF_DAY = ("day_in_future", "day_outside_year")


class ReportOptions(QWidget):
    """`changed()` after every choice that makes another paper."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.status = Segments(
            (Option(True, self.tr("Chính thức")), Option(False, self.tr("Sơ bộ")))
        )
        self.status.setObjectName("status")
        self.status.setAccessibleName(self.tr("Chính thức hay sơ bộ"))
        self.status.choose(True)
        self.unit = ElidedBox()
        self.unit.setObjectName("unit")
        self.unit.setAccessibleName(self.tr("Đơn vị"))
        self.unit.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.unit.setMinimumContentsLength(4)  # it takes the room that is left
        self.unit.setToolTip(self.tr("Đơn vị: cả xã hay một thôn"))
        help_text = self.tr("Để trống: số của cả năm. Ghi ngày: số tính đến ngày ấy.")
        field = FieldDef(
            code="as_of", kind=FieldKind.DATE, label=self.tr("Tính đến ngày"), help=help_text
        )
        self.as_of = ParsedField(field, compact=True)
        self.as_of.edit.setProperty("kind", "")  # a field of its own, no cell of a grid
        self.as_of.edit.setPlaceholderText(self.tr("Tính đến ngày…"))
        self.as_of.edit.setToolTip(help_text)
        self._fit()
        theme.changed.connect(self._fit)
        self.standard = self._box("standard", self.tr("Chuẩn"))
        self.geography = self._box("geography", self.tr("Địa bàn"))
        self.edition = self._box("edition", self.tr("Lần"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.status)
        row.addWidget(self.unit, 1)
        row.addWidget(self.as_of)
        more = QHBoxLayout()
        more.setSpacing(8)
        for box in (self.standard, self.geography, self.edition):
            more.addWidget(box, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addLayout(more)
        self._last = self._values()
        self.status.chosen.connect(self._tell)
        for box in (self.unit, self.standard, self.geography, self.edition):
            box.currentIndexChanged.connect(self._tell)
        self.as_of.edit.editingFinished.connect(self._tell)

    def stops(self) -> list[QWidget]:
        """What Tab visits, as it stands."""
        more = (self.standard, self.geography, self.edition)
        return [self.status, self.unit, self.as_of.edit, *more]

    @property
    def recognised(self) -> bool:
        return self.status.value() is not False

    @property
    def chosen_unit(self) -> UUID | None:
        return self.unit.currentData()  # type: ignore[no-any-return]

    @property
    def day(self) -> date | None:
        value = self.as_of.value()
        return value if isinstance(value, date) else None

    @property
    def chosen_standard(self) -> str | None:
        """None for the national one of the year, which is offered first."""
        return self.standard.currentData() if self.standard.currentIndex() > 0 else None

    @property
    def units_of_today(self) -> bool:
        return bool(self.geography.currentData())

    @property
    def chosen_edition(self) -> int | None:
        """None for the newest, which is offered first."""
        return self.edition.currentData() if self.edition.currentIndex() > 0 else None

    def show_table(self, day: object, *, recognised: bool = True) -> None:
        """Choose the commune's table of a day, of the whole year where None; silently."""
        self.status.choose(recognised)
        for box in (self.unit, self.standard, self.geography, self.edition):
            with QSignalBlocker(box):
                box.setCurrentIndex(0 if box.count() else -1)
        if isinstance(day, date):
            self.as_of.set_value(day)
        else:
            self.clear_day()
        self._last = self._values()

    def clear_day(self) -> None:
        self.as_of.set_value(None)
        self._last = self._values()

    def refuse_day(self, error: AppError | None) -> None:
        """A refusal of the day stands at its field too; of something else at none."""
        is_of_day = error is not None and error.code in _OF_DAY
        self.as_of.set_problem(texts.error_text(error) if error and is_of_day else "")

    def offer_status(self, offered: bool, *, day: bool) -> None:
        """Chính thức or sơ bộ, and the day: a table that compares the ends of years has none."""
        self.status.setVisible(offered)
        self.as_of.setVisible(day)

    def offer_units(self, units: Sequence[tuple[UUID, str]], chosen: UUID | None) -> None:
        """The units of the paper's day; the chosen one stays chosen."""
        self._offer(self.unit, units, chosen)

    def offer_standards(self, standards: Sequence[tuple[str, str]], chosen: str | None) -> None:
        """The national one first; shown where there are several."""
        self._offer(self.standard, standards, chosen)
        self.standard.setVisible(len(standards) > 1)

    def offer_geography(self, today: date | None, *, chosen: bool) -> None:
        """`today` None: the units are the same, there is nothing to choose."""
        texts = [(False, self.tr("Địa bàn: của ngày số liệu"))]
        if today is not None:
            texts.append((True, self.tr("Địa bàn: hiện nay")))
        self._offer(self.geography, texts, chosen)
        self.geography.setVisible(today is not None)

    def offer_editions(self, count: int, chosen: int | None) -> None:
        """The newest first; shown where a correction made more than one."""
        texts = [self.tr("Lần {number}").format(number=number) for number in range(count, 0, -1)]
        if count > 1:
            texts[0] = self.tr("Lần {number} (mới nhất)").format(number=count)
            texts[-1] = self.tr("Lần 1 (khi khóa sổ)")
        numbers = range(count, 0, -1)
        self._offer(self.edition, list(zip(numbers, texts, strict=True)), chosen)
        self.edition.setVisible(count > 1)

    def _offer(self, box: ElidedBox, items: Sequence[tuple[object, str]], chosen: object) -> None:
        with QSignalBlocker(box):
            if [(box.itemData(at), box.itemText(at)) for at in range(box.count())] != list(items):
                box.clear()
                for value, text in items:
                    box.addItem(text, value)
            at = next((at for at, (value, _) in enumerate(items) if value == chosen), 0)
            box.setCurrentIndex(at if items else -1)
        self._last = self._values()

    def _box(self, name: str, label: str) -> ElidedBox:
        box = ElidedBox()
        box.setObjectName(name)
        box.setAccessibleName(label)
        box.setToolTip(label)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(4)
        box.hide()
        return box

    def _fit(self) -> None:
        self.as_of.setFixedWidth(128 * theme.percent // 100)

    def _values(self) -> tuple[object, ...]:
        return (
            self.recognised,
            self.chosen_unit,
            self.day,
            self.chosen_standard,
            self.units_of_today,
            self.chosen_edition,
        )

    def _tell(self) -> None:
        if self.status.value() is None:  # pressing the chosen one again keeps it
            self.status.choose(self._last[0])
        if self._values() != self._last:
            self._last = self._values()
            self.changed.emit()
