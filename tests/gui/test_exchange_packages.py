"""Gửi – nhận: sheets of villages out and back, the package upward, packages that came."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea

from giamngheo_desktop.domain.area import Area, AreaTree, Level
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.package_columns import Recipient
from giamngheo_desktop.gui import files
from giamngheo_desktop.gui.pages.exchange_page import ExchangePage
from giamngheo_desktop.gui.pictures import settle
from giamngheo_desktop.services import areas, households, settings, undo
from giamngheo_desktop.services.exchange import book as log
from giamngheo_desktop.services.exchange import collecting, upward
from giamngheo_desktop.services.exchange.senders import EXPECTED, LIMIT
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import packages
from giamngheo_desktop.storage.areas import tree_on
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.texts import VILLAGE_SHEET
from tests.gui import hands
from tests.gui.commune import TODAY, YEAR, World, context
from tests.gui.hands import Key
from tests.gui.province import make_province
from tests.harness.register import dump, empty_database


@pytest.fixture
def page(qtbot, world) -> ExchangePage:
    return shown(qtbot, world.desk)


def shown(qtbot, desk) -> ExchangePage:
    made = ExchangePage(desk, YEAR)
    qtbot.addWidget(made)
    made.resize(900, 540)
    made.show()
    hands.turn_to(made)
    return made


def home_of(world: World, at: int = 0) -> households.Household:
    return households.get(world.database, world.homes[at], TODAY.date())


def test_a_sheet_goes_to_a_village_and_comes_back(page, world):
    page.open("sheets")
    section = page.section
    assert not section.export_button.isEnabled()
    assert section.ticked.text() == "chưa đánh dấu thôn nào"
    for words in ("Bỏ dấu &hết", "Đánh dấu &hết"):
        section.all_button.click()
        assert section.all_button.text() == words
    section.villages.setFocus()
    hands.press(Key.Key_Space)
    assert section.ticked.text() == "1 trong 3 thôn"
    section.export_button.setFocus()
    hands.press(Key.Key_Return)
    assert section.said.text().startswith("Đã ghi 1 phiếu vào ")
    assert section.folder_button.isVisible()
    (path,) = section._folder.glob("*.xlsx")
    (sent,) = log.entries(world.database)
    assert (sent.step.op, sent.step.subject) == ("send_sheets", sent.files[0].note)
    assert (sent.files[0].name, len(sent.files[0].sha256)) == (path.name, 64)

    book = load_workbook(path)
    sheet = book[VILLAGE_SHEET["household"]]
    heads = {cell.value: cell.column for row in sheet.iter_rows(max_row=3) for cell in row}
    column = heads[world.desk.definitions.fields("household")["address"].excel_label]
    row = next(
        cell.row for one in sheet.iter_rows() for cell in one if cell.value == "Nguyễn Văn An"
    )
    sheet.cell(row, column).value = "Xóm Bãi"
    new = next(cell.row for one in sheet.iter_rows() for cell in one if cell.value == "M01")
    sheet.cell(new, heads[VILLAGE_SHEET["head"]]).value = "nguyễn văn an"
    book.save(path)
    households.save(
        world.database,
        world.context,
        replace(home_of(world), address="Xóm Đình"),
        day=TODAY.date(),
    )
    section.look_at(path)
    shown_rows = section.look.table.table.rows
    assert [shown_rows.text(0, column) for column in range(6)] == [
        "Xung đột", "Nguyễn Văn An", "Địa chỉ, số nhà", "Xóm Đình", "Xóm Bãi", "Trong sổ (mới hơn)",
    ]  # fmt: skip
    said = "sổ ghi “Xóm Đình”, phiếu ghi “Xóm Bãi”; đang giữ “Xóm Đình”"
    assert section.look.table.said.text().endswith(said)
    assert home_of(world).address == "Xóm Đình"  # nothing is written yet
    hands.press(Key.Key_Space, Key.Key_Space)
    section.look.take_button.setFocus()
    hands.press(Key.Key_Return)
    assert home_of(world).address == "Xóm Bãi"
    assert section.said.text().startswith("Đã nhận phiếu của Thôn Đông")
    assert section.said.text().endswith("Chưa nhận, vì có thể đã có trong sổ: nguyễn văn an.")
    section.look_at(path)
    told = [shown_rows.text(0, column) for column in range(6)]
    assert told[:3] == ["Xung đột", "nguyễn văn an", "Có thể đã có trong sổ"]
    assert told[3].startswith("Nguyễn Văn An · ")
    assert told[4:] == ["nguyễn văn an", "Chưa nhận"]
    hands.press(Key.Key_Space)
    section.look.take_button.setFocus()
    hands.press(Key.Key_Return)
    section.look_at(path)  # that the register's is kept is not asked again
    assert [shown_rows.text(0, column) for column in (0, 1, 5)] == ["Như nhau", "nguyễn văn an", ""]
    assert not section.look.take_button.isEnabled()
    undo.undo(world.database, world.context, undo.next_step(world.database).group)
    section.look_at(path)
    hands.press(Key.Key_Space, Key.Key_Space)
    section.look.take_button.setFocus()
    hands.press(Key.Key_Return)
    assert "Chưa nhận" not in section.said.text()
    section.look_at(path)
    assert not section.look.take_button.isEnabled()
    assert hands.at() == "sheet_back"
    hands.press(Key.Key_Return)
    assert section.villages.isVisible()


def test_a_year_of_several_communes_has_no_package(page, world):
    with world.database.reader() as connection:
        (province,) = tree_on(connection, TODAY.date()).of_level(Level.PROVINCE)
    world.desk.units = {YEAR: province.uid}
    page.open("upward")
    section = page.section
    intro = section.findChild(QLabel, "upward_intro")
    assert intro.text().startswith(f"Gói gửi lên là sổ của một xã, {province.name} có nhiều xã")
    assert not section.make.isEnabled()
    world.desk.units = {}
    section.load()
    assert section.make.isEnabled()
    assert intro.text().startswith("Gói số liệu năm")


def test_a_package_goes_up_and_a_province_takes_it_in(qtbot, page, world, tmp_path, monkeypatch):
    path = tmp_path / "goi.xlsx"
    monkeypatch.setattr(files, "ask_save", lambda *_: path)
    page.open("upward")
    section = page.section
    assert section.recipient.currentText() == "tỉnh"
    section.make.setFocus()
    hands.press(Key.Key_Return)
    assert section.written.isVisible()
    assert path.is_file()
    assert undo.next_step(world.database).op is Op.SEND_PACKAGE
    page.open("log")
    assert "goi.xlsx · tỉnh" in page.section.detail.text()

    foreign = tmp_path / "la.xlsx"
    foreign.write_bytes(b"no workbook")
    with empty_database(tmp_path / "tinh.gndb") as database:
        act = context(TODAY, actor="anh Nam", seed=99)
        collecting.new_collection(database, act, level=Level.PROVINCE, province="Tỉnh Hà Tĩnh")
        unit = areas.top_unit(database, TODAY.date())
        desk = replace(world.desk, database=database, context=act, commune=unit)
        theirs = shown(qtbot, desk)
        assert theirs.code == "received"
        section = theirs.section
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(one)) for one in (path, foreign)])
        section.drop.dropEvent(
            QDropEvent(
                QPointF(5, 5),
                Qt.DropAction.CopyAction,
                data,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            )
        )
        last = section.findChild(QLabel, "received_busy_text")
        assert last.text() == "Đang nhận tệp 2/2: la.xlsx"
        assert section.filter.currentText() == "Vừa nhận (2 tệp)"  # they have the room
        assert (section.outcomes.isVisible(), section.senders.isVisible()) == (True, False)
        told = section.outcomes.rows
        files_told = {told.text(at, 0): told.text(at, 1) for at in range(told.rowCount())}
        assert "gói đầu tiên của xã" in files_told["goi.xlsx"]
        assert "thêm 6 hộ, 21 người" in files_told["goi.xlsx"]
        at = list(files_told).index("goi.xlsx")
        tip = told.data(told.index(at, 1), Qt.ItemDataRole.ToolTipRole)
        assert "4 đơn vị" in tip  # what matters less is in the tip
        assert "đơn vị" not in files_told["goi.xlsx"]
        assert "la.xlsx" in files_told["la.xlsx"]
        theirs.mark_stale()
        senders = section.senders.rows
        assert [senders.text(0, column) for column in (0, 1, 2)] == ["Xã Sơn Tây", "Đã gửi", "1"]
        section.filter.setFocus()
        hands.press(Key.Key_Home)
        assert (section.outcomes.isVisible(), section.senders.isVisible()) == (False, True)
        theirs.close()


def test_taking_in_is_stopped_between_files_and_says_how_many_are_left(
    qtbot, world, tmp_path, said
):
    path = tmp_path / "tinh.gndb"
    make_province(path, context(TODAY, seed=99), world.commune)
    with closing(Database(path)) as database:
        act = context(TODAY, actor="anh Nam", seed=98)
        unit = areas.top_unit(database, TODAY.date())
        page = shown(qtbot, replace(world.desk, database=database, context=act, commune=unit))
        section = page.section
        files_there = [tmp_path / f"goi-{number}.xlsx" for number in range(3)]
        for file in files_there:
            file.write_bytes(b"no workbook")
        section.outcomes.rows.modelReset.connect(section.busy.button.click)  # after the first
        section.receive(files_there)
        assert section.filter.currentText() == "Vừa nhận (1 tệp)"
        assert said.texts == ["Đã dừng: 2 tệp chưa nhận."]
        assert section.drop.isEnabled()
        page.close()


def sending(world: World) -> tuple[Recipient, frozenset[str]]:
    """Who gets the package of the year, and which personal columns go."""
    with world.database.reader() as connection:
        to = upward.recipient_of(connection, YEAR)
        return to, upward.groups_of(connection, to, TODAY.date())


def test_who_gets_the_package_and_which_columns_go_is_remembered_and_taken_back(qtbot, page, world):
    page.open("upward")
    section = page.section
    assert section.columns.groups() == {"health"}
    section.recipient.setFocus()
    names = []
    while hands.at() != "upward_make":
        names.append(hands.at())
        hands.enter()
    wanted = ["identity", "address", "health", "note", "contact"]
    assert names == ["upward_recipient", *(f"column_{one}" for one in wanted), "upward_lock"]
    for group in ("health", "contact"):
        section.columns.boxes[group].setFocus()
        hands.press(Key.Key_Space)
        page.load()
    assert sending(world) == (Recipient.PROVINCE, {"contact"})
    hands.press(Key.Key_Space)
    assert sending(world) == (Recipient.PROVINCE, frozenset())  # none at all is kept, too
    section.recipient.setFocus()
    hands.press(Key.Key_Up)
    assert sending(world) == (Recipient.DISTRICT, frozenset())
    hands.press(Key.Key_Down, Key.Key_Down)
    assert section.columns.groups() == {*wanted}  # all of it goes to a successor, once
    assert not section.columns.isEnabled()
    page.load()
    assert section.recipient.currentText() == "xã mới nhận sổ"
    assert sending(world) == (Recipient.PROVINCE, frozenset())
    again = shown(qtbot, world.desk)
    again.open("upward")
    assert again.section.recipient.currentText() == "tỉnh"
    assert again.section.columns.groups() == frozenset()
    for _ in range(3):
        step = undo.next_step(world.database)
        assert step.op is Op.SAVE_SETTINGS
        world.desk.bus.data_changed.emit(
            undo.undo(world.database, world.context, step.group).changes
        )
    again.load()
    assert again.section.columns.groups() == {"contact"}


def test_communes_that_have_to_send_are_pasted_and_those_who_did_not_are_late(
    qtbot, world, tmp_path
):
    path = tmp_path / "tinh.gndb"
    make_province(path, context(TODAY, seed=99), world.commune)
    database = Database(path)
    act = context(TODAY, actor="anh Nam", seed=98)
    unit = areas.top_unit(database, TODAY.date())
    desk = replace(world.desk, database=database, context=act, commune=unit)
    page = shown(qtbot, desk)
    asked = []
    page.go_requested.connect(lambda *where: asked.append(where))
    assert page.section.findChild(QLabel, "received_awaited").text() == (
        "Năm 2026: 1 trong 1 xã đã gửi."
    )
    page.section.expected.click()
    assert asked == [("exchange", "expected")]
    page.open("expected")
    section = page.section
    section.fields[LIMIT].setFocus()
    hands.write("31-4")
    names = ["Sơn Tây", *(f"Xã Số {number}" for number in range(2, 151))]
    lines = "\n".join(f"{at}\t{name}" for at, name in enumerate(names, 1))
    QApplication.clipboard().setText(lines)
    hands.enter()
    hands.control(Key.Key_V)
    assert section.count.text() == "Đang ghi 150 xã, phường."
    desk.bus.leaving.emit()
    other = shown(qtbot, desk)
    other.open("expected")
    assert other.section.text(LIMIT) == "31-4"  # typed and never saved: taken up again
    other.close()
    hands.turn_to(page)
    section.fields[EXPECTED].setFocus()
    hands.enter(2)  # on the empty line below it goes on
    assert hands.at() == "save"
    hands.enter()
    assert section.problem.text() == "Hạn gửi “31-4” không phải ngày/tháng: ghi như 15/12."
    assert hands.at() == LIMIT
    section.fields[LIMIT].setText("15-6")
    section.fields[EXPECTED].setPlainText(f"{lines}\nSơn Tây")
    assert not section.save()
    assert "ghi “Sơn Tây” rồi lại ghi “Sơn Tây”: bỏ một dòng" in section.problem.text()
    section.fields[EXPECTED].setPlainText(lines)
    assert section.save()
    assert settings.get(database, TODAY.date())[EXPECTED].splitlines() == names
    assert not section.is_dirty
    page.open("received")
    assert page.section.findChild(QLabel, "received_awaited").text() == (
        "Năm 2026: 1 trong 150 xã đã gửi; hạn gửi 15/06/2026."
    )
    rows = page.section.senders.rows
    states = Counter(rows.text(row, 1) for row in range(rows.rowCount()))
    assert states == {"Đã gửi": 1, "Quá hạn": 149}
    listed = page.section.filter
    known = ["Mọi xã (150)", "Quá hạn (149)", "Đã gửi (1)"]
    assert [listed.itemText(at) for at in range(listed.count())] == known
    hands.turn_to(page)
    listed.setFocus()
    hands.press(Key.Key_End)
    assert [rows.text(row, 1) for row in range(rows.rowCount())] == ["Đã gửi"]
    page.section.load()
    assert (listed.currentText(), rows.rowCount()) == ("Đã gửi (1)", 1)
    hands.press(Key.Key_Home)
    with write_unit(database, act, Op.RECEIVE_PACKAGE) as work:
        work.insert(
            Kind.PACKAGE, area=world.commune, kind="up", direction="received", sequence=0,
            year=YEAR, sha256="1" * 64, made_at="2026-12-01T08:00:00", received_on=TODAY.date(),
        )  # fmt: skip
    page.section.load()
    at = next(row for row in range(rows.rowCount()) if rows.text(row, 1) == "Hỏi lại xã")
    page.section.senders.go_to(UUID(int=at + 1))
    assert "Gói số 0 lập sau gói số 1" in page.section.findChild(QLabel, "received_why").text()
    said = page.section.findChild(QLabel, "received_awaited").text()
    assert said.endswith("hạn gửi 15/06/2026; hỏi lại 1 xã.")
    settle_fork = page.section.settle
    assert not settle_fork.isVisible()  # another number is asked for, no word
    with write_unit(database, act, Op.RECEIVE_PACKAGE) as work:
        work.insert(
            Kind.PACKAGE, area=world.commune, kind="up", direction="received", sequence=1,
            year=YEAR, sha256="2" * 64, made_at="2026-12-02T08:00:00", received_on=TODAY.date(),
            note="district",
        )  # fmt: skip
        for one in packages.received(work.connection, world.commune):
            work.update(Kind.PACKAGE, one["uid"], note="district")
    page.section.load()
    said = page.section.findChild(QLabel, "received_why").text()
    assert said.startswith(
        "Gói lập để gửi huyện, không phải gửi tỉnh. Gói số 1 đang dùng không nối"
    )
    settle_fork.setFocus()
    hands.press(Key.Key_Return)
    assert undo.next_step(database).op is Op.SETTLE_FORK
    page.section.load()
    assert not settle_fork.isVisible()
    assert page.section.findChild(QLabel, "received_why").text() == (
        "Gói lập để gửi huyện, không phải gửi tỉnh."
    )
    page.close()
    database.close()


def test_a_table_for_another_system_is_written_by_keys(page, world):
    page.open("packs")
    section = page.section
    table = section.table.rows
    shown_rows = [
        [table.text(row, column) for column in range(3)] for row in range(table.rowCount())
    ]
    assert shown_rows[0] == [
        "Danh sách hộ nghèo, hộ cận nghèo 27 cột", "Excel", "Chưa đối chiếu",
    ]  # fmt: skip
    assert {row[2] for row in shown_rows[1:]} == {"Ví dụ trống"}
    assert section.said.text().startswith("Thứ tự cột theo mã nguồn")
    assert section.make.text() == f"&Ghi tệp năm {YEAR}"
    before = dump(world.database)
    section.table.setFocus()
    hands.press(Key.Key_Return)
    assert section.written.isVisible()
    path = section.written.path
    assert (path.suffix, "27Cot" in path.name, str(YEAR) in path.name) == (".xlsx", True, True)
    head = [cell.value for cell in next(load_workbook(path).active.iter_rows(min_row=7, max_row=7))]
    assert len(head) == 27
    assert dump(world.database) == before
    hands.press(Key.Key_Down)
    assert not section.make.isEnabled()
    assert "chưa ghi được tệp" in section.said.text()
    hands.press(Key.Key_Return)
    assert list(path.parent.iterdir()) == [path]


def test_a_file_of_a_commune_has_no_room_for_packages_received(page):
    lines = [page.list.item(at).text() for at in range(page.list.count())]
    assert lines == [
        "Nhận danh sách", "Phiếu cho trưởng thôn", "Gói làm việc", "Gói gửi lên",
        "Bảng cho hệ thống khác", "Nhận sổ xã cũ", "Nhật ký",
    ]  # fmt: skip


def test_villages_are_in_sight_where_there_is_room(qtbot, page, world):
    page.open("sheets")
    section = page.section
    commune = uuid4()
    units = [
        Area(
            uid=uuid4() if number else commune,
            version=uuid4(),
            level=Level.VILLAGE if number else Level.COMMUNE,
            name=f"Thôn {number}",
            kind="thon",
            parent=commune if number else None,
        )
        for number in range(14)
    ]
    section.villages.fill(AreaTree(units), commune)
    scroll = section.findChild(QScrollArea, "sheet_scroll")
    title = section.villages.parentWidget().findChild(QLabel)
    for height, seen in ((800, 13), (540, 4)):
        page.resize(1000, height)
        settle()
        line = section.villages.visualItemRect(section.villages.item(0)).height()
        assert section.villages.viewport().height() >= seen * line
        assert scroll.verticalScrollBar().maximum() == 0  # the buttons are in sight, too
        assert title.height() < 2 * title.fontMetrics().height()
