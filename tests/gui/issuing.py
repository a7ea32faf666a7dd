"""Báo cáo as a user issues there: the page, its forms, and what stands in the books."""

from __future__ import annotations

from datetime import date

import pypdfium2
import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from giamngheo_desktop.gui.issuing.confirm_room import ConfirmRoom
from giamngheo_desktop.gui.pages.reports_page import ReportsPage
from giamngheo_desktop.gui.preview import paper_sheet
from giamngheo_desktop.gui.preview.paper_preview import PaperPreview
from giamngheo_desktop.services import (
    classes,
)
from tests.gui import hands
from tests.gui.commune import YEAR
from tests.gui.hands import Key

TODAY = date(YEAR, 6, 30)


@pytest.fixture
def page(qtbot, world, monkeypatch):
    """Báo cáo in a window; `asked` are the titles of what was to be printed."""
    made = ReportsPage(world.desk, YEAR)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    hands.turn_to(made)
    made.asked = []
    monkeypatch.setattr(paper_sheet, "ask_printer", lambda _o, title, *_: made.asked.append(title))
    return made


@pytest.fixture
def form(page):
    """The form of Giấy xác nhận, a name to be typed."""
    page.open("xac_nhan")
    found = page.room(ConfirmRoom).form
    hands.turn_to(page)
    found.search.setFocus()
    return found


def text_of(sheet) -> str:
    return words(sheet.bundle.data)


def words(data: bytes) -> str:
    return " ".join(pypdfium2.PdfDocument(data)[0].get_textpage().get_text_bounded().split())


def words_in(widget) -> str:
    return " ".join(part.text() for part in widget.findChildren(QLabel))


def steps_to_paper(form, *keys: Key) -> int:
    """How many keys it takes from the name to the paper."""
    for count, key in enumerate(keys, start=1):
        hands.press(key)
        if form.sheet.bundle is not None:
            return count
    raise AssertionError("no paper")


def confirm(form, household, number="", purpose="vay vốn") -> None:
    form.choose_household(household)
    form.form.set_draft({"purpose": purpose, **({"number": number} if number else {})})
    form.issue()


def issue_table(page, number="") -> PaperPreview:
    page.open("BC1")
    page.findChild(QPushButton, "issue").click()
    dialog = page.issuer.dialog
    dialog.form.fields["number"].set_value(number or None)
    dialog.accept_button.click()
    assert not dialog.isVisible(), dialog.refusal.text()
    return page.findChildren(PaperPreview)[-1]


def rows(book) -> list[tuple[str, str]]:
    return [(row.number, row.state) for row in map(book.table.rows.row, range(row_count(book)))]


def row_count(book) -> int:
    return book.table.rows.rowCount()


def close_year(world) -> None:
    classes.close_year(
        world.database, world.context, year=YEAR, standard=world.desk.standard(YEAR).code,
        definition="f" * 64, commune=world.commune,
    )  # fmt: skip
