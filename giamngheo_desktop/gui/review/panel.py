"""What the page knows of a panel: it shows a place on the path, and keeps what is typed there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QTableView, QVBoxLayout, QWidget

from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.fault import Fault
from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.parts import scrolled
from giamngheo_desktop.gui.preview.print_menu import PrintItem, PrintMenu, print_button
from giamngheo_desktop.gui.review import step_papers
from giamngheo_desktop.gui.review.place import Place
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.services.papers.about import About

_LEAST = 130  # pixels of a table at 100 %


class Panel(QWidget):
    """A subclass writes `refresh`, and `keep` and `stops` where something is typed. What is in
    `box` scrolls where the window is low; the buttons in `foot` stay.

    `go_requested(page, payload)`; `village_chosen(uid)`; `household_opened(case, household)`;
    `pile_requested(village, surveyor)`: its forms are to be typed one after the other.
    """

    go_requested = Signal(str, object)
    village_chosen = Signal(object)
    household_opened = Signal(object, object)
    pile_requested = Signal(object, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._place: Place | None = None
        self._tables: list[QTableView] = []
        self._whole = False  # tables show all their lines: only the panel scrolls
        inside = self._inside = QWidget()
        self.box = QVBoxLayout(inside)
        self.box.setContentsMargins(0, 0, 4, 0)
        self.box.setSpacing(8)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        self.fault = Fault(self, self._read_again)
        self.prints = PrintMenu(desk, self._papers, self)
        self.prints.go_requested.connect(self.go_requested)
        self.print_button = print_button(self.prints)
        self.print_button.hide()
        self.foot.addWidget(self.print_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        self._area = scrolled(inside, "panel_scroll")
        whole.addWidget(self._area, 1)
        whole.addLayout(self.foot)
        for watched in (inside, self._area.viewport()):
            watched.installEventFilter(self)
        theme.changed.connect(self._fit)
        app = cast("QApplication", QApplication.instance())
        app.focusChanged.connect(self._follow_focus)

    @property
    def place(self) -> Place:
        assert self._place is not None
        return self._place

    @property
    def editable(self) -> bool:
        """Whether anything may be written here."""
        return not self.desk.read_only and self.place.view.open

    def show_place(self, place: Place) -> None:
        """Show this place, or the same one after something was written."""
        moved = self._place is None or self._place.key != place.key
        if moved and self._place is not None:
            self.keep()
        self._place = place
        self.print_button.setVisible(step_papers.has_papers(place.step))
        self.refresh(moved=moved)

    def try_place(self, place: Place) -> None:
        """`show_place`, of which a fault covers this panel alone."""
        try:
            self.show_place(place)
        except Exception as error:  # noqa: BLE001 - the other steps are open
            self.fault.say(error)

    def _read_again(self) -> None:
        self.fault.clear()
        self.try_place(self.place)

    def refresh(self, *, moved: bool) -> None:
        """Read and show `self.place`; `moved`: another one was shown before."""
        raise NotImplementedError

    def about(self) -> About:
        """What papers are printed of: the place, and what is chosen there."""
        return About(review=self.place.review.uid, village=self.place.village)

    def chosen_name(self) -> str:
        """The head of the household that is chosen."""
        return ""

    def _papers(self) -> Sequence[PrintItem | None]:
        return step_papers.items(self.desk, self.place, self.about(), self.chosen_name())

    def keep(self) -> None:
        """Put what is typed and not saved onto the disk, at once."""

    def stops(self) -> list[QWidget]:
        """What Enter visits, from the top down; the last one is the main action."""
        return []

    def add_table(self, table: QTableView) -> None:
        """A table takes the room there is, and never less than some lines."""
        self._tables.append(table)
        self.box.addWidget(table, 1)
        self._follow(table)

    def replace_table(self, old: QTableView, new: QTableView) -> None:
        """Another table in the place of one."""
        self._tables[self._tables.index(old)] = new
        self.box.replaceWidget(old, new)
        self._follow(new)

    def _follow(self, table: QTableView) -> None:
        """The line under the cursor stays on screen, also where only the panel scrolls."""
        table.selectionModel().currentRowChanged.connect(partial(self._show_line, table))
        self._fit()

    def _show_line(self, table: QTableView, *_: object) -> None:
        if self._whole and table.hasFocus():
            line = table.visualRect(table.currentIndex())
            low = table.viewport().mapTo(self._inside, line.bottomLeft())
            self._area.ensureVisible(0, low.y(), 0, line.height() + 8)

    def _fit(self) -> None:
        """Where all of it does not fit, tables become as high as their lines: two scroll bars side
        by side would be one too many.
        """
        least = _LEAST * theme.percent // 100
        shown = [table for table in self._tables if not table.isHidden()]
        breaks = self.box.hasHeightForWidth()  # a scroll area then asks for the height wished for
        hints = [table.sizeHint().height() if breaks else 0 for table in shown]
        view = self._area.viewport()
        need = self.box.minimumSize().height()
        if breaks:
            need = self.box.heightForWidth(view.width())
        for table, hint in zip(shown, hints, strict=True):
            need += max(hint, least) - max(hint, table.minimumHeight())
        self._whole = need > view.height()
        for table in self._tables:
            whole = max(least, _whole_height(table)) if self._whole else least
            if whole != table.minimumHeight():
                table.setMinimumHeight(whole)
                bar = Qt.ScrollBarPolicy
                off = bar.ScrollBarAlwaysOff if self._whole else bar.ScrollBarAsNeeded
                table.setVerticalScrollBarPolicy(off)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            QTimer.singleShot(0, self, self._fit)
        return super().eventFilter(watched, event)

    def show_part(self, part: QWidget) -> None:
        """Scroll to something that has just come up."""
        QTimer.singleShot(0, part, partial(self._area.ensureWidgetVisible, part))

    def start(self) -> None:
        """Put the keyboard on the first thing to do here."""
        if not enter_walk.start(self.stops()):
            self.setFocus()

    def _follow_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        """A button that goes or waits leaves the keyboard here: Qt would give it to the next one,
        and that is the year in the bar above.
        """
        if old is None or not self.isVisible() or not self.isAncestorOf(old):
            return
        left = not (old.isEnabled() and old.isVisible())
        if left and (new is None or not self.isAncestorOf(new)):
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (enter_walk.is_enter(event) and enter_walk.go_on(self.stops())):
            super().keyPressEvent(event)


def _whole_height(table: QTableView) -> int:
    lines = table.verticalHeader().length() + table.horizontalHeader().height()
    sideways = table.horizontalScrollBar()
    return lines + 8 + (sideways.sizeHint().height() if sideways.maximum() else 0)
