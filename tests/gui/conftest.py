"""Fixtures of the GUI tests: offscreen, and every message recorded."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from giamngheo_desktop.gui.colours import LIGHT
from giamngheo_desktop.gui.theme import Theme, theme
from tests.gui.commune import World, make_world
from tests.harness.messages import Recorder, said

__all__ = ["said"]


@pytest.fixture(scope="session", autouse=True)
def _look(qapp: QApplication) -> Iterator[None]:
    """The look of the program, put on once: sizes and clipping are those of the user."""
    theme.apply(qapp)
    yield
    # Offscreen, what lies on the clipboard outlives Python, and its end would need Python.
    qapp.clipboard().clear()


@pytest.fixture
def look() -> Theme:
    """The theme, for tests that change it; put back once their windows are gone."""
    return theme


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's preferences and papers but the test's own."""
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path / "data"))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The small commune most pages are tested on."""
    made = make_world(tmp_path)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _no_boxes(said: Recorder, qapp: QApplication) -> Iterator[None]:
    """No test waits for a modal box, and the windows of one are gone before the next begins."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    if (theme.tokens, theme.percent) != (LIGHT, 100):
        theme.apply(qapp)
