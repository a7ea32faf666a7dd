"""`giamngheo supports`: what was given, by whom, to whom, and its sums, as data and as lines."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from giamngheo_desktop.cli.main import entry
from giamngheo_desktop.services.programme import support_bulk
from giamngheo_desktop.services.programme.support_bulk import ForMany, Receiver
from tests.harness.register import Register, empty_database, make_register
from tests.harness.tables import definitions

DAY = date(2026, 7, 1)


def asked(capsys: pytest.CaptureFixture[str], path: Path, *args: str) -> tuple[int, str]:
    status = entry(["supports", "--db", str(path), *args])
    return status, capsys.readouterr().out


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Sổ hộ.db"


@pytest.fixture
def register(path: Path) -> Any:
    with empty_database(path) as database:
        yield make_register(database)


def given(register: Register) -> str:
    """Two supports of one household, one of a person of another; returns the first one's id."""
    poor, near = register.household("Lò Văn An"), register.household("Hồ Cả", village="B")
    register.give_class(poor.uid)
    for_one = Receiver(household=near.uid, person=near.members[0].uid, shares={})
    for day, who in (
        (DAY, [Receiver(household=poor.uid), for_one]),
        (date(2026, 8, 1), [Receiver(household=poor.uid, shares={"donors": 1_000})]),
    ):
        event = {"policy": "quà tặng", "name": "Đợt", "supported_on": day, "component": "DA7"}
        support_bulk.support_many(
            register.database,
            register.context,
            definitions(),
            ForMany(event=event, receivers=who, shares={"central": 500_000, "province": 250_000}),
            commune=register.commune,
        )
    return str(poor.uid)


def test_a_year_with_its_sums_and_warnings(
    capsys: pytest.CaptureFixture[str], path: Path, register: Register
) -> None:
    given(register)
    register.database.close()
    status, out = asked(capsys, path, "--year", "2026", "--json")
    found = json.loads(out)
    one, two, three = found["supports"]
    assert status == 0
    assert [row["unit"] for row in found["supports"]] == ["household", "person", "household"]
    assert (one["household"]["name"], one["village"]["name"]) == ("Lò Văn An", "Thôn A")
    assert (one["class_then"], one["component"], one["amount"]) == ("poor", "DA7", 750_000)
    assert one["amounts"] == {"central": 500_000, "province": 250_000}
    assert (two["person"]["name"], two["amount"], two["class_then"]) == ("Hồ Cả", None, None)
    assert [row["code"] for row in one["warnings"]] == ["two_sources"]
    assert one["warnings"][0]["other"] == three["id"]
    assert found["total"] == {
        "supports": 3, "households": 2, "persons": 1, "amount": 751_000, "unpriced": 1,
    }  # fmt: skip
    sums = found["sums"]
    assert {row["source"]: row["amount"] for row in sums["source"]} == {
        "central": 500_000, "province": 250_000, "donors": 1_000, None: None,
    }  # fmt: skip
    assert {sum(row["amount"] or 0 for row in rows) for rows in sums.values()} == {751_000}
    status, out = asked(capsys, path, "--year", "2026", "--unit", "Thôn B")
    assert (status, out.splitlines()) == (
        0,
        [
            "01/07/2026  Hồ Cả (Hồ Cả), Thôn B: quà tặng; chưa ghi số tiền",
            "Tổng: 1 lượt, 1 hộ, 1 lượt chưa ghi số tiền",
        ],
    )


def test_what_a_household_got_since_a_day(
    capsys: pytest.CaptureFixture[str], path: Path, register: Register
) -> None:
    home = given(register)
    register.database.close()
    status, out = asked(capsys, path, "--since", "01/08/2026", "--household", home)
    lines = out.splitlines()
    assert status == 0
    assert lines[0] == "01/08/2026  Lò Văn An, Thôn A: quà tặng; Vận động 1.000 đồng"
    assert "ngày 01/07/2026: cùng chính sách, cùng năm 2026; nguồn vốn khác nhau" in lines[1]
    assert lines[2:] == [
        "Tổng: 1 lượt, 1 hộ, 1.000 đồng",
        "ít nhất 1 năm liền trong danh sách (2026)",
    ]
    found = json.loads(
        asked(capsys, path, "--since", "2021-01-01", "--household", home, "--json")[1]
    )
    assert len(found["supports"]) == 2
    days = ("--since", "2021-01-01", "--until", "31/07/2026")
    until = json.loads(asked(capsys, path, *days, "--household", home, "--json")[1])
    assert (until["until"], until["total"]["amount"]) == ("2026-07-31", 750_000)
    assert found["years_on_list"] == {"years": [2026], "at_least": True}


def test_a_household_is_named_by_its_head_and_two_of_one_name_are_told_apart(
    capsys: pytest.CaptureFixture[str], path: Path, register: Register
) -> None:
    home = given(register)
    other = register.household("Lò Văn An", village="C").uid
    support_bulk.support_many(
        register.database, register.context, definitions(),
        ForMany(
            event={"policy": "quà tặng", "name": "Đợt", "supported_on": DAY},
            receivers=[Receiver(household=other)],
            shares={"donors": 7},
        ),
        commune=register.commune,
    )  # fmt: skip
    register.database.close()
    since = ("--since", "2021-01-01", "--household")
    assert asked(capsys, path, *since, home)[1] != asked(capsys, path, *since, str(other))[1]
    status, found = asked(capsys, path, *since, "lo van an", "--json")
    error = json.loads(found)["error"]
    assert (status, error["code"]) == (2, "several_records_named")
    assert f"Thôn C: {other}" in error["text"]
    named = asked(capsys, path, *since, "Hồ Cả")[1]
    assert (named.count("Hồ Cả (Hồ Cả), Thôn B"), "[" in named) == (1, False)
    lines = asked(capsys, path, "--year", "2026")[1].splitlines()
    assert [f"Lò Văn An [{uid}]" in lines[0] for uid in (home, other)] == [True, False]


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ((), "support_when"),
        (("--since", "2021-01-01"), "support_since_whom"),
        (("--year", "2026", "--until", "2026-06-30"), "support_until_since"),
        (("--year", "2026", "--policy", "khong"), "unknown_code"),
        (("--year", "2026", "--component", "DA99"), "unknown_code"),
        (("--year", "2026", "--programme", "2022"), "unknown_code"),
        (("--year", "2026", "--household", "Không Ai"), "no_record_named"),
    ],
)
def test_what_is_missing_is_said(
    capsys: pytest.CaptureFixture[str],
    path: Path,
    register: Register,
    args: tuple[str, ...],
    code: str,
) -> None:
    register.database.close()
    status, out = asked(capsys, path, *args, "--json")
    assert (status, json.loads(out)["error"]["code"]) == (2, code)
