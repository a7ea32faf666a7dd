"""What is said where copies of a register meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from giamngheo_desktop.domain.changes import Kind

MERGE_STATES: dict[str, str] = {
    "new": "Mới",
    "changed": "Khác",
    "clash": "Xung đột",
    "same": "Như nhau",
    "kept": "Không lấy",
    "outside": "Để ngoài",
}

MERGE_KINDS: dict[Kind, str] = {
    Kind.AREA: "Đơn vị",
    Kind.AREA_VERSION: "Tên đơn vị",
    Kind.AREA_FACT: "Thông tin đơn vị",
    Kind.SUCCESSION: "Sắp xếp đơn vị",
    Kind.POPULATION: "Số hộ, nhân khẩu của thôn",
    Kind.VILLAGE_TARGET: "Chỉ tiêu giảm của thôn",
    Kind.HOUSEHOLD: "Hộ",
    Kind.PLACE: "Thôn của hộ",
    Kind.HOUSEHOLD_FACT: "Thông tin theo ngày của hộ",
    Kind.PERSON: "Nhân khẩu",
    Kind.PERSON_FACT: "Thông tin theo ngày của nhân khẩu",
    Kind.MEMBERSHIP: "Thành viên của hộ",
    Kind.DECISION: "Quyết định",
    Kind.CLASS_RECORD: "Kết quả phân loại",
    Kind.INDICATOR_ANSWER: "Chỉ số thiếu hụt",
    Kind.ROUND: "Kỳ đã khóa",
    Kind.RESULT: "Kết quả đã khóa",
    Kind.RESULT_PERSON: "Nhân khẩu của kết quả đã khóa",
    Kind.REVIEW: "Kỳ rà soát",
    Kind.REVIEW_STANDARD: "Chuẩn của kỳ rà soát",
    Kind.SURVEYOR: "Rà soát viên",
    Kind.REVIEW_MARK: "Việc đã làm của kỳ rà soát",
    Kind.APPLICATION: "Giấy đề nghị",
    Kind.CASE: "Hộ trong kỳ rà soát",
    Kind.CASE_ANSWERS: "Câu trả lời đã xác nhận",
    Kind.CASE_RESULT: "Kết quả rà soát",
    Kind.INCOME_SOURCE: "Nguồn thu nhập",
    Kind.MEETING: "Họp thôn",
    Kind.VOTE: "Biểu quyết",
    Kind.POSTING: "Niêm yết",
    Kind.COMPLAINT: "Khiếu nại",
    Kind.CERTIFICATE: "Giấy chứng nhận",
    Kind.CERTIFICATE_YEAR: "Năm trên giấy chứng nhận",
    Kind.CORRECTION: "Đính chính",
    Kind.MOVEMENT_CORRECTION: "Đính chính diễn biến",
    Kind.OPENING_COUNT: "Số đầu kỳ của thôn",
    Kind.ISSUED: "Giấy tờ đã phát hành",
    Kind.SETTING: "Cài đặt",
    Kind.DEFINITION: "Mẫu, định nghĩa",
    Kind.PACKAGE: "Gói gửi – nhận",
    Kind.BODY: "Cơ quan, đoàn thể",
    Kind.OFFICER: "Cán bộ, người giúp",
    Kind.PLAN_COMPONENT: "Dự án, nội dung trong kế hoạch",
    Kind.TASK: "Nhiệm vụ",
    Kind.ACTIVITY: "Hoạt động",
    Kind.ACTIVITY_VALUE: "Thông tin của hoạt động",
    Kind.PARTICIPANT: "Người, hộ tham gia",
    Kind.ACTIVITY_ITEM: "Kiến nghị, việc cần làm",
    Kind.ATTACHMENT: "Giấy tờ đính kèm",
    Kind.BUDGET_LINE: "Kinh phí",
    Kind.FUND_ENTRY: "Thu, chi quỹ",
    Kind.NEED: "Nhu cầu",
    Kind.SUPPORT_EVENT: "Đợt hỗ trợ",
    Kind.SUPPORT: "Hỗ trợ",
    Kind.SUPPORT_SHARE: "Tiền hỗ trợ theo nguồn",
    Kind.SUPPORT_VALUE: "Thông tin của hỗ trợ",
    Kind.PERIOD_LIST: "Danh sách kỳ",
    Kind.PERIOD_ROW: "Người, hộ trong danh sách kỳ",
    Kind.ASSIGNMENT: "Phân công",
    Kind.VISIT: "Lần đến thăm hộ",
    Kind.HOUSEHOLD_PLAN: "Kế hoạch giúp hộ",
    Kind.INCIDENT: "Biến cố",
    Kind.POLICY_VALUE: "Mức của chính sách",
    Kind.DOCUMENT: "Kế hoạch, báo cáo",
    Kind.DOCUMENT_SECTION: "Mục của kế hoạch, báo cáo",
    Kind.TARGET: "Chỉ tiêu",
    Kind.TARGET_RESULT: "Kết quả chỉ tiêu",
    Kind.REPORT_SCHEDULE: "Chế độ báo cáo",
    Kind.REPORT_RECEIPT: "Báo cáo đã gửi, đã nộp",
}

MERGE_FINDINGS: dict[str, str] = {
    "removed_but_edited": "{name}: một máy bỏ hồ sơ vì ghi nhầm, máy kia vẫn sửa tiếp. Mở ra xem "
    "nên giữ hay bỏ.",
    "points_at_removed": "{name}: còn mục ghi theo một hồ sơ mà máy kia đã bỏ vì ghi nhầm.",
    "without_members": "{name}: hộ còn trong sổ mà không còn thành viên nào. Mở hộ ra: ghi hộ "
    "rời sổ, hoặc chuyển thành viên về hộ ấy.",
    "gone_with_members": "{name}: hộ đã rời sổ (nhập hộ, chuyển đi …) mà còn thành viên; chuyển "
    "họ sang hộ đúng.",
    "gone_but_reviewed": "{name}: một máy ghi hộ đã rời sổ, máy kia rà soát xong hộ ấy. Xem lại "
    "ngày rời sổ hoặc kết quả rà soát.",
    "gone_but_recognised": "{name}: một máy ghi hộ đã rời sổ, máy kia ghi cho hộ ấy một phân loại "
    "còn hiệu lực. Xem lại ngày rời sổ hoặc phân loại ấy.",
    "two_versions": "{name}: hai máy cùng lập, sổ đang có hai bản. Mở cả hai, chép sang một bản "
    "những gì cần giữ rồi xóa bản dự thảo kia.",
    "issued_but_edited": "{name}: một máy đã ban hành, máy kia vẫn sửa bản dự thảo; các chỗ sửa ấy "
    "nay nằm trong bản đã ban hành. Đối chiếu với văn bản đã ký: hoàn tác lần nhận này, hoặc lập "
    "bản điều chỉnh.",
    "issued_stands": "{name}: một máy đã ban hành nên bản ấy giữ nguyên; những gì máy kia sửa ở "
    "bản dự thảo để ngoài (các dòng “Để ngoài”). Gộp xong, ở mục Gói làm việc chọn bỏ hoặc đưa vào "
    "bản điều chỉnh.",
    "issued_twice": "{name}: hai máy cùng ban hành; sổ giữ bản ban hành trước, chỗ máy kia ghi "
    "khác để ngoài. Đối chiếu với văn bản đã ký.",
    "settled_case": "{name}: phiếu rà soát đã nhập xong trước khi có chỗ sửa này. Mở phiếu xem "
    "lại: kết quả chưa tính theo chỗ sửa.",
    "same_number": "{name} và {other} cùng một số giấy tờ: có thể là một người được nhập hai lần.",
    "same_household": "{name}: hai máy cùng nhập một hộ mới có chủ hộ như nhau trong một thôn. Nếu "
    "là một hộ thì gộp lại.",
}

# Edits and what came of them are two counts: a place may have been edited more than once.
MERGE_SUMMARY = (
    "Gói có {taken} lần sửa mà sổ này chưa biết. Gộp lại: {new} hồ sơ mới, {changed} chỗ đổi theo "
    "gói, {clash} chỗ xung đột, {same} chỗ hai máy ghi như nhau (một chỗ có thể qua nhiều lần sửa)."
)
SHEET_MERGE_SUMMARY = (
    "Theo phiếu: {new} hồ sơ mới, {changed} chỗ đổi, {clash} chỗ xung đột, {same} chỗ phiếu và sổ "
    "ghi như nhau."
)
PREFERRED: dict[str, str] = {
    "ours": "Đã chọn bản của máy này ở {count} chỗ xung đột.",
    "theirs": "Đã chọn bản của gói ở {count} chỗ xung đột.",
}
NOTHING_TO_MERGE = "Không có gì mới để nhận: mọi thay đổi trong gói đã có trong sổ."
_CLASH_OF_FIELD = (
    "{what} – {about}: {field}: {here} ghi “{ours}”, {there} ghi “{theirs}”; đang giữ “{stands}”"
)
_CLASH_OF_PLACE = (
    "{what} – {about}: {both} cùng ghi, chỉ một bản ghi được đúng; đang giữ bản ghi mới hơn"
)
_CHANGED = "{what} – {about}: {field}: “{ours}” thành “{stands}”"
_KEPT = "{what} – {about}: {field}: giữ “{stands}”, không lấy “{theirs}” của {there}"
_SAME = "{what} – {about}: {field}: {both} như nhau, “{stands}”"
_ALIKE = (
    "{what} – {about}: chưa nhận, đã có người có thể là một: {known}. Nếu là người khác thì lấy "
    "của phiếu."
)
_ALIKE_KEPT = "{what} – {about}: không nhận, đã giữ của sổ: {known}"
ALIKE_IN_SHEET = "trong phiếu này, hộ {head}"
ALIKE_BY_KEY = "cùng dòng {key}"
ALIKE_MEMBERS = "cùng hộ: {names}"
_NEW = "{what} – {about}: hồ sơ mới"
_OUTSIDE = (
    "{what} – {about}: {field}: bản đã ban hành giữ “{stands}”, “{theirs}” của {there} để ngoài"
)
_OUTSIDE_NEW = "{what} – {about}: hồ sơ mới của {there}, để ngoài bản đã ban hành"
_NAMED = 5  # villages that stand in a line
SIDES_OF_COPIES = {"here": "máy này", "there": "gói", "both": "hai máy"}
SIDES_OF_SHEET = {"here": "sổ", "there": "phiếu", "both": "sổ và phiếu"}


def difference_text(
    state: str,
    kind: Kind,
    field: str,
    *,
    about: str,
    ours: str | None,
    theirs: str | None,
    stands: str | None,
    sides: Mapping[str, str],
    new: str = "",
) -> str:
    """One line of what a merge changes or leaves to be decided; `field` as the reader knows it,
    `sides` what those that met are called: here, there, both; `new` what a new record says.
    """
    pattern = {
        "new": _NEW,
        "changed": _CHANGED,
        "same": _SAME,
        "kept": _KEPT,
        "outside": _OUTSIDE if field else _OUTSIDE_NEW,
    }.get(state, _CLASH_OF_FIELD if field else _CLASH_OF_PLACE)
    said = {"ours": ours, "theirs": theirs, "stands": stands}
    shown = {name: "(trống)" if value in (None, "") else value for name, value in said.items()}
    what = MERGE_KINDS[kind]
    line = pattern.format(what=what, about=about or "–", field=field, **sides, **shown)
    return f"{line}: {new}" if new else line


def author_text(actor: str, at: datetime, *, of_sheet: bool) -> str:
    """Who said something elsewhere: a village head by the sheet, or the user of another PC."""
    if of_sheet:
        return f"phiếu của {actor}"
    return f"máy kia ({actor}, {at:%H:%M %d/%m/%Y})"


def villages_text(names: Sequence[str]) -> str:
    """Villages by name; of many only the first, and how many they are."""
    if len(names) <= _NAMED:
        return ", ".join(names)
    return f"{len(names)} thôn: {', '.join(names[:_NAMED])} …"


def new_records_text(counts: Mapping[Kind, int]) -> str:
    """New records by kind, the most first."""
    most = sorted(counts.items(), key=lambda one: -one[1])
    return f"Hồ sơ mới: {'; '.join(f'{MERGE_KINDS[kind]} {count}' for kind, count in most)}."


def alike_text(kind: Kind, about: str, known: str, *, kept: bool = False) -> str:
    """One line of somebody new who waits, or of whom it was said that he is known."""
    pattern = _ALIKE_KEPT if kept else _ALIKE
    return pattern.format(what=MERGE_KINDS[kind], about=about, known=known)


# What no form asks, as a difference names it; the forms name the others.
MERGE_FIELDS: dict[str, str] = {
    "removed": "Bỏ vì ghi nhầm",
    "valid_from": "Từ ngày",
    "valid_to": "Đến ngày",
    "reason": "Lý do",
    "end_reason": "Lý do kết thúc",
    "is_head": "Là chủ hộ",
    "position": "Thứ tự",
    "village": "Thôn",
    "household": "Hộ",
    "person": "Nhân khẩu",
    "value": "Giá trị",
    "household_class": "Loại hộ",
    "average_living": "Có mức sống trung bình",
    "review_case": "Hộ trong kỳ rà soát",
    "outcome": "Kết quả",
    "confirmed": "Câu trả lời đã xác nhận",
    "unknown": "Câu trả lời không biết",
    "touched": "Câu trả lời cần xem lại",
    "full_name": "Họ và tên",
    "given_name": "Tên",
    "alike": "Có thể đã có trong sổ",
}

# Likewise of a plan and what it holds.
MERGE_PLAN_FIELDS: dict[str, str] = {
    "area": "Đơn vị",
    "year": "Năm",
    "type": "Loại văn bản",
    "period": "Kỳ",
    "layout": "Khung",
    "version": "Bản thứ",
    "change": "Quan hệ với bản trước",
    "before": "Bản trước",
    "document": "Kế hoạch",
    "key": "Mã theo dõi",
    "issued_on": "Ngày ban hành",
    "number": "Số",
    "signed_on": "Ngày ký",
    "place": "Địa danh",
    "title": "Tên",
    "summary": "Trích yếu",
    "addressee": "Kính gửi",
    "grounds": "Căn cứ",
    "opening": "Mở đầu",
    "closing": "Kết thúc",
    "recipients": "Nơi nhận",
    "authority": "Thẩm quyền ký",
    "signer_title": "Chức vụ người ký",
    "signer_name": "Người ký",
    "note": "Ghi chú",
    "parent": "Nằm trong mục",
    "included": "Có in",
    "annex": "Là phụ lục",
    "style": "Kiểu đánh số",
    "code": "Mã mục",
    "text": "Nội dung",
    "content": "Phần lấy từ số liệu",
    "plan_component": "Dự án, nội dung",
    "body": "Cơ quan",
    "programme": "Chương trình",
    "component": "Hợp phần",
    "basis": "Nguồn chỉ tiêu",
    "poor_decrease": "Giảm hộ nghèo",
    "near_poor_decrease": "Giảm hộ cận nghèo",
    "poor_to_near_poor": "Nghèo lên cận nghèo",
    "poor_again": "Tái nghèo",
    "poor_new": "Nghèo phát sinh",
    "near_poor_again": "Tái cận nghèo",
    "near_poor_new": "Cận nghèo phát sinh",
    "expected_households": "Số hộ dự kiến",
    "confirmed": "Đã xác nhận áp dụng",
    "issued": "Văn bản đã gửi",
}

# Codes that stand in records beside the answers of the forms.
MERGE_CODES: dict[str, str] = {
    "yes": "Có",
    "no": "Không",
    "other": "(bản ghi khác)",
    "poor": "nghèo",
    "near_poor": "cận nghèo",
    "not_poor": "không nghèo",
    "reviewed": "đã rà soát",
    "waiting": "chưa rà soát xong",
    "absent": "không gặp được",
    "refused": "từ chối",
    "moved": "đã chuyển đi",
    "screened_out": "không thuộc diện rà soát",
    "opening": "có trong sổ từ đầu",
    "birth": "sinh",
    "death": "chết",
    "move_in": "chuyển đến",
    "move_out": "chuyển đi",
    "move_village": "chuyển thôn",
    "marriage": "kết hôn",
    "split": "tách hộ",
    "merge": "nhập hộ",
    "head": "đổi chủ hộ",
    "plan": "kế hoạch",
    "report": "báo cáo",
    "adjusts": "điều chỉnh",
    "replaces": "thay thế",
    "roman": "I, II",
    "arabic": "1, 2",
    "dotted": "1.1, 1.2",
    "letter": "a, b",
    "star": "*",
    "none": "không đánh số",
}

WORK_FILE: dict[str, str] = {
    "title": "Gói làm việc",
    "about": "{unit}: {villages}. Mang sang máy khác để làm tiếp, rồi gộp trở lại.",
    "made": "Xuất lúc {at}, người xuất: {by}.",
    "back": "Dữ liệu nằm ở các trang ẩn phía sau, chương trình tự kiểm tra; không sửa tay.",
    "head": "Chủ hộ",
    "village": "Thôn",
    "persons": "Nhân khẩu",
}

WORK_PART = "{unit} (chỉ có {villages})"  # a file made of a work package

CLI_WORK: dict[str, str] = {
    "help": "mang một số thôn sang máy khác làm, rồi gộp về",
    "help_export": "xuất gói làm việc của các thôn",
    "help_villages": "thôn theo thứ tự trong danh sách (5-9; 1,3) hoặc theo tên, cách bằng phẩy",
    "help_unit": "tên hoặc mã của xã, nếu tệp có nhiều xã",
    "help_output": "tệp Excel ghi ra",
    "help_merge": "gộp gói làm việc vào sổ",
    "help_file": "gói làm việc (.xlsx)",
    "help_dry_run": "chỉ cho xem, không ghi gì",
    "help_prefer": "xung đột thì giữ của máy này (ours) hoặc của gói (theirs) cho mọi máy",
    "help_twins": "các cặp hộ mới có thể là một hộ được nhập ở hai máy",
    "help_join": "là một hộ: giữ hộ thứ nhất, gộp hộ thứ hai vào",
    "help_apart": "là hai hộ: không hỏi nữa",
    "help_keep": "mã của hộ giữ lại, như lệnh twins in ra",
    "help_other": "mã của hộ kia",
    "no_twins": "Không có cặp hộ nào cần trả lời.",
    "bad_uid": "không phải mã hộ: {value}",
    "exported": "{output}: {households} hộ của {villages}",
    "not_held": "Sổ này lập từ gói làm việc, không có hộ của {not_held}: gói này cũng không.",
    "draft_kept": "Bản nháp “{name}”: máy này có bản khác, đã giữ bản của máy này.",
}

MERGE_ERRORS: dict[str, str] = {
    "merge_forged": "Gói này ghi khác về một thay đổi mà sổ đã có: gói bị sửa tay hoặc hỏng. Sổ "
    "chưa bị thay đổi. Nhờ nơi gửi xuất lại gói.",
    "merge_incomplete": "Gói thiếu phần gốc của một số hồ sơ nên không gộp được. Sổ chưa bị thay "
    "đổi. Nhờ nơi gửi xuất lại gói.",
    "outside_stays": "Chỗ này không đưa sang bản khác được: chỉ giữ như bản đã ban hành.",
    "clash_gone": "Chỗ này không còn hai giá trị khác nhau: danh sách đã cũ, mở lại để xem.",
    "join_closed": "Hộ này có trong sổ của năm đã khóa nên không bỏ được. Chọn giữ hộ ấy và gộp hộ "
    "kia vào.",
    "work_other_schema": "Gói do bản chương trình khác làm ra (dữ liệu {theirs}, máy này {ours}). "
    "Cập nhật cả hai máy lên cùng một bản rồi xuất lại gói.",
    "work_other_unit": "Gói là của {name}, không phải của sổ đang mở. Mở đúng sổ rồi gộp lại.",
    "work_file_there": "Trên máy đã có sổ {name}: mở sổ ấy rồi gộp gói ở Gửi – nhận, mục Gói làm "
    "việc.",
    "work_no_village": "Không có thôn nào khớp với “{name}”.",
    "work_villages_end": "Danh sách chỉ có {count} thôn, không tới “{name}”: nêu lại các thôn.",
    "work_villages_turned": "“{name}” ghi ngược nên không có thôn nào: số nhỏ ghi trước, như "
    "{meant}.",
    "work_villages_half": "“{name}” thiếu một đầu: ghi cả hai đầu, như {meant}; nếu chỉ lấy một "
    "thôn thì ghi {only}.",
}
