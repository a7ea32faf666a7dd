"""The work of some villages on another computer: what leaves, and what comes back.

A record leaves as it was created, with every edit since and the actions these belong to; so the
other copy knows all that this one knows of it, nothing need be frozen, and what comes back is
merged like any copy. Drafts go along.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from giamngheo_desktop.domain.area import Area, AreaTree
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.merging import CREATED, Edit, History, Root
from giamngheo_desktop.domain.package import GOES_ON_FROM, Manifest, PackageKind, Values
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.services import drafts
from giamngheo_desktop.services.exchange import book, merging
from giamngheo_desktop.services.exchange.merging import Incoming, MergeReport, Picks
from giamngheo_desktop.storage import (
    areas,
    audit,
    definitions,
    exchange,
    names,
    packages,
    records,
    work_scope,
)
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.exchange import Action
from giamngheo_desktop.storage.schema import HEAD

EDITS, ACTIONS, DRAFTS = "edit", "action", "draft"
_EDIT = ("uid", "action", "kind", "record", "field", "value", "replaces")
_ACTION = ("uid", "op", "subject", "actor", "origin", "at", "reason")
_DRAFT = ("key", "text")
_UID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the package: its columns, and rows of audit texts."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Values]


@dataclass(frozen=True, slots=True)
class Work:
    """A package before it is written; `listing` are its households for a reader."""

    manifest: Manifest
    tables: tuple[Table, ...]
    listing: tuple[tuple[str, str, int], ...]  # head, village, persons


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in; `drafts` were put beside the file, `kept_drafts` had one of their own."""

    report: MergeReport
    drafts: int = 0
    kept_drafts: tuple[str, ...] = ()


def collect(
    database: Database, context: Context, villages: Collection[UUID], *, unit: UUID, program: str
) -> Work:
    """Everything of these villages, ready to be written. Nothing is changed here."""
    today = context.today()
    with database.reader() as connection:
        scope = work_scope.of_villages(connection, villages)
        history = exchange.read(connection, scope)
        done = exchange.actions(connection, {edit.action for edit in history.edits.values()})
        tree = areas.tree_on(connection, today)
        upward = sorted(packages.known_upward(connection))
        listing = _listing(connection, history, villages, tree, today)
    area = tree.get(unit)
    chosen = [found.name for uid in villages if (found := tree.get(uid))]
    facts = {"villages": ", ".join(chosen)}
    is_whole = {*villages} >= {one.uid for one in tree.villages(unit)}
    if is_whole and upward and not held_villages(database, today, unit):
        facts[GOES_ON_FROM] = " ".join(upward)  # who merges it goes on from these
    manifest = Manifest(
        kind=PackageKind.WORK,
        schema=HEAD,
        program=program,
        unit=unit.hex,
        unit_name=area.name if area else "",
        level=area.level.value if area else "",
        made_at=context.now().replace(tzinfo=None).isoformat(timespec="seconds"),
        made_by=context.actor,
        facts=facts,
    )
    typed = _drafts(database.path, scope)
    return Work(manifest, (*_tables(history, done), Table(DRAFTS, _DRAFT, typed)), listing)


def villages_named(tree: AreaTree, commune: UUID, named: str) -> list[UUID]:
    """The villages of `5-9`, `1,3` (places in the list of the unit) or of names, by commas.

    Raises RefusedErrors `work_no_village`; of a span `work_villages_end` past the last one,
    `work_villages_turned` where it runs backwards, `work_villages_half` where an end is missing.
    """
    villages = tree.villages(commune)
    by_key = {search_key(area.name): area.uid for area in villages}
    found: list[UUID] = []
    for part in filter(None, (part.strip() for part in named.split(","))):
        span = re.fullmatch(r"(\d{0,4})(?:(\s*[-–]\s*)(\d{0,4}))?", part)
        if span is None:
            uids = [by_key[search_key(part)]] if search_key(part) in by_key else []
        else:
            first, last = _ends(span, part, len(villages))
            uids = [area.uid for area in villages[max(first, 1) - 1 : last]] if first else []
        if not uids:
            raise RefusedError("work_no_village", name=part)
        found += [uid for uid in uids if uid not in found]
    if not found:
        raise RefusedError("work_no_village", name=named)
    return found


def _ends(span: re.Match[str], part: str, count: int) -> tuple[int, int]:
    """The first and last place of a span, or twice the one. Raises what `villages_named` says."""
    first, last = int(span[1] or span[3] or 0), int(span[3] or span[1] or 0)
    if span[2] and max(first, last) > count:
        raise RefusedError("work_villages_end", name=part, count=str(count))
    if first > last > 0:
        raise RefusedError("work_villages_turned", name=part, meant=f"{last}-{first}")
    if span[2] and first and not (span[1] and span[3]):
        meant = f"{first}-{count}" if span[1] else f"1-{last}"
        raise RefusedError("work_villages_half", name=part, meant=meant, only=str(first))
    return first, last


def held_villages(database: Database, day: date, unit: UUID) -> list[Area]:
    """The villages of the unit that a file made of a work package holds; none for a register that
    is whole.
    """
    with database.reader() as connection:
        return held_on(connection, day, unit)


def held_on(connection: Connection, day: date, unit: UUID) -> list[Area]:
    """`held_villages` of a file that is open already."""
    if not audit.of_ops(connection, (Op.TAKE_WORK,)):
        return []
    said = {name for note in packages.of_work(connection) for name in note.split(", ")}
    villages = areas.tree_on(connection, day).villages(unit)
    held = [area for area in villages if area.name in said]
    return held if len(held) < len(villages) else []


def look(
    database: Database,
    context: Context,
    manifest: Manifest,
    tables: Iterable[Table],
    picks: Picks | None = None,
) -> Taken:
    """What `take_in` would do; nothing is written."""
    incoming, _ = _received(database, context, manifest, tables, "")
    return Taken(merging.look(database, context, incoming, picks))


def take_in(
    database: Database,
    context: Context,
    manifest: Manifest,
    tables: Iterable[Table],
    picks: Picks | None = None,
    *,
    file: str = "",
) -> Done[Taken]:
    """Merge a work package; into an empty file it makes a register to work in.

    Raises RefusedErrors `work_other_schema`, `work_other_unit`, those of `merging.merge_edits`,
    and AppError `package_damaged`.
    """
    incoming, typed = _received(database, context, manifest, tables, file)
    with database.reader() as connection:
        op = Op.TAKE_WORK if exchange.is_empty(connection) else Op.MERGE_WORK
    done = merging.merge_edits(database, context, incoming, picks, op=op)
    held = {key: drafts.keep(database.path, key, text) for key, text in typed.items()}
    kept = tuple(key for key, put in held.items() if not put)
    return Done(Taken(done.value, len(held) - len(kept), kept), done.changes)


def record_sent(
    database: Database, context: Context, manifest: Manifest, file: str, households: int
) -> Done[None] | None:
    """Enter a written package into the book."""
    villages = manifest.facts["villages"]
    entry = book.row_of(manifest, file, note=villages, households=households)
    return book.record_sent(database, context, Op.SEND_WORK, villages, [entry])


# --- Leaving -----------------------------------------------------------------------------------


def _tables(history: History, done: Sequence[Action]) -> Iterator[Table]:
    by_kind: dict[Kind, list[Root]] = {}
    for uid in sorted(history.roots):
        by_kind.setdefault(history.roots[uid].kind, []).append(history.roots[uid])
    for kind in Kind:
        if kind in by_kind:
            columns = records.columns(kind)
            rows = [
                (root.uid.hex, *(root.values[name] for name in columns)) for root in by_kind[kind]
            ]
            yield Table(kind.value, ("uid", *columns), rows)
    yield Table(EDITS, _EDIT, [_edit_row(history.edits[uid]) for uid in sorted(history.edits)])
    yield Table(ACTIONS, _ACTION, [_action_row(action) for action in done])


def _edit_row(edit: Edit) -> Values:
    return (
        edit.uid.hex,
        edit.action.hex,
        edit.kind.value,
        edit.record.hex,
        edit.field,
        edit.value,
        " ".join(uid.hex for uid in edit.replaces),
    )


def _action_row(action: Action) -> Values:
    return (
        action.uid.hex,
        action.op,
        action.subject,
        action.actor,
        action.origin.hex,
        action.at.isoformat(),
        action.reason,
    )


def _drafts(path: Path, scope: Mapping[UUID, Kind]) -> list[Values]:
    """The drafts that name a record of the package."""
    known = {uid.hex for uid in scope}
    return [
        (key, text)
        for key, text in sorted(drafts.files_of(path).items())
        if any(uid.replace("-", "") in known for uid in _UID.findall(key))
    ]


def _listing(
    connection: Connection,
    history: History,
    villages: Collection[UUID],
    tree: AreaTree,
    day: date,
) -> tuple[tuple[str, str, int], ...]:
    called = {uid: area.name for uid in villages if (area := tree.get(uid))}
    homes = [uid for uid, root in history.roots.items() if root.kind is Kind.HOUSEHOLD]
    found = names.households(connection, homes, day, called)
    return tuple((home.head, home.village, home.persons) for home in found if home.village)


# --- Coming back -------------------------------------------------------------------------------


def _received(
    database: Database, context: Context, manifest: Manifest, tables: Iterable[Table], file: str
) -> tuple[Incoming, dict[str, str]]:
    if manifest.schema != HEAD:
        raise RefusedError("work_other_schema", theirs=manifest.schema, ours=HEAD)
    try:
        history, done, typed = _parsed(tables)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise AppError("package_damaged", name=manifest.unit_name) from error
    with database.reader() as connection:
        if not exchange.is_empty(connection) and not records.get(
            connection, Kind.AREA, UUID(hex=manifest.unit)
        ):
            raise RefusedError("work_other_unit", name=manifest.unit_name)
        history = _without_known_definitions(connection, history)
    package = book.row_of(
        manifest,
        file,
        direction=packages.RECEIVED,
        received_on=context.today(),
        note=manifest.facts.get("villages"),
        replaces=manifest.facts.get(GOES_ON_FROM),
    )
    label = manifest.facts.get("villages") or manifest.unit_name
    return Incoming(history=history, actions=tuple(done), label=label, package=package), typed


def _parsed(tables: Iterable[Table]) -> tuple[History, list[Action], dict[str, str]]:
    roots: dict[UUID, Root] = {}
    edits: dict[UUID, Edit] = {}
    done: dict[UUID, Action] = {}
    typed: dict[str, str] = {}
    for table in tables:
        if table.name not in (EDITS, ACTIONS, DRAFTS):
            columns = records.columns(Kind(table.name))
            if table.columns[0] != "uid" or {*table.columns[1:]} != {*columns}:
                raise ValueError(table.name)
        for row in table.rows:
            if table.name == EDITS:
                edit = _edit(row)
                edits[edit.uid] = edit
            elif table.name == ACTIONS:
                action = _action(row)
                done[action.uid] = action
            elif table.name == DRAFTS:
                key, text = row
                drafts.check(str(key), str(text))
                typed[str(key)] = str(text)
            else:
                uid = UUID(hex=row[0] or "")
                values = dict(zip(table.columns[1:], row[1:], strict=True))
                roots[uid] = Root(uid, Kind(table.name), values)
    return History(roots, edits), list(done.values()), typed


def _edit(row: Values) -> Edit:
    uid, action, kind, record, field, value, replaces = row
    return Edit(
        uid=UUID(hex=uid),
        action=UUID(hex=action),
        kind=Kind(str(kind)),
        record=UUID(hex=record),
        field=field or CREATED,
        value=value,
        replaces=tuple(UUID(hex=text) for text in (replaces or "").split()),
    )


def _action(row: Values) -> Action:
    uid, op, subject, actor, origin, at, reason = row
    return Action(
        uid=UUID(hex=uid),
        op=Op(str(op)).value,
        subject=subject or "",
        actor=actor or "",
        origin=UUID(hex=origin),
        at=datetime.fromisoformat(str(at)),
        reason=reason,
    )


def _without_known_definitions(connection: Connection, history: History) -> History:
    """A version of a template that this file has too stays what it is here."""
    versions = definitions.versions(connection)
    known = {(code, str(number)): uid for (code, number), uid in versions.items()}
    gone = set()
    for uid, root in history.roots.items():
        if root.kind is Kind.DEFINITION:
            version = str(root.values["code"]), str(root.values["version"])
            if known.get(version, uid) != uid:
                gone.add(uid)
    return replace(
        history,
        roots={uid: root for uid, root in history.roots.items() if uid not in gone},
        edits={uid: edit for uid, edit in history.edits.items() if edit.record not in gone},
    )
