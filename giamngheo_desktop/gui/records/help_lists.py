"""Lists of help on screen: one of several is chosen, searched, printed; a line opens its household.

They are the lists that are printed (`reports/helping.py`), read off the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.record_form import KINDS
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.forms.filter_edit import FilterEdit
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.preview import paper_work
from giamngheo_desktop.gui.preview.paper_work import Order
from giamngheo_desktop.gui.preview.print_menu import PrintItem, PrintMenu, print_button
from giamngheo_desktop.gui.records.record_section import REGISTER
from giamngheo_desktop.gui.settings.section import Section
from giamngheo_desktop.gui.table.column import Column, as_text
from giamngheo_desktop.gui.table.wrapped_table import WrappedRows
from giamngheo_desktop.reports.help_table import Asked, HelpList
from giamngheo_desktop.reports.helping import LISTS, helping_list
from giamngheo_desktop.reports.household_plan import PLANS
from giamngheo_desktop.reports.programme_papers import ProgrammeAsked

_GROUP = 22  # the weight of the column that says the helper or the need
_SHORT = 14  # letters of a text that stands on one line
_APART = ("helpers", "needs")  # printed with a page for each, too


class HelpListSection(Section):
    """A subclass says its title, intro and `lists`, the names of the lists by code."""

    WATCHES = KINDS | REGISTER
    CODE: ClassVar[str]  # its own among the sections of the page
    PAGE: ClassVar[str] = "support"

    def __init__(self, desk: Desk) -> None:
        title, intro = self.words()
        super().__init__(desk, title, intro)
        self.found: HelpList | None = None
        self._asked: Asked | None = None  # of what is shown
        self._homes: dict[UUID, UUID] = {}  # by line
        self._names: dict[UUID, str] = {}
        self._rows: list[tuple[Any, ...]] = []
        self._keys: list[tuple[UUID, str]] = []
        self.choice = ElidedBox()
        self.choice.setObjectName("help_list")
        self.choice.setAccessibleName(self.tr("Danh sách"))
        for code, name in self.lists().items():
            self.choice.addItem(name, code)
        self.search = FilterEdit()
        self.search.setObjectName("list_search")
        self.search.setAccessibleName(self.tr("Tìm trong bảng"))
        self.search.setPlaceholderText(self.tr("Tìm trong bảng"))
        self.prints = PrintMenu(desk, self._papers, self)
        self.open_button = button(self.tr("Mở &hộ"), "open_household", icon="open")
        self.open_button.setToolTip(self.tr("Mở hộ của dòng đang chọn"))
        self.said = label("", "bold", "help_said", wrap=True)
        self.note = label("", "small", "help_note", wrap=True)
        self._tables = QStackedWidget()
        self.table = self._new_table(())
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.choice, 2)
        tools.addWidget(self.search, 1)
        tools.addWidget(self.open_button)
        tools.addWidget(print_button(self.prints))
        self.box.addLayout(tools)
        self.box.addWidget(self.said)
        self.box.addWidget(self._tables, 1)
        self.box.addWidget(self.note)
        self.is_broad = True
        self.setFocusProxy(self.choice)
        self.choice.currentIndexChanged.connect(self.load)
        self.search.textEdited.connect(self._filter)
        self.search.textChanged.connect(self._cleared)
        self.search.down_pressed.connect(self._into_table)
        self.open_button.clicked.connect(self._open_current)
        self.prints.go_requested.connect(self.go_requested)

    # -- what a subclass says -------------------------------------------------------------------

    def words(self) -> tuple[str, str]:
        """Title and intro."""
        raise NotImplementedError

    def lists(self) -> Mapping[str, str]:
        raise NotImplementedError

    def groups(self) -> Mapping[str, str]:
        """What the groups of a list are, by its code."""
        return {
            "helpers": texts.HELPING["helper"],
            "needs": texts.HELPING["need"],
            "matching": texts.HELPING["need"],
            "nothing": self.tr("Kết luận"),
        }

    def reading(self, asked: Asked) -> Callable[[], HelpList]:
        """The call that reads the list that is chosen; it must hold no widget."""
        return partial(_read, asked, self.code)

    def remark(self) -> str:
        """What stands below it."""
        return texts.HELPING_NOTES[self.code]

    def nothing(self, found: HelpList) -> str:
        """What is said where it has no line."""
        return texts.HELPING[found.empty]

    # -- reading and showing --------------------------------------------------------------------

    @property
    def code(self) -> str:
        """Of the list that is chosen."""
        return str(self.choice.currentData())

    def arrive(self, wanted: Mapping[str, object]) -> None:
        at = self.choice.findData(wanted.get("list"))
        if at >= 0:
            self.choice.setCurrentIndex(at)

    @Slot()
    def load(self) -> None:
        desk = self.desk
        asked = Asked(
            database=desk.database,
            definitions=desk.definitions,
            unit=desk.unit(self.year),
            day=desk.day(self.year),
        )
        work = self.reading(asked)
        self.fault.read(desk.runner, work, partial(self._show, asked, self.code), latest=self.CODE)

    def _show(self, asked: Asked, code: str, found: HelpList) -> None:
        if code != self.code:
            return
        at = self.table.current_uid()
        home = self._homes.get(at) if at is not None else None
        self.found, self._asked = found, asked
        grouped = any(name for name, _ in found.groups)
        heads = [(self.groups().get(code, ""), _GROUP)] if grouped else []
        rows: list[tuple[Any, ...]] = []
        number = 0
        self._homes, self._names = {}, {}
        for group, lines in found.groups:
            for whose, name, values in lines:
                number += 1
                uid = UUID(int=number)
                rows.append((uid, *([group] if grouped else []), name, *values))
                self._names[uid] = name
                if whose is not None:
                    self._homes[uid] = whose.uid
        self._rows = rows
        self.table = self._new_table([*heads, *found.columns])
        for one, following in pairwise((self.choice, self.search, self.open_button)):
            QWidget.setTabOrder(one, following)
        QWidget.setTabOrder(self.search, self.table)
        self._keys = [(row[0], search_key(" ".join(map(as_text, row[1:])))) for row in rows]
        self.table.set_rows(rows)  # the widths are those of all
        self.note.setText(self.remark())
        self._filter()
        again = next((uid for uid, other in self._homes.items() if other == home), None)
        if again is not None:
            self.table.go_to(again)
        self.open_button.setEnabled(bool(self._homes))

    def _filter(self) -> None:
        found = self.found
        if found is None or self._asked is None:
            return
        wanted = search_key(self.search.text()).split()
        uids = {uid for uid, key in self._keys if all(word in key for word in wanted)}
        self.table.set_rows([row for row in self._rows if row[0] in uids], keep_widths=bool(wanted))
        nothing = self.nothing(found)
        self.table.say_empty(self.tr("Không có dòng nào khớp.") if self._rows else nothing)
        homes = {self._homes[uid] for uid in uids if uid in self._homes}
        count = len(homes) if found.has_total else len(uids)
        said = self.tr("{count} hộ") if found.has_total or homes else self.tr("{count} dòng")
        day = texts.HELPING["of_day"].format(day=format_date(self._asked.day))
        self.said.setText(f"{said.format(count=format_integer(count))} · {day}")

    def _cleared(self, text: str) -> None:
        if not text:
            self._filter()

    def _new_table(self, columns: Sequence[tuple[str, int]]) -> WrappedRows:
        """Each list has columns of its own; only long texts wrap."""
        made = WrappedRows(
            [
                Column(
                    key=f"c{at}",
                    title=title,
                    width=8 * weight,
                    mixed=True,
                    stretch=not at,
                    tip=as_text if self._is_long(at) else None,
                )
                for at, (title, weight) in enumerate(columns)
            ],
            "help_lines",
            self.heading.text(),
        )
        made.row_opened.connect(self._open)
        before = self._tables.currentWidget()
        has_focus = before is not None and before.hasFocus()
        self._tables.addWidget(made)
        self._tables.setCurrentWidget(made)
        if before is not None:
            self._tables.removeWidget(before)
            before.deleteLater()
        if has_focus:
            made.setFocus()
        return made

    def _is_long(self, at: int) -> bool:
        return any(len(as_text(row[at + 1])) > _SHORT for row in self._rows)

    # -- acts -----------------------------------------------------------------------------------

    @Slot(object)
    def _open(self, uid: object) -> None:
        """The household of a line; of a helper who did not come, those that are his."""
        if not isinstance(uid, UUID):
            return
        home = self._homes.get(uid)
        if home is not None:
            back = (self.PAGE, {"section": self.CODE})
            wanted = {"household": home, "tab": "support", "back": back}
            self.go_requested.emit("households", wanted)
        elif (at := self.choice.findData("helpers")) >= 0:
            name = self._names[uid].split(",")[0]
            with QSignalBlocker(self.search):
                self.search.setText(name)
            self.choice.setCurrentIndex(at)

    @Slot()
    def _open_current(self) -> None:
        self._open(self.table.current_uid())

    @Slot()
    def _into_table(self) -> None:
        self.table.setFocus()

    def stops(self) -> list[QWidget]:
        return [self.choice, self.search, self.table]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if enter_walk.is_enter(event) and self.choice.hasFocus():
            self.search.setFocus()
        elif enter_walk.is_enter(event) and self.search.hasFocus():
            self._into_table()
        else:
            super().keyPressEvent(event)

    def _papers(self) -> Sequence[PrintItem]:
        code = self.code
        name = self.choice.currentText()
        items = [self._item(code, self.tr("Danh sách đang xem"), name)]
        if code in _APART:
            said = self.tr("Danh sách đang xem, mỗi nhóm một trang")
            items.append(PrintItem(f"{code}_apart", said, self._apart(code, name)))
        if code == "registered":
            said = self.tr("Phiếu kế hoạch giúp hộ, mỗi hộ một trang")
            items.append(self._item(PLANS, said, said))
        return items

    def _item(self, code: str, said: str, name: str) -> PrintItem:
        desk, day = self.desk, self.desk.day(self.year)
        asked = ProgrammeAsked(code=code, year=day.year, unit=desk.unit(self.year), as_of=day)
        order = paper_work.programme_order(desk, self._title(name), (code, self.year), asked)
        return PrintItem(code, said, order)

    def _apart(self, code: str, name: str) -> Order:
        desk = self.desk
        make = partial(
            helping_list,
            desk.database,
            desk.definitions,
            code,
            unit=desk.unit(self.year),
            day=desk.day(self.year),
            apart=True,
        )
        job = paper_work.of_doc(make)
        return Order(title=self._title(name), name=(code, self.year), job=job)

    def _title(self, name: str) -> str:
        return self.tr("{name}, năm {year}").format(name=name, year=self.year)


class HelpersSection(HelpListSection):
    """Người giúp."""

    CODE = "helpers"

    def words(self) -> tuple[str, str]:
        return (
            self.tr("Người giúp"),
            self.tr("Hộ nào chưa có người giúp, ai chưa đến thăm trong quý, ai giúp hộ nào."),
        )

    def lists(self) -> Mapping[str, str]:
        return {
            "without": self.tr("Hộ nghèo, cận nghèo chưa có người giúp"),
            "silent": self.tr("Người giúp chưa đến thăm trong quý"),
            "overdue": self.tr("Hộ quá hạn được thăm"),
            "helpers": self.tr("Các hộ theo người giúp"),
            "needs": self.tr("Các hộ theo nhu cầu"),
            "registered": self.tr("Hộ đăng ký thoát nghèo"),
        }


class MatchingSection(HelpListSection):
    """Ghép nhu cầu."""

    CODE = "matching"

    def words(self) -> tuple[str, str]:
        return (
            self.tr("Ghép nhu cầu"),
            self.tr(
                "Nhu cầu nào có chính sách đáp ứng và còn vốn; hộ nghèo nào ba năm chưa nhận gì."
            ),
        )

    def lists(self) -> Mapping[str, str]:
        return {
            "matching": self.tr("Nhu cầu và chính sách đáp ứng được"),
            "nothing": self.tr("Hộ nghèo ba năm chưa được hỗ trợ"),
            "years": self.tr("Số năm liền trong danh sách"),
        }


def _read(asked: Asked, code: str) -> HelpList:
    """Runs off the GUI thread."""
    return LISTS[code](asked)
