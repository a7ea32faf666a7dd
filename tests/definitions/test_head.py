"""The head every definition file begins with: what it holds, what is refused and where."""

from __future__ import annotations

from datetime import date

import pytest

from giamngheo_desktop.definitions.head import check_days, head_of
from giamngheo_desktop.definitions.loader import DefinitionError, parse_toml

LINES = {
    "code": '"mau"',
    "version": "3",
    "label": '"Mẫu"',
    "valid_from": "2026-01-01",
    "valid_to": "2026-12-31",
    "legal_basis": '"Luật"',
}


def table(**changes: str):
    lines = {key: value for key, value in (LINES | changes).items() if value}
    return parse_toml("\n".join(f"{key} = {value}" for key, value in lines.items()), "thử.toml")


def test_a_head_is_what_a_definition_is_made_with() -> None:
    read = table()
    assert head_of(read) == {
        "code": "mau",
        "version": 3,
        "label": "Mẫu",
        "valid_from": date(2026, 1, 1),
        "valid_to": date(2026, 12, 31),
        "legal_basis": "Luật",
    }
    read.finish()  # nothing was left unread
    assert head_of(table(valid_to=""))["valid_to"] is None


@pytest.mark.parametrize("key", [key for key in LINES if key != "valid_to"])
def test_a_missing_key_is_named(key: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        head_of(table(**{key: ""}))
    assert (refused.value.code, refused.value.params["key"]) == ("definition_missing_key", key)


@pytest.mark.parametrize("key", LINES)
def test_a_value_of_another_kind_is_refused(key: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        head_of(table(**{key: "true"}))
    assert refused.value.params["key"] == key


def test_no_file_ends_before_it_begins() -> None:
    for last in ("", "2026-01-01", "2026-12-31"):
        check_days(table(valid_to=last))
    with pytest.raises(DefinitionError, match="definition_years_order") as refused:
        check_days(table(valid_to="2025-12-31"))
    assert refused.value.params["key"] == "valid_to"
