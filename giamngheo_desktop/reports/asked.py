"""How a table, a list, a paper is asked for: kept with what is issued, so that it is made again."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.confirmation import What
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.reports import programme_papers
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.make import make, refuse_future, wanted
from giamngheo_desktop.reports.name_list import make_list, wanted_list
from giamngheo_desktop.reports.papers import BLANK, make_paper
from giamngheo_desktop.reports.programme_papers import ProgrammeAsked
from giamngheo_desktop.reports.stored_doc import loaded, stored
from giamngheo_desktop.services.confirming import Confirmation
from giamngheo_desktop.services.papers.about import About
from giamngheo_desktop.services.report_rows import Request
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAsked:
    """A table as it was asked for: what `make` takes."""

    code: str
    year: int
    unit: UUID | None = None
    recognised: bool = True
    as_of: date | None = None
    geography: date | None = None
    standard: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAsked:
    """A list of names as it was asked for: what `make_list` takes."""

    code: str
    year: int
    unit: UUID | None = None
    standard: str | None = None
    columns: tuple[str, ...] | None = None
    as_of: date | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperAsked:
    """A paper as it was asked for: what `make_paper` takes."""

    code: str
    about: About = BLANK


Asked = ReportAsked | ListAsked | PaperAsked | ProgrammeAsked


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What is typed at issuing: empty `recipients` and `signer` are those of the document."""

    number: str = ""
    issued_on: date
    recipients: str = ""
    signer: str = ""
    purpose: str = ""
    replaces: UUID | None = None


KEPT = (ReportAsked, ListAsked, PaperAsked, ProgrammeAsked, About, Confirmation, What, Stamp)


def asked_text(asked: Asked) -> str:
    """How a document is asked for, to be kept in a draft."""
    return stored((asked,), *KEPT)


def asked_from(text: str) -> Asked:
    """The inverse of `asked_text`. RefusedErrors of `stored_doc.loaded`, `issued_unreadable`."""
    match loaded(text, *KEPT):
        case (asked,) if isinstance(asked, Asked):
            return asked
    raise RefusedError("issued_unreadable")


def made(
    database: Database, definitions: Definitions, asked: Asked, *, today: date, anew: bool = False
) -> tuple[ReportDoc, ...]:
    """The document from the data of now, before it is signed, `anew` even where a record keeps what
    it was drawn up with; AppErrors of `make`, `make_list`, `make_paper`, `programme_papers.made`
    and `refuse_future`.
    """
    if isinstance(asked, PaperAsked):
        return make_paper(database, definitions, asked.code, asked.about, today=today)
    refuse_future(database, asked.as_of, today)
    if isinstance(asked, ListAsked):
        return (make_list(database, definitions, **_values(asked)),)
    if isinstance(asked, ProgrammeAsked):
        return programme_papers.made_whole(database, definitions, asked, today=today, anew=anew)
    return (made_table(database, definitions, asked),)


def made_table(
    database: Database, definitions: Definitions, asked: ReportAsked, signed_on: date | None = None
) -> ReportDoc:
    """With the offices, signers and receivers of the day it is signed on."""
    return make(database, definitions, **_values(asked), signed_on=signed_on)


def request_of(
    database: Database, definitions: Definitions, asked: ReportAsked | ListAsked
) -> Request:
    """What a table or list of a whole year reads."""
    if isinstance(asked, ReportAsked):
        return wanted(database, definitions, **_values(asked))
    args = (database, definitions, asked.code)
    return wanted_list(*args, year=asked.year, unit=asked.unit, standard=asked.standard)


def _values(asked: ReportAsked | ListAsked) -> dict[str, Any]:
    return {one.name: getattr(asked, one.name) for one in fields(asked)}
