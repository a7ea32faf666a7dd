"""Words of packages: their cover, their lists of differences, what became of one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.package import Doubt

PACKAGE_ERRORS: dict[str, str] = {
    "package_foreign": "Tệp {name} không phải gói do chương trình này làm.",
    "package_unreadable": "Không đọc được {name}: tệp bị cắt cụt hoặc hỏng khi chép, xin nơi gửi "
    "gửi lại.",
    "package_newer": "Gói {name} do bản chương trình mới hơn làm: cập nhật chương trình rồi nhận "
    "lại.",
    "package_damaged": "Gói {name} bị hỏng hoặc đã bị sửa: xin nơi gửi gửi lại.",
    "package_is_upward": "Tệp {name} là gói báo cáo của xã gửi lên: huyện, tỉnh nhận ở "
    "Gửi – nhận › Gói nhận về.",
    "package_is_work": "Tệp {name} là gói làm việc của máy khác: gộp ở Gửi – nhận › Gói làm việc.",
    "package_is_village": "Tệp {name} là phiếu thôn: nhận ở Gửi – nhận › Phiếu cho trưởng thôn.",
    "package_is_comments": "Tệp {name} là tệp góp ý của cấp trên: nhận ở Gửi – nhận › Gói gửi lên.",
    "package_not_upward": "Gói {name} không phải gói báo cáo gửi lên.",
    "package_wrong_level": "Gói {name} không nhận được ở đây: chỉ sổ tổng hợp của huyện, tỉnh nhận "
    "gói của xã.",
    "package_many_communes": "Gói gửi lên là sổ của một xã, {said} có nhiều xã: huyện chuyển lên "
    "tỉnh chính các tệp gói xã đã gửi; lập gói thì chọn một xã.",
    "package_of_many": "Gói {name} là của {said} có nhiều xã, không phải của một xã: đề nghị nơi "
    "gửi chuyển các tệp gói xã đã gửi.",
    "package_of_others": "Gói {name} có hộ, số liệu mà sổ này đã nhận trong gói của xã khác, kể cả "
    "xã cũ của xã ấy: chưa nhận được, mỗi hộ chỉ nhận từ một xã.",
    "package_gone_over": "Gói {name}: sổ của {said} nay nằm trong sổ của xã mới, đã gửi ở {file}; "
    "không nhận gói riêng nữa.",
    "package_not_for_district": "Gói {name} không lập để gửi huyện (xem Nơi nhận ở sheet Bìa) nên "
    "sổ này không nhận: đề nghị xã lập gói có nơi nhận là huyện.",
    "package_not_for_province": "Gói {name} không lập để gửi tỉnh (xem Nơi nhận ở sheet Bìa) nên "
    "sổ này không nhận: đề nghị xã lập gói có nơi nhận là tỉnh.",
    "package_no_province": "Gói {name} lập để gửi huyện mà không ghi huyện ấy thuộc tỉnh nào nên "
    "tỉnh không nhận: đề nghị xã lập gói có nơi nhận là tỉnh.",
    "package_other_place": "Gói {name} là của một xã thuộc {said}; sổ này của {own}.",
    "package_row_changed": "Gói {name} bị sửa hoặc hỏng ở sheet {sheet}, dòng {row}: xin nơi gửi "
    "gửi lại.",
    "package_sheet_changed": "Gói {name} bị sửa: thừa hoặc thiếu sheet {sheet}. Xin nơi gửi "
    "gửi lại.",
    "package_look_changed": "Gói {name} bị sửa cách hiện ở sheet {sheet}: có công thức, dạng số "
    "lạ, dòng, cột hay sheet bị ẩn, ô gộp khác hoặc chữ thêm ở lề trang. Xin nơi gửi gửi lại.",
    "package_locked": "Tệp {name} là Excel cũ hoặc khóa theo cách chương trình không mở được: mở "
    "bằng Excel, bỏ mật khẩu, lưu lại dạng .xlsx.",
    "package_asks_passphrase": "Tệp {name} có mật khẩu: gõ mật khẩu nơi gửi đã báo, hoặc mở bằng "
    "Excel, bỏ mật khẩu rồi lưu lại.",
    "package_wrong_passphrase": "Mật khẩu không mở được tệp {name}: hỏi lại nơi gửi, xem chữ hoa, "
    "chữ thường và dấu đã gõ đúng chưa.",
    "passphrase_empty": "Chưa gõ mật khẩu.",
    "passphrase_short": "Mật khẩu phải có ít nhất {least} ký tự.",
    "passphrase_long": "Mật khẩu không được quá {most} ký tự.",
    "passphrase_differs": "Hai lần gõ mật khẩu không giống nhau.",
    "passphrase_not_typed": "Chưa gõ mật khẩu: lệnh này cần một cửa sổ dòng lệnh để hỏi, hoặc "
    "--passphrase-file.",
    "passphrase_file": "Không đọc được mật khẩu trong tệp {name}: tệp phải là một dòng chữ UTF-8.",
    "package_other_unit": "Tệp {name} là của {said}, không có trong sổ này.",
    "package_not_comments": "Tệp {name} không phải tệp góp ý.",
    "comment_empty": "Chưa ghi góp ý.",
    "no_comments": "Chưa có góp ý nào cho xã này.",
    "unknown_pack": "Không có gói xuất “{name}”, chỉ có {known}.",
    "pack_is_example": "“{name}” chỉ là ví dụ trống: điền cột theo bảng của hệ thống nhận trước.",
    "no_packages": "Không có gói nào (tệp .xlsx) trong thư mục {folder}.",
    "package_no_fork": "Không có gói nào của {name} phải hỏi lại kiểu này.",
    "package_limit": "Hạn gửi “{value}” không phải ngày/tháng: ghi như 15/12.",
    "package_commune_twice": "Danh sách ghi “{one}” rồi lại ghi “{other}”: bỏ một dòng; nếu là hai "
    "đơn vị thì ghi rõ loại (xã, phường…) hoặc huyện, ví dụ “Xã Ba Tơ, huyện Ba Tơ”.",
    "pack_needs": "Nêu năm và tệp ghi ra: package pack MÃ --year NĂM -o TỆP.",
    "comments_of_whom": "Nêu xã nhận góp ý: --unit TÊN.",
}

COUNTED_KINDS: dict[Kind, str] = {  # all, or a receipt cannot be told
    Kind.AREA: "đơn vị",
    Kind.AREA_VERSION: "tên và địa giới đơn vị",
    Kind.AREA_FACT: "đặc điểm đơn vị",
    Kind.SUCCESSION: "sáp nhập, chia tách",
    Kind.DECISION: "quyết định",
    Kind.REVIEW: "kỳ rà soát",
    Kind.REVIEW_STANDARD: "bộ chuẩn của kỳ",
    Kind.ROUND: "lần khóa sổ",
    Kind.POPULATION: "số hộ, nhân khẩu của thôn",
    Kind.VILLAGE_TARGET: "chỉ tiêu của thôn",
    Kind.OPENING_COUNT: "số đầu kỳ của thôn",
    Kind.HOUSEHOLD: "hộ",
    Kind.PLACE: "nơi ở của hộ",
    Kind.HOUSEHOLD_FACT: "thông tin hộ theo thời gian",
    Kind.PERSON: "người",
    Kind.PERSON_FACT: "thông tin người theo thời gian",
    Kind.MEMBERSHIP: "thành viên hộ",
    Kind.CLASS_RECORD: "kết quả phân loại",
    Kind.INDICATOR_ANSWER: "chỉ số thiếu hụt",
    Kind.CORRECTION: "đính chính kết quả",
    Kind.MOVEMENT_CORRECTION: "đính chính diễn biến",
    Kind.CASE: "hộ trong kỳ rà soát",
    Kind.CASE_RESULT: "kết quả rà soát",
    Kind.RESULT: "kết quả đã khóa sổ",
    Kind.RESULT_PERSON: "người trong kết quả đã khóa sổ",
    Kind.SURVEYOR: "rà soát viên",
    Kind.REVIEW_MARK: "việc đã làm của kỳ rà soát",
    Kind.APPLICATION: "giấy đề nghị",
    Kind.CASE_ANSWERS: "lần xác nhận câu trả lời",
    Kind.INCOME_SOURCE: "nguồn thu nhập",
    Kind.MEETING: "cuộc họp thôn",
    Kind.VOTE: "biểu quyết",
    Kind.POSTING: "lần niêm yết",
    Kind.COMPLAINT: "khiếu nại",
    Kind.CERTIFICATE: "giấy chứng nhận",
    Kind.CERTIFICATE_YEAR: "năm trên giấy chứng nhận",
    Kind.ISSUED: "giấy tờ đã phát hành",
    Kind.BODY: "cơ quan",
    Kind.OFFICER: "cán bộ",
    Kind.PLAN_COMPONENT: "nội dung trong kế hoạch",
    Kind.TASK: "nhiệm vụ",
    Kind.ACTIVITY: "hoạt động",
    Kind.ACTIVITY_VALUE: "thông tin của hoạt động",
    Kind.PARTICIPANT: "lượt tham gia hoạt động",
    Kind.ACTIVITY_ITEM: "việc, kiến nghị của hoạt động",
    Kind.ATTACHMENT: "giấy tờ đính kèm",
    Kind.BUDGET_LINE: "dòng kinh phí",
    Kind.FUND_ENTRY: "khoản thu chi quỹ",
    Kind.NEED: "nhu cầu",
    Kind.SUPPORT_EVENT: "đợt hỗ trợ",
    Kind.SUPPORT: "hỗ trợ",
    Kind.SUPPORT_SHARE: "khoản tiền hỗ trợ theo nguồn",
    Kind.SUPPORT_VALUE: "thông tin của hỗ trợ",
    Kind.PERIOD_LIST: "danh sách kỳ",
    Kind.PERIOD_ROW: "dòng của danh sách kỳ",
    Kind.ASSIGNMENT: "phân công",
    Kind.VISIT: "lần đến thăm hộ",
    Kind.HOUSEHOLD_PLAN: "kế hoạch giúp hộ",
    Kind.INCIDENT: "biến cố",
    Kind.POLICY_VALUE: "mức của chính sách",
    Kind.DOCUMENT: "văn bản kế hoạch, báo cáo",
    Kind.DOCUMENT_SECTION: "mục của văn bản",
    Kind.TARGET: "chỉ tiêu của kế hoạch",
    Kind.TARGET_RESULT: "kết quả chỉ tiêu ghi tay",
    Kind.REPORT_SCHEDULE: "chế độ báo cáo",
    Kind.REPORT_RECEIPT: "báo cáo đã gửi, đã nộp",
    Kind.SETTING: "cài đặt",
    Kind.DEFINITION: "mẫu, định nghĩa",
    Kind.PACKAGE: "gói gửi, nhận",
}

COVER: dict[str, str] = {
    "sheet": "Bìa",
    "title": "GÓI BÁO CÁO KẾT QUẢ RÀ SOÁT NĂM {year}",
    "unit": "Đơn vị",
    "above": "Thuộc",
    "recipient": "Nơi nhận",
    "year": "Năm",
    "standard": "Bộ chuẩn",
    "program": "Bản chương trình",
    "made": "Lập lúc",
    "made_by": "Người lập",
    "sequence": "Gói số",
    "replaces": "Thay gói trước",
    "columns": "Thông tin riêng gửi kèm",
    "kept_home": "Thông tin riêng để lại ở xã",
    "none": "không có",
    "first": "không, đây là gói đầu tiên",
    "replaced": "gói số {number}",
    "held": "Trong gói",
    "checks": "Kiểm tra trước khi gửi",
    "passed": "không có lỗi, {warnings} cảnh báo",
    "failed": "còn {errors} lỗi, {warnings} cảnh báo",
    "changed": "Thay đổi so với gói trước",
    "names": "Hộ có kết quả phân loại thay đổi (chủ hộ)",
    "tables": "Các biểu trong gói",
    "issued": "đã phát hành",
    "not_issued": "lập từ dữ liệu hiện có, chưa phát hành",
    "hint": "Tệp này để xem và để chương trình nhận. Không sửa các sheet data_… và manifest: gói "
    "bị sửa sẽ không nhận được.",
}

RECIPIENTS: dict[str, str] = {
    "district": "huyện",
    "province": "tỉnh",
    "successor": "xã mới nhận sổ",
}

PERSONAL: dict[str, str] = {
    "identity": "giấy tờ tùy thân",
    "address": "địa chỉ",
    "health": "sức khỏe",
    "note": "ghi chú, nội dung thăm hộ và biến cố, người nhận thay",
    "contact": "điện thoại của người, cơ quan, cán bộ",
}

PACKAGE_STATES: dict[str, str] = {
    "new": "gói đầu tiên của xã",
    "newer": "thay gói cũ của xã",
    "same": "đã nhận trước đây, không có gì mới",
    "older": "cũ hơn gói đang dùng, chỉ ghi vào nhật ký",
}


FOR_DISTRICT = "Gói lập để gửi huyện, không phải gửi tỉnh."


def package_state(
    state: str, stands: int | None, doubt: Doubt | None, *, for_district: bool = False
) -> str:
    """What a package was to the file, for whom it was made if not for it, and why the commune is
    to be asked.
    """
    more = [FOR_DISTRICT] if for_district else []
    if doubt is not None:
        more.append(doubt_text(stands, doubt))
    return ". ".join([PACKAGE_STATES[state], *([" ".join(more)] if more else [])])


def doubt_text(stands: int | None, doubt: Doubt) -> str:
    return (_FORK if doubt.is_fork else _LATER).format(number=doubt.number, stands=stands)


_LATER = (
    "Gói số {number} lập sau gói số {stands} đang dùng: có lẽ sổ của xã đã phục hồi từ bản sao "
    "lưu, hoặc đồng hồ máy sai. Đề nghị xã lập gói mới có số lớn hơn {stands} rồi gửi lại."
)
_FORK = (
    "Gói số {stands} đang dùng không nối tiếp một gói số {number} khác của xã: có lẽ hai máy của "
    "xã cùng lập gói, hoặc sổ đã phục hồi từ bản sao lưu, và chỗ sửa ở gói kia có thể không có "
    "trong số đang dùng. Đề nghị xã gộp hai máy (gói làm việc đủ các thôn), lập gói mới có số lớn "
    "hơn {stands} rồi gửi lại; xã trả lời rõ rồi thì ghi đã hỏi xã."
)


RECEIVED_REPORT: dict[str, str] = {
    "title": "KẾT QUẢ NHẬN GÓI CỦA XÃ",
    "file": "Tệp {name}: {unit}, gói số {number}",
    "what": "Mục",
    "said": "Nội dung",
    "added": "Thêm",
    "changed": "Khác",
    "gone": "Không còn",
    "household": "Hộ có kết quả khác (chủ hộ)",
}

COMMENTS: dict[str, str] = {
    "sheet": "Góp ý",
    "title": "GÓP Ý VỀ SỐ LIỆU",
    "count": "Số góp ý",
    "year": "Năm",
    "report": "Biểu",
    "row": "Dòng",
    "column": "Cột",
    "figure": "Số liệu",
    "text": "Góp ý",
    "by": "Người góp ý",
    "hint": "Mở tệp này bằng chương trình (Gửi – nhận) để góp ý hiện trong sổ của xã.",
}

CLI_PACKAGE: dict[str, str] = {
    "help": "gói gửi lên huyện, tỉnh; nhận gói của các xã; góp ý về số liệu",
    "help_export": "làm gói gửi lên của một năm",
    "help_merge": "nhận gói của các xã, hoặc tệp góp ý; thư mục thì nhận mọi tệp .xlsx trong đó",
    "help_verify": "kiểm tra một gói: còn nguyên hay không, trong gói có gì",
    "help_status": "xã nào đã gửi, xã nào muộn (mã 1: có xã muộn)",
    "help_comment": "góp ý về một số liệu của xã",
    "help_list_comments": "xem góp ý; có -o thì ghi tệp góp ý gửi xuống xã",
    "help_make_collection": "lập sổ tổng hợp mới của huyện hoặc tỉnh",
    "help_to": "nơi nhận: huyện, tỉnh, hay xã mới nhận sổ; mặc định theo cài đặt và theo năm",
    "help_output": "tệp ghi ra (.xlsx)",
    "help_unit": "tên hoặc mã của xã",
    "help_report": "mã biểu, ví dụ BC1",
    "help_row": "tên dòng",
    "help_column": "tên cột",
    "help_figure": "số đang in trong ô",
    "help_level": "sổ của tỉnh (province) hoặc huyện (district)",
    "help_province": "tên tỉnh",
    "help_district": "tên huyện",
    "district_missing": "sổ của huyện cần --district TÊN",
    "sound": "Gói còn nguyên: {unit}, năm {year}, gói số {number}, lập lúc {made}.",
    "not_sealed": "Gói do bản chương trình cũ làm: các sheet để xem (bìa, biểu, sổ) không có dấu "
    "kiểm tra, chỉ dữ liệu là chắc chắn còn nguyên.",
    "has_sent": "đã gửi, gói số {number} (năm {year}), nhận ngày {day}",
    "sent_other": "chưa gửi gói năm {asked}; mới nhất là gói số {number} (năm {year}), nhận ngày "
    "{day}",
    "help_settle": "ghi đã hỏi xã (--unit) về gói không nối tiếp gói đang dùng: xã trả lời không "
    "thiếu gì, hoặc đã gửi gói gộp cả hai máy",
    "settle_way": 'Đã hỏi rõ thì chạy: giamngheo package settle --db "{file}" --unit "{name}"',
    "settled": "{name}: đã ghi là hỏi xã rồi, {count} gói.",
    "nobody": "Chưa nhận gói của xã nào, cũng chưa ghi xã nào phải gửi (package expect).",
    "help_expect": "ghi các xã phải gửi gói và hạn gửi, từ một năm trở đi",
    "help_names": "tên các xã phải gửi; không nêu thì giữ như đã ghi",
    "help_limit": "ngày cuối để gửi, dạng 15/12; không nêu thì giữ như đã ghi",
    "not_sent": "chưa gửi",
    "late": " – muộn",
    "added": "thêm",
    "changed": "khác",
    "gone": "không còn",
    "new_comments": "góp ý mới",
    "help_write_pack": "ghi tệp theo bảng nhập của hệ thống khác; không nêu mã thì kể các gói xuất",
    "help_code": "mã gói xuất",
    "help_take_former": "nhận sổ các xã cũ (gói, tệp dữ liệu, danh sách 27 cột) vào sổ xã mới",
    "help_former_year": "danh sách là kết quả của năm nào (mặc định: năm trước)",
    "help_former_map": "đơn vị trong tệp là đơn vị nào trong sổ, xã cũ nay thuộc xã nào: “Thôn "
    "X=Thôn Y”, “TỆP:Thôn X=Thôn Y”; thôn riêng của xã cũ: “Thôn X=Thôn X (xã cũ)” (gói, tệp dữ "
    "liệu); lặp lại được",
    "help_former_day": "ngày sáp nhập của xã cũ mà sổ này chưa có (gói, tệp dữ liệu)",
    "help_former_decision": "căn cứ của việc sáp nhập ấy: số, ngày nghị quyết",
    "help_former_said": "số trong biểu cuối của xã cũ: TỆP:poor_households=12; lặp lại được",
    "help_dry_run": "chỉ xem trước, không ghi gì",
}


PACKAGE_TABLES: dict[str, str] = {
    "edit": "Lần sửa",
    "action": "Việc đã làm",
    "draft": "Bản nháp",
    "row": "Dòng của phiếu",
    "cell": "Ô của phiếu",
    "column": "Cột của phiếu",
    "comment": "Góp ý",
}


def moment_text(said: str) -> str:
    """`2026-11-28T06:59:24`, as a manifest says it → "28/11/2026 06:59"; nothing stays nothing."""
    return f"{datetime.fromisoformat(said):%d/%m/%Y %H:%M}" if said else ""


def personal_text(groups: Collection[str]) -> dict[str, str]:
    """What goes along and what stays at home, by the words of the cover."""
    sent = [said for group, said in PERSONAL.items() if group in groups]
    kept = [said for group, said in PERSONAL.items() if group not in groups]
    none = COVER["none"]
    return {"columns": "; ".join(sent) or none, "kept_home": "; ".join(kept) or none}


def counted(counts: Mapping[Kind, int]) -> str:
    """ "12 hộ, 40 người": by kind, those of none left out."""
    said = [
        f"{format_integer(count)} {COUNTED_KINDS[kind]}" for kind, count in counts.items() if count
    ]
    return ", ".join(said) or COVER["none"]
