"""What a document begins with: layouts with a sentence each, and the headings of the chosen one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.heading_numbers import (
    Heading,
    HeadingStyle,
    numbered,
    style_of_depth,
)
from giamngheo_desktop.domain.plan_layout import Layout, LayoutSection
from giamngheo_desktop.domain.vietnamese import first_words
from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.parts import button, label, scrolled
from giamngheo_desktop.gui.preview.wrapped_list import WrappedList
from giamngheo_desktop.services.documents.listing import Offered

_STEP = "\N{NO-BREAK SPACE}" * 6


class LayoutPick(QWidget):
    """`wanted(code)`: begin with this layout."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._layouts: dict[str, Layout] = {}
        self._year = 0
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

    def offer(self, said: str, act: str, offered: Sequence[Offered], year: int) -> None:
        """The sentence above, the name of the button, the layouts for a year."""
        self.said.setText(said)
        self.begin_button.setText(act)
        layouts = {one.layout.code: one.layout for one in offered}
        is_same = (list(self._layouts), self._year) == (list(layouts), year)
        self._layouts, self._year = layouts, year
        if not is_same:
            self.list.clear()
            old = False
            for one in offered:
                if not old and (old := not one.layout.is_of(year)):
                    self.list.add_heading(self.tr("Khung của các kế hoạch cũ"))
                notes = texts.notes_text(texts.layout_notes(one.layout, year, one.outdated))
                self.list.add(f"{one.layout.label}\n{one.layout.source}. {notes}", one.layout.code)
            self.list.setCurrentRow(0)
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
            self.headings.setText("\n".join(_headings(found)))
            self._area.verticalScrollBar().setValue(0)

    def _begin(self) -> None:
        if self.code:
            self.wanted.emit(self.code)


def _headings(layout: Layout) -> Iterator[str]:
    tops = [one for one in layout.sections if not one.annex]
    yield from _below(tops, "", 0)
    for one in layout.sections:
        if one.annex and one.included:
            yield f"{texts.DOCUMENT['annex']}: {one.title}"


def _below(sections: Sequence[LayoutSection], above: str, depth: int) -> Iterator[str]:
    """Numbered as the document will be (`services/documents/reading.py`)."""
    found = [
        Heading(
            one.style or (style_of_depth(depth) if one.title else HeadingStyle.NONE),
            one.typed,
            one.included,
        )
        for one in sections
    ]
    for one, number in zip(sections, numbered(found, above), strict=True):
        if not one.included:
            continue
        name = one.title or (number and first_words(one.text))
        if said := " ".join(filter(None, (number, name))):
            yield f"{_STEP * depth}{said}"
        yield from _below(one.sections, number, depth + 1)
