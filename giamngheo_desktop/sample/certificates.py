"""The certificates of the sample: each household now listed holds one, with a line for every year
since it came onto the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import takewhile

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.sample.book import ClassRow, Decision, Home
from giamngheo_desktop.sample.course import NEW
from giamngheo_desktop.services.unit import WriteUnit

_SIGNED_AFTER = timedelta(days=2)  # its decision


def write_certificates(work: WriteUnit, homes: Iterable[Home]) -> None:
    """After the last year: numbers are those on the forms of the households."""
    held = [(home, lines) for home in homes if (lines := _lines(home))]
    uids = work.insert_many(
        Kind.CERTIFICATE,
        [
            {
                "household": home.uid,
                "number": home.values["certificate_number"],
                "issued_on": lines[0][1].signed_on + _SIGNED_AFTER,
                "replaces": None,
                "note": None,
            }
            for home, lines in held
        ],
    )
    work.insert_many(
        Kind.CERTIFICATE_YEAR,
        [
            {
                "certificate": uid,
                "year": row.review_year,
                "household_class": row.household_class,
                "decision": decision.uid,
                "signed_on": decision.signed_on + _SIGNED_AFTER,
            }
            for uid, (_, lines) in zip(uids, held, strict=True)
            for row, decision in lines
        ],
    )


def _lines(home: Home) -> Sequence[tuple[ClassRow, Decision]]:
    """The results of the years on the list without a break, by decisions of this commune."""
    if not home.values["certificate_number"]:
        return ()
    rows = sorted(
        (row for row in home.classes if row.standard == NEW),
        key=lambda row: row.valid_from,
        reverse=True,
    )
    listed = takewhile(lambda row: row.household_class != "not_poor", rows)
    by_year: dict[int, tuple[ClassRow, Decision]] = {}
    for row in listed:  # the newest of a year counts
        if row.decision is not None and row.decision.signer is not None:
            by_year.setdefault(row.review_year, (row, row.decision))
    return [by_year[year] for year in sorted(by_year)]
