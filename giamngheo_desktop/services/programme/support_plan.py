"""What an import of supports would do, row by row, before anything is written.

Values only: `support_import.plan` makes a plan, `apply` writes the rows that are ready and those
that were taken by name. Each đồng that the file says stands with one row of one state.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.entitlement import Doubt as Warned
from giamngheo_desktop.domain.sheet_table import NO_VALUE
from giamngheo_desktop.services.importing.plan import (
    Candidate,
    Doubt,
    RowPlace,
    SheetPlan,
    Suspicion,
)
from giamngheo_desktop.services.programme.support_bulk import Receiver
from giamngheo_desktop.services.programme.support_rows import Finding


class SupportState(StrEnum):
    """READY is written; SAME is in the register as the row says it; EMPTY says nothing; WAITING is
    for the officer; REFUSED is not understood.
    """

    READY = "ready"
    SAME = "same"
    EMPTY = "empty"
    WAITING = "waiting"
    REFUSED = "refused"


# What a row waits for that only another list, another answer or the register can give.
LACKING = frozenset(
    {"support_nobody", "support_who", "support_new", "source_unsaid", "day_unclear"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The event of the list: its policy and day, columns of `support_event` beside them, columns
    and answers of the policy that all its supports share, and the source of amounts of which no
    column says it. Without a name it goes by that of the file.
    """

    policy: str
    on: date
    name: str = ""
    source: str | None = None
    event: Mapping[str, Any] = field(default_factory=dict)
    support: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSupport:
    """One row. `receiver` is known where it is sure who it is; `amount` is what the file says, in
    đồng, None where it says none. `clash` is the support it repeats: of the register, or in a row
    above (`clash_row`). `warnings` stop nothing.
    """

    sheet: str
    row: int
    name: str
    state: SupportState
    village: str = ""
    amount: int | None = None
    receiver: Receiver | None = None
    candidates: tuple[Candidate, ...] = ()
    findings: tuple[Finding, ...] = ()
    told: tuple[Finding, ...] = ()
    warnings: tuple[Warned, ...] = ()
    clash: UUID | None = None
    clash_row: RowPlace | None = None

    @property
    def place(self) -> RowPlace:
        return self.sheet, self.row

    @property
    def may_be_taken(self) -> bool:
        """Whether the officer may have it written as it stands."""
        codes = {one.code for one in self.findings}
        waits = self.state is SupportState.WAITING and self.receiver is not None
        return self.state is SupportState.READY or (waits and not codes & LACKING)


@dataclass(frozen=True, slots=True)
class Total:
    """A row that adds up others: what it says, and whether rows of the list give that; None where
    its amount cannot be read.
    """

    sheet: str
    row: int
    text: str
    amount: int | None
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class Money:
    """Đồng of the file by what becomes of them; `unread` rows have cells that nobody can read."""

    written: int
    same: int
    waiting: int
    refused: int
    unread: int

    @property
    def file(self) -> int:
        return self.written + self.same + self.waiting + self.refused


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportPlan:
    """All of it. `unread` are columns that are not taken, by sheet; `hidden` and `empty` sheets
    without a list that is read. `factors` by sheet and letter, where the unit is not đồng.
    """

    file_name: str
    sha256: str
    wanted: Wanted
    rows: tuple[PlannedSupport, ...]
    totals: tuple[Total, ...] = ()
    left_out: tuple[tuple[str, int, str, str], ...] = ()  # sheet, row, why, text
    sheets: tuple[SheetPlan, ...] = ()
    unread: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    factors: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    suspicions: tuple[Suspicion, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    applied_before: datetime | None = None
    basis: str = ""

    def counts(self) -> dict[SupportState, int]:
        found = dict.fromkeys(SupportState, 0)
        for row in self.rows:
            found[row.state] += 1
        return found

    def taken(self, choices: SupportChoices) -> tuple[PlannedSupport, ...]:
        """The rows that are written: none of a doubtful file before it is confirmed."""
        if self.doubts and not choices.confirmed:
            return ()
        return tuple(
            row
            for row in self.rows
            if row.may_be_taken and (row.state is SupportState.READY or row.place in choices.rows)
        )

    def money(self, written: Iterable[PlannedSupport]) -> Money:
        """The identity: the sum of the file is that of its parts."""
        places = {row.place for row in written}
        sums = dict.fromkeys(("written", "same", "waiting", "refused"), 0)
        for row in self.rows:
            part = "written" if row.place in places else _PARTS[row.state]
            sums[part] += row.amount or 0
        unread = sum(any(one.code in _UNREAD for one in row.findings) for row in self.rows)
        return Money(**sums, unread=unread)

    @property
    def is_nothing_new(self) -> bool:
        """Whether all that the file says stands in the register."""
        return all(row.state in (SupportState.SAME, SupportState.EMPTY) for row in self.rows)


_UNREAD = frozenset(
    {
        "amount_unreadable",
        "amount_day",
        "amount_negative",
        "amount_not_whole",
        "amount_ambiguous",
        "amount_unit_twice",
        *NO_VALUE,
    }
)
_PARTS = {
    SupportState.READY: "waiting",  # it would be written and was not
    SupportState.SAME: "same",
    SupportState.EMPTY: "same",  # nought
    SupportState.WAITING: "waiting",
    SupportState.REFUSED: "refused",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportChoices:
    """Waiting rows that are taken as they stand; `confirmed`: the file is the right one."""

    rows: frozenset[RowPlace] = frozenset()
    confirmed: bool = False
