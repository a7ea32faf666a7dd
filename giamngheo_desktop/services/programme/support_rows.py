"""What the rows of a foreign list say of supports: amounts by source, goods, days, the answers of
the policy. Columns are known by their headings (`imports/support_headings.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.cell_dates import DateColumn, date_column, read_birth, read_day
from giamngheo_desktop.domain.cell_reading import Read
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.code_words import read_choice, read_field, read_name
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.list_reading import ReadList
from giamngheo_desktop.domain.record_form import SupportPolicy
from giamngheo_desktop.domain.sheet_headings import Head, HeadedField, Headings, find_head
from giamngheo_desktop.domain.sheet_rows import RowKind
from giamngheo_desktop.domain.sheet_table import NO_VALUE, Cell, Sheet, letter, text_of
from giamngheo_desktop.domain.support_cells import LEAST, is_odd, money_factor, read_money
from giamngheo_desktop.domain.vietnamese import lower, upper
from giamngheo_desktop.texts import SUPPORT_TEMPLATE

AMOUNT, SOURCE, CLASS, ANSWER = "amount", "source", "class_then", "answer."
OF_SOURCE = f"{AMOUNT}."
COLUMNS = (
    "content", "item", "quantity", "unit", "specification", "supported_on", "period_from",
    "period_to", "months", "receipt", "recipient", "decision_number", "decision_on", "note",
)  # fmt: skip
_OF_CLASS = ("decision_number", "decision_on", "household_class")
_WHO = ("full_name", "head_name", "id_number")
_SAYING = ("content", "item", "quantity", "supported_on", "period_from", "period_to")
_READABLE = frozenset(FieldKind) - {FieldKind.AREA, FieldKind.RECORD, FieldKind.ROWS}
_NUMBERS = (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY)
_DAYS = (FieldKind.DATE, FieldKind.PARTIAL_DATE)
_AHEAD = 50  # years from now up to which a period may end
_PER_MONTH = re.compile(r"/ ?tháng|(?:một|mỗi|hằng|hàng|1) tháng")
_MOST = 10**12  # đồng of one cell of the template


def asked_fields(definitions: Definitions, policy: SupportPolicy) -> Mapping[str, FieldDef]:
    """The fields that a row may say, by the code of its column."""
    own = definitions.records[Kind.SUPPORT].form.fields
    shares = {each.code: each for each in own["shares"].fields}
    found = {code: replace(own[code], required=False) for code in (*COLUMNS, CLASS)}
    found[SOURCE] = shares["source"]
    for choice in shares["source"].choices:
        found[OF_SOURCE + choice.code] = replace(
            shares["amount"],
            code=OF_SOURCE + choice.code,
            label=choice.label,
            required=False,
            maximum=_MOST,
        )
    for each in policy.form:
        offered = each.kind is not FieldKind.CHOICE or each.choices
        if each.kind in _READABLE and offered:
            found[ANSWER + each.code] = replace(each, code=ANSWER + each.code, required=False)
    return found


def headings_of(definitions: Definitions, policy: SupportPolicy) -> Headings:
    """Those of supports first, then those of lists of households."""
    shipped, fields = definitions.support_headings, asked_fields(definitions, policy)
    known = (*COLUMNS, CLASS, AMOUNT, SOURCE)
    groups = tuple(
        text for each in shipped.fields if each.code in (AMOUNT, SOURCE) for text in each.headings
    )
    above = tuple(text for each in shipped.fields for text in each.under) + groups
    found = [
        HeadedField(code, (one.excel_label, one.label, one.short_label))
        for code, one in fields.items()
        if not code.startswith(OF_SOURCE) and code not in (SOURCE, CLASS)
    ]
    found += [each for each in shipped.fields if each.code in (*known, *fields, *_WHO)]
    for entry in definitions.choice_list("funding_sources").entries:
        names = (entry.label, entry.short, *entry.aliases)
        alone = (entry.label, *(name for name in names if _is_name_alone(name)))
        found.append(HeadedField(OF_SOURCE + entry.code, alone))
        found.append(HeadedField(OF_SOURCE + entry.code, tuple(filter(None, names)), above))
    # the decision of such a list is that of the class
    of_lists = (each for each in definitions.headings.fields if each.code not in _OF_CLASS)
    return replace(shipped, fields=(*found, *of_lists))


def find_support_head(
    sheet: Sheet, headings: Headings, mapping: Mapping[str, str] | None = None
) -> Head | None:
    """The head of a list. Who received is who it is for, where nobody else is named; a column that
    adds up those of the sources has the amount.
    """
    named = tuple(
        replace(each, code="full_name") if each.code == "recipient" else each
        for each in headings.fields
    )
    head = find_head(sheet, headings, mapping) or find_head(
        sheet, replace(headings, fields=named), mapping
    )
    if head is None or head.has(AMOUNT) or not _of_sources(head):
        return head
    for at, path in head.paths.items():
        if at not in head.fields and letter(at) not in (mapping or {}) and _adds_up(path, headings):
            return replace(head, fields=dict(sorted({**head.fields, at: AMOUNT}.items())))
    return head


def _of_sources(head: Head) -> list[int]:
    return [at for at, code in head.fields.items() if code.startswith(OF_SOURCE)]


def _adds_up(path: Sequence[str], headings: Headings) -> bool:
    """Whether a heading that stands alone says Cộng, Tổng …"""
    if len(path) != 1:
        return False
    fields = (each for each in headings.fields if each.code == AMOUNT and each.under)
    return any(headings.field_of((each.under[0], path[0])) == AMOUNT for each in fields)


def title_of(policy: SupportPolicy) -> str:
    """What the title of the program's own template begins with."""
    return SUPPORT_TEMPLATE["title"].format(policy=upper(policy.label))


def _is_name_alone(name: str) -> bool:
    """Whether a short name of a source is no other word: NSTW, NS tỉnh."""
    return len(name) > 2 and name[:2].isupper()


@dataclass(frozen=True, slots=True)
class Finding:
    """A code of `texts.SUPPORT_FINDINGS` or `IMPORT_FINDINGS`, of a cell or of the row; `said` is
    what stands there, or what else is told.
    """

    code: str
    column: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one row says. `amount`: đồng of the whole row, None where none is said; `source` that of
    an amount which no column names. `wrong` forbids writing it, `asks` has it wait. `posted`: it
    adds up what the household got of one content, as it was hung out.
    """

    amount: int | None = None
    shares: Mapping[str, int] = field(default_factory=dict)
    source: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    household_class: str | None = None
    told: tuple[Finding, ...] = ()
    asks: tuple[Finding, ...] = ()
    wrong: tuple[Finding, ...] = ()
    posted: bool = False

    @property
    def is_nothing(self) -> bool:
        """Nothing is said of a support: nought is nothing, nor is a note alone."""
        said = (self.amount, *(self.values.get(code) for code in _SAYING), *self.answers.values())
        return not any(said) and not self.asks and not self.wrong

    @property
    def without_source(self) -> int:
        """Đồng that no column says the source of."""
        return (self.amount or 0) if not self.shares else 0


class SupportReader:
    """Reads the support that each row of a list tells."""

    def __init__(
        self,
        one: ReadList,
        headings: Headings,
        fields: Mapping[str, FieldDef],
        mapped: Mapping[str, str],
        today: date,
        days: str = "",
    ) -> None:
        """`days` is the order of days and months in texts, as the officer says it."""
        self._sheet, self._head, self._fields, self._today = one.sheet, one.head, fields, today
        self._at = {code: at for at, code in sorted(one.head.fields.items(), reverse=True)}
        titles = [row.text for row in one.rows if row.kind is RowKind.TITLE]
        self._again = [
            at
            for at, path in one.head.paths.items()
            if at not in one.head.fields
            and letter(at) not in mapped
            and headings.field_of(path).partition(".")[0] == AMOUNT
        ]
        self._maybe = [
            at
            for at in range(one.sheet.width)
            if at not in {*one.head.fields, *self._again} and letter(at) not in mapped
            if at not in one.head.paths or _may_be_money(one.head.paths[at], headings)
        ]
        amount = self._at.get(AMOUNT)
        self._is_monthly = amount is not None and letter(amount) not in mapped and self._monthly()
        beside = " ".join(one.head.heading(at) for at in _of_sources(one.head)[:1])
        self._factors = {
            at: money_factor(" ".join(one.head.paths.get(at, ())), titles, beside)
            for code, at in self._at.items()
            if code.startswith(AMOUNT) or (code in fields and fields[code].kind is FieldKind.MONEY)
        }
        rows = [person.row for home in one.homes for person in home.members]
        self._dates = {
            code: DateColumn(days)
            if days
            else date_column(
                " ".join(one.head.paths.get(at, ())), (one.sheet.at(row, at) for row in rows)
            )
            for code, at in self._at.items()
            if code in fields and fields[code].kind in _DAYS
        }

    @property
    def factors(self) -> dict[str, int]:
        """By letter, of the columns whose unit is another than đồng."""
        return {letter(at): factor for at, factor in self._factors.items() if factor != 1}

    def row(self, row: int) -> Said:
        """All that it says."""
        said = self.money(row)
        values, answers = dict[str, Any](), dict[str, Any]()
        told, asks, wrong = list(said.told), list(said.asks), list(said.wrong)
        for code in self._at:
            if code.startswith(AMOUNT) or code in (SOURCE, CLASS) or code not in self._fields:
                continue
            read = self._read(row, code)
            if read.readings:
                several = " / ".join(one.text for one in read.readings)
                unclear = "day_unclear" if self._fields[code].kind in _DAYS else "unclear"
                asks.append(self._finding(row, code, unclear, several))
            elif read.is_wrong or read.finding in NO_VALUE or read.finding == "number_doubtful":
                found = self._finding(row, code, read.finding)
                (wrong if self._counts(code) else asks).append(found)
            elif read.value not in (None, ""):
                into = answers if code.startswith(ANSWER) else values
                into[code.removeprefix(ANSWER)] = read.value
                if read.finding:
                    told.append(self._finding(row, code, read.finding))
        first, last = values.get("period_from"), values.get("period_to")
        if first is not None and last is not None and last < first:
            wrong.append(self._finding(row, "period_to", "days_turned"))
        household_class: str | None = None
        if CLASS in self._at:
            read = read_choice(self._fields[CLASS], self._cell(row, CLASS), "level_unknown")
            household_class = read.value if isinstance(read.value, str) else None
            if read.is_wrong:
                told.append(self._finding(row, CLASS, read.finding))
        return replace(
            said,
            values=values,
            answers=answers,
            household_class=household_class,
            told=tuple(told),
            asks=tuple(asks),
            wrong=tuple(wrong),
        )

    def money(self, row: int) -> Said:
        """The amounts alone, of any row below the head."""
        wrong, asks, shares = list[Finding](), list[Finding](), dict[str, int]()
        for code in sorted(self._at, key=lambda code: self._at[code]):
            if code.startswith(OF_SOURCE):
                read = self._money(row, code)
                if read.is_wrong:
                    wrong.append(self._finding(row, code, read.finding))
                elif isinstance(read.value, int) and read.value:
                    shares[code.removeprefix(OF_SOURCE)] = read.value
        amount: int | None = sum(shares.values()) if shares else None
        if AMOUNT in self._at:
            read = self._money(row, AMOUNT)
            if read.is_wrong:
                wrong.append(self._finding(row, AMOUNT, read.finding))
            elif isinstance(read.value, int):
                if shares and read.value != amount and not wrong:
                    both = f"{read.value}|{amount}"
                    asks.append(self._finding(row, AMOUNT, "amount_differs", both))
                amount = read.value
        if amount is not None and is_odd(amount):
            asks.append(Finding("amount_odd", said=f"{amount}"))
        if self._is_monthly and amount:
            asks.append(self._finding(row, AMOUNT, "amount_monthly"))
        for at in (*self._again, *self._maybe):
            cell = self._sheet.at(row, at)
            is_money = at in self._again or (isinstance(cell, int) and cell >= LEAST)
            if is_money and (text := text_of(cell)):
                asks.append(Finding("amount_again", letter(at), text))
        source: str | None = None
        if SOURCE in self._at:
            read = read_choice(self._fields[SOURCE], self._cell(row, SOURCE), "source_unknown")
            source = read.value if isinstance(read.value, str) else None
            if read.is_wrong or read.readings:
                asks.append(self._finding(row, SOURCE, "source_unknown"))
        return Said(
            amount=amount, shares=shares, source=source, asks=tuple(asks), wrong=tuple(wrong)
        )

    def _monthly(self) -> bool:
        """Whether the amounts may be those of one month, and not of the whole support."""
        heading = lower(" ".join(self._head.paths.get(self._at[AMOUNT], ())))
        is_level = "mức" in heading.split() and "months" in self._at
        return is_level or _PER_MONTH.search(heading) is not None

    def _money(self, row: int, code: str) -> Read:
        if mark := self._mark(row, code):
            return Read(finding=mark)
        return read_money(self._cell(row, code), self._factors[self._at[code]])

    def _counts(self, code: str) -> bool:
        """Whether a row without this cell would be another support."""
        return self._fields[code].kind in (*_NUMBERS, *_DAYS)

    def _read(self, row: int, code: str) -> Read:
        asked, cell = self._fields[code], self._cell(row, code)
        if mark := self._mark(row, code):
            return Read(finding=mark)
        match asked.kind:
            case FieldKind.MONEY:
                return read_money(cell, self._factors[self._at[code]])
            case FieldKind.DATE:
                last = self._today
                if code not in ("supported_on", "decision_on"):
                    last = last.replace(year=last.year + _AHEAD, day=min(last.day, 28))
                return read_day(cell, self._dates[code], last)
            case FieldKind.PARTIAL_DATE:
                return read_birth(cell, self._dates[code], self._today)
        if code == "recipient":
            return read_name(cell)
        return read_field(asked, cell)

    def _cell(self, row: int, code: str) -> Cell:
        return self._sheet.at(row, self._at[code])

    def _mark(self, row: int, code: str) -> str:
        mark = self._sheet.marks.get(f"{letter(self._at[code])}{row}", "")
        return mark if mark in NO_VALUE else ""

    def _finding(self, row: int, code: str, finding: str, said: str = "") -> Finding:
        at = self._at[code]
        return Finding(finding, letter(at), said or text_of(self._sheet.at(row, at)))


def _may_be_money(path: Sequence[str], headings: Headings) -> bool:
    below = any(headings.field_of((text,)).partition(".")[0] == AMOUNT for text in path)
    return below or _adds_up(path, headings)


def unread(one: ReadList, mapped: Mapping[str, str], taken: Sequence[str]) -> Iterator[Finding]:
    """The columns of a list in which something stands that is not read, with the first of it."""
    rows = [person.row for home in one.homes for person in home.members]
    for at in range(one.sheet.width):
        code = one.head.fields.get(at, "")
        if code in taken or at in one.head.name_parts:
            continue
        said = [text for row in rows if (text := one.sheet.text(row, at))]
        if said:
            kind = "column_idle" if code else "column_unread"
            yield Finding(kind, letter(at), f"{one.head.heading(at) or '–'}: {said[0]}")
