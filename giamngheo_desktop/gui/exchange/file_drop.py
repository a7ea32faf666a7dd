"""Where a file comes in: dropped from Windows, or chosen with the button."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from giamngheo_desktop.gui import files, preferences
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.preview.exporting import export_folder


class FileDrop(QFrame):
    """`chosen(Path)`: a file with one of the `suffixes`."""

    chosen = Signal(object)

    def __init__(self, name: str, text: str, title: str, suffixes: Collection[str]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "card")
        self.setAcceptDrops(True)
        self._title, self._suffixes = title, tuple(suffixes)
        self.button = button(self.tr("C&họn tệp…"), f"{name}_choose", icon="open", kind="primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(12)
        row.addWidget(self.button)
        row.addWidget(label(text, "soft", f"{name}_text", wrap=True), 1)
        self.setFocusProxy(self.button)
        self.button.clicked.connect(self._ask)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = self._dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.chosen.emit(path)

    def _dropped(self, event: QDropEvent) -> Path | None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        fit = [path for path in paths if path.suffix.lower().lstrip(".") in self._suffixes]
        return fit[0] if len(fit) == len(paths) == 1 else None

    @Slot()
    def _ask(self) -> None:
        kinds = " ".join(f"*.{suffix}" for suffix in self._suffixes)
        folder = Path(preferences.load().exchange_folder or export_folder())
        wanted = self.tr("Tệp ({kinds});;Mọi tệp (*)").format(kinds=kinds)
        path = files.ask_open(self, self._title, folder, wanted)
        if path is not None:
            preferences.update(exchange_folder=str(path.parent))
            self.chosen.emit(path)
