"""The list that a commune manages on a day: everybody poor or near-poor then.

In the first year of a standard nobody may have a class under it yet. Who has none stands on the
list as the year before left it, by the standard of that year, until a review says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.standard import lists_before
from giamngheo_desktop.services.placing import Placing
from giamngheo_desktop.storage import review_rows
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.review_rows import Scope, Stood

LISTED = ("poor", "near_poor")  # the classes, and grounds of a case, in the order of the list


def classed_on(
    connection: Connection, definitions: Definitions, standard: str, day: date
) -> list[Stood]:
    """Everybody with a recognised class on a day, each once: that of the standard, else that of
    the one before it.
    """
    own = review_rows.classed(connection, Scope(year=day.year, standard=standard, as_of=day))
    known = {row.household for row in own}
    before = classed_before(connection, definitions, standard, day)
    return [*own, *(row for row in before if row.household not in known)]


def classed_before(
    connection: Connection, definitions: Definitions, standard: str, day: date
) -> list[Stood]:
    """Everybody with a class on a day by the standard that the list of its year begins under;
    nobody where that is the same one.
    """
    before = lists_before(definitions.standards, standard, day.year).get(day.year)
    if before is None:
        return []
    return review_rows.classed(connection, Scope(year=day.year, standard=before, as_of=day))


def on_the_list(
    connection: Connection,
    definitions: Definitions,
    review: Mapping[str, Any],
    standards: Sequence[str],
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
        listed = (
            row
            for row in classed_on(connection, definitions, standard, day)
            if row.household_class in LISTED
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
