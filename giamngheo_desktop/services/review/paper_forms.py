"""Sổ giao nhận phiếu: surveyors, their villages and cases, and the ways of the paper forms.

A pile of forms goes one way together: it is one action and one undo step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.review_case import FormState
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.services.review import case_lists, reviews
from giamngheo_desktop.services.review.case_lists import CaseRow
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyor:
    """A rà soát viên of a village; `uid` None for a new one."""

    uid: UUID | None = None
    name: str
    phone: str | None = None


def surveyors(database: Database, review: UUID, village: UUID | None = None) -> list[Surveyor]:
    """The surveyors of a review (of one village), in the order they were named."""
    wanted = {"review": review} | ({} if village is None else {"village": village})
    with database.reader() as connection:
        rows = records.find(connection, Kind.SURVEYOR, **wanted)
    return [Surveyor(uid=row["uid"], name=row["name"], phone=row["phone"]) for row in rows]


def save_surveyors(
    database: Database, context: Context, review: UUID, village: UUID, named: Sequence[Surveyor]
) -> Done[None]:
    """These are the surveyors of the village.

    Raises RefusedError `surveyor_in_use` for one left out who still has cases.
    """
    with write_unit(database, context, Op.CHANGE_REVIEW, unit=village) as work:
        running = reviews.running(work.connection, review)
        work.subject = reviews.name_at(work.connection, running, [village])
        stored = records.find(work.connection, Kind.SURVEYOR, review=review, village=village)
        kept = {surveyor.uid for surveyor in named}
        for row in stored:
            if row["uid"] not in kept:
                given = records.find(work.connection, Kind.CASE, surveyor=row["uid"])
                if given:
                    raise RefusedError("surveyor_in_use", name=row["name"], count=len(given))
                work.remove(Kind.SURVEYOR, row["uid"])
        for surveyor in named:
            values = {"name": clean(surveyor.name), "phone": surveyor.phone}
            if surveyor.uid is None:
                work.insert(Kind.SURVEYOR, review=review, village=village, **values)
            else:
                work.update(Kind.SURVEYOR, surveyor.uid, **values)
    return Done(None, work.changes)


def assign(
    database: Database, context: Context, cases: Sequence[UUID], surveyor: UUID | None
) -> Done[None]:
    """Give cases to a surveyor of their village, or to nobody. Raises `surveyor_elsewhere`."""
    with write_unit(database, context, Op.CHANGE_REVIEW) as work:
        rows = _pile(work, cases)
        if surveyor is not None:
            of = work.living(Kind.SURVEYOR, surveyor)
            work.subject = of["name"]
            _refuse_elsewhere(of, rows)
        for row in rows:
            work.change(Kind.CASE, row["uid"], row, {"surveyor": surveyor})
    return Done(None, work.changes)


def _refuse_elsewhere(surveyor: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> None:
    if any(row["village"] != surveyor["village"] for row in rows):
        raise RefusedError("surveyor_elsewhere", name=surveyor["name"])


class Way(StrEnum):
    """Which way a pile goes; each sets its own day."""

    ISSUE = "issue"
    COLLECT = "collect"
    RETURN = "return"
    ENTER = "enter"


# The day each way sets, and those of later ways, which fall with it.
_DAYS: Mapping[Way, str] = {
    Way.ISSUE: "issued_on",
    Way.COLLECT: "collected_on",
    Way.RETURN: "returned_on",
    Way.ENTER: "entered_on",
}
_LATER: Mapping[Way, tuple[str, ...]] = {
    Way.ISSUE: ("collected_on", "returned_on", "entered_on"),
    Way.COLLECT: ("entered_on",),
    Way.RETURN: (),
    Way.ENTER: (),
}


def hand(
    database: Database,
    context: Context,
    cases: Sequence[UUID],
    way: Way,
    day: date | None,
    *,
    reason: str | None = None,
    surveyor: UUID | None = None,
) -> Done[None]:
    """A pile is given out (to a surveyor), collected, handed back (with a reason) or entered.

    `day` None takes that back, with what followed it; `surveyor` None leaves who has them. Raises
    RefusedError `forms_without_code`, `forms_not_issued`, `forms_not_collected` with their number,
    `forms_day_order`, `event_in_future`, `reason_missing`, `surveyor_elsewhere`.
    """
    with write_unit(database, context, Op.HAND_OUT_FORMS) as work:
        rows = _pile(work, cases)
        values: dict[str, Any] = {_DAYS[way]: day}
        if surveyor is not None:
            _refuse_elsewhere(work.living(Kind.SURVEYOR, surveyor), rows)
            values["surveyor"] = surveyor
        if day is None:
            values |= dict.fromkeys(_LATER[way])
        else:
            _check(work, rows, way, day)
        if way is Way.RETURN:
            values["returned_reason"] = clean(reason or "") or None
            if day is not None:
                if values["returned_reason"] is None:
                    raise RefusedError("reason_missing")
                values |= {"collected_on": None, "entered_on": None}
        for row in rows:
            work.change(Kind.CASE, row["uid"], row, values)
        work.subject = str(len(rows))
    return Done(None, work.changes)


def _check(work: WriteUnit, rows: Iterable[Mapping[str, Any]], way: Way, day: date) -> None:
    if day > work.context.today():
        raise RefusedError("event_in_future", day=format_date(day))
    if way is Way.ISSUE:
        if bare := sum(row["form_code"] is None for row in rows):
            raise RefusedError("forms_without_code", count=bare)
        return
    before = "issued_on" if way is Way.COLLECT else "collected_on"
    days = [row[before] for row in rows if row[before] is not None]
    if missing := sum(row[before] is None for row in rows):
        if way is Way.COLLECT:
            raise RefusedError("forms_not_issued", count=missing)
        raise RefusedError("forms_not_collected", count=missing)
    if max(days) > day:
        raise RefusedError("forms_day_order", day=format_date(max(days)))


def _pile(work: WriteUnit, cases: Sequence[UUID]) -> list[dict[str, Any]]:
    """The cases of a pile, all of a review that runs."""
    found = records.get_many(work.connection, Kind.CASE, list(dict.fromkeys(cases)))
    rows = [row for row in found.values() if not row["removed"]]
    if not rows or len(rows) < len(set(cases)):
        raise RefusedError("record_missing")
    for review in {row["review"] for row in rows}:
        reviews.running(work.connection, review)
    work.read_ahead([row["uid"] for row in rows])
    return rows


class Pile(NamedTuple):
    """The control totals of a pile: phiếu, hộ, khẩu."""

    forms: int = 0
    households: int = 0
    persons: int = 0


class FormTotals(NamedTuple):
    """The forms of a surveyor in a village; `surveyor` None for cases given to nobody."""

    village: UUID
    surveyor: UUID | None
    listed: Pile
    issued: Pile  # ever given out
    collected: Pile  # are here now
    entered: Pile
    returned: Pile  # are out to be completed

    @property
    def still_out(self) -> int:
        """Forms given out that are not here."""
        return self.issued.forms - self.collected.forms


def totals(database: Database, review: UUID) -> list[FormTotals]:
    """The control totals by village and surveyor, in the order of the lists."""
    return totals_of(case_lists.of_review(database, review))


def totals_of(listed: Iterable[CaseRow]) -> list[FormTotals]:
    """`totals` of lists that are read already."""
    piles: dict[tuple[UUID, UUID | None], list[CaseRow]] = {}
    for row in listed:
        piles.setdefault((row.village, row.surveyor), []).append(row)
    return [
        FormTotals(
            village,
            surveyor,
            _count(rows),
            _count(row for row in rows if row.form is not FormState.NONE),
            _count(row for row in rows if row.form in (FormState.COLLECTED, FormState.ENTERED)),
            _count(row for row in rows if row.form is FormState.ENTERED),
            _count(row for row in rows if row.form is FormState.RETURNED),
        )
        for (village, surveyor), rows in piles.items()
    ]


def _count(rows: Iterable[CaseRow]) -> Pile:
    found = list(rows)
    return Pile(
        sum(row.form_code is not None for row in found),
        len({row.household for row in found}),
        sum(row.persons for row in found),
    )
