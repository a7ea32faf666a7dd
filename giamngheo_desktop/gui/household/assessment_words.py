"""What an assessment says, as a chip and short sentences. No widgets."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop import texts
from giamngheo_desktop.domain.indicator_state import State
from giamngheo_desktop.domain.indicators import codes_in
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.services.assessment import Assessment

_CHIPS = {
    HouseholdClass.POOR: "poor",
    HouseholdClass.NEAR_POOR: "near_poor",
    HouseholdClass.AVERAGE: "average",
    HouseholdClass.NOT_POOR: "not_poor",
}


def class_chip(found: Assessment) -> tuple[str, str]:
    """The text of the chip of the computed class, and its look."""
    result = found.classification
    if result is None:
        return _tr("Chưa tính được"), "unknown"
    classes = _tr(" hoặc ").join(texts.CLASSES[item] for item in reversed(result.possible))
    return classes.capitalize(), _CHIPS[
        result.household_class
    ] if result.household_class else "open"


def changes_text(found: Assessment) -> str:
    """How far the next class is, a line each."""
    result = found.classification
    if result is None:
        return ""
    sentences = [texts.what_if_text(change, result.measure) for change in result.what_would_change]
    return "\n".join(f"•  {sentence}" for sentence in sentences)


def score_text(found: Assessment) -> str:
    """How many indicators are deprived, and điểm B2."""
    deprived = len(codes_in(found.indicators, State.DEPRIVED))
    unknown = len(found.unknown)
    many = _tr("{low}–{high} chỉ số thiếu hụt ({unknown} chỉ số chưa đủ dữ liệu)")
    one = _tr("{low} chỉ số thiếu hụt")
    text = (many if unknown else one).format(low=deprived, high=deprived + unknown, unknown=unknown)
    if found.score is not None:
        low, high = (format_integer(n) for n in (found.score.low, found.score.high))
        points = low if low == high else _tr("{low}–{high}").format(low=low, high=high)
        text = _tr("{count} · điểm B2: {points}").format(count=text, points=points)
    return text


def deprived_lines(found: Assessment, names: Mapping[UUID, str]) -> list[str]:
    """Each deprived indicator with the members who cause it."""
    lines = []
    for indicator in found.standard.indicators:
        combined = found.indicators[indicator.code]
        if combined.state is State.DEPRIVED:
            who = ", ".join(names.get(uid) or texts.NAMELESS for uid in combined.derived.members)
            text = _tr("{order}. {label} – do: {names}") if who else _tr("{order}. {label}")
            lines.append(text.format(order=indicator.order, label=indicator.short, names=who))
    return lines


def unknown_text(found: Assessment) -> str:
    """Which indicators cannot be told yet."""
    labels = [item.short for item in found.standard.indicators if item.code in found.unknown]
    return _tr("Chưa đủ dữ liệu: {labels}.").format(labels=", ".join(labels)) if labels else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("assessment", text)
