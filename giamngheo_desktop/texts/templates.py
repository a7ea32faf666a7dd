"""Templates of papers: the marks and the guide in the Word file, what is wrong with one, states."""

from __future__ import annotations

from giamngheo_desktop.domain.vietnamese import lower

TEMPLATE_FORMATS: dict[str, str] = {"text": "chữ", "count": "số", "rate": "tỷ lệ", "money": "tiền"}

# The second part of the Word file; its first line ends what is printed.
TEMPLATE_GUIDE_TITLE = "CÁC CHỖ ĐIỀN (từ đây trở xuống không in)"
TEMPLATE_GUIDE: tuple[str, ...] = (
    "{{Họ tên người ký}} là chỗ chương trình điền; gõ hoặc dán nguyên cả hai lớp dấu ngoặc.",
    (
        "{{Họ tên người ký:40}}: chưa biết thì in 40 dấu chấm để ghi tay; {{Họ tên người ký:0}}: "
        "chưa biết thì để trống."
    ),
    (
        "{{?tên}} ở đầu đoạn (hoặc trước một trang mới): chỉ in đoạn ấy khi biết; {{?!tên}}: "
        "chỉ in khi chưa biết."
    ),
    "{{*danh sách}} ở đầu đoạn: đoạn được in lại cho từng dòng của danh sách.",
    (
        "{{*danh sách:3}} ở dòng ngay trên một bảng: bảng in ít nhất 3 dòng. {{*danh "
        "sách:3+2}}: sau các dòng đã điền còn 2 dòng trống. {{*danh sách:3!}}: bảng đã điền "
        "thì không in dòng trống."
    ),
    "{{!danh sách}} ở dòng ngay dưới một bảng: câu in thay khi danh sách trống.",
    (
        "Trong bảng: các dòng đầu (lặp lại ở mỗi trang) là tiêu đề cột, dòng cuối ghi chỗ "
        "điền của từng cột, mỗi ô một chỗ điền hoặc để trống để ghi tay; “1” ở cột đầu là số "
        "thứ tự. {{tên:số}}, {{tên:tỷ lệ}}, {{tên:tiền}}: ô ghi số."
    ),
    (
        "Chữ đậm, nghiêng, căn lề, thụt dòng, cỡ chữ, khoảng cách, độ rộng cột được giữ. Đầu "
        "giấy, nơi nhận và chữ ký là bảng không kẻ khung. Không ghi số hiệu mẫu vào đây: ghi "
        "khi bấm “Đã đối chiếu”. Số trang và chân trang do chương trình in."
    ),
)
PAPER_TEMPLATE: dict[str, str] = {
    "field": "Chỗ điền",
    "fields": "Chỗ điền của giấy này",
    "rows": "Danh sách {{{{*{name}}}}}",
    "origin": "Mẫu viết từ bản {mark} của chương trình.",
    "place": "{what} (“{text}”)",
}

_PROBLEMS: dict[str, str] = {
    "unknown_field": "không có chỗ điền “{name}”{nearest}",
    "unknown_list": "không có danh sách “{name}”{nearest}",
    "open_mark": "dấu ngoặc của một chỗ điền mở mà không đóng",
    "cell_of_two": "ô của dòng điền chỉ được có một chỗ điền, không có chữ khác",
    "twice_in_row": "chỗ điền “{name}” đứng ở hai cột của một bảng",
    "no_list": "không rõ bảng in danh sách nào: ghi {{{{*tên danh sách}}}} ở dòng ngay trên bảng",
    "no_table_above": "không đứng ngay dưới bảng của danh sách ấy",
    "uneven": "bảng có ô gộp trong các dòng nội dung hoặc tiêu đề không đều nên không đọc được",
    "empty": "không có đoạn nào để in",
}
_NEAREST = "; gần nhất: “{name}”"

TEMPLATE_WARNINGS: dict[str, str] = {
    "picture": "Hình, hộp chữ, hình vẽ không in được.",
    "page_text": "Chữ ở đầu trang, chân trang không in: chương trình in số trang và chân trang.",
    "note": "Chú thích cuối trang, cuối văn bản không in.",
    "nested": "Bảng trong bảng được in như các dòng chữ.",
    "side_by_side": "Các ô đặt cạnh nhau không kẻ khung được in lần lượt từ trên xuống.",
    "tab": "Khoảng cách bằng phím Tab được in thành dấu chấm hoặc khoảng trống.",
    "numbering": "Số thứ tự tự động của đoạn được in thành số thường.",
    "below_row": "Các dòng dưới dòng điền của một bảng không in.",
    "colour": "Màu chữ, gạch chân không giữ.",
}

CLI_TEMPLATES: dict[str, str] = {
    "help": "mẫu giấy trong Word: xem, viết ra, kiểm tra, dùng mẫu của đơn vị",
    "help_list": "các mẫu giấy và tình trạng đối chiếu",
    "help_write": "viết mẫu của một giấy ra thư mục cạnh tệp dữ liệu (nếu chưa có)",
    "help_check": "kiểm tra một mẫu; không nêu tệp thì kiểm tra mẫu cạnh tệp dữ liệu",
    "help_use": "dùng mẫu của đơn vị",
    "help_confirm": "ghi rằng đã đối chiếu giấy với mẫu trong văn bản",
    "help_reset": "trở về mẫu của chương trình",
    "help_paper": "mã giấy, ví dụ bien_ban_hop",
    "help_file": "tệp Word .docx",
    "help_number": "số hiệu mẫu in ở góc phải, ví dụ “Mẫu số 04”; không nêu thì không in",
    "sound": "Mẫu {path} đọc được, không có chỗ sai.",
}

TEMPLATE_STATES: dict[str, str] = {
    "read": "đã đọc trong văn bản",
    "no_form": "giấy của xã, không có mẫu",
    "unchecked": "chưa đối chiếu",
    "edited": "chưa đối chiếu (mẫu đã sửa trong Word)",
    "changed": "chưa đối chiếu (mẫu của chương trình đã đổi)",
    "confirmed": "đã đối chiếu ngày {day} bởi {by}",
    "own": "mẫu riêng của đơn vị",
    "broken": "mẫu trong Word bị lỗi, chưa in được",
}


def template_problem_text(code: str, params: dict[str, str]) -> str:
    """A sentence about a template, with the words around the fault."""
    near = _NEAREST.format(name=params["nearest"]) if params.get("nearest") else ""
    said = _PROBLEMS[code].format(**{**params, "nearest": near})
    place = params.get("place", "")
    return f"“{place}”: {said}." if place else f"{said[:1].upper()}{said[1:]}."


def template_key(text: str) -> str:
    """How names of fields are compared: small letters, single blanks."""
    return lower(" ".join(text.split()))
