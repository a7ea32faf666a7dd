"""What the forms of a review say of a household: who it is, its questions, last year's answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.area import AreaTree
from giamngheo_desktop.domain.asked import tick_code
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.indicators import Answer
from giamngheo_desktop.domain.point_table import PointForm
from giamngheo_desktop.domain.review_case import Ground
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.services.assessment import ticked
from giamngheo_desktop.services.papers import households
from giamngheo_desktop.services.papers.about import About, Reading, Told
from giamngheo_desktop.services.papers.entered import Entered, as_closed, confirmed_keys, past
from giamngheo_desktop.services.papers.households import facts_of
from giamngheo_desktop.services.papers.office import NAMELESS, VillageName, village_names
from giamngheo_desktop.services.papers.questions import Questions, slot_names
from giamngheo_desktop.services.review import point_tables, reviews
from giamngheo_desktop.services.review.case_lists import CaseRow
from giamngheo_desktop.services.review.case_lists import read as read_list
from giamngheo_desktop.storage import areas, records
from giamngheo_desktop.storage import households as stored_households
from giamngheo_desktop.storage import reviews as stored
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.texts import CASE_GROUNDS
from giamngheo_desktop.texts.paper_words import BOX, CLASS_WORDS, PAPERS, TICKED

Row = Mapping[str, Any]


def of_case(reading: Reading, about: About) -> Told:
    """One form; without a household a blank one of the review, or of today."""
    return next(forms(reading, about, [about.household] if about.household else None))


def forms(reading: Reading, about: About, wanted: Sequence[UUID] | None) -> Iterator[Told]:
    """A form for each of these households in their order; None: a blank one."""
    asked = Asked(reading, about.review)
    if wanted is None:
        yield asked.blank()
        return
    homes = asked.load(wanted)
    for uid in wanted:
        yield asked.form(homes[uid])


def review_of(database: Database, household: UUID) -> UUID | None:
    """The review a household stands in and that is not closed, the one begun last; or none."""
    with database.reader() as connection:
        cases = records.find(connection, Kind.CASE, household=household)
        found = [reviews.get(connection, case["review"]) for case in cases]
    running = [row for row in found if row["closed_on"] is None]
    last = max(running, key=lambda row: (row["begun_on"], row["uid"]), default=None)
    return last["uid"] if last else None


@dataclass(frozen=True, eq=False)
class Asked:
    """A review read once for all its forms."""

    reading: Reading
    uid: UUID | None

    @cached_property
    def review(self) -> Row | None:
        return reviews.get(self.reading.connection, self.uid) if self.uid else None

    @property
    def day(self) -> date:
        return self.review["reference_day"] if self.review else self.reading.today

    @property
    def known(self) -> date:
        """The last day whose data may stand in its papers."""
        closed: date | None = self.review["closed_on"] if self.review else None
        return closed or self.reading.today

    @cached_property
    def rows(self) -> dict[UUID, CaseRow]:
        """The cases of the review by household."""
        if self.uid is None:
            return {}
        return {case.household: case for case in read_list(self.reading.connection, self.uid)}

    @cached_property
    def facts(self) -> dict[str, str]:
        return review_facts(self.reading, self.review)

    @cached_property
    def names(self) -> dict[UUID, VillageName]:
        return village_names(self.reading, self.day)

    @cached_property
    def tree(self) -> AreaTree:
        return areas.tree_on(self.reading.connection, self.day)

    @cached_property
    def surveyors(self) -> dict[UUID, str]:
        found = records.find(self.reading.connection, Kind.SURVEYOR, review=self.uid)
        return {row["uid"]: row["name"] for row in found}

    @cached_property
    def confirmed(self) -> dict[UUID, list[Row]]:
        """The marks of answers by case."""
        if self.uid is None:
            return {}
        found: dict[UUID, list[Row]] = {}
        for row in stored.of_cases(self.reading.connection, Kind.CASE_ANSWERS, self.uid):
            found.setdefault(row["review_case"], []).append(row)
        return found

    @cached_property
    def ticks(self) -> dict[str, dict[UUID, dict[str, Answer]]]:
        """The ticks by standard, of those that have an indicator no answer tells."""
        return {
            standard.code: ticked(
                records.find(self.reading.connection, Kind.INDICATOR_ANSWER, standard=standard.code)
            )
            for standard in self.questions.standards
            if any(one.test is None for one in standard.indicators)
        }

    @cached_property
    def questions(self) -> Questions:
        definitions = self.reading.definitions
        codes = [self.facts_standard] if self.facts_standard else []
        if self.uid is not None:
            codes += [
                item.code
                for item in reviews.standards_in(self.reading.connection, self.uid)
                if item.code not in codes
            ]
        form = self._point_form()
        return Questions(
            definitions=definitions,
            day=self.day,
            standards=tuple(definitions.standards.get(code) for code in codes),
            points=point_tables.read(self.reading.connection, form) if form else None,
            point_form=form,
        )

    @property
    def facts_standard(self) -> str:
        return main_standard(self.reading, self.review)

    def _point_form(self) -> PointForm | None:
        """The items of Phiếu B1 on the day; none where no form of that day is known."""
        form = self.reading.definitions.point_form("b1", self.day)
        return form if form.covers(self.day) else None

    def load(self, wanted: Sequence[UUID]) -> dict[UUID, Household]:
        """The households on the day of reference; who was not there then on the nearest day."""
        connection = self.reading.connection
        found = stored_households.load(connection, wanted, self.day)
        for uid in wanted:
            home = found.get(uid)
            if home is None or home.village is None or not home.members:
                found[uid] = households.read(self.reading, uid, self.day)
        return found

    def blank(self) -> Told:
        values, _ = households.household_facts(self.reading, None, self.day)
        return Told(
            values={**values, **self.facts, "case.screened_in": BOX, "case.screened_out": BOX},
            rows=self.questions.rows(None, Entered()),
            place=self.review["area"] if self.review else None,
        )

    def form(self, home: Household) -> Told:
        if self.review is not None and self.review["closed_on"] is not None:
            home = as_closed(self.reading.connection, home, self.review["uid"], self.day)
        case = self.rows.get(home.uid)
        village = case.village if case else home.village
        region = self.tree.region(village) if village and self.tree.get(village) else None
        before = case.class_before if case else None
        values, rows = facts_of(
            self.reading.definitions,
            home,
            self.names.get(village, NAMELESS) if village else NAMELESS,
            before,
        )
        return Told(
            values={
                **values,
                **self.facts,
                **self._case(case),
                **slot_names(home.members),
            },
            rows={
                **rows,
                **self.questions.rows(home, self._entered(case, home), region=region or ""),
            },
            place=village,
            known=self.known,
        )

    def _entered(self, case: CaseRow | None, home: Household) -> Entered:
        marks = self.confirmed.get(case.uid, []) if case else []
        if case is None or not marks:
            return Entered()
        return Entered(
            confirmed=confirmed_keys(marks),
            ticks={
                key: answer.deprived
                for standard, ticks in self.ticks.items()
                for code, answer in ticks.get(home.uid, {}).items()
                if (key := (home.uid, tick_code(standard, code)))
            },
            past=past(self.reading.connection, home, case.uid, self.day),
        )

    def _case(self, case: CaseRow | None) -> dict[str, str]:
        if case is None:
            return {"case.screened_in": BOX, "case.screened_out": BOX}
        code = case.form_code or ""
        return {
            "paper.footer": PAPERS["sheet_of"].format(code=code, name=case.head) if code else "",
            "case.form_code": code,
            "case.position": str(case.position or ""),
            "case.ground": CASE_GROUNDS[Ground(case.ground)],
            "case.class_before": CLASS_WORDS.get(case.class_before or "", ""),
            "case.surveyor": self.surveyors.get(case.surveyor, "") if case.surveyor else "",
            "case.screened_in": TICKED if case.screened_in is True else BOX,
            "case.screened_out": TICKED if case.screened_in is False else BOX,
            "case.screened_by": case.screened_by or "",
        }


def main_standard(reading: Reading, review: Row | None) -> str:
    """The standard whose lists are managed; without a review that of the year."""
    if review is None:
        return standard_for(reading.definitions.standards, reading.today.year).code
    rows = records.find(reading.connection, Kind.REVIEW_STANDARD, review=review["uid"])
    main = reviews.main_standard(rows)
    return str(main["standard"]) if main else ""


def review_facts(reading: Reading, review: Row | None) -> dict[str, str]:
    """What every paper of a review says of it."""
    code = main_standard(reading, review)
    label = reading.definitions.standards.get(code).label if code else ""
    if review is None:
        return {"standard.label": label}
    month = review["month"]
    words = PAPERS["review_month" if month else "review_year"]
    name = words.format(month=month, year=review["review_year"])
    return {
        "review.year": str(review["review_year"]),
        "review.name": name,
        "review.title": name.upper(),
        "review.begun_on": format_date(review["begun_on"]),
        "standard.label": label,
    }
