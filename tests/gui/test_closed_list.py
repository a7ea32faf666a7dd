"""The household list of a closed year on screen and in Excel."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest
from PySide6.QtWidgets import QLabel, QToolButton

from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.gui.pages.households_page import HouseholdsPage
from giamngheo_desktop.services import classes, events, successions
from giamngheo_desktop.services.successions import NewUnit
from tests.gui.commune import YEAR, add_home, make_world
from tests.harness.tables import insert_class

SAID = f"Năm {YEAR - 1} đã khóa sổ: phân loại, thôn và số khẩu theo kết quả đã khóa."


@pytest.fixture
def world(tmp_path):
    made = make_world(tmp_path)
    standard = standard_for(made.desk.definitions.standards, YEAR - 1)
    classes.close_year(
        made.database,
        made.context,
        year=YEAR - 1,
        standard=standard.code,
        definition=standard.sha256,
        commune=made.commune,
    )
    events.move_out(
        made.database, made.context, household=made.homes[0], day=date(YEAR - 1, 12, 30)
    )
    yield made
    made.close()


@pytest.fixture
def page(qtbot, world):
    made = HouseholdsPage(world.desk, YEAR)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    return made


def heads(page):
    return {row.head for row in page.list.shown_rows()}


def said(page):
    line = page.findChild(QLabel, "closed_year")
    return line.text() if line.isVisible() else ""


def test_the_list_of_a_closed_year_is_frozen_and_says_so(page):
    assert "Nguyễn Văn An" not in heads(page)
    assert said(page) == ""
    page.show_year(YEAR - 1)
    assert said(page) == SAID
    assert len(heads(page)) == 6
    (row,) = (row for row in page.list.shown_rows() if row.head == "Nguyễn Văn An")
    assert (row.village, row.persons, row.state) == ("Thôn Đông", 4, "poor")
    page.list.filters.text_edit.setText("nguyen van an")
    page.list.filters.text_edit.returnPressed.emit()
    assert heads(page) == {"Nguyễn Văn An"}


def test_after_a_merger_typed_later_the_new_village_holds_everybody(world, page):
    day = date(YEAR - 1, 10, 1)
    args = (world.database, world.context)
    new = NewUnit(name="Thôn Đông Đoài")
    successions.record_succession(
        *args, olds=world.villages[:2], news=[new], reason="merged", effective_on=day
    )
    page.show_year(YEAR - 1)
    box = page.list.filters.village
    assert {box.itemText(at) for at in range(box.count())} == {
        "Tất cả các thôn", "Thôn Đông Đoài", "Thôn Thượng",
    }  # fmt: skip
    box.setCurrentIndex(box.findText("Thôn Đông Đoài"))
    rows = page.list.shown_rows()
    assert {row.village for row in rows} == {"Thôn Đông Đoài"}
    states = [row.state for row in rows]
    assert (len(rows), states.count("poor"), states.count("near_poor")) == (5, 3, 2)
    page.list.filters.text_edit.setText("dong doai")
    page.list.filters.text_edit.returnPressed.emit()
    assert len(page.list.shown_rows()) == 5


def test_a_class_of_another_year_is_said_to_be_no_result_of_this_one(world, page):
    uid = add_home(world, world.villages[2], "Hồ Văn Cũ", 2)
    insert_class(world, uid, "not_poor", review_year=YEAR - 2, valid_from=date(YEAR - 2, 12, 31))
    button = page.list.filters.findChild(QToolButton, "class_no_result")
    page.load()
    assert not button.isVisible()
    page.show_year(YEAR - 1)
    assert button.isVisible()
    assert button.text() == f"Không có kết quả năm {YEAR - 1}"
    button.click()
    assert heads(page) == {"Hồ Văn Cũ"}
    model = page.list.table.rows
    column = next(at for at, one in enumerate(model.columns) if one.key == "state")
    assert model.text(0, column) == f"Không có kết quả năm {YEAR - 1}"
    page.show_year(YEAR)  # not closed: nothing to choose any more, and nobody left out
    assert not button.isVisible()
    assert len(heads(page)) == 6


def test_another_day_shows_the_register(page):
    page.show_year(YEAR - 1)
    edit = page.list.filters._day.input()
    edit.setText(f"31/03/{YEAR}")
    edit.editingFinished.emit()
    assert said(page) == ""
    assert "Nguyễn Văn An" not in heads(page)


def test_excel_says_it_too(page, tmp_path, monkeypatch):
    monkeypatch.setattr(
        "giamngheo_desktop.gui.household.list_export.export_folder", lambda: tmp_path
    )
    page.show_year(YEAR - 1)
    page.list.export_requested.emit()
    (path,) = tmp_path.glob("DanhSachHo*.xlsx")
    texts = [cell.value for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row]
    assert SAID in texts
    assert "Nguyễn Văn An" in texts
