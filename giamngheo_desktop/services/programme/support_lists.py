"""The lines of a list of supports: whom each was given to, as the register stood that day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.support_list import without_numbers
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.services import names
from giamngheo_desktop.services.programme.within import within
from giamngheo_desktop.services.unit_names import all_villages
from giamngheo_desktop.storage import households, records
from giamngheo_desktop.storage import supports as stored
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.supports import Support


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One support, or all of the same content that a household got.

    `recipient` received in place of the head, `id_number` is of who received; empty where the
    register does not know. `person` is whom alone it was for. `shares` are đồng by source, empty
    where no amount is known; `quantity` hundredths of `unit`; `persons` how many it was for, None
    for the household.
    """

    household: UUID
    head: str
    recipient: str
    id_number: str
    address: str
    village: str
    person: str
    day: date
    content: str
    item: str
    specification: str
    unit: str
    quantity: int | None
    shares: Mapping[str, int]
    receipt: str | None
    note: str
    persons: frozenset[UUID] = frozenset()
    unpriced: int = 0  # supports of which no amount is known

    @property
    def amount(self) -> int | None:
        """From all sources, đồng; None where no amount is known."""
        return sum(self.shares.values()) if self.shares else None


def between(
    database: Database,
    first: date,
    last: date,
    policy: str | None = None,
    unit: UUID | None = None,
) -> list[Support]:
    """What was given between two days, by day; `unit` by its place then, None: anywhere."""
    with database.reader() as connection:
        belongs = within(connection, unit, last)
        return [
            row
            for row in stored.find(connection, *stored.within(since=first, policy=policy))
            if row.supported_on <= last and belongs(None, row.near)
        ]


def of_event(database: Database, event: UUID) -> list[Support]:
    """Those of an event. AppError `support_event_unknown`."""
    with database.reader() as connection:
        row = records.get(connection, Kind.SUPPORT_EVENT, event)
        if row is None or row["removed"]:
            raise AppError("support_event_unknown")
        return stored.find(connection, *stored.within(event=event))


def lines(
    database: Database, definitions: Definitions, found: Sequence[Support]
) -> tuple[Line, ...]:
    """A line a support: by village, then head, then day."""
    if not found:
        return ()
    last = max(row.supported_on for row in found)
    homes = list(dict.fromkeys(row.household for row in found))
    people = list(dict.fromkeys(row.person for row in found if row.person is not None))
    ordered = names.of_households(database, homes, last)
    order = {one.household: at for at, one in enumerate(ordered)}
    of_last = {one.household: one.head for one in ordered}
    persons = {one.person: one.full_name for one in names.of_persons(database, people, last)}
    with database.reader() as connection:
        villages = all_villages(connection, last)
        homes_on = _homes_on(connection, found)
    made = []
    for row in sorted(found, key=lambda row: (order[row.household], row.supported_on, row.uid)):
        home = homes_on.get((row.household, row.supported_on))
        head = home.head if home else None
        policy = definitions.supports.get(row.policy)
        made.append(
            Line(
                household=row.household,
                head=head.full_name if head else of_last.get(row.household, ""),
                recipient=_recipient(row, head.full_name if head else ""),
                id_number=_id_number(row, home),
                address=(home.address or home.current_residence or "") if home else "",
                village=villages.get(row.near, "") if row.near else "",
                person=persons.get(row.person, "") if row.person else "",
                day=row.supported_on,
                content=texts.support_content(
                    policy.label if policy else row.policy,
                    row.content or "",
                    row.period_from,
                    row.period_to,
                ),
                item=row.item or "",
                specification=row.specification or "",
                unit=row.unit or "",
                quantity=row.quantity,
                shares=row.shares,
                receipt=row.receipt,
                note=row.note or "",
                persons=frozenset() if row.person is None else frozenset({row.person}),
                unpriced=0 if row.shares else 1,
            )
        )
    return tuple(made)


def _homes_on(
    connection: Connection, found: Iterable[Support]
) -> dict[tuple[UUID, date], Household]:
    """Those that were in the register, as they were on the day of each support."""
    by_day: dict[date, dict[UUID, None]] = {}
    for row in found:
        by_day.setdefault(row.supported_on, {})[row.household] = None
    return {
        (uid, day): home
        for day, asked in by_day.items()
        for uids in records.batches(list(asked))
        for uid, home in households.load(connection, uids, day).items()
    }


def _recipient(row: Support, head: str) -> str:
    said = row.recipient or ""
    return "" if search_key(said) == search_key(head) else said


def _id_number(row: Support, home: Household | None) -> str:
    """Of the head, or of the member who received in the head's place; of nobody else."""
    if home is None:
        return ""
    wanted = search_key(row.recipient or (home.head.full_name if home.head else ""))
    named = [one for one in home.members if search_key(one.full_name) == wanted]
    if not row.recipient:
        named = [one for one in named if one.is_head]
    return (named[0].id_number or "") if len(named) == 1 else ""


def posted(found: Sequence[Line]) -> tuple[Line, ...]:
    """As they are hung out: what a household got of the same content in one line, added up, and no
    typed text with a number that may tell somebody apart.
    """
    groups: dict[tuple[object, ...], list[Line]] = {}
    for line in map(_public, found):
        key = (line.household, line.head, line.village, line.content, line.item, line.unit)
        groups.setdefault(key, []).append(line)
    return tuple(_together(group) for group in groups.values())


def _public(line: Line) -> Line:
    return replace(
        line,
        content=without_numbers(line.content),
        item=without_numbers(line.item),
        recipient="",
        id_number="",
        address="",
        person="",
        specification="",
        receipt=None,
        note="",
    )


def _together(group: Sequence[Line]) -> Line:
    shares: dict[str, int] = {}
    for line in group:
        for source, amount in line.shares.items():
            shares[source] = shares.get(source, 0) + amount
    quantities = [line.quantity for line in group]
    known = [quantity for quantity in quantities if quantity is not None]
    return replace(
        group[0],
        shares=shares,
        quantity=sum(known) if known and len(known) == len(quantities) else None,
        persons=frozenset().union(*(line.persons for line in group)),
        unpriced=sum(line.unpriced for line in group),
    )
