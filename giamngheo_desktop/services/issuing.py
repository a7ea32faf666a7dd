"""Phát hành: what was signed or sent is kept as it was, under the number the văn thư gave it.

The document travels as text here; `reports.issued` writes and reads it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from textwrap import shorten
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.area import Level, successors
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.issued import (
    IssuedKind,
    State,
    is_number,
    leading_number,
    numbered,
    padded,
    same_number,
    sign_of,
    typed_number,
)
from giamngheo_desktop.domain.vietnamese import clean, search_key
from giamngheo_desktop.services.areas import top_of
from giamngheo_desktop.services.closed_years import closed_on
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import areas, audit, records
from giamngheo_desktop.storage import issued as stored
from giamngheo_desktop.storage.engine import Connection, Database

_TITLE = 40  # characters of a title that a refusal repeats


@dataclass(frozen=True, slots=True, kw_only=True)
class NewIssue:
    """What is issued: `place` is a unit it is about (None: all of the file), `asked` says how to
    make it again, `document` is what was signed; `tells_of` is the day that it speaks of, and
    `tells_why` says so.
    """

    kind: IssuedKind
    code: str
    title: str
    year: int
    issued_on: date
    asked: str
    document: str
    number: str = ""
    subject: str = ""
    standard: str = ""
    edition: int | None = None
    place: UUID | None = None
    household: UUID | None = None
    person: UUID | None = None
    recipients: str = ""
    signer: str = ""
    purpose: str = ""
    replaces: UUID | None = None
    tells_of: date | None = None
    tells_why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """One line of the list of issued things; `at` is when it was typed, `year` what it tells of."""

    uid: UUID
    area: UUID
    kind: IssuedKind
    code: str
    title: str
    subject: str | None
    year: int
    standard: str | None
    edition: int | None
    household: UUID | None
    person: UUID | None
    number: str | None
    issued_on: date
    recipients: str | None
    signer: str | None
    purpose: str | None
    cancelled_on: date | None
    cancel_reason: str | None
    replaces: UUID | None
    replaced_by: UUID | None
    data_seq: int
    data_hash: str
    sha256: str
    actor: str
    at: datetime

    @property
    def state(self) -> State:
        if self.cancelled_on is not None:
            return State.CANCELLED
        return State.ISSUED if self.replaced_by is None else State.REPLACED


@dataclass(frozen=True, slots=True)
class Beside:
    """What to say of a `number`: other tables that bear the `same` one, those `near` it of which
    only the letter is another (`8`, `8a`), and the ký hiệu (`sign`) used last where it has none:
    nobody knows then which row of numbers it is of.
    """

    number: str
    same: tuple[Issued, ...]
    sign: str = ""
    near: tuple[Issued, ...] = ()


def issue(database: Database, context: Context, new: NewIssue) -> Done[UUID]:
    """Keep a document as issued; returns its uid.

    Raises RefusedErrors `event_in_future`, `issued_in_future` and `issued_day_not_come` (of what
    tells of a day), `issued_before_data` (signed before that day), `issued_number_missing` (of a
    book that the commune numbers itself), `issued_number_unreadable`, `issued_number_taken` (by a
    cancelled one too), `issued_other_kind`, `issued_cancelled` and `issued_replaced` of what it
    replaces.
    """
    with write_unit(database, context, Op.ISSUE) as work:
        uid = issue_in(work, new)
    return Done(uid, work.changes)


def issue_in(work: WriteUnit, new: NewIssue) -> UUID:
    """`issue` within another action."""
    connection = work.connection
    _refuse_day(connection, work.context, new)
    area = _commune(connection, new.place, new.issued_on)
    number = typed_number(new.number) or None
    digest = _digest(new.document)
    if number is not None:
        _check_number(connection, new.kind, new.code, new.issued_on, area, number, new.replaces)
    elif new.kind is IssuedKind.CONFIRMATION:
        raise RefusedError("issued_number_missing")
    if new.replaces is not None:
        old = _in_force(work, new.replaces)
        if (old["kind"], old["code"]) != (new.kind.value, new.code):
            raise RefusedError("issued_other_kind", title=old["title"])
        if records.find(connection, Kind.ISSUED, replaces=new.replaces):
            raise RefusedError("issued_replaced")
    seq, last = audit.last_group(connection)
    uid = work.insert(
        Kind.ISSUED,
        area=area,
        kind=new.kind.value,
        code=new.code,
        title=new.title,
        subject=clean(new.subject) or None,
        year=new.year,
        standard=new.standard or None,
        edition=new.edition,
        household=new.household,
        person=new.person,
        number=number,
        issued_on=new.issued_on,
        recipients=new.recipients.strip() or None,
        signer=clean(new.signer) or None,
        purpose=clean(new.purpose) or None,
        cancelled_on=None,
        cancel_reason=None,
        replaces=new.replaces,
        data_seq=seq,
        data_hash=last,
        asked=new.asked,
        document=new.document,
        sha256=digest,
    )
    numbered = texts.CONFIRM["numbered"].format(title=new.title, number=number)
    work.subject = numbered if number else new.title
    return uid


def give_number(database: Database, context: Context, uid: UUID, number: str) -> Done[None]:
    """The văn thư numbered it after it was printed: on the paper the number stands in ink.

    Raises RefusedErrors `issued_numbered`, `issued_number_missing`, `issued_cancelled`, and those
    of a number that `issue` raises.
    """
    with write_unit(database, context, Op.NUMBER_ISSUED) as work:
        row = _in_force(work, uid)
        if row["number"]:
            raise RefusedError("issued_numbered", number=row["number"])
        number = typed_number(number)
        if not number:
            raise RefusedError("issued_number_missing")
        kind = IssuedKind(row["kind"])
        day, area = row["issued_on"], row["area"]
        _check_number(work.connection, kind, row["code"], day, area, number, row["replaces"])
        work.change(Kind.ISSUED, uid, row, {"number": number})
        work.subject = number
    return Done(None, work.changes)


def cancel(
    database: Database, context: Context, uid: UUID, *, reason: str, day: date | None = None
) -> Done[None]:
    """It does not hold any more; number and document stay.

    Raises RefusedErrors `issued_cancelled`, `issued_reason_missing`, `issued_before`,
    `event_in_future`.
    """
    day = day or context.today()
    with write_unit(database, context, Op.CANCEL_ISSUED, reason=clean(reason)) as work:
        row = _in_force(work, uid)
        if not clean(reason):
            raise RefusedError("issued_reason_missing")
        _refuse_future(max(context.today(), row["issued_on"]), day)
        if day < row["issued_on"]:
            raise RefusedError("issued_before", day=format_date(row["issued_on"]))
        values = {"cancelled_on": day, "cancel_reason": clean(reason)}
        work.change(Kind.ISSUED, uid, row, values)
        work.subject = row["number"] or row["title"]
    return Done(None, work.changes)


def issued(
    database: Database,
    *,
    kind: IssuedKind | None = None,
    year: int | None = None,
    code: str | None = None,
    household: UUID | None = None,
    state: State | None = None,
    text: str = "",
) -> list[Issued]:
    """Everything issued in a year (by its day), oldest first; `text` is looked for without marks in
    number, title, whom it is about, receiver and purpose.
    """
    with database.reader() as connection:
        found = read(connection, kind=kind, year=year)
    key = search_key(text)
    return [
        one
        for one in found
        if code in (None, one.code)
        and household in (None, one.household)
        and state in (None, one.state)
        and (not key or key in search_key(_words(one)))
    ]


def read(
    connection: Connection, *, kind: IssuedKind | None = None, year: int | None = None
) -> list[Issued]:
    """`issued` of a kind and year inside a snapshot."""
    rows = stored.rows(connection, **({"kind": kind.value} if kind else {}))
    found = [_issued(row) for row in rows]
    return [one for one in found if year in (None, one.issued_on.year)]


def get(database: Database, uid: UUID) -> Issued:
    """One of them. Raises RefusedError `issued_not_found`."""
    with database.reader() as connection:
        rows = stored.rows(connection, uid=uid)
    if not rows:
        raise RefusedError("issued_not_found")
    return _issued(rows[0])


def content(database: Database, uid: UUID) -> tuple[str, str]:
    """How it was asked for, and the document as it was issued.

    Raises RefusedErrors `issued_not_found`, `issued_tampered` where it is not what was issued.
    """
    with database.reader() as connection:
        row = records.get(connection, Kind.ISSUED, uid)
    if row is None or row["removed"]:
        raise RefusedError("issued_not_found")
    if _digest(row["document"]) != row["sha256"]:
        raise RefusedError("issued_tampered", number=row["number"] or row["title"])
    return row["asked"], row["document"]


def next_number(database: Database, kind: IssuedKind, day: date, place: UUID | None = None) -> str:
    """The next number of the commune of `place` in the year of `day`, with the ký hiệu used last;
    only a proposal.
    """
    with database.reader() as connection:
        found = _numbers(connection, kind, day, place)
    used = [leading_number(number) for of, number in found if of == day.year]
    return numbered(max(used, default=0) + 1, _last_sign(found))


def sign_used(connection: Connection, kind: IssuedKind, day: date, place: UUID | None) -> str:
    """The ký hiệu the commune of `place` used last; "" where it used none."""
    return _last_sign(_numbers(connection, kind, day, place))


def _numbers(
    connection: Connection, kind: IssuedKind, day: date, place: UUID | None
) -> list[tuple[int, str]]:
    """Each number of the commune of `place` with its year, in order."""
    commune = _commune(connection, place, day)
    return [
        (one.issued_on.year, one.number)
        for one in read(connection, kind=kind)
        if one.area == commune and one.number and leading_number(one.number)
    ]


def _last_sign(found: Sequence[tuple[int, str]]) -> str:
    return sign_of(found[-1][1]) if found else ""


def beside(
    database: Database,
    kind: IssuedKind,
    code: str,
    number: str,
    day: date,
    place: UUID | None = None,
) -> Beside:
    """What to say of a number before it is given."""
    with database.reader() as connection:
        commune = _commune(connection, place, day)
        found = [
            one
            for one in read(connection, year=day.year)
            if one.area == commune and one.number and shares_book(one.kind, kind)
        ]
    same = [one for one in found if one.code != code and _is_same(one, kind, number)]
    signs = [sign for one in found if one.kind is kind and (sign := sign_of(one.number or ""))]
    alone = leading_number(number) and not sign_of(number)
    near = near_number(found, kind, number)
    return Beside(number, tuple(same), signs[-1] if signs and alone else "", tuple(near))


def near_number(found: Iterable[Issued], kind: IssuedKind, number: str) -> list[Issued]:
    """Those of the same row of numbers from which only a letter tells it."""
    return [
        one
        for one in found
        if _is_same(one, kind, number, letters=False) and not _is_same(one, kind, number)
    ]


def shares_book(one: IssuedKind, other: IssuedKind) -> bool:
    """Reports and papers take their numbers from the văn thư, confirmations from their own book."""
    return (one is IssuedKind.CONFIRMATION) == (other is IssuedKind.CONFIRMATION)


def _issued(row: Mapping[str, Any]) -> Issued:
    values = {name: row[name] for name in Issued.__slots__}
    number = padded(row["number"] or "") or None  # files of before have it as it was typed
    return Issued(**{**values, "kind": IssuedKind(row["kind"]), "number": number})


def _words(one: Issued) -> str:
    parts = (one.number, one.title, one.subject, one.recipients, one.purpose)
    return " ".join(part for part in parts if part)


def _digest(document: str) -> str:
    return hashlib.sha256(document.encode()).hexdigest()


def _in_force(work: WriteUnit, uid: UUID) -> dict[str, Any]:
    row = work.living(Kind.ISSUED, uid)
    if row["cancelled_on"] is not None:
        raise RefusedError("issued_cancelled")
    return row


def _refuse_day(connection: Connection, context: Context, new: NewIssue) -> None:
    """It is signed on a day that is there, not before what it tells of. What a file knows of its
    year is there too, whatever the clock of this PC says: the newest decision, the closing.
    """
    first, day = new.tells_of, new.issued_on
    if first is None:
        _refuse_future(context.today(), day)
        return
    closed = closed_on(connection, new.year) if new.kind is IssuedKind.REPORT else None
    last = max(context.today(), first, closed or first)
    days = {"day": format_date(day), "data": format_date(first)}
    if day < first:
        raise RefusedError("issued_before_data", **days, why=new.tells_why)
    if day > last:
        code = "issued_in_future" if first < last else "issued_day_not_come"
        raise RefusedError(code, **days, last=format_date(last))


def _refuse_future(last: date, day: date) -> None:
    if day > last:
        raise RefusedError("event_in_future", day=format_date(day))


def _commune(connection: Connection, place: UUID | None, day: date) -> UUID:
    """The commune above a unit, or above its heir where it ended; the top one for what is about
    more than a commune. Raises AppError `no_unit`.
    """
    tree = areas.tree_on(connection, day)
    found = tree.get(place)
    if found is None and place is not None:
        heirs = successors(areas.successions(connection), [place], date.min, day)[place]
        found = next((heir for uid in sorted(heirs) if (heir := tree.get(uid))), None)
    if found is None and (top := top_of(connection, tree, day)) is not None:
        found = tree.get(top)
    if found is None:
        raise AppError("no_unit", day=format_date(day))
    above = (area.uid for area in tree.ancestors(found.uid) if area.level is Level.COMMUNE)
    return next(above, found.uid)


def _check_number(
    connection: Connection,
    kind: IssuedKind,
    code: str,
    day: date,
    area: UUID,
    number: str,
    replaces: UUID | None,
) -> None:
    """It is one, and nothing else of the year has it: the văn thư gives a number of a ký hiệu once,
    the book of the commune whatever the ký hiệu is. So `8` and `08` are one number; `8/QĐ-UBND` and
    `8/BC-UBND` are two, of two rows, and so is `8a`, put in for what was forgotten (`beside` says
    so). A cancelled one stays used. Several tables of one day go out with one báo cáo and bear its
    number, each of them once, or once more where it replaces the earlier one.
    """
    if not is_number(number):
        raise RefusedError("issued_number_unreadable", number=number)
    found = read(connection, year=day.year)
    older = _replaced(found, replaces)
    for one in found:
        if one.area != area or not shares_book(one.kind, kind):
            continue
        of_report = kind is one.kind is IssuedKind.REPORT and one.state is not State.CANCELLED
        if of_report and one.issued_on == day and (one.code != code or one.uid in older):
            continue
        if _is_same(one, kind, number):
            # Titles of tables run over lines, and what stands under them names nobody.
            subject = one.subject if one.kind is not IssuedKind.REPORT else None
            title = shorten(one.title, _TITLE, placeholder="…")
            used = ", ".join(part for part in (title, subject) if part)
            raise RefusedError(
                "issued_number_taken",
                number=number,
                used=f"{used} ({texts.ISSUED_STATES[one.state]})",
                year=day.year,
            )


def _is_same(one: Issued, kind: IssuedKind, number: str, *, letters: bool = True) -> bool:
    """Tables of before may have no ký hiệu: `15` of one may be the `15/BC-UBND` of another."""
    tables = kind is one.kind is IssuedKind.REPORT
    signed = kind is not IssuedKind.CONFIRMATION
    return same_number(one.number or "", number, signed=signed, bare=tables, letters=letters)


def _replaced(found: list[Issued], uid: UUID | None) -> set[UUID]:
    """What a new document takes the place of: this one, and those that it replaced."""
    before = {one.uid: one.replaces for one in found}
    older: set[UUID] = set()
    while uid is not None:
        older.add(uid)
        uid = before.get(uid)
    return older
