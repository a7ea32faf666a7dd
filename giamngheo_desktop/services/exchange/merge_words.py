"""The differences of a merge as an officer reads them: labels and answers of the forms, names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.dates import format_date, format_partial_date
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.numbers import format_decimal, format_integer
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.plan_content import Content
from giamngheo_desktop.domain.record_form import OF_PLAN
from giamngheo_desktop.services.exchange.differences import (
    ALIKE,
    DERIVED,
    TELLING,
    Difference,
)
from giamngheo_desktop.services.exchange.record_words import called
from giamngheo_desktop.storage import audit, exchange
from giamngheo_desktop.storage.engine import Database

_DOCUMENTS = frozenset({Kind.DOCUMENT, Kind.DOCUMENT_SECTION})
_OF_PLAN = _DOCUMENTS | OF_PLAN | {Kind.VILLAGE_TARGET, Kind.TARGET_RESULT, Kind.REPORT_RECEIPT}
_OF_PERSON = frozenset({Kind.PERSON, Kind.PERSON_FACT, Kind.MEMBERSHIP})
_UNTOLD = frozenset(  # by a new record, beside whose it is
    {"code", "value", "removed", "position", "source", "full_name", "person", "key", "layout"}
)
_PLAIN = frozenset({"position", "year", "review_year", "form_code", "version"})  # no thousands
_CODED = frozenset({"household_class", "outcome", "reason", "end_reason"})
_CODED_OF_PLAN = frozenset({"type", "change", "style"})


class MergeWords:
    """Words for the differences given; names are those of the file as it is now. `of_sheet` of a
    village sheet that came back; with `by_author` what was left open is told by whose it is.
    """

    def __init__(
        self,
        database: Database,
        definitions: Definitions,
        found: Iterable[Difference],
        *,
        of_sheet: bool = False,
        by_author: bool = False,
    ) -> None:
        self._sides = texts.SIDES_OF_SHEET if of_sheet else texts.SIDES_OF_COPIES
        self._by_author = by_author
        self._fields = {
            True: definitions.fields("member"),
            False: definitions.fields("household"),
        }
        self._definitions = definitions
        found = list(found)
        named: set[UUID] = set()
        for item in found:
            target = exchange.REFERENCES[item.kind].get(_column(item))
            for text in (item.base, item.ours, item.theirs, item.stands):
                if target and text:
                    named.add(UUID(hex=text))
            for name in exchange.REFERENCES[item.kind]:
                if text := item.values.get(name):
                    named.add(UUID(hex=text))
        said_by = {uid for item in found for uid in (item.ours_by, item.theirs_by) if uid}
        with database.reader() as connection:
            self._elsewhere = exchange.foreign_actions(connection, said_by if by_author else ())
            # whom a look wrote is in the file no more
            self._names = {item.owner: item.about for item in found if item.owner and item.about}
            self._names |= called(connection, named)

    def about(self, item: Difference) -> str:
        """Whom it is about; of a target what it counts. "" for nobody."""
        indicators = self._definitions.indicators
        return indicators[item.about].label if item.about in indicators else item.about

    def label(self, item: Difference) -> str:
        """The field as its form calls it; "" for the record itself."""
        field, column = self._field(item), _column(item)
        if field is None:
            of_plan = texts.MERGE_PLAN_FIELDS if item.kind in _OF_PLAN else {}
            return of_plan.get(column) or texts.MERGE_FIELDS.get(column, column)
        if item.fact and column != TELLING[item.kind]:
            return f"{field.label}: {texts.MERGE_FIELDS.get(column, column)}"
        return field.label

    def value(self, item: Difference, text: str | None) -> str:
        """One side of a difference; "" where nothing stands, which a choice of none is not."""
        if text in (None, ""):
            field = self._field(item)
            is_none = text == "" and field is not None and field.kind is FieldKind.CHOICES
            return texts.VILLAGE_SHEET["none"] if is_none else ""
        column = _column(item)
        if column == ALIKE:
            return str(text)
        if item.kind in _DOCUMENTS:
            if column in _CODED_OF_PLAN:
                return texts.MERGE_CODES[str(text)]
            if column == "period":
                return texts.report_period_text(str(text))
            if column == "content" and text in set(Content):
                return texts.CONTENTS[Content(text)]
        if column in _CODED:
            return texts.MERGE_CODES.get(str(text), str(text))
        return self._said(item, audit.decode(item.kind, column, text))

    def new(self, item: Difference) -> str:
        """What a new record says, each field by its name; "" for any other difference."""
        said = [
            (self.label(one), self.value(one, text))
            for name, text in item.values.items()
            if text and name not in _UNTOLD and name not in DERIVED
            for one in [replace(item, field=name, fact="", ours=text)]
        ]
        if item.fact:
            said = [(self.label(item), self.value(item, item.theirs)), *said]
        about = self.about(item)
        return "; ".join(f"{label}: {text}" for label, text in said if text and text != about)

    def line(self, item: Difference) -> str:
        """The difference in one line."""
        if item.field == ALIKE:
            kept = item.state == "same"
            return texts.alike_text(item.kind, item.about, item.ours or "", kept=kept)
        values = {
            name: self.value(item, getattr(item, name)) for name in ("ours", "theirs", "stands")
        }
        return texts.difference_text(
            item.state,
            item.kind,
            self.label(item),
            about=self.about(item),
            sides=self._authors(item) if self._by_author else self._said_by(item),
            new=self.new(item),
            **values,
        )

    def _said_by(self, item: Difference) -> Mapping[str, str]:
        if item.state == "outside" and item.loser_is_ours:
            return {**self._sides, "there": self._sides["here"]}
        return self._sides

    def _authors(self, item: Difference) -> Mapping[str, str]:
        """Both sides by who said them: this computer, another one, a village."""
        here, there = (self._author(uid) for uid in (item.ours_by, item.theirs_by))
        return {"here": here, "there": there, "both": f"{here}, {there}"}

    def _author(self, action: UUID | None) -> str:
        done = self._elsewhere.get(action) if action else None
        if done is None:
            return texts.SIDES_OF_COPIES["here"]
        return texts.author_text(done.actor, done.at, of_sheet=done.op == Op.TAKE_SHEET)

    def _field(self, item: Difference) -> FieldDef | None:
        of_record = self._definitions.record_fields.get(item.kind)
        fields = of_record if of_record is not None else self._fields[item.kind in _OF_PERSON]
        return fields.get(item.fact or item.field)

    def _said(self, item: Difference, value: object) -> str:
        field = self._field(item)
        match value:
            case bool():
                return texts.MERGE_CODES["yes" if value else "no"]
            case UUID():
                return self._names.get(value, texts.MERGE_CODES["other"])
            case PartialDate():
                return format_partial_date(value)
            case date():
                return format_date(value)
            case tuple():
                return ", ".join(field.choice_label(code) if field else code for code in value)
            case int() if item.field not in _PLAIN:
                scale = field.scale if field else 0
                return format_decimal(value, scale) if scale else format_integer(value)
            case str() if field is not None and field.kind is FieldKind.CHOICE:
                return self._definitions.answer(field, value)
            case "yes" | "no" if item.fact:
                return texts.MERGE_CODES[value]
        return str(value)


def _column(item: Difference) -> str:
    """The column its values are of; "" where it has none."""
    told = item.fact or item.ours != item.theirs
    return item.field or (TELLING.get(item.kind, "") if told else "")
