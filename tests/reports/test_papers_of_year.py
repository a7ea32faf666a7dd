"""Every paper of the scripted year is written, and those that count the same agree."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from giamngheo_desktop.domain.vietnamese import nfc
from giamngheo_desktop.sample import DEFAULT_SEED, seeded_contexts
from giamngheo_desktop.tools.paper_year import YEAR, Desk
from giamngheo_desktop.tools.papers import File, year
from tests.harness.register import empty_database
from tests.harness.tables import definitions

# What no reader of a paper is to see.
_CODES = re.compile(r"[{}]|None|Traceback|[a-z]_[a-z]")
_HEADINGS = ("1-ke-hoach", "2-bao-cao", "3-chuong-trinh", "4-ra-soat", "5-ket-qua", "6-nam-sau")


def _text(file: File) -> str:
    with pypdfium2.PdfDocument(file.data) as pdf:
        return nfc(" ".join(page.get_textpage().get_text_range() for page in pdf)).replace(
            "\r\n", " "
        )


def _numbers(text: str, pattern: str) -> list[tuple[str, ...]]:
    return [match.groups() for match in re.finditer(pattern, text)]


def test_a_file_says_how_long_it_is() -> None:
    assert File("X.docx", b"").length == "văn bản Word"


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_the_papers_of_a_year_are_written_and_agree(tmp_path: Path) -> None:
    with empty_database(tmp_path / "so.db") as database:
        desk = Desk(database, definitions(), seeded_contexts(DEFAULT_SEED, "Dữ liệu mẫu"))
        desk.begin(full=False)
        files = {file.name: file for file in year(desk)}
    assert {name.split("/")[0] for name in files} == set(_HEADINGS)
    assert all(file.data and file.length for file in files.values())
    printed = {name: _text(file) for name, file in files.items() if name.endswith(".pdf")}
    assert {
        name: _CODES.findall(text) for name, text in printed.items() if _CODES.search(text)
    } == {}
    of_form = {name.rpartition(".")[0] for name in files if name.endswith((".docx", ".xlsx"))}
    assert {f"5-ket-qua/BC{number}" for number in range(1, 14)} <= of_form

    # The decision, the tables, the lists, the reports after it and the bridge count alike.
    decided = _numbers(printed["4-ra-soat/quyet-dinh-2022.pdf"], r"Hộ nghèo: (\d+) hộ, (\d+) khẩu")[
        0
    ]
    homes, people = decided
    assert re.search(rf"Tổng cộng 2\.568 8\.476 {homes} \S+ ", printed["5-ket-qua/BC1.pdf"])
    assert re.search(rf" {homes} 130 .* {people} ", printed["5-ket-qua/BC2.pdf"])
    assert f"Tổng cộng: {homes} hộ {people}" in printed["5-ket-qua/danh-sach-ho_ngheo.pdf"]
    told = f"đến ngày 31/12/{YEAR} {homes} hộ với {people} nhân khẩu"
    assert told in printed["5-ket-qua/M12.pdf"]
    assert f"hộ nghèo {homes} hộ với {people} nhân khẩu" in printed["5-ket-qua/Y.pdf"]
    assert f"= {homes} " in printed["5-ket-qua/giai-thich-thay-doi.pdf"]
    # The plan after it begins with what the next standard found, in text and table alike.
    ((new, persons),) = _numbers(
        printed["4-ra-soat/quyet-dinh-2027.pdf"], r"Hộ nghèo: (\d+) hộ, (\d+) khẩu"
    )
    assert new != homes
    plan = printed["6-nam-sau/ke-hoach-du-thao.pdf"]
    assert f"có {new} hộ nghèo, có {persons} khẩu" in plan
    assert f"Tổng cộng 2.568 {new} " in plan
