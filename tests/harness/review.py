"""A review on a test register: begun, with the shortest ways to settle its cases."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import Definitions, shipped_definitions
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.review_flow import ReviewFlow
from giamngheo_desktop.services import undo
from giamngheo_desktop.services.review import meetings, reviews, standing
from giamngheo_desktop.services.review.meetings import Minutes, Vote
from giamngheo_desktop.services.review.reviews import NewReview, ReviewStandard
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage import reviews as stored
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import STANDARD, Register

BEGUN = date(2026, 9, 1)
MET = date(2026, 10, 5)  # a Monday
POSTED = date(2026, 10, 6)
SIGNED = date(2026, 12, 1)
IN_FORCE = date(2027, 1, 1)


@cache
def shipped() -> Definitions:
    return shipped_definitions(paths.resources() / "definitions")


@dataclass
class Review:
    """A review that runs, with the cases of its households by the head's name."""

    register: Register
    uid: UUID
    homes: dict[str, Household] = field(default_factory=dict)

    @property
    def args(self) -> tuple[Database, Context]:
        return self.register.database, self.register.context

    @property
    def village(self) -> UUID:
        return self.register.villages["A"]

    def case(self, name: str) -> UUID:
        return UUID(str(self.row(name)["uid"]))

    def row(self, name: str) -> dict[str, Any]:
        with self.register.database.reader() as connection:
            rows = stored.cases(connection, self.uid)
        return next(row for row in rows if row["household"] == self.homes[name].uid)

    def settle(
        self, name: str, household_class: str | None = "poor", *, standard: str = STANDARD
    ) -> None:
        """The answers of a household are entered and its result is there."""
        with write_unit(*self.args, Op.SETTLE_CASE) as work:
            case = self.case(name)
            work.update(Kind.CASE, case, outcome="reviewed")
            known = records.find(
                work.connection, Kind.CASE_RESULT, review_case=case, standard=standard
            )
            values = {"household_class": household_class, "average_living": False}
            if known:
                work.update(Kind.CASE_RESULT, known[0]["uid"], **values)
            else:
                work.insert(Kind.CASE_RESULT, review_case=case, standard=standard, **values)

    def open_again(self, name: str) -> None:
        """The answers of a household may be typed once more."""
        with write_unit(*self.args, Op.SETTLE_CASE) as work:
            work.update(Kind.CASE, self.case(name), outcome=None)

    def end(self, name: str, outcome: str) -> None:
        """The household could not be met, or is gone."""
        with write_unit(*self.args, Op.SETTLE_CASE) as work:
            work.update(Kind.CASE, self.case(name), outcome=outcome)

    def meet(self, agreed: int, attendants: int = 40, day: date = MET, **votes: int) -> UUID:
        """A meeting of village A where `agreed` agreed to everything not named."""
        named = {self.case(name): Vote(number) for name, number in votes.items()}
        minutes = Minutes(held_on=day, attendants=attendants)
        done = meetings.save(*self.args, self.uid, self.village, minutes, named, others=agreed)
        return done.value

    def confirm(self, step: str = "list", village: str | None = "A", day: date = BEGUN) -> None:
        at = None if village is None else self.register.villages[village]
        reviews.mark(*self.args, self.uid, step, village=at, day=day)

    def flow(self, today: date = SIGNED) -> ReviewFlow:
        return standing.flow(self.register.database, shipped(), self.uid, today)

    def missing(self, step: str, village: str = "A", today: date = SIGNED) -> dict[str, int]:
        """What a step of a village lacks."""
        state = self.flow(today).state(step, self.register.villages[village])
        return {item.code: item.count for item in state.missing}

    def undo(self) -> None:
        step = undo.next_step(self.register.database)
        assert step is not None
        undo.undo(*self.args, step.group)


def begin(
    register: Register,
    poor: str = "An Bình",
    near_poor: str = "",
    *,
    standards: tuple[ReviewStandard, ...] = (ReviewStandard(code=STANDARD, purpose="movement"),),
    **values: Any,
) -> Review:
    """A periodic review of 2026; the households named stand on the list of village A."""
    homes = {}
    for names, household_class in ((poor, "poor"), (near_poor, "near_poor")):
        for name in names.split():
            homes[name] = register.household(name, village="A")
            register.give_class(homes[name].uid, household_class, year=2025)
    new = NewReview(
        **{
            "year": 2026,
            "begun_on": BEGUN,
            "reference_day": BEGUN,
            "standards": standards,
            **values,
        }
    )
    args = (register.database, register.context, shipped(), new)
    return Review(register, reviews.begin(*args, commune=register.commune).value, homes)
