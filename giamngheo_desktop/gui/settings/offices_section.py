"""Cài đặt › Cơ quan, người ký: what stands on papers, each value with the days it holds."""

from __future__ import annotations

from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.settings.dated_texts import DatedTexts


class OfficesSection(DatedTexts):
    """Who issues, who signs, who receives."""

    def __init__(self, desk: Desk) -> None:
        title = self.tr("Cơ quan ban hành, người ký, nơi nhận")
        intro = self.tr(
            "In trên mọi biểu. Người ký đổi thì sửa ở đây với ngày bắt đầu: biểu của ngày trước "
            "vẫn in người ký cũ."
        )
        labels = {
            "superior_body": self.tr("Cơ quan cấp trên (để trống nếu không in)"),
            "issuing_body": self.tr("Cơ quan ban hành"),
            "place_name": self.tr("Địa danh"),
            "signer_authority": self.tr("Ký thay mặt"),
            "signer_title": self.tr("Chức vụ người ký"),
            "signer_name": self.tr("Họ tên người ký"),
            "preparer_name": self.tr("Người lập biểu"),
            "steering_committee": self.tr("Ban Chỉ đạo rà soát"),
            "report_addressee": self.tr("Kính gửi"),
            "report_recipients": self.tr("Nơi nhận, mỗi nơi một dòng"),
        }
        lines = {"issuing_body": 2, "signer_authority": 2, "report_recipients": 4}
        super().__init__(desk, title, intro, labels, lines, "offices")
