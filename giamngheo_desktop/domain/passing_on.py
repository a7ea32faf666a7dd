"""Thu hồi, luân chuyển: what households of a model still owe, and to whom it goes on.

What a household got by passing on is known only as what it has to give back in turn (`to_return`):
that much has come on to it. Quantities are hundredths of a unit; those of different units are not
compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from giamngheo_desktop.domain.vietnamese import search_key


class Doubt(StrEnum):
    """What cannot be so; it stops nobody."""

    CIRCLE = "circle"  # it came from itself, by others
    NOTHING_RETURNED = "nothing_returned"  # somebody has it who could not get it from here yet
    MORE_PASSED = "more_passed"  # more went on than was given back
    MORE_RETURNED = "more_returned"  # more than had to be


@dataclass(frozen=True, slots=True, kw_only=True)
class Taker:
    """Who takes part; `to_return` None: nobody said, or nothing; `returned` None: nothing yet."""

    uid: UUID
    to_return: int | None
    returned: int | None
    unit: str | None
    received_from: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Returning:
    """What one owes: `to_return` = `returned` + `outstanding`, below nought where it gave more.
    `next` are those who have it from here, `passed_on` what of it is known.
    """

    taker: Taker
    returned: int
    outstanding: int | None
    next: tuple[UUID, ...]
    passed_on: int
    doubts: tuple[Doubt, ...]

    @property
    def owes(self) -> bool:
        return self.outstanding is not None and self.outstanding > 0


def returnings(takers: Iterable[Taker]) -> dict[UUID, Returning]:
    """Everybody who has to give back, gave back or gave on, by uid."""
    known = {one.uid: one for one in takers}
    after: dict[UUID, list[Taker]] = {}
    for one in known.values():
        if one.received_from in known:
            after.setdefault(one.received_from, []).append(one)
    found = {}
    for uid, one in known.items():
        following = after.get(uid, [])
        if one.to_return is None and not one.returned and not following:
            continue
        returned = one.returned or 0
        outstanding = None if one.to_return is None else one.to_return - returned
        passed_on = sum(next_.to_return or 0 for next_ in following if _same_unit(one, next_))
        found[uid] = Returning(
            taker=one,
            returned=returned,
            outstanding=outstanding,
            next=tuple(next_.uid for next_ in following),
            passed_on=passed_on,
            doubts=tuple(_doubts(known, one, returned, outstanding, following, passed_on)),
        )
    return found


def _doubts(
    known: Mapping[UUID, Taker],
    one: Taker,
    returned: int,
    outstanding: int | None,
    following: list[Taker],
    passed_on: int,
) -> Iterable[Doubt]:
    if _in_circle(known, one):
        yield Doubt.CIRCLE
    if following and not returned:
        yield Doubt.NOTHING_RETURNED
    elif passed_on > returned:
        yield Doubt.MORE_PASSED
    if outstanding is not None and outstanding < 0:
        yield Doubt.MORE_RETURNED


def _in_circle(known: Mapping[UUID, Taker], one: Taker) -> bool:
    seen: set[UUID] = set()
    before = one.received_from
    while before is not None and before in known and before not in seen:
        if before == one.uid:
            return True
        seen.add(before)
        before = known[before].received_from
    return False


def _same_unit(one: Taker, other: Taker) -> bool:
    return search_key(one.unit or "") == search_key(other.unit or "")
