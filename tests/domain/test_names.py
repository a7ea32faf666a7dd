"""Personal names: split by a guess, ordered by tên, capitalised only where it is safe."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.names import (
    capitalise_name,
    capitalise_unit,
    join_name,
    person_sort_key,
    split_name,
)
from giamngheo_desktop.domain.vietnamese import clean, lower, upper


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Nguyễn Văn An", ("Nguyễn Văn", "An")),
        ("Đinh Thị Thu Hà", ("Đinh Thị Thu", "Hà")),
        ("  lê   lợi ", ("lê", "lợi")),
        ("An", ("", "An")),
        ("", ("", "")),
        ("Y Moan Êñuôl", ("", "Y Moan Êñuôl")),
        ("H'Bia Niê", ("", "H'Bia Niê")),
        ("H’ Bia Niê Kđăm", ("", "H’ Bia Niê Kđăm")),
        ("H Bia Niê", ("", "H Bia Niê")),
        ("K'Brơi", ("", "K'Brơi")),
        ("A Phiên", ("", "A Phiên")),
        ("A Lăng Thị Hoa", ("A Lăng Thị", "Hoa")),
        ("Giàng A Páo", ("Giàng A", "Páo")),
        ("Ksor H'Lan", ("Ksor", "H'Lan")),
        ("Ksor H' Lan", ("Ksor", "H' Lan")),
        ("R'Com Bích", ("R'Com", "Bích")),
        ("Bh’riu Liếc", ("Bh’riu", "Liếc")),
        ("Hồ Ý", ("Hồ", "Ý")),
        ("Huỳnh Yên", ("Huỳnh", "Yên")),
    ],
)
def test_split(name, parts):
    assert split_name(name) == parts


@given(
    st.lists(st.sampled_from(["Nguyễn", "Y", "H'", "H'Bia", "A", "Rơ", "Êñuôl", "K’"]), max_size=5)
)
def test_a_split_name_joins_to_what_was_typed(words):
    typed = " ".join(words)
    assert join_name(*split_name(typed)) == clean(typed)
    assert bool(split_name(typed)[1]) == bool(words)


def ordered(names, *order):
    return sorted(names, key=lambda name: person_sort_key(*split_name(name), *order))


def test_people_stand_by_given_name_then_family_then_middle():
    expected = [
        "Lê Văn An",
        "Lễ Thị An",  # the family name whole, with its tone, before the middle name
        "Nguyễn Thị An",
        "Nguyễn Văn An",
        "Bùi Thị Ân",
        "Đỗ Hà",
        "Bùi Hạ",
        "Y Moan Êñuôl",
    ]
    assert ordered(reversed(expected)) == expected


def test_people_stand_by_given_name_then_middle_then_family_where_set():
    expected = ["Vũ An", "Nguyễn Thị An", "Trần Thị An", "Lê Văn An", "Bùi Thị Ân"]
    assert ordered(reversed(expected), "given_middle_family") == expected
    assert ordered(expected) != expected


def test_a_shorter_given_name_does_not_run_into_the_family():
    assert person_sort_key("Vũ", "An") < person_sort_key("An", "An Anh")
    assert person_sort_key("", "An") < person_sort_key("A", "An")


@pytest.mark.parametrize("order", ["given_family_middle", "given_middle_family"])
def test_keys_are_ascii(order):
    assert person_sort_key("Nguyễn Đức", "Ưng", order).isalnum()
    assert person_sort_key("Nguyễn Đức", "Ưng", order).isascii()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("NGUYỄN VĂN ĐỨC", "Nguyễn Văn Đức"),
        ("đinh thị ơn", "Đinh Thị Ơn"),
        ("H'BIA NIÊ", "H'Bia Niê"),
        ("h’ bia êñuôl", "H’ Bia Êñuôl"),
        ("Y Jŭt", "Y Jŭt"),
        ("Kpă H'mai", "Kpă H'mai"),
        ("Cư M'gar", "Cư M'gar"),
        ("nguyễn văn An", "nguyễn văn An"),
        ("Y", "Y"),
        ("", ""),
    ],
)
def test_capitals(typed, shown):
    assert capitalise_name(typed) == shown


@given(st.lists(st.sampled_from(["Nguyễn", "Đức", "Ẩn", "H'Bia", "Ơn"]), min_size=1).map(" ".join))
def test_capitals_restore_a_flattened_name(name):
    assert capitalise_name(upper(name)) == capitalise_name(lower(name)) == name


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  thôn  cây tắt ", "Thôn Cây Tắt"),
        ("tổ dân phố 5", "Tổ dân phố 5"),
        ("xóm đồng bàu", "Xóm Đồng Bàu"),
        ("thôn", "Thôn"),
        ("xóm", "Xóm"),
        ("sơn tây", "Sơn Tây"),
        ("bản", "Bản"),
        ("thônh", "Thônh"),
        ("buôn ea m'doal", "Buôn Ea M'Doal"),
        ("TDP 5", "TDP 5"),  # an abbreviation, not a shout
        ("xã Sơn Tây", "xã Sơn Tây"),
        ("", ""),
    ],
)
def test_units_are_capitalised_where_nothing_is(typed: str, shown: str) -> None:
    assert capitalise_unit(typed) == shown
    assert capitalise_unit(shown) == shown
