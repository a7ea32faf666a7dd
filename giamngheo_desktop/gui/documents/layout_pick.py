"""What a document begins with: layouts with a sentence each, and the headings of the chosen one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.heading_numbers import (
    Heading,
    HeadingStyle,
    numbered,
    style_of_depth,
)
from giamngheo_desktop.domain.plan_layout import Layout, LayoutSection, filled
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.parts import button, label, scrolled
from giamngheo_desktop.gui.preview.wrapped_list import WrappedList

USUAL = "ke_hoach_chuan"  # what nobody chose otherwise begins with
_STEP = "\N{NO-BREAK SPACE}" * 6


class LayoutPick(QWidget):
    """`wanted(code)`: begin with this layout."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._layouts: dict[str, Layout] = {}
        self._words: Mapping[str, str] = {}
        self.said = label("", "bold", "layout_said", wrap=True)
        self.list = WrappedList("layouts", self.tr("Khung văn bản"))
        self.headings = label("", "", "layout_headings", wrap=True)
        self.headings.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.begin_button = button("", "begin_document", icon="add", kind="primary")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(4, 0, 8, 0)
        column.addWidget(self.headings)
        column.addStretch()
        self._area = scrolled(inside, "headings_scroll")
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.list, 2)
        row.addWidget(self._area, 3)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.begin_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.said)
        box.addLayout(row, 1)
        box.addLayout(foot)
        self.setFocusProxy(self.list)
        self.list.currentRowChanged.connect(self._show_headings)
        self.list.itemActivated.connect(lambda _: enter_walk.go_on(self.stops()))
        self.begin_button.clicked.connect(self._begin)

    def offer(
        self, said: str, act: str, layouts: Sequence[Layout], words: Mapping[str, str]
    ) -> None:
        """The sentence above, the name of the button, what fills the placeholders."""
        self.said.setText(said)
        self.begin_button.setText(act)
        self._words = words
        if list(self._layouts) != [one.code for one in layouts]:
            self._layouts = {one.code: one for one in layouts}
            self.list.clear()
            for one in layouts:
                self.list.add(f"{one.label}\n{one.source}", one.code)
            self.list.setCurrentRow(max(0, self.list.row_of(USUAL)))
        self._show_headings()

    @property
    def code(self) -> str:
        """Of the chosen layout."""
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def allow(self, free: bool) -> None:
        self.begin_button.setEnabled(free)

    def stops(self) -> list[QWidget]:
        return [self.list, self.begin_button]

    def _show_headings(self) -> None:
        found = self._layouts.get(self.code)
        if found is not None:
            self.headings.setText("\n".join(_headings(found, self._words)))
            self._area.verticalScrollBar().setValue(0)

    def _begin(self) -> None:
        if self.code:
            self.wanted.emit(self.code)


def layouts_of(desk: Desk, type_: str, day: date, period: str = "") -> list[Layout]:
    """The layouts of plans or of reports of a type of period that hold on a day."""
    newest = (found[-1] for found in desk.definitions.layouts.values())
    return [
        one
        for one in newest
        if one.type == type_
        and (not period or period in one.periods)
        and one.valid_from <= day
        and (one.valid_to is None or day <= one.valid_to)
    ]


def _headings(layout: Layout, words: Mapping[str, str]) -> Iterator[str]:
    tops = [one for one in layout.sections if not one.annex]
    yield from _below(tops, words, "", 0)
    for one in layout.sections:
        if one.annex:
            yield f"{texts.DOCUMENT['annex']}: {filled(one.title, words)}"


def _below(
    sections: Sequence[LayoutSection], words: Mapping[str, str], above: str, depth: int
) -> Iterator[str]:
    """Numbered as the document will be (`services/documents/reading.py`)."""
    found = [
        Heading(
            (one.style or style_of_depth(depth)) if one.title else HeadingStyle.NONE,
            one.typed,
            one.included,
        )
        for one in sections
    ]
    for one, number in zip(sections, numbered(found, above), strict=True):
        if not one.included:
            continue
        if said := " ".join(filter(None, (number, filled(one.title, words)))):
            yield f"{_STEP * depth}{said}"
        yield from _below(one.sections, words, number, depth + 1)
