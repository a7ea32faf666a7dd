"""What a paper may say of its subject: every field and list by name, and the facts of one paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from giamngheo_desktop.domain.paper import BY_HAND, PaperDef, PaperRows, PaperText, Subject

Number = int | Decimal
FactRow = Mapping[str, str | Number]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a paper's subject: texts by field, and the rows of its tables by name.

    A missing field prints dots, a missing list its empty lines. `data_date` is the day the facts
    speak of, `standard` the name of what they were found by; a blank paper has neither.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, Sequence[FactRow]] = field(default_factory=dict)
    data_date: date | None = None
    notes: tuple[str, ...] = ()
    standard: str = ""

    def text(self, name: str) -> str:
        return self.values.get(name, "")

    def has(self, when: str) -> bool:
        """Whether a piece with this condition is printed."""
        if when.startswith("!"):
            return not self.has(when[1:])
        return not when or bool(self.values.get(when) or self.rows.get(when))


BLANK_FACTS = Facts()


@dataclass(frozen=True, slots=True)
class Known:
    """The fields and lists of a subject with their labels; a list names those of its rows.

    Templates write labels: no two that may stand at one place are alike.
    """

    fields: Mapping[str, str]
    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def lists(self) -> Mapping[str, str]:
        return {name: _LISTS[name] for name in self.rows}

    @property
    def conditions(self) -> Mapping[str, str]:
        """What a piece may depend on."""
        return {**self.fields, **self.lists}

    def __or__(self, other: Known) -> Known:
        return Known({**self.fields, **other.fields}, {**self.rows, **other.rows})


MEMBER_SLOTS = 6  # members side by side in a table of questions
MEMBER_TABLES = 3

_LISTS = {
    "members": "Thành viên của hộ",
    "reasons": "Các lý do đề nghị",
    "screen_conditions": "Các điều kiện của Phiếu A",
    "household_questions": "Câu hỏi về hộ",
    **{
        f"member_questions_{number}": f"Câu hỏi về thành viên, bảng {number}"
        for number in range(1, MEMBER_TABLES + 1)
    },
    "b1_items": "Các mục của Phiếu B1",
    "b2_indicators": "Các chỉ số của Phiếu B2",
    "certificate_years": "Các năm của giấy chứng nhận",
    "poor": "Danh sách hộ nghèo",
    "near_poor": "Danh sách hộ cận nghèo",
    "left_poor": "Danh sách hộ thoát nghèo",
    "left_near_poor": "Danh sách hộ thoát cận nghèo",
    "listed": "Danh sách hộ cần rà soát",
    "votes": "Kết quả biểu quyết của từng hộ",
    "ballot": "Các hộ trên phiếu biểu quyết",
    "results": "Kết quả rà soát của từng hộ",
    "contents": "Giấy tờ trong bộ hồ sơ",
    "confirmations": "Các giấy xác nhận đã cấp",
    "household_answers": "Thông tin của hộ",
    "member_answers": "Thông tin của từng thành viên",
    "classes": "Các lần công nhận",
}

# Lists of which a row is printed later onto the paper that somebody holds: it must stand there
# where it stood on that day.
PRINTED_LATER = frozenset({"certificate_years"})

_OFFICE = Known(
    {
        "office.superior": "Cơ quan chủ quản",
        "office.issuer": "Cơ quan ban hành (các dòng của tiêu đề)",
        "office.name": "Cơ quan ban hành (một dòng)",
        "office.place": "Địa danh",
        "office.committee": "Ban Chỉ đạo rà soát",
        "commune.name": "Xã, phường",
        "paper.number": "Số của văn bản",
        "paper.place_date": "Địa danh, ngày tháng",
        "paper.footer": "Dòng chân trang",
        "signer.authority": "Thẩm quyền ký",
        "signer.title": "Chức vụ người ký",
        "signer.name": "Họ tên người ký",
        "preparer.name": "Họ tên người lập",
    }
)
_VILLAGE = Known(
    {"village.name": "Thôn, tổ dân phố", "village.full": "Thôn, tổ dân phố (trong câu)"}
)
_HOUSEHOLD = _VILLAGE | Known(
    {
        "head.name": "Họ tên chủ hộ",
        "head.sex": "Giới tính chủ hộ",
        "head.sex_code": "Giới tính chủ hộ (1: Nam; 2: Nữ)",
        "head.male": "Ô chủ hộ là nam",
        "head.female": "Ô chủ hộ là nữ",
        "head.birth": "Ngày sinh chủ hộ",
        "head.ethnicity": "Dân tộc chủ hộ",
        "head.id_number": "Số CCCD/CMND chủ hộ",
        "head.id_issued_on": "Ngày cấp CCCD/CMND",
        "head.phone": "Điện thoại chủ hộ",
        "household.code": "Mã hộ",
        "household.list_number": "Số thứ tự hộ",
        "household.address": "Địa chỉ",
        "household.permanent_residence": "Nơi thường trú",
        "household.current_residence": "Nơi ở hiện tại",
        "household.size": "Số nhân khẩu",
        "household.class": "Phân loại hộ đang có hiệu lực",
        "household.certificate_number": "Số giấy chứng nhận",
        "household.note": "Ghi chú của hộ",
    },
    {
        "members": {
            "name": "Họ và tên",
            "sex": "Giới tính",
            "sex_code": "Giới tính (1: Nam; 2: Nữ)",
            "birth": "Ngày sinh",
            "relation": "Quan hệ với chủ hộ",
            "ethnicity": "Dân tộc",
            "id_number": "Số CCCD/CMND",
            "job": "Tình trạng việc làm",
            "joined_on": "Ngày vào hộ",
        },
    },
)
_APPLICATION = _HOUSEHOLD | Known(
    {
        "application.applicant": "Người đề nghị",
        "application.enter": "Ô đề nghị rà soát hộ nghèo, hộ cận nghèo",
        "application.average": "Ô đề nghị xác định hộ có mức sống trung bình",
        "application.leave_poor": "Ô đề nghị công nhận hộ thoát nghèo",
        "application.leave_near_poor": "Ô đề nghị công nhận hộ thoát cận nghèo",
        "application.asks": "Nội dung đề nghị",
        "application.received_on": "Ngày nhận giấy",
        "application.detail": "Lý do cụ thể",
        "application.accepted": "Đã được công nhận",
        "application.refused": "Không đủ điều kiện",
        "application.accepted_box": "Ô đủ điều kiện, được công nhận",
        "application.refused_box": "Ô không đủ điều kiện",
        "application.answered_on": "Ngày trả lời",
        "application.answer": "Lý do trả lời",
    },
    {"reasons": {"box": "Ô", "label": "Lý do đề nghị"}},
)
_REVIEW = Known(
    {
        "review.year": "Năm rà soát",
        "review.name": "Tên kỳ rà soát",
        "review.title": "Tên kỳ rà soát (chữ in hoa)",
        "review.begun_on": "Ngày bắt đầu rà soát",
        "standard.label": "Chuẩn nghèo",
    }
)
_CASE = (
    _HOUSEHOLD
    | _REVIEW
    | Known(
        {
            "case.form_code": "Mã phiếu",
            "case.position": "Số thứ tự trong danh sách rà soát",
            "case.ground": "Diện rà soát",
            "case.class_before": "Phân loại đầu kỳ",
            "case.surveyor": "Rà soát viên",
            "case.screened_in": "Ô Phiếu A: rà soát tiếp",
            "case.screened_out": "Ô Phiếu A: không rà soát tiếp",
            "case.screened_by": "Người nhận dạng nhanh",
            **{
                f"member_{number}.name": f"Tên thành viên thứ {number}"
                for number in range(1, MEMBER_SLOTS * MEMBER_TABLES + 1)
            },
        },
        {
            "screen_conditions": {"label": "Điều kiện của Phiếu A", "box": "Ô"},
            "household_questions": {
                "label": "Câu hỏi",
                "options": "Các câu trả lời",
                "before": "Như năm trước",
            },
            **{
                f"member_questions_{number}": {
                    "label": "Câu hỏi và mã trả lời",
                    **{f"m{slot}": f"Thành viên thứ {slot}" for slot in range(1, MEMBER_SLOTS + 1)},
                }
                for number in range(1, MEMBER_TABLES + 1)
            },
            "b1_items": {"label": "Mục của Phiếu B1", "options": "Các mức", "points": "Ô ghi điểm"},
            "b2_indicators": {"label": "Chỉ số", "options": "Ô thiếu hụt", "points": "Điểm"},
        },
    )
)
_CERTIFICATE = _HOUSEHOLD | Known(
    {
        "household.certificate_number": "Số giấy chứng nhận hộ đang giữ",
        "certificate.number": "Số giấy chứng nhận",
        "certificate.replaced": "Số giấy được thay thế",
        "certificate.note": "Ghi chú của giấy",
    },
    {
        "certificate_years": {
            "year": "Năm",
            "class": "Kết quả",
            "decision": "Quyết định công nhận",
            "signed_on": "Ngày ký",
            "seal": "Ô ký, đóng dấu",
        }
    },
)
_LISTED = {
    "village": "Thôn",
    "head": "Họ tên chủ hộ",
    "address": "Địa chỉ",
    "persons": "Số khẩu",
    "before": "Phân loại đầu kỳ",
    "after": "Phân loại sau rà soát",
    "note": "Ghi chú",
}
_FOUR_LISTS = Known(
    {
        f"count.{name}{tail}": f"{label} ({of})"
        for name, label in (
            ("poor", "Hộ nghèo"),
            ("near_poor", "Hộ cận nghèo"),
            ("left_poor", "Hộ thoát nghèo"),
            ("left_near_poor", "Hộ thoát cận nghèo"),
        )
        for tail, of in (("", "hộ"), ("_persons", "khẩu"))
    },
    dict.fromkeys(("poor", "near_poor", "left_poor", "left_near_poor"), _LISTED),
)
_REVIEW_VILLAGE = (
    _VILLAGE
    | _REVIEW
    | _FOUR_LISTS
    | Known(
        {
            "meeting.date": "Ngày họp (ngày … tháng … năm …)",
            "meeting.place": "Địa điểm họp",
            "meeting.chair": "Chủ trì",
            "meeting.chair_title": "Chức danh chủ trì",
            "meeting.secretary": "Thư ký",
            "meeting.secretary_title": "Chức danh thư ký",
            "meeting.household_signer": "Đại diện các hộ dân",
            "meeting.committee": "Số người của Ban Chỉ đạo",
            "meeting.organisations": "Số người của tổ chức Đảng, đoàn thể",
            "meeting.front": "Số người của Mặt trận Tổ quốc",
            "meeting.surveyors": "Số rà soát viên dự họp",
            "meeting.households_present": "Số hộ có mặt",
            "meeting.represented": "Tỷ lệ hộ có mặt (%)",
            "meeting.attendants": "Số người dự họp",
            "meeting.note": "Ghi chú cuộc họp",
            "posting.first_day": "Niêm yết từ ngày",
            "posting.last_day": "Niêm yết đến hết ngày",
            "posting.places": "Địa điểm niêm yết",
            "village.met_on": "Ngày họp dân lần cuối (ngày … tháng … năm …)",
            "village.listed": "Số hộ cần rà soát",
            "village.waiting": "Các hộ chưa có kết quả (số hộ, tên)",
            "village.surveyors": "Rà soát viên",
            "invited.name": "Người được mời",
        },
        {
            "listed": {
                "head": "Họ tên chủ hộ",
                "birth": "Ngày sinh",
                "sex": "Giới tính",
                "id_number": "Số CCCD",
                "ethnicity": "Dân tộc",
                "address": "Địa chỉ",
                "persons": "Số khẩu",
                "ground": "Diện rà soát",
                "screened": "Kết quả Phiếu A",
                "form_code": "Mã phiếu",
                "note": "Ghi chú",
            },
            "votes": {
                "head": "Họ tên chủ hộ",
                "b1": "Điểm B1",
                "b2": "Điểm B2",
                "class": "Kết quả phân loại",
                "agreed": "Số người đồng ý / tham dự",
                "rate": "Tỷ lệ (%)",
                "conclusion": "Kết luận",
            },
            "ballot": {
                "head": "Họ tên chủ hộ",
                "class": "Kết quả phân loại",
                "agree": "Ô đồng ý",
                "disagree": "Ô không đồng ý",
                "other": "Ô ý kiến khác",
            },
            "results": {
                "head": "Họ tên chủ hộ",
                "persons": "Số khẩu",
                "before": "Phân loại đầu kỳ",
                "b1": "Điểm B1",
                "b2": "Điểm B2",
                "class": "Kết quả phân loại",
                "note": "Ghi chú",
            },
            "contents": {
                "label": "Giấy tờ",
                "amount": "Số lượng",
                "done": "Ô đã đủ",
                "note": "Ghi chú",
            },
        },
    )
)
_DECISION = (
    _REVIEW
    | _FOUR_LISTS
    | Known(
        {
            "decision.reference": "Số và ngày của quyết định",
            "decision.valid_from": "Ngày có hiệu lực",
            "decision.first_of_standard": "Chuẩn nghèo phân loại lần đầu",
        }
    )
)

_CONFIRMATION = _HOUSEHOLD | Known(
    {
        "person.name": "Người được xác nhận",
        "person.birth": "Ngày sinh của người được xác nhận",
        "person.id_number": "Số CCCD của người được xác nhận",
        "person.relation": "Quan hệ của người được xác nhận với chủ hộ",
        "person.is_member": "Xác nhận cho một thành viên không phải chủ hộ",
        "confirm.day": "Ngày của các thông tin về hộ",
        "confirm.when": "Ngày hoặc năm được xác nhận",
        "confirm.what": "Nội dung xác nhận",
        "confirm.class": "Xác nhận hộ nghèo, cận nghèo, có mức sống trung bình",
        "confirm.escape": "Xác nhận hộ mới thoát nghèo",
        "confirm.number": "Số quyết định công nhận",
        "confirm.signed_on": "Ngày quyết định công nhận",
        "confirm.since": "Ngày công nhận thoát nghèo",
        "confirm.until": "Ngày cuối của thời hạn hộ mới thoát nghèo",
        "confirm.purpose": "Mục đích",
        "confirm.receiver": "Người nhận giấy",
        "confirm.commune": "Xã, phường vào ngày được xác nhận",
        "standard.label": "Chuẩn nghèo",
    }
)
_CONFIRMATION_BOOK = Known(
    {"book.year": "Năm của sổ", "book.count": "Số giấy đã cấp", "book.cancelled": "Số giấy đã hủy"},
    {
        "confirmations": {
            "number": "Số",
            "day": "Ngày cấp",
            "subject": "Người, hộ được xác nhận",
            "content": "Nội dung",
            "purpose": "Mục đích",
            "receiver": "Người nhận",
            "signer": "Người ký",
            "note": "Ghi chú",
        }
    },
)

KNOWN: Mapping[Subject, Known] = {
    Subject.HOUSEHOLD: _OFFICE
    | _HOUSEHOLD
    | Known(
        {},
        {
            "household_answers": {"label": "Thông tin", "value": "Trong sổ"},
            "member_answers": {"name": "Họ và tên", "answers": "Thông tin"},
            "classes": {
                "year": "Năm",
                "standard": "Chuẩn",
                "class": "Kết quả",
                "decision": "Quyết định",
                "valid_from": "Từ ngày",
            },
        },
    ),
    Subject.APPLICATION: _OFFICE | _APPLICATION,
    Subject.CASE: _OFFICE | _CASE,
    Subject.CERTIFICATE: _OFFICE | _CERTIFICATE,
    Subject.REVIEW_VILLAGE: _OFFICE | _REVIEW_VILLAGE,
    Subject.DECISION: _OFFICE | _DECISION,
    Subject.CONFIRMATION: _OFFICE | _CONFIRMATION,
    Subject.CONFIRMATION_BOOK: _OFFICE | _CONFIRMATION_BOOK,
}


def unknown_names(paper: PaperDef) -> Iterator[str]:
    """The fields and lists a paper names that nobody fills for its subject."""
    known = KNOWN[paper.subject]
    conditions = {piece.when.removeprefix("!") for piece in paper.body} - {""}
    for name in paper.fields():
        if name not in known.fields and not (name in conditions and name in known.rows):
            yield name
    for piece in paper.body:
        if isinstance(piece, PaperRows):
            keys = (leaf.field for leaf in piece.leaves())
            named, names = piece.rows, [key for key in keys if not key.startswith(BY_HAND)]
        elif isinstance(piece, PaperText) and piece.each:
            named, names = piece.each, list(piece.fields())
        else:
            continue
        if named not in known.rows:
            yield named
            continue
        columns = known.rows[named]
        own = isinstance(piece, PaperText)  # a text may name the subject's fields as well
        yield from (
            name for name in names if name not in columns and not (own and name in known.fields)
        )
