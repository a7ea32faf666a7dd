"""The pictures for eye and guide: every page, and the true pixels of the screen they stand for."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtGui import QImage

from giamngheo_desktop.gui.registry import page_entries
from giamngheo_desktop.tools import screens


@pytest.mark.long
@pytest.mark.parametrize("screen", screens.SCREENS, ids=lambda screen: screen.name)
def test_pictures_measure_the_screen(tmp_path, screen, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["screens"])
    assert screens.main([str(tmp_path), "--screen", screen.name, "--theme", "light"]) == 0
    made = {path.stem: QImage(str(path)) for path in tmp_path.rglob("*.png")}
    for state in ("full", "empty"):
        assert {f"{state}-{entry.key}" for entry in page_entries()} <= set(made)
    assert {"start-home", "start-unit", "start-villages", "start-signers"} <= set(made)
    sizes = {(picture.width(), picture.height()) for picture in made.values()}
    assert sizes == {(screen.width, screen.height)}
