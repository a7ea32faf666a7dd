"""The plain model behind the workbooks: made-up households of a made-up commune.

Nobody here exists; the numbers of papers are built from a running serial. Every workbook shows
some of these households in some commune's manner; what a reader should find comes from here.
"""

from dataclasses import dataclass


def cut(text: str) -> list[str]:
    return text.split("|")


PROVINCE = "Tỉnh Đông Sơn"
COMMUNE, COMMUNE_CODE = "Xã Suối Lành", "99001"
DECISION, DECISION_DATE = "215/QĐ-UBND", "2025-12-05"

# Relations as numbered in the usual list of the form; ethnic groups by QĐ 121-TCTK/PPCĐ.
RELATIONS = dict(
    enumerate(cut("Chủ hộ|Vợ|Chồng|Con|Bố|Mẹ|Ông|Bà|Anh/chị/em|Cháu|Con dâu|Con rể|Khác"), start=1)
)
ETHNIC = {
    "01": "Kinh",
    "02": "Tày",
    "04": "Hoa",
    "05": "Khơ-me",
    "07": "Nùng",
    "08": "Mông",
    "09": "Dao",
    "12": "Ê-đê",
    "16": "Cơ-ho",
    "20": "Mnông",
}
CAUSES = dict(
    enumerate(
        cut(
            "Thiếu đất sản xuất|Thiếu vốn|Thiếu lao động|Thiếu công cụ sản xuất"
            "|Thiếu kiến thức sản xuất|Thiếu kỹ năng lao động|Ốm đau, tai nạn|Khác"
        ),
        start=1,
    )
)
CLASSES = {"poor": "Hộ nghèo", "near_poor": "Hộ cận nghèo", "not_poor": "Hộ không nghèo"}


@dataclass(frozen=True)
class Person:
    name: str
    relation: int
    birth: str  # 1975-04-23, 1975-04 or 1975: as much as is known
    sex: str  # male, female
    cccd: str  # "" : has none
    ethnic: str


@dataclass(frozen=True)
class Household:
    key: str
    village: str
    level: str  # a key of CLASSES
    status: str  # old, new, again: how it came to be (near-)poor
    b1: int
    b2: int
    causes: tuple[int, ...]
    flags: frozenset[str]  # no_labour, merit
    members: tuple[Person, ...]

    @property
    def head(self) -> Person:
        return self.members[0]

    @property
    def minority(self) -> bool:
        return self.head.ethnic != "01"


_TABLE = """
dc1 | Thôn Đồi Chè | poor old | 120 40 | 1,2 |
  Nguyễn Văn Khoai | 1 | 1975-04-23 | M | 067 | 01
  Trần Thị Lúa | 2 | 1978-12-30 | F | 067 | 01
  Nguyễn Văn Ngô | 4 | 2004-01-15 | M | 067 | 01
  Nguyễn Thị Sắn | 4 | 2009-08-25 | F | 067 | 01
  Phạm Thị Vừng | 6 | 1948 | F | 034 | 01
dc2 | Thôn Đồi Chè | near_poor new | 130 20 | 3 |
  Đỗ Quý Mướp | 1 | 1982-03-17 | M | 036 | 01
  Bùi Thị Thúy Cải | 2 | 1985-10-28 | F | 036 | 01
  Đỗ Thị Hòa Bí | 4 | 2012-06-14 | F | - | 01
dc3 | Thôn Đồi Chè | poor again | 90 30 | 7 | no_labour merit
  Vũ Thị Ánh | 1 | 1941 | F | 035 | 01
dr1 | Bon Đăk Rung | poor old | 85 50 | 1,5,6 |
  Điểu K'Sơn | 1 | 1980-02-20 | M | 067 | 20
  Thị Brơi | 2 | 1984-05 | F | 067 | 20
  Điểu Khoan | 4 | 2006-09-19 | M | 067 | 20
  Thị Nhung | 4 | 2010-11-21 | F | 067 | 20
  Điểu Lanh | 4 | 2018-07-22 | M | - | 20
dr2 | Bon Đăk Rung | near_poor old | 135 20 | 2,4 |
  Thị Ngơi | 1 | 1969-01-26 | F | 067 | 20
  Điểu Brách | 4 | 1993-04-18 | M | 067 | 20
  Nông Thị Ửng | 11 | 1995-12-13 | F | 004 | 07
  Điểu Bảo Ỷ | 10 | 2019-02-24 | M | - | 20
dr3 | Bon Đăk Rung | poor new | 110 30 | 8 | merit
  Điểu Rưm | 1 | 1955 | M | 067 | 20
  Thị Ỡn | 2 | 1957 | F | 067 | 20
el1 | Buôn Ea Lang | poor old | 100 40 | 1,2,6 |
  Y Blơm Niê | 1 | 1977-08-29 | M | 066 | 12
  H'Yar Êban | 2 | 1979-06-16 | F | 066 | 12
  Y Thuân Êban | 4 | 2003-03-31 | M | 066 | 12
  H'Mlô Êban | 4 | 2007-10-27 | F | 066 | 12
el2 | Buôn Ea Lang | poor new | 70 60 | 1,3,5 |
  Giàng A Pháo | 1 | 1988-05-15 | M | 002 | 08
  Sùng Thị Dợ | 2 | 1990-09-14 | F | 002 | 08
  Giàng Thị Mỷ | 4 | 2011-01-18 | F | - | 08
  Giàng A Tủa | 4 | 2014-04-30 | M | - | 08
  Giàng A Vừ | 9 | 1996-11-23 | M | 002 | 08
  Vàng Thị Xí | 6 | 1960 | F | 002 | 08
el3 | Buôn Ea Lang | near_poor again | 140 10 | 2 |
  H'Bliă Kbuôr | 1 | 1972-12-19 | F | 066 | 12
  Y Ngọc Kbuôr | 4 | 1998-07-20 | M | 066 | 12
  Trương Thị Đượm | 11 | 1999-02-28 | F | 052 | 01
tp1 | Tổ dân phố 3 | near_poor new | 150 20 | 7 |
  Huỳnh Đức Ổi | 1 | 1986-04-17 | M | 049 | 01
  Đặng Thị Mỹ Cúc | 2 | 1987-08-13 | F | 049 | 01
  Huỳnh Thị Kiều Nhãn | 4 | 2013-05-29 | F | - | 01
  Huỳnh Văn Đậu | 5 | 1952-10 | M | 049 | 01
tp2 | Tổ dân phố 3 | poor old | 115 30 | 7,8 | no_labour
  Lý Thị Hường | 1 | 1950 | F | 079 | 04
  Lý Gia Phú | 10 | 2015-03-25 | M | - | 04
tp3 | Tổ dân phố 3 | poor again | 105 30 | 3,4 |
  Thạch Sa Rươl | 1 | 1974-01-14 | M | 084 | 05
  Kim Thị Hoanh Na | 2 | 1976-06-21 | F | 084 | 05
  Thạch Thị Sô Phia | 4 | 2005-09-16 | F | 084 | 05
xp1 | Thôn Đồi Chè | near_poor old | 140 20 | 2 |
  Lê Hữu Cà | 1 | 1970-11-18 | M | 038 | 01
  Hồ Thị Gừng | 2 | 1973-04-14 | F | 038 | 01
xp2 | Bon Đăk Rung | not_poor old | 160 10 | |
  Điểu Tăng | 1 | 1991-02-27 | M | 067 | 20
  Thị Mươn | 2 | 1992-12-16 | F | 067 | 20
  Điểu Anh Kiệt | 4 | 2016-08-19 | M | - | 20
xn1 | Buôn Ea Lang | not_poor old | 165 10 | |
  Lục Văn Hồng | 1 | 1968 | M | 004 | 02
  Triệu Mùi Ghển | 2 | 1971-07-30 | F | 004 | 09
xn2 | Tổ dân phố 3 | not_poor new | 170 0 | |
  K'Brẻoh | 1 | 1989-10-21 | M | 068 | 16
  Ka Dưn | 2 | 1994-03-23 | F | 068 | 16
"""


def _number(prefix: str, birth: str, sex: str, serial: int) -> str:
    """Province of birth, century and sex, year, serial: 12 digits."""
    century = (0 if birth < "2000" else 2) + (sex == "F")
    return "" if prefix == "-" else f"{prefix}{century}{birth[2:4]}{900000 + serial:06}"


def _read() -> dict[str, Household]:
    heads: list[list[str]] = []
    members: list[list[Person]] = []
    for serial, line in enumerate(_TABLE.strip().splitlines()):
        parts = [part.strip() for part in line.split("|")]
        if not line.startswith(" "):
            heads.append(parts)
            members.append([])
            continue
        name, relation, birth, sex, prefix, ethnic = parts
        cccd = _number(prefix, birth, sex, serial)
        full = "male" if sex == "M" else "female"
        members[-1].append(Person(name, int(relation), birth, full, cccd, ethnic))
    made = {}
    for (key, village, kind, scores, causes, flags), people in zip(heads, members, strict=True):
        level, status = kind.split()
        b1, b2 = map(int, scores.split())
        numbers = tuple(int(each) for each in causes.split(",") if each)
        made[key] = Household(
            key, village, level, status, b1, b2, numbers, frozenset(flags.split()), tuple(people)
        )
    return made


HOUSEHOLDS = _read()
VILLAGES = tuple(dict.fromkeys(each.village for each in HOUSEHOLDS.values()))


def of_village(village: str, keys: tuple[str, ...] = ()) -> list[Household]:
    """The households of the lists of poor and near-poor (not those of the lists of exits)."""
    return [
        each
        for each in HOUSEHOLDS.values()
        if each.village == village
        and not each.key.startswith("x")
        and (not keys or each.key in keys)
    ]
