"""The page Hộ gia đình: the list of households, and in its place the page of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.gui import messages, preferences, shortcuts
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.exchange.paste_view import PasteView
from giamngheo_desktop.gui.household.household_list import HouseholdList
from giamngheo_desktop.gui.household.household_view import HouseholdView
from giamngheo_desktop.gui.household.list_export import ListExport
from giamngheo_desktop.gui.household.sheet import INFO, MEMBERS_TAB, SUPPORT
from giamngheo_desktop.gui.pages.page import Page
from giamngheo_desktop.gui.review.drafting import OF_EVENTS, OF_PASTES
from giamngheo_desktop.gui.table.clipboard import Block
from giamngheo_desktop.services import drafts
from giamngheo_desktop.services.drafts import Draft
from giamngheo_desktop.services.importing.pasted import pasted_source
from giamngheo_desktop.services.register import HouseholdFilter

_KINDS = frozenset(
    {
        Kind.HOUSEHOLD,
        Kind.PLACE,
        Kind.HOUSEHOLD_FACT,
        Kind.PERSON,
        Kind.PERSON_FACT,
        Kind.MEMBERSHIP,
        Kind.DECISION,
        Kind.CLASS_RECORD,
        Kind.INDICATOR_ANSWER,
        Kind.AREA_VERSION,
        Kind.ROUND,
        Kind.RESULT,
        Kind.CERTIFICATE,
        Kind.CERTIFICATE_YEAR,
    }
)
_LAYOUT = "households"  # among the layouts of tables that this PC remembers


class HouseholdsPage(Page):
    """`open` takes a household's uid, the uids behind a number, a `HouseholdFilter`, or a mapping
    with `village`, `classes`, `uids`, `text`, `day`, `new`, `draft`, `correct` (the household
    opened next is corrected), or with `household`, the `tab` support to begin on and, for the way
    back from it, the `back` page and payload.
    """

    WATCHES = _KINDS

    def __init__(self, desk: Desk, year: int, parent: QWidget | None = None) -> None:
        super().__init__(desk, year, parent)
        self.setObjectName("households_page")
        self.list = HouseholdList(desk, year)
        self._view: HouseholdView | None = None
        self._paste: PasteView | None = None
        self._back: tuple[str, object] | None = None  # where the household was opened from
        self._correcting = False  # the next household opened from the list is corrected
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._export = ListExport(desk, self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)
        box.addWidget(self._export.bar)

        layout = preferences.load().layouts.get(_LAYOUT)
        if isinstance(layout, Mapping):
            self.list.table.restore_layout(layout)
        self._layout = QTimer(self, singleShot=True, interval=500)
        self._layout.timeout.connect(self._keep_layout)
        self.list.table.layout_changed.connect(self._layout.start)
        self.list.opened.connect(self.show_household)
        self.list.new_requested.connect(self.new_household)
        self.list.move_in_requested.connect(self._arrival)
        self.list.draft_opened.connect(self._open_draft)
        self.list.export_requested.connect(self._export_list)
        self.list.print_requested.connect(self._print_list)
        self.list.block_pasted.connect(self._paste_homes)
        desk.bus.leaving.connect(self.may_leave)
        label = self.tr("T&hêm hộ mới")
        self.new_action = shortcuts.make_action(self, "new", label, self._ask_new)
        self.new_action.setEnabled(not desk.read_only)

    @property
    def view(self) -> HouseholdView:
        """The page of one household; it is built when the first one is opened."""
        if self._view is None:
            self._view = HouseholdView(self.desk, self.year, self._stack)
            self._stack.addWidget(self._view)
            self._view.closed.connect(self._view_closed)
            self._view.notice.connect(self.notice_requested)
            self._view.saved.connect(self.list.load_drafts)
            self._view.header.papers.go_requested.connect(self.go_requested)
            self._view.sheet.support.go_requested.connect(self.go_requested)
            self._view.sheet.support.notice.connect(self.notice_requested)
            self._view.sheet.members.block_pasted.connect(self._paste_members)
        return self._view

    @property
    def paste(self) -> PasteView:
        """A block from Excel, looked through before it is written."""
        if self._paste is None:
            self._paste = PasteView(self.desk, self._stack)
            self._stack.addWidget(self._paste)
            self._paste.closed.connect(self._paste_closed)
            self._paste.written.connect(self._say_written)
        return self._paste

    @property
    def shows_household(self) -> bool:
        return self._view is not None and self._stack.currentWidget() is self._view

    @property
    def shows_paste(self) -> bool:
        return self._paste is not None and self._stack.currentWidget() is self._paste

    @property
    def has_unsaved_form(self) -> bool:
        return super().has_unsaved_form or (self.shows_household and self.view.is_dirty)

    # -- what the window asks -------------------------------------------------------------------

    def load(self) -> None:
        self.list.load()
        if not self.desk.read_only:
            self.list.load_drafts()
        if self.shows_household:
            self.view.refresh()
        elif self.shows_paste:
            self.paste.load()

    def open(self, payload: object) -> None:
        self._correcting = False
        if isinstance(payload, UUID):
            self.show_household(payload)
            return
        if isinstance(payload, Mapping) and isinstance(payload.get("household"), UUID):
            self.view.sheet.begins_on = SUPPORT if payload.get("tab") == "support" else INFO
            self.show_household(payload["household"])
            self._back = payload.get("back")
            return
        self.show_list()
        if isinstance(payload, HouseholdFilter):
            self.list.show_number(payload)
        elif isinstance(payload, Mapping):
            self._open_mapping(payload)
        elif isinstance(payload, Iterable) and not isinstance(payload, str):
            self.list.set_filter({"uids": list(payload)})

    def show_whole(self) -> None:
        self.show_list()

    def take_focus(self) -> None:
        """Back to where the keyboard was in the household that is open."""
        if self.shows_household:
            (self.view.focusWidget() or self.view.sheet.tabBar()).setFocus()
        elif self.shows_paste:
            self.paste.setFocus()
        else:
            super().take_focus()

    def may_leave(self) -> bool:
        """Nothing is asked: what is not saved is kept as a draft."""
        if self.shows_household:
            self.view.keep_draft()
        return True

    def show_year(self, year: int) -> None:
        if year != self.year:
            self.list.set_year(year)
            if self.shows_household:
                self.view.change_year(year)
        super().show_year(year)

    # -- list and household ---------------------------------------------------------------------

    def show_household(self, uid: UUID) -> None:
        self._back = None
        self._stack.setCurrentWidget(self.view)
        if self._correcting:
            self._correcting = False
            self.view.events.correct_once_shown(uid)
        self.view.open(uid, self.year)

    def new_household(self) -> None:
        """An empty household in the village that is filtered, else in the one used last."""
        self._start_new(arrives=False, year=self.year)

    def _view_closed(self) -> None:
        """Back to where the household was opened from."""
        back, self._back = self._back, None
        self.show_list()
        if back is not None:
            self.go_requested.emit(*back)

    def show_list(self) -> None:
        """Back to the list, with the cursor on the household that was open."""
        if self.shows_paste:
            self.paste.leave()
        if not self.shows_household:
            return
        self.view.keep_draft()
        uid = self.view.last_shown
        self._stack.setCurrentWidget(self.list)
        self.list.load_drafts()
        if uid is not None:
            self.list.go_to(uid)

    def _ask_new(self) -> None:
        """Its key is pressed here, or on another page, which may want to keep the user."""
        if self.isVisible():
            self.new_household()
        else:
            self.go_requested.emit("households", {"new": True})

    def _arrival(self) -> None:
        self._start_new(arrives=True, year=self.year)

    def _start_new(self, *, arrives: bool, year: int) -> None:
        """Of the list of the year before, a household is typed as of that year."""
        if self.desk.read_only:
            return
        villages = self.list.filters.villages
        self._stack.setCurrentWidget(self.view)
        self.view.start_new(year, villages[0] if villages else None, arrives=arrives)

    def _open_mapping(self, wanted: Mapping[str, object]) -> None:
        draft = wanted.get("draft")
        if wanted.get("new"):
            year = wanted.get("year")
            self._start_new(arrives=False, year=year if isinstance(year, int) else self.year)
        elif isinstance(draft, str):
            self._open_draft(draft)
        else:
            self.list.set_filter(wanted)
            self._correcting = bool(wanted.get("correct"))
            if self._correcting:
                said = self.tr("Tìm rồi mở hộ cần đính chính: hộp Đính chính hiện ra ngay.")
                self.notice_requested.emit(said, False)

    def _open_draft(self, key: str) -> None:
        if key.startswith(OF_EVENTS):
            self.show_household(self.view.events.go_on_with(key))
            return
        if key.startswith(OF_PASTES):
            self._resume_paste(key)
            return
        draft = self._draft(key)
        if draft is not None:
            self._stack.setCurrentWidget(self.view)
            self.view.open_draft(draft)

    def _resume_paste(self, key: str) -> None:
        draft = self._draft(key)
        if draft is not None:
            self._show_paste()
            self.paste.resume(draft)

    def _draft(self, key: str) -> Draft | None:
        """What waits under this name; the bar that offered it is read again where nothing does."""
        try:
            draft = drafts.load(self.desk.database.path, key)
        except AppError as error:
            messages.report(error, self)
            draft = None
        if draft is None:
            self.list.load_drafts()
        return draft

    # -- blocks from Excel ----------------------------------------------------------------------

    def _paste_homes(self, block: Block, view: Sequence[str]) -> None:
        if not self.desk.read_only:
            title = self.tr("Dán từ Excel vào danh sách hộ ({count} dòng)")
            if self.paste.show_block(block, view, title.format(count=len(block))):
                self._show_paste()
            else:
                self._say_nameless()

    def _paste_members(self, block: Block, row: int, column: int) -> None:
        """Members of a household of the register go through the dry run, those of one that is not
        in it yet, and cells without a name beside them, into the grid as if typed.
        """
        members, dossier = self.view.sheet.members, self.view.dossier
        fields = [field.code for field in members.grid.field.fields][column:]
        has_names = pasted_source(self.desk.definitions.headings, block, fields) is not None
        if dossier is None or not has_names:
            members.take_block(block, row, column)
        elif self.view.is_dirty:
            said = self.tr("Hộ có chỗ chưa lưu: lưu (Ctrl+S) rồi dán, vì khối dán được so với sổ.")
            self.notice_requested.emit(said, False)
        else:
            head = dossier.household.head
            title = self.tr("Dán từ Excel vào hộ {name} ({count} dòng)").format(
                name=head.full_name if head else texts.NAMELESS, count=len(block)
            )
            self.paste.show_block(block, fields, title, dossier.household.uid)
            self._show_paste()

    def _show_paste(self) -> None:
        self._stack.setCurrentWidget(self.paste)
        self.paste.setFocus()

    def _paste_closed(self) -> None:
        """Back to where it was pasted."""
        home = self.paste.household
        self._stack.setCurrentWidget(self.list)
        self.list.load_drafts()
        if home is not None:
            self.view.sheet.begins_on = MEMBERS_TAB
            self.show_household(home)
        else:
            self.list.table.setFocus()

    def _say_written(self, said: str) -> None:
        self.notice_requested.emit(said, True)

    def _say_nameless(self) -> None:
        said = self.tr("Khối vừa dán không có cột họ tên: chép cả cột họ tên, kèm dòng đầu cột.")
        self.notice_requested.emit(said, False)

    def _keep_layout(self) -> None:
        """The columns chosen on this PC; a folder that can't be written forgets them."""
        layouts = {**preferences.load().layouts, _LAYOUT: self.list.table.layout_state()}
        with suppress(AppError, OSError):
            preferences.update(layouts=layouts)

    def _export_list(self) -> None:
        self._export.write(self.list)

    def _print_list(self) -> None:
        self._export.show_paper(self.list).go_requested.connect(self.go_requested)
