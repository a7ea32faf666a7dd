"""Words of the registers of former communes and of what a merge changed, line by line."""

from __future__ import annotations

FORMER_ERRORS: dict[str, str] = {
    "former_unknown": "Tệp {name} là sổ của {said}: ghi việc sáp nhập {said} vào xã này trước (Cài "
    "đặt, Đơn vị), hoặc chọn là xã nào trong sổ này rồi chọn từng thôn.",
    "former_villages": "Tệp {name} có thôn chưa có trong sổ này: {villages}. Chọn là thôn nào của "
    "xã cũ, hoặc thêm các thôn ấy vào xã cũ rồi nhận lại.",
    "former_taken": "Đã nhận sổ của {name}: hoàn tác lần nhận trước, rồi nhận lại.",
    "former_no_unit": "Không có đơn vị “{name}” để ghép; nêu dạng “tên trong tệp=tên trong sổ”.",
    "former_figure": "Không đọc được “{value}”: ghi dạng TỆP:poor_households=12.",
    "report_not_kept": "Không có báo cáo của lần gửi, nhận này.",
}

# What a line of a dry run, and of the report kept of it, is about.
FORMER_ABOUT: dict[str, str] = {
    "file": "Tệp",
    "commune": "Xã",
    "village": "Thôn",
    "brings": "Nhận vào",
    "kept": "Giữ số ở đây",
    "moved": "Chuyển thôn",
    "code": "Đổi mã hộ",
    "twin": "Trùng người",
    "row": "Dòng cần xem",
    "left": "Bỏ qua",
    "figure": "So số",
}

# What is to be done about a unit that the register does not know, by its level; "none": nothing
# can be picked.
FORMER_ASKED: dict[str, str] = {
    "commune": "Sổ chưa có việc sáp nhập “{said}”. Bấm Enter, chọn xã mà các thôn trong tệp nay "
    "thuộc về; sau đó chọn từng thôn là thôn nào.",
    "village": "Sổ chưa biết “{said}” là thôn nào: bấm Enter rồi chọn. Thôn chưa có thì thêm ở Cài "
    "đặt, Đơn vị, rồi xem lại.",
    "none": "Sổ chưa có việc sáp nhập “{said}” nên chưa nhận được gói, tệp dữ liệu của nơi ấy; có "
    "danh sách 27 cột thì nhận danh sách.",
}

FORMER_STATES: dict[str, str] = {
    "ok": "Được",
    "open": "Cần chọn",
    "note": "Xem lại",
    "wrong": "Không nhận",
    "differs": "Lệch",
    "agrees": "Khớp",
    "": "",
}

# Figures that are compared, short enough for a column.
FORMER_MEASURES: dict[str, str] = {
    "poor_households": "Hộ nghèo",
    "near_poor_households": "Hộ cận nghèo",
    "average_living_households": "Hộ MSTB",
    "poor_persons": "Khẩu nghèo",
    "near_poor_persons": "Khẩu cận nghèo",
}

FORMER: dict[str, str] = {
    "title": "KẾT QUẢ NHẬN SỔ CÁC XÃ CŨ",
    "file": "Tệp",
    "about": "Mục",
    "said": "Xã cũ ghi",
    "here": "Trong sổ này",
    "state": "Kết quả",
    "place": "{sheet}, dòng {row}: {name}",
    "became": "{name}, nay là {now}",
    "villages_moved": "{count} thôn: hộ theo thôn mới từ ngày sáp nhập",
    "twins": "Có thể là một người trong hai sổ: không tự gộp, xem giấy tờ.",
    "rows": "{count} dòng không phải dữ liệu",
    "no_village": "(không ghi thôn)",
    "silent": "{measure} (chưa có số của {names})",
    "year": "{names}, năm {year}",
    "dry": "Chỉ xem trước, chưa ghi gì.",
    "empty": "Không có gì để nhận.",
}

MERGE_REPORT: dict[str, str] = {
    "title": "KẾT QUẢ GỘP",
    "file": "Tệp {name}",
    "state": "Loại",
    "what": "Chỗ thay đổi",
    "finding": "Cần xem",
    "empty": "Không có gì để làm.",
}
