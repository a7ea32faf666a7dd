"""`giamngheo supports-import` and `supports-template`: looked at, settled, written, told."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from giamngheo_desktop.cli.main import entry
from tests.harness.register import empty_database, make_register
from tests.harness.support_lists import Desk

ON = ("--on", "01/07/2026")


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = entry([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two heads of one name in A, another in B."""
    path = tmp_path / "Sổ hộ.db"
    with empty_database(path) as database:
        register = make_register(database)
        for name, village in (("Lò Văn An", "A"), ("Lò Văn An", "A"), ("Hồ Văn Cả", "B")):
            register.give_class(register.household(name, village=village).uid)
        Desk(register, tmp_path).book(
            ("ĐVT: nghìn đồng",),
            ("STT", "Họ tên người vay", "Thôn", "Số tiền vay", "Ghi chú", "Mã món vay"),
            (1, "Lò Văn An", "Thôn A", 50_000, "", "M1"),
            (2, "Hồ Văn Cả", "Thôn B", "30.000", "", "M2"),
            (3, "Người Lạ", "Thôn B", 20_000, "", "M3"),
            ("", "Cộng", "", 90_000, "", ""),
            name="vay",
        )
    return path


def test_a_list_is_looked_at_settled_and_written(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = file.parent / "vay.xlsx"
    asked = ("supports-import", book, "--db", file, "--policy", "credit", *ON)
    code, out, err = run(capsys, *asked, "--dry-run")
    assert (code, err) == (1, "")
    lines = out.splitlines()
    assert lines[0] == (
        "vay.xlsx: 0 dòng nhận, 0 đã có trong sổ, 3 chờ, 0 không nhận, 0 không ghi gì."
    )
    assert "Trang “DS”, cột D: mỗi đơn vị là 1.000 đồng." in lines
    assert "Trang “DS”, cột F: Cột không đọc: Mã món vay: M1" in lines
    assert any("Không rõ tiền của nguồn nào" in line for line in lines)
    assert "DS!6 dòng cộng 90.000.000 đồng: KHÔNG khớp" in out
    assert lines[-2:] == [
        "Tiền trong tệp 100.000.000 đồng = sẽ ghi 0 + đã có 0 + chờ 100.000.000 + không nhận 0.",
        "Mới xem trước, chưa ghi gì.",
    ]
    settled = (*asked, "--source", "policy_credit", "--person", "3=2", "--person", "DS!4=1")
    code, out, _ = run(capsys, *settled, "--name", "Vay vốn quý III", "--json")
    told = json.loads(out)
    assert (code, told["written"]) == (1, 2)
    assert told["money"] == {
        "file": 100_000_000, "written": 80_000_000, "same": 0, "waiting": 20_000_000,
        "refused": 0, "unread_rows": 0,
    }  # fmt: skip
    assert [row["state"] for row in told["rows"]] == ["ready", "ready", "waiting"]
    code, out, _ = run(capsys, "supports", "--db", file, "--year", 2026, "--json")
    given = json.loads(out)
    assert given["total"]["amount"] == 80_000_000
    assert {row["event"]["name"] for row in given["supports"]} == {"Vay vốn quý III"}
    code, out, _ = run(capsys, *asked, "--source", "policy_credit")
    assert "0 dòng nhận, 2 đã có trong sổ, 1 chờ" in out
    assert "Tệp này đã nhận ngày" in out
    assert "đã ghi 0 + đã có 80.000.000 + chờ 20.000.000" in out
    more = ("--take", "3", "--accept", "sure")
    code, out, err = run(capsys, *settled, *more)  # the very same command, and more
    assert (code, err) == (1, "")
    assert "0 dòng nhận, 2 đã có trong sổ, 1 chờ" in out
    again = (*asked, "--source", "policy_credit", "--person", "3=1", "--json")
    code, out, _ = run(capsys, *again)  # another answer than the first time
    (first, *_) = told = json.loads(out)["rows"]
    assert [row["state"] for row in told] == ["waiting", "same", "waiting"]
    assert [one["code"] for one in first["findings"]] == ["support_of_other"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--policy", "credit", "--map", "4=item"), "--map ghi"),
        (("--policy", "credit", "--person", "5=1"), "Dòng 5 không có người thứ 1"),
        (("--policy", "credit", "--take", "5"), "Không có dòng “5” để nhận"),
        (("--policy", "credit", "--village", "Sơn Tây"), "không phải thôn"),
    ],
)
def test_what_is_not_understood_is_refused(
    file: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], said: str
) -> None:
    before = file.read_bytes()
    book = file.parent / "vay.xlsx"
    code, _, err = run(capsys, "supports-import", book, "--db", file, *ON, *options)
    assert code == 2
    assert said in err
    assert file.read_bytes() == before


def test_the_template_is_written_filled_and_taken(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = file.parent / "mẫu.xlsx"
    asked = ("--db", file, "--policy", "poor_fund_gift", *ON)
    made = ("supports-template", *asked, "--name", "Quà Tết", "--source", "poor_fund")
    code, out, _ = run(capsys, *made, "--unit", "Thôn A", "--class", "poor", "-o", path)
    assert (code, out) == (0, f"Đã ghi tệp mẫu {path}, 2 dòng.\n")
    code, out, _ = run(capsys, "supports-import", path, *asked)
    assert (code, out.splitlines()[-1]) == (
        0,
        "Không có gì mới: mọi dòng đã có trong sổ hoặc không ghi gì.",
    )
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[4]}
    for row, amount in ((5, 300_000), (6, 400_000)):
        sheet.cell(row, heads["Quỹ “Vì người nghèo”"], amount)
    book.save(path)
    code, out, _ = run(capsys, "supports-import", path, *asked, "--name", "Quà Tết")
    assert code == 0
    assert out.splitlines()[-1] == "Đã nhận 2 hỗ trợ vào đợt “Quà Tết”."
    assert "đã ghi 700.000" in out


def test_what_is_not_read_is_told_with_its_rows(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Columns that nobody knows, until they are said; rows that say nothing, and signatures."""
    names = ("Hồ Văn Cả", "Lò Văn An", "Hồ Văn Cả", "Lò Văn An", "Hồ Văn Cả")
    rows = [(at, name, "Thôn B", 70_000 if at == 1 else "") for at, name in enumerate(names, 1)]
    signed = (("", "NGƯỜI LẬP BIỂU", "", "KẾ TOÁN"), ("", "(Ký, họ tên)", "", "(Ký, họ tên)"))
    head = ("Thứ", "Nhân vật", "Nơi", "Khoản")
    book = Desk(None, file.parent).book(head, *rows, (), *signed, name="lạ")  # type: ignore[arg-type]
    asked = ("supports-import", book, "--db", file, "--policy", "poor_fund_gift", *ON)
    code, _, err = run(capsys, *asked, "--dry-run")
    assert code == 2
    assert "--map B=full_name" in err
    said = ("--map", "B=full_name", "--map", "C=village", "--map", "D=amount.donors")
    code, out, _ = run(capsys, *asked, "--dry-run", *said)
    assert code == 1
    assert "1 chờ, 0 không nhận, 4 không ghi gì." in out
    assert "Trang “DS”, không ghi gì ở dòng 3–6." in out
    assert "Trang “DS”, không đọc dòng 8–9: Chữ ký." in out
