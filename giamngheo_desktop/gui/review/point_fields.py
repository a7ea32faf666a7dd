"""Phiếu B1 in the form of a household: its picks, and what data answer in words. No widgets."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.classify import Measure
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.point_facts import READS
from giamngheo_desktop.domain.point_picks import pick_code
from giamngheo_desktop.domain.point_table import Line
from giamngheo_desktop.gui.forms.entry import Entry, Unparsed
from giamngheo_desktop.services.review.case_entry import CaseSheet


def values(sheet: CaseSheet) -> dict[str, Entry]:
    """The stored picks as the form shows them."""
    table = sheet.points
    found: dict[str, Entry] = {}
    for item in table.form.items if table else ():
        options = sheet.base_picks.get(item.code)
        code = pick_code(table.form, item) if table else ""
        found[code] = None if options is None else texts.answer_of(item.kind, options)
    return found


def picks(sheet: CaseSheet, typed: Mapping[str, Entry]) -> dict[str, tuple[str, ...]]:
    """What the form shows as picks; text not understood leaves what is stored."""
    table = sheet.points
    found: dict[str, tuple[str, ...]] = {}
    for item in table.form.items if table else ():
        entry = typed.get(pick_code(table.form, item)) if table else None
        options = texts.options_picked(entry)
        if isinstance(entry, Unparsed):
            options = sheet.base_picks.get(item.code)
        if options is not None:
            found[item.code] = options
    return found


def line_text(sheet: CaseSheet, line: Line, definitions: Definitions) -> str:
    """The option that data answer and where they come from, or what it waits for."""
    form, code = READS.get(line.item.code, ("", ""))
    source = _tr("số nhân khẩu")
    if form:
        source = _tr("câu “{label}”").format(label=definitions.form(form).field(code).short_label)
    if line.points is None:
        return _tr("chờ {source}").format(source=source)
    assert sheet.points is not None
    rows = sheet.points.options(sheet.region, line.item.code)
    said = [texts.option_text(row, line.item.kind) for row in rows if row.option in line.options]
    options = ", ".join(said) or _tr("Không có")
    return _tr("{options} (theo {source})").format(options=options, source=source)


def points_text(line: Line) -> str:
    return "…" if line.points is None else format_integer(line.points)


def total_text(sheet: CaseSheet) -> str:
    """The total and how far the cut-off is, or how many items it still lacks."""
    assert sheet.scoring is not None
    scored = sheet.scoring.scored
    if scored.total is None:
        known = sum(line.points or 0 for line in scored.lines)
        text = _tr("Còn {count} mục chưa có điểm; các mục khác cộng được {known} điểm")
        return text.format(count=len(scored.unknown), known=format_integer(known))
    parts = [_tr("Tổng {total} điểm").format(total=format_integer(scored.total))]
    for found in sheet.assessments:
        result = found.classification
        if result is None or result.measure is not Measure.SCORE:
            continue
        if result.upper is not None:
            text, far, line = _tr("trong mức {line}, còn {far} điểm"), -1, result.upper
        else:
            text, far, line = _tr("trên mức {line} là {far} điểm"), 1, result.lower or 0
        far *= scored.total - line
        parts.append(text.format(line=format_integer(line), far=format_integer(far)))
        break  # standards of one review that score share the paper form and its lines
    return " · ".join(parts)


def other_text(sheet: CaseSheet) -> str:
    """What the paper was said to have, where it is another total."""
    if sheet.other_total is None or sheet.scoring is None:
        return ""
    text = _tr("Đã gõ tổng của phiếu giấy {typed} điểm; cộng theo bảng điểm {total}: lấy {total}.")
    total = sheet.scoring.scored.total or 0
    return text.format(typed=format_integer(sheet.other_total), total=format_integer(total))


def _tr(text: str) -> str:
    return QCoreApplication.translate("points", text)
