"""Every paper of a year to look at: `python -m giamngheo_desktop.tools.papers OUT [--full]`.

A scripted year on the sample commune (`paper_year`): each paper is written at its time by the same
code as from the window and the command line, with one line that says its file and its pages.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
from openpyxl import load_workbook

from giamngheo_desktop import paths
from giamngheo_desktop.cli.machine import computer, machine_context
from giamngheo_desktop.definitions.catalogue import shipped_definitions
from giamngheo_desktop.domain.applications import Purpose
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.confirmation import What
from giamngheo_desktop.domain.report_periods import ALL
from giamngheo_desktop.exports.monthly_list import monthly_workbook
from giamngheo_desktop.exports.village_sheet import village_workbook
from giamngheo_desktop.reports import asked as papers
from giamngheo_desktop.reports import programme_papers, upward
from giamngheo_desktop.reports.asked import Asked, ListAsked, PaperAsked, ReportAsked
from giamngheo_desktop.reports.bridge import bridge
from giamngheo_desktop.reports.bridge import paper as bridge_paper
from giamngheo_desktop.reports.list_layouts import LAYOUTS, render_layout
from giamngheo_desktop.reports.make import make
from giamngheo_desktop.reports.many import render_all
from giamngheo_desktop.reports.meeting_package import render_package, village_sheet
from giamngheo_desktop.reports.papers import About
from giamngheo_desktop.reports.programme_papers import POVERTY_ANALYSIS, TARGETS, ProgrammeAsked
from giamngheo_desktop.reports.report_calendar import CODE as CALENDAR
from giamngheo_desktop.reports.report_calendar import status_code
from giamngheo_desktop.reports.village_targets import CODE as VILLAGE_TARGETS
from giamngheo_desktop.reports.written import PLAN, REPORT
from giamngheo_desktop.sample import DEFAULT_SEED, seeded_contexts
from giamngheo_desktop.services.confirming import Confirmation
from giamngheo_desktop.services.opening import close_database, open_database
from giamngheo_desktop.services.review import monthly_report
from giamngheo_desktop.tools import paper_year as acts
from giamngheo_desktop.tools.paper_year import YEAR, Desk

WORD, TABLE = ("pdf", "docx"), ("pdf", "xlsx")
OF_PLAN = (VILLAGE_TARGETS, POVERTY_ANALYSIS, TARGETS, CALENDAR)
OF_APPLICATION = {
    "mau_01": Purpose.ENTER,
    "mau_04": Purpose.LEAVE,
    "tra_loi_de_nghi": Purpose.LEAVE,
}
DUE = ("Q1", "Q2", "Q3", "Q4", "H1", "Y")  # what the plan asks for
# Reports after the closing: of the last month, and of the year once more.
CLOSED = (("M12", "150/BC-UBND", "bao_cao_dinh_ky"), ("Y", "151/BC-UBND", "bao_cao_nam"))
LAST_DAY = date(YEAR, 12, 31)


class File(NamedTuple):
    name: str  # with its folder
    data: bytes

    @property
    def length(self) -> str:
        """Of a workbook its sheets; a Word document has pages only where it is opened."""
        if self.name.endswith(".pdf"):
            with pypdfium2.PdfDocument(self.data) as pdf:
                return f"{len(pdf)} trang"
        if self.name.endswith(".xlsx"):
            book = load_workbook(BytesIO(self.data), read_only=True)
            seen = sum(sheet.sheet_state == "visible" for sheet in book.worksheets)
            return f"{seen} trang tính"
        return "văn bản Word"


def main(argv: Sequence[str] | None = None) -> int:
    """Write all papers beneath a folder; print each one."""
    parser = argparse.ArgumentParser(prog="papers", description="In mọi giấy tờ của một năm mẫu")
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--full", action="store_true", help="xã mẫu với đủ mọi hộ")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        opened = open_database(Path(folder) / "mau.db", machine_context(), computer=computer())
        try:
            definitions = shipped_definitions(paths.resources() / "definitions")
            contexts = seeded_contexts(DEFAULT_SEED, "Dữ liệu mẫu")
            desk = Desk(opened.database, definitions, contexts)
            desk.begin(full=options.full)
            for file in year(desk):
                path = options.out / file.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.data)
                print(f"{file.name}: {file.length}", flush=True)
        finally:
            close_database(opened, machine_context())
    return 0


def year(desk: Desk) -> Iterator[File]:
    """The year, paper after paper."""
    yield from _plan(desk, "1-ke-hoach")
    yield from _reports(desk, "2-bao-cao")
    yield from _programme(desk, "3-chuong-trinh")
    yield from _review(desk, "4-ra-soat")
    yield from _results(desk, "5-ket-qua")
    yield from _next(desk, "6-nam-sau")


def _plan(desk: Desk, folder: str) -> Iterator[File]:
    yield from _written(desk, f"{folder}/ke-hoach", desk.plan())
    for code in OF_PLAN:
        yield from _made(desk, f"{folder}/{code}", _of_year(code), TABLE)
    for code in ("THON", "TINH"):
        yield from _made(desk, f"{folder}/{code}", ReportAsked(code=code, year=YEAR), TABLE)
    yield from _written(desk, f"{folder}/ke-hoach-dieu-chinh", acts.adjust_plan(desk))


def _reports(desk: Desk, folder: str) -> Iterator[File]:
    for period, number, day in acts.SENT:
        layout = "bao_cao_nam" if period == "Y" else "bao_cao_dinh_ky"
        uid = acts.report(desk, period, number, day, layout)
        yield from _written(desk, f"{folder}/{period}", uid)
    draft = acts.report(desk, "M12", "", LAST_DAY, "bao_cao_dinh_ky")
    yield from _written(desk, f"{folder}/M12-du-thao", draft)


def _programme(desk: Desk, folder: str) -> Iterator[File]:
    """Each paper of the programme that is no written one, of each record it is of."""
    acts.give_piglets(desk)
    acts.draw_up_lists(desk)
    not_due = {status_code(one) for one in ALL} - {status_code(one) for one in DUE}
    apart = {PLAN, REPORT, *OF_PLAN, *not_due}
    for code, paper in programme_papers.papers(desk.definitions).items():
        if code in apart:
            continue
        if paper.of is None or paper.of_all:
            yield from _made(desk, f"{folder}/{code}", _of_year(code), TABLE)
            continue
        for number, uid in enumerate(acts.records_of(desk, code, paper.of), start=1):
            asked = ProgrammeAsked(code=code, year=YEAR, unit=desk.unit, about=uid)
            yield from _made(desk, f"{folder}/{code}-{number}", asked, TABLE)


def _review(desk: Desk, folder: str) -> Iterator[File]:
    first, *_ = desk.villages
    known = (desk.database, desk.definitions)
    for code in desk.definitions.papers:
        yield from _made(desk, f"{folder}/trang/{code}", PaperAsked(code=code), WORD)
    yield File(f"{folder}/ho-so-hop.pdf", render_package(*known, desk.review, [first],
               today=desk.today).data)  # fmt: skip
    sheet = village_sheet(desk.database, desk.args[1], desk.definitions, desk.review, first)
    if sheet is not None:
        yield File(f"{folder}/phieu-thon.xlsx", village_workbook(sheet))
    applied = acts.apply(desk)
    acts.enter_forms(desk)
    held = acts.meet_and_post(desk)
    posting = desk.found(Kind.POSTING, village=first)[0]["uid"]
    about = About(review=desk.review, village=first, meeting=held[first], posting=posting)
    for code in ("bien_ban_hop", "ket_qua_thon", "danh_sach_niem_yet", "thong_bao_niem_yet"):
        yield from _made(desk, f"{folder}/{code}", PaperAsked(code=code, about=about), WORD)
    for code, purpose in OF_APPLICATION.items():
        of_paper = PaperAsked(code=code, about=About(application=applied[purpose]))
        yield from _made(desk, f"{folder}/{code}", of_paper, WORD)
    acts.decide(desk)
    for row in desk.found(Kind.REVIEW_STANDARD, review=desk.review):
        about = About(review=desk.review, standard=row["standard"])
        name = f"{folder}/quyet-dinh-{row['standard']}"
        yield from _made(desk, name, PaperAsked(code="quyet_dinh_cong_nhan", about=about), WORD)
    home = acts.poor_home(desk)
    held_by = desk.found(Kind.CERTIFICATE, household=home)[-1]
    certificate = PaperAsked(code="giay_chung_nhan", about=About(certificate=held_by["uid"]))
    yield from _made(desk, f"{folder}/giay_chung_nhan", certificate, WORD)
    of_home = PaperAsked(code="phieu_thong_tin_ho", about=About(household=home))
    yield from _made(desk, f"{folder}/phieu_thong_tin_ho", of_home, WORD)
    said = Confirmation(what=What.POOR, household=home)
    confirmed = PaperAsked(code="confirmation", about=About(confirmation=said))
    yield from _made(desk, f"{folder}/giay-xac-nhan", confirmed, WORD)
    acts.close(desk)


def _results(desk: Desk, folder: str) -> Iterator[File]:
    """Official tables, lists, what changed, the yearly report and the package."""
    for code in desk.definitions.reports:
        yield from _made(desk, f"{folder}/{code}", ReportAsked(code=code, year=YEAR), TABLE)
    for code, versions in desk.definitions.name_lists.items():
        if not versions[-1].of_review:
            asked = ListAsked(code=code, year=YEAR)
            yield from _made(desk, f"{folder}/danh-sach-{code}", asked, TABLE)
    for layout in LAYOUTS:
        data = render_layout(desk.database, desk.definitions, layout, **_ends())
        yield File(f"{folder}/danh-sach-theo-mau-{layout}.xlsx", data)
    known = (desk.database, desk.definitions)
    month = monthly_report.report(*known, commune=desk.unit, year=YEAR, month=11)
    yield File(f"{folder}/bao-cao-thang-11.xlsx", monthly_workbook(month))
    table = make(*known, "BC1", year=YEAR)
    (rows,) = table.tables
    total = next(row for row in rows.rows if row.level == 0)
    source = rows.cell(rows.rows.index(total), "poor_households").source
    assert source is not None
    found = bridge(*known, source, YEAR - 1)
    doc = bridge_paper(desk.database, found, code="BC1", heading="Hộ nghèo", place="Toàn xã")
    for form in TABLE:
        yield File(f"{folder}/giai-thich-thay-doi.{form}", render_all((doc,), form))
    for period, number, layout in CLOSED:
        uid = acts.report(desk, period, number, LAST_DAY, layout)
        yield from _written(desk, f"{folder}/{period}", uid)
    data, _ = upward.package_bytes(*known, desk.args[1], year=YEAR)
    yield File(f"{folder}/goi-gui-len.xlsx", data)


def _next(desk: Desk, folder: str) -> Iterator[File]:
    desk.on(date(YEAR + 1, 1, 11))
    uid = acts.next_plan(desk, "ke_hoach_chuan")
    yield from _written(desk, f"{folder}/ke-hoach-du-thao", uid, YEAR + 1)


def _written(desk: Desk, name: str, document: Any, of: int = YEAR) -> Iterator[File]:
    (row,) = desk.found(Kind.DOCUMENT, uid=document)
    code = PLAN if row["type"] == "plan" else REPORT
    asked = ProgrammeAsked(code=code, year=of, unit=desk.unit, about=document)
    yield from _made(desk, name, asked, WORD)


def _made(desk: Desk, name: str, asked: Asked, forms: Sequence[str]) -> Iterator[File]:
    docs = papers.made(desk.database, desk.definitions, asked, today=desk.today)
    for form in forms:
        yield File(f"{name}.{form}", render_all(docs, form))


def _of_year(code: str) -> ProgrammeAsked:
    return ProgrammeAsked(code=code, year=YEAR, as_of=LAST_DAY)


def _ends() -> dict[str, Any]:
    return {"year": YEAR, "unit": None, "standard": None, "as_of": None, "edition": None}


if __name__ == "__main__":
    raise SystemExit(main())
