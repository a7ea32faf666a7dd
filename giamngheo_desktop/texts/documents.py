"""What is said of plans and reports as written papers."""

from collections.abc import Mapping

from giamngheo_desktop.domain.plan_content import ComponentPart, Content

DOCUMENT_ERRORS: dict[str, str] = {
    "unknown_layout": "Không có khung văn bản “{name}”, chỉ có {known}.",
    "layout_not_plan": "“{name}” là khung của báo cáo, không lập kế hoạch theo khung này được.",
    "layout_not_report": "“{name}” là khung của kế hoạch, không lập báo cáo theo khung này được.",
    "sections_taken": "Văn bản đã có các mục: xóa các mục ấy rồi mới lấy khung khác.",
    "section_in_itself": "Không đặt một mục vào chính nó hay vào mục nằm trong nó được.",
    "report_issued": "Báo cáo này đã ban hành.",
    "cli_issue_document": "Kế hoạch, báo cáo ban hành bằng lệnh “plan --issue”.",
    "plan_not_begun": "Năm {year} chưa có kế hoạch: bắt đầu bằng “plan --begin” và mã khung.",
    "report_not_begun": "Chưa có báo cáo {period} năm {year}: bắt đầu bằng “plan --begin” và mã "
    "khung.",
    "plan_no_version": "Kế hoạch năm {year} không có bản thứ {version}.",
    "content_of_reports": "“{name}” là phần của báo cáo, kế hoạch không có.",
    "report_stands": "Báo cáo này đã ban hành, không sửa được: lập bản khác rồi sửa trong đó.",
}

DOCUMENT: dict[str, str] = {
    "grounds": "căn cứ",
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
    Content.SITUATION: "Số hộ, hộ nghèo, hộ cận nghèo đầu năm và hiện nay",
    Content.MOVEMENT: "Biến động hộ nghèo, hộ cận nghèo",
    Content.BY_VILLAGE: "Bảng hộ nghèo, hộ cận nghèo theo thôn",
    Content.BY_GROUP: "Bảng hộ nghèo, hộ cận nghèo theo đặc điểm của hộ",
    Content.DISBURSEMENT: "Kinh phí được giao, giải ngân, tỷ lệ",
    Content.INCIDENTS: "Biến cố, rủi ro của hộ",
    Content.WORKS: "Công trình hạ tầng",
    Content.DIALOGUES: "Đối thoại, kiểm tra, giám sát và việc trả lời",
    Content.TASK_RESULTS: "Kết quả thực hiện nhiệm vụ được giao",
    Content.RECORDS: "Danh mục hỗ trợ, nhu cầu, giúp đỡ, thu chi quỹ trong năm",
    Content.OPEN_ITEMS: "Việc tồn đọng, quá hạn",
    Content.NEXT_PERIOD: "Việc phải làm kỳ tới",
}

# What papers say around what they fill in.
WRITTEN: dict[str, str] = {
    "cannot": "[Chưa lập được phần này: {why}.]",
    "dimension": "- Chiều thiếu hụt về {name}:",
    "assigned": "Theo {document}:",
    "document_of": "{document} ngày {day}",
    "whole_unit": "toàn {kind}",
    "households_before": "Tổng số hộ gia đình: số cuối năm {last_year}.",
    "households_of_year": "Tổng số hộ gia đình: số của năm {year}, chưa có số cuối năm "
    "{last_year}.",
    "no_households_before": "Chưa có tổng số hộ cuối năm {last_year}. Không tính tỷ lệ.",
    "expected_households": "Tổng số hộ dự kiến cuối năm",
    "amount": "{stage}: {amount} đồng",
    "budget_until": "Lũy kế năm {year}, theo sổ kinh phí đến ngày {day}:",
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

DOCUMENT_DOUBTS: dict[str, str] = {
    "cites_later": "Văn bản ngày {own} dẫn {name} ngày {day}, là ngày sau đó: xem lại hai ngày.",
    "replaces_later": "Văn bản ngày {own} thay thế, điều chỉnh văn bản ngày {day}, là ngày sau đó.",
    "number_twice": "Hai mục cạnh nhau cùng mang số “{number}”: {name}.",
    "component_number": "{name}: {why}",
    "placeholder": "Còn chỗ bỏ trống “……” phải ghi: {name}.",
    "empty": "Mục chưa có nội dung: {name}.",
    "no_signer": "Chưa ghi người ký.",
}


def document_doubt_text(doubt: str, params: Mapping[str, str]) -> str:
    """The doubt as a sentence."""
    named = {**params, "name": params.get("name") or DOCUMENT["grounds"]}
    return DOCUMENT_DOUBTS[doubt].format(**named)


CLI_PLAN: dict[str, str] = {
    "help": "kế hoạch và báo cáo bằng lời: khung, đề mục, bản in, ban hành",
    "help_year": "năm của kế hoạch",
    "help_unit": "tên hoặc mã của xã, nếu tệp có nhiều xã",
    "help_version": "bản thứ mấy của kế hoạch (hay của báo cáo), mặc định bản mới nhất",
    "help_report": "báo cáo của kỳ này thay cho kế hoạch: M01 … M12, Q1 … Q4, H1, 9M, Y, ONCE",
    "help_layouts": "liệt kê các khung",
    "help_begin": "bắt đầu soạn theo khung này",
    "help_skeleton": "chỉ các đề mục, cả số và tên",
    "help_doubts": "chỉ những chỗ cần xem lại",
    "help_changes": "những gì thay đổi so với báo cáo trước của năm, cùng với --report",
    "help_issue": "ban hành bản dự thảo",
    "help_number": "số văn bản, cùng với --issue",
    "help_on": "ngày ký, cùng với --issue, mặc định hôm nay",
    "help_output": "ghi văn bản ra tệp pdf, docx hoặc json",
    "layout": "{code}  {label}",
    "plan": "Kế hoạch năm {year}, bản thứ {version} ({state})",
    "report": "Báo cáo {period} năm {year}, bản thứ {version} ({state})",
    "draft": "dự thảo",
    "issued": "ban hành ngày {day}",
    "begun": "Đã bắt đầu soạn theo khung “{label}”: {count} mục.",
    "doubt": "Cần xem lại: {text}",
    "no_doubts": "Không có chỗ nào cần xem lại.",
    "needs_issue": "--number và --on chỉ dùng cùng --issue.",
    "needs_report": "--changes cần --report KỲ",
    "one": "chỉ ghi một trong --layouts, --begin, --skeleton, --doubts, --changes, --issue",
}
