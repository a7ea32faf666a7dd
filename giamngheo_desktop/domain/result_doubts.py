"""What is odd about a result that somebody typed for a target. Nothing is repaired or refused.

Rows are results and targets as they are stored, numbers in hundredths. The day of a result is the
one to which it counts ("tính đến ngày"), so that one before the year says nothing of the year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.doubted import Doubted, DoubtLevel, Row, said, values
from giamngheo_desktop.domain.indicator_catalogue import HUNDRED, CatalogueIndicator, IndicatorType
from giamngheo_desktop.domain.linked_targets import Agreement, compared, rounded
from giamngheo_desktop.domain.numbers import format_integer

ANSWERS = ("numerator", "denominator", "value", "reached")  # one of them at the least


def counts_for(year: int, measured_on: date) -> bool:
    """Whether a result of a day can be one of the year: what was so before it began is none."""
    return measured_on.year >= year


def says_nothing(result: Row) -> bool:
    """Whether there is neither number nor word in it."""
    return all(result.get(one) is None for one in ANSWERS)


def doubts(
    result: Row, target: Row, indicator: CatalogueIndicator, year: int, today: date | None
) -> tuple[Doubted, ...]:
    """Of a result of the target in a year's plan; None as `today`: no day is ahead."""
    given = {
        "label": indicator.label,
        "unit": indicator.unit,
        "day": format_date(result["measured_on"]),
    }
    found = (
        *_days(result["measured_on"], year, today),
        *_lacking(result, target, indicator),
        *_numbers(result, indicator),
    )
    return tuple(replace(one, key=target["key"], params={**given, **one.params}) for one in found)


def _days(day: date, year: int, today: date | None) -> Iterator[Doubted]:
    if not counts_for(year, day):
        yield Doubted(code="result_before", params={"year": str(year)})
    elif day.year > year:
        yield Doubted(code="result_after", params={"year": str(year)})
    if today is not None and day > today:
        yield Doubted(code="result_ahead", params={"today": format_date(today)})


def _lacking(result: Row, target: Row, indicator: CatalogueIndicator) -> Iterator[Doubted]:
    """What is typed, and yet does not tell how far the target is reached."""
    if says_nothing(result):
        yield Doubted(code="result_empty")
        return
    if next(values(target), None) is None:
        if result["reached"] is None:
            yield Doubted(code="result_unsaid")
        return
    if result["value"] is not None or result["denominator"] == 0:
        return
    above, below = result["numerator"], result["denominator"]
    if (above, below) == (None, None):
        yield Doubted(code="result_word_alone")
    elif above is None or (below is None and indicator.type is not IndicatorType.COUNT):
        lacks = "result_numerator" if above is None else "result_denominator"
        yield Doubted(code=lacks)


def _numbers(result: Row, indicator: CatalogueIndicator) -> Iterator[Doubted]:
    """Impossible by itself, or two numbers that do not say the same."""
    value, above, below = result["value"], result["numerator"], result["denominator"]
    counted = indicator.type is IndicatorType.COUNT
    if value is not None:
        number = {"value": said(value)}
        if value < 0 and not indicator.is_decrease:  # a list may have grown
            yield Doubted(code="result_negative", level=DoubtLevel.ERROR, params=number)
        if counted and value % HUNDRED and indicator.unit:
            yield Doubted(code="result_not_whole", params=number)
        elif not counted and abs(value) > 100 * HUNDRED:
            yield Doubted(code="result_over_whole", level=DoubtLevel.ERROR, params=number)
    computed = _computed(above, below, counted=counted)
    if not counted and above is not None and below is not None and above > below:
        parts = {"above": format_integer(above), "below": format_integer(below)}
        yield Doubted(code="result_parts", level=DoubtLevel.ERROR, params=parts)
    if value is None or computed is None:
        return
    # who reports a result often says it in whole per cent
    in_whole = not counted and rounded(computed, 0) == value
    if compared(value, computed) is Agreement.CONTRADICTS and not in_whole:
        params = {"value": said(value), "computed": said(rounded(computed))}
        yield Doubted(code="result_apart", params=params)


def _computed(above: int | None, below: int | None, *, counted: bool) -> Fraction | None:
    """The number that counts before a typed value, as `TypedResult.amount` has it."""
    if above is None:
        return None
    if counted:
        return Fraction(above)
    return Fraction(100 * above, below) if below else None
