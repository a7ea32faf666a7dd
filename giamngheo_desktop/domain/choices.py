"""Closed lists of answers, and which answer a free text from a paper or a workbook means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from giamngheo_desktop.domain.form import Choice, FieldDef
from giamngheo_desktop.domain.standard import Certainty
from giamngheo_desktop.domain.vietnamese import clean, compare_key, search_key

_NUMBERING = re.compile(r"^[0-9]{1,2}\s*[.:)\-–]\s*(?=\D)")
_NONE_OF_THEM = frozenset({"khong", "khongco", "khongcogi", "0"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEntry:
    """One answer of a list; `short` heads columns, entries of one `group` exclude each other.

    `levels` are the levels of units it can be said of; empty: any.
    """

    code: str
    label: str
    short: str = ""
    aliases: tuple[str, ...] = ()
    group: str = ""
    levels: tuple[str, ...] = ()
    source: str = ""
    certainty: Certainty

    @property
    def short_label(self) -> str:
        return self.short or self.label

    def as_choice(self) -> Choice:
        aliases = (self.short, *self.aliases) if self.short else self.aliases
        return Choice(code=self.code, label=self.label, aliases=aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceList:
    """A list of answers that several forms or tables share, with its validity and legal basis."""

    code: str
    version: int
    label: str
    valid_from: date
    valid_to: date | None
    legal_basis: str
    source: str
    certainty: Certainty
    entries: tuple[ListEntry, ...]

    def __iter__(self) -> Iterator[ListEntry]:
        return iter(self.entries)

    @property
    def choices(self) -> tuple[Choice, ...]:
        return tuple(entry.as_choice() for entry in self.entries)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(entry.code for entry in self.entries)

    @property
    def labels(self) -> dict[str, str]:
        """By code."""
        return {entry.code: entry.label for entry in self.entries}

    @property
    def short_labels(self) -> dict[str, str]:
        """By code."""
        return {entry.code: entry.short_label for entry in self.entries}

    def label_of(self, code: str | None) -> str:
        """A code that this version of the list does not have as it is."""
        return self.labels.get(code or "", code or "")

    def short_label_of(self, code: str | None) -> str:
        return self.short_labels.get(code or "", code or "")

    def entry(self, code: str) -> ListEntry:
        return next(entry for entry in self.entries if entry.code == code)


def resolve_choice(field: FieldDef, text: str) -> str | None:
    """The code of the answer that `text` means; None where it means none, or may mean two.

    Case, spaces, hyphens and apostrophes do not count. Marks count where some are written: `bà` is
    the grandmother and `ba` may be the father, so that a bare `ba` is left to the person. A number
    before the answer (`1. Nam`, `01 - Kinh`) is skipped, a lone number is the answer's own code.
    """
    found = _resolve(field.choices, text)
    if found is None and _NUMBERING.match(clean(text)):
        found = _resolve(field.choices, _NUMBERING.sub("", clean(text)))
    return found


def resolve_choices(field: FieldDef, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes a text with several answers means, in the field's order, and the parts not known.

    Answers are parted by semicolons, line ends or commas; an answer may itself hold commas.
    `Không`, `Không có` alone is the empty answer.
    """
    if _loose(text) in _NONE_OF_THEM and resolve_choice(field, text) is None:
        return (), ()
    codes: set[str] = set()
    unknown: list[str] = []
    for part in filter(None, map(clean, re.split(r"[;\n]", text))):
        pieces = part.split(",")
        while pieces:
            # The longest run of pieces that is an answer: "Ốm đau, tai nạn" is one.
            for length in range(len(pieces), 0, -1):
                code = resolve_choice(field, ",".join(pieces[:length]))
                if code is not None:
                    codes.add(code)
                    del pieces[:length]
                    break
            else:
                unknown.append(clean(pieces.pop(0)))
    ordered = tuple(choice.code for choice in field.choices if choice.code in codes)
    return ordered, tuple(filter(None, unknown))


def ambiguous_spellings(choices: tuple[Choice, ...]) -> tuple[str, ...]:
    """Spellings that two answers of one list share: such a list is refused when it is loaded."""
    owners: dict[str, set[str]] = {}
    for choice in choices:
        for spelling in (choice.label, *choice.aliases):
            owners.setdefault(_exact(spelling), set()).add(choice.code)
    return tuple(spelling for spelling, codes in owners.items() if len(codes) > 1)


def _resolve(choices: tuple[Choice, ...], text: str) -> str | None:
    loose = _loose(text)
    if not loose:
        return None
    by_exact, by_loose, by_number = _spellings(choices)
    found = by_loose.get(loose, frozenset())
    if len(found) > 1 and not clean(text).isascii():
        found = by_exact.get(_exact(text), frozenset())
    if not found and loose.isascii() and loose.isdigit() and len(loose) <= 3:
        found = by_number.get(int(loose), frozenset())
    return next(iter(found)) if len(found) == 1 else None


Spellings = dict[str, frozenset[str]]


@lru_cache(maxsize=256)  # an import asks the same few lists for every cell
def _spellings(
    choices: tuple[Choice, ...],
) -> tuple[Spellings, Spellings, dict[int, frozenset[str]]]:
    """Codes by spelling with marks, by spelling without, and by number."""
    exact: Spellings = {}
    loose: Spellings = {}
    numbers: dict[int, frozenset[str]] = {}
    for choice in choices:
        code = frozenset({choice.code})
        for spelling in (choice.label, choice.code, *choice.aliases):
            exact[_exact(spelling)] = exact.get(_exact(spelling), frozenset()) | code
            loose[_loose(spelling)] = loose.get(_loose(spelling), frozenset()) | code
        if choice.code.isdigit():
            numbers[int(choice.code)] = code
    return exact, loose, numbers


def _exact(text: str) -> str:
    """Marks count; i/y and the place of the tone do not."""
    return compare_key(text).replace(" ", "") or clean(text)


def _loose(text: str) -> str:
    key = search_key(text)
    return "".join(filter(str.isalnum, key)) or key
