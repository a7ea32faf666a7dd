"""The outline of a document: its head, each section with its number as printed, its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from giamngheo_desktop.gui import shortcuts
from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.preview.wrapped_list import WrappedList
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.services.documents.reading import Document, Origin, Part

HEAD, END = "head", "end"  # the keys of the lines that are no section
_KEY = int(Qt.ItemDataRole.UserRole)
_DEPTH = _KEY + 1
_SOFT = _KEY + 2  # it is left out, or written elsewhere
_STEP = 14  # pixels at 100 % by which what stands in a section is moved in
_TICK = 24  # pixels of the tick and its gap
_ACROSS, _UPRIGHT = 22, 10  # room around the words of a line
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the outline: `key` is that of a section, or `HEAD`, `END`; `part` is None there."""

    key: str
    text: str
    part: Part | None = None
    depth: int = 0

    @property
    def is_section(self) -> bool:
        """Something typed here; what records make has its own place."""
        return self.part is not None and self.part.origin is Origin.SECTION


def key_of(section: UUID) -> str:
    return section.hex


def lines_of(document: Document, head: str, end: str, nameless: str) -> list[Line]:
    """Head, sections, end, annexes: in the order of the paper."""
    return [
        Line(HEAD, head),
        *_lines(document.parts, 0, nameless, ""),
        Line(END, end),
        *_lines(document.annexes, 0, nameless, ""),
    ]


def _lines(parts: Sequence[Part], depth: int, nameless: str, above: str) -> Iterator[Line]:
    for part in parts:
        said = " ".join(filter(None, (part.number, part.name))) or nameless
        section = part.origin is Origin.SECTION
        # A record may make several headings, each below another one.
        key = key_of(part.uid) if section else f"{above}/{part.uid.hex}{part.code}"
        yield Line(key, said, part, depth)
        yield from _lines(part.parts, depth + 1, nameless, key)


class Outline(WrappedList):
    """`chosen(key)` a line has the cursor; `ticked(key, bool)` a section is printed or left out;
    `entered()` Enter: into what is chosen; `moved(step)` Alt with an arrow.
    """

    chosen = Signal(str)
    ticked = Signal(str, bool)
    entered = Signal()
    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__("document_outline", "")
        self.setAccessibleName(self.tr("Các mục của văn bản"))
        self.setSpacing(0)
        self.setItemDelegate(_Indented(self))
        self._lines: dict[str, Line] = {}
        self._editable = False
        self.currentItemChanged.connect(self._chose)
        self.itemChanged.connect(self._changed)
        self.itemActivated.connect(lambda _: self.entered.emit())
        theme.changed.connect(self._fit)

    def show_lines(self, lines: Sequence[Line], *, editable: bool) -> None:
        """The cursor stays where it is, as long as that line is there."""
        key, at = self.current_key, self.currentRow()
        self._lines = {line.key: line for line in lines}
        self._editable = editable
        with QSignalBlocker(self):
            self.clear()
            for line in lines:
                self._add_line(line)
            self.go_to(key if key in self._lines else self._near(at))
            self._fit()

    def _add_line(self, line: Line) -> None:
        item = self.add(line.text, line.key)
        item.setData(_DEPTH, min(line.depth, _DEEPEST))
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        part = line.part
        if part is None:
            font = item.font()
            font.setBold(True)
            item.setFont(font)
        elif line.is_section:
            item.setCheckState(Qt.CheckState.Checked if part.included else Qt.CheckState.Unchecked)
            if self._editable:
                flags |= Qt.ItemFlag.ItemIsUserCheckable
        item.setData(_SOFT, part is not None and not (line.is_section and part.included))
        item.setFlags(flags)

    def _near(self, at: int) -> str:
        """Where the line with the cursor is gone: what stands there now."""
        keys = list(self._lines)
        return keys[min(max(at, 0), len(keys) - 1)] if keys else ""

    @property
    def current_key(self) -> str:
        item = self.currentItem()
        return str(item.data(_KEY)) if item is not None else ""

    @property
    def current(self) -> Line | None:
        return self._lines.get(self.current_key)

    def line(self, key: str) -> Line | None:
        return self._lines.get(key)

    def made_by(self, record: str) -> str:
        """The key of the first line that a record makes, by its id; "" where it makes none."""
        lines = self._lines.items()
        return next((key for key, one in lines if one.part and one.part.uid.hex == record), "")

    @property
    def order(self) -> list[str]:
        """The keys of the lines, from the top."""
        return list(self._lines)

    def go_to(self, key: str) -> None:
        """Silently."""
        with QSignalBlocker(self):
            self.setCurrentRow(self.row_of(key))

    # -- events ---------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._step_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if step := self._step_of(event):
            self.moved.emit(step)
        elif enter_walk.is_enter(event):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _step_of(self, event: QEvent) -> int:
        if shortcuts.asks(event, "move_up"):
            return -1
        return 1 if shortcuts.asks(event, "move_down") else 0

    def _chose(self, now: QListWidgetItem | None, _: QListWidgetItem | None) -> None:
        if now is not None:
            self.chosen.emit(str(now.data(_KEY)))

    def _changed(self, item: QListWidgetItem) -> None:
        line = self._lines.get(str(item.data(_KEY)))
        if line is None or line.part is None or not line.is_section:
            return
        included = item.checkState() == Qt.CheckState.Checked
        if included != line.part.included:
            self.ticked.emit(line.key, included)

    # -- layout ---------------------------------------------------------------------------------

    def _fit_line(self, item: QListWidgetItem) -> None:
        """As high as its words need beside what it is moved in by."""
        tick = 0 if item.data(Qt.ItemDataRole.CheckStateRole) is None else _TICK
        width = max(80, self.viewport().width() - indent(item.data(_DEPTH)) - tick - _ACROSS)
        flags = int(Qt.TextFlag.TextWordWrap)
        room = self.fontMetrics().boundingRect(QRect(0, 0, width, 10_000), flags, item.text())
        item.setSizeHint(QSize(60, room.height() + _UPRIGHT))


def indent(depth: object) -> int:
    return int(str(depth or 0)) * _STEP * theme.percent // 100


class _Indented(QStyledItemDelegate):
    """What stands in a section begins farther right, with its tick."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        if index.data(_SOFT):
            soft = QColor(theme.tokens.text_soft)
            option.palette.setColor(QPalette.ColorRole.Text, soft)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, _moved_in(option, index), index)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        return super().editorEvent(event, model, _moved_in(option, index), index)


def _moved_in(
    option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
) -> QStyleOptionViewItem:
    moved = QStyleOptionViewItem(option)
    moved.rect = option.rect.adjusted(indent(index.data(_DEPTH)), 0, 0, 0)
    return moved
