"""Vietnamese sentences for codes of the layers below the GUI: errors, problems, operations, enums.

Each table has named placeholders; a test checks that every code used has its sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from giamngheo_desktop.domain.changes import Op
from giamngheo_desktop.domain.classify import Branch, ChangeKind, Classification, Measure, WhatIf
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.indicator_state import Note, State
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.problems import Problem
from giamngheo_desktop.domain.standard import AreaType, HouseholdClass
from giamngheo_desktop.texts_forms import PROBLEMS as PROBLEMS
from giamngheo_desktop.texts_forms import TEMPLATE as TEMPLATE

ERRORS: dict[str, str] = {
    # command line
    "cli_db_missing": "Thiếu tệp dữ liệu: thêm --db TỆP.",
    "cli_arguments": "Dòng lệnh chưa đúng – {detail} (xem thêm: giamngheo --help).",
    "database_missing": "Không có tệp dữ liệu {path}: chọn tệp khác, hoặc lập xã mới.",
    "target_exists": "Tệp {path} đã có; chọn tên khác để không ghi đè.",
    "file_missing": "Không có tệp {path}: kiểm tra lại tên tệp.",
    "file_unreadable": "Không đọc được tệp {path}: {detail}.",
    "unknown_unit": "Không có đơn vị “{name}”. Các đơn vị: {known}.",
    "several_units": "Có nhiều đơn vị tên “{name}”: ghi mã thay cho tên – {known}.",
    "day_outside_year": "Ngày {day} không thuộc năm {year}: chọn năm của ngày ấy.",
    "report_without_day": "Biểu {name} so hai mốc cuối năm nên không lập theo một ngày trong năm.",
    "target_is_data": "“{name}” là tệp dữ liệu hoặc bản sao lưu: chọn tên khác.",
    "event_in_future": "Ngày {day} chưa đến: kiểm tra lại năm.",
    "unknown_format": "Không ghi được dạng “{name}”, chỉ có {known}.",
    "no_unit": "Sổ chưa có xã nào vào ngày {day}.",
    # definition files
    "definition_unreadable": "Không đọc được tệp định nghĩa {file}: {detail}.",
    "definition_syntax": "Tệp định nghĩa {file} viết sai cú pháp TOML: {detail}.",
    "definition_missing_key": "Tệp {file}, mục {where}: thiếu giá trị.",
    "definition_unknown_key": "Tệp {file}, mục {where}: chương trình không biết mục này.",
    "definition_value": "Tệp {file}, mục {where}: không nhận “{value}”, chỉ nhận {allowed}.",
    "definition_not_text": "Tệp {file}, mục {where}: cần chữ, không nhận “{value}”.",
    "definition_not_integer": "Tệp {file}, mục {where}: cần số nguyên, không nhận “{value}”.",
    "definition_not_flag": "Tệp {file}, mục {where}: cần true hoặc false, không nhận “{value}”.",
    "definition_not_day": "Tệp {file}, mục {where}: cần ngày (2026-01-31), không nhận “{value}”.",
    "definition_not_table": "Tệp {file}, mục {where}: cần một bảng, không nhận “{value}”.",
    "definition_not_texts": "Tệp {file}, mục {where}: cần danh sách chữ, không nhận “{value}”.",
    "definition_not_integers": "Tệp {file}, mục {where}: cần các số nguyên, không nhận “{value}”.",
    "definition_not_tables": "Tệp {file}, mục {where}: cần danh sách bảng, không nhận “{value}”.",
    "definition_range_order": "Tệp {file}, mục {where}: số lớn nhất nhỏ hơn số nhỏ nhất.",
    "definition_scale": "Tệp {file}, mục {where}: chỉ số thập phân (decimal) có scale, và phải có.",
    "definition_columns": "Tệp {file}, mục {where}: chỉ bảng con (rows) có cột, và phải có.",
    "definition_condition": "Tệp {file}, mục {where}: in cần danh sách, phép khác cần một giá trị.",
    "definition_spelling_twice": "Tệp {file}, mục {where}: hai lựa chọn cùng cách viết: {value}.",
    "definition_repeated_key": "Tệp {file}, mục {where}: mỗi cột cần một khóa riêng, không trùng.",
    "unknown_definition": "Không có định nghĩa “{name}”; hiện có: {known}.",
    # files written for the user
    "target_open": "Không ghi được tệp {name} vì đang mở trong chương trình khác (Excel, xem "
    "PDF) hoặc bị khóa: đóng tệp ấy rồi ghi lại, hoặc ghi với tên {proposal}.",
    "file_folder_missing": "Không có thư mục {folder}: chọn thư mục khác.",
    "file_folder_read_only": "Không được phép ghi vào thư mục {folder}: chọn thư mục khác.",
    "file_disk_full": "Ổ đĩa chứa thư mục {folder} đã đầy: dọn bớt hoặc chọn ổ đĩa khác.",
    "file_is_folder": "{name} là tên một thư mục: chọn tên tệp khác.",
    "file_bad_name": "Không đặt được tên tệp {name} (quá dài hoặc có ký tự bị cấm): chọn tên khác.",
    "file_not_written": "Không ghi được tệp {name}: {detail}.",
}

ERRORS |= {  # standards and classification
    "definition_twice": "Tệp {file}: “{what}” đã có trong tệp {other}.",
    "definition_lines_order": "Tệp {file}, mục {where}: các mức phải tăng dần.",
    "definition_indicator_order": "Tệp {file}: số thứ tự chỉ số phải là 1, 2, 3 … liền nhau.",
    "definition_codes_twice": "Tệp {file}, mục {where}: có mã lặp lại.",
    "definition_years_order": "Tệp {file}, mục {where}: phải không sớm hơn lúc bắt đầu.",
    "definition_not_pair": "Tệp {file}, mục {where}: cần đúng hai số.",
    "unknown_standard": "Không có bộ chuẩn “{asked}”; đang có: {known}.",
    "no_standard": "Chưa có chuẩn nghèo cho năm rà soát {year}.",
    "classify_one_value": "Cần đúng một trong hai: thu nhập hoặc điểm B1.",
    "classify_negative": "Thu nhập, điểm B1 không được là số âm ({value}).",
    "classify_no_score_form": "{standard}: chưa có mức điểm B1, chỉ phân loại được theo thu nhập.",
    "classify_unknown_code": "{standard}: không có chỉ số {codes}.",
    "cli_not_json": "Dòng này không phải JSON.",
    "cli_not_object": "Dòng này phải là một đối tượng JSON: {{ … }}.",
    "cli_unknown_key": "Khóa không biết: {keys}; chỉ nhận {known}.",
    "cli_key_twice": "Một khóa ghi hai lần.",
    "cli_text": "“{key}” phải có và phải là chữ.",
    "cli_number": "“{key}” phải là số nguyên hoặc null, không nhận {value}.",
    "cli_codes": "“{key}” phải là danh sách mã chỉ số.",
    "cli_code_repeated": "“{key}” ghi một chỉ số hai lần: {codes}.",
    "cli_area": "“area” phải là rural hoặc urban, không nhận “{value}”.",
    "classify_code_twice": "Chỉ số vừa ghi thiếu hụt vừa ghi chưa đủ dữ liệu: {codes}.",
}

ERRORS |= {  # database files, backups, drafts
    "database_busy": "Tệp {path} đang bận ghi việc khác: chờ ít giây rồi làm lại.",
    "database_read_only": "Tệp {path} chỉ đọc được, không ghi được: chép sang thư mục khác rồi mở "
    "bản chép.",
    "database_io": "Ổ đĩa báo lỗi khi đọc, ghi tệp {path}: kiểm tra ổ đĩa hoặc USB, rồi mở lại.",
    "database_corrupt": "Tệp {path} bị hỏng, chưa có gì bị sửa: phục hồi từ bản sao lưu gần nhất.",
    "database_cannot_open": "Không mở được tệp {path}: kiểm tra thư mục còn đó và có quyền mở.",
    "not_a_database": "Tệp {path} không phải tệp dữ liệu của chương trình: chọn tệp khác, hoặc "
    "phục hồi từ bản sao lưu.",
    "foreign_database": "Tệp {path} là dữ liệu của chương trình khác: chọn tệp khác.",
    "database_newer": "Tệp {path} do phiên bản chương trình mới hơn ghi (cấu trúc {revision}): cài "
    "phiên bản mới rồi mở.",
    "database_is_folder": "{path} là một thư mục: chọn tệp dữ liệu trong thư mục ấy.",
    "database_on_network": "Tệp {path} nằm trên ổ mạng, dữ liệu dễ hỏng: chép về ổ đĩa của máy này "
    "rồi mở.",
    "database_empty": "Tệp {path} rỗng (0 byte), có thể do chép dở: phục hồi từ bản sao lưu, hoặc "
    "xóa tệp rồi lập lại.",
    "database_in_use": "Tệp {path} đang mở ở nơi khác ({user}, máy {computer}, từ "
    "{since:%H:%M ngày %d/%m/%Y}): đóng ở đó rồi mở lại, hoặc mở chỉ để xem.",
    "database_in_use_by_someone": "Tệp {path} đang mở ở nơi khác: đóng ở đó rồi mở lại, hoặc mở "
    "chỉ để xem.",
    "database_opened_read_only": "Tệp {path} hoặc thư mục của nó không cho ghi nên chỉ mở để xem: "
    "muốn sửa thì chép sang thư mục khác.",
    "database_old_read_only": "Tệp {path} do phiên bản cũ ghi, cần nâng cấp mà không được ghi: "
    "chép sang thư mục khác rồi mở bản chép.",
    "database_unfinished_read_only": "Tệp {path} còn phần ghi dở trong thư mục không cho ghi: chép "
    "cả thư mục sang ổ đĩa khác rồi mở ở đó.",
    "drive_cannot_lock": "Ổ đĩa chứa {path} không khóa được tệp: chép về ổ đĩa của máy này rồi mở.",
    "migration_breaks_references": "Chưa nâng cấp được tệp {path} vì có dòng trỏ tới dòng không "
    "còn: tệp giữ nguyên như cũ, gửi tệp cho người hỗ trợ.",
    "definition_changed": "Định nghĩa {name}, phiên bản {version}, khác với bản đã dùng trong tệp "
    "dữ liệu: lấy lại bản cũ, hoặc tăng số phiên bản.",
    "disk_full": "Ổ đĩa chứa {path} đã đầy, phần vừa làm chưa ghi được: dọn bớt rồi làm lại.",
    "file_protected": "Không được phép đọc hoặc ghi {path}: chọn nơi khác, hoặc xin quyền của "
    "người quản lý máy.",
    "file_not_found": "Không còn tệp {path}: chọn lại.",
    "file_failed": "Không đọc, ghi được {path} ({detail}): kiểm tra ổ đĩa rồi làm lại.",
    "file_exists": "Đã có tệp {path}: chọn tên khác để không ghi đè.",
    "backup_not_proven": "Bản sao lưu vừa làm không đọc lại được, tệp {path} có thể đã hỏng: đóng "
    "chương trình, mở lại để kiểm tra; các bản sao lưu cũ còn nguyên.",
    "backup_damaged": "Bản sao lưu {path} bị hỏng, chưa phục hồi gì: chọn bản khác.",
    "draft_damaged": "Một bản nháp bị hỏng, đã cất riêng thành {name}; các bản khác không sao.",
    "draft_record_changed": "“{title}” đã được sửa sau khi viết nháp: xem lại từng ô rồi hãy lưu.",
    "draft_record_gone": "“{title}” không còn trong sổ: lưu bản nháp thành hộ mới, hoặc bỏ nháp.",
}

ERRORS |= {  # the register
    "not_allowed": "{actor} không được phép làm việc này: nhờ người có quyền làm.",
    "record_missing": "Mục này không còn trong sổ, có thể đã hoàn tác: tải lại danh sách.",
    "stale_record": "“{subject}” vừa được sửa ở nơi khác: mở lại hộ rồi sửa tiếp; phần đang gõ "
    "còn trong bản nháp.",
    "undo_changed_since": "Chưa hoàn tác được việc của “{subject}” vì sau đó đã có thay đổi khác: "
    "hoàn tác thay đổi sau trước.",
    "undo_already": "Việc của “{subject}” đã được hoàn tác rồi.",
    "village_missing": "Chưa chọn thôn của hộ: chọn thôn rồi lưu.",
    "since_after_shown": "Ngày bắt đầu có thay đổi sau ngày đang xem ({day}): ghi ngày sớm hơn, "
    "hoặc chuyển sang năm sau rồi sửa.",
    "joined_after_shown": "Ngày vào hộ của {name} sau ngày đang xem: kiểm tra lại ngày vào hộ.",
    "household_not_here_then": "Vào ngày ấy hộ không có trong sổ (chưa đến, hoặc đã đi): kiểm tra "
    "lại ngày.",
    "household_already_here": "Hộ “{name}” đang có trong sổ: không ghi chuyển đến lần nữa.",
    "person_not_member_then": "Vào ngày ấy người này không phải thành viên của hộ: kiểm tra lại "
    "ngày.",
    "person_member_elsewhere": "{name} đang là thành viên của một hộ khác trong thời gian ấy: ghi "
    "việc chuyển hộ (kết hôn, tách, nhập hộ) thay cho thêm người.",
    "event_later_exists": "Với {name}, sổ đã có thay đổi vào ngày {day:%d/%m/%Y}, sau ngày đang "
    "ghi: hoàn tác thay đổi ấy trước, hoặc kiểm tra lại ngày.",
    "same_village": "Hộ đang ở chính thôn ấy: chọn thôn khác.",
    "same_household": "Hai hộ phải khác nhau: chọn hộ khác.",
    "split_needs_both_sides": "Tách hộ cần ít nhất một người đi, một người ở lại, và chủ hộ mới "
    "là người đi.",
    "unit_not_there_then": "Vào ngày ấy chưa có hoặc không còn đơn vị này: kiểm tra lại ngày.",
    "unit_changed_later": "{name} còn thay đổi vào ngày {day:%d/%m/%Y}, sau ngày sáp nhập, chia "
    "tách đang ghi: kiểm tra lại hai ngày.",
    "succession_shape": "Sáp nhập là nhiều đơn vị vào một, chia tách là một ra nhiều, cùng cấp và "
    "không trùng nhau: chọn lại.",
    "class_already_newer": "Hộ đã có kết quả năm {year}, hiệu lực từ {day:%d/%m/%Y}, ngược thứ tự "
    "với kết quả đang ghi: kiểm tra năm rà soát và ngày hiệu lực.",
    "year_closed": "Năm {year} đã khóa sổ: mở lại sổ năm ấy trước.",
    "year_not_closed": "Năm {year} chưa khóa sổ nên không cần mở lại.",
    "reason_missing": "Chưa ghi lý do: ghi lý do rồi làm lại.",
}

PARSE_ERRORS: dict[str, str] = {
    "empty": "Ô này đang trống: gõ giá trị, hoặc để trống nếu chưa biết.",
    # numbers, money
    "not_number": "Chỉ gõ chữ số, ví dụ 1234 hoặc 1.234.",
    "not_whole": "Ô này nhận số nguyên: gõ lại, không có phần lẻ.",
    "grouping": "Dấu chấm hoặc dấu phẩy đặt sai chỗ: gõ 1234567 hoặc 1.234.567.",
    "too_large": "Số quá lớn: kiểm tra lại các chữ số.",
    "too_many_decimals": "Quá nhiều chữ số sau dấu phẩy: bỏ bớt phần lẻ.",
    "ambiguous": "Số này đọc được hai cách: gõ đủ các chữ số và dùng dấu phẩy cho phần lẻ, "
    "ví dụ 1234 hoặc 1,2.",
    "unknown_unit": "Không rõ đơn vị tiền: gõ nghìn (k), triệu (tr), tỷ, hoặc gõ đủ số đồng.",
    # dates
    "date_format": "Gõ ngày/tháng/năm, ví dụ 5/3/1987; không biết ngày thì gõ 3/1987 hoặc 1987.",
    "date_incomplete": "Gõ đủ ngày, tháng và năm, ví dụ 5/3/2026.",
    "two_digit_year": "Gõ năm đủ bốn chữ số, ví dụ 1987.",
    "year_out_of_range": "Năm phải từ 1850 đến 2150: kiểm tra lại năm.",
    "no_such_month": "Tháng phải từ 1 đến 12: gõ ngày trước, tháng sau, ví dụ 25/12/1987.",
    "no_such_day": "Tháng ấy không có ngày này: kiểm tra lại ngày.",
}

IDENTITY_PROBLEMS: dict[str, str] = {
    "id_not_digits": "Số giấy tờ chỉ gồm chữ số: kiểm tra lại chữ cái gõ lẫn.",
    "id_length": "Số giấy tờ phải có 12 chữ số (CCCD, số định danh) hoặc 9 chữ số (CMND).",
    "id_length_12": "CCCD, số định danh phải có 12 chữ số: đếm lại trên giấy.",
    "id_length_9": "CMND phải có 9 chữ số; số có 12 chữ số thì chọn loại giấy là CCCD.",
    "id_placeholder": "Số này chỉ lặp lại một chữ số: nếu chưa có giấy tờ thì để trống số.",
    "id_century": "Chữ số thứ tư của CCCD phải từ 0 đến 3: kiểm tra lại số.",
    "id_sex": "Chữ số thứ tư của CCCD không khớp giới tính: kiểm tra số hoặc giới tính.",
    "id_birth_year": "Chữ số thứ tư đến thứ sáu của CCCD không khớp năm sinh: "
    "kiểm tra số hoặc năm sinh.",
}

OPERATIONS: dict[Op, str] = {
    Op.NEW_COMMUNE: "Lập xã mới",
    Op.SAVE_UNIT: "Sửa đơn vị",
    Op.SAVE_POPULATION: "Nhập số hộ, nhân khẩu của thôn",
    Op.SAVE_TARGETS: "Nhập chỉ tiêu giảm của thôn",
    Op.SAVE_SETTINGS: "Sửa cài đặt",
    Op.RECORD_SUCCESSION: "Ghi sáp nhập, chia tách, đổi tên",
    Op.SAVE_HOUSEHOLD: "Lưu hộ",
    Op.BIRTH: "Ghi sinh",
    Op.DEATH: "Ghi chết",
    Op.MOVE_IN: "Ghi chuyển đến",
    Op.MOVE_OUT: "Ghi chuyển đi",
    Op.MOVE_VILLAGE: "Ghi chuyển thôn",
    Op.MARRIAGE: "Ghi kết hôn",
    Op.SPLIT_HOUSEHOLD: "Tách hộ",
    Op.MERGE_HOUSEHOLDS: "Nhập hộ",
    Op.CHANGE_HEAD: "Đổi chủ hộ",
    Op.RECORD_CLASS: "Ghi kết quả phân loại",
    Op.ANSWER_INDICATORS: "Trả lời chỉ số thiếu hụt",
    Op.CLOSE_YEAR: "Khóa sổ năm",
    Op.REOPEN_YEAR: "Mở lại sổ năm",
    Op.LOAD_SAMPLE: "Nạp dữ liệu mẫu",
    Op.RECORD_DEFINITIONS: "Chép định nghĩa đang dùng",
    Op.UNDO: "Hoàn tác",
}

# Rows that contradict each other (`storage.consistency`).
CONTRADICTIONS: dict[str, str] = {
    "household_without_village": "Hộ không thuộc thôn nào nên không có trong danh sách, biểu: mở "
    "hộ và chọn thôn, hoặc báo kỹ thuật viên.",
    "ends_before_beginning": "Có mục ghi từ {start} mà kết thúc {end}, trước khi bắt đầu.",
    "two_places": "Hộ thuộc hai thôn cùng lúc từ ngày {day}: chỉ một thôn được đúng.",
    "two_memberships": "Một người là thành viên của hai hộ cùng lúc từ ngày {day}.",
    "two_classes": "Hộ có hai kết quả công nhận cùng lúc từ ngày {day} theo một bộ chuẩn.",
    "two_heads_stored": "Hộ có hai chủ hộ cùng lúc.",
    "frozen_size_differs": "Năm {year} đã khóa: {persons} nhân khẩu mà ghi kèm {found} người.",
    "population_too_small": "Năm {year}: tổng số hộ nhập {typed} ít hơn số hộ nghèo, cận nghèo "
    "{found}; sửa tổng số hộ của thôn.",
}

# What is wrong with the arguments of a command.
CLI_ARGUMENTS: dict[str, str] = {
    "required": "thiếu {what}",
    "no_value": "{what} thiếu giá trị",
    "no_number": "{what} phải là số nguyên, không nhận “{value}”",
    "no_choice": "{what} không nhận “{value}”, chỉ nhận {known}",
    "unknown": "không biết {what}",
    "other": "{what}: {value}",
    "year": "năm viết bốn chữ số, không nhận “{value}”",
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
    "findings": "{count} điểm cần xem lại.",
    "audit_broken": "Nhật ký thay đổi bị sửa từ ngoài chương trình, bắt đầu từ lần ghi số {seq}.",
}

# What every official paper carries (NĐ 30/2020/NĐ-CP).
PAPER: dict[str, str] = {
    "nation": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "motto": "Độc lập - Tự do - Hạnh phúc",
    "recipients": "Nơi nhận:",
    "place_date": "{place}, ngày {day} tháng {month} năm {year}",
    "data_of": "Số liệu tính đến ngày {day}",
    "no_rows": "Không có số liệu",
    "missing_note": "Dấu “{sign}” ở {rows}: {reason}.",
    "missing_note_more": "Dấu “{sign}” ở {rows} và {more} dòng khác: {reason}.",
    "preparer": "NGƯỜI LẬP BIỂU",
    "sign": "(Ký, họ tên)",
    "sign_and_seal": "(Ký, đóng dấu)",
    "unit_in": "{name} ({unit})",
    "unit_formerly_in": "{name} ({unit} cũ)",
    "unknown_village": "Chưa rõ thôn (sau chia tách)",
    "unfinished": "Còn {count} hộ chưa có kết quả phân loại; số liệu sơ bộ.",
    "open_year": "Năm {year} chưa khóa sổ: số của năm ấy theo các kết quả đã công nhận đến nay.",
    "waiting": "Năm {year} chưa khóa sổ, còn {count} hộ trong danh sách đầu năm chưa có kết quả "
    "công nhận của năm {year} ({units}): số của các đơn vị ấy và tổng số chưa biết.",
    "waiting_unit": "{name}: {count} hộ",
    "frozen": "Số liệu đã khóa sổ",
    "live": "Số liệu theo sổ hộ hiện có, chưa khóa sổ",
    "as_of": "Các hộ đang được công nhận vào ngày {day}",
    "standard": "Theo {standard}",
    "population_typed": "Tổng số hộ, nhân khẩu: số liệu nhập tay.",
    "population_typed_of": "Tổng số hộ, nhân khẩu nhập tay: {names}.",
    "population_counted": "Tổng số hộ, nhân khẩu đếm từ sổ hộ: {names}.",
    "population_empty": "Chưa có tổng số hộ, nhân khẩu: {names}. Không tính tỷ lệ.",
}

# Why a cell of a report isn't printed; a code comes from `rates.RateGap` or from the builder.
MISSING: dict[str, str] = {
    "no_data": "chưa có số liệu",
    "no_numerator": "chưa có số liệu để tính tỷ lệ",
    "no_denominator": "chưa có tổng số để tính tỷ lệ",
    "zero_denominator": "tổng số bằng 0 nên không tính tỷ lệ",
    "small_denominator": "tổng số nhỏ hơn số được đếm nên không tính tỷ lệ",
}


def place_and_date(place: str, day: date | None = None, year: int | None = None) -> str:
    """Place and date as NĐ 30/2020 writes them: zeros before days under 10, months 1 and 2.

    Without a day, or a place, the paper leaves room for pen and ink.
    """
    place = place or "…………"
    if day is None:
        blank = {"day": "      ", "month": "      ", "year": str(year) if year else "        "}
        return PAPER["place_date"].format(place=place, **blank)
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return PAPER["place_date"].format(place=place, day=f"{day.day:02d}", month=month, year=day.year)


def error_text(error: AppError) -> str:
    """The sentence for an expected error."""
    return ERRORS[error.code].format(**error.params)


AREA_TYPES: dict[AreaType, str] = {AreaType.RURAL: "nông thôn", AreaType.URBAN: "thành thị"}

CLASSES: dict[HouseholdClass, str] = {
    HouseholdClass.POOR: "nghèo",
    HouseholdClass.NEAR_POOR: "cận nghèo",
    HouseholdClass.AVERAGE: "mức sống trung bình",
    HouseholdClass.NOT_POOR: "không nghèo",
}

INDICATOR_STATES: dict[State, str] = {
    State.DEPRIVED: "thiếu hụt",
    State.NOT_DEPRIVED: "không thiếu hụt",
    State.UNKNOWN: "chưa đủ dữ liệu",
}

INDICATOR_NOTES: dict[Note, str] = {
    Note.NO_MEMBERS: "Hộ chưa có thành viên: nhập thành viên trước.",
    Note.THRESHOLD_MISSING: "Chuẩn này chưa có ngưỡng của chỉ số: đánh dấu theo phiếu giấy.",
    Note.NO_TEST: "Chỉ số này không tính được từ dữ liệu của hộ: đánh dấu theo phiếu giấy.",
}

INDICATOR_PROBLEMS: dict[str, str] = {
    "answer_contradicts_data": "Đánh dấu khác với dữ liệu của hộ: ghi lý do, hoặc sửa dữ liệu.",
}

REASONS: dict[tuple[Branch, Measure], str] = {
    (Branch.INCOME_POOR, Measure.INCOME): "Thu nhập {value} đồng/người/tháng không quá "
    "{upper} đồng ({area}): hộ nghèo về thu nhập, theo {article}.",
    (Branch.DEPRIVATION_POOR, Measure.INCOME): "Thu nhập {value} đồng/người/tháng trên "
    "{lower} đồng, không quá {upper} đồng ({area}) và thiếu hụt {count} chỉ số (từ {needed} "
    "trở lên): hộ nghèo thiếu hụt dịch vụ xã hội cơ bản, theo {article}.",
    (Branch.MULTIDIMENSIONAL_POOR, Measure.INCOME): "Thu nhập {value} đồng/người/tháng không quá "
    "{upper} đồng ({area}) và thiếu hụt {count} chỉ số (từ {needed} trở lên): hộ nghèo, "
    "theo {article}.",
    (Branch.NEAR_POOR, Measure.INCOME): "Thu nhập {value} đồng/người/tháng không quá "
    "{upper} đồng ({area}) và thiếu hụt {count} chỉ số (dưới {needed}): hộ cận nghèo, "
    "theo {article}.",
    (Branch.POOR_OR_NEAR_POOR, Measure.INCOME): "Thu nhập {value} đồng/người/tháng không quá "
    "{upper} đồng ({area}), thiếu hụt {count} chỉ số: cận nghèo hoặc nghèo (nghèo khi từ "
    "{needed} chỉ số trở lên), theo {article}. Cần trả lời: {questions}.",
    (Branch.AVERAGE, Measure.INCOME): "Thu nhập {value} đồng/người/tháng trên {lower} đồng, "
    "không quá {upper} đồng ({area}): mức sống trung bình theo thu nhập, theo {article}.",
    (Branch.ABOVE_AVERAGE, Measure.INCOME): "Thu nhập {value} đồng/người/tháng trên {lower} đồng "
    "({area}): không thuộc diện nghèo, cận nghèo, mức sống trung bình, theo {article}.",
    (Branch.ABOVE_LINE, Measure.INCOME): "Thu nhập {value} đồng/người/tháng trên {lower} đồng "
    "({area}): không nghèo, không cận nghèo, theo {article}; chuẩn này chưa có mức sống trung bình "
    "nên chưa xét được mức sống trung bình.",
    (Branch.INCOME_POOR, Measure.SCORE): "Điểm B1 {value} không quá {upper} điểm ({area}): "
    "hộ nghèo về thu nhập, theo {article}.",
    (Branch.DEPRIVATION_POOR, Measure.SCORE): "Điểm B1 {value} trên {lower} điểm, không quá "
    "{upper} điểm ({area}) và thiếu hụt {count} chỉ số (từ {needed} trở lên): "
    "hộ nghèo thiếu hụt dịch vụ xã hội cơ bản, theo {article}.",
    (Branch.MULTIDIMENSIONAL_POOR, Measure.SCORE): "Điểm B1 {value} không quá {upper} điểm "
    "({area}) và thiếu hụt {count} chỉ số (từ {needed} trở lên): hộ nghèo, theo {article}.",
    (Branch.NEAR_POOR, Measure.SCORE): "Điểm B1 {value} không quá {upper} điểm ({area}) "
    "và thiếu hụt {count} chỉ số (dưới {needed}): hộ cận nghèo, theo {article}.",
    (Branch.POOR_OR_NEAR_POOR, Measure.SCORE): "Điểm B1 {value} không quá {upper} điểm ({area}), "
    "thiếu hụt {count} chỉ số: cận nghèo hoặc nghèo (nghèo khi từ {needed} chỉ số trở lên), "
    "theo {article}. Cần trả lời: {questions}.",
    (Branch.ABOVE_CUTOFF, Measure.SCORE): "Điểm B1 {value} trên {lower} điểm ({area}): "
    "hộ không nghèo, theo {article}; điểm B1 không xét mức sống trung bình.",
}

WHAT_IFS: dict[tuple[ChangeKind, Measure], str] = {
    (ChangeKind.VALUE_ABOVE, Measure.INCOME): "Thu nhập trên {amount} đồng/người/tháng: {classes}.",
    (ChangeKind.VALUE_UP_TO, Measure.INCOME): "Thu nhập không quá {amount} đồng/người/tháng: "
    "{classes}.",
    (ChangeKind.VALUE_ABOVE, Measure.SCORE): "Điểm B1 trên {amount} điểm: {classes}.",
    (ChangeKind.VALUE_UP_TO, Measure.SCORE): "Điểm B1 không quá {amount} điểm: {classes}.",
} | {
    (kind, measure): sentence
    for measure in Measure
    for kind, sentence in {
        ChangeKind.MORE_DEPRIVED: "Thêm {amount} chỉ số thiếu hụt: {classes}.",
        ChangeKind.FEWER_DEPRIVED: "Bớt {amount} chỉ số thiếu hụt: {classes}.",
        ChangeKind.UNKNOWN_DEPRIVED: "Từ {amount} chỉ số chưa rõ trở lên là thiếu hụt: {classes}.",
        ChangeKind.UNKNOWN_MET: "Từ {amount} chỉ số chưa rõ trở lên là không thiếu hụt: {classes}.",
    }.items()
}


def reason_text(result: Classification) -> str:
    """Why the household has this class: the numbers compared, the branch and the article."""
    low, high = result.deprived_min, result.deprived_max
    return REASONS[result.branch, result.measure].format(
        value=format_integer(result.value),
        lower="" if result.lower is None else format_integer(result.lower),
        upper="" if result.upper is None else format_integer(result.upper),
        area=AREA_TYPES[result.area_type],
        count=low if low == high else f"{low}–{high}",
        needed=result.deprivation_count,
        article=result.article,
        questions=", ".join(result.question_labels),
    )


def what_if_text(change: WhatIf, measure: Measure) -> str:
    """One thing that would give the household another class, the milder class named first."""
    classes = " hoặc ".join(CLASSES[item] for item in reversed(change.possible))
    amount = format_integer(change.amount)
    return WHAT_IFS[change.kind, measure].format(amount=amount, classes=classes)


PROBLEM_OF_MEMBER = "{name}: {sentence}"
NAMELESS = "(chưa ghi họ tên)"
_PEOPLE = ("name", "other", "head")


def problem_text(problem: Problem, labels: Mapping[str, str]) -> str:
    """The sentence of a finding, naming the member; `labels` gives the label of each field code."""
    params = {"field": labels.get(problem.field, problem.field), **problem.params}
    params |= {key: NAMELESS for key in _PEOPLE if params.get(key) == ""}
    sentence = (PROBLEMS | IDENTITY_PROBLEMS)[problem.code]
    if "name" in params and "{name}" not in sentence:
        return PROBLEM_OF_MEMBER.format(name=params["name"], sentence=sentence.format(**params))
    return sentence.format(**params)


def report_words(*, year: int, status: str, unit: str, rows: str) -> dict[str, str]:
    """The placeholders of titles and notes of a report definition."""
    words = {"official": "chính thức", "preliminary": "sơ bộ"}
    return {
        "year": str(year),
        "last_year": str(year - 1),
        "status": words[status],
        "STATUS": words[status].upper(),
        "unit": unit,
        "rows": rows,
    }


def report_subtitle(*, standard: str, frozen: bool | None, as_of: date | None) -> tuple[str, ...]:
    """The lines under a title: the standard, and where the numbers come from.

    `frozen` None: the table mixes years or targets, so that no one word is true of it.
    """
    if frozen is None:
        return (f"({PAPER['standard'].format(standard=standard)})",)
    state = PAPER["frozen"] if frozen else PAPER["live"]
    if as_of is not None:
        state = PAPER["as_of"].format(day=as_of.strftime("%d/%m/%Y"))
    basis = PAPER["standard"].format(standard=standard)
    return (f"({basis}; {state[:1].lower()}{state[1:]})",)


def open_year_note(year: int, waiting: Sequence[tuple[str, int]]) -> str:
    """That a year is not closed, and how many households which unit waits for."""
    if not waiting:
        return PAPER["open_year"].format(year=year)
    units = [
        PAPER["waiting_unit"].format(
            name=name or PAPER["unknown_village"], count=format_integer(count)
        )
        for name, count in waiting
    ]
    total = format_integer(sum(count for _, count in waiting))
    return PAPER["waiting"].format(year=year, count=total, units="; ".join(units))


def population_notes(
    *, typed: tuple[str, ...], counted: tuple[str, ...], empty: tuple[str, ...]
) -> list[str]:
    """Which population each village's rates divide by, and why some are not printed."""
    notes = []
    if typed:
        name = "population_typed_of" if counted else "population_typed"
        notes.append(PAPER[name].format(names=", ".join(typed)))
    if counted:
        notes.append(PAPER["population_counted"].format(names=", ".join(counted)))
    if empty:
        notes.append(PAPER["population_empty"].format(names=", ".join(empty)))
    return notes
