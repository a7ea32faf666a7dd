"""The questions of Phiếu A and B as rows of tables, from the forms; no list of them is kept here.

All questions that the standards of a review may ask are printed, so that an answer that begins to
apply has its place. What the register held before the form was entered stands beside them as last
year's answer; what was confirmed in this review is ticked or written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.answer_words import answer_code, answer_words, numbered
from giamngheo_desktop.domain.asked import may_ask, tick_code
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.paper_facts import MEMBER_SLOTS, MEMBER_TABLES, FactRow
from giamngheo_desktop.domain.point_table import PointForm, PointTable
from giamngheo_desktop.domain.standard import PovertyStandard
from giamngheo_desktop.services.papers.entered import Entered
from giamngheo_desktop.texts.paper_words import BOX, PAPERS, TICKED

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
        return self._asked("household")

    @cached_property
    def member(self) -> tuple[FieldDef, ...]:
        return self._asked("member")

    def _asked(self, name: str) -> tuple[FieldDef, ...]:
        form = self.definitions.form(name, self.day)
        return tuple(one for one in may_ask(form, self.standards) if one.code not in _ELSEWHERE)

    @cached_property
    def labels(self) -> dict[str, str]:
        """The questions of a member with the numbers of their answers."""
        return {question.code: _with_legend(question) for question in self.member}

    @cached_property
    def options(self) -> dict[str, str]:
        """The answers of a household's question, each with its box; dots where one writes."""
        return {question.code: _options(question) for question in self.household}

    def ticks(self, home: Household | None, entered: Entered) -> Iterator[FactRow]:
        """The indicators that no answer tells: they are ticked."""
        for standard in self.standards:
            for one in standard.indicators:
                if one.test is None:
                    code = tick_code(standard.code, one.code)
                    said = entered.tick((home.uid, code)) if home else None
                    label = one.label.value or ""
                    yield {
                        "label": PAPERS["tick"].format(label=label, standard=standard.code),
                        "options": PAPERS["yes_no"].format(
                            box=TICKED if said is True else BOX,
                            other=TICKED if said is False else BOX,
                        ),
                        "before": "",
                    }

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

    def rows(self, home: Household | None, entered: Entered, *, region: str = "") -> Rows:
        """The tables of one form; a blank one has the questions alone."""
        return {
            "screen_conditions": self.conditions,
            "household_questions": [
                *self._of_household(home, entered),
                *self.ticks(home, entered),
            ],
            **self._of_members(home.members if home else (), entered),
            "b1_items": self.items(region),
            "b2_indicators": self.indicators,
        }

    def _of_household(
        self, home: Household | None, entered: Entered
    ) -> Iterator[Mapping[str, str]]:
        for question in self.household:
            before, options = "", self.options[question.code]
            if home is not None:
                value = entered.before(home, question.code)
                before = answer_words(question, value, none=PAPERS["sheet_none"])
                if entered.has((home.uid, question.code)):
                    options = _options(question, getattr(home, question.code))
            label = question.label
            if question.unit:
                label = PAPERS["unit"].format(label=label, unit=question.unit)
            yield {"label": label, "options": options, "before": before}

    def _of_members(self, members: Sequence[Member], entered: Entered) -> Rows:
        """Questions down, members across, as many tables as the household needs."""
        found: Rows = {}
        for number in range(MEMBER_TABLES):
            first = number * MEMBER_SLOTS
            beside = members[first : first + MEMBER_SLOTS]
            if number and not beside:
                rows: list[FactRow] = []
            else:
                rows = [
                    {"label": self.labels[question.code], **_slots(question, beside, entered)}
                    for question in self.member
                ]
            found[f"member_questions_{number + 1}"] = rows
        return found


def _slots(question: FieldDef, members: Iterable[Member], entered: Entered) -> dict[str, str]:
    """`(1) 2`: last year's answer, and behind it the one that was entered."""
    found = {f"m{slot}": "" for slot in range(1, MEMBER_SLOTS + 1)}
    for slot, member in enumerate(members, start=1):
        before = answer_code(question, entered.before(member, question.code))
        said = [PAPERS["carried"].format(code=before)] if before else []
        if entered.has((member.uid, question.code)):
            said.append(answer_code(question, getattr(member, question.code)))
        found[f"m{slot}"] = " ".join(said)
    return found


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


def _options(question: FieldDef, answer: object = None) -> str:
    if not question.choices:
        dots = _DOTS if question.kind in _LONG else _DOTS[:12]
        return answer_words(question, answer) or dots
    labels = {choice.code: choice.label for choice in question.choices}
    if question.kind is FieldKind.CHOICES:
        labels[""] = PAPERS["sheet_none"]
    chosen = _chosen(answer)
    return "   ".join(
        f"{TICKED if code in chosen else BOX}\u00a0{label}" for code, label in labels.items()
    )


def _chosen(answer: object) -> tuple[str, ...]:
    """The codes of the choices an answer takes; that of none of several is empty."""
    match answer:
        case None:
            return ()
        case bool():
            return ("yes" if answer else "no",)
        case tuple():
            return answer or ("",)
    return (str(answer),)


def slot_names(members: Sequence[Member]) -> dict[str, str]:
    """The headings of the members' columns: they stand with their whole names above."""
    return {
        f"member_{slot}.name": _called(members[slot - 1]) if slot <= len(members) else ""
        for slot in range(1, MEMBER_SLOTS * MEMBER_TABLES + 1)
    }


def _called(member: Member) -> str:
    return member.given_name or member.full_name.split(" ")[-1]
