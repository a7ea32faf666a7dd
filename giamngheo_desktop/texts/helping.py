"""What is said of help: who stands by a household, plans, incidents, what could meet a need."""

from __future__ import annotations

from giamngheo_desktop.domain.matching import Got

HELPING: dict[str, str] = {
    "applied": "Đã vào sổ giấy đề nghị ngày {day}.",
    "assigned": "{name} giúp {count} hộ",
    "of_day": "Tính đến ngày {day}",
    "of_quarter": "Quý {quarter} năm {year}, đến ngày {day}",
    "of_year": "Năm {year}, tính đến ngày {day}",
    "household": "Chủ hộ",
    "village": "Thôn, tổ dân phố",
    "class": "Phân loại hộ",
    "persons": "Số khẩu",
    "phone": "Điện thoại",
    "helper": "Người giúp",
    "in_charge": "Phụ trách thôn",
    "since": "Giúp từ ngày",
    "came": "Thăm gần nhất",
    "due": "Hạn thăm tới",
    "not_yet": "chưa thăm",
    "overdue": "Quá hạn",
    "is_overdue": "quá hạn",
    "households": "Các hộ được giao",
    "count": "Số hộ",
    "need": "Nhu cầu",
    "who": "Người có nhu cầu",
    "whole_home": "cả hộ",
    "asked_since": "Có nhu cầu từ",
    "note": "Ghi chú",
    "expected": "Dự kiến",
    "deadline": "Thời hạn",
    "result": "Kết quả",
    "group": "Nhóm hộ",
    "causes": "Nguyên nhân nghèo",
    "needs": "Nhu cầu hỗ trợ",
    "measures": "Giải pháp",
    "policies": "Chính sách đáp ứng được",
    "money": "Vốn còn lại của năm",
    "no_policy": "chưa có chính sách nào",
    "for_whom_unknown": "{policy} (chưa rõ hộ có thuộc diện)",
    "money_of": "{component}: {left} đồng",
    "money_unknown": "{component}: chưa rõ",
    "no_money_known": "chưa rõ",
    "known_from": "Có dữ liệu từ",
    "sure": "Không có khoản nào trong ba năm",
    "unsure": "Chưa đủ dữ liệu để biết",
    "sheet": "Kế hoạch giúp hộ {name}, {village}, năm {year}",
    "no_records": "chưa ghi khoản nào",
    "years": "Số năm liền trong danh sách",
    "years_of": "{years} năm",
    "years_at_least": "từ {years} năm trở lên",
    "warning": "Lưu ý",
    "warns": "đã từ {years} năm liền",
    "no_class": "chưa có",
    "item": "Mục",
    "said": "Nội dung",
    "registers": "Đăng ký thoát nghèo",
    "registered": "có đăng ký",
    "not_registered": "không đăng ký",
    "not_said": "chưa rõ",
    "sign_household": "Chủ hộ (ký, ghi rõ họ tên)",
    "sign_helper": "Người giúp (ký, ghi rõ họ tên)",
    "empty": "Không có hộ nào.",
    "empty_helpers": "Không có người giúp nào.",
    "empty_plans": "Chưa có kế hoạch giúp hộ nào.",
    "group_of": "{name}: {count} hộ",
    "total": "Tổng cộng: {count} hộ",
    "year_from": "Từ {first} đến {last}",
}

# Each list: its title, and what was counted, below it.
HELPING_TITLES: dict[str, str] = {
    "helpers": "DANH SÁCH HỘ ĐƯỢC GIÚP ĐỠ THEO NGƯỜI GIÚP",
    "needs": "DANH SÁCH NHU CẦU HỖ TRỢ CỦA HỘ",
    "without": "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO CHƯA CÓ NGƯỜI GIÚP",
    "silent": "DANH SÁCH NGƯỜI GIÚP CHƯA ĐẾN THĂM HỘ TRONG QUÝ",
    "overdue": "DANH SÁCH HỘ QUÁ HẠN ĐƯỢC THĂM",
    "registered": "DANH SÁCH HỘ ĐĂNG KÝ THOÁT NGHÈO",
    "plans": "PHIẾU KẾ HOẠCH GIÚP HỘ THOÁT NGHÈO",
    "matching": "NHU CẦU VÀ CHÍNH SÁCH CÓ THỂ ĐÁP ỨNG",
    "nothing": "DANH SÁCH HỘ NGHÈO BA NĂM CHƯA ĐƯỢC HỖ TRỢ",
    "years": "SỐ NĂM LIỀN CỦA HỘ TRONG DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO",
}

HELPING_NOTES: dict[str, str] = {
    "helpers": "Người giúp là người hoặc tổ chức được phân công giúp đỡ hộ; phụ trách thôn, theo "
    "dõi hộ không tính.",
    "needs": "Nhu cầu đang có trong ngày tính, của mọi hộ trong sổ.",
    "without": "Người phụ trách cả thôn không tính là người giúp hộ.",
    "silent": "Tính người được giao ít nhất một hộ trong quý mà không có lượt thăm nào, của chính "
    "mình hoặc của tổ chức được phân công, đến hộ được giao.",
    "overdue": "Quá ba tháng kể từ lần thăm gần nhất, chưa thăm thì kể từ ngày phân công.",
    "registered": "Kết quả giúp đỡ không thay kết quả rà soát: hộ chỉ đổi diện qua rà soát.",
    "matching": "Vốn còn lại là số giao trừ số giải ngân của thành phần đã chi cho chính sách ấy "
    "trong năm. Chưa rõ: chưa có số giao, hoặc chưa thành phần nào chi cho chính sách ấy.",
    "nothing": "Tính các khoản hỗ trợ và khoản chi của quỹ cho hộ đã ghi trong sổ. Năm chưa có dữ "
    "liệu thì ghi rõ, không tính là không được hỗ trợ.",
    "years": "Đếm các năm liền mà hộ ở trong danh sách, theo kết quả rà soát từng năm, kể cả khi "
    "đổi chuẩn. Hộ chỉ ra khỏi danh sách qua rà soát.",
}

GOT: dict[Got, str] = {
    Got.SOMETHING: "có",
    Got.NOTHING: "không",
    Got.UNKNOWN: "chưa có dữ liệu",
}

HELPING_ERRORS: dict[str, str] = {
    "incident_handled": "Biến cố này đã xử lý ngày {day}: không cần vào sổ lần nữa.",
    "incident_proposes_none": "Biến cố này không đề nghị rà soát trong năm: chọn Có ở ô ấy rồi "
    "lưu.",
    "applied_before_incident": "Biến cố xảy ra ngày {day}: giấy đề nghị không nhận trước ngày ấy.",
}

CLI_HELPING: dict[str, str] = {
    "help": "giúp đỡ hộ: người giúp, lượt thăm, nhu cầu, kế hoạch, biến cố, số năm trong danh sách",
    "help_year": "năm",
    "help_quarter": "quý 1 đến 4; không ghi thì quý của hôm nay, của năm đã qua thì quý 4",
    "help_unit": "tên hoặc mã của xã, thôn",
    "help_list": "danh sách ghi ra tệp: {known}",
    "help_apart": "mỗi người giúp, mỗi nhu cầu một trang",
    "help_format": "dạng tệp, mặc định theo đuôi tệp",
    "help_output": "tệp ghi ra, cùng với --list",
    "quarter": "“{value}” không phải số của quý: ghi 1, 2, 3 hoặc 4",
    "listed": "Trong danh sách ngày {day}: {count} hộ",
    "without": "Chưa có người giúp: {count} hộ",
    "helpers": "Người giúp: {count}",
    "silent": "Chưa đến thăm trong quý {quarter}: {count} người giúp",
    "overdue": "Hộ quá hạn được thăm: {count}",
    "needs": "Nhu cầu đang có: {count}, chưa có chính sách đáp ứng: {unmet}",
    "registered": "Đăng ký thoát nghèo: {count} hộ, kế hoạch quá hạn: {late}",
    "incidents": "Biến cố, cả còn chờ từ năm trước: {count}, chờ xử lý đề nghị rà soát: {waiting}",
    "nothing": "Hộ nghèo ba năm chưa được hỗ trợ: {count}, chưa đủ dữ liệu: {unknown}",
    "years": "Từ {least} năm liền trong danh sách: {count} hộ",
    "list_needs_output": "--list cần -o và tên tệp ghi ra",
}

CLI_INCIDENTS: dict[str, str] = {
    "help": "biến cố của hộ trong năm, và đưa vào rà soát trong năm",
    "help_list": "biến cố trong năm, biến cố nào chờ rà soát",
    "help_apply": "vào sổ giấy đề nghị rà soát của hộ sau một biến cố",
    "help_year": "năm",
    "help_unit": "tên hoặc mã của xã, thôn",
    "help_incident": "mã của biến cố, như lệnh list ghi",
    "help_on": "ngày nhận giấy đề nghị của hộ",
    "line": "{key}  {day}  {head}, {village}: {kind}{state}",
    "waits": " (chờ rà soát trong năm)",
    "handled": " (đã xử lý ngày {day})",
    "none": "Năm {year} chưa ghi biến cố nào.",
}
