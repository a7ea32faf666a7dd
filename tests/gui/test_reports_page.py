"""Báo cáo: the paper on screen is the PDF, its numbers lead to names, it is written and printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from uuid import UUID

import openpyxl
import pypdfium2
import pytest
from docx import Document
from PySide6.QtCore import QPoint, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.gui import files, preferences
from giamngheo_desktop.gui.pages import reports_page
from giamngheo_desktop.gui.pages.reports_page import ReportsPage
from giamngheo_desktop.gui.pictures import settle
from giamngheo_desktop.gui.preview.pdf_view import FIT_PAGE
from giamngheo_desktop.gui.preview.report_work import look_behind
from giamngheo_desktop.reports import make
from giamngheo_desktop.services import areas, events, households
from giamngheo_desktop.services.names import HouseholdName
from giamngheo_desktop.services.review import opening_counts
from giamngheo_desktop.services.review.opening_counts import Count
from tests.gui.commune import TODAY, YEAR


@pytest.fixture
def page(qtbot, world):
    made = ReportsPage(world.desk, YEAR)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    return made


def place_of(page, village, key):
    """Where a number stands on the paper."""
    table = page.paper.doc.tables[0]
    row = next(at for at, row in enumerate(table.rows) if table.row_name(row) == village)
    column = [leaf.key for leaf in table.leaves].index(key)
    return next(cell for cell in page.paper.numbers() if (cell.row, cell.column) == (row, column))


def press_number(page, village, key):
    spot = page.view.place_of(place_of(page, village, key)).center().toPoint()
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def named(page):
    rows = page.names.list.rows
    return {rows.text(row, 0) for row in range(rows.rowCount())}


def columns_of(table):
    """The columns in sight."""
    columns = enumerate(table.rows.columns)
    return [column.key for at, column in columns if not table.isColumnHidden(at)]


def test_what_is_shown_is_the_pdf_of_the_report(page, world):
    doc = make.make(world.database, world.desk.definitions, "BC1", year=YEAR)
    assert page.paper.data == make.render(doc, "pdf")
    text = pypdfium2.PdfDocument(page.paper.data)[0].get_textpage().get_text_bounded()
    assert "TỔNG HỢP KẾT QUẢ CHÍNH THỨC RÀ SOÁT" in text
    page.view.grab()
    page.view.grab()
    assert page.view.is_complete()


def test_the_list_holds_every_report_of_the_definitions(page, world):
    items = [page.list.item(at) for at in range(page.list.count())]
    chosen = [item for item in items if item.flags() & Qt.ItemFlag.ItemIsEnabled]
    reports = world.desk.definitions.reports
    shown = [item.text().split(" ")[0] for item in chosen]
    assert shown[: len(reports)] == list(reports)
    assert len(shown) > len(reports)  # the empty forms follow: tests/gui/test_papers_gui.py
    headings = [item.text() for item in items if item not in chosen]
    groups = dict.fromkeys(versions[-1].group for versions in reports.values())
    assert headings == [*groups, *(kind.heading() for kind in reports_page.ROOMS)]
    assert headings[-1].startswith("Mẫu giấy")
    page.list.scrollTo(page.list.model().index(len(items) - 1, 0))
    assert page.list.visualItemRect(items[0]).bottom() < 0
    page.list.scrollTo(page.list.model().index(1, 0))
    assert page.list.visualItemRect(items[0]).top() >= 0  # its heading is in sight, too
    # The drop-down of a narrow window has the same lines, and the same headings nobody can choose.
    lines = [page.box.itemText(at) for at in range(page.box.count())]
    assert lines == [item.text() for item in items]
    enabled = [page.box.model().item(at).isEnabled() for at in range(page.box.count())]
    assert enabled == [item in chosen for item in items]


def test_the_arrows_pass_over_the_headings(page):
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert page.list.currentItem().data(Qt.ItemDataRole.UserRole) == "BC2"
    QTest.keyClick(page.list, Qt.Key.Key_Up)
    assert page.list.currentItem().data(Qt.ItemDataRole.UserRole) == "BC1"


def test_a_pressed_number_shows_the_names_behind_it(page):
    press_number(page, "Thôn Đoài", "poor_households")
    assert page.names.isVisible()
    assert named(page) == {"Đinh Thị Đào", "Y Blơ Êban"}
    press_number(page, "Tổng cộng", "near_poor_households")
    assert named(page) == {"Trần Thị Bình", "Lê Văn Cường"}


def test_a_count_without_names_says_so(page, world):
    counts = {world.villages[0]: {"poor": Count(9), "near_poor": Count(0)}}
    opening_counts.save(world.database, world.context, counts, year=YEAR - 1, standard="2022")
    page.open("THON")
    press_number(page, "Tổng cộng", "poor_opening")
    assert page.names.isVisible()
    assert named(page) == set()
    said = [label.text() for label in page.names.findChildren(QLabel) if label.isVisible()]
    assert any("chưa có tên từng hộ" in text for text in said)


def test_the_pressed_number_stays_marked_and_in_sight(page):
    zoom, place = page.view.factor, place_of(page, "Thôn Đoài", "poor_households")
    press_number(page, "Thôn Đoài", "poor_households")
    beside = place_of(page, "Thôn Đoài", "poor_household_rate")
    QTest.mouseMove(page.view.viewport(), page.view.place_of(beside).center().toPoint())
    assert page.view.marked == place
    assert page.view.factor == zoom
    assert page.list.isVisible()
    last = max(page.paper.numbers(), key=lambda cell: cell.right)
    for cell in (place, last):
        spot = page.view.place_of(cell).center().toPoint()
        QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        assert not page.names.geometry().contains(page.view.viewport().mapTo(page, spot))
    page.activateWindow()
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Escape)
    assert not page.names.isVisible()


def test_a_rate_leads_to_the_names_of_its_numerator(page):
    press_number(page, "Thôn Đoài", "poor_household_rate")
    assert named(page) == {"Đinh Thị Đào", "Y Blơ Êban"}


def test_persons_are_named_one_by_one(page, world):
    press_number(page, "Thôn Đoài", "poor_persons")
    assert page.names.list.rows.rowCount() == 9  # 3 + 6 persons
    assert columns_of(page.names.list) == ["name", "birth", "village"]
    assert "Y Blơ Êban" in named(page)
    gone = []
    page.go_requested.connect(lambda key, payload: gone.append((key, payload)))
    row = [page.names.list.rows.text(at, 0) for at in range(9)].index("Y Blơ Êban")
    page.names.list.selectRow(row)
    page.names.findChild(QPushButton, "open_household").click()
    back = ("reports", "BC1")
    assert gone == [("households", {"household": world.homes[4], "back": back})]
    page.list.setFocus()
    page.open(back[1])  # Esc on the page of the household
    assert page.names.isVisible()
    assert page.names.list.hasFocus()
    homes = [
        HouseholdName(UUID(int=at), "Nguyễn Thị Phương Thảo", "Thôn Đông", 4, None)
        for at in range(1, 80)
    ]
    page.names._list(homes, (), {})  # with a scroll bar beside them
    settle()
    assert columns_of(page.names.list) == ["name", "village", "persons"]
    assert not page.names.list.horizontalScrollBar().maximum()


def test_every_count_has_as_many_names_as_it_says(page):
    table = page.paper.doc.tables[0]
    keys = ("poor_households", "near_poor_households", "poor_persons", "near_poor_persons")
    checked = 0
    for row in table.rows:
        for key in keys:
            value = table.cell(table.rows.index(row), key).value
            press_number(page, table.row_name(row), key)
            assert page.names.list.rows.rowCount() * page.names.list.isVisible() == value
            checked += 1
    assert checked == 16


def test_a_population_says_whether_it_is_typed_or_counted(page, world):
    press_number(page, "Thôn Đông", "households")
    assert not page.names.list.isVisible()
    gone = []
    page.go_requested.connect(lambda key, payload: gone.append((key, payload)))
    page.names.findChild(QPushButton, "open_settings").click()
    assert gone == [("settings", "population")]
    note = page.names.findChild(QLabel, "names_note")
    assert note.text() == "Số này nhập tay."
    village = world.villages[0]
    args = (world.database, world.context)
    areas.save_population(*args, YEAR, {village: {"households": None, "persons": None}})
    areas.set_area_fact(*args, village, areas.COMPLETE, "yes", date(YEAR, 1, 1))
    page.mark_stale()
    press_number(page, "Thôn Đông", "households")
    assert note.text() == "Số này đếm từ sổ: đã khai đủ mọi hộ."
    whole = page.paper.doc.tables[0].rows[-1]
    press_number(page, page.paper.doc.tables[0].row_name(whole), "households")
    assert note.text().startswith("Cộng các thôn: ")


def test_numbers_are_reached_and_opened_by_keyboard(page):
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Right)
    QTest.keyClick(page.view, Qt.Key.Key_Right)
    QTest.keyClick(page.view, Qt.Key.Key_Right)
    QTest.keyClick(page.view, Qt.Key.Key_Down)
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert named(page) == {"Đinh Thị Đào", "Y Blơ Êban"}
    QTest.keyClick(page.names.list, Qt.Key.Key_Escape)
    assert not page.names.isVisible()


def test_one_village_and_a_day_make_other_papers(page, world):
    page.options.unit.setCurrentIndex(2)
    assert page.paper.wish.unit == world.villages[1]
    assert next(row.labels[1] for row in page.paper.doc.tables[0].rows) == "Thôn Đoài"
    page.options.unit.setCurrentIndex(0)
    page.show_year(YEAR - 1)
    page.options.as_of.edit.setText("15/03/2025")
    page.options.as_of.edit.editingFinished.emit()
    assert "15/03/2025" in " ".join(page.paper.doc.subtitle)
    total = page.paper.doc.tables[0].rows[-1]
    assert total.cells[2].value == 4  # poor households of the year before


def test_preliminary_counts_computed_classes_only(page):
    page.options.status.choose(False)
    page.options.status.chosen.emit()
    assert page.paper.doc.title[0].startswith("TỔNG HỢP KẾT QUẢ SƠ BỘ")
    assert page.paper.doc.tables[0].rows[-1].cells[2].value in (None, 0)


def test_the_movement_stays_preliminary_and_has_no_day(page):
    page.options.status.choose(False)
    page.options.status.chosen.emit()
    page.open("BC2")
    assert "(KẾT QUẢ SƠ BỘ)" in page.paper.doc.title[0]
    assert not page.options.status.isHidden()
    assert page.options.as_of.isHidden()
    page.options.status.choose(True)
    page.options.status.chosen.emit()
    assert "(KẾT QUẢ CHÍNH THỨC)" in page.paper.doc.title[0]
    assert "chưa khóa sổ" in page.paper.doc.subtitle[0]


def test_open_shows_the_report_asked_for(page):
    page.open("THON")
    assert page.paper.doc.code == "THON"
    assert page.options.status.isHidden()


def test_a_year_without_a_standard_is_one_sentence(page):
    page.show_year(2035)
    assert page.empty.isVisible()
    assert not page.findChild(QPushButton, "export_xlsx").isEnabled()


def test_zoom_and_pages(page):
    page.view.set_zoom(2.0)
    assert page.view.factor == pytest.approx(2.0)
    page.view.set_zoom(FIT_PAGE)
    page.view.grab()
    assert page.view.verticalScrollBar().maximum() == 0
    assert page.findChild(object, "page_count").text() == "Trang 1/1"


# --- files ----------------------------------------------------------------------------------------


def test_excel_carries_the_same_numbers_as_the_paper(page):
    page.findChild(QPushButton, "export_xlsx").click()
    path = page.written.path
    assert path.name == "BC1_2026_XaSonTay.xlsx"
    sheet = openpyxl.load_workbook(path).active
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    total = next(row for row in values if "Tổng cộng" in row)
    assert [value for value in total if isinstance(value, int | float)][:4] == [230, 880, 3, 1.3]
    table = page.paper.doc.tables[0]
    assert table.rows[-1].cells[3].value == Decimal("1.30")


def test_word_carries_the_same_numbers_as_the_paper(page):
    page.findChild(QPushButton, "export_docx").click()
    path = page.written.path
    assert path.name == "BC1_2026_XaSonTay.docx"
    numbers = Document(path).tables[1]
    rows = [[cell.text for cell in row.cells] for row in numbers.rows]
    (total,) = (row for row in rows if "Tổng cộng" in row[:2])  # signatures may follow it
    assert total[2:6] == ["230", "880", "3", "1,30"]


@pytest.mark.parametrize(("percent", "width"), [(150, 788), (125, 788), (100, 656), (100, 1010)])
def test_all_four_outputs_of_a_table_are_in_reach(page, qapp, look, percent, width):
    look.apply(qapp, percent=percent)
    page.setMinimumSize(1, 1)
    page.resize(width, 487)
    settle()
    for name in ("print", "export_pdf", "export_docx", "export_xlsx", "issue"):
        part = page.findChild(QPushButton, name)
        assert part.isVisible()
        assert part.width() >= part.minimumSizeHint().width()
        assert part.mapTo(page, part.rect().topRight()).x() < page.width()


def test_the_pdf_on_disk_is_the_one_on_screen(page):
    page.findChild(QPushButton, "export_pdf").click()
    assert page.written.path.read_bytes() == page.paper.data
    assert page.written.isVisible()


def test_the_same_paper_is_written_once_another_beside_it(page):
    page.export_pdf()
    first = page.written.path
    page.export_pdf()
    assert page.written.path == first
    first.write_bytes(b"changed by hand")
    page.export_pdf()
    assert page.written.path.name == "BC1_2026_XaSonTay (2).pdf"
    assert first.read_bytes() == b"changed by hand"


def test_a_file_open_in_excel_is_offered_another_name(page, said, monkeypatch, tmp_path):
    target = tmp_path / "BC1.xlsx"
    monkeypatch.setattr(files, "ask_save", lambda *args: target)
    real, blocked = make.render, []

    def held(path, data):
        if path == target and not blocked:
            blocked.append(path)
            raise AppError("target_open", name=path.name, proposal="BC1 (2).xlsx")
        path.write_bytes(data)

    monkeypatch.setattr("giamngheo_desktop.gui.preview.exporting.write_bytes", held)
    said.will_answer("other")
    page.exporter.write_elsewhere(page.paper.doc, "xlsx", target)
    assert "đang mở trong chương trình khác" in said.texts[0]
    assert page.written.path == tmp_path / "BC1 (2).xlsx"
    assert page.written.path.read_bytes() == real(page.paper.doc, "xlsx")


def test_a_paper_beside_one_that_is_open_says_so(page):
    page.export_excel()
    first = page.written.path
    first.write_bytes(b"edited by hand")
    first.with_name(f"~${first.name}").touch()  # what Excel does while it has the file open
    page.export_excel()
    assert page.written.path.name == "BC1_2026_XaSonTay (2).xlsx"
    said = page.findChild(QLabel, "written_text").text()
    assert f"{first.name} đang mở hoặc chỉ cho đọc" in said
    assert "(2).xlsx" in said


def test_the_folder_chosen_once_is_kept(page, monkeypatch, tmp_path):
    folder = tmp_path / "chosen"
    folder.mkdir()
    monkeypatch.setattr(files, "ask_save", lambda *args: folder / "x.pdf")
    page.exporter.write_elsewhere(page.paper.doc, "pdf", folder / "x.pdf")
    assert preferences.load().export_folder == str(folder)
    page.export_excel()
    assert page.written.path.parent == folder


def test_a_folder_that_cannot_be_made_is_one_sentence_and_another_is_chosen(
    page, said, monkeypatch, tmp_path
):
    files.documents().mkdir(exist_ok=True)
    (files.documents() / "GiamNgheo").write_bytes(b"a file of that name")
    monkeypatch.setattr(files, "ask_save", lambda parent, title, path, kind: tmp_path / path.name)
    said.will_answer("elsewhere")
    page.export_pdf()
    assert [text.split("/")[0] for text in said.texts] == ["Không có thư mục "]
    assert page.written.path.read_bytes() == page.paper.data
    assert page.written.path.parent == tmp_path


def test_printing_sends_every_page(page, monkeypatch, tmp_path, qtbot):
    target = tmp_path / "printed.pdf"

    def printer(parent, title, file, pages):
        assert file == f"BC1_{YEAR}_XaSonTay.pdf"
        made = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(target))
        return made

    monkeypatch.setattr(reports_page, "ask_printer", printer)
    page.print_paper()
    printed = pypdfium2.PdfDocument(target)
    assert len(printed) == len(page.paper.sizes)
    width, height = printed[0].get_size()
    assert width > height
    assert page.written.isVisible()


def test_the_view_scrolls_by_keys_where_nothing_can_be_pressed(page):
    page.view.show_paper(page.paper.data, page.paper.sizes, ())
    page.view.set_zoom(3.0)
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_End)
    bar = page.view.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0
    QTest.keyClick(page.view, Qt.Key.Key_Home)
    assert bar.value() == 0
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    assert page.names.isHidden()


# --- names and the bar follow the paper -----------------------------------------------------------


def other_day(page, world):
    page.options.as_of.edit.setText("15/03/2026")
    page.options.as_of.edit.editingFinished.emit()


def other_status(page, world):
    page.options.status.choose(False)
    page.options.status.chosen.emit()


def other_data(page, world):
    home = households.get(world.database, world.homes[0], TODAY.date())
    work = partial(households.save, world.database, world.context, day=TODAY.date())
    head = replace(home.members[0], full_name="Nguyễn Văn Khác")
    changed = replace(home, members=(head, *home.members[1:]))
    world.desk.runner.write(page, partial(work, changed), lambda done: None)


CHANGES = {
    "year": lambda page, world: page.show_year(YEAR - 1),
    "unit": lambda page, world: page.options.unit.setCurrentIndex(2),
    "day": other_day,
    "status": other_status,
    "no standard": lambda page, world: page.show_year(2035),
    "report": lambda page, world: page.list.setCurrentRow(page.list.row_of("BC2")),
    "open": lambda page, world: page.open({"code": "BC1", "as_of": date(YEAR, 3, 1)}),
    "data": other_data,
}


@pytest.mark.parametrize("change", CHANGES)
def test_names_of_the_paper_before_do_not_stay(page, world, change):
    press_number(page, "Tổng cộng", "poor_households")
    assert page.names.isVisible()
    CHANGES[change](page, world)
    assert not page.names.isVisible()


def test_names_that_come_after_the_paper_was_changed_are_dropped(page):
    old = page.paper
    behind = look_behind(
        page.desk.database,
        page.desk.definitions,
        old,
        place_of(page, "Tổng cộng", "poor_households"),
    )
    page.show_year(YEAR - 1)
    page._show_names(old, behind)
    assert not page.names.isVisible()


def test_the_bar_of_a_written_file_goes_with_its_paper(page):
    page.export_pdf()
    assert page.written.isVisible()
    page.show_year(YEAR - 1)
    assert not page.written.isVisible()
    page.export_pdf()
    page.list.setCurrentRow(page.list.row_of("BC2"))
    assert not page.written.isVisible()


def test_a_household_that_is_gone_is_named_as_it_stood_when_it_was_listed(page, world):
    """Its members are all dead at the end of the year; the number counts it at the beginning."""
    gone, act = world.homes[5], (world.database, world.context)
    (one,) = households.get(world.database, gone, date(YEAR, 2, 1)).members
    events.death(*act, household=gone, person=one.uid, day=date(YEAR, 3, 1))
    page.list.setCurrentRow(page.list.row_of("BC2"))
    table = page.paper.doc.tables[0]
    named = {}
    for placed in page.paper.numbers():
        source = page.paper.cell(placed).source
        if not source.measure.startswith("movement:") or not page.paper.cell(placed).value:
            continue
        behind = look_behind(world.database, world.desk.definitions, page.paper, placed)
        said = [(one.head, one.persons) for one in behind.households]
        assert all(head and persons for head, persons in said)
        if source.measure.endswith(":persons"):
            assert sum(persons for _, persons in said) == behind.value
        named.setdefault((source.measure, table.row_name(table.rows[placed.row])), said)
    assert ("Phạm Thị Giang", 1) in named["movement:poor:opening:households", "Thôn Thượng"]
