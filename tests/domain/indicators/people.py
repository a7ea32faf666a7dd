"""Persons and households with and without answers, and what the standards make of them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.ages import load_ages
from giamngheo_desktop.definitions.standards import load_standards
from giamngheo_desktop.domain.household import Member
from giamngheo_desktop.domain.indicator_state import (
    State,
)
from giamngheo_desktop.domain.partial_date import PartialDate

DEFINITIONS = paths.resources() / "definitions"
STANDARDS = load_standards(DEFINITIONS / "standards")
RULES = load_ages(DEFINITIONS / "ages.toml")
DAY = date(2026, 10, 15)  # school year 2026
YES, NO, OPEN = State.DEPRIVED, State.NOT_DEPRIVED, State.UNKNOWN


def person(number: int = 1, born: str | None = "1986-03-05", **facts: object) -> Member:
    birth = None if born is None else PartialDate.from_iso(born)
    uid = UUID(int=number)
    return Member(  # type: ignore[arg-type]
        uid=uid,
        membership=UUID(int=1000 + number),
        full_name=f"Người {number}",
        birth=birth,
        **facts,
    )
