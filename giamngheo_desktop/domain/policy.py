"""Values of support policies (mức hỗ trợ): what each text says, from when to when, for whom.

No amount stands in the program: a support keeps the value it was given with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.standard import Certainty
from giamngheo_desktop.domain.vietnamese import search_key

_NUMBER = re.compile(r"\d{1,3}(\.\d{3})+|\d+(,\d+)?")


class Scope(StrEnum):
    """Whose value it is; the nearest to the commune comes before the others."""

    COMMUNE = "commune"
    PROVINCE = "province"
    CENTRAL = "central"


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyValue:
    """One value as its text prints it; a bound of which only the year is known stays a year."""

    key: str
    group: str  # of the policy: health, credit, housing …
    label: str
    value: str
    unit: str
    valid_from: PartialDate | None  # None: no source says
    valid_to: PartialDate | None
    scope: Scope
    basis: str
    certainty: Certainty
    source: str
    note: str = ""
    provinces: tuple[str, ...] = ()  # where alone it is one, by each of their names

    @property
    def number(self) -> Fraction | None:
        """The value as a number; None where it is words or a span."""
        if not _NUMBER.fullmatch(self.value):
            return None
        return Fraction(self.value.replace(".", "").replace(",", "."))

    def is_known_in(self, provinces: Iterable[str]) -> bool:
        """Whether a unit within these provinces may have it."""
        ends = tuple(map(search_key, self.provinces))  # "Tỉnh Thừa Thiên Huế" is one, too
        return not ends or any(search_key(name).endswith(ends) for name in provinces)

    def holds_on(self, day: date) -> bool | None:
        """None where the bound is too coarse to tell."""
        begun = _reached(self.valid_from, day)
        over = False if self.valid_to is None else _passed(self.valid_to, day)
        if begun is False or over is True:
            return False
        return None if begun is None or over is None else True


def _reached(bound: PartialDate | None, day: date) -> bool | None:
    if bound is None or bound.latest <= day:
        return True
    return None if bound.earliest <= day else False


def _passed(bound: PartialDate, day: date) -> bool | None:
    if day > bound.latest:
        return True
    return None if not bound.is_full and day > bound.earliest else False


def on(values: Iterable[PolicyValue], key: str, day: date) -> tuple[PolicyValue, ...]:
    """What may hold of a key on a day: the commune's before the province's before the state's,
    what holds for certain before what may, the newest first.
    """
    order = [*Scope]
    held = [(one, one.holds_on(day)) for one in values if one.key == key]
    return tuple(
        one
        for one, holds in sorted(
            ((one, holds) for one, holds in held if holds is not False),
            key=lambda pair: (
                order.index(pair[0].scope),
                pair[1] is None,
                -(pair[0].valid_from.earliest.toordinal() if pair[0].valid_from else 0),
            ),
        )
    )
