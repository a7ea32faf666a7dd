"""The decision behind a class: one record for each number of a commune and a review year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.services.unit import WriteUnit
from giamngheo_desktop.storage import records


def decision_of(
    work: WriteUnit, commune: UUID, number: str | None, signed_on: date | None, year: int
) -> UUID | None:
    """The decision by number and day, found or made; None where no paper is named.

    One of the year whose day nobody knew gets it, and a number alone is the one that is known.
    """
    if not number and not signed_on:
        return None
    known = records.find(work.connection, Kind.DECISION, number=number, area=commune)
    same = [row for row in known if row["signed_on"] == signed_on]
    open_ends = [row for row in known if None in (row["signed_on"], signed_on)] if number else []
    found = next(iter(same), None) or next(
        (row for row in open_ends if _is_of_year(work, row, year)), None
    )
    if found is None:
        return work.insert(
            Kind.DECISION, area=commune, number=number, signed_on=signed_on, signer=None, note=None
        )
    uid = UUID(str(found["uid"]))
    if found["signed_on"] is None and signed_on is not None:
        work.update(Kind.DECISION, uid, signed_on=signed_on)
    return uid


def _is_of_year(work: WriteUnit, decision: Mapping[str, Any], year: int) -> bool:
    given = records.find(work.connection, Kind.CLASS_RECORD, decision=decision["uid"])
    years = {row["review_year"] for row in given}
    if not years and decision["signed_on"] is not None:
        years = {decision["signed_on"].year}
    return years <= {year}
