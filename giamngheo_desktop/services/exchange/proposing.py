"""New households that two copies may have typed each: put side by side for the officer to say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.answer_words import answer_words
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.services.exchange.joining import is_same
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import areas, exchange, households, records, twins
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.record_names import names_of

_APART = "two_households/"  # settings: pairs that are two, one setting for each


@dataclass(frozen=True, slots=True)
class SideLine:
    """One thing of both households in words; `after` is what would stand of them joined."""

    label: str
    here: str
    there: str
    after: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """`here` was typed in this file, as far as one of both was; `there` came from another copy."""

    name: str
    here: UUID
    there: UUID
    lines: tuple[SideLine, ...]

    def turned(self) -> Proposal:
        """The same, with the other household as the one that stays."""
        lines = tuple(
            SideLine(line.label, line.there, line.here, _joined(line.there, line.here))
            for line in self.lines
        )
        return Proposal(self.name, self.there, self.here, lines)


def proposals(database: Database, definitions: Definitions, day: date) -> list[Proposal]:
    """What nobody has answered yet, by the head's name."""
    with database.reader() as connection:
        pairs = list(_open_pairs(connection))
        uids = sorted({uid for pair in pairs for uid in pair})
        homes = households.load(connection, uids, day)
        names = names_of(connection, uids)
        beside = _Beside(connection, definitions, day)
        found = [
            Proposal(names[here], here, there, tuple(beside.lines(homes[here], homes[there])))
            for here, there in pairs
            if here in homes and there in homes
        ]
    return sorted(found, key=lambda one: (one.name, one.here))


def keep_apart(database: Database, context: Context, one: UUID, other: UUID) -> Done[None]:
    """They are two households: the question is not asked again. RefusedErrors `same_household`,
    `record_missing`.
    """
    if one == other:
        raise RefusedError("same_household")
    with write_unit(database, context, Op.KEEP_APART) as work:
        for uid in (one, other):
            work.living(Kind.HOUSEHOLD, uid)
        work.subject = names_of(work.connection, [one])[one]
        work.insert(
            Kind.SETTING,
            code=_code(one, other),
            value="yes",
            valid_from=context.today(),
            valid_to=None,
        )
    return Done(None, work.changes)


def _code(one: UUID, other: UUID) -> str:
    return _APART + "-".join(sorted((one.hex, other.hex)))


def _open_pairs(connection: Connection) -> Iterator[tuple[UUID, UUID]]:
    """Which stays first; what one merge brought was known to its sender as two."""
    brought = exchange.households_brought(connection)
    if not brought:
        return
    answered = {
        row["code"]
        for row in records.find(connection, Kind.SETTING)
        if row["code"].startswith(_APART)
    }
    for one, other in twins.same_head(connection, sorted(brought)):
        if brought.get(one) != brought.get(other) and _code(one, other) not in answered:
            yield (other, one) if one in brought else (one, other)


def _joined(here: str, there: str) -> str:
    return here or there


class _Beside:
    """Says two households in the words of their forms."""

    def __init__(self, connection: Connection, definitions: Definitions, day: date) -> None:
        self._connection, self._day = connection, day
        self._household = definitions.fields("household")
        self._member = definitions.fields("member")
        self._tree = areas.tree_on(connection, day)

    def lines(self, here: Household, there: Household) -> Iterator[SideLine]:
        one, other = self._village(here), self._village(there)
        yield SideLine(self._household["village"].short_label, one, other, _joined(one, other))
        yield from self._members(here, there)
        for kind, said in ((Kind.CLASS_RECORD, self._class), (Kind.CASE, self._case)):
            one, other = said(here.uid), said(there.uid)
            if one or other:
                yield SideLine(texts.MERGE_KINDS[kind], one, other, _joined(one, other))
        for code, field in self._household.items():
            one, other = (answer_words(field, getattr(home, code, None)) for home in (here, there))
            if one or other:
                yield SideLine(field.short_label, one, other, _joined(one, other))

    def _village(self, home: Household) -> str:
        area = self._tree.get(home.village) if home.village else None
        return area.name if area else ""

    def _members(self, here: Household, there: Household) -> Iterator[SideLine]:
        label, left = texts.MERGE_KINDS[Kind.MEMBERSHIP], list(there.members)
        for one in here.members:
            twin = next((each for each in left if is_same(_person(one), _person(each))), None)
            if twin is not None:
                left.remove(twin)
            said = self._said(one)
            yield SideLine(label, said, self._said(twin) if twin else "", said)
        for each in left:
            said = self._said(each)
            yield SideLine(label, "", said, said)

    def _said(self, member: Member) -> str:
        codes = ("full_name", "birth", "relation", "id_number")
        words = (answer_words(self._member[code], getattr(member, code)) for code in codes)
        return ", ".join(filter(None, words))

    def _class(self, uid: UUID) -> str:
        rows = records.find(self._connection, Kind.CLASS_RECORD, household=uid)
        last = max(rows, key=lambda row: row["valid_from"], default=None)
        return texts.CLASS_WORDS.get(last["household_class"], "") if last else ""

    def _case(self, uid: UUID) -> str:
        rows = records.find(self._connection, Kind.CASE, household=uid)
        if not rows:
            return ""
        outcome = str(rows[-1]["outcome"] or "waiting")
        return texts.MERGE_CODES.get(outcome, outcome)


def _person(member: Member) -> dict[str, Any]:
    return {name: getattr(member, name) for name in ("uid", "id_number", "full_name", "birth")}
