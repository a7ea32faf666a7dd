"""Họp dân: who came, how many agreed to each household's result; what failed is looked at again.

At least half of all who attended must agree (QĐ 24/2021, Điều 4); the share in the minutes is
another one: households represented of those on the list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.rates import Rate, rate
from giamngheo_desktop.domain.review_case import Outcome
from giamngheo_desktop.services.review import reopening, reviews, standing
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage import reviews as stored
from giamngheo_desktop.storage.engine import Connection, Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """The heading of the minutes (TT 07/2021, Phụ lục V): day, place, who led, how many came."""

    held_on: date
    attendants: int
    place: str | None = None
    chair: str | None = None
    chair_title: str | None = None
    secretary: str | None = None
    secretary_title: str | None = None
    household_signer: str | None = None
    committee: int | None = None
    organisations: int | None = None
    front: int | None = None
    surveyors: int | None = None
    households_present: int | None = None
    note: str | None = None


_NAMES = tuple(item.name for item in fields(Minutes))
_COUNTS = ("committee", "organisations", "front", "surveyors", "households_present")


class Vote(NamedTuple):
    """How many agreed to the result of one household."""

    agreed: int
    remark: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting as recorded; `listed` households stand on the list of the village."""

    uid: UUID
    number: int
    minutes: Minutes
    listed: int
    votes: Mapping[UUID, Vote] = field(default_factory=dict)  # by case

    @property
    def represented(self) -> Rate:
        """Households represented of those on the list."""
        return rate(self.minutes.households_present, self.listed)

    def passed(self, case: UUID) -> bool | None:
        """None where the case was not voted on."""
        vote = self.votes.get(case)
        return None if vote is None else passed(vote.agreed, self.minutes.attendants)


def passed(agreed: int, attendants: int) -> bool:
    return standing.agreed({"agreed": agreed, "attendants": attendants})


def of_village(database: Database, review: UUID, village: UUID) -> list[Meeting]:
    """The meetings of a village, the first one first."""
    with database.reader() as connection:
        return read(connection, review, village)


def read(connection: Connection, review: UUID, village: UUID) -> list[Meeting]:
    """`of_village` within a connection that is open."""
    rows = _meetings(connection, review, village)
    listed = len(stored.cases(connection, review, village))
    votes = stored.votes(connection, review)
    return [
        Meeting(
            uid=row["uid"],
            number=row["number"],
            minutes=Minutes(**{name: row[name] for name in _NAMES}),
            listed=listed,
            votes={
                vote["review_case"]: Vote(vote["agreed"], vote["remark"])
                for vote in votes
                if vote["meeting"] == row["uid"]
            },
        )
        for row in rows
    ]


def due(database: Database, review: UUID, village: UUID, meeting: UUID | None = None) -> list[UUID]:
    """The cases a meeting has to vote on, in the order of the list; None: the next meeting."""
    with database.reader() as connection:
        return due_in(connection, review, village, meeting)


def save(
    database: Database,
    context: Context,
    review: UUID,
    village: UUID,
    minutes: Minutes,
    votes: Mapping[UUID, Vote],
    *,
    others: int | None = None,
    meeting: UUID | None = None,
) -> Done[UUID]:
    """Save a new meeting of a village, or what `meeting` is now said to have been.

    `others` agreed to each case that is due and not among `votes`; what is in neither was not
    voted on. A case that fails goes back to Thu thập. Raises RefusedError for what cannot be.
    """
    with write_unit(database, context, Op.SAVE_MEETING, unit=village) as work:
        row = reviews.running(work.connection, review)
        _check(work, row, village, minutes)
        before = _failed(work.connection, review, village)
        values = asdict(minutes)
        if meeting is None:
            meeting = work.insert(Kind.MEETING, review=review, village=village, number=0, **values)
        else:
            work.change(Kind.MEETING, meeting, work.living(Kind.MEETING, meeting), values)
        _number(work, review, village)
        _save_votes(work, review, village, meeting, minutes.attendants, votes, others)
        _send_back(work, before, _failed(work.connection, review, village))
        work.subject = format_date(minutes.held_on)
    return Done(meeting, work.changes)


def remove(database: Database, context: Context, meeting: UUID) -> Done[None]:
    """A meeting that was typed by mistake: what it sent back stands as before."""
    with write_unit(database, context, Op.SAVE_MEETING) as work:
        row = work.living(Kind.MEETING, meeting)
        review, village = row["review"], row["village"]
        reviews.running(work.connection, review)
        before = _failed(work.connection, review, village)
        for vote in records.find(work.connection, Kind.VOTE, meeting=meeting):
            work.remove(Kind.VOTE, vote["uid"])
        work.remove(Kind.MEETING, meeting)
        _number(work, review, village)
        _send_back(work, before, _failed(work.connection, review, village))
        work.subject = format_date(row["held_on"])
    return Done(None, work.changes)


def _check(work: WriteUnit, review: Mapping[str, Any], village: UUID, minutes: Minutes) -> None:
    day = minutes.held_on
    if day > work.context.today():
        raise RefusedError("event_in_future", day=format_date(day))
    if day < review["begun_on"]:
        raise RefusedError("before_review", day=format_date(review["begun_on"]))
    if minutes.attendants < 1:
        raise RefusedError("nobody_attended")
    counts = [getattr(minutes, name) for name in _COUNTS]
    if any(count is not None and count < 0 for count in counts):
        raise RefusedError("negative_count")
    listed = len(stored.cases(work.connection, review["uid"], village))
    if (minutes.households_present or 0) > listed:
        raise RefusedError("more_present_than_listed", listed=listed)


def _save_votes(
    work: WriteUnit,
    review: UUID,
    village: UUID,
    meeting: UUID,
    attendants: int,
    votes: Mapping[UUID, Vote],
    others: int | None,
) -> None:
    cases = {row["uid"]: row for row in stored.cases(work.connection, review, village)}
    known = {
        row["review_case"]: row for row in records.find(work.connection, Kind.VOTE, meeting=meeting)
    }
    wanted = dict(votes)
    if others is not None:
        due = due_in(work.connection, review, village, meeting)
        wanted = dict.fromkeys(due, Vote(others)) | wanted
    for case, vote in wanted.items():
        if case not in cases:
            raise RefusedError("case_elsewhere")
        if case not in known and cases[case]["outcome"] != Outcome.REVIEWED:
            raise RefusedError("vote_without_result")
        if not 0 <= vote.agreed <= attendants:
            raise RefusedError(
                "more_agreed_than_attended", agreed=vote.agreed, attendants=attendants
            )
    for case, row in known.items():
        if case not in wanted:
            work.remove(Kind.VOTE, row["uid"])
    new = []
    for case, vote in wanted.items():
        values = {"agreed": vote.agreed, "remark": vote.remark}
        if case in known:
            work.change(Kind.VOTE, known[case]["uid"], known[case], values)
        else:
            new.append({"meeting": meeting, "review_case": case, **values})
    work.insert_many(Kind.VOTE, new)


def _meetings(connection: Connection, review: UUID, village: UUID) -> list[dict[str, Any]]:
    rows = records.find(connection, Kind.MEETING, review=review, village=village)
    return sorted(rows, key=lambda row: (row["held_on"], row["uid"]))


def _number(work: WriteUnit, review: UUID, village: UUID) -> None:
    """The meetings of a village count from 1 in the order they were held."""
    for number, row in enumerate(_meetings(work.connection, review, village), start=1):
        work.change(Kind.MEETING, row["uid"], row, {"number": number})


def due_in(connection: Connection, review: UUID, village: UUID, meeting: UUID | None) -> list[UUID]:
    """Reviewed, or voted on in this meeting already; and not agreed to by an earlier one."""
    votes = stored.votes(connection, review)
    here = {vote["review_case"] for vote in votes if vote["meeting"] == meeting}
    numbers = {row["uid"]: row["number"] for row in _meetings(connection, review, village)}
    number = len(numbers) + 1 if meeting is None else numbers[meeting]
    earlier = {vote["review_case"]: vote for vote in votes if vote["number"] < number}
    return [
        row["uid"]
        for row in stored.cases(connection, review, village)
        if (row["outcome"] == Outcome.REVIEWED or row["uid"] in here)
        and (row["uid"] not in earlier or not standing.agreed(earlier[row["uid"]]))
    ]


def _failed(connection: Connection, review: UUID, village: UUID) -> dict[UUID, UUID]:
    """The cases whose last vote failed, with the meeting; not those that ended otherwise since."""
    to_vote = (None, Outcome.REVIEWED)
    cases = stored.cases(connection, review, village)
    concerned = {row["uid"] for row in cases if row["outcome"] in to_vote}
    last = {vote["review_case"]: vote for vote in stored.votes(connection, review)}
    return {
        case: vote["meeting"]
        for case, vote in last.items()
        if case in concerned and not standing.agreed(vote)
    }


def _send_back(work: WriteUnit, before: Mapping[UUID, UUID], after: Mapping[UUID, UUID]) -> None:
    """What fails now goes back; what did not fail after all stands as it did."""
    for case, meeting in after.items():
        if before.get(case) != meeting:
            reopening.reopen(work, case)
    for case in before:
        if case not in after:
            reopening.close_again(work, case)
