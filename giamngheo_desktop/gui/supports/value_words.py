"""From when to when the value of a policy holds, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop.domain.dates import format_partial_date
from giamngheo_desktop.domain.policy import PolicyValue


def span_of(one: PolicyValue) -> str:
    begins = format_partial_date(one.valid_from) if one.valid_from else ""
    ends = format_partial_date(one.valid_to) if one.valid_to else ""
    if begins and ends:
        return f"{begins} – {ends}"
    if begins:
        return _tr("từ {day}").format(day=begins)
    if ends:
        return _tr("đến {day}").format(day=ends)
    return _tr("chưa rõ từ ngày nào")


def certainty_of(*, certain: bool) -> str:
    return _tr("Đã đối chiếu") if certain else _tr("Cần đối chiếu")


def _tr(text: str) -> str:
    return QCoreApplication.translate("policy_values", text)
