"""The four cards at the top of Tổng quan, and what they say where a number is missing."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.rates import Rate
from giamngheo_desktop.gui.overview import words
from giamngheo_desktop.gui.overview.figure_card import FigureCard
from giamngheo_desktop.services.overview import Overview


class FigureRow(QWidget):
    """Households, poor, near-poor, register: each card tells `pressed()`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.households = FigureCard("households_card", self.tr("Hộ dân cư"))
        self.poor = FigureCard("poor_card", self.tr("Hộ nghèo"))
        self.near_poor = FigureCard("near_poor_card", self.tr("Hộ cận nghèo"))
        self.register = FigureCard("register_card", self.tr("Trong sổ hộ"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for card in (self.households, self.poor, self.near_poor, self.register):
            row.addWidget(card, 1)

    def show_figures(self, found: Overview) -> None:
        total, last = found.total, found.last
        self._show_total(found)
        self._show_class(
            self.poor,
            total.poor_households,
            total.poor_rate,
            total.poor_persons,
            words.compared(total.poor_households, last.poor_households if last else None, found),
        )
        self._show_class(
            self.near_poor,
            total.near_poor_households,
            total.near_poor_rate,
            total.near_poor_persons,
            words.compared(
                total.near_poor_households, last.near_poor_households if last else None, found
            ),
        )
        self._show_register(found)

    def _show_total(self, found: Overview) -> None:
        total = found.total
        if total.households is None:
            self.households.show_figure(
                self.tr("Chưa có tổng số"),
                "",
                self.tr("Bấm để nhập tổng số hộ, nhân khẩu của từng thôn"),
                clickable=True,
                missing=True,
            )
            return
        persons = self.tr("chưa có tổng nhân khẩu")
        if total.persons is not None:
            count = format_integer(total.persons)
            persons = self.tr("{count} nhân khẩu").format(count=count)
        villages = format_integer(found.village_count)
        more = self.tr("{count} thôn").format(count=villages)
        if found.communes > 1:
            more = self.tr("{communes} xã, {villages} thôn").format(
                communes=format_integer(found.communes), villages=villages
            )
        if found.households_of is not None:
            more = self.tr("{units} · số cuối năm {year}").format(
                units=more, year=found.households_of
            )
        self.households.show_figure(format_integer(total.households), persons, more, clickable=True)

    def _show_class(
        self, card: FigureCard, now: int | None, share: Rate, persons: int | None, more: str
    ) -> None:
        if now is None:
            text = self.tr("Chưa có kết quả")
            card.show_figure(text, "", more, clickable=False, missing=True)
        else:
            line = words.with_persons(share, persons)
            card.show_figure(format_integer(now), line, more, clickable=now > 0)

    def _show_register(self, found: Overview) -> None:
        persons = self.tr("{count} nhân khẩu")
        self.register.show_figure(
            format_integer(found.register),
            persons.format(count=format_integer(found.register_persons)),
            words.result_text(found),
            clickable=True,
        )
