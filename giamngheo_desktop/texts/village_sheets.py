"""What is said of the sheets of village heads: in them, and when they come back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from giamngheo_desktop.texts.exchange import moment_text
from giamngheo_desktop.texts.importing import IMPORT_FINDINGS
from giamngheo_desktop.texts.parse_errors import PARSE_ERRORS

VILLAGE_SHEET: dict[str, str] = {
    "title": "Phiếu thôn: {village}, {unit}, năm {year}",
    "file": "PhieuThon",
    "guide": "Hướng dẫn",
    "household": "Hộ",
    "member": "Thành viên",
    "lists": "Danh mục",
    "base_household": "Gốc hộ",
    "base_member": "Gốc thành viên",
    "key": "Mã dòng",
    "of_household": "Mã dòng của hộ",
    "head": "Chủ hộ",
    "none": "Không có",
    "hint": "Chỉ điền ô trắng. Ô vàng: còn thiếu. Ô xanh: đã sửa khác sổ của xã. Cách điền: trang "
    "Hướng dẫn.",
    "several": "Ghi mọi câu đúng, cách nhau bằng dấu chấm phẩy: {answers}.",
    "one": "Chọn một: {answers}.",
    "one_of_many": "Chọn trong danh mục của ô.",
    "day": "Ngày/tháng/năm, ví dụ 5/3/1987; không biết ngày thì 3/1987 hoặc 1987.",
    "whole_day": "Đủ ngày/tháng/năm, ví dụ 5/3/2026.",
    "doubt": "Không có trong danh mục",
    "doubt_help": "Chọn trong danh mục; nếu không có câu nào đúng thì ghi vào Ghi chú.",
    "steps": "Xã đã điền sẵn những gì sổ có. Trưởng thôn sửa chỗ sai, điền chỗ thiếu, rồi gửi lại "
    "chính tệp này.\n"
    "Không sửa, không xóa cột Mã dòng: xã tìm lại từng dòng theo mã ấy. Dòng đổi chỗ, thêm dòng "
    "giữa chừng, lọc, bớt cột đều được.\n"
    "Ô để trống nghĩa là không có gì để nói: sổ của xã giữ nguyên. Muốn bỏ hẳn một giá trị đang "
    "có, gõ chữ: xóa\n"
    "Hộ mới: điền vào các dòng có mã M01, M02 … ở trang Hộ (ghi họ tên chủ hộ), rồi thêm từng "
    "người ở trang Thành viên, cột “Mã dòng của hộ” ghi M01, M02 …\n"
    "Người mới của hộ đã có: thêm dòng ở trang Thành viên, để trống Mã dòng, cột “Mã dòng của hộ” "
    "ghi mã của hộ ấy.\n"
    "Người chết, chuyển đi, tách hộ, đổi chủ hộ: ghi vào Ghi chú của hộ, xã sẽ làm đúng việc ấy "
    "với đúng ngày.\n"
    "Ngày sinh ghi ngày/tháng/năm, ví dụ 5/3/1987; chỉ biết năm thì ghi năm. Số giấy tờ ghi đủ số "
    "0 ở đầu.\n"
    "Muốn sắp xếp: bỏ bảo vệ trang trước (thẻ Xem lại, Bỏ bảo vệ trang; không có mật khẩu).",
    "guide_columns": "Trang|Cột|Cách ghi",
}

SHEET_PROBLEMS: dict[str, str] = {
    "key_unknown": "mã dòng “{value}” không có trong tệp xã gửi; chép lại đúng mã, hoặc để trống "
    "nếu là dòng mới",
    "key_twice": "“{value}” đã có ở dòng trên; mỗi hộ, mỗi người một dòng",
    "key_of_other": "mã dòng “{value}” là của {known}, dòng lại ghi {name}: chưa nhận dòng này; "
    "sửa lại mã hoặc tên rồi nhận lại",
    "answers_of_other": "mọi ô của dòng này là của hộ {known}, như khi chỉ sắp xếp một số cột: "
    "chưa nhận dòng này; xếp lại cho đúng rồi nhận lại",
    "name_of_other": "dòng này của {known}, nay ghi {name} là tên ở dòng khác, và {count} dòng như "
    "thế: cột tên bị sắp xếp riêng? Chưa nhận dòng này; xếp lại cho đúng rồi nhận lại, đúng là đổi "
    "tên thì sửa trong sổ",
    "line_of_other": "ở một bản khác của phiếu này dòng “{value}” là {known}: chưa nhận hộ này; "
    "nếu là hộ khác thì ghi sang dòng M còn trống, nếu là một thì sửa cho giống rồi nhận lại",
    "key_missing": "dòng này mất mã dòng, chưa nhận; ghi lại mã {value} rồi nhận lại; nếu là hộ "
    "mới trùng tên chủ hộ thì ghi mã M01, M02 …",
    "keys_lost": "mất cột “Mã dòng” nên {count} dòng của trang chưa được đọc; lấy lại cột ấy từ "
    "tệp xã gửi rồi nhận lại",
    "coarser": "“{value}” kém đủ hơn “{known}” đang có, sổ giữ nguyên; nếu “{known}” sai thì sửa "
    "trong sổ",
    "fixed": "ở đây không đổi “{known}” thành “{value}”; đổi bằng việc riêng trong chương trình",
    "name_kept": "không bỏ trống được họ tên; người nhập nhầm thì bỏ trong chương trình",
    "value": "“{value}”: {reason}",
    "no_value": "{reason}",
    "said_otherwise": "ô ghi “{value}” như lúc xã gửi, nhưng chính phiếu này lần trước đã ghi "
    "“{known}”, sổ đang giữ; nếu nay mới đúng thì sửa trong sổ",
    "id_zero_lost": "số giấy tờ “{value}” mất số 0 ở đầu, đã thêm lại thành “{known}”; đối chiếu "
    "với giấy tờ",
    "new_without_head": "hộ mới chưa có họ tên chủ hộ",
    "new_without_name": "người mới chưa có họ tên",
    "already_member": "hộ đã có {name}: sửa ở dòng có mã; nếu là người khác cùng tên thì ghi ngày "
    "sinh",
    "household_unknown": "{name}: không rõ thuộc hộ nào (“{value}”); ghi mã dòng của hộ",
    "second_head": "{name}: hộ đã có chủ hộ khác; xem lại quan hệ",
}

SHEET_ERRORS: dict[str, str] = {
    "sheet_no_household": "{name}: không có hộ nào để ghi vào phiếu thôn.",
    "sheet_other_unit": "Phiếu thôn này của {name}, không phải của sổ đang mở. Mở đúng sổ rồi nhận "
    "lại.",
    "sheet_newer": "Phiếu thôn do bản chương trình mới hơn làm ra. Cập nhật chương trình rồi nhận "
    "lại.",
    "sheet_empty": "Phiếu {name} không còn dòng nào: không có gì để nhận. Nhờ thôn gửi lại tệp đã "
    "điền.",
    "sheet_no_rows": "Phiếu {name}: không tìm thấy trang nào có cột “Mã dòng”. Nhờ thôn gửi lại "
    "tệp chưa bỏ cột ấy.",
}

CLI_SHEETS: dict[str, str] = {
    "help": "phiếu cho trưởng thôn: gửi đi, nhận về",
    "help_export": "ghi mỗi thôn một tệp Excel",
    "help_year": "năm rà soát: các hộ trong danh sách rà soát, chưa có kỳ thì mọi hộ của thôn",
    "help_village": "tên thôn; không ghi thì mọi thôn",
    "help_output": "thư mục ghi ra",
    "help_merge": "nhận phiếu thôn đã điền",
    "help_files": "phiếu đã điền (.xlsx)",
    "help_dry_run": "chỉ cho xem, không ghi gì",
    "help_prefer": "xung đột thì giữ của sổ (ours) hoặc của phiếu (theirs)",
    "help_new": "hộ mới (tên chủ hộ) hay người mới có tên này là người khác, không phải người sổ "
    "đã có; ghi được nhiều lần",
    "help_known": "hộ mới (tên chủ hộ) hay người mới có tên này là người sổ đã có: không nhận, "
    "không hỏi lại; ghi được nhiều lần",
    "exported": "{path}: {village}, {households} hộ",
    "skipped": "{village}: không có hộ nào, không ghi tệp",
    "summary": "{village}: mới {new}, khác {changed}, xung đột {clash}, như nhau {same}, chưa nhận "
    "{problems}",
    "nothing": "{village}: không có gì mới để nhận, mọi điều trong phiếu đã có trong sổ",
    "refused": "{path}: {error}",
    "lost_column": "{sheet}: không thấy cột “{heading}”, coi như không nói gì về cột này",
    "lost_sheet": "Không thấy trang {sheet}, coi như không nói gì về trang này",
    "past_year": "Phiếu này của năm {year}: so kỹ từng chỗ, điều thôn ghi năm ấy có thể không còn "
    "đúng.",
    "older": "Phiếu này xuất lúc {made}; sổ đã nhận một phiếu của thôn xuất sau đó, lúc {newer}. "
    "So kỹ các chỗ xung đột.",
}


def sheet_age_texts(made_at: str, newer_on: str, past_year: int | None) -> list[str]:
    """Why a sheet may be out of date; nothing for one that is not."""
    made, newer = moment_text(made_at), moment_text(newer_on)
    older = [CLI_SHEETS["older"].format(made=made, newer=newer)] if newer else []
    return older + ([CLI_SHEETS["past_year"].format(year=past_year)] if past_year else [])


def sheet_lost_texts(lost: Iterable[tuple[str, str]]) -> list[str]:
    """Which columns and sheets (form, heading or "") were not found."""
    return [
        CLI_SHEETS["lost_column" if heading else "lost_sheet"].format(
            sheet=VILLAGE_SHEET[form], heading=heading
        )
        for form, heading in lost
    ]


def sheet_problem_text(
    code: str, sheet: str, row: int, letter: str, params: Mapping[str, str]
) -> str:
    """Where it stands in the workbook, and what to do."""
    said = dict(params)
    if "reason" in said:
        why = said["reason"]
        said["reason"] = PARSE_ERRORS.get(why) or IMPORT_FINDINGS[why]
    place = f"{sheet}, dòng {row}" + (f", cột {letter}" if letter else "")
    return f"{place}: {SHEET_PROBLEMS[code].format(**said)}"
