"""The unit that `--unit` names."""

from __future__ import annotations

import argparse
from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.area import AreaTree
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.services import areas
from giamngheo_desktop.storage.engine import Database

_NAMED = 30  # units that a refusal names


def named_unit(
    database: Database, options: argparse.Namespace, day: date | None = None
) -> UUID | None:
    """The unit named by `--unit`: its uid, code, or name without marks."""
    if options.unit is None:
        return None
    day = day or getattr(options, "geography", None) or options.as_of
    tree = areas.tree(database, day or date(options.year, 12, 31))
    key = search_key(options.unit)
    found = [area for area in tree.walk() if options.unit in {str(area.uid), area.code}]
    found = found or [area for area in tree.walk() if search_key(area.name) == key]
    if len(found) == 1:
        return found[0].uid
    if found:  # two former "Thôn 1": which one is meant only the id tells
        known = ", ".join(f"{_place(tree, area.uid)}: {area.uid}" for area in found)
        raise AppError("several_units", name=options.unit, known=known)
    names = [area.name for area in tree.walk()]
    known = ", ".join([*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])])
    raise AppError("unknown_unit", name=options.unit, known=known)


def _place(tree: AreaTree, uid: UUID) -> str:
    return " – ".join(area.name for area in tree.ancestors(uid))
