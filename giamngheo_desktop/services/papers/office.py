"""Who prints a paper: the commune of a day, its offices and signers."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.services import settings
from giamngheo_desktop.services.areas import top_of
from giamngheo_desktop.services.papers.about import Reading, Told
from giamngheo_desktop.services.unit_names import all_villages
from giamngheo_desktop.storage import areas
from giamngheo_desktop.texts.paper_words import PAPERS, unit_name


def office_facts(reading: Reading, told: Told) -> dict[str, str]:
    """The letterhead and signers in force on the day of the paper."""
    day = told.signed_on or told.day or told.data_date or reading.today
    own = settings.read(reading.connection, day)
    place = own.get("place_name", "")
    issuer = own.get("issuing_body", "")
    commune = commune_name(reading, day, told.place)
    return {
        "office.superior": own.get("superior_body", ""),
        "office.issuer": issuer,
        "office.name": PAPERS["office"].format(commune=commune).strip(),
        "office.place": place,
        "office.committee": own.get("steering_committee", ""),
        "commune.name": commune,
        "paper.number": told.number,
        "paper.place_date": texts.place_and_date(place, told.signed_on),
        "paper.footer": "",
        "signer.authority": own.get("signer_authority", ""),
        "signer.title": own.get("signer_title", ""),
        "signer.name": told.signer or own.get("signer_name", ""),
        "preparer.name": own.get("preparer_name", ""),
    }


def commune_name(reading: Reading, day: date, place: UUID | None) -> str:
    """`xã Sơn Tây`: the commune above a unit, or the only one of the file."""
    tree = areas.tree_on(reading.connection, day)
    found = tree.get(place or top_of(reading.connection, tree, day))
    if found is None:
        return ""
    above = (area for area in tree.ancestors(found.uid) if area.level is Level.COMMUNE)
    area = next(above, found)
    return unit_name(area.kind, area.name)


class VillageName(NamedTuple):
    """What a village is called in a list, and within a sentence."""

    name: str = ""
    full: str = ""


NAMELESS = VillageName()


def village_names(reading: Reading, day: date) -> dict[UUID, VillageName]:
    """The villages of a day, and those that ended before."""
    tree = areas.tree_on(reading.connection, day)
    return {
        uid: VillageName(name, unit_name(area.kind, name) if (area := tree.get(uid)) else name)
        for uid, name in all_villages(reading.connection, day).items()
    }
