"""The questions of what a review is about: asked as it is begun, and changed later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.form import Choice, FieldDef, FieldKind
from giamngheo_desktop.domain.workflow import ReviewKind
from giamngheo_desktop.gui.forms.choice_fields import ChoicesField
from giamngheo_desktop.gui.forms.form_view import FormView
from giamngheo_desktop.gui.review.words import standard_name
from giamngheo_desktop.services.review.reviews import ReviewStandard

DAYS = ("begun_on", "reference_day")


def set_fields(definitions: Definitions, offered: Sequence[ReviewStandard]) -> tuple[FieldDef, ...]:
    """The two days, the standards, a note."""
    names = tuple(
        Choice(code=item.code, label=standard_name(definitions, item.code, item.purpose))
        for item in offered
    )
    kind, text = FieldKind, _tr
    return (
        FieldDef(code="begun_on", kind=kind.DATE, label=text("Bắt đầu ngày"), required=True,
                 help=text("Danh sách hộ nghèo, cận nghèo của ngày này được đưa vào kỳ rà "
                           "soát định kỳ (từ 01/9 đến 14/12).")),
        FieldDef(code="reference_day", kind=kind.DATE, label=text("Ngày tính tuổi, số khẩu"),
                 required=True, help=text("Tuổi và thành viên của hộ được hỏi tính đến ngày "
                                          "này; thường là ngày bắt đầu.")),
        FieldDef(code="standards", kind=kind.CHOICES, label=text("Bộ chuẩn"), choices=names,
                 required=True, help=text("Hộ chỉ được hỏi một lần; mỗi bộ chuẩn cho một "
                                          "kết quả, một quyết định và các biểu riêng.")),
        FieldDef(code="note", kind=kind.TEXT, label=text("Ghi chú")),
    )  # fmt: skip


def hide_none(form: FormView) -> None:
    """A review without a standard cannot be: nothing says "none of them"."""
    field = form.fields["standards"]
    assert isinstance(field, ChoicesField)
    field.boxes.hide_none()


def day_problems(values: Mapping[str, Any], year: int) -> dict[str, str]:
    """Days that are not of the year."""
    sentence = _tr("Ngày phải trong năm {year}, năm làm việc ở thanh trên.").format(year=year)
    return {
        code: sentence
        for code in DAYS
        if isinstance(day := values[code], date) and day.year != year
    }


def outside_window(definitions: Definitions, kind: ReviewKind, year: int, begun: object) -> str:
    """That a review would begin outside the time the law gives; empty where it does not."""
    window = definitions.workflow(kind.value, date(year, 12, 31)).window
    if window is None or not isinstance(begun, date):
        return ""
    first, last = (date(year, *day) for day in window)
    if begun.year != year or first <= begun <= last:
        return ""
    said = _tr(
        "Ngày bắt đầu ở ngoài thời gian rà soát định kỳ, từ {first} đến {last}: xem lại nếu gõ "
        "nhầm; đúng thì vẫn lưu được."
    )
    return said.format(first=format_date(first), last=format_date(last))


def chosen(
    values: Mapping[str, Any], offered: Sequence[ReviewStandard]
) -> tuple[ReviewStandard, ...]:
    """The standards that are ticked, in their order."""
    codes = values["standards"] or ()
    return tuple(item for item in offered if item.code in codes)


def _tr(text: str) -> str:
    return QCoreApplication.translate("review", text)
