"""What was typed after a report was written and belongs to its time: new, changed, taken away.

Only what its numbers count is looked at, and only fields on which they depend: an activity that
ended later, a class that ended later say nothing else of the time before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.services.programme.within import within
from giamngheo_desktop.storage import audit, records
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.stays import Stays
from giamngheo_desktop.storage.typed_after import Typed, typed_after

_COMPUTED = "computed"


class How(StrEnum):
    """What was done to it since."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class _Watched:
    """The day a record is of, and the fields besides on which numbers of that day depend; what
    `ends` it counts where it ends by the day asked.
    """

    day: str
    fields: frozenset[str]
    ends: str = ""


_COMPONENT = ("programme", "component", "plan_component")
_WATCHED: Mapping[Kind, _Watched] = {
    Kind.CLASS_RECORD: _Watched(
        "valid_from", frozenset({"household_class", "source", "household"}), "valid_to"
    ),
    Kind.SUPPORT: _Watched(
        "supported_on", frozenset({"household", "person", "policy", *_COMPONENT})
    ),
    Kind.ACTIVITY: _Watched("starts_on", frozenset({"kind", *_COMPONENT}), "ends_on"),
    Kind.BUDGET_LINE: _Watched("booked_on", frozenset({"amount", "stage", "source", *_COMPONENT})),
    Kind.FUND_ENTRY: _Watched("booked_on", frozenset({"amount", "direction", "fund"})),
    Kind.VISIT: _Watched("visited_on", frozenset({"household"})),
    Kind.INCIDENT: _Watched("happened_on", frozenset({"household", "kind"})),
}


_CODES: Mapping[Kind, str] = {
    Kind.CLASS_RECORD: "household_class",
    Kind.SUPPORT: "policy",
    Kind.ACTIVITY: "kind",
    Kind.BUDGET_LINE: "stage",
    Kind.FUND_ENTRY: "direction",
    Kind.VISIT: "",
    Kind.INCIDENT: "kind",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """One record: `day` is the one it belongs to (None: a budget line without a day), `typed_on`
    when that was last typed. `amount` and `code` (its class, policy, stage …) are what numbers of
    the report's time count today, those `before` what they counted when it was written; None and ""
    where they do not, or it holds no money.
    """

    uid: UUID
    kind: Kind
    how: How
    day: date | None
    typed_on: date
    name: str
    code: str = ""
    code_before: str = ""
    household: UUID | None = None
    village: UUID | None = None
    amount: int | None = None
    amount_before: int | None = None


class Reader:
    """Of a unit: what belongs to the year up to `day`, typed after the group `seq`."""

    def __init__(
        self,
        connection: Connection,
        unit: UUID,
        year: int,
        day: date,
        seq: int,
    ) -> None:
        self.connection, self.year, self.day = connection, year, day
        self.typed = typed_after(connection, seq, [*_WATCHED, Kind.SUPPORT_SHARE])
        self.belongs = within(connection, unit, date(year, 12, 31))
        self.stays = Stays(connection)

    def late(self) -> tuple[Late, ...]:
        """By kind, then by day."""
        order = list(_WATCHED)
        found = sorted(
            self._late(), key=lambda one: (order.index(one.kind), one.day or date.max, one.uid)
        )
        return tuple(found)

    def _late(self) -> Iterator[Late]:
        for kind, watched in _WATCHED.items():
            typed = {uid: one for uid, one in self.typed.items() if one.kind is kind}
            if kind is Kind.SUPPORT:
                typed |= self._by_shares(typed)
            rows = records.get_many(self.connection, kind, list(typed))
            for uid, one in typed.items():
                how = self._how(watched, rows[uid], one)
                if how is not None and self._is_ours(rows[uid]):
                    yield self._told(kind, watched, rows[uid], one, how)

    def _by_shares(self, typed: Mapping[UUID, Typed]) -> dict[UUID, Typed]:
        """Supports of which only what came from a source was typed."""
        shares = [uid for uid, one in self.typed.items() if one.kind is Kind.SUPPORT_SHARE]
        found: dict[UUID, Typed] = {}
        for uid, row in records.get_many(self.connection, Kind.SUPPORT_SHARE, shares).items():
            if row["support"] not in typed:
                at = self.typed[uid].at
                found[row["support"]] = Typed(Kind.SUPPORT, at, {"household": None})
        return found

    def _how(self, watched: _Watched, row: Mapping[str, Any], one: Typed) -> How | None:
        """None where it says nothing else of the time up to the day."""
        if row.get("source") == _COMPUTED:
            return None
        day = row[watched.day]
        if one.is_new:
            return How.ADDED if not row["removed"] and self._counts(row, day) else None
        was = self._old(one, watched.day, day)
        if not (self._counts(row, day) or self._counts(row, was)):
            return None
        if row["removed"]:
            return How.REMOVED if "removed" in one.old else None
        ends = row[watched.ends] if watched.ends else None
        moved = watched.day in one.old and was != day
        ended = watched.ends in one.old and self._ended(ends, self._old(one, watched.ends, ends))
        return How.CHANGED if moved or ended or watched.fields & one.old.keys() else None

    def _old(self, one: Typed, name: str, now: date | None) -> date | None:
        if name not in one.old:
            return now
        found: date | None = audit.decode(one.kind, name, one.old[name])
        return found

    def _counts(self, row: Mapping[str, Any], day: date | None) -> bool:
        """Whether the numbers of the report count it: of its year, by its day."""
        if day is None:
            return bool(row.get("stage")) and row["year"] == self.year
        return row.get("year", day.year) == self.year and day <= self.day

    def _ended(self, now: date | None, was: date | None) -> bool:
        """Whether it ended otherwise within the time of the report."""
        return now != was and min(now or date.max, was or date.max) <= self.day

    def _is_ours(self, row: Mapping[str, Any]) -> bool:
        village = self._village(row)
        area = row.get("area")
        return self.belongs(area, village) if area or village else False

    def _village(self, row: Mapping[str, Any]) -> UUID | None:
        if home := row.get("household"):
            return self.stays.village_on(home, self.day) or self.stays.village_on(home, date.max)
        village: UUID | None = row.get("village")
        return village

    def _told(
        self, kind: Kind, watched: _Watched, row: Mapping[str, Any], one: Typed, how: How
    ) -> Late:
        day = row[watched.day]
        is_now = how is not How.REMOVED and self._counts(row, day)
        was_then = how is not How.ADDED and self._counts(row, self._old(one, watched.day, day))
        amount, before = self._amounts(kind, row, one)
        code = _CODES[kind]
        names = ("name", "content", "item", "document", "description", "situation")
        return Late(
            uid=row["uid"],
            kind=kind,
            how=how,
            day=day,
            typed_on=one.at.date(),
            name=next((row[name] for name in names if row.get(name)), ""),
            code=row[code] or "" if is_now and code else "",
            code_before=one.old.get(code, row[code]) or "" if was_then and code else "",
            household=row.get("household"),
            village=self._village(row),
            amount=amount if is_now else None,
            amount_before=before if was_then else None,
        )

    def _amounts(
        self, kind: Kind, row: Mapping[str, Any], one: Typed
    ) -> tuple[int | None, int | None]:
        """Đồng now, and as the report knew it."""
        if kind is Kind.SUPPORT:
            return self._shares(row["uid"])
        now: int | None = row.get("amount")
        if "amount" not in one.old:
            return now, now
        before: int | None = audit.decode(kind, "amount", one.old["amount"])
        return now, before

    def _shares(self, support: UUID) -> tuple[int | None, int | None]:
        """What a support came to, now and then; None where no amount is known."""
        living = records.find(self.connection, Kind.SUPPORT_SHARE, support=support)
        now = [row["amount"] for row in living]
        typed = [uid for uid, one in self.typed.items() if one.kind is Kind.SUPPORT_SHARE]
        gone = [
            row
            for row in records.get_many(self.connection, Kind.SUPPORT_SHARE, typed).values()
            if row["support"] == support and row["removed"]
        ]
        then = [amount for row in (*living, *gone) if (amount := self._then(row)) is not None]
        return (sum(now) if now else None), (sum(then) if then else None)

    def _then(self, share: Mapping[str, Any]) -> int | None:
        one = self.typed.get(share["uid"])
        if one is None:
            return int(share["amount"])
        if one.is_new or (share["removed"] and "removed" not in one.old):
            return None
        if "amount" in one.old:
            found: int | None = audit.decode(Kind.SUPPORT_SHARE, "amount", one.old["amount"])
            return found
        return int(share["amount"])
