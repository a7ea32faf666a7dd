"""Working age by year and sex, school level by school year: rules whose numbers are data.

Sources: Nghị định 135/2020/NĐ-CP (retirement ages), annex of Nghị định 07/2021/NĐ-CP (levels).
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from giamngheo_desktop.domain.ages import last_birthday
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.standard import Certainty, Fact


@dataclass(frozen=True, slots=True)
class Retirement:
    """Tuổi nghỉ hưu, in months, of those who reach it in `year`."""

    year: int
    months: Mapping[str, int]  # by sex: male, female


@dataclass(frozen=True, slots=True)
class WorkingAge:
    """From the minimum age to the day of the retirement age.

    The first row of `retirement` holds for all years up to its own, the last for all later ones.
    """

    min_age: Fact[int]
    retirement: tuple[Retirement, ...]
    certainty: Certainty
    source: str

    def starts_on(self, born: date) -> date:
        return add_months(born, 12 * (self.min_age.value or 0))

    def ends_on(self, born: date, sex: str) -> date:
        """The day the person reaches the retirement age; later birth never gives an earlier day."""
        for rule in self.retirement:
            day = add_months(born, rule.months[sex])
            if day.year <= rule.year:
                return day
        return day

    def includes(
        self, birth: PartialDate | None, sex: str | None, day: date
    ) -> tuple[bool | None, frozenset[str]]:
        """Whether a person is of working age on `day`; None with the fields that would decide."""
        if birth is None or birth.earliest > day:
            return None, frozenset({"birth"})
        answers = {
            self._includes(birth, one, day) for one in ((sex,) if sex else ("male", "female"))
        }
        if len(answers) > 1:
            unsure = frozenset({"birth", "sex"}) if None in answers else frozenset({"sex"})
            return None, unsure
        answer = answers.pop()
        return answer, frozenset({"birth"} if answer is None else ())

    def _includes(self, birth: PartialDate, sex: str, day: date) -> bool | None:
        first, last = birth.earliest, last_birthday(birth)
        if day < self.starts_on(first) or self.ends_on(last, sex) <= day:
            return False
        return True if self.starts_on(last) <= day < self.ends_on(first, sex) else None


@dataclass(frozen=True, slots=True)
class SchoolLevel:
    """A level with the ages that ask for it; one that no age asks for has neither.

    `years` are ages by school year, both ends counted; `exact_ages` are completed ages, [from,
    below).
    """

    code: str
    years: tuple[int, int] | None = None
    exact_ages: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class School:
    """The levels, lowest first. A school year bears the number of the year it begins in."""

    first_month: int
    levels: tuple[SchoolLevel, ...]
    leaving_level: str
    courses: tuple[str, ...]
    certainty: Certainty
    source: str

    def school_year(self, day: date) -> int:
        """2025 from 1/9/2025 to 31/8/2026, summer holidays included."""
        return day.year if day.month >= self.first_month else day.year - 1

    def rank(self, code: str | None) -> int | None:
        """The place of a level, 0 for the code "none"; None for courses and unknown levels."""
        if code == "none":
            return 0
        codes = [level.code for level in self.levels]
        return codes.index(code) + 1 if code in codes else None

    def asked_by_school_year(self, years: int) -> str | None:
        """The level for a child of `years` = school year − birth year; None where none is named."""
        return next(
            (
                level.code
                for level in self.levels
                if level.years and level.years[0] <= years <= level.years[1]
            ),
            None,
        )

    def asked_by_exact_age(self, age: int) -> str | None:
        """The level for a completed age, as the annex words it."""
        asked = [level for level in self.levels if level.exact_ages and level.exact_ages[0] <= age]
        return asked[-1].code if asked else None

    @property
    def last_year(self) -> int:
        """The last school-year age that a level is named for."""
        return max(level.years[1] for level in self.levels if level.years)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeRules:
    """All rules on ages of one definition file."""

    version: int
    label: str
    legal_basis: str
    working_age: WorkingAge
    school: School
    sources: Mapping[str, str] = field(default_factory=dict)
    sha256: str = ""
    text: str = field(default="", repr=False, compare=False)


def add_months(day: date, months: int) -> date:
    """The same day some months later, the last of the month where it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
