"""Whose each row of a returned sheet is: told by its key, which has to fit whom the row names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

from giamngheo_desktop.domain.form import FieldDef
from giamngheo_desktop.domain.partial_date import is_coarser
from giamngheo_desktop.domain.sheet_return import CLEAR, SaidCell, SaidRow
from giamngheo_desktop.domain.vietnamese import clean, search_key
from giamngheo_desktop.domain.village_sheet import HEAD, HOUSEHOLD, KEY, MEMBER, is_new_key
from giamngheo_desktop.services.exchange.sheet_base import Base
from giamngheo_desktop.services.exchange.sheet_cells import NUMBER, parsed
from giamngheo_desktop.services.exchange.village_sheets import FIXED

_NAME = "full_name"
_TELLING = 4  # so many answers alike are no chance
_RENAMED = 2  # nor are so many persons who got the name of another one
Refused = tuple[str, SaidRow, SaidCell, dict[str, str]]  # with a code of `texts.SHEET_PROBLEMS`


@dataclass(slots=True)
class Told:
    """Rows of known records, rows that are new, and those that are not taken."""

    known: list[tuple[UUID, SaidRow]] = field(default_factory=list)
    new: list[SaidRow] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def tell(rows: Iterable[SaidRow], base: Base, asked: Mapping[str, Mapping[str, FieldDef]]) -> Told:
    """`asked` are the fields by form."""
    told = Told()
    rows = list(rows)
    displaced = _displaced(rows, base, asked[HOUSEHOLD])
    renamed = _renamed(rows, base)
    fresh: list[SaidRow] = []
    met: set[tuple[str, str]] = set()
    for row in rows:
        key = row.text(KEY).upper()
        place = row.form, key
        if not key or is_new_key(key):
            fresh.append(row)
        elif (wrong := _wrong_key(row, base, asked[MEMBER])) is not None:
            told.refused.append(wrong)
        elif whose := displaced.get(base.rows[place][0]):
            told.refused.append(("answers_of_other", row, row.cells[KEY], {"known": whose}))
        elif whose := renamed.get(base.rows[place][0]):
            said = {"known": whose, "name": row.text(_NAME), "count": str(len(renamed))}
            told.refused.append(("name_of_other", row, row.cells[_NAME], said))
        elif place in met:
            told.refused.append(("key_twice", row, row.cells[KEY], {"value": row.text(KEY)}))
        else:
            met.add(place)
            told.known.append((base.rows[place][0], row))
    lost = _keys_by_head(base, met)
    for row in fresh:
        keys = lost.get(search_key(row.text(HEAD))) if row.form == HOUSEHOLD else None
        if keys and not row.text(KEY):
            said = {"value": ", ".join(keys)}
            told.refused.append(("key_missing", row, row.cells[HEAD], said))
        else:
            told.new.append(row)
    return told


def _wrong_key(row: SaidRow, base: Base, asked: Mapping[str, FieldDef]) -> Refused | None:
    cell = row.cells[KEY]
    if (row.form, cell.text.upper()) not in base.rows:
        return "key_unknown", row, cell, {"value": cell.text}
    record, _ = base.rows[row.form, cell.text.upper()]
    whose = _other_than_named(row, record, base, asked)
    name = row.text(HEAD if row.form == HOUSEHOLD else _NAME)
    said = {"value": cell.text, "known": whose, "name": name}
    return ("key_of_other", row, cell, said) if whose else None


def _other_than_named(row: SaidRow, record: UUID, base: Base, asked: Mapping[str, FieldDef]) -> str:
    """Whose key stands in a row that names somebody else: it was typed over, or the rows were
    sorted beside their keys. Who has another name keeps his birth, or his number.
    """
    if row.form == HOUSEHOLD:
        name, stood = row.text(HEAD), base.values.get((record, FIXED + HEAD))
        agrees: list[bool | None] = [False]
    else:
        name, stood = row.text(_NAME), base.values.get((record, _NAME))
        agrees = [_agrees(row, record, asked[code], base) for code in ("birth", NUMBER)]
    is_other = name and stood and search_key(name) not in (search_key(stood), CLEAR)
    return (stood or "") if is_other and False in agrees and True not in agrees else ""


def _agrees(row: SaidRow, record: UUID, asked: FieldDef, base: Base) -> bool | None:
    """Whether a cell fits what stood there; None where either is not known."""
    stood, cell = base.values.get((record, asked.code)), row.cells.get(asked.code)
    if stood is not None and cell is not None:
        with suppress(ValueError):
            said = parsed(asked, cell)
            return said == stood or is_coarser(said, stood) or is_coarser(stood, said)
    return None


def _displaced(
    rows: Iterable[SaidRow], base: Base, asked: Mapping[str, FieldDef]
) -> dict[UUID, str]:
    """Households that say, answer by answer, what another said whose row says something else now:
    columns were sorted without their keys and names. With the head of the other.
    """
    stood: dict[UUID, set[tuple[str, str]]] = {}
    for (record, code), value in base.values.items():
        if value is not None and code in asked:
            stood.setdefault(record, set()).add((code, value))
    moved: dict[UUID, set[tuple[str, str]]] = {}
    for row in rows:
        known = base.rows.get((HOUSEHOLD, row.text(KEY).upper()))
        if known and row.form == HOUSEHOLD:
            said = set(_answers(row, asked))
            if said != stood.get(known[0], set()):
                moved[known[0]] = said
    left = {
        frozenset(stood[record]): record
        for record in moved
        if len(stood.get(record, ())) >= _TELLING
    }
    kept = {frozenset(said) for record, said in stood.items() if record not in moved}
    return {
        record: base.values.get((left[found], FIXED + HEAD)) or ""
        for record, said in moved.items()
        if (found := frozenset(said)) in left and found not in kept
    }


def _renamed(rows: Iterable[SaidRow], base: Base) -> dict[UUID, str]:
    """Persons who have the very name of another one now, where several do: the names were sorted,
    or copied down, without their rows. With the names they had.
    """
    stood = {
        record: clean(name)
        for (form, _), (record, _) in base.rows.items()
        if form == MEMBER and (name := base.values.get((record, _NAME)))
    }
    names = set(stood.values())
    found: dict[UUID, str] = {}
    for row in rows:
        known, name = base.rows.get((row.form, row.text(KEY).upper())), row.text(_NAME)
        if known and (had := stood.get(known[0])) and name != had and name in names:
            found[known[0]] = had
    return found if len(found) >= _RENAMED else {}


def _answers(row: SaidRow, asked: Mapping[str, FieldDef]) -> Iterator[tuple[str, str]]:
    for code, cell in row.cells.items():
        if code in asked:
            with suppress(ValueError):
                yield code, parsed(asked[code], cell) or ""


def _keys_by_head(base: Base, met: Collection[tuple[str, str]]) -> dict[str, list[str]]:
    """The keys of households that no row has: a row that lost its key is no new household."""
    found: dict[str, list[str]] = {}
    for (form, key), (record, _) in base.rows.items():
        head = base.values.get((record, FIXED + HEAD))
        if form == HOUSEHOLD and head and (form, key) not in met:
            found.setdefault(search_key(head), []).append(key)
    return found
