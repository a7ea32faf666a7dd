"""What Mẫu 03 says: the household, the lines signed each year, the members."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.paper_facts import FactRow
from giamngheo_desktop.services.papers import households
from giamngheo_desktop.services.papers.about import About, Reading, Told
from giamngheo_desktop.storage import records
from giamngheo_desktop.texts.paper_words import CLASS_WORDS


def of_certificate(reading: Reading, about: About) -> Told:
    """A certificate with the members of today; blank without one."""
    if about.certificate is None:
        values, _ = households.household_facts(reading, None, reading.today)
        return Told(values=values)
    row = _living(reading, about.certificate)
    home = households.read(reading, row["household"], reading.today)
    values, rows = households.household_facts(reading, home, reading.today)
    replaced = _living(reading, row["replaces"])["number"] if row["replaces"] else ""
    return Told(
        values={
            **values,
            "certificate.number": row["number"] or "",
            "certificate.replaced": replaced or "",
            "certificate.note": row["note"] or "",
        },
        rows={**rows, "certificate_years": _years(reading, row)},
        place=home.village,
        signed_on=row["issued_on"],
        known=reading.today,
        number=row["number"] or "",
    )


def _living(reading: Reading, uid: Any) -> Mapping[str, Any]:
    row = records.get(reading.connection, Kind.CERTIFICATE, uid)
    if row is None or row["removed"]:
        raise RefusedError("record_missing")
    return row


def _years(reading: Reading, certificate: Mapping[str, Any]) -> list[FactRow]:
    lines = records.find(reading.connection, Kind.CERTIFICATE_YEAR, certificate=certificate["uid"])
    papers = records.get_many(
        reading.connection, Kind.DECISION, [line["decision"] for line in lines if line["decision"]]
    )
    rows: list[FactRow] = []
    for line in sorted(lines, key=lambda line: (line["year"], line["uid"])):
        paper = papers.get(line["decision"])
        rows.append(
            {
                "year": str(line["year"]),
                "class": CLASS_WORDS.get(line["household_class"], ""),
                "decision": households.decision_words(paper["number"], paper["signed_on"])
                if paper
                else "",
                "signed_on": format_date(line["signed_on"]) if line["signed_on"] else "",
                "seal": "",
            }
        )
    return rows
