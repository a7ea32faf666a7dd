"""A review of 2026 under two standards, recorded to its end in the shortest way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.services import classes
from giamngheo_desktop.services.classes import ClassEntry
from giamngheo_desktop.services.review import reviews
from giamngheo_desktop.services.review.reviews import NewReview, ReviewStandard
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage import reviews as stored
from tests.harness.register import STANDARD, Register
from tests.harness.tables import definitions

NEXT = "2027"
BEGUN = date(2026, 9, 1)
SIGNED = date(2026, 12, 10)
SCORES = {"score_income": 120, "income": 1_200_000, "deprived_bits": 0b1011, "unknown_bits": 0}


@dataclass
class ReviewOf2026:
    """`found` holds the class of each household by standard; `steps` does what is still to do."""

    register: Register
    found: Mapping[UUID, Mapping[str, str]]
    uid: UUID = field(init=False)

    def __post_init__(self) -> None:
        reg = self.register
        new = NewReview(
            year=2026,
            begun_on=BEGUN,
            reference_day=BEGUN,
            standards=(
                ReviewStandard(code=STANDARD, purpose="movement"),
                ReviewStandard(code=NEXT, purpose="next_opening"),
            ),
            surveyors=dict.fromkeys(reg.villages.values(), ("Hồ Thị Mai",)),
        )
        args = (reg.database, reg.context, definitions())
        self.uid = reviews.begin(*args, new, commune=reg.commune).value

    def cases(self) -> list[dict[str, Any]]:
        with self.register.database.reader() as connection:
            return stored.cases(connection, self.uid)

    def finish(self, *, but: str = "") -> None:
        """Everything up to the closing, without the step `but`."""
        with write_unit(self.register.database, self.register.context, Op.SETTLE_CASE) as work:
            for step in ("list", "collect", "meet", "post", "summarise", "report", "certify"):
                if step != but:
                    getattr(self, f"_{step}")(work)
        for standard in (STANDARD, NEXT):
            self.recognise(standard)
            if but != "recognise":
                with write_unit(
                    self.register.database, self.register.context, Op.RECOGNISE
                ) as work:
                    self._decide(work, standard)

    def recognise(self, standard: str) -> None:
        reg = self.register
        for household, found in self.found.items():
            if standard not in found:
                continue
            entry = ClassEntry(
                household=household,
                standard=standard,
                review_year=2026,
                household_class=found[standard],
                source="decision",
                valid_from=SIGNED if standard == STANDARD else date(2027, 1, 1),
                decision_number=f"{standard}/QĐ-UBND",
                decision_on=SIGNED,
            )
            classes.record(reg.database, reg.context, entry, commune=reg.commune)

    def _list(self, work: WriteUnit) -> None:
        for village in self.register.villages.values():
            self._mark(work, "list", village)

    def _collect(self, work: WriteUnit) -> None:
        for case in self.cases():
            work.update(Kind.CASE, case["uid"], entered_on=SIGNED, outcome="reviewed")
            for standard, name in self.found.get(case["household"], {}).items():
                work.insert(
                    Kind.CASE_RESULT,
                    review_case=case["uid"],
                    standard=standard,
                    household_class=name,
                    possible=None,
                    average_living=False,
                    definition=f"file of {standard}",
                    computed_on=SIGNED,
                    **SCORES,
                )

    def _meet(self, work: WriteUnit) -> None:
        meetings = {}
        for case in self.cases():
            village = case["village"]
            if village not in meetings:
                empty = dict.fromkeys(records.columns(Kind.MEETING))
                values = {"review": self.uid, "village": village, "number": 1, "attendants": 40}
                meetings[village] = work.insert(
                    Kind.MEETING, **{**empty, **values, "held_on": BEGUN, "removed": False}
                )
            work.insert(
                Kind.VOTE, meeting=meetings[village], review_case=case["uid"], agreed=20,
                remark=None,
            )  # fmt: skip

    def _post(self, work: WriteUnit) -> None:
        for village in self.register.villages.values():
            work.insert(
                Kind.POSTING, review=self.uid, village=village, subject="results", number=None,
                begun_on=BEGUN, last_day=date(2026, 9, 7), places=None, note=None,
            )  # fmt: skip

    def _summarise(self, work: WriteUnit) -> None:
        self._mark(work, "summarise", None)

    def _report(self, work: WriteUnit) -> None:
        self._mark(work, "report", None)

    def _certify(self, work: WriteUnit) -> None:
        for household in self.found:
            paper = work.insert(
                Kind.CERTIFICATE, household=household, number=None, issued_on=SIGNED,
                replaces=None, note=None,
            )  # fmt: skip
            work.insert(
                Kind.CERTIFICATE_YEAR, certificate=paper, year=2026, household_class="poor",
                decision=None, signed_on=SIGNED,
            )  # fmt: skip

    def _decide(self, work: WriteUnit, standard: str) -> None:
        (decision,) = records.find(
            work.connection, Kind.DECISION, number=f"{standard}/QĐ-UBND"
        )  # fmt: skip
        (row,) = records.find(
            work.connection, Kind.REVIEW_STANDARD, review=self.uid, standard=standard
        )
        work.update(Kind.REVIEW_STANDARD, row["uid"], decision=decision["uid"])

    def _mark(self, work: WriteUnit, step: str, village: UUID | None) -> None:
        work.insert(
            Kind.REVIEW_MARK, review=self.uid, village=village, step=step, done_on=BEGUN, note=None
        )
