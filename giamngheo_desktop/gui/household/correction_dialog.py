"""Đính chính: the class a household ought to have been recognised as in a closed year."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.children import child_ages
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.form import Choice, Condition, FieldDef, FieldKind
from giamngheo_desktop.domain.standard import AVERAGE_LIVING, NO_RESULT
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.household.columns import state_label
from giamngheo_desktop.gui.household.event_dialog import EventDialog, Values
from giamngheo_desktop.gui.household.words import title
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.review.drafting import Typed
from giamngheo_desktop.services.movement import corrections
from giamngheo_desktop.services.movement.corrections import Correction

_OFF_LIST = "off_list"


class CorrectionDialog(EventDialog):
    """One household, the reason, the paper; the tables of the year get another edition."""

    has_happened = False  # it asks no day of an event
    help_page = "corrections"

    def title(self) -> str:
        return self.tr("Đính chính kết quả của năm đã khóa sổ")

    def hint(self) -> str:
        return self.tr(
            "Các biểu của năm có thêm một lần; lần cũ vẫn in lại được như trước. Kết quả cũ của "
            "hộ được giữ trong diễn biến phân loại."
        )

    def verb(self) -> str:
        return self.tr("Ghi đính chính")

    def fields(self) -> list[FieldDef]:
        derived = self.desk.definitions.form("household_derived")
        listed = tuple(
            choice for choice in derived.field("class").choices if choice.code != "average"
        )
        off_list = Choice(code=_OFF_LIST, label=self.tr("Không thuộc danh sách của năm"))
        return [
            FieldDef(
                code="year",
                kind=FieldKind.CHOICE,
                label=self.tr("Năm rà soát"),
                required=True,
                choices=tuple(
                    Choice(code=f"{year} {standard}", label=self._year_text(year, standard))
                    for year, standard in self.dossier.closed_years
                ),
            ),
            FieldDef(
                code="class",
                kind=FieldKind.CHOICE,
                label=self.tr("Kết quả đúng"),
                required=True,
                choices=(*listed, off_list),
            ),
            FieldDef(
                code="average_living",
                kind=FieldKind.YES_NO,
                decided=True,
                label=derived.field("average_living").short_label,
                help=derived.field("average_living").label,
                visible_if=Condition(field="class", operator="is", value="not_poor"),
            ),
            FieldDef(
                code="reason", kind=FieldKind.TEXT, label=self.tr("Lý do đính chính"), required=True
            ),
            FieldDef(code="document", kind=FieldKind.TEXT, label=self.tr("Số văn bản")),
            FieldDef(code="signed_on", kind=FieldKind.DATE, label=self.tr("Ngày văn bản")),
        ]

    def above(self, box: QVBoxLayout) -> None:
        self.present = label("", "bold", "present_result", wrap=True)
        box.addWidget(self.present)

    def start(self) -> dict[str, Entry]:
        return {"year": self._first(), "average_living": False}

    def put(self, typed: Typed) -> None:
        super().put(typed)
        self._say_present(self.form.draft()["year"])

    def begin_anew(self) -> None:
        super().begin_anew()
        self._say_present(self._first())

    def start_typing(self) -> None:
        self.form.focus_field("class")

    def problems(self, values: Values) -> dict[str, str]:
        signed = values.get("signed_on")
        if signed is not None and signed > self.desk.context.today():
            said = self.tr("Ngày {day} chưa đến: kiểm tra lại ngày, tháng, năm.")
            return {"signed_on": said.format(day=format_date(signed))}
        return {}

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        year, standard = str(values["year"]).split(" ", 1)
        code = values["class"]
        wanted = Correction(
            household=self.household.uid,
            standard=standard,
            year=int(year),
            household_class=None if code == _OFF_LIST else code,
            average_living=code == "not_poor" and bool(values.get("average_living")),
            reason=clean(str(values["reason"])),
            document=clean(str(values.get("document") or "")) or None,
            signed_on=values.get("signed_on"),
        )
        return partial(
            corrections.correct,
            self.desk.database,
            self.desk.context,
            wanted,
            commune=self.desk.unit(int(year)),
            subject=title(self.household, is_new=False),
            ages=child_ages(self.desk.definitions.standards.get(standard)),
        )

    def _field_changed(self, code: str) -> None:
        super()._field_changed(code)
        if code == "year":
            self._say_present(self.form.draft()["year"])

    def _first(self) -> str:
        """The year shown if it is closed, else the newest closed one; the standard of its tables,
        not the next one, where it was closed under several.
        """
        closed = self.dossier.closed_years
        years = [year for year, _ in closed]
        shown = self.dossier.around.year
        year = shown if shown in years else years[0]
        own = self.desk.standard(year).code
        standards = [standard for one, standard in closed if one == year]
        return f"{year} {own if own in standards else standards[0]}"

    def _say_present(self, chosen: object) -> None:
        """Whose result it is, and what it was when the year was closed."""
        name = title(self.household, is_new=False)
        if not isinstance(chosen, str):
            self.present.setText(name)
            return
        year, standard = chosen.split(" ", 1)
        held = [
            one
            for one in self.dossier.records
            if one.recognised
            and one.ever_held
            and (one.review_year, one.standard) == (int(year), standard)
        ]
        state = NO_RESULT
        if held:
            last = max(held, key=lambda one: one.valid_from)
            state = AVERAGE_LIVING if last.average_living else last.household_class or NO_RESULT
        said = self.tr("{name}. Kết quả hiện nay của năm {year}: {result}")
        self.present.setText(said.format(name=name, year=year, result=state_label(state)))

    def _year_text(self, year: int, standard: str) -> str:
        """The standard too, where a year was closed under several."""
        closed = self.dossier.closed_years
        if sum(one == year for one, _ in closed) == 1:
            return str(year)
        label = self.desk.definitions.standards.get(standard).label
        return self.tr("{year} – {standard}").format(year=year, standard=label)
