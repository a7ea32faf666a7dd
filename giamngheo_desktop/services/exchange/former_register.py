"""The register of a former commune, as a package: whoever comes keeps the ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.package import Batch, Manifest, PackageKind, Values
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.services.exchange import figures
from giamngheo_desktop.services.exchange.batches import take, whole
from giamngheo_desktop.services.exchange.bringing import change, compared
from giamngheo_desktop.services.exchange.former_taking import Taken, Taking
from giamngheo_desktop.services.exchange.former_units import Picks, UnknownUnitsError
from giamngheo_desktop.services.unit import WriteUnit
from giamngheo_desktop.storage import package_rows
from giamngheo_desktop.storage.former import typed_columns, typed_keys
from giamngheo_desktop.storage.schema import HEAD


@dataclass(frozen=True, slots=True)
class RegisterSource:
    """A package, or a register read as one; `name` is that of its file."""

    name: str
    manifest: Manifest
    batches: Iterable[Batch]
    sha256: str = ""  # of a file that is no package


class RegisterTaking(Taking):
    """Raises AppErrors package_newer, package_not_upward, former_taken, ValueErrors and KeyErrors
    of what is no package, UnknownUnitsErrors former_unknown, former_villages.
    """

    def __init__(self, work: WriteUnit, source: RegisterSource, picks: Picks) -> None:
        manifest = source.manifest
        if manifest.schema > HEAD:
            raise AppError("package_newer", name=source.name)
        if manifest.kind is not PackageKind.UP:
            raise AppError("package_not_upward", name=source.name)
        super().__init__(work, source.name, picks)
        self._source = source
        self._own = self.units.commune([manifest.unit_name])
        self.refuse_again(self._own, manifest.unit_name)
        self._taken = Taken(
            file=source.name,
            name=manifest.unit_name,
            unit=self._own,
            year=manifest.year,
            standard=manifest.standard,
            said=figures.from_facts(manifest.facts),  # ValueError before anything is written
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
        manifest = self._source.manifest
        return self.finish(
            self._taken,
            (UUID(hex=uid) for uid in own.values()),
            people,
            sequence=manifest.sequence,
            sha256=self._source.sha256 or manifest.hash,
            made_at=manifest.made_at,
            made_by=manifest.made_by,
        )

    def _bring(self, kind: Kind, columns: Sequence[str], rows: Sequence[Values]) -> None:
        """What an undo took away comes back; whoever lives in this file already stays as here."""
        new, known = compared(self.work.connection, kind, columns, rows)
        back = [(uid, said) for uid, said in known.items() if said.get("removed") is False]
        self.work.insert_texts(kind, columns, new)
        change(self.work, kind, back)
        self._taken.added[kind] += len(new) + len(back)
        self._taken.kept[kind] += len(known) - len(back)

    def _own_units(self, units: Batch, versions: Batch) -> dict[str, str]:
        """The sender's units → those of the file: the commune, its villages by name, what lies
        above it.
        """
        level = units.columns.index("level")
        levels = {row[0] or "": row[level] for row in units.rows}
        commune = self._source.manifest.unit
        if commune not in levels:
            raise ValueError("unit")
        area, name = versions.columns.index("area"), versions.columns.index("name")
        names: dict[str, list[str]] = {}
        for row in versions.rows:
            names.setdefault(row[area] or "", []).append(row[name] or "")
        found = {commune: self._own.hex}
        lines = [self.units.line(Level.COMMUNE, self._taken.name, self._own)]
        ours = self._units_by_name()
        gone = units.columns.index("removed")
        mistaken = {row[0] for row in units.rows if row[gone] == "1"}
        villages = dict.fromkeys(uid for _, uid in self.units.names(Level.VILLAGE, self._own))
        for uid, of in levels.items():
            if uid in found:
                continue
            called = names.get(uid, [])
            said = called[-1] if called else "?"
            is_village = of == Level.VILLAGE
            picked = self.units.picked(Level.VILLAGE, said, villages) if is_village else None
            keys = ((of, search_key(one)) for one in called)
            match = picked or next((ours[key] for key in keys if key in ours), None)
            if match is not None:
                found[uid] = match.hex
            elif uid in mistaken:
                found[uid] = uid
            if is_village and uid not in mistaken:
                lines.append(self.units.line(Level.VILLAGE, said, match, villages))
        unknown = sorted(line.said for line in lines if line.unit is None)
        if unknown:
            raise UnknownUnitsError(
                "former_villages", lines, name=self.file, villages=", ".join(unknown)
            )
        self._taken.units = tuple(lines)
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

    def _units_by_name(self) -> dict[tuple[str | None, str], UUID]:
        """The villages that ever lay in the former commune, and every unit above communes."""
        known = {
            Level.PROVINCE: self.units.names(Level.PROVINCE),
            Level.DISTRICT: self.units.names(Level.DISTRICT),
            Level.VILLAGE: self.units.names(Level.VILLAGE, inside=self._own),
        }
        return {
            (level.value, search_key(name)): uid
            for level, names in known.items()
            for name, uid in names
        }

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
                values[code] = self.free_code(self._taken, values[code])
            yield values
