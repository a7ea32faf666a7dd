"""What has been reached of an indicator as of a day: who counts, out of whom, and how it is known.

A number keeps its numerator and denominator; the value is an exact fraction in the unit of the
indicator (2,06 % is 103/50), rounded on paper alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind

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

    `groups` are codes of `Group` (none: those of the indicator itself), `village` one of the
    unit's, `dimension` one of list `target_dimensions` or of the standard, `indicator` one of
    deprivation alone, `component` a code of a programme or a node of the tree of money, by which
    models, groups, production and money are counted.
    """

    code: str
    groups: frozenset[str] = frozenset()
    village: UUID | None = None
    dimension: str | None = None
    indicator: str | None = None
    component: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actual:
    """What was reached of an indicator by `day`.

    `value` is in the indicator's unit, None unless the state is known; `share` the percentage
    beside a count. Of whom it is not known stands in `unknown`: these are never counted as a no,
    so that without a value the number lies between `low` and `high`. `opening` is the same at the
    end of the year before, of indicators that speak of classes: of a fall `numerator` and
    `denominator` are those of now, and `value` is what lies between both ends (of points the
    difference of two rates, each with its own denominator); `moved` tells behind a fall of
    households the flows of the year (codes of `domain.movement.Flow`). `standard` is the poverty
    standard of the classes that it counts, `frozen` that these are those of a closed year.
    `reason` is a code of `texts.ACTUAL_REASONS`, `remarks` are what must be said beside the number
    (`texts.ACTUAL_REMARKS`).
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
    remarks: tuple[str, ...] = ()

    @property
    def escaped(self) -> int | None:
        """How many escaped from the list in the year; hộ cận nghèo that became poor did not."""
        flows = ("above",) if self.code.startswith("HCN-") else ("to_other", "above")
        return _sum(self.moved.get(flow) for flow in flows)

    @property
    def net_escaped(self) -> int | None:
        """How many more escaped than came back or were new: thoát − (phát sinh mới + tái)."""
        came = _sum(self.moved.get(flow) for flow in ("again", "new"))
        return None if self.escaped is None or came is None else self.escaped - came

    def remarked(self, remark: str) -> Actual:
        """With one more thing to be said beside the number."""
        return replace(self, remarks=(*self.remarks, remark))

    def missing(self, reason: str) -> Actual:
        """The same without a value, for a reason."""
        return replace(self, state=State.MISSING, value=None, reason=reason)


def _sum(counts: Iterable[int | None]) -> int | None:
    """None where one of them is not known."""
    found = list(counts)
    return None if None in found else sum(filter(None, found))


def percent(numerator: int, denominator: int) -> Fraction:
    """The exact percentage; the denominator is above 0."""
    return Fraction(numerator * PERCENT, denominator)


def both(*told: bool | None) -> bool | None:
    """Whether all of it holds; None where that hangs on what nobody knows."""
    return False if False in told else None if None in told else True


def either(*told: bool | None) -> bool | None:
    """Whether any of it holds; None where that hangs on what nobody knows."""
    return True if True in told else None if None in told else False


def covered(
    begun: Actual,
    kind: Kind,
    asked: Mapping[UUID, bool | None],
    maybe: frozenset[UUID] = frozenset(),
) -> Actual:
    """The coverage of those `asked`, of whom it holds, does not, or is not known (None); `maybe`
    are those of whom it is not known whether they are asked at all.
    """
    sure = frozenset(one for one, holds in asked.items() if holds)
    unsure = frozenset(one for one, holds in asked.items() if holds is None) | maybe
    found = replace(
        begun,
        numerator=Amount.of(kind, sure),
        denominator=Amount.of(kind, frozenset(asked)),
        unknown=Amount.of(kind, unsure) if unsure else None,
    )
    every = len(asked) + len(maybe)
    if not every:
        return found.missing("nobody")
    if unsure:
        low, high = percent(len(sure), every), percent(len(sure) + len(unsure), every)
        return replace(found.missing("partly_unknown"), low=low, high=high)
    return replace(found, value=percent(len(sure), every))


def counted(
    begun: Actual, kind: Kind, sure: frozenset[UUID], maybe: frozenset[UUID] = frozenset()
) -> Actual:
    """The number of those who count for certain; with others that may, it lies in between."""
    found = replace(begun, numerator=Amount.of(kind, sure))
    unsure = maybe - sure
    if not unsure:
        return replace(found, value=Fraction(len(sure)))
    low, high = Fraction(len(sure)), Fraction(len(sure) + len(unsure))
    found = replace(found, unknown=Amount.of(kind, unsure), low=low, high=high)
    return found.missing("partly_unknown")
