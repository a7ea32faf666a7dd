"""A page of sections: their list at the left, the chosen one at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Protocol

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from giamngheo_desktop.domain.changes import ChangeSet, Kind
from giamngheo_desktop.gui import icons, shortcuts
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.fault import lets_go
from giamngheo_desktop.gui.help import opening
from giamngheo_desktop.gui.list_box import ListBox
from giamngheo_desktop.gui.pages.page import Page
from giamngheo_desktop.gui.parts import label, title_row
from giamngheo_desktop.gui.settings.section import Section
from giamngheo_desktop.gui.theme import theme

_ROOMY = 840  # pixels at 100 % from which the list stands at the left
_BROAD = 1040  # and where the section has much to show
_CODE = int(Qt.ItemDataRole.UserRole)

Line = tuple[str, str, str]  # code of the section, its name, its icon


class SectionKind(Protocol):
    """A class of sections: what it watches, and how one is made."""

    WATCHES: frozenset[Kind]

    def __call__(self, desk: Desk) -> Section: ...


class SectionsPage(Page):
    """A subclass sets `KINDS`, its sections by code, and `HELP`, the help of a section where
    that has not its own name; it writes `title` and `lines`. `open(code)` shows one, a mapping
    with its `section` something in it.
    """

    WATCHES = frozenset(Kind)
    KINDS: ClassVar[Mapping[str, SectionKind]]
    HELP: ClassVar[Mapping[str, str]] = {}

    def __init__(self, desk: Desk, year: int, parent: QWidget | None = None) -> None:
        super().__init__(desk, year, parent)
        self._stale_sections: set[str] = set()
        self._made: dict[str, Section] = {}
        self.list = QListWidget()
        self.list.setObjectName("sections")
        self.list.setAccessibleName(self.tr("Các mục"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSpacing(2)
        self._stack = QStackedWidget()
        for code, text, icon in self.lines():
            item = QListWidgetItem(icons.icon(icon), text, self.list)
            item.setData(_CODE, code)
        self.box = ListBox(self.list, "sections_box", short=True)
        self.box.fill()
        head = title_row(label(self.title(), "title"))
        head.addWidget(self.box)
        head.addStretch()
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.list)
        row.addWidget(self._stack, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 12, 20, 12)
        box.setSpacing(8)
        box.addLayout(head)
        box.addLayout(row, 1)
        self.setFocusProxy(self.list)
        for part in (self.list, self.box):
            part.installEventFilter(self)
        self._all_stale()
        theme.changed.connect(self._fit)
        self.list.setCurrentRow(0)
        self.list.currentItemChanged.connect(self._chosen)
        self.list.itemActivated.connect(self._enter_section)

    def title(self) -> str:
        raise NotImplementedError

    def lines(self) -> Sequence[Line]:
        """The lines of the list, from the top."""
        raise NotImplementedError

    def name_of(self, code: str) -> str:
        """What a section is called in the list."""
        return next(name for known, name, _ in self.lines() if known == code)

    @property
    def code(self) -> str:
        """The section now shown."""
        return str(self.list.currentItem().data(_CODE))

    @property
    def section(self) -> Section:
        """The section now shown; it is built when it is shown first."""
        code = self.code
        if code not in self._made:
            made = self.KINDS[code](self.desk)
            made.setObjectName(f"section_{code}")
            opening.name_help(made, self.HELP.get(code, code))
            made.go_requested.connect(self.go_requested)
            made.undo_requested.connect(self.undo_requested)
            made.noted.connect(self.noted)
            made.breadth_changed.connect(self._fit)
            self._made[code] = made
            self._stack.addWidget(made)
            self._stack.setCurrentWidget(made)
            self._fit()
        return self._made[code]

    def load(self) -> None:
        """Read the section that is shown, unless it holds changes that are not saved."""
        section = self.section
        if self.code in self._stale_sections and not section.is_dirty:
            self._stale_sections.discard(self.code)
            section.year = self.year
            section.load()

    def open(self, payload: object) -> None:
        wanted = payload if isinstance(payload, Mapping) else {"section": payload}
        for at in range(self.list.count()):
            if self.list.item(at).data(_CODE) == wanted.get("section"):
                self.list.setCurrentRow(at)
                self.section.setFocus()
                self.section.arrive(wanted)

    def may_leave(self) -> bool:
        return self.code not in self._made or lets_go(self.section)

    def shows(self, payload: object) -> bool:
        """Whether what `open` would show stands there."""
        if not isinstance(payload, Mapping) or payload.get("section") != self.code:
            return False
        return self.isVisible() and self.section.shows(payload)

    @Slot(int)
    def show_year(self, year: int) -> None:
        if year != self.year:
            self._all_stale()
        super().show_year(year)

    def forget(self) -> None:
        self._all_stale()
        super().forget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """On the list of sections, too, Ctrl+N is about the one that is shown."""
        if not shortcuts.asks(event, "new") or not self.section.ADDS:
            return super().eventFilter(watched, event)
        event.accept()  # else the window would begin a household
        if event.type() == QEvent.Type.KeyPress:
            self.section.add_one()
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """The list as wide as its longest name; in a narrow window it is a drop-down above."""
        self.list.ensurePolished()
        metrics = self.list.fontMetrics()
        side = icons.SIZE * theme.percent // 100
        self.list.setIconSize(QSize(side, side))
        lines = [self.list.item(at) for at in range(self.list.count())]
        widest = max(metrics.horizontalAdvance(line.text()) for line in lines) + side + 36
        for line in lines:
            line.setSizeHint(QSize(widest, metrics.height() + 14))
        self.list.setFixedWidth(max(190, widest + 16))
        shown = self._made.get(self.code)
        least = _BROAD if shown is not None and shown.is_broad else _ROOMY
        roomy = self.width() * 100 >= least * theme.percent
        focused = self.list.hasFocus() or self.box.hasFocus()
        self.setFocusProxy(self.list if roomy else self.box)
        self.list.setVisible(roomy)
        self.box.setVisible(not roomy)
        if shown is not None:
            shown.heading.setVisible(roomy)  # else the box says it
        if focused:
            self.setFocus()

    def _all_stale(self) -> None:
        self._stale_sections = set(self.KINDS)

    @Slot(object, object)
    def _chosen(self, now: QListWidgetItem, before: QListWidgetItem | None) -> None:
        left = self._made.get(str(before.data(_CODE))) if before is not None else None
        if before is not None and left is not None and not lets_go(left):
            self.list.blockSignals(True)
            self.list.setCurrentItem(before)
            self.list.blockSignals(False)
            return
        self._stack.setCurrentWidget(self.section)
        self._fit()
        for part in (self.list, self.box):  # where the section was chosen, F1 is about it
            opening.name_help(part, self.HELP.get(self.code, self.code))
        self.section_changed.emit()
        self._stale_sections.add(self.code)
        if self.isVisible():
            self.load()
        else:
            self._stale = True

    @Slot()
    def _enter_section(self) -> None:
        self.section.setFocus()

    @Slot(object)
    def _data_changed(self, changes: ChangeSet) -> None:
        touched = {code for code, kind in self.KINDS.items() if changes.touches(*kind.WATCHES)}
        self._stale_sections |= touched
        if self.code in touched:
            self.mark_stale()
