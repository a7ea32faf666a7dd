"""The register of a former commune, as a package: whoever comes keeps the ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from uuid import UUID

from giamngheo_desktop.domain.area import Level, sole_heirs
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.package import Batch, Manifest, PackageKind, Values
from giamngheo_desktop.services.exchange import figures
from giamngheo_desktop.services.exchange.batches import take, whole
from giamngheo_desktop.services.exchange.bringing import change, compared
from giamngheo_desktop.services.exchange.former_sent import Commune, Match, match_units, rows_of
from giamngheo_desktop.services.exchange.former_taking import Taken, Taking
from giamngheo_desktop.services.exchange.former_units import Merger, Picks, UnknownUnitsError
from giamngheo_desktop.services.successions import move_villages, succeed_in
from giamngheo_desktop.services.unit import WriteUnit
from giamngheo_desktop.storage import areas, package_rows, records
from giamngheo_desktop.storage.former import typed_columns, typed_keys
from giamngheo_desktop.storage.schema import HEAD


@dataclass(frozen=True, slots=True)
class RegisterSource:
    """A package, or a register read as one; `name` is that of its file."""

    name: str
    manifest: Manifest
    batches: Iterable[Batch]
    sha256: str = ""  # of a file that is no package
    said: Mapping[str, int] = field(default_factory=dict)  # of its last table, as typed


class RegisterTaking(Taking):
    """Raises AppErrors package_newer, package_not_upward, former_here, former_many, ValueErrors and
    KeyErrors of what is no package, UnknownUnitsErrors former_unknown, former_day, former_villages,
    former_then, former_taken, former_twice. `merger` is that of a commune which the file never
    knew: it is picked which one of today it went into.
    """

    def __init__(
        self,
        work: WriteUnit,
        source: RegisterSource,
        picks: Picks,
        merger: Merger | None,
        before: Sequence[Taken] = (),
    ) -> None:
        manifest = source.manifest
        if manifest.schema > HEAD:
            raise AppError("package_newer", name=source.name)
        if manifest.kind is not PackageKind.UP:
            raise AppError("package_not_upward", name=source.name)
        if manifest.level != Level.COMMUNE:
            raise AppError("former_many", name=source.name, said=manifest.unit_name)
        super().__init__(work, source.name, picks, before)
        self._source, self._merger = source, merger
        self._commune = self._whose()
        own, name = self._commune.unit, manifest.unit_name
        self.refuse_again(own, self.units.name(own) or name)
        known = figures.from_facts(manifest.facts)  # ValueError before anything is written
        self._taken = Taken(
            file=source.name,
            name=name,
            unit=own,
            year=manifest.year,
            standard=manifest.standard,
            said={**known, **source.said},
            counted=frozenset(known.keys() - source.said if source.sha256 else ()),
        )
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
        match = match_units(self.units, self._commune, units, versions, self.file)
        self._taken.units = tuple(match.lines)
        self._bring_units(units, versions, match)
        people: set[UUID] = set()
        for table, rows in tables:
            kind = Kind(table)
            if kind not in package_rows.SENT:
                raise ValueError(table)
            for batch in rows:
                new = list(self._mapped(kind, batch, match))
                if not new:
                    continue
                self._bring(kind, batch.columns, new)
                if kind is Kind.PERSON:
                    people |= {UUID(hex=row[0] or "") for row in new}
        self._succeed(match)
        manifest = self._source.manifest
        return self.finish(
            self._taken,
            [*map(UUID, match.found.values()), *match.merged.values()],
            people,
            sequence=manifest.sequence,
            sha256=self._source.sha256 or manifest.hash,
            made_at=manifest.made_at,
            made_by=manifest.made_by,
        )

    def _whose(self) -> Commune:
        """The former commune as the file has it, else as it comes."""
        manifest, units = self._source.manifest, self.units
        name, sent = manifest.unit_name, UUID(hex=manifest.unit)
        stored = records.get(self.work.connection, Kind.AREA, sent)
        if stored is not None and not stored["removed"] and sent not in units.former:
            raise AppError("former_here", name=self.file, said=name)
        unit = units.commune([name], present=True)
        if unit in units.former:
            steps = sole_heirs(units.steps, unit)
            heir = steps[0].new if len(steps) == 1 and steps[0].new not in units.former else None
            day = units.ended_on(unit) or self.work.context.today()
            is_known = True
        elif self._merger is None:
            line = units.coming(name, unit)
            raise UnknownUnitsError(
                "former_day", [line], name=self.file, said=name, heir=units.name(unit)
            )
        else:
            heir, unit, day, is_known = unit, sent, self._merger.day, False
        return Commune(name=name, sent=sent.hex, unit=unit, is_known=is_known, heir=heir, day=day)

    def _succeed(self, match: Match) -> None:
        """The merger of a commune that came with its units, its villages first; what came to one
        that the file knew goes where its other villages are.
        """
        commune, work = self._commune, self.work
        if commune.heir is None:
            return
        if commune.is_known:
            tree = areas.tree_on(work.connection, commune.day)
            there = len(tree.villages(commune.heir))
            act = (commune.unit, [commune.heir], [commune.heir], commune.day, there)
            move_villages(work, tree, *act)
            return
        decision = self._merger.decision or None if self._merger else None
        merged = [(UUID(old), new) for old, new in match.merged.items()]
        try:
            for old, new in (*merged, (commune.unit, commune.heir)):
                succeed_in(work, [old], [new], "merged", commune.day, decision)
        except RefusedError as error:
            said = {"name": self.file, "said": commune.name}
            raise UnknownUnitsError("former_then", match.lines, **said) from error
        self._taken.moved += len(merged)

    def _bring(self, kind: Kind, columns: Sequence[str], rows: Sequence[Values]) -> None:
        """What an undo took away comes back; whoever lives in this file already stays as here."""
        new, known = compared(self.work.connection, kind, columns, rows)
        back = [(uid, said) for uid, said in known.items() if said.get("removed") is False]
        self.work.insert_texts(kind, columns, new)
        change(self.work, kind, back)
        self._taken.added[kind] += len(new) + len(back)
        self._taken.kept[kind] += len(known) - len(back)

    def _bring_units(self, units: Batch, versions: Batch, match: Match) -> None:
        """Those that come along, and those typed by mistake, to which something may refer."""
        self._bring(Kind.AREA, units.columns, rows_of(units, ("uid",), match.brought))
        parent = versions.columns.index("parent")
        rows: list[list[str | None]] = []
        for row in rows_of(versions, ("area",), match.brought):
            values = list(row)
            values[parent] = match.found.get(values[parent] or "")
            rows.append(values)
        self._bring(Kind.AREA_VERSION, versions.columns, rows)
        if not self._commune.is_known:
            self._lengthen(versions, match)

    def _lengthen(self, versions: Batch, match: Match) -> None:
        """What lies above the sender was there as long as the sender says: its years are counted
        below it.
        """
        area, begun = versions.columns.index("area"), versions.columns.index("valid_from")
        for row in versions.rows:
            ours = match.above.get(row[area] or "")
            found = records.find(self.work.connection, Kind.AREA_VERSION, area=ours) if ours else []
            first = min(found, key=lambda one: one["valid_from"], default=None)
            day = date.fromisoformat(row[begun] or "")
            if first is not None and day < first["valid_from"]:
                self.work.update(Kind.AREA_VERSION, first["uid"], valid_from=day)

    def _mapped(self, kind: Kind, batch: Batch, match: Match) -> Iterator[Values]:
        """The rows with the units of the file; of yearly numbers only those not typed here."""
        if kind in (Kind.AREA_FACT, Kind.SUCCESSION):  # of its own units the file has its own
            named = ("area",) if kind is Kind.AREA_FACT else ("old_area", "new_area")
            yield from rows_of(batch, named, match.brought)
            return
        places = [batch.columns.index(name) for name in package_rows.area_columns(kind)]
        code = batch.columns.index("code") if kind is Kind.HOUSEHOLD else None
        removed = batch.columns.index("removed")
        key = [batch.columns.index(name) for name in typed_columns(kind)]
        for row in batch.rows:
            values = list(row)
            for at in places:
                text = values[at]
                values[at] = match.found[text] if text is not None else None
            said = tuple(str(values[at]) for at in key)
            if key and values[removed] == "0" and said in self._typed[kind]:
                self._taken.kept[kind] += 1
                continue
            if code is not None:
                values[code] = self.free_code(self._taken, values[code])
            yield values
