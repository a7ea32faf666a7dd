"""What the last table of a former commune says, typed beside its list."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.forms.text_fields import ParsedField
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.services.exchange import figures

Figures = Mapping[str, Entry]  # by measure, as typed


class FormerFigures(QFrame):
    """One number for each measure that is compared, of the file that is shown."""

    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("former_figures")
        self.setProperty("kind", "card")
        self._of = label("", "soft", "former_figures_of", wrap=True)
        self.fields: dict[str, ParsedField] = {}
        self._cells: list[QWidget] = []
        flow = Flow(12)
        for name in figures.MEASURES:
            text = texts.FORMER_MEASURES[name]
            field = FieldDef(code=f"said_{name}", kind=FieldKind.INTEGER, label=text)
            made = ParsedField(field)
            made.changed.connect(self.typed)
            self.fields[name] = made
            cell = QWidget()
            box = QVBoxLayout(cell)
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(2)
            box.addWidget(label(text, "small"))
            box.addWidget(made)
            self._cells.append(cell)
            flow.addWidget(cell)
        self._fit()
        theme.changed.connect(self._fit)
        row = QWidget()
        row.setLayout(flow)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 8)
        box.setSpacing(4)
        box.addWidget(self._of)
        box.addWidget(row)

    def show_file(self, file: str, said: Figures) -> None:
        text = self.tr("Biểu cuối của xã cũ ({file}) ghi; để trống nếu không có biểu.")
        self._of.setText(text.format(file=file))
        for name, field in self.fields.items():
            if field.value() != said.get(name):
                field.set_value(said.get(name))

    def values(self) -> dict[str, Entry]:
        """What stands in the fields; empty ones are left out."""
        found = {name: field.value() for name, field in self.fields.items()}
        return {name: value for name, value in found.items() if value is not None}

    def stops(self) -> list[QWidget]:
        return [field.input() for field in self.fields.values()]

    @Slot()
    def _fit(self) -> None:
        for cell in self._cells:
            cell.setFixedWidth(100 * theme.percent // 100)
