"""What `giamngheo import` says."""

from __future__ import annotations

CLI_IMPORT: dict[str, str] = {
    "help": "nhận danh sách hộ, thành viên từ bảng tính (xem trước bằng --dry-run)",
    "help_file": "bảng tính .xlsx, .xls, .ods hoặc .csv",
    "help_template": "ghi tệp mẫu của chương trình vào đây, không nhận gì",
    "help_village": "thôn của những hộ mà danh sách không ghi thôn; với --template: điền sẵn các "
    "hộ của thôn hoặc xã này, không ghi thì tệp trống",
    "no_village": "--village ghi một thôn; {name} không phải thôn",
    "help_day": "ngày của số liệu; không ghi thì lấy ngày ghi trong danh sách, cuối năm của kết "
    "quả rà soát, hoặc hôm nay",
    "help_person": "dòng này là ai trong những người được nêu, 0 là người mới; ví dụ 12=2 hoặc "
    "“Thôn 1!12=2”; “*=0”: mọi dòng còn chờ là người mới",
    "help_take": "nhận dòng này dù nó trái giấy tờ, ghi đã mất, đã đi hay chưa rõ là ai; ví dụ 12 "
    "hoặc “Thôn 1!12”",
    "help_reading": "ô đọc được nhiều cách thì hiểu theo cách thứ mấy; ví dụ D12=2, “Thôn 1!D12=2” "
    "hoặc D=1 cho cả cột; LOẠI12=1, LOẠI=1: phân loại hộ mà không cột nào ghi",
    "help_decision_number": "số quyết định của những dòng không ghi; không ghi thì lấy số ghi ở "
    "tiêu đề",
    "help_decision_date": "ngày quyết định của những dòng không ghi; không ghi thì lấy ngày ghi ở "
    "tiêu đề",
    "help_as": "review_result: kết quả rà soát năm (mặc định); update: cập nhật thông tin; "
    "new: hồ sơ mới",
    "help_year": "năm của kết quả rà soát; không ghi thì năm nay",
    "help_mapping": "cách đọc cột đã lưu của nơi gửi",
    "help_sheet": "chỉ đọc trang tính này",
    "help_dry_run": "chỉ xem trước, không ghi gì",
    "help_accept": "nhận những dòng nào: new, changed, hoặc all (cả dòng cần xem, "
    "trừ dòng chưa rõ là ai, dòng trái giấy tờ, ghi đã mất, đã đi); không ghi thì nhận new và "
    "changed",
    "help_confirmed": "tệp đúng là của xã này, năm này, dù tệp ghi khác: không có thì không ghi gì",
    "counts": "{file}: {new} mới, {changed} thay đổi, {same} như sổ, {proposal} cần xem, "
    "{problem} có lỗi; {left} dòng không phải số liệu.",
    "nothing": "Không có gì để làm.",
    "before": "Tệp này đã nhận ngày {day}.",
    "font": "Trang “{sheet}”, cột {column}: {count} ô gõ bằng {encoding}, "
    "ví dụ {before} → {after}.",
    "forms": "{count} hộ có phiếu đã xong ra kết quả khác danh sách: {names}.",
    "row": "{sheet}!{row} {name}: {state}{finding}",
    "cell": "    {place} {label}: {old} → {new}{finding}",
    "readings": "    {place} {label}: {raw} – {readings}?{finding}",
    "done": "Đã nhận: {households} hộ mới, {persons} người mới, {cells} thông tin thay đổi.",
    "waiting": "{count} dòng chưa nhận: xem ở trên.",
    "open": "{count} ô của các dòng đã nhận không ghi được: xem ⚠ ở trên.",
    "asked": "{count} dòng chờ nói là ai: --person DÒNG=SỐ, hoặc --person “*=0” nếu đều là người "
    "mới.",
    "classes": "{count} hộ chưa rõ phân loại: --reading Ô=SỐ, ví dụ LOẠI12=2, hoặc LOẠI=2 cho mọi "
    "hộ; chưa rõ thì không ghi hộ ấy.",
    "doubted": "{count} dòng trái giấy tờ, ghi đã mất, đã đi hoặc tên có thể thiếu: đối chiếu; "
    "đúng thì thêm --take DÒNG.",
    "take_form": "--take ghi DÒNG hoặc TRANG!DÒNG, không đọc được “{value}”",
    "who": "    Là ai? {known}.",
    "twice": "    Giống {sheet}!{row}.",
    "nobody": "người mới, hộ mới",
    "person_form": "--person ghi DÒNG=SỐ, không đọc được “{value}”",
    "reading_form": "--reading ghi Ô=SỐ hoặc CỘT=SỐ, không đọc được “{value}”",
    "above": "Trang “{sheet}”, dòng không ghi thì lấy: {said}.",
    "unread": "Trang “{sheet}”, cột không đọc: {columns}.",
    "idle": "Trang “{sheet}”, cột không nhận ở loại “{purpose}”: {columns}.",
    "left_out": "{sheet}!{row} bỏ qua: {why} – {text}",
    "file": "TỆP",
    "file_or_template": "TỆP hoặc --template",
    "template": "Đã ghi tệp mẫu {output}, {rows} dòng điền sẵn.",
    "unsure": "Chưa ghi gì: xem lại tệp; nếu đúng là tệp của xã này, năm này thì thêm --confirmed.",
    "left": "Chưa ghi gì: các dòng trên cần xem hoặc có lỗi.",
    "dry": "Mới xem trước, chưa ghi gì.",
}
