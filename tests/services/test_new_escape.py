"""Hộ mới thoát nghèo in a real file: by its settings, on the page and in the list."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.standard import NEW_ESCAPE
from giamngheo_desktop.services import settings
from giamngheo_desktop.services.household_view import dossier
from giamngheo_desktop.services.movement import corrections
from giamngheo_desktop.services.movement.new_escape import escapes
from giamngheo_desktop.services.register import HouseholdFilter, households
from tests.harness.register import STANDARD, TODAY, Register
from tests.harness.tables import definitions
from tests.services.test_corrections import NEAR, NONE, POOR, close, correct, give, home

SIGNED = date(2026, 12, 15)  # of the year's decision


def left(reg: Register, day: date = TODAY) -> set[UUID]:
    with reg.database.reader() as connection:
        return set(escapes(connection, day))


def three(reg: Register) -> dict[str, UUID]:
    found = {}
    for name, code in (("Thoát", NONE), ("Cận", NEAR), ("Nghèo", POOR)):
        found[name] = home(reg, name, "A", (2025, POOR))
        give(reg, found[name], code, 2026)
    return found


def test_it_counts_from_the_day_of_the_decision(register: Register) -> None:
    homes = three(register)
    assert left(register, date(2026, 12, 14)) == set()
    assert left(register, SIGNED) == {homes["Thoát"]}
    assert left(register, date(2029, 12, 14)) == {homes["Thoát"]}
    assert left(register, date(2029, 12, 15)) == set()


def test_months_and_the_near_poor_are_settings(register: Register) -> None:
    homes = three(register)
    values = {"new_escape_months": "12", "new_escape_near_poor": "yes"}
    settings.save(register.database, register.context, values, date(2026, 1, 1))
    assert left(register) == {homes["Thoát"], homes["Cận"]}
    assert left(register, date(2027, 12, 14)) == {homes["Thoát"], homes["Cận"]}
    assert left(register, date(2027, 12, 15)) == set()


def test_the_list_and_the_page_know_it(register: Register) -> None:
    homes = three(register)
    wanted = HouseholdFilter(day=TODAY, standard=STANDARD, year=2026, classes=(NEW_ESCAPE,))
    assert [row.uid for row in households(register.database, wanted)] == [homes["Thoát"]]
    both = HouseholdFilter(day=TODAY, standard=STANDARD, classes=(NEW_ESCAPE, POOR))
    shown = {row.uid for row in households(register.database, both)}
    assert shown == {homes["Thoát"], homes["Nghèo"]}
    for name, since in (("Thoát", SIGNED), ("Cận", None)):
        found = dossier(
            register.database,
            definitions(),
            homes[name],
            commune=register.commune,
            year=2026,
            day=TODAY,
        ).new_escape
        assert (found.since if found else None) == since


def test_a_class_recognised_by_mistake_is_no_escape(register: Register) -> None:
    homes = three(register)
    close(register, 2025)
    close(register, 2026)
    correct(register, homes["Thoát"], NONE, 2025)
    assert left(register) == set()
    assert len(corrections.of_household(register.database, homes["Thoát"])) == 1
