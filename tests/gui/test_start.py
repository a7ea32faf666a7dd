"""The window before a file is open: *Xã mới* by keyboard alone, drafts, files and backups."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.gui import preferences
from giamngheo_desktop.gui.bus import Bus
from giamngheo_desktop.gui.jobs import InlineRunner
from giamngheo_desktop.gui.start import commune_forms
from giamngheo_desktop.gui.start.assistant_draft import AssistantDraft
from giamngheo_desktop.gui.start.new_collection import NewCollectionView
from giamngheo_desktop.gui.start.start_window import StartWindow
from giamngheo_desktop.services import backups
from tests.gui.commune import context, definitions, make_world
from tests.harness.unikey import press, telex

TODAY = date(2026, 6, 30)
EXCEL = (
    "STT\tThôn\tSố hộ\tNhân khẩu\r\n"
    "1\tCây Tắt\t183\t549\r\n"
    "2\tTân Thủy\t1.290\t3.880\r\n"
    "\tTổng cộng\t1.473\t4.429\r\n"
)


@pytest.fixture
def runner():
    made = InlineRunner(Bus())
    yield made
    made.close()


@pytest.fixture
def start(qtbot, runner):
    window = StartWindow(runner, definitions, lambda: TODAY)
    qtbot.addWidget(window)
    window.show()
    window.show_home()
    return window


@pytest.fixture
def assistant(start):
    start.home.new.click()
    return start.assistant


def type_text(text):
    """As UniKey sends it, each key to whoever has the cursor then."""
    for keys in telex(text):
        for key in keys:
            press(QApplication.focusWidget(), key)


def enter(times=1):
    for _ in range(times):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def paste(view, text):
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def fill_unit():
    type_text("Hà Tĩnh")
    enter(2)
    type_text("Sơn Tây")
    enter(4)


def test_the_whole_assistant_by_typing_and_enter(start, assistant, tmp_path):
    made = []
    start.create_requested.connect(made.append)
    fill_unit()
    assert assistant.step == 1
    type_text("Thôn Đông")
    enter()
    type_text("100")
    enter()
    type_text("400")
    enter()
    type_text("Thôn Đoài")
    enter(4)
    assert assistant.step == 2
    type_text("Phan Xuân Đồng")
    enter()
    type_text("Nguyễn Thị Hoa")
    enter()
    (wanted,) = made
    new = wanted.commune
    assert wanted.path == tmp_path / "data" / "XaSonTay.gndb"
    assert (new.province, new.commune, new.kind, new.area_type) == (
        "Hà Tĩnh",
        "Xã Sơn Tây",
        "xa",
        "rural",
    )
    assert [(v.name, v.households, v.persons) for v in new.villages] == [
        ("Thôn Đông", 100, 400),
        ("Thôn Đoài", None, None),
    ]
    assert new.settings == {
        "issuing_body": "ỦY BAN NHÂN DÂN\nXÃ SƠN TÂY",
        "place_name": "Sơn Tây",
        "signer_authority": "TM. ỦY BAN NHÂN DÂN",
        "signer_title": "CHỦ TỊCH",
        "signer_name": "Phan Xuân Đồng",
        "preparer_name": "Nguyễn Thị Hoa",
    }
    assert new.first_day == date(2025, 12, 31)
    assert new.year == 2026


def test_villages_pasted_from_excel_say_what_was_read(assistant):
    fill_unit()
    step = assistant.villages
    paste(step.grid, EXCEL)
    assert [(v.name, v.households, v.persons) for v in step.villages()] == [
        ("Cây Tắt", 183, 549),
        ("Tân Thủy", 1290, 3880),
    ]
    assert "Đã đọc 2 dòng" in step.note.text
    assert "tiêu đề (dòng 1)" in step.note.text
    assert "dòng tổng (dòng 4)" in step.note.text
    enter()
    assert assistant.step == 2


def test_a_paste_on_a_name_goes_over_what_stands_there(assistant):
    fill_unit()
    step = assistant.villages
    for _ in range(2):
        paste(step.grid, EXCEL)
        step.grid.go_to(0, "name")
    assert [v.name for v in step.villages()] == ["Cây Tắt", "Tân Thủy"]


def test_a_paste_can_be_taken_back_and_keeps_what_was_typed(assistant):
    fill_unit()
    step = assistant.villages
    type_text("Hồ Sen")
    enter()
    paste(step.grid, EXCEL)
    assert [v.name for v in step.villages()] == ["Hồ Sen", "Cây Tắt", "Tân Thủy"]
    step.note.findChild(QPushButton, "paste_back").click()
    assert [v.name for v in step.villages()] == ["Hồ Sen"]


@pytest.mark.parametrize(
    ("block", "problem"),
    [
        ("Cây Tắt\t12a\t5", "Dòng 1, Tổng số hộ"),
        ("Cây Tắt\t1\t5\nCây Tắt\t2\t6", "Dòng 2, Thôn, tổ dân phố"),
    ],
)
def test_a_cell_not_understood_stops_the_step_with_a_sentence(assistant, block, problem):
    fill_unit()
    paste(assistant.villages.grid, block)
    assistant.go_on()
    assert assistant.step == 1
    assert problem in assistant.villages.problem()


def test_pages_not_finished_say_what_is_missing(assistant):
    assistant.go_on()
    assert assistant.step == 0
    assert assistant.unit.fields["province"].problem
    assert QApplication.focusWidget() is assistant.unit.fields["province"].input()


def test_a_ward_is_urban_until_somebody_says_otherwise(assistant):
    kind = assistant.unit.fields["kind"]
    kind.take_focus()
    type_text("2")
    assert assistant.unit.record()["area_type"] == "urban"
    assistant.unit.fields["area_type"].take_focus()
    type_text("1")
    kind.take_focus()
    type_text("3")
    type_text("2")
    assert assistant.unit.record()["area_type"] == "rural"


def test_going_back_keeps_everything_and_proposals_follow_the_name(assistant):
    fill_unit()
    paste(assistant.villages.grid, EXCEL)
    enter()
    assert assistant.signers.record()["place_name"] == "Sơn Tây"
    assistant.go_back()
    assistant.go_back()
    assistant.unit.set_draft({"commune": "Hương Khê"})
    assistant.go_on()
    assistant.go_on()
    assert assistant.signers.record()["place_name"] == "Hương Khê"
    assert len(assistant.villages.villages()) == 2


def test_what_was_typed_survives_a_crash(qtbot, runner, start, assistant, tmp_path, said):
    keeper = AssistantDraft(assistant, runner, context())
    fill_unit()
    paste(assistant.villages.grid, EXCEL)
    with qtbot.waitSignal(assistant.draft_changed, timeout=5000):
        pass
    assert keeper.parent() is assistant
    other = StartWindow(runner, definitions, lambda: TODAY)
    qtbot.addWidget(other)
    other.show()
    other.show_assistant()
    AssistantDraft(other.assistant, runner, context()).offer()
    assert other.assistant.unit.record()["commune"] == "Sơn Tây"
    assert [v.name for v in other.assistant.villages.villages()] == ["Cây Tắt", "Tân Thủy"]
    assert other.assistant.findChild(QPushButton, "start_fresh").isVisible()
    fresh = other.assistant.findChild(QPushButton, "start_fresh")
    said.will_answer("no")
    fresh.click()
    assert said.texts == ["Bỏ những gì đã gõ cho xã mới và bắt đầu lại?"]
    assert other.assistant.unit.record()["commune"] == "Sơn Tây"
    assert list((tmp_path / "data").glob("XaMoi.drafts/*"))
    said.will_answer("yes")
    fresh.click()
    assert other.assistant.is_blank()
    assert not list((tmp_path / "data").glob("XaMoi.drafts/*"))


@pytest.mark.parametrize(
    ("level", "typed", "wanted"),
    [
        ("1", ["Hà Tĩnh"], (Level.PROVINCE, "Hà Tĩnh", "", "TongHopHaTinh.gndb")),
        (
            "2",
            ["Hà Tĩnh", "Hương Khê"],
            (Level.DISTRICT, "Hà Tĩnh", "Hương Khê", "TongHopHuongKhe.gndb"),
        ),
    ],
)
def test_the_file_of_a_province_or_district_by_typing_and_enter(start, level, typed, wanted):
    made = []
    start.create_requested.connect(made.append)
    start.home.collection.click()
    view = start.collection
    view.go_on()  # nothing is typed yet
    assert made == []
    assert view.unit.fields["province"].problem
    assert QApplication.focusWidget() is view.unit.fields["province"].input()
    view.start_typing()
    type_text(level)
    enter()
    for text in typed:
        type_text(text)
        enter()
    enter()  # on the button
    (new,) = made
    assert (new.level, new.province, new.district, new.path.name) == wanted


def test_a_collection_half_typed_survives_a_crash(start, runner, said, tmp_path):
    start.home.collection.click()
    AssistantDraft(start.collection, runner, context())
    start.collection.unit.focus_field("province")
    type_text("Hà Tĩnh")
    start.close()
    assert list((tmp_path / "data").glob("XaMoi.drafts/*"))
    other = NewCollectionView()
    AssistantDraft(other, runner, context()).offer()
    assert other.unit.record()["province"] == "Hà Tĩnh"
    said.will_answer("yes")
    other.findChild(QPushButton, "start_fresh").click()
    assert said.texts == ["Bỏ những gì đã gõ cho sổ tổng hợp và bắt đầu lại?"]
    assert other.is_blank()


@pytest.mark.parametrize(
    ("kind", "typed", "name"),
    [
        ("xa", "Sơn Tây", "Xã Sơn Tây"),
        ("xa", "xã Sơn Tây", "xã Sơn Tây"),
        ("phuong", " Phổ  Minh ", "Phường Phổ Minh"),
        ("xa", "Xà Bang", "Xã Xà Bang"),
    ],
)
def test_names_of_communes(kind, typed, name):
    assert commune_forms.full_name(kind, typed) == name


def test_a_file_of_that_name_is_not_overwritten(tmp_path):
    assert commune_forms.proposed_file(tmp_path, "Xã Sơn Tây").name == "XaSonTay.gndb"
    (tmp_path / "XaSonTay.gndb").touch()
    assert commune_forms.proposed_file(tmp_path, "Xã Sơn Tây").name == "XaSonTay (2).gndb"


def test_files_and_backups_are_listed_with_counts_and_one_is_restored(start, said, tmp_path):
    world = make_world(tmp_path)
    backups.make(world.database, world.context)
    path = world.database.path
    world.close()
    preferences.remember_file(path)
    asked = []
    start.restore_requested.connect(lambda file, backup: asked.append((file, backup)))
    start.home.open.click()
    page = start.open_page
    assert page.files.rows.text(0, 0) == "xa.gndb"
    assert page.backups.rows.rowCount() == 1
    assert page.backups.rows.text(0, 2) == "6"
    assert page.backups.rows.text(0, 3) == "21"
    page.backups.go_to(page.backups.rows.row(0)[0])
    said.will_answer("yes")
    page.findChild(QPushButton, "restore").click()
    assert asked[0][0] == path
    assert asked[0][1].exists()
    assert "6 hộ, 21 người" in said.shown[0].more


def test_an_empty_folder_says_what_to_do(start):
    start.home.open.click()
    assert start.open_page.files.empty.isVisible()
    assert not start.open_page.findChild(QPushButton, "open_file").isEnabled()


def test_the_file_used_last_stands_first(start, tmp_path):
    opened = []
    start.open_requested.connect(opened.append)
    assert not start.home.last.isVisible()
    start.offer_last(tmp_path / "XaSonTay.gndb")
    start.home.last.click()
    assert opened == [tmp_path / "XaSonTay.gndb"]


@pytest.mark.parametrize("name", ["Xã Sơn Hà Đông", "Xã " + "Sơn Hà Đông " * 12])
def test_what_goes_on_is_said_in_whole_lines(start, name):
    start.resize(start.minimumSize())
    start.show()
    start.show_busy(f"Đang lập sổ {name}…")
    QCoreApplication.processEvents()
    text = start.findChild(QLabel, "busy_text")
    assert text.height() >= text.heightForWidth(text.width())
