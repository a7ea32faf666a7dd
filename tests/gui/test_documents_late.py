"""A document is read for a moment: meanwhile nothing of another one is shown or typed into."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from giamngheo_desktop.gui.pages.targets_page import TargetsPage
from giamngheo_desktop.services import drafts
from giamngheo_desktop.services.documents import listing, reading, versions
from giamngheo_desktop.services.documents.versions import Change
from tests.gui import hands
from tests.gui.commune import YEAR
from tests.gui.hands import Key
from tests.gui.late import LateRunner
from tests.gui.test_documents_plan import begin as begin_plan
from tests.gui.test_documents_reports import begin, reports
from tests.gui.test_record_sections import show


@pytest.fixture
def runner(world):
    made = LateRunner(world.desk.bus)
    world.desk = replace(world.desk, runner=made)
    return made


@pytest.fixture
def page(qtbot, world, runner):
    return show(qtbot, world, TargetsPage, "narrative_reports")


@pytest.fixture
def section(page):
    """Two reports, each with a text of its own in its first section; the list is shown."""
    for period in ("Q1", "Q2"):
        begin(page.section, period)
        write(page.section, f"Lời của {period}")
        page.section.back.click()
    page.load()
    return page.section


def write(section, words):
    """Into the first section of the open report; it is not saved."""
    editor = section.view.editor
    editor.outline.setCurrentRow(1)
    editor.start()
    editor.forms.section.text.selectAll()
    hands.write(words)


def texts(world):
    """What is stored of the first section of each report, by period."""
    found = {}
    for one in reports(world):
        document = reading.read(world.database, world.desk.definitions, one.uid)
        found[one.period] = document.parts[0].text
    return found


def open_report(section, world, period):
    section.open_report(next(one.uid for one in reports(world) if one.period == period))


def issue(world, document):
    versions.issue(world.database, world.context, document, date(YEAR, 3, 1))


def kept(world):
    """The texts that lie as drafts."""
    return [one.record["text"] for one in drafts.find(world.database.path).drafts]


def is_blank(view):
    """Nothing is shown of a document, nothing can be typed or done."""
    editor = view.editor
    parts = (editor.forms.head, editor.forms.end, editor.forms.section, editor.forms.record)
    acts = (view.view_button, view.word_button, view.issue_button, view.drop_button)
    return (
        editor.outline.count() == 0
        and editor.doubts.isHidden()
        and not any(part.isVisible() for part in parts)
        and not editor.forms.texts.isVisible()
        and not any(act.isEnabled() for act in acts)
        and not editor.save_button.isEnabled()
        and not editor.tools.add_button.isEnabled()
        and editor.document is None
    )


def type_around(section):
    """As somebody who does not see that it is still read."""
    hands.write("Gõ sớm")
    hands.control(Key.Key_S)
    hands.press(Key.Key_Down)
    hands.enter()
    hands.write("Gõ sớm")


def test_the_first_report_is_blank_until_it_is_read(qtbot, world, page, runner):
    begin(page.section)
    later = show(qtbot, world, TargetsPage, "narrative_reports")
    view = later.section.view
    runner.holds = True
    open_report(later.section, world, "Q1")
    assert is_blank(view)
    type_around(later.section)
    runner.go_on()
    assert view.editor.outline.count() > 2
    assert view.editor.forms.head.isVisible()
    assert view.view_button.isEnabled()
    assert kept(world) == []


def test_another_report_is_blank_until_it_is_read(world, section, runner):
    open_report(section, world, "Q1")
    before = texts(world)
    section.back.click()
    runner.holds = True
    open_report(section, world, "Q2")
    assert section.name.text() == f"Báo cáo quý II năm {YEAR}"
    assert is_blank(section.view)
    type_around(section)
    assert is_blank(section.view)
    runner.go_on()
    editor = section.view.editor
    assert hands.at() == "document_outline"
    assert editor.forms.head.isVisible()
    assert section.view.issue_button.isEnabled()
    editor.outline.setCurrentRow(1)
    runner.go_on()
    assert editor.forms.section.text.toPlainText() == "Lời của Q2"
    assert (texts(world), kept(world)) == (before, [])


def test_a_report_begun_after_another_is_blank_until_it_is_read(world, section, runner):
    open_report(section, world, "Q1")
    section.back.click()
    section.add_one()
    section.period.setCurrentIndex(section.period.findData("Q3"))
    runner.holds = True
    section.pick.begin_button.click()
    while section.stack.currentWidget() is not section._open:
        runner.go_on(1)
    assert is_blank(section.view)
    runner.go_on()
    assert section.view.editor.document.period == "Q3"
    assert section.view.editor.forms.head.isVisible()


def test_what_was_half_typed_stays_a_draft_of_its_report(world, section, runner):
    open_report(section, world, "Q1")
    write(section, "Viết dở quý I")
    runner.holds = True
    open_report(section, world, "Q2")
    assert is_blank(section.view)
    runner.go_on()
    assert section.view.editor.forms.head.isVisible()
    assert kept(world) == ["Viết dở quý I"]
    open_report(section, world, "Q1")
    runner.go_on()
    assert section.view.editor.forms.section.text.toPlainText() == "Viết dở quý I"
    assert texts(world) == {"Q1": "Lời của Q1", "Q2": "Lời của Q2"}


def test_what_is_being_saved_reaches_its_report_and_what_was_typed_meanwhile(
    world, section, runner
):
    open_report(section, world, "Q1")
    write(section, "Đang lưu")
    runner.holds = True
    hands.control(Key.Key_S)
    hands.write(" và gõ tiếp")
    open_report(section, world, "Q2")
    assert is_blank(section.view)
    type_around(section)
    runner.go_on()
    assert section.view.editor.document.period == "Q2"
    assert texts(world) == {"Q1": "Đang lưu", "Q2": "Lời của Q2"}
    assert kept(world) == ["Đang lưu và gõ tiếp"]


def test_what_is_being_saved_leaves_no_draft(world, section, runner):
    open_report(section, world, "Q1")
    write(section, "Đang lưu")
    runner.holds = True
    hands.control(Key.Key_S)
    open_report(section, world, "Q2")
    runner.go_on()
    assert texts(world) == {"Q1": "Đang lưu", "Q2": "Lời của Q2"}
    assert kept(world) == []


def test_what_is_refused_of_another_report_is_told_and_kept(world, section, runner, said):
    open_report(section, world, "Q1")
    write(section, "Bị từ chối")
    (first, _) = reports(world)
    runner.holds = True
    hands.control(Key.Key_S)
    issue(world, first.uid)
    open_report(section, world, "Q2")
    runner.go_on()
    assert section.view.editor.document.period == "Q2"
    assert len(said.shown) == 1
    assert kept(world) == ["Bị từ chối"]


def test_a_paper_and_texts_read_for_one_report_are_not_shown_in_another(world, section, runner):
    view = section.view
    open_report(section, world, "Q1")
    view.editor.outline.setCurrentRow(1)
    runner.holds = True
    view.editor.offered.library_button.click()
    view.issue_button.click()
    open_report(section, world, "Q2")
    runner.go_on(newest_first=True)
    assert view.dialog is None
    assert not view.editor.forms.shows_texts
    assert view.editor.forms.head.isVisible()


def test_of_a_plan_too_another_version_is_blank_until_it_is_read(qtbot, world, runner):
    draft = begin_plan(world)
    issue(world, draft)
    versions.next_version(world.database, world.context, draft, Change.ADJUSTS)
    page = show(qtbot, world, TargetsPage, "plan_document")
    runner.holds = True
    page.section.version.setCurrentIndex(0)
    page.section.version.activated.emit(0)
    assert is_blank(page.section.view)
    runner.go_on()
    assert page.section.view.editor.document.uid == draft
    assert len(listing.plans_of(world.database, world.commune, YEAR)) == 2
