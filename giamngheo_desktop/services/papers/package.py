"""Bộ hồ sơ họp thôn: the facts of every paper of a village's meeting, in binding order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.paper import PaperDef
from giamngheo_desktop.domain.paper_facts import FactRow, Facts
from giamngheo_desktop.domain.review_case import Ground
from giamngheo_desktop.services.papers.about import About, Reading
from giamngheo_desktop.services.papers.cases import Asked
from giamngheo_desktop.services.papers.read import facts_from
from giamngheo_desktop.services.papers.villages import VillagePapers
from giamngheo_desktop.services.review import meetings, reviews
from giamngheo_desktop.services.review.case_lists import CaseRow
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.texts.paper_words import BOX, PACKAGE

COVER = "bia_ho_so"
INVITATION = "giay_moi"
FORM_A, FORM_B = "phieu_a", "phieu_b"
POSTED = "thong_bao_niem_yet"
# What is bound behind the cover, in order.
BOUND = (
    INVITATION,
    "danh_sach_ra_soat",
    FORM_A,
    FORM_B,
    "bien_ban_hop",
    "phieu_bieu_quyet",
    POSTED,
    "ket_qua_thon",
)
CODED = (FORM_A, FORM_B)
PER_HOUSEHOLD = (INVITATION, *CODED)


class Sheet(NamedTuple):
    """One paper to be filled."""

    paper: PaperDef
    facts: Facts


def villages_with_lists(database: Database, review: UUID) -> list[UUID]:
    """The villages of a review that have a household to review, in their order."""
    with database.reader() as connection:
        row = reviews.get(connection, review)
        listed = {case["village"] for case in records.find(connection, Kind.CASE, review=review)}
        return [village for village in reviews.villages_of(connection, row) if village in listed]


def uncoded(database: Database, review: UUID, village: UUID | None = None) -> int:
    """How many households (of one village) have no form code yet: the list is not settled."""
    where = {"review": review, **({"village": village} if village else {})}
    with database.reader() as connection:
        return sum(not case["form_code"] for case in records.find(connection, Kind.CASE, **where))


def sheets(
    database: Database, definitions: Definitions, review: UUID, village: UUID, today: date
) -> list[Sheet]:
    """The papers of one village, in one snapshot; an empty list has no forms, only the rest.

    A paper of results is blank while a household has no result, and the cover says so. Raises
    RefusedError `record_missing`.
    """
    with database.reader() as connection:
        return list(_package(connection, definitions, review, village, today).sheets())


def household_sheets(
    database: Database,
    definitions: Definitions,
    code: str,
    review: UUID,
    village: UUID,
    today: date,
) -> list[Sheet]:
    """One of `PER_HOUSEHOLD` for each household of the list it concerns; perhaps none.

    Raises RefusedError `record_missing`.
    """
    with database.reader() as connection:
        return _package(connection, definitions, review, village, today).of_households(code)


def last_of(database: Database, review: UUID, village: UUID) -> tuple[UUID | None, UUID | None]:
    """The last meeting of a village and its last posting."""
    with database.reader() as connection:
        held = meetings.read(connection, review, village)
        return (held[-1].uid if held else None), last_posting(connection, review, village)


def last_posting(connection: Connection, review: UUID, village: UUID) -> UUID | None:
    rows = records.find(connection, Kind.POSTING, review=review, village=village)
    last = max(rows, key=lambda row: (row["begun_on"], row["uid"]), default=None)
    return last["uid"] if last else None


def _package(
    connection: Connection, definitions: Definitions, review: UUID, village: UUID, today: date
) -> _Package:
    row = reviews.get(connection, review)
    if village not in reviews.villages_of(connection, row):
        raise RefusedError("record_missing")
    reading = Reading(connection, definitions, today)
    return _Package(reading, VillagePapers(Asked(reading, review), review, village))


@dataclass(frozen=True, eq=False)
class _Package:
    reading: Reading
    own: VillagePapers

    def sheets(self) -> Iterator[Sheet]:
        facts, posted = self._village_facts(), self._village_facts(posted=True)
        bound = [(code, self._of(code, posted if code == POSTED else facts)) for code in BOUND]
        contents = [self._line(code, found) for code, found in bound if found]
        yield Sheet(self._paper(COVER), replace(facts, rows={**facts.rows, "contents": contents}))
        for _, found in bound:
            yield from found

    def of_households(self, code: str) -> list[Sheet]:
        return self._of(code, self._village_facts()) if self.own.cases else []

    def _of(self, code: str, facts: Facts) -> list[Sheet]:
        paper = self._paper(code)
        if code == INVITATION:
            heads = [case.head for case in self.own.cases] or [""]
            return [Sheet(paper, _with(facts, "invited.name", head)) for head in heads]
        if code in CODED:
            return [Sheet(paper, facts) for facts in self._forms(code)]
        if paper.results and self.own.open_cases:
            facts = without_results(facts, len(self.own.cases))
        papers = [paper] * paper.copies
        papers += [self._paper(attached) for attached in paper.attached]
        return [Sheet(one, facts) for one in papers]

    def _paper(self, code: str) -> PaperDef:
        return self.reading.definitions.paper(code, self.reading.today)

    def _village_facts(self, *, posted: bool = False) -> Facts:
        """Of the next meeting; of the last one where nothing is left to vote on. `posted`: with
        number and days of the last posting instead.
        """
        done = self.own.meetings and not self.own.due and not posted
        about = About(
            review=self.own.review,
            village=self.own.village,
            meeting=self.own.meetings[-1].uid if done else None,
            posting=self._last_posting if posted else None,
        )
        return facts_from(self.reading, self.own.told(about))

    @property
    def _last_posting(self) -> UUID | None:
        return last_posting(self.reading.connection, self.own.review, self.own.village)

    def _forms(self, code: str) -> Iterator[Facts]:
        """Phiếu A of those who applied, Phiếu B of everybody."""
        cases: Sequence[CaseRow] = self.own.cases
        if code == FORM_A:
            cases = [case for case in cases if case.ground == Ground.APPLIED]
        office: Facts | None = None
        for case in cases:
            told = self.own.asked.form(self.own.homes[case.household])
            office = office or facts_from(self.reading, replace(told, values={}, rows={}))
            yield replace(office, values={**office.values, **told.values}, rows=told.rows)

    def _line(self, code: str, found: Sequence[Sheet]) -> FactRow:
        paper = found[0].paper
        is_blank = paper.results and self.own.open_cases
        uncoded = code in CODED and any(not case.form_code for case in self.own.cases)
        words = "sheets" if code in PER_HOUSEHOLD else "copies"
        count = len(found) - len(paper.attached)
        return {
            "label": paper.label,
            "amount": PACKAGE[words].format(count=count),
            "done": BOX,
            "note": PACKAGE["blank"] if is_blank else PACKAGE["uncoded"] if uncoded else "",
        }


def without_results(facts: Facts, listed: int) -> Facts:
    """The facts of a village before anything was found: who and where, nobody's result, and as
    many empty lines as households are listed.
    """
    line: FactRow = {}
    return replace(
        facts,
        values={name: text for name, text in facts.values.items() if not name.startswith("count.")},
        rows=dict.fromkeys(("votes", "ballot", "results"), [line] * listed),
        notes=(),
    )


def _with(facts: Facts, name: str, text: str) -> Facts:
    return replace(facts, values={**facts.values, name: text})
