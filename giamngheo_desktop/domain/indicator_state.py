"""Three-valued answers: deprived, not, or not enough data; an unknown never counts as a no."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from giamngheo_desktop.domain.age_rules import AgeRules
from giamngheo_desktop.domain.ages import ages_on
from giamngheo_desktop.domain.household import Household, Member

ANY_AGE = range(121)  # what a person without a birth date may be


class State(StrEnum):
    """Thiếu hụt · không thiếu hụt · chưa đủ dữ liệu."""

    DEPRIVED = "deprived"
    NOT_DEPRIVED = "not_deprived"
    UNKNOWN = "unknown"


class Note(StrEnum):
    """Why an indicator is unknown where no field of the household is to blame."""

    NO_MEMBERS = "no_members"
    THRESHOLD_MISSING = "threshold_missing"  # of the standard
    NO_TEST = "no_test"  # the threshold is known, but not how to read it from the data


@dataclass(frozen=True, slots=True, order=True)
class MissingField:
    """A field without a value that would decide; `member` is None for the household's own."""

    field: str
    member: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorState:
    """One indicator of one household, as its data say it.

    `members` cause the deprivation; `missing` is empty unless the state is UNKNOWN.
    `exact_age` is the reading by completed ages where it differs from `state`, which goes by
    school year.
    """

    state: State
    members: tuple[UUID, ...] = ()
    missing: tuple[MissingField, ...] = ()
    note: Note | None = None
    exact_age: IndicatorState | None = None

    @property
    def age_reading_differs(self) -> bool:
        return self.exact_age is not None


@dataclass(frozen=True, slots=True)
class Case:
    """What a test may look at; `day` is the reference day (ngày rà soát)."""

    household: Household
    day: date
    rules: AgeRules


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something holds; None with the names of the fields that would decide."""

    holds: bool | None
    missing: frozenset[str] = frozenset()


YES = Verdict(True)
NO = Verdict(False)


def unknown(*fields: str) -> Verdict:
    return Verdict(None, frozenset(fields))


def fact(value: bool | None, field: str) -> Verdict:
    """The verdict of a field that may be empty."""
    return unknown(field) if value is None else Verdict(value)


def all_of(*verdicts: Verdict) -> Verdict:
    if any(verdict.holds is False for verdict in verdicts):
        return NO
    missing = [verdict.missing for verdict in verdicts if verdict.holds is None]
    return unknown(*frozenset().union(*missing)) if missing else YES


def none_of(*verdicts: Verdict) -> Verdict:
    opposite = (
        verdict if verdict.holds is None else Verdict(not verdict.holds) for verdict in verdicts
    )
    return all_of(*opposite)


def at_every_age(member: Member, day: date, test: Callable[[int], Verdict]) -> Verdict:
    """The verdict over all ages the birth date allows; `birth` is missing where they disagree."""
    bounds = ages_on(member.birth, day)
    ages = ANY_AGE if bounds is None else range(bounds[0], bounds[1] + 1)
    verdicts = {test(age) for age in ages}
    if len(verdicts) == 1:
        return verdicts.pop()
    missing = frozenset[str]().union(*(verdict.missing for verdict in verdicts))
    if {verdict.holds for verdict in verdicts} == {None}:
        return Verdict(None, missing)
    return Verdict(None, missing | {"birth"})


def any_member(case: Case, test: Callable[[Member], Verdict]) -> IndicatorState:
    """Deprived by every member the test holds for; unknown only where none is known to cause it."""
    verdicts = [(member.uid, test(member)) for member in case.household.members]
    if causes := tuple(uid for uid, verdict in verdicts if verdict.holds):
        return IndicatorState(state=State.DEPRIVED, members=causes)
    return _unless_missing(
        MissingField(field, uid) for uid, verdict in verdicts for field in sorted(verdict.missing)
    )


def of_household(verdict: Verdict, *, members: tuple[UUID, ...] = ()) -> IndicatorState:
    """The state of an indicator that looks at the household's own fields."""
    if verdict.holds:
        return IndicatorState(state=State.DEPRIVED, members=members)
    return _unless_missing(MissingField(field) for field in sorted(verdict.missing))


def unknown_state(missing: Iterable[MissingField]) -> IndicatorState:
    return IndicatorState(state=State.UNKNOWN, missing=tuple(missing))


def _unless_missing(missing: Iterable[MissingField]) -> IndicatorState:
    found = unknown_state(missing)
    return found if found.missing else IndicatorState(state=State.NOT_DEPRIVED)
