"""The keys of changed-only entry: Space for as last year, ? for not known, in every input.

A space inside a text that is being typed stays a space: only where the whole answer would be
replaced by the next key does Space mean that it holds.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from giamngheo_desktop.domain.answers import AnswerState
from giamngheo_desktop.gui.forms.answer_mark import WAITING
from giamngheo_desktop.gui.forms.check_boxes import CheckBoxes
from giamngheo_desktop.gui.forms.field_widget import FieldWidget
from giamngheo_desktop.gui.forms.line_edit import LineEdit
from giamngheo_desktop.gui.forms.pick_edit import ListEdit

_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt)
_STAYS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class AnswerKeys(QObject):
    """`accepted(code)`: Space; `unknown(code)`: ? or Ctrl+?; `section_accepted(code)`: Ctrl+Space;
    `all_accepted()`: Ctrl+Shift+Space.
    """

    accepted = Signal(str)
    unknown = Signal(str)
    section_accepted = Signal(str)
    all_accepted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[int, FieldWidget] = {}
        self._untouched: QObject | None = None  # no key was pressed in it since it got the focus

    def watch(self, field: FieldWidget) -> None:
        self._fields[id(field.input())] = field
        field.input().installEventFilter(self)
        field.mark_pressed.connect(self._open_menu)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        field = self._fields.get(id(watched))
        if field is None or field.answer is None:
            return False
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusIn:
            if event.reason() not in _STAYS:
                self._untouched = watched
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            taken = self._press(field, event)
            if not taken and event.key() not in _MODIFIERS:
                self._untouched = None
            return taken
        return False

    def menu_of(self, field: FieldWidget) -> QMenu:
        """The same for the mouse, at the sign before the field."""
        code, menu = field.field.code, QMenu(field)
        menu.setObjectName("answer_menu")
        accept = menu.addAction(self.tr("Như năm trước (phím cách)"))
        accept.setEnabled(field.answer in WAITING)
        accept.triggered.connect(partial(self.accepted.emit, code))
        unknown = menu.addAction(self.tr("Không biết (phím ?)"))
        unknown.triggered.connect(partial(self.unknown.emit, code))
        return menu

    def _open_menu(self) -> None:
        field = self.sender()
        assert isinstance(field, FieldWidget)
        field.take_focus()
        menu = self.menu_of(field)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(field.mapToGlobal(field.rect().bottomLeft()))

    def _press(self, field: FieldWidget, event: QKeyEvent) -> bool:
        code, key = field.field.code, event.key()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_Space and held in (_CONTROL, _CONTROL | _SHIFT):
            if event.isAutoRepeat():
                return True
            if held == _CONTROL:
                self.section_accepted.emit(code)
            else:
                self.all_accepted.emit()
            return True
        if held & _CONTROL:
            asks = key == Qt.Key.Key_Question or (key == Qt.Key.Key_Slash and bool(held & _SHIFT))
            if asks:
                self.unknown.emit(code)
            return asks
        if event.text() == "?" and self._replaces(field.input()):
            self.unknown.emit(code)
            return True
        if event.text() == " " and not held and self._replaces(field.input()):
            return self._space(field, repeated=event.isAutoRepeat())
        return False

    def _space(self, field: FieldWidget, *, repeated: bool) -> bool:
        """A key held down accepts one answer only: the others were not looked at."""
        if field.answer not in WAITING and isinstance(field.input(), CheckBoxes):
            return False  # there it ticks
        if field.answer is not AnswerState.EMPTY and not repeated:
            self.accepted.emit(field.field.code)
        return True

    def _replaces(self, edit: QWidget) -> bool:
        """Whether the next key would begin the answer anew."""
        if isinstance(edit, ListEdit) and edit.list_is_open:
            return False
        if isinstance(edit, LineEdit):
            return edit.selectedText() == edit.text()
        return not isinstance(edit, CheckBoxes) or edit is self._untouched
