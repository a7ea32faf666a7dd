"""The open file in its window; without a window; the last resort."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLineEdit

from giamngheo_desktop import app
from giamngheo_desktop.gui import preferences, start_up
from giamngheo_desktop.gui.forms.options import Option
from giamngheo_desktop.gui.messages import Tone
from giamngheo_desktop.gui.pages.settings_page import SECTIONS
from giamngheo_desktop.gui.registry import page_entries
from giamngheo_desktop.gui.start.new_commune import Wanted
from giamngheo_desktop.services import areas, backups, households, register
from giamngheo_desktop.services.areas import NewCommune
from tests.gui import hands
from tests.gui.commune import YEAR, make_world
from tests.gui.program.acts import (
    PAGES,
    action,
    notice,
)
from tests.harness.unikey import press, telex, vni


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
    assert notice(session) == "Đã nhập số hộ, nhân khẩu của thôn: năm 2026."
    session.window.show_page("settings")
    assert not session.window.notice.isVisible()
    assert session.window.undo_action.text().endswith("Nhập số hộ, nhân khẩu của thôn: năm 2026")
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


RECORDS = ("targets", "projects", "support")  # what is new there is a record


@pytest.mark.parametrize("key", RECORDS)
def test_what_is_new_on_a_page_of_records_is_one_of_its_section(session, key):
    session.go(key)
    hands.turn_to(session.window)
    page = session.pages[key]
    assert page.list.hasFocus() or page.box.hasFocus()
    hands.control(hands.Key.Key_N)
    assert session.window.page_key() == key
    assert page.section.isAncestorOf(hands.focus())


@pytest.mark.parametrize("key", [key for key in PAGES if key not in RECORDS])
def test_a_new_household_is_one_key_away_on_every_other_page(session, key):
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
    session.pages["overview"].go_requested.emit("targets", "allocation")
    assert session.window.page_key() == "targets"
    assert session.pages["targets"].code == "allocation"


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
    assert not session.pages["overview"].shown.frozen  # its last year stands open, to be tried
    assert "Sơn Tây" in session.window.top_bar.unit.whole()
    session.go("targets", {"section": "plan_document"})
    view = session.pages["targets"].section.view
    assert "Bản in giữ như khi ký" in view.said.text()
    said.will_answer("old")
    action(session, "file_sample").trigger()
    assert program.session.ready.path == session.ready.path
    assert len(list((tmp_path / "data").glob("*.gndb"))) == 1


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
    taken = [found.taken_at for found in reversed(backups.newest_first(file))]
    moments = [f"Sao lưu {moment:%d/%m %H:%M}" for moment in taken]
    assert made == [(text, "done") for text in moments]
    assert session.pages["settings"].section.list.rows.rowCount() == 2
