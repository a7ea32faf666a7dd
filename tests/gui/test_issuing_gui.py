"""Phát hành: kept as it was, compared with today, counted without a gap unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QStyleOptionViewItem

from giamngheo_desktop.domain.issued import IssuedKind
from giamngheo_desktop.gui import undoing
from giamngheo_desktop.gui.issuing.confirm_room import ConfirmRoom
from giamngheo_desktop.gui.issuing.issued_room import IssuedRoom
from giamngheo_desktop.gui.pages.reports_page import ReportsPage
from giamngheo_desktop.gui.pictures import settle
from giamngheo_desktop.gui.preview import paper_menus
from giamngheo_desktop.gui.preview.paper_preview import PaperPreview
from giamngheo_desktop.services import (
    issuing,
    settings,
    undo,
)
from tests.gui import hands
from tests.gui.commune import YEAR, add_class
from tests.gui.hands import Key
from tests.gui.issuing import (
    close_year,
    form,
    issue_table,
    page,
    row_count,
    rows,
    text_of,
    words,
    words_in,
)

__all__ = ["form", "page"]


def test_a_preliminary_table_of_nothing_is_not_asked_about(page, world, said):
    close_year(world)
    page.open({"code": "BC1", "recognised": False})
    page.findChild(QPushButton, "issue").click()
    assert page.issuer.dialog is None
    assert "không giữ kết quả sơ bộ" in said.texts[-1]


def test_a_table_is_issued_numbered_compared_and_cancelled(page, world):
    data = page.paper.data
    preview = issue_table(page)
    said = undoing.said(undo.next_step(world.database))
    assert said.startswith("Đã phát hành: TỔNG HỢP")  # what, not only its number
    assert preview.sheet.title.text().startswith("Chưa có số, ngày ")
    preview.close()
    page.open("so_phat_hanh")
    book = page.room(IssuedRoom).book
    assert rows(book) == [("", "issued")]
    assert book.table.rows.text(0, 0) == "chưa ghi số"
    book.number_button.click()
    book.dialog.form.fields["number"].set_value("15/BC-UBND")
    book.dialog.accept_button.click()
    assert rows(book) == [("15/BC-UBND", "issued")]
    assert undo.next_step(world.database).op == "number_issued"
    assert not book.number_button.isEnabled()
    book.compare_button.click()
    assert "Không có gì khác" in book.difference.said.text()
    add_class(world, world.homes[0], YEAR, "near_poor")
    book.compare()
    cells = book.difference.table.rows
    changed = [cells.row(at)[1:] for at in range(cells.rowCount())]
    number = ("Thôn Đông", "Kết quả rà soát về hộ / Hộ nghèo / Số hộ", "1", "0")
    at = changed.index(number)
    sides = [cells.index(at, column).data(Qt.ItemDataRole.TextAlignmentRole) for column in range(4)]
    assert [bool(side & Qt.AlignmentFlag.AlignRight.value) for side in sides] == [
        False, False, True, True,
    ]  # fmt: skip
    page.resize(1130, 640)
    settle()
    table = book.difference.table
    assert table.heading.length() <= table.viewport().width()
    long = max(range(cells.rowCount()), key=lambda at: len(cells.text(at, 1)))
    option = QStyleOptionViewItem()
    table.initViewItemOption(option)
    needed = table.itemDelegate().sizeHint(option, cells.index(long, 1)).height()
    assert table.rowHeight(long) >= needed > table.verticalHeader().defaultSectionSize()
    hands.turn_to(page)
    book.difference.setFocus()
    hands.press(Key.Key_Escape)
    assert book.table.isVisible()
    book.open(book.chosen.uid)
    dated = words(data).replace("ngày tháng năm", f"ngày 30 tháng 6 năm {YEAR}")
    code = " · mã "  # it tells the stamped document from the one before
    assert text_of(book.preview.sheet).split(code)[0] == dated.split(code)[0]
    book.cancel_button.click()
    book.dialog.form.fields["reason"].set_value("in sai")
    book.dialog.accept_button.click()
    assert rows(book) == [("15/BC-UBND", "cancelled")]


def test_the_book_searches_and_turns_to_other_years(page, world):
    for number in ("15/BC-UBND", "17/BC-UBND"):
        issue_table(page, number).close()
        add_class(world, world.homes[0], YEAR, "near_poor")
        page.mark_stale()
    page.open("so_phat_hanh")
    book = page.room(IssuedRoom).book
    assert [number for number, _ in rows(book)] == ["17/BC-UBND", "16/BC-UBND", "15/BC-UBND"]
    book.search.setText("15/bc")
    book._timer.timeout.emit()
    assert rows(book) == [("15/BC-UBND", "issued")]
    book.search.clear()
    book.years.setCurrentIndex(book.years.findData(None))
    assert row_count(book) == 3


def test_what_was_just_issued_is_seen_whatever_year_is_worked_in(page, world):
    """It is counted in the year it is signed in, not in that of its table or of the desk."""
    page.show_year(YEAR - 1)
    page.open("so_phat_hanh")
    book = page.room(IssuedRoom).book
    assert f"Năm {YEAR - 1} chưa phát hành văn bản nào." in words_in(book.table)
    issue_table(page, "15/BC-UBND").close()
    page.mark_stale()
    page.open("so_phat_hanh")
    assert book.years.currentData() == YEAR
    assert rows(book) == [("15/BC-UBND", "issued")]
    book.years.setCurrentIndex(book.years.findData(None))
    book.years.addItem("", YEAR - 1)
    book.years.setCurrentIndex(book.years.findData(YEAR - 1))
    assert row_count(book) == 0
    assert f"đang có của năm {YEAR}." in words_in(book.table)


def test_a_paper_is_issued_where_it_is_shown(qtbot, page, world):
    items = paper_menus.of_household(world.desk, world.homes[0], "Nguyễn Văn An", YEAR)
    order = next(one.order for one in items if one is not None and one.code == paper_menus.SHEET)
    shown = PaperPreview(world.desk, order, page)
    shown.begin()
    shown.sheet.issue_button.click()
    dialog = shown.sheet.issuer.dialog
    dialog.form.fields["number"].set_value("8/UBND")
    dialog.accept_button.click()
    assert "Số 08/UBND" in shown.sheet.title.text()
    assert not shown.sheet.issue_button.isVisible()
    (row,) = issuing.issued(world.database)
    assert (row.kind, row.household) == (IssuedKind.PAPER, world.homes[0])
    shown.close()


def test_a_file_open_for_reading_issues_nothing(qtbot, world):
    page = ReportsPage(replace(world.desk, read_only=True), YEAR)
    qtbot.addWidget(page)
    page.show()
    assert page.findChild(QPushButton, "issue") is None
    page.open({"code": "xac_nhan", "household": world.homes[0]})
    form = page.room(ConfirmRoom).form
    assert form.sheet.bundle is not None
    assert not form.act.isEnabled()


def test_the_signer_follows_the_signing_day_which_is_not_before_the_data(page, world):
    for name, day in (("Hồ Văn Một", date(YEAR, 1, 1)), ("Hồ Thị Hai", date(YEAR, 6, 1))):
        settings.save(world.database, world.context, {"signer_name": name}, day)
    page.open("BC1")
    page.findChild(QPushButton, "issue").click()
    dialog = page.issuer.dialog
    hands.turn_to(dialog)
    fields = dialog.form.fields
    assert fields["signer"].value() == "Hồ Thị Hai"
    for day, signer in (("31/05", "Hồ Văn Một"), ("01/06", "Hồ Thị Hai")):
        dialog.form.focus_field("issued_on")
        hands.control(Key.Key_A)
        hands.write(f"{day}/{YEAR}")
        assert fields["signer"].value() == signer
    fields["signer"].set_value("Hồ Văn Phó")
    hands.control(Key.Key_A)
    hands.write(f"31/12/{YEAR - 1}")
    assert fields["signer"].value() == "Hồ Văn Phó"
    dialog.accept_button.click()
    assert "trước ngày" in fields["issued_on"].problem  # beside the day, the keyboard in it
    assert not dialog.refusal.isVisible()
    assert issuing.issued(world.database) == []
