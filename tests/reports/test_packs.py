"""Packs for other systems: the known layout, and a new one that is data alone."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from giamngheo_desktop import paths
from giamngheo_desktop.cli import main
from giamngheo_desktop.definitions.catalogue import (
    Definitions,
    load_definitions,
    shipped_definitions,
)
from giamngheo_desktop.definitions.loader import DefinitionError
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.reports.list_layouts import render_layout
from giamngheo_desktop.reports.packs import pack_bytes
from tests.harness.register import Register, empty_database, make_register

YEAR = 2026
OWN = """
code = "he_thong_x"
version = 1
label = "Hệ thống X"
valid_from = 2016-01-01
legal_basis = "thử"
certainty = "to_confirm"
base = "thanh_vien"
selections = ["near_poor_households"]
form = "FORM"

[[columns]]
label = "Ho ten"
field = "member_name"

[[columns]]
label = "De trong"

[[columns]]
label = "Thon"
field = "village"
"""


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return shipped_definitions(paths.resources() / "definitions")


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with empty_database(tmp_path / "xa.db") as database:
        town = make_register(database)
        town.give_class(town.household("Nguyễn Văn A", "Lê Thị B").uid)
        town.give_class(town.household("Hồ Văn C", "=Đinh D", village="B").uid, "near_poor")
        yield town


def own(folder: Path, text: str) -> Definitions:
    """The definitions with one pack more."""
    shutil.copytree(paths.resources() / "definitions", folder / "definitions")
    (folder / "definitions" / "packs" / "he_thong_x.toml").write_text(text, encoding="utf-8")
    return load_definitions(folder / "definitions")


def sheet(data: bytes) -> list[tuple[object, ...]]:
    return list(load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True))


def test_the_known_layout_is_the_one_of_the_lists(
    register: Register, definitions: Definitions
) -> None:
    made = sheet(pack_bytes(register.database, definitions, "bang_27_cot", year=YEAR))
    known = sheet(render_layout(register.database, definitions, "27", year=YEAR))
    assert made == known
    assert any("Nguyễn Văn A" in row for row in made)


def test_a_new_pack_is_a_file_alone(register: Register, tmp_path: Path) -> None:
    definitions = own(tmp_path, OWN.replace("FORM", "csv"))
    data = pack_bytes(register.database, definitions, "he_thong_x", year=YEAR)
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert rows == [
        ["Ho ten", "De trong", "Thon"],
        ["Hồ Văn C", "", "Thôn B"],
        ["'=Đinh D", "", "Thôn B"],
    ]
    shutil.rmtree(tmp_path / "definitions")
    definitions = own(tmp_path, OWN.replace("FORM", "xlsx"))
    heading, *found = sheet(pack_bytes(register.database, definitions, "he_thong_x", year=YEAR))
    assert heading == ("Ho ten", "De trong", "Thon")
    assert found == [("Hồ Văn C", None, "Thôn B"), ("=Đinh D", None, "Thôn B")]


def test_a_pack_with_an_unknown_field_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError):
        own(tmp_path, OWN.replace("FORM", "csv").replace("member_name", "member_nickname"))


def test_an_example_makes_nothing(register: Register, definitions: Definitions) -> None:
    examples = [code for code, found in definitions.packs.items() if found[-1].is_example]
    assert len(examples) == 2
    for code in examples:
        with pytest.raises(AppError, match="pack_is_example"):
            pack_bytes(register.database, definitions, code, year=YEAR)
    with pytest.raises(AppError, match="unknown_pack"):
        pack_bytes(register.database, definitions, "khong_co", year=YEAR)


def test_the_command_line_writes_a_pack(
    register: Register, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.xlsx"
    assert main.entry(["package", "pack", "--db", str(register.database.path)]) == main.DONE
    assert capsys.readouterr().out.startswith("bang_27_cot: ")
    said = ["package", "pack", "bang_27_cot", "--db", str(register.database.path)]
    assert main.entry([*said, "--year", str(YEAR), "-o", "a.csv"]) == main.REFUSED
    assert main.entry([*said, "--year", str(YEAR), "-o", str(path)]) == main.DONE
    assert any("Nguyễn Văn A" in row for row in sheet(path.read_bytes()))
