"""Recording one more class result of a household: year, class, source, decision, first day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.form import Choice, Condition, FieldDef, FieldKind
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.household import stored
from giamngheo_desktop.gui.household.event_dialog import DAY, EventDialog, Values, day_of
from giamngheo_desktop.gui.household.words import title
from giamngheo_desktop.gui.review.drafting import Typed
from giamngheo_desktop.services import classes
from giamngheo_desktop.services.assessment import Assessment
from giamngheo_desktop.services.classes import ClassEntry
from giamngheo_desktop.services.household_view import Dossier

_YEARS = 10  # that a paper may be typed late


class ClassDialog(EventDialog):
    """Starts from the class that the data give now; a decision makes it a recognised one."""

    has_happened = False  # a decision may hold from a day to come
    help_page = "review_tab"

    def __init__(
        self,
        desk: Desk,
        dossier: Dossier,
        found: tuple[Assessment, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        self._found = {item.standard.code: item for item in found}
        self._own_day = False  # the first day was typed by hand
        super().__init__(desk, dossier, parent)

    def title(self) -> str:
        return self.tr("Ghi nhận kết quả phân loại")

    def hint(self) -> str:
        return self.tr(
            "Kết quả cũ được giữ lại và hết hiệu lực vào hôm trước ngày bắt đầu ghi ở đây."
        )

    def fields(self) -> list[FieldDef]:
        standards = self.dossier.around.standards
        derived = self.desk.definitions.form("household_derived")
        standard = FieldDef(
            code="standard",
            kind=FieldKind.CHOICE,
            label=self.tr("Bộ chuẩn"),
            required=True,
            choices=tuple(Choice(code=item.code, label=item.label) for item in standards),
        )
        source = FieldDef(
            code="source",
            kind=FieldKind.CHOICE,
            label=self.tr("Nguồn"),
            help=self.tr("Chỉ quyết định và số đầu kỳ được tính vào biểu chính thức."),
            required=True,
            choices=(
                Choice(code="decision", label=self.tr("Quyết định công nhận")),
                Choice(code="opening", label=self.tr("Đầu kỳ nhập")),
                Choice(code="computed", label=self.tr("Kết quả tính (sơ bộ)")),
            ),
        )
        by_decision = Condition(field="source", operator="is", value="decision")
        fields = [
            self._year_field(derived.field("review_year")),
            _plain(derived.field("class"), required=True),
            _plain(derived.field("average_living"), required=True),
            source,
            _plain(derived.field("decision_number"), visible_if=by_decision),
            _plain(derived.field("decision_date"), visible_if=by_decision),
            self.day_field(self.tr("Hiệu lực từ ngày")),
            FieldDef(code="note", kind=FieldKind.TEXT, label=self.tr("Ghi chú")),
        ]
        return [standard, *fields] if len(standards) > 1 else fields

    def start(self) -> dict[str, Entry]:
        standard = self.dossier.around.standard.code
        result = self._found[standard].classification if standard in self._found else None
        computed = result.household_class if result else None
        shown = None if computed is None else str(computed.value)
        return {
            "standard": standard,
            "review_year": str(self.dossier.around.year),
            "class": "not_poor" if shown == "average" else shown,
            "average_living": False,
            "source": "decision",
        }

    def problems(self, values: Values) -> dict[str, str]:
        year = int(values["review_year"])
        standard = self.desk.definitions.standards.get(self._standard(values))
        # the opening under a new standard is counted in the last year of the old one
        if not (standard.covers(year) or standard.covers(year + 1)):
            said = self.tr("{standard} chỉ dùng cho các năm {first}–{last}.")
            text = said.format(
                standard=standard.label,
                first=standard.first_review_year - 1,
                last=standard.last_review_year,
            )
            return {"review_year": text}
        opening = values["source"] == "opening"
        if opening and not self.dossier.around.takes_opening(standard.code, year):
            said = self.tr(
                "Đầu kỳ chỉ nhập cho năm đầu dùng sổ. Chọn Quyết định công nhận; chưa có số, ngày "
                "thì để trống, trang Soát số liệu sẽ nhắc."
            )
            return {"source": said}
        return {}

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        by_decision = values["source"] == "decision"
        entry = ClassEntry(
            household=self.household.uid,
            standard=self._standard(values),
            review_year=int(values["review_year"]),
            household_class=values["class"],
            average_living=bool(values.get("average_living")),
            source=values["source"],
            valid_from=day_of(values),
            decision_number=values.get("decision_number") if by_decision else None,
            decision_on=values.get("decision_date") if by_decision else None,
            note=values.get("note"),
        )
        return partial(
            classes.record,
            self.desk.database,
            self.desk.context,
            entry,
            commune=self.desk.unit(self.dossier.around.year),
            subject=title(self.household, is_new=False),
        )

    def put(self, typed: Typed) -> None:
        super().put(typed)
        self._own_day = True  # nobody knows any more whether it followed the decision

    def _field_changed(self, code: str) -> None:
        super()._field_changed(code)
        if code == DAY:
            self._own_day = self.form.fields[DAY].value() is not None
        elif code in ("source", "decision_date") and not self._own_day:
            self._follow_decision()

    def _follow_decision(self) -> None:
        """A result holds from the day its decision was signed, as typed on the household page."""
        now = self.form.draft()
        day, signed = self.desk.day(self.dossier.around.year), now["decision_date"]
        if now["source"] == "decision" and isinstance(signed, date):
            day = max(signed, stored.here_since(self.dossier))
        self.form.fields[DAY].set_value(day)

    def _year_field(self, field: FieldDef) -> FieldDef:
        """A year is picked, not counted: 2026 and never 2.026."""
        year = self.dossier.around.year
        years = range(year - _YEARS, year + 2)
        choices = tuple(Choice(code=str(each), label=str(each)) for each in reversed(years))
        return replace(
            field, kind=FieldKind.CHOICE, choices=choices, required=True, visible_if=None
        )

    def _standard(self, values: Values) -> str:
        return str(values.get("standard") or self.dossier.around.standard.code)


def _plain(field: FieldDef, **values: Any) -> FieldDef:
    return replace(field, **{"visible_if": None, **values})
