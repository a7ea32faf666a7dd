"""Adds leaf counts up the tree of units: village → commune → (district) → province."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from giamngheo_desktop.domain.area import AreaTree

Counts = Mapping[str, int]


def fold(leaves: Mapping[UUID, Counts], tree: AreaTree) -> dict[UUID, dict[str, int]]:
    """The counts of every unit of the tree that has a leaf below it; shares come from these.

    A leaf's counts are added to its own unit and to each one above it.
    """
    sums: dict[UUID, dict[str, int]] = {}
    for uid, counts in leaves.items():
        for area in tree.ancestors(uid):
            total = sums.setdefault(area.uid, dict.fromkeys(counts, 0))
            for name, value in counts.items():
                total[name] = total.get(name, 0) + value
    return sums
