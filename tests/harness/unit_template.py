"""A form of minutes as an office would have typed it in Word, without any mark of ours but a few
fields: letterhead and signatures side by side, tabs with dots, a table of names."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


@cache  # the same bytes each time are read by one child
def unit_template(fields: Sequence[str] = ("{{Họ và tên}}", "{{relation}}")) -> bytes:
    """`fields` stand in the second row of the table."""
    word = Document()
    word.styles["Normal"].font.size = Pt(14)
    head = word.add_table(rows=1, cols=2)
    _lines(head.cell(0, 0), ("UBND XÃ SƠN TÂY", False), ("BAN GIẢM NGHÈO", True))
    _lines(head.cell(0, 0), ("Số:        /BC-BGN", False))
    _lines(head.cell(0, 1), (NATION, True), ("Độc lập – Tự do – Hạnh phúc", True))
    _lines(head.cell(0, 1), ("Sơn Tây, ngày     tháng     năm 20", False))
    word.add_paragraph()
    _line(word, "GIẤY XÁC MINH", bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    _line(word, "Hoàn cảnh của hộ gia đình", align=WD_ALIGN_PARAGRAPH.CENTER)
    word.add_paragraph()
    parts = ("Chủ hộ: {", "{Họ tên ", "chủ hộ:30", "}", "} sinh ngày {{head.bi", "rth}}")
    split = word.add_paragraph()  # as Word parts what was typed at several times
    for number, part in enumerate(parts):
        split.add_run(part).bold = number in (1, 2)
    dotted = word.add_paragraph("Nghề nghiệp:\t")
    dotted.paragraph_format.tab_stops.add_tab_stop(
        Mm(160), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
    )
    word.add_paragraph("Ở nhà thuê", style="List Number")
    word.add_paragraph("Ở nhờ", style="List Number")
    table = word.add_table(rows=2, cols=4, style="Table Grid")
    for cell, text in zip(table.rows[0].cells, ("STT", "Họ tên", "Quan hệ", "Ký"), strict=True):
        cell.text = text
    for cell, text in zip(table.rows[1].cells, ("1", *fields, ""), strict=True):
        cell.text = text
    word.add_paragraph()
    ends = word.add_table(rows=1, cols=2)
    _lines(ends.cell(0, 0), ("Nơi nhận:", True), ("- Như trên;", False), ("- Lưu VT.", False))
    _lines(ends.cell(0, 1), ("TRƯỞNG BAN", True), ("(Ký, ghi rõ họ tên)", False))
    _lines(ends.cell(0, 1), ("", False), ("", False), ("Đinh Văn Thử", True))
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def _line(into: Any, text: str, *, bold: bool = False, align: Any = None) -> None:
    paragraph = into.add_paragraph()
    paragraph.alignment = align
    paragraph.add_run(text).bold = bold or None


def _lines(cell: Any, *lines: tuple[str, bool]) -> None:
    if not cell.text:
        cell._tc.remove(cell.paragraphs[0]._p)
    for text, bold in lines:
        _line(cell, text, bold=bold, align=WD_ALIGN_PARAGRAPH.CENTER)
