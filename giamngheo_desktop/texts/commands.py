"""What the command line says."""

from __future__ import annotations

# What is wrong with the arguments of a command.
CLI_ARGUMENTS: dict[str, str] = {
    "required": "thiếu {what}",
    "no_value": "{what} thiếu giá trị",
    "no_number": "{what} phải là số nguyên, không nhận “{value}”",
    "no_choice": "{what} không nhận “{value}”, chỉ nhận {known}",
    "unknown": "không biết {what}",
    "other": "{what}: {value}",
    "year": "năm viết bốn chữ số, không nhận “{value}”",
    "month": "tháng viết từ 1 đến 12, không nhận “{value}”",
    "count": "phải là số nguyên từ 1 trở lên, không nhận “{value}”",
    "day": "không hiểu ngày “{value}”, viết 2026-06-30 hoặc 30/06/2026",
}

CLI_HELP: dict[str, str] = {
    "usage": "cách dùng: ",
    "positionals": "đối số",
    "options": "tùy chọn",
    "help": "hiện hướng dẫn này rồi thoát",
}

CLI: dict[str, str] = {
    "sample_made": "Đã tạo xã mẫu trong {path}: {households} hộ, {persons} người.",
    "import_help": 'Mỗi dòng: {"round": "2026", "household": mã, "answers": {câu: trả lời}}. '
    "round là năm của kỳ định kỳ hoặc mã kỳ; household là mã của hộ trong sổ, mã in trên phiếu "
    "hoặc mã hộ. Câu là mã câu hỏi của phiếu hộ (house_area), của thành viên có số thứ tự hoặc mã "
    'đứng trước (1.health_insurance; hoặc "members": {"1": {…}}), hay của chỉ số trả lời tay '
    "(2027.waste_treatment). Trả lời viết như gõ vào phiếu; “=” là như năm trước, “?” là không "
    "biết, null là bỏ trống.",
    "findings": "{count} điểm cần xem lại.",
    "audit_broken": "Nhật ký thay đổi bị sửa từ ngoài chương trình, bắt đầu từ lần ghi số {seq}.",
}

CLI_REVIEW: dict[str, str] = {
    "help": "mở, xem, khóa, rút kỳ rà soát",
    "help_start": "mở kỳ rà soát",
    "help_status": "xem từng bước của từng thôn: thiếu gì, hạn, còn mấy ngày (mã 1: còn việc)",
    "help_close": "khóa sổ kỳ rà soát, mọi bộ chuẩn cùng một lần",
    "help_withdraw": "rút kỳ rà soát mở nhầm, khi chưa quyết định gì",
    "help_year": "năm rà soát",
    "help_unit": "tên hoặc mã của xã",
    "help_kind": "định kỳ (periodic) hoặc thường xuyên (in_year)",
    "help_month": "tháng của đợt thường xuyên",
    "help_standards": "các bộ chuẩn, mặc định theo năm; ví dụ 2022,2027",
    "help_day": "ngày mở kỳ, mặc định ngày 1/9 (đợt thường xuyên luôn từ ngày 15)",
    "help_reason": "lý do vẫn khóa sổ khi còn việc chưa xong",
    "help_why": "lý do rút, cần có khi trong kỳ đã ghi việc",
    "begun": "Đã mở kỳ rà soát {name} từ {day}: {cases} hộ trong danh sách; bộ chuẩn {standards}.",
    "taken": "Đã nhận {count} giấy đề nghị đang chờ vào đợt này.",
    "closed": "Đã khóa sổ kỳ rà soát {name}.",
    "withdrawn": "Đã rút kỳ rà soát {name}.",
    "lost": "Đã bỏ: {lost}.",
    "waits": "{count} giấy đề nghị trở lại chờ.",
    "title_periodic": "Rà soát định kỳ năm {name}",
    "title_in_year": "Rà soát thường xuyên tháng {name}",
    "closed_on": "Đã khóa sổ ngày {day}.",
    "closing_reason": "Khóa sổ khi còn việc chưa xong, lý do: {reason}.",
    "step": "{label}: {status}",
    "state": "  {place}: {missing}{due}",
    "commune": "Toàn xã",
    "due": " Hạn {day}, còn {days} ngày.",
    "late": " Hạn {day}, quá {days} ngày.",
}
