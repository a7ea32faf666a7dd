"""The edits that give a place to one of two records that want it.

They are those of another copy in shape, so that what followed from the clash is worked out anew
with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from giamngheo_desktop.domain.changes import Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.merging import REMOVED, YES, Edit, Merged
from giamngheo_desktop.domain.slots import Lost
from giamngheo_desktop.storage import exchange
from giamngheo_desktop.storage.exchange import Action

Values = dict[str, str | None]


def place_action(context: Context) -> Action:
    """The action of such edits."""
    return Action(
        uid=context.new_id(),
        op=Op.DECIDE_PLACE.value,
        subject="",
        actor=context.actor,
        origin=context.origin,
        at=context.now().replace(tzinfo=None),
        reason=None,
    )


def place_edits(
    context: Context,
    action: Action,
    merged: Mapping[UUID, Merged],
    pair: Lost,
    *,
    keep: UUID,
) -> list[Edit]:
    """`keep` is one of `pair` and has the place. The other stays cut where it was only cut, else
    it goes; what is one with `keep` by its key leaves it what only the other has.
    """
    stays = pair.winner == keep
    other = pair.loser if stays else pair.winner
    wanted: dict[UUID, Values] = {other: dict(pair.forced) if stays else {REMOVED: YES}}
    if not pair.slot.dated:
        wanted[keep] = {
            name: value
            for name, value in merged[other].values().items()
            if value is not None and merged[keep].own(name) is None
        }
        for uid, moved in _moved(merged.values(), other, keep):
            wanted.setdefault(uid, {}).update(moved)
    return [
        _edit(context, action, merged[uid], name, value)
        for uid, values in wanted.items()
        for name, value in values.items()
    ]


def _moved(records: Iterable[Merged], old: UUID, new: UUID) -> Iterable[tuple[UUID, Values]]:
    """What was typed to point at the one that goes, or only points at the other by the clash."""
    for record in records:
        moved: Values = {
            name: new.hex
            for name in exchange.REFERENCES[record.kind]
            if record.lives and record.own(name) == old.hex
        }
        if moved:
            yield record.uid, moved


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
