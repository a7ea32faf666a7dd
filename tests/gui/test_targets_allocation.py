"""Giao cho thôn: what each village shall reach, typed, pasted, spread."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtGui import QGuiApplication

from giamngheo_desktop.domain.allocation import Way
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.gui.pages.targets_page import TargetsPage
from giamngheo_desktop.gui.targets.allocation_columns import VIEWS
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.documents import versions
from giamngheo_desktop.services.targets import allocation
from tests.gui import hands
from tests.gui.commune import YEAR
from tests.gui.hands import Key
from tests.gui.print_menus import press, text_of
from tests.gui.test_record_sections import save, show
from tests.gui.test_targets_page import add_target, begin


@pytest.fixture
def page(qtbot, world):
    return show(qtbot, world, TargetsPage, "allocation")


def typed(world):
    args = (world.database, world.desk.definitions, world.commune, YEAR)
    return [row.typed for row in allocation.table(*args).rows]


def under(part, key):
    """What the total says below a column."""
    keys = [column.key for column in part.grid.cells.columns]
    return part.sum_row.text(keys.index(key))


def shown(grid):
    return [at for at in range(len(grid.cells.columns)) if not grid.isColumnHidden(at)]


def column(part, key):
    return [part.grid.cells.text(row, key) for row in range(part.grid.cells.rowCount())]


def test_typing_goes_on_with_enter_and_what_follows_is_seen_at_once(world, page):
    part = page.section
    assert under(part, "poor_decrease") == "–"  # nothing typed is not nought
    assert column(part, "poor_closing") == ["–"] * 3
    part.grid.start()
    hands.fill("1", "", "", "1")
    assert column(part, "poor_closing") == ["2", "–", "–"]  # 2 − 1 + 1
    assert under(part, "poor_decrease") == "1"
    assert under(part, "poor_closing") == "–"  # two villages have no number yet
    hands.fill("0", "", "", "", "1")
    hands.write("1")
    hands.control(Key.Key_S)  # with what stands in the open cell
    assert column(part, "poor_closing") == ["2", "1", "0"]
    assert under(part, "poor_closing") == "3"
    assert part.compared.isHidden()
    first, second, third = typed(world)
    assert (first["poor_decrease"], first["poor_new"], first["poor_again"]) == (1, 1, None)
    assert (second["poor_decrease"], third["poor_to_near_poor"]) == (0, 1)
    shown = press(part.prints, "village_targets")
    said = text_of(shown.sheet.bundle.data)
    homes = f"Tổng số hộ gia đình: số của năm {YEAR}"
    assert said.count(homes) == said.count(f"{homes}, chưa có") == 1  # as the plan says it
    shown.close()
    part.views.buttons[1].click()
    assert column(part, "near_poor_gained") == ["–", "–", "1"]


def test_enter_past_a_view_begins_the_next_one_and_ends_at_the_button(page):
    part = page.section
    grid = part.grid
    for at, view in enumerate(VIEWS):
        assert part.views.value == at
        lefts = [grid.columnViewportPosition(n) + grid.columnWidth(n) for n in shown(grid)]
        assert lefts[-1] == sum(grid.columnWidth(n) for n in shown(grid))  # no gap between
        keys = [c.key for c in part.grid.cells.columns if c.key in VIEWS[view] and not c.locked]
        if not at:
            page.list.setFocus()
            hands.enter()
            assert [hands.at(), hands.enter() or hands.at()] == ["poor_whole", "near_poor_whole"]
            visited = []
            while hands.at() != "allocation":
                visited.append(hands.at())
                hands.press(Key.Key_Tab)
            buttons = ["share_out", "view_poor", "view_near_poor", "view_homes"]
            assert visited == ["near_poor_whole", *buttons]  # nobody registered
            grid.start()
        for _ in range(3 * len(keys)):
            assert part.grid.hasFocus()
            hands.press(Key.Key_Return)
    assert hands.at() == "save"


def test_numbers_stand_beside_what_there_is_and_warn(page):
    part = page.section
    cells = part.grid.cells
    assert [cells.value(row, "poor_opening") for row in range(3)] == [2, 1, 1]
    cells.put(1, "poor_decrease", "2")
    assert part.problem.text().startswith(
        "Thôn Đoài: giảm 2 hộ nghèo mà danh sách cuối năm 2025 chỉ có 1."
    )
    cells.put(2, "poor_decrease", "-1")
    assert cells.value(2, "poor_decrease") == -1
    cells.put(0, "poor_to_near_poor", "1")
    assert "Thôn Đông: 1 hộ nghèo lên cận nghèo mà chỉ 0 hộ thoát nghèo." in part.problem.text()


def test_the_whole_of_the_plan_is_shared_out_and_compared(world, page):
    begin(world)
    add_target(world, indicator="HN-GIAM-HO", assigned=200, pursued=300)
    part = page.section
    page.forget()
    page.load()
    whole = part.ways.wholes["poor"]
    assert whole.value() == 3
    part.grid.cells.put(1, "poor_new", "1")
    part.ways.share_button.click()
    assert part.note.text.startswith("Đã điền 3 ô")
    assert column(part, "poor_decrease") == ["2", "1", "1"]  # one of them comes in the place of one
    assert part.compared.isHidden()
    assert not any(row["poor_decrease"] for row in typed(world))  # nothing is saved unasked
    part.grid.cells.put(0, "poor_decrease", "1")
    assert "phấn đấu 3 hộ, cộng các thôn 2 hộ" in part.problem.text()
    whole.type_text("4")
    part._tell()
    assert "còn thiếu 2" in part.compared.text()
    part.note.taken_back.emit()
    assert column(part, "poor_decrease") == ["", "", ""]
    whole.type_text("9")
    part.ways.share_button.click()
    assert part.refusal.isVisible()  # more than there are
    assert column(part, "poor_decrease") == ["", "", ""]
    part.load()  # there may be as many now
    assert part.refusal.isHidden()


def test_every_warning_can_be_read(page):
    part = page.section
    for row, number in enumerate(("9", "9", "9")):
        part.grid.cells.put(row, "poor_decrease", number)
        part.grid.cells.put(row, "poor_to_near_poor", "10")
    every = part.warnings()
    assert len(every) > 3
    assert part.problem.text().splitlines() == every[:2]
    assert part.more.text() == f"Còn {len(every) - 2} chỗ khác"
    part.more.setFocus()
    hands.press(Key.Key_Space)
    assert part.problem.text().splitlines() == every
    hands.press(Key.Key_Space)
    assert part.problem.text().splitlines() == every[:2]
    for row in range(3):
        part.grid.cells.put(row, "poor_decrease", "")
        part.grid.cells.put(row, "poor_to_near_poor", "")
    assert part.more.isHidden()


def test_households_that_registered_are_counted_where_they_live(world, page):
    plan = {"household": world.homes[0], "year": YEAR, "registered": True}
    save(world, Kind.HOUSEHOLD_PLAN, **plan, expected="near_poor")
    page.forget()
    page.load()
    part = page.section
    part.ways.named_button.click()
    assert column(part, "poor_decrease") == ["1", "0", "0"]
    assert column(part, "poor_to_near_poor") == ["1", "0", "0"]


def test_all_villages_grow_alike_and_one_of_them_otherwise(qtbot, world, page):
    people = dict(zip(world.villages, (100, 50, 25), strict=False))
    rows = {uid: {"households": count} for uid, count in people.items()}
    areas.save_population(world.database, world.context, YEAR - 1, rows)
    page.forget()
    page.load()
    part = page.section
    assert not part.ways.growth.isVisible()
    part.views.buttons[2].click()
    part.ways.grow_button.click()
    assert "bao nhiêu phần trăm" in part.refusal.text()
    assert hands.at() == "homes_growth"
    hands.write("2,5%")
    part.ways.grow_button.click()
    assert column(part, "expected_households") == ["103", "51", "26"]  # half up
    assert column(part, "growth") == ["3,00", "2,00", "4,00"]
    part.grid.cells.put(1, "expected_households", "60")
    assert part.save()
    assert [row["expected_households"] for row in typed(world)] == [103, 60, 26]
    assert part.ways.growth.value() is None
    part.ways.growth.type_text("1")
    part.draft.touch()
    part.draft.keep()
    later = show(qtbot, world, TargetsPage, "allocation")
    assert later.section.ways.growth.value() == 100


def test_growth_needs_the_households_of_the_start(page):
    part = page.section
    page.show_year(YEAR - 2)
    page.load()
    part.views.buttons[2].click()
    part.ways.growth.type_text("-1,5")
    part.ways.grow_button.click()
    assert part.refusal.text() == "Chưa biết tổng số hộ đầu năm của thôn nào."


def test_what_is_typed_and_left_waits_with_the_number_of_the_whole(qtbot, world, page):
    part = page.section
    part.grid.cells.put(0, "poor_decrease", "1")
    part.ways.wholes["near_poor"].type_text("4")
    part.draft.touch()
    part.draft.keep()
    later = show(qtbot, world, TargetsPage, "allocation")
    again = later.section
    assert column(again, "poor_decrease")[0] == "1"
    assert again.ways.wholes["near_poor"].value() == 4
    assert again.draft.isVisible()


def test_a_sheet_of_excel_finds_its_villages_and_columns_of_every_view(page):
    part = page.section
    block = "Thôn\tGiảm hộ nghèo\tTái nghèo\tGiảm hộ cận nghèo\nThôn Đoài\t1\t2\t3\n"
    QGuiApplication.clipboard().setText(block)
    part.grid.paste()
    row = {key: column(part, key)[1] for key in ("poor_decrease", "poor_again")}
    assert row == {"poor_decrease": "1", "poor_again": "2"}
    assert column(part, "near_poor_decrease")[1] == "3"
    part.views.buttons[2].click()
    part.grid.start()
    QGuiApplication.clipboard().setText("100\n90")
    part.grid.paste()
    assert column(part, "expected_households")[:2] == ["100", "90"]


def test_an_issued_version_is_only_looked_at(world, page):
    plan = begin(world)
    allocation.save(world.database, world.context, YEAR, {world.villages[0]: {"poor_decrease": 1}})
    versions.issue(world.database, world.context, plan, date(YEAR, 1, 15))
    page.forget()
    page.load()
    part = page.section
    assert part.version.adjust_button.isVisible()
    assert part.save_button.isHidden()
    assert not part.ways.share_button.isEnabled()
    part.grid.cells.put(0, "poor_decrease", "2")
    part.fill(Way.NAMED)
    assert part.note.isHidden()
    assert column(part, "poor_decrease")[0] == "1"
    part.version.adjust_button.click()
    page.load()
    part.grid.cells.put(0, "poor_decrease", "2")
    assert part.save()
    assert typed(world)[0]["poor_decrease"] == 2


def test_in_a_low_window_the_rows_come_first_and_what_is_issued_shows_no_ways(world, page):
    part = page.section
    assert part.ways.isVisible()
    assert part.ways_button.isHidden()
    page.resize(800, 420)
    assert part.ways.isHidden()
    part.setFocus()
    assert hands.at() == "allocation"
    part.ways_button.click()
    assert hands.at() == "poor_whole"
    part.ways.wholes["poor"].type_text("4")
    part.ways_button.click()
    assert part.ways.isVisible()  # a number that waits is not hidden
    part.discard()
    assert part.ways.isHidden()
    plan = begin(world)
    versions.issue(world.database, world.context, plan, date(YEAR, 1, 15))
    page.forget()
    page.load()
    page.resize(1100, 640)
    for one in (part.ways, part.ways_button, part.intro):
        assert one.isHidden()


def test_what_nobody_knows_of_the_start_is_typed_where_it_belongs(world, page):
    part = page.section
    gone = []
    page.go_requested.connect(lambda *where: gone.append(where))
    assert part.gaps.isHidden()  # all is known
    page.show_year(YEAR - 2)
    page.load()
    assert part.gaps.isVisible()
    part.opening_button.click()
    part.homes_button.click()
    assert gone == [("settings", "opening"), ("settings", "population")]
