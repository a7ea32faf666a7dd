"""Cài đặt: every section writes what is on screen, by day, and each write can be taken back."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QPushButton

from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.gui import files, preferences
from giamngheo_desktop.gui.pages.settings_page import SettingsPage
from giamngheo_desktop.gui.review.reason_dialog import ReasonDialog
from giamngheo_desktop.gui.settings.succession_dialog import SuccessionDialog
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.reports import make
from giamngheo_desktop.services import areas, backups, classes, settings, successions, undo
from giamngheo_desktop.services.areas import COMPLETE
from giamngheo_desktop.services.successions import NewUnit
from giamngheo_desktop.services.years import working_years
from giamngheo_desktop.storage.engine import Database
from tests.gui import hands
from tests.gui.commune import YEAR


@pytest.fixture
def page(qtbot, world):
    made = SettingsPage(world.desk, YEAR)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    return made


def section(page, code):
    page.open(code)
    return page.section


def click(widget, name):
    widget.findChild(QPushButton, name).click()


def take_back(world):
    step = undo.next_step(world.database)
    done = undo.undo(world.database, world.context, step.group)
    world.desk.bus.data_changed.emit(done.changes)


def paste(grid, text):
    QGuiApplication.clipboard().setText(text)
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def choose_unit(part, uid):
    part.list.go_to(uid)


# --- units ----------------------------------------------------------------------------------------


def test_a_village_gets_another_name_from_a_day_on(world, page):
    part = section(page, "units")
    village = world.villages[0]
    choose_unit(part, village)
    part.panel.form.fields["name"].type_text("Thôn Đông Hải")
    part.panel.form.changed.emit("name")
    part.panel.since.set_value(date(YEAR, 7, 1))
    click(part.panel, "save")
    assert areas.tree(world.database, date(YEAR, 6, 30))[village].name == "Thôn Đông"
    assert areas.tree(world.database, date(YEAR, 7, 1))[village].name == "Thôn Đông Hải"
    take_back(world)
    assert areas.tree(world.database, date(YEAR, 7, 1))[village].name == "Thôn Đông"


def test_attributes_and_complete_registers_are_ticked_by_day(world, page):
    part = section(page, "units")
    village = world.villages[1]
    choose_unit(part, village)
    part.panel.findChild(QCheckBox, COMPLETE).setChecked(True)
    part.panel.findChild(QCheckBox, "especially_difficult").setChecked(True)
    assert part.is_dirty
    click(part.panel, "save")
    assert areas.facts(world.database, world.desk.day(YEAR))[village] == {
        COMPLETE: "yes",
        "especially_difficult": "yes",
    }
    assert not part.is_dirty
    assert part.list.rows.text(part.list.rows.row_of(village), 4) == "Đủ"
    choose_unit(part, world.villages[0])
    choose_unit(part, village)
    assert part.panel.findChild(QCheckBox, COMPLETE).isChecked()
    assert "từ 30/06/2026" in part.panel.findChild(object, "unit_history").text()


def test_attributes_of_one_group_exclude_each_other(world, page):
    part = section(page, "units")
    choose_unit(part, world.commune)
    for code in ("zone_1", "border", "zone_3"):
        part.panel.findChild(QCheckBox, code).click()
    click(part.panel, "save")
    found = areas.facts(world.database, world.desk.day(YEAR))[world.commune]
    assert found == {"border": "yes", "zone_3": "yes"}


def test_attributes_are_offered_by_level(world, page):
    part = section(page, "units")

    def offered():
        return {box.objectName() for box in part.panel.findChildren(QCheckBox) if box.isVisible()}

    choose_unit(part, world.villages[0])
    assert offered() == {COMPLETE, "especially_difficult"}
    choose_unit(part, world.commune)
    assert {"border", "new_rural", "zone_1", "especially_difficult"} <= offered()
    assert COMPLETE not in offered()
    day = world.desk.day(YEAR)
    areas.set_area_fact(world.database, world.context, world.villages[1], "border", "yes", day)
    part.load()
    choose_unit(part, world.villages[1])
    assert "border" in offered()  # to be taken away


def test_names_of_new_units_are_capitalised_as_elsewhere(qtbot, world, page):
    part = section(page, "units")
    click(page, "succession")
    dialog = part.findChild(SuccessionDialog)
    qtbot.waitUntil(dialog.isVisible)
    dialog.news.setFocus()
    QTest.keyClicks(dialog.news, "x")
    dialog.news.setText("thôn đông đoài; thôn hạ")
    QTest.keyClick(dialog.news, Qt.Key.Key_Return)
    assert dialog.new_names() == ["Thôn Đông Đoài", "Thôn Hạ"]


def test_every_dialog_has_the_act_first_and_as_default(qtbot, world, page):
    part = section(page, "units")
    click(page, "succession")
    asked = ReasonDialog(world.desk, "x", "Mở lại sổ năm 2026", "Lý do", "Mở lại", page)
    asked.show()
    dialogs = {"yes": part.findChild(SuccessionDialog), "give_reason": asked}
    for act, dialog in dialogs.items():
        yes, no = (dialog.findChild(QPushButton, name) for name in (act, "cancel"))
        assert yes.isDefault()
        assert yes.mapTo(dialog, QPoint()).x() < no.mapTo(dialog, QPoint()).x()


def test_a_change_without_a_day_is_refused_in_words(world, page):
    part = section(page, "units")
    choose_unit(part, world.villages[0])
    part.panel.findChild(QCheckBox, "especially_difficult").setChecked(True)
    part.panel.since.set_value(None)
    click(part.panel, "save")
    assert part.panel.problem.isVisible()
    assert areas.facts(world.database, world.desk.day(YEAR)) == {}


def test_a_new_village_stands_at_the_end(world, page):
    part = section(page, "units")
    click(page, "add_village")
    part.panel.form.fields["name"].type_text("Thôn Hạ")
    click(part.panel, "save")
    names = [v.name for v in areas.tree(world.database, world.desk.day(YEAR)).villages()]
    assert names == ["Thôn Đông", "Thôn Đoài", "Thôn Thượng", "Thôn Hạ"]
    assert part.list.rows.rowCount() == 5


def test_two_villages_become_one_with_their_households(world, page):
    part = section(page, "units")
    click(page, "succession")
    dialog = part.findChild(SuccessionDialog)
    dialog.tick("Thôn Đông", "Thôn Đoài")
    dialog.try_accept()
    assert dialog.findChild(object, "succession_problem").text() == "Ghi tên đơn vị mới."
    dialog.news.setText("Thôn Đông Đoài")
    dialog.day.set_value(date(YEAR, 6, 1))
    dialog.decision.setText("NQ 12/NQ-HĐND")
    dialog.try_accept()
    assert dialog.result() == QDialog.DialogCode.Accepted
    doc = make.make(world.database, world.desk.definitions, "BC1", year=YEAR)
    rows = {row.labels[1]: row.cells for row in doc.tables[0].rows}
    assert set(rows) == {"Thôn Thượng", "Thôn Đông Đoài", "Tổng cộng"}
    assert rows["Thôn Đông Đoài"][0].value == 150  # 100 + 50 typed households
    assert rows["Thôn Đông Đoài"][2].value == 3  # An, Đào, Êban
    assert backups.newest(world.database.path).reason == "risky"


def split_commune(world):
    """The commune becomes two on 1 June; the file is about the province from then on."""
    done = successions.record_succession(
        world.database,
        world.context,
        olds=[world.commune],
        news=[NewUnit(name="Xã Đông"), NewUnit(name="Xã Tây", takes=(world.villages[2],))],
        reason="split",
        effective_on=date(YEAR, 6, 1),
    )
    world.desk.commune = areas.top_unit(world.database, date(YEAR, 6, 30))
    world.desk.units = {YEAR: world.desk.commune}
    world.desk.bus.data_changed.emit(done.changes)
    return done.value


def test_every_commune_of_the_file_is_listed_above_its_villages_and_edited(world, page):
    part = section(page, "units")
    east, west = split_commune(world)
    rows = part.list.rows
    assert [(rows.text(at, 0), rows.text(at, 1)) for at in range(rows.rowCount())] == [
        ("", "Xã Đông"),
        ("1", "Thôn Đông"),
        ("2", "Thôn Đoài"),
        ("", "Xã Tây"),
        ("1", "Thôn Thượng"),
    ]
    assert rows.headings == {east, west}
    assert part.list.current_uid() == part.panel.uid == east
    choose_unit(part, west)
    assert part.panel.form.fields["kind"].value() == "xa"
    part.panel.form.fields["region"].set_value("NT2")
    part.panel.form.changed.emit("region")
    part.panel.findChild(QCheckBox, "zone_2").click()
    click(part.panel, "save")
    tree, day = areas.tree(world.database, world.desk.day(YEAR)), world.desk.day(YEAR)
    assert (tree[west].region, tree[east].region) == ("NT2", "NT3")
    assert areas.facts(world.database, day) == {west: {"zone_2": "yes"}}
    click(page, "add_village")
    assert part.panel.findChild(QLabel, "section_village").text() == "Thôn mới của Xã Tây"
    part.panel.form.fields["name"].type_text("Thôn Hạ")
    click(part.panel, "save")
    tree = areas.tree(world.database, day)
    assert [village.name for village in tree.villages(west)] == ["Thôn Thượng", "Thôn Hạ"]


def test_leaving_asks_about_what_is_not_saved(world, page, said):
    part = section(page, "units")
    choose_unit(part, world.villages[0])
    part.panel.findChild(QCheckBox, "especially_difficult").setChecked(True)
    said.will_answer("stay")
    assert not page.may_leave()
    said.will_answer("save")
    assert page.may_leave()
    facts = areas.facts(world.database, world.desk.day(YEAR))
    assert facts[world.villages[0]] == {"especially_difficult": "yes"}


# --- population and targets -----------------------------------------------------------------------


def test_population_is_pasted_by_name_in_any_order(world, page):
    part = section(page, "population")
    paste(
        part.grid,
        "Thôn\tSố hộ\tNhân khẩu\nthôn đoài\t55\t201\nThôn Đông\t1.001\t4.002\nXóm Lạ\t1\t2",
    )
    assert "Không có thôn tên: Xóm Lạ." in part.note.text
    part.source.type_text("Công an xã")
    part.as_of.set_value(date(YEAR, 5, 31))
    click(part, "save")
    found = areas.population(world.database, YEAR)
    assert [found[v]["households"] for v in world.villages] == [1001, 55, 80]
    assert [found[v]["persons"] for v in world.villages] == [4002, 201, 300]
    assert {row["source"] for row in found.values()} == {"Công an xã"}
    assert {row["as_of"] for row in found.values()} == {date(YEAR, 5, 31)}
    assert not part.is_dirty
    take_back(world)
    assert areas.population(world.database, YEAR)[world.villages[0]]["households"] == 100


def test_numbers_without_names_go_where_the_cursor_stands(world, page):
    part = section(page, "population")
    part.grid.go_to(1, "households_minority")
    paste(part.grid, "12\n7")
    cells = part.grid.cells
    assert [cells.value(row, "households_minority") for row in range(3)] == [None, 12, 7]


def test_what_is_no_number_is_not_saved_and_not_lost(world, page):
    part = section(page, "population")
    part.grid.cells.put(0, "households", "1oo")
    click(part, "save")
    assert "Thôn Đông: Chỉ gõ chữ số" in part.problem.text()
    assert areas.population(world.database, YEAR)[world.villages[0]]["households"] == 100
    assert part.grid.cells.text(0, "households") == "1oo"


def test_sums_that_do_not_fit_are_told_but_do_not_block(world, page):
    part = section(page, "population")
    part.grid.cells.put(0, "households_kinh", "60")
    part.grid.cells.put(0, "households_minority", "39")
    assert part.problem.text() == "Thôn Đông: số hộ chung khác tổng Kinh và DTTS."
    click(part, "save")
    assert areas.population(world.database, YEAR)[world.villages[0]]["households_kinh"] == 60


def test_a_closed_population_is_corrected_with_a_reason(world, page):
    standard = standard_for(world.desk.definitions.standards, YEAR)
    classes.close_year(
        world.database,
        world.context,
        year=YEAR,
        standard=standard.code,
        definition=standard.sha256,
        commune=world.commune,
    )
    part = section(page, "population")
    assert f"Năm {YEAR} đã khóa sổ" in part.held.text()
    part.grid.cells.put(0, "households", "90")
    click(part, "save")
    dialog = part.findChild(ReasonDialog)
    click(dialog, "give_reason")
    assert dialog.problem.text()
    assert areas.population(world.database, YEAR)[world.villages[0]]["households"] == 100
    dialog.reason.setText("Công an xã báo lại")
    click(dialog, "give_reason")
    assert areas.population(world.database, YEAR)[world.villages[0]]["households"] == 90
    assert not part.is_dirty
    (one,) = areas.corrected_population(world.database, YEAR)
    assert one.reason == "Công an xã báo lại"
    asked = (world.database, world.desk.definitions, "BC1")
    assert make.editions_of(*asked, year=YEAR) == 2
    take_back(world)
    assert areas.population(world.database, YEAR)[world.villages[0]]["households"] == 100
    assert make.editions_of(*asked, year=YEAR) == 1


def test_another_change_does_not_wipe_what_is_being_typed(world, page):
    part = section(page, "population")
    part.grid.cells.put(0, "households", "101")
    done = areas.save_population(
        world.database, world.context, YEAR, {world.villages[2]: {"households": 81}}
    )
    world.desk.bus.data_changed.emit(done.changes)
    assert part.grid.cells.text(0, "households") == "101"


def test_the_year_of_the_top_bar_decides(world, page):
    part = section(page, "population")
    page.show_year(YEAR - 1)
    assert part.heading.text().endswith(str(YEAR - 1))
    assert part.grid.cells.value(0, "households") is None


# --- offices --------------------------------------------------------------------------------------


def test_a_new_signer_signs_from_his_first_day_on(world, page):
    part = section(page, "offices")
    assert part.fields["signer_name"].text() == "Phan Xuân Đồng"
    part.fields["signer_name"].setText("Lê Thị Hồng")
    part.fields["report_recipients"].setPlainText("- UBND tỉnh;\n\n  - Lưu: VT. ")
    part.since.set_value(date(YEAR, 6, 15))
    click(part, "save")
    before, after = (settings.get(world.database, date(YEAR, 6, day)) for day in (14, 15))
    assert before["signer_name"] == "Phan Xuân Đồng"
    assert after["signer_name"] == "Lê Thị Hồng"
    assert after["report_recipients"] == "- UBND tỉnh;\n- Lưu: VT."
    assert not part.is_dirty
    shown = [part.history.rows.text(at, 1) for at in range(part.history.rows.rowCount())]
    assert "Lê Thị Hồng" in shown
    assert "Phan Xuân Đồng" in shown
    take_back(world)
    assert part.fields["signer_name"].text() == "Phan Xuân Đồng"


def test_offices_need_a_day(world, page):
    part = section(page, "offices")
    part.fields["signer_name"].setText("Lê Thị Hồng")
    part.since.set_value(None)
    click(part, "save")
    assert part.problem.isVisible()
    assert part.is_dirty


# --- tables ---------------------------------------------------------------------------------------


def test_ethnic_groups_get_their_columns_from_a_day_on(world, page):
    part = section(page, "tables")
    groups = part.fields["local_ethnic_groups"]
    groups.setText("co;  hrê, ê đê")
    part.fields["form_number_BC9"].setText(" Biểu số 9 ")
    part.since.set_value(date(YEAR, 6, 15))
    click(part, "save")
    before, after = (settings.get(world.database, date(YEAR, 6, day)) for day in (14, 15))
    assert before.get("local_ethnic_groups", "") == ""
    assert after["local_ethnic_groups"] == "12 19 30"
    assert groups.text() == "Ê-đê; Hrê; Co"
    assert not part.is_dirty
    asked = {"year": YEAR, "unit": world.commune}
    doc = make.make(world.database, world.desk.definitions, "BC9", **asked)
    assert doc.form_number == "Biểu số 9"
    labels = [leaf.label for leaf in doc.tables[0].value_leaves][3:7]
    assert labels == ["Ê-đê", "Hrê", "Co", "Khác"]
    old = make.make(world.database, world.desk.definitions, "BC9", **asked, as_of=date(YEAR, 6, 14))
    assert old.form_number == ""
    assert len(old.tables[0].value_leaves) == 8
    take_back(world)
    assert groups.text() == ""


@pytest.mark.parametrize("text", ["Hrê; Ca Đông", "Kinh"])
def test_groups_that_cannot_have_a_column_are_told(world, page, text):
    part = section(page, "tables")
    part.fields["local_ethnic_groups"].setText(text)
    click(part, "save")
    assert part.problem.isVisible()
    assert part.is_dirty
    assert "local_ethnic_groups" not in settings.get(world.database, date(YEAR, 12, 31))


# --- years ----------------------------------------------------------------------------------------


def closed(world, year):
    years = working_years(world.database, world.desk.definitions, world.context.today())
    return next(working for working in years if working.year == year).closed_on is not None


def test_a_year_is_closed_and_reopened_with_a_reason(world, page, said):
    part = section(page, "years")
    said.will_answer("yes")
    click(part, "close_year")
    assert "3 hộ nghèo, 2 hộ cận nghèo" in said.shown[0].more
    assert closed(world, YEAR)
    click(part, "reopen_year")
    dialog = part.findChild(ReasonDialog)
    click(dialog, "give_reason")
    assert dialog.problem.isVisible()  # not without a reason
    assert closed(world, YEAR)
    hands.turn_to(dialog)
    hands.fill("Ghi thiếu một hộ")
    assert not closed(world, YEAR)
    take_back(world)
    assert closed(world, YEAR)


def test_a_year_without_results_is_not_closed(world, page, said):
    part = section(page, "years")
    part.list.go_to(next(uid for uid, w in part._years.items() if w.year == YEAR + 1))
    click(part, "close_year")
    assert said.texts == ["Năm 2027 chưa có hộ nào được công nhận."]
    assert not closed(world, YEAR + 1)


# --- look and backups -----------------------------------------------------------------------------


def test_the_look_changes_at_once_and_is_remembered(page, look):
    part = section(page, "look")
    part.ground.setFocus()
    QTest.keyClick(part.ground, Qt.Key.Key_2)
    part.text_size.setFocus()
    QTest.keyClick(part.text_size, Qt.Key.Key_4)
    assert (theme.tokens.name, theme.percent) == ("dark", 125)
    assert (preferences.load().dark, preferences.load().percent) == (True, 125)


def test_a_backup_now_and_a_copy_for_a_stick(world, page, said, monkeypatch, tmp_path):
    part = section(page, "backups")
    click(part, "backup_now")
    assert part.list.rows.rowCount() == 1
    assert part.list.rows.text(0, 2) == "6"
    assert backups.newest(world.database.path).counts.persons == 21
    target = tmp_path / "usb.gndb"
    monkeypatch.setattr(files, "ask_save", lambda *args: target)
    click(part, "copy_file")
    assert said.texts == ["Đã chép và thử mở lại được."]
    copy = Database(target, read_only=True)
    assert len(areas.tree(copy, world.desk.day(YEAR)).villages()) == 3
    copy.close()
