"""The columns that lists of cases have in common."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop.domain.standard import NO_CLASS
from giamngheo_desktop.gui.household.columns import chip_of, state_label
from giamngheo_desktop.gui.review.words import ground_name
from giamngheo_desktop.gui.table.column import Column, number_column


def _tr(text: str) -> str:
    return QCoreApplication.translate("review", text)


def number() -> Column:
    return number_column("position", _tr("STT"), width=56)


def head() -> Column:
    return Column(key="head", title=_tr("Chủ hộ"), width=170, stretch=True)


def persons() -> Column:
    return number_column("persons", _tr("Khẩu"), width=60)


def ground() -> Column:
    return Column(key="ground", title=_tr("Diện rà soát"), width=130, format=ground_name)


def class_before() -> Column:
    """What the household was recognised as when the review began."""
    return Column(
        key="class_before",
        title=_tr("Đầu kỳ"),
        width=130,
        format=_class_label,
        chip=_class_chip,
        gives_way=True,
    )


def _class_label(code: object) -> str:
    return state_label(code or NO_CLASS)


def _class_chip(code: object) -> str:
    return chip_of(code or NO_CLASS)
