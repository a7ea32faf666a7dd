"""The form of one household in a review while it is filled in: pure, worked out after each answer.

Last year's answers are what the register holds. One that nobody confirmed in this review is grey,
yellow where something moved by itself or a finding contradicts it, and empty without a value.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.answers import Answers, AnswerState, Key
from giamngheo_desktop.domain.asked import Asking, asked, hidden, tick_code, tick_of
from giamngheo_desktop.domain.field_checks import record_of
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.indicator_state import State
from giamngheo_desktop.domain.indicators import Answer
from giamngheo_desktop.domain.point_picks import (
    Picks,
    Scoring,
    offered,
    pick_code,
    pick_of,
    score_household,
)
from giamngheo_desktop.domain.point_table import PointTable
from giamngheo_desktop.domain.problems import Problem, Severity, blocking
from giamngheo_desktop.domain.standard import AreaType, HouseholdClass, PovertyStandard
from giamngheo_desktop.domain.touched import touched, touched_by_typing
from giamngheo_desktop.services.assessment import Assessment, assess_with
from giamngheo_desktop.services.checks import Holders, check_with

Row = Mapping[str, Any]
Ticks = Mapping[str, Mapping[str, Answer | None]]  # standard → indicator → tick (None: no tick)
Marks = Mapping[UUID, Mapping[str, tuple[str, ...]]]  # record → confirmed, unknown, touched

_EMPTY = "required_missing"  # the state of the question says it


@dataclass(frozen=True, slots=True)
class Blockers:
    """What still stands against settling a case as reviewed; each number counts questions."""

    grey: int = 0
    yellow: int = 0
    empty: int = 0  # required, or decides the class
    unknown: int = 0  # không biết
    errors: int = 0
    undecided: int = 0  # standards of this review year without a class

    def __bool__(self) -> bool:
        return any(self.counts.values())

    @property
    def counts(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSheet:
    """A case with its household as on `day`, the states of its questions and what follows.

    `base` is what the register held when the sheet was opened, `then` the household at the last
    confirmation on `then_day`. `ticks` are the answers given by hand to indicators, `base_ticks`
    the stored ones. `answered` is the household as far as it counts: without what is unknown or
    does not apply. `moved` names what moved by itself. With `points`, a table whole for the
    `region`, the form scores itself (`scoring`): điểm B1 is its total and is not asked; `picks`
    answer what no data of the register tell, `typed_total` is what the paper was said to have.
    """

    case: Row
    review: Row
    purposes: Mapping[str, str]  # standard → movement, next_opening, local
    asking: Asking
    day: date
    today: date
    area_type: AreaType | None
    then: Household
    then_day: date
    base: Household
    base_ticks: Ticks
    stored_marks: Marks
    others: Holders
    household: Household
    ticks: Ticks
    points: PointTable | None = None
    region: str = ""
    base_picks: Picks = field(default_factory=dict)
    picks: Picks = field(default_factory=dict)
    typed_total: int | None = None
    scoring: Scoring | None = None
    answers: Answers = field(default_factory=Answers)
    answered: Household
    moved: frozenset[Key] = frozenset()
    assessments: tuple[Assessment, ...] = ()
    problems: tuple[Problem, ...] = ()
    needed: frozenset[Key] = frozenset()  # without an answer no table can count the household

    @property
    def empty(self) -> frozenset[Key]:
        """What must be answered, and is not."""
        return frozenset(k for k in self.needed if self.answers.state(k) is AnswerState.EMPTY)

    def value(self, key: Key) -> object:
        """The answer as it stands; None where there is none."""
        return _value(self.household, self.ticks, self.picks, key)

    def blockers(self, overrides: Mapping[str, str] | None = None) -> Blockers:
        """`overrides` are reasons for leaving errors as they are, by code or key of the problem."""
        errors = [item for item in self.problems if item.code != _EMPTY]
        contradictions = sum(
            combined.problem is not None
            for item in self.assessments
            for combined in item.indicators.values()
        )
        return Blockers(
            grey=self.answers.count(AnswerState.CARRIED),
            yellow=self.answers.count(AnswerState.TOUCHED),
            empty=len(self.empty),
            unknown=self.answers.count(AnswerState.UNKNOWN),
            errors=len(blocking(errors, overrides)) + contradictions,
            undecided=sum(decided_class(item) is None for item in self.own_assessments),
        )

    @property
    def other_total(self) -> int | None:
        """The paper's own total, where it is not the score; the score counts."""
        total = self.scoring.scored.total if self.scoring else None
        return self.typed_total if total is not None and total != self.typed_total else None

    @property
    def own_assessments(self) -> list[Assessment]:
        """Those under standards that the lists of this review go by, not the next ones."""
        return [
            item for item in self.assessments if self.purposes[item.standard.code] != "next_opening"
        ]


def decided_class(assessment: Assessment) -> str | None:
    """The class as lists name it; None while what is unknown decides."""
    found = possible_classes(assessment)
    return found[0] if len(found) == 1 else None


def possible_classes(assessment: Assessment) -> tuple[str, ...]:
    """The poorest first; empty where not even the income is known."""
    if assessment.classification is None:
        return ()
    return listed_classes(assessment.classification.possible)


def listed_classes(classes: Collection[HouseholdClass]) -> tuple[str, ...]:
    """As lists name them, the poorest first.

    The band of average income is no class of a list: who is recognised in it is another fact.
    """
    named = [
        HouseholdClass.NOT_POOR if item is HouseholdClass.AVERAGE else item for item in classes
    ]
    return tuple(item.value for item in HouseholdClass if item in named)


def recompute(
    definitions: Definitions,
    sheet: CaseSheet,
    household: Household,
    answers: Answers,
    ticks: Ticks | None = None,
    picks: Picks | None = None,
) -> CaseSheet:
    """The sheet after an answer: what is asked now, in which state, and what class follows."""
    ticks = sheet.ticks if ticks is None else ticks
    picks = offered(sheet.points, sheet.region, sheet.picks if picks is None else picks)
    unknown = {key for key in answers if answers.state(key) is AnswerState.UNKNOWN}
    keys = asked(household, sheet.day, sheet.asking, frozenset(unknown))
    answered = _answered(household, answers, sheet.asking)
    scoring = _scoring(sheet, answered, picks, keys, answers)
    picked = _picked(household, sheet.points, scoring)
    if scoring is not None:
        answered = replace(answered, score_income=scoring.scored.total)
    problems = check_with(definitions, answered, sheet.others, sheet.day, sheet.today)
    wrong = {
        (item.record, item.field)
        for item in problems
        if item.severity is Severity.ERROR and item.code != _EMPTY
    }
    if not wrong <= set(keys):
        keys = asked(household, sheet.day, sheet.asking, frozenset(unknown | wrong))
    if scoring is not None:
        keys = (*(key for key in keys if key != (household.uid, "score_income")), *picked)
    moved = sheet.moved
    if not moved or household != sheet.household:
        moved = touched(sheet.then, household, sheet.then_day, sheet.day, sheet.asking)
    doubtful = touched_by_typing(sheet.household, household, sheet.day, sheet.asking)
    # Điểm B1 of before says nothing of other members; then neither do the picks behind it.
    total = (household.uid, "score_income")
    moved, doubtful = (one.union(picked) if total in one else one for one in (moved, doubtful))
    doubtful = frozenset(
        key for key in doubtful if _value(household, ticks, picks, key) == sheet.value(key)
    )
    found = _States(
        sheet=sheet,
        household=household,
        ticks=ticks,
        picks=picks,
        yellow=moved | {(item.record, item.field) for item in problems},
        doubtful=doubtful,
    )
    answers = Answers({key: found.state(key, answers.state(key)) for key in keys})
    answered = _answered(household, answers, sheet.asking)
    if scoring is not None:
        answered = replace(answered, score_income=scoring.scored.total)
    assessments = tuple(
        assess_with(
            definitions,
            _judged(answered, standard, scoring),
            standard=standard,
            area_type=sheet.area_type,
            answers=_given(ticks.get(standard.code, {}), household.uid, answers, standard.code),
            reference_day=sheet.day,
        )
        for standard in sheet.asking.standards
    )
    result = replace(
        sheet,
        household=household,
        ticks=ticks,
        picks=picks,
        typed_total=_typed_total(sheet, household),
        scoring=scoring,
        answers=answers,
        answered=answered,
        moved=moved,
        assessments=assessments,
        problems=tuple(problems),
    )
    return replace(result, needed=frozenset(_needed(result)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _States:
    """Gives each question its state from the one it had."""

    sheet: CaseSheet
    household: Household
    ticks: Ticks
    picks: Picks
    yellow: frozenset[Key]
    doubtful: frozenset[Key]

    def state(self, key: Key, before: AnswerState | None) -> AnswerState:
        value = _value(self.household, self.ticks, self.picks, key)
        if before is AnswerState.UNKNOWN:
            return before
        if value is None or value == "":
            return AnswerState.EMPTY
        typed_now = value != self._stored(key)
        if before is AnswerState.CONFIRMED or (typed_now and before in (None, AnswerState.EMPTY)):
            return AnswerState.TOUCHED if key in self.doubtful else AnswerState.CONFIRMED
        sticky = before is AnswerState.TOUCHED and key not in self._was_yellow()
        if sticky or key in self.yellow or self._anew(key):
            return AnswerState.TOUCHED
        return AnswerState.CARRIED

    def _stored(self, key: Key) -> object:
        return _value(self.sheet.base, self.sheet.base_ticks, self.sheet.base_picks, key)

    def _was_yellow(self) -> frozenset[Key]:
        """What turned yellow for a reason that may have gone, and not by a corrected answer."""
        problems = {(item.record, item.field) for item in self.sheet.problems}
        return self.sheet.moved | problems

    def _anew(self, key: Key) -> bool:
        own = key[0] == self.household.uid
        form = self.sheet.asking.household_form if own else self.sheet.asking.member_form
        asked_field = form.fields.get(key[1])
        return asked_field is not None and asked_field.anew


def _value(household: Household, ticks: Ticks, picks: Picks, key: Key) -> object:
    record, code = key
    item = pick_of(code)
    if item is not None:
        return picks.get(item)
    tick = tick_of(code)
    if tick is not None:
        return ticks.get(tick[0], {}).get(tick[1])
    if record == household.uid:
        return getattr(household, code)
    member = next((item for item in household.members if item.uid == record), None)
    return None if member is None else getattr(member, code)


def _scoring(
    sheet: CaseSheet, answered: Household, picks: Picks, keys: Collection[Key], answers: Answers
) -> Scoring | None:
    """Item by item, as far as it is known; None where the total is typed."""
    table = sheet.points
    if table is None:
        return None
    unknown = {pick_of(key[1]) for key in answers if answers.state(key) is AnswerState.UNKNOWN}
    known = {item: found for item, found in picks.items() if item not in unknown}
    return score_household(table, sheet.region, answered, known, frozenset(keys))


def _typed_total(sheet: CaseSheet, household: Household) -> int | None:
    """One typed although it is not asked (a draft, an import) is the paper's too."""
    typed = household.score_income
    return sheet.typed_total if typed == sheet.base.score_income else typed


def _picked(
    household: Household, table: PointTable | None, scoring: Scoring | None
) -> tuple[Key, ...]:
    """The questions that pick an option of the paper form."""
    if table is None or scoring is None:
        return ()
    return tuple((household.uid, pick_code(table.form, item)) for item in scoring.picked)


def _judged(answered: Household, standard: PovertyStandard, scoring: Scoring | None) -> Household:
    """No income stands in for điểm B1 while an item of the form is open."""
    if scoring is None or not standard.has_score_form:
        return answered
    return replace(answered, income=None)


def _answered(household: Household, answers: Answers, asking: Asking) -> Household:
    """Without what nobody knows, and without leftovers of questions that do not apply."""
    unknown = {key for key in answers if answers.state(key) is AnswerState.UNKNOWN}
    own = _blanks(household, asking.household_form, unknown)
    members = []
    for member in household.members:
        blanks = _blanks(member, asking.member_form, unknown)
        members.append(replace(member, **blanks) if blanks else member)
    return replace(household, members=tuple(members), **own)


def _blanks(item: Household | Member, form: Any, unknown: Iterable[Key]) -> dict[str, Any]:
    codes = {*hidden(record_of(item, form), form)}
    codes |= {code for record, code in unknown if record == item.uid and code in form.fields}
    return {code: "" if code == "full_name" else None for code in codes}


def _given(
    ticks: Mapping[str, Answer | None], household: UUID, answers: Answers, standard: str
) -> dict[str, Answer]:
    return {
        indicator: tick
        for indicator, tick in ticks.items()
        if tick is not None
        and answers.state((household, tick_code(standard, indicator))) is not AnswerState.UNKNOWN
    }


def _needed(sheet: CaseSheet) -> Iterable[Key]:
    """What is required, and what decides a class or a table of those on the lists."""
    forms = {sheet.household.uid: sheet.asking.household_form}
    for record, code in sheet.answers:
        form = forms.get(record, sheet.asking.member_form)
        if code in form.fields and form.field(code).required:
            yield record, code
    home = sheet.household.uid
    for item in sheet.own_assessments:
        standard = item.standard
        if standard.has_score_form and sheet.scoring is not None:
            yield from sheet.scoring.waits
            yield from _picked(sheet.household, sheet.points, sheet.scoring)
        elif item.classification is None:
            yield home, "score_income" if standard.has_score_form else "income"
        if decided_class(item) == HouseholdClass.NOT_POOR:
            continue  # no table counts what it lacks
        for code, combined in item.indicators.items():
            if combined.state is State.UNKNOWN:
                yield from ((lack.member or home, lack.field) for lack in combined.derived.missing)
                if standard.indicator(code).test is None:
                    yield home, tick_code(standard.code, code)
