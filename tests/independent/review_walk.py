"""The yearly review of 2026 of a made-up commune, worked out by hand: the oracle of the walk.

Written from law.md (1b, 2.2, 3, 4.4, 6, 7) and the issue alone, before and without the code it
judges; nothing here is imported from the project, and nothing here may be changed to please it.
Standard 2022, rural: B1 <= 140 and B2 >= 30 poor; B1 <= 140 and B2 < 30 near-poor; B1 > 140 none.

Choices made where law or issue leave one (C1-C12):
C1  "2 villages x 10 households" are the households the year ever sees: 17 at the opening, 3 that
    arise or arrive (class_2025 None), each counted where it is first seen.
C2  Poor -> near-poor stands in the list "thoát nghèo" AND in the list "cận nghèo" (law.md 6:
    "counts as thoát nghèo"). Near-poor -> poor is NOT in "thoát cận nghèo" (law.md 5.6).
C3  The four lists are those of the December decision. In-year decisions have their own
    (IN_YEAR_DECISIONS); the household that entered and left stands in no December list.
C4  The vote is per household; one that fails goes back alone and is voted again at the second
    meeting; the others of the village keep their first vote. Exactly 50 % passes.
C5  A complaint's re-check is posted again and needs no new meeting.
C6  Absent: no form and no vote, named in the minutes, keeps the class of 2025.
C7  The household split in the year comes from a not-poor one: new, column 7, at its closing size.
    The mother household enters at ITS closing size, without those who split off.
C8  Moved within the commune: out at opening size (4), in at closing size (8); the listed household
    that merges into it is a household gone (4), its person is in the closing size of the other.
C9  Opening class not_poor and closing class not_poor: no flow at all, whatever lies between.
C10 A household that moved in keeps the class it brought until the autumn review; that year it is
    column 8. Class at the close of 2025 in THIS commune: None.
C11 Ages follow from the birth year alone; no birth year is used where day and month would matter.
C12 The correction changes lần 2 only; a corrected staying household loses its growth from column 8
    and leaves at opening size (so BC2.2 and BC3.5 differ in persons, never in households).
"""

from dataclasses import dataclass, field

POOR, NEAR, NOT_POOR = "poor", "near_poor", "not_poor"
EAST, WEST, TOTAL = "Thôn Đông", "Thôn Tây", "Tổng"
MALE, FEMALE = "Nam", "Nữ"
COMMUNE = "Xã Thí Điểm"
INDICATORS = (
    "employment", "dependents", "nutrition", "health_insurance", "adult_education",
    "school_attendance", "housing_quality", "housing_area", "water", "toilet", "telecom",
    "information_assets",
)  # fmt: skip

POPULATION = {EAST: (120, 431), WEST: (98, 356)}  # resident households, persons: typed, not summed
DECISION_DAYS = {2022: "2022-12-09", 2023: "2023-12-08", 2024: "2024-12-10", 2025: "2025-12-05"}
CALENDAR = {  # the periodic round of 2026; posting and re-check: 3 working days each
    "start": "2026-09-07",
    "list": "2026-09-21",
    "collect": ("2026-10-05", "2026-10-16"),
    "meetings": {EAST: ("2026-10-24",), WEST: ("2026-10-25", "2026-11-01")},
    "posting": {EAST: ("2026-10-26", "2026-10-28"), WEST: ("2026-11-02", "2026-11-04")},
    "reposting": {EAST: ("2026-10-30", "2026-11-03")},
    "preliminary_report": "2026-11-10",
    "decision": "2026-12-04",
    "certificates": "2026-12-08",
    "official_report": "2026-12-11",
    "close": "2026-12-14",
    "correction": "2026-12-22",
}
ATTENDANTS = {  # (village, day of the meeting): attendants
    (EAST, "2026-04-18"): 22, (WEST, "2026-04-19"): 18, (WEST, "2026-07-18"): 20,
    (EAST, "2026-10-24"): 34, (WEST, "2026-10-25"): 26, (WEST, "2026-11-01"): 28,
}  # fmt: skip


@dataclass(frozen=True)
class Member:
    name: str
    born: int
    sex: str
    relation: str
    allowance: bool = False  # monthly social allowance (elderly or disabled): a dependent


@dataclass(frozen=True)
class Act:
    """One thing that happens on one day.

    birth(member) · member_death(name) · member_leaves(name) · member_joins(member, of) ·
    split_off(names, to) · split_from(of) · died · moved_away(to) · moved_in(origin, cls) ·
    merged_into(household) · moved_village(to) ·
    application(form) · phieu_a(passed) · form(stage, b1, deprived {indicator: cause}, b2, cls) ·
    vote(agreed, attendants, passed) · complaint(text) · absent(text) · decision(cls) ·
    correction(reason, b1, deprived, b2, cls)
    """

    day: str
    kind: str
    detail: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Household:
    key: str
    village: str  # where it is first seen
    head: str
    members: tuple[Member, ...]  # at the opening, or on the day it arises or arrives
    class_2025: str | None
    history: dict[int, str]  # recognised at the close of the year, in this commune
    acts: tuple[Act, ...]
    size_open: int  # 0: not here at the opening
    size_close: int  # 0: gone
    close_village: str | None
    closing: tuple[str | None, str | None]  # class at the close: lần 1, lần 2


def act(day, kind, **detail):
    return Act(day, kind, detail)


def form(day, stage, b1, b2, cls, **deprived):
    return Act(day, "form", {"stage": stage, "b1": b1, "b2": b2, "cls": cls, "deprived": deprived})


def vote(day, agreed, attendants, passed=True):
    return Act(day, "vote", {"agreed": agreed, "attendants": attendants, "passed": passed})


M = Member
DECIDED = CALENDAR["decision"]

HOUSEHOLDS = (
    # ------------------------------------------------------------------ Thôn Đông
    # D01 poor -> poor, grew by a birth 4 -> 5: stays; BC2.8 Khẩu +1 (lần 1).
    #     B2 = 3 x 10 = 30, B1 118 -> poor. Dependents: 3 children of 5 = 60 % > 50 %.
    #     Lần 2 (toilet was mistyped): B2 = 20 -> near-poor: BC2.2 4 persons, BC3.5 5 persons.
    Household(
        "D01", EAST, "Nguyễn Văn Lành",
        (M("Nguyễn Văn Lành", 1988, MALE, "Chủ hộ"), M("Trần Thị Mơ", 1991, FEMALE, "Vợ"),
         M("Nguyễn Thị Hoa", 2013, FEMALE, "Con"), M("Nguyễn Văn Tâm", 2017, MALE, "Con")),
        POOR, {2023: POOR, 2024: POOR, 2025: POOR},
        (act("2026-08-14", "birth", member=M("Nguyễn Thị An", 2026, FEMALE, "Con")),
         form("2026-10-05", "collect", 118, 30, POOR, dependents="3/5 = 60 %",
              health_insurance="Trần Thị Mơ", toilet="không hợp vệ sinh"),
         vote("2026-10-24", 31, 34), act(DECIDED, "decision", cls=POOR),
         act("2026-12-22", "correction",
             reason="Nhập nhầm loại nhà tiêu: phiếu giấy ghi tự hoại", b1=118, b2=20, cls=NEAR,
             deprived={"dependents": "3/5 = 60 %", "health_insurance": "Trần Thị Mơ"})),
        4, 5, EAST, (POOR, NEAR)),
    # D02 poor -> near-poor, 5 = 5: BC2.2 1/5, BC3.5 1/5. B2 = 2 x 10 = 20, B1 131.
    Household(
        "D02", EAST, "Phạm Văn Bảy",
        (M("Phạm Văn Bảy", 1975, MALE, "Chủ hộ"), M("Lê Thị Nụ", 1978, FEMALE, "Vợ"),
         M("Phạm Thị Thảo", 2006, FEMALE, "Con"), M("Phạm Văn Thắng", 2009, MALE, "Con"),
         M("Phạm Văn Lợi", 2012, MALE, "Con")),
        POOR, {2022: POOR, 2023: POOR, 2024: POOR, 2025: POOR},
        (form("2026-10-05", "collect", 131, 20, NEAR,
              employment="Phạm Thị Thảo: làm công không hợp đồng", water="nước sông"),
         vote("2026-10-24", 29, 34), act(DECIDED, "decision", cls=NEAR)),
        5, 5, EAST, (NEAR, NEAR)),
    # D03 poor -> gone by death, 1 person: BC2.4 1/1.
    Household(
        "D03", EAST, "Vũ Thị Sen",
        (M("Vũ Thị Sen", 1938, FEMALE, "Chủ hộ", allowance=True),),
        POOR, {2024: POOR, 2025: POOR},
        (act("2026-02-11", "died"),),
        1, 0, None, (None, None)),
    # D04 poor -> poor, moved Đông -> Tây, 3 -> 4 (the wife's mother, W04, merges into it):
    #     Đông BC2.4 1/3, Tây BC2.8 1/4. B2 = 3 x 10 = 30, B1 126. Reviewed in Thôn Tây.
    Household(
        "D04", EAST, "Hoàng Văn Quý",
        (M("Hoàng Văn Quý", 1983, MALE, "Chủ hộ"), M("Đỗ Thị Lan", 1985, FEMALE, "Vợ"),
         M("Hoàng Văn Nam", 2014, MALE, "Con")),
        POOR, {2025: POOR},
        (act("2026-05-20", "moved_village", to=WEST),
         act("2026-06-15", "member_joins", of="W04",
             member=M("Bùi Thị Gấm", 1959, FEMALE, "Mẹ vợ")),
         form("2026-10-07", "collect", 126, 30, POOR, housing_quality="tường và mái",
              water="nước suối", toilet="không có"),
         vote("2026-10-25", 24, 26), act(DECIDED, "decision", cls=POOR)),
        3, 4, WEST, (POOR, POOR)),
    # D05 near-poor -> poor, 4 = 4, by a complaint: BC3.2 1/4, BC2.5 1/4.
    #     First B2 = 2 x 10 = 20, B1 138 -> near-poor (voted and posted so);
    #     re-check: insurance of the wife has run out, B2 = 30 -> poor.
    Household(
        "D05", EAST, "Đặng Văn Khoa",
        (M("Đặng Văn Khoa", 1969, MALE, "Chủ hộ"), M("Nguyễn Thị Hợi", 1971, FEMALE, "Vợ"),
         M("Đặng Thị Yến", 2000, FEMALE, "Con"), M("Đặng Văn Hưng", 2016, MALE, "Cháu")),
        NEAR, {2024: NEAR, 2025: NEAR},
        (form("2026-10-06", "collect", 138, 20, NEAR, employment="Đặng Thị Yến: không có việc",
              telecom="không ai dùng internet"),
         vote("2026-10-24", 30, 34),
         act("2026-10-27", "complaint", text="Thẻ BHYT của bà Hợi đã hết hạn, phiếu ghi là có"),
         form("2026-10-29", "recheck", 138, 30, POOR, employment="Đặng Thị Yến: không có việc",
              telecom="không ai dùng internet", health_insurance="Nguyễn Thị Hợi"),
         act(DECIDED, "decision", cls=POOR)),
        4, 4, EAST, (POOR, POOR)),
    # D06 near-poor -> near-poor, shrank by a death 5 -> 4: stays; BC3.4 Khẩu 1.
    #     B2 = 1 x 10 = 10 (28 m2 / 4 = 7 < 8), B1 140 = the line itself -> near-poor.
    Household(
        "D06", EAST, "Lý Văn Tấn",
        (M("Lý Văn Tấn", 1960, MALE, "Chủ hộ"), M("Ngô Thị Xuân", 1963, FEMALE, "Vợ"),
         M("Lý Văn Đạt", 1990, MALE, "Con"), M("Hồ Thị Na", 1993, FEMALE, "Con dâu"),
         M("Lý Văn Phúc", 2019, MALE, "Cháu")),
        NEAR, {2023: POOR, 2024: NEAR, 2025: NEAR},
        (act("2026-03-19", "member_death", name="Ngô Thị Xuân"),
         form("2026-10-06", "collect", 140, 10, NEAR, housing_area="28 m²/4 người"),
         vote("2026-10-24", 34, 34), act(DECIDED, "decision", cls=NEAR)),
        5, 4, EAST, (NEAR, NEAR)),
    # D07 never listed -> poor, 6 -> 4 (two split off): BC2.7 1/4. B2 = 3 x 10 = 30, B1 135.
    #     Dependents: Sơn and Bé of 4 = 50 % exactly, not deprived. Vote 17 of 34 = 50 % passes.
    Household(
        "D07", EAST, "Trịnh Văn Hậu",
        (M("Trịnh Văn Hậu", 1972, MALE, "Chủ hộ"), M("Mai Thị Thu", 1974, FEMALE, "Vợ"),
         M("Trịnh Văn Hải", 1998, MALE, "Con"), M("Lò Thị Mây", 2001, FEMALE, "Con dâu"),
         M("Trịnh Văn Sơn", 2012, MALE, "Con"), M("Trịnh Thị Bé", 1943, FEMALE, "Mẹ", True)),
        NOT_POOR, {},
        (act("2026-06-10", "split_off", names=("Trịnh Văn Hải", "Lò Thị Mây"), to="D08"),
         act("2026-09-08", "application", form="Mẫu số 01"),
         act("2026-09-16", "phieu_a", passed=True),
         form("2026-10-08", "collect", 135, 30, POOR,
              employment="Trịnh Văn Hậu: làm công không hợp đồng", health_insurance="Mai Thị Thu",
              telecom="không ai dùng internet"),
         vote("2026-10-24", 17, 34), act(DECIDED, "decision", cls=POOR)),
        6, 4, EAST, (POOR, POOR)),
    # D08 newly split from D07 -> poor, 2 persons: BC2.7 1/2. B2 = 4 x 10 = 40, B1 109.
    Household(
        "D08", EAST, "Trịnh Văn Hải",
        (M("Trịnh Văn Hải", 1998, MALE, "Chủ hộ"), M("Lò Thị Mây", 2001, FEMALE, "Vợ")),
        None, {},
        (act("2026-06-10", "split_from", of="D07"),
         act("2026-09-09", "application", form="Mẫu số 01"),
         act("2026-09-16", "phieu_a", passed=True),
         form("2026-10-08", "collect", 109, 40, POOR, adult_education="Lò Thị Mây",
              housing_quality="tường và mái", housing_area="14 m²/2 người", toilet="không có"),
         vote("2026-10-24", 27, 34), act(DECIDED, "decision", cls=POOR)),
        0, 2, EAST, (POOR, POOR)),
    # D09 never listed -> near-poor by a decision of April, still so: BC3.7 1/3.
    #     April B2 = 10, B1 128; autumn B2 = 2 x 10 = 20, B1 134.
    Household(
        "D09", EAST, "Cao Thị Liễu",
        (M("Cao Thị Liễu", 1980, FEMALE, "Chủ hộ"), M("Cao Minh Đức", 2007, MALE, "Con"),
         M("Cao Thị Ngọc", 2012, FEMALE, "Con")),
        NOT_POOR, {},
        (act("2026-03-20", "application", form="Mẫu số 01"),  # after 15/3: the review of 15/4
         act("2026-04-15", "phieu_a", passed=True),
         form("2026-04-16", "in_year", 128, 10, NEAR, health_insurance="Cao Thị Liễu"),
         vote("2026-04-18", 19, 22), act("2026-04-24", "decision", cls=NEAR),
         form("2026-10-09", "collect", 134, 20, NEAR, health_insurance="Cao Thị Liễu",
              nutrition="Cao Thị Ngọc"),
         vote("2026-10-24", 33, 34), act(DECIDED, "decision", cls=NEAR)),
        3, 3, EAST, (NEAR, NEAR)),
    # D10 moved in with class near-poor, 6 persons: BC3.8 1/6. B2 = 2 x 10 = 20, B1 133.
    Household(
        "D10", EAST, "Tạ Văn Kiên",
        (M("Tạ Văn Kiên", 1979, MALE, "Chủ hộ"), M("Phùng Thị Duyên", 1982, FEMALE, "Vợ"),
         M("Tạ Thị Quỳnh", 2005, FEMALE, "Con"), M("Tạ Văn Long", 2013, MALE, "Con"),
         M("Tạ Thị Vân", 2018, FEMALE, "Con"), M("Tạ Đình Chính", 1957, MALE, "Bố")),
        None, {},
        (act("2026-07-06", "moved_in", origin="Xã Đồng Nội", cls=NEAR),
         form("2026-10-09", "collect", 133, 20, NEAR, water="nước sông",
              housing_area="44 m²/6 người"),
         vote("2026-10-24", 32, 34), act(DECIDED, "decision", cls=NEAR)),
        0, 6, EAST, (NEAR, NEAR)),
    # ------------------------------------------------------------------ Thôn Tây
    # W01 poor, absent at the review, keeps its class, 3 = 3: stays.
    Household(
        "W01", WEST, "Châu Văn Mạnh",
        (M("Châu Văn Mạnh", 1986, MALE, "Chủ hộ"), M("Kiều Thị Diễm", 1989, FEMALE, "Vợ"),
         M("Châu Văn Tú", 2019, MALE, "Con")),
        POOR, {2024: POOR, 2025: POOR},
        (act("2026-10-14", "absent", text="Đi vắng, đến ba lần không gặp"),
         act(DECIDED, "decision", cls=POOR)),
        3, 3, WEST, (POOR, POOR)),
    # W02 poor -> not poor, 6 = 6: BC2.3 1/6. First B2 = 10, B1 136 -> near-poor; 9 of 26 = 34,6 %
    #     fails; collected again: B1 158 -> not poor; 22 of 28 = 78,6 %.
    Household(
        "W02", WEST, "Đinh Văn Toàn",
        (M("Đinh Văn Toàn", 1977, MALE, "Chủ hộ"), M("Dương Thị Lý", 1979, FEMALE, "Vợ"),
         M("Đinh Văn Quang", 2003, MALE, "Con"), M("Đinh Thị Mai", 2007, FEMALE, "Con"),
         M("Đinh Văn Phong", 2015, MALE, "Con"), M("Đinh Thị Cúc", 1958, FEMALE, "Mẹ")),
        POOR, {2023: POOR, 2024: POOR, 2025: POOR},
        (form("2026-10-12", "collect", 136, 10, NEAR,
              employment="Đinh Văn Quang: làm công không hợp đồng"),
         vote("2026-10-25", 9, 26, passed=False),
         form("2026-10-28", "recollect", 158, 10, NOT_POOR,
              employment="Đinh Văn Quang: làm công không hợp đồng"),
         vote("2026-11-01", 22, 28), act(DECIDED, "decision", cls=NOT_POOR)),
        6, 6, WEST, (NOT_POOR, NOT_POOR)),
    # W03 poor -> gone, moved away, 4 persons: BC2.4 1/4.
    Household(
        "W03", WEST, "Thái Văn Lực",
        (M("Thái Văn Lực", 1990, MALE, "Chủ hộ"), M("Tô Thị Hạnh", 1992, FEMALE, "Vợ"),
         M("Thái Thị Na", 2015, FEMALE, "Con"), M("Thái Văn Bin", 2019, MALE, "Con")),
        POOR, {2025: POOR},
        (act("2026-07-30", "moved_away", to="Xã Bình Ngoại"),),
        4, 0, None, (None, None)),
    # W04 poor -> gone, merged into D04, 1 person: BC2.4 1/1 (in Tây).
    Household(
        "W04", WEST, "Bùi Thị Gấm",
        (M("Bùi Thị Gấm", 1959, FEMALE, "Chủ hộ"),),
        POOR, {2023: POOR, 2024: POOR, 2025: POOR},
        (act("2026-06-15", "merged_into", household="D04"),),
        1, 0, None, (None, None)),
    # W05 near-poor -> not poor, 5 -> 4 (the mother left): BC3.3 1/5, at opening size. B1 147, B2 0.
    #     Dependents: 2 of 4 = 50 %, not deprived.
    Household(
        "W05", WEST, "La Văn Cường",
        (M("La Văn Cường", 1981, MALE, "Chủ hộ"), M("Võ Thị Hằng", 1984, FEMALE, "Vợ"),
         M("La Thị Trang", 2012, FEMALE, "Con"), M("La Văn Hiếu", 2016, MALE, "Con"),
         M("Nguyễn Thị Út", 1958, FEMALE, "Mẹ")),
        NEAR, {2023: POOR, 2024: NEAR, 2025: NEAR},
        (act("2026-05-05", "member_leaves", name="Nguyễn Thị Út"),
         form("2026-10-12", "collect", 147, 0, NOT_POOR),
         vote("2026-10-25", 25, 26), act(DECIDED, "decision", cls=NOT_POOR)),
        5, 4, WEST, (NOT_POOR, NOT_POOR)),
    # W06 near-poor -> gone, moved away after the list was drawn up, 3 persons: BC3.4 1/3.
    Household(
        "W06", WEST, "Huỳnh Văn Lâm",
        (M("Huỳnh Văn Lâm", 1970, MALE, "Chủ hộ"), M("Từ Thị Bích", 1973, FEMALE, "Vợ"),
         M("Huỳnh Văn Tài", 2004, MALE, "Con")),
        NEAR, {2025: NEAR},
        (act("2026-10-02", "moved_away", to="Phường Nam Giả"),),
        3, 0, None, (None, None)),
    # W07 poor until 2023, exit recognised 2024 -> poor again, 5 -> 4: BC2.6 1/4, at closing size.
    #     B2 = 3 x 10 = 30, B1 140 = the line itself -> poor.
    Household(
        "W07", WEST, "Phan Văn Thịnh",
        (M("Phan Văn Thịnh", 1966, MALE, "Chủ hộ"), M("Quách Thị Tuyết", 1968, FEMALE, "Vợ"),
         M("Phan Văn Vinh", 1999, MALE, "Con"), M("Phan Thị Oanh", 2002, FEMALE, "Con"),
         M("Phan Bảo Châu", 2021, FEMALE, "Cháu")),
        NOT_POOR, {2022: POOR, 2023: POOR, 2024: NOT_POOR, 2025: NOT_POOR},
        (act("2026-02-08", "member_leaves", name="Phan Thị Oanh"),
         act("2026-09-10", "application", form="Mẫu số 01"),
         act("2026-09-17", "phieu_a", passed=True),
         form("2026-10-13", "collect", 140, 30, POOR, employment="Phan Văn Vinh: không có việc",
              adult_education="Phan Văn Vinh", health_insurance="Quách Thị Tuyết"),
         vote("2026-10-25", 20, 26), act(DECIDED, "decision", cls=POOR)),
        5, 4, WEST, (POOR, POOR)),
    # W08 near-poor until 2023, exit recognised 2024 -> near-poor again, 2 = 2: BC3.6 1/2.
    #     B2 = 2 x 10 = 20, B1 112: far below the line, yet near-poor.
    Household(
        "W08", WEST, "Âu Thị Phượng",
        (M("Âu Thị Phượng", 1958, FEMALE, "Chủ hộ"), M("Âu Văn Sáng", 1987, MALE, "Con")),
        NOT_POOR, {2022: NEAR, 2023: NEAR, 2024: NOT_POOR, 2025: NOT_POOR},
        (act("2026-09-14", "application", form="Mẫu số 01"),
         act("2026-09-17", "phieu_a", passed=True),
         form("2026-10-13", "collect", 112, 20, NEAR, water="nước suối", toilet="không có"),
         vote("2026-10-25", 26, 26), act(DECIDED, "decision", cls=NEAR)),
        2, 2, WEST, (NEAR, NEAR)),
    # W09 never listed; poor by a decision of April (B2 = 30, B1 129), left by a decision of July
    #     (Mẫu 04; B1 150): not_poor at both ends, no flow, note list only. Not in the autumn round.
    Household(
        "W09", WEST, "Giang Văn Tuấn",
        (M("Giang Văn Tuấn", 1984, MALE, "Chủ hộ"), M("Lưu Thị Thơm", 1986, FEMALE, "Vợ"),
         M("Giang Thị Nhung", 2012, FEMALE, "Con")),
        NOT_POOR, {},
        (act("2026-03-23", "application", form="Mẫu số 01"),
         act("2026-04-15", "phieu_a", passed=True),
         form("2026-04-17", "in_year", 129, 30, POOR, employment="Giang Văn Tuấn: không có việc",
              health_insurance="Giang Văn Tuấn", telecom="không ai dùng internet"),
         vote("2026-04-19", 15, 18), act("2026-04-24", "decision", cls=POOR),
         act("2026-07-09", "application", form="Mẫu số 04"),
         form("2026-07-16", "in_year", 150, 10, NOT_POOR, telecom="không ai dùng internet"),
         vote("2026-07-18", 20, 20), act("2026-07-24", "decision", cls=NOT_POOR)),
        3, 3, WEST, (NOT_POOR, NOT_POOR)),
    # W10 moved in with class poor, 5 persons: BC2.8 1/5. B2 = 4 x 10 = 40, B1 104. Dependents 3/5.
    Household(
        "W10", WEST, "Lâm Văn Phước",
        (M("Lâm Văn Phước", 1992, MALE, "Chủ hộ"), M("Sơn Thị Đào", 1994, FEMALE, "Vợ"),
         M("Lâm Thị Kiều", 2014, FEMALE, "Con"), M("Lâm Văn Khánh", 2018, MALE, "Con"),
         M("Lâm Gia Huy", 2022, MALE, "Con")),
        None, {},
        (act("2026-05-12", "moved_in", origin="Xã Đồng Nội", cls=POOR),
         form("2026-10-14", "collect", 104, 40, POOR, dependents="3/5 = 60 %",
              school_attendance="Lâm Gia Huy", housing_quality="tường và mái", toilet="không có"),
         vote("2026-10-25", 23, 26), act(DECIDED, "decision", cls=POOR)),
        0, 5, WEST, (POOR, POOR)),
)  # fmt: skip

# ---------------------------------------------------------------------- expected
# The list of 21/9 (Phụ lục I): on the present list, or an applicant (*).
REVIEW_LIST = {
    EAST: ("D01", "D02", "D05", "D06", "D07", "D08", "D09", "D10"),  # *D07 *D08
    WEST: ("D04", "W01", "W02", "W05", "W06", "W07", "W08", "W10"),  # *W07 *W08
}

# Columns 1-9. {edition: {row: {"Hộ": ..., "Khẩu": ...}}}
BC2 = {
    1: {
        # Đông: 1: D01 4 + D02 5 + D03 1 + D04 3 = 13 | 2: D02 5 | 4: D03 1 + D04 3 = 4 | 5: D05 4
        #       7: D07 4 + D08 2 = 6 | 8: growth of D01 = 1 | 9: 13-5-0-4+4+0+6+1 = 15
        #       and by name: D01 5 + D05 4 + D07 4 + D08 2 = 15. Hộ: 4-1-0-2+1+0+2+0 = 4
        EAST: {"Hộ": (4, 1, 0, 2, 1, 0, 2, 0, 4), "Khẩu": (13, 5, 0, 4, 4, 0, 6, 1, 15)},
        # Tây:  1: W01 3 + W02 6 + W03 4 + W04 1 = 14 | 3: W02 6 | 4: W03 4 + W04 1 = 5 | 6: W07 4
        #       8: W10 5 + D04 4 = 9 | 9: 14-0-6-5+0+4+0+9 = 16
        #       and by name: W01 3 + W07 4 + W10 5 + D04 4 = 16. Hộ: 4-0-1-2+0+1+0+2 = 4
        WEST: {"Hộ": (4, 0, 1, 2, 0, 1, 0, 2, 4), "Khẩu": (14, 0, 6, 5, 0, 4, 0, 9, 16)},
        # Total: Hộ 8-1-1-4+1+1+2+2 = 8; Khẩu 27-5-6-9+4+4+6+10 = 31
        TOTAL: {"Hộ": (8, 1, 1, 4, 1, 1, 2, 2, 8), "Khẩu": (27, 5, 6, 9, 4, 4, 6, 10, 31)},
    },
    2: {
        # Đông: D01 now leaves: 2: D02 5 + D01 4 = 9 | 8: its growth is no longer one: 0
        #       9: 13-9-0-4+4+0+6+0 = 10 = D05 4 + D07 4 + D08 2. Hộ: 4-2-0-2+1+0+2+0 = 3
        EAST: {"Hộ": (4, 2, 0, 2, 1, 0, 2, 0, 3), "Khẩu": (13, 9, 0, 4, 4, 0, 6, 0, 10)},
        WEST: {"Hộ": (4, 0, 1, 2, 0, 1, 0, 2, 4), "Khẩu": (14, 0, 6, 5, 0, 4, 0, 9, 16)},
        # Total: Hộ 8-2-1-4+1+1+2+2 = 7; Khẩu 27-9-6-9+4+4+6+9 = 26
        TOTAL: {"Hộ": (8, 2, 1, 4, 1, 1, 2, 2, 7), "Khẩu": (27, 9, 6, 9, 4, 4, 6, 9, 26)},
    },
}
BC3 = {
    1: {
        # Đông: 1: D05 4 + D06 5 = 9 | 2: D05 4 | 4: D06 lost 1 | 5: D02 5 | 7: D09 3 | 8: D10 6
        #       9: 9-4-0-1+5+0+3+6 = 18 = D02 5 + D06 4 + D09 3 + D10 6. Hộ: 2-1-0-0+1+0+1+1 = 4
        EAST: {"Hộ": (2, 1, 0, 0, 1, 0, 1, 1, 4), "Khẩu": (9, 4, 0, 1, 5, 0, 3, 6, 18)},
        # Tây:  1: W05 5 + W06 3 = 8 | 3: W05 5 | 4: W06 3 | 6: W08 2
        #       9: 8-0-5-3+0+2+0+0 = 2 = W08 2. Hộ: 2-0-1-1+0+1+0+0 = 1
        WEST: {"Hộ": (2, 0, 1, 1, 0, 1, 0, 0, 1), "Khẩu": (8, 0, 5, 3, 0, 2, 0, 0, 2)},
        # Total: Hộ 4-1-1-1+1+1+1+1 = 5; Khẩu 17-4-5-4+5+2+3+6 = 20
        TOTAL: {"Hộ": (4, 1, 1, 1, 1, 1, 1, 1, 5), "Khẩu": (17, 4, 5, 4, 5, 2, 3, 6, 20)},
    },
    2: {
        # Đông: 5: D02 5 + D01 5 (closing size) = 10 | 9: 9-4-0-1+10+0+3+6 = 23
        #       = D01 5 + D02 5 + D06 4 + D09 3 + D10 6. Hộ: 2-1-0-0+2+0+1+1 = 5
        EAST: {"Hộ": (2, 1, 0, 0, 2, 0, 1, 1, 5), "Khẩu": (9, 4, 0, 1, 10, 0, 3, 6, 23)},
        WEST: {"Hộ": (2, 0, 1, 1, 0, 1, 0, 0, 1), "Khẩu": (8, 0, 5, 3, 0, 2, 0, 0, 2)},
        # Total: Hộ 4-1-1-1+2+1+1+1 = 6; Khẩu 17-4-5-4+10+2+3+6 = 25
        TOTAL: {"Hộ": (4, 1, 1, 1, 2, 1, 1, 1, 6), "Khẩu": (17, 4, 5, 4, 10, 2, 3, 6, 25)},
    },
}

# The four lists of Mẫu 02: heads by village of the close. Lần 2 = the lists after the correction.
_POOR_WEST = ("Hoàng Văn Quý", "Châu Văn Mạnh", "Phan Văn Thịnh", "Lâm Văn Phước")
LISTS = {
    1: {
        "hộ nghèo": {
            EAST: ("Nguyễn Văn Lành", "Đặng Văn Khoa", "Trịnh Văn Hậu", "Trịnh Văn Hải"),
            WEST: _POOR_WEST,
        },
        "hộ cận nghèo": {
            EAST: ("Phạm Văn Bảy", "Lý Văn Tấn", "Cao Thị Liễu", "Tạ Văn Kiên"),
            WEST: ("Âu Thị Phượng",),
        },
        "hộ thoát nghèo": {EAST: ("Phạm Văn Bảy",), WEST: ("Đinh Văn Toàn",)},
        "hộ thoát cận nghèo": {EAST: (), WEST: ("La Văn Cường",)},
    },
    2: {
        "hộ nghèo": {
            EAST: ("Đặng Văn Khoa", "Trịnh Văn Hậu", "Trịnh Văn Hải"),
            WEST: _POOR_WEST,
        },
        "hộ cận nghèo": {
            EAST: ("Nguyễn Văn Lành", "Phạm Văn Bảy", "Lý Văn Tấn", "Cao Thị Liễu", "Tạ Văn Kiên"),
            WEST: ("Âu Thị Phượng",),
        },
        "hộ thoát nghèo": {EAST: ("Nguyễn Văn Lành", "Phạm Văn Bảy"), WEST: ("Đinh Văn Toàn",)},
        "hộ thoát cận nghèo": {EAST: (), WEST: ("La Văn Cường",)},
    },
}

# Entered and left between the two ends: key -> (village, head, class, entered, left, persons).
NOTE_LIST = {"W09": (WEST, "Giang Văn Tuấn", POOR, "2026-04-24", "2026-07-24", 3)}
# Moved inside the commune: (households, persons out at opening size, persons in at closing size).
MOVED_INSIDE = {POOR: (1, 3, 4), NEAR: (0, 0, 0)}
# In-year decisions: (day, key, table, column, households, persons), as the months see them.
IN_YEAR_DECISIONS = (
    ("2026-04-24", "D09", "BC3", 7, 1, 3),
    ("2026-04-24", "W09", "BC2", 7, 1, 3),
    ("2026-07-24", "W09", "BC2", 3, 1, 3),
)


def _classify(b1, b2):
    if b1 > 140:
        return NOT_POOR
    return POOR if b2 >= 30 else NEAR


def _at_close(household):
    """Members at the close, by the acts alone."""
    members = {m.name: m for m in household.members}
    for a in household.acts:
        if a.kind in ("birth", "member_joins"):
            members[a.detail["member"].name] = a.detail["member"]
        elif a.kind in ("member_death", "member_leaves"):
            del members[a.detail["name"]]
        elif a.kind == "split_off":
            for name in a.detail["names"]:
                del members[name]
        elif a.kind in ("died", "moved_away", "merged_into"):
            members = {}
    return tuple(members.values())


def check():
    """The identities of the numbers above; no movement is computed here."""
    by_key = {h.key: h for h in HOUSEHOLDS}
    assert len(by_key) == 20
    for village in (EAST, WEST):
        assert sum(h.village == village for h in HOUSEHOLDS) == 10
    for h in HOUSEHOLDS:
        assert h.members[0].name == h.head, h.key
        assert 1 <= len(h.members) <= 6, h.key
        assert h.size_open == (0 if h.class_2025 is None else len(h.members)), h.key
        closing = _at_close(h)
        assert h.size_close == len(closing), h.key
        assert [a.day for a in h.acts] == sorted(a.day for a in h.acts), h.key
        if h.class_2025 in (POOR, NEAR):
            assert h.history[2025] == h.class_2025, h.key
        for a in h.acts:
            if a.kind in ("form", "correction"):
                deprived = a.detail["deprived"]
                assert set(deprived) <= set(INDICATORS), h.key
                assert a.detail["b2"] == 10 * len(deprived), h.key
                assert a.detail["cls"] == _classify(a.detail["b1"], a.detail["b2"]), h.key
                dependents = sum(m.born > 2010 or m.allowance for m in closing)
                assert ("dependents" in deprived) == (2 * dependents > len(closing)), h.key
            if a.kind == "vote":
                village = h.close_village
                assert ATTENDANTS[village, a.day] == a.detail["attendants"], h.key
                assert a.detail["passed"] == (2 * a.detail["agreed"] >= a.detail["attendants"])
        decided = [a.detail["cls"] for a in h.acts if a.kind == "decision"]
        corrected = [a.detail["cls"] for a in h.acts if a.kind == "correction"]
        first = decided[-1] if decided else None
        assert h.closing == (first, corrected[-1] if corrected else first), h.key
    for edition in (1, 2):
        lists = LISTS[edition]
        for table, cls, label in ((BC2, POOR, "hộ nghèo"), (BC3, NEAR, "hộ cận nghèo")):
            rows = table[edition]
            for measure in ("Hộ", "Khẩu"):
                for row in rows.values():
                    c = (0, *row[measure])
                    assert c[9] == c[1] - c[2] - c[3] - c[4] + c[5] + c[6] + c[7] + c[8]
                for i in range(9):
                    total = rows[EAST][measure][i] + rows[WEST][measure][i]
                    assert rows[TOTAL][measure][i] == total
            for village in (EAST, WEST):
                opening = [h for h in HOUSEHOLDS if (h.village, h.class_2025) == (village, cls)]
                assert rows[village]["Hộ"][0] == len(opening)
                assert rows[village]["Khẩu"][0] == sum(h.size_open for h in opening)
                closing = [
                    h
                    for h in HOUSEHOLDS
                    if (h.close_village, h.closing[edition - 1]) == (village, cls)
                ]
                assert rows[village]["Hộ"][8] == len(closing)
                assert rows[village]["Khẩu"][8] == sum(h.size_close for h in closing)
                assert sorted(h.head for h in closing) == sorted(lists[label][village])
        two, three = BC2[edition], BC3[edition]
        for row in (EAST, WEST, TOTAL):
            escaped = lists["hộ thoát nghèo"]
            near_out = lists["hộ thoát cận nghèo"]
            names = (EAST, WEST) if row == TOTAL else (row,)
            assert two[row]["Hộ"][1] == three[row]["Hộ"][4]  # BC2.2 = BC3.5
            assert two[row]["Hộ"][4] == three[row]["Hộ"][1]  # BC2.5 = BC3.2
            assert two[row]["Hộ"][1] + two[row]["Hộ"][2] == sum(len(escaped[v]) for v in names)
            assert three[row]["Hộ"][2] == sum(len(near_out[v]) for v in names)
    listed = {key for keys in REVIEW_LIST.values() for key in keys}
    surveyed = {h.key for h in HOUSEHOLDS if any(a.day > "2026-09-21" for a in h.acts)}
    assert listed == surveyed


if __name__ == "__main__":
    check()
    print("review_walk: all identities hold")
