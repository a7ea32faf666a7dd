"""The head of a plan or report: what the settings of its day and its layout say, kept with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.area import Area, AreaTree, Level
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.plan_layout import Layout, filled
from giamngheo_desktop.domain.record_form import OF_VERSION
from giamngheo_desktop.domain.vietnamese import lower
from giamngheo_desktop.services import settings
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import areas, plans, records
from giamngheo_desktop.storage.engine import Connection, Database

HEAD = (
    "number", "signed_on", "place", "title", "summary", "addressee", "grounds", "opening",
    "closing", "recipients", "authority", "signer_title", "signer_name", "note",
)  # fmt: skip
# The văn thư gives them, also after the version was issued.
_GIVEN_LATER = frozenset({"number", "signed_on"})


def words_of(
    connection: Connection, unit: UUID, year: int, day: date, period: str = ""
) -> dict[str, str]:
    """What the placeholders of a layout stand for (`domain/plan_layout.py`), by the units of
    `day`.
    """
    tree, area = _place(connection, unit, day)
    kind = texts.UNIT_KINDS.get(area.kind, "") if area else ""
    name = area.name if area else areas.last_names(connection, date.max).get(unit, "")
    said = texts.unit_name(area.kind, name) if area else name
    villages = tree.villages(unit) if area and area.level is not Level.VILLAGE else ()
    village = texts.UNIT_KINDS.get(villages[0].kind if villages else "thon", "")
    if area and area.level is Level.PROVINCE:
        village = texts.DOCUMENT["communes"]
    bare = said.removeprefix(f"{kind} ") if kind and lower(said).startswith(f"{kind} ") else name
    return {
        "year": str(year),
        "last_year": str(year - 1),
        "next_year": str(year + 1),
        "unit": said,
        "name": bare,
        "kind": kind,
        "village": village,
        "place": settings.read(connection, day).get("place_name", ""),
        "period": texts.period_of_year_text(period, year) if period else "",
    }


def area_of(connection: Connection, unit: UUID, day: date) -> Area | None:
    """The unit as it is on a day, on its first one where it begins later."""
    return _place(connection, unit, day)[1]


def _place(connection: Connection, unit: UUID, day: date) -> tuple[AreaTree, Area | None]:
    tree = areas.tree_on(connection, max(day, areas.first_day(connection, unit) or day))
    return tree, tree.get(unit)


def begun(
    connection: Connection, layout: Layout, words: Mapping[str, str], day: date
) -> dict[str, Any]:
    """The columns of a head that a document begins with on a day."""
    values = settings.read(connection, day)
    said = {
        name: filled(getattr(layout, name), words)
        for name in ("title", "summary", "addressee", "grounds", "opening", "closing")
    }
    if layout.type == "report":
        said["addressee"] = said["addressee"] or values.get("report_addressee", "")
    said |= {
        "place": values.get("place_name", ""),
        "recipients": values.get("report_recipients", ""),
        "authority": values.get("signer_authority", ""),
        "signer_title": values.get("signer_title", ""),
        "signer_name": values.get("signer_name", ""),
    }
    return {name: text.strip() or None for name, text in said.items()}


def save(database: Database, context: Context, document: UUID, /, **values: Any) -> Done[None]:
    """Change columns of `HEAD`; of an issued version its number and day alone.

    Raises RefusedErrors `record_missing`, `plan_stands`, `report_stands`; ValueError for another
    column.
    """
    if unknown := set(values) - set(HEAD):
        raise ValueError(sorted(unknown))
    with write_unit(database, context, Op.SAVE_DOCUMENT) as work:
        row = work.living(Kind.DOCUMENT, document)
        if not set(values) <= _GIVEN_LATER:
            refuse_issued(row)
        work.change(Kind.DOCUMENT, document, row, {k: cleaned(v) for k, v in values.items()})
        work.subject = texts.document_subject(row)
    return Done(None, work.changes)


def remove(database: Database, context: Context, document: UUID) -> Done[None]:
    """A draft that was begun by mistake, with all it holds; what villages shall reach is the year's
    again where that has no other plan.

    Raises RefusedErrors of an issued one, and `record_used` where another version names it.
    """
    with write_unit(database, context, Op.SAVE_DOCUMENT) as work:
        row = draft(work, document)
        if row["type"] == plans.PLAN:
            _give_back(work, row)
        for kind in OF_VERSION:
            found = records.find(work.connection, kind, document=document)
            work.remove_many(kind, [one["uid"] for one in found])
        work.remove(Kind.DOCUMENT, document)
        if records.pointing_at(work.connection, Kind.DOCUMENT, [document]):
            raise RefusedError("record_used", name=row["title"] or "")
        work.subject = texts.document_subject(row)
    return Done(None, work.changes)


def _give_back(work: WriteUnit, row: Mapping[str, Any]) -> None:
    """What `versions.begin` took: nothing where the year or another version has numbers."""
    year = row["year"]
    if len(plans.versions(work.connection, year, row["area"])) > 1:
        return
    has = records.find(work.connection, Kind.VILLAGE_TARGET, year=year, document=None)
    known = {one["area"] for one in has}
    for one in records.find(work.connection, Kind.VILLAGE_TARGET, document=row["uid"]):
        if one["area"] not in known:
            work.change(Kind.VILLAGE_TARGET, one["uid"], one, {"document": None})


def draft(work: WriteUnit, document: UUID) -> dict[str, Any]:
    """A document that may be changed. RefusedErrors `record_missing` and of `refuse_issued`."""
    row = work.living(Kind.DOCUMENT, document)
    refuse_issued(row)
    return row


def refuse_issued(row: Mapping[str, Any]) -> None:
    """RefusedErrors `plan_stands`, `report_stands`: what was issued stays as it is."""
    if row["issued_on"] is None:
        return
    if row["type"] == "report":
        raise RefusedError("report_stands")
    raise RefusedError("plan_stands", version=str(row["version"]))


def cleaned(value: Any) -> Any:
    """A text without what stands around it, None for an empty one; anything else as it is."""
    return (value.strip() or None) if isinstance(value, str) else value
