"""F1: the help of what has the keyboard, found by the nearest widget that names its page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget

from giamngheo_desktop.gui import shortcuts

_PROPERTY = "help"


def name_help(widget: QWidget, code: str) -> None:
    """F1 inside this widget opens the page `code`."""
    widget.setProperty(_PROPERTY, code)


def help_of(widget: QWidget | None) -> str:
    """The page of help of a widget, or of the nearest one around it that has one."""
    while widget is not None:
        if code := widget.property(_PROPERTY):
            return str(code)
        widget = widget.parentWidget()
    return ""


def add_help(window: QWidget, label: str, page: Callable[[], str]) -> QAction:
    """The action of F1 in a window or dialog; `page` names the help where no widget does."""

    def show() -> None:
        open_help(window, help_of(QApplication.focusWidget()) or page())

    return shortcuts.make_action(window, "help", label, show)


def open_help(window: QWidget, code: str) -> None:
    """Show a page in the help beside this window; it is made when it is asked for first."""
    from giamngheo_desktop.gui.help.help_window import HelpWindow

    found = window.findChild(HelpWindow)
    (found if isinstance(found, HelpWindow) else HelpWindow(window)).show_topic(code)
