"""What a plan says of a component: typed or pasted with its lines and heading, seen in the plan."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.gui.pages.projects_page import ProjectsPage
from giamngheo_desktop.gui.pages.targets_page import TargetsPage
from giamngheo_desktop.services.documents import sections
from tests.gui import hands
from tests.gui.commune import YEAR
from tests.gui.hands import Key
from tests.gui.test_record_sections import put, save, show, stored

PASTED = "b. Đối tượng áp dụng\r\n\r\nHộ nghèo;\r\nHộ cận nghèo.\r\n"
KEPT = "b. Đối tượng áp dụng\n\nHộ nghèo;\nHộ cận nghèo."


@pytest.fixture
def page(qtbot, world):
    return show(qtbot, world, ProjectsPage, "plan")


def test_what_is_pasted_keeps_its_lines(qtbot, world, page):
    form = page.section.form
    put(page.section, printed_name="Sinh kế")
    edit = form.fields["target_group"].edit
    edit.setFocus()
    pasted = QMimeData()
    pasted.setText(PASTED)
    edit.insertFromMimeData(pasted)
    assert form.is_dirty
    page.section.save()
    (row,) = stored(world, Kind.PLAN_COMPONENT)
    assert row["target_group"] == KEPT
    again = show(qtbot, world, ProjectsPage, "plan")
    assert again.section.form.fields["target_group"].edit.toPlainText() == KEPT
    assert not again.section.form.is_dirty
    assert "đề mục" in form.fields["target_group"].field.help


def test_enter_makes_a_line_and_goes_on_from_an_empty_one(page):
    page.section.form.focus_field("goal")
    hands.write("Một")
    hands.enter()
    hands.write("Hai")
    assert hands.at() == "goal"
    hands.enter()
    hands.enter()
    assert hands.at() == "target_group"
    assert page.section.form.fields["goal"].value() == "Một\nHai"
    hands.control(Key.Key_Z)  # in an empty field it is for the window
    assert page.section.form.fields["goal"].value() == "Một\nHai"


def test_a_pasted_heading_is_a_line_of_the_plan_and_its_number_leads_there(qtbot, world):
    name = {"printed_number": "Dự án 2", "printed_name": "Sinh kế"}
    said = {"goal": "a. Mục tiêu: Giảm nghèo.", "target_group": "a. Đối tượng:\nHộ nghèo."}
    save(world, Kind.PLAN_COMPONENT, **name, **said)
    act = (world.database, world.context, world.desk.definitions)
    sections.begin(*act, world.commune, YEAR, "ke_hoach_an_sinh_phuong")
    page = show(qtbot, world, TargetsPage, "plan_document")
    editor = page.section.view.editor
    lines = [editor.outline.item(at).text() for at in range(editor.outline.count())]
    at = lines.index("1.1. Dự án 2: Sinh kế")
    assert lines[at : at + 3] == ["1.1. Dự án 2: Sinh kế", "a. Mục tiêu:", "a. Đối tượng:"]
    doubt = "Hai mục cạnh nhau cùng mang số “a.”: Đối tượng – 1.1. Dự án 2: Sinh kế."
    found = editor.doubts.texts().index(doubt)
    editor.doubts.list.itemActivated.emit(editor.doubts.list.item(found))
    assert editor.outline.currentItem().text() == lines[at]
