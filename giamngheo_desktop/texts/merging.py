"""What is said where copies of a register meet."""

from __future__ import annotations

from giamngheo_desktop.domain.changes import Kind

MERGE_STATES: dict[str, str] = {
    "new": "Mới",
    "changed": "Khác",
    "clash": "Xung đột",
    "same": "Như nhau",
}

KINDS: dict[Kind, str] = {
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
}

MERGE_FINDINGS: dict[str, str] = {
    "removed_but_edited": "{name}: một máy bỏ hồ sơ vì ghi nhầm, máy kia vẫn sửa tiếp. Mở ra xem "
    "nên giữ hay bỏ.",
    "points_at_removed": "{name}: còn mục ghi theo một hồ sơ mà máy kia đã bỏ vì ghi nhầm.",
    "without_members": "{name}: hộ còn trong sổ mà không còn thành viên nào.",
    "gone_with_members": "{name}: hộ đã rời sổ (nhập hộ, chuyển đi …) mà còn thành viên; chuyển "
    "họ sang hộ đúng.",
    "same_number": "{name} và {other} cùng một số giấy tờ: có thể là một người được nhập hai lần.",
    "same_household": "{name}: hai máy cùng nhập một hộ mới có chủ hộ như nhau trong một thôn. Nếu "
    "là một hộ thì gộp lại.",
}

MERGE_SUMMARY = (
    "{taken} thay đổi mới; hồ sơ mới {new}, chỗ khác {changed}, xung đột {clash}, như nhau {same}"
)
NOTHING_TO_MERGE = "Không có gì để làm: mọi thay đổi trong gói đã có trong sổ."
_CLASH_OF_FIELD = (
    "{what} – {about}: {field}: máy này ghi “{ours}”, gói ghi “{theirs}”; đang giữ “{stands}”"
)
_CLASH_OF_PLACE = (
    "{what} – {about}: hai máy cùng ghi, chỉ một bản ghi được đúng; đang giữ bản ghi mới hơn"
)
_CHANGED = "{what} – {about}: {field}: “{ours}” thành “{stands}”"
_SAME = "{what} – {about}: {field}: hai máy như nhau, “{stands}”"
_NEW = "{what} – {about}: hồ sơ mới"


def difference_text(
    state: str,
    kind: Kind,
    field: str,
    *,
    about: str,
    ours: str | None,
    theirs: str | None,
    stands: str | None,
) -> str:
    """One line of what a merge changes or leaves to be decided; `field` as the reader knows it."""
    pattern = {"new": _NEW, "changed": _CHANGED, "same": _SAME}.get(
        state, _CLASH_OF_FIELD if field else _CLASH_OF_PLACE
    )
    said = {"ours": ours, "theirs": theirs, "stands": stands}
    shown = {name: "(trống)" if value in (None, "") else value for name, value in said.items()}
    return pattern.format(what=KINDS[kind], about=about or "–", field=field, **shown)
