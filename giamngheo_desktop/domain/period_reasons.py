"""Why somebody came to a danh sách kỳ, left it, or stands on it otherwise than it was issued."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from giamngheo_desktop.domain.period_list import (
    DAY,
    FOREVER,
    Change,
    ClassDays,
    Entitled,
    Home,
    Period,
    PeriodListDef,
    Place,
    Span,
    Stay,
)


class Why(StrEnum):
    """Why somebody came to the list, left it, or stands on it otherwise."""

    BIRTH = "birth"
    MOVED_IN = "moved_in"
    JOINED = "joined"  # came from another household
    RECOGNISED = "recognised"
    LISTED = "listed"  # was in the register as it began
    DEATH = "death"
    MOVED_OUT = "moved_out"
    LEFT = "left"  # went to a household, or a unit, that does not entitle
    CLASS_ENDED = "class_ended"  # another class was recognised
    EXPIRED = "expired"  # the class ran out, and no other is known
    POLICY_ENDED = "policy_ended"
    NEVER = "never"  # by what is known now there was no day
    VILLAGE = "village"  # lives in another village of the unit
    OTHER = "other"  # what else the ground asks for: an allowance, a school …


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, and the first day it was so; None where there is none."""

    why: Why
    day: date | None
    decision: ClassDays | None = None


_ENDED = {"death": Why.DEATH, "move_out": Why.MOVED_OUT}
_BEGAN = {"birth": Why.BIRTH, "move_in": Why.MOVED_IN}
_ACROSS = ("marriage", "split", "merge")


def why_gone(
    row: Entitled,
    own: Sequence[Span],
    homes: Mapping[UUID, Home],
    period: Period,
    definition: PeriodListDef,
) -> Reason:
    """Why a row that was issued is none of the list any more."""
    before = [span for span in own if span.first < period.first]
    if not before:
        return Reason(Why.NEVER, None)
    last = max(before, key=lambda span: (span.last, span.first))
    if last.last >= period.last:  # known since: a list issued then did not say so
        return Reason(Why.OTHER, None)
    return _why_ended(last.last, row.person, homes[last.household], definition)


def _why_ended(last: date, person: UUID | None, home: Home, definition: PeriodListDef) -> Reason:
    """What ended an entitlement whose last day was `last`."""
    day = last + DAY
    stays = [stay for stay in home.stays if stay.person == person]
    if person is not None and not _on(stays, day):
        return _left([stay.end_reason for stay in stays if stay.last == last], last, definition)
    if not _on(home.places, day):
        reasons = [place.reason for place in home.places if place.last == last]
        return _left(reasons, last, definition)
    if day > (definition.valid_to or FOREVER):
        return Reason(Why.POLICY_ENDED, day)
    begun = [one for one in home.classes if one.first == day]
    if begun:
        return Reason(Why.CLASS_ENDED, day, begun[-1])
    if any(one.last == last for one in home.classes):
        return Reason(Why.EXPIRED, day)
    moved = any(place.first == day for place in home.places)
    return Reason(Why.LEFT if moved else Why.OTHER, day)


def _left(reasons: Sequence[str | None], last: date, definition: PeriodListDef) -> Reason:
    """A death has its own day, which may be the last one that entitles."""
    why = _ENDED.get((reasons[-1] if reasons else None) or "", Why.LEFT)
    is_last = why is Why.DEATH and definition.day_of_death.value
    return Reason(why, last if is_last else last + DAY)


def why_there(row: Entitled, homes: Mapping[UUID, Home], *, changed: bool = False) -> Reason:
    """Why somebody stands on the list since the day the row says. A household of its own entitles
    by its decision alone; who stood on the list before (`changed`) is told that he came there.
    """
    day, home = row.from_day, homes[row.household]
    begun = [one for one in home.classes if one.first == day]
    decision = begun[-1] if begun else None
    if row.person is not None:
        reasons = [
            stay.reason or ""
            for stay in home.stays
            if (stay.person, stay.first) == (row.person, day)
        ]
    else:
        reasons = [place.reason or "" for place in home.places if place.first == day]
        stood = any(place.last == day - DAY for place in home.places)
        reasons = [] if stood else reasons
    came = next((_BEGAN[one] for one in reasons if one in _BEGAN), None)
    if came is not None:
        return Reason(came, day)
    founded = decision is not None and "split" in reasons and not changed
    if any(one in _ACROSS for one in reasons) and not founded:
        return Reason(Why.JOINED, day)
    if decision is not None:
        return Reason(Why.RECOGNISED, day, decision)
    return Reason(Why.LISTED if reasons else Why.OTHER, day)


def why_changed(change: Change, homes: Mapping[UUID, Home], definition: PeriodListDef) -> Reason:
    """Why somebody stands on the list otherwise: the newest of what changed."""
    row, then = change.now, change.then
    if "ground" in change.what or "household" in change.what:
        return why_there(row, homes, changed=True)
    if "village" in change.what:
        came = [
            place.first for place in homes[row.household].places if place.village == row.village
        ]
        return Reason(Why.VILLAGE, max(came, default=None))
    if "months" in change.what and row.to_day is not None and row.to_day != then.to_day:
        return _why_ended(row.to_day, row.person, homes[row.household], definition)
    if "months" in change.what and row.from_day != then.from_day:
        return why_there(row, homes, changed=True)
    return Reason(Why.OTHER, None)


def _on(rows: Iterable[Stay | Place], day: date) -> bool:
    return any(row.first <= day <= row.last for row in rows)
