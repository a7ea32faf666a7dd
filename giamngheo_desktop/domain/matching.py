"""What could meet a need, and which households got nothing.

Nothing here decides anything: class and list change by the review alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from giamngheo_desktop.domain.entitlement import ESCAPED_NEAR_POOR
from giamngheo_desktop.domain.new_escape import months_later
from giamngheo_desktop.domain.record_form import SupportPolicy

NOTHING_YEARS = 3  # without any support
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A policy that answers a need.

    `entitled` None: no source says for whom it is, or what the household is is not known. `left`
    is what the components that gave it have left this year, đồng by node of the tree of money,
    None where nothing is assigned as yet; negative where more was spent than there was.
    """

    policy: str
    entitled: bool | None
    left: Mapping[str, int | None]

    @property
    def has_money(self) -> bool | None:
        """None where it is not known: no component gave this policy, or one has no amount."""
        known = [one for one in self.left.values() if one is not None]
        if any(left > 0 for left in known):
            return True
        return False if known and len(known) == len(self.left) else None


def entitles(classes: frozenset[str] | None, held: frozenset[str]) -> bool | None:
    """Whether a policy for these classes is for a household that holds these grounds, none where
    it has no class; for how long one is hộ thoát cận nghèo no source says.
    """
    if classes is None or not held:
        return None
    return None if classes & held == {ESCAPED_NEAR_POOR} else bool(classes & held)


def offers(
    policies: Iterable[SupportPolicy],
    need: str,
    held: frozenset[str],
    day: date,
    left: Mapping[str, Mapping[str, int | None]],
) -> tuple[Offer, ...]:
    """What may meet the need, whom it is for first; who is not entitled is not offered it.

    `left` is that of the components each policy was given by.
    """
    found = [
        Offer(policy=one.code, entitled=known, left=left.get(one.code, {}))
        for one in policies
        if one.need == need
        and one.valid_from <= day
        and (one.valid_to is None or day <= one.valid_to)
        and (known := entitles(one.classes, held)) is not False
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
