"""Which rows of a list that tells no relation are one household, and whether its rows are any."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from giamngheo_desktop.domain.list_fields import HOUSEHOLD
from giamngheo_desktop.domain.sheet_headings import Head
from giamngheo_desktop.domain.sheet_table import Sheet
from giamngheo_desktop.domain.vietnamese import compare_key, lower

_LINES = ("line", "household_number", "head_name")  # merged down the rows of one household
_OF_ANYBODY = {"address", "permanent_residence", "current_residence", "residence", "note"}
_OF_HOME = {
    *HOUSEHOLD, "relation", "member_number", "household_number", "head_name", "persons",
    "household_class", "class", "status", "score_deprivation", "decision_number", "decision_on",
    "policy",
} - _OF_ANYBODY  # fmt: skip
_LIST = r"(?:danh sách|tổng hợp|thống kê)\s+(?:(?:các|những|toàn bộ|chi tiết)\s+)?"
_HOMES = re.compile(rf"(?:^|{_LIST})hộ\b(?!\s+(?:khẩu|tịch|chiếu))")
_PERSONS = re.compile(
    rf"{_LIST}(?:người|trẻ|học sinh|cử tri|thành viên|nhân khẩu|lao động|phụ nữ|hội viên"
    r"|công dân)\b"
)


def tells_relations(head: Head) -> bool:
    return head.has("relation", "member_number")


def together(sheet: Sheet, head: Head, rows: Sequence[int]) -> frozenset[int]:
    """Those of `rows` that go with the one above: a cell is merged over them, or the number or the
    head of the household is that of above, or only said there.
    """
    if tells_relations(head):
        return frozenset()
    found = {
        row
        for top, left, bottom, _right in sheet.merged
        if head.fields.get(left) in _LINES
        for row in range(top + 1, bottom + 1)
    }
    if head.has("full_name", "name.last"):  # else each row is a head by its heading
        for column in head.columns("household_number", "head_name"):
            found.update(_as_above(sheet, head, rows, column))
    return frozenset(found) & frozenset(rows)


def _as_above(sheet: Sheet, head: Head, rows: Sequence[int], column: int) -> Iterator[int]:
    said, village = "", ""
    is_number = head.fields[column] == "household_number"
    for row in rows:
        text = compare_key(sheet.text(row, column))
        if is_number and text and not any(map(str.isdigit, text)):
            return  # a column of words called “Hộ” holds nobody together
        there = (compare_key(sheet.text(row, at)) for at in head.columns("village"))
        here = next(filter(None, there), village)
        if said and text in ("", said) and here == (village or here):
            yield row
        said, village = text or said, here


def names_homes(head: Head, titles: Iterable[str]) -> bool:
    """Whether a list says that its rows are households, or of which household they are."""
    low = [lower(title) for title in titles]
    codes = {code.partition(".")[0] for code in head.fields.values()}
    if not codes & {"relation", "member_number", "household_number", "head_name"} and any(
        map(_PERSONS.search, low)
    ):
        return False
    return bool(codes & _OF_HOME) or any(map(_HOMES.search, low))


def names_maybe_cut(sheet: Sheet, head: Head, rows: Sequence[int]) -> bool:
    """Whether most rows say a word right of the name in a column without a heading: a file that
    keeps no merged cells may have lost that the heading of the name is that column's, too.
    """
    after = [at + 1 for at in head.names if at + 1 not in head.paths and at + 1 not in head.fields]
    words = [text for row in rows for at in after if (text := sheet.text(row, at)).istitle()]
    others = {text for text in words if text.replace(" ", "").isalpha()}
    return len(others) * 2 > len(rows)
