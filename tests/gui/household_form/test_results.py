"""The form of a household beyond typing: classes, closed years, other writers, first days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QLabel

from giamngheo_desktop.domain.indicators import Answer
from giamngheo_desktop.gui.household.sheet import HISTORY, HOUSING, INFO, REVIEW
from giamngheo_desktop.services import classes, households
from tests.gui import hands
from tests.gui.commune import YEAR, add_class
from tests.gui.hands import Key
from tests.gui.household_form.form import (
    TODAY,
    HouseholdsPageRows,
    dossier,
    newest,
    shown,
    stored,
)


def test_the_class_of_the_year_is_written_with_the_household(world, page):
    uid = world.homes[5]
    page.open(uid)
    page.view.sheet.go_to(uid, "average_living")
    hands.write("1")
    hands.control(Key.Key_S)
    found = dossier(world, uid)
    record = found.of_year("2022")
    assert (record.household_class, record.average_living) == ("not_poor", True)
    assert len(classes.of_household(world.database, uid)) == 2
    assert page.view.header.chip.text == "Mức sống trung bình"


def test_ticks_against_the_data_ask_for_a_reason_and_are_saved_with_the_rest(world, page):
    uid = world.homes[0]
    page.open(uid)
    page.view.sheet.start(REVIEW)
    card = page.view.sheet.review.cards[0]
    page.view.sheet.go_to(uid, "house_area")
    hands.fill("100")
    row = card.rows["housing_area"]
    assert row.chip.text == "Không thiếu hụt"
    page.view.sheet.start(REVIEW)
    row.answer.setFocus()
    hands.write("1")
    page.view._settle()
    assert row.reason.isVisible()
    assert row.problem.text() == "Đánh dấu khác với dữ liệu của hộ: ghi lý do, hoặc sửa dữ liệu."
    row.reason.setFocus()
    hands.fill("cho thuê một nửa")
    page.view._settle()
    assert row.chip.text == "Thiếu hụt"
    hands.control(Key.Key_S)
    found = dossier(world, uid)
    assert found.answers["2022"] == {"housing_area": Answer(True, "cho thuê một nửa")}
    assert found.household.house_area == 1000
    assert not page.view.is_dirty


def test_the_computed_class_says_why_and_what_would_change_it(world, page):
    uid = world.homes[0]
    page.open(uid)
    card = page.view.sheet.review.cards[0]
    assert "điểm B1" in card.reason.text()
    page.view.sheet.go_to(uid, "score_income")
    hands.fill("141")
    assert card.chip.text == "Không nghèo"
    page.view.sheet.go_to(uid, "score_income")
    hands.focus().selectAll()
    hands.fill("140")
    assert "140 điểm" in card.reason.text()
    assert "hoặc" in card.chip.text  # unknown indicators decide
    assert "chỉ số" in card.changes.text()
    assert "Chưa ghi" in card.rows["water"].why.text()


@pytest.mark.parametrize(
    ("field", "text"), [("score_income", "-5"), ("income", "-1000"), ("score_income", "99.999")]
)
def test_a_number_outside_its_field_is_told_there_and_classifies_nothing(
    world, page, said, field, text
):
    page.open(world.homes[0])
    page.view.sheet.go_to(world.homes[0], field)
    hands.write(text)
    page.view._settle()
    assert said.shown == []  # no box while somebody types
    assert page.view.sheet.review.top.fields[field].problem
    assert page.view.sheet.review.cards[0].chip.text == "Chưa tính được"


def test_history_tells_old_and_new_in_words(world, page):
    uid = world.homes[0]
    page.open(uid)
    page.view.sheet.go_to(uid, "water_source")
    hands.fill("nuoc may")
    hands.control(Key.Key_S)
    page.view.sheet.start(HISTORY)
    first = page.view.sheet.history.rows()[0]
    assert first[2:] == ("chị Hoa", "Lưu hộ", "Hộ", "Nguồn nước", "–", "Nước máy")


def test_a_past_closed_year_shows_the_data_of_that_year(qtbot, world):
    uid = world.homes[0]
    standard = world.desk.standard(YEAR - 1)
    classes.close_year(
        world.database,
        world.context,
        year=YEAR - 1,
        standard=standard.code,
        definition=standard.sha256,
        commune=world.commune,
    )
    base = stored(world, uid)
    draft = replace(base, social_protection="yes")
    households.save(world.database, world.context, draft, day=TODAY, base=base)
    page = shown(qtbot, world, YEAR - 1)
    page.open(uid)
    view = page.view
    assert view.dossier.day == date(YEAR - 1, 12, 31)
    assert view.sheet.info.fields["social_protection"].value() is None
    assert f"tính đến ngày 31/12/{YEAR - 1}" in view.header.note.text()
    assert "đã khóa sổ" in view.header.note.text()
    page.show_year(YEAR)
    assert view.sheet.info.fields["social_protection"].value() == "yes"
    assert view.header.note.text() == ""


def test_what_changes_below_keeps_what_is_being_typed(world, page):
    uid = world.homes[0]
    page.open(uid)
    page.view.sheet.go_to(uid, "note")
    hands.write("đang gõ")
    base = stored(world, uid)
    draft = replace(base, address="Xóm Mới", note="nơi khác")
    world.desk.runner.write(
        page,
        lambda: households.save(world.database, world.context, draft, day=TODAY, base=base),
        lambda _: None,
    )
    info, review = page.view.sheet.info, page.view.sheet.review
    assert info.fields["address"].value() == "Xóm Mới"
    assert review.bottom.fields["note"].value() == "đang gõ"
    assert hands.at() == "note"
    hands.control(Key.Key_S)
    assert stored(world, uid) == replace(stored(world, uid), address="Xóm Mới", note="đang gõ")


def test_somebody_else_saved_first_shows_both(world, page):
    uid = world.homes[0]
    page.open(uid)
    page.view.sheet.go_to(uid, "note")
    hands.write("của tôi")
    base = stored(world, uid)
    draft = replace(base, note="của người khác", address="Xóm Mới")
    households.save(world.database, world.context, draft, day=TODAY, base=base)  # unseen
    hands.control(Key.Key_S)
    dialog = page.view.findChild(object, "stale_dialog")
    rows = dialog.table.rows
    shown_rows = [rows.row(number) for number in range(rows.rowCount())]
    assert ("Ghi chú", "của người khác", "của tôi") in [row[2:] for row in shown_rows]
    dialog.findChild(object, "keep_typed").click()
    assert page.view.is_dirty
    hands.control(Key.Key_S)
    home = stored(world, uid)
    assert (home.note, home.address) == ("của tôi", "Xóm Mới")


def test_a_read_only_file_shows_everything_and_takes_nothing(qtbot, world):
    world.desk = replace(world.desk, read_only=True)
    page = shown(qtbot, world)
    assert not page.list.new_button.isEnabled()
    page.open(world.homes[0])
    assert "chỉ mở để xem" in page.view.header.note.text()
    assert not page.view.header.save.isVisible()
    assert not page.view.sheet.info.isEnabled()
    page.view.save()
    page.new_household()
    assert len(HouseholdsPageRows(world)) == len(world.homes)


def test_the_first_day_of_new_facts_is_asked_and_kept(world, page):
    uid = world.homes[0]
    page.open(uid)
    assert page.view.header.since.value() == TODAY
    page.view.sheet.go_to(uid, "land_recovered")
    hands.write("1")
    page.view.header.since.input().setFocus()
    hands.focus().selectAll()
    hands.fill("1/3/2026")
    hands.control(Key.Key_S)
    facts = stored(world, uid).facts[uid]
    assert [(fact.code, fact.valid_from) for fact in facts] == [
        ("land_recovered", date(YEAR, 3, 1))
    ]


def test_a_household_arrives_with_the_class_of_the_other_commune(world, page):
    page.list.arrivals.click()
    assert page.view.header.title.text() == "Hộ mới chuyển đến"
    hands.fill("", "", "dong", "", "", "")
    hands.enter()
    hands.write("2")
    hands.enter()
    hands.enter()
    hands.fill("9/QĐ-UBND", "1/2/2026")
    hands.alt(Key.Key_2)
    hands.fill("Vi Văn Tới")
    hands.control(Key.Key_S)
    uid = newest(world)
    found = dossier(world, uid)
    assert found.household.head.joined_on == TODAY
    assert found.of_year("2022").valid_from == TODAY
    assert page.view.sheet.history.rows()[0].operation == "Ghi chuyển đến"


def test_adding_a_class_result_keeps_the_old_one(world, page):
    uid = world.homes[0]
    page.open(uid)
    dialog = page.view.events.record_class()
    dialog.form.set_draft(
        {
            "class": "not_poor",
            "decision_number": "99/QĐ-UBND",
            "decision_date": date(YEAR, 6, 1),
            "day": date(YEAR, 6, 1),
        }
    )
    dialog.accept_button.click()
    found = dossier(world, uid)
    assert [(r.household_class, r.valid_from, r.valid_to) for r in found.records[:2]] == [
        ("not_poor", date(YEAR, 6, 1), None),
        ("poor", date(YEAR, 1, 1), date(YEAR, 5, 31)),
    ]
    assert page.view.header.chip.text == "Hộ không nghèo"
    timeline = page.view.sheet.review.timeline.table.rows
    assert timeline.row(0).number == "99/QĐ-UBND"


def test_an_unfinished_computed_class_is_shown_with_its_choices(world, page):
    from giamngheo_desktop.services.classes import ClassEntry

    entry = ClassEntry(
        household=world.homes[2],
        standard="2022",
        review_year=YEAR,
        household_class=None,
        possible=("poor", "near_poor"),
        source="computed",
        valid_from=TODAY,
    )
    classes.record(world.database, world.context, entry, commune=world.commune)
    page.open(world.homes[2])
    rows = page.view.sheet.review.timeline.table.rows
    assert rows.text(0, 1) == "nghèo / cận nghèo"
    assert rows.text(0, 2) == "Kết quả tính (sơ bộ)"
    add_class(world, world.homes[2], YEAR, "poor")
    assert page.view.sheet.currentIndex() in (INFO, HOUSING)


def test_the_first_day_says_what_it_means(world, page):
    label = page.view.header.findChild(QLabel, "since_label")
    page.view.start_new(YEAR, world.villages[0])
    assert label.text() == "Có trong sổ từ ngày"
    page.view.start_new(YEAR, world.villages[0], arrives=True)
    assert label.text() == "Ngày chuyển đến"
    page.open(world.homes[0])
    assert label.text() == "Thay đổi từ ngày"
