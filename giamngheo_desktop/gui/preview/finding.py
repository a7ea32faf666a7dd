"""Finds words on the pages of a PDF, without marks and case, off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from giamngheo_desktop.domain.vietnamese import nfc, search_key
from giamngheo_desktop.gui.preview.paper import opened

MOST = 999  # hits that are looked for: enough to go through by hand
_AT_ONCE = 16  # pages read before the file is free for who draws: opening it takes as long as one

Tell = Callable[[tuple["Hit", ...], int, int], object]
_Fold = Callable[[str], str]
Box = tuple[float, float, float, float]  # left, bottom, right, top in points


@dataclass(frozen=True, slots=True)
class Hit:
    """Words found on a page (from 0), a box for each line they stand on."""

    page: int
    boxes: tuple[Box, ...]


def find(data: bytes, words: str, tell: Tell = lambda *_so_far: None) -> tuple[Hit, ...]:
    """Where the words stand, in order of the pages; "thi ngu" finds Thị Ngữ, also over two lines.

    Words typed with marks find only those with the same marks. `tell(hits, done, pages)` now and
    then; what it raises ends the search.
    """
    fold = _folded if nfc(words).isascii() else _lowered
    wanted = _squeezed(nfc(words), fold)[0].strip()
    found: list[Hit] = []
    done, pages = 0, 1
    while wanted and done < pages and len(found) < MOST:
        with opened(data) as document:
            pages = len(document)
            for page in range(done, min(done + _AT_ONCE, pages)):
                found += _on_page(document[page], page, wanted, fold)
                done = page + 1
        tell(tuple(found[:MOST]), done, pages)
    return tuple(found[:MOST])


@lru_cache(maxsize=4096)
def _folded(letter: str) -> str:
    return " " if letter.isspace() else search_key(letter)


@lru_cache(maxsize=4096)
def _lowered(letter: str) -> str:
    return " " if letter.isspace() else letter.lower()


def _on_page(sheet: Any, page: int, wanted: str, fold: _Fold) -> Iterator[Hit]:
    text = sheet.get_textpage()
    try:
        written = text.get_text_range()
        letters, places = _squeezed(written, fold)
        at = letters.find(wanted)
        while at >= 0:
            yield Hit(page, tuple(_boxes(text, places[at : at + len(wanted)])))
            at = letters.find(wanted, at + 1)
    finally:
        text.close()
        sheet.close()


def _squeezed(written: str, fold: _Fold) -> tuple[str, list[int]]:
    """The folded letters with single spaces, and the place of each in what is written."""
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(written):
        for piece in fold(letter):
            if piece == " " and (not letters or letters[-1] == " "):
                continue
            letters.append(piece)
            places.append(at)
    return "".join(letters), places


def _boxes(text: Any, places: list[int]) -> Iterator[Box]:
    """One box for the letters of each line."""
    line: Box | None = None
    for place in dict.fromkeys(places):
        left, bottom, right, top = text.get_charbox(place)
        if right <= left:
            continue  # a space has no body
        if line is not None and bottom < line[3] and top > line[1] and left >= line[0]:
            line = (line[0], min(line[1], bottom), max(line[2], right), max(line[3], top))
            continue
        if line is not None:
            yield line
        line = (left, bottom, right, top)
    if line is not None:
        yield line
