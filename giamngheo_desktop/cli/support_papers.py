"""`giamngheo supports --print`: the bảng kê, the list to post, the sheet of a household."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments
from giamngheo_desktop.cli.command import Answer, Ask
from giamngheo_desktop.cli.papers import uid
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.exports.safe_file import write_bytes
from giamngheo_desktop.reports import household_supports, make, support_list
from giamngheo_desktop.reports.document import ReportDoc
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


def written(ask: Ask, of_year: Callable[[Ask], Sequence[Support]]) -> Answer:
    """Writes the paper asked for: of an event, of days, or `of_year`. AppErrors `cli_arguments`,
    `support_when`, `support_event_unknown`, `support_no_household`, of `arguments.form_of`.
    """
    options = ask.options
    if options.paper is None or options.output is None:
        raise AppError("cli_arguments", detail=_SAID["print_needs_output"])
    form = arguments.form_of(options.output, options.format, otherwise="pdf")
    of_household = options.paper == household_supports.CODE
    docs = [*(_sheets(ask, of_year) if of_household else _lists(ask, of_year))]
    write_bytes(options.output, render_all(docs, form))
    path = str(options.output)
    return Answer({"code": options.paper, "output": path, "count": len(docs)}, [path])


def _lists(ask: Ask, of_year: Callable[[Ask], Sequence[Support]]) -> Iterator[ReportDoc]:
    found = _found(ask, of_year)
    code, day = ask.options.paper, ask.today
    yield support_list.support_list(ask.database, ask.definitions, code, found, day=day)


def _sheets(ask: Ask, of_year: Callable[[Ask], Sequence[Support]]) -> Iterator[ReportDoc]:
    """Of the household that is named, or of each that got any of the supports asked for."""
    options = ask.options
    homes = [options.household] if options.household is not None else []
    if not homes:
        homes = list(dict.fromkeys(row.household for row in _found(ask, of_year)))
    if not homes:
        raise AppError("support_no_household")
    days = {"first": options.since or household_supports.FIRST, "last": options.until}
    for one in names.of_households(ask.database, homes, ask.today):
        yield household_sheet(ask.database, ask.definitions, one.household, today=ask.today, **days)


def _found(ask: Ask, of_year: Callable[[Ask], Sequence[Support]]) -> Sequence[Support]:
    options = ask.options
    if options.event is not None:
        return support_lists.of_event(ask.database, options.event)
    if options.since is not None:
        last = options.until or ask.today
        return support_lists.between(ask.database, options.since, last, options.policy, ask.unit)
    if options.year is not None:
        return of_year(ask)
    raise AppError("support_when")
