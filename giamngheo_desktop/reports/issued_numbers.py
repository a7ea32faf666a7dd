"""How a typed number stands on what is issued and in the book: the same in both.

What the văn thư numbers bears a ký hiệu (NĐ 30/2020/NĐ-CP), which says of which row of numbers it
is: of a paper its own one, of a table or list that of a báo cáo, unless another one is typed.
"""

from __future__ import annotations

from collections.abc import Sequence

from giamngheo_desktop import texts
from giamngheo_desktop.domain.issued import (
    IssuedKind,
    is_number,
    numbered,
    sign_of,
    typed_number,
)
from giamngheo_desktop.reports.document import ReportDoc


def book_number(docs: Sequence[ReportDoc], kind: IssuedKind, typed: str) -> str:
    """A typed number as the book has it; of dots to write a ký hiệu on it has none."""
    return whole_number(typed, own_sign(docs, kind))


def printed_number(printed: str, typed: str) -> str:
    """A typed number as it is printed in the line of a document; "" where none is typed."""
    return whole_number(typed, sign_of(printed))


def own_sign(docs: Sequence[ReportDoc], kind: IssuedKind) -> str:
    """The ký hiệu of a number that is typed without one; "" where the document has none."""
    head = docs[0].letterhead
    sign = sign_of(head.number) if head else ""
    if kind is IssuedKind.REPORT:
        return sign or texts.PAPER["number_of"].format(kind=texts.PAPER["report_kind"])
    return "" if sign.startswith(".") else sign


def whole_number(typed: str, sign: str) -> str:
    """`05/QĐ-UBND` of `5`; a ký hiệu that is typed stays."""
    number = typed_number(typed)
    if number.isdecimal():
        return numbered(int(number), sign)
    bare = is_number(number) and not {"/", "-"} & set(number)
    return f"{number}/{sign}" if bare and sign else number
