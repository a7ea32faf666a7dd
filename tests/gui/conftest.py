"""Fixtures of the GUI tests: offscreen, and every message recorded."""

from __future__ import annotations

import os

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from tests.harness.messages import Recorder, said

__all__ = ["said"]


@pytest.fixture(autouse=True)
def _no_boxes(said: Recorder) -> None:
    """No test may wait for a modal box."""
