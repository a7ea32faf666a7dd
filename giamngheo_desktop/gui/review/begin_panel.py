"""Opens a review: its kind, days and standards, and who surveys each village."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import cast
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.form import Choice, Condition, FieldDef, FieldKind, Section
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.workflow import ReviewKind
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.forms.form_check import Values, checked
from giamngheo_desktop.gui.forms.form_view import FormView
from giamngheo_desktop.gui.forms.refusal import Refusal
from giamngheo_desktop.gui.parts import button, label, scrolled
from giamngheo_desktop.gui.review.drafting import DraftNote
from giamngheo_desktop.gui.review.set_fields import (
    DAYS,
    chosen,
    day_problems,
    hide_none,
    outside_window,
    set_fields,
)
from giamngheo_desktop.gui.review.surveyor_grid import NAMES, SurveyorGrid
from giamngheo_desktop.services.review import in_year
from giamngheo_desktop.services.review.review_view import ReviewView
from giamngheo_desktop.services.review.reviews import MOVEMENT, NewReview

_IN_YEAR = Condition(field="kind", operator="is", value=ReviewKind.IN_YEAR.value)


class BeginPanel(QWidget):
    """`begun(uid)` after it was opened; `cancelled()`; `go_requested(page, payload)`."""

    begun = Signal(object)
    cancelled = Signal()
    go_requested = Signal(str, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("begin_panel")
        self.desk = desk
        self._view: ReviewView | None = None
        self.form = FormView([])
        self.draft = DraftNote(desk, self._typed)
        self.grid = SurveyorGrid()
        self.grid.setMinimumHeight(170)
        self.population = button(self.tr("Nhập dân số các thôn"), "open_population", kind="link")
        self.refusal = Refusal()
        self.begin_button = button(
            self.tr("&Mở kỳ rà soát"), "begin_review", icon="review", kind="primary"
        )
        self.cancel_button = button(self.tr("&Thôi"), "cancel_begin")
        inside = QWidget()
        self._inside = QVBoxLayout(inside)
        self._inside.setContentsMargins(0, 0, 8, 0)
        self._inside.setSpacing(8)
        self._inside.addWidget(self.draft)
        self._inside.addWidget(self.form)
        self.taken = label("", "bold", "applications_taken", wrap=True)
        self.taken.hide()
        self._inside.addWidget(self.taken)
        self.outside = label("", "warning", "begin_outside", wrap=True)
        self.outside.hide()
        self._inside.addWidget(self.outside)
        hint = self.tr("Rà soát viên của từng thôn; chưa rõ thì để trống, ghi sau ở bước Chuẩn bị.")
        self._inside.addWidget(label(hint, "soft", "surveyors_hint", wrap=True))
        self._inside.addWidget(self.grid, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.population)
        foot.addStretch()
        foot.addWidget(self.begin_button)
        foot.addWidget(self.cancel_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(scrolled(inside, "begin_scroll"), 1)
        box.addWidget(self.refusal)
        box.addLayout(foot)
        self.grid.changed.connect(self.draft.touch)
        self.grid.typing.connect(self.draft.touch)
        self.grid.completed.connect(self.begin_button.setFocus)
        self.begin_button.clicked.connect(self.begin)
        self.cancel_button.clicked.connect(self._cancel)
        self.population.clicked.connect(self._go_to_population)
        self.draft.dropped.connect(self._fill)

    # -- for the page ---------------------------------------------------------------------------

    def show_view(self, view: ReviewView) -> None:
        """Offer to open a review of this year; what is typed for it already stays."""
        same = self._view is not None and self._key(self._view) == self._key(view)
        typed = self._typed() if same else None
        if not same:
            self.keep()
        self._view = view
        self._build()
        self._fill()
        if same:
            self._put(typed)
        else:
            title = self.tr("Mở kỳ rà soát năm {year}").format(year=view.year)
            self._put(self.draft.begin(self._key(view), title))

    def keep(self) -> None:
        if self._view is not None:
            self.draft.keep()

    def start(self) -> None:
        self.form.focus_field(self.form.visible_codes()[0])

    def stops(self) -> list[QWidget]:
        return [self.form, self.grid, self.begin_button]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (enter_walk.is_enter(event) and enter_walk.go_on(self.stops())):
            super().keyPressEvent(event)

    # -- the act --------------------------------------------------------------------------------

    def begin(self) -> None:
        """Check the answers and open the review."""
        values = checked(self.form, self._problems)
        if values is None:
            return
        self.refusal.hide()
        self.begin_button.setEnabled(False)
        work = partial(
            in_year.begin,
            self.desk.database,
            self.desk.context,
            self.desk.definitions,
            self._new(values),
            commune=self._commune(values),
        )
        self.desk.runner.write(self, work, self._begun, self._refused)

    def _new(self, values: Values) -> NewReview:
        view = self._known()
        kind = ReviewKind(str(values["kind"]))
        return NewReview(
            kind=kind,
            year=view.year,
            month=values["month"] if kind is ReviewKind.IN_YEAR else None,
            begun_on=values["begun_on"],
            reference_day=values["reference_day"],
            standards=chosen(values, view.proposed),
            surveyors={uid: names for uid, names in self.grid.names().items() if names},
            note=values["note"],
        )

    def _problems(self, values: Values) -> dict[str, str]:
        found = {}
        month = values.get("month")
        if isinstance(month, int) and not 1 <= month <= 12:
            found["month"] = texts.PARSE_ERRORS["no_such_month"]
        return found | day_problems(values, self._known().year)

    def _begun(self, done: Done[UUID]) -> None:
        self.draft.forget()
        self._view = None  # the next one starts from the beginning
        self.begin_button.setEnabled(True)
        self.begun.emit(done.value)

    def _refused(self, error: BaseException) -> None:
        self.begin_button.setEnabled(True)
        self.begin_button.setFocus()
        self.refusal.say(error)

    # -- building and filling -------------------------------------------------------------------

    def _build(self) -> None:
        form = FormView(
            [Section(code="begin", label=self._title(), page="", fields=self._fields())]
        )
        hide_none(form)
        self._inside.replaceWidget(self.form, form)
        self.form.hide()
        self.form.deleteLater()
        self.form = form
        form.changed.connect(self._changed)
        form.completed.connect(self.grid.start)
        form.show()

    def _title(self) -> str:
        return self.tr("Mở kỳ rà soát năm {year}").format(year=self._known().year)

    def _fields(self) -> tuple[FieldDef, ...]:
        view = self._known()
        kinds = (
            Choice(code=ReviewKind.PERIODIC.value, label=self.tr("Định kỳ")),
            Choice(code=ReviewKind.IN_YEAR.value, label=self.tr("Thường xuyên theo tháng")),
        )
        communes = tuple(Choice(code=area.uid.hex, label=area.name) for area in view.communes)
        kind, text = FieldKind, self.tr
        fields = [
            FieldDef(code="kind", kind=kind.CHOICE, label=text("Kỳ rà soát"), choices=kinds,
                     required=True),
            FieldDef(code="month", kind=kind.INTEGER, label=text("Tháng"), required=True,
                     visible_if=_IN_YEAR),
            *set_fields(self.desk.definitions, view.proposed),
        ]  # fmt: skip
        if len(communes) > 1:
            fields.insert(
                0,
                FieldDef(code="commune", kind=kind.CHOICE, label=text("Xã"), choices=communes,
                         required=True),
            )  # fmt: skip
        return tuple(fields)

    def _fill(self) -> None:
        view = self._known()
        periodic = any(head.kind is ReviewKind.PERIODIC for head in view.reviews)
        kind = ReviewKind.IN_YEAR if periodic else ReviewKind.PERIODIC
        begun = self._proposed_day(kind)
        self.form.set_record(
            {
                "kind": kind.value,
                "month": begun.month,
                "begun_on": begun,
                "reference_day": begun,
                "standards": self._proposed_standards(kind),
            }
        )
        self._count_applications()
        self.grid.show_villages(view, view.last_surveyors)
        self.refusal.hide()

    def _proposed_standards(self, kind: ReviewKind) -> tuple[str, ...]:
        """A month decides on the list of the year; the next one begins with the periodic review."""
        every = kind is ReviewKind.PERIODIC
        proposed = self._known().proposed
        return tuple(item.code for item in proposed if every or item.purpose == MOVEMENT)

    def _count_applications(self) -> None:
        """Say how many applications wait for the month that would be begun."""
        values = self.form.draft()
        begun = values.get("begun_on")
        self.taken.hide()
        self._say_outside(values)
        if values.get("kind") != ReviewKind.IN_YEAR.value or not isinstance(begun, date):
            return
        work = partial(
            in_year.to_take,
            self.desk.database,
            self.desk.definitions,
            commune=self._commune(values),
            begun_on=begun,
            today=self._known().today,
        )
        self.desk.runner.read(self, work, self._say_taken, latest="applications_taken")

    def _say_outside(self, values: Values) -> None:
        kind, year = values.get("kind"), self._known().year
        said = (
            outside_window(
                self.desk.definitions, ReviewKind(str(kind)), year, values.get("begun_on")
            )
            if kind
            else ""
        )
        self.outside.setText(said)
        self.outside.setVisible(bool(said))

    def _say_taken(self, count: int) -> None:
        text = self.tr("{count} giấy đề nghị đang chờ được đưa vào đợt này.")
        if not count:
            text = self.tr("Không có giấy đề nghị nào chờ: đợt này chưa có hộ nào.")
        self.taken.setText(text.format(count=format_integer(count)))
        self.taken.setVisible(self.form.draft().get("kind") == ReviewKind.IN_YEAR.value)

    def _proposed_day(self, kind: ReviewKind) -> date:
        """Today within the time the law gives, else its first day."""
        view = self._known()
        workflow = self.desk.definitions.workflow(kind.value, date(view.year, 12, 31))
        if kind is ReviewKind.IN_YEAR:
            month = view.today.month if view.today.year == view.year else 1
            return date(view.year, month, workflow.starts_on or 1)
        if workflow.window is None:
            return view.today
        first, last = (date(view.year, *day) for day in workflow.window)
        return view.today if first <= view.today <= last else first

    def _changed(self, code: str) -> None:
        """Days follow the kind and the month until they are typed by hand."""
        values = self.form.draft()
        if code in ("kind", "month") and values.get("kind"):
            kind = ReviewKind(str(values["kind"]))
            begun = self._proposed_day(kind)
            month = values.get("month")
            if kind is ReviewKind.IN_YEAR and isinstance(month, int) and 1 <= month <= 12:
                begun = begun.replace(month=month)
            self.form.set_draft(dict.fromkeys(DAYS, begun))
            if code == "kind":
                self.form.set_draft({"standards": self._proposed_standards(kind)})
        if code == "begun_on" and isinstance(values["begun_on"], date):
            self.form.set_draft({"reference_day": values["begun_on"]})
        if code in ("kind", "month", "begun_on", "commune"):
            self._count_applications()
        self.refusal.hide()
        self.draft.touch()

    def _known(self) -> ReviewView:
        assert self._view is not None
        return self._view

    def _commune(self, values: Values) -> UUID:
        code = values.get("commune")
        return UUID(hex=code) if isinstance(code, str) else self._known().communes[0].uid

    def _key(self, view: ReviewView) -> str:
        return f"{view.communes[0].uid.hex}-{view.year}-mo"

    def _typed(self) -> Mapping[str, object] | None:
        if not self.form.is_dirty and not self.grid.cells.is_dirty:
            return None
        return {**self.form.draft(), NAMES: self.grid.typed()}

    def _put(self, typed: Mapping[str, object] | None) -> None:
        if typed is not None:
            fields = {code: value for code, value in typed.items() if code in self.form.fields}
            self.form.set_draft(cast("Mapping[str, Entry]", fields))
            self.grid.put_back(typed.get(NAMES))
            self._count_applications()

    def _cancel(self) -> None:
        self.keep()
        self.cancelled.emit()

    def _go_to_population(self) -> None:
        self.go_requested.emit("settings", "population")
