"""Người giúp, Ghép nhu cầu, and the sums above budget and fund: what they say, open and print."""

from __future__ import annotations

from datetime import date

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.gui.household.sheet import SUPPORT
from giamngheo_desktop.gui.pages.households_page import HouseholdsPage
from giamngheo_desktop.gui.pages.projects_page import ProjectsPage
from giamngheo_desktop.gui.pages.support_page import SupportPage
from giamngheo_desktop.gui.preview.paper_preview import PaperPreview
from tests.gui import hands
from tests.gui.commune import YEAR
from tests.gui.hands import Key
from tests.gui.test_household_help import add, give, goes
from tests.gui.test_record_sections import show


def rows(table) -> list[list[str]]:
    model = table.rows
    return [
        [model.text(at, column) for column in range(len(model.columns))]
        for at in range(model.rowCount())
    ]


@pytest.fixture
def helped(world):
    """One household has a helper who has not come in this quarter."""
    officer = add(world, Kind.OFFICER, full_name="Phan Văn Lâm", title="Chủ tịch Hội")
    add(world, Kind.ASSIGNMENT, household=world.homes[0], officer=officer, role="household")
    add(world, Kind.NEED, household=world.homes[0], code="housing")
    return world


def test_households_without_a_helper_are_listed_searched_and_opened_on_their_help(qtbot, helped):
    page = show(qtbot, helped, SupportPage, "helpers")
    section = page.section
    assert section.code == "without"
    heads = [row[0] for row in rows(section.table)]
    assert heads == ["Trần Thị Bình", "Lê Văn Cường", "Đinh Thị Đào", "Y Blơ Êban"]
    assert section.said.text() == f"4 hộ · Tính đến ngày 30/06/{YEAR}"
    hands.press(Key.Key_Return)  # from the choice to the search
    hands.write("blo")
    assert [row[0] for row in rows(section.table)] == ["Y Blơ Êban"]
    assert section.said.text().startswith("1 hộ")
    gone = goes(page)
    hands.press(Key.Key_Return)
    assert hands.at() == "help_lines"
    hands.press(Key.Key_Home, Key.Key_Return)
    ((key, payload),) = gone
    assert (key, payload["household"]) == ("households", helped.homes[4])
    homes = HouseholdsPage(helped.desk, YEAR)
    qtbot.addWidget(homes)
    homes.show()
    homes.open(payload)
    sheet = homes.view.sheet
    assert sheet.currentIndex() == SUPPORT
    assert sheet.support.found is not None
    homes.open({**payload, "household": helped.homes[0]})  # from there to the next one
    assert sheet.support.side.parts["assignments"].text.text().startswith("Phan Văn Lâm")
    back = goes(homes)
    homes.view.go_back()
    assert back == [("support", {"section": "helpers"})]


def test_a_helper_who_did_not_come_leads_to_his_households(qtbot, helped):
    page = show(qtbot, helped, SupportPage, "helpers")
    section = page.section
    section.arrive({"list": "silent"})
    assert [row[0] for row in rows(section.table)] == ["Phan Văn Lâm, Chủ tịch Hội"]
    section.table.setFocus()
    hands.press(Key.Key_Home, Key.Key_Return)
    assert section.code == "helpers"
    assert [row[1] for row in rows(section.table)] == ["Nguyễn Văn An"]
    add(helped, Kind.VISIT, household=helped.homes[0], visited_on=date(YEAR, 6, 1), officer=None)
    section.load()
    assert section.search.text() == "Phan Văn Lâm"


@pytest.mark.parametrize("section", ["helpers", "matching"])
def test_every_list_is_shown_as_it_is_printed(qtbot, helped, section):
    page = show(qtbot, helped, SupportPage, section)
    section = page.section
    for code in section.lists():
        section.arrive({"list": code})
        assert section.found is not None
        assert section.note.text()
        count = sum(len(lines) for _, lines in section.found.groups)
        assert section.table.rows.rowCount() == count
        for item in section._papers():
            shown = section.prints.open(item.order)
            assert isinstance(shown, PaperPreview)
            assert shown.sheet.bundle is not None, code
            shown.close()


def test_a_need_is_offered_what_there_is_money_for(qtbot, helped):
    place = {"programme": "2021", "component": "DA5"}
    add(helped, Kind.BUDGET_LINE, year=YEAR, stage="assigned", source="central",
        amount=100_000_000, **place)  # fmt: skip
    give(helped, helped.homes[4], date(YEAR, 2, 2), "housing", 40_000_000, **place)
    page = show(qtbot, helped, SupportPage, "matching")
    ((need, head, *_, policies, money),) = rows(page.section.table)
    assert (need, head) == ("Xây mới, sửa chữa nhà ở", "Nguyễn Văn An")
    assert policies == "Nhà ở"
    assert "100.000.000" in money


def test_the_budget_adds_up_by_component_and_source_and_says_what_is_wrong(qtbot, world):
    def line(stage, source, amount, component="DA5"):
        place = {"programme": "2021", "component": component} if component else {}
        add(world, Kind.BUDGET_LINE, year=YEAR, stage=stage, source=source, amount=amount, **place)

    line("assigned", "central", 100_000_000)
    line("disbursed", "central", 120_000_000)
    line("assigned", "province", 30_000_000, component=None)
    page = show(qtbot, world, ProjectsPage, "budget")
    totals = page.section.totals
    shown = {row[0].strip(): row[1:] for row in rows(totals.table)}
    assert list(shown)[-2:] == ["Chưa ghi chương trình, nội dung", "Tổng cộng"]
    assert shown["Tổng cộng"] == ["–", "130.000.000", "–", "120.000.000", "–", "92,31", "–"]
    part = list(shown)[-3]
    assert shown[part][:5] == ["–", "100.000.000", "–", "120.000.000", "–"]
    assert "nhiều hơn được giao 100.000.000 đồng" in totals.warnings.text()
    totals.source.setCurrentIndex(totals.source.findData("province"))
    totals.source.activated.emit(totals.source.currentIndex())
    assert [row[2] for row in rows(totals.table)] == ["30.000.000"] * 2
    assert totals.warnings.text() == ""
    for item in totals._papers():
        preview = totals.prints.open(item.order)
        assert preview.sheet.issue_button.isVisible()
        assert preview.sheet.bundle is not None, item.code
        preview.close()


def test_a_fund_shows_what_it_has_of_each_form(qtbot, world):
    def entry(direction, form, amount, year=YEAR):
        add(world, Kind.FUND_ENTRY, fund="poor_fund", direction=direction, form=form,
            amount=amount, booked_on=date(year, 2, 1))  # fmt: skip

    page = show(qtbot, world, ProjectsPage, "fund")
    assert page.section.balance.isHidden()  # there is none
    entry("in", "money", 5_000_000, YEAR - 1)
    entry("in", "money", 2_000_000)
    entry("out", "goods", 300_000)
    page.section.load()
    balance = page.section.balance
    assert [row[1:] for row in rows(balance.table)] == [
        ["Tiền", "5.000.000", "2.000.000", "0", "7.000.000"],
        ["Hiện vật, vật tư", "0", "0", "300.000", "-300.000"],
    ]
    assert "tồn -300.000 đồng" in balance.warnings.text()
    assert [item.code for item in balance._papers()] == ["fund_poor_fund"]


def test_what_waits_is_listed_printed_and_opens_its_record(qtbot, world):
    late = {"due_on": date(YEAR, 5, 1), "year": YEAR}
    add(world, Kind.TASK, content="Nộp báo cáo", **late)
    add(world, Kind.TASK, content="Họp thôn", **{**late, "due_on": date(YEAR, 4, 1)})
    old = {"year": YEAR - 1, "starts_on": date(YEAR - 1, 9, 1), "state": "planned"}
    before = add(world, Kind.ACTIVITY, name="Đối thoại", kind="dialogue", **old)
    page = show(qtbot, world, ProjectsPage, "open_items")
    section = page.section
    assert [row[:3] for row in rows(section.table)] == [
        ["Nhiệm vụ, báo cáo quá hạn", "Họp thôn", f"01/04/{YEAR}"],
        ["Nhiệm vụ, báo cáo quá hạn", "Nộp báo cáo", f"01/05/{YEAR}"],
        ["Dự kiến đã qua ngày, chưa ghi kết quả", "Đối thoại", f"01/09/{YEAR - 1}"],
    ]
    assert section.said.text() == f"3 dòng · Tính đến ngày 30/06/{YEAR}"
    (item,) = section._papers()
    shown = section.prints.open(item.order)
    assert shown.sheet.issue_button.isVisible()
    assert shown.sheet.bundle is not None
    shown.close()
    section.arrive({"list": "task"})
    assert [row[0] for row in rows(section.table)] == ["Họp thôn", "Nộp báo cáo"]
    hands.turn_to(page)
    section.choice.setFocus()
    hands.press(Key.Key_Return)  # to the search
    hands.write("bao cao")
    hands.press(Key.Key_Return)
    assert hands.at() == "help_lines"
    gone = goes(page)
    hands.press(Key.Key_Home, Key.Key_Return)
    ((key, wanted),) = gone
    assert (key, wanted["section"], wanted["year"]) == ("projects", "tasks", YEAR)
    page.open(wanted)
    assert page.section.form.draft()["content"] == "Nộp báo cáo"
    page.open({"section": "open_items", "list": "start"})
    section.search.clear()
    section.table.go_to(section.table.rows.row(0)[0])
    section.open_button.click()
    page.open(gone[-1][1])
    tasks = page.section
    assert f"chọn năm làm việc {YEAR - 1}" in tasks.refusal.text()
    page.show_year(YEAR - 1)
    assert tasks.chosen == before


def test_what_waits_for_nothing_says_so(qtbot, world):
    page = show(qtbot, world, ProjectsPage, "open_items")
    section = page.section
    for code in section.lists():
        section.arrive({"list": code})
        assert section.found is not None
        assert section.table.rows.rowCount() == 0
    assert not section.open_button.isEnabled()
