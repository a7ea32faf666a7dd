"""What the search box finds: persons of the register, villages, reports; off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.dates import format_partial_date
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.services.register import HouseholdFilter, PersonHit, find_persons, matching
from giamngheo_desktop.services.unit_names import villages
from giamngheo_desktop.storage.engine import Database

PERSONS, OTHERS = 12, 5  # hits shown of each kind


@dataclass(frozen=True, slots=True)
class Hit:
    """A line of the list below the search box, and where it leads."""

    label: str
    page: str
    payload: object


def find_hits(
    database: Database, definitions: Definitions, text: str, commune: UUID, day: date
) -> list[Hit]:
    """Villages and reports first (there are few), then persons by name."""
    key = search_key(text)
    hits = _villages(database, definitions, key, commune, day)[:OTHERS]
    hits += _reports(definitions, key)[:OTHERS]
    hits += [_person(hit) for hit in find_persons(database, text, day, PERSONS)]
    return hits


def hit_of_enter(
    database: Database,
    definitions: Definitions,
    text: str,
    commune: UUID,
    wanted: HouseholdFilter,
) -> Hit:
    """Where Enter leads: to the report of that code, to the households the text finds (`wanted`
    lists them), and where it finds none to the first village or report.
    """
    hits = find_hits(database, definitions, text, commune, wanted.day)
    others = [hit for hit in hits if not isinstance(hit.payload, UUID)]
    for hit in others:
        if isinstance(hit.payload, str) and search_key(hit.payload) == search_key(text):
            return hit
    if others and not matching(database, text, wanted.day):
        return others[0]
    return Hit(text, "households", wanted)


def _villages(
    database: Database, definitions: Definitions, key: str, commune: UUID, day: date
) -> list[Hit]:
    standard = standard_for(definitions.standards, day.year).code
    found = []
    for village in villages(database, day, commune):
        if key in search_key(village.name):
            wanted = HouseholdFilter(day=day, standard=standard, villages=(village.uid,))
            label = _tr("Thôn: {name}").format(name=village.name)
            found.append(Hit(label, "households", wanted))
    return found


def _reports(definitions: Definitions, key: str) -> list[Hit]:
    found = []
    for code, versions in definitions.reports.items():
        label = versions[-1].label
        if key in search_key(label) or search_key(code).startswith(key):
            text = _tr("Báo cáo: {code} · {label}").format(code=code, label=label)
            found.append(Hit(text, "reports", code))
    rooms = {
        "xac_nhan": _tr("Cấp giấy xác nhận"),
        "so_xac_nhan": _tr("Sổ cấp giấy xác nhận"),
        "so_phat_hanh": _tr("Sổ phát hành"),
    }
    found += [Hit(text, "reports", code) for code, text in rooms.items() if key in search_key(text)]
    return found


def _person(hit: PersonHit) -> Hit:
    birth = format_partial_date(hit.birth) if hit.birth else ""
    parts = [hit.full_name, birth, hit.village, hit.id_number or ""]
    return Hit(" · ".join(part for part in parts if part), "households", hit.household)


def _tr(text: str) -> str:
    return QCoreApplication.translate("search", text)
