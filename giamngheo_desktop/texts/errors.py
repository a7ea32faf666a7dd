"""Sentences for expected errors, and for what a field could not read."""

from __future__ import annotations

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.texts.allocation import ALLOCATION_ERRORS
from giamngheo_desktop.texts.bridge import BRIDGE_ERRORS
from giamngheo_desktop.texts.certificates import CERTIFICATE_ERRORS
from giamngheo_desktop.texts.command_errors import CLI_ERRORS
from giamngheo_desktop.texts.documents import DOCUMENT_ERRORS
from giamngheo_desktop.texts.exchange import PACKAGE_ERRORS
from giamngheo_desktop.texts.former import FORMER_ERRORS
from giamngheo_desktop.texts.helping import HELPING_ERRORS
from giamngheo_desktop.texts.importing import IMPORT_ERRORS
from giamngheo_desktop.texts.merging import MERGE_ERRORS
from giamngheo_desktop.texts.parse_errors import PARSE_ERRORS
from giamngheo_desktop.texts.period_lists import PERIOD_ERRORS
from giamngheo_desktop.texts.plans import PLAN_ERRORS
from giamngheo_desktop.texts.programmes import RECORD_ERRORS
from giamngheo_desktop.texts.reporting import REPORTING_ERRORS
from giamngheo_desktop.texts.support_import import SUPPORT_IMPORT_ERRORS
from giamngheo_desktop.texts.supports import SUPPORT_ERRORS
from giamngheo_desktop.texts.system import system_words
from giamngheo_desktop.texts.village_sheets import SHEET_ERRORS

ERRORS: dict[str, str] = {
    **ALLOCATION_ERRORS,
    **BRIDGE_ERRORS,
    **PERIOD_ERRORS,
    **REPORTING_ERRORS,
    **CERTIFICATE_ERRORS,
    **DOCUMENT_ERRORS,
    **PACKAGE_ERRORS,
    **FORMER_ERRORS,
    # command line
    "no_review": "Chưa mở kỳ rà soát nào như vậy: mở bằng “review start”.",
    "review_of_commune": "Kỳ rà soát là của một xã: ghi --unit và tên xã – {known}.",
    "standard_not_of_review": "Kỳ rà soát năm {year} không theo bộ chuẩn “{asked}”, chỉ {known}.",
    "database_missing": "Không có tệp dữ liệu {path}: chọn tệp khác, hoặc lập xã mới.",
    "target_exists": "Tệp {path} đã có; chọn tên khác để không ghi đè.",
    "file_missing": "Không có tệp {path}: kiểm tra lại tên tệp.",
    "file_unreadable": "Không đọc được tệp {path}: {detail}.",
    "unknown_unit": "Không có đơn vị “{name}”. Các đơn vị: {known}.",
    "several_units": "Có nhiều đơn vị tên “{name}”: ghi mã thay cho tên – {known}.",
    "day_outside_year": "Ngày {day} không thuộc năm {year}: chọn năm của ngày ấy.",
    "day_in_future": "Ngày {day} chưa đến: số tính được đến hôm nay, {today}. Bỏ trống ngày để lấy "
    "số của cả năm.",
    "report_without_day": "Biểu {name} so hai mốc cuối năm nên không lập theo một ngày trong năm.",
    "list_without_day": "Danh sách “{name}” luôn là của cả năm: bỏ ngày tính đến.",
    "target_is_data": "“{name}” là tệp dữ liệu hoặc bản sao lưu: chọn tên khác.",
    "event_in_future": "Ngày {day} chưa đến: kiểm tra lại ngày, tháng, năm.",
    "format_contradicts": "Tên tệp {path} không hợp với dạng {name}: bỏ --format, hoặc "
    "đổi đuôi tệp thành .{name}.",
    "format_only": "Lệnh này chỉ ghi dạng {name}: đổi đuôi tệp {path} thành .{name}.",
    "format_ending": "Không ghi được dạng này: đổi đuôi tệp {path} thành một trong {known}.",
    "format_missing": "Chưa rõ ghi {path} dạng nào: thêm --format hoặc đuôi tệp ({known}).",
    "unknown_format": "Không ghi được dạng “{name}”, chỉ có {known}.",
    "table_without_name": "Biểu chưa có tên: ghi tên biểu.",
    "table_name_taken": "Đã có biểu tên “{name}”: chọn tên khác, hoặc thay mẫu của biểu ấy.",
    "unknown_own_table": "Không có biểu “{name}” của đơn vị.",
    "table_old_format": "Tệp {name} là Excel cũ (.xls) hoặc có mật khẩu: mở bằng Excel, bỏ mật "
    "khẩu, lưu lại dạng .xlsx.",
    "table_macros": "Tệp {name} có macro: lưu lại dạng .xlsx (không macro).",
    "table_links": "Tệp {name} đọc số từ tệp Excel khác: bỏ liên kết (Data › Edit Links) rồi lưu "
    "lại.",
    "table_not_taken": "Mẫu {name} còn {count} chỗ sai: sửa trong Excel rồi thử lại.",
    "no_unit": "Sổ chưa có xã nào vào ngày {day}.",
    # definition files
    "definition_unreadable": "Không đọc được tệp định nghĩa {file}: {detail}.",
    "definition_syntax": "Tệp định nghĩa {file} viết sai cú pháp TOML: {detail}.",
    "definition_missing_key": "Tệp {file}, mục {where}: thiếu giá trị.",
    "definition_unknown_key": "Tệp {file}, mục {where}: chương trình không biết mục này.",
    "definition_unknown_field": "Tệp {file}, mục {where}: giấy về “{subject}” không có dữ liệu "
    "“{value}”.",
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
    "no_list": "Kỳ rà soát này chưa có hộ nào trong danh sách cần rà soát.",
    "nothing_to_print": "Chưa có hộ nào để in giấy này: {label}.",
    "paper_unsettled": "Giấy ghi kết quả chưa in được: còn {count} hộ chưa có kết quả ({names}). "
    "Nhập xong phiếu của các hộ ấy, hoặc in mẫu trắng.",
    "unknown_paper": "Không có giấy “{name}”, chỉ có {known}.",
    "layout_only_xlsx": "Bảng theo mẫu “{name}” chỉ có dạng xlsx.",
    "layout_no_word": "Bảng “{name}” không ghi được Word: cột và dòng đầu đặt cố định cho Excel; "
    "chọn xlsx hoặc pdf.",
    "unknown_layout": "Không có mẫu bảng “{name}”, chỉ có {known}.",
    "unknown_list": "Không có danh sách “{name}”, chỉ có {known}.",
    "unknown_column": "Không có cột “{name}”, chỉ có {known}.",
    "no_review_list": "Năm {year} chưa có kỳ rà soát định kỳ nào để lập danh sách hộ cần rà soát.",
    "list_name_missing": "Hãy đặt tên cho danh sách.",
    "list_name_taken": "Đã có danh sách khác mang tên “{name}”. Hãy đặt tên khác.",
    "unknown_report": "Không có biểu “{name}”, chỉ có {known}.",
    "unknown_definition": "Không có định nghĩa “{name}”; hiện có: {known}.",
    # files written for the user
    "target_open": "Không ghi được tệp {name} vì đang mở trong chương trình khác (Excel, xem "
    "PDF) hoặc bị khóa: đóng tệp ấy rồi ghi lại, hoặc ghi với tên {proposal}.",
    "workbook_unreadable": "Không đọc được bảng tính {name}: mở bằng Excel, lưu lại rồi thử lại; "
    "Excel cũng không mở được là tệp chép chưa trọn hoặc hỏng, xin lại nơi gửi.",
    "workbook_too_big": "Bảng tính {name} quá lớn hoặc bị hỏng nên không đọc.",
    "template_unreadable": "Không đọc được mẫu giấy {name}: mở bằng Word, lưu dạng .docx rồi thử "
    "lại.",
    "template_too_big": "Mẫu giấy {name} quá lớn hoặc bị hỏng nên không đọc.",
    "template_wrong": "Mẫu giấy {name} có {count} chỗ sai: {detail}.",
    "paper_template_broken": "Giấy “{label}” chưa in được vì mẫu trong Word bị lỗi ({file}): "
    "{detail} Sửa tệp ấy, hoặc bấm “Về mẫu của chương trình” ở Cài đặt › Mẫu giấy.",
    "file_folder_missing": "Không có thư mục {folder}: chọn thư mục khác.",
    "file_folder_read_only": "Không được phép ghi vào thư mục {folder}: chọn thư mục khác.",
    "file_disk_full": "Ổ đĩa chứa thư mục {folder} đã đầy: dọn bớt hoặc chọn ổ đĩa khác.",
    "file_is_stream": "{name} là thiết bị hoặc ống dẫn, không phải tệp: nêu tên một tệp.",
    "file_is_folder": "{name} là tên một thư mục: chọn tên tệp khác.",
    "file_bad_name": "Không đặt được tên tệp {name} (quá dài hoặc có ký tự bị cấm): chọn tên khác.",
    "file_not_written": "Không ghi được tệp {name}: {detail}.",
}

ERRORS |= CLI_ERRORS

ERRORS |= {  # standards and classification
    "definition_twice": "Tệp {file}: “{what}” đã có trong tệp {other}.",
    "definition_lines_order": "Tệp {file}, mục {where}: các mức phải tăng dần.",
    "definition_indicator_order": "Tệp {file}: số thứ tự chỉ số phải là 1, 2, 3 … liền nhau.",
    "definition_codes_twice": "Tệp {file}, mục {where}: có mã lặp lại.",
    "definition_years_order": "Tệp {file}, mục {where}: phải không sớm hơn lúc bắt đầu.",
    "definition_not_pair": "Tệp {file}, mục {where}: cần đúng hai số.",
    "definition_no_day": "Tệp {file}, mục {where}: cần ngày năm nào cũng có, không nhận {value}.",
    "definition_one_of": "Tệp {file}, mục {where}: ghi đúng một trong các mục {allowed}.",
    "unknown_standard": "Không có bộ chuẩn “{asked}”; đang có: {known}.",
    "no_standard": "Chưa có chuẩn nghèo cho năm rà soát {year}.",
    "classify_one_value": "Cần đúng một trong hai: thu nhập hoặc điểm B1.",
    "classify_negative": "Thu nhập, điểm B1 không được là số âm ({value}).",
    "classify_no_score_form": "{standard}: chưa có mức điểm B1, chỉ phân loại được theo thu nhập.",
    "classify_unknown_code": "{standard}: không có chỉ số {codes}.",
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
    "household_not_yet": "Ngày {day} hộ này chưa có trong sổ; hộ vào sổ từ ngày {first}.",
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
    "review_running": "Kỳ rà soát này của năm {year} đã mở: mở tiếp kỳ ấy.",
    "review_day_outside_year": "Kỳ rà soát năm {year} không thể mở ngày {day}: chọn một ngày trong "
    "năm {year}.",
    "review_without_standard": "Chọn ít nhất một bộ chuẩn cho kỳ rà soát.",
    "review_close_unfinished": "Kỳ rà soát {name} chưa xong: {missing}. Làm nốt, hoặc ghi "
    "lý do vẫn khóa sổ.",
    "review_not_closed": "Kỳ rà soát {name} chưa khóa sổ nên không cần mở lại.",
    "review_standard_twice": "Một bộ chuẩn chỉ chọn một lần cho kỳ rà soát.",
    "review_month": "Đợt rà soát thường xuyên có tháng (1–12), kỳ định kỳ thì không.",
    "review_month_follows": "Đợt rà soát thường xuyên mở ngày 15 của tháng, theo bộ chuẩn của năm: "
    "bỏ --day và --standards.",
    "case_there": "Hộ này đã có trong danh sách của kỳ rà soát.",
    "review_only_closed": "Năm {name} chỉ có kết quả đã khóa sổ, không có kỳ rà soát trong sổ này: "
    "giấy của kỳ ấy không in được, biểu và danh sách của năm thì in được.",
    "import_review": "Không có kỳ rà soát “{name}”: ghi năm của kỳ định kỳ, hoặc mã của kỳ.",
    "import_empty": "Không có dòng nào để nhập.",
    "import_not_utf8": "Chữ của dòng này không đọc được: lưu tệp với bảng mã UTF-8.",
    "import_household": "Không có hộ “{name}” trong danh sách của kỳ rà soát.",
    "import_household_twice": "Có nhiều hộ mang mã “{name}”: ghi mã riêng của hộ trong sổ.",
    "import_person": "Không có thành viên “{name}”: ghi số thứ tự trên phiếu, chủ hộ là 1.",
    "import_indicator": "“{name}” không phải chỉ số của bộ chuẩn {standard} trong kỳ rà soát này.",
    "import_not_by_hand": "“{name}” tính từ câu trả lời trên phiếu, không đánh dấu tay: trả lời "
    "câu hỏi của phiếu.",
    "import_field": "“{name}” không phải câu hỏi của phiếu rà soát.",
    "import_value": "Không đọc được trả lời “{name}” – {reason}.",
    "import_answers": "“answers” phải là một đối tượng JSON: {{ câu hỏi: trả lời }}.",
    "case_open": "Chưa kết thúc được rà soát hộ “{name}”: còn {yellow} câu cần xem lại (vàng), "
    "{grey} câu như năm trước chưa xác nhận (xám), {empty} câu chưa trả lời, {unknown} câu “không "
    "biết”, {errors} lỗi, {undecided} chuẩn chưa có kết quả. Trả lời hết rồi làm lại.",
    "case_settled": "Hộ này đã kết thúc rà soát: mở lại phiếu của hộ rồi sửa.",
    "case_not_settled": "Hộ này chưa kết thúc rà soát nên không cần mở lại.",
    "year_closed": "Năm {year} đã khóa sổ: mở lại sổ năm ấy trước.",
    "unit_of_closed_year": "Năm {year} đã khóa sổ, biểu của năm ấy in theo tên và thôn lúc khóa: "
    "chọn ngày từ 01/01/{next}.",
    "population_of_closed_year": "Năm {year} đã khóa sổ: sửa dân số của năm ấy phải ghi lý do.",
    "year_not_closed": "Năm {year} chưa khóa sổ nên không cần mở lại.",
    "opening_count_both": "Ghi cả số hộ nghèo và số hộ cận nghèo của thôn (không có thì ghi 0).",
    "opening_count_persons": "Số khẩu không ít hơn số hộ, không có hộ thì không có khẩu, không "
    "số nào âm.",
    "year_in_review": "Năm {year} đang rà soát: khóa sổ ở kỳ rà soát, mọi bộ chuẩn cùng một lần.",
    "reason_missing": "Chưa ghi lý do: ghi lý do rồi làm lại.",
    "class_of_closed_year": "Năm {year} đã khóa sổ và đã tính theo kết quả đang ghi của hộ: sửa "
    "bằng Đính chính ở trang của hộ (thẻ Rà soát), có lý do.",
    "correction_class_unknown": "Kết quả đúng phải là hộ nghèo, hộ cận nghèo, hộ không nghèo hoặc "
    "không thuộc danh sách.",
    "correction_year_open": "Năm {year} chưa khóa sổ: sửa kết quả của hộ, không cần đính chính.",
    "correction_same": "Kết quả đang ghi đã như vậy: không có gì để đính chính.",
    "flow_not_offered": "Hộ này không tính được vào cột ấy: đầu kỳ, cuối kỳ sẽ không còn khớp.",
    "edition_missing": "Biểu năm {year} không có lần {number} (đang có {count} lần, tính từ khi "
    "khóa sổ).",
}

ERRORS |= {  # applications, the in-year review
    "applicant_missing": "Chưa ghi họ và tên người đề nghị.",
    "application_needs_household": "Chưa chọn hộ trong sổ: tìm hộ theo tên, số giấy tờ hoặc thôn.",
    "application_needs_person": "Chưa chọn người lao động, hoặc người ấy không phải thành viên của "
    "hộ vào ngày rà soát.",
    "application_pending": "Hộ đang có giấy đề nghị cùng loại của {name}, nhận ngày "
    "{day:%d/%m/%Y}, chưa trả lời: mở giấy ấy.",
    "application_answered": "Giấy đề nghị của {name} đã trả lời nên không sửa được: hoàn tác lần "
    "trả lời trước.",
    "application_in_review": "Giấy đề nghị của {name} đã vào đợt rà soát: không đổi hộ, đổi loại "
    "hoặc xóa được; hộ không đề nghị nữa thì ghi Hộ rút giấy.",
    "application_not_in_review": "Giấy này chưa vào đợt rà soát nào: mở đợt của tháng, hoặc đưa "
    "giấy vào đợt đang mở.",
    "in_year_too_early": "Đợt rà soát của tháng bắt đầu ngày {day}: chờ đến ngày ấy.",
    "in_year_during_periodic": "Đang là lúc rà soát định kỳ năm {year}: giấy đề nghị vào kỳ định "
    "kỳ, không mở đợt tháng.",
    "no_applications": "Không có giấy đề nghị nào chờ nên không cần rà soát.",
    "answer_before_application": "Ngày trả lời phải từ ngày {day} trở đi.",
    "answer_number_missing": "Chưa ghi số của quyết định hoặc văn bản trả lời.",
    "answer_differs_from_result": "Kết quả đã rà soát của hộ khác với kết quả đang ghi: xem lại "
    "phiếu của hộ.",
    "class_not_of_purpose": "Kết quả không khớp với giấy đề nghị: Mẫu 01 thì vào hộ nghèo, cận "
    "nghèo; Mẫu 04 thì ra khỏi danh sách, hoặc từ hộ nghèo sang cận nghèo.",
    "household_on_the_list": "Hộ đang là hộ nghèo, cận nghèo: cần quyết định thoát nghèo, thoát "
    "cận nghèo trước.",
    "income_unknown": "Chưa tính được thu nhập: ghi đủ thu và chi của từng nguồn (không có thì ghi "
    "0), thu không nhỏ hơn chi; hộ phải có thành viên.",
    "income_not_from_farming": "Hộ chưa có nguồn thu nông, lâm, ngư, diêm nghiệp nào.",
    "income_out_of_band": "Thu nhập bình quân của hộ không nằm trong mức quy định của loại đề nghị "
    "này: trả lời không đủ điều kiện.",
    "area_type_missing": "Thôn của hộ chưa ghi nông thôn hay thành thị: ghi ở Cài đặt › Xã và "
    "các thôn.",
    "average_line_missing": "{standard}: chưa có mức sống trung bình trong văn bản đã đọc được nên "
    "chưa xét được.",
    "low_income_line_missing": "{standard}: chưa có mức thu nhập của người lao động có thu nhập "
    "thấp nên chưa xét được.",
    "low_income_not_yet": "Người lao động có thu nhập thấp chỉ được xét từ ngày {day} (ngày ký "
    "Nghị định 30/2025/NĐ-CP; ngày có hiệu lực cần đối chiếu).",
}

ERRORS |= {  # the steps of a review
    "review_closed": "Kỳ rà soát đã khóa sổ: sai sót ghi bằng đính chính.",
    "review_begins_after": "Trong kỳ đã ghi {what} ngày {day}: ngày bắt đầu không được sau ngày "
    "ấy.",
    "reference_day_in_use": "Đã nhập phiếu của {count} hộ, tuổi và số khẩu tính đến {day}: không "
    "đổi ngày tính được nữa.",
    "standard_of_the_lists": "{standard} là bộ chuẩn của diễn biến năm, danh sách của kỳ lập theo "
    "bộ chuẩn này: không bỏ được.",
    "standard_decided": "{standard} đã có quyết định công nhận trong kỳ: thu hồi quyết định trước, "
    "rồi mới bỏ.",
    "standard_has_results": "{count} hộ đã kết thúc rà soát có kết quả theo {standard}: không bỏ "
    "bộ chuẩn này được.",
    "review_decided": "Kỳ rà soát đã có quyết định công nhận nên không rút được: thu hồi quyết "
    "định trước.",
    "review_has_answers": "Kỳ rà soát đã trả lời {count} giấy đề nghị nên không rút được.",
    "months_unanswered": "Chưa khóa sổ được: {months}. Trả lời các giấy ấy trước, ở Giấy đề nghị.",
    "before_review": "Ngày này phải sau ngày mở kỳ rà soát ({day}): kiểm tra lại ngày.",
    "review_days_range": "Số ngày phải từ 1 đến {longest}: gõ lại.",
    "review_rule_range": "Xét lùi từ 1 đến {years} năm; hộ mới thoát nghèo từ 1 đến {months} "
    "tháng: gõ lại.",
    "case_elsewhere": "Hộ này không thuộc danh sách của thôn trong kỳ rà soát: chọn hộ khác.",
    "case_in_use": "Hộ “{name}” đã có kết quả, ý kiến họp hoặc khiếu nại nên không bỏ khỏi danh "
    "sách được.",
    "only_applicants_screened": "Phiếu A chỉ dùng cho hộ có Giấy đề nghị.",
    "form_code": "Mã phiếu “{typed}” gõ sai: xem lại trên phiếu.",
    "form_unknown": "Không có phiếu mã {typed} trong kỳ rà soát này.",
    "form_position": "Danh sách của thôn không có STT {typed}: xem lại, hoặc gõ mã in trên phiếu.",
    "surveyor_in_use": "{name} còn {count} hộ được giao: giao cho người khác trước.",
    "surveyor_elsewhere": "{name} là rà soát viên của thôn khác: chọn hộ của thôn ấy.",
    "forms_without_code": "Còn {count} phiếu chưa có mã: chốt danh sách của thôn trước.",
    "forms_not_issued": "Còn {count} phiếu chưa ghi phát: ghi phát trước.",
    "forms_not_collected": "Còn {count} phiếu chưa ghi thu: ghi thu trước.",
    "forms_day_order": "Có phiếu ghi bước trước vào ngày {day}: chọn ngày không sớm hơn.",
    "nobody_attended": "Ghi số người dự họp, ít nhất một người.",
    "negative_count": "Số người, số hộ không được là số âm.",
    "more_present_than_listed": "Số hộ có đại diện nhiều hơn {listed} hộ trong danh sách của thôn.",
    "more_agreed_than_attended": "Số người đồng ý ({agreed}) phải từ 0 đến số người dự họp "
    "({attendants}).",
    "vote_without_result": "Có hộ chưa rà soát xong nên chưa lấy ý kiến được: bỏ hộ ấy ra.",
    "day_too_far": "Ngày {day} còn xa quá một tháng, từ ngày {first} mới ghi được: kiểm tra lại "
    "năm.",
    "posting_too_short": "Niêm yết chưa đủ số ngày làm việc: ít nhất đến hết ngày {day}.",
    "recheck_not_finished": "Còn {count} hộ phúc tra chưa có kết quả mới: rà soát xong rồi niêm "
    "yết.",
    "complaint_day_order": "Ngày nhận, ngày phúc tra, ngày trả lời phải theo thứ tự ấy.",
    "recheck_without_day": "Ghi ngày phúc tra.",
    "answer_without_result": "Ghi kết quả phúc tra trước khi ghi trả lời.",
    "complaint_without_case": "Kết quả thay đổi thì phải chọn hộ được phúc tra.",
    "review_unfinished": "Chưa công nhận được: {what}. Nếu vẫn công nhận thì ghi lý do.",
    "already_recognised": "Bộ chuẩn này đã có quyết định công nhận trong kỳ.",
    "not_recognised": "Bộ chuẩn này chưa có quyết định công nhận trong kỳ.",
    "decision_without_number": "Ghi số quyết định.",
    "decision_in_use": "Có {count} dòng Giấy chứng nhận theo quyết định này: bỏ các dòng ấy trước.",
    "standard_unreviewed": "Năm {year} không rà soát theo {standard}: chọn chuẩn của năm ấy.",
    "table_without_numbers": "Biểu chưa có số nào, chưa phát hành được: xem ghi chú dưới biểu.",
    "preliminary_lost": "Năm {year} đã khóa sổ, trong sổ không giữ kết quả sơ bộ của năm: không "
    "phát hành biểu sơ bộ được, lập biểu chính thức.",
    "issued_number_taken": "Số {number} năm {year} đã dùng cho {used}: gõ số khác.",
    "issued_number_unreadable": "“{number}” không phải là số văn bản: gõ số trước, ví dụ 15 hoặc "
    "15/BC-UBND.",
    "issued_other_kind": "Văn bản mới khác loại với văn bản bị thay thế ({title}): chọn đúng văn "
    "bản cùng loại.",
    "issued_number_missing": "Gõ số của giấy: số đề nghị đứng sẵn trong ô.",
    "issued_numbered": "Văn bản này đã có số {number}.",
    "issued_cancelled": "Văn bản này đã hủy.",
    "issued_replaced": "Văn bản này đã được thay thế bằng văn bản khác.",
    "issued_reason_missing": "Ghi lý do hủy.",
    "issued_before": "Ngày hủy không được trước ngày phát hành {day}.",
    "issued_in_future": "Ngày ký {day} chưa đến: văn bản này ký được từ ngày {data} đến ngày "
    "{last}.",
    "issued_day_not_come": "Ngày ký {day} chưa đến: văn bản này chỉ ký được ngày {data}.",
    "issued_before_data": "Không ký văn bản này trước ngày {data} được (đang ghi {day}): {why}.",
    "issued_tampered": "Bản lưu của văn bản số {number} bị sửa từ ngoài chương trình nên không in "
    "lại: lấy bản sao lưu.",
    "issued_newer": "Bản lưu này do chương trình mới hơn ghi: cập nhật chương trình rồi mở.",
    "issued_unreadable": "Không đọc được bản lưu của văn bản này: lấy bản sao lưu.",
    "issued_not_found": "Không có văn bản đã phát hành nào như vậy.",
    "confirm_nobody": "Chọn hộ hoặc người cần xác nhận.",
    "confirm_not_here": "{when} hộ này không có trong sổ: không xác nhận được.",
    "confirm_not_member": "{when} người này không thuộc hộ trong sổ: không xác nhận được.",
    "confirm_not_so": "{when} hộ này không được công nhận là {what}: không xác nhận được.",
    "confirm_unrecognised": "{when} hộ này mới có kết quả tính, chưa có quyết định công nhận là "
    "{what}: không xác nhận được.",
    "confirm_year_open": "Năm {year} chưa khóa sổ ở thôn của hộ này: xác nhận theo một ngày, hoặc "
    "khóa sổ trước.",
    "confirm_year_ahead": "Năm {year} khóa sổ ngày {day}, sau hôm nay: từ ngày ấy mới xác nhận "
    "theo năm được, nay thì xác nhận theo một ngày.",
    "confirm_several": "Có {count} người tên “{name}”: ghi mã – {known}.",
    "confirm_many": "Có hơn {count} người tên “{name}”: ghi đủ họ tên, số CCCD hoặc mã – {known}.",
    "confirm_name_differs": "Mã đã ghi không phải của người hoặc hộ có tên “{name}”: kiểm tra lại.",
    "confirm_name_missing": "Gõ tên hoặc số CCCD của người cần tìm.",
    "confirm_choose": "Có {count} người hợp với “{name}”: chọn một người bằng phím ↓ rồi Enter.",
    "confirm_none": "Không tìm thấy ai tên “{name}”.",
}

ERRORS |= MERGE_ERRORS
ERRORS |= IMPORT_ERRORS
ERRORS |= SHEET_ERRORS
ERRORS |= RECORD_ERRORS | SUPPORT_ERRORS | SUPPORT_IMPORT_ERRORS | HELPING_ERRORS | PLAN_ERRORS


def error_text(error: AppError) -> str:
    """The sentence for an expected error."""
    if error.code == "import_value":
        reason = PARSE_ERRORS[str(error.params["reason"])].removesuffix(".")
        return ERRORS[error.code].format(name=error.params["name"], reason=reason)
    if isinstance(number := error.params.get("detail"), int):  # of an OSError
        return ERRORS[error.code].format(**{**error.params, "detail": system_words(number)})
    return ERRORS[error.code].format(**error.params)
