"""A window that is left open over night: limits, lists and searches are of the new day."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import pytest
from PySide6.QtWidgets import QLineEdit

from giamngheo_desktop.domain.applications import Purpose
from giamngheo_desktop.services.review import applications
from giamngheo_desktop.services.review.applications import Application
from tests.gui.commune import YEAR
from tests.gui.hands import Key, Modifier
from tests.gui.officer import Officer
from tests.harness.walk_town import Calendar

EVENING = datetime(YEAR, 7, 14, 17, 0)  # noqa: DTZ001


@pytest.fixture
def officer(qtbot, world):
    paper = Application(
        applicant="Phạm Thị Giang",
        household=world.homes[5],
        village=world.villages[2],
        purpose=Purpose.ENTER,
        received_on=date(YEAR, 6, 30),
    )
    assert isinstance(applications.save(world.database, world.context, paper).value, UUID)
    world.close()
    made = Officer(qtbot, Calendar(EVENING))
    made.sit_down(world.database.path)
    yield made
    made.stand_up()


def test_the_month_can_be_opened_on_its_day(officer):
    officer.press(Key.Key_3, modifier=Modifier.ControlModifier)
    officer.click("show_applications")
    assert not officer.find("open_month").isEnabled()
    officer.on(f"{YEAR}-07-15")
    assert officer.find("open_month").isEnabled()


def test_the_list_of_households_is_of_today_unless_another_day_was_chosen(officer):
    officer.press(Key.Key_2, modifier=Modifier.ControlModifier)
    day = officer.find("filter_day", QLineEdit)
    assert day.text() == "14/07/2026"
    officer.on(f"{YEAR}-07-15")
    assert day.text() == "15/07/2026"
    officer.click("filter_day")
    officer.replace("01/06/2026")
    officer.press(Key.Key_Return)
    officer.on(f"{YEAR}-07-16")
    assert day.text() == "01/06/2026"
