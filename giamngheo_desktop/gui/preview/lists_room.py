"""Danh sách: every list of names as it will be printed, with columns of one's own choice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.name_list import SavedList, fields_for
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.help import opening
from giamngheo_desktop.gui.parts import button
from giamngheo_desktop.gui.preview.column_panel import ColumnPanel
from giamngheo_desktop.gui.preview.list_name_dialog import ListNameDialog, Write
from giamngheo_desktop.gui.preview.list_work import (
    ListBundle,
    ListWish,
    columns_of,
    one_list,
    takes_day,
)
from giamngheo_desktop.gui.preview.paper_room import Entry, PaperRoom
from giamngheo_desktop.gui.preview.paper_sheet import PaperSheet
from giamngheo_desktop.gui.preview.paper_work import Bundle, Order
from giamngheo_desktop.gui.preview.report_options import ReportOptions
from giamngheo_desktop.gui.preview.signer_note import SignerNote
from giamngheo_desktop.gui.review.drafting import OF_LISTS, DraftNote, Typed
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.reports.asked import ListAsked
from giamngheo_desktop.reports.list_layouts import DETAIL, FILES, LAYOUTS
from giamngheo_desktop.reports.name_list import known_columns
from giamngheo_desktop.services import saved_lists
from giamngheo_desktop.storage.engine import Database

# The order of the work; a list that is not named here follows.
_ORDER = (
    "ra_soat",
    "ho_ngheo",
    "ho_can_ngheo",
    "thoat_ngheo",
    "thoat_can_ngheo",
    "moi_thoat_ngheo",
    "mstb",
    "khong_lao_dong",
    "btxh",
    "thanh_vien",
    "chi_tiet_ngheo",
    "chi_tiet_can_ngheo",
)
_PANEL = 320  # pixels at 100 %
_ROOMY = 780  # pixels at 100 % from which the panel stands beside the list, else over it
_LAYOUT = "mau_"  # before the code of a layout


def _tr(text: str) -> str:
    return QCoreApplication.translate("ListsRoom", text)


class ListsRoom(PaperRoom):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._code = ""
        self._year = 0
        self._left_by_line = False  # to its household
        self._chosen: dict[str, tuple[str, tuple[str, ...] | None]] = {}  # by list: name, columns
        self._shown: ListBundle | None = None
        self.options = ReportOptions()
        self.options.offer_status(False, day=False)
        self.saved = ElidedBox()
        self.columns_button = button(self.tr("Chọn &cột…"), "choose_columns", icon="columns")
        self.apart = QCheckBox(self.tr("Mỗi thôn một trang"))
        self.panel = ColumnPanel(self)
        said = self.tr("Lấy lại các cột chọn dở từ {time}; chưa lưu thành danh sách.")
        self.draft = DraftNote(desk, self._unsaved, said=said, prefix=OF_LISTS, notebook=True)
        self.sheet = PaperSheet(desk)
        self.signer = SignerNote()
        self.dialog: ListNameDialog | None = None
        self._build()
        self.options.changed.connect(self._make)
        self.saved.activated.connect(self._saved_chosen)
        self.columns_button.toggled.connect(self._show_panel)
        self.apart.toggled.connect(self._make)
        self.panel.changed.connect(self._columns_chosen)
        self.panel.save_requested.connect(self.save_columns)
        self.panel.rename_requested.connect(self.rename_columns)
        self.panel.remove_requested.connect(self.remove_columns)
        self.draft.dropped.connect(self._drop_columns)
        self.panel.closed.connect(self._close_panel)
        self.sheet.shown.connect(self._show)
        self.sheet.refused.connect(self.options.refuse_day)
        self.sheet.go_requested.connect(self.go_requested)
        self.signer.settings_requested.connect(self._go_to_settings)
        self.sheet.household_pressed.connect(self._go_to_household)
        theme.changed.connect(self._fit)

    # -- what the page asks ---------------------------------------------------------------------

    @classmethod
    def heading(cls) -> str:
        return _tr("Danh sách")

    @classmethod
    def entries(cls, desk: Desk) -> Sequence[Entry]:
        found = [
            Entry(versions[-1].label, code, versions[-1].legal_basis)
            for code, versions in desk.definitions.name_lists.items()
            if not versions[-1].first_row
        ]
        found.sort(key=lambda one: _ORDER.index(one.code) if one.code in _ORDER else len(_ORDER))
        labels = {
            "27": _tr("Bảng 27 cột sau rà soát"),
            "exit": _tr("Bảng hộ thoát nghèo, thoát cận nghèo"),
            DETAIL: _tr("Bảng chi tiết 19 cột"),
        }
        tip = _tr("Cột đặt cố định để chương trình khác đọc được.")
        return [*found, *(Entry(labels[code], f"{_LAYOUT}{code}", tip) for code in LAYOUTS)]

    def show_entry(self, code: str, year: int) -> None:
        again = (code, year) == (self._code, self._year)
        self._code, self._year = code, year
        if not again:
            self._left_by_line = False
            self.panel.forget()
            self._take_up()
        day = self.options.day
        offered = takes_day(self.desk.definitions, self._list, year)
        if day is not None and (day.year != year or not offered):
            self.options.clear_day()
        self.options.as_of.setVisible(offered)
        free = self._list not in LAYOUTS
        for part in (self.saved, self.columns_button, self.apart):
            part.setVisible(free)
        self.panel.setVisible(free and self.columns_button.isChecked())
        self._fit()
        self._make(again=again)

    def take_back(self) -> bool:
        if self._left_by_line:
            self.sheet.view.setFocus()
        return self._left_by_line

    def print_paper(self) -> None:
        self.sheet.print_paper()

    # -- columns --------------------------------------------------------------------------------

    @Slot()
    def save_columns(self) -> None:
        """Keep the columns that are ticked under a name."""
        self.panel.tell()
        keep = partial(
            _keep,
            self.desk.database,
            self.desk.context,
            self._list,
            self.panel.list.chosen(),
        )
        taken = {search_key(one.name) for one in self._shown.saved} if self._shown else set()
        self._ask_name("luu", self.tr("Lưu thành danh sách"), keep, taken)

    @Slot()
    def rename_columns(self) -> None:
        rename = partial(saved_lists.rename_list, self.desk.database, self.desk.context, self._name)
        self._ask_name("doi-ten", self.tr("Đổi tên danh sách"), rename)

    @Slot()
    def remove_columns(self) -> None:
        name = self._name
        work = partial(saved_lists.remove_list, self.desk.database, self.desk.context, name)
        self.desk.runner.write(self, work, partial(self._removed, name))

    def _ask_name(self, what: str, title: str, write: Write, taken: Collection[str] = ()) -> None:
        key = f"{what}-{self._list}"
        self.dialog = ListNameDialog(self.desk, key, title, self._name, write, taken, self)
        self.dialog.written.connect(self._named)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()
        self.dialog.start_typing()

    @Slot(str)
    def _named(self, name: str) -> None:
        self._choose(name, None)
        self.notice_requested.emit(self.tr("Đã lưu danh sách “{name}”.").format(name=name), True)

    def _removed(self, name: str, _done: Done[None]) -> None:
        self._choose("", None)
        self.notice_requested.emit(self.tr("Đã xóa danh sách “{name}”.").format(name=name), True)

    @Slot(object)
    def _columns_chosen(self, columns: tuple[str, ...]) -> None:
        shown, name = self._shown, self._name
        if shown is None or columns == shown.columns:
            return
        kept = {one.name: one.columns for one in shown.saved} | {"": shown.own}
        self._choose(name, None if columns == kept.get(name) else columns)

    def _choose(self, name: str, columns: tuple[str, ...] | None) -> None:
        self._chosen[self._list] = (name, columns)
        self.draft.keep()
        self._make(again=True)

    def _unsaved(self) -> Typed | None:
        """The columns that are kept under no name yet."""
        name, columns = self._chosen.get(self._list, ("", None))
        return None if columns is None else {"name": name, "columns": columns}

    def _take_up(self) -> None:
        """The columns chosen for this list when the program was closed."""
        if self._list in LAYOUTS:
            return
        label = self.desk.definitions.name_lists[self._list][-1].label
        title = self.tr("Cột của danh sách {name}").format(name=label)
        typed = self.draft.begin(f"cot-{self._list}", title)
        if typed is not None and self._list not in self._chosen:
            columns = typed["columns"]
            assert isinstance(columns, tuple)
            per, _ = columns_of(self.desk.definitions, self._list, self._year)
            self._chosen[self._list] = (str(typed["name"]), known_columns(columns, per))

    @Slot()
    def _drop_columns(self) -> None:
        self._choose(self._name, None)

    @Slot()
    def _saved_chosen(self) -> None:
        name = self.saved.currentData()
        if name is not None:  # else the columns that are not kept under a name
            self._choose(name, None)

    # -- the list -------------------------------------------------------------------------------

    @property
    def _list(self) -> str:
        """The code of the list or layout."""
        return self._code.removeprefix(_LAYOUT)

    @property
    def _name(self) -> str:
        """Under which the chosen columns are kept, or were before others were ticked."""
        return self._chosen.get(self._list, ("", None))[0]

    @Slot()
    def _make(self, _value: object = None, *, again: bool = False) -> None:
        name, columns = self._chosen.get(self._list, ("", None))
        wish = ListWish(
            code=self._list,
            year=self._year,
            unit=self.options.chosen_unit,
            standard=self.options.chosen_standard,
            as_of=self.options.day,
            edition=self.options.chosen_edition if self._is_shown() else None,
            saved=name,
            columns=columns,
            apart=self.apart.isChecked(),
        )
        title = next(one.text for one in self.entries(self.desk) if one.code == self._code)
        place = self.options.unit.currentText()
        file = FILES.get(self._list, self._list)
        order = Order(title=title, name=(file, self._year, place), job=one_list(self.desk, wish))
        self.sheet.show_order(order, again=again)

    def _is_shown(self) -> bool:
        """Whether the same list is on screen: of another one the newest edition is shown."""
        shown = self._shown.wish if self._shown else None
        wanted = (self._list, self._year, self.options.chosen_unit)
        return shown is not None and (shown.code, shown.year, shown.unit) == wanted

    @Slot(object)
    def _show(self, made: Bundle) -> None:
        if not isinstance(made, ListBundle):
            return  # what was issued, frozen
        self._shown, wish = made, made.wish
        self.options.refuse_day(None)
        self.signer.look_at(made.docs[0] if made.docs else None)
        self.options.offer_units(made.units, wish.unit)
        self.options.offer_standards(made.standards, wish.standard)
        self.options.offer_editions(made.editions, wish.edition)
        if wish.code in LAYOUTS:
            return
        self.sheet.may_issue(
            _asked(made),
            self.tr("Bỏ chọn “Mỗi thôn một trang” để phát hành: danh sách phát hành là một bản.")
            if wish.apart and wish.edition is None
            else "",
        )
        if not wish.saved:
            self._chosen[wish.code] = ("", wish.columns)
        with QSignalBlocker(self.saved):
            self.saved.clear()
            self.saved.addItem(self.tr("Cột của mẫu"), "")
            for one in made.saved:
                self.saved.addItem(one.name, one.name)
            at = self.saved.findData(wish.saved)
            if wish.columns is not None:
                at = self.saved.count()
                self.saved.addItem(self.tr("Cột đang chọn, chưa lưu"), None)
            self.saved.setCurrentIndex(at)
        per, _ = columns_of(self.desk.definitions, wish.code, wish.year)
        labels = {code: field.label for code, field in fields_for(per).items()}
        labels["remark"] = self.tr("Ghi chú (để trống, ghi tay)")
        self.panel.offer(labels, made.columns, saved=bool(wish.saved))

    @Slot(object)
    def _go_to_household(self, uid: UUID) -> None:
        self._left_by_line = True
        back = ("reports", self._code)
        self.go_requested.emit("households", {"household": uid, "back": back})

    @Slot(str)
    def _go_to_settings(self, section: str) -> None:
        self.go_requested.emit("settings", section)

    # -- layout ---------------------------------------------------------------------------------

    def _build(self) -> None:
        self.setObjectName("lists_room")
        opening.name_help(self, "lists")
        self.saved.setObjectName("saved_lists")
        self.saved.setAccessibleName(self.tr("Danh sách đã lưu"))
        self.saved.setToolTip(self.tr("Cột của mẫu, hoặc danh sách đã lưu"))
        self.saved.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.saved.setMinimumContentsLength(18)
        self.columns_button.setCheckable(True)
        self.apart.setObjectName("apart")
        for act in (self.panel.save, self.panel.rename, self.panel.remove):
            act.setVisible(not self.desk.read_only)
        self.sheet.title.hide()
        line = Flow(8)
        for part in (self.saved, self.columns_button, self.apart):
            line.addWidget(part)
        choices = QWidget()
        choices.setLayout(line)
        self.panel.hide()
        self.panel.draft_room.addWidget(self.draft)
        self._box = QVBoxLayout(self)
        self._box.setSpacing(8)
        self._box.addWidget(self.options)
        self._box.addWidget(choices)
        self._box.addWidget(self.signer)
        self._box.addWidget(self.sheet, 1)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._escape.setEnabled(False)
        self._escape.activated.connect(self._close_panel)
        self._fit()

    @Slot(bool)
    def _show_panel(self, shown: bool) -> None:
        self.panel.setVisible(shown)
        self._escape.setEnabled(shown)
        self._fit()
        if shown:
            self.panel.setFocus()

    @Slot()
    def _close_panel(self) -> None:
        self.columns_button.setChecked(False)
        self.columns_button.setFocus()

    @Slot()
    def _fit(self) -> None:
        """The panel floats, as high as the room; where there is room enough the list makes way,
        else it stands over the paper, below the choices and acts.
        """
        width = min(_PANEL * theme.percent // 100, self.width() * 6 // 10)
        shown = self.columns_button.isChecked() and self._list not in LAYOUTS
        beside = shown and self.width() * 100 >= _ROOMY * theme.percent
        self._box.setContentsMargins(0, 0, width + 12 if beside else 0, 0)
        top = 0
        if shown and not beside:
            self._box.activate()
            top = self.sheet.y() + self.sheet.foot_of_acts() + self._box.spacing()
        self.panel.setGeometry(self.width() - width, top, width, self.height() - top)
        self.panel.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def _asked(made: ListBundle) -> ListAsked | None:
    """What may be issued: the list as it is today, all villages one below the other."""
    wish = made.wish
    if wish.apart or wish.edition is not None:
        return None
    is_own = wish.columns is None and not wish.saved
    return ListAsked(
        code=wish.code,
        year=wish.year,
        unit=wish.unit,
        standard=wish.standard,
        columns=None if is_own else made.columns,
        as_of=wish.as_of,
        name=wish.saved if wish.columns is None else "",
    )


def _keep(
    database: Database, context: Context, base: str, columns: tuple[str, ...], name: str
) -> Done[Any]:
    return saved_lists.save_list(database, context, SavedList(name, base, columns))
