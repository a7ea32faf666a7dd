"""The lists of a review: who stands on them and how far each is; Phiếu A; additions, mistakes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.form_code import read_form_code
from giamngheo_desktop.domain.measures import MEASURES
from giamngheo_desktop.domain.review_case import FormState, Ground, Outcome, form_state
from giamngheo_desktop.domain.workflow import ReviewKind
from giamngheo_desktop.services.dated import lasts
from giamngheo_desktop.services.review import reviews, standing
from giamngheo_desktop.services.review.present_list import classed_before, on_the_list
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import areas, records, review_rows
from giamngheo_desktop.storage import case_lists as stored
from giamngheo_desktop.storage import reviews as stored_reviews
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.review_rows import Scope


class LastVote(NamedTuple):
    """What the newest meeting said of a case."""

    meeting: int
    agreed: int
    attendants: int
    passed: bool


class CaseRow(NamedTuple):
    """One line of a village's list."""

    uid: UUID
    household: UUID
    village: UUID
    position: int | None
    head: str
    sort_key: str
    persons: int
    ground: str
    class_before: str | None  # in force as the review began, or that it was listed for
    surveyor: UUID | None
    form_code: str | None
    form: FormState
    screened_in: bool | None
    screened_by: str | None
    outcome: str | None
    results: Mapping[str, str | None]  # by standard; None while what is unknown decides
    vote: LastVote | None


def typed_late(database: Database, definitions: Definitions, review: UUID) -> int:
    """How many stood on the list the day a periodic review began and are not in it: their class
    was typed since (`reviews.list_present` puts them in).
    """
    with database.reader() as connection:
        row = reviews.get(connection, review)
        if row["kind"] != ReviewKind.PERIODIC or row["closed_on"] is not None:
            return 0
        standards = [item.code for item in reviews.standards_in(connection, review)]
        there = {case["household"] for case in stored_reviews.cases(connection, review)}
        present = on_the_list(connection, definitions, row, standards)
    return sum(household not in there for _, _, household in present)


def carried_over(database: Database, definitions: Definitions, review: UUID) -> int:
    """How many of a review's list stand on it by the standard of the year before only."""
    with database.reader() as connection:
        row = reviews.get(connection, review)
        standard = reviews.movement_standard(connection, review)
        before = classed_before(connection, definitions, standard, row["begun_on"])
        listed = {one.household for one in before if one.household_class in reviews.LISTED}
        own = _classes_before(connection, row, standard) if listed else {}
        there = [case["household"] for case in stored_reviews.cases(connection, review)]
    return sum(home in listed and home not in own for home in there)


def averages_beside(database: Database, review: UUID) -> int:
    """How many households of mức sống trung bình, as recognised on the day the review began, are
    not on its list: they are looked at on application.
    """
    with database.reader() as connection:
        row = reviews.get(connection, review)
        code, day = reviews.movement_standard(connection, review), row["begun_on"]
        listed = {case["household"] for case in stored_reviews.cases(connection, review)}
        villages = [area.uid for area in areas.tree_on(connection, day).villages(row["area"])]
        scope = Scope(year=row["review_year"], standard=code, as_of=day)
        counted = MEASURES["average_living_households"]
        found = review_rows.households(connection, scope, counted, villages)
    return sum(one.household not in listed for one in found)


def of_review(database: Database, review: UUID, village: UUID | None = None) -> list[CaseRow]:
    """The list of a review (of one village) in its order."""
    with database.reader() as connection:
        return read(connection, review, village)


def read(connection: Connection, review: UUID, village: UUID | None = None) -> list[CaseRow]:
    """`of_review` within a connection that is open."""
    row = reviews.get(connection, review)
    names = stored.who(connection, row)
    before = _classes_before(connection, row)
    results: dict[UUID, dict[str, str | None]] = {}
    for result in stored_reviews.results(connection, review):
        results.setdefault(result["review_case"], {})[result["standard"]] = result[
            "household_class"
        ]
    votes = {vote["review_case"]: _vote(vote) for vote in stored_reviews.votes(connection, review)}
    return [
        CaseRow(
            uid=case["uid"],
            household=case["household"],
            village=case["village"],
            position=case["position"],
            **names[case["household"]]._asdict(),
            ground=case["ground"],
            class_before=before.get(case["household"]) or _ground_class(case),
            surveyor=case["surveyor"],
            form_code=case["form_code"],
            form=form_state(case),
            screened_in=case["screened_in"],
            screened_by=case["screened_by"],
            outcome=case["outcome"],
            results=results.get(case["uid"], {}),
            vote=votes.get(case["uid"]),
        )
        for case in stored_reviews.cases(connection, review, village)
    ]


def _ground_class(case: Mapping[str, Any]) -> str | None:
    """The class that put a household on the list, by another standard than the main one."""
    ground = str(case["ground"])
    return ground if ground in reviews.LISTED else None


def _classes_before(
    connection: Connection, review: Mapping[str, Any], standard: str | None = None
) -> dict[UUID, str]:
    """The classes in force on the day the review began, under its main standard or another."""
    if standard is None:
        rows = records.find(connection, Kind.REVIEW_STANDARD, review=review["uid"])
        main = reviews.main_standard(rows)
        standard = main["standard"] if main else ""
    scope = Scope(year=review["review_year"], standard=standard, as_of=review["begun_on"])
    return {row.household: row.household_class for row in review_rows.classed(connection, scope)}


def _vote(row: Mapping[str, Any]) -> LastVote:
    return LastVote(row["number"], row["agreed"], row["attendants"], standing.agreed(row))


def find_form(database: Database, review: UUID, typed: str) -> UUID:
    """The case of a typed form code. Raises RefusedError `form_unknown`, `form_code`."""
    try:
        code = read_form_code(typed)
    except ValueError:
        raise RefusedError("form_code", typed=typed) from None
    with database.reader() as connection:
        found = records.find(connection, Kind.CASE, review=review, form_code=code)
    if not found:
        raise RefusedError("form_unknown", typed=code)
    return UUID(str(found[0]["uid"]))


def add(
    database: Database,
    context: Context,
    review: UUID,
    household: UUID,
    ground: Ground,
    *,
    application: UUID | None = None,
) -> Done[UUID]:
    """Put an applicant, a household that split off, or another one onto its village's list.

    Raises RefusedError `household_not_here_then`, `case_there`, `case_elsewhere` for a village
    of another commune, `review_closed`.
    """
    with write_unit(database, context, Op.LIST_CASE) as work:
        case = add_in(work, review, household, ground, application)
    return Done(case, work.changes)


def add_in(
    work: WriteUnit, review: UUID, household: UUID, ground: Ground, application: UUID | None
) -> UUID:
    """`add` inside an open unit of work."""
    row = reviews.running(work.connection, review)
    places = records.find(work.connection, Kind.PLACE, household=household)
    here = [place for place in places if lasts(place, row["reference_day"])]
    if not here:
        raise RefusedError("household_not_here_then")
    village = min(here, key=lambda place: place["valid_from"])["village"]
    if village not in reviews.villages_of(work.connection, row):
        raise RefusedError("case_elsewhere")
    case = reviews.add_case_in(work, review, household, village, ground.value, application)
    work.subject = _name(work.connection, row, household)
    return case


def take_off(database: Database, context: Context, case: UUID) -> Done[None]:
    """Take a household off that was listed by mistake.

    While the list is not confirmed those below move up. Raises RefusedError `case_in_use` where
    answers, votes or complaints are recorded.
    """
    with write_unit(database, context, Op.LIST_CASE) as work:
        row, review = _case(work, case)
        work.subject = _name(work.connection, review, row["household"])
        if row["outcome"] or records.pointing_at(work.connection, Kind.CASE, [case]):
            raise RefusedError("case_in_use", name=work.subject)
        take_off_in(work, row)
    return Done(None, work.changes)


def take_off_in(work: WriteUnit, row: Mapping[str, Any]) -> None:
    """`take_off` inside an open unit of work, of a case that nothing points at."""
    work.remove(Kind.CASE, row["uid"])
    if row["form_code"] is None:
        left = stored_reviews.cases(work.connection, row["review"], row["village"])
        for number, other in enumerate(left, start=1):
            work.change(Kind.CASE, other["uid"], other, {"position": number})


def screen(
    database: Database,
    context: Context,
    case: UUID,
    *,
    screened_in: bool | None,
    conditions: Sequence[str] = (),
    by: str | None = None,
) -> Done[None]:
    """What Phiếu A says of an applicant; None takes it back. Screened out closes the case.

    Raises RefusedError `only_applicants_screened`, `case_settled`.
    """
    with write_unit(database, context, Op.SCREEN_CASE) as work:
        row, review = _case(work, case)
        work.subject = _name(work.connection, review, row["household"])
        if row["ground"] != Ground.APPLIED:
            raise RefusedError("only_applicants_screened")
        outcome = row["outcome"]
        if screened_in is not True and outcome not in (None, Outcome.SCREENED_OUT):
            raise RefusedError("case_settled", name=work.subject)
        if outcome in (None, Outcome.SCREENED_OUT):
            outcome = Outcome.SCREENED_OUT.value if screened_in is False else None
        values = {
            "screen_conditions": tuple(conditions) or None,
            "screened_in": screened_in,
            "screened_by": by,
            "outcome": outcome,
        }
        work.change(Kind.CASE, case, row, values)
    return Done(None, work.changes)


def _case(work: WriteUnit, case: UUID) -> tuple[dict[str, Any], dict[str, Any]]:
    """A case with its review. Raises RefusedError `record_missing`, `review_closed`."""
    row = work.living(Kind.CASE, case)
    return row, reviews.running(work.connection, row["review"])


def _name(connection: Connection, review: Mapping[str, Any], household: UUID) -> str:
    """The head's name, for the undo menu."""
    found = stored.who(connection, review).get(household)
    return found.head if found else ""
