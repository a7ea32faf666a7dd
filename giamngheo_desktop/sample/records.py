"""Records as resources/sample tells them: names stand for the records they name, `home` and
`village` for the nth household and village. Whoever a small sample doesn't have is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.record_form import RecordForm
from giamngheo_desktop.sample.book import YEARS, Home
from giamngheo_desktop.sample.course import NEW
from giamngheo_desktop.sample.writing import Writer
from giamngheo_desktop.services.programme import entries, years
from giamngheo_desktop.services.unit import WriteUnit

_NAMES = ("name", "full_name", "printed_name")
# Who may be meant: the poor of the sample's end, and those who left the list in its last year.
_PEOPLE = ("home", "escaped")
Said = Mapping[str, Any]


class Records:
    """Writes records of a year and keeps by which name they are called."""

    def __init__(self, sample: Writer) -> None:
        self.sample = sample
        self._known: dict[tuple[str, str], UUID] = {}
        homes = [home for home in sample.story.book.homes if home.left is None]
        self._homes = {
            "home": [home.uid for home in homes if _is_poor(home)],
            "escaped": [home.uid for home in homes if _escaped(home)],
        }

    def write(
        self, work: WriteUnit, kind: Kind, said: Iterable[Said], year: int, **given: Any
    ) -> None:
        """Records of a kind; `given` are columns that no field asks."""
        form = self.sample.definitions.records[kind]
        given = {**years.given(form, self.sample.commune, year), **given}
        complete = self.sample.story.plan.complete
        for one in said:
            if complete:
                one = {**one, **one.get("full", {})}
            values = self._values(form, one)
            if values is None:
                continue
            named = {"key": one["key"]} if "key" in one and "key" not in values else {}
            uid = entries.write(work, form, values, None, given={**given, **named})
            name = next((values[code] for code in _NAMES if values.get(code)), "")
            self._known[kind.value, name] = uid

    def officer(self, name: str) -> UUID:
        return self._known[Kind.OFFICER.value, name]

    def _values(self, form: RecordForm, said: Said) -> dict[str, Any] | None:
        fields = {field.code: field for field in form.form}
        fields |= {field.code: field for field in form.more(said)}
        if not self._is_there(said):
            return None
        return {code: self._value(field, said) for code, field in fields.items()}

    def _value(self, field: FieldDef, said: Said) -> Any:
        value = said.get(field.code)
        if field.kind is FieldKind.ROWS:
            rows = [row for row in value or () if self._is_there(row)]
            return tuple(dict(self._row(field.fields, row)) for row in rows)
        if field.code == "household":
            return self._home(said)
        if value is None:
            return None
        if field.kind is FieldKind.RECORD:
            return self._known[field.of, value]
        if field.kind is FieldKind.AREA:
            return self.sample.villages[value - 1]
        return tuple(value) if isinstance(value, list) else value

    def _row(self, fields: Iterable[FieldDef], said: Said) -> Iterator[tuple[str, Any]]:
        return ((field.code, self._value(field, said)) for field in fields)

    def _is_there(self, said: Said) -> bool:
        named = any(people in said for people in _PEOPLE)
        return not named or self._home(said) is not None

    def _home(self, said: Said) -> UUID | None:
        for people in _PEOPLE:
            if people in said:
                found = self._homes[people]
                return found[said[people] - 1] if said[people] <= len(found) else None
        return None


def _is_poor(home: Home) -> bool:
    held = home.class_in(NEW)
    return home.uid is not None and held is not None and held.household_class == "poor"


def _escaped(home: Home) -> bool:
    """Poor at the start of the last year, and not at its end."""
    before = [
        row
        for row in home.classes
        if row.standard == NEW and row.valid_from.year < YEARS[-1] and _held_on_new_year(row)
    ]
    return bool(home.uid and before) and before[-1].household_class == "poor" and not _is_poor(home)


def _held_on_new_year(row: Any) -> bool:
    return row.valid_to is None or row.valid_to.year >= YEARS[-1]
