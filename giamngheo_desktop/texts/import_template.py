"""What stands in the program's own template of a list."""

from __future__ import annotations

IMPORT_TEMPLATE: dict[str, str] = {
    "file": "MauDanhSach",
    "title": "DANH SÁCH HỘ VÀ THÀNH VIÊN: {purpose}",
    "title_year": "{title} NĂM {year}",
    "unit": "{unit}. Số liệu đến ngày {day:%d/%m/%Y}.",
    "empty": "Tệp trống: ghi từ dòng dưới đầu cột. Cách ghi ở trang Hướng dẫn.",
    "guide": "Hướng dẫn",
    "list": "Danh sách",
    "day_first": "{heading} (ngày/tháng/năm)",
    "number_help": "Số của hộ trong tệp này: ghi giống nhau ở mọi dòng của hộ.",
    "between": "Từ {minimum} đến {maximum}. {help}",
    "doubt": "Kiểm tra lại",
    "doubt_help": "Số này ngoài khoảng thường gặp. Vẫn ghi?",
    "guide_columns": "Nhóm|Cột|Cách ghi",
    "steps": "Mỗi người một dòng. Chủ hộ ghi trước, các thành viên của hộ ghi ngay dưới.\n"
    "Các dòng của một hộ ghi cùng một STT hộ. Cột nền xanh lá là của cả hộ: chỉ ghi ở dòng chủ "
    "hộ. Cột nền vàng cần có.\n"
    "Chưa biết thì để trống: ô trống không xóa gì trong sổ. Không ghi 0 thay cho chưa biết.\n"
    "Ô có danh mục thì chọn trong danh mục của ô. Ghi được nhiều mục thì cách nhau bằng dấu chấm "
    "phẩy (;); không có mục nào thì ghi Không có.\n"
    "Số giấy tờ, điện thoại, mã hộ, ngày sinh là ô chữ: giữ đủ số 0 ở đầu. Ngày ghi "
    "ngày/tháng/năm, ví dụ 5/3/1987; chỉ nhớ năm sinh thì ghi năm.\n"
    "Hộ mới ghi ở cuối danh sách: thôn, rồi chủ hộ và từng thành viên. Người mới của hộ đã có: "
    "chèn một dòng dưới hộ ấy; chép cả dòng khác thì xóa ô Mã trong sổ của dòng chép.\n"
    "Mã trong sổ là cột ẩn cuối trang để tìm lại đúng người: không sửa. Không sửa, không xóa dòng "
    "đầu cột; bớt cột, đổi chỗ cột, lọc đều được; sắp xếp thì theo STT hộ.\n"
    "Người chết, chuyển đi, tách hộ, đổi chủ hộ, đổi thôn: không ghi ở đây, dùng việc ấy trong "
    "chương trình để giữ đúng ngày.\n"
    "Ghi xong: mở chương trình, vào Gửi – nhận, Nhận danh sách, chọn tệp này và xem trước rồi mới "
    "nhận.",
}
