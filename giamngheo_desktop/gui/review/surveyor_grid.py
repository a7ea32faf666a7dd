"""The villages with their population and who surveys them; the names are typed in one cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.grid.cells import GridColumn
from giamngheo_desktop.gui.grid.edit_grid import EditGrid
from giamngheo_desktop.services.review.review_view import ReviewView

NAMES = "surveyors"
Rows = tuple[dict[str, str], ...]  # the names as they stand in the cells, by village
_BETWEEN = re.compile(r"[,;\n]+")


class SurveyorGrid(EditGrid):
    """Names of one village stand between commas."""

    def __init__(self) -> None:
        columns = (
            GridColumn(key="name", title=_tr("Thôn"), width=130, locked=True),
            GridColumn(key="households", title=_tr("Số hộ"), number=True, width=70, locked=True),
            GridColumn(key="persons", title=_tr("Nhân khẩu"), number=True, width=84, locked=True),
            GridColumn(
                key=NAMES,
                title=_tr("Rà soát viên, cách nhau dấu phẩy"),
                width=190,
                stretch=True,
                capitals="person",
            ),
        )
        super().__init__(columns, NAMES, _tr("Rà soát viên các thôn"))

    def show_villages(self, view: ReviewView, surveyors: Mapping[UUID, tuple[str, ...]]) -> None:
        """The villages in paper order with who is known."""
        rows = []
        for area in view.villages:
            people = view.population.get(area.uid, {})
            rows.append(
                {
                    "name": area.name,
                    "households": people.get("households"),
                    "persons": people.get("persons"),
                    NAMES: ", ".join(surveyors.get(area.uid, ())),
                }
            )
        self.cells.set_rows(rows, [area.uid for area in view.villages])

    def names(self) -> dict[UUID, tuple[str, ...]]:
        """Who is typed, by village."""
        cells = self.cells
        return {
            cells.tag(row): tuple(
                dict.fromkeys(
                    name for part in _BETWEEN.split(cells.text(row, NAMES)) if (name := clean(part))
                )
            )
            for row in range(cells.rowCount())
        }

    def typed(self) -> Rows:
        """What stands in the cells, for a draft."""
        cells = self.cells
        return tuple(
            {"village": cells.tag(row).hex, NAMES: cells.text(row, NAMES)}
            for row in range(cells.rowCount())
        )

    def put_back(self, typed: object) -> None:
        """Take up a draft: villages that are gone are left out."""
        texts = {}
        for row in typed if isinstance(typed, tuple) else ():
            texts[row.get("village")] = str(row.get(NAMES) or "")
        for row in range(self.cells.rowCount()):
            text = texts.get(self.cells.tag(row).hex)
            if text is not None:
                self.cells.put(row, NAMES, text)


def _tr(text: str) -> str:
    return QCoreApplication.translate("review", text)
