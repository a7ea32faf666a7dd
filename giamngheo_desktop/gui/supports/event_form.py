"""What a hand-out is, and what everybody gets: the first of its three steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, cast
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.audit_text import encode
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.form import FieldDef, Section
from giamngheo_desktop.domain.policy import PolicyValue
from giamngheo_desktop.domain.standard import Certainty
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.forms.form_check import checked
from giamngheo_desktop.gui.forms.form_view import FormView
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.records.added_form import AddedForm
from giamngheo_desktop.gui.records.offer_fields import offer_fields
from giamngheo_desktop.gui.records.offering import NOTHING, Answers
from giamngheo_desktop.gui.review.drafting import Typed
from giamngheo_desktop.gui.supports.value_words import certainty_of, span_of
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.wrapped_table import WrappedRows
from giamngheo_desktop.services.programme import support_events

# The fields of a support that all of an event have in common.
COMMON = (
    "content", "shares", "value_key", "value_used", "period_from", "period_to", "months", "item",
    "quantity", "unit", "specification",
)  # fmt: skip
_SHARES, _POLICY, _DAY = "shares", "policy", "supported_on"
_LINES = 5  # of the values of a policy


@dataclass(frozen=True, slots=True)
class Common:
    """What was said: columns of the event and of each support, answers of the policy as kept."""

    event: Mapping[str, Any]
    support: Mapping[str, Any]
    shares: Mapping[str, int]
    answers: Mapping[str, str | None]


class EventForm(QWidget):
    """`changed()` after each key; `completed()`: Enter in the last field. Of an event that is
    written only its own fields are asked.
    """

    changed = Signal()
    completed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._policies = desk.definitions.supports
        self._support = desk.definitions.records[Kind.SUPPORT]
        self._known: Sequence[PolicyValue] = ()
        self._closings: Mapping[int, date] = {}
        self._offered: Mapping[UUID, PolicyValue] = {}
        self._answers = NOTHING
        self._is_new = True
        event_form = desk.definitions.records[Kind.SUPPORT_EVENT].form
        self.own = FormView(event_form.sections)
        fields = tuple(self._support.form.fields[code] for code in COMMON)
        common = Section(code="common", label=self.tr("Mỗi hộ, người được"), page="", fields=fields)
        self.common = FormView([common])
        self.added = AddedForm(self._support, {})
        self.values = WrappedRows(
            (
                Column(key="label", title=self.tr("Mức theo văn bản"), width=200, tip=str),
                Column(key="value", title=self.tr("Mức"), width=150),
                Column(key="span", title=self.tr("Áp dụng"), width=110),
                Column(key="basis", title=self.tr("Căn cứ"), width=170, tip=str, stretch=True),
                Column(key="source", title=self.tr("Độ chắc"), width=120, tip=str),
            ),
            "event_values",
            self.tr("Mức của chính sách vào ngày hỗ trợ"),
        )
        self.closed = label("", "warning", "event_closed", wrap=True)
        self.take = button(self.tr("Dùng &mức đang chọn"), "take_value")
        self._build()
        self.own.changed.connect(self._event_changed)
        self.own.completed.connect(self._event_completed)
        self.common.changed.connect(self.changed)
        self.common.completed.connect(self._common_completed)
        self.added.changed.connect(self.changed)
        self.added.completed.connect(self.completed)
        self.values.row_opened.connect(self._take)
        self.take.clicked.connect(lambda: self._take(self.values.current_uid()))

    def _build(self) -> None:
        self.card = QFrame()
        self.card.setProperty("kind", "card")
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(8)
        said = self.tr(
            "Enter hoặc nút dưới bảng ghi mức đang chọn vào phiếu; không tự lấy mức nào."
        )
        inside.addWidget(label(said, "soft", "values_said", wrap=True))
        inside.addWidget(self.values)
        inside.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeft)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 4, 0)
        box.setSpacing(8)
        for part in (self.closed, self.own, self.card, self.common, self.added):
            box.addWidget(part)
        box.addStretch()

    # -- in and out -----------------------------------------------------------------------------

    @property
    def fields(self) -> list[FieldDef]:
        """All that may be asked, for what is offered as answers."""
        added = (field for form in self._support.added.values() for field in form)
        asked = [one.field for form in (self.own, self.common) for one in form.fields.values()]
        return [*asked, *added]

    def offer(
        self, answers: Answers, known: Sequence[PolicyValue], closings: Mapping[int, date]
    ) -> None:
        """`closings`: the years that are closed, and when they were."""
        self._answers, self._known, self._closings = answers, known, closings
        for form in (self.own, self.common):
            offer_fields(form, answers)
        self.added.offer(answers)
        self._show_values()

    def show_event(self, values: Mapping[str, Any] | None) -> None:
        """A written event, or a new one with None."""
        self._is_new = values is None
        self.own.set_record(cast("Mapping[str, Entry]", dict(values or {})))
        self.common.set_record({})
        self.common.setVisible(self._is_new)
        self.added.show_kind(self.policy if self._is_new else None, {})
        offer_fields(self.own, self._answers)
        self._show_values()
        self._order_tabs()

    def typed(self) -> Typed | None:
        """What is not written yet, for the draft."""
        more = self.added.typed()
        if not (self.own.is_dirty or self.common.is_dirty or more):
            return None
        own = {f"event.{code}": value for code, value in self.own.draft().items()}
        common = {f"common.{code}": value for code, value in self.common.draft().items()}
        added = {f"added.{code}": value for code, value in (more or {}).items()}
        return own | common | added if self._is_new else own

    def put(self, typed: Typed) -> None:
        parts: dict[str, dict[str, Any]] = {"event": {}, "common": {}, "added": {}}
        for name, value in typed.items():
            part, _, code = name.partition(".")
            if part in parts and code:
                parts[part][code] = value
        for form, name in ((self.own, "event"), (self.common, "common")):
            form.set_draft({c: v for c, v in parts[name].items() if c in form.fields})
        offer_fields(self.own, self._answers)
        self._decide()
        if parts["added"]:
            self.added.put(parts["added"])
        self._show_values()

    @property
    def policy(self) -> str:
        return str(self.own.draft()[_POLICY] or "")

    @property
    def day(self) -> date | None:
        day = self.own.draft()[_DAY]
        return day if isinstance(day, date) else None

    @property
    def per_person(self) -> bool:
        """Whether the policy is for persons."""
        policy = self._policies.get(self.policy)
        return policy is not None and policy.per == "person"

    @property
    def has_goods(self) -> bool:
        draft = self.common.draft()
        return any(draft[code] for code in ("item", "quantity", "unit"))

    def said(self) -> Common | None:
        """What is to be written; None where something is wrong, which is then said beside it."""
        event = checked(self.own, self._problems)
        if event is None:
            return None
        event = {**event, "programme": self._programme(event)}
        if not self._is_new:
            return Common(_cleaned(event), {}, {}, {})
        common = checked(self.common, self._sourceless)
        added = checked(self.added.form) if common is not None else None
        if common is None or added is None:
            return None
        shares: dict[str, int] = {}
        for row in common[_SHARES] or ():
            shares[row["source"]] = shares.get(row["source"], 0) + (row["amount"] or 0)
        support = {code: value for code, value in common.items() if code != _SHARES}
        answers = {code: encode(value) for code, value in _cleaned(added).items()}
        return Common(_cleaned(event), _cleaned(support), shares, answers)

    def _programme(self, event: Mapping[str, Any]) -> Any:
        """A component that only one programme has says it, where nobody chose one."""
        if event["programme"] is None and event["component"] is not None:
            return self._answers.programme_of(event["component"])
        return event["programme"]

    def _problems(self, values: Mapping[str, Any]) -> dict[str, str]:
        component, programme = values.get("component"), values.get("programme")
        if component and programme:
            known = {one.value for one in self._answers.components(programme)}
            if known and component not in known:
                said = self.tr("Thành phần này không thuộc chương trình đã chọn.")
                return {"component": said}
        return {}

    def _sourceless(self, values: Mapping[str, Any]) -> dict[str, str]:
        """A source without an amount is a column to come; an amount alone is nobody's."""
        if all(row["source"] for row in values[_SHARES] or ()):
            return {}
        return {_SHARES: self.tr("Chọn nguồn vốn của số tiền này.")}

    # -- what follows from policy and day -------------------------------------------------------

    def _show_values(self) -> None:
        policy, day = self._policies.get(self.policy), self.day
        said = texts.closed_year(day, self._closings) if day is not None else ""
        self.closed.setText(said)
        self.closed.setVisible(bool(said))
        keys = policy.value_keys if policy is not None else ()
        found = support_events.values_on(self._known, keys, day) if day is not None else ()
        self._offered = {UUID(int=at): one for at, one in enumerate(found, start=1)}
        self.card.setVisible(self._is_new and bool(found))
        self.values.set_rows([(uid, *_line(one)) for uid, one in self._offered.items()])
        line = self.values.verticalHeader().defaultSectionSize()
        heading = self.values.heading.sizeHint().height()
        self.values.setFixedHeight(heading + line * max(2, min(_LINES, 1 + len(found))) + 6)

    def _take(self, uid: object) -> None:
        """The value goes into the form by hand; where it is an amount of one support it is that
        of the first source, too, unless one is typed there.
        """
        one = self._offered.get(uid) if isinstance(uid, UUID) else None
        if one is None or not self.isEnabled():
            return
        put: dict[str, Any] = {"value_key": one.key, "value_used": one.value}
        number = one.number
        shares: Any = self.common.draft()[_SHARES] or ()
        amount = number is not None and one.unit in texts.ONCE_UNITS and number.denominator == 1
        if amount and number is not None and not any(row.get("amount") for row in shares):
            source = shares[0].get("source") if shares else None
            put[_SHARES] = ({"source": source, "amount": int(number)}, *shares[1:])
        self.common.set_draft(put)
        self.changed.emit()
        self.common.focus_field(_SHARES)

    # -- the keyboard ---------------------------------------------------------------------------

    def start(self) -> None:
        self.own.focus_field(self.own.visible_codes()[0])

    def _event_changed(self, code: str) -> None:
        offer_fields(self.own, self._answers, after=code)
        if code in (_POLICY, _DAY):
            self._decide()
            self._show_values()
        self.changed.emit()

    def _decide(self) -> None:
        if self._is_new:
            self.added.show_kind(self.policy, {}, typed=True)
            self.added.offer(self._answers)
            self._order_tabs()

    def _event_completed(self) -> None:
        if self._is_new:
            self.common.focus_field(COMMON[0])
        else:
            self.completed.emit()

    def _common_completed(self) -> None:
        if not self.added.start():
            self.completed.emit()

    def _order_tabs(self) -> None:
        stops, common, added = (
            form.tab_stops() for form in (self.own, self.common, self.added.form)
        )
        for one, following in pairwise([*stops, self.values, self.take, *common, *added]):
            QWidget.setTabOrder(one, following)


def _cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        code: (clean(value) or None) if isinstance(value, str) else value
        for code, value in values.items()
    }


def _line(one: PolicyValue) -> tuple[str, ...]:
    certain = one.certainty is Certainty.CONFIRMED
    return (
        one.label,
        f"{one.value} {one.unit}".strip(),
        span_of(one),
        one.basis,
        certainty_of(certain=certain),
    )
