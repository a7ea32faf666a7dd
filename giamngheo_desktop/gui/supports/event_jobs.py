"""What the view of a hand-out reads off the GUI thread: who stands in its grid, and what is to be
said of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.entitlement import Doubt
from giamngheo_desktop.gui.jobs import without_collecting
from giamngheo_desktop.gui.supports.amount_step import GridLine
from giamngheo_desktop.gui.supports.event_form import Common
from giamngheo_desktop.gui.supports.receiver_pick import Picked
from giamngheo_desktop.services.programme import support_bulk, support_events, supports
from giamngheo_desktop.services.programme.support_bulk import (
    Choice,
    ForMany,
    Receiver,
    household_choice,
)
from giamngheo_desktop.services.programme.support_events import Line
from giamngheo_desktop.services.programme.support_plan import Wanted as ListWanted
from giamngheo_desktop.services.programme.support_template import support_template
from giamngheo_desktop.services.register import HouseholdFilter
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True, slots=True)
class Known:
    """The lines, how many of those ticked are `gone`: not in the register on the day, and the
    warnings by line.
    """

    lines: Sequence[GridLine]
    gone: int
    doubts: Mapping[UUID, str]


def lines_for(
    database: Database,
    context: Context,
    definitions: Definitions,
    register: HouseholdFilter,
    picked: Sequence[Picked],
    common: Common,
    labels: Mapping[str, str],
) -> Known:
    """The lines in the order of the register that was picked from, and their warnings."""
    with without_collecting():
        homes = [one.household for one in picked]
        people = [one.person for one in picked if one.person is not None]
        found = support_events.chosen(database, register, homes, people)
        wanted = {one.uid for one in picked}
        shares = {source: amount for source, amount in common.shares.items() if amount}
        quantity = common.support.get("quantity")
        lines = [GridLine(who, shares, quantity) for uid, who in found.items() if uid in wanted]
        receivers = [Receiver(household=one.who.household, person=one.who.person) for one in lines]
        asked = ForMany(
            event=common.event, receivers=receivers, shares=shares, support=common.support
        )
        uids = [one.who.uid for one in lines]
        doubts = doubts_for(database, context, definitions, asked, uids, labels)
    return Known(lines, len(wanted) - len(lines), doubts)


def doubts_for(
    database: Database,
    context: Context,
    definitions: Definitions,
    wanted: ForMany,
    uids: Sequence[UUID],
    labels: Mapping[str, str],
) -> dict[UUID, str]:
    """What is to be said of each, by the line."""
    names = {
        id(who): uid for who, uid in zip(wanted.receivers, uids, strict=True)
    }  # a receiver is told back as it was given
    found = support_bulk.foresee(database, context, definitions, wanted)
    return {
        names[id(who)]: _said([one for those in doubts.values() for one in those], labels)
        for who, doubts in found
    }


def lines_of(
    database: Database,
    context: Context,
    definitions: Definitions,
    event: UUID,
    labels: Mapping[str, str],
) -> Known:
    """Those of a written event."""
    with without_collecting():
        found: Sequence[Line] = support_events.lines(database, event)
        rows = [one.support for one in found]
        doubts = supports.doubts(database, definitions, rows, context.today())
        lines = [GridLine(one.who, one.support.shares, one.support.quantity) for one in found]
    said = {uid: _said(those, labels) for uid, those in doubts.items()}
    return Known(lines, 0, said)


def _said(doubts: Sequence[Doubt], labels: Mapping[str, str]) -> str:
    return " ".join(dict.fromkeys(texts.support_doubt(one, labels) for one in doubts))


def event_of_list(common: Common, day: date, year: int) -> ListWanted:
    """The event that a list is of; one source alone is that of amounts that name none."""
    own = ("policy", "name", "supported_on")
    event = {code: value for code, value in common.event.items() if code not in own}
    return ListWanted(
        policy=common.event["policy"],
        on=day,
        name=common.event["name"],
        source=next(iter(common.shares)) if len(common.shares) == 1 else None,
        event={"year": year, **_given(event)},
        support=_given(common.support),
        answers=common.answers,
    )


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {code: value for code, value in values.items() if value is not None}


def template_of(
    database: Database,
    context: Context,
    definitions: Definitions,
    wanted: ListWanted,
    register: HouseholdFilter,
    homes: Collection[UUID],
    sources: Collection[str],
) -> bytes:
    """The workbook to fill in, for these households, or for all of the day where there are none."""
    from giamngheo_desktop.exports.import_template import template_workbook

    with without_collecting():
        if not homes:
            homes = [row.uid for row in household_choice(database, Choice(households=register))]
        made = support_template(
            database, context, definitions, wanted, households=homes, sources=sources
        )
        return template_workbook(made)
