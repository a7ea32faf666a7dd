"""What the workbook of a village hides of the register as it left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.package import DataTable, Manifest
from giamngheo_desktop.domain.sheet_return import Headings
from giamngheo_desktop.domain.village_sheet import HOUSEHOLD, MEMBER
from giamngheo_desktop.services.exchange.village_sheets import CELLS, ROWS, headings_of

KINDS = {HOUSEHOLD: Kind.HOUSEHOLD, MEMBER: Kind.PERSON}


@dataclass(frozen=True, slots=True)
class Base:
    """What the workbook knows of the register as it was on `day`: ids of rows by key, values and
    edits of cells; and what its columns were called."""

    book: UUID
    village: UUID
    name: str  # of the village
    day: date
    made_at: datetime
    rows: Mapping[tuple[str, str], tuple[UUID, UUID]]  # (form, key) → record, household
    values: Mapping[tuple[UUID, str], str | None]
    heads: Mapping[tuple[UUID, str], tuple[UUID, ...]]
    headings: Headings


def base_of(manifest: Manifest, tables: Sequence[DataTable]) -> Base:
    """Raises AppError `package_damaged`."""
    rows: dict[tuple[str, str], tuple[UUID, UUID]] = {}
    values: dict[tuple[UUID, str], str | None] = {}
    heads: dict[tuple[UUID, str], tuple[UUID, ...]] = {}
    try:
        for table in tables:
            for row in table.rows:
                if table.name == ROWS:
                    key, form, record, household = row
                    found = UUID(hex=record), UUID(hex=household)
                    rows[_form(form), str(key).upper()] = found
                elif table.name == CELLS:
                    record, name, value, known = row
                    place = UUID(hex=record), str(name)
                    values[place] = value
                    heads[place] = tuple(UUID(hex=text) for text in (known or "").split())
        facts = manifest.facts
        return Base(
            UUID(hex=facts["book"]),
            UUID(hex=facts["village"]),
            facts["village_name"],
            date.fromisoformat(facts["day"]),
            datetime.fromisoformat(manifest.made_at),
            rows,
            values,
            heads,
            headings_of(tables),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise AppError("package_damaged", name=manifest.unit_name) from error


def _form(said: str | None) -> str:
    if said not in KINDS:
        raise ValueError(said)
    return said
