"""The menus In of a household and of an application."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop.domain.applications import Purpose
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.preview import paper_work
from giamngheo_desktop.gui.preview.paper_work import Job, Order
from giamngheo_desktop.gui.preview.print_menu import PrintItem
from giamngheo_desktop.reports.asked import PaperAsked
from giamngheo_desktop.reports.household_supports import CODE as HELP
from giamngheo_desktop.reports.programme_papers import ProgrammeAsked
from giamngheo_desktop.services.held_certificates import Certificate
from giamngheo_desktop.services.papers.about import About
from giamngheo_desktop.services.review.applications import Filed

Items = Sequence[PrintItem | None]
ENTER, LEAVE, REPLY = "mau_01", "mau_04", "tra_loi_de_nghi"
SHEET = "phieu_thong_tin_ho"
CONFIRM = "xac_nhan"  # a line of Báo cáo
CERTIFICATE = "giay_chung_nhan"


def of_household(desk: Desk, household: UUID, name: str, year: int) -> Items:
    """What is printed of a stored household as of the working year."""

    def item(code: str, label: str, job: Job, asked: PaperAsked | None = None) -> PrintItem:
        title = _titled(label, name)
        order = Order(title=title, name=(code, year, name), job=job, asked=asked)
        return PrintItem(code, label, order)

    sheet = PaperAsked(code=SHEET, about=About(household=household, day=desk.day(year)))
    about = About(household=household)
    return (
        PrintItem(
            CONFIRM,
            _tr("Giấy xác nhận…"),
            None,
            leads=("reports", {"code": CONFIRM, "household": household}),
        ),
        None,
        item(
            SHEET,
            _tr("Phiếu thông tin hộ"),
            paper_work.one(desk, sheet.code, sheet.about),
            sheet,
        ),
        item(
            "phieu_b",
            _tr("Phiếu B điền sẵn"),
            paper_work.form_of_household(desk, "phieu_b", household),
        ),
        PrintItem(HELP, _tr("Phiếu theo dõi hỗ trợ"), of_help(desk, household, name, year)),
        None,
        item(ENTER, _tr("Mẫu 01: đề nghị rà soát"), paper_work.one(desk, ENTER, about)),
        item(LEAVE, _tr("Mẫu 04: đề nghị thoát nghèo"), paper_work.one(desk, LEAVE, about)),
    )


def of_help(desk: Desk, household: UUID, name: str, year: int) -> Order:
    """What a household got since 2021, what it needs and who stands by it, as known today."""
    today = desk.context.today()
    asked = ProgrammeAsked(
        code=HELP, year=today.year, unit=desk.unit(today.year), as_of=today, about=household
    )
    title = _titled(_tr("Phiếu theo dõi hỗ trợ"), name)
    return paper_work.programme_order(desk, title, (HELP, year, name), asked)


def of_certificate(desk: Desk, held: Certificate | None, name: str) -> Items:
    """The certificate a household holds, whole or a line for the paper at home; grey without."""
    label = _tr("Mẫu 03: giấy chứng nhận")
    if held is None:
        return (PrintItem(CERTIFICATE, label, None),)
    about = About(certificate=held.uid)
    whole = _order(desk, CERTIFICATE, _titled(label, name), about, name)
    return (PrintItem(CERTIFICATE, label, whole), *(_line(desk, held, y, name) for y in held.years))


def _line(desk: Desk, held: Certificate, year: int, name: str) -> PrintItem:
    label = _tr("Chỉ in dòng năm {year} lên giấy hộ đang giữ").format(year=year)
    job = paper_work.line_of_year(desk, held.uid, year)
    order = Order(title=_titled(label, name), name=("dong_nam", year, name), job=job)
    return PrintItem(f"dong_nam_{year}", label, order)


def of_application(desk: Desk, line: Filed | None) -> Items:
    """What is printed of the chosen application, and the empty forms."""
    filled = answer = None
    asked = ENTER
    if line is not None:
        asked = LEAVE if line.paper.purpose is Purpose.LEAVE else ENTER
        about = About(application=line.uid)
        name = line.paper.applicant
        filled = _order(desk, asked, _titled(_tr("Giấy đề nghị"), name), about, name)
        if line.outcome is not None:
            title = _titled(_tr("Trả lời giấy đề nghị"), name)
            answer = replace(
                _order(desk, REPLY, title, about, name), asked=PaperAsked(code=REPLY, about=about)
            )
    return (
        PrintItem(f"{asked}_filled", _tr("Giấy đề nghị đang chọn, đã điền"), filled),
        PrintItem(REPLY, _tr("Trả lời giấy đề nghị đang chọn"), answer),
        None,
        blank(desk, ENTER, _tr("Mẫu 01 trắng")),
        blank(desk, LEAVE, _tr("Mẫu 04 trắng")),
    )


def blank(desk: Desk, code: str, label: str) -> PrintItem:
    """An empty form."""
    return PrintItem(f"{code}_blank", label, _order(desk, code, label, About()))


def _order(desk: Desk, code: str, title: str, about: About, name: str = "") -> Order:
    return Order(title=title, name=(code, name), job=paper_work.one(desk, code, about))


def _titled(label: str, name: str) -> str:
    return _tr("{label}: {name}").format(label=label, name=name)


def _tr(text: str) -> str:
    return QCoreApplication.translate("paper_menus", text)
