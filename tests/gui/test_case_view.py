"""The form of a household in a review on its page: opened, typed, saved, settled, kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from giamngheo_desktop.domain.answers import AnswerState
from giamngheo_desktop.gui.review import case_drafts
from giamngheo_desktop.gui.review.case_view import DRAFT_DELAY, CaseView
from giamngheo_desktop.services import drafts, households, undo
from giamngheo_desktop.services.review import case_entry
from tests.gui import hands
from tests.gui.cases import BEGUN, begin, fill_home
from tests.gui.commune import World, make_world
from tests.gui.hands import Key, Modifier

CARRIED, CONFIRMED, EMPTY = AnswerState.CARRIED, AnswerState.CONFIRMED, AnswerState.EMPTY


@dataclass
class Page:
    world: World
    view: CaseView
    cases: list[UUID]
    said: list[str]
    nexts: list[bool]

    @property
    def home(self) -> UUID:
        return self.view.sheet.household.uid

    def state(self, code: str) -> AnswerState | None:
        return self.view.answering.answers.state((self.home, code))

    def go(self, code: str) -> None:
        self.view.form.go_to((self.home, code))

    def stored(self) -> case_entry.CaseSheet:
        desk = self.world.desk
        case = self.view.case or self.cases[0]
        return case_entry.open_case(desk.database, desk.definitions, case, desk.context.today())


@pytest.fixture
def world(tmp_path) -> Iterator[World]:
    made = make_world(tmp_path)
    for home in made.homes[:3]:
        fill_home(made, home)
    yield made
    made.close()


def shown(qtbot, world: World, cases: list[UUID], width: int = 1100) -> Page:
    view = CaseView(world.desk)
    qtbot.addWidget(view)
    view.resize(width, 560)
    view.show()
    hands.turn_to(view)
    page = Page(world, view, cases, [], [])
    view.notice.connect(lambda said, _: page.said.append(said))
    view.next_requested.connect(lambda: page.nexts.append(True))
    return page


@pytest.fixture
def page(qtbot, world) -> Page:
    made = shown(qtbot, world, begin(world, "2027"))
    made.view.open(made.cases[0])
    return made


def test_the_result_of_one_standard_stands_together_at_the_top(qtbot, world):
    page = shown(qtbot, world, begin(world))
    page.view.resize(1100, 900)
    page.view.open(page.cases[0])
    QApplication.processEvents()
    (result,) = page.view.panel.results.values()
    parts = [result.chip, result.points, result.deprived, result.reason, result.changes]
    shown_parts = [part for part in parts if part.isVisible()]
    assert len(shown_parts) >= 3
    for above, below in pairwise(shown_parts):
        assert 0 <= below.geometry().top() - above.geometry().bottom() <= 12
    assert result.chip.geometry().top() < 60


def crash(page: Page) -> None:
    """The page is gone without a word to anybody."""
    page.view._typing.stop()
    page.view.case = None
    page.view.hide()


def everything(page: Page) -> None:
    """Answer all that is open as last year, with the keys."""
    for _ in range(20):
        hands.press(Key.Key_PageDown)
    hands.press(Key.Key_Space, modifier=Modifier.ControlModifier | Modifier.ShiftModifier)
    for _ in range(200):
        key = page.view.form.current()
        if key is None:
            return
        if page.view.answering.answers.state(key) is EMPTY:
            _answer(page, key)
            hands.enter()
        else:
            hands.press(Key.Key_Space)


def _answer(page: Page, key: tuple[UUID, str]) -> None:
    field = page.view.form.field(key)
    if "." in key[1] or field.field.choices:
        hands.write("2")
    else:
        hands.write({"height": "110", "weight": "20"}.get(key[1], "1"))


def test_it_opens_on_the_first_open_question_with_what_is_known(page):
    view = page.view
    assert view.form.current() == next(iter(view.sheet.answers.open_keys()), None)
    assert view.header.title.whole() == "Nguyễn Văn An"
    assert "Thôn Đông" in view.header.about.whole()
    assert f"STT {view.sheet.case['position']}" in view.header.about.whole()
    assert page.state("house_wall") is CARRIED
    assert page.state("surveyor") is AnswerState.TOUCHED
    assert "hỏi lại" in view.form.field((page.home, "surveyor")).input().toolTip()
    assert not view.is_dirty
    assert set(view.panel.results) == {"2022", "2027"}


def test_what_is_shown_is_what_is_stored(page):
    from giamngheo_desktop.gui.review.case_reading import as_typed

    assert page.view.form.typed() == as_typed(page.view.sheet)


def test_the_result_follows_each_answer(page):
    view = page.view
    result = view.panel.results["2022"]
    before = result.deprived.text()
    assert "Nhà ở" in before or "nhà ở" in before.lower()
    page.go("toilet")
    hands.write("1")
    hands.enter()
    assert result.deprived.text() != before
    page.go("score_income")
    hands.write("200")
    hands.enter()
    assert "Điểm B1: 200" in result.points.text()


def test_saved_with_the_states_and_taken_back_with_one_undo(page):
    page.go("house_wall")
    hands.write("1")
    hands.enter()
    hands.press(Key.Key_Space)
    hands.control(Key.Key_S)
    assert not page.view.is_dirty
    stored = page.stored()
    assert stored.household.house_wall == "durable"
    assert stored.answers.state((page.home, "house_wall")) is CONFIRMED
    assert stored.answers.state((page.home, "house_column")) is CONFIRMED
    assert stored.answers.state((page.home, "house_roof")) is CARRIED
    step = undo.next_step(page.world.database)
    done = undo.undo(page.world.database, page.world.context, step.group)
    page.world.desk.bus.data_changed.emit(done.changes)
    assert page.stored().household.house_wall == "not_durable"
    assert page.view.form.value((page.home, "house_wall")) == "not_durable"
    assert page.state("house_wall") is CARRIED


def test_control_enter_saves_and_asks_for_the_next_form(page):
    hands.press(Key.Key_Space)
    hands.control(Key.Key_Return)
    assert page.nexts == [True]
    first = page.home
    hands.write(" ")  # the fingers are already in the next form
    page.view.open(page.cases[1])
    assert page.view.form.current() != (page.home, "address")
    assert page.state("address") is CONFIRMED
    assert first != page.home
    assert page.view.header.title.whole() == "Trần Thị Bình"
    page.view.open(page.cases[2])
    page.view.open(page.cases[1])  # the keyboard has not moved: the first question again
    hands.press(Key.Key_Space)
    assert page.view.form.value((page.home, "address")) == "Xóm Cồn"
    hands.control(Key.Key_Return)
    assert page.nexts == [True, True]  # nothing to save is no reason to stay


def test_a_household_is_settled_only_when_nothing_stands_open(page):
    hands.press(Key.Key_F8)
    assert "Chưa kết thúc được" in page.said[-1]
    assert page.stored().case["outcome"] is None
    everything(page)
    assert page.view.end.hasFocus()
    hands.press(Key.Key_Space)  # one too many
    assert page.view.end.hasFocus()
    assert not page.view.sheet.blockers(), page.view.sheet.problems
    hands.press(Key.Key_F8)
    assert page.stored().case["outcome"] == "reviewed"
    assert "Hộ này đã kết thúc rà soát" in page.view.header.note.text()
    assert not page.view.form.own.isEnabled()


def test_settled_from_the_middle_of_a_form_the_keyboard_leads_back(page):
    everything(page)
    page.go("house_area")
    hands.press(Key.Key_F8)
    assert page.stored().case["outcome"] == "reviewed"
    assert page.view.end.hasFocus()  # else Esc and Ctrl+Enter would reach nobody
    closed = []
    page.view.closed.connect(lambda: closed.append(True))
    hands.press(Key.Key_Escape)
    assert closed == [True]


def test_enter_past_the_end_comes_to_the_main_button(page):
    everything(page)
    hands.enter()
    assert hands.at() == "case_save_next"


def test_a_household_that_cannot_be_met_is_closed_by_name_and_reason(page):
    actions = {action.objectName(): action for action in page.view.header._menu.actions()}
    actions["outcome_absent"].trigger()
    dialog = page.view.findChild(object, "reason_dialog")
    hands.turn_to(dialog)
    dialog.findChild(QPushButton, "give_reason").click()
    assert dialog.problem.text()
    hands.write("Đi làm xa, gọi ba lần không gặp")
    hands.enter()
    stored = page.stored()
    assert stored.case["outcome"] == "absent"
    assert stored.case["outcome_note"] == "Đi làm xa, gọi ba lần không gặp"
    assert "đi vắng" in page.view.header.note.text()
    page.view.header.reopen.click()
    dialog = page.view.findChild(object, "reason_dialog")
    hands.turn_to(dialog)
    hands.write("Hộ đã về")
    hands.enter()
    assert page.stored().case["outcome"] is None
    assert page.view.form.own.isEnabled()


def test_a_draft_is_written_a_second_after_the_last_key_and_taken_up_after_a_crash(
    qtbot, world, page
):
    page.go("house_wall")
    hands.write("1")
    page.go("house_area")
    hands.write("32 m vuông")
    assert page.view._typing.interval() == DRAFT_DELAY <= 1000
    page.view._typing.timeout.emit()
    (draft,) = case_drafts.of_cases(world.database.path)
    assert case_drafts.case_of(draft) == page.cases[0]
    assert "Nguyễn Văn An, Thôn Đông" in draft.title
    crash(page)
    again = shown(qtbot, world, page.cases)
    again.view.open(page.cases[0])
    assert again.view.form.value((again.home, "house_wall")) == "durable"
    assert again.state("house_wall") is CONFIRMED
    field = again.view.form.field((again.home, "house_area"))
    assert field.input().text() == "32 m vuông"
    assert field.problem
    assert again.state("house_area") is EMPTY
    assert "gõ dở" in again.view.header.note.text()
    again.go("house_area")
    field.input().selectAll()
    hands.write("32")
    hands.control(Key.Key_S)
    assert case_drafts.of_cases(world.database.path) == []
    assert again.stored().household.house_area == 320


def test_a_draft_over_a_household_changed_meanwhile_changes_only_what_was_typed(qtbot, world, page):
    page.go("house_wall")
    hands.write("1")
    page.view._typing.timeout.emit()
    crash(page)
    base = households.get(world.database, world.homes[0], BEGUN)
    other = replace(base, address="Xóm Mới")
    households.save(world.database, world.context, other, day=BEGUN, base=base)
    again = shown(qtbot, world, page.cases)
    again.view.open(page.cases[0])
    hands.control(Key.Key_S)
    stored = again.stored().household
    assert (stored.address, stored.house_wall) == ("Xóm Mới", "durable")


def test_the_draft_can_be_thrown_away(qtbot, world, page, said):
    page.go("house_wall")
    hands.write("1")
    page.view._typing.timeout.emit()
    crash(page)
    again = shown(qtbot, world, page.cases)
    again.view.open(page.cases[0])
    said.will_answer("yes")
    again.view.header.drop.click()
    assert again.view.form.value((again.home, "house_wall")) == "not_durable"
    assert again.state("house_wall") is CARRIED
    assert list(drafts.find(world.database.path).drafts) == []


def test_another_page_changes_the_household_under_what_is_typed(page):
    page.go("house_wall")
    hands.write("1")
    base = households.get(page.world.database, page.home, BEGUN)
    other = replace(base, address="Xóm Mới")
    done = households.save(page.world.database, page.world.context, other, day=BEGUN, base=base)
    page.world.desk.bus.data_changed.emit(done.changes)
    assert page.view.form.value((page.home, "address")) == "Xóm Mới"
    assert page.view.form.value((page.home, "house_wall")) == "durable"
    assert page.state("house_wall") is CONFIRMED
    assert page.view.form.current() == (page.home, "house_wall")
    hands.control(Key.Key_S)
    stored = page.stored().household
    assert (stored.address, stored.house_wall) == ("Xóm Mới", "durable")


@pytest.mark.parametrize(
    ("button", "address"), [("keep_typed", "của tôi"), ("drop_typed", "Xóm Mới")]
)
def test_a_save_over_a_changed_household_asks_which_counts(page, button, address):
    page.go("address")
    hands.write("của tôi")
    base = households.get(page.world.database, page.home, BEGUN)
    other = replace(base, address="Xóm Mới")
    households.save(page.world.database, page.world.context, other, day=BEGUN, base=base)
    hands.control(Key.Key_S)  # nobody has told the page
    dialog = page.view.findChild(object, "stale_dialog")
    assert dialog.isVisible()
    dialog.findChild(QPushButton, button).click()
    assert page.view.form.value((page.home, "address")) == address
    hands.turn_to(page.view)
    hands.control(Key.Key_S)
    assert page.stored().household.address == address


def test_what_cannot_be_read_is_not_saved_and_not_lost(page):
    page.go("house_area")
    hands.write("32 m vuông")
    hands.control(Key.Key_Return)
    assert page.nexts == []
    assert page.stored().household.house_area == 300
    assert page.view.form.field((page.home, "house_area")).input().text() == "32 m vuông"
    assert "viền đỏ" in page.said[-1]
    assert page.view.form.current() == (page.home, "house_area")


def test_an_error_stands_beside_its_field_in_words(page):
    child = page.view.sheet.household.members[1].uid
    page.view.form.go_to((child, "birth"))
    hands.write("2040")
    hands.enter()
    field = page.view.form.field((child, "birth"))
    assert field.is_error
    label = field.findChild(QLabel, "problem_birth")
    assert label.text() == field.problem


def test_it_fits_a_narrow_page(qtbot, world):
    page = shown(qtbot, world, begin(world, "2027"), width=760)
    page.view.open(page.cases[0])
    from PySide6.QtWidgets import QApplication

    QApplication.processEvents()
    assert page.view.width() == 760
    bar = page.view.form.area.horizontalScrollBar()
    assert bar.maximum() == 0
    assert page.view.form.area.widget().width() <= page.view.form.area.viewport().width()
    below = page.view.panel.geometry().top() >= page.view.form.geometry().bottom()
    assert below
    assert page.view.header.save_next.geometry().right() <= 760
    assert page.view.panel.focusPolicy() == Qt.FocusPolicy.NoFocus
