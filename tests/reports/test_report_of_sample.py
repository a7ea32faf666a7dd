"""The yearly report of the sample commune: its numbers are those of tables and services, and all
101 rows of five plans, recorded there, come out in the plan or in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.budgeting import Stage
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.movement import Flow
from giamngheo_desktop.domain.plan_content import Content
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.reports.as_text import as_text
from giamngheo_desktop.reports.document import Table
from giamngheo_desktop.reports.report_ask import ReportAsk
from giamngheo_desktop.reports.report_contents import FILLERS
from giamngheo_desktop.reports.written import written
from giamngheo_desktop.services import areas, register
from giamngheo_desktop.services.documents import doubts, sections
from giamngheo_desktop.services.documents.doubts import DocumentDoubt
from giamngheo_desktop.services.documents.since import What, since
from giamngheo_desktop.services.documents.situation import (
    NEAR_POOR,
    POOR,
    flow,
    opening,
    persons,
    situation,
)
from giamngheo_desktop.services.programme import budget, supports
from giamngheo_desktop.services.register import HouseholdFilter
from giamngheo_desktop.storage import plans, record_names, records
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import Register, make_context
from tests.harness.review import shipped
from tests.harness.tables import paper, sample_copy
from tests.services.test_plan_rows import DAY, YEAR, Typed, plan_rows

END = date(YEAR, 12, 31)
# Where the words of a record stand; of what is only counted the body, or the label of its list.
_WORDS = ("name", "content", "item", "measures", "description", "document")
_COUNTED = {Kind.NEED: ("support_needs", "code"), Kind.VISIT: ("", ""), Kind.ASSIGNMENT: ("", "")}


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
    with typed.database.reader() as connection:
        (plan,) = plans.in_force(connection, YEAR).values()  # that of the sample
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


@pytest.mark.parametrize("year", [2024, 2026])
def test_numbers_are_those_of_the_tables(typed: Typed, year: int) -> None:
    ask = _ask(typed, year)
    found = ask.situation
    (table,) = paper(typed.database, "BC1", year).tables
    printed = {table.row_name(row): at for at, row in enumerate(table.rows)}
    assert len(found.ends.rows) + 1 == len(printed)
    for row in (*found.ends.rows, found.total):
        at = printed[row.name] if row.unit in {one.unit for one in found.ends.rows} else -1
        for key, said in (
            ("households", "households"), ("persons", "persons"), (POOR, "poor_households"),
            (NEAR_POOR, "near_poor_households"), (persons(POOR), "poor_persons"),
        ):  # fmt: skip
            assert row.values[key] == table.cell(at, said).value, (row.name, key)
    for code, name in (("BC2", POOR), ("BC3", NEAR_POOR)):
        (moved,) = paper(typed.database, code, year).tables
        total = [row for row in moved.rows if row.level == 0]
        for row, of in zip(total, (str, persons), strict=True):
            cells = dict(zip([leaf.key for leaf in moved.value_leaves], row.cells, strict=True))
            for one in Flow:
                assert found.flows.total.values[of(flow(name, one))] == cells[one.value].value


@pytest.mark.parametrize(("year", "period"), [(2025, "Q3"), (2026, "Y")])
def test_who_came_and_left_leads_from_one_day_to_the_other(
    typed: Typed, year: int, period: str
) -> None:
    ask = _ask(typed, year, period)
    day = ask.first - timedelta(days=1)
    start = None
    if day.year == year:
        start = situation(*ask.known, ask.unit, year, day).total.values
    found = since(*ask.known, ask.unit, year, period, ask.last)
    assert found.after == day
    for name in (POOR, NEAR_POOR):
        moved = sum((one.now == name) - (one.was == name) for one in found.happened)
        first = start[name] if start else ask.situation.total.values[opening(name)]
        assert first is not None
        assert first + moved == ask.situation.total.values[name]
    assert all(one.day for one in found.of(What.ENTERED, What.LEFT, What.CHANGED))


def test_money_and_supports_are_those_of_the_services(typed: Typed) -> None:
    ask = _ask(typed, YEAR)
    given = supports.of_year(typed.database, shipped(), supports.Asked(year=YEAR))
    policies, money = (
        next(one for one in FILLERS[code](ask) if isinstance(one, Table))
        for code in (Content.SUPPORTS, Content.DISBURSEMENT)
    )
    sums = supports.sums(given, supports.By.POLICY)
    assert len(policies.rows) == len(sums) + 1
    whole = supports.total(given)
    last = len(policies.rows) - 1
    for name in ("households", "persons", "amount"):
        assert policies.cell(last, f"of_year_{name}").value == getattr(whole, name)
    booked = budget.budget(typed.database, shipped(), year=YEAR).total
    for stage in ("assigned", "disbursed"):
        assert money.cell(len(money.rows) - 1, stage).value == booked.get(Stage(stage))
    tops = [at for at, row in enumerate(money.rows) if row.level == 1]
    assert sum(money.cell(at, "assigned").value or 0 for at in tops) == booked.get(Stage.ASSIGNED)
    names = [line for line in ask.listing.lines if line.kind is Kind.ACTIVITY]
    assert len(ask.work.activities) == len(names)
    assert len(names) == sum(len(one.activities) for one in ask.work.components)


def _ask(typed: Typed, year: int, period: str = "Y") -> ReportAsk:
    return ReportAsk(
        database=typed.database,
        definitions=shipped(),
        unit=typed.register.commune,
        year=year,
        period=period,
        day=date(year, 12, 31),
    )


def test_what_is_only_rounded_is_a_note(typed: Typed) -> None:
    """The plan of the sample has 5 of 2.550 households beside 0,20 points: nobody is asked."""
    with typed.database.reader() as connection:
        plan = plans.in_force(connection, YEAR)[typed.register.commune]
    told = doubts.doubts(typed.database, shipped(), plan, END)
    said = [one.params["text"] for one in told if one.doubt is DocumentDoubt.TARGET]
    assert len(said) == len(set(said))  # each once, of what was given and what is aimed at
    rounded = [one for one in told if one.params.get("text", "").endswith("chênh do làm tròn.")]
    assert rounded
    assert all(one.is_note for one in rounded)
