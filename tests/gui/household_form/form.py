"""A family to type, the page it is typed on, and what was stored of it."""

from __future__ import annotations

from datetime import date

from giamngheo_desktop.gui.pages.households_page import HouseholdsPage
from giamngheo_desktop.services import household_view, households
from tests.gui.commune import YEAR

TODAY = date(YEAR, 6, 30)


def shown(qtbot, world, year: int = YEAR) -> HouseholdsPage:
    made = HouseholdsPage(world.desk, year)
    qtbot.addWidget(made)
    made.resize(1120, 640)
    made.show()
    made.activateWindow()
    made.list.table.setFocus()
    return made


def stored(world, uid, day=TODAY):
    return households.get(world.database, uid, day)


def dossier(world, uid, year=YEAR):
    return household_view.dossier(
        world.database,
        world.desk.definitions,
        uid,
        commune=world.commune,
        year=year,
        day=world.desk.day(year),
    )


def newest(world):
    rows = set(world.homes)
    listed = {row.uid for row in HouseholdsPageRows(world)}
    (uid,) = listed - rows
    return uid


def HouseholdsPageRows(world):
    from giamngheo_desktop.services import register
    from giamngheo_desktop.services.register import HouseholdFilter

    return register.households(world.database, HouseholdFilter(day=TODAY, standard="2022"))
