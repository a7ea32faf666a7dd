"""Phát hành: what its dialog says before anything is kept, and what was half typed there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QStyleOptionViewItem

from giamngheo_desktop.gui.issuing.issue_dialogs import IssueDialog
from giamngheo_desktop.gui.issuing.issued_room import IssuedRoom
from giamngheo_desktop.gui.issuing.unfinished_note import UNFINISHED
from giamngheo_desktop.gui.pages.reports_page import ReportsPage
from giamngheo_desktop.gui.pictures import settle
from giamngheo_desktop.gui.preview.lists_room import ListsRoom
from giamngheo_desktop.gui.preview.paper_preview import PaperPreview
from giamngheo_desktop.reports.asked import made
from giamngheo_desktop.reports.document import Cell
from giamngheo_desktop.reports.programme_papers import ProgrammeAsked
from giamngheo_desktop.services import issuing, settings
from tests.gui import hands
from tests.gui.commune import YEAR
from tests.gui.hands import Key
from tests.gui.issuing import TODAY, issue_table


@pytest.fixture
def page(qtbot, world):
    made = ReportsPage(world.desk, YEAR)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    hands.turn_to(made)
    return made


def test_a_number_is_refused_at_its_field(page, world):
    issue_table(page, "15/BC-UBND").close()
    page.findChild(QPushButton, "issue").click()
    dialog = page.issuer.dialog
    number = dialog.form.fields["number"]
    for typed, sentence in (("15/BC-UBND", "đã dùng cho"), ("abc", "không phải là số")):
        number.set_value(typed)
        dialog.accept_button.click()
        assert sentence in number.problem
        assert dialog.isVisible()
        assert dialog.accept_button.isEnabled()
        assert not dialog.refusal.isVisible()
        dialog.form.changed.emit("number")
        assert number.problem == ""
    dialog.reject()


def test_a_day_is_refused_at_its_field_and_the_keyboard_is_back_in_it(page):
    page.findChild(QPushButton, "issue").click()
    dialog = page.issuer.dialog
    day, number = (dialog.form.fields[code] for code in ("issued_on", "number"))
    day.set_value(date(YEAR + 1, 11, 30))
    hands.turn_to(dialog)
    dialog.accept_button.setFocus()
    hands.enter()
    assert "chưa đến" in day.problem
    assert hands.at() == "issued_on"
    assert not dialog.refusal.isVisible()
    day.set_value(TODAY)
    number.set_value("abc")
    dialog.accept_button.setFocus()
    hands.enter()
    assert hands.at() == "number"
    dialog.reject()


def half_typed(page, code: str) -> None:
    """A Phát hành of this paper with a number, and then the program is gone."""
    room = page
    if code == "plans":
        desk, today = page.desk, page.desk.context.today()
        asked = ProgrammeAsked(code=code, year=today.year, as_of=today, unit=desk.unit(YEAR))
        docs = made(desk.database, desk.definitions, asked, today=today)
        page.issuer.ask(docs, asked, docs[0].title[0])
    else:
        page.open(code)
        room = page if code == "BC1" else page.room(ListsRoom).sheet
        room.issue()
    dialog = room.issuer.dialog
    dialog.form.set_draft({"number": "15/BC-UBND"})
    dialog.draft.keep()
    dialog.hide()


@pytest.mark.parametrize("code", ["BC1", "ho_ngheo", "plans"])
def test_a_phat_hanh_half_typed_is_told_later_and_goes_on(qtbot, page, world, code):
    assert page.unfinished.isHidden()
    half_typed(page, code)
    later = ReportsPage(world.desk, YEAR)
    qtbot.addWidget(later)
    later.resize(1200, 700)
    later.show()
    note = later.unfinished
    assert note.isVisible()
    assert "Phát hành: " in note.findChild(QLabel, "unfinished_text").text()
    hands.turn_to(later)
    later.list.setFocus()
    hands.press(Key.Key_Tab)
    assert hands.at() == "open_unfinished"
    hands.press(Key.Key_Tab)
    assert hands.at() == "drop_unfinished"
    note.findChild(QPushButton, "open_unfinished").click()
    sheet = note.preview.sheet
    dialog = sheet.issuer.dialog
    assert dialog.isVisible()
    assert dialog.form.draft()["number"] == "15/BC-UBND"
    dialog.accept_button.click()
    assert "Số 15/BC-UBND" in sheet.title.text()
    note.preview.close()
    assert note.isHidden()
    assert [one.number for one in issuing.issued(world.database)] == ["15/BC-UBND"]


def test_a_phat_hanh_half_typed_is_opened_when_the_page_is_asked_for_it_or_dropped(
    qtbot, page, world, said
):
    half_typed(page, "BC1")
    later = ReportsPage(world.desk, YEAR)
    qtbot.addWidget(later)
    later.show()
    later.open(UNFINISHED)
    dialog = later.unfinished.preview.sheet.issuer.dialog
    assert dialog.isVisible()
    said.will_answer("yes")
    dialog.reject()
    assert later.unfinished.isHidden()
    half_typed(page, "BC1")
    later.mark_stale()
    said.will_answer("yes")
    later.unfinished.findChild(QPushButton, "drop_unfinished").click()
    assert later.unfinished.isHidden()
    assert issuing.issued(world.database) == []


def test_in_a_low_window_one_note_is_told_at_a_time(qtbot, page, world):
    half_typed(page, "BC1")
    settings.save(world.database, world.context, {"signer_name": ""}, date(YEAR, 1, 1))
    later = ReportsPage(world.desk, YEAR)
    qtbot.addWidget(later)
    later.show()
    for height, both in ((700, True), (480, False)):
        later.resize(1000, height)
        assert later.unfinished.isVisible()
        assert later.signer.isVisible() == both
    later.view.cell_pressed.emit(later.paper.numbers()[0])
    assert later.names.isVisible()
    assert not later.unfinished.isVisible()
    later._close_names()
    assert later.unfinished.isVisible()
    later.unfinished._show(())
    assert later.signer.isVisible()


def test_what_an_open_year_waits_for_is_said_before_it_is_issued(qtbot, page, world):
    doc, asked = page.paper.doc, page.paper.wish.asked
    for extra, said in (({}, False), ({"waiting": "12"}, True)):
        of = replace(doc, extra={**doc.extra, **extra})
        dialog = IssueDialog(world.desk, (of,), asked, "BC1", page)
        hint = dialog.findChild(QLabel, "hint").text()
        assert ("Còn 12 hộ chưa có kết quả công nhận" in hint) == said


def test_cells_nobody_knows_are_said_before_it_is_issued(page, world):
    doc, asked = page.paper.doc, page.paper.wish.asked
    (table,) = doc.tables
    row = table.rows[0]
    cells = (Cell.of_missing("no_average"), Cell.of_missing("zero_denominator"), *row.cells[2:])
    hints = []
    for one in (row, replace(row, cells=cells)):
        of = replace(doc, body=(replace(table, rows=(one,)),))
        dialog = IssueDialog(world.desk, (of,), asked, "BC1", page)
        hints.append(dialog.findChild(QLabel, "hint").text())
    assert "ô chưa biết" not in hints[0]
    assert "Còn 1 ô chưa biết, in “–”: ghi chú dưới biểu nói vì sao." in hints[1]


def test_a_number_of_another_table_or_without_sign_is_said_before_it_is_given(page, world):
    issue_table(page, "15/BC-UBND").close()
    page.open("BC3")
    page.findChild(QPushButton, "issue").click()
    dialog = page.issuer.dialog
    number = dialog.form.fields["number"]
    first = "BC1 ngày 30/06/2026"
    assert "Chỉ ghi số thì thêm ký hiệu BC-UBND." in number.field.help
    for typed, sentence in (
        ("15/BC-UBND", f"Cùng số với {first}."),
        ("17", "Sẽ ghi là 17/BC-UBND."),
        ("5/BC-UBND", "Sẽ ghi là 05/BC-UBND."),
        ("15a", f"Sẽ ghi là 15a/BC-UBND. Đã có 15/BC-UBND ({first}): thêm chữ là một số khác."),
        ("abc", ""),
        ("16/BC-UBND", ""),
        ("15/BC-UBND", f"Cùng số với {first}."),
    ):
        number.set_value(typed)
        dialog.form.changed.emit("number")
        assert number.problem == sentence
    dialog.accept_button.click()
    assert not dialog.isVisible()
    page.findChildren(PaperPreview)[-1].close()
    page.open("so_phat_hanh")
    book = page.room(IssuedRoom).book
    assert "Cùng số với BC" in book.more.text()


def test_the_book_tells_its_tables_apart_at_a_glance(page, world):
    for code in ("BC2", "BC3"):
        page.open(code)
        page.findChild(QPushButton, "issue").click()
        page.issuer.dialog.accept_button.click()
        page.findChildren(PaperPreview)[-1].close()
    page.open("so_phat_hanh")
    page.resize(1130, 640)
    settle()
    table = page.room(IssuedRoom).book.table
    keys = [column.key for column in table.rows.columns]
    assert [row.subject for row in map(table.rows.row, range(2))] == ["", ""]
    assert not table.isColumnHidden(keys.index("signer"))
    assert not table.isColumnHidden(keys.index("receiver"))
    option = QStyleOptionViewItem()
    table.initViewItemOption(option)
    for at in range(len(keys)):
        needed = table.itemDelegate().sizeHint(option, table.rows.index(0, at)).height()
        assert table.rowHeight(0) >= needed
    more = page.room(IssuedRoom).book.more
    assert more.text().startswith("Theo Chuẩn nghèo")
    page.open("ho_ngheo")
    room = page.room(ListsRoom).sheet
    room.issue()
    room.issuer.dialog.accept_button.click()
    page.open("so_phat_hanh")
    titles = [row.title for row in map(table.rows.row, range(3))]
    (listed,) = (at for at, title in enumerate(titles) if title.startswith("DANH SÁCH"))
    table.go_to(table.rows.row(listed).uid)
    assert ", Theo Chuẩn nghèo" in more.text()
    assert more.text().count("(") == more.text().count(")") == 0


def test_a_table_or_list_nobody_signs_says_so_before_it_is_printed_or_issued(page, world):
    note = page.signer
    assert note.isHidden()
    settings.save(world.database, world.context, {"signer_name": ""}, date(YEAR, 1, 1))
    page.mark_stale()
    assert note.isVisible()
    gone = []
    page.go_requested.connect(lambda *to: gone.append(to))
    note.findChild(QPushButton, "set_signer").click()
    assert gone == [("settings", "offices")]
    page.findChild(QPushButton, "issue").click()
    dialog = page.issuer.dialog
    signer = dialog.form.fields["signer"]
    assert "chưa ghi người ký" in signer.problem
    dialog.form.set_draft({"signer": "Phan Xuân Đồng"})
    dialog.form.changed.emit("signer")
    assert signer.problem == ""
    dialog.accept_button.click()  # whoever signs that day is typed
    page.findChildren(PaperPreview)[-1].close()
    page.open("ho_ngheo")
    assert page.room(ListsRoom).signer.isVisible()
    page.room(ListsRoom).signer.findChild(QPushButton, "set_signer").click()
    assert gone[1:] == [("settings", "offices")]
