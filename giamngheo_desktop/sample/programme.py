"""Records of the programme in the sample's last year: a few of each kind, from resources/sample.

Names stand for the records they name, `home` and `village` for the nth poor household and village.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from giamngheo_desktop import paths
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.record_form import RecordForm
from giamngheo_desktop.sample.book import YEARS
from giamngheo_desktop.sample.course import NEW
from giamngheo_desktop.sample.writing import Writer
from giamngheo_desktop.services.programme import entries, years
from giamngheo_desktop.services.unit import write_unit

_ORDER = (  # whoever is named comes first
    Kind.BODY,
    Kind.OFFICER,
    Kind.PLAN_COMPONENT,
    Kind.TASK,
    Kind.ACTIVITY,
    Kind.BUDGET_LINE,
    Kind.FUND_ENTRY,
    Kind.SUPPORT_EVENT,
    Kind.SUPPORT,
    Kind.NEED,
    Kind.ASSIGNMENT,
    Kind.VISIT,
    Kind.HOUSEHOLD_PLAN,
    Kind.INCIDENT,
)
_NAMES = ("name", "full_name", "printed_name")
_WRITTEN = datetime.combine(date(YEARS[-1], 12, 31), time(16))


def write_programme(sample: Writer) -> None:
    """After everything else, so that nothing else changes by it."""
    text = (paths.resources() / "sample" / "programme.toml").read_text(encoding="utf-8")
    _Programme(sample, tomllib.loads(text)).write()


class _Programme:
    def __init__(self, sample: Writer, table: Mapping[str, Any]) -> None:
        self._sample = sample
        self._table = table
        self._year: int = table["year"]
        self._known: dict[tuple[str, str], UUID] = {}
        poor = (home for home in sample.story.book.homes if _is_poor(home))
        self._homes = [home.uid for home in poor if home.uid is not None]

    def write(self) -> None:
        sample = self._sample
        context = sample.context_at(_WRITTEN)
        with write_unit(sample.database, context, Op.LOAD_SAMPLE, unit=sample.commune) as work:
            work.subject = str(self._year)
            for kind in _ORDER:
                form = sample.definitions.records[kind]
                given = years.given(form, sample.commune, self._year)
                for values in self._values(form):
                    uid = entries.write(work, form, values, None, given=given)
                    name = next((values[code] for code in _NAMES if values.get(code)), "")
                    self._known[kind.value, name] = uid

    def _values(self, form: RecordForm) -> Iterator[Mapping[str, Any]]:
        """Those of the records of a kind; whoever is not there in a small sample is left out."""
        for said in self._table.get(form.kind.value, ()):
            fields = {field.code: field for field in form.form}
            fields |= {field.code: field for field in form.more(said)}
            if "home" in said and self._home(said["home"]) is None:
                continue
            yield {code: self._value(field, said) for code, field in fields.items()}

    def _value(self, field: FieldDef, said: Mapping[str, Any]) -> Any:
        value = said.get(field.code)
        if field.kind is FieldKind.ROWS:
            rows = [row for row in value or () if self._home(row.get("home", 1)) is not None]
            return tuple({one.code: self._value(one, row) for one in field.fields} for row in rows)
        if field.code == "household":
            return self._home(said["home"]) if "home" in said else None
        if value is None:
            return None
        if field.kind is FieldKind.RECORD:
            return self._known[field.of, value]
        if field.kind is FieldKind.AREA:
            return self._sample.villages[value - 1]
        return tuple(value) if isinstance(value, list) else value

    def _home(self, number: int) -> UUID | None:
        return self._homes[number - 1] if number <= len(self._homes) else None


def _is_poor(home: Any) -> bool:
    held = home.class_in(NEW)
    return home.left is None and held is not None and held.household_class == "poor"
