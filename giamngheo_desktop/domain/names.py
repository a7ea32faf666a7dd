"""How personal names are split, ordered and capitalised; guesses that the clerk can correct.

Kinh and most others: the last word is the given name (tên). Ê Đê, Mnông, K'Ho and others write a
mark of sex first – `Y`, `H'`, `K'` – then the name, then perhaps the clan: such a name is not
taken apart, since what stands last is not what the person is called by.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal

from giamngheo_desktop.domain.vietnamese import clean, lower, sort_key, upper

NameOrder = Literal["given_family_middle", "given_middle_family"]

_MARKED_FIRST = re.compile(r"[YHK]|[YHK]['’ʼ‘].*", re.IGNORECASE)
_BARE_MARK = re.compile(r"[HK]['’ʼ‘]", re.IGNORECASE)
_UNIT_KIND = re.compile(
    r"(tổ dân phố|khu phố|thị trấn|thành phố|đặc khu|thôn|xóm|ấp|bản|buôn|làng|khối|khu|tổ"
    r"|xã|phường|tỉnh|huyện|quận)(?=\s|$)"
)
_WORD_START = re.compile(r"(^|[\s'’ʼ‘-])(\w)")


def split_name(text: str) -> tuple[str, str]:
    """Họ đệm and tên: Nguyễn Văn An → ("Nguyễn Văn", "An").

    Together they are the name as typed, in its order. A single word is the given name; names that
    begin with Y, H' or K' and names of two words that begin with A (Xơ Đăng, Giẻ Triêng men) stay
    whole: ("", "Y Moan Êñuôl"). After a family name H' belongs to the name behind it:
    ("Ksor", "H' Lan").
    """
    words = clean(text).split()
    if len(words) < 2 or _MARKED_FIRST.fullmatch(words[0]):
        return "", " ".join(words)
    if len(words) == 2 and lower(words[0]) == "a":
        return "", " ".join(words)
    given = 2 if len(words) > 2 and _BARE_MARK.fullmatch(words[-2]) else 1
    return " ".join(words[:-given]), " ".join(words[-given:])


def join_name(family_middle: str, given: str) -> str:
    """The full name of its two parts, either of which may be empty."""
    return clean(f"{family_middle} {given}")


def person_sort_key(
    family_middle: str, given: str, order: NameOrder = "given_family_middle"
) -> str:
    """Pure ASCII: tên, then họ, then đệm (or tên, đệm, họ), each compared whole before the next."""
    family, _, middle = clean(family_middle).partition(" ")
    rest = (family, middle) if order == "given_family_middle" else (middle, family)
    return "0".join(sort_key(part) for part in (given, *rest))


def capitalise_name(text: str) -> str:
    """NGUYỄN VĂN AN and nguyễn văn an → Nguyễn Văn An; H'BIA → H'Bia.

    A name in mixed case is left as typed: its writer knew (Y Jŭt, R'Com, Kpă H'mai).
    """
    name = clean(text)
    if name not in (upper(name), lower(name)):
        return name
    return _WORD_START.sub(lambda found: found[1] + upper(found[2]), lower(name))


def capitalise_unit(text: str) -> str:
    """thôn cây tắt → Thôn Cây Tắt, tổ dân phố 5 → Tổ dân phố 5; capitals typed by hand stay."""
    name = clean(text)
    if name != lower(name):
        return name
    kind = _UNIT_KIND.match(name)
    if kind is None:
        return capitalise_name(name)
    rest = capitalise_name(name[kind.end() :])
    return join_name(f"{upper(name[0])}{name[1 : kind.end()]}", rest)


def capitalise_units(text: str) -> str:
    """Several units parted by semicolons: thôn đông; thôn đoài → Thôn Đông; Thôn Đoài."""
    return "; ".join(filter(None, map(capitalise_unit, text.split(";"))))


# What a field's `capitals` names: done once when the field is left, never while typing.
CAPITALS: Mapping[str, Callable[[str], str]] = {
    "person": capitalise_name,
    "unit": capitalise_unit,
    "units": capitalise_units,
}
