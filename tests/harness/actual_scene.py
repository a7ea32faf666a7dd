"""A small register whose actuals are asked, and small changes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.actual import Actual, Wanted
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.targets.actuals import actuals
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from tests.harness.helping import Help
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


def needs(code: str, *, of_person: bool = True) -> Change:
    return lambda one: one.need(code, "An", "An" if of_person else "")


def child(one: Scene) -> None:
    one.people["Út"] = one.person("Út", "Bình", **CHILD)


def officer(one: Scene) -> None:
    one.people["Thu"] = one.officer("Thu", poverty_officer=True)


def informer(one: Scene) -> None:
    one.people["Thu"] = one.officer("Thu", information_officer=True)


def course(attended: bool | None, **answers: str) -> Change:
    return lambda one: one.came(
        one.held("staff_training", answers=answers), officer=one.people["Thu"], attended=attended
    )


def both(first: Change, then: Change) -> Change:
    return lambda one: (first(one), then(one))


def attends(kind: str, attended: bool | None = True, **answers: str) -> Change:
    return lambda one: one.came(one.held(kind, answers=answers), "An", attended=attended)


def card(first: date, last: date | None) -> Change:
    return lambda one: one.got("health_insurance", "An", "An", period_from=first, period_to=last)


def in_model(one: Scene) -> None:
    one.came(one.held("model"), household=one.homes["Cúc"])


def model(replicates: str = "", **values: Any) -> Change:
    answers = {"replicates": replicates} if replicates else {}
    return lambda one: one.held("model", answers=answers, **values)


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


def left_in_2026(code: str) -> Change:
    """Én was on a list when the year began and is not now."""

    def change(one: Scene) -> None:
        for given, year, day in ((code, 2025, date(2025, 1, 1)), ("not_poor", 2026, JUNE)):
            one.reg.give_class(
                one.homes["Én"], given, year=year, valid_from=day, source="decision"
            )  # fmt: skip

    return change


def came_in_2026(code: str) -> Change:
    return lambda one: one.recognise("Én", code)


def counts(year: int) -> Change:
    """One household more is counted in village A."""
    return lambda one: one.count(year, 11)


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
