"""Answers that come as named values instead of keys: the way of the window, without one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.answer_text import allowed, read_answer
from giamngheo_desktop.domain.answers import Answers, AnswerState, Key
from giamngheo_desktop.domain.asked import tick_of, ticks
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.form import FieldDef
from giamngheo_desktop.domain.form_code import read_form_code
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.indicators import Answer
from giamngheo_desktop.domain.point_picks import pick_of
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.services.review import case_entry
from giamngheo_desktop.services.review.case_entry import CaseSheet
from giamngheo_desktop.storage import records, reviews
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.texts import options_picked, pick_fields

AS_BEFORE, UNKNOWN = "=", "?"


def find_case(database: Database, review: str, household: str) -> UUID:
    """The case of a household, named by id, printed form code or mã hộ, in a review named by id or
    year (the periodic one).

    Raises AppErrors `import_review`, `import_household`, `import_household_twice`.
    """
    with database.reader() as connection:
        cases = reviews.cases(connection, _review(connection, review))
        homes = records.get_many(connection, Kind.HOUSEHOLD, [row["household"] for row in cases])
    for name, wanted in (
        (lambda row: str(row["household"]), _uid(household)),
        (lambda row: row["form_code"], _form_code(household)),
        (lambda row: homes[row["household"]]["code"], clean(household)),
    ):
        found = [row["uid"] for row in cases if wanted and name(row) == wanted]
        if len(found) > 1:
            raise AppError("import_household_twice", name=household)
        if found:
            return UUID(str(found[0]))
    raise AppError("import_household", name=household)


def _uid(name: str) -> str:
    """An id with its dashes or without, as it is kept; empty for what is none."""
    try:
        return str(UUID(name))
    except ValueError:
        return ""


def _form_code(name: str) -> str:
    """The printed code, however it is written; empty for what is none."""
    try:
        return read_form_code(name)
    except ValueError:
        return ""


def find_review(database: Database, name: str) -> UUID:
    """A review named by id or year. Raises AppErrors `import_review`, `review_only_closed`."""
    with database.reader() as connection:
        return _review(connection, name)


def _review(connection: Connection, name: str) -> UUID:
    rows = records.find(connection, Kind.REVIEW)
    found = [row["uid"] for row in rows if str(row["uid"]) == _uid(name)]
    found = found or [
        row["uid"] for row in rows if row["kind"] == "periodic" and str(row["review_year"]) == name
    ]
    if not found and name in {
        str(row["review_year"]) for row in records.find(connection, Kind.ROUND)
    }:
        raise AppError("review_only_closed", name=name)
    if len(found) != 1:
        raise AppError("import_review", name=name)
    return UUID(str(found[0]))


def import_answers(
    database: Database,
    context: Context,
    definitions: Definitions,
    case: UUID,
    given: Mapping[str, object],
) -> Done[CaseSheet]:
    """Type the answers of one form and save it: all of them or none; one undo step.

    A key is a field of the household, `PERSON.field` with a person's id or number (1 is the head)
    on the form, `STANDARD.indicator` of an indicator ticked by hand, or `b1:item` of an item of
    Phiếu B1 that a table of points scores. A value is read as typed into the form; `=` is như năm
    trước, `?` không biết. What is hidden until another answer is given may stand in any place.
    Raises AppErrors `import_field`, `import_person`, `import_indicator`, `import_not_by_hand`,
    `import_value`, and those of `case_entry.save_case`.
    """
    sheet = case_entry.open_case(database, definitions, case, context.today())
    named = list(_keys(sheet, definitions, given))
    values = {key: (field, raw) for key, _, field, raw in named}
    home, ticked = sheet.household, {code: dict(found) for code, found in sheet.ticks.items()}
    picks = dict(sheet.picks)
    for (record, code), name, field, raw in named:
        if raw in (AS_BEFORE, UNKNOWN):
            continue
        value = _read(field, raw, name)
        item, tick = pick_of(code), tick_of(code)
        if item is not None:
            picks.pop(item, None)
            if (options := options_picked(value)) is not None:
                picks[item] = options
        elif tick is not None:
            ticked[tick[0]][tick[1]] = None if value is None else Answer(bool(value))
        else:
            home = _with(home, record, code, value)
    known = Answers(dict(_as_they_were(sheet.answers, values)))
    typed = case_entry.recompute(definitions, sheet, home, known, ticked, picks)
    answers = Answers({**typed.answers.states, **dict(_states(typed, values))})
    return case_entry.save_case(
        database,
        context,
        definitions,
        sheet,
        home,
        answers,
        day=context.today(),
        ticks=ticked,
        picks=picks,
        op=Op.IMPORT_ANSWERS,
    )


def unanswered(sheet: CaseSheet) -> list[str]:
    """The names, as `import_answers` reads them, of what must be answered and is empty."""
    numbers = {one.uid: number for number, one in enumerate(sheet.household.members, start=1)}
    return sorted(
        f"{numbers[record]}.{code}" if record in numbers else code for record, code in sheet.empty
    )


def _keys(
    sheet: CaseSheet, definitions: Definitions, given: Mapping[str, object]
) -> Iterator[tuple[Key, str, FieldDef, object]]:
    """Each answer with its key, and the name it was given by."""
    home, asking = sheet.household, sheet.asking
    by_hand = frozenset(ticks(asking.standards))
    picked = {field.code: field for field in pick_fields(sheet.points, sheet.region)}
    for name, raw in given.items():
        owner, dot, code = name.rpartition(".")
        field: FieldDef | None
        if name in picked:
            yield (home.uid, name), name, picked[name], raw
            continue
        if name in by_hand:
            key, field = (home.uid, name), asking.member_form.field("health_insurance")  # a yes/no
        elif owner in {item.code for item in definitions.standards}:
            ours = {item.code: item.codes for item in asking.standards}.get(owner, ())
            if code in ours:
                raise AppError("import_not_by_hand", name=name, standard=owner)
            raise AppError("import_indicator", name=name, standard=owner)
        elif dot:
            key, field = (_person(home, owner), code), asking.member_form.fields.get(code)
        else:
            key, field = (home.uid, code), asking.household_form.fields.get(code)
        # What happens to a household (moving, another head) is an event, not an answer.
        if field is None or not field.review:
            raise AppError("import_field", name=name)
        yield key, name, field, raw


def _as_they_were(
    answers: Answers, values: Mapping[Key, tuple[FieldDef, object]]
) -> Iterator[tuple[Key, AnswerState]]:
    """The states before; “như năm trước” takes back that nobody knew."""
    for key, state in answers.states.items():
        _, raw = values.get(key, (None, None))
        if not (raw == AS_BEFORE and state is AnswerState.UNKNOWN):
            yield key, state


def _person(home: Household, name: str) -> UUID:
    for number, member in enumerate(home.members, start=1):
        if name in (str(number), str(member.uid)):
            return member.uid
    raise AppError("import_person", name=name)


def _read(field: FieldDef, raw: object, name: str) -> Any:
    try:
        return allowed(field, read_answer(field, raw))
    except ValueError as error:
        raise AppError("import_value", name=name, reason=error.args[0]) from error


def _with(home: Household, record: UUID, code: str, value: Any) -> Household:
    value = "" if code == "full_name" and value is None else value
    if record == home.uid:
        return replace(home, **{code: value})
    members = tuple(
        replace(member, **{code: value}) if member.uid == record else member
        for member in home.members
    )
    return replace(home, members=members)


def _states(
    typed: CaseSheet, values: Mapping[Key, tuple[FieldDef, object]]
) -> Iterator[tuple[Key, AnswerState]]:
    """The states of what was named; an answer to a question not asked has none."""
    for key, (_, raw) in values.items():
        state = typed.answers.state(key)
        if state is None:
            continue
        if raw == UNKNOWN:
            yield key, AnswerState.UNKNOWN
        elif raw == AS_BEFORE and state in (AnswerState.CARRIED, AnswerState.TOUCHED):
            yield key, AnswerState.CONFIRMED
        elif raw != AS_BEFORE:
            empty = typed.value(key) in (None, "")
            yield key, AnswerState.EMPTY if empty else AnswerState.CONFIRMED
