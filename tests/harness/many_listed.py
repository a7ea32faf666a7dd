"""Many poor and near-poor households with members, inserted at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.names import split_name
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from tests.harness.register import FIRST_DAY, STANDARD, Register

_FAMILY = ("Nguyễn Văn", "Trần Thị", "Đinh Văn", "Hồ Thị", "Phạm Quốc")
_GIVEN = ("An", "Ánh", "Bình", "Cường", "Đạt", "Hiển", "Ngọc", "Phượng", "Ưng", "Yến")


def put_in(register: Register, count: int, *, year: int, members: int = 4) -> None:
    """`count` households on the list of the year, in turn poor and near-poor."""
    villages = list(register.villages.values())
    with write_unit(register.database, register.context, Op.SAVE_UNIT) as work:
        homes = work.insert_many(
            Kind.HOUSEHOLD,
            [_row(Kind.HOUSEHOLD, code=f"H{at}", address=f"số {at}") for at in range(count)],
        )
        work.insert_many(
            Kind.PLACE,
            [
                _row(Kind.PLACE, household=home, village=villages[at % len(villages)], **_SINCE)
                for at, home in enumerate(homes)
            ],
        )
        people = work.insert_many(Kind.PERSON, [_person(at) for at in range(count * members)])
        work.insert_many(
            Kind.MEMBERSHIP,
            [
                _row(
                    Kind.MEMBERSHIP,
                    household=homes[at // members],
                    person=one,
                    relation="child" if at % members else "head",
                    is_head=at % members == 0,
                    position=at % members,
                    **_SINCE,
                )
                for at, one in enumerate(people)
            ],
        )
        work.insert_many(
            Kind.CLASS_RECORD,
            [
                _row(
                    Kind.CLASS_RECORD,
                    household=home,
                    standard=STANDARD,
                    review_year=year,
                    household_class=("poor", "near_poor")[at % 2],
                    average_living=False,
                    source="decision",
                    valid_from=date(year, 12, 15),
                    valid_to=None,
                )
                for at, home in enumerate(homes)
            ],
        )


_SINCE = {"valid_from": FIRST_DAY, "valid_to": None}


def _person(at: int) -> Mapping[str, Any]:
    name = f"{_FAMILY[at % 5]} {_GIVEN[at * 7 % 10]}"
    return _row(
        Kind.PERSON,
        full_name=name,
        given_name=split_name(name)[1],
        sex=("male", "female")[at % 2],
        birth=PartialDate(1950 + at % 70, 1 + at % 12),
        ethnicity=("01", "02", "19")[at % 3],
        id_number=f"{38_000_000_000 + at:012d}",
    )


def _row(kind: Kind, **values: Any) -> Mapping[str, Any]:
    columns = set(records.columns(kind)) - {"removed"}
    return dict.fromkeys(columns) | values
