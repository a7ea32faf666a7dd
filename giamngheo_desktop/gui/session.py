"""One open file in the window: builds its pages and connects what they say with what is done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import ChangeSet, Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.gui import icons, messages, preferences, undoing
from giamngheo_desktop.gui.bus import Bus
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.documents.line_drafts import draft_of_action
from giamngheo_desktop.gui.draft_places import DraftPlace, place_of
from giamngheo_desktop.gui.fault import lets_go
from giamngheo_desktop.gui.jobs import Runner
from giamngheo_desktop.gui.main_window import MainWindow
from giamngheo_desktop.gui.pages.households_page import HouseholdsPage
from giamngheo_desktop.gui.pages.page import Page
from giamngheo_desktop.gui.pages.sections_page import SectionsPage
from giamngheo_desktop.gui.pages_of_window import PagesOfWindow
from giamngheo_desktop.gui.registry import PageEntry, page_entries
from giamngheo_desktop.gui.room import Room
from giamngheo_desktop.gui.searching import Searching
from giamngheo_desktop.gui.start.file_work import Ready, unit_text
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.services import areas, checks, drafts, undo
from giamngheo_desktop.services.backups import Backup
from giamngheo_desktop.services.undo import UndoStep
from giamngheo_desktop.services.years import WorkingYear, working_years
from giamngheo_desktop.storage.engine import Database

# What Ctrl+Z never takes back: it would leave an empty file.
_KEPT = frozenset({Op.NEW_COMMUNE, Op.LOAD_SAMPLE, Op.TAKE_WORK})
_REDO = "redo"  # what the notice of an undo offers
_CLOCK = 60_000  # milliseconds between two looks at the calendar


class Session(QObject):
    """`left(str)`: another start was asked for (home, new, sample, open, collection); `closed()`:
    the window is gone and nothing runs any more.
    """

    left = Signal(str)
    closed = Signal()

    def __init__(
        self,
        ready: Ready,
        context: Context,
        definitions: Definitions,
        runner: Runner,
        bus: Bus,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.ready = ready
        self._wanted_next = ""
        self._step: UndoStep | None = None
        self._undoing: UUID | None = None  # what is being taken back
        self._written: UndoStep | None = None  # the step that the notice tells
        self._taken: tuple[UUID, str] | None = None  # the undo that can be taken back, in words
        self._besides = ""  # what a page says to it
        self._day = context.today()  # the screens show what is of this day
        self._clock = QTimer(self, interval=_CLOCK)
        self.desk = Desk(
            database=ready.opened.database,
            context=context,
            definitions=definitions,
            runner=runner,
            bus=bus,
            commune=ready.commune,
            read_only=ready.opened.read_only,
            units=_units(ready.years),
        )
        self.window = MainWindow()
        self.window.may_close = self._may_close
        entries = page_entries()
        self.search = Searching(self.desk, self.window, self._year, self.go)
        self.pages = PagesOfWindow(self.window, [entry.key for entry in entries])
        self._show_years(ready.years, self._first_year())
        for entry in entries:
            make = partial(self._make_page, entry)
            self.window.add_page(entry.key, entry.label, entry.icon, make)
        self._build_menu()
        self._connect(runner, bus)
        runner.write_from(self._room)
        self.window.set_unit(self._unit_text(ready.unit))
        self.window.set_user(context.actor)
        self._show_backup(ready.newest)
        self._read_step()

    # -- for the owner --------------------------------------------------------------------------

    def show(self) -> None:
        room = self.window.screen().availableGeometry()
        fits = room.width() > self.window.width() and room.height() > self.window.height()
        self.window.show() if fits else self.window.showMaximized()
        if self.ready.page:
            self.go(self.ready.page)
        else:
            next(iter(self.pages.values())).setFocus()
        if self.ready.warning is not None:
            messages.report(self.ready.warning, self.window)
        if self.ready.opened.backup is not None:
            text = self.tr("Sổ đã được nâng cấp; bản trước nâng cấp: {name}.")
            self.window.notify(text.format(name=self.ready.opened.backup.path.name))
        elif self.ready.opened.left_by is not None:
            path = self.desk.database.path
            self.desk.runner.read(self, partial(drafts.find, path), self._say_crash)
        if self.ready.opened.left_by is None:  # after a crash it was checked before opening
            work = partial(checks.is_damaged, self.desk.database)
            self.desk.runner.read(self, work, self._say_damage)

    def go(self, key: str, payload: object = None) -> None:
        """Show a page, and one thing on it where `payload` names one."""
        if key in self.pages and self.window.show_page(key) and payload is not None:
            self.pages[key].open(payload)

    # -- connections ----------------------------------------------------------------------------

    def _connect(self, runner: Runner, bus: Bus) -> None:
        window = self.window
        bus.data_changed.connect(self._data_changed)
        bus.backup_made.connect(self._show_backup)
        window.page_changed.connect(self._focus_page)
        window.rail_pressed.connect(self._show_whole)
        window.notice_action.connect(self._notice_pressed)
        window.undo_requested.connect(self._undo)
        window.backup_requested.connect(self._back_up)
        window.user_requested.connect(self._go_to_look)
        window.dark_toggled.connect(self._change_theme)
        window.came_forward.connect(self._look_at_clock)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.commitDataRequest.connect(bus.leaving)  # the user logs off
        self._clock.timeout.connect(self._look_at_clock)
        self._clock.start()
        theme.changed.connect(self._theme_changed)
        window.dark_action.setChecked(theme.tokens.name == "dark")

    def _make_page(self, entry: PageEntry) -> Page:
        page = entry.make(self.desk, self._year())
        page.go_requested.connect(self.go)
        page.undo_requested.connect(self._undo)
        page.notice_requested.connect(self._notice)
        page.noted.connect(self._note_besides)
        page.section_changed.connect(self.window.notice.hide)
        page.attention_changed.connect(self._show_attention)
        self.window.year_changed.connect(page.show_year)
        return page

    def _build_menu(self) -> None:
        file = self.window.menus["file"]
        for code, text, icon in (
            ("new", self.tr("&Xã mới…"), "add"),
            ("sample", self.tr("&Dữ liệu mẫu"), "table"),
            ("open", self.tr("&Mở hoặc phục hồi tệp…"), "folder"),
            ("collection", self.tr("Sổ &tổng hợp huyện, tỉnh…"), "inbox"),
        ):
            action = QAction(icons.icon(icon), text, self.window)
            action.setObjectName(f"file_{code}")
            action.setData(code)
            action.triggered.connect(self._leave)
            file.addAction(action)
        file.addSeparator()
        households = self.pages["households"]
        if isinstance(households, HouseholdsPage):
            self.window.menus["edit"].addAction(households.new_action)
            self.window.addAction(households.new_action)  # its key works on every page
        save = QAction(icons.icon("backup"), self.tr("&Sao lưu ngay"), self.window)
        save.setObjectName("file_backup")
        save.setEnabled(not self.desk.read_only)
        save.triggered.connect(self._back_up)
        file.addAction(save)
        file.addSeparator()
        quit_ = QAction(self.tr("&Thoát"), self.window)
        quit_.setObjectName("file_quit")
        quit_.triggered.connect(self.window.close)
        file.addAction(quit_)

    # -- private slots --------------------------------------------------------------------------

    @Slot()
    def _leave(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._wanted_next = str(action.data())
            if not self.window.close():
                self._wanted_next = ""

    @Slot(str, bool)
    def _notice(self, text: str, can_undo: bool) -> None:
        self.window.notify(text, undo=can_undo)

    @Slot(str)
    def _note_besides(self, text: str) -> None:
        """It comes before or after the notice that it belongs to."""
        self._besides = text
        if self._written is not None:
            self._say_written()

    @Slot(str, int)
    def _show_attention(self, key: str, count: int) -> None:
        words = {
            "households": self.tr("{count} hộ chưa phân loại"),
            "review": self.tr("{count} hộ chưa rà soát xong"),
            "checks": self.tr("{count} điều sai trong sổ hộ"),
        }
        self.window.set_badge(key, count, words[key].format(count=count))

    @Slot(str)
    def _focus_page(self, key: str) -> None:
        """The keyboard follows the eye."""
        self.pages[key].take_focus()

    @Slot(str)
    def _show_whole(self, key: str) -> None:
        self.pages[key].show_whole()

    @Slot(object)
    def _data_changed(self, changes: ChangeSet) -> None:
        self._written, self._besides = None, ""
        self._step = None  # not known until it is read
        self._read_step(changes)
        if changes.touches(Kind.ROUND, Kind.AREA_VERSION):
            desk = self.desk
            work = partial(_read_years, desk.database, desk.definitions, desk.context.today())
            self.desk.runner.read(self, work, self._years_read, latest="years")

    @Slot()
    def _look_at_clock(self) -> None:
        """A window that was left open over night shows the new day's limits and lists."""
        today = self.desk.context.today()
        if today != self._day:
            self._day = today
            self.desk.bus.day_passed.emit()

    @Slot()
    def _undo(self) -> None:
        step, context = self._step, self.desk.context
        if self.desk.runner.writing:  # what is meant is not the step before it
            self.window.notify(self.tr("Đang ghi việc vừa làm: chờ một chút rồi bấm lại."))
            return
        if step is None or self._undoing is not None or self.desk.read_only:
            return
        if self.pages[self.window.page_key()].has_unsaved_form:
            self.window.notify(self.tr("Đang nhập dở ở đây: lưu, hoặc bỏ phần vừa gõ đã."))
            return
        refusal = undoing.refusal(step, context)
        if refusal:
            self.window.notify(refusal)
            return
        self._undoing = step.group  # a second Ctrl+Z waits for the next step
        if step.op is Op.SAVE_DOCUMENT:
            work = partial(draft_of_action, self.desk.database, step.group)
            self.desk.runner.read(self, work, partial(self._undo_there, step), self._undo_failed)
        else:
            self._undo_in_room(step)

    def _undo_there(self, step: UndoStep, key: str) -> None:
        """No text that was typed goes unseen: its line is shown first."""
        if not key:
            self._undo_in_room(step)
            return
        shown = self._shows(place_of(key))
        if not shown:
            self._open_draft(key)
        self._ask_undo(step, elsewhere=not shown)

    def _undo_in_room(self, step: UndoStep) -> None:
        """Nor does what was done in another room: that one is shown first."""
        room = self.desk.runner.room_of(step.group)
        shown = room in (None, self._room())
        if room is not None and not shown:
            self.window.turn_to_year(room.year)
            self.go(room.page, room.payload)
        self._ask_undo(step, elsewhere=not shown)

    def _room(self) -> Room:
        key = self.window.page_key()
        page = self.pages[key]
        return Room(key, page.code if isinstance(page, SectionsPage) else "", self._year())

    def _shows(self, place: DraftPlace) -> bool:
        here = self.window.page_key() == place.page and self._year() == place.year
        return here and self.pages[place.page].shows(place.payload)

    def _ask_undo(self, step: UndoStep, *, elsewhere: bool = False) -> None:
        context = self.desk.context
        if not undoing.agreed(step, context, self.window, elsewhere=elsewhere):
            self._undoing = None
            return
        work = partial(undo.undo, self.desk.database, context, step.group)
        self.desk.runner.write(self, work, self._undone, self._undo_failed)

    @Slot()
    def _back_up(self) -> None:
        if self.desk.read_only:
            return
        self.desk.runner.write(self, self.desk.back_up, self._backed_up, self._backup_failed)

    @Slot()
    def _go_to_look(self) -> None:
        self.go("settings", "look")

    @Slot(bool)
    def _change_theme(self, dark: bool) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication) and dark != (theme.tokens.name == "dark"):
            theme.apply(app, dark=dark, percent=theme.percent)
            preferences.update(dark=dark)

    @Slot()
    def _theme_changed(self) -> None:
        self.window.dark_action.setChecked(theme.tokens.name == "dark")

    # -- internals ------------------------------------------------------------------------------

    def _unit_text(self, name: str) -> str:
        return self.tr("{unit} (chỉ xem)").format(unit=name) if self.desk.read_only else name

    def _year(self) -> int:
        return self.window.top_bar.current_year() or self._first_year()

    def _first_year(self) -> int:
        """The year chosen for a new file, else the running one, or the nearest the file has."""
        wanted = self.ready.year or self.desk.context.today().year
        years = [working.year for working in self.ready.years]
        return min(years, key=lambda year: abs(year - wanted), default=wanted)

    def _show_years(self, years: Sequence[WorkingYear], current: int) -> None:
        closed = self.tr("đã khóa sổ")
        notes = {working.year: closed for working in years if working.closed_on}
        self.window.set_years([working.year for working in years], current, notes)

    def _years_read(self, found: tuple[Sequence[WorkingYear], UUID, str]) -> None:
        """The years offered; after a merger of communes the file is about another unit."""
        years, commune, name = found
        before = (self.desk.commune, self.desk.units)
        self.desk.commune, self.desk.units = commune, _units(years)
        self._show_years(years, self._year())
        self.window.set_unit(self._unit_text(name))
        if before != (self.desk.commune, self.desk.units):
            for page in self.pages.made().values():
                page.forget()

    def _read_step(self, changes: ChangeSet | None = None) -> None:
        work = partial(undo.next_step, self.desk.database)
        self.desk.runner.read(self, work, partial(self._show_step, changes), latest="undo")

    def _show_step(self, changes: ChangeSet | None, step: UndoStep | None) -> None:
        if step is not None and step.group == self._undoing:
            return  # read before it was taken back
        self._undoing = None
        kept = step is None or step.op in _KEPT or self.desk.read_only
        self._step = None if kept else step
        words = None if self._step is None else undoing.operation(self._step)
        self.window.set_undo(words)
        if self._step is not None and changes is not None and changes.group == self._step.group:
            self._written = self._step
            self._say_written()

    def _say_written(self) -> None:
        assert self._written is not None
        can_undo = self._written.op not in undoing.CLOSING
        said = f"{undoing.said(self._written)} {self._besides}".rstrip()
        self.window.notify(said, undo=can_undo)

    def _undone(self, done: Done[UndoStep]) -> None:
        """What was typed in a document can be had back."""
        what = undoing.operation(done.value)
        typed = done.value.op is Op.SAVE_DOCUMENT
        self._taken = (done.changes.group, what) if typed else None
        text = self.tr("Đã hoàn tác: {what}.").format(what=what)
        action, label = (_REDO, self.tr("Làm lại")) if typed else ("", "")
        self.window.notify(text, action=action, label=label, stay=typed)

    def _redo(self) -> None:
        if self._taken is not None:
            group, what = self._taken
            self._taken = None
            work = partial(undo.undo, self.desk.database, self.desk.context, group)
            self.desk.runner.write(self, work, partial(self._redone, what), self._undo_failed)

    def _redone(self, what: str, _: Done[UndoStep]) -> None:
        self.window.notify(self.tr("Đã làm lại: {what}.").format(what=what))

    @Slot(str)
    def _notice_pressed(self, code: str) -> None:
        self._redo() if code == _REDO else self._open_draft(code)

    def _say_crash(self, found: drafts.Found) -> None:
        if not found.drafts:
            text = self.tr("Lần trước chương trình tắt đột ngột: sổ đã được kiểm tra, còn nguyên.")
            self.window.notify(text)
            return
        text = self.tr(
            "Lần trước chương trình tắt đột ngột: sổ đã được kiểm tra, còn nguyên. Phần gõ dở "
            "được giữ ở: {places}."
        )
        places = (self._words_of(place_of(draft.key)) for draft in found.drafts)
        said = "; ".join(dict.fromkeys(places))
        key = found.drafts[0].key
        self.window.notify(text.format(places=said), action=key, label=self.tr("Xem bản nháp"))

    def _open_draft(self, key: str) -> None:
        place = place_of(key)
        if place.year is not None:
            self.window.turn_to_year(place.year)
        self.go(place.page, place.payload)

    def _words_of(self, place: DraftPlace) -> str:
        """Of a record also the section, and the year where that is not the working year."""
        page = self.pages[place.page] if place.section else None
        if not isinstance(page, SectionsPage):
            return place.words
        said = self.tr("{page}, mục {section}")
        words = said.format(page=place.words, section=page.name_of(place.section))
        if place.year in (None, self._year()):
            return words
        return self.tr("{place}, năm {year}").format(place=words, year=place.year)

    def _say_damage(self, damaged: bool) -> None:
        if damaged:
            text = self.tr("Tệp dữ liệu có chỗ bị hỏng: {name}.")
            more = self.tr(
                "Nên dừng nhập và phục hồi từ bản sao lưu gần nhất: menu Tệp, mục Mở hoặc phục hồi "
                "tệp. Các bản sao lưu đã có vẫn còn nguyên."
            )
            messages.warn(text.format(name=self.desk.database.path.name), more, self.window)

    def _undo_failed(self, error: BaseException) -> None:
        """The next step is offered again; one that is taken back already needs no words."""
        self._undoing = None
        self._read_step()
        if not (isinstance(error, AppError) and error.code == "undo_already"):
            messages.report(error, self.window)

    def _backed_up(self, backup: Backup) -> None:
        text = self.tr("Đã sao lưu và thử mở lại được: {name}.").format(name=backup.path.name)
        self.window.notify(text)

    def _backup_failed(self, error: BaseException) -> None:
        self.window.set_backup(self.tr("Sao lưu không được"), "wrong")
        messages.report(error, self.window)

    @Slot(object)
    def _show_backup(self, backup: Backup | None) -> None:
        if backup is None:
            self.window.set_backup(self.tr("Chưa sao lưu"), "open")
            return
        days = (self.desk.context.today() - backup.taken_at.date()).days
        moment = backup.taken_at.strftime("%d/%m %H:%M")
        self.window.set_backup(
            self.tr("Sao lưu {moment}").format(moment=moment), "done" if days < 7 else "open"
        )

    def _may_close(self) -> bool:
        self.desk.bus.leaving.emit()
        if self.desk.runner.writing:
            messages.warn(
                self.tr("Đang ghi dữ liệu, chưa đóng được."),
                self.tr("Chờ ghi xong, hoặc bấm Dừng ở trang đang nhận, rồi đóng lại."),
                self.window,
            )
            return False
        for key, page in self.pages.made().items():
            if page is not self.window.pages.currentWidget() and not lets_go(page):
                self.window.show_page(key)
                return False
        self._close_now()
        return True

    def _close_now(self) -> None:
        self.window.hide()
        if self._wanted_next:
            self.left.emit(self._wanted_next)
        self.closed.emit()


def _units(years: Sequence[WorkingYear]) -> dict[int, UUID]:
    return {working.year: working.unit for working in years}


def _read_years(
    database: Database, definitions: Definitions, today: date
) -> tuple[list[WorkingYear], UUID, str]:
    """The working years, and what the file is about today."""
    commune = areas.top_unit(database, today)
    name = unit_text(database, commune, today)
    return working_years(database, definitions, today), commune, name
