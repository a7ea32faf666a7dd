"""Reads back the program's own lists of supports: the bảng kê, and the list that is hung out.

On paper what a household says stands in its first row alone, its sources in a note, and a content
begins with its policy; here each row says all of it itself, as in any other list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.dates import parse_date
from giamngheo_desktop.domain.list_reading import ReadHome
from giamngheo_desktop.domain.record_form import SupportPolicy
from giamngheo_desktop.domain.sheet_headings import Head
from giamngheo_desktop.domain.sheet_table import Cell, Sheet
from giamngheo_desktop.domain.support_cells import read_money
from giamngheo_desktop.domain.support_list import SupportListDef, When
from giamngheo_desktop.domain.vietnamese import compare_key
from giamngheo_desktop.services.importing.plan import RowPlace
from giamngheo_desktop.services.programme.support_rows import (
    AMOUNT,
    OF_SOURCE,
    SOURCE,
    Finding,
    Said,
)
from giamngheo_desktop.services.programme.support_shape import merged_said, with_cells
from giamngheo_desktop.texts import SUPPORT_LIST

_SAID = SUPPORT_LIST
_OF_HOME = ("line", "head_name", "id_number", "address", "village")
_TOTAL = _SAID["total"].partition("{")[0]
_DATE = r"\d\d/\d\d/\d{4}"
# what stands behind the label of the policy (`texts.support_content`)
_CONTENT = re.compile(
    rf"(?:: (?P<content>.+?))?(?: \((?:từ (?P<period_from>{_DATE}))? ?"
    rf"(?:đến (?P<period_to>{_DATE}))?\))?"
)
_ONE_DAY = re.compile(re.escape(_SAID["day"].partition("{")[0]) + rf"({_DATE})")
_INSTEAD = re.compile(
    r"(?P<head>.*?)\s*" + re.escape(_SAID["instead"]).replace(r"\{name\}", "(?P<name>.+)")
)
_SHARE = re.compile(r"(?P<source>.+?) (?P<amount>\d[\d.]*)")
_BLANK = re.compile(r"[.…]{3,}|–")  # to be written by hand; not known


@dataclass(slots=True)
class Papers:
    """Shapes the sheets of a file, as `planning.Shaper` asks it. `of` are those that are own
    lists, `others` the rows of another policy with its label; `led_by` is the number and the name
    by which the household of a row is known that is for one of its persons.
    """

    definitions: Definitions
    policy: SupportPolicy
    of: dict[str, SupportListDef] = field(default_factory=dict)
    others: dict[RowPlace, str] = field(default_factory=dict)
    led_by: dict[RowPlace, tuple[str, str]] = field(default_factory=dict)

    def shape(self, sheet: Sheet, head: Head) -> tuple[Sheet, Head]:
        """Each row says all of itself."""
        above = [
            text
            for row in sorted(sheet.rows)
            if row < min(head.rows)
            for text in sheet.filled(row).values()
        ]
        form = self._form(above, head)
        if form is None:
            return merged_said(sheet, head)
        self.of[sheet.name] = form
        return _Paper(self, sheet, head, above).plain()

    def _form(self, above: Sequence[str], head: Head) -> SupportListDef | None:
        """Which of the program's lists it is: by its title and by the columns it always has."""
        said, headings = compare_key(" ".join(above)), _keys(head)
        for versions in self.definitions.support_lists.values():
            for one in versions:
                always = (each for each in one.columns if each.when is When.ALWAYS)
                labels = (
                    {compare_key(each.label), compare_key(each.label_of_goods)} for each in always
                )
                if compare_key(" ".join(one.title)) in said and all(
                    headings & each for each in labels
                ):
                    return one
        return None

    def of_row(self, home: ReadHome, said: Said) -> Said:
        """What a row says, with what speaks against taking it. The unit of our papers is known;
        one that was hung out adds up what a household got, and names neither its persons nor its
        days.
        """
        other, form = self.others.get((home.sheet, home.row)), self.of.get(home.sheet)
        if form is None:
            return said
        asks = [one for one in said.asks if one.code != "amount_odd"]
        if other is not None:
            asks.append(Finding("support_other_policy", said=other))
        if not form.public:
            return replace(said, asks=tuple(asks))
        if self.policy.per == "person" or "supported_on" not in said.values:
            asks.append(Finding("support_posted"))
        return replace(said, asks=tuple(asks), posted=True)

    def content_of(self, text: str) -> tuple[SupportPolicy, Mapping[str, Cell]] | None:
        """The policy that a content begins with, and what else it says; None: it names none."""
        for one in sorted(self.definitions.supports.values(), key=lambda one: -len(one.label)):
            found = _CONTENT.fullmatch(text.removeprefix(one.label))
            if text.startswith(one.label) and found:
                days = {code: found[code] for code in ("period_from", "period_to")}
                told = {code: _day(day) for code, day in days.items() if day}
                return one, {"content": found["content"], **told}
        return None


def _whole(cell: Cell) -> int:
    value = read_money(cell, 1).value
    return value if isinstance(value, int) else 0


def _day(text: str) -> Cell:
    """As our papers write it, the day before the month; another text stays what it is."""
    try:
        return parse_date(text)
    except ValueError:
        return text


def _keys(head: Head) -> set[str]:
    return {compare_key(text) for path in head.paths.values() for text in path}


class _Paper:
    """One sheet; what it says in its own columns, and in others right of them."""

    def __init__(self, papers: Papers, sheet: Sheet, head: Head, above: Sequence[str]) -> None:
        self._papers, self._sheet, self._above = papers, sheet, above
        self._at = {code: at for at, code in head.fields.items()}
        self._head, self._width = head, max(sheet.width, *(at + 1 for at in head.paths))
        self._added: dict[str, int] = {}
        self._rows: dict[int, dict[int, Cell]] = {}
        entries = papers.definitions.choice_list("funding_sources").entries
        self._sources = {one.short_label: one.code for one in entries}
        self._labels = {one.label for one in entries}

    def plain(self) -> tuple[Sheet, Head]:
        """The sheet and its head with all that each row says."""
        first = dict[str, Cell]()
        instead = ""
        source, day, content = self._source(), self._one_day(), self._content()
        for row in self._data():
            cells = {code: self._cell(row, at) for code, at in self._at.items()}
            name = "head_name" if "head_name" in self._at else "full_name"
            if cells[name]:
                first = {code: cells.get(code) for code in (*_OF_HOME, name) if code in self._at}
                found = _INSTEAD.fullmatch(str(first[name]))
                first[name], instead = (
                    (found["head"], found["name"]) if found else (first[name], "")
                )
            elif cells.get("line"):  # somebody who is not named, nor are the rows below
                first, instead = {}, ""
            cells |= first
            if cells[name]:
                cells |= self._whose(row, name, cells, instead)
            cells["supported_on"] = _day(str(cells.get("supported_on") or "")) or day
            cells |= self._contents(row, str(cells.get("content") or content))
            cells |= self._shares(cells, source)
            self._say(row, cells)
        fields = {**self._head.fields, **{at: code for code, at in self._added.items()}}
        head = replace(self._head, fields=fields)
        return with_cells(self._sheet, self._rows), head

    def _data(self) -> Iterator[int]:
        """The rows to the total, or to the first note."""
        names = [self._at[code] for code in ("head_name", "full_name") if code in self._at]
        for row in sorted(row for row in self._sheet.rows if row > self._head.last):
            filled = self._sheet.filled(row)
            if any(text.startswith(_TOTAL) for text in filled.values()):
                return
            if len(filled) == 1 and not {*filled} & {*names}:
                return
            if filled:
                yield row

    def _cell(self, row: int, at: int) -> Cell:
        text = self._sheet.text(row, at)
        return None if not text or _BLANK.fullmatch(text) else self._sheet.at(row, at)

    def _whose(
        self, row: int, name: str, cells: Mapping[str, Cell], instead: str
    ) -> dict[str, Cell]:
        """The number on paper is that of who received: it is the head, or who came instead."""
        number, received = cells.get("id_number"), instead or str(cells.get(name) or "")
        if name == "head_name" and "full_name" in self._at:  # for persons
            if number and compare_key(received) != compare_key(str(cells.get("full_name") or "")):
                self._papers.led_by[self._sheet.name, row] = (str(number), received)
                number = None
            return {"id_number": number, "recipient": instead or None}
        if instead and number:
            return {name: instead}
        return {"recipient": instead or None}

    def _contents(self, row: int, text: str) -> Mapping[str, Cell]:
        found = self._papers.content_of(text)
        if found is None:
            return {}
        policy, said = found
        if policy is not self._papers.policy:
            self._papers.others[self._sheet.name, row] = policy.label
        return said

    def _shares(self, cells: Mapping[str, Cell], source: str) -> Mapping[str, Cell]:
        """What a note says of the sources of an amount, or the one source of all of them."""
        amount = read_money(cells.get(AMOUNT), 1).value
        if any(code.startswith(OF_SOURCE) for code in self._at) or not isinstance(amount, int):
            return {}
        parts = str(cells.get("note") or "").split("; ")
        shares = dict[str, Cell]()
        for at, part in enumerate(parts):
            found = _SHARE.fullmatch(part)
            if found is None or found["source"] not in self._sources:
                parts = parts[at:]
                break
            shares[OF_SOURCE + self._sources[found["source"]]] = found["amount"]
        else:
            parts = []
        if shares and sum(_whole(one) for one in shares.values()) == amount:
            return {**shares, "note": "; ".join(parts) or None}
        return {SOURCE: source} if source else {}

    def _say(self, row: int, cells: Mapping[str, Cell]) -> None:
        for code, cell in cells.items():
            at = self._at.get(code)
            if at is None and cell is None:
                continue
            if at is None:
                at = self._added.setdefault(code, self._width + len(self._added))
            self._rows.setdefault(row, {})[at] = cell

    def _source(self) -> str:
        """The only source that the notes name; "" where there are several or none."""
        begin, _, end = _SAID["sources"].partition("{sources}")
        for row in self._sheet.rows:
            for text in self._sheet.filled(row).values():
                if text.startswith(begin):
                    shares = text.removeprefix(begin).removesuffix(end).split("; ")
                    found = _SHARE.fullmatch(shares[0]) if len(shares) == 1 else None
                    return found["source"] if found and found["source"] in self._labels else ""
        return ""

    def _one_day(self) -> Cell:
        found = next(filter(None, map(_ONE_DAY.match, self._above)), None)
        return _day(found[1]) if found else None

    def _content(self) -> str:
        begin = _SAID["content"].partition("{")[0]
        said = (text.removeprefix(begin) for text in self._above if text.startswith(begin))
        return next(said, "")
