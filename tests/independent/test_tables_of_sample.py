"""BC1, village tables and rollup of the sample against figures from paper and plain loops."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.independent.commands import (
    Request,
    cells,
    read_json,
    run,
    run_many,
    write_json,
)
from tests.independent.loops import (
    COUNTED,
    ROLLUP_KEYS,
    TOTAL,
    YEARS,
    Register,
    bc1,
    change,
    classes_on,
    dated_counts,
    frozen_counts,
    homes,
    rate,
    standard_of,
    summed,
    village_table,
    villages,
    year_counts,
)

PRINTED = Path(__file__).with_name("son_tay_2021_villages_as_printed.csv")

BC1_COLUMNS = {  # key: number and formula of the law
    "households": ("1", ""),
    "persons": ("2", ""),
    "poor_households": ("3", ""),
    "poor_household_rate": ("4", "3/1*100"),
    "near_poor_households": ("5", ""),
    "near_poor_household_rate": ("6", "5/1*100"),
    "average_living_households": ("7", ""),
    "average_living_household_rate": ("8", "7/1*100"),
    "poor_persons": ("9", ""),
    "poor_person_rate": ("10", "9/2*100"),
    "near_poor_persons": ("11", ""),
    "near_poor_person_rate": ("12", "11/2*100"),
    "average_living_persons": ("13", ""),
    "average_living_person_rate": ("14", "13/2*100"),
}
VILLAGE_COLUMNS = [  # in the order of the printed plan
    "households",
    "poor_opening",
    "poor_opening_rate",
    "poor_decrease",
    "poor_decrease_rate",
    "poor_closing",
    "poor_closing_rate",
    "near_poor_opening",
    "near_poor_opening_rate",
    "near_poor_decrease",
    "near_poor_decrease_rate",
    "near_poor_closing",
    "near_poor_closing_rate",
]


def printed() -> dict[str, list[str]]:
    """Village → the columns of the plan from "Tổng số hộ gia đình" on."""
    with PRINTED.open(encoding="utf-8", newline="") as file:
        return {line[1]: line[2:] for line in list(csv.reader(file))[1:]}


def column(document: dict, key: str) -> dict[str, object]:
    return {label: value for (label, found), value in cells(document).items() if found == key}


# --- 1. BC1 of 2020, figures from paper --------------------------------------------------------


def test_bc1_of_2020_has_the_published_totals(samples, tmp_path):
    target = tmp_path / "bc1.json"
    ran = run(*Request(samples.first, "BC1", 2020).command(target))
    assert (ran.code, ran.err) == (0, "")
    document = read_json(target)
    assert document["code"] == "BC1"
    assert document["title"] == (
        "TỔNG HỢP KẾT QUẢ CHÍNH THỨC RÀ SOÁT HỘ NGHÈO; HỘ CẬN NGHÈO; "
        "HỘ LÀM NÔNG, LÂM, NGƯ NGHIỆP CÓ MỨC SỐNG TRUNG BÌNH NĂM 2020"
    )
    total = {key: value for (label, key), value in cells(document).items() if label == TOTAL}
    assert list(total) == list(BC1_COLUMNS)
    assert total["households"] == 2471
    assert (total["poor_households"], total["poor_persons"]) == (51, 111)
    assert (total["near_poor_households"], total["near_poor_persons"]) == (74, 181)
    assert (total["poor_household_rate"], total["near_poor_household_rate"]) == (
        Decimal("2.06"),
        Decimal("2.99"),
    )


def test_bc1_of_2020_has_the_villages_as_printed(documents):
    paper = printed()
    paper["Cây Thị"][7] = "3"  # printed 2; with 3 the villages add up to 74
    document = documents["BC1", 2020]
    for key, place in (("households", 0), ("poor_households", 1), ("near_poor_households", 7)):
        assert column(document, key) == {name: int(line[place]) for name, line in paper.items()}
    assert [row["label"] for row in document["rows"]] == [*list(paper)[:13], TOTAL]


def test_social_protection_of_the_opening(register):
    kept = [
        row
        for row in register.rows["review_result"]
        if (row["review_year"], row["standard"]) == (2020, "2016") and row["social_protection"]
    ]
    assert {row["household_class"] for row in kept} == {"poor"}
    assert (len(kept), sum(row["persons"] for row in kept)) == (14, 16)
    dated = year_counts(register, "2016", 2020).values()
    assert sum(row["poor_social_protection_households"] for row in dated) == 14
    assert sum(row["poor_social_protection_persons"] for row in dated) == 16


# --- 2. BC1 of every year ----------------------------------------------------------------------


@pytest.mark.parametrize("year", YEARS)
def test_bc1_of_a_year_equals_the_loops(documents, register, year):
    standard = standard_of(year)
    dated = year_counts(register, standard, year)
    frozen = frozen_counts(register, standard, year)
    assert dated == frozen
    document = documents["BC1", year]
    assert cells(document) == bc1(register, dated, year)
    assert cells(document)[TOTAL, "poor_households"] > 0
    found = {item["key"]: (item["number"], item["formula"]) for item in document["columns"]}
    assert found == BC1_COLUMNS
    assert [row["level"] for row in document["rows"]] == [1] * 13 + [0]


def test_2021_under_the_standard_that_follows(documents, register):
    """The review of all households at the end of 2021 opens 2022: classes hold from 1 January."""
    frozen = frozen_counts(register, "2022", 2021)
    assert cells(documents["BC1 opening", 2022]) == bc1(register, frozen, 2021)
    on_new_year = classes_on(register, "2022", "2022-01-01")
    assert dated_counts(register, on_new_year, "2021-12-31") == frozen


def test_an_open_year_is_counted_from_the_register(samples, documents, register, tmp_path):
    opened = change(
        samples.first,
        tmp_path / "opened.db",
        "UPDATE review_round SET closed_on = NULL",
        "UPDATE review_result SET removed = 1",
    )
    made = write_json(tmp_path, [Request(opened, "BC1", year) for year in YEARS])
    assert [cells(document) for document in made] == [
        cells(documents["BC1", year]) for year in YEARS
    ]


def test_rates_are_rounded_half_up(samples, tmp_path):
    """1/800 is 0.125 %: neither 0.12 of a float nor of a banker."""
    path = change(
        samples.first,
        tmp_path / "halves.db",
        "UPDATE population SET households = 800, persons = 1600 WHERE year = 2022",
    )
    document, actual = write_json(
        tmp_path, [Request(path, "BC1", 2022), Request(path, "THON-TH", 2022)]
    )
    changed = Register(path)
    assert cells(document) == bc1(changed, year_counts(changed, "2022", 2022), 2022)
    by_hand = {0: "0", 1: "0.13", 2: "0.25", 3: "0.38", 5: "0.63", 7: "0.88", 9: "1.13"}
    counts, rates = (
        column(document, "near_poor_households"),
        column(document, "near_poor_household_rate"),
    )
    seen = {count: rates[name] for name, count in counts.items() if count in by_hand}
    assert len(seen) > 2
    assert seen == {count: Decimal(by_hand[count]) for count in seen}
    less, less_rates = column(actual, "poor_decrease"), column(actual, "poor_decrease_rate")
    assert {less_rates[name] for name, count in less.items() if count == -1} == {Decimal("-0.13")}


# --- 3. The village tables ---------------------------------------------------------------------


def test_village_table_of_2021_as_printed(documents):
    paper = printed()
    paper["Cây Thị"][7] = "3"
    document = documents["THON", 2021]
    assert [item["key"] for item in document["columns"]] == VILLAGE_COLUMNS
    for key in ("households", "poor_opening", "poor_decrease", "near_poor_opening"):
        place = VILLAGE_COLUMNS.index(key)
        assert column(document, key) == {name: int(line[place]) for name, line in paper.items()}
    assert column(document, "near_poor_decrease") == {
        name: int(line[VILLAGE_COLUMNS.index("near_poor_decrease")]) for name, line in paper.items()
    }
    found = cells(document)
    for name in paper:
        for group in ("poor", "near_poor"):
            opening, less = found[name, f"{group}_opening"], found[name, f"{group}_decrease"]
            assert found[name, f"{group}_closing"] == opening - less
    assert (found[TOTAL, "poor_closing"], found[TOTAL, "near_poor_closing"]) == (48, 70)
    assert (found[TOTAL, "poor_decrease"], found[TOTAL, "near_poor_decrease"]) == (3, 4)
    # Opening rates as printed, but for one slip of the paper and the mended row.
    right = {
        ("Nam Nhe", "poor_opening_rate"): "1,65",
        ("Cây Thị", "near_poor_opening_rate"): "2,10",
    }
    for name, line in paper.items():
        for key in ("poor_opening_rate", "near_poor_opening_rate"):
            shown = right.get((name, key), line[VILLAGE_COLUMNS.index(key)])
            assert found[name, key] == Decimal(shown.replace(",", ".")), (name, key)


@pytest.mark.parametrize("year", range(2021, 2027))
def test_village_tables_of_a_year_equal_the_loops(documents, register, year):
    standard = standard_of(year)
    opening = frozen_counts(register, standard, year - 1)
    closing = year_counts(register, standard, year)
    plan, actual = documents["THON", year], documents["THON-TH", year]
    assert cells(plan) == village_table(register, year, opening, None)
    assert cells(actual) == village_table(register, year, opening, closing)
    assert plan["title"].endswith(f"NĂM {year} (Kế hoạch)")
    assert actual["title"].endswith(f"NĂM {year} (Thực hiện)")
    assert list(cells(plan))[:13] == [("Cây Tắt", key) for key in VILLAGE_COLUMNS]


@pytest.mark.parametrize("year", range(2021, 2027))
def test_a_year_opens_as_the_year_before_closed(documents, year):
    before = documents["BC1", year - 1] if year != 2022 else documents["BC1 opening", 2022]
    for table in ("THON", "THON-TH"):
        for group in ("poor", "near_poor"):
            opening = column(documents[table, year], f"{group}_opening")
            assert opening == column(before, f"{group}_households")
    for group in ("poor", "near_poor"):
        closing = column(documents["THON-TH", year], f"{group}_closing")
        assert closing == column(documents["BC1", year], f"{group}_households")


def test_an_unknown_target_is_no_zero(samples, tmp_path):
    register = Register(samples.first)
    names = {name: village for village, name in villages(register, "2023-12-31").items()}
    path = change(
        samples.first,
        tmp_path / "targets.db",
        f"UPDATE village_target SET removed = 1 WHERE year = 2023 AND area = '{names['Hồ Sen']}'",
        "UPDATE village_target SET near_poor_decrease = NULL "
        f"WHERE year = 2023 AND area = '{names['Hà Chua']}'",
    )
    (plan,) = write_json(tmp_path, [Request(path, "THON", 2023)])
    changed = Register(path)
    opening = frozen_counts(changed, "2022", 2022)
    assert cells(plan) == village_table(changed, 2023, opening, None)
    assert cells(plan)[TOTAL, "near_poor_closing"] is None
    assert cells(plan)["Hà Chua", "poor_closing"] is not None


# --- 6. On a day -------------------------------------------------------------------------------


def event_days(register: Register, year: int) -> list[str]:
    """The first day of something new: households come, move or go, or get a class in the year."""
    found = set()
    for row in register.rows["household_place"]:
        if row["reason"] != "opening":
            found.add(row["valid_from"])
        if row["valid_to"]:
            found.add(_next(row["valid_to"]))
    found |= {row["valid_from"] for row in register.rows["class_record"]}
    return sorted(day for day in found if day.startswith(str(year)))


def _next(day: str, step: int = 1) -> str:
    return (date.fromisoformat(day) + timedelta(step)).isoformat()


def compare_on(database: Path, register: Register, days: list[str], folder: Path) -> None:
    """BC1 and the rollup of each day; days on which something is recognised."""
    wishes = [Request(database, "BC1", int(day[:4]), ("--as-of", day)) for day in days]
    rollups = run_many(
        [("rollup", "--db", database, "--year", day[:4], "--as-of", day, "--json") for day in days]
    )
    for day, document, ran in zip(days, write_json(folder, wishes), rollups, strict=True):
        year = int(day[:4])
        counts = dated_counts(register, classes_on(register, standard_of(year), day), day)
        assert cells(document) == bc1(register, counts, year, day), day
        found = {row["unit"].replace("-", ""): row for row in json.loads(ran.out)["rows"]}
        for village, expected in counts.items():
            assert {key: found[village][key] for key in ROLLUP_KEYS} == expected, (day, village)


def test_bc1_on_days_around_events(samples, register, tmp_path):
    days = {"2020-12-31", "2021-12-31", "2022-01-01", "2026-12-31"}
    for year in range(2021, 2027):
        known = event_days(register, year)
        assert len(known) > 4
        for day in known[:: len(known) // 2][:2]:
            days |= {_next(day, -1), day}
    compare_on(samples.first, register, sorted(days), tmp_path)


def test_before_the_opening_nothing_is_known(samples, register, tmp_path):
    day = "2020-12-30"
    assert classes_on(register, "2016", day) == {}
    (document,) = write_json(tmp_path, [Request(samples.first, "BC1", 2020, ("--as-of", day))])
    assert cells(document) == bc1(register, dated_counts(register, {}, day), 2020, day)
    assert cells(document)[TOTAL, "poor_households"] is None


def test_rollup_says_no_zero_where_nothing_is_known(samples):
    """BC1 of the same day prints a dash and why; a machine must not read "no poor household"."""
    ran = run(*("rollup", "--db", samples.first, "--year", 2020, "--as-of", "2020-12-30", "--json"))
    found = {row[key] for row in json.loads(ran.out)["rows"] for key in ROLLUP_KEYS}
    assert found == {None}


@pytest.mark.long
@pytest.mark.parametrize("year", YEARS)
def test_bc1_on_every_day_around_an_event(samples, register, tmp_path, year):
    days = {f"{year}-12-31"}
    for table in ("household_place", "membership", "class_record", "household_fact"):
        for row in register.rows[table]:
            days |= {row["valid_from"], _next(row["valid_from"], -1)}
            if row["valid_to"]:
                days |= {row["valid_to"], _next(row["valid_to"])}
    chosen = sorted(day for day in days if day.startswith(str(year)) and day > "2020-12-30")
    compare_on(samples.first, register, chosen, tmp_path)


# --- 7. No total, no rate ----------------------------------------------------------------------


def test_without_typed_population_no_rate_is_printed(samples, documents, tmp_path):
    path = change(samples.first, tmp_path / "nobody.db", "UPDATE population SET removed = 1")
    wishes = [
        Request(path, "BC1", 2020),
        Request(path, "THON", 2021),
        Request(path, "THON-TH", 2026),
    ]
    for wish, document in zip(wishes, write_json(tmp_path, wishes), strict=True):
        found, full = cells(document), cells(documents[wish.code, wish.year])
        for (label, key), value in found.items():
            nothing = key.endswith("_rate") or key in ("households", "persons")
            assert value == (None if nothing else full[label, key]), (wish.code, label, key)
        assert any("Không tính tỷ lệ" in note for note in document["notes"])
        if wish.code == "BC1":
            assert (found[TOTAL, "poor_households"], found[TOTAL, "near_poor_households"]) == (
                51,
                74,
            )


def test_a_total_that_is_missing_or_too_small_gives_no_rate(samples, tmp_path):
    names = {
        name: village for village, name in villages(Register(samples.first), "2022-12-31").items()
    }
    where = "WHERE year = 2022 AND area = '{}'"
    path = change(
        samples.first,
        tmp_path / "partly.db",
        "UPDATE population SET removed = 1 " + where.format(names["Cây Tắt"]),
        "UPDATE population SET households = NULL " + where.format(names["Hồ Sen"]),
        "UPDATE population SET households = 4, persons = 9 " + where.format(names["Kim Thành"]),
    )
    (document,) = write_json(tmp_path, [Request(path, "BC1", 2022)])
    changed = Register(path)
    found = cells(document)
    assert found == bc1(changed, year_counts(changed, "2022", 2022), 2022)
    assert found["Cây Tắt", "poor_household_rate"] is None
    assert found["Hồ Sen", "poor_household_rate"] is None
    assert found["Hồ Sen", "poor_person_rate"] is not None
    assert found["Kim Thành", "poor_household_rate"] is None
    assert found[TOTAL, "poor_household_rate"] is None


# --- 8. The rollup adds up ---------------------------------------------------------------------


def test_rollups_add_up(samples, register):
    made = run_many([("rollup", "--db", samples.first, "--year", year, "--json") for year in YEARS])
    for year, ran in zip(YEARS, made, strict=True):
        assert (ran.code, ran.err) == (0, "")
        rollup = json.loads(ran.out)
        assert (rollup["year"], rollup["standard"]) == (year, standard_of(year))
        levels: dict[str, list[dict]] = {}
        for row in rollup["rows"]:
            levels.setdefault(row["level"], []).append(row)
        # The districts ended on 30/6/2025.
        upper = ["commune", "province"] if year >= 2025 else ["commune", "district", "province"]
        assert sorted(levels) == sorted([*upper, "village"])
        counts = frozen_counts(register, standard_of(year), year)
        for row in levels["village"]:
            expected = counts.pop(row["unit"].replace("-", ""))
            assert {key: row[key] for key in ROLLUP_KEYS} == expected
        assert counts == {}
        for level in upper:
            (row,) = levels[level]
            for key in ROLLUP_KEYS:
                assert row[key] == summed(village[key] for village in levels["village"])
    assert len(COUNTED) * 2 == len(ROLLUP_KEYS)


def test_bc1_of_the_upper_units_and_of_one_village(samples, documents, tmp_path):
    units = ("Tỉnh Hà Tĩnh", "Huyện Hương Sơn", "Cây Thị")
    made = write_json(
        tmp_path, [Request(samples.first, "BC1", 2022, ("--unit", unit)) for unit in units]
    )
    full = cells(documents["BC1", 2022])
    for unit, document in zip(units, made, strict=True):
        label = "Cây Thị" if unit == "Cây Thị" else TOTAL
        expected = [full[label, key] for key in BC1_COLUMNS]
        assert [list(row["values"].values()) for row in document["rows"]] == [expected] * 2


# --- 11. A register of 500 households ----------------------------------------------------------


def test_sample_of_500_households(samples, tmp_path):
    found = Register(samples.five_hundred)
    assert [len(homes(found, f"{year}-12-31")) for year in YEARS] == [500] * len(YEARS)
    wishes = [Request(samples.five_hundred, "BC1", year) for year in (2020, 2021, 2026)]
    for wish, document in zip(wishes, write_json(tmp_path, wishes), strict=True):
        standard = standard_of(wish.year)
        counts = year_counts(found, standard, wish.year)
        assert counts == frozen_counts(found, standard, wish.year)
        assert cells(document) == bc1(found, counts, wish.year)
        if wish.year == 2020:
            assert cells(document)[TOTAL, "poor_persons"] == 111
            assert cells(document)[TOTAL, "near_poor_persons"] == 181


@pytest.mark.long
def test_full_sample_holds_every_household(tmp_path):
    path = tmp_path / "full.db"
    assert run("sample", "--db", path, "--full").code == 0
    found = Register(path)
    made = write_json(tmp_path, [Request(path, "BC1", year) for year in YEARS])
    for year, document in zip(YEARS, made, strict=True):
        counts = year_counts(found, standard_of(year), year)
        assert cells(document) == bc1(found, counts, year)
        total = cells(document)[TOTAL, "households"]
        assert len(homes(found, f"{year}-12-31")) == total


def test_loops_round_as_people_do():
    assert [rate(count, 800) for count in (1, 3, 0, -1, None, 801)] == [
        Decimal("0.13"),
        Decimal("0.38"),
        Decimal(0),
        Decimal("-0.13"),
        None,
        None,
    ]
    assert (rate(51, 2471), rate(1, None), rate(0, 0)) == (Decimal("2.06"), None, None)
