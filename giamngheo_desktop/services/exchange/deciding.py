"""Which of two records that want one place shall have it, for every copy.

The decision is taken in like an edit of another copy, so that what followed from the clash is
worked out anew with it.
"""

from __future__ import annotations

from uuid import UUID

from giamngheo_desktop.domain.changes import Done, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.merging import History
from giamngheo_desktop.services.exchange import merging
from giamngheo_desktop.services.exchange.merging import Incoming, MergeReport
from giamngheo_desktop.services.exchange.place_edits import place_action, place_edits
from giamngheo_desktop.storage.engine import Database


def decide_place(
    database: Database, context: Context, *, keep: UUID, other: UUID
) -> Done[MergeReport]:
    """`keep` has the place, as `place_edits` tells.

    Raises RefusedError `clash_gone` where the two want no common place.
    """
    with database.reader() as connection:
        merged, lost = merging.places(connection, {keep, other})
    pair = next((one for one in lost if {one.winner, one.loser} == {keep, other}), None)
    if pair is None:
        raise RefusedError("clash_gone")
    action = place_action(context)
    edits = place_edits(context, action, merged, pair, keep=keep)
    incoming = Incoming(
        history=History(edits={edit.uid: edit for edit in edits}), actions=(action,), label=""
    )
    return merging.merge_edits(database, context, incoming, op=Op.DECIDE_PLACE)
