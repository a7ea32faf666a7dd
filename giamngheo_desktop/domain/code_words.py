"""Free text of a list → the code of an answer, an ID number, a name, a number."""

from __future__ import annotations

import re
from decimal import Decimal
from uuid import UUID

from giamngheo_desktop.domain.answer_text import read_answer
from giamngheo_desktop.domain.cell_reading import NOTHING, Read, Reading
from giamngheo_desktop.domain.choices import resolve_choice, resolve_choices
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.gone_words import parted, says_gone
from giamngheo_desktop.domain.identity_numbers import fold_identity
from giamngheo_desktop.domain.names import capitalise_name
from giamngheo_desktop.domain.sheet_table import Cell, text_of
from giamngheo_desktop.domain.vietnamese import clean, lower, search_key

_EMPTY = frozenset({"", "-", "–", "—", "...", "…"})
_DOUBT = re.compile(r"\s*\(?\?+\)?$")
_SIGNS = re.compile(r"^[\s.,:;*–-]+|[\s.,:;*]+$")
_NOTE = re.compile(r"^(.+?)\s*[(\[]([^)\]]*)[)\]]\s*$")
_FORMULA = re.compile(r"^[=+]|[@=|]")  # nobody is called @SUM(A1)
_SCORE = re.compile(r"(-?[0-9]+)(?:[.,]0+)?\s*(?:điểm|đ|người|nhân khẩu|khẩu|hộ)?", re.IGNORECASE)
_ROUNDED = re.compile(r"[0-9][.,][0-9]+\s*e\+?[0-9]+", re.IGNORECASE)
_WORDS = {"sx": "sản xuất", "lđ": "lao động", "kd": "kinh doanh"}
_SHORT = re.compile(r"\b(?:SX|LĐ|KD)\b", re.IGNORECASE)
_NO_PAPER = frozenset({"khong", "khong co", "chua", "chua co", "chua cap", "ko", "k"})
_BOTH = frozenset({"yes", "no"})
_YES = frozenset({"x", "v", "1", "co", "true", "yes", "✓", "✔", "☑", "√", "+", "dung"})
_NO = frozenset({"0", "khong", "ko", "k", "no", "false", "sai", "khong co"})


def read_choice(field: FieldDef, cell: Cell, unknown: str) -> Read:
    """An answer of a closed list; `unknown` is the finding for a word the list has not."""
    text = text_of(cell)
    if text in _EMPTY:
        return NOTHING
    doubted = _DOUBT.search(text)
    if doubted and (rest := text[: doubted.start()]):
        found = read_choice(field, rest, unknown)
        if found.value is None:
            return found
        return Read(readings=(_reading(field, str(found.value)), Reading(None, "?")))
    code = resolve_choice(field, text) or _looser(field, text)
    if code is not None:
        return Read(code)
    parts = [resolve_choice(field, part) for part in re.split("[/,]", text)]
    codes = list(dict.fromkeys(part for part in parts if part))
    if len(codes) > 1 and None not in parts:
        return Read(readings=tuple(_reading(field, each) for each in codes))
    return Read(finding=unknown)


def _looser(field: FieldDef, text: str) -> str | None:
    """Signs at the ends do not count; of a text in brackets what stands before them."""
    stripped = _SIGNS.sub("", text)
    if stripped != text and (found := resolve_choice(field, stripped)):
        return found
    bracketed = _NOTE.match(text)
    if bracketed is None:
        return None
    both = {resolve_choice(field, part) for part in bracketed.groups()}
    return both.pop() if len(both) == 1 else None


def _reading(field: FieldDef, code: str) -> Reading:
    return Reading(code, field.choice_label(code))


def read_sex(field: FieldDef, cell: Cell) -> Read:
    """Nam, Nữ, Nu, 1 and 2; `N` and `0` may be either."""
    key = search_key(_SIGNS.sub("", text_of(cell)))
    if not key:
        return NOTHING
    if key in ("1", "2"):
        return Read("male" if key == "1" else "female")
    if key in ("n", "0"):
        return Read(readings=(_reading(field, "male"), _reading(field, "female")))
    return read_choice(field, cell, "sex_unknown")


def read_tick(cell: Cell) -> Read:
    """x, 1, có – or not; an empty cell says nothing."""
    text = text_of(cell)
    key = search_key(text) or text
    if key in _EMPTY:
        return NOTHING
    if key in _YES:
        return Read(True)
    return Read(False) if key in _NO else Read(finding="tick_unknown")


def read_field(field: FieldDef, cell: Cell, unknown: str = "choice_unknown") -> Read:
    """A cell as the kind of its field says; `unknown` is the finding for a word no list has."""
    match field.kind:
        case FieldKind.YES_NO:
            return _yes_no(field, cell)
        case FieldKind.CHOICE if field.codes == _BOTH:
            read = _yes_no(field, cell)
            return read if read.value is None else Read("yes" if read.value else "no")
        case FieldKind.CHOICE:
            return read_choice(field, cell, unknown)
        case FieldKind.CHOICES:
            return read_several(field, cell)
        case FieldKind.INTEGER | FieldKind.DECIMAL | FieldKind.MONEY:
            return _number(field, cell)
    return read_text(cell)


def _yes_no(field: FieldDef, cell: Cell) -> Read:
    read = read_tick(cell)
    code = resolve_choice(field, text_of(cell)) if read.is_wrong else None
    return Read(code == "yes") if code else read


def _number(field: FieldDef, cell: Cell) -> Read:
    """In the unit of the form; what the form would question is read, and said."""
    text = text_of(cell)
    if text in _EMPTY:
        return NOTHING
    number = isinstance(cell, int | float) and not isinstance(cell, bool)
    try:
        value = read_answer(field, Decimal(str(cell)) if number else text)
    except (ValueError, ArithmeticError):
        return Read(finding="score_unreadable")
    inside = isinstance(value, int) and field.allows(value)
    return Read(value, "" if inside else "number_doubtful")


def read_key(cell: Cell) -> Read:
    """The id of a person; a text that is none says nothing of anybody."""
    text = text_of(cell)
    if not text:
        return NOTHING
    try:
        return Read(UUID(text))
    except ValueError:
        return Read(finding="key_unknown")


def read_several(field: FieldDef, cell: Cell) -> Read:
    """Answers by words, or by the numbers the form gives them: `1,5,6`."""
    text = text_of(cell)
    if not any(map(str.isalnum, text)):
        return NOTHING
    if re.fullmatch(r"[0-9]{1,2}(?:\s*[,;.+ -]\s*[0-9]{1,2})*", text):
        numbers = [int(each) for each in re.findall("[0-9]+", text)]
        if all(1 <= each <= len(field.choices) for each in numbers):
            return Read(
                tuple(c.code for at, c in enumerate(field.choices, 1) if at in set(numbers))
            )
        return Read(finding="choice_unknown")
    codes, strange = resolve_choices(field, text)
    if strange:
        parted = re.sub(r"\s*[+–/]\s*|\s-\s", ";", text)
        codes, strange = resolve_choices(field, _SHORT.sub(lambda f: _WORDS[f[0].lower()], parted))
    return Read(finding="choice_unknown") if strange else Read(codes)


def read_count(cell: Cell) -> Read:
    """A whole number that is not negative: `120`, `120,0`, `120 điểm`, `2 người`."""
    if isinstance(cell, bool):
        return Read(finding="score_unreadable")
    if isinstance(cell, int | float):
        if cell != int(cell):
            return Read(finding="score_unreadable")
        return Read(int(cell)) if 0 <= cell < 1e6 else Read(finding="score_out_of_range")
    text = text_of(cell)
    if text in _EMPTY:
        return NOTHING
    found = _SCORE.fullmatch(text)
    if found is None:
        return Read(finding="score_unreadable")
    number = int(found[1])
    return Read(number) if 0 <= number < 10**6 else Read(finding="score_out_of_range")


def read_identity(cell: Cell) -> Read:
    """The number of a paper; lost zeros are put back (and said), lost digits are not."""
    if isinstance(cell, bool):
        return Read(finding="id_not_digits")
    if isinstance(cell, int | float):
        if cell == 0:
            return Read(finding="id_zero", mended=True)
        if cell < 0 or cell != int(cell):
            return Read(finding="id_not_digits")
        return _digits(str(int(cell)), typed=False)
    text = text_of(cell).lstrip("'’`")
    if text in _EMPTY or search_key(text) in _NO_PAPER:
        return NOTHING
    if text.strip("0") == "":
        return Read(finding="id_zero", mended=True)
    if _ROUNDED.fullmatch(text):
        return Read(finding="id_digits_lost")
    folded = fold_identity(text)
    if not re.fullmatch("[0-9]+", folded):
        return Read(finding="id_not_digits")
    return _digits(folded, typed=True)


def _digits(number: str, *, typed: bool) -> Read:
    if len(number) in (9, 12):
        return Read(number)
    if typed and number.startswith("0"):
        return Read(finding="id_length")
    if len(number) in (10, 11):
        return Read(number.zfill(12), "id_zero_lost", mended=True)
    if len(number) == 8:
        return Read(number.zfill(9), "id_zero_lost", mended=True)
    return Read(finding="id_length")


def read_phone(cell: Cell) -> Read:
    """Ten digits with their 0."""
    text = text_of(cell)
    if text in _EMPTY:
        return NOTHING
    digits = re.sub(r"[\s.,()-]", "", text.lstrip("'’`"))
    digits = re.sub(r"^(?:\+84|0084)", "0", digits)
    if isinstance(cell, int | float) and len(digits) == 9:
        return Read(f"0{digits}", "phone_zero_lost", mended=True)
    if re.fullmatch("[1-9][0-9]{8}", digits):
        return Read(f"0{digits}", "phone_zero_lost", mended=True)
    return Read(text if not digits.isdigit() else digits)


def read_name(cell: Cell, *, of_old_font: bool = False) -> Read:
    """A person's name in mixed case; a note behind it in brackets is left out, and said, as is one
    that he is dead or gone.
    """
    text = clean(text_of(cell)).lstrip("'`")
    if not any(each.isalpha() for each in text):
        return NOTHING
    if _FORMULA.search(text):
        return Read(finding="name_like_formula")
    found = _NOTE.match(text)
    bare, note = found.groups() if found else parted(text)
    if of_old_font and all(each.isupper() for each in bare if each.isascii() and each.isalpha()):
        bare = lower(bare)
    name = capitalise_name(bare)
    if any(map(str.isdigit, name)):
        return Read(finding="name_unreadable")
    if of_old_font:  # .VnTime has no capital with a tone
        name = " ".join(word[:1].upper() + word[1:] for word in name.split())
    said = "gone_in_name" if says_gone(note) else "note_in_name" if note or found else ""
    return Read(name, said, mended=bool(said))


def read_text(cell: Cell) -> Read:
    text = text_of(cell)
    if not text:
        return NOTHING
    formula = isinstance(cell, str) and text.startswith("=")
    return Read(text, "text_like_formula" if formula else "", mended=formula)
