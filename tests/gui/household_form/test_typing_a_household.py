"""A household is typed: grid, keys, problems beside fields, what is saved and what waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.gui.forms.entry import Unparsed
from giamngheo_desktop.gui.household.sheet import INFO, MEMBERS_TAB, REVIEW
from giamngheo_desktop.services import households, undo
from tests.gui import hands
from tests.gui.commune import YEAR
from tests.gui.hands import Key
from tests.gui.household_form.form import (
    TODAY,
    HouseholdsPageRows,
    dossier,
    newest,
    shown,
    stored,
)

FAMILY = (
    # name, sex, birth, relation, status, ethnic group, ID
    ("Đỗ Thị Hoà", "2", "5/3/1987", "", "1", "kinh", "042187000123"),
    ("Lê Văn Thuỷ", "1", "1985", "chong", "1", "", ""),
    ("Lê Thị Út", "2", "3/2012", "con", "4", "", ""),
    ("Lê Quang Nghĩa", "1", "20112019", "con", "4", "", ""),
)


def type_family() -> None:
    for number, line in enumerate(FAMILY):
        for column, text in enumerate(line):
            assert hands.at().startswith(f"members.{number}.")
            if text and not (number and column == 5):
                hands.write(text)
            hands.enter()


def test_a_household_of_four_is_typed_without_a_mouse(qtbot, world, page):
    hands.control(Key.Key_N)
    assert page.shows_household
    assert hands.at() == "list_number"
    hands.fill("12", "D-007", "doai", "Xóm 3", "", "")
    hands.write("1")  # thường trú
    hands.enter()
    assert hands.at() == "class"
    hands.write("1")
    hands.enter()
    hands.write("2")  # not mức sống trung bình
    hands.enter()
    hands.fill("45/QĐ-UBND", "15/12/2025")
    assert hands.at() == "minority"
    hands.alt(Key.Key_2)
    type_family()
    assert hands.at() == "members.4.full_name"
    hands.enter()  # out of the grid: on to what else is asked of the first member
    assert page.view.sheet.members.current_name() == "Đỗ Thị Hoà (1/4)"
    hands.alt(Key.Key_3)
    hands.write("2")  # the walls do not last
    hands.control(Key.Key_S)

    uid = newest(world)
    home = stored(world, uid)
    assert (home.list_number, home.code, home.village) == (12, "D-007", world.villages[1])
    assert (home.address, home.residence, home.house_wall) == ("Xóm 3", "permanent", "not_durable")
    names = [(m.full_name, m.relation, m.is_head, m.ethnicity, m.sex) for m in home.members]
    assert names == [
        ("Đỗ Thị Hoà", "head", True, "01", "female"),
        ("Lê Văn Thuỷ", "husband", False, "01", "male"),
        ("Lê Thị Út", "child", False, "01", "female"),
        ("Lê Quang Nghĩa", "child", False, "01", "male"),
    ]
    assert [m.birth for m in home.members] == [
        PartialDate(1987, 3, 5),
        PartialDate(1985),
        PartialDate(2012, 3),
        PartialDate(2019, 11, 20),
    ]
    assert home.members[0].id_number == "042187000123"
    assert {m.joined_on for m in home.members} == {date(YEAR, 1, 1)}
    record = dossier(world, uid).of_year("2022")
    assert record is not None
    assert (record.household_class, record.source, record.number) == (
        "poor",
        "decision",
        "45/QĐ-UBND",
    )
    assert record.valid_from == date(YEAR, 1, 1)

    other = shown(qtbot, world)
    other.open(uid)
    assert other.view.household() == home
    assert not other.view.is_dirty


def test_one_save_is_one_commit_and_undo_takes_it_back_whole(world, page):
    hands.control(Key.Key_N)
    hands.fill("", "", "dong", "", "", "")
    hands.press(Key.Key_1)
    hands.enter()
    hands.write("2")
    hands.alt(Key.Key_2)
    hands.fill("Hồ Văn Một")
    begun: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        begun.extend([statement] if statement.startswith("BEGIN IMMEDIATE") else [])

    sa.event.listen(world.database.engine, "before_cursor_execute", note)
    hands.control(Key.Key_S)
    assert begun == ["BEGIN IMMEDIATE"]
    uid = newest(world)
    assert len({row.uid for row in page.view.sheet.history.rows()}) == 1
    step = undo.next_step(world.database)
    assert step.subject == "Hồ Văn Một"
    world.desk.runner.write(
        page, lambda: undo.undo(world.database, world.context, step.group), lambda _: None
    )
    assert not page.shows_household  # what was shown is no more
    assert uid not in {row.uid for row in page.list.shown_rows()}


def test_ctrl_enter_saves_and_begins_another_in_the_same_village(world, page):
    hands.control(Key.Key_N)
    hands.fill("1", "", "thuong")
    hands.alt(Key.Key_2)
    hands.fill("Người Thứ Nhất")
    hands.control(Key.Key_Return)
    assert page.shows_household
    assert page.view.is_new
    assert hands.at() == "list_number"
    assert page.view.sheet.info.fields["village"].value() == world.villages[2]
    assert page.view.typed().rows == []
    assert stored(world, newest(world)).head.full_name == "Người Thứ Nhất"
    hands.press(Key.Key_Escape)
    assert not page.shows_household
    assert not page.list.drafts.isVisible()  # nothing was typed: nothing to offer


def test_without_a_village_nothing_is_lost_and_the_field_says_why(world, page):
    hands.control(Key.Key_N)
    hands.fill("3")
    hands.control(Key.Key_S)
    assert hands.at() == "village"
    problem = page.view.sheet.info.findChild(QLabel, "problem_village")
    assert "chọn thôn" in problem.text()
    assert len(HouseholdsPageRows(world)) == len(world.homes)
    hands.press(Key.Key_Escape)
    assert page.list.drafts.isVisible()


def test_editing_changes_only_what_was_typed(world, page):
    uid = world.homes[0]
    before = stored(world, uid)
    page.open(uid)
    page.view.sheet.go_to(uid, "note")
    hands.fill("Nhà xa đường")
    hands.control(Key.Key_S)
    assert stored(world, uid) == replace(before, note="Nhà xa đường")
    assert not page.view.is_dirty


def test_text_that_cannot_be_read_waits_while_the_rest_is_saved(world, page):
    uid = world.homes[0]
    page.open(uid)
    said: list[str] = []
    page.notice_requested.connect(lambda text, _: said.append(text))
    page.view.sheet.go_to(uid, "surveyed_on")
    hands.write("31/02/2026")
    page.view.sheet.go_to(uid, "house_area")
    hands.write("32,5")
    hands.control(Key.Key_S)
    home = stored(world, uid)
    assert (home.house_area, home.surveyed_on) == (325, None)
    edit = page.view.sheet.review.bottom.fields["surveyed_on"]
    assert edit.input().text() == "31/02/2026"
    assert edit.problem == "Tháng ấy không có ngày này: kiểm tra lại ngày."
    assert page.view.is_dirty
    assert "chưa hiểu được" in said[-1]


def test_relation_and_head_say_the_same(world, page):
    uid = world.homes[1]
    page.open(uid)
    members = page.view.sheet.members
    page.view.sheet.start(MEMBERS_TAB)
    first, second = members.members()
    members.focus_field(second["uid"], "is_head")
    hands.write("1")
    row = members.grid.row_of(second["uid"])
    assert row.cells["relation"].value() == "head"
    members.focus_field(first["uid"], "relation")
    hands.focus().selectAll()
    hands.fill("me")
    assert [member["is_head"] for member in members.members()] == [False, True]
    hands.control(Key.Key_S)
    home = stored(world, uid)
    assert [(m.full_name, m.relation) for m in home.members] == [
        ("Người 2", "head"),
        ("Trần Thị Bình", "mother"),
    ]


def test_a_line_typed_by_mistake_is_taken_out_and_a_note_warns(world, page):
    uid = world.homes[0]
    page.open(uid)
    page.view.sheet.start(MEMBERS_TAB)
    hands.press(Key.Key_Down, Key.Key_Down, Key.Key_Down)
    # a list opens first in a closed choice; in a name the arrow moves down
    hands.press(Key.Key_Minus, modifier=Qt.KeyboardModifier.ControlModifier)
    note = page.view.sheet.members.findChild(QLabel, "removed_note")
    assert note.isVisible()
    hands.control(Key.Key_S)
    assert stored(world, uid).size == 3
    assert not note.isVisible()


def test_details_follow_the_member_and_the_conditions_of_the_grid(world, page):
    uid = world.homes[0]
    page.open(uid)
    tab = page.view.sheet.members
    page.view.sheet.start(MEMBERS_TAB)
    head, second = tab.members()[:2]
    assert "pregnant_or_nursing" not in tab.detail.visible_codes()
    tab.focus_field(head["uid"], "sex")
    hands.focus().selectAll()
    hands.fill("2")
    assert "pregnant_or_nursing" in tab.detail.visible_codes()
    tab.focus_field(head["uid"], "pregnant_or_nursing")
    hands.write("1")
    tab.focus_field(second["uid"], "phone")
    hands.fill("0912345678")
    tab.focus_field(head["uid"], "phone")
    assert tab.detail.fields["phone"].value() is None
    hands.control(Key.Key_S)
    members = stored(world, uid).members
    assert (members[0].sex, members[0].pregnant_or_nursing) == ("female", "pregnant")
    assert (members[1].phone, members[1].pregnant_or_nursing) == ("0912345678", None)


def test_problems_stand_beside_the_field_and_are_counted_above(world, page):
    uid = world.homes[0]
    page.open(uid)
    page.view.sheet.start(MEMBERS_TAB)
    second = page.view.sheet.members.members()[1]
    page.view.sheet.members.focus_field(second["uid"], "relation")
    hands.focus().selectAll()
    hands.fill("vo")  # a man as wife
    row = page.view.sheet.members.grid.row_of(second["uid"])
    assert "giới tính" in row.cells["relation"].problem
    assert "lỗi" in page.view.header.findings.text()
    hands.control(Key.Key_S)  # no check blocks saving
    assert stored(world, uid).members[1].relation == "wife"
    page.view.sheet.start(INFO)
    number = next(at for at, f in enumerate(page.view.watcher.findings) if f.field == "relation")
    page.view.header.finding_chosen.emit(number)
    assert hands.at() == "members.1.relation"


def test_a_problem_below_the_grid_names_its_field_once(world, page):
    page.open(world.homes[0])
    second = page.view.sheet.members.members()[1]
    page.view.sheet.set_problems(
        [
            (second["uid"], "ethnicity", "Người 2: Chưa ghi Dân tộc: ghi vào.", False),
            (second["uid"], "birth", "Người 2: tuổi không khớp.", False),
        ]
    )
    row = page.view.sheet.members.grid.row_of(second["uid"])
    assert row._problem.text().splitlines() == [
        "Ngày sinh: Người 2: tuổi không khớp.",
        "Người 2: Chưa ghi Dân tộc: ghi vào.",
    ]


def test_long_names_are_shown_whole_somewhere(world, page):
    name = "Nguyễn Hoàng Bảo Ngọc Phương Thảo Trường Giang Thượng Uyên Nghiêm Khuê Ưởng"
    uid = world.homes[0]
    base = stored(world, uid)
    head = replace(base.members[0], full_name=name, given_name="")
    draft = replace(base, members=(head, *base.members[1:]))
    households.save(world.database, world.context, draft, day=TODAY, base=base)
    page.resize(860, 500)
    page.open(uid)
    header = page.view.header
    assert header.title.toolTip() == name
    assert header.title.text().endswith("…")
    right = header.save.geometry().right()
    assert right <= header.width()
    assert header.save.width() >= header.save.sizeHint().width()
    assert page.view.sheet.members.grid.members()[0]["full_name"] == name


def tab_through(first: str, last: str, limit: int = 400) -> list[str]:
    names = [hands.at()]
    assert names == [first]
    while names[-1] != last:
        hands.press(Key.Key_Tab)
        names.append(hands.at())
        assert len(names) < limit, names
    return names


def test_tab_follows_the_paper_on_every_page_of_the_form(world, page):
    uid = world.homes[1]  # two members
    page.open(uid)
    definitions = world.desk.definitions
    info = [f.code for s in definitions.household.sections if s.page == "info" for f in s.fields]
    page.view.sheet.start(INFO)
    order = tab_through("list_number", "land_recovered")
    assert [name for name in order if name in info] == info
    grid = [field.code for field in definitions.member if field.grid]
    page.view.sheet.start(MEMBERS_TAB)
    hands.enter(7 * 2)  # past the last cell: a third line
    assert hands.at() == "members.2.full_name"
    page.view.sheet.start(MEMBERS_TAB)
    order = tab_through("members.0.full_name", "id_kind")
    cells = [f"members.{row}.{code}" for row in range(3) for code in grid]
    assert [name for name in order if name in cells] == cells
    page.view.sheet.start(REVIEW)
    order = tab_through("quick_screen", "certificate_number")
    marks = ["income", "answer_2022.employment", "answer_2022.information_assets", "causes"]
    assert [name for name in order if name in marks] == marks


def test_who_surveyed_before_is_offered_again(world, page):
    page.open(world.homes[0])
    page.view.sheet.go_to(world.homes[0], "surveyor")
    hands.write("Trần Đình Khoát")
    hands.control(Key.Key_S)
    page.open(world.homes[1])
    page.view.sheet.go_to(world.homes[1], "surveyor")
    hands.write("kho")
    edit = hands.focus()
    edit._timer.timeout.emit()
    assert edit.list_is_open
    assert edit.text() == "kho"  # offered, never filled in
    hands.press(Key.Key_Down, Key.Key_Return)
    assert edit.text() == "Trần Đình Khoát"


def test_save_and_next_stops_at_the_field_that_is_not_understood(world, page):
    view = page.view
    page.open(world.homes[0])
    view.sheet.info.set_draft({"phone": "0912345678"})
    code = "surveyed_on"
    view.sheet.review.bottom.set_draft({code: Unparsed("32/13", "not_a_date")})
    view.save_and_next()
    assert view.uid == world.homes[0]
    assert view.sheet.currentIndex() == 3
    assert QApplication.focusWidget().objectName() == code


def test_the_grid_of_members_fits_the_smallest_window(world, page):
    page.resize(864, 490)
    page.open(world.homes[0])
    page.view.sheet.start(MEMBERS_TAB)
    QApplication.processEvents()
    grid = page.view.sheet.members.grid
    assert grid._inner.minimumSizeHint().width() <= grid._area.viewport().width()
    for row in grid.rows:
        birth, relation = row.cells["birth"].input(), row.cells["relation"].input()
        for edit, text in ((birth, "25/12/1988"), (relation, "Chủ hộ")):
            wanted = edit.fontMetrics().horizontalAdvance(text)
            margins = edit.textMargins()
            assert edit.width() - margins.left() - margins.right() >= wanted + 16


def test_saving_says_so_in_whole_sentences(world, page):
    heard = []
    page.view.notice.connect(lambda text, _: heard.append(text))
    page.view.start_new(YEAR, world.villages[0])
    page.view.sheet.info.set_draft({"address": "Xóm 3", "list_number": Unparsed("x", "not_number")})
    page.view.save()
    assert heard == [
        "Đã lưu hộ, chưa ghi tên chủ hộ. Còn ô chưa hiểu được (viền đỏ): sửa rồi lưu lại."
    ]
