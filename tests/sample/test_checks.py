"""What the checks and the indicators say of the sample as it stands after its last survey."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.identity_numbers import read_personal_number
from giamngheo_desktop.domain.indicator_state import State
from giamngheo_desktop.domain.indicators import derive
from giamngheo_desktop.domain.validation import check_household, count_by_severity
from giamngheo_desktop.storage import households
from tests.sample.made import LAST_DAY, Made


def _load(made: Made, day: date) -> list[Household]:
    uids = [UUID(row["household"]) for row in made.on("household_place", day.isoformat())]
    with made.database.reader() as connection:
        return list(households.load(connection, uids, day).values())


def _others(made: Made) -> dict[str, list[tuple[UUID, str, str]]]:
    found = defaultdict(list)
    for row in made.rows("person"):
        if row["id_number"]:
            found[row["id_number"]].append((UUID(row["uid"]), row["full_name"], "…"))
    return found


def _check(made: Made, homes: list[Household], day: date) -> tuple[int, int]:
    others, total = _others(made), Counter[str]()
    for home in homes:
        problems = check_household(
            home,
            household_form=made.definitions.household,
            member_form=made.definitions.member,
            reference_day=day,
            today=LAST_DAY,
            others=others,
        )
        errors, warnings = count_by_severity(problems)
        total.update(errors=errors, warnings=warnings)
    return total["errors"], total["warnings"]


@pytest.mark.parametrize(
    ("name", "every"),
    [("sample", 1), ("sized", 2), pytest.param("full", 1, marks=pytest.mark.long)],
)
def test_no_check_finds_an_error(name: str, every: int, request: pytest.FixtureRequest):
    made: Made = request.getfixturevalue(name)
    homes = _load(made, LAST_DAY)[::every]
    errors, warnings = _check(made, homes, LAST_DAY)
    assert errors == 0
    assert warnings * 100 <= len(homes)


def test_the_checks_would_find_one(sample: Made):
    homes = _load(sample, LAST_DAY)
    broken = []
    for home in homes:
        head = home.members[0]
        sex = "male" if head.sex == "female" else "female"
        broken.append(replace(home, members=(replace(head, sex=sex), *home.members[1:])))
    errors, _ = _check(sample, broken, LAST_DAY)
    assert errors > len(homes) / 2


def test_poor_households_lack_three_indicators_and_near_poor_ones_fewer(sample: Made):
    standard = sample.definitions.standards.get("2022")
    now = {
        UUID(row["household"]): row["household_class"]
        for row in sample.on("class_record", LAST_DAY.isoformat())
    }
    met = Counter[tuple[str, bool]]()
    for home in _load(sample, LAST_DAY):
        assert home.surveyed_on is not None
        states = derive(standard, home, home.surveyed_on, sample.definitions.ages).values()
        assert State.UNKNOWN not in {state.state for state in states}
        lacks = sum(state.state is State.DEPRIVED for state in states)
        if now[home.uid] != "not_poor":
            met[now[home.uid], lacks >= 3] += 1
    assert met["poor", False] == met["near_poor", True] == 0
    assert met["poor", True] > 30
    assert met["near_poor", False] > 50


def test_papers_have_their_structure_and_nobody_shares_one(full: Made):
    kinds: Counter[str] = Counter()
    for row in full.rows("person"):
        kinds[row["id_kind"]] += 1
        match row["id_kind"]:
            case "none":
                assert row["id_number"] is None
                assert row["id_missing_reason"]
            case "cmnd":
                assert len(row["id_number"]) == 9
            case _:
                parts = read_personal_number(row["id_number"])
                assert parts is not None
                assert (parts.sex, parts.birth_year) == (row["sex"], int(row["birth"][:4]))
    assert set(kinds) == {"cccd", "personal_number", "cmnd", "none"}
    assert kinds["cccd"] == max(kinds.values())
    assert all(len(holders) == 1 for holders in _others(full).values())


def test_the_people_are_of_all_sorts(full: Made):
    people = full.rows("person")
    assert {len(row["birth"]) for row in people} == {4, 7, 10}
    groups = Counter(row["ethnicity"] for row in people)
    assert 0.95 < groups["01"] / len(people) < 1
    assert len(groups) >= 3
    women = sum(row["sex"] == "female" for row in people)
    assert 0.46 < women / len(people) < 0.56
    assert len({row["full_name"] for row in people}) > len(people) / 3
    year_only = [row for row in people if len(row["birth"]) == 4]
    assert all(row["birth"] < "1980" for row in year_only)
