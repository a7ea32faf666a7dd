"""Which paper of the programme a command asks for: of a year, of a day, or of a record."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from giamngheo_desktop.cli.taken_options import refuse_both, refuse_programme_options
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.reports.programme_papers import (
    POSTING,
    ProgrammeAsked,
    asked_of_record,
    paper_of,
)
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.programme import period_lists
from giamngheo_desktop.services.programme.helping import day_of
from giamngheo_desktop.storage.engine import Database

_RECORDS: Mapping[Kind | None, str] = {  # the option that names what a paper is of
    Kind.PERIOD_LIST: "period",
    Kind.SUPPORT_EVENT: "event",
    Kind.HOUSEHOLD: "household",
}


def asked_by(
    database: Database,
    definitions: Definitions,
    options: argparse.Namespace,
    unit: UUID | None,
    today: date,
) -> ProgrammeAsked:
    """AppErrors `cli_issue_document`, `cli_needs_option`, `cli_year_missing`, of
    `refuse_programme_options`, of `period_lists.issued_list`.
    """
    code: str = options.code.lower()
    paper = paper_of(definitions, code)
    if paper.of is Kind.DOCUMENT:
        raise AppError("cli_issue_document")
    refuse_programme_options(code, paper, options)
    named = _RECORDS.get(paper.of)
    if named and not paper.of_all and getattr(options, named) is None:
        raise AppError("cli_needs_option", one=code, needed=f"--{named}")
    if paper.of is Kind.PERIOD_LIST:
        policy, commune = code.removesuffix(POSTING), unit or areas.top_unit(database, today)
        kept = period_lists.issued_list(database, definitions, policy, options.period, unit=commune)
        return asked_of_record(database, definitions, code, kept.uid)
    if paper.of is Kind.SUPPORT_EVENT:
        return asked_of_record(database, definitions, code, options.event)
    if paper.has_day:
        refuse_both(options, "year", "as-of")
        day = options.as_of or (day_of(options.year, None, today) if options.year else today)
        return ProgrammeAsked(
            code=code, year=day.year, unit=unit, as_of=day, about=options.household
        )
    if options.year is None:
        raise AppError("cli_year_missing")
    return ProgrammeAsked(code=code, year=options.year, unit=unit)
