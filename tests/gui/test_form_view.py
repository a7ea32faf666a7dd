"""A page of a form: record in and out, order of the keys, conditions, problems, rows."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QToolButton

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import shipped_definitions
from giamngheo_desktop.domain.form import Choice, Condition, FieldDef, FieldKind, Section
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.gui.forms.entry import Unparsed
from giamngheo_desktop.gui.forms.form_layout import arrange, columns_for
from giamngheo_desktop.gui.forms.form_view import FormView
from tests.harness.unikey import press

Key = Qt.Key
KIND = FieldKind


def field(code, kind=KIND.TEXT, **more):
    return FieldDef(code=code, kind=kind, label=f"Nhãn {code}", help=f"Cách ghi {code}.", **more)


SEX = (Choice(code="male", label="Nam"), Choice(code="female", label="Nữ"))
SECTIONS = (
    Section(
        code="one",
        label="Phần một",
        page="info",
        fields=(
            field("name", required=True),
            field("attends", KIND.YES_NO),
            field("school", visible_if=Condition(field="attends", operator="is", value=True)),
            field("income", KIND.MONEY, unit="đồng"),
        ),
    ),
    Section(
        code="two",
        label="Phần hai",
        page="info",
        fields=(
            field("village", KIND.AREA),
            field("causes", KIND.CHOICES, choices=SEX),
            field(
                "members",
                KIND.ROWS,
                fields=(
                    field("full_name"),
                    field("sex", KIND.CHOICE, choices=SEX),
                    field("birth", KIND.PARTIAL_DATE),
                ),
            ),
            field("note"),
        ),
    ),
)
ORDER = ["name", "attends", "income", "village", "causes", "members", "note"]
RECORD = {
    "uid": UUID(int=1),
    "name": "Lê Văn Tám",
    "attends": True,
    "school": "Trường Tiểu học Sơn Tây",
    "income": 1_500_000,
    "village": UUID(int=5),
    "causes": ("male",),
    "members": (
        {"uid": UUID(int=2), "full_name": "Lê Văn Tám", "sex": "male", "birth": PartialDate(1960)},
        {"uid": UUID(int=3), "full_name": "Hồ Thị Lý", "sex": "female", "birth": None},
    ),
    "note": None,
}


@pytest.fixture
def form(qtbot, qapp):
    area = QScrollArea(widgetResizable=True)
    form = FormView(SECTIONS)
    area.setWidget(form)
    qtbot.addWidget(area)
    area.resize(1166, 500)
    area.show()
    area.activateWindow()
    form.heard = []
    form.changed.connect(form.heard.append)
    yield form
    area.close()


def focused():
    return QApplication.focusWidget()


def focus_code():
    return focused().objectName()


def enter(qtbot):
    qtbot.keyClick(focused(), Key.Key_Return)


def fill(qtbot, form, code, text):
    form.focus_field(code)
    focused().clear()
    press(focused(), text)


def test_a_record_comes_out_as_it_went_in(form):
    form.set_record(RECORD)
    assert form.record() == RECORD
    assert not form.is_dirty
    assert form.heard == []
    form.set_record({})
    assert set(form.record().values()) == {None}


def test_typing_makes_dirty_and_typing_back_makes_clean(qtbot, form):
    form.set_record(RECORD)
    told = []
    form.dirty_changed.connect(told.append)
    fill(qtbot, form, "name", "Lê Văn Chín")
    assert form.is_dirty
    fill(qtbot, form, "name", "Lê Văn Tám")
    assert not form.is_dirty
    fill(qtbot, form, "name", "X")
    form.mark_saved()
    assert (form.is_dirty, told) == (False, [True, False, True, False])
    assert set(form.heard) == {"name"}


def test_a_draft_keeps_text_that_cannot_be_read(qtbot, form):
    form.set_record(RECORD)
    fill(qtbot, form, "income", "1tr25")
    enter(qtbot)
    draft = form.draft()
    assert isinstance(draft["income"], Unparsed)
    assert form.unreadable() == ["income"]
    form.set_record(RECORD)
    form.set_draft(draft)
    assert form.draft() == draft
    assert form.is_dirty


def test_enter_and_tab_follow_the_definition(qtbot, form):
    form.set_record({})
    form.focus_field("name")
    by_enter, by_tab = [], []
    for _ in ORDER:
        by_enter.append(form.current_field())
        enter(qtbot)
    assert by_enter == ORDER
    form.focus_field("name")
    for _ in range(10):
        if form.current_field() not in by_tab:
            by_tab.append(form.current_field())
        qtbot.keyClick(focused(), Key.Key_Tab)
    assert by_tab == ORDER


def test_enter_in_the_last_field_completes_the_form(qtbot, form):
    form.focus_field("note")
    with qtbot.waitSignal(form.completed):
        enter(qtbot)


def test_a_condition_shows_and_hides_at_once(qtbot, form):
    form.set_record({})
    school = form.fields["school"]
    assert not school.isVisible()
    form.focus_field("attends")
    qtbot.keyClicks(focused(), "1")
    assert school.isVisible()
    enter(qtbot)
    assert focus_code() == "school"
    qtbot.keyClicks(focused(), "Truong A")
    form.focus_field("attends")
    qtbot.keyClicks(focused(), "2")
    assert not school.isVisible()
    assert form.record()["school"] is None  # the user's answer took it away
    assert form.draft()["school"] == "Truong A"  # but it is not forgotten
    qtbot.keyClicks(focused(), "1")
    assert form.record()["school"] == "Truong A"


def test_a_value_hidden_from_the_start_is_not_lost(qtbot, form):
    stored = {**RECORD, "attends": False}
    form.set_record(stored)
    fill(qtbot, form, "note", "x")
    assert form.record() == {**stored, "note": "x"}


def test_problems_stand_beside_their_fields(form):
    form.set_record(RECORD)
    homeless = form.set_problems(
        [
            ("name", "Họ tên đã có.", False),
            ("income", "Thu nhập lạ.", True),
            ("members.1.birth", "Thiếu năm sinh.", True),
            ("elsewhere", "Chuyện khác.", True),
        ]
    )
    assert homeless == [("elsewhere", "Chuyện khác.", True)]
    assert form.findChild(QLabel, "problem_name").text() == "Họ tên đã có."
    assert form.findChild(QLabel, "problem_name").property("kind") == "warning"
    assert form.findChild(QLabel, "problem_income").property("kind") == "error"
    assert "Thiếu năm sinh." in form.findChild(QLabel, "members.1.problem").text()
    form.set_problems([])
    assert not form.findChild(QLabel, "problem_name").isVisible()
    assert not form.findChild(QLabel, "members.1.problem").isVisible()


def test_a_change_takes_its_own_problem_away(qtbot, form):
    form.set_record(RECORD)
    form.set_problems([("name", "Sai.", True), ("income", "Sai.", True)])
    fill(qtbot, form, "name", "Lê")
    assert (form.fields["name"].problem, form.fields["income"].problem) == ("", "Sai.")


def test_f1_shows_the_help_until_the_field_is_left(qtbot, form):
    form.focus_field("name")
    with qtbot.waitSignal(form.help_requested) as asked:
        qtbot.keyClick(focused(), Key.Key_F1)
    assert asked.args == ["name"]
    assert form.findChild(QLabel, "help_name").text().startswith("Cách ghi name.")
    assert form.fields["name"].help_shown()
    enter(qtbot)
    assert not form.fields["name"].help_shown()


def test_one_column_below_nine_hundred_pixels_two_above(form):
    area = form.parent().parent()
    form.set_record({})

    def side_by_side():
        tops = [form.fields[code].mapTo(form, QPoint()).y() for code in ("name", "attends")]
        return tops[0] == tops[1]

    assert side_by_side()
    area.resize(860, 500)
    QApplication.processEvents()
    assert not side_by_side()
    assert [columns_for(width, 100) for width in (899, 900)] == [1, 2]
    assert columns_for(1166, 150) == 1


def test_places_are_left_to_right_and_wide_fields_take_a_line():
    fields = [field("a"), field("b"), field("c"), field("d", KIND.CHOICES), field("e")]
    places = [(p.code, p.line, p.column) for p in arrange(fields, 2)]
    assert places == [("a", 0, 0), ("b", 0, 1), ("c", 1, 0), ("d", 2, 0), ("e", 3, 0)]


@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("width", [860, 1166])
def test_no_label_is_clipped(qapp, look, form, width, percent):
    look.apply(qapp, percent=percent)
    form.parent().parent().resize(width, 545)
    form.set_record(RECORD)
    form.set_problems(
        [("name", "Một câu rất dài để xem có bị cắt ở mép phải hay không. " * 3, True)]
    )
    for _ in range(3):
        QApplication.processEvents()
    for label in form.findChildren(QLabel):
        if label.isVisible() and label.text():
            assert label.height() >= label.heightForWidth(label.width()), label.text()


def test_the_field_with_the_cursor_is_scrolled_into_view(qtbot, form):
    form.parent().parent().resize(860, 220)
    form.focus_field("name")
    QApplication.processEvents()
    form.focus_field("note")
    QApplication.processEvents()
    viewport = form.parent()
    place = focused().mapTo(viewport, focused().rect().bottomLeft())
    assert viewport.rect().contains(place)


def test_options_given_later_do_not_make_the_form_dirty(form):
    form.set_record(RECORD)
    form.set_options("village", [(UUID(int=4), "Gò Da"), (UUID(int=5), "Mang Hin")])
    assert form.fields["village"].input().text() == "Mang Hin"
    assert (form.is_dirty, form.record()) == (False, RECORD)


# -- rows -----------------------------------------------------------------------------------------


def test_enter_walks_the_cells_and_makes_a_new_row(qtbot, form):
    form.set_record({})
    form.focus_field("members")
    for text in ("Le Van A", "1", "1987", "Ho Thi B", "2", "5/3/1990"):
        qtbot.keyClicks(focused(), text)
        enter(qtbot)
    assert focus_code() == "members.2.full_name"
    assert form.record()["members"] == (
        {"full_name": "Le Van A", "sex": "male", "birth": PartialDate(1987)},
        {"full_name": "Ho Thi B", "sex": "female", "birth": PartialDate(1990, 3, 5)},
    )
    enter(qtbot)  # nothing typed in the first cell: on with the form
    assert focus_code() == "note"


def test_a_removed_row_stays_visible_and_can_come_back(qtbot, form):
    form.set_record(RECORD)
    rows = form.fields["members"]
    form.findChild(QToolButton, "members.0.remove").click()
    assert [row["uid"] for row in form.record()["members"]] == [UUID(int=3)]
    assert [row["uid"] for row in rows.removed()] == [UUID(int=2)]
    assert rows.cell(0, "full_name").isVisible()
    assert form.is_dirty
    form.findChild(QToolButton, "members.0.remove").click()
    assert (form.record(), rows.removed(), form.is_dirty) == (RECORD, [], False)


def test_a_row_removed_in_a_draft_is_still_known_as_removed(form):
    form.set_record(RECORD)
    form.findChild(QToolButton, "members.0.remove").click()
    draft = form.draft()
    form.set_record(RECORD)
    form.set_draft(draft)
    assert [row["uid"] for row in form.fields["members"].removed()] == [UUID(int=2)]
    assert form.draft() == draft


def test_a_new_row_that_is_removed_again_never_was(qtbot, form):
    form.set_record(RECORD)
    rows = form.fields["members"]
    rows.fill_block([["Le Van C"]], 2, 0)
    assert form.is_dirty
    form.findChild(QToolButton, "members.2.remove").click()
    assert (rows.removed(), form.is_dirty) == ([], False)


def test_a_new_row_of_a_draft_was_never_stored(form):
    form.set_record(RECORD)
    form.set_draft({"members": ({"full_name": "Lê Văn C", "sex": None, "birth": None},)})
    removed = form.fields["members"].removed()
    assert [row["uid"] for row in removed] == [UUID(int=2), UUID(int=3)]
    form.findChild(QToolButton, "members.0.remove").click()
    assert form.fields["members"].removed() == removed


def test_tab_passes_through_a_row_added_later(qtbot, form):
    form.set_record({})
    form.fields["members"].fill_block([["Le Van A"], ["Le Van B"]], 0, 0)
    form.focus_field("members")
    seen = []
    for _ in range(8):
        seen.append(focus_code())
        qtbot.keyClick(focused(), Key.Key_Tab)
    cells = [f"members.{row}.{code}" for row in (0, 1) for code in ("full_name", "sex", "birth")]
    assert seen == [*cells, "members.add", "note"]


def test_control_minus_marks_the_row_of_the_cursor(qtbot, form):
    form.set_record(RECORD)
    form.focus_field("members.1.sex")
    qtbot.keyClick(focused(), Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert [row["uid"] for row in form.fields["members"].removed()] == [UUID(int=3)]


def test_unreadable_cells_are_kept_and_told_by_the_row(qtbot, form):
    form.set_record(RECORD)
    form.focus_field("members.1.birth")
    qtbot.keyClicks(focused(), "31/2/1990")
    enter(qtbot)
    assert form.record()["members"][1]["birth"] == Unparsed("31/2/1990", "no_such_day")
    assert form.unreadable() == ["members"]
    label = form.findChild(QLabel, "members.1.problem")
    assert label.isVisible()
    assert label.text().startswith("Nhãn birth: ")
    draft = form.draft()
    form.set_draft(draft)
    assert form.draft() == draft


def test_a_block_from_excel_is_handed_over_or_typed_in(qtbot, form):
    form.set_record({})
    block = "Lê Văn A\tNam\t1987\nHồ Thị B\tnữ\t31/2/1990\n"
    QGuiApplication.clipboard().setText(block)
    form.focus_field("members")
    qtbot.keyClick(focused(), Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    first, second = form.record()["members"]
    assert first == {"full_name": "Lê Văn A", "sex": "male", "birth": PartialDate(1987)}
    assert second["birth"] == Unparsed("31/2/1990", "no_such_day")
    form.set_record({})
    form.focus_field("members.0.sex")
    with qtbot.waitSignal(form.fields["members"].block_pasted) as pasted:
        qtbot.keyClick(focused(), Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert pasted.args == [[["Lê Văn A", "Nam", "1987"], ["Hồ Thị B", "nữ", "31/2/1990"]], 0, 1]
    assert form.record()["members"] is None


def test_arrows_move_between_rows(qtbot, form):
    form.set_record(RECORD)
    form.focus_field("members.0.birth")
    qtbot.keyClick(focused(), Key.Key_Down)
    assert focus_code() == "members.1.birth"
    qtbot.keyClick(focused(), Key.Key_Up)
    assert focus_code() == "members.0.birth"


# -- the definitions that ship --------------------------------------------------------------------


def test_every_field_that_ships_has_a_widget_and_keeps_its_value(qtbot):
    shipped = shipped_definitions(paths.resources() / "definitions")
    for definition in (shipped.household, shipped.member):
        view = FormView(definition.sections)
        qtbot.addWidget(view)
        record = {each.code: sample(each) for each in definition}
        view.set_record(record)
        assert view.record() == record


@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("width", [620, 900, 1130])
def test_the_shipped_forms_need_no_more_than_their_width(qtbot, qapp, look, width, percent):
    look.apply(qapp, percent=percent)
    shipped = shipped_definitions(paths.resources() / "definitions")
    for definition in (shipped.household, shipped.member):
        view = FormView(definition.sections)
        qtbot.addWidget(view)
        view.resize(width, 600)
        view.show()
        qapp.processEvents()
        assert view.minimumSizeHint().width() <= width


def sample(each):
    match each.kind:
        case KIND.TEXT:
            return "Chữ"
        case KIND.CHOICE:
            return each.choices[-1].code
        case KIND.CHOICES:
            return (each.choices[0].code, each.choices[-1].code)
        case KIND.YES_NO:
            return False
        case KIND.DATE:
            return date(2025, 11, 9)
        case KIND.PARTIAL_DATE:
            return PartialDate(1987, 3)
        case KIND.AREA:
            return UUID(int=4)
    return 1234


def test_a_long_answer_in_a_narrow_form_stands_below_its_label():
    """Beside the label it would be cut."""
    fields = [FieldDef(code=code, kind=FieldKind.CHOICE, label=code) for code in ("short", "long")]
    first, second = arrange(fields, 1, ("long",))
    assert (first.above, second.above) == (False, True)
