"""Who prints a paper: the commune of a day, its offices and signers."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.area import Area, Level
from giamngheo_desktop.domain.vietnamese import lower
from giamngheo_desktop.services import settings
from giamngheo_desktop.services.areas import top_of
from giamngheo_desktop.services.papers.about import Reading, Told
from giamngheo_desktop.storage import areas
from giamngheo_desktop.texts.paper_words import UNIT_KINDS


def office_facts(reading: Reading, told: Told) -> dict[str, str]:
    """The letterhead and signers in force on the day of the paper."""
    day = told.day or told.data_date or reading.today
    own = settings.read(reading.connection, day)
    place = own.get("place_name", "")
    issuer = own.get("issuing_body", "")
    return {
        "office.superior": own.get("superior_body", ""),
        "office.issuer": issuer,
        "office.name": " ".join(issuer.split()),
        "office.place": place,
        "office.committee": own.get("steering_committee", ""),
        "commune.name": commune_name(reading, day, told.place),
        "paper.number": told.number,
        "paper.place_date": texts.place_and_date(place, told.day),
        "paper.footer": "",
        "signer.authority": own.get("signer_authority", ""),
        "signer.title": own.get("signer_title", ""),
        "signer.name": told.signer or own.get("signer_name", ""),
        "preparer.name": own.get("preparer_name", ""),
    }


def commune_name(reading: Reading, day: date, place: UUID | None) -> str:
    """`xã Sơn Tây`: the commune above a unit, or the only one of the file."""
    tree = areas.tree_on(reading.connection, day)
    found = tree.get(place or top_of(tree))
    if found is None:
        return ""
    above = (area for area in tree.ancestors(found.uid) if area.level is Level.COMMUNE)
    return unit_name(next(above, found))


def unit_name(area: Area) -> str:
    """A name with its kind in small letters before it, once."""
    kind = UNIT_KINDS.get(area.kind, "")
    if not kind:
        return area.name
    if lower(area.name).startswith(f"{kind} "):
        return f"{kind}{area.name[len(kind) :]}"
    return f"{kind} {area.name}"
