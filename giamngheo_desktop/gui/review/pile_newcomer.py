"""A form in the pile that belongs to no household of the list: an applicant, or who split off."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.applications import Purpose
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.household import Member
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.household.event_dialog import EventDialog, day_of, person_of
from giamngheo_desktop.gui.household.household_events import SplitDialog
from giamngheo_desktop.gui.household.household_search import HouseholdSearch
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.review.drafting import PREFIX, Typed
from giamngheo_desktop.gui.review.paper_form import PaperForm, Values
from giamngheo_desktop.gui.review.pile_bar import APPLICANT, SPLIT
from giamngheo_desktop.gui.review.pile_place import PilePlace
from giamngheo_desktop.services import household_view, households
from giamngheo_desktop.services.events import Parting
from giamngheo_desktop.services.household_view import Dossier
from giamngheo_desktop.services.review import newcomers
from giamngheo_desktop.services.review.applications import Application

_NOBODY = UUID(int=0)  # no household is left out of the search
_OTHERS = "others"
_FOUND, _SEARCH = "found", "search"  # beside the fields, in a draft
_ASKED = ("full_name", "relation", "sex", "birth")  # of each other member


class NewcomerForm(PaperForm):
    """`ask(kind, place, year)`; `added(case)` once household, paper and case are in the file."""

    added = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "newcomer", parent)
        self.act.setText(self.tr("&Ghi, mở phiếu"))
        self._kind = ""
        self._place: PilePlace | None = None
        self._year = 0
        self.dialog: EventDialog | None = None
        self.search = HouseholdSearch(desk, without=_NOBODY)
        self.search.setObjectName("newcomer_household")
        self._caption = label("", "soft")
        self._caption.setBuddy(self.search)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._caption)
        row.addWidget(self.search, 1)
        self.box.insertLayout(2, row)
        self.search.option_picked.connect(self._picked)
        self.search.textEdited.connect(self.draft.touch)
        self.search.submitted.connect(self._take_name)
        self.search.returnPressed.connect(self._go_on)

    def ask(self, kind: str, place: PilePlace, year: int) -> None:
        """Ask for the household, and of an applicant what the paper says."""
        self._kind, self._place, self._year = kind, place, year
        splits = kind == SPLIT
        self.put_more({})
        self.heading.setText(self.tr("Phiếu của hộ mới tách") if splits else self.tr("Phiếu mới"))
        caption = self.tr("Tách từ hộ") if splits else self.tr("Hộ trong sổ")
        self._caption.setText(caption)
        self.search.setAccessibleName(caption)
        self.hint.setText(
            self.tr("Tìm hộ cũ: chọn xong thì ghi những người tách ra.")
            if splits
            else self.tr(
                "Hộ nộp giấy đề nghị (Mẫu 01) cùng với phiếu. Hộ chưa có trong sổ thì để trống ô "
                "dưới và ghi người trong hộ. Giấy đã ghi ở Sổ giấy đề nghị thì đưa vào kỳ từ sổ "
                "ấy, không ghi lại ở đây."
            )
        )
        self.hint.show()
        self.act.setVisible(not splits)
        self.show_fields(self.tr("Giấy đề nghị"), () if splits else self._fields())
        self.form.setVisible(not splits)
        start: dict[str, Entry] = {}
        if not splits:
            start = {"received_on": self.desk.context.today(), "screened": True}
        self.begin(_key(kind, place), start)
        self.search.setFocus()

    def waits(self, place: PilePlace) -> bool:
        """Whether an applicant of this pile is half typed."""
        return self.draft.waits(_key(APPLICANT, place))

    def more(self) -> Typed:
        if self._kind == SPLIT:  # its dialog asks for itself
            return {}
        return {_FOUND: self.search.found, _SEARCH: self.search.text()}

    def put_more(self, typed: Typed) -> None:
        self.search.setText(str(typed.get(_SEARCH) or ""))
        found = typed.get(_FOUND)
        self.search.found = found if isinstance(found, UUID) else None

    def _fields(self) -> list[FieldDef]:
        member = self.desk.definitions.member
        return [
            FieldDef(
                code="applicant",
                kind=FieldKind.TEXT,
                label=self.tr("Người đề nghị, là chủ hộ"),
                required=True,
                capitals="person",
            ),
            FieldDef(
                code="received_on",
                kind=FieldKind.DATE,
                label=self.tr("Ngày nhận giấy"),
                required=True,
            ),
            FieldDef(
                code="reasons",
                kind=FieldKind.CHOICES,
                label=self.tr("Lý do"),
                choices=self.desk.definitions.choice_list("application_reasons").choices,
            ),
            FieldDef(
                code="screened",
                kind=FieldKind.YES_NO,
                label=self.tr("Phiếu A: khảo sát tiếp"),
                help=self.tr("Chưa có Phiếu A thì để trống: ghi sau ở bước Lập danh sách."),
            ),
            FieldDef(
                code=_OTHERS,
                kind=FieldKind.ROWS,
                label=self.tr("Những người khác trong hộ"),
                help=self.tr("Chỉ ghi khi hộ chưa có trong sổ."),
                fields=tuple(member.field(code) for code in _ASKED),
            ),
        ]

    # -- the household --------------------------------------------------------------------------

    def _picked(self, _: object) -> None:
        found = self.search.found
        if found is None:
            return
        done = self._open_split if self._kind == SPLIT else self._fill
        fn = partial(
            household_view.dossier,
            self.desk.database,
            self.desk.definitions,
            found,
            commune=self.desk.unit(self._year),
            year=self._year,
            day=self.desk.day(self._year),
        )
        self.desk.runner.read(self, fn, done, latest="home")

    def _fill(self, dossier: Dossier) -> None:
        head = dossier.household.head
        known: dict[str, Entry] = {"applicant": head.full_name if head else None}
        self.form.set_draft(known)
        self.draft.touch()
        self.form.focus_field("received_on")

    def _take_name(self, text: str) -> None:
        """Nobody of that name was chosen: it is the name of somebody new."""
        if self._kind != SPLIT:
            self.search.clear()
            self.form.set_draft({"applicant": text})
            self.draft.touch()
            self.form.focus_field("applicant")

    def _go_on(self) -> None:
        if self._kind != SPLIT and not self.search.text():
            self.form.focus_field("applicant")

    def _open_split(self, dossier: Dossier) -> None:
        assert self._place is not None
        self.dialog = SplitOffDialog(self.desk, dossier, self._place, self)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.recorded.connect(self.added)
        self.dialog.open()
        self.dialog.start_typing()

    # -- saving ---------------------------------------------------------------------------------

    def problems(self, values: Values) -> dict[str, str]:
        if values.get("screened") is False:
            return {
                "screened": self.tr(
                    "Phiếu A không cho khảo sát thì không có phiếu rà soát: ghi giấy ở Sổ giấy đề "
                    "nghị."
                )
            }
        if self.search.found is not None and values.get(_OTHERS):
            return {_OTHERS: self.tr("Hộ đã có trong sổ: người trong hộ sửa ở phiếu của hộ.")}
        return {
            f"{_OTHERS}.{at}.full_name": texts.ERRORS["applicant_missing"]
            for at, row in enumerate(values.get(_OTHERS) or ())
            if not row.get("full_name")
        }

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        assert self._place is not None
        paper = Application(
            village=self._place.village,
            applicant=str(values["applicant"]),
            purpose=Purpose.ENTER,
            received_on=values["received_on"],
            household=self.search.found,
            channel="direct",
            reasons=values.get("reasons") or (),
        )
        others = [self._member(row) for row in values.get(_OTHERS) or ()]
        return partial(
            newcomers.applicant,
            self.desk.database,
            self.desk.context,
            self._place.review,
            paper,
            others=others,
            surveyor=self._place.surveyor,
            screened=bool(values.get("screened")),
        )

    def _member(self, row: Values) -> Member:
        return households.new_member(self.desk.context, **{code: row.get(code) for code in _ASKED})

    def _done(self, done: Done[Any]) -> None:
        super()._done(done)
        self.added.emit(done.value)


def _key(kind: str, place: PilePlace) -> str:
    return f"phieu-{kind}-{place.review.hex}-{place.village.hex}"


class SplitOffDialog(SplitDialog):
    """Tách hộ, and the new household comes onto the list with its form."""

    drafts = PREFIX

    def __init__(self, desk: Desk, dossier: Dossier, place: PilePlace, parent: QWidget) -> None:
        self._place = place
        super().__init__(desk, dossier, parent)

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        parting = Parting(
            household=self.household.uid,
            persons=tuple(UUID(hex=code) for code in values["persons"]),
            head=person_of(values, "head"),
            relations=self.relations(values),
            village=values.get("village"),
            day=day_of(values),
        )
        return partial(
            newcomers.split_off,
            self.desk.database,
            self.desk.context,
            self._place.review,
            parting,
            surveyor=self._place.surveyor,
        )
