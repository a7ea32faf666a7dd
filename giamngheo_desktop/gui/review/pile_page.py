"""Nhập theo xấp: one form after the other from the pile on the table, by code or in list order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.review_case import FormState
from giamngheo_desktop.gui import messages, shortcuts
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.help import opening
from giamngheo_desktop.gui.review import case_words, pile_place
from giamngheo_desktop.gui.review.case_view import CaseView
from giamngheo_desktop.gui.review.pile_bar import APPLICANT, PileBar
from giamngheo_desktop.gui.review.pile_newcomer import NewcomerForm
from giamngheo_desktop.gui.review.pile_place import PilePlace
from giamngheo_desktop.gui.review.pile_rest import PileRest
from giamngheo_desktop.gui.review.pile_unmet import UnmetForm
from giamngheo_desktop.services.review import case_lists, paper_forms, piles
from giamngheo_desktop.services.review.case_lists import CaseRow
from giamngheo_desktop.services.review.piles import Hit
from giamngheo_desktop.storage.engine import Database

_HERE = (FormState.COLLECTED, FormState.ENTERED)


@dataclass(frozen=True, slots=True)
class _Read:
    """The forms of the village, and its surveyors by name."""

    rows: Sequence[CaseRow]
    surveyors: Mapping[UUID | None, str]


class PilePage(QWidget):
    """`closed()`: back to the list; `notice(sentence, can be undone)`."""

    closed = Signal()
    notice = Signal(str, bool)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pile_page")
        opening.name_help(self, "review_piles")
        self.desk = desk
        self.place: PilePlace | None = None
        self.rows: Sequence[CaseRow] = ()  # of the whole village
        self._year = 0
        self._villages: Mapping[UUID, str] = {}
        self._surveyors: Mapping[UUID | None, str] = {}
        self._view: CaseView | None = None
        self._away: UUID | None = None  # the open form, where nobody recorded that it is here
        self.bar = PileBar()
        self.rest = PileRest()
        self.newcomer = NewcomerForm(desk)
        self.unmet = UnmetForm(desk)
        self._stack = QStackedWidget()
        for part in (self.rest, self.newcomer, self.unmet):
            self._stack.addWidget(part)
        for form in (self.newcomer, self.unmet):
            form.box.setContentsMargins(20, 8, 20, 12)
            form.left.connect(self._show_form)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.bar)
        box.addWidget(self._stack, 1)
        self._stack.currentChanged.connect(self._shown)
        self.bar.code_entered.connect(self._typed)
        self.bar.order_chosen.connect(self._set_order)
        self.bar.new_chosen.connect(self.ask_new)
        self.bar.unmet_pressed.connect(self.ask_unmet)
        self.bar.back_pressed.connect(self.leave)
        self.rest.opened.connect(self.open_form)
        self.rest.close_pressed.connect(self._close_complete)
        self.newcomer.added.connect(self._added)
        self.unmet.saved.connect(self._unmet_saved)
        self.desk.bus.data_changed.connect(self._read_again)
        self._shown()
        shortcuts.make_action(self, "new", "", partial(self.ask_new, APPLICANT), everywhere=False)
        shortcuts.make_action(self, "unmet", "", self.ask_unmet, everywhere=False)

    # -- what the page asks ---------------------------------------------------------------------

    @property
    def view(self) -> CaseView:
        """It is built when the first form is opened."""
        if self._view is None:
            self._view = CaseView(self.desk, self)
            self._stack.addWidget(self._view)
            self._view.closed.connect(self._form_closed)
            self._view.next_requested.connect(self._next)
            self._view.saved.connect(self._saved)
            self._view.notice.connect(self.notice)
            self._view.header.away.hide()  # the pile's own asks more
        return self._view

    @property
    def shows_form(self) -> bool:
        return self._view is not None and self._stack.currentWidget() is self._view

    def _shown(self) -> None:
        self.bar.show_form(shown=self.shows_form)

    @property
    def pile(self) -> list[CaseRow]:
        """The forms of the pile in the order of the list."""
        of = self.place.surveyor if self.place else None
        return [row for row in self.rows if of is None or row.surveyor == of]

    @property
    def is_dirty(self) -> bool:
        """Whether the form now shown holds what is not in the file."""
        return self._view is not None and self.shows_form and self._view.is_dirty

    def begin(self, place: PilePlace, year: int, villages: Mapping[UUID, str]) -> None:
        """Go on with a pile where it was left, or begin it."""
        self.place, self._year, self._villages = place, year, villages
        self.rows = ()
        self.bar.set_order(in_order=place.in_order)
        self.bar.say("")
        self.bar.wait_for_code()
        self._stack.setCurrentWidget(self.rest)
        self._read(self._begun)

    def keep(self) -> None:
        """Put what is typed and not saved onto the disk, and the place in the pile."""
        if self._view is not None:
            self._view.keep_draft()
        self.newcomer.keep()
        self.unmet.keep()
        self._keep_place()

    def leave(self) -> None:
        """Back to the list; the place stays known while something is left to type."""
        if self.place is None:
            return
        if self._view is not None and self._view.case is not None:
            self._view.leave()
        self._keep_place()
        place, self.place = self.place, None
        if self.pile_done:
            self._try(partial(pile_place.forget, self.desk.database.path, place))
        self.closed.emit()

    @property
    def pile_done(self) -> bool:
        return bool(self.rows) and all(piles.is_done(row) for row in self.rows)

    # -- the next form --------------------------------------------------------------------------

    def _typed(self, typed: str) -> None:
        place = self.place
        if place is None:
            return
        if not typed:
            self._take_first()
            return
        work = partial(piles.find, self.desk.database, place.review, place.village, typed)
        self.desk.runner.read(self, work, partial(self._found, typed), self._lost, latest="find")

    def _take_first(self) -> None:
        """Nothing is typed: the line under the cursor, in list order the next one."""
        if self.place is not None and self.place.in_order:
            self._open_following(self.place.last)
            return
        chosen = self.rest.table.current_uid() if not self.shows_form else None
        if chosen is not None:
            self.open_form(chosen)
        else:
            self.bar.refuse(self.tr("Gõ mã in trên phiếu, hoặc STT."))

    def _found(self, typed: str, hit: Hit) -> None:
        place = self.place
        if place is None:
            return
        if hit.village != place.village and not self._may_open_other(typed, hit):
            self.bar.wait_for_code()
            return
        self.open_form(hit.case, hit)

    def _may_open_other(self, typed: str, hit: Hit) -> bool:
        assert self.place is not None
        text = self.tr("Phiếu {code} là của {other}; xấp này là của {village}. Vẫn mở phiếu ấy?")
        return messages.ask(
            text.format(
                code=typed.upper(),
                other=self._villages.get(hit.village, self.tr("thôn khác")),
                village=self._villages.get(self.place.village, ""),
            ),
            yes=self.tr("Mở phiếu"),
            no=self.tr("Gõ lại"),
            parent=self,
        )

    def _lost(self, error: BaseException) -> None:
        if isinstance(error, AppError):
            self.bar.refuse(texts.error_text(error))
        else:
            messages.report(error, self)

    def open_form(self, case: UUID, hit: Hit | None = None) -> None:
        """The form of a case on its first open question."""
        if self.place is None:
            return
        self._remember(replace(self.place, last=case, form=case))
        self.bar.code.clear()
        self.bar.say(self._remark(case, hit))
        self._stack.setCurrentWidget(self.view)
        self.view.open(case)

    def _remark(self, case: UUID, hit: Hit | None) -> str:
        """What is odd about a form of this pile."""
        row = next((row for row in self.rows if row.uid == case), None)
        known: CaseRow | Hit | None = row or hit
        self._away = None
        if known is None or self.place is None:
            return ""
        said = []
        if hit is not None and hit.village != self.place.village:
            text = self.tr("Phiếu của {village}.")
            said.append(text.format(village=self._villages.get(hit.village, "")))
        if row is not None and row.outcome is not None:
            said.append(self.tr("Hộ này đã kết thúc: xem có phải hai phiếu của một hộ."))
        elif known.form is FormState.ENTERED:
            said.append(self.tr("Phiếu này đã nhập đủ, còn kết thúc hộ: F8."))
        if self.place.surveyor not in (None, known.surveyor):
            of = self._surveyors.get(known.surveyor)
            text = self.tr("Phiếu này giao cho {name}.") if of else self.tr("Phiếu chưa giao ai.")
            said.append(text.format(name=of))
        if known.form not in _HERE and known.form_code is not None:
            self._away = case
            said.append(self.tr("Phiếu chưa ghi thu: lưu phiếu thì ghi thu hôm nay."))
        if self.unmet.waits(case):
            said.append(self.tr("Lý do không gặp được đang gõ dở: bấm Không gặp được để ghi tiếp."))
        return " ".join(said)

    def _next(self) -> None:
        """Ctrl+Enter has saved: the next of the list, or whatever is typed."""
        place = self.place
        if place is None:
            return
        if place.in_order:
            self._open_following(self.view.case)
        else:
            self._wait()

    def _open_following(self, after: UUID | None) -> None:
        assert self.place is not None
        found = partial(self._open_or_end, after)
        self._read(found)

    def _open_or_end(self, after: UUID | None, read: _Read) -> None:
        if self.place is None:
            return  # left meanwhile
        self._show(read)
        pile = self.pile
        at = next((number for number, row in enumerate(pile) if row.uid == after), -1)
        following = next((row for row in pile[at + 1 :] if not piles.is_done(row)), None)
        if following is not None:
            self.open_form(following.uid)
            return
        self._remember(replace(self.place, last=None))
        self._wait()
        self.bar.say(self.tr("Đã đến cuối danh sách của xấp."))
        if self.rest.close_all.isVisibleTo(self.rest):  # the one thing left to do
            self.rest.close_all.setFocus()

    def _wait(self) -> None:
        """The form is done: the keyboard is where the next code is typed."""
        self.bar.wait_for_code()
        if self._view is not None and self._view.case is not None:
            self._view.go_back()
        else:
            self._form_closed()

    def _form_closed(self) -> None:
        if self.place is None:
            return
        self._remember(replace(self.place, form=None))
        self._stack.setCurrentWidget(self.rest)
        self.bar.say("")
        self.bar.wait_for_code()

    def _set_order(self, in_order: bool) -> None:
        if self.place is None:
            return
        self._remember(replace(self.place, in_order=in_order))
        if in_order and not self.shows_form:
            self._open_following(self.place.last)
        elif not self.shows_form:
            self.bar.wait_for_code()

    # -- forms that are here, and those that are not --------------------------------------------

    def _saved(self, case: UUID) -> None:
        if case != self._away:  # now it is ENTERED if typed to its end: that tells nothing
            return
        self._away = None
        work = partial(piles.arrive, self.desk.database, self.desk.context, case)
        self.desk.runner.write(self, work, self._arrived)

    def _arrived(self, done: Done[bool]) -> None:
        if done.value:
            self.bar.say(self.tr("Phiếu chưa ghi thu: đã ghi thu hôm nay."))

    def _close_complete(self, cases: Sequence[UUID]) -> None:
        """Households whose forms are typed to their end are closed together."""
        desk = self.desk
        work = partial(
            piles.close_complete, desk.database, desk.context, desk.definitions, list(cases)
        )
        self.desk.runner.write(self, work, self._closed_complete, self._lost)

    def _closed_complete(self, done: Done[piles.Closed]) -> None:
        self.notice.emit(texts.closed_text(*done.value), bool(done.value.done))
        self.bar.wait_for_code()

    def ask_new(self, kind: str) -> None:
        """A form whose household is not on the list."""
        if self.place is None or self.desk.read_only:
            return
        self.keep()
        self.bar.say("")
        self._stack.setCurrentWidget(self.newcomer)
        self.newcomer.ask(kind, self.place, self._year)

    def _added(self, case: UUID) -> None:
        work = partial(self._open_added, case)
        self._read(work)

    def _open_added(self, case: UUID, read: _Read) -> None:
        self._show(read)
        self.open_form(case)
        row = next((row for row in self.rows if row.uid == case), None)
        if row is not None and row.form_code:
            text = self.tr("Mã phiếu mới: {code}, STT {number}. Ghi mã lên phiếu giấy.")
            self.bar.say(text.format(code=row.form_code, number=row.position))
        elif row is None:
            self.bar.say(self.tr("Hộ đã vào danh sách của thôn nơi hộ ở."))

    def ask_unmet(self) -> None:
        """The household of the open form could not be met."""
        if not self.shows_form or self.view.case is None or self.view.sheet is None:
            self.bar.refuse(self.tr("Mở phiếu của hộ trước, rồi ghi vì sao không gặp được."))
            return
        if self.view.is_settled or self.desk.read_only:
            self.bar.say(self.tr("Hộ này đã kết thúc: mở lại phiếu trước."))
            return
        if self.view.is_dirty:
            self.view.save()
        case, name = self.view.case, case_words.title(self.view.sheet)
        self._stack.setCurrentWidget(self.unmet)
        self.unmet.open(case, name)

    def _unmet_saved(self) -> None:
        self.notice.emit(self.tr("Đã ghi hộ không gặp được, kèm lý do."), True)
        self._stack.setCurrentWidget(self.view)
        self._next()

    def _show_form(self) -> None:
        """Back from a form of the pile's own to what was there before."""
        if self._view is not None and self._view.case is not None:
            self._stack.setCurrentWidget(self._view)
            self._view.answering.go_on()
        else:
            self._form_closed()

    # -- reading --------------------------------------------------------------------------------

    def _read(self, done: Callable[[_Read], object], latest: str = "open") -> None:
        if self.place is not None:
            work = partial(_read, self.desk.database, self.place.review, self.place.village)
            self.desk.runner.read(self, work, done, latest=latest)

    def _read_again(self) -> None:
        self._read(self._show, latest="pile")

    def _begun(self, read: _Read) -> None:
        self._show(read)
        place = self.place
        if place is None:
            return
        if place.form is not None:
            self.open_form(place.form)
        elif place.in_order:
            self._open_following(place.last)
        elif self.newcomer.waits(place):
            self.bar.say(self.tr("Có phiếu mới gõ dở: bấm Phiếu mới để ghi tiếp."))
        self._keep_place()

    def _show(self, read: _Read) -> None:
        if self.place is None:
            return
        self.rows, self._surveyors = read.rows, read.surveyors
        pile = self.pile
        self.bar.progress.setText(texts.progress_text(*piles.progress(pile)))
        self.bar.name.set_whole(self._title())
        editable = not self.desk.read_only
        self.rest.show_forms(pile, editable=editable)
        self.bar.new.setEnabled(editable)
        self.bar.unmet.setEnabled(editable)

    def _title(self) -> str:
        assert self.place is not None
        village = self._villages.get(self.place.village, "")
        of = self._surveyors.get(self.place.surveyor) if self.place.surveyor else None
        return f"{village} · {of}" if of else village

    # -- the place ------------------------------------------------------------------------------

    def _remember(self, place: PilePlace) -> None:
        if place != self.place:
            self.place = place
            self._keep_place()

    def _keep_place(self) -> None:
        if self.place is None or self.desk.read_only:
            return
        pile = self.pile
        title = f"{self._title()}: {texts.progress_text(*piles.progress(pile))}"
        path, context = self.desk.database.path, self.desk.context
        self._try(partial(pile_place.keep, path, context, self.place, title))

    def _try(self, work: Callable[[], object]) -> None:
        try:
            work()
        except AppError as error:  # a full disk is told, not raised
            self.notice.emit(texts.error_text(error), False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)


def _read(database: Database, review: UUID, village: UUID) -> _Read:
    people = paper_forms.surveyors(database, review, village)
    return _Read(
        case_lists.of_review(database, review, village),
        {person.uid: person.name for person in people},
    )
