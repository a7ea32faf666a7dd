"""Bộ hồ sơ họp thôn: the papers in binding order, blank where results are not there yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import uuid4

import pypdfium2
import pytest

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.review_case import Ground
from giamngheo_desktop.reports.document import Paragraph, ReportDoc
from giamngheo_desktop.reports.meeting_package import package_docs, render_package
from giamngheo_desktop.services.review import case_lists
from giamngheo_desktop.services.unit import write_unit
from tests.harness.paper_scene import TODAY, Scene, made, post
from tests.harness.register import empty_database, make_register
from tests.harness.review import begin, shipped


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with empty_database(tmp_path / "Sổ hộ.db") as database:
        yield made(make_register(database))


def docs(scene: Scene, village: str = "A") -> list[ReportDoc]:
    place = scene.register.villages[village]
    args = (scene.register.database, shipped(), scene.review.uid, place)
    return list(package_docs(*args, today=TODAY))


def codes(found: Sequence[ReportDoc]) -> list[str]:
    return [doc.code for doc in found]


def reopened(scene: Scene, *names: str) -> None:
    with write_unit(*scene.review.args, Op.SETTLE_CASE) as work:
        for name in names:
            work.update(Kind.CASE, scene.review.case(name), outcome=None)


def test_everything_is_there_in_binding_order(scene: Scene) -> None:
    post(scene)
    found = docs(scene)
    assert codes(found) == [
        "bia_ho_so",
        *["giay_moi"] * 4,
        "danh_sach_ra_soat",
        *["phieu_b"] * 4,
        *["bien_ban_hop"] * 2,
        "phieu_bieu_quyet",
        "thong_bao_niem_yet",
        "danh_sach_niem_yet",
        "ket_qua_thon",
    ]
    cover = [[cell.value for cell in row.cells] for row in found[0].tables[0].rows]
    assert [row[:3] for row in cover if row[0]] == [
        ["Giấy mời họp dân", "4 tờ", "□"],
        ["Danh sách hộ gia đình cần rà soát", "1 bản", "□"],
        ["Phiếu B: thu thập đặc điểm hộ gia đình", "4 tờ", "□"],
        ["Biên bản kết quả họp dân", "2 bản", "□"],
        ["Phiếu biểu quyết tại cuộc họp dân", "1 bản", "□"],
        ["Thông báo niêm yết công khai kết quả rà soát", "1 bản", "□"],
        ["Kết quả rà soát của thôn", "1 bản", "□"],
    ]
    assert not any(row[3] for row in cover)
    heads = [case.head for case in case_lists.of_review(scene.register.database, scene.review.uid)]
    invited = [doc.body[0].text.rsplit(": ", 1)[1] for doc in found if doc.code == "giay_moi"]
    assert invited == heads == ["An", "Bình", "Cường", "Dung"]


def test_the_notice_alone_has_number_and_day_of_the_posting(scene: Scene) -> None:
    post(scene)
    heads = {doc.code: doc.letterhead for doc in docs(scene) if doc.letterhead}
    assert heads["thong_bao_niem_yet"].number == "Số: 45/TB-UBND"
    assert heads["thong_bao_niem_yet"].place_date == "Sơn Tây, ngày 06 tháng 10 năm 2026"
    assert heads["giay_moi"].number == "Số:         /GM-UBND"
    assert heads["giay_moi"].place_date.split() == ["Sơn", "Tây,", "ngày", "tháng", "năm"]


def test_papers_of_results_are_blank_while_a_household_has_none(scene: Scene) -> None:
    reopened(scene, "Bình")
    found = {doc.code: doc for doc in docs(scene)}
    for code in ("bien_ban_hop", "phieu_bieu_quyet", "danh_sach_niem_yet", "ket_qua_thon"):
        printed = [cell.value for table in found[code].tables for row in table.rows
                   for cell in row.cells]  # fmt: skip
        assert printed
        assert not any(printed), code
    text = [piece.text for piece in found["bien_ban_hop"].body if isinstance(piece, Paragraph)]
    assert any("thôn (tổ dân phố): Thôn A" in line for line in text)  # who and where stay
    notes = [row.cells[3].value for row in found["bia_ho_so"].tables[0].rows]
    assert notes.count("mẫu trắng") == 4
    cover = [piece.text for piece in found["bia_ho_so"].body if isinstance(piece, Paragraph)]
    assert "Còn 1 hộ chưa có kết quả: Bình. Các giấy ghi kết quả được in mẫu trắng." in cover
    assert len(found["bien_ban_hop"].tables[0].rows) == 4  # a line for each of the list


def test_who_applied_gets_phieu_a(scene: Scene) -> None:
    register = scene.register
    home = register.household("Én", village="B")
    case_lists.add(*scene.review.args, scene.review.uid, home.uid, Ground.APPLIED)
    found = docs(scene, "B")
    assert codes(found)[3:5] == ["phieu_a", "phieu_b"]
    (form_a,) = (doc for doc in found if doc.code == "phieu_a")
    assert "Én" in form_a.body[0].text


def test_an_empty_village_has_a_package_of_blank_papers(scene: Scene) -> None:
    found = docs(scene, "C")
    assert codes(found)[:3] == ["bia_ho_so", "giay_moi", "danh_sach_ra_soat"]
    assert "phieu_b" not in codes(found)


def test_one_pdf_for_all_villages_that_have_a_list(scene: Scene) -> None:
    home = scene.register.household("Én", village="B")
    case_lists.add(*scene.review.args, scene.review.uid, home.uid, Ground.APPLIED)
    steps: list[int] = []
    found = render_package(
        scene.register.database,
        shipped(),
        scene.review.uid,
        today=TODAY,
        step=lambda: steps.append(1),
    )
    document = pypdfium2.PdfDocument(found.data)
    text = [page.get_textpage().get_text_range() for page in document]
    document.close()
    covers = [at for at, page in enumerate(text) if "HỒ SƠ HỌP DÂN" in page]
    assert len(covers) == 2
    assert covers[0] == 0
    assert len(text) == found.pages
    assert len(steps) > 20
    again = render_package(scene.register.database, shipped(), scene.review.uid, today=TODAY)
    assert again.data == found.data


def test_it_can_be_cancelled(scene: Scene) -> None:
    class CancelledError(Exception):
        """What a job's step raises."""

    left = iter(range(10))

    def step() -> None:
        if next(left, None) is None:
            raise CancelledError

    with pytest.raises(CancelledError):
        render_package(scene.register.database, shipped(), scene.review.uid, today=TODAY, step=step)


def test_a_village_of_elsewhere_and_a_review_without_a_list_are_refused(
    scene: Scene, tmp_path: Path
) -> None:
    args = (scene.register.database, shipped(), scene.review.uid)
    with pytest.raises(RefusedError, match="record_missing"):
        render_package(*args, [uuid4()], today=TODAY)
    with empty_database(tmp_path / "trống.db") as database:
        review = begin(make_register(database), poor="")
        with pytest.raises(RefusedError, match="no_list"):
            render_package(database, shipped(), review.uid, today=TODAY)


def test_the_bound_ballot_names_whom_the_minutes_beside_it_name(scene: Scene) -> None:
    (ballot,) = (doc for doc in docs(scene) if doc.code == "phieu_bieu_quyet")
    rows = [[cell.value for cell in row.cells] for table in ballot.tables for row in table.rows]
    assert [next(v for v in row if v in scene.review.homes) for row in rows] == [
        "An", "Bình", "Cường", "Dung",
    ]  # fmt: skip
