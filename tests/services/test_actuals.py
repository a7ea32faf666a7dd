"""Each small change of the register moves what was reached by one household, person or record."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.actual import Actual, Amount, State, Wanted
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.services import areas, undo
from giamngheo_desktop.services.targets.actuals import actuals
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Database
from tests.harness.helping import Help
from tests.harness.register import Register, empty_database, make_register
from tests.harness.tables import definitions

DAY, JUNE, LAST_YEAR = date(2026, 10, 1), date(2026, 6, 1), date(2025, 6, 1)
CHILD = {"birth": PartialDate(2016, 3, 4), "job_status": "student"}


Change = Callable[["Scene"], object]


@dataclass
class Scene(Help):
    """Three poor households, a near-poor one, one that left the list in May, one of no class."""

    homes: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)

    def begin(self) -> Scene:
        for name, code, village in (
            ("An", "poor", "A"),
            ("Bình", "poor", "B"),
            ("Cúc", "poor", "A"),
            ("Dần", "near_poor", "B"),
            ("Én", None, "A"),
            ("Giáp", "poor", "C"),
        ):
            self.homes[name] = self.home(name, code, village=village)
        self.reg.give_class(
            self.homes["Giáp"], "not_poor", year=2026, valid_from=date(2026, 5, 1),
            source="decision",
        )  # fmt: skip
        for name, home in self.homes.items():
            (head,) = self.reg.get(home, DAY).members
            self.people[name] = head.uid
        for name, home in (("Con An", "An"), ("Con Dần", "Dần")):
            self.people[name] = self.person(name, home, **CHILD)
        for year in (2025, 2026):
            self.count(year, 10)
        return self

    def count(self, year: int, households: int) -> None:
        """The typed population of village A; the others have ten households each."""
        rows = {uid: {"households": 10, "persons": 40} for uid in self.reg.villages.values()}
        rows[self.reg.villages["A"]]["households"] = households
        areas.save_population(self.reg.database, self.reg.context, year, rows)

    def recognise(self, who: str, code: str) -> None:
        self.reg.give_class(self.homes[who], code, valid_from=JUNE, source="decision")

    def person(self, name: str, home: str, **values: Any) -> UUID:
        uid = self.add(Kind.PERSON, full_name=name, given_name=name, sex="male", **values)
        self.add(
            Kind.MEMBERSHIP, household=self.homes[home], person=uid, is_head=False,
            relation="child",
        )  # fmt: skip
        return uid

    def actual(self, code: str, *groups: str, day: date = DAY, **asked: Any) -> Actual:
        wanted = Wanted(code=code, groups=frozenset(groups), **asked)
        return actuals(self.reg.database, definitions(), self.reg.commune, day.year, [wanted], day)[
            0
        ]

    # -- changes, each one action

    def need(self, code: str, who: str, person: str = "", **values: Any) -> UUID:
        one = self.people[person] if person else None
        given = {"valid_from": date(2026, 2, 1), **values}
        return self.add(Kind.NEED, household=self.homes[who], person=one, code=code, **given)

    def got(self, policy: str, who: str, person: str = "", **values: Any) -> UUID:
        one = self.people[person] if person else None
        answers = values.pop("answers", {})
        given = {"supported_on": JUNE, **values}
        uid = self.add(Kind.SUPPORT, household=self.homes[who], person=one, policy=policy, **given)
        for code, value in answers.items():
            self.add(Kind.SUPPORT_VALUE, support=uid, code=code, value=value)
        return uid

    def held(self, kind: str, **values: Any) -> UUID:
        answers = values.pop("answers", {})
        row = {"year": 2026, "name": kind, "starts_on": JUNE, "state": "done", **values}
        uid = self.add(Kind.ACTIVITY, kind=kind, **row)
        for code, value in answers.items():
            self.add(Kind.ACTIVITY_VALUE, activity=uid, code=code, value=value)
        return uid

    def came(self, activity: UUID, person: str = "", **values: Any) -> UUID:
        row = {"person": self.people[person]} if person else {}
        return self.add(Kind.PARTICIPANT, activity=activity, **{"attended": True, **row, **values})

    def says(self, person: str, **values: Any) -> None:
        self.set(Kind.PERSON, self.people[person], **values)

    def lives(self, who: str, **values: Any) -> None:
        self.set(Kind.HOUSEHOLD, self.homes[who], **values)

    def set(self, kind: Kind, uid: UUID, **values: Any) -> None:
        with write_unit(self.reg.database, self.reg.context, Op.SAVE_RECORD) as work:
            work.update(kind, uid, **values)

    def fact(self, person: str, code: str, value: str) -> UUID:
        return self.add(Kind.PERSON_FACT, person=self.people[person], code=code, value=value)

    def reviewed(self, who: str, deprived: int, unknown: int = 0) -> UUID:
        """The review of 2025 found these bits of the standard."""
        given = {"kind": "periodic", "review_year": 2025, "workflow": "periodic"}
        days = {"begun_on": LAST_YEAR, "reference_day": LAST_YEAR}
        review = self.add(Kind.REVIEW, **given, **days)
        case = self.add(
            Kind.CASE, review=review, household=self.homes[who], village=self.reg.villages["A"],
            ground="poor", outcome="reviewed",
        )  # fmt: skip
        return self.add(
            Kind.CASE_RESULT, review_case=case, standard="2022", household_class="poor",
            average_living=False, deprived_bits=deprived, unknown_bits=unknown,
        )  # fmt: skip

    def protect(self, who: str) -> UUID:
        values = {"code": "social_protection", "value": "yes"}
        return self.add(Kind.HOUSEHOLD_FACT, household=self.homes[who], **values)

    def book(self, stage: str, amount: int, **values: Any) -> UUID:
        row = {"year": 2026, "source": "central", "booked_on": JUNE, **values}
        return self.add(Kind.BUDGET_LINE, stage=stage, amount=amount, **row)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Scene]]:
    path = tmp_path_factory.mktemp("actuals") / "sổ.db"
    with empty_database(path) as database:
        scene = Scene(make_register(database)).begin()
        database.checkpoint()
        yield path, scene


@pytest.fixture
def scene(begun: tuple[Path, Scene], tmp_path: Path) -> Iterator[Scene]:
    path, known = begun
    shutil.copyfile(path, tmp_path / "sổ.db")
    database = Database(tmp_path / "sổ.db")
    register = Register(database, known.reg.context, known.reg.commune, known.reg.villages)
    try:
        yield Scene(register, dict(known.homes), dict(known.people))
    finally:
        database.close()


def needs(code: str, *, of_person: bool = True) -> Change:
    return lambda one: one.need(code, "An", "An" if of_person else "")


def child(one: Scene) -> None:
    one.people["Út"] = one.person("Út", "Bình", **CHILD)


def officer(one: Scene) -> None:
    one.people["Thu"] = one.officer("Thu", poverty_officer=True)


def course(attended: bool | None) -> Change:
    return lambda one: one.came(
        one.held("staff_training"), officer=one.people["Thu"], attended=attended
    )


def attends(kind: str, attended: bool | None = True, **answers: str) -> Change:
    return lambda one: one.came(one.held(kind, answers=answers), "An", attended=attended)


def card(first: date, last: date | None) -> Change:
    return lambda one: one.got("health_insurance", "An", "An", period_from=first, period_to=last)


def in_model(one: Scene) -> None:
    one.came(one.held("model"), household=one.homes["Cúc"])


def bit(indicator: str) -> int:
    return 1 << definitions().standards.get("2022").codes.index(indicator)


def all_reviewed(one: Scene) -> None:
    for name in ("An", "Bình", "Cúc", "Dần", "Giáp"):
        one.reviewed(name, 0)


def lacks(who: str, indicator: str, unknown: int = 0) -> Change:
    """A later case result of the same review year counts instead of the one before."""
    return lambda one: one.reviewed(who, bit(indicator), unknown)


def two_in_need(one: Scene) -> None:
    one.people["Em"] = one.person("Em", "An")
    one.need("job", "An", "An")
    one.need("job", "An", "Em")


def left_in_2025(one: Scene) -> None:
    for code, day in (("poor", date(2025, 1, 1)), ("not_poor", date(2025, 10, 1))):
        one.reg.give_class(
            one.homes["Én"], code, year=2025, valid_from=day, source="decision"
        )  # fmt: skip


def severe(one: Scene) -> None:
    one.fact("An", "disability_level", "severe")


def somebody_may_have_learnt(one: Scene) -> None:
    """Nobody says whose need it is, nor whether An came."""
    one.need("training", "An")
    one.came(one.held("vocational_class"), "An", attended=None)


def severe_child(one: Scene) -> None:
    one.fact("Con An", "disability_level", "severe")


def child_left(one: Scene) -> None:
    with one.reg.database.reader() as connection:
        (stay,) = records.find(connection, Kind.MEMBERSHIP, person=one.people["Con An"])
    one.set(Kind.MEMBERSHIP, stay["uid"], valid_to=JUNE)


def mistaken(who: str) -> Change:
    """The person was typed by mistake, the stay stands, as after two copies were joined."""
    return lambda one: one.remove(Kind.PERSON, one.people[who])


def malnourished(one: Scene) -> None:
    one.says("Con An", malnourished=True)


def nothing(one: Scene) -> None:
    pass


Q1, Q4 = date(2026, 1, 1), date(2026, 12, 31)
# code, what is there before, the change; how it moves numerator, denominator, those not known.
CHANGES: tuple[tuple[str, Change, Change, tuple[int, int, int]], ...] = (
    ("HN-TL", nothing, lambda one: one.recognise("Én", "poor"), (1, 0, 0)),
    ("HN-TL", nothing, lambda one: one.recognise("An", "near_poor"), (-1, 0, 0)),
    ("HN-TL", nothing, lambda one: one.count(2026, 11), (0, 1, 0)),
    ("HN-TL", nothing, lambda one: one.count(2025, 11), (0, 0, 0)),
    ("HCN-TL", nothing, lambda one: one.recognise("Én", "near_poor"), (1, 0, 0)),
    ("HN-GIAM-HO", nothing, lambda one: one.recognise("Én", "poor"), (1, 0, 0)),
    ("HCN-GIAM-HO", nothing, lambda one: one.recognise("Dần", "not_poor"), (-1, 0, 0)),
    ("HN-GIAM-DIEM", nothing, lambda one: one.recognise("Én", "poor"), (1, 0, 0)),
    ("HCN-GIAM-DIEM", nothing, lambda one: one.count(2026, 9), (0, -1, 0)),
    ("HN-BTXH", nothing, lambda one: one.protect("An"), (1, 0, 0)),
    ("HN-BTXH", nothing, lambda one: one.recognise("Én", "poor"), (0, 1, 0)),
    ("HN-NTM", nothing, lambda one: one.protect("An"), (-1, 0, 0)),
    ("HN-NTM", nothing, lambda one: one.recognise("Én", "poor"), (1, 0, 0)),
    ("TH-CHISO", nothing, lambda one: one.reviewed("An", 0), (0, 0, -1)),
    ("TH-CHISO", all_reviewed, lacks("An", "water"), (1, 0, 0)),
    ("TH-CHISO", all_reviewed, lambda one: one.reviewed("An", 0, bit("water")), (0, 0, 1)),
    ("TH-CHISO", all_reviewed, lambda one: one.recognise("Én", "poor"), (0, 1, 1)),
    ("TH-CHISO", all_reviewed, lambda one: one.recognise("An", "near_poor"), (0, 0, 0)),
    ("TH-CHISO", all_reviewed, lacks("Giáp", "water"), (0, 0, 0)),  # no longer poor
    ("VL-TUVAN", nothing, needs("job"), (0, 1, 0)),
    ("VL-TUVAN", nothing, lambda one: one.need("job", "Én", "Én"), (0, 0, 0)),
    ("VL-TUVAN", nothing, lambda one: one.need("training", "An", "An"), (0, 0, 0)),
    ("VL-TUVAN", nothing, lambda one: one.need("job", "An", "An", valid_from=LAST_YEAR,
                                               valid_to=date(2025, 12, 31)), (0, 0, 0)),
    ("VL-TUVAN", nothing, lambda one: one.need("job", "An", "An", valid_from=Q4), (0, 0, 0)),
    ("VL-TUVAN", needs("job"), needs("job"), (0, 0, 0)),
    ("VL-TUVAN", needs("job"), lambda one: one.got("job", "An", "An"), (1, 0, 0)),
    ("VL-TUVAN", needs("job"), lambda one: one.got("job", "Cúc", "Cúc"), (0, 0, 0)),
    ("VL-TUVAN", needs("job"), lambda one: one.got("job", "An", "An", supported_on=LAST_YEAR),
     (0, 0, 0)),
    ("VL-TUVAN", needs("job"), lambda one: one.got("job", "An", "An", supported_on=Q4), (0, 0, 0)),
    ("VL-TUVAN", needs("job"), lambda one: one.got("job", "An"), (1, 0, 0)),
    ("VL-TUVAN", needs("job"), attends("job_fair"), (1, 0, 0)),
    ("VL-TUVAN", needs("job"), attends("job_fair", False), (0, 0, 0)),
    ("VL-TUVAN", needs("job"), attends("job_fair", None), (0, 0, 1)),
    ("VL-TUVAN", two_in_need, lambda one: one.got("job", "An"), (0, 0, 2)),  # for which of them?
    ("VL-TUVAN", nothing, needs("job", of_person=False), (0, 0, 1)),
    ("VL-TUVAN", needs("job", of_person=False), lambda one: one.got("job", "An", "An"),
     (1, 1, -1)),
    ("VL-TUVAN", needs("job"), mistaken("An"), (0, -1, 0)),
    ("DT-NHUCAU", nothing, needs("training"), (0, 1, 0)),
    ("DT-NHUCAU", needs("training"), lambda one: one.got("vocational_training", "An", "An"),
     (1, 0, 0)),
    ("DT-NHUCAU", needs("training"), attends("vocational_class"), (1, 0, 0)),
    ("DT-NHUCAU", somebody_may_have_learnt, lambda one: one.came(
        one.held("vocational_class"), "Con An"), (1, 0, -1)),
    ("PL-TGPL", nothing, needs("legal_aid"), (0, 1, 0)),
    ("PL-TGPL", nothing, lambda one: one.need("legal_aid", "Dần", "Dần"), (0, 0, 0)),
    ("PL-TGPL", needs("legal_aid"), lambda one: one.got("legal_aid", "An", "An"), (1, 0, 0)),
    ("PL-TGPL", needs("legal_aid"), attends("mobile_legal_aid"), (1, 0, 0)),
    ("TD-VAY", nothing, needs("credit", of_person=False), (0, 1, 0)),
    ("TD-VAY", nothing, lambda one: one.need("credit", "Giáp"), (0, 1, 0)),  # poor, then escaped
    ("TD-VAY", needs("credit"), lambda one: one.got("credit", "An"), (1, 0, 0)),
    ("TT-DVVT", nothing, needs("telecom", of_person=False), (0, 1, 1)),
    ("TT-DVVT", left_in_2025, lambda one: one.need("telecom", "Én", valid_from=LAST_YEAR),
     (0, 0, 0)),
    ("TT-DVVT", needs("telecom"), lambda one: one.got("telecom", "An"), (1, 0, -1)),
    ("TT-DVVT", needs("telecom"), lambda one: one.says("An", uses_internet=True), (1, 0, -1)),
    ("VL-KETNOI", nothing, lambda one: one.got("job", "An", "An", supported_on=LAST_YEAR,
                                               answers={"contract_on": "2026-06-10"}), (1, 0, 0)),
    ("VL-KETNOI", nothing, lambda one: one.got("job", "An", "An",
                                               answers={"contract_on": "2025-12-10"}), (0, 0, 0)),
    ("VL-KETNOI", nothing, lambda one: one.got("job", "An", "An"), (0, 0, 0)),
    ("VL-KETNOI", nothing, lambda one: one.got("job", "An", "An", supported_on=Q4,
                                               answers={"contract_on": "2026-06-10"}), (1, 0, 0)),
    ("VL-KETNOI", nothing, lambda one: one.got("job", "An",
                                               answers={"contract_on": "2026-06-10"}), (0, 0, 1)),
    ("VL-KETNOI", nothing, lambda one: one.got("job", "Én", "Én",
                                               answers={"contract_on": "2026-06-10"}), (0, 0, 0)),
    ("VL-HO-1", nothing, lambda one: one.fact("An", "stable_livelihood", "yes"), (1, 0, -1)),
    ("VL-HO-1", nothing, lambda one: one.says("An", job_status="unemployed"), (0, 0, -1)),
    ("VL-HO-1", nothing, lambda one: one.says("An", job_status="working",
                                              job_contract="contract"), (1, 0, -1)),
    ("VL-HO-1", nothing, lambda one: one.says("An", job_status="unable"), (0, -1, -1)),
    ("YT-BHYT", nothing, lambda one: one.says("An", health_insurance=True), (1, 0, -1)),
    ("YT-BHYT", nothing, lambda one: one.says("An", health_insurance=False), (0, 0, -1)),
    ("YT-BHYT", nothing, lambda one: one.says("Én", health_insurance=True), (0, 0, 0)),
    ("YT-BHYT", nothing, card(Q1, Q4), (1, 0, -1)),
    ("YT-BHYT", nothing, card(Q1, JUNE), (0, 0, 0)),
    ("YT-BHYT", lambda one: one.says("An", health_insurance=True), card(Q1, JUNE), (-1, 0, 1)),
    ("YT-BHYT", nothing, child, (0, 1, 1)),
    ("YT-BHYT", nothing, lambda one: one.recognise("Én", "poor"), (0, 1, 1)),
    ("YT-BHYT-MSTB", nothing, lambda one: one.says("Giáp", health_insurance=True), (1, 0, -1)),
    ("YT-SDD", nothing, malnourished, (1, 1, -1)),
    ("YT-SDD", nothing, lambda one: one.says("Con An", malnourished=False), (0, 1, -1)),
    ("YT-SDD", nothing, lambda one: one.got("nutrition", "An", "Con An",
                                            answers={"nutrition_state": "stunted"}), (1, 1, -1)),
    ("YT-SDD", malnourished, lambda one: one.got("nutrition", "An", "Con An",
                                                 answers={"nutrition_state": "normal"}),
     (-1, 0, 0)),
    ("YT-VICHAT", malnourished, lambda one: one.says("Con Dần", malnourished=True), (0, 1, 0)),
    ("YT-VICHAT", malnourished, lambda one: one.got("nutrition", "An", "Con An",
                                                    answers={"micronutrients": "1"}), (1, 0, 0)),
    ("YT-VICHAT", malnourished, lambda one: one.came(
        one.held("nutrition", answers={"nutrition_actions": "weighing micronutrients"}), "Con An"),
     (1, 0, 0)),
    ("YT-VICHAT", malnourished, lambda one: one.came(
        one.held("nutrition", answers={"nutrition_actions": "weighing"}), "Con An"), (0, 0, 0)),
    ("YT-VICHAT", malnourished, lambda one: one.came(
        one.held("nutrition", answers={"nutrition_actions": "micronutrients"}), "Con An",
        attended=None), (0, 0, 0)),
    ("GD-DUNGTUOI", nothing, lambda one: one.says("Con An", attending_school=True,
                                                  school_level="primary"), (1, 0, -1)),
    ("GD-DUNGTUOI", nothing, lambda one: one.says("Con An", attending_school=True,
                                                  school_level="preschool"), (0, 0, -1)),
    ("GD-DUNGTUOI", nothing, lambda one: one.says("Con An", attending_school=False), (0, 0, -1)),
    ("GD-DUNGTUOI", nothing, child, (0, 1, 1)),
    ("GD-DUNGTUOI", nothing, mistaken("Con An"), (0, -1, -1)),
    ("DT-NGHE", nothing, lambda one: one.got("vocational_training", "An", "An",
                                             answers={"training_level": "short"}), (1, 0, 0)),
    ("DT-NGHE", nothing, lambda one: one.got("vocational_training", "An", "An",
                                             answers={"training_level": "higher"}), (0, 0, 0)),
    ("DT-NGHE", nothing, lambda one: one.got("vocational_training", "An", "An"), (0, 0, 1)),
    ("DT-NGHE", nothing, attends("vocational_class", training_level="elementary"), (1, 0, 0)),
    ("DT-NGHE", nothing, lambda one: one.came(one.held(
        "vocational_class", state="running", answers={"training_level": "short"}), "An"),
     (0, 0, 0)),  # not done
    ("DT-NGHE", nothing, lambda one: one.came(one.held(
        "vocational_class", ends_on=Q4, answers={"training_level": "short"}), "An"), (0, 0, 0)),
    ("DT-NGHE", attends("vocational_class", training_level="elementary"),
     lambda one: one.got("vocational_training", "An", "An", answers={"training_level": "short"}),
     (0, 0, 0)),  # the same person
    ("XKLD", nothing, lambda one: one.got("work_abroad", "An", "An"), (1, 0, 0)),
    ("XKLD", nothing, lambda one: one.got("work_abroad", "Én", "Én"), (0, 0, 0)),
    ("NO-HOTRO", nothing, lambda one: one.got("housing", "An"), (1, 0, 0)),
    ("NO-HOTRO", lambda one: one.got("housing", "An"), lambda one: one.got("housing", "An"),
     (0, 0, 0)),
    ("NO-HOTRO", all_reviewed, lacks("An", "housing_area"), (0, 1, 0)),
    ("NO-HOTRO", all_reviewed, lacks("An", "water"), (0, 0, 0)),
    ("SX-HO", nothing, lambda one: one.got("production", "An"), (1, 0, 0)),
    ("SX-HO", nothing, in_model, (1, 0, 0)),
    ("SX-HO", in_model, lambda one: one.got("production", "Cúc"), (0, 0, 0)),
    ("SX-HO", nothing, lambda one: one.got("production", "Giáp", supported_on=date(2026, 3, 1)),
     (1, 0, 0)),  # poor that day
    ("NS-HVS", nothing, lambda one: one.lives("An", water_source="piped"), (1, 0, -1)),
    ("NS-HVS", nothing, lambda one: one.lives("An", water_source="surface"), (0, 0, -1)),
    ("NS-HVS", nothing, lambda one: one.recognise("Én", "near_poor"), (0, 1, 1)),
    ("VS-NHATIEU", nothing, lambda one: one.lives("Dần", toilet="septic"), (1, 0, -1)),
    ("VS-NHATIEU", nothing, lambda one: one.lives("Dần", toilet="none"), (0, 0, -1)),
    ("BTXH-HUONG", nothing, severe, (0, 1, 0)),
    ("BTXH-HUONG", severe, lambda one: one.says("An", social_allowance=("disabled",)), (1, 0, 0)),
    ("BTXH-HUONG", severe, lambda one: one.got("social_assistance", "An", "An",
                                               period_from=LAST_YEAR), (1, 0, 0)),
    ("BTXH-HUONG", lambda one: one.got("social_assistance", "An", "An", period_from=LAST_YEAR),
     lambda one: one.remove(Kind.HOUSEHOLD, one.homes["An"]), (-1, -1, 0)),
    ("BTXH-HUONG", nothing, lambda one: one.need("social_assistance", "Én", "Én"), (0, 1, 0)),
    ("BTXH-HUONG", severe_child, child_left, (0, -1, 0)),
    ("BTXH-HUONG", lambda one: one.got("social_assistance", "An", "Con An",
                                       period_from=LAST_YEAR), child_left, (-1, -1, 0)),
    ("MH-MOI", nothing, lambda one: one.held("model"), (1, 0, 0)),
    ("MH-MOI", nothing, lambda one: one.held("model", state="planned"), (0, 0, 0)),
    ("MH-MOI", nothing, lambda one: one.held("model", starts_on=LAST_YEAR), (0, 0, 0)),
    ("MH-MOI", nothing, lambda one: one.held("model", starts_on=None), (0, 0, 1)),
    ("MH-THT-HTX", nothing, lambda one: one.held("producer_group",
                                                 answers={"model_form": "cooperative"}), (1, 0, 0)),
    ("MH-THT-HTX", nothing, lambda one: one.held("producer_group",
                                                 answers={"model_form": "household_group"}),
     (0, 0, 0)),
    ("CB-TAPHUAN", nothing, officer, (0, 1, 0)),
    ("CB-TAPHUAN", nothing, lambda one: one.officer("Liên", poverty_officer=False), (0, 0, 0)),
    ("CB-TAPHUAN", officer, course(True), (1, 0, 0)),
    ("CB-TAPHUAN", officer, course(False), (0, 0, 0)),
    ("CB-TAPHUAN", officer, course(None), (0, 0, 1)),
    ("GS-TUKT", nothing, lambda one: one.held("supervision", answers={"supervision_kind": "self"}),
     (1, 0, 0)),
    ("GS-CAPTREN", nothing, lambda one: one.held("supervision",
                                                 answers={"supervision_level": "province"}),
     (1, 0, 0)),
    ("GS-CAPTREN", nothing, lambda one: one.held("supervision",
                                                 answers={"supervision_level": "commune"}),
     (0, 0, 0)),
    ("KP-GIAINGAN", lambda one: one.book("assigned", 100), lambda one: one.book("assigned", 1),
     (0, 1, 0)),
    ("KP-GIAINGAN", lambda one: one.book("assigned", 100), lambda one: one.book("disbursed", 1),
     (1, 0, 0)),
    ("KP-GIAINGAN", lambda one: one.book("assigned", 100),
     lambda one: one.book("disbursed", 1, booked_on=Q4), (0, 0, 0)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "before", "change", "moves"),
    CHANGES,
    ids=[f"{number}-{row[0]}" for number, row in enumerate(CHANGES)],
)
def test_one_change_moves_it_by_one(
    scene: Scene, code: str, before: Change, change: Change, moves: tuple[int, int, int]
) -> None:
    before(scene)
    args = scene.reg.database, scene.reg.context
    old, last = scene.actual(code), undo.next_step(scene.reg.database)
    change(scene)
    new = scene.actual(code)
    assert tuple(b - a for a, b in zip(sizes(old), sizes(new), strict=True)) == moves
    if new.state is State.KNOWN and new.numerator and not code.endswith(("HO", "DIEM", "NTM")):
        whole = new.denominator.number if new.denominator else None
        reached = Fraction(new.numerator.number or 0)
        of_count = whole is None or code in ("HN-BTXH", "TH-CHISO", "NO-HOTRO")
        assert new.value == (reached if of_count else reached * 100 / whole)
    while (step := undo.next_step(scene.reg.database)) != last:
        assert step is not None
        undo.undo(*args, step.group)
    assert scene.actual(code) == old


def sizes(found: Actual) -> tuple[int, int, int]:
    return amount(found.numerator), amount(found.denominator), amount(found.unknown)


def amount(one: Amount | None) -> int:
    return (one.number or 0) if one is not None else 0
