"""The surroundings of every test: no display, the same examples on every run."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"
settings.register_profile("project", derandomize=True, deadline=None)
settings.load_profile("project")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")
