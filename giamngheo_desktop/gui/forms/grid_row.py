"""One row of a grid of inputs: its cells, its mark as removed, its problems in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QWidget

from giamngheo_desktop.domain.form import FieldDef
from giamngheo_desktop.gui import icons
from giamngheo_desktop.gui.forms.choice_fields import PickField
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.forms.field_widget import FieldWidget
from giamngheo_desktop.gui.forms.options import Option
from giamngheo_desktop.gui.parts import breakable

CellMaker = Callable[[FieldDef, QWidget], FieldWidget]


class GridRow(QObject):
    """`changed`: a cell was changed by hand; `toggled`: removed or brought back.

    `carried` holds what came with the row and is no column of it (a uid); its owner may add to it.
    """

    changed = Signal()
    toggled = Signal()

    def __init__(
        self,
        field: FieldDef,
        number: int,
        mapping: Mapping[str, object],
        make_cell: CellMaker,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.removed = False
        codes = {column.code for column in field.fields}
        self.carried = {key: value for key, value in mapping.items() if key not in codes}
        self.was_stored = bool(self.carried)
        self._number = QLabel(str(number + 1), parent)
        self._number.setProperty("kind", "small")
        self._button = QToolButton(parent)
        self._button.setObjectName(f"{field.code}.{number}.remove")
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # by keyboard: Ctrl+minus
        self._problem = QLabel(parent, wordWrap=True)
        self._problem.setObjectName(f"{field.code}.{number}.problem")
        self._problem.hide()
        self.cells: dict[str, FieldWidget] = {}
        for column in field.fields:
            cell = make_cell(column, parent)
            cell.input().setObjectName(f"{field.code}.{number}.{column.code}")
            name = self.tr("{label}, dòng {number}")
            cell.input().setAccessibleName(name.format(label=column.label, number=number + 1))
            cell.set_value(mapping.get(column.code))  # type: ignore[arg-type]
            cell.changed.connect(self._cell_changed)
            cell.problem_changed.connect(self._show_problem)
            self.cells[column.code] = cell
        self._button.clicked.connect(self.toggle)
        self._show_mark()
        self._show_conditions()
        self._show_problem()

    @property
    def is_blank(self) -> bool:
        """Nothing is typed and nothing was stored."""
        return not self.carried and all(cell.value() is None for cell in self.cells.values())

    def value(self) -> dict[str, Entry]:
        """The row as it came, with the cells as they are now."""
        cells = {code: cell.value() for code, cell in self.cells.items()}
        return {**self.carried, **cells}  # type: ignore[dict-item]

    def narrow(self, code: str, options: Sequence[Option]) -> None:
        """Offer these in a cell, unless it offers them already."""
        cell = self.cells[code]
        if isinstance(cell, PickField) and cell.edit.options != tuple(options):
            cell.set_options(options)

    def inputs(self) -> list[QWidget]:
        return [cell.input() for cell in self.cells.values()]

    def place(self, grid: QGridLayout, at: int) -> None:
        """Stand in the grid from line `at` (cells, then problems)."""
        top = Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(self._number, at, 0, top)
        for column, cell in enumerate(self.cells.values(), start=1):
            grid.addWidget(cell, at, column)
        grid.addWidget(self._button, at, len(self.cells) + 1, top)
        grid.addWidget(self._problem, at + 1, 1, 1, len(self.cells))
        for widget in (self._number, self._button, *self.cells.values()):
            widget.show()  # at once, so that the cursor can go there

    def toggle(self) -> None:
        """Mark the row as removed, or bring it back."""
        self.set_removed(not self.removed)
        self.toggled.emit()

    def set_removed(self, removed: bool) -> None:
        """The same, silently."""
        self.removed = removed
        self._show_mark()
        self._show_conditions()

    def discard(self) -> None:
        """Take the row off the screen for good."""
        for widget in (self._number, self._button, self._problem, *self.cells.values()):
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        self.deleteLater()

    def _cell_changed(self) -> None:
        self._show_conditions()
        self.changed.emit()

    def _show_mark(self) -> None:
        self._button.setIcon(icons.icon("undo" if self.removed else "delete", "text_soft"))
        word = self.tr("Lấy lại dòng này") if self.removed else self.tr("Bỏ dòng này (Ctrl+–)")
        self._button.setToolTip(word)
        self._button.setAccessibleName(word)
        for stop in self.inputs():
            stop.setEnabled(not self.removed)
            font = QFont()  # only this one trait: size and family follow the theme
            font.setStrikeOut(self.removed)
            stop.setFont(font)

    def _show_conditions(self) -> None:
        if self.removed:
            return
        now = self.value()
        for cell in self.cells.values():
            condition = cell.field.visible_if
            if condition is not None and condition.field in self.cells:
                cell.input().setEnabled(condition.holds(now))

    def _said(self, cell: FieldWidget) -> str:
        """The problem of a cell; the row tells them all, so each names its column once."""
        name = cell.field.short_label
        if name in cell.problem:
            return cell.problem
        return self.tr("{label}: {problem}").format(label=name, problem=cell.problem)

    def _show_problem(self) -> None:
        told = [cell for cell in self.cells.values() if cell.problem]
        self._problem.setText(breakable("\n".join(map(self._said, told))))
        is_error = any(cell.is_error for cell in told)
        self._problem.setProperty("kind", "error" if is_error else "warning")
        self._problem.style().polish(self._problem)
        self._problem.setVisible(bool(told))
