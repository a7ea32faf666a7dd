"""K13 and K14: days that cannot be, numbers twice; told in words, nothing is refused or mended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.cited_dates import cited, later_than, no_days
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.documents import doubts, heads, library, reading, sections, versions
from giamngheo_desktop.services.documents.doubts import DocumentDoubt, DoubtedPart
from giamngheo_desktop.services.programme import entries
from tests.harness.register import FIRST_DAY, TODAY, Register, empty_database, make_register
from tests.harness.review import shipped

# As the plan of March 2023 cites them.
GROUNDS_2023 = (
    "Căn cứ Kế hoạch số 118/KH-UBND ngày 31/5/2023 của UBND thành phố thực hiện Chương trình; Kế "
    "hoạch số 92/KH-UBND ngày 24/8/2022 của UBND xã; Nghị quyết số 02/NQ-TU ngày 30/5/2022"
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Register]:
    with empty_database(tmp_path / "Sổ hộ.db") as database:
        yield make_register(database)


def begin(desk: Register, layout: str, year: int) -> UUID:
    known = (desk.database, desk.context, shipped(), desk.commune, year, layout)
    return sections.begin(*known).value


def found(desk: Register, plan: UUID, doubt: DocumentDoubt) -> list[DoubtedPart]:
    told = doubts.doubts(desk.database, shipped(), plan, TODAY)
    assert all(texts.document_doubt_text(one.doubt, one.params) for one in told)
    return [one for one in told if one.doubt is doubt]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (GROUNDS_2023, ["31/05/2023", "24/08/2022", "30/05/2022"]),
        ("Quyết định số 90/QĐ-TTg, ngày 18/01/2022", ["18/01/2022"]),
        ("Chỉ thị 34-CT/TU, ngày 06/12/2023 của Ban Thường vụ", ["06/12/2023"]),
        ("Nghị quyết số 65/NQ - HĐND ngày 30/12/2020", ["30/12/2020"]),
        ("Kế hoạch số 129/KH-UBND ngày 02 tháng 4 năm 2021", ["02/04/2021"]),
        ("Nghị định số 07/2021/NĐ-CP ngày 31/02/2021", []),  # no such day
        ("báo cáo UBND tỉnh trước ngày 10/4/2031; 6 tháng trước ngày 20/6/2031", []),
        ("Kế hoạch số ……/KH-UBND ngày …… của ……", []),
    ],
)
def test_documents_are_found_with_their_days(text: str, days: list[str]) -> None:
    assert [f"{one.day:%d/%m/%Y}" for one in cited(text)] == days


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Nghị định số 07/2021/NĐ-CP ngày 31/02/2026; họp ngày 29/2/2027",
            ("31/02/2026", "29/2/2027"),
        ),
        (
            "xong trước ngày 31 tháng 4 năm 2026, báo cáo ngày 31/4/2026",
            ("31 tháng 4 năm 2026", "31/4/2026"),
        ),
        ("ngày 12/13/2026, ngày 12/13/2026, ngày 00/01/2026", ("12/13/2026", "00/01/2026")),
        ("ngày 29/02/2024, ngày 28/02/2026, Ngày 01-12-1945, số 31/02/2026", ()),
        ("ngày …… tháng …… năm 2026, ngày 31/12, từ ngày 1-15/3/2026", ()),
    ],
)
def test_days_that_no_calendar_has(text: str, told: tuple[str, ...]) -> None:
    assert no_days(text) == told


def test_a_day_that_is_none_is_told_where_it_stands(desk: Register) -> None:
    plan = begin(desk, "ke_hoach_theo_du_an_xa", 2026)
    assert found(desk, plan, DocumentDoubt.NO_SUCH_DAY) == []
    heads.save(desk.database, desk.context, plan, grounds="Quyết định 5/QĐ-UBND ngày 31/02/2026")
    (one,) = found(desk, plan, DocumentDoubt.NO_SUCH_DAY)
    assert one.section is None
    text = texts.document_doubt_text(one.doubt, one.params)
    assert text == "Lịch không có ngày 31/02/2026: xem lại."


def test_only_later_days_are_told() -> None:
    (one,) = later_than(GROUNDS_2023, date(2023, 3, 31))
    assert (one.name, one.day) == ("Kế hoạch số 118/KH-UBND", date(2023, 5, 31))
    assert later_than(GROUNDS_2023, date(2023, 5, 31)) == ()


def test_a_plan_cites_what_is_younger(desk: Register) -> None:
    known = (desk.database, desk.context)
    plan = begin(desk, "ke_hoach_theo_du_an_xa", 2023)
    heads.save(*known, plan, grounds=GROUNDS_2023)
    assert found(desk, plan, DocumentDoubt.CITES_LATER) == []  # it has no day yet
    heads.save(*known, plan, signed_on=date(2023, 3, 31))
    (one,) = found(desk, plan, DocumentDoubt.CITES_LATER)
    assert one.section is None
    assert texts.document_doubt_text(one.doubt, one.params) == (
        "Văn bản ngày 31/03/2023 dẫn Kế hoạch số 118/KH-UBND ngày 31/05/2023, là ngày sau đó: xem "
        "lại hai ngày."
    )
    part = reading.read(desk.database, shipped(), plan).parts[0]
    sections.change(*known, part.uid, text="Theo Quyết định số 5/QĐ-UBND ngày 01/4/2023.")
    assert [one.section for one in found(desk, plan, DocumentDoubt.CITES_LATER)] == [None, part.uid]


def test_a_plan_replaces_what_is_younger(desk: Register) -> None:
    known = (desk.database, desk.context)
    plan = versions.begin(*known, desk.commune, 2026, title="KẾ HOẠCH").value
    versions.issue(*known, plan, date(2026, 3, 21))
    again = versions.next_version(*known, plan, versions.Change.REPLACES).value
    heads.save(*known, again, signed_on=date(2026, 3, 22))
    assert found(desk, again, DocumentDoubt.REPLACES_LATER) == []
    heads.save(*known, again, signed_on=date(2026, 3, 20))
    (one,) = found(desk, again, DocumentDoubt.REPLACES_LATER)
    assert one.params["day"] == "21/03/2026"


def test_two_headings_with_one_number(desk: Register) -> None:
    """The plan that has two II, and the one with 1.3 twice."""
    plan = begin(desk, "ke_hoach_muc_dich_yeu_cau", 2024)
    told = found(desk, plan, DocumentDoubt.NUMBER_TWICE)
    assert [one.params["number"] for one in told] == ["II.", "II."]
    assert [one.params["name"] for one in told] == ["MỤC TIÊU", "NHIỆM VỤ VÀ GIẢI PHÁP THỰC HIỆN"]
    other = begin(desk, "ke_hoach_an_sinh_phuong", 2023)
    form, given = shipped().records[Kind.PLAN_COMPONENT], {"area": desk.commune, "year": 2023}
    for number, official in (("2", "DA2"), ("3", "DA3"), ("4", "DA4"), ("5", "DA6")):
        values = {"printed_number": f"Dự án {number}", "printed_name": "Tên", "programme": "2021",
                  "component": official}  # fmt: skip
        entries.save(desk.database, desk.context, form, values, given=given)
    told = found(desk, other, DocumentDoubt.NUMBER_TWICE)
    assert [one.params["number"] for one in told] == ["1.3.", "1.3."]
    (one,) = found(desk, other, DocumentDoubt.COMPONENT_NUMBER)
    assert one.params["name"] == "Dự án 5 Tên"
    assert "Dự án 6" in one.params["why"]


def test_what_is_left_out_or_has_a_star_is_no_doubt(desk: Register) -> None:
    areas.change_area(desk.database, desk.context, desk.commune, FIRST_DAY, kind="tinh")
    plan = begin(desk, "ke_hoach_theo_nhom_giai_phap", 2021)
    assert found(desk, plan, DocumentDoubt.NUMBER_TWICE) == []
    other = begin(desk, "ke_hoach_muc_dich_yeu_cau", 2024)
    second = found(desk, other, DocumentDoubt.NUMBER_TWICE)[1].section
    assert second is not None
    sections.include(desk.database, desk.context, second, False)
    assert found(desk, other, DocumentDoubt.NUMBER_TWICE) == []


def test_words_of_an_old_plan_are_doubted_in_a_later_year(desk: Register) -> None:
    """Programmes and offices that are no more; in the plan of the year itself they hold."""

    def told(plan: UUID) -> set[tuple[str, str]]:
        return {(one.params["name"], one.params["words"]) for one in
                found(desk, plan, DocumentDoubt.OUTDATED)}  # fmt: skip

    assert told(begin(desk, "ke_hoach_phan_tich_ho", 2021)) == set()
    assert told(begin(desk, "ke_hoach_muc_dich_yeu_cau", 2024)) == set()
    social = "1. Công chức Lao động - Thương binh và Xã hội"
    later = told(begin(desk, "ke_hoach_phan_tich_ho", 2026))
    assert {
        (social, "Dự án 5: Nâng cao năng lực"),
        (social, "Lao động - Thương binh và Xã hội"),
        ("2. Công chức địa chính Nông nghiệp", "Chương trình 30a"),
        ("2. Công chức địa chính Nông nghiệp", "Công chức địa chính"),
    } <= later
    assert told(begin(desk, "ke_hoach_chuan", 2028)) == set()


def test_what_is_still_to_be_written(desk: Register) -> None:
    known = (desk.database, desk.context)
    plan = begin(desk, "ke_hoach_chuan", 2026)
    assert [one.section for one in found(desk, plan, DocumentDoubt.PLACEHOLDER)] == [None]
    assert found(desk, plan, DocumentDoubt.NO_SIGNER)
    new = sections.add(*known, plan, title="Trống").value
    assert [one.section for one in found(desk, plan, DocumentDoubt.EMPTY)] == [new]
    heads.save(*known, plan, grounds="", signer_name="Hồ Văn Một")
    assert not found(desk, plan, DocumentDoubt.PLACEHOLDER)
    assert not found(desk, plan, DocumentDoubt.NO_SIGNER)


def test_a_section_without_a_name_is_called_so(desk: Register) -> None:
    plan = versions.begin(desk.database, desk.context, desk.commune, 2027).value
    sections.add(desk.database, desk.context, plan)
    (one,) = found(desk, plan, DocumentDoubt.EMPTY)
    said = texts.document_doubt_text(one.doubt, one.params)
    assert said == "Mục chưa có nội dung: (mục chưa có tên)."


def test_a_line_of_another_year_that_still_says_so(desk: Register) -> None:
    known = (desk.database, desk.context)
    before = versions.begin(*known, desk.commune, 2026).value
    own = "Trong năm 2026 giảm 16 hộ, xong trước 15/11/2026.\nTheo kết quả cuối năm 2026."
    sections.add(*known, before, title="MỤC TIÊU", text=own)
    plan = versions.begin(*known, desk.commune, 2027).value
    aim = sections.add(*known, plan, title="MỤC TIÊU", text="Theo kết quả cuối năm 2026 của xã.")
    assert found(desk, plan, DocumentDoubt.OTHER_YEAR) == []  # its own words
    (offered, *_) = library.texts_of(desk.database, shipped(), aim.value)
    assert offered.was == own
    assert offered.text == (
        "Trong năm 2027 giảm 16 hộ, xong trước 15/11/2026.\nTheo kết quả cuối năm 2027."
    )
    sections.change(*known, aim.value, text=offered.text)
    (one,) = found(desk, plan, DocumentDoubt.OTHER_YEAR)
    said = texts.document_doubt_text(one.doubt, one.params)
    assert said == "Lời còn ghi năm 2026, như văn bản năm 2026: xem lại – I. MỤC TIÊU."
    sections.change(*known, aim.value, text="Trong năm 2027 giảm 16 hộ, xong trước 15/11/2027.")
    assert found(desk, plan, DocumentDoubt.OTHER_YEAR) == []
