"""Nhận sổ của xã cũ: the registers of former communes go into that of the commune they became.

The file knows the former communes and their villages by name, and what became of them by its
successions; whoever comes keeps the ids, and moves with its village on the day of the merger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.area import Level, Succession, sole_heirs, successors
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.package import Batch, Manifest, PackageKind, Values
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.services.exchange import figures
from giamngheo_desktop.services.exchange.batches import take, whole
from giamngheo_desktop.services.exchange.bringing import change, compared
from giamngheo_desktop.services.successions import move_households
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import areas, package_rows, packages, records
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.former import Twins, codes, same_persons, typed_columns, typed_keys
from giamngheo_desktop.storage.schema import HEAD

FORMER = "former"  # the kind under which the book of packages has what was taken over


@dataclass(frozen=True, slots=True)
class Source:
    """A package, or a register read as one; `name` is that of its file."""

    name: str
    manifest: Manifest
    batches: Iterable[Batch]


@dataclass(slots=True, kw_only=True)
class Taken:
    """What one former commune brought; `kept` counts numbers of a year that were typed here."""

    name: str
    unit: UUID
    added: Counter[Kind] = field(default_factory=Counter)
    relabelled: list[tuple[str, str]] = field(default_factory=list)
    kept: Counter[Kind] = field(default_factory=Counter)
    moved: int = 0  # villages whose households stand in another one since the merger
    twins: list[Twins] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What the last tables of former communes say, added up, and what the file counts of the unit
    they are in that year.
    """

    unit: UUID
    year: int
    names: tuple[str, ...]
    said: Mapping[str, int]
    found: Mapping[str, int]

    @property
    def differences(self) -> dict[str, tuple[int, int | None]]:
        return {
            name: (count, self.found.get(name))
            for name, count in self.said.items()
            if self.found.get(name) != count
        }


@dataclass(frozen=True, slots=True)
class Former:
    """What was taken over, and whether it counts as the former communes said."""

    taken: tuple[Taken, ...]
    sums: tuple[Sum, ...]


def take_over(database: Database, context: Context, sources: Iterable[Source]) -> Done[Former]:
    """Take in the registers of former communes; one undo step for all of them.

    Raises AppErrors package_newer, package_not_upward, package_damaged, former_unknown,
    former_villages (villages), former_taken (name), and those of reading: nothing is written then.
    """
    taken: list[tuple[Manifest, Taken]] = []
    with write_unit(database, context, Op.TAKE_FORMER) as work:
        for source in sources:
            try:
                taken.append((source.manifest, _Taking(work, source).run()))
            except (KeyError, ValueError) as error:
                raise AppError("package_damaged", name=source.name) from error
        work.subject = ", ".join(one.name for _, one in taken)
    found = Former(tuple(one for _, one in taken), tuple(_sums(database, taken)))
    return Done(found, work.changes)


def _sums(database: Database, taken: Iterable[tuple[Manifest, Taken]]) -> Iterator[Sum]:
    """By the unit that each former commune is at the end of its table's year."""
    with database.reader() as connection:
        steps = areas.successions(connection)
    together: dict[tuple[UUID, int, str], list[tuple[Manifest, Taken]]] = {}
    for manifest, one in taken:
        if manifest.year is not None:
            end = date(manifest.year, 12, 31)
            for unit in successors(steps, [one.unit], date.min, end)[one.unit]:
                key = (unit, manifest.year, manifest.standard)
                together.setdefault(key, []).append((manifest, one))
    for (unit, year, standard), those in together.items():
        said: Counter[str] = Counter()
        known = [figures.from_facts(manifest.facts) for manifest, _ in those]
        for name in set.intersection(*(set(each) for each in known)):
            said[name] = sum(each[name] for each in known)
        if said:
            names = tuple(one.name for _, one in those)
            found = figures.figures(database, unit, year, standard)
            yield Sum(unit=unit, year=year, names=names, said=said, found=found)


class _Taking:
    """One former commune."""

    def __init__(self, work: WriteUnit, source: Source) -> None:
        self._work, self._source = work, source
        manifest = source.manifest
        if manifest.schema > HEAD:
            raise AppError("package_newer", name=source.name)
        if manifest.kind is not PackageKind.UP:
            raise AppError("package_not_upward", name=source.name)
        self._successions = areas.successions(work.connection)
        self._own = self._former_commune()
        if packages.taken_over(work.connection, self._own):
            raise AppError("former_taken", name=manifest.unit_name)
        figures.from_facts(manifest.facts)  # ValueError before anything is written
        self._taken = Taken(name=manifest.unit_name, unit=self._own)
        self._codes = codes(work.connection)
        self._typed = {
            kind: typed_keys(work.connection, kind)
            for kind in package_rows.SENT
            if typed_columns(kind)
        }

    def run(self) -> Taken:
        tables = groupby(self._source.batches, key=lambda batch: batch.table)
        first = [(table, whole(rows)) for table, rows in take(tables, 2)]
        if [table for table, _ in first] != [Kind.AREA, Kind.AREA_VERSION]:
            raise ValueError("areas")
        (_, units), (_, versions) = first
        own = self._own_units(units, versions)
        self._add_mistaken(units, versions, own)
        people: set[UUID] = set()
        for table, rows in tables:
            kind = Kind(table)
            if kind not in package_rows.SENT:
                raise ValueError(table)
            for batch in rows:
                new = list(self._mapped(kind, batch, own))
                if not new:
                    continue
                self._bring(kind, batch.columns, new)
                if kind is Kind.PERSON:
                    people |= {UUID(hex=row[0] or "") for row in new}
        self._move(own.values())
        self._taken.twins = same_persons(self._work.connection, people)
        self._enter()
        return self._taken

    def _bring(self, kind: Kind, columns: Sequence[str], rows: Sequence[Values]) -> None:
        """What an undo took away comes back; whoever lives in this file already stays as here."""
        new, known = compared(self._work.connection, kind, columns, rows)
        back = [(uid, said) for uid, said in known.items() if said.get("removed") is False]
        self._work.insert_texts(kind, columns, new)
        change(self._work, kind, back)
        self._taken.added[kind] += len(new) + len(back)
        self._taken.kept[kind] += len(known) - len(back)

    def _former_commune(self) -> UUID:
        """The commune of the file that has the sender's name and went into another one."""
        name = search_key(self._source.manifest.unit_name)
        for step in self._successions:
            if name in self._names(step.old):
                area = records.get(self._work.connection, Kind.AREA, step.old)
                if area is not None and area["level"] == Level.COMMUNE.value:
                    return step.old
        raise AppError(
            "former_unknown", name=self._source.name, said=self._source.manifest.unit_name
        )

    def _names(self, area: UUID) -> set[str]:
        versions = records.find(self._work.connection, Kind.AREA_VERSION, area=area)
        return {search_key(version["name"]) for version in versions}

    def _own_units(self, units: Batch, versions: Batch) -> dict[str, str]:
        """The sender's units → those of the file: the commune, its villages by name, what lies
        above it.
        """
        level = units.columns.index("level")
        levels = {row[0] or "": row[level] for row in units.rows}
        if self._source.manifest.unit not in levels:
            raise ValueError("unit")
        area, name = versions.columns.index("area"), versions.columns.index("name")
        names: dict[str, set[str]] = {}
        for row in versions.rows:
            names.setdefault(row[area] or "", set()).add(search_key(row[name] or ""))
        found = {self._source.manifest.unit: self._own.hex}
        ours = self._units_by_name()
        gone = units.columns.index("removed")
        mistaken = {row[0] for row in units.rows if row[gone] == "1"}
        unknown = []
        for uid, of in levels.items():
            if uid in found:
                continue
            match = next((ours[of, one] for one in names.get(uid, ()) if (of, one) in ours), None)
            if match is not None:
                found[uid] = match
            elif uid in mistaken:
                found[uid] = uid
            elif of == Level.VILLAGE:
                unknown.append(next(iter(names.get(uid, {"?"}))))
        if unknown:
            listed = ", ".join(sorted(unknown))
            raise AppError("former_villages", name=self._source.name, villages=listed)
        return found

    def _add_mistaken(self, units: Batch, versions: Batch, own: Mapping[str, str]) -> None:
        """Units that were typed by mistake, to which something removed may refer."""
        kept = {uid for uid, ours in own.items() if uid == ours}
        area, parent = versions.columns.index("area"), versions.columns.index("parent")
        self._bring(Kind.AREA, units.columns, [row for row in units.rows if row[0] in kept])
        rows: list[list[str | None]] = []
        for row in versions.rows:
            if row[area] in kept:
                values = list(row)
                values[parent] = own.get(values[parent] or "")
                rows.append(values)
        self._bring(Kind.AREA_VERSION, versions.columns, rows)

    def _units_by_name(self) -> dict[tuple[str | None, str], str]:
        """The villages that ever lay in the former commune, and every unit above communes."""
        found: dict[tuple[str | None, str], str] = {}
        levels = {
            row["uid"]: row["level"] for row in records.find(self._work.connection, Kind.AREA)
        }
        for row in records.find(self._work.connection, Kind.AREA_VERSION):
            level = levels.get(row["area"])
            above = level in (Level.PROVINCE, Level.DISTRICT)
            if above or (level == Level.VILLAGE and row["parent"] == self._own):
                found[level, search_key(row["name"])] = row["area"].hex
        return found

    def _mapped(self, kind: Kind, batch: Batch, own: Mapping[str, str]) -> Iterator[Values]:
        """The rows with the units of the file; of yearly numbers only those not typed here."""
        if kind in (Kind.AREA_FACT, Kind.SUCCESSION):
            return  # the file has its own
        places = [batch.columns.index(name) for name in package_rows.area_columns(kind)]
        code = batch.columns.index("code") if kind is Kind.HOUSEHOLD else None
        removed = batch.columns.index("removed")
        key = [batch.columns.index(name) for name in typed_columns(kind)]
        for row in batch.rows:
            values = list(row)
            for at in places:
                text = values[at]
                values[at] = own[text] if text is not None else None
            said = tuple(str(values[at]) for at in key)
            if key and values[removed] == "0" and said in self._typed[kind]:
                self._taken.kept[kind] += 1
                continue
            if code is not None:
                values[code] = self._free_code(values[code])
            yield values

    def _free_code(self, code: str | None) -> str | None:
        """The household's code, with a number behind where another one has it."""
        if not code:
            return code
        free, number = code, 2
        while free in self._codes:
            free, number = f"{code}-{number}", number + 1
        self._codes.add(free)
        if free != code:
            self._taken.relabelled.append((code, free))
        return free

    def _move(self, villages: Iterable[str]) -> None:
        """Who lived in a village that was merged lives in the new one from that day on."""
        waiting = [UUID(hex=uid) for uid in villages]
        while waiting:
            village = waiting.pop()
            for step in self._only_heirs(village):
                move_households(self._work, step.old, step.new, step.effective_on)
                self._taken.moved += 1
                waiting.append(step.new)

    def _only_heirs(self, village: UUID) -> list[Succession]:
        """The succession of a village into one other; after a split people are moved by name."""
        area = records.get(self._work.connection, Kind.AREA, village)
        if area is None or area["level"] != Level.VILLAGE.value:
            return []
        return sole_heirs(self._successions, village)

    def _enter(self) -> None:
        manifest = self._source.manifest
        values: dict[str, Any] = {
            "area": self._own,
            "kind": FORMER,
            "direction": packages.RECEIVED,
            "sequence": manifest.sequence,
            "year": manifest.year,
            "standard": manifest.standard,
            "sha256": manifest.hash,
            "made_at": manifest.made_at,
            "made_by": manifest.made_by,
            "received_on": self._work.context.today(),
            "replaces": None,
            "note": self._source.name,
        }
        self._work.insert(Kind.PACKAGE, **values)
