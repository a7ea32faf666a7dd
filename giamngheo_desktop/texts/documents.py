"""What is said of plans and reports as written papers."""

from giamngheo_desktop.domain.plan_content import ComponentPart, Content

DOCUMENT_ERRORS: dict[str, str] = {
    "unknown_layout": "Không có khung văn bản “{name}”, chỉ có {known}.",
    "layout_not_plan": "“{name}” là khung của báo cáo, không lập kế hoạch theo khung này được.",
    "layout_not_report": "“{name}” là khung của kế hoạch, không lập báo cáo theo khung này được.",
    "sections_taken": "Văn bản đã có các mục: xóa các mục ấy rồi mới lấy khung khác.",
    "section_in_itself": "Không đặt một mục vào chính nó hay vào mục nằm trong nó được.",
    "report_stands": "Báo cáo này đã ban hành, không sửa được: lập bản khác rồi sửa trong đó.",
}

DOCUMENT: dict[str, str] = {
    "annex": "Phụ lục",
    "lead": "{lead} phối hợp với {partners}",
}

COMPONENT_PARTS: dict[ComponentPart, str] = {
    ComponentPart.GOAL: "Mục tiêu:",
    ComponentPart.TARGET_GROUP: "Đối tượng:",
    ComponentPart.CONTENT: "Nội dung:",
    ComponentPart.OUTPUTS: "Kết quả đầu ra:",
    ComponentPart.LEAD: "Cơ quan chủ trì:",
}

# What may be filled into a section.
CONTENTS: dict[Content, str] = {
    Content.TARGETS: "Chỉ tiêu của kế hoạch",
    Content.TARGETS_ASSIGNED: "Chỉ tiêu cấp trên giao",
    Content.VILLAGE_TABLE: "Bảng chỉ tiêu giảm nghèo theo đơn vị",
    Content.COMPONENTS: "Các dự án, nội dung của kế hoạch",
    Content.COMPONENT: "Một dự án, nội dung của kế hoạch",
    Content.BODIES: "Nhiệm vụ của các cơ quan, đoàn thể",
    Content.BODY: "Nhiệm vụ của một cơ quan, đoàn thể",
    Content.SOLUTIONS: "Nhiệm vụ, giải pháp đã ghi",
    Content.POLICIES: "Chính sách đã ghi",
    Content.REPORTING: "Trách nhiệm báo cáo đã ghi",
    Content.BUDGET: "Bảng kinh phí",
    Content.BUDGET_LINES: "Bảng kê kinh phí từng dòng",
    Content.ANALYSIS: "Phân tích hộ nghèo",
    Content.SCHEDULES: "Chế độ báo cáo",
    Content.ACTIVITIES: "Bảng hoạt động trong năm",
    Content.SUPPORTS: "Bảng hỗ trợ trong năm",
    Content.HELPING: "Phân công giúp đỡ, kế hoạch hộ, biến cố",
    Content.FUND: "Thu, chi quỹ và đóng góp",
    Content.PROGRESS: "Kết quả thực hiện chỉ tiêu",
    Content.CHANGES: "Thay đổi so với kỳ báo cáo trước",
}

# What papers say around what they fill in.
WRITTEN: dict[str, str] = {
    "cannot": "[Chưa lập được phần này: {why}.]",
    "dimension": "- Chiều thiếu hụt về {name}:",
    "assigned": "Theo {document}:",
    "document_of": "{document} ngày {day}",
    "whole_unit": "toàn {kind}",
    "amount": "{stage}: {amount} đồng",
    "schedule": "{said} ({sender} báo cáo về {recipient})",
    "schedule_alone": "{said} ({sender})",
    "task_recipient": "gửi {recipient}",
    "task_due": "hạn {day}",
    "activity": "Hoạt động",
    "content": "Nội dung",
    "who": "Chủ trì, phối hợp",
    "when": "Thời gian, địa bàn",
    "how_many": "Số lượng",
    "state": "Tình trạng, kết quả",
    "amount_column": "Số tiền (đồng)",
    "other_activities": "Hoạt động khác",
    "persons": "{count} người ({households} hộ)",
    "villages": "{count} thôn",
    "times": "{count} lần",
    "plan_number": "Số: {number}/KH-UBND",
    "report_number": "Số: {number}/BC-UBND",
    "blank": "        ",
    "plan_word": "Kế hoạch",
    "report_word": "Báo cáo",
    "attached": "(Kèm theo {word} số {number} {day} của Ủy ban nhân dân {unit})",
    "blank_day": "ngày …… tháng …… năm {year}",
    "addressee": "Kính gửi: {name}",
    "addressees": "Kính gửi:",
    "replaces": "Kế hoạch này thay thế Kế hoạch số {number} {day}.",
    "adjusts": "Kế hoạch này điều chỉnh, bổ sung Kế hoạch số {number} {day}.",
    "unnumbered": "……",
}

COUNTED_PEOPLE: dict[str, str] = {
    "household": "{count} hộ",
    "person": "{count} người",
    "officer": "{count} cán bộ",
    "name": "{count} người, đơn vị ghi tên",
}
