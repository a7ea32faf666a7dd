"""Adds leaf counts up the tree of units: village → commune → (district) → province."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from giamngheo_desktop.domain.area import AreaTree

Counts = Mapping[str, int]


def fold(
    leaves: Mapping[UUID | frozenset[UUID], Counts], tree: AreaTree
) -> dict[UUID, dict[str, int]]:
    """The counts of every unit of the tree that has a leaf below it; shares come from these.

    A leaf's counts are added to its own unit and to each one above it; a set of units, of which
    one is meant, to those above all of them.
    """
    sums: dict[UUID, dict[str, int]] = {}
    for leaf, counts in leaves.items():
        for unit in _units(leaf, tree):
            total = sums.setdefault(unit, {})
            for name, value in counts.items():
                total[name] = total.get(name, 0) + value
    return sums


def _units(leaf: UUID | frozenset[UUID], tree: AreaTree) -> Iterable[UUID]:
    if isinstance(leaf, UUID):
        return [area.uid for area in tree.ancestors(leaf)]
    above = [{area.uid for area in tree.ancestors(uid)} for uid in leaf]
    return set.intersection(*above) if above else ()
