"""A real register file for every test of the services."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import Register, empty_database, make_context, make_register
from tests.harness.report_rows import Province, poor_in


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with empty_database(tmp_path / "Sổ hộ.db") as database:
        yield database


@pytest.fixture
def register(database: Database) -> Register:
    return make_register(database)


@pytest.fixture
def context() -> Context:
    return make_context()


@pytest.fixture
def province(register: Register) -> Province:
    found = Province(register)
    for village, count in (("A", 1), ("X1", 2), ("X2", 1), ("Y1", 3)):
        poor_in(register, village, count, year=2025)
    return found
