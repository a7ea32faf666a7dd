"""A sheet for village heads that asks what it cannot is refused with a sentence that says where."""

from __future__ import annotations

import pytest

from giamngheo_desktop import paths, texts
from giamngheo_desktop.definitions.loader import DefinitionError, parse_toml
from giamngheo_desktop.definitions.sheets import village_sheet_from
from giamngheo_desktop.storage.households import HOUSEHOLD_FIELDS, PERSON_FIELDS
from tests.harness.tables import definitions

FILE = paths.resources() / "definitions" / "sheets" / "village.toml"
GOOD = FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"address"', '"adress"', "mục household.fields: không nhận “adress”"),
        ('"address"', '"village"', "không nhận “village”"),  # a move is an event
        ('"address"', '"residence"', "không nhận “residence”"),  # it has a first day
        ('"full_name", ', "", "mục member.fields: thiếu giá trị"),
        ('["relation"]', "[]", "mục member.of_new: thiếu giá trị"),
        ('["relation"]', '["relation", "note"]', "mục member.of_new: không nhận “note”"),
        ("version = 1", "version = 1\nversoin = 2", "chương trình không biết mục này"),
    ],
)
def test_a_wrong_file_is_refused(old: str, new: str, said: str) -> None:
    assert old in GOOD
    forms = {code: definitions().form(code) for code in ("household", "member")}
    with pytest.raises(DefinitionError) as caught:
        village_sheet_from(parse_toml(GOOD.replace(old, new, 1), "sheets/x.toml"), forms)
    assert said in texts.error_text(caught.value)


def test_what_is_asked_are_columns_of_the_record() -> None:
    asked = definitions().village_sheet()
    assert set(asked.fields["household"]) <= set(HOUSEHOLD_FIELDS)
    assert set(asked.fields["member"]) - asked.of_new["member"] <= set(PERSON_FIELDS)
