"""Typing the form of a household in a review: open it, save it, settle the case, open it again.

The household is that of the review's reference day (or the nearest day it is in the register):
ages and members are asked for that day, and what is typed holds from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.age_rules import add_months
from giamngheo_desktop.domain.answers import Answers, AnswerState
from giamngheo_desktop.domain.asked import Asking
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError, StaleRecordError
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.indicator_state import State
from giamngheo_desktop.domain.indicators import codes_in
from giamngheo_desktop.domain.point_picks import Picks, joined, offered, parted
from giamngheo_desktop.domain.point_table import PointTable
from giamngheo_desktop.domain.standard import AreaType, PovertyStandard
from giamngheo_desktop.services import assessment, checks, classes, households
from giamngheo_desktop.services.assessment import Assessment
from giamngheo_desktop.services.classes import ClassEntry
from giamngheo_desktop.services.dated import holds, lasts
from giamngheo_desktop.services.review import point_tables, reviews
from giamngheo_desktop.services.review.case_sheet import Blockers as Blockers
from giamngheo_desktop.services.review.case_sheet import CaseSheet as CaseSheet
from giamngheo_desktop.services.review.case_sheet import (
    Marks,
    Row,
    Ticks,
    decided_class,
    possible_classes,
)
from giamngheo_desktop.services.review.case_sheet import recompute as recompute
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import areas, cases, records
from giamngheo_desktop.storage import households as stored_households
from giamngheo_desktop.storage.engine import Connection, Database

REVIEWED = "reviewed"
OUTCOMES = (REVIEWED, "absent", "refused", "moved")  # Phiếu A screens out by `case_lists`

_COLUMNS = {
    "confirmed": AnswerState.CONFIRMED,
    "unknown": AnswerState.UNKNOWN,
    "touched": AnswerState.TOUCHED,
}


def open_case(
    database: Database, definitions: Definitions, case_uid: UUID, today: date
) -> CaseSheet:
    """The sheet of a case, settled or not. Raises RefusedError `record_missing`."""
    with database.reader() as connection:
        return _open(connection, definitions, case_uid, today)


def save_case(
    database: Database,
    context: Context,
    definitions: Definitions,
    sheet: CaseSheet,
    household: Household,
    answers: Answers,
    *,
    day: date,
    ticks: Ticks | None = None,
    picks: Picks | None = None,
    op: Op = Op.ENTER_ANSWERS,
) -> Done[CaseSheet]:
    """Save the household, the states of its answers and one result per standard; one undo step.

    `day` is the day of typing. Raises RefusedErrors `case_settled`, `review_closed`, and
    StaleRecordError where the household or its answers are no longer as the sheet was opened.
    """
    with write_unit(database, context, op, unit=household.village) as work:
        _refuse_settled(work.connection, sheet.case["uid"])
        current = _open(work.connection, definitions, sheet.case["uid"], sheet.today)
        if _stored(current) != _stored(sheet):
            raise StaleRecordError("stale_record", subject=households.label(current.base))
        sheet = replace(sheet, points=current.points, region=current.region)
        final = recompute(definitions, sheet, household, answers, ticks, picks)
        household = _with_score(household, final)
        work.subject = households.label(household)
        if household != sheet.base:
            households.save_in(work, household, day=sheet.day, base=sheet.base)
        for standard, given in final.ticks.items():
            assessment.save_answers_in(work, household.uid, standard, given)
        _save_marks(work, final)
        _save_results(work, final, day)
        entered = sheet.case["entered_on"] or day
        values = {"entered_on": None if final.blockers() else entered, **_points(final)}
        work.update(Kind.CASE, sheet.case["uid"], **values)
        saved = _open(work.connection, definitions, sheet.case["uid"], sheet.today)
    return Done(saved, work.changes)


def settle(
    database: Database,
    context: Context,
    definitions: Definitions,
    case: UUID,
    *,
    outcome: str,
    note: str | None = None,
    overrides: Mapping[str, str] | None = None,
) -> Done[None]:
    """Close a case: reviewed, with a computed class per standard; or otherwise, with its reason.

    `overrides` are reasons for leaving errors as they are (see `problems.blocking`); they stand in
    the history. Raises RefusedErrors `case_open` with what is still open, `reason_missing`,
    `case_settled`, `review_closed`.
    """
    reason = "; ".join(text.strip() for text in (overrides or {}).values() if text.strip())
    with write_unit(database, context, Op.SETTLE_CASE, reason=reason or None) as work:
        settle_in(work, definitions, case, outcome=outcome, note=note, overrides=overrides)
    return Done(None, work.changes)


def settle_in(
    work: WriteUnit,
    definitions: Definitions,
    case: UUID,
    *,
    outcome: str,
    note: str | None = None,
    overrides: Mapping[str, str] | None = None,
) -> None:
    """`settle` inside an open unit of work."""
    if outcome not in OUTCOMES:
        raise ValueError(outcome)
    if outcome != REVIEWED and not (note or "").strip():
        raise RefusedError("reason_missing")
    today = work.context.today()
    _refuse_settled(work.connection, case)
    sheet = _open(work.connection, definitions, case, today)
    work.subject = households.label(sheet.household)
    values: dict[str, Any] = {"outcome": outcome, "outcome_note": (note or "").strip() or None}
    if outcome == REVIEWED:
        blockers = sheet.blockers(overrides)
        if blockers:
            raise RefusedError("case_open", name=work.subject, **blockers.counts)
        if sheet.answered != sheet.base:  # leftovers of questions that do not apply; the score
            households.save_in(work, sheet.answered, day=sheet.day, base=sheet.base)
        _save_results(work, sheet, today)
        _record_classes(work, sheet)
        values |= {"entered_on": sheet.case["entered_on"] or today, **_points(sheet)}
    else:
        work.remove_many(Kind.CASE_RESULT, [row["uid"] for row in _results(work, case)])
    work.update(Kind.CASE, case, **values)


def reopen(database: Database, context: Context, case: UUID, *, reason: str) -> Done[None]:
    """Open a settled case again, after a failed vote or a complaint: its computed classes go.

    Raises RefusedErrors `reason_missing`, `case_not_settled`, `review_closed`.
    """
    if not reason.strip():
        raise RefusedError("reason_missing")
    with write_unit(database, context, Op.SETTLE_CASE, reason=reason.strip()) as work:
        row = _case(work.connection, case)
        review = reviews.running(work.connection, row["review"])
        if row["outcome"] is None:
            raise RefusedError("case_not_settled")
        homes = stored_households.load(work.connection, [row["household"]], context.today())
        work.subject = households.label(homes[row["household"]])
        drop_computed_in(work, row, review)
        work.update(Kind.CASE, case, outcome=None, outcome_note=None, entered_on=None)
    return Done(None, work.changes)


def drop_computed_in(work: WriteUnit, case: Row, review: Row) -> None:
    """The computed classes of a settled case go, so that no preliminary table counts them."""
    first_day = _day_here(work.connection, case["household"], review["reference_day"])
    for item in records.find(work.connection, Kind.REVIEW_STANDARD, review=review["uid"]):
        computed = records.find(
            work.connection,
            Kind.CLASS_RECORD,
            household=case["household"],
            standard=item["standard"],
            review_year=review["review_year"],
            source="computed",
            valid_from=first_day,
        )
        for record in computed:
            classes.remove_in(work, record["uid"])


def judge_in(work: WriteUnit, definitions: Definitions, case: UUID, standard: str) -> None:
    """What a settled case is under a standard that its review took up since."""
    today = work.context.today()
    sheet = _open(work.connection, definitions, case, today)
    own = tuple(item for item in sheet.assessments if item.standard.code == standard)
    sheet = replace(sheet, assessments=own)
    _save_results(work, sheet, today)
    _record_classes(work, sheet)


def _case(connection: Connection, uid: UUID) -> dict[str, Any]:
    row = records.get(connection, Kind.CASE, uid)
    if row is None or row["removed"]:
        raise RefusedError("record_missing")
    return row


def _refuse_settled(connection: Connection, uid: UUID) -> None:
    row = _case(connection, uid)
    reviews.running(connection, row["review"])
    if row["outcome"] is not None:
        raise RefusedError("case_settled")


def _open(connection: Connection, definitions: Definitions, uid: UUID, today: date) -> CaseSheet:
    case = _case(connection, uid)
    review = reviews.get(connection, case["review"])
    rows = records.find(connection, Kind.REVIEW_STANDARD, review=review["uid"])
    standards = tuple(definitions.standards.get(row["standard"]) for row in rows)
    home, reference = case["household"], review["reference_day"]
    day = _day_here(connection, home, reference)
    then_day = cases.last_reviewed_on(connection, home, reference) or add_months(reference, -12)
    base = _load(connection, home, day)
    tree = areas.tree_on(connection, day)
    area = tree.area_type(base.village) if base.village else None
    ticks = {item.code: assessment.answers_in(connection, home, item.code) for item in standards}
    marks = _marks(connection, uid)
    region = (tree.region(base.village) if base.village else None) or ""
    points = _point_table(connection, definitions, case, standards, reference, region)
    picks = offered(points, region, _picks(connection, case, reference))
    sheet = CaseSheet(
        case=case,
        review=review,
        purposes={row["standard"]: row["purpose"] for row in rows},
        asking=Asking(
            household_form=definitions.form("household", reference),
            member_form=definitions.form("member", reference),
            standards=standards,
            rules=definitions.ages,
        ),
        day=day,
        today=today,
        area_type=AreaType(area) if area else None,
        then=_load(connection, home, then_day),
        then_day=then_day,
        base=base,
        base_ticks=ticks,
        stored_marks=marks,
        others=checks.holders_of(connection, base, day),
        household=base,
        ticks=ticks,
        points=points,
        region=region,
        base_picks=picks,
        picks=picks,
        typed_total=_typed_total(case, base, marks),
        answered=base,
    )
    return recompute(definitions, sheet, base, _answers(marks))


def _stored(sheet: CaseSheet) -> object:
    """What typing began from."""
    return sheet.base, sheet.base_ticks, sheet.base_picks, sheet.stored_marks


def _point_table(
    connection: Connection,
    definitions: Definitions,
    case: Row,
    standards: Iterable[PovertyStandard],
    day: date,
    region: str,
) -> PointTable | None:
    """The table that scores a case; a settled one keeps that it was scored by, or none."""
    form = definitions.point_form("b1", day)
    settled = case["outcome"] is not None
    if not form.covers(day) or not any(item.has_score_form for item in standards):
        return None
    if settled and case["b1_table"] is None:
        return None
    table = point_tables.read(connection, form, case["b1_table"] if settled else None)
    return None if table is None or table.lacking(region) else table


def _picks(connection: Connection, case: Row, day: date) -> Picks:
    """As stored, else as carried from the last review."""
    stored: tuple[str, ...] | None = case["b1_options"]
    if stored is None:
        stored = cases.last_picks(connection, case["household"], day)
    return parted(stored)


def _typed_total(case: Row, base: Household, marks: Marks) -> int | None:
    """What was typed as the paper's total, and confirmed, before a table scored the form."""
    if "score_income" in marks.get(base.uid, {}).get("confirmed", ()):
        return base.score_income
    total: int | None = case["b1_total"]
    return total


def _with_score(household: Household, sheet: CaseSheet) -> Household:
    """Whoever reads điểm B1 of the household finds the score; an open one leaves it as it was."""
    total = sheet.scoring.scored.total if sheet.scoring else None
    return household if total is None else replace(household, score_income=total)


def _points(sheet: CaseSheet) -> dict[str, Any]:
    """What is kept of a scored form beside the total: by which table, from which picks."""
    if sheet.scoring is None or sheet.points is None:
        return {"b1_table": None}
    asked = {item.code for item in sheet.scoring.picked}
    picks = {item: found for item, found in sheet.picks.items() if item in asked}
    return {
        "b1_options": joined(picks),
        "b1_table": sheet.points.version,
        "b1_total": sheet.typed_total,
    }


def _day_here(connection: Connection, household: UUID, reference: date) -> date:
    """The reference day, else the nearest day on which the household is in the register."""
    rows = records.find(connection, Kind.PLACE, household=household)
    places = [row for row in rows if lasts(row, row["valid_from"])]
    if not places or any(holds(row, reference) for row in places):
        return reference
    later: list[date] = [row["valid_from"] for row in places if row["valid_from"] > reference]
    ends: list[date] = [row["valid_to"] for row in places if row["valid_to"] is not None]
    return min(later) if later else max(ends)


def _load(connection: Connection, uid: UUID, day: date) -> Household:
    found = stored_households.load(connection, [uid], day)
    if uid not in found:
        raise RefusedError("record_missing")
    return found[uid]


def _marks(connection: Connection, case: UUID) -> Marks:
    rows = records.find(connection, Kind.CASE_ANSWERS, review_case=case)
    return {row["record"]: {name: row[name] or () for name in _COLUMNS} for row in rows}


def _answers(marks: Marks) -> Answers:
    return Answers(
        {
            (record, code): state
            for record, columns in marks.items()
            for name, state in _COLUMNS.items()
            for code in columns[name]
        }
    )


def _save_marks(work: WriteUnit, sheet: CaseSheet) -> None:
    """Which answers are confirmed, unknown or yellow; grey and empty follow from the register."""
    wanted: dict[UUID, dict[str, tuple[str, ...]]] = {}
    for name, state in _COLUMNS.items():
        for record, code in sheet.answers:
            if sheet.answers.state((record, code)) is state:
                columns = wanted.setdefault(record, dict.fromkeys(_COLUMNS, ()))
                columns[name] += (code,)
    case = sheet.case["uid"]
    for row in records.find(work.connection, Kind.CASE_ANSWERS, review_case=case):
        columns = wanted.pop(row["record"], dict.fromkeys(_COLUMNS, ()))
        work.change(Kind.CASE_ANSWERS, row["uid"], row, columns)
    work.insert_many(
        Kind.CASE_ANSWERS,
        [{"review_case": case, "record": record, **columns} for record, columns in wanted.items()],
    )


def _results(work: WriteUnit, case: UUID) -> list[dict[str, Any]]:
    return records.find(work.connection, Kind.CASE_RESULT, review_case=case)


def _save_results(work: WriteUnit, sheet: CaseSheet, day: date) -> None:
    stored = {row["standard"]: row for row in _results(work, sheet.case["uid"])}
    for item in sheet.assessments:
        values = _result(sheet, item)
        row = stored.get(item.standard.code)
        if row is None:
            work.insert(
                Kind.CASE_RESULT,
                review_case=sheet.case["uid"],
                standard=item.standard.code,
                computed_on=day,
                **values,
            )
        elif any(row[name] != value for name, value in values.items()):
            work.change(Kind.CASE_RESULT, row["uid"], row, {**values, "computed_on": day})


def _result(sheet: CaseSheet, item: Assessment) -> dict[str, Any]:
    standard, home = item.standard, sheet.answered
    return {
        "household_class": decided_class(item),
        "possible": possible_classes(item) or None,
        "average_living": False,  # recognised on application only
        "score_income": home.score_income if standard.has_score_form else None,
        "income": home.income,
        "deprived_bits": _bits(standard, codes_in(item.indicators, State.DEPRIVED)),
        "unknown_bits": _bits(standard, item.unknown),
        "definition": standard.sha256,
    }


def _bits(standard: PovertyStandard, codes: Iterable[str]) -> int:
    return sum(1 << place for place, code in enumerate(standard.codes) if code in codes)


def _record_classes(work: WriteUnit, sheet: CaseSheet) -> None:
    """What preliminary tables count; the first day is the same however often a case is settled."""
    for item in sheet.assessments:
        code, possible = decided_class(item), possible_classes(item)
        if not possible:
            continue
        entry = ClassEntry(
            household=sheet.household.uid,
            standard=item.standard.code,
            review_year=sheet.review["review_year"],
            household_class=code,
            possible=None if code else possible,
            average_living=False,  # recognised on application only
            source="computed",
            valid_from=sheet.day,
        )
        classes.record_in(work, entry, sheet.review["area"])
