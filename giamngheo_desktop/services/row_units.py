"""Which units a table has a row for, and which households a cell of it counts."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from uuid import UUID

from giamngheo_desktop.domain.area import Area, AreaTree, Level
from giamngheo_desktop.services.placing import Place


def households_within(
    tree: AreaTree, placed: Iterable[tuple[Place, UUID]], unit: UUID | None, *, unplaced: bool
) -> Iterator[tuple[UUID, Place]]:
    """Of households placed on a geography those that a cell of a table counts, with the place.

    `unit` is the one of the row; with `unplaced` that of the table, whose row of households
    without a certain village is meant.
    """
    whole = villages_of(tree, unit)
    parts = [villages_of(tree, area.uid) for area in row_units(tree, unit)]
    for place, household in placed:
        if isinstance(place, UUID):
            meant = not unplaced and place in whole
        else:
            meant = place <= whole and not (unplaced and any(place <= part for part in parts))
        if meant:
            yield household, place


def row_units(tree: AreaTree, uid: UUID | None, words: Container[Level] = ()) -> Sequence[Area]:
    districts = [area for area in tree.of_level(Level.DISTRICT) if area.parent == uid]
    if districts and Level.DISTRICT in words:
        return districts
    unit = tree.get(uid)
    if uid is None or (unit is not None and unit.level in {Level.COMMUNE, Level.VILLAGE}):
        return tree.villages(uid)
    communes = tree.of_level(Level.COMMUNE)
    return [area for area in communes if any(up.uid == uid for up in tree.ancestors(area.uid))]


def villages_of(tree: AreaTree, uid: UUID | None) -> frozenset[UUID]:
    return frozenset(village.uid for village in tree.villages(uid))
