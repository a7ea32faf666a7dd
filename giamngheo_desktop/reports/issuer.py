"""Whose paper it is: the heading and the signers that the settings of a day name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from giamngheo_desktop import texts
from giamngheo_desktop.reports.document import Letterhead, ReportDoc, Signature
from giamngheo_desktop.reports.imprint import program
from giamngheo_desktop.services import settings as unit_settings
from giamngheo_desktop.storage.engine import Database


def of_unit(database: Database, doc: ReportDoc) -> ReportDoc:
    """A paper as the unit signs it on the day of its data. ValueError for one without a day."""
    if doc.data_date is None:
        raise ValueError(doc.code)
    values = unit_settings.get(database, doc.data_date)
    heading, signers = letterhead(values), signatures(values)
    return replace(doc, letterhead=heading, signatures=signers, program=program())


def letterhead(settings: Mapping[str, str]) -> Letterhead:
    place = settings.get("place_name", "")
    superior = settings.get("superior_body", "")
    return Letterhead(
        superior=(superior,) if superior else (),
        issuer=tuple(settings.get("issuing_body", "").splitlines()),
        place_date=texts.place_and_date(place, None, None),
    )


def signatures(settings: Mapping[str, str]) -> tuple[Signature, ...]:
    right = [*settings.get("signer_authority", "").splitlines(), settings.get("signer_title", "")]
    return (
        Signature(
            titles=(texts.PAPER["preparer"],),
            hint=texts.PAPER["sign"],
            name=settings.get("preparer_name", ""),
        ),
        Signature(
            titles=tuple(line for line in right if line),
            hint=texts.PAPER["sign_and_seal"],
            name=settings.get("signer_name", ""),
        ),
    )
