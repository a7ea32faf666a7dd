"""What stands between {{ and }}: written and read again it is the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.binding import (
    Binding,
    Counting,
    Fact,
    TableColumn,
    Unread,
    parse,
    pieces,
    written,
)

numbers = st.lists(st.integers(0, 30), min_size=1, max_size=3).map(
    lambda parts: ".".join(map(str, parts))
)
columns = st.builds(
    TableColumn,
    st.sampled_from([*(f"BC{at}" for at in range(1, 14)), "THON", "THON-TH"]),
    numbers,
    st.sampled_from([None, False, True]),
    st.booleans(),
)
measures = st.builds(
    Counting,
    st.sampled_from(
        ["poor_households", "near_poor_persons/minority", "poor_households/!minority/cause=land",
         "poor_households/ethnicity!=02,05", "poor_deprivations"]
    ),
    st.booleans(),
)  # fmt: skip
bindings = st.one_of(st.sampled_from(list(Fact)), columns, measures)
around = st.text(st.characters(blacklist_characters="{}", blacklist_categories=("Cs", "Cc", "Zs")))


@given(bindings)
def test_what_is_written_is_read_again(binding: Binding) -> None:
    inner = written(binding).removeprefix("{{").removesuffix("}}")
    assert parse(inner) == binding
    assert parse(f"  {inner.replace(' ', '   ')} ") == binding


@given(around, bindings, around)
def test_a_text_is_cut_at_its_bindings(before: str, binding: Binding, after: str) -> None:
    found = pieces(f"{before}{written(binding)}{after}")
    assert found.bindings == (binding,)
    assert (found.unread, found.open) == ((), False)
    assert (found.sole == binding) == (not before + after)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("NAM", Fact.YEAR),
        ("Tinh trang", Fact.STATUS),
        ("TÌNH TRẠNG", Fact.STATUS_CAPITALS),
        ("Đơn vị", Fact.UNIT),
        ("bc2.9 nhân khẩu", TableColumn("BC2", "9", True)),
        ("bc1.3 nam truoc", TableColumn("BC1", "3", None, True)),
        ("BC1", None),
        ("BC1.3 người", None),
        ("hộ nghèo", None),
        ("", None),
    ],
)
def test_as_officers_type(typed: str, meant: Binding | None) -> None:
    assert parse(typed) == meant


@pytest.mark.parametrize("text", ["{{năm", "năm}}", "{{năm}} {{xã"])
def test_half_a_binding_is_told(text: str) -> None:
    assert pieces(text).open


def test_what_is_no_binding_is_told() -> None:
    assert pieces("Năm {{năn}}").parts == ("Năm ", Unread("năn"))
