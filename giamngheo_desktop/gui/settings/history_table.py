"""What was set from which day on: the table behind "Các lần thay đổi" of a section."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.services.unit_history import DatedValue


class HistoryTable(TableView):
    """One line for each value a setting had."""

    def __init__(self) -> None:
        columns = (
            Column(key="code", title=_tr("Đã ghi"), width=110, tip=str),
            Column(key="value", title=_tr("Nội dung"), width=80, stretch=True, tip=str),
            Column(key="days", title=_tr("Áp dụng"), width=166),
        )
        super().__init__(columns, "settings_history", _tr("Các lần thay đổi"))
        self.say_empty(_tr("Chưa ghi lần nào."))
        self.setMinimumHeight(120)

    def show_values(
        self,
        history: Sequence[DatedValue],
        labels: Mapping[str, str],
        text: Callable[[DatedValue], str],
    ) -> None:
        """Those that say something; an emptied one ended the one before."""
        rows = [
            (UUID(int=at + 1), labels.get(value.code, value.code), text(value), _days(value))
            for at, value in enumerate(history)
            if value.value
        ]
        self.set_rows(rows)


def first_day(history: Sequence[DatedValue], today: date, year: int) -> date:
    """From when a change holds unless said otherwise: today, of a first one the whole year."""
    return today if history else min(today, date(year, 1, 1))


def _days(value: DatedValue) -> str:
    first = format_date(value.valid_from)
    if value.valid_to is None:
        return _tr("từ {first}").format(first=first)
    return _tr("{first} – {last}").format(first=first, last=format_date(value.valid_to))


def _tr(text: str) -> str:
    return QCoreApplication.translate("history_table", text)
