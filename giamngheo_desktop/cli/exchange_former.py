"""`giamngheo package former`: what former communes have, looked at, taken in with one undo step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments, former_map, passphrase
from giamngheo_desktop.cli.command import Answer, Ask
from giamngheo_desktop.cli.machine import computer
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.reports import former
from giamngheo_desktop.reports.former import Asked, file_labels
from giamngheo_desktop.reports.former_report import Line, lines_of
from giamngheo_desktop.services.exchange import figures
from giamngheo_desktop.services.exchange.former import Former, Looked
from giamngheo_desktop.services.exchange.former_sums import Sum
from giamngheo_desktop.services.exchange.former_taking import Taken
from giamngheo_desktop.services.exchange.former_units import Merger, Picks, UnknownUnitsError

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
        said=_figures(options.said, file_labels(options.files)),
        passphrase=passphrase.to_open(options),
        merger=Merger(day, clean(options.decision)) if (day := options.merged_on) else None,
    )
    try:
        found = _found(ask, asked)
    except UnknownUnitsError as error:
        error.add_note(former_map.way_out(error))
        raise
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


def _found(ask: Ask, asked: Asked) -> Former | Looked:
    act = (ask.database, ask.definitions, ask.context)

    def look(picks: Picks) -> Looked:
        return former.look(*act, replace(asked, picks=picks), computer=computer())

    picks = former_map.picked(look, ask.options.map) if ask.options.map else {}
    if not ask.options.writes:
        return look(picks)
    return former.take_over(*act, replace(asked, picks=picks), computer=computer()).value


def _figures(pairs: Sequence[str], labels: Mapping[Path, str]) -> dict[str, dict[str, int]]:
    """`FILE:measure=12` …, by what the file is called."""
    named = {str(path): label for path, label in labels.items()}
    named |= {label: label for label in labels.values()}
    found: dict[str, dict[str, int]] = {}
    for pair in pairs:
        place, _, number = pair.rpartition("=")
        file, _, name = place.rpartition(":")
        if not file or name not in figures.MEASURES or not number.isdecimal():
            raise AppError("former_figure", value=pair)
        if file not in named:
            raise AppError("former_figure_file", name=file, known=", ".join(labels.values()))
        found.setdefault(named[file], {})[name] = int(number)
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
    apart = {
        name: [[*each.names, each.said, each.found] for each in told]
        for name in figures.MEASURES
        if (told := list(one.apart(name)))
    }
    return {
        "year": one.year,
        "units": one.names,
        "silent": one.silent,
        "figures": figured,
        "apart": apart,
    }


def _line(line: Line) -> dict[str, str]:
    return {name: getattr(line, name) for name in ("file", "about", "said", "here", "state")}


def _shown(line: Line) -> Iterator[str]:
    """A line, and below it what may be picked where nobody knows."""
    about = texts.FORMER_ABOUT[line.about]
    parts = " → ".join(filter(None, (line.said, line.here)))
    state = texts.FORMER_STATES[line.state]
    yield f"{line.file}: {about}: {parts}" + (f" ({state.lower()})" if state else "")
    if line.state != "open":
        return
    if line.unit is None:
        yield f"  {texts.FORMER['way_day']}"
    elif line.unit.offered:
        names = former_map.offered_names(line.unit)
        yield f"  {texts.FORMER['offered'].format(names=names)}"
