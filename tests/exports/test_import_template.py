"""The template has every field a list may say, takes what the definitions allow, keeps zeros."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import python_calamine
from openpyxl import load_workbook
from openpyxl.worksheet.datavalidation import DataValidation

from giamngheo_desktop.domain.choices import resolve_choice
from giamngheo_desktop.domain.form import FieldKind
from giamngheo_desktop.domain.list_fields import HOUSEHOLD, KEY, PERSON
from giamngheo_desktop.exports.import_template import (
    FIRST_ROW,
    GROUP_ROW,
    HEADING_ROW,
    LAST_ROW,
    template_workbook,
)
from giamngheo_desktop.services.importing.plan import Purpose
from giamngheo_desktop.services.importing.template import ImportTemplate, template_columns
from tests.harness import foreign_lists

VILLAGES = ("Thôn Cây Thị", "=Thôn 2", "Thôn Hà Chua")
COLUMNS = tuple(template_columns(foreign_lists.definitions(), Purpose.RESULT, VILLAGES))
AT = {column.code: at for at, column in enumerate(COLUMNS, start=1)}
EMPTY = ImportTemplate(
    purpose=Purpose.RESULT, year=2026, unit="Xã Sơn Tây", day=None, columns=COLUMNS, rows=()
)
DATA = template_workbook(EMPTY)
BOOK = load_workbook(io.BytesIO(DATA))
SHEET = BOOK["Danh sách"]


def rules() -> dict[str, DataValidation]:
    """The rule of each column; every rule spans the rows to type into."""
    found = {}
    for rule in SHEET.data_validations.dataValidation:
        (area,) = rule.sqref.ranges
        assert (area.min_row, area.max_row) == (FIRST_ROW, LAST_ROW)
        assert area.min_col == area.max_col
        found[COLUMNS[area.min_col - 1].code] = rule
    return found


RULES = rules()


def answers(code: str) -> list[str]:
    """What its drop-down offers."""
    formula = RULES[code].formula1
    if formula.startswith('"'):
        return formula.strip('"').split(",")
    sheet, area = BOOK.defined_names[formula].attr_text.split("!")
    assert BOOK[sheet.strip("'")].sheet_state == "hidden"
    return [row[0].value for row in BOOK[sheet.strip("'")][area.replace("$", "")]]


def test_every_field_a_list_may_say_has_its_column_once() -> None:
    assert BOOK.sheetnames[:2] == ["Danh sách", "Hướng dẫn"]
    assert set(PERSON) | set(HOUSEHOLD) <= set(AT)
    assert len(AT) == len(COLUMNS)
    headings = [cell.value for cell in SHEET[HEADING_ROW]]
    assert len(set(headings)) == len(headings) == len(COLUMNS)
    assert SHEET.max_row == HEADING_ROW, "nothing stands where people type"
    assert SHEET.column_dimensions[SHEET.cell(1, AT[KEY]).column_letter].hidden


def test_every_heading_is_recognised_as_its_field() -> None:
    known = foreign_lists.definitions().headings
    for code, at in AT.items():
        assert known.field_of((SHEET.cell(HEADING_ROW, at).value,)) == code
        assert known.field_of((COLUMNS[at - 1].heading,)) == code


def test_groups_stand_above_their_columns() -> None:
    texts = [cell.value for cell in SHEET[GROUP_ROW] if cell.value]
    groups = foreign_lists.definitions().headings.template
    assert texts == [group.label for group in groups]
    merged = {str(area) for area in SHEET.merged_cells.ranges}
    assert len(merged) == sum(len(group.fields) > 1 for group in groups)


def test_drop_downs_hold_the_labels_and_every_label_reads_back() -> None:
    for column in COLUMNS:
        field = column.field
        if field.kind in (FieldKind.CHOICE, FieldKind.YES_NO):
            assert RULES[column.code].type == "list", column.code
            labels = answers(column.code)
            assert labels == [choice.label for choice in field.choices]
            codes = [resolve_choice(field, label) for label in labels]
            assert codes == [choice.code for choice in field.choices]


def test_villages_are_a_drop_down_of_texts() -> None:
    assert tuple(answers("village")) == VILLAGES


def test_numbers_have_their_bounds_in_the_unit_people_write() -> None:
    area, score, weight = (RULES[code] for code in ("house_area", "score_income", "weight"))
    assert (area.type, area.formula1, area.formula2) == ("decimal", "0.0", "2000.0")
    assert (score.type, score.formula1, score.formula2) == ("whole", "0", "1000")
    assert (weight.formula1, weight.formula2) == ("0.5", "300.0")


def test_odd_values_are_questioned_not_refused() -> None:
    for rule in RULES.values():
        assert rule.errorStyle == "warning" or not rule.showErrorMessage


def test_papers_codes_and_births_are_text_columns_and_days_are_days() -> None:
    formats = {
        code: SHEET.column_dimensions[SHEET.cell(1, at).column_letter].number_format
        for code, at in AT.items()
    }
    for code in ("id_number", "phone", "code", "certificate_number", "birth", KEY):
        assert formats[code] == "@", code
    for code in ("surveyed_on", "decision_on", "id_issued_on"):
        assert formats[code] == "dd/mm/yyyy", code
    assert (formats["house_area"], formats["income"]) == ("0.0", "#,##0")


def test_zeros_in_front_survive_a_round_of_typing() -> None:
    book = load_workbook(io.BytesIO(DATA))
    sheet = book["Danh sách"]
    sheet.cell(FIRST_ROW, AT["id_number"], "042080001234")
    saved = io.BytesIO()
    book.save(saved)
    saved.seek(0)
    rows = python_calamine.load_workbook(saved).get_sheet_by_name("Danh sách").to_python()
    assert rows[FIRST_ROW - 1][AT["id_number"] - 1] == "042080001234"


def test_what_is_filled_in_keeps_its_kind() -> None:
    row = ["=Tên"] + [None] * (len(COLUMNS) - 1)
    row[AT["surveyed_on"] - 1], row[AT["house_area"] - 1] = date(2026, 3, 4), 32.5
    filled = ImportTemplate(
        purpose=Purpose.RESULT, year=2026, unit="Xã Sơn Tây", day=date(2026, 12, 31),
        columns=COLUMNS, rows=(tuple(row),),
    )  # fmt: skip
    sheet = load_workbook(io.BytesIO(template_workbook(filled)))["Danh sách"]
    assert sheet.cell(FIRST_ROW, 1).data_type == "s"
    assert sheet.cell(FIRST_ROW, AT["surveyed_on"]).is_date
    assert sheet.cell(FIRST_ROW, AT["house_area"]).value == 32.5
    assert sheet["A2"].value == "Xã Sơn Tây. Số liệu đến ngày 31/12/2026."


def test_every_column_helps_within_the_room_excel_gives() -> None:
    assert set(RULES) == set(AT) - {KEY}
    for code, rule in RULES.items():
        assert rule.prompt, code
        assert len(rule.prompt) <= 255, code
        assert len(rule.promptTitle or "") <= 32, code


def test_the_guide_explains_every_column() -> None:
    rows = list(BOOK["Hướng dẫn"].iter_rows(values_only=True))
    told = {(row[0], row[1]): row[2] for row in rows}
    assert {(c.group, c.heading) for c in COLUMNS if c.code != KEY} <= set(told)
    area = told["Nhà ở, tiện nghi của hộ", "Diện tích nhà ở (m²)"]
    assert area.startswith("Từ 0,0 m² đến 2.000,0 m².")
    assert area.endswith("thiếu hụt.")


def test_required_columns_are_marked() -> None:
    for column in COLUMNS:
        color = SHEET.cell(HEADING_ROW, AT[column.code]).fill.fgColor.rgb
        assert (color == "00FFF2CC") == column.field.required, column.code


def test_the_same_template_gives_the_same_bytes() -> None:
    assert template_workbook(EMPTY) == DATA
    with zipfile.ZipFile(io.BytesIO(DATA)) as archive:
        sheets = [name for name in archive.namelist() if "worksheets/sheet" in name]
        assert not any(b"<extLst" in archive.read(name) for name in sheets), "plain rules only"
