"""The facts of a paper, by the kind of its subject."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.paper import PaperDef, Subject
from giamngheo_desktop.domain.paper_facts import Facts
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.services.papers import decisions, villages
from giamngheo_desktop.services.papers.about import About, Reading, Told
from giamngheo_desktop.services.papers.applications import of_application
from giamngheo_desktop.services.papers.cases import of_case
from giamngheo_desktop.services.papers.certificates import of_certificate
from giamngheo_desktop.services.papers.confirmations import of_book, of_confirmation
from giamngheo_desktop.services.papers.households import of_household
from giamngheo_desktop.services.papers.office import office_facts
from giamngheo_desktop.storage import audit
from giamngheo_desktop.storage.engine import Database

READERS: Mapping[Subject, Callable[[Reading, About], Told]] = {
    Subject.HOUSEHOLD: of_household,
    Subject.APPLICATION: of_application,
    Subject.CASE: of_case,
    Subject.CERTIFICATE: of_certificate,
    Subject.REVIEW_VILLAGE: villages.of_village,
    Subject.DECISION: decisions.of_decision,
    Subject.CONFIRMATION: of_confirmation,
    Subject.CONFIRMATION_BOOK: of_book,
}


def paper_facts(
    database: Database, definitions: Definitions, paper: PaperDef, about: About, today: date
) -> Facts:
    """Everything known of a paper's subject, in one snapshot.

    Raises RefusedErrors `record_missing`, and `paper_unsettled` where a paper of results would
    name a case without one.
    """
    with database.reader() as connection:
        reading = Reading(connection, definitions, today)
        if paper.results:
            refuse_unsettled(reading, paper.subject, about)
        return facts_from(reading, READERS[paper.subject](reading, about))


def facts_from(reading: Reading, told: Told) -> Facts:
    """What a subject says, with the office that prints it."""
    values = {**office_facts(reading, told), **told.values}
    day = told.data_date or _last_known(reading, told.known)
    standard = _standard(reading, told, day) if day else ""
    return Facts(values, told.rows, day, told.notes, standard)


def _last_known(reading: Reading, day: date | None) -> date | None:
    """Not today, on which nothing may have been written: the same data print the same page."""
    written = audit.last_written(reading.connection)
    return day if day is None or written is None else min(day, written.date())


def _standard(reading: Reading, told: Told, day: date) -> str:
    """The standard the paper names, else that of the year."""
    standards = reading.definitions.standards
    return told.values.get("standard.label") or standard_for(standards, day.year).label


def refuse_unsettled(reading: Reading, subject: Subject, about: About) -> None:
    if subject is Subject.DECISION:
        decisions.refuse_unsettled(reading, about)
    else:
        villages.refuse_unsettled(reading, about)
