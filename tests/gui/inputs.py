"""What can be typed into, and which modules of the window build it."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from functools import cache
from pathlib import Path

from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from giamngheo_desktop import gui
from giamngheo_desktop.gui.forms.field_widget import FieldWidget
from giamngheo_desktop.gui.forms.form_view import FormView
from giamngheo_desktop.gui.grid.edit_grid import EditGrid

_LINES = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)
_BUILDERS = (*_LINES, EditGrid, FormView, FieldWidget)


def gui_modules() -> list[str]:
    return [found.name for found in pkgutil.walk_packages(gui.__path__, f"{gui.__name__}.")]


def classes_below(*bases: type) -> set[type]:
    """The classes of the program that are some of these."""
    for name in gui_modules():
        importlib.import_module(name)
    found: set[type] = set()
    for base in bases:
        for kind in base.__subclasses__():
            if kind.__module__.startswith(gui.__name__):
                found.add(kind)
            found |= classes_below_of(kind)
    return found


def classes_below_of(kind: type) -> set[type]:
    ours = {k for k in kind.__subclasses__() if k.__module__.startswith(gui.__name__)}
    return ours.union(*(classes_below_of(k) for k in kind.__subclasses__()))


@cache
def modules_of_inputs() -> frozenset[str]:
    """The files of the program that build something to type into; the kinds of fields and cells
    themselves stand in `gui.forms` and `gui.grid`.
    """
    names = {kind.__name__ for kind in (*_BUILDERS, *classes_below(*_BUILDERS))}
    found = set()
    for name in gui_modules():
        module = importlib.import_module(name)
        own = name.removeprefix(f"{gui.__name__}.").split(".")[0]
        if module.__file__ is None or own in ("forms", "grid"):
            continue
        for node in ast.walk(ast.parse(Path(module.__file__).read_text("utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            word = getattr(called, "id", getattr(called, "attr", None))
            assert word != "setEditable", f"{name}: the walk knows no drop-down that is typed into"
            if word in names:
                found.add(name)
    return frozenset(found)


def inputs(root: QWidget) -> list[QWidget]:
    """Whatever in this place a text can be typed into now."""
    found: list[QWidget] = []
    for kind in (*_LINES, EditGrid):
        found += [
            widget
            for widget in root.findChildren(kind)
            if widget.isVisible() and widget.isEnabled() and _takes_text(widget)
        ]
    return found


def _takes_text(widget: QWidget) -> bool:
    if isinstance(widget, EditGrid):
        cells = widget.cells
        return any(
            not cells.is_locked(row, column)
            for row in range(cells.rowCount())
            for column in cells.columns
        )
    if widget.objectName() in ("qt_spinbox_lineedit", "cell_editor"):
        return False
    return not widget.isReadOnly()  # type: ignore[attr-defined]


def modules_of(widget: QWidget) -> set[str]:
    """Where the widget and all around it are written."""
    found = set()
    around: QWidget | None = widget
    while around is not None:
        found |= {kind.__module__ for kind in type(around).__mro__}
        around = around.parentWidget()
    return found


def kinds_of(widget: QWidget) -> set[type]:
    """What the widget and all around it are."""
    around = widget.parentWidget()
    return {type(widget)} | (kinds_of(around) if around is not None else set())
