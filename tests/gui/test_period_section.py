"""Danh sách kỳ in the window: compared, posted, issued once, taken back once, printed again."""

from __future__ import annotations

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.gui.pages.support_page import SupportPage
from giamngheo_desktop.gui.supports.period_tables import ADDED, ISSUED, REMOVED, VIEWS, WHOLE
from giamngheo_desktop.services import undo
from giamngheo_desktop.services.programme import period_lists
from tests.gui import hands
from tests.gui.commune import YEAR
from tests.gui.hands import Key
from tests.harness.register import dump, living


@pytest.fixture
def section(qtbot, world):
    page = SupportPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.resize(1220, 640)
    page.show()
    hands.turn_to(page)
    page.open("period_lists")
    page.section.around = page  # else nobody keeps it
    return page.section


def issued(section):
    return period_lists.issued_lists(section.desk.database, section.desk.commune, "bhyt")


def count(section, view):
    return section.tables[view].rows.rowCount()


def go_to(section, period):
    section.period.setCurrentIndex(section.period.findData(period))


def test_a_list_is_issued_by_keys_compared_and_taken_back(section, world):
    section.policy.setFocus()
    assert section.period.currentData() == "2026-06"
    assert section.view == WHOLE
    assert count(section, WHOLE) == 20  # of five households
    section.issue()
    assert hands.at() == "issued_on"
    hands.enter()
    hands.fill("12/QĐ-UBND", "Lần đầu")
    assert hands.at() == "issue_period"
    hands.enter()
    (one,) = issued(section)
    assert (one.period, one.decision_number, one.rows) == ("2026-06", "12/QĐ-UBND", 20)
    assert hands.at() == f"period_{ISSUED}"
    section.issue_button.click()
    assert section.refusal.isVisible()  # nothing is otherwise since
    assert len(issued(section)) == 1
    go_to(section, "2026-03")
    assert count(section, ADDED) == 0
    assert "Chưa có danh sách nào lập trước" in section.said.text()
    go_to(section, "2026-08")
    assert "giữ nguyên 20" in section.said.text()
    step = undo.next_step(world.database)
    done = undo.undo(world.database, world.context, step.group)
    world.desk.bus.data_changed.emit(done.changes)
    assert issued(section) == []
    assert count(section, ISSUED) == 0
    rows = living(dump(world.database))
    assert not rows.get(Kind.PERIOD_ROW.value)


def test_who_is_gone_has_a_reason_and_papers_are_shown_as_asked(section, world):
    section.issue()
    section.issue_button.click()
    go_to(section, "2026-12")
    assert count(section, REMOVED) == 0
    section.year = YEAR + 1
    section.load()
    go_to(section, f"{YEAR + 1}-01")
    assert count(section, REMOVED) == 20
    table = section.tables[REMOVED].rows
    assert {table.text(row, 4) for row in range(20)} == {"hết hạn công nhận"}
    assert {table.text(row, 5) for row in range(20)} == {f"01/01/{YEAR + 1}"}
    for button in (section.print_button, section.post_button):
        button.click()
        assert section.paper.sheet.bundle is not None
        assert section.paper.sheet.issue_button.isHidden()  # not before it is drawn up
        hands.press(Key.Key_Escape)
        assert section.policy.isVisible()
    posted = " ".join(
        cell.text for doc in section.paper.sheet.bundle.docs for table in doc.body
        for row in table.rows for cell in row.cells if isinstance(getattr(cell, "text", None), str)
    )  # fmt: skip
    assert "042" not in posted
    section.views.buttons[VIEWS.index(ISSUED)].click()
    section.tables[ISSUED].setCurrentIndex(section.tables[ISSUED].rows.index(0, 0))
    section.tables[ISSUED].setFocus()
    hands.enter()
    assert "Tháng 6 năm 2026" in section.paper.sheet.title.text()
    assert section.paper.sheet.issue_button.isEnabled()  # what was drawn up may be signed


def test_what_is_typed_for_a_period_waits_there(section):
    section.issue()
    section.issue_form.focus_field("decision_number")
    hands.write("7/QĐ")
    go_to(section, "2026-07")
    assert section.issue_form.draft()["decision_number"] is None
    go_to(section, "2026-06")
    assert section.issue_form.draft()["decision_number"] == "7/QĐ"


def test_a_period_of_no_rule_is_said_and_nothing_can_be_issued(section):
    section.policy.setCurrentIndex(section.policy.findData("hoc_phi"))
    assert section.refusal.isVisible()
    assert not section.issue_button.isEnabled()
    section.policy.setCurrentIndex(section.policy.findData("tien_dien"))
    assert not section.refusal.isVisible()
    assert section.issue_button.isEnabled()
