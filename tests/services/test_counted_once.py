"""No household stands in a list or table twice or not at all, whatever is recorded of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.services import areas, classes, households, rollups, successions
from giamngheo_desktop.services import register as lists
from giamngheo_desktop.services.areas import NewVillage
from giamngheo_desktop.services.register import HouseholdFilter
from tests.harness.register import STANDARD, TODAY, Register

JUNE, NEW_YEAR = date(2026, 6, 15), date(2027, 1, 1)


@pytest.fixture
def home(register: Register) -> Household:
    return register.household("Đinh Văn Tự", "Đinh Thị Én")


def count(register: Register, measure: str, as_of: date | None = None) -> int:
    found = rollups.rollup(register.database, year=2026, standard=STANDARD, as_of=as_of)
    return found.count(register.commune, measure)


def decide(register: Register, home: Household, name: str, day: date) -> UUID:
    return register.give_class(
        home.uid, name, valid_from=day, source="decision", decision_number=f"{day}/QĐ"
    )


def two_heads(register: Register, home: Household) -> None:
    """Typed by mistake; no check blocks the save."""
    members = tuple(replace(member, is_head=True) for member in home.members)
    draft = replace(home, members=members)
    households.save(register.database, register.context, draft, day=TODAY, base=home)


def test_a_case_within_the_year_and_the_review_at_its_end(
    register: Register, home: Household
) -> None:
    """On 31/12 the first decision still holds, but the year is counted by the last."""
    decide(register, home, "poor", JUNE)
    decide(register, home, "near_poor", NEW_YEAR)
    assert (count(register, "poor_households"), count(register, "near_poor_households")) == (0, 1)
    assert count(register, "poor_households", date(2026, 12, 31)) == 1


def test_a_household_with_two_heads(register: Register, home: Household) -> None:
    decide(register, home, "poor", JUNE)
    two_heads(register, home)
    assert (count(register, "poor_households"), count(register, "poor_persons")) == (1, 2)
    (row,) = lists.households(register.database, HouseholdFilter(day=TODAY, standard=STANDARD))
    assert row.uid == home.uid
    args = (register.database, register.context)
    classes.close_year(
        *args, year=2026, standard=STANDARD, definition="f" * 64, commune=register.commune
    )
    assert (count(register, "poor_households"), count(register, "poor_persons")) == (1, 2)


def test_a_household_not_yet_moved_out_of_a_split_village(
    register: Register, home: Household
) -> None:
    """It must stay in the list, or nobody can move it."""
    args = (register.database, register.context)
    news = [
        areas.add_village(*args, register.commune, NewVillage(name=name), JUNE).value
        for name in ("D", "E")
    ]
    successions.record_succession(
        *args, olds=[register.villages["A"]], news=news, reason="split", effective_on=JUNE
    )
    for text in ("", "tu"):
        wanted = HouseholdFilter(day=JUNE, standard=STANDARD, text=text)
        (row,) = lists.households(register.database, wanted)
        assert row.uid == home.uid
