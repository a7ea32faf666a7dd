"""The menu In of a household: its papers as the file knows it, not as it is typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QWidget

from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.preview import paper_menus
from giamngheo_desktop.gui.preview.print_menu import PrintItem, PrintMenu
from giamngheo_desktop.services.household_view import Dossier


class PaperMenu(PrintMenu):
    """For the household set last; what is to be written before it is printed is an event."""

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
        papers = paper_menus.of_household(self._desk, found.household.uid, name, found.around.year)
        held = paper_menus.of_certificate(self._desk, found.certificate, name)
        return (*papers, None, *held, *self._events(found))

    def _events(self, found: Dossier) -> Iterator[PrintItem]:
        """As in the menu Biến động, by the same codes."""
        if found.certificate is not None and found.left_on is None and not self._desk.read_only:
            yield PrintItem("reissue", self.tr("Cấp lại giấy chứng nhận…"), None, asks=True)
            label = self.tr("Đổi giấy chứng nhận do thay đổi thành viên…")
            yield PrintItem("members_changed", label, None, asks=True)
