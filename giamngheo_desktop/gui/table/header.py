"""The heading of a list: wraps long titles, shows the order, and is the column chooser."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from giamngheo_desktop.gui import icons
from giamngheo_desktop.gui.theme import theme

_PADDING, _ARROW = 9, 14
_WRAP = int(Qt.TextFlag.TextWordWrap)


class Heading(QHeaderView):
    """Emits `sort_pressed(section)`; `reset_requested` asks for the columns of the first day."""

    sort_pressed = Signal(int)
    reset_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("heading")
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(40)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._sorted: tuple[int, bool] | None = None
        self.sectionClicked.connect(self.sort_pressed)
        self.sectionResized.connect(self._fit_height)
        self.customContextMenuRequested.connect(self._open_menu)

    def show_order(self, section: int | None, *, descending: bool = False) -> None:
        """Put the arrow on this section."""
        self._sorted = None if section is None else (section, descending)
        self.viewport().update()

    def menu(self) -> QMenu:
        """A tick for each column; the last one shown cannot be hidden."""
        menu = QMenu(self)
        menu.setProperty("kind", "columns")
        shown = self.count() - self.hiddenSectionCount()
        for place in range(self.count()):
            section = self.logicalIndex(place)
            action = menu.addAction(self._title(section))
            action.setCheckable(True)
            action.setChecked(not self.isSectionHidden(section))
            action.setEnabled(self.isSectionHidden(section) or shown > 1)
            action.setData(section)
            action.toggled.connect(self._toggle)
        menu.addSeparator()
        menu.addAction(self.tr("Về các cột ban đầu"), self.reset_requested.emit)
        return menu

    def least_width(self, section: int) -> int:
        """So wide that no word of the title is broken."""
        metrics = QFontMetrics(self._bold())
        words = self._title(section).split() or [""]
        return max(map(metrics.horizontalAdvance, words)) + 2 * _PADDING + _ARROW

    def folded_width(self, section: int) -> int:
        """So wide that the title stands in two lines, none of which shows an arrow."""
        metrics = QFontMetrics(self._bold())
        words = self._title(section).split()
        parts = ((words[:at], words[at:]) for at in range(1, max(2, len(words))))
        lines = min(max(metrics.horizontalAdvance(" ".join(line)) for line in two) for two in parts)
        return lines + 2 * _PADDING + 1

    def whole_width(self, section: int) -> int:
        """So wide that the title stands in one line."""
        title = QFontMetrics(self._bold()).horizontalAdvance(self._title(section))
        return title + 2 * _PADDING + _ARROW

    def sizeHint(self) -> QSize:
        sections = (at for at in range(self.count()) if not self.isSectionHidden(at))
        font = self._bold().key()
        height = max((self._height(section, font) for section in sections), default=0)
        return QSize(
            super().sizeHint().width(), max(height, QFontMetrics(self.font()).height() + 14)
        )

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        tokens = theme.tokens
        painter.save()
        painter.fillRect(rect, QColor(tokens.raised))
        painter.setPen(QColor(tokens.border))
        painter.drawLine(rect.topRight() + QPoint(0, 8), rect.bottomRight() - QPoint(0, 8))
        painter.setPen(QColor(tokens.border_strong))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inside = self._inside(rect, section)
        painter.setFont(self._bold())
        painter.setPen(QColor(tokens.text_soft))
        align = int(self.model().headerData(section, self.orientation(), _ALIGN_ROLE) or 0)
        painter.drawText(inside, align | _WRAP, self._title(section))
        if self._sorted is not None and self._sorted[0] == section:
            name = "sort_down" if self._sorted[1] else "sort_up"
            ratio = self.devicePixelRatioF()
            arrow = icons.pixmap(name, "accent", _ARROW, ratio)
            place = QPoint(rect.right() - _ARROW - 4, rect.center().y() - _ARROW // 2)
            painter.drawPixmap(place, arrow)
        painter.restore()

    def _inside(self, rect: QRect, section: int) -> QRect:
        arrow = _ARROW if self._sorted is not None and self._sorted[0] == section else 0
        return rect.adjusted(_PADDING, 4, -_PADDING - arrow, -4)

    def _height(self, section: int, font: str) -> int:
        room = self._inside(QRect(0, 0, self.sectionSize(section) or 60, 1000), section)
        return _wrapped(self._title(section), room.width(), font) + 14

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setBold(True)
        return font

    def _title(self, section: int) -> str:
        return str(self.model().headerData(section, self.orientation()) or "")

    def _fit_height(self) -> None:
        self.updateGeometry()
        self.geometriesChanged.emit()

    def _toggle(self, checked: bool) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.setSectionHidden(action.data(), not checked)
            self._fit_height()

    def _open_menu(self, place: QPoint) -> None:
        self.menu().popup(self.mapToGlobal(place))


@lru_cache(maxsize=2048)  # Qt asks for the size again and again
def _wrapped(title: str, width: int, font: str) -> int:
    """The height in pixels of a title set in the font of this key."""
    made = QFont()
    made.fromString(font)
    return QFontMetrics(made).boundingRect(QRect(0, 0, width, 1000), _WRAP, title).height()


_ALIGN_ROLE = int(Qt.ItemDataRole.TextAlignmentRole)
