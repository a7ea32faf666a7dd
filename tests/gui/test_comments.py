"""A province comments on figures of a commune; the commune sees them and deals with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel

from giamngheo_desktop.domain.changes import Op
from giamngheo_desktop.gui import files
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.exchange.package_jobs import Given
from giamngheo_desktop.gui.pages.exchange_page import ExchangePage
from giamngheo_desktop.gui.pages.reports_page import ReportsPage
from giamngheo_desktop.reports.placed import PlacedCell
from giamngheo_desktop.services import areas, undo
from giamngheo_desktop.services.exchange import book, comments
from giamngheo_desktop.storage.engine import Database
from tests.gui import hands
from tests.gui.commune import TODAY, YEAR, context
from tests.gui.hands import Key
from tests.gui.province import make_province


@pytest.fixture
def province(world, tmp_path) -> Iterator[Desk]:
    """The desk of a province to which the commune has sent."""
    path, act = tmp_path / "tinh.gndb", context(TODAY, actor="anh Nam", seed=99)
    make_province(path, act, world.commune)
    database = Database(path)
    unit = areas.top_unit(database, TODAY.date())
    yield replace(world.desk, database=database, context=act, commune=unit)
    database.close()


def shown(qtbot, desk, kind=ExchangePage):
    made = kind(desk, YEAR)
    qtbot.addWidget(made)
    made.resize(900, 540)
    made.show()
    hands.turn_to(made)
    return made


def lines(table) -> list[list[str]]:
    rows = table.rows
    return [
        [rows.text(at, column) for column in range(len(rows.columns))]
        for at in range(rows.rowCount())
    ]


def figure(reports: ReportsPage, *, level: int) -> PlacedCell:
    """A number of the total row (0), or of the commune that sent (1)."""
    table = reports.paper.doc.tables[0]
    at = next(
        at
        for at, row in enumerate(table.rows)
        if row.level == level and (not level or table.row_name(row) == "Xã Sơn Tây")
    )
    return next(c for c in reports.paper.numbers() if (c.row, c.column) == (at, 4))


def test_a_pressed_figure_gets_a_comment_that_travels_to_the_commune(
    qtbot, world, province, tmp_path, monkeypatch
):
    path = tmp_path / "gop-y.xlsx"
    monkeypatch.setattr(files, "ask_save", lambda *_: path)
    reports = shown(qtbot, province, ReportsPage)
    reports.open("BC1")
    reports.view.cell_pressed.emit(figure(reports, level=1))
    with qtbot.waitSignal(reports.go_requested) as asked:
        reports.names._comment.click()
    assert asked.args[0] == "exchange"

    page = shown(qtbot, province)
    page.open(asked.args[1])
    section = page.section
    dialog = section.dialog
    assert "Xã Sơn Tây, năm 2026, biểu BC1, Xã Sơn Tây, " in dialog.hint()
    hands.turn_to(dialog)
    hands.write("Kiểm tra lại số hộ")
    dialog.accept_button.click()
    assert not dialog.isVisible()
    ((unit, year, where, text, author),) = lines(section.table)
    assert (unit, year, text, author) == ("Xã Sơn Tây", "2026", "Kiểm tra lại số hộ", "anh Nam")
    assert where.startswith("BC1, Xã Sơn Tây, ")
    assert undo.next_step(province.database).op is Op.COMMENT_FIGURE
    assert not section.export.isEnabled()  # each commune has its own file
    shown_whole = section.table.rowHeight(0) // section.table.fontMetrics().height()
    assert shown_whole > 1  # nothing of it is cut
    assert section.why.isVisible()
    section.commune.setCurrentIndex(1)
    section.commune.activated.emit(1)
    assert not section.why.isVisible()
    section.export.click()
    assert section.written.isVisible()
    (sent, *_) = book.entries(province.database)
    assert (sent.step.op, sent.is_sent) == (Op.SEND_COMMENTS, True)
    assert [file.name for file in sent.files] == [section.written.path.name]
    reports.close()
    page.close()

    here = shown(qtbot, world.desk)
    here.open("upward")
    section = here.section
    section.receive(path)
    assert [line[2:] for line in lines(section.comments)] == [
        ["Kiểm tra lại số hộ", "anh Nam", "Chưa xử lý"]
    ]
    section.comments.setFocus()
    hands.press(Key.Key_Home)
    with qtbot.waitSignal(here.go_requested) as asked:
        hands.press(Key.Key_Return)
    assert asked.args == ["reports", "BC1"]
    section.settle.click()
    assert lines(section.comments)[0][4] == "Đã xử lý"
    step = undo.next_step(world.database)
    assert step.op is Op.SETTLE_COMMENT
    section.settle.click()
    assert lines(section.comments)[0][4] == "Chưa xử lý"
    assert comments.settled(world.database) == frozenset()


def test_a_figure_of_the_whole_province_is_of_no_commune(qtbot, province, said):
    reports = shown(qtbot, province, ReportsPage)
    reports.open("BC1")
    reports.view.cell_pressed.emit(figure(reports, level=0))
    page = shown(qtbot, province)
    page.open(reports.names._behind)
    assert page.section.dialog is None
    assert said.texts == ["Số này không của riêng xã nào: bấm số ở dòng của một xã."]


def test_a_comment_on_a_whole_table_is_typed_in_the_room(qtbot, province, said):
    page = shown(qtbot, province)
    page.open("comments")
    section = page.section
    section._show(Given((), ()))
    assert "nhận gói của xã trước" in section.table.empty.findChild(QLabel, "empty_text").text()
    section.load()
    section.add.click()
    form = section.dialog.form
    form.set_draft({"report": "BC2", "text": "Chưa có số thoát nghèo"})
    section.dialog.accept_button.click()
    assert "Chưa ghi: Xã, phường." in str(form.fields["unit"].problem)
    unit = section.commune.itemData(1)
    form.fields["unit"].set_value(unit.hex)
    section.dialog.accept_button.click()
    assert [line[1:4] for line in lines(section.table)] == [
        ["2026", "BC2", "Chưa có số thoát nghèo"]
    ]
