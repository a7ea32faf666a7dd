"""Random values for the forms of records, from the records that are there."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.record_form import OF_HOUSEHOLD, OF_PLAN, RecordForm
from giamngheo_desktop.services.documents import heads, sections, versions
from giamngheo_desktop.services.programme import entries
from giamngheo_desktop.services.targets import allocation
from giamngheo_desktop.storage import plans, records
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.tables import TABLES
from tests.harness.review import shipped

WORDS = ("Nuôi bò", "Trạm Y tế", "Ổ 1, thôn Đắk", "12/QĐ-UBND", "“Quỹ”", "=1+1", "Ỷ Lan")
CODES: Mapping[str, Sequence[str]] = {
    "programme": ("2021", "2026"),
    "component": ("DA2", "DA3-TDA1", "HP1-NDTP03"),
    "value_key": ("electricity_month",),
    "indicator": ("HN-TL", "YT-BHYT", "TD-VAY"),
    "standard": ("2022", "2027"),
    "target_key": ("key-1", "key-2"),
    "schedule_key": ("key-3", "key-4"),
    "report_period": ("M03", "Q2", "Y"),
}
FIRST = date(2026, 1, 1)


@dataclass
class Clerk:
    """Types records into one register. `pick(kind)` is a living record of it, or None."""

    database: Database
    context: Context
    commune: UUID
    rng: random.Random

    def pick(self, kind: Kind) -> UUID | None:
        with self.database.reader() as connection:
            found = sorted(row["uid"] for row in records.find(connection, kind))
        return self.rng.choice(found) if found else None

    def values(self, form: RecordForm, **fixed: Any) -> dict[str, Any]:
        """Answers to every field, some of them none; days in order."""
        found: dict[str, Any] = {}
        for field in form.form:
            wanted = field.required or self.rng.random() < 0.7
            found[field.code] = self.value(field) if wanted else None
        found |= fixed
        for field in form.more(found):
            found[field.code] = self.value(field) if self.rng.random() < 0.7 else None
        fitting = form.known.components.get(found.get("programme") or "", frozenset())
        if found.get("component") and fitting:  # of its programme
            found["component"] = self.rng.choice([one for one in CODES["component"]
                                                  if one in fitting])  # fmt: skip
        for first, last in (("valid_from", "valid_to"), ("starts_on", "ends_on"),
                            ("period_from", "period_to")):  # fmt: skip
            if found.get(first) and found.get(last) and found[last] < found[first]:
                found[first], found[last] = found[last], found[first]
        return found

    def value(self, field: FieldDef) -> Any:
        match field.kind:
            case FieldKind.TEXT:
                return self.rng.choice(WORDS)
            case FieldKind.CHOICE if field.of:
                return self.rng.choice(self.codes(field.of))
            case FieldKind.CHOICE:
                return self.rng.choice(field.choices).code
            case FieldKind.CHOICES:
                return tuple(one.code for one in field.choices if self.rng.random() < 0.4)
            case FieldKind.YES_NO:
                return self.rng.random() < 0.5
            case FieldKind.DATE:
                return FIRST + timedelta(days=self.rng.randrange(360))
            case FieldKind.PARTIAL_DATE:
                return PartialDate(1980)
            case FieldKind.AREA:
                return self.village()
            case FieldKind.RECORD:
                return self.pick(Kind(KINDS.get(field.of, field.of)))
            case FieldKind.ROWS:
                rows = ({column.code: self.value(column) for column in field.fields}
                        for _ in range(self.rng.randrange(4)))  # fmt: skip
                return tuple(row for row in rows if any(row.values()))
        return self.rng.randint(field.minimum or 0, min(field.maximum or 10**9, 10**12))

    def codes(self, of: str) -> Sequence[str]:
        known = shipped()
        data = {"policy": known.supports, "activity_kind": known.activities}
        return sorted(data[of]) if of in data else CODES[of]

    def village(self) -> UUID:
        with self.database.reader() as connection:
            rows = records.find(connection, Kind.PLACE)
        return self.rng.choice(sorted({row["village"] for row in rows}))

    def given(self, form: RecordForm) -> dict[str, Any]:
        """The columns that a page gives."""
        found: dict[str, Any] = {}
        if form.kind in OF_PLAN:
            return {"document": self.plan(), "key": self.rng.choice(WORDS)}
        if form.kind not in OF_HOUSEHOLD:
            found["area"] = self.commune
        if "year" in TABLES[form.kind].c:
            found["year"] = 2026
        return found

    def plan(self) -> UUID:
        """The plan of the year, begun where it has none."""
        with self.database.reader() as connection:
            stored = plans.in_hand(connection, 2026, self.commune)
        if stored is not None:
            return UUID(str(stored["uid"]))
        return versions.begin(self.database, self.context, self.commune, 2026).value

    def save(self, form: RecordForm, uid: UUID | None = None, **fixed: Any) -> Done[UUID]:
        values, given = self.values(form, **fixed), self.given(form)
        return entries.save(self.database, self.context, form, values, uid, given=given)

    def write(self) -> object:
        """Something is done to a section of the plan, or to the plan itself."""
        args = (self.database, self.context)
        if self.rng.random() < 0.25:  # into the year, where nobody began a plan
            given = {"poor_decrease": self.rng.randrange(9)}
            return allocation.save(*args, 2026, {self.village(): given})
        plan = self.plan()
        with self.database.reader() as connection:
            rows = records.find(connection, Kind.DOCUMENT_SECTION, document=plan)
        found = sorted(row["uid"] for row in rows)
        chance = self.rng.random()
        if len(found) < 2 or chance < 0.3:
            parent = self.rng.choice([None, *found])
            return sections.add(*args, plan, parent=parent, title=self.rng.choice(WORDS))
        one, other = self.rng.sample(found, 2)
        if chance < 0.5:
            return sections.change(*args, one, text=self.rng.choice(WORDS))
        if chance < 0.7:
            return sections.put(*args, one, self.rng.choice([None, other]))
        if chance < 0.8:
            return sections.move(*args, one, self.rng.choice([-1, 1]))
        if chance < 0.9:
            return sections.remove(*args, one)
        if chance < 0.96:
            return versions.issue(*args, plan, FIRST)
        if chance < 0.98:
            return heads.remove(*args, plan)
        return versions.next_version(*args, plan, versions.Change.ADJUSTS)

    def act(self) -> object:
        """A new record, another answer to an old one, or one typed by mistake."""
        form = shipped().records[self.rng.choice(sorted(shipped().records))]
        uid = self.pick(form.kind)
        chance = self.rng.random()
        if uid is None or chance < 0.5:
            return self.save(form)
        if chance < 0.9:
            stored = entries.entries(self.database, form, uid=uid)[uid]
            field = self.rng.choice([one for one in form.columns if one.code != form.decided_by])
            changed = {**stored, field.code: self.value(field)}
            given = self.given(form)
            return entries.save(self.database, self.context, form, changed, uid, given=given)
        return entries.remove(self.database, self.context, form, uid)


KINDS = {"participant": "activity_participant"}
