"""The lines of a book of issued things: each of them, and the numbers nobody used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop import texts
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.issued import (
    IssuedKind,
    State,
    leading_number,
    numbered,
    same_number,
    sign_of,
)
from giamngheo_desktop.gui.issuing.issue_work import code_of, number_words
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.services import issuing
from giamngheo_desktop.services.issued_gaps import Gap, gaps_of
from giamngheo_desktop.services.issuing import Beside, Issued
from giamngheo_desktop.services.reporting import receipts
from giamngheo_desktop.services.reporting.receipts import Sent
from giamngheo_desktop.storage.engine import Database

GAP = "gap"  # the state of a number nobody used
_CHIPS = {
    State.ISSUED: "not_poor",
    State.CANCELLED: "poor",
    State.REPLACED: "unknown",
    GAP: "near_poor",
}


class BookRow(NamedTuple):
    """A line; of a gap only number and state are known, and `uid` names nothing."""

    uid: UUID
    number: str
    day: date | None
    title: str
    subject: str
    receiver: str
    purpose: str
    signer: str
    state: str


class Book(NamedTuple):
    """What a book shows, the years of signing that have something, and the documents by uid;
    `last` is the one entered last, in whichever year, `sent` for which reports each was sent.
    """

    rows: Sequence[BookRow]
    years: Sequence[int]
    known: dict[UUID, Issued]
    last: Issued | None = None
    sent: Mapping[UUID, Sequence[Sent]] = MappingProxyType({})


def read_book(database: Database, *, confirmations: bool, year: int | None, text: str) -> Book:
    """Newest first. The gaps of each year stand between its numbers, unless something is searched:
    the reports and papers of the văn thư share theirs.
    """
    found = [
        one
        for one in issuing.issued(database)
        if (one.kind is IssuedKind.CONFIRMATION) == confirmations
    ]
    years = sorted({one.issued_on.year for one in found}, reverse=True)
    wanted = {one.uid for one in issuing.issued(database, year=year, text=text)}
    shown = [one for one in found if one.uid in wanted]
    rows = [(_place(one.issued_on, one.number or ""), _row(one)) for one in shown]
    if not text:
        for of in (year,) if year is not None else years:
            rows += _gaps([one for one in found if one.issued_on.year == of])
    rows.sort(key=lambda pair: pair[0], reverse=True)
    return Book(
        tuple(row for _, row in rows),
        years,
        {one.uid: one for one in shown},
        max(found, key=lambda one: (one.at, one.uid), default=None),
        {} if confirmations else receipts.sent(database),
    )


Place = tuple[date, int]


def _place(day: date, number: str) -> Place:
    return day, leading_number(number)


def _gaps(found: Sequence[Issued]) -> Iterable[tuple[Place, BookRow]]:
    """Each below the next number that was used, as old as that."""
    for at, gap in enumerate(gaps_of(list(found))):
        if gap.cancelled is None:
            above = [
                one
                for one in found
                if leading_number(one.number or "") > gap.last and _fits(one, gap)
            ]
            after = min(above, key=lambda one: leading_number(one.number or ""))
            uid = UUID(int=after.issued_on.year * 100_000 + at)
            yield (after.issued_on, gap.last), _gap_row(uid, gap)


def _fits(one: Issued, gap: Gap) -> bool:
    own_book = one.kind is IssuedKind.CONFIRMATION
    return own_book or sign_of(one.number or "").casefold() == gap.sign.casefold()


def _gap_row(uid: UUID, gap: Gap) -> BookRow:
    first, last = (numbered(number, gap.sign) for number in (gap.first, gap.last))
    number = (
        first
        if gap.first == gap.last
        else _tr("{first} đến {last}").format(first=numbered(gap.first, ""), last=last)
    )
    return BookRow(uid, number, None, "", "", "", "", "", GAP)


def _row(one: Issued) -> BookRow:
    is_table = one.kind is IssuedKind.REPORT
    return BookRow(
        uid=one.uid,
        number=one.number or "",
        day=one.issued_on,
        title=f"{code_of(one)} · {one.title}" if is_table and code_of(one) else one.title,
        subject="" if is_table else one.subject or "",  # of a table: the same in every row
        receiver=", ".join(line.strip("-–;. ") for line in (one.recipients or "").splitlines()),
        purpose=one.purpose or "",
        signer=one.signer or "",
        state=one.state.value,
    )


def columns(*, confirmations: bool) -> Sequence[Column]:
    """Whom it is about matters most where each is about a household."""
    title = _tr("Nội dung xác nhận") if confirmations else _tr("Văn bản")
    subject = _tr("Người, hộ") if confirmations else _tr("Thôn, hộ")
    receiver = _tr("Người nhận") if confirmations else _tr("Gửi đến")
    found = [
        Column(key="number", title=_tr("Số"), width=80, code=True, format=number_word),
        Column(key="day", title=_tr("Ngày"), width=84),
        Column(key="state", title=_tr("Tình trạng"), width=96, format=state_word, chip=_chip),
    ]
    about = Column(key="subject", title=subject, width=90, gives_way=not confirmations, tip=str)
    content = Column(
        key="title", title=title, width=110, stretch=True, gives_way=confirmations, tip=str
    )
    found += [about, content] if confirmations else [content, about]
    gives_way = not confirmations
    found.append(Column(key="receiver", title=receiver, width=90, gives_way=gives_way, tip=str))
    if confirmations:
        purpose = _tr("Mục đích")
        found.append(Column(key="purpose", title=purpose, width=100, tip=str))
    found.append(Column(key="signer", title=_tr("Người ký"), width=90, gives_way=True, tip=str))
    return found


def number_word(number: object) -> str:
    """Where the văn thư has given none yet, that is said."""
    return str(number) if number else _tr("chưa ghi số")


def state_word(state: object) -> str:
    if state == GAP:
        return texts.CONFIRM["gap"]
    word = texts.ISSUED_STATES[State(str(state))]
    return word[:1].upper() + word[1:]


def more_of(one: Issued, book: Book) -> str:
    """What the columns have no room for: why it was cancelled, what replaced it, as what it was
    sent, who typed it.
    """
    said, known = [], book.known
    if one.kind is IssuedKind.REPORT and one.subject:
        said.append(re.sub(r"^\(([^()]*)\)$", r"\1", one.subject))
    if one.cancelled_on is not None:
        cancelled = texts.CONFIRM["cancelled"]
        said.append(
            cancelled.format(day=format_date(one.cancelled_on), reason=one.cancel_reason or "")
        )
    newer = known.get(one.replaced_by) if one.replaced_by else None
    if newer is not None:
        said.append(texts.CONFIRM["replaced"].format(number=newer.number or ""))
    if one.kind is not IssuedKind.CONFIRMATION and one.number:
        said += _of_number(one, known.values())
    sent = _tr("Đã gửi ngày {day}: {name}")
    for report in book.sent.get(one.uid, ()):
        said.append(sent.format(day=format_date(report.submitted_on), name=report.name))
    entered = _tr("{actor} ghi lúc {at}")
    said.append(entered.format(actor=one.actor, at=f"{one.at:%H:%M %d/%m/%Y}"))
    return ". ".join(said)


def _of_number(one: Issued, known: Iterable[Issued]) -> Iterable[str]:
    """Who else bears its number; that it has no ký hiệu where others have."""
    number = one.number or ""
    others = [other for other in known if other.issued_on.year == one.issued_on.year]
    same = [
        other for other in others if other is not one and same_number(other.number or "", number)
    ]
    signs = [sign for other in others if (sign := sign_of(other.number or ""))]
    sign = signs[-1] if signs and not sign_of(number) else ""
    near = issuing.near_number(others, one.kind, number)
    if said := number_words(Beside(number, tuple(same), sign, tuple(near))):
        yield said.rstrip(".")


def _chip(state: object) -> str:
    return _CHIPS[str(state)]


def _tr(text: str) -> str:
    return QCoreApplication.translate("book_rows", text)
