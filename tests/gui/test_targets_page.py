"""Chỉ tiêu: targets of the plan in hand, under a draft, an issued version and the next one."""

from __future__ import annotations

from datetime import date

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.gui.draft_places import place_of
from giamngheo_desktop.gui.forms.options import matching
from giamngheo_desktop.gui.messages import Tone
from giamngheo_desktop.gui.pages.targets_page import TargetsPage
from giamngheo_desktop.services import drafts
from giamngheo_desktop.services.documents import listing, sections, versions
from giamngheo_desktop.services.programme import entries, years
from tests.gui import hands
from tests.gui.commune import YEAR
from tests.gui.test_record_sections import put, show
from tests.harness.register import groups


def targets(world):
    form = world.desk.definitions.records[Kind.TARGET]
    return list(years.of_year(world.database, form, world.commune, YEAR).values())


def begin(world):
    return versions.begin(world.database, world.context, world.commune, YEAR).value


def add_target(world, **values):
    form = world.desk.definitions.records[Kind.TARGET]
    plan = versions.in_hand(world.database, world.commune, YEAR)["uid"]
    act = (world.database, world.context, form, values)
    return entries.save(*act, given={"document": plan, "key": values["indicator"]}).value


def test_a_year_begins_its_plan_and_gets_its_first_target_by_keyboard(qtbot, world):
    page = show(qtbot, world, TargetsPage, "targets")
    section = page.section
    assert "chưa có kế hoạch" in section.version.said.text()
    assert section.form.isHidden()
    assert section.search.isHidden()
    assert hands.at() == "begin_plan"
    hands.enter()
    assert versions.in_hand(world.database, world.commune, YEAR)["version"] == 1
    assert hands.at() == "indicator"
    page.load()
    assert "dự thảo" in section.version.said.text()
    page.list.setFocus()
    hands.enter()
    assert hands.at() == "record_search"
    hands.enter()
    assert hands.at() == "indicator"
    put(section, indicator="Số hộ nghèo giảm (thuần)", assigned="16", pursued="17,5")
    section.save()
    (one,) = targets(world)
    assert (one["indicator"], one["assigned"], one["pursued"]) == ("HN-GIAM-HO", 1600, 1750)
    assert [section.table.rows.text(0, at) for at in (1, 2, 3)] == ["16", "17,5", "hộ"]


def test_an_issued_version_is_looked_at_and_the_next_one_is_written(qtbot, world):
    plan = begin(world)
    page = show(qtbot, world, TargetsPage, "targets")
    section = page.section
    put(section, indicator="Tỷ lệ hộ nghèo", assigned="2,06")
    section.save()
    act = (world.database, world.context)
    versions.issue(*act, plan, date(YEAR, 1, 15), number="12/KH-UBND")
    section.load()
    assert "12/KH-UBND ngày 15/01" in section.version.said.text()
    assert not section.form.isEnabled()
    assert section.save_button.isHidden()
    assert section.new_button.isHidden()
    section.version.adjust_button.click()
    page.load()
    assert "bản 2 điều chỉnh" in section.version.said.text()
    section._chosen(section.table.rows.row(0)[0])
    put(section, assigned="2")
    section.draft.keep()
    versions.issue(*act, section.plan["uid"], date(YEAR, 2, 1))
    section.load()
    section.version.replace_button.click()
    page.load()
    section._chosen(section.table.rows.row(0)[0])
    assert section.form.draft()["assigned"] == 200  # what was half typed in the version before
    section.save()
    (one,) = targets(world)
    assert one["assigned"] == 200


def test_a_plan_is_read_from_its_beginning(qtbot, world):
    begin(world)
    page = show(qtbot, world, TargetsPage, "targets")
    for indicator in ("Tỷ lệ hộ nghèo", "Số hộ nghèo giảm (thuần)"):
        page.section.start_new()
        put(page.section, indicator=indicator, assigned="2")
        page.section.save()
    section = show(qtbot, world, TargetsPage, "targets").section
    first, _last = (section.table.rows.row(at)[0] for at in range(2))
    assert section.chosen == first


def test_ctrl_n_on_the_list_of_sections_adds_to_the_one_that_is_shown(qtbot, world):
    begin(world)
    page = show(qtbot, world, TargetsPage, "targets")
    section = page.section
    put(section, indicator="Tỷ lệ hộ nghèo", assigned="2,06")
    section.save()
    page.list.setFocus()
    hands.control(hands.Key.Key_N)
    assert section.chosen is None
    assert hands.at() == "indicator"


def half_type(qtbot, world):
    """A new target that is not saved."""
    page = show(qtbot, world, TargetsPage, "targets")
    put(page.section, indicator="Tỷ lệ hộ nghèo", assigned="2,06")
    page.section.draft.keep()
    (draft,) = drafts.find(world.database.path).drafts
    return page, draft.key


def test_a_half_typed_target_names_its_page_and_opens_there(qtbot, world):
    begin(world)
    _, key = half_type(qtbot, world)
    place = place_of(key)
    assert (place.page, place.section, place.year) == ("targets", "targets", YEAR)
    assert "Chỉ tiêu" in place.words
    later = show(qtbot, world, TargetsPage, "tracking")
    later.open(place.payload)
    assert later.section.form.draft()["assigned"] == 206
    for more, section in (
        (f"cai-dat-section_allocation-{YEAR}", "allocation"),
        (f"ghi-chep-bao-cao-da-nop-{YEAR}", "calendar"),
    ):
        place = place_of(more)
        assert (place.page, place.section, place.year) == ("targets", section, YEAR)
    assert place_of(f"cai-dat-section_printing-{YEAR}").page == "settings"


def test_what_is_half_typed_is_told_before_issuing_and_kept_for_the_next_version(
    qtbot, world, said
):
    act = (world.database, world.context, world.desk.definitions)
    sections.begin(*act, world.commune, YEAR, "ke_hoach_muc_dich_yeu_cau")
    page, key = half_type(qtbot, world)
    page.go_requested.connect(lambda _, payload: page.open(payload))
    page.open("plan_document")
    view = page.section.view
    said.will_answer("open", "issue")
    view.issue_button.click()
    assert "Chỉ tiêu năm" in said.shown[-1].text
    assert (page.code, view.dialog) == ("targets", None)
    page.open("plan_document")
    view.issue_button.click()
    view.dialog.record()
    assert not listing.plans_of(world.database, world.commune, YEAR)[-1].is_draft
    page.open("targets")
    section = page.section
    assert "Phần gõ dở vẫn được giữ" in section.said.text()
    section.version.adjust_button.click()
    page.load()
    assert section.form.draft()["assigned"] == 206
    section.save()
    assert [one["assigned"] for one in targets(world)] == [206]
    assert not drafts.find(world.database.path).drafts
    assert key


def test_a_section_that_fails_locks_nobody_in(qtbot, world, said, monkeypatch):
    act = (world.database, world.context, world.desk.definitions)
    sections.begin(*act, world.commune, YEAR, "ke_hoach_muc_dich_yeu_cau")
    page = show(qtbot, world, TargetsPage, "plan_document")
    editor = page.section.view.editor
    editor.outline.setCurrentRow(1)
    form = editor.forms.section
    form.text.setPlainText("Gõ dở.")
    editor.keep()
    (draft,) = drafts.find(world.database.path).drafts

    def fail(*_):
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(editor.forms, "saving", fail)
        editor.outline.setCurrentRow(2)
        assert len(said.shown) == 1
        assert form.text.toPlainText() != "Gõ dở."
        form.text.setPlainText("Cũng dở.")
        broken.setattr(form, "values", fail)  # it cannot even say what is typed
        assert page.may_leave()
        page.open("tracking")
        assert page.code == "tracking"
        assert page._stack.currentWidget() is page.section
        assert page.may_leave()
    assert {one.tone for one in said.shown} == {Tone.ERROR}
    said.shown.clear()
    assert draft.key in drafts.keys(world.database.path)
    page.open("plan_document")
    editor.outline.setCurrentRow(1)
    assert form.text.toPlainText() == "Gõ dở."


def test_every_doubt_stands_there_and_leads_to_its_target(qtbot, world):
    begin(world)
    for at, code in enumerate(("HN-TL", "YT-BHYT", "NS-HVS", "VS-NHATIEU", "XKLD")):
        add_target(world, indicator=code, assigned=500, position=at + 1)
    page = show(qtbot, world, TargetsPage, "targets")
    section = page.section
    told = section.doubts.texts()
    assert sum("văn bản giao" in one for one in told) == 5
    uid = section.table.rows.row(3)[0]
    at = next(n for n, one in enumerate(told) if "nhà tiêu" in one)
    section.doubts.list.itemActivated.emit(section.doubts.list.item(at))
    assert section.chosen == uid
    assert told[at] in section.warning.text()
    assert hands.at() == "indicator"


def test_a_target_is_typed_as_plans_print_it_under_the_document_before(qtbot, world):
    begin(world)
    page = show(qtbot, world, TargetsPage, "targets")
    section = page.section
    put(section, assigned="100%")
    assert section.form.fields["assigned"].problem
    put(section, indicator="Người thuộc HN, HCN có BHYT")
    assert section.form.draft()["assigned"] == 10000
    assert section.form.fields["assigned"].problem == ""
    assert not section._scroll.isAncestorOf(section.sentence)
    assert "100% người" in section.sentence.text()
    put(section, assigned_by="QĐ 81/QĐ-UBND", assigned_on=f"16/02/{YEAR}")
    section.save()
    section.start_new()
    put(section, indicator="Số hộ nghèo giảm (thuần)", assigned="16 hộ")
    section.save()
    section.start_new()
    put(section, indicator="Mức giảm tỷ lệ hộ nghèo", pursued="1,15 %")
    section.save()
    section.start_new()
    put(section, indicator="Xã có nước sạch", content="Nước sạch đến thôn")
    section.save()
    found = {one["indicator"]: one for one in targets(world)}
    assert found["HN-GIAM-HO"]["assigned"] == 1600
    assert found["HN-GIAM-HO"]["assigned_by"] == "QĐ 81/QĐ-UBND"
    assert found["HN-GIAM-HO"]["assigned_on"] == date(YEAR, 2, 16)
    assert found["HN-GIAM-DIEM"]["pursued"] == 115
    assert found["HN-GIAM-DIEM"]["assigned_by"] is None  # nobody gave it
    row = next(n for n in range(4) if section.table.rows.text(n, 0).startswith("Nước sạch"))
    assert section.table.rows.text(row, 3) == ""


def test_an_indicator_is_found_by_its_full_words(qtbot, world):
    begin(world)
    page = show(qtbot, world, TargetsPage, "targets")
    section = page.section
    options = section.form.fields["indicator"].edit.options
    assert {one.value for one in matching(options, "bảo hiểm y tế")} == {"YT-BHYT", "YT-BHYT-MSTB"}
    assert "VL-KETNOI" in {one.value for one in matching(options, "người lao động")}


def test_a_notice_names_the_target_and_the_plan(qtbot, world):
    begin(world)
    assert groups(world.database)[-1]["subject"] == f"Kế hoạch năm {YEAR}"
    page = show(qtbot, world, TargetsPage, "targets")
    section = page.section
    put(section, indicator="Tỷ lệ hộ nghèo", pursued="2", assigned_by="QĐ 81/QĐ-UBND")
    section.save()
    assert groups(world.database)[-1]["subject"] == "Chỉ tiêu: Tỷ lệ hộ nghèo toàn xã còn 2%"


def test_a_target_of_no_catalogue_is_typed_in_its_own_words(qtbot, world):
    begin(world)
    page = show(qtbot, world, TargetsPage, "targets")
    section = page.section
    put(section, indicator="Chỉ tiêu khác (tự ghi)", pursued="45,5")
    section.save()
    assert "Ghi lời của chỉ tiêu" in section.form.fields["content"].problem
    put(section, content="Thu nhập bình quân đầu người", addition="triệu đồng/người/năm")
    section.save()
    said = "Thu nhập bình quân đầu người tối thiểu 45,5 triệu đồng/người/năm"
    assert [section.table.rows.text(0, at) for at in (0, 2, 3)] == [
        said,
        "45,5",
        "triệu đồng/người/năm",
    ]
    assert not any("số nguyên" in one for one in section.doubts.texts())
    page.open("tracking")
    said = "Thu nhập bình quân đầu người (triệu đồng/người/năm)"
    assert page.section.table.rows.text(0, 0) == said


def test_a_result_typed_as_a_fraction_is_said_as_a_share(qtbot, world):
    begin(world)
    add_target(world, indicator="NS-XA", pursued=10000)
    form = world.desk.definitions.records[Kind.TARGET_RESULT]
    values = {"key": "NS-XA", "measured_on": date(YEAR, 6, 1), "numerator": 85, "denominator": 90,
              "source": "Báo cáo"}  # fmt: skip
    given = years.given(form, world.commune, YEAR)
    entries.save(world.database, world.context, form, values, given=given)
    page = show(qtbot, world, TargetsPage, "results")
    assert page.section.table.rows.text(0, 2) == "94,44"


def test_a_saved_target_and_a_search_show_the_table(qtbot, world):
    begin(world)
    page = show(qtbot, world, TargetsPage, "targets")
    page.resize(1100, 420)
    section = page.section
    put(section, indicator="Tỷ lệ hộ nghèo", pursued="2")
    bar = section._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    section.form.focus_field("note")
    hands.control(hands.Key.Key_S)
    qtbot.waitUntil(lambda: bar.value() < section.table.y() + section.table.height())
    bar.setValue(bar.maximum())
    section.search.setFocus()
    hands.write("nghèo")
    qtbot.waitUntil(lambda: bar.value() <= section.table.y())
