"""A workbook as an officer makes it: typed titles, two rows of headings, formulas, a total row."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill

CELLS: Mapping[str, object] = {
    "A1": "UBND {{xã}}",
    "G1": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "A3": "BIỂU THEO DÕI HỘ NGHÈO NĂM {{năm}} ({{TÌNH TRẠNG}})",
    "A4": "Đơn vị tính: hộ, %",
    "A5": "STT", "B5": "Thôn", "C5": "Hộ dân cư", "D5": "Trong đó", "G5": "Tỷ lệ nghèo (%)",
    "H5": "Nghèo năm {{năm trước}}", "I5": "So năm trước", "J5": "Bằng Excel", "K5": "Ghi chú",
    "D6": "Nghèo", "E6": "Cận nghèo", "F6": "Cộng",
    "A7": "A", "B7": "B", "C7": 1, "D7": 2, "E7": 3, "F7": "4=2+3", "G7": 5, "H7": 6, "I7": 7,
    "J7": 8, "K7": 9,
    "A8": "{{stt}}", "B8": "{{thôn}}", "C8": "{{BC1.1}}", "D8": "{{BC1.3}}", "E8": "{{BC1.5}}",
    "F8": "=D8+E8", "G8": "{{BC1.4}}", "H8": "{{BC1.3 năm trước}}", "I8": "=D8-H8",
    "J8": "=IF(C8=0,0,F8/C8*100)",
    "B9": "Toàn xã", "C9": "=SUM(C8:C8)", "D9": "=SUM(D8:D8)", "E9": "{{BC1.5}}", "F9": "=D9+E9",
    "G9": "=ROUND(D9/C9*100,2)", "H9": "=SUM(H8)", "I9": "=D9-H9", "J9": "=F9/C9*100",
    "A11": "Ghi chú: toàn xã có {{BC1.3}} hộ nghèo, {{BC1.9}} khẩu.",
    "B13": "NGƯỜI LẬP", "G13": "{{chức vụ}}",
    "B14": "{{người lập}}", "G14": "{{người ký}}", "K14": "=D9*2",
}  # fmt: skip
MERGES = ("A5:A6", "B5:B6", "C5:C6", "D5:F5", "G5:G6", "H5:H6", "I5:I6", "J5:J6", "K5:K6")


def workbook(path: Path, changed: Mapping[str, object] | None = None, *merges: str) -> Path:
    """The workbook with some cells otherwise; None empties one."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Biểu tỉnh"
    for name, value in {**CELLS, **(changed or {})}.items():
        sheet[name].value = value
    for area in (*MERGES, *merges):
        sheet.merge_cells(area)
    for column in "ABCDEFGHIJK":
        sheet[f"{column}8"].fill = PatternFill("solid", "FFF2CC")
        sheet[f"{column}9"].font = Font(bold=True)
    sheet.row_dimensions[8].height = 21
    sheet.print_area = "A1:K14"
    book.save(path)
    return path
