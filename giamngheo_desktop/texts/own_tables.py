"""Words of tables of the unit's own: what a binding means, what is wrong with a workbook."""

from __future__ import annotations

from collections.abc import Sequence

from giamngheo_desktop.domain.binding import Binding, Counting, Fact, TableColumn
from giamngheo_desktop.domain.table_template import Fault

OWN_TABLE: dict[str, str] = {
    "status": "(Kết quả {status})",
    "column": "{table} cột {number}: {path}",
    "persons": "dòng nhân khẩu",
    "households": "dòng hộ",
    "last_year": "của năm trước",
    "measure": "Đếm {label}",
    "formula": "Công thức của Excel; PDF in số tính được",
    "listed_kind": "hộ/khẩu",
    "either": "thêm “ hộ” hoặc “ khẩu”",
    "fine": "Không có chỗ nào sai.",
    "found": "{count} chỗ cần xem.",
    "saved": "Đã nhận biểu {code} · {name}.",
    "removed": "Đã bỏ biểu {code}.",
    "none": "Chưa có biểu nào của đơn vị.",
    "by_number": "Số liệu của một cột biểu chính thức",
    "by_fact": "Chữ quanh bảng",
    "by_measure": "Số đếm theo tên",
    "example": "BIỂU CỦA {issuer}",
}

FACTS: dict[Fact, str] = {
    Fact.UNIT: "tên thôn (xã) của hàng; hàng này lặp lại cho mỗi thôn",
    Fact.NUMBER: "số thứ tự của hàng",
    Fact.YEAR: "năm của biểu",
    Fact.LAST_YEAR: "năm trước năm của biểu",
    Fact.COMMUNE: "tên xã (đơn vị lập biểu)",
    Fact.PROVINCE: "tên tỉnh",
    Fact.DAY: "ngày của số liệu",
    Fact.STANDARD: "tên bộ chuẩn nghèo",
    Fact.BASIS: "dòng dưới tên biểu: theo chuẩn nào, đã khóa sổ hay chưa, lần mấy",
    Fact.STATUS: "sơ bộ hoặc chính thức",
    Fact.STATUS_CAPITALS: "SƠ BỘ hoặc CHÍNH THỨC",
    Fact.SUPERIOR: "cơ quan chủ quản, ghi ở Cài đặt › Cơ quan, người ký",
    Fact.ISSUER: "cơ quan ban hành, ghi ở Cài đặt › Cơ quan, người ký",
    Fact.PLACE: "địa danh, ghi ở Cài đặt › Cơ quan, người ký",
    Fact.PREPARER: "người lập biểu, ghi ở Cài đặt › Cơ quan, người ký",
    Fact.AUTHORITY: "thẩm quyền ký (TM. …), ghi ở Cài đặt › Cơ quan, người ký",
    Fact.SIGNER_TITLE: "chức vụ người ký, ghi ở Cài đặt › Cơ quan, người ký",
    Fact.SIGNER: "họ tên người ký, ghi ở Cài đặt › Cơ quan, người ký",
    Fact.RECIPIENTS: "nơi nhận, ghi ở Cài đặt › Cơ quan, người ký",
    Fact.FORM_NUMBER: "số biểu, ghi ở Cài đặt › Biểu báo cáo",
    Fact.NOTES: "các ghi chú của biểu",
}

# Where nothing else follows, what to do.
TABLE_FAULTS: dict[str, str] = {
    "no_binding": "Trang tính không có ô nào ghi {{{{…}}}}: ghi {{{{thôn}}}} vào hàng của thôn và, "
    "ví dụ, {{{{BC1.3}}}} vào ô cần số hộ nghèo.",
    "no_unit_row": "Không có hàng của thôn: ghi {{{{thôn}}}} vào ô tên thôn của một hàng.",
    "two_unit_rows": "{{{{thôn}}}} đã ghi ở {first}: chỉ để một hàng của thôn, hàng ấy tự lặp lại.",
    "tall_block": "Hàng của thôn cao hơn hai dòng: chỉ một dòng, hoặc hai dòng Hộ và Nhân khẩu.",
    "merge_over_block": "Ô gộp nối hàng của thôn với hàng khác: bỏ gộp ô ở đây.",
    "braces_open": "Thiếu một nửa dấu ngoặc: ghi đủ {{{{ và }}}}.",
    "unknown": "Không có tên “{text}”: xem các tên dùng được ở trợ giúp.",
    "guess": "Không có tên “{text}”; có phải “{guess}”?",
    "in_merged": "Ô này nằm khuất trong ô gộp {first}: chuyển chữ sang ô {first} hoặc bỏ gộp ô.",
    "mixed": "Ô số chỉ ghi một {{{{…}}}}, không kèm chữ khác.",
    "fact_in_row": "“{text}” không phải số của một thôn: bỏ khỏi hàng này.",
    "not_in_heading": "Đầu cột chỉ nhận {{{{năm}}}} và {{{{năm trước}}}}.",
    "two_total_rows": "Đã có hàng tổng ở dòng {first}: chỉ để một hàng tổng.",
    "other_in_total": "Ô tổng phải ghi như ô của thôn cùng cột ({own}), hoặc một công thức.",
    "pair": "Hai ô Hộ và Nhân khẩu của một cột phải là một cột biểu, ô dưới thêm “ khẩu”.",
    "no_heading": "Cột này không có tên ở đầu bảng.",
    "only_excel": "Công thức này chỉ có trong Excel: bản in PDF để dấu “–” (chỉ tính được "
    "+ − × ÷, SUM, ROUND, IF, IFERROR).",
    "other_value": "Công thức ở hàng tổng cho {other}, chương trình đếm được {own}: tệp Excel sẽ "
    "ghi số của chương trình.",
    "not_printed": "“{text}” chỉ có trong tệp Excel: bản in (PDF, Word) lấy cơ quan và người ký ở "
    "Cài đặt › Cơ quan, người ký; ghi ở đó cho khớp.",
    "no_table": "Không có biểu “{text}”, chỉ có {known}.",
    "no_column": "Không có cột “{text}” theo chuẩn đang chọn; biểu ấy có các cột {known}.",
    "no_pairs": "“{text}”: biểu này không chia hàng hộ và hàng khẩu, bỏ chữ “hộ”, “khẩu”.",
    "no_kind": "“{text}”: biểu này có hàng hộ và hàng khẩu, ghi rõ {homes} hoặc {people}.",
    "no_last_year": "“{text}”: cột này không lấy được số năm trước.",
    "no_measure": "Không có số đếm tên “{text}”.",
    "other_sheets": "Nhiều trang tính có {{{{…}}}}: mỗi tệp chỉ một biểu, bỏ ngoặc ở trang khác.",
    "drawings": "Tệp có hình vẽ hoặc biểu đồ: chúng có thể mất khi điền số.",
    "array_formula": "Tệp có công thức mảng: thay bằng công thức thường.",
    "named_area": "Tệp đặt tên cho ô của biểu (Name Manager): bỏ tên ấy, dùng địa chỉ ô.",
    "read_by_sheet": "Trang tính khác có công thức đọc trang của biểu: bỏ trang ấy đi.",
}


def fault_text(fault: Fault) -> str:
    """What is wrong, without the cell."""
    return TABLE_FAULTS[fault.code].format(**fault.params)


def binding_text(binding: Binding, path: Sequence[str] = ()) -> str:
    """What a binding means; `path` are the official headings of a column, or a measure's label."""
    if isinstance(binding, Fact):
        return FACTS[binding]
    said = " › ".join(label for label in path if label)
    if isinstance(binding, TableColumn):
        said = OWN_TABLE["column"].format(table=binding.table, number=binding.number, path=said)
        if binding.persons is not None:
            said += f" – {OWN_TABLE['persons' if binding.persons else 'households']}"
    elif isinstance(binding, Counting):
        said = OWN_TABLE["measure"].format(label=said)
    return f"{said}, {OWN_TABLE['last_year']}" if binding.last_year else said


CLI_OWN_TABLES: dict[str, str] = {
    "help": "biểu của đơn vị từ mẫu Excel có {{…}}",
    "help_check_table": "liệt kê từng {{…}} của mẫu, nghĩa là gì, sai chỗ nào (mã 1: có chỗ sai)",
    "help_add_table": "nhận mẫu Excel thành biểu của đơn vị (mã 1: mẫu còn chỗ sai)",
    "help_list_tables": "các biểu của đơn vị",
    "help_remove_table": "bỏ một biểu của đơn vị",
    "help_list_bindings": "mọi tên ghi được trong {{…}}, kèm đầu cột",
    "help_write_example": "ghi một biểu của chương trình thành mẫu Excel để sửa",
    "help_file": "tệp Excel (.xlsx)",
    "help_name": "tên biểu",
    "help_replaces": "thay mẫu của biểu này, ví dụ BR1",
    "help_code": "mã biểu, ví dụ BR1",
    "help_of": "mã biểu của chương trình, mặc định BC1",
    "help_output": "tệp ghi ra",
    "help_year": "năm của số liệu và bộ chuẩn, mặc định năm nay",
}
