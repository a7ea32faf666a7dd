"""What Ctrl+Z asks before it takes it back, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Op
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.gui import undoing
from giamngheo_desktop.gui.jobs import InlineRunner
from giamngheo_desktop.gui.pages import targets_page
from giamngheo_desktop.gui.program import Program
from giamngheo_desktop.gui.session import Session
from giamngheo_desktop.services import areas, classes, households, issuing
from giamngheo_desktop.services.documents import listing, sections, versions
from giamngheo_desktop.services.review import review_closing
from giamngheo_desktop.services.undo import UndoStep, next_step
from giamngheo_desktop.texts import OPERATIONS
from tests.gui import hands, review
from tests.gui.cases import begin
from tests.gui.commune import HOMES, YEAR, World, context, make_world
from tests.gui.hands import Key
from tests.gui.test_record_sections import put
from tests.harness.register import dump, living

TODAY = date(YEAR, 6, 30)
NAME = HOMES[0][1]
WAITS = "Đang nhập dở ở đây: lưu, hoặc bỏ phần vừa gõ đã."


@pytest.fixture
def world(tmp_path) -> Iterator[World]:
    made = make_world(tmp_path)
    yield made
    made.close()


@pytest.fixture
def start(world) -> Iterator[Callable[..., Session]]:
    """The program opens the file as it is now; `run` has its own origin."""
    programs = []

    def begin_program(run=None) -> Session:
        world.close()
        program = Program(run or context(), InlineRunner)
        programs.append(program)
        program.begin(world.database.path)
        hands.turn_to(program.session.window)
        return program.session

    yield begin_program
    for program in programs:
        if program.window is not None:
            program.window.close()


def save_address(desk, uid, address: str) -> None:
    home = replace(households.get(desk.database, uid, TODAY), address=address)
    households.save(desk.database, desk.context, home, day=TODAY)


def close_year(world, context) -> None:
    standard = standard_for(world.desk.definitions.standards, YEAR)
    classes.close_year(
        world.database,
        context,
        year=YEAR,
        standard=standard.code,
        definition=standard.sha256,
        commune=world.commune,
    )


def control_z() -> None:
    hands.control(Key.Key_Z)


def notice(session) -> str:
    return session.window.notice.text.text()


def test_what_an_earlier_run_did_is_taken_back_after_a_question_only(world, start, said):
    save_address(world.desk, world.homes[0], "Xóm Mới")
    session = start()
    said.will_answer("no", "yes")
    control_z()
    assert households.get(session.desk.database, world.homes[0], TODAY).address == "Xóm Mới"
    asked = said.shown[0]
    assert asked.text == f"Hoàn tác: Lưu hộ: {NAME}?"
    assert asked.more.startswith("Việc này do chị Hoa ghi lúc ")
    assert asked.default == asked.escape == "no"
    control_z()
    assert households.get(session.desk.database, world.homes[0], TODAY).address is None
    assert notice(session) == f"Đã hoàn tác: Lưu hộ: {NAME}."


GRAVE = {
    Op.CLOSE_REVIEW,
    Op.CLOSE_YEAR,
    Op.CORRECT_RESULT,
    Op.RECOGNISE,
    Op.MERGE_UNITS,
    Op.SPLIT_UNIT,
    Op.RECORD_SUCCESSION,
    Op.IMPORT_ANSWERS,
    Op.MERGE_WORK,
    Op.IMPORT_LIST,
    Op.IMPORT_SUPPORTS,
    Op.TAKE_SHEET,
    Op.TAKE_FORMER,
    Op.ISSUE_DOCUMENT,
}


def test_of_many_villages_the_first_are_named():
    run = context()
    villages = [f"Thôn Đoàn Kết Suối Lớn {number}" for number in range(1, 61)]
    who = (run.actor, run.origin, run.now())
    step = UndoStep(run.new_id(), Op.SEND_WORK, ", ".join(villages), *who)
    first = ", ".join(villages[:3])
    assert undoing.said(step) == f"Đã xuất gói làm việc: {first} (còn nữa)."
    assert texts.villages_text(villages[:5]) == ", ".join(villages[:5])
    assert texts.villages_text(villages) == f"60 thôn: {', '.join(villages[:5])} …"


@pytest.mark.parametrize("op", Op)
def test_only_grave_acts_of_this_run_are_asked_about(qtbot, said, op):
    run = context()
    step = UndoStep(run.new_id(), op, "Thôn A", run.actor, run.origin, run.now())
    window = QWidget()
    qtbot.addWidget(window)
    said.will_answer(*["no"] * (op in GRAVE))
    assert undoing.refusal(step, run) == ""
    assert undoing.agreed(step, run, window) is (op not in GRAVE)
    asked = [f"Hoàn tác: {OPERATIONS[op]}: Thôn A?"]
    assert said.texts == (asked if op in GRAVE else [])


def test_a_year_closed_just_now_is_opened_after_a_question(world, start, said):
    session = start()
    before = living(dump(session.desk.database))
    session.go("settings", "years")
    said.will_answer("yes")
    session.pages["settings"].section.findChild(QPushButton, "close_year").click()
    closed = living(dump(session.desk.database))
    assert notice(session) == f"Đã khóa sổ năm: {YEAR}."
    assert session.window.notice.findChild(QPushButton, "notice_undo").isHidden()
    said.will_answer("no", "yes")
    control_z()
    assert said.shown[-1].text == f"Hoàn tác: Khóa sổ năm: {YEAR}?"
    assert said.shown[-1].default == "no"
    assert living(dump(session.desk.database)) == closed
    control_z()
    assert living(dump(session.desk.database)) == before


def test_a_year_closed_by_an_earlier_run_is_opened_with_a_reason_only(world, start, said):
    close_year(world, world.context)
    session = start()
    before = living(dump(session.desk.database))
    control_z()
    assert "Cài đặt › Năm làm việc" in notice(session)
    assert "lý do" in notice(session)
    assert living(dump(session.desk.database)) == before
    assert said.shown == []


def test_a_review_closed_by_an_earlier_run_is_opened_with_a_reason_only(tmp_path, said):
    with review.autumn(tmp_path) as world:
        uid = review.begin(world)
        desk = world.desk
        review_closing.close(desk.database, desk.context, desk.definitions, uid, reason="Thử")
        assert next_step(desk.database).op is Op.CLOSE_REVIEW
        world.close()
        program = Program(context(review.AUTUMN, seed=11), InlineRunner)
        program.begin(world.database.path)
        before = living(dump(program.session.desk.database))
        hands.turn_to(program.session.window)
        control_z()
        assert "bước Khóa sổ, bấm Mở lại kỳ rà soát" in notice(program.session)
        assert living(dump(program.session.desk.database)) == before
        assert said.shown == []
        program.window.close()


def test_a_dirty_household_form_keeps_control_z_from_earlier_acts(world, start, said):
    session = start()
    session.go("households", world.homes[0])
    save_address(session.desk, world.homes[0], "Xóm Mới")
    session._read_step()
    view = session.pages["households"].view
    session.go("households", world.homes[1])
    view.sheet.go_to(world.homes[1], "note")
    hands.write("ghi dở")
    view.sheet.tabBar().setFocus()
    control_z()
    assert notice(session) == WAITS
    assert households.get(session.desk.database, world.homes[0], TODAY).address == "Xóm Mới"
    assert view.typed().values["note"] == "ghi dở"
    session.go("overview")  # another page: what it means is plain again
    control_z()
    assert households.get(session.desk.database, world.homes[0], TODAY).address is None
    assert said.shown == []


def test_a_dirty_review_form_keeps_control_z_from_earlier_acts(world, start, said):
    cases = begin(world, "2027")
    session = start()
    page = session.pages["review"]
    session.go("review")
    village = areas.tree(session.desk.database, TODAY).villages()[0].uid
    save_address(session.desk, world.homes[3], "Xóm Mới")
    session._read_step()
    page.case.open(page.shown.review.uid, village, cases[0])
    view = page.case.view
    view.form.go_to((world.homes[0], "address"))
    hands.focus().selectAll()
    hands.write("Xóm Cồn")
    view.end.setFocus()
    assert view.is_dirty
    control_z()
    assert notice(session) == WAITS
    assert households.get(session.desk.database, world.homes[3], TODAY).address == "Xóm Mới"
    view.save()
    control_z()  # what was saved here
    assert notice(session).startswith(f"Đã hoàn tác: Nhập phiếu rà soát: {NAME}")
    assert households.get(session.desk.database, world.homes[3], TODAY).address == "Xóm Mới"
    assert said.shown == []


def begin_plan(world) -> None:
    layout = "ke_hoach_muc_dich_yeu_cau"
    act = (world.database, world.context, world.desk.definitions)
    sections.begin(*act, world.commune, YEAR, layout)


def test_a_text_of_another_section_goes_in_sight_and_comes_back(world, start, said):
    begin_plan(world)
    session = start()
    session.go("targets", "plan_document")
    editor = session.pages["targets"].section.view.editor
    text = editor.forms.section.text
    editor.outline.setCurrentRow(2)
    name, before = editor.forms.section.title.text(), text.toPlainText()
    text.setPlainText("Cả một đoạn dài.")
    editor.outline.setCurrentRow(4)
    assert editor.forms.section.title.text() != name
    said.will_answer("no", "yes")
    control_z()
    assert said.texts == [f"Hoàn tác: Sửa văn bản: {name}?"]
    assert (editor.forms.section.title.text(), text.toPlainText()) == (name, "Cả một đoạn dài.")
    session.go("households")
    control_z()
    assert session.window.page_key() == "targets"
    assert (editor.forms.section.title.text(), text.toPlainText()) == (name, before)
    assert notice(session) == f"Đã hoàn tác: Sửa văn bản: {name}."
    redo = session.window.notice.findChild(QPushButton, "notice_action")
    assert redo.text() == "Làm lại"
    redo.click()
    assert text.toPlainText() == "Cả một đoạn dài."
    control_z()  # before the eyes it goes at once
    assert (len(said.shown), text.toPlainText()) == (2, before)


def test_a_target_is_not_taken_back_unseen_in_another_room(world, start, said):
    versions.begin(world.database, world.context, world.commune, YEAR)
    session = start()
    session.go("targets", "targets")
    database, page = session.desk.database, session.pages["targets"]
    put(page.section, indicator="Tỷ lệ hộ nghèo", assigned="2,06")
    page.section.save()
    step, stored = next_step(database), living(dump(database))
    for room in (code for code in targets_page.SECTIONS if code != "targets"):
        session.go("targets", room)
        said.will_answer("no")
        control_z()
        assert "không ở chỗ vừa xem" in said.shown[-1].more, room
        assert (page.code, living(dump(database))) == ("targets", stored)
    session.window.turn_to_year(YEAR - 1)
    said.will_answer("no")
    control_z()
    assert (page.year, living(dump(database))) == (YEAR, stored)
    asked = len(said.shown)
    control_z()  # before the eyes it goes at once
    assert next_step(database) != step
    assert len(said.shown) == asked


def test_numbers_typed_in_the_settings_are_not_taken_back_unseen_in_targets(start, said):
    session = start()
    session.go("settings", "population")
    settings = session.pages["settings"]
    settings.section.grid.cells.put(0, "households", "101")
    settings.section.save()
    step = next_step(session.desk.database)
    session.go("targets", "allocation")
    said.will_answer("no")
    control_z()
    assert said.texts == [f"Hoàn tác: {undoing.operation(step)}?"]
    assert next_step(session.desk.database) == step
    assert (session.window.page_key(), settings.code) == ("settings", "population")
    control_z()
    assert next_step(session.desk.database) != step
    assert len(said.shown) == 1


@pytest.mark.parametrize(("row", "step"), [(2, 1), (3, -1)])
def test_a_section_moved_before_the_eyes_goes_back_at_once(world, start, said, row, step):
    begin_plan(world)
    session = start()
    session.go("targets", "plan_document")
    editor = session.pages["targets"].section.view.editor
    editor.outline.setCurrentRow(row)
    name, order = editor.forms.section.title.text(), editor.outline.order
    (editor.tools.down_button if step > 0 else editor.tools.up_button).click()
    assert editor.outline.currentRow() == row + step
    control_z()
    assert said.shown == []
    assert notice(session) == f"Đã hoàn tác: Sửa văn bản: {name}."
    assert (editor.outline.order, editor.outline.currentRow()) == (order, row)
    editor.tools.down_button.click() if step > 0 else editor.tools.up_button.click()
    editor.outline.setCurrentRow(5)
    said.will_answer("yes")
    control_z()  # it is shown where it stands before it goes back
    assert (editor.forms.section.title.text(), editor.outline.order) == (name, order)


def test_an_issued_plan_is_a_draft_again_after_a_question(world, start, said):
    begin_plan(world)
    session = start()
    database = session.desk.database
    session.go("targets", "plan_document")
    view = session.pages["targets"].section.view
    view.issue_button.click()
    view.dialog.form.fields["number"].type_text("5")
    view.dialog.record()
    assert issuing.issued(database, code="written_plan")
    said.will_answer("no", "yes")
    control_z()
    assert "Sổ phát hành" in said.shown[-1].more
    assert issuing.issued(database, code="written_plan")
    control_z()
    assert issuing.issued(database, code="written_plan") == []
    assert listing.plans_of(database, world.commune, YEAR)[-1].is_draft
