"""The Excel form has every field, takes what the definitions allow and keeps zeros in front."""

from __future__ import annotations

import io
import zipfile

import python_calamine
from openpyxl import load_workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import load_definitions
from giamngheo_desktop.domain.choices import resolve_choice
from giamngheo_desktop.domain.form import FieldKind
from giamngheo_desktop.exports.form_template import (
    FIRST_ROW,
    HOUSEHOLD_KEY,
    LAST_ROW,
    SINCE,
    form_template,
    template_columns,
)

DEFINITIONS = load_definitions(paths.resources() / "definitions")
FORMS = {"Hộ": DEFINITIONS.household, "Thành viên": DEFINITIONS.member}
VILLAGES = ("Thôn Cây Thị", "=Thôn 2", "Thôn Hà Chua")
DATA = form_template(DEFINITIONS.household, DEFINITIONS.member, VILLAGES)
BOOK = load_workbook(io.BytesIO(DATA))


def rules(sheet: Worksheet) -> dict[str, DataValidation]:
    """The rule of each column by its hidden code; every rule spans the rows to type into."""
    found = {}
    for rule in sheet.data_validations.dataValidation:
        (area,) = rule.sqref.ranges
        assert (area.min_row, area.max_row) == (FIRST_ROW, LAST_ROW)
        assert area.min_col == area.max_col
        found[sheet.cell(1, area.min_col).value] = rule
    return found


def column_of(sheet: Worksheet, key: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == key)


def test_sheets_and_headings() -> None:
    assert BOOK.sheetnames == ["Hướng dẫn", "Hộ", "Thành viên", "Danh mục"]
    for name, form in FORMS.items():
        sheet = BOOK[name]
        headings = [cell.value for cell in sheet[2]]
        assert headings == ["Số hộ", *(column.heading for column in template_columns(form))]
        assert len(set(headings)) == len(headings)
        keys = [cell.value for cell in sheet[1]]
        assert keys == [HOUSEHOLD_KEY, *(column.key for column in template_columns(form))]
        assert sheet.row_dimensions[1].hidden
        assert sheet.max_row == 2, "nothing stands where people type"


def test_every_field_has_its_column_and_dated_ones_their_first_day() -> None:
    for form in FORMS.values():
        keys = [column.key for column in template_columns(form)]
        assert [key for key in keys if not key.endswith(SINCE)] == [f.code for f in form]
        assert [key for key in keys if key.endswith(SINCE)] == [
            f"{field.code}{SINCE}" for field in form if field.dated
        ]


def test_drop_downs_hold_the_labels_and_every_label_reads_back() -> None:
    lists = BOOK["Danh mục"]
    for name, form in FORMS.items():
        for field in form:
            if field.kind not in (FieldKind.CHOICE, FieldKind.YES_NO):
                continue
            rule = rules(BOOK[name])[field.code]
            assert rule.type == "list", field.code
            sheet, area = rule.formula1.split("!")
            assert sheet == "'Danh mục'"
            labels = [row[0].value for row in lists[area.replace("$", "")]]
            assert labels == [choice.label for choice in field.choices]
            codes = [resolve_choice(field, label) for label in labels]
            assert codes == [choice.code for choice in field.choices]


def test_villages_are_a_drop_down_of_texts() -> None:
    rule = rules(BOOK["Hộ"])["village"]
    area = rule.formula1.split("!")[1].replace("$", "")
    cells = [row[0] for row in BOOK["Danh mục"][area]]
    assert tuple(cell.value for cell in cells) == VILLAGES
    assert {cell.data_type for cell in cells} == {"s"}, "a village is no formula"


def test_without_villages_the_column_is_free() -> None:
    book = load_workbook(io.BytesIO(form_template(DEFINITIONS.household, DEFINITIONS.member, ())))
    assert rules(book["Hộ"])["village"].type is None


def test_numbers_have_their_bounds_in_the_unit_people_write() -> None:
    found = rules(BOOK["Hộ"])
    area, score = found["house_area"], found["score_income"]
    assert (area.type, area.formula1, area.formula2) == ("decimal", "0.0", "2000.0")
    assert (score.type, score.formula1, score.formula2) == ("whole", "0", "1000")
    weight = rules(BOOK["Thành viên"])["weight"]
    assert (weight.formula1, weight.formula2) == ("0.5", "300.0")


def test_odd_values_are_questioned_not_refused() -> None:
    for name in FORMS:
        for rule in rules(BOOK[name]).values():
            assert rule.errorStyle in (None, "stop", "warning")
            assert rule.errorStyle == "warning" or not rule.showErrorMessage


def test_papers_codes_and_partial_dates_are_text_columns() -> None:
    formats = {}
    for name in FORMS:
        sheet = BOOK[name]
        for cell in sheet[1]:
            formats[cell.value] = sheet.column_dimensions[cell.column_letter].number_format
    for key in ("id_number", "phone", "code", "certificate_number", "birth", HOUSEHOLD_KEY):
        assert formats[key] == "@", key
    assert formats["surveyed_on"] == formats[f"merit{SINCE}"] == "dd/mm/yyyy"
    assert (formats["house_area"], formats["income"]) == ("0.0", "#,##0")


def test_zeros_in_front_survive_a_round_of_typing() -> None:
    book = load_workbook(io.BytesIO(DATA))
    sheet = book["Thành viên"]
    sheet.cell(FIRST_ROW, column_of(sheet, "id_number"), "042080001234")
    saved = io.BytesIO()
    book.save(saved)
    saved.seek(0)
    rows = python_calamine.load_workbook(saved).get_sheet_by_name("Thành viên").to_python()
    assert rows[FIRST_ROW - 1][column_of(sheet, "id_number") - 1] == "042080001234"


def test_every_column_helps_within_the_room_excel_gives() -> None:
    for name in FORMS:
        for key, rule in rules(BOOK[name]).items():
            assert rule.prompt, key
            assert len(rule.prompt) <= 255, key
            assert len(rule.promptTitle or "") <= 32, key


def test_the_guide_explains_every_column() -> None:
    rows = list(BOOK["Hướng dẫn"].iter_rows(values_only=True))
    told = {(row[0], row[1]) for row in rows}
    for name, form in FORMS.items():
        assert {(name, column.heading) for column in template_columns(form)} <= told
    texts = {(row[0], row[1]): row[2:] for row in rows}
    bounds, help_text = texts["Hộ", "Diện tích nhà ở (m²)"]
    assert bounds == "Từ 0,0 m² đến 2.000,0 m²"
    assert help_text.endswith("thiếu hụt.")


def test_required_columns_are_marked() -> None:
    for name, form in FORMS.items():
        sheet = BOOK[name]
        for field in form:
            color = sheet.cell(2, column_of(sheet, field.code)).fill.fgColor.rgb
            assert (color == "00FFF2CC") == field.required, field.code


def test_the_same_definitions_give_the_same_bytes() -> None:
    again = form_template(DEFINITIONS.household, DEFINITIONS.member, VILLAGES)
    assert again == DATA
    with zipfile.ZipFile(io.BytesIO(DATA)) as archive:
        sheets = [name for name in archive.namelist() if "worksheets/sheet" in name]
        assert not any(b"<extLst" in archive.read(name) for name in sheets), "plain rules only"
