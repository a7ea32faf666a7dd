"""Fixtures of the tests beside it."""

from __future__ import annotations

import pytest

from giamngheo_desktop.gui.pages.households_page import HouseholdsPage
from tests.gui.household_form.form import (
    shown,
)


@pytest.fixture
def page(qtbot, world) -> HouseholdsPage:
    return shown(qtbot, world)
