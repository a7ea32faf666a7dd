"""Giấy chứng nhận hộ nghèo, hộ cận nghèo (Mẫu 03): one paper, with a line signed each year.

A household keeps its certificate over the years; a reissued one replaces it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.issued import leading_number
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.services import held_certificates
from giamngheo_desktop.services.held_certificates import Certificate as Certificate
from giamngheo_desktop.services.held_certificates import all_held
from giamngheo_desktop.services.review import reviews
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import case_lists as listed
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage import reviews as stored
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.texts import MEMBERS_CHANGED

SERIES = "/GCN-HN.HCN"


class CertificateRow(NamedTuple):
    """A household recognised by a review's decision, and its certificate as far as it is there."""

    household: UUID
    village: UUID
    head: str
    sort_key: str
    persons: int
    household_class: str
    certificate: UUID | None
    number: str | None
    issued_on: date | None
    signed_on: date | None  # of the line by this decision


class Signed(NamedTuple):
    """How many certificates were issued, and how many lines were signed in all."""

    issued: int
    signed: int


def of_household(database: Database, household: UUID) -> list[Certificate]:
    """The certificates of a household, the one that holds first."""
    with database.reader() as connection:
        return held_certificates.certificates(connection, household)


def of_review(
    database: Database, review: UUID, village: UUID | None = None
) -> list[CertificateRow]:
    """Everybody whom the main decision of a review recognised as poor or near-poor, by list."""
    with database.reader() as connection:
        row = reviews.get(connection, review)
        paper, classes = _recognised(connection, review)
        names = listed.who(connection, row)
        held = all_held(connection)
        lines = _lines(connection, paper) if paper else {}
        cases = stored.cases(connection, review, village)
    found = []
    for case in cases:
        home = case["household"]
        if home not in classes:
            continue
        own = held.get(home)
        found.append(
            CertificateRow(
                home,
                case["village"],
                *names[home],
                classes[home],
                own.uid if own else None,
                own.number if own else None,
                own.issued_on if own else None,
                lines[home]["signed_on"] if home in lines else None,
            )
        )
    return found


def sign(
    database: Database,
    context: Context,
    review: UUID,
    households: Collection[UUID],
    *,
    signed_on: date,
    first_number: int | None = None,
) -> Done[Signed]:
    """Sign the year's line of these households, in the order of the lists.

    One without a certificate gets one, numbered from `first_number` or the next free one; an old
    number that only the household's form knows stays. Raises RefusedError `not_recognised`,
    `certificate_for_listed`, `certificate_number_taken`, `before_review`, `event_in_future`.
    """
    with write_unit(database, context, Op.ISSUE_CERTIFICATES) as work:
        row = reviews.running(work.connection, review)
        _check_day(work, signed_on)
        if signed_on < row["begun_on"]:
            raise RefusedError("before_review", day=format_date(row["begun_on"]))
        paper, classes = _recognised(work.connection, review)
        if paper is None:
            raise RefusedError("not_recognised")
        if not set(households) <= classes.keys():
            raise RefusedError("certificate_for_listed")
        held, lines = all_held(work.connection), _lines(work.connection, paper)
        numbers = _numbers(work.connection, signed_on.year)
        number = first_number or _next(numbers)
        issued = 0
        for case in stored.cases(work.connection, review):
            home = case["household"]
            if home not in households:
                continue
            if home in lines:
                work.update(Kind.CERTIFICATE_YEAR, lines[home]["uid"], signed_on=signed_on)
                continue
            own = held.get(home)
            if own is None and (known := _typed_number(work, home)):
                certificate = _insert(work, home, known, None)
            elif own is None:
                text = _written(number)
                _refuse_taken(numbers, text)
                certificate = _insert(work, home, text, signed_on)
                number += 1
                issued += 1
            else:
                certificate = own.uid
            work.insert(
                Kind.CERTIFICATE_YEAR,
                certificate=certificate,
                year=row["review_year"],
                household_class=classes[home],
                decision=paper,
                signed_on=signed_on,
            )
        work.subject = str(len(households))
    return Done(Signed(issued, len(households)), work.changes)


def unsign(
    database: Database, context: Context, review: UUID, households: Collection[UUID]
) -> Done[None]:
    """Take lines of a review back, and certificates that were issued for nothing else."""
    with write_unit(database, context, Op.ISSUE_CERTIFICATES) as work:
        reviews.running(work.connection, review)
        paper, _ = _recognised(work.connection, review)
        if paper is None:
            raise RefusedError("not_recognised")
        for line in records.find(work.connection, Kind.CERTIFICATE_YEAR, decision=paper):
            row = work.living(Kind.CERTIFICATE, line["certificate"])
            if row["household"] not in households:
                continue
            work.remove(Kind.CERTIFICATE_YEAR, line["uid"])
            if records.pointing_at(work.connection, Kind.CERTIFICATE, [row["uid"]]):
                continue
            work.remove(Kind.CERTIFICATE, row["uid"])
            if row["issued_on"] is not None:
                work.update(Kind.HOUSEHOLD, row["household"], certificate_number=None)
        work.subject = str(len(households))
    return Done(None, work.changes)


def reissue(
    database: Database,
    context: Context,
    certificate: UUID,
    *,
    number: str,
    issued_on: date,
    note: str | None = None,
) -> Done[UUID]:
    """A new paper for a lost, torn or full one; the lines of its newest year go over to it.

    Without a `number` it gets the next free one. Raises RefusedErrors `certificate_replaced`,
    `certificate_number_taken`, `event_in_future`.
    """
    with write_unit(database, context, Op.ISSUE_CERTIFICATES) as work:
        row = work.living(Kind.CERTIFICATE, certificate)
        _check_day(work, issued_on)
        refuse_replaced(work.connection, certificate)
        numbers = _numbers(work.connection, issued_on.year)
        number = clean(number) or _written(_next(numbers))
        _refuse_taken(numbers, number)
        new = _insert(work, row["household"], number, issued_on, replaces=certificate, note=note)
        lines = records.find(work.connection, Kind.CERTIFICATE_YEAR, certificate=certificate)
        newest = max((line["year"] for line in lines), default=None)
        for line in lines:
            if line["year"] == newest:
                kept = {name: line[name] for name in ("year", "household_class", "decision")}
                work.insert(Kind.CERTIFICATE_YEAR, certificate=new, signed_on=issued_on, **kept)
        work.subject = number
    return Done(new, work.changes)


def correct(
    database: Database,
    context: Context,
    certificate: UUID,
    *,
    number: str,
    issued_on: date | None,
    note: str | None,
) -> Done[None]:
    """Number, day or note were mistyped."""
    with write_unit(database, context, Op.ISSUE_CERTIFICATES) as work:
        row = work.living(Kind.CERTIFICATE, certificate)
        number = clean(number)
        if issued_on is not None:
            _check_day(work, issued_on)
            _refuse_taken(_numbers(work.connection, issued_on.year, but=certificate), number)
        values = {"number": number, "issued_on": issued_on, "note": note}
        work.change(Kind.CERTIFICATE, certificate, row, values)
        if not records.find(work.connection, Kind.CERTIFICATE, replaces=certificate):
            work.update(Kind.HOUSEHOLD, row["household"], certificate_number=number)
        work.subject = number
    return Done(None, work.changes)


def change_members(
    database: Database, context: Context, certificate: UUID, *, day: date, papers: str
) -> Done[None]:
    """The list of members on the paper was changed; the members themselves are events."""
    with write_unit(database, context, Op.ISSUE_CERTIFICATES) as work:
        row = work.living(Kind.CERTIFICATE, certificate)
        _check_day(work, day)
        said = MEMBERS_CHANGED.format(day=format_date(day), papers=clean(papers))
        note = f"{row['note']}\n{said}" if row["note"] else said
        work.change(Kind.CERTIFICATE, certificate, row, {"note": note})
        work.subject = row["number"] or ""
    return Done(None, work.changes)


def refuse_replaced(connection: Connection, certificate: UUID) -> None:
    """Nothing is written on a paper that was reissued: RefusedError `certificate_replaced`."""
    if records.find(connection, Kind.CERTIFICATE, replaces=certificate):
        raise RefusedError("certificate_replaced")


def _recognised(connection: Connection, review: UUID) -> tuple[UUID | None, dict[UUID, str]]:
    """The main decision of a review and whom it put on a list."""
    rows = records.find(connection, Kind.REVIEW_STANDARD, review=review)
    main = reviews.main_standard(rows)
    if main is None or main["decision"] is None:
        return None, {}
    found = stored.recognised(connection, main["decision"], main["standard"])
    names = {row["household"]: row["household_class"] for row in found}
    return main["decision"], {home: name for home, name in names.items() if name in reviews.LISTED}


def _lines(connection: Connection, paper: UUID) -> dict[UUID, dict[str, Any]]:
    """The lines that rest on a decision, by household."""
    homes = {row["uid"]: row["household"] for row in records.find(connection, Kind.CERTIFICATE)}
    rows = records.find(connection, Kind.CERTIFICATE_YEAR, decision=paper)
    return {homes[row["certificate"]]: row for row in rows if row["certificate"] in homes}


def _numbers(connection: Connection, year: int, but: UUID | None = None) -> set[str]:
    """The numbers given out in a year."""
    rows = records.find(connection, Kind.CERTIFICATE)
    issued = [row for row in rows if row["issued_on"] and row["issued_on"].year == year]
    return {row["number"] for row in issued if row["number"] and row["uid"] != but}


def _next(numbers: Iterable[str]) -> int:
    return max(map(leading_number, numbers), default=0) + 1


def _written(number: int) -> str:
    return f"{number:02d}{SERIES}"


def _refuse_taken(numbers: Iterable[str], number: str) -> None:
    if number in numbers:
        raise RefusedError("certificate_number_taken", number=number)


def _check_day(work: WriteUnit, day: date) -> None:
    if day > work.context.today():
        raise RefusedError("event_in_future", day=format_date(day))


def _typed_number(work: WriteUnit, household: UUID) -> str | None:
    row: Mapping[str, Any] = work.living(Kind.HOUSEHOLD, household)
    return clean(row["certificate_number"] or "") or None


def _insert(
    work: WriteUnit,
    household: UUID,
    number: str,
    issued_on: date | None,
    *,
    replaces: UUID | None = None,
    note: str | None = None,
) -> UUID:
    work.update(Kind.HOUSEHOLD, household, certificate_number=number)
    return work.insert(
        Kind.CERTIFICATE,
        household=household,
        number=number,
        issued_on=issued_on,
        replaces=replaces,
        note=note,
    )
