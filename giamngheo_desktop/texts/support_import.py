"""What an import of supports says: errors, findings, states, its template and its commands."""

from __future__ import annotations

from collections.abc import Mapping

from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.texts.importing import IMPORT_FINDINGS

_NO_LIST = (
    "Không thấy danh sách nào trong {name}: cần dòng đầu cột có cột họ tên (Họ và tên, Chủ hộ, Hộ "
    "nhận, Người nhận…) và ít nhất hai cột khác. Đầu cột ghi khác thì nói cột nào là gì:"
)

SUPPORT_IMPORT_ERRORS: dict[str, str] = {
    "support_policy": "Không có chính sách “{name}”; có: {known}.",
    "support_source": "Không có nguồn vốn “{name}”; có: {known}.",
    "support_no_list": f"{_NO_LIST} chọn mục của từng cột, ví dụ cột B là Họ và tên, cột F là Số "
    "tiền.",
    "cli_support_no_list": f"{_NO_LIST} --map B=full_name --map F=amount.",
    "support_day": "Ngày hỗ trợ {day:%d/%m/%Y} chưa tới.",
}

# `{said}` is what stands in the cell, or what the finding is about.
SUPPORT_FINDINGS: dict[str, str] = {
    "amount_unreadable": "Không đọc được số tiền “{said}”: sửa trong tệp rồi nhận lại.",
    "amount_day": "Ô số tiền là một ngày ({said}): sửa định dạng ô trong Excel.",
    "amount_negative": "Số tiền âm ({said}): không nhận.",
    "amount_not_whole": "Số tiền “{said}” lẻ dưới một đồng hoặc quá lớn: không nhận.",
    "amount_ambiguous": "Số tiền “{said}” hiểu được hai cách theo đơn vị của cột: ghi rõ số đồng.",
    "amount_unit_twice": "Số tiền “{said}” ghi đơn vị riêng, khác đơn vị của cột: ghi rõ số đồng.",
    "amount_differs": "Dòng ghi tổng {whole} đồng, các nguồn cộng lại {sum} đồng: đối chiếu rồi "
    "sửa trong tệp.",
    "amount_odd": "Số tiền {said} đồng nhỏ hoặc lớn khác thường, có thể sai đơn vị: đối chiếu.",
    "amount_monthly": "Số tiền {said} có thể là mức một tháng, không phải cả lần hỗ trợ: đối "
    "chiếu.",
    "amount_again": "Có thêm một cột tiền chưa đọc ({said}): nói cột nào là tiền hỗ trợ, bỏ trống "
    "mục của cột kia.",
    "day_unclear": "Ngày đọc được nhiều cách ({said}): nói thứ tự ngày, tháng của tệp.",
    "source_unknown": "Không rõ nguồn vốn “{said}”.",
    "source_unsaid": "Không rõ tiền của nguồn nào: chọn nguồn của tệp, hoặc thêm cột Nguồn vốn.",
    "support_nobody": "Không có ai như vậy trong sổ: nhập hộ, người vào sổ trước, hoặc sửa trong "
    "tệp.",
    "support_who": "Chưa chắc là ai: chọn là ai thì mới nhận.",
    "support_new": "Đã nói là không có trong sổ: không nhận.",
    "support_no_name": "Dòng có số liệu mà không có họ tên.",
    "support_maybe_total": "Dòng có tên người mà một ô ghi cộng, tổng: sửa ô ấy rồi nhận lại.",
    "support_other_policy": "Giấy ghi chính sách khác ({said}): nhận riêng theo chính sách ấy.",
    "support_posted": "Danh sách công khai không ghi từng người, từng ngày: nhận từ bảng kê.",
    "support_twice": "Trùng với {said}.",
    "support_of_other": "Sổ đã ghi đúng hỗ trợ này cho người khác trong những người được nêu: đối "
    "chiếu, sửa hoặc hoàn tác lần ghi ấy.",
    "support_row_twice": "Trùng với dòng {said} của tệp.",
    "support_note_alone": "Chỉ có ghi chú, không có tiền, hiện vật, thời gian: không ghi ({said}).",
    "days_turned": "Ngày cuối trước ngày đầu ({said}): sửa trong tệp rồi nhận lại.",
    "support_class": "Tệp ghi diện “{listed}”, sổ hôm đó là “{known}”.",
    "column_unread": "Cột không đọc: {said}",
    "column_idle": "Cột không dùng cho hỗ trợ: {said}",
}

SUPPORT_DOUBTS: dict[str, str] = {
    "policy": "Tệp là mẫu của chính sách “{said}”, khác chính sách đang nhận.",
}

SUPPORT_STATES: dict[str, str] = {
    "ready": "Nhận",
    "same": "Đã có trong sổ",
    "empty": "Không ghi gì",
    "waiting": "Chờ",
    "refused": "Không nhận",
}

SUPPORT_TEMPLATE: dict[str, str] = {
    "file": "MauHoTro",
    "title": "HỖ TRỢ {policy}",
    "whom": "Ai được hỗ trợ (không sửa)",
    "money": "Số tiền theo nguồn vốn (đồng)",
    "goods": "Hỗ trợ gì",
    "when": "Thời gian",
    "papers": "Ký nhận",
    "own": "Của chương trình, không sửa",
    "shown_help": "Chương trình điền sẵn, không sửa.",
    "steps": "Mỗi dòng là một hộ, hoặc một người nếu chính sách hỗ trợ từng người. Chỉ ghi ở các "
    "cột nền xanh lá; dòng không được hỗ trợ thì để trống, hoặc xóa cả dòng.\n"
    "Số tiền ghi bằng đồng, mỗi nguồn một cột. Hiện vật ghi tên, số lượng, đơn vị tính; giá trị "
    "quy tiền ghi ở cột nguồn.\n"
    "Ngày hỗ trợ để trống thì lấy ngày của đợt. Ngày nào cũng ghi đủ ngày/tháng/năm, ví dụ "
    "5/3/2026; chỉ ghi năm, hoặc ngày hỗ trợ chưa tới, thì không nhận dòng ấy.\n"
    "Một hộ nhận nhiều thứ thì chép dòng của hộ xuống dưới, mỗi thứ một dòng.\n"
    "Mã trong sổ là cột ẩn cuối trang để tìm lại đúng người: không sửa. Không sửa, không xóa dòng "
    "đầu cột; sắp xếp, lọc, bớt dòng đều được.\n"
    "Người chưa có trong sổ: nhập vào sổ trước rồi xuất lại tệp.",
}

CLI_SUPPORT_IMPORT: dict[str, str] = {
    "help": "nhận danh sách hỗ trợ từ bảng tính (xem trước bằng --dry-run)",
    "help_template": "ghi tệp mẫu để điền hỗ trợ của một đợt",
    "help_file": "bảng tính .xlsx, .xls, .ods hoặc .csv",
    "help_policy": "mã chính sách",
    "help_on": "ngày hỗ trợ, cho dòng không ghi ngày",
    "help_name": "tên đợt hỗ trợ; không ghi thì lấy tên tệp",
    "help_source": "nguồn vốn của số tiền mà tệp không ghi nguồn",
    "help_sources": "nguồn vốn có cột riêng trong tệp mẫu; ghi nhiều lần được",
    "help_content": "nội dung hỗ trợ của dòng không ghi",
    "help_from": "hỗ trợ cho thời gian từ ngày này, của dòng không ghi",
    "help_to": "đến ngày này",
    "help_programme": "chương trình của đợt",
    "help_component": "dự án, nội dung thành phần của đợt",
    "help_year": "năm kế hoạch của đợt; không ghi thì năm của ngày hỗ trợ",
    "help_decision_number": "số quyết định của đợt",
    "help_decision_date": "ngày quyết định của đợt",
    "help_days": "thứ tự trong các ô ngày viết chữ: dmy là ngày trước (05/03 là 5 tháng 3), mdy là "
    "tháng trước",
    "help_map": "sửa cách đọc một cột: D=amount.central, “Trang 1!D=item”, D= là bỏ cột",
    "help_sheet": "chỉ đọc trang tính này",
    "help_village": "thôn của những dòng không ghi thôn",
    "help_person": "dòng này là ai trong những người được nêu, 0 là không có trong sổ; ví dụ 12=1",
    "help_accept": "sure: nhận cả những dòng chỉ có một người được nêu, khớp họ tên, đủ ngày tháng "
    "năm sinh, thôn (và chủ hộ nếu tệp ghi), không trái số giấy tờ",
    "help_take": "nhận dòng đang chờ này như đang ghi (trùng, số tiền lạ); ví dụ 12, “Trang 1!12”",
    "help_confirmed": "tệp đúng là của xã này dù tệp ghi khác",
    "help_dry_run": "chỉ xem trước, không ghi gì",
    "help_output": "tệp .xlsx ghi ra",
    "help_unit": "xã, thôn có hộ được điền; không ghi thì cả xã",
    "help_class": "chỉ hộ thuộc diện này (poor, near_poor, new_escape …); ghi nhiều lần được",
    "map_form": "--map ghi CỘT=MỤC hoặc TRANG!CỘT=MỤC, không đọc được “{value}”",
    "person_form": "--person ghi DÒNG=SỐ, không đọc được “{value}”",
    "take_form": "--take ghi DÒNG hoặc TRANG!DÒNG, không đọc được “{value}”",
    "counts": "{file}: {ready} dòng nhận, {same} đã có trong sổ, {waiting} chờ, {refused} không "
    "nhận, {empty} không ghi gì.",
    "money": "Tiền trong tệp {file} đồng = đã ghi {written} + đã có {same} + chờ {waiting} + không "
    "nhận {refused}.",
    "money_dry": "Tiền trong tệp {file} đồng = sẽ ghi {written} + đã có {same} + chờ {waiting} + "
    "không nhận {refused}.",
    "money_unread": "Ngoài ra {count} dòng có ô không đọc được: tiền ở ô ấy có thể chưa nằm trong "
    "tổng.",
    "before": "Tệp này đã nhận ngày {day}.",
    "unit": "Trang “{sheet}”, cột {column}: mỗi đơn vị là {factor} đồng.",
    "hidden": "Trang ẩn không đọc: {names}.",
    "paper": "Trang “{sheet}” là giấy của chương trình: {label}.",
    "skipped": "Trang “{sheet}”, không đọc dòng {rows}: {why}.",
    "empty_rows": "Trang “{sheet}”, không ghi gì ở dòng {rows}.",
    "no_list": "Trang “{name}”: không thấy danh sách nào.",
    "font": "Trang “{sheet}”, cột {column}: {count} ô gõ bằng {encoding}, ví dụ "
    "{before} → {after}.",
    "column": "Trang “{sheet}”, cột {column}: {text}",
    "total_agrees": "{sheet}!{row} dòng cộng {amount} đồng: khớp.",
    "total_differs": "{sheet}!{row} dòng cộng {amount} đồng: KHÔNG khớp với các dòng – {text}",
    "total_unread": "{sheet}!{row} dòng cộng không đọc được số tiền – {text}",
    "left_out": "{sheet}!{row} bỏ qua: {why} – {text}",
    "row": "{sheet}!{row} {name}: {state}{amount}",
    "amount": ", {amount} đồng",
    "finding": "    {place}{text}",
    "who": "    Là ai? {known}.",
    "nobody": "không có trong sổ",
    "warning": "    ! {text}",
    "done": "Đã nhận {count} hỗ trợ vào đợt “{name}”.",
    "nothing": "Không có gì mới: mọi dòng đã có trong sổ hoặc không ghi gì.",
    "left": "Chưa ghi gì: các dòng trên còn chờ hoặc không nhận được.",
    "unsure": "Chưa ghi gì: xem lại tệp; nếu đúng là tệp của xã này thì thêm --confirmed.",
    "dry": "Mới xem trước, chưa ghi gì.",
    "template": "Đã ghi tệp mẫu {output}, {rows} dòng.",
}


def support_finding(code: str, said: str, classes: Mapping[str, str]) -> str:
    """A finding of a row or a cell in a sentence; `classes` are labels of what households are."""
    if code == "support_class":
        listed, _, known = said.partition("|")
        labels = {"listed": classes.get(listed, listed), "known": classes.get(known, known)}
        return SUPPORT_FINDINGS[code].format(**labels)
    if code == "amount_differs":
        whole, total = (format_integer(int(amount)) for amount in said.split("|"))
        return SUPPORT_FINDINGS[code].format(whole=whole, sum=total)
    if code == "amount_odd":
        said = format_integer(int(said))
    if code in SUPPORT_FINDINGS:
        return SUPPORT_FINDINGS[code].format(said=said)
    return f"{IMPORT_FINDINGS[code]} ({said})" if said else IMPORT_FINDINGS[code]
