"""Plans and reports as written papers: layouts, sections, numbers, texts of earlier years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services import areas, settings, undo
from giamngheo_desktop.services.documents import heads, library, reading, sections, versions
from giamngheo_desktop.services.documents.reading import Document, Origin
from giamngheo_desktop.services.programme import entries
from tests.harness.register import Register, dump, empty_database, living, make_register
from tests.harness.review import shipped

DAY = date(2025, 1, 1)
CHUAN = "ke_hoach_chuan"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Register]:
    with empty_database(tmp_path / "Sổ hộ.db") as database:
        yield make_register(database)


def called(desk: Register, name: str, kind: str) -> None:
    areas.change_area(desk.database, desk.context, desk.commune, DAY, name=name, kind=kind)


def begin(desk: Register, layout: str, year: int = 2026) -> UUID:
    known = (desk.database, desk.context, shipped())
    return sections.begin(*known, desk.commune, year, layout).value


def read(desk: Register, document: UUID) -> Document:
    return reading.read(desk.database, shipped(), document)


def component(desk: Register, year: int, **values: Any) -> UUID:
    given = {"area": desk.commune, "year": year}
    form = shipped().records[Kind.PLAN_COMPONENT]
    return entries.save(desk.database, desk.context, form, values, given=given).value


def components(desk: Register, year: int, printed: Sequence[tuple[int, str, str]]) -> list[UUID]:
    """Depth, printed number and name of each."""
    above: list[UUID] = []
    made = []
    for position, (depth, number, name) in enumerate(printed, start=1):
        parent = above[depth - 1] if depth else None
        uid = component(
            desk, year, printed_number=number, printed_name=name, parent=parent, position=position
        )
        above[depth:] = [uid]
        made.append(uid)
    return made


SOCIAL = "Công chức Lao động - Thương binh và Xã hội"
P000 = (
    (0, "Dự án 2:", "Đa dạng hóa sinh kế, phát triển mô hình giảm nghèo:"),
    (0, "Dự án 3:", "Hỗ trợ phát triển sản xuất, cải thiện dinh dưỡng."),
    (1, "Tiểu dự án 1:", "Hỗ trợ phát triển sản xuất trong lĩnh vực nông nghiệp:"),
    (1, "Tiểu dự án 2:", "Cải thiện dinh dưỡng:"),
)
P002 = (
    (0, "Dự án 2.", "Đa dạng hóa sinh kế, phát triển mô hình giảm nghèo"),
    (0, "Dự án 3.", "Hỗ trợ phát triển sản xuất, cải thiện dinh dưỡng"),
    (1, "Tiểu dự án 1.", "Hỗ trợ phát triển sản xuất trong lĩnh vực nông nghiệp"),
    (1, "Tiểu dự án 2.", "Cải thiện dinh dưỡng"),
    (0, "Dự án 4:", "Phát triển giáo dục nghề nghiệp, việc làm bền vững"),
    (1, "Tiểu dự án 1:", "Phát triển giáo dục nghề nghiệp"),
    (1, "Tiểu dự án 2.", "Hỗ trợ việc làm bền vững"),
    (0, "Dự án 5:", "Truyền thông và giảm nghèo về thông tin"),
    (1, "Tiểu dự án 1.", "Giảm nghèo về thông tin"),
    (0, "Dự án 6.", "Nâng cao năng lực và giám sát, đánh giá Chương trình"),
    (1, "Tiểu dự án 1.", "Nâng cao năng lực"),
    (1, "Tiểu dự án 2.", "Giám sát, đánh giá"),
)
# Name and kind of the unit, year, what the plan calls components, layout, headings.
PLANS: dict[str, tuple[str, str, int, Sequence[tuple[int, str, str]], str]] = {
    "ke_hoach_theo_du_an_xa": ("Hòa Bình", "xa", 2023, P000, f"""
I. MỤC TIÊU
1. Mục tiêu tổng quát:
2. Mục tiêu cụ thể:
II. NỘI DUNG KẾ HOẠCH
1. Dự án 2: Đa dạng hóa sinh kế, phát triển mô hình giảm nghèo:
2. Dự án 3: Hỗ trợ phát triển sản xuất, cải thiện dinh dưỡng.
2.1. Tiểu dự án 1: Hỗ trợ phát triển sản xuất trong lĩnh vực nông nghiệp:
2.2. Tiểu dự án 2: Cải thiện dinh dưỡng:
III. NGUỒN LỰC THỰC HIỆN
1. Kinh phí:
2. Nguồn lực khác:
IV. GIẢI PHÁP THỰC HIỆN
V. TỔ CHỨC THỰC HIỆN.
1. {SOCIAL} xã:
2. Công chức Tài chính - Kế toán xã:
3. Trách nhiệm của các ban, ngành liên quan:
4. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức Chính trị - Xã hội xã:"""),
    "ke_hoach_muc_dich_yeu_cau": ("Phổ Minh", "phuong", 2024, (), """
I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
2. Yêu cầu
II. MỤC TIÊU
1. Mục tiêu
2. Các chỉ tiêu cần đạt đến cuối năm 2024
a) Các chỉ tiêu giải quyết mức độ thiếu hụt các dịch vụ xã hội cơ bản.
II. NHIỆM VỤ VÀ GIẢI PHÁP THỰC HIỆN
III. TỔ CHỨC THỰC HIỆN
1. Ngành Văn hóa - xã hội
2. Ngành Tài chính – Kế toán
3. Các ban, ngành có chức năng, nhiệm vụ thực hiện các chính sách liên quan đến công tác giảm nghèo:
4. Đề nghị UBMTTQVN phường và các tổ chức thành viên:
5. Tổ trưởng tổ dân phố"""),
    "ke_hoach_an_sinh_phuong": ("Cam Phúc Nam", "phuong", 2023, P002, """
I. MỤC TIÊU, CHỈ TIÊU
1. Mục tiêu
2. Chỉ tiêu cụ thể
3. Chỉ tiêu giảm nghèo năm 2023 ở phường
II. NỘI DUNG VÀ NHIỆM VỤ TRỌNG TÂM
1. Triển khai Chương trình mục tiêu quốc gia giảm nghèo bền vững năm 2023
1.1. Dự án 2. Đa dạng hóa sinh kế, phát triển mô hình giảm nghèo
1.2. Dự án 3. Hỗ trợ phát triển sản xuất, cải thiện dinh dưỡng
1.2.1. Tiểu dự án 1. Hỗ trợ phát triển sản xuất trong lĩnh vực nông nghiệp
1.2.2. Tiểu dự án 2. Cải thiện dinh dưỡng
1.3. Dự án 4: Phát triển giáo dục nghề nghiệp, việc làm bền vững
1.3.1. Tiểu dự án 1: Phát triển giáo dục nghề nghiệp
1.3.2. Tiểu dự án 2. Hỗ trợ việc làm bền vững
1.4. Dự án 5: Truyền thông và giảm nghèo về thông tin
1.4.1. Tiểu dự án 1. Giảm nghèo về thông tin
1.5. Dự án 6. Nâng cao năng lực và giám sát, đánh giá Chương trình
1.5.1. Tiểu dự án 1. Nâng cao năng lực
1.5.2. Tiểu dự án 2. Giám sát, đánh giá
1.3. Kinh phí thực hiện
2. Triển khai thực hiện công tác giảm nghèo, an sinh xã hội năm 2023
2.1. Chính sách hỗ trợ về tín dụng, hỗ trợ vay vốn phát triển sản xuất
2.2. Chính sách hỗ trợ về y tế
2.3. Chính sách hỗ trợ về giáo dục
2.4. Chính sách về trợ giúp pháp lý
2.5. Chính sách hỗ trợ về nhà ở
2.6. Chính sách hỗ trợ đào tạo nghề, giải quyết việc làm và phát triển sản xuất
2.7. Các chính sách hỗ trợ an sinh xã hội
III. TỔ CHỨC THỰC HIỆN
1. Bộ phận Lao động - Thương binh và Xã hội phường
2. Bộ phận Tài chính - Kế hoạch phường
3. Bộ phận Địa chính đô thị phường
4. Các trường học trên địa bàn phường
5. Bộ phận Văn hóa và Thông tin phường
6. Trạm Y tế phường
7. Bộ phận Tư pháp- Hộ tịch phường
8. Tổ trưởng Tổ dân phố:
9. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam phường và các tổ chức đoàn thể chính trị- xã hội phường:
IV. CHẾ ĐỘ BÁO CÁO"""),
    "ke_hoach_theo_nhom_giai_phap": ("Thừa Thiên Huế", "tinh", 2021, (), """
I. MỤC TIÊU, CHỈ TIÊU, ĐỐI TƯỢNG
1. Mục tiêu chung:
2. Chỉ tiêu cụ thể
3. Đối tượng
a) Hộ nghèo, hộ cận nghèo, hộ mới thoát nghèo; ưu tiên hộ…
b) Phạm vi:
II. CÁC GIẢI PHÁP THỰC HIỆN
1. Nhóm giải pháp hỗ trợ hộ nghèo thiếu hụt đa chiều được tiếp cận các dịch vụ xã hội cơ bản.
a) Chính sách hỗ trợ người nghèo/ hộ nghèo, người cận nghèo/ hộ cận nghèo về giáo dục đào tạo:
* Hỗ trợ dạy nghề gắn với tạo việc làm
* Hỗ trợ hộ nghèo về giáo dục
* Hỗ trợ về y tế
* Hỗ trợ về nhà ở
* Hỗ trợ về nước sạch và vệ sinh môi trường
* Hỗ trợ về thông tin
b) Nhóm giải pháp hỗ trợ tăng thu nhập cho hộ nghèo:
* Hoạt động hỗ trợ hộ nghèo, hộ cận nghèo và hộ mới thoát nghèo, thoát cận nghèo vay vốn tín dụng ưu đãi
* Khuyến nông, khuyến công, khuyến ngư hướng về người nghèo
* Nhân rộng mô hình giảm nghèo
c) Nhóm giải pháp về chính sách xã hội hỗ trợ người nghèo
* Chính sách an sinh xã hội:
* Hỗ trợ tiền điện cho hộ nghèo:
d) Nhóm giải pháp về tổ chức thực hiện.
* Nâng cao năng lực hệ thống làm công tác giảm nghèo.
* Hoạt động truyền thông về giảm nghèo.
* Hoạt động giám sát đánh giá
* Tăng cường đầu tư phát triển kết cấu hạ tầng cho các xã, thôn đặc biệt khó khăn theo tiêu chí nông thôn mới
* Hỗ trợ người nghèo tiếp cận các dịch vụ trợ giúp pháp lý
III. KINH PHÍ THỰC HIỆN CHƯƠNG TRÌNH
IV. TỔ CHỨC THỰC HIỆN.
1. Sở Lao động Thương binh và Xã hội:
2. Sở Kế hoạch và Đầu tư:
3. Sở Tài chính:
4. Sở Nông nghiệp và Phát triển nông thôn:
5. Sở Y tế:
6. Sở Giáo dục và Đào tạo:
7. Sở Xây dựng:
8. Sở Tài nguyên và Môi trường:
9. Sở Thông tin và Truyền thông:
10. Chi nhánh Ngân hàng Chính sách xã hội tỉnh:
11. Cục Thống kê tỉnh:
12. Sở Tư pháp:
13. Bảo hiểm xã hội tỉnh:
14. Sở Văn hóa thể thao:
15. Đề nghị Ủy ban Mặt trận Tổ quốc và các tổ chức đoàn thể các cấp:
16. Các sở, ngành, đoàn thể ở tỉnh:
17. UBND thành phố Huế, các thị xã và các huyện:
V. CHẾ ĐỘ BÁO CÁO
Phụ lục: CHỈ TIÊU PHẦN ĐẦU GIẢM TỶ LỆ HỘ NGHÈO NĂM 2021"""),  # noqa: E501
    "ke_hoach_phan_tich_ho": ("Sơn Tây", "xa", 2021, (), f"""
I. MỤC TIÊU, CHỈ TIÊU
1. Mục tiêu
a) Mục tiêu tổng quát:
b) Mục tiêu cụ thể:
2. Chỉ tiêu
a) Chỉ tiêu chung toàn xã
b) Chỉ tiêu cụ thể cho các thôn
II. PHÂN TÍCH HỘ NGHÈO CUỐI NĂM 2020
III. NHIỆM VỤ VÀ GIẢI PHÁP
1. Công tác lãnh đạo, điều hành
2. Về tuyên truyền
3. Về cơ chế chính sách
4. Về huy động nguồn lực
IV. TỔ CHỨC THỰC HIỆN
1. {SOCIAL} :
2. Công chức địa chính Nông nghiệp:
3. Công chức Tài chính - Kế toán:
4. Công chức Tư pháp:
5. Công chức Văn hóa tuyên truyền:
6. Đề nghị Uỷ ban Mặt trận Tổ quốc và các ban ngành đoàn thể.
7. Các thành viên Ban chỉ đạo:"""),
}  # fmt: skip


@pytest.mark.parametrize("layout", PLANS)
def test_the_headings_of_each_plan_come_out(desk: Register, layout: str) -> None:
    name, kind, year, printed, headings = PLANS[layout]
    called(desk, name, kind)
    settings.save(desk.database, desk.context, {"place_name": "Huế"}, date(2021, 1, 1))
    components(desk, year, printed)
    document = read(desk, begin(desk, layout, year))
    found = [" ".join(f"{number} {title}".split()) for number, title in reading.skeleton(document)]
    assert found == headings.strip().splitlines()


def test_a_layout_follows_the_kind_of_the_unit(desk: Register) -> None:
    """A phường has tổ trưởng and địa chính đô thị, a commune of thôn has not; and nobody's plan is
    made like that of a province.
    """
    titles = {one.code: one.title for one in shipped().layout("ke_hoach_an_sinh_phuong").walk()}
    assert titles["body_villages"] == "Tổ trưởng Tổ dân phố:"
    said = printed(desk, begin(desk, "ke_hoach_an_sinh_phuong"))
    assert "8. Trưởng thôn:" in said
    assert "3. Bộ phận Địa chính xã" in said
    with pytest.raises(RefusedError, match="layout_of_others"):
        begin(desk, "ke_hoach_theo_nhom_giai_phap", 2021)
    (province,) = areas.tree(desk.database, DAY).of_level(Level.PROVINCE)
    known = (desk.database, desk.context, shipped(), province.uid, 2026)
    plan = sections.begin(*known, CHUAN).value
    assert "3. Chỉ tiêu cụ thể cho các xã, phường" in printed(desk, plan)


def printed(desk: Register, document: UUID) -> list[str]:
    found = reading.skeleton(read(desk, document))
    return [f"{number} {title}".strip() for number, title in found]


def small(desk: Register, year: int = 2026) -> tuple[UUID, dict[str, UUID]]:
    """A plan of four sections: A with B and C in it, then D."""
    known = (desk.database, desk.context)
    plan = versions.begin(*known, desk.commune, year, title="KẾ HOẠCH").value
    uids: dict[str, UUID] = {}
    for title, parent in (("A", ""), ("B", "A"), ("C", "A"), ("D", "")):
        uids[title] = sections.add(*known, plan, parent=uids.get(parent), title=title).value
    return plan, uids


def test_sections_are_added_moved_left_out_and_removed(desk: Register) -> None:
    known = (desk.database, desk.context)
    plan, uids = small(desk)
    assert printed(desk, plan) == ["I. A", "1. B", "2. C", "II. D"]
    sections.move(*known, uids["C"], -1)
    sections.move(*known, uids["D"], 1)  # at the end
    assert printed(desk, plan) == ["I. A", "1. C", "2. B", "II. D"]
    sections.put(*known, uids["D"], uids["A"], after=uids["C"])
    assert printed(desk, plan) == ["I. A", "1. C", "2. D", "3. B"]
    sections.put(*known, uids["B"], None)
    assert printed(desk, plan) == ["I. A", "1. C", "2. D", "II. B"]
    with pytest.raises(RefusedError, match="section_in_itself"):
        sections.put(*known, uids["A"], uids["C"])
    sections.change(*known, uids["C"], number="9)", style="star")
    sections.include(*known, uids["A"], False)
    assert printed(desk, plan) == ["I. B"]
    assert [one.title for one in read(desk, plan).walk()] == ["A", "C", "D", "B"]
    sections.include(*known, uids["A"], True)
    assert printed(desk, plan) == ["I. A", "9) C", "1. D", "II. B"]
    new = sections.add(*known, plan, after=uids["A"], title="E", annex=True).value
    assert printed(desk, plan) == ["I. A", "9) C", "1. D", "II. B", "Phụ lục E"]
    sections.add(*known, plan, parent=new, title="F")
    sections.add(*known, plan, title="G", annex=True)
    assert printed(desk, plan)[4:] == ["Phụ lục I E", "I. F", "Phụ lục II G"]
    sections.remove(*known, uids["A"])
    assert printed(desk, plan)[:2] == ["I. B", "Phụ lục I E"]


def test_an_issued_version_stands_and_the_next_one_is_written(desk: Register) -> None:
    known = (desk.database, desk.context)
    plan, uids = small(desk)
    versions.issue(*known, plan, date(2026, 2, 1))
    with pytest.raises(RefusedError, match="plan_stands"):
        sections.change(*known, uids["A"], title="Z")
    with pytest.raises(RefusedError, match="plan_stands"):
        sections.add(*known, plan, title="Z")
    with pytest.raises(RefusedError, match="plan_stands"):
        heads.save(*known, plan, summary="Z")
    heads.save(*known, plan, number="05", signed_on=date(2026, 2, 3))
    again = versions.next_version(*known, plan, versions.Change.ADJUSTS).value
    first = read(desk, again).parts[0]
    assert first.uid != uids["A"]
    sections.change(*known, first.parts[1].uid, title="Z")
    assert printed(desk, again) == ["I. A", "1. B", "2. Z", "II. D"]
    assert printed(desk, plan) == ["I. A", "1. B", "2. C", "II. D"]
    assert read(desk, plan).head["number"] == "05"
    assert read(desk, again).head["number"] == ""


def test_components_and_bodies_stand_among_the_sections(desk: Register) -> None:
    known = (desk.database, desk.context)
    plan, uids = small(desk)
    first, second = components(desk, 2026, [(0, "Dự án 2", "Sinh kế"), (0, "", "Việc khác")])
    form = shipped().records[Kind.PLAN_COMPONENT]
    values = {"printed_number": "Dự án 2", "printed_name": "Sinh kế", "goal": "Giảm nghèo.",
              "position": 1, "outputs": "- Mô hình 2021 - 2025; - Tổ hợp tác"}  # fmt: skip
    entries.save(*known, form, values, first)
    sections.change(*known, uids["A"], content="components")
    sections.change(*known, uids["D"], content="bodies")
    year = {"area": desk.commune, "year": 2026}
    for name, content in (("Trạm Y tế", "Cân trẻ"), ("Hội Phụ nữ", "Vận động")):
        body = {"name": name, "kind": "office", "valid_from": DAY}
        uid = entries.save(*known, shipped().records[Kind.BODY], body, given={"area": desk.commune})
        task = {"content": content, "section": "organisation", "body": uid.value}
        entries.save(*known, shipped().records[Kind.TASK], task, given=year)
    assert printed(desk, plan) == [
        "I. A", "1. Dự án 2: Sinh kế", "2. Việc khác", "3. B", "4. C", "II. D", "1. Trạm Y tế:",
        "2. Hội Phụ nữ:",
    ]  # fmt: skip
    document = read(desk, plan)
    parts = [one for one in document.walk() if one.origin is Origin.COMPONENT_PART]
    assert [(one.number, one.title, one.text) for one in parts] == [
        ("a)", "Mục tiêu:", "Giảm nghèo."),
        ("b)", "Kết quả đầu ra:", "- Mô hình 2021 - 2025;\n- Tổ hợp tác."),
    ]
    assert [one.text for one in document.walk() if one.origin is Origin.BODY] == [
        "- Cân trẻ.",
        "- Vận động.",
    ]
    # One that a section of its own names is not among the others any more.
    sections.change(*known, uids["B"], content="component", plan_component=second)
    assert printed(desk, plan)[:3] == ["I. A", "1. Dự án 2: Sinh kế", "2. B"]


def test_a_section_takes_the_texts_of_earlier_years(desk: Register) -> None:
    known = (desk.database, desk.context)
    for year, text in ((2023, "Cũ."), (2024, "Mới."), (2025, "Cũ.")):
        plan = begin(desk, CHUAN, year)
        goal = next(one for one in read(desk, plan).walk() if one.code == "goal_general")
        sections.change(*known, goal.uid, text=text)
    plan = begin(desk, CHUAN, 2026)
    goal = next(one for one in read(desk, plan).walk() if one.code == "goal_general")
    found = library.texts_of(desk.database, shipped(), goal.uid)
    assert [(one.year, one.text) for one in found if one.year] == [(2025, "Cũ."), (2024, "Mới.")]
    layouts = [one for one in found if one.label]
    assert {one.label for one in layouts} >= {"Kế hoạch theo dự án (xã)"}
    assert all("{" not in one.text for one in layouts)
    assert goal.text not in [one.text for one in found]


def test_a_plan_without_sections_takes_those_of_a_layout(desk: Register) -> None:
    known = (desk.database, desk.context, shipped())
    plan = versions.begin(desk.database, desk.context, desk.commune, 2026, title="Của tôi").value
    sections.take_layout(*known, plan, CHUAN)
    document = read(desk, plan)
    assert (document.head["title"], document.layout) == ("Của tôi", CHUAN)
    assert document.head["summary"].startswith("Thực hiện công tác giảm nghèo")
    assert printed(desk, plan)[0] == "I. MỤC ĐÍCH, YÊU CẦU"
    with pytest.raises(RefusedError, match="sections_taken"):
        sections.take_layout(*known, plan, CHUAN)
    with pytest.raises(RefusedError, match="layout_not_plan"):
        sections.take_layout(*known, plan, "bao_cao_nam")


def test_what_was_written_is_taken_back_in_one_step(desk: Register) -> None:
    before = living(dump(desk.database))
    begin(desk, CHUAN)
    step = undo.next_step(desk.database)
    assert step is not None
    undo.undo(desk.database, desk.context, step.group)
    assert living(dump(desk.database)) == before


def test_reports_have_several_drafts(desk: Register) -> None:
    known = (desk.database, desk.context, shipped())
    drafts = [
        sections.begin_report(*known, desk.commune, 2026, "bao_cao_dinh_ky", "Q1").value
        for _ in range(2)
    ]
    found = reading.report_of(desk.database, shipped(), desk.commune, 2026, "Q1")
    assert [one.uid for one in found] == drafts
    assert "quý I năm 2026" in found[0].head["summary"]
    heads.remove(desk.database, desk.context, drafts[0])
    assert len(reading.report_of(desk.database, shipped(), desk.commune, 2026, "Q1")) == 1
    with pytest.raises(RefusedError, match="layout_not_plan"):
        begin(desk, "bao_cao_nam")
