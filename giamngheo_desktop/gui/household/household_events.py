"""Events of whole households: going, another village, marriage, split, merger."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.forms.choice_fields import ChoicesField
from giamngheo_desktop.gui.household.event_dialog import EventDialog, Values, day_of, person_of
from giamngheo_desktop.gui.household.household_search import HouseholdSearch
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.review.drafting import Typed
from giamngheo_desktop.services import events

_FOUND, _SEARCH = "found", "search"  # beside the fields, in a draft


class LeaveDialog(EventDialog):
    def title(self) -> str:
        return self.tr("Cả hộ chuyển đi khỏi xã")

    def hint(self) -> str:
        return self.tr("Từ ngày đi, hộ và các thành viên không còn trong sổ; phân loại cũng hết.")

    def fields(self) -> list[FieldDef]:
        note = FieldDef(code="note", kind=FieldKind.TEXT, label=self.tr("Chuyển đến đâu"))
        return [self.day_field(self.tr("Ngày chuyển đi")), note]

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        return partial(
            events.move_out,
            self.desk.database,
            self.desk.context,
            household=self.household.uid,
            day=day_of(values),
            note=clean(str(values.get("note") or "")),
        )


class VillageDialog(EventDialog):
    def title(self) -> str:
        return self.tr("Chuyển thôn trong xã")

    def hint(self) -> str:
        return self.tr(
            "Phân loại đi theo hộ. Thôn chỉ bị gõ nhầm thì sửa ngay ở thẻ Thông tin, không cần "
            "việc này."
        )

    def fields(self) -> list[FieldDef]:
        village = FieldDef(
            code="village", kind=FieldKind.AREA, label=self.tr("Thôn mới"), required=True
        )
        return [village, self.day_field(self.tr("Ngày chuyển"))]

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        return partial(
            events.move_village,
            self.desk.database,
            self.desk.context,
            household=self.household.uid,
            village=values["village"],
            day=day_of(values),
        )


class _WithOther(EventDialog):
    """Another household of the commune takes part."""

    def above(self, box: QVBoxLayout) -> None:
        # the register as it is, whatever year is looked at
        day = self.desk.day(self.dossier.around.year)
        self.other = HouseholdSearch(self.desk, day, self.household.uid)
        self.other.setAccessibleName(self.other_label())
        self._other_problem = label("", "error", "other_problem", wrap=True)
        self._other_problem.hide()
        caption = label(self.other_label(), "soft")
        caption.setBuddy(self.other)
        for part in (caption, self.other, self._other_problem):
            box.addWidget(part)
        self.other.submitted.connect(self._go_on)
        self.other.option_picked.connect(self._go_on)
        self.other.option_picked.connect(self.draft.touch)
        self.other.textEdited.connect(self.draft.touch)

    def more(self) -> Typed:
        return {_SEARCH: self.other.text(), _FOUND: self.other.found}

    def put_more(self, typed: Typed) -> None:
        self.other.setText(str(typed.get(_SEARCH) or ""))
        found = typed.get(_FOUND)
        self.other.found = found if isinstance(found, UUID) else None

    def start_typing(self) -> None:
        self.other.setFocus(Qt.FocusReason.TabFocusReason)

    def other_label(self) -> str:
        raise NotImplementedError

    def problems(self, values: Values) -> dict[str, str]:
        missing = self.other.found is None
        self._other_problem.setText(
            self.tr("Chọn hộ trong danh sách hiện ra dưới ô này.") if missing else ""
        )
        self._other_problem.setVisible(missing)
        if missing:
            self.other.setFocus()
        return {"other": self._other_problem.text()} if missing else {}

    @property
    def other_uid(self) -> UUID:
        assert self.other.found is not None
        return self.other.found

    def _go_on(self) -> None:
        self.form.focus_field(self.form.visible_codes()[0])


class MarriageDialog(_WithOther):
    def title(self) -> str:
        return self.tr("Kết hôn, về ở hộ khác trong xã")

    def hint(self) -> str:
        return self.tr("Kết hôn rồi ra khỏi xã: dùng Một người chuyển đi khỏi xã.")

    def other_label(self) -> str:
        return self.tr("Về ở với hộ")

    def fields(self) -> list[FieldDef]:
        return [
            self.member_field("person", self.tr("Người kết hôn")),
            self.of_member_form(
                "relation", label=self.tr("Quan hệ với chủ hộ bên ấy"), required=False
            ),
            self.day_field(self.tr("Ngày về ở")),
        ]

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        return partial(
            events.marriage,
            self.desk.database,
            self.desk.context,
            person=person_of(values, "person"),
            leaves=self.household.uid,
            joins=self.other_uid,
            relation=values.get("relation"),
            day=day_of(values),
        )


class MergeDialog(_WithOther):
    def title(self) -> str:
        return self.tr("Nhập hộ này vào hộ khác")

    def hint(self) -> str:
        return self.tr(
            "Mọi thành viên về hộ kia; hộ này ra khỏi sổ cùng với phân loại của nó từ ngày nhập."
        )

    def other_label(self) -> str:
        return self.tr("Nhập vào hộ")

    def fields(self) -> list[FieldDef]:
        return [
            self.day_field(self.tr("Ngày nhập hộ")),
            *self.relation_fields(list(self.household.members)),
        ]

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        return partial(
            events.merge,
            self.desk.database,
            self.desk.context,
            source=self.household.uid,
            target=self.other_uid,
            relations=self.relations(values),
            day=day_of(values),
        )


class SplitDialog(EventDialog):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        persons = self.form.fields["persons"]
        assert isinstance(persons, ChoicesField)
        persons.boxes.hide_none()

    def title(self) -> str:
        return self.tr("Tách hộ")

    def hint(self) -> str:
        return self.tr("Hộ mới chưa có phân loại cho đến khi được rà soát.")

    def fields(self) -> list[FieldDef]:
        persons = FieldDef(
            code="persons",
            kind=FieldKind.CHOICES,
            label=self.tr("Những người tách ra"),
            required=True,
            choices=tuple(self.member_choice(member) for member in self.household.members),
        )
        village = FieldDef(
            code="village",
            kind=FieldKind.AREA,
            label=self.tr("Thôn của hộ mới"),
            help=self.tr("Để trống thì cùng thôn với hộ cũ."),
        )
        return [
            persons,
            self.member_field("head", self.tr("Chủ hộ mới")),
            *self.relation_fields(list(self.household.members), "persons", "head"),
            village,
            self.day_field(self.tr("Ngày tách hộ")),
        ]

    def problems(self, values: Values) -> dict[str, str]:
        chosen = values.get("persons") or ()
        if len(chosen) >= self.household.size:
            return {"persons": self.tr("Phải có ít nhất một người ở lại hộ cũ.")}
        if values["head"] not in chosen:
            return {"head": self.tr("Chủ hộ mới phải là một người tách ra.")}
        return {}

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        return partial(
            events.split,
            self.desk.database,
            self.desk.context,
            household=self.household.uid,
            persons=[UUID(hex=code) for code in values["persons"]],
            head=person_of(values, "head"),
            relations=self.relations(values),
            village=values.get("village"),
            day=day_of(values),
        )
