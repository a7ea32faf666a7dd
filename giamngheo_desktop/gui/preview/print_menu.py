"""The menu In: papers of the place where one works, each opened in the preview."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.parts import button
from giamngheo_desktop.gui.preview.paper_preview import PaperPreview
from giamngheo_desktop.gui.preview.paper_work import Order


@dataclass(frozen=True, slots=True)
class PrintItem:
    """A line of the menu, which `leads` to a page with a payload or `asks` something first where it
    has no order; without all of them it is grey: nothing is chosen that it could be of.
    """

    code: str
    label: str
    order: Order | None
    leads: tuple[str, object] | None = None
    asks: bool = False

    @property
    def is_free(self) -> bool:
        return self.asks or self.order is not None or self.leads is not None


Items = Callable[[], Sequence[PrintItem | None]]


class PrintMenu(QMenu):
    """`items()` is asked whenever the menu opens; None is a line between groups, where both hold
    something. `asked(code)`: a line that asks something first was chosen.
    """

    asked = Signal(str)
    go_requested = Signal(str, object)

    def __init__(self, desk: Desk, items: Items, owner: QWidget) -> None:
        super().__init__(owner)
        self.setObjectName("print_menu")
        self._desk = desk
        self._items = items
        self._owner = owner
        self._lines: dict[str, PrintItem] = {}
        self.aboutToShow.connect(self.refill)

    def refill(self) -> None:
        """The lines for what is chosen now."""
        self.clear()
        self._lines.clear()
        parts = False
        for item in self._items():
            if item is None:
                parts = bool(self._lines)
                continue
            if parts:
                self.addSeparator()
                parts = False
            action = self.addAction(item.label.replace("&", "&&"))
            action.setObjectName(f"print_{item.code}")
            action.setData(item.code)
            action.setEnabled(item.is_free)
            action.triggered.connect(self._choose)
            self._lines[item.code] = item

    def _choose(self) -> None:
        action = self.sender()
        item = self._lines[str(action.data())] if isinstance(action, QAction) else None
        if item is not None and item.order is not None:
            self.open(item.order)
        elif item is not None and item.leads is not None:
            self.go_requested.emit(*item.leads)
        elif item is not None and item.asks:
            self.asked.emit(item.code)

    def open(self, order: Order) -> PaperPreview:
        """Show a paper in its window."""
        shown = PaperPreview(self._desk, order, self._owner.window())
        shown.go_requested.connect(self.go_requested)
        shown.begin()
        return shown


def print_button(menu: PrintMenu) -> QPushButton:
    """The button that opens it."""
    made = button(menu.tr("&In"), "print_papers", icon="print")
    made.setMenu(menu)
    return made
