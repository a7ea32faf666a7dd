"""Fixtures of the tests beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands.console import (
    Commands,
)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Commands:
    return Commands(capsys, tmp_path)
