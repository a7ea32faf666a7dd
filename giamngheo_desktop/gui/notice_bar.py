"""The notice at the bottom: what was just done, with Undo beside it; it goes away by itself.

It stands where no button is, nor what must be read: over the foot of the page, or beside it. A
list below it ends above it while it stands, and so does a page that scrolls with a list in it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QWidget,
)
from shiboken6 import isValid

SHOWN = 8_000  # milliseconds
_LOOK_AGAIN = 200  # milliseconds: the page goes on below it
_MARGIN = 16
_GAP = 4
_TALLEST = 120  # pixels: where a whole table has the keyboard, it may stand over it


_CLEAR = "keep_clear"
_NOTE = "passing_note"


def one_of_notes(part: QFrame) -> None:
    """It tells what was just done, too: it goes when the notice comes, and the notice when it
    comes.
    """
    part.setProperty(_NOTE, True)


def keep_clear(part: QWidget) -> None:
    """What it says is read just after an act: the notice does not stand over it."""
    part.setProperty(_CLEAR, True)


class NoticeBar(QFrame):
    """Floats over the lower edge of its parent and takes no focus; never modal."""

    undo_pressed = Signal()
    action_pressed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self.setObjectName("notice")
        self.setProperty("kind", "notice")
        self.text = QLabel(wordWrap=True)
        self.text.setObjectName("notice_text")
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._undo = self._button("notice_undo", self.tr("Hoàn tác"))
        self._action = self._button("notice_action", "")
        self._close = self._button("notice_close", self.tr("Đóng"))
        self._code = ""
        self._shortened: dict[QAbstractScrollArea, int] = {}  # and their own height
        self._sizing = False
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(4)
        row.addWidget(self.text, 1)
        for button in (self._action, self._undo, self._close):
            row.addWidget(button)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN)
        self._timer.timeout.connect(self.hide)
        self._soon = QTimer(self, singleShot=True, interval=0)  # when the page shows what was done
        self._soon.timeout.connect(self._place)
        self._look = QTimer(self, interval=_LOOK_AGAIN)
        self._look.timeout.connect(self._make_way)
        self._undo.clicked.connect(self._press_undo)
        self._action.clicked.connect(self._press_action)
        self._close.clicked.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def say(
        self,
        text: str,
        *,
        undo: bool = False,
        action: str = "",
        label: str = "",
        stay: bool = False,
    ) -> None:
        """Show a sentence; `undo` offers to take it back, `action` something else named `label`."""
        self.text.setText(text)
        self._undo.setVisible(undo)
        self._code = action
        self._action.setText(label)
        self._action.setVisible(bool(action))
        for note in self._other_notes():
            note.hide()
        self.show()
        self.raise_()
        self._place()
        self._soon.start()
        self._look.start()
        if stay:
            self._timer.stop()
        else:
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible() and not self._sizing:
            if watched is self._room:
                self._place()
            elif isinstance(watched, QAbstractScrollArea):  # it was laid out anew
                self._shortened[watched] = watched.height()
                self._shorten_lists()
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._soon.stop()
        self._look.stop()
        self._give_back()

    def _button(self, name: str, label: str) -> QPushButton:
        button = QPushButton(label)
        button.setAutoDefault(True)
        button.setObjectName(name)
        return button

    def _place(self) -> None:
        """As low as may be, in the middle or at a side."""
        room = self._room.rect()
        size = self._size(room.width() - 2 * _MARGIN)
        room = room.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        self._stand(room, size, list(self._taken()))
        pages = [view for view in self._shortened if isinstance(view, QScrollArea)]
        if pages:  # their ends give way wherever it stands: what is in them cannot hold it up
            self._stand(room, size, list(self._taken(but=pages)))

    def _stand(self, room: QRect, size: QSize, taken: Sequence[QRect]) -> None:
        """Where none of these places is, and lists end above it."""
        lowest = room.bottom() + 1 - size.height()
        above = sorted((rect.top() - _GAP - size.height() for rect in taken), reverse=True)
        right = room.right() + 1 - size.width()
        ways = ((room.left() + right) // 2, room.left(), right)
        lines = (lowest, *(y for y in above if room.top() <= y < lowest))
        places = [QRect(QPoint(x, y), size) for y in lines for x in ways]
        self.setGeometry(next((one for one in places if _is_free(one, taken)), places[0]))
        self._shorten_lists()

    def _make_way(self) -> None:
        """The page has changed below it: it moves where it is in the way, not from under a hand."""
        if self._other_notes():
            self.hide()
        elif not self.underMouse() and not _is_free(self.geometry(), self._taken()):
            self._place()
        else:
            self._shorten_lists()

    def _shorten_lists(self) -> None:
        """Those whose end it would hide end above it."""
        shortened: dict[QAbstractScrollArea, int] = {}
        for view in _shown_in(self._room):
            around = view.parentWidget()
            laid_out = around is not None and (
                isinstance(around, QSplitter) or around.layout() is not None
            )
            if not laid_out or not isinstance(view, QAbstractItemView | QScrollArea):
                continue
            full = self._shortened.get(view, view.height())
            rect = QRect(0, 0, view.width(), full)
            whole = rect.translated(view.mapTo(self._room, QPoint()))
            seen, height = _seen(view, self._room, rect), self.y() - _GAP - whole.top()
            ends_here = seen.bottom() == whole.bottom() and seen.intersects(self.geometry())
            if isinstance(view, QScrollArea) and view not in self._shortened:
                ends_here = ends_here and self._hides_a_list_of(view, whole.bottom())
            if ends_here and height >= _TALLEST:
                shortened[view] = full
                self._set_height(view, height)
        self._give_back(but=shortened)
        for view in shortened.keys() - self._shortened.keys():
            view.installEventFilter(self)
        self._shortened = shortened

    def _hides_a_list_of(self, page: QScrollArea, bottom: int) -> bool:
        """Whether it stands over a list of the page that cannot end above it itself: it goes on
        below the end of the page, or would be too short.
        """
        for view in page.findChildren(QAbstractItemView):
            place = view.rect().translated(view.mapTo(self._room, QPoint()))
            least = max(view.minimumHeight(), _TALLEST)
            too_long = place.bottom() > bottom or place.top() + least > self.y() - _GAP
            if view.isVisible() and too_long and place.intersects(self.geometry()):
                return True
        return False

    def _give_back(self, but: Container[QAbstractScrollArea] = ()) -> None:
        for view, full in self._shortened.items():
            if view not in but and isValid(view):
                view.removeEventFilter(self)
                self._set_height(view, full)
        self._shortened = {}

    def _set_height(self, view: QAbstractScrollArea, height: int) -> None:
        """The line of a list that was in view stays there."""
        if view.height() == height:
            return
        if not isinstance(view, QAbstractItemView):
            self._resize(view, height)
            return
        bar, current = view.verticalScrollBar(), view.currentIndex()
        at_end = bar.value() == bar.maximum() > 0
        in_view = view.viewport().rect().intersects(view.visualRect(current))
        self._resize(view, height)
        if at_end:
            view.scrollToBottom()
        elif in_view:
            view.scrollTo(current)

    def _resize(self, view: QAbstractScrollArea, height: int) -> None:
        self._sizing = True
        view.resize(view.width(), height)
        self._sizing = False

    def _size(self, most: int) -> QSize:
        buttons = sum(
            b.sizeHint().width() + 8
            for b in (self._undo, self._action, self._close)
            if not b.isHidden()
        )
        wanted = self.text.fontMetrics().horizontalAdvance(self.text.text()) + buttons + 40
        width = min(wanted, most, 760)
        layout = self.layout()
        assert layout is not None
        return QSize(width, max(layout.totalHeightForWidth(width), self.sizeHint().height()))

    def _taken(self, but: Sequence[QWidget] = ()) -> Iterator[QRect]:
        """Where it may not stand: what is pressed or kept clear, and where somebody types; `but`
        are pages whose parts do not count.
        """
        focus = QApplication.focusWidget()
        for part in _shown_in(self._room):
            pressed = isinstance(part, QAbstractButton | QComboBox) or part is focus
            if not pressed and not part.property(_CLEAR):
                continue
            if any(page.isAncestorOf(part) for page in (self, *but)):
                continue
            if part.height() <= _TALLEST and (seen := _seen(part, self._room)).isValid():
                yield seen

    def _other_notes(self) -> list[QWidget]:
        return [part for part in _shown_in(self._room) if part.property(_NOTE)]

    def _press_undo(self) -> None:
        self.hide()
        self.undo_pressed.emit()

    def _press_action(self) -> None:
        self.hide()
        self.action_pressed.emit(self._code)


def _shown_in(room: QWidget) -> Iterator[QWidget]:
    """All that stands in it; what is hidden is passed over with everything in it."""
    for part in room.children():
        if isinstance(part, QWidget) and part.isVisible() and not part.isWindow():
            yield part
            yield from _shown_in(part)


def _seen(part: QWidget, room: QWidget, rect: QRect | None = None) -> QRect:
    """What of it, or of a `rect` in it, is in view, as a place in the room around it."""
    rect = rect or part.rect()
    while part is not room and (around := part.parentWidget()) is not None:
        rect = rect.translated(part.pos()).intersected(around.rect())
        part = around
    return rect


def _is_free(place: QRect, taken: Iterable[QRect]) -> bool:
    return not any(place.intersects(rect) for rect in taken)
