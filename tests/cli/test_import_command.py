"""`giamngheo import`: looked at, written, nothing left to do; corrected columns of a sender."""

import json
from pathlib import Path

import pytest

from giamngheo_desktop.cli.main import entry
from giamngheo_desktop.services.importing.mappings import mapping, mappings, save_mapping
from tests.harness import foreign_lists
from tests.harness.list_imports import VILLAGES, town

ASKED = ("--year", 2025)


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = entry([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_list_is_looked_at_and_then_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with town(tmp_path) as here:
        file = here.database.path
    book = foreign_lists.write_book("members_27", tmp_path)
    asked = ("import", book, "--db", file, *ASKED)
    code, out, err = run(capsys, *asked, "--dry-run")
    assert (code, err) == (0, "")
    assert out.splitlines()[0].startswith("members_27.xlsx: 42 mới, 0 thay đổi")
    assert out.splitlines()[-1] == "Mới xem trước, chưa ghi gì."
    code, out, _ = run(capsys, *asked, "--accept", "new", "--json")
    told = json.loads(out)
    assert (code, told["written"]["households"], told["written"]["persons"]) == (0, 12, 42)
    assert {row["done"] for row in told["rows"]} == {"written"}
    code, out, _ = run(capsys, *asked)
    assert (code, out.splitlines()[-1]) == (0, "Không có gì để làm.")
    assert "Tệp này đã nhận ngày" in out


def test_what_waits_is_said_with_its_cell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with town(tmp_path) as here:
        file = here.database.path
    book = foreign_lists.write_book("free_households", tmp_path)
    code, out, _ = run(capsys, "import", book, "--db", file, *ASKED, "--dry-run")
    assert code == 1
    assert "    D4 Ngày sinh: 03/04/1975 – 03/04/1975 / 04/03/1975?" in out
    assert "Không có ngày này trong lịch" in out
    code, _, err = run(capsys, "import", book, "--db", file, "--sheet", "Khác")
    assert (code, err) == (2, "Không có trang tính “Khác”; có: Tổng hợp.\n")
    code, _, err = run(capsys, "import", book, "--db", file, "--as", "khac")
    assert (code, "khac" in err, "invalid" in err) == (2, True, False)
    code, _, err = run(capsys, "import", book, "--db", file, "--mapping", "Thôn 1")
    assert (code, err) == (2, "Chưa lưu cách đọc cột tên “Thôn 1”; có: –.\n")


def test_corrected_columns_are_kept_by_the_name_of_the_sender(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with town(tmp_path) as here:
        file, context = here.database.path, here.context
        first = {"": {"M": "", "L": "address"}}
        save_mapping(here.database, context, foreign_lists.definitions(), "Thôn Đồi Chè", first)
        kept = {"Tổng hợp": {"M": "", "L": "note"}}
        save_mapping(here.database, context, foreign_lists.definitions(), "thôn đồi chè", kept)
        assert mappings(here.database) == {"thôn đồi chè": kept}
        assert mapping(here.database, "THÔN ĐỒI CHÈ") == kept
    book = foreign_lists.write_book("free_households", tmp_path)
    asked = ("import", book, "--db", file, *ASKED, "--dry-run", "--json")
    told = json.loads(run(capsys, *asked, "--mapping", "thon doi che")[1])
    columns = told["sheets"][0]["columns"]
    assert (columns["M"]["field"], columns["L"]["field"]) == ("", "note")
    fields = {cell["field"] for row in told["rows"] for cell in row["cells"]}
    assert "phone" not in fields


def test_the_template_is_written_filled_and_read_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with town(tmp_path) as here:
        here.apply(here.plan("members_27"))
        file = here.database.path
    before = file.read_bytes()
    empty, full = tmp_path / "trống.xlsx", tmp_path / "đủ.xlsx"
    asked = ("--db", file, "--as", "update", *ASKED)
    code, out, _ = run(capsys, "import", "--template", empty, *asked)
    assert (code, out) == (0, f"Đã ghi tệp mẫu {empty}, 0 dòng điền sẵn.\n")
    told = json.loads(
        run(capsys, "import", "--template", full, "--village", "suoi lanh", *asked, "--json")[1]
    )
    assert told == {"output": str(full), "rows": 42}
    assert file.read_bytes() == before
    for book in (empty, full):
        code, out, _ = run(capsys, "import", book, *asked, "--day", "10/12/2025", "--dry-run")
        assert (code, out.splitlines()[-1]) == (0, "Không có gì để làm.")
    code, _, err = run(capsys, "import", "--db", file)
    assert (code, "thiếu TỆP hoặc --template" in err) == (2, True)
    code, _, err = run(capsys, "import", full, "--template", empty, "--db", file)
    assert (code, err[:22]) == (2, "Không dùng TỆP cùng vớ")


def test_who_a_row_is_is_said_by_its_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with town(tmp_path) as here:
        here.apply(here.plan("members_27"))
        file = here.database.path
    book = foreign_lists.write_book("free_households", tmp_path)
    asked = ("import", book, "--db", file, *ASKED, "--dry-run")
    told = json.loads(run(capsys, *asked, "--json")[1])
    row = next(one for one in told["rows"] if one["name"] == "Vũ Thị Ánh")
    assert (row["state"], row["asks_who"]) == ("proposal", True)
    out = run(capsys, *asked)[1]
    assert f"    Là ai? 0: người mới, hộ mới; 1: {row['candidates'][0]}." in out
    for said, state in ((f"{row['row']}=1", "changed"), (f"{row['sheet']}!{row['row']}=0", "new")):
        told = json.loads(run(capsys, *asked, "--person", said, "--json")[1])
        assert next(r for r in told["rows"] if r["name"] == row["name"])["state"] == state
    code, _, err = run(capsys, *asked, "--person", f"{row['row']}=7")
    assert (code, err.partition(";")[0]) == (
        2, f"Dòng {row['row']} không có người thứ 7 để chọn",
    )  # fmt: skip
    code, _, err = run(capsys, *asked, "--person", "ai đó")
    assert (code, "“ai đó”" in err) == (2, True)


def test_all_that_wait_are_said_to_be_new_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with town(tmp_path) as here:
        file = here.database.path
    lines = ("Họ và tên,Quan hệ với chủ hộ,Thôn", *[f"Vi Thị Tám,Chủ hộ,{VILLAGES[0]}"] * 3)
    book = tmp_path / "ds.csv"
    book.write_text("\n".join(lines), encoding="utf-8")
    asked = ("import", book, "--db", file, "--as", "new", "--accept", "all")
    out = run(capsys, *asked, "--dry-run")[1]
    assert "2 dòng chờ nói là ai: --person DÒNG=SỐ" in out
    told = json.loads(run(capsys, *asked, "--person", "*=0", "--json")[1])
    assert told["written"]["households"] == 3


def test_what_is_not_read_is_named_and_a_day_is_read_as_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with town(tmp_path) as here:
        file = here.database.path
    book = tmp_path / "ds.csv"
    book.write_text(
        "Thôn,Họ và tên,Quan hệ với chủ hộ,Ngày sinh,Cột lạ\n"
        "Bon Đăk Rung,Hồ Văn Mới,Chủ hộ,03/04/1975,7\n"
        "Bon Đăk Rung,,Vợ,1980,\n",
        encoding="utf-8",
    )
    asked = ("import", book, "--db", file, "--as", "new")
    code, out, _ = run(capsys, *asked)
    assert (code, out.splitlines()[-1]) == (1, "Chưa ghi gì: các dòng trên cần xem hoặc có lỗi.")
    assert "Trang “ds”, cột không đọc: E “Cột lạ”." in out
    assert "ds!3 bỏ qua: Dòng không có họ tên – Bon Đăk Rung | Vợ | 1980" in out
    assert "    D2 Ngày sinh: 03/04/1975 – 03/04/1975 / 04/03/1975?" in out
    assert "1: 03/04/1975" in run(capsys, *asked, "--reading", "D2=3")[2]
    out = run(capsys, *asked, "--reading", "D=2")[1]
    assert out.splitlines()[-1] == "Đã nhận: 1 hộ mới, 1 người mới, 0 thông tin thay đổi."


def test_a_list_of_another_commune_waits_and_what_is_not_taken_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with town(tmp_path) as here:
        file = here.database.path
    book = tmp_path / "ds.csv"
    book.write_text(
        "UBND xã Hương Khê,,,,,\n"
        "Thôn,Họ và tên,Quan hệ với chủ hộ,Ngày sinh,Phân loại hộ,Số nhân khẩu\n"
        "Bon Đăk Rung,Hồ Văn Mới,Chủ hộ,1975,Hộ nghèo,4\n"
        "Bon Đăk Rung,Hồ Văn Hai,Con,2005,,\n"
        "Bon Đăk Rung,Hồ Văn Hai,Con,1/2005,,\n",
        encoding="utf-8",
    )
    asked = ("import", book, "--db", file, "--as", "new", "--accept", "all")
    code, out, _ = run(capsys, *asked)
    assert (code, out.splitlines()[-1][:12]) == (1, "Chưa ghi gì:")
    assert "Tệp ghi xã là “Hương Khê”; sổ này không có xã ấy." in out
    assert "Trang “ds”, cột không nhận ở loại “Hồ sơ mới”: E “Phân loại hộ”." in out
    assert "Không có gì" not in out
    assert "    Là ai? 0: người mới, hộ mới." in out
    out = run(capsys, *asked, "--confirmed")[1]
    assert out.splitlines()[-2:] == [
        "Đã nhận: 1 hộ mới, 2 người mới, 0 thông tin thay đổi.",
        "1 dòng chưa nhận: xem ở trên.",
    ]
    out = run(capsys, *asked, "--confirmed")[1]  # it is told each time, and nothing is written
    assert "F3 Số nhân khẩu: 3 → 4 ⚠ Số nhân khẩu ghi khác số dòng thành viên." in out
    assert out.splitlines()[-1] == "Chưa ghi gì: các dòng trên cần xem hoặc có lỗi."
    told = json.loads(run(capsys, *asked, "--json", "--dry-run")[1])
    columns = told["sheets"][0]["columns"]
    assert [columns[at]["taken"] for at in "DE"] == [True, False]
    assert told["doubts"] == [{"about": "commune", "said": "Hương Khê"}]


def test_a_class_that_no_column_says_is_asked_by_an_address_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with town(tmp_path) as here:
        file = here.database.path
    book = tmp_path / "ds.csv"
    book.write_text(
        "DANH SÁCH HỘ THOÁT NGHÈO NĂM 2025,,,\n"
        "(Kèm theo Quyết định số 15/QĐ-UBND ngày 20/12/2025),,,\n"
        "Thôn,Họ và tên,Quan hệ với chủ hộ,Ghi chú\n"
        "Bon Đăk Rung,Hồ Văn Mới,Chủ hộ,Vay vốn hộ cận nghèo\n",
        encoding="utf-8",
    )
    asked = ("import", book, "--db", file, *ASKED, "--accept", "all")
    code, out, _ = run(capsys, *asked)
    assert (code, out.splitlines()[-1][:12]) == (1, "Chưa ghi gì:")
    assert "    LOẠI4 Phân loại hộ: Vay vốn hộ cận nghèo – Hộ cận nghèo / Hộ không nghèo?" in out
    assert "1 hộ chưa rõ phân loại: --reading Ô=SỐ" in out
    above = "Trang “ds”, dòng không ghi thì lấy: quyết định số {} ngày {}."
    assert above.format("15/QĐ-UBND", "20/12/2025") in out
    paper = ("--decision-number", "17/QĐ-UBND", "--decision-date", "22/12/2025")
    out = run(capsys, *asked, *paper, "--dry-run")[1]
    assert above.format("17/QĐ-UBND", "22/12/2025") in out
    assert "--as update" in run(capsys, *asked, *paper, "--as", "update")[2]
    assert "1: Hộ cận nghèo / 2: Hộ không nghèo" in run(capsys, *asked, "--reading", "LOẠI4=3")[2]
    for said in ("LOẠI4=2", "ds!loai=2"):
        told = json.loads(run(capsys, *asked, "--reading", said, "--dry-run", "--json")[1])
        assert told["sheets"][0]["decision_date"] == "2025-12-20"
    out = run(capsys, *asked, "--reading", "loai4=2")[1]
    assert out.splitlines()[-1] == "Đã nhận: 1 hộ mới, 1 người mới, 0 thông tin thay đổi."


def test_the_village_of_a_list_that_names_none_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with town(tmp_path) as here:
        file = here.database.path
    book = tmp_path / "ds.csv"
    book.write_text("Họ và tên chủ hộ,Năm sinh,Giới tính\nHồ Văn Mới,1975,Nam\n", encoding="utf-8")
    asked = ("import", book, "--db", file, "--as", "new", "--dry-run", *ASKED)
    assert "Không rõ hộ ở thôn nào" in run(capsys, *asked)[1]
    assert run(capsys, *asked, "--village", "bon dak rung")[1].startswith("ds.csv: 1 mới,")
    err = run(capsys, *asked, "--village", "suoi lanh")[2]
    assert "--village ghi một thôn; Suối Lành không phải thôn" in err


def test_a_row_that_speaks_against_itself_is_taken_by_its_own_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with town(tmp_path) as here:
        file = here.database.path
    book = tmp_path / "ds.csv"
    book.write_text(
        "Thôn,Họ và tên chủ hộ,Năm sinh,Giới tính\nBon Đăk Rung,Hồ Mới (đã chết),1975,Nam\n",
        encoding="utf-8",
    )
    asked = ("import", book, "--db", file, "--as", "new", *ASKED)
    code, out, _ = run(capsys, *asked, "--accept", "all", "--person", "*=0")
    assert (code, out.splitlines()[-1]) == (1, "Chưa ghi gì: các dòng trên cần xem hoặc có lỗi.")
    assert "1 dòng trái giấy tờ, ghi đã mất, đã đi" in out
    assert "Không có dòng “3” để nhận" in run(capsys, *asked, "--take", "3")[2]
    assert "không đọc được “x”" in run(capsys, *asked, "--take", "x")[2]
    out = run(capsys, *asked, "--take", "ds!2")[1]
    assert out.splitlines()[-1] == "Đã nhận: 1 hộ mới, 1 người mới, 0 thông tin thay đổi."
