"""Typing as UniKey does it: a letter, then Backspaces, then the composed letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

BACK = "\b"
_TONES = "\u0300\u0309\u0303\u0301\u0323"

NAMES = (
    "Nguyễn Thị Hoà",
    "Trần Văn Đức",
    "Lê Thị Thuý",
    "Phạm Quốc Uỷ",
    "Hoàng Đình Nghĩa",
    "Huỳnh Ngọc Phượng",
    "Phan Thị Tường Vy",
    "Vũ Đức Thắng",
    "Võ Thị Bưởi",
    "Đặng Hữu Phước",
    "Bùi Thị Kim Cương",
    "Đỗ Quang Huy",
    "Hồ Thị Mỹ Lệ",
    "Ngô Đăng Khoa",
    "Dương Thị Ánh Tuyết",
    "Lý Thị Mẩy",
    "Đinh Văn Rết",
    "Đào Thị Ửng",
    "Đoàn Minh Khuê",
    "Trịnh Thị Quỳnh",
    "Trương Công Định",
    "Mai Thị Hường",
    "Cao Xuân Quý",
    "Tô Thị Nhẫn",
    "Lương Văn Cường",
    "Hà Thị Nguyệt",
    "Châu Thị Ngoãn",
    "Tạ Đình Khuyến",
    "Thái Thị Hữu",
    "Kiều Oanh",
    "Quách Thị Đượm",
    "Lưu Quang Vũ",
    "Nông Thị Xuyến",
    "Triệu Tài Vinh",
    "Giàng A Pháo",
    "Vàng Thị Dở",
    "Sùng Seo Chẩn",
    "Lò Thị Ín",
    "Quàng Văn Đôi",
    "Cầm Bá Xuân",
    "Rơ Châm Hyúk",
    "Ksor Hờ Bớt",
    "Y Bhuôr Êban",
    "Hờ Bia Niê",
    "Siu Thị Đuôn",
    "Thạch Thị Sà Rây",
    "Danh Thị Sóc Khêng",
    "Sơn Thị Sà Phươl",
    "Kim Thị Rọt",
    "Âu Thị Ngưỡng",
)


def _parts(letter: str) -> tuple[str, str, str]:
    """Base letter, letter with hat or horn, tone mark."""
    if letter in "đĐ":
        return ("d" if letter == "đ" else "D"), letter, ""
    decomposed = unicodedata.normalize("NFD", letter)
    tone = "".join(mark for mark in decomposed if mark in _TONES)
    shaped = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
    return decomposed[0], shaped, tone


def _change(old: str, new: str) -> str:
    """Backspaces and letters that make `old` into `new`, as UniKey sends them."""
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    return BACK * (len(old) - same) + new[same:]


def telex(text: str) -> Iterator[str]:
    """Hats and horns at once (dd, oo, uw), tones at the end of the word."""
    for at, word in enumerate(text.split(" ")):
        if at:
            yield " "
        shown = ""
        for letter in word:
            base, shaped, _ = _parts(letter)
            yield base
            shown += base
            if shaped != base:
                yield _change(shown, shown[:-1] + shaped)
                shown = shown[:-1] + shaped
        if shown != word:
            yield _change(shown, word)


def vni(text: str) -> Iterator[str]:
    """All marks at the end of the word: first hats and horns, then the tone."""
    for at, word in enumerate(text.split(" ")):
        if at:
            yield " "
        shown = "".join(_parts(letter)[0] for letter in word)
        yield shown
        for change in ("".join(_parts(letter)[1] for letter in word), word):
            if change != shown:
                yield _change(shown, change)
                shown = change


def press(widget: QWidget, keys: str) -> None:
    """Send these keys to the widget: Backspaces and letters, each down and up."""
    for letter in keys:
        key = Qt.Key.Key_Backspace if letter == BACK else Qt.Key.Key_unknown
        if " " <= letter <= "~":
            key = Qt.Key(ord(letter.upper()))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(widget, event)


def presses(text: str) -> int:
    """How many keys somebody presses for it in Telex, Shift for a capital among them."""
    count = 0
    for letter in text:
        base, shaped, tone = _parts(letter)
        count += 1 + (shaped != base) + bool(tone) + letter.isupper()
    return count
