"""A household as values of forms, and back: what is typed meets what is stored. No widgets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.form import FormDef
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.indicators import Answer
from giamngheo_desktop.gui.forms.entry import Entry, Unparsed, has_unparsed
from giamngheo_desktop.services.class_line import ClassEntry, Paper, is_same_paper
from giamngheo_desktop.services.drafts import DraftValue, Raw
from giamngheo_desktop.services.household_entry import ClassChange
from giamngheo_desktop.services.household_view import ClassRecord

MEMBERS = "members"
CLASS_FIELDS = ("class", "average_living", "decision_number", "decision_date")

Values = Mapping[str, Entry]
Rows = Sequence[Mapping[str, Entry]]
Ticks = Mapping[str, Mapping[str, Answer | None]]

_MEMBER_FIELDS = tuple(field.name for field in fields(Member))
_FILLED_IN = ("given_name", "joined_on")  # by a save, where nothing was typed
_TEXTS = ("full_name", "given_name")  # empty, never None


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Everything on the page as typed: household fields and class, members, ticks."""

    values: Values
    rows: Rows
    ticks: Ticks

    @property
    def unread(self) -> bool:
        """Whether some text is not understood."""
        entries = [*self.values.values(), *(entry for row in self.rows for entry in row.values())]
        return any(has_unparsed(entry) for entry in entries)


def household_values(household: Household, form: FormDef) -> dict[str, Entry]:
    """The fields of the household's own form."""
    return {field.code: getattr(household, field.code) for field in form}


def member_row(member: Member) -> dict[str, Entry]:
    """A member as a row of the grid; fields that are no column travel along."""
    return {name: getattr(member, name) or None for name in _TEXTS} | {
        name: getattr(member, name) for name in _MEMBER_FIELDS if name not in _TEXTS
    }


def class_values(record: ClassRecord | None) -> dict[str, Entry]:
    """The class of the year as its fields show it."""
    if record is None:
        return dict.fromkeys(CLASS_FIELDS)
    return {
        "class": record.household_class,
        "average_living": record.average_living,
        "decision_number": record.number,
        "decision_date": record.signed_on,
    }


def build(uid: UUID, base: Household | None, typed: Typed, form: FormDef) -> Household:
    """The household as it would be saved: text not understood leaves what is stored."""
    values = {
        field.code: _read(typed.values.get(field.code), getattr(base, field.code, None))
        for field in form
    }
    known: dict[object, Member] = {m.uid: m for m in base.members} if base else {}
    members = tuple(_member(row, known.get(row["uid"])) for row in typed.rows)
    facts = base.facts if base else {}
    return Household(uid=uid, members=members, facts=facts, **values)


def class_change(
    typed: Typed,
    stored: ClassRecord | None,
    *,
    household: UUID,
    standard: str,
    year: int,
    since: date,
    first_day: date | None,
    opening: bool,
) -> ClassChange | None:
    """What Ctrl+S does to the class of the year; None where nothing was typed about it.

    The same paper, or still none, corrects what is stored. Another decision is a result of its
    own from the day it was signed, or from the first day of the household in the register
    (`first_day`, None: it is new, from `since`). `opening`: without a decision this is the class
    the register opens with; else a decision whose paper is still missing.
    """
    before = class_values(stored)
    now = {code: _read(typed.values.get(code), before[code]) for code in CLASS_FIELDS}
    average_living = bool(now["average_living"])  # an open question is no recognition
    if {**now, "average_living": average_living} == {
        **before,
        "average_living": bool(before["average_living"]),
    }:
        return None
    code = now["class"] or ("not_poor" if average_living else None)
    if code is None:
        return ClassChange(entry=None, stored=stored.uid) if stored else None
    number, signed = now["decision_number"] or None, now["decision_date"]
    source = "opening" if opening and not (number or signed) else "decision"
    first = max(signed, first_day or since) if signed else since
    result = (str(code), average_living)
    corrected = stored if stored and _corrects(stored, result, (number, signed)) else None
    if corrected is not None and (corrected.signed_on or not signed):
        first = corrected.valid_from
    if corrected is not None and not (number or signed):
        source = corrected.source
    entry = ClassEntry(
        household=household,
        standard=standard,
        review_year=year,
        household_class=str(code),
        average_living=average_living,
        source=source,
        valid_from=first,
        decision_number=number,
        decision_on=signed,
        note=corrected.note if corrected else None,
    )
    return ClassChange(entry=entry, stored=corrected.uid if corrected else None)


def _corrects(stored: ClassRecord, result: tuple[str, bool], paper: Paper) -> bool:
    """Whether this is still the stored result: its paper, one named for it later, or taken away."""
    known = (stored.number, stored.signed_on)
    if any(paper) == any(known):
        return is_same_paper(paper, known)
    named_later = not any(known) and (paper[1] is None or paper[1] <= stored.valid_from)
    same_result = result == (stored.household_class, stored.average_living)
    return same_result and (named_later or not any(paper))


def sent_part(typed: Typed) -> Typed:
    """What a save takes along: a decision without a class stays behind."""
    if not class_waits(typed):
        return typed
    values = {code: e for code, e in typed.values.items() if code not in CLASS_FIELDS}
    return replace(typed, values=values)


def waits(typed: Typed) -> bool:
    """Something is typed that no save can take yet."""
    return typed.unread or class_waits(typed)


def class_waits(typed: Typed) -> bool:
    """A decision was typed but no class: it cannot be saved yet."""
    values = typed.values
    has_class = values.get("class") or values.get("average_living")
    return not has_class and bool(values.get("decision_number") or values.get("decision_date"))


# -- drafts -------------------------------------------------------------------------------------


def pack(typed: Typed) -> dict[str, DraftValue]:
    """What is typed as a draft keeps it."""
    record: dict[str, Any] = {code: packed(entry) for code, entry in typed.values.items()}
    record[MEMBERS] = tuple(
        {code: packed(entry) for code, entry in row.items()} for row in typed.rows
    )
    record["ticks"] = tuple(
        {
            "standard": standard,
            "indicator": indicator,
            "deprived": answer.deprived if answer else None,
            "reason": answer.reason if answer else None,
        }
        for standard, ticks in typed.ticks.items()
        for indicator, answer in ticks.items()
    )
    return record


def unpack(record: Mapping[str, Any]) -> Typed:
    """The inverse of `pack`; keys that are no field are left to the caller."""
    ticks: dict[str, dict[str, Answer | None]] = {}
    for row in _rows(record.get("ticks")):
        deprived = row["deprived"]
        answer = None if deprived is None else Answer(bool(deprived), row["reason"])
        ticks.setdefault(row["standard"], {})[row["indicator"]] = answer
    return Typed(
        values={
            code: unpacked(value)
            for code, value in record.items()
            if code not in (MEMBERS, "ticks")
        },
        rows=[
            {code: unpacked(value) for code, value in row.items()}
            for row in _rows(record.get(MEMBERS))
        ],
        ticks=ticks,
    )


def settled(typed: Typed, stored: Typed) -> Typed:
    """A draft with what only a save fills in, so that a saved draft equals what is stored."""
    known = {row["uid"]: row for row in stored.rows}
    rows = [
        {**row, **{code: row.get(code) or known[row["uid"]][code] for code in _FILLED_IN}}
        if row["uid"] in known
        else row
        for row in typed.rows
    ]
    values = dict(typed.values)
    if values.get("average_living") is None and stored.values.get("average_living") is False:
        values["average_living"] = False
    return Typed(values=values, rows=rows, ticks=typed.ticks)


def renamed(typed: Typed, new_id: Callable[[], UUID]) -> Typed:
    """The same about new persons: the ones it was about were taken out of the file."""
    rows = [{**row, "uid": new_id(), "membership": new_id()} for row in typed.rows]
    return replace(typed, rows=rows)


def carried_over(before: Typed, now: Typed, stored: Typed) -> Typed:
    """What is stored, with everything over it that was typed since `before` or cannot be read."""
    rows_before = {row["uid"]: row for row in before.rows}
    rows_now = {row["uid"]: row for row in now.rows}
    rows: list[Mapping[str, Entry]] = []
    for row in stored.rows:
        uid = row["uid"]
        if uid in rows_now:
            rows.append(_over(rows_before.get(uid, {}), rows_now[uid], row))
        elif uid not in rows_before:  # came meanwhile; else it was marked as removed
            rows.append(row)
    there = {row["uid"] for row in stored.rows} | rows_before.keys()
    rows += [row for uid, row in rows_now.items() if uid not in there]
    ticks = {
        standard: {
            code: answer
            for code, answer in answers.items()
            if before.ticks.get(standard, {}).get(code, _NOTHING) != answer
        }
        for standard, answers in now.ticks.items()
    }
    return Typed(
        values=_over(before.values, now.values, stored.values),
        rows=rows,
        ticks={standard: answers for standard, answers in ticks.items() if answers},
    )


_NOTHING = object()


def _over(before: Values, now: Values, stored: Values) -> dict[str, Entry]:
    typed = {
        code: entry
        for code, entry in now.items()
        if has_unparsed(entry) or entry != before.get(code)
    }
    return {**stored, **typed}


def _member(row: Values, before: Member | None) -> Member:
    values: dict[str, Any] = {
        name: _read(row.get(name), getattr(before, name, None)) for name in _MEMBER_FIELDS
    }
    for name in _TEXTS:
        values[name] = values[name] or ""
    values["is_head"] = bool(values["is_head"])
    return Member(**values)


def _read(entry: Entry, stored: Any) -> Any:
    return stored if isinstance(entry, Unparsed) else entry


def packed(entry: object) -> object:
    """An entry as a draft keeps it; `unpacked` is the way back."""
    return Raw(entry.text) if isinstance(entry, Unparsed) else entry


def unpacked(value: Any) -> Entry:
    return Unparsed(value.text, "") if isinstance(value, Raw) else value


def _rows(value: Any) -> Iterable[Mapping[str, Any]]:
    return value if isinstance(value, tuple) else ()
