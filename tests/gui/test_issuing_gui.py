"""Phát hành and Giấy xác nhận: by keys alone, kept as it was, counted without a gap unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QStyleOptionViewItem

from giamngheo_desktop.domain.issued import IssuedKind
from giamngheo_desktop.gui import undoing
from giamngheo_desktop.gui.household.history_words import Words
from giamngheo_desktop.gui.issuing.confirm_room import ConfirmRoom
from giamngheo_desktop.gui.issuing.issued_room import IssuedRoom
from giamngheo_desktop.gui.issuing.subject import Subject
from giamngheo_desktop.gui.pages.reports_page import ReportsPage
from giamngheo_desktop.gui.pictures import settle
from giamngheo_desktop.gui.preview import paper_menus, paper_sheet
from giamngheo_desktop.gui.preview.paper_preview import PaperPreview
from giamngheo_desktop.services import (
    classes,
    confirm_search,
    household_history,
    issuing,
    settings,
    undo,
)
from giamngheo_desktop.services.confirming import YearClass
from tests.gui import hands
from tests.gui.commune import YEAR, add_class, context
from tests.gui.hands import Key

TODAY = date(YEAR, 6, 30)


@pytest.fixture
def page(qtbot, world, monkeypatch):
    made = ReportsPage(world.desk, YEAR)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    hands.turn_to(made)
    made.asked = []  # titles of what was to be printed
    monkeypatch.setattr(paper_sheet, "ask_printer", lambda _o, title, *_: made.asked.append(title))
    return made


@pytest.fixture
def form(page):
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


# -- giấy xác nhận ---------------------------------------------------------------------------------


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


# -- phát hành -------------------------------------------------------------------------------------


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


def test_a_file_open_for_reading_issues_nothing(qtbot, world):
    page = ReportsPage(replace(world.desk, read_only=True), YEAR)
    qtbot.addWidget(page)
    page.show()
    assert page.findChild(QPushButton, "issue") is None
    page.open({"code": "xac_nhan", "household": world.homes[0]})
    form = page.room(ConfirmRoom).form
    assert form.sheet.bundle is not None
    assert not form.act.isEnabled()


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
