"""Reads the cells of one row of a list: which columns make a field, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from giamngheo_desktop.domain import code_words as words
from giamngheo_desktop.domain.cell_dates import DateColumn, read_birth, read_day
from giamngheo_desktop.domain.cell_reading import NOTHING, Read, Reading
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.list_fields import HOUSEHOLD, KEY, PERSON
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.sheet_headings import Head
from giamngheo_desktop.domain.sheet_rows import SheetRow
from giamngheo_desktop.domain.sheet_table import NO_VALUE, Cell, Sheet, letter, text_of
from giamngheo_desktop.domain.sheet_text import MAYBE_OLD_FONT, OLD_FONT
from giamngheo_desktop.domain.vietnamese import clean, lower

_OWN: Mapping[str, Callable[[Cell], Read]] = {  # read in a way of their own
    KEY: words.read_key,
    "id_number": words.read_identity,
    "phone": words.read_phone,
    "score_income": words.read_count,
    "score_deprivation": words.read_count,
    "persons": words.read_count,
}
_UNKNOWN = {
    "relation": "relation_unknown",
    "ethnicity": "ethnic_unknown",
    "household_class": "level_unknown",
}
_OF_PERSON = tuple(code for code in PERSON if code not in ("full_name", "birth", "sex"))
_OF_HOUSEHOLD = (
    *HOUSEHOLD,
    "score_deprivation",
    "persons",
    "household_class",
    "decision_number",
    "decision_on",
)
CLASS_COLUMNS = ("household_class", "class.poor", "class.near_poor", "class.not_poor")
_SEX_WORDS = (("male", "Nam"), ("female", "Nữ"))
_MONTH = "month_shown"


@dataclass(frozen=True, slots=True)
class ReadCell:
    """`column` is its letter, "" where a row above the household says it."""

    row: int
    column: str
    raw: str
    read: Read


class CellReader:
    """Reads the rows of one sheet."""

    def __init__(
        self,
        sheet: Sheet,
        head: Head,
        fields: Mapping[str, FieldDef],
        today: date,
        dates: Mapping[str, DateColumn],
        small: frozenset[int],
    ) -> None:
        self._sheet, self._head, self._fields, self._today = sheet, head, fields, today
        self._dates, self._small = dates, small
        self._at = {code: at for at, code in sorted(head.fields.items(), reverse=True)}

    def text(self, row: int, code: str) -> str:
        return self._sheet.text(row, self._at[code]) if code in self._at else ""

    def _cell(self, row: int, code: str) -> Cell:
        return self._sheet.at(row, self._at[code]) if code in self._at else None

    def _mark(self, row: int, code: str) -> str:
        if not self._sheet.marks or code not in self._at:
            return ""
        return self._sheet.marks.get(f"{letter(self._at[code])}{row}", "")

    def _made(self, row: int, code: str, read: Read, raw: str = "") -> ReadCell:
        if (mark := self._mark(row, code)) in NO_VALUE:
            read = Read(finding=mark)
        column = letter(self._at[code]) if code in self._at else ""
        return ReadCell(row, column, raw or self.text(row, code), read)

    def person(self, row: int, *, is_single: bool) -> dict[str, ReadCell]:
        """What the row says of a person; `is_single`: each row is a household with its head."""
        found = dict(self._person(row))
        if is_single:
            found["relation"] = ReadCell(row, "", "", Read("head"))
        return {code: cell for code, cell in found.items() if not cell.read.is_nothing}

    def _person(self, row: int) -> Iterator[tuple[str, ReadCell]]:
        yield "full_name", self._name(row)
        yield from self._answers(row, (KEY, *_OF_PERSON))
        yield from self._birth_and_sex(row)

    def _answers(self, row: int, codes: Iterable[str]) -> Iterator[tuple[str, ReadCell]]:
        for code in codes:
            if code in self._at:
                yield code, self._made(row, code, self._answer(row, code))

    def _answer(self, row: int, code: str) -> Read:
        cell = self._cell(row, code)
        if code in _OWN:
            return _OWN[code](cell)
        field = self._fields[code]
        if field.kind is FieldKind.DATE:
            return read_day(cell, self._column(code), self._today)
        return words.read_field(field, cell, _UNKNOWN.get(code, "choice_unknown"))

    def _column(self, code: str) -> DateColumn:
        return self._dates.get(code, DateColumn())

    def _name(self, row: int) -> ReadCell:
        if "name.last" in self._at and "full_name" not in self._at:
            columns = [self._at[code] for code in ("name.first", "name.last") if code in self._at]
            return self._name_in(row, "name.last", columns)
        for code in ("full_name", "head_name"):
            columns = [self._at[code]] if code in self._at else []
            if columns and columns[0] + 1 in self._head.name_parts:  # one heading over them all
                columns += self._head.name_parts
            if not (made := self._name_in(row, code, columns)).read.is_nothing:
                return made
        return ReadCell(row, "", "", NOTHING)

    def _name_in(self, row: int, code: str, columns: Sequence[int]) -> ReadCell:
        text = clean(" ".join(self._sheet.text(row, at) for at in columns))
        found = {self._sheet.marks.get(f"{letter(at)}{row}", "") for at in columns}
        look = next((mark for mark in (OLD_FONT, MAYBE_OLD_FONT) if mark in found), "")
        read = words.read_name(text, of_old_font=row in self._small or look == OLD_FONT)
        if look and read.value is not None and not read.finding:
            read = replace(read, finding=look, mended=True)
        return self._made(row, code, read, text)

    def _birth_and_sex(self, row: int) -> Iterator[tuple[str, ReadCell]]:
        sex = self._fields["sex"]
        if "sex" in self._at:
            yield "sex", self._made(row, "sex", words.read_sex(sex, self._cell(row, "sex")))
        elif "birth.male" in self._at or "birth.female" in self._at:
            yield from self._birth_by_sex(row)
            return
        elif "sex.male" in self._at or "sex.female" in self._at:
            yield "sex", self._sex_by_tick(row)
        if "birth" in self._at:
            yield "birth", self._made(row, "birth", self._birth(row, "birth"))
        elif "birth.year" in self._at:
            yield "birth", self._birth_of_parts(row)

    def _birth(self, row: int, code: str) -> Read:
        only_month = self._mark(row, code) == _MONTH
        column = self._column("birth")
        return read_birth(self._cell(row, code), column, self._today, only_month=only_month)

    def _birth_by_sex(self, row: int) -> Iterator[tuple[str, ReadCell]]:
        filled = [(sex, f"birth.{sex}") for sex, _ in _SEX_WORDS if self.text(row, f"birth.{sex}")]
        for sex, code in filled[:1]:
            yield "birth", self._made(row, code, self._birth(row, code))
            read = Read(sex) if len(filled) == 1 else self._either()
            yield "sex", self._made(row, code, read)

    def _either(self) -> Read:
        return Read(readings=tuple(Reading(code, word) for code, word in _SEX_WORDS))

    def _sex_by_tick(self, row: int) -> ReadCell:
        ticked = [
            sex for sex, _ in _SEX_WORDS if words.read_tick(self._cell(row, f"sex.{sex}")).value
        ]
        if len(ticked) == 2:
            return self._made(row, "sex.female", self._either())
        if ticked:
            return self._made(row, f"sex.{ticked[0]}", Read(ticked[0]))
        for sex, other in (("male", "female"), ("female", "male")):
            if f"sex.{sex}" in self._at and f"sex.{other}" not in self._at:
                return self._made(row, f"sex.{sex}", Read(other))  # one column for both
        return ReadCell(row, "", "", NOTHING)

    def _birth_of_parts(self, row: int) -> ReadCell:
        texts = [self.text(row, f"birth.{part}") for part in ("day", "month", "year")]
        raw = "/".join(text for text in texts if text)
        year = self._cell(row, "birth.year")
        if not any(texts[:2]):
            return self._made(row, "birth.year", self._birth(row, "birth.year"), raw)
        if not all(text.isdigit() for text in texts if text) or not text_of(year):
            return self._made(row, "birth.year", Read(finding="date_unreadable"), raw)
        day, month, number = (int(text) if text else None for text in texts)
        try:
            found = PartialDate(number or 0, month, day)
        except ValueError:
            return self._made(row, "birth.year", Read(finding="date_impossible"), raw)
        late = found.earliest > self._today
        read = Read(finding="date_future") if late else Read(found)
        return self._made(row, "birth.year", read, raw)

    def household(self, row: int) -> dict[str, ReadCell]:
        """What the row says of the household."""
        return {code: cell for code, cell in self._household(row) if not cell.read.is_nothing}

    def _household(self, row: int) -> Iterator[tuple[str, ReadCell]]:
        yield from self._answers(row, _OF_HOUSEHOLD)
        yield from self._class_by_tick(row)
        yield from self._status(row)
        yield from self._policies(row)

    def _class_by_tick(self, row: int) -> Iterator[tuple[str, ReadCell]]:
        """Hộ nghèo | Hộ cận nghèo, a column each: `x` says which."""
        asked = self._columns("class.")
        ticks = {code: words.read_tick(self._cell(row, code)) for code in asked}
        told = [code for code, tick in ticks.items() if tick.value or tick.is_wrong]
        if len(told) > 1:
            yield "household_class", self._made(row, told[-1], Read(finding="two_states"))
        for code in told if len(told) == 1 else ():
            read = Read(code.partition(".")[2]) if ticks[code].value else ticks[code]
            yield "household_class", self._made(row, code, read)

    def _columns(self, prefix: str) -> list[str]:
        """The fields of that kind, as they stand from left to right."""
        found = (code for code in self._at if code.startswith(prefix))
        return sorted(found, key=lambda code: self._at[code])

    def _status(self, row: int) -> Iterator[tuple[str, ReadCell]]:
        states = self._columns("status.")
        if not states:
            return
        ticked = [code for code in states if words.read_tick(self._cell(row, code)).value]
        if len(ticked) > 1:
            yield "status", self._made(row, ticked[-1], Read(finding="two_states"))
        elif ticked:
            yield "status", self._made(row, ticked[0], Read(ticked[0].partition(".")[2]))
        heading = lower(self._head.heading(self._at[states[0]]))
        level = "near_poor" if "cận nghèo" in heading else "poor"
        yield "household_class", ReadCell(row, "", "", Read(level))

    def _policies(self, row: int) -> Iterator[tuple[str, ReadCell]]:
        asked = [code for code in self._at if code.startswith("policy.")]
        ticked = [code for code in asked if words.read_tick(self._cell(row, code)).value]
        if ticked:
            names = tuple(code.partition(".")[2] for code in ticked)
            raw = "; ".join(self._head.heading(self._at[code]) for code in ticked)
            yield "policies_ticked", self._made(row, ticked[0], Read(names), raw)

    def of_household_row(self, row: SheetRow) -> Iterator[tuple[str, ReadCell]]:
        """A row above the members, `1. Hộ NAME (hộ nghèo)`, says the class."""
        if row.about:
            read = words.read_choice(self._fields["household_class"], row.about, "level_unknown")
            if not read.is_nothing and not read.is_wrong:
                yield "household_class", ReadCell(row.row, "", row.about, read)
