"""Rà soát: the path of a review, step by step, for the commune or one of its villages."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.fault import Fault, lets_go
from giamngheo_desktop.gui.help import opening
from giamngheo_desktop.gui.household.drafts_bar import DraftsBar
from giamngheo_desktop.gui.list_box import ListBox
from giamngheo_desktop.gui.pages.page import Page
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.review import case_drafts, memory
from giamngheo_desktop.gui.review.applications_panel import ApplicationsPanel
from giamngheo_desktop.gui.review.begin_panel import BeginPanel
from giamngheo_desktop.gui.review.case_host import CaseHost
from giamngheo_desktop.gui.review.panel import Panel
from giamngheo_desktop.gui.review.panels import HELP, panel_of
from giamngheo_desktop.gui.review.pile_host import PileHost
from giamngheo_desktop.gui.review.place import Place
from giamngheo_desktop.gui.review.review_bar import ReviewBar
from giamngheo_desktop.gui.review.step_head import StepHead
from giamngheo_desktop.gui.review.step_list import StepList
from giamngheo_desktop.gui.review.what_if_panel import WhatIfPanel
from giamngheo_desktop.gui.table.empty_state import EmptyState
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.services import drafts
from giamngheo_desktop.services.review.review_view import ReviewView, current, summary, view

_ROOMY = 840  # pixels at 100 % from which the steps stand at the left


class ReviewPage(Page):
    """`open` takes a step's code, or a mapping with `review`, `village`, `step`, `begin`,
    `applications`, `what_if`, `resume` (the form that is open).
    """

    WATCHES = frozenset(Kind) - {Kind.SETTING, Kind.DEFINITION, Kind.VILLAGE_TARGET}

    def __init__(self, desk: Desk, year: int, parent: QWidget | None = None) -> None:
        super().__init__(desk, year, parent)
        self.setObjectName("review_page")
        self._view: ReviewView | None = None
        self._review: UUID | None = None
        self._village: UUID | None = None
        self._step = ""
        self._recalled = False  # the place of the last time is taken up once
        self._made: dict[str, Panel] = {}
        self.bar = ReviewBar()
        self._closed = label("", "soft", "review_closed", wrap=True)
        self.steps = StepList()
        self.steps_box = ListBox(self.steps, "steps_box", short=True)
        self.head = StepHead()
        self.empty = EmptyState()
        self.begin = BeginPanel(desk)
        self.applications = ApplicationsPanel(desk, year)
        self.what_if = WhatIfPanel(desk, year)
        self._panels = QStackedWidget()
        self._stack = QStackedWidget()
        self.fault = Fault(self._stack, self.load)
        self._sheet = QWidget()
        self.case = CaseHost(desk, self._sheet)
        self.piles = PileHost(desk, self.case, self._sheet)
        self.drafts = DraftsBar()
        self._build()

        self.bar.review_chosen.connect(self._review_chosen)
        self.bar.village_chosen.connect(self._village_chosen)
        self.bar.begin.clicked.connect(self.show_begin)
        self.bar.applications.clicked.connect(self._toggle_applications)
        self.applications.review_opened.connect(self._begun)
        opening.name_help(self.what_if, "what_if")
        self.bar.what_if.clicked.connect(self.show_what_if)
        self.what_if.closed.connect(self._show_view)
        self.what_if.household_requested.connect(self._go_to_household)
        self.steps.currentRowChanged.connect(self._step_chosen)
        self.steps.itemActivated.connect(self._enter_panel)
        self.head.next_requested.connect(self._go_on)
        self.empty.action_chosen.connect(self._empty_action)
        self.begin.begun.connect(self._begun)
        self.begin.cancelled.connect(self._show_view)
        self.begin.go_requested.connect(self.go_requested)
        self.case.closed.connect(self._case_closed)
        self.case.notice.connect(self.notice_requested)
        self.piles.closed.connect(self._case_closed)
        self.piles.notice.connect(self.notice_requested)
        self.case.household_requested.connect(self._show_household)
        self.drafts.opened.connect(self._open_draft)
        self.drafts.discarded.connect(self._discard_draft)
        theme.changed.connect(self._fit)

    # -- what the window asks -------------------------------------------------------------------

    def load(self) -> None:
        if not self._recalled:
            self._recalled = True
            self._review, self._village = memory.recall(self.desk.unit(self.year))
        work = partial(
            view,
            self.desk.database,
            self.desk.definitions,
            year=self.year,
            unit=self.desk.unit(self.year),
            today=self.desk.context.today(),
            review=self._review,
        )
        self.fault.read(self.desk.runner, work, self._loaded, self._failed, latest="review")
        self._load_drafts()

    def open(self, payload: object) -> None:
        if isinstance(payload, str):
            payload = {"step": payload}
        if not isinstance(payload, dict):
            return
        if payload.get("resume"):
            self.case.resume()
            return
        if payload.get("begin"):
            self.show_begin()
            return
        if payload.get("what_if"):
            self.show_what_if()
            return
        if payload.get("applications"):
            self.show_applications()
            return
        self._review = payload.get("review", self._review)
        self._village = payload.get("village", self._village)
        self._step = payload.get("step", self._step)
        self._leave_forms()
        self.mark_stale()

    def show_whole(self) -> None:
        self._leave_forms()
        self._show_view()

    def may_leave(self) -> bool:
        """Nothing is asked: what is not saved is kept as a draft."""
        self.case.keep()
        self.piles.keep()
        self.begin.keep()
        self.applications.may_leave()
        if self.panel is not None:
            self.panel.keep()
        return True

    def show_year(self, year: int) -> None:
        if year != self.year:
            lets_go(self)
            self._leave_forms()
            self._review, self._step = None, ""
            self.applications.show_year(year)
            self.what_if.show_year(year)
        super().show_year(year)

    def forget(self) -> None:
        self._review, self._village, self._step = None, None, ""
        super().forget()

    @property
    def has_unsaved_form(self) -> bool:
        return super().has_unsaved_form or self.case.is_dirty or self.piles.is_dirty

    @property
    def shown(self) -> ReviewView | None:
        """What is on screen now."""
        return self._view

    @property
    def panel(self) -> Panel | None:
        """The panel of the step now shown."""
        found = self._panels.currentWidget()
        return found if isinstance(found, Panel) else None

    @property
    def place(self) -> Place | None:
        """The step and village now shown."""
        if self._view is None or self._view.review is None or not self._step:
            return None
        return Place(view=self._view, step=self._step, village=self._village)

    # -- showing --------------------------------------------------------------------------------

    def _loaded(self, found: ReviewView) -> None:
        self._view = found
        self.attention_changed.emit("review", found.to_review)
        if self._stack.currentWidget() in (self.applications, self.what_if):
            self._show_title(found)
        elif self._stack.currentWidget() is self.begin and not found.closed:
            self.begin.show_view(found)
        else:
            self._show_view()

    def _failed(self, error: BaseException) -> None:
        assert isinstance(error, AppError)
        self._view = None
        self.empty.say(texts.error_text(error), icon="warning")
        self._stack.setCurrentWidget(self.empty)

    @Slot()
    def _show_view(self) -> None:
        found = self._view
        if found is None:
            return
        self._show_title(found)
        if found.review is None or found.flow is None:
            self._say_nothing_begun(found)
            self._stack.setCurrentWidget(self.empty)
            self._fit()
            return
        self._review = found.review.uid
        villages = {one.uid: one.name for one in found.villages}
        closed = found.closed or found.review.closed_on is not None
        self.piles.load(self._review, self.year, villages, closed=closed)
        if self._village not in villages:
            self._village = None
        codes = [step.code for step in found.flow.steps]
        if self._step not in codes:
            self._step = self._step_to_do() or codes[-1]
        self._stack.setCurrentIndex(0)
        self._fit()
        self._show_place()

    def _show_title(self, found: ReviewView) -> None:
        may_begin = not found.closed and not self.desk.read_only
        self.bar.show_reviews(found, may_begin=may_begin)
        closed = ""
        if found.closed:
            closed = self.tr("Năm {year} đã khóa sổ: chỉ xem.").format(year=found.year)
        elif not found.open:
            closed = self.tr("Kỳ rà soát này đã khóa sổ: chỉ xem.")
        self._closed.setText(closed)
        self._closed.setVisible(bool(closed))

    def _say_nothing_begun(self, found: ReviewView) -> None:
        if found.closed:
            text = self.tr("Năm {year} đã khóa sổ, không ghi kỳ rà soát nào trong chương trình.")
            self.empty.say(text.format(year=found.year), icon="lock")
            return
        text = self.tr(
            "Năm {year} chưa mở kỳ rà soát nào.\n\nMở kỳ rà soát thì các hộ nghèo, cận nghèo đang "
            "quản lý được đưa vào danh sách của từng thôn; rồi làm lần lượt đến giấy chứng nhận, "
            "báo cáo và khóa sổ. Thôn nào xong trước đi trước, dừng lúc nào cũng được."
        )
        actions = {} if self.desk.read_only else {"begin": self.tr("Mở kỳ rà soát")}
        actions["what_if"] = self.tr("Thử chuẩn khác…")
        self.empty.say(text.format(year=found.year), actions, icon="review")

    def _show_place(self) -> None:
        place = self.place
        assert place is not None
        self.bar.show_villages(place)
        today = place.view.today
        with QSignalBlocker(self.steps):
            self.steps.show_steps(
                [summary(place.flow, today, step.code, self._village) for step in place.flow.steps]
            )
            self.steps.choose(self._step)
        self.steps_box.fill()
        following = current(place.flow, self._village)
        other = following is not None and following.step.code != self._step
        self.head.show_place(place, following.step.label if other and following else "")
        code, make = panel_of(place)
        if code not in self._made:
            made = make(self.desk)
            made.setObjectName(f"panel_{code}")
            opening.name_help(made, HELP.get(code, "review"))
            made.go_requested.connect(self.go_requested)
            made.village_chosen.connect(self.show_village)
            made.household_opened.connect(self._open_case)
            made.pile_requested.connect(self._begin_pile)
            self._made[code] = made
            self._panels.addWidget(made)
        panel = self._made[code]
        if self.panel is not None and self.panel is not panel:
            self.panel.keep()
        self._panels.setCurrentWidget(panel)
        panel.try_place(place)

    # -- going on -------------------------------------------------------------------------------

    @Slot(object)
    def show_village(self, village: UUID | None) -> None:
        """The same step for another village, or for the commune."""
        self._village = village
        self._remember()
        self._show_view()
        if self.panel is not None:
            self.panel.start()

    def show_step(self, code: str) -> None:
        """Another step of the same village."""
        self._step = code
        self._show_view()

    @Slot()
    def show_begin(self) -> None:
        """Offer to open a review of the year."""
        if self._view is not None and not self._view.closed and not self.desk.read_only:
            self._stack.setCurrentWidget(self.begin)
            self.begin.show_view(self._view)
            self.begin.start()

    @Slot()
    def _toggle_applications(self) -> None:
        if self._stack.currentWidget() is self.applications:
            self.applications.may_leave()
            self._show_view()
        else:
            self.show_applications()

    def show_applications(self) -> None:
        """The book of applications, in place of the path."""
        self._show_instead(self.applications)

    @Slot()
    def show_what_if(self) -> None:
        """Who would change class under another standard, in place of the path."""
        self._show_instead(self.what_if)

    def _show_instead(self, part: QWidget) -> None:
        lets_go(self)
        self._stack.setCurrentWidget(part)
        self._fit()
        part.setFocus()

    @Slot(object)
    def _go_to_household(self, household: UUID) -> None:
        self.go_requested.emit("households", household)

    @Slot(object)
    def _begun(self, review: UUID) -> None:
        self._review, self._village, self._step = review, None, ""
        self._stack.setCurrentIndex(0)
        self._remember()
        self.mark_stale()
        self.setFocus()

    @Slot()
    def _go_on(self) -> None:
        if step := self._step_to_do():
            self.show_step(step)
            if self.panel is not None:
                self.panel.start()

    @Slot(object)
    def _review_chosen(self, review: UUID) -> None:
        self._review, self._step = review, ""
        self._stack.setCurrentIndex(0)
        self._remember()
        self.mark_stale()

    @Slot(object)
    def _village_chosen(self, village: UUID | None) -> None:
        """Each stands elsewhere on the path: show where, unless a step was chosen apart from it."""
        if self._step == self._step_to_do():
            self._step = ""
        self._village = village
        self._remember()
        self._show_view()
        self.section_changed.emit()

    def _step_to_do(self) -> str:
        """The first that is not done here; "" where all are."""
        flow = self._view.flow if self._view else None
        now = current(flow, self._village) if flow else None
        return now.step.code if now is not None else ""

    @Slot(int)
    def _step_chosen(self, row: int) -> None:
        if row >= 0 and self._view is not None:
            self.show_step(self.steps.code_at(row))
            self.section_changed.emit()

    @Slot()
    def _enter_panel(self) -> None:
        if self.panel is not None:
            self.panel.start()

    @Slot(str)
    def _empty_action(self, code: str) -> None:
        self.show_what_if() if code == "what_if" else self.show_begin()

    # -- forms of households --------------------------------------------------------------------

    @Slot(object, object)
    def _open_case(self, case: UUID, household: UUID) -> None:
        """The form of a household in the review; a review that is over shows the household."""
        place = self.place
        if place is None or not place.view.open:
            self.go_requested.emit("households", household)
        else:
            self.case.open(place.review.uid, self._village, case)

    @Slot(object)
    def _show_household(self, uid: UUID) -> None:
        """Events are recorded on the page of the household; its way back leads here."""
        back = ("review", {"resume": True})
        self.go_requested.emit("households", {"household": uid, "back": back})

    @Slot()
    def _case_closed(self) -> None:
        self._load_drafts()
        self.mark_stale()
        self._enter_panel()

    def _leave_forms(self) -> None:
        """Back to the path, from wherever the user went."""
        self.case.leave()
        self.piles.leave()

    @Slot(object, object)
    def _begin_pile(self, village: UUID, surveyor: UUID | None) -> None:
        if self.place is not None:
            self.piles.begin(self.place.review.uid, village, surveyor)

    def _load_drafts(self) -> None:
        """Offer the forms that were typed and never saved."""
        if not self.desk.read_only:
            work = partial(case_drafts.offered, self.desk.database.path)
            self.desk.runner.read(self, work, self.drafts.show_drafts, latest="drafts")

    @Slot(str)
    def _open_draft(self, key: str) -> None:
        if self._review is not None:
            self.case.open_draft(self._review, self._village, key)

    @Slot(str)
    def _discard_draft(self, key: str) -> None:
        if messages.ask_drop_draft(self.tr("Bỏ bản nháp này?"), self):
            drafts.discard(self.desk.database.path, key)
            self._load_drafts()

    def _remember(self) -> None:
        if self._review is not None:
            memory.remember(self.desk.unit(self.year), self._review, self._village)

    # -- layout ---------------------------------------------------------------------------------

    def _build(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.steps_box)
        right.addWidget(self.head)
        right.addWidget(self._panels, 1)
        work = QWidget()
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.steps)
        row.addLayout(right, 1)
        for part in (work, self.begin, self.empty, self.applications, self.what_if):
            self._stack.addWidget(part)
        self._stack.setCurrentWidget(self.empty)
        box = QVBoxLayout(self._sheet)
        box.setContentsMargins(20, 12, 20, 12)
        box.setSpacing(8)
        for part in (self.bar, self._closed, self.drafts, self.piles.offer):
            box.addWidget(part)
        box.addWidget(self._stack, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.case)
        self._closed.hide()

    def _fit(self) -> None:
        """In a narrow window the steps are a drop-down above, and the rail says the title."""
        roomy = self.width() * 100 >= _ROOMY * theme.percent
        focused = self.steps.hasFocus() or self.steps_box.hasFocus()
        shown = self._stack.currentWidget()
        self.bar.fit(roomy=roomy, applications=shown is self.applications)
        main: QWidget = self.steps if roomy else self.steps_box
        if shown is self.empty:
            main = self.empty.findChild(QPushButton) or self.empty
        elif shown in (self.begin, self.applications, self.what_if):
            main = shown
        self.setFocusProxy(main)
        self.steps.setVisible(roomy)
        self.steps_box.setVisible(not roomy)
        self.head.set_named(roomy)
        if focused:
            self.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
