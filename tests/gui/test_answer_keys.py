"""Changed-only entry with the hands on the keyboard: every key, on real fields of a household."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from giamngheo_desktop.domain.answers import Answers, AnswerState, Key
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.gui.forms.answer_mark import SIGNS
from giamngheo_desktop.gui.household import record
from giamngheo_desktop.gui.household.record import Typed
from giamngheo_desktop.gui.review.answer_sheet import AnswerSheet
from giamngheo_desktop.gui.review.answering import Answering
from tests.gui import hands
from tests.gui.commune import definitions
from tests.gui.hands import Key as Press
from tests.gui.hands import Modifier
from tests.harness.unikey import NAMES, telex, vni
from tests.harness.unikey import press as type_keys

HOME, AN, BE = UUID(int=1), UUID(int=2), UUID(int=3)
CARRIED, TOUCHED, EMPTY, UNKNOWN, CONFIRMED = (
    AnswerState.CARRIED,
    AnswerState.TOUCHED,
    AnswerState.EMPTY,
    AnswerState.UNKNOWN,
    AnswerState.CONFIRMED,
)
HOUSEHOLD = Household(
    uid=HOME,
    address="Xóm Cồn",
    house_wall="durable",
    house_column="durable",
    house_roof="not_durable",
    house_area=320,
    water_source="piped",
    shared_assets=("tv",),
    hears_loudspeaker=True,
    members=(
        Member(
            uid=AN,
            membership=UUID(int=12),
            full_name="Nguyễn Văn An",
            relation="head",
            sex="male",
            birth=PartialDate(1980, 5, 3),
            phone="0912345678",
            attending_school=False,
        ),
        Member(
            uid=BE,
            membership=UUID(int=13),
            full_name="Nguyễn Thị Bé",
            relation="child",
            sex="female",
            birth=PartialDate(2012),
            attending_school=True,
            school_level="primary",
        ),
    ),
)
OF_HOUSE = (
    "address",
    "house_wall",
    "house_column",
    "house_roof",
    "house_area",
    "water_source",
    "shared_assets",
    "hears_loudspeaker",
)
OF_MEMBER = ("full_name", "sex", "birth", "attending_school", "school_level", "phone")


@dataclass
class Entry:
    window: QWidget
    sheet: AnswerSheet
    answering: Answering
    said: list[str]
    finished: list[bool]

    def state(self, record: UUID, code: str) -> AnswerState | None:
        return self.answering.answers.state((record, code))

    def at(self) -> Key | None:
        return self.sheet.current()

    def go(self, record: UUID, code: str) -> None:
        self.sheet.go_to((record, code))

    def value(self, record: UUID, code: str) -> object:
        return self.sheet.value((record, code))


def states(**other: AnswerState) -> dict[Key, AnswerState]:
    """Everything that has a value is grey, in the order of the paper; `other` by field."""
    found: dict[Key, AnswerState] = {}
    for uid, codes, values in (
        (HOME, OF_HOUSE, HOUSEHOLD),
        *((member.uid, OF_MEMBER, member) for member in HOUSEHOLD.members),
    ):
        for code in codes:
            if code == "school_level" and uid == AN:
                continue  # is not asked
            has_value = getattr(values, code) is not None
            found[uid, code] = other.get(code, CARRIED if has_value else EMPTY)
    return found


@pytest.fixture
def entry(qtbot) -> Entry:
    window = QWidget()
    qtbot.addWidget(window)
    box = QVBoxLayout(window)
    sheet = AnswerSheet(definitions())
    box.addWidget(sheet)
    box.addWidget(QPushButton("Lưu"))
    window.resize(1000, 560)
    window.show()
    hands.turn_to(window)
    answering = Answering(sheet)
    made = Entry(window, sheet, answering, [], [])
    answering.refused.connect(made.said.append)
    answering.finished.connect(lambda: made.finished.append(True))
    typed = Typed(
        values=record.household_values(HOUSEHOLD, definitions().household),
        rows=[record.member_row(member) for member in HOUSEHOLD.members],
        ticks={},
    )
    sheet.fill(HOME, typed)
    answering.start(Answers(states()), {})
    answering.go_on()
    return made


def again(entry: Entry, **other: AnswerState) -> None:
    entry.answering.start(Answers(states(**other)), {})
    entry.answering.go_on()


def test_space_confirms_and_goes_on_in_the_order_of_the_paper(entry):
    order = list(states())
    assert entry.at() == order[0]
    walked = []
    for _ in order:
        walked.append(entry.at())
        if entry.state(*entry.at()) is EMPTY:  # the child has no phone
            hands.enter()
        else:
            hands.press(Press.Key_Space)
    assert walked == order
    assert entry.at() == (BE, "phone")  # the only one that is still open
    assert entry.answering.answers.open_keys() == ((BE, "phone"),)
    assert entry.value(AN, "full_name") == "Nguyễn Văn An"
    hands.write("0912")
    hands.enter()
    assert entry.finished == [True]


def test_enter_skips_what_is_confirmed_and_leaves_what_is_grey(entry):
    again(entry, house_wall=CONFIRMED, house_column=CONFIRMED)
    hands.enter()
    assert entry.at() == (HOME, "house_roof")
    assert entry.state(HOME, "address") is CARRIED


def test_a_yellow_answer_is_confirmed_alone(entry):
    again(entry, attending_school=TOUCHED)
    assert entry.sheet.field((BE, "attending_school")).answer is TOUCHED
    entry.go(AN, "sex")
    hands.control(Press.Key_Space)  # the rest of what is asked about An
    assert entry.state(AN, "phone") is CONFIRMED
    assert entry.state(AN, "attending_school") is TOUCHED
    assert entry.at() == (AN, "attending_school")
    hands.press(Press.Key_Space)
    assert entry.state(AN, "attending_school") is CONFIRMED
    assert entry.state(BE, "attending_school") is TOUCHED
    assert entry.state(BE, "full_name") is CARRIED


def test_why_an_answer_is_yellow_stands_in_its_tip(entry):
    key = (BE, "school_level")
    entry.answering.start(Answers(states(school_level=TOUCHED)), {key: "Đã 14 tuổi"})
    field = entry.sheet.field(key)
    assert "Đã 14 tuổi" in field.input().toolTip()
    assert "Đã 14 tuổi" in field.input().accessibleDescription()
    entry.go(*key)
    hands.press(Press.Key_Space)
    assert field.input().toolTip() == ""


def test_what_is_typed_replaces_a_grey_text_and_confirms_it(entry):
    hands.write("Xóm Mới 2")  # the spaces are spaces
    assert entry.value(HOME, "address") == "Xóm Mới 2"
    assert entry.state(HOME, "address") is CONFIRMED
    hands.enter()
    assert entry.at() == (HOME, "house_wall")


def test_a_text_is_mended_after_a_cursor_key(entry):
    hands.press(Press.Key_End)
    hands.write(" 2")
    assert entry.value(HOME, "address") == "Xóm Cồn 2"
    assert entry.state(HOME, "address") is CONFIRMED


def test_the_first_click_selects_a_grey_text_and_the_second_goes_into_it(entry):
    edit = entry.sheet.field((AN, "full_name")).input()
    at = QPoint(40, edit.height() // 2)
    QTest.mouseClick(edit, Qt.MouseButton.LeftButton, pos=at)
    assert edit.selectedText() == "Nguyễn Văn An"
    QTest.qWait(0)
    QTest.mouseClick(edit, Qt.MouseButton.LeftButton, pos=at)
    assert not edit.hasSelectedText()
    hands.write(" ")
    assert entry.state(AN, "full_name") is CONFIRMED
    assert edit.text().count(" ") == 3


def test_a_digit_chooses_and_the_same_answer_again_confirms(entry):
    entry.go(HOME, "house_wall")
    hands.write("1")  # as last year
    assert entry.value(HOME, "house_wall") == "durable"
    assert entry.state(HOME, "house_wall") is CONFIRMED
    hands.enter()
    assert entry.at() == (HOME, "house_column")
    hands.write("2")
    assert entry.value(HOME, "house_column") == "not_durable"
    hands.write("2")  # now it is confirmed: nothing changes
    assert entry.value(HOME, "house_column") == "not_durable"
    assert entry.state(HOME, "house_column") is CONFIRMED


def test_a_click_on_the_grey_answer_confirms_it(entry):
    segments = entry.sheet.field((HOME, "house_wall")).input()
    segments.findChildren(QPushButton)[0].click()
    assert entry.value(HOME, "house_wall") == "durable"
    assert entry.state(HOME, "house_wall") is CONFIRMED


def test_an_emptied_answer_is_open_again(entry):
    entry.go(HOME, "house_wall")
    hands.press(Press.Key_Delete)
    assert entry.state(HOME, "house_wall") is EMPTY
    entry.go(HOME, "address")
    hands.press(Press.Key_Delete)
    assert entry.state(HOME, "address") is EMPTY
    hands.press(Press.Key_Space)  # nothing stands there that could hold
    assert entry.state(HOME, "address") is EMPTY
    assert entry.at() == (HOME, "address")


def test_text_that_cannot_be_read_stays_open_with_a_sentence(entry):
    entry.go(AN, "birth")
    hands.write("31/2/1980")
    hands.enter()
    assert entry.state(AN, "birth") is EMPTY
    assert entry.sheet.field((AN, "birth")).problem


def test_boxes_take_space_as_last_year_only_before_another_key(entry):
    entry.go(HOME, "shared_assets")
    hands.press(Press.Key_Down, Press.Key_Space)  # to the radio, and ticked
    assert entry.value(HOME, "shared_assets") == ("tv", "radio")
    assert entry.state(HOME, "shared_assets") is CONFIRMED
    again(entry)
    entry.go(HOME, "house_wall")
    entry.go(HOME, "shared_assets")
    hands.press(Press.Key_Space)
    assert entry.value(HOME, "shared_assets") == ("tv", "radio")
    assert entry.at() == (HOME, "hears_loudspeaker")


def test_a_question_mark_is_not_known_and_pressed_again_brings_the_answer_back(entry):
    for code, key in (("house_area", Press.Key_Question), ("water_source", Press.Key_Question)):
        entry.go(HOME, code)
        before = entry.value(HOME, code)
        QTest.keyClick(hands.focus(), "?")
        assert entry.state(HOME, code) is UNKNOWN
        assert entry.value(HOME, code) is None
        hands.press(key, modifier=Modifier.ControlModifier | Modifier.ShiftModifier)
        assert entry.state(HOME, code) is CARRIED
        assert entry.value(HOME, code) == before
    hands.press(Press.Key_Space)
    assert entry.value(HOME, "water_source") == "piped"
    assert entry.state(HOME, "water_source") is CONFIRMED


def test_a_question_mark_inside_a_text_is_a_letter_and_with_control_it_is_not(entry):
    hands.write("Xóm ?")
    assert entry.value(HOME, "address") == "Xóm ?"
    hands.press(Press.Key_Question, modifier=Modifier.ControlModifier | Modifier.ShiftModifier)
    assert entry.state(HOME, "address") is UNKNOWN
    assert entry.value(HOME, "address") is None


def test_the_mouse_has_the_same_in_a_menu_at_the_sign(entry):
    field = entry.sheet.field((HOME, "house_wall"))
    for number, state in ((1, UNKNOWN), (1, CARRIED), (0, CONFIRMED)):
        action = entry.sheet.own.keys.menu_of(field).actions()[number]
        assert action.isEnabled()
        action.trigger()
        assert entry.state(HOME, "house_wall") is state
    assert entry.at() == (HOME, "house_column")


def test_an_answer_typed_over_not_known_counts(entry):
    entry.go(HOME, "house_wall")
    QTest.keyClick(hands.focus(), "?")
    hands.write("2")
    assert entry.state(HOME, "house_wall") is CONFIRMED
    assert entry.value(HOME, "house_wall") == "not_durable"


def test_control_space_takes_the_grey_answers_of_the_section_only(entry):
    entry.go(HOME, "house_column")
    hands.write("2")
    hands.control(Press.Key_Space)
    assert [entry.state(HOME, code) for code in OF_HOUSE[1:5]] == [CONFIRMED] * 4
    assert entry.value(HOME, "house_column") == "not_durable"
    assert entry.state(HOME, "water_source") is CARRIED
    assert entry.at() == (HOME, "water_source")


def all_of_household() -> None:
    hands.press(Press.Key_Space, modifier=Modifier.ControlModifier | Modifier.ShiftModifier)


def test_paged_faster_than_the_form_is_laid_out_all_was_seen_but_not_after_a_jump(qtbot, entry):
    again(entry, attending_school=TOUCHED)
    entry.window.resize(700, 330)
    QApplication.processEvents()
    bar = entry.sheet.area.verticalScrollBar()

    def at_once(*values: int) -> None:
        bar.setValue(0)
        QApplication.processEvents()
        entry.sheet.seen.clear()
        bar.rangeChanged.emit(bar.minimum(), bar.maximum())  # it is being laid out
        for value in values:
            bar.setValue(value)
        QApplication.processEvents()

    at_once(bar.maximum())
    assert entry.sheet.unseen()
    at_once(*range(0, bar.maximum(), bar.pageStep()), bar.maximum())
    assert entry.sheet.unseen() == []


def test_the_whole_household_is_taken_once_all_of_it_was_on_screen(qtbot, entry):
    again(entry, attending_school=TOUCHED, full_name=CONFIRMED)
    entry.window.resize(700, 330)
    QApplication.processEvents()
    entry.sheet.seen.clear()
    all_of_household()
    assert entry.said, "it was not all on screen"
    assert entry.state(HOME, "house_wall") is CARRIED
    for _ in range(12):
        hands.press(Press.Key_PageDown)
    assert entry.sheet.unseen() == []
    all_of_household()
    answers = entry.answering.answers
    assert set(answers.open_keys()) == {
        (AN, "attending_school"),
        (BE, "attending_school"),
        (BE, "phone"),
    }
    assert entry.at() == (AN, "attending_school")  # yellow: looked at one by one


def test_a_key_held_down_accepts_one_answer(entry):
    held = QKeyEvent(QEvent.Type.KeyPress, Press.Key_Space, Modifier.NoModifier, " ", True)
    QApplication.sendEvent(hands.focus(), held)
    assert entry.at() == (HOME, "address")
    assert entry.state(HOME, "address") is CARRIED


@pytest.mark.parametrize("method", [telex, vni])
def test_fifty_names_typed_over_a_grey_one_arrive_whole(entry, method):
    for person in NAMES:
        again(entry)
        entry.go(HOME, "address")
        entry.go(AN, "full_name")
        for keys in method(person):
            type_keys(hands.focus(), keys)
        assert hands.focus().text() == person
        assert entry.state(AN, "full_name") is CONFIRMED


def test_every_state_has_its_own_sign_and_words(entry):
    found = {}
    for state in AnswerState:
        field = entry.sheet.field((HOME, "address"))
        field.set_answer(state)
        found[field._mark.text()] = field.input().accessibleDescription()
    assert set(found) == set(SIGNS.values())
    assert len(set(found.values())) == len(AnswerState)


def test_a_question_that_is_not_asked_is_not_shown(entry):
    assert not entry.sheet.field((AN, "school_level")).isVisibleTo(entry.window)
    assert not entry.sheet.field((HOME, "note")).isVisibleTo(entry.window)
    assert entry.sheet.field((BE, "school_level")).isVisibleTo(entry.window)
    typed = entry.sheet.typed()
    assert typed.values["note"] is None
    assert typed.rows[1]["school_level"] == "primary"
