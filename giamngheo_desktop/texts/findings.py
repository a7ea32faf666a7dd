"""What checks find, in words: in a form, in an identity number, between stored rows."""

from __future__ import annotations

from collections.abc import Mapping

from giamngheo_desktop.domain.problems import Problem

# Findings of `domain.validation`: what is wrong and what to do about it.
PROBLEMS: dict[str, str] = {
    "required_missing": "Chưa ghi {field}: ghi vào trước khi kết thúc rà soát.",
    "unknown_choice": "{field} ghi “{value}”, không có trong danh mục: chọn lại.",
    "out_of_range": "{field} ghi {value}, chỉ nhận từ {minimum} đến {maximum}: kiểm tra lại số.",
    "value_not_applying": "Đã ghi {field} nhưng {asked} là “{answer}”: sửa một trong hai.",
    "school_level_not_attended": "Đang học cấp “{value}” nhưng Đang đi học ghi “Không”: "
    "xóa cấp học hoặc sửa lại Đang đi học.",
    "no_members": "Hộ chưa có thành viên nào: nhập chủ hộ và các thành viên.",
    "no_head": "Hộ chưa có chủ hộ: chọn một thành viên làm chủ hộ.",
    "two_heads": "{name} và {other} cùng là chủ hộ: chỉ để một người.",
    "head_other_relation": "{name} là chủ hộ nhưng quan hệ ghi “{relation}”: đổi quan hệ thành "
    "Chủ hộ.",
    "relation_head_not_head": "{name} ghi quan hệ “{relation}” nhưng không được đánh dấu là chủ "
    "hộ: sửa quan hệ hoặc đổi chủ hộ.",
    "same_person_twice": "{name} có hai dòng cùng tên, cùng ngày sinh: xóa dòng nhập trùng.",
    "same_person_elsewhere": "{name}, sinh {birth}, có thể là {other} của hộ {household}: cùng họ "
    "tên, giới tính, ngày sinh. Mở hai hộ, xem giấy tờ: một người thì bỏ dòng nhập trùng ở một hộ.",
    "id_twice_in_household": "Số {number} của {name} ghi cho {count} người trong hộ: kiểm tra lại "
    "trên giấy tờ.",
    "id_elsewhere": "Số {number} của {name} đã có ở {other}, hộ {household}: kiểm tra số, hoặc xem "
    "có phải một người đang ở hai hộ.",
    "relation_sex": "{name} là {sex} nhưng quan hệ ghi “{relation}”: sửa giới tính hoặc quan hệ.",
    "spouse_same_sex": "{name} ({relation}) cùng giới tính với chủ hộ {head}: kiểm tra giới tính.",
    "two_spouses": "{name} và {other} cùng ghi là vợ hoặc chồng của chủ hộ: kiểm tra quan hệ.",
    "spouse_under_age": "{name} mới {age} tuổi, dưới tuổi kết hôn ({lowest}): kiểm tra năm sinh "
    "hoặc quan hệ.",
    "elder_younger_than_head": "{name} ({relation}) sinh sau chủ hộ {head}: kiểm tra ngày sinh "
    "hoặc quan hệ.",
    "elder_close_to_head": "{name} ({relation}) chỉ hơn chủ hộ {head} {years} tuổi: kiểm tra năm "
    "sinh hoặc quan hệ.",
    "child_older_than_head": "{name} ({relation}) sinh trước chủ hộ {head}: kiểm tra ngày sinh "
    "hoặc quan hệ.",
    "child_close_to_head": "{name} ({relation}) chỉ kém chủ hộ {head} {years} tuổi: kiểm tra năm "
    "sinh hoặc quan hệ.",
    "younger_kin_older_than_head": "{name} ({relation}) sinh trước chủ hộ {head}: kiểm tra ngày "
    "sinh hoặc quan hệ.",
    "born_after_reference": "{name} sinh {birth}, sau ngày rà soát {day}: kiểm tra ngày sinh.",
    "too_old": "{name} {age} tuổi, quá {oldest} tuổi: kiểm tra năm sinh, hoặc ghi chết nếu đã mất.",
    "head_under_16": "Chủ hộ {name} mới {age} tuổi: kiểm tra năm sinh hoặc đổi chủ hộ.",
    "day_in_future": "{field} của {name} là {day}, sau hôm nay: kiểm tra lại ngày.",
    "day_before_birth": "{field} của {name} là {day}, trước ngày sinh: kiểm tra hai ngày.",
    "surveyed_in_future": "{field} {day} sau hôm nay: ghi ngày đã đi rà soát.",
    "name_has_digits": "Họ và tên “{name}” có chữ số: gõ lại họ và tên.",
    "phone_format": "Số điện thoại “{value}” của {name} không đúng: ghi 10 số, bắt đầu bằng 0.",
    "student_not_attending": "{name} có tình trạng Đang đi học nhưng Đang đi học ghi “Không”: "
    "sửa một trong hai.",
    "pregnant_man": "{name} là nam nhưng ghi đang mang thai: sửa giới tính hoặc bỏ mục này.",
    "unable_works": "{name} đang làm việc nhưng khả năng lao động ghi là không có: "
    "kiểm tra hai mục.",
    "able_and_unable": "{name} có tình trạng Không có khả năng lao động nhưng khả năng lao động "
    "ghi là có: sửa một trong hai.",
    "child_works": "{name} {age} tuổi mà ghi đang làm việc: kiểm tra năm sinh hoặc tình trạng.",
    "child_unwilling": "{name} {age} tuổi, chưa đến tuổi lao động mà ghi không muốn đi làm: "
    "sửa tình trạng.",
    "retired_young": "{name} {age} tuổi mà ghi nghỉ hưu/nội trợ: kiểm tra năm sinh hoặc tình "
    "trạng.",
    "level_too_high": "{name} {age} tuổi mà ghi đang học {level}: kiểm tra năm sinh hoặc cấp học.",
    "level_too_low": "{name} {age} tuổi mà ghi đang học {level}: kiểm tra năm sinh hoặc cấp học.",
    "completed_too_young": "{name} {age} tuổi mà {field} ghi “{level}”: kiểm tra năm sinh hoặc "
    "trình độ.",
    "elderly_allowance_young": "{name} {age} tuổi mà hưởng trợ cấp người cao tuổi: kiểm tra năm "
    "sinh hoặc loại trợ cấp.",
    "orphan_allowance_adult": "{name} {age} tuổi mà hưởng trợ cấp trẻ em mồ côi: kiểm tra năm sinh "
    "hoặc loại trợ cấp.",
    "pension_young": "{name} {age} tuổi mà hưởng lương hưu: kiểm tra năm sinh hoặc loại trợ cấp.",
    "malnourished_adult": "{name} {age} tuổi: suy dinh dưỡng chỉ ghi cho trẻ em dưới 16 tuổi; "
    "bỏ mục này hoặc kiểm tra năm sinh.",
    "pregnant_age": "{name} {age} tuổi mà ghi đang mang thai: kiểm tra năm sinh hoặc bỏ mục này.",
    "body_impossible": "{field} của {name} ghi {value}; ở tuổi này chỉ từ {minimum} đến {maximum}: "
    "đo lại hoặc xem có gõ nhầm.",
    "body_disproportionate": "{name} cao {height}, nặng {weight}: xem có gõ nhầm một trong hai số.",
    "house_area_zero": "Diện tích nhà ở ghi 0: ghi diện tích, hoặc để trống nếu chưa đo.",
    "house_area_small": "Diện tích nhà ở {area} cho {size} người, chưa đến 1 m² mỗi người: "
    "kiểm tra lại số.",
    "code_long": "Mã hộ “{value}” dài hơn {limit} ký tự: kiểm tra lại mã.",
    "local_minority_of_majority": "Hộ ghi là DTTS tại chỗ nhưng không phải hộ DTTS: sửa một trong "
    "hai.",
    "minority_unlike_head": "Mục Hộ dân tộc thiểu số không khớp dân tộc của chủ hộ {name}: "
    "để trống để tính theo chủ hộ, hoặc sửa dân tộc.",
    "class_without_paper": "Kết quả phân loại năm {year}, hiệu lực từ {day}, chưa có số, ngày "
    "quyết định: mở hộ, ghi vào mục Phân loại của năm.",
    "no_capacity_but_works": "Hộ ghi không có khả năng lao động nhưng {name} đang làm việc: "
    "kiểm tra hai mục.",
}

IDENTITY_PROBLEMS: dict[str, str] = {
    "id_not_digits": "Số giấy tờ chỉ gồm chữ số: kiểm tra lại chữ cái gõ lẫn.",
    "id_length": "Số giấy tờ phải có 12 chữ số (CCCD, số định danh) hoặc 9 chữ số (CMND).",
    "id_length_12": "CCCD, số định danh phải có 12 chữ số: đếm lại trên giấy.",
    "id_length_9": "CMND phải có 9 chữ số; số có 12 chữ số thì chọn loại giấy là CCCD.",
    "id_placeholder": "Số này chỉ lặp lại một chữ số: nếu chưa có giấy tờ thì để trống số.",
    "id_century": "Chữ số thứ tư của CCCD phải từ 0 đến 3: kiểm tra lại số.",
    "id_sex": "Chữ số thứ tư của CCCD không khớp giới tính: kiểm tra số hoặc giới tính.",
    "id_birth_year": "Chữ số thứ tư đến thứ sáu của CCCD không khớp năm sinh: "
    "kiểm tra số hoặc năm sinh.",
}

# Rows that contradict each other (`storage.consistency`).
CONTRADICTIONS: dict[str, str] = {
    "household_without_village": "Hộ không thuộc thôn nào nên không có trong danh sách, biểu: mở "
    "hộ và chọn thôn, hoặc báo kỹ thuật viên.",
    "ends_before_beginning": "Có mục ghi từ {start} mà kết thúc {end}, trước khi bắt đầu.",
    "two_places": "Hộ thuộc hai thôn cùng lúc từ ngày {day}: chỉ một thôn được đúng.",
    "two_memberships": "Một người là thành viên của hai hộ cùng lúc từ ngày {day}.",
    "two_classes": "Hộ có hai kết quả công nhận cùng lúc từ ngày {day} theo một bộ chuẩn.",
    "two_heads_stored": "Hộ có hai chủ hộ cùng lúc.",
    "frozen_size_differs": "Năm {year} đã khóa: {persons} nhân khẩu mà ghi kèm {found} người.",
    "two_plan_versions": "Năm {year} có hai bản thứ {version} của kế hoạch, do hai máy cùng lập: "
    "chép sang một bản những gì cần giữ rồi xóa bản dự thảo kia; cả hai đã ban hành thì lập bản "
    "thay thế.",
    "population_too_small": "Năm {year}: tổng số hộ nhập {typed} ít hơn số hộ nghèo, cận nghèo "
    "{found}; sửa tổng số hộ của thôn.",
}

PROBLEM_OF_MEMBER = "{name}: {sentence}"

NAMELESS = "(chưa ghi họ tên)"

_PEOPLE = ("name", "other", "head")


def problem_text(problem: Problem, labels: Mapping[str, str]) -> str:
    """The sentence of a finding, naming the member; `labels` gives the label of each field code."""
    params = {"field": labels.get(problem.field, problem.field), **problem.params}
    params |= {key: NAMELESS for key in _PEOPLE if params.get(key) == ""}
    sentence = (PROBLEMS | IDENTITY_PROBLEMS)[problem.code]
    if "name" in params and "{name}" not in sentence:
        return PROBLEM_OF_MEMBER.format(name=params["name"], sentence=sentence.format(**params))
    return sentence.format(**params)
