"""Households in a review for the tests of its entry page: all answered last year."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.services import households
from giamngheo_desktop.services.review import reviews
from giamngheo_desktop.services.review.reviews import NewReview, ReviewStandard
from giamngheo_desktop.storage import reviews as stored
from tests.gui.commune import YEAR, World

NAMES = ("Hồ Thị Bưởi", "Hồ Văn Cam", "Hồ Thị Đào", "Hồ Văn Lê", "Hồ Thị Na")
BEGUN = date(YEAR, 6, 1)
THEN = date(YEAR - 1, 1, 1)
HOUSE = {
    "address": "Xóm Cồn",
    "house_wall": "not_durable",
    "house_column": "not_durable",
    "house_roof": "durable",
    "house_area": 300,
    "electricity_source": "grid",
    "electricity_kwh": 60,
    "water_source": "surface",
    "toilet": "none",
    "shared_assets": ("tv",),
    "personal_assets": (),
    "hears_loudspeaker": True,
    "score_income": 120,
    "income": 1_000_000,
    "causes": (),
    "policies_received": (),
    "support_needs": (),
    "surveyor": "Hồ Thị Mai",
    "surveyed_on": date(YEAR - 1, 9, 20),
}
PERSON = {
    "id_kind": "none",
    "id_missing_reason": "mất giấy tờ",
    "health_insurance": True,
    "serious_illness": False,
    "sick_untreated": False,
    "malnourished": False,
    "attending_school": False,
    "education": "primary",
    "training": "none",
    "trained_on_job": False,
    "social_allowance": (),
    "uses_internet": True,
    "job_status": "working",
    "job_kind": "other",
    "job_contract": "not_wage",
    "pension": (),
}


def fill_home(world: World, uid: UUID, **values: object) -> Household:
    """Give every question of a household an answer, as of last year."""
    home = households.get(world.database, uid, THEN)
    own = {field.name for field in fields(Member)}
    assert set(PERSON) <= own
    members = [replace(home.members[0], **PERSON)]
    for member, name in zip(home.members[1:], NAMES, strict=False):
        members.append(replace(member, full_name=name, given_name="", **PERSON))
    for number, member in enumerate(members[2:], start=2):
        members[number] = replace(
            member, birth=PartialDate(2014 + number), attending_school=True, school_level="primary"
        )
    full = replace(home, members=tuple(members), **{**HOUSE, **values})
    return households.save(world.database, world.context, full, day=THEN, base=home).value


def begin(world: World, *standards: str) -> list[UUID]:
    """Begin the review of the year; the cases of its first village in their order."""
    chosen = [ReviewStandard(code="2022", purpose="movement")]
    chosen += [ReviewStandard(code=code, purpose="next_opening") for code in standards]
    new = NewReview(year=YEAR, begun_on=BEGUN, reference_day=BEGUN, standards=tuple(chosen))
    args = (world.database, world.context, world.desk.definitions, new)
    review = reviews.begin(*args, commune=world.commune).value
    with world.database.reader() as connection:
        rows = stored.cases(connection, review)
    order = {home: at for at, home in enumerate(world.homes)}
    rows.sort(key=lambda row: order[row["household"]])
    return [row["uid"] for row in rows]
