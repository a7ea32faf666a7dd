"""Words of the registers of former communes and of what a merge changed, line by line."""

from __future__ import annotations

FORMER_ERRORS: dict[str, str] = {
    "former_unknown": "Tệp {name} là sổ của {said}, xã mà sổ này chưa có: chọn là xã nào của sổ "
    "này, hay đã sáp nhập vào xã nào.",
    "former_day": "{said} sáp nhập vào {heir}: ghi ngày sáp nhập và căn cứ (số, ngày nghị quyết).",
    "former_villages": "Tệp {name} có thôn chưa rõ là thôn nào trong sổ này: {villages}. Chọn là "
    "thôn nào, hoặc là thôn riêng của xã cũ.",
    "former_here": "Tệp {name} là sổ của {said}, chính là xã của sổ này: sổ đã có sẵn.",
    "former_many": "Tệp {name} là sổ của {said}, không phải của một xã: nhận sổ của từng xã.",
    "former_then": "Tệp {name}: vào ngày sáp nhập chưa có hoặc không còn xã, thôn được chọn, hay "
    "sổ của {said} còn thay đổi xã, thôn sau ngày ấy. Kiểm tra lại ngày sáp nhập.",
    "former_taken": "Đã nhận sổ của {name}: hoàn tác lần nhận trước, rồi nhận lại.",
    "former_twice": "Tệp {name} và tệp {other} cùng là sổ của {said}: chọn lại xã của một tệp, "
    "hoặc bỏ một tệp.",
    "former_part": "Tệp {name} làm từ gói làm việc, chỉ có {villages}: nhận sổ của cả xã, khi gói "
    "ấy đã gộp về.",
    "former_map": "Không đọc được --map “{value}”: ghi dạng “tên trong tệp=tên trong sổ”.",
    "former_map_twice": "Tùy chọn --map ghi “{name}” là “{one}”, lại ghi là “{other}”: chỉ để một.",
    "former_map_several": "Tùy chọn --map ghi “{value}”, tên của nhiều đơn vị: thay tên bằng mã, "
    "chọn một trong: {names}.",
    "former_no_choice": "“{name}” không ghép được vào “{value}”, chỉ vào: {names}.",
    "former_no_unit": "Tệp không có đơn vị “{name}” (tên trước dấu “=” của --map), chỉ có: "
    "{known}.",
    "former_figure_file": "Lệnh không nhận tệp “{name}” (tên trước dấu “:” của --said), chỉ nhận: "
    "{known}.",
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
    "thuộc về. Sau đó: gói, tệp dữ liệu thì ghi ngày sáp nhập; danh sách thì chọn từng thôn.",
    "village": "Sổ chưa biết “{said}” là thôn nào: bấm Enter rồi chọn; tên có chữ “cũ” là thôn "
    "riêng của xã cũ. Thôn chưa có thì thêm ở Cài đặt, Xã và các thôn, rồi xem lại.",
    "none": "Sổ chưa có xã nào để nhận “{said}”: thêm xã ở Cài đặt trước.",
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
    "twins": "Có thể là {name}, sinh {birth}, hộ {home} trong sổ: không tự gộp. Nhận xong thì "
    "trang Soát số liệu kể cả hai hộ để mở ra xem giấy tờ.",
    "twins_gone": "Có thể là {name}, đã rời sổ: không tự gộp, mở hộ mới nhận ra xem giấy tờ.",
    "no_birth": "chưa ghi",
    "offered": "--map chọn một trong: {names}",
    "own_village": "{name} (xã cũ)",
    "way_unit": "Thêm --map “{name}=…” (mỗi đơn vị một --map), sau dấu “=” là một trong: {names}.",
    "way_day": "Thêm --merged-on NGÀY và --decision CHỮ.",
    "rows": "{count} dòng không phải dữ liệu",
    "no_village": "(không ghi thôn)",
    "silent": "{measure} (chưa có số của {names})",
    "counted": "{measure} (đếm trong tệp, không có biểu để so)",
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
