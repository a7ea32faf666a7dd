"""Mở sổ đầu kỳ: counts by village, households typed as of last year, a list typed late."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.gui.household.record import Typed
from giamngheo_desktop.gui.pages.households_page import HouseholdsPage
from giamngheo_desktop.gui.pages.settings_page import SettingsPage
from giamngheo_desktop.services import classes, undo
from giamngheo_desktop.services.review import case_lists, opening_counts
from giamngheo_desktop.services.review.opening_counts import Count
from giamngheo_desktop.texts import error_text
from tests.gui import hands
from tests.gui.commune import VILLAGES, YEAR, add_class, add_home, context, make_world
from tests.gui.hands import Key
from tests.gui.review import AUTUMN, begin, show
from tests.harness.tables import cells, paper

LAST = YEAR - 1


@pytest.fixture
def world(tmp_path):
    """A commune in autumn that has no list of last year."""
    made = make_world(tmp_path, villages=VILLAGES, homes=())
    made.context = made.desk.context = context(AUTUMN, seed=9)
    yield made
    made.close()


@pytest.fixture
def part(qtbot, world):
    page = SettingsPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    hands.turn_to(page)
    page.open("opening")
    page.section.page = page
    return page.section


def typed(world):
    return opening_counts.of_year(world.database, LAST, "2022")


def save(part):
    part.findChild(QPushButton, "save").click()


def paste(part, text):
    QGuiApplication.clipboard().setText(text)
    part.grid.setFocus()
    hands.control(Key.Key_V)


def take_back(world):
    step = undo.next_step(world.database)
    done = undo.undo(world.database, world.context, step.group)
    world.desk.bus.data_changed.emit(done.changes)


def opening_of(world):
    """Poor households at the start of the year, by village."""
    found = cells(paper(world.database, "THON", YEAR))
    return {label: row["poor_opening"].value for label, row in found.items()}


def test_counts_are_pasted_saved_with_their_source_and_taken_back(world, part):
    assert part.heading.text() == "Mở sổ đầu kỳ năm 2026: danh sách cuối năm 2025"
    paste(
        part,
        "Thôn\tSố hộ nghèo\tKhẩu nghèo\tHộ cận nghèo\tKhẩu cận nghèo\n"
        "Thôn Thượng\t0\t0\t2\t7\nThôn Đông\t12\t40\t5\t",
    )
    part.source.type_text("QĐ 45 ngày 20/12/2025")
    save(part)
    source = "QĐ 45 ngày 20/12/2025"
    assert typed(world) == {
        world.villages[0]: {"poor": Count(12, 40, source), "near_poor": Count(5, None, source)},
        world.villages[2]: {"poor": Count(0, 0, source), "near_poor": Count(2, 7, source)},
    }
    assert not part.is_dirty
    assert (
        "Cộng số đã ghi: 12 hộ nghèo, 40 khẩu; 7 hộ cận nghèo, chưa đủ số khẩu." in part.sums.text()
    )
    assert opening_of(world)["Thôn Đông"] == 12
    part.source.type_text("Báo cáo của thôn")
    save(part)
    found = typed(world)
    assert {c.source for counts in found.values() for c in counts.values()} == {"Báo cáo của thôn"}
    for _ in range(2):
        take_back(world)
    assert typed(world) == {}
    assert part.grid.cells.value(0, "poor") is None


def test_the_key_saves_what_stands_in_the_open_cell(world, part):
    part.grid.cells.put(0, "near_poor", "0")
    part.grid.start()
    hands.write("7")
    hands.control(Key.Key_S)
    assert [counts["poor"].households for counts in typed(world).values()] == [7]


def test_a_village_emptied_loses_its_counts(world, part):
    part.grid.start()
    hands.fill("3", "9", "1", "4")
    save(part)
    assert len(typed(world)) == 1
    for key in part.keys:
        part.grid.cells.put(0, key, "")
    save(part)
    assert typed(world) == {}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"poor": "3"}, "Thôn Đông: Ghi cả số hộ nghèo, số hộ cận nghèo"),
        ({"poor_persons": "3"}, "Thôn Đông: Ghi cả số hộ nghèo, số hộ cận nghèo"),
        ({"poor": "3", "poor_persons": "2", "near_poor": "0"}, "Số khẩu không ít hơn số hộ"),
        ({"poor": "0", "poor_persons": "2", "near_poor": "0"}, "không hộ thì 0 khẩu"),
    ],
)
def test_what_cannot_be_is_said_before_it_is_written(world, part, values, said):
    for key, text in values.items():
        part.grid.cells.put(0, key, text)
    save(part)
    assert said in part.problem.text()
    assert typed(world) == {}
    assert part.is_dirty


def test_it_tells_which_villages_have_names(world, part):
    for village in (0, 0, 1):
        home = add_home(world, world.villages[village], "Hồ Văn Một", 3)
        add_class(world, home, LAST, "poor")
    part.load()
    cells = part.grid.cells
    assert [cells.value(row, "poor_named") for row in range(3)] == [2, 1, 0]
    assert "2 thôn đã đếm theo tên." in part.sums.text()
    cells.put(0, "poor", "1")
    assert part.problem.text() == "Thôn Đông: đã có tên 2 hộ nghèo, nhiều hơn 1."
    for key, text in (("poor", "5"), ("near_poor", "0")):
        cells.put(0, key, text)
    save(part)
    assert "1 thôn đã đếm theo tên." in part.sums.text()  # two of five have one by now
    assert opening_of(world)["Thôn Đông"] == 5


def close_last_year(world) -> None:
    home = add_home(world, world.villages[0], "Hồ Văn Một", 3)
    add_class(world, home, LAST, "poor")
    args = {"year": LAST, "standard": "2022", "definition": "f", "commune": world.commune}
    classes.close_year(world.database, world.context, **args)


def test_a_closed_year_is_only_looked_at_and_says_why(world, part):
    close_last_year(world)
    part.load()
    said = part.sums.text()
    assert said.startswith("Năm 2025 đã khóa sổ: chỉ xem")
    assert "mở lại năm ở mục Năm làm việc" in said
    assert not part.by_name.isEnabled()
    assert not part.save_button.isVisible()
    for at in range(len(part.grid.cells.columns)):
        index = part.grid.cells.index(1, at)
        assert not index.flags() & Qt.ItemFlag.ItemIsEditable
    part.grid.start()
    hands.fill("5", "9", "1", "4")
    QGuiApplication.clipboard().setText("Thôn Đông\t12\t40\t5\t9")
    part.grid.paste()
    part.source.input().setFocus()
    hands.write("gõ thử")
    assert not part.is_dirty
    assert part.source.value() is None


def test_the_counts_of_a_closed_year_are_refused_by_the_service_itself(world):
    close_last_year(world)
    counts = {"poor": Count(1, 3), "near_poor": Count(1, 4)}
    for village in world.villages:
        with pytest.raises(RefusedError) as refused:
            opening_counts.save(
                world.database,
                world.context,
                {village: counts},
                year=LAST,
                standard="2022",
                unit=world.commune,
            )
        assert refused.value.code == "year_closed"
        assert "2025" in error_text(refused.value)
    assert typed(world) == {}


def test_what_was_typed_before_the_year_was_closed_is_kept_and_comes_when_it_is_opened(world, part):
    part.grid.cells.put(1, "poor", "7")
    part.draft.keep()
    close_last_year(world)
    part.grid.cells.set_rows([])
    part.load()
    assert not part.is_dirty
    take_back(world)
    part.load()
    assert part.save_button.isVisible()
    assert part.grid.cells.text(1, "poor") == "7"


def test_households_are_typed_as_of_the_year_before(qtbot, world, part):
    asked = []
    part.page.go_requested.connect(lambda page, payload: asked.append((page, payload)))
    part.findChild(QPushButton, "type_households").click()
    ((name, payload),) = asked
    assert name == "households"
    page = HouseholdsPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    page.open(payload)
    view = page.view
    assert view.year == LAST
    assert view.header.since.value() == date(LAST, 1, 1)  # here before the list was made
    now = view.sheet.typed()
    values = {**now.values, "village": world.villages[0], "class": "poor"}
    view.sheet.put(Typed(values=values, rows=now.rows, ticks=now.ticks))
    view.save()
    (record,) = classes.of_household(world.database, view.last_shown)
    assert (record["review_year"], record["source"]) == (LAST, "opening")
    assert opening_of(world)["Thôn Đông"] == 1


# --- the step Chuẩn bị ----------------------------------------------------------------------------


def line(page):
    return next(found for found in page.findChildren(QLabel, "opening_text"))


def pressed(page, name):
    button = next(b for b in page.findChildren(QPushButton, name) if b.isVisible())
    button.click()


def test_the_review_says_what_its_list_lacks_and_takes_what_was_typed_late(qtbot, world):
    review = begin(world)
    page = show(qtbot, world)
    page.show_step("prepare")
    assert line(page).text() == "Chưa có tên hộ nào trong danh sách cuối năm 2025."
    asked = []
    page.go_requested.connect(lambda where, payload: asked.append((where, payload)))
    pressed(page, "open_opening")
    assert asked == [("settings", "opening")]
    zero = {"poor": Count(2), "near_poor": Count(0)}
    args = (world.database, world.context, {world.villages[0]: zero})
    done = opening_counts.save(*args, year=LAST, standard="2022", unit=world.commune)
    world.desk.bus.data_changed.emit(done.changes)
    assert "1 thôn mới ghi số, chưa đủ tên." in line(page).text()
    for _ in range(2):
        add_class(world, add_home(world, world.villages[0], "Hồ Văn Một", 3), LAST, "poor")
    page.mark_stale()
    assert line(page).text() == (
        "2 hộ nghèo, cận nghèo nhập sau khi mở kỳ rà soát, chưa có trong danh sách."
    )
    assert case_lists.typed_late(world.database, world.desk.definitions, review) == 2
    pressed(page, "list_present")
    assert len(case_lists.of_review(world.database, review)) == 2
    assert not line(page).isVisible()
    take_back(world)
    assert case_lists.typed_late(world.database, world.desk.definitions, review) == 2


def test_the_first_year_of_a_standard_says_by_which_its_list_was_made(qtbot, world):
    """2026 was closed under the standard of 2022 alone; nobody has a class under that of 2027."""
    home = add_home(world, world.villages[0], "Hồ Văn Một", 3)
    add_class(world, home, YEAR, "poor")
    world.context = world.desk.context = context(AUTUMN.replace(year=YEAR + 1), seed=10)
    review = begin(world, YEAR + 1)
    page = show(qtbot, world, year=YEAR + 1)
    page.show_step("prepare")
    assert line(page).text() == (
        "1 hộ trong danh sách được công nhận cuối năm 2026 theo Chuẩn nghèo 2022–2026. Số đầu năm "
        "theo Chuẩn nghèo 2027–2030 chưa có nên BC2, BC3 không so sánh được; có thì ghi ở Mở sổ "
        "đầu kỳ."
    )
    assert page.findChild(QPushButton, "open_opening").isVisible()
    (row,) = case_lists.of_review(world.database, review)
    assert (row.ground, row.class_before) == ("poor", "poor")
