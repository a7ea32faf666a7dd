"""`giamngheo review start|status|close|withdraw`: the course of a review without a window."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments
from giamngheo_desktop.cli.command import Answer
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.review_flow import ReviewFlow, Status, StepState
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.domain.workflow import ReviewKind
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.review import (
    applications,
    case_lists,
    in_year,
    review_closing,
    reviews,
    standing,
    withdrawing,
)
from giamngheo_desktop.services.review.reviews import NewReview, ReviewStandard
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True, slots=True)
class Ask:
    """What every command of a review works with; `commune` from `--unit`, or of the file."""

    database: Database
    context: Context
    definitions: Definitions
    commune: UUID
    options: argparse.Namespace


Act = Callable[[Ask], Answer]


def add_parsers(
    commands: argparse._SubParsersAction[arguments.Parser], common: arguments.Parser
) -> tuple[arguments.Parser, ...]:
    """The four commands; each sets `act` and whether it `writes`."""
    said = texts.CLI_REVIEW
    review = commands.add_parser("review", help=said["help"])
    steps = review.add_subparsers(required=True, metavar="VIỆC")
    start = steps.add_parser("start", parents=[common], help=said["help_start"])
    status = steps.add_parser("status", parents=[common], help=said["help_status"])
    close = steps.add_parser("close", parents=[common], help=said["help_close"])
    withdraw = steps.add_parser("withdraw", parents=[common], help=said["help_withdraw"])
    for command in (start, status, close, withdraw):
        command.add_argument(
            "--year",
            type=arguments.year,
            required=command is not status,
            metavar="NĂM",
            help=said["help_year"],
        )
        command.add_argument("--unit", metavar="TÊN", help=said["help_unit"])
    for command in (start, close, withdraw):
        command.add_argument(
            "--kind",
            choices=[kind.value for kind in ReviewKind],
            default=ReviewKind.PERIODIC.value,
            help=said["help_kind"],
        )
        command.add_argument(
            "--month", type=arguments.month, metavar="THÁNG", help=said["help_month"]
        )
    start.add_argument("--standards", metavar="MÃ,MÃ", help=said["help_standards"])
    start.add_argument("--day", type=arguments.day, metavar="NGÀY", help=said["help_day"])
    close.add_argument("--reason", default="", metavar="LÝ DO", help=said["help_reason"])
    withdraw.add_argument("--reason", default="", metavar="LÝ DO", help=said["help_why"])
    start.set_defaults(act=_start, writes=True)
    status.set_defaults(act=_status, writes=False)
    close.set_defaults(act=_close, writes=True)
    withdraw.set_defaults(act=_withdraw, writes=True)
    return start, status, close, withdraw


def _start(ask: Ask) -> Answer:
    uid = _begin_month(ask) if ask.options.kind == ReviewKind.IN_YEAR else _begin_year(ask)
    row = next(row for row in reviews.all_of(ask.database, ask.commune) if row["uid"] == uid)
    flow = standing.flow(ask.database, ask.definitions, uid, row["begun_on"])
    cases = sum(village.cases for village in flow.facts.villages)
    line = texts.CLI_REVIEW["begun"].format(
        name=reviews.name_of(row),
        day=format_date(row["begun_on"]),
        cases=cases,
        standards=", ".join(flow.facts.standards),
    )
    found: dict[str, Any] = {
        "review": str(uid),
        "year": row["review_year"],
        "month": row["month"],
        "begun_on": row["begun_on"],
        "standards": {item["standard"]: item["purpose"] for item in row["standards"]},
        "cases": cases,
    }
    lines = [line]
    if row["kind"] == ReviewKind.PERIODIC:
        found["carried"] = case_lists.carried_over(ask.database, ask.definitions, uid)
        lines += _about_the_list(ask, row["review_year"], cases, found["carried"])
    if row["month"] is None:
        beside = found["average_living_beside"] = case_lists.averages_beside(ask.database, uid)
        lines += [texts.CLI_REVIEW["averages"].format(count=beside)] if beside else []
    else:
        found["applications"] = len(applications.of_review(ask.database, uid))
        lines.append(texts.CLI_REVIEW["taken"].format(count=found["applications"]))
    return Answer(found, lines)


def _about_the_list(ask: Ask, year: int, cases: int, carried: int) -> Iterator[str]:
    """What is to be known of a list that is empty, or that another standard made."""
    said, standards = texts.CLI_REVIEW, ask.definitions.standards
    if not cases:
        yield said["nobody"].format(year=year - 1)
    if carried:
        before, own = (standard_for(standards, asked).label for asked in (year - 1, year))
        yield said["carried"].format(count=carried, year=year - 1, before=before, standard=own)


def _begin_year(ask: Ask) -> UUID:
    options, year = ask.options, ask.options.year
    workflow = ask.definitions.workflow(ReviewKind.PERIODIC.value, date(year, 12, 31))
    day = options.day or workflow.first_day(year)
    new = NewReview(
        year=year,
        month=options.month,
        begun_on=day,
        reference_day=day,
        standards=_standards(ask),
    )
    act = (ask.database, ask.context, ask.definitions)
    return reviews.begin(*act, new, commune=ask.commune).value


def _begin_month(ask: Ask) -> UUID:
    """Day and standard of such a review follow from its month: none is to be chosen."""
    options = ask.options
    if options.month is None:
        raise AppError("review_month")
    if options.day is not None or options.standards is not None:
        raise AppError("review_month_follows")
    act = (ask.database, ask.context, ask.definitions)
    at = {"year": options.year, "month": options.month}
    return in_year.open_month(*act, commune=ask.commune, **at).value


def _standards(ask: Ask) -> tuple[ReviewStandard, ...]:
    """Those named, each for the purpose it has in the year; without names the proposed ones."""
    year = ask.options.year
    proposed = reviews.proposed_standards(ask.database, ask.definitions, ask.commune, year)
    if ask.options.standards is None:
        return proposed
    by_code = {item.code: item for item in proposed}
    codes = [code.strip() for code in ask.options.standards.split(",") if code.strip()]
    for code in codes:
        if code not in by_code:
            known = ", ".join(by_code)
            raise AppError("standard_not_of_review", asked=code, year=year, known=known)
    return tuple(by_code[code] for code in codes)


def _status(ask: Ask) -> Answer:
    rows = reviews.all_of(ask.database, ask.commune)
    year = ask.options.year or max((row["review_year"] for row in rows), default=None)
    rows = [row for row in rows if row["review_year"] == year]
    if not rows:
        raise AppError("no_review")
    today = ask.context.today()
    found: list[dict[str, Any]] = []
    lines: list[str] = []
    finds = False
    for row in rows:
        flow = standing.flow(ask.database, ask.definitions, row["uid"], today)
        names = {
            area.uid: area.name
            for day in (today, row["begun_on"])
            for area in areas.tree(ask.database, day).walk()
        }
        reason = review_closing.reason_of(ask.database, row["uid"])
        found.append({**_review_json(row, flow, names, today), "closing_reason": reason})
        if row["closed_on"] is not None:
            lines += _closed_lines(row, reason)
            continue
        lines += _review_lines(row, flow, names, today)
        finds = finds or flow.current() is not None
    return Answer({"day": today, "reviews": found}, lines, finds)


def _review_json(
    row: Mapping[str, Any], flow: ReviewFlow, names: Mapping[UUID, str], today: date
) -> dict[str, Any]:
    return {
        "review": str(row["uid"]),
        "kind": row["kind"],
        "year": row["review_year"],
        "month": row["month"],
        "begun_on": row["begun_on"],
        "closed_on": row["closed_on"],
        "standards": [
            {
                "standard": item["standard"],
                "purpose": item["purpose"],
                "decided": item["decision"] is not None,
            }
            for item in row["standards"]
        ],
        "steps": [
            {
                "step": step.code,
                "label": step.label,
                "status": flow.status(step.code).value,
                "states": [
                    _state_json(state, names, today) for state in flow if state.step is step
                ],
            }
            for step in flow.steps
        ],
    }


def _state_json(state: StepState, names: Mapping[UUID, str], today: date) -> dict[str, Any]:
    village = state.village
    return {
        "village": None if village is None else str(village),
        "name": None if village is None else _name(names, village),
        "status": state.status.value,
        "missing": {item.code: item.count for item in state.missing},
        "due": state.due,
        "days_left": state.days_left(today),
    }


def _closed_lines(row: Mapping[str, Any], reason: str) -> Iterator[str]:
    """A closed review waits for nothing, whatever was left undone."""
    said = texts.CLI_REVIEW
    yield said[f"title_{row['kind']}"].format(name=reviews.name_of(row))
    yield said["closed_on"].format(day=format_date(row["closed_on"]))
    if reason:
        yield said["closing_reason"].format(reason=reason)


def _review_lines(
    row: Mapping[str, Any], flow: ReviewFlow, names: Mapping[UUID, str], today: date
) -> Iterator[str]:
    """A heading, each step with its state, below it what the commune or a village lacks."""
    said = texts.CLI_REVIEW
    yield said[f"title_{row['kind']}"].format(name=reviews.name_of(row))
    for step in flow.steps:
        yield said["step"].format(
            label=step.label, status=texts.STEP_STATUSES[flow.status(step.code)]
        )
        for state in flow:
            # What a step lacks that waits for others says nothing yet.
            if state.step is step and state.status is Status.OPEN:
                yield said["state"].format(
                    place=said["commune"] if state.village is None else _name(names, state.village),
                    missing=" ".join(map(texts.missing_text, state.missing)),
                    due=_due(state, today),
                )


def _name(names: Mapping[UUID, str], village: UUID) -> str:
    """A village that ended before the review began has none on its days."""
    return names.get(village) or texts.PAPER["unknown_village"]


def _due(state: StepState, today: date) -> str:
    days = state.days_left(today)
    if state.due is None or days is None:
        return ""
    key = "late" if days < 0 else "due"
    return texts.CLI_REVIEW[key].format(day=format_date(state.due), days=abs(days))


def _close(ask: Ask) -> Answer:
    row = _named(ask)
    args = (ask.database, ask.context, ask.definitions, row["uid"])
    met = review_closing.close(*args, reason=ask.options.reason).value
    line = texts.CLI_REVIEW["closed"].format(name=reviews.name_of(row))
    found = {
        "review": str(row["uid"]),
        "year": row["review_year"],
        "closed": True,
        "months": [one.month for one in met.months],
        "unanswered": met.unanswered,
    }
    return Answer(found, [line, *met.beside])


def _withdraw(ask: Ask) -> Answer:
    row = _named(ask)
    args = (ask.database, ask.context, row["uid"])
    loss = withdrawing.withdraw(*args, reason=ask.options.reason).value
    found = {
        "review": str(row["uid"]),
        "year": row["review_year"],
        "withdrawn": True,
        "lost": dict(loss.counts),
        "applications": loss.applications,
    }
    said = texts.CLI_REVIEW
    lost = texts.loss_text(loss.counts)
    lines = [said["withdrawn"].format(name=reviews.name_of(row))]
    lines += [said["lost"].format(lost=lost)] if lost else []
    lines += [said["waits"].format(count=loss.applications)] if loss.applications else []
    return Answer(found, lines)


def _named(ask: Ask) -> Mapping[str, Any]:
    """The review of a kind, year and month. AppError `no_review`."""
    asked = (ask.options.kind, ask.options.year, ask.options.month)
    for row in reviews.all_of(ask.database, ask.commune):
        if (row["kind"], row["review_year"], row["month"]) == asked:
            return row
    raise AppError("no_review")


def commune_of(database: Database, unit: UUID | None, day: date) -> UUID:
    """The commune that is meant. AppError `review_of_commune` where it is another unit."""
    found = unit or areas.top_unit(database, day)
    tree = areas.tree(database, day)
    area = tree.get(found)
    if area is None or area.level is not Level.COMMUNE:
        known = ", ".join(one.name for one in tree.of_level(Level.COMMUNE))
        raise AppError("review_of_commune", known=known)
    return found
