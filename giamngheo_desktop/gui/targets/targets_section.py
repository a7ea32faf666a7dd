"""Chỉ tiêu năm: the targets of the plan in hand, each as the plan will print it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.indicator_catalogue import CatalogueIndicator
from giamngheo_desktop.domain.record_form import RecordForm
from giamngheo_desktop.domain.target_sentence import asks_words
from giamngheo_desktop.gui.documents.doubt_list import DoubtList
from giamngheo_desktop.gui.forms.text_fields import ParsedField
from giamngheo_desktop.gui.parts import button
from giamngheo_desktop.gui.records.of_plan import Plan, PlanRecords
from giamngheo_desktop.gui.records.record_reading import Found
from giamngheo_desktop.gui.records.record_section import Words
from giamngheo_desktop.gui.records.record_work import Values
from giamngheo_desktop.gui.table.column import Align, Column, as_decimal, as_text
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.gui.table.wrapped_table import WrappedRows
from giamngheo_desktop.gui.targets.allocation_section import AllocationSection
from giamngheo_desktop.services.documents.doubts import DoubtedPart, of_targets
from giamngheo_desktop.services.programme import entries
from giamngheo_desktop.services.targets import taking
from giamngheo_desktop.storage.engine import Database

HUNDREDTHS = as_decimal(2)
_SAID = 60  # letters of a sentence
_NUMBERS = ("assigned", "pursued", "baseline")  # in the unit of the indicator


class TargetsSection(PlanRecords):
    """Chỉ tiêu năm."""

    KIND: ClassVar[Kind] = Kind.TARGET
    WATCHES: ClassVar[frozenset[Kind]] = PlanRecords.WATCHES | AllocationSection.WATCHES
    SENTENCE: ClassVar[str] = "target_sentence"
    COLUMNS: ClassVar[tuple[str, ...]] = ("indicator", "assigned", "pursued", "unit", "body")
    TABLE: ClassVar[type[TableView]] = WrappedRows
    _wanted = ""  # the key of a target, until the targets are read

    def words(self) -> Words:
        return Words(
            self.tr("Chỉ tiêu năm"),
            self.tr("Chỉ tiêu trên giao và xã phấn đấu trong năm, mỗi dòng như kế hoạch sẽ in."),
            self.tr("&Thêm chỉ tiêu"),
            self.tr("Kế hoạch chưa có chỉ tiêu nào: ghi chỉ tiêu đầu tiên, chọn tên ở ô dưới."),
        )

    def columns(self) -> Sequence[Column]:
        return (
            Column(
                key="indicator",
                title=self.tr("Chỉ tiêu"),
                width=330,
                sort="indicator",
                stretch=True,
                tip=as_text,
            ),
            _number("assigned", self.tr("Giao")),
            _number("pursued", self.tr("Phấn đấu")),
            Column(key="unit", title=self.tr("Đơn vị"), width=84, sort="unit"),
            Column(
                key="body",
                title=self.tr("Chủ trì"),
                width=120,
                sort="body",
                gives_way=True,
                tip=as_text,
            ),
        )

    def order(self, found: Mapping[UUID, Values]) -> Sequence[UUID]:
        """As they are printed; what has no place comes last."""
        return sorted(found, key=lambda uid: (_place(found[uid]), uid))

    def rows(self) -> Sequence[tuple[Any, ...]]:
        found = self.found
        return [
            (
                uid,
                self.printed(values),
                values["assigned"],
                values["pursued"],
                self._unit(values),
                found.answers.short("body", values["body"]) or None,
            )
            for uid in self.order(found.records)
            for values in (found.records[uid],)
        ]

    def indicator(self, values: Values) -> CatalogueIndicator:
        return self.desk.definitions.indicators[values["indicator"]]

    def _unit(self, values: Values) -> str | None:
        """None of a target without a number."""
        numbers = values["assigned"], values["pursued"]
        if numbers == (None, None):
            return None
        return self.indicator(values).unit or values["addition"]

    def _knows(self, values: Values) -> bool:
        return values.get("indicator") in self.desk.definitions.indicators

    def printed(self, values: Values) -> str:
        """The sentence of the plan, with the number it wants itself, else the one it was given."""
        value = values["assigned"] if values["pursued"] is None else values["pursued"]
        return texts.target_sentence(
            self.indicator(values),
            values["groups"] or (),
            values["comparator"],
            value if isinstance(value, int) else None,
            basis=values["basis"],
            dimension=values["dimension"],
            content=values["content"],
            addition=values["addition"],
        )

    def read_of_plan(self) -> Callable[[Plan], Sequence[DoubtedPart]]:
        desk = self.desk
        place = (desk.database, desk.definitions, desk.unit(self.year), self.year)
        today = desk.context.today()
        return lambda plan: tuple(of_targets(*place, plan["uid"], today=today))

    def warn(self, uid: UUID) -> str:
        key = self.found.records[uid]["key"]
        told = (one for one in self.more or () if key == one.target or key in one.also)
        return " ".join(one.params["text"] for one in told)

    def _show(self, found: Found) -> None:
        super()._show(found)
        self.doubts.show_doubts(self.more or ())
        self._take_wanted()

    def arrive(self, wanted: Mapping[str, object]) -> None:
        """A target by its `key`, or what was left half typed."""
        super().arrive(wanted)
        self._wanted = str(wanted.get("key") or "")
        self._take_wanted()

    def _take_wanted(self) -> None:
        if self._found is not None and self._wanted:
            wanted, self._wanted = self._wanted, ""
            self._lead(wanted)

    def _lead(self, key: str) -> None:
        """To the target of a key; "": to what villages get."""
        found = self.found.records if key else {}
        uid = next((uid for uid, values in found.items() if values["key"] == key), None)
        if uid is not None:
            self.search.clear()
            self._chosen(uid)
            self.show_part(self.form)
        elif not key:
            self.go_requested.emit("targets", {"section": "allocation"})

    def stored(self, uid: UUID | None) -> Values:
        """A new target begins with the document that gave the one before."""
        return super().stored(uid) if uid is not None else self._repeated()

    def _repeated(self) -> Values:
        fields = [one for one in self.record_form.form.fields.values() if one.repeats]
        given = self.found.records if self._found is not None else {}
        last = max((uid for uid in given if given[uid]["assigned_by"]), default=None)
        return {one.code: given[last][one.code] for one in fields} if last is not None else {}

    def problems(self, values: Values) -> dict[str, str]:
        found = super().problems(values)
        if self._knows(values) and asks_words(self.indicator(values)) and not values["content"]:
            found["content"] = self.tr("Ghi lời của chỉ tiêu, ví dụ: Thu nhập bình quân đầu người.")
        return found

    def saving(self, values: Values, uid: UUID | None) -> Callable[[], Done[Any]]:
        given = {} if uid is not None else self.given()
        name = _short(self.printed(values))
        return partial(entries.save, *self._act, values, uid, given=given, name=name)

    def removing(self, uid: UUID) -> Callable[[], Done[Any]]:
        name = _short(self.printed(self.found.records[uid]))
        return partial(entries.remove, *self._act, uid, name=name)

    @property
    def _act(self) -> tuple[Database, Context, RecordForm]:
        return self.desk.database, self.desk.context, self.record_form

    def answers(self) -> Values | None:
        """Nobody gave what has no number given, unless it was typed so."""
        values, repeated = super().answers(), self._repeated()
        if values is None or self.chosen is not None or values["assigned"] is not None:
            return values
        same = all(values[code] == value for code, value in repeated.items())
        return {**values, **dict.fromkeys(repeated)} if same else values

    def below(self) -> None:
        super().below()
        self.doubts = DoubtList()
        self.doubts.target_chosen.connect(self._lead)
        self.doubts.opening_wanted.connect(partial(self.go_requested.emit, "settings", "opening"))
        self.box.insertWidget(self.box.indexOf(self.table) + 1, self.doubts)

    def add_tools(self) -> None:
        super().add_tools()
        self.take_button = button("", "take_targets", icon="download")
        self.take_button.setToolTip(
            self.tr("Lấy các chỉ tiêu của kế hoạch năm trước, rồi ghi số của năm nay")
        )
        self.tools.addWidget(self.take_button)
        self.take_button.clicked.connect(self.take)

    def take(self, _: bool = False) -> None:
        """The targets of the year before into the plan, in one step that can be undone."""
        if self.plan is not None:
            desk = self.desk
            act = (desk.database, desk.context, desk.definitions, self.plan["uid"])
            self.desk.runner.write(self, partial(taking.take, *act), self._taken, self._refused)

    def _taken(self, _: Done[Any]) -> None:
        """The table reads again by itself."""
        self.refusal.hide()

    def _enable(self) -> None:
        super()._enable()
        said = self.tr("Lấy &chỉ tiêu năm {year}").format(year=self.year - 1)
        self.take_button.setText(said)
        self.take_button.setEnabled(self.editable and not self._writing)
        self.take_button.setVisible(self.editable)

    def in_plan(self) -> str:
        typed = self.form.draft()
        if self._knows(typed) and asks_words(self.indicator(typed)):
            self.form.unfold({"addition"})  # the unit of its number
        unit = self.indicator(typed).unit if self._knows(typed) else ""
        for code in _NUMBERS:
            field = self.form.fields[code]
            assert isinstance(field, ParsedField)
            field.set_unit(unit)
        typed = self.form.draft()
        return self.printed(typed) if self._knows(typed) else ""


def _short(sentence: str) -> str:
    """As a notice says it, by whole words."""
    if len(sentence) <= _SAID:
        return sentence
    return f"{sentence[:_SAID].rpartition(' ')[0]}…"


def _place(values: Values) -> tuple[bool, int]:
    return values["position"] is None, values["position"] or 0


def _number(key: str, title: str) -> Column:
    return Column(key=key, title=title, width=84, align=Align.RIGHT, format=HUNDREDTHS, sort=key)
