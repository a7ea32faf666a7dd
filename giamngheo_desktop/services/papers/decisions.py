"""What Mẫu 02 says: the decision of a review under a standard, with its four lists."""

from __future__ import annotations

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.services.papers.about import About, Reading, Told
from giamngheo_desktop.services.papers.cases import Asked
from giamngheo_desktop.services.papers.households import decision_words
from giamngheo_desktop.services.papers.lists import list_facts, unsettled
from giamngheo_desktop.services.papers.villages import raise_unsettled
from giamngheo_desktop.services.review import recognition
from giamngheo_desktop.storage import households as stored_households
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage import reviews as stored
from giamngheo_desktop.storage.records import Row


def of_decision(reading: Reading, about: About) -> Told:
    """The decision as recorded, or its draft by the results so far; blank without a review."""
    asked = Asked(reading, about.review)
    if about.review is None or asked.review is None:
        return Told(values=asked.facts)
    code = about.standard or asked.facts_standard
    paper = _paper(reading, about)
    found = recognition.lists_in(reading.connection, reading.definitions, about.review, code)
    homes = stored_households.load(reading.connection, list(asked.rows), asked.day)
    addresses = {uid: home.address or "" for uid, home in homes.items()}
    counts, lists = list_facts(found, asked.names, addresses, lambda _: True)
    signed_on = paper["signed_on"] if paper else None
    return Told(
        values={
            **asked.facts,
            "standard.label": reading.definitions.standards.get(code).label,
            "decision.reference": decision_words(paper["number"], signed_on) if paper else "",
            "decision.valid_from": _valid_from(reading, paper, code),
            "decision.first_of_standard": _first_of_standard(reading, asked.review, code),
            **counts,
        },
        rows=lists,
        place=asked.review["area"],
        signed_on=signed_on,
        known=asked.known,
        number=(paper["number"] or "") if paper else "",
        signer=(paper["signer"] or "") if paper else "",
    )


def _first_of_standard(reading: Reading, review: Row, code: str) -> str:
    """The standard where the review began before its time: nobody had a class by it, else empty."""
    standard = reading.definitions.standards.get(code)
    return standard.label if review["begun_on"] < standard.valid_from else ""


def refuse_unsettled(reading: Reading, about: About) -> None:
    """A draft lists nobody without a result; what was signed stands. RefusedError
    `paper_unsettled`.
    """
    if about.review is None or _paper(reading, about):
        return
    asked = Asked(reading, about.review)
    code = about.standard or asked.facts_standard
    open_cases = unsettled(reading, about.review, code)
    names = [asked.rows[case["household"]].head for case in open_cases]
    if names:
        raise_unsettled(names)


def _paper(reading: Reading, about: About) -> Row | None:
    code = about.standard or Asked(reading, about.review).facts_standard
    rows = records.find(
        reading.connection, Kind.REVIEW_STANDARD, review=about.review, standard=code
    )
    uid = rows[0]["decision"] if rows else None
    return records.get(reading.connection, Kind.DECISION, uid) if uid else None


def _valid_from(reading: Reading, paper: Row | None, standard: str) -> str:
    if paper is None:
        return ""
    rows = stored.recognised(reading.connection, paper["uid"], standard)
    return format_date(min(row["valid_from"] for row in rows)) if rows else ""
