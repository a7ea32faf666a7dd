"""One sheet where almost every row holds one trap, and what an officer makes of it."""

from datetime import date
from typing import Any

from openpyxl.utils.datetime import to_excel

from tests.independent.lists.free import CCCD, ETHNIC_OF, FULL_NAME, RELATION, named
from tests.independent.lists.pages import Book, Column, Formula, Page, true_date
from tests.independent.lists.people import CLASSES, HOUSEHOLDS, VILLAGES, of_village

Row = dict[str, Any]


def _serial(birth: str) -> int:
    return int(to_excel(date.fromisoformat(birth)))


def _rows() -> dict[tuple[str, int], Row]:
    """(household, place of the member) → what is special there.

    B name, C relation, D birth, E sex, F CCCD, G ethnic, H village, I class, J B1.
    """
    wife = HOUSEHOLDS["tp1"].members[1]
    return {
        ("dc1", 0): {"over": {"D": "23 tháng 4 năm 1975", "J": "120 điểm"}},
        ("dc1", 1): {"over": {"D": _serial("1978-12-30")},
                     "mended": {"D": ("date_serial", "Ô ngày bị đổi thành số thường")}},
        ("dc1", 2): {"over": {"D": "20040115", "E": "1"},
                     "mended": {"D": ("date_compact", "Năm, tháng, ngày viết liền")}},
        ("dc1", 3): {"over": {"D": "2009-08-25 00:00:00", "E": "2"}},
        ("dc1", 4): {"over": {"D": date(1905, 5, 1), "F": "03414890000"},
                     "unclear": {"D": (["1948", "1905-05-01"], "Ô ngày hiện 01/05/1905")},
                     "wrong": {"F": ("id_length", "CCCD chỉ có 11 chữ số, đã có số 0 ở đầu")},
                     "read": {"cccd": None}},
        ("dc2", 0): {"over": {"D": "17/3/82", "F": "6,7082E+10"},
                     "mended": {"D": ("year_short", "Năm hai chữ số; 2082 chưa tới nên là 1982")},
                     "wrong": {"F": ("id_digits_lost", "Số đã bị Excel làm tròn, mất chữ số")},
                     "read": {"cccd": None}},
        ("dc2", 1): {"over": {"E": "N", "D": "28 - 10 - 1985"},
                     "unclear": {"E": (["male", "female"], "N là Nam hay Nữ")}},
        ("dc2", 2): {"over": {"D": "14/6/12", "C": "Con/cháu"},
                     "unclear": {"D": (["2012-06-14", "1912-06-14"], "Năm hai chữ số"),
                                 "C": ([4, 10], "Con hay cháu")}},
        ("dc3", 0): {"over": {"F": 351419000, "J": Formula("45+45", 90)},
                     "read": {"cccd": None, "old_id": "351419000"}},
        ("dr1", 0): {"over": {"D": "20/02/2080", "J": Formula("SUM(J1:J2)", None)},
                     "wrong": {"D": ("date_future", "Ngày sinh chưa tới"),
                               "J": ("formula_without_value", "Công thức không kèm kết quả")},
                     "read": {"birth": None, "b1": None}},
        ("dr1", 1): {"over": {"C": "Vợ", "E": "Nam"},
                     "wrong": {"E": ("sex_contradicts", "Vợ mà giới tính ghi Nam")},
                     "read": {"sex": None}},
        ("dr1", 2): {"over": {"D": "19 tuổi"},
                     "wrong": {"D": ("date_unreadable", "Ghi tuổi thay cho ngày sinh")},
                     "read": {"birth": None}},
        ("dr1", 3): {"over": {"G": 20, "E": "Nữ."}},
        ("dr1", 4): {"over": {"G": "Thượng"},
                     "wrong": {"G": ("ethnic_unknown", "Không có dân tộc tên này trong bảng")},
                     "read": {"ethnic": None}},
        ("dr2", 0): {"over": {"I": "Thoát", "J": -5},
                     "wrong": {"I": ("level_unknown", "Không rõ thoát ra loại nào"),
                               "J": ("score_out_of_range", "Điểm âm")},
                     "read": {"level": None, "b1": None}},
        ("dr2", 1): {"over": {"C": "Chủ hộ"},
                     "wrong": {"C": ("second_head", "Hộ đã có chủ hộ ở dòng trên")},
                     "read": {"relation": None}},
        ("dr2", 2): {"over": {"C": "???"},
                     "wrong": {"C": ("relation_unknown", "Không đọc được quan hệ")},
                     "read": {"relation": None}},
        ("dr2", 3): {"over": {"C": "Ở nhờ"}, "read": {"relation": 13, "relation_text": "Ở nhờ"}},
        ("el1", 0): {"over": {"B": "Y  Blơm\u00a0Niê", "J": "100,0"}},
        ("el1", 1): {"over": {"B": "\u200bH'Yar Êban"}},
        ("el1", 2): {"over": {"B": "Y Thuân\nÊban", "D": "31/03/2003 (?)"},
                     "unclear": {"D": (["2003-03-31", None], "Người ghi còn ngờ")}},
        ("el1", 3): {"over": {"B": "HʼMlô Êban", "E": "#N/A"},
                     "wrong": {"E": ("cell_error", "Ô báo lỗi #N/A")}, "read": {"sex": None}},
        ("tp1", 0): {"over": {"B": "HUỲNH ĐỨC ỔI"}},
        ("tp1", 1): {"over": {"B": "đặng thị mỹ cúc"}},
        ("tp1", 2): {"over": {"F": wife.cccd},
                     "wrong": {"F": ("id_twice", "Cùng số với Đặng Thị Mỹ Cúc ở dòng trên")},
                     "read": {"cccd": None}},
        ("tp1", 3): {"over": {"B": "Huỳnh Văn Đậu (chết 2024)"},
                     "mended": {"B": ("note_in_name", "Ghi chú viết chung với tên")}},
        ("tp2", 0): {"over": {"F": "079050900048"},
                     "wrong": {"F": ("id_contradicts", "CCCD của nam, giới tính là nữ")}},
        ("tp2", 1): {"over": {"B": None},
                     "wrong": {"D": ("name_missing", "Dòng có ngày sinh mà không có tên")}},
        ("tp3", 0): {"over": {"C": "Bố"},
                     "wrong": {"C": ("head_missing", "Hộ này không có dòng nào là chủ hộ")},
                     "read": {"relation": 5}},
    }  # fmt: skip


def _also(row: Row, letter: str, text: str, part: str) -> Row:
    over = {**row.get("over", {}), letter: text}
    return {**row, "over": over, "read": {**row.get("read", {}), part: None}}


def _no_member(page: Page, why: str) -> None:
    """The last row says something wrong and gives nobody."""
    del page.book.expected["households"][-1]["members"][-1]
    page.told["not_data"][str(page.row - 1)] = why


def traps() -> Book:
    book = Book(
        "Mỗi dòng một cái bẫy: kiểu ngày, số thành chữ, chữ thành số, CCCD hỏng, giới tính, "
        "quan hệ, dân tộc lạ, công thức không kết quả, ô lỗi, hai chủ hộ, không chủ hộ, "
        "dòng lặp, thiếu tên."
    )
    homes = [home for village in VILLAGES for home in of_village(village)]
    columns = named(
        Column("Hộ số", "household_no", lambda h, _p: homes.index(h) + 1),
        FULL_NAME,
        RELATION,
        Column("Ngày sinh (dd/mm/yyyy)", "birth", lambda _h, p: true_date(p.birth)),
        Column("Giới tính", "sex", lambda _h, p: "Nam" if p.sex == "male" else "Nữ"),
        CCCD,
        ETHNIC_OF,
        Column("Thôn", "village", lambda h, _p: h.village),
        Column("Phân loại hộ", "level", lambda h, _p: CLASSES[h.level]),
        Column("Điểm B1", "b1", lambda h, p: h.b1 if p is h.head else None),
    )
    page = book.page("Danh sách", columns)
    page.line("title", {"A": "Danh sách hộ nghèo, hộ cận nghèo"}, "A:J")
    page.simple_head()
    special = _rows()
    for home in homes:
        rows = {at: special.get((home.key, at), {}) for at in range(len(home.members))}
        if home.key == "dr2":  # the class that nobody can tell stands on every row
            rows = {at: _also(row, "I", "Thoát", "level") for at, row in rows.items()}
        page.home(home, rows=rows)
        if home.key == "tp2":
            _no_member(page, "row without a name")
        if home.key == "el3":  # the last row of the household, copied once more
            page.member(
                home, home.members[-1], wrong={"B": ("row_twice", "Cùng người với dòng trên")}
            )
            _no_member(page, "row twice")
    return book
