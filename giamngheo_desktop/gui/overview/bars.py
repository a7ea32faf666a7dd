"""The charts of Tổng quan as data: each bar with the source of its number."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop import texts
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.gui.charts import Bar, Goal, Part
from giamngheo_desktop.gui.overview import words
from giamngheo_desktop.reports.document import Source
from giamngheo_desktop.services.overview import Figures, Overview, YearCount

POOR, NEAR_POOR = "poor_households", "near_poor_households"  # measures, the first series below


def _tr(text: str) -> str:
    return QCoreApplication.translate("overview", text)


def series() -> tuple[str, str]:
    """What the two parts of every bar are."""
    return _tr("Hộ nghèo"), _tr("Hộ cận nghèo")


def source_of(found: Overview, measure: str, unit: UUID | None) -> Source | None:
    """Which households a number of the year counts; None where its village is not known."""
    if unit is None:
        return None
    return Source(
        measure=measure,
        unit=unit,
        standard=found.standard.code,
        status="official",
        year=None if found.as_of else found.year,
        as_of=found.as_of,
    )


def village_bars(found: Overview) -> list[Bar]:
    """Villages in paper order; none while nobody recorded a class of this standard."""
    return [_village(found, v) for v in found.villages if v.poor_households is not None]


def _village(found: Overview, village: Figures) -> Bar:
    return Bar(
        label=village.name or texts.PAPER["unknown_village"],
        parts=(
            Part(village.poor_households or 0, 0, source_of(found, POOR, village.unit)),
            Part(village.near_poor_households or 0, 1, source_of(found, NEAR_POOR, village.unit)),
        ),
        text=words.village_text(village),
    )


def year_bars(found: Overview, commune: UUID) -> list[Bar]:
    """The years with the standard each was counted by."""
    return [_year(found, past, commune) for past in found.history]


def _year(found: Overview, past: YearCount, commune: UUID) -> Bar:
    def behind(measure: str) -> Source | None:
        if past.year == found.year:
            return source_of(found, measure, commune)
        return Source(
            measure=measure,
            unit=commune,
            standard=past.standard,
            status="official",
            year=past.year,
        )

    text = _tr("{year}\nchuẩn\n{standard}")
    return Bar(
        label=text.format(year=past.year, standard=past.standard),
        parts=(Part(past.poor, 0, behind(POOR)), Part(past.near_poor, 1, behind(NEAR_POOR))),
    )


def goals(found: Overview) -> list[Goal]:
    """How far the decrease of the year is; empty while nothing was asked of the villages."""
    target, total = found.target, found.total
    if target.poor_decrease is None and target.near_poor_decrease is None:
        return []
    made = []
    for name, opening, now, decrease in (
        (
            _tr("Giảm hộ nghèo"),
            target.poor_opening,
            total.poor_households,
            target.poor_decrease,
        ),
        (
            _tr("Giảm hộ cận nghèo"),
            target.near_poor_opening,
            total.near_poor_households,
            target.near_poor_decrease,
        ),
    ):
        done = None if opening is None or now is None else opening - now
        text = words.goal_text(done, decrease)
        made.append(Goal(name, max(0, done or 0), decrease, "targets", text))
    return made


def review_goals(found: Overview) -> list[Goal]:
    """How many households of each village are reviewed, of those on its list."""
    return [
        Goal(name, one.done, one.listed, one.village, _tr("{done}/{count} hộ").format(
            done=format_integer(one.done), count=format_integer(one.listed)))
        for name, one in found.review
    ]  # fmt: skip
