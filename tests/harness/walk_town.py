"""The commune of the hand-written review walk as it stands on 31/12/2025, built by services.

Every question has an answer that deprives of nothing, so that what the papers of 2026 change is
what their households lack. Nothing of 2026 is written here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.ids import uuid7_factory
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.services import areas, classes, households
from giamngheo_desktop.services.areas import NewCommune, NewVillage
from giamngheo_desktop.services.classes import ClassEntry
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import empty_database
from tests.harness.tables import definitions
from tests.independent import review_walk as paper

FIRST_DAY = date(2022, 1, 1)
YEAR = 2026
SURVEYORS = {paper.EAST: "Hồ Thị Mai", paper.WEST: "Đinh Văn Sáu"}
RELATIONS = {
    "Chủ hộ": "head", "Vợ": "wife", "Con": "child", "Con dâu": "daughter_in_law", "Mẹ": "mother",
    "Bố": "father", "Cháu": "grandchild", "Mẹ vợ": "other",
}  # fmt: skip


@dataclass
class Calendar:
    """The day the officer works on; the clock goes on by a second at every look."""

    moment: datetime = datetime(2025, 12, 31, 8, 0)  # noqa: DTZ001

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment

    def turn_to(self, day: str) -> None:
        """The morning of a day that is not past."""
        at = datetime.fromisoformat(f"{day} 08:00")
        self.moment = max(self.moment, at)

    def context(self, seed: int) -> Context:
        new_id = uuid7_factory(self, Random(seed).getrandbits)
        return Context(now=self, new_id=new_id, actor="chị Hoa", origin=new_id())


@dataclass
class Town:
    """Where it is stored, and its households by the key of the walk."""

    path: Path
    commune: UUID
    villages: dict[str, UUID]
    homes: dict[str, UUID] = field(default_factory=dict)


def build(
    path: Path,
    calendar: Calendar,
    homes: Sequence[paper.Household] = paper.HOUSEHOLDS,
    population: Mapping[str, tuple[int, int]] = paper.POPULATION,
) -> Town:
    """The file on the evening of the last day of 2025: what is decided of these households, the
    last year closed.
    """
    context = calendar.context(seed=26)
    with empty_database(path) as database:
        new = NewCommune(
            province="Tỉnh Thí Điểm",
            commune=paper.COMMUNE,
            region="NT3",
            first_day=FIRST_DAY,
            year=YEAR,
            villages=[
                NewVillage(name=name, households=count, persons=persons)
                for name, (count, persons) in population.items()
            ],
            settings={"issuing_body": "ỦY BAN NHÂN DÂN\nXÃ THÍ ĐIỂM", "place_name": "Thí Điểm"},
        )
        commune = areas.new_commune(database, context, new).value
        found = areas.tree(database, FIRST_DAY).villages(commune)
        town = Town(path, commune, {village.name: village.uid for village in found})
        for home in homes:
            if home.class_2025 is not None:
                town.homes[home.key] = _settle(database, context, town, home)
        classes.close_year(
            database, context, year=2025, standard="2022",
            definition=definitions().standards.get("2022").sha256, commune=commune,
        )  # fmt: skip
        database.checkpoint()
    return town


def _settle(database: Database, context: Context, town: Town, home: paper.Household) -> UUID:
    draft = households.new_household(context, town.villages[home.village])
    members = tuple(person(context, member) for member in home.members)
    answers = HOUSE | {"house_area": 100 * len(members) + 100, "surveyed_on": date(2025, 9, 20)}
    draft = Household(uid=draft.uid, village=draft.village, members=members, **answers)
    households.save(database, context, draft, day=FIRST_DAY)
    for year, name in sorted(home.history.items()):
        signed = date.fromisoformat(paper.DECISION_DAYS[year])
        entry = ClassEntry(
            household=draft.uid,
            standard="2022",
            review_year=year,
            household_class=name,
            source="decision",
            valid_from=signed,
            decision_number=f"{year}/QĐ-UBND",
            decision_on=signed,
        )
        classes.record(database, context, entry, commune=town.commune)
    return draft.uid


def person(context: Context, member: paper.Member) -> Member:
    """A member as last year's form knows it."""
    is_head = member.relation == "Chủ hộ"
    return households.new_member(
        context,
        full_name=member.name,
        sex="male" if member.sex == paper.MALE else "female",
        birth=PartialDate(member.born),
        relation=RELATIONS[member.relation],
        is_head=is_head,
        ethnicity="01",
        **answers_of(member),
    )


HOUSE: dict[str, object] = {
    "address": "Xóm Giữa",
    "house_wall": "durable",
    "house_column": "durable",
    "house_roof": "durable",
    "electricity_source": "grid",
    "electricity_kwh": 60,
    "water_source": "piped",
    "toilet": "septic",
    "shared_assets": ("tv",),
    "personal_assets": ("smartphone",),
    "score_income": 150,
    "causes": (),
    "policies_received": (),
    "support_needs": (),
    "surveyor": "Hồ Thị Mai",
}


def answers_of(member: paper.Member) -> dict[str, object]:
    """All that a form asks of a person of this age; nothing is lacking."""
    age = YEAR - member.born
    child, pupil = age < 16, 3 <= age < 18
    level = "preschool" if age < 6 else "primary" if age < 11 else "lower_secondary"
    if age >= 16:
        level = "upper_secondary"
    works = 18 <= age < 60
    return {
        "id_kind": "none",
        "id_missing_reason": "mất giấy tờ",
        "health_insurance": True,
        "serious_illness": False,
        "malnourished": False if child else None,
        "height": 900 + 50 * age if child else None,
        "weight": 100 + 20 * age if child else None,
        "attending_school": pupil if age < 31 else None,
        "school_level": level if pupil else None,
        "education": _completed(age),
        "training": "none",
        "trained_on_job": False if 16 <= age < 31 else None,
        "social_allowance": ("elderly",) if member.allowance else (),
        "uses_internet": True,
        "job_status": "working"
        if works
        else "student"
        if 6 <= age < 18
        else "retired"
        if age > 18
        else None,
        "job_kind": "other" if works else None,
        "job_contract": "not_wage" if works else None,
        "pension": (),
    }


def _completed(age: int) -> str:
    if age < 11:
        return "none"
    return "primary" if age < 16 else "lower_secondary" if age < 18 else "upper_secondary"
