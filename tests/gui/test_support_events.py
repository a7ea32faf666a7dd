"""Đợt hỗ trợ: a hand-out to many in three steps, by keys, kept, written once, taken back once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import groupby

import pytest
from PySide6.QtGui import QGuiApplication

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.gui.pages.support_page import SupportPage
from giamngheo_desktop.gui.preview import exporting
from giamngheo_desktop.gui.supports.event_view import AMOUNTS, FORM, LIST, WHO
from giamngheo_desktop.services import classes, households, undo
from giamngheo_desktop.services.programme import entries, supports
from tests.gui import hands
from tests.gui.commune import YEAR
from tests.gui.hands import Key

DAY = date(YEAR, 6, 1)


@pytest.fixture
def section(qtbot, world):
    page = SupportPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.resize(1220, 640)
    page.show()
    hands.turn_to(page)
    page.open("support_events")
    page.section.around = page  # else nobody keeps it
    return page.section


def put(view, *, policy="poor_fund_gift", shares=({"source": "poor_fund", "amount": 500_000},),
        **common):  # fmt: skip
    """The first step, as if typed."""
    view.form.own.set_draft({"policy": policy, "name": "Quà Tết", "supported_on": DAY})
    view.form.own.changed.emit("policy")
    view.form.common.set_draft({"shares": shares, **common})
    view.form.changed.emit()


def begin(section, **said):
    """A new event for all six households, at its grid."""
    section.open_event(None)
    view = section.view
    put(view, **said)
    view.go_to(WHO)
    view.pick.all_button.click()
    view.go_to(AMOUNTS)
    return view


def stored(section, kind):
    form = section.desk.definitions.records[kind]
    return list(entries.entries(section.desk.database, form).values())


def take_back(section):
    """As Ctrl+Z does."""
    desk = section.desk
    newest = undo.next_step(desk.database)
    desk.bus.data_changed.emit(undo.undo(desk.database, desk.context, newest.group).changes)


def column(view, key):
    return [row[key] for row in view.amounts.grid.cells.texts()]


def test_a_gift_is_typed_by_keys_written_at_once_and_taken_back_at_once(section):
    view = section.view
    section.search.setFocus()
    hands.alt(Key.Key_T)
    hands.until(lambda: hands.at() == "policy")
    hands.fill("Quỹ “Vì người nghèo”, tặng quà", "Quà Tết", "1/6/2026")
    names = []
    while hands.at() != "step_next":
        if hands.at() == "shares.0.source":
            hands.fill("Quỹ “Vì người nghèo”", "500k")
        names.append(hands.at())
        assert section.isAncestorOf(hands.focus())
        hands.enter()
    asked = [*view.form.own.visible_codes()[3:], *view.form.common.visible_codes()]
    asked += view.form.added.form.visible_codes()
    visited = [name for name, _ in groupby(name.split(".")[0] for name in names)]
    assert [name for name in visited if name in asked] == asked
    hands.enter()
    assert view.step == WHO
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Space)
    assert "Đã chọn 2 hộ" in view.pick.filters.count.text()
    hands.enter(2)
    assert view.step == AMOUNTS
    assert column(view, "poor_fund") == ["500.000"] * 2
    hands.press(Key.Key_Down)
    hands.write("700k")
    hands.enter()
    assert hands.at() == "write_event"
    hands.enter()
    assert section.table.rows.rowCount() == 1
    assert section.table.rows.text(0, 5) == "1.200.000"
    assert len(stored(section, Kind.SUPPORT)) == 2
    assert not section.again_button.isVisible()
    take_back(section)
    assert stored(section, Kind.SUPPORT) == stored(section, Kind.SUPPORT_EVENT) == []
    assert "hoàn tác" in section.again.text()
    assert view.waits(YEAR)  # on disk, whatever comes
    section.again_button.click()
    assert view.step == AMOUNTS
    assert column(view, "poor_fund") == ["500.000", "700.000"]
    assert not section.again_button.isVisible()
    view.write.click()
    assert section.table.rows.text(0, 5) == "1.200.000"
    assert not view.waits(YEAR)


def test_ctrl_n_begins_an_event_and_leaves_an_open_one_alone(section):
    section.search.setFocus()
    hands.control(Key.Key_N)
    hands.until(lambda: hands.at() == "policy")
    view = section.view
    put(view)
    view.go_to(WHO)
    hands.control(Key.Key_N)
    assert (section.stack.currentWidget(), view.step) == (view, WHO)


def test_a_half_typed_event_is_led_to(section):
    section.open_event(None)
    put(section.view)
    section.view.leave()
    section.around.open("visits")
    section.around.open({"section": "support_events", "draft": "moi"})
    assert section.stack.currentWidget() is section.view
    assert section.view.form.own.draft()["name"] == "Quà Tết"


def test_tab_goes_through_the_first_step_in_its_order_and_the_values_between(section):
    section.open_event(None)
    view = section.view
    put(view, policy="housing")
    view.form.start()
    names = [hands.at()]
    while names[-1] != "step_next" and len(names) < 90:
        hands.press(Key.Key_Tab)
        assert section.isAncestorOf(hands.focus())
        names.append(hands.at())
    asked = [*view.form.own.visible_codes(), "event_values", "take_value"]
    asked += [*view.form.common.visible_codes(), *view.form.added.form.visible_codes()]
    visited = [name for name, _ in groupby(name.split(".")[0] for name in names)]
    assert [name for name in visited if name in asked] == asked


def test_the_grid_takes_a_column_fills_down_and_adds_up(section):
    view = begin(section, item="Gạo", quantity=1000, unit="kg")
    grid = view.amounts.grid
    QGuiApplication.clipboard().setText("100\n200\n300\n")
    grid.go_to(0, "poor_fund")
    grid.paste()
    assert column(view, "poor_fund") == ["100", "200", "300", *["500.000"] * 3]
    names = column(view, "name")
    told = view.amounts.note.text
    assert told == f"Điền 3 dòng theo thứ tự, từ {names[0]} đến {names[2]}."
    grid.go_to(3, "poor_fund")
    hands.write("7,5tr")
    hands.enter()
    grid.go_to(3, "poor_fund")
    hands.control(Key.Key_D)
    assert column(view, "poor_fund")[3:] == ["7.500.000"] * 3
    grid.go_to(4, "quantity")
    hands.press(Key.Key_Delete)
    view.amounts._count()
    keys = [one.key for one in grid.cells.columns]
    assert view.amounts.sums.text(keys.index("poor_fund")) == "22.500.600"
    assert view.amounts.sums.text(keys.index("quantity")) == "50"
    grid.go_to(0, "poor_fund")
    hands.write("mười")
    hands.enter()
    view.write.click()
    assert view.refusal.isVisible()
    assert stored(section, Kind.SUPPORT) == []


def test_names_with_amounts_find_their_lines_in_the_order_of_the_choice(section):
    view = begin(section)
    view.go_to(WHO)
    view.pick.table.sort_requested.emit("head", True)
    chosen = [view.pick.table.rows.text(row, 1) for row in range(6)]
    view.go_to(AMOUNTS)
    names = column(view, "name")
    assert names == chosen
    QGuiApplication.clipboard().setText(f"{names[4]}\t700.000\n{names[1]}\t9k\nKhông Có\t5000\n")
    view.amounts.grid.start()
    view.amounts.grid.paste()
    whole = "500.000"
    pasted = [whole, "9.000", whole, whole, "700.000", whole]
    assert column(view, "poor_fund") == pasted
    told = view.amounts.note.text
    assert told.startswith("Điền theo tên 2 dòng: xem lại trước khi ghi. Không có trong bảng: Khô")
    assert "4 dòng của bảng không có trong khối dán, giữ nguyên" in told
    QGuiApplication.clipboard().setText(f"{names[0]}\t700.000\t9.000\n")
    view.amounts.grid.paste()
    assert view.amounts.note.text.startswith("Chưa điền gì: khối dán có 2 cột tiền, bảng có 1 ")
    assert column(view, "poor_fund") == pasted
    view.amounts._paste([[names[0], "1000"]])
    view.amounts.note.taken_back.emit()
    assert column(view, "poor_fund") == pasted


def test_choosing_shows_eight_rows_in_the_smallest_window(section):
    section.around.resize(864, 496)  # what 1366×768 at 125 % leaves beside the rail
    view = begin(section)
    view.go_to(WHO)
    table = view.pick.table
    line = table.verticalHeader().defaultSectionSize()
    hands.until(lambda: table.viewport().height() >= 8 * line)
    middles = [
        part.mapTo(view, part.rect().center()).y() for part in (view.back, view.steps.buttons[0])
    ]
    assert abs(middles[0] - middles[1]) <= 1
    view.pick.more.click()
    assert view.pick.need.isVisible()
    view.pick.need.setCurrentIndex(1)
    view.pick.more.click()
    assert view.pick.more.text() == "Lọc thêm (1)"
    assert "đang lọc" in view.pick.table.empty._text.text()
    view.pick.need.setCurrentIndex(0)
    view.pick.filters.set_day(date(YEAR - 5, 1, 1))
    view.pick.read()
    assert "Sổ chưa có hộ nào vào ngày hỗ trợ" in view.pick.table.empty._text.text()


def test_who_is_not_entitled_is_told_in_words_and_stops_nobody(section):
    view = begin(section, policy="housing")
    told = [text for text in column(view, "doubts") if text]
    assert len(told) == 1  # the household above the line
    assert "không dành cho diện này" in told[0]
    view.amounts.next_button.click()
    assert view.amounts.about.text() == told[0]
    view.write.click()
    assert len(stored(section, Kind.SUPPORT)) == 6
    section.open_event(None)
    put(view)
    view.form.own.set_draft({"policy": "housing"})
    view.form.own.changed.emit("policy")
    view.go_to(WHO)
    view.pick.all_button.click()
    view.go_to(AMOUNTS)
    assert sum("Trùng" in text for text in column(view, "doubts")) == 6


def test_what_is_typed_in_any_step_waits_for_the_next_time(section, qtbot, world):
    view = begin(section)
    view.amounts.grid.go_to(2, "poor_fund")
    hands.write("9999")
    hands.enter()
    view.leave()
    assert "đang ghi dở" in section.sums.text()
    again = SupportPage(world.desk, YEAR)
    qtbot.addWidget(again)
    again.show()
    again.open("support_events")
    again.section.open_event(None)
    assert again.section.view.step == AMOUNTS
    assert column(again.section.view, "poor_fund")[2] == "9.999"
    again.section.view.go_to(FORM)
    assert again.section.view.form.own.draft()["name"] == "Quà Tết"
    assert len(again.section.view.pick.picked) == 6


def test_a_value_of_the_policy_is_offered_with_its_basis_and_taken_by_hand_alone(section):
    section.open_event(None)
    view = section.view
    put(view, policy="housing", shares=None)
    values = view.form.values
    assert values.isVisible()
    assert values.rows.text(0, 3)  # its basis
    assert view.form.common.draft()["value_key"] is None
    values.setCurrentIndex(values.rows.index(0, 0))
    values.setFocus()
    hands.enter()
    said = view.form.common.draft()
    assert said["value_used"] == values.rows.text(0, 1).split()[0]
    assert hands.at().startswith("shares")
    view.next.click()
    assert view.step == FORM  # an amount, but nobody's
    assert "Chọn nguồn vốn" in view.form.common.fields["shares"].problem


def test_households_and_persons_are_found_by_what_they_are_and_got(section, world):
    form = world.desk.definitions.records[Kind.NEED]
    said = {"household": world.homes[0], "code": "housing", "valid_from": date(YEAR, 1, 1)}
    world.desk.runner.write(
        section, lambda: entries.save(world.database, world.context, form, said), lambda _: None
    )
    view = begin(section)
    view.pick.none_button.click()
    view.go_to(WHO)
    pick = view.pick
    pick.need.setCurrentIndex(pick.need.findData("housing"))
    assert pick.table.rows.rowCount() == 1
    pick.need.setCurrentIndex(0)
    pick.more.click()
    pick.per.setFocus()
    hands.press(Key.Key_2)
    assert pick.table.rows.rowCount() == 21
    pick.filters.text_edit.setText("blơ")
    pick.read()
    assert pick.table.rows.rowCount() == 6  # by their head
    pick.all_button.click()
    view.next.click()
    assert "Người 2 (Y Blơ Êban)" in column(view, "name")
    view.write.click()
    rows = stored(section, Kind.SUPPORT)
    assert len(rows) == len({row["person"] for row in rows} - {None}) == 6
    section.open_event(None)
    put(view)
    view.go_to(WHO)
    pick.years.setCurrentIndex(1)
    assert pick.table.rows.rowCount() == 5


def test_amounts_are_changed_in_the_same_grid_and_papers_are_shown(section):
    view = begin(section)
    view.write.click()
    section.open_button.click()
    view.go_to(AMOUNTS)
    view.amounts.more.setCurrentIndex(view.amounts.more.findData("donors"))
    view.amounts.more.activated.emit(0)
    view.amounts.grid.go_to(1, "donors")
    hands.write("1000")
    hands.enter()
    view.go_to(FORM)
    view.form.own.fields["name"].type_text("Quà xuân")
    view.form.own.fields["name"].changed.emit()
    view.go_to(AMOUNTS)
    assert column(view, "donors")[1] == "1.000"
    view.write.click()
    assert view.step == FORM  # what is typed there is not lost
    view.write.click()
    assert section.table.isVisible()
    (event,) = stored(section, Kind.SUPPORT_EVENT)
    found = supports.of_year(
        section.desk.database, section.desk.definitions, supports.Asked(year=YEAR)
    )
    assert event["name"] == "Quà xuân"
    assert sorted(row.shares.get("donors", 0) for row in found) == [0] * 5 + [1000]
    assert sum(row.shares["poor_fund"] for row in found) == 3_000_000
    section.open_event(section.table.current_uid())
    view.go_to(AMOUNTS)
    take_back(section)  # of the name
    take_back(section)  # what is shown follows
    assert view.step == AMOUNTS
    assert not view.amounts.sources[1:]
    view.leave()
    assert section.table.rows.text(0, 5) == "3.000.000"
    for button in (section.sign_button, section.post_button):
        button.click()
        assert section.paper.sheet.bundle is not None
        assert section.paper.sheet.issue_button.isEnabled()
        hands.press(Key.Key_Escape)
        assert section.table.isVisible()


def test_a_list_is_looked_at_row_by_row_and_written_as_the_event(
    section, tmp_path, monkeypatch, said
):
    monkeypatch.setattr(exporting, "export_folder", lambda: tmp_path)
    section.open_event(None)
    view = section.view
    put(view, shares=({"source": "poor_fund", "amount": None},))
    gift = view.form.added.form.fields["occasion"]
    gift.type_text("Tết")
    gift.changed.emit()
    view.go_to(LIST)
    view.list.template.click()
    (template,) = tmp_path.glob("*.xlsx")
    assert view.list.written.path == template
    book = tmp_path / "quà.csv"
    book.write_text(
        "Họ và tên,Thôn,Số tiền\nNguyễn Văn An,Thôn Đông,500000\n"
        "Trần Thị Bình,Thôn Đông,1\nKhông Có Ai,Thôn Đông,5\n",
        "utf-8",
    )
    view.list.read_file(book)
    told = [view.list.table.rows.text(row, 6) for row in range(3)]
    assert "Không có ai như vậy" in told[2]
    while any(row.candidates and row.receiver is None for row in view.list.plan.rows):
        at = next(n for n, r in enumerate(view.list.plan.rows) if r.candidates and not r.receiver)
        view.list.table.setCurrentIndex(view.list.table.rows.index(at, 2))
        view.list.who.setCurrentIndex(1)
        view.list.who.activated.emit(1)
    view.list.table.setFocus()
    view.list.table.selectAll()
    hands.press(Key.Key_Space)  # the odd amount is taken as it stands
    view.leave()
    section.open_event(None)
    assert view.step == LIST  # with the file and the answers
    assert view.write.isEnabled()
    said.will_answer("no", "yes")
    view.write.click()
    assert said.texts == ["Ghi 2 dòng, 500.001 đồng, để lại 1 dòng, 5 đồng?"]
    assert stored(section, Kind.SUPPORT) == []
    view.write.click()
    assert section.table.rows.text(0, 5) == "500.001"
    kept = section.desk.definitions.records[Kind.SUPPORT]
    rows = entries.entries(section.desk.database, kept).values()
    assert {row["occasion"] for row in rows} == {"Tết"}
    take_back(section)
    assert section.table.rows.rowCount() == 0


def test_rows_that_can_mean_one_person_alone_are_taken_by_one_button(section, tmp_path, world):
    for home, day in zip(world.homes[:2], (25, 26), strict=True):
        known = households.get(world.database, home, DAY)
        born = [replace(one, birth=PartialDate(1970, 3, day)) for one in known.members]
        after = replace(known, members=tuple(born))
        households.save(world.database, world.context, after, day=DAY)
    section.load()
    section.open_event(None)
    view = section.view
    put(view, shares=({"source": "poor_fund", "amount": None},))
    view.go_to(LIST)
    book = tmp_path / "quà.csv"
    book.write_text(
        "Họ và tên,Ngày sinh,Thôn,Số tiền\nNguyễn Văn An,25/03/1970,Thôn Đông,500000\n"
        "Trần Thị Bình,26/03/1970,Thôn Đông,600000\n",
        "utf-8",
    )
    view.list.read_file(book)
    assert not view.list.table.isColumnHidden(3)
    assert [view.list.table.rows.text(row, 3) for row in (0, 1)] == ["Thôn Đông"] * 2
    assert view.list.sure.text() == "Nhận 2 dòng &khớp đủ"
    assert not view.write.isEnabled()
    view.list.sure.click()
    assert not view.list.sure.isVisible()
    view.write.click()  # nothing waits, nobody is asked
    assert section.table.rows.text(0, 5) == "1.100.000"


def test_a_day_of_a_closed_year_is_told_and_may_be_written(section, qtbot, world):
    classes.close_year(
        world.database,
        world.context,
        year=YEAR - 1,
        standard=world.desk.standard(YEAR - 1).code,
        definition="0" * 64,
        commune=world.commune,
    )
    section.load()
    view = begin(section)
    view.go_to(FORM)
    assert not view.form.closed.isVisible()
    view.form.own.set_draft({"supported_on": date(YEAR - 1, 6, 1)})
    view.form.own.changed.emit("supported_on")
    told = f"Năm {YEAR - 1} đã khóa sổ ngày"
    assert told in view.form.closed.text()
    assert view.form.closed.isVisible()
    view.go_to(AMOUNTS)
    view.write.click()
    assert {row["supported_on"].year for row in stored(section, Kind.SUPPORT)} == {YEAR - 1}
    alone = SupportPage(world.desk, YEAR)
    qtbot.addWidget(alone)
    alone.show()
    alone.open("supports")
    alone.section.form.set_draft({"supported_on": date(YEAR - 1, 2, 1)})
    alone.section.form.changed.emit("supported_on")
    assert told in alone.section.warning.text()
