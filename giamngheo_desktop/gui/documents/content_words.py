"""What may be filled into a section, and how headings are numbered, in the words of the screen."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop.domain.heading_numbers import HeadingStyle
from giamngheo_desktop.domain.plan_content import Content


def _tr(text: str) -> str:
    return QCoreApplication.translate("document_contents", text)


# What stands there on paper, and where it is typed.
WHAT: Mapping[Content, str] = {
    Content.TARGETS: _tr("In câu của từng chỉ tiêu trong mục Chỉ tiêu năm."),
    Content.TARGETS_DIMENSIONS: _tr("In chỉ tiêu theo chiều thiếu hụt; mục chỉ tiêu không in lại."),
    Content.TARGETS_ASSIGNED: _tr("In số cấp trên giao của từng chỉ tiêu, kèm văn bản giao."),
    Content.VILLAGE_TABLE: _tr("In bảng số hộ giảm của từng thôn trong mục Giao cho thôn."),
    Content.COMPONENTS: _tr("In mọi dự án ở Dự án & hoạt động, mỗi dự án thành một mục con."),
    Content.COMPONENT: _tr("In một dự án chọn dưới đây: mục tiêu, đối tượng, nội dung, cơ quan."),
    Content.BODIES: _tr("In nhiệm vụ của từng cơ quan, đoàn thể, mỗi cơ quan thành một mục con."),
    Content.BODY: _tr("In nhiệm vụ của một cơ quan, đoàn thể chọn dưới đây."),
    Content.SOLUTIONS: _tr("In các nhiệm vụ thuộc phần giải pháp, mỗi nhiệm vụ một gạch đầu dòng."),
    Content.POLICIES: _tr("In các nhiệm vụ thuộc phần chính sách, mỗi nhiệm vụ một gạch đầu dòng."),
    Content.REPORTING: _tr("In các nhiệm vụ thuộc phần báo cáo, mỗi nhiệm vụ một gạch đầu dòng."),
    Content.BUDGET: _tr("In bảng kinh phí của năm theo dự án và nguồn vốn."),
    Content.BUDGET_LINES: _tr("In bảng kê từng dòng kinh phí đã ghi."),
    Content.ANALYSIS: _tr("In số hộ nghèo đầu năm theo lao động, nhà ở, nguyên nhân, số khẩu."),
    Content.SCHEDULES: _tr("In kỳ báo cáo, hạn gửi, nơi gửi trong Lịch báo cáo."),
    Content.ACTIVITIES: _tr("In bảng các hoạt động đã ghi của năm."),
    Content.SUPPORTS: _tr("In bảng hỗ trợ của năm: chính sách, số hộ, số tiền."),
    Content.HELPING: _tr("In số người giúp hộ, lượt thăm, kế hoạch hộ và biến cố của năm."),
    Content.FUND: _tr("In thu, chi, tồn của các quỹ và đóng góp."),
    Content.PROGRESS: _tr("In từng chỉ tiêu đã đạt bao nhiêu đến ngày của báo cáo."),
    Content.CHANGES: _tr("In những gì thay đổi từ báo cáo trước, nếu có báo cáo trước."),
    Content.SITUATION: _tr(
        "In số hộ, số khẩu, hộ nghèo, hộ cận nghèo đầu năm và đến ngày báo cáo."
    ),
    Content.MOVEMENT: _tr("In số hộ thoát nghèo, tái nghèo, phát sinh từ đầu năm."),
    Content.BY_VILLAGE: _tr("In bảng hộ nghèo, hộ cận nghèo của từng thôn."),
    Content.BY_GROUP: _tr("In bảng theo dân tộc, chủ hộ nữ, bảo trợ xã hội, lao động, thiếu hụt."),
    Content.DISBURSEMENT: _tr("In kinh phí được giao, đã giải ngân và tỷ lệ."),
    Content.INCIDENTS: _tr("In các biến cố, rủi ro đã ghi của hộ, không nêu tên."),
    Content.WORKS: _tr("In các công trình hạ tầng đã ghi ở Hoạt động."),
    Content.DIALOGUES: _tr("In các cuộc đối thoại, kiểm tra, giám sát và kết quả trả lời."),
    Content.TASK_RESULTS: _tr("In các nhiệm vụ được giao và kết quả đã ghi."),
    Content.RECORDS: _tr("In danh mục hỗ trợ, nhu cầu, người giúp, thu chi quỹ đã ghi trong năm."),
    Content.OPEN_ITEMS: _tr("In những việc còn treo, quá hạn."),
    Content.NEXT_PERIOD: _tr("In nhiệm vụ, hoạt động, báo cáo đến hạn trong kỳ tới."),
}

STYLES: Mapping[HeadingStyle, str] = {
    HeadingStyle.ROMAN: _tr("I. II. III."),
    HeadingStyle.ARABIC: _tr("1. 2. 3."),
    HeadingStyle.DOTTED: _tr("1.1. 1.2."),
    HeadingStyle.LETTER: _tr("a) b) c)"),
    HeadingStyle.LETTER_STOP: _tr("a. b. c."),
    HeadingStyle.STAR: _tr("Dấu *"),
    HeadingStyle.NONE: _tr("Không đánh số"),
}


def what_prints(code: str) -> str:
    """What a code fills in; "" where it fills in nothing."""
    return WHAT[Content(code)] if code in set(Content) else ""
