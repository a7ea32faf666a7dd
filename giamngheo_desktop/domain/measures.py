"""Measures: one named predicate over review rows, and what a row that it takes adds.

A review row is one household under one standard, with the columns of `storage.review_sources`.
A measure is written as a name, so that definitions and the sources of cells can hold it:

    poor_households                        a group, and what is counted of it
    poor_persons/minority                  … of those for which a fact is true
    poor_households/!minority/!merit_household     … and of those for which none is
    poor_households/?social_protection     … and of those of which nobody said whether it is
    poor_households/kinh                   … the majority: neither DTTS nor foreigners
    listed_households/cause=land           … with a cause of poverty
    poor_households/ethnicity!=02,05       … whose head is of none of these ethnic groups
    poor_households/deprived=0             … deprived in the first indicator of the standard
    poor_deprivations/indicators=12        … all deprived indicators together
    poor_children_uninsured/ages=6-16      … children of these completed ages, the last not counted
    …/ages=6-16/within=3                   … none where the household does not lack indicator 3
    …/ages=0-16/told=2                     … and one at least where it lacks indicator 2
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from giamngheo_desktop.domain.children import Ages, Told


class CountOf(StrEnum):
    """What a measure adds up."""

    HOUSEHOLDS = "households"
    PERSONS = "persons"
    DEPRIVATIONS = "deprivations"  # deprived indicators
    CHILDREN = "children"
    UNINSURED = "children_uninsured"
    MALNOURISHED = "children_malnourished"
    OUT_OF_SCHOOL = "children_out_of_school"


_CHILDREN = frozenset(code for code in CountOf if code.value.startswith("children"))


@dataclass(frozen=True, slots=True)
class OneOf:
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """Takes what is not known as well."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotTrue:
    """A fact that is false, or that nobody ticked."""


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A fact that nobody ticked, true or false."""


@dataclass(frozen=True, slots=True)
class Bit:
    """The bit of an indicator, counted from 0."""

    place: int


@dataclass(frozen=True, slots=True)
class Has:
    """A code among several."""

    code: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Not known, or not all of it; `whole`: nothing of it is."""

    whole: bool = False


Test = str | bool | OneOf | NoneOf | NotTrue | Unsaid | Bit | Has | Unknown

# What may be unknown of a household on a list, so that a number of it is a range.
INDICATORS, CAUSES = "deprived_bits", "causes"
KEPT = "facts_kept"  # False: closed before the program kept causes and children
VAGUE = (INDICATORS, CAUSES, *(code.value for code in CountOf if code in _CHILDREN))


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """`where` holds tests of columns, which all must hold; none takes every row.

    `indicators` is the number of indicators of the standard, `ages` are those of the children,
    `told` what is known of them by an indicator where their own facts are not.
    """

    code: str
    label: str
    of: CountOf
    where: tuple[tuple[str, Test], ...]
    indicators: int = 0
    ages: Ages | None = None
    told: Told | None = None

    @property
    def of_children(self) -> bool:
        return self.of in _CHILDREN

    @property
    def counts_people(self) -> bool:
        return self.of_children or self.of is CountOf.PERSONS

    @property
    def vague(self) -> str:
        """The column it reads that may be unknown of a household; empty: none of them."""
        if self.of is CountOf.DEPRIVATIONS:
            return INDICATORS
        if self.of_children:
            return self.of.value
        return next((column for column, _ in self.where if column in VAGUE), "")

    @property
    def of_average_living(self) -> bool:
        return any(column == "average_living" for column, _ in self.where)

    def households_where(self, *tests: tuple[str, Test]) -> Measure:
        """The households it speaks of, whatever it reads that may be unknown, with other tests."""
        kept = tuple((column, test) for column, test in self.where if column not in VAGUE)
        where = (*kept, *tests)
        code = f"?{where}{self.ages}{self.told}"  # the same of all columns that ask the same
        return replace(self, code=code, of=CountOf.HOUSEHOLDS, where=where)


_GROUPS: Mapping[str, tuple[str, Mapping[str, Test]]] = {
    "poor": ("hộ nghèo", {"household_class": "poor"}),
    "near_poor": ("hộ cận nghèo", {"household_class": "near_poor"}),
    "average_living": (
        "hộ làm nông, lâm, ngư, diêm nghiệp có mức sống trung bình",
        {"average_living": True},
    ),
    "poor_social_protection": (
        "hộ nghèo thuộc chính sách bảo trợ xã hội",
        {"household_class": "poor", "social_protection": True},
    ),
    "listed": ("hộ nghèo, hộ cận nghèo", {"household_class": OneOf(("poor", "near_poor"))}),
}
_FACTS = (
    "minority",
    "local_minority",
    "no_labour_capacity",
    "merit_household",
    "social_protection",
    "female_head",
)
_NOT_KINH = "55"  # người nước ngoài: no minority, and no Kinh


def _base(group: str, of: CountOf) -> Measure:
    label, where = _GROUPS[group]
    return Measure(
        code=f"{group}_{of.value}",
        label=f"khẩu {label}" if of is CountOf.PERSONS else label,
        of=of,
        where=tuple(where.items()),
    )


# Those of every rollup.
MEASURES: Mapping[str, Measure] = {
    f"{group}_{of.value}": _base(group, of)
    for group in ("poor", "near_poor", "average_living", "poor_social_protection")
    for of in (CountOf.HOUSEHOLDS, CountOf.PERSONS)
}
_BASES = {_base(group, of).code: _base(group, of) for group in _GROUPS for of in CountOf}


@lru_cache(maxsize=512)
def measure(name: str) -> Measure | None:
    """The measure of that name; None where there is none."""
    base, *filters = name.split("/")
    found = _BASES.get(base)
    for part in filters:
        found = found and _filtered(found, part)
    return found and replace(found, code=name)


def _filtered(found: Measure, part: str) -> Measure | None:
    if part in _FACTS:
        return _with(found, part, True)
    if part.startswith("!") and part[1:] in _FACTS:
        return _with(found, part[1:], NotTrue())
    if part.startswith("?") and part[1:] in _FACTS:
        return _with(found, part[1:], Unsaid())
    if part == "kinh":
        return _with(_with(found, "minority", False), "ethnicity", NoneOf((_NOT_KINH,)))
    if match := re.fullmatch(r"ethnicity(!?)=((?:\d\d,?)*)", part):
        codes = tuple(code for code in match[2].split(",") if code)
        return _with(found, "ethnicity", NoneOf(codes) if match[1] else OneOf(codes))
    if match := re.fullmatch(r"cause=(\w+)", part):
        return _with(found, CAUSES, Has(match[1]))
    if match := re.fullmatch(r"deprived=(\d+)", part):
        return _with(found, INDICATORS, Bit(int(match[1])))
    if match := re.fullmatch(r"indicators=(\d+)", part):
        return replace(found, indicators=int(match[1]))
    if match := re.fullmatch(r"ages=(\d+)-(\d+)", part):
        return replace(found, ages=Ages(int(match[1]), int(match[2])))
    if match := re.fullmatch(r"(told|within)=(\d+)", part):
        return replace(found, told=Told(int(match[2]), both=match[1] == "told"))
    return None


def _with(found: Measure, column: str, test: Test) -> Measure:
    return replace(found, where=(*found.where, (column, test)))


def persons_of(name: str) -> str:
    """The measure of the persons of the households that a measure counts."""
    base, _, filters = name.partition("/")
    base = base.removesuffix(CountOf.HOUSEHOLDS) + CountOf.PERSONS
    return f"{base}/{filters}" if filters else base
