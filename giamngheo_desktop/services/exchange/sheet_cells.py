"""A cell of a returned sheet as a value of its field, whatever Excel made of what was typed."""

from __future__ import annotations

import re
from decimal import Decimal

from giamngheo_desktop.domain.answer_text import allowed, read_answer
from giamngheo_desktop.domain.code_words import read_identity
from giamngheo_desktop.domain.form import FieldDef, FieldKind, Value
from giamngheo_desktop.domain.sheet_return import SaidCell
from giamngheo_desktop.storage import audit

NUMBER = "id_number"
_ISO = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
_YEARS = 1905  # in days of Excel: a year that a cell shows as a day is one of it
_WHOLE = re.compile(r"(-?[0-9]+)[.,]00?")
_NUMBERS = (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY)
_DATES = (FieldKind.DATE, FieldKind.PARTIAL_DATE)


def parsed(asked: FieldDef, cell: SaidCell) -> str | None:
    """As audit text. Raises ValueError(code of `texts.PARSE_ERRORS`, or of `IMPORT_FINDINGS` for a
    number).
    """
    return audit.encode(allowed(asked, _read(asked, cell)))


def _read(asked: FieldDef, cell: SaidCell) -> Value:
    if asked.code != NUMBER:
        return read_answer(asked, _raw(asked, cell))
    read = read_identity(cell.raw)
    if read.is_wrong:
        raise ValueError(read.finding)
    return read.value


def _raw(asked: FieldDef, cell: SaidCell) -> object:
    raw = cell.raw
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, int | float) and asked.kind in _NUMBERS:
        return Decimal(str(raw))
    if asked.kind in _NUMBERS and (whole := _WHOLE.fullmatch(cell.text)):
        return whole[1]
    if asked.kind in _DATES and (found := _ISO.fullmatch(cell.text)):
        if int(found[1]) == _YEARS:
            raise ValueError("date_unreadable")
        return "/".join(part for part in reversed(found.groups()) if part)
    return cell.text
