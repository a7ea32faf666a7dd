"""What a form asks: sections of typed fields, read from a definition file, drawn by others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from giamngheo_desktop.domain.partial_date import PartialDate


class FieldKind(StrEnum):
    """The twelve kinds of field; a value of each kind is named beside it (None = not known)."""

    TEXT = "text"  # str
    INTEGER = "integer"  # int
    DECIMAL = "decimal"  # int, the value times 10**scale
    MONEY = "money"  # int, whole đồng
    DATE = "date"  # datetime.date
    PARTIAL_DATE = "partial_date"  # PartialDate
    CHOICE = "choice"  # str, the choice's code
    CHOICES = "choices"  # tuple[str, ...], codes in the order of the definition
    YES_NO = "yes_no"  # bool
    AREA = "area"  # UUID of an area
    RECORD = "record"  # UUID of a record of the kind `of`
    ROWS = "rows"  # tuple[Mapping[str, Value], ...]


Scalar = str | int | bool | date | PartialDate | UUID | tuple[str, ...] | None
Value = Scalar | tuple[Mapping[str, Scalar], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer of a closed list; `aliases` are spellings an import accepts."""

    code: str
    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """`field operator value`, the operator one of: is, is_not, in, contains, at_least, at_most."""

    field: str
    operator: str
    value: str | int | bool | tuple[str, ...]

    def holds(self, record: Mapping[str, object]) -> bool:
        actual = record.get(self.field)
        match self.operator:
            case "is":
                return actual == self.value
            case "is_not":
                return actual != self.value
            case "in":
                return isinstance(self.value, tuple) and actual in self.value
            case "contains":
                return isinstance(actual, tuple) and self.value in actual
            case "at_least":
                return (
                    isinstance(actual, int) and isinstance(self.value, int) and actual >= self.value
                )
            case "at_most":
                return (
                    isinstance(actual, int) and isinstance(self.value, int) and actual <= self.value
                )
        raise ValueError(self.operator)


@dataclass(frozen=True, kw_only=True)
class FieldDef:
    """One question: its code (also column, widget name and audit field), kind and labels.

    `scale` counts the decimals of a DECIMAL, `unit` is printed behind the field (m², kg, đồng).
    `dated` fields are facts with a first and last day, not columns of the record.
    `source` names the paper or law the field comes from.
    `of` names the kind of record that a RECORD points at, the child records that ROWS hold, or the
    list that is data of a CHOICE without choices of its own (components, policies …).
    `review` says of whom a review asks it (see `domain.asked`); where it is asked `anew`, last
    year's answer is never taken over unseen. What `repeats` is mostly that of the form before.
    """

    code: str
    kind: FieldKind
    label: str
    help: str = ""
    short: str = ""  # heading where room is scarce; the label where empty
    excel: str = ""  # column heading in Excel; the label where empty
    required: bool = False  # asked for before a review can be closed; never blocks saving
    choices: tuple[Choice, ...] = ()
    scale: int = 0
    unit: str = ""
    minimum: int | None = None
    maximum: int | None = None
    dated: bool = False
    grid: bool = False  # also a column of the quick-entry grid
    visible_if: Condition | None = None
    fields: tuple[FieldDef, ...] = ()  # the columns of a ROWS field
    decided: bool = False  # a YES_NO without the answer "not known": what is not yes is no
    capitals: str = ""  # of a TEXT that is a name: a key of `names.CAPITALS`
    source: str = ""
    review: str = ""  # always, decides, valued, or the field it is asked together with
    anew: bool = False
    repeats: bool = False
    lines: int = 0  # of a TEXT that keeps its lines: how many are seen at once
    letters: int = 0  # the least room of a cell, in average letters; 0: as its kind has
    of: str = ""  # a kind of record, or of CHOICE and ROWS what is offered, or kept, as data

    @property
    def short_label(self) -> str:
        return self.short or self.label

    @property
    def excel_label(self) -> str:
        return self.excel or self.label

    @cached_property
    def codes(self) -> frozenset[str]:
        """The known answers of a choice."""
        return frozenset(choice.code for choice in self.choices)

    def allows(self, number: int) -> bool:
        """Whether a number lies within the limits of the field."""
        low, high = self.minimum, self.maximum
        return (low is None or number >= low) and (high is None or number <= high)

    def choice_label(self, code: str | None) -> str:
        return next((choice.label for choice in self.choices if choice.code == code), code or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A headed group of fields; `page` is the tab of the household page that shows it. Of one that
    is `folded` the heading alone is shown, until it is opened or holds something.
    """

    code: str
    label: str
    page: str
    fields: tuple[FieldDef, ...]
    folded: bool = False


@dataclass(frozen=True, kw_only=True)
class FormDef:
    """A form as data, with its validity and legal basis."""

    code: str
    version: int
    label: str
    valid_from: date
    valid_to: date | None
    legal_basis: str
    sections: tuple[Section, ...]

    @cached_property
    def fields(self) -> Mapping[str, FieldDef]:
        """The questions by code, in paper order."""
        return {field.code: field for section in self.sections for field in section.fields}

    def __iter__(self) -> Iterator[FieldDef]:
        return iter(self.fields.values())

    def field(self, code: str) -> FieldDef:
        return self.fields[code]
