"""What is said of programmes and policies."""

from __future__ import annotations

from giamngheo_desktop.domain.plan_numbers import NumberDoubt

CLI_PROGRAMMES: dict[str, str] = {
    "help": "cây chương trình: dự án, tiểu dự án, hợp phần",
    "help_year": "chỉ những chương trình mà kế hoạch của năm này dùng được",
    "help_programme": "chỉ chương trình này",
    "help_format": "dạng tệp, mặc định theo đuôi tệp",
    "help_output": "ghi cây chương trình ra tệp PDF, Excel, Word để in",
    "help_policies": "mức của các chính sách hỗ trợ trong một ngày",
    "help_day": "2026-06-30 hoặc 30/06/2026; không ghi thì hôm nay",
    "to_confirm": " [cần đối chiếu]",
    "no_lead": "chưa rõ cơ quan chủ trì",
}

CLI_NAMED: dict[str, str] = {
    "body": "cơ quan",
    "village": "thôn",
    "household": "hộ",
    "policy": "chính sách",
    "programme": "chương trình",
    "component": "dự án, nội dung",
    "preset": "chế độ báo cáo mẫu",
    "schedule": "báo cáo",
    "sender": "nơi gửi",
    "in_year": "trong năm {year}",
    "in_file": "trong sổ",
    "no_village": "không còn ở thôn nào",
    "keyed": "{name} [{key}]",
}

CLI_ACTIVITIES: dict[str, str] = {
    "help": "mọi hoạt động, nhiệm vụ, kinh phí, hỗ trợ, phân công của một năm",
    "help_year": "năm làm việc",
    "help_unit": "tên hoặc mã của xã, nếu tệp có nhiều xã",
    "help_component": "chỉ của dự án, nội dung này và những phần trong nó, ví dụ DA3-TDA1",
    "help_programme": "chỉ của chương trình này, ví dụ 2021",
    "help_body": "chỉ của cơ quan, đoàn thể này (tên hoặc mã)",
    "help_village": "chỉ của thôn này (tên hoặc mã)",
    "help_household": "chỉ của hộ này (tên chủ hộ hoặc mã)",
    "amount": "{amount} đồng",
    "no_day": "chưa ghi ngày",
    "warning": "    ! {text}",
    "none": "Chưa ghi gì trong năm này.",
}

RECORD_ERRORS: dict[str, str] = {
    "unknown_code": "Không có {what} nào mang mã “{name}”, chỉ có {known}.",
    "no_record_named": "Không có {what} nào tên “{name}” {when}.",
    "several_records_named": "Có {count} {what} tên “{name}”: ghi mã thay cho tên – {known}.",
    "record_lacks": "Chưa ghi: {label}.",
    "record_number": "“{label}” phải là một số nguyên.",
    "record_below": "“{label}” không được nhỏ hơn {bound}.",
    "record_above": "“{label}” không được lớn hơn {bound}.",
    "record_unknown": "“{label}”: trong danh sách không có “{value}”.",
    "record_component": "“{label}”: “{value}” không thuộc chương trình “{programme}”.",
    "record_days_turned": "“{last}” không được trước “{first}”: xem lại hai ngày.",
    "record_in_itself": "“{label}”: một mục không nằm trong chính nó hay trong phần của nó.",
    "components_taken": "Kế hoạch năm đã có đủ các mục của “{name}”.",
    "record_used": "Không bỏ được “{name}”: còn mục khác ghi theo nó. Sửa hoặc bỏ những mục ấy "
    "trước.",
}

# What the parts of a code count (`domain/plan_numbers.py`); a hợp phần is numbered by its name.
PLAN_NUMBERS: dict[str, str] = {
    "DA": "Dự án",
    "TDA": "Tiểu dự án",
    "NDTP": "Nội dung thành phần",
    "ND": "Nội dung",
}

PLAN_DOUBTS: dict[NumberDoubt, str] = {
    NumberDoubt.TWICE: "Số in này còn ở một mục khác.",
    NumberDoubt.NOT_OFFICIAL: "Số chính thức là {official}: người đọc dễ hiểu là mục khác.",
    NumberDoubt.PART_MISSING: "Dự án này trong kế hoạch thiếu {official}, {name}: xem lại, "
    "không thực hiện thì để nguyên.",
}

# What the class of a household is called behind its name, and how names are told apart.
OFFERS: dict[str, str] = {
    "poor": "hộ nghèo",
    "near_poor": "hộ cận nghèo",
    "average_living": "mức sống trung bình",
    "not_poor": "hộ không nghèo",
    "no_result": "không có kết quả của năm",
    "none": "chưa phân loại",
    "born": "{name}, sinh năm {year}",
    "printed": "{label} (kế hoạch in: {number})",
    "nameless": "Chưa có tên",
    "of_unit": "{name} ({unit})",
    "former": "{unit} cũ",
}
