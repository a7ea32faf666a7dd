"""What an import of lists says: errors, findings of cells and rows, states, kinds of rows."""

from __future__ import annotations

IMPORT_ERRORS: dict[str, str] = {
    "workbook_locked": "Bảng tính {name} có mật khẩu: mở bằng Excel, bỏ mật khẩu, lưu rồi thử lại.",
    "workbook_unsafe": "Bảng tính {name} có phần không an toàn nên không đọc: sao danh sách sang "
    "một bảng tính mới rồi thử lại.",
    "import_no_list": "Không thấy danh sách nào trong {name}: cần dòng đầu cột có họ tên và ít "
    "nhất hai cột khác.",
    "import_no_sheet": "Không có trang tính “{name}”; có: {known}.",
    "import_no_mapping": "Chưa lưu cách đọc cột tên “{name}”; có: {known}.",
    "import_column": "Cột {column} ghi là “{field}”, không có mục ấy; có: {known}.",
    "import_stale": "Dữ liệu đã đổi sau khi xem trước: xem trước lại rồi mới nhận.",
    "import_nothing": "Chưa chọn dòng nào để nhận.",
    "import_day": "Ngày {day:%d/%m/%Y} không dùng được: ngày của số liệu là ngày đã qua, và thuộc "
    "năm của kết quả rà soát.",
    "import_who": "Dòng {row} không có người thứ {number} để chọn; có: {known}.",
    "import_take": "Không có dòng “{row}” để nhận, hoặc có ở nhiều trang.",
    "import_reading": "Không có cách đọc nào như “{cell}”; có: {known}.",
    "import_row": "{reason} (dòng {row}, trang “{sheet}”).",
}

# What is said of a cell or a row: what is wrong and what to do, or how a cell was mended.
IMPORT_FINDINGS: dict[str, str] = {
    # days
    "date_unreadable": "Không đọc được ngày: ghi dd/mm/yyyy, hoặc chỉ năm.",
    "date_impossible": "Không có ngày này trong lịch: xem lại giấy tờ.",
    "date_future": "Ngày chưa tới: xem lại giấy tờ.",
    "date_incomplete": "Cần đủ ngày, tháng, năm.",
    "date_serial": "Ô ngày đã thành số thường; đã đọc lại thành ngày.",
    "date_compact": "Năm, tháng, ngày viết liền; đã đọc lại thành ngày.",
    "year_short": "Năm ghi hai chữ số; chỉ một năm hợp lý.",
    "month_first": "Tháng ghi trước ngày; đã đổi lại.",
    "month_shown": "Ô chỉ hiện tháng và năm nên không lấy ngày.",
    # papers
    "id_zero": "Số 0 hiểu là chưa có giấy tờ.",
    "id_zero_lost": "Số giấy tờ mất số 0 ở đầu; đã thêm lại. Đối chiếu trước khi nhận.",
    "id_digits_lost": "Excel đã làm tròn số giấy tờ, mất chữ số: sửa trong tệp theo giấy tờ "
    "rồi nhận lại.",
    "id_length": "Số giấy tờ không đủ 12 hoặc 9 chữ số: sửa trong tệp theo giấy tờ rồi nhận lại.",
    "id_not_digits": "Số giấy tờ có chữ: sửa trong tệp theo giấy tờ rồi nhận lại.",
    "id_placeholder": "Số giấy tờ chỉ gồm một chữ số lặp lại: để trống nếu chưa có.",
    "id_contradicts": "Số giấy tờ không khớp giới tính hoặc năm sinh: đối chiếu giấy tờ rồi mới "
    "nhận.",
    "id_twice": "Số giấy tờ đã có ở một người khác phía trên.",
    "id_of_other": "Số giấy tờ này trong sổ là của một người khác: đối chiếu giấy tờ.",
    "phone_zero_lost": "Số điện thoại mất số 0 ở đầu; đã thêm lại.",
    # words
    "relation_unknown": "Không có quan hệ này trong danh mục: sửa trong tệp rồi nhận lại.",
    "ethnic_unknown": "Không có dân tộc này trong danh mục: sửa trong tệp rồi nhận lại.",
    "level_unknown": "Không rõ phân loại hộ: ghi Hộ nghèo, Hộ cận nghèo hoặc Hộ không nghèo.",
    "sex_unknown": "Không rõ giới tính: ghi Nam hoặc Nữ.",
    "sex_contradicts": "Giới tính không khớp quan hệ với chủ hộ.",
    "choice_unknown": "Có mục không nằm trong danh mục: sửa trong tệp rồi nhận lại.",
    "tick_unknown": "Ô đánh dấu ghi x, hoặc để trống.",
    "two_states": "Đánh dấu hai ô loại trừ nhau.",
    "name_unreadable": "Họ tên có chữ số: sửa trong tệp rồi nhận lại.",
    "note_in_name": "Ghi chú viết chung với tên; chỉ lấy tên.",
    "old_font": "Họ tên gõ bằng phông cũ, đã đổi sang Unicode: xem lại rồi mới nhận.",
    "old_font_maybe": "Họ tên có thể gõ bằng phông cũ: xem lại rồi mới nhận.",
    "name_maybe_cut": "Cột bên phải có chữ mà không có đầu cột, có thể là phần còn lại của tên: "
    "ghi đầu cột Họ đệm, Tên rồi nhận lại.",
    "name_like_formula": "Họ tên có dấu của công thức (=, +, @, |): sửa trong tệp rồi nhận lại.",
    "gone_in_name": "Bên tên ghi đã mất hoặc đã chuyển đi: đối chiếu rồi mới nhận, chỉ lấy tên.",
    "gone_in_note": "Ghi chú nói đã mất hoặc đã chuyển đi: đối chiếu rồi mới nhận.",
    "text_like_formula": "Chữ bắt đầu bằng dấu =; lấy nguyên chữ, không tính.",
    # numbers
    "score_unreadable": "Không đọc được số.",
    "score_out_of_range": "Số âm hoặc quá lớn.",
    "count_differs": "Số nhân khẩu ghi khác số dòng thành viên.",
    "count_unlisted": "Tệp không kê hết thành viên: ghi thêm sau.",
    "cell_error": "Ô báo lỗi: sửa trong Excel.",
    "formula_without_value": "Công thức chưa có kết quả: mở bằng Excel, lưu lại.",
    "unclear": "Ô đọc được nhiều cách: không ghi ô này.",
    "number_doubtful": "Số ngoài khoảng thường gặp: xem lại.",
    # rows
    "no_name": "Dòng không có họ tên: không ghi gì.",
    "key_unknown": "Mã trong sổ không có trong sổ vào ngày của danh sách: đối chiếu rồi mới nhận.",
    "key_twice": "Mã trong sổ đã có ở một dòng phía trên: thêm người thì để trống cột này.",
    "several_persons": "Trong hộ có nhiều người giống người này: chọn là ai.",
    "second_head": "Hộ đã có chủ hộ ở dòng trên.",
    "head_changes": "Chủ hộ trong sổ là người khác: dùng việc Đổi chủ hộ.",
    "head_missing": "Hộ mới không có dòng nào là chủ hộ: ghi Chủ hộ ở cột quan hệ của một người "
    "rồi chọn lại tệp.",
    "head_first": "Hộ mới không có dòng nào ghi chủ hộ: nhận thì lấy người đứng đầu làm chủ hộ.",
    "home_unsaid": "Danh sách không nói hộ nào, ai là chủ hộ: chọn là hộ mới nếu mỗi dòng đúng là "
    "một hộ.",
    "head_waits": "Chờ dòng chủ hộ: hộ mới, hộ chưa rõ là hộ nào chỉ được ghi cùng với chủ hộ.",
    "name_differs": "Cùng số giấy tờ nhưng khác tên, có thể gõ nhầm số: chọn là ai thì mới nhận.",
    "person_elsewhere": "Người này trong sổ đang ở một hộ khác: dùng việc Tách hộ, Chuyển hộ, Nhập "
    "hộ trước.",
    "person_alike": "Trong sổ có người cùng tên, ngày sinh không trái nhau: chọn là ai thì mới "
    "nhận.",
    "name_known": "Trong sổ có người cùng tên ở thôn khác, không đủ ngày sinh để so: đối chiếu xem "
    "có phải một người.",
    "other_number": "Trong sổ có người cùng tên, ngày sinh nhưng số giấy tờ khác: chọn là ai thì "
    "mới nhận.",
    "person_gone": "Người này trong sổ đã mất hoặc đã rời đi: chọn là ai thì mới nhận.",
    "person_back": "Người này trong sổ đã mất hoặc đã rời đi; nếu trở về thì dùng việc Chuyển đến.",
    "person_twice": "Giống một người ở dòng trên: chọn là người mới nếu đúng là hai người.",
    "head_elsewhere": "Chủ hộ này trong sổ là thành viên của hộ khác: chọn hộ ấy nếu hộ chỉ đổi "
    "chủ hộ; đã tách, chuyển hộ thì dùng việc ấy trước.",
    "several_households": "Có nhiều hộ trong sổ giống hộ này: chọn hộ nào, hoặc ghi số giấy tờ.",
    "household_twice": "Hai hộ trong tệp cùng là một hộ trong sổ.",
    "household_later": "Sổ chỉ ghi hộ này từ sau ngày của danh sách: sửa ngày vào sổ của hộ trước.",
    "household_unknown": "Không có hộ này trong sổ; muốn thêm thì nhận là hồ sơ mới.",
    "village_unknown": "Không rõ hộ ở thôn nào: ghi tên thôn như trong sổ.",
    "village_several": "Có nhiều thôn cùng tên này.",
    "village_differs": "Sổ ghi hộ ở thôn khác; nhận danh sách không chuyển thôn.",
    "later_known": "Sổ đã có kết quả của năm sau; danh sách năm cũ không ghi đè.",
    "class_missing": "Có quyết định mà không ghi phân loại hộ: không ghi gì.",
    "household_left": "Hộ không còn trong sổ vào ngày của danh sách: xem lại lịch sử của hộ.",
    "person_left": "Người này không còn trong hộ vào ngày của danh sách.",
    "class_newer": "Sổ đã có kết quả của năm khác trùng ngày này: xem lại ngày quyết định.",
    "paper_older": "Sổ đã có kết quả có hiệu lực sau trong năm này: giữ kết quả sau.",
    "class_unsaid": "Danh sách không ghi phân loại hộ: chọn ở đây, hoặc thêm cột Phân loại hộ vào "
    "tệp rồi nhận lại.",
    "class_blank": "Ô phân loại hộ để trống: hộ được ghi mà không có kết quả rà soát.",
    "from_title": "Đọc từ tiêu đề của danh sách.",
    "from_note": "Đọc từ cột Ghi chú.",
    "note_unclear": "Ghi chú không nói rõ hộ còn cận nghèo hay đã vượt chuẩn: chọn ở đây.",
    "note_missing": "Không có ghi chú hộ còn cận nghèo hay đã vượt chuẩn: chọn ở đây.",
    "exit_differs": "Sổ không ghi hộ ở diện mà danh sách nói đã thoát: đối chiếu rồi mới nhận.",
    "form_class": "Phiếu đã xong của hộ ra phân loại khác: đối chiếu quyết định trước khi nhận.",
    "form_score": "Phiếu đã xong của hộ ra điểm khác; giữ điểm của phiếu, sửa thì sửa trong phiếu.",
    "year_closed": "Năm này đã khóa sổ: dùng Đính chính kết quả.",
}

# What a file says of itself, and this register or the asked year says otherwise.
IMPORT_DOUBTS: dict[str, str] = {
    "province": "Tệp ghi tỉnh là “{said}”; sổ này không có tỉnh ấy.",
    "district": "Tệp ghi huyện là “{said}”; sổ này không có huyện ấy.",
    "commune": "Tệp ghi xã là “{said}”; sổ này không có xã ấy.",
    "year": "Tệp ghi năm {said}; đang nhận là kết quả năm {year}.",
}

ROW_STATES: dict[str, str] = {
    "new": "Mới",
    "changed": "Thay đổi",
    "same": "Như sổ",
    "proposal": "Cần xem",
    "problem": "Có lỗi",
}

# Why a row is no data.
ROW_KINDS: dict[str, str] = {
    "title": "Tiêu đề",
    "heading_again": "Đầu cột lặp lại",
    "total": "Dòng tổng",
    "subtotal": "Dòng cộng",
    "village": "Tên thôn",
    "household": "Tên hộ",
    "signature": "Chữ ký",
    "footer": "Ghi chú cuối bảng",
    "nameless": "Dòng không có họ tên",
    "words": "Chữ khác",
    "row_twice": "Trùng với dòng trên",
}

IMPORT_PURPOSES: dict[str, str] = {
    "review_result": "Kết quả rà soát",
    "update": "Cập nhật thông tin",
    "new": "Hồ sơ mới",
}

ENCODINGS: dict[str, str] = {"tcvn3": "TCVN3 (.VnTime)", "vni": "VNI", "cp1258": "Windows 1258"}

# Labels of what stands in no form.
IMPORT_FIELDS: dict[str, str] = {
    "household_class": "Phân loại hộ",
    "movement": "Diễn biến",
    "decision_number": "Số quyết định",
    "decision_on": "Ngày quyết định",
    "persons": "Số nhân khẩu",
    "key": "Mã trong sổ",
}

# What no column says, where a cell is named: longer than the name of any column.
IMPORT_PLACES: dict[str, str] = {
    "household_class": "LOẠI",
    "decision_number": "QĐSỐ",
    "decision_on": "QĐNGÀY",
}

IMPORT_ABOVE = "quyết định số {number} ngày {day}"

IMPORT_GONE = "đã rời sổ {day:%d/%m/%Y}"

# Stands where the name of a sheet does, and names no village: `khối` is one in a town.
IMPORT_PASTED = "Dán từ Excel"

IMPORT_REPORT: dict[str, str] = {
    "title": "KẾT QUẢ NHẬN DANH SÁCH",
    "file": "Tệp {name} · {purpose} năm {year}",
    "sha256": "Mã tệp (SHA-256) {digest}",
    "sheet": "Trang",
    "row": "Dòng",
    "name": "Họ và tên",
    "state": "So với sổ",
    "done": "Kết quả",
    "cells": "Thông tin",
    "written": "Đã nhận",
    "left": "Không nhận",
    "same": "Không có gì để làm",
    "problem": "Không nhận được",
    "sum": "{households} hộ mới, {persons} người mới, {cells} thông tin thay đổi.",
    "change": "{label}: {old} → {new}",
    "refused": "{label}: {old}, không nhận “{new}”",
}
