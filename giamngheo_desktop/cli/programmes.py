"""`giamngheo programmes`, `giamngheo policies`: what the program knows of programmes and values."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from giamngheo_desktop import paths, texts
from giamngheo_desktop.cli import arguments
from giamngheo_desktop.cli.command import Answer
from giamngheo_desktop.cli.machine import now
from giamngheo_desktop.definitions.catalogue import Definitions, shipped_definitions
from giamngheo_desktop.domain import policy
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.policy import PolicyValue
from giamngheo_desktop.domain.programme import Component, Programme
from giamngheo_desktop.domain.standard import Certainty
from giamngheo_desktop.reports.make import FORMATS, write
from giamngheo_desktop.reports.programme_tree import programme_tree

_SAID = texts.CLI_PROGRAMMES


def add_parsers(
    commands: arguments.Commands, common: arguments.Parser
) -> tuple[arguments.Parser, ...]:
    """Commands that read no register."""
    trees = commands.add_parser("programmes", parents=[common], help=_SAID["help"])
    trees.add_argument("--year", type=arguments.year, metavar="NĂM", help=_SAID["help_year"])
    trees.add_argument("--programme", metavar="MÃ", help=_SAID["help_programme"])
    trees.add_argument("--format", choices=FORMATS, help=_SAID["help_format"])
    trees.add_argument("-o", "--output", type=Path, metavar="TỆP", help=_SAID["help_output"])
    trees.set_defaults(act=programmes)
    values = commands.add_parser("policies", parents=[common], help=_SAID["help_policies"])
    values.add_argument("--as-of", type=arguments.day, metavar="NGÀY", help=_SAID["help_day"])
    values.set_defaults(act=policies)
    return trees, values


def programmes(options: argparse.Namespace) -> Answer:
    """The trees that a plan of the year may name, all without one; each part before its own. With
    `-o` they are written as a paper. AppErrors `unknown_definition`, of `arguments.form_of`.
    """
    known = shipped_definitions(paths.resources() / "definitions")
    found = (
        [versions[-1] for versions in known.programmes.values()]
        if options.year is None
        else [*known.live_programmes(options.year)]
    )
    if options.programme is not None:
        wanted = known.programme(options.programme)
        found = [one for one in found if one is wanted]
    if options.output is not None:
        return _written(options, known, found)
    told = [
        {
            "code": one.code,
            "name": one.label,
            "valid_from": one.valid_from,
            "valid_to": one.valid_to,
            "used_until": one.last_day,
            "legal_basis": one.legal_basis,
            "components": [_component(one, part) for part in one.walk()],
        }
        for one in found
    ]
    return Answer({"programmes": told}, [line for one in found for line in _lines(one)])


def _written(options: argparse.Namespace, known: Definitions, found: list[Programme]) -> Answer:
    form = arguments.form_of(options.output, options.format, otherwise="pdf")
    if not found:
        name = options.programme or options.year
        raise AppError("unknown_definition", name=name, known=", ".join(known.programmes))
    write(programme_tree(found, options.year), form, options.output)
    path = str(options.output)
    return Answer({"programmes": [one.code for one in found], "output": path}, [path])


def _component(programme: Programme, part: Component) -> Mapping[str, Any]:
    return {
        "code": part.code,
        "parent": part.parent or None,
        "name": part.name,
        "lead": part.lead.value,
        "certainty": part.certainty.value,
        "source": programme.sources[part.source],
        "note": part.note,
    }


def _lines(programme: Programme) -> Iterator[str]:
    yield f"{programme.code}  {programme.label} ({programme.legal_basis})"
    for part in programme.walk():
        mark = _SAID["to_confirm"] if part.certainty is Certainty.TO_CONFIRM else ""
        lead = part.lead.value or _SAID["no_lead"]
        yield f"{'  ' * (1 + programme.depth(part.code))}{part.code}  {part.name} – {lead}{mark}"


def policies(options: argparse.Namespace) -> Answer:
    """The values that hold, or may hold, on a day; today without one."""
    values = shipped_definitions(paths.resources() / "definitions").policy_values
    day = options.as_of or now().date()
    keys = dict.fromkeys(one.key for one in values)
    found = [one for key in keys for one in policy.on(values, key, day)]
    told = [
        {
            "key": one.key,
            "group": one.group,
            "label": one.label,
            "value": one.value,
            "unit": one.unit,
            "valid_from": one.valid_from and one.valid_from.iso(),
            "valid_to": one.valid_to and one.valid_to.iso(),
            "is_sure": one.holds_on(day) is True,
            "scope": one.scope.value,
            "basis": one.basis,
            "certainty": one.certainty.value,
            "note": one.note,
        }
        for one in found
    ]
    return Answer({"as_of": day, "values": told}, [_line(one) for one in found])


def _line(value: PolicyValue) -> str:
    mark = _SAID["to_confirm"] if value.certainty is Certainty.TO_CONFIRM else ""
    note = f"; {value.note}" if value.note else ""
    return f"{value.key}  {value.label}: {value.value} {value.unit} ({value.basis}{note}){mark}"
