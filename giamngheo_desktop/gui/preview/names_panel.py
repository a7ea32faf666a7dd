"""The panel beside a paper: the households or persons behind a pressed number."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.report import Movement
from giamngheo_desktop.gui.parts import button, label, tool
from giamngheo_desktop.gui.preview.movement_dialog import question
from giamngheo_desktop.gui.preview.report_work import Behind
from giamngheo_desktop.gui.table.column import Column, number_column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.reports.document import OPENING_COUNT

# Typed numbers: where in Cài đặt they are typed.
POPULATION, TARGETS = "population", "targets"


class NamesPanel(QFrame):
    """`household_requested(uid)`, `movement_requested(question)`, `settings_requested(section)`,
    `closed()`.
    """

    household_requested = Signal(object)
    movement_requested = Signal(object)
    settings_requested = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("names_panel")
        self.setProperty("kind", "card")
        self._section = ""
        self._reasons: Mapping[UUID, str] = {}
        self._title = label("", "bold", "names_title", wrap=True)
        self._place = label("", "soft", "names_place", wrap=True)
        self._close = tool("close", self.tr("Đóng (Esc)"), "close_names")
        name = Column(key="name", title=self.tr("Họ và tên"), width=140, stretch=True)
        village = Column(key="village", title=self.tr("Thôn"), width=96)
        size = number_column("persons", self.tr("Khẩu"), width=56)
        birth = Column(key="birth", title=self.tr("Ngày sinh"), width=92)
        self.homes = TableView((name, village, size), "names", self.tr("Các hộ"))
        self.people = TableView((name, village, birth), "people", self.tr("Các nhân khẩu"))
        self.list = self.homes
        self._note = label("", "soft", "names_note", wrap=True)
        self._behind: Behind | None = None
        self._move = button(self.tr("Sửa diễn biến…"), "correct_movement", icon="edit")
        self._open = button(self.tr("Mở hộ"), "open_household", icon="households")
        self._settings = button(self.tr("Mở nơi nhập"), "open_settings", icon="settings")

        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self._settings)
        foot.addWidget(self._move)
        foot.addWidget(self._open)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 12, 12, 12)
        box.setSpacing(8)
        box.addLayout(head)
        box.addWidget(self._place)
        box.addWidget(self.homes, 1)
        box.addWidget(self.people, 1)
        box.addWidget(self._note)
        box.addStretch()
        box.addLayout(foot)

        self._close.clicked.connect(self.closed)
        self._open.clicked.connect(self._open_current)
        self._move.clicked.connect(self._ask_movement)
        self._settings.clicked.connect(self._open_settings)
        self.homes.row_opened.connect(self.household_requested)
        self.people.row_opened.connect(self.household_requested)
        self.homes.current_changed.connect(self._tell_why)

    def show_behind(self, behind: Behind, *, may_move: bool = False) -> None:
        """Show the names, or say in words where a typed or missing number comes from; with
        `may_move` a household of the movement can be counted in another flow.
        """
        self._behind = behind
        self._title.setText(behind.heading)
        number = behind.value
        shown = format_integer(number) if isinstance(number, int) else self.tr("không có số")
        place = self.tr("{place}: {number}").format(place=behind.place, number=shown)
        self._place.setText(place)
        rows = _rows(behind)
        self._reasons = behind.reasons
        self.list = self.people if behind.persons else self.homes
        for table in (self.homes, self.people):
            table.setVisible(bool(rows) and table is self.list)
        self.list.set_rows(rows)
        self._open.setVisible(bool(rows))
        movable = may_move and Movement.of(behind.source.measure) is not None
        self._move.setVisible(movable and bool(behind.households))
        self._section = _section(behind)
        self._settings.setVisible(bool(self._section))
        note = self._explanation(behind)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        if rows:
            self.list.go_to(rows[0][0])
            self._tell_why()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _explanation(self, behind: Behind) -> str:
        if self._section == POPULATION:
            return self.tr("Số này nhập tay, hoặc đếm từ sổ của thôn đã khai đủ mọi hộ.")
        if self._section == TARGETS:
            return self.tr("Số giảm trong năm do xã giao cho từng thôn, nhập tay.")
        if behind.missing:
            return self.tr("Không in số: {reason}.").format(reason=texts.MISSING[behind.missing])
        if "-" in behind.source.measure:
            return self.tr("Hiệu của hai cột khác trong bảng này.")
        if behind.source.measure == OPENING_COUNT:
            return self.tr("Danh sách đầu kỳ mới có số hộ theo thôn, chưa có tên từng hộ.")
        if not behind.count:
            return self.tr("Không có hộ nào.")
        if isinstance(behind.value, int) and behind.count < behind.value:
            less = self.tr("Có {count} trong {all}: số còn lại không còn trong sổ vào ngày ấy.")
            return less.format(count=behind.count, all=behind.value)
        return ""

    def _tell_why(self) -> None:
        """Of the current household of a movement below the list."""
        uid = self.homes.current_uid()
        if self._reasons and uid is not None:
            self._note.setText(self._reasons.get(uid, ""))
            self._note.setVisible(bool(self._note.text()))

    def _open_current(self) -> None:
        uid = self.list.current_uid()
        if uid is not None:
            self.household_requested.emit(uid)

    def _ask_movement(self) -> None:
        uid, behind = self.homes.current_uid(), self._behind
        if uid is not None and behind is not None:
            asked = question(behind.source, uid, self._reasons.get(uid, ""))
            if asked is not None:
                self.movement_requested.emit(asked)

    def _open_settings(self) -> None:
        self.settings_requested.emit(self._section)


def _rows(behind: Behind) -> list[tuple[UUID, *tuple[object, ...]]]:
    """Lines of a list, each led by the household to open."""
    people = [(p.household, p.full_name, p.village, p.birth) for p in behind.persons]
    homes = [(h.household, h.head, h.village, h.persons) for h in behind.households]
    return [*people, *homes]


_SECTIONS: Mapping[str, str] = {"population_": POPULATION, "target_": TARGETS}


def _section(behind: Behind) -> str:
    measure = behind.source.measure
    return next((name for start, name in _SECTIONS.items() if measure.startswith(start)), "")
