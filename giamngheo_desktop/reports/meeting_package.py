"""The papers of village meetings as one PDF, in binding order, and the village head's sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from giamngheo_desktop import __version__
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.fill import fill
from giamngheo_desktop.reports.paper_batches import Tell
from giamngheo_desktop.reports.paper_templates import in_use
from giamngheo_desktop.reports.pdf import PdfResult, Step, render_bundle
from giamngheo_desktop.services.exchange import village_sheets
from giamngheo_desktop.services.exchange.village_sheets import VillageSheet
from giamngheo_desktop.services.papers import package
from giamngheo_desktop.services.review import reviews
from giamngheo_desktop.storage.engine import Database


def package_docs(
    database: Database, definitions: Definitions, review: UUID, village: UUID, *, today: date
) -> Iterator[ReportDoc]:
    """The papers of one village: cover with its list, invitations, list, forms, minutes, ballot,
    posting, results. Raises RefusedErrors `record_missing`, `paper_template_broken`.
    """
    definitions = in_use(database, definitions)
    for paper, facts in package.sheets(database, definitions, review, village, today):
        yield fill(paper, facts)


def render_package(
    database: Database,
    definitions: Definitions,
    review: UUID,
    villages: Sequence[UUID] | None = None,
    *,
    today: date,
    step: Step | None = None,
    tell: Tell | None = None,
) -> PdfResult:
    """The packages of these villages, or of all that have a list, one behind the other.

    `step` is called for every table, `tell` for every village; what they raise passes through. The
    result has no cells.
    Raises RefusedError `no_list` where no village has a household to review.
    """
    if villages is None:
        villages = package.villages_with_lists(database, review)
    if not villages:
        raise RefusedError("no_list")
    return render_bundle(
        _all(database, definitions, review, villages, today, step, tell), step, places=False
    )


def village_sheet(
    database: Database, context: Context, definitions: Definitions, review: UUID, village: UUID
) -> VillageSheet | None:
    """What the village head fills in beside the papers; None for a village without a list."""
    if village not in package.villages_with_lists(database, review):
        return None
    with database.reader() as connection:
        year = int(reviews.get(connection, review)["review_year"])
    return village_sheets.collect(
        database, context, definitions, village, year=year, review=review, program=__version__
    )


def _all(
    database: Database,
    definitions: Definitions,
    review: UUID,
    villages: Sequence[UUID],
    today: date,
    step: Step | None,
    tell: Tell | None,
) -> Iterator[ReportDoc]:
    for done, village in enumerate(villages):
        if step:
            step()
        if tell:
            tell(done, len(villages))
        yield from package_docs(database, definitions, review, village, today=today)
