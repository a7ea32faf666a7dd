"""`giamngheo paper` and `giamngheo package`: papers of the year without a window."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from giamngheo_desktop import paths, texts
from giamngheo_desktop.cli import arguments
from giamngheo_desktop.cli.machine import machine_context
from giamngheo_desktop.cli.taken_options import refuse_paper_options
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.definitions.papers import codes_in
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.paper import Subject
from giamngheo_desktop.exports.safe_file import write_bytes
from giamngheo_desktop.exports.village_sheet import write_village_sheet
from giamngheo_desktop.reports.make import FORMATS
from giamngheo_desktop.reports.meeting_package import render_package, village_sheet
from giamngheo_desktop.reports.paper_batches import for_villages
from giamngheo_desktop.reports.papers import About, certificate_line, make_paper, write_paper
from giamngheo_desktop.services.exchange import village_sheets
from giamngheo_desktop.services.papers.package import (
    CODED,
    PER_HOUSEHOLD,
    uncoded,
    villages_with_lists,
)
from giamngheo_desktop.services.review.answer_import import find_review
from giamngheo_desktop.storage.engine import Database


class Written(NamedTuple):
    """The files, and what is to be known of them."""

    paths: Sequence[Path]
    notes: Sequence[str] = ()


_SUBJECTS = ("household", "application", "certificate", "meeting", "posting")


def add_parsers(
    commands: argparse._SubParsersAction[arguments.Parser], common: arguments.Parser
) -> tuple[arguments.Parser, arguments.Parser]:
    """The two commands."""
    said = texts.CLI_PAPERS
    codes = ", ".join(codes_in(paths.resources() / "definitions" / "papers"))
    paper = commands.add_parser(
        "paper",
        parents=[common],
        help=said["help_paper"],
        epilog=said["codes"].format(codes=codes),
    )
    paper.add_argument("code", metavar="MÃ", help=said["help_code"])
    add_subjects(paper)
    paper.add_argument("--standard", default="", metavar="MÃ", help=said["help_standard"])
    paper.add_argument("--only-year", type=arguments.year, metavar="NĂM", help=said["help_line"])
    paper.add_argument("--format", choices=FORMATS, help=said["help_format"])
    package = commands.add_parser(
        "package", parents=[common], help=said["help_package"], description=said["help_package"]
    )
    for command in (paper, package):
        command.add_argument(
            "--review", required=command is package, metavar="NĂM|MÃ", help=said["help_review"]
        )
        command.add_argument("--village", dest="unit", metavar="TÊN", help=said["help_village"])
        command.add_argument(
            "-o", "--output", type=Path, required=True, metavar="TỆP", help=said["help_output"]
        )
        command.set_defaults(as_of=None)
    package.add_argument("--sheets", action="store_true", help=said["help_sheets"])
    return paper, package


def add_subjects(command: arguments.Parser) -> None:
    """Whom or what a paper is about, but for its review and village."""
    said = texts.CLI_PAPERS
    for name in _SUBJECTS:
        command.add_argument(f"--{name}", type=uid, metavar="MÃ", help=said[f"help_{name}"])
    command.add_argument("--day", type=arguments.day, metavar="NGÀY", help=said["help_day"])


def about_of(database: Database, options: argparse.Namespace, village: UUID | None) -> About:
    """The subject that the options name."""
    return About(
        **{name: getattr(options, name) for name in (*_SUBJECTS, "day")},
        standard=options.standard or "",
        review=find_review(database, options.review) if options.review else None,
        village=village,
    )


def paper_files(
    database: Database,
    definitions: Definitions,
    options: argparse.Namespace,
    village: UUID | None,
    today: date,
) -> Written:
    """Writes the paper of `giamngheo paper`: without a village of each that has a list, a form of
    households for each in the list; returns its files.
    """
    paper = definitions.paper(options.code, options.day or today)
    refuse_paper_options(paper, options)
    if options.only_year is not None:
        if options.certificate is None:
            raise AppError("cli_certificate_missing")
        output = arguments.only_form(options.output, "pdf")
        line = certificate_line(
            database, definitions, options.certificate, options.only_year, today=today
        )
        write_bytes(output, line.data)
        return Written([output])
    about = about_of(database, options, village)
    per_village = paper.subject in (Subject.CASE, Subject.REVIEW_VILLAGE)
    per_household = options.code in PER_HOUSEHOLD and not about.household
    if about.review and not about.household and per_village and (per_household or not village):
        villages = [village] if village else None
        docs = tuple(
            for_villages(database, definitions, options.code, about.review, villages, today=today)
        )
    else:
        docs = make_paper(database, definitions, options.code, about, today=today)
    written = write_paper(docs, options.format, options.output)
    of_list = about.review if options.code in CODED and not about.household else None
    return Written(written, _uncoded(database, of_list, village) if of_list else ())


def _uncoded(database: Database, review: UUID, village: UUID | None) -> Sequence[str]:
    count = uncoded(database, review, village)
    return [texts.CLI_PAPERS["uncoded"].format(count=count)] if count else []


def settle_format(options: argparse.Namespace) -> None:
    """The format of the file to write, before anything else is done: its name may refuse it.

    AppErrors of `arguments.form_of`, `cli_format_alone`.
    """
    if options.output is None and options.format:
        raise AppError("cli_format_alone")
    if options.output is not None:
        options.format = arguments.form_of(options.output, options.format, otherwise="pdf")


def package_file(
    database: Database,
    definitions: Definitions,
    options: argparse.Namespace,
    village: UUID | None,
    today: date,
) -> Written:
    """Writes the PDF of `giamngheo package`, and beside it the sheets of the villages."""
    output = arguments.only_form(options.output, "pdf")
    review = find_review(database, options.review)
    villages = None if village is None else [village]
    found = render_package(database, definitions, review, villages, today=today)
    write_bytes(output, found.data)
    notes = _uncoded(database, review, village)
    if not options.sheets:
        return Written([output], notes)
    context = machine_context()
    sheets = [
        village_sheet(database, context, definitions, review, one)
        for one in villages or villages_with_lists(database, review)
    ]
    sealed = [
        (sheet, *write_village_sheet(output.parent, sheet)) for sheet in sheets if sheet is not None
    ]
    sent = [(sheet, manifest, path.name) for sheet, path, manifest in sealed]
    village_sheets.record_sent(database, context, sent)
    return Written([output, *(path for _, path, _ in sealed)], notes)


def uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(texts.CLI_ARGUMENTS["uid"].format(value=text)) from error
