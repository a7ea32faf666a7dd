"""The unit that `--unit` names."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import partial
from uuid import UUID

from giamngheo_desktop.domain.area import AreaTree, Level
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.services import areas
from giamngheo_desktop.storage import plans
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
    names = {area.uid: area.name for area in tree.walk()}
    coded = [area.uid for area in tree.walk() if area.code == options.unit]
    return one_named(options.unit, names, partial(_place, tree), coded)


def planning_unit(database: Database, unit: UUID | None, year: int, what: str) -> UUID:
    """Whose plan of a year is meant: a commune; of a file that collects communes the province, too.

    AppErrors `planning_unit`, which says `what` is not there, and `no_unit`.
    """
    day = date(year, 12, 31)
    found = unit or areas.top_unit(database, day)
    tree = areas.tree(database, day)
    area = tree.get(found)
    if area is None or area.level is Level.COMMUNE:
        return found
    with database.reader() as connection:
        level = areas.file_level(connection, day)
        if area.level is Level.PROVINCE and (
            level is Level.PROVINCE or plans.versions(connection, year, found)
        ):
            return found
    communes = ", ".join(one.name for one in tree.of_level(Level.COMMUNE))
    raise AppError("planning_unit", what=what, name=area.name, known=communes)


def one_named(
    said: str,
    names: Mapping[UUID, str],
    place: Callable[[UUID], str],
    coded: Collection[UUID] = (),
) -> UUID:
    """The unit of these that is meant, by its uid, its name, or as one `coded` so.

    Raises AppErrors `several_units`, told with their `place`, and `unknown_unit`.
    """
    key = search_key(said)
    found = [uid for uid in names if uid in coded or str(uid) == said]
    found = found or [uid for uid, name in names.items() if search_key(name) == key]
    if len(found) == 1:
        return found[0]
    if found:  # two former "Thôn 1": which one is meant only the id tells
        known = ", ".join(f"{place(uid)}: {uid}" for uid in found)
        raise AppError("several_units", name=said, known=known)
    all_names = list(names.values())
    known = ", ".join([*all_names[:_NAMED], *(["…"] if len(all_names) > _NAMED else [])])
    raise AppError("unknown_unit", name=said, known=known)


def _place(tree: AreaTree, uid: UUID) -> str:
    return " – ".join(area.name for area in tree.ancestors(uid))
