"""The plan of a year at the window, by keys and clicks: targets, villages, text, issued, reported.

Only the end of the year before is built by services: of 150 households 4 are poor, 3 in Thôn A and
1 in Thôn B. The plan promises that 2 leave the list, one of each village.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.gui import messages
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Database
from tests.gui.hands import Key, Modifier
from tests.gui.officer import Officer
from tests.harness.helping import Help
from tests.harness.register import empty_database, make_register
from tests.harness.report_rows import close, type_population
from tests.harness.walk_town import Calendar

YEAR = 2026
TEXT = "Giảm nghèo thực chất, không chạy theo thành tích."


@pytest.fixture(autouse=True)
def _real_boxes(_no_boxes):
    """Questions come up in their boxes and are answered by a click."""
    messages.use(messages.show_box)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Xã.gndb"
    with empty_database(path) as database:
        reg = make_register(database, "AB").on("2025-12-20")
        for year in (YEAR - 1, YEAR):
            type_population(reg, year, A=(100, 400), B=(50, 200))
        for name, village in (("An", "A"), ("Bình", "A"), ("Cúc", "A"), ("Dân", "B")):
            Help(reg).home(name, village=village)
        close(reg, YEAR - 1)
        database.checkpoint()
    return path


class Planner(Officer):
    """Goes by the list at the left into the sections of a page."""

    def section(self, name: str) -> None:
        shown = self.find("sections", QListWidget)
        item = next(item for at in range(shown.count()) if (item := shown.item(at)).text() == name)
        place = shown.visualItemRect(item).center()
        QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
        self.press(Key.Key_Return)

    def save(self) -> None:
        self.press(Key.Key_S, modifier=Modifier.ControlModifier)


@pytest.fixture
def desk(qtbot: Any, file: Path) -> Iterator[Planner]:
    calendar = Calendar()
    calendar.turn_to("2026-01-12")
    planner = Planner(qtbot, calendar)
    planner.sit_down(file)
    planner.click("rail_targets")
    yield planner
    planner.stand_up()


def stored(file: Path, kind: Kind) -> list[dict[str, Any]]:
    with closing(Database(file)) as database, database.reader() as connection:
        return records.find(connection, kind)


def targets(desk: Planner) -> None:
    desk.section("Chỉ tiêu năm")
    assert desk.at() == "begin_plan"
    desk.press(Key.Key_Return)
    desk.section("Chỉ tiêu năm")
    desk.press(Key.Key_Return)
    desk.fill_and_do({"indicator": "Số hộ nghèo giảm", "pursued": "2"}, "save_record")
    (line,) = desk.lines("target")
    assert "2" in line
    desk.section("Giao cho thôn")
    desk.press(Key.Key_Return, Key.Key_Return)  # past what the whole commune is given
    for _ in "AB":
        desk.write("1")
        desk.press(*[Key.Key_Return] * 4)  # one of the poor leaves, nobody comes
    desk.save()


def schedule(desk: Planner) -> None:
    desk.section("Chế độ báo cáo")
    desk.press(Key.Key_Return)
    answers = {
        "direction": "Xã gửi đi",
        "content": "Kết quả",
        "period": "6 tháng",
        "senders": "Ủy ban",
        "recipient": "UBND tỉnh",
        "due_day": "15",
        "due_month": "6",
    }
    desk.fill_and_do(answers, "save_record")
    ((name, _, when, *_),) = desk.lines("report_schedule")
    assert (name, when) == ("Báo cáo 6 tháng: Kết quả", "chậm nhất ngày 15/6")


def plan(desk: Planner) -> None:
    """Begun from the layout on top of the list, one text typed, looked at, issued."""
    desk.section("Kế hoạch")
    desk.press(Key.Key_Return, Key.Key_Return)
    assert desk.at() == "document_outline"
    desk.press(*[Key.Key_Down] * 3, Key.Key_Return)
    assert desk.at() == "section_text"
    desk.press(Key.Key_A, modifier=Modifier.ControlModifier)
    desk.write(TEXT)
    desk.save()
    assert desk.at() == "section_text"  # to go on writing
    desk.click("view_document")
    assert desk.at() == "paper_view"
    desk.press(Key.Key_Escape)
    desk.click("issue_document")
    desk.fill_and_do({"number": "5"}, "record")
    assert desk.read("document_said").startswith("Đã ban hành")


def report(desk: Planner) -> None:
    """The half year's is marked on its last day."""
    desk.section("Lịch báo cáo")
    desk.press(Key.Key_Return)
    assert "chưa đến hạn, còn 154 ngày" in desk.lines("report_year")[0]
    desk.on("2026-06-15")
    desk.press(Key.Key_Return)
    desk.fill_and_do({"number": "20/BC-UBND"}, "record")
    (line,) = desk.lines("report_year")
    assert line[3:5] == ["15/06/2026", "đã nộp"]


def track(desk: Planner) -> None:
    """Two are promised, none has left; a key opens who is still poor."""
    desk.section("Theo dõi")
    (line,) = desk.lines("tracked")
    name, opening, _, pursued, reached, _, state = line
    assert (name, pursued, reached) == ("Số hộ nghèo giảm (thuần; hộ)", "2", "0")
    assert (opening, state) == ("–", "Chưa đạt, còn thời hạn")  # a decrease has no opening
    assert "giảm tối thiểu 02 hộ nghèo" in desk.read("tracked_sentence")
    desk.press(Key.Key_Return)
    assert desk.at() == "open_numerator"


def test_the_plan_of_a_year_from_its_targets_to_its_report(desk: Planner, file: Path) -> None:
    targets(desk)
    schedule(desk)
    plan(desk)
    report(desk)
    track(desk)
    (document,) = stored(file, Kind.DOCUMENT)
    assert (document["number"], str(document["issued_on"])) == ("05/KH-UBND", "2026-01-12")
    given = stored(file, Kind.VILLAGE_TARGET)
    assert [row["poor_decrease"] for row in given] == [1, 1]
    assert {row["document"] for row in given} == {document["uid"]}
    assert TEXT in [row["text"] for row in stored(file, Kind.DOCUMENT_SECTION)]
    (sent,) = stored(file, Kind.REPORT_RECEIPT)
    assert (sent["period"], sent["number"]) == ("H1", "20/BC-UBND")
    (paper,) = stored(file, Kind.ISSUED)
    assert paper["number"] == "05/KH-UBND"
