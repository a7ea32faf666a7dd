"""A panel of records: those of the place in a short table, and the form of the chosen one below."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.records.record_work import RecordWork, Values
from giamngheo_desktop.gui.review.panel import Panel

__all__ = ["RecordPanel", "Values"]


class RecordPanel(RecordWork, Panel):
    """The records of one place on the path of a review."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.begin_records(self.foot)

    def draft_place(self) -> tuple[str, str]:
        return self.place.key, f"{self.title()}, {self.place.view.name(self.place.village)}"

    def refresh(self, *, moved: bool) -> None:
        self.read_records(moved=moved)

    def _fit(self) -> None:
        super()._fit()
        self._fit_table()
