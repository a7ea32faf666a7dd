"""The money of a year against an independent count, in real files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import Definitions, shipped_definitions
from giamngheo_desktop.domain.budgeting import Amounts, Stage, total
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.services import successions, undo
from giamngheo_desktop.services.programme import listing
from giamngheo_desktop.services.programme.budget import Budget, budget
from giamngheo_desktop.services.programme.fund import fund_year
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage.engine import Database
from tests.harness.examples import examples
from tests.harness.money import entry, line, put, random_money, support
from tests.harness.register import Register, dump, empty_database, living, make_register
from tests.harness.report_rows import move


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return shipped_definitions(paths.resources() / "definitions")


def by_hand(register: Register, year: int) -> list[dict[str, Any]]:
    """Every living amount of a year as stage, source, component, village and body."""
    rows = living(dump(register.database))
    found = [row for row in rows[Kind.BUDGET_LINE].values() if row["year"] == year]
    homes = {row["household"]: row["village"] for row in rows[Kind.PLACE].values()}
    for share in rows[Kind.SUPPORT_SHARE].values():
        one = rows[Kind.SUPPORT].get(share["support"])
        if one is not None and one["supported_on"].year == year:
            told = {"stage": "supported", "capital": None, "village": homes[one["household"]]}
            found.append({**one, **share, **told})
    return found


def added(rows: Iterable[dict[str, Any]], key: str) -> dict[Any, Counter[str]]:
    found: dict[Any, Counter[str]] = {}
    for row in rows:
        found.setdefault(row[key], Counter())[row["stage"]] += row["amount"]
    return found


def told(sums: Any) -> dict[Any, Counter[str]]:
    return {key or None: Counter(one.values) for key, one in sums.items()}


@pytest.mark.parametrize("seed", range(examples(20, 200)))
def test_sums_agree_with_an_independent_count(
    tmp_path: Path, definitions: Definitions, seed: int
) -> None:
    with empty_database(tmp_path / "Sổ.db") as database:
        register = make_register(database)
        random_money(register, seed)
        rows = by_hand(register, 2026)
        found = budget(database, definitions, year=2026)
        assert told(found.by_source) == added(rows, "source")
        for key, groups in (
            ("capital", found.by_capital),
            ("village", found.by_village),
            ("body", found.by_body),
        ):
            assert told({one: total(sums) for one, sums in groups.items()}) == added(rows, key)
        whole: Counter[str] = Counter()
        for row in rows:
            whole[row["stage"]] += row["amount"]
        assert Counter(found.total.values) == whole
        for branch in found.branches[1:]:
            programme, _, code = branch.node.key.partition("/")
            inside = definitions.programme(programme).within(code) if code else None
            here = [
                row
                for row in rows
                if row["programme"] == programme and (not inside or row["component"] in inside)
            ]
            assert told(branch.whole) == added(here, "source")
        one, *_ = register.villages.values()
        of_village = budget(database, definitions, year=2026, unit=one)
        here = [row for row in rows if row["village"] == one]
        assert told(of_village.by_source) == added(here, "source")


def amounts(found: Budget, node: str) -> Amounts:
    return next(branch.total for branch in found.branches if branch.node.key == node)


def test_what_a_plan_prints_is_found_by_its_component(
    register: Register, definitions: Definitions
) -> None:
    plan = {"year": 2025, "programme": "2021", "component": "DA6"}
    five, own = put(
        register,
        Kind.PLAN_COMPONENT,
        {**plan, "printed_number": "Dự án 5", "printed_name": "Truyền thông"},
        {"year": 2025, "printed_number": "8", "printed_name": "Việc riêng của xã"},
    )
    (below,) = put(
        register,
        Kind.PLAN_COMPONENT,
        {"year": 2025, "printed_name": "Loa thôn", "parent": five},
    )
    put(
        register,
        Kind.BUDGET_LINE,
        line(1, "planned", year=2025, plan_component=five),
        line(10, "planned", year=2025, component="DA6"),  # one programme of 2025 has it
        line(100, "planned", year=2025, plan_component=own),
        line(1000, "planned", year=2025, plan_component=below),
        line(10_000, "planned", year=2025, programme="2021", component="DA99"),
    )
    found = budget(register.database, definitions, year=2025)
    part = found.parts["2021/DA6"]
    assert (part.number, part.name) == ("Dự án 5", "Truyền thông")
    assert amounts(found, "2021/DA6").get(Stage.PLANNED) == 1011
    assert amounts(found, f"plan:{own}").get(Stage.PLANNED) == 100
    assert amounts(found, "2021").get(Stage.PLANNED) == 11_011
    assert found.total.get(Stage.PLANNED) == 11_111
    assert [(one.code, one.node) for one in found.warnings] == [("budget_not_live", "2021/DA99")]


def test_plans_that_stand_below_each_other_end(
    register: Register, definitions: Definitions
) -> None:
    first, second = (UUID(int=one) for one in (1, 2))
    put(
        register,
        Kind.PLAN_COMPONENT,
        {"uid": first, "year": 2026, "printed_name": "Một", "parent": second},
        {"uid": second, "year": 2026, "printed_name": "Hai", "parent": first},
    )
    put(register, Kind.BUDGET_LINE, line(5, "planned", plan_component=first))
    found = budget(register.database, definitions, year=2026)
    assert amounts(found, f"plan:{first}").get(Stage.PLANNED) == 5


def test_a_programme_of_another_period_is_warned_of_and_counted(
    register: Register, definitions: Definitions
) -> None:
    put(
        register, Kind.BUDGET_LINE, line(7, "planned", year=2027, programme="2021", component="DA2")
    )
    found = budget(register.database, definitions, year=2027)
    assert found.total.get(Stage.PLANNED) == 7
    assert [one.code for one in found.warnings] == ["budget_not_live"]
    assert [len(one.lines) for one in found.warnings] == [1]


def test_supports_stand_by_the_village_of_their_day_and_take_from_their_event(
    register: Register, definitions: Definitions
) -> None:
    home = register.household("Hồ Thị Một", village="A").uid
    (event,) = put(
        register,
        Kind.SUPPORT_EVENT,
        {"year": 2026, "policy": "gift", "name": "Tết", "programme": "2026",
         "component": "HP1-NDTP08", "supported_on": date(2026, 2, 1)},
    )  # fmt: skip
    support(register, home, "2026-02-01", {"donors": 300, "poor_fund": 200}, support_event=event)
    move(register, home, "B", date(2026, 6, 1))
    support(register, home, "2026-07-01", {"donors": 50})
    put(register, Kind.BUDGET_LINE, line(450, "disbursed", "donors"))
    found = budget(register.database, definitions, year=2026)
    by_village = {uid: total(one).get(Stage.SUPPORTED) for uid, one in found.by_village.items()}
    assert by_village == {
        register.villages["A"]: 500, register.villages["B"]: 50, None: None,
    }  # fmt: skip
    assert amounts(found, "2026/HP1-NDTP08").get(Stage.SUPPORTED) == 500
    donors = found.by_source["donors"]
    assert (donors.get(Stage.DISBURSED), donors.get(Stage.SUPPORTED), donors.apart) == (
        450,
        350,
        100,
    )
    assert found.total.get(Stage.DISBURSED) == 450


def test_a_commune_and_a_village_have_their_own(
    register: Register, definitions: Definitions
) -> None:
    other = register.second_commune("Sơn Long", "X")
    put(
        register,
        Kind.BUDGET_LINE,
        line(1, "planned"),
        line(10, "planned", village=register.villages["A"]),
        line(100, "planned", area=other, village=register.villages["X"]),
        line(1000, "planned", area=other),
    )
    home = register.household("Hồ Văn X", village="X").uid
    support(register, home, "2026-05-01", {"central": 7})
    put(register, Kind.FUND_ENTRY, entry("in", "2026-01-01", 3, area=other))

    def planned(unit: UUID | None) -> tuple[int | None, int | None]:
        whole = budget(register.database, definitions, year=2026, unit=unit).total
        return whole.get(Stage.PLANNED), whole.get(Stage.SUPPORTED)

    assert planned(None) == (1111, 7)
    assert planned(register.commune) == (11, None)
    assert planned(other) == (1100, 7)
    assert planned(register.villages["X"]) == (100, 7)
    funds = [
        len(fund_year(register.database, definitions, year=2026, unit=unit).pages)
        for unit in (None, register.commune, other)
    ]
    assert funds == [1, 0, 1]


def test_what_went_into_a_commune_is_its_own(register: Register, definitions: Definitions) -> None:
    other = register.second_commune("Sơn Long", "X")
    register.second_commune("Sơn Mùa", "Y")
    successions.record_succession(
        register.database, register.context, olds=[other], news=[register.commune],
        reason="merged", effective_on=date(2026, 7, 1),
    )  # fmt: skip
    put(register, Kind.BUDGET_LINE, line(5, "planned", area=other))
    found = budget(register.database, definitions, year=2026, unit=register.commune)
    assert found.total.get(Stage.PLANNED) == 5
    home = register.household("Hồ Văn Một").uid
    support(register, home, "2024-12-31", {"central": 7})  # before its first day in the register
    for year, amount in ((2026, 5), (2024, 7)):
        listed = listing.of_year(register.database, definitions, register.commune, year)
        assert [one.amount for one in listed.lines] == [amount]


def test_a_fund_carries_on_and_names_whom_it_helped(
    register: Register, definitions: Definitions
) -> None:
    one, two = (register.household(name).uid for name in ("Hồ Văn Một", "Hồ Văn Hai"))
    put(
        register,
        Kind.FUND_ENTRY,
        entry("in", "2025-11-01", 1_000),
        entry("out", "2026-01-20", 700, household=one),
        entry("out", "2026-02-01", 500, household=one),
        entry("in", "2026-02-03", 900),
        entry("out", "2026-03-01", 100, household=two),
        entry("out", "2026-03-02", 50),
        entry("in", "2026-03-01", 60, "labour", quantity=200, unit="công"),
        entry("in", "2026-03-01", 9, fund="other"),
        entry("in", "2027-01-01", 9),
    )
    (removed,) = put(register, Kind.FUND_ENTRY, entry("in", "2026-01-01", 10**9))
    with write_unit(register.database, register.context, Op.REMOVE_RECORD) as work:
        work.remove(Kind.FUND_ENTRY, removed)
    found = fund_year(register.database, definitions, year=2026)
    money, labour = found.pages
    assert (money.opening, money.came, money.went, money.closing) == (1_000, 900, 1_350, 550)
    assert money.below == ((date(2026, 2, 1), -200),)
    assert (labour.form, labour.closing) == ("labour", 60)
    assert sorted(found.heads.values()) == ["Hồ Văn Hai", "Hồ Văn Một"]
    assert found.nameless == 1


def test_what_is_taken_back_counts_no_more(
    register: Register, database: Database, definitions: Definitions
) -> None:
    put(register, Kind.BUDGET_LINE, line(5, "assigned"))
    step = undo.next_step(database)
    assert step is not None
    undo.undo(database, register.context, step.group)
    assert budget(database, definitions, year=2026).total == Amounts()
