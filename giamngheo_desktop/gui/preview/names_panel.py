"""The panel beside a paper: the households or persons behind a pressed number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.allocation import AT_END
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.measures import measure
from giamngheo_desktop.domain.numbers import format_integer, format_rate
from giamngheo_desktop.domain.report import Movement
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.exchange.package_jobs import file_level
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.parts import button, label, tool
from giamngheo_desktop.gui.preview.bridge_panel import BridgePanel
from giamngheo_desktop.gui.preview.movement_dialog import question
from giamngheo_desktop.gui.preview.pdf_view import PdfView
from giamngheo_desktop.gui.preview.report_work import Behind
from giamngheo_desktop.gui.table.column import Column, number_column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.reports.bridge import Line
from giamngheo_desktop.reports.document import OPENING_COUNT
from giamngheo_desktop.services.names import HouseholdName, PersonName
from giamngheo_desktop.services.populations import COUNTED, TYPED

# pixels at 100 %; with the steps of a bridge above the names, and beside them
_WIDTH, _NAMES, _ABOVE, _WIDE = 340, 420, 440, 680  # _NAMES: all columns beside a scroll bar
_LEAST_NAMES, _LEAST = 240, 480  # of the names, and of steps and names side by side
_TALL = 480  # from which the steps have room above the names
_LOW = 230  # below which there is no room for a name above its note
_GAP = 8  # between the panel and the number

# Typed numbers: in which section, of Cài đặt and of Chỉ tiêu, they are typed.
POPULATION, TARGETS = "population", "allocation"


class NamesPanel(QFrame):
    """`household_requested(uid)`, `movement_requested(question)`, `settings_requested(section)`,
    `closed()`; `width_changed()`: it wants another width; `go_requested(page, payload)`.
    """

    household_requested = Signal(object)
    movement_requested = Signal(object)
    settings_requested = Signal(str)
    closed = Signal()
    width_changed = Signal()
    go_requested = Signal(str, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("names_panel")
        self.setProperty("kind", "card")
        self._section = ""
        self._reasons: Mapping[UUID, str] = {}
        self._ids: Sequence[UUID] = ()  # of the lines shown: households, or persons
        self._may_move = False
        self._title = label("", "bold", "names_title", wrap=True)
        self._place = label("", "soft", "names_place", wrap=True)
        self._close = tool("close", self.tr("Đóng (Esc)"), "close_names")
        name = Column(key="name", title=self.tr("Họ và tên"), width=104, stretch=True)
        village = Column(key="village", title=self.tr("Thôn"), width=80, gives_way=True)
        size = number_column("persons", self.tr("Khẩu"), width=56)
        size = replace(size, gives_way=True)  # beside the steps of a bridge
        birth = Column(key="birth", title=self.tr("Ngày sinh"), width=92)
        self.homes = TableView((name, village, size), "names", self.tr("Các hộ"))
        self.people = TableView((name, birth, village), "people", self.tr("Các nhân khẩu"))
        self.list = self.homes
        self._note = label("", "soft", "names_note", wrap=True)
        self._behind: Behind | None = None
        self.bridge = BridgePanel(desk)
        self.bridge.hide()
        self._compare = button(self.tr("So với…"), "compare", icon="history")
        self._move = button(self.tr("Sửa diễn biến…"), "correct_movement", icon="edit")
        self._comment = button(self.tr("Góp ý…"), "comment_figure", icon="exchange")
        receives = file_level(desk) is not Level.COMMUNE
        self._comment.setVisible(receives and not desk.read_only)
        self._open = button(self.tr("Mở hộ"), "open_household", icon="households")
        self._settings = button(self.tr("Mở nơi nhập"), "open_settings", icon="settings")

        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        foot = Flow(8)
        for act in (self._settings, self._comment, self._compare, self._move, self._open):
            foot.addWidget(act)
        lists = QVBoxLayout()
        lists.setSpacing(8)
        lists.addWidget(self.homes, 1)
        lists.addWidget(self.people, 1)
        lists.addWidget(self._note)
        lists.addStretch()
        lists.addLayout(foot)
        self._beside = beside = QHBoxLayout()
        beside.setSpacing(12)
        beside.addWidget(self.bridge, 4)
        beside.addLayout(lists, 5)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 8)
        box.setSpacing(8)
        box.addLayout(head)
        box.addWidget(self._place)
        box.addLayout(beside, 1)

        self._close.clicked.connect(self.closed)
        self._open.clicked.connect(self._open_current)
        self._move.clicked.connect(self._ask_movement)
        self._settings.clicked.connect(self._open_settings)
        self._comment.clicked.connect(self._ask_comment)
        self._compare.clicked.connect(self.show_bridge)
        self.bridge.line_chosen.connect(self._show_line)
        self.bridge.names_wanted.connect(self.enter)
        self.bridge.left.connect(self.go_back)
        self.homes.row_opened.connect(self.household_requested)
        self.people.row_opened.connect(self.household_requested)
        self.homes.selectionModel().currentRowChanged.connect(self._tell_why)
        self.people.selectionModel().currentRowChanged.connect(self._tell_why)

    def show_behind(self, behind: Behind, *, may_move: bool = False) -> None:
        """Show the names, or say in words where a typed or missing number comes from; with
        `may_move` a household of the movement can be counted in another flow.
        """
        self._behind, self._may_move = behind, may_move
        self.bridge.hide()
        self._place.show()
        self._title.setText(behind.heading)
        place = self.tr("{place}: {number}")
        self._place.setText(place.format(place=behind.place, number=self._number(behind.value)))
        self._list(behind.households, behind.persons, behind.reasons)
        movable = may_move and Movement.of(behind.source.measure) is not None
        self._move.setVisible(movable and bool(behind.households))
        self._compare.setVisible(_may_compare(behind))
        self._section = _section(behind)
        self._settings.setVisible(bool(self._section))
        self._say(self._explanation(behind))
        self._go_to_first()

    def enter(self) -> None:
        """The keyboard goes to the names, or to what is offered in their place."""
        stops = (self.list, self._settings, self._comment, self._compare, self._close)
        next(part for part in stops if part.isVisibleTo(self)).setFocus()

    def show_bridge(self) -> None:
        """The steps from an earlier number to this one, beside the names."""
        if self._behind is None:
            return
        self.bridge.show()
        self._place.hide()  # the steps end with it
        self.width_changed.emit()
        self._compare.hide()
        self._move.hide()
        self.bridge.compare(self._behind)

    def stand(self, page: QWidget, view: PdfView) -> None:
        """Over a paper and beside its marked number; where the paper is narrow and low, above or
        below the number.
        """
        room = QRect(view.mapTo(page, QPoint()), view.size())
        if not self._stand_beside(room, self._number_in(page, view)):
            view.put_marked_at_foot()
            number = self._number_in(page, view)
            above, below = number.top() - _GAP, number.bottom() + _GAP
            if above - room.top() >= room.bottom() - below:
                room.setBottom(above)
            else:
                room.setTop(below)
            self._beside.setDirection(QBoxLayout.Direction.LeftToRight)
            self.setGeometry(room)

    def _number_in(self, page: QWidget, view: PdfView) -> QRect:
        """Where the marked number stands on the page."""
        if view.marked is None:
            return QRect(view.mapTo(page, QPoint()), QSize(0, 0))
        number = view.place_of(view.marked).toRect()
        number.moveTo(view.viewport().mapTo(page, number.topLeft()))
        return number

    def _stand_beside(self, room: QRect, number: QRect) -> bool:
        """At the right of the number, or at its left where there is more room; with the steps of a
        bridge above the names in a tall room. False where it has no room at either side.
        """
        percent, has_steps = theme.percent, self.bridge.isVisibleTo(self)
        above = has_steps and is_tall(room.height())
        wanted, least = _NAMES, _LEAST_NAMES
        if has_steps:
            wanted, least = (_ABOVE, _LEAST_NAMES) if above else (_WIDE, _LEAST)
        right, left = room.right() - number.right() - _GAP, number.left() - room.left() - _GAP
        near = _WIDTH if is_tall(room.height()) else least
        at_right = right * 100 >= near * percent or right >= left
        free = right if at_right else left
        if free * 100 < least * percent:
            return False
        way, width = QBoxLayout.Direction, min(free, wanted * percent // 100)
        self._beside.setDirection(way.TopToBottom if above else way.LeftToRight)
        side = room.right() + 1 - width if at_right else room.left()
        self.setGeometry(side, room.top(), width, room.height())
        return True

    def go_back(self) -> bool:
        """From the lines of a bridge to the names of the number; False where none are shown."""
        shown = self.bridge.isVisibleTo(self) and self._behind is not None
        if shown and self._behind is not None:
            self.show_behind(self._behind, may_move=self._may_move)
            self.width_changed.emit()
            (self.list if self.list.isVisibleTo(self) else self._compare).setFocus()
        return shown

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _number(self, value: object) -> str:
        if isinstance(value, int):
            return format_integer(value)
        if isinstance(value, Decimal):
            return self.tr("{rate} %").format(rate=format_rate(value))
        return self.tr("không có số")

    def _explanation(self, behind: Behind) -> str:
        if self._section == POPULATION:
            return self._of_population(behind)
        if self._section == TARGETS:
            return self._of_target(behind)
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

    def _of_target(self, behind: Behind) -> str:
        if behind.source.measure == f"target_{AT_END}":
            return self.tr(
                "Số hộ kế hoạch dự kiến, nhập tay; nơi chưa dự kiến thì lấy số hộ cuối năm trước."
            )
        return self.tr(
            "Số hộ dự kiến thoát trừ số tái nghèo, phát sinh, do xã giao cho từng thôn, nhập tay."
        )

    def _of_population(self, behind: Behind) -> str:
        """Which of the two it is here."""
        if behind.missing:
            return self.tr("Chưa nhập số này, và sổ của thôn chưa khai là đủ mọi hộ.")
        if {TYPED, COUNTED} <= behind.population:
            return self.tr(
                "Cộng các thôn: thôn nhập tay, thôn đã khai đủ mọi hộ thì đếm từ sổ. Bấm số của "
                "từng thôn để biết."
            )
        if COUNTED in behind.population:
            return self.tr("Số này đếm từ sổ: đã khai đủ mọi hộ.")
        return self.tr("Số này nhập tay.")

    def _tell_why(self) -> None:
        """Of the current household or person, below the list: in a movement, or in a step."""
        row = self.list.currentIndex().row()
        if self._reasons and 0 <= row < len(self._ids):
            self._say(self._reasons.get(self._ids[row], ""))

    def _show_line(self, line: Line | None) -> None:
        """The names of a step below the steps."""
        if line is None:
            self._list((), (), {})
        else:
            self._list(line.households, line.persons, line.reasons)
        found = self.bridge.bridge
        same = self.tr("Số không đổi: không hộ, không người nào vào hay ra.")
        self._say(same if found is not None and not found.lines else "")
        self._go_to_first()

    def _say(self, note: str) -> None:
        """Below the names; in a low panel it gives way to them and stands in their tip."""
        self._note.setText(note)
        self._fit()

    def _fit(self) -> None:
        low = self.height() * 100 < _LOW * theme.percent and self.list.isVisibleTo(self)
        self._note.setVisible(bool(self._note.text()) and not low)
        self.list.setToolTip(self._note.text() if low else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _list(
        self,
        homes: Sequence[HouseholdName],
        people: Sequence[PersonName],
        reasons: Mapping[UUID, str],
    ) -> None:
        self._reasons = reasons
        self.list = self.people if people else self.homes
        rows = _rows(homes, people)
        self._ids = [one.person for one in people] or [one.household for one in homes]
        for table in (self.homes, self.people):
            table.setVisible(bool(rows) and table is self.list)
        self.list.set_rows(rows)
        self._open.setVisible(bool(rows))

    def _go_to_first(self) -> None:
        if self._ids:
            self.list.setCurrentIndex(self.list.rows.index(0, 0))
            self._tell_why()

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

    def _ask_comment(self) -> None:
        self.go_requested.emit("exchange", self._behind)

    def _open_settings(self) -> None:
        if self._section == TARGETS:
            self.go_requested.emit("targets", TARGETS)
        else:
            self.settings_requested.emit(self._section)


def is_tall(height: int) -> bool:
    """Whether steps and names have room one above the other."""
    return height * 100 >= _TALL * theme.percent


def _rows(
    homes: Sequence[HouseholdName], people: Sequence[PersonName]
) -> list[tuple[UUID, *tuple[object, ...]]]:
    """Lines of a list, each led by the household to open."""
    named = [(p.household, p.full_name, p.birth, p.village) for p in people]
    return [*named, *((h.household, h.head, h.village, h.persons) for h in homes)]


def _may_compare(behind: Behind) -> bool:
    """Typed numbers and differences have no names to tell at another end."""
    name = behind.source.measure
    return not behind.missing and (measure(name) is not None or Movement.of(name) is not None)


_SECTIONS: Mapping[str, str] = {"population_": POPULATION, "target_": TARGETS}


def _section(behind: Behind) -> str:
    measure = behind.source.measure
    return next((name for start, name in _SECTIONS.items() if measure.startswith(start)), "")
