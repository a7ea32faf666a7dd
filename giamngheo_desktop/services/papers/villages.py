"""What papers say of a village in a review: its list, its meeting, what is posted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.dates import document_date, format_date
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.numbers import format_rate
from giamngheo_desktop.domain.paper_facts import FactRow
from giamngheo_desktop.domain.rates import rate
from giamngheo_desktop.domain.review_case import Ground, Outcome
from giamngheo_desktop.domain.standard import PovertyStandard
from giamngheo_desktop.services.papers.about import About, Reading, Told
from giamngheo_desktop.services.papers.cases import Asked
from giamngheo_desktop.services.papers.households import facts_of
from giamngheo_desktop.services.papers.lists import list_facts, unsettled
from giamngheo_desktop.services.papers.office import NAMELESS
from giamngheo_desktop.services.review import meetings, recognition
from giamngheo_desktop.services.review.case_lists import CaseRow
from giamngheo_desktop.services.review.meetings import Meeting
from giamngheo_desktop.services.review.recognition import Listed
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage import reviews as stored
from giamngheo_desktop.texts import CASE_GROUNDS, CASE_OUTCOMES
from giamngheo_desktop.texts.paper_words import CLASS_WORDS, PAPERS, SCREEN_WORDS

Row = Mapping[str, Any]
_COUNTS = ("committee", "organisations", "front", "surveyors", "households_present", "attendants")
_TEXTS = (
    "place", "chair", "chair_title", "secretary", "secretary_title", "household_signer", "note",
)  # fmt: skip


def of_village(reading: Reading, about: About) -> Told:
    """The papers of a village; blank without a review."""
    asked = Asked(reading, about.review)
    if about.review is None or about.village is None:
        name = asked.names.get(about.village, NAMELESS) if about.village else NAMELESS
        blank = {
            "village.name": name.name,
            "village.full": name.full,
            "meeting.date": PAPERS["blank_date"],
            "village.met_on": PAPERS["blank_date"],
            **asked.facts,
        }
        return Told(values=blank, place=about.village)
    return VillagePapers(asked, about.review, about.village).told(about)


def refuse_unsettled(reading: Reading, about: About) -> None:
    """No paper of results holds a case without one. Raises RefusedError `paper_unsettled`."""
    if about.review is None or about.village is None:
        return
    own = VillagePapers(Asked(reading, about.review), about.review, about.village)
    names = own.open_names(about.meeting)
    if names:
        raise_unsettled(names)


def raise_unsettled(names: Sequence[str]) -> None:
    raise RefusedError("paper_unsettled", count=len(names), names=_first(names))


def _first(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + ("…" if len(names) > _NAMED else "")


_NAMED = 10


@dataclass(frozen=True, eq=False)
class VillagePapers:
    """A village of a review, read once for all its papers."""

    asked: Asked
    review: UUID
    village: UUID

    @property
    def _reading(self) -> Reading:
        return self.asked.reading

    @cached_property
    def cases(self) -> list[CaseRow]:
        """The list of the village in its order."""
        return [case for case in self.asked.rows.values() if case.village == self.village]

    @cached_property
    def homes(self) -> Mapping[UUID, Any]:
        return self.asked.load([case.household for case in self.cases])

    @cached_property
    def meetings(self) -> list[Meeting]:
        return meetings.read(self._reading.connection, self.review, self.village)

    @cached_property
    def standard(self) -> PovertyStandard:
        return self._reading.definitions.standards.get(self.asked.facts_standard)

    @cached_property
    def results(self) -> dict[UUID, Row]:
        """The results under the main standard by case."""
        rows = stored.results(self._reading.connection, self.review)
        return {row["review_case"]: row for row in rows if row["standard"] == self.standard.code}

    @cached_property
    def open_cases(self) -> frozenset[UUID]:
        rows = unsettled(self._reading, self.review, self.standard.code, self.village)
        return frozenset(row["uid"] for row in rows)

    def open_names(self, meeting: UUID | None = None) -> list[str]:
        """Whose result is not there: of the village, or of those a meeting agreed to."""
        held = self._meeting(meeting)
        return [
            case.head
            for case in self.cases
            if case.uid in self.open_cases and (held is None or held.passed(case.uid))
        ]

    def told(self, about: About) -> Told:
        """`about` says which meeting and which posting."""
        held = self._meeting(about.meeting)
        posting = self._posting(about.posting)
        addresses = {uid: home.address or "" for uid, home in self.homes.items()}
        reading, standard = self._reading, self.standard.code
        found = recognition.lists_in(reading.connection, reading.definitions, self.review, standard)
        counts, lists = list_facts(found, self.asked.names, addresses, self._wanted(held))
        name = self.asked.names.get(self.village, NAMELESS)
        invited = next((one.head for one in self.cases if one.household == about.household), "")
        return Told(
            values={
                "village.name": name.name,
                "village.full": name.full,
                "village.met_on": self._met_on(),
                "village.listed": str(len(self.cases)),
                "village.waiting": self._waiting(),
                "village.surveyors": ", ".join(self._surveyors()),
                "invited.name": invited,
                **self.asked.facts,
                **self._meeting_facts(held),
                **_posting_facts(posting),
                **counts,
            },
            rows={
                "listed": self._listed(),
                "votes": self._votes(held),
                "ballot": self._ballot(held),
                "results": self._results(),
                **lists,
            },
            place=self.village,
            signed_on=posting["begun_on"] if posting else None,
            day=held.minutes.held_on if held else None,
            known=self.asked.known,
            number=(posting["number"] or "") if posting else "",
        )

    def _met_on(self) -> str:
        if not self.meetings:
            return PAPERS["blank_date"]
        return document_date(self.meetings[-1].minutes.held_on)

    def _waiting(self) -> str:
        names = self.open_names()
        return PAPERS["waiting"].format(count=len(names), names=_first(names)) if names else ""

    def _meeting(self, uid: UUID | None) -> Meeting | None:
        if uid is None:
            return None
        found = next((one for one in self.meetings if one.uid == uid), None)
        if found is None:
            raise RefusedError("record_missing")
        return found

    def _posting(self, uid: UUID | None) -> Row | None:
        if uid is None:
            return None
        row = records.get(self._reading.connection, Kind.POSTING, uid)
        if row is None or row["removed"]:
            raise RefusedError("record_missing")
        return row

    def _wanted(self, held: Meeting | None) -> Any:
        """Minutes list whom the meeting agreed to, other papers the whole village."""
        by_household = {case.household: case.uid for case in self.cases}

        def wanted(line: Listed) -> bool:
            if line.village != self.village:
                return False
            return held is None or held.passed(by_household[line.household]) is True

        return wanted

    def _surveyors(self) -> list[str]:
        rows = records.find(
            self._reading.connection, Kind.SURVEYOR, review=self.review, village=self.village
        )
        return [row["name"] for row in rows]

    def _meeting_facts(self, held: Meeting | None) -> dict[str, str]:
        if held is None:
            return {"meeting.date": PAPERS["blank_date"]}
        minutes = held.minutes
        share = held.represented.percent
        found = {f"meeting.{name}": str(getattr(minutes, name) or "") for name in _TEXTS}
        for name in _COUNTS:
            count = getattr(minutes, name)
            found[f"meeting.{name}"] = "" if count is None else str(count)
        found["meeting.date"] = document_date(minutes.held_on)
        found["meeting.represented"] = "" if share is None else format_rate(share)
        return found

    def _listed(self) -> list[FactRow]:
        rows: list[FactRow] = []
        for case in self.cases:
            home = self.homes[case.household]
            values, _ = facts_of(self._reading.definitions, home, NAMELESS, None)
            head = {name: values[f"head.{name}"] for name in _OF_HEAD}
            rows.append(
                {
                    **head,
                    "head": case.head,
                    "address": values["household.address"],
                    "persons": case.persons,
                    "ground": CASE_GROUNDS[Ground(case.ground)],
                    "screened": ""
                    if case.screened_in is None
                    else SCREEN_WORDS[bool(case.screened_in)],
                    "form_code": case.form_code or "",
                    "note": "",
                }
            )
        return rows

    def _votes(self, held: Meeting | None) -> list[FactRow]:
        """Whom a meeting voted on, with the result; without one whom the next has to vote on."""
        if held is None:
            return [self._result(case) for case in self.due]
        rows: list[FactRow] = []
        attendants = held.minutes.attendants
        for case in self.cases:
            vote = held.votes.get(case.uid)
            if vote is None:
                continue
            passed = held.passed(case.uid)
            share = rate(vote.agreed, attendants).percent
            rows.append(
                {
                    # What was not agreed to goes back: its result is none any more.
                    **(self._result(case) if passed else {"head": case.head}),
                    "agreed": f"{vote.agreed}/{attendants}",
                    "rate": "" if share is None else format_rate(share),
                    "conclusion": vote.remark or PAPERS["agree" if passed else "disagree"],
                }
            )
        return rows

    @cached_property
    def due(self) -> list[CaseRow]:
        """Whom the next meeting has to vote on."""
        due = frozenset(meetings.due_in(self._reading.connection, self.review, self.village, None))
        return [case for case in self.cases if case.uid in due]

    def _ballot(self, held: Meeting | None) -> list[FactRow]:
        """Whom a meeting voted on; without one whom the next has to vote on, or if nobody is left
        whom the last one did.
        """
        if held is None and not self.due and self.meetings:
            held = self.meetings[-1]
        asked = self._votes(held)
        blank = {"agree": "", "disagree": "", "other": ""}
        return [
            {"head": row.get("head", ""), "class": row.get("class", ""), **blank} for row in asked
        ]

    def _results(self) -> list[FactRow]:
        return [
            {
                **(self._result(case) if case.outcome == Outcome.REVIEWED else {"head": case.head}),
                "persons": case.persons,
                "before": CLASS_WORDS.get(case.class_before or "", ""),
                "note": CASE_OUTCOMES[Outcome(case.outcome)]
                if case.outcome and case.outcome != Outcome.REVIEWED
                else "",
            }
            for case in self.cases
        ]

    def _result(self, case: CaseRow) -> FactRow:
        row = self.results.get(case.uid)
        if row is None:
            return {"head": case.head}
        b2 = (row["deprived_bits"] or 0).bit_count() * (self.standard.indicator_points.value or 0)
        b1 = row["score_income"]
        known = row["deprived_bits"] is not None and not row["unknown_bits"]
        return {
            "head": case.head,
            "b1": "" if b1 is None else str(b1),
            "b2": str(b2) if known else "",
            "class": CLASS_WORDS.get(row["household_class"] or "", ""),
        }


_OF_HEAD = ("birth", "sex", "id_number", "ethnicity")


def _posting_facts(posting: Row | None) -> dict[str, str]:
    if posting is None:
        return {}
    return {
        "posting.first_day": format_date(posting["begun_on"]),
        "posting.last_day": format_date(posting["last_day"]),
        "posting.places": posting["places"] or "",
    }
