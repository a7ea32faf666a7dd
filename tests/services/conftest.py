"""A real register file for every test of the services."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import Register, empty_database, make_context, make_register


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
