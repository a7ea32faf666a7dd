"""The one window: rail, top bar, pages, notices and menu; it knows no data and no service."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from giamngheo_desktop.gui import icons, shortcuts
from giamngheo_desktop.gui.forms.options import Option
from giamngheo_desktop.gui.help import opening
from giamngheo_desktop.gui.notice_bar import NoticeBar
from giamngheo_desktop.gui.rail import Rail
from giamngheo_desktop.gui.shortcuts import ShortcutSheet
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.gui.top_bar import TopBar

SMALLEST = QSize(880, 430)  # a 1366×768 screen at 150 % has 911×512, with its bars
_ROOMY = 900  # logical pixels at 100 % from which the rail has its words beside the icons


class _Pages(QStackedWidget):
    """A page that needs more room scrolls; it never widens the window."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


class MainWindow(QMainWindow):
    """Tells what the user wants; whoever built it connects the signals.

    A page may have `may_leave() -> bool`: it is asked before another page is shown and before the
    window closes. `may_close` (set from outside) is asked last, e.g. whether a write still runs.
    """

    page_changed = Signal(str)
    rail_pressed = Signal(str)  # its page is shown by now; it may still show one thing
    year_changed = Signal(int)
    search_requested = Signal(str)
    search_submitted = Signal(str)
    search_chosen = Signal(object)
    undo_requested = Signal()
    backup_requested = Signal()
    user_requested = Signal()
    notice_action = Signal(str)
    dark_toggled = Signal(bool)
    came_forward = Signal()  # the user turned to this window

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("main_window")
        self.setMinimumSize(SMALLEST)
        self.resize(1366, 740)
        self.may_close: Callable[[], bool] | None = None
        self._makers: dict[str, Callable[[], QWidget]] = {}
        self._widgets: dict[str, QWidget] = {}  # those that were asked for
        self._history: list[str] = []
        self._year: int | None = None
        self.menus = self._build_menus()

        self.rail = Rail(self.tr("Giảm nghèo"))
        self.top_bar = TopBar(self._main_menu)
        self.pages = _Pages()
        self.pages.setObjectName("pages")
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self.pages, 1)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(right, 1)
        self.setCentralWidget(body)
        self.notice = NoticeBar(right)
        self._build_actions()

        self.notice.action_pressed.connect(self.notice_action)
        self.notice.undo_pressed.connect(self.undo_requested)
        self.rail.chosen.connect(self._rail_pressed)
        self.top_bar.backup_pressed.connect(self.backup_requested)
        self.top_bar.search.option_picked.connect(self._choose_hit)
        self.top_bar.search.search_requested.connect(self.search_requested)
        self.top_bar.search.submitted.connect(self.search_submitted)
        self.top_bar.user_pressed.connect(self.user_requested)
        self.top_bar.year_changed.connect(self._change_year)
        theme.changed.connect(self._fit)
        self.set_unit("")
        self.set_undo(None)

    # -- pages ----------------------------------------------------------------------------------

    def add_page(self, key: str, label: str, icon: str, make: Callable[[], QWidget]) -> None:
        """Put a page behind a noun of the rail, in the order of the calls; the first is shown, the
        others are made when they are first asked for: the window is there sooner.
        """
        self._makers[key] = make
        self.rail.add(key, label, icon)
        action = self.menus["go"].addAction(icons.icon(icon), label.replace("&", "&&"))
        action.setObjectName(f"go_{key}")
        action.setData(key)
        number = len(self._makers)
        if number <= 10:
            action.setShortcut(f"Ctrl+{number % 10}")
        action.triggered.connect(self._go)
        self.addAction(action)
        if number == 1:
            self.page(key)
            self.rail.show_chosen(key)

    def show_page(self, key: str) -> bool:
        """Show a page; False where the page now shown wants the user to stay."""
        before = self.page_key()
        if key != before:
            if not self._may_leave():
                self.rail.show_chosen(before)
                return False
            self._history.append(before)
            self.notice.hide()  # it tells of the page that is left, and would hide buttons here
            self.top_bar.search.clear()
            self.pages.setCurrentWidget(self.page(key))
            self.page_changed.emit(key)
        self.rail.show_chosen(key)
        return True

    def page_key(self) -> str:
        """The key of the page now shown."""
        shown = self.pages.currentWidget()
        return next(key for key, widget in self._widgets.items() if widget is shown)

    def page(self, key: str) -> QWidget:
        if key not in self._widgets:
            self._widgets[key] = self._makers[key]()
            self.pages.addWidget(self._widgets[key])
        return self._widgets[key]

    def made_pages(self) -> dict[str, QWidget]:
        """Those that were asked for so far."""
        return dict(self._widgets)

    def go_back(self) -> None:
        """Show the page that was shown before this one."""
        if self._history:
            key = self._history.pop()
            if self.show_page(key):
                self._history.pop()
            else:
                self._history.append(key)

    # -- what stands around the pages -----------------------------------------------------------

    def set_badge(self, key: str, count: int, meaning: str) -> None:
        """How much of a noun needs attention, and in words what: "12 hộ chưa rà soát"."""
        self.rail.buttons[key].set_count(count, meaning)

    def set_unit(self, name: str) -> None:
        self.top_bar.unit.set_whole(name)
        program = self.tr("Giảm nghèo")
        title = self.tr("{unit} – {program}").format(unit=name, program=program)
        self.setWindowTitle(title if name else program)

    def set_years(
        self, years: Sequence[int], current: int, notes: Mapping[int, str] | None = None
    ) -> None:
        """The working years offered; `notes` says of a year that it is closed."""
        self._year = current
        self.top_bar.set_years(years, current, notes or {})

    def turn_to_year(self, year: int) -> None:
        """Another working year, as if chosen above, where the file has it."""
        at = self.top_bar.year.findData(year)
        if at >= 0:
            self.top_bar.year.setCurrentIndex(at)
            self._change_year(year)

    def set_user(self, name: str) -> None:
        self.top_bar.set_user(name)

    def set_backup(self, text: str, state: str) -> None:
        """State of the newest proven backup: done, open (old) or wrong (none, failed)."""
        self.top_bar.set_backup(text, state)

    def set_undo(self, operation: str | None) -> None:
        """What Ctrl+Z would take back, in words; None: nothing."""
        text = self.tr("&Hoàn tác: {operation}") if operation else self.tr("&Hoàn tác")
        self.undo_action.setText(text.format(operation=operation))
        self.undo_action.setEnabled(operation is not None)

    def notify(
        self,
        text: str,
        *,
        undo: bool = False,
        action: str = "",
        label: str = "",
        stay: bool = False,
    ) -> None:
        """Say what was done, at the bottom, without stopping anybody."""
        self.notice.say(text, undo=undo, action=action, label=label, stay=stay)

    def offer_hits(self, text: str, hits: Sequence[Option]) -> None:
        """Show what the search found for this text; ignored if the text has changed since."""
        self.top_bar.search.offer(text, hits)

    def focus_search(self) -> None:
        self.top_bar.search.setFocus()
        self.top_bar.search.selectAll()

    def show_shortcuts(self) -> None:
        for key in self._makers:
            self.page(key)  # with its keys
        sheet = ShortcutSheet(self)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    # -- events and internals -------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.focusWidget() in (None, self.top_bar.year):  # else the year would come first
            self.pages.setFocus()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """The next by Tab. Who had the keyboard and is hidden or disabled now leaves it to the
        nearest in its page: never to the year or the rail, where the next key would tell.
        """
        left = self.focusWidget()
        if left is None or (left.isEnabled() and left.isVisible()):
            return super().focusNextPrevChild(forward)
        (_nearest(left, self.pages) or self.pages).setFocus()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.came_forward.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        allowed = self._may_leave() and (self.may_close is None or self.may_close())
        event.setAccepted(allowed)

    def _fit(self) -> None:
        self.rail.set_narrow(self.width() * 100 < _ROOMY * theme.percent)

    def _build_menus(self) -> dict[str, QMenu]:
        self._main_menu = QMenu(self)
        titles = {
            "file": self.tr("&Tệp"),
            "edit": self.tr("&Sửa"),
            "go": self.tr("&Đi tới"),
            "view": self.tr("&Xem"),
            "help": self.tr("Trợ &giúp"),
        }
        return {code: self._main_menu.addMenu(title) for code, title in titles.items()}

    def _build_actions(self) -> None:
        make = shortcuts.make_action
        self.undo_action = make(self, "undo", "", self.undo_requested.emit)
        self.undo_action.setAutoRepeat(False)  # a key held down takes back one thing
        self.menus["edit"].addAction(self.undo_action)
        self.menus["edit"].addAction(make(self, "search", self.tr("&Tìm"), self.focus_search))
        back = make(self, "back", self.tr("Trang &trước"), self.go_back)
        self.menus["go"].addAction(back)
        self.menus["go"].addSeparator()
        self.dark_action = QAction(self.tr("Nền &tối"), self, checkable=True)
        self.dark_action.setObjectName("dark")
        self.dark_action.toggled.connect(self.dark_toggled)
        self.menus["view"].addAction(self.dark_action)
        sheet = make(self, "sheet", self.tr("&Phím tắt"), self.show_shortcuts)
        pages = opening.add_help(self, self.tr("&Trợ giúp trang này"), self.page_key)
        self.menus["help"].addActions((pages, sheet))
        make(self, "menu", self.tr("Trình đơn"), self.top_bar.menu_button.showMenu)

    def _rail_pressed(self, key: str) -> None:
        if self.show_page(key):
            self.rail_pressed.emit(key)

    def _go(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.show_page(action.data())

    def _may_leave(self) -> bool:
        from giamngheo_desktop.gui.fault import lets_go  # knows drafts, as no window without pages

        return lets_go(self.pages.currentWidget())

    def _change_year(self, year: int) -> None:
        if year == self._year:
            return
        if self._may_leave():
            self._year = year
            self.year_changed.emit(year)
        else:
            self.top_bar.year.setCurrentIndex(self.top_bar.year.findData(self._year))

    def _choose_hit(self, option: Option) -> None:
        self.top_bar.search.clear()
        self.search_chosen.emit(option.value)


def _nearest(left: QWidget, pages: QWidget) -> QWidget | None:
    """The next that takes the keyboard, within the smallest part of the page that has one."""
    part = left.parentWidget()
    while part is not None and part is not pages:
        inside = part.findChildren(QWidget)
        at = inside.index(left)
        for other in (*inside[at + 1 :], *inside[:at]):
            takes = bool(other.focusPolicy() & Qt.FocusPolicy.TabFocus) and other.isEnabled()
            if takes and other.isVisible() and not left.isAncestorOf(other):
                return other
        part = part.parentWidget()
    return None
