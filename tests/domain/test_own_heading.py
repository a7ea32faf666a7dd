"""A text brings its own heading, or is a list or a sentence; no word of it is lost either way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.heading_numbers import LETTERS, HeadingStyle, following, number
from giamngheo_desktop.domain.own_heading import OwnHeading, own_heading

_COUNTED = (HeadingStyle.ARABIC, HeadingStyle.DOTTED, HeadingStyle.LETTER, HeadingStyle.LETTER_STOP)
_ABOVE = ("1.", "2.1", "1.2.1.")
_USUAL = ("Mục tiêu:", "Đối tượng áp dụng:", "Nội dung hỗ trợ", "Kết quả đầu ra:",
          "Cơ quan chủ trì:")  # fmt: skip


@pytest.mark.parametrize(
    ("text", "usual", "found"),
    [
        ("a. Mục tiêu: Hỗ trợ.", "Mục tiêu:", ("a.", "Mục tiêu:", "Hỗ trợ.")),
        ("2.1.1 Mục tiêu: Hỗ trợ.", "Mục tiêu:", ("2.1.1", "Mục tiêu:", "Hỗ trợ.")),
        ("II.1.4. Mục tiêu: Hỗ trợ.", "Mục tiêu:", ("II.1.4.", "Mục tiêu:", "Hỗ trợ.")),
        ("d.Cơ quan chủ trì: Ban chỉ đạo", "Cơ quan chủ trì:",
         ("d.", "Cơ quan chủ trì:", "Ban chỉ đạo")),
        ("5.2.2. Đối tượng:\n- Hộ nghèo", "Đối tượng thụ hưởng:",
         ("5.2.2.", "Đối tượng:", "- Hộ nghèo")),
        ("c. Nội dung thực hiện\n\nMột.\nHai.", "Nội dung hỗ trợ",
         ("c.", "Nội dung thực hiện", "\nMột.\nHai.")),
        ("b) ĐỐI TƯỢNG: Một.\nHai.", "Đối tượng:", ("b)", "ĐỐI TƯỢNG:", "Một.\nHai.")),
        ("b) Đối tượng:", "Đối tượng", ("b)", "Đối tượng:", "")),
    ],
)  # fmt: skip
def test_a_heading(text: str, usual: str, found: tuple[str, str, str]) -> None:
    assert own_heading(text, usual) == OwnHeading(*found)


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("", "Mục tiêu:"),
        ("Mục tiêu: Hỗ trợ.", "Mục tiêu:"),
        ("- Mục tiêu: Hỗ trợ.", "Mục tiêu:"),
        ("1. Hỗ trợ giống: 5 hộ", "Nội dung hỗ trợ:"),
        ("1. Hỗ trợ giống:\n- Bò", "Nội dung hỗ trợ:"),
        ("05 mục tiêu: một, hai", "Mục tiêu:"),
        ("a. Mục tiêu", "Mục tiêu:"),  # nothing below: a line that ends
        ("a. Mục tiêu của dự án là giảm nghèo.\nHai.", "Mục tiêu:"),
        ("1. Nội dung tập huấn: trồng trọt\n2. Nội dung hỗ trợ: giống", "Nội dung:"),
        ("a) Nội dung tập huấn: trồng trọt; b) Nội dung hỗ trợ: giống", "Nội dung:"),
        (f"1. Nội dung {'rất ' * 20}dài: một", "Nội dung:"),
    ],
)
def test_no_heading(text: str, usual: str) -> None:
    assert own_heading(text, usual) is None


_WORDS = st.text(alphabet=st.sampled_from("abc đớưẦ,;-:\n"), max_size=40)
_NUMBERS = st.builds(
    number, st.sampled_from(_COUNTED), st.integers(1, len(LETTERS) - 1), st.sampled_from(_ABOVE)
)


@given(_NUMBERS, st.sampled_from(_USUAL), _WORDS)
def test_the_number_and_title_of_a_heading_are_as_typed(at: str, usual: str, text: str) -> None:
    title = f"{usual.rstrip(':')}:"
    found = own_heading(f"{at} {title} {text}", usual)
    assert found is not None
    assert (found.number, found.title) == (at, title)
    assert found.text.split() == text.split()


@given(_NUMBERS, st.sampled_from(_USUAL), _WORDS)
def test_a_list_is_none(at: str, usual: str, text: str) -> None:
    assert own_heading(f"{at} {usual} {text}\n{following(at)} {text}", usual) is None


@given(_NUMBERS, st.sampled_from(_USUAL), st.text(alphabet="hmw ỗợ:\n", min_size=1, max_size=40))
def test_other_words_are_none(at: str, usual: str, text: str) -> None:
    assert own_heading(f"{at} {text}", usual) is None


@given(st.one_of(st.text(), st.builds("{} {} {}".format, _NUMBERS, st.sampled_from(_USUAL),
                                      st.text())), st.sampled_from(_USUAL))  # fmt: skip
def test_no_word_is_lost(text: str, usual: str) -> None:
    found = own_heading(text, usual)
    if found is not None:
        said = f"{found.number}{found.title}{found.text}"
        assert "".join(said.split()) == "".join(text.split())


@given(st.sampled_from(_COUNTED), st.integers(1, len(LETTERS) - 1), st.sampled_from(_ABOVE))
def test_numbers_follow_as_they_are_counted(style: HeadingStyle, at: int, above: str) -> None:
    assert following(number(style, at, above)) == number(style, at + 1, above)
