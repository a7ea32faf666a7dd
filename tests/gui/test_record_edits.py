"""What is changed of a stored record is saved: every field and row of every form, kind, policy."""

from __future__ import annotations

from datetime import date
from itertools import count

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.form import FieldKind
from giamngheo_desktop.gui import shortcuts
from giamngheo_desktop.gui.main_window import MainWindow
from giamngheo_desktop.gui.pages import projects_page, support_page, targets_page
from giamngheo_desktop.gui.pages.projects_page import ProjectsPage
from giamngheo_desktop.gui.pages.support_page import SupportPage
from giamngheo_desktop.gui.pages.targets_page import TargetsPage
from giamngheo_desktop.gui.records.record_section import RecordSection
from giamngheo_desktop.services.documents import versions
from giamngheo_desktop.services.programme import entries
from tests.gui import hands
from tests.gui.commune import YEAR
from tests.gui.hands import Key
from tests.gui.test_record_sections import put, save, show

DAY = date(YEAR, 3, 1)
PAGES = {
    ProjectsPage: projects_page.SECTIONS,
    SupportPage: support_page.SECTIONS,
    TargetsPage: targets_page.SECTIONS,
}


@pytest.mark.parametrize("page", PAGES)
def test_whatever_is_changed_on_screen_is_saved(qtbot, world, page):
    """Of every form, with what each kind of activity and each policy adds."""
    others(world)
    shown, numbers = show(qtbot, world, page, next(iter(PAGES[page]))), count(1)
    shown.hide()  # else each save is read twice
    for name, section_of in PAGES[page].items():
        if isinstance(section_of, type) and issubclass(section_of, RecordSection):
            form = world.desk.definitions.records[section_of.KIND]
            kinds = [{form.decided_by: kind} for kind in form.added] or [{}]
            made = [save(world, form.kind, **required(world, form, **kind)) for kind in kinds]
            shown.open(name)
            shown.section.load()
            for uid in made:
                change_all(world, shown.section, uid, numbers)


def change_all(world, section, uid, numbers):
    section._chosen(uid)
    form, expected = section.record_form, {}
    for code in asked(section):
        if code == form.decided_by:
            continue
        field = asked(section)[code]
        change(field, next(numbers))
        assert field.value() is not None, (form.kind, code)
        expected[code] = field.value()
        assert section.answers()[code] == field.value(), (form.kind, code)  # alone, too
    section.save()
    assert section.refusal.isHidden(), section.refusal.text()
    now = entries.entries(world.database, form)[uid]
    for code, value in expected.items():
        kept = now[code]
        if isinstance(value, tuple) and isinstance(value[0], dict):
            kept = tuple({name: row[name] for name in value[0]} for row in kept)
        assert kept == value, (form.kind, code)


def asked(section):
    """What the kind of the record adds, else the fields of all kinds."""
    form = section.added.form if section.added.form.fields else section.form
    return {code: form.fields[code] for code in form.visible_codes()}


def others(world):
    """Records that fields may name, and the plan that holds some."""
    versions.begin(world.database, world.context, world.commune, YEAR)
    save(world, Kind.TARGET, indicator="MH-MOI")
    body = save(world, Kind.BODY, name="Hội Nông dân", valid_from=DAY)
    save(world, Kind.OFFICER, full_name="Hồ Thị Hoa", body=body, valid_from=DAY)
    save(world, Kind.PLAN_COMPONENT, printed_name="Mục một")
    save(world, Kind.ACTIVITY, kind="model", name="Nuôi bò")
    save(world, Kind.TASK, content="Báo cáo năm")
    save(world, Kind.SUPPORT_EVENT, policy="housing", name="Nhà", supported_on=DAY)


# What a record must say that no one field requires.
_ANSWERS = {Kind.TARGET: {"content": "Chữ đầu"}, Kind.TARGET_RESULT: {"numerator": 1}}


def required(world, form, **decided):
    """A record that holds what it must; one of no catalogue is told in its own words."""
    found = dict(_ANSWERS.get(form.kind, {}))
    for field in form.form:
        if field.code in decided:
            found[field.code] = decided[field.code]
        elif field.required or field.code == "valid_from":
            found[field.code] = {
                FieldKind.DATE: DAY,
                FieldKind.MONEY: 1000,
                FieldKind.RECORD: world.homes[0],
                FieldKind.CHOICE: next(iter(field.choices)).code if field.choices else "HN-TL",
            }.get(field.kind, f"Chữ đầu {decided}")
    return found


def change(field, number):
    """Answer it otherwise, by hand; of rows each cell of the first."""
    match field.field.kind:
        case FieldKind.ROWS:
            for column in field.field.fields:
                change(field.cell(0, column.code), number)
        case FieldKind.DATE:
            field.type_text(f"{number % 27 + 1:02}/03/{YEAR}")
        case FieldKind.TEXT:
            field.type_text(f"Chữ mới {number}")
        case FieldKind.INTEGER | FieldKind.DECIMAL | FieldKind.MONEY:
            field.type_text(str(number % 9 + 1))
        case FieldKind.YES_NO:
            field.set_value(field.value() is not True)
        case FieldKind.CHOICES:
            field.set_value((field.field.choices[-1].code,))
        case _ if hasattr(field, "edit"):
            options = field.edit.options
            if options:
                itself = field.field.code == "parent"  # comes after the other one
                field.type_text(options[0 if itself else -1].label)
        case _:
            field.set_value(field.field.choices[-1].code)
    field.changed.emit()


def test_keys_save_begin_anew_and_the_keyboard_stays_in_the_section(qtbot, world):
    window = MainWindow()
    qtbot.addWidget(window)
    page = ProjectsPage(world.desk, YEAR)
    window.add_page("projects", "Dự án", "projects", lambda: page)
    window.addAction(shortcuts.make_action(window, "new", "Thêm hộ mới", window.close))
    window.show()
    hands.turn_to(window)
    window.show_page("projects")
    page.open("tasks")
    section = page.section
    section.form.focus_field("content")
    hands.write("Việc một")
    hands.control(Key.Key_S)
    assert hands.at() == section.table.objectName()
    hands.control(Key.Key_N)
    assert window.isVisible()
    assert (hands.at(), section.chosen) == ("section", None)
    section.form.focus_field("content")
    hands.write("Việc hai")
    hands.control(Key.Key_Return)
    assert (hands.at(), section.chosen) == ("section", None)
    section.form.focus_field("content")
    hands.write("Việc dở")
    section._chosen(section.table.rows.row(0)[0])
    section.form.focus_field("content")
    hands.focus().selectAll()
    hands.write("Việc sửa")
    hands.control(Key.Key_S)  # what is half typed elsewhere waits
    assert section.form.draft()["content"] == "Việc sửa"
    rows = [section.table.rows.text(at, 0) for at in range(section.table.rows.rowCount())]
    assert rows == ["Việc sửa", "Việc hai"]
    section.remove_button.click()
    assert hands.at() == section.table.objectName()
    assert section.table.rows.rowCount() == 1
    hands.control(Key.Key_N)
    assert section.form.draft()["content"] == "Việc dở"
    window.close()


def test_what_is_wrong_in_a_row_has_the_keyboard_and_its_sentence(qtbot, world):
    page = show(qtbot, world, ProjectsPage, "activities")
    section = page.section
    put(section, kind="Đối thoại chính sách", name="Đối thoại")
    rows = section.added.form.fields["items"]
    rows.cell(0, "content").type_text("Sửa đường")
    rows.fill_block([["", ""], ["Mở lớp", "", "", "31/02/2026"]], 1, 0)
    unread = next(cell for cell in rows._rows[2].cells.values() if cell.problem)
    section.save()
    assert hands.focus() is unread.input()
    unread.type_text("")
    required = next(column for column in rows.field.fields if column.required)
    rows.cell(2, required.code).type_text("")
    rows.cell(2, "answer").type_text("Đã trả lời")
    section.save()
    assert "Chưa ghi" in rows.cell(2, required.code).problem
    assert hands.focus() is rows.cell(2, required.code).input()
    assert section.refusal.isHidden()
    put(section, attendees="x")
    section.save()
    assert hands.at() == "attendees"
    assert section.added.form.fields["attendees"].problem


def test_a_household_of_the_model_gets_from_one_that_is_not_saved_yet(qtbot, world):
    page = show(qtbot, world, ProjectsPage, "activities")
    section = page.section
    put(section, kind="Mô hình, dự án sinh kế", name="Nuôi bò")
    rows = section.added.form.fields["participants"]
    for at, name in enumerate(("Trần Thị Bình", "Lê Văn Cường")):
        rows.fill_block([[name]], at, 0)
    giver = rows.cell(1, "received_from")
    giver.type_text("Trần Thị Bình")
    giver.changed.emit()
    assert not giver.problem
    section.draft.keep()
    page = show(qtbot, world, ProjectsPage, "activities")
    section = page.section
    rows = section.added.form.fields["participants"]
    assert rows.cell(1, "received_from").edit.text() == "Trần Thị Bình – Thôn Đông"
    section.save()
    (one,) = entries.entries(world.database, section.record_form).values()
    first, second = one["participants"]
    assert second["received_from"] == first["uid"]
    rows = section.added.form.fields["participants"]
    rows.fill_block([["Nguyễn Văn An"]], 2, 0)
    rows.cell(1, "received_from").type_text("Nguyễn Văn An")
    rows._rows[2].toggle()  # who is not written gives nothing
    section.save()
    (one,) = entries.entries(world.database, section.record_form).values()
    assert [row["received_from"] for row in one["participants"]] == [None, None]
