"""Places that hold one thing at a time: the village of a household, its case in a review …

Copies that filled one on both sides made two records of it. Both are kept; the one of the newest
action stands, the other goes out of force: it ends the day before the other begins, or is
`removed`. Records that are one thing by their key become one: what the newest leaves empty comes
from the others, what pointed at those points at it. All this is worked out anew from the edits at
each merge, so it is taken back when its cause is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.merging import REMOVED, YES, Merged

FROM, TO = "valid_from", "valid_to"
_ENDLESS = "9999-12-31"

# Which columns of a kind point at which kind.
References = Mapping[Kind, Mapping[str, Kind]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """`only` limits it to records whose column has one of these texts."""

    kind: Kind
    key: tuple[str, ...]
    dated: bool = False
    may_lack: tuple[str, ...] = ()  # columns of the key that may be NULL
    only: tuple[str, frozenset[str | None]] | None = None
    gives_up: Mapping[str, str | None] | None = None  # what the loser has then; None: it goes


_COUNTED_CLASSES = frozenset({"opening", "decision"})

# A slot stands behind those whose losers its key may point at.
SLOTS: tuple[Slot, ...] = (
    Slot(kind=Kind.DECISION, key=("area", "number", "signed_on")),
    Slot(
        kind=Kind.REVIEW, key=("area", "kind", "review_year", "month"), may_lack=("month",)
    ),
    Slot(kind=Kind.REVIEW_STANDARD, key=("review", "standard")),
    Slot(kind=Kind.MEETING, key=("review", "village", "held_on")),
    Slot(kind=Kind.CASE, key=("household", "review")),
    Slot(kind=Kind.CASE_ANSWERS, key=("review_case", "record")),
    Slot(kind=Kind.CASE_RESULT, key=("review_case", "standard")),
    Slot(kind=Kind.VOTE, key=("review_case", "meeting")),
    Slot(kind=Kind.POPULATION, key=("area", "year"), only=("edition_to", frozenset({None}))),
    Slot(kind=Kind.VILLAGE_TARGET, key=("area", "year", "document"), may_lack=("document",)),
    Slot(
        kind=Kind.OPENING_COUNT, key=("village", "standard", "review_year", "household_class")
    ),
    Slot(kind=Kind.INDICATOR_ANSWER, key=("household", "standard", "indicator")),
    Slot(kind=Kind.AREA_VERSION, key=("area",), dated=True),
    Slot(kind=Kind.AREA_FACT, key=("area", "code"), dated=True),
    Slot(kind=Kind.PLACE, key=("household",), dated=True),
    Slot(kind=Kind.HOUSEHOLD_FACT, key=("household", "code"), dated=True),
    Slot(kind=Kind.PERSON_FACT, key=("person", "code"), dated=True),
    Slot(kind=Kind.MEMBERSHIP, key=("person",), dated=True),
    Slot(
        kind=Kind.MEMBERSHIP,
        key=("household",),
        dated=True,
        only=("is_head", frozenset({YES})),
        gives_up={"is_head": "0", "relation": None},
    ),
    Slot(
        kind=Kind.CLASS_RECORD,
        key=("household", "standard"),
        dated=True,
        only=("source", _COUNTED_CLASSES),
    ),
    Slot(kind=Kind.SETTING, key=("code",), dated=True),
    Slot(kind=Kind.ACTIVITY_VALUE, key=("activity", "code")),
    Slot(kind=Kind.SUPPORT_VALUE, key=("support", "code")),
    Slot(kind=Kind.HOUSEHOLD_PLAN, key=("household", "year")),
    Slot(kind=Kind.PERIOD_LIST, key=("area", "policy", "period", "issued_on")),
    # A version of the plan is none: two drafts stay two, so that none changes once it is issued.
    Slot(kind=Kind.TARGET, key=("document", "key")),
    Slot(kind=Kind.REPORT_SCHEDULE, key=("document", "key")),
    Slot(
        kind=Kind.REPORT_RECEIPT,
        key=("area", "year", "key", "period", "village", "body", "officer"),
        may_lack=("village", "body", "officer"),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lost:
    """Two records wanted one place. `fields`: (theirs kept by none, what the winner has)."""

    slot: Slot
    winner: UUID
    loser: UUID
    forced: Mapping[str, str | None]  # on the loser
    fields: Mapping[str, tuple[str | None, str | None]]


def settle(records: Mapping[UUID, Merged], references: References) -> list[Lost]:
    """Force every slot to hold one record at a time; changes `forced` of the records."""
    lost: list[Lost] = []
    for slot in SLOTS:
        for rivals in _rivals(records.values(), slot):
            if slot.dated:
                lost += _one_at_a_time(slot, rivals)
            else:
                found = list(_one(slot, rivals))
                lost += found
                _follow(records, {item.loser: item.winner for item in found}, slot, references)
    return lost


def contested(records: Iterable[Merged]) -> dict[UUID, Kind]:
    """The records that are one thing with another by their key, or were while that one lived."""
    kept = list(records)
    found: dict[UUID, Kind] = {}
    for slot in SLOTS:
        if not slot.dated:
            for rivals in _by_key(kept, slot).values():
                if len(rivals) > 1:
                    found |= dict.fromkeys((record.uid for record in rivals), slot.kind)
    return found


def _rivals(records: Iterable[Merged], slot: Slot) -> list[list[Merged]]:
    """The living records of each slot that more than one wants, the newest first."""
    found = _by_key((record for record in records if record.lives), slot)
    deciding = (*slot.key, REMOVED, *((FROM, TO) if slot.dated else ()))
    groups = [group for group in found.values() if len(group) > 1]
    for group in groups:
        group.sort(key=lambda record: (record.newest(deciding), record.uid.int), reverse=True)
    return groups


def _by_key(records: Iterable[Merged], slot: Slot) -> dict[tuple[str | None, ...], list[Merged]]:
    found: dict[tuple[str | None, ...], list[Merged]] = {}
    for record in records:
        if record.kind is not slot.kind:
            continue
        if slot.only and record.value(slot.only[0]) not in slot.only[1]:
            continue
        if all(record.value(name) for name in slot.key if name not in slot.may_lack):
            key = tuple(record.value(name) for name in slot.key)
            found.setdefault(key, []).append(record)
    return found


def _one(slot: Slot, rivals: list[Merged]) -> Iterator[Lost]:
    winner, *losers = rivals
    for loser in losers:
        fields: dict[str, tuple[str | None, str | None]] = {}
        for name, value in loser.values().items():
            if name == REMOVED or value is None:
                continue
            held = winner.value(name)
            if held is None:
                winner.forced[name] = value
            elif held != value:
                fields[name] = (value, held)
        loser.forced[REMOVED] = YES
        yield Lost(slot, winner.uid, loser.uid, {REMOVED: YES}, fields)


def _follow(
    records: Mapping[UUID, Merged],
    instead: Mapping[UUID, UUID],
    slot: Slot,
    references: References,
) -> None:
    """What pointed at a record that became one with another points at that."""
    texts = {old.hex: new.hex for old, new in instead.items()}
    if not texts:
        return
    for record in records.values():
        for name, target in references.get(record.kind, {}).items():
            if target is slot.kind and record.lives and (value := record.value(name)) in texts:
                record.forced[name] = texts[str(value)]


def _one_at_a_time(slot: Slot, rivals: list[Merged]) -> Iterator[Lost]:
    kept: list[Merged] = []
    for record in rivals:
        start, end = _span(record)
        if end < start:  # it held on no day
            continue
        met = [other for other in kept if _meet(record, other)]
        if not met:
            kept.append(record)
            continue
        winner = min(met, key=_span)
        begins = _span(winner)[0]
        if slot.gives_up is not None:
            forced = dict(slot.gives_up)
        elif start < begins:
            forced = {TO: (date.fromisoformat(begins) - timedelta(days=1)).isoformat()}
            kept.append(record)
        else:
            forced = {REMOVED: YES}
        record.forced.update(forced)
        yield Lost(slot, winner.uid, record.uid, forced, {})


def _span(record: Merged) -> tuple[str, str]:
    return record.value(FROM) or "", record.value(TO) or _ENDLESS


def _meet(one: Merged, other: Merged) -> bool:
    (start, end), (begin, stop) = _span(one), _span(other)
    return start <= stop and begin <= end
