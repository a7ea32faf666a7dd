"""A poverty standard as a value: lines, indicators, cut-offs, each fact with its certainty.

What no source gives is a Fact without a value; it is never filled with a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from giamngheo_desktop.domain.errors import AppError

T = TypeVar("T")


class AreaType(StrEnum):
    """Khu vực of a household's village: nông thôn (xã) or thành thị (phường, thị trấn)."""

    RURAL = "rural"
    URBAN = "urban"


class HouseholdClass(StrEnum):
    """The classes that `classify` gives, the poorest first.

    AVERAGE is the income band only; the recognised hộ có mức sống trung bình is another fact.
    """

    POOR = "poor"
    NEAR_POOR = "near_poor"
    AVERAGE = "average"
    NOT_POOR = "not_poor"


NO_CLASS, AVERAGE_LIVING = "none", "average_living"  # states beside the recognised classes
NEW_ESCAPE = "new_escape"  # hộ mới thoát nghèo, beside its class
NO_RESULT = "no_result"  # of a closed year: a class is in force, but it is none of that year's


def state_of(household_class: str | None, *, average_living: bool) -> str:
    """The class as an officer speaks of it: poverty first, then the recognised average living."""
    if household_class is None:
        return NO_CLASS
    if average_living and household_class not in (HouseholdClass.POOR, HouseholdClass.NEAR_POOR):
        return AVERAGE_LIVING
    return household_class


class Certainty(StrEnum):
    """How well a fact is known: read in a source, still to be read, or in no source found."""

    CONFIRMED = "confirmed"
    TO_CONFIRM = "to_confirm"
    MISSING = "missing"


class StandardLevel(StrEnum):
    """Who set the standard; a household may hold a class by either."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"


@dataclass(frozen=True, slots=True)
class Fact(Generic[T]):
    """A value of the law with its certainty; `source` says where it was read, `note` what lacks."""

    value: T | None
    certainty: Certainty
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """Dịch vụ xã hội cơ bản (2016–2026), chiều thiếu hụt (from 2027)."""

    code: str
    label: Fact[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorTest:
    """Which test of `domain.indicators` derives an indicator, and its parameters."""

    kind: str
    params: Mapping[str, object]
    certainty: Certainty
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """Chỉ số thiếu hụt; `order` is its place in every form and table.

    Without a `test` the indicator can only be ticked by hand.
    """

    code: str
    order: int
    dimension: str
    label: Fact[str]
    short_label: Fact[str]
    threshold: Fact[str]
    test: IndicatorTest | None = None

    @property
    def short(self) -> str:
        return self.short_label.value or self.label.value or self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The lines of one area type: đồng a person a month, and points of the form (điểm B1).

    With an upper line (2016–2021) a household at or below the income line is poor whatever its
    indicators, and the indicators decide up to the upper line; without one they decide up to
    the income line. The same holds for the two cut-offs. Every line belongs to the class below it.
    `label` is the word of the law for the area, where it is another than usual.
    """

    label: Fact[str] | None = None

    income_line: Fact[int]
    upper_line: Fact[int] | None = None
    average_line: Fact[int]
    score_cutoff: Fact[int]
    score_upper_cutoff: Fact[int] | None = None
    low_income_line: Fact[int] | None = None  # of người lao động có thu nhập thấp


@dataclass(frozen=True, slots=True, kw_only=True)
class PovertyStandard:
    """Chuẩn nghèo đa chiều of a period; `sha256` of its file is what reviews point to.

    `income_article` and `score_article` name the rule for a household with a known income and
    for one with điểm B1; `status` says in words what the definition still lacks.
    """

    code: str
    version: int
    label: str
    level: StandardLevel
    province: str = ""
    valid_from: date
    valid_to: date
    first_review_year: int
    last_review_year: int
    legal_basis: str
    effective_on: Fact[date]
    income_article: Fact[str]
    score_article: Fact[str]
    status: str = ""
    deprivation_count: Fact[int]
    indicator_points: Fact[int]
    dimensions: tuple[Dimension, ...]
    indicators: tuple[Indicator, ...]
    lines: Mapping[AreaType, Lines]
    low_income_from: Fact[date] | None = None  # since when low-income workers are recognised
    sources: Mapping[str, str] = field(default_factory=dict)
    sha256: str = ""
    text: str = field(default="", repr=False, compare=False)

    @property
    def codes(self) -> tuple[str, ...]:
        """The indicator codes in official order."""
        return tuple(indicator.code for indicator in self.indicators)

    def indicator(self, code: str) -> Indicator:
        return next(indicator for indicator in self.indicators if indicator.code == code)

    def in_order(self, codes: Iterable[str]) -> tuple[str, ...]:
        wanted = frozenset(codes)
        return tuple(code for code in self.codes if code in wanted)

    @property
    def has_score_form(self) -> bool:
        """Whether a household can be classified by điểm B1 under this standard."""
        return all(lines.score_cutoff.value is not None for lines in self.lines.values())

    def covers(self, review_year: int) -> bool:
        return self.first_review_year <= review_year <= self.last_review_year


@dataclass(frozen=True, slots=True)
class Standards:
    """All loaded standards; iterates in the order of their periods."""

    items: tuple[PovertyStandard, ...]

    def __iter__(self) -> Iterator[PovertyStandard]:
        return iter(self.items)

    def get(self, code: str) -> PovertyStandard:
        """The standard of that code; AppError `unknown_standard` where there is none."""
        for standard in self.items:
            if standard.code == code:
                return standard
        known = ", ".join(standard.code for standard in self.items)
        raise AppError("unknown_standard", asked=code, known=known)

    def provincial_for(self, review_year: int) -> tuple[PovertyStandard, ...]:
        return tuple(
            item
            for item in self.items
            if item.level is StandardLevel.PROVINCIAL and item.covers(review_year)
        )


def standard_for(standards: Iterable[PovertyStandard], review_year: int) -> PovertyStandard:
    """The national standard whose data cover the năm rà soát.

    Raises AppError `no_standard` for a year that no definition covers.
    """
    for standard in standards:
        if standard.level is StandardLevel.NATIONAL and standard.covers(review_year):
            return standard
    raise AppError("no_standard", year=review_year)


def lists_before(
    standards: Iterable[PovertyStandard], code: str, review_year: int
) -> dict[int, str]:
    """For the review year and the one before it, where it is the first one of the national
    standard `code`: the standard before, under which the list then begins.
    """
    items = tuple(standards)
    found = {}
    for year in (review_year - 1, review_year):
        try:
            own, last = (standard_for(items, asked).code for asked in (year, year - 1))
        except AppError:
            continue
        if own == code != last:
            found[year] = last
    return found


@dataclass(frozen=True, slots=True)
class NewStandard:
    """A year whose national standard is another than that of the year before: no number of one
    compares with one of the other, until the list that the year begins with is made under `now`.
    """

    year: int
    now: PovertyStandard
    before: PovertyStandard

    @property
    def said(self) -> tuple[int, str, str]:
        """The year and both labels, as sentences ask for them."""
        return self.year, self.now.label, self.before.label


def new_standard(standards: Iterable[PovertyStandard], year: int) -> NewStandard | None:
    """None where both years have the same, or one of them has none."""
    items = tuple(standards)
    try:
        now, before = (standard_for(items, asked) for asked in (year, year - 1))
    except AppError:
        return None
    return None if now.code == before.code else NewStandard(year, now, before)
