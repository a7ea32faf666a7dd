"""The readers of a definition table: what they take, what they refuse and where."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.loader import DefinitionError, Table, parse_toml
from giamngheo_desktop.definitions.period_lists import period_list_from
from giamngheo_desktop.texts import error_text

TABLE = parse_toml(
    """
text = "chữ"
number = 3
flag = true
day = 2026-01-31
moment = 2026-01-31T08:00:00
texts = ["a", "b"]
numbers = [1, 2]
mixed = [1, true]
[inner]
x = 1
[[rows]]
x = 1
[[rows]]
x = "2"
""",
    "thử.toml",
)


def test_values_of_each_kind() -> None:
    assert (TABLE.text("text"), TABLE.opt_text("none")) == ("chữ", None)
    assert (TABLE.integer("number"), TABLE.opt_integer("none")) == (3, None)
    assert (TABLE.flag("flag"), TABLE.opt_flag("none"), TABLE.flag("none", False)) == (
        True, None, False,
    )  # fmt: skip
    assert (TABLE.day("day"), TABLE.opt_day("none")) == (date(2026, 1, 31), None)
    assert (TABLE.texts("texts"), TABLE.texts("none")) == (("a", "b"), ())
    assert (TABLE.integers("numbers"), TABLE.integers("none")) == ((1, 2), ())
    assert (TABLE.text("none", ""), TABLE.integer("none", 0)) == ("", 0)
    assert TABLE.table("inner").integer("x") == 1
    assert [row.path for row in TABLE.tables("rows")] == ["rows[1]", "rows[2]"]
    assert TABLE.opt_table("none") is None
    assert TABLE.one_of("text", {"chữ": 1}) == TABLE.one_of("none", {"chữ": 2}, 1) == 1
    assert "text" in TABLE
    assert TABLE.keys()[0] == "text"


@pytest.mark.parametrize(
    ("read", "code", "where"),
    [
        (lambda: TABLE.text("none"), "definition_missing_key", "none"),
        (lambda: TABLE.text("number"), "definition_not_text", "number"),
        (lambda: TABLE.integer("flag"), "definition_not_integer", "flag"),
        (lambda: TABLE.flag("number"), "definition_not_flag", "number"),
        (lambda: TABLE.day("moment"), "definition_not_day", "moment"),
        (lambda: TABLE.texts("text"), "definition_not_texts", "text"),
        (lambda: TABLE.texts("numbers"), "definition_not_texts", "numbers"),
        (lambda: TABLE.integers("mixed"), "definition_not_integers", "mixed"),
        (lambda: TABLE.table("text"), "definition_not_table", "text"),
        (lambda: TABLE.tables("inner"), "definition_not_tables", "inner"),
        (lambda: TABLE.tables("rows")[1].integer("x"), "definition_not_integer", "rows[2].x"),
        (lambda: TABLE.one_of("text", {"a": 1}), "definition_value", "text"),
        (lambda: TABLE.one_of("none", {"a": 1}), "definition_missing_key", "none"),
    ],
)
def test_refusals_name_the_place(read: Callable[[], object], code: str, where: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        read()
    assert (caught.value.code, caught.value.params["where"]) == (code, where)
    assert f"Tệp thử.toml, mục {where}: " in error_text(caught.value)


def test_a_key_that_nobody_reads_is_refused() -> None:
    table = Table(TABLE.source, "", {"label": "a", "lable": "b"})
    table.text("label")
    with pytest.raises(DefinitionError) as caught:
        table.finish()
    assert caught.value.params["key"] == "lable"


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ('"household", "village"]', '"months"]'),
        ('["ground", "household", "village"]', "[]"),
        ("day_of_death = { value = true", 'day_of_death = { value = "có"'),
    ],
)
def test_the_rules_of_a_period_list_are_known_ones(said: str, wrong: str) -> None:
    folder = paths.resources() / "definitions" / "period_lists"
    text = (folder / "bhyt.toml").read_text(encoding="utf-8")
    assert period_list_from(parse_toml(text, "bhyt.toml")).day_of_death.value is True
    assert said in text
    with pytest.raises(DefinitionError):
        period_list_from(parse_toml(text.replace(said, wrong), "bhyt.toml"))
