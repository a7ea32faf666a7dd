"""Workbooks in the layouts communes got from above: 27 columns, both exits, 19 columns."""

from dataclasses import replace
from datetime import date
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.independent.lists import legacy
from tests.independent.lists.pages import Book, Column, Page, slashed, true_date
from tests.independent.lists.people import (
    CAUSES,
    CLASSES,
    COMMUNE,
    COMMUNE_CODE,
    DECISION,
    ETHNIC,
    HOUSEHOLDS,
    PROVINCE,
    RELATIONS,
    VILLAGES,
    Household,
    Person,
    cut,
    of_village,
)

HEADINGS_27 = cut(
    "STT|STT hộ|Họ và tên chủ hộ|Họ và tên thành viên|Quan hệ với chủ hộ|Ngày sinh (dd/mm/yyyy)"
    "|Giới tính|CCCD|Tỉnh|Huyện|Mã huyện|Xã|Mã xã|Thôn|Dân tộc|Phân loại hộ|Số QĐ công nhận"
    "|Ngày ban hành QĐ|Điểm B1|Điểm B2|Hộ DTTS|Hộ không có khả năng lao động"
    "|Hộ có thành viên là người có công|Nguyên nhân nghèo||Tuổi|Số nhân khẩu"
)
PARTS_27 = cut(
    "line|household_no|head_name|name|relation|birth|sex|cccd|province|district|district_code"
    "|commune|commune_code|village|ethnic|level|decision|decision_date|b1|b2|minority|no_labour"
    "|merit|causes||age|member_count"
)
LETTERS_27 = [get_column_letter(at) for at in range(1, 28)]


def _of_head(value: Any) -> Any:
    return lambda home, person: value(home) if person is home.head else None


def columns_27(book: str = "plain") -> dict[str, Column]:
    """`plain`: the household's facts on every row; `head`: only on the row of the head."""
    counter = iter(range(1, 1000))
    numbers: dict[str, int] = {}

    def home_no(home: Household, person: Person) -> int | None:
        return numbers.setdefault(home.key, len(numbers) + 1) if person is home.head else None

    writers: dict[str, Any] = {
        "line": lambda _h, _p: next(counter),
        "household_no": home_no,
        "head_name": lambda h, _p: h.head.name,
        "name": lambda _h, p: p.name,
        "relation": lambda _h, p: RELATIONS[p.relation],
        "birth": lambda _h, p: true_date(p.birth),
        "sex": lambda _h, p: "Nam" if p.sex == "male" else "Nữ",
        "cccd": lambda _h, p: p.cccd,
        "province": lambda _h, _p: PROVINCE,
        "commune": lambda _h, _p: COMMUNE,
        "commune_code": lambda _h, _p: COMMUNE_CODE,
        "village": lambda h, _p: h.village,
        "ethnic": lambda _h, p: ETHNIC[p.ethnic],
        "level": lambda h, _p: CLASSES[h.level],
        "decision": lambda _h, _p: DECISION,
        "decision_date": lambda _h, _p: date(2025, 12, 5),
        "b1": lambda h, _p: h.b1,
        "b2": lambda h, _p: h.b2,
        "minority": lambda h, _p: "X" if h.minority else None,
        "no_labour": lambda h, _p: "X" if "no_labour" in h.flags else None,
        "merit": lambda h, _p: "X" if "merit" in h.flags else None,
        "causes": lambda h, _p: "; ".join(CAUSES[each] for each in h.causes),
        "age": lambda _h, p: 2025 - int(p.birth[:4]),
        "member_count": lambda h, _p: len(h.members),
    }
    at_head = cut(
        "village|level|decision|decision_date|b1|b2|minority|no_labour|merit|causes|member_count"
        "|head_name"
    )
    if book == "head":
        for part in at_head:
            value = writers[part]
            writers[part] = lambda h, p, value=value: value(h, p) if p is h.head else None
        name = writers["name"]
        writers["name"] = lambda h, p: None if p is h.head else name(h, p)
    made = {}
    for letter, heading, part in zip(LETTERS_27, HEADINGS_27, PARTS_27, strict=True):
        write = writers.get(part, lambda _h, _p: None)
        made[letter] = Column(heading, part, write)
    if book == "head":  # the head's own name stands in the column of heads
        made["C"] = replace(made["C"], part="name.head")
    return made


def letterhead(page: Page, title: str, last: str, empty: int = 0) -> None:
    page.blank(empty)
    page.line(
        "letterhead", {"A": "ỦY BAN NHÂN DÂN", "P": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"}, "A:G"
    )
    page.line("letterhead", {"A": COMMUNE.upper(), "P": "Độc lập - Tự do - Hạnh phúc"}, "A:G")
    page.line("title", {"A": title}, f"A:{last}")
    page.line(
        "title", {"A": f"(Kèm theo Quyết định số {DECISION} ngày 05/12/2025)"}, f"A:{last}", False
    )


def sign(page: Page, left: str, right: str) -> None:
    page.blank()
    page.line("signature", {right: "Suối Lành, ngày 05 tháng 12 năm 2025"}, bold=False)
    page.line("signature", {left: "NGƯỜI LẬP BIỂU", right: "TM. ỦY BAN NHÂN DÂN"})
    page.line("signature", {right: "CHỦ TỊCH"})
    page.blank(3)
    page.line("signature", {left: "Cao Thị Lập Biểu", right: "Mai Văn Ký Tên"})


def head_27(page: Page, numbers: bool = True) -> None:
    spans = [(f"{letter}1:{letter}2", each.heading) for letter, each in page.columns.items()]
    spans = [each for each in spans if each[1]]
    page.head(spans, 2, [f"({at})" for at in range(1, 28)] if numbers else ())


TITLE_27 = "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO SAU KHI RÀ SOÁT"


def members_27() -> Book:
    """The list as it should be: data from row 8, columns A–AA."""
    book = Book("Danh sách 27 cột, gọn gàng: dữ liệu từ dòng 8, mỗi thành viên một dòng.")
    page = book.page("DS sau rà soát", columns_27())
    letterhead(page, TITLE_27, "AA")
    head_27(page)
    for village in VILLAGES:
        for home in of_village(village):
            page.home(home)
    return book


def members_27_mac() -> Book:
    """The same, saved where days count from 1904."""
    book = members_27()
    book.book.epoch = CALENDAR_MAC_1904
    book.expected["about"] = (
        "Danh sách 27 cột gọn gàng, tệp đếm ngày từ năm 1904 (Excel trên máy Mac)."
    )
    return book


def members_27_later() -> Book:
    """A year later: the same people; what changed is said in `changes`."""
    book = Book(
        "Danh sách 27 cột của năm sau: cùng các hộ, có vài thay đổi (xem changes).", shared=False
    )
    page = book.page("DS sau rà soát", columns_27())
    letterhead(page, TITLE_27, "AA")
    head_27(page)
    homes = {
        key: home for village in VILLAGES for home in of_village(village) for key in [home.key]
    }
    dc1, dc2, dr1, el1 = (homes[key] for key in ("dc1", "dc2", "dr1", "el1"))
    baby = Person("Đỗ Văn Bầu", 4, "2026-02-11", "male", "", "01")
    lua = replace(dc1.members[1], cccd="067178900999")
    homes["dc1"] = replace(dc1, members=(dc1.head, lua, *dc1.members[2:]), b1=125)
    homes["dc2"] = replace(dc2, members=(*dc2.members, baby))
    homes["dr1"] = replace(
        dr1, members=(dr1.head, replace(dr1.members[1], birth="1984-05-16"), *dr1.members[2:])
    )
    homes["el1"] = replace(el1, level="near_poor", b1=140)
    del homes["tp2"]
    homes["new"] = Household(
        "new", "Tổ dân phố 3", "poor", "new", 95, 40, (2,), frozenset(),
        (Person("Tô Văn Mận", 1, "1983-07-28", "male", "067083900777", "01"),),
    )  # fmt: skip
    for key, home in homes.items():
        if key == "dc3":  # nothing typed where something was known: nothing is erased
            page.home(home, rows={0: {"over": {"H": None, "S": None, "X": None}}})
        else:
            page.home(home)
    book.expected["against"] = "members_27"
    book.expected["changes"] = [
        {"household": "Nguyễn Văn Khoai", "field": "b1", "old": 120, "new": 125},
        {"person": "Trần Thị Lúa", "field": "cccd", "old": "067178900002", "new": "067178900999"},
        {"person": "Thị Brơi", "field": "birth", "old": "1984-05", "new": "1984-05-16"},
        {"household": "Y Blơm Niê", "field": "level", "old": "poor", "new": "near_poor"},
        {"household": "Y Blơm Niê", "field": "b1", "old": 100, "new": 140},
        {"person": "Đỗ Văn Bầu", "new_in": "Đỗ Quý Mướp"},
        {"household": "Tô Văn Mận", "new": True},
        {"household": "Lý Thị Hường", "absent": True},
    ]
    book.expected["not_erased"] = [{"household": "Vũ Thị Ánh", "fields": ["cccd", "b1", "causes"]}]
    return book


def tcvn3_27() -> Book:
    """Typed in .VnTime, headings in .VnTimeH, figures and dates as ever."""
    book = Book("Danh sách 27 cột gõ bằng phông .VnTime (TCVN3), đầu bảng gõ phông .VnTimeH.")
    page = book.page(
        "Sheet1",
        columns_27(),
        encode=legacy.tcvn3,
        font=lambda v: ".VnTime" if type(v) is str else "Arial",
    )
    page.font = lambda value: ".VnTimeH" if legacy.for_capitals(str(value)) else ".VnTime"
    letterhead(page, TITLE_27, "AA")
    head_27(page)
    for home in (*of_village(VILLAGES[0]), *of_village(VILLAGES[2])):
        page.home(home)
    page.line("total", {"C": "Tổng cộng", "AA": 22})
    sign(page, "C", "P")
    book.expected["capitals_lost"] = ["Vũ Thị Ánh"]  # .VnTime has no Á: typed small, read `ánh`
    return book


def exits() -> Book:
    """Both lists of exits: data from row 10, columns A–P."""
    book = Book(
        "Hai danh sách thoát nghèo và thoát cận nghèo, mỗi danh sách một trang tính, từ dòng 10."
    )
    headings = cut(
        "|STT hộ|Họ và tên|Quan hệ với chủ hộ|Giới tính|Ngày sinh|CCCD|Dân tộc|Địa chỉ|Điểm B1"
        "|Điểm B2||Ghi chú||Tuổi|Số nhân khẩu"
    )
    places = {
        "xp": ("THOÁT NGHÈO", "DS thoát nghèo"),
        "xn": ("THOÁT CẬN NGHÈO", "DS thoát cận nghèo"),
    }
    for prefix, (word, title) in places.items():
        homes = [home for key, home in HOUSEHOLDS.items() if key.startswith(prefix)]
        writers: list[tuple[str, Any]] = [
            ("", lambda _h, _p: None),
            ("household_no", _of_head(lambda h, homes=homes: homes.index(h) + 1)),
            ("name", lambda _h, p: p.name),
            ("relation", lambda _h, p: RELATIONS[p.relation]),
            ("sex", lambda _h, p: "Nam" if p.sex == "male" else "Nữ"),
            ("birth", lambda _h, p: slashed(p.birth)),
            ("cccd", lambda _h, p: p.cccd),
            ("ethnic", lambda _h, p: ETHNIC[p.ethnic]),
            ("address", _of_head(lambda h: f"{h.village}, {COMMUNE}")),
            ("b1", _of_head(lambda h: h.b1)),
            ("b2", _of_head(lambda h: h.b2)),
            ("", lambda _h, _p: None),
            (
                "household_note",
                _of_head(lambda h: "Còn cận nghèo" if h.level == "near_poor" else None),
            ),
            ("", lambda _h, _p: None),
            ("age", lambda _h, p: 2025 - int(p.birth[:4])),
            ("member_count", _of_head(lambda h: len(h.members))),
        ]
        facts = {
            "address": lambda h, _p: f"{h.village}, {COMMUNE}",
            "household_note": lambda _h, _p: "Còn cận nghèo",
        }
        columns = {
            get_column_letter(at): Column(heading, part, write, facts.get(part))
            for at, (heading, (part, write)) in enumerate(zip(headings, writers, strict=True), 1)
        }
        page = book.page(title, columns)
        letterhead(page, f"DANH SÁCH HỘ {word} SAU KHI RÀ SOÁT", "P")
        page.line("title", {"A": "Năm 2025"}, "A:P", False)
        page.blank()
        spans = [
            (f"{letter}1:{letter}2", each.heading)
            for letter, each in columns.items()
            if each.heading
        ]
        page.head(spans, 2, [f"({at})" for at in range(1, 17)])
        for home in homes:
            from_class = "poor" if prefix == "xp" else "near_poor"
            special = {0: {"read": {"village": home.village, "left": from_class}}}
            page.home(home, rows=special)
        people = sum(len(home.members) for home in homes)
        page.line("total", {"C": f"Tổng cộng: {len(homes)} hộ", "P": people})
        sign(page, "C", "J")
    return book


def detailed_19() -> Book:
    """Columns A, B, C, 1–16; village rows between; years of birth by sex; ticks."""
    book = Book(
        "Danh sách chi tiết 19 cột (A, B, C, 1–16): dòng thôn xen giữa, năm sinh nằm ở cột Nam "
        "hoặc Nữ, đánh dấu x."
    )
    for level, word, title in (
        ("poor", "nghèo", "Hộ nghèo"),
        ("near_poor", "cận nghèo", "Hộ cận nghèo"),
    ):
        _detailed_page(book, level, word, title)
    return book


def _detailed_page(book: Book, level: str, word: str, title: str) -> None:
    names = [f"{word} mới", f"tái {word}", f"{word} cũ"]
    states = [each[0].upper() + each[1:] for each in names]
    supports = cut(
        "Hỗ trợ y tế|Hỗ trợ giáo dục|Hỗ trợ sản xuất|Hỗ trợ vay vốn tín dụng|Hỗ trợ nhà ở|Khác"
    )
    homes = [h for village in VILLAGES for h in of_village(village) if h.level == level]

    def tick(test: Any) -> Any:
        return lambda h, p: "x" if p is h.head and test(h) else None

    def year_if(sex: str) -> Any:
        return lambda _h, p: int(p.birth[:4]) if p.sex == sex else None

    def year(_h: Household, p: Person) -> str:
        return p.birth[:4]

    rows: list[Column] = [
        Column("STT chủ hộ", "household_no", _of_head(lambda h: homes.index(h) + 1)),
        Column("STT thành viên hộ", "member_no", lambda h, p: h.members.index(p) + 1),
        Column(
            "HỌ, TÊN CHỦ HỘ VÀ THÀNH VIÊN TRONG HỘ; THÔN, BON, BUÔN, TỔ DÂN PHỐ",
            "name",
            lambda _h, p: p.name,
        ),
        Column("Nam", "birth.male", year_if("male"), year),
        Column("Nữ", "birth.female", year_if("female"), year),
        Column("Dân tộc", "ethnic", lambda _h, p: ETHNIC[p.ethnic]),
        Column("Quan hệ với chủ hộ", "relation", lambda _h, p: RELATIONS[p.relation]),
        *(
            Column(text, f"status.{code}", tick(lambda h, code=code: h.status == code))
            for text, code in zip(states, ("new", "again", "old"), strict=True)
        ),
        Column("Hộ chính sách có công", "merit", tick(lambda h: "merit" in h.flags)),
        Column(
            "Hộ DTTC",
            "in_place",
            tick(lambda h: h.head.ethnic in ("12", "20")),
            lambda _h, _p: True,
        ),
        Column(
            "Hộ không có khả năng lao động", "no_labour", tick(lambda h: "no_labour" in h.flags)
        ),
        *(
            Column(
                text,
                "support",
                tick(lambda h, at=at: (len(h.members) + at) % 3 == 0),
            )
            for at, text in enumerate(supports)
        ),
    ]
    columns = {get_column_letter(at): each for at, each in enumerate(rows, 1)}
    page = book.page(title, columns)
    page.line("letterhead", {"A": COMMUNE.upper(), "N": "Phụ lục số 2.3"}, "A:F")
    page.line("title", {"A": f"DANH SÁCH CHI TIẾT HỘ {word.upper()} NĂM 2025"}, "A:S")
    page.blank()
    above = {
        "D1:E1": "NĂM SINH",
        "H1:J1": f"CHIA HỘ {word.upper()} THEO",
        "N1:S1": "Chính sách hỗ trợ tiếp cận với các dịch vụ xã hội cơ bản",
    }
    split = set("DEHIJNOPQRS")
    spans = [
        (f"{x}2:{x}3" if x in split else f"{x}1:{x}3", each.heading) for x, each in columns.items()
    ]
    page.head([*above.items(), *spans], 3, ["A", "B", "C", *range(1, 17)])
    special: dict[str, dict[int, dict[str, Any]]] = {
        "dc1": {4: {"over": {"D": None, "E": "1948 "}}},
        "dr1": {1: {"over": {"E": "5/1984"}, "read": {"birth": "1984-05"}}},
        "dr3": {
            1: {
                "over": {"D": 1957},
                "unclear": {
                    "D": (["male", "female"], "Năm sinh ghi ở cả hai cột Nam và Nữ", "sex")
                },
            }
        },
        "el2": {
            0: {
                "over": {"H": "X", "J": "x"},
                "wrong": {"J": ("two_states", "Vừa Nghèo mới vừa Nghèo cũ")},
                "read": {"status": None},
            }
        },
    }
    village = ""
    for home in homes:
        if home.village != village:
            village = home.village
            count = sum(each.village == village for each in homes)
            roman = ("I", "II", "III", "IV")[VILLAGES.index(village)]
            page.line("village", {"A": roman, "C": f"{village} ({count} hộ)"})
        rows_of = {
            at: dict((special.get(home.key) or {}).get(at, {})) for at in range(len(home.members))
        }
        for at, person in enumerate(home.members):
            read = {"sex": person.sex, **rows_of[at].get("read", {})}
            if "unclear" in rows_of[at]:
                del read["sex"]
            if at == 0:
                read = {"village": village, "level": level, **read}
            rows_of[at]["read"] = read
        page.home(home, rows=rows_of)
    page.line("total", {"C": "Tổng cộng", "D": len(homes)})
    sign(page, "C", "M")
