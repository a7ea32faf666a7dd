"""A section in which villages go out as a file and come back: what sheets and packages share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import Cancelled
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.exchange.busy_line import BusyLine
from giamngheo_desktop.gui.exchange.difference_table import Kept
from giamngheo_desktop.gui.exchange.file_drop import FileDrop
from giamngheo_desktop.gui.exchange.merge_view import MergeView
from giamngheo_desktop.gui.exchange.twins_view import TwinsView
from giamngheo_desktop.gui.exchange.village_ticks import VillageTicks
from giamngheo_desktop.gui.parts import button, card, label, scrolled
from giamngheo_desktop.gui.settings.section import Section
from giamngheo_desktop.gui.theme import theme

_AROUND = 304  # pixels at 100 % of what stands around the villages


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the section is called and says: above the page, over its two halves, on the buttons."""

    title: str
    intro: str
    out: str
    villages: str
    export: str
    back: str
    drop: str
    choose: str
    kept: Kept
    take: str


class VillageSection(Section):
    """Its first page sends and receives; `look` shows what a file that came back changes.

    A subclass writes what is marked so below, and calls `begin` when its own widgets are there.
    """

    WATCHES: ClassVar[frozenset[Kind]] = frozenset(Kind)

    def __init__(self, desk: Desk, name: str, words: Words) -> None:
        super().__init__(desk, words.title, "")
        self.villages = VillageTicks(f"{name}_villages", words.villages)
        self.all_button = button("", f"{name}_all")
        self.ticked = label("", "soft", f"{name}_ticked")
        self.export_button = button(words.export, f"{name}_export", icon="upload", kind="primary")
        self.drop = FileDrop(f"{name}_file", words.drop, words.choose, ("xlsx",))
        self.busy = BusyLine(f"{name}_busy")
        self.look = MergeView(desk, name, words.kept, words.take)
        self._name, self._words = name, words
        self._views: tuple[MergeView | TwinsView, ...] = ()
        self._above: tuple[QWidget, ...] = ()
        self._beside: QWidget | None = None

    def begin(
        self,
        *,
        above: tuple[QWidget, ...] = (),
        beside: QWidget | None = None,
        below: QWidget | None = None,
        views: tuple[MergeView | TwinsView, ...] = (),
        last: QWidget | None = None,
    ) -> None:
        """Lay the pages out: `above` and `below` stand around the villages, `beside` before
        the button that sends them, `views` are further pages, `last` stands under all of them.
        """
        self._above, self._beside = above, beside
        self._views = (self.look, *views)
        self._begin = self._begin_page(above, below)
        for view in self._views:
            if isinstance(view, MergeView):
                self.box.addWidget(view.draft)
        for page in (self._begin, *self._views):
            self.box.addWidget(page, 1)
        self.box.addWidget(self.busy)
        if last is not None:
            self.box.addWidget(last)
        self.show_page(self._begin)
        self.villages.itemChanged.connect(self.enable)
        self.all_button.clicked.connect(self.villages.tick_all)
        self.export_button.clicked.connect(self.export)
        self.drop.chosen.connect(self.look_at)
        for view in self._views:
            view.left.connect(self.go_back)
        self.look.take_requested.connect(self.take)

    # -- a subclass writes ----------------------------------------------------------------------

    @property
    def has_news(self) -> bool:
        """Whether what is looked at changes anything."""
        raise NotImplementedError

    def forget(self) -> None:
        """Nothing is looked at any more."""
        raise NotImplementedError

    @Slot()
    def export(self) -> None:
        """Send the ticked villages out."""
        raise NotImplementedError

    @Slot(object)
    def look_at(self, path: Path) -> None:
        """Say what a file would change."""
        raise NotImplementedError

    @Slot()
    def take(self) -> None:
        """Take in what is looked at, as it was picked."""
        raise NotImplementedError

    # -- what the page asks ---------------------------------------------------------------------

    def stops(self) -> list[QWidget]:
        if self._begin.isVisibleTo(self):
            beside = [] if self._beside is None else [self._beside]
            return [self.villages, *beside, self.export_button]
        return []

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_villages()

    # -- for a subclass -------------------------------------------------------------------------

    def show_page(self, shown: QWidget) -> None:
        for page in (self._begin, *self._views):
            page.setVisible(page is shown)
        self.set_broad(shown is not self._begin)
        self.setFocusProxy(self.villages if shown is self._begin else shown)
        if isinstance(shown, MergeView):
            shown.turn_here()
        self.enable()

    def take_up(self, key: str) -> None:
        """What was picked in the file that was looked at last, and never taken."""
        path = self.look.take_up(key, self.heading.text())
        if path is not None:
            self.look_at(path)

    def show_begin(self) -> None:
        self.forget()
        for view in self._views:
            if isinstance(view, MergeView) and view.isVisibleTo(self):
                view.put_away()
        self.show_page(self._begin)

    @Slot()
    def go_back(self) -> None:
        self.show_begin()
        self.drop.setFocus()

    @Slot()
    def enable(self) -> None:
        idle, may_write = not self.busy.isVisibleTo(self), not self.desk.read_only
        self._say_ticked()
        self.export_button.setEnabled(bool(self.villages.ticked()) and idle)
        self.drop.setEnabled(may_write and idle)
        self.look.allow(may_take=may_write and idle and self.has_news)
        self._fit_villages()

    def failed(self, error: BaseException) -> None:
        self.busy.end()
        self.enable()
        if not isinstance(error, Cancelled):
            messages.report(error, self)

    # -- private --------------------------------------------------------------------------------

    def _say_ticked(self) -> None:
        ticked, all_of_them = len(self.villages.ticked()), self.villages.count()
        said = self.tr("{ticked} trong {all} thôn") if ticked else self.tr("chưa đánh dấu thôn nào")
        if not all_of_them:
            said = self.tr("chưa có thôn nào: thêm ở Cài đặt")
        self.ticked.setText(said.format(ticked=ticked, all=all_of_them))
        whole = self.villages.is_whole
        self.all_button.setText(self.tr("Bỏ dấu &hết") if whole else self.tr("Đánh dấu &hết"))

    def _fit_villages(self) -> None:
        """All buttons stay in sight."""
        waiting = sum(part.sizeHint().height() + 8 for part in self._above if not part.isHidden())
        self.villages.fit_into(self.height() - _AROUND * theme.percent // 100 - waiting)

    def _begin_page(self, above: tuple[QWidget, ...], below: QWidget | None) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        out = card(f"{self._name}_out")
        inside = QVBoxLayout(out)
        inside.setContentsMargins(12, 12, 12, 12)
        inside.setSpacing(8)
        inside.addWidget(label(self._words.out, "bold"))
        inside.addWidget(self.villages)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.all_button)
        row.addWidget(self.ticked)
        row.addStretch()
        if self._beside is not None:
            row.addWidget(self._beside)
        row.addWidget(self.export_button)
        inside.addLayout(row)
        box.addWidget(label(self._words.intro, "soft", f"{self._name}_intro", wrap=True))
        for part in (*above, out, below):
            if part is not None:
                box.addWidget(part)
        box.addWidget(label(self._words.back, "bold"))
        box.addWidget(self.drop)
        box.addStretch()
        return scrolled(page, f"{self._name}_scroll")
