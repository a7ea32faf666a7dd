"""The questions of Phiếu A and B as rows of tables, from the forms; no list of them is kept here.

All questions that a review may ask are printed, so that an answer that begins to apply has its
place. What the register holds stands beside them as last year's answer; what was confirmed in
this review already is none and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.answer_words import answer_code, answer_words, numbered
from giamngheo_desktop.domain.answers import Key
from giamngheo_desktop.domain.form import FieldDef, FieldKind, FormDef
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.paper_facts import MEMBER_SLOTS, MEMBER_TABLES, FactRow
from giamngheo_desktop.domain.point_table import PointForm, PointTable
from giamngheo_desktop.domain.standard import PovertyStandard
from giamngheo_desktop.texts.paper_words import BOX, PAPERS

# Stand in the list of members at the head of the form, or in its signatures.
_ELSEWHERE = frozenset(
    {
        "full_name", "sex", "birth", "relation", "ethnicity", "id_kind", "id_number",
        "id_missing_reason", "phone", "surveyor", "surveyed_on", "score_income",
    }
)  # fmt: skip
_LONG = frozenset({FieldKind.TEXT, FieldKind.DATE, FieldKind.PARTIAL_DATE})
_DOTS = "." * 24

Rows = dict[str, Sequence[FactRow]]


@dataclass(frozen=True, eq=False, kw_only=True)
class Questions:
    """What a review asks, worked out once for all its forms; the first standard is the main one."""

    definitions: Definitions
    day: date
    standards: tuple[PovertyStandard, ...]
    points: PointTable | None = None
    point_form: PointForm | None = None
    _items: dict[str, Sequence[FactRow]] = field(init=False, default_factory=dict)

    @cached_property
    def household(self) -> tuple[FieldDef, ...]:
        return _asked(self.definitions.form("household", self.day))

    @cached_property
    def member(self) -> tuple[FieldDef, ...]:
        return _asked(self.definitions.form("member", self.day))

    @cached_property
    def labels(self) -> dict[str, str]:
        """The questions of a member with the numbers of their answers."""
        return {question.code: _with_legend(question) for question in self.member}

    @cached_property
    def options(self) -> dict[str, str]:
        """The answers of a household's question, each with its box; dots where one writes."""
        return {question.code: _options(question) for question in self.household}

    @cached_property
    def ticks(self) -> list[FactRow]:
        """The indicators that no answer tells: they are ticked."""
        boxes = PAPERS["yes_no"].format(box=BOX, other=BOX)
        return [
            {
                "label": PAPERS["tick"].format(label=one.label.value or "", standard=standard.code),
                "options": boxes,
                "before": "",
            }
            for standard in self.standards
            for one in standard.indicators
            if one.test is None
        ]

    @cached_property
    def indicators(self) -> list[FactRow]:
        if not self.standards:
            return []
        main = self.standards[0]
        boxes = PAPERS["yes_no"].format(box=BOX, other=BOX)
        points = str(main.indicator_points.value or "")
        return [
            {"label": one.label.value or "", "options": boxes, "points": points}
            for one in main.indicators
        ]

    @cached_property
    def conditions(self) -> list[FactRow]:
        entries = self.definitions.choice_list("quick_screen", self.day)
        return [{"label": entry.label, "box": BOX} for entry in entries]

    def items(self, region: str) -> Sequence[FactRow]:
        """The items of Phiếu B1; with an imported table the levels of the region and points."""
        if self.point_form is None:
            return ()
        if region not in self._items:
            self._items[region] = [
                {"label": item.label, "options": self._levels(region, item.code), "points": ""}
                for item in self.point_form.items
            ]
        return self._items[region]

    def _levels(self, region: str, item: str) -> str:
        if self.points is None:
            return ""
        return "   ".join(
            PAPERS["points"].format(box=BOX, label=row.label or row.option, points=row.points)
            for row in self.points.options(region, item)
        )

    def rows(
        self, home: Household | None, *, region: str = "", confirmed: frozenset[Key] = frozenset()
    ) -> Rows:
        """The tables of one form; a blank one has the questions alone."""
        return {
            "screen_conditions": self.conditions,
            "household_questions": [*self._of_household(home, confirmed), *self.ticks],
            **self._of_members(home.members if home else (), confirmed),
            "b1_items": self.items(region),
            "b2_indicators": self.indicators,
        }

    def _of_household(
        self, home: Household | None, confirmed: frozenset[Key]
    ) -> Iterator[Mapping[str, str]]:
        for question in self.household:
            before = ""
            if home is not None and (home.uid, question.code) not in confirmed:
                value = getattr(home, question.code)
                before = answer_words(question, value, none=PAPERS["sheet_none"])
            label = question.label
            if question.unit:
                label = PAPERS["unit"].format(label=label, unit=question.unit)
            yield {"label": label, "options": self.options[question.code], "before": before}

    def _of_members(self, members: Sequence[Member], confirmed: frozenset[Key]) -> Rows:
        """Questions down, members across, as many tables as the household needs."""
        found: Rows = {}
        for number in range(MEMBER_TABLES):
            first = number * MEMBER_SLOTS
            beside = members[first : first + MEMBER_SLOTS]
            if number and not beside:
                rows: list[FactRow] = []
            else:
                rows = [
                    {"label": self.labels[question.code], **_slots(question, beside, confirmed)}
                    for question in self.member
                ]
            found[f"member_questions_{number + 1}"] = rows
        return found


def _slots(
    question: FieldDef, members: Iterable[Member], confirmed: frozenset[Key]
) -> dict[str, str]:
    found = {f"m{slot}": "" for slot in range(1, MEMBER_SLOTS + 1)}
    for slot, member in enumerate(members, start=1):
        value = getattr(member, question.code)
        if value is not None and value != "" and (member.uid, question.code) not in confirmed:
            found[f"m{slot}"] = PAPERS["carried"].format(code=answer_code(question, value))
    return found


def _asked(form: FormDef) -> tuple[FieldDef, ...]:
    return tuple(one for one in form if one.review and one.code not in _ELSEWHERE)


def _with_legend(question: FieldDef) -> str:
    if not question.choices:
        return PAPERS["unit"].format(label=question.label, unit=question.unit)
    options = [
        PAPERS["option"].format(number=number, label=choice.label)
        for number, choice in numbered(question)
    ]
    if question.kind is FieldKind.CHOICES:
        options.append(PAPERS["none"])
    return PAPERS["legend"].format(label=question.label, options="; ".join(options))


def _options(question: FieldDef) -> str:
    if not question.choices:
        return _DOTS if question.kind in _LONG else _DOTS[:12]
    labels = [choice.label for choice in question.choices]
    if question.kind is FieldKind.CHOICES:
        labels.append(PAPERS["sheet_none"])
    return "   ".join(f"{BOX}\u00a0{label}" for label in labels)


def slot_names(members: Sequence[Member]) -> dict[str, str]:
    """The headings of the members' columns: they stand with their whole names above."""
    return {
        f"member_{slot}.name": _called(members[slot - 1]) if slot <= len(members) else ""
        for slot in range(1, MEMBER_SLOTS * MEMBER_TABLES + 1)
    }


def _called(member: Member) -> str:
    return member.given_name or member.full_name.split(" ")[-1]


def confirmed_keys(rows: Iterable[Mapping[str, object]]) -> frozenset[tuple[UUID, str]]:
    """The answers that records of `case_answers` call confirmed."""
    return frozenset(
        (UUID(str(row["record"])), code)
        for row in rows
        for code in row["confirmed"] or ()  # type: ignore[attr-defined]
    )
