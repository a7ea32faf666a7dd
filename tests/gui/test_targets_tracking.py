"""Theo dõi, Kết quả ghi tay, Phân tích hộ nghèo: numbers are told and open who they count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from giamngheo_desktop.domain.actual import Amount
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.gui.jobs import InlineRunner
from giamngheo_desktop.gui.pages.households_page import HouseholdsPage
from giamngheo_desktop.gui.pages.overview_page import OverviewPage
from giamngheo_desktop.gui.pages.projects_page import ProjectsPage
from giamngheo_desktop.gui.pages.targets_page import TargetsPage
from giamngheo_desktop.services import areas, classes, events
from giamngheo_desktop.services.classes import ClassEntry
from giamngheo_desktop.services.register import HouseholdFilter
from tests.gui import hands
from tests.gui.commune import YEAR, context
from tests.gui.hands import Key
from tests.gui.issuing import close_year
from tests.gui.print_menus import press, text_of
from tests.gui.test_record_sections import put, save, show, stored
from tests.gui.test_targets_page import add_target, begin


@pytest.fixture
def page(qtbot, world):
    """A commune with three targets: counted, counted in persons, typed."""
    begin(world)
    add_target(world, indicator="HN-TL", assigned=200, pursued=150)
    add_target(world, indicator="YT-BHYT", pursued=10_000)
    add_target(world, indicator="YT-VITA", pursued=9800)
    people = {village: {"households": 100, "persons": 400} for village in world.villages}
    areas.save_population(world.database, world.context, YEAR, people)
    made = show(qtbot, world, TargetsPage, "tracking")
    made.gone = []
    made.go_requested.connect(lambda *where: made.gone.append(where))
    return made


def row(section, at):
    table = section.table.rows
    return [table.text(at, column) for column in range(len(table.columns))]


def test_a_year_without_a_plan_says_so_and_begins_it(qtbot, world):
    page = show(qtbot, world, TargetsPage, "tracking")
    assert page.section.table.isHidden()
    page.section.version.begin_button.click()
    page.load()
    assert page.section.version.isHidden()
    assert page.section.table.isVisible()


def test_targets_stand_beside_what_is_reached_and_numbers_open_their_households(world, page):
    section = page.section
    name, _, assigned, pursued, reached, _, state = row(section, 0)
    assert (name, assigned, pursued, reached) == ("Tỷ lệ hộ nghèo (%)", "2", "1,5", "1,00")
    assert state == "Đạt"
    detail = section.detail
    assert detail.sentence.text().startswith("Tỷ lệ hộ nghèo")
    assert detail.above.text() == "Hộ nghèo cuối kỳ: 3"
    assert not detail.below.isEnabled()  # typed: nobody has a name
    assert detail.type_button.isHidden()
    section.table.setFocus()
    hands.press(Key.Key_Return)
    assert hands.at() == "open_numerator"
    hands.press(Key.Key_Space)
    ((where, wanted),) = page.gone
    assert where == "households"
    assert isinstance(wanted, HouseholdFilter)
    assert len(wanted.uids) == 3
    texts = [text.text for text in detail.chart.plan.texts]
    assert {"T1", "T6", "1,00"} <= set(texts)
    assert any(text.startswith("Chỉ tiêu: 1,5%") for text in texts)
    section.village.setCurrentIndex(1)  # one village alone
    assert section.village.currentText() == "Thôn Đông"
    assert section.found.tracking.village == world.villages[0]


def test_persons_are_listed_here_and_open_their_household(world, page):
    section = page.section
    section.table.go_to(section.table.rows.row(1)[0])
    detail = section.detail
    detail.below.click()
    names = section.names
    assert names.isVisible()
    assert names.table.rows.rowCount() > 4
    names.table.setFocus()
    hands.press(Key.Key_Return)
    assert page.gone[-1][0] == "households"
    assert page.gone[-1][1] in world.homes
    hands.press(Key.Key_Escape)
    assert hands.at() == section.table.objectName()


def test_records_of_any_kind_are_named_and_opened_where_they_stand(world, page):
    day = date(YEAR, 3, 1)
    money = {"stage": "assigned", "source": "central", "amount": 5000, "booked_on": day}
    made = {
        Kind.ACTIVITY: save(world, Kind.ACTIVITY, kind="model", name="Nuôi bò", starts_on=day),
        Kind.OFFICER: save(world, Kind.OFFICER, full_name="Hồ Thị Hoa", valid_from=day),
        Kind.BUDGET_LINE: save(world, Kind.BUDGET_LINE, **money),
        Kind.AREA: world.commune,
    }
    names = page.section.names
    told = []
    for kind, uid in made.items():
        names.show_names("Đếm: 1", Amount.of(kind, frozenset({uid})), day)
        told.append((names.table.rows.text(0, 0), names.table.rows.text(0, 1)))
        names.table.row_opened.emit(names.table.rows.row(0)[0])
        assert page.gone[-1][1]["record"] == uid
    assert told == [
        ("Nuôi bò", "01/03/2026"),
        ("Hồ Thị Hoa", ""),
        ("Được giao: 5.000", "01/03/2026"),
        ("Xã Sơn Tây", ""),
    ]
    projects = ProjectsPage(world.desk, YEAR)
    projects.show()
    for where, wanted in page.gone[:3]:
        assert where == "projects"
        projects.open(wanted)
        assert projects.section.chosen == wanted["record"]
    projects.hide()


def test_a_year_without_a_standard_is_said_and_breaks_nothing(page):
    for code in page.KINDS:
        page.open(code)
        page.show_year(2040)
        page.load()
        page.show_year(YEAR)


def test_a_fall_is_told_by_who_escaped_and_who_came(world, page):
    add_target(world, indicator="HN-GIAM-HO", pursued=100)
    page.section.load()
    page.section.table.go_to(page.section.table.rows.row(3)[0])
    told = page.section.detail.notes.text()
    assert "thoát nghèo 2 hộ − (phát sinh mới 0 hộ + tái nghèo 0 hộ) = 2 hộ" in told


def test_what_cannot_be_counted_is_typed_and_seen(world, page):
    section = page.section
    section.table.go_to(section.table.rows.row(2)[0])
    assert row(section, 2)[-1] == "Chưa có số liệu"
    section.detail.type_button.click()
    assert page.gone == [("targets", {"section": "results", "key": "YT-VITA"})]
    page.open(page.gone[0][1])
    results = page.section
    assert results.form.draft()["key"] == "YT-VITA"
    put(results, measured_on=f"31/05/{YEAR}", numerator="49", denominator="50",
        source="Trạm Y tế")  # fmt: skip
    results.save()
    always = [column.key for column in results.table.rows.columns if not column.gives_way]
    assert always == ["measured_on", "key", "value", "source"]  # a numerator alone says nothing
    assert "98,00" in row(results, 0)
    (one,) = stored(world, Kind.TARGET_RESULT)
    assert (one["numerator"], one["denominator"]) == (49, 50)
    page.open("tracking")
    page.section.load()
    shown = row(page.section, 2)
    assert (shown[4], shown[-1]) == ("98,00", "Đạt")
    page.section.table.go_to(page.section.table.rows.row(2)[0])
    assert "Trạm Y tế" in page.section.detail.notes.text()


def test_an_odd_result_is_saved_and_told_and_an_empty_one_stays_in_the_form(world, page):
    page.open({"section": "results", "key": "YT-VITA"})
    results = page.section
    put(results, measured_on=f"31/05/{YEAR}", source="Trạm Y tế", note="Đợt 1")
    results.save()
    assert stored(world, Kind.TARGET_RESULT) == []
    assert "hoặc kết quả" in results.form.fields["numerator"].problem
    kept = results.form.draft()
    assert (kept["source"], kept["note"]) == ("Trạm Y tế", "Đợt 1")
    put(results, numerator="5", denominator="3")
    results.save()
    (one,) = stored(world, Kind.TARGET_RESULT)
    assert (one["numerator"], one["denominator"]) == (5, 3)
    assert results.chosen in results.found.records
    assert not results.warning.isHidden()
    assert results.warning.text().endswith(f"kết quả ngày 31/05/{YEAR} ghi 5 trong tổng số 3.")
    page.open("tracking")
    page.section.load()
    page.section.table.go_to(page.section.table.rows.row(2)[0])
    assert page.section.detail.doubts.text() == results.warning.text()
    page.section.table.go_to(page.section.table.rows.row(1)[0])
    assert page.section.detail.doubts.isHidden()
    page.open("targets")
    page.section.load()
    assert any("ghi 5 trong tổng số 3" in one for one in page.section.doubts.texts())


def test_parts_of_the_poor_households_open_their_households(world, page):
    page.open("analysis")
    section = page.section
    section.choice.setCurrentIndex(1)  # today
    (poor,) = (line for line, part in section._parts.items() if part.code == "poor")
    section.table.go_to(poor)
    section.table.setFocus()
    hands.press(Key.Key_Return)
    where, wanted = page.gone[-1]
    assert where == "households"
    assert len(wanted.uids) == section.found["poor"].count
    unsaid = next(line for line, part in section._parts.items() if part.unknown)
    section.table.go_to(unsaid)
    section.unknown_button.click()
    assert page.gone[-1][1].uids == section._parts[unsaid].unknown


def test_the_households_of_the_opening_are_those_of_that_day(qtbot, world, page):
    """Who left since, and who was poor then, stand in the list with the persons of then."""
    closed = context(datetime(YEAR, 1, 5, 9))  # noqa: DTZ001
    last = date(YEAR - 1, 12, 31)
    standard = world.desk.definitions.standards.get("2022")
    classes.close_year(
        world.database,
        closed,
        year=YEAR - 1,
        standard=standard.code,
        definition=standard.sha256,
        commune=world.commune,
    )
    page.open("analysis")
    section = page.section
    start = section.found["poor"]
    assert section.found.frozen
    gone = sorted(start.households)[0]
    events.move_out(world.database, world.context, household=gone, day=date(YEAR, 3, 1))
    section.load()
    start = section.found["poor"]
    (poor,) = (line for line, part in section._parts.items() if part.code == "poor")
    section.table.go_to(poor)
    section.open_button.click()
    where, wanted = page.gone[-1]
    homes = HouseholdsPage(world.desk, YEAR)
    qtbot.addWidget(homes)
    homes.show()
    homes.open(wanted)
    shown = homes.list.shown_rows()
    assert where == "households"
    assert homes.list.filters.day == last
    assert {row.uid for row in shown} == start.households
    assert sum(row.persons for row in shown) == start.persons
    assert {row.state for row in shown} == {"poor"}
    assert f"Năm {YEAR - 1} đã khóa sổ" in homes.list.closed.text()
    homes.list.clear_filter()  # the day came with the number and goes with it
    assert homes.list.filters.day == world.desk.day(YEAR)
    assert gone not in {row.uid for row in homes.list.shown_rows()}


def test_every_screen_shows_a_closed_year_at_its_end(qtbot, world, page):
    """The clock of this PC is behind the closing."""
    last = ClassEntry(
        household=world.homes[0],
        standard="2022",
        review_year=YEAR,
        household_class="not_poor",
        source="decision",
        valid_from=date(YEAR, 12, 9),
    )
    classes.record(world.database, world.context, last, commune=world.commune)
    section = page.section
    section.load()
    assert (row(section, 0)[4], section.detail.above.text()) == ("1,00", "Hộ nghèo cuối kỳ: 3")
    then = context(datetime(YEAR, 12, 17, 9))  # noqa: DTZ001
    close_year(replace(world, context=then))
    section.load()
    assert (row(section, 0)[4], section.detail.above.text()) == ("0,67", "Hộ nghèo cuối kỳ: 2")
    said = f"; hộ nghèo, hộ cận nghèo là số cuối năm {YEAR}, đã khóa sổ"
    assert section.said.text().endswith(said)
    page.open("analysis")
    analysis = page.section
    analysis.choice.setCurrentIndex(1)
    assert analysis.choice.currentText() == f"Cuối năm {YEAR} (đã khóa sổ)"
    assert analysis.found["poor"].count == 2
    overview = OverviewPage(world.desk, YEAR)
    qtbot.addWidget(overview)
    overview.load()
    assert overview.figures.poor.figure.text() == "2"
    card = overview.plan_targets
    assert card.said.text().endswith(said)
    assert any("0,67 %" in text.text for text in card.bars.plan.texts)


def test_targets_and_the_analysis_are_printed(page):
    shown = press(page.section.prints, "targets")
    assert "KẾT QUẢ THỰC HIỆN CHỈ TIÊU" in text_of(shown.sheet.bundle.data)
    shown.close()
    page.open("analysis")
    shown = press(page.section.prints, "poverty_analysis")
    assert "PHÂN TÍCH HỘ NGHÈO" in text_of(shown.sheet.bundle.data)
    shown.close()


class Counting(InlineRunner):
    """Knows how much was asked of it."""

    asked = 0

    def _start(self, number: int, fn: Callable[[], object], *, writes: bool) -> None:
        self.asked += 1
        super()._start(number, fn, writes=writes)


def test_months_are_read_again_only_when_something_was_written(qtbot, world):
    begin(world)
    add_target(world, indicator="HN-TL", pursued=150)
    runner = Counting(world.desk.bus)
    world.desk = replace(world.desk, runner=runner)
    page = show(qtbot, world, TargetsPage, "tracking")
    first = runner.asked
    page.section.load()
    again = runner.asked - first
    assert again == 1 < first  # the table alone
    areas.save_population(
        world.database, world.context, YEAR, {world.villages[0]: {"households": 90, "persons": 300}}
    )
    page.section.load()
    assert runner.asked - first - again > 6  # and each month
