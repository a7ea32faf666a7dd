"""An empty file of today's schema."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from giamngheo_desktop.storage.engine import Database
from tests.harness.register import empty_database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with empty_database(tmp_path / "so.db") as database:
        yield database
