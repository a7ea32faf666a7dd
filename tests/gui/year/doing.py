"""From March to August: the report of a quarter, a model and what it passes on, supports."""

from __future__ import annotations

from tests.gui.hands import Key
from tests.gui.year.desk import YearDesk
from tests.gui.year.planning import FEWER, PRODUCTION
from tests.gui.year.town import AN, BINH, CUC

MODEL, CALF, GIFT = "Nuôi bò sinh sản", "01 bê cái", "Quà của Quỹ"
FUND = "Quỹ “Vì người nghèo”"


def quarter(desk: YearDesk) -> None:
    """The report of the first quarter: begun, looked at, issued, and marked as sent."""
    desk.on("2026-03-18")
    desk.page("targets", "Báo cáo thuyết minh")
    desk.begin_report("quý I")
    assert desk.read("report_name") == "Báo cáo quý I năm 2026"
    desk.click("view_document")
    assert "Hộ nghèo: đầu năm 04 hộ với 06 nhân khẩu" in desk.paper_text()
    desk.press(Key.Key_Escape)
    desk.issue("12")
    desk.section("Lịch báo cáo")
    assert desk.report_line("quý I")[4] == "sắp đến hạn, còn 1 ngày"
    desk.send_report("quý I")
    line = desk.report_line("quý I")
    assert (line[3], line[4], line[6]) == ("18/03/2026", "đã nộp", "12/BC-UBND")


def activity(desk: YearDesk) -> None:
    """A model with one household, which has to pass on a calf: that waits among what is open."""
    desk.on("2026-04-10")
    desk.page("projects", "Hoạt động")
    desk.new()
    row = "participants.0."
    answers = {
        "kind": "Mô hình, dự án sinh kế",
        "name": MODEL,
        "starts_on": "10042026",
        "state": "Đang thực hiện",
        f"{row}household": AN,
        f"{row}received": "01 bò cái",
        f"{row}to_return": "1",
        f"{row}unit": "con",
    }
    desk.fill_and_do(answers, "save_record")
    ((name, *_, state),) = desk.lines("activity")
    assert (name, state) == (MODEL, "Đang thực hiện")
    desk.section("Việc còn treo")
    (open_item,) = desk.lines("help_lines")
    assert open_item[:2] == ["Chưa hoàn lại đủ để luân chuyển", AN]
    assert "còn phải hoàn lại 1 con" in open_item[-1]


def support(desk: YearDesk) -> None:
    """To one household, by its form."""
    desk.on("2026-05-04")
    desk.page("support", "Hỗ trợ")
    desk.new()
    answers = {
        "household": BINH,
        "policy": "Phát triển sản xuất",
        "content": "Bò cái",
        "supported_on": "04052026",
        "shares.0.source": "Ngân sách trung ương",
        "shares.0.amount": "15tr",
    }
    desk.fill_and_do(answers, "save_record")
    (line,) = desk.lines("support")
    assert line[0] == "04/05/2026"
    assert line[1].startswith(BINH)
    assert "15.000.000" in line


def hand_out(desk: YearDesk) -> None:
    """A gift to all who are poor, written at once."""
    desk.on("2026-05-20")
    desk.page("support", "Đợt hỗ trợ")
    desk.new()
    answers = {
        "policy": f"{FUND}, tặng quà",
        "name": GIFT,
        "supported_on": "20052026",
        "shares.0.source": FUND,
        "shares.0.amount": "500k",
    }
    desk.fill_and_do(answers, "step_next")
    desk.click("class_poor")
    desk.click("pick_all")
    assert desk.read("count") == "Đã chọn 4 hộ · hiện 4"
    desk.click("step_next")
    desk.click("write_event")
    (line,) = desk.lines("support_events")
    assert (line[0], line[3], line[5]) == (GIFT, "4", "2.000.000")
    desk.section("Hỗ trợ")
    assert len(desk.lines("support")) == 5


def passing_on(desk: YearDesk) -> None:
    """In August the calf goes to the next household: nothing is open."""
    desk.on("2026-08-20")
    desk.page("projects", "Hoạt động")
    desk.line("activity", MODEL)
    desk.press(Key.Key_Return)
    answers = {
        "participants.0.returned": "1",
        "participants.0.returned_on": "20082026",
        "participants.1.household": CUC,
        "participants.1.received": CALF,
        "participants.1.received_from": AN,
    }
    desk.fill_and_do(answers, "save_record")
    desk.section("Việc còn treo")
    assert desk.lines("help_lines") == []


def tracking(desk: YearDesk) -> None:
    """An and Cúc by the model, Bình by a support: three produce. Nobody has left the list."""
    desk.page("targets", "Theo dõi")
    assert [[line[0], line[3], line[4], line[6]] for line in desk.lines("tracked")] == [
        [FEWER, "2", "0", "Chưa đạt, còn thời hạn"],
        [PRODUCTION, "2", "3", "Đạt"],
    ]
    assert "giảm tối thiểu 02 hộ nghèo" in desk.read("tracked_sentence")
    desk.press(Key.Key_Return)
    assert desk.at() == "open_numerator"


STEPS = (quarter, activity, support, hand_out, passing_on, tracking)
