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
from giamngheo_desktop.reports.collecting import packages_in


class FileDrop(QFrame):
    """`chosen(Path)`: a file with one of the `suffixes`; where `many` may come, `came(list)`."""

    chosen = Signal(object)
    came = Signal(list)

    def __init__(
        self, name: str, text: str, title: str, suffixes: Collection[str], *, many: bool = False
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "card")
        self.setAcceptDrops(True)
        self._title, self._suffixes, self._many = title, tuple(suffixes), many
        self.button = button(self.tr("C&họn tệp…"), f"{name}_choose", icon="open", kind="primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(12)
        row.addWidget(self.button)
        row.addWidget(label(text, "soft", f"{name}_text", wrap=True), 1)
        self.setFocusProxy(self.button)
        self.button.clicked.connect(self._ask)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = self._dropped(event)
        if paths:
            event.acceptProposedAction()
            self._tell(paths)

    def _dropped(self, event: QDropEvent) -> list[Path]:
        """The files, those of a folder too; none where one does not fit, or there are too many."""
        named = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        paths = [file for path in named for file in self._files(path)]
        fit = [path for path in paths if path.suffix.lower().lstrip(".") in self._suffixes]
        is_right = len(fit) == len(paths) and (self._many or len(fit) == 1)
        return fit if is_right else []

    def _tell(self, paths: list[Path]) -> None:
        if self._many:
            self.came.emit(paths)
        else:
            self.chosen.emit(paths[0])

    def _files(self, path: Path) -> list[Path]:
        return packages_in([path]) if self._many else [path]

    @Slot()
    def _ask(self) -> None:
        kinds = " ".join(f"*.{suffix}" for suffix in self._suffixes)
        folder = Path(preferences.load().exchange_folder or export_folder())
        wanted = self.tr("Tệp ({kinds});;Mọi tệp (*)").format(kinds=kinds)
        path = files.ask_open(self, self._title, folder, wanted)
        if path is not None:
            preferences.update(exchange_folder=str(path.parent))
            self._tell([path])
