"""`giamngheo incidents`: what befell households in a year, and the application that follows."""

from __future__ import annotations

from datetime import date

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments
from giamngheo_desktop.cli.command import Answer, Ask
from giamngheo_desktop.cli.papers import uid
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.services.programme import incidents
from giamngheo_desktop.services.programme.helping import day_of
from giamngheo_desktop.services.programme.incidents import IncidentLine

_SAID = texts.CLI_INCIDENTS


def add_parsers(commands: arguments.Commands, common: arguments.Parser) -> list[arguments.Parser]:
    """`incidents list` and `incidents apply`."""
    command = commands.add_parser("incidents", help=_SAID["help"])
    steps = command.add_subparsers(required=True, metavar="VIỆC")
    listed = arguments.added(steps, "list", common, tell, _SAID["help_list"], writes=False)
    listed.add_argument(
        "--year", type=arguments.year, required=True, metavar="NĂM", help=_SAID["help_year"]
    )
    listed.add_argument("--unit", metavar="TÊN", help=_SAID["help_unit"])
    taken = arguments.added(steps, "apply", common, apply, _SAID["help_apply"], writes=True)
    taken.add_argument("incident", type=uid, metavar="MÃ", help=_SAID["help_incident"])
    taken.add_argument(
        "--on", type=arguments.day, required=True, metavar="NGÀY", help=_SAID["help_on"]
    )
    return [listed, taken]


def tell(ask: Ask) -> Answer:
    """The incidents of a year up to today."""
    year: int = ask.options.year
    day = day_of(year, None, ask.today)
    found = incidents.incidents(ask.database, ask.definitions, unit=ask.unit, year=year, day=day)
    rows = [
        {
            "record": str(one.uid),
            "household": str(one.home.uid),
            "head": one.home.head,
            "village": one.home.village,
            "day": one.happened_on,
            "kind": one.kind,
            "proposes_review": one.proposes_review,
            "handled_on": one.handled_on,
            "applied_on": one.applied_on,
            "waits": one.waits,
        }
        for one in found
    ]
    lines = [_line(ask, one) for one in found] or [_SAID["none"].format(year=year)]
    return Answer(rows, lines)


def apply(ask: Ask) -> Answer:
    """Enter the application. RefusedErrors of `incidents.apply`."""
    on: date = ask.options.on
    incident = ask.options.incident
    done = incidents.apply(ask.database, ask.context, incident, received_on=on)
    said = texts.HELPING["applied"].format(day=format_date(on))
    return Answer({"application": str(done.value), "received_on": on}, [said])


def _line(ask: Ask, one: IncidentLine) -> str:
    state = _SAID["waits"] if one.waits else ""
    if one.handled_on is not None:
        state = _SAID["handled"].format(day=format_date(one.handled_on))
    return _SAID["line"].format(
        key=one.uid,
        day=format_date(one.happened_on),
        head=one.home.head,
        village=one.home.village,
        kind=ask.definitions.choice_list("incident_kinds").label_of(one.kind),
        state=state,
    )
