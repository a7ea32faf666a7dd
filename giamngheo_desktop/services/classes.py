"""Class records: what a household was recognised as, under which standard, from when to when.

Computed is not recognised: `source` tells them apart and tables count one or the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.children import ChildAges
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.review_case import Outcome
from giamngheo_desktop.services import population_editions
from giamngheo_desktop.services.class_line import (
    ClassEntry as ClassEntry,
)
from giamngheo_desktop.services.class_line import (
    fit,
    give_back,
    refuse_closed,
    time_line,
)
from giamngheo_desktop.services.class_papers import decision_of
from giamngheo_desktop.services.dated import DAY, lasts
from giamngheo_desktop.services.review import low_income, open_months
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import areas, classes, corrections, records, review_rows
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.review_rows import Scope
from giamngheo_desktop.storage.waiting import waiting


def of_household(database: Database, household: UUID) -> list[dict[str, Any]]:
    """The time line of classes, newest first, with `number` and `signed_on` of the decision."""
    with database.reader() as connection:
        return classes.of_household(connection, household)


def record(
    database: Database, context: Context, entry: ClassEntry, *, commune: UUID, subject: str = ""
) -> Done[UUID]:
    """Record one class; returns the record's uid."""
    with write_unit(database, context, Op.RECORD_CLASS, unit=commune) as work:
        work.subject = subject
        uid = record_in(work, entry, commune)
    return Done(uid, work.changes)


def record_in(
    work: WriteUnit,
    entry: ClassEntry,
    commune: UUID,
    corrects: UUID | None = None,
    *,
    beside: bool = False,
) -> UUID:
    """`record` inside an open unit of work.

    The same paper for the same review year, or a result without one, is corrected in place, its
    first day too; so is the record that `corrects` names. Any other paper is a record of its own:
    the one in force ends the day before, stays in the time line, and this one ends where a later
    one begins. Of two that begin on one day that signed last holds; one written `beside` the
    others, as a correction of a closed year is, is always a record of its own, and holds. Raises
    RefusedError `class_already_newer` where review years and first days would run in opposite
    order, `household_not_here_then` for a household that has left, `class_of_closed_year`.
    """
    fitted = fit(work.connection, entry, corrects, beside=beside)
    same, computed = fitted.same, entry.source == "computed"
    values: dict[str, Any] = {
        "household": entry.household,
        "standard": entry.standard,
        "review_year": entry.review_year,
        "household_class": entry.household_class,
        "possible": entry.possible,
        "average_living": entry.average_living,
        "source": entry.source,
        "decision": decision_of(
            work, commune, entry.decision_number, entry.decision_on, entry.review_year
        ),
        "note": entry.note,
        "valid_from": entry.valid_from,
        "valid_to": fitted.valid_to,
    }
    for row in fitted.others:
        work.update(Kind.CLASS_RECORD, row["uid"], valid_to=row["valid_to"])
    if not computed and entry.household_class in ("poor", "near_poor"):
        low_income.end_in(work, entry.household, entry.valid_from, values["valid_to"])
    if same is not None:
        work.update(Kind.CLASS_RECORD, same["uid"], **values)
        return UUID(str(same["uid"]))
    return work.insert(Kind.CLASS_RECORD, **values)


def remove_in(work: WriteUnit, uid: UUID) -> None:
    """Take a record away that was typed by mistake: the one it had ended holds again.

    Raises RefusedError `class_of_closed_year`.
    """
    found = records.get(work.connection, Kind.CLASS_RECORD, uid)
    if found is None:
        raise RefusedError("record_missing")
    computed = found["source"] == "computed"
    if not computed:
        refuse_closed(work.connection, found["household"], found["standard"], found["review_year"])
    rows = time_line(work.connection, found["household"], found["standard"], computed=computed)
    same = next((row for row in rows if row["uid"] == uid), None)
    if same is not None:
        rows.remove(same)
        give_back(rows, same)
        for row in rows:
            work.update(Kind.CLASS_RECORD, row["uid"], valid_to=row["valid_to"])
    work.remove(Kind.CLASS_RECORD, uid)


def end_all(work: WriteUnit, household: UUID, day: date) -> None:
    """From `day` on it has no class, as it left: one to begin later ends before, so never holds."""
    for row in records.find(work.connection, Kind.CLASS_RECORD, household=household):
        if lasts(row, day):
            work.update(Kind.CLASS_RECORD, row["uid"], valid_to=day - DAY)


def close_year(
    database: Database,
    context: Context,
    *,
    year: int,
    standard: str,
    definition: str,
    commune: UUID,
    kind: str = "periodic",
    ages: ChildAges | None = None,
) -> Done[UUID]:
    """Freeze what the yearly tables of a commune (or of all below a unit) count.

    `definition` is the sha256 of the standard's file, `ages` are those of the children that count
    under it (`domain.children`); without them the tables of children stay empty. Raises
    RefusedError `year_closed`, `year_in_review` where a review under the standard is running: it is
    closed whole, and `months_unanswered`: the months of the year are closed with it.
    """
    with write_unit(database, context, Op.CLOSE_YEAR, unit=commune) as work:
        work.subject = str(year)
        if _is_reviewed(work.connection, year, standard, commune):
            raise RefusedError("year_in_review", year=year)
        open_months.close_in(work, commune, year)
        uid = close_year_in(
            work,
            year=year,
            standard=standard,
            definition=definition,
            commune=commune,
            kind=kind,
            ages=ages,
        )
    return Done(uid, work.changes)


def _is_reviewed(connection: Connection, year: int, standard: str, unit: UUID) -> bool:
    """Whether a periodic review of the year under a standard is running in or below a unit."""
    tree = areas.tree_on(connection, date(year, 12, 31))
    for row in records.find(connection, Kind.REVIEW, kind="periodic", review_year=year):
        inside = unit in {above.uid for above in tree.ancestors(row["area"])}
        if row["closed_on"] is None and (inside or row["area"] == unit):
            return bool(
                records.find(connection, Kind.REVIEW_STANDARD, review=row["uid"], standard=standard)
            )
    return False


@dataclass(frozen=True, slots=True)
class Reach:
    """What a unit does not freeze: villages of others, households that were frozen already."""

    villages: frozenset[UUID]
    households: frozenset[UUID]

    def takes(self, household: UUID, village: UUID) -> bool:
        return village not in self.villages and household not in self.households


def reach_of_closing(connection: Connection, scope: Scope, unit: UUID) -> Reach:
    """Raises RefusedError `year_closed`."""
    tree = areas.tree_on(connection, scope.day)
    own = {village.uid for village in tree.villages(unit)}
    frozen = review_rows.is_frozen(connection, scope)
    if review_rows.is_closed(frozen, own):
        raise RefusedError("year_closed", year=scope.year)
    # A commune closes also what stands in villages that ended and in none that is another's.
    others = {village.uid for village in tree.villages()} - own if own else set()
    done = frozenset() if isinstance(frozen, bool) else frozen
    return Reach(done | others, classes.frozen_households(connection, scope))


def rows_to_close(
    connection: Connection, scope: Scope, reach: Reach, ages: ChildAges | None = None
) -> list[dict[str, Any]]:
    """The rows that closing freezes, each household once: two typed heads are no two."""
    found: dict[UUID, dict[str, Any]] = {}
    for row in classes.rows_to_freeze(connection, scope, ages=ages):
        if reach.takes(row["household"], row["village"]):
            found.setdefault(row["household"], row)
    return list(found.values())


def rows_kept(
    connection: Connection, scope: Scope, reach: Reach, review: UUID | None,
    ages: ChildAges | None = None,
) -> list[dict[str, Any]]:  # fmt: skip
    """Those of the list without a result of the year: a class of before that still holds at its end
    counts on. “Khác giảm” is of those who are gone, and who moved away by what the review found.
    """
    cases = records.find(connection, Kind.CASE, review=review) if review else []
    moved = {case["household"] for case in cases if case["outcome"] == Outcome.MOVED}
    homes = {one.household for one in waiting(connection, scope)} - moved
    then = replace(scope, as_of=scope.day)
    rows = rows_to_close(connection, then, reach, ages) if homes else []
    return [row for row in rows if row["household"] in homes]


def close_year_in(
    work: WriteUnit,
    *,
    year: int,
    standard: str,
    definition: str,
    commune: UUID,
    kind: str = "periodic",
    review: UUID | None = None,
    scores: Mapping[UUID, Mapping[str, Any]] = MappingProxyType({}),
    ages: ChildAges | None = None,
) -> UUID:
    """`close_year` inside an open unit of work; returns the round.

    `scores` has what the `review` found of a household under the standard, by the columns of its
    result. Raises RefusedError `year_closed`.
    """
    scope = Scope(year=year, standard=standard)
    reach = reach_of_closing(work.connection, scope, commune)
    edition = corrections.last_edition(work.connection)
    round_uid = work.insert(
        Kind.ROUND,
        area=commune,
        review=review,
        review_year=year,
        standard=standard,
        kind=kind,
        reference_day=scope.day,
        closed_on=work.context.today(),
        note=None,
        edition=edition,
    )
    rows = rows_to_close(work.connection, scope, reach, ages)
    rows += rows_kept(work.connection, scope, reach, review, ages)
    population_editions.keep(work, year, commune, round_uid)
    results = work.insert_many(
        Kind.RESULT,
        [
            {
                "score_income": None,
                **row,
                "round": round_uid,
                "standard": standard,
                "review_year": year,
                "recognised": True,
                "income": None,
                "definition": definition,
                "edition_from": edition,
                "edition_to": None,
                **scores.get(row["household"], {}),
            }
            for row in rows
        ],
    )
    members = classes.members_on(work.connection, scope.day)
    children = classes.children_counted(work.connection, scope.day, ages or {})
    work.insert_many(
        Kind.RESULT_PERSON,
        [
            {"result": result, "person": person, "counted_as": children.get(person)}
            for result, row in zip(results, rows, strict=True)
            for person in members.get(row["household"], ())
        ],
    )
    return round_uid


def reopen_year(
    database: Database,
    context: Context,
    *,
    year: int,
    standard: str,
    reason: str,
    commune: UUID | None = None,
) -> Done[None]:
    """Let the tables of a closed year follow the register again; a reason is required.

    `commune` None reopens it everywhere, else where it, a unit above it or one that went into it
    closed it. A review that closed it opens again whole, with all of its standards.
    """
    if not reason.strip():
        raise RefusedError("reason_missing")
    with write_unit(database, context, Op.REOPEN_YEAR, reason=reason) as work:
        work.subject = str(year)
        rounds = records.find(work.connection, Kind.ROUND, review_year=year, standard=standard)
        meant = None if commune is None else closers(work.connection, commune, year)
        closed = [
            row
            for row in rounds
            if row["closed_on"] is not None and (meant is None or row["area"] in meant)
        ]
        if not closed:
            raise RefusedError("year_not_closed", year=year)
        reviews = {row["review"] for row in closed} - {None}
        for review in sorted(reviews):
            reopen_review_in(work, review)
        for row in closed:
            if row["review"] is None:
                _reopen_round(work, row["uid"])
    return Done(None, work.changes)


def reopen_review_in(work: WriteUnit, review: UUID) -> None:
    """Open all that closing a review froze, and the review itself."""
    for row in records.find(work.connection, Kind.ROUND, review=review):
        if row["closed_on"] is not None:
            _reopen_round(work, row["uid"])
    work.update(Kind.REVIEW, review, closed_on=None)


def _reopen_round(work: WriteUnit, uid: UUID) -> None:
    work.update(Kind.ROUND, uid, closed_on=None)
    results, people = classes.results_of_round(work.connection, uid)
    work.remove_many(Kind.RESULT_PERSON, people)
    work.remove_many(Kind.RESULT, results)
    population_editions.release(work, uid)


def closers(connection: Connection, commune: UUID, year: int) -> frozenset[UUID]:
    """The units whose closing closes the year of a commune."""
    tree = areas.tree_on(connection, date(year, 12, 31))
    above = {area.uid for area in tree.ancestors(commune)} | {commune}
    below = {area.uid for area in tree if commune in {up.uid for up in tree.ancestors(area.uid)}}
    parts = {step.old for step in areas.successions(connection) if step.new == commune}
    return frozenset(above | below | parts)
