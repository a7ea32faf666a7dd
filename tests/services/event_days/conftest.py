"""Fixtures of the tests beside it."""

from __future__ import annotations

from typing import Any

import pytest

from giamngheo_desktop.domain.household import Household
from tests.harness.register import Register


@pytest.fixture
def args(register: Register) -> tuple[Any, Any]:
    return register.database, register.context


@pytest.fixture
def home(register: Register) -> Household:
    return register.household("Đinh Văn Tự", "Đinh Thị Én", "Đinh Văn Út")


@pytest.fixture
def other(register: Register) -> Household:
    return register.household("Hồ Văn Lộc", "Hồ Thị Na", village="B")
