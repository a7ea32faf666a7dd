"""Step Chuẩn bị: what the review is about, and who surveys each village; changed later too."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import cast

from PySide6.QtWidgets import QVBoxLayout, QWidget

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.review.drafting import DraftNote
from giamngheo_desktop.gui.review.opening_line import OpeningLine
from giamngheo_desktop.gui.review.panel import Panel
from giamngheo_desktop.gui.review.set_form import SetForm
from giamngheo_desktop.gui.review.surveyor_grid import NAMES, Rows, SurveyorGrid
from giamngheo_desktop.gui.review.words import standard_name
from giamngheo_desktop.services.review import surveyors


class PreparePanel(Panel):
    """The surveyors are typed here; days and standards in a form that takes the place of all."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._sent: Rows | None = None  # names on their way to the file
        self._facts = label("", "", "review_facts", wrap=True)
        self.opening = OpeningLine(desk)
        self.draft = DraftNote(desk, self._typed)
        self.grid = SurveyorGrid()
        self.population = button(self.tr("Nhập dân số các thôn"), "open_population", kind="link")
        self.save_button = button(
            self.tr("&Lưu rà soát viên"), "save_surveyors", icon="save", kind="primary"
        )
        self.set_button = button(self.tr("S&ửa, rút kỳ rà soát…"), "set_review", icon="edit")
        self.paper = SetForm(desk)
        self.foot.addWidget(self.set_button)
        self.foot.addWidget(self.population)
        self.foot.addStretch()
        self.foot.addWidget(self.save_button)
        self.box.addWidget(self._facts)
        self.box.addWidget(self.opening)
        self.box.addWidget(self.draft)
        self.add_table(self.grid)
        self.setFocusProxy(self.grid)
        self.grid.changed.connect(self._changed)
        self.grid.typing.connect(self._changed)
        self.grid.completed.connect(self.save_button.setFocus)
        self.save_button.clicked.connect(self.save)
        self.population.clicked.connect(self._go_to_population)
        self.opening.opening_requested.connect(self._go_to_opening)
        self.draft.dropped.connect(self._show_stored)
        cast("QVBoxLayout", self.layout()).addWidget(self.paper)
        self.paper.hide()
        self.set_button.clicked.connect(self._set)
        self.paper.saved.connect(self._back)
        self.paper.left.connect(self._back)
        self.paper.days_requested.connect(self._go_to_days)

    def refresh(self, *, moved: bool) -> None:
        view = self.place.view
        review = self.place.review
        names = [
            standard_name(self.desk.definitions, item.code, item.purpose)
            for item in review.standards
        ]
        text = self.tr("Bắt đầu ngày {begun}; tuổi và số khẩu tính đến ngày {day}.\n{standards}.")
        said = text.format(
            begun=format_date(review.begun_on),
            day=format_date(review.reference_day),
            standards="; ".join(names),
        )
        note = self.tr("Ghi chú: {note}").format(note=review.note) if review.note else ""
        self._facts.setText("\n".join(filter(None, (said, note))))
        if moved or not self.editable:
            self._turn(to_form=False)
        if moved or not self.grid.cells.is_dirty:
            self.grid.show_villages(view, view.surveyors)
        if moved:
            title = self.tr("Rà soát viên năm {year}").format(year=view.year)
            found = self.draft.begin(self.place.key, title)
            if found is not None:
                self.grid.put_back(found.get(NAMES))
        self.opening.show_place(self.place, editable=self.editable)
        self.grid.setEnabled(self.editable)
        self._changed()

    def keep(self) -> None:
        self.draft.keep()
        if self.paper.isVisible():
            self.paper.keep()

    def stops(self) -> list[QWidget]:
        if self.paper.isVisible():
            return [self.paper.form, self.paper.act]
        return [self.grid, self.save_button]

    def save(self) -> None:
        """Write the names of all villages."""
        work = partial(
            surveyors.set_surveyors,
            self.desk.database,
            self.desk.context,
            self.place.review.uid,
            self.grid.names(),
        )
        self.save_button.setEnabled(False)
        self._sent = self.grid.typed()
        self.grid.cells.mark_stored()
        self.desk.runner.write(self, work, self._saved, self._refused)

    def _saved(self, done: Done[None]) -> None:
        self._sent = None
        self.draft.forget()
        self._changed()

    def _refused(self, error: BaseException) -> None:
        messages.report(error, self)
        typed, self._sent = self._sent, None
        self._show_stored()
        self.grid.put_back(typed)

    def _show_stored(self) -> None:
        self.grid.show_villages(self.place.view, self.place.view.surveyors)
        self._changed()

    def _changed(self) -> None:
        self.save_button.setEnabled(self.editable and self.grid.cells.is_dirty)
        self.draft.touch()

    def _typed(self) -> Mapping[str, object] | None:
        if self.grid.cells.is_dirty:
            return {NAMES: self.grid.typed()}
        return None if self._sent is None else {NAMES: self._sent}

    def _set(self) -> None:
        self._turn(to_form=True)
        self.paper.open(self.place)

    def _turn(self, *, to_form: bool) -> None:
        for part in (self._area, self.population, self.save_button):
            part.setVisible(not to_form)
        self.set_button.setVisible(self.editable and not to_form)
        self.paper.setVisible(to_form)

    def _back(self) -> None:
        self._turn(to_form=False)
        self.set_button.setFocus()

    def _go_to_days(self) -> None:
        self.go_requested.emit("settings", "review")

    def _go_to_opening(self) -> None:
        self.go_requested.emit("settings", "opening")

    def _go_to_population(self) -> None:
        self.go_requested.emit("settings", "population")
