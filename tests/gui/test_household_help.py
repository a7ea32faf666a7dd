"""The tab Hỗ trợ of a household: what it got, what it needs, who stands by it, and the ways on."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.helping import Helper
from giamngheo_desktop.gui.household.sheet import INFO, SUPPORT
from giamngheo_desktop.gui.pages.households_page import HouseholdsPage
from giamngheo_desktop.gui.pages.support_page import SupportPage
from giamngheo_desktop.gui.preview.paper_preview import PaperPreview
from giamngheo_desktop.services import undo
from giamngheo_desktop.services.programme.assign import ForHomes, assign_many
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from tests.gui import hands
from tests.gui.commune import YEAR, add_class
from tests.gui.household_form.form import shown
from tests.gui.print_menus import text_of

DAY = date(YEAR, 3, 1)
NO_CLASS = "Cần xem: Hôm đó hộ chưa được công nhận thuộc diện nào."


def add(world, kind: Kind, /, **values) -> UUID:
    columns = records.columns(kind)
    if "area" in columns:
        values = {"area": world.commune, **values}
    if "valid_from" in columns:
        values = {"valid_from": date(YEAR, 1, 1), **values}
    with write_unit(world.database, world.context, Op.SAVE_RECORD) as work:
        return work.insert(kind, **values)


def give(world, home: UUID, day: date, policy: str, amount: int | None = None, **values) -> UUID:
    uid = add(world, Kind.SUPPORT, household=home, supported_on=day, policy=policy, **values)
    if amount is not None:
        add(world, Kind.SUPPORT_SHARE, support=uid, source="central", amount=amount)
    return uid


@pytest.fixture
def home(world) -> UUID:
    """Supports of three years, a helper who came, and all the rest of one household."""
    home = world.homes[0]
    body = add(world, Kind.BODY, name="Hội Nông dân xã")
    give(world, home, date(2020, 12, 31), "housing", 9_000_000)
    give(world, home, date(2024, 5, 2), "housing", 40_000_000, body=body, decision_number="12/QĐ")
    give(world, home, date(YEAR, 3, 1), "electricity", 165_000)
    give(world, home, date(YEAR, 4, 1), "poor_fund_gift", item="Gạo", quantity=1500, unit="kg")
    officer = add(world, Kind.OFFICER, full_name="Phan Văn Lâm", title="Chủ tịch Hội", body=body)
    add(world, Kind.ASSIGNMENT, household=home, officer=officer, role="helps")
    add(world, Kind.VISIT, household=home, officer=officer, visited_on=date(YEAR, 2, 3))
    add(world, Kind.NEED, household=home, code="housing")
    add(world, Kind.HOUSEHOLD_PLAN, household=home, year=YEAR, measures="Nuôi bò")
    add(world, Kind.INCIDENT, household=home, happened_on=date(YEAR, 5, 6), kind="accident")
    return home


@pytest.fixture
def page(qtbot, world, home) -> HouseholdsPage:
    made = shown(qtbot, world)
    made.open(home)
    return made


def rows(tab) -> list[tuple[str, ...]]:
    model = tab.table.rows
    return [tuple(model.text(at, column) for column in range(4)) for at in range(model.rowCount())]


def goes(page):
    gone = []
    page.go_requested.connect(lambda key, payload: gone.append((key, payload)))
    return gone


def test_what_a_household_got_stands_by_year_and_is_read_when_it_is_seen(page):
    tab = page.view.sheet.support
    assert tab.found is None  # nobody has looked at it
    hands.press(hands.Key.Key_5, modifier=hands.Modifier.AltModifier)
    assert page.view.sheet.currentIndex() == SUPPORT
    assert rows(tab) == [
        (f"Năm {YEAR}", "2 lượt; 1 lượt chưa ghi số tiền", "165.000", ""),
        (f"01/04/{YEAR}", "Quỹ “Vì người nghèo”, tặng quà, Gạo 15 kg", "–", ""),
        (f"01/03/{YEAR}", "Tiền điện", "165.000", "NSTW"),
        ("Năm 2024", "1 lượt", "40.000.000", ""),
        ("02/05/2024", f"Nhà ở\n{NO_CLASS}", "40.000.000", "NSTW"),
    ]
    assert tab.sums.text() == "Từ năm 2021: 3 lượt; 40.165.000 đồng; 1 lượt chưa ghi số tiền"
    assert tab.by_year.text() == f"{YEAR}:\u00a0165.000 · 2024:\u00a040.000.000"
    parts = {code: part.text.text() for code, part in tab.side.parts.items()}
    assert parts == {
        "needs": f"Xây mới, sửa chữa nhà ở, từ 01/01/{YEAR}",
        "assignments": f"Phan Văn Lâm, Chủ tịch Hội, từ 01/01/{YEAR}",
        "visits": f"03/02/{YEAR}, Phan Văn Lâm",
        "household_plans": "Nuôi bò",
        "incidents": f"06/05/{YEAR}: Tai nạn",
    }
    assert tab.side.parts["visits"].late.text() == f"Hạn thăm đã qua: 03/05/{YEAR}"


def test_the_same_is_printed(page):
    tab = page.view.sheet.support
    page.view.sheet.start(SUPPORT)
    tab.print_button.setFocus()
    hands.enter()
    (shown,) = page.findChildren(PaperPreview)
    assert "PHIẾU THEO DÕI HỖ TRỢ" in text_of(shown.sheet.bundle.data)
    assert "40.165.000" in text_of(shown.sheet.bundle.data)
    assert shown.sheet.issue_button.isVisible()
    shown.close()


def test_three_years_on_the_list_warn(world, page):
    """It is poor since the end of 2025; of an opening nobody knows more."""
    tab = page.view.sheet.support
    page.view.sheet.start(SUPPORT)
    assert tab.years.text().startswith("2 năm liền trong danh sách (2025–2026)")
    assert tab.years.property("kind") == "bold"
    add_class(world, world.homes[0], YEAR - 2, "poor")
    page.mark_stale()
    assert tab.years.text().startswith("3 năm liền")
    assert tab.years.property("kind") == "late"


def test_what_a_person_got_elsewhere_is_marked_and_not_added(world, page, home):
    with world.database.reader() as connection:
        person = records.find(connection, Kind.MEMBERSHIP, household=home)[1]["person"]
    give(world, world.homes[4], date(2023, 1, 5), "education", 700_000, person=person)
    give(world, home, date(2023, 9, 5), "education", 300_000, person=person)
    tab = page.view.sheet.support
    page.view.sheet.start(SUPPORT)
    said = rows(tab)
    assert ("05/09/2023", f"Giáo dục, cho Người 2\n{NO_CLASS}", "300.000", "NSTW") in said
    assert said[-2:] == [
        ("Ở hộ khác", "1 lượt", "700.000", ""),
        (
            "05/01/2023",
            "Giáo dục, cho Người 2, khi ở hộ Y Blơ Êban",
            "700.000",
            "NSTW",
        ),
    ]
    assert "40.465.000 đồng" in tab.sums.text()
    gone = goes(page)
    tab.table.go_to(tab.found.elsewhere[0].uid)
    tab.table.setFocus()
    hands.enter()
    assert gone == [("households", world.homes[4])]


def test_a_doubt_stands_below_its_line_and_goods_are_said_once(world, page, home):
    """The text keeps its width."""
    before = page.view.sheet.support
    page.view.sheet.start(SUPPORT)
    wide = before.table.columnWidth(1)
    for _ in range(2):
        give(world, home, date(YEAR, 5, 1), "production", 1, content="Bò cái sinh sản",
             item="Bò cái sinh sản", quantity=100, unit="con")  # fmt: skip
    page.mark_stale()
    said = rows(before)[1][1].splitlines()
    label = world.desk.definitions.supports["production"].label
    assert said[0] == f"{label}, Bò cái sinh sản 1 con"
    assert any(line.startswith("Cần xem: Trùng") for line in said[1:])
    assert before.table.columnWidth(1) >= wide - 20


def test_what_it_took_part_in_and_gifts_of_funds_stand_below_and_are_not_added(world, page, home):
    with world.database.reader() as connection:
        person = records.find(connection, Kind.MEMBERSHIP, household=home)[1]["person"]
    model = add(world, Kind.ACTIVITY, kind="model", name="Nuôi bò", year=2023)
    first = add(world, Kind.PARTICIPANT, activity=model, household=world.homes[1])
    own = add(world, Kind.PARTICIPANT, activity=model, household=home, received="1 con bò cái",
              to_return=100, returned=50, unit="con", returned_on=date(2025, 3, 2),
              received_from=first, joined_on=date(2023, 4, 1))  # fmt: skip
    add(world, Kind.PARTICIPANT, activity=model, household=world.homes[2], received_from=own)
    course = add(world, Kind.ACTIVITY, kind="technical_training", name="Ủ chua", year=YEAR,
                 state="running", starts_on=date(YEAR, 2, 3))  # fmt: skip
    add(world, Kind.PARTICIPANT, activity=course, household=home, person=person, attended=True)
    old = add(world, Kind.ACTIVITY, kind="job_fair", name="Cũ", year=2020)
    add(world, Kind.PARTICIPANT, activity=old, household=home)
    gift = {"fund": "poor_fund", "booked_on": date(YEAR, 1, 20), "household": home}
    given = add(world, Kind.FUND_ENTRY, direction="out", amount=500_000, item="Gạo", quantity=1000,
                unit="kg", **gift)  # fmt: skip
    add(world, Kind.FUND_ENTRY, direction="in", amount=9, **gift)
    tab = page.view.sheet.support
    page.view.sheet.start(SUPPORT)
    said = rows(tab)[5:]
    assert said[0] == ("", "Mô hình, tổ nhóm, lớp, sự kiện đã tham gia: 2 lần", "", "")
    assert [row[:3] for row in said[1:3]] == [
        (
            f"03/02/{YEAR}",
            "Tập huấn kỹ thuật, khuyến nông: Ủ chua; Người 2; Đang thực hiện; có dự",
            "",
        ),
        (
            "01/04/2023",
            (
                "Mô hình, dự án sinh kế: Nuôi bò; đã nhận 1 con bò cái; nhận luân chuyển từ Trần "
                "Thị Bình; phải hoàn lại 1 con; đã hoàn lại 0,5 con ngày 02/03/2025; đã chuyển cho "
                "Lê Văn Cường"
            ),
            "",
        ),
    ]
    assert said[3] == ("", "Quỹ giúp, không cộng vào tổng hỗ trợ: 1 khoản", "500.000", "")
    assert said[4] == (f"20/01/{YEAR}", "Quỹ “Vì người nghèo”: Gạo 10 kg", "500.000", "")
    assert tab.sums.text() == "Từ năm 2021: 3 lượt; 40.165.000 đồng; 1 lượt chưa ghi số tiền"
    gone = goes(page)
    for at in (6, 9):
        tab.table.go_to(tab.table.rows.row(at)[0])
        hands.enter()
    assert gone == [
        ("projects", {"section": "activities", "record": course}),
        ("projects", {"section": "fund", "record": given}),
    ]
    tab.print_button.click()
    (shown,) = page.findChildren(PaperPreview)
    text = text_of(shown.sheet.bundle.data)
    for word in ("Ủ chua", "0,5 con", "Gạo 10 kg", "500.000", "không cộng vào", "40.165.000"):
        assert word in text
    shown.close()


def test_a_line_opens_its_form_where_the_year_is_that_of_the_page(page):
    tab = page.view.sheet.support
    page.view.sheet.start(SUPPORT)
    assert hands.at() == "household_supports"
    gone, said = goes(page), []
    page.notice_requested.connect(lambda text, _: said.append(text))
    for at in range(5):
        tab.table.go_to(tab.table.rows.row(at)[0])
        hands.enter()
    records = [payload["record"] for _, payload in gone]
    assert records == [tab.table.rows.row(at)[0] for at in (1, 2)]
    assert {(key, payload["section"]) for key, payload in gone} == {("support", "supports")}
    assert len(said) == 1  # of the year 2024


def test_the_form_of_a_new_record_begins_with_the_household(qtbot, world, page, home):
    tab = page.view.sheet.support
    page.view.sheet.start(SUPPORT)
    gone = goes(page)
    other = SupportPage(world.desk, YEAR)
    qtbot.addWidget(other)
    other.resize(1000, 640)
    other.show()
    for code in ("supports", "assignments", "visits", "incidents", "needs"):
        (tab.add if code == "supports" else tab.side.parts[code].act).click()
        (key, payload) = gone.pop()
        assert key == "support"
        other.open(payload)
        section = other.section
        assert other.code == code
        assert section.form.draft()["household"] == home
        assert not section.form.is_dirty  # nothing was typed
        assert section.chosen is None
    before = len(section.found.records)
    section.form.set_draft({"code": "credit", "valid_from": date(YEAR, 6, 1)})
    section.save()
    assert len(section.found.records) == before + 1
    assert section.stored(section.chosen)["household"] == home
    section.new_button.click()
    assert section.form.draft()["household"] is None  # the next one is anybody's
    page.view.sheet.start(SUPPORT)
    assert "Vay vốn" in tab.side.parts["needs"].text.text()


def test_what_was_begun_for_another_household_is_not_overwritten(qtbot, world, home):
    page = SupportPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.show()
    page.open("needs")
    page.section.start_new()
    page.section.form.set_draft({"household": world.homes[1], "code": "credit"})
    page.open({"section": "needs", "household": home, "record": None})
    assert page.section.form.draft()["household"] == world.homes[1]
    assert page.section.warning.isVisible()


def test_a_new_household_asks_to_be_saved_first_and_another_one_shows_nothing_of_the_last(
    world, page
):
    tab = page.view.sheet.support
    page.view.sheet.start(SUPPORT)
    page.open(world.homes[1])
    assert page.view.sheet.currentIndex() == INFO
    assert rows(tab) == []
    assert tab.sums.text() == ""
    page.view.sheet.start(SUPPORT)
    assert tab.sums.text() == "Từ năm 2021 chưa ghi lượt hỗ trợ nào"
    assert hands.at() == "add_support"
    page.new_household()
    page.view.sheet.start(SUPPORT)
    assert not tab.add.isVisible()
    assert tab.side.isHidden()


def test_one_helper_takes_several_households_of_a_village_in_one_act(qtbot, world, home):
    """Who has a helper is not offered; Ctrl+Z takes all back."""
    officer = records_of(world, Kind.OFFICER)[0]
    other = SupportPage(world.desk, YEAR)
    qtbot.addWidget(other)
    other.resize(1000, 640)
    other.show()
    other.open("assignments")
    section = other.section
    section.many_button.click()
    dialog = section.dialog
    form = dialog.form
    assert form.fields["village"].field.choices[0].label == "Thôn Đông"
    offered = [choice.code for choice in form.fields["homes_0"].field.choices]
    assert home.hex not in offered
    assert world.homes[1].hex in offered
    form.set_draft({"helper": f"officer {officer['uid'].hex}", "village": "homes_0"})
    dialog.record()
    assert dialog.isVisible()  # nobody is ticked
    form.set_draft({"homes_0": tuple(offered), "decision_number": "5/QĐ", "valid_from": DAY})
    dialog.record()
    assert not dialog.isVisible()
    made = [row for row in records_of(world, Kind.ASSIGNMENT) if row["decision_number"] == "5/QĐ"]
    assert {row["household"].hex for row in made} == {*offered}
    assert {(row["officer"], row["role"], row["valid_from"]) for row in made} == {
        (officer["uid"], "household", DAY)
    }
    step = undo.next_step(world.database)
    assert step.subject == f"Phan Văn Lâm giúp {len(offered)} hộ"
    wanted = ForHomes(helper=Helper(officer["uid"], None), households=[home], valid_from=DAY)
    with pytest.raises(RefusedError, match="assign_nobody"):  # he helps it already
        assign_many(world.database, world.context, world.commune, wanted)
    undo.undo(world.database, world.context, step.group)
    assert len(records_of(world, Kind.ASSIGNMENT)) == 1


def records_of(world, kind: Kind):
    with world.database.reader() as connection:
        return records.find(connection, kind)
