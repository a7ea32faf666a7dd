"""One helper for several households of a village, in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.form import Choice, Condition, FieldDef, FieldKind
from giamngheo_desktop.domain.helping import Helper
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.fields_dialog import FieldsDialog, Values
from giamngheo_desktop.gui.forms.choice_fields import ChoicesField
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.review.drafting import OF_RECORDS
from giamngheo_desktop.services.programme import assign
from giamngheo_desktop.services.programme.assign import ForHomes, Unhelped

_OFFICER, _BODY = "officer", "body"


class AssignDialog(FieldsDialog):
    """`found` is who has no helper, and who may be one."""

    help_page = "assignments"
    drafts = OF_RECORDS

    def __init__(self, desk: Desk, year: int, found: Unhelped, parent: QWidget) -> None:
        self._year, self._found = year, found
        self._villages = {f"homes_{at}": name for at, name in enumerate(found.villages)}
        super().__init__(desk, parent)
        for code in self._villages:
            homes = self.form.fields[code]
            assert isinstance(homes, ChoicesField)
            homes.boxes.hide_none()

    def title(self) -> str:
        return self.tr("Giao nhiều hộ cho một người giúp")

    def hint(self) -> str:
        return self.tr(
            "Hộ nghèo, cận nghèo chưa có người giúp; người phụ trách cả thôn không tính."
        )

    def verb(self) -> str:
        return self.tr("Phân công")

    def fields(self) -> list[FieldDef]:
        text, day = FieldKind.TEXT, FieldKind.DATE
        return [
            FieldDef(
                code="helper",
                kind=FieldKind.CHOICE,
                label=self.tr("Người, tổ chức giúp"),
                required=True,
                choices=tuple(self._helpers()),
            ),
            FieldDef(code="valid_from", kind=day, label=self.tr("Từ ngày"), required=True),
            FieldDef(code="decision_number", kind=text, label=self.tr("Số quyết định")),
            FieldDef(code="decision_on", kind=day, label=self.tr("Ngày quyết định")),
            FieldDef(
                code="village",
                kind=FieldKind.CHOICE,
                label=self.tr("Thôn, tổ dân phố"),
                required=True,
                choices=tuple(
                    Choice(code=code, label=name) for code, name in self._villages.items()
                ),
            ),
            *self._homes(),
        ]

    def start(self) -> dict[str, Entry]:
        only = next(iter(self._villages)) if len(self._villages) == 1 else None
        return {"valid_from": self.desk.day(self._year), "village": only}

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        kind, _, uid = str(values["helper"]).partition(" ")
        helper = Helper(
            officer=UUID(hex=uid) if kind == _OFFICER else None,
            body=UUID(hex=uid) if kind == _BODY else None,
        )
        wanted = ForHomes(
            helper=helper,
            households=[UUID(hex=code) for code in values[str(values["village"])]],
            valid_from=values["valid_from"],
            decision_number=clean(str(values["decision_number"] or "")) or None,
            decision_on=values["decision_on"],
        )
        unit = self.desk.unit(self._year)
        return partial(assign.assign_many, self.desk.database, self.desk.context, unit, wanted)

    def draft_key(self) -> str:
        return f"assignment-{self._year}-nhieu-ho"

    def _helpers(self) -> Iterator[Choice]:
        for kind, offered in ((_OFFICER, self._found.officers), (_BODY, self._found.bodies)):
            for one in offered:
                assert isinstance(one.value, UUID)
                yield Choice(code=f"{kind} {one.value.hex}", label=one.label)

    def _homes(self) -> Iterator[FieldDef]:
        """Those of each village, shown where it is chosen."""
        classes = self.desk.definitions.choice_list("household_classes")
        for code, name in self._villages.items():
            yield FieldDef(
                code=code,
                kind=FieldKind.CHOICES,
                label=self.tr("Các hộ chưa có người giúp"),
                required=True,
                visible_if=Condition(field="village", operator="is", value=code),
                choices=tuple(
                    Choice(
                        code=home.uid.hex,
                        label=f"{home.head} – {classes.label_of(home.household_class)}",
                    )
                    for home in self._found.villages[name]
                ),
            )
