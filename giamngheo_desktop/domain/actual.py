"""What has been reached of an indicator as of a day: who counts, out of whom, and how it is known.

A number keeps its numerator and denominator; the value is an exact fraction in the unit of the
indicator (2,06 % is 103/50), rounded on paper alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.indicator_catalogue import HUNDRED

PERCENT = 100


class State(StrEnum):
    """How an actual is known; `texts.ACTUALS` has the words."""

    KNOWN = "known"
    NO_NEED = "no_need"  # không phát sinh nhu cầu: neither 0 % nor 100 %
    TYPED = "typed"  # nothing counts it: somebody types it with source and day
    MISSING = "missing"  # the register does not know it, or not of everybody
    NOT_COMPARABLE = "not_comparable"  # its two ends are of two standards


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with the records it counts, of one kind.

    What was typed has no `ids`, a sum of which a part was typed has fewer than its number.
    """

    number: int | None
    kind: Kind | None = None
    ids: frozenset[UUID] = frozenset()

    @classmethod
    def of(cls, kind: Kind, ids: frozenset[UUID]) -> Amount:
        return cls(len(ids), kind, ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One actual that is asked for.

    `groups` are codes of `Group` (none: what the indicator itself says), `village` one of the
    unit's, `dimension` an indicator of deprivation or a dimension of the standard, `component` a
    code of a programme, `key` that of the target, whose typed results then count.
    """

    code: str
    groups: frozenset[str] = frozenset()
    village: UUID | None = None
    dimension: str | None = None
    component: str | None = None
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actual:
    """What was reached of an indicator by `day`.

    `value` is in the indicator's unit, None unless the state is known (or it was typed); `share`
    the percentage beside a count. Of whom it is not known stands in `unknown`: these count in
    the denominator, and the value lies between `low` and `high`. `opening` is the same at the end
    of the year before, of indicators that speak of classes; `moved` tells behind a fall of
    households how many left the list (escaped) and came to it (new, again). `standard` is the
    poverty standard of the classes it counts, `frozen` that these are those of a closed year,
    `reason` a code of `texts.ACTUAL_REASONS`.
    """

    code: str
    day: date
    state: State = State.KNOWN
    numerator: Amount | None = None
    denominator: Amount | None = None
    value: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    share: Fraction | None = None
    unknown: Amount | None = None
    opening: Actual | None = None
    moved: Mapping[str, int] = field(default_factory=dict)
    standard: str = ""
    frozen: bool = False
    reason: str = ""
    source: str = ""  # of a typed result
    note: str = ""

    @property
    def hundredths(self) -> Fraction | None:
        """The value as targets hold theirs: exact, in hundredths of the unit."""
        return None if self.value is None else self.value * HUNDRED


def percent(numerator: int, denominator: int) -> Fraction:
    """The exact percentage; the denominator is above 0."""
    return Fraction(numerator * PERCENT, denominator)
