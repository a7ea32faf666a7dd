"""The pictures of Rà soát: nothing begun, then a review on its way, every step empty and full."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from giamngheo_desktop.gui.main_window import MainWindow
from giamngheo_desktop.gui.pages.review_page import ReviewPage
from giamngheo_desktop.gui.review.collect_panel import CollectPanel
from giamngheo_desktop.gui.review.pile_bar import APPLICANT
from giamngheo_desktop.gui.review.prepare_panel import PreparePanel
from giamngheo_desktop.services.review import case_lists
from giamngheo_desktop.tools import review_records as records

_VILLAGE_STEPS = ("list", "collect", "classify", "meet", "post", "recheck", "certify")


def review_scenes(page: ReviewPage) -> Iterator[str]:
    """Each is on screen when its name is yielded; the review is written into the file shown."""
    desk = page.desk
    if page.shown is not None and page.shown.closed:
        records.reopen(desk, page.year)
        page.mark_stale()
        window = page.window()
        if isinstance(window, MainWindow):
            window.notice.hide()  # it would stand over the pictures
    page.show_begin()
    yield "begin"
    yield from _without_review(page)
    today = desk.context.today()
    if not _has_villages(page):
        return
    assert page.shown is not None
    villages = [area.uid for area in page.shown.villages]
    village = villages[0]
    records.file_applications(desk, villages, today)
    page.show_applications()
    page.applications.load()
    yield "applications-full"
    page.show_whole()
    review = records.begin(desk, page.year, today)
    page.open({"review": review, "village": None, "step": "list"})
    yield "villages"
    for step in ("prepare", *_VILLAGE_STEPS, "summarise", "recognise", "report", "close"):
        page.open({"review": review, "village": village, "step": step})
        yield f"{step}-empty"
        if isinstance(page.panel, PreparePanel):
            page.panel.set_button.click()
            yield "prepare-set"
            page.panel.paper.leave()
    yield from _papers(page, review, village, "empty")
    records.confirm_lists(desk, review, villages, today)
    records.hand_out(desk, review, village, today)
    yield from _papers(page, review, village, "full")
    yield from _pile(page, review, village)
    records.go_through(desk, review, villages, today)
    for step in ("prepare", *_VILLAGE_STEPS, "summarise", "recognise", "report", "close"):
        page.open({"review": review, "village": village, "step": step})
        yield f"{step}-full"
    yield from _case(page, review, village, "case-settled")
    page.show_whole()


def _has_villages(page: ReviewPage) -> bool:
    return page.shown is not None and page.shown.open and bool(page.shown.villages)


def _without_review(page: ReviewPage) -> Iterator[str]:
    """What stands in place of the path: the book of applications, and the try of a standard."""
    page.show_applications()
    yield "applications"
    page.applications.open_new()
    yield "application-new"
    page.applications.show_list()
    page.show_what_if()
    yield "what-if-empty"
    page.what_if.run()
    yield "what-if-full"
    page.show_whole()


def _papers(page: ReviewPage, review: UUID, village: UUID, state: str) -> Iterator[str]:
    """The hand-over book over the list of forms."""
    page.open({"review": review, "village": village, "step": "collect"})
    panel = page.panel
    assert isinstance(panel, CollectPanel)
    panel.book_button.setChecked(True)
    yield f"book-{state}"
    panel.book_button.setChecked(False)


def _pile(page: ReviewPage, review: UUID, village: UUID) -> Iterator[str]:
    """Form by form: the pile, one open form, one without a household, one that was not met."""
    pile = page.piles.pile
    page.piles.begin(review, village, None)
    yield "pile"
    pile.ask_new(APPLICANT)
    yield "pile-new"
    page.piles.leave()
    page.piles.begin(review, village, None)
    if pile.rows:
        pile.open_form(pile.rows[0].uid)
        yield "pile-form"
        pile.ask_unmet()
        yield "pile-unmet"
    page.piles.leave()
    yield from _case(page, review, village, "case")


def _case(page: ReviewPage, review: UUID, village: UUID, name: str) -> Iterator[str]:
    page.open({"review": review, "village": village, "step": "collect"})
    rows = case_lists.of_review(page.desk.database, review, village)
    if rows:
        page.case.open(review, village, rows[0].uid)
        yield name
        page.case.leave()
