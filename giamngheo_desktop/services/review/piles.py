"""Nhập theo xấp: which form was typed, that it is here, and households that were not met."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.form_code import SHORTEST
from giamngheo_desktop.domain.review_case import FormState, Outcome, form_state
from giamngheo_desktop.services import events
from giamngheo_desktop.services.review import case_entry, case_lists, reviews
from giamngheo_desktop.services.review.case_lists import CaseRow
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import case_lists as stored_lists
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage import reviews as stored
from giamngheo_desktop.storage.engine import Database

_UNMET = (Outcome.ABSENT, Outcome.REFUSED, Outcome.MOVED)


class Progress(NamedTuple):
    """How far a pile is: forms that were typed at all, and those of them not finished."""

    forms: int
    taken: int
    unfinished: int


class Hit(NamedTuple):
    """The form that was typed."""

    case: UUID
    village: UUID
    surveyor: UUID | None
    form: FormState
    form_code: str | None


def is_position(typed: str) -> bool:
    """Whether an STT was typed: a code is longer."""
    return typed.isdecimal() and len(typed) < SHORTEST


def find(database: Database, review: UUID, village: UUID, typed: str) -> Hit:
    """The form of a code, or of an STT of the village.

    Raises RefusedError `form_code`, `form_unknown`, `form_position`.
    """
    if is_position(typed):
        wanted: dict[str, Any] = {"village": village, "position": int(typed)}
        with database.reader() as connection:
            found = records.find(connection, Kind.CASE, review=review, **wanted)
        if not found:
            raise RefusedError("form_position", typed=typed)
        row = found[0]
    else:
        case = case_lists.find_form(database, review, typed)
        with database.reader() as connection:
            row = records.get(connection, Kind.CASE, case) or {}
    return Hit(row["uid"], row["village"], row["surveyor"], form_state(row), row["form_code"])


def progress(rows: Iterable[CaseRow]) -> Progress:
    """How far the forms of a list are."""
    all_rows = list(rows)
    taken = [row for row in all_rows if row.outcome is not None or row.results]
    return Progress(len(all_rows), len(taken), sum(row.outcome is None for row in taken))


def is_complete(row: CaseRow) -> bool:
    """Whether a form is typed to its end and only its household is not closed."""
    return row.outcome is None and row.form is FormState.ENTERED


def is_done(row: CaseRow) -> bool:
    """Whether nothing is left to type of a form."""
    return row.outcome is not None or row.form is FormState.ENTERED


def arrive(database: Database, context: Context, case: UUID) -> Done[bool]:
    """A form that is typed lies here: what was not recorded of its way is, for today.

    Returns whether anything was. The form of a household that was not met may be anywhere.
    """
    with write_unit(database, context, Op.HAND_OUT_FORMS) as work:
        row = work.living(Kind.CASE, case)
        reviews.running(work.connection, row["review"])
        work.subject = "1"
        missing = row["form_code"] is not None and row["collected_on"] is None
        if missing and row["outcome"] not in _UNMET:
            today = context.today()
            values = {"issued_on": row["issued_on"] or today, "collected_on": today}
            work.change(Kind.CASE, case, row, values)
    return Done(bool(work.changes.touched), work.changes)


def moved_away(
    database: Database,
    context: Context,
    definitions: Definitions,
    case: UUID,
    *,
    note: str,
    day: date,
) -> Done[None]:
    """The whole household has left the commune on `day`: its case ends, and so does its stay.

    Raises what `case_entry.settle` and `events.move_out` raise.
    """
    with write_unit(database, context, Op.SETTLE_CASE) as work:
        household = work.living(Kind.CASE, case)["household"]
        case_entry.settle_in(work, definitions, case, outcome=Outcome.MOVED.value, note=note)
        events.move_out_in(work, household, day)
    return Done(None, work.changes)


class Closed(NamedTuple):
    """How many households were closed at once, and how many could not be."""

    done: int
    open: int


def close_complete(
    database: Database, context: Context, definitions: Definitions, cases: Iterable[UUID]
) -> Done[Closed]:
    """Close those of these households as reviewed against which nothing stands (any more).

    Raises RefusedError `review_closed`.
    """
    done, left = 0, 0
    with write_unit(database, context, Op.SETTLE_CASE) as work:
        subject = ""
        for case in cases:
            try:
                case_entry.settle_in(work, definitions, case, outcome=case_entry.REVIEWED)
            except RefusedError as error:
                if error.code not in ("case_open", "case_settled"):
                    raise
                left += 1
            else:
                subject, done = subject or work.subject or "", done + 1
        work.subject = texts.and_others_text(subject, done - 1)
    return Done(Closed(done, left), work.changes)


class NotMet(NamedTuple):
    """A household that the minutes name because nobody could review it."""

    case: UUID
    village: UUID
    position: int | None
    head: str
    persons: int
    outcome: Outcome
    note: str


def not_met(database: Database, review: UUID, village: UUID | None = None) -> list[NotMet]:
    """Those absent, who refused or who are gone, in the order of the list."""
    with database.reader() as connection:
        names = stored_lists.who(connection, reviews.get(connection, review))
        rows = stored.cases(connection, review, village)
    return [_not_met(row, names) for row in rows if row["outcome"] in _UNMET]


def _not_met(row: Mapping[str, Any], names: Mapping[UUID, stored_lists.Who]) -> NotMet:
    who = names[row["household"]]
    return NotMet(
        row["uid"],
        row["village"],
        row["position"],
        who.head,
        who.persons,
        Outcome(row["outcome"]),
        row["outcome_note"] or "",
    )
