"""An issued paper is printed again as it was; the difference says what is otherwise today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.confirmation import What
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.reports import asked as asks
from giamngheo_desktop.reports import issued, make
from giamngheo_desktop.reports.asked import Asked, ListAsked, PaperAsked, ReportAsked, Stamp
from giamngheo_desktop.reports.document import Paragraph, ReportDoc
from giamngheo_desktop.reports.imprint import footer
from giamngheo_desktop.reports.issued_difference import ChangedCell, ChangedName, difference
from giamngheo_desktop.reports.papers import make_paper
from giamngheo_desktop.reports.pdf import render_bundle
from giamngheo_desktop.reports.stored_doc import loaded, stored
from giamngheo_desktop.services import (
    classes,
    events,
    issued_gaps,
    issuing,
    settings,
    successions,
)
from giamngheo_desktop.services.confirming import Confirmation
from giamngheo_desktop.services.movement import corrections
from giamngheo_desktop.services.movement.corrections import Correction
from giamngheo_desktop.services.papers.about import About
from giamngheo_desktop.services.register import find_persons
from giamngheo_desktop.storage import records
from tests.harness.register import STANDARD, TODAY, Register, empty_database, make_register
from tests.harness.tables import TOTAL, definitions

BEGUN = date(2025, 12, 15)
ISSUED = date(2026, 1, 12)
LATER = date(2026, 7, 1)
STAMP = Stamp(number="15/BC-UBND", issued_on=ISSUED, recipients="UBND tỉnh")
BC1 = ReportAsked(code="BC1", year=2025)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """A closed year: An and Bình are poor, Chi is near-poor; the chairman is known."""
    with empty_database(tmp_path / "Sổ hộ.db") as database:
        register = make_register(database)
        signers = {"signer_title": "CHỦ TỊCH", "signer_name": "Hồ Văn Một", "place_name": "Sơn Tây"}
        settings.save(database, register.context, signers, date(2025, 1, 1))
        for name, result, village in (("An", "poor", "A"), ("Bình", "poor", "B")):
            recognised(register, name, result, village)
        recognised(register, "Chi", "near_poor", "B")
        classes.close_year(
            database, register.on("2025-12-18").context, year=2025, standard=STANDARD,
            definition="0" * 64, commune=register.commune,
        )  # fmt: skip
        yield register


def recognised(register: Register, name: str, result: str, village: str) -> UUID:
    home = register.household(name, village=village).uid
    register.give_class(
        home, result, year=2025, valid_from=BEGUN, source="decision",
        decision_number="31/QĐ-UBND", decision_on=date(2025, 12, 10),
    )  # fmt: skip
    return home


def home_of(register: Register, name: str) -> Any:
    (hit,) = find_persons(register.database, name, ISSUED)
    return hit


def made(register: Register, asked: Asked) -> tuple[ReportDoc, ...]:
    return asks.made(register.database, definitions(), asked, today=TODAY)


def issue(register: Register, asked: Asked = BC1, stamp: Stamp = STAMP) -> UUID:
    args = (register.database, definitions(), register.context)
    return issued.issue(*args, made(register, asked), asked, stamp).value


def confirm(register: Register, number: str = "7", name: str = "An", **values: Any) -> UUID:
    wanted = Confirmation(
        **{
            "what": What.POOR,
            "household": home_of(register, name).household,
            "purpose": "vay vốn",
            "receiver": f"Ông {name}",
            **values,
        }
    )
    args = (register.database, definitions(), register.context)
    stamp = Stamp(number=number, issued_on=ISSUED)
    return issued.issue_confirmation(*args, wanted, stamp).value


def files(docs: tuple[ReportDoc, ...]) -> list[bytes]:
    """Every file a document is written as."""
    return [render_bundle(docs).data, *(make.render(docs[0], form) for form in make.FORMATS)]


def change_everything(register: Register) -> None:
    """The commune is renamed, another chairman signs, Bình is corrected, An dies out."""
    args = (register.database, register.context)
    correct(register, "Bình", "near_poor")
    hit = home_of(register, "An")
    events.death(*args, household=hit.household, person=hit.person, day=LATER)
    successions.rename_unit(*args, register.commune, name="Sơn Mới", effective_on=LATER)
    signers = {"signer_name": "Hồ Thị Hai", "issuing_body": "UBND xã Sơn Mới"}
    settings.save(*args, signers, date(2025, 1, 1))


def correct(register: Register, name: str, result: str) -> None:
    wanted = Correction(
        household=home_of(register, name).household, standard=STANDARD, year=2025,
        household_class=result, reason="cộng nhầm", document="50/QĐ", signed_on=ISSUED,
    )  # fmt: skip
    corrections.correct(register.database, register.context, wanted, commune=register.commune)


def differs(register: Register, uid: UUID) -> Any:
    return difference(register.database, definitions(), uid, today=TODAY)


def said(doc: ReportDoc) -> str:
    return "\n".join(piece.text for piece in doc.body if isinstance(piece, Paragraph))


def test_a_table_is_stamped_and_kept(register: Register) -> None:
    uid = issue(register)
    (doc,) = issued.load(register.database, uid)
    (plain,) = made(register, BC1)
    assert doc.letterhead is not None
    assert doc.letterhead.number == "Số: 15/BC-UBND"
    assert doc.letterhead.place_date == "Sơn Tây, ngày 12 tháng 01 năm 2026"
    assert replace(doc, letterhead=plain.letterhead) == plain
    row = issuing.get(register.database, uid)
    assert (row.kind, row.code, row.year, row.standard) == ("report", "BC1", 2025, STANDARD)
    assert (row.number, row.recipients, row.signer) == ("15/BC-UBND", "UBND tỉnh", "Hồ Văn Một")
    assert row.edition == 1


def test_a_table_bears_its_number_where_nobody_said_who_issues(register: Register) -> None:
    nobody = {"issuing_body": ""}
    settings.save(register.database, register.context, nobody, date(2025, 1, 1))
    (doc,) = issued.load(register.database, issue(register))
    assert doc.letterhead is not None
    assert (doc.letterhead.issuer, doc.letterhead.number) == ((), "Số: 15/BC-UBND")


def test_years_later_the_same_bytes_are_printed(register: Register) -> None:
    asks: list[UUID] = [issue(register), confirm(register)]
    asked = PaperAsked(
        code="phieu_thong_tin_ho", about=About(household=home_of(register, "An").household)
    )
    asks.append(issue(register, asked, replace(STAMP, number="")))
    before = [files(issued.load(register.database, uid)) for uid in asks]
    change_everything(register)
    assert [files(issued.load(register.database, uid)) for uid in asks] == before
    assert make.render(made(register, BC1)[0], "pdf") != before[0][0]


@pytest.mark.parametrize("code", sorted(definitions().reports))
def test_every_table_is_stored_whole(register: Register, code: str) -> None:
    doc = make.make(register.database, definitions(), code, year=2025)
    (found,) = loaded(stored((doc,)))
    assert found == doc
    assert [make.render(found, form) for form in make.FORMATS] == [
        make.render(doc, form) for form in make.FORMATS
    ]


def test_nothing_differs_while_nothing_is_changed(register: Register) -> None:
    typed = replace(STAMP, number="16/BC-UBND", signer="Hồ Văn Phó")
    for uid in (issue(register), issue(register, stamp=typed), confirm(register)):
        assert differs(register, uid).is_none
    later = issue(register, stamp=replace(STAMP, number=""))
    issuing.give_number(register.database, register.context, later, "17/BC-UBND")
    assert differs(register, later).is_none
    assert issued.load(register.database, later)[0].signatures[-1].name == "Hồ Văn Một"


def test_the_difference_shows_exactly_the_corrected_cells(register: Register) -> None:
    uid = issue(register)
    correct(register, "Bình", "near_poor")
    found = differs(register, uid)
    poor = {"Thôn B": ("1", "0"), TOTAL: ("2", "1")}
    near = {"Thôn B": ("1", "2"), TOTAL: ("1", "2")}
    assert len(found.cells) == 8
    assert set(found.cells) == {
        ChangedCell(0, 0, row, f"Kết quả rà soát về {what} / {band} / Số {what}", *change)
        for band, changes in (("Hộ nghèo", poor), ("Hộ cận nghèo", near))
        for row, change in changes.items()
        for what in ("hộ", "khẩu")
    }
    assert found.refused is None
    assert any("lần 2" in line.new for line in found.lines)


@pytest.mark.parametrize("code", ["BC1", "BC8", "BC12"])
def test_a_renamed_village_is_told_once_and_its_cells_compared(
    register: Register, code: str
) -> None:
    uid = issue(register, replace(BC1, code=code, geography=LATER))
    correct(register, "Bình", "near_poor")
    known = {cell for cell in differs(register, uid).cells if cell.row.startswith("Thôn B")}
    assert known
    args = (register.database, register.context, register.villages["B"])
    successions.rename_unit(*args, name="Thôn Bê", effective_on=LATER)
    found = differs(register, uid)
    assert found.names == (ChangedName("Thôn B", "Thôn Bê"),)
    assert {cell for cell in found.cells if cell.row.startswith("Thôn B")} == known


def test_another_signer_is_a_line_and_no_cell(register: Register) -> None:
    uid = issue(register)
    args = (register.database, register.context)
    settings.save(*args, {"signer_name": "Hồ Thị Hai"}, date(2025, 1, 1))
    found = differs(register, uid)
    assert found.cells == ()
    assert [(line.old, line.new) for line in found.lines] == [("Hồ Văn Một", "Hồ Thị Hai")]


def test_a_list_names_who_is_gone_and_who_came(register: Register) -> None:
    asked = PaperAsked(
        code="phieu_thong_tin_ho", about=About(household=home_of(register, "An").household)
    )
    uid = issue(register, asked, replace(STAMP, number=""))
    hit = home_of(register, "An")
    child = register.member("Dung", relation="child")
    events.birth(
        register.database, register.context, household=hit.household, child=child, day=LATER
    )
    found = differs(register, uid)
    cells = [cell for cell in found.cells if cell.row == "Dung"]
    assert all(cell.old is None for cell in cells)
    assert ChangedCell(0, cells[0].table, "Dung", "Họ và tên", None, "Dung") in cells


def test_what_cannot_be_made_today_says_why(register: Register) -> None:
    uid = confirm(register, name="Bình")
    correct(register, "Bình", "near_poor")
    found = differs(register, uid)
    assert isinstance(found.refused, AppError)
    assert found.refused.code == "confirm_not_so"
    assert (found.cells, found.lines) == ((), ())


def test_a_confirmation_says_what_it_rests_on(register: Register) -> None:
    uid = confirm(register, "7/XN-UBND", year=2025)
    (doc,) = issued.load(register.database, uid)
    assert doc.letterhead is not None
    assert doc.letterhead.number == "Số: 07/XN-UBND"
    assert issuing.get(register.database, uid).number == "07/XN-UBND"  # as it is printed
    assert differs(register, uid).is_none
    text = said(doc)
    assert "Theo kết quả rà soát năm 2025, hộ nêu trên là hộ nghèo" in text
    assert "Quyết định số 31/QĐ-UBND ngày 10/12/2025" in text
    assert "Ông An để vay vốn" in text
    assert "quan hệ với chủ hộ" not in text
    assert doc.signatures[-1].name == "Hồ Văn Một"
    row = issuing.get(register.database, uid)
    assert (row.kind, row.subject, row.purpose) == ("confirmation", "hộ An, Thôn A", "vay vốn")
    assert row.title == "Xác nhận hộ nghèo theo kết quả rà soát năm 2025"
    assert row.household == home_of(register, "An").household


def test_without_a_day_it_speaks_of_the_day_it_is_issued_on(register: Register) -> None:
    home = home_of(register, "An")
    uid = confirm(register)
    assert "Ngày 12/01/2026, hộ nêu trên" in said(issued.load(register.database, uid)[0])
    events.death(
        register.database, register.context, household=home.household, person=home.person, day=LATER
    )
    assert differs(register, uid).is_none
    plain = PaperAsked(
        code="confirmation",
        about=About(confirmation=Confirmation(what=What.POOR, household=home.household)),
    )
    with pytest.raises(RefusedError, match="confirm_not_here"):
        made(register, plain)


def test_a_past_year_is_signed_by_who_signs_today(register: Register) -> None:
    """Also where the village has gone into another one since."""
    args = (register.database, register.context)
    a, b = (register.villages[name] for name in "AB")
    successions.record_succession(
        *args, olds=[a], news=[b], effective_on=date(2026, 1, 5), reason="merged"
    )
    settings.save(*args, {"signer_name": "Hồ Thị Hai"}, date(2026, 1, 10))
    uid = confirm(register, year=2025)
    (doc,) = issued.load(register.database, uid)
    assert doc.signatures[-1].name == "Hồ Thị Hai"
    assert "thôn A, xã Sơn Tây" in said(doc)
    assert issuing.get(register.database, uid).area == register.commune
    settings.save(*args, {"signer_name": "Hồ Văn Ba"}, date(2026, 3, 1))
    assert differs(register, uid).is_none


def test_what_is_seen_today_stays_of_today(register: Register) -> None:
    wanted = Confirmation(what=What.POOR, household=home_of(register, "An").household)
    uid = issue(register, PaperAsked(code="confirmation", about=About(confirmation=wanted)), STAMP)
    found = difference(register.database, definitions(), uid, today=date(2027, 3, 1))
    assert found.is_none
    assert "Ngày 31/12/2026, hộ nêu trên" in said(issued.load(register.database, uid)[0])


def test_the_proposed_number_is_of_the_book_of_the_household(register: Register) -> None:
    confirm(register, "7/XN")
    wanted = Confirmation(what=What.POOR, household=home_of(register, "Bình").household)
    number = issued.proposed_number(
        register.database, definitions(), wanted, issued_on=ISSUED, today=TODAY
    )
    assert number == "08/XN"
    uid = confirm(register, "9", name="Bình")  # as of every paper: the ký hiệu of its kind
    (doc,) = issued.load(register.database, uid)
    assert doc.letterhead is not None
    assert doc.letterhead.number == "Số: 09/XN"
    assert issuing.get(register.database, uid).number == "09/XN"


def test_what_is_not_so_is_neither_printed_nor_numbered(register: Register) -> None:
    with pytest.raises(RefusedError, match="confirm_not_so"):
        confirm(register, name="Chi")
    assert issuing.issued(register.database) == []


def test_a_blank_confirmation_is_all_dots(register: Register) -> None:
    (doc,) = make_paper(register.database, definitions(), "confirmation", today=TODAY)
    assert "....." in said(doc)
    assert doc.letterhead is not None
    assert doc.letterhead.number.startswith("Số:  ")


def test_the_book_shows_gaps_and_cancelled_numbers(register: Register) -> None:
    confirm(register, "2/XN")
    wrong = confirm(register, "4/XN", "Bình")
    issuing.cancel(register.database, register.context, wrong, reason="ghi nhầm")
    about = About(year=2026)
    (doc,) = make_paper(register.database, definitions(), "confirmation_book", about, today=TODAY)
    (table,) = doc.tables
    keys = [leaf.key for leaf in table.value_leaves]
    rows = [dict(zip(keys, (cell.value for cell in row.cells), strict=True)) for row in table.rows]
    assert [(row["number"], row["note"]) for row in rows if row["number"]] == [
        ("01/XN", "Số trống"),
        ("02/XN", ""),
        ("03/XN", "Số trống"),
        ("04/XN", "Đã hủy ngày 31/12/2026: ghi nhầm"),
    ]
    assert rows[1]["receiver"] == "Ông An"
    assert len(table.rows) == 4  # no empty lines behind what was issued
    assert "Đã cấp: 2 giấy, trong đó đã hủy: 1 giấy" in said(doc)


def test_paper_and_book_write_a_number_alike(register: Register) -> None:
    uid = confirm(register, "5")
    (doc,) = issued.load(register.database, uid)
    assert doc.letterhead is not None
    assert doc.letterhead.number.startswith("Số: 05/...")
    assert issuing.get(register.database, uid).number == "05"


def test_the_own_sign_of_a_paper_follows_a_bare_number(register: Register) -> None:
    docs = made(register, PaperAsked(code="tra_loi_de_nghi"))
    asked = PaperAsked(code="tra_loi_de_nghi")
    stamp = Stamp(number="5", issued_on=ISSUED)
    uid = issued.issue(register.database, definitions(), register.context, docs, asked, stamp).value
    (doc,) = issued.load(register.database, uid)
    assert doc.letterhead is not None
    assert doc.letterhead.number == "Số: 05/TB-UBND"
    assert issuing.get(register.database, uid).number == "05/TB-UBND"


def number_line(register: Register, uid: UUID) -> str:
    (doc,) = issued.load(register.database, uid)
    assert doc.letterhead is not None
    return doc.letterhead.number


def test_a_table_prints_its_number_as_the_book_has_it(register: Register) -> None:
    """The ký hiệu of a báo cáo follows a bare one; so the numbers missing between are told."""
    for code, typed, kept in (
        ("BC1", "8", "08/BC-UBND"),
        ("BC12", "số 08", "08/BC-UBND"),
        ("BC13", "8a", "8a/BC-UBND"),
        ("BC4", "12/UBND-VX", "12/UBND-VX"),
        ("BC5", "11/BC-UBND", "11/BC-UBND"),
        ("BC6", "", None),
    ):
        uid = issue(register, replace(BC1, code=code), replace(STAMP, number=typed))
        assert issuing.get(register.database, uid).number == kept
        assert number_line(register, uid) == (f"Số: {kept}" if kept else "")
    (gap,) = issued_gaps.gaps(register.database, issuing.IssuedKind.REPORT, ISSUED.year)
    assert (gap.sign, gap.first, gap.last) == ("BC-UBND", 9, 10)


def test_a_number_given_later_is_of_the_row_of_its_paper(register: Register) -> None:
    asked = PaperAsked(code="tra_loi_de_nghi")
    issue(register, asked, replace(STAMP, number="5"))
    uids = [issue(register, one, replace(STAMP, number="")) for one in (asked, BC1)]
    give = (register.database, register.context)
    with pytest.raises(RefusedError, match="issued_number_taken"):
        issued.give_number(*give, uids[0], "05")
    row = issuing.get(register.database, uids[0])
    assert issued.beside(register.database, row, "6").number == "06/TB-UBND"
    for uid, number in zip(uids, ("06/TB-UBND", "06/BC-UBND"), strict=True):
        issued.give_number(*give, uid, "6")
        assert issuing.get(register.database, uid).number == number


def test_what_was_cancelled_says_so_at_the_foot_and_is_the_same_paper(register: Register) -> None:
    uid = issue(register)
    before = [footer(doc) for doc in issued.reprinted(register.database, uid)]
    issuing.cancel(register.database, register.context, uid, reason="in sai", day=LATER)
    after = [footer(doc) for doc in issued.reprinted(register.database, uid)]
    assert [foot.right for foot in after] == ["ĐÃ HỦY ngày 01/07/2026"]
    assert [(foot.left, foot.maker) for foot in after] == [
        (foot.left, foot.maker) for foot in before
    ]


def test_a_tampered_copy_is_refused_in_one_sentence(register: Register) -> None:
    uid = issue(register)
    with register.database.writer() as connection:
        row = records.get(connection, Kind.ISSUED, uid)
        assert row is not None
        forged = row["document"].replace("Thôn B", "Thôn X")
        assert forged != row["document"]
        records.update(connection, Kind.ISSUED, uid, {"document": forged}, row)
    for ask in (
        lambda: issued.load(register.database, uid),
        lambda: differs(register, uid),
    ):
        with pytest.raises(RefusedError, match="issued_tampered"):
            ask()


def test_a_list_is_issued_as_it_was_asked_for(register: Register) -> None:
    asked = ListAsked(code="ho_ngheo", year=2025, columns=("head_name", "village"))
    uid = issue(register, asked)
    row = issuing.get(register.database, uid)
    assert (row.kind, row.code, row.year, row.number) == ("report", "ho_ngheo", 2025, "15/BC-UBND")
    assert issued.asked_of(register.database, uid) == (asked, STAMP)
    assert differs(register, uid).is_none
    correct(register, "Bình", "near_poor")
    found = differs(register, uid)
    assert {cell.row for cell in found.cells if cell.new is None} >= {"Bình"}


def test_brackets_of_a_name_stay() -> None:
    lines = ("Xã Mẫu (dữ liệu mẫu)", "(Theo Chuẩn nghèo; lần 1)")
    assert list(map(issued._bare, lines)) == [lines[0], "Theo Chuẩn nghèo; lần 1"]
