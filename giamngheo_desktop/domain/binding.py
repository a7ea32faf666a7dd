"""What may stand between {{ and }} in a workbook of the unit: a fact of the paper, a column of an
official table, a measure. Reads it and writes it, and knows nothing of what it counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from giamngheo_desktop.domain.vietnamese import clean, search_key


class Fact(StrEnum):
    """What is said once of a paper, or (UNIT, NUMBER) of each of its rows."""

    UNIT = "thôn"
    NUMBER = "stt"
    YEAR = "năm"
    LAST_YEAR = "năm trước"
    COMMUNE = "xã"
    PROVINCE = "tỉnh"
    DAY = "ngày"
    STANDARD = "chuẩn"
    BASIS = "căn cứ"
    STATUS = "tình trạng"
    STATUS_CAPITALS = "TÌNH TRẠNG"
    SUPERIOR = "cơ quan cấp trên"
    ISSUER = "cơ quan"
    PLACE = "địa danh"
    PREPARER = "người lập"
    AUTHORITY = "thẩm quyền ký"
    SIGNER_TITLE = "chức vụ"
    SIGNER = "người ký"
    RECIPIENTS = "nơi nhận"
    FORM_NUMBER = "số biểu"
    NOTES = "ghi chú"


OF_ROWS = (Fact.UNIT, Fact.NUMBER)
OF_HEAD = frozenset(  # what the letterhead, the place and day, the signatures say
    (
        Fact.SUPERIOR,
        Fact.ISSUER,
        Fact.PLACE,
        Fact.DAY,
        Fact.FORM_NUMBER,
        Fact.PREPARER,
        Fact.AUTHORITY,
        Fact.SIGNER_TITLE,
        Fact.SIGNER,
        Fact.RECIPIENTS,
    )
)
_ALIASES = {"đơn vị": Fact.UNIT, "tt": Fact.NUMBER}
_ONE_CASE: tuple[Fact, ...] = tuple(fact for fact in Fact if fact is not Fact.STATUS_CAPITALS)
_FACTS = {search_key(fact.value): fact for fact in _ONE_CASE}
_FACTS |= {search_key(name): fact for name, fact in _ALIASES.items()}


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of an official table by its number; `persons` None: as the table counts it."""

    table: str
    number: str
    persons: bool | None = None
    last_year: bool = False

    def __str__(self) -> str:
        of = {None: "", False: " hộ", True: " khẩu"}[self.persons]
        return f"{self.table}.{self.number}{of}{_LAST_YEAR if self.last_year else ''}"


@dataclass(frozen=True, slots=True)
class Counting:
    """A measure of `domain.measures`."""

    measure: str
    last_year: bool = False

    def __str__(self) -> str:
        return f"{self.measure}{_LAST_YEAR if self.last_year else ''}"


Number = TableColumn | Counting
Binding = Fact | Number

_LAST_YEAR = f" {Fact.LAST_YEAR.value}"
_LAST_YEAR_KEY = search_key(_LAST_YEAR)
_PERSONS = {"ho": False, "khau": True, "nhan khau": True}
_COLUMN = re.compile(r"([a-z]+-?[a-z0-9]*)\s*\.\s*([0-9]+(?:\.[0-9]+)*)")
_MEASURE = re.compile(r"[a-z]\w*_\w+(?:/[!a-z_0-9=,-]+)*")


def parse(text: str) -> Binding | None:
    """What stands between the braces; None where it is nothing that could be one."""
    text = clean(text)
    key = search_key(text)
    if key in _FACTS:
        fact = _FACTS[key]
        capitals = fact is Fact.STATUS and text.isupper()
        return Fact.STATUS_CAPITALS if capitals else fact
    last_year = key.endswith(f" {_LAST_YEAR_KEY}")
    if last_year:
        key = key.removesuffix(_LAST_YEAR_KEY).strip()
    found = _number(key)
    return replace(found, last_year=last_year) if found else None


def _number(key: str) -> Number | None:
    if _MEASURE.fullmatch(key):
        return Counting(key)
    head, _, tail = key.partition(" ")
    found = _COLUMN.fullmatch(head)
    if found is None or (tail and tail not in _PERSONS):
        return None
    return TableColumn(found[1].upper(), found[2], _PERSONS[tail] if tail else None)


def written(binding: Binding) -> str:
    """As it is typed into a cell."""
    inner = binding.value if isinstance(binding, Fact) else str(binding)
    return f"{{{{{inner}}}}}"


@dataclass(frozen=True, slots=True)
class Unread:
    """Something in braces that is no binding."""

    text: str


@dataclass(frozen=True, slots=True)
class Pieces:
    """A cell's text, cut at its bindings; `open` tells braces without their other half."""

    parts: tuple[str | Binding | Unread, ...]
    open: bool = False

    @property
    def bindings(self) -> tuple[Binding, ...]:
        return tuple(part for part in self.parts if _is_binding(part))  # type: ignore[misc]

    @property
    def unread(self) -> tuple[str, ...]:
        return tuple(part.text for part in self.parts if isinstance(part, Unread))

    @property
    def sole(self) -> Binding | None:
        """The binding, where nothing else stands in the cell."""
        only = self.bindings
        others = [part for part in self.parts if part not in only]
        return only[0] if len(only) == 1 and not others else None


def pieces(text: str) -> Pieces:
    """A cell's text as texts and bindings; blanks around it do not count."""
    parts: list[str | Binding | Unread] = []
    split = re.split(r"\{\{(.*?)\}\}", text.strip(), flags=re.DOTALL)
    for at, part in enumerate(split):
        if at % 2:
            parts.append(parse(part) or Unread(part.strip()))
        elif part:
            parts.append(part)
    broken = any("{{" in part or "}}" in part for part in split[::2])
    return Pieces(tuple(parts), broken)


def _is_binding(part: object) -> bool:
    return isinstance(part, Fact | TableColumn | Counting)
