"""Answering an application: a decision that becomes a class of the year, or a written refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.applications import Outcome, Purpose
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.income import FARM, Band, band, income_per_person, is_low_income
from giamngheo_desktop.domain.standard import (
    AreaType,
    HouseholdClass,
    PovertyStandard,
    lists_before,
)
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.services import classes
from giamngheo_desktop.services.classes import ClassEntry
from giamngheo_desktop.services.dated import holds
from giamngheo_desktop.services.review import low_income, reviews
from giamngheo_desktop.services.review.applications import income_source, open_row
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import areas, records
from giamngheo_desktop.storage import classes as stored_classes
from giamngheo_desktop.storage import households as stored_households
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.review_rows import RECOGNISED_SOURCES

Row = Mapping[str, Any]
LISTED = (HouseholdClass.POOR, HouseholdClass.NEAR_POOR)
_HARDSHIP = {"poor": 0, "near_poor": 1}  # anything else is better off


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is written to the applicant; `household_class` is what a decision recognises on an
    application to enter or to leave.
    """

    application: UUID
    outcome: Outcome
    day: date
    number: str = ""
    reasons: str = ""
    household_class: str | None = None


def answer(
    database: Database, context: Context, definitions: Definitions, given: Answer, *, commune: UUID
) -> Done[UUID]:
    """Record the decision, the refusal or the withdrawal; returns the application.

    A refusal needs number and reasons and leaves every class as it is. Raises RefusedErrors
    `application_answered`, `event_in_future`, `answer_before_application`,
    `answer_number_missing`, `reason_missing`, and of a decision `application_not_in_review`,
    `year_closed`, `class_not_of_purpose`, `answer_differs_from_result`, those of `verdict`, and
    those of `classes.record_in`.
    """
    with write_unit(database, context, Op.ANSWER_APPLICATION, unit=commune) as work:
        row = open_row(work.connection, given.application)
        work.subject = row["applicant"]
        _check(work, row, given)
        if given.outcome is Outcome.ACCEPTED:
            _accept(work, definitions, row, given, commune)
        elif given.outcome is Outcome.REFUSED and row["review"] is not None:
            _settle(work, row, _class_now(work.connection, definitions, row, given.day))
        elif row["review"] is not None:
            _close_case(work, row, "refused")
        work.change(
            Kind.APPLICATION,
            row["uid"],
            row,
            {
                "outcome": given.outcome.value,
                "answered_on": given.day,
                "answer_number": clean(given.number) or None,
                "answer": clean(given.reasons) or None,
            },
        )
    return Done(given.application, work.changes)


def _check(work: WriteUnit, row: Row, given: Answer) -> None:
    if given.day > work.context.today():
        raise RefusedError("event_in_future", day=given.day.strftime("%d/%m/%Y"))
    begins = row["received_on"]
    if row["review"] is not None and given.outcome is Outcome.ACCEPTED:
        begins = reviews.get(work.connection, row["review"])["begun_on"]
    if given.day < begins:
        raise RefusedError("answer_before_application", day=begins.strftime("%d/%m/%Y"))
    if given.outcome is not Outcome.WITHDRAWN and not clean(given.number):
        raise RefusedError("answer_number_missing")
    if given.outcome is Outcome.REFUSED and not clean(given.reasons):
        raise RefusedError("reason_missing")
    if given.outcome is Outcome.ACCEPTED and row["review"] is None:
        raise RefusedError("application_not_in_review")


def _accept(
    work: WriteUnit, definitions: Definitions, row: Row, given: Answer, commune: UUID
) -> None:
    review = reviews.get(work.connection, row["review"])
    code = reviews.movement_standard(work.connection, row["review"])
    standard, purpose = definitions.standards.get(code), Purpose(row["purpose"])
    reviews.refuse_closed_year(work.connection, commune, review["review_year"], code)
    if purpose in (Purpose.AVERAGE_LIVING, Purpose.LOW_INCOME):
        _refuse_listed(_class_now(work.connection, definitions, row, given.day))
        verdict(work.connection, standard, row, review["reference_day"])
    if purpose is Purpose.LOW_INCOME:
        low_income.recognise_in(work, row["person"], given.day)
        return
    chosen = given.household_class
    if purpose is Purpose.AVERAGE_LIVING:
        chosen = HouseholdClass.NOT_POOR.value
    else:
        _refuse_wrong_way(purpose, chosen, _class_now(work.connection, definitions, row, given.day))
    result = _result(work, row, code)
    if result and result["household_class"] not in (None, chosen):
        raise RefusedError("answer_differs_from_result")
    average = purpose is Purpose.AVERAGE_LIVING
    record = classes.record_in(
        work,
        ClassEntry(
            household=row["household"],
            standard=code,
            review_year=review["review_year"],
            household_class=chosen,
            average_living=average,
            source="decision",
            valid_from=given.day,
            decision_number=clean(given.number),
            decision_on=given.day,
        ),
        commune,
    )
    _settle(work, row, chosen, average_living=average)
    _name_decision(work, row["review"], code, record)


def _refuse_wrong_way(purpose: Purpose, chosen: str | None, now: str | None) -> None:
    """To enter is to become poorer on the list, to leave is to become less poor."""
    before, after = _HARDSHIP.get(now or "", 2), _HARDSHIP.get(chosen or "", 2)
    known = chosen in (HouseholdClass.POOR, HouseholdClass.NEAR_POOR, HouseholdClass.NOT_POOR)
    if not known or not (after < before if purpose is Purpose.ENTER else after > before):
        raise RefusedError("class_not_of_purpose")


def _refuse_listed(now: str | None) -> None:
    if now in LISTED:
        raise RefusedError("household_on_the_list")


def verdict(
    connection: Connection, standard: PovertyStandard, row: Row, reference_day: date
) -> Fraction:
    """The income a person a month that lets an application on income be granted.

    Raises RefusedErrors `application_needs_household`, `application_needs_person`,
    `income_unknown`, `income_not_from_farming`, `income_out_of_band`, `area_type_missing`,
    `low_income_not_yet`, and AppErrors `average_line_missing`, `low_income_line_missing`.
    """
    if row["household"] is None:
        raise RefusedError("application_needs_household")
    home = _home(connection, row, reference_day)
    income = _income(connection, row, reference_day)
    village = home.village if home and home.village else row["village"]
    area = areas.tree_on(connection, reference_day).area_type(village)
    if income is None:
        raise RefusedError("income_unknown")
    if area is None:
        raise RefusedError("area_type_missing")
    if row["purpose"] == Purpose.AVERAGE_LIVING:
        sources = records.find(connection, Kind.INCOME_SOURCE, application=row["uid"])
        if not any(item["source"] in FARM and item["revenue"] for item in sources):
            raise RefusedError("income_not_from_farming")
        fits = band(standard, AreaType(area), income) is Band.AVERAGE
    else:
        fits = is_low_income(standard, AreaType(area), income)
        since = standard.low_income_from
        if since is not None and since.value is not None and reference_day < since.value:
            raise RefusedError("low_income_not_yet", day=since.value.strftime("%d/%m/%Y"))
        if home is None or row["person"] not in {member.uid for member in home.members}:
            raise RefusedError("application_needs_person")
    if not fits:
        raise RefusedError("income_out_of_band")
    return income


def income_of(
    database: Database, definitions: Definitions, application: UUID
) -> tuple[Fraction | None, AppError | None]:
    """What an application on income comes to, and what stands in the way of granting it."""
    with database.reader() as connection:
        row = open_row(connection, application)
        if row["review"] is None:
            return None, RefusedError("application_not_in_review")
        review = reviews.get(connection, row["review"])
        standard = definitions.standards.get(reviews.movement_standard(connection, review["uid"]))
        try:
            return verdict(connection, standard, row, review["reference_day"]), None
        except AppError as error:
            return _income(connection, row, review["reference_day"]), error


def _income(connection: Connection, row: Row, reference_day: date) -> Fraction | None:
    home = _home(connection, row, reference_day)
    rows = records.find(connection, Kind.INCOME_SOURCE, application=row["uid"])
    return income_per_person(map(income_source, rows), home.size if home else 0)


def _home(connection: Connection, row: Row, day: date) -> Household | None:
    if row["household"] is None:
        return None
    return stored_households.load(connection, [row["household"]], day).get(row["household"])


def _class_now(connection: Connection, definitions: Definitions, row: Row, day: date) -> str | None:
    """What the household is recognised as on a day under the standard of its review, else under
    that by which the list of the year began.
    """
    if row["household"] is None:
        return None
    code = reviews.movement_standard(connection, row["review"])
    before = lists_before(definitions.standards, code, day.year).get(day.year)
    held = {
        record["standard"]: record["household_class"]
        for record in reversed(stored_classes.of_household(connection, row["household"]))
        if record["source"] in RECOGNISED_SOURCES and holds(record, day)
    }
    return held.get(code, held.get(before))


def _case(work: WriteUnit, row: Row) -> dict[str, Any] | None:
    found = records.find(
        work.connection, Kind.CASE, review=row["review"], household=row["household"]
    )
    return found[0] if found and row["purpose"] != Purpose.LOW_INCOME else None


def _result(work: WriteUnit, row: Row, standard: str) -> dict[str, Any] | None:
    case = _case(work, row)
    if case is None:
        return None
    found = records.find(
        work.connection, Kind.CASE_RESULT, review_case=case["uid"], standard=standard
    )
    return found[0] if found else None


def _close_case(work: WriteUnit, row: Row, outcome: str) -> None:
    case = _case(work, row)
    if case is not None and case["outcome"] is None and case["application"] == row["uid"]:
        work.change(Kind.CASE, case["uid"], case, {"outcome": outcome})


def _settle(
    work: WriteUnit, row: Row, household_class: str | None, *, average_living: bool = False
) -> None:
    """The case of an in-year review ends with what was decided, where no form told it before."""
    case = _case(work, row)
    if reviews.get(work.connection, row["review"])["month"] is None:
        return  # the periodic review settles all of its cases together
    if case is None or case["outcome"] is not None or case["application"] != row["uid"]:
        return
    told = case["entered_on"] is not None
    _close_case(work, row, "reviewed")
    code = reviews.movement_standard(work.connection, row["review"])
    stored = _result(work, row, code)
    values = {
        "household_class": household_class or HouseholdClass.NOT_POOR.value,
        "average_living": average_living,
        "computed_on": work.context.today(),
    }
    empty = dict.fromkeys(
        ("possible", "score_income", "income", "deprived_bits", "unknown_bits", "definition")
    )
    if stored is None:
        work.insert(Kind.CASE_RESULT, review_case=case["uid"], standard=code, **values, **empty)
    elif not told:  # of a form that is not finished nothing counts
        work.change(Kind.CASE_RESULT, stored["uid"], stored, {**values, **empty})
    elif stored["household_class"] is None:
        work.change(Kind.CASE_RESULT, stored["uid"], stored, {**values, "possible": None})


def _name_decision(work: WriteUnit, review: UUID, standard: str, record: UUID) -> None:
    """An in-year review counts as decided with its first decision."""
    if reviews.get(work.connection, review)["month"] is None:
        return
    decided = records.get(work.connection, Kind.CLASS_RECORD, record)
    (own,) = records.find(work.connection, Kind.REVIEW_STANDARD, review=review, standard=standard)
    if own["decision"] is None and decided is not None:
        work.change(Kind.REVIEW_STANDARD, own["uid"], own, {"decision": decided["decision"]})
