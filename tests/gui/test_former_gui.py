"""Gửi – nhận › Nhận sổ xã cũ and Nhật ký: looked at, settled, taken in, told, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from giamngheo_desktop.domain.passphrase import Passphrase
from giamngheo_desktop.exports.office_lock import locked
from giamngheo_desktop.gui.exchange.passphrase_dialog import AskPassphrase
from giamngheo_desktop.gui.pages.exchange_page import ExchangePage
from giamngheo_desktop.services import areas, undo
from giamngheo_desktop.services.successions import NewUnit, record_succession
from tests.gui import hands
from tests.gui.commune import World
from tests.gui.hands import Key
from tests.harness import foreign_lists
from tests.harness.list_imports import YEAR, Town, town
from tests.harness.packages import data_package
from tests.harness.register import (
    FIRST_DAY,
    Register,
    dump,
    empty_database,
    make_register,
)

MERGED = date(2026, 7, 1)


@pytest.fixture
def merged(tmp_path: Path) -> Iterator[Town]:
    """Suối Lành and another commune became Suối Lớn; one village has another name here."""
    with town(tmp_path) as here:
        act = (here.database, here.context)
        first = areas.top_unit(here.database, date(YEAR, 12, 31))
        other = Register(*act, first, {}).second_commune("Suối Cả", "X")
        villages = areas.tree(here.database, MERGED).villages(first)
        (hill,) = [one.uid for one in villages if one.name == "Thôn Đồi Chè"]
        areas.change_area(*act, hill, date(YEAR, 1, 1), name="Thôn Chè")
        new = NewUnit(name="Suối Lớn")
        record_succession(*act, olds=[first, other], news=[new], reason="merged",
                          effective_on=MERGED)  # fmt: skip
        yield here


@pytest.fixture
def page(qtbot, world: World, merged: Town) -> ExchangePage:
    desk = replace(world.desk, database=merged.database, context=merged.context)
    return shown(qtbot, desk)


def shown(qtbot, desk) -> ExchangePage:
    made = ExchangePage(desk, YEAR)
    qtbot.addWidget(made)
    made.resize(820, 470)
    made.show()
    made.open("former")
    hands.turn_to(made)
    return made


def lines(section, about: str) -> list[tuple[str, str, str]]:
    return [line[2:5] for line in section.view.lines if line.about == about]


def test_a_commune_the_file_never_knew_has_a_way_in(qtbot, world, tmp_path):
    with town(tmp_path) as here:
        desk = replace(world.desk, database=here.database, context=here.context)
        page = shown(qtbot, desk)
        section = page.section
        section.add([foreign_lists.write_book("members_27.xls", tmp_path)])
        assert "chưa có việc sáp nhập" in section.view.whole.text()
        hands.press(Key.Key_Return)
        assert hands.at() == "former_unit"
        section.view.unit.setCurrentIndex(1)
        section.view.unit.activated.emit(1)
        assert section.take_button.isEnabled()
        page.hide()


def test_a_register_of_a_commune_the_file_never_knew_is_asked_for_its_merger(page, tmp_path):
    section, path = page.section, tmp_path / "xa-cu.gndb"
    with empty_database(path) as database:
        make_register(database, villages="AB", seed=9).household("Hồ Văn C")
    section.add([path])
    assert not section.merger.isVisible()
    hands.press(Key.Key_Return)
    assert hands.at() == "former_unit"
    section.view.unit.setCurrentIndex(section.view.unit.findText("Suối Lớn"))
    section.view.unit.activated.emit(section.view.unit.currentIndex())
    assert "ghi ngày sáp nhập" in section.view.whole.text()
    assert not section.take_button.isEnabled()
    section.merger.day.edit.setFocus()
    hands.write("01/07/2026")
    hands.press(Key.Key_Return)
    assert hands.at() == "merged_by"
    assert section.take_button.isEnabled()
    hands.write("NQ 01/2026")
    section.merger.day.edit.setText("02/07/2026")
    section.take_button.click()
    assert section.looked is not None  # this day was not looked at: nothing is taken yet
    section.figures_button.click()
    for field in section.figures.fields.values():
        field.edit.setFocus()
        hands.write("7")
        hands.press(Key.Key_Return)
    before = lines(section, "figure")
    assert [line[2] for line in before] == ["differs"] * 5
    section.take_button.click()
    assert section.summary.text().startswith("Đã nhận sổ của Sơn Tây")
    assert lines(section, "figure") == before  # what was typed goes into the report
    assert not section.view.unit.isVisible()  # nothing is to be chosen any more
    assert not section.merger.isVisible()


def test_a_unit_is_chosen_by_enter_or_on_leaving_and_may_always_be_chosen_otherwise(page, tmp_path):
    section, view, long = page.section, page.section.view, "Hương An Thượng Nguồn Khe Nước Lạnh"
    paths = [tmp_path / "1.gndb", tmp_path / "2.gndb"]
    for path, name, villages, seed in zip(paths, (long, "Sơn Kim"), "KL", (5, 6), strict=True):
        with empty_database(path) as database:
            made = make_register(database, villages=villages, seed=seed)
            areas.change_area(database, made.context, made.commune, FIRST_DAY, name=name)
    section.merger.put({"day": "01/07/2026"})
    section.add(paths)

    def choose(text: str, leave: Key) -> None:
        looked = section.looked
        hands.press(Key.Key_Return)
        hands.press(Key.Key_Home)
        while view.unit.currentText() != text:
            before = view.unit.currentIndex()
            hands.press(Key.Key_Down)
            assert view.unit.currentIndex() == before + 1
        assert hands.at() == "former_unit"
        assert section.looked is looked  # keys only show a choice
        hands.press(leave)
        assert section.looked is not looked

    assert view.unit.itemText(1) == "Suối Lớn"  # those of today come first
    choose("Suối Lớn", Key.Key_Return)
    assert hands.at() == "former_lines"
    assert lines(section, "commune")[0][1] == f"{long}, nay là Suối Lớn"
    choose(long, Key.Key_Tab)
    assert hands.at() == "merged_on"
    ((told, _, state),) = lines(section, "file")
    assert told.startswith(f"Tệp 2.gndb và tệp 1.gndb cùng là sổ của {long}")
    assert state == "wrong"
    assert section.summary.text().endswith("chọn lại đơn vị, hoặc bỏ tệp, ở dòng “Không nhận”.")
    view.setFocus()
    choose("Suối Lớn", Key.Key_Return)
    assert section.take_button.isEnabled()
    assert view.table.horizontalScrollBar().maximum() == 0
    heights = {view.table.rowHeight(at) for at in range(len(view.lines))}
    assert len(heights) > 1  # a long name gets a second line
    view.table.go_to(UUID(int=1))
    assert view.unit.isVisible()  # what is known may be another one too
    assert view.unit.width() >= view.unit.sizeHint().width()
    (tmp_path / "b").mkdir()
    other = paths[0].rename(tmp_path / "b" / "2.gndb")
    section.remove_button.click()
    section.add([other])  # two files of one name
    states = [line[2] for line in lines(section, "commune")]
    assert states == ["ok", "open"]  # a pick goes and stays with its file


def test_a_list_is_looked_at_settled_taken_in_and_taken_back(qtbot, page, merged, tmp_path):
    section = page.section
    path = foreign_lists.write_book("members_27.xls", tmp_path)
    assert not section.take_button.isEnabled()
    before = dump(merged.database)
    section.add([path])
    assert dump(merged.database) == before  # only looked at
    assert "0 nhận được" in section.summary.text()
    said = "Muốn nhận thì chọn đơn vị ở dòng “Cần chọn”."
    assert section.summary.text().endswith(said)  # why the button does nothing
    assert section.view.unit.isVisible()  # the cursor is where something is asked
    assert not section.take_button.isEnabled()
    hands.press(Key.Key_Return)
    assert hands.at() == "former_unit"
    section.view.unit.setCurrentIndex(section.view.unit.findText("Thôn Chè"))
    section.view.unit.activated.emit(section.view.unit.currentIndex())
    assert section.summary.text().endswith("1 nhận được.")
    foreign = tmp_path / "la.gndb"
    foreign.write_bytes(b"no database")
    section.add([foreign])
    assert section.summary.text().endswith("Muốn nhận thì bỏ tệp ở dòng “Không nhận”.")
    assert not section.take_button.isEnabled()
    section.remove_button.click()
    section.view.table.go_to(UUID(int=1))
    assert section.view.unit.currentText() == "Thôn Chè"
    assert ("Thôn Đồi Chè", "Thôn Chè", "ok") in lines(section, "village")
    assert lines(section, "brings")[0][1] == "12 hộ, 42 người, 12 kết quả phân loại"

    section.figures_button.click()
    assert section.figures.isVisible()
    said = section.figures.fields["poor_households"]
    said.edit.setFocus()
    hands.write("99")
    assert lines(section, "figure")[0][2] == "differs"
    said.edit.clear()
    hands.write(lines(section, "figure")[0][1])
    assert lines(section, "figure")[0][2] == "agrees"

    section.draft.keep()
    reopened = shown(qtbot, section.desk)  # the program was closed meanwhile
    again = reopened.section
    assert again.looked is not None
    assert again.looked.may_take
    assert again.figures.fields["poor_households"].value() == said.value()
    reopened.hide()
    hands.turn_to(page)
    assert section.take_button.isEnabled()
    section.take_button.click()
    assert "Đã nhận sổ của Suối Lành" in section.summary.text()
    assert section.report_button.isVisible()
    assert hands.at() == "former_report"
    assert section._typed() is None

    page.open("log")
    log = page.section
    assert log.table.rows.rowCount() == 1
    assert [log.table.rows.text(0, at) for at in (1, 2, 3)] == [
        "Nhận sổ của xã cũ", "members_27.xls", "12 hộ, 42 người mới",
    ]  # fmt: skip
    assert "Mã tệp" in log.detail.text()
    log.setFocus()
    hands.press(Key.Key_Return)
    assert log.written.path.is_file()
    with qtbot.waitSignal(page.undo_requested):
        log.undo_button.click()
    step = undo.next_step(merged.database)
    done = undo.undo(merged.database, merged.context, step.group)
    section.desk.bus.data_changed.emit(done.changes)
    assert log.table.rows.text(0, 4) == "Đã hoàn tác"
    assert log.report_button.isEnabled()
    assert not log.undo_button.isEnabled()
    page.open("former")
    assert not section.summary.isVisible()  # it is no longer told that Ctrl+Z takes it back
    assert not section.report_button.isVisible()


def test_what_cannot_be_read_is_told_and_left_out(page, tmp_path):
    section = page.section
    path = tmp_path / "la.gndb"
    path.write_bytes(b"no database")
    section.add([path])
    ((text, _, state),) = lines(section, "file")
    assert (state, text.endswith(".")) == ("wrong", True)
    assert not section.take_button.isEnabled()
    section.remove_button.click()
    assert section.view.lines == []
    assert not section.remove_button.isVisible()


def test_what_was_stopped_is_not_taken_but_looked_at_again(page, tmp_path, monkeypatch):
    section = page.section
    path = tmp_path / "la.gndb"
    path.write_bytes(b"no database")
    begin = section.busy.begin

    def stopped(text: str, **how: bool):
        stop = begin(text, **how)
        stop.set()  # pressed before the work comes to the file
        return stop

    monkeypatch.setattr(section.busy, "begin", stopped)
    section.add([path])
    assert section.looked is None
    assert section.take_button.text() == "&Xem trước"
    monkeypatch.undo()
    section.take_button.click()
    assert section.looked is not None
    assert lines(section, "file")[0][2] == "wrong"
    assert not section.take_button.isEnabled()


def test_a_locked_package_is_asked_for_its_passphrase_until_that_is_declined(
    page, world, merged, tmp_path
):
    section, path = page.section, tmp_path / "goi.xlsx"
    data = data_package(world.database, world.context)[0]
    path.write_bytes(locked(data, Passphrase("mật khẩu của xã")))

    def asked() -> list[AskPassphrase]:
        return [one for one in page.findChildren(AskPassphrase) if one.isVisible()]

    def told() -> str:
        return lines(section, "file")[0][0]

    section.add([path])
    (dialog,) = asked()
    assert "1 tệp có mật khẩu: goi.xlsx." in dialog.said.text()
    dialog.first.setText("mật khẩu khác")
    dialog.act.click()
    (dialog,) = asked()
    assert told().startswith("Mật khẩu không mở được tệp goi.xlsx")
    dialog.reject()
    section.look()
    assert asked() == []
    section.add([])  # chosen once more
    (dialog,) = asked()
    dialog.first.setText("mật khẩu của xã")
    dialog.act.click()
    assert asked() == []
    assert lines(section, "file") == []
    assert section.looked.files[0].units  # whose it is is asked as of any other
    section.draft.keep()
    assert "mật khẩu" not in repr(section._typed()).lower()
