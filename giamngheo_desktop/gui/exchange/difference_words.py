"""What a merge changes, as lines that an officer reads: labels of the forms, values in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.area import AreaTree
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.form import FieldDef
from giamngheo_desktop.gui.household.history_words import EMPTY, reason_text, value_text
from giamngheo_desktop.services.exchange.differences import Difference
from giamngheo_desktop.storage import audit

_PERSONS = (Kind.PERSON, Kind.PERSON_FACT, Kind.MEMBERSHIP)


class DifferenceRow(NamedTuple):
    """A line of the table; `uid` is its number among them."""

    uid: UUID
    state: str
    about: str
    what: str
    ours: str
    theirs: str
    kept: str


class DifferenceWords:
    """Turns differences into words; `tree` knows the villages."""

    def __init__(self, definitions: Definitions, tree: AreaTree) -> None:
        self._forms: dict[bool, Mapping[str, FieldDef]] = {
            True: definitions.fields("member"),
            False: definitions.fields("household"),
        }
        self._tree = tree

    def row(self, number: int, item: Difference, kept: str) -> DifferenceRow:
        is_new = item.state == "new"
        return DifferenceRow(
            UUID(int=number),
            texts.MERGE_STATES[item.state],
            item.about or EMPTY,
            self.what(item),
            "" if is_new or not item.field else self.value(item, item.ours),
            "" if is_new or not item.field else self.value(item, item.theirs),
            kept,
        )

    def what(self, item: Difference) -> str:
        """The kind of record, and the field as its form calls it."""
        if not item.field:
            return texts.KINDS[item.kind]
        field = self._field(item)
        known = texts.MERGE_FIELDS.get(item.field, item.field)
        name = field.short_label if field is not None else known
        if item.kind in (Kind.HOUSEHOLD, Kind.PERSON):
            return name
        return f"{texts.KINDS[item.kind]}: {name}"

    def value(self, item: Difference, text: str | None) -> str:
        if text is None:
            return EMPTY
        value = audit.decode(item.kind, item.field, text)
        if isinstance(value, UUID):
            area = self._tree.get(value)
            return area.name if area is not None else texts.KINDS[item.kind]
        if item.field in ("reason", "end_reason") and item.kind in (Kind.MEMBERSHIP, Kind.PLACE):
            return reason_text(str(value))
        return value_text(self._field(item), value)

    def _field(self, item: Difference) -> FieldDef | None:
        return self._forms[item.kind in _PERSONS].get(item.field)
