"""F1 and Ctrl+/: every page has its help, every link and key in it is real."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QLabel, QTextBrowser, QWidget

from giamngheo_desktop import gui, paths, texts
from giamngheo_desktop.gui import shortcuts
from giamngheo_desktop.gui.forms.field_widget import FieldWidget
from giamngheo_desktop.gui.help import opening, topics
from giamngheo_desktop.gui.help.help_window import HelpWindow
from giamngheo_desktop.gui.household.event_menu import _DIALOGS
from giamngheo_desktop.gui.jobs import InlineRunner
from giamngheo_desktop.gui.pages.settings_page import SECTIONS
from giamngheo_desktop.gui.program import Program
from giamngheo_desktop.gui.session import Session
from giamngheo_desktop.gui.settings.succession_dialog import SuccessionDialog
from tests.gui import hands
from tests.gui.commune import context, make_world
from tests.gui.hands import Key
from tests.gui.program.acts import PAGES

KEY = re.compile(r"`((?:Ctrl|Alt|Shift|F\d|Enter|Esc|Tab|↓|←|Home|End)[^`]*)`")


@pytest.fixture
def program() -> Iterator[Program]:
    made = Program(context(), InlineRunner)
    yield made
    if made.window is not None:
        made.window.close()


@pytest.fixture
def session(program, tmp_path) -> Session:
    world = make_world(tmp_path)
    world.close()
    program.begin(world.database.path)
    program.session.homes = world.homes
    hands.turn_to(program.session.window)
    return program.session


def f1(window: QWidget) -> HelpWindow:
    """Press F1 where the keyboard is; the help that came up."""
    hands.turn_to(window)
    hands.press(Key.Key_F1)
    found = window.findChild(HelpWindow)
    assert found is not None
    assert found.isVisible()
    return found


def shown(found: HelpWindow) -> str:
    assert (
        found.findChild(QTextBrowser, "help_page")
        .toPlainText()
        .startswith(topics.topics()[found.topic].title)
    )
    topic = found.topic
    found.close()
    return topic


# --- the texts ------------------------------------------------------------------------------------


def test_every_page_is_in_the_contents_and_every_link_leads_somewhere():
    known = topics.topics()
    assert next(iter(known)) == topics.CONTENTS
    assert set(known[topics.CONTENTS].links) == set(known) - {topics.CONTENTS}
    for topic in known.values():
        assert set(topic.links) <= set(known), topic.code
        assert topic.text.startswith(f"# {topic.title}\n"), topic.code
        assert 40 < len(topic.text.split()) < 420, topic.code


def test_every_key_named_in_help_exists():
    table = {shortcuts.shown_keys(shortcut.keys) for shortcut in shortcuts.TABLE}
    table |= {key for shortcut in shortcuts.TABLE for key in shortcuts._all(shortcut)}
    for topic in topics.topics().values():
        named = set(KEY.findall(topic.text))
        assert named <= table | {"Tab"}, (topic.code, named - table)


def test_help_is_found_with_and_without_marks():
    assert topics.search("sap nhap")[0].code == "succession"
    assert topics.search("khóa sổ")[0].code == "years"
    assert {topic.code for topic in topics.search("bản nháp")} >= {"safety", "households"}
    assert topics.search("không có chữ nào thế này xyz") == []


# --- the window -----------------------------------------------------------------------------------


def test_f1_opens_the_help_of_the_page_and_of_the_section(session):
    window = session.window
    for key in PAGES:
        session.go(key)
        window.pages.currentWidget().setFocus()
        found = shown(f1(window))
        assert found == key
    named = {"look": "settings", "review": "review_days"}
    for code in SECTIONS:
        session.go("settings", code)
        assert shown(f1(window)) == named.get(code, code)


def test_f1_where_a_section_was_chosen_is_about_it(session):
    session.go("support")
    page = session.pages["support"]
    for code in ("support_events", "period_lists"):
        page.list.setCurrentRow([line[0] for line in page.lines()].index(code))
        (page.list if page.list.isVisible() else page.box).setFocus()
        assert shown(f1(session.window)) == code


def test_f1_in_the_household_follows_the_tab(session):
    session.go("households", session.homes[0])
    sheet = session.pages["households"].view.sheet
    for tab, topic in enumerate(
        ("household", "members", "household", "review_tab", "household_help", "history")
    ):
        sheet.setCurrentIndex(tab)
        sheet.currentWidget().setFocusPolicy(hands.Qt.FocusPolicy.StrongFocus)
        sheet.currentWidget().setFocus()
        assert shown(f1(session.window)) == topic


def test_f1_in_a_field_shows_its_own_help_first(session):
    session.go("households", session.homes[0])
    info = session.pages["households"].view.sheet.info
    info.focus_field("village")
    hands.press(Key.Key_F1)
    field: FieldWidget = info.fields["village"]
    assert field.help_shown()
    text = field.findChild(QLabel, "help_village").text()
    assert text.startswith(field.field.help)
    assert "F1 lần nữa" in text
    assert session.window.findChild(HelpWindow) is None
    assert shown(f1(session.window)) == "household"


@pytest.mark.parametrize("code", [*_DIALOGS, "class"])
def test_dialogs_have_their_help(session, code):
    session.go("households", session.homes[0])
    menu = session.pages["households"].view.events
    dialog = menu.record_class() if code == "class" else menu.open_event(code)
    dialog.accept_button.setFocus()
    assert shown(f1(dialog)) == ("review_tab" if code == "class" else "events")


def test_the_succession_and_the_start_have_their_help(session, program, tmp_path):
    session.go("settings", "units")
    part = session.pages["settings"].section
    part.succession_button.click()
    dialog = part.findChild(SuccessionDialog)
    assert shown(f1(dialog)) == "succession"
    dialog.reject()
    session.window.close()
    program._ended = False
    start = program._show_start(None)
    start.show_home()
    start.home.setFocus()
    assert shown(f1(start)) == "start"


def test_contents_search_and_links_turn_the_pages(session):
    session.go("overview")
    found = f1(session.window)
    found.page.anchorClicked.emit(QUrl("checks.md"))
    assert found.topic == "checks"
    assert "Soát ngay" in found.page.toPlainText()
    hands.turn_to(found)
    found.search.setFocus()
    hands.write("usb")
    assert found.topic == "backups"
    hands.press(Key.Key_Return)
    assert hands.at() == "help_contents"
    found.search.setText("zzzz")
    assert found.nothing.isVisible()
    found.show_topic("nowhere")
    assert found.topic == topics.CONTENTS
    hands.press(Key.Key_Escape)
    assert not found.isVisible()


def test_rooms_of_the_settings_are_called_by_their_names(session):
    names = [re.split("[,:]", line[1])[0] for line in session.pages["settings"].lines()]
    told = re.compile(r"Cài đặt › \[?([^.:;\[\]*{}\"]+)")
    folders = (paths.resources() / "help", Path(texts.__file__).parent, Path(gui.__file__).parent)
    said = [
        room
        for folder in folders
        for file in (*folder.rglob("*.py"), *folder.rglob("*.md"))
        for room in told.findall(re.sub(r'"\n *"', "", file.read_text(encoding="utf-8")))
    ]
    assert len(said) > 15
    assert [room for room in said if not room.startswith(tuple(names))] == []


# --- the sheet of keys ----------------------------------------------------------------------------


def test_the_sheet_is_made_of_the_keys_that_work(session):
    session.go("households", session.homes[0])
    session.window.show_shortcuts()
    real = shortcuts.real_keys(session.window)
    for each in shortcuts.TABLE:
        assert each.typed or each.first in real, each.code
    known = {key for each in shortcuts.TABLE for key in shortcuts._all(each)}
    assert set(real) <= known
    assert shortcuts.sheet_of(session.window) == list(shortcuts.TABLE)


def test_a_key_that_is_gone_leaves_the_sheet_and_a_new_one_comes(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    shortcuts.make_action(window, "save", "", window.close)
    opening.add_help(window, "Trợ giúp", str)
    extra = shortcuts.make_action(window, "new", "&Việc mới", window.close)
    extra.setShortcut("Ctrl+Alt+M")
    found = shortcuts.sheet_of(window)
    assert {each.code for each in found if not each.typed} == {"save", "help", "Ctrl+Alt+M"}
    assert found[-1].label == "Việc mới"
