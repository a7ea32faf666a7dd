"""Reads the cells of one row of a list: which columns make a field, and what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from giamngheo_desktop.domain import code_words as words
from giamngheo_desktop.domain.cell_dates import DateColumn, read_birth, read_day
from giamngheo_desktop.domain.cell_reading import NOTHING, Read, Reading
from giamngheo_desktop.domain.form import FieldDef
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.sheet_headings import Head
from giamngheo_desktop.domain.sheet_rows import SheetRow
from giamngheo_desktop.domain.sheet_table import Cell, Sheet, letter, text_of
from giamngheo_desktop.domain.vietnamese import lower

TICKS = (
    "minority",
    "local_minority",
    "no_labour_capacity",
    "merit_household",
    "social_protection",
)
TEXTS = ("code", "address", "permanent_residence", "current_residence", "note")
COUNTS = ("score_income", "score_deprivation", "persons")
_SEX_WORDS = (("male", "Nam"), ("female", "Nữ"))
_MONTH, _ERRORS = "month_shown", ("cell_error", "formula_without_value")


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
        births: DateColumn,
        days: DateColumn,
        small: frozenset[int],
    ) -> None:
        self._sheet, self._head, self._fields, self._today = sheet, head, fields, today
        self._births, self._days, self._small = births, days, small
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
        if (mark := self._mark(row, code)) in _ERRORS:
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
        for code, finding in (("relation", "relation_unknown"), ("ethnicity", "ethnic_unknown")):
            if code in self._at:
                read = words.read_choice(self._fields[code], self._cell(row, code), finding)
                yield code, self._made(row, code, read)
        if "id_number" in self._at:
            read = words.read_identity(self._cell(row, "id_number"))
            yield "id_number", self._made(row, "id_number", read)
        if "phone" in self._at:
            yield "phone", self._made(row, "phone", words.read_phone(self._cell(row, "phone")))
        yield from self._birth_and_sex(row)

    def _name(self, row: int) -> ReadCell:
        small = row in self._small
        if "name.last" in self._at and "full_name" not in self._at:
            parts = [self.text(row, code) for code in ("name.first", "name.last")]
            read = words.read_name(" ".join(filter(None, parts)), of_old_font=small)
            return self._made(row, "name.last", read, " ".join(parts))
        for code in ("full_name", "head_name"):
            read = words.read_name(self._cell(row, code), of_old_font=small)
            if not read.is_nothing:
                return self._made(row, code, read)
        return ReadCell(row, "", "", NOTHING)

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
        return read_birth(self._cell(row, code), self._births, self._today, only_month=only_month)

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
        for code in TICKS:
            if code in self._at:
                read = words.read_tick(self._cell(row, code))
                value = None if read.value is None else "yes" if read.value else "no"
                yield code, self._made(row, code, Read(value, read.finding))
        for code in TEXTS:
            if code in self._at:
                yield code, self._made(row, code, words.read_text(self._cell(row, code)))
        for code in COUNTS:
            if code in self._at:
                yield code, self._made(row, code, words.read_count(self._cell(row, code)))
        if "causes" in self._at:
            read = words.read_several(self._fields["causes"], self._cell(row, "causes"))
            yield "causes", self._made(row, "causes", read)
        yield from self._class(row)
        yield from self._policies(row)

    def _class(self, row: int) -> Iterator[tuple[str, ReadCell]]:
        if "household_class" in self._at:
            field = self._fields["household_class"]
            read = words.read_choice(field, self._cell(row, "household_class"), "level_unknown")
            yield "household_class", self._made(row, "household_class", read)
        if "decision_number" in self._at:
            read = words.read_text(self._cell(row, "decision_number"))
            yield "decision_number", self._made(row, "decision_number", read)
        if "decision_on" in self._at:
            read = read_day(self._cell(row, "decision_on"), self._days, self._today)
            yield "decision_on", self._made(row, "decision_on", read)
        states = sorted(
            (code for code in self._at if code.startswith("status.")), key=lambda c: self._at[c]
        )
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
            yield "policies_received", self._made(row, ticked[0], Read(names), raw)

    def of_household_row(self, row: SheetRow) -> Iterator[tuple[str, ReadCell]]:
        """A row above the members, `1. Hộ NAME (hộ nghèo)`, says the class."""
        if row.about:
            read = words.read_choice(self._fields["household_class"], row.about, "level_unknown")
            if not read.is_nothing and not read.is_wrong:
                yield "household_class", ReadCell(row.row, "", row.about, read)
