"""The menu In of a household: its papers as the file knows it, not as it is typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.preview import paper_menus
from giamngheo_desktop.gui.preview.print_menu import PrintItem, PrintMenu
from giamngheo_desktop.services.household_view import Dossier


class PaperMenu(PrintMenu):
    """For the household set last."""

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        super().__init__(desk, self._papers, owner)
        self._dossier: Dossier | None = None

    def set_dossier(self, dossier: Dossier | None) -> None:
        """None: it is not in the file yet, and nothing of it can be printed."""
        self._dossier = dossier

    def _papers(self) -> Sequence[PrintItem | None]:
        found = self._dossier
        if found is None:
            return (PrintItem("nothing", self.tr("Lưu hộ trước rồi mới in được"), None),)
        head = found.household.head
        name = head.full_name if head else ""
        return paper_menus.of_household(self._desk, found.household.uid, name, found.around.year)
