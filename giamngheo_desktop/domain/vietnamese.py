"""How Vietnamese text is stored, searched, compared and put in order.

Order: letters a ă â b c d đ e ê … first, over the whole text; then the tones ngang, huyền, hỏi,
ngã, sắc, nặng (CLDR `vi`, the order of dictionaries). Upper and lower case, hòa and hoà are equal.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from textwrap import shorten

KEY_VERSION = 1  # raise when search_key or sort_key changes: stored keys are then recomputed

_VOWELS = "aăâeêioôơuưy"
_TONE_MARKS = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng
_APOSTROPHES = "'’ʼ‘ʻʹ′`´＇"
_LOOK_ALIKES = {"Đ": "d", "đ": "d", "Ð": "d", "ð": "d", "Ɖ": "d", "ɖ": "d", "Ƀ": "b", "ƀ": "b"}
_SIGNS = {"–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "“": '"', "”": '"', "«": '"', "»": '"'}

# The sort key uses only 0-9 and a-z, so that every database and collation orders it alike:
# 0 ends a level, 1 is a space, 2 begins a number, 3-z are the 33 letters.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LETTER_CODES = dict(zip(_ALPHABET, _DIGITS[3:], strict=True))
_TONE_CODES = dict(zip(_TONE_MARKS, "23456", strict=True))

_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
_NAMED = 60  # letters of a text that stands for a name
_BULLET = re.compile(r"^\s*(?:[•·▪◦●○■□➢➤✓\uf0b7\uf0a7\uf0d8\uf02d]\s*|o\t\s*)")
_RUN = re.compile(r"[0-9]+|[^0-9]+")
_TONES = re.compile(f"[{_TONE_MARKS}]")
_EITHER_I_OR_Y = re.compile(r"^(h|k|l|m|s|t|qu)i$")
_ONE_D = str.maketrans("ðɖ", "đđ")  # letters of other scripts that look like đ
_NO_APOSTROPHES = dict.fromkeys(map(ord, _APOSTROPHES))


def _fold_table() -> dict[int, str | None]:
    table: dict[int, str | None] = {}
    for code in range(0xA0):
        if unicodedata.category(chr(code)) == "Cc":
            table[code] = " " if chr(code).isspace() else None
    for vowel in _VOWELS:
        plain = unicodedata.normalize("NFD", vowel)[0]
        for mark in ("", *_TONE_MARKS):
            letter = unicodedata.normalize("NFC", vowel + mark)
            table[ord(letter)] = table[ord(letter.upper())] = plain
    for letter in "BCDFGHJKLMNPQRSTVWXZ":
        table[ord(letter)] = letter.lower()
    for source, target in (_LOOK_ALIKES | _SIGNS).items():
        table[ord(source)] = target
    return table | _NO_APOSTROPHES


_FOLD = _fold_table()


def nfc(text: str) -> str:
    """The composed form ("dựng sẵn"), the only one that is stored."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """One line as it is stored: NFC, trimmed, single spaces, no control or invisible characters."""
    spaced = " ".join(nfc(text).split())
    if spaced.isprintable():
        return spaced
    visible = (c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return nfc(" ".join("".join(visible).split()))


def ended(text: str, mark: str = ".") -> str:
    """A line with a mark behind it, where none stands there."""
    return text if not text or text[-1] in ".;:,!?…" else f"{text}{mark}"


def clean_prose(text: str) -> str:
    """Lines as they are stored: each cleaned, the spaces it begins with kept, a bullet of Word as a
    dash; no empty lines around them.
    """
    lines = (_BULLET.sub("- ", line) for line in nfc(text).splitlines())
    kept = (" " * (len(line) - len(line.lstrip(" "))) + clean(line) for line in lines)
    return "\n".join(line.rstrip() for line in kept).strip("\n")


def first_words(text: str) -> str:
    """A text of many words as it is named: in one line, cut behind a word."""
    return shorten(text, _NAMED, placeholder="…")


def lower(text: str) -> str:
    """NFC, small letters."""
    return nfc(nfc(text).lower())


def upper(text: str) -> str:
    """NFC, capital letters."""
    return nfc(nfc(text).upper())


def search_key(text: str) -> str:
    """Pure ASCII for searching: no marks, no case, đ as d, single spaces, apostrophes left out.

    Letters outside the Latin script become their code (`u738b`), so that they can still be found.
    """
    folded = nfc(text).translate(_FOLD)
    if not folded.isascii():
        folded = "".join(map(_fold_stranger, _decompose(folded)))
    return " ".join(folded.split())


def is_unmarked(text: str) -> bool:
    """Written without marks from beginning to end, as on some keyboards: Nguyen Van An."""
    return search_key(text) == lower(clean(text))


def compare_key(text: str) -> str:
    """Equal for two spellings of the same word: hoà/hòa, thuý/thúy, uỷ/ủy, Lí/Lý, Mĩ/Mỹ, quí/quý.

    Only for comparing, never shown. Marks count; case, punctuation and apostrophes do not.
    i and y are one only where the syllable is h, k, l, m, s, t or qu with that single vowel
    (the cases of QĐ 1989/QĐ-BGDĐT, 25/5/2018, and qu): tai/tay, Vi/Vy and y/i stay apart.
    """
    return " ".join(filter(None, map(_compare_word, _words(text))))


def sort_key(text: str) -> str:
    """Pure ASCII (0-9, a-z) for ordering; numbers inside by their value (Thôn 2 before Thôn 10)."""
    keys = [key for key in map(_sort_word, _words(text)) if key[0]]
    letters = "1".join(key[0] for key in keys)
    tones = "".join(key[1] for key in keys).rstrip("1")
    return f"{letters}0{tones}"


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text.translate(_NO_APOSTROPHES)).lower()
    return _WORD.findall(plain)


def _decompose(text: str) -> str:
    """NFKD without case; casefold may itself give marks, hence twice."""
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())


def _fold_stranger(char: str) -> str:
    """A character of decomposed text as ASCII; marks and invisible characters as nothing."""
    if ord(char) in _FOLD:
        return _FOLD[ord(char)] or ""
    if char.isascii():
        return char
    category = unicodedata.category(char)
    if category[0] == "M" or category in ("Cc", "Cf", "Cs"):
        return ""
    return " " if category[0] == "Z" else f"u{ord(char):x}"


def _split_tone(word: str) -> tuple[str, str]:
    """The word without tone (NFC), and its tone mark: a Vietnamese syllable has one at most."""
    decomposed = unicodedata.normalize("NFD", word)
    found = _TONES.search(decomposed)
    if found is None:
        return nfc(word), ""
    return nfc(_TONES.sub("", decomposed)), found.group()


@lru_cache(maxsize=8192)  # a commune has 40,000 names and some hundred syllables
def _sort_word(word: str) -> tuple[str, str]:
    """Letter codes and the tone code of one word."""
    plain, tone = _split_tone(word)
    plain = plain.translate(_ONE_D)
    known = "".join(c if c in _LETTER_CODES else search_key(c) for c in plain)
    return _RUN.sub(_code, known), _TONE_CODES.get(tone, "1")


def _code(found: re.Match[str]) -> str:
    """Letters one by one; a number as 2, the count of its digits, its digits."""
    run = found.group()
    if run[0] not in "0123456789":
        return "".join(_LETTER_CODES[letter] for letter in run)
    digits = run.lstrip("0") or "0"
    return f"2{_DIGITS[min(len(digits), 35)]}{digits}"


@lru_cache(maxsize=8192)
def _compare_word(word: str) -> str:
    """The word with its tone mark at the end, wherever it was written."""
    plain, tone = _split_tone(word)
    return nfc(_EITHER_I_OR_Y.sub(r"\1y", plain.translate(_ONE_D)) + tone)
