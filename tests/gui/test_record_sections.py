"""Dự án & hoạt động, Hỗ trợ & phân công: records with a form, typed, kept, saved, taken back."""

from __future__ import annotations

from datetime import date

import pytest

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.numbers import format_quantity
from giamngheo_desktop.domain.record_form import OF_PLAN
from giamngheo_desktop.gui import files
from giamngheo_desktop.gui.forms.options import Option, Options, matching, resolve
from giamngheo_desktop.gui.pages.projects_page import ProjectsPage
from giamngheo_desktop.gui.pages.support_page import SupportPage
from giamngheo_desktop.services import areas, drafts, successions, undo
from giamngheo_desktop.services.documents import versions
from giamngheo_desktop.services.programme import entries, years
from giamngheo_desktop.services.unit import write_unit
from tests.gui import hands
from tests.gui.commune import YEAR
from tests.gui.hands import Key

DAY = date(YEAR, 3, 1)


def show(qtbot, world, kind, code):
    page = kind(world.desk, YEAR)
    qtbot.addWidget(page)
    page.resize(1100, 640)
    page.show()
    hands.turn_to(page)
    page.open(code)
    return page


def save(world, kind, /, **values):
    form = world.desk.definitions.records[kind]
    given = dict(years.given(form, world.commune, YEAR))
    if kind in OF_PLAN:
        plan = versions.in_hand(world.database, world.commune, YEAR)
        given = {"document": plan["uid"], "key": world.context.new_id().hex}
    act = (world.database, world.context, form)
    return entries.save(*act, values, given=given).value


def stored(world, kind):
    form = world.desk.definitions.records[kind]
    return list(years.of_year(world.database, form, world.commune, YEAR).values())


def put(section, **values):
    """As if typed and left, one field after the other."""
    for code, text in values.items():
        form = section.form if code in section.form.fields else section.added.form
        field = form.fields[code]
        field.type_text(text)
        field.changed.emit()


def labels(field):
    return [option.label for option in field.edit.options]


def test_a_body_is_typed_saved_found_and_taken_back(qtbot, world):
    page = show(qtbot, world, ProjectsPage, "bodies")
    section = page.section
    assert section.said.text().startswith("Chưa có cơ quan nào")
    hands.enter()  # from the search into the form
    hands.fill("Hội Nông dân xã", "3", "", "01/01/2021", "01/01/2020", "")
    assert hands.at() == "save_record"
    hands.enter()
    assert "không được trước" in section.form.fields["valid_to"].problem  # nothing typed is lost
    assert hands.at() == "valid_to"
    assert section.form.draft()["name"] == "Hội Nông dân xã"
    put(section, valid_to="")
    section.save()
    assert section.table.rows.text(0, 0) == "Hội Nông dân xã"
    assert section.sums.text() == "1 dòng"
    save(world, Kind.BODY, name="Trạm y tế", valid_from=DAY)
    section.load()
    section.search.setFocus()
    hands.write("nong dan")
    assert section.table.rows.rowCount() == 1
    assert "trong 2 dòng" in section.sums.text()
    section.search.clear()
    step = undo.next_step(world.database)
    undo.undo(world.database, world.context, step.group)
    section.load()
    assert section.table.rows.rowCount() == 1


def test_the_kind_of_an_activity_asks_its_own_and_what_was_typed_stays(qtbot, world):
    page = show(qtbot, world, ProjectsPage, "activities")
    section = page.section
    put(section, kind="Đối thoại chính sách", name="Đối thoại ở Thôn Đông")
    fields = section.added.form.fields
    assert {"attendees", "items", "participants"} <= fields.keys()
    assert fields["items"].field.label == "Kiến nghị và trả lời"
    put(section, attendees="46")
    section.added.form.fields["items"].cell(0, "content").type_text("Sửa đường")
    assert not section.added.isHidden()
    section.form.fields["kind"].edit.setFocus()
    section.form.fields["kind"].edit.selectAll()
    qtbot.keyClicks(section.form.fields["kind"].edit, "Mo")  # of which it asks nothing yet
    assert section.added.isHidden()
    put(section, kind="Mô hình, dự án sinh kế")
    assert not section.added.isHidden()
    columns = {one.code for one in section.added.form.fields["participants"].field.fields}
    assert {"household", "to_return", "received_from"} <= columns
    assert "officer" not in columns
    assert "items" not in section.added.form.fields
    put(section, kind="Đối thoại chính sách")  # it was right the first time
    assert section.added.form.draft()["attendees"] == 46
    section.draft.keep()
    later = show(qtbot, world, ProjectsPage, "activities")
    again = later.section
    assert again.form.draft()["name"] == "Đối thoại ở Thôn Đông"
    assert again.added.form.draft()["attendees"] == 46
    again.save()
    (one,) = stored(world, Kind.ACTIVITY)
    assert (one["kind"], one["attendees"], one["year"]) == ("dialogue", 46, YEAR)
    assert [row["content"] for row in one["items"]] == ["Sửa đường"]
    assert not drafts.find(world.database.path).drafts


def test_a_section_opens_at_its_top(qtbot, world):
    page = show(qtbot, world, ProjectsPage, "activities")
    bar = page.section._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0, timeout=2000)
    bar.setValue(bar.maximum())
    page.open("tasks")
    page.open("activities")
    assert bar.value() == 0


def test_answers_hang_on_others(qtbot, world):
    page = show(qtbot, world, SupportPage, "supports")
    section = page.section
    assert labels(section.form.fields["person"]) == []
    put(section, household="Trần Thị Bình")
    assert section.form.draft()["household"] == world.homes[1]
    assert "Trần Thị Bình – Thôn Đông – hộ cận nghèo" in labels(section.form.fields["household"])
    assert len(labels(section.form.fields["person"])) == 2
    component = section.form.fields["component"]
    both = len(labels(component))
    put(section, programme="Chương trình mục tiêu quốc gia giảm nghèo bền vững")
    assert 0 < len(labels(component)) < both
    assert not any(label.startswith("HP") for label in labels(component))
    put(section, programme="", component="HP1-NDTP04")
    put(section, policy="Nhà ở", supported_on="01/03/2026")
    keys = section.form.fields["value_key"].edit.options
    assert {one.value for one in keys} == {*world.desk.definitions.supports["housing"].value_keys}
    put(section, value_key=keys[0].label)
    held = section.found.more.value_on(keys[0].value, DAY)
    assert (section.form.draft()["value_used"] or "") == held
    section.form.fields["shares"].cell(0, "source").type_text("Ngân sách trung ương")
    section.form.fields["shares"].cell(0, "amount").type_text("1,5tr")
    section.save()
    (one,) = stored(world, Kind.SUPPORT)
    assert (one["programme"], one["component"]) == ("2026", "HP1-NDTP04")
    assert section.sums.text() == "1 dòng · Cộng 1.500.000 đồng"
    put(section, programme="Chương trình mục tiêu quốc gia giảm nghèo bền vững")
    section.save()  # a component of another programme
    assert "không thuộc chương trình" in component_problem(section)


def test_a_support_knows_its_event_its_class_and_what_is_doubtful(qtbot, world, said):
    event = save(world, Kind.SUPPORT_EVENT, policy="poor_fund_gift", name="Quà Tết",
                 supported_on=DAY, decision_number="22/QĐ-UBND")  # fmt: skip
    save(world, Kind.SUPPORT_EVENT, policy="housing", name="Quà xuân", supported_on=DAY)
    page = show(qtbot, world, SupportPage, "supports")
    section = page.section
    put(section, household="Trần Thị Bình")
    section.form.focus_field("support_event")
    hands.write("Quà T")  # half a word means nothing yet
    assert section.form.draft()["policy"] is None
    hands.enter()
    now = section.form.draft()
    assert (now["support_event"], now["policy"], now["supported_on"]) == (
        event, "poor_fund_gift", DAY
    )  # fmt: skip
    assert now["decision_number"] is None  # that is the event's
    assert "gift_from" in section.added.form.fields
    section.save()
    (one,) = stored(world, Kind.SUPPORT)
    assert one["class_then"] == "near_poor"  # of that day
    section.start_new()
    put(section, household="Trần Thị Bình")
    assert section.warning.isHidden()
    put(section, support_event="Quà Tết")
    assert section.warning.isVisible()  # the same thing twice, as it is typed
    put(section, household="Nguyễn Văn An")
    assert section.warning.isHidden()
    put(section, household="Trần Thị Bình")
    told = section.warning.text()
    section.save()
    assert section.warning.isVisible()
    assert section.warning.text() == told
    assert "2 dòng cần xem lại" in section.sums.text()
    page.open("support_events")
    events = page.section
    events.open_event(event)
    day = events.view.form.own.fields["supported_on"]
    day.type_text("02/03/2026")
    day.changed.emit()
    events.view.write.click()
    assert {row["supported_on"] for row in stored(world, Kind.SUPPORT)} == {date(YEAR, 3, 2)}
    said.will_answer("yes")
    events.remove_button.click()
    assert stored(world, Kind.SUPPORT) == []


def test_what_is_dated_into_another_year_is_said_to_be_there(qtbot, world):
    page = show(qtbot, world, SupportPage, "visits")
    section = page.section
    put(section, household="Lê Văn Cường", visited_on="05/05/2025")
    with qtbot.waitSignal(page.noted) as noted:  # nothing was refused
        section.save()
    assert section.table.rows.rowCount() == 0
    assert f"không thuộc năm {YEAR}" in noted.args[0]
    assert section.refusal.isHidden()


def component_problem(section):
    return section.form.fields["component"].problem


def test_a_record_of_another_year_is_not_shown_and_typing_moves_with_its_year(qtbot, world):
    save(world, Kind.TASK, content="Báo cáo năm")
    page = show(qtbot, world, ProjectsPage, "tasks")
    section = page.section
    assert section.table.rows.rowCount() == 1
    section.start_new()
    put(section, content="Việc đang gõ")
    page.show_year(YEAR - 1)
    assert section.table.rows.rowCount() == 0
    assert section.form.draft()["content"] is None
    page.show_year(YEAR)
    section.start_new()
    assert section.form.draft()["content"] == "Việc đang gõ"


def test_a_draft_of_a_new_record_shows_itself_and_one_of_a_record_is_led_to(qtbot, world):
    first = save(world, Kind.TASK, content="Báo cáo năm")
    save(world, Kind.TASK, content="Báo cáo quý")
    page = show(qtbot, world, ProjectsPage, "tasks")
    put(page.section, content="Báo cáo tháng")
    page.section._chosen(first)
    put(page.section, content="Báo cáo cả năm")
    page.section.draft.keep()
    left = page.section.chosen.hex[-12:]
    again = show(qtbot, world, ProjectsPage, "activities")
    again.open({"section": "tasks", "draft": left})
    assert again.section.form.draft()["content"] == "Báo cáo cả năm"
    assert again.section.draft.isVisible()
    again.section.start_new()
    put(again.section, content="Việc chưa lưu")
    again.section.draft.keep()
    later = show(qtbot, world, ProjectsPage, "tasks")
    assert later.section.form.draft()["content"] == "Việc chưa lưu"
    assert later.section.draft.isVisible()
    later.section.load()
    assert later.section.form.draft()["content"] == "Việc chưa lưu"
    assert later.section.chosen is None


def test_a_plan_is_taken_from_a_programme_put_in_order_and_its_numbers_looked_at(qtbot, world):
    page = show(qtbot, world, ProjectsPage, "plan")
    section = page.section
    section._fill_menu()
    shown = section.menu.actions()
    assert section.menu.sizeHint().width() < section.width()
    assert all(one.text()[-9:] == one.toolTip()[-9:] for one in shown)  # its years
    assert [action.toolTip() for action in shown] == [
        one.label for one in world.desk.definitions.live_programmes(YEAR)
    ]
    section.take("2021")
    page.load()
    rows = section.table.rows
    assert rows.text(0, 0) == "Dự án 1"
    assert rows.text(1, 1).startswith("\N{NO-BREAK SPACE}")
    section._chosen(rows.row(0)[0])
    section.down_button.click()
    page.load()
    assert rows.text(0, 0) == "Dự án 2"
    put(section, printed_number="Dự án 2")
    section.save()
    told = [rows.text(at, 0) for at in range(rows.rowCount()) if "Dự án 2" in rows.text(at, 0)]
    assert told == ["Dự án 2 (trùng số)", "Dự án 2 (trùng số; chính thức: Dự án 1)"]
    assert "Dự án 1" in section.warning.text()
    assert section.sums.text().endswith("2 mục cần xem lại")
    section.take("2021")  # there is nothing to take
    assert section.refusal.isVisible()


def test_papers_of_an_activity_are_kept_opened_and_missed(qtbot, world, tmp_path, monkeypatch):
    save(world, Kind.ACTIVITY, kind="works", name="Đường xóm")
    page = show(qtbot, world, ProjectsPage, "activities")
    card = page.section.papers
    source = tmp_path / "biên bản.txt"
    source.write_text("nghiệm thu", encoding="utf-8")
    opened = []
    monkeypatch.setattr(files, "ask_open", lambda *_: source)
    monkeypatch.setattr(files, "open_outside", lambda path: opened.append(path) or True)
    card.add_button.click()
    assert card.table.rows.text(0, 0) == "biên bản.txt"
    assert card.table.rows.text(0, 3) == "Còn nguyên"
    uid = card.table.rows.row(0)[0]
    card.table.row_opened.emit(uid)
    assert [path.read_text(encoding="utf-8") for path in opened] == ["nghiệm thu"]
    opened[0].unlink()
    page.section.load()
    assert card.table.rows.text(0, 3).startswith("Không thấy tệp")
    card.table.row_opened.emit(uid)
    assert card.refusal.isVisible()
    assert len(opened) == 1
    card.table.go_to(uid)
    card.drop_button.click()
    assert card.table.rows.rowCount() == 0
    page.section.start_new()
    assert not card.add_button.isEnabled()


def test_a_value_of_the_program_is_set_otherwise_for_this_commune(qtbot, world):
    page = show(qtbot, world, SupportPage, "policy_values")
    section = page.section
    known = section.known.rows
    assert known.rowCount() > 10
    section.known.go_to(known.row(0)[0])
    section.known.setFocus()
    hands.press(Key.Key_Return)
    assert hands.at() == "value"
    assert section.form.draft()["label"] == known.text(0, 0)
    hands.write("24")
    put(section, valid_from="01/01/2026")
    section.form.set_draft({"scope": "commune"})
    section.save()
    (one,) = stored(world, Kind.POLICY_VALUE)
    assert (one["value"], one["valid_from"]) == ("24", date(YEAR, 1, 1))


def test_a_household_of_a_record_is_one_press_away(qtbot, world):
    save(world, Kind.NEED, household=world.homes[0], code="credit", valid_from=DAY)
    page = show(qtbot, world, SupportPage, "needs")
    gone = []
    page.go_requested.connect(lambda key, payload: gone.append((key, payload)))
    page.section.home_button.click()
    assert gone == [("households", world.homes[0])]
    page.section.remove_button.click()
    assert stored(world, Kind.NEED) == []
    assert not page.section.home_button.isEnabled()


@pytest.mark.parametrize("text", ["h0007", "nguyễn văn 7 –", "nguyen van 7 – th"])
def test_thousands_of_answers_are_searched_in_what_was_worked_out_once(text):
    options = Options(
        Option(at, f"Nguyễn Văn {at} – Thôn {at % 9}", (f"H{at:04}",)) for at in range(5_000)
    )
    keys = options.keys
    assert matching(options, text)[0].value == 7
    assert options.keys is keys
    found = resolve(options, text.upper() if text.startswith("h") else text)
    assert found is not None
    assert found.value == 7
    assert resolve(options, "Nguyễn Văn") is None  # it may be any of them


def test_all_lines_are_seen_however_high_the_heading(qtbot, world):
    """Its titles break into lines once the columns have their widths."""
    page = show(qtbot, world, SupportPage, "household_plans")
    section = page.section
    with qtbot.waitSignal(section.table.heading.geometriesChanged):
        for column in range(section.table.model().columnCount()):
            section.table.setColumnWidth(column, 44)
    table = section.table
    wanted = table.heading.sizeHint().height() + table.verticalHeader().defaultSectionSize()
    assert table.heading.sizeHint().height() > 60
    qtbot.waitUntil(lambda: table.height() >= wanted, timeout=2000)


def test_a_new_visit_is_of_today_and_quantities_have_the_decimals_they_need(qtbot, world):
    page = show(qtbot, world, SupportPage, "visits")
    section = page.section
    put(section, household="Lê Văn Cường", situation="Đã khỏi bệnh")
    section.save()
    assert section.table.rows.text(0, 0) == f"30/06/{YEAR}"
    page.show_year(YEAR - 1)
    section.start_new()
    assert section.form.draft()["visited_on"] is None
    assert [format_quantity(value, 2) for value in (100, 250, 5, 10_000)] == [
        "1", "2,5", "0,05", "100"
    ]  # fmt: skip


def test_an_incident_is_taken_into_a_review_by_keyboard(qtbot, world):
    happened = {"household": world.homes[0], "kind": "accident", "happened_on": DAY}
    save(world, Kind.INCIDENT, **happened)
    page = show(qtbot, world, SupportPage, "incidents")
    section = page.section
    assert not section.apply_button.isEnabled()
    assert "không đề nghị rà soát" in section.apply_button.toolTip()
    assert section.applied.isHidden()
    section.form.focus_field("proposes_review")
    hands.press(Key.Key_1)
    assert section.apply_button.toolTip().startswith("Lưu")
    section.save()
    section.apply_button.setFocus()
    hands.enter()
    dialog = section.dialog
    assert dialog.isVisible()
    hands.turn_to(dialog)
    dialog.form.focus_field("received_on")
    hands.fill("28/02/2026")
    assert hands.at() == "record"
    hands.enter()
    assert dialog.refusal.text().startswith("Biến cố xảy ra ngày 01/03/2026")
    dialog.form.focus_field("received_on")
    hands.fill("10/03/2026")
    hands.enter()
    assert not dialog.isVisible()
    hands.turn_to(page)
    assert section.applied.text() == "Giấy đề nghị ngày 10/03/2026: ở Rà soát, Giấy đề nghị."
    assert "đã xử lý ngày 10/03/2026" in section.apply_button.toolTip()
    gone = []
    page.go_requested.connect(lambda *where: gone.append(where))
    section.book_button.setFocus()
    hands.enter()
    assert gone == [("review", {"applications": True})]
    step = undo.next_step(world.database)
    undo.undo(world.database, world.context, step.group)
    section.load()
    assert section.applied.isHidden()
    assert section.apply_button.isEnabled()


def test_what_a_commune_that_went_into_this_one_recorded_is_told_by_its_name(qtbot, world):
    act = (world.database, world.context)
    with write_unit(*act, Op.SAVE_UNIT) as work:
        (province,) = areas.tree(world.database, DAY).of_level(Level.PROVINCE)
        old = areas.add_area(
            work, Level.COMMUNE, name="Sơn Long", kind="xa", parent=province.uid,
            valid_from=date(2021, 1, 1),
        )  # fmt: skip
    form = world.desk.definitions.records[Kind.TASK]
    given = {"area": old, "year": YEAR}
    uid = entries.save(*act, form, {"content": "Họp thôn"}, given=given).value
    save(world, Kind.TASK, content="Rà soát")
    successions.record_succession(
        *act, olds=[old], news=[world.commune], reason="merged", effective_on=date(YEAR, 6, 1)
    )
    page = show(qtbot, world, ProjectsPage, "tasks")
    section = page.section
    assert section.whose.isHidden()
    section.search.setFocus()
    hands.write("son long")
    assert section.table.rows.rowCount() == 1
    assert section.table.rows.text(0, 0) == "Họp thôn (Sơn Long cũ)"
    section._chosen(uid)
    assert section.whose.text() == "Do Sơn Long cũ ghi; sửa ở đây vẫn là của Sơn Long cũ."
    assert section.form.draft()["content"] == "Họp thôn"  # nothing of it is saved
    put(section, content="Họp các thôn")
    section.save()
    values = {one["content"]: one["area"] for one in stored(world, Kind.TASK)}
    assert values == {"Họp các thôn": old, "Rà soát": world.commune}
