"""A scrolling view of a PDF; numbers with something behind them can be pressed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from giamngheo_desktop.gui.jobs import Runner
from giamngheo_desktop.gui.preview.finding import Box, Hit
from giamngheo_desktop.gui.preview.paper import Drawn, draw
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.reports.placed import PlacedCell

MARGIN = 16  # pixels around every page
SMALLEST, LARGEST = 0.4, 4.0  # zoom; 1.0 is the paper's own size
FIT_WIDTH, FIT_PAGE = "width", "page"
_PIXELS_PER_POINT = 96 / 72
_PEN = QColor(255, 214, 0, 110)  # on white paper in both themes
_INK = "#B45309"
_KEPT = 6  # drawn pages kept beside those in sight


class PdfView(QAbstractScrollArea):
    """`cell_pressed(PlacedCell)`: a number was pressed. `place_changed()`: page or zoom moved.
    `paper_changed()`: another paper is shown. `by_key` says whether Enter pressed the number.
    """

    cell_pressed = Signal(object)
    place_changed = Signal()
    paper_changed = Signal()

    def __init__(self, runner: Runner, name: str, label: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.runner = runner
        self._data = b""
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._cells: tuple[PlacedCell, ...] = ()
        self._by_page: dict[int, list[int]] = {}  # places in `cells`: a list has thousands
        self._current: int | None = None  # of the cells, the one with the frame
        self.by_key = False
        self._hits: tuple[Hit, ...] = ()
        self._hit = 0  # the one that was gone to
        self._hover: int | None = None  # the one under the mouse; it never moves the frame
        self._zoom: float | str = FIT_WIDTH
        self._placed: tuple[tuple[float, int], list[QRectF]] = ((0.0, 0), [])
        self._drawn: dict[int, tuple[float, QPixmap]] = {}
        self._asked: dict[int, float] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        theme.changed.connect(self.viewport().update)

    # -- what is shown --------------------------------------------------------------------------

    def show_paper(
        self,
        data: bytes,
        sizes: Sequence[tuple[float, float]],
        cells: Sequence[PlacedCell] = (),
    ) -> None:
        """Show this file; `cells` are those that can be pressed. The place stays where it was."""
        self._data, self._sizes, self._cells = data, tuple(sizes), tuple(cells)
        self._by_page = {}
        for at, cell in enumerate(self._cells):
            self._by_page.setdefault(cell.page, []).append(at)
        self._current = self._hover = None
        self._placed = ((0.0, 0), [])
        self._drawn.clear()
        self._asked.clear()
        self._hits = ()
        self._lay_out()
        self.paper_changed.emit()

    @property
    def data(self) -> bytes:
        """The file shown."""
        return self._data

    def show_hits(self, hits: Sequence[Hit], at: int = 0, *, go: bool = True) -> None:
        """Mark words that were found, and go to one of them."""
        self._hits, self._hit = tuple(hits), at
        if self._hits and go:
            self._reveal(self._hit_places(at)[0])
        self.viewport().update()

    def clear(self) -> None:
        self.show_paper(b"", ())

    @property
    def marked(self) -> PlacedCell | None:
        """The number in the frame: the one pressed last, or reached by the arrow keys."""
        return None if self._current is None else self._cells[self._current]

    @property
    def pages(self) -> int:
        return len(self._sizes)

    @property
    def page(self) -> int:
        """The page in the middle of the view, from 0."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        tops = [rect.top() for rect in self._rects()]
        return max((at for at, top in enumerate(tops) if top <= middle), default=0)

    def go_to_page(self, page: int) -> None:
        rects = self._rects()
        if rects:
            page = max(0, min(len(rects) - 1, page))
            self.verticalScrollBar().setValue(int(rects[page].top()) - MARGIN)

    @property
    def zoom(self) -> float | str:
        """A factor, FIT_WIDTH or FIT_PAGE."""
        return self._zoom

    @property
    def factor(self) -> float:
        """The zoom in use as a number."""
        return self._scale() / _PIXELS_PER_POINT

    def set_zoom(self, zoom: float | str) -> None:
        if not isinstance(zoom, str):
            zoom = max(SMALLEST, min(LARGEST, zoom))
        if zoom != self._zoom:
            page = self.page
            self._zoom = zoom
            self._lay_out()
            self.go_to_page(page)

    def put_marked_at_foot(self) -> None:
        """Scroll until the number in the frame stands at the foot of the view."""
        if self.marked is not None:
            place = self.place_of(self.marked)
            self._scroll_by(int(place.bottom()) + MARGIN - self.viewport().height())

    def is_complete(self) -> bool:
        """Whether all pages in sight are drawn at the present size."""
        wanted = self._scale() * self.devicePixelRatioF()
        return all(self._drawn.get(page, (0,))[0] == wanted for page in self._in_sight())

    def place_of(self, cell: PlacedCell) -> QRectF:
        """Where a cell stands on the viewport."""
        return self._place(cell.page, (cell.left, cell.bottom, cell.right, cell.top))

    def _place(self, page: int, box: Box) -> QRectF:
        left, bottom, right, top = box
        sheet = self._rects()[page].translated(self._offset())
        scale = self._scale()
        height = self._sizes[page][1]
        return QRectF(
            sheet.left() + left * scale,
            sheet.top() + (height - top) * scale,
            (right - left) * scale,
            (top - bottom) * scale,
        )

    def _hit_places(self, at: int) -> list[QRectF]:
        return [self._place(self._hits[at].page, box) for box in self._hits[at].boxes]

    # -- geometry -------------------------------------------------------------------------------

    def _scale(self) -> float:
        """Logical pixels per point of the paper."""
        if not self._sizes:
            return _PIXELS_PER_POINT
        if not isinstance(self._zoom, str):
            return self._zoom * _PIXELS_PER_POINT
        width = max(size[0] for size in self._sizes)
        room = self.viewport().size() - QSize(2 * MARGIN, 2 * MARGIN)
        scale = room.width() / width
        if self._zoom == FIT_PAGE:
            scale = min(scale, room.height() / max(size[1] for size in self._sizes))
        lowest, highest = SMALLEST * _PIXELS_PER_POINT, LARGEST * _PIXELS_PER_POINT
        return max(lowest, min(highest, scale))

    def _rects(self) -> list[QRectF]:
        """The pages on the whole sheet, one below the other; kept, for a package has thousands."""
        scale, top = self._scale(), float(MARGIN)
        key = (scale, self.viewport().width())
        if self._placed[0] == key:
            return self._placed[1]
        widest = max((size[0] for size in self._sizes), default=0) * scale + 2 * MARGIN
        room = max(widest, self.viewport().width())
        rects = []
        for width, height in self._sizes:
            rects.append(QRectF((room - width * scale) / 2, top, width * scale, height * scale))
            top += height * scale + MARGIN
        self._placed = (key, rects)
        return rects

    def _offset(self) -> QPointF:
        return QPointF(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())

    def _lay_out(self) -> None:
        rects = self._rects()
        height = rects[-1].bottom() + MARGIN if rects else 0
        width = max((rect.width() for rect in rects), default=0) + 2 * MARGIN
        view = self.viewport().size()
        for bar, whole, part in (
            (self.verticalScrollBar(), height, view.height()),
            (self.horizontalScrollBar(), width, view.width()),
        ):
            bar.setRange(0, max(0, int(whole - part)))
            bar.setPageStep(part)
            bar.setSingleStep(40)
        self.viewport().update()
        self.place_changed.emit()

    def _in_sight(self) -> list[int]:
        view = QRectF(self.viewport().rect())
        offset = self._offset()
        return [at for at, r in enumerate(self._rects()) if r.translated(offset).intersects(view)]

    # -- drawing --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(tokens.window))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        rects, offset = self._rects(), self._offset()
        for page in self._in_sight():
            rect = rects[page].translated(offset)
            painter.fillRect(rect.translated(2, 3), QColor(tokens.border))
            painter.fillRect(rect, Qt.GlobalColor.white)
            if page in self._drawn:
                picture = self._drawn[page][1]
                painter.drawPixmap(rect, picture, QRectF(picture.rect()))
            self._ask_for(page)
        self._paint_hits(painter)
        if self._hover is not None and self._hover != self._current:
            self._mark(painter, self._cells[self._hover], framed=False)
        if self._current is not None:
            self._mark(painter, self._cells[self._current], framed=True)
        painter.end()

    def _paint_hits(self, painter: QPainter) -> None:
        """Like a marking pen over the words; the one gone to also has a line below it."""
        in_sight = self._in_sight()
        for at, hit in enumerate(self._hits):
            for place in self._hit_places(at) if hit.page in in_sight else ():
                painter.fillRect(place.adjusted(-1, -1, 1, 1), _PEN)
                if at == self._hit:
                    line = QRectF(place.left() - 1, place.bottom() + 2, place.width() + 2, 2)
                    painter.fillRect(line, QColor(_INK))

    def _mark(self, painter: QPainter, cell: PlacedCell, *, framed: bool) -> None:
        ink = QColor(theme.tokens.accent if theme.tokens.name == "light" else "#0B665C")
        wash = QColor(ink)
        wash.setAlpha(36)
        place = self.place_of(cell)
        painter.fillRect(place, wash)
        if framed:
            painter.setPen(QPen(ink, 2))
            painter.drawRect(place)

    def _ask_for(self, page: int) -> None:
        wanted = self._scale() * self.devicePixelRatioF()
        if self._drawn.get(page, (0,))[0] == wanted or self._asked.get(page) == wanted:
            return
        self._asked[page] = wanted
        self.runner.read(
            self, partial(draw, self._data, page, wanted), self._take, latest=f"page_{page}"
        )

    def _take(self, drawn: Drawn) -> None:
        if self._asked.get(drawn.page) != drawn.scale:  # of a paper shown before
            return
        image = QImage(
            drawn.pixels, drawn.width, drawn.height, drawn.width * 4, QImage.Format.Format_RGB32
        )
        self._drawn[drawn.page] = (drawn.scale, QPixmap.fromImage(image))
        near = set(self._in_sight())
        for page in list(self._drawn):
            if len(self._drawn) <= _KEPT:
                break
            if page not in near:
                del self._drawn[page]
                self._asked.pop(page, None)
        self.viewport().update()

    # -- hands ----------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._cell_at(event.position().toPoint())
        self.viewport().setCursor(
            Qt.CursorShape.ArrowCursor if at is None else Qt.CursorShape.PointingHandCursor
        )
        if at != self._hover:
            self._hover = at
            self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._cell_at(event.position().toPoint())
        if at is not None and event.button() == Qt.MouseButton.LeftButton:
            self._current = at
            self.by_key = False
            self.viewport().update()
            self.cell_pressed.emit(self._cells[at])

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = None
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS and self._cells and not event.modifiers():
            self._step(*_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current is not None:
            self.by_key = True
            self.cell_pressed.emit(self._cells[self._current])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.set_zoom(self.factor * 1.25)
        elif key == Qt.Key.Key_Minus:
            self.set_zoom(self.factor / 1.25)
        elif key == Qt.Key.Key_Home:
            self.verticalScrollBar().setValue(0)
        elif key == Qt.Key.Key_End:
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Up, Qt.Key.Key_Down):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self.factor * (1.1 if event.angleDelta().y() > 0 else 1 / 1.1))
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def _scrolled(self) -> None:
        self.place_changed.emit()

    def _cell_at(self, point: QPoint) -> int | None:
        spot = QPointF(point)
        near = (at for page in self._in_sight() for at in self._by_page.get(page, ()))
        holds = (at for at in near if self.place_of(self._cells[at]).contains(spot))
        return next(holds, None)

    def _step(self, across: int, down: int) -> None:
        """Move the frame to the next number to the side, above or below."""
        if self._current is None:
            self._set_current(0)
            return
        here = self._cells[self._current]

        def distance(cell: PlacedCell) -> tuple[float, float] | None:
            if across:
                same = (cell.page, cell.table, cell.row) == (here.page, here.table, here.row)
                ahead = (cell.column - here.column) * across
                return (ahead, 0.0) if same and ahead > 0 else None
            rows = (cell.page - here.page) * 100_000 + cell.row - here.row
            return (rows * down, abs(cell.left - here.left)) if rows * down > 0 else None

        found = [(d, at) for at, c in enumerate(self._cells) if (d := distance(c)) is not None]
        if found:
            self._set_current(min(found)[1])

    def _set_current(self, at: int) -> None:
        self._current = at
        self._reveal(self.place_of(self._cells[at]))
        self.viewport().update()

    def _reveal(self, place: QRectF) -> None:
        """Scroll as far as a place on the viewport needs to be seen."""
        view = QRectF(self.viewport().rect())
        if place.bottom() > view.bottom():
            self._scroll_by(int(place.bottom() - view.bottom()) + MARGIN)
        elif place.top() < view.top():
            self._scroll_by(int(place.top()) - MARGIN)
        if place.right() > view.right() or place.left() < view.left():
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + int(place.center().x() - view.center().x()))

    def _scroll_by(self, pixels: int) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + pixels)


_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
