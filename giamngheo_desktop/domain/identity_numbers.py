"""What the numbers of identity papers say of their owner, and where they contradict the record.

Personal number (số định danh, on the CCCD): 12 digits – 3 province where the birth is registered,
1 century and sex, 2 year of birth, 6 random; no check digit (NĐ 137/2015/NĐ-CP, TT 07/2016/TT-BCA).
CMND: 9 digits without such meaning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.vietnamese import clean

_LENGTHS = {"cccd": 12, "personal_number": 12, "cmnd": 9}
_SEXES = ("male", "female")
_CENTURIES = (19, 20)  # digits 4 to 9 stand for births from 2100 on

_FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}
# Separators, marks, and the keys that Telex takes for tones (a lone w becomes ư).
_STRAY = re.compile(r"[\s.,\-–—_/'\u0300-\u036fsfrxjzwư]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """The readable parts of a 12-digit number: province code, sex (male, female), birth year."""

    province: str
    sex: str
    birth_year: int


def kind_of_number(number: str) -> str:
    """The paper that a folded number alone is of."""
    return "cccd" if len(number) == _LENGTHS["cccd"] else "cmnd"


def fold_identity(text: str) -> str:
    """The number as stored: without separators and stray Telex keys; other letters stay visible."""
    return _STRAY.sub("", clean(text).translate(_FULL_WIDTH))


def read_personal_number(number: str) -> PersonalNumber | None:
    """The parts of a folded 12-digit number; None where it is no such number."""
    if not re.fullmatch(r"[0-9]{3}[0-3][0-9]{8}", number):
        return None
    century, sex = divmod(int(number[3]), 2)
    return PersonalNumber(number[:3], _SEXES[sex], _CENTURIES[century] * 100 + int(number[4:6]))


def make_personal_number(province: str, sex: str, birth_year: int, serial: int) -> str:
    """A number of this structure, for samples; `serial` has up to six digits.

    Raises ValueError for births outside 1900–2099 and unknown sexes.
    """
    century = _CENTURIES.index(birth_year // 100)
    return f"{province}{century * 2 + _SEXES.index(sex)}{birth_year % 100:02d}{serial:06d}"


def check_identity(
    kind: str | None, number: str | None, sex: str | None, birth: PartialDate | None
) -> list[str]:
    """Codes of `texts.IDENTITY_PROBLEMS`; no number is normal and has no problem.

    `kind` is cccd, personal_number, cmnd; without a kind the length decides. Unknown sex or birth
    contradict nothing.
    """
    folded = fold_identity(number or "")
    if not folded:
        return []
    if not re.fullmatch("[0-9]+", folded):
        return ["id_not_digits"]
    expected = _LENGTHS.get(kind or "")
    if expected is None and len(folded) not in (9, 12):
        return ["id_length"]
    if expected is not None and len(folded) != expected:
        return [f"id_length_{expected}"]
    if len(set(folded)) == 1:
        return ["id_placeholder"]
    if len(folded) == 9:
        return []
    parts = read_personal_number(folded)
    if parts is None:
        return ["id_century"]
    problems = []
    if sex in _SEXES and sex != parts.sex:
        problems.append("id_sex")
    if birth is not None and birth.year != parts.birth_year:
        problems.append("id_birth_year")
    return problems
