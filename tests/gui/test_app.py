"""The whole program: begin, open, close, refuse, undo, headless; a light first window."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from giamngheo_desktop import app
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.gui import preferences, start_up
from giamngheo_desktop.gui.forms.options import Option
from giamngheo_desktop.gui.jobs import InlineRunner, JobRunner
from giamngheo_desktop.gui.messages import Tone
from giamngheo_desktop.gui.pages.settings_page import SECTIONS
from giamngheo_desktop.gui.program import Program
from giamngheo_desktop.gui.registry import page_entries
from giamngheo_desktop.gui.start.new_commune import Wanted
from giamngheo_desktop.services import areas, backups, drafts, households, opening, register
from giamngheo_desktop.services.areas import NewCommune
from giamngheo_desktop.services.opening import open_database
from tests.gui import hands
from tests.gui.commune import YEAR, context, make_world
from tests.harness.unikey import press, telex, vni

PAGES = [
    "overview",
    "households",
    "review",
    "targets",
    "projects",
    "support",
    "reports",
    "exchange",
    "checks",
    "settings",
]


@pytest.fixture
def program():
    made = Program(context(), InlineRunner)
    yield made
    if made.window is not None:
        made.window.close()


@pytest.fixture
def file(tmp_path):
    world = make_world(tmp_path)
    world.close()
    return world.database.path


@pytest.fixture
def session(program, file):
    program.begin(file)
    return program.session


def action(session, name):
    return next(a for a in session.window.findChildren(object, name) if hasattr(a, "trigger"))


def notice(session):
    return session.window.notice.text.text()


# --- beginning and ending -------------------------------------------------------------------------


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


# --- what can't be opened -------------------------------------------------------------------------


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
        ("phieu-1", "trang Rà soát", "review"),
        ("ra-soat-1", "trang Rà soát", "review"),
        ("xap-1-2", "trang Rà soát, nhập theo xấp", "review"),
        ("ra-soat-giay-2026", "trang Rà soát, mục Giấy đề nghị", "review"),
    ],
)
def test_the_notice_after_a_crash_names_the_page_of_the_draft(session, key, place, page):
    draft = drafts.Draft(key=key, title="An", saved_at=context().now(), base_hash=None, record={})
    session._say_crash(drafts.Found((draft,), ()))
    assert notice(session).endswith(f"Phần gõ dở được giữ ở: {place}.")
    session.window.findChild(QPushButton, "notice_action").click()
    assert session.window.page_key() == page


def test_a_wrong_command_line_is_refused_in_words(capsys):
    assert app.entry(["--nonsense"]) == 2
    assert capsys.readouterr().err.startswith("Dòng lệnh chưa đúng – không biết --nonsense")


# --- the open file --------------------------------------------------------------------------------


def test_every_page_opens_and_asks_for_nothing(session, said):
    assert list(session.pages) == [entry.key for entry in page_entries()] == PAGES
    for key in PAGES:
        session.go(key)
        assert session.window.page_key() == key
    assert said.shown == []


@pytest.mark.parametrize("method", [telex, vni])
def test_an_input_method_writes_the_same_into_every_line(qtbot, session, method):
    qtbot.waitUntil(lambda: QApplication.activeWindow() is session.window)
    settings = session.pages["settings"]
    stops = [(key, None) for key in PAGES] + [("settings", code) for code in SECTIONS]
    tried = set()
    for key, payload in stops:
        session.go(key, payload)
        for edit in session.window.findChildren(QLineEdit):
            if edit.isVisible() and edit.isEnabled() and not edit.isReadOnly():
                edit.setFocus()
                edit.clear()
                for keys in method("Đỗ Thị Uyên Phượng"):
                    press(edit, keys)
                assert edit.text() == "Đỗ Thị Uyên Phượng", edit.objectName()
                tried.add(edit.objectName())
        for section in settings._made.values():
            section.discard()
    assert {"search", "as_of", "source", "signer_name", "name"} <= tried


def test_years_are_offered_and_followed(session):
    box = session.window.top_bar.year
    years = [box.itemData(at) for at in range(box.count())]
    assert years == [2027, 2026, 2025]
    assert session.window.top_bar.current_year() == YEAR
    box.setCurrentIndex(box.findData(2025))
    box.activated.emit(box.currentIndex())
    assert session.pages["overview"].shown.year == 2025
    session.go("reports")
    assert session.pages["reports"].paper.wish.year == 2025


def test_what_was_saved_can_be_undone_in_words(session):
    desk = session.desk
    village = areas.tree(desk.database, desk.day(YEAR)).villages()[0].uid

    def work():
        return areas.save_population(
            desk.database, desk.context, YEAR, {village: {"households": 101}}
        )

    desk.runner.write(session, work, lambda done: None)
    assert notice(session) == "Đã nhập số hộ, nhân khẩu của thôn: 2026."
    session.window.show_page("settings")
    assert not session.window.notice.isVisible()
    assert session.window.undo_action.text().endswith("Nhập số hộ, nhân khẩu của thôn: 2026")
    session.window.undo_requested.emit()
    assert areas.population(desk.database, YEAR)[village]["households"] == 100
    assert notice(session).startswith("Đã hoàn tác")


def test_control_z_twice_takes_two_steps_back_and_opens_no_box(session):
    desk = session.desk
    village = areas.tree(desk.database, desk.day(YEAR)).villages()[0].uid
    for count in (101, 102):
        areas.save_population(desk.database, desk.context, YEAR, {village: {"households": count}})
    session._read_step()
    runner, waiting = desk.runner, []
    desk.runner.write = lambda *args: waiting.append(args)
    session.window.undo_requested.emit()
    session.window.undo_requested.emit()
    del desk.runner.write
    assert len(waiting) == 1
    runner.write(*waiting.pop())
    assert areas.population(desk.database, YEAR)[village]["households"] == 101
    session.window.undo_requested.emit()
    assert areas.population(desk.database, YEAR)[village]["households"] == 100


def test_the_rail_leads_back_to_the_list_of_households(session):
    page = session.pages["households"]
    session.go("households", {"new": True})
    assert page.shows_household
    session.window.rail.buttons["households"].click()
    assert not page.shows_household
    page.new_household()
    session.window.show_page("overview")
    session.window.rail.buttons["households"].click()
    assert not page.shows_household


def test_a_new_commune_itself_is_not_undone(program, tmp_path):
    world = make_world(tmp_path, homes=())
    world.close()
    program.begin(world.database.path)
    assert not program.session.window.undo_action.isEnabled()


def test_the_search_box_finds_persons_villages_and_reports(session):
    offered = []
    session.window.offer_hits = lambda text, hits: offered.extend(hits)
    session.window.search_requested.emit("doai")
    assert [option.label for option in offered] == ["Thôn: Thôn Đoài"]
    offered.clear()
    session.window.search_requested.emit("êban")
    assert offered[0].label.startswith("Y Blơ Êban · 1970 · Thôn Đoài")
    assert isinstance(offered[0], Option)
    offered.clear()
    session.window.search_requested.emit("bc1")
    session.window.search_chosen.emit(offered[0].value)
    assert session.window.page_key() == "reports"


@pytest.mark.parametrize(
    ("typed", "page", "opened"),
    [
        ("bc1", "reports", "BC1"),  # a code
        ("diễn biến hộ nghèo", "reports", "BC2"),  # part of a label, and of no household
        ("doai", "households", "doai"),  # whoever lives there
        ("không ai cả", "households", "không ai cả"),  # an empty list says so
    ],
)
def test_enter_goes_where_the_search_leads(session, typed, page, opened, monkeypatch):
    heard = []
    monkeypatch.setattr(session.pages[page], "open", heard.append)
    session.window.search_submitted.emit(typed)
    assert session.window.page_key() == page
    assert [getattr(payload, "text", payload) for payload in heard] == [opened]


@pytest.mark.parametrize("key", PAGES)
def test_a_new_household_is_one_key_away_on_every_page(session, key):
    session.go(key)
    hands.turn_to(session.window)
    hands.control(hands.Key.Key_N)
    assert session.window.page_key() == "households"
    page = session.pages["households"]
    assert page.shows_household
    assert page.view.is_new
    assert page.view.sheet.info.isAncestorOf(hands.focus())


def test_the_keyboard_comes_back_into_the_household_that_is_open(session):
    page = session.pages["households"]
    session.go("households")
    page.open(page.list.shown_rows()[0].uid)
    hands.turn_to(session.window)
    page.view.sheet.go_to(page.view.uid, "address")
    for key in (hands.Key.Key_1, hands.Key.Key_2):
        hands.control(key)
    assert hands.at() == "address"
    hands.press(hands.Key.Key_Escape)
    assert not page.shows_household


def test_pages_lead_to_each_other(session):
    session.pages["overview"].go_requested.emit("settings", "targets")
    assert session.window.page_key() == "settings"
    assert session.pages["settings"].code == "targets"


def test_the_rail_counts_what_needs_attention(session):
    wrong = session.window.rail.buttons["checks"]
    assert wrong.count == 0  # what is only not written yet is no mistake
    desk = session.desk
    day = desk.day(YEAR)
    wanted = register.HouseholdFilter(day=day, standard="2022", limit=1)
    home = households.get(desk.database, register.households(desk.database, wanted)[0].uid, day)
    head = replace(home.members[0], id_kind="cccd", id_number="12345")
    changed = replace(home, members=(head, *home.members[1:]))
    done = households.save(desk.database, desk.context, changed, day=day)
    desk.bus.data_changed.emit(done.changes)
    assert wrong.count > 0
    assert wrong.toolTip() == f"{wrong.count} điều sai trong sổ hộ"
    assert session.window.rail.buttons["households"].count == 0


def test_a_backup_by_hand_is_told_and_shown(session, file):
    action(session, "file_backup").trigger()
    assert "thử mở lại được" in notice(session)
    assert backups.newest(file).reason == "manual"


def test_the_dark_look_is_remembered(session, look):
    session.window.dark_action.setChecked(True)
    assert look.tokens.name == "dark"
    assert preferences.load().dark


def test_a_sample_is_made_once(program, said, tmp_path):
    program.begin()
    program.start.home.sample.click()
    session = program.session
    assert session.pages["overview"].shown.frozen
    assert "Sơn Tây" in session.window.top_bar.unit.whole()
    said.will_answer("old")
    action(session, "file_sample").trigger()
    assert program.session.ready.path == session.ready.path
    assert len(list((tmp_path / "data").glob("*.gndb"))) == 1


# --- without a window -----------------------------------------------------------------------------


def run(*arguments, folder):
    environment = os.environ | {"GIAMNGHEO_DATA": str(folder / "data"), "QT_QPA_PLATFORM": ""}
    environment.pop("DISPLAY", None)
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "giamngheo_desktop", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        cwd=folder,
        timeout=100,
        check=False,
    )


def test_headless_makes_tables_and_pictures(tmp_path):
    done = run("--headless", "--out", "out", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    made = [tmp_path / line for line in done.stdout.splitlines()]
    assert all(path.stat().st_size > 0 for path in made)
    names = [path.name for path in made]
    for code in ("BC1", "THON", "THONTH"):
        assert {f"{code}_2026_XaSonTayDuLieuMau.{form}" for form in ("xlsx", "pdf")} <= set(names)
    assert [f"man-hinh-{key}.png" for key in PAGES] == [n for n in names if n.endswith(".png")]
    text = pypdfium2.PdfDocument(tmp_path / "out" / "BC1_2026_XaSonTayDuLieuMau.pdf")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text[0].get_textpage().get_text_bounded()
    picture = QImage(str(tmp_path / "out" / "man-hinh-overview.png"))
    assert (picture.width(), picture.height()) == (1366, 768)
    again = run("--headless", "--out", "out", folder=tmp_path)
    assert (again.returncode, again.stdout) == (0, done.stdout)


def test_the_self_check_passes_and_leaves_nothing(tmp_path):
    done = run("--self-check", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert {"BC1.pdf", "BC1.xlsx", "man-hinh-settings.png"} <= set(done.stdout.split())
    assert list(tmp_path.iterdir()) == []


def test_the_self_check_fails_where_something_is_missing(monkeypatch, tmp_path, capsys):
    from giamngheo_desktop import paths

    monkeypatch.setattr(paths, "resources", lambda: tmp_path / "nowhere")
    assert app.entry(["--self-check"]) == 1
    assert "nowhere" in capsys.readouterr().err


def test_the_first_window_loads_no_storage_and_no_writers():
    code = (
        "import sys; import giamngheo_desktop.gui.main_window, giamngheo_desktop.gui.program,"
        " giamngheo_desktop.gui.start.start_window, giamngheo_desktop.gui.start_up;"
        "heavy = {'sqlalchemy', 'alembic', 'reportlab', 'openpyxl', 'docx', 'pypdfium2',"
        " 'python_calamine', 'sqlite3'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert done.stdout.strip() == "[]"


# --- last resort ----------------------------------------------------------------------------------


def test_a_bug_is_shown_with_details_and_logged(said, tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    start_up.report_bugs()
    error = ZeroDivisionError("kaputt")
    sys.excepthook(type(error), error, None)
    message = said.shown.pop()
    assert message.tone is Tone.ERROR
    assert "kaputt" in message.details
    assert "unexpected error" in caplog.text


def test_the_log_is_a_file_and_no_reason_not_to_start(tmp_path):
    import logging

    before = list(logging.getLogger().handlers)
    level = logging.getLogger().level
    start_up.start_log(tmp_path / "log")
    logging.getLogger("x").error("Ễnh ương")
    blocked = tmp_path / "file"
    blocked.touch()
    start_up.start_log(blocked)
    for handler in logging.getLogger().handlers[:]:
        if handler not in before:
            handler.close()
            logging.getLogger().removeHandler(handler)
    logging.getLogger().setLevel(level)
    assert "Ễnh ương" in (tmp_path / "log" / start_up.LOG).read_text(encoding="utf-8")


def test_a_new_file_opens_in_the_year_chosen_for_it(program, tmp_path):
    program.begin()
    new = NewCommune(
        province="Hà Tĩnh",
        commune="Xã Sơn Đông",
        first_day=date(YEAR - 2, 12, 31),
        year=YEAR - 1,
        villages=(),
        settings={},
    )
    program.create(Wanted(path=tmp_path / "moi.gndb", commune=new))
    session = program.session
    assert session.window.top_bar.current_year() == YEAR - 1
    assert {page.year for page in session.pages.values()} == {YEAR - 1}


def test_the_top_bar_follows_every_backup(session, file):
    made = []
    session.window.set_backup = lambda text, state: made.append((text, state))
    session.go("settings", "backups")
    session.pages["settings"].section.now.click()
    session.desk.back_up("risky")
    moments = [f"Sao lưu {found.taken_at:%d/%m %H:%M}" for found in backups.newest_first(file)]
    assert made == [(text, "done") for text in moments]
    assert session.pages["settings"].section.list.rows.rowCount() == 2
