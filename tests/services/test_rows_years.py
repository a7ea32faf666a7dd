"""Years nobody recorded, closed and reopened ones, preliminary tables, random geographies."""

from __future__ import annotations

import random
from datetime import date, timedelta
from uuid import UUID

import pytest

from giamngheo_desktop.services import areas, classes, events, households
from giamngheo_desktop.services.report_rows import Request, table_data
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import FIRST_DAY, STANDARD, Register, make_register
from tests.harness.report_rows import (
    BEFORE,
    DAY,
    LAST,
    POOR,
    Province,
    add_village,
    close,
    counts,
    listed,
    move,
    poor_in,
    reviewed,
    split_a,
    succeed,
    type_population,
)
from tests.harness.tables import (
    TOTAL,
    UNPLACED,
    cells,
    column,
    definitions,
    explained,
    insert_class,
    paper,
)


def test_a_year_nobody_recorded_prints_no_nought(register: Register) -> None:
    poor_in(register, "A", 1, year=2025)
    doc = paper(register.database, year=2026)
    assert set(column(doc, POOR).values()) == {None}
    assert {cell.missing for cell in (row[POOR] for row in cells(doc).values())} == {"no_data"}
    assert any("chưa có số liệu" in note for note in doc.notes)
    plan = paper(register.database, "THON-TH", 2026)
    assert column(plan, "poor_opening")[TOTAL] == 1
    assert column(plan, "poor_closing")[TOTAL] is None
    assert column(plan, "poor_decrease")[TOTAL] is None
    # Closed, the year counts whom nobody reviewed by the class that still holds, and no one else.
    close(register)
    assert column(paper(register.database), POOR) == {
        "Thôn A": 1, "Thôn B": 0, "Thôn C": 0, TOTAL: 1,
    }  # fmt: skip


def test_closed_reopened_and_asked_for_a_day(register: Register) -> None:
    _, other = poor_in(register, "A", 2, year=2025)
    close(register, 2025)
    events.move_out(register.database, register.context, household=other, day=date(2025, 5, 1))
    assert counts(register, year=2025) == {"Thôn A": 2, TOTAL: 2}
    assert counts(register, year=2025, as_of=date(2025, 4, 30)) == {"Thôn A": 2, TOTAL: 2}
    assert counts(register, year=2025, as_of=date(2025, 5, 1)) == {"Thôn A": 1, TOTAL: 1}
    assert paper(register.database, year=2025).data_date == date(2025, 12, 31)
    classes.reopen_year(
        register.database, register.context, year=2025, standard=STANDARD, reason="sót"
    )
    assert counts(register, year=2025) == {"Thôn A": 1, TOTAL: 1}


def computed(reg: Register, home: UUID, name: str | None, *possible: str) -> None:
    insert_class(
        reg,
        home,
        name,
        source="computed",
        possible=tuple(possible) or None,
        valid_from=date(2026, 10, 1),
    )


def test_a_preliminary_table_prints_ranges_and_how_many_are_unfinished(
    register: Register,
) -> None:
    homes = [register.household(f"Hộ {n}", "Vợ", village="AAABB"[n]).uid for n in range(5)]
    register.give_class(homes[4], "poor")  # recognised: not preliminary
    computed(register, homes[0], "poor")
    computed(register, homes[1], None, "poor", "near_poor")
    computed(register, homes[2], "near_poor")
    computed(register, homes[3], "not_poor")
    type_population(register, A=(10, 30), B=(10, 30), C=(10, 30))
    doc = paper(register.database, recognised=False)
    assert column(doc, POOR) == {"Thôn A": (1, 2), "Thôn B": 0, "Thôn C": 0, TOTAL: (1, 2)}
    assert column(doc, "near_poor_persons")["Thôn A"] == (2, 4)
    rate = cells(doc)["Thôn A"]["poor_household_rate"]
    assert (str(rate.value), str(rate.upper)) == ("10.00", "20.00")
    assert any("Còn 2 hộ chưa có kết quả" in note for note in doc.notes)  # 1 undecided, 1 without
    official = paper(register.database)
    assert column(official, POOR) == {"Thôn A": 0, "Thôn B": 1, "Thôn C": 0, TOTAL: 1}
    assert not any("chưa có kết quả" in note for note in official.notes)


def test_ranges_and_unfinished_households_follow_a_split(register: Register) -> None:
    homes = [register.household(f"Hộ {n}", village="A").uid for n in range(4)]
    computed(register, homes[0], None, "poor", "near_poor")
    computed(register, homes[1], "poor")
    computed(register, homes[3], None, "poor", "near_poor")
    split_a(register)
    move(register, homes[0], "D", DAY)
    doc = paper(register.database, recognised=False)
    assert column(doc, POOR) == {
        "Thôn B": 0, "Thôn C": 0, "Thôn D": (0, 1), "Thôn E": 0, UNPLACED: (1, 2), TOTAL: (1, 3),
    }  # fmt: skip
    assert any("Còn 3 hộ" in note for note in doc.notes)
    # Seen on the geography before the split the same households are asked.
    before = paper(register.database, recognised=False, geography=BEFORE)
    assert column(before, POOR)["Thôn A"] == (1, 3)
    assert any("Còn 3 hộ" in note for note in before.notes)


def test_an_unfinished_household_of_another_commune_is_not_told(province: Province) -> None:
    reg = province.reg
    for row in listed(reg, villages=(reg.villages["A"],)):
        computed(reg, row.uid, "poor")
    doc = paper(reg.database, recognised=False, unit=reg.commune)
    assert not any("chưa có kết quả" in note for note in doc.notes)


def test_the_smallest_decrease_comes_from_the_largest_closing(register: Register) -> None:
    poor_in(register, "A", 3, year=2025)
    homes = [register.household(f"Hộ {n}", village="A").uid for n in range(2)]
    computed(register, homes[0], "poor")
    computed(register, homes[1], None, "poor", "near_poor")
    request = Request(
        report=definitions().report("THON-TH"),
        year=2026,
        standard=STANDARD,
        unit=register.commune,
        recognised=False,
    )
    total = table_data(register.database, request).total
    assert (total.values["poor_closing"], total.uppers["poor_closing"]) == (1, 2)
    assert (total.values["poor_decrease"], total.uppers["poor_decrease"]) == (1, 2)


def test_a_village_with_more_poor_at_the_end_has_a_negative_decrease(register: Register) -> None:
    poor_in(register, "A", 1, year=2025)
    reviewed(register, "A")
    poor_in(register, "A", 2)
    poor_in(register, "B", 1)
    type_population(register, A=(100, 300), B=(3, 9), C=(10, 30))
    doc = paper(register.database, "THON-TH")
    rows = cells(doc)
    decrease, rate = rows["Thôn A"]["poor_decrease"], rows["Thôn A"]["poor_decrease_rate"]
    assert (decrease.value, str(rate.value)) == (-1, "-1.00")
    assert str(rows["Thôn B"]["poor_decrease_rate"].value) == "-33.33"
    assert rows[TOTAL]["poor_decrease"].value == -2
    assert rows["Thôn C"]["poor_decrease"].value == 0


@pytest.mark.parametrize("seed", range(8))
def test_no_geography_loses_or_doubles_a_household(database: Database, seed: int) -> None:
    """Villages merge, split and change names while households move; every table still adds up."""
    dice = random.Random(seed)
    reg = make_register(database, "ABCD", seed=seed + 10)
    homes = [poor_in(reg, dice.choice("ABCD"), year=2025)[0] for _ in range(8)]
    for home in homes:
        insert_class(reg, home, "poor")
    day = date(2025, 6, 1)
    days = [FIRST_DAY, date(2025, 12, 31), LAST]
    fresh = iter("EFGHIJKLMNOPQRST")
    while day < date(2026, 11, 1):
        tree = areas.tree(reg.database, day)
        here = {name: uid for name, uid in reg.villages.items() if tree.get(uid)}
        wanted = dice.choice(["merge", "split", "absorb", "rename", "move", "move"])
        if wanted == "move":
            home = dice.choice(homes)
            stored = households.get(reg.database, home, day).village
            others = [name for name, uid in here.items() if uid != stored]
            if others:
                move(reg, home, dice.choice(others), day)
        elif wanted == "absorb" and len(here) > 2:
            old, new = dice.sample(sorted(here), 2)
            succeed(reg, old, new, day)
        elif wanted == "merge" and len(here) > 2:
            olds = dice.sample(sorted(here), 2)
            new = next(fresh)
            add_village(reg, new, day)
            succeed(reg, "".join(olds), new, day)
        elif wanted in {"split", "rename"}:
            (old,) = dice.sample(sorted(here), 1)
            news = [next(fresh) for _ in range(2 if wanted == "split" else 1)]
            for new in news:
                add_village(reg, new, day)
            succeed(reg, old, "".join(news), day, "split" if len(news) == 2 else "renamed")
        days.append(day)
        day += timedelta(days=dice.randint(0, 90))
    close(reg, 2025)
    for geography in dice.sample(days, 3):
        for options in ({"year": dice.choice([2025, 2026])}, {"as_of": dice.choice(days[:2])}):
            doc = paper(database, geography=geography, **{"year": 2025, **options})
            explained(database, doc)
            assert column(doc, POOR)[TOTAL] == 8, (geography, options)
            assert column(doc, "poor_persons")[TOTAL] == 16
