"""The review of autumn: one who applied, six forms, meetings, the decisions, the closed year."""

from __future__ import annotations

from tests.gui.hands import Key, Modifier
from tests.gui.year.desk import YearDesk
from tests.gui.year.doing import MODEL
from tests.gui.year.town import AN, BINH, CUC, DAN, EN, FAMILIES, GIANG, SURVEYED
from tests.harness.walk_town import SURVEYORS
from tests.independent.review_walk import EAST, WEST

LISTED = {EAST: [AN, BINH, CUC, GIANG], WEST: [DAN, EN]}
MET = {EAST: ("2026-10-24", "2026-10-26"), WEST: ("2026-10-25", "2026-10-27")}


def lists(desk: YearDesk) -> None:
    desk.on("2026-09-07")
    desk.begin("2026-09-07", [SURVEYORS[EAST], SURVEYORS[WEST]], alone=False)
    desk.on("2026-09-08")
    desk.apply(GIANG, "Vào", "2026-09-08")
    desk.take_applications()
    for village, heads in LISTED.items():
        desk.review("Định kỳ", village, "list")
        if GIANG in heads:
            desk.screen(GIANG, passed=True)
        assert sorted(row[1] for row in desk.lines("review_list")) == sorted(heads)
        desk.click("confirm_list")


def collect(desk: YearDesk) -> None:
    """Each form is typed as its surveyor filled it in; both standards say what it comes to."""
    desk.on(SURVEYED)
    for village in (EAST, WEST):
        desk.review("Định kỳ", village, "collect")
        mine = [family for family in FAMILIES if family.village == village]
        for family in mine:
            desk.enter_form(family.head, family.found)
        desk.step("classify")
        shown = {row[1]: row[-2:] for row in desk.lines("review_results")}
        assert shown == {one.head: list(one.found.shown) for one in mine}


def meet(desk: YearDesk) -> None:
    """Meetings and postings of both villages; nobody complains."""
    for village, (held, posted) in MET.items():
        desk.on(held)
        desk.review("Định kỳ", village, "meet")
        desk.meet(held, 30, dict.fromkeys(LISTED[village], 25))
        desk.on(posted)
        desk.review("Định kỳ", village, "post")
        desk.post(posted)


def decide(desk: YearDesk) -> None:
    """The preliminary report, the decisions of both standards, certificates, the closed year."""
    desk.on("2026-11-05")
    desk.review("Định kỳ", "Cả xã")
    desk.mark("summarise", "2026-11-05")
    desk.on("2026-11-20")
    desk.step("recognise")
    assert [desk.recognised(at) for at in range(4)] == [
        {EAST: (CUC, GIANG), WEST: (DAN,)},
        {EAST: (BINH,), WEST: (EN,)},
        {EAST: (AN, BINH), WEST: ()},
        {EAST: (), WEST: ()},
    ]
    desk.recognise("120/QĐ-UBND", "2026-11-20")
    assert desk.recognised(0) == {EAST: (CUC, GIANG), WEST: (DAN, EN)}  # by the one of 2027
    desk.recognise("121/QĐ-UBND", "2026-11-20", "2027-01-01")
    desk.on("2026-11-24")
    for village in (EAST, WEST):
        desk.certify(village)
    desk.choose("review_village", "Cả xã")
    desk.on("2026-11-27")
    desk.mark("report", "2026-11-27")
    desk.on("2026-11-30")
    desk.close()
    assert "đã khóa sổ" in desk.read("review_closed")


def after(desk: YearDesk) -> None:
    """The closed year everywhere: its numbers, its lists, the household that has left."""
    desk.on("2026-12-02")
    desk.page("overview")
    assert desk.read("poor_card_figure") == "3"
    assert desk.read("poor_card_line") == "2,00 % · 4 nhân khẩu"
    assert desk.read("poor_card_more") == "Giảm 1 hộ so với năm 2025"
    assert desk.read("near_poor_card_figure") == "2"
    desk.click("poor_card")
    assert desk.heads() == [CUC, DAN, GIANG]
    desk.open_household(AN)
    assert {"Hộ không nghèo", "Mới thoát nghèo"} <= desk.chips()
    desk.press(Key.Key_5, modifier=Modifier.AltModifier)  # what it got
    assert any(MODEL in line[1] for line in desk.lines("household_supports"))


STEPS = (lists, collect, meet, decide, after)
