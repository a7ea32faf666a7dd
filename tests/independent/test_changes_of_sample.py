"""One household in another class changes exactly the cells it must; `check` sees broken rows."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.independent.commands import Request, cells, differing, run_each, run_many, write_json
from tests.independent.conftest import all_documents
from tests.independent.loops import (
    TOTAL,
    Register,
    change,
    holds,
    protected,
    sizes,
    villages,
)

YEAR = 2022
VILLAGE = "Kim Thành"
BOTH = (VILLAGE, TOTAL)
BC1_CELLS = {
    (label, f"{group}_{what}")
    for label in BOTH
    for group in ("poor", "near_poor")
    for what in ("households", "household_rate", "persons", "person_rate")
}


def village_cells(*parts: str) -> set[tuple[str, str]]:
    return {
        (label, f"{group}_{part}{end}")
        for label in BOTH
        for group in ("poor", "near_poor")
        for part in parts
        for end in ("", "_rate")
    }


@pytest.fixture(scope="module")
def household(samples) -> str:
    """A household of Kim Thành, poor by the review of 2022, without social protection."""
    register = Register(samples.first)
    names = villages(register, "2022-12-31")
    covered = protected(register, "2022-12-31")
    found = [
        row["household"]
        for row in register.rows["review_result"]
        if (row["review_year"], row["standard"]) == (YEAR, "2022")
        and row["household_class"] == "poor"
        and names[row["village"]] == VILLAGE
        and row["household"] not in covered
    ]
    return min(found)


def record_of(register: Register, household: str, day: str) -> dict:
    (found,) = [
        row
        for row in register.rows["class_record"]
        if row["household"] == household and row["standard"] == "2022" and holds(row, day)
    ]
    return found


def rollup(path, *options: str) -> dict:
    (ran,) = run_many([("rollup", "--db", path, "--year", YEAR, *options, "--json")])
    return {
        (row["level"], row["name"], key): value
        for row in json.loads(ran.out)["rows"]
        for key, value in row.items()
    }


def test_other_class_in_a_closed_year(samples, documents, household, tmp_path):
    path = change(
        samples.first,
        tmp_path / "changed.db",
        "UPDATE review_result SET household_class = 'near_poor' "
        f"WHERE household = '{household}' AND review_year = {YEAR} AND standard = '2022'",
    )
    expected: dict[tuple[str, int], set[tuple[str, str]]] = {
        ("BC1", 2022): BC1_CELLS,
        ("THON-TH", 2022): village_cells("decrease", "closing"),
        ("THON", 2023): village_cells("opening", "closing"),
        ("THON-TH", 2023): village_cells("opening", "decrease"),
    }
    after = all_documents(path, tmp_path / "after", range(YEAR - 1, YEAR + 3))
    for place, table in after.items():
        document = documents[place]
        found = differing(cells(document), cells(table))
        assert found == expected.get(place, set()), place
        assert document["notes"] == table["notes"]
    before, now = cells(documents["BC1", 2022]), cells(after["BC1", 2022])
    persons = sizes(Register(samples.first), "2022-12-31")[household]
    for label in BOTH:
        for group, sign in (("poor", -1), ("near_poor", 1)):
            for what, number in (("households", 1), ("persons", persons)):
                place = (label, f"{group}_{what}")
                assert now[place] - before[place] == sign * number
    one, other = rollup(samples.first), rollup(path)
    assert {place for place in one if one[place] != other[place]} == {
        (level, name, f"{group}_{what}")
        for level, name in (
            ("village", VILLAGE),
            ("commune", "Xã Sơn Tây (dữ liệu mẫu)"),
            ("district", "Huyện Hương Sơn"),
            ("province", "Tỉnh Hà Tĩnh"),
        )
        for group in ("poor", "near_poor")
        for what in ("households", "persons")
    }


def test_dated_record_moves_days_but_no_closed_year(samples, documents, household, tmp_path):
    """The decision of 12/12/2022 altered: the frozen year stands, the days it covers follow."""
    record = record_of(Register(samples.first), household, "2022-12-31")
    first_day = record["valid_from"]
    day_before = date.fromordinal(date.fromisoformat(first_day).toordinal() - 1).isoformat()
    assert (record["review_year"], record["household_class"]) == (YEAR, "poor")
    path = change(
        samples.first,
        tmp_path / "changed.db",
        f"UPDATE class_record SET household_class = 'near_poor' WHERE uid = '{record['uid']}'",
    )
    days = (day_before, first_day, "2022-12-31")
    wishes = [
        Request(database, "BC1", YEAR, options)
        for database in (samples.first, path)
        for options in ((), *(("--as-of", day) for day in days))
    ]
    made = [cells(document) for document in write_json(tmp_path, wishes)]
    found = [differing(made[number], made[number + 4]) for number in range(4)]
    assert found == [set(), set(), BC1_CELLS, BC1_CELLS]
    assert made[0] == cells(documents["BC1", YEAR])


def test_dated_record_moves_an_open_year(samples, documents, household, tmp_path):
    record = record_of(Register(samples.first), household, "2022-12-31")
    path = change(
        samples.first,
        tmp_path / "opened.db",
        f"UPDATE review_round SET closed_on = NULL WHERE review_year = {YEAR}",
        f"UPDATE review_result SET removed = 1 WHERE review_year = {YEAR}",
        f"UPDATE class_record SET household_class = 'near_poor' WHERE uid = '{record['uid']}'",
    )
    wishes = [Request(path, code, YEAR) for code in ("BC1", "THON", "THON-TH")]
    made = write_json(tmp_path, wishes)
    found = [
        differing(cells(documents[wish.code, YEAR]), cells(document))
        for wish, document in zip(wishes, made, strict=True)
    ]
    assert found == [BC1_CELLS, set(), village_cells("decrease", "closing")]


# --- 10. check ---------------------------------------------------------------------------------


def test_check_finds_nothing_in_the_samples(samples):
    paths = (samples.first, samples.other_seed)
    made = run_each(*(("check", "--db", path, "--json") for path in paths))
    assert [(ran.code, json.loads(ran.out), ran.err) for ran in made] == [(0, [], "")] * 2


@pytest.fixture(scope="module")
def pair(samples) -> tuple[dict, dict, dict, dict]:
    """A head and another member of one household, both with CCCD: memberships and persons."""
    register = Register(samples.first)
    people = {row["uid"]: row for row in register.rows["person"]}
    together: dict[str, list[dict]] = {}
    for row in register.rows["membership"]:
        if row["valid_to"] is None:
            together.setdefault(row["household"], []).append(row)
    for members in together.values():
        head = next(row for row in members if row["is_head"])
        for other in members:
            one, two = people[head["person"]], people[other["person"]]
            if other is not head and {one["id_kind"], two["id_kind"]} == {"cccd"}:
                return head, other, one, two
    raise AssertionError("no such household")


BREAKAGES = {
    "two heads": "UPDATE membership SET is_head = 1 WHERE uid = '{member}'",
    "same ID": "UPDATE person SET id_number = '{number}' WHERE uid = '{person}'",
    "ID of a century that is not": "UPDATE person SET id_number = '042999999999' "
    "WHERE uid = '{person}'",
    "too old": "UPDATE person SET birth = '1850' WHERE uid = '{person}'",
}
MORE_BREAKAGES = {
    "no head": "UPDATE membership SET is_head = 0 WHERE uid = '{head}'",
    "relation of a head": "UPDATE membership SET relation = 'head' WHERE uid = '{member}'",
    "short ID": "UPDATE person SET id_number = '04220492' WHERE uid = '{person}'",
    "ID of the other sex": "UPDATE person SET sex = CASE sex WHEN 'male' THEN 'female' "
    "ELSE 'male' END WHERE uid = '{person}'",
    "not born yet": "UPDATE person SET birth = '2150-01-01' WHERE uid = '{person}'",
}


@pytest.mark.parametrize(
    "breakages",
    [
        pytest.param(BREAKAGES, id="some"),
        pytest.param(MORE_BREAKAGES, id="more", marks=pytest.mark.long),
    ],
)
def test_check_finds_each_broken_row(samples, pair, tmp_path, breakages):
    head, member, one, two = pair
    names = {
        "head": head["uid"],
        "member": member["uid"],
        "person": two["uid"],
        "number": one["id_number"],
    }
    paths = [
        change(samples.first, tmp_path / f"{number}.db", statement.format(**names))
        for number, statement in enumerate(breakages.values())
    ]
    made = run_many([("check", "--db", path, "--json") for path in paths])
    for what, ran in zip(breakages, made, strict=True):
        assert (ran.code, ran.err) == (1, ""), what
        findings = json.loads(ran.out)
        assert {item["household"].replace("-", "") for item in findings} == {head["household"]}
        shown = (one["full_name"], two["full_name"], "Hộ")
        assert any(name in item["text"] for item in findings for name in shown), what
