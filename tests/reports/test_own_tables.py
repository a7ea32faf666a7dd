"""Tables of the unit: a built-in table that goes out as a workbook comes back with its numbers; an
officer's workbook is filled with the numbers of its paper.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from giamngheo_desktop import texts
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.movement import Flow
from giamngheo_desktop.domain.sheet_formula import place_of
from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.domain.table_template import Shape
from giamngheo_desktop.exports.table_child import shape_of
from giamngheo_desktop.exports.table_example import example_workbook
from giamngheo_desktop.exports.table_read import read_table
from giamngheo_desktop.reports import make, table_check
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.pdf import render_pdf
from giamngheo_desktop.reports.stored_doc import loaded, stored
from giamngheo_desktop.reports.table_notes import flow_column
from giamngheo_desktop.services import table_templates, undo
from tests.harness.own_tables import workbook
from tests.harness.register import Register, empty_database, make_register
from tests.harness.report_rows import type_population
from tests.harness.tables import definitions, paper
from tests.services.test_corrections import NEAR, POOR, close, home

SOFFICE = shutil.which("soffice")
CODES = ["BC1", "BC2", "BC5", "BC12", "THON-TH"]


@dataclass
class World:
    register: Register
    folder: Path
    own: str  # the officer's workbook, taken
    shape: Shape
    data: bytes

    def doc(self, code: str = "", **options: Any) -> ReportDoc:
        return paper(self.register.database, code or self.own, **options)

    def check(self, shape: Shape, data: bytes = b"") -> table_check.Checked:
        database = self.register.database
        return table_check.checked(database, definitions(), shape, data, name="Thử", year=2026)

    def take(self, name: str, shape: Shape, data: bytes) -> str:
        return table_templates.save(
            self.register.database, self.register.context, name=name, shape=shape, data=data
        ).value


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("own")
    with empty_database(folder / "2026.db") as database:
        register = make_register(database)
        home(register, "Một", "A", (2025, POOR), (2026, POOR))
        home(register, "Hai", "A", (2025, POOR), (2026, NEAR))
        home(register, "Ba", "B", (2025, NEAR), (2026, POOR))
        home(register, "Bốn", "B", (2025, POOR), (2026, POOR))
        home(register, "Năm", "B", (2026, POOR))
        type_population(register, 2026, A=(16, 60), B=(32, 128), C=(5, 17))
        close(register, 2025)
        close(register, 2026)
        shape, data = read_table(workbook(folder / "Biểu tỉnh.xlsx"))
        made = World(register, folder, "", shape, data)
        made.own = made.take("Biểu tỉnh", shape, data)
        yield made


def plain(data: bytes) -> Shape:
    """The shape of a workbook of our own, without a child."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = shape_of(data, archive.namelist())
    assert found is not None
    merges = [area.split(":") for area in found["merges"]]
    return Shape(
        sheet=found["sheet"],
        cells={place_of(name): value for name, value in found["cells"].items()},
        merges=tuple((place_of(first), place_of(last)) for first, last in merges),
        odd=tuple(found["odd"]),
    )


def rows(doc: ReportDoc) -> list[tuple[str, list[object]]]:
    table = doc.tables[0]
    return [(table.row_name(row), [cell.value for cell in row.cells]) for row in table.rows]


def sheet_of(doc: ReportDoc) -> Any:
    return openpyxl.load_workbook(io.BytesIO(make.render(doc, "xlsx"))).active


@pytest.mark.parametrize("code", CODES)
def test_a_table_of_the_program_goes_out_and_comes_back(world: World, code: str) -> None:
    database = world.register.database
    tables = table_check.tables_of(database, definitions(), 2026)
    data = example_workbook(tables[code])
    shape = plain(data)
    assert [line for line in world.check(shape, data).lines if line.problem] == []
    own = world.take(f"Mẫu {code}", shape, data)
    official, doc = paper(database, code), world.doc(own)
    assert rows(doc) == rows(official)
    # Lines are broken elsewhere, and one in brackets stands below the title.
    assert " ".join((*doc.title, *doc.subtitle)) == " ".join((*official.title, *official.subtitle))
    assert doc.notes == official.notes
    for row, theirs in zip(doc.tables[0].rows, official.tables[0].rows, strict=True):
        for cell, other in zip(row.cells, theirs.cells, strict=True):
            assert cell.source is not None
            assert other.source is not None
            if "-" in cell.source.measure:
                continue  # a difference has no names of its own
            if not other.source.denominator:
                assert cell.source == other.source
            elif cell.value:  # a rate whose count is not printed leads to the names itself
                assert make.explain(database, cell.source)
    # The same numbers stand in the filled workbook, in the rows of the units.
    sheet, first = sheet_of(doc), next(at for at, text in shape.cells.items() if text == "{{stt}}")
    labels = len(doc.tables[0].label_leaves)
    for at, row in enumerate(doc.tables[0].rows):
        for column, cell in enumerate(row.cells, labels + 1):
            written = sheet.cell(first[0] + at, column).value
            assert written == ("–" if cell.value is None else _number(cell.value)), (at, column)


def _number(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else value


EXPECTED = {
    "Thôn A": [16, 1, 1, 2, Decimal("6.25"), 2, -1, Decimal("12.50"), ""],
    "Thôn B": [32, 3, 0, 3, Decimal("9.38"), 1, 2, Decimal("9.38"), ""],
    "Thôn C": [5, 0, 0, 0, Decimal("0.00"), 0, 0, Decimal("0.00"), ""],
    "Toàn xã": [53, 4, 1, 5, Decimal("7.55"), 3, 1, Decimal("9.43"), ""],
}


def test_an_officers_workbook(world: World) -> None:
    doc = world.doc()
    assert dict(rows(doc)) == EXPECTED
    assert doc.title == ("BIỂU THEO DÕI HỘ NGHÈO NĂM 2026 (CHÍNH THỨC)",)
    assert doc.notes[0] == "Ghi chú: toàn xã có 4 hộ nghèo, 8 khẩu."
    sheet = sheet_of(doc)
    assert [sheet[f"F{row}"].value for row in range(8, 12)] == [
        "=D8+E8", "=D9+E9", "=D10+E10", "=D11+E11",
    ]  # fmt: skip
    assert [sheet[name].value for name in ("C11", "D11", "G11", "K16")] == [
        "=SUM(C8:C10)", "=SUM(D8:D10)", "=ROUND(D11/C11*100,2)", "=D11*2",
    ]  # fmt: skip
    assert sheet["H11"].value == 3  # "=SUM(H8)" would have been the first village's
    assert [sheet[f"J{row}"].value for row in (8, 10)] == [
        "=IF(C8=0,0,F8/C8*100)", "=IF(C10=0,0,F10/C10*100)",
    ]  # fmt: skip
    assert {sheet[f"A{row}"].fill.fgColor.rgb for row in (8, 9, 10)} == {"00FFF2CC"}
    assert [sheet.row_dimensions[row].height for row in (8, 9, 10, 11)] == [21, 21, 21, None]
    assert sheet["B11"].font.b
    assert sheet["A13"].value == doc.notes[0]
    below = [sheet.cell(row, 1).value for row in range(18, 20)]
    assert below == [*doc.subtitle, "Tổng số hộ: số liệu nhập tay."]
    assert sheet.print_area == "'Biểu tỉnh'!$A$1:$K$19"
    assert sheet.oddFooter.left.text.startswith("Số liệu tính đến ngày 31/12/2026")
    assert make.render(doc, "xlsx") == make.render(world.doc(), "xlsx")


def test_what_is_wrong_stands_beside_its_cell(world: World) -> None:
    found = world.check(world.shape, world.data)
    lines = {line.cell: line for line in found.lines}
    assert (lines["D8"].value, lines["H8"].value) == ("4", "3")
    assert lines["H8"].meaning == (
        "BC1 cột 3: Kết quả rà soát về hộ › Hộ nghèo › Số hộ, của năm trước"
    )
    assert [line.cell for line in found.lines if line.problem] == ["A1", "H9"]
    assert lines["A1"].problem.startswith("“UBND ")  # no such letterhead in the settings
    assert lines["H9"].problem.startswith("Công thức ở hàng tổng cho 2, chương trình đếm được 3")
    assert found.may_be_taken


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{BC1.33}}", "Không có cột “BC1.33”"),
        ("{{BC4.15}}", "Không có cột “BC4.15” theo chuẩn đang chọn"),
        ("{{BC99.1}}", "Không có biểu “BC99”"),
        ("{{BC1.3 khẩu}}", "không chia hàng hộ và hàng khẩu"),
        ("{{BC1.4 năm trước}}", "không lấy được số năm trước"),
        ("{{poor_houshold}}", "có phải “poor_households”"),
    ],
)
def test_a_binding_that_counts_nothing(world: World, text: str, said: str) -> None:
    cells = {**world.shape.cells, place_of("D8"): text, place_of("D9"): ""}
    found = world.check(Shape(world.shape.sheet, cells, world.shape.merges))
    (line,) = [line for line in found.lines if line.problem]
    assert line.cell == "D8"
    assert said in line.problem
    assert not found.may_be_taken


def test_words_that_only_the_workbook_shows_are_told_and_no_note_stands_twice(world: World) -> None:
    tables = table_check.tables_of(world.register.database, definitions(), 2026)
    data = example_workbook(tables["BC2"])
    shape = plain(data)
    own_words = {"A1": "SỞ THỬ NGHIỆM", "A2": "PHÒNG THỬ", "D21": "CÁN BỘ LẬP"}
    note = {"A20": "Ghi chú của huyện."}
    book = openpyxl.load_workbook(io.BytesIO(data))
    for name, text in {**own_words, **note}.items():
        book.active[name] = text
    target = io.BytesIO()
    book.save(target)
    shape = plain(target.getvalue())
    found = world.check(shape, target.getvalue())
    told = {line.cell: line.problem for line in found.lines if line.problem}
    assert told.keys() == own_words.keys()
    assert all(said.startswith(f"“{own_words[cell]}”") for cell, said in told.items())
    assert found.may_be_taken
    doc = world.doc(world.take("Biểu của sở", shape, target.getvalue()))
    assert doc.notes.count(note["A20"]) == 1
    cells = [str(cell.value) for row in sheet_of(doc).iter_rows() for cell in row]
    assert sum(text.count(note["A20"]) for text in cells) == 1


def test_numbers_that_are_not_known_leave_no_formula_behind(world: World) -> None:
    """A preliminary year without results: "–", where a formula would give an error or nought."""
    doc = world.doc(recognised=False)
    assert doc.title == ("BIỂU THEO DÕI HỘ NGHÈO NĂM 2026 (SƠ BỘ)",)
    sheet = sheet_of(doc)
    for name in ("D8", "F8", "I8", "J8", "D11", "F11", "J11", "K16"):
        assert sheet[name].value == "–", name
    assert sheet["C11"].value == "=SUM(C8:C10)"
    assert rows(doc)[-1][1][:4] == [53, None, None, None]


def test_persons_and_a_year_before_beside_households(world: World) -> None:
    cells = {
        "A1": "Biểu", "B3": "Thôn", "C3": "Khẩu cuối kỳ", "D3": "Hộ cuối kỳ", "E3": "DTTS",
        "B4": "{{thôn}}", "C4": "{{BC2.9 khẩu}}", "D4": "{{BC2.9}}",
        "E4": "{{poor_households/minority}}", "C5": "{{BC2.9 khẩu}}",
    }  # fmt: skip
    shape = Shape("Biểu", {place_of(name): text for name, text in cells.items()})
    own = world.take("Khẩu", shape, b"")
    doc, movement = world.doc(own), paper(world.register.database, "BC2")
    persons = [row.cells[-1].value for row in movement.tables[0].rows if row.kind == "khau"]
    homes = [row.cells[-1].value for row in movement.tables[0].rows if row.kind == "ho"]
    found = [row.cells for row in doc.tables[0].rows]
    assert [cells[0].value for cells in found] == persons
    assert [cells[1].value for cells in found] == [*homes[:-1], ""]
    first = found[0][0].source
    assert first is not None
    assert first.measure == "movement:poor:closing:persons"
    with pytest.raises(AppError) as caught:
        world.doc(own, as_of=date(2026, 6, 30))
    assert caught.value.code == "report_without_day"


def test_notes_of_the_movement_name_the_columns_of_the_unit(world: World) -> None:
    def name(numbers: dict[str, str], binding: str) -> str:
        row = 6 if numbers else 5
        cells = {
            "A1": "Biểu", "B4": "Thôn", "C4": "Tăng khác", **numbers,
            f"B{row}": "{{thôn}}", f"C{row}": binding,
        }  # fmt: skip
        shape = Shape("Biểu", {place_of(name): text for name, text in cells.items()})
        own = world.take(f"Biểu {binding} {len(numbers)}", shape, b"")
        asked = make.wanted(world.register.database, definitions(), own, year=2026)
        return flow_column(asked.report, HouseholdClass.POOR, Flow.OTHER_INCREASE)

    assert name({}, "{{BC2.8 hộ}}") == "cột “Tăng khác”"
    assert name({"B5": "A", "C5": "1"}, "{{BC2.8 hộ}}") == "cột 1"
    assert name({}, "{{BC2.9 hộ}}") == name({}, "{{BC3.8 hộ}}") == ""


def test_a_note_of_the_movement_speaks_only_of_columns_that_are_printed() -> None:
    found = {"households": 2, "more": 3, "fewer": 4}
    both = texts.inside_notes(**found, increase="cột 8", decrease="cột 4")
    assert both[0].startswith("Cột 4 và cột 8 có 2 hộ chuyển thôn")
    assert both[1].startswith(
        "Nhân khẩu ở cột 8 có 3 người thêm, ở cột 4 có 4 người bớt của những hộ ở lại danh sách;"
    )
    one = texts.inside_notes(**found, increase="cột “Tăng”", decrease="")
    assert one[0].startswith("Cột “Tăng” có 2 hộ")
    assert "người bớt" not in one[1]
    assert texts.inside_notes(**found, increase="", decrease="") == []


def test_an_issued_table_keeps_its_workbook(world: World) -> None:
    doc = world.doc()
    kept = loaded(stored((doc,)))[0]
    assert kept == doc
    assert make.render(kept, "xlsx") == make.render(doc, "xlsx")
    assert render_pdf(kept).data == render_pdf(doc).data


def test_tables_are_saved_replaced_removed_and_each_is_undone(world: World) -> None:
    database, context = world.register.database, world.register.context

    def names() -> Mapping[str, str]:
        return dict(table_templates.labels(database))

    def back() -> None:
        step = undo.next_step(database)
        assert step is not None
        undo.undo(database, context, step.group)

    before = names()
    code = world.take("Biểu huyện", world.shape, world.data)
    with pytest.raises(RefusedError) as caught:
        world.take(" Biểu  huyện ", world.shape, world.data)
    assert caught.value.code == "table_name_taken"
    back()
    assert names() == before
    again = world.take("Biểu huyện", world.shape, world.data)  # its number is free no more
    assert again != code
    table_templates.save(
        database, context, name="Biểu cụm", shape=world.shape, data=world.data, code=again
    )
    assert names() == {**before, again: "Biểu cụm"}
    table_templates.remove(database, context, again)
    assert names() == before
    with pytest.raises(AppError) as gone:
        world.doc(again)
    assert gone.value.code == "unknown_report"
    back()
    assert names() == {**before, again: "Biểu cụm"}
    back()
    assert names() == {**before, again: "Biểu huyện"}


def zipped(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_", "/"), data)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), "table_old_format"),
        (b"khong phai Excel", "workbook_unreadable"),
        (zipped(**{"xl_vbaProject.bin": b"x"}), "table_macros"),
        (zipped(**{"xl_externalLinks_externalLink1.xml": b"x"}), "table_links"),
        (zipped(**{"xl_worksheets_sheet1.xml": bytes(80_000_000)}), "workbook_too_big"),
        (bytes(3_000_000), "workbook_too_big"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "Tệp lạ.xlsx"
    path.write_bytes(data)
    with pytest.raises(AppError) as caught:
        read_table(path)
    assert caught.value.code == code


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.long
def test_libreoffice_works_out_the_same_numbers(world: World) -> None:
    """`--long`: every formula that stayed gives the number of the document."""
    doc, target = world.doc(), world.folder / "filled.xlsx"
    make.write(doc, "xlsx", target)
    assert SOFFICE is not None
    subprocess.run(
        [SOFFICE, "--headless", f"-env:UserInstallation={(world.folder / 'lo').as_uri()}",
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", world.folder / "out", target],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    sheet = openpyxl.load_workbook(world.folder / "out" / "filled.xlsx", data_only=True).active
    for at, row in enumerate(doc.tables[0].rows):
        for column, cell in enumerate(row.cells, 3):
            found = sheet.cell(8 + at, column).value
            if isinstance(cell.value, int | Decimal):
                assert round(found, 2) == float(cell.value), (at, column)
    assert sheet["K16"].value == 8


def test_the_check_list_writes_numbers_as_the_paper(world: World) -> None:
    cells = {**world.shape.cells, place_of("K14"): "=D9*2000", place_of("K13"): "=D9/8"}
    shown = {line.cell: line.value for line in world.check(replace(world.shape, cells=cells)).lines}
    assert [shown[name] for name in ("C8", "G8", "J9", "K14", "K13")] == [
        "53", "7,55", "9,43", "8.000", "0,50",
    ]  # fmt: skip


def test_a_table_in_pairs_is_bound_to_one_of_its_rows(world: World) -> None:
    for text, problem in (
        ("{{BC2.9}}", "ghi rõ {{BC2.9 hộ}} hoặc {{BC2.9 khẩu}}"),
        ("{{BC2.9 hộ}}", ""),
        ("{{BC2.9 khẩu}}", ""),
    ):
        cells = {**world.shape.cells, place_of("K8"): text}
        found = world.check(replace(world.shape, cells=cells))
        (line,) = [line for line in found.lines if line.cell == "K8"]
        assert problem in line.problem
        assert bool(line.problem) is bool(problem)
        assert found.may_be_taken is not bool(problem)
