"""A commune of many villages, each with as many households to review: what packages are measured
on."""

from __future__ import annotations

from uuid import UUID

from giamngheo_desktop.domain.changes import Op
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.services import classes, households
from giamngheo_desktop.services.classes import ClassEntry
from giamngheo_desktop.services.review import reviews
from giamngheo_desktop.services.review.reviews import NewReview, ReviewStandard
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import FIRST_DAY, STANDARD, Register, make_register
from tests.harness.review import BEGUN, shipped

VILLAGES = "ABCDEFGHIKLMN"
_FAMILIES, _MIDDLES = ["Nguyễn", "Lò", "Đặng", "Hồ"], ["Văn", "Thị", "Ngọc"]
_NAMES = ["An", "Bình", "Cường", "Dung", "Hải", "Hòa", "Khoa", "Lan", "Minh", "Nga", "Oanh", "Phúc"]


def package_town(
    database: Database, *, villages: str = VILLAGES, each: int = 60
) -> tuple[Register, UUID]:
    """The register, and its review of 2026 with confirmed lists: every form has its code."""
    register = make_register(database, villages)
    with write_unit(database, register.context, Op.SAVE_HOUSEHOLD) as work:
        for village in villages:
            for number in range(each):
                home = _home(register, village, number)
                households.save_in(work, home, day=FIRST_DAY)
                entry = ClassEntry(
                    household=home.uid,
                    standard=STANDARD,
                    review_year=2025,
                    household_class="poor" if number % 3 else "near_poor",
                    source="opening",
                    valid_from=FIRST_DAY,
                )
                classes.record_in(work, entry, register.commune)
    new = NewReview(
        year=2026,
        begun_on=BEGUN,
        reference_day=BEGUN,
        standards=(
            ReviewStandard(code=STANDARD, purpose="movement"),
            ReviewStandard(code="2027", purpose="next_opening"),
        ),
        surveyors=dict.fromkeys(register.villages.values(), ("Hồ Thị Mai",)),
    )
    args = (database, register.context)
    review = reviews.begin(*args, shipped(), new, commune=register.commune).value
    for place in register.villages.values():
        reviews.mark(*args, review, "list", village=place, day=BEGUN)
    return register, review


def _home(register: Register, village: str, number: int) -> Household:
    """One to six members, with the answers that most households have."""
    draft = households.new_household(register.context, register.villages[village])
    members = tuple(
        register.member(
            f"{_FAMILIES[number % 4]} {_MIDDLES[at % 3]} {_NAMES[(number + at) % 12]}",
            is_head=not at,
            relation="child" if at else "head",
            sex="female" if at % 2 else "male",
            birth=PartialDate(2000 + at if at else 1960 + number % 20, 1 + number % 12),
            id_kind="cccd",
            id_number=f"0{38_000_000_000 + number * 10 + at}",
            health_insurance=bool(at % 2),
            job_status="student" if at else "working",
        )
        for at in range(1 + number * 7 % 6)
    )
    return Household(
        uid=draft.uid,
        village=draft.village,
        members=members,
        address=f"Xóm {number % 5 + 1}",
        house_wall="durable",
        house_area=650,
        water_source="drilled_well",
        toilet="septic",
        electricity_source="grid",
        electricity_kwh=45,
        shared_assets=("tv", "phone"),
        personal_assets=(),
    )
