"""The file of a pack: the rows of a list in the columns that another system reads."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.name_list import NameListDef
from giamngheo_desktop.domain.pack import PackForm
from giamngheo_desktop.exports.list_layouts import layout_workbook
from giamngheo_desktop.reports.list_values import shown
from giamngheo_desktop.reports.name_list import read_definition
from giamngheo_desktop.services.listed_facts import Material
from giamngheo_desktop.services.name_lists import ListData
from giamngheo_desktop.storage.engine import Database

_FORMULA = frozenset("=+-@")  # what a table program takes for one begins so


def pack_bytes(
    database: Database,
    definitions: Definitions,
    code: str,
    *,
    year: int,
    unit: UUID | None = None,
) -> bytes:
    """Raises AppErrors unknown_pack, pack_is_example, and those of `name_list.read_list`."""
    pack = definitions.pack(code, date(year, 12, 31))
    if pack.is_example:
        raise AppError("pack_is_example", name=pack.label)
    definition = pack.list_of(definitions.name_list(pack.base, date(year, 12, 31)))
    found = read_definition(database, definitions, definition, year=year, unit=unit)
    if pack.form is PackForm.XLSX:
        return layout_workbook([found])
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=pack.separator, lineterminator="\r\n")
    writer.writerow([leaf.label for leaf in definition.leaves()])
    writer.writerows(_rows(definition, *found))
    return target.getvalue().encode("utf-8-sig")  # Excel reads marks only with the sign before


def _rows(definition: NameListDef, data: ListData, material: Material) -> Iterator[list[str | int]]:
    for number, line in enumerate(data.lines, 1):
        for at, member in enumerate(line.rows(definition.per)):
            yield [
                ""
                if leaf.head_only and at
                else _as_text(shown(leaf, line, number, member, material))
                for leaf in definition.leaves()
            ]


def _as_text(value: str | int) -> str | int:
    """Marked where it would be a formula: blanks before it are nothing, wide letters the same."""
    if isinstance(value, str) and _FORMULA & {*unicodedata.normalize("NFKC", value.strip()[:1])}:
        return f"'{value}"
    return value
