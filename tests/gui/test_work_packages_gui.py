"""Gửi – nhận › Gói làm việc: villages leave, another PC edits, the package comes back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.gui import files
from giamngheo_desktop.gui.pages.exchange_page import ExchangePage
from giamngheo_desktop.gui.pages.targets_page import TargetsPage
from giamngheo_desktop.reports.kept import kept
from giamngheo_desktop.reports.stored_doc import stored
from giamngheo_desktop.services import households, undo
from giamngheo_desktop.services.documents import sections, versions
from giamngheo_desktop.services.exchange import book, merging
from giamngheo_desktop.storage import plans, records
from giamngheo_desktop.storage.engine import Database
from tests.gui import hands
from tests.gui.commune import TODAY, YEAR, World, add_home, context
from tests.gui.hands import Key
from tests.gui.test_record_sections import show
from tests.harness.register import dump, living


@pytest.fixture
def page(qtbot, world) -> ExchangePage:
    return shown(qtbot, world)


@pytest.fixture
def other(world, tmp_path) -> Iterator[World]:
    """The same file on another PC."""
    path = tmp_path / "may-khac.gndb"
    shutil.copy(world.database.path, path)
    database = Database(path)
    act = context(TODAY + timedelta(hours=2), actor="anh Nam", seed=99)
    desk = replace(world.desk, database=database, context=act)
    made = World(database, act, world.commune, world.villages, world.homes, desk)
    yield made
    database.close()


@pytest.fixture
def planned(world) -> tuple[UUID, UUID, UUID]:
    """A draft of the year's plan with two sections, before the file went to another PC."""
    act = (world.database, world.context)
    plan = versions.begin(*act, world.commune, YEAR, title="KẾ HOẠCH").value
    parts = [sections.add(*act, plan, title=title).value for title in ("MỤC TIÊU", "KINH PHÍ")]
    world.database.checkpoint()
    return plan, parts[0], parts[1]


def shown(qtbot, world) -> ExchangePage:
    made = ExchangePage(world.desk, YEAR)
    qtbot.addWidget(made)
    made.resize(900, 540)
    made.show()
    made.open("work_packages")
    hands.turn_to(made)
    return made


def note(world: World, at: int, **values: object) -> None:
    home = households.get(world.database, world.homes[at], TODAY.date())
    households.save(world.database, world.context, replace(home, **values), day=TODAY.date())


def noted(world: World, at: int) -> households.Household:
    return households.get(world.database, world.homes[at], TODAY.date())


def lines(section) -> list[list[str]]:
    rows = section.look.table.table.rows
    return [[rows.text(at, column) for column in range(6)] for at in range(rows.rowCount())]


def export(section, monkeypatch, path, *ticks: int) -> None:
    monkeypatch.setattr(files, "ask_save", lambda *_: path)
    section.villages.setFocus()
    for at in ticks:
        section.villages.setCurrentRow(at)
        hands.press(Key.Key_Space)
    section.export_button.setFocus()
    hands.press(Key.Key_Return)


def test_villages_leave_and_what_was_done_elsewhere_comes_back(
    qtbot, page, world, other, tmp_path, monkeypatch
):
    section, path = page.section, tmp_path / "goi.xlsx"
    assert not section.export_button.isEnabled()  # no village yet
    note(world, 0, note="của ta")
    note(other, 0, note="của họ", toilet="02")
    away = shown(qtbot, other)
    theirs = away.section
    export(theirs, monkeypatch, path, 0)
    assert theirs.written.isVisible()
    assert path.is_file()
    (sent,) = book.entries(other.database)
    assert (sent.is_sent, sent.files[0].name, sent.households) == (True, "goi.xlsx", 3)

    monkeypatch.setattr(files, "ask_open", lambda *_: path)
    hands.turn_to(page)
    section.drop.setFocus()
    hands.press(Key.Key_Return)
    (clash, toilet) = lines(section)
    assert clash == [
        "Xung đột",
        "Nguyễn Văn An",
        "Ghi chú",
        "của ta",
        "của họ",
        "Gói (mới hơn)",
    ]
    assert toilet[0] == "Khác"
    assert toilet[5] == "Gói"
    assert "1 thay đổi" not in section.look.summary.text()
    assert "anh Nam" in section.look.summary.text()
    assert noted(world, 0).note == "của ta"  # nothing is written yet
    hands.press(Key.Key_Space)
    assert lines(section)[0][5] == "✓ Máy này"
    assert "đang giữ" in section.findChild(QLabel, "work_differences_said").text()
    section.look.take_button.setFocus()
    hands.press(Key.Key_Return)
    assert (noted(world, 0).note, noted(world, 0).toilet) == ("của ta", "02")
    assert merging.open_clashes(world.database) == []
    assert section.villages.isVisible()
    (taken,) = book.entries(world.database)
    assert (taken.step.op, taken.files[0].name, taken.changed > 0) == (
        "merge_work",
        path.name,
        True,
    )
    assert "toilet" not in (told := stored(kept(world.database, taken.step.group)))
    assert "Nguyễn Văn An" in told

    section.look_at(path)
    assert section.look.summary.text().endswith("đã có trong sổ.")
    assert not section.look.take_button.isEnabled()
    assert hands.at() == "work_back"
    hands.press(Key.Key_Return)
    step = undo.next_step(world.database)
    undo.undo(world.database, world.context, step.group)
    assert noted(world, 0).toilet != "02"


def phone(world: World, number: str) -> None:
    head, *others = noted(world, 0).members
    note(world, 0, members=(replace(head, phone=number), *others))


def test_of_two_telephone_numbers_one_is_picked_before_taking(
    qtbot, page, world, other, tmp_path, monkeypatch
):
    section, path = page.section, tmp_path / "goi.xlsx"
    phone(world, "0900000001")
    phone(other, "0900000002")
    away = shown(qtbot, other)
    export(away.section, monkeypatch, path, 0)
    hands.turn_to(page)
    section.look_at(path)
    clash = lines(section)[0]
    assert clash[2:] == ["Điện thoại", "0900000001", "0900000002", "Gói (mới hơn)"]
    hands.press(Key.Key_Space)
    assert lines(section)[0][5] == "✓ Máy này"
    section.look.take_button.click()
    assert noted(world, 0).members[0].phone == "0900000001"
    assert not section.clash_card.isVisible()


def test_a_clash_that_nobody_decided_waits_on_the_page(
    qtbot, page, world, other, tmp_path, monkeypatch
):
    section, path = page.section, tmp_path / "goi.xlsx"
    assert not section.clash_card.isVisible()
    note(world, 0, note="của ta")
    note(other, 0, note="của họ")
    away = shown(qtbot, other)
    theirs = away.section
    theirs.all_button.click()
    export(theirs, monkeypatch, path)
    hands.turn_to(page)
    section.look_at(path)
    section.look.take_button.click()
    assert section.clash_card.isVisible()
    section.clash_button.click()
    rows = section.clashes.table.table.rows
    assert [rows.text(0, column) for column in range(2, 5)] == ["Ghi chú", "của họ", "của ta"]
    assert section.findChild(QLabel, "clash_differences_said").text() == (
        "Hộ – Nguyễn Văn An: Ghi chú: máy kia (anh Nam, 11:00 30/06/2026) ghi “của họ”, máy này "
        "ghi “của ta”; đang giữ “của họ”"
    )
    assert not section.clashes.take_button.isEnabled()  # nothing is chosen
    hands.press(Key.Key_Return, Key.Key_Return)  # not what stands: the other
    world.desk.bus.leaving.emit()
    again = shown(qtbot, world)  # another day
    again.section.clash_button.click()
    assert again.section.clashes.draft.isVisible()
    assert again.section.clashes.table.table.rows.text(0, 5) == "✓ Bản kia"
    hands.turn_to(page)
    section.clashes.take_button.click()
    assert noted(world, 0).note == "của ta"
    assert not section.clash_card.isVisible()


def test_what_was_said_of_an_issued_plan_waits_and_goes_into_the_next_version(
    qtbot, page, world, planned, other, tmp_path, monkeypatch
):
    section, path = page.section, tmp_path / "goi.xlsx"
    plan, *parts = planned
    versions.issue(world.database, world.context, plan, TODAY.date())
    for part, text in zip(parts, ("Bền vững", "Không đủ"), strict=True):
        sections.change(other.database, other.context, part, text=text)
    away = shown(qtbot, other)
    away.section.all_button.click()
    export(away.section, monkeypatch, path)
    hands.turn_to(page)
    section.look_at(path)
    assert "đã ban hành nên bản ấy giữ nguyên" in section.look.findings.text()
    assert lines(section)[0][0] == "Để ngoài"
    assert lines(section)[0][5] == "Bản đã ban hành"
    section.look.take_button.click()
    assert "2 chỗ sửa còn để ngoài" in section.clash_card.findChild(QLabel).text()
    room = show(qtbot, world, TargetsPage, "plan_document")
    assert "2 chỗ sửa ở máy khác còn để ngoài" in room.section.view.said.text()
    hands.turn_to(page)
    section.clash_button.click()
    table = section.clashes.table.table
    rows = {table.rows.text(at, 1): at for at in range(2)}
    for title, presses in (("MỤC TIÊU", 2), ("KINH PHÍ", 1)):
        table.go_to(UUID(int=rows[title] + 1))
        hands.press(*[Key.Key_Space] * presses)
    assert table.rows.text(rows["MỤC TIÊU"], 5) == "✓ Bản điều chỉnh"
    assert table.rows.text(rows["KINH PHÍ"], 5) == "✓ Đang giữ"
    section.clashes.take_button.click()
    assert not section.clash_card.isVisible()
    with world.database.reader() as connection:
        held = records.find(connection, Kind.DOCUMENT_SECTION)
        draft = plans.in_hand(connection, YEAR, world.commune)
    texts = {(one["document"] == plan, one["title"]): one["text"] for one in held}
    assert draft["version"] == 2
    assert texts == {
        (True, "MỤC TIÊU"): None, (True, "KINH PHÍ"): None,
        (False, "MỤC TIÊU"): "Bền vững", (False, "KINH PHÍ"): None,
    }  # fmt: skip


def test_a_file_is_dropped_and_a_foreign_one_is_refused(page, tmp_path, said):
    section = page.section
    path = tmp_path / "la.xlsx"
    path.write_bytes(b"no workbook")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    section.drop.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert said.texts
    assert section.villages.isVisible()
    assert not section.busy.isVisible()


def test_many_findings_leave_room_for_the_differences(
    qtbot, page, world, other, tmp_path, monkeypatch
):
    section, path = page.section, tmp_path / "goi.xlsx"
    note(world, 0, note="của ta, một câu phải xuống dòng")
    values = {"note": "của họ", "toilet": "02", "address": "Xóm 9", "water_source": "02"}
    note(other, 0, **values)
    away = shown(qtbot, other)
    export(away.section, monkeypatch, path, 0)
    hands.turn_to(page)
    page.resize(864, 495)  # the page in a window of 1093 × 545
    section.look_at(path)
    look = section.look
    assert look.take_button.mapTo(look, look.take_button.rect().bottomRight()).x() == (
        look.table.geometry().right()
    )
    found = [f"Hộ {number}: xem lại phiếu này" for number in range(9)]
    looked = section._looked
    look.show_report("Tóm tắt", found, looked.taken.report.differences, looked.words,
                     may_take=True)  # fmt: skip
    table = look.table.table
    qtbot.waitUntil(lambda: look.table.y() > look.findings.fontMetrics().height() * 3)
    assert found[-1] in look.findings.text()  # all of them, by scrolling
    assert table.horizontalScrollBar().maximum() == 0  # what will be kept is in sight
    last = table.rowViewportPosition(3) + table.rowHeight(3)
    assert 0 < last <= table.viewport().height()  # four of them


def typed_twice(qtbot, world, other, path, monkeypatch) -> None:
    """Two households of the same heads, each typed on both PCs, met here."""
    for number, name in enumerate(("Hồ Văn Mới", "Hồ Thị Lạ")):
        add_home(world, world.villages[0], name, 2)
        home = add_home(other, other.villages[0], name, 3)
        if not number:
            other.homes = [home]
            note(other, 0, note="gặp rồi")
    away = shown(qtbot, other)
    export(away.section, monkeypatch, path, 0)


def test_households_typed_on_both_are_put_side_by_side_and_answered(
    qtbot, page, world, other, tmp_path, monkeypatch
):
    section, path = page.section, tmp_path / "goi.xlsx"
    assert not section.twins_card.isVisible()
    typed_twice(qtbot, world, other, path, monkeypatch)
    hands.turn_to(page)
    section.look_at(path)
    section.look.take_button.click()
    assert "2 cặp hộ" in section.twins_card.findChild(QLabel, "work_twins_text").text()
    section.twins_button.click()
    view = section.twins
    assert "Cặp 1/2: hộ Hồ Thị Lạ" in view.summary.text()
    section.twins.skip.click()
    table = view.table.rows
    beside = {
        table.text(at, 0): [table.text(at, n) for n in (1, 2, 3)] for at in range(table.rowCount())
    }
    assert beside["Ghi chú"] == ["", "gặp rồi", "gặp rồi"]
    before = living(dump(world.database))
    view.one.setFocus()
    hands.press(Key.Key_Return)
    homes = living(dump(world.database))[Kind.HOUSEHOLD]
    assert len(homes) == len(before[Kind.HOUSEHOLD]) - 1
    assert "gặp rồi" in {home["note"] for home in homes.values()}
    step = undo.next_step(world.database)
    assert step.op is Op.JOIN_TWINS
    undone = undo.undo(world.database, world.context, step.group)
    world.desk.bus.data_changed.emit(undone.changes)
    assert living(dump(world.database)) == before
    view.two.click()
    assert "Cặp 1/1" in view.summary.text()
    kept = view.shown.here
    view.turn.click()
    assert view.shown.there == kept
    view.two.click()
    assert section.villages.isVisible()  # all are answered
    assert not section.twins_card.isVisible()
    assert living(dump(world.database))[Kind.HOUSEHOLD] == before[Kind.HOUSEHOLD]
