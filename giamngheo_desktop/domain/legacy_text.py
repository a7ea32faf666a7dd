"""Vietnamese of the old fonts – TCVN3 (.VnTime), VNI – and of Windows (CP1258), read as Unicode.

A text of an old font is a row of Western letters. One cell alone may be either: `Võng` is a word
of both. What is told apart by letters that Vietnamese has not is told so; the rest goes with its
row, then with its sheet (`readings`). Decomposed Unicode needs no question: it is composed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from giamngheo_desktop.domain.vietnamese import lower, nfc

TCVN3, VNI, CP1258 = "tcvn3", "vni", "cp1258"

_LETTERS = (
    "àảãáạ ăằẳẵắặ âầẩẫấậ đ èẻẽéẹ êềểễếệ ìỉĩíị òỏõóọ ôồổỗốộ ơờởỡớợ ùủũúụ ưừửữứự ỳỷỹýỵ ĂÂÊÔƠƯĐ"
).replace(" ", "")
_CODES = bytes.fromhex(
    "b5b6b7b8b9a8bbbcbdbec6a9c7c8c9cacbaecccecfd0d1aad2d3d4d5d6d7d8dcdddedfe1e2e3e4abe5e6e7e8e9"
    "aceaebecedeeeff1f2f3f4adf5f6f7f8f9fafbfcfdfea1a2a3a4a5a6a7"
).decode("latin-1")  # fmt: skip
_TCVN3 = dict(zip(_CODES, _LETTERS, strict=True))

_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT = "\u0300\u0309\u0303\u0301\u0323"
_ROOF, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_VNI_MARKS: Mapping[str, str] = {
    "ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT,
    "â": _ROOF, "á": _ROOF + _ACUTE, "à": _ROOF + _GRAVE, "å": _ROOF + _HOOK,
    "ã": _ROOF + _TILDE, "ä": _ROOF + _DOT,
    "ê": _BREVE, "é": _BREVE + _ACUTE, "è": _BREVE + _GRAVE, "ú": _BREVE + _HOOK,
    "ü": _BREVE + _TILDE, "ë": _BREVE + _DOT,
}  # fmt: skip
_VNI_LETTERS = {"æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ", "ô": "ơ", "ö": "ư"}
_WITH_BREVE = frozenset("êéèúüë")
_CP1258 = {"Ì": _GRAVE, "Ò": _HOOK, "Þ": _TILDE, "ì": _ACUTE, "ò": _DOT}
_CP1258_LETTERS = {"Ã": "Ă", "ã": "ă", "Ð": "Đ", "ð": "đ", "Õ": "Ơ", "õ": "ơ", "Ý": "Ư", "ý": "ư"}

# A syllable: onset, rhyme without tone, and which tones a closed rhyme may have.
_ONSET = "(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x|)"
_RHYMES = (
    "a|ă|â|e|ê|i|o|ô|ơ|u|ư|y|ai|ay|ây|ao|au|âu|eo|êu|ia|iu|iêu|yêu|oa|oe|oi|ôi|ơi|oai|oay|oao|oeo"
    "|ua|uê|ui|uy|uya|uyu|uây|uơ|uôi|uao|ưa|ưi|ưu|ươi|ươu|ya|yu|ue"
    "|am|an|ang|anh|ăm|ăn|ăng|âm|ân|âng|em|en|eng|êm|ên|ênh|im|in|inh|iêm|iên|iêng|yêm|yên|yêng"
    "|om|on|ong|oong|ôm|ôn|ông|ơm|ơn|oam|oan|oang|oanh|oăm|oăn|oăng|oen|um|un|ung|uân|uâng|uênh"
    "|uôm|uôn|uông|uyn|uynh|uyên|ưm|ưn|ưng|ươm|ươn|ương|ynh|uan|uang|uanh|uăn|uăng|uen|uên"
)
_STOPPED = (
    "ac|at|ap|ach|ăc|ăt|ăp|âc|ât|âp|ec|et|ep|êt|êp|êch|it|ip|ich|iêc|iêt|iêp|yêt|oc|ot|op|ooc|ôc|ôt"
    "|ôp|ơt|ơp|oac|oat|oap|oach|oăc|oăt|oet|uc|ut|up|uât|uêch|uôc|uôt|uyt|uych|uyêt|ưc|ưt|ươc|ươt"
    "|ươp|uat|uac|uăt|uet|uêt|yt|ych"
)
_OPEN = re.compile(f"{_ONSET}(?:{_RHYMES})")
_CLOSED = re.compile(f"{_ONSET}(?:{_STOPPED})")
_TONES = frozenset((_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT))
_WORD = re.compile(r"[^\W\d_]+")
_FOREIGN = re.compile("[ĀāĒēĪīŌōŪūŬŭĔĕĬĭŎŏ]")  # of other peoples' names, and of no old font


def from_tcvn3(text: str) -> str:
    """`NguyÔn V¨n` → Nguyễn Văn."""
    return "".join(_TCVN3.get(each, each) for each in text)


def from_vni(text: str) -> str:
    """`Nguyeãn Vaên` → Nguyễn Văn."""
    made: list[str] = []
    for each in text:
        low = each.lower()
        before = made[-1][0].lower() if made else ""
        takes_mark = bool(before) and _takes(before, low)
        if low in _VNI_MARKS and takes_mark:
            made[-1] += _VNI_MARKS[low]
        elif low in _VNI_LETTERS:
            new = _VNI_LETTERS[low]
            made.append(new.upper() if each != low else new)
        else:
            made.append(each)
    return nfc("".join(made))


def _takes(letter: str, sign: str) -> bool:
    if len(_VNI_MARKS.get(sign, "")) == 1 and sign not in "âê":
        return letter in "aeiouyơư"
    return letter == "a" if sign in _WITH_BREVE else letter in "aeo"


def from_cp1258(text: str) -> str:
    """The bytes of Vietnamese Windows that were read as Western ones."""
    made = "".join(_CP1258.get(each, _CP1258_LETTERS.get(each, each)) for each in text)
    return nfc(made)


CONVERSIONS: Mapping[str, Callable[[str], str]] = {
    TCVN3: from_tcvn3,
    VNI: from_vni,
    CP1258: from_cp1258,
}


@lru_cache(maxsize=16384)
def strange(text: str) -> int:
    """How many words of a text are no Vietnamese syllables."""
    return sum(not _is_syllable(word) for word in _WORD.findall(nfc(text).lower()))


def _is_syllable(word: str) -> bool:
    spread = unicodedata.normalize("NFD", word)
    tones = [each for each in spread if each in _TONES]
    plain = nfc("".join(each for each in spread if each not in _TONES))
    if len(tones) > 1:
        return False
    if _OPEN.fullmatch(plain):
        return True
    return _CLOSED.fullmatch(plain) is not None and tones in ([_ACUTE], [_DOT])


def is_open(text: str) -> bool:
    """Whether the letters leave open what the text is written in."""
    return not text.isascii() and all(ord(each) < 0x100 for each in nfc(text) if each.isalpha())


def _best(text: str) -> str:
    """The encoding that makes most syllables of an open text; "" for Unicode, also in a tie."""
    found, least = "", _weight(text, "")
    for name, convert in CONVERSIONS.items():
        weight = _weight(text, name)
        if convert(text) != text and weight < least:
            found, least = name, weight
    return found


def _weight(text: str, encoding: str) -> int:
    """How little like Vietnamese a text is if it is written so."""
    made = CONVERSIONS[encoding](text) if encoding else text
    return strange(made) * 2 + _unknown(made)


_VIETNAMESE = frozenset(_LETTERS + _LETTERS.upper())


def _unknown(text: str) -> int:
    """Letters and signs that no Vietnamese text has."""
    return sum(ord(each) > 0xA0 and each not in _VIETNAMESE for each in nfc(text))


def readings(rows: Sequence[Sequence[str]]) -> list[str]:
    """What each row is written in ("" for Unicode): by its own letters, else as most rows are."""
    told: list[str | None] = []
    for row in rows:
        texts = [text for text in row if not text.isascii()]
        if any(not is_open(text) for text in texts):
            told.append("")
            continue
        votes = Counter(_best(text) for text in texts)
        whole = _best(" ".join(texts)) if texts else None
        told.append(whole if whole or votes else None)
    sure = Counter(each for each in told if each)
    unicode_rows = any(
        each == "" and any(not is_open(text) for text in row if not text.isascii())
        for each, row in zip(told, rows, strict=True)
    )
    most = sure.most_common(1)[0][0] if sure and not unicode_rows else ""
    return [
        most if most and _goes_with(row, each, most) else each or ""
        for row, each in zip(rows, told, strict=True)
    ]


def _goes_with(row: Sequence[str], own: str | None, most: str) -> bool:
    """Whether a row is written as most rows are: it says nothing else, or hardly does."""
    whole = " ".join(text for text in row if not text.isascii())
    return not own or _weight(whole, most) <= _weight(whole, own) + 2


class Alone(NamedTuple):
    """What a text by itself is written in ("" for Unicode); `doubtful`: the officer is to look."""

    encoding: str
    doubtful: bool


def alone(texts: Sequence[str], fonts: Sequence[str] = ()) -> list[Alone]:
    """The same of the texts of a column whose rows are Unicode otherwise: words that are no
    Vietnamese syllables and become such in an old font, or signs that no name has. Names of other
    peoples stay; beside others in an old font they are doubtful. `fonts` are the encodings whose
    fonts the texts are set in ("" : of none): many such cells hold Unicode all the same.
    """
    told = [_alone(text) for text in texts]
    sure = Counter(found[0] for found in told if len(found) == 1)
    most = [name for name, _ in sure.most_common()]
    made = []
    for text, found, font in zip(texts, told, fonts or [""] * len(texts), strict=True):
        name = next((name for name in (font, *most) if name in found), found[0] if found else "")
        is_told = font and is_open(text) and CONVERSIONS[font](text) != text
        if is_told and not name and strange(text) and _weight(text, font) <= _weight(text, ""):
            name = font
        doubtful = name or is_told or (most and is_open(text) and strange(text))
        made.append(Alone(name, bool(doubtful)))
    return made


@lru_cache(maxsize=16384)
def _alone(text: str) -> tuple[str, ...]:
    """The encodings that a text by itself is likely to be in; none for Unicode."""
    if not is_open(text):
        return ()
    signs = [name for name, sign in _SIGNS.items() if sign.search(text)]
    if not signs and not strange(text):
        return ()
    made = {name: convert(text) for name, convert in CONVERSIONS.items()}
    found = [name for name, new in made.items() if new != text and not _weight(text, name)]
    # with a sign it is that, also if it is no Vietnamese then: a name of another people
    found = [n for n in signs if n in found] or found or [n for n in signs if made[n] != text]
    usual = {name: len(_COMMON.findall(lower(made[name]))) for name in found}
    return tuple(name for name in found if usual[name] == max(usual.values()))


# What neither Vietnamese nor the names of other peoples have: `®`, `BrÝu`, `HÌn`; `Bloâ`, `Möôøng`.
_SIGNS = {
    VNI: re.compile("[aoeAOE][âÂ]|[öÖ]"),
    TCVN3: re.compile("[\xa1-\xbe]|[a-z][À-ÖØ-Þ]|[A-Z][À-ÖØ-Þ][a-z]|[A-Z]{2}[à-öø-ÿ]"),
}
_COMMON = re.compile(
    r"\b(?:nguyễn|trần|lê|phạm|hoàng|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|hà|cao|văn|thị|đức)\b"
)
