"""Closing a review: the results of all its standards stand still, and what it recorded with them.

The results of the standard that begins next year carry the year of the review as well: they are
what its first year begins with (đầu kỳ), just as the close of any year is the opening of the next.
A table asks for one standard, so that no figure of one is subtracted from one of another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.children import child_ages
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.review_flow import CLOSE, StepState
from giamngheo_desktop.domain.workflow import ReviewKind
from giamngheo_desktop.services import classes
from giamngheo_desktop.services.classes import reach_of_closing, rows_to_close
from giamngheo_desktop.services.closing import Closing, look_before_closing, nameless_waiting
from giamngheo_desktop.services.review import open_months, recognition, reviews, standing
from giamngheo_desktop.services.review.applications import Slots, of_commune
from giamngheo_desktop.services.review.recognition import Unclassed
from giamngheo_desktop.services.review.reviews import LISTED
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import audit
from giamngheo_desktop.storage import reviews as stored
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.review_rows import Scope

Scores = Mapping[UUID, Mapping[str, Any]]  # by household
_SCORES = ("score_income", "income", "deprived_bits", "unknown_bits", "definition")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMonth:
    """An in-year review that would be closed with the year: what it lacks, and how many of its
    applications wait. While one waits the year cannot be closed.
    """

    uid: UUID
    month: int
    unanswered: int
    unfinished: tuple[StepState, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What closing a review meets: the steps that lack something, the households whose recognised
    class is not the one found (or that have none), how many of last year's list are known by number
    only and have no result, the months still open and how many other applications of the year wait;
    by standard what would stand still and of whom nothing is said.
    """

    year: int
    unfinished: tuple[StepState, ...]
    unlike: frozenset[UUID] = frozenset()
    nameless: int = 0
    months: tuple[OpenMonth, ...] = ()
    unanswered: int = 0
    closings: Mapping[str, Closing] = field(default_factory=dict)
    unclassed: Mapping[str, list[Unclassed]] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        return not (self.unfinished or self.unlike or self.nameless)

    @property
    def missing_text(self) -> str:
        """All that is not done, in one list; empty where nothing is missing."""
        return texts.unfinished_text(_labels(self.unfinished), len(self.unlike), self.nameless)

    @property
    def waiting(self) -> dict[int, int]:
        """The months with applications that wait, which keep the year open."""
        return {one.month: one.unanswered for one in self.months if one.unanswered}

    @property
    def beside(self) -> list[str]:
        """What closing does not wait for: months closed with it, other applications unanswered."""
        said = [
            texts.month_text(one.month, self.year, _labels(one.unfinished))
            for one in self.months
            if not one.unanswered
        ]
        return [*said, *filter(None, [texts.unanswered_text(self.unanswered)])]


def _labels(unfinished: Iterable[StepState]) -> dict[str, int]:
    """The labels of unfinished steps, each with the number of its villages, nought for one of the
    commune.
    """
    found: dict[str, int] = {}
    for state in unfinished:
        label = state.step.label
        found[label] = found.get(label, 0) + (state.village is not None)
    return found


def look(database: Database, definitions: Definitions, review: UUID, today: date) -> Look:
    """Ask before closing. Raises RefusedError `year_closed`."""
    with database.reader() as connection:
        row = reviews.get(connection, review)
        found = _look(connection, definitions, row, today)
        codes = [item.code for item in reviews.standards_in(connection, review)]
    closings = {
        code: look_before_closing(
            database,
            definitions,
            year=row["review_year"],
            standard=code,
            unit=row["area"],
            review=review,
        )
        for code in codes
        if row["kind"] == ReviewKind.PERIODIC
    }
    unclassed = {code: recognition.unclassed(database, review, code) for code in closings}
    return replace(found, closings=closings, unclassed=unclassed)


def close(
    database: Database,
    context: Context,
    definitions: Definitions,
    review: UUID,
    *,
    reason: str = "",
) -> Done[Look]:
    """Close a review; a periodic one freezes the year under each of its standards. Returns what it
    met.

    The months of the year that are still open are closed with it. Raises RefusedErrors
    `months_unanswered` while an application of one waits, `review_close_unfinished` while something
    is missing and no reason is given, `review_closed`, `year_closed`.
    """
    with database.reader() as connection:
        unit = reviews.get(connection, review)["area"]
    reason = reason.strip()
    with write_unit(database, context, Op.CLOSE_REVIEW, unit=unit, reason=reason or None) as work:
        row = reviews.running(work.connection, review)
        work.subject = reviews.name_of(row)
        today = context.today()
        found = _look(work.connection, definitions, row, today)
        if row["kind"] == ReviewKind.PERIODIC:
            open_months.close_in(work, unit, row["review_year"])
        if not found.is_whole and not reason:
            raise RefusedError(
                "review_close_unfinished", name=work.subject, missing=found.missing_text
            )
        if row["kind"] == ReviewKind.PERIODIC:
            for item in reviews.standards_in(work.connection, review):
                classes.close_year_in(
                    work,
                    year=row["review_year"],
                    standard=item.code,
                    definition=definitions.standards.get(item.code).sha256,
                    ages=child_ages(definitions.standards.get(item.code)),
                    commune=unit,
                    review=review,
                    scores=_scores(work.connection, review, item.code),
                )
        work.update(Kind.REVIEW, review, closed_on=today)
    return Done(found, work.changes)


def reason_of(database: Database, review: UUID) -> str:
    """Why it was closed with something missing; empty where nothing was, or it is not closed."""
    with database.reader() as connection:
        for group, change in audit.history(connection, [review]):
            if change.field == "closed_on":
                return (group.reason or "") if group.op is Op.CLOSE_REVIEW else ""
    return ""


def reopen(database: Database, context: Context, review: UUID, *, reason: str) -> Done[None]:
    """Open a whole review again, with the years it closed: the last resort, with a reason.

    Raises RefusedError `reason_missing`, `review_not_closed`.
    """
    if not reason.strip():
        raise RefusedError("reason_missing")
    with database.reader() as connection:
        row = reviews.get(connection, review)
    with write_unit(database, context, Op.REOPEN_YEAR, unit=row["area"], reason=reason) as work:
        row = reviews.get(work.connection, review)
        work.subject = reviews.name_of(row)
        if row["closed_on"] is None:
            raise RefusedError("review_not_closed", name=work.subject)
        classes.reopen_review_in(work, review)
    return Done(None, work.changes)


def _look(
    connection: Connection, definitions: Definitions, review: Mapping[str, Any], today: date
) -> Look:
    year, unfinished = review["review_year"], _unfinished(connection, definitions, review, today)
    if review["kind"] != ReviewKind.PERIODIC:
        return Look(year=year, unfinished=unfinished)
    own = reviews.standards_in(connection, review["uid"])[0]
    months = tuple(
        OpenMonth(
            uid=row["uid"],
            month=row["month"],
            unanswered=open_months.unanswered(connection, row["uid"]),
            unfinished=_unfinished(connection, definitions, row, today),
        )
        for row in open_months.of_year(connection, review["area"], year)
    )
    return Look(
        year=year,
        unfinished=unfinished,
        unlike=_unlike(connection, review),
        nameless=nameless_waiting(
            connection, definitions, Scope(year=year, standard=own.code), review["area"]
        ),
        months=months,
        unanswered=_unanswered(connection, definitions, review, today)
        - sum(one.unanswered for one in months),
    )


def _unfinished(
    connection: Connection, definitions: Definitions, review: Mapping[str, Any], today: date
) -> tuple[StepState, ...]:
    flow = standing.flow_in(connection, definitions, review["uid"], today)
    return tuple(state for state in flow if state.missing and state.step.code != CLOSE)


def _unanswered(
    connection: Connection, definitions: Definitions, review: Mapping[str, Any], today: date
) -> int:
    """How many applications whose review is of the year wait for an answer."""
    slots = Slots(connection, definitions, today)
    return sum(
        not row["outcome"] and slots.of(row).year == review["review_year"]
        for row in of_commune(connection, review["area"])
    )


def _unlike(connection: Connection, review: Mapping[str, Any]) -> frozenset[UUID]:
    """Found on a list, or off it, and not recognised so under the same standard."""
    found = _results(connection, review["uid"])
    unlike: set[UUID] = set()
    for item in reviews.standards_in(connection, review["uid"]):
        scope = Scope(year=review["review_year"], standard=item.code)
        reach = reach_of_closing(connection, scope, review["area"])
        recognised = {
            row["household"]: row["household_class"]
            for row in rows_to_close(connection, scope, reach)
        }
        for household, result in found.get(item.code, {}).items():
            name = result["household_class"]
            if name is not None and _list(name) != _list(recognised.get(household)):
                unlike.add(household)
    return frozenset(unlike)


def _list(name: str | None) -> str | None:
    return name if name in LISTED else None


def _scores(connection: Connection, review: UUID, standard: str) -> Scores:
    found = _results(connection, review).get(standard, {})
    return {
        # A result from before definitions were noted leaves that of the closing.
        household: {name: row[name] for name in _SCORES if row[name] is not None}
        for household, row in found.items()
    }


def _results(connection: Connection, review: UUID) -> dict[str, dict[UUID, dict[str, Any]]]:
    """The results of the households that were reviewed, by standard."""
    homes = {
        case["uid"]: case["household"]
        for case in stored.cases(connection, review)
        if case["outcome"] == "reviewed"
    }
    found: dict[str, dict[UUID, dict[str, Any]]] = {}
    for row in stored.results(connection, review):
        if row["review_case"] in homes:
            found.setdefault(row["standard"], {})[homes[row["review_case"]]] = row
    return found
