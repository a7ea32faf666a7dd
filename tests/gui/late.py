"""A runner whose answers come when the test says so: what a slow machine shows meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from giamngheo_desktop.gui.bus import Bus
from giamngheo_desktop.gui.jobs import InlineRunner


class LateRunner(InlineRunner):
    """At once, until `holds` is set; then work waits for `go_on`, in the order of the calls."""

    def __init__(self, bus: Bus) -> None:
        super().__init__(bus)
        self.holds = False
        self._waiting: list[tuple[int, Callable[[], object], bool]] = []

    def _start(self, number: int, fn: Callable[[], object], *, writes: bool) -> None:
        if self.holds:
            self._waiting.append((number, fn, writes))
        else:
            super()._start(number, fn, writes=writes)

    def go_on(self, count: int = 0, *, newest_first: bool = False) -> None:
        """The first `count` of what waits; by 0 all of it, and what that asks for in turn. Reads
        have no order between them: so the newest may come first.
        """
        left = count
        while self._waiting and (left or not count):
            number, fn, writes = self._waiting.pop(-1 if newest_first else 0)
            super()._start(number, fn, writes=writes)
            left -= 1
