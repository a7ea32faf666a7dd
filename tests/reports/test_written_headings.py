"""Headings on paper: those that the text of a component brings, targets as numbered lines."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from uuid import UUID

import docx
import pypdfium2
import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.reports.document import Paragraph
from giamngheo_desktop.reports.many import render_all
from giamngheo_desktop.reports.written import written
from giamngheo_desktop.services.documents import reading, sections
from giamngheo_desktop.services.documents.doubts import DocumentDoubt, doubts
from giamngheo_desktop.services.programme import entries
from tests.harness.register import Register
from tests.harness.review import shipped
from tests.services.test_plan_skeletons import aim, begun

TODAY = date(2023, 12, 31)


def lines_of(desk: Register, plan: UUID) -> list[str]:
    main, *_ = written(desk.database, shipped(), plan, today=TODAY)
    return [piece.text for piece in main.body if isinstance(piece, Paragraph)]


def between(lines: list[str], first: str, last: str) -> list[str]:
    """What stands behind the line that begins so, before the one that begins otherwise."""
    starts = next(at for at, line in enumerate(lines) if line.startswith(first))
    ends = next(at for at, line in enumerate(lines[starts:]) if line.startswith(last))
    return lines[starts + 1 : starts + ends]


def change_component(desk: Register, name: str, **values: str) -> None:
    form = shipped().records[Kind.PLAN_COMPONENT]
    found = entries.entries(desk.database, form)
    ((uid, before),) = [one for one in found.items() if one[1]["printed_name"] == name]
    entries.save(desk.database, desk.context, form, {**before, **values}, uid)


def test_headings_of_a_component_are_printed_as_they_were_pasted(tmp_path: Path) -> None:
    with begun(tmp_path, "002") as (desk, plan):
        found = lines_of(desk, plan)
        docs = written(desk.database, shipped(), plan, today=TODAY)
    at = next(n for n, line in enumerate(found) if line.startswith("1.2.1. Tiểu dự án 1."))
    said = [line for line in found[at + 1 :] if line[:2] in ("a.", "b.", "c.", "d.")][:4]
    assert said[0].startswith("a. Mục tiêu: Hỗ trợ phát triển sản xuất trong lĩnh vực nông nghiệp")
    assert said[1].startswith("a. Đối tượng áp dụng: Hộ nghèo, cận nghèo, hộ mới thoát nghèo")
    assert said[2] == "b. Nội dung hỗ trợ"
    assert said[3].startswith("b. Cơ quan chủ trì: Ban chỉ đạo giảm nghèo phường phối hợp với")
    points = between(found, "b. Nội dung hỗ trợ", "b. Cơ quan chủ trì")
    assert [line.split(",")[0] for line in points] == ["Hỗ trợ phát triển sản xuất nông",
                                                       "Tập huấn"]  # fmt: skip
    word = docx.Document(io.BytesIO(render_all(docs, "docx")))
    with pypdfium2.PdfDocument(render_all(docs, "pdf")) as pdf:
        pages = " ".join(page.get_textpage().get_text_range() for page in pdf)
    for line in said:
        assert line in [one.text for one in word.paragraphs]
        assert " ".join(line.split()) in " ".join(pages.split())


def test_what_is_no_heading_stands_under_that_of_the_layout(tmp_path: Path) -> None:
    with begun(tmp_path, "002") as (desk, plan):
        change_component(
            desk,
            "Nâng cao năng lực",
            goal="Bồi dưỡng cán bộ.",
            content="1. Nội dung tập huấn: chính sách\n2. Nội dung tham quan: mô hình",
            target_group="đ) Đối tượng:",
        )
        found = lines_of(desk, plan)
    assert between(found, "1.5.1. Tiểu dự án 1. Nâng cao năng lực", "d. Cơ quan chủ trì") == [
        "a. Mục tiêu: Bồi dưỡng cán bộ.",
        "đ) Đối tượng:",
        "b. Nội dung hỗ trợ",
        "1. Nội dung tập huấn: chính sách",
        "2. Nội dung tham quan: mô hình",
    ]


def test_a_number_twice_within_a_component_is_told_with_the_component(tmp_path: Path) -> None:
    """K14, and it leads to the component."""
    with begun(tmp_path, "002") as (desk, plan):
        document = reading.read(desk.database, shipped(), plan)
        told = [
            one
            for one in doubts(desk.database, shipped(), plan, TODAY)
            if one.doubt is DocumentDoubt.NUMBER_TWICE
        ]
    place = "1.2.1. Tiểu dự án 1. Hỗ trợ phát triển sản xuất trong lĩnh vực nông nghiệp"
    first = [one for one in told if one.params["number"] == "a."]
    assert [one.params["name"] for one in first] == [
        f"Mục tiêu – {place}",
        f"Đối tượng áp dụng – {place}",
    ]
    for one in first:
        assert one.section is not None
        part = document.find(one.section)
        assert part is not None
        assert f"{part.number} {part.title}" == place


def test_targets_are_lettered_as_their_plan_prints_them(tmp_path: Path) -> None:
    """Those of one aim in one line; the letters go on with the heading of those of dimensions."""
    with begun(tmp_path, "001") as (desk, plan):
        aim(desk, "001", plan)
        found = lines_of(desk, plan)
        given = {"document": plan, "key": "new"}
        form = shipped().records[Kind.TARGET]
        values = {"indicator": "MH-NHANRONG", "position": 0, "groups": ()}
        entries.save(desk.database, desk.context, form, values, given=given)
        more = lines_of(desk, plan)
        document = reading.read(desk.database, shipped(), plan)
        apart = next(one for one in document.walk() if one.code == "goal_dimensions")
        assert apart.number == "g)"
        sections.include(desk.database, desk.context, apart.uid, False)
        alone = lines_of(desk, plan)
    listed = between(found, "2. Các chỉ tiêu cần đạt", "II. NHIỆM VỤ")
    assert listed[:6] == [
        (
            "a) Tỷ lệ hộ nghèo toàn phường giảm tối thiểu 1,11% so với đầu năm, tương ứng toàn "
            "phường giảm tối thiểu 16 hộ nghèo (theo chỉ tiêu UBND thị xã giao);"
        ),
        (
            "b) Tỷ lệ hộ cận nghèo toàn phường giảm tối thiểu 0,3% so với đầu năm, tương ứng toàn "
            "phường giảm tối thiểu 05 hộ cận nghèo (theo chỉ tiêu UBND thị xã giao);"
        ),
        "c) Xây dựng tối thiểu 01 mô hình giảm nghèo, phát triển sản xuất;",
        (
            "d) Hỗ trợ hộ nghèo, hộ cận nghèo có ít nhất một thành viên trong độ tuổi lao động có "
            "việc làm bền vững;"
        ),
        "đ) 100% cán bộ làm công tác giảm nghèo được bồi dưỡng, tập huấn.",
        "e) Các chỉ tiêu giải quyết mức độ thiếu hụt các dịch vụ xã hội cơ bản.",
    ]
    named = [line for line in listed[6:] if line.startswith("- ")]
    assert named == [
        f"- Chiều thiếu hụt về {name}:"
        for name in ("việc làm", "y tế", "giáo dục, đào tạo", "nước sinh hoạt, vệ sinh",
                     "thông tin")
    ]  # fmt: skip
    assert sum(line.startswith("+ ") for line in listed) == 7
    listed = between(more, "2. Các chỉ tiêu cần đạt", "II. NHIỆM VỤ")
    assert [line[:2] for line in listed[:7]] == ["a)", "b)", "c)", "d)", "đ)", "e)", "g)"]
    listed = between(alone, "2. Các chỉ tiêu cần đạt", "II. NHIỆM VỤ")
    assert listed[6] == "- Chiều thiếu hụt về việc làm:"  # nothing is lost with the heading


@pytest.mark.parametrize("plan", ["000", "002"])
def test_other_layouts_list_targets_with_dashes(tmp_path: Path, plan: str) -> None:
    with begun(tmp_path, plan) as (desk, uid):
        aim(desk, plan, uid)
        listed = between(lines_of(desk, uid), "2. ", "II. ")
    assert listed[0].startswith("- ")
    assert not any(line[1:2] == ")" for line in listed)
