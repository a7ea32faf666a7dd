"""Kế hoạch: begun from a layout, written by keyboard, looked at, issued, adjusted."""

from __future__ import annotations

from itertools import groupby

import pytest
from PySide6.QtCore import QMimeData

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.gui.documents.outline import END, HEAD
from giamngheo_desktop.gui.pages.targets_page import TargetsPage
from giamngheo_desktop.services import drafts, issuing, undo
from giamngheo_desktop.services.documents import heads, listing, reading, sections, versions
from giamngheo_desktop.services.programme import entries
from tests.gui import hands
from tests.gui.commune import YEAR
from tests.gui.hands import Key
from tests.gui.test_record_sections import show
from tests.gui.test_walks import walk
from tests.harness.register import groups

LAYOUT = "ke_hoach_muc_dich_yeu_cau"
LATER = f"ngày 07/3/{YEAR}"


def begin(world):
    act = (world.database, world.context, world.desk.definitions)
    return sections.begin(*act, world.commune, YEAR, LAYOUT).value


def document(world):
    (*_, last) = listing.plans_of(world.database, world.commune, YEAR)
    return reading.read(world.database, world.desk.definitions, last.uid)


def part(world, title):
    return next(one for one in document(world).walk() if one.title == title)


@pytest.fixture
def page(qtbot, world):
    begin(world)
    return show(qtbot, world, TargetsPage, "plan_document")


@pytest.fixture
def editor(page):
    return page.section.view.editor


def lines(editor):
    return [editor.outline.item(at).text() for at in range(editor.outline.count())]


def go(editor, beginning):
    at = next(n for n, text in enumerate(lines(editor)) if text.startswith(beginning))
    editor.outline.setCurrentRow(at)


def test_a_plan_begins_from_a_layout_by_keyboard(qtbot, world):
    page = show(qtbot, world, TargetsPage, "plan_document")
    section = page.section
    assert "chưa có kế hoạch" in section.pick.said.text()
    assert hands.at() == "layouts"
    assert section.pick.headings.text().startswith("I. ")
    first = section.pick.headings.text()
    offered = [section.pick.list.item(at).text() for at in range(section.pick.list.count())]
    assert "Nên dùng" in offered[0]
    assert offered[1] == "Khung của các kế hoạch cũ"
    assert all("theo kế hoạch năm 202" in one for one in offered[2:])
    assert not any("tỉnh" in one.split("\n")[0] for one in offered)
    hands.press(Key.Key_Down)
    assert section.pick.headings.text() != first
    hands.enter()
    assert hands.at() == "begin_document"
    hands.enter()
    assert document(world).is_draft
    page.load()
    outline = section.view.editor.outline
    assert outline.item(0).text() == "Phần đầu văn bản"
    assert hands.at() == "document_outline"
    assert section.version.isHidden()


def test_a_section_is_written_and_going_on_saves_it(world, editor):
    go(editor, "I. ")
    hands.enter()
    hands.press(Key.Key_Down)
    editor.outline.setFocus()
    hands.press(Key.Key_Down)
    hands.enter()
    assert hands.at() == "section_text"
    title = editor.forms.section.title.text()
    editor.forms.section.text.selectAll()
    hands.write("Làm đúng hạn.")
    assert part(world, title).text != "Làm đúng hạn."
    editor.outline.setFocus()
    hands.press(Key.Key_Down)
    assert part(world, title).text == "Làm đúng hạn."
    assert editor.forms.section.title.text() != title
    assert not drafts.find(world.database.path).drafts


def test_saving_leaves_the_cursor_and_what_is_typed_meanwhile(world, editor):
    go(editor, "1. ")
    text = editor.forms.section.text
    text.setFocus()
    text.setPlainText("Một hai")
    text.moveCursor(text.textCursor().MoveOperation.Start)
    hands.control(Key.Key_S)
    assert hands.at() == "section_text"
    assert text.textCursor().position() == 0
    title = editor.forms.section.title.text()
    assert part(world, title).text == "Một hai"
    assert editor.forms.typed() is None
    hands.write("Lại ")
    editor.forms.saving(world.desk)()
    hands.write("và ")  # while it is being written
    editor._saved(None)
    assert part(world, title).text == "Lại Một hai"
    assert text.toPlainText() == "Lại và Một hai"
    assert text.textCursor().position() == len("Lại và ")
    (draft,) = drafts.find(world.database.path).drafts
    assert draft.record["text"] == "Lại và Một hai"
    go(editor, "II. ")
    assert part(world, title).text == "Lại và Một hai"
    assert not drafts.find(world.database.path).drafts


def test_what_was_typed_outlives_the_program(qtbot, world, page, editor):
    go(editor, "I. ")
    editor.forms.section.title.setFocus()
    editor.forms.section.title.selectAll()
    hands.write("MỤC ĐÍCH MỚI")
    editor.keep()
    again = show(qtbot, world, TargetsPage, "plan_document")
    later = again.section.view.editor
    assert later.forms.section.title.text() == "MỤC ĐÍCH MỚI"
    assert later.draft.isVisible()
    later.save()
    assert part(world, "MỤC ĐÍCH MỚI")
    assert not drafts.find(world.database.path).drafts


def test_head_and_end_are_typed_in_the_order_of_the_paper(world, editor):
    assert lines(editor)[0] == "Phần đầu văn bản"
    editor.outline.setCurrentRow(0)
    hands.enter()
    assert hands.at() == "number"
    hands.fill("12/KH-UBND", "15/01/2026", "Sơn Tây", "KẾ HOẠCH")
    assert hands.at() == "summary"
    editor.outline.go_to(END)
    editor._go_to(END)
    head = document(world).head
    assert (head["number"], head["place"]) == ("12/KH-UBND", "Sơn Tây")
    assert str(document(world).signed_on) == "2026-01-15"
    editor.forms.head.fields["signed_on"].edit.setText("32/13/2026")
    editor.outline.setCurrentRow(0)
    editor.forms.head.fields["signed_on"].edit.setText("32/13/2026")
    editor.save()
    assert str(document(world).signed_on) == "2026-01-15"  # what is no day is not written
    assert hands.at() == "signed_on"


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Tab])
def test_every_form_of_a_document_is_walked_to_its_button(editor, key):
    for node, codes in ((HEAD, editor.forms.head.fields), (END, editor.forms.end.fields)):
        editor.go_to(node)
        names = walk(key, editor, "save_document")
        assert [name for name, _ in groupby(names) if name in codes] == [*codes]
        assert editor.forms.typed() is None  # Enter through a text is no change
    go(editor, "I. ")
    editor.forms.section.number.setFocus()
    wanted = ["number", "title", "text", "content", "style", "annex"]
    asked = [f"section_{code}" for code in wanted]
    names = walk(key, editor, "save_document")
    assert [name for name, _ in groupby(names) if name in asked] == asked


def test_sections_are_added_moved_nested_left_out_and_removed(world, editor):
    before = [one.title for one in document(world).parts]
    go(editor, "I. ")
    editor.outline.setFocus()
    hands.control(Key.Key_N)
    assert hands.at() == "section_title"
    hands.write("QUAN ĐIỂM")
    editor.save()
    titles = [one.title for one in document(world).parts]
    assert titles == [before[0], "QUAN ĐIỂM", *before[1:]]
    assert any(text == "II. QUAN ĐIỂM" for text in lines(editor))
    editor.tools.up_button.click()
    assert document(world).parts[0].title == "QUAN ĐIỂM"
    assert editor.outline.current.text == "I. QUAN ĐIỂM"
    assert not editor.tools.up_button.isEnabled()
    editor.tools.down_button.click()
    editor.tools.in_button.click()
    assert part(world, "QUAN ĐIỂM").parent == document(world).parts[0].uid
    editor.tools.out_button.click()
    assert document(world).parts[1].title == "QUAN ĐIỂM"
    editor.outline.setFocus()
    hands.press(Key.Key_Space)
    assert not part(world, "QUAN ĐIỂM").included
    assert editor.outline.current.text == "QUAN ĐIỂM"  # it has no number then
    editor.tools.below.trigger()
    assert part(world, "").parent == part(world, "QUAN ĐIỂM").uid
    go(editor, "QUAN ĐIỂM")
    editor.tools.remove_button.click()
    assert [one.title for one in document(world).parts] == before


def test_what_is_filled_in_is_chosen_with_a_sentence(world, editor):
    form = world.desk.definitions.records[Kind.BODY]
    body = {"name": "Hội Nông dân xã", "valid_from": world.context.today()}
    uid = entries.save(world.database, world.context, form, body, given={"area": world.commune})
    editor.load()
    go(editor, "I. ")
    box = editor.forms.section.content
    box.setCurrentIndex(box.findData("village_table"))
    assert "Giao cho thôn" in editor.forms.section.what.text()
    assert editor.forms.section.body.isHidden()
    box.setCurrentIndex(box.findData("body"))
    assert not editor.forms.section.body.isHidden()
    editor.forms.section.body.setCurrentIndex(editor.forms.section.body.findText("Hội Nông dân xã"))
    editor.save()
    one = document(world).parts[0]
    assert (one.content, one.body) == ("body", uid.value)


def test_texts_of_earlier_years_are_inserted(world, editor):
    act = (world.database, world.context, world.desk.definitions)
    sections.begin(*act, world.commune, YEAR - 1, LAYOUT)
    earlier = listing.plans_of(world.database, world.commune, YEAR - 1)[0]
    before = reading.read(world.database, world.desk.definitions, earlier.uid)
    old = next(one for one in before.walk() if one.code == "purpose_goal")
    sections.change(world.database, world.context, old.uid, text="Lời năm trước.")
    new = next(one for one in document(world).walk() if one.code == "purpose_goal")
    go(editor, f"{new.number} {new.title}")
    editor.offered.library_button.click()
    assert editor.forms.texts.text.text() == "Lời năm trước."
    assert "Kế hoạch năm" in editor.forms.texts.list.item(0).text()
    hands.enter()
    assert hands.at() == "insert_text"
    hands.enter()
    assert editor.forms.section.text.toPlainText().endswith("Lời năm trước.")
    assert hands.at() == "section_text"
    hands.control(Key.Key_Z)
    assert editor.forms.section.text.toPlainText() == new.text


def test_doubts_lead_to_their_section(world, editor):
    heads.save(world.database, world.context, document(world).uid, signer_name="")
    go(editor, "I. ")
    hands.control(Key.Key_N)
    hands.write("MỤC TRỐNG")
    editor.save()
    found = editor.doubts.texts()
    at = next(n for n, text in enumerate(found) if "MỤC TRỐNG" in text)
    editor.outline.setCurrentRow(0)
    editor.doubts.list.itemActivated.emit(editor.doubts.list.item(at))
    assert editor.forms.section.title.text() == "MỤC TRỐNG"
    unsigned = next(n for n, text in enumerate(found) if "người ký" in text)
    editor.doubts.list.itemActivated.emit(editor.doubts.list.item(unsigned))
    assert editor.outline.current_key == END


def test_what_is_doubted_is_told_before_it_is_issued(world, page, editor):
    """The same doubts as in the editor, of the day that is typed."""
    section = page.section
    uid = document(world).uid
    heads.save(world.database, world.context, uid, grounds=f"Quyết định số 5/QĐ-UBND {LATER}")
    editor.load()
    assert not any("Quyết định số 5" in one for one in editor.doubts.texts())
    section.view.issue_button.click()
    dialog = section.view.dialog
    assert dialog.doubts.texts() == editor.doubts.texts()
    dialog.form.fields["issued_on"].type_text(f"12/01/{YEAR}")
    dialog.look()
    (at,) = [n for n, one in enumerate(dialog.doubts.texts()) if "Quyết định số 5" in one]
    dialog.doubts.list.itemActivated.emit(dialog.doubts.list.item(at))
    assert not dialog.isVisible()
    assert editor.outline.current_key == HEAD


def test_the_plan_is_seen_issued_looked_at_and_adjusted(world, page, editor):
    section = page.section
    section.view.view_button.click()
    assert section.stack.currentWidget() is section.paper
    assert section.paper.sheet.view.pages > 0
    section.paper.leave()
    section.view.issue_button.click()
    dialog = section.view.dialog
    dialog.form.fields["number"].type_text("5")
    dialog.record()
    page.load()
    (one,) = listing.plans_of(world.database, world.commune, YEAR)
    assert one.number == "05/KH-UBND"
    (row,) = issuing.issued(world.database, code="written_plan")
    assert row.number == "05/KH-UBND"
    step = undo.next_step(world.database)
    undo.undo(world.database, world.context, step.group)  # a number that was wrong
    section.load()
    assert document(world).is_draft
    assert issuing.issued(world.database, code="written_plan") == []
    section.view.issue_button.click()
    section.view.dialog.form.fields["number"].type_text("5")
    section.view.dialog.record()
    page.load()
    (row,) = issuing.issued(world.database, code="written_plan")
    assert "Đã ban hành" in section.view.said.text()
    assert editor.found.kept.uid == row.uid
    assert section.view.issue_button.isHidden()
    editor.outline.setCurrentRow(1)
    assert editor.forms.section.text.isReadOnly()
    assert editor.tools.isHidden()
    editor.outline.go_to(HEAD)
    editor._go_to(HEAD)
    assert editor.forms.head.fields["summary"].isReadOnly()
    assert not editor.forms.head.fields["number"].isReadOnly()  # the văn thư may give it later
    section.adjust_button.click()
    assert section.version.count() == 2
    assert section.version.currentText() == "Bản điều chỉnh, dự thảo"
    assert "Đang thực hiện: Bản ban hành" in section.holds.text()
    assert editor.editable
    assert [one.change for one in listing.plans_of(world.database, world.commune, YEAR)] == [
        "",
        versions.Change.ADJUSTS,
    ]


def test_a_draft_that_was_begun_with_its_targets_gets_a_layout(qtbot, world):
    versions.begin(world.database, world.context, world.commune, YEAR)
    page = show(qtbot, world, TargetsPage, "plan_document")
    assert "chưa có mục nào" in page.section.pick.said.text()
    page.section.pick.begin_button.click()
    assert document(world).parts


def test_a_draft_is_dropped_after_a_question(world, page, said):
    said.will_answer("yes")
    page.section.view.drop_button.click()
    page.load()
    assert listing.plans_of(world.database, world.commune, YEAR) == ()
    assert page.section.room.currentWidget() is page.section.pick


def test_what_is_pasted_from_word_stands_as_it_is_stored(world, editor):
    go(editor, "1. ")
    text = editor.forms.section.text
    text.setFocus()
    text.selectAll()
    pasted = QMimeData()
    pasted.setText("·\tMột\x0bhai\u00ad\n")
    text.insertFromMimeData(pasted)
    assert text.toPlainText() == "- Một\nhai\n"
    editor.save()
    assert part(world, editor.forms.section.title.text()).text == "- Một\nhai"
    head = groups(world.database)[-1]
    assert head["subject"] == editor.forms.section.title.text()
