"""Sentences for what the command line refuses."""

from __future__ import annotations

# What answers on the command line a sentence that says where to go in the window.
CLI_INSTEAD: dict[str, str] = {
    "package_is_upward": "Dòng lệnh: package merge.",
    "package_is_work": "Dòng lệnh: work merge.",
    "package_is_village": "Dòng lệnh: village-sheets merge.",
    "package_is_comments": "Dòng lệnh: package merge.",
    "support_event_unknown": "Mã của các đợt: lệnh supports --json.",
}

CLI_ERRORS: dict[str, str] = {
    "cli_db_missing": "Thiếu tệp dữ liệu: thêm --db TỆP.",
    "cli_arguments": "Dòng lệnh chưa đúng – {detail} (xem thêm: giamngheo --help).",
    "cli_year_missing": "Thiếu năm của biểu: thêm --year NĂM.",
    "cli_paper_options": "Giấy này ({label}) không dùng {wrong}, chỉ dùng {known}.",
    "cli_table_options": "Biểu {name} không dùng {wrong}, chỉ dùng {known}.",
    "cli_list_options": "Danh sách “{label}” không dùng {wrong}, chỉ dùng {known}.",
    "cli_table_official": "Biểu {name} chỉ có bản chính thức: bỏ --status preliminary.",
    "cli_format_alone": "Dùng --format thì cần cả -o TỆP: chưa biết ghi vào tệp nào.",
    "cli_paper_no_options": "Lệnh này chỉ in mẫu trắng của {label}; bản đã điền: {command}.",
    "cli_paper_needs": "Giấy này ({label}) dùng {of} thì cần cả {needed}.",
    "cli_contradiction": "Không dùng {one} cùng với {other}: chỉ nêu một trong hai.",
    "cli_needs_option": "Đã nêu {one} thì cần nêu cả {needed}.",
    "cli_certificate_missing": "Nêu giấy chứng nhận: --certificate MÃ.",
    "cli_issue_blank": "{label} chưa nói của ai, của kỳ nào thì chưa phát hành được: thêm "
    "{known}; tờ trắng thì in bằng lệnh paper.",
    "cli_household_elsewhere": "Hộ này ở {village}, không ở đơn vị đã ghi: ghi đúng thôn hoặc bỏ "
    "--village.",
    "cli_list_or_layout": "Hãy ghi mã của một danh sách ({known}) hoặc một mẫu bảng sau --layout.",
    "cli_not_json": "Dòng này không phải JSON.",
    "cli_not_object": "Dòng này phải là một đối tượng JSON: {{ … }}.",
    "cli_unknown_key": "Khóa không biết: {keys}; chỉ nhận {known}.",
    "cli_key_twice": "Một khóa ghi hai lần.",
    "cli_text": "“{key}” phải có và phải là chữ.",
    "cli_number": "“{key}” phải là số nguyên hoặc null, không nhận {value}.",
    "cli_codes": "“{key}” phải là danh sách mã chỉ số.",
    "cli_code_repeated": "“{key}” ghi một chỉ số hai lần: {codes}.",
    "cli_area": "“area” phải là rural hoặc urban, không nhận “{value}”.",
}
