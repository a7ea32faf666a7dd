"""Compares the rows of a foreign list of supports with the register and with each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.entitlement import Given, Why, same
from giamngheo_desktop.domain.support_list import without_numbers
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.services.importing.plan import RowPlace
from giamngheo_desktop.services.programme.standings import standings
from giamngheo_desktop.services.programme.support_bulk import ForMany, Receiver, as_given
from giamngheo_desktop.services.programme.support_plan import PlannedSupport, SupportState, Wanted
from giamngheo_desktop.services.programme.support_rows import COLUMNS, Finding, Said
from giamngheo_desktop.services.programme.support_who import SaidRow
from giamngheo_desktop.services.programme.supports import doubts_in, given, given_often
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage import supports as stored
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.supports import Support

# read all the same, or what only writing it would have to know
_OF_AMOUNT = (
    "amount_odd", "amount_again", "amount_monthly", "support_posted",
)  # fmt: skip
_NAMES, _PERIOD = ("content", "item", "unit"), ("period_from", "period_to")
_DOUBLE = (Why.TWICE, Why.TWO_SOURCES)
_READY, _WAITING = SupportState.READY, SupportState.WAITING


def many_of(wanted: Wanted, receivers: Sequence[Receiver]) -> ForMany:
    """The event of a list, for those of its rows."""
    event = {**wanted.event, "policy": wanted.policy, "supported_on": wanted.on}
    return ForMany(
        event={**event, "name": wanted.name},
        receivers=[
            replace(one, answers={**wanted.answers, **_said(one.answers)}) for one in receivers
        ],
        support=wanted.support,
    )


def _said(answers: Mapping[str, str | None]) -> dict[str, str]:
    """An empty cell says nothing."""
    return {code: text for code, text in answers.items() if text is not None}


def compared(
    connection: Connection,
    context: Context,
    definitions: Definitions,
    rows: Sequence[SaidRow],
    wanted: Wanted,
) -> list[PlannedSupport]:
    """What stands in the register as it is said is the same; what repeats something waits."""
    asked = [row for row in rows if row.planned.state in (_READY, _WAITING)]
    may_be = {id(row): _receivers(row) for row in asked}
    homes = list(
        dict.fromkeys(one.household for row in asked for one in (*may_be[id(row)], *row.maybe))
    )
    register = _Register(connection, homes, wanted)
    kept: dict[int, UUID] = {}
    for row in sorted(asked, key=lambda row: row.planned.receiver is None):  # the sure ones first
        for one in may_be[id(row)]:
            if (same := register.claim(row.said, one)) is not None:
                kept[id(row)] = same
                break
    new = [row for row in asked if row.planned.receiver is not None and id(row) not in kept]
    receivers = [row.planned.receiver for row in new if row.planned.receiver is not None]
    made = as_given(context, many_of(wanted, receivers))
    stands = _Standings(connection, definitions, made, register.supports)
    often = given_often(definitions)
    above: dict[UUID, list[tuple[Given, RowPlace]]] = {}
    found: dict[int, PlannedSupport] = {}
    for row, made_of in zip(new, made, strict=True):
        home = made_of.household
        earlier = above.setdefault(home, [])
        planned = _clashing(row.planned, made_of, register.of(home), earlier, often)
        if any(register.claim(row.said, one) for one in row.maybe if one != row.planned.receiver):
            findings = (*planned.findings, Finding("support_of_other"))
            planned = replace(planned, state=_WAITING, findings=findings)
        found[id(row)] = stands.told(planned, row.said, made_of)
        earlier.append((made_of, row.planned.place))
    for row in asked:
        if id(row) in kept:
            same = kept[id(row)]
            found[id(row)] = replace(row.planned, state=SupportState.SAME, clash=same, findings=())
    return [found.get(id(row), row.planned) for row in rows]


def _receivers(row: SaidRow) -> tuple[Receiver, ...]:
    return (row.planned.receiver,) if row.planned.receiver is not None else row.maybe


class _Register:
    """What these households got so far."""

    def __init__(self, connection: Connection, homes: Sequence[UUID], wanted: Wanted) -> None:
        self.supports = stored.of_households(connection, homes)
        self._wanted = wanted
        self._of: dict[UUID, list[Support]] = {}
        for each in self.supports:
            self._of.setdefault(each.household, []).append(each)
        rows = records.find_below(
            connection,
            Kind.SUPPORT_VALUE,
            Kind.SUPPORT.value,
            [each.uid for each in self.supports],
        )
        self._answers = {(row["support"], row["code"]): row["value"] for row in rows}
        self._claimed: set[UUID] = set()

    def of(self, household: UUID) -> Sequence[Support]:
        return self._of.get(household, ())

    def claim(self, said: Said, receiver: Receiver) -> UUID | None:
        """The support that keeps all that a row says; each keeps one row. What is not read of it
        may say something else.
        """
        if any(one.code not in _OF_AMOUNT for one in said.asks):
            return None
        if said.posted:
            return self._claim_posted(said, receiver)
        for each in self.of(receiver.household):
            if each.uid not in self._claimed and self._keeps(each, said, receiver):
                self._claimed.add(each.uid)
                return each.uid
        return None

    def _claim_posted(self, said: Said, receiver: Receiver) -> UUID | None:
        """All that the household got of one content, where it adds up to what was hung out."""
        found = [
            each
            for each in self.of(receiver.household)
            if each.uid not in self._claimed and self._is_posted_as(each, said)
        ]
        amounts = [sum(each.shares.values()) for each in found]
        quantities = [each.quantity for each in found]
        known = [one for one in quantities if one is not None]
        quantity = sum(known) if len(known) == len(quantities) else None
        if not found or (said.amount or 0) != sum(amounts):
            return None
        if said.values.get("quantity") != quantity:
            return None
        self._claimed.update(each.uid for each in found)
        return found[0].uid

    def _is_posted_as(self, each: Support, said: Said) -> bool:
        values = said.values
        on = values.get("supported_on")
        return (
            each.policy == self._wanted.policy
            and on in (None, each.supported_on)
            and all(values.get(code) == getattr(each, code) for code in _PERIOD)
            and all(
                clean(values.get(code) or "") == clean(without_numbers(getattr(each, code) or ""))
                for code in _NAMES
            )
        )

    def _keeps(self, each: Support, said: Said, receiver: Receiver) -> bool:
        wanted = self._wanted
        if (each.policy, each.person) != (wanted.policy, receiver.person):
            return False
        shares = {source: amount for source, amount in (receiver.shares or {}).items() if amount}
        if said.amount and not shares:  # of which source nobody says
            if said.amount != each.amount:
                return False
        elif said.amount and shares != each.shares:
            return False
        values = {"supported_on": wanted.on, **wanted.support, **said.values}
        for code, value in values.items():
            if value is not None and code in COLUMNS and not _is_alike(value, getattr(each, code)):
                return False
        return all(
            text is None or self._answers.get((each.uid, code)) == text
            for code, text in receiver.answers.items()
        )


def _is_alike(value: object, kept: object) -> bool:
    if isinstance(value, str) and isinstance(kept, str):
        return clean(value) == clean(kept)
    return value == kept


def _clashing(
    planned: PlannedSupport,
    one: Given,
    near: Iterable[Support],
    above: Iterable[tuple[Given, RowPlace]],
    often: Collection[str],
) -> PlannedSupport:
    """It waits where the register, or a row above, gives the same content for the same days."""
    for each in near:
        if shared := same(one, given(each), often):
            said = texts.same_support(each.supported_on, shared)
            found = Finding("support_twice", said=said)
            findings = (*planned.findings, found)
            return replace(planned, state=_WAITING, clash=each.uid, findings=findings)
    for other, place in above:
        if same(one, other, often):
            found = Finding("support_row_twice", said=f"{place[0]}!{place[1]}")
            findings = (*planned.findings, found)
            return replace(planned, state=_WAITING, clash_row=place, findings=findings)
    return planned


class _Standings:
    """What is doubtful about supports that are not written yet."""

    def __init__(
        self,
        connection: Connection,
        definitions: Definitions,
        made: Sequence[Given],
        there: Sequence[Support],
    ) -> None:
        known = [*map(given, there), *made]
        self._doubts = doubts_in(connection, definitions, made, known, None)
        self._states: dict[tuple[UUID, date], str | None] = {}
        for day in {one.supported_on for one in made}:
            homes = list({one.household for one in made if one.supported_on == day})
            for home, one in standings(connection, definitions, homes, day).items():
                self._states[home, day] = one.state(day)

    def told(self, planned: PlannedSupport, said: Said, one: Given) -> PlannedSupport:
        """With its warnings; that it is given twice is said already."""
        warnings = tuple(each for each in self._doubts.get(one.uid, ()) if each.why not in _DOUBLE)
        told, listed = planned.told, said.household_class
        known = self._states.get((one.household, one.supported_on))
        if listed is not None and known is not None and listed != known:
            told = (*told, Finding("support_class", said=f"{listed}|{known}"))
        return replace(planned, warnings=warnings, told=told)
