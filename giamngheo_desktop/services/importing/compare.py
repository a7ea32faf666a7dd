"""Compares what a list says with what is known, cell by cell; an empty cell says nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from giamngheo_desktop.domain.answer_words import answer_words
from giamngheo_desktop.domain.cell_reading import Read, Reading
from giamngheo_desktop.domain.choices import resolve_choice
from giamngheo_desktop.domain.form import FieldDef, Value
from giamngheo_desktop.domain.list_cells import ReadCell
from giamngheo_desktop.domain.list_fields import HOUSEHOLD, KEY, PERSON
from giamngheo_desktop.domain.list_reading import ReadHome, ReadPerson
from giamngheo_desktop.domain.list_title import CLASS_UNSAID, FROM_TITLE
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.vietnamese import clean, compare_key, is_unmarked, search_key
from giamngheo_desktop.services.households import HOUSEHOLD_FACTS, PERSON_FACTS
from giamngheo_desktop.services.importing.known import MARKS, Known, KnownHome, KnownPerson
from giamngheo_desktop.services.importing.match import fits
from giamngheo_desktop.services.importing.plan import (
    EXIT_DIFFERS,
    FORM_CLASS,
    FORM_SCORE,
    About,
    CellState,
    PlannedCell,
    Purpose,
)
from giamngheo_desktop.texts import VILLAGE_SHEET

OF_CLASS = ("household_class", "decision_number", "decision_on")
OF_RESULT = (*OF_CLASS, "score_income", "causes")
NOT_KEPT = ("score_deprivation",)  # it is the number of indicators, which a list does not name
_TICKED = "policies_ticked"  # those of columns of their own: they join what is known
_FOR_LIFE = ("full_name", "relation", "birth", "sex", "id_number", "ethnicity")
_BLANK = ReadCell(0, "", "", Read(finding="class_blank"))  # of a new household
_NAMES = ("full_name",)
_DATED = frozenset((*HOUSEHOLD_FACTS, *PERSON_FACTS))
_DOUBTED = ("number_doubtful",)  # read, but not to be written


class Comparer:
    def __init__(self, fields: Mapping[str, FieldDef], known: Known, purpose: Purpose) -> None:
        self._fields, self._known, self._purpose = fields, known, purpose

    def person(
        self, read: ReadPerson, known: KnownPerson | None, home: KnownHome | None
    ) -> Iterator[PlannedCell]:
        """`known` and `home` are whom the register has; a household that has a head keeps it."""
        for code in PERSON:
            if (cell := read.cells.get(code)) is not None and (cell.column or code != "relation"):
                old = known.values.get(code) if known else None
                made = self._cell(code, cell, old, About.PERSON)
                other_head = code == "relation" and (old == "head") != (made.new == "head")
                second = other_head and home is not None and home.head is not None and not old
                if other_head and (second or made.state is CellState.CHANGED):
                    made = _as(made, CellState.PROBLEM, "head_changes")
                if code == "id_number" and self._is_of_other(made, known):
                    made = _as(made, CellState.PROBLEM, "id_of_other")
                yield made if code in _FOR_LIFE else self._of_today(made)
        if (key := read.cells.get(KEY)) is not None and key.read.is_wrong:
            yield self._told(KEY, key, key.read.finding, "")

    def _is_of_other(self, cell: PlannedCell, known: KnownPerson | None) -> bool:
        """Whether the number that would be written is somebody else's in the register."""
        owners = {one.uid for one in self._known.by_number.get(str(cell.new), ())}
        is_written = cell.state in (CellState.NEW, CellState.CHANGED)
        return is_written and bool(owners - ({known.uid} if known else set()))

    def household(self, home: ReadHome, known: KnownHome | None) -> Iterator[PlannedCell]:
        values = known.values if known else {}
        facts = dict(home.facts)
        if (ticked := facts.get(_TICKED)) is not None and "policies_received" not in facts:
            facts["policies_received"] = self._joined(ticked, values.get("policies_received"))
        for code in HOUSEHOLD:
            cell = facts.get(code)
            if cell is None or (code in OF_RESULT and self._purpose is not Purpose.RESULT):
                continue
            if code == "address":
                cell = self._without_units(cell)
                if cell.read.is_nothing:
                    continue
            made = self._cell(code, cell, values.get(code), About.HOUSEHOLD)
            yield self._of_today(_of_form(self._of_year(made, known), known))
        if self._purpose is Purpose.RESULT:
            yield from self._class(home, known)
        yield from self._said(home, known)

    def _class(self, home: ReadHome, known: KnownHome | None) -> Iterator[PlannedCell]:
        values = known.values if known else {}
        facts = {**home.above, **home.facts}
        facts.pop("household_class", None)
        if (cell := self._class_cell(home, values.get("household_class"))) is not None:
            facts["household_class"] = cell
        classed = "household_class" in facts or values.get("household_class") is not None
        for code in OF_CLASS:
            if (cell := facts.get(code)) is not None:
                made = self._of_year(self._cell(code, cell, values.get(code), About.CLASS), known)
                made = _of_form(made, known)
                # a paper without a class recognises nothing
                yield made if classed else _as(made, CellState.SAME, "class_missing")
        if known is None and "household_class" not in facts:
            blank = self._cell("household_class", _BLANK, None, About.CLASS)
            yield replace(blank, state=CellState.SAME)

    def _class_cell(self, home: ReadHome, old: Any) -> ReadCell | None:
        """What the list says of the class; where that is not clear and nothing is known, the
        officer says it.
        """
        told = home.facts.get("household_class") or home.above.get("household_class")
        if home.left:
            return self._after_leaving(home, old)
        if told is None or told.read.finding not in (CLASS_UNSAID, "level_unknown"):
            return told
        if old is not None:
            return None if told.read.finding == CLASS_UNSAID else told
        classes = (choice.code for choice in self._fields["household_class"].choices)
        return replace(told, read=_one_of(told.read.finding, *classes))

    def _after_leaving(self, home: ReadHome, old: Any) -> ReadCell | None:
        """The class behind a list of exits: what the note or the title says; what is known may
        fit; else the officer says.
        """
        note = home.facts.get("note")
        raw = str(note.read.value or "") if note else ""
        said = self._of_note(raw)
        over = "near_poor" if home.left == "poor" else said or "poor"
        if home.left == "near_poor" and said in ("", "not_poor"):
            read = Read("not_poor", FROM_TITLE)
        elif home.left == "poor" and said in ("near_poor", "not_poor"):
            read = Read(said, "from_note")
        elif old is not None and old != home.left:
            return None
        else:
            read = _one_of("note_unclear" if raw else "note_missing", over, "not_poor")
        if read.value is not None and old not in (None, home.left, read.value):
            read = replace(read, finding=EXIT_DIFFERS)
        return ReadCell(home.row, "", raw, read)

    def _of_note(self, note: str) -> str:
        """The class that a note names; "" for any other prose about classes."""
        if len(note.split()) < 2:  # CN may be a worker, a number anything
            return ""
        step = resolve_choice(self._fields["movement"], note) or ""
        return resolve_choice(self._fields["household_class"], note) or step.partition("_to_")[2]

    def _joined(self, ticked: ReadCell, known: Any) -> ReadCell:
        value = ticked.read.value
        kept = set(known or ()) | set(value if isinstance(value, tuple) else ())
        choices = self._fields["policies_received"].choices
        codes = tuple(choice.code for choice in choices if choice.code in kept)
        return replace(ticked, read=Read(codes))

    def _of_today(self, cell: PlannedCell) -> PlannedCell:
        """What has no day of its own is that of the newest year."""
        is_old = self._known.has_later and cell.field not in _DATED
        if is_old and cell.state is CellState.CHANGED:
            return _as(cell, CellState.PROBLEM, "later_known")
        return cell

    def _of_year(self, cell: PlannedCell, known: KnownHome | None) -> PlannedCell:
        """A closed year is corrected, not written anew."""
        if known is None or not known.is_closed or cell.field not in (*OF_RESULT, *MARKS):
            return cell
        if cell.state not in (CellState.NEW, CellState.CHANGED, CellState.UNCLEAR):
            return cell
        return _as(cell, CellState.PROBLEM, "year_closed")

    def _said(self, home: ReadHome, known: KnownHome | None) -> Iterator[PlannedCell]:
        """What is only told: another number of persons, another village."""
        cell = home.facts.get("persons")
        size = len(home.members)
        if cell is not None and cell.read.finding == "count_differs":
            yield self._told("persons", cell, "count_differs", str(size))
        elif cell is not None and known is None and cell.read.value not in (None, size):
            told = self._told("persons", cell, "count_unlisted", str(size))
            yield replace(told, state=CellState.SAME)  # a list of heads: the others come later
        if known is None or not home.village or home.by_address:
            return
        named = self._known.villages.named(home.village)
        if not self._known.villages.is_in(known, named):
            raw = ReadCell(home.row, "", home.village, Read(home.village))
            old = self._known.villages.name(known.village)
            yield self._told("village", raw, "village_differs", old)

    def _told(self, code: str, cell: ReadCell, finding: str, old: str) -> PlannedCell:
        return PlannedCell(
            column=cell.column,
            field=code,
            label=self._fields[code].short_label,
            about=About.HOUSEHOLD,
            raw=cell.raw,
            old_text=old,
            new_text=cell.raw,
            state=CellState.PROBLEM,
            finding=finding,
        )

    def _without_units(self, cell: ReadCell) -> ReadCell:
        """An address without the village and commune that other fields hold."""
        parts = [part.strip() for part in str(cell.read.value or "").split(",")]
        villages = self._known.villages
        while parts and (not parts[-1] or villages.named(parts[-1]) or _is_unit(villages, parts)):
            parts.pop()
        value = ", ".join(parts)
        return ReadCell(cell.row, cell.column, cell.raw, Read(value or None, cell.read.finding))

    def _cell(self, code: str, cell: ReadCell, old: Any, about: About) -> PlannedCell:
        field = self._fields[code]
        read = cell.read
        new = read.value
        state = _state(code, read, old, new)
        if read.readings and any(_equal(code, old, one.value) for one in read.readings):
            state = CellState.SAME  # what is known is one of the readings
        if old is not None and clean(cell.raw) == clean(_shown(field, old)):
            state = CellState.SAME  # the very words of the register, whatever else they may mean
        return PlannedCell(
            column=cell.column,
            field=code,
            label=field.short_label,
            about=about,
            raw=cell.raw,
            old=old,
            new=new,
            old_text=_shown(field, old),
            new_text=_shown(field, new),
            state=state,
            readings=tuple(_reading(field, one) for one in read.readings),
            finding=read.finding,
            is_mended=read.mended,
        )


def _of_form(cell: PlannedCell, known: KnownHome | None) -> PlannedCell:
    """A finished form keeps its points; that a list has others, or another class, is told."""
    found = known.form.get(cell.field) if known else None
    if found is None or cell.state not in (CellState.NEW, CellState.CHANGED) or cell.new == found:
        return cell
    if cell.field == "score_income":
        return _as(cell, CellState.SAME, FORM_SCORE)
    return replace(cell, finding=FORM_CLASS)


def _one_of(finding: str, *codes: str) -> Read:
    return Read(readings=tuple(Reading(code, "") for code in codes), finding=finding)


def _is_unit(villages: Any, parts: list[str]) -> bool:
    return bool(villages.is_name_of_unit(parts[-1]))


def _reading(field: FieldDef, one: Reading) -> Reading:
    return Reading(one.value, one.text or _shown(field, one.value))


def _state(code: str, read: Read, old: Any, new: Value) -> CellState:
    if read.readings:
        return CellState.UNCLEAR
    if new is None:
        return CellState.SAME if read.mended else CellState.PROBLEM
    if _equal(code, old, new):
        return CellState.SAME
    if read.finding in _DOUBTED:
        return CellState.PROBLEM
    return CellState.NEW if old is None or old == "" else CellState.CHANGED


def _equal(code: str, old: Any, new: Any) -> bool:
    """Two spellings of a name are one; one without marks says nothing against one that has them,
    nor a year against a day that is known.
    """
    if old is None or new is None:
        return False
    if isinstance(old, PartialDate) and isinstance(new, PartialDate):
        return fits(old, new) and len(old.iso()) >= len(new.iso())
    if isinstance(old, str) and isinstance(new, str):
        if code in _NAMES:
            bare = is_unmarked(new) and search_key(old) == search_key(new)
            return bare or compare_key(old) == compare_key(new)
        if code == "decision_number":  # an arrow before a number is no other paper
            return clean(old) == clean(new).lstrip("=<> ")
        return clean(old) == clean(new)
    if isinstance(old, list | tuple) and isinstance(new, list | tuple):
        return set(old) == set(new)
    return bool(old == new)


def _as(cell: PlannedCell, state: CellState, finding: str) -> PlannedCell:
    return replace(cell, state=state, finding=finding, readings=())


def _shown(field: FieldDef, value: Any) -> str:
    if isinstance(value, list):
        value = tuple(value)
    if isinstance(value, date):
        return f"{value:%d/%m/}{value.year:04d}"
    return answer_words(field, value, none=VILLAGE_SHEET["none"])
