"""By Enter and by Tab through every form: in the order of the paper, and never out of the page."""

from __future__ import annotations

from itertools import groupby

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget

from giamngheo_desktop.gui.household.event_menu import _DIALOGS
from giamngheo_desktop.gui.household.sheet import HISTORY, INFO, SUPPORT
from giamngheo_desktop.gui.pages.households_page import HouseholdsPage
from giamngheo_desktop.gui.pages.projects_page import ProjectsPage
from giamngheo_desktop.gui.pages.settings_page import SECTIONS, SettingsPage
from giamngheo_desktop.gui.pages.support_page import SupportPage
from giamngheo_desktop.gui.pages.targets_page import TargetsPage
from giamngheo_desktop.gui.records.record_section import RecordSection
from giamngheo_desktop.services.documents import versions
from tests.gui import hands
from tests.gui.commune import YEAR
from tests.gui.hands import Key

LIMIT = 400


@pytest.fixture
def page(qtbot, world) -> HouseholdsPage:
    made = shown(qtbot, HouseholdsPage(world.desk, YEAR))
    made.open(world.homes[1])  # two members
    return made


def shown(qtbot, page):
    """The page beside another widget that takes the keyboard, as the rail does."""
    window = QWidget()
    qtbot.addWidget(window)
    box = QHBoxLayout(window)
    box.addWidget(QPushButton("rail"))
    box.addWidget(page)
    window.resize(1220, 640)
    page.around = window  # else nobody keeps it
    window.show()
    hands.turn_to(window)
    return page


def walk(key: Key, inside: QWidget, last: str) -> list[str]:
    """Press a key until `last` has the keyboard; it must not leave `inside` before."""
    names = [hands.at()]
    while names[-1] != last:
        hands.press(key)
        assert inside.isAncestorOf(hands.focus()), names
        names.append(hands.at())
        assert len(names) < LIMIT, names
    return names


def of(names: list[str], wanted: list[str]) -> list[str]:
    return [name for name in names if name in wanted]


def paper(page: HouseholdsPage) -> list[str]:
    """The fields now asked, as the paper has them: on all tabs, members one after the other."""
    sheet = page.view.sheet
    grid = [field.code for field in page.desk.definitions.member if field.grid]
    cards = sheet.review.cards
    return [
        *sheet.info.visible_codes(),
        *(f"members.{row}.{code}" for row in range(2) for code in grid),
        "members.2.full_name",
        *sheet.members.detail.visible_codes(),
        *sheet.housing.visible_codes(),
        *sheet.review.top.visible_codes(),
        *(row.answer.objectName() for card in cards for row in card.rows.values()),
        *sheet.review.bottom.visible_codes(),
    ]


def test_enter_walks_the_whole_household_and_ends_on_save(page):
    sheet = page.view.sheet
    sheet.start(INFO)
    wanted = paper(page)  # with what is asked of the first member
    names = walk(Key.Key_Return, page, "save")
    second = sheet.members.detail.visible_codes()
    at = wanted.index(sheet.housing.visible_codes()[0])
    wanted[at:at] = second
    assert names == [*wanted, "save"]
    hands.enter()
    assert page.view.isAncestorOf(hands.focus())


def test_enter_on_the_name_of_a_tab_goes_into_it(page):
    sheet = page.view.sheet
    for tab in range(sheet.count()):
        sheet.setCurrentIndex(tab)
        sheet.tabBar().setFocus()
        hands.enter()
        assert sheet.currentIndex() == tab
        assert sheet.widget(tab).isAncestorOf(hands.focus()), tab
    sheet.start(SUPPORT)
    assert hands.at() == "add_support"  # it got nothing as yet
    sheet.start(HISTORY)
    hands.enter()
    assert hands.at() == "history"


def test_enter_in_the_day_of_new_facts_goes_into_the_tab(page):
    page.view.header.since.input().setFocus()
    hands.enter()
    assert hands.at() == "list_number"


def test_tab_visits_every_field_of_the_household_in_the_order_of_the_paper(page):
    sheet = page.view.sheet
    forms = (sheet.info, sheet.members.detail, sheet.housing, sheet.review.bottom)
    names: list[str] = []
    for tab, form in enumerate(forms):
        sheet.start(tab)
        names += walk(Key.Key_Tab, sheet.widget(tab), form.visible_codes()[-1])
    wanted = paper(page)  # with what is asked of the last member: Tab left the grid there
    wanted.remove("members.2.full_name")  # Tab adds no line
    assert of(names, wanted) == wanted


@pytest.mark.parametrize("code", [*_DIALOGS, "class"])
@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Tab])
def test_every_event_is_walked_to_its_button(world, page, code, key):
    page.open(world.homes[0])
    menu = page.view.events
    dialog = menu.record_class() if code == "class" else menu.open_event(code)
    hands.turn_to(dialog)
    asked = dialog.form.visible_codes()
    if code in ("marriage", "merge"):  # the other household is found by typing
        hands.write("binh")
        hits = dialog.other
        assert hits.hasFocus()
        asked = [hits.objectName(), *asked]
    names = walk(key, dialog, "record")
    assert dialog.isVisible()
    assert of(names, asked) == asked


# what Enter visits from the list of a section on, and where it ends
SETTINGS = {
    "units": (["units", "name", "kind", "area_type", "region", "since"], "save"),
    "population": (["source", "as_of", "population"], "save"),
    "offices": (
        [
            "superior_body",
            "issuing_body",
            "place_name",
            "signer_authority",
            "signer_title",
            "signer_name",
            "preparer_name",
            "steering_committee",
            "report_addressee",
            "report_recipients",
        ],
        "save",
    ),
    "tables": (
        [
            "local_ethnic_groups",
            *(f"form_number_BC{number}" for number in range(1, 14)),
            "form_number_THON",
            "form_number_THON-TH",
        ],
        "save",
    ),
    "review": (
        [
            "posting_days",
            "recheck_days",
            "opinion_days",
            "in_year_days",
            "opinion_step",
            "days_off",
            "working_days",
            "movement_look_back_years",
            "new_escape_months",
            "new_escape_near_poor",
        ],
        "save",
    ),
    "printing": (["certificate_right_mm", "certificate_down_mm"], "save"),
    "templates": (["paper_templates"], "open_template"),
    "points": ([], "points_template"),
    "own_tables": ([], "add_own_table"),
    "years": (["years"], "close_year"),
    "opening": (["source", "opening"], "save"),
    "look": (["ground"], "text_size"),
    "backups": ([], "backup_now"),
}


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Tab])
@pytest.mark.parametrize("code", SECTIONS)
def test_every_section_of_the_settings_is_walked_to_its_main_button(qtbot, world, code, key):
    page = shown(qtbot, SettingsPage(world.desk, YEAR))
    page.open(code)
    page.list.setFocus()
    hands.enter()
    asked, last = SETTINGS[code]
    section = page.section
    assert section.isAncestorOf(QApplication.focusWidget())
    names = walk(key, section, last)
    visited = [name for name, _ in groupby(names)]  # a table has many cells
    assert of(visited, asked) == asked
    assert section.isAncestorOf(hands.focus())


RECORDS = [
    (page, code)
    for page in (ProjectsPage, SupportPage, TargetsPage)
    for code, kind in page.KINDS.items()
    if issubclass(kind, RecordSection)
]


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Tab])
@pytest.mark.parametrize(("kind", "code"), RECORDS)
def test_every_form_of_a_record_is_walked_to_its_button(qtbot, world, kind, code, key):
    """With what the kind of an activity and the policy of a support ask besides."""
    versions.begin(world.database, world.context, world.commune, YEAR)  # that holds targets
    page = shown(qtbot, kind(world.desk, YEAR))
    page.open(code)
    section = page.section
    decided = section.record_form.decided_by
    if decided:
        chosen = {"kind": "dialogue", "policy": "housing"}[decided]
        section.form.set_draft({decided: chosen})
        section._changed(decided)
    page.list.setFocus()
    hands.enter()
    asked = [*section.form.visible_codes(), *section.added.form.visible_codes()]
    assert not decided or section.added.form.visible_codes()
    names = walk(key, section, "save_record")
    visited = [name.split(".")[0] for name in names]
    assert [name for name, _ in groupby(of(visited, asked))] == asked
