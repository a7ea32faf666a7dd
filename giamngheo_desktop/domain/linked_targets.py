"""One aim said three times: the rate at the end, its fall in percentage points, the households.

Numbers of targets are hundredths as they are stored; what is worked out is exact. A printed number
stands for whatever rounds to it; a hundredth beside that is said to be rounding, and is no
contradiction (K4). Beside counts one that can be written with one decimal (0,3) may have been
rounded to it; a rate and its fall are both printed numbers, and nothing else brings them together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

PLACES = 2  # printed rates have two decimals
HUNDREDTH = 1


class Part(StrEnum):
    """Which of the three."""

    RATE = "rate"
    POINTS = "points"
    HOUSEHOLDS = "households"


class Agreement(StrEnum):
    """How a printed number stands to what is worked out."""

    AGREES = "agrees"
    ROUNDED = "rounded"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What is known of the start of the year: the list, all households, and how many of these the
    end is expected to have (the same where nobody says); `rate` is the one at the start as printed,
    where the counts are not known.
    """

    listed: int | None = None
    households: int | None = None
    expected: int | None = None
    rate: int | None = None

    @property
    def at_end(self) -> int | None:
        return self.households if self.expected is None else self.expected

    @property
    def percent(self) -> Fraction | None:
        """The rate at the start, exact where it can be."""
        if self.listed is not None and self.households:
            return Fraction(100 * self.listed, self.households)
        return None if self.rate is None else Fraction(self.rate, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """The three as printed; None: the plan does not say it."""

    rate: int | None = None
    points: int | None = None
    households: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two of them that do not go together: `said` is printed, `computed` follows from `other`."""

    part: Part
    other: Part
    agreement: Agreement
    said: int
    computed: Fraction


def places(value: int) -> int:
    """The decimals that hundredths may be rounded to: 2,06 has two, 0,3 one. So has 3: what is half
    a percent beside a whole one is another number.
    """
    return 2 if value % 10 else 1


def rounded(value: Fraction, decimals: int = PLACES) -> int:
    """A number in hundredths, rounded half away from nought to so many decimals."""
    unit: int = 10 ** (PLACES - decimals)
    scaled = 100 * abs(value) / unit
    whole = int((2 * scaled + 1) // 2) * unit
    return whole if value >= 0 else -whole


def compared(said: int, computed: Fraction) -> Agreement:
    """How a printed number stands to an exact one that is made of counts."""
    found = beside(said, computed)
    if found is Agreement.CONTRADICTS and rounded(computed, places(said)) == said:
        return Agreement.ROUNDED
    return found


def beside(said: int, computed: Fraction) -> Agreement:
    """How a printed number stands to one that is worked out of printed ones (K4)."""
    off = abs(rounded(computed) - said)
    if not off:
        return Agreement.AGREES
    return Agreement.ROUNDED if off <= HUNDREDTH else Agreement.CONTRADICTS


def completed(linked: Linked, start: Start) -> dict[Part, Fraction]:
    """What the parts that are not said must be, exact; households are whole ones, the nearest."""
    found = {part: value for part in Part if (value := _worked_out(part, linked, start))}
    return {part: value[1] for part, value in found.items() if getattr(linked, part) is None}


def clashes(linked: Linked, start: Start) -> tuple[Clash, ...]:
    """The pairs of said parts that only rounding, or nothing, brings together."""
    pairs = tuple(_pairs(linked, start))
    found = tuple(one for one in pairs if one.agreement is not Agreement.AGREES)
    if len(pairs) == len(Part) and [one.agreement for one in found] == [Agreement.ROUNDED]:
        # a rate and a fall that are both right by the counts have nothing to be told
        return tuple(one for one in found if one.other is not Part.RATE)
    return found


def denominators(points: int, households: int, decimals: int = PLACES) -> range | None:
    """Of how many households the fall can be so many points; None: any number that is large enough.

    `households` are whole ones, both are above nought.
    """
    unit = 10 ** (PLACES - decimals)
    least = 20_000 * households // (2 * points + unit) + 1
    if 2 * points <= unit:
        return None
    return range(least, 20_000 * households // (2 * points - unit) + 1)


def _pairs(linked: Linked, start: Start) -> Iterator[Clash]:
    pairs = (
        (Part.POINTS, Part.RATE),
        (Part.POINTS, Part.HOUSEHOLDS),
        (Part.RATE, Part.HOUSEHOLDS),
    )
    for part, other in pairs:
        said, given = getattr(linked, part), getattr(linked, other)
        if said is None or given is None:
            continue
        computed = _percent(part, other, given, start)
        if computed is None:
            continue
        agreement = (compared if other is Part.HOUSEHOLDS else beside)(said, computed)
        yield Clash(part=part, other=other, agreement=agreement, said=said, computed=computed)


def _worked_out(part: Part, linked: Linked, start: Start) -> tuple[Part, Fraction] | None:
    """From the first said one that leads there: counts are exact, so households come first."""
    for other in (Part.HOUSEHOLDS, Part.RATE, Part.POINTS):
        given = getattr(linked, other)
        if other is part or given is None:
            continue
        if part is Part.HOUSEHOLDS:
            value = _households(other, given, start)
        else:
            value = _percent(part, other, given, start)
        if value is not None:
            return other, value
    return None


def _percent(part: Part, other: Part, given: int, start: Start) -> Fraction | None:
    """The rate or the points that follow from another part."""
    if other is not Part.HOUSEHOLDS:
        first = start.percent
        return None if first is None else first - Fraction(given, 100)
    fall, last = Fraction(given, 100), start.at_end
    if not last:
        return None
    if start.listed is not None:
        rate = 100 * (start.listed - fall) / last
        if part is Part.RATE:
            return rate
        return None if start.percent is None else start.percent - rate
    if part is Part.POINTS and last == start.households:
        return 100 * fall / last
    return None


def _households(other: Part, given: int, start: Start) -> Fraction | None:
    """The whole households nearest to a rate or to points."""
    last = start.at_end
    if not last:
        return None
    if start.listed is None:
        same = other is Part.POINTS and last == start.households
        return Fraction(_whole(Fraction(given * last, 10_000))) if same else None
    first = start.percent
    if other is Part.POINTS and first is None:
        return None
    rate = Fraction(given, 100) if other is Part.RATE else (first or 0) - Fraction(given, 100)
    return Fraction(start.listed - _whole(rate * last / 100))


def _whole(value: Fraction) -> int:
    """To the nearest whole number, half up."""
    return int((2 * value + 1) // 2)
