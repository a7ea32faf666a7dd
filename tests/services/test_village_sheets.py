"""What a village head filled in, taken in: base, theirs and ours."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.exports.xlsx_read import Value
from giamngheo_desktop.services import households, undo
from giamngheo_desktop.services.exchange.merge_words import MergeWords
from giamngheo_desktop.storage import audit
from tests.harness import review
from tests.harness.examples import examples
from tests.harness.register import TODAY, Register, dump, empty_database, living, make_register
from tests.harness.review import shipped
from tests.harness.village_sheets import FILLED, HOMES, PEOPLE, Paper, collected, look, take


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with empty_database(tmp_path / "a.db") as database:
        register = make_register(database)
        register.household("Lò Thị Bưởi", "Lò Văn An", house_area=325, shared_assets=("tv",))
        register.household("Hồ Cam", address="Xóm 2")
        yield register


@pytest.fixture
def paper(register: Register) -> Paper:
    return Paper(collected(register))


def home(register: Register, head: str) -> Household:
    found = [register.get(uid) for uid in living(dump(register.database))[Kind.HOUSEHOLD]]
    (one,) = (one for one in found if one.head and one.head.full_name == head)
    return one


def edit(register: Register, head: str, **values: object) -> None:
    draft = replace(home(register, head), **values)  # type: ignore[arg-type]
    households.save(register.database, register.context, draft, day=TODAY)


def check_filled(register: Register) -> None:
    one, other = home(register, "Lò Thị Bưởi"), home(register, "Hồ Cam")
    assert (one.address, one.house_area, one.shared_assets) == ("Xóm 9", 405, ("tv", "phone"))
    assert other.address is None
    member = one.members[1]
    assert (member.full_name, member.given_name) == ("Lò Văn Ân", "Ân")
    assert (member.birth, member.id_number) == (PartialDate(1990, 3, 4), "038090001234")


def test_a_base_that_no_sheet_left_with_is_refused(register: Register, paper: Paper) -> None:
    tables = {table.name: table for table in paper.sheet.tables}
    rows, columns = tables["row"], tables["column"]
    for odd in (
        replace(rows, rows=[("H9", "x", *next(iter(rows.rows))[2:])]),
        replace(columns, rows=[]),
        replace(columns, rows=[(*row, "x") for row in columns.rows]),
    ):
        changed = tuple({**tables, odd.name: odd}.values())
        paper.sheet = replace(paper.sheet, tables=changed)
        with pytest.raises(AppError, match="package_damaged"):
            look(register, paper)


def test_a_name_is_taken_where_the_base_lacks_the_given_name(
    register: Register, paper: Paper
) -> None:
    changed = tuple(
        replace(table, rows=[row for row in table.rows if row[1] != "given_name"])
        for table in paper.sheet.tables
    )
    paper.sheet = replace(paper.sheet, tables=changed)
    paper.fill({(PEOPLE, "Lò Văn An", "Họ và tên"): "Lò Văn Ân"})
    assert look(register, paper).report.differences[0].theirs == "Lò Văn Ân"


def test_the_running_list_is_asked_where_there_is_one(register: Register) -> None:
    review.begin(register, poor="An Bình")
    assert [row[1] for row in collected(register).sheets[0].rows] == ["An", "Bình"]
    assert [row[1] for row in collected(register, year=2027).sheets[0].rows] == [
        "Lò Thị Bưởi", "Hồ Cam", "An", "Bình",
    ]  # fmt: skip


def test_a_village_without_households_has_no_sheet(register: Register) -> None:
    with pytest.raises(RefusedError, match="sheet_no_household"):
        collected(register, village="C")


def test_untouched_it_is_nothing_to_do(register: Register, paper: Paper) -> None:
    before = dump(register.database)
    found = take(register, paper)
    assert (found.report.taken, found.report.differences, found.problems) == (0, (), ())
    assert dump(register.database) == before


def some(rng: random.Random, field: FieldDef) -> object:
    """A value of the field's kind, whole numbers as often as others."""
    codes = [choice.code for choice in field.choices]
    match field.kind:
        case FieldKind.INTEGER | FieldKind.DECIMAL | FieldKind.MONEY:
            return rng.choice([0, 7, 40, 480, 485, 1230])
        case FieldKind.PARTIAL_DATE:
            return rng.choice([PartialDate(1990, 3, 4), PartialDate(1990, 12), PartialDate(1990)])
        case FieldKind.CHOICES:
            return tuple(code for code in codes if rng.random() < 0.5)
        case FieldKind.CHOICE:
            return rng.choice(codes)
        case FieldKind.YES_NO:
            return rng.random() < 0.5
    texts = ["038090001234", "042179911"] if field.code == "id_number" else ["12", "94.4", "Hòa"]
    return rng.choice(texts)


def saved(rng: random.Random, value: Value) -> Value:
    """A cell nobody touched, as some office program leaves it."""
    text = str(value).removesuffix(".0")
    if isinstance(value, int | float):
        whole = float(value).is_integer()
        forms = [value, float(value), text, text.replace(".", ",")]
        forms += [int(value), f"{text}.0", f"{text},0"] if whole else []
        return rng.choice(forms)
    if re.fullmatch(r"\d\d/\d\d/\d{4}", text):
        return rng.choice([text, "-".join(reversed(text.split("/")))])
    if text.isdigit():
        return rng.choice([text, int(text), float(text)])
    return rng.choice([value, unicodedata.normalize("NFD", text)]) if value else value


@pytest.mark.timeout(900)
def test_as_it_left_it_is_no_edit_whichever_program_saved_it(register: Register) -> None:
    """Nor does it undo what the same sheet brought before."""
    asked = shipped().village_sheet(TODAY)
    for seed in range(examples(6, 60)):
        rng = random.Random(seed)
        cells = {
            form: [(code, shipped().fields(form)[code]) for code in asked.fields[form]
                   if code not in asked.of_new[form]]
            for form in ("household", "member")
        }  # fmt: skip
        one = home(register, "Hồ Cam")
        members = [
            replace(who, **{c: some(rng, f) for c, f in cells["member"] if c != "full_name"})
            for who in one.members
        ]
        values = {code: some(rng, field) for code, field in cells["household"]}
        edit(register, "Hồ Cam", members=tuple(members), **values)
        paper = Paper(collected(register))
        for page in paper.pages.values():
            page[2:] = [[row[0], *(saved(rng, cell) for cell in row[1:])] for row in page[2:]]
        found = take(register, paper)
        assert (found.report.taken, found.problems) == (0, ()), seed
        filled = Paper(paper.sheet).fill(
            {(HOMES, "Hồ Cam", "Diện tích nhà ở (m²)"): 94.4, (HOMES, "Hồ Cam", "Địa chỉ"): "Xóm"}
        )
        take(register, filled)
        found = take(register, paper)
        assert found.report.taken == 0, seed
        assert [one.code for one in found.problems] == ["said_otherwise"] * 2, seed
        assert found.problems[1].params["known"] == "94,4"


def test_what_was_filled_in_is_taken_once(register: Register, paper: Paper) -> None:
    paper.fill(FILLED)
    seen = look(register, paper)
    assert home(register, "Hồ Cam").address == "Xóm 2"
    found = take(register, paper)
    assert seen.report.differences == found.report.differences
    check_filled(register)
    (bad,) = found.problems  # what no answer is called is not taken, and said
    assert (bad.code, bad.sheet, bad.row, bad.letter) == ("value", PEOPLE, 4, "J")
    assert take(register, paper).report.taken == 0
    step = undo.next_step(register.database)
    assert step is not None
    assert (step.op, step.subject) == (Op.TAKE_SHEET, "Thôn A")
    undo.undo(register.database, register.context, step.group)
    assert home(register, "Hồ Cam").address == "Xóm 2"
    assert take(register, paper).report.taken
    check_filled(register)
    with register.database.reader() as connection:
        assert audit.broken_link(connection) is None


def test_both_sides_changed(register: Register, paper: Paper) -> None:
    edit(register, "Hồ Cam", address="Xóm 7", note="của xã", toilet="septic")
    paper.fill(
        {
            (HOMES, "Hồ Cam", "Địa chỉ"): "Xóm 8",
            (HOMES, "Hồ Cam", "Loại nhà tiêu"): "Tự hoại, bán tự hoại",
            (HOMES, "Hồ Cam", "Tường nhà"): "Bền chắc",
        }
    )
    found = take(register, paper)
    said = {item.field: item for item in found.report.differences}
    assert {name: item.state for name, item in said.items()} == {
        "address": "clash", "toilet": "same", "house_wall": "changed",
    }  # fmt: skip
    clash = said["address"]
    assert (clash.base, clash.ours, clash.theirs) == ("Xóm 2", "Xóm 7", "Xóm 8")
    words = MergeWords(register.database, shipped(), said.values())
    assert words.value(said["house_wall"], said["house_wall"].stands) == "Bền chắc"
    one = home(register, "Hồ Cam")
    assert (one.note, one.house_wall, one.toilet) == ("của xã", "durable", "septic")


def test_theirs_is_taken_where_the_officer_says_so(register: Register, paper: Paper) -> None:
    edit(register, "Hồ Cam", address="Xóm 7")
    paper.fill({(HOMES, "Hồ Cam", "Địa chỉ"): "Xóm 8"})
    take(register, paper, {(home(register, "Hồ Cam").uid, "address"): "theirs"})
    assert home(register, "Hồ Cam").address == "Xóm 8"


def test_what_the_village_takes_back_is_never_lost_without_a_word(
    register: Register, paper: Paper
) -> None:
    """Of a cell as it left nothing tells whether it was thought better of: it is listed."""
    blank = Paper(paper.sheet)
    note, address = (HOMES, "Lò Thị Bưởi", "Ghi chú"), (HOMES, "Hồ Cam", "Địa chỉ")
    take(register, paper.fill({note: "vắng", address: "Xóm 8"}))
    paper.fill({note: "xóa", address: "Xóm 2"})
    found = take(register, paper)
    assert home(register, "Lò Thị Bưởi").note is None  # said in so many words
    assert home(register, "Hồ Cam").address == "Xóm 8"
    (told,) = found.problems
    assert (told.code, told.params) == ("said_otherwise", {"value": "Xóm 2", "known": "Xóm 8"})
    assert take(register, blank).problems == found.problems  # the file as it left is no edit
    edit(register, "Hồ Cam", address="Xóm 2")
    assert take(register, paper).problems == ()
    assert take(register, paper).report.taken == 0


def test_new_households_and_persons(register: Register, paper: Paper) -> None:
    paper.fill({(HOMES, "M01", "Chủ hộ"): "Đinh Dừa", (HOMES, "M01", "Địa chỉ"): "Xóm 3"})
    paper.append(HOMES, Chủ_hộ="Y Êm")  # a row of its own, without a key
    of = paper.pages[HOMES][paper.row_of(HOMES, "Hồ Cam")][0]
    for key, name, relation, birth in (
        ("M01", "Đinh Dừa", None, 1970), ("m01", "Y Nhỏ", "Vợ", None), (of, "Hồ Bé", "Con", None),
    ):  # fmt: skip
        paper.append(
            PEOPLE, Mã_dòng_của_hộ=key, Họ_và_tên=name, Quan_hệ_với_chủ_hộ=relation, Ngày_sinh=birth
        )
    paper.append(PEOPLE, Chủ_hộ="Y Êm", Họ_và_tên="Y Con", Quan_hệ_với_chủ_hộ="Con")
    seen = look(register, paper).report.differences
    words = MergeWords(register.database, shipped(), seen)  # of a file that has nobody of them
    told = {one.about: words.new(one) for one in seen if one.kind is Kind.MEMBERSHIP}
    assert told["Y Nhỏ"].startswith("Hộ: Đinh Dừa; ")
    assert told["Hồ Bé"].startswith("Hộ: Hồ Cam; ")
    found = take(register, paper)
    assert found.problems == ()
    new = home(register, "Đinh Dừa")
    assert (new.address, new.village) == ("Xóm 3", register.villages["A"])
    assert [(m.full_name, m.relation, m.is_head) for m in new.members] == [
        ("Đinh Dừa", "head", True), ("Y Nhỏ", "wife", False),
    ]  # fmt: skip
    assert new.members[0].birth == PartialDate(1970)
    assert [m.full_name for m in home(register, "Y Êm").members] == ["Y Êm", "Y Con"]
    assert [m.full_name for m in home(register, "Hồ Cam").members] == ["Hồ Cam", "Hồ Bé"]
    before = dump(register.database)
    assert take(register, paper).report.taken == 0
    assert dump(register.database) == before
    # what is corrected in the same file later makes no second household, and is asked about
    paper.fill({(HOMES, "M01", "Địa chỉ"): "Xóm 4"})
    assert take(register, paper, {(new.uid, "address"): "theirs"}).report.count("clash") == 1
    assert home(register, "Đinh Dừa").address == "Xóm 4"


def test_a_person_who_is_listed_is_not_added_again(register: Register, paper: Paper) -> None:
    of = paper.pages[HOMES][paper.row_of(HOMES, "Hồ Cam")][0]
    for birth in ("", "5/1980", 1999):
        paper.append(PEOPLE, Mã_dòng_của_hộ=of, Họ_và_tên="Hồ Cam", Ngày_sinh=birth)
    found = take(register, paper)
    assert [one.code for one in found.problems] == ["already_member"] * 2
    homes = living(dump(register.database))[Kind.HOUSEHOLD]
    sizes = [register.get(uid).size for uid in homes]
    assert sizes == [2, 2]  # the one born in 1999 is somebody else


def test_what_cannot_be_taken_is_listed_with_its_place(register: Register, paper: Paper) -> None:
    paper.append(PEOPLE, Mã_dòng_của_hộ="M07", Họ_và_tên="Không Nhà")
    paper.append(PEOPLE, Mã_dòng_của_hộ="M07", Giới_tính="Nam")
    paper.append(HOMES, Mã_dòng="H009-0000", Địa_chỉ="Xóm 1")
    paper.append(HOMES, Mã_dòng=paper.pages[HOMES][2][0], Địa_chỉ="Xóm 1")
    paper.fill(
        {
            (HOMES, "Hồ Cam", "Chủ hộ"): "Hồ Quýt",
            (HOMES, "M02", "Địa chỉ"): "Xóm 1",
            (HOMES, "Lò Thị Bưởi", "Diện tích nhà ở (m²)"): -3,
            (PEOPLE, "Lò Văn An", "Họ và tên"): "xoá",
            (PEOPLE, "Lò Thị Bưởi", "Quan hệ với chủ hộ"): "Vợ",
        }
    )
    before = living(dump(register.database))
    found = take(register, paper)
    assert sorted(one.code for one in found.problems) == [
        "fixed", "household_unknown", "key_of_other", "key_twice", "key_unknown", "name_kept",
        "new_without_head", "new_without_name", "value",
    ]  # fmt: skip
    assert found.report.taken == 0
    assert living(dump(register.database)) == before


def sort(paper: Paper) -> None:
    for page in paper.pages.values():
        page[2:] = page[:1:-1]


def insert(paper: Paper) -> None:
    for page in paper.pages.values():
        width = len(page[0])
        page[3:3] = [[""] * width, list(page[1]), [None] * width]
        page[:0] = [[""] * width]


def move_and_lose(paper: Paper) -> None:
    for name, gone in ((HOMES, "Nguồn điện"), (PEOPLE, "Dân tộc")):
        page = paper.pages[name]
        at = page[1].index(gone)
        paper.pages[name] = [[*row[1:at], None, *row[at + 1 :], row[0]] for row in page]


def rename(paper: Paper) -> None:
    paper.pages = {f"Sheet {number}": page for number, page in enumerate(paper.pages.values())}


@pytest.mark.parametrize("spoil", [sort, insert, move_and_lose, rename])
def test_rows_are_found_wherever_they_stand(
    register: Register, paper: Paper, spoil: Callable[[Paper], None]
) -> None:
    paper.fill(FILLED)
    spoil(paper)
    found = take(register, paper)
    check_filled(register)
    lost = {("household", "Nguồn điện"), ("member", "Dân tộc")}
    assert set(found.lost) == (lost if spoil is move_and_lose else set())
    assert [one.code for one in found.problems] == ["value"]
    assert all(item.state == "changed" for item in found.report.differences)


def test_a_lost_sheet_and_empty_cells_erase_nothing(register: Register, paper: Paper) -> None:
    for row in paper.pages[HOMES][2:]:
        row[2:] = [None] * len(row[2:])
    del paper.pages[PEOPLE]
    before = dump(register.database)
    found = take(register, paper)
    assert found.lost == (("member", ""),)
    assert dump(register.database) == before


def test_the_column_of_keys_is_gone(register: Register, paper: Paper) -> None:
    paper.pages = {name: [row[1:] for row in page] for name, page in paper.pages.items()}
    with pytest.raises(RefusedError, match="sheet_no_rows"):
        take(register, paper)


def test_a_sheet_of_another_commune(register: Register, paper: Paper, tmp_path: Path) -> None:
    with empty_database(tmp_path / "b.db") as database:
        other = make_register(database, seed=9)
        before = dump(database)
        with pytest.raises(RefusedError, match="sheet_other_unit"):
            take(other, paper)
        assert dump(database) == before


def test_an_older_sheet_is_said_to_be_one(register: Register, paper: Paper) -> None:
    newer = Paper(collected(register)).fill({(HOMES, "Hồ Cam", "Địa chỉ"): "Xóm 8"})
    paper.fill({(HOMES, "Hồ Cam", "Địa chỉ"): "Xóm 5"})
    assert take(register, newer).newer_on == ""
    found = take(register, paper)
    assert found.newer_on == newer.sheet.manifest.made_at
    assert found.report.count("clash") == 1
    assert home(register, "Hồ Cam").address == "Xóm 8"  # what was asked later stands
    assert (found.past_year, look(register, Paper(collected(register, year=2025))).past_year) == (
        None, 2025,
    )  # fmt: skip


def test_a_number_that_lost_its_zero_gets_it_back_and_is_told(
    register: Register, paper: Paper
) -> None:
    for cell, code in ((42179911547, "id_zero_lost"), ("04217991154", "value"), (0, "")):
        paper.fill({(PEOPLE, "Lò Văn An", "Số CCCD/CMND"): cell})
        found = take(register, paper)
        assert [one.code for one in found.problems] == [code] * bool(code)
        assert found.report.taken == (2 if code == "id_zero_lost" else 0)  # the paper with it
    member = home(register, "Lò Thị Bưởi").members[1]
    assert (member.id_number, member.id_kind) == ("042179911547", "cccd")


def test_who_was_entered_already_is_told(register: Register) -> None:
    begun = review.begin(register, poor="An Bình")
    begun.settle("An")
    paper = Paper(collected(register))
    paper.fill({(HOMES, name, "Tường nhà"): "Bền chắc" for name in ("An", "Bình")})
    (told,) = take(register, paper).report.findings
    assert (told.code, told.params["name"]) == ("settled_case", "An")
    assert take(register, paper).report.findings == ()


ODD: list[Value] = [
    None, "", " ", 0, -1, 3.5, 1e308, 10**30, True, "xóa", "=1+1", "'", "\x00", "ắ" * 40_000, "M01",
    "m1", "H001-0000", "Mã dòng", "Nam", "1990-02-31", "2026-11-28T10:00:00", "31/02/1990", "1/1",
    "Có", "Khác", "không; có", ";", "\n", "Hồ Cam",
]  # fmt: skip


@pytest.mark.timeout(900)
def test_whatever_stands_in_the_cells_is_taken_or_listed(register: Register) -> None:
    for seed in range(examples(8, 400)):
        rng = random.Random(seed)
        paper = Paper(collected(register))
        for page in paper.pages.values():
            for _ in range(rng.randint(0, 3)):
                page.insert(rng.randrange(2, len(page)), [rng.choice(ODD) for _ in page[1]])
            for _ in range(rng.randint(1, 12)):
                row = rng.choice(page[rng.choice([0, 2, 2, 2]) :])
                row[rng.randrange(len(row))] = rng.choice(ODD)
        before = living(dump(register.database))
        found = take(register, paper)
        assert take(register, paper).report.taken == 0, seed
        after = living(dump(register.database))
        assert (after != before) == bool(found.report.taken), seed
        if found.report.taken:
            step = undo.next_step(register.database)
            assert step is not None
            undo.undo(register.database, register.context, step.group)
            assert living(dump(register.database)) == before, seed
