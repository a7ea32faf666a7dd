"""January: the opening is looked at, targets are typed and given to villages, the plan issued."""

from __future__ import annotations

from docx import Document

from tests.gui.hands import Key, Modifier
from tests.gui.year.desk import YearDesk
from tests.gui.year.town import AN, BINH, CUC, DAN, EN
from tests.independent.review_walk import EAST, WEST

TEXT = "Giảm nghèo thực chất, không chạy theo thành tích."
PRODUCTION = "Hộ được hỗ trợ phát triển sản xuất (hộ nghèo; hộ)"
FEWER = "Số hộ nghèo giảm (thuần; hộ)"


def opening(desk: YearDesk) -> None:
    """How many the year begins with; the number leads to their names."""
    desk.page("overview")
    figures = [desk.read(f"{card}_card_figure") for card in ("households", "poor", "near_poor")]
    assert figures == ["150", "4", "1"]
    assert desk.read("poor_card_line") == "2,67 % · 6 nhân khẩu"
    desk.click("near_poor_card")
    assert desk.heads() == [EN]
    desk.page("overview")
    desk.click("poor_card")
    assert [line[:2] for line in desk.lines("households")] == [
        [AN, EAST], [BINH, EAST], [CUC, EAST], [DAN, WEST]
    ]  # fmt: skip


def targets(desk: YearDesk) -> None:
    """Two households fewer, two that are helped to produce: said as the plan prints them."""
    desk.page("targets", "Chỉ tiêu năm")
    assert desk.at() == "begin_plan"
    desk.press(Key.Key_Return)
    desk.section("Chỉ tiêu năm")
    desk.press(Key.Key_Return)
    desk.fill_and_do({"indicator": "Số hộ nghèo giảm", "pursued": "2"}, "save_record")
    assert desk.reads_all_of("target_sentence")
    desk.new()
    answers = {"indicator": "Hộ được hỗ trợ phát triển", "groups": "1", "pursued": "2"}
    desk.fill_and_do(answers, "save_record")
    assert [line[0] for line in desk.lines("target")] == [
        "Toàn xã giảm tối thiểu 02 hộ nghèo",
        "Hỗ trợ phát triển sản xuất cho tối thiểu 02 hộ nghèo",
    ]


def villages(desk: YearDesk) -> None:
    """One of the poor leaves in each, nobody comes; what is left follows."""
    desk.section("Giao cho thôn")
    desk.press(Key.Key_Return, Key.Key_Return)  # past what the whole commune is given
    for _ in (EAST, WEST):
        desk.write("1")
        desk.press(*[Key.Key_Return] * 4)
    desk.save()
    assert desk.reads_all_of("sum_row")
    desk.click("view_poor")
    assert desk.find("sum_row").accessibleName().startswith("Cộng; 4; 2; ")


def schedule(desk: YearDesk) -> None:
    """The reports of a preset; what it leaves open is typed, then all of them are confirmed."""
    desk.section("Chế độ báo cáo")
    desk.menu("take_preset", "Quý, 6 tháng, năm")
    assert [line[-1] for line in desk.lines("report_schedule")] == ["chưa xác nhận"] * 6
    desk.line("report_schedule", "Xã gửi đi", among="trước ngày 20 của tháng cuối quý")
    desk.press(Key.Key_Return)
    desk.fill_and_do({"recipient": "UBND tỉnh"}, "save_record")
    assert desk.at() == "report_schedule"
    desk.press(Key.Key_A, modifier=Modifier.ControlModifier)
    desk.click("confirm_schedules")
    assert [line[-1] for line in desk.lines("report_schedule")] == ["đã xác nhận"] * 6


def plan(desk: YearDesk) -> None:
    """Begun from the layout on top of the list, one text typed, written, looked at, issued."""
    desk.section("Kế hoạch")
    desk.press(Key.Key_Return, Key.Key_Return)
    assert desk.at() == "document_outline"
    desk.press(*[Key.Key_Down] * 3, Key.Key_Return)
    assert desk.at() == "section_text"
    desk.press(Key.Key_A, modifier=Modifier.ControlModifier)
    desk.write(TEXT)
    desk.save()
    assert desk.at() == "section_text"  # to go on writing
    desk.click("document_word")
    said = [part.text for part in Document(str(desk.written("KeHoachNam2026.docx"))).paragraphs]
    assert TEXT in said
    assert any("Toàn xã giảm tối thiểu 02 hộ nghèo" in line for line in said)
    desk.click("view_document")
    assert desk.at() == "paper_view"
    desk.click("save_pdf")
    assert desk.written("KeHoachNam2026.pdf").read_bytes().startswith(b"%PDF")
    desk.press(Key.Key_Escape)
    desk.issue("5")


STEPS = (opening, targets, villages, schedule, plan)
