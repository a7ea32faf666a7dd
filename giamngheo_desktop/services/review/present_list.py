"""The list that a commune manages on the day a review begins: everybody poor or near-poor then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.services.placing import Placing
from giamngheo_desktop.storage import review_rows
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.review_rows import Scope

LISTED = ("poor", "near_poor")  # the classes, and grounds of a case, in the order of the list


def on_the_list(
    connection: Connection, review: Mapping[str, Any], standards: Sequence[str]
) -> list[tuple[UUID, str, UUID]]:
    """Village, class and household of the commune's list on the day a review began, the poor first.

    The class is that of the first standard that lists the household.
    Whom nobody put into a village after a split stands on the list of the old one.
    """
    day: date = review["begun_on"]
    placing = Placing(connection, day, day)
    order = [area.uid for area in placing.tree.villages(review["area"])]
    own = frozenset(order)
    found: dict[UUID, tuple[UUID, str, UUID]] = {}
    for standard in standards:
        scope = Scope(year=review["review_year"], standard=standard, as_of=day)
        listed = (
            row for row in review_rows.classed(connection, scope) if row.household_class in LISTED
        )
        for place, row in placing.placed(listed):
            village = place if isinstance(place, UUID) else row.village
            ours = village in own if isinstance(place, UUID) else place <= own
            if ours and row.household not in found:
                found[row.household] = village, row.household_class, row.household
    places = {village: number for number, village in enumerate(order)}
    return sorted(
        found.values(),
        key=lambda case: (places.get(case[0], len(order)), LISTED.index(case[1]), case[2]),
    )
