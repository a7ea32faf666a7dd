"""How a number of a target is written, on screens, on paper and by the command.

What the plan says stands as it was typed: 2 %, 0,35 điểm %. What is measured stands as official
tables print it: a share with two decimals, half up (2,20; 2,00), all of something as 100, a count
whole. Here alone numbers are rounded; what is judged never is.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from giamngheo_desktop import texts
from giamngheo_desktop.domain.actual import PERCENT
from giamngheo_desktop.domain.indicator_catalogue import IndicatorType
from giamngheo_desktop.domain.rates import percent_of
from giamngheo_desktop.reports.document import Number, NumberFormat
from giamngheo_desktop.reports.layout import number_text
from giamngheo_desktop.services.targets.plan_targets import PlanTarget

_SAID = texts.TRACKING


def rounded(value: Fraction) -> Decimal:
    """Two places, half away from zero."""
    return percent_of(value.numerator, value.denominator * PERCENT)


def promised(value: Fraction) -> Number:
    """A number of the plan, with the decimals it needs."""
    number = rounded(value)
    return int(number) if number == int(number) else number.normalize()


def measured(value: Fraction, kind: IndicatorType) -> Number:
    """What was counted, or typed as reached; what only rounds to 100 is not all of them."""
    whole = value.denominator == 1 if kind is IndicatorType.COUNT else value == PERCENT
    return int(value) if whole else rounded(value)


def number_written(number: Number) -> str:
    """With the decimals it has: 2,20 of 2.20, −1 of -1."""
    return number_text(number, NumberFormat.COUNT)


def promised_text(value: Fraction | None) -> str:
    """1,83 and 16; a dash where the plan says none."""
    return _SAID["nothing"] if value is None else number_written(promised(value))


def measured_text(value: Fraction | None, kind: IndicatorType) -> str:
    """2,06 and 16; a dash where it is not known."""
    return _SAID["nothing"] if value is None else number_written(measured(value, kind))


def measured_amount(value: Fraction | None, target: PlanTarget) -> str:
    """A measured number with its unit, for a sentence; a fall below nought is said to be a rise."""
    kind = target.indicator.type
    said = texts.with_unit(measured_text(value, kind), target.unit)
    if value is None or value >= 0 or not target.indicator.is_decrease:
        return said
    rise = texts.with_unit(measured_text(-value, kind), target.unit)
    return _SAID["rose"].format(said=said, rise=rise)


def share_text(share: Fraction) -> str:
    """% đạt; a dash where it went the other way: nobody reaches less than nothing."""
    if share < 0:
        return _SAID["nothing"]
    return measured_text(share, IndicatorType.RATE)
