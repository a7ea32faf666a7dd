"""The rows of a list that add up others, and whether they do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from giamngheo_desktop.domain.list_reading import ReadList
from giamngheo_desktop.domain.sheet_rows import RowKind
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.services.programme.support_plan import Total
from giamngheo_desktop.services.programme.support_rows import SupportReader

TOTALS = (RowKind.TOTAL, RowKind.SUBTOTAL, RowKind.VILLAGE)
ABOVE = (RowKind.TITLE, RowKind.HEADING, RowKind.NUMBERS, RowKind.HEADING_AGAIN)
_KINDS = ("thon", "to dan pho", "bon", "buon", "ban ", "ap ", "xom", "lang", "khu", "khoi", "to ")
_Amount = tuple[int, int, bool]  # row, đồng, whether it adds up others


def is_person(one: ReadList, row: int) -> bool:
    """Whether a row that says `cộng` somewhere names somebody all the same."""
    texts = [one.sheet.text(row, at) for at in one.head.names]
    name = search_key(" ".join(filter(None, texts)))
    begins = name.lstrip("0123456789ivx.) ")
    return any(map(str.isalpha, name)) and not begins.startswith(("tong", "cong", *_KINDS))


def totals(one: ReadList, reader: SupportReader) -> Iterator[Total]:
    """The rows that add up: of those above to the last total, or of all of them, or of those below
    to the next one.
    """
    rows = {row.row: row for row in one.rows if row.kind not in ABOVE}
    people = {person.row for home in one.homes for person in home.members}
    amounts = list[_Amount]()
    for row in sorted({*people, *rows}):
        found = rows.get(row)
        is_total = found is not None and found.kind in TOTALS and not is_person(one, row)
        amounts.append((row, reader.money(row).amount or 0, is_total))
    for at, (row, amount, is_total) in enumerate(amounts):
        said = reader.money(row) if is_total else None
        if said is None or (said.amount is None and not said.wrong):
            continue
        before, after = amounts[:at], amounts[at + 1 :]
        sums = {
            _sum(before),
            _sum(amounts),
            _sum(_until_total(reversed(before))),
            _sum(_until_total(after)),
        }
        agrees = None if said.wrong or said.amount is None else amount in sums
        if any(one.code == "amount_differs" for one in said.asks):
            agrees = False
        yield Total(one.sheet.name, row, rows[row].text, said.amount, agrees)


def _sum(amounts: Iterable[_Amount]) -> int:
    return sum(amount for _, amount, is_total in amounts if not is_total)


def _until_total(amounts: Iterable[_Amount]) -> Iterator[_Amount]:
    for one in amounts:
        if one[2]:
            return
        yield one
