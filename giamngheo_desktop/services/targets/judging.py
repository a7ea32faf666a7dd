"""What is known of a target beside what it asks: the number that counts, its start, its state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from giamngheo_desktop.domain.actual import PERCENT, Actual, Amount, State
from giamngheo_desktop.domain.indicator_catalogue import Comparator, Good, IndicatorType
from giamngheo_desktop.domain.target_state import TargetState, holds, part_reached, state_of
from giamngheo_desktop.services.targets.plan_targets import PlanTarget
from giamngheo_desktop.services.targets.results import TypedResult

STANDARDS_DIFFER = "standards_differ"  # a reason, as those of `Actual`
NOT_BEGUN = "not_begun"  # another one: the year of the plan lies ahead
NO_START = ("no_opening", STANDARDS_DIFFER)  # the register has none that the end compares with
_AT_LEAST = (Comparator.AT_LEAST, Comparator.MORE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A number of the plan beside the one reached: `met` None where that is not known, `share` the
    percentage of the target that is reached.
    """

    target: Fraction
    met: bool | None
    share: Fraction | None
    state: TargetState


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """What the year began with; `typed` in the plan, or as the register knows the end of the year
    before. Of a fall it is what fell: a rate, a number of households.
    """

    value: Fraction | None
    numerator: int | None = None
    denominator: int | None = None
    standard: str = ""
    typed: bool = False

    @property
    def has_number(self) -> bool:
        return self.value is not None or self.numerator is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The number that is judged: one, or the ends between which it lies."""

    value: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    numerator: int | None = None
    denominator: int | None = None
    typed: TypedResult | None = None  # where it comes from there
    reason: str = ""

    @classmethod
    def of(
        cls,
        target: PlanTarget,
        actual: Actual,
        typed: TypedResult | None,
        rate: Actual | None,
    ) -> Known:
        """What is counted, else what a plan's own start makes known, else what was typed; `rate` is
        that of the list which the target speaks of. Where somebody said of a target without a
        number whether it is reached, no number is told beside it; nor is one counted for a target
        in words.
        """
        if target.is_qualitative and typed is not None and typed.reached is not None:
            return cls(typed=typed)
        if target.is_worded:
            return cls._typed(target, typed) or cls()
        numbers = [number_of(amount) for amount in (actual.numerator, actual.denominator)]
        if target.indicator.is_decrease:  # what the register counts there is the end alone
            numbers = [None, None]
        if actual.value is not None:
            return cls(value=actual.value, numerator=numbers[0], denominator=numbers[1])
        if actual.reason in NO_START:
            fallen = _fallen(target, rate)
            if fallen is not None:
                return cls(value=fallen, numerator=numbers[0], denominator=numbers[1])
        if actual.state in (State.MISSING, State.TYPED):
            found = cls._typed(target, typed)
            if found is not None:
                return found
        return cls(low=actual.low, high=actual.high, reason=actual.reason)

    @classmethod
    def _typed(cls, target: PlanTarget, typed: TypedResult | None) -> Known | None:
        amount = typed.amount(target.indicator.type) if typed else None
        if typed is None or amount is None:
            return None
        return cls(
            value=amount, numerator=typed.numerator, denominator=typed.denominator, typed=typed
        )


def number_of(amount: Amount | None) -> int | None:
    return None if amount is None else amount.number


def _fallen(target: PlanTarget, rate: Actual | None) -> Fraction | None:
    """How far a list fell below the beginning that the plan itself says."""
    baseline, code = _typed_baseline(target), target.indicator.code
    if rate is None or baseline is None:
        return None
    if code.endswith("-GIAM-DIEM"):
        return None if rate.value is None else baseline - rate.value
    number = number_of(rate.numerator) if code.endswith("-GIAM-HO") else None
    return None if number is None else baseline - number


def _typed_baseline(target: PlanTarget) -> Fraction | None:
    """As the plan says it, the exact fraction where it has one."""
    above, below = target.baseline_numerator, target.baseline_denominator
    if above is not None:
        if target.indicator.type is IndicatorType.COUNT:
            return Fraction(above)
        if below:
            return Fraction(PERCENT * above, below)
    return target.baseline


def baseline_of(target: PlanTarget, actual: Actual) -> Baseline | None:
    if target.is_worded:
        return None
    typed = _typed_baseline(target)
    if typed is not None:
        return Baseline(
            value=typed,
            numerator=target.baseline_numerator,
            denominator=target.baseline_denominator,
            standard=target.baseline_standard or "",
            typed=True,
        )
    opening = actual.opening
    if opening is None:
        return None
    numbers = [number_of(amount) for amount in (opening.numerator, opening.denominator)]
    value = opening.value
    if target.indicator.type is IndicatorType.COUNT:
        value = None if numbers[0] is None else Fraction(numbers[0])
    return Baseline(
        value=value, numerator=numbers[0], denominator=numbers[1], standard=opening.standard
    )


@dataclass(frozen=True, slots=True)
class Judge:
    """Holds one target's numbers against what is known of it."""

    target: PlanTarget
    known: Known
    baseline: Baseline | None
    expected: Fraction | None  # by the last day
    over: bool

    def __call__(self, number: Fraction | None) -> Judged | None:
        if number is None:
            return None
        good, value = self.target.indicator.good, self.known.value
        met = self._met(number)
        expected = None if self.expected is None else self._holds(self.expected, number)
        state = (
            TargetState.NO_DATA
            if met is None
            else state_of(met=met, over=self.over, expected=expected)
        )
        start = self.baseline.value if self.baseline and good is Good.LOWER else None
        share = None if value is None else part_reached(value, number, good, start)
        return Judged(target=number, met=met, share=share, state=state)

    def _met(self, number: Fraction) -> bool | None:
        """Of what lies between two ends the same at both; of what is at least so much, once that
        is enough.
        """
        low, high = self.known.low, self.known.high
        if self.known.value is not None:
            return self._holds(self.known.value, number)
        if low is None:
            return None
        met = self._holds(low, number)
        if high is None:
            return True if met and self.target.comparator in _AT_LEAST else None
        return met if met == self._holds(high, number) else None

    def _holds(self, value: Fraction, number: Fraction) -> bool:
        return holds(self.target.comparator, value, number, self.target.indicator.good)


def state_on(
    target: PlanTarget,
    actual: Actual,
    typed: TypedResult | None,
    known: Known,
    number: Judged | None,
) -> TargetState:
    """Of the day; `number` is what it is judged by."""
    if target.is_qualitative:
        said = typed.reached if typed else None
        if said is None and not target.is_worded:
            return TargetState.NO_NUMBER
        return _SAID[said]
    if known.reason == STANDARDS_DIFFER:
        return TargetState.NOT_COMPARABLE
    if known.reason == NOT_BEGUN:  # nobody knows yet what the year will need
        return TargetState.NO_DATA
    if known.value is None and (
        actual.state is State.NO_NEED
        or (actual.state is not State.KNOWN and typed is not None and typed.has_no_need)
    ):
        return TargetState.NO_NEED
    return number.state if number else TargetState.NO_DATA


_SAID: Mapping[bool | None, TargetState] = {
    True: TargetState.DONE,
    False: TargetState.NOT_DONE,
    None: TargetState.UNSAID,
}
