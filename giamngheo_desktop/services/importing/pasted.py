"""A block of cells pasted into a grid goes the same way as a file: planned first, then written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence

from giamngheo_desktop.domain.sheet_headings import NAMES, Headings, find_head
from giamngheo_desktop.domain.sheet_table import Row, Sheet, text_of
from giamngheo_desktop.services.importing.planning import Source
from giamngheo_desktop.texts import IMPORT_PASTED

Block = Sequence[Sequence[str]]


def pasted_source(headings: Headings, block: Block, view: Sequence[str]) -> Source | None:
    """The block as what `planning.plan_list` reads; None where nothing in it is a name.

    `view` names the fields of the grid's columns, from where the block was pasted on ("" :
    nobody's); a block with headings of its own is read by these, however few. Rows count from 1
    in the block.
    """
    sheet = _headed(headings, block, view)
    if find_head(sheet, headings) is None:
        return None
    digest = hashlib.sha256(json.dumps([list(row) for row in block]).encode()).hexdigest()
    return Source(name=IMPORT_PASTED, sha256=digest, sheets=[sheet])


def _headed(headings: Headings, block: Block, view: Sequence[str]) -> Sheet:
    rows: dict[int, Row] = {number: tuple(cells) for number, cells in enumerate(block, 1)}
    sheet = Sheet(name=IMPORT_PASTED, rows=rows)
    if find_head(sheet, headings) is not None:
        return sheet
    first = rows.get(1, ())
    said = [text for cell in first if (text := text_of(cell))]
    if said and all(map(headings.knows, said)):  # too few to be a head: the grid's others behind
        known = {headings.field_of((text,)) for text in said} | set(NAMES)
        width = max(map(len, rows.values()))
        padded = (*first, *([""] * (width - len(first))))
        rows[1] = (*padded, *_usual(headings, [code for code in view if code not in known]))
    else:
        rows[0] = tuple(_usual(headings, view))
    return Sheet(name=IMPORT_PASTED, rows=rows)


def _usual(headings: Headings, codes: Sequence[str]) -> Iterator[str]:
    """The heading that each field is recognised by without any above it."""
    by_code = {field.code: field.headings[0] for field in headings.fields if not field.under}
    return (by_code.get(code, "") for code in codes)
