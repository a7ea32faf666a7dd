"""`giamngheo supports --print`: the bảng kê, the list to post, the sheet of a household."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments
from giamngheo_desktop.cli.issuing import Ask
from giamngheo_desktop.cli.papers import uid
from giamngheo_desktop.cli.review import Answer
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.exports.safe_file import write_bytes
from giamngheo_desktop.reports import household_supports, make, support_list
from giamngheo_desktop.reports.household_supports import household_sheet
from giamngheo_desktop.reports.many import render_all
from giamngheo_desktop.services import names
from giamngheo_desktop.services.programme import support_lists
from giamngheo_desktop.storage.supports import Support

_SAID = texts.CLI_SUPPORT_PAPERS
CODES = (support_list.TO_SIGN, support_list.TO_POST, household_supports.CODE)


def add_options(command: arguments.Parser) -> None:
    known = ", ".join(CODES)
    command.add_argument("--event", type=uid, metavar="MÃ", help=_SAID["help_event"])
    command.add_argument("--until", type=arguments.day, metavar="NGÀY", help=_SAID["help_until"])
    command.add_argument(
        "--print",
        dest="paper",
        choices=CODES,
        metavar="MÃ",
        help=_SAID["help_print"].format(known=known),
    )
    command.add_argument("--format", choices=make.FORMATS, help=_SAID["help_format"])
    command.add_argument("-o", "--output", type=Path, metavar="TỆP", help=_SAID["help_output"])


def written(ask: Ask, found: Sequence[Support]) -> Answer:
    """Writes the paper asked for about these supports: a sheet for each household they name, or
    one list of them all. AppErrors `cli_arguments`, of `arguments.form_of`.
    """
    options = ask.options
    if options.paper is None or options.output is None:
        raise AppError("cli_arguments", detail=_SAID["print_needs_output"])
    form = arguments.form_of(options.output, options.format)
    if options.paper == household_supports.CODE:
        first = options.since or household_supports.FIRST
        homes = {row.household for row in found}
        if options.household is not None:
            homes = {options.household}
        if not homes:
            raise AppError("support_no_household")
        docs = [
            household_sheet(
                ask.database, ask.definitions, one.household, today=ask.today, first=first
            )
            for one in names.of_households(ask.database, list(homes), ask.today)
        ]
    else:
        docs = [
            support_list.support_list(
                ask.database, ask.definitions, options.paper, found, day=ask.today
            )
        ]
    write_bytes(options.output, render_all(docs, form))
    path = str(options.output)
    return Answer({"code": options.paper, "output": path, "count": len(docs)}, [path])


def of_event(ask: Ask) -> Sequence[Support]:
    """The supports of `--event`. AppError `support_event_unknown`."""
    return support_lists.event_supports(ask.database, ask.options.event)
