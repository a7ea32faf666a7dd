"""Names of communes that have to send, as they are typed and pasted."""

from __future__ import annotations

import pytest

from giamngheo_desktop.domain.commune_names import names_in, silent, twice


@pytest.mark.parametrize(
    ("expected", "sent", "waiting"),
    [
        ("Ba Tơ", "Xã Ba Tơ", ""),
        ("XÃ BA TƠ", "Ba Tơ", ""),
        ("Ba Tơ;Ba Tô", "Xã Ba Tơ", "Ba Tô"),  # two communes of one province
        ("Ba Tô", "Xã Ba Tơ", "Ba Tô"),
        ("xa ba to", "Xã Ba Tơ", ""),
        ("ba to;Ba Tơ", "Xã Ba Tơ", "ba to"),
        ("Xã Ba Tơ;Phường Ba Tơ", "Phường Ba Tơ", "Xã Ba Tơ"),
        ("Hoà Bình", "Xã Hòa Bình", ""),
        ("Bình Minh;Bình Minh", "Xã Bình Minh", "Bình Minh"),  # of two districts
        ("Phường 1;Phường 11", "Phường 11", "Phường 1"),
        ("Xã Ba, huyện A;Ba, huyện B", "Ba, Huyện B", "Xã Ba, huyện A"),
        ("Ba;Ba, huyện B", "Xã Ba, B", "Ba"),
        ("Xã Ba, huyện A", "Xã Ba", ""),  # there are no districts any more
    ],
)
def test_who_is_silent_is_told_by_the_names_alone(expected: str, sent: str, waiting: str) -> None:
    assert ";".join(silent(expected.split(";"), sent.split(";"))) == waiting


def test_a_list_pasted_from_a_sheet_is_names() -> None:
    pasted = "1\tXã  Ba Tơ\n\n 2. Phường 1\nĐặc khu Lý Sơn\t\r\n150) Trà Bồng\n12\n"
    names = ("Xã Ba Tơ", "Phường 1", "Đặc khu Lý Sơn", "Trà Bồng", "12")
    assert names_in(pasted) == names


@pytest.mark.parametrize(
    ("names", "same"),
    [
        ("Ba Tơ;Trà Bồng;XÃ BA TƠ", ("Ba Tơ", "XÃ BA TƠ")),
        ("Hoà Bình;Hòa Bình", ("Hoà Bình", "Hòa Bình")),
        ("Xã Ba, huyện A;Xã Ba", ("Xã Ba, huyện A", "Xã Ba")),
        ("Xã Ba, huyện A;Ba, A", ("Xã Ba, huyện A", "Ba, A")),
        ("Xã Ba, huyện A;Xã Ba, huyện B", None),
        ("Xã Ba Tơ;Thị trấn Ba Tơ;Ba Tô", None),
    ],
)
def test_who_is_named_twice_is_told_unless_they_are_two(
    names: str, same: tuple[str, str] | None
) -> None:
    assert twice(names.split(";")) == same
