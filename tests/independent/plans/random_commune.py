"""A random commune with everything that indicators count, written as bare rows.

`Clerk` of the harness types any record, but seldom two that belong together; here needs meet
supports, households change class at the borders of a year and of 36 months, people leave, and much
is marked removed. The same seed makes the same commune.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import make_register

YEAR = 2026
FIRST_DAY = date(2021, 1, 1)
DAY = timedelta(days=1)
EDGES = (
    date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1), date(2026, 12, 30),
    date(2026, 12, 31), date(2027, 1, 1),
)  # fmt: skip
CLASSES = ("poor", "near_poor", "not_poor")
NEEDS = {
    "credit": "credit", "training": "vocational_training", "job": "job", "legal_aid": "legal_aid",
    "telecom": "telecom", "social_assistance": "social_assistance", "housing": "housing",
    "health": "health_insurance", "nutrition": "nutrition", "production": "production",
    "work_abroad": "work_abroad",
}  # fmt: skip
OF_PERSONS = frozenset({"training", "job", "legal_aid", "social_assistance", "health", "nutrition",
                        "work_abroad"})  # fmt: skip
VALUES = {
    "job": (("contract_on", EDGES),),
    "nutrition": (("micronutrients", ("0", "1")),),
    "vocational_training": (("training_level", ("short", "elementary", "higher")),),
}
WATER = ("piped", "rain", "drilled_well", "unprotected_well", "surface", "other", None)
TOILETS = ("septic", "double_vault", "other", "none", None)
LEVELS = ("preschool", "primary", "lower_secondary", "upper_secondary", None)


def make(database: Database, seed: int) -> UUID:
    """Fill an empty register file; the commune to ask for. A second one holds like things."""
    register = make_register(database, first_day=FIRST_DAY, seed=seed)
    own = [*register.villages.values()]
    other_commune = register.second_commune("Ba Vì", "Z")
    elsewhere = register.villages["Z"]
    with write_unit(database, register.context, Op.SAVE_UNIT) as work:
        maker = _Maker(random.Random(seed), work)
        for _ in range(60):
            maker.home(own, elsewhere)
        for _ in range(5):
            maker.home([elsewhere], elsewhere)
        for village in own:
            maker.population(village)
        for commune in (register.commune, other_commune):
            for _ in range(30):
                maker.activity(commune)
            for _ in range(8):
                maker.officer(commune)
            for _ in range(10):
                maker.budget_line(commune)
        maker.take_part()
    return register.commune


class _Maker:
    def __init__(self, dice: random.Random, work: WriteUnit) -> None:
        self.dice = dice
        self.work = work
        self.members: list[tuple[UUID, UUID]] = []  # household, person
        self.activities: list[UUID] = []
        self.officers: list[UUID] = []

    def chance(self, percent: int) -> bool:
        return self.dice.randrange(100) < percent

    def add(self, kind: Kind, /, **values: Any) -> UUID:
        removed = values.pop("removed", self.chance(6))
        return self.work.insert(kind, removed=removed, **values)

    def day(self) -> date:
        if self.chance(40):
            return self.dice.choice(EDGES)
        return date(2025, 6, 1) + DAY * self.dice.randrange(700)

    def yes(self) -> bool | None:
        return self.dice.choice((True, True, False, None))

    # --- Households --------------------------------------------------------------------------

    def home(self, villages: list[UUID], elsewhere: UUID) -> None:
        household = self.add(
            Kind.HOUSEHOLD, address="Thôn", water_source=self.dice.choice(WATER),
            toilet=self.dice.choice(TOILETS),
        )  # fmt: skip
        village = self.dice.choice(villages)
        moved = self.day() if self.chance(20) else None
        self.add(Kind.PLACE, household=household, village=village, valid_from=FIRST_DAY,
                 valid_to=moved and moved - DAY, removed=False)  # fmt: skip
        if moved and self.chance(70):
            self.add(Kind.PLACE, household=household, valid_from=moved, removed=False,
                     village=self.dice.choice((*villages, elsewhere)))  # fmt: skip
        for number in range(self.dice.randint(1, 5)):
            self.member(household, head=not number)
        self.classes(household)
        if self.chance(40):
            self.add(Kind.HOUSEHOLD_FACT, household=household, code="social_protection",
                     value=self.dice.choice(("yes", "no")), valid_from=self.day())  # fmt: skip
        for need in self.dice.sample(sorted(NEEDS), 4):
            self.need(household, need)

    def member(self, household: UUID, *, head: bool) -> None:
        year = self.dice.choice((1950, 1963, 1965, 1970, 1985, 2000, 2008, *range(2009, 2025)))
        if head:
            year = self.dice.choice((1950, 1964, 1965, 1970, 1985, 2000))
        birth = PartialDate(year, self.dice.randint(1, 12), self.dice.choice((1, 15, 28)))
        person = self.add(
            Kind.PERSON, full_name="Đinh Văn An", given_name="An", search_key="dinh van an",
            sort_key="an", key_version=1, sex=self.dice.choice(("male", "female")), birth=birth,
            malnourished=self.yes(), attending_school=self.yes(), health_insurance=self.yes(),
            uses_internet=self.yes(), school_level=self.dice.choice(LEVELS),
            job_status=self.dice.choice(("working", "working", "unemployed", None)),
            job_contract=self.dice.choice(("contract", "no_contract", "not_wage", None)),
            social_allowance=self.dice.choice(((), (), ("elderly",), None)),
        )  # fmt: skip
        self.add(
            Kind.MEMBERSHIP, household=household, person=person, is_head=head, removed=False,
            relation="head" if head else "other", valid_from=FIRST_DAY,
            valid_to=self.day() if not head and self.chance(15) else None,
        )  # fmt: skip
        self.members.append((household, person))

    def classes(self, household: UUID) -> None:
        """Decisions one after the other, some a gap apart, and one typed by mistake."""
        at = self.dice.choice((date(2022, 1, 1), date(2023, 12, 31), date(2024, 1, 1)))
        while at < date(2027, 2, 1):
            name = self.dice.choice(CLASSES)
            borders = (at.replace(year=at.year + 1), self.day(), date(2027, 12, 31))
            last = max(at, self.dice.choice(borders) - DAY)
            self.record(household, name, at, None if last > date(2027, 1, 1) else last)
            at = last + DAY * self.dice.choice((1, 1, 1, 40))
        if self.chance(20):
            self.record(household, "poor", date(2025, 1, 1), None, removed=True)
        if self.chance(20):
            self.record(household, "poor", date(2026, 1, 1), None, source="computed")

    def record(
        self, household: UUID, name: str, first: date, last: date | None, **more: Any
    ) -> None:
        values = {"removed": False, "source": self.dice.choice(("opening", "decision")), **more}
        self.add(
            Kind.CLASS_RECORD, household=household, household_class=name, standard="2022",
            review_year=first.year, valid_from=first, valid_to=last,
            average_living=name == "not_poor" and self.chance(30), **values,
        )  # fmt: skip

    def need(self, household: UUID, code: str) -> None:
        """A need and, mostly, a support for it; of the same person where it is one's."""
        own = [person for home, person in self.members if home == household]
        person = self.dice.choice(own) if code in OF_PERSONS and self.chance(90) else None
        if person and code == "nutrition":
            self.work.update(Kind.PERSON, person, birth=PartialDate(2019, 5, 6), malnourished=True)
        begun = self.day()
        ended = begun + DAY * self.dice.choice((0, 30, 400)) if self.chance(30) else None
        self.add(Kind.NEED, household=household, person=person, code=code, valid_from=begun,
                 valid_to=ended)  # fmt: skip
        if self.chance(70):
            whom = person if person is None or self.chance(80) else self.dice.choice(own)
            self.support(household, whom, NEEDS[code])

    def support(self, household: UUID, person: UUID | None, policy: str) -> None:
        day = self.day()
        support = self.add(
            Kind.SUPPORT, household=household, person=person, policy=policy, supported_on=day,
            period_from=day if self.chance(60) else None,
            period_to=day + DAY * self.dice.choice((0, 100, 800)) if self.chance(40) else None,
        )  # fmt: skip
        for code, values in VALUES.get(policy, ()):
            if self.chance(80):
                self.add(Kind.SUPPORT_VALUE, support=support, code=code,
                         value=str(self.dice.choice(values)))  # fmt: skip

    def population(self, village: UUID) -> None:
        for year in (YEAR - 1, YEAR):
            if self.chance(70):
                self.add(Kind.POPULATION, area=village, year=year, removed=False,
                         households=self.dice.randint(20, 90))  # fmt: skip

    # --- What the commune does ---------------------------------------------------------------

    def activity(self, commune: UUID) -> None:
        kinds = ("model", "model", "producer_group", "vocational_class", "staff_training")
        begun = self.dice.choice((None, self.day()))
        kind = self.dice.choice(kinds)
        activity = self.add(
            Kind.ACTIVITY, area=commune, year=self.dice.choice((YEAR, YEAR, YEAR - 1)), kind=kind,
            name="Việc", starts_on=begun, ends_on=begun and begun + DAY * 20,
            state=self.dice.choice(("planned", "running", "done", "done", "dropped", None)),
        )  # fmt: skip
        code, values = {
            "vocational_class": ("training_level", ("short", "elementary", "higher")),
        }.get(kind, ("model_form", ("collaborative", "cooperative", "household_group")))
        self.add(Kind.ACTIVITY_VALUE, activity=activity, code=code, value=self.dice.choice(values))
        self.activities.append(activity)

    def officer(self, commune: UUID) -> None:
        self.officers.append(self.add(
            Kind.OFFICER, area=commune, full_name="Cán bộ", poverty_officer=self.yes(),
            valid_from=self.dice.choice((FIRST_DAY, self.day())),
            valid_to=self.day() if self.chance(20) else None,
        ))  # fmt: skip

    def take_part(self) -> None:
        for activity in self.activities:
            for household, person in self.dice.sample(self.members, 3):
                self.add(Kind.PARTICIPANT, activity=activity, household=household, person=person,
                         attended=self.yes())  # fmt: skip
            for officer in self.dice.sample(self.officers, 5):
                self.add(Kind.PARTICIPANT, activity=activity, officer=officer,
                         attended=self.yes())  # fmt: skip

    def budget_line(self, commune: UUID) -> None:
        self.add(
            Kind.BUDGET_LINE, area=commune, year=self.dice.choice((YEAR, YEAR, YEAR - 1)),
            source="central", stage=self.dice.choice(("planned", "assigned", "disbursed")),
            amount=self.dice.randint(1, 10**9), booked_on=self.dice.choice((None, self.day())),
        )  # fmt: skip
