"""A workflow file with a mistake is refused with a sentence that says where."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from giamngheo_desktop import paths, texts
from giamngheo_desktop.definitions.loader import DefinitionError, parse_toml
from giamngheo_desktop.definitions.workflows import load_holidays, workflow_from
from tests.harness.tables import definitions

FOLDER = paths.resources() / "definitions"
GOOD = (FOLDER / "workflows" / "periodic_2025.toml").read_text(encoding="utf-8")
MONTHLY = (FOLDER / "workflows" / "in_year_2021.toml").read_text(encoding="utf-8")


def sentence(text: str) -> str:
    with pytest.raises(DefinitionError) as caught:
        workflow_from(parse_toml(text, "workflows/x.toml"))
    return texts.error_text(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('code = "list"', 'code = "lits"', "mục step[2].code: không nhận “lits”"),
        ('code = "list"', 'code = "opinion"', "mục step[2].code: không nhận “opinion”"),
        ('code = "collect"', 'code = "list"', "mục step: có mã lặp lại"),
        ('scope = "commune"', 'scope = "district"', "mục step[1].scope: không nhận “district”"),
        ('kind = "periodic"', 'kind = "yearly"', "mục kind: không nhận “yearly”"),
        ("window_from = [9, 1]", "window_from = [9]", "mục window_from: cần đúng hai số"),
        ("window_from = [9, 1]", "window_from = [9, 31]", "cần ngày năm nào cũng có"),
        ("window_from = [9, 1]", "window_from = [12, 15]", "mục window_to: phải không sớm hơn"),
        ("window_from = [9, 1]", "", "mục window_from: cần đúng hai số"),
        ("valid_from = 2025-07-01", "valid_from = 2025-07-01\nvalid_to = 2025-06-30", "valid_to"),
        ("month = 11, day = 15", "month = 11", "limit.day: thiếu giá trị"),
        ("month = 11, day = 15", "day = 15", "đúng một trong các mục month, days"),
        ("month = 11, day = 15", "month = 2, day = 29", "không nhận 29/2"),
        ("month = 11, day = 15", "month = 13, day = 1", "mục step[8].limit.month: không nhận “13”"),
        ("month = 11, day = 15", "next_month_day = 31", "không nhận “31”, chỉ nhận 1–28"),
        ("month = 11, day = 15", "days = 3, working_days = 3", "đúng một trong các mục"),
        ("month = 11, day = 15", 'days = 3, after = "posted"', "limit.after: không nhận “posted”"),
        ("month = 11, day = 15", 'month = 11, day = 15, setting = "x"', "limit.days: thiếu"),
        ("month = 11, day = 15", "days = 15, months = [9, 2]", "months: không nhận “9, 2”"),
        ("working_days = 3, after", "working_days = -3, after", "working_days: không nhận “-3”"),
        ('source = "memory"', 'source = "rumour"', "limit.source: không nhận “rumour”"),
        ("optional = true", 'optional = "yes"', "optional: cần true hoặc false"),
        ("optional = true", "optinal = true", "optinal: chương trình không biết mục này"),
    ],
)
def test_a_wrong_file_is_refused(old: str, new: str, said: str) -> None:
    assert old in GOOD
    assert said in sentence(GOOD.replace(old, new, 1))


def test_each_kind_of_review_says_when_it_begins() -> None:
    assert "starts_on: thiếu giá trị" in sentence(MONTHLY.replace("starts_on = 15", ""))
    assert "“0”, chỉ nhận 1–28" in sentence(MONTHLY.replace("starts_on = 15", "starts_on = 0"))
    head, _, _ = GOOD.partition("[[step]]")
    assert "mục step: thiếu giá trị" in sentence(head)


def test_the_holidays_of_every_year(tmp_path: Path) -> None:
    path = FOLDER / "holidays.toml"
    assert definitions().holidays.yearly.keys() == {(1, 1), (4, 30), (5, 1), (9, 2)}
    assert len(load_holidays(path).missing) == 4  # Tết and others have no day of every year
    text = path.read_text(encoding="utf-8")
    copy = tmp_path / "holidays.toml"
    for old, new, said in (
        ("month = 4\nday = 30", "month = 4\nday = 31", "không nhận 31/4"),
        ("month = 5\nday = 1", "month = 1\nday = 1", "có mã lặp lại"),
    ):
        copy.write_text(text.replace(old, new), encoding="utf-8")
        with pytest.raises(DefinitionError) as caught:
            load_holidays(copy)
        assert said in texts.error_text(caught.value)


def test_versions_follow_each_other_without_a_gap() -> None:
    old, new = definitions().workflows["periodic"]
    assert old.valid_to == date(2025, 6, 30)
    assert new.valid_from == date(2025, 7, 1)
