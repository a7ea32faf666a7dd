"""Báo cáo thuyết minh: begun for a period, written in the same editor, issued, found again."""

from __future__ import annotations

import pytest

from giamngheo_desktop import texts
from giamngheo_desktop.domain.plan_content import Content
from giamngheo_desktop.gui.documents.content_words import WHAT
from giamngheo_desktop.gui.draft_places import place_of
from giamngheo_desktop.gui.pages.targets_page import TargetsPage
from giamngheo_desktop.services import drafts
from giamngheo_desktop.services.documents import listing, reading
from tests.gui import hands
from tests.gui.commune import YEAR
from tests.gui.hands import Key
from tests.gui.test_record_sections import show


@pytest.fixture
def page(qtbot, world):
    return show(qtbot, world, TargetsPage, "narrative_reports")


def reports(world):
    return listing.reports_of(world.database, world.commune, YEAR)


def begin(section, period="Q1"):
    section.add_one()
    section.period.setCurrentIndex(section.period.findData(period))
    section.pick.begin_button.click()


def test_a_report_is_begun_written_listed_and_dropped_by_keyboard(world, page, said):
    section = page.section
    hands.control(Key.Key_N)
    assert hands.at() == "report_period"
    section.period.setCurrentIndex(section.period.findData("Y"))
    assert section.pick.list.count() == 1  # the layout of a year
    hands.enter()
    assert hands.at() == "layouts"
    hands.enter()
    hands.enter()
    (one,) = reports(world)
    assert (one.period, one.is_draft) == ("Y", True)
    editor = section.view.editor
    assert section.name.text() == f"Báo cáo năm {YEAR}"
    assert hands.at() == "document_outline"
    editor.outline.setCurrentRow(1)
    hands.enter()
    hands.write("Năm qua xã có hai thôn khó khăn.")
    section.back.click()
    found = reading.read(world.database, world.desk.definitions, one.uid)
    assert found.parts[0].text == "Năm qua xã có hai thôn khó khăn."
    assert section.table.rows.text(0, 1) == "Dự thảo"
    hands.enter()  # from the list into the report again
    assert section.stack.currentWidget() is section._open
    said.will_answer("yes")
    section.view.drop_button.click()
    page.load()
    assert reports(world) == ()
    assert section.stack.currentWidget() is section._list


def test_an_issued_report_stands_and_there_may_be_another(world, page):
    section = page.section
    begin(section)
    section.view.issue_button.click()
    section.view.dialog.record()  # the văn thư gives no number yet
    page.load()
    (one,) = reports(world)
    assert not one.is_draft
    assert section.view.said.text().startswith("Đã ban hành")
    section._to_list()
    begin(section)
    assert [found.version for found in reports(world)] == [1, 2]
    assert [section.table.rows.text(row, 0) for row in (0, 1)] == [
        f"Báo cáo quý I năm {YEAR}",
        f"Báo cáo quý I năm {YEAR}, bản 2",
    ]


def test_ctrl_n_at_an_issued_report_begins_the_next(world, page):
    section = page.section
    begin(section)
    hands.control(Key.Key_N)
    assert hands.at() == "section_title"  # a draft gets one more section
    section.view.issue_button.click()
    section.view.dialog.record()
    page.load()
    section.setFocus()
    hands.control(Key.Key_N)
    assert hands.at() == "report_period"


def test_what_was_half_typed_in_a_report_is_opened_from_its_draft(qtbot, world, page):
    begin(page.section)
    page.section.view.editor.outline.setCurrentRow(1)
    hands.enter()
    hands.write("Viết dở")
    page.section.view.editor.keep()
    (draft,) = drafts.find(world.database.path).drafts
    place = place_of(draft.key)
    assert (place.page, place.section, place.year) == ("targets", "narrative_reports", YEAR)
    later = show(qtbot, world, TargetsPage, "targets")
    later.open(place.payload)
    editor = later.section.view.editor
    assert later.section.stack.currentWidget() is later.section._open
    assert editor.forms.section.text.toPlainText().endswith("Viết dở")


def test_whatever_a_report_fills_in_says_what_it_prints(world, page):
    assert WHAT.keys() == set(Content)
    begin(page.section)
    editor = page.section.view.editor
    for key in editor.outline.order:
        editor.go_to(key)
        form = editor.forms.form
        if form is editor.forms.section and form.content.code:
            assert form.what.text() == WHAT[Content(form.content.code)]
            assert form.content.currentText() == texts.CONTENTS[Content(form.content.code)]


def test_what_changed_since_the_report_before_is_offered_line_by_line(world, page):
    begin(page.section)
    editor = page.section.view.editor
    assert editor.offered.changes_button.isHidden()  # the head takes no text
    editor.outline.setCurrentRow(1)
    editor.offered.changes_button.click()
    panel = editor.forms.texts
    assert panel.list.count() > 0
    assert panel.text.text()
    panel.insert_button.click()
    assert editor.forms.section.text.toPlainText().endswith(panel.text.text())
