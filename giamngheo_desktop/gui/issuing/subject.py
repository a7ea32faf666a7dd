"""Whom a giấy xác nhận is for, in words, and as a draft keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop.domain.confirmation import What
from giamngheo_desktop.domain.dates import format_date, format_partial_date
from giamngheo_desktop.domain.standard import AVERAGE_LIVING, Standards
from giamngheo_desktop.gui.household.columns import state_label
from giamngheo_desktop.gui.review.drafting import Typed
from giamngheo_desktop.services.confirm_search import Found
from giamngheo_desktop.services.confirming import YearClass

_PREFIX = "of_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A household, by its head or by one of its members; `years` are those with a result."""

    household: UUID
    person: UUID
    is_head: bool
    name: str
    who: str
    standing: str
    years: tuple[str, ...]

    @classmethod
    def of(cls, found: Found, standards: Standards) -> Subject:
        years = {one.year for one in (*found.years, *found.home_years)}
        return cls(
            household=found.household,
            person=found.person,
            is_head=found.is_head,
            name=found.name,
            who=line_of(found),
            standing=_standing(found, standards),
            years=tuple(map(str, sorted(years, reverse=True))),
        )

    @classmethod
    def taken_up(cls, typed: Typed) -> Subject:
        values: Mapping[str, Any] = typed
        return cls(**{one.name: values[f"{_PREFIX}{one.name}"] for one in fields(cls)})

    def typed(self) -> Typed:
        return {f"{_PREFIX}{one.name}": getattr(self, one.name) for one in fields(self)}


def line_of(found: Found) -> str:
    """`Lò Văn An · 1980 · chủ hộ · Thôn A · Hộ nghèo`."""
    role = _tr("chủ hộ") if found.is_head else _tr("thành viên hộ {head}")
    parts = [
        found.name,
        format_partial_date(found.birth) if found.birth else "",
        role.format(head=found.head),
        found.village,
        found.id_number or "",
    ]
    if found.here_until is not None:
        gone = _tr("không còn trong sổ sau ngày {day}")
        parts.append(gone.format(day=format_date(found.here_until)))
    parts += [what_labels()[ground.what] for ground in found.today]
    return " · ".join(part for part in parts if part)


def what_labels() -> dict[What, str]:
    """What can be confirmed, as short as the screen needs it."""
    return {
        What.POOR: _tr("Hộ nghèo"),
        What.NEAR_POOR: _tr("Hộ cận nghèo"),
        What.NEW_ESCAPE: _tr("Hộ mới thoát nghèo"),
        What.AVERAGE_LIVING: _tr("Hộ có mức sống trung bình"),
    }


def _standing(found: Found, standards: Standards) -> str:
    """What was recognised of the household, of a member's at that time, newest first; a year of
    two standards names them.
    """
    years = found.home_years if found.is_head else found.years
    if not years:
        return _tr("Hộ này chưa có kết quả được công nhận nào.")
    by_year = {
        one.year: {other.standard for other in years if other.year == one.year} for one in years
    }
    said = "; ".join(
        dict.fromkeys(
            _year(one, standards.get(one.standard).label if len(by_year[one.year]) > 1 else "")
            for one in years
        )
    )
    return _tr("Đã công nhận: {said}").format(said=said)


def _year(one: YearClass, standard: str) -> str:
    state = one.household_class or ""
    words = [state_label(state)] if state else []
    if one.average_living:
        words.append(state_label(AVERAGE_LIVING))
    said = _tr("năm {year}, {standard}: {result}") if standard else _tr("năm {year}: {result}")
    return said.format(year=one.year, standard=standard, result=", ".join(words))


def _tr(text: str) -> str:
    return QCoreApplication.translate("confirm_subject", text)
