"""The opening against the figures of the plan of 2021, typed here by hand from the paper."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.sample.made import YEARS, Made

# name: households, poor, near poor, planned decrease of poor and of near poor households
PRINTED = {
    "Cây Tắt": (183, 4, 5, 0, 0),
    "Tân Thủy": (129, 5, 7, 1, 0),
    "Hồ Sen": (158, 3, 9, 0, 2),
    "Cây Thị": (143, 2, 3, 0, 1),  # printed 2 near poor; with 3 the villages add up to 74
    "Nam Nhe": (121, 2, 2, 0, 0),
    "Cây Chanh": (161, 3, 7, 0, 0),
    "Hoàng Nam": (218, 6, 6, 1, 0),
    "Bồng Phài": (135, 1, 9, 0, 1),
    "Kim Thành": (384, 11, 10, 1, 0),
    "Hà Chua": (393, 4, 4, 0, 0),
    "Khí Tượng": (183, 3, 1, 0, 0),
    "Trung Lưu": (103, 4, 1, 0, 0),
    "Phố Tây": (160, 3, 10, 0, 0),
}
POPULATION = ("households", "persons")


@pytest.fixture(params=["sample", "full"])
def made(request: pytest.FixtureRequest) -> Made:
    found: Made = request.getfixturevalue(request.param)
    return found


def _opening(made: Made, household_class: str) -> list[dict[str, object]]:
    return [
        row
        for row in made.rows("review_result")
        if (row["review_year"], row["standard"]) == (2020, "2016")
        and row["household_class"] == household_class
    ]


def test_published_totals_of_the_commune(made: Made):
    poor, near_poor = _opening(made, "poor"), _opening(made, "near_poor")
    protected = [row for row in poor if row["social_protection"]]
    found = {
        name: (len(rows), sum(row["persons"] for row in rows))
        for name, rows in (("poor", poor), ("near", near_poor), ("protected", protected))
    }
    assert found == {"poor": (51, 111), "near": (74, 181), "protected": (14, 16)}


def test_classes_of_every_village(made: Made):
    names = made.village_names()
    poor = Counter(names[row["village"]] for row in _opening(made, "poor"))
    near = Counter(names[row["village"]] for row in _opening(made, "near_poor"))
    assert {name: (poor[name], near[name]) for name in names.values()} == {
        name: values[1:3] for name, values in PRINTED.items()
    }


def test_households_typed_for_2020_and_2021_are_those_printed(made: Made):
    names = made.village_names()
    for year in (2020, 2021):
        typed = {
            names[row["area"]]: row["households"]
            for row in made.rows("population")
            if row["year"] == year
        }
        assert typed == {name: values[0] for name, values in PRINTED.items()}
        assert sum(typed.values()) == 2471


def test_targets_of_2021_are_those_printed(made: Made):
    names = made.village_names()
    typed = {
        names[row["area"]]: (row["poor_decrease"], row["near_poor_decrease"])
        for row in made.rows("village_target")
        if row["year"] == 2021
    }
    assert typed == {name: values[3:] for name, values in PRINTED.items()}


def test_targets_of_every_year_can_be_met(made: Made):
    targets = {(row["area"], row["year"]): row for row in made.rows("village_target")}
    assert len(targets) == 13 * 6
    opened: Counter[tuple[str, int, str]] = Counter()
    for row in made.rows("review_result"):
        if (row["standard"], row["review_year"]) != ("2016", 2021):
            opened[row["village"], row["review_year"] + 1, row["household_class"]] += 1
    for (area, year), row in targets.items():
        assert 0 <= row["poor_decrease"] <= opened[area, year, "poor"]
        assert 0 <= row["near_poor_decrease"] <= opened[area, year, "near_poor"]


def test_population_is_typed_for_every_village_and_year(made: Made):
    rows = made.rows("population")
    assert len({(row["area"], row["year"]) for row in rows}) == len(rows) == 13 * len(YEARS)
    for row in rows:
        assert row["source"]
        assert row["as_of"] == f"{row['year']}-12-31"
        assert 2.8 < row["persons"] / row["households"] < 4.0
        for what in POPULATION:
            assert row[what] == row[f"{what}_kinh"] + row[f"{what}_minority"]
            assert 0 <= row[f"{what}_minority"] < row[f"{what}_kinh"]


def test_villages_grow_slowly_after_2021(sample: Made):
    totals = Counter[int]()
    for row in sample.rows("population"):
        totals[row["year"]] += row["households"]
    growth = [totals[year] - totals[year - 1] for year in range(2022, 2027)]
    assert all(0 < more < 13 * 4 for more in growth)
