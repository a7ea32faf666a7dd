"""Reading one household for its page, and what a save of it takes along. No widgets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.form import FormDef
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.household import record
from giamngheo_desktop.gui.household.record import Typed
from giamngheo_desktop.services import household_entry, household_view
from giamngheo_desktop.services.household_view import Dossier, Surroundings
from giamngheo_desktop.storage.engine import Database


def reading(desk: Desk, uid: UUID, year: int) -> Callable[[], Dossier]:
    """The job of `dossier` for a working year; RefusedError `record_missing`."""
    return partial(
        household_view.dossier,
        desk.database,
        desk.definitions,
        uid,
        commune=desk.unit(year),
        year=year,
        day=desk.day(year),
    )


def around(desk: Desk, year: int) -> Callable[[], Surroundings]:
    """The job that reads what a new household of a working year needs."""
    return partial(
        household_view.surroundings,
        desk.database,
        desk.definitions,
        commune=desk.unit(year),
        year=year,
        day=desk.day(year),
    )


def as_typed(dossier: Dossier, form: FormDef) -> Typed:
    """What is stored, in the shape of what is typed."""
    standard = dossier.around.standard.code
    return Typed(
        values={
            **record.household_values(dossier.household, form),
            **record.class_values(dossier.of_year(standard)),
        },
        rows=[record.member_row(member) for member in dossier.household.members],
        ticks={},
    )


def blank(uid: UUID, around: Surroundings, village: UUID | None, form: FormDef) -> Typed:
    """An empty household in `village`, or in the only one there is."""
    only = around.villages[0].uid if len(around.villages) == 1 else None
    known = around.village(village)
    start = Household(uid=uid, village=known.uid if known else only)
    values = {**record.household_values(start, form), **record.class_values(None)}
    return Typed(values=values, rows=[], ticks={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Save:
    """One save: what is typed becomes a household, a class, ticks."""

    database: Database
    context: Context
    household: Household
    base: Household | None
    shown_on: date
    since: date
    commune: UUID
    change: household_entry.ClassChange | None
    typed: Typed
    year: int
    arrives: bool

    @property
    def changes_nothing(self) -> bool:
        return self.household == self.base and self.change is None and not self.typed.ticks

    def stands_before_shown(self, dossier: Dossier) -> bool:
        """Whether the class saved is older than the one the page goes on showing."""
        entry = self.change.entry if self.change else None
        shown = dossier.of_year(entry.standard) if entry else None
        return bool(entry and shown and shown.valid_from > entry.valid_from)

    def __call__(self) -> Done[Household]:
        return household_entry.save(
            self.database,
            self.context,
            self.household,
            base=self.base,
            shown_on=self.shown_on,
            since=self.since,
            commune=self.commune,
            change=self.change,
            answers=self.typed.ticks,
            arrives=self.arrives,
        )


def here_since(dossier: Dossier) -> date:
    """Since when the household is known to be here."""
    days = [member.joined_on for member in dossier.household.members if member.joined_on]
    return min(days, default=dossier.day)


def first_day(desk: Desk, surroundings: Surroundings, typed: Typed, *, arrives: bool) -> date:
    """Since when a new household is taken to be here: 1 January, or its village's first day."""
    today = desk.day(surroundings.year)
    if arrives:
        return today
    village = typed.values.get("village")
    found = surroundings.village(village) if isinstance(village, UUID) else None
    first = date(surroundings.year, 1, 1)
    return min(max(first, found.first_day) if found else first, today)


def prepare(
    desk: Desk,
    household: Household,
    typed: Typed,
    *,
    dossier: Dossier | None,
    surroundings: Surroundings,
    since: date,
    arrives: bool = False,
) -> Save:
    """The save of what is typed; `dossier` is None for a household that is not in the file."""
    standard = surroundings.standard.code
    stored = dossier.of_year(standard) if dossier else None
    change = record.class_change(
        typed,
        stored,
        household=household.uid,
        standard=standard,
        year=surroundings.year,
        since=since,
        first_day=here_since(dossier) if dossier else None,
        opening=surroundings.takes_opening(standard, surroundings.year),
    )
    return Save(
        database=desk.database,
        context=desk.context,
        household=household,
        base=dossier.household if dossier else None,
        shown_on=dossier.day if dossier else desk.day(surroundings.year),
        since=since,
        commune=desk.unit(surroundings.year),
        change=change,
        typed=typed,
        year=surroundings.year,
        arrives=arrives,
    )
