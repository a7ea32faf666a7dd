"""`giamngheo supports --print` and `programmes -o`: which supports, one file, what is refused."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import openpyxl
import pypdfium2
import pytest

from giamngheo_desktop.cli.main import entry
from giamngheo_desktop.services.programme import support_bulk
from giamngheo_desktop.services.programme.support_bulk import ForMany, Receiver
from tests.harness.register import Register, empty_database, make_register
from tests.harness.tables import definitions

DAY = date(2026, 7, 1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Sổ hộ.db"


@pytest.fixture
def given(path: Path) -> Any:
    """Two households that got something, and one event; the file is closed."""
    with empty_database(path) as database:
        register: Register = make_register(database)
        homes = [register.household("Lò Văn An"), register.household("Hồ Cả", village="B")]
        done = support_bulk.support_many(
            database,
            register.context,
            definitions(),
            ForMany(
                event={"policy": "poor_fund_gift", "name": "Quà Tết", "supported_on": DAY},
                receivers=[Receiver(household=home.uid) for home in homes],
                shares={"central": 500_000},
            ),
            commune=register.commune,
        )
    return done.value.event, homes


def run(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, dict[str, Any]]:
    status = entry([*map(str, args), "--json"])
    return status, json.loads(capsys.readouterr().out)


def cells(path: Path) -> list[object]:
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    return [cell.value for sheet in book for row in sheet for cell in row]


def test_an_event_or_some_days_of_a_policy_are_printed(
    capsys: pytest.CaptureFixture[str], path: Path, tmp_path: Path, given: tuple[UUID, Any]
) -> None:
    event, _ = given
    asked = "supports", "--db", path, "--print"
    to = tmp_path / "Bảng kê.xlsx"
    status, told = run(capsys, *asked, "bang_ke", "--event", event, "-o", to)
    assert (status, told["code"], told["output"]) == (0, "bang_ke", str(to))
    assert cells(to).count(500_000) == 2
    of_b = tmp_path / "Thôn B.xlsx"
    run(capsys, *asked, "cong_khai", "--since", "2026-07-01", "--until", "2026-07-31",
        "--policy", "poor_fund_gift", "--unit", "Thôn B", "-o", of_b)  # fmt: skip
    assert ("Hồ Cả" in cells(of_b), "Lò Văn An" in cells(of_b)) == (True, False)
    of_year = tmp_path / "Năm.json"
    run(capsys, *asked, "cong_khai", "--year", "2026", "-o", of_year)
    assert "Lò Văn An" in of_year.read_text(encoding="utf-8")


def test_a_sheet_for_one_household_or_for_each_that_got_something(
    capsys: pytest.CaptureFixture[str], path: Path, tmp_path: Path, given: tuple[UUID, Any]
) -> None:
    event, homes = given
    asked = "supports", "--db", path, "--print", "phieu_ho"
    for extra, pages in ((("--household", homes[0].uid), 1), (("--event", event), 2)):
        to = tmp_path / f"Phiếu {pages}.pdf"
        assert run(capsys, *asked, *extra, "-o", to)[1]["count"] == pages
        with pypdfium2.PdfDocument(to) as pdf:
            assert len(pdf) == pages


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("bang_ke", "--year", "2026"), "cli_arguments"),
        (("bang_ke", "-o", "x.pdf"), "support_when"),
        (("bang_ke", "--event", UUID(int=7), "-o", "x.pdf"), "support_event_unknown"),
        (("phieu_ho", "--year", "2020", "-o", "x.pdf"), "support_no_household"),
        (("bang_ke", "--year", 2026, "--format", "docx", "-o", "x.pdf"), "format_contradicts"),
    ],
)
def test_what_cannot_be_printed_is_said(
    capsys: pytest.CaptureFixture[str],
    path: Path,
    given: object,
    args: tuple[object, ...],
    code: str,
) -> None:
    status, told = run(capsys, "supports", "--db", path, "--print", *args)
    assert (status, told["error"]["code"]) == (2, code)


def test_programmes_are_written_whole_or_one_of_them(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    to = tmp_path / "Cây.xlsx"
    status, told = run(capsys, "programmes", "--year", "2026", "-o", to)
    assert (status, told) == (0, {"programmes": ["2021", "2026"], "output": str(to)})
    assert {"DA6-TDA2", "HP2-NDTP05"} <= {*cells(to)}
    run(capsys, "programmes", "--programme", "2026", "-o", to)
    assert "DA6-TDA2" not in cells(to)
    status, told = run(capsys, "programmes", "--year", "2012", "-o", to)
    assert (status, told["error"]["code"]) == (2, "unknown_definition")


def test_a_list_made_of_a_part_of_the_commune_says_so(
    capsys: pytest.CaptureFixture[str], path: Path, given: Any, tmp_path: Path
) -> None:
    event, _ = given
    packed, there, paper = tmp_path / "goi.xlsx", tmp_path / "may2.db", tmp_path / "bk.xlsx"
    for command in (
        ("work", "export", "--villages", "1", "-o", packed, "--db", path),
        ("work", "merge", packed, "--db", there),
    ):
        assert run(capsys, *command)[0] == 0
    for file, said in ((path, False), (there, True)):
        printed = ("--event", event, "--print", "bang_ke", "-o", paper)
        assert run(capsys, "supports", "--db", file, *printed)[0] == 0
        found = [str(cell) for cell in cells(paper) if "chỉ có Thôn A" in str(cell)]
        assert bool(found) is said
