"""Differences are told in the words of the forms, never in codes or ids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.services import events, households
from giamngheo_desktop.services.exchange import merging
from giamngheo_desktop.services.exchange.differences import Difference
from giamngheo_desktop.services.exchange.merge_words import MergeWords
from tests.harness.copies import copy_of, everything
from tests.harness.register import TODAY, Register, empty_database, make_register
from tests.harness.review import shipped


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with empty_database(tmp_path / "so.db") as database:
        yield make_register(database)


def test_codes_days_numbers_and_villages(register: Register, tmp_path: Path) -> None:
    home = register.household("Y Lan", "A Tý", water_source="02", house_area=325)
    there = copy_of(register, tmp_path / "2.db", seed=2)
    args = (there.database, there.context)
    member = replace(home.members[1], birth=PartialDate(1987, 3), id_issued_on=date(2021, 5, 3))
    changed = replace(
        there.get(home.uid), house_area=410, causes=("land",), hears_loudspeaker=True,
        members=(home.members[0], member),
    )  # fmt: skip
    households.save(*args, changed, day=TODAY)
    events.move_village(
        *args, household=home.uid, village=there.villages["B"], day=date(2026, 3, 1)
    )
    report = merging.look(register.database, register.context, everything(there.database))
    words = MergeWords(there.database, shipped(), report.differences)
    lines = [words.line(item) for item in report.differences]
    there.database.close()
    label = {code: field.label for code, field in shipped().fields("household", "member").items()}
    cause = shipped().fields("household")["causes"].choice_label("land")
    assert f"Hộ – Y Lan: {label['house_area']}: “32,5” thành “41,0”" in lines
    assert f"Hộ – Y Lan: {label['causes']}: “(trống)” thành “{cause}”" in lines
    assert f"Hộ – Y Lan: {label['hears_loudspeaker']}: “(trống)” thành “Có”" in lines
    assert f"Nhân khẩu – A Tý: {label['birth']}: “05/1980” thành “03/1987”" in lines
    assert "Thôn của hộ – Y Lan: Đến ngày: “(trống)” thành “28/02/2026”" in lines
    assert (
        "Thôn của hộ – Y Lan: hồ sơ mới: Thôn, tổ dân phố: Thôn B; Lý do: chuyển thôn; "
        "Từ ngày: 01/03/2026"
    ) in lines
    assert not [line for line in lines if "None" in line or there.villages["B"].hex in line]


def test_the_household_of_a_member_is_told_by_its_head(register: Register) -> None:
    home, other = register.household("Y Lan", "A Tý"), register.household("Y Hoa")
    item = Difference(
        state="changed", kind=Kind.MEMBERSHIP, record=home.uid, field="household",
        ours=home.uid.hex, theirs=other.uid.hex, stands=other.uid.hex, about="A Tý",
    )  # fmt: skip
    words = MergeWords(register.database, shipped(), [item])
    assert words.line(item) == "Thành viên của hộ – A Tý: Hộ: “Y Lan” thành “Y Hoa”"


def test_a_choice_of_none_is_no_empty_one(register: Register) -> None:
    home = register.household("Y Lan")
    item = Difference(
        state="changed", kind=Kind.HOUSEHOLD, record=home.uid, field="causes",
        ours="", theirs=None, stands=None, about="Y Lan",
    )  # fmt: skip
    line = MergeWords(register.database, shipped(), [item]).line(item)
    assert line.endswith("“Không có” thành “(trống)”")
