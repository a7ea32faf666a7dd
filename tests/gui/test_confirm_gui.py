"""Giấy xác nhận: by keys alone, kept as it was, counted without a gap unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from PySide6.QtWidgets import QStyleOptionViewItem

from giamngheo_desktop.domain.issued import IssuedKind
from giamngheo_desktop.gui.household.history_words import Words
from giamngheo_desktop.gui.issuing.confirm_room import ConfirmRoom
from giamngheo_desktop.gui.issuing.subject import Subject
from giamngheo_desktop.gui.pictures import settle
from giamngheo_desktop.services import (
    confirm_search,
    household_history,
    issuing,
    settings,
    undo,
)
from giamngheo_desktop.services.confirming import YearClass
from tests.gui import hands
from tests.gui.commune import YEAR, context
from tests.gui.hands import Key
from tests.gui.issuing import (
    TODAY,
    close_year,
    confirm,
    form,
    page,
    rows,
    steps_to_paper,
    text_of,
    words_in,
)

__all__ = ["form", "page"]


def test_from_a_name_to_the_printed_paper_by_keys_alone(form, page, world):
    hands.write("tran thi binh")
    assert steps_to_paper(form, Key.Key_Return) <= 2
    assert hands.at() == "purpose"
    settle()
    assert form.form.width() == form.search.width()
    assert form.form.fields["number"].problem.startswith("Chưa có ký hiệu:")
    hands.write("vay vốn")
    shown = form.form.visible_codes()
    hands.enter(len(shown))
    assert hands.focus() is form.act
    form._timer.timeout.emit()
    assert "để vay vốn." in text_of(form.sheet)
    assert not form.sheet.print_button.isVisible()  # nothing leaves before it is in the book
    hands.enter()
    (row,) = issuing.issued(world.database)
    assert (row.kind, row.number, row.recipients, row.purpose) == (
        IssuedKind.CONFIRMATION, "01", "Trần Thị Bình", "vay vốn",
    )  # fmt: skip
    assert (row.household, row.person, row.issued_on) == (world.homes[1], None, TODAY)
    assert page.asked == [form.sheet.title.text()]
    assert "Số 01" in page.asked[0]
    assert "hộ cận nghèo" in text_of(form.sheet)
    assert hands.focus() is form.search  # the next one comes
    assert not page.has_unsaved_form
    done = undo.undo(world.database, world.context, undo.next_step(world.database).group)
    world.desk.bus.data_changed.emit(done.changes)
    assert form.sheet.bundle is None
    assert issuing.issued(world.database) == []


def test_a_name_nobody_has_is_told(form):
    hands.write("zzzz")
    form.search._timer.timeout.emit()
    assert (form.refusal.text(), form.refusal.isVisible()) == (
        "Không tìm thấy ai tên “zzzz”.", True,
    )  # fmt: skip
    hands.press(Key.Key_Backspace)
    assert not form.refusal.isVisible()
    hands.enter()
    assert form.refusal.text() == "Không tìm thấy ai tên “zzz”."


def test_a_name_nobody_has_stands_beside_no_paper_of_another(form, world):
    confirm(form, world.homes[0])
    assert form.sheet.bundle is not None
    hands.write("zzzz")
    hands.enter()
    assert form.sheet.bundle is None
    assert form.refusal.text() == "Không tìm thấy ai tên “zzzz”."


def test_one_of_several_is_chosen_and_may_be_a_member(form, world):
    hands.write("nguoi 2")
    form.search._timer.timeout.emit()
    assert form.search.list_is_open
    assert steps_to_paper(form, Key.Key_Down, Key.Key_Return) == 2
    assert "Là thành viên của hộ ông (bà)" in text_of(form.sheet)
    form.form.set_draft({"whom": "household"})
    form.show_paper()
    assert "Là thành viên" not in text_of(form.sheet)


def test_what_cannot_be_confirmed_says_why(form, world):
    hands.write("khong ai")
    hands.enter()
    assert "Không tìm thấy ai" in form.refusal.text()
    form.choose_household(world.homes[0])
    assert "hộ nghèo" in text_of(form.sheet)
    form.form.set_draft({"what": "near_poor"})
    form.show_paper()
    assert form.sheet.bundle is None
    assert "không được công nhận là hộ cận nghèo" in words_in(form.sheet.empty)
    form.form.set_draft({"what": "poor", "when": "year", "year": str(YEAR)})
    form.show_paper()
    assert f"Năm {YEAR} chưa khóa sổ" in words_in(form.sheet.empty)
    form.act.click()
    assert "chưa khóa sổ" in form.refusal.text()
    assert issuing.issued(world.database) == []


def test_a_paper_nobody_signs_is_issued_and_says_so(form, world):
    confirm(form, world.homes[0])
    assert not form.refusal.isVisible()
    settings.save(world.database, world.context, {"signer_name": ""}, date(YEAR, 1, 1))
    confirm(form, world.homes[1])
    assert "chưa ghi người ký" in form.refusal.text()
    assert form.refusal.isVisible()
    assert [one.signer for one in issuing.issued(world.database)][1] is None


def test_the_book_shows_gaps_and_cancelled_numbers_and_opens_each_paper(form, page, world):
    confirm(form, world.homes[0])
    confirm(form, world.homes[1], number="4")
    page.open("so_xac_nhan")
    book = page.room(ConfirmRoom).book
    assert rows(book) == [("04", "issued"), ("02 đến 03", "gap"), ("01", "issued")]
    book.table.setCurrentIndex(book.table.rows.index(1, 0))
    assert book.chosen is None
    assert not book.open_button.isEnabled()
    book.table.setCurrentIndex(book.table.rows.index(2, 0))
    book.cancel_button.click()
    book.dialog.accept_button.click()
    assert book.dialog.isVisible()  # not without a reason
    book.dialog.form.fields["reason"].set_value("ghi nhầm tên")
    book.dialog.accept_button.click()
    assert rows(book)[2] == ("01", "cancelled")
    assert "ghi nhầm tên" in book.more.text()
    book.open_button.click()
    assert "Nguyễn Văn An" in text_of(book.preview.sheet)
    assert "đã hủy" in book.preview.sheet.title.text()
    page.resize(1130, 640)  # what 1366×768 leaves
    settle()
    shown = {
        column.key
        for at, column in enumerate(book.table.rows.columns)
        if not book.table.isColumnHidden(at)
    }
    assert {"number", "day", "subject", "receiver", "purpose"} <= shown
    assert not book.table.horizontalScrollBar().isVisible()
    assert shown >= {"signer"} or "Người ký: " in book.more.text() or not book.chosen.signer
    book.print_button.click()
    printed = text_of(book.preview.sheet)
    assert "SỔ CẤP GIẤY XÁC NHẬN" in printed
    assert "Số trống" in printed
    lines = Words(world.desk.definitions).rows(
        household_history.of_household(world.database, world.homes[0])
    )
    told = {(line.about, line.field): line.new for line in lines}
    assert told["Văn bản", "Số"] == "01"
    assert told["Văn bản", "Ngày phát hành"] == "30/06/2026"
    assert told["Văn bản", "Lý do hủy"] == "ghi nhầm tên"
    room = book.table
    widths = [room.columnWidth(at) for at in range(len(room.rows.columns))]
    for _ in range(2):  # the cancelling, and number 4
        done = undo.undo(world.database, world.context, undo.next_step(world.database).group)
        world.desk.bus.data_changed.emit(done.changes)
        book.show_year(YEAR)
    assert rows(book) == [("01", "issued")]
    assert [room.columnWidth(at) for at in range(len(widths))] == widths


def test_names_and_purposes_of_the_book_are_read_whole_in_a_small_window(
    qapp, look, form, page, world
):
    confirm(form, world.homes[0], purpose="vay vốn Ngân hàng Chính sách xã hội của huyện")
    look.apply(qapp, percent=150)
    page.setMinimumSize(1, 1)
    page.resize(788, 487)
    page.open("so_xac_nhan")
    settle()
    table = page.room(ConfirmRoom).book.table
    assert table.horizontalScrollBar().maximum() == 0
    columns = [column.key for column in table.rows.columns]
    purpose = table.rows.index(0, columns.index("purpose"))
    option = QStyleOptionViewItem()
    table.initViewItemOption(option)
    needed = table.itemDelegate().sizeHint(option, purpose)
    assert not table.isColumnHidden(purpose.column())
    assert table.rowHeight(0) >= needed.height() > table.verticalHeader().defaultSectionSize()


def test_the_result_of_a_year_begins_with_the_working_year(form, page, world):
    close_year(world)
    form.choose_household(world.homes[0])
    form.form.fields["when"].input().setFocus()
    hands.press(Key.Key_2)
    assert form.form.record()["year"] == str(YEAR)
    assert "chưa có kết quả" not in words_in(form.form)
    form.begin_anew()
    page.show_year(YEAR - 3)  # nothing was recognised then: the newest that is closed
    form.choose_household(world.homes[1])
    form.form.fields["when"].input().setFocus()
    hands.press(Key.Key_2)
    assert form.form.record()["year"] == str(YEAR)
    assert f"Năm {YEAR - 3} chưa khóa sổ" in words_in(form.form)
    form.show_paper()
    assert f"năm {YEAR}" in text_of(form.sheet)
    hands.enter()
    assert hands.at() == "year"
    hands.enter()
    assert hands.at() == "number"


def test_a_year_of_two_standards_names_them(form, world):
    form.choose_household(world.homes[0])
    standards = world.desk.definitions.standards
    first, second = list(standards)[:2]
    years = tuple(
        YearClass(year, standard.code, band, False, "1/QĐ", TODAY)
        for year, standard, band in (
            (2022, second, "poor"), (2021, second, "near_poor"), (2021, first, "poor")
        )
    )  # fmt: skip
    (found,) = confirm_search.find(
        world.database, world.desk.definitions, "nguyen van an", today=TODAY
    )
    said = Subject.of(replace(found, home_years=years), standards).standing
    assert said == (
        f"Đã công nhận: năm 2022: Hộ nghèo; năm 2021, {second.label}: Hộ cận nghèo; "
        f"năm 2021, {first.label}: Hộ nghèo"
    )


def test_where_only_one_has_room_the_way_to_the_paper_is_named(form, page):
    assert "giấy hiện ngay" in form.standing.text()
    page.resize(560, 480)
    settle()
    assert "bấm “Xem giấy”" in form.standing.text()


def test_control_p_prints_what_is_shown_and_no_proposal(form, page, world):
    form.choose_household(world.homes[0])
    form.sheet.view.setFocus()
    hands.control(Key.Key_P)
    assert page.asked == []
    form.issue()
    page.asked.clear()
    form.sheet.view.setFocus()
    hands.control(Key.Key_P)
    assert page.asked == [form.sheet.title.text()]


def test_after_the_paper_the_next_name_is_typed_also_where_one_has_room(form, page, world):
    page.resize(560, 480)
    form.choose_household(world.homes[1])
    form.act.setFocus()
    hands.enter()
    assert page.asked
    assert hands.focus() is form.search


def test_only_what_is_in_force_is_proposed(form, world):
    """An escape whose term has ended is no proposal: Enter alone issues nothing."""
    later = datetime(YEAR + 4, 6, 30)  # noqa: DTZ001
    world.desk.context = context(later)
    form.choose_household(world.homes[5])
    values = form.form.record()
    assert (values["when"], values["day"]) == ("day", later.date())
    assert "không được công nhận là hộ nghèo" in words_in(form.sheet.empty)
    form.form.set_draft({"number": "1"})
    form.issue()
    assert "không được công nhận" in form.refusal.text()
    assert issuing.issued(world.database) == []
    form.form.set_draft({"when": "day", "what": "new_escape", "day": date(YEAR + 1, 6, 30)})
    form.show_paper()
    assert "mới thoát nghèo" in text_of(form.sheet)  # the officer may choose the past


def test_enter_on_a_name_of_several_opens_the_list_and_says_so(page, form):
    page.list.setFocus()
    page.open("xac_nhan")  # as Ctrl+K does
    assert hands.focus() is form.search
    hands.write("nguoi")
    hands.enter()
    assert form.search.list_is_open
    assert form.refusal.text().startswith("Có ")
