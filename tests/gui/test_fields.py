"""Each kind of field: values in and out, unreadable text kept, problems beside it, keys."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.form import Choice, FieldDef, FieldKind
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.gui.forms.choice_fields import PickField, SegmentField
from giamngheo_desktop.gui.forms.entry import Unparsed, has_unparsed
from giamngheo_desktop.gui.forms.field_widgets import make_cell, make_field
from giamngheo_desktop.gui.forms.options import Option, Options, matching, resolve
from giamngheo_desktop.gui.forms.pick_edit import DELAY
from giamngheo_desktop.gui.forms.text_fields import TextField
from tests.harness.unikey import press

KIND = FieldKind
Key = Qt.Key
SEX = (Choice(code="male", label="Nam"), Choice(code="female", label="Nữ"))
GROUPS = tuple(
    Choice(code=f"{number:02d}", label=label)
    for number, label in enumerate(
        ["Kinh", "Tày", "Thái", "Hoa", "Khơ-me", "Mường", "Nùng", "Mông", "Dao", "Ê-đê"], start=1
    )
)
CAUSES = tuple(
    Choice(code=code, label=label)
    for code, label in [("land", "Thiếu đất"), ("capital", "Thiếu vốn"), ("ill", "Ốm đau")]
)
VILLAGE = UUID(int=5)


def definition(kind, **more):
    return FieldDef(code="it", kind=kind, label="Câu hỏi", help="Cách ghi.", **more)


@pytest.fixture
def make(qtbot):
    def made(kind, maker=make_field, **more):
        widget = maker(definition(kind, **more))
        qtbot.addWidget(widget)
        widget.resize(500, 80)
        widget.show()
        widget.activateWindow()
        widget.take_focus()
        widget.heard = []
        widget.changed.connect(lambda: widget.heard.append(widget.value()))
        return widget

    return made


def type_and_leave(qtbot, widget, text):
    widget.input().clear()
    qtbot.keyClicks(widget.input(), text)
    qtbot.keyClick(widget.input(), Key.Key_Return)


TYPED = [
    (KIND.TEXT, {}, "  Le  Van A ", "Le Van A", "Le Van A"),
    (KIND.INTEGER, {}, "1234", 1234, "1.234"),
    (KIND.DECIMAL, {"scale": 1}, "62,5", 625, "62,5"),
    (KIND.DECIMAL, {"scale": 1}, "62", 620, "62"),
    (KIND.MONEY, {}, "1,5tr", 1_500_000, "1.500.000"),
    (KIND.MONEY, {}, "1.500.000", 1_500_000, "1.500.000"),
    (KIND.MONEY, {}, "1500k", 1_500_000, "1.500.000"),
    (KIND.MONEY, {}, "3000000000", 3_000_000_000, "3.000.000.000"),
    (KIND.DATE, {}, "5/3/1987", date(1987, 3, 5), "05/03/1987"),
    (KIND.DATE, {}, "05031987", date(1987, 3, 5), "05/03/1987"),
    (KIND.PARTIAL_DATE, {}, "1987", PartialDate(1987), "1987"),
    (KIND.PARTIAL_DATE, {}, "3/1987", PartialDate(1987, 3), "03/1987"),
]


@pytest.mark.parametrize(("kind", "more", "text", "value", "shown"), TYPED)
def test_typed_text_becomes_the_value_and_is_shown_tidy(
    qtbot, make, kind, more, text, value, shown
):
    for maker in (make_field, make_cell):
        widget = make(kind, maker, **more)
        type_and_leave(qtbot, widget, text)
        assert widget.value() == value
        assert widget.input().text() == shown
        assert (Qt.AlignmentFlag.AlignRight in widget.input().alignment()) is isinstance(value, int)
        assert not widget.problem
        again = make(kind, maker, **more)
        again.set_value(value)
        assert (again.value(), again.input().text(), again.heard) == (value, shown, [])


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (KIND.INTEGER, "12a", "not_number"),
        (KIND.INTEGER, "1,5", "not_whole"),
        (KIND.MONEY, "5 con bo", "unknown_unit"),
        (KIND.DECIMAL, "1.234", "ambiguous"),
        (KIND.DATE, "1987", "date_incomplete"),
        (KIND.DATE, "31/2/1990", "no_such_day"),
        (KIND.PARTIAL_DATE, "5/13/1990", "no_such_month"),
    ],
)
def test_unreadable_text_stays_with_a_sentence_and_is_kept(qtbot, make, kind, text, code):
    widget = make(kind, scale=1)
    type_and_leave(qtbot, widget, text)
    assert widget.value() == Unparsed(text, code)
    assert widget.input().text() == text
    assert widget.problem == texts.PARSE_ERRORS[code]
    assert widget.input().property("state") == "error"
    other = make(kind, scale=1)
    other.set_value(widget.value())
    assert (other.value(), other.problem) == (widget.value(), widget.problem)
    type_and_leave(qtbot, widget, "")
    assert (widget.value(), widget.problem) == (None, "")


def test_a_mended_text_loses_its_sentence_at_once(qtbot, make):
    widget = make(KIND.INTEGER)
    type_and_leave(qtbot, widget, "12a")
    qtbot.keyClick(widget.input(), Key.Key_Backspace)
    assert (widget.problem, widget.value(), widget.input().text()) == ("", 12, "12")


def test_what_the_checks_say_stands_behind_unreadable_text(make):
    widget = make(KIND.INTEGER)
    widget.set_problem("Số này lạ.", is_error=False)
    assert (widget.problem, widget.is_error) == ("Số này lạ.", False)
    assert widget.input().property("state") == "warning"
    widget.set_value(Unparsed("x", "not_number"))
    assert widget.problem == texts.PARSE_ERRORS["not_number"]
    widget.set_value(5)
    widget.set_problem(None)
    assert (widget.problem, widget.input().property("state")) == ("", "")


@pytest.mark.parametrize("kind", [kind for kind in KIND if kind is not KIND.ROWS])
def test_names_for_tests_and_screen_readers(make, kind):
    widget = make(kind, choices=SEX)
    assert widget.findChild(QWidget, "it") is widget.input()
    assert widget.input().accessibleName() == "Câu hỏi"


@pytest.mark.parametrize("kind", [kind for kind in KIND if kind is not KIND.ROWS])
def test_empty_is_not_known_and_the_wheel_changes_nothing(make, kind):
    widget = make(kind, choices=GROUPS)
    assert widget.value() is None
    place = QPointF(20, 10)
    nothing = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    for turn in (120, -120):
        wheel = QWheelEvent(
            place, place, QPoint(), QPoint(0, turn), *nothing, Qt.ScrollPhase.NoScrollPhase, False
        )
        QApplication.sendEvent(widget.input(), wheel)
    assert (widget.value(), widget.heard) == (None, [])


# -- yes/no and short choices ---------------------------------------------------------------------


def test_yes_no_has_three_states(qtbot, make):
    widget = make(KIND.YES_NO)
    values = []
    for key in "123":
        qtbot.keyClicks(widget.input(), key)
        values.append(widget.value())
    assert values == [True, False, None]
    labels = [button.text() for button in widget.findChildren(QPushButton)]
    assert labels == ["Có", "Không", "Chưa rõ"]


def test_false_is_not_the_same_as_not_known(make):
    widget = make(KIND.YES_NO)
    widget.set_value(False)
    assert widget.value() is False
    widget.set_value(None)
    assert widget.value() is None


def test_short_choices_by_digit_arrow_mouse_and_back(qtbot, make):
    widget = make(KIND.CHOICE, choices=SEX)
    assert isinstance(widget, SegmentField)
    qtbot.keyClicks(widget.input(), "2")
    assert widget.value() == "female"
    qtbot.keyClick(widget.input(), Key.Key_Left)
    assert widget.value() == "male"
    qtbot.keyClick(widget.input(), Key.Key_Delete)
    assert widget.value() is None
    button = widget.findChildren(QPushButton)[1]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert widget.value() == "female"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert widget.value() is None
    qtbot.keyClicks(widget.input(), "9")
    assert widget.heard == ["female", "male", None, "female", None]


def test_a_number_chooses_in_a_list_of_ten_which_shows_it(qtbot, make):
    letters = [Choice(code=letter, label=f"Loại {letter}") for letter in "abcdefghij"]
    widget = make(KIND.CHOICE, choices=tuple(letters))
    assert isinstance(widget, PickField)
    for typed, code in (("2", "b"), ("10", "j"), ("1", "a")):
        type_and_leave(qtbot, widget, typed)
        assert (widget.value(), widget.input().text()) == (code, f"Loại {code}")
    type_and_leave(qtbot, widget, "11")
    assert widget.value() == Unparsed("11", "not_in_list")
    widget.set_value("c")
    widget.edit.open_list()
    shown = widget.edit._popup.list
    assert [shown.item(at).text() for at in (0, 9)] == ["1. Loại a", "10. Loại j"]
    assert shown.currentRow() == 2


def test_a_list_whose_codes_are_numbers_goes_by_those(make):
    choices = tuple(Choice(code=str(20 + n), label=f"Dân tộc {'abcdefghij'[n]}") for n in range(10))
    widget = make(KIND.CHOICE, choices=choices)
    widget.type_text("2")
    assert widget.value() == Unparsed("2", "not_in_list")
    widget.type_text("22")
    assert widget.value() == "22"
    assert widget.edit.numbers == {}


@pytest.mark.parametrize("chosen", [True, False])
def test_no_label_of_a_segment_is_clipped(make, chosen):
    widget = make(KIND.CHOICE, choices=(Choice(code="a", label="Thường trú"), SEX[0]))
    widget.set_value("a" if chosen else None)
    for button in widget.findChildren(QPushButton):
        font = button.font()
        font.setBold(True)
        metrics = button.fontMetrics()
        assert button.width() >= metrics.horizontalAdvance(button.text()) + 20


@pytest.mark.parametrize("choices", [SEX, GROUPS, CAUSES])
def test_an_answer_of_an_older_list_is_carried_through(make, choices):
    kind = KIND.CHOICES if choices is CAUSES else KIND.CHOICE
    widget = make(kind, choices=choices)
    value = ("land", "gone") if choices is CAUSES else "gone"
    widget.set_value(value)
    assert widget.value() == value


@pytest.mark.parametrize("kind", [KIND.YES_NO, KIND.CHOICE, KIND.CHOICES])
def test_typed_text_of_a_draft_survives_where_answers_are_pressed(qtbot, make, kind):
    widget = make(kind, choices=SEX)
    draft = Unparsed("co le", "not_in_list")
    widget.set_value(draft)
    assert widget.value() == draft
    assert "co le" in widget.problem
    qtbot.keyClicks(widget.input(), "1")
    assert widget.problem == ""
    assert not has_unparsed(widget.value())


# -- long lists -----------------------------------------------------------------------------------


def test_a_long_list_is_typed_without_marks(qtbot, make):
    widget = make(KIND.CHOICE, choices=GROUPS)
    assert isinstance(widget, PickField)
    type_and_leave(qtbot, widget, "e de")
    assert (widget.value(), widget.input().text()) == ("10", "Ê-đê")


def test_text_that_is_no_answer_stays(qtbot, make):
    widget = make(KIND.CHOICE, choices=GROUPS)
    type_and_leave(qtbot, widget, "Xyz")
    assert widget.value() == Unparsed("Xyz", "not_in_list")
    assert "danh sách" in widget.problem
    other = make(KIND.CHOICE, choices=GROUPS)
    other.set_value(widget.value())
    assert (other.input().text(), other.problem) == ("Xyz", widget.problem)
    type_and_leave(qtbot, widget, "nung")
    assert (widget.value(), widget.problem) == ("07", "")


def test_the_list_opens_late_and_takes_enter_only_for_a_chosen_line(qtbot, make):
    widget = make(KIND.CHOICE, choices=GROUPS)
    edit = widget.input()
    qtbot.keyClicks(edit, "t")
    assert not edit.list_is_open
    assert DELAY >= 250
    assert edit._timer.remainingTime() > DELAY - 60
    qtbot.waitUntil(lambda: edit.list_is_open, timeout=2000)
    assert [option.label for option in edit._offered[:2]] == ["Tày", "Thái"]
    assert edit.text() == "t"  # nothing is completed in the line
    qtbot.keyClick(edit, Key.Key_Return)
    assert (edit.text(), edit.list_is_open) == ("t", False)
    edit.setFocus()
    edit.open_list(everything=False)
    qtbot.keyClick(edit, Key.Key_Down)
    qtbot.keyClick(edit, Key.Key_Down)
    qtbot.keyClick(edit, Key.Key_Return)
    assert (widget.value(), edit.text()) == ("03", "Thái")


def test_escape_closes_the_list_and_keeps_the_text(qtbot, make):
    edit = make(KIND.CHOICE, choices=GROUPS).input()
    qtbot.keyClicks(edit, "t")
    qtbot.keyClick(edit, Key.Key_Down)
    assert edit.list_is_open
    qtbot.keyClick(edit, Key.Key_Escape)
    assert (edit.text(), edit.list_is_open) == ("t", False)


def test_the_arrow_opens_the_whole_list_at_the_answer(qtbot, make):
    widget = make(KIND.CHOICE, choices=GROUPS)
    widget.set_value("06")
    qtbot.keyClick(widget.input(), Key.Key_Down)
    popup = widget.input()._popup
    assert (popup.list.count(), popup.chosen) == (10, 5)
    qtbot.mouseClick(
        popup.list.viewport(),
        Qt.MouseButton.LeftButton,
        pos=popup.list.visualItemRect(popup.list.item(6)).center(),
    )
    assert (widget.value(), widget.heard) == ("07", ["07"])


def test_suggestions_never_fill_in_unasked(qtbot, make):
    widget = make(KIND.TEXT)
    widget.set_suggestions(["Trường Tiểu học Sơn Tây", "Trường THCS Sơn Tây"])
    qtbot.keyClicks(widget.input(), "truong")
    qtbot.waitUntil(lambda: widget.input().list_is_open, timeout=2000)
    qtbot.keyClick(widget.input(), Key.Key_Return)
    assert widget.value() == "truong"
    widget.input().setFocus()
    widget.input().open_list()
    qtbot.keyClick(widget.input(), Key.Key_Down)
    qtbot.keyClick(widget.input(), Key.Key_Return)
    assert widget.heard[-1] == "Trường Tiểu học Sơn Tây"


def test_an_area_keeps_its_value_until_its_name_is_known(make):
    widget = make(KIND.AREA)
    widget.set_value(VILLAGE)
    assert widget.value() == VILLAGE
    widget.set_options([Option(UUID(int=1), "Thôn 1"), Option(VILLAGE, "Thôn 10")])
    assert (widget.value(), widget.input().text()) == (VILLAGE, "Thôn 10")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Thôn 1", 1),
        ("thon 1", 1),
        ("thôn 10", 10),
        ("10", 10),
        ("1", 1),
        ("go", 3),
        ("Gò", 3),
        ("thon", None),
        ("gó", None),
        ("", None),
    ],
)
def test_a_village_is_found_by_what_people_type(text, value):
    options = [Option(1, "Thôn 1"), Option(10, "Thôn 10"), Option(3, "Gò Da")]
    found = resolve(options, text)
    assert (found.value if found else None) == value


def test_a_bare_word_with_two_meanings_is_left_to_the_person():
    options = [Option("father", "Bố", ("ba",)), Option("grandmother", "Bà")]
    assert resolve(options, "Ba") is options[0]  # an alias written so
    assert resolve(options[1:], "bà") is options[1]
    twins = [Option(1, "Mạ"), Option(2, "Mã")]
    assert resolve(twins, "ma") is None


def test_matches_that_begin_so_come_first():
    options = [Option(at, label) for at, label in enumerate(["Bố Y", "Y tế", "Lô Lô"])]
    assert [option.label for option in matching(options, "y")] == ["Y tế", "Bố Y"]


PEOPLE = [
    Option(at, f"{name}, sinh năm 198{at}", given=name.split()[-1])
    for at, name in enumerate(
        ["Hoàng Văn Lan", "Lê Khoa", "Đặng Hoan", "Bùi Thị Hòa", "Vũ Thị Hoa"], start=1
    )
]


@pytest.mark.parametrize("kind", [tuple, Options])
def test_who_is_called_so_comes_before_whose_family_is_and_that_before_the_middle(kind):
    people = kind(PEOPLE)
    assert [one.value for one in matching(people, "hoa")] == [5, 4, 3, 1, 2]
    assert [one.value for one in matching(people, "Hòa")] == [4, 5, 3, 1, 2]
    assert resolve(people, "hoa") is None  # a family name is nobody
    assert resolve(people[:2], "Hoà") is None  # nor with a mark that nobody has
    assert resolve(people, "vũ thị hoa") is PEOPLE[4]
    assert resolve(people, "khoa") is PEOPLE[1]


@pytest.mark.parametrize("leave", [Key.Key_Return, Key.Key_Tab])
def test_the_only_line_of_a_closed_list_is_taken(qtbot, make, leave):
    choices = [("Kiểm tra, giám sát", "a"), ("Hội thi, khen thưởng", "b"), ("Tập huấn", "c")]
    widget = make(KIND.CHOICE, choices=tuple(Choice(code=c, label=text) for text, c in choices))
    edit = widget.input()
    for slow, typed, code in ((False, "giam", "a"), (True, "Khen", "b"), (True, "p", "c")):
        edit.setFocus()
        edit.clear()
        qtbot.keyClicks(edit, typed)
        if slow:
            edit.open_list(everything=False)
            assert len(edit._offered) == 1
        qtbot.keyClick(edit, leave)
        assert (widget.value(), widget.problem) == (code, "")


# -- many choices ---------------------------------------------------------------------------------


def test_boxes_by_digit_space_and_mouse(qtbot, make):
    widget = make(KIND.CHOICES, choices=CAUSES)
    qtbot.keyClicks(widget.input(), "31")
    assert widget.value() == ("land", "ill")
    qtbot.keyClicks(widget.input(), "1")
    assert widget.value() == ("ill",)
    qtbot.keyClick(widget.input(), Key.Key_Down)
    qtbot.keyClick(widget.input(), Key.Key_Space)
    assert widget.value() == ("capital", "ill")
    widget.findChild(QCheckBox, "it.land").click()
    assert widget.value() == ("land", "capital", "ill")


def test_none_of_them_is_an_answer_and_silence_is_not(qtbot, make):
    widget = make(KIND.CHOICES, choices=CAUSES)
    assert widget.value() is None
    qtbot.keyClicks(widget.input(), "1")
    qtbot.keyClicks(widget.input(), "0")
    assert widget.value() == ()
    qtbot.keyClicks(widget.input(), "2")
    assert widget.value() == ("capital",)
    widget.set_value(())
    assert widget.value() == ()
    widget.set_value(None)
    assert widget.value() is None


def test_help_is_shown_with_its_source(make):
    widget = make(KIND.TEXT, source="Mẫu số 01")
    widget.show_help(True)
    assert (
        widget._help.text() == "Cách ghi.\nNguồn: Mẫu số 01\nBấm F1 lần nữa: trợ giúp của cả trang."
    )


def test_unparsed_text_is_found_inside_rows():
    assert has_unparsed(Unparsed("x", "not_number"))
    assert has_unparsed(({"a": 1, "b": Unparsed("x", "not_number")},))
    assert not has_unparsed(({"a": 1},))
    assert not has_unparsed(("land",))


def test_every_line_edit_is_ours(make):
    for kind in (KIND.TEXT, KIND.MONEY, KIND.CHOICE, KIND.AREA):
        widget = make(kind, choices=GROUPS)
        assert type(widget.findChild(QLineEdit, "it")) is not QLineEdit


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize(
    ("capitals", "typed", "shown"),
    [
        ("person", "nguyễn  văn an", "Nguyễn Văn An"),
        ("person", "y blơ", "Y Blơ"),
        ("person", "h'nhưn", "H'Nhưn"),
        ("person", "Ksor H'nhưn", "Ksor H'nhưn"),
        ("unit", "thôn cây tắt", "Thôn Cây Tắt"),
        ("", "nguyễn văn an", "nguyễn văn an"),
    ],
)
def test_a_name_is_capitalised_once_when_the_field_is_left(qtbot, compact, capitals, typed, shown):
    made = TextField(
        FieldDef(code="x", kind=FieldKind.TEXT, label="Tên", capitals=capitals), compact=compact
    )
    qtbot.addWidget(made)
    made.show()
    heard = []
    made.changed.connect(lambda: heard.append(made.value()))
    press(made.edit, typed)
    assert made.edit.text() == typed  # nothing happens under the hands
    made.edit.editingFinished.emit()
    assert made.value() == shown
    assert heard[-1] == shown
    made.edit.clear()
    press(made.edit, typed)
    made.edit.editingFinished.emit()
    assert made.value() == " ".join(typed.split())  # typed again: the user means it
    made.set_value("trần thị ba")
    made.edit.editingFinished.emit()
    assert made.value() == "trần thị ba"  # nobody typed it here
