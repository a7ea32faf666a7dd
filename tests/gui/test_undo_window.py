"""Ctrl+Z in the window: named before and after, the file and the page are as they were before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import chain

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.gui.forms.segments import Segments
from giamngheo_desktop.gui.grid.edit_grid import EditGrid
from giamngheo_desktop.gui.jobs import InlineRunner
from giamngheo_desktop.gui.parts import Elided
from giamngheo_desktop.gui.program import Program
from giamngheo_desktop.gui.review.reason_dialog import ReasonDialog
from giamngheo_desktop.gui.session import Session
from giamngheo_desktop.gui.settings.succession_dialog import SuccessionDialog
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.services import drafts, households
from tests.gui import hands
from tests.gui.commune import HOMES, VILLAGES, YEAR, context, make_world
from tests.gui.hands import Key
from tests.gui.test_events_dialogs import choose_other
from tests.harness.register import dump, living

JUNE = date(YEAR, 6, 1)
TODAY = date(YEAR, 6, 30)
TELLS_THE_PAST = ("history", "unit_history", "settings_history", "save_state")


@pytest.fixture
def session(tmp_path) -> Iterator[Session]:
    world = make_world(tmp_path)
    world.close()
    program = Program(context(), InlineRunner)
    program.begin(world.database.path)
    program.session.homes, program.session.villages = world.homes, world.villages
    hands.turn_to(program.session.window)
    yield program.session
    if program.window is not None:
        program.window.close()


# --- what the user does, by the widgets of the window ---------------------------------------------


def household(session, at: int = 0):
    session.go("households", session.homes[at])
    return session.pages["households"].view


def event(code: str, **values) -> Callable[[Session], None]:
    """Record an event of the first household; members are named by their number."""

    def act(session) -> None:
        view = household(session)
        dialog = view.events.record_class() if code == "class" else view.events.open_event(code)
        members = [member.uid.hex for member in dialog.household.members]
        if code in ("marriage", "merge"):
            hands.turn_to(dialog)
            choose_other(dialog, "bình")
        answers = {
            name: tuple(members[n] for n in value)
            if name == "persons"
            else members[value]
            if name in ("person", "head")
            else session.villages[value]
            if name == "village"
            else value
            for name, value in values.items()
        }
        dialog.form.set_draft({"day": JUNE, **answers})
        dialog.accept_button.click()
        assert not dialog.isVisible()
        hands.turn_to(session.window)

    return act


def edit_household(session) -> None:
    view = household(session)
    view.sheet.info.focus_field("address")
    hands.write("Xóm Mới")
    view.sheet.review.cards[0].rows["employment"].answer.setFocus()
    hands.control(Key.Key_S)


def class_of_year(session) -> None:
    view = household(session)
    view.sheet.info.focus_field("class")
    hands.press(Key.Key_3)
    hands.control(Key.Key_S)


def tick_indicator(session) -> None:
    view = household(session)
    view.sheet.start(3)
    view.sheet.review.cards[0].rows["water"].answer.setFocus()
    hands.press(Key.Key_1)
    hands.control(Key.Key_S)


def section(session, code: str, page: str = "settings"):
    session.go(page, code)
    return session.pages[page].section


def press(widget, name: str) -> None:
    widget.findChild(QPushButton, name).click()


def rename_village(session) -> None:
    part = section(session, "units")
    part.list.go_to(session.villages[0])
    part.panel.form.fields["name"].type_text("Thôn Đông Hải")
    part.panel.form.changed.emit("name")
    press(part.panel, "save")


def tick_attribute(session) -> None:
    part = section(session, "units")
    part.list.go_to(session.villages[0])
    part.panel.findChild(QCheckBox, "border").click()
    press(part.panel, "save")


def add_village(session) -> None:
    part = section(session, "units")
    press(part, "add_village")
    part.panel.form.fields["name"].type_text("Thôn Hạ")
    press(part.panel, "save")


def grid(page: str, code: str, key: str, text: str) -> Callable[[Session], None]:
    def act(session) -> None:
        part = section(session, code, page)
        part.grid.cells.put(0, key, text)
        press(part, "save")

    return act


def sign(session) -> None:
    part = section(session, "offices")
    part.fields["signer_name"].setText("Lê Thị Hồng")
    press(part, "save")


def close_year(session) -> None:
    section(session, "years")
    press(session.pages["settings"].section, "close_year")


NAME = HOMES[0][1]
# the act, where it leaves the user, what the menu then offers to take back
ACTS = {
    "save": (edit_household, "households", f"Lưu hộ: {NAME}"),
    "class_of_year": (class_of_year, "households", f"Lưu hộ: {NAME}"),
    "indicator": (tick_indicator, "households", f"Lưu hộ: {NAME}"),
    "birth": (event("birth", full_name="Nguyễn Bé", sex="male"), "households", "Ghi sinh"),
    "death": (event("death", person=1), "households", "Ghi chết"),
    "person_moves_in": (
        event(
            "person_moves_in",
            full_name="Vi Mới",
            sex="female",
            birth=PartialDate(1999),
            relation="other",
        ),
        "households",
        "Ghi chuyển đến",
    ),
    "person_moves_out": (event("person_moves_out", person=1), "households", "Ghi chuyển đi"),
    "marriage": (event("marriage", person=2, relation="child"), "households", "Ghi kết hôn"),
    "change_head": (event("change_head", head=1), "households", "Đổi chủ hộ"),
    "split": (event("split", persons=(1, 2), head=1), "households", "Tách hộ"),
    "merge": (event("merge"), "households", "Nhập hộ"),
    "move_village": (event("move_village", village=2), "households", "Ghi chuyển thôn"),
    "move_out": (event("move_out"), "households", "Ghi chuyển đi"),
    "class": (
        event("class", **{"class": "near_poor", "decision_number": "9/QĐ", "decision_date": JUNE}),
        "households",
        "Ghi kết quả phân loại",
    ),
    "rename_village": (rename_village, "settings", f"Sửa đơn vị: {VILLAGES[0][0]}"),
    "tick_attribute": (tick_attribute, "settings", f"Sửa đơn vị: {VILLAGES[0][0]}"),
    "add_village": (add_village, "settings", "Sửa đơn vị: Thôn Hạ"),
    "population": (
        grid("settings", "population", "households", "101"),
        "settings",
        f"Nhập số hộ, nhân khẩu của thôn: năm {YEAR}",
    ),
    "targets": (
        grid("targets", "allocation", "poor_decrease", "1"),
        "targets",
        f"Giao chỉ tiêu cho thôn: năm {YEAR}",
    ),
    "offices": (sign, "settings", "Sửa cài đặt"),
    "close_year": (close_year, "settings", f"Khóa sổ năm: {YEAR}"),
}


# --- what is seen ---------------------------------------------------------------------------------


def seen(session) -> list[str]:
    """Every text on the page now shown, without those that tell of the past."""
    page = session.pages[session.window.page_key()]
    found = []
    for widget in page.findChildren(QLabel):
        if widget.objectName() not in TELLS_THE_PAST:
            whole = widget.whole() if isinstance(widget, Elided) else widget.text()
            found.append((widget, [whole]))
    found += [(widget, [widget.text()]) for widget in page.findChildren(QLineEdit)]
    found += [(row, [str(row.value())]) for row in page.findChildren(Segments)]
    found += [(widget, [widget.toPlainText()]) for widget in page.findChildren(QPlainTextEdit)]
    found += [(box, [str(box.isChecked())]) for box in page.findChildren(QCheckBox)]
    for table in page.findChildren(TableView):
        if table.objectName() not in TELLS_THE_PAST:
            rows, columns = table.rows.rowCount(), len(table.rows.columns)
            texts = [table.rows.text(r, c) for r in range(rows) for c in range(columns)]
            found.append((table, texts))
    for cells in page.findChildren(EditGrid):
        found.append((cells, list(chain.from_iterable(t.values() for t in cells.cells.texts()))))
    return [text for widget, texts in found if widget.isVisible() for text in texts if text]


def undo_words(session) -> str:
    return session.window.undo_action.text().replace("&", "")


def control_z(session) -> None:
    """As the user: with the keyboard where the act has left it."""
    hands.turn_to(session.window)
    hands.control(Key.Key_Z)


@pytest.mark.parametrize("name", ACTS)
def test_control_z_names_and_takes_back_what_was_done(session, said, name):
    act, page, words = ACTS[name]
    if name == "close_year":
        said.will_answer("yes")
    if page == "households":
        household(session)
        if name == "indicator":
            session.pages["households"].view.sheet.start(3)
    else:
        section(session, {"offices": "offices", "close_year": "years"}.get(name, "units"))
        if name == "population":
            section(session, name)
        if page == "targets":
            section(session, "allocation", page)
        if name.endswith(("village", "attribute")):
            session.pages["settings"].section.list.go_to(session.villages[0])
    before, stored = seen(session), living(dump(session.desk.database))
    offered = undo_words(session)
    act(session)
    assert undo_words(session).startswith(f"Hoàn tác: {words}")
    after = seen(session)
    assert after != before
    assert living(dump(session.desk.database)) != stored
    if name == "close_year":
        said.will_answer("yes")
    control_z(session)
    assert living(dump(session.desk.database)) == stored
    said_so = session.window.notice.text.text()
    assert said_so.startswith(f"Đã hoàn tác: {words}")
    assert said_so.endswith(".")
    assert session.window.page_key() == page
    assert seen(session) == before
    assert undo_words(session) == offered


def test_reopening_a_year_is_taken_back_too(session, said):
    said.will_answer("yes")
    close_year(session)
    closed = living(dump(session.desk.database))
    before = seen(session)
    press(session.pages["settings"].section, "reopen_year")
    hands.turn_to(session.window.findChild(ReasonDialog))
    hands.fill("Ghi thiếu một hộ")
    hands.turn_to(session.window)
    assert undo_words(session) == f"Hoàn tác: Mở lại sổ năm: {YEAR}"
    assert seen(session) != before
    control_z(session)
    assert living(dump(session.desk.database)) == closed
    assert seen(session) == before


def test_a_new_household_taken_back_leads_to_the_list_and_keeps_no_draft(session):
    page = session.pages["households"]
    session.go("households", {"new": True})
    page.view.sheet.info.fields["village"].set_value(session.villages[0])
    page.view.sheet.start(1)
    hands.write("Bế Văn Mới")
    hands.enter()
    hands.control(Key.Key_S)
    assert undo_words(session) == "Hoàn tác: Lưu hộ: Bế Văn Mới"
    control_z(session)
    assert not page.shows_household
    assert page.list.table.rows.rowCount() == len(HOMES)
    assert session.window.notice.text.text() == "Đã hoàn tác: Lưu hộ: Bế Văn Mới."
    assert not drafts.find(session.desk.database.path).drafts


def test_what_was_changed_since_is_not_taken_back_and_the_sentence_says_so(session, said):
    edit_household(session)
    desk, uid = session.desk, session.homes[0]
    home = households.get(desk.database, uid, TODAY)
    changed = replace(home, address="Xóm Khác")  # by a way this window does not hear of
    households.save(desk.database, desk.context, changed, day=TODAY)
    control_z(session)
    (sentence,) = said.texts
    assert sentence.startswith(f"Chưa hoàn tác được việc của “{NAME}” vì sau đó đã có thay đổi")
    assert sentence.endswith("hoàn tác thay đổi sau trước.")
    assert households.get(desk.database, uid, TODAY).address == "Xóm Khác"
    control_z(session)  # the later one is offered now
    assert households.get(desk.database, uid, TODAY).address == "Xóm Mới"
    control_z(session)
    assert households.get(desk.database, uid, TODAY).address is None


def test_control_z_in_a_line_being_typed_takes_back_letters_only(session):
    edit_household(session)
    view = session.pages["households"].view
    view.sheet.info.focus_field("code")
    hands.write("K9")
    for _ in range(4):  # one more than there is to take back
        hands.control(Key.Key_Z)
    assert view.sheet.info.fields["code"].value() is None
    assert undo_words(session) == f"Hoàn tác: Lưu hộ: {NAME}"


# --- mergers, splits, new names -------------------------------------------------------------------


def succession(level: int, what: int, ticks: tuple[str, ...], names: str, day: str):
    """By the keyboard from the first question to the button; units are ticked by name."""

    def act(session) -> None:
        part = section(session, "units")
        press(part, "succession")
        dialog = part.findChild(SuccessionDialog)
        hands.turn_to(dialog)
        hands.write(str(level))
        hands.enter()
        hands.write(str(what))
        hands.enter()
        dialog.tick(*ticks)
        hands.enter()
        hands.fill(names, day, "NQ 12")
        assert hands.at() == "yes"
        hands.enter()
        assert not dialog.isVisible(), dialog.findChild(QLabel, "succession_problem").text()
        hands.turn_to(session.window)

    return act


MERGERS = {
    "merge villages": (
        succession(1, 1, ("Thôn Đông", "Thôn Đoài"), "Thôn Mới", "1/6/2026"),
        ["Xã Sơn Tây", "Thôn Mới", "Thôn Thượng"],
        "Thôn Đông, Thôn Đoài",
    ),
    "split village": (
        succession(1, 2, ("Thôn Đông",), "Đông Một; Đông Hai", "1/6/2026"),
        ["Xã Sơn Tây", "Đông Hai", "Đông Một", "Thôn Đoài", "Thôn Thượng"],
        "Thôn Đông",
    ),
    "rename village": (
        succession(1, 3, ("Thôn Đông",), "Thôn Đông Hải", "1/6/2026"),
        ["Xã Sơn Tây", "Thôn Đông Hải", "Thôn Đoài", "Thôn Thượng"],
        "Thôn Đông",
    ),
    "merge commune": (
        succession(2, 1, (), "Xã Hương Sơn", "1/6/2026"),
        ["Xã Hương Sơn", "Thôn Đông", "Thôn Đoài", "Thôn Thượng"],
        "Xã Sơn Tây",
    ),
    "rename commune": (
        succession(2, 3, (), "Xã Hương Sơn", "1/6/2026"),
        ["Xã Hương Sơn", "Thôn Đông", "Thôn Đoài", "Thôn Thượng"],
        "Xã Sơn Tây",
    ),
    "split commune": (
        succession(2, 2, ("Thôn Thượng",), "Xã Đông; Xã Tây", "1/6/2026"),
        ["Xã Đông", "Thôn Đông", "Thôn Đoài", "Xã Tây", "Thôn Thượng"],
        "Xã Sơn Tây",
    ),
}


WORDS = {"merge": "Sáp nhập", "split": "Chia tách", "rename": "Đổi tên"}


@pytest.mark.parametrize("name", MERGERS)
def test_a_succession_is_one_act_and_every_page_follows_it_there_and_back(session, said, name):
    act, units, subject = MERGERS[name]
    section(session, "units")
    before, stored = seen(session), living(dump(session.desk.database))
    title, offered = session.window.top_bar.unit.whole(), undo_words(session)
    act(session)
    rows = session.pages["settings"].section.list.rows
    assert [rows.text(at, 1) for at in range(rows.rowCount())] == units
    several = name == "split commune"
    assert session.window.top_bar.unit.whole() == ("Hà Tĩnh" if several else units[0])
    assert undo_words(session) == f"Hoàn tác: {WORDS[name.split()[0]]}: {subject}"
    for year in (YEAR, YEAR - 1):
        session.pages["overview"].show_year(year)
        session.go("overview")
        assert session.pages["overview"].shown.total.poor_households == (3 if year == YEAR else 4)
    session.go("settings", "units")
    if not name.startswith("rename"):
        said.will_answer("yes")
    control_z(session)
    assert living(dump(session.desk.database)) == stored
    assert seen(session) == before
    assert (session.window.top_bar.unit.whole(), undo_words(session)) == (title, offered)
