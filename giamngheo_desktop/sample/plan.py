"""How big the sample is: households by village and year, and the classes it opens with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from giamngheo_desktop.sample.book import YEARS
from giamngheo_desktop.sample.chance import apportion
from giamngheo_desktop.sample.families import COMMON_SIZES, LARGE_SIZES
from giamngheo_desktop.sample.material import Village

# The plan of the commune for 2021: "51 hộ nghèo, có 111 khẩu", "14 hộ; có 16 khẩu" of social
# protection, "74 hộ cận nghèo, với 181 khẩu".
POOR_PERSONS, NEAR_POOR_PERSONS = 111, 181
PROTECTED, PROTECTED_PERSONS = 14, 16

_EVER_REVIEWED = 300  # about as many households the default sample ever reviews
_GROWTH = (0, 1, 1, 2, 3)  # households a village gains in a year after 2021, by chance


@dataclass(frozen=True, slots=True)
class Plan:
    """Numbers by village, in the order of the villages.

    `typed` are the households of each year that the population table shows; `register` those that
    stand in the register at the end of the year, None where only reviewed ones do. `scale`
    multiplies the published numbers of classes.
    """

    scale: float
    typed: Mapping[int, Sequence[int]]
    register: Mapping[int, Sequence[int]] | None
    poor: Sequence[int]
    near_poor: Sequence[int]
    decreases: Sequence[tuple[int, int]]
    complete: bool
    sizes: Mapping[int, int]

    def scaled(self, number: int) -> int:
        return int(number * self.scale + 0.5)


def make_plan(
    random: Random, villages: Sequence[Village], households: int | None, full: bool
) -> Plan:
    """The commune as printed; `households` sets the size of the register and may enlarge it."""
    printed = [village.households for village in villages]
    total = sum(printed)
    typed: dict[int, list[int]] = {}
    for year in YEARS:
        last = typed.get(year - 1, printed)
        grows = households is None and year > YEARS[0] + 1
        typed[year] = [count + (random.choice(_GROWTH) if grows else 0) for count in last]
    register: Mapping[int, Sequence[int]] | None = typed if full else None
    scale = 1.0
    if households is not None:
        # Complete villages hold no more households than the register.
        living = households if full else max(total, households)
        typed = dict.fromkeys(YEARS, apportion(living, printed))
        register = dict.fromkeys(YEARS, apportion(households, printed))
        reviewable = households / _EVER_REVIEWED
        scale = max(1.0, households / total) if reviewable >= 1 else reviewable
    poor = _scaled([village.poor for village in villages], scale)
    near_poor = _scaled([village.near_poor for village in villages], scale)
    poor_less = _scaled([village.poor_decrease for village in villages], scale)
    near_less = _scaled([village.near_poor_decrease for village in villages], scale)
    return Plan(
        scale=scale,
        typed=typed,
        register=register,
        poor=poor,
        near_poor=near_poor,
        decreases=[
            (min(less, count), min(near, near_count))
            for less, count, near, near_count in zip(
                poor_less, poor, near_less, near_poor, strict=True
            )
        ],
        complete=full,
        sizes=COMMON_SIZES if households is None else LARGE_SIZES,
    )


def _scaled(numbers: Sequence[int], scale: float) -> list[int]:
    return apportion(int(sum(numbers) * scale + 0.5), numbers)
