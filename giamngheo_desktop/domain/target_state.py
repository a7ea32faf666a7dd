"""How far a target is: what its comparator asks, how much is reached, the state of a day.

All numbers are exact and in the unit of the indicator; nothing here is rounded.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction

from giamngheo_desktop.domain.indicator_catalogue import Comparator, Good

# "Khoảng 03 người": no source says how near is near enough. A tenth is the program's own measure,
# wide enough for a number that was rounded, narrow enough that two of three are not "about three".
ABOUT = Fraction(1, 10)


class TargetState(StrEnum):
    """Where a target stands on a day; `texts.TARGET_STATES` has the words."""

    REACHED = "reached"
    ON_WAY = "on_way"  # not yet; nothing says that it will not be
    BEHIND = "behind"  # not yet, and what is expected by the last day is not enough
    NOT_REACHED = "not_reached"  # the last day is over
    NO_NEED = "no_need"  # không phát sinh nhu cầu
    NO_DATA = "no_data"
    NOT_COMPARABLE = "not_comparable"  # its ends are of two standards
    DONE = "done"  # of one without a number: said to be reached
    NOT_DONE = "not_done"
    UNSAID = "unsaid"
    NO_NUMBER = "no_number"  # it could be counted, but nobody typed how much is asked


class Tone(StrEnum):
    """The role of a colour, beside the words of the state."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    NEUTRAL = "neutral"


TONES = {
    TargetState.REACHED: Tone.GOOD,
    TargetState.DONE: Tone.GOOD,
    TargetState.ON_WAY: Tone.NEUTRAL,
    TargetState.BEHIND: Tone.WARN,
    TargetState.NOT_REACHED: Tone.BAD,
    TargetState.NOT_DONE: Tone.BAD,
}


def tone(state: TargetState) -> Tone:
    return TONES.get(state, Tone.NEUTRAL)


def holds(comparator: Comparator, value: Fraction, target: Fraction, good: Good) -> bool:
    """Whether a number is what the target asks.

    More than an "equal" or "about" asks is as good where the indicator has a better side: a plan
    of 85 % is kept by 90 %.
    """
    match comparator:
        case Comparator.AT_LEAST:
            return value >= target
        case Comparator.MORE:
            return value > target
        case Comparator.AT_MOST:
            return value <= target
        case Comparator.EQUAL:
            met = value == target
        case Comparator.ABOUT:
            met = abs(value - target) <= ABOUT * abs(target)
    return met or _is_better(value, target, good)


def _is_better(value: Fraction, target: Fraction, good: Good) -> bool:
    if good is Good.INFO:
        return False
    return value > target if good is Good.HIGHER else value < target


def part_reached(
    value: Fraction, target: Fraction, good: Good, baseline: Fraction | None = None
) -> Fraction | None:
    """How many per cent of the target are reached; 100 and more once it is.

    What shall rise is measured from nought. What shall fall is measured by the way from the
    baseline to the target: without a baseline, or with one that is no farther than the target,
    there is no such number.
    """
    if good is Good.LOWER:
        if baseline is None or baseline <= target:
            return None
        return 100 * (baseline - value) / (baseline - target)
    return 100 * value / target if target > 0 else None


def state_of(*, met: bool, over: bool, expected: bool | None) -> TargetState:
    """Of a target with a number that is known; `over`: its time is; `expected` is whether the
    forecast meets it, None without one.
    """
    if met:
        return TargetState.REACHED
    if over:
        return TargetState.NOT_REACHED
    return TargetState.BEHIND if expected is False else TargetState.ON_WAY


def is_over(day: date, due: date, *, closed: bool) -> bool:
    """Whether the time of a target is over: its last day itself is still in time, unless that is
    the end of a year which was `closed`, so that nothing more can come.
    """
    return day > due or (closed and day == due and (due.month, due.day) == (12, 31))
