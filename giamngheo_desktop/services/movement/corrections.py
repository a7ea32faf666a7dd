"""Đính chính: an error found after a year was closed, put right for one household.

Nothing is overwritten: the frozen result ends with the edition (lần) it stood in and another one
begins, a new class record stands beside the wrong one, which then never held.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.children import ChildAges
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.services import classes
from giamngheo_desktop.services.classes import ClassEntry
from giamngheo_desktop.services.dated import DAY, lasts
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import areas, corrections, records, review_rows
from giamngheo_desktop.storage import classes as stored
from giamngheo_desktop.storage.corrections import Corrected
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.review_rows import RECOGNISED_SOURCES, Scope

__all__ = ["Corrected", "Correction", "correct", "of_household", "of_year"]

_RESULTS = (None, HouseholdClass.POOR, HouseholdClass.NEAR_POOR, HouseholdClass.NOT_POOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a household ought to have been recognised as in a closed year.

    `household_class` None: it belonged on no list of that year. Who was missing gets its first
    result. `document` and `signed_on` are number and day of the paper that corrects.
    """

    household: UUID
    standard: str
    year: int
    household_class: str | None
    average_living: bool = False
    reason: str
    document: str | None = None
    signed_on: date | None = None

    @property
    def scope(self) -> Scope:
        return Scope(year=self.year, standard=self.standard)


def of_household(database: Database, household: UUID) -> list[Corrected]:
    """Its corrections in all years, oldest first."""
    with database.reader() as connection:
        return corrections.corrected(connection, household=household)


def of_year(database: Database, year: int, standard: str) -> list[Corrected]:
    """All corrections of a year under a standard, oldest first."""
    with database.reader() as connection:
        return corrections.corrected(connection, year=year, standard=standard)


def correct(
    database: Database,
    context: Context,
    wanted: Correction,
    *,
    commune: UUID,
    subject: str = "",
    ages: ChildAges | None = None,
) -> Done[UUID]:
    """Correct one household's result of a closed year; returns the correction.

    `ages` are those of the children that count under the standard, for a missing household.

    Raises RefusedError `reason_missing`, `correction_class_unknown`, `correction_year_open`,
    `correction_same` where nothing would change, `household_not_here_then` for a missing one that
    was not in the register.
    """
    if not wanted.reason.strip():
        raise RefusedError("reason_missing")
    if wanted.household_class not in _RESULTS:
        raise RefusedError("correction_class_unknown")
    with write_unit(
        database, context, Op.CORRECT_RESULT, reason=wanted.reason, unit=commune
    ) as work:
        work.subject = subject
        was = corrections.result_of(work.connection, wanted.scope, wanted.household)
        if (
            (was["household_class"], was["average_living"]) == _result(wanted)
            if was
            else (wanted.household_class is None)
        ):
            raise RefusedError("correction_same")
        round_uid = was["round"] if was else _round(work.connection, wanted)
        edition = corrections.last_edition(work.connection) + 1
        wrong = _class_of_year(work.connection, wanted)
        right = _recognise(work, wanted, wrong, commune)
        if was is not None:
            work.update(Kind.RESULT, was["uid"], edition_to=edition - 1)
        if right is not None:
            _freeze(work, wanted, was, round_uid, edition, ages)
        uid = work.insert(
            Kind.CORRECTION,
            household=wanted.household,
            standard=wanted.standard,
            review_year=wanted.year,
            edition=edition,
            made_on=context.today(),
            document=wanted.document,
            reason=wanted.reason.strip(),
            class_record=right,
            replaced=wrong["uid"] if wrong else None,
        )
    return Done(uid, work.changes)


def _result(wanted: Correction) -> tuple[str | None, bool]:
    return wanted.household_class, wanted.average_living


def _round(connection: Connection, wanted: Correction) -> UUID:
    """The closed year that a household without a result lived in at its end."""
    day = wanted.scope.day
    places = records.find_on(connection, Kind.PLACE, day, "household", [wanted.household])
    if not places:
        raise RefusedError("household_not_here_then")
    above = areas.tree_on(connection, day).ancestors(places[-1]["village"])
    commune = next((area.uid for area in above if area.level is Level.COMMUNE), None)
    rounds = records.find(connection, Kind.ROUND, review_year=wanted.year, standard=wanted.standard)
    meant = classes.closers(connection, commune, wanted.year) if commune else frozenset()
    found = [row for row in rounds if row["closed_on"] is not None and row["area"] in meant]
    frozen = review_rows.is_frozen(connection, wanted.scope)
    if not found or not review_rows.is_closed(frozen, [places[-1]["village"]]):
        raise RefusedError("correction_year_open", year=wanted.year)
    return UUID(str(found[-1]["uid"]))


def _class_of_year(connection: Connection, wanted: Correction) -> dict[str, Any] | None:
    """The record that the year was closed by; of several the last one."""
    found = [
        row
        for row in stored.of_household(connection, wanted.household)
        if row["standard"] == wanted.standard
        and row["source"] in RECOGNISED_SOURCES
        and row["review_year"] == wanted.year
        and lasts(row, row["valid_from"])
    ]
    return found[0] if found else None


def _recognise(
    work: WriteUnit, wanted: Correction, wrong: Mapping[str, Any] | None, commune: UUID
) -> UUID | None:
    """The right class from the first day of the wrong one, which never held then."""
    if wanted.household_class is None:
        if wrong is not None:
            work.update(Kind.CLASS_RECORD, wrong["uid"], valid_to=wrong["valid_from"] - DAY)
        return None
    entry = ClassEntry(
        household=wanted.household,
        standard=wanted.standard,
        review_year=wanted.year,
        household_class=wanted.household_class,
        average_living=wanted.average_living,
        source="decision",
        valid_from=wrong["valid_from"] if wrong else wanted.scope.day,
        decision_number=wanted.document,
        decision_on=wanted.signed_on,
        note=wanted.reason.strip(),
    )
    return classes.record_in(work, entry, commune, beside=True)


def _freeze(
    work: WriteUnit,
    wanted: Correction,
    was: Mapping[str, Any] | None,
    round_uid: UUID,
    edition: int,
    ages: ChildAges | None,
) -> None:
    """The result of the new edition with its persons: the old one's, else those of the register."""
    connection, day = work.connection, wanted.scope.day
    if was is not None:
        row = {name: value for name, value in was.items() if name not in {"uid", "removed"}}
        people = [
            (tie["person"], tie["counted_as"])
            for tie in records.find(connection, Kind.RESULT_PERSON, result=was["uid"])
        ]
    else:
        row = _from_register(connection, wanted, round_uid, ages)
        members = stored.members_on(connection, day, wanted.household)
        children = stored.children_counted(connection, day, ages or {}, wanted.household)
        people = [(person, children.get(person)) for person in members.get(wanted.household, [])]
    code, average = _result(wanted)
    row |= {"household_class": code, "average_living": average}
    result = work.insert(Kind.RESULT, **row | {"edition_from": edition, "edition_to": None})
    work.insert_many(
        Kind.RESULT_PERSON,
        [{"result": result, "person": person, "counted_as": counted} for person, counted in people],
    )


def _from_register(
    connection: Connection, wanted: Correction, round_uid: UUID, ages: ChildAges | None
) -> dict[str, Any]:
    rows = stored.rows_to_freeze(connection, wanted.scope, wanted.household, ages)
    if not rows:
        raise RefusedError("household_not_here_then")
    return {
        **rows[0],
        "round": round_uid,
        "standard": wanted.standard,
        "review_year": wanted.year,
        "recognised": True,
        "score_income": None,
        "income": None,
        "definition": corrections.definition_of(connection, round_uid),
    }
