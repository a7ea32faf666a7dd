"""Old fonts to Unicode and back over the whole alphabet; what is Unicode already stays."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giamngheo_desktop.domain.legacy_text import (
    CONVERSIONS,
    CP1258,
    TCVN3,
    VNI,
    alone,
    from_cp1258,
    from_tcvn3,
    from_vni,
    readings,
)
from giamngheo_desktop.domain.sheet_table import Sheet
from giamngheo_desktop.domain.sheet_text import in_unicode, names_in_unicode
from tests.harness.examples import examples
from tests.independent.lists import legacy
from tests.independent.lists.people import HOUSEHOLDS

VOWELS = "aăâeêioôơuưy"
TONES = ("", *"\u0300\u0309\u0303\u0301\u0323")
SMALL = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES] + ["đ"]
PEOPLE = [(one.name, home.village) for home in HOUSEHOLDS.values() for one in home.members]


def cp1258(text: str) -> str:
    """As Vietnamese Windows writes it, read with Western letters."""
    made = b""
    for letter in text:
        whole = unicodedata.normalize("NFD", letter)
        tones = "".join(each for each in whole if each in TONES[1:])
        rest = unicodedata.normalize("NFC", "".join(e for e in whole if e not in TONES[1:]))
        try:
            made += letter.encode("cp1258")
        except UnicodeEncodeError:
            made += (rest + tones).encode("cp1258")
    return made.decode("latin-1")


@pytest.mark.parametrize("letter", SMALL)
def test_each_letter_with_each_tone_comes_back(letter: str) -> None:
    assert from_tcvn3(legacy.tcvn3(letter)) == letter
    for each in (letter, letter.upper()):
        assert from_vni(legacy.vni(each)) == each
        assert from_cp1258(cp1258(each)) == each


@settings(max_examples=examples(40, 400))
@given(st.lists(st.sampled_from(PEOPLE), min_size=3, max_size=12), st.sampled_from([TCVN3, VNI]))
def test_a_list_in_one_font_is_recognised_as_a_whole(
    people: list[tuple[str, str]], encoding: str
) -> None:
    write = {TCVN3: legacy.tcvn3, VNI: legacy.vni}[encoding]
    rows = {
        at: (at, write(name), write("Chủ hộ"), write(village))
        for at, (name, village) in enumerate(people, 1)
    }
    read, suspicions, small = in_unicode(Sheet(name="Gộp", rows=rows))
    assert {one.encoding for one in suspicions} == {encoding}
    assert all(before != after for one in suspicions for before, after in one.examples)
    assert bool(small) is (encoding == TCVN3)
    for at, (name, village) in enumerate(people, 1):
        assert read.text(at, 1).lower() == name.lower()
        assert read.text(at, 3).lower() == village.lower()


@settings(max_examples=examples(40, 400))
@given(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=12))
def test_unicode_is_left_as_it_is(people: list[tuple[str, str]]) -> None:
    rows = [[name, "Chủ hộ", village] for name, village in people]
    assert set(readings(rows)) == {""}
    spread = [[unicodedata.normalize("NFD", text) for text in row] for row in rows]
    assert set(readings(spread)) == {""}


def test_windows_letters_are_told_by_their_sheet() -> None:
    rows = [[cp1258(name), cp1258("Chủ hộ"), cp1258(village)] for name, village in PEOPLE]
    told = readings(rows)
    assert told.count(CP1258) == len(rows)


OTHERS = (
    "Y Blô", "H'Hen Niê", "K'Brêu", "A Lăng Đhơ", "Y Bhăm Êban", "H'Bia Êñuôl", "Rơ Ô H'Bê",
    "Rah Lan Hôk", "Y Ngông Niê Kdăm", "Ama Kông", "Bh'riu Liếc", "Arất Ôn", "Hôih Tôn", "Y Lê Pas",
    "Cil Ô", "Liêng Hót Ha Tê", "Lơ Mu Ha Séo", "Thạch Sô Phên", "Néang Sóc Khêm", "Châu Sô Phi",
    "Giàng A Phổng", "Xồng Bá Pó", "Lỳ Lỳ Xá", "Pờ Hồng Xừ", "Chảo Láo Lở", "Lò Văn Ún",
    "Vi Văn Én", "H'Kiêu", "Aê Wăn", "Siu Hmêk", "Rơ Mah Hên", "Blúp Tê", "Tráng Seo Xà",
    "Hà Nê", "A Prôi",
)  # fmt: skip


@pytest.mark.parametrize("write", [legacy.tcvn3, legacy.vni, str.upper])
def test_one_name_in_an_old_font_is_told_in_a_column_of_unicode(write: Any) -> None:
    old = write is not str.upper
    kinh = [name for name, _ in PEOPLE if name.split()[0] in ("Nguyễn", "Trần", "Lê", "Phạm")]
    for name in kinh:
        (one, *rest) = alone([write(name), *OTHERS])
        assert (one.encoding != "", one.doubtful) == (old, old), name
        assert {each.encoding for each in rest} == {""}
        if old:
            assert CONVERSIONS[one.encoding](write(name)) == name
            # beside it nobody is sure who is no Vietnamese either: they are looked at
            assert rest[OTHERS.index("Y Blô")].doubtful
    assert all(not each.doubtful for each in alone(OTHERS))


def test_what_is_read_in_a_sheet_of_unicode_is_marked() -> None:
    rows = {
        1: ("Họ và tên", "Quan hệ"),
        2: (legacy.tcvn3("Đỗ Ngọc Ánh"), "Chủ hộ"),
        3: (legacy.vni("Hà Thị Lan").upper(), "Chủ hộ"),
        4: ("Y Blô", "Chủ hộ"),
        5: ("Lê Đức Thắng", "Chủ hộ"),
    }
    read, suspicions = names_in_unicode(Sheet(name="Gộp", rows=rows), [0])
    assert [read.text(row, 0).lower() for row in (2, 3)] == ["đỗ ngọc ánh", "hà thị lan"]
    assert read.marks == {"A2": "old_font", "A3": "old_font", "A4": "old_font_maybe"}
    assert [(one.column, one.encoding) for one in suspicions] == [("A", TCVN3), ("A", VNI)]
