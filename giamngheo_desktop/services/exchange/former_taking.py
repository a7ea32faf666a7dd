"""What is the same for everything that comes from a former commune, a register or a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.area import Level, Succession, sole_heirs
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.services.exchange.former_units import (
    FormerUnits,
    Picks,
    UnitLine,
    UnknownUnitsError,
)
from giamngheo_desktop.services.successions import move_households
from giamngheo_desktop.services.unit import WriteUnit
from giamngheo_desktop.storage import packages, records
from giamngheo_desktop.storage.former import Twins, codes, same_persons

FORMER = "former"  # the kind under which the book of packages has what was taken over


@dataclass(frozen=True, slots=True)
class RowFinding:
    """A row of a list with something to look at; `findings` are codes of
    `texts.IMPORT_FINDINGS`, not `taken` is a row of which nothing was written.
    """

    sheet: str
    row: int
    name: str
    findings: tuple[str, ...]
    taken: bool


@dataclass(slots=True, kw_only=True)
class Taken:
    """What one file brought; `said` are the figures of its last table, by measure; those that no
    table says but the file itself was counted for are `counted`.

    `kept` counts numbers of a year that were typed here, `moved` the villages whose households
    stand in another one since the merger. `unit` is one of today where its villages are. `sha256`
    is that of a list.
    """

    file: str
    name: str
    unit: UUID
    year: int | None
    standard: str
    said: Mapping[str, int] = field(default_factory=dict)
    counted: frozenset[str] = frozenset()
    units: tuple[UnitLine, ...] = ()
    added: Counter[Kind] = field(default_factory=Counter)
    relabelled: list[tuple[str, str]] = field(default_factory=list)
    kept: Counter[Kind] = field(default_factory=Counter)
    moved: int = 0
    twins: list[Twins] = field(default_factory=list)
    rows: tuple[RowFinding, ...] = ()
    left_out: int = 0  # rows of a list that are no data
    sha256: str = ""

    @property
    def sender(self) -> tuple[UUID, str]:
        """Whose it is: lists of several communes may go into one of today."""
        return self.unit, self.name


class Taking:
    """One file: whose it is, which units it names, and what is done once it is written. `before`
    are those that the same action took in.
    """

    def __init__(
        self, work: WriteUnit, file: str, picks: Picks, before: Sequence[Taken] = ()
    ) -> None:
        self.work, self.file, self._before = work, file, before
        self.units = FormerUnits(work.connection, file, picks, work.context.today())
        self._codes = codes(work.connection)

    def refuse_again(
        self, unit: UUID, name: str, *, sha256: str | None = None, beside_lists: bool = False
    ) -> None:
        """Raises UnknownUnitsError `former_taken`, or `former_twice` where this action did it: the
        unit may be picked otherwise. With `sha256` only for that very file, `beside_lists` not
        for those of this action.
        """
        others = [one for one in self._before if one.unit == unit]
        if sha256 is not None:
            others = [one for one in others if one.sha256 == sha256]
        if beside_lists and any(one.sha256 for one in others):
            return
        if not packages.taken_over(self.work.connection, unit, sha256):
            return
        lines = [one for one in [self.units.sender(name, unit)] if one.offered]
        if others:
            files = {"name": self.file, "other": others[0].file}
            raise UnknownUnitsError("former_twice", lines, said=name, **files)
        raise UnknownUnitsError("former_taken", lines, name=name)

    def free_code(self, taken: Taken, code: str | None) -> str | None:
        """The household's code, with a number behind where another one has it."""
        if not code:
            return code
        free, number = code, 2
        while free in self._codes:
            free, number = f"{code}-{number}", number + 1
        self._codes.add(free)
        if free != code:
            taken.relabelled.append((code, free))
        return free

    def finish(
        self, taken: Taken, villages: Iterable[UUID], people: set[UUID], **entry: Any
    ) -> Taken:
        """The households follow their villages; `entry` is what the book of packages has of it."""
        self._move(taken, villages)
        taken.twins = same_persons(self.work.connection, people, self.work.context.today())
        values: dict[str, Any] = {
            "area": taken.unit,
            "kind": FORMER,
            "direction": packages.RECEIVED,
            "year": taken.year,
            "standard": taken.standard,
            "received_on": self.work.context.today(),
            "file": self.file,
            **entry,
        }
        self.work.insert(Kind.PACKAGE, **values)
        return taken

    def _move(self, taken: Taken, villages: Iterable[UUID]) -> None:
        """Who lived in a village that was merged lives in the new one from that day on."""
        waiting = list(dict.fromkeys(villages))
        while waiting:
            village = waiting.pop()
            for step in self._only_heirs(village):
                move_households(self.work, step.old, step.new, step.effective_on)
                taken.moved += 1
                waiting.append(step.new)

    def _only_heirs(self, village: UUID) -> list[Succession]:
        """The succession of a village into one other; after a split people are moved by name."""
        area = records.get(self.work.connection, Kind.AREA, village)
        if area is None or area["level"] != Level.VILLAGE.value:
            return []
        return sole_heirs(self.units.steps, village)
