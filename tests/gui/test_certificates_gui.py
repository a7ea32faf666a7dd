"""Giấy chứng nhận from the page of a household, long after the review."""

from __future__ import annotations

from giamngheo_desktop.gui.household.household_view import HouseholdView
from giamngheo_desktop.gui.issuing.certificates_room import CertificatesRoom
from giamngheo_desktop.gui.pages.reports_page import ReportsPage
from giamngheo_desktop.services.review import certificates
from tests.gui import hands
from tests.gui.commune import YEAR, give_certificate
from tests.gui.print_menus import lines, press, text_of


def test_the_certificate_of_a_household_is_printed_in_any_year(qtbot, world):
    """Long after the review: whole, a line of any of its years, a new one for a lost one."""
    view = HouseholdView(world.desk, YEAR)
    qtbot.addWidget(view)
    view.show()
    view.open(world.homes[0], YEAR)
    menu = view.header.papers
    assert not lines(menu)["giay_chung_nhan"].isEnabled()
    assert not view.events.all["reissue"].isEnabled()
    old = give_certificate(world, world.homes[0])
    view.refresh()
    shown = press(menu, "giay_chung_nhan").sheet.bundle
    assert "07/GCN-HN.HCN" in text_of(shown.data)
    for year in (YEAR - 2, YEAR - 1):
        printed = text_of(press(menu, f"dong_nam_{year}").sheet.bundle.data)
        assert f"12/12/{year}" in printed
        assert f"12/12/{2 * YEAR - 3 - year}" not in printed
    lines(menu)["members_changed"].trigger()
    view.events.dialog.form.set_draft({"papers": "giấy khai sinh"})
    view.events.dialog.record()
    lines(menu)["reissue"].trigger()
    view.events.dialog.form.set_draft({"note": "giấy bị mất"})
    view.events.dialog.record()
    new, before = certificates.of_household(world.database, world.homes[0])
    assert (new.replaces, new.note, new.years) == (old, "giấy bị mất", (YEAR - 1,))
    assert new.number == "01/GCN-HN.HCN"
    assert "thay đổi thành viên theo giấy khai sinh" in before.note
    view.refresh()
    found = text_of(press(menu, "giay_chung_nhan").sheet.bundle.data)
    assert "Cấp lại, thay Giấy chứng nhận số 07/GCN-HN.HCN" in found


def test_reports_list_who_holds_a_certificate_with_a_line_of_the_year(qtbot, world):
    give_certificate(world, world.homes[1])
    page = ReportsPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.open("giay_chung_nhan_da_cap")
    hands.turn_to(page)
    room = page.room(CertificatesRoom)
    assert room.table.rows.rowCount() == 0
    page.show_year(YEAR - 1)
    hands.turn_to(page)
    assert room.table.rows.rowCount() == 1
    assert not any(action.isEnabled() for action in lines(room.prints).values())
    room.table.go_to(world.homes[1])
    printed = text_of(press(room.prints, f"dong_nam_{YEAR - 1}").sheet.bundle.data)
    assert f"12/12/{YEAR - 1}" in printed
    with qtbot.waitSignal(page.go_requested) as asked:
        lines(room.prints)["home"].trigger()
    assert asked.args == ["households", world.homes[1]]
