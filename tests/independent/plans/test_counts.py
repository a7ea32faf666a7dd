"""`indicators.sql` on a register made by hand: one change moves one number by one."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.services.unit import write_unit
from tests.harness.random_records import Clerk
from tests.harness.register import Register, empty_database, make_register
from tests.independent.plans import random_commune
from tests.independent.plans.indicators import Counted, counts

YEAR, DAY = 2026, date(2026, 12, 31)
BOTH = ("poor", "near_poor")


class Town:
    """A: poor, two adults; B: near-poor, an adult and a child of nine; C: neither."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.commune = register.commune
        made = [register.household(*names) for names in (("A", "Á"), ("B", "Bé"), ("C",))]
        self.a, self.b, self.c = (one.uid for one in made)
        self.adult, self.other = (one.uid for one in made[0].members)
        self.child = made[1].members[1].uid
        self.set(Kind.PERSON, self.child, birth=PartialDate(2017, 3, 1))
        for household, name in ((self.a, "poor"), (self.b, "near_poor"), (self.c, "not_poor")):
            self.add(Kind.CLASS_RECORD, household=household, household_class=name, **RECORD)

    def add(self, kind: Kind, /, **values: Any) -> UUID:
        with write_unit(self.register.database, self.register.context, Op.SAVE_UNIT) as work:
            return work.insert(kind, **values)

    def set(self, kind: Kind, uid: UUID, **values: Any) -> None:
        with write_unit(self.register.database, self.register.context, Op.SAVE_UNIT) as work:
            work.update(kind, uid, **values)

    def support(
        self, policy: str, household: UUID, person: UUID | None = None, **more: Any
    ) -> UUID:
        return self.add(
            Kind.SUPPORT, policy=policy, household=household, person=person,
            **{"supported_on": date(2026, 5, 4), **more},
        )  # fmt: skip

    def need(self, code: str, household: UUID, person: UUID | None = None, **more: Any) -> UUID:
        return self.add(
            Kind.NEED, code=code, household=household, person=person,
            **{"valid_from": date(2026, 2, 1), **more},
        )  # fmt: skip

    def activity(self, kind: str, **more: Any) -> UUID:
        values = {"starts_on": date(2026, 3, 1), "state": "done", **more}
        return self.add(Kind.ACTIVITY, area=self.commune, year=YEAR, kind=kind, name="x", **values)

    def counts(self, *groups: str, year: int = YEAR, day: date = DAY) -> dict[str, Counted]:
        self.register.database.checkpoint()
        return counts(self.register.database.path, year, day, groups, self.commune)


RECORD = {
    "standard": "2022", "review_year": 2025, "average_living": False, "source": "opening",
    "valid_from": date(2025, 1, 1),
}  # fmt: skip


@contextmanager
def _town(path: Path) -> Iterator[Town]:
    with empty_database(path / "xã.db") as database:
        yield Town(make_register(database))


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with _town(tmp_path) as found:
        yield found


def _job(town: Town) -> None:
    support = town.support("job", town.a, town.adult)
    town.add(Kind.SUPPORT_VALUE, support=support, code="contract_on", value="2026-06-01")


def _fed(town: Town) -> None:
    support = town.support("nutrition", town.b, town.child)
    town.add(Kind.SUPPORT_VALUE, support=support, code="micronutrients", value="1")


def _learnt(town: Town) -> None:
    activity = town.activity("vocational_class")
    town.add(
        Kind.PARTICIPANT, activity=activity, household=town.a, person=town.adult, attended=True
    )


def _taught(town: Town) -> None:
    activity = town.activity("staff_training")
    officer = town.add(
        Kind.OFFICER, area=town.commune, full_name="Cán bộ", poverty_officer=True,
        valid_from=date(2025, 1, 1),
    )  # fmt: skip
    town.add(Kind.PARTICIPANT, activity=activity, officer=officer, attended=True)


CHANGES: dict[str, list[tuple[Callable[[Town], object], tuple[int, int]]]] = {
    "VL-TUVAN": [(lambda t: t.need("job", t.a, t.adult), (0, 1)), (_job, (1, 0))],
    "VL-KETNOI": [(_job, (1, 0)), (_job, (0, 0))],
    "VL-HO-1": [
        (lambda t: t.set(Kind.PERSON, t.adult, job_status="working", job_contract="contract"),
         (1, 0)),
        (lambda t: t.set(Kind.PERSON, t.adult, job_contract="no_contract"), (-1, 0)),
    ],
    "YT-BHYT": [
        (lambda t: t.set(Kind.PERSON, t.child, health_insurance=True), (1, 0)),
        (lambda t: t.support("health_insurance", t.a, t.adult, period_from=date(2026, 1, 1),
                             period_to=date(2026, 12, 30)), (0, 0)),
        (lambda t: t.support("health_insurance", t.a, t.other, period_from=date(2026, 1, 1)),
         (1, 0)),
    ],
    "YT-SDD": [(lambda t: t.set(Kind.PERSON, t.child, malnourished=False), (0, 1)),
               (lambda t: t.set(Kind.PERSON, t.child, malnourished=True), (1, 0))],
    "YT-VICHAT": [(lambda t: t.set(Kind.PERSON, t.child, malnourished=True), (0, 1)),
                  (_fed, (1, 0))],
    "GD-DUNGTUOI": [
        (lambda t: t.set(Kind.PERSON, t.child, attending_school=True, school_level="preschool"),
         (0, 0)),
        (lambda t: t.set(Kind.PERSON, t.child, school_level="primary"), (1, 0)),
    ],
    "DT-NHUCAU": [(lambda t: t.need("training", t.a, t.adult), (0, 1)), (_learnt, (1, 0))],
    "DT-NGHE": [(_learnt, (1, 0)),
                (lambda t: t.support("vocational_training", t.a, t.other), (1, 0))],
    "XKLD": [(lambda t: t.support("work_abroad", t.a, t.adult), (1, 0)),
             (lambda t: t.support("work_abroad", t.c), (0, 0))],
    "NO-HOTRO": [(lambda t: t.support("housing", t.b), (1, 0)),
                 (lambda t: t.support("housing", t.b), (0, 0)),
                 (lambda t: t.support("housing", t.c), (0, 0))],
    "NS-HVS": [(lambda t: t.set(Kind.HOUSEHOLD, t.a, water_source="piped"), (1, 0)),
               (lambda t: t.set(Kind.HOUSEHOLD, t.b, water_source="surface"), (0, 0))],
    "VS-NHATIEU": [(lambda t: t.set(Kind.HOUSEHOLD, t.a, toilet="septic"), (1, 0)),
                   (lambda t: t.set(Kind.HOUSEHOLD, t.a, toilet="other"), (-1, 0))],
    "TT-DVVT": [(lambda t: t.need("telecom", t.b), (0, 1)),
                (lambda t: t.set(Kind.PERSON, t.child, uses_internet=True), (1, 0))],
    "TD-VAY": [
        (lambda t: t.need("credit", t.a), (0, 1)),
        (lambda t: t.need("credit", t.b, valid_to=date(2025, 12, 31),
                          valid_from=date(2025, 1, 1)), (0, 0)),
        (lambda t: t.support("credit", t.a, supported_on=date(2025, 12, 31)), (0, 0)),
        (lambda t: t.support("credit", t.a, removed=True), (0, 0)),
        (lambda t: t.support("credit", t.a), (1, 0)),
    ],
    "PL-TGPL": [(lambda t: t.need("legal_aid", t.a, t.adult), (0, 1)),
                (lambda t: t.support("legal_aid", t.a, t.adult), (1, 0))],
    "BTXH-HUONG": [
        (lambda t: t.need("social_assistance", t.a, t.adult), (0, 1)),
        (lambda t: t.support("social_assistance", t.a, t.adult), (1, 0)),
        (lambda t: t.set(Kind.PERSON, t.other, social_allowance=("elderly",)), (1, 1)),
    ],
    "MH-MOI": [(lambda t: t.activity("model"), (1, 0)),
               (lambda t: t.activity("model", state="planned"), (0, 0)),
               (lambda t: t.activity("model", starts_on=date(2025, 3, 1)), (0, 0))],
    "MH-NHANRONG": [(lambda t: t.activity("model", starts_on=date(2025, 3, 1)), (1, 0))],
    "SX-HO": [(lambda t: t.support("production", t.a), (1, 0)),
              (lambda t: t.add(Kind.PARTICIPANT, activity=t.activity("model"), household=t.b),
               (1, 0))],
    "CB-TAPHUAN": [(_taught, (1, 1))],
    "HN-BTXH": [
        (lambda t: t.add(Kind.HOUSEHOLD_FACT, household=t.a, code="social_protection",
                         value="yes", valid_from=date(2026, 4, 1)), (1, 0)),
    ],
}  # fmt: skip


@pytest.mark.parametrize("code", CHANGES)
def test_one_change_moves_one_number_by_one(town: Town, code: str) -> None:
    before = town.counts(*BOTH)[code]
    for number, (change, moved) in enumerate(CHANGES[code]):
        change(town)
        after = town.counts(*BOTH)[code]
        found = (after[0] - before[0], (after[1] or 0) - (before[1] or 0))
        assert found == moved, (code, number)
        before = after


def test_rates_and_their_decrease(town: Town) -> None:
    assert town.counts()["HN-TL"] == (1, 3)
    for village, total in zip(town.register.villages.values(), (50, 30, 20), strict=True):
        town.add(Kind.POPULATION, area=village, year=2025, households=total)
        town.add(Kind.POPULATION, area=village, year=2026, households=total + 1)
    assert town.counts()["HN-TL"] == (1, 103)
    left = town.add(
        Kind.CLASS_RECORD, household=town.c, household_class="poor",
        **RECORD | {"valid_from": date(2026, 3, 1), "source": "decision"},
    )  # fmt: skip
    found = town.counts()
    assert found["HN-GIAM-HO"] == (-1, None)
    assert found["HN-GIAM-DIEM"] == (103 - 2 * 100, 100 * 103)
    town.set(Kind.CLASS_RECORD, left, removed=True)
    assert town.counts()["HN-GIAM-HO"] == (0, None)
    assert town.counts()["HCN-TL"] == (1, 103)


def test_thirty_six_months_after_leaving(town: Town) -> None:
    household = town.register.household("D").uid
    town.add(
        Kind.CLASS_RECORD, household=household, household_class="poor",
        **RECORD | {"valid_from": date(2020, 1, 1), "valid_to": date(2023, 12, 14)},
    )  # fmt: skip
    days = {date(2026, 12, 14): 1, date(2026, 12, 15): 0}
    for day, members in days.items():
        assert town.counts("new_escape", day=day)["YT-BHYT"][1] == members
    again = town.add(
        Kind.CLASS_RECORD, household=household, household_class="near_poor",
        **RECORD | {"valid_from": date(2024, 12, 15), "valid_to": date(2025, 12, 14)},
    )  # fmt: skip
    day = date(2026, 12, 14)
    assert town.counts("new_escape", day=day)["YT-BHYT"][1] == 1
    assert town.counts("near_escape", day=day)["YT-BHYT"][1] == 1
    assert town.counts("new_escape", "near_escape", day=day)["YT-BHYT"][1] == 1
    town.set(Kind.CLASS_RECORD, again, valid_to=None)
    assert town.counts("new_escape", "near_escape", day=day)["YT-BHYT"][1] == 0


def test_deprivations_are_those_of_the_newest_result_closed_by_the_day(town: Town) -> None:
    for year, bits in ((2025, 1 << 8), (2026, 1 << 6 | 1 << 9)):
        round_ = town.add(
            Kind.ROUND, area=town.commune, review_year=year, standard="2022", kind="periodic",
            closed_on=date(year, 12, 20),
        )  # fmt: skip
        town.add(
            Kind.RESULT, round=round_, household=town.a, standard="2022", review_year=year,
            recognised=True, village=town.register.villages["A"], household_class="poor",
            average_living=False, persons=2, deprived_bits=bits, unknown_bits=0,
        )  # fmt: skip
    found = {day: town.counts("poor", day=day) for day in (date(2026, 12, 19), DAY)}
    water, toilet, house = "TH-CHISO/water", "TH-CHISO/toilet", "NO-HOTRO"
    assert [[one[code] for code in (water, toilet, house)] for one in found.values()] == [
        [(1, 1), (0, 1), (0, 0)], [(0, 1), (1, 1), (0, 1)],
    ]  # fmt: skip


def test_money_of_the_year(town: Town) -> None:
    for stage, amount, more in (
        ("assigned", 500, {}),
        ("disbursed", 200, {"booked_on": DAY}),
        ("disbursed", 100, {"booked_on": date(2027, 1, 1)}),
        ("disbursed", 50, {"removed": True}),
        ("disbursed", 20, {"year": 2025}),
    ):
        values = {"year": YEAR, "source": "central", "stage": stage, "amount": amount, **more}
        town.add(Kind.BUDGET_LINE, area=town.commune, **values)
    assert town.counts()["KP-GIAINGAN"] == (200, 500)


def _fit(found: dict[str, Counted]) -> None:
    for code, (numerator, denominator) in found.items():
        assert numerator >= 0 or "GIAM" in code, code
        if denominator is not None and code not in ("KP-GIAINGAN", "NO-HOTRO"):
            assert numerator <= denominator, code


def test_a_clerk_who_types_anything(town: Town) -> None:
    register = town.register
    clerk = Clerk(register.database, register.context, register.commune, random.Random(11))
    for _ in range(100):
        try:
            clerk.act()
        except AppError:
            continue
    _fit(town.counts(*BOTH, "new_escape", "average_living"))


def test_random_communes_have_something_of_everything(tmp_path: Path) -> None:
    groups = ((), BOTH, (*BOTH, "new_escape"), ("near_escape", "average_living"))
    moved: set[str] = set()
    for seed in range(3):
        with empty_database(tmp_path / f"{seed}.db") as database:
            commune = random_commune.make(database, seed)
            database.checkpoint()
            for asked in groups:
                found = counts(database.path, YEAR, date(2026, 12, 30), asked, commune)
                _fit(found)
                moved |= {code for code, (numerator, _) in found.items() if numerator}
    assert {code for code in found if "GIAM" not in code} - moved == set()
