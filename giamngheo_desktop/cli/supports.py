"""`giamngheo supports`: what was given in a year, or to one household since a day, and its sums."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments, support_papers
from giamngheo_desktop.cli.command import Answer, Ask
from giamngheo_desktop.cli.named_record import (
    household_named,
    known_code,
    known_component,
    told_apart,
)
from giamngheo_desktop.cli.papers import uid
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.entitlement import ListedYears
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.services import names
from giamngheo_desktop.services.programme import supports
from giamngheo_desktop.services.programme.supports import Asked, By, Doubts, Key, Sum, Support
from giamngheo_desktop.services.unit_names import all_villages
from giamngheo_desktop.storage import record_names
from giamngheo_desktop.storage.engine import Database

_SAID = texts.CLI_SUPPORTS


def add_parser(commands: arguments.Commands, common: arguments.Parser) -> arguments.Parser:
    command = commands.add_parser("supports", parents=[common], help=_SAID["help"])
    command.add_argument("--year", type=arguments.year, metavar="NĂM", help=_SAID["help_year"])
    command.add_argument("--since", type=arguments.day, metavar="NGÀY", help=_SAID["help_since"])
    command.add_argument("--household", metavar="TÊN", help=_SAID["help_household"])
    command.add_argument("--person", type=uid, metavar="MÃ", help=_SAID["help_person"])
    for name in ("programme", "component", "policy"):
        command.add_argument(f"--{name}", metavar="MÃ", help=_SAID[f"help_{name}"])
    command.add_argument("--unit", metavar="TÊN", help=_SAID["help_unit"])
    support_papers.add_options(command)
    command.set_defaults(act=tell, writes=False, as_of=None)
    return command


def tell(ask: Ask) -> Answer:
    """Every support with its warnings, then the sums. AppErrors `support_when`,
    `support_since_whom`, `support_until_since`, and of `cli.named_record`.
    """
    ask = _understood(ask)
    options = ask.options
    if options.until is not None and options.since is None:
        raise AppError("support_until_since")
    if options.paper is not None or options.output is not None:
        return support_papers.written(ask, _of_year)
    if options.since is not None and options.household is None:
        raise AppError("support_since_whom")
    if options.since is not None:
        asked = (options.household, options.since, ask.today)
        got = supports.since(ask.database, *asked, until=options.until)
        found: Sequence[Support] = got.supports
        years = got.years
    elif options.year is not None:
        found = _of_year(ask)
        years = ListedYears()
    else:
        raise AppError("support_when")
    doubts = supports.doubts(ask.database, ask.definitions, found, ask.today)
    words = _words(ask.database, ask.definitions, found, ask.today)
    told = {
        "year": options.year,
        "since": options.since,
        "until": options.until,
        "supports": [_json(row, words, doubts) for row in found],
        "total": _sum_json(supports.total(found)),
        "sums": {
            by.value: [
                {**_key_json(by, key, words), **_sum_json(part)}
                for key, part in supports.sums(found, by).items()
            ]
            for by in By
        },
    }
    if options.since is not None:
        told["years_on_list"] = {"years": years.years, "at_least": years.at_least}
    lines = [*_lines(found, words, doubts), _total(supports.total(found))]
    listed = texts.listed_text(years)
    return Answer(told, [*lines, *([listed] if listed else [])])


def _understood(ask: Ask) -> Ask:
    """With the household that is named, and codes that are known."""
    options = argparse.Namespace(**vars(ask.options))
    known_code(options.policy, [*ask.definitions.supports], "policy")
    known_component(ask.definitions, options.component, options.programme)
    if options.household is not None:
        options.household = household_named(ask, options.household)
    return replace(ask, options=options)


def _of_year(ask: Ask) -> Sequence[Support]:
    return supports.of_year(ask.database, ask.definitions, _asked(ask))


def _asked(ask: Ask) -> Asked:
    options = ask.options
    return Asked(
        year=options.year,
        programme=options.programme,
        component=options.component,
        unit=ask.unit,
        household=options.household,
        person=options.person,
        policy=options.policy,
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """What ids and codes are called."""

    households: Mapping[UUID, str]
    persons: Mapping[UUID, str]
    villages: Mapping[UUID, str]
    bodies: Mapping[UUID, str]
    policies: Mapping[str, str]
    sources: Mapping[str, str]
    classes: Mapping[str, str]


def _words(
    database: Database, definitions: Definitions, found: Sequence[Support], today: date
) -> _Words:
    homes = list(dict.fromkeys(row.household for row in found))
    people = list(dict.fromkeys(row.person for row in found if row.person is not None))
    with database.reader() as connection:
        villages = all_villages(connection, today)
        bodies = record_names.of_kind(connection, Kind.BODY, (row.body for row in found))
    heads = names.of_households(database, homes, today)
    persons = names.of_persons(database, people, today)
    return _Words(
        households={one.household: one.head for one in heads},
        persons={one.person: one.full_name for one in persons},
        villages=villages,
        bodies=bodies,
        policies={code: one.label for code, one in definitions.supports.items()},
        sources=definitions.choice_list("funding_sources").short_labels,
        classes=definitions.choice_list("support_grounds").labels,
    )


def _named(uid: UUID | None, words: Mapping[UUID, str]) -> dict[str, object] | None:
    return None if uid is None else {"id": str(uid), "name": words.get(uid, "")}


def _json(row: Support, words: _Words, doubts: Doubts) -> dict[str, Any]:
    return {
        "id": str(row.uid),
        "unit": "household" if row.person is None else "person",
        "household": _named(row.household, words.households),
        "person": _named(row.person, words.persons),
        "policy": row.policy,
        "content": row.content,
        "programme": row.programme,
        "component": row.component,
        "body": _named(row.body, words.bodies),
        "village": _named(row.village, words.villages),
        "class_then": row.class_then,
        "event": None if row.event is None else {"id": str(row.event), "name": row.event_name},
        "year": row.year,
        "supported_on": row.supported_on,
        "period_from": row.period_from,
        "period_to": row.period_to,
        "item": row.item,
        "quantity_hundredths": row.quantity,
        "unit_of_item": row.unit,
        "decision_number": row.decision_number,
        "decision_on": row.decision_on,
        "amounts": row.shares,
        "amount": row.amount,
        "warnings": [
            {
                "code": doubt.why.value,
                "text": texts.support_doubt(doubt, words.classes),
                "other": doubt.other and str(doubt.other),
            }
            for doubt in doubts.get(row.uid, ())
        ],
    }


def _key_json(by: By, key: Key, words: _Words) -> dict[str, object]:
    if isinstance(key, tuple):
        return {"programme": key[0], "component": key[1]}
    if by is By.COMPONENT:
        return {"programme": None, "component": None}
    if isinstance(key, UUID):
        known = {
            By.VILLAGE: words.villages,
            By.HOUSEHOLD: words.households,
            By.PERSON: words.persons,
            By.BODY: words.bodies,
        }
        return {by.value: _named(key, known[by])}
    return {by.value: key}


def _sum_json(part: Sum) -> dict[str, object]:
    return {
        "supports": part.supports,
        "households": part.households,
        "persons": part.persons,
        "amount": part.amount,
        "unpriced": part.unpriced,
    }


def _lines(found: Iterable[Support], words: _Words, doubts: Doubts) -> Iterator[str]:
    heads = told_apart(words.households)
    persons = told_apart(words.persons)
    for row in found:
        head = texts.household_words(heads.get(row.household, ""), "")
        who = head if row.person is None else f"{persons.get(row.person, '')} ({head})"
        village = words.villages.get(row.village, "") if row.village else ""
        policy = words.policies.get(row.policy, row.policy)
        amounts = [
            _SAID["amount"].format(
                source=words.sources.get(source, source), amount=format_integer(amount)
            )
            for source, amount in row.shares.items()
        ]
        yield _SAID["line"].format(
            day=format_date(row.supported_on),
            who=who,
            village=village or _SAID["unknown_village"],
            what=" – ".join(part for part in (policy, row.content, row.item) if part),
            amounts=", ".join(amounts) or _SAID["no_amount"],
        )
        for doubt in doubts.get(row.uid, ()):
            yield _SAID["doubt"].format(text=texts.support_doubt(doubt, words.classes))


def _total(whole: Sum) -> str:
    known = "" if whole.amount is None else _SAID["sum"].format(amount=format_integer(whole.amount))
    lacks = _SAID["unpriced"].format(count=whole.unpriced) if whole.unpriced else ""
    amount = "; ".join(part for part in (known, lacks) if part) or _SAID["sum"].format(amount=0)
    counts = {"supports": whole.supports, "households": whole.households}
    return _SAID["total"].format(**counts, amount=amount)
