"""The villages of the unit, each with a tick: the space key sets it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy

from giamngheo_desktop.domain.area import AreaTree
from giamngheo_desktop.gui.theme import theme

_UID = int(Qt.ItemDataRole.UserRole)
_ROWS = 5  # at least seen without scrolling


class VillageTicks(QListWidget):
    """`itemChanged` tells of a tick."""

    def __init__(self, name: str, label: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._held: set[UUID] = set()
        self._room = 0
        self._fit()
        theme.changed.connect(self._fit)

    def fill(self, tree: AreaTree, unit: UUID, held: Iterable[UUID] = ()) -> None:
        """These villages; ticks of villages that are still there stay. Of a file that has only
        some of them `held` are those.
        """
        self._held = set(held) or {area.uid for area in tree.villages(unit)}
        ticked = set(self.ticked())
        with QSignalBlocker(self):
            self.clear()
            for area in tree.villages(unit):
                item = QListWidgetItem(area.name, self)
                item.setData(_UID, area.uid)
                item.setCheckState(_state(ticked=area.uid in ticked))
        if self.count():
            self.setCurrentRow(0)
        self._fit()

    def ticked(self) -> list[UUID]:
        lines = map(self.item, range(self.count()))
        return [one.data(_UID) for one in lines if one.checkState() == Qt.CheckState.Checked]

    @property
    def is_whole(self) -> bool:
        """Whether all that the file holds are ticked."""
        return bool(self._held) and self._held <= set(self.ticked())

    def tick_all(self) -> None:
        """All that the file holds; none, where all are ticked."""
        whole = self.is_whole
        for item in map(self.item, range(self.count())):
            item.setCheckState(_state(ticked=not whole and item.data(_UID) in self._held))

    def fit_into(self, room: int) -> None:
        """As many of them in sight as `room` pixels hold."""
        self._room = room
        self._fit()

    def _fit(self) -> None:
        line = self.fontMetrics().height() + 10
        whole = max(_ROWS, self.count() + 1) * line
        self.setFixedHeight(min(whole, max(_ROWS * line, self._room)))


def _state(*, ticked: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
