"""The shipped paper typeface: registering it, measuring text with it, breaking text into lines."""

from __future__ import annotations

import threading
import unicodedata
from enum import StrEnum
from functools import cache, lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from giamngheo_desktop import paths


class Face(StrEnum):
    """The four faces of Tinos: Times New Roman's widths, every Vietnamese letter, free to ship."""

    REGULAR = "Tinos-Regular"
    BOLD = "Tinos-Bold"
    ITALIC = "Tinos-Italic"
    BOLD_ITALIC = "Tinos-BoldItalic"


_LOCK = threading.Lock()


@cache
def register() -> None:
    """Makes the faces known to reportlab, once; two jobs may ask at the same time."""
    with _LOCK:
        for face in Face:
            if face not in pdfmetrics.getRegisteredFontNames():
                file = paths.resources() / "fonts" / f"{face}.ttf"
                pdfmetrics.registerFont(TTFont(face.value, str(file)))


@lru_cache(maxsize=65536)
def _ems(text: str, face: Face) -> float:
    register()
    return float(pdfmetrics.stringWidth(text, face.value, 1))


def text_width(text: str, face: Face, size: float) -> float:
    """Width in points; `text` must come from `printable`."""
    return _ems(text, face) * size


@lru_cache(maxsize=65536)
def printable(text: str) -> str:
    """The text as the faces can draw it: composed letters, no control characters, else `�`.

    Line breaks stay; reportlab would set the marks of decomposed text beside their letters.
    """
    if text.isascii() and text.isprintable():
        return text
    drawable = _letters()
    return "".join(
        letter if ord(letter) in drawable else (" " if letter.isspace() else "�")
        for letter in unicodedata.normalize("NFC", text).replace("\r\n", "\n")
        if letter == "\n" or letter.isspace() or unicodedata.category(letter) not in _INVISIBLE
    )


_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}


@lru_cache(maxsize=1)
def _letters() -> frozenset[int]:
    register()
    faces = [pdfmetrics.getFont(face.value).face for face in Face]
    common = set.intersection(*(set(face.charToGlyph) for face in faces))
    return frozenset(common | {ord("\n")})


def longest_word(text: str, face: Face, size: float) -> float:
    """Width of the widest piece that a line may not break."""
    pieces = (piece for line in text.split("\n") for piece in _pieces(line))
    return max((text_width(piece.rstrip(), face, size) for piece in pieces), default=0.0)


def _pieces(line: str) -> list[str]:
    """Unbreakable pieces with the blanks behind them; a line may also break behind `=`."""
    pieces: list[str] = []
    for word in line.split(" "):
        parts = word.split("=")
        pieces += [f"{part}=" for part in parts[:-1]]
        pieces.append(f"{parts[-1]} ")
    return pieces


def wrap(text: str, face: Face, size: float, width: float) -> tuple[str, ...]:
    """The lines of `text` in a column of `width` points; a word too long is broken by letters."""
    if "\n" not in text and text_width(text, face, size) <= width:
        return (text,)
    return tuple(line for part in text.split("\n") for line in _wrap_line(part, face, size, width))


def balanced(text: str, face: Face, size: float, width: float) -> tuple[str, ...]:
    """As many lines as `wrap` needs, of about the same length: for titles and headings."""
    lines = wrap(text, face, size, width)
    word = longest_word(text, face, size)
    if len(lines) == 1 or word > width or "\n" in text:
        return lines
    low, high = word, width
    while high - low > 1:
        middle = (low + high) / 2
        tried = wrap(text, face, size, middle)
        if len(tried) == len(lines):
            lines, high = tried, middle
        else:
            low = middle
    return lines


def _wrap_line(text: str, face: Face, size: float, width: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if text_width((line + piece).rstrip(), face, size) <= width:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = piece
        while text_width(line.rstrip(), face, size) > width and len(line.rstrip()) > 1:
            cut = _fitting(line, face, size, width)
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _fitting(text: str, face: Face, size: float, width: float) -> int:
    """How many letters of `text` fit, at least one so that the work ends."""
    count = 1
    while count < len(text) and text_width(text[: count + 1], face, size) <= width:
        count += 1
    return count
