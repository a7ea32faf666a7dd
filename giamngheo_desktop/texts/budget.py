"""The money of a year and the books of funds: papers, warnings and commands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from giamngheo_desktop.domain.budgeting import BudgetWarning
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.numbers import format_integer

BUDGET: dict[str, str] = {
    "code": "KINH PHI",
    "title": "BẢNG KINH PHÍ THEO NỘI DUNG VÀ NGUỒN VỐN",
    "lines_code": "BANG KE",
    "lines_title": "BẢNG KÊ KINH PHÍ",
    "year": "Năm {year}",
    "unit": "ĐVT: đồng, %",
    "unit_money": "ĐVT: đồng",
    "content": "Nội dung, nguồn vốn",
    "rate": "Tỷ lệ giải ngân (%)",
    "supported": "Theo hồ sơ hỗ trợ",
    "apart": "Giải ngân trừ hồ sơ hỗ trợ",
    "total": "Tổng cộng",
    "of_source": "– {source}",
    "undivided": "Ghi chung, chưa chia cho phần bên trong",
    "unsaid_content": "Chưa ghi chương trình, nội dung",
    "by_content": "1. Theo nội dung và nguồn vốn",
    "by_source": "2. Theo nguồn vốn",
    "by_capital": "3. Theo loại vốn",
    "by_village": "4. Theo thôn, tổ dân phố",
    "by_body": "5. Theo cơ quan sử dụng",
    "sheet_content": "Nội dung",
    "sheet_source": "Nguồn vốn",
    "sheet_capital": "Loại vốn",
    "sheet_village": "Thôn",
    "sheet_body": "Cơ quan",
    "source": "Nguồn vốn",
    "capital": "Loại vốn",
    "village": "Thôn, tổ dân phố",
    "body": "Cơ quan sử dụng",
    "unsaid_source": "Chưa ghi nguồn",
    "unsaid_capital": "Chưa ghi loại vốn",
    "unsaid_village": "Không ghi thôn",
    "unsaid_body": "Chưa ghi cơ quan",
    "none": "Chưa có dòng kinh phí nào của năm này.",
    "note_empty": "Dấu “–”: chưa ghi dòng nào, hoặc chưa đủ số để tính.",
    "note_unassigned": "Trong số giải ngân có {amount} đồng từ nguồn không ghi số được giao: tỷ lệ "
    "giải ngân của dòng có nguồn ấy cao hơn thực tế.",
    "note_supported": "Cột “Theo hồ sơ hỗ trợ” cộng số tiền ở hồ sơ hỗ trợ của hộ, người trong năm "
    "{year}, để đối chiếu; không cộng vào kinh phí.",
    "note_apart": "Sổ kinh phí ghi giải ngân {disbursed} đồng, hồ sơ hỗ trợ có {supported} đồng: "
    "{said}.",
    "more": "sổ kinh phí nhiều hơn {apart} đồng",
    "less": "sổ kinh phí ít hơn {apart} đồng",
    "same": "bằng nhau",
    "note_not_booked": "Hồ sơ hỗ trợ có {supported} đồng, sổ kinh phí chưa ghi dòng giải ngân nào.",
    "warning": "Cần xem lại: {text}",
    "day": "Ngày chứng từ",
    "document": "Số chứng từ",
    "component": "Nội dung",
    "amount": "Số tiền",
    "note": "Ghi chú",
    "stage_rows": "{stage} ({count} dòng)",
    "note_stages": "Mỗi bước cộng riêng; không cộng các bước với nhau.",
}

FUND: dict[str, str] = {
    "code": "SO QUY",
    "title": "SỔ {fund}",
    "day": "Ngày",
    "document": "Số chứng từ",
    "about": "Diễn giải",
    "quantity": "Số lượng",
    "measure": "ĐVT",
    "in": "Thu",
    "out": "Chi",
    "left": "Tồn",
    "opening": "Tồn đầu năm",
    "closing": "Cộng trong năm, tồn cuối năm",
    "unsaid_form": "Chưa ghi hình thức",
    "goods": "Số lượng: {form}",
    "item": "Hiện vật, công việc",
    "unsaid_item": "Chưa ghi tên",
    "households": "Hộ được giúp",
    "head": "Họ và tên chủ hộ",
    "village": "Thôn, tổ dân phố",
    "times": "Số lần",
    "value": "Số tiền, giá trị",
    "none": "Sổ quỹ chưa có khoản thu, chi nào đến hết năm này.",
    "nobody": "Trong năm chưa ghi giúp hộ nào.",
    "note_value": "Hiện vật, ngày công ghi giá trị quy tiền.",
    "note_labour": "Ngày công đã dùng mà chưa ghi chi thì còn tính là tồn.",
    "note_uncounted": "{form}: {count} khoản chưa ghi số lượng.",
    "note_helped": "Trong năm đã giúp {households} hộ; {nameless} khoản chi không ghi hộ.",
    "sheet_households": "Hộ được giúp",
}

BUDGET_WARNINGS: dict[str, str] = {
    "budget_over": "{part} – {source}: {stage} {amount} đồng, nhiều hơn {limit} {bound} đồng.",
    "budget_negative": "{part} – {source}: cộng các dòng {stage} được {amount} đồng, nhỏ hơn 0.",
    "budget_without": "{source}: đã ghi {stage} {amount} đồng nhưng chưa ghi dòng {limit} nào.",
    "budget_without_here": "{part} – {source}: đã ghi {stage} {amount} đồng nhưng nội dung này và "
    "mục trên nó chưa ghi dòng {limit} nào.",
    "budget_not_booked": "{part} – {source}: hồ sơ hỗ trợ có {amount} đồng, sổ kinh phí chưa ghi "
    "giải ngân.",
    "budget_late_district": "{part}: {count} dòng {stage}, cộng {amount} đồng, ghi nguồn ngân sách "
    "huyện sau ngày 30/6/2025, khi không còn cấp huyện.",
    "budget_not_live": "{part}: không thuộc chương trình nào còn dùng trong năm {year}; chọn lại "
    "chương trình, thành phần.",
    "fund_below": "{fund} – {form}: cuối ngày {day} tồn {amount} đồng, nhỏ hơn 0; ghi đủ các khoản "
    "thu trước đó, kể cả tồn của năm trước chuyển sang.",
}

CLI_BUDGET: dict[str, str] = {
    "help": "kinh phí của một năm: theo nguồn, nội dung, thôn, cơ quan; điều cần xem lại",
    "help_year": "năm ngân sách",
    "help_unit": "tên hoặc mã của xã, thôn",
    "help_table": "bảng ghi ra tệp: summary (theo nội dung và nguồn vốn), lines (bảng kê), fund "
    "(sổ quỹ); mặc định summary",
    "help_fund": "sổ của quỹ nào: poor_fund (Quỹ “Vì người nghèo”) hoặc mã khác của danh mục quỹ",
    "help_output": "tệp ghi ra: xlsx, pdf, docx hoặc json",
    "total": "Năm {year}: {amounts}",
    "group": "{name}: {amounts}",
    "amount": "{stage} {amount}",
    "rate": "tỷ lệ giải ngân {rate} %",
    "nothing": "chưa ghi dòng nào",
    "fund": "{fund}, {form}: tồn đầu {opening}, thu {came}, chi {went}, tồn cuối {closing}",
}


def budget_warning_text(
    warning: BudgetWarning, *, year: int, part: str, source: str, stages: Mapping[str, str]
) -> str:
    """The sentence of a warning; `part` and `source` are what its node and source are called."""
    said: dict[str, str] = {"part": part, "source": source, "year": str(year)}
    for key, value in warning.params.items():
        if isinstance(value, str):
            said[key] = stages.get(value, value)
        elif isinstance(value, int):
            said[key] = format_integer(value)
    return BUDGET_WARNINGS[warning.code].format(**said)


def fund_warning_text(fund: str, form: str, day: date, amount: int) -> str:
    """That a fund gave out more of a form than it had."""
    sentence = BUDGET_WARNINGS["fund_below"]
    return sentence.format(
        fund=fund, form=form, day=format_date(day), amount=format_integer(amount)
    )


def apart_text(year: int, disbursed: int | None, supported: int | None) -> tuple[str, ...]:
    """What is said of supports beside the money booked as disbursed."""
    if supported is None:
        return ()
    notes = (BUDGET["note_supported"].format(year=year),)
    amounts = {"supported": format_integer(supported)}
    if disbursed is None:
        return (*notes, BUDGET["note_not_booked"].format(**amounts))
    apart = disbursed - supported
    word = "same" if apart == 0 else "more" if apart > 0 else "less"
    said = BUDGET[word].format(apart=format_integer(abs(apart)))
    disbursed_text = format_integer(disbursed)
    return (*notes, BUDGET["note_apart"].format(**amounts, disbursed=disbursed_text, said=said))
