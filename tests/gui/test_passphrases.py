"""Packages with a passphrase in the window: locked on the way out, asked for on the way in."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLineEdit

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.passphrase import Passphrase
from giamngheo_desktop.exports.office_lock import OLE, locked
from giamngheo_desktop.gui import files
from giamngheo_desktop.gui.exchange.passphrase_dialog import AskPassphrase, NewPassphrase
from giamngheo_desktop.gui.pages.exchange_page import ExchangePage
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.exchange import collecting
from tests.gui import hands
from tests.gui.commune import TODAY, YEAR, context
from tests.gui.hands import Key
from tests.harness.packages import data_package
from tests.harness.register import dump, empty_database, living

TYPED = "mật khẩu của xã"


def shown(qtbot, desk, section: str = "") -> ExchangePage:
    made = ExchangePage(desk, YEAR)
    qtbot.addWidget(made)
    made.resize(900, 540)
    made.show()
    if section:
        made.open(section)
    hands.turn_to(made)
    return made


def dialog(page, kind):
    """The one that is open."""
    (found,) = [one for one in page.findChildren(kind) if one.isVisible()]
    hands.turn_to(found)
    return found


def test_villages_leave_locked_and_come_back_with_the_passphrase(
    qtbot, world, tmp_path, monkeypatch
):
    page, path = shown(qtbot, world.desk, "work_packages"), tmp_path / "goi.xlsx"
    section = page.section
    monkeypatch.setattr(files, "ask_save", lambda *_: path)
    section.villages.setFocus()
    hands.press(Key.Key_Space)
    section.lock.setFocus()
    hands.press(Key.Key_Space)
    hands.enter()
    assert hands.at() == "work_export"
    hands.enter()
    asked = dialog(page, NewPassphrase)
    assert asked.first.echoMode() == QLineEdit.EchoMode.Password
    for first, again, said in (
        ("ngắn", "ngắn", "Mật khẩu phải có ít nhất 8 ký tự."),
        (TYPED, "mật khẩu khác", "Hai lần gõ mật khẩu không giống nhau."),
    ):
        asked.first.setText(first)
        asked.again.setText(again)
        asked.act.click()
        assert (asked.problem.text(), asked.problem.isVisible()) == (said, True)
        assert hands.at() == "passphrase"
        assert not path.exists()
    asked.look.click()
    assert asked.first.echoMode() == QLineEdit.EchoMode.Normal
    asked.first.clear()
    asked.again.clear()
    hands.fill(TYPED, TYPED)
    assert hands.at() == "give_passphrase"
    hands.enter()
    assert section.written.isVisible()
    assert path.read_bytes().startswith(OLE)

    before = living(dump(world.database))
    section.look_at(path)
    for typed, next_said in (("", "Chưa gõ mật khẩu."), ("sai rồi", "Mật khẩu không mở được tệp")):
        asked = dialog(page, AskPassphrase)
        hands.fill(typed)
        hands.enter()
        asked = dialog(page, AskPassphrase)
        texts = (asked.problem.text(), asked.said.text())
        assert any(text.startswith(next_said) for text in texts)
    asked = dialog(page, AskPassphrase)
    hands.fill(TYPED)
    hands.enter()
    assert section.look.isVisible()
    assert section.look.summary.text().endswith("đã có trong sổ.")
    assert section._looked.passphrase == Passphrase(TYPED)
    assert living(dump(world.database)) == before


def test_a_batch_is_asked_for_its_passphrase_once(qtbot, world, tmp_path):
    data = data_package(world.database, world.context)[0]
    inbox = [tmp_path / name for name in ("b.xlsx", "c.xlsx")]
    for path, key in zip(inbox, (TYPED, "mật khẩu khác"), strict=True):
        path.write_bytes(locked(data, Passphrase(key)))
    with empty_database(tmp_path / "tinh.gndb") as database:
        act = context(TODAY, actor="anh Nam", seed=99)
        collecting.new_collection(database, act, level=Level.PROVINCE, province="Tỉnh Hà Tĩnh")
        unit = areas.top_unit(database, TODAY.date())
        page = shown(qtbot, replace(world.desk, database=database, context=act, commune=unit))
        section = page.section
        section.receive(inbox)
        asked = dialog(page, AskPassphrase)
        assert "2 tệp có mật khẩu: b.xlsx, c.xlsx." in asked.said.text()
        hands.fill(TYPED)
        hands.enter()
        assert not [one for one in page.findChildren(AskPassphrase) if one.isVisible()]
        rows = section.outcomes.rows
        told = {rows.text(at, 0): rows.text(at, 1) for at in range(rows.rowCount())}
        assert "gói đầu tiên của xã" in told["b.xlsx"]
        assert told["c.xlsx"].startswith("Mật khẩu không mở được tệp c.xlsx")
        page.close()


def test_the_package_upward_is_locked_where_that_is_wanted(qtbot, world, tmp_path, monkeypatch):
    page, path = shown(qtbot, world.desk, "upward"), tmp_path / "goi.xlsx"
    monkeypatch.setattr(files, "ask_save", lambda *_: path)
    page.section.lock.setChecked(True)
    page.section.make.click()
    assert not path.exists()
    dialog(page, NewPassphrase)
    hands.fill(TYPED, TYPED)
    hands.enter()
    assert path.read_bytes().startswith(OLE)
    assert page.section.written.isVisible()
