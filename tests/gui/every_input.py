"""Walks the whole program to everything that can be typed into, place after place.

A generator of `GROUPS` opens a place and yields it; the next step leaves it. `modules_of_inputs`
reads from the source which files build something to type into: a walk that misses one is not
whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from PySide6.QtWidgets import QPushButton

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.review_case import Ground
from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.gui.documents.outline import END, HEAD
from giamngheo_desktop.gui.exchange.passphrase_dialog import (
    AskPassphrase,
    NewPassphrase,
    ask,
    lock_with,
)
from giamngheo_desktop.gui.help import opening
from giamngheo_desktop.gui.help.help_window import HelpWindow
from giamngheo_desktop.gui.household.event_menu import _DIALOGS
from giamngheo_desktop.gui.issuing.issued_room import IssuedRoom
from giamngheo_desktop.gui.jobs import InlineRunner
from giamngheo_desktop.gui.pages.settings_page import SECTIONS
from giamngheo_desktop.gui.preview.find_bar import FindBar
from giamngheo_desktop.gui.preview.lists_room import ListsRoom
from giamngheo_desktop.gui.preview.movement_dialog import Question
from giamngheo_desktop.gui.program import Program
from giamngheo_desktop.gui.records.record_section import RecordSection
from giamngheo_desktop.gui.review.pile_bar import APPLICANT, SPLIT
from giamngheo_desktop.gui.review.reason_dialog import ReasonDialog
from giamngheo_desktop.gui.settings.succession_dialog import SuccessionDialog
from giamngheo_desktop.gui.settings.template_dialogs import ConfirmTemplate
from giamngheo_desktop.gui.supports.event_view import AMOUNTS, FORM, WHO
from giamngheo_desktop.services import classes
from giamngheo_desktop.services.exchange.comments import Figure
from giamngheo_desktop.services.programme import entries
from giamngheo_desktop.services.review import case_lists
from tests.gui import hands, review
from tests.gui.commune import YEAR, context
from tests.gui.input_walk import LAST, Place, Walk, dialog, give_up, leave, walk_world
from tests.gui.points import give_points
from tests.gui.province import make_province

DOCUMENTS = ("plan_document", "narrative_reports")


def window(walk: Walk) -> Iterator[Place]:
    walk.page("overview")
    yield "top bar", walk.session.window.top_bar
    opening.open_help(walk.session.window, "index")
    helping = walk.session.window.findChild(HelpWindow)
    yield "help", helping
    helping.close()
    for key in ("reports", "checks"):
        yield key, walk.page(key)
    page = walk.page("exchange")
    page.open("import")
    yield "import", page
    walk.drop()


def households(walk: Walk) -> Iterator[Place]:
    page = walk.page("households")
    yield "list", page
    page.open(walk.world.homes[0])
    for tab in range(page.view.sheet.count()):
        page.view.sheet.setCurrentIndex(tab)
        for card in page.view.sheet.review.cards:
            for row in card.rows.values():  # an answer of its own asks for a reason
                row.answer.setFocus()
                hands.press(hands.Key.Key_1)
        yield f"household {tab}", page.view.sheet.currentWidget()
    yield "household header", page.view.header
    page.view.go_back()
    walk.drop()


def events(walk: Walk) -> Iterator[Place]:
    page = walk.page("households")
    act = (walk.session.desk.database, walk.session.desk.context)
    args = {"year": LAST, "standard": "2022", "definition": "0" * 64}
    done = classes.close_year(*act, **args, commune=walk.world.commune)
    walk.session.desk.bus.data_changed.emit(done.changes)
    page.open(walk.world.homes[0])
    menu = page.view.events
    opens: dict[str, Callable[[], object]] = {
        code: (lambda code=code: menu.open_event(code)) for code in _DIALOGS
    }
    opens["class"] = menu.record_class
    opens["correction"] = lambda: menu.record_class(corrects=True)
    for code, show in opens.items():
        show()
        yield from dialog(walk, code, menu.dialog)
    page.view.go_back()
    reports = walk.page("reports")
    found = HouseholdClass.POOR
    asked = Question(walk.world.homes[-1], "2022", YEAR, found, "Mới vào danh sách")
    reports.movement.ask(asked)
    yield from dialog(walk, "movement", reports.movement.dialog)
    bar = reports.findChild(FindBar)
    bar.open()
    yield "find", bar
    bar.close_bar()
    reports.open("ho_ngheo")
    room = reports.room(ListsRoom)
    room.columns_button.setChecked(True)
    room.save_columns()
    yield from dialog(walk, "list name", room.dialog)
    reports.open("BC1")
    reports.view.cell_pressed.emit(next(c for c in reports.paper.numbers() if c.column == 4))
    reports.names.show_bridge()
    since = reports.names.bridge.since
    since.setCurrentIndex(since.count() - 1)
    yield "bridge", reports.names.bridge


def issued(walk: Walk) -> Iterator[Place]:
    """A table is issued, another gets its number, is cancelled; a household is confirmed; then what
    is said of figures that were sent.
    """
    page = walk.page("reports")
    page.issue()
    yield from dialog(walk, "issue", page.issuer.dialog)
    page.open("so_phat_hanh")
    book = page.room(IssuedRoom).book
    book.give_number()
    yield from dialog(walk, "number", book.dialog)
    book.cancel()
    yield from dialog(walk, "cancel", book.dialog)
    yield "book", page
    page.open({"code": "xac_nhan", "household": walk.world.homes[0]})
    yield "confirm", page
    yield from passphrases(walk)
    walk.drop()
    yield from received(walk)


def passphrases(walk: Walk) -> Iterator[Place]:
    """What is typed here is kept nowhere."""
    page = walk.page("exchange")
    page.open("upward")
    for kind, show in (
        (NewPassphrase, partial(lock_with, True)),
        (AskPassphrase, partial(ask, "x")),
    ):
        show(page, lambda _: None)
        shown = page.findChild(kind)
        hands.turn_to(shown)
        yield kind.__name__, shown
        shown.reject()
    hands.turn_to(walk.session.window)


def steps(walk: Walk) -> Iterator[Place]:
    page = walk.page("review")
    page.open({"review": walk.review})
    flow = page.shown.flow
    for step in (one.code for one in flow.steps):
        village = walk.world.villages[2 if step in ("list", "collect") else 0]
        page.open({"village": village, "step": step})
        if step == "collect":
            page.panel.findChild(QPushButton, "show_book").click()
        if step == "list":
            cases = case_lists.of_review(walk.session.desk.database, walk.review, village)
            page.panel.table.go_to(next(c.uid for c in cases if c.ground == Ground.APPLIED))
        yield step, page
        page.may_leave()
        if step == "prepare":
            page.panel.set_button.click()
            yield "set", page
            give_up(walk, page.panel.paper)
    page.show_begin()
    yield "begin", page.begin
    page.begin.cancelled.emit()
    walk.drop()


def papers(walk: Walk) -> Iterator[Place]:
    page = walk.page("review")
    page.open({"review": walk.review})
    page.show_applications()
    book = page.applications
    book.open_new()
    if not book.application.is_dirty:
        book.application.form.set_draft({"purpose": "average_living"})
    yield "application", book
    give_up(walk, book.application)
    for outcome in ("accepted", "refused"):
        book.reply_button.click()
        if not book.reply.is_dirty:
            book.reply.form.set_draft({"outcome": outcome})
        yield f"reply {outcome}", book
        give_up(walk, book.reply)
    page.show_what_if()
    yield "what if", page
    page.what_if.closed.emit()


def forms(walk: Walk) -> Iterator[Place]:
    """Forms of households in the review, one by one and as a pile."""
    page = walk.page("review")
    page.open({"review": walk.review, "village": walk.world.villages[2], "step": "collect"})
    (row,) = [
        one
        for one in case_lists.of_review(
            walk.session.desk.database, walk.review, walk.world.villages[2]
        )
        if one.head == "Hồ Thị Ba"
    ]
    for name in ("form", "points"):
        page.case.open(walk.review, walk.world.villages[2], row.uid)
        view = page.case.view
        yield name, view if name == "form" else view.form.points
        if name == "form":
            page.case.view.closing.ask_outcome(page.case.view.sheet, "absent")
            yield from dialog(walk, "reason", page.case.view.findChild(ReasonDialog))
            give_points(walk_world(walk))
        page.case.leave()
        walk.drop()
    page.piles.begin(walk.review, walk.world.villages[2], None)
    pile = page.piles.pile
    yield "pile", pile
    pile.open_form(row.uid)  # the same form again
    pile.ask_unmet()
    yield "unmet", pile
    give_up(walk, pile.unmet)
    for kind in (APPLICANT, SPLIT):
        pile.ask_new(kind)
        yield f"newcomer {kind}", pile
        if kind == APPLICANT:
            give_up(walk, pile.newcomer)
    pile.newcomer.search.found = walk.world.homes[0]
    pile.newcomer._picked(None)
    yield from dialog(walk, "split off", pile.newcomer.dialog)
    pile.leave()
    walk.drop()


def settings(walk: Walk) -> Iterator[Place]:
    page = walk.page("settings")
    for code in SECTIONS:
        page.open(code)
        if code == "units":
            yield "commune", page.section
            leave(walk, page)
            page.section.list.go_to(walk.world.villages[1])
            yield "village", page.section
            leave(walk, page)
            page.section.add_button.click()
            yield "new village", page.section
            leave(walk, page)
            page.section.succession_button.click()
            yield from dialog(walk, "succession", page.findChild(SuccessionDialog))
        elif code == "templates":
            page.section.confirm_button.click()
            yield from dialog(walk, "checked form", page.findChild(ConfirmTemplate))
        else:
            yield code, page.section
            leave(walk, page)
    walk.drop()


def exchange(walk: Walk) -> Iterator[Place]:
    """A list of a former commune that lies on a stick, with the figures of its last table and the
    day of its merger; whose list it is whose columns are to be remembered.
    """
    page = walk.page("exchange")
    page.open("import")
    if page.section.plan is None:
        book = walk.copy.parent / "danh sách.csv"
        book.write_text("Họ và tên,Quan hệ,Ngày sinh,Lạ\nHồ Văn Ba,Chủ hộ,1980,a\n", "utf-8")
        page.section.read_file(book)
    yield "columns of a list", page.section
    page.section.draft.forget()
    page.section.begin_anew()
    walk.drop()
    page.open("former")
    if not page.section.draft.waits_for_save:
        page.section.merger.put({"day": "01/07/2025"})
        page.section.add([walk.copy.parent / "rút ra rồi.xlsx"])
    page.section.figures_button.setChecked(True)
    yield "former", page.section
    page.section.draft.forget()
    page.section.begin_anew()
    walk.drop()


def records(walk: Walk) -> Iterator[Place]:
    """Records with a form; an activity and a support with what their kind adds."""
    added = {"activities": ("kind", "dialogue"), "supports": ("policy", "housing")}
    shown = {
        "projects": ("activities", "plan", "fund", "open_items"),
        "support": ("supports", "policy_values", "helpers"),
    }
    for key, codes in shown.items():
        page = walk.page(key)
        for code in codes:
            page.open(code)
            if code in added and not page.section.form.is_dirty:
                field, chosen = added[code]
                page.section.form.set_draft({field: chosen})
                page.section._changed(field)
            yield code, page.section
            if code in ("helpers", "open_items"):  # only looks
                continue
            page.section.draft.forget()
            page.section.draft.dropped.emit()
            walk.put()
    walk.drop()
    page.open("assignments")
    desk = walk.session.desk
    body = {"name": "Hội Nông dân", "valid_from": date(LAST, 1, 1)}
    form, given = desk.definitions.records[Kind.BODY], {"area": desk.commune}
    entries.save(desk.database, desk.context, form, body, given=given)
    page.section.many_button.click()
    yield from dialog(walk, "assign many", page.section.dialog)
    walk.drop()
    yield from hand_outs(walk, page)
    page.open("period_lists")
    page.section.issue()
    yield "period list", page.section
    walk.drop()
    yield from after_incident(walk, page)


def targets(walk: Walk) -> Iterator[Place]:
    """Of a plan that was begun: its targets, its villages, a result that is typed; what is written
    of it is walked by `documents`.
    """
    page = walk.page("targets")
    for code in [one for one in page.KINDS if one not in DOCUMENTS]:
        page.open(code)
        page.load()
        if code == "calendar":
            yield from reports_due(walk, page.section)
            continue
        if code == "allocation":
            page.section.views.buttons[-1].click()  # where the growth is asked too
        yield code, page.section
        if isinstance(page.section, RecordSection):
            page.section.draft.forget()
            page.section.draft.dropped.emit()
            walk.put()
        else:
            leave(walk, page)
    walk.drop()


def reports_due(walk: Walk, section) -> Iterator[Place]:
    """The day that villages handed in; then what is sent."""
    section.arrive({"schedule": "villages"})
    yield "calendar", section
    section.draft.forget()
    section.draft.dropped.emit()
    section.arrive({})
    walk.put()
    own = next(uid for uid, of in section._groups.items() if not of[0].schedule.has_many)
    section._open(own)
    yield from dialog(walk, "receipt", section.dialog)


def after_incident(walk: Walk, page) -> Iterator[Place]:
    """The day of the application that follows an incident."""
    page.open("incidents")
    page.section.apply()
    yield from dialog(walk, "incident", page.section.dialog)


def hand_outs(walk: Walk, page) -> Iterator[Place]:
    """A new event for many, its first step half typed; then whole, with its grid."""
    page.open("support_events")
    view = page.section.view
    for step in (FORM, WHO, AMOUNTS):
        page.section.open_event(None)
        if view.step != step:
            said = {"policy": "housing", "name": "Nhà", "supported_on": date(YEAR, 11, 1)}
            view.form.own.set_draft(said)
            view.form.own.changed.emit("policy")
            view.form.common.set_draft({"shares": ({"source": "central", "amount": 1000},)})
            view.go_to(WHO)
            view.pick.all_button.click()
            view.go_to(step)
        assert view.step == step
        yield f"hand-out {step}", view
        view.draft.forget()
        view.draft.dropped.emit()
        view.leave()
        walk.put()
    walk.drop()


def received(walk: Walk) -> Iterator[Place]:
    """The file of a province to which a commune has sent."""
    commune, database = walk.program, walk.world.database
    path = walk.path.with_name("tinh.gndb")
    make_province(path, context(review.AUTUMN, seed=13), walk.world.commune)
    commune.session.window.hide()
    walk.program = Program(context(review.AUTUMN, seed=14), InlineRunner)
    walk.program.begin(path)
    walk.world.database = walk.session.desk.database
    walk.put()
    page = walk.page("exchange")
    page.open("expected")
    yield "expected", page.section
    leave(walk, page)
    page.open("comments")
    page.section.write()
    yield from dialog(walk, "comment", page.section.dialog)
    figure = Figure(unit=walk.world.commune, year=YEAR, report="BC1", row="Xã Sơn Tây", figure="7")
    page.section._pressed(figure)
    yield from dialog(walk, "comment on a figure", page.section.dialog)
    walk.drop()
    walk.program.window.close()
    walk.program, walk.world.database = commune, database
    hands.turn_to(commune.session.window)


def documents(walk: Walk) -> Iterator[Place]:
    """The plan and a report: what stands above their sections, in one of them, below them."""
    page = walk.page("targets")
    for code, nodes in zip(DOCUMENTS, ((HEAD, "", END), (HEAD,)), strict=True):
        page.open(code)
        section = page.section
        if code == "narrative_reports":
            section.open_report(section.table.rows.row(0)[0])
        editor = section.view.editor
        for node in nodes:
            editor.go_to(node or editor.outline.order[2])
            yield f"{code} {node}", section
            editor.draft.forget()
            editor.draft.dropped.emit()
            walk.put()
        section.view.issue_button.click()
        yield from dialog(walk, f"issue {code}", section.view.dialog)
        walk.drop()


def start(walk: Walk) -> Iterator[Place]:
    """The window before a file is open."""
    shown = walk.program._show_start(None)
    shown.show_assistant()
    hands.turn_to(shown)
    for step in range(shown.assistant.steps.count()):
        shown.assistant._show_step(step)
        yield f"new commune {step}", shown.assistant
    shown.show_collection()
    shown.collection.unit.set_draft({"level": "district"})
    yield "new collection", shown.collection
    shown.show_files()
    yield "files", shown.open_page
    shown.hide()
    walk.program.start = None
    shown.deleteLater()


GROUPS: dict[str, Callable[[Walk], Iterator[Place]]] = {
    one.__name__: one
    for one in (
        window,
        households,
        steps,
        papers,
        forms,
        settings,
        exchange,
        records,
        targets,
        events,
        issued,
        documents,
        start,
    )
}
