"""The other side: a file of a district or province takes in the packages of its communes.

Each package holds the whole register of a commune, and the one with the highest number stands:
so packages may come in any order and more than once. Where one with a lower number was made later
that is said, whichever of both comes first; so is one that the one that stands does not go on from.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import chain, groupby
from uuid import UUID

from giamngheo_desktop.domain.area import (
    DISTRICTS_END,
    Area,
    Level,
    Succession,
    place_key,
    predecessors,
    successors,
)
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.package import Batch, Doubt, Manifest, PackageKind, Values
from giamngheo_desktop.domain.package_columns import Recipient
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.services import settings
from giamngheo_desktop.services.areas import FILE_LEVEL, add_area, file_level
from giamngheo_desktop.services.exchange import book
from giamngheo_desktop.services.exchange.batches import take, whole
from giamngheo_desktop.services.exchange.bringing import Changes, change, compared
from giamngheo_desktop.services.exchange.senders import doubt_of, rank, settled
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import areas, package_rows, packages, records
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.schema import HEAD
from giamngheo_desktop.storage.types import uuid_of

_FIRST_DAY = date(2020, 1, 1)
# What a package brings of other communes, because its own records refer to it; who has it keeps it.
_BESIDE = (Kind.AREA, Kind.AREA_VERSION, Kind.SUCCESSION, Kind.DECISION, Kind.REVIEW, Kind.ROUND)
_BEFORE_PEOPLE = package_rows.SENT[: package_rows.SENT.index(Kind.HOUSEHOLD) + 1]
_OF_UNITS = (Kind.AREA, Kind.AREA_VERSION, Kind.AREA_FACT, Kind.SUCCESSION)  # a package's first


class State(StrEnum):
    """What a package was to the file."""

    NEW = "new"  # the first one of its commune
    NEWER = "newer"  # it took the place of an older one
    SAME = "same"  # taken in before: nothing to do
    OLDER = "older"  # a newer one stands already


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What became of a package; counts are of records by kind."""

    manifest: Manifest
    state: State
    added: Mapping[Kind, int] = field(default_factory=dict)
    changed: Mapping[Kind, int] = field(default_factory=dict)
    gone: Mapping[Kind, int] = field(default_factory=dict)
    names: tuple[str, ...] = ()  # heads of households whose class is another one now
    stands: int | None = None  # the number of the package of the commune that stands now
    doubt: Doubt | None = None
    for_district: bool = False  # it was made for the district, which passed it on


def new_collection(
    database: Database,
    context: Context,
    *,
    level: Level,
    province: str,
    district: str = "",
    first_day: date = _FIRST_DAY,
) -> Done[UUID]:
    """Make an empty file the one of a district or province; returns its unit."""
    with write_unit(database, context, Op.NEW_COMMUNE) as work:
        top = add_area(
            work, Level.PROVINCE, name=clean(province), kind="tinh", valid_from=first_day
        )
        if level is Level.DISTRICT:
            top = add_area(
                work,
                Level.DISTRICT,
                name=clean(district),
                kind="huyen",
                parent=top,
                valid_from=first_day,
            )
        work.subject = clean(district or province)
        settings.save_in(work, {FILE_LEVEL: level.value}, first_day)
    return Done(top, work.changes)


def receive(
    database: Database,
    context: Context,
    manifest: Manifest,
    batches: Iterable[Batch],
    *,
    name: str,
) -> Done[Received]:
    """Take in a package: one transaction, one undo step. `name` is that of its file.

    Into a file without units it goes as it is. Raises AppErrors package_newer, package_damaged,
    package_not_upward, package_not_for_district, package_not_for_province, package_wrong_level,
    package_of_many (said), package_of_others, package_gone_over (said, file), package_other_place
    (own, said), package_no_province and those of reading:
    one that is known already or older is proven all the same.
    """
    if manifest.schema > HEAD:
        raise AppError("package_newer", name=name)
    if manifest.kind is not PackageKind.UP:
        raise AppError("package_not_upward", name=name)
    with write_unit(database, context, Op.RECEIVE_PACKAGE) as work:
        work.subject = manifest.unit_name
        for_district = _is_for_district(work, manifest, name)
        known = packages.received(work.connection, UUID(hex=manifest.unit))
        asked = settled(work.connection)
        if any(row["sha256"] == manifest.hash for row in known):
            _prove(batches)
            stands = max(known, key=rank)["sequence"]
            found = Received(
                manifest=manifest,
                state=State.SAME,
                stands=stands,
                doubt=doubt_of(known, asked),
                for_district=for_district,
            )
            return Done(found, work.changes)
        _refuse_gone_over(work, manifest, name)
        entry = book.row_of(
            manifest,
            name,
            direction=packages.RECEIVED,
            received_on=context.today(),
            replaces=" ".join(manifest.before) or None,
            note=Recipient.DISTRICT.value if for_district else None,
            content=manifest.content,
        )
        doubt = doubt_of([*known, entry], asked)
        stands = max([*known, entry], key=rank)
        if stands is not entry:
            _prove(batches)
            work.insert(Kind.PACKAGE, **entry)
            found = Received(
                manifest=manifest,
                state=State.OLDER,
                stands=stands["sequence"],
                doubt=doubt,
                for_district=for_district,
            )
            return Done(found, work.changes)
        units = _Units(work, manifest, name, for_district=for_district)
        try:
            covered, mapped = units.mapped(batches)
            merged = _Merge(work, covered, name).run(mapped)
            with package_rows.fitting():
                work.insert(Kind.PACKAGE, **entry)
        except ValueError as error:
            raise AppError("package_damaged", name=name) from error
        state = State.NEWER if known else State.NEW
        names = packages.names_of_classes(work.connection, merged.classes) if known else []
    received = Received(
        manifest=manifest,
        state=state,
        added=merged.added,
        changed=merged.changed,
        gone=merged.gone,
        names=tuple(names),
        stands=manifest.sequence,
        doubt=doubt,
        for_district=for_district,
    )
    return Done(received, work.changes)


def _is_for_district(work: WriteUnit, manifest: Manifest, name: str) -> bool:
    """Whether it was made for a district while there were any: its province takes it too. Else
    only whom it was made for does: that decides which personal columns it holds, and numbers it.
    """
    level, said = (
        file_level(work.connection, _day_of(work, manifest)),
        manifest.facts.get("recipient"),
    )
    if level is Level.COMMUNE or said in (None, level.value):
        return False
    if level is Level.DISTRICT:
        raise AppError("package_not_for_district", name=name)
    made_on = manifest.made_at.partition("T")[0]
    if said == Recipient.DISTRICT and "" < made_on <= DISTRICTS_END.isoformat():
        return True
    raise AppError("package_not_for_province", name=name)


def _refuse_gone_over(work: WriteUnit, manifest: Manifest, name: str) -> None:
    """Raises AppError `package_gone_over`: the commune it merged into has its register now, and
    has sent it.
    """
    unit = UUID(hex=manifest.unit)
    steps = areas.successions(work.connection)
    for heir in successors(steps, [unit], date.min, date.max)[unit] - {unit}:
        sent = packages.received(work.connection, heir)
        if sent:
            newest = max(sent, key=rank)["file"]
            raise AppError("package_gone_over", name=name, said=manifest.unit_name, file=newest)


def _day_of(work: WriteUnit, manifest: Manifest) -> date:
    """The day whose units it is about; today where the file has none of that day."""
    today = work.context.today()
    day = date(manifest.year or today.year, 12, 31)
    return day if [*areas.tree_on(work.connection, day)] else today


def _prove(batches: Iterable[Batch]) -> None:
    """Reads what is not needed: a damaged package raises then."""
    for _ in batches:
        pass


class _Units:
    """Sets the receiver's own district and province where the sender has its own for them."""

    def __init__(
        self, work: WriteUnit, manifest: Manifest, name: str, *, for_district: bool
    ) -> None:
        self._work, self._manifest, self._name = work, manifest, name
        self._for_district = for_district
        day = _day_of(work, manifest)
        self._own: list[Area] = [*areas.tree_on(work.connection, day)]
        self._level = file_level(work.connection, day)
        if manifest.level != Level.COMMUNE:
            raise AppError("package_of_many", name=name, said=manifest.unit_name)
        if self._own and self._level is Level.COMMUNE:
            raise AppError("package_wrong_level", name=name)

    def mapped(self, batches: Iterable[Batch]) -> tuple[frozenset[UUID], Iterator[Batch]]:
        """The communes whose registers it holds (its own one and those that merged into it), and
        the batches, with the units above the commune as the file has them.
        """
        if not self._own:
            return frozenset(), iter(batches)
        tables = groupby(batches, key=lambda batch: batch.table)
        first = [whole(rows) for _, rows in take(tables, len(_OF_UNITS))]
        if tuple(one.table for one in first) != _OF_UNITS:
            raise ValueError("areas")
        units, versions, facts, steps = first
        above = self._above(units, versions)
        beginning = [
            self._without(units, "uid", above),
            self._without(versions, "area", above, "parent"),
            self._without(facts, "area", above),
            self._without(self._without(steps, "old_area", above), "new_area", above),
        ]
        rest = (batch for _, rows in tables for batch in rows)
        return self._covered(steps), chain(beginning, rest)

    def _covered(self, steps: Batch) -> frozenset[UUID]:
        of = [steps.columns.index(one) for one in ("old_area", "new_area", "reason")]
        day, gone = steps.columns.index("effective_on"), steps.columns.index("removed")
        told = [
            Succession(
                old=uuid_of(row[of[0]] or ""),
                new=uuid_of(row[of[1]] or ""),
                reason=row[of[2]] or "",
                effective_on=date.fromisoformat(row[day] or ""),
            )
            for row in steps.rows
            if row[gone] == "0"
        ]
        unit = UUID(hex=self._manifest.unit)
        return predecessors(told, [unit], date.max, date.min)[unit]

    def _above(self, units: Batch, versions: Batch) -> dict[str, str]:
        """The sender's districts and provinces → the file's own."""
        uid, level = units.columns.index("uid"), units.columns.index("level")
        levels = {row[uid]: row[level] for row in units.rows}
        if levels.get(self._manifest.unit) != Level.COMMUNE:
            raise ValueError("unit")
        area, name = versions.columns.index("area"), versions.columns.index("name")
        begun, parent = versions.columns.index("valid_from"), versions.columns.index("parent")
        if self._for_district:
            gone = versions.columns.index("removed")
            living = [row for row in versions.rows if row[gone] != "1"]
            self._refuse_no_province({row[area]: levels.get(row[parent]) for row in living}, levels)
        found: dict[str, str] = {}
        for row in sorted(versions.rows, key=lambda row: row[begun] or ""):
            of = levels.get(row[area])
            if of in (Level.PROVINCE, Level.DISTRICT):
                found[row[area] or ""] = self._one(Level(of), row[name] or "").hex
        return found

    def _refuse_no_province(
        self, above: Mapping[str | None, str | None], levels: Mapping[str | None, str | None]
    ) -> None:
        """What was made for a district tells its province, which is then compared: a district of
        that name may lie in another one. `above` are the levels of those above.
        """
        of_districts = {up for area, up in above.items() if levels.get(area) == Level.DISTRICT}
        if Level.PROVINCE not in levels.values() or of_districts - {Level.PROVINCE}:
            raise AppError("package_no_province", name=self._name)

    def _one(self, level: Level, name: str) -> UUID:
        """The file's unit of that name. Raises AppError `package_other_place`."""
        key = place_key(level, name)
        there = [area for area in self._own if area.level is level]
        for area in there:
            if place_key(level, area.name) == key:
                return area.uid
        if level is Level.DISTRICT and self._level is Level.PROVINCE:
            return self._new_district(name, key)
        own = ", ".join(area.name for area in there)
        raise AppError("package_other_place", name=self._name, said=name, own=own)

    def _new_district(self, name: str, key: str) -> UUID:
        """The same for whichever commune names it first."""
        province = next(area for area in self._own if area.level is Level.PROVINCE)
        digest = hashlib.sha256(f"{province.uid.hex} {key}".encode()).digest()
        uid, version = UUID(bytes=digest[:16]), UUID(bytes=digest[16:])
        if records.get(self._work.connection, Kind.AREA, uid) is not None:
            self._work.update(Kind.AREA, uid, removed=False)
            self._work.update(Kind.AREA_VERSION, version, removed=False)
            return uid
        begun = records.get(self._work.connection, Kind.AREA_VERSION, province.version)
        self._work.insert(Kind.AREA, uid=uid, level=Level.DISTRICT.value)
        self._work.insert(
            Kind.AREA_VERSION,
            uid=version,
            area=uid,
            parent=province.uid,
            name=clean(name),
            kind="huyen",
            code=None,
            position=None,
            area_type=None,
            region=None,
            valid_from=begun["valid_from"] if begun else _FIRST_DAY,
            valid_to=DISTRICTS_END,
        )
        return uid

    def _without(
        self, batch: Batch, column: str, above: Mapping[str, str], parent: str = ""
    ) -> Batch:
        """Without the rows of the sender's upper units; `parent` names the file's own."""
        at = batch.columns.index(column)
        rows = [row for row in batch.rows if row[at] not in above]
        if parent:
            to = batch.columns.index(parent)
            rows = [[*row[:to], above.get(row[to] or "", row[to]), *row[to + 1 :]] for row in rows]
        return Batch(batch.table, batch.columns, rows)


class _Merge:
    """Brings what is stored of communes to what their package holds."""

    def __init__(self, work: WriteUnit, communes: Collection[UUID], name: str) -> None:
        self._work, self._name = work, name
        stored = records.get_many(work.connection, Kind.AREA, sorted(communes))
        self._stored = bool(stored)
        self._inside = package_rows.within(work.connection, stored)
        self.added: Counter[Kind] = Counter()
        self.changed: Counter[Kind] = Counter()
        self.gone: Counter[Kind] = Counter()
        self.classes: set[UUID] = set()

    def run(self, batches: Iterable[Batch]) -> _Merge:
        for table, its in groupby(batches, key=lambda batch: batch.table):
            kind = Kind(table)  # ValueError for a table that no package has
            if kind not in package_rows.SENT:
                raise ValueError(table)
            if self._stored:
                self._compare(kind, its)
            else:
                for batch in its:
                    self._insert(kind, batch.columns, self._unknown(kind, batch))
        return self

    def _unknown(self, kind: Kind, batch: Batch) -> Iterable[Values]:
        """What is to be inserted of a commune that is new here. Raises AppError
        `package_of_others` for a household, or a number, that another one has sent.
        """
        if kind not in _BEFORE_PEOPLE:
            return batch.rows
        uids = [row[0] or "" for row in batch.rows]
        known = package_rows.stored_texts(self._work.connection, kind, ("uid",), uids)
        if known and kind not in _BESIDE:
            raise AppError("package_of_others", name=self._name)
        return [row for row in batch.rows if row[0] not in known]

    def _insert(self, kind: Kind, columns: Iterable[str], rows: Iterable[Values]) -> None:
        names, new = list(columns), list(rows)
        if not new:
            return
        if not {*names} <= {*package_rows.sent_columns(kind)}:
            raise ValueError(kind)
        self._work.insert_texts(kind, names, new)
        self.added[kind] += len(new)
        if kind is Kind.CLASS_RECORD:
            self.classes |= {uuid_of(row[0] or "") for row in new}

    def _compare(self, kind: Kind, batches: Iterable[Batch]) -> None:
        """What the package says otherwise, what it has more and what it has no more."""
        wanted = package_rows.sent_columns(kind)
        own = package_rows.uids(self._work.connection, kind, self._inside)
        mine = frozenset(own) if kind in _BESIDE else None
        new: list[Values] = []
        changes: Changes = []
        columns: tuple[str, ...] = wanted
        for batch in batches:
            # A column that stays at home now is emptied: else the order of packages would show.
            columns = tuple(
                one
                for one in wanted
                if one in batch.columns or package_rows.may_be_empty(kind, one)
            )
            places = [batch.columns.index(one) if one in batch.columns else None for one in columns]
            rows = [[None if at is None else row[at] for at in places] for row in batch.rows]
            more, known = compared(self._work.connection, kind, columns, rows)
            new += more
            own -= known.keys()
            changes += [
                (uid, said)
                for uid, said in known.items()
                # What an undo took away comes back, whosever it is.
                if said and (mine is None or uid in mine or said.get("removed") is False)
            ]
        self._change(kind, changes)
        self._remove(kind, own)
        self._insert(kind, columns, new)

    def _change(self, kind: Kind, changes: Changes) -> None:
        change(self._work, kind, changes)
        self.changed[kind] += len(changes)
        if kind is Kind.CLASS_RECORD:
            self.classes |= {uid for uid, said in changes if packages.OF_CLASS & said.keys()}

    def _remove(self, kind: Kind, uids: Iterable[UUID]) -> None:
        stored = records.get_many(self._work.connection, kind, sorted(uids))
        living = [uid for uid, row in stored.items() if not row["removed"]]
        self._work.remove_many(kind, living)
        if kind is Kind.CLASS_RECORD:
            self.classes |= {*living}
        self.gone[kind] += len(living)
