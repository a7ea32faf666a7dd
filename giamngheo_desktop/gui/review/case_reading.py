"""A case as the entry page reads, changes and saves it. No widgets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.answers import Answers, Key
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.indicators import Answer
from giamngheo_desktop.domain.point_picks import Picks
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms.entry import Entry, Unparsed
from giamngheo_desktop.gui.household import record
from giamngheo_desktop.gui.household.record import Typed, Values
from giamngheo_desktop.gui.review import point_fields, tick_form
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.review import case_entry
from giamngheo_desktop.services.review.case_entry import CaseSheet
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True, slots=True)
class CaseRead:
    """A case and the name of its village."""

    sheet: CaseSheet
    village: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Save:
    """One save: what was typed until it was asked for."""

    database: Database
    context: Context
    definitions: Definitions
    sheet: CaseSheet
    household: Household
    typed: Typed
    answers: Answers

    def __call__(self) -> Done[CaseSheet]:
        return case_entry.save_case(
            self.database,
            self.context,
            self.definitions,
            self.sheet,
            self.household,
            self.answers,
            day=self.context.today(),
            ticks=all_ticks(self.sheet, self.typed),
            picks=all_picks(self.sheet, self.typed),
        )


def reading(desk: Desk, case: UUID) -> Callable[[], CaseRead]:
    """The job that opens a case."""
    return partial(_read, desk.database, desk.definitions, case, desk.context)


def _read(database: Database, definitions: Definitions, case: UUID, context: Context) -> CaseRead:
    sheet = case_entry.open_case(database, definitions, case, context.today())
    village = areas.tree(database, sheet.day).get(sheet.case["village"])
    return CaseRead(sheet, village.name if village else "")


def saving(desk: Desk, sheet: CaseSheet, typed: Typed, answers: Answers) -> Save:
    return Save(
        database=desk.database,
        context=desk.context,
        definitions=desk.definitions,
        sheet=sheet,
        household=household_of(sheet, typed),
        typed=typed,
        answers=answers,
    )


def settling(
    desk: Desk, case: UUID, outcome: str, note: str | None, overrides: Mapping[str, str]
) -> Callable[[], Done[None]]:
    """The job that closes a case."""
    return partial(
        case_entry.settle,
        desk.database,
        desk.context,
        desk.definitions,
        case,
        outcome=outcome,
        note=note,
        overrides=overrides,
    )


def reopening(desk: Desk, case: UUID, reason: str) -> Callable[[], Done[None]]:
    return partial(case_entry.reopen, desk.database, desk.context, case, reason=reason)


def as_typed(sheet: CaseSheet) -> Typed:
    """What is stored, in the shape of what is typed."""
    stored = tick_form.values(sheet.base_ticks)
    codes = (code for code in tick_form.codes(sheet.asking.standards))
    return Typed(
        values={
            **record.household_values(sheet.base, sheet.asking.household_form),
            **point_fields.values(sheet),
        },
        rows=[record.member_row(member) for member in sheet.base.members],
        ticks=tick_form.ticks({code: stored.get(code) for code in codes}),
    )


def household_of(sheet: CaseSheet, typed: Typed) -> Household:
    """The household as it would be saved: text not understood leaves what is stored."""
    return record.build(sheet.base.uid, sheet.base, typed, sheet.asking.household_form)


def recomputed(
    definitions: Definitions, sheet: CaseSheet, typed: Typed, answers: Answers
) -> CaseSheet:
    """What follows from what is on screen: text not understood is no answer."""
    read = replace(
        typed, values=_readable(typed.values), rows=[_readable(row) for row in typed.rows]
    )
    home = household_of(sheet, read)
    ticks, picks = all_ticks(sheet, typed), all_picks(sheet, read)
    return case_entry.recompute(definitions, sheet, home, answers, ticks, picks)


def all_ticks(sheet: CaseSheet, typed: Typed) -> dict[str, dict[str, Answer | None]]:
    """The ticks on screen over those that other pages show."""
    found: dict[str, dict[str, Answer | None]] = {
        standard: dict(answers) for standard, answers in sheet.base_ticks.items()
    }
    for standard, answers in typed.ticks.items():
        known = found.setdefault(standard, {})
        for indicator, answer in answers.items():
            before = known.get(indicator)
            same = before and answer and before.deprived == answer.deprived
            if not same and (answer is not None or before is not None):
                known[indicator] = answer
    return found


def all_picks(sheet: CaseSheet, typed: Typed) -> Picks:
    """The options of Phiếu B1 on screen; text not understood leaves what is stored."""
    if sheet.points is None:
        return sheet.picks
    return point_fields.picks(sheet, typed.values)


def merged(mine: Answers, before: Answers, stored: Answers) -> Answers:
    """The stored states, with mine where I changed them since `before`."""
    changed = {
        key: mine.states[key]
        for key in mine
        if key in stored.states and mine.states[key] is not before.state(key)
    }
    return Answers({**stored.states, **changed})


def changed_states(mine: Answers, before: Answers) -> dict[Key, str]:
    """The answers whose state is another one than before."""
    return {
        key: mine.states[key].value for key in mine if mine.states[key] is not before.state(key)
    }


def _readable(values: Values) -> Mapping[str, Entry]:
    return {code: None if isinstance(e, Unparsed) else e for code, e in values.items()}
