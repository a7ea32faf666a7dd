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
    Content.ANALYSIS: "Phân tích hộ nghèo",
    Content.SCHEDULES: "Chế độ báo cáo",
    Content.ACTIVITIES: "Bảng hoạt động trong năm",
    Content.SUPPORTS: "Bảng hỗ trợ trong năm",
    Content.HELPING: "Phân công giúp đỡ, kế hoạch hộ, biến cố",
    Content.FUND: "Thu, chi quỹ và đóng góp",
    Content.PROGRESS: "Kết quả thực hiện chỉ tiêu",
    Content.CHANGES: "Thay đổi so với kỳ báo cáo trước",
    Content.SITUATION: "Số hộ, hộ nghèo, hộ cận nghèo đầu năm và hiện nay",
    Content.MOVEMENT: "Biến động hộ nghèo, hộ cận nghèo",
    Content.BY_VILLAGE: "Bảng hộ nghèo, hộ cận nghèo theo thôn",
    Content.BY_GROUP: "Bảng hộ nghèo, hộ cận nghèo theo đặc điểm của hộ",
    Content.DISBURSEMENT: "Kinh phí được giao, giải ngân, tỷ lệ",
}
