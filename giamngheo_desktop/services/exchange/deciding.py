"""Which of two records that want one place shall have it, for every copy.

The decision is taken in like an edit of another copy, so that what followed from the clash is
worked out anew with it.
"""

from __future__ import annotations

from uuid import UUID

from giamngheo_desktop.domain.changes import Done, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.merging import REMOVED, YES, Edit, History, Merged
from giamngheo_desktop.services.exchange import merging
from giamngheo_desktop.services.exchange.merging import Incoming, MergeReport
from giamngheo_desktop.storage import exchange
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.exchange import Action

Values = dict[str, str | None]


def decide_place(
    database: Database, context: Context, *, keep: UUID, other: UUID
) -> Done[MergeReport]:
    """`keep` has the place. `other` stays cut where it was only cut, else it goes; what is one
    with `keep` by its key leaves it what only `other` has.

    Raises RefusedError `clash_gone` where the two want no common place.
    """
    with database.reader() as connection:
        merged, lost = merging.places(connection, {keep, other})
    pair = next((one for one in lost if {one.winner, one.loser} == {keep, other}), None)
    if pair is None:
        raise RefusedError("clash_gone")
    stays = pair.winner == keep
    wanted: dict[UUID, Values] = {other: dict(pair.forced) if stays else {REMOVED: YES}}
    if not pair.slot.dated:
        wanted[keep] = {
            name: value
            for name, value in merged[other].values().items()
            if value is not None and merged[keep].own(name) is None
        }
        for record in merged.values():
            moved = _moved(record, other, keep)
            if moved:
                wanted.setdefault(record.uid, {}).update(moved)
    action = Action(
        uid=context.new_id(),
        op=Op.DECIDE_PLACE.value,
        subject="",
        actor=context.actor,
        origin=context.origin,
        at=context.now().replace(tzinfo=None),
        reason=None,
    )
    edits = [
        _edit(context, action, merged[uid], name, value)
        for uid, values in wanted.items()
        for name, value in values.items()
    ]
    incoming = Incoming(
        history=History(edits={edit.uid: edit for edit in edits}), actions=(action,), label=""
    )
    return merging.merge_edits(database, context, incoming, op=Op.DECIDE_PLACE)


def _moved(record: Merged, old: UUID, new: UUID) -> Values:
    """What was typed to point at the one that goes, or only points at the other by the clash."""
    return {
        name: new.hex
        for name in exchange.REFERENCES[record.kind]
        if record.lives and record.own(name) == old.hex
    }


def _edit(context: Context, action: Action, record: Merged, name: str, value: str | None) -> Edit:
    held = record.fields.get(name)
    if held is not None:
        replaces = tuple(edit.uid for edit in held.heads)
    else:
        replaces = (record.created.uid,) if record.created else ()
    return Edit(
        uid=context.new_id(),
        action=action.uid,
        kind=record.kind,
        record=record.uid,
        field=name,
        value=value,
        replaces=replaces,
    )
