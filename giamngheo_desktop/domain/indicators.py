"""The indicators of a household: derived from its data, combined with what the officer ticked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from giamngheo_desktop.domain.age_rules import AgeRules
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.indicator_state import Case, IndicatorState, Note, State
from giamngheo_desktop.domain.indicator_tests import TESTS
from giamngheo_desktop.domain.standard import Indicator, PovertyStandard

CONTRADICTS_DATA = "answer_contradicts_data"


def derive(
    standard: PovertyStandard, household: Household, reference_day: date, rules: AgeRules
) -> dict[str, IndicatorState]:
    """The state of every indicator on the reference day, in official order.

    A household without members has no known indicator; nor has one whose threshold or test the
    standard does not give.
    """
    case = Case(household, reference_day, rules)
    return {indicator.code: state_of(indicator, case) for indicator in standard.indicators}


def state_of(indicator: Indicator, case: Case) -> IndicatorState:
    """`derive` of one indicator alone."""
    if not case.household.members:
        return IndicatorState(state=State.UNKNOWN, note=Note.NO_MEMBERS)
    if indicator.test is None:
        known = indicator.threshold.value is not None
        note = Note.NO_TEST if known else Note.THRESHOLD_MISSING
        return IndicatorState(state=State.UNKNOWN, note=note)
    return TESTS[indicator.test.kind].run(case, **indicator.test.params)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the officer ticked, and why where the data say otherwise."""

    deprived: bool
    reason: str | None = None

    @property
    def state(self) -> State:
        return State.DEPRIVED if self.deprived else State.NOT_DEPRIVED


@dataclass(frozen=True, slots=True, kw_only=True)
class Combined:
    """The state that counts, what the data alone say, and the answer, if any.

    `problem` is `answer_contradicts_data` while a reason is owed; until then neither the answer
    nor the data count, and the state is UNKNOWN.
    """

    state: State
    derived: IndicatorState
    answer: Answer | None = None
    problem: str | None = None

    @property
    def by_hand(self) -> bool:
        """Whether the state rests on the answer and not on the data."""
        return self.answer is not None and self.derived.state is not self.answer.state


def combine(
    derived: Mapping[str, IndicatorState], answers: Mapping[str, Answer]
) -> dict[str, Combined]:
    """Data and answers together: an answer fills what data leave open, without a reason."""
    return {code: _combined(state, answers.get(code)) for code, state in derived.items()}


def _combined(derived: IndicatorState, answer: Answer | None) -> Combined:
    if answer is None:
        return Combined(state=derived.state, derived=derived)
    contradicts = derived.state not in (State.UNKNOWN, answer.state)
    if contradicts and not (answer.reason or "").strip():
        return Combined(
            state=State.UNKNOWN, derived=derived, answer=answer, problem=CONTRADICTS_DATA
        )
    return Combined(state=answer.state, derived=derived, answer=answer)


def codes_in(states: Mapping[str, Combined], state: State) -> frozenset[str]:
    """The indicators in one state, as `classify` takes them."""
    return frozenset(code for code, item in states.items() if item.state is state)
