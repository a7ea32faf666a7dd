"""A paper from the file to the document: its definition, the facts of its subject, what is
attached."""

from __future__ import annotations

from datetime import date

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.paper import PaperDef
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.fill import fill
from giamngheo_desktop.services.papers.about import About
from giamngheo_desktop.services.papers.read import paper_facts
from giamngheo_desktop.storage.engine import Database

BLANK = About()


def make_paper(
    database: Database, definitions: Definitions, code: str, about: About = BLANK, *, today: date
) -> tuple[ReportDoc, ...]:
    """The paper with those attached to it, for `render_bundle`; blank where `about` says nobody.

    Raises AppError `unknown_paper`, RefusedErrors `record_missing` and `paper_unsettled` (a paper
    of results would name a household without one).
    """
    paper = definitions.paper(code, about.day or today)
    return tuple(
        fill(one, paper_facts(database, definitions, one, about, today))
        for one in with_attached(definitions, paper)
    )


def with_attached(definitions: Definitions, paper: PaperDef) -> tuple[PaperDef, ...]:
    """A paper, then those its definition names behind it."""
    return (paper, *(definitions.paper(code) for code in paper.attached))


def papers_on(definitions: Definitions, day: date) -> dict[str, PaperDef]:
    """Every paper in force on a day, by code."""
    return {code: definitions.paper(code, day) for code in definitions.papers}
