"""Sửa diễn biến behind a number of BC2: another flow with a reason, and back."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from giamngheo_desktop.gui.pages.reports_page import ReportsPage
from giamngheo_desktop.services import classes, undo
from tests.gui import hands
from tests.gui.commune import YEAR, add_class, add_home, make_world

NEW, AGAIN, CLOSING = (f"movement:poor:{flow}:households" for flow in ("new", "again", "closing"))


@pytest.fixture
def world(tmp_path):
    """The usual commune, and one household more that is new on the list."""
    made = make_world(tmp_path)
    made.homes.append(add_home(made, made.villages[0], "Hồ Văn Mới", 2))
    add_class(made, made.homes[-1], YEAR, "poor")
    yield made
    made.close()


@pytest.fixture
def page(qtbot, world):
    made = ReportsPage(world.desk, YEAR)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    hands.turn_to(made)
    made.open("BC2")
    return made


def numbers(page, measure):
    """The commune's number of a column."""
    table = page.paper.doc.tables[0]
    return next(
        cell.value
        for row in reversed(table.rows)
        for cell in row.cells
        if cell.source is not None and cell.source.measure == measure
    )


def press(page, measure):
    spots = [one for one in page.paper.numbers() if page.paper.cell(one).source.measure == measure]
    page.view.cell_pressed.emit(spots[-1])


def button(page):
    return page.names.findChild(QPushButton, "correct_movement")


def ask(page, measure):
    press(page, measure)
    button(page).click()
    hands.turn_to(page.movement.dialog)
    return page.movement.dialog


def test_a_household_is_counted_in_another_flow_with_a_reason_and_back(world, page):
    assert (numbers(page, NEW), numbers(page, AGAIN)) == (1, 0)
    dialog = ask(page, NEW)
    assert dialog.windowTitle() == "Sửa diễn biến năm 2026: Hồ Văn Mới"
    assert "Đang tính: phát sinh mới." in dialog.findChild(QLabel, "hint").text()
    assert hands.at() == "flow"
    hands.write("1")
    hands.enter()
    hands.enter()  # no reason yet
    hands.enter()
    hands.enter()
    assert "Chưa ghi: Lý do." in dialog.form.fields["reason"].problem
    dialog.form.focus_field("reason")
    hands.fill("Năm 2021 là hộ nghèo theo sổ giấy", "12/BC-UBND")
    assert hands.at() == "record"
    hands.enter()
    assert (numbers(page, NEW), numbers(page, AGAIN)) == (0, 1)
    assert any("sổ giấy" in note for note in page.paper.doc.notes)
    assert not page.names.isVisible()  # of the paper before
    step = undo.next_step(world.database)
    done = undo.undo(world.database, world.context, step.group)
    world.desk.bus.data_changed.emit(done.changes)
    assert (numbers(page, NEW), numbers(page, AGAIN)) == (1, 0)


def test_leaving_what_is_typed_asks(world, page, said):
    dialog = ask(page, NEW)
    dialog.form.focus_field("reason")
    hands.write("Năm 2021")
    said.will_answer("no", "yes")
    hands.press(hands.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.form.record()["reason"] == "Năm 2021"
    hands.press(hands.Key.Key_Escape)
    assert not dialog.isVisible()
    assert (numbers(page, NEW), numbers(page, AGAIN)) == (1, 0)


def test_who_stays_can_only_be_where_he_is(page, said):
    press(page, CLOSING)
    page.names.homes.go_to(next(uid for uid, name, *_ in rows(page) if name == "Nguyễn Văn An"))
    button(page).click()
    assert page.movement.dialog is None
    assert said.texts == ["Hộ này chỉ tính được vào cột đang tính."]


def rows(page):
    model = page.names.homes.rows
    return [model.row(at) for at in range(model.rowCount())]


def test_after_closing_the_table_gets_another_edition_and_the_old_one_is_only_read(world, page):
    args = {"standard": "2022", "definition": "f", "commune": world.commune}
    for year in (YEAR - 1, YEAR):
        classes.close_year(world.database, world.context, year=year, **args)
    page.mark_stale()
    dialog = ask(page, NEW)
    dialog.form.set_draft({"flow": "again", "reason": "Sổ giấy"})
    dialog.record()
    assert numbers(page, AGAIN) == 1
    assert "lần 2" in page.paper.doc.subtitle[0]
    press(page, AGAIN)
    assert not button(page).isHidden()
    page.options.edition.setCurrentIndex(1)
    page.options.edition.activated.emit(1)
    assert numbers(page, AGAIN) == 0
    press(page, NEW)
    assert button(page).isHidden()


@pytest.mark.parametrize("code", ["BC1", "THON"])
def test_other_tables_have_no_movement_to_correct(page, code):
    page.open(code)
    page.view.cell_pressed.emit(page.paper.numbers()[0])
    assert button(page).isHidden()
