"""What is typed into a dialog survives a crash, is offered again, and goes on purpose only."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from giamngheo_desktop.domain.changes import Op
from giamngheo_desktop.gui.forms.line_edit import LineEdit
from giamngheo_desktop.gui.household.event_menu import _DIALOGS
from giamngheo_desktop.gui.pages.households_page import HouseholdsPage
from giamngheo_desktop.gui.pages.settings_page import SettingsPage
from giamngheo_desktop.gui.review.reason_dialog import ReasonDialog
from giamngheo_desktop.gui.settings.succession_dialog import SPLIT, SuccessionDialog
from giamngheo_desktop.services import areas, classes, drafts, events, households, undo
from tests.gui import hands
from tests.gui.commune import YEAR
from tests.gui.hands import Key

TODAY = date(YEAR, 6, 30)
LAST = YEAR - 1
OF_CLASS = {"class": False, "correction": True}


def shown(qtbot, world, home: int = 0) -> HouseholdsPage:
    page = HouseholdsPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.resize(1100, 620)
    page.show()
    hands.turn_to(page)
    page.open(world.homes[home])
    return page


def open_dialog(page, code: str):
    menu = page.view.events
    show = menu.record_class if code in OF_CLASS else menu.open_event
    dialog = show(OF_CLASS.get(code, code))
    dialog.around = page  # else nobody keeps it
    hands.turn_to(dialog)
    return dialog


def keys(world) -> list[str]:
    return [draft.key for draft in drafts.find(world.database.path).drafts]


def offer(dialog) -> str:
    note = dialog.draft.findChild(QLabel, "draft_note_text")
    return note.text() if note.isVisible() else ""


def press(dialog, name: str) -> None:
    dialog.findChild(QPushButton, name).click()


def close_last_year(world) -> None:
    args = {"year": LAST, "standard": "2022", "definition": "0" * 64}
    classes.close_year(world.database, world.context, **args, commune=world.commune)


@pytest.mark.parametrize("code", [*_DIALOGS, *OF_CLASS])
def test_every_event_is_taken_up_again_until_somebody_drops_it(qtbot, world, said, code):
    close_last_year(world)
    dialog = open_dialog(shown(qtbot, world), code)
    assert offer(dialog) == ""
    for number, edit in enumerate(lines(dialog)):
        edit.setFocus()
        edit.selectAll()
        hands.write(f"gõ dở {number}")
    hands.press(Key.Key_Tab)  # the last field is left: nobody waits for a second
    (key,) = keys(world)
    typed = dialog.typed()
    assert keys(world) == [key]

    again = open_dialog(shown(qtbot, world), code)
    assert plain(again.typed()) == plain(typed)
    assert texts(again) == texts(dialog)
    assert offer(again).startswith("Đang viết dở từ ")
    press(again, "go_on_draft")
    assert offer(again) == ""
    assert keys(world) == [key]
    said.will_answer("no", "yes")
    again.accept_button.setFocus()
    hands.press(Key.Key_Escape)
    assert again.isVisible()
    assert keys(world) == [key]
    press(again, "cancel")
    assert not again.isVisible()
    assert keys(world) == []
    assert not open_dialog(shown(qtbot, world), code).is_dirty


def lines(dialog) -> list[LineEdit]:
    return [edit for edit in dialog.findChildren(LineEdit) if edit.isVisible()]


def texts(dialog) -> list[str]:
    return [edit.text() for edit in lines(dialog)]


def plain(typed) -> dict[str, str]:
    """Without the names of why a text is not understood."""
    return {code: getattr(entry, "text", entry) for code, entry in typed.items()}


def test_a_draft_belongs_to_its_household_and_can_be_dropped_where_it_is_offered(
    qtbot, world, said
):
    dialog = open_dialog(shown(qtbot, world), "move_out")
    dialog.form.focus_field("note")
    hands.write("Gia Lai")
    qtbot.waitUntil(lambda: bool(keys(world)))  # a second after the last key
    assert not open_dialog(shown(qtbot, world, home=1), "move_out").is_dirty
    again = open_dialog(shown(qtbot, world), "move_out")
    assert again.form.draft()["note"] == "Gia Lai"
    said.will_answer("yes")
    press(again, "drop_draft")
    assert not again.is_dirty
    assert again.form.draft()["day"] == TODAY
    assert offer(again) == ""
    assert keys(world) == []


def test_what_is_written_needs_no_draft(qtbot, world):
    dialog = open_dialog(shown(qtbot, world), "move_out")
    dialog.form.focus_field("note")
    hands.write("Gia Lai")
    dialog.draft.keep()
    press(open_dialog(shown(qtbot, world), "move_out"), "record")
    assert keys(world) == []


def test_who_has_gone_meanwhile_is_in_no_draft(qtbot, world):
    home = households.get(world.database, world.homes[0], TODAY)
    _, one, two, _ = home.members
    dialog = open_dialog(shown(qtbot, world), "split")
    typed = {"persons": (one.uid.hex, two.uid.hex), "head": one.uid.hex}
    dialog.form.set_draft(typed)
    dialog.draft.keep()
    act = (world.database, world.context)
    events.death(*act, household=home.uid, person=one.uid, day=TODAY)
    again = open_dialog(shown(qtbot, world), "split")
    assert again.form.draft()["persons"] == (two.uid.hex,)
    assert again.form.draft()["head"] is None


def test_the_list_of_households_names_a_half_typed_event_and_opens_it(qtbot, world):
    page = shown(qtbot, world)
    dialog = open_dialog(page, "split")
    dialog.form.focus_field("day")
    hands.write("31/2")
    dialog.draft.keep()
    (key,) = keys(world)
    later = HouseholdsPage(world.desk, YEAR)
    qtbot.addWidget(later)
    later.show()
    title = later.list.drafts.findChild(QLabel, "draft_title")
    assert title.text().startswith("Tách hộ: Nguyễn Văn An – gõ lúc ")
    later.list.drafts.findChild(QPushButton, f"open_{key}").click()
    qtbot.waitUntil(lambda: later.view.events.dialog is not None)
    again = later.view.events.dialog
    assert again.isVisible()
    assert again.form.fields["day"].input().text() == "31/2"
    assert again.household.uid == world.homes[0]


def test_an_event_that_cannot_be_any_more_is_said_to_be_so(qtbot, world, said):
    dialog = open_dialog(shown(qtbot, world), "split")
    dialog.form.focus_field("day")
    hands.write("31/2")
    dialog.draft.keep()
    (key,) = keys(world)
    act = (world.database, world.context)
    events.move_out(*act, household=world.homes[0], day=TODAY, note="")
    page = HouseholdsPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.show()
    page.open({"draft": key})
    qtbot.waitUntil(lambda: bool(said.texts))
    assert said.texts == ["Hộ này bây giờ không ghi được việc ấy nữa."]
    assert keys(world) == [key]


# -- dialogs of other pages -----------------------------------------------------------------------


def settings(qtbot, world, section: str) -> SettingsPage:
    page = SettingsPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    hands.turn_to(page)
    page.open(section)
    return page


def succession(qtbot, world) -> SuccessionDialog:
    page = settings(qtbot, world, "units")
    press(page, "succession")
    dialog = page.findChild(SuccessionDialog)
    dialog.around = page
    hands.turn_to(dialog)
    return dialog


def test_a_succession_half_typed_is_taken_up_and_written_once(qtbot, world, said):
    dialog = succession(qtbot, world)
    dialog.what.setFocus()
    hands.write("2")
    dialog.tick("Thôn Đông")
    dialog.news.setFocus()
    hands.write("thôn đông một; thôn đông hai")
    dialog.decision.setFocus()
    hands.write("NQ 12")
    qtbot.waitUntil(lambda: "NQ 12" in str(drafts.find(world.database.path).drafts))
    said.will_answer("no")
    hands.press(Key.Key_Escape)
    assert dialog.isVisible()
    again = succession(qtbot, world)
    assert offer(again)
    assert again.what.value() == SPLIT
    assert again.ticked() == [world.villages[0]]
    assert again.new_names() == ["Thôn Đông Một", "Thôn Đông Hai"]
    assert again.decision.text() == "NQ 12"
    again.day.type_text("1/6/2026")
    press(again, "yes")
    assert not again.isVisible()
    names = [area.name for area in areas.tree(world.database, TODAY).villages(world.commune)]
    assert {"Thôn Đông Một", "Thôn Đông Hai"} <= set(names)
    assert keys(world) == []


def test_the_reason_to_open_a_year_again_is_kept(qtbot, world):
    close_last_year(world)

    def ask() -> ReasonDialog:
        page = settings(qtbot, world, "years")
        years = {working.year: uid for uid, working in page.section._years.items()}
        page.section.list.go_to(years[LAST])
        press(page, "reopen_year")
        dialog = page.findChild(ReasonDialog)
        dialog.around = page
        hands.turn_to(dialog)
        return dialog

    before = ask()
    hands.write("Ghi thiếu một hộ")
    qtbot.waitUntil(lambda: bool(keys(world)))
    again = ask()
    assert again.reason.text() == before.reason.text() == "Ghi thiếu một hộ"
    hands.enter()
    assert keys(world) == []
    assert undo.next_step(world.database).op is Op.REOPEN_YEAR
