"""What the command line says."""

from __future__ import annotations

# What is wrong with the arguments of a command.
CLI_ARGUMENTS: dict[str, str] = {
    "uid": "“{value}” không phải mã nội bộ",
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
    "import_error": "Dòng {line}: {error}",
    "import_saved": "Dòng {line}: đã ghi trả lời của hộ {household} ({classes}).",
    "import_same": "Dòng {line}: trả lời của hộ {household} không đổi ({classes}).",
    "import_unsettled": "chưa phân loại được",
    "import_left": "Còn: {parts}.",
    "left_yellow": "{count} câu cần xem lại",
    "left_grey": "{count} câu như năm trước chưa xác nhận",
    "left_empty": "{count} câu chưa trả lời ({names})",
    "left_unknown": "{count} câu không biết",
    "left_errors": "{count} lỗi",
    "left_undecided": "{count} chuẩn chưa có kết quả",
    "findings": "{count} điểm cần xem lại.",
    "help_corrections": "các đính chính của một năm đã khóa sổ",
    "help_movement": "diễn biến của một năm: từng hộ, vì sao",
    "help_monthly": "báo cáo hằng tháng",
    "help_year": "năm rà soát",
    "help_standard": "bộ chuẩn, mặc định theo năm",
    "help_commune": "tên hoặc mã của xã",
    "help_workbook": "tệp Excel ghi ra",
    "audit_broken": "Nhật ký thay đổi bị sửa từ ngoài chương trình, bắt đầu từ lần ghi số {seq}.",
}

CLI_LIST: dict[str, str] = {
    "help": "lập danh sách hộ hoặc thành viên",
    "help_code": "mã danh sách, ví dụ ho_ngheo, hoặc tên danh sách đã lưu",
    "help_layout": "bảng theo mẫu: 27 cột (27), hộ thoát (exit), chi tiết 19 cột (detail)",
    "help_year": "năm rà soát",
    "help_village": "tên hoặc mã của thôn, xã; mặc định cả xã",
    "help_standard": "bộ chuẩn, mặc định theo năm",
    "help_as_of": "theo phân loại đang có hiệu lực ngày này: 2026-06-30 hoặc 30/06/2026",
    "help_edition": "in lại danh sách của năm đã khóa sổ như lần ấy",
    "help_columns": "chọn cột theo mã, ví dụ head_name,persons,note",
    "help_format": "dạng tệp, mặc định theo đuôi tệp, không rõ đuôi thì xlsx",
    "help_output": "tệp ghi ra",
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
    "carried": "{count} hộ trong đó được công nhận cuối năm {year} theo {before}, chưa có kết quả "
    "theo {standard}: số đầu năm và biến động theo chuẩn này chưa có.",
    "nobody": "Chưa có hộ nghèo, cận nghèo nào trong danh sách cuối năm {year}: nhập danh sách ấy "
    "(Mở sổ đầu kỳ trong cửa sổ, hoặc lệnh import) rồi đưa vào kỳ rà soát.",
    "averages": "{count} hộ có mức sống trung bình không thuộc danh sách này: xét riêng theo Giấy "
    "đề nghị.",
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

CLI_PAPERS: dict[str, str] = {
    "help_paper": "lập giấy tờ: đơn, phiếu, biên bản, thông báo, quyết định, giấy chứng nhận",
    "help_package": "lập bộ hồ sơ họp thôn thành một tệp PDF; package export, merge, "
    "verify, status, expect, settle, comment, comments, pack, former, collection: gói gửi huyện, "
    "tỉnh",
    "help_sheets": "ghi kèm phiếu thôn (Excel) của từng thôn bên cạnh tệp PDF",
    "help_code": "mã giấy, xem dưới; không nêu đối tượng thì in mẫu trắng",
    "codes": "Mã giấy: {codes}. Mẫu 02 là quyet_dinh_cong_nhan, Mẫu 03 là giay_chung_nhan.",
    "help_household": "mã nội bộ của hộ",
    "help_application": "mã nội bộ của giấy đề nghị",
    "help_certificate": "mã nội bộ của giấy chứng nhận",
    "help_meeting": "mã nội bộ của cuộc họp",
    "help_posting": "mã nội bộ của lần niêm yết",
    "help_standard": "bộ chuẩn của quyết định, mặc định là bộ chuẩn chính của kỳ",
    "help_day": "in thông tin hộ của ngày này",
    "help_line": "chỉ in dòng của năm này lên giấy chứng nhận hộ đang giữ",
    "help_format": "dạng tệp, mặc định theo đuôi tệp, không rõ đuôi thì pdf",
    "help_review": "năm của kỳ định kỳ, hoặc mã nội bộ của kỳ rà soát",
    "help_village": "tên hoặc mã của thôn; không nêu thì mọi thôn có danh sách",
    "help_output": "tệp ghi ra",
    "uncoded": "{count} hộ chưa có mã phiếu: chốt danh sách của thôn rồi in lại.",
    "or": " hoặc ",
    "use_confirmation": "giamngheo confirm make",
    "use_confirmation_book": "giamngheo confirm book",
}

CLI_ISSUED: dict[str, str] = {
    "help_issue": "phát hành biểu hoặc giấy: lưu nguyên bản với số, ngày, nơi nhận",
    "help_issued": "văn bản đã phát hành: xem, in lại, so với hôm nay, hủy",
    "help_confirm": "giấy xác nhận: tìm người, cấp giấy, in sổ cấp giấy",
    "help_list_issued": "liệt kê văn bản đã phát hành",
    "help_list_gaps": "các số trống và số đã hủy của một năm, mọi loại hoặc một loại",
    "help_print_issued": "in lại đúng bản đã phát hành",
    "help_compare_issued": "so bản đã phát hành với số liệu hôm nay (mã 1: có khác)",
    "help_cancel_issued": "hủy văn bản; số vẫn giữ trong danh sách",
    "help_number_issued": "ghi số văn thư cấp sau khi đã phát hành",
    "help_find_persons": "tìm người: hôm nay xác nhận được gì, các năm được công nhận gì",
    "help_make_confirmation": "cấp giấy xác nhận và vào sổ",
    "help_write_book": "in sổ cấp giấy xác nhận của một năm",
    "help_code": "mã biểu (BC1), mã giấy (quyet_dinh_cong_nhan) hoặc mã bảng của chương trình "
    "(budget, helpers, bhyt)",
    "help_year": "năm",
    "help_unit": "tên hoặc mã của đơn vị",
    "help_status": "chính thức (official) hoặc sơ bộ (preliminary)",
    "help_standard": "bộ chuẩn, mặc định theo năm",
    "help_as-of": "biểu của một ngày: 2026-06-30 hoặc 30/06/2026",
    "help_geography": "theo đơn vị hành chính của ngày này",
    "help_number": "số, ký hiệu do văn thư cấp, ví dụ 15/BC-UBND",
    "help_signer": "người ký, mặc định theo cài đặt",
    "help_purpose": "mục đích",
    "help_on": "ngày ký hoặc ngày hủy, mặc định hôm nay",
    "help_replaces": "mã nội bộ của văn bản bị thay thế",
    "help_recipients": "nơi nhận",
    "help_receiver": "người nhận giấy",
    "help_output": "tệp ghi ra",
    "help_format": "dạng tệp, mặc định theo đuôi tệp, không rõ đuôi thì pdf",
    "help_text": "tìm trong số, tên, người nhận, mục đích",
    "help_state": "đang dùng (issued), đã hủy (cancelled), đã thay thế (replaced)",
    "help_kind": "biểu (report), giấy (paper), giấy xác nhận (confirmation)",
    "help_reason": "lý do hủy",
    "help_uid": "mã nội bộ của văn bản",
    "help_name": "họ tên (không cần dấu) hoặc số CCCD",
    "help_household": "mã nội bộ của hộ",
    "help_person": "mã nội bộ của người",
    "help_what": "hộ nghèo (poor), cận nghèo (near_poor), mới thoát nghèo (new_escape), có mức "
    "sống trung bình (average_living)",
    "help_of_day": "xác nhận cho ngày này, mặc định hôm nay; hoặc --year cho một năm rà soát",
    "issued": "{number} ngày {day}: {title} ({state}) {uid}",
    "count": "{count} văn bản.",
    "gap": "Số trống: {number}",
    "gaps": "Số trống: {first} đến {last}",
    "gap_between": "Số trống giữa số nhỏ nhất và số lớn nhất đã dùng: {number}",
    "gaps_between": "Số trống giữa số nhỏ nhất và số lớn nhất đã dùng: {first} đến {last}",
    "cancelled": "{line}; hủy ngày {day}: {reason}",
    "unknown_cells": "Còn {count} ô chưa biết, in “–”: ghi chú dưới biểu nói vì sao.",
    "by_hand": "Bản đã phát hành giữ nguyên; ghi số bằng tay lên bản in.",
    "no_gaps": "Không có số trống, không có số hủy.",
    "kind_report": "Biểu, danh sách – ",
    "kind_paper": "Giấy – ",
    "kind_confirmation": "Giấy xác nhận – ",
    "cell": "{row} | {column}: {old} → {new}",
    "name": "tên đổi: {old} → {new}",
    "line": "“{old}” → “{new}”",
    "same": "Không khác gì so với hôm nay.",
    "person": "{name}, hộ {head}, {village}: {what} ({uid})",
    "year": "năm {year} {result} (chuẩn {standard}, QĐ {number})",
    "gone": "không còn trong sổ sau ngày {day}",
    "nothing": "không có gì để xác nhận",
    "more_persons": "… hơn {count} người: ghi đủ họ tên hoặc số CCCD.",
}

CLI_PASSPHRASE: dict[str, str] = {
    "help_ask": "hỏi mật khẩu của gói (gõ không hiện chữ); khi làm gói thì gõ hai lần",
    "help_file": "tệp chỉ có một dòng là mật khẩu của gói",
    "ask": "Mật khẩu của gói: ",
    "again": "Gõ lại mật khẩu: ",
}
