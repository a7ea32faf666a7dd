"""The columns of the household list, and a class as word and chip."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.standard import AVERAGE_LIVING, NEW_ESCAPE, NO_CLASS, NO_RESULT
from giamngheo_desktop.gui.table.column import Align, Column, as_text, number_column

# What the class filter offers, and the chip of the theme for each.
CHIPS = {
    "poor": "poor",
    "near_poor": "near_poor",
    AVERAGE_LIVING: "average",
    "not_poor": "not_poor",
    NEW_ESCAPE: "escaped",  # beside the class
    NO_RESULT: "unknown",  # in closed years only
    NO_CLASS: "unknown",
}

# What a column is where a block without headings is pasted over it (`definitions/imports`).
IMPORTED_AS = {
    "head": "head_name",
    "village": "village",
    "persons": "persons",
    "birth": "birth",
    "ethnicity": "ethnicity",
    "id_number": "id_number",
    "code": "code",
    "address": "address",
}


def stored_birth(value: object) -> str:
    return as_text(PartialDate.from_iso(value)) if isinstance(value, str) else ""


def state_label(state: object, year: int | None = None) -> str:
    """The chip's text, in the list of a working year; what a newer file may hold as it is."""
    no_result = _tr("Không có kết quả của năm")
    if year is not None:
        no_result = _tr("Không có kết quả năm {year}").format(year=year)
    labels = {
        "poor": _tr("Hộ nghèo"),
        "near_poor": _tr("Hộ cận nghèo"),
        AVERAGE_LIVING: _tr("Mức sống trung bình"),
        "not_poor": _tr("Hộ không nghèo"),
        NEW_ESCAPE: _tr("Mới thoát nghèo"),
        NO_RESULT: no_result,
        NO_CLASS: _tr("Chưa phân loại"),
    }
    return labels.get(str(state), str(state))


def chip_of(state: object) -> str:
    return CHIPS.get(str(state), "unknown")


def household_columns(
    definitions: Definitions, states: Callable[[object], str] = state_label
) -> Sequence[Column]:
    """The list as the program comes; the rest waits in the column chooser."""
    field = definitions.fields("household", "member")
    ethnicity = field["ethnicity"]

    def ethnic_name(value: object) -> str:
        return ethnicity.choice_label(value) if isinstance(value, str) else ""

    return (
        Column(key="head", title=_tr("Chủ hộ"), width=168, sort="head", stretch=True),
        Column(key="village", title=field["village"].short_label, width=112, sort="village"),
        number_column("persons", _tr("Nhân khẩu"), width=70, sort="persons"),
        Column(
            key="state",
            title=_tr("Phân loại"),
            width=160,
            sort="household_class",
            format=states,
            chip=chip_of,
        ),
        Column(
            key="birth",
            title=_tr("Ngày sinh chủ hộ"),
            width=112,
            sort="birth",
            format=stored_birth,
        ),
        Column(
            key="ethnicity",
            title=ethnicity.short_label,
            width=80,
            sort="ethnicity",
            format=ethnic_name,
        ),
        Column(
            key="id_number",
            title=field["id_number"].short_label,
            width=126,
            sort="id_number",
            code=True,
        ),
        Column(
            key="code",
            title=field["code"].short_label,
            width=96,
            sort="code",
            code=True,
            hidden=True,
        ),
        Column(
            key="address",
            title=field["address"].short_label,
            width=180,
            sort="address",
            hidden=True,
        ),
        Column(
            key="surveyed_on",
            title=field["surveyed_on"].short_label,
            width=108,
            align=Align.LEFT,
            sort="surveyed_on",
            hidden=True,
        ),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("households", text)
