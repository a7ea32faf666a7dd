"""Events of single persons: birth, death, coming, going, another head."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.form import FieldDef
from giamngheo_desktop.domain.household import Member
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.household.event_dialog import DAY, EventDialog, Values, day_of, person_of
from giamngheo_desktop.services import events, households


class _NewPerson(EventDialog):
    """Somebody joins: the least that must be known of a person."""

    def start(self) -> dict[str, Entry]:
        head = self.household.head
        return {"ethnicity": head.ethnicity if head else None}

    def person(self, values: Values) -> Member:
        known = {
            code: values.get(code)
            for code in ("sex", "birth", "relation", "ethnicity", "id_kind", "id_number")
        }
        name = values["full_name"] or ""
        return households.new_member(self.desk.context, full_name=name, **known)


class BirthDialog(_NewPerson):
    def title(self) -> str:
        return self.tr("Sinh con")

    def fields(self) -> list[FieldDef]:
        return [
            self.of_member_form("full_name"),
            self.of_member_form("sex", required=False),
            self.day_field(self.tr("Ngày sinh")),
            self.of_member_form("relation", required=False),
            self.of_member_form("ethnicity", required=False),
        ]

    def start(self) -> dict[str, Entry]:
        # a day that nobody typed would be stored as the birth
        return {**super().start(), "relation": "child", DAY: None}

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        day = day_of(values)
        born = {**values, "birth": PartialDate(day.year, day.month, day.day)}
        return partial(
            events.birth,
            self.desk.database,
            self.desk.context,
            household=self.household.uid,
            child=self.person(born),
            day=day,
        )


class ArrivalDialog(_NewPerson):
    """One person comes from outside the commune; a whole household has its own page."""

    def title(self) -> str:
        return self.tr("Một người chuyển đến hộ")

    def hint(self) -> str:
        return self.tr(
            "Dùng cho người từ xã khác đến ở với hộ này. Người của hộ khác trong xã: dùng Kết hôn "
            "hoặc Nhập hộ, để người ấy giữ nguyên lịch sử."
        )

    def fields(self) -> list[FieldDef]:
        codes = ("full_name", "sex", "birth", "relation", "ethnicity", "id_kind", "id_number")
        fields = [self.of_member_form(code, required=code == codes[0]) for code in codes]
        return [*fields, self.day_field(self.tr("Ngày chuyển đến"))]

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        return partial(
            events.person_moves_in,
            self.desk.database,
            self.desk.context,
            household=self.household.uid,
            member=self.person(values),
            day=day_of(values),
        )


class _LeavingPerson(EventDialog):
    def fields(self) -> list[FieldDef]:
        return [self.member_field("person", self.who()), self.day_field(self.when())]

    def who(self) -> str:
        raise NotImplementedError

    def when(self) -> str:
        raise NotImplementedError


class DeathDialog(_LeavingPerson):
    def title(self) -> str:
        return self.tr("Có người chết")

    def hint(self) -> str:
        return self.tr("Người cuối cùng của hộ chết thì hộ ra khỏi sổ từ ngày ấy.")

    def who(self) -> str:
        return self.tr("Người chết")

    def when(self) -> str:
        return self.tr("Ngày chết")

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        return partial(
            events.death,
            self.desk.database,
            self.desk.context,
            household=self.household.uid,
            person=person_of(values, "person"),
            day=day_of(values),
        )


class DepartureDialog(_LeavingPerson):
    def title(self) -> str:
        return self.tr("Một người chuyển đi khỏi xã")

    def hint(self) -> str:
        return self.tr("Cả hộ cùng đi: dùng Cả hộ chuyển đi.")

    def who(self) -> str:
        return self.tr("Người chuyển đi")

    def when(self) -> str:
        return self.tr("Ngày chuyển đi")

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        return partial(
            events.person_moves_out,
            self.desk.database,
            self.desk.context,
            household=self.household.uid,
            person=person_of(values, "person"),
            day=day_of(values),
        )


class ChangeHeadDialog(EventDialog):
    """Another member becomes head; the relations of the others are asked anew."""

    def title(self) -> str:
        return self.tr("Đổi chủ hộ")

    def hint(self) -> str:
        return self.tr("Quan hệ để trống thì giữ như cũ, trừ chủ hộ cũ.")

    def fields(self) -> list[FieldDef]:
        return [
            self.member_field("head", self.tr("Chủ hộ mới")),
            self.day_field(self.tr("Từ ngày")),
            *self.relation_fields(list(self.household.members), head="head"),
        ]

    def problems(self, values: Values) -> dict[str, str]:
        head = self.household.head
        if head is not None and person_of(values, "head") == head.uid:
            return {"head": self.tr("Người này đang là chủ hộ: chọn người khác.")}
        return {}

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        head = person_of(values, "head")
        relations = {uid: code for uid, code in self.relations(values).items() if uid != head}
        return partial(
            events.change_head,
            self.desk.database,
            self.desk.context,
            household=self.household.uid,
            head=head,
            relations=relations,
            day=day_of(values),
        )
