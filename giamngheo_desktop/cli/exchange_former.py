"""`giamngheo package former`: what former communes have, looked at, taken in with one undo step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments, passphrase
from giamngheo_desktop.cli.issuing import Ask
from giamngheo_desktop.cli.machine import computer
from giamngheo_desktop.cli.review import Answer
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.vietnamese import clean, search_key
from giamngheo_desktop.reports import former
from giamngheo_desktop.reports.former import Asked
from giamngheo_desktop.reports.former_report import Line, lines_of
from giamngheo_desktop.services.exchange import figures
from giamngheo_desktop.services.exchange.former import Former, Looked, Sum
from giamngheo_desktop.services.exchange.former_taking import Taken
from giamngheo_desktop.services.exchange.former_units import Merger, UnitKey

_SAID = texts.CLI_PACKAGE


def add_parser(steps: arguments.Commands, common: arguments.Parser) -> arguments.Parser:
    said = _SAID["help_take_former"]
    command = arguments.added(steps, "former", common, take_former, said, writes=True)
    command.add_argument("files", nargs="+", type=Path, metavar="TỆP")
    command.add_argument(
        "--year", type=arguments.year, metavar="NĂM", help=_SAID["help_former_year"]
    )
    for name in ("map", "said"):
        command.add_argument(
            f"--{name}",
            action="append",
            default=[],
            metavar="X=Y",
            help=_SAID[f"help_former_{name}"],
        )
    command.add_argument(
        "--merged-on", type=arguments.day, metavar="NGÀY", help=_SAID["help_former_day"]
    )
    command.add_argument(
        "--decision", default="", metavar="CHỮ", help=_SAID["help_former_decision"]
    )
    command.add_argument(
        "--dry-run", dest="writes", action="store_false", help=_SAID["help_dry_run"]
    )
    passphrase.add_options(command)
    return command


def take_former(ask: Ask) -> Answer:
    """Exit code 1 where something is to be looked at, or a file would not be taken in."""
    options = ask.options
    asked = Asked(
        paths=tuple(options.files),
        year=options.year or ask.today.year - 1,
        said=_figures(options.said),
        passphrase=passphrase.to_open(options),
        merger=Merger(day, clean(options.decision)) if (day := options.merged_on) else None,
    )
    if options.map:
        asked = _picked(ask, asked, options.map)
    found: Former | Looked
    if options.writes:
        act = (ask.database, ask.definitions, ask.context, asked)
        found = former.take_over(*act, computer=computer()).value
    else:
        found = _look(ask, asked)
    lines = list(lines_of(found))
    refused = [one.file for one in found.files if one.refused] if isinstance(found, Looked) else []
    answer = {
        "dry_run": not options.writes,
        "taken": [_taken(one) for one in found.taken],
        "sums": [_sum(one) for one in found.sums],
        "lines": [_line(one) for one in lines],
        "refused": refused,
    }
    waits = any(one.state in ("open", "wrong") for one in lines)
    doubts = any(one.twins for one in found.taken) or any(one.differences for one in found.sums)
    shown = [text for line in lines for text in _shown(line)]
    if not options.writes:
        shown.append(texts.FORMER["dry"])
    return Answer(answer, shown, finds=waits or doubts)


def _look(ask: Ask, asked: Asked) -> Looked:
    return former.look(ask.database, ask.definitions, ask.context, asked, computer=computer())


def _picked(ask: Ask, asked: Asked, pairs: Sequence[str]) -> Asked:
    """Units by their names, with `FILE:` before one of several: which ones a file has is told by
    looking. A commune goes before its villages, which are known only then.
    """
    wanted = dict(pair.partition("=")[::2] for pair in pairs)
    picks: dict[UnitKey, UUID] = {}
    used: set[str] = set()
    refused: list[AppError] = []
    for _ in range(2):
        asked = replace(asked, picks=dict(picks))
        files = _look(ask, asked).files
        refused = [one.refused for one in files if one.refused and not one.units]
        for line in (unit for one in files for unit in one.units):
            names = {search_key(line.said), search_key(f"{line.file}:{line.said}")}
            for said in (one for one in wanted if search_key(one) in names):
                ours = search_key(wanted[said])
                found = [uid for uid, name in line.offered if search_key(name) == ours]
                if len(found) == 1:
                    picks[line.key] = found[0]
                    used.add(said)
        if picks == asked.picks:
            break
    for said in wanted.keys() - used:
        if refused:  # nobody knows what units it has
            raise refused[0]
        raise AppError("former_no_unit", name=said)
    return replace(asked, picks=picks)


def _figures(pairs: Sequence[str]) -> dict[str, dict[str, int]]:
    """`FILE:measure=12` …, by file."""
    found: dict[str, dict[str, int]] = {}
    for pair in pairs:
        place, _, number = pair.rpartition("=")
        file, _, name = place.rpartition(":")
        if not file or name not in figures.MEASURES or not number.isdecimal():
            raise AppError("former_figure", value=pair)
        found.setdefault(file, {})[name] = int(number)
    return found


def _taken(one: Taken) -> dict[str, Any]:
    return {
        "file": one.file,
        "unit": one.name,
        "year": one.year,
        "added": {kind.value: count for kind, count in one.added.items()},
        "kept": {kind.value: count for kind, count in one.kept.items()},
        "relabelled": one.relabelled,
        "twins": [
            {"name": each.name, "persons": [each.here.hex, each.came.hex]} for each in one.twins
        ],
        "units": [{"said": unit.said, "here": unit.name, "now": unit.now} for unit in one.units],
    }


def _sum(one: Sum) -> dict[str, Any]:
    said = one.said
    figured = {name: [said.get(name), one.found.get(name)] for name in said.keys() | one.found}
    return {"year": one.year, "units": one.names, "silent": one.silent, "figures": figured}


def _line(line: Line) -> dict[str, str]:
    return {name: getattr(line, name) for name in ("file", "about", "said", "here", "state")}


def _shown(line: Line) -> Iterator[str]:
    """A line, and below it what may be picked where nobody knows."""
    about = texts.FORMER_ABOUT[line.about]
    parts = " → ".join(filter(None, (line.said, line.here)))
    state = texts.FORMER_STATES[line.state]
    yield f"{line.file}: {about}: {parts}" + (f" ({state.lower()})" if state else "")
    if line.state == "open" and line.unit is not None and line.unit.offered:
        names = "; ".join(name for _, name in line.unit.offered)
        yield f"  {texts.FORMER['offered'].format(names=names)}"
