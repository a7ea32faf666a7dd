"""A block of cells pasted into a grid goes the same way as a file: planned first, then written."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.sheet_headings import Headings, find_head
from giamngheo_desktop.domain.sheet_table import Row, Sheet
from giamngheo_desktop.services.importing.plan import ImportPlan, Purpose
from giamngheo_desktop.services.importing.planning import Source, plan_list
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.texts import IMPORT_PASTED


def plan_pasted(
    database: Database,
    context: Context,
    definitions: Definitions,
    text: str,
    view: Sequence[str],
    *,
    purpose: Purpose = Purpose.UPDATE,
    year: int,
) -> ImportPlan:
    """`view` names the fields of the grid's columns, from where the block was pasted on ("" :
    nobody's); a block with a head of its own is read by that. Rows count from 1 in the block.
    Raises AppError `import_no_list` where a name or two further columns are missing.
    """
    headings = definitions.headings
    sheet = _sheet(text)
    if find_head(sheet, headings) is None:
        sheet = _sheet(text, tuple(_heading(headings, code) for code in view))
    digest = hashlib.sha256(text.encode()).hexdigest()
    source = Source(name=IMPORT_PASTED, sha256=digest, sheets=[sheet])
    return plan_list(database, context, definitions, source, purpose=purpose, year=year)


def _sheet(text: str, head: Row = ()) -> Sheet:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter="\t")
    rows: dict[int, Row] = {number: tuple(cells) for number, cells in enumerate(lines, 1)}
    return Sheet(name=IMPORT_PASTED, rows={0: head, **rows} if head else rows)


def _heading(headings: Headings, code: str) -> str:
    """The heading that a field is recognised by without any above it."""
    found = (field for field in headings.fields if field.code == code and not field.under)
    return next((field.headings[0] for field in found), "")
