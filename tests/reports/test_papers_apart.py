"""Papers of what is not the usual: nobody known, a month's review, another commune, last slots."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from giamngheo_desktop.domain.applications import Purpose
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.workflow import ReviewKind
from giamngheo_desktop.reports import asked as asks
from giamngheo_desktop.reports import issued
from giamngheo_desktop.reports.asked import PaperAsked, Stamp
from giamngheo_desktop.reports.document import Paragraph, ReportDoc
from giamngheo_desktop.reports.papers import make_paper
from giamngheo_desktop.services import events, households, issuing
from giamngheo_desktop.services.papers.about import About
from giamngheo_desktop.services.papers.read import READERS
from giamngheo_desktop.services.review import applications
from giamngheo_desktop.services.review.applications import Application
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from tests.harness.paper_scene import TODAY, Scene, made
from tests.harness.register import FIRST_DAY, empty_database, make_register
from tests.harness.review import shipped


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with empty_database(tmp_path / "Sổ hộ.db") as database:
        yield made(make_register(database))


def lines(doc: ReportDoc) -> list[str]:
    return [piece.text for piece in doc.body if isinstance(piece, Paragraph)]


def test_every_paper_is_about_something_that_can_be_read() -> None:
    assert {shipped().paper(code).subject for code in shipped().papers} <= set(READERS)


ASKS = ("rà soát hộ nghèo, hộ cận nghèo", "xác định hộ có mức sống trung bình")


@pytest.mark.parametrize(
    ("purpose", "boxes"), [(Purpose.ENTER, "■□"), (Purpose.AVERAGE_LIVING, "□■")]
)
def test_an_applicant_nobody_has_typed_yet(scene: Scene, purpose: Purpose, boxes: str) -> None:
    paper = Application(
        village=scene.review.village,
        applicant="Hồ Văn Mới",
        purpose=purpose,
        received_on=date(2026, 12, 10),
        reasons=("illness", "other"),
        detail="Nhà bị sập",
    )
    uid = applications.save(scene.register.database, scene.register.context, paper).value
    (doc,) = scene.make("mau_01", application=uid)
    assert doc.subtitle == tuple(f"{box} {asks}" for box, asks in zip(boxes, ASKS, strict=True))
    text = lines(doc)
    assert text[1].startswith("Họ và tên: Hồ Văn Mới")
    assert "■ Bệnh nặng" in text
    assert "□ Môi trường ô nhiễm nặng" in text
    assert "Nhà bị sập" in text
    assert len(doc.tables[0].rows) == 5  # to be written by hand
    (answer,) = scene.make("tra_loi_de_nghi", application=uid)
    assert answer.letterhead.number == "Số:         /TB-UBND"  # not answered: left to the pen
    assert "Kính gửi: Ông (bà) Hồ Văn Mới, thôn A" in lines(answer)


def test_a_household_without_anybody_or_anything(scene: Scene) -> None:
    home = scene.register.household(village="B", address=None)
    (doc,) = scene.make("phieu_thong_tin_ho", household=home.uid)
    assert lines(doc)[0].startswith(f"Chủ hộ: {'.' * 60}")
    assert doc.tables[-1].empty == "Chưa được công nhận năm nào"
    assert doc.data_date == TODAY


def test_the_data_sheet_of_a_day_before(scene: Scene) -> None:
    home = scene.review.homes["An"].uid
    (doc,) = scene.make("phieu_thong_tin_ho", household=home, day=date(2025, 6, 30))
    assert doc.data_date == date(2025, 6, 30)
    with pytest.raises(RefusedError, match="household_not_yet"):
        scene.make("phieu_thong_tin_ho", household=home, day=date(2020, 1, 1))


def test_a_sheet_of_a_past_day_leaves_out_what_says_it_is_of_later(scene: Scene) -> None:
    register, day, moved = scene.register, date(2025, 6, 30), date(2026, 7, 17)
    head = register.member(
        "Hồ Thị Xuân", is_head=True, relation="head", id_number="051180000001",
        id_issued_on=date(2026, 2, 1),
    )  # fmt: skip
    draft = register.household("Tạm", village="B", day=FIRST_DAY)
    home = households.save(
        register.database, register.context,
        replace(
            draft, members=(replace(head, uid=draft.members[0].uid),), surveyor="Trần Ra",
            surveyed_on=date(2026, 10, 3), quick_screen=True, quick_screen_by="Lê Nhanh",
            score_income=109, income=1_234_000, permanent_residence="Tổ 1, Thôn A, xã Sơn Hà",
            current_residence="Tổ 2, Thôn B",
        ),
        day=FIRST_DAY,
    ).value  # fmt: skip
    village = scene.review.village
    events.move_village(
        register.database, register.context, household=home.uid, village=village, day=moved
    )

    def said(code: str, day: date | None) -> str:
        (doc,) = scene.make(code, household=home.uid, day=day)
        cells = [
            str(cell.value) for table in doc.tables for row in table.rows for cell in row.cells
        ]
        return " ".join((*lines(doc), *cells, *doc.notes))

    later = (
        "01/02/2026", "03/10/2026", "Trần Ra", "Lê Nhanh", "109", "1.234.000", "Kết quả Phiếu A",
        "Tổ 1, Thôn A",
    )  # fmt: skip
    then, now = (said("phieu_thong_tin_ho", at) for at in (day, None))
    for text in later:
        assert text in now
        assert text not in then
    assert "Tổ 2, Thôn B" in then  # it names the village of the day
    assert "051180000001" in then
    for code in ("mau_01", "mau_04"):
        assert "Tổ 1, Thôn A" not in said(code, day)
        assert "01/02/2026" not in said(code, day)
        assert "01/02/2026" in said(code, None)
    note = "các thông tin khác sổ chỉ giữ như hiện nay"
    assert note in then
    assert note not in now
    assert "01/02/2026" in said(
        "phieu_thong_tin_ho", date(2026, 2, 1)
    )  # the day itself is not later


def test_the_data_sheet_of_a_household_that_left_is_of_its_last_day(scene: Scene) -> None:
    home, last = scene.review.homes["Dung"].uid, date(2025, 6, 30)
    with scene.register.database.reader() as connection:
        (place,) = records.find(connection, Kind.PLACE, household=home)
    with write_unit(*scene.review.args, Op.SAVE_HOUSEHOLD) as work:
        work.update(Kind.PLACE, place["uid"], valid_to=last)
    (doc,) = scene.make("phieu_thong_tin_ho", household=home, day=date(2025, 9, 1))
    assert doc.data_date == last
    assert "Dung" in lines(doc)[0]


def test_a_review_of_a_month_is_called_by_it(scene: Scene) -> None:
    with write_unit(*scene.review.args, Op.BEGIN_REVIEW) as work:
        work.update(Kind.REVIEW, scene.review.uid, kind=ReviewKind.IN_YEAR.value, month=3)
    (doc,) = scene.village("danh_sach_ra_soat")
    assert doc.subtitle == ("Kỳ rà soát tháng 3 năm 2026",)
    (results,) = scene.village("ket_qua_thon")
    assert results.title[0].endswith("THÁNG 3 NĂM 2026")


def test_a_paper_is_of_the_commune_of_its_village(scene: Scene) -> None:
    register = scene.register
    register.second_commune("Ba Tơ", "X")
    home = register.household("Pha", village="X", day=FIRST_DAY)
    args = (register.database, shipped(), "mau_01")
    (doc,) = make_paper(*args, About(household=home.uid), today=TODAY)
    assert lines(doc)[0] == "Kính gửi: Chủ tịch Ủy ban nhân dân xã Ba Tơ"


def test_who_was_not_met_keeps_the_class_and_the_result_says_so(scene: Scene) -> None:
    scene.review.end("Bình", "absent")
    (doc,) = scene.village("ket_qua_thon")
    row = next(row for row in doc.tables[0].rows if row.cells[0].value == "Bình")
    assert [cell.value for cell in row.cells][2:6] == ["Hộ nghèo", "", "", ""]
    assert row.cells[-1].value == "Đi vắng, không gặp được"
    _, lists = scene.village("thong_bao_niem_yet")
    assert [row.cells[0].value for row in lists.tables[0].rows] == ["An", "Bình"]


def test_a_list_of_a_review_is_issued_with_the_name_of_its_village(scene: Scene) -> None:
    register, review = scene.register, scene.review
    asked = PaperAsked(
        code="danh_sach_ra_soat", about=About(review=review.uid, village=review.village)
    )
    docs = asks.made(register.database, shipped(), asked, today=TODAY)
    stamp = Stamp(number="7", issued_on=TODAY)
    done = issued.issue(register.database, shipped(), register.context, docs, asked, stamp)
    subject = issuing.get(register.database, done.value).subject or ""
    assert subject.count("Thôn A") == 1
