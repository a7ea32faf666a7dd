"""Điểm B2 (điểm B) of the form, from the number of deprived indicators."""

from __future__ import annotations

from dataclasses import dataclass

from giamngheo_desktop.domain.standard import PovertyStandard


@dataclass(frozen=True, slots=True)
class ScoreRange:
    """The least and the most points; equal where no indicator is unknown."""

    low: int
    high: int


def deprivation_score(
    standard: PovertyStandard, deprived: int, unknown: int = 0
) -> ScoreRange | None:
    """Points of each indicator × deprived indicators; None where the standard names no points.

    Source: Điều 3 Thông tư 07/2021/TT-BLĐTBXH (10 points each).
    """
    points = standard.indicator_points.value
    if points is None:
        return None
    return ScoreRange(points * deprived, points * (deprived + unknown))
