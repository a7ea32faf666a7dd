"""The same paper for many: for each household of a list, each village, each certificate."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.fill import fill
from giamngheo_desktop.reports.paper_templates import in_use
from giamngheo_desktop.reports.papers import CERTIFICATE, About, make_paper
from giamngheo_desktop.services.papers import package
from giamngheo_desktop.storage.engine import Database

Tell = Callable[[int, int], None]  # how many are done, of how many; may raise Cancelled


def for_villages(
    database: Database,
    definitions: Definitions,
    code: str,
    review: UUID,
    villages: Sequence[UUID] | None,
    *,
    today: date,
    tell: Tell | None = None,
) -> Iterator[ReportDoc]:
    """The paper of each village, or of all that have a list: of their last meeting and posting.

    One that each household gets is made for each of them. RefusedErrors of `make_paper`, `no_list`
    without a village, `nothing_to_print` where no household gets the paper.
    """
    definitions = in_use(database, definitions)
    if villages is None:
        villages = package.villages_with_lists(database, review)
    if not villages:
        raise RefusedError("no_list")
    made = False
    for done, village in enumerate(villages):
        if tell:
            tell(done, len(villages))
        if code in package.PER_HOUSEHOLD:
            found = package.household_sheets(database, definitions, code, review, village, today)
            docs: Sequence[ReportDoc] = [fill(paper, facts) for paper, facts in found]
        else:
            meeting, posting = package.last_of(database, review, village)
            about = About(review=review, village=village, meeting=meeting, posting=posting)
            docs = make_paper(database, definitions, code, about, today=today)
        for doc in docs:
            made = True
            yield doc
    if not made:
        raise RefusedError("nothing_to_print", label=definitions.paper(code, today).label)


def for_certificates(
    database: Database,
    definitions: Definitions,
    certificates: Sequence[UUID],
    *,
    today: date,
    tell: Tell,
) -> Iterator[ReportDoc]:
    """Each of these certificates. RefusedError `record_missing`."""
    for done, one in enumerate(certificates):
        tell(done, len(certificates))
        about = About(certificate=one)
        yield from make_paper(database, definitions, CERTIFICATE, about, today=today)
