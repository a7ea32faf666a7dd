"""Cài đặt › Mẫu giấy: the template goes to Word, comes back edited, another takes its place."""

from __future__ import annotations

import docx
import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from giamngheo_desktop.gui import files
from giamngheo_desktop.gui.pages.reports_page import ReportsPage
from giamngheo_desktop.gui.pages.settings_page import SettingsPage
from giamngheo_desktop.gui.settings.template_dialogs import ConfirmTemplate, TemplatePreview
from giamngheo_desktop.reports import paper_templates
from giamngheo_desktop.reports.papers import make_paper
from giamngheo_desktop.services import undo
from tests.gui.commune import YEAR
from tests.harness.unit_template import unit_template

PAPER = "mau_04"


@pytest.fixture
def page(qtbot, world):
    made = SettingsPage(world.desk, YEAR)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.open("templates")
    made.section.choose(PAPER)
    return made


def press(page, name):
    page.section.findChild(QPushButton, name).click()


def state(page):
    return page.section.state.state


def printed(world):
    (doc,) = make_paper(world.database, world.desk.definitions, PAPER, today=world.context.today())
    return doc


def test_a_template_is_edited_in_word_confirmed_and_given_back(
    page, world, qtbot, monkeypatch, said
):
    opened = []
    monkeypatch.setattr(files, "open_outside", lambda path: opened.append(path) or False)
    rows = page.section.list.rows
    assert rows.rowCount() == len(world.desk.definitions.papers)
    assert state(page) == "unchecked"
    assert page.section.open_button.geometry().right() == page.section.list.geometry().right()
    assert not page.section.reset_button.isEnabled()
    press(page, "open_template")
    (path,) = opened
    assert str(path) in said.shown[-1].more
    assert state(page) == "unchecked"
    word = docx.Document(path)
    line = next(one for one in word.paragraphs if one.text.startswith("Lý do"))
    line.runs[0].text = "Vì sao xin thoát nghèo: "
    word.save(path)
    page.section.load()  # as when the window comes forward again
    assert state(page) == "edited"
    assert "Vì sao xin thoát nghèo" in "".join(piece.text for piece in printed(world).body)
    press(page, "confirm_template")
    dialog = page.findChild(ConfirmTemplate)
    dialog.number.setText("Mẫu số 04")
    dialog.findChild(QPushButton, "accept_template").click()
    assert state(page) == "confirmed"
    assert "chị Hoa" in page.section.state.said
    assert printed(world).form_number == "Mẫu số 04"
    path.write_bytes(b"not a document")
    page.section.load()
    assert state(page) == "broken"
    assert path.name in page.findChild(QLabel, "template_problem").text()
    press(page, "reset_template")
    assert state(page) == "unchecked"
    assert printed(world).form_number == ""
    assert page.findChild(QLabel, "template_problem").text() == ""


def test_the_units_own_file_is_checked_seen_and_taken(
    page, world, qtbot, tmp_path, monkeypatch, said
):
    path = tmp_path / "Mẫu của xã.docx"
    path.write_bytes(unit_template(("{{Họ và tem}}", "{{relation}}")))
    monkeypatch.setattr(files, "ask_open", lambda *_: path)
    press(page, "use_template")
    assert page.findChild(QLabel, "template_busy_text").text() == "Đang đọc Mẫu của xã.docx…"
    assert not page.section.busy.isVisible()  # it is read
    assert "không có chỗ điền “Họ và tem”; gần nhất: “Họ và tên”" in said.shown[-1].more
    assert page.findChild(TemplatePreview) is None
    path.write_bytes(unit_template())
    press(page, "use_template")
    dialog = page.findChild(TemplatePreview)
    assert dialog.sheet.bundle is not None
    assert "Tab" in dialog.findChild(QLabel, "template_warnings").text()
    dialog.findChild(QPushButton, "take_template").click()
    assert state(page) == "own"
    assert printed(world).title == ("GIẤY XÁC MINH",)
    reports = ReportsPage(world.desk, YEAR)
    qtbot.addWidget(reports)
    lines = [reports.list.item(at).text() for at in range(reports.list.count())]
    label = world.desk.definitions.paper(PAPER).label
    assert label in lines
    undo.undo(world.database, world.context, undo.next_step(world.database).group)
    assert paper_templates.state(world.database, world.desk.definitions, PAPER).state == (
        "unchecked"
    )
    reports.deleteLater()
