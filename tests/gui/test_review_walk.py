"""A year of reviews at the window, by keys and clicks only, against a table written by hand.

`tests/independent/review_walk.py` says what happens on which day and what it must come to; only
the state at the end of the year before is built by services. The window stays open over the nights;
in Thu thập the PC dies once.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox

from giamngheo_desktop.storage.engine import Database
from tests.gui.officer import real_boxes
from tests.gui.walk_desk import WalkDesk, typed
from tests.harness import walk_papers, walk_tables
from tests.harness.walk_tables import Names, in_order
from tests.harness.walk_town import SURVEYORS, Calendar, Town, build
from tests.independent import review_walk as paper

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")

KILLED = "D10"  # of this form only a part is typed when the PC dies
EAST, WEST = paper.EAST, paper.WEST


@pytest.fixture(autouse=True)
def _real_boxes(_no_boxes):
    """Questions come up in their boxes and are answered by a click."""
    real_boxes()


def act(key: str, kind: str, at: int = 0, **detail: object) -> paper.Act:
    return walk_papers.acts(key, kind, **detail)[at]


def head(key: str) -> str:
    return walk_papers.household(key).head


def born(member: paper.Member, day: str) -> dict[str, str]:
    return {"full_name": member.name, "sex": member.sex, "day": typed(day)}


def leaves(desk: WalkDesk, key: str, kind: str, code: str) -> None:
    one = act(key, kind)
    desk.on(one.day)
    name = one.detail.get("name", head(key))
    desk.event(head(key), code, {"person": name, "day": typed(one.day)})


def votes(day: str, village: str) -> dict[str, paper.Act]:
    """Those of a meeting, by head."""
    return {
        home.head: vote
        for home in paper.HOUSEHOLDS
        for vote in walk_papers.acts(home.key, "vote")
        if vote.day == day and home.close_village == village
    }


def apply(desk: WalkDesk, key: str, at: int = 0) -> None:
    one = act(key, "application", at)
    desk.on(one.day)
    leave = one.detail["form"] == "Mẫu số 04"
    desk.apply(head(key), "Thoát" if leave else "Vào", one.day)


def in_year(desk: WalkDesk, month: int, village: str, key: str, at: int) -> None:
    """Screening, form, meeting and decision of one household in the review of a month."""
    form = act(key, "form", at, stage="in_year")
    desk.review(f"Tháng {month}", village, "list")
    for screened in walk_papers.acts(key, "phieu_a"):
        if screened.day < form.day and at == 0:
            desk.screen(head(key), passed=True)
    desk.click("confirm_list")
    desk.on(form.day)
    desk.step("collect")
    desk.enter_form(head(key), form)
    vote = act(key, "vote", at)
    desk.on(vote.day)
    desk.step("meet")
    desk.meet(vote.day, vote.detail["attendants"], {head(key): vote.detail["agreed"]})


def first_half(desk: WalkDesk) -> None:
    leaves(desk, "W07", "member_leaves", "person_moves_out")
    leaves(desk, "D03", "died", "death")
    leaves(desk, "D06", "member_death", "death")
    apply(desk, "D09")
    apply(desk, "W09")
    desk.on("2026-04-15")
    desk.take_applications()
    in_year(desk, 4, EAST, "D09", 0)
    in_year(desk, 4, WEST, "W09", 0)
    for key in ("D09", "W09"):
        decision = act(key, "decision")
        desk.on(decision.day)
        desk.reply(head(key), decision.detail["cls"], f"{key}/QĐ-UBND", decision.day)
    leaves(desk, "W05", "member_leaves", "person_moves_out")


def second_half(desk: WalkDesk) -> None:
    move_in(desk, "W10")
    moved = act("D04", "moved_village")
    desk.on(moved.day)
    desk.event(head("D04"), "move_village", {"village": WEST, "day": typed(moved.day)})
    split = act("D07", "split_off")
    desk.on(split.day)
    answers = {"persons": "34", "head": head("D08"), "relation_*": "Vợ", "day": typed(split.day)}
    desk.event(head("D07"), "split", answers)
    merged = act("W04", "merged_into")
    desk.on(merged.day)
    answers = {"day": typed(merged.day), "relation_*": "Khác"}
    desk.merge(head("W04"), head("D04"), answers)
    move_in(desk, "D10")
    apply(desk, "W09", 1)
    desk.on("2026-07-15")
    desk.take_applications()
    in_year(desk, 7, WEST, "W09", 1)
    decision = act("W09", "decision", 1)
    desk.on(decision.day)
    desk.reply(head("W09"), decision.detail["cls"], "99/QĐ-UBND", decision.day)
    gone = act("W03", "moved_away")
    desk.on(gone.day)
    desk.event(head("W03"), "move_out", {"day": typed(gone.day), "note": gone.detail["to"]})
    birth = act("D01", "birth")
    desk.on(birth.day)
    desk.event(head("D01"), "birth", born(birth.detail["member"], birth.day))


def move_in(desk: WalkDesk, key: str) -> None:
    one = act(key, "moved_in")
    desk.on(one.day)
    desk.move_in(walk_papers.household(key), one.day, one.detail["cls"])


def lists(desk: WalkDesk) -> None:
    """The review begins; applicants are taken, screened by Phiếu A, and the lists confirmed."""
    calendar = paper.CALENDAR
    desk.on(calendar["start"])
    desk.begin(calendar["start"], [SURVEYORS[EAST], SURVEYORS[WEST]])
    for key in ("D07", "D08", "W07", "W08"):
        apply(desk, key)
    for day, village, keys in (
        ("2026-09-16", EAST, ("D07", "D08")), ("2026-09-17", WEST, ("W07", "W08"))
    ):  # fmt: skip
        desk.on(day)
        if village == EAST:
            desk.take_applications()
        desk.review("Định kỳ", village, "list")
        for key in keys:
            desk.screen(head(key), passed=True)
    desk.on(calendar["list"])
    for village in (EAST, WEST):
        desk.review("Định kỳ", village, "list")
        listed = {row[1] for row in desk.lines("review_list")}
        assert listed == {head(key) for key in paper.REVIEW_LIST[village]}
        desk.click("confirm_list")


def collect(desk: WalkDesk) -> None:
    gone = act("W06", "moved_away")
    desk.on(gone.day)
    desk.event(head("W06"), "move_out", {"day": typed(gone.day), "note": gone.detail["to"]})
    desk.review("Định kỳ", WEST, "collect")
    desk.away(head("W06"), "moved", f"Chuyển đến {gone.detail['to']}")
    days = sorted(
        {
            form.day
            for home in paper.HOUSEHOLDS
            for form in walk_papers.acts(home.key, "form", stage="collect")
        }
    )
    for day in days:
        desk.on(day)
        for home in paper.HOUSEHOLDS:
            for form in walk_papers.acts(home.key, "form", stage="collect"):
                if form.day == day:
                    if home.key == KILLED:
                        killed(desk, home, form)
                    else:
                        desk.review("Định kỳ", home.close_village, "collect")
                        desk.open_form(home.head)
                    desk.answer_form(form)
                    desk.settle()
                    desk.sees(home.head, form.detail["cls"])
    away = act("W01", "absent")
    desk.on(away.day)
    desk.review("Định kỳ", WEST, "collect")
    desk.away(head("W01"), "absent", away.detail["text"])


def killed(desk: WalkDesk, home: paper.Household, form: paper.Act) -> None:
    """The evening before, the program dies in the middle of this form; it is there again."""
    path, moment = desk.path, desk.calendar.moment
    desk.stand_up()
    village = home.close_village or ""
    script = [sys.executable, "-m", "tests.gui.walk_killed"]
    done = subprocess.run(
        [*script, str(path), moment.isoformat(), village, home.head, "60"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).resolve().parents[2],
        timeout=100,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    left = int(done.stdout)
    assert left > 10
    desk.calendar.moment += timedelta(hours=1)
    desk.sit_down(path)
    assert "tắt đột ngột" in desk.read("notice_text")
    desk.click("notice_action")
    assert desk.find("review_village", QComboBox).currentText().startswith(village)
    assert desk.read("draft_title").startswith(home.head)
    desk.click("open_phieu-*")
    assert "Đã lấy lại những gì gõ dở" in desk.read("case_note")
    assert desk.left_of_form(form) == left


def villages(desk: WalkDesk) -> None:
    """Meetings, postings, a complaint; Thôn Tây meets twice."""
    calendar = paper.CALENDAR
    meet(desk, EAST, "2026-10-24")
    meet(desk, WEST, "2026-10-25")
    desk.on(calendar["posting"][EAST][0])
    desk.review("Định kỳ", EAST, "post")
    desk.post(calendar["posting"][EAST][0])
    home = walk_papers.household("D05")
    complaint = act("D05", "complaint")
    desk.on(complaint.day)
    desk.review("Định kỳ", EAST, "collect")
    desk.complain(EAST, complaint, home)
    again = act("W02", "form", stage="recollect")
    desk.on(again.day)
    desk.review("Định kỳ", WEST, "collect")
    desk.enter_form(head("W02"), again)
    desk.sees(head("W02"), again.detail["cls"])
    recheck = act("D05", "form", stage="recheck")
    desk.on(recheck.day)
    desk.review("Định kỳ", EAST, "recheck")
    who = home.members[1].name
    answers = {"rechecked_on": typed(recheck.day), "result": "Thay đổi"}
    desk.answer_complaint(who, answers)
    desk.step("collect")
    desk.enter_form(home.head, recheck)
    desk.on(calendar["reposting"][EAST][0])
    desk.step("post")
    desk.post(calendar["reposting"][EAST][0], recheck=True)
    desk.step("recheck")
    answers = {"answered_on": typed(calendar["reposting"][EAST][0]), "answer_number": "15/TB-UBND"}
    desk.answer_complaint(who, answers)
    meet(desk, WEST, "2026-11-01")
    desk.on(calendar["posting"][WEST][0])
    desk.step("post")
    desk.post(calendar["posting"][WEST][0])


def meet(desk: WalkDesk, village: str, day: str) -> None:
    desk.on(day)
    desk.review("Định kỳ", village, "meet")
    cast = votes(day, village)
    agreed = {name: vote.detail["agreed"] for name, vote in cast.items()}
    desk.meet(day, paper.ATTENDANTS[village, day], agreed)
    failed = sum(not vote.detail["passed"] for vote in cast.values())
    assert desk.lines("meetings")[-1][-1] == str(failed)
    assert desk.at() != "year"  # the keyboard is where the work is


def end(desk: WalkDesk) -> Names:
    """From the preliminary report to the closed year; the four lists as the window shows them."""
    calendar = paper.CALENDAR
    desk.on(calendar["preliminary_report"])
    desk.review("Định kỳ", "Cả xã")
    desk.mark("summarise", calendar["preliminary_report"])
    desk.on(calendar["decision"])
    desk.recognise("120/QĐ-UBND", calendar["decision"])
    shown = {label: desk.recognised(at) for at, label in enumerate(paper.LISTS[1])}
    desk.on(calendar["certificates"])
    for village in (EAST, WEST):
        desk.certify(village)
    desk.choose("review_village", "Cả xã")
    desk.on(calendar["official_report"])
    desk.mark("report", calendar["official_report"])
    desk.on(calendar["close"])
    desk.close()
    assert "đã khóa sổ" in desk.read("review_closed")
    return shown


def correct(desk: WalkDesk) -> None:
    correction = act("D01", "correction")
    desk.on(correction.day)
    desk.correct(head("D01"), correction, "7/QĐ-UBND")


@pytest.mark.timeout(900)  # half a minute where nothing else runs
def test_a_year_at_the_window_comes_to_what_was_worked_out_by_hand(qtbot, tmp_path):
    calendar = Calendar()
    town = build(tmp_path / "xa.gndb", calendar)
    calendar.turn_to("2026-02-08")
    desk = WalkDesk(qtbot, calendar)
    desk.sit_down(town.path)
    first_half(desk)
    second_half(desk)
    lists(desk)
    collect(desk)
    villages(desk)
    shown = end(desk)
    correct(desk)
    desk.stand_up()
    assert in_order(shown) == in_order(paper.LISTS[1])
    with closing(Database(town.path)) as database:
        compare(database, town)


def compare(database: Database, town: Town) -> None:
    by_key = {home.key: home for home in paper.HOUSEHOLDS}
    for edition in (1, 2):
        assert walk_tables.table(database, "BC2", edition) == paper.BC2[edition]
        assert walk_tables.table(database, "BC3", edition) == paper.BC3[edition]
        assert walk_tables.behind(database, edition) == in_order(paper.LISTS[edition])
        assert walk_tables.note_list(database, edition) == list(paper.NOTE_LIST.values())
        assert walk_tables.moved_inside(database, edition) == paper.MOVED_INSIDE
    decided = {
        (int(day[5:7]), by_key[key].head, table, column, persons)
        for day, key, table, column, _, persons in paper.IN_YEAR_DECISIONS
    }
    months = {month for month, *_ in decided}
    names = {name for _, name, *_ in decided}
    told = walk_tables.in_year(database, town.commune, months)
    assert {one for one in told if one[1] in names} == decided
    printed = walk_tables.four_lists(database, town.villages)
    assert in_order(printed) == in_order(paper.LISTS[1])  # the decision prints as it was signed
