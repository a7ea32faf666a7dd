"""Takes in what another copy of the register did, and says what that changes here.

`look` says it beforehand, by doing it all and taking it back. What several copies filled otherwise
stays listed (`open_clashes`) until somebody decides (`settle`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain import issued_merge, merging, slots
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.merging import CREATED, Edit, History, Merged, Standing
from giamngheo_desktop.domain.names import split_name
from giamngheo_desktop.services.exchange import merge_findings
from giamngheo_desktop.services.exchange.differences import (
    DERIVED,
    Difference,
    Side,
    as_read,
    differences,
    with_names,
)
from giamngheo_desktop.services.exchange.merge_findings import Finding
from giamngheo_desktop.services.exchange.place_edits import place_action, place_edits
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import audit, exchange, packages, records
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.exchange import Action

Picks = Mapping[tuple[UUID, str], Side]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What another copy knows; `package` is its row in the book of packages, None for none;
    `answers` are the settings that remember what the officer said of it.
    """

    history: History
    actions: tuple[Action, ...]
    label: str  # for the undo menu
    package: Mapping[str, Any] | None = None
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MergeReport:
    """`taken` edits were not known here; `differences` are listed by record, then field."""

    taken: int
    differences: tuple[Difference, ...]
    findings: tuple[Finding, ...]

    def count(self, state: str) -> int:
        return sum(difference.state == state for difference in self.differences)


@dataclass(slots=True)
class _Weighed:
    """Both sides together, before anything is written."""

    local: History
    merged: dict[UUID, Merged]
    lost: list[slots.Lost]
    stored: dict[UUID, dict[str, Any]]
    new: list[Edit] = field(default_factory=list)
    refused: dict[UUID, dict[str, str | None]] = field(default_factory=dict)  # what stays instead


class _LookedError(Exception):
    """Ends the transaction of a dry run."""


def look(
    database: Database, context: Context, incoming: Incoming, picks: Picks | None = None
) -> MergeReport:
    """What `merge_edits` would do. Raises what it raises."""
    seen: list[MergeReport] = []
    with suppress(_LookedError), write_unit(database, context, Op.MERGE_WORK) as work:
        seen.append(_merge(work, incoming, picks or {}))
        raise _LookedError
    return seen[0]


def merge_edits(
    database: Database,
    context: Context,
    incoming: Incoming,
    picks: Picks | None = None,
    *,
    op: Op = Op.MERGE_WORK,
) -> Done[MergeReport]:
    """Take in what is not known here; the same twice changes nothing.

    `picks` decide clashes by (record, field), with CREATED for a record that lost its place: so
    they are settled for every copy. Ours of a change that `may_choose` refuses it. Raises
    RefusedErrors `merge_forged` and `merge_incomplete`.
    """
    with write_unit(database, context, op) as work:
        work.subject = incoming.label
        report = _merge(work, incoming, picks or {})
    return Done(report, work.changes)


def picks_of(found: Iterable[Difference], side: Side) -> Picks:
    """Picks that decide every clash for one side, of fields and of places alike."""
    return {(item.record, item.field): side for item in found if item.state == "clash"}


def open_clashes(database: Database) -> list[Difference]:
    """What copies filled otherwise and nobody has decided yet, and what stays outside of what was
    issued.
    """
    with database.reader() as connection:
        _, found = undecided(connection)
        return with_names(connection, as_read(found))


def undecided(connection: Connection) -> tuple[dict[UUID, Merged], list[Difference]]:
    """The same with the records they are of."""
    weighed = _weigh(connection, History(), exchange.merged_records(connection))
    found = differences(weighed.merged, weighed.lost, weighed.local, weighed.stored)
    return weighed.merged, [
        replace(item, is_open=True) for item in found if item.state in ("clash", "outside")
    ]


def places(
    connection: Connection, wanted: Set[UUID]
) -> tuple[dict[UUID, Merged], list[slots.Lost]]:
    """These records with all that share a slot with them, and which of them lost it."""
    known = exchange.merged_records(connection)
    weighed = _weigh(connection, History(), known if wanted & known.keys() else {})
    return weighed.merged, weighed.lost


def settle(
    database: Database, context: Context, choices: Mapping[tuple[UUID, str], str | None]
) -> Done[int]:
    """Decide clashes of fields: each gets the value given as audit text, for every copy.

    Raises RefusedError `clash_gone` for a field in which nothing clashes.
    """
    with write_unit(database, context, Op.SETTLE_CLASH) as work:
        known = exchange.merged_records(work.connection)
        wanted = {uid: known[uid] for uid, _ in choices if uid in known}
        weighed = _weigh(work.connection, History(), wanted)
        for (uid, name), value in choices.items():
            record = weighed.merged.get(uid)
            held = record.fields.get(name) if record else None
            if record is None or held is None or held.outside or not held.others:
                raise RefusedError("clash_gone")
            _decide(work, record, name, held, value, weighed.stored[uid])
            given = record.fields.get("given_name") if name == "full_name" else None
            if given is not None and given.others and (uid, "given_name") not in choices:
                fitting = _fitting(given, str(value))
                _decide(work, record, "given_name", given, fitting, weighed.stored[uid])
        work.subject = with_names(
            work.connection,
            [item for item in differences(weighed.merged, (), weighed.local, weighed.stored)
             if (item.record, item.field) in choices][:1],
        )[0].about  # fmt: skip
    return Done(len(choices), work.changes)


def _fitting(given: Standing, name: str) -> str:
    """Which of the given names is one of that name."""
    values = [edit.value for edit in given.heads if edit.value]
    return next((one for one in values if f" {one} " in f" {name} "), split_name(name)[1])


def _merge(work: WriteUnit, incoming: Incoming, picks: Picks) -> MergeReport:
    connection = work.connection
    exchange.references_later(connection)
    history = incoming.history
    if not exchange.is_readable(history):
        raise RefusedError("merge_forged")
    wanted = {uid: root.kind for uid, root in history.roots.items()}
    wanted |= {edit.record: edit.kind for edit in history.edits.values()}
    weighed = _weigh(connection, history, wanted)
    weighed.new = [edit for uid, edit in history.edits.items() if uid not in weighed.local.edits]
    if any(edit.record not in weighed.merged for edit in weighed.new):
        raise RefusedError("merge_incomplete")
    found = differences(weighed.merged, weighed.lost, weighed.local, weighed.stored, history)
    taken, actions, seen = len(weighed.new), incoming.actions, weighed.merged
    decided = _places_decided(work.context, weighed, found, picks)
    if decided is not None:
        action, edits = decided
        actions += (action,)
        history = merging.union(history, History(edits={edit.uid: edit for edit in edits}))
        weighed = _weigh(connection, history, wanted)
        weighed.new = [e for uid, e in history.edits.items() if uid not in weighed.local.edits]
    for item in found:
        if item.state == "changed" and _side_of(item, picks) == "ours":
            weighed.refused.setdefault(item.record, {})[item.field] = item.ours
    with exchange.fitting():
        _write(work, weighed)
    now: dict[UUID, dict[str, Any]] = {}
    for difference in found:
        uid, name = difference.record, difference.field
        side = _side_of(difference, picks)
        record = weighed.merged[uid]
        held = record.fields.get(name)
        refused = weighed.refused.get(uid, {})
        if side and held and (held.others or name in refused):
            value = difference.ours if side == "ours" else difference.theirs
            stands = now.setdefault(uid, _decoded(record.kind, record.values() | refused))
            _decide(work, record, name, held, value, stands)
    if exchange.misses_records(connection):
        raise RefusedError("merge_incomplete")
    findings = merge_findings.find(connection, seen, weighed.local, incoming.history)
    named = with_names(connection, as_read(_as_decided(item, picks) for item in found))
    if weighed.new or _goes_on_from_more(connection, incoming.package):
        _note_package(work, incoming.package)
    for code in incoming.answers:
        today = work.context.today()
        work.insert(Kind.SETTING, code=code, value="yes", valid_from=today, valid_to=None)
    work.counts = bool(weighed.new)  # a loser is known from now on, though nothing changed
    exchange.keep(connection, work.group, weighed.new, actions)
    return MergeReport(taken, tuple(named), tuple(findings))


def _places_decided(
    context: Context, weighed: _Weighed, found: list[Difference], picks: Picks
) -> tuple[Action, list[Edit]] | None:
    """What gives each place to the record picked for it; None where none was picked."""
    chosen = {
        (item.winner, item.record): item.kept_and_other(side)[0]
        for item in found
        if item.field == CREATED and item.winner and (side := picks.get((item.record, CREATED)))
    }
    if not chosen:
        return None
    action = place_action(context)
    edits = [
        edit
        for pair in weighed.lost  # two records may want two places, as who heads two households
        if (keep := chosen.get((pair.winner, pair.loser)))
        for edit in place_edits(context, action, weighed.merged, pair, keep=keep)
    ]
    return action, edits


def _side_of(item: Difference, picks: Picks) -> Side | None:
    """Which side was picked of what can be chosen; what is derived goes with its field."""
    name = DERIVED.get(item.field, item.field)
    side = picks.get((item.record, item.field)) or picks.get((item.record, name))
    return side if item.state == "clash" or item.may_choose else None


def _as_decided(item: Difference, picks: Picks) -> Difference:
    """With what stands after the pick of this difference."""
    side = _side_of(item, picks)
    if side is None or (item.state == "changed" and side == "theirs"):
        return item
    if item.state == "changed":
        return replace(item, state="kept", stands=item.ours)
    return replace(item, stands=item.ours if side == "ours" else item.theirs)


def _weigh(connection: Connection, history: History, wanted: dict[UUID, Kind]) -> _Weighed:
    """What both sides know of these records and of all that share a slot with them."""
    wanted = dict(wanted)
    while True:
        local = exchange.read(connection, wanted)
        try:
            known = merging.union(local, history)
        except merging.ForgedError as error:
            raise RefusedError("merge_forged") from error
        merged = merging.merge(known)
        issued_merge.hold_back(merged, known)
        lost = slots.settle(merged, exchange.REFERENCES)
        lost = [one for one in lost if not merged[one.loser].stands]
        more = exchange.referred(merged.values())
        more |= exchange.neighbours(connection, merged.values())
        more |= issued_merge.documents(merged.values())
        more |= exchange.pointing(
            connection,
            slots.contested(merged.values()) | issued_merge.issued(merged.values()),
        )
        more = {uid: kind for uid, kind in more.items() if uid not in wanted}
        if not more:
            break
        wanted |= more
    stored = {uid: row for uid, (_, row) in exchange.stored(connection, wanted).items()}
    return _Weighed(local, merged, lost, stored)


def _write(work: WriteUnit, weighed: _Weighed) -> None:
    """Make every record what it is after merging; what goes out of force goes first."""
    here = [record for uid, record in weighed.merged.items() if uid in weighed.stored]
    work.read_ahead([record.uid for record in here])
    for record in sorted(here, key=lambda record: record.lives):
        _update(work, record, weighed)
    new = [record for uid, record in weighed.merged.items() if uid not in weighed.stored]
    by_kind: dict[Kind, list[Merged]] = {}
    for record in new:
        by_kind.setdefault(record.kind, []).append(record)
    for kind, found in by_kind.items():
        rows = [{"uid": one.uid, **_decoded(kind, one.values())} for one in found]
        records.insert(work.connection, kind, rows)
        for one in found:
            _note_new(work, one)


def _note_new(work: WriteUnit, record: Merged) -> None:
    """It came as it was created elsewhere, and was edited since."""
    kind, uid = record.kind, record.uid
    source = (record.created.uid,) if record.created else ()
    content = audit.content_hash(_decoded(kind, record.root.values))
    work.note(kind, uid, CREATED, None, content, None, source=source)
    for name in record.values():
        held = record.fields.get(name)
        old, new = record.root.values.get(name), record.value(name)
        if held or old != new:
            _note(work, record, name, held, old, new)


def _update(work: WriteUnit, record: Merged, weighed: _Weighed) -> None:
    stored = weighed.stored[record.uid]
    now = exchange.living_content(record.kind, stored)
    changed: dict[str, Any] = {}
    for name in now:
        held, value = record.fields.get(name), record.value(name)
        if name in weighed.refused.get(record.uid, {}):
            value = now[name]
        if value != now[name]:
            changed[name] = audit.decode(record.kind, name, value)
        elif held is None or not _is_news(held, weighed.local):
            continue
        _note(work, record, name, held, now[name], value)
    if changed:
        records.update(work.connection, record.kind, record.uid, changed, stored)


def _is_news(held: Standing, local: History) -> bool:
    """Whether another edit has to be named as standing here, though the value is the same."""
    return any(edit.uid not in local.edits for edit in held.agreed)


def _note(
    work: WriteUnit,
    record: Merged,
    name: str,
    held: Standing | None,
    old: str | None,
    new: str | None,
) -> None:
    source = tuple(edit.uid for edit in held.agreed) if held else ()
    replaces = work.replaced(record.uid, name)
    work.note(record.kind, record.uid, name, old, new, replaces, source=source)


def _decide(
    work: WriteUnit,
    record: Merged,
    name: str,
    held: Standing,
    value: str | None,
    stored: dict[str, Any],
) -> None:
    """An edit of our own that replaces all that were made in this field; `stored` follows."""
    old = audit.encode(stored[name])
    first, *rest = [edit.uid for edit in held.heads]
    if value != old:
        decoded = {name: audit.decode(record.kind, name, value)}
        records.update(work.connection, record.kind, record.uid, decoded, stored)
        stored |= decoded
    work.note(record.kind, record.uid, name, old, value, first, also_replaces=tuple(rest))


def _decoded(kind: Kind, content: Mapping[str, str | None]) -> dict[str, Any]:
    return {name: audit.decode(kind, name, content.get(name)) for name in records.columns(kind)}


def _goes_on_from_more(connection: Connection, package: Mapping[str, Any] | None) -> bool:
    """Whether the other copy made packages upward that nobody here knows of yet."""
    said = (package or {}).get("replaces") or ""
    return not packages.known_upward(connection) >= {*said.split()}


def _note_package(work: WriteUnit, package: Mapping[str, Any] | None) -> None:
    """Once for each workbook, however often it is taken in."""
    if package is not None:
        same = {"sha256": package["sha256"], "direction": "received"}
        if not records.find(work.connection, Kind.PACKAGE, **same):
            work.insert(Kind.PACKAGE, **package)


def known_heads(
    database: Database, wanted: Mapping[UUID, Kind]
) -> dict[tuple[UUID, str], tuple[UUID, ...]]:
    """For each record and field the edits that a next edit replaces; CREATED for untouched ones.

    A sheet that leaves with these as its base comes back as edits that replace them.
    """
    with database.reader() as connection:
        history = exchange.read(connection, wanted)
    found: dict[tuple[UUID, str], tuple[UUID, ...]] = {}
    for uid, record in merging.merge(history).items():
        created = (record.created.uid,) if record.created else ()
        for name in record.values():
            held = record.fields.get(name)
            found[uid, name] = tuple(edit.uid for edit in held.agreed) if held else created
    return found
