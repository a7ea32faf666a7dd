"""What is said of plans and reports as written papers."""

from collections.abc import Mapping, Sequence
from typing import Any

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.plan_content import ComponentPart, Content
from giamngheo_desktop.domain.plan_layout import Layout
from giamngheo_desktop.texts.paper_words import UNIT_KINDS
from giamngheo_desktop.texts.plans import period_of_year_text, report_period_text

DOCUMENT_ERRORS: dict[str, str] = {
    "unknown_plan_layout": "Không có khung kế hoạch “{name}”, chỉ có {known}.",
    "unknown_report_layout": "Không có khung báo cáo “{name}”, chỉ có {known}.",
    "layout_of_others": "“{name}” là khung kế hoạch của {whom}, không dùng cho {unit}.",
    "layout_not_plan": "“{name}” là khung của báo cáo, không lập kế hoạch theo khung này được.",
    "layout_not_report": "“{name}” là khung của kế hoạch, không lập báo cáo theo khung này được.",
    "sections_taken": "Văn bản đã có các mục: xóa các mục ấy rồi mới lấy khung khác.",
    "section_in_itself": "Không đặt một mục vào chính nó hay vào mục nằm trong nó được.",
    "report_issued": "Báo cáo này đã ban hành.",
    "cli_issue_document": "Kế hoạch, báo cáo ban hành bằng lệnh “plan --issue”.",
    "plan_not_begun": "Năm {year} chưa có kế hoạch: bắt đầu bằng “plan --begin” và mã khung.",
    "report_not_begun": "Chưa có báo cáo {period}: bắt đầu bằng “plan --begin” và mã khung.",
    "planning_unit": "{what} là của từng xã, phường, đặc khu; trong tệp này “{name}” không có: ghi "
    "--unit với tên xã – {known}.",
    "plan_no_version": "Kế hoạch năm {year} không có bản thứ {version}.",
    "content_of_reports": "“{name}” là phần của báo cáo, kế hoạch không có.",
    "report_stands": "Báo cáo này đã ban hành, không sửa được: lập bản khác rồi sửa trong đó.",
}

DOCUMENT: dict[str, str] = {
    "grounds": "căn cứ",
    "nameless": "(mục chưa có tên)",
    "head": "phần đầu văn bản",
    "annex": "Phụ lục",
    "communes": "xã, phường",
    "name": "{said} năm {year}, bản thứ {version}",
    "year": "năm {year}",
    "in_component": "{name} – {above}",
    "lead": "{lead} phối hợp với {partners}",
    "adjusting": "Điều chỉnh, bổ sung Kế hoạch {summary}",
}

# Whose plans a layout is for, in its own words of units.
LAYOUT_UNITS: dict[Level, str] = {
    Level.COMMUNE: "xã, phường",
    Level.PROVINCE: "tỉnh, thành phố",
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
    Content.TARGETS_DIMENSIONS: "Chỉ tiêu theo chiều thiếu hụt",
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
    "told_until": "(Số liệu tính đến ngày {day})",
    "dimension": "- Chiều thiếu hụt về {name}:",
    "joined": "{first}, tương ứng {second}",
    "assigned": "Theo {document}:",
    "beside": " (giao {assigned}; phấn đấu {pursued})",
    "document_of": "{document} ngày {day}",
    "whole_unit": "toàn {kind}",
    "households_before": "Tổng số hộ gia đình: số cuối năm {last_year}.",
    "households_of_year": "Tổng số hộ gia đình: số của năm {year}, chưa có số cuối năm "
    "{last_year}.",
    "no_households_before": "Chưa có tổng số hộ cuối năm {last_year}. Không tính tỷ lệ.",
    "expected_households": "Tổng số hộ dự kiến cuối năm",
    "amount": "{stage}: {amount} đồng",
    "budget_until": "Lũy kế năm {year}, theo sổ kinh phí đến ngày {day}:",
    "schedule": "{said} – {sender} báo cáo về {recipient}",
    "schedule_alone": "{said} – {sender}",
    "sender_unit": "Ủy ban nhân dân {kind}",
    "task_recipient": "gửi {recipient}",
    "task_due": "hạn {day}",
    "activity": "Hoạt động",
    "content": "Nội dung",
    "who": "Chủ trì, phối hợp",
    "when": "Thời gian, địa bàn",
    "how_many": "Số lượng",
    "amount_column": "Số tiền (đồng)",
    "other_activities": "Hoạt động khác",
    "persons": "{count} người ({households} hộ)",
    "villages": "{count} thôn",
    "times": "{count} lần",
    "plan_number": "Số: {number}/KH-UBND",
    "report_number": "Số: {number}/BC-UBND",
    "blank": "        ",
    "annexes": "Kèm theo {word} này: {annexes}.",
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
    "no_such_day": "Lịch không có ngày {day}: xem lại.",
    "replaces_later": "Văn bản ngày {own} thay thế, điều chỉnh văn bản ngày {day}, là ngày sau đó.",
    "number_twice": "Hai mục cạnh nhau cùng mang số “{number}”: {name}.",
    "component_number": "{name}: {why}",
    "placeholder": "Còn chỗ bỏ trống “……” phải ghi: {name}.",
    "empty": "Mục chưa có nội dung: {name}.",
    "not_made": "{name}: chưa lập được phần này, {why}.",
    "unknown": "Mục “{name}” sẽ in: “{text}”",
    "cells_missing": "Bảng của mục “{name}” còn {count} ô chưa có số liệu, in dấu “–”.",
    "no_signer": "Chưa ghi người ký.",
    "other_year": "Lời còn ghi năm {years}, như văn bản năm {from_year}: xem lại – {name}.",
    "outdated": "Lời cũ “{words}” ({why}): xem lại – {name}.",
    "year_apart": "Kế hoạch năm {year} mà ngày của văn bản là {own}: xem lại năm và ngày.",
    "signed_early": "Báo cáo ngày {own}, trước ngày chốt số liệu {day}: số liệu chỉ tính đến ngày "
    "{own}.",
    "signed_before": "Báo cáo ngày {own}, trước khi kỳ báo cáo bắt đầu (ngày {day}).",
    "other_standard": "Mục “{name}”: số năm {last} theo chuẩn cũ không so sánh được với số năm "
    "{year}, {offer}.",
    "part_of_register": "Sổ này lập từ gói làm việc, chỉ có {villages}: số của cả xã thiếu các "
    "thôn khác. Gộp về máy giữ cả sổ rồi lập, ban hành ở đó.",
    "target": "{text}",
}


def document_doubt_text(doubt: str, params: Mapping[str, str]) -> str:
    """The doubt as a sentence."""
    return DOCUMENT_DOUBTS[doubt].format(**params)


_LAYOUTS: dict[str, str] = {
    "recommended": "nên dùng",
    "any": "mọi năm",
    "of": "theo kế hoạch năm {year}, cho {whom}",
    "old": "khung của kế hoạch cũ",
    "others": "không dùng cho đơn vị này",
    "outdated": "lời không còn đúng: {words}",
    "misprints": "giữ chỗ in sai của bản gốc: {said}",
}


def layout_notes(
    layout: Layout, year: int, outdated: Sequence[str] = (), *, suits: bool = True
) -> list[str]:
    """For which year and whom a layout is, and what of it is to be looked at in a year."""
    said = []
    if layout.recommended:
        said.append(_LAYOUTS["recommended"])
    if layout.valid_to is None:
        said.append(_LAYOUTS["any"])
    else:
        if not layout.is_of(year):
            said.append(_LAYOUTS["old"])
        whom = ", ".join(UNIT_KINDS[one] for one in layout.kinds)
        said.append(_LAYOUTS["of"].format(year=layout.valid_from.year, whom=whom))
    if not suits:
        said.append(_LAYOUTS["others"])
    return said + layout_warning(layout, outdated)


def layout_warning(layout: Layout, outdated: Sequence[str]) -> list[str]:
    """What a document that is made like an old plan takes over from it."""
    said = []
    if outdated:
        words = ", ".join(f"“{one}”" for one in outdated)
        said.append(_LAYOUTS["outdated"].format(words=words))
    if layout.misprints:
        said.append(_LAYOUTS["misprints"].format(said=", ".join(layout.misprints)))
    return said


def document_name(row: Mapping[str, Any]) -> str:
    """What a version of a plan or a report is called: `Kế hoạch năm 2026, bản thứ 2`."""
    said = WRITTEN["plan_word"]
    if row["type"] == "report":
        said = f"{WRITTEN['report_word']} {report_period_text(row['period'] or '')}".strip()
    return DOCUMENT["name"].format(said=said, year=row["year"], version=row["version"])


def document_subject(row: Mapping[str, Any]) -> str:
    """What an action is said to be about: `Kế hoạch năm 2026`, `Báo cáo quý III năm 2026`; a later
    version by its number.
    """
    if row["version"] > 1:
        return document_name(row)
    said = DOCUMENT["year"].format(year=row["year"])
    if row["type"] == "report":
        said = period_of_year_text(row["period"] or "Y", row["year"])
    return f"{WRITTEN['report_word' if row['type'] == 'report' else 'plan_word']} {said}"


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
    "help_anyway": "ban hành dù còn chỗ cần xem lại, cùng với --issue",
    "help_adjust": "lập bản dự thảo điều chỉnh kế hoạch đã ban hành",
    "help_replace": "lập bản dự thảo thay thế kế hoạch đã ban hành",
    "help_drop": "bỏ bản dự thảo với mọi thứ của riêng bản ấy",
    "help_number": "số văn bản, cùng với --issue",
    "help_on": "ngày ký, cùng với --issue, mặc định hôm nay",
    "help_output": "ghi văn bản ra tệp pdf, docx hoặc json",
    "what": "Kế hoạch",
    "layout": "{code}  {label}: {notes}",
    "plan": "Kế hoạch năm {year}, bản thứ {version} ({state})",
    "report": "Báo cáo {period}, bản thứ {version} ({state})",
    "draft": "dự thảo",
    "issued": "ban hành ngày {day}",
    "begun": "Đã bắt đầu soạn theo khung “{label}”: {count} mục.",
    "doubt": "Cần xem lại: {text}",
    "note": "Khung này có {text}.",
    "no_doubts": "Không có chỗ nào cần xem lại.",
    "waits": "Chưa ban hành: xem lại các chỗ trên, hoặc thêm --anyway để ban hành như đang có.",
    "no_number": "Văn bản chưa có số: văn thư cho số rồi ghi vào sau.",
    "next": "Đã lập bản thứ {version}, dự thảo, từ bản thứ {before}.",
    "dropped": "Đã bỏ bản dự thảo thứ {version}.",
    "needs_issue": "--number, --on và --anyway chỉ dùng cùng --issue.",
    "needs_plan": "--adjust và --replace là của kế hoạch, không dùng cùng --report.",
    "needs_report": "--changes cần --report KỲ",
    "one": "chỉ ghi một trong --layouts, --begin, --adjust, --replace, --drop-draft, --skeleton, "
    "--doubts, --changes, --issue",
}
