"""What the page Rà soát calls things: reviews, purposes of a standard, how a case stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.review_case import Ground, Outcome
from giamngheo_desktop.domain.workflow import ReviewKind
from giamngheo_desktop.services.review.recognition import Unclassed
from giamngheo_desktop.services.review.review_view import ReviewHead, ReviewView


def _tr(text: str) -> str:
    return QCoreApplication.translate("review", text)


def review_name(review: ReviewHead, view: ReviewView | None = None) -> str:
    """ "Định kỳ 2026", "Tháng 3/2026"; in a file of several communes with the name of its own."""
    if review.kind is ReviewKind.PERIODIC:
        name = _tr("Định kỳ {year}").format(year=review.year)
    else:
        name = _tr("Tháng {month}/{year}").format(month=review.month, year=review.year)
    if view is None or len(view.communes) < 2:
        return name
    unit = next((area.name for area in view.communes if area.uid == review.commune), "")
    return _tr("{name} – {unit}").format(name=name, unit=unit)


def unclassed_names(people: Sequence[Unclassed], view: ReviewView) -> list[str]:
    """Each with its village: names repeat."""
    said = _tr("{head} ({village})")
    return [said.format(head=one.head, village=view.name(one.village)) for one in people]


def standard_name(definitions: Definitions, code: str, purpose: str) -> str:
    """The standard with what it is reviewed for."""
    purposes = {
        "movement": _tr("diễn biến của năm"),
        "next_opening": _tr("số đầu kỳ của năm sau"),
        "local": _tr("chuẩn của tỉnh"),
    }
    label = definitions.standards.get(code).label
    return _tr("{standard} – {purpose}").format(
        standard=label, purpose=purposes.get(purpose, purpose)
    )


def ground_name(ground: object) -> str:
    """Why a household is on the list."""
    return texts.CASE_GROUNDS[Ground(str(ground))]


def outcome_name(outcome: str | None) -> str:
    """How a case ended; None: it is still open."""
    return texts.CASE_OUTCOMES[Outcome(outcome) if outcome else None]


def outcome_chip(name: object) -> str:
    """The chip of an outcome in words: what is left to do stands out."""
    chips = {texts.CASE_OUTCOMES[None]: "open", texts.CASE_OUTCOMES[Outcome.REVIEWED]: "done"}
    return chips.get(str(name), "unknown")
