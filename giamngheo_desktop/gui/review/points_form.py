"""Phiếu B1 scored item by item: a line each, its option from the data or picked, its points."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.form import FieldDef, Section
from giamngheo_desktop.domain.point_picks import pick_of
from giamngheo_desktop.domain.point_table import PointTable
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.review import point_fields
from giamngheo_desktop.gui.review.answer_form import AnswerForm
from giamngheo_desktop.services.review.case_entry import CaseSheet

SECTION = "points"


class PointsForm(AnswerForm):
    """Empty without a table: then the total of the paper form is typed."""

    def __init__(
        self, table: PointTable | None, region: str, parent: QWidget | None = None
    ) -> None:
        self.table, self.region = table, region
        self._given: dict[str, QLabel] = {}  # by the code of the question in whose place it stands
        self._points: dict[str, QLabel] = {}
        fields = texts.pick_fields(table, region)
        heading = table.form.label if table else ""
        section = Section(code=SECTION, label=heading, page="review", fields=fields)
        super().__init__([section] if fields else [], parent)
        if fields:
            self._build_lines()

    @property
    def questions(self) -> list[FieldDef]:
        return [widget.field for widget in self.fields.values()]

    def show_scoring(self, sheet: CaseSheet, definitions: Definitions) -> None:
        """What each item gives now, and all of them."""
        if sheet.scoring is None:
            return
        lines = {line.item.code: line for line in sheet.scoring.scored.lines}
        for code in self.fields:
            line = lines[pick_of(code) or ""]
            self._given[code].setText(point_fields.line_text(sheet, line, definitions))
            self._points[code].setText(point_fields.points_text(line))
        self.total.setText(point_fields.total_text(sheet))
        other = point_fields.other_text(sheet)
        self.other.setText(other)
        self.other.setVisible(bool(other))

    def _build_lines(self) -> None:
        self.total = label("", "bold", "points_total", wrap=True)
        self.other = label("", "warning", "points_other", wrap=True)
        card = self._cards[SECTION]
        for code in self.fields:
            self._given[code] = label("", "", f"given_{code}", wrap=True)
            self._points[code] = label("", "bold", f"points_{code}")
            self._given[code].setParent(card)
            self._points[code].setParent(card)
        inside = card.layout()
        assert inside is not None
        inside.addWidget(self.total)
        inside.addWidget(self.other)
        self._shown = (0, frozenset(), frozenset())  # place all of them
        self._arrange()

    def _arrange_section(
        self, section: Section, columns: int, asked: frozenset[str], above: frozenset[str]
    ) -> None:
        grid = self._grids[section.code]
        top = Qt.AlignmentFlag.AlignTop
        for at, field in enumerate(section.fields if self._given else ()):
            name, widget, given = (
                part[field.code] for part in (self._labels, self.fields, self._given)
            )
            is_asked = field.code in asked
            for part in (widget, given):
                grid.removeWidget(part)
                part.setVisible(part is (widget if is_asked else given))
            grid.addWidget(name, at, 0, top)
            grid.addWidget(widget if is_asked else given, at, 1, top)
            grid.addWidget(self._points[field.code], at, 2, Qt.AlignmentFlag.AlignRight | top)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 5)
