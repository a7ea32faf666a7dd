"""December and January: the report of the year, its tables, the package upward, the next plan."""

from __future__ import annotations

from openpyxl import load_workbook

from tests.gui.hands import Key
from tests.gui.year.desk import YearDesk
from tests.gui.year.planning import FEWER, PRODUCTION
from tests.gui.year.town import AN, BINH, GIANG

POOR = "Hộ nghèo: đầu năm 04 hộ với 06 nhân khẩu; đến ngày 02/12/2026 03 hộ với 04 nhân khẩu"
PACKAGE = "goi.xlsx"


def tracking(desk: YearDesk) -> None:
    """Of two households fewer one is reached: two left the list, one came."""
    desk.page("targets", "Theo dõi")
    assert [[line[0], line[3], line[4]] for line in desk.lines("tracked")] == [
        [FEWER, "2", "1"], [PRODUCTION, "2", "3"]
    ]  # fmt: skip


def annual(desk: YearDesk) -> None:
    """The report of the year, whose numbers are those of the register; in time, and sent."""
    desk.section("Báo cáo thuyết minh")
    desk.begin_report("cả năm")
    assert desk.read("report_name") == "Báo cáo năm 2026"
    desk.click("view_document")
    said = desk.paper_text()
    assert POOR in said
    assert "phát sinh mới 01 hộ; cuối kỳ 03 hộ" in said
    assert "17.000.000 đồng" in said
    desk.press(Key.Key_Escape)
    desk.issue("60")
    desk.section("Lịch báo cáo")
    desk.send_report("năm")
    assert desk.report_line("năm")[4] == "đã nộp"


def tables(desk: YearDesk) -> None:
    """The official tables of the closed year: in Excel, and the names behind their numbers."""
    desk.page("reports")
    desk.click("export_xlsx")
    sheet = load_workbook(desk.written("BC1_2026_XaThiDiem.xlsx")).active
    assert sheet is not None
    rows = [[cell for cell in row if cell is not None] for row in sheet.values]
    total = next(row for row in rows if "Tổng cộng" in row)
    assert total[1:7] == [150, 600, 3, 2, 2, 1.33]
    desk.item("reports", "BC2")
    for column, heads in (("above", [AN]), ("to_other", [BINH]), ("new", [GIANG])):
        desk.press_number("Tổng cộng", column)
        assert [line[0] for line in desk.lines("names")] == heads
        desk.press(Key.Key_Escape)


def package(desk: YearDesk) -> None:
    desk.page("exchange", "Gói gửi lên")
    desk.click("upward_make")
    assert desk.written(PACKAGE).is_file()
    desk.section("Nhật ký")
    assert any(PACKAGE in cell for line in desk.lines("log_entries") for cell in line)


def next_plan(desk: YearDesk) -> None:
    """The plan of 2027 begins from what its standard says: four poor, not three."""
    desk.on("2027-01-11")
    desk.choose("year", "2027")
    desk.page("targets", "Kế hoạch")
    desk.press(Key.Key_Return, Key.Key_Return)
    assert desk.at() == "document_outline"
    desk.section("Chỉ tiêu năm")
    desk.new()
    desk.fill_and_do({"indicator": "Tỷ lệ hộ nghèo", "pursued": "2"}, "save_record")
    desk.section("Theo dõi")
    ((name, start, *_),) = desk.lines("tracked")
    assert (name, start) == ("Tỷ lệ hộ nghèo (%)", "2,67")  # 4 of 150


def received(desk: YearDesk) -> None:
    """At the province: the package is taken in, the closed year says what the commune said."""
    desk.page("exchange", "Gói nhận về")
    desk.click("received_file_choose")
    ((name, said),) = desk.lines("received_outcomes")
    assert name == PACKAGE
    assert "gói đầu tiên của xã; thêm 6 hộ, 9 người" in said
    desk.choose("year", "2026")
    desk.page("overview")
    assert desk.read("by_unit") == "Theo xã"
    assert desk.read("poor_card_figure") == "3"
    assert desk.read("poor_card_line") == "2,00 % · 4 nhân khẩu"


STEPS = (tracking, annual, tables, package, next_plan)
