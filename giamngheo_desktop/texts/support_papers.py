"""What stands on papers of supports and programmes beside their lines."""

from __future__ import annotations

from datetime import date

from giamngheo_desktop.domain.dates import format_date

SUPPORT_LIST: dict[str, str] = {
    "total": "Tổng cộng: {households} hộ",
    "part": "Sổ lập bảng này chỉ có {villages}: chưa gồm hộ của thôn khác.",
    "empty": "Không có hộ nào được hỗ trợ.",
    "instead": "(nhận thay: {name})",
    "whole": "Tổng số",
    "content": "Nội dung hỗ trợ: {content}",
    "day": "Ngày hỗ trợ: {first}",
    "days": "Từ ngày {first} đến ngày {last}",
    "decision": "theo văn bản số {number} ngày {day}",
    "decision_undated": "theo văn bản số {number}",
    "component": "Dự án, nội dung thành phần: {name}",
    "body": "Đơn vị hỗ trợ: {names}",
    "in_words": "Tổng số tiền bằng chữ: {words}.",
    "in_words_of_goods": "Tổng số tiền, giá trị hiện vật bằng chữ: {words}.",
    "sources": "Theo nguồn vốn (đồng): {sources}.",
    "source": "{source} {amount}",
    "goods": "Hiện vật: {goods}.",
    "goods_unknown": "{item} chưa ghi số lượng",
    "unpriced": "{count} lượt chưa ghi số tiền hoặc giá trị, không có trong tổng số.",
    "no_id": "{count} người nhận chưa có số định danh trong sổ hộ: ghi tay khi ký nhận.",
    "basis": "(lập theo {basis})",
    "payer_hint": "(nếu chi qua đơn vị chi trả)",
}

CLI_SUPPORT_PAPERS: dict[str, str] = {
    "help_event": "mã của đợt hỗ trợ, để in giấy tờ của đợt",
    "help_until": "đến hết ngày này, cùng với --since; không ghi thì bản in đến hôm nay",
    "help_print": "ghi giấy tờ ra tệp: {known}",
    "help_format": "dạng tệp, mặc định theo đuôi tệp",
    "help_output": "tệp ghi ra",
    "print_needs_output": "--print và -o đi cùng nhau.",
}

HOUSEHOLD_SHEET: dict[str, str] = {
    "title": "PHIẾU THEO DÕI HỖ TRỢ HỘ GIA ĐÌNH",
    "since": "Các hỗ trợ từ ngày {first}, theo sổ đến ngày {last}",
    "head": "Chủ hộ: ",
    "village": "Thôn, tổ dân phố: ",
    "persons": "Số khẩu: ",
    "class": "Phân loại hộ: ",
    "no_class": "chưa có trong danh sách được công nhận",
    "average_living": "có mức sống trung bình",
    "years": "Số năm trong danh sách hộ nghèo, hộ cận nghèo: ",
    "no_years": "không có năm nào",
    "group": "Năm {year}: {count} lượt",
    "total": "Tổng cộng: {count} lượt",
    "day": "Ngày",
    "what": "Chính sách, nội dung, hiện vật",
    "for_whom": "cho {person}",
    "source": "Nguồn vốn",
    "amount": "Số tiền (đồng)",
    "total_gifts": "Tổng cộng: {count} khoản",
    "document": "Chứng từ",
    "body": "Đơn vị hỗ trợ",
    "decision": "Quyết định, danh sách",
    "nothing": "Chưa ghi hỗ trợ nào.",
    "of_source": "Trong đó {count} lượt",
    "unpriced": "{count} lượt chưa ghi số tiền, không có trong tổng số.",
    "unknown_source": "chưa ghi",
    "needs": "Nhu cầu còn lại: ",
    "need": "{need} (từ {day})",
    "need_of": "{need} của {person} (từ {day})",
    "no_needs": "không ghi nhu cầu nào",
    "helper": "Người giúp: ",
    "helper_of": "{helper}, từ {day}",
    "visited": "thăm gần nhất {day}",
    "not_visited": "chưa thăm",
    "no_helper": "chưa có",
    "plan": "Kế hoạch giúp hộ năm {year}: ",
    "no_plan": "chưa có",
    "registered": "đăng ký thoát nghèo",
    "deadline": "thời hạn {day}",
    "result": "kết quả: {result}",
}

PROGRAMME_TREE: dict[str, str] = {
    "source_numbered": "[{number}]",
    "sources": "Nguồn: {sources}.",
    "title": "CÂY CHƯƠNG TRÌNH",
    "title_of_year": "CÂY CHƯƠNG TRÌNH DÙNG TRONG NĂM {year}",
    "code": "Mã",
    "name": "Dự án, tiểu dự án, hợp phần, nội dung thành phần",
    "lead": "Cơ quan chủ trì",
    "source": "Nguồn, ghi chú",
    "certainty": "Đối chiếu",
    "confirmed": "đã đối chiếu",
    "to_confirm": "cần đối chiếu",
    "missing": "chưa có nguồn",
    "no_lead": "chưa rõ",
    "lead_to_confirm": "{lead} (cần đối chiếu)",
    "valid": "{basis}. Áp dụng từ ngày {first}.",
    "valid_until": "{basis}. Áp dụng từ ngày {first} đến ngày {last}.",
    "note": "Mã là mã của chương trình máy: kế hoạch của xã có thể đánh số, đặt tên và xếp thứ tự "
    "khác. “Cần đối chiếu”: chưa đọc được trong văn bản.",
}


def support_content(
    policy: str, content: str, first: date | None = None, last: date | None = None
) -> str:
    """`Tiền điện: quý IV (từ 01/10/2026 đến 31/12/2026)`."""
    said = f"{policy}: {content}" if content else policy
    parts = [
        word.format(day=format_date(day))
        for word, day in (("từ {day}", first), ("đến {day}", last))
        if day is not None
    ]
    return f"{said} ({' '.join(parts)})" if parts else said
