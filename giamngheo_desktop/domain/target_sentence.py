"""The printed sentence of a target, filled from the templates of its indicator.

A template is a line of `definitions/indicators` by shape: `number`, `no_number`, and those of one
part of a plan (`number_policy`, `no_number_output`). `{number}` is the number with the word of its
comparator; what stands in square brackets is left out where nothing fills it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from giamngheo_desktop.domain.indicator_catalogue import (
    HUNDRED,
    CatalogueIndicator,
    Comparator,
    Group,
    IndicatorType,
)
from giamngheo_desktop.domain.numbers import format_quantity
from giamngheo_desktop.domain.vietnamese import clean, upper

BASES = ("target", "policy", "output")  # parts of a plan, as `lists/target_bases`
NUMBER = "number"
NO_NUMBER = "no_number"
SHAPES = frozenset(
    f"{shape}{part}"
    for shape in (NUMBER, NO_NUMBER)
    for part in ("", *(f"_{one}" for one in BASES))
)
CONTENT = "content"
PLACES = frozenset(("number", "households", "workers", "unit", "dimension", CONTENT))

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_PLACE = re.compile(r"\{([^{}]*)\}")
_SCALE = 2  # numbers are hundredths
_ALL = 100 * HUNDRED  # nobody says "at least" of a whole
_STOPS = ",;:.)"  # an addition that begins so follows without a space


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is said of comparators (with `{}` for the number), groups and dimensions."""

    comparators: Mapping[IndicatorType, Mapping[Comparator, str]]
    groups: Mapping[Group, str]  # as households
    workers: str  # of households `{}`
    low_income: str  # workers who belong to no class of households
    dimensions: Mapping[str, str]


def sentence(
    indicator: CatalogueIndicator,
    groups: Iterable[str],
    comparator: str | None,
    value: int | None,
    *,
    words: Words,
    basis: str | None = None,
    dimension: str | None = None,
    content: str | None = "",
    addition: str | None = "",
    unit_word: str,
) -> str:
    """One line that begins with a capital and ends without a stop.

    `value` in hundredths; None is a target without a number, of which `content` is said where it is
    given. Without groups or comparator those of the indicator hold. ValueError for a group or a
    comparator that does not exist, KeyError for a dimension without a word.
    """
    if value is None and content:
        return _line(content, addition)
    chosen = {Group(one) for one in groups} or set(indicator.groups)
    how = Comparator(comparator) if comparator else indicator.comparator
    filled = {
        "number": "" if value is None else _number(indicator, how, value, words),
        "households": ", ".join(words.groups[one] for one in Group if one in chosen),
        "workers": _workers(chosen, words),
        "unit": unit_word,
        "dimension": words.dimensions[dimension] if dimension else "",
        CONTENT: content or "",
    }
    shape = NO_NUMBER if value is None else NUMBER
    said = indicator.sentences
    return _line(_fill(said.get(f"{shape}_{basis}", said[shape]), filled), addition)


def asks_words(indicator: CatalogueIndicator) -> bool:
    """Whether its sentence is what `content` says."""
    return CONTENT in places(indicator.sentences[NUMBER])


def printed_number(indicator: CatalogueIndicator, value: int) -> str:
    """As plans print it: 05 and 1.220 of what is counted, 1,15% and 0,3% of a share."""
    said = format_quantity(value, _SCALE)
    if "%" in indicator.unit:
        return f"{said}%"
    return f"0{said}" if said.isdigit() and len(said) == 1 and value else said


def places(template: str) -> list[str]:
    """The names between braces, in order."""
    return _PLACE.findall(template)


def without_optional(template: str) -> str:
    """What is said in any case."""
    return _OPTIONAL.sub("", template)


def _number(indicator: CatalogueIndicator, how: Comparator, value: int, words: Words) -> str:
    is_share = indicator.type in (IndicatorType.COVERAGE, IndicatorType.NEED)
    if is_share and how is Comparator.AT_LEAST and value == _ALL:
        how = Comparator.EQUAL
    return words.comparators[indicator.type][how].format(printed_number(indicator, value))


def _workers(chosen: set[Group], words: Words) -> str:
    households = [
        words.groups[one] for one in Group if one in chosen and one is not Group.LOW_INCOME
    ]
    said = [words.workers.format(", ".join(households))] if households else []
    return ", ".join([*said, *([words.low_income] if Group.LOW_INCOME in chosen else [])])


def _fill(template: str, filled: Mapping[str, str]) -> str:
    def kept(found: re.Match[str]) -> str:
        return found[1] if all(filled[one] for one in places(found[1])) else ""

    return _PLACE.sub(lambda found: filled[found[1]], _OPTIONAL.sub(kept, template))


def _line(said: str, addition: str | None) -> str:
    said = clean(said).rstrip(" .;,")
    more = clean(addition or "").rstrip(" .;,")
    whole = f"{said}{'' if more[:1] in _STOPS else ' '}{more}" if more else said
    return upper(whole[:1]) + whole[1:]
