"""Who a giấy xác nhận may be for: persons found by name, with what can be confirmed of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.confirmation import What
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.services.confirming import (
    Confirmation,
    Ground,
    YearClass,
    all_grounds,
    years_of,
)
from giamngheo_desktop.services.unit_names import all_villages
from giamngheo_desktop.storage import confirmed, person_list
from giamngheo_desktop.storage import households as stored
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A person found by name; `is_head` of the household named. `here_until` is the last day of
    one who is not in the register any more, `today` what can be confirmed today, `years` what was
    recognised of the household the person had then, `home_years` of this household, newest first.
    """

    person: UUID
    household: UUID
    name: str
    birth: PartialDate | None
    id_number: str | None
    head: str
    is_head: bool
    village: str
    here_until: date | None
    today: tuple[Ground, ...]
    years: tuple[YearClass, ...]
    home_years: tuple[YearClass, ...]


def find(
    database: Database, definitions: Definitions, text: str, *, today: date, limit: int = 20
) -> list[Found]:
    """Persons by name without marks or ID number: those of the register, then the departed."""
    found: list[Found] = []
    with database.reader() as connection:
        hits: list[tuple[Any, date]] = [
            (hit, today) for hit in person_list.persons(connection, text, today, limit)
        ]
        gone = confirmed.departed(connection, text, today, limit - len(hits))
        hits += [(hit, hit.last_day) for hit in gone]
        names = all_villages(connection, today)
        for hit, day in hits:
            home = stored.load(connection, [hit.household], day).get(hit.household)
            here = day == today
            asked = Confirmation(what=What.POOR, household=hit.household, person=hit.person)
            found.append(
                Found(
                    person=hit.person,
                    household=hit.household,
                    name=hit.full_name,
                    birth=hit.birth,
                    id_number=hit.id_number,
                    here_until=None if here else day,
                    today=all_grounds(connection, definitions, asked, today) if here else (),
                    years=years_of(connection, definitions, today, person=hit.person),
                    home_years=years_of(connection, definitions, today, hit.household),
                    **_place(home, hit.person, names),
                )
            )
    return found


def fitting(
    database: Database, text: str, *, household: UUID | None, person: UUID | None
) -> dict[UUID, str]:
    """Who of a household, or whether a person, has a name or ID number; with the full name."""
    with database.reader() as connection:
        return confirmed.fitting(connection, text, household=household, member=person)


def find_head(
    database: Database, definitions: Definitions, household: UUID, *, today: date
) -> Found | None:
    """The head of a household of the register of today, as `find` tells of persons."""
    asked = Confirmation(what=What.POOR, household=household)
    with database.reader() as connection:
        home = stored.load(connection, [household], today).get(household)
        head = home.head if home else None
        if head is None:
            return None
        return Found(
            person=head.uid,
            household=household,
            name=head.full_name or texts.NAMELESS,
            birth=head.birth,
            id_number=head.id_number,
            here_until=None,
            today=all_grounds(connection, definitions, asked, today),
            years=years_of(connection, definitions, today, person=head.uid),
            home_years=years_of(connection, definitions, today, household),
            **_place(home, head.uid, all_villages(connection, today)),
        )


def _place(home: Household | None, person: UUID, names: Mapping[UUID, str]) -> dict[str, Any]:
    """Where a person lives, by the village names of today."""
    head = home.head if home else None
    return {
        "head": head.full_name if head else "",
        "is_head": head is not None and head.uid == person,
        "village": names.get(home.village, "") if home and home.village else "",
    }
