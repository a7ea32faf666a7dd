"""The pages of an open file by key: to ask for one makes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from giamngheo_desktop.gui.main_window import MainWindow
from giamngheo_desktop.gui.pages.page import Page


class PagesOfWindow(Mapping[str, Page]):
    """In the order of the rail."""

    def __init__(self, window: MainWindow, keys: Sequence[str]) -> None:
        self._window = window
        self._keys = keys

    def __getitem__(self, key: str) -> Page:
        return cast("Page", self._window.page(key))

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def made(self) -> dict[str, Page]:
        """Those that were asked for so far."""
        return cast("dict[str, Page]", self._window.made_pages())
