"""Papers in the window: every line of a menu In opens its pages, is stopped, or says why not."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from giamngheo_desktop.domain.applications import Purpose
from giamngheo_desktop.domain.changes import Op
from giamngheo_desktop.domain.review_case import Ground
from giamngheo_desktop.gui import files, preferences
from giamngheo_desktop.gui.household.household_view import HouseholdView
from giamngheo_desktop.gui.pages.reports_page import ReportsPage
from giamngheo_desktop.gui.pages.settings_page import SettingsPage
from giamngheo_desktop.gui.preview import paper_sheet, paper_work
from giamngheo_desktop.gui.preview.exporting import export_folder
from giamngheo_desktop.gui.preview.forms_room import FormsRoom
from giamngheo_desktop.gui.preview.paper_preview import PaperPreview
from giamngheo_desktop.gui.preview.paper_work import Order
from giamngheo_desktop.gui.preview.print_menu import PrintItem, PrintMenu
from giamngheo_desktop.services import settings, undo
from giamngheo_desktop.services.exchange import book as exchange_book
from giamngheo_desktop.services.review import (
    applications,
    case_lists,
    certificates,
    meetings,
    postings,
    recognition,
)
from giamngheo_desktop.services.review.applications import Application
from giamngheo_desktop.services.review.meetings import Minutes
from giamngheo_desktop.services.review.postings import Posting
from giamngheo_desktop.services.review.recognition import Decision
from tests.gui import hands
from tests.gui.commune import YEAR
from tests.gui.print_menus import lines, press, text_of
from tests.gui.review import autumn, begin, confirm, settle, show


@pytest.fixture
def world(tmp_path):
    with autumn(tmp_path) as made:
        yield made


@pytest.fixture
def review(world):
    return begin(world)


def walk(menu: PrintMenu, *, but: str = "") -> dict[str, int]:
    """Open every line but one that is refused here; how many pages each has."""
    found = {}
    free = [code for code, action in lines(menu).items() if action.isEnabled()]
    for code in [code for code in free if code != but]:
        shown = press(menu, code)
        assert shown.isVisible()
        assert shown.sheet.bundle is not None, (code, said(shown))
        found[code] = shown.sheet.view.pages
        assert f"/{shown.sheet.view.pages}" in shown.findChild(QLabel, "page_count").text()
        shown.close()
    assert all(found.values())
    return found


def said(shown: PaperPreview) -> str:
    return " ".join(part.text() for part in shown.sheet.empty.findChildren(QLabel))


def go(page, review, step, village=None):
    page.open({"review": review, "step": step, "village": village})
    hands.turn_to(page)
    return page.panel


def whole_year(world, review):
    """Settled, met, posted, decided, certified."""
    settled(world, review)
    conclude(world, review)


def settled(world, review):
    for village in world.villages:
        confirm(world, review, village)
    settle(world.desk, review)


def conclude(world, review):
    desk = world.desk
    args = (desk.database, desk.context)
    for village in world.villages:
        minutes = Minutes(held_on=date(YEAR, 10, 5), attendants=30)
        meetings.save(*args, review, village, minutes, {}, others=30)
    posting = Posting(begun_on=date(YEAR, 10, 6), number="45/TB-UBND")
    postings.save_posting(*args, desk.definitions, review, world.villages, posting)
    for standard in ("2022", "2027"):
        paper = Decision(
            number="31/QĐ-UBND", signed_on=date(YEAR, 11, 18), valid_from=date(YEAR, 11, 19)
        )
        recognition.recognise(*args, review, standard, paper, reason="bản thử")
    homes = frozenset(row.household for row in certificates.of_review(desk.database, review))
    certificates.sign(*args, review, homes, signed_on=date(YEAR, 11, 19))


def test_the_menus_of_a_whole_year_open_every_paper(qtbot, world, review):
    whole_year(world, review)
    page = show(qtbot, world)
    village = world.villages[0]
    listed = len(case_lists.of_review(world.database, review, village))
    found = walk(go(page, review, "list", village).prints, but="phieu_a")
    assert set(found) >= {"danh_sach_ra_soat", "phieu_b", "phieu_b_one", "phieu_a_blank"}
    assert found["phieu_b"] == listed * found["phieu_b_one"]
    assert "phieu_b" in walk(go(page, review, "collect", village).prints, but="phieu_a")
    met = walk(go(page, review, "meet", village).prints)
    assert set(met) == {"ho_so_hop_thon", "giay_moi", "bien_ban_hop", "phieu_bieu_quyet"}
    assert met["giay_moi"] == listed
    assert met["ho_so_hop_thon"] > met["bien_ban_hop"] * 2 + met["giay_moi"]
    assert set(walk(go(page, review, "post", village).prints)) == {
        "thong_bao_niem_yet",
        "danh_sach_niem_yet",
    }
    assert "quyet_dinh_cong_nhan" in walk(go(page, review, "recognise").prints)
    certified = go(page, review, "certify", village)
    certified.table.go_to(certified.table.rows.row(0)[0])
    assert set(walk(certified.prints)) == {
        "giay_chung_nhan",
        "dong_nam",
        "giay_chung_nhan_all",
    }


def test_a_line_of_the_menu_parts_two_groups_and_stands_nowhere_else(qtbot, world):
    one, two = (PrintItem(code, code, None) for code in ("one", "two"))
    owner = QWidget()
    qtbot.addWidget(owner)
    for items, parted in (
        ((one, None, two), [False, True, False]),
        ((None, one, None, None, two, None), [False, True, False]),
        ((one, None), [False]),
    ):
        menu = PrintMenu(world.desk, lambda items=items: items, owner)
        menu.refill()
        assert [action.isSeparator() for action in menu.actions()] == parted


def test_seen_from_the_commune_a_paper_is_printed_for_every_village(qtbot, world, review):
    page = show(qtbot, world)
    listed = case_lists.of_review(world.database, review)
    one = {
        village: walk(go(page, review, "list", village).prints, but="phieu_a")["danh_sach_ra_soat"]
        for village in {row.village for row in listed}
    }
    every = walk(go(page, review, "list").prints, but="phieu_a")
    assert every["danh_sach_ra_soat"] == sum(one.values())
    assert "phieu_b_one" not in every
    invited = press(go(page, review, "meet").prints, "giay_moi")
    assert invited.sheet.view.pages == len(listed)
    invited.close()
    package = press(page.panel.prints, "ho_so_hop_thon")
    assert package.sheet.view.pages > len(listed)
    assert not package.sheet.excel_button.isEnabled()
    assert "chọn một thôn" in package.sheet.excel_button.toolTip()


def test_other_steps_have_no_menu(qtbot, world, review):
    page = show(qtbot, world)
    assert go(page, review, "prepare").findChild(QPushButton, "print_papers").isHidden()
    assert not go(page, review, "meet").findChild(QPushButton, "print_papers").isHidden()


def test_a_paper_of_results_names_who_has_none_and_leads_there(qtbot, world, review):
    page = show(qtbot, world)
    village = world.villages[0]
    shown = press(go(page, review, "post", village).prints, "thong_bao_niem_yet")
    assert shown.sheet.bundle is None
    assert "Nguyễn Văn An" in said(shown)
    assert not shown.findChild(QPushButton, "print_paper").isEnabled()
    shown.findChild(QPushButton, "blank").click()
    assert shown.sheet.view.pages > 0
    assert "Nguyễn Văn An" not in text_of(shown.sheet.bundle.data)
    shown.close()
    shown = press(page.panel.prints, "thong_bao_niem_yet")
    with qtbot.waitSignal(page.panel.go_requested) as asked:
        shown.findChild(QPushButton, "forms").click()
    assert asked.args == ["review", {"review": review, "village": village, "step": "collect"}]
    assert not shown.isVisible()


def test_form_a_is_printed_of_who_applied(qtbot, world, review):
    page = show(qtbot, world)
    shown = press(go(page, review, "list", world.villages[0]).prints, "phieu_a")
    assert shown.sheet.bundle is None
    assert "Phiếu A" in said(shown)
    shown.close()
    case = case_lists.of_review(world.database, review, world.villages[0])[0]
    args = (world.database, world.context)
    case_lists.take_off(*args, case.uid)
    case_lists.add(*args, review, case.household, Ground.APPLIED)
    shown = press(page.panel.prints, "phieu_a")
    assert shown.sheet.title.text() == "Phiếu A của các hộ có giấy đề nghị, Thôn Đông"
    assert case.head in text_of(shown.sheet.bundle.data)


def test_stopping_ends_the_work_and_leaves_no_file(qtbot, world, review):
    page = show(qtbot, world)
    menu = go(page, review, "meet").prints
    told = []

    def stopped_at_once(pulse):
        shown = page.window().findChildren(PaperPreview)[-1]
        told.append(shown.findChild(QPushButton, "stop_paper").isVisible())
        shown.findChild(QPushButton, "stop_paper").click()
        return paper_work.meeting_package(world.desk, review, None)(pulse)

    shown = menu.open(Order(title="Bộ hồ sơ", name=("ho_so",), job=stopped_at_once))
    assert told == [True]
    assert not shown.isVisible()
    assert not export_folder().exists()
    before = list(world.database.path.parent.rglob("*.pdf"))
    assert before == []


def test_closing_the_window_stops_what_is_made(qtbot, world, review):
    page = show(qtbot, world)
    reached = []

    def closed_midway(pulse):
        pulse.tell(1, 3)
        shown = page.window().findChildren(PaperPreview)[-1]
        reached.append(shown.findChild(QLabel, "paper_progress_text").text())
        shown.close()
        pulse.tell(2, 3)
        reached.append("too far")

    menu = go(page, review, "meet").prints
    menu.open(Order(title="Bộ hồ sơ", name=("ho_so",), job=closed_midway))
    assert reached == ["Đang lập giấy: xong 1/3"]


def test_the_end_of_the_program_waits_for_no_paper(qtbot, world, review):
    page = show(qtbot, world)
    reached = []

    def ended_midway(pulse):
        page.window().hide()
        pulse.check()
        reached.append("too far")

    menu = go(page, review, "meet").prints
    shown = menu.open(Order(title="Bộ hồ sơ", name=("ho_so",), job=ended_midway))
    assert reached == []
    assert not shown.isVisible()


def test_it_is_written_as_pdf_word_and_excel(qtbot, world, review, monkeypatch, tmp_path):
    preferences.update(export_folder=str(tmp_path))
    page = show(qtbot, world)
    settled(world, review)
    page.mark_stale()
    menu = go(page, review, "post", world.villages[0]).prints
    shown = press(menu, "thong_bao_niem_yet")
    warning = shown.findChild(QLabel, "paper_warning")
    assert (warning.text(), warning.isVisible()) == (
        "Thôn còn chờ bước Họp dân. Xem kỹ trước khi in, niêm yết.",
        True,
    )
    written = " ".join(text_of(shown.sheet.bundle.data).split())
    assert "biên bản họp dân ngày ...." in written
    assert "Nơi nhận:" in written
    shown.close()
    conclude(world, review)
    page.mark_stale()
    menu = go(page, review, "post", world.villages[0]).prints
    shown = press(menu, "thong_bao_niem_yet")
    assert not shown.findChild(QLabel, "paper_warning").isVisible()
    for form in ("pdf", "docx", "xlsx"):
        shown.findChild(QPushButton, f"save_{form}").click()
    names = sorted(path.name for path in tmp_path.iterdir() if "NiemYet" in path.name)
    stem = "Thong_Bao_Niem_Yet" if any("Thong_" in name for name in names) else "ThongBaoNiemYet"
    assert names == sorted(
        f"{stem}_{YEAR}_ThonDong{end}" for end in (".pdf", ".docx", "-2.docx", ".xlsx", "-2.xlsx")
    )
    assert shown.sheet.written.findChild(QLabel).text().startswith("Đã ghi 2 tệp vào ")
    offered = {
        f"open_{one}": not shown.findChild(QPushButton, f"open_{one}").isHidden()
        for one in ("written", "folder")
    }
    assert offered == {"open_written": False, "open_folder": True}
    pdf = next(path for path in tmp_path.iterdir() if path.suffix == ".pdf")
    assert pdf.read_bytes() == shown.sheet.bundle.data
    elsewhere = tmp_path / "khac" / "thong-bao.docx"
    elsewhere.parent.mkdir()
    elsewhere.with_name("thong-bao-2.docx").write_text("của người khác")
    monkeypatch.setattr(files, "ask_save", lambda *_: elsewhere)
    shown.findChild(QPushButton, "save_docx").click()
    shown.findChild(QPushButton, "write_elsewhere").click()
    assert sorted(path.name for path in elsewhere.parent.iterdir()) == [
        "thong-bao-2 (2).docx",
        "thong-bao-2.docx",  # nobody was asked about it
        "thong-bao.docx",
    ]


def pdf_printer(path, pages=(0, 0)):
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setFromTo(*pages)
    return printer


def test_a_package_is_printed_page_by_page(qtbot, world, review, monkeypatch, tmp_path):
    out = tmp_path / "in.pdf"
    monkeypatch.setattr(paper_sheet, "ask_printer", lambda *_: pdf_printer(out, (1, 3)))
    page = show(qtbot, world)
    shown = press(go(page, review, "meet", world.villages[0]).prints, "ho_so_hop_thon")
    assert not shown.findChild(QPushButton, "save_docx").isEnabled()
    assert shown.findChild(QPushButton, "save_xlsx").isEnabled()
    book = openpyxl.load_workbook(io.BytesIO(shown.sheet.bundle.workbook()))
    assert book.sheetnames[:3] == ["Hướng dẫn", "Hộ", "Thành viên"]
    assert exchange_book.entries(world.database) == []
    shown.findChild(QPushButton, "save_xlsx").click()
    (sent,) = exchange_book.entries(world.database)
    assert sent.step.op is Op.SEND_SHEETS
    assert sent.files[0].name == shown.sheet.written.path.name
    shown.findChild(QPushButton, "save_pdf").click()
    assert len(exchange_book.entries(world.database)) == 1  # papers are no sheet
    shown.findChild(QPushButton, "print_paper").click()
    assert len(pypdfium2.PdfDocument(out.read_bytes())) == 3
    told = shown.findChild(QLabel, "written_text").toolTip()
    assert told == f"Đã in vào tệp in.pdf, thư mục {tmp_path}"
    assert shown.findChild(QPushButton, "open_written").isVisible()


def test_minutes_are_offered_in_two_copies(qtbot, world, review, monkeypatch):
    asked = {}
    page = show(qtbot, world)
    for code in ("bien_ban_hop", "giay_moi"):
        monkeypatch.setattr(
            paper_sheet, "ask_printer", lambda *args, code=code: asked.update({code: args[-1]})
        )
        shown = press(go(page, review, "meet", world.villages[0]).prints, code)
        if shown.sheet.bundle is None:  # minutes without results: the empty form
            shown.findChild(QPushButton, "blank").click()
        shown.findChild(QPushButton, "print_paper").click()
        shown.close()
    assert asked == {"bien_ban_hop": 2, "giay_moi": 1}


def test_printing_is_stopped_between_two_pages(qtbot, world, review, monkeypatch, tmp_path):
    out = tmp_path / "in.pdf"
    monkeypatch.setattr(paper_sheet, "ask_printer", lambda *_: pdf_printer(out))
    page = show(qtbot, world)
    shown = press(go(page, review, "meet", world.villages[0]).prints, "ho_so_hop_thon")
    sent = []

    def stop_at_two(done, total):
        sent.append((done, total))
        assert not shown.close()  # it waits for the printer
        if done == 2:
            shown.findChild(QPushButton, "stop_paper").click()

    made = paper_sheet.PrintRun

    def watched(*args):
        run = made(*args)
        run.page_sent.connect(stop_at_two)
        return run

    monkeypatch.setattr(paper_sheet, "PrintRun", watched)
    shown.findChild(QPushButton, "print_paper").click()
    assert sent == [(1, shown.sheet.view.pages), (2, shown.sheet.view.pages)]
    assert shown.findChild(QLabel, "written_text").isHidden() or not shown.sheet.written.isVisible()
    assert shown.close()


def test_the_menu_of_applications(qtbot, world, review):
    desk = world.desk
    paper = Application(
        village=world.villages[0],
        applicant="Nguyễn Văn An",
        purpose=Purpose.LEAVE,
        received_on=date(YEAR, 11, 2),
        household=world.homes[0],
    )
    page = show(qtbot, world)
    page.show_applications()
    grey = lines(page.applications.prints)
    assert not grey["tra_loi_de_nghi"].isEnabled()
    applications.save(desk.database, desk.context, paper)
    page.applications.load()
    found = walk(page.applications.prints)
    assert set(found) == {"mau_04_filled", "mau_01_blank", "mau_04_blank"}
    shown = press(page.applications.prints, "mau_04_filled")
    assert "Nguyễn Văn An" in text_of(shown.sheet.bundle.data)


def test_the_menu_of_a_household(qtbot, world, review):
    view = HouseholdView(world.desk, YEAR)
    qtbot.addWidget(view)
    view.show()
    view.open(world.homes[0], YEAR)
    menu = view.header.papers
    led = []
    menu.go_requested.connect(lambda *where: led.append(where))
    lines(menu)["xac_nhan"].trigger()
    assert led == [("reports", {"code": "xac_nhan", "household": world.homes[0]})]
    assert set(walk(menu, but="xac_nhan")) == {
        "phieu_thong_tin_ho",
        "phieu_b",
        "phieu_ho",
        "mau_01",
        "mau_04",
    }
    form = press(menu, "phieu_b").sheet.bundle
    case = next(
        row
        for row in case_lists.of_review(world.database, review)
        if row.household == world.homes[0]
    )
    assert case.head in text_of(form.data)
    view.start_new(YEAR)
    assert not any(action.isEnabled() for action in lines(menu).values())


def test_reports_list_every_empty_form_and_what_is_not_sure(qtbot, world):
    page = ReportsPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    texts = [page.list.item(at).text() for at in range(page.list.count())]
    forms = texts[texts.index("Mẫu giấy, chưa điền") + 1 :]
    assert len(forms) == len(world.desk.definitions.papers)
    assert sum(text.endswith("(chưa đối chiếu)") for text in forms) == sum(
        versions[-1].certainty == "to_confirm"
        for versions in world.desk.definitions.papers.values()
    )
    for code in world.desk.definitions.papers:
        page.open(code)
        hands.turn_to(page)
        sheet = page.room(FormsRoom).sheet
        assert sheet.isVisible()
        assert sheet.bundle is not None, code
        assert not page.findChild(QPushButton, "export_xlsx").isVisible()
    about = sheet.findChild(QLabel, "forms_about")
    assert sheet.title.y() < about.y() < sheet.print_button.parentWidget().y()
    page.open("BC1")
    hands.turn_to(page)
    assert page.view.isVisible()
    assert page.findChild(QPushButton, "export_xlsx").isVisible()


@pytest.mark.parametrize(("typed", "kept"), [("1,5", "1,5"), ("-2", "-2"), ("30", "30")])
def test_the_offset_moves_the_line_and_is_undone(qtbot, world, typed, kept):
    page = SettingsPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.show()
    page.open("printing")
    part = page.section
    part.fields[settings.CERTIFICATE_DOWN].setText(typed)
    part.findChild(QPushButton, "save").click()
    today = world.context.today()
    assert settings.get(world.database, today)[settings.CERTIFICATE_DOWN] == kept
    assert not part.is_dirty
    undo.undo(world.database, world.context, undo.next_step(world.database).group)
    assert settings.CERTIFICATE_DOWN not in settings.get(world.database, today)


@pytest.mark.parametrize("typed", ["30,1", "-31", "hai", "1,25"])
def test_what_is_no_offset_is_not_saved(qtbot, world, typed):
    page = SettingsPage(world.desk, YEAR)
    qtbot.addWidget(page)
    page.show()
    page.open("printing")
    part = page.section
    part.fields[settings.CERTIFICATE_RIGHT].setText(typed)
    part.findChild(QPushButton, "save").click()
    assert "mi-li-mét" in part.findChild(QLabel, "printing_problem").text()
    assert settings.get(world.database, world.context.today()) == settings.get(
        world.database, date(YEAR, 1, 1)
    )
    part.discard()
