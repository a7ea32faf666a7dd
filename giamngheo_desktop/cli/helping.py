"""`giamngheo helping`: who helps whom, plans, incidents, what could meet a need."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments
from giamngheo_desktop.cli.command import Answer, Ask
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.entitlement import LONG, ListedYears
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.helping import CODES, helping_list
from giamngheo_desktop.services.programme import matching
from giamngheo_desktop.services.programme.helping import (
    Helped,
    HelperName,
    Helping,
    NeedLine,
    day_of,
    helping,
)
from giamngheo_desktop.services.programme.homes import Home
from giamngheo_desktop.services.programme.household_plans import PlanLine, household_plans
from giamngheo_desktop.services.programme.incidents import IncidentLine, incidents
from giamngheo_desktop.services.programme.matching import Match, Matching, Unhelped

_SAID = texts.CLI_HELPING


def add_parser(commands: arguments.Commands, common: arguments.Parser) -> arguments.Parser:
    command = commands.add_parser("helping", parents=[common], help=_SAID["help"])
    command.add_argument(
        "--year", type=arguments.year, required=True, metavar="NĂM", help=_SAID["help_year"]
    )
    command.add_argument("--quarter", type=_quarter, metavar="QUÝ", help=_SAID["help_quarter"])
    command.add_argument("--unit", metavar="TÊN", help=_SAID["help_unit"])
    known = ", ".join(CODES)
    command.add_argument(
        "--list", choices=CODES, metavar="MÃ", help=_SAID["help_list"].format(known=known)
    )
    command.add_argument("--apart", action="store_true", help=_SAID["help_apart"])
    command.add_argument("--format", choices=make.FORMATS, help=_SAID["help_format"])
    command.add_argument("-o", "--output", type=Path, metavar="TỆP", help=_SAID["help_output"])
    command.set_defaults(act=tell, writes=False, as_of=None)
    return command


def tell(ask: Ask) -> Answer:
    """All views of a quarter, or one of them as a file."""
    options = ask.options
    day = day_of(options.year, options.quarter, ask.today)
    if (options.list is None) != (options.output is None):
        raise AppError("cli_arguments", detail=_SAID["list_needs_output"])
    if options.list is not None:
        form = arguments.form_of(options.output, options.format)
        doc = helping_list(
            ask.database, ask.definitions, options.list, unit=ask.unit, day=day, apart=options.apart
        )
        make.write(doc, form, options.output)
        path = str(options.output)
        return Answer({"code": options.list, "output": path}, [path])
    asked: dict[str, Any] = {"unit": ask.unit, "day": day}
    found = helping(ask.database, ask.definitions, **asked)
    plans = household_plans(ask.database, ask.definitions, year=options.year, **asked)
    happened = incidents(ask.database, ask.definitions, year=options.year, **asked)
    needs = matching.matches(ask.database, ask.definitions, **asked)
    nothing = matching.without_support(ask.database, ask.definitions, **asked)
    listed = matching.years_on_list(ask.database, ask.definitions, **asked)
    unmet = sum(not one.offers for one in needs.lines)
    sure = [one for one in nothing.households if one.is_sure]
    unknown = [one for one in nothing.households if not one.is_sure]
    told = {
        "day": day,
        "year": options.year,
        "quarter": found.quarter,
        **_of_help(found),
        "plans": [_plan(one) for one in plans],
        "incidents": [_incident(one) for one in happened],
        "matching": [_match(needs, one) for one in needs.lines],
        "without_support": {
            "years": [[one.first, one.last] for one in nothing.years],
            "nothing": [_unhelped(one) for one in sure],
            "unknown": [_unhelped(one) for one in unknown],
        },
        "years_on_list": [_listed(*one) for one in listed],
    }
    lines = [
        _SAID["listed"].format(day=format_date(day), count=len(found.listed)),
        _SAID["without"].format(count=len(found.without)),
        _SAID["helpers"].format(count=len(found.by_helper)),
        _SAID["silent"].format(quarter=found.quarter, count=len(found.silent)),
        _SAID["overdue"].format(count=_homes(found.overdue)),
        _SAID["needs"].format(count=len(needs.lines), unmet=unmet),
        _SAID["registered"].format(
            count=_homes(one for one in plans if one.registered),
            late=sum(one.is_overdue for one in plans),
        ),
        _SAID["incidents"].format(count=len(happened), waiting=sum(one.waits for one in happened)),
        _SAID["nothing"].format(count=len(sure), unknown=len(unknown)),
        _SAID["years"].format(least=LONG, count=sum(years.is_long for _, years in listed)),
    ]
    return Answer(told, lines)


def _quarter(text: str) -> int:
    if not re.fullmatch(r"[1-4]", text):
        raise argparse.ArgumentTypeError(_SAID["quarter"].format(value=text))
    return int(text)


def _homes(lines: Iterable[Helped | PlanLine]) -> int:
    """Households, each once."""
    return len({one.home.uid for one in lines})


def _of_help(found: Helping) -> dict[str, Any]:
    return {
        "listed": len(found.listed),
        "without_helper": [_home(one) for one in found.without],
        "by_helper": [
            {**_helper(helper), "households": [_helped(one) for one in ones]}
            for helper, ones in found.by_helper.items()
        ],
        "in_charge": [
            {"village": one.village, **_helper(one.helper), "from": one.assignment.valid_from}
            for one in found.in_charge
        ],
        "without_visit": [
            {**_helper(helper), "households": [_home(one) for one in homes]}
            for helper, homes in found.silent
        ],
        "overdue": [{**_helped(one), "helper": one.helper.name} for one in found.overdue],
        "by_need": {code: [_need(one) for one in lines] for code, lines in found.by_need.items()},
    }


def _home(home: Home) -> dict[str, Any]:
    return {
        "household": str(home.uid),
        "head": home.head,
        "village": home.village,
        "class": home.household_class,
    }


def _helper(helper: HelperName) -> dict[str, Any]:
    return {
        "officer": str(helper.helper.officer) if helper.helper.officer else None,
        "body": str(helper.helper.body) if helper.helper.body else None,
        "name": helper.name,
        "title": helper.title,
        "from_body": helper.body,
    }


def _helped(one: Helped) -> dict[str, Any]:
    return {
        **_home(one.home),
        "from": one.assignment.valid_from,
        "to": one.assignment.valid_to,
        "last_visit": one.came,
        "due": one.due,
        "overdue": one.is_overdue,
    }


def _need(one: NeedLine) -> dict[str, Any]:
    return {
        **_home(one.home),
        "person": one.person or None,
        "from": one.need.since,
        "helpers": [helper.name for helper in one.helpers],
    }


def _plan(one: PlanLine) -> dict[str, Any]:
    return {
        **_home(one.home),
        "group": one.group,
        "helper": one.helper.name if one.helper else None,
        "registered": one.registered,
        "expected": one.expected,
        "deadline": one.deadline,
        "result": one.result or None,
        "result_on": one.result_on,
        "overdue": one.is_overdue,
    }


def _incident(one: IncidentLine) -> dict[str, Any]:
    return {
        **_home(one.home),
        "day": one.happened_on,
        "kind": one.kind,
        "proposes_review": one.proposes_review,
        "handled_on": one.handled_on,
        "applied_on": one.applied_on,
        "waits": one.waits,
    }


def _match(found: Matching, one: Match) -> dict[str, Any]:
    return {
        **_home(one.home),
        "person": one.person or None,
        "need": one.need.code,
        "from": one.need.since,
        "offers": [
            {
                "policy": offer.policy,
                "entitled": offer.entitled,
                "has_money": offer.has_money,
                "components": [
                    {"node": node, "name": found.parts[node].label, "left": left}
                    for node, left in offer.left.items()
                ],
            }
            for offer in one.offers
        ],
    }


def _unhelped(one: Unhelped) -> dict[str, Any]:
    return {
        **_home(one.home),
        "known_from": one.known_from,
        "years": [got.value for got in one.years],
    }


def _listed(home: Home, years: ListedYears) -> dict[str, Any]:
    return {
        **_home(home),
        "years": len(years.years),
        "at_least": years.at_least,
        "warning": years.is_long,
    }
