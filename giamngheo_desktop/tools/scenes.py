"""What the pictures show: every page, and on some pages more than their first look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from PySide6.QtWidgets import QScrollArea, QWidget

from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.gui.bus import Bus
from giamngheo_desktop.gui.jobs import InlineRunner
from giamngheo_desktop.gui.pages.exchange_page import ExchangePage
from giamngheo_desktop.gui.pages.households_page import HouseholdsPage
from giamngheo_desktop.gui.pages.projects_page import ProjectsPage
from giamngheo_desktop.gui.pages.reports_page import ReportsPage
from giamngheo_desktop.gui.pages.review_page import ReviewPage
from giamngheo_desktop.gui.pages.settings_page import SECTIONS, SettingsPage
from giamngheo_desktop.gui.pages.support_page import SupportPage
from giamngheo_desktop.gui.pages.targets_page import TargetsPage
from giamngheo_desktop.gui.pictures import settle
from giamngheo_desktop.gui.preview.lists_room import ListsRoom
from giamngheo_desktop.gui.preview.paper_menus import CONFIRM
from giamngheo_desktop.gui.program import definitions
from giamngheo_desktop.gui.session import Session
from giamngheo_desktop.gui.settings.opening_section import OpeningSection
from giamngheo_desktop.gui.start.start_window import StartWindow
from giamngheo_desktop.services.programme import supports
from giamngheo_desktop.services.register import HouseholdFilter, households
from giamngheo_desktop.tools.document_scenes import document_scenes
from giamngheo_desktop.tools.review_scenes import review_scenes
from giamngheo_desktop.tools.support_scenes import support_scenes
from giamngheo_desktop.tools.targets_scenes import targets_scenes

TABS = ("info", "members", "housing", "review", "support", "history")


def scenes(session: Session, wanted: Sequence[str] = ()) -> Iterator[tuple[str, QWidget]]:
    """Each scene is on screen when it is yielded; `wanted` names pages."""
    session.window.show()
    for key, page in session.pages.items():
        if wanted and key not in wanted:
            continue
        session.go(key)
        yield key, page
        for name, prepare in _more(session, key, page):
            prepare()
            yield f"{key}-{name}", page
    review = session.pages["review"]
    if isinstance(review, ReviewPage) and (not wanted or "review" in wanted):
        session.go("review")
        for name in review_scenes(review):  # last: it writes a review into the file
            yield f"review-{name}", review


def _more(session: Session, key: str, page: QWidget) -> Iterator[tuple[str, Callable[[], object]]]:
    if isinstance(page, SettingsPage):
        for code in list(SECTIONS)[1:]:
            yield code, lambda code=code: page.open(code)
        yield "opening-typed", lambda: _type_counts(page)
        page.section.load()  # else the page asks what to do with them
    if isinstance(page, (ExchangePage, ProjectsPage, SupportPage, TargetsPage)):
        for code in list(page.KINDS)[1:]:
            yield code, lambda code=code: page.open(code)
    if isinstance(page, TargetsPage):
        yield from targets_scenes(page)
    if isinstance(page, SupportPage):
        yield from support_scenes(page)
    if isinstance(page, TargetsPage):
        session.go(key)
        yield from document_scenes(page)
    if isinstance(page, ReportsPage):
        yield "names", lambda: _press_first_number(page)
        yield "bridge", lambda: page.names.show_bridge()
        yield "THON", lambda: page.open("THON")
        yield "list", lambda: page.open("ho_ngheo")
        yield "columns", lambda: _choose_columns(page)
        yield "confirm", lambda: _confirm_first_poor(session, page)
        for code in ("so_xac_nhan", "so_phat_hanh"):
            yield code, lambda code=code: page.open(code)
    if isinstance(page, HouseholdsPage):
        yield "new", lambda: session.go("households", {"new": True})
        for tab, name in enumerate(TABS):
            if _open_poor(page):
                if name == "support":
                    _open_helped(session, page)
                yield name, lambda tab=tab: page.view.sheet.setCurrentIndex(tab)
        if page.view.dossier is not None:
            yield "timeline", lambda: _show_timeline(page)
            if page.view.dossier.closed_years:
                yield "correction", lambda: page.view.events.record_class(corrects=True)
                dialog = page.view.events.dialog
                if dialog is not None:
                    dialog.reject()


def _type_counts(page: SettingsPage) -> None:
    """Counts of some villages, not saved."""
    page.open("opening")
    if isinstance(page.section, OpeningSection):
        cells = page.section.grid.cells
        for row in range(min(4, cells.rowCount())):
            for column, count in enumerate((12, 40, 8, 31), start=1):
                cells.setData(cells.index(row, column), str(count + row))


def _open_poor(page: HouseholdsPage) -> bool:
    """Open the first poor household; False in a file without one."""
    page.open({"classes": ["poor"]})
    found = page.list.table.rows
    if found.rowCount():
        page.show_household(found.row(0)[0])
    return bool(found.rowCount())


def _open_helped(session: Session, page: HouseholdsPage) -> None:
    """Open the household that got most in the year; where nobody got anything, nothing changes."""
    desk = session.desk
    asked = supports.Asked(year=page.year)
    found = supports.of_year(desk.database, desk.definitions, asked)
    for home, _ in Counter(row.household for row in found).most_common(1):
        page.show_household(home)


def _show_timeline(page: HouseholdsPage) -> None:
    """The classes so far, at the end of the tab *Rà soát*."""
    page.view.sheet.setCurrentIndex(TABS.index("review"))
    area = page.view.sheet.review.findChild(QScrollArea)
    bar = area.verticalScrollBar() if isinstance(area, QScrollArea) else None
    if bar is not None:
        settle()
        bar.setValue(bar.maximum())


def _choose_columns(page: ReportsPage) -> None:
    room = page.room(ListsRoom)
    if isinstance(room, ListsRoom):
        room.columns_button.click()


def _confirm_first_poor(session: Session, page: ReportsPage) -> None:
    """The paper of the first poor household; only the form in a file without one."""
    desk = session.desk
    today = desk.context.today()
    wanted = HouseholdFilter(day=today, standard=desk.standard(today.year).code, classes=("poor",))
    found = households(desk.database, wanted)
    page.open({"code": CONFIRM, "household": found[0].uid if found else None})


def _press_first_number(page: ReportsPage) -> None:
    if page.paper is not None:
        counted = [place for place in page.paper.numbers() if place.column == 4]
        if counted:
            page.view.cell_pressed.emit(counted[0])


def start_scenes(context: Context) -> Iterator[tuple[str, QWidget]]:
    """The window before a file is open, the three pages of *Xã mới*, the one of a collection."""
    window = StartWindow(InlineRunner(Bus()), definitions, context.today)
    window.show_home()
    yield "home", window
    window.show_assistant()
    assistant = window.assistant
    assert assistant is not None
    assistant.unit.set_draft({"province": "Hà Tĩnh", "commune": "Sơn Tây", "region": "NT3"})
    yield "unit", window
    assistant.go_on()
    assistant.villages.set_draft(
        [
            {"name": "Cây Tắt", "households": "183", "persons": "549"},
            {"name": "Tân Thủy", "households": "129", "persons": "388"},
        ]
    )
    yield "villages", window
    assistant.go_on()
    yield "signers", window
    window.show_collection()
    assert window.collection is not None
    window.collection.unit.set_draft({"level": "province", "province": "Hà Tĩnh"})
    yield "collection", window
    window.show_files()
    yield "files", window
    window.hide()
    window.deleteLater()
