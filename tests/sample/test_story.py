"""Seven believable years: every kind of event and class, decisions, units, closed reviews."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from giamngheo_desktop.definitions.catalogue import Definitions
from tests.sample.made import YEARS, Made

CODES = ("2016", "2022")
REVIEWS = [(2020, "2016"), (2021, "2016"), *((year, "2022") for year in range(2021, 2027))]


def test_every_year_is_closed_under_its_standard(sample: Made, definitions: Definitions):
    rounds = sample.rows("review_round")
    assert sorted((row["review_year"], row["standard"]) for row in rounds) == REVIEWS
    kinds = {(row["review_year"], row["standard"]): row["kind"] for row in rounds}
    openings = {review for review, kind in kinds.items() if kind == "opening"}
    assert openings == {(2020, "2016"), (2021, "2022")}
    for row in rounds:
        assert row["closed_on"].startswith(f"{row['review_year']}-12-")
    hashes = {(row["standard"], row["definition"]) for row in sample.rows("review_result")}
    assert hashes == {(code, definitions.standards.get(code).sha256) for code in CODES}


def _counts(made: Made) -> dict[tuple[int, str], Counter[str]]:
    found: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    for row in made.rows("review_result"):
        key = (row["review_year"], row["standard"])
        found[key][row["household_class"]] += 1
        found[key]["average"] += row["average_living"]
    return found


@pytest.mark.parametrize("name", ["sample", "full"])
def test_poverty_falls_slowly(name: str, request: pytest.FixtureRequest):
    counts = _counts(request.getfixturevalue(name))
    assert counts[2021, "2016"]["poor"] < counts[2020, "2016"]["poor"]
    poor = [counts[year, "2022"]["poor"] for year in range(2021, 2027)]
    assert poor == sorted(poor, reverse=True)
    assert poor[-1] < poor[0]
    assert all(0.75 < after / before <= 1 for before, after in pairwise(poor))
    # The higher line of 2022 makes more households poor or near poor.
    listed = [counts[2021, code]["poor"] + counts[2021, code]["near_poor"] for code in CODES]
    assert listed[0] < listed[1]


def test_average_living_is_recognised_apart_from_poverty(sample: Made):
    counts = _counts(sample)
    assert all(counts[year, "2022"]["average"] > 10 for year in range(2021, 2027))
    for row in sample.rows("class_record"):
        if row["average_living"]:
            assert row["household_class"] == "not_poor"


def test_every_kind_of_event_happens(sample: Made):
    began = {row["reason"] for row in sample.rows("membership")}
    assert began == {"opening", "birth", "move_in", "marriage", "split", "merge", "head"}
    ended = {row["end_reason"] for row in sample.rows("membership")} - {None}
    assert ended == {"death", "move_out", "marriage", "split", "merge", "head"}
    places = Counter(row["reason"] for row in sample.rows("household_place"))
    assert places["move_village"] > 0
    assert places["move_in"] > 0


def _paths(made: Made) -> dict[str, list[str]]:
    """The classes of each household one after another, under the standard of 2022."""
    found: dict[str, list[str]] = defaultdict(list)
    rows = [row for row in made.rows("class_record") if row["standard"] == "2022"]
    for row in sorted(rows, key=lambda row: row["valid_from"]):
        if not found[row["household"]] or found[row["household"]][-1] != row["household_class"]:
            found[row["household"]].append(row["household_class"])
    return found


def test_households_leave_poverty_fall_into_it_and_fall_back(sample: Made):
    steps = Counter(step for path in _paths(sample).values() for step in pairwise(path))
    for step in (
        ("poor", "near_poor"),
        ("poor", "not_poor"),
        ("near_poor", "not_poor"),
        ("near_poor", "poor"),
        ("not_poor", "poor"),
        ("not_poor", "near_poor"),
    ):
        assert steps[step] > 0, step
    fresh = [path for path in _paths(sample).values() if path[0] == "poor"]
    assert fresh


def test_every_recognised_class_after_the_opening_has_its_decision(sample: Made):
    decisions = {row["uid"]: row for row in sample.rows("decision")}
    monthly = 0
    for row in sample.rows("class_record"):
        if row["source"] == "opening":
            assert (row["review_year"], row["decision"]) == (2020, None)
            continue
        decision = decisions[row["decision"]]
        assert decision["number"].endswith("/QĐ-UBND")
        assert decision["signed_on"] <= row["valid_from"]
        if row["note"] and decision["signer"] is None:  # brought along from another commune
            assert row["review_year"] == int(row["valid_from"][:4]) - 1
            continue
        assert decision["signer"]
        assert decision["signed_on"][:4] == str(row["review_year"])
        monthly += decision["signed_on"][5:7] != "12"
    assert monthly > 6
    numbers = [(row["number"], row["signed_on"]) for row in decisions.values() if row["signer"]]
    assert len(set(numbers)) == len(numbers)


def test_decision_numbers_grow_through_the_year(sample: Made):
    by_year = defaultdict(list)
    for row in sample.rows("decision"):
        if row["signer"]:
            number = int(row["number"].split("/")[0])
            by_year[row["signed_on"][:4]].append((row["signed_on"], number))
    for papers in by_year.values():
        papers.sort()
        assert [number for _, number in papers] == sorted(number for _, number in papers)


def test_the_district_ends_in_june_2025(sample: Made):
    levels = {row["uid"]: row["level"] for row in sample.rows("area")}

    def parent_of_commune(day: str) -> str:
        (row,) = (r for r in sample.on("area_version", day) if levels[r["area"]] == "commune")
        assert (row["name"], row["area_type"], row["region"]) == (
            "Xã Sơn Tây (dữ liệu mẫu)",
            "rural",
            "NT3",
        )
        return levels[row["parent"]]

    assert parent_of_commune("2025-06-30") == "district"
    assert parent_of_commune("2025-07-01") == "province"
    after = {levels[row["area"]] for row in sample.on("area_version", "2025-07-01")}
    assert after == {"province", "commune", "village"}


def test_settings_change_with_the_district(sample: Made):
    def settings(day: str) -> dict[str, str]:
        return {row["code"]: row["value"] for row in sample.on("setting", day)}

    before, after = settings("2025-06-30"), settings("2025-07-01")
    assert before["superior_body"] == "UBND HUYỆN HƯƠNG SƠN"
    assert after["superior_body"] == "UBND TỈNH HÀ TĨNH"
    assert after["issuing_body"] == "ỦY BAN NHÂN DÂN\nXÃ SƠN TÂY"
    assert after["place_name"] == "Sơn Tây"
    assert after["signer_name"]
    assert after["preparer_name"]
    changed = {code for code in before if before[code] != after[code]}
    assert changed == {"superior_body", "report_addressee", "report_recipients"}


def test_nothing_happens_after_the_review_of_the_last_autumn(sample: Made):
    """A check on any later day finds nobody who joined or was visited in the future."""
    assert max(row["valid_from"] for row in sample.rows("membership")) < "2026-09-20"
    assert max(row["surveyed_on"] for row in sample.rows("household")) <= "2026-10-31"
    assert [row for row in sample.rows("membership") if row["valid_from"] < f"{YEARS[0]}"] == []
