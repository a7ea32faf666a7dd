"""The list of 27 columns as it comes back after three people worked on it."""

from datetime import date
from typing import Any

from tests.independent.lists import legacy
from tests.independent.lists.official import TITLE_27, columns_27, head_27, letterhead, sign
from tests.independent.lists.pages import Book, Formula, Text
from tests.independent.lists.people import HOUSEHOLDS, VILLAGES, of_village


def members_27_messy() -> Book:
    """The same list after three people worked on it."""
    book = Book(
        "Danh sách 27 cột thực tế: cộng từng thôn, tổng cộng, chữ ký, đầu bảng lặp lại, STT nhảy, "
        "dòng trống, CCCD mất số 0, bí danh dân tộc và quan hệ, ghi chú trong ô, cột ẩn, "
        "trang tính ẩn.",
        rich=True,
    )
    page = book.page("Sheet1", columns_27("head"))
    page.sheet.column_dimensions["H"].width = 6  # the numbers show as ######
    letterhead(page, TITLE_27, "AA", empty=2)
    head_27(page)
    page.blank()
    short = "CCCD là số nên mất số 0 ở đầu; đọc được: thêm lại cho đủ 12 chữ số"
    special: dict[str, dict[int, dict[str, Any]]] = {
        "dc1": {
            0: {"over": {"E": "c.hộ", "H": 67075900001, "G": 1, "C": "  Nguyễn Văn Khoai   "},
                "notes": {"C": "Hộ này đang đi làm ăn xa\nhỏi lại trưởng thôn"}},
            1: {"over": {"E": "vợ ", "G": 2, "H": "067 178 900 002", "F": "30/12/1978"}},
            2: {"over": {"E": "Con trai", "G": "nam", "F": "15/01/2004 "}},
            3: {"over": {"E": "con gái", "G": "NỮ", "F": "25-8-2009"}},
            4: {"over": {"E": "Mẹ đẻ", "F": 1948, "G": "Nu"}},
        },
        "dc2": {
            0: {"over": {"P": "HCN", "X": "3", "S": "130", "T": "20 "}},
            1: {"over": {"D": "Bùi Thị Thuý  Cải", "F": "28.10.1985"}},
            2: {"over": {"D": "Đỗ Thị Hoà Bí", "H": 0},
                "mended": {"H": ("id_zero", "Số 0 gõ cho người chưa có giấy tờ: coi như chưa có")},
                "read": {"cccd": None}},
        },
        "dc3": {0: {"over": {"V": "có", "W": 1, "X": "Ốm đau,tai nạn", "F": "1941"}}},
        "dr1": {
            0: {"over": {"O": "M'Nông", "U": "x", "C": "Điểu K’Sơn",
                         "X": "Thiếu đất SX + thiếu kiến thức + kỹ năng LĐ"}},
            1: {"over": {"O": "M’nông", "F": "05/1984"}},
            2: {"over": {"O": "MNông", "H": int(HOUSEHOLDS["dr1"].members[2].cccd)}},
            3: {"over": {"O": "Mơ Nông"}},
        },
        "dr3": {0: {"over": {"P": "nghèo", "O": "M'nông", "G": "Nam "}}},
        "el1": {
            0: {"over": {"O": "Ê đê", "X": "1,2,6"}},
            1: {"over": {"O": "Êđê", "D": "H’Yar Êban"}},
            2: {"over": {"O": "Rađê"}},
            3: {"over": {"O": "Ê Đê", "D": legacy.decomposed("H'Mlô Êban")}},
        },
        "el2": {
            0: {"over": {"O": "H'Mông", "E": "Chủ  hộ"}},
            1: {"over": {"O": "Hmông", "E": "Vợ"}},
            2: {"over": {"O": "Mèo", "F": date(2011, 1, 18)}},
            4: {"over": {"O": "Mông", "E": "em trai"}},
            5: {"over": {"O": "HMông", "E": "Mẹ"}},
        },
        "el3": {2: {"over": {"E": "con dâu", "O": "kinh"}}},
        "tp1": {
            3: {"over": {"E": "Bố ruột", "F": date(1952, 10, 1)}, "shape": {"F": "mm/yyyy"},
                "mended": {"F": ("month_shown", "Ô ngày 01/10/1952 nhưng chỉ hiện tháng, năm")}},
        },
        "tp2": {
            0: {"over": {"O": "Hoa (Hán)", "E": "CH", "AA": 3},
                "wrong": {"AA": ("count_differs", "Ghi 3 nhân khẩu, chỉ có 2 dòng")}},
            1: {"over": {"E": "cháu nội"}},
        },
        "tp3": {
            0: {"over": {"O": "Khmer", "Q": Text("=>215/QĐ-UBND")},
                "read": {"decision": "=>215/QĐ-UBND"},
                "mended": {"Q": ("text_like_formula", "Chữ bắt đầu bằng dấu =, không tính")}},
            1: {"over": {"O": "Khơ Me"}},
            2: {"over": {"O": "khơ-me"}},
        },
    }  # fmt: skip
    for place, village in enumerate(VILLAGES):
        homes = of_village(village)
        for home in homes:
            for each in special.get(home.key, {}).values():
                if each["over"].get("H") and type(each["over"]["H"]) is int:
                    each["mended"] = {"H": ("id_zero_lost", short)}
            start = page.row
            page.home(home, rows=special.get(home.key))
            if len(home.members) > 1 and home.key != "dc1":
                page.sheet.merge_cells(
                    f"N{start}:N{page.row - 1}"
                )  # the village once for the household
        people = sum(len(home.members) for home in homes)
        total = {"C": f"Cộng {village}: {len(homes)} hộ", "AA": Formula(f"{people}+0", people)}
        page.line("subtotal", total)
        if place == 1:  # a new printed page: the heading was copied
            again = page.row
            head_27(page)
            page.told["heading_rows"] = [each for each in page.told["heading_rows"] if each < again]
            page.told["number_rows"] = [each for each in page.told["number_rows"] if each < again]
            for at in (again, page.row - 1):  # the row between is merged
                page.told["not_data"][str(at)] = "heading again"
        if place == 2:
            page.blank()
    page.line("total", {"B": 12, "C": "TỔNG CỘNG", "AA": Formula("SUM(AA1:AA9)", 40)})
    sign(page, "C", "P")
    page.hide("I", "J", "K", "L", "M")
    words = book.page("Danh mục", holds="nothing", state="hidden")
    for text in ("Quan hệ với chủ hộ", "Chủ hộ", "Vợ", "Chồng", "Con", "Kinh", "Ê-đê"):
        words.line("word list", {"A": text})
    # Gaps: two numbers skipped after the fifth row, as when rows were deleted.
    for row in range(1, page.row):
        cell = page.sheet[f"A{row}"]
        if isinstance(cell.value, int) and cell.value > 5:
            cell.value += 2
    return book
