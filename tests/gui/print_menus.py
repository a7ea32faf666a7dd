"""A menu In: what it offers, and the window that a line of it opens."""

from __future__ import annotations

import pypdfium2

from giamngheo_desktop.gui.preview.paper_preview import PaperPreview
from giamngheo_desktop.gui.preview.print_menu import PrintMenu


def lines(menu: PrintMenu) -> dict[str, object]:
    """What the menu offers now, grey lines too."""
    menu.aboutToShow.emit()
    return {
        action.objectName().removeprefix("print_"): action
        for action in menu.actions()
        if not action.isSeparator()
    }


def press(menu: PrintMenu, code: str) -> PaperPreview:
    """Choose a line; the window that came up."""
    lines(menu)[code].trigger()
    return menu.parent().window().findChildren(PaperPreview)[-1]


def text_of(data: bytes, page: int = 0) -> str:
    return pypdfium2.PdfDocument(data)[page].get_textpage().get_text_bounded()
