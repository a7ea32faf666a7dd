"""Identities of the tables (law.md part 6) over random closed years of two villages."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.services.unit import write_unit
from tests.harness.examples import examples
from tests.harness.register import STANDARD, Register, empty_database, make_register
from tests.harness.tables import TOTAL, definitions, paper

CAUSES = [entry.code for entry in definitions().choice_list("causes")]
FLAGS = ("local_minority", "no_labour_capacity", "merit_household", "female_head")
CHILDREN = ("children_uninsured", "children_malnourished", "children_out_of_school")
INDICATORS = 12


@st.composite
def results(draw: st.DrawFn) -> dict[str, Any]:
    """A household as a year is closed with it: poor ones lack three, near-poor ones two at most."""
    name = draw(st.sampled_from(["poor", "near_poor", "not_poor"]))
    least, most = {"poor": (3, 12), "near_poor": (0, 2), "not_poor": (0, 12)}[name]
    lacking = draw(st.sets(st.integers(0, INDICATORS - 1), min_size=least, max_size=most))
    persons = draw(st.integers(1, 6))
    children = draw(st.integers(0, persons - 1))
    ethnicity = draw(st.sampled_from(["01", "02", "19", "20"]))
    return {
        "before": draw(st.sampled_from([None, "poor", "near_poor", "not_poor"])),
        "village": draw(st.sampled_from("AB")),
        "household_class": name,
        "average_living": name == "not_poor" and draw(st.booleans()),
        "persons": persons,
        "ethnicity": ethnicity,
        "minority": ethnicity != "01",
        **{flag: draw(st.sampled_from([True, False, None])) for flag in FLAGS},
        "deprived_bits": sum(1 << place for place in lacking),
        "causes": tuple(draw(st.lists(st.sampled_from(CAUSES), unique=True, max_size=3))),
        "children": children,
        **{child: draw(st.integers(0, children)) for child in CHILDREN},
    }


REGISTERS = st.lists(results(), max_size=14)


@settings(max_examples=examples(5, 10), deadline=None)
@given(REGISTERS)
def test_identities_of_random_years(rows: list[dict[str, Any]]) -> None:
    check(rows)


@pytest.mark.long
@pytest.mark.timeout(1200)
@settings(max_examples=200, deadline=None)
@given(REGISTERS)
def test_identities_of_200_random_registers(rows: list[dict[str, Any]]) -> None:
    check(rows)


def check(rows: list[dict[str, Any]]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        empty_database(Path(folder) / "so.db") as database,
    ):
        reg = make_register(database, "AB")
        freeze(reg, rows)
        tables = {f"BC{n}": numbered(reg, f"BC{n}") for n in range(1, 14)}
    for name, village in (("Thôn A", "A"), ("Thôn B", "B"), (TOTAL, "AB")):
        inside = [row for row in rows if row["village"] in village]
        check_row({code: table[name] for code, table in tables.items()}, inside)
    for table in tables.values():
        for number, value in table[TOTAL].items():
            parts = [table[name][number] for name in ("Thôn A", "Thôn B")]
            if isinstance(value, int):
                assert value == sum(parts), number


def check_row(table: dict[str, dict[str, Any]], rows: list[dict[str, Any]]) -> None:
    """One row of every table; `rows` are its households."""
    for code, numbers, name in (("BC4", "BC5", "poor"), ("BC6", "BC7", "near_poor")):
        listed = [row for row in rows if row["household_class"] == name]
        one = table[code]
        counts = [sum(row["deprived_bits"] >> k & 1 for row in listed) for k in range(INDICATORS)]
        assert [one[str(3 + k)] for k in range(INDICATORS)] == counts
        assert one["1"] == len(listed)
        assert one["2"] == sum(counts)
        for k, count in enumerate(counts):
            rate = table[numbers][str(2 + k)]
            whole = len(listed)
            expected = (count * 20000 + whole) // (2 * whole) if whole else None
            assert (None if rate is None else int(rate * 100)) == expected
    assert table["BC4"]["2"] >= 3 * table["BC4"]["1"]
    assert table["BC6"]["2"] <= 2 * table["BC6"]["1"]
    check_movement(table, rows)
    listed = [row for row in rows if row["household_class"] != "not_poor"]
    for place, cause in enumerate(CAUSES, start=1):
        assert table["BC10"][str(place)] == sum(cause in row["causes"] for row in listed)
    for k, code, name in ((0, "BC12", "poor"), (1, "BC13", "near_poor")):
        of_class = [row for row in rows if row["household_class"] == name]
        households, persons = len(of_class), sum(row["persons"] for row in of_class)
        one = table[code]
        assert one["9"] == one["10"] + one["11"] == households == table["BC1"][("3", "5")[k]]
        assert one["16"] == one["17"] + one["18"] == persons == table["BC1"][("9", "11")[k]]
        assert one["12"] == sum(row["local_minority"] is True for row in of_class)
        assert one["13"] == sum(row["merit_household"] is True for row in of_class)
        assert one["15"] == sum(row["female_head"] is True for row in of_class)
        assert table[("BC2", "BC3")[k]]["ho 9"] == households
        assert table[("BC2", "BC3")[k]]["khau 9"] == persons
        groups = ("minority", "no_labour_capacity", "merit_household")
        for kind, amount in (("ho", lambda row: 1), ("khau", lambda row: row["persons"])):
            cell = {n: table["BC8"][f"{kind} {5 * k + n}"] for n in range(1, 6)}
            for n, flag in enumerate(groups, start=2):
                assert cell[n] == sum(amount(row) for row in of_class if row[flag])
            others = [row for row in of_class if not any(row[flag] for flag in groups)]
            assert cell[5] == sum(map(amount, others))
            assert cell[1] <= sum(cell[n] for n in range(2, 6))  # nobody stands in no column
        nine = {number: table["BC9"][f"{k + 1}.{number}"] for number in ("0", "1", "2", "2.1")}
        assert nine["0"] == nine["1"] + nine["2"] == households
        assert nine["2"] == nine["2.1"]  # without groups of their own all are others
        children = [sum(row[name] for row in of_class) for name in ("children", *CHILDREN)]
        assert [table["BC11"][str(4 * k + n)] for n in range(1, 5)] == children


def check_movement(table: dict[str, dict[str, Any]], rows: list[dict[str, Any]]) -> None:
    """Who was on which list a year ago is where the columns of BC2 and BC3 come from."""
    for code, name, other in (("BC2", "poor", "near_poor"), ("BC3", "near_poor", "poor")):
        for kind, amount in (("ho", lambda row: 1), ("khau", lambda row: row["persons"])):

            def counted(before: set[str | None], now: set[str], amount: Any = amount) -> int:
                ends = ((row["before"], row["household_class"], amount(row)) for row in rows)
                return sum(size for was, is_, size in ends if was in before and is_ in now)

            cell = [table[code][f"{kind} {n}"] for n in range(1, 10)]
            every = {"poor", "near_poor", "not_poor"}
            assert cell[0] == counted({name}, every)
            assert cell[1] == counted({name}, {other})
            assert cell[2] == counted({name}, {"not_poor"})
            assert cell[3] == cell[7] == 0  # nobody moves, and none grows
            assert cell[4] == counted({other}, {name})
            assert cell[5] + cell[6] == counted({None, "not_poor"}, {name})
            assert cell[8] == cell[0] - sum(cell[1:4]) + sum(cell[4:8])
    assert table["BC2"]["ho 2"] == table["BC3"]["ho 5"]
    assert table["BC3"]["ho 2"] == table["BC2"]["ho 5"]


def numbered(reg: Register, code: str) -> dict[str, dict[str, Any]]:
    """The cells of a table by row and number ("ho 9" where a unit has two rows)."""
    doc = paper(reg.database, code)
    (table,) = doc.tables
    found: dict[str, dict[str, Any]] = {}
    for row in table.rows:
        for leaf, cell in zip(table.value_leaves, row.cells, strict=True):
            assert cell.upper is None
            number = f"{row.kind} {leaf.number}".strip()
            found.setdefault(table.row_name(row), {})[number] = cell.value
    return found


def freeze(reg: Register, rows: list[dict[str, Any]]) -> None:
    """A year closed with these results, after one that closed with the classes `before`."""
    day = date(2026, 12, 31)
    with write_unit(reg.database, reg.context, Op.CLOSE_YEAR) as work:
        rounds = {
            year: work.insert(
                Kind.ROUND,
                area=reg.commune,
                review=None,
                review_year=year,
                standard=STANDARD,
                kind="periodic",
                reference_day=day,
                closed_on=day,
                note=None,
            )
            for year in (2025, 2026)
        }
        homes = [work.insert(Kind.HOUSEHOLD, code=None) for _ in rows]
        results = [
            (year, row, home, name)
            for row, home in zip(rows, homes, strict=True)
            for year, name in ((2025, row["before"]), (2026, row["household_class"]))
            if name is not None
        ]
        work.insert_many(
            Kind.RESULT,
            [
                {
                    **{key: value for key, value in row.items() if key != "before"},
                    **{f"most_{name}": row[name] for name in ("children", *CHILDREN)},
                    "household_class": now,
                    "average_living": row["average_living"] and now == "not_poor",
                    "round": rounds[year],
                    "household": home,
                    "village": reg.villages[row["village"]],
                    "standard": STANDARD,
                    "review_year": year,
                    "recognised": True,
                    "unknown_bits": 0,
                    "edition_from": 1,
                    "edition_to": None,
                }
                for year, row, home, now in results
            ],
        )
