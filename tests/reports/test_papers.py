"""Each paper blank and filled: the whole text as golden, the lines that count by hand."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pypdfium2
import pytest

from giamngheo_desktop.domain.confirmation import What
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.exports.docx_write import render_docx
from giamngheo_desktop.exports.xlsx_write import render_xlsx
from giamngheo_desktop.reports.as_text import as_text
from giamngheo_desktop.reports.asked import Stamp
from giamngheo_desktop.reports.document import Paragraph, ReportDoc
from giamngheo_desktop.reports.imprint import footer
from giamngheo_desktop.reports.issued import issue_confirmation
from giamngheo_desktop.reports.papers import make_paper, papers_on, write_paper
from giamngheo_desktop.reports.pdf import render_bundle
from giamngheo_desktop.reports.stored_doc import loaded, stored
from giamngheo_desktop.services import households, settings
from giamngheo_desktop.services.areas import change_area
from giamngheo_desktop.services.confirming import Confirmation
from giamngheo_desktop.services.papers.about import About
from giamngheo_desktop.services.review import certificates
from giamngheo_desktop.services.review.reviews import ReviewStandard
from tests.harness.paper_scene import TODAY, Scene, apply, made, whole
from tests.harness.register import FIRST_DAY, empty_database, make_register
from tests.harness.review import BEGUN, STANDARD, begin, shipped

Golden = Callable[[str, str], None]
LONG = "Liên gia tự quản số 12 Nguyễn Thị Minh Khai – Trường Sơn Đông"


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Everything is recorded; the tests only read."""
    with empty_database(tmp_path_factory.mktemp("papers") / "Sổ hộ.db") as database:
        found = whole(make_register(database))
        found.application = apply(found)
        args = (database, shipped(), found.register.context)
        issue_confirmation(*args, confirmation(found), Stamp(number="7/XN", issued_on=TODAY))
        yield found


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Scene]:
    """A scene of one test alone, before its decision."""
    with empty_database(tmp_path / "Sổ hộ.db") as database:
        yield made(make_register(database))


def filled(scene: Scene, code: str) -> tuple[ReportDoc, ...]:
    home = scene.review.homes["An"].uid
    match code:
        case "mau_01" | "phieu_thong_tin_ho":
            return scene.make(code, household=home)
        case "mau_04" | "tra_loi_de_nghi":
            return scene.make(code, application=scene.application)
        case "phieu_a" | "phieu_b":
            return (scene.case(code, "An"),)
        case "giay_chung_nhan":
            return scene.make(code, certificate=scene.certificate("An"))
        case "quyet_dinh_cong_nhan" | "danh_sach_cong_nhan":
            return scene.make(code, review=scene.review.uid)
        case "confirmation":
            return scene.make(code, confirmation=confirmation(scene))
        case "confirmation_book":
            return scene.make(code, year=TODAY.year)
    if code.endswith("niem_yet"):
        return scene.village(code, posting=scene.posting)
    return scene.village(code, meeting=scene.meeting, household=home)


def confirmation(scene: Scene) -> Confirmation:
    """An's wife asks for it."""
    home = scene.review.homes["An"]
    return Confirmation(
        what=What.POOR,
        household=home.uid,
        person=home.members[1].uid,
        purpose="vay vốn",
        receiver="bà Hồ Thị Ẫm",
    )


def said(docs: Sequence[ReportDoc]) -> str:
    return "\n".join(as_text(doc) for doc in docs)


def lines(doc: ReportDoc) -> list[str]:
    return [piece.text for piece in doc.body if isinstance(piece, Paragraph)]


def pages(docs: Sequence[ReportDoc]) -> list[str]:
    document = pypdfium2.PdfDocument(render_bundle(docs).data)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


CODES = tuple(sorted(shipped().papers))


@pytest.mark.parametrize("code", CODES)
def test_blank(scene: Scene, code: str, golden: Golden) -> None:
    docs = scene.make(code)
    golden(f"papers/{code}_trang.txt", said(docs))
    assert all(doc.data_date is None for doc in docs)


@pytest.mark.parametrize("code", CODES)
def test_filled(scene: Scene, code: str, golden: Golden) -> None:
    golden(f"papers/{code}.txt", said(filled(scene, code)))


@pytest.mark.parametrize("code", CODES)
def test_every_paper_is_issued_whole(scene: Scene, code: str) -> None:
    docs = filled(scene, code)
    found = loaded(stored(docs))
    assert found == docs
    assert render_bundle(found).data == render_bundle(docs).data


@pytest.mark.parametrize("code", CODES)
def test_every_letter_reads_out_of_the_pdf_and_word_opens_it(scene: Scene, code: str) -> None:
    docs = filled(scene, code)
    text = "".join("".join(pages(docs)).split())
    for doc in docs:
        for line in (*doc.title, *lines(doc)):
            for word in line.split():
                if word.strip("."):
                    assert word in text, word
        for table in doc.tables:
            for row in table.rows:
                for cell in row.cells:
                    assert "".join(str(cell.value).split()) in text or not cell.value
        document = docx.Document(io.BytesIO(render_docx(doc)))
        assert document.paragraphs
        assert render_xlsx(doc)


def test_no_form_number_is_printed_that_nobody_is_sure_of() -> None:
    for paper in papers_on(shipped(), TODAY).values():
        if paper.form_number:
            assert paper.certainty == "to_confirm", paper.code


def test_the_posted_papers_hide_numbers_of_papers_and_scores(scene: Scene) -> None:
    text = said(filled(scene, "thong_bao_niem_yet"))
    assert "An" in text
    assert "051080000123" not in text
    assert "120" not in text
    heads = [leaf.key for table in filled(scene, "danh_sach_niem_yet")[0].tables
             for leaf in table.leaves]  # fmt: skip
    assert not {"b1", "b2", "id_number"} & set(heads)


def test_the_decision_and_its_four_lists(scene: Scene) -> None:
    decision, lists = filled(scene, "quyet_dinh_cong_nhan")
    assert decision.letterhead.number == "Số: 31/QĐ-UBND"
    assert decision.letterhead.place_date == "Sơn Tây, ngày 01 tháng 12 năm 2026"
    assert decision.signatures[0].name == "Đinh Văn Ký"  # who signed it, not who signs today
    assert "– Hộ thoát nghèo: 2 hộ, 2 khẩu;" in lines(decision)
    assert "Điều 2. Quyết định có hiệu lực từ ngày 02/12/2026." in lines(decision)
    found = [[row.cells[0].value for row in table.rows] for table in lists.tables]
    assert found == [["An"], ["Bình"], ["Bình", "Cường"], ["Dung"]]
    (below,) = lists.subtitle
    assert below == (
        "(Kèm theo Quyết định số 31/QĐ-UBND ngày 01/12/2026 của Chủ tịch Ủy ban nhân dân "
        "xã Sơn Tây)"
    )


def test_the_minutes_say_who_came_and_how_they_voted(scene: Scene) -> None:
    (doc,) = filled(scene, "bien_ban_hop")
    text = lines(doc)
    assert (
        "+ Đại diện 4 hộ gia đình trên tổng số 4 hộ có tên trong Danh sách hộ gia đình cần rà "
        "soát, chiếm tỷ lệ 100,00%." in text
    )
    votes = doc.tables[0]
    assert [cell.value for cell in votes.rows[2].cells] == [
        "Cường", "120", "30", "Hộ không nghèo", "30/40", "75,00", "Thống nhất",
    ]  # fmt: skip
    assert len(votes.rows) == 4  # no empty line in what is signed
    assert [one.name for one in doc.signatures] == ["Hồ Văn Ẩn", "Đinh Thị Lệ", "Hồ Văn Đích"]
    assert shipped().paper("bien_ban_hop").copies == 2


def test_the_notice_says_until_when(scene: Scene) -> None:
    notice, _ = filled(scene, "thong_bao_niem_yet")
    # Begun on Tuesday 6 October: three working days, that day not counted.
    assert "2. Thời gian niêm yết: từ ngày 06/10/2026 đến hết ngày 09/10/2026." in lines(notice)
    assert "3. Địa điểm niêm yết: nhà văn hóa thôn A, bảng tin xã." in lines(notice)


def test_the_answer_to_an_application(scene: Scene) -> None:
    (doc,) = filled(scene, "tra_loi_de_nghi")
    assert doc.letterhead.number == "Số: 47/TB-UBND"
    assert "Đề nghị của ông (bà) không đủ điều kiện để được công nhận." in lines(doc)
    assert "Lý do: Điểm B1 chưa vượt 140 điểm." in lines(doc)
    assert not any("đã được công nhận" in line for line in lines(doc))


def test_an_answer_not_given_yet_leaves_both_answers_to_be_ticked(own: Scene) -> None:
    (blank,) = own.make("tra_loi_de_nghi")
    (waiting,) = own.make("tra_loi_de_nghi", application=apply(own, answered=False))
    for doc in (blank, waiting):
        said = lines(doc)
        boxes = "□ Đủ điều kiện và đã được công nhận\n□ Không đủ điều kiện để được công nhận"
        assert boxes in said
        assert any(line.startswith("Lý do: ....") for line in said)


def test_the_list_says_why_nobody_had_a_class_before_by_a_new_standard(tmp_path: Path) -> None:
    both = (
        ReviewStandard(code=STANDARD, purpose="movement"),
        ReviewStandard(code="2027", purpose="next_opening"),
    )
    with empty_database(tmp_path / "Sổ hộ.db") as database:
        review = begin(make_register(database), "An", standards=both)
        for standard in (STANDARD, "2027"):
            review.settle("An", "poor", standard=standard)
        old, new = (
            make_paper(database, shipped(), "danh_sach_cong_nhan", about, today=TODAY)[0]
            for about in (
                About(review=review.uid, standard=standard) for standard in (STANDARD, "2027")
            )
        )
    said = (
        "Cột “Phân loại đầu kỳ” để trống: đây là kỳ phân loại lần đầu theo Chuẩn nghèo 2027–2030."
    )
    assert said in lines(new)
    assert not any("Phân loại đầu kỳ" in line for line in lines(old))


def test_mau_04_ticks_the_list_the_household_stands_on(scene: Scene) -> None:
    (doc,) = filled(scene, "mau_04")
    assert "Đề nghị công nhận:\n■ hộ thoát nghèo\n□ hộ thoát cận nghèo" in lines(doc)
    (blank,) = scene.make("mau_04")
    assert "Đề nghị công nhận:\n□ hộ thoát nghèo\n□ hộ thoát cận nghèo" in lines(blank)


def test_phieu_b_carries_its_code_on_every_page(scene: Scene) -> None:
    doc = scene.case("phieu_b", "An")
    code = scene.review.row("An")["form_code"]
    assert doc.form_number == f"Mã phiếu: {code}"
    assert all(code in page for page in pages([doc]))
    (blank,) = scene.make("phieu_b")
    assert blank.form_number == f"Mã phiếu: {'.' * 16}"


def test_a_reissued_certificate_and_changed_members(own: Scene) -> None:
    from tests.harness.paper_scene import certify, decide

    decide(own)
    certify(own)
    old = own.certificate("An")
    new = certificates.reissue(
        *own.review.args, old, number="09/GCN-HN.HCN", issued_on=date(2026, 12, 8)
    ).value
    certificates.change_members(
        *own.review.args, new, day=date(2026, 12, 9), papers="giấy khai sinh"
    )
    (doc,) = own.make("giay_chung_nhan", certificate=new)
    assert doc.letterhead.number == "Số: 09/GCN-HN.HCN"
    assert "Cấp lại, thay Giấy chứng nhận số 01/GCN-HN.HCN." in lines(doc)
    assert any("giấy khai sinh" in line for line in lines(doc))
    members, years = doc.tables
    assert [cell.value for cell in years.rows[0].cells[:2]] == ["2026", "Hộ nghèo"]
    assert [row.cells[0].value for row in members.rows[:2]] == ["An", "Hồ Thị Ẫm"]


def test_the_foot_tells_day_and_standard_of_what_is_printed(scene: Scene) -> None:
    """Filled papers, as tables do; a blank one has no data. Not today: the last day on which
    something was written.
    """
    written = scene.register.context.now().date()
    said = f"Số liệu tính đến ngày {written:%d/%m/%Y} · Chuẩn nghèo 2022–2026"
    filled = (
        scene.case("phieu_b", "An"),
        *scene.village("danh_sach_ra_soat"),
        *scene.make("quyet_dinh_cong_nhan", review=scene.review.uid),
        *scene.make("giay_chung_nhan", certificate=scene.certificate("An")),
        *scene.make("mau_01", household=scene.review.homes["An"].uid),
    )
    for doc in filled:
        assert footer(doc).left == said, doc.code
    for code in ("phieu_b", "danh_sach_ra_soat", "giay_chung_nhan", "mau_01"):
        (blank,) = scene.make(code)
        assert footer(blank).left == "", code


def test_twelve_members(own: Scene) -> None:
    register = own.register
    home = register.get(own.review.homes["Bình"].uid, BEGUN)
    names = [f"Hồ Văn Thử {number}" for number in range(2, 13)]
    members = (*home.members, *(register.member(name, relation="child") for name in names))
    households.save(
        register.database, register.context, replace(home, members=members), day=FIRST_DAY,
        base=home,
    )  # fmt: skip
    doc = own.case("phieu_b", "Bình")
    titles = [table.title for table in doc.tables if table.title.startswith("II.")]
    assert len(titles) == 2
    first, second = (table for table in doc.tables if table.title.startswith("II."))
    assert second.value_leaves[-1].label == "(12) 12"
    assert len(first.rows) == len(second.rows) > 20
    (application,) = own.make("mau_01", household=home.uid)
    assert [row.cells[0].value for row in application.tables[0].rows][-1] == names[-1]
    text = " ".join(pages([doc, application]))
    assert all(name in text for name in names)


def test_a_village_name_of_sixty_letters(own: Scene) -> None:
    assert len(LONG) >= 60
    change_area(
        own.register.database, own.register.context, own.review.village, FIRST_DAY, name=LONG
    )
    for code in ("bien_ban_hop", "thong_bao_niem_yet", "danh_sach_ra_soat", "giay_moi"):
        docs = own.village(code)
        text = "".join("".join(pages(docs)).split()).upper()  # in capitals in a letterhead
        assert "".join(LONG.split()).upper() in text, code


def test_without_signer_number_or_office_the_paper_leaves_room(own: Scene) -> None:
    register = own.register
    names = ("issuing_body", "place_name", "signer_title", "signer_name", "signer_authority")
    settings.save(register.database, register.context, dict.fromkeys(names, ""), FIRST_DAY)
    decision, lists = own.make("quyet_dinh_cong_nhan", review=own.review.uid)
    assert decision.letterhead.number == "Số:         /QĐ-UBND"
    assert decision.letterhead.place_date.startswith("…………, ngày ")
    assert decision.signatures[0].titles == ("." * 24,)
    assert decision.signatures[0].name == ""
    assert lists.subtitle[0].startswith(f"(Kèm theo Quyết định {'.' * 50} của Chủ tịch")
    assert pages([decision, lists])


def test_an_empty_village_prints_sound_papers(own: Scene) -> None:
    about = {"review": own.review.uid, "village": own.register.villages["B"]}
    for code in ("danh_sach_ra_soat", "bien_ban_hop", "phieu_bieu_quyet", "thong_bao_niem_yet",
                 "ket_qua_thon", "giay_moi", "bia_ho_so"):  # fmt: skip
        docs = own.make(code, **about)
        assert pages(docs)
    (doc,) = own.make("danh_sach_ra_soat", **about)
    assert doc.tables[0].rows == ()
    assert doc.tables[0].empty == "Không có hộ nào"


def test_offices_are_those_of_the_day_it_was_signed(scene: Scene) -> None:
    register = scene.register
    later = date(2027, 3, 1)
    settings.save(register.database, register.context, {"signer_title": "PHÓ CHỦ TỊCH"}, later)
    about = About(review=scene.review.uid, village=scene.review.village, posting=scene.posting)
    args = (register.database, shipped(), "thong_bao_niem_yet")
    old, _ = make_paper(*args, about, today=date(2028, 1, 1))
    assert old.signatures[0].titles == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    new, _ = make_paper(*args, today=date(2028, 1, 1))
    assert new.signatures[0].titles[-1] == "PHÓ CHỦ TỊCH"


def test_an_unknown_paper_is_refused(scene: Scene) -> None:
    with pytest.raises(AppError, match="unknown_paper"):
        scene.make("mau_99")


def test_attachments_go_into_one_pdf_or_a_file_each(scene: Scene, tmp_path: Path) -> None:
    docs = filled(scene, "quyet_dinh_cong_nhan")
    assert write_paper(docs, "pdf", tmp_path / "qd.pdf") == [tmp_path / "qd.pdf"]
    found = write_paper(docs, "docx", tmp_path / "qd.docx")
    assert [path.name for path in found] == ["qd.docx", "qd-2.docx"]
    assert all(docx.Document(str(path)).tables or path.stem == "qd" for path in found)
