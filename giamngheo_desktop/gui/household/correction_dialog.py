"""Đính chính: the class a household ought to have been recognised as in a closed year."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.form import Choice, Condition, FieldDef, FieldKind
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.household.event_dialog import EventDialog, Values
from giamngheo_desktop.gui.household.words import title
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

    def start(self) -> dict[str, Entry]:
        closed = self.dossier.closed_years
        shown = next((one for one in closed if one[0] == self.dossier.around.year), closed[0])
        return {"year": f"{shown[0]} {shown[1]}", "average_living": False}

    def start_typing(self) -> None:
        self.form.focus_field("class")

    def problems(self, values: Values) -> dict[str, str]:
        signed = values.get("signed_on")
        if signed is not None and signed > self.desk.context.today():
            said = self.tr("Ngày {day} chưa đến: kiểm tra lại năm.")
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
        )

    def _year_text(self, year: int, standard: str) -> str:
        """The standard too, where a year was closed under several."""
        closed = self.dossier.closed_years
        if sum(one == year for one, _ in closed) == 1:
            return str(year)
        label = self.desk.definitions.standards.get(standard).label
        return self.tr("{year} – {standard}").format(year=year, standard=label)
