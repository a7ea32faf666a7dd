"""Sổ giấy đề nghị on screen: entered by keyboard, taken into a month, answered, kept as a draft."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtWidgets import QPushButton

from giamngheo_desktop.domain.applications import Outcome, Purpose, State
from giamngheo_desktop.domain.income import IncomeSource
from giamngheo_desktop.gui.review.applications_panel import ApplicationsPanel
from giamngheo_desktop.services import drafts, undo
from giamngheo_desktop.services.review import applications
from giamngheo_desktop.services.review.applications import Application, Filed
from tests.gui import hands
from tests.gui.commune import YEAR, World
from tests.gui.hands import Key

TODAY = date(YEAR, 6, 30)


def open_panel(qtbot, world: World) -> ApplicationsPanel:
    panel = ApplicationsPanel(world.desk, YEAR)
    qtbot.addWidget(panel)
    panel.resize(860, 440)
    panel.show()
    panel.activateWindow()
    return panel


@pytest.fixture
def panel(qtbot, world) -> ApplicationsPanel:
    return open_panel(qtbot, world)


def apply(world: World, name: str, day: date = date(YEAR, 6, 10), **values) -> UUID:
    values = {"purpose": Purpose.ENTER, "village": world.villages[0], **values}
    paper = Application(applicant=name, received_on=day, **values)
    return applications.save(world.database, world.context, paper).value


def book(world: World) -> list[Filed]:
    return applications.book(
        world.database, world.desk.definitions, commune=world.commune, year=YEAR, today=TODAY
    )


def press(panel: ApplicationsPanel, name: str) -> None:
    found = panel.findChild(QPushButton, name)
    assert found is not None
    assert found.isEnabled()
    found.click()


def fill(form, **values) -> None:
    form.set_draft(values)


def test_a_paper_is_typed_by_keyboard(world, panel):
    assert panel.list.rows.rowCount() == 0
    press(panel, "new_application")
    hands.turn_to(panel)
    assert hands.at() == "application_household"
    panel.application.form.focus_field("purpose")
    hands.write("vao")
    hands.enter()
    hands.fill("hồ thị mới")
    hands.write("thon thuong")
    hands.enter()
    assert hands.at() == "received_on"
    hands.focus().selectAll()
    hands.fill("10/6/2026")
    panel.application.save()
    (line,) = book(world)
    assert (line.paper.applicant, line.paper.village) == ("Hồ Thị Mới", world.villages[2])
    assert (line.paper.purpose, line.paper.received_on) == (Purpose.ENTER, date(YEAR, 6, 10))
    assert panel.stack.currentIndex() == 0
    assert panel.list.rows.rowCount() == 1
    assert not drafts.find(world.database.path).drafts


def test_the_household_found_fills_the_paper(world, panel, qtbot):
    press(panel, "new_application")
    hands.turn_to(panel)
    search = panel.application.search
    hands.write("dao")
    qtbot.waitUntil(lambda: search.list_is_open)
    hands.press(Key.Key_Down)
    hands.enter()
    assert search.found == world.homes[3]
    assert "3 khẩu" in panel.application._chosen.text()
    record = panel.application.form.record()
    assert (record["applicant"], record["village"]) == ("Đinh Thị Đào", world.villages[1])
    fill(panel.application.form, purpose="leave", received_on=TODAY)
    press(panel, "application_save")
    (line,) = book(world)
    assert (line.paper.household, line.paper.purpose) == (world.homes[3], Purpose.LEAVE)


def test_what_is_missing_or_refused_is_said_in_the_form(world, panel):
    press(panel, "new_application")
    form = panel.application.form
    press(panel, "application_save")
    assert form.fields["purpose"].problem == "Chưa ghi: Đề nghị."
    fill(form, purpose="leave", applicant="Hồ Văn A", village=world.villages[0])
    press(panel, "application_save")
    assert panel.application.refusal.text().startswith("Chưa chọn hộ trong sổ")
    assert panel.application.act.isEnabled()
    fill(form, purpose="average_living", income=({"revenue": 5, "cost": 0},))
    press(panel, "application_save")
    assert book(world) == []
    fill(form, income=({"source": "salt", "revenue": 5, "cost": 0},))
    press(panel, "application_save")
    assert book(world)[0].paper.income == (IncomeSource("salt", 5, 0),)


def test_a_stored_paper_is_corrected_or_taken_out(world, panel, said):
    apply(world, "Sai Tên")
    panel.load()
    panel.list.row_opened.emit(panel.list.current_uid())
    assert panel.application.form.record()["applicant"] == "Sai Tên"
    fill(panel.application.form, applicant="Đúng Tên")
    press(panel, "application_save")
    assert [line.paper.applicant for line in book(world)] == ["Đúng Tên"]
    panel.list.row_opened.emit(panel.list.current_uid())
    said.will_answer("yes")
    press(panel, "application_remove")
    assert book(world) == []
    assert panel.list.rows.rowCount() == 0


def test_a_month_is_opened_and_answered(world, panel, qtbot):
    apply(world, "Hồ Thị Mới")
    apply(world, "Sang Tháng", date(YEAR, 6, 16))
    panel.load()
    assert panel.month_button.text() == "&Mở đợt tháng 6/2026"
    with qtbot.waitSignal(panel.review_opened):
        press(panel, "open_month")
    assert not panel.month_button.isEnabled()
    assert panel.month_button.toolTip() == "Đợt này bắt đầu ngày 15/07/2026."
    assert [line.state for line in book(world)] == [State.UNDER_REVIEW, State.WAITING]
    panel.list.go_to(book(world)[0].uid)
    press(panel, "reply_application")
    form = panel.reply.form
    assert "hạn trả lời 30/06/2026" in panel.reply.hint.text()
    fill(form, outcome="refused")
    press(panel, "reply_save")
    assert form.fields["number"].problem == "Chưa ghi: Số văn bản."
    fill(form, number="12/UBND")
    press(panel, "reply_save")
    assert form.fields["reasons"].problem == "Chưa ghi: Lý do."
    fill(form, outcome="accepted", household_class="poor")
    press(panel, "reply_save")
    (line, _) = book(world)
    assert (line.outcome, line.answer_number) == (Outcome.ACCEPTED, "12/UBND")
    assert panel.summary.text() == "1 chờ, 0 trong kỳ, 1 đã trả lời."
    assert not panel.reply_button.isEnabled()
    step = undo.next_step(world.database)
    assert step is not None
    done = undo.undo(world.database, world.context, step.group)
    world.desk.bus.data_changed.emit(done.changes)
    assert panel.summary.text() == "1 chờ, 1 trong kỳ, 0 đã trả lời."


def test_what_is_late_is_told(world, panel):
    apply(world, "Hồ Thị Trễ", date(YEAR, 3, 10))
    apply(world, "Hồ Văn Nay", date(YEAR, 6, 10))
    panel.load()
    assert "Quá hạn trả lời: Hồ Thị Trễ." in panel.summary.text()
    model = panel.list.rows
    left = [model.text(row, len(model.columns) - 1) for row in range(model.rowCount())]
    assert left == ["Quá hạn 92 ngày", "Hôm nay"]
    assert panel.month_button.text() == "&Mở đợt tháng 3/2026"


def test_income_is_told_before_the_answer(world, panel):
    apply(
        world,
        "Phạm Thị Giang",
        household=world.homes[5],
        purpose=Purpose.AVERAGE_LIVING,
        income=(IncomeSource("agriculture", 30_000_000, 6_000_000),),
    )
    panel.load()
    press(panel, "open_month")
    press(panel, "reply_application")
    assert panel.reply.hint.text().endswith(
        "Thu nhập 2.000.000 đồng/người/tháng. Trong mức quy định."
    )
    assert "household_class" not in panel.reply.form.fields
    fill(panel.reply.form, outcome="accepted", number="5/QĐ-UBND")
    press(panel, "reply_save")
    assert book(world)[0].outcome is Outcome.ACCEPTED


def test_a_file_for_reading_only_offers_no_act(qtbot, world):
    apply(world, "Hồ Thị Mới")
    world.desk.read_only = True
    panel = open_panel(qtbot, world)
    for button in (panel.new_button, panel.month_button, panel.reply_button):
        assert not button.isEnabled()


def test_everything_fits_and_has_a_name(world, panel):
    apply(world, "Lê Thị Thanh Phương Hoài")
    panel.load()
    last = panel.list.heading.sectionViewportPosition(len(panel.list.rows.columns) - 1)
    assert last + panel.list.columnWidth(len(panel.list.rows.columns) - 1) <= panel.list.width()
    for found in panel.findChildren(QPushButton):
        assert found.objectName()
    press(panel, "new_application")
    for widget in panel.application.form.fields.values():
        right = widget.mapTo(panel, widget.rect().topRight()).x()
        assert widget.isHidden() or right <= panel.width()
    assert panel.application.act.mapTo(panel, panel.application.act.rect().bottomLeft()).y() <= 440
