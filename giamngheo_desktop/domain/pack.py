"""A pack: what is typed here, handed in to another system's import sheet; columns as data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from giamngheo_desktop.domain.name_list import ListColumn, NameListDef
from giamngheo_desktop.domain.standard import Certainty


class PackForm(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackDef:
    """Columns and filters over a list of names (`base`), and the form of the file.

    Without `columns` or `selections` they are those of the list. An example is to be filled in
    for a system whose sheet nobody has shown us yet: nothing is made of it.
    """

    code: str
    version: int
    label: str
    valid_from: date
    valid_to: date | None
    legal_basis: str
    certainty: Certainty
    base: str
    selections: tuple[str, ...]
    columns: tuple[ListColumn, ...]
    form: PackForm
    separator: str
    first_row: int  # of the data; 0: that of the list
    is_example: bool

    def list_of(self, base: NameListDef) -> NameListDef:
        """The list that the pack is, with a letter for each column that has none."""
        columns = _lettered(self.columns) if self.columns else base.columns
        first_row = self.first_row or base.first_row or 2
        return replace(
            base,
            code=self.code,
            label=self.label,
            selections=self.selections or base.selections,
            columns=columns if base.first_row or self.columns else _lettered(columns),
            first_row=first_row,
            notes=(),
        )


def _lettered(columns: Iterable[ListColumn]) -> tuple[ListColumn, ...]:
    leaves = [leaf for column in columns for leaf in column.leaves()]
    return tuple(
        leaf if leaf.letter else replace(leaf, letter=_letter(at))
        for at, leaf in enumerate(leaves, 1)
    )


def _letter(number: int) -> str:
    """A for 1, Z for 26, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
