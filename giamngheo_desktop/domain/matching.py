"""What could meet a need, who got nothing, and how long a household stands on the list.

Nothing here decides anything: class and list change by the review alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from giamngheo_desktop.domain.new_escape import months_later
from giamngheo_desktop.domain.record_form import SupportPolicy
from giamngheo_desktop.domain.standard import HouseholdClass

NOTHING_YEARS = 3  # without any support
WARN_YEARS = 3  # on the list without a break: from then on it is said
ESCAPED_NEAR_POOR = "escaped_near_poor"  # how long a household is that no source says
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Component:
    """Whose money it is: a part of a programme, or one that only the unit's plan has (`own`), by
    the name that is printed there.
    """

    programme: str
    code: str
    own: UUID | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """What a component was assigned and what of it was spent, whole đồng."""

    assigned: int
    disbursed: int

    @property
    def left(self) -> int:
        """Negative where more was spent than there was."""
        return self.assigned - self.disbursed


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A policy that answers a need.

    `entitled` None: no source says for whom it is, or the class of the household is not known.
    `money` holds its components of the year, None where nothing was assigned to one as yet.
    """

    policy: str
    entitled: bool | None
    money: Mapping[Component, Money | None]

    @property
    def has_money(self) -> bool | None:
        """None where it is not known: no component gave this policy, or none has an amount."""
        known = [one.left for one in self.money.values() if one is not None]
        if any(left > 0 for left in known):
            return True
        return False if known and len(known) == len(self.money) else None


def entitles(classes: Collection[str] | None, grounds: Collection[str] | None) -> bool | None:
    """Whether a policy for these classes is for a household of these grounds (a class, and what
    it is besides: hộ mới thoát nghèo, mức sống trung bình).
    """
    if classes is None or grounds is None:
        return None
    if set(classes) & set(grounds):
        return True
    maybe = ESCAPED_NEAR_POOR in classes and HouseholdClass.NOT_POOR.value in grounds
    return None if maybe else False


def offers(
    policies: Iterable[SupportPolicy],
    need: str,
    grounds: Collection[str] | None,
    day: date,
    money: Mapping[str, Mapping[Component, Money | None]],
) -> tuple[Offer, ...]:
    """What may meet the need, whom it is for first; who is not entitled is not offered it.

    `money` is that of the components each policy was given by.
    """
    found = [
        Offer(policy=one.code, entitled=known, money=money.get(one.code, {}))
        for one in policies
        if one.need == need
        and one.valid_from <= day
        and (one.valid_to is None or day <= one.valid_to)
        and (known := entitles(one.classes, grounds)) is not False
    ]
    return tuple(sorted(found, key=lambda one: (one.entitled is None, one.has_money is not True)))


class Got(StrEnum):
    """What is known of twelve months: something, nothing, or not enough to tell."""

    SOMETHING = "something"
    NOTHING = "nothing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Twelve:
    """Twelve months, by their first and last day."""

    first: date
    last: date


def last_years(day: date, years: int = NOTHING_YEARS) -> tuple[Twelve, ...]:
    """The last years up to a day, the oldest first: of a 31/12 the years of the calendar."""
    after = day + _DAY
    ends = [months_later(after, -12 * back) for back in range(years, -1, -1)]
    return tuple(Twelve(first, end - _DAY) for first, end in pairwise(ends))


def got(years: Iterable[Twelve], days: Collection[date], known_from: date | None) -> list[Got]:
    """What a household got in each of the years; nothing is said only of a year that was recorded
    whole. `known_from` None: nothing was recorded yet.
    """
    return [
        Got.SOMETHING
        if any(year.first <= day <= year.last for day in days)
        else Got.UNKNOWN
        if known_from is None or year.first < known_from
        else Got.NOTHING
        for year in years
    ]


@dataclass(frozen=True, slots=True)
class OnList:
    """Years on the list without a break; `at_least` where what came before is not known."""

    years: int
    at_least: bool

    @property
    def warns(self) -> bool:
        return self.years >= WARN_YEARS


def on_list(year: int, listed: Mapping[int, bool]) -> OnList:
    """Of a household on the list in `year`: by how many reviews in a row it got there.

    `listed` says of each earlier year whether the household was on the list at its end; a year
    that is missing nobody knows. Who came in during the year stands there for the first one.
    """
    run = 0
    while listed.get(year - 1 - run):
        run += 1
    return OnList(max(1, run), year - 1 - run not in listed)
