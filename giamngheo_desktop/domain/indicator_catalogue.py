"""Indicators of plans as data: what one counts, in which unit, and which way is better.

An indicator of the catalogue is what a target is about (HN-TL, tỷ lệ hộ nghèo); the indicators of
deprivation of a standard (`domain/indicators.py`) are something else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from giamngheo_desktop.domain.standard import Certainty

HUNDRED = 100  # numbers of targets and results are hundredths of their unit


class IndicatorType(StrEnum):
    """What kind of number a target of it is."""

    COUNT = "count"  # of households, persons, models …; may have a share beside it
    RATE = "rate"  # numerator / denominator × 100
    POINTS = "points"  # the fall of a rate, in percentage points; "giảm x %" is always this
    COVERAGE = "coverage"  # a rate of those who should have something
    NEED = "need"  # a coverage of those alone who have the need


class Good(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
    INFO = "info"  # neither


class Comparator(StrEnum):
    """How the number reached stands to the number of the target."""

    AT_LEAST = "at_least"
    MORE = "more"
    AT_MOST = "at_most"
    EQUAL = "equal"
    ABOUT = "about"


class Group(StrEnum):
    """Whose households (or their members) a target speaks of; a target has a set of them."""

    POOR = "poor"  # hộ nghèo
    NEAR_POOR = "near_poor"  # hộ cận nghèo
    NEW_ESCAPE = "new_escape"  # hộ mới thoát nghèo
    NEAR_ESCAPE = "near_escape"  # hộ thoát cận nghèo
    AVERAGE_LIVING = "average_living"  # hộ có mức sống trung bình
    LOW_INCOME = "low_income"  # người lao động có thu nhập thấp: persons, recognised since 2025


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueIndicator:
    """One indicator; `per` is what it counts (household person child officer commune model
    organisation money visit unit), `unit` is empty where a target says its own, `need` is the code
    of `lists/support_needs` that a NEED asks.

    `computed`: the program counts the actual; else it is typed with source and day. `sentences`
    are the printed ones by shape (`domain/target_sentence.py`).
    """

    code: str
    label: str
    type: IndicatorType
    unit: str
    per: str
    numerator: str
    denominator: str
    groups: tuple[Group, ...]
    breakdown: tuple[str, ...]  # village dimension class sex ethnicity component source
    good: Good
    comparator: Comparator
    computed: bool
    need: str = ""
    data: str = ""  # what is read, in words
    source: str
    certainty: Certainty
    note: str = ""
    sentences: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_decrease(self) -> bool:
        """Whether it is what lies between the beginning of the year and its end."""
        return self.code.endswith(("-GIAM-HO", "-GIAM-DIEM"))


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """The indicators by code, in printed order."""

    version: int = 0
    valid_from: date = date.min
    valid_to: date | None = None
    legal_basis: str = ""
    indicators: Mapping[str, CatalogueIndicator] = field(default_factory=dict)

    def __getitem__(self, code: str) -> CatalogueIndicator:
        return self.indicators[code]

    def __contains__(self, code: object) -> bool:
        return code in self.indicators
