"""Each event is a small dialog: it writes what it says, and what is refused is said in it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QPushButton

from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.gui.household.event_dialog import EventDialog
from giamngheo_desktop.gui.pages.households_page import HouseholdsPage
from giamngheo_desktop.services import households, register
from giamngheo_desktop.services.register import HouseholdFilter
from tests.gui import hands
from tests.gui.commune import YEAR, give_certificate
from tests.gui.hands import Key
from tests.harness.unikey import press, telex

TODAY = date(YEAR, 6, 30)
JUNE = date(YEAR, 6, 1)


@pytest.fixture
def page(qtbot, world) -> HouseholdsPage:
    page = HouseholdsPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.resize(1100, 620)
    page.show()
    page.activateWindow()
    page.open(world.homes[0])  # Nguyễn Văn An and three more
    return page


def stored(world, uid, day=TODAY):
    return households.get(world.database, uid, day)


def dialog_of(page, code: str) -> EventDialog:
    action = page.view.events.all[code]
    assert action.isEnabled()
    action.trigger()
    dialog = page.view.events.dialog
    assert dialog is not None
    assert dialog.isVisible()
    hands.turn_to(dialog)
    return dialog


def answer(dialog, **values) -> None:
    dialog.form.set_draft(values)
    dialog.accept_button.click()


def listed(world):
    rows = register.households(world.database, HouseholdFilter(day=TODAY, standard="2022"))
    return {row.head: row for row in rows}


def test_a_birth_is_typed_by_keyboard(world, page):
    dialog = dialog_of(page, "birth")
    assert hands.at() == "full_name"
    hands.write("Nguyễn Thị Bé")
    hands.enter()
    hands.write("2")
    hands.enter()
    hands.focus().selectAll()
    hands.fill("1/6/2026")
    assert hands.at() == "relation"  # con, filled in already
    hands.enter(2)
    assert hands.focus() is dialog.accept_button
    hands.press(Key.Key_Space)
    child = stored(world, world.homes[0]).members[-1]
    assert (child.full_name, child.relation, child.sex) == ("Nguyễn Thị Bé", "child", "female")
    assert (child.birth, child.joined_on) == (PartialDate(YEAR, 6, 1), JUNE)
    assert child.ethnicity == "01"
    assert stored(world, world.homes[0], date(YEAR, 5, 31)).size == 4
    assert len(page.view.sheet.members.members()) == 5


def test_no_birthday_is_stored_that_nobody_typed(world, page):
    dialog = dialog_of(page, "birth")
    assert dialog.form.fields["day"].value() is None
    answer(dialog, full_name="Nguyễn Thị Bé")
    assert dialog.isVisible()
    assert dialog.form.fields["day"].problem == "Chưa ghi: Ngày sinh."
    assert stored(world, world.homes[0]).size == 4


def test_of_the_new_head_no_relation_to_himself_is_asked(world, page):
    one, two, *_ = stored(world, world.homes[0]).members[1:]
    dialog = dialog_of(page, "split")
    dialog.form.set_draft({"persons": (one.uid.hex, two.uid.hex), "head": one.uid.hex})
    asked = {code for code in dialog.form.visible_codes() if code.startswith("relation_")}
    assert asked == {f"relation_{two.uid.hex}"}
    dialog.form.set_draft({"head": two.uid.hex})
    assert f"relation_{two.uid.hex}" not in dialog.form.visible_codes()
    assert f"relation_{one.uid.hex}" in dialog.form.visible_codes()


def test_the_act_stands_before_the_way_back(world, page):
    dialog = dialog_of(page, "split")
    no = dialog.findChild(QPushButton, "cancel")
    assert dialog.accept_button.isDefault()
    assert dialog.accept_button.x() < no.x()


def test_what_is_missing_is_said_beside_the_field(world, page, said):
    dialog = dialog_of(page, "birth")
    dialog.accept_button.click()
    assert dialog.isVisible()
    assert dialog.form.fields["full_name"].problem == "Chưa ghi: Họ và tên."
    assert hands.at() == "full_name"
    day = dialog.form.fields["day"].input()
    day.setFocus()
    day.selectAll()
    hands.fill("31/2/2026")
    dialog.accept_button.click()
    assert hands.at() == "day"
    assert "không có ngày này" in dialog.form.fields["day"].problem
    said.will_answer("no", "yes")
    hands.press(Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.form.fields["day"].input().text() == "31/2/2026"
    hands.press(Key.Key_Escape)
    assert not dialog.isVisible()
    assert stored(world, world.homes[0]).size == 4


def test_a_dialog_in_which_nothing_is_typed_closes_without_a_question(world, page):
    for code in ("birth", "marriage", "split"):
        dialog = dialog_of(page, code)
        hands.press(Key.Key_Escape)
        assert not dialog.isVisible()


def test_the_other_household_looked_for_is_typed_too(world, page, said):
    dialog = dialog_of(page, "marriage")
    hands.write("dao")
    said.will_answer("no")
    dialog.findChild(QPushButton, "cancel").click()
    assert dialog.isVisible()
    said.will_answer("yes")
    dialog.close()
    assert not dialog.isVisible()


def test_after_the_death_of_the_head_another_one_is_offered(world, page, said):
    home = stored(world, world.homes[0])
    head, second = home.members[:2]
    said.will_answer("yes")
    answer(dialog_of(page, "death"), person=head.uid.hex, day=JUNE)
    assert said.texts == ["Hộ không còn chủ hộ. Chọn chủ hộ mới bây giờ?"]
    dialog = page.view.events.dialog
    assert type(dialog).__name__ == "ChangeHeadDialog"
    assert dialog.form.fields["day"].value() == JUNE
    answer(dialog, head=second.uid.hex)
    now = stored(world, world.homes[0])
    assert (now.head.uid, now.size) == (second.uid, 3)
    assert now.head.relation == "head"
    assert page.view.header.title.text() == second.full_name


def test_a_refusal_is_a_sentence_in_the_dialog(world, page):
    dialog = dialog_of(page, "death")
    member = stored(world, world.homes[0]).members[1]
    answer(dialog, person=member.uid.hex, day=date(YEAR - 5, 1, 1))
    assert dialog.isVisible()
    assert dialog.refusal.text().startswith("Vào ngày ấy hộ không có trong sổ")
    assert dialog.accept_button.isEnabled()
    answer(dialog, day=JUNE)
    assert not dialog.isVisible()
    assert stored(world, world.homes[0]).size == 3


def test_one_person_comes_and_one_goes(world, page):
    answer(
        dialog_of(page, "person_moves_in"),
        full_name="Vi Thị Mới",
        sex="female",
        birth=PartialDate(1999),
        relation="other",
        day=JUNE,
    )
    came = stored(world, world.homes[0]).members[-1]
    assert (came.full_name, came.joined_on) == ("Vi Thị Mới", JUNE)
    answer(dialog_of(page, "person_moves_out"), person=came.uid.hex, day=date(YEAR, 6, 20))
    assert stored(world, world.homes[0]).size == 4
    assert stored(world, world.homes[0], date(YEAR, 6, 19)).size == 5


def test_the_household_moves_to_another_village(world, page):
    dialog = dialog_of(page, "move_village")
    answer(dialog, village=world.villages[0], day=JUNE)
    assert "chính thôn ấy" in dialog.refusal.text()
    answer(dialog, village=world.villages[2], day=JUNE)
    assert stored(world, world.homes[0]).village == world.villages[2]
    assert stored(world, world.homes[0], date(YEAR, 5, 31)).village == world.villages[0]
    assert "Thôn Thượng" in page.view.header.about.text()


def test_the_household_leaves(world, page):
    answer(dialog_of(page, "move_out"), day=JUNE, note="tỉnh Đồng Nai")
    assert "Nguyễn Văn An" not in listed(world)
    assert "không còn trong sổ từ ngày 01/06/2026 (chuyển đi)" in page.view.header.note.text()
    assert not page.view.events.all["birth"].isEnabled()


def choose_other(dialog, text: str) -> None:
    """Type into the search of the other household and take the first hit."""
    dialog.other.setFocus()
    for keys in telex(text):
        press(dialog.other, keys)
    dialog.other._timer.timeout.emit()  # a moment after the last key
    hands.press(Key.Key_Down, Key.Key_Return)


def test_marriage_into_another_household(world, page):
    dialog = dialog_of(page, "marriage")
    person = stored(world, world.homes[0]).members[2]
    answer(dialog, person=person.uid.hex, relation="child", day=JUNE)
    assert dialog.isVisible()  # which household is not said yet
    choose_other(dialog, "đào")
    assert dialog.other.found == world.homes[3]
    answer(dialog, person=person.uid.hex, relation="child", day=JUNE)
    assert [m.uid for m in stored(world, world.homes[3]).members][-1] == person.uid
    assert stored(world, world.homes[0]).size == 3


def test_another_text_forgets_the_household_chosen_before(world, page):
    dialog = dialog_of(page, "merge")
    choose_other(dialog, "đào")
    assert dialog.other.found == world.homes[3]
    press(dialog.other, "x")
    assert dialog.other.found is None
    hits = dialog.other.options
    assert all(option.value != world.homes[0] for option in hits)


def test_the_household_merges_into_another(world, page):
    dialog = dialog_of(page, "merge")
    head = stored(world, world.homes[0]).head
    choose_other(dialog, "bình")
    answer(dialog, day=JUNE, **{f"relation_{head.uid.hex}": "father"})
    now = stored(world, world.homes[1])
    assert now.size == 6
    assert next(m for m in now.members if m.uid == head.uid).relation == "father"
    assert "Nguyễn Văn An" not in listed(world)


def test_some_members_found_their_own_household(world, page):
    home = stored(world, world.homes[0])
    one, two = home.members[1:3]
    dialog = dialog_of(page, "split")
    everybody = tuple(member.uid.hex for member in home.members)
    answer(dialog, persons=everybody, head=one.uid.hex, day=JUNE)
    assert "ở lại hộ cũ" in dialog.form.fields["persons"].problem
    answer(dialog, persons=(two.uid.hex,), head=one.uid.hex)
    assert "một người tách ra" in dialog.form.fields["head"].problem
    assert f"relation_{two.uid.hex}" in dialog.form.visible_codes()
    answer(
        dialog,
        persons=(one.uid.hex, two.uid.hex),
        head=one.uid.hex,
        **{f"relation_{two.uid.hex}": "sibling"},
    )
    row = listed(world)[one.full_name]
    new = stored(world, row.uid)
    assert [(m.uid, m.relation) for m in new.members] == [(one.uid, "head"), (two.uid, "sibling")]
    assert row.household_class is None
    assert stored(world, world.homes[0]).size == 2


def test_another_head_and_the_relations_to_the_new_one(world, page):
    home = stored(world, world.homes[0])
    old, new = home.members[:2]
    dialog = dialog_of(page, "change_head")
    answer(dialog, head=old.uid.hex, day=JUNE)
    assert "đang là chủ hộ" in dialog.form.fields["head"].problem
    answer(dialog, head=new.uid.hex, **{f"relation_{old.uid.hex}": "father"})
    now = stored(world, world.homes[0])
    assert (now.head.uid, next(m for m in now.members if m.uid == old.uid).relation) == (
        new.uid,
        "father",
    )
    assert stored(world, world.homes[0], date(YEAR, 5, 31)).head.uid == old.uid


def test_events_wait_until_the_household_is_saved(world, page):
    page.new_household()
    assert not any(action.isEnabled() for action in page.view.events.all.values())
    assert page.view.events.open_event("birth") is None
    page.open(world.homes[5])  # one person
    enabled = {code for code, action in page.view.events.all.items() if action.isEnabled()}
    assert "split" not in enabled
    assert {"birth", "death", "move_out"} <= enabled


def test_an_event_keeps_what_was_being_typed(world, page):
    page.view.sheet.go_to(world.homes[0], "note")
    hands.write("đang gõ")
    answer(dialog_of(page, "birth"), full_name="Nguyễn Văn Út", sex="male", day=JUNE)
    assert page.view.sheet.review.bottom.fields["note"].value() == "đang gõ"
    assert len(page.view.sheet.members.members()) == 5
    page.view.save()
    home = stored(world, world.homes[0])
    assert (home.note, home.size) == ("đang gõ", 5)


def test_dialogs_fit_the_smallest_window(world, page):
    give_certificate(world, world.homes[0])
    page.view.refresh()
    for code in page.view.events.all:
        dialog = dialog_of(page, code)
        assert dialog.height() <= 520, code
        assert dialog.width() <= 1024, code
        assert dialog.accept_button.geometry().bottom() <= dialog.height(), code
        for field in dialog.form.fields.values():
            right = field.mapTo(dialog, field.rect().topRight()).x()
            assert field.isHidden() or right <= dialog.width(), code
        dialog.reject()


def test_a_day_typed_on_opening_replaces_the_one_offered(world, page):
    dialog_of(page, "move_out")
    assert hands.at() == "day"
    hands.write("5/3/2026")
    hands.enter()
    assert page.view.events.dialog.form.record()["day"] == date(YEAR, 3, 5)


@pytest.mark.parametrize("event", ["merge", "marriage"])
def test_the_search_for_the_other_household_comes_first(world, page, event):
    dialog = dialog_of(page, event)
    assert hands.focus() is dialog.other


def test_a_day_to_come_is_refused_beside_its_field(world, page):
    dialog = dialog_of(page, "move_out")
    answer(dialog, day=date(YEAR + 1, 6, 1))
    assert dialog.isVisible()
    assert "chưa đến" in dialog.form.fields["day"].problem
    assert stored(world, world.homes[0]).village is not None


def test_a_given_name_names_the_person(world, page):
    dialog = dialog_of(page, "change_head")
    other = dialog.household.members[1]
    assert hands.at() == "head"
    hands.write(other.full_name.split()[-1].lower()[:2])
    hands.enter()
    assert dialog.form.record()["head"] == other.uid.hex


def test_somebody_must_split_off(world, page):
    dialog = dialog_of(page, "split")
    hands.write("0")
    assert dialog.form.record()["persons"] is None
