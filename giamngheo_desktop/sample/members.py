"""What a survey writes down about one person: school, work, health – by default without need.

By default nothing here makes a household deprived; `needs` then takes away what its class wants.
"""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from giamngheo_desktop.sample.chance import pick
from giamngheo_desktop.sample.papers import Papers
from giamngheo_desktop.sample.people import Fact, Person

# The school year counts by the year of birth: up to which number of years which level.
_LEVELS = ((2, None), (5, "preschool"), (10, "primary"), (14, "lower_secondary"))
_COMPLETED = ((5, None), (10, "none"), (14, "primary"), (17, "lower_secondary"))
_EDUCATION = {
    "old": {"none": 18, "primary": 45, "lower_secondary": 32, "upper_secondary": 5},
    "middle": {"primary": 14, "lower_secondary": 58, "upper_secondary": 28},
    "poor": {"none": 8, "primary": 34, "lower_secondary": 50, "upper_secondary": 8},
}
_STUDIES = {"college": 4, "university": 4, "intermediate": 2}
# Median height (cm × 10) and weight (kg × 10) by completed years, 0 at half a year.
_HEIGHTS = (
    660,
    800,
    900,
    980,
    1050,
    1120,
    1180,
    1240,
    1290,
    1340,
    1400,
    1460,
    1520,
    1570,
    1610,
    1640,
)
_WEIGHTS = (75, 105, 130, 150, 170, 190, 215, 240, 270, 300, 330, 370, 410, 460, 500, 530)
CHILD = 16  # below this age height, weight and nutrition are asked
_REST_AGE, _FRAIL_AGE = 62, 75
_ALLOWANCE_AGES = ((date(2025, 7, 1), 75), (date.min, 80))  # monthly allowance of the old, by day


class Members:
    """Fills the columns of persons, each once, from the last survey they lived through."""

    def __init__(self, random: Random, papers: Papers) -> None:
        self.random = random
        self.papers = papers

    def describe(self, person: Person, day: date, *, poor: bool, idle: bool, since: date) -> None:
        """Set `person.values` and its dated facts; `since` is the first day in the register."""
        age = person.age(day)
        values = person.values
        values |= self.papers.columns(person, day)
        values |= self._body(person, day)
        values |= self._school(person, day, poor)
        values |= self._work(person, day, age, poor, idle)
        values |= {
            "health_insurance": True,
            "uses_internet": 10 <= age <= 65 and self._chance(0.5 if poor else 0.75),
            "uses_phone": age >= CHILD and self._chance(0.85 if age < 75 else 0.4),
            "social_allowance": self._allowance(person, day, age, poor and idle),
            "pension": self._pension(person, age, poor),
            "serious_illness": self._chance(0.06 if age >= 40 else 0.01),
            "sick_untreated": poor and self._chance(0.03),
        }
        start = max(since, person.born)
        if person.disability is not None:
            kind, level = person.disability
            _fact(person, "disability_kind", kind, start)
            _fact(person, "disability_level", level, start)
        if person.merit:
            _fact(person, "merit", "yes", start)
        if values["job_status"] == "unable" and age < _REST_AGE:
            _fact(person, "labour_capacity", "unable", start)
        if 18 <= age < 75 and self._chance(0.6):
            _fact(person, "phone", self.papers.phone(), start)
        if values["job_status"] == "working":
            stable = values["job_contract"] == "contract" or not poor
            _fact(person, "stable_livelihood", "yes" if stable else "no", start)

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _body(self, person: Person, day: date) -> dict[str, Any]:
        age = person.age(day)
        if age >= CHILD:
            return {"height": None, "weight": None, "malnourished": None}
        height, weight = _HEIGHTS[age], _WEIGHTS[age]
        if age == 0:
            months = (day - person.born).days // 30
            height, weight = 510 + 22 * months, 33 + 6 * months
        height = int(height * self.random.uniform(0.97, 1.03))
        weight = int(weight * self.random.uniform(0.92, 1.08))
        return {"height": height, "weight": weight, "malnourished": False}

    def _school(self, person: Person, day: date, poor: bool) -> dict[str, Any]:
        by_year, age = day.year - person.born.year, person.age(day)
        level = next((name for limit, name in _LEVELS if by_year <= limit), None)
        attends = level is not None
        training = "none" if age >= CHILD else None
        if by_year <= 17:
            education = next(name for limit, name in _COMPLETED if by_year <= limit)
            if by_year >= 15:
                attends = age < CHILD or self._chance(0.92)
                level = "upper_secondary" if attends else None
        elif age <= 30:
            education, training, level = self._young(by_year, poor)
            attends = level is not None
        else:
            group = "old" if person.born.year < 1960 else "poor" if poor else "middle"
            education = pick(self.random, _EDUCATION[group])
            if education == "upper_secondary" and not poor and person.born.year >= 1965:
                training = pick(
                    self.random,
                    {
                        "none": 50,
                        "elementary": 15,
                        "intermediate": 15,
                        "college": 8,
                        "university": 12,
                    },
                )
        return {
            "attending_school": attends,
            "school_level": level,
            "education": education,
            "training": training,
            "trained_on_job": False if age >= CHILD else None,
        }

    def _young(self, by_year: int, poor: bool) -> tuple[str, str, str | None]:
        """Education, training and level of somebody between 18 and 30."""
        if by_year <= 22 and self._chance(0.15 if poor else 0.4):
            return "upper_secondary", "none", pick(self.random, _STUDIES)
        if by_year >= 20 and self._chance(0.3):
            trained = pick(self.random, {"elementary": 5, "intermediate": 3})
            return "lower_secondary", trained, None
        return "upper_secondary", "elementary" if self._chance(0.2) else "none", None

    def _work(self, person: Person, day: date, age: int, poor: bool, idle: bool) -> dict[str, Any]:
        kind = contract = None
        if person.values["attending_school"] and age >= 6:
            status: str | None = "student"
        elif age < CHILD:
            status = None
        elif person.disabled or age >= _FRAIL_AGE:
            status = "unable"
        elif idle:
            status = "retired" if age >= _REST_AGE else "unable"
        elif age >= _REST_AGE:
            status = "working" if self._chance(0.5) else "retired"
        else:
            status = "working"
        if status == "working":
            kind, contract = self._job(person, poor, age)
        return {"job_status": status, "job_kind": kind, "job_contract": contract}

    def _job(self, person: Person, poor: bool, age: int) -> tuple[str, str]:
        trained = person.values["training"] in ("college", "university")
        if trained and age < _REST_AGE and self._chance(0.6):
            return "civil_servant", "contract"
        if age < 50 and self._chance(0.12 if poor else 0.4):
            return "enterprise", "contract"
        return "other", "not_wage"

    def _allowance(self, person: Person, day: date, age: int, alone: bool) -> tuple[str, ...]:
        if person.disabled:
            return ("disabled",)
        lowest = next(years for start, years in _ALLOWANCE_AGES if day >= start)
        if not person.merit and (age >= lowest or (alone and age >= 60)):
            return ("elderly",)
        return ()

    def _pension(self, person: Person, age: int, poor: bool) -> tuple[str, ...]:
        if person.merit:
            return ("merit_allowance",)
        if age >= 60 and not poor and not person.disabled and age < _FRAIL_AGE:
            return ("pension",) if self._chance(0.12) else ()
        return ()


def _fact(person: Person, code: str, value: str, start: date) -> None:
    person.facts.append(Fact(code, value, start))
