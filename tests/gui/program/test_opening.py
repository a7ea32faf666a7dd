"""The program begins and ends, and says what it cannot open."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QPushButton

from giamngheo_desktop import app, paths
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.passphrase import Passphrase
from giamngheo_desktop.exports.work_file import read_work, write_work
from giamngheo_desktop.gui import files, preferences
from giamngheo_desktop.gui.exchange.passphrase_dialog import AskPassphrase
from giamngheo_desktop.gui.exchange.received_section import ReceivedSection
from giamngheo_desktop.gui.jobs import JobRunner
from giamngheo_desktop.gui.messages import Tone
from giamngheo_desktop.gui.program import Program
from giamngheo_desktop.gui.review import drafting
from giamngheo_desktop.services import areas, backups, drafts, households, opening, register
from giamngheo_desktop.services.exchange import work_package
from giamngheo_desktop.services.opening import open_database
from giamngheo_desktop.services.register import HouseholdFilter
from tests.gui.commune import TODAY, YEAR, context
from tests.gui.program.acts import (
    PAGES,
    action,
    notice,
)


def test_an_empty_pc_is_asked_how_to_begin(program):
    program.begin()
    assert program.session is None
    assert program.start.home.isVisible()
    assert not program.start.home.last.isVisible()


def test_the_file_used_last_opens_by_itself(program, file):
    preferences.remember_file(file)
    program.begin()
    assert program.start is None
    assert program.session.ready.path == file
    assert program.session.window.windowTitle().startswith("Xã Sơn Tây")


def test_closing_backs_up_and_frees_the_file(program, file):
    ended = []
    program.finished.connect(lambda: ended.append(True))
    program.begin(file)
    program.session.window.close()
    assert ended == [True]
    assert program.window is None
    assert backups.newest(file).counts.households == 6
    again = open_database(file, context(), computer="PC")
    assert again.left_by is None
    opening.close_database(again, context())


def test_a_write_under_way_holds_the_window_open(session, said, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(type(session.desk.runner), "writing", True)
        assert not session.window.close()
    assert said.texts == ["Đang ghi dữ liệu, chưa đóng được."]
    assert session.window.isVisible()


def test_the_menu_leads_back_to_the_beginning(program, session):
    action(session, "file_new").trigger()
    assert program.session is None
    assert program.start.assistant.isVisible()


def test_real_threads_open_and_close_too(qtbot, file):
    program = Program(context(), JobRunner)
    program.begin(file)
    assert program.start is not None  # painted before the storage is loaded
    qtbot.waitUntil(lambda: program.session is not None, timeout=20_000)
    qtbot.waitUntil(lambda: program.session.pages["overview"].shown is not None, timeout=20_000)
    with qtbot.waitSignal(program.finished, timeout=20_000):
        program.session.window.close()


@pytest.mark.parametrize("content", [b"", b"this is no database at all", b"SQLite format 3\0" * 40])
def test_a_bad_file_is_one_sentence_and_stays_as_it_is(program, said, tmp_path, content):
    bad = tmp_path / "bad.gndb"
    bad.write_bytes(content)
    program.begin(bad)
    assert program.session is None
    assert program.start.home.isVisible()
    assert len(said.shown) == 1
    assert said.shown[0].tone is Tone.WARNING
    assert bad.read_bytes() == content


def test_a_file_that_is_gone_is_one_sentence(program, said, tmp_path):
    program.begin(tmp_path / "gone.gndb")
    assert len(said.shown) == 1
    assert not (tmp_path / "gone.gndb").exists()


def test_a_file_open_elsewhere_can_be_looked_at(program, said, file):
    elsewhere = open_database(file, context(), computer="PC-KHAC")
    said.will_answer("look")
    program.begin(file)
    session = program.session
    assert session.desk.read_only
    assert "PC-KHAC" in said.texts[0]
    assert session.window.top_bar.unit.whole() == "Xã Sơn Tây (chỉ xem)"
    assert session.pages["overview"].figures.poor.figure.text() == "3"
    for key in PAGES:
        session.go(key)
    session.window.close()
    opening.close_database(elsewhere, context())


def test_a_new_file_that_fails_leaves_nothing_behind(program, said, tmp_path, monkeypatch):
    def fail(*args):
        raise AppError("disk_full", path="x")

    program.begin()
    program.start.show_assistant()
    assistant = program.start.assistant
    assistant.unit.set_draft({"province": "Hà Tĩnh", "commune": "Sơn Tây"})
    assistant.go_on()
    assistant.villages.set_draft([{"name": "Thôn Đông"}])
    assistant.go_on()
    with monkeypatch.context() as patch:
        patch.setattr(areas, "new_commune", fail)
        assistant.go_on()
    assert len(said.shown) == 1
    assert not list((tmp_path / "data").glob("*.gndb*"))
    assert assistant.isVisible()
    assistant.go_on()
    assert program.session.ready.path == tmp_path / "data" / "XaSonTay.gndb"


def test_a_collection_is_made_and_begins_where_packages_are_received(program, tmp_path):
    program.begin()
    program.start.show_collection()
    view = program.start.collection
    view.unit.set_draft({"level": "province", "province": "Hà Tĩnh"})
    view.go_on()
    session = program.session
    assert session.ready.path == tmp_path / "data" / "TongHopHaTinh.gndb"
    assert session.window.page_key() == "exchange"
    section = session.pages["exchange"].section
    assert isinstance(section, ReceivedSection)
    assert session.pages["exchange"].isAncestorOf(session.window.focusWidget())
    action(session, "file_collection").trigger()
    assert program.start.collection.isVisible()
    assert program.start.collection.is_blank()


def test_after_a_crash_the_program_says_so(program, file):
    killed = open_database(file, context(), computer="PC")
    killed.database.close()
    killed.lock.release(clean=False)  # what the system does when a program is killed
    program.begin(file)
    assert notice(program.session).startswith("Lần trước chương trình tắt đột ngột")
    button = program.session.window.notice.findChild(QPushButton, "notice_action")
    assert button.isHidden()  # there is no draft to look at


def spoil_table(path, name):
    """Overwrite the first page of a table that nothing reads while a file is opened."""
    with closing(sqlite3.connect(path)) as raw:
        query = "SELECT rootpage, page_size FROM sqlite_master, pragma_page_size WHERE name = ?"
        page, size = raw.execute(query, (name,)).fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)


def test_a_damaged_page_is_told_after_opening(qtbot, file, said):
    """In the background: the window stands there meanwhile, and closing waits for the answer."""
    spoil_table(file, "review_result_person")
    program = Program(context(), JobRunner)
    program.begin(file)
    qtbot.waitUntil(lambda: bool(said.texts), timeout=30_000)
    assert said.texts == ["Tệp dữ liệu có chỗ bị hỏng: xa.gndb."]
    assert "phục hồi từ bản sao lưu gần nhất" in said.shown[0].more
    assert program.session.window.isVisible()
    with qtbot.waitSignal(program.finished, timeout=30_000):
        program.session.window.close()


def test_a_sound_file_is_opened_without_a_word(program, file, said):
    program.begin(file)
    assert said.texts == []


def test_after_a_crash_the_drafts_are_offered(program, file):
    killed = open_database(file, context(), computer="PC")
    killed.database.close()
    killed.lock.release(clean=False)
    drafts.save(file, context(), key="household-new", record={}, base_hash=None, title="An")
    program.begin(file)
    program.session.window.findChild(QPushButton, "notice_action").click()
    assert program.session.window.page_key() == "households"


@pytest.mark.parametrize(
    ("key", "place", "page"),
    [
        ("ho-1-2026", "trang Hộ gia đình", "households"),
        ("ho-viec-SplitDialog-1", "trang Hộ gia đình", "households"),
        ("bieu-MovementDialog-1", "trang Báo cáo, việc Sửa diễn biến", "reports"),
        ("van-ban-xac-nhan", "trang Báo cáo, việc Phát hành hoặc Cấp giấy xác nhận", "reports"),
        ("van-ban-phat-hanh-1", "trang Báo cáo, việc Phát hành hoặc Cấp giấy xác nhận", "reports"),
        ("cai-dat-section_offices-2026", "trang Cài đặt", "settings"),
        ("phieu-1", "trang Rà soát", "review"),
        ("ra-soat-1", "trang Rà soát", "review"),
        ("xap-1-2", "trang Rà soát, nhập theo xấp", "review"),
        ("ra-soat-giay-2026", "trang Rà soát, mục Giấy đề nghị", "review"),
        ("danh-sach-1", "trang Báo cáo, cột hoặc tên danh sách đang đặt", "reports"),
        ("ho-dan-1", "trang Hộ gia đình", "households"),
        ("nhan-tep-xa-cu", "trang Gửi – nhận", "exchange"),
        ("nhan-tep-1", "trang Gửi – nhận", "exchange"),
        ("gop-y-1", "trang Gửi – nhận", "exchange"),
        ("ghi-chep-activity-2026-moi", "trang Dự án & hoạt động, mục Hoạt động", "projects"),
        (
            "ghi-chep-support-2025-0123456789ab",
            "trang Hỗ trợ & phân công, mục Hỗ trợ, năm 2025",
            "support",
        ),
        ("ghi-chep-support_event-2026-moi", "trang Hỗ trợ & phân công, mục Đợt hỗ trợ", "support"),
        (
            "ghi-chep-period_list-electricity-2026-q1",
            "trang Hỗ trợ & phân công, mục Danh sách kỳ",
            "support",
        ),
    ],
)
def test_the_notice_after_a_crash_names_the_page_of_the_draft(session, key, place, page):
    draft = drafts.Draft(key=key, title="An", saved_at=context().now(), base_hash=None, record={})
    session._say_crash(drafts.Found((draft,), ()))
    assert notice(session).endswith(f"Phần gõ dở được giữ ở: {place}.")
    session.window.findChild(QPushButton, "notice_action").click()
    assert session.window.page_key() == page


def test_the_notice_of_a_save_says_that_the_fund_is_below_nothing(session):
    session.go("projects", "fund")
    section = session.pages["projects"].section
    section.form.set_draft({"fund": "poor_fund", "direction": "out", "form": "money"})
    section.form.set_draft({"booked_on": date(YEAR, 3, 1), "amount": 5_000_000})
    section.save()
    assert "nhỏ hơn 0" in notice(session)
    assert notice(session).startswith("Đã ")
    section.start_new()
    section.form.set_draft({"fund": "poor_fund", "direction": "in", "form": "money"})
    section.form.set_draft({"booked_on": date(YEAR, 2, 1), "amount": 5_000_000})
    section.save()
    assert "nhỏ hơn 0" not in notice(session)


def test_every_draft_has_words_for_its_place_after_a_crash(session):
    prefixes = {
        f"{prefix}1"
        for code, found in vars(drafting).items()
        if code == "PREFIX" or code.startswith("OF_")
        for prefix in (found if isinstance(found, tuple) else (found,))
    }
    assert len(prefixes) > 10
    for key in (*sorted(prefixes), "xap-1-2", "phieu-1", "ho-1-2026"):
        one = drafts.Draft(key=key, title="", saved_at=context().now(), base_hash=None, record={})
        session._say_crash(drafts.Found((one,), ()))
        assert "được giữ ở: trang " in notice(session), key


def test_a_wrong_command_line_is_refused_in_words(capsys):
    assert app.entry(["--nonsense"]) == 2
    assert capsys.readouterr().err.startswith("Dòng lệnh chưa đúng – không biết --nonsense")


def test_a_pc_without_data_begins_with_a_package_and_sends_it_back(
    program, file, tmp_path, said, monkeypatch
):
    package, back = tmp_path / "goi.xlsx", tmp_path / "tra.xlsx"
    office = opening.open_database(file, context(), computer="PC 1")
    _export(office.database, package, Passphrase("mật khẩu của xã"))
    monkeypatch.setattr(files, "ask_open", lambda *_: package)
    program.begin()
    program.start.home.open.click()
    program.start.open_page.findChild(QPushButton, "take_work").click()
    asked = program.start.findChild(AskPassphrase)
    assert asked.said.text().startswith("Tệp goi.xlsx có mật khẩu")
    asked.first.setText("mật khẩu của xã")
    asked.act.click()
    desk = program.session.desk
    assert program.session.window.windowTitle().startswith("Xã Sơn Tây (chỉ có Thôn Đông)")
    held = work_package.held_villages(desk.database, TODAY.date(), desk.commune)
    assert [area.name for area in held] == ["Thôn Đông"]
    program.session.go("exchange")
    for room in ("sheets", "work_packages"):
        program.session.pages["exchange"].open(room)
        section = program.session.pages["exchange"].section
        section.all_button.click()
        assert section.villages.ticked() == [held[0].uid]
    assert not work_package.held_villages(office.database, TODAY.date(), desk.commune)
    assert desk.database.path.name == "XaSonTay.gndb"
    homes = register.households(desk.database, HouseholdFilter(day=desk.day(YEAR), standard="2022"))
    assert [row.head for row in homes] == ["Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường"]
    home = households.get(desk.database, homes[0].uid, desk.day(YEAR))
    households.save(desk.database, desk.context, replace(home, note="gặp rồi"), day=desk.day(YEAR))
    _export(desk.database, back)
    program.session.window.close()

    with read_work(back) as (manifest, tables):
        work_package.take_in(office.database, context(seed=9), manifest, tables)
    assert households.get(office.database, home.uid, desk.day(YEAR)).note == "gặp rồi"
    opening.close_database(office, context())


def _export(database, path, passphrase=None) -> None:
    """The first village with all that is known of it."""
    unit = areas.top_unit(database, TODAY.date())
    first = areas.tree(database, TODAY.date()).villages(unit)[0].uid
    work = work_package.collect(database, context(), [first], unit=unit, program="1")
    write_work(path, work, passphrase=passphrase)


def test_a_package_for_which_there_is_a_file_already_is_merged_there(
    program, file, tmp_path, said, monkeypatch
):
    package = tmp_path / "goi.xlsx"
    office = opening.open_database(file, context(), computer="PC 1")
    _export(office.database, package)
    opening.close_database(office, context())
    monkeypatch.setattr(files, "ask_open", lambda *_: package)
    folder = paths.data_dir()
    folder.mkdir(parents=True)
    (folder / "XaSonTay.gndb").touch()
    program.begin()
    program.start.show_files()
    program.start.open_page.findChild(QPushButton, "take_work").click()
    assert program.session is None
    assert said.texts[0].startswith("Trên máy đã có sổ XaSonTay.gndb")
    package.write_bytes(package.read_bytes()[:900])
    (folder / "XaSonTay.gndb").unlink()
    program.start.open_page.findChild(QPushButton, "take_work").click()
    assert len(said.texts) == 2
    assert not list(folder.glob("*.gndb*"))
