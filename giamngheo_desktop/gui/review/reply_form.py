"""The answer to an application: recognised by decision, refused in writing, or withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.applications import ON_INCOME, Outcome, Purpose
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.form import Choice, Condition, FieldDef, FieldKind
from giamngheo_desktop.domain.income import printed
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.review.paper_form import PaperForm, Values
from giamngheo_desktop.services.review import answering
from giamngheo_desktop.services.review.answering import Answer
from giamngheo_desktop.services.review.applications import Filed

_CLASSES = {
    Purpose.ENTER: ("poor", "near_poor"),
    Purpose.LEAVE: ("near_poor", "not_poor"),
}


class ReplyForm(PaperForm):
    """`open(line, year)` asks what was decided of one application."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "reply", parent)
        self.act.setText(self.tr("&Ghi trả lời"))
        self._line: Filed | None = None
        self._year = 0

    def open(self, line: Filed, year: int) -> None:
        self._line, self._year = line, year
        self.heading.setText(self.tr("Trả lời {name}").format(name=line.paper.applicant))
        due = line.slot.due
        said = self.tr("{purpose}; nhận ngày {received}, hạn trả lời {due}.")
        self.hint.setText(
            said.format(
                purpose=texts.PURPOSES[line.paper.purpose],
                received=format_date(line.paper.received_on),
                due=self.tr("chưa rõ") if due is None else format_date(due),
            )
        )
        self.hint.show()
        self.show_fields(self.tr("Văn bản trả lời"), self._fields(line))
        self.begin(f"tra-loi-{line.uid.hex}", {"day": self.desk.context.today()})
        self.form.focus_field("outcome")
        if line.paper.purpose in ON_INCOME and line.review is not None:
            work = partial(answering.income_of, self.desk.database, self.desk.definitions, line.uid)
            self.desk.runner.read(self, work, self._show_income, latest="income")

    def _fields(self, line: Filed) -> list[FieldDef]:
        classes = _CLASSES.get(line.paper.purpose, ())
        labels = self.desk.definitions.choice_list("household_classes")
        accepted = Condition(field="outcome", operator="is", value="accepted")
        fields = [
            FieldDef(
                code="outcome",
                kind=FieldKind.CHOICE,
                label=self.tr("Kết quả"),
                required=True,
                choices=tuple(
                    Choice(code=one.value, label=text) for one, text in texts.OUTCOMES.items()
                ),
            ),
            FieldDef(
                code="household_class",
                kind=FieldKind.CHOICE,
                label=self.tr("Công nhận là"),
                required=True,
                choices=tuple(
                    Choice(code=code, label=labels.entry(code).label) for code in classes
                ),
                visible_if=accepted,
            ),
            FieldDef(
                code="number",
                kind=FieldKind.TEXT,
                label=self.tr("Số văn bản"),
                required=True,
                help=self.tr("Số quyết định công nhận, hoặc số văn bản trả lời."),
                visible_if=Condition(field="outcome", operator="in", value=("accepted", "refused")),
            ),
            FieldDef(code="day", kind=FieldKind.DATE, label=self.tr("Ngày ký"), required=True),
            FieldDef(
                code="reasons",
                kind=FieldKind.TEXT,
                label=self.tr("Lý do"),
                required=True,
                visible_if=Condition(field="outcome", operator="is", value="refused"),
            ),
        ]
        return [field for field in fields if classes or field.code != "household_class"]

    def _show_income(self, found: tuple[Fraction | None, AppError | None]) -> None:
        income, problem = found
        said = []
        if income is not None:
            text = self.tr("Thu nhập {income} đồng/người/tháng.")
            said.append(text.format(income=format_integer(printed(income))))
        said.append(
            self.tr("Trong mức quy định.") if problem is None else texts.error_text(problem)
        )
        self.hint.setText(f"{self.hint.text()}\n{' '.join(said)}")

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        assert self._line is not None
        given = Answer(
            application=self._line.uid,
            outcome=Outcome(values["outcome"]),
            day=values["day"],
            number=str(values.get("number") or ""),
            reasons=str(values.get("reasons") or ""),
            household_class=values.get("household_class"),
        )
        return partial(
            answering.answer,
            self.desk.database,
            self.desk.context,
            self.desk.definitions,
            given,
            commune=self.desk.unit(self._year),
        )
