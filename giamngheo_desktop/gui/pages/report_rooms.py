"""The rooms of Báo cáo below the tables, in this order."""

from __future__ import annotations

from giamngheo_desktop.gui.issuing.certificates_room import CertificatesRoom
from giamngheo_desktop.gui.issuing.confirm_room import ConfirmRoom
from giamngheo_desktop.gui.issuing.issued_room import IssuedRoom
from giamngheo_desktop.gui.preview.forms_room import FormsRoom
from giamngheo_desktop.gui.preview.lists_room import ListsRoom
from giamngheo_desktop.gui.preview.paper_room import PaperRoom

ROOMS: tuple[type[PaperRoom], ...] = (
    ListsRoom,
    ConfirmRoom,
    CertificatesRoom,
    IssuedRoom,
    FormsRoom,
)
