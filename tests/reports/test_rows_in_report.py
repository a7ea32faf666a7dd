"""All 101 rows of five plans, recorded in the sample commune, come out in its plan or its yearly
report: whatever a record says is looked for in the printed text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.reports.as_text import as_text
from giamngheo_desktop.reports.written import written
from giamngheo_desktop.services import areas, register
from giamngheo_desktop.services.documents import sections
from giamngheo_desktop.services.register import HouseholdFilter
from giamngheo_desktop.storage import record_names, records
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import Register, make_context
from tests.harness.review import shipped
from tests.harness.tables import sample_copy
from tests.services.test_plan_rows import DAY, YEAR, Typed, plan_rows

END = date(YEAR, 12, 31)
# Where the words of a record stand; of what is only counted the body, or the label of its list.
_WORDS = ("name", "content", "item", "measures", "description", "document", "note")
_COUNTED = {Kind.NEED: ("support_needs", "code"), Kind.VISIT: ("", "")}


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Typed]:
    with sample_copy(tmp_path_factory.mktemp("rows") / "mẫu.db") as database:
        commune = areas.tree(database, END).of_level(Level.COMMUNE)[0].uid
        villages = [area.uid for area in areas.tree(database, END).villages(commune)]
        desk = Register(database, make_context(), commune, dict(zip("ABC", villages, strict=False)))
        poor = HouseholdFilter(day=DAY, standard="2022", year=YEAR, classes=("poor",))
        homes = [row.uid for row in register.households(database, poor)][:3]
        found = Typed(database, desk, homes)
        for at, row in enumerate(plan_rows()):
            found.record(at, row)
        yield found


def test_every_row_of_the_plans_comes_out(typed: Typed) -> None:
    known = (typed.database, typed.register.context, shipped(), typed.register.commune, YEAR)
    plan = sections.begin(*known, "ke_hoach_chuan").value
    report = sections.begin_report(*known, "bao_cao_nam", "Y").value
    printed = " ".join(
        clean(as_text(doc).replace("\n", " "))
        for document in (plan, report)
        for doc in written(typed.database, shipped(), document, today=END)
    )
    missing = {
        f"{row.id} ({kind})"
        for row in plan_rows()
        for uid in typed.of_row[row.id]
        for kind, said in [_said(typed.database, uid)]
        if not any(clean(one).rstrip(" .;") in printed for one in said)
    }
    assert not missing, sorted(missing)


def _said(database: Database, uid: UUID) -> tuple[Kind, list[str]]:
    """What is looked for of a record: its words, else whose it is or what its list calls it."""
    with database.reader() as connection:
        kind, row = next(
            (kind, row)
            for kind in Kind
            if kind in shipped().records and (row := records.get(connection, kind, uid))
        )
        bodies = record_names.of_kind(connection, Kind.BODY, [row.get("body")])
    return kind, [*_told(kind, row), *(bodies.values() if kind in _COUNTED else ())]


def _told(kind: Kind, row: Mapping[str, Any]) -> list[str]:
    if kind in _COUNTED:
        name, column = _COUNTED[kind]
        return [shipped().choice_list(name).label_of(row[column])] if name else []
    if kind is Kind.OFFICER:  # persons are counted; whose they are stands
        return [row["full_name"]]
    return [next(row[name] for name in _WORDS if row.get(name))]
