"""The time line of a household's classes: recognised and computed, with their papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.standard import HouseholdClass, state_of
from giamngheo_desktop.gui.household.columns import chip_of, state_label
from giamngheo_desktop.gui.household.history_words import source_text
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.services.household_view import ClassRecord
from giamngheo_desktop.services.movement.corrections import Corrected

_LINES = 7  # shown without scrolling
OFF_LIST = "off_list"


class _Row(NamedTuple):
    uid: UUID
    review_year: int
    state: str
    source: str
    valid_from: date
    valid_to: date | str | None  # a word where it never held
    number: str | None
    signed_on: date | None
    standard: str
    note: str | None


class ClassTimeline(QFrame):
    """`record_requested()`: the user wants to add a class record; `correction_requested()`: to
    correct the result of a closed year.
    """

    record_requested = Signal()
    correction_requested = Signal()

    def __init__(self, standards: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setObjectName("class_timeline")
        self._standards = standards
        self.add = button(self.tr("Ghi nhận kết quả…"), "record_class", icon="add")
        self.correct = button(self.tr("Đính chính…"), "correct_result", icon="edit")
        self.correct.setToolTip(self.tr("Sửa kết quả của một năm đã khóa sổ, có lý do"))
        self._editable, self._correctable, self._fixed = True, False, False
        self._empty = label(
            self.tr("Hộ chưa có kết quả phân loại nào. Ghi kết quả đầu tiên bằng nút ở trên."),
            "soft",
            wrap=True,
        )
        self.table = TableView(self._columns(), "classes", self.tr("Diễn biến phân loại"))
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Diễn biến phân loại"), "heading"))
        head.addStretch()
        head.addWidget(self.correct)
        head.addWidget(self.add)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(8)
        box.addLayout(head)
        box.addWidget(self._empty)
        box.addWidget(self.table)
        self.add.clicked.connect(self.record_requested)
        self.correct.clicked.connect(self.correction_requested)
        self._show_buttons()

    def set_editable(self, editable: bool) -> None:
        self._editable = editable
        self._show_buttons()

    def show_records(
        self,
        records: Sequence[ClassRecord],
        corrections: Sequence[Corrected] = (),
        *,
        correctable: bool = False,
        fixed: bool = False,
    ) -> None:
        """Newest first; `correctable`: a year of theirs is closed; `fixed`: the one shown is."""
        self._correctable, self._fixed = correctable, fixed
        self._show_buttons()
        made = {one.class_record: one for one in corrections}
        rows = [self._off_list(one) for one in corrections if one.class_record is None]
        rows += [self._row(record, made.get(record.uid)) for record in records]
        rows.sort(key=lambda row: row.review_year, reverse=True)
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        lines = min(len(rows), _LINES)
        heading = self.table.heading.sizeHint().height()
        row = self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(heading + lines * row + 14)

    def _short(self, standard: object) -> str:
        """Its years: the heading says the rest."""
        return str(standard).removeprefix(self.tr("Chuẩn nghèo ")).strip()

    def _show_buttons(self) -> None:
        self.add.setVisible(self._editable and not self._fixed)
        self.correct.setVisible(self._editable and self._correctable)

    def _off_list(self, made: Corrected) -> _Row:
        """A correction that takes a household off the list makes no class record."""
        return _Row(
            uid=made.uid,
            review_year=made.review_year,
            state=OFF_LIST,
            source=self.tr("Đính chính: {reason}").format(reason=made.reason),
            valid_from=made.made_on,
            valid_to="–",
            number=made.document,
            signed_on=made.signed_on,
            standard=self._standards.get(made.standard, made.standard),
            note=made.reason,
        )

    def _row(self, record: ClassRecord, made: Corrected | None) -> _Row:
        source = source_text(record.source)
        if made is not None:
            source = self.tr("Đính chính: {reason}").format(reason=made.reason)
        return _Row(
            uid=record.uid,
            review_year=record.review_year,
            state=_state(record),
            source=source,
            valid_from=record.valid_from,
            valid_to=record.valid_to if record.ever_held else self.tr("bị thay"),
            number=record.number,
            signed_on=record.signed_on,
            standard=self._standards.get(record.standard, record.standard),
            note=record.note,
        )

    def _columns(self) -> Sequence[Column]:
        return (
            Column(key="review_year", title=self.tr("Năm"), width=52, format=str),
            Column(key="state", title=self.tr("Phân loại"), width=104, format=_shown, chip=chip_of),
            Column(key="source", title=self.tr("Nguồn"), width=66, tip=str),
            Column(key="valid_from", title=self.tr("Từ ngày"), width=96),
            Column(key="valid_to", title=self.tr("Đến ngày"), width=96, format=_until),
            Column(key="number", title=self.tr("Số quyết định"), width=104, code=True),
            Column(key="signed_on", title=self.tr("Ngày quyết định"), width=104),
            Column(
                key="standard",
                title=self.tr("Chuẩn nghèo"),
                width=60,
                stretch=True,
                format=self._short,
                tip=str,
            ),
            Column(key="note", title=self.tr("Ghi chú"), width=120, hidden=True),
        )


def _state(record: ClassRecord) -> str:
    if record.household_class is None and record.possible:
        return "/".join(record.possible)
    return state_of(record.household_class, average_living=record.average_living)


def _shown(state: object) -> str:
    """A class, or the classes that an unfinished household may have."""
    if state == OFF_LIST:
        return QCoreApplication.translate("ClassTimeline", "Không thuộc danh sách")
    parts = str(state).split("/")
    if len(parts) == 1:
        return state_label(state)
    return " / ".join(texts.CLASSES[HouseholdClass(part)] for part in parts)


def _until(day: object) -> str:
    if isinstance(day, date):
        return f"{day:%d/%m/%Y}"
    return str(day or QCoreApplication.translate("ClassTimeline", "đến nay"))
