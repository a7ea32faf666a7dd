"""Who gets it: households or persons, filtered and ticked; the second step of a hand-out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QCheckBox, QToolButton, QVBoxLayout, QWidget

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.forms.options import Option
from giamngheo_desktop.gui.forms.segments import Segments
from giamngheo_desktop.gui.household.columns import chip_of, state_label
from giamngheo_desktop.gui.household.filter_line import FilterLine
from giamngheo_desktop.gui.jobs import without_collecting
from giamngheo_desktop.gui.parts import button
from giamngheo_desktop.gui.supports.tick_table import TickTable
from giamngheo_desktop.gui.table.column import Align, Column, number_column
from giamngheo_desktop.services import register
from giamngheo_desktop.services.programme import support_events
from giamngheo_desktop.services.programme.support_bulk import Choice
from giamngheo_desktop.services.programme.support_events import Candidate
from giamngheo_desktop.services.register import HouseholdFilter
from giamngheo_desktop.storage.engine import Database

_YEARS = (1, 2, 3, 5)
_NAME = 1  # the column of the name
HOME, PERSON = "household", "person"


class Picked(NamedTuple):
    """Whom somebody ticked."""

    household: UUID
    person: UUID | None

    @property
    def uid(self) -> UUID:
        return self.person or self.household


@dataclass(frozen=True, slots=True)
class _Found:
    rows: Sequence[Candidate]
    villages: Sequence[tuple[UUID, str]]


class ReceiverPick(QWidget):
    """`changed()` after each tick; `completed()`: Enter in the list. The owner gives its `tools` a
    place.
    """

    changed = Signal()
    completed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.unit = desk.commune
        self._policy = ""
        self._per = HOME
        self._sort: tuple[str, bool] = ("head", False)
        self._picked: dict[str, dict[UUID, Picked]] = {HOME: {}, PERSON: {}}
        self._rows: Sequence[Candidate] = ()
        self.filters = FilterLine()
        self.per = Segments(
            (Option(HOME, self.tr("Theo hộ")), Option(PERSON, self.tr("Theo người")))
        )
        self.per.setObjectName("pick_per")
        self.per.setAccessibleName(self.tr("Chọn theo hộ hay theo người"))
        self.need = self._box("pick_need", self.tr("Nhu cầu"))
        self.years = self._box("pick_years", self.tr("Đã lâu chưa được hỗ trợ"))
        self.same = QCheckBox(self.tr("chỉ tính chính sách này"))
        self.same.setObjectName("pick_same")
        self.more = QToolButton()  # shows what is seldom asked, which takes a line of its own
        self.more.setObjectName("pick_more")
        self.more.setProperty("kind", "toggle")
        self.more.setCheckable(True)
        self.all_button = button(self.tr("Chọn &hết"), "pick_all")
        self.none_button = button(self.tr("&Bỏ hết"), "pick_none")
        self.only = QCheckBox(self.tr("Chỉ dòng đã chọn"))
        self.only.setObjectName("pick_only")
        self.tools = QWidget()
        self.table = TickTable(
            (
                Column(key="tick", title=self.tr("Chọn"), width=56, align=Align.CENTRE,
                       format=lambda ticked: "☑" if ticked else "☐"),
                Column(key="name", title=self.tr("Họ và tên"), width=190, sort="head",
                       stretch=True),
                Column(key="head", title=self.tr("Chủ hộ"), width=150),
                Column(key="village", title=self.tr("Thôn"), width=120, sort="village"),
                Column(key="state", title=self.tr("Phân loại"), width=160, sort="household_class",
                       format=state_label, chip=chip_of),
                number_column("persons", self.tr("Nhân khẩu"), width=90, sort="persons"),
                Column(key="birth", title=self.tr("Năm sinh"), width=90),
            ),
            "receivers",
            self.tr("Hộ, người để chọn"),
        )  # fmt: skip
        self._fill_boxes()
        self._build()

    def _box(self, name: str, text: str) -> ElidedBox:
        box = ElidedBox()
        box.setObjectName(name)
        box.setAccessibleName(text)
        box.setSizeAdjustPolicy(ElidedBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(16)
        return box

    def _fill_boxes(self) -> None:
        form = self.desk.definitions.records[Kind.NEED].form
        self.need.addItem(self.tr("Mọi nhu cầu"), "")
        for choice in form.fields["code"].choices:
            self.need.addItem(choice.label, choice.code)
        self.years.addItem(self.tr("Đã hay chưa được hỗ trợ"), None)
        for years in _YEARS:
            self.years.addItem(self.tr("Chưa được gì {years} năm nay").format(years=years), years)

    def _build(self) -> None:
        line, rest = Flow(8), Flow(8)
        acts: Sequence[QWidget] = (self.all_button, self.none_button, self.only, self.more)
        for part in acts:
            line.addWidget(part)
        line.addWidget(self.filters.count)
        self.tools.setLayout(line)
        seldom: Sequence[QWidget] = (self.per, self.need, self.years, self.same)
        for part in seldom:
            rest.addWidget(part)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.filters)
        box.addLayout(rest)
        box.addWidget(self.table, 1)
        self.filters.changed.connect(self.read)
        self.filters.text_changed.connect(self.read)
        self.filters.down_pressed.connect(self._enter_table)
        self.filters.entered.connect(self._enter_table)
        self.per.chosen.connect(self._take_per)
        self.need.currentIndexChanged.connect(self.read)
        self.years.currentIndexChanged.connect(self._take_years)
        self.same.toggled.connect(self.read)
        self.more.toggled.connect(self._show_more)
        self._show_more()
        self.only.toggled.connect(self._show_rows)
        self.all_button.clicked.connect(self._tick_all)
        self.none_button.clicked.connect(self._tick_none)
        self.table.ticked.connect(self._turn)
        self.table.entered.connect(self.completed)
        self.table.row_opened.connect(lambda uid: self._turn([uid]))
        self.table.clicked.connect(self._clicked)
        self.table.sort_requested.connect(self._sort_by)
        self.setFocusProxy(self.filters.text_edit)
        self.same.setEnabled(False)

    # -- for the owner --------------------------------------------------------------------------

    def begin(self) -> None:
        """Nobody is ticked, nothing filtered."""
        self._picked = {HOME: {}, PERSON: {}}
        self._policy = ""
        self.filters.set_filter()
        self.need.setCurrentIndex(0)
        self.years.setCurrentIndex(0)
        self.more.setChecked(False)

    def ask(self, unit: UUID, day: date, policy: str, *, per_person: bool) -> None:
        """Whom the event of that day and policy is for; a policy begins with whom it is for."""
        self.unit = unit
        if policy != self._policy and not self.picked:
            self._per = PERSON if per_person else HOME
        self._policy = policy
        self.per.choose(self._per)
        self.filters.set_day(day)
        self.read()

    @property
    def picked(self) -> list[Picked]:
        """Whom somebody ticked, of households or of persons, in the order of ticking."""
        return list(self._picked[self._per].values())

    @property
    def day(self) -> date | None:
        return self.filters.day

    def typed(self) -> tuple[str, ...]:
        """Those ticked, for the draft."""
        return tuple(
            f"{one.household.hex}{one.person.hex if one.person else ''}" for one in self.picked
        )

    def put(self, typed: Iterable[str]) -> None:
        """The inverse of `typed`."""
        for text in typed:
            person = UUID(hex=text[32:]) if text[32:] else None
            self._per = HOME if person is None else PERSON
            one = Picked(UUID(hex=text[:32]), person)
            self._picked[self._per][one.uid] = one

    def filter_of(self, day: date) -> HouseholdFilter:
        """All households of a day, in the order in which they are shown."""
        sort, descending = self._sort
        standard = self.desk.standard(day.year).code
        return HouseholdFilter(day=day, standard=standard, sort=sort, descending=descending)

    # -- reading --------------------------------------------------------------------------------

    def _show_more(self) -> None:
        """What is filtered by and not seen is counted on the button."""
        parts: Sequence[QWidget] = (self.per, self.need, self.years, self.same)
        for part in parts:
            part.setVisible(self.more.isChecked())
        count = self._filtered_by()
        said = self.tr("Lọc thêm ({count})").format(count=count) if count else self.tr("Lọc thêm")
        self.more.setText(said)
        self.more.setAccessibleName(self.tr("Theo hộ hay người, lọc thêm"))

    def _filtered_by(self) -> int:
        return sum(box.currentIndex() > 0 for box in (self.need, self.years))

    def read(self) -> None:
        self._show_more()
        day = self.filters.day
        if day is None or not self._policy:
            return
        sort, descending = self._sort
        wanted = HouseholdFilter(
            day=day,
            standard=self.desk.standard(day.year).code,
            text=self.filters.text,
            villages=self.filters.villages,
            classes=self.filters.classes,
            sort=sort,
            descending=descending,
        )
        need, same = self.need.currentData(), self.same.isChecked()
        choice = Choice(
            households=wanted,
            needs=frozenset({need} if need else ()),
            unsupported_years=self.years.currentData(),
            policies=frozenset({self._policy} if same else ()),
        )
        work = partial(_read, self.desk.database, choice, self.unit, self._per == PERSON)
        self.desk.runner.read(self, work, self._show, latest="candidates")

    def _show(self, found: _Found) -> None:
        self.filters.set_villages(found.villages)
        self._rows = found.rows
        self._show_rows()

    def _show_rows(self) -> None:
        picked = self._picked[self._per]
        only = self.only.isChecked()
        shown = [row for row in self._rows if not only or row.uid in picked]
        of_persons = self._per == PERSON
        for key in ("head", "birth"):
            self.table.leave_out(key, not of_persons)
        self.table.leave_out("persons", of_persons)
        lines = [_line(row, row.uid in picked) for row in shown]
        self.table.set_rows(lines, keep_widths=bool(self.filters.text))
        self.table.show_order(self._sort[0], descending=self._sort[1])
        self.table.say_empty(
            self.tr("Chưa chọn dòng nào trong những dòng đang lọc.")
            if only and self._rows
            else self.tr("Không có hộ, người nào khớp với những gì đang lọc.")
            if self.filters.is_set or self._filtered_by()
            else self.tr(
                "Sổ chưa có hộ nào vào ngày hỗ trợ: nhập hộ ở trang Hộ gia đình, hoặc nhận danh "
                "sách Excel ở trang Gửi – nhận, rồi chọn ở đây."
            )
        )
        if shown and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table.rows.index(0, _NAME))
        self._count()

    def _count(self) -> None:
        persons, homes = self.picked, {one.household for one in self.picked}
        shown = format_integer(self.table.rows.rowCount())
        said = self.tr("Đã chọn {count} hộ · hiện {shown}")
        if self._per == PERSON:
            said = self.tr("Đã chọn {persons} người, {count} hộ · hiện {shown}")
        self.filters.count.setText(
            said.format(
                count=format_integer(len(homes)),
                persons=format_integer(len(persons)),
                shown=shown,
            )
        )
        self.none_button.setEnabled(bool(persons))

    # -- ticks ----------------------------------------------------------------------------------

    def _turn(self, uids: Collection[UUID]) -> None:
        """Of some rows all are ticked, unless all of them were."""
        picked = self._picked[self._per]
        wanted = set(uids)
        rows = [row for row in self._rows if row.uid in wanted]
        off = all(row.uid in picked for row in rows)
        self._set(rows, not off)

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self._turn([self.table.rows.row(index.row())[0]])

    def _tick_all(self) -> None:
        shown = {self.table.rows.row(at)[0] for at in range(self.table.rows.rowCount())}
        self._set([row for row in self._rows if row.uid in shown], True)

    def _tick_none(self) -> None:
        """Of all, also of those now filtered away."""
        self._picked[self._per].clear()
        self._show_rows()
        self.changed.emit()

    def _set(self, rows: Sequence[Candidate], ticked: bool) -> None:
        picked = self._picked[self._per]
        for row in rows:
            if ticked:
                picked.setdefault(row.uid, Picked(row.household, row.person))
            else:
                picked.pop(row.uid, None)
        if len(rows) == 1:
            self.table.rows.replace_row(_line(rows[0], ticked))
        else:
            lines = map(self.table.rows.row, range(self.table.rows.rowCount()))
            again = [(line[0], line[0] in picked, *line[2:]) for line in lines]
            self.table.set_rows(again, keep_widths=True)
        self._count()
        self.changed.emit()

    # -- small things ---------------------------------------------------------------------------

    def _take_per(self) -> None:
        self._per = str(self.per.value() or self._per)
        self.per.choose(self._per)  # one of them always holds
        self.read()
        self.changed.emit()

    def _take_years(self) -> None:
        self.same.setEnabled(self.years.currentData() is not None)
        self.read()

    def _sort_by(self, sort: str, descending: bool) -> None:
        self._sort = (sort, descending)
        self.read()

    def _enter_table(self) -> None:
        self.table.setFocus()


def _line(row: Candidate, ticked: bool) -> tuple[object, ...]:
    own = (row.name, row.head, row.village, row.state, row.persons, row.birth_year)
    return (row.uid, ticked, *own)


def _read(database: Database, choice: Choice, unit: UUID, per_person: bool) -> _Found:
    """Runs off the GUI thread."""
    with without_collecting():
        rows = support_events.candidates(database, choice, per_person=per_person)
        villages = register.villages_of_list(database, choice.households, unit)
    return _Found(rows, villages)
