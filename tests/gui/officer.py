"""An officer at the real window: finds widgets by their object names, presses keys, clicks.

Nothing is called on the program but what keys and mouse do; what is read is what stands on screen.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QPoint, QRegularExpression, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QTableView,
    QWidget,
)

from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.forms.check_boxes import CheckBoxes
from giamngheo_desktop.gui.forms.pick_edit import ListEdit
from giamngheo_desktop.gui.forms.segments import Segments
from giamngheo_desktop.gui.jobs import InlineRunner
from giamngheo_desktop.gui.program import Program
from tests.gui import hands
from tests.gui.hands import Key, Modifier
from tests.harness.walk_town import Calendar

W = TypeVar("W", bound=QWidget)
SIZE = (1366, 740)
PATIENCE = 30  # seconds
LEFT = Qt.MouseButton.LeftButton


def real_boxes() -> None:
    """Questions come up in their boxes. One that nobody answers is closed in the end, so that the
    test fails where it would stand still.
    """

    def shown(message: messages.Message, parent: QWidget | None) -> str:
        patience = QTimer(singleShot=True, interval=1000 * PATIENCE)
        patience.timeout.connect(_close_box)
        patience.start()
        return messages.show_box(message, parent)

    messages.use(shown)


def _close_box() -> None:
    box = QApplication.activeModalWidget()
    if isinstance(box, QMessageBox):
        box.reject()


class Officer:
    """`calendar` is the day; `sit_down` opens the file in the program."""

    def __init__(self, qtbot: Any, calendar: Calendar, seed: int = 100) -> None:
        self.qtbot = qtbot
        self.calendar = calendar
        self.presses = 0
        self._seed = seed  # each time the program starts it gives ids of its own
        self.program: Program | None = None

    # -- the program ----------------------------------------------------------------------------

    def sit_down(self, path: Path) -> None:
        self.path = path
        self._seed += 1
        self.program = Program(self.calendar.context(self._seed), InlineRunner)
        self.program.begin(path)
        self.window.showNormal()  # the screen of the tests is smaller than any in an office
        self.window.resize(*SIZE)
        QApplication.processEvents()

    def on(self, day: str) -> None:
        """The window was left open over night; in the morning the screen is unlocked."""
        if day <= f"{self.calendar.moment:%Y-%m-%d}":
            return
        self.calendar.turn_to(day)
        front = self.window
        lock = QWidget()
        lock.show()
        hands.turn_to(lock)
        lock.close()
        hands.turn_to(front)

    def stand_up(self) -> None:
        """Close the window by its menu."""
        assert self.program is not None
        self.window.close()
        self.program = None

    @property
    def window(self) -> QWidget:
        """What is in front: a dialog that is open, else the window of the file."""
        assert self.program is not None
        window = self.program.window
        assert window is not None
        front = QApplication.activeModalWidget() or window
        if QApplication.activeWindow() is not front:
            hands.turn_to(front)  # what a window manager does for a window that comes up
        return front

    # -- what is on the screen ------------------------------------------------------------------

    def see(self, name: str, kind: type[W] = QWidget) -> list[W]:  # type: ignore[assignment]
        """Those of this name, in which * may stand for an id."""
        QApplication.processEvents()  # nobody looks faster than the window paints
        pattern = QRegularExpression.fromWildcard(name)
        return [found for found in self.window.findChildren(kind, pattern) if found.isVisible()]

    def find(self, name: str, kind: type[W] = QWidget) -> W:  # type: ignore[assignment]
        found = self.see(name, kind)
        assert len(found) == 1, f"{len(found)} widgets {name} on screen"
        return found[0]

    def read(self, name: str) -> str:
        return self.find(name, QLabel).text()

    def wait(self, until: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(until, timeout=1000 * PATIENCE)

    # -- mouse ----------------------------------------------------------------------------------

    def click(self, name: str) -> None:
        """A button that can be seen and pressed; the wheel brings it into view."""
        self.click_on(self.find(name))

    def click_on(self, widget: QWidget) -> None:
        assert widget.isEnabled(), widget.objectName()
        area = widget.parentWidget()
        while area is not None:
            if isinstance(area, QScrollArea):
                area.ensureWidgetVisible(widget)
            area = area.parentWidget()
        QApplication.processEvents()
        assert not widget.visibleRegion().isEmpty(), f"{widget.objectName()} is hidden"
        QTest.mouseClick(widget, LEFT)

    def choose(self, name: str, text: str) -> None:
        """An entry of a drop-down that begins with a text: a click opens it, keys go there."""
        box = self.find(name, QComboBox)
        entries = [box.itemText(at) for at in range(box.count())]
        wanted = next(at for at, entry in enumerate(entries) if entry.startswith(text))
        self.click_on(box)
        shown = box.view()
        self.wait(shown.isVisible)
        while (at := shown.currentIndex().row()) != wanted:
            QTest.keyClick(shown, Key.Key_Down if at < wanted else Key.Key_Up)
        QTest.keyClick(shown, Key.Key_Return)
        assert box.currentText().startswith(text)

    def menu(self, button: str, entry: str) -> None:
        """Open the menu of a button and choose an entry by keyboard: by its name, or by how its
        text begins.
        """
        self.click(button)
        self.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(
            action
            for action in menu.actions()
            if action.objectName() == entry or action.text().startswith(entry)
        )
        assert action.isEnabled(), entry
        while menu.activeAction() is not action:
            QTest.keyClick(menu, Key.Key_Down)
        QTest.keyClick(menu, Key.Key_Return)

    def answering(self, code: str, question: str) -> None:
        """The question that comes up next will be answered by a click on this button."""
        end = time.monotonic() + PATIENCE

        def look() -> None:
            box = QApplication.activeModalWidget()
            if isinstance(box, QMessageBox) and question in box.text():
                button = box.findChild(QPushButton, code)
                assert button is not None
                QTest.mouseClick(button, LEFT)
            elif time.monotonic() < end:
                QTimer.singleShot(5, look)
            elif isinstance(box, QMessageBox):  # another one: nobody answers it for the officer
                box.reject()

        QTimer.singleShot(0, look)

    # -- keyboard -------------------------------------------------------------------------------

    def focus(self) -> QWidget:
        """What has the keyboard in the window in front."""
        front = self.window
        focus = hands.focus()
        assert focus.window() is front, f"the keyboard is behind {front.objectName()}"
        return focus

    def at(self) -> str:
        return self.focus().objectName()

    def press(self, *keys: Key, modifier: Modifier = Modifier.NoModifier) -> None:
        self.focus()
        self.presses += len(keys)
        hands.press(*keys, modifier=modifier)

    def write(self, text: str) -> None:
        self.focus()
        self.presses += len(text)
        hands.write(text)

    def replace(self, text: str) -> None:
        """In a line: what stands there goes."""
        focus = self.focus()
        if isinstance(focus, QLineEdit) and focus.selectedText() != focus.text():
            self.press(Key.Key_A, modifier=Modifier.ControlModifier)
        if text:
            self.write(text)
        else:
            self.press(Key.Key_Delete)

    def answer(self, text: str) -> None:
        """Type the answer of the field that has the keyboard; of a row of buttons its digit."""
        focus = self.focus()
        if isinstance(focus, Segments):
            labels = [button.text() for button in focus.findChildren(QAbstractButton)]
            at = next(at for at, label in enumerate(labels) if label.startswith(text))
            self.write(str(at + 1))
        elif isinstance(focus, CheckBoxes):
            self.write(text)  # digits
        else:
            self.replace(text)

    def fill(self, answers: Mapping[str, str], last: str) -> None:
        """Walk a form by Enter, answering on the way, to `last`.

        A name may end with * where the rest of it is an id.
        """
        left = dict(answers)
        visited = [self.at()]
        while visited[-1] != last and len(visited) < 99:
            known = next((name for name in left if fnmatch(visited[-1], name)), None)
            if known is not None:
                self.answer(left.pop(known))
            self.press(Key.Key_Return)
            visited.append(self.at())
        assert not left, f"Enter never came to {list(left)}: {visited}"
        assert visited[-1] == last, f"Enter never came to {last}: {visited}"

    def fill_and_do(self, answers: Mapping[str, str], act: str) -> None:
        """The same, and press the main button where Enter ends."""
        self.fill(answers, act)
        self.press(Key.Key_Space)

    def tab_to(self, name: str) -> None:
        """By the Tab key."""
        visited = []
        while self.at() != name and len(visited) < 60:
            self.press(Key.Key_Tab)
            visited.append(self.at())
        assert self.at() == name, f"Tab never came to {name}: {visited}"

    def pick(self, text: str, shown: str) -> None:
        """In a search: type, wait for the list, go down to the line that begins so, Enter."""
        self.replace(text)
        search = self.focus()
        assert isinstance(search, ListEdit)
        self.wait(lambda: search.list_is_open)
        labels = [option.label for option in search.options]
        at = next(at for at, label in enumerate(labels) if label.startswith(shown))
        for _ in range(at + 1):
            self.press(Key.Key_Down)
        self.press(Key.Key_Return)

    # -- tables ---------------------------------------------------------------------------------

    def line(self, name: str, text: str, among: str = "") -> None:
        """Click on the line of a table in which a text stands, and `among` too."""
        table = self.find(name, QTableView)
        model = table.model()
        for row, shown in enumerate(self.lines(name)):
            if text in shown and (not among or among in shown):
                index = model.index(row, 0)
                table.scrollTo(index)
                place = table.visualRect(index).center()
                QTest.mouseClick(table.viewport(), LEFT, pos=place)
                return
        raise AssertionError(f"{text} is not in {name}: {self.lines(name)}")

    def lines(self, name: str) -> list[list[str]]:
        table = self.find(name, QTableView)
        model = table.model()
        return [
            [
                str(model.index(row, column).data() or "")
                for column in range(model.columnCount())
                if not table.isColumnHidden(column)
            ]
            for row in range(model.rowCount())
        ]

    def cell(self, name: str, row: str, column: int, text: str) -> None:
        """Type into a cell of a table, of the line in which `row` stands."""
        table = self.find(name, QTableView)
        model = table.model()
        at = next(
            at
            for at in range(model.rowCount())
            if row in [str(model.index(at, c).data()) for c in range(model.columnCount())]
        )
        index = model.index(at, column)
        table.scrollTo(index)
        pos: QPoint = table.visualRect(index).center()
        QTest.mouseClick(table.viewport(), LEFT, pos=pos)
        self.write(text)
        self.press(Key.Key_Return)
