"""Which panel shows which step; a step of the villages seen from the commune has one for all."""

from __future__ import annotations

from giamngheo_desktop.gui.review.certify_panel import CertifyPanel
from giamngheo_desktop.gui.review.classify_panel import ClassifyPanel
from giamngheo_desktop.gui.review.close_panel import ClosePanel
from giamngheo_desktop.gui.review.collect_panel import CollectPanel
from giamngheo_desktop.gui.review.list_panel import ListPanel
from giamngheo_desktop.gui.review.mark_panel import OpinionPanel, ReportPanel, SummarisePanel
from giamngheo_desktop.gui.review.meet_panel import MeetPanel
from giamngheo_desktop.gui.review.panel import Panel
from giamngheo_desktop.gui.review.place import Place
from giamngheo_desktop.gui.review.post_panel import PostPanel
from giamngheo_desktop.gui.review.prepare_panel import PreparePanel
from giamngheo_desktop.gui.review.recheck_panel import RecheckPanel
from giamngheo_desktop.gui.review.recognise_panel import RecognisePanel
from giamngheo_desktop.gui.review.villages_panel import VillagesPanel

PANELS: dict[str, type[Panel]] = {
    "prepare": PreparePanel,
    "list": ListPanel,
    "collect": CollectPanel,
    "classify": ClassifyPanel,
    "meet": MeetPanel,
    "post": PostPanel,
    "recheck": RecheckPanel,
    "summarise": SummarisePanel,
    "opinion": OpinionPanel,
    "recognise": RecognisePanel,
    "certify": CertifyPanel,
    "report": ReportPanel,
    "close": ClosePanel,
}
VILLAGES = "villages"
# The page of help of a step where it is not that of the whole path.
HELP: dict[str, str] = {
    **dict.fromkeys(("list", "collect", "classify"), "review_lists"),
    **dict.fromkeys(("meet", "post", "recheck"), "review_villages"),
    **dict.fromkeys(
        ("summarise", "opinion", "recognise", "certify", "report", "close"), "review_end"
    ),
}


def panel_of(place: Place) -> tuple[str, type[Panel]]:
    """The name and class of the panel for a place."""
    if place.of_village and place.village is None:
        return VILLAGES, VillagesPanel
    return place.step, PANELS[place.step]
