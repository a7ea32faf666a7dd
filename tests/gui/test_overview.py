"""Tổng quan: numbers typed by hand, comparisons, what is missing, and where each number leads."""

from __future__ import annotations

import re
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from giamngheo_desktop.domain.changes import ChangeSet, Kind, Op
from giamngheo_desktop.gui.pages.households_page import HouseholdsPage
from giamngheo_desktop.gui.pages.overview_page import OverviewPage
from giamngheo_desktop.gui.pages.targets_page import TargetsPage
from giamngheo_desktop.reports import make
from giamngheo_desktop.services import areas, checks, classes, successions
from giamngheo_desktop.services.overview import overview
from giamngheo_desktop.services.successions import NewUnit
from giamngheo_desktop.services.targets import allocation
from tests.gui.commune import HOMES, VILLAGES, YEAR, add_class, add_home, make_world
from tests.gui.test_household_help import add
from tests.gui.test_targets_page import add_target, begin


@pytest.fixture
def page(qtbot, world):
    made = OverviewPage(world.desk, YEAR)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    return made


def goes(page):
    gone = []
    page.go_requested.connect(lambda key, payload: gone.append((key, payload)))
    return gone


def names(world, wanted):
    homes = {uid: home[1] for uid, home in zip(world.homes, HOMES, strict=False)}
    return {homes[uid] for uid in wanted.uids}


def press(widget):
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_figures_of_the_year(page):
    assert page.figures.households.figure.text() == "230"
    assert page.figures.poor.figure.text() == "3"
    assert page.figures.near_poor.figure.text() == "2"
    assert page.figures.register.figure.text() == "6"
    # 3 of 230 households, 4 + 3 + 6 persons
    assert page.figures.poor.line.text() == "1,30 % · 13 nhân khẩu"
    assert page.figures.near_poor.line.text() == "0,87 % · 7 nhân khẩu"
    assert page.figures.poor.more.text() == "Giảm 1 hộ so với năm 2025"
    assert page.figures.near_poor.more.text() == "Bằng năm 2025"


def test_the_cards_and_the_targets_divide_by_the_same_households(world, page):
    """Those of the year, counted at its end, were in the first card long before that day."""
    begin(world)
    add_target(world, indicator="HN-TL", pursued=100)
    before = {village: {"households": 50, "persons": 200} for village in world.villages}
    areas.save_population(world.database, world.context, YEAR - 1, before)
    now = {
        village: {"households": 100, "persons": 400, "as_of": date(YEAR, 12, 31)}
        for village in world.villages
    }
    done = areas.save_population(world.database, world.context, YEAR, now)
    world.desk.bus.data_changed.emit(done.changes)
    page.load()
    assert page.figures.poor.line.text().startswith("2,00 %")  # 3 of 150
    assert any("2,00 %" in text.text for text in page.plan_targets.bars.plan.texts)
    assert page.figures.households.figure.text() == "150"
    assert page.figures.households.more.text() == f"3 thôn · số cuối năm {YEAR - 1}"


def test_of_several_communes_both_levels_are_counted(world, page):
    assert page.figures.households.more.text() == "3 thôn"
    news = [NewUnit(name="Xã Đông"), NewUnit(name="Xã Tây", takes=(world.villages[2],))]
    done = successions.record_succession(
        world.database,
        world.context,
        olds=[world.commune],
        news=news,
        reason="split",
        effective_on=date(YEAR, 6, 1),
    )
    world.desk.commune = areas.top_unit(world.database, world.context.today())
    world.desk.bus.data_changed.emit(done.changes)
    assert page.figures.households.more.text() == "2 xã, 3 thôn"
    assert page.findChild(QLabel, "by_unit").text() == "Theo xã"


def test_against_last_year_under_the_same_standard(world):
    add_class(world, world.homes[0], YEAR, "not_poor")
    found = overview(
        world.database,
        world.desk.definitions,
        year=YEAR,
        commune=world.commune,
        day=world.desk.day(YEAR),
    )
    assert found.comparable
    assert (found.total.poor_households, found.last.poor_households) == (2, 4)


def test_across_standards_nothing_is_compared(world, page):
    page.show_year(2027)
    assert not page.shown.comparable
    assert page.figures.poor.figure.text() == "Chưa có kết quả"
    assert (
        page.figures.poor.more.text()
        == "Năm 2026: 3 hộ theo chuẩn nghèo 2022–2026 – không so sánh được"
    )


def test_without_a_total_there_is_no_rate_at_all(qtbot, tmp_path):
    folder = tmp_path / "other"
    folder.mkdir()
    world = make_world(folder, villages=[*VILLAGES[:2], ("Thôn Thượng", None, None)])
    page = OverviewPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.show()
    gone = goes(page)
    assert page.figures.households.figure.text() == "Chưa có tổng số"
    assert page.figures.poor.line.text() == "Chưa có tổng số hộ nên không có tỷ lệ · 13 nhân khẩu"
    press(page.figures.households)
    assert gone == [("settings", "population")]
    world.close()


def test_each_number_opens_exactly_the_households_it_counts(world, page):
    gone = goes(page)
    press(page.figures.poor)
    press(page.figures.near_poor)
    (_, poor), (_, near_poor) = gone
    assert names(world, poor) == {"Nguyễn Văn An", "Đinh Thị Đào", "Y Blơ Êban"}
    assert names(world, near_poor) == {"Trần Thị Bình", "Lê Văn Cường"}
    assert len(poor.uids) == int(page.figures.poor.figure.text())


def test_the_register_card_opens_those_it_says_are_not_classed(qtbot, world, page):
    gone = goes(page)
    press(page.figures.register)
    assert gone[0][1].classes == ()  # everybody is classed: the whole register
    add_home(world, world.villages[2], "Hồ Văn Mới", 2)
    standard = page.desk.standard(YEAR)
    classes.close_year(
        world.database,
        world.context,
        year=YEAR,
        standard=standard.code,
        definition=standard.sha256,
        commune=world.commune,
    )
    page.mark_stale()
    assert page.figures.register.more.text() == "Bấm để xem 1 hộ chưa phân loại theo chuẩn này"
    press(page.figures.register)
    households = HouseholdsPage(world.desk, YEAR)
    qtbot.addWidget(households)
    households.show()
    edit = households.list.filters._day.input()  # another day was looked at before
    edit.setText(f"01/01/{YEAR}")
    edit.editingFinished.emit()
    households.open(gone[1][1])
    assert [row.head for row in households.list.shown_rows()] == ["Hồ Văn Mới"]


def listed(qtbot, world, payload, year=YEAR):
    """The heads that the page of households shows for it."""
    households = HouseholdsPage(world.desk, year)
    qtbot.addWidget(households)
    households.show()
    households.open(payload)
    return [row.head for row in households.list.shown_rows()]


def test_who_waits_for_a_result_is_counted_as_in_the_table_and_opened(qtbot, world, page):
    assert page.figures.register.more.text() == "Mọi hộ đều đã phân loại theo chuẩn này"
    home = add_home(world, world.villages[2], "Hồ Văn Chờ", 2)
    add_class(world, home, YEAR - 1, "poor")
    page.mark_stale()
    assert page.figures.register.more.text() == (
        f"Bấm để xem 1 hộ trong danh sách đầu năm chưa có kết quả công nhận năm {YEAR}"
    )
    doc = make.make(world.database, world.desk.definitions, "BC1", year=YEAR)
    said = "còn 1 hộ trong danh sách đầu năm chưa có kết quả công nhận"
    assert any(said in note for note in doc.notes)
    gone = goes(page)
    press(page.figures.register)
    assert listed(qtbot, world, gone[0][1]) == ["Hồ Văn Chờ"]


def test_who_had_no_result_in_a_closed_year_is_counted_and_opened(qtbot, world, page):
    home = add_home(world, world.villages[2], "Hồ Văn Chờ", 2)
    add_class(world, home, YEAR - 1, "not_poor")  # on no list, so nobody waits for it
    page.mark_stale()
    assert page.figures.register.more.text() == "Mọi hộ đều đã phân loại theo chuẩn này"
    standard = page.desk.standard(YEAR)
    classes.close_year(
        world.database,
        world.context,
        year=YEAR,
        standard=standard.code,
        definition=standard.sha256,
        commune=world.commune,
    )
    page.mark_stale()
    assert page.figures.register.more.text() == f"Bấm để xem 1 hộ không có kết quả năm {YEAR}"
    gone = goes(page)
    press(page.figures.register)
    assert listed(qtbot, world, gone[0][1]) == ["Hồ Văn Chờ"]


def test_each_bar_opens_its_households(world, page):
    gone = goes(page)
    hits = {text: payload for _, payload, text in page.villages.plan.hits}
    assert set(hits) == {
        "Thôn Đông – Hộ nghèo: 1",
        "Thôn Đông – Hộ cận nghèo: 2",
        "Thôn Đoài – Hộ nghèo: 2",
    }
    page.villages.clicked.emit(hits["Thôn Đoài – Hộ nghèo: 2"])
    assert names(world, gone[0][1]) == {"Đinh Thị Đào", "Y Blơ Êban"}
    year = {text: payload for _, payload, text in page.years.plan.hits}
    before = next(payload for text, payload in year.items() if text.startswith("2025"))
    page.years.clicked.emit(before)
    assert gone[1][1].day.year == 2025


def test_one_more_household_is_seen_at_once(world, page):
    home = add_home(world, world.villages[2], "Hồ Văn Mới", 2)
    add_class(world, home, YEAR, "poor")
    page.mark_stale()
    assert page.figures.poor.figure.text() == "4"
    assert page.figures.register.figure.text() == "7"


def test_cards_side_by_side_begin_on_one_line(page):
    """The card of a review that does not run leaves no room behind."""
    origin = QPoint(0, 0)
    cards = (page.villages.parentWidget(), page.years.parentWidget())
    at_left, at_right = (card.mapTo(page, origin) for card in cards)
    assert at_left.x() < at_right.x()
    assert at_left.y() == at_right.y()


def test_help_and_money_are_told_where_they_are_written_down(world, page):
    assert page.help.isHidden()
    officer = add(world, Kind.OFFICER, full_name="Phan Văn Lâm")
    add(world, Kind.ASSIGNMENT, household=world.homes[0], officer=officer, role="household")
    for stage, amount in (("assigned", 100_000_000), ("disbursed", 25_000_000)):
        add(world, Kind.BUDGET_LINE, year=YEAR, stage=stage, source="central", amount=amount)
    page.mark_stale()
    assert page.help.without.text() == "4 hộ nghèo, cận nghèo chưa có người giúp"
    assert page.help.silent.text() == "1 người giúp chưa đến thăm hộ nào trong quý 2"
    assert page.help.money.text() == "Giải ngân 25,00 % vốn giao, còn 75.000.000 đồng"
    gone = goes(page)
    for line in (page.help.without, page.help.silent, page.help.money):
        line.click()
    assert gone == [
        ("support", {"section": "helpers", "list": "without"}),
        ("support", {"section": "helpers", "list": "silent"}),
        ("projects", {"section": "budget", "list": ""}),
    ]
    add(world, Kind.VISIT, household=world.homes[0], officer=officer, visited_on=date(YEAR, 6, 1))
    made = ChangeSet(Op.SAVE_RECORD, world.homes[0], {Kind.VISIT: frozenset()})
    world.desk.bus.data_changed.emit(made)
    assert page.help.silent.isHidden()


def test_an_incident_that_proposes_a_review_waits_in_sight(world, page):
    incident = {"household": world.homes[0], "happened_on": date(YEAR, 5, 6), "kind": "accident"}
    add(world, Kind.INCIDENT, **incident)
    assert page.help.isHidden()
    add(world, Kind.INCIDENT, proposes_review=True, **incident)
    add(world, Kind.INCIDENT, proposes_review=True, handled_on=date(YEAR, 6, 1), **incident)
    page.mark_stale()
    page.help.load(YEAR)
    assert page.help.waiting.text() == "1 biến cố đề nghị rà soát, chưa xử lý"
    gone = []
    page.go_requested.connect(lambda key, payload: gone.append((key, payload["section"])))
    page.help.waiting.click()
    assert gone == [("support", "incidents")]


def test_targets_are_measured_from_the_year_before(world, page):
    assert page.goals.isHidden()
    allocation.save(
        world.database,
        world.context,
        YEAR,
        {
            village: {"poor_decrease": decrease, "near_poor_decrease": 1}
            for village, decrease in zip(world.villages, (2, 1, 0), strict=True)
        },
    )
    page.mark_stale()
    texts = [text.text for text in page.goals.plan.texts]
    assert "1 trên 3 hộ" in texts  # poor: 4 at the end of 2025, 3 now
    assert "0 trên 3 hộ" in texts  # near-poor: 2 and 2
    gone = goes(page)
    page.findChild(QPushButton, "open_targets").click()
    assert gone == [("targets", "allocation")]


def test_the_targets_of_the_plan_are_bars_that_open_them(world, page):
    assert page.plan_targets.isHidden()  # without a plan
    begin(world)
    add_target(world, indicator="HN-TL", pursued=10_000)
    add_target(world, indicator="YT-VITA", pursued=9_800)
    page.mark_stale()
    card = page.plan_targets
    texts = [text.text for text in card.bars.plan.texts]
    assert "chưa có số, chỉ tiêu 98 % trẻ em" in texts
    assert [goal.done for goal in card.bars._goals] == [100, 0]
    assert card.all.text().startswith("2 chỉ tiêu: ")
    gone = goes(page)
    card.bars.clicked.emit(card.bars.plan.hits[1][1])
    card.all.click()
    assert gone == [("targets", {"section": "tracking", "key": key}) for key in ("YT-VITA", "")]
    page = TargetsPage(world.desk, YEAR)
    page.show()
    page.open(gone[0][1])
    assert page.section.current.target.key == "YT-VITA"
    page.hide()


def test_a_new_commune_says_what_to_do_first(qtbot, tmp_path):
    folder = tmp_path / "new"
    folder.mkdir()
    world = make_world(folder, homes=())
    page = OverviewPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.show()
    gone = goes(page)
    assert page.empty.isVisible()
    page.empty.findChild(QPushButton, "new").click()
    assert gone == [("households", {"new": True})]
    world.close()


def test_what_looks_wrong_is_counted(world, page):
    text = page.findChild(object, "checks_text").text()
    assert "trong sổ hộ." in text
    desk = page.desk
    found = checks.check_register(
        desk.database, desk.definitions, day=desk.day(YEAR), today=desk.context.today()
    )
    assert sum(map(int, re.findall(r"\d+", text))) == len(found)  # nothing is kept back
    assert page.findChild(QPushButton, "open_checks").isVisible()


def test_a_year_without_a_standard_is_one_sentence(world, page):
    page.show_year(2035)
    assert page.empty.isVisible()
    assert page.shown is None
