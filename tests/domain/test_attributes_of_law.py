# ruff: noqa: E501 - one attribute, one line
"""Every attribute the forms of the law name has a field, a page, a check, a column and a label.

The table is written by hand from the forms of QĐ 24/2021, TT 07/2021 and the lists after the
review; the test compares it with the loaded definitions, and an empty cell fails.
"""

from __future__ import annotations

import pytest

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import shipped_definitions
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.services.importing.plan import Purpose
from giamngheo_desktop.services.importing.template import template_columns
from giamngheo_desktop.texts import IDENTITY_PROBLEMS, PROBLEMS

DEFINITIONS = shipped_definitions(paths.resources() / "definitions")

# attribute of the law | form.field | kept as | page | checks | Excel column | print label
#
# Kept as: column (of the record), dated (fact with its days), computed, record (of a unit, class,
# decision or review, kept elsewhere).
# Checks: required, choice, range, day, yes_no, area, text (free), computed, or problem codes.
HOUSEHOLD = """
mã hộ | household.code | column | info | code_long | Mã hộ | Mã hộ
STT hộ | household.list_number | column | info | range | STT hộ | STT hộ
năm rà soát | household_derived.review_year | record | review | computed | Năm rà soát | Năm rà soát
tỉnh | household_derived.province | record | info | area | Tỉnh, thành phố | Tỉnh
huyện | household_derived.district | record | info | area | Huyện, quận (đến 30/6/2025) | Huyện
xã | household_derived.commune | record | info | area | Xã, phường | Xã
thôn | household.village | column | info | required area | Thôn | Thôn
địa chỉ, số nhà | household.address | column | info | text | Địa chỉ | Địa chỉ
nơi thường trú | household.permanent_residence | column | info | text | Nơi thường trú | Nơi thường trú
nơi ở hiện tại | household.current_residence | column | info | text | Nơi ở hiện tại | Nơi ở hiện tại
thường trú, tạm trú từ ngày | household.residence | dated | info | choice | Cư trú | Cư trú
area_type | household_derived.area_type | record | info | choice | Khu vực | Khu vực
vùng | household_derived.region | record | info | choice | Vùng của bảng điểm | Vùng
chủ hộ | household_derived.head_name | computed | info | no_head two_heads | Họ và tên chủ hộ | Chủ hộ
số nhân khẩu | household_derived.size | computed | info | no_members | Số nhân khẩu | Số khẩu
dân tộc của chủ hộ | household_derived.head_ethnicity | computed | info | choice | Dân tộc của chủ hộ | Dân tộc
hộ DTTS | household.minority | dated | info | choice minority_unlike_head | Hộ DTTS | Hộ DTTS
hộ DTTS tại chỗ | household.local_minority | dated | info | choice local_minority_of_majority | Hộ DTTS tại chỗ | Hộ DTTS tại chỗ
hộ không có khả năng lao động | household.no_labour_capacity | dated | info | choice no_capacity_but_works | Hộ không có khả năng lao động | Không có KNLĐ
hộ có người có công | household.merit_household | dated | info | choice | Hộ có thành viên là người có công | Hộ có người có công
hộ có thành viên hưởng TGXH | household_derived.social_assistance | computed | info | yes_no | Hộ có thành viên hưởng trợ giúp xã hội | Có người hưởng TGXH
hộ nghèo thuộc chính sách BTXH | household.social_protection | dated | info | choice | Hộ nghèo thuộc chính sách BTXH | Hộ BTXH
bị thu hồi đất | household.land_recovered | dated | info | choice | Hộ bị thu hồi đất | Thu hồi đất
chủ hộ là nữ | household_derived.female_head | computed | info | yes_no | Chủ hộ là nữ | Chủ hộ là nữ
phân loại năm trước | household_derived.previous_class | record | review | choice | Phân loại năm trước | Năm trước
phân loại năm nay | household_derived.class | record | review | choice | Phân loại hộ | Phân loại
mức sống trung bình | household_derived.average_living | record | review | yes_no | Hộ làm nông, lâm, ngư, diêm nghiệp có mức sống trung bình | Hộ MSTB
loại diễn biến | household_derived.movement | computed | review | choice | Loại diễn biến | Diễn biến
kết quả Phiếu A | household.quick_screen | column | review | yes_no | Kết quả Phiếu A | Phiếu A
người nhận dạng nhanh | household.quick_screen_by | column | review | text | Người nhận dạng nhanh | Người nhận dạng
điểm B1 | household.score_income | column | review | range | Điểm B1 | Điểm B1
thu nhập | household.income | column | review | range | Thu nhập (đồng/người/tháng) | Thu nhập
điểm B2 | household_derived.score_deprivation | computed | review | computed | Điểm B2 (điểm B) | Điểm B2
12 chỉ số | household_derived.deprived | computed | review | choice | Chỉ số thiếu hụt | Thiếu hụt
nguyên nhân nghèo | household.causes | column | review | choice | Nguyên nhân nghèo | Nguyên nhân nghèo
chính sách đã hưởng | household.policies_received | column | review | choice | Chính sách đã được hỗ trợ | Đã hỗ trợ
nhu cầu hỗ trợ | household.support_needs | column | review | choice | Nhu cầu hỗ trợ | Nhu cầu
số quyết định | household_derived.decision_number | record | review | computed | Số QĐ công nhận | Số QĐ
ngày quyết định | household_derived.decision_date | record | review | day | Ngày ban hành QĐ | Ngày QĐ
số giấy chứng nhận | household.certificate_number | column | review | text | Số giấy chứng nhận | Số GCN
rà soát viên | household.surveyor | column | review | required text | Rà soát viên | Rà soát viên
ngày rà soát | household.surveyed_on | column | review | required day surveyed_in_future | Ngày rà soát | Ngày rà soát
status | household_derived.status | record | review | choice | Trạng thái rà soát | Trạng thái
ghi chú | household.note | column | review | text | Ghi chú | Ghi chú
"""

HOUSING = """
tường | household.house_wall | column | housing | choice | Tường nhà | Tường
cột | household.house_column | column | housing | choice | Cột nhà | Cột
mái | household.house_roof | column | housing | choice | Mái nhà | Mái
loại nhà (2016–2021) | household.house_grade | column | housing | choice | Loại nhà | Loại nhà
diện tích | household.house_area | column | housing | range house_area_zero house_area_small | Diện tích nhà ở (m²) | Diện tích (m²)
nguồn điện | household.electricity_source | column | housing | choice | Nguồn điện | Nguồn điện
tiêu thụ điện | household.electricity_kwh | column | housing | range | Điện bình quân tháng (kWh) | Điện (kWh)
nguồn nước | household.water_source | column | housing | choice | Nguồn nước sinh hoạt | Nguồn nước
nhà tiêu | household.toilet | column | housing | choice | Loại nhà tiêu | Nhà tiêu
phương tiện dùng chung | household.shared_assets | column | housing | choice | Phương tiện dùng chung | Dùng chung
phương tiện cá nhân | household.personal_assets | column | housing | choice | Phương tiện cá nhân | Cá nhân
loa truyền thanh (2016–2021) | household.hears_loudspeaker | column | housing | yes_no | Nghe được loa truyền thanh | Nghe được loa
"""

MEMBER = """
họ và tên | member.full_name | column | members | required name_has_digits same_person_twice | Họ và tên | Họ và tên
tên | member.given_name | column | members | text | Tên | Tên
quan hệ với chủ hộ | member.relation | column | members | required choice relation_sex head_other_relation relation_head_not_head two_spouses | Quan hệ với chủ hộ | Quan hệ
là chủ hộ | member.is_head | column | members | yes_no no_head two_heads head_under_16 | Là chủ hộ | Chủ hộ
ngày, tháng, năm sinh | member.birth | column | members | required day born_after_reference too_old child_older_than_head | Ngày sinh | Ngày sinh
giới tính | member.sex | column | members | required choice relation_sex | Giới tính | Giới tính
tình trạng việc làm | member.job_status | column | members | choice child_works retired_young student_not_attending | Tình trạng | Tình trạng
dân tộc | member.ethnicity | column | members | required choice | Dân tộc | Dân tộc
loại giấy tờ | member.id_kind | column | members | choice | Loại giấy tờ | Loại giấy tờ
số định danh, CCCD, CMND | member.id_number | column | members | id_sex id_birth_year id_length_12 id_length_9 id_twice_in_household id_elsewhere | Số CCCD/CMND | Số CCCD/CMND
lý do chưa có | member.id_missing_reason | column | members | text | Lý do chưa có giấy tờ | Lý do chưa có
ngày cấp | member.id_issued_on | column | members | day day_in_future day_before_birth | Ngày cấp | Ngày cấp
điện thoại | member.phone | column | members | phone_format | Điện thoại | Điện thoại
ngày vào hộ | member.joined_on | column | members | day day_in_future day_before_birth | Ngày vào hộ | Ngày vào hộ
chiều cao | member.height | column | members | range body_impossible body_disproportionate | Chiều cao (cm) | Chiều cao
cân nặng | member.weight | column | members | range body_impossible body_disproportionate | Cân nặng (kg) | Cân nặng
suy dinh dưỡng | member.malnourished | column | members | yes_no malnourished_adult | Suy dinh dưỡng | Suy dinh dưỡng
đang đi học | member.attending_school | column | members | yes_no student_not_attending | Đang đi học | Đang đi học
cấp học đang theo | member.school_level | column | members | choice school_level_not_attended level_too_high level_too_low | Cấp học đang theo | Đang học cấp
trình độ văn hóa | member.education | column | members | choice completed_too_young | Trình độ văn hóa | Trình độ văn hóa
trình độ đào tạo | member.training | column | members | choice completed_too_young | Trình độ đào tạo | Trình độ đào tạo
đào tạo tại doanh nghiệp | member.trained_on_job | column | members | yes_no | Đào tạo tại doanh nghiệp | Đào tạo tại chỗ
có BHYT | member.health_insurance | column | members | yes_no | Có BHYT | BHYT
sử dụng internet | member.uses_internet | column | members | yes_no | Sử dụng internet | Internet
thuê bao điện thoại (2016–2021) | member.uses_phone | column | members | yes_no | Sử dụng điện thoại | Điện thoại thuê bao
trợ cấp xã hội hằng tháng | member.social_allowance | column | members | choice elderly_allowance_young orphan_allowance_adult | Trợ cấp xã hội | Trợ cấp xã hội
loại việc làm | member.job_kind | column | members | choice value_not_applying | Loại việc làm | Loại việc làm
hợp đồng lao động | member.job_contract | column | members | choice value_not_applying | Hợp đồng lao động | Hợp đồng
lương hưu, trợ cấp | member.pension | column | members | choice pension_young | Lương hưu, trợ cấp | Lương hưu, trợ cấp
bệnh nặng, hiểm nghèo | member.serious_illness | column | members | yes_no | Mắc bệnh nặng, hiểm nghèo | Bệnh nặng
ốm đau không đi khám (2016–2021) | member.sick_untreated | column | members | yes_no | Ốm đau không đi khám chữa bệnh | Ốm không khám
khuyết tật: dạng | member.disability_kind | dated | members | choice | Dạng khuyết tật | Dạng khuyết tật
khuyết tật: mức độ | member.disability_level | dated | members | choice value_not_applying | Mức độ khuyết tật | Mức độ khuyết tật
người có công | member.merit | dated | members | choice | Người có công | Người có công
mang thai, nuôi con nhỏ | member.pregnant_or_nursing | dated | members | choice pregnant_man pregnant_age | Mang thai, nuôi con nhỏ | Mang thai/nuôi con
khả năng lao động | member.labour_capacity | dated | members | choice unable_works able_and_unable | Khả năng lao động | Khả năng lao động
sinh kế ổn định | member.stable_livelihood | dated | members | choice | Sinh kế ổn định | Sinh kế ổn định
"""


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


TABLE = rows(HOUSEHOLD) + rows(HOUSING) + rows(MEMBER)


def has_choices(field: FieldDef) -> bool:
    return bool(field.choices) and field.kind in (FieldKind.CHOICE, FieldKind.CHOICES)


CHECKS = {
    "required": lambda field: field.required,
    "choice": has_choices,
    "range": lambda field: field.minimum is not None and field.maximum is not None,
    "day": lambda field: field.kind in (FieldKind.DATE, FieldKind.PARTIAL_DATE),
    "yes_no": lambda field: field.kind is FieldKind.YES_NO,
    "area": lambda field: field.kind is FieldKind.AREA,
    "text": lambda field: field.kind is FieldKind.TEXT,
    "computed": lambda field: not field.required,
}


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_each_attribute(row: list[str]) -> None:
    assert len(row) == 7
    assert all(row), "an empty cell"
    _, place, kept, page, checks, excel, label = row
    form_code, code = place.split(".")
    form = DEFINITIONS.form(form_code)
    field = form.field(code)
    assert page in {section.page for section in form.sections if field in section.fields}
    assert field.dated == (kept == "dated")
    assert (form_code == "household_derived") == (kept in ("computed", "record"))
    for check in checks.split():
        if check in CHECKS:
            assert CHECKS[check](field), check
        else:
            assert check in PROBLEMS | IDENTITY_PROBLEMS, check
    assert ("required" in checks.split()) == field.required
    assert field.excel_label == excel
    assert field.short_label == label


def test_the_table_names_every_field_once() -> None:
    named = [row[1] for row in TABLE]
    assert len(set(named)) == len(named)
    forms = ("household", "household_derived", "member")
    asked = {f"{code}.{field.code}" for code in forms for field in DEFINITIONS.form(code)}
    assert set(named) == asked


# What follows from another column of a list, or is an event with a day of its own.
NOT_LISTED = {"list_number", "given_name", "is_head", "joined_on"}


def test_the_import_template_has_the_columns_of_the_table() -> None:
    columns = template_columns(DEFINITIONS, Purpose.RESULT, ())
    headings = {column.code: column.heading for column in columns}
    for form in (DEFINITIONS.household, DEFINITIONS.member):
        wanted = {
            row[1].split(".")[1]: row[5] for row in TABLE if row[1].startswith(form.code + ".")
        }
        assert NOT_LISTED & set(wanted) == NOT_LISTED & set(form.fields)
        wanted = {code: text for code, text in wanted.items() if code not in NOT_LISTED}
        assert {code: headings[code] for code in wanted} == wanted
    assert headings["household_number"] == "STT hộ"  # in the place of the number of the list
