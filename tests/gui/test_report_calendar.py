"""Chế độ báo cáo, Lịch báo cáo: presets taken and confirmed, reports marked by keys, reminders."""

from __future__ import annotations

from datetime import date

import pytest

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.gui.issuing.issued_book import IssuedBook
from giamngheo_desktop.gui.pages.targets_page import TargetsPage
from giamngheo_desktop.gui.reporting.reminder_card import ReminderCard
from giamngheo_desktop.reports.asked import Stamp
from giamngheo_desktop.reports.written_issue import issue
from giamngheo_desktop.services import undo
from giamngheo_desktop.services.documents import sections, versions
from giamngheo_desktop.services.reporting import schedules
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from tests.gui import hands
from tests.gui.commune import YEAR
from tests.gui.hands import Key
from tests.gui.test_help_lists import rows
from tests.gui.test_household_help import goes
from tests.gui.test_record_sections import put, show


@pytest.fixture
def planned(world):
    """A plan with the reports of a preset, and one of each village."""
    plan = versions.begin(world.database, world.context, world.commune, YEAR).value
    known = world.desk.definitions
    schedules.take(world.database, world.context, known, plan, "dia_phuong_thua_thien_hue_2021")
    values = {"direction": "incoming", "period": "quarter", "content": "Kết quả", "due_day": 20,
              "before": True, "senders": "village_heads", "confirmed": True}  # fmt: skip
    with write_unit(world.database, world.context, Op.SAVE_RECORD) as work:
        work.insert(Kind.REPORT_SCHEDULE, document=plan, key="villages", position=9, **values)
    return world


def receipts(world):
    with world.database.reader() as connection:
        return records.find(connection, Kind.REPORT_RECEIPT)


def take_back(world):
    step = undo.next_step(world.database)
    undo.undo(world.database, world.context, step.group)


def test_a_preset_is_taken_confirmed_and_said_as_the_plan_prints_it(qtbot, world):
    versions.begin(world.database, world.context, world.commune, YEAR)
    page = show(qtbot, world, TargetsPage, "schedules")
    section = page.section
    assert section.said.text().startswith("Kế hoạch chưa ghi báo cáo nào")
    assert not section.confirm_button.isEnabled()
    labels = [action.text() for action in section.menu.actions()]
    assert len(labels) == len(world.desk.definitions.schedules)
    section.take("cam_phuc_nam_2023")
    page.load()
    shown = rows(section.table)
    assert shown[0][:3] == [
        "Báo cáo quý: Kết quả thực hiện Chương trình mục tiêu quốc gia giảm nghèo bền vững",
        "Gửi về xã",
        "trước ngày 20 của tháng cuối quý",
    ]
    assert {row[-1] for row in shown} == {"chưa xác nhận"}
    assert "6 hạn lấy từ kế hoạch mẫu chưa xác nhận" in section.sums.text()
    section.table.setFocus()
    hands.control(Key.Key_A)
    section.confirm()
    page.load()
    assert {row[-1] for row in rows(section.table)} == {"đã xác nhận"}
    assert not section.confirm_button.isEnabled()
    section._chosen(section.table.rows.row(0)[0])
    assert section.sentence.text() == (
        "Trong kế hoạch: Báo cáo quý: trước ngày 20 của tháng cuối quý."
    )
    put(section, due_day="25")
    assert section.sentence.text().endswith("trước ngày 25 của tháng cuối quý.")
    put(section, due_day="")
    assert section.sentence.text().endswith("Báo cáo quý: theo quy định.")
    section.save()
    assert section.warning.text().startswith("Chưa ghi hạn nộp")


def test_the_report_in_words_of_the_period_is_offered_as_what_was_sent(qtbot, planned):
    act = (planned.database, planned.context, planned.desk.definitions)
    wanted = (planned.commune, YEAR, "bao_cao_dinh_ky", "H1")
    document = sections.begin_report(*act, *wanted).value
    stamp = Stamp(number="20/BC-UBND", issued_on=date(YEAR, 6, 30))
    known = (planned.database, planned.desk.definitions, planned.context)
    issued = issue(*known, document, stamp).value
    page = show(qtbot, planned, TargetsPage, "calendar")
    section = page.section
    shown = rows(section.year_table)
    for start, offered in (("Báo cáo năm", None), ("Báo cáo 6 tháng", issued.hex)):
        at = next(at for at, row in enumerate(shown) if row[1].startswith(start))
        section.year_table.setCurrentIndex(section.year_table.rows.index(at, 0))
        section.record()
        assert section.dialog.form.draft()["issued"] == offered
        section.dialog.record()
        page.load()
        assert rows(section.year_table)[at][6] == ("20/BC-UBND" if offered else "")


def test_a_report_of_the_year_is_sent_by_enter_and_taken_back(qtbot, planned):
    paper = {
        "kind": "report", "code": "BC1", "title": "Báo cáo", "year": YEAR, "data_seq": 1,
        "issued_on": date(YEAR, 6, 17), "number": "12/BC-UBND", "data_hash": "", "asked": "",
        "document": "", "sha256": "",
    }  # fmt: skip
    with write_unit(planned.database, planned.context, Op.ISSUE) as work:
        issued = work.insert(Kind.ISSUED, area=planned.commune, **paper)
    page = show(qtbot, planned, TargetsPage, "calendar")
    section = page.section
    shown = rows(section.year_table)
    half = next(at for at, row in enumerate(shown) if row[1].startswith("Báo cáo 6 tháng"))
    assert shown[half][0] == f"19/06/{YEAR}"
    assert shown[half][4:6] == ["chưa nộp, trễ 11 ngày", "hạn chưa xác nhận"]
    assert "Có hạn lấy từ kế hoạch mẫu chưa xác nhận" in section.note.text()
    hands.enter()  # from the choice into the table
    assert hands.at() == "report_year"
    section.year_table.setCurrentIndex(section.year_table.rows.index(half, 0))
    hands.enter()
    dialog = section.dialog
    hands.turn_to(dialog)
    assert "Ngày cuối còn đúng hạn: 19/06" in dialog._hint.text()
    hands.fill(f"18/06/{YEAR}", "")
    dialog.form.set_draft({**dialog.form.draft(), "issued": issued.hex})
    dialog.record()
    page.load()
    row = rows(section.year_table)[half]
    assert row[3:7] == [f"18/06/{YEAR}", "đã nộp", "hạn chưa xác nhận", "12/BC-UBND"]
    assert section.year_table.currentIndex().row() == half
    book = IssuedBook(planned.desk, confirmations=False)
    qtbot.addWidget(book)
    book.show_year(YEAR)
    assert f"Đã gửi ngày 18/06/{YEAR}: Báo cáo 6 tháng" in book.more.text()
    assert section.back_button.isEnabled()
    section.back_button.click()
    page.load()
    assert receipts(planned) == []
    take_back(planned)
    assert [one["issued"] for one in receipts(planned)] == [issued]


def test_one_key_marks_the_chosen_villages_with_the_day_above(qtbot, planned):
    page = show(qtbot, planned, TargetsPage, "calendar")
    section = page.section
    at = next(
        n for n, r in enumerate(rows(section.year_table)) if r[1].startswith("Báo cáo quý I:")
    )
    villages = len(planned.villages)
    assert rows(section.year_table)[at][4] == f"0/{villages} nơi đã nộp, {villages} quá hạn"
    section.year_table.setCurrentIndex(section.year_table.rows.index(at, 0))
    section.record()  # many send it: their table
    assert section.shown == "villages"
    marks = section.marks
    assert [one.title for one in marks.rows.columns] == [
        "Nơi gửi", "Quý I", "Quý II", "Quý III", "Quý IV",
    ]  # fmt: skip
    assert hands.at() == "report_marks"
    section.choice.setFocus()
    hands.enter()
    assert hands.at() == "received_on"
    hands.write(f"18/03/{YEAR}")
    hands.enter()
    assert hands.at() == "report_marks"
    hands.press(Key.Key_Space)
    page.load()
    assert section.marks is marks
    assert not section.draft.waits_for_save  # Ctrl+Z takes the mark back
    assert [row[1] for row in rows(marks)] == ["18/03", *["trễ 103 ngày"] * (villages - 1)]
    (one,) = receipts(planned)
    assert (one["village"], one["submitted_on"]) == (planned.villages[0], date(YEAR, 3, 18))
    assert marks.rows.data(marks.rows.index(0, 1), 0x0102) == "done"
    section.day.type_text(f"25/03/{YEAR}")
    marks.selectAll()
    hands.press(Key.Key_Space)  # quý II has not begun on that day
    assert "trước khi kỳ báo cáo bắt đầu" in section.refusal.text()
    marks.clearSelection()
    for row in range(villages):
        marks.selectionModel().select(
            marks.rows.index(row, 1), marks.selectionModel().SelectionFlag.Select
        )
    hands.press(Key.Key_Space)
    page.load()
    assert [row[1] for row in rows(marks)] == ["18/03", *["25/03, trễ"] * (villages - 1)]
    assert section.refusal.isHidden()
    take_back(planned)
    section.load()
    assert len(receipts(planned)) == 1
    marks.clearSelection()
    marks.setCurrentIndex(marks.rows.index(0, 1))
    hands.press(Key.Key_Delete)
    assert receipts(planned) == []
    section.day.type_text("")
    hands.press(Key.Key_Space)
    assert section.day.problem
    assert receipts(planned) == []


def test_a_year_without_a_plan_says_so_and_papers_are_of_what_is_there(qtbot, planned):
    page = show(qtbot, planned, TargetsPage, "calendar")
    section = page.section
    codes = [item.code for item in section._papers() if item is not None]
    assert codes[0] == "report_calendar"
    assert {"report_status_q1", "report_status_h1", "report_status_y"} <= set(codes)
    page.show_year(YEAR + 1)
    page.load()
    assert section.year_table.rows.rowCount() == 0
    assert section.found.calendar.has_plan is False
    assert section.choice.count() == 1
    assert section.marks.rows.rowCount() == 0
    page.show_year(YEAR)
    page.open({"section": "calendar", "schedule": "villages"})
    page.load()
    assert section.shown == "villages"
    assert section.marks.rows.rowCount() == len(planned.villages)


def test_reminders_are_late_ones_first_and_lead_to_the_calendar(qtbot, planned):
    card = ReminderCard(planned.desk)
    qtbot.addWidget(card)
    card.load()
    assert not card.isHidden()
    assert card.lines[0].text().startswith(f"Báo cáo quý I năm {YEAR}: Kết quả: còn ")
    assert "nơi chưa nộp, trễ 103 ngày" in card.lines[0].text()
    assert "hạn chưa xác nhận" not in card.lines[0].text()
    late = [one.standing.days for one in card.found if one.standing.state == "late"]
    assert late == sorted(late, reverse=True)
    gone = goes(card)
    card.open_button.click()
    assert gone == [("targets", {"section": "calendar"})]


def test_nothing_due_shows_no_card(qtbot, world):
    card = ReminderCard(world.desk)
    qtbot.addWidget(card)
    card.load()
    assert card.isHidden()
