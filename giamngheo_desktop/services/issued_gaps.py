"""What is missing between the numbers of issued things, and what was cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from giamngheo_desktop.domain.issued import IssuedKind, State, leading_number, missing, sign_of
from giamngheo_desktop.services.issuing import Issued, read, shares_book
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers `first` to `last` of a ký hiệu that nobody used, or that of a `cancelled` paper."""

    sign: str
    first: int
    last: int
    cancelled: Issued | None = None


def gaps(database: Database, kind: IssuedKind, year: int, commune: UUID | None = None) -> list[Gap]:
    """What is missing between the numbers of a year, and the cancelled ones, by ký hiệu; the book
    of the commune is one row of numbers. A number is not missing among the reports where a paper
    has it.
    """
    with database.reader() as connection:
        found = [
            one
            for one in read(connection, year=year)
            if commune in (None, one.area) and one.number and shares_book(one.kind, kind)
        ]
    return gaps_of(found, kind)


def gaps_of(found: list[Issued], kind: IssuedKind | None = None) -> list[Gap]:
    """`gaps` of the given ones, or of those of a kind. A book of the commune begins with 1; the
    numbers of the văn thư, which others use as well, with the first one known. Of the tables one
    without a ký hiệu fills a gap of any, as it may be that very number.
    """
    by_sign: dict[tuple[UUID, str], list[Issued]] = {}
    for one in found:
        own_book = one.kind is IssuedKind.CONFIRMATION
        sign = "" if own_book else sign_of(one.number or "").casefold()
        by_sign.setdefault((one.area, sign), []).append(one)
    tables = [one for one in found if one.kind is IssuedKind.REPORT]
    gaps: list[Gap] = []
    for members in by_sign.values():
        told = [one for one in members if kind in (None, one.kind)]
        if not told:
            continue
        sign = sign_of(told[-1].number or "")
        numbers = [number for one in told if (number := leading_number(one.number or ""))]
        last = max(numbers, default=0)
        own_book = told[0].kind is IssuedKind.CONFIRMATION
        beside = (
            one
            for one in tables
            if told[0].kind is IssuedKind.REPORT
            and one.area == told[0].area
            and not (sign and sign_of(one.number or ""))
        )
        every = (leading_number(one.number or "") for one in (*members, *beside))
        used = [number for number in every if number <= last]
        first = 1 if own_book else min(numbers, default=1)
        lines = [Gap(sign, *stretch) for stretch in missing(used, first)]
        for one in told:
            if one.state is State.CANCELLED:
                number = leading_number(one.number or "")
                lines.append(Gap(sign, number, number, one))
        gaps += sorted(lines, key=lambda gap: gap.first)
    return gaps
