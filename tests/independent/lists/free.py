"""Workbooks in nobody's layout but the village's own."""

from datetime import date
from typing import Any

from tests.independent.lists import legacy
from tests.independent.lists.official import sign
from tests.independent.lists.pages import Book, Column, Page, Text, slashed, true_date
from tests.independent.lists.people import (
    CLASSES,
    ETHNIC,
    HOUSEHOLDS,
    RELATIONS,
    VILLAGES,
    Household,
    Person,
    cut,
    of_village,
)


def named(*columns: Column) -> dict[str, Column]:
    return {chr(65 + at): each for at, each in enumerate(columns)}


def _birth_part(at: int) -> Any:
    def write(_home: Household, person: Person) -> int | None:
        parts = person.birth.split("-")
        return int(parts[at]) if at < len(parts) else None

    return write


def _only_head(value: Any) -> Any:
    return lambda home, person: value(home) if person is home.head else None


RELATION = Column("Quan hệ", "relation", lambda _h, p: RELATIONS[p.relation])
ETHNIC_OF = Column("Dân tộc", "ethnic", lambda _h, p: ETHNIC[p.ethnic])
CCCD = Column("Số CMND/CCCD", "cccd", lambda _h, p: p.cccd)
FULL_NAME = Column("Họ và tên", "name", lambda _h, p: p.name)


def _split_columns(homes: list[Household]) -> dict[str, Column]:
    return named(
        Column("TT", "line", lambda h, p: h.members.index(p) + 1),
        Column("Hộ số", "household_no", lambda h, _p: homes.index(h) + 1),
        Column("Họ và tên đệm", "name.first", lambda _h, p: p.name.rpartition(" ")[0]),
        Column("Tên", "name.last", lambda _h, p: p.name.rpartition(" ")[2]),
        RELATION,
        Column("GT", "sex", lambda _h, p: "Nam" if p.sex == "male" else "Nữ"),
        Column("Ngày", "birth.day", _birth_part(2)),
        Column("Tháng", "birth.month", _birth_part(1)),
        Column("Năm", "birth.year", _birth_part(0)),
        ETHNIC_OF,
        CCCD,
    )


def _split_page(book: Book, village: str, **more: Any) -> Page:
    """Names and births in parts, the number of the household on every row."""
    homes = of_village(village)
    page = book.page(village, _split_columns(homes), village=village, **more)
    page.line("title", {"A": f"Danh sách nhân khẩu các hộ nghèo, cận nghèo – {village}"}, "A:K")
    page.blank()
    spans = [
        (f"{letter}2" if letter in "GHI" else f"{letter}1:{letter}2", each.heading)
        for letter, each in page.columns.items()
    ]
    page.head([("G1:I1", "Ngày, tháng, năm sinh"), *spans], 2)
    for home in homes:
        page.home(home)
    return page


def free_members() -> Book:
    """Four villages, four manners; the village stands only in the name or title of the sheet."""
    book = Book(
        "Danh sách nhân khẩu tự kẻ, mỗi thôn một trang tính và một kiểu cột: họ tên tách hai cột, "
        "ngày tháng năm tách ba cột; Unicode tổ hợp; phông VNI; dòng tên hộ xen giữa."
    )
    _split_page(book, VILLAGES[0])
    village = VILLAGES[1]
    columns = named(
        Column("Số định danh cá nhân", "cccd", lambda _h, p: p.cccd),
        FULL_NAME,
        Column("Nữ", "sex", lambda _h, p: "x" if p.sex == "female" else None),
        Column("Năm sinh", "birth", lambda _h, p: slashed(p.birth)),
        Column("DT", "ethnic", lambda _h, p: ETHNIC[p.ethnic]),
        Column("Hộ", "household_no", _only_head(lambda h: of_village(village).index(h) + 1)),
        Column("QHCH", "relation", lambda _h, p: RELATIONS[p.relation]),
        Column("Mã", "", lambda h, _p: f"{h.key}-cũ"),
    )
    page = book.page("Sheet2", columns, encode=legacy.decomposed, village=village)
    page.line("title", {"B": f"Thôn: {village}"}, bold=False)
    page.simple_head()
    for home in of_village(village):  # nothing in `Nữ` is a man: the column is there for all
        page.home(home, rows={at: {"read": {"sex": p.sex}} for at, p in enumerate(home.members)})
    page.hide("H")
    _split_page(book, VILLAGES[2], encode=legacy.vni, font=lambda _v: "VNI-Times")
    village = VILLAGES[3]
    columns = named(
        Column("STT", "member_no", lambda h, p: h.members.index(p) + 1),
        FULL_NAME,
        Column("Sinh ngày (dd/mm/yyyy)", "birth", lambda _h, p: true_date(p.birth)),
        Column("Nam/Nữ", "sex", lambda _h, p: 1 if p.sex == "male" else 2),
        RELATION,
        ETHNIC_OF,
        CCCD,
    )
    page = book.page("TDP3", columns, village=village)
    page.line("title", {"A": f"{village.upper()} – HỘ NGHÈO, CẬN NGHÈO"}, "A:G")
    page.simple_head()
    for at, home in enumerate(of_village(village), 1):
        level = CLASSES[home.level].lower()
        page.line("household", {"A": f"{at}. Hộ {home.head.name} ({level})"}, "A:G")
        page.home(home, rows={0: {"read": {"level": home.level}}})
    sign(page, "B", "F")
    page = book.page("Ghi chú", holds="nothing")
    page.line("words", {"A": "Các thôn gửi lại trước ngày 10/12. Mọi thắc mắc hỏi chị Lập."})
    return book


def free_households() -> Book:
    """One row per household; dates of unknown order; the total first."""
    book = Book(
        "Danh sách hộ tự kẻ, mỗi hộ một dòng, dòng tổng ở trên; ngày sinh lẫn lộn (ngày thật, chữ, "
        "chỉ năm, hai chữ số năm, có chỗ hiểu được hai cách), số điện thoại mất số 0, ghi chú bắt "
        "đầu bằng dấu =."
    )
    homes = [home for village in VILLAGES for home in of_village(village)]
    columns = named(
        Column("Số TT", "line", lambda h, _p: homes.index(h) + 1),
        Column("Thôn, bon", "village", lambda h, _p: h.village),
        Column("Tên chủ hộ", "name", lambda _h, p: p.name),
        Column("Ngày tháng năm sinh", "birth", lambda _h, p: slashed(p.birth)),
        Column("Nam", "sex.male", lambda _h, p: "x" if p.sex == "male" else None),
        Column("Nữ", "sex.female", lambda _h, p: "x" if p.sex == "female" else None),
        ETHNIC_OF,
        Column("Số khẩu", "member_count", lambda h, _p: len(h.members)),
        Column("Diện", "level", lambda h, _p: {"poor": "HN", "near_poor": "HCN"}[h.level]),
        Column("B1", "b1", lambda h, _p: h.b1),
        Column("B2", "b2", lambda h, _p: str(h.b2)),
        Column("SĐT", "phone", lambda h, _p: 987000100 + homes.index(h), lambda h, _p: (
            f"0{987000100 + homes.index(h)}"
        )),
        Column("Ghi chú", "household_note", lambda _h, _p: None, lambda _h, _p: None),
    )  # fmt: skip
    page = book.page("Tổng hợp", columns, holds="households")
    page.line("title", {"A": "TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2025"}, "A:M")
    page.simple_head()
    people = sum(len(home.members) for home in homes)
    page.line("total", {"A": "Tổng số", "C": len(homes), "H": people}, "A:B")
    swapped = "Cột có mọi ngày > 12 là chữ, mọi ô ngày thật ≤ 12: Excel có thể đã đảo ngày và tháng"
    lost = ("phone_zero_lost", "Số điện thoại mất số 0")
    order = "Không biết ngày/tháng hay tháng/ngày"
    special: dict[str, dict[str, Any]] = {
        "dc1": {
            "over": {"D": "03/04/1975"},
            "unclear": {"D": (["1975-04-03", "1975-03-04"], order)},
        },
        "dc2": {
            "over": {"D": date(1982, 7, 3)},
            "unclear": {"D": (["1982-07-03", "1982-03-07"], swapped)},
        },
        "dr1": {
            "over": {"D": "2/4/80"},
            "unclear": {"D": (["1980-04-02", "1980-02-04"], order + "; năm hai chữ số")},
        },
        "dr2": {
            "over": {"D": "03/04"},
            "unclear": {
                "D": (["--04-03", "--03-04", "2004-03", "1904-03"], "Thiếu năm, hay tháng 3 năm 04")
            },
        },
        "dr3": {
            "over": {"D": "01/01/1955", "M": Text("=> mới chuyển đến")},
            "read": {"birth": "1955-01-01", "household_note": "=> mới chuyển đến"},
            "mended": {"M": ("text_like_formula", "Chữ bắt đầu bằng dấu =, không tính")},
        },
        "el1": {
            "over": {"D": "8/29/1977"},
            "mended": {"D": ("month_first", "Không có tháng 29: tháng viết trước ngày")},
        },
        "el2": {"over": {"D": "15/5/1988 ", "M": Text('=HYPERLINK("http://vd.invalid","xem")')},
                "read": {"household_note": '=HYPERLINK("http://vd.invalid","xem")'},
                "mended": {"M": ("text_like_formula", "Chữ bắt đầu bằng dấu =, không tính")}},
        "el3": {"over": {"D": 1972}, "read": {"birth": "1972"}},
        "tp1": {
            "over": {"E": "x", "F": "x"},
            "unclear": {"F": (["male", "female"], "Đánh dấu cả hai cột Nam và Nữ")},
        },
        "tp2": {
            "over": {"H": "2 người", "I": "HN?", "M": "hỏi lại"},
            "read": {"household_note": "hỏi lại"},
            "unclear": {"I": (["poor", None], "Có dấu hỏi sau HN")},
        },
        "tp3": {
            "over": {"D": "30/02/1974", "J": "1O5"},
            "wrong": {
                "D": ("date_impossible", "Tháng 2 không có ngày 30"),
                "J": ("score_unreadable", "Chữ O lẫn trong số"),
            },
            "read": {"birth": None, "b1": None},
        },
    }  # fmt: skip
    for home in homes:
        each = dict(special.get(home.key, {}))
        each["mended"] = {"L": lost, **each.get("mended", {})}
        page.home(home, [home.head], {0: each})
        del book.expected["households"][-1]["members"][0]["row"]
        book.expected["households"][-1]["member_count"] = len(home.members)
    page.line("footer", {"B": "Ghi chú: HN là hộ nghèo, HCN là hộ cận nghèo"}, bold=False)
    return book


def mixed_fonts() -> Book:
    """One sheet, five ways to write Vietnamese, cell by cell."""
    book = Book(
        "Một trang tính chép từ nhiều tệp: Unicode dựng sẵn, tổ hợp, dấu thanh rời, TCVN3, VNI; "
        "có ô không biết là phông gì."
    )
    columns = named(
        Column("STT", "line", lambda h, p: h.members.index(p) + 1),
        FULL_NAME, RELATION,
        Column("Ngày sinh (dd/mm/yyyy)", "birth", lambda _h, p: slashed(p.birth)),
        Column("Giới tính", "sex", lambda _h, p: "Nam" if p.sex == "male" else "Nữ"),
        ETHNIC_OF, CCCD,
        Column("Thôn", "village", lambda h, _p: h.village),
    )  # fmt: skip
    page = book.page("Gộp", columns)
    page.simple_head()
    manners = (
        (str, "Times New Roman"),
        (legacy.tcvn3, ".VnTime"),
        (legacy.vni, "VNI-Times"),
        (legacy.decomposed, "Arial"),
        (legacy.composed_tone_only, "Arial"),
        (legacy.tcvn3, "Times New Roman"),  # pasted without its font: the officer sees rubbish
    )
    for key in ("dc1", "dr2", "el1", "tp1"):
        home = HOUSEHOLDS[key]
        for at, person in enumerate(home.members):
            encode, font = manners[(at + len(key) + ord(key[0])) % len(manners)]
            page.encode = encode if encode is not str else (lambda text: text)
            page.font = lambda _value, font=font: font
            page.member(home, person)
    return book


def no_list() -> Book:
    """A table of figures and a letter: nothing to import, and nothing to be taken for people."""
    book = Book(
        "Biểu tổng hợp số liệu và công văn: không có danh sách nào, không được nhập gì.",
        shared=False,
    )
    page = book.page("Biểu 1", holds="nothing")
    page.line("title", {"A": "TỔNG HỢP SỐ HỘ NGHÈO THEO THÔN"}, "A:E")
    heads = cut("STT|Thôn|Tổng số hộ|Hộ nghèo|Hộ cận nghèo")
    page.line("heading", dict(zip("ABCDE", heads, strict=True)))
    page.line("number row", dict(zip("ABCDE", ["A", "B", 1, 2, 3], strict=True)), bold=False)
    for at, village in enumerate(VILLAGES, 1):
        homes = of_village(village)
        poor = sum(home.level == "poor" for home in homes)
        figures = {"A": at, "B": village, "C": 100 + at, "D": poor, "E": len(homes) - poor}
        page.line("figures", figures, bold=False)
    page.line("total", {"B": "Tổng cộng", "C": 410, "D": 8, "E": 4})
    page = book.page("Công văn", holds="nothing")
    for text in (
        "Kính gửi: Trưởng các thôn, bon, buôn",
        "Đề nghị lập danh sách hộ nghèo",
        "Chủ tịch",
    ):
        page.line("words", {"A": text})
    book.page("Trống", holds="nothing")
    return book
