"""`giamngheo issue`, `issued`, `confirm`: from the name to the printed paper and the book."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from giamngheo_desktop.services import classes, successions
from giamngheo_desktop.services.areas import top_unit
from giamngheo_desktop.services.movement import corrections
from giamngheo_desktop.services.movement.corrections import Correction
from giamngheo_desktop.services.register import find_persons
from giamngheo_desktop.storage.engine import Database
from tests.cli.commands.console import Commands
from tests.harness.register import STANDARD, empty_database, make_context, make_register

BEGUN = date(2025, 12, 15)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two poor households of the closed year 2025."""
    path = tmp_path / "Sổ hộ.gndb"
    with empty_database(path) as database:
        register = make_register(database, "AB")
        for name in ("Đinh Văn Ân", "Đinh Văn Bá"):
            home = register.household(name).uid
            register.give_class(
                home, "poor", year=2025, valid_from=BEGUN, source="decision",
                decision_number="31/QĐ-UBND", decision_on=date(2025, 12, 10),
            )  # fmt: skip
        classes.close_year(
            database, register.on("2025-12-18").context, year=2025, standard=STANDARD,
            definition="0" * 64, commune=register.commune,
        )  # fmt: skip
        database.checkpoint()
    return path


def test_a_name_against_its_format_leaves_nothing_issued(
    run: Commands, file: Path, tmp_path: Path
) -> None:
    said = run.refused(
        "issue", "bc1", "--db", file, "--year", 2025, "--number", "15/BC-UBND",
        "--format", "pdf", "-o", tmp_path / "a.xlsx",
    )  # fmt: skip
    assert "không hợp với dạng pdf" in said
    assert "15/BC-UBND" not in run("issued", "list", "--db", file).out


def change(file: Path, name: str = "Đinh Văn Bá") -> None:
    """The commune is renamed and one household was no poor one."""
    database, context = Database(file), make_context(seed=9)
    try:
        commune = top_unit(database, BEGUN)
        (hit,) = find_persons(database, name, BEGUN)
        wanted = Correction(
            household=hit.household, standard=STANDARD, year=2025, household_class="near_poor",
            reason="cộng nhầm",
        )  # fmt: skip
        corrections.correct(database, context, wanted, commune=commune)
        successions.rename_unit(
            database, context, commune, name="Sơn Mới", effective_on=date(2026, 7, 1)
        )
        database.checkpoint()
    finally:
        database.close()


def test_a_table_is_issued_compared_and_printed_again(
    run: Commands, file: Path, tmp_path: Path
) -> None:
    first, again = tmp_path / "một.pdf", tmp_path / "hai.pdf"
    made = run(
        "issue", "bc1", "--db", file, "--year", 2025, "--number", "15/BC-UBND", "--on",
        "2026-01-12", "--recipients", "UBND tỉnh", "-o", first, "--json",
    )  # fmt: skip
    assert made.code == 0, made
    uid = made.json["uid"]
    assert (made.json["number"], made.json["state"]) == ("15/BC-UBND", "issued")
    same = run("issued", "difference", uid, "--db", file)
    assert (same.code, same.out) == (0, "Không khác gì so với hôm nay.\n")
    change(file)
    found = run("issued", "difference", uid, "--db", file, "--json")
    assert found.code == 1
    assert {(cell["old"], cell["new"]) for cell in found.json["cells"]} == {("2", "1"), ("0", "1")}
    assert run("issued", "print", uid, "--db", file, "-o", again).code == 0
    assert again.read_bytes() == first.read_bytes()


def test_a_person_is_found_and_gets_the_paper_of_the_next_number(
    run: Commands, file: Path, tmp_path: Path
) -> None:
    found = run("confirm", "find", "dinh van", "--db", file, "--json").json["found"]
    assert [(one["name"], one["today"]) for one in found] == [
        ("Đinh Văn Ân", ["poor"]),
        ("Đinh Văn Bá", ["poor"]),
    ]
    told = run("confirm", "find", "an", "--db", file).out
    assert "năm 2025 Hộ nghèo (chuẩn 2022, QĐ 31/QĐ-UBND)" in told
    output = tmp_path / "giấy.docx"
    values = ("--what", "poor", "--purpose", "vay vốn", "--receiver", "ông Ân", "--db", file)
    made = run(
        "confirm", "make", "van an", *values, "--number", "4/XN", "-o", output, "--format", "docx"
    )
    assert made.code == 0, made
    assert output.stat().st_size > 1000
    for person in found:
        more = run("confirm", "make", "--person", person["person"], *values, "--json")
        assert more.code == 0, more
    numbers = [
        one["number"] for one in run("issued", "list", "--db", file, "--json").json["issued"]
    ]
    assert numbers == ["04/XN", "05/XN", "06/XN"]
    year = date.fromisoformat(more.json["issued_on"]).year
    gaps = run("issued", "gaps", "--year", year, "--db", file)
    assert gaps.out.splitlines() == [
        "Biểu, danh sách – Không có số trống, không có số hủy.",
        "Giấy – Không có số trống, không có số hủy.",
        "Giấy xác nhận – Số trống: 01/XN đến 03/XN",
    ]
    book = tmp_path / "sổ.json"
    options = ("--year", year, "--db", file, "-o", book, "--format", "json")
    assert run("confirm", "book", *options).code == 0
    rows = json.loads(book.read_text(encoding="utf-8"))["rows"]
    assert [row["values"]["number"] for row in rows[:4]] == ["01–03/XN", "04/XN", "05/XN", "06/XN"]


def test_a_past_year_is_confirmed_by_its_result(run: Commands, file: Path) -> None:
    made = run(
        "confirm", "make", "van an", "--what", "poor", "--year", 2025, "--db", file, "--json"
    )
    assert made.json["title"] == "Xác nhận hộ nghèo theo kết quả rà soát năm 2025"
    assert made.json["year"] == 2025


def test_a_cancelled_table_is_printed_as_one(run: Commands, file: Path, tmp_path: Path) -> None:
    on = ("--year", 2025, "--on", "2026-01-12", "--db", file, "--json")
    uid = run("issue", "BC1", "--number", "15/BC-UBND", *on).json["uid"]
    cancel = ("--reason", "in sai", "--on", "2026-02-01", "--db", file)
    run("issued", "cancel", uid, *cancel)
    path = tmp_path / "lại.docx"
    said = run("issued", "print", uid, "--db", file, "-o", path).out.splitlines()
    assert said[0] == str(path)
    assert said[1].endswith("; hủy ngày 01/02/2026: in sai")
    with zipfile.ZipFile(path) as archive:
        feet = [archive.read(name) for name in archive.namelist() if "footer" in name]
    assert any("ĐÃ HỦY ngày 01/02/2026" in foot.decode() for foot in feet)


def test_cancelling_keeps_the_number(run: Commands, file: Path) -> None:
    made = run("confirm", "make", "van an", "--what", "poor", "--db", file, "--json").json
    run("issued", "cancel", made["uid"], "--reason", "ghi nhầm", "--db", file)
    (row,) = run("issued", "list", "--state", "cancelled", "--db", file, "--json").json["issued"]
    assert (row["number"], row["cancel_reason"]) == ("01", "ghi nhầm")
    again = run("confirm", "make", "van an", "--what", "poor", "--db", file, "--json").json
    assert again["number"] == "02"


def test_a_number_is_added_when_the_van_thu_gave_it(run: Commands, file: Path) -> None:
    uid = run("issue", "BC1", "--year", 2025, "--db", file, "--json").json["uid"]
    said = run("issued", "number", "15/BC-UBND", uid, "--db", file)
    assert said.out.startswith("15/BC-UBND ngày ")
    assert said.out.endswith("Bản đã phát hành giữ nguyên; ghi số bằng tay lên bản in.\n")


def test_a_table_with_cells_nobody_knows_says_so(run: Commands, file: Path) -> None:
    """Issued all the same, where it has any number: the officer may have to send what there is."""
    nothing = ("issue", "BC1", "--year", 2026, "--status", "preliminary", "--db", file)
    assert run.refused(*nothing).startswith("Biểu chưa có số nào, chưa phát hành được")
    done = run("issue", "BC2", "--year", 2026, "--status", "preliminary", "--db", file)
    assert done.code == 0
    assert "ô chưa biết, in “–”: ghi chú dưới biểu nói vì sao." in done.out
    assert done.out.startswith("… ngày")
    closed = run("issue", "ho_ngheo", "--year", 2025, "--db", file)
    assert "chưa biết" not in closed.out


def test_gaps_of_every_kind_are_told_by_name(run: Commands, file: Path) -> None:
    on = ("--year", 2025, "--on", "2026-01-12", "--db", file, "--json")
    for code, number in (("BC1", 1), ("BC12", 2), ("BC13", 5)):
        uid = run("issue", code, "--number", f"{number}/BC-UBND", *on).json["uid"]
        if number == 2:
            run("issued", "cancel", uid, "--reason", "in sai", "--on", "2026-02-01", "--db", file)
    asked = ("issued", "gaps", "--year", 2026, "--db", file)
    reports, gap, *others = run(*asked).out.splitlines()
    assert reports.startswith("Biểu, danh sách – 02/BC-UBND ngày 12/01/2026")
    assert reports.endswith("; hủy ngày 01/02/2026: in sai")
    assert reports.partition(" – ")[2] in run("issued", "list", "--db", file).out.splitlines()
    assert gap == (
        "Biểu, danh sách – Số trống giữa số nhỏ nhất và số lớn nhất đã dùng: "
        "03/BC-UBND đến 04/BC-UBND"
    )
    assert [line.partition(" –")[0] for line in others] == ["Giấy", "Giấy xác nhận"]
    told = run(*asked, "--json").json["gaps"]
    assert [(one["kind"], one["first"], one["last"]) for one in told] == [
        ("report", 2, 2),
        ("report", 3, 4),
    ]
    assert run(*asked, "--kind", "report").out.splitlines()[1] == gap.partition(" – ")[2]


def test_of_many_persons_the_first_are_told(run: Commands, tmp_path: Path) -> None:
    path = tmp_path / "đông.gndb"
    with empty_database(path) as database:
        make_register(database).household(*(f"Nguyễn Thị {at}" for at in range(21)))
        database.checkpoint()
    make = ("confirm", "make", "nguyen thi", "--what", "poor", "--db", path)
    assert "Có hơn 20 người tên “nguyen thi”" in run.refused(*make)
    found = run("confirm", "find", "nguyen thi", "--db", path, "--json").json
    assert (len(found["found"]), found["more"]) == (20, True)
    assert "hơn 20 người" in run("confirm", "find", "nguyen thi", "--db", path).out
    for nobody in ("", " "):
        assert "Gõ tên" in run.refused("confirm", "find", nobody, "--db", path)
        assert "Gõ tên" in run.refused("confirm", "make", nobody, "--what", "poor", "--db", path)


def test_a_paper_nobody_signs_says_so(run: Commands, file: Path) -> None:
    make = ("confirm", "make", "van an", "--what", "poor", "--db", file)
    assert "Cài đặt chưa ghi người ký" in run(*make).out
    assert "chưa ghi người ký" in run(*make, "--json").json["warning"]
    signed = run(*make, "--signer", "Hồ Văn Một", "--json").json
    assert (signed["signer"], signed["warning"]) == ("Hồ Văn Một", None)


def test_refusals_are_one_sentence(run: Commands, file: Path) -> None:
    make = ("confirm", "make")
    assert "Có 2 người" in run.refused(*make, "dinh van", "--what", "poor", "--db", file)
    assert "Không tìm thấy" in run.refused(*make, "khong ai", "--what", "poor", "--db", file)
    assert "không được công nhận là hộ cận nghèo" in run.refused(
        *make, "van an", "--what", "near_poor", "--db", file
    )
    assert "Chọn hộ" in run.refused(*make, "--what", "poor", "--db", file)
    twice = ("van an", "--what", "poor", "--year", 2024, "--day", "2024-06-01", "--db", file)
    assert run.refused(*make, *twice).startswith("Không dùng --year cùng với --day")
    said = run.refused("issue", "giay_chung_nhan", "--review", "2026", "--db", file)
    assert "chỉ dùng --certificate" in said
    for code in ("quyet_dinh_cong_nhan", "mau_04", "giay_chung_nhan"):
        assert "tờ trắng thì in bằng lệnh paper" in run.refused("issue", code, "--db", file)
    assert "chưa khóa sổ" in run.refused(
        *make, "van an", "--what", "poor", "--year", 2026, "--db", file
    )
    assert "--year" in run.refused("issue", "BC1", "--db", file)
    assert "Không có giấy" in run.refused("issue", "khong_co", "--db", file)
    table = ("BC1", "--year", 2025, "--db", file)
    for number in ("abc", "-3"):
        assert "không phải là số" in run.refused("issue", *table, "--number", number)
        assert "không phải là số" in run.refused(
            *make, "van an", "--what", "poor", "--number", number, "--db", file
        )
    assert run("issue", *table, "--number", "15/BC-UBND").code == 0
    assert "đã dùng cho" in run.refused("issue", *table, "--number", "15/BC-UBND")
    nobody = "00000000-0000-0000-0000-000000000001"
    assert "Không có văn bản" in run.refused("issued", "difference", nobody, "--db", file)
    assert run("issued", "list", "--db", file).out.endswith("\n1 văn bản.\n")


def test_a_name_must_fit_the_household_or_person_beside_it(run: Commands, file: Path) -> None:
    found = run("confirm", "find", "dinh van", "--db", file, "--json").json["found"]
    first, second = ({"household": one["household"], "person": one["person"]} for one in found)
    make = ("confirm", "make", "van an", "--what", "poor", "--db", file)
    for name in ("household", "person"):
        said = run.refused(*make, f"--{name}", second[name])
        assert "không phải của người hoặc hộ có tên “van an”" in said
        assert "Gõ tên" in run.refused(*make[:2], " ", *make[3:], f"--{name}", first[name])
    assert run("issued", "list", "--db", file).out == "0 văn bản.\n"
    for name in ("household", "person"):
        made = run(*make, f"--{name}", first[name], "--json").json
        assert made["person"] == first["person"]
        assert made["subject"].startswith("Đinh Văn Ân, hộ Đinh Văn Ân")


def test_a_paper_of_a_household_is_listed_with_its_name_and_a_number_of_two_digits(
    run: Commands, file: Path, tmp_path: Path
) -> None:
    (found,) = run("confirm", "find", "van an", "--db", file, "--json").json["found"]
    home = ("--household", found["household"], "--db", file)
    for code in ("mau_04", "phieu_thong_tin_ho"):
        assert " – Đinh Văn Ân, Thôn A (đang dùng)" in run("issue", code, *home).out
    path = tmp_path / "bc1.docx"
    done = run("issue", "BC1", "--year", 2025, "--number", "9/BC-UBND", "--db", file, "-o", path)
    assert done.out.startswith("09/BC-UBND ngày ")  # as it is printed
    with zipfile.ZipFile(path) as archive:
        assert "Số: 09/BC-UBND" in archive.read("word/document.xml").decode()


def test_what_is_issued_of_a_village_names_it(run: Commands, file: Path) -> None:
    said = ("--on", "2026-01-12", "--db", file, "--json")
    of_village = run("issue", "bc1", "--year", 2025, "--unit", "Thôn A", *said).json
    assert of_village["subject"].startswith("Thôn A, Theo Chuẩn nghèo")
    listed = run("issue", "ho_ngheo", "--year", 2025, "--unit", "Thôn A", *said).json
    assert listed["subject"].startswith("Thôn A, Theo Chuẩn nghèo")
    assert "(" not in listed["subject"]
    assert "Thôn" not in run("issue", "bc12", "--year", 2025, *said).json["subject"]


def test_a_unit_that_is_not_the_household_s_is_refused(run: Commands, file: Path) -> None:
    found = run("confirm", "find", "Đinh Văn Bá", "--db", file, "--json").json["found"]
    command = ("issue", "phieu_thong_tin_ho", "--household", found[0]["household"], "--db", file)
    said = run.refused(*command, "--village", "Thôn B")
    assert said == "Hộ này ở Thôn A, không ở đơn vị đã ghi: ghi đúng thôn hoặc bỏ --village."
    assert run(*command, "--village", "Thôn A").code == 0


def test_papers_of_the_programme_are_issued_by_their_codes(
    run: Commands, file: Path, tmp_path: Path
) -> None:
    db = ("--db", file)
    budget = run("issue", "budget", "--year", 2026, "--number", "7/BC-UBND", *db)
    assert budget.code == 0, budget
    assert budget.out.startswith("07/BC-UBND ngày ")
    assert "BẢNG KINH PHÍ THEO NỘI DUNG VÀ NGUỒN VỐN – Sơn Tây, Năm 2026" in budget.out
    assert "chưa biết" not in budget.out
    helpers = run("issue", "without", "--as-of", "2025-12-31", *db, "--json").json
    assert (helpers["kind"], helpers["code"], helpers["year"]) == ("report", "without", 2025)
    home = find_home(file)
    plan = run("issue", "plans", "--year", 2025, "--household", home, *db, "--json").json
    assert plan["household"] == str(home)
    first, again = tmp_path / "một.pdf", tmp_path / "hai.pdf"
    asked = ("bhyt", "--period", "2025-12", *db)
    assert "“Bảo hiểm y tế” của kỳ 2025-12 chưa lập" in run.refused("issue", *asked)
    assert run("period-list", "--policy", *asked, "--issue").code == 0
    listed = run("issue", *asked, "-o", first, "--json").json
    assert run("issue", "bhyt_cong_khai", *asked[1:]).code == 0
    assert run("issued", "difference", listed["uid"], *db).code == 0
    change(file, "Đinh Văn Ân")
    assert run("issued", "difference", listed["uid"], *db).code == 1
    run("issued", "print", listed["uid"], "-o", again, *db)
    assert first.read_bytes() == again.read_bytes()


def find_home(file: Path) -> UUID:
    database = Database(file)
    try:
        return find_persons(database, "Đinh Văn Bá", BEGUN)[0].household
    finally:
        database.close()
