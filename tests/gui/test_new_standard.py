"""The plan of the first year of a standard in the window: what does not compare is said in each
room of targets, and each leads to where the list is made that the year begins with.
"""

from __future__ import annotations

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.gui.documents.plan_document_section import PlanDocumentSection
from giamngheo_desktop.gui.pages.settings_page import SettingsPage
from giamngheo_desktop.gui.pages.targets_page import TargetsPage
from giamngheo_desktop.gui.targets.allocation_section import AllocationSection
from giamngheo_desktop.gui.targets.tracking_section import TrackingSection
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.documents import sections, versions
from giamngheo_desktop.services.programme import entries
from giamngheo_desktop.services.review import opening_counts
from giamngheo_desktop.services.review.opening_counts import Count
from tests.gui import hands

YEAR = 2027
CHANGED = "số năm 2026 theo Chuẩn nghèo 2022–2026 không so sánh được với số năm 2027."
OFFER = "Lập danh sách đầu năm 2027 theo chuẩn mới"
THERE = ("settings", "opening")


def add(world, indicator, **values):
    form = world.desk.definitions.records[Kind.TARGET]
    plan = versions.in_hand(world.database, world.commune, YEAR)["uid"]
    values = {"indicator": indicator, **values}
    given = {"document": plan, "key": indicator}
    entries.save(world.database, world.context, form, values, given=given)


def open_year(world):
    """The list of the end of 2026 under the new standard, by numbers."""
    row = {"poor": Count(3, 9), "near_poor": Count(5, 20)}
    counts = dict.fromkeys(world.villages, row)
    act = (world.database, world.context, counts)
    done = opening_counts.save(*act, year=YEAR - 1, standard="2027", unit=world.commune)
    return done.changes


@pytest.fixture
def page(qtbot, world):
    act = (world.database, world.context, world.desk.definitions)
    sections.begin(*act, world.commune, YEAR, "ke_hoach_chuan")
    people = {village: {"households": 100, "persons": 400} for village in world.villages}
    areas.save_population(world.database, world.context, YEAR - 1, people)
    add(world, "HN-TL", pursued=150)
    add(world, "HN-GIAM-HO", pursued=200)
    made = TargetsPage(world.desk, YEAR)
    qtbot.addWidget(made)
    made.resize(1100, 640)
    made.show()
    hands.turn_to(made)
    made.gone = []
    made.go_requested.connect(lambda *where: made.gone.append(where))
    return made


def room(page, code):
    page.open(code)
    return page.section


def test_each_target_is_told_not_to_compare(page):
    section = room(page, "targets")
    (told,) = (one for one in section.doubts.texts() if CHANGED in one)
    assert told.startswith("Tỷ lệ hộ nghèo, Số hộ nghèo giảm (thuần): chưa có số đầu năm để so.")
    assert OFFER in told
    for at in range(2):
        uid = section.table.rows.row(at)[0]
        assert CHANGED in section.warn(uid)
    section.doubts.opening_button.click()
    assert page.gone == [THERE]


def test_tracking_says_it_and_leads_to_the_opening(page):
    section = room(page, "tracking")
    table = section.table.rows
    last = len(table.columns) - 1
    assert [table.text(at, last) for at in range(2)] == ["Không so sánh được"] * 2
    notes = section.detail.notes.text()
    assert CHANGED in notes
    assert OFFER in notes
    section.detail.opening_button.click()
    assert page.gone == [THERE]


def test_villages_are_given_numbers_beside_the_same_sentence(page):
    section = room(page, "allocation")
    assert CHANGED in section.problem.text()
    assert OFFER in section.problem.text()
    section.opening_button.click()
    assert page.gone == [THERE]


def test_the_analysis_says_whose_numbers_it_has(page):
    said = room(page, "analysis").said.text()
    assert CHANGED in said
    assert OFFER in said
    assert page.section.choice.count() == 1  # nothing of a year ahead is known yet
    page.show_year(YEAR - 1)
    assert page.section.choice.count() == 2


def test_the_plan_tells_it_in_its_editor_and_before_it_is_issued(page):
    view = room(page, "plan_document").view
    told = [one for one in view.editor.doubts.texts() if "không so sánh được" in one]
    assert len(told) == 3  # the targets, the table of villages, the analysis
    view.editor.doubts.opening_button.click()
    view.issue_button.click()
    assert [one for one in view.dialog.doubts.texts() if "không so sánh được" in one] == told
    dialog = view.dialog
    dialog.doubts.opening_button.click()
    assert not dialog.isVisible()
    assert page.gone == [THERE, THERE]


def test_once_there_is_an_opening_nothing_leads_there(page, world):
    section = room(page, "targets")
    assert not section.doubts.opening_button.isHidden()
    done = open_year(world)
    for kind in (type(section), AllocationSection, TrackingSection, PlanDocumentSection):
        assert done.touches(*kind.WATCHES)  # so that it is read again
    page.forget()
    page.load()
    assert not any(CHANGED in one for one in section.doubts.texts())
    assert section.doubts.opening_button.isHidden()
    assert room(page, "tracking").detail.opening_button.isHidden()
    assert CHANGED not in room(page, "allocation").problem.text()


def test_of_a_year_ahead_nothing_is_reached_yet(page, world):
    """As the command says it, which asks as of today."""
    add(world, "YT-BHYT", pursued=10_000)
    section = room(page, "tracking")
    page.forget()
    page.load()
    section.table.go_to(section.table.rows.row(2)[0])
    assert section.table.rows.text(2, len(section.table.rows.columns) - 1) == "Chưa có số liệu"
    assert "Năm kế hoạch chưa bắt đầu." in section.detail.notes.text()


def test_what_the_old_standard_counted_is_not_called_the_start(page):
    section = room(page, "tracking")
    section.table.go_to(section.table.rows.row(1)[0])
    said = section.detail.start_button.text()
    assert not section.detail.start_button.isHidden()
    assert said.startswith("Cuối năm 2026 theo Chuẩn nghèo 2022–2026: ")


def test_the_opening_says_by_which_standard_its_list_is(qtbot, world):
    made = SettingsPage(world.desk, YEAR)
    qtbot.addWidget(made)
    made.show()
    hands.turn_to(made)
    made.open("opening")
    assert made.section.heading.text() == (
        "Mở sổ đầu kỳ năm 2027: danh sách cuối năm 2026 theo Chuẩn nghèo 2027–2030"
    )
    made.show_year(YEAR - 1)
    assert made.section.heading.text() == "Mở sổ đầu kỳ năm 2026: danh sách cuối năm 2025"


def test_the_targets_of_the_year_before_are_taken_over(page, world):
    form = world.desk.definitions.records[Kind.TARGET]
    act = (world.database, world.context)
    section = room(page, "targets")
    section.take_button.click()
    assert "Kế hoạch năm 2026 chưa có chỉ tiêu nào để lấy." in section.refusal.text()
    before = versions.begin(*act, world.commune, YEAR - 1).value
    values = {"indicator": "YT-BHYT", "pursued": 10_000}
    entries.save(*act, form, values, given={"document": before, "key": "k"})
    section.take_button.click()
    page.forget()
    page.load()
    assert section.refusal.isHidden()
    assert section.table.rows.rowCount() == 3
    assert section.take_button.text() == "Lấy &chỉ tiêu năm 2026"
