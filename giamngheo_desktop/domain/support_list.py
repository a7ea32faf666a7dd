"""A list of supports as data: the bảng kê to sign, the list to hang out; which columns, since when.

A column names a field of `FIELDS`; a public list has none that is private.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from giamngheo_desktop.domain.standard import Certainty

AMOUNTS = "amounts"  # a column for each source, and one for all of them


class Written(StrEnum):
    """How the value of a field is written."""

    TEXT = "text"
    MARK = "mark"  # a short text in the middle
    NUMBER = "number"  # with the decimals it has
    MONEY = "money"  # whole đồng


class When(StrEnum):
    """What a list must have in it for a column to be printed."""

    ALWAYS = "always"
    GOODS = "goods"
    PERSONS = "persons"  # supports of single persons
    SEVERAL_DAYS = "several_days"
    SEVERAL_CONTENTS = "several_contents"


@dataclass(frozen=True, slots=True)
class SupportField:
    """A fact of a line; `weight` is its share of the width that is left over."""

    weight: int
    written: Written = Written.TEXT
    is_private: bool = False


FIELDS: Mapping[str, SupportField] = {
    "number": SupportField(2, Written.MARK),
    "head": SupportField(20),
    "id_number": SupportField(8, Written.MARK, is_private=True),
    "address": SupportField(14, is_private=True),
    "village": SupportField(12),
    "person": SupportField(16, is_private=True),
    "persons": SupportField(4, Written.NUMBER),
    "day": SupportField(5, Written.MARK),
    "content": SupportField(18),
    "item": SupportField(10),
    "specification": SupportField(14, is_private=True),  # may name a card, a phone
    "unit": SupportField(4, Written.MARK),
    "quantity": SupportField(4, Written.NUMBER),
    "amount": SupportField(8, Written.MONEY),
    AMOUNTS: SupportField(8, Written.MONEY),
    "receipt": SupportField(20, Written.MARK, is_private=True),
    "note": SupportField(8, is_private=True),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportColumn:
    """A heading: a group of `columns`, or a leaf with the `field` below it.

    `label_of_goods` is printed instead where the list has goods.
    """

    label: str
    field: str = ""
    label_of_goods: str = ""
    when: When = When.ALWAYS
    columns: tuple[SupportColumn, ...] = ()

    def leaves(self) -> Iterator[SupportColumn]:
        if not self.columns:
            yield self
        for column in self.columns:
            yield from column.leaves()


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportListDef:
    """One list in one version. `payer` is who confirms beside the signers, empty: nobody.

    A `public` one adds up what a household got of the same content.
    """

    code: str
    version: int
    label: str
    valid_from: date
    valid_to: date | None
    legal_basis: str
    certainty: Certainty
    title: tuple[str, ...]
    columns: tuple[SupportColumn, ...]
    landscape: bool = True
    public: bool = False
    payer: str = ""

    def leaves(self) -> tuple[SupportColumn, ...]:
        return tuple(leaf for column in self.columns for leaf in column.leaves())


_NUMBERS = re.compile(r"[A-Z]{0,2}\d(?:[ .]?\d){8,}")


def without_numbers(text: str) -> str:
    """A typed text without what may be the number of a person, card, account or telephone."""
    return _NUMBERS.sub("…", text)
