"""The bridge between two counts of one number: why each household or person left it or came.

Start and end are what one measure takes at two ends. Each difference belongs to exactly one step,
so that start + all steps = end, whatever the ends hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from giamngheo_desktop.domain.measures import CountOf, measure
from giamngheo_desktop.domain.movement import LISTED, Flow
from giamngheo_desktop.domain.standard import HouseholdClass


class Why(StrEnum):
    """What happened, in the order in which it is told; those that left come first."""

    TO_NEAR_POOR = "to_near_poor"
    TO_POOR = "to_poor"
    ABOVE = "above"  # neither poor nor near-poor any more
    NOT_AVERAGE = "not_average"
    MOVED_OUT = "moved_out"
    DIED_OUT = "died_out"
    MERGED = "merged"
    GONE = "gone"  # out of the register for another reason
    NO_RESULT = "no_result"  # in the register, without a class
    OTHER_DECREASE = "other_decrease"  # set by hand
    TO_VILLAGE = "to_village"
    FACT_LOST = "fact_lost"
    DIED = "died"  # persons of a household that stays, from here on
    LEFT_HOME = "left_home"
    TO_HOME = "to_home"
    PERSON_LOST = "person_lost"
    FEWER = "fewer"  # the same household adds less
    FROM_POOR = "from_poor"
    FROM_NEAR_POOR = "from_near_poor"
    AGAIN = "again"
    NEW = "new"
    MOVED_IN = "moved_in"
    OTHER_INCREASE = "other_increase"  # set by hand
    FROM_VILLAGE = "from_village"
    FACT_GAINED = "fact_gained"
    BORN = "born"  # persons of a household that stays, from here on
    CAME_HOME = "came_home"
    FROM_HOME = "from_home"
    PERSON_GAINED = "person_gained"
    MORE = "more"


_ORDER = {why: at for at, why in enumerate(Why)}
_EVENTS = {
    "move_out": Why.MOVED_OUT,
    "death": Why.DIED_OUT,
    "merge": Why.MERGED,
    "marriage": Why.MERGED,
}
_ENTRIES = {
    Flow.AGAIN: Why.AGAIN,
    Flow.NEW: Why.NEW,
    Flow.OTHER_INCREASE: Why.OTHER_INCREASE,
}
_TIE_ENDS = {
    "death": Why.DIED,
    "move_out": Why.LEFT_HOME,
    "merge": Why.TO_HOME,
    "marriage": Why.TO_HOME,
    "split": Why.TO_HOME,
}
_TIE_BEGINS = {
    "birth": Why.BORN,
    "move_in": Why.CAME_HOME,
    "merge": Why.FROM_HOME,
    "marriage": Why.FROM_HOME,
    "split": Why.FROM_HOME,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A measure taken apart: the classes it counts, and what else it asks (`filters`)."""

    measure: str
    group: str
    of: CountOf
    filters: tuple[str, ...]

    @classmethod
    def of_measure(cls, name: str) -> Asked | None:
        """None for what is no measure: typed numbers, differences, flows."""
        found = measure(name)
        if found is None:
            return None
        base, *filters = name.split("/")
        group = base.removesuffix(f"_{found.of.value}")
        asked = [part for part in filters if part.partition("=")[0] not in ("indicators", "ages")]
        if group == "poor_social_protection":
            group, asked = HouseholdClass.POOR.value, ["social_protection", *asked]
        return cls(name, group, found.of, tuple(asked))

    def households(self, *filters: str) -> str:
        """The measure of the households of its classes with these filters."""
        return "/".join((f"{self.group}_{CountOf.HOUSEHOLDS.value}", *filters))

    @property
    def homes(self) -> str:
        """The measure of all households it speaks of."""
        return self.households(*self.filters)

    @property
    def persons(self) -> bool:
        return self.of not in (CountOf.HOUSEHOLDS, CountOf.DEPRIVATIONS)

    @property
    def table(self) -> HouseholdClass | None:
        """The list of the movement (BC2, BC3) that it counts."""
        return next((table for table in LISTED if table.value == self.group), None)


@dataclass(frozen=True, slots=True)
class Stood:
    """A household at one end: its class there, whether the classes asked for take it, where it
    stood (`here`: in the unit), and which of the filters hold.
    """

    household_class: HouseholdClass | None = None
    listed: bool = False
    here: bool = False
    facts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What the register says of a household between the ends.

    `left` is why it left it (empty: without reason; None: it did not), `arrived` that it came with
    a class of a list, `again` that it had been in the group before; `by_hand` is the flow in which
    the movement of that year counts it by hand.
    `later` is the last class between the ends, of a year by whose end it was out of the group.
    """

    left: str | None = None
    arrived: bool = False
    again: bool = False
    by_hand: Flow | None = None
    later: HouseholdClass | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """A step's reason; `fact` names the filter that no longer holds, or does now."""

    why: Why
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """`amount` is negative where they left; `ids` are persons or households, as the number."""

    cause: Cause
    amount: int
    ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """start + steps = end."""

    start: int
    steps: tuple[Step, ...]
    end: int


def left_because(asked: Asked, then: Stood, now: Stood, past: Past) -> Cause:
    """Why a household that counted no longer does.

    As in the movement tables the class speaks first: who changed it and the village as well
    changed it where it lived.
    """
    if now.household_class is None and past.later is not None:
        return _out_by_class(asked, past.later, past)
    if now.household_class is None:
        if past.by_hand is Flow.ABOVE:
            return Cause(Why.ABOVE)
        if past.left is None:
            return Cause(Why.NO_RESULT)
        return Cause(_EVENTS.get(past.left, Why.GONE))
    if not now.listed:
        return _out_by_class(asked, now.household_class, past)
    if then.here and not now.here:
        return Cause(Why.TO_VILLAGE)
    return Cause(Why.FACT_LOST, _first(asked, then.facts - now.facts))


def _out_by_class(asked: Asked, code: HouseholdClass, past: Past) -> Cause:
    if code is HouseholdClass.NEAR_POOR:
        return Cause(Why.TO_NEAR_POOR)
    if code is HouseholdClass.POOR:
        return Cause(Why.TO_POOR)
    if past.by_hand is Flow.OTHER_DECREASE:
        return Cause(Why.OTHER_DECREASE)
    return Cause(Why.NOT_AVERAGE if asked.group == "average_living" else Why.ABOVE)


def came_because(asked: Asked, then: Stood, now: Stood, past: Past) -> Cause:
    """Why a household counts that did not before.

    Who stood on a list elsewhere and changed class came from the other village.
    """
    was = then.household_class
    if not then.listed and was in LISTED:
        if not then.here:
            return Cause(Why.FROM_VILLAGE)
        return Cause(Why.FROM_POOR if was is HouseholdClass.POOR else Why.FROM_NEAR_POOR)
    if not then.listed:
        if past.by_hand in _ENTRIES:
            return Cause(_ENTRIES[past.by_hand])
        if was is None and past.arrived:
            return Cause(Why.MOVED_IN)
        return Cause(Why.AGAIN if past.again else Why.NEW)
    if not then.here:
        return Cause(Why.FROM_VILLAGE)
    return Cause(Why.FACT_GAINED, _first(asked, now.facts - then.facts))


def left_home(end_reason: str | None) -> Cause:
    """Why a person of a household that stays no longer counts; None: still a member."""
    return Cause(_TIE_ENDS.get(end_reason or "", Why.PERSON_LOST))


def came_home(reason: str | None) -> Cause:
    """Why a person of a household that counted counts now; None: was a member before."""
    return Cause(_TIE_BEGINS.get(reason or "", Why.PERSON_GAINED))


def chain(
    then: Mapping[UUID, int],
    now: Mapping[UUID, int],
    *,
    left: Callable[[UUID], Cause],
    came: Callable[[UUID], Cause],
) -> Chain:
    """The steps between what each id added at two ends, in the order of `Why`."""
    found: dict[Cause, dict[UUID, int]] = {}
    for one in dict.fromkeys((*then, *now)):
        change = now.get(one, 0) - then.get(one, 0)
        if change:
            cause = left(one) if change < 0 else came(one)
            found.setdefault(cause, {})[one] = change
    steps = (
        Step(cause, sum(of_cause.values()), tuple(of_cause))
        for cause, of_cause in sorted(found.items(), key=lambda item: _place(item[0]))
    )
    return Chain(sum(then.values()), tuple(steps), sum(now.values()))


def _place(cause: Cause) -> tuple[int, str]:
    return _ORDER[cause.why], cause.fact


def _first(asked: Asked, facts: Iterable[str]) -> str:
    among = frozenset(facts)
    return next((part for part in asked.filters if part in among), "")
