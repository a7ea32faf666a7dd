"""A list of 27 columns as long as wanted, of people nobody knows."""

from datetime import date

from giamngheo_desktop.domain.identity_numbers import make_personal_number
from giamngheo_desktop.domain.sheet_table import Row, Sheet
from tests.independent.lists.official import HEADINGS_27
from tests.independent.lists.people import VILLAGES

RELATIONS = ("Chủ hộ", "Vợ", "Con", "Con")
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô")
GIVEN = ("An", "Bình", "Cúc", "Dung", "Hòa", "Khánh", "Lan", "Minh", "Nga", "Oanh", "Phúc", "Sơn")


def long_list(rows: int) -> Sheet:
    """Households of four, all with papers; row 8 is the first."""
    made: dict[int, Row] = {7: tuple(HEADINGS_27)}
    for at in range(rows):
        home, place = divmod(at, 4)
        sex = "male" if place in (0, 2) else "female"
        year = 1950 + home % 40 if place < 2 else 1990 + home % 30
        number = make_personal_number("067", sex, year, at)
        made[8 + at] = (
            *(at + 1, home + 1 if place == 0 else None, _name(home * 4), _name(at)),
            *(RELATIONS[place], date(year, 1 + home % 12, 1 + home % 28)),
            *("Nam" if sex == "male" else "Nữ", number, "Tỉnh Đông Sơn", None, None),
            *("Xã Suối Lành", "99001", VILLAGES[home % len(VILLAGES)], "Kinh"),
            *("Hộ nghèo" if home % 3 else "Hộ cận nghèo", "215/QĐ-UBND", date(2025, 12, 5)),
            *(100 + home % 40, 10 * (home % 6), None, None, "x" if home % 9 == 0 else None),
            *("Thiếu vốn; Thiếu lao động", None, 2025 - year, 4),
        )
    return Sheet(name="Danh sách", rows=made)


def _name(at: int) -> str:
    first, rest = divmod(at, len(FAMILY))
    middle, last = divmod(first, len(GIVEN))
    return f"{FAMILY[rest]} {GIVEN[middle % len(GIVEN)]} {GIVEN[last]}"
