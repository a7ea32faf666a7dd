"""The menu Biến động of a household: opens the dialog of each event."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.household.certificate_dialogs import MembersChangedDialog, ReissueDialog
from giamngheo_desktop.gui.household.class_dialog import ClassDialog
from giamngheo_desktop.gui.household.correction_dialog import CorrectionDialog
from giamngheo_desktop.gui.household.event_dialog import DAY, EventDialog, day_of
from giamngheo_desktop.gui.household.household_events import (
    LeaveDialog,
    MarriageDialog,
    MergeDialog,
    SplitDialog,
    VillageDialog,
)
from giamngheo_desktop.gui.household.person_events import (
    ArrivalDialog,
    BirthDialog,
    ChangeHeadDialog,
    DeathDialog,
    DepartureDialog,
)
from giamngheo_desktop.gui.review.drafting import OF_EVENTS
from giamngheo_desktop.services import household_view
from giamngheo_desktop.services.assessment import Assessment
from giamngheo_desktop.services.household_view import Dossier

_DIALOGS: dict[str, type[EventDialog]] = {
    "birth": BirthDialog,
    "death": DeathDialog,
    "person_moves_in": ArrivalDialog,
    "person_moves_out": DepartureDialog,
    "marriage": MarriageDialog,
    "change_head": ChangeHeadDialog,
    "split": SplitDialog,
    "merge": MergeDialog,
    "move_village": VillageDialog,
    "move_out": LeaveDialog,
    "reissue": ReissueDialog,
    "members_changed": MembersChangedDialog,
}
_OF_CLASS = {False: ClassDialog, True: CorrectionDialog}  # whether it corrects a closed year
_OF_CERTIFICATE = ("reissue", "members_changed")
_NEEDS_TWO = ("change_head", "split")  # members


class EventMenu(QMenu):
    """`before_event()`: a moment to keep what is typed."""

    before_event = Signal()

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        super().__init__(owner)
        self.setObjectName("event_menu")
        self._desk = desk
        self._owner = owner
        self._dossier: Dossier | None = None
        self._found: tuple[Assessment, ...] = ()
        self.dialog: EventDialog | None = None
        self._waiting: tuple[UUID | None, str] = None, ""  # the household of a dialog to open
        labels = {
            "birth": self.tr("&Sinh con…"),
            "death": self.tr("Có người &chết…"),
            "person_moves_in": self.tr("Một người chuyển &đến…"),
            "person_moves_out": self.tr("Một người chuyển đ&i…"),
            "marriage": self.tr("&Kết hôn, về hộ khác…"),
            "change_head": self.tr("Đổi chủ &hộ…"),
            "split": self.tr("&Tách hộ…"),
            "merge": self.tr("&Nhập vào hộ khác…"),
            "move_village": self.tr("Chuyển th&ôn…"),
            "move_out": self.tr("Cả hộ chuyển đi khỏi &xã…"),
            "reissue": self.tr("Cấp &lại giấy chứng nhận…"),
            "members_changed": self.tr("Đổi &giấy chứng nhận do thay đổi thành viên…"),
        }
        self.all: dict[str, QAction] = {}
        for code, text in labels.items():
            if code in ("marriage", "split", "move_village", "reissue"):
                self.addSeparator()
            action = self.addAction(text)
            action.setObjectName(f"event_{code}")
            action.setData(code)
            action.triggered.connect(self._choose)
            self.all[code] = action
        self._hint = self.addAction(self.tr("Lưu hộ trước rồi mới ghi biến động được"))
        self._hint.setEnabled(False)
        self.set_dossier(None)

    def set_dossier(self, dossier: Dossier | None) -> None:
        """The household the events are about; None: it is not in the file yet."""
        self._dossier = dossier
        here = dossier is not None and dossier.left_on is None
        for code, action in self.all.items():
            enough = dossier is not None and dossier.household.size > (code in _NEEDS_TWO)
            holds = code not in _OF_CERTIFICATE or bool(dossier and dossier.certificate)
            action.setEnabled(here and holds and (enough or code == "person_moves_in"))
        self._hint.setVisible(dossier is None)
        uid, name = self._waiting
        if dossier is not None and uid == dossier.household.uid:
            self._waiting = None, ""
            QTimer.singleShot(0, self, partial(self._open_by_name, name))  # the page comes first

    def correct_once_shown(self, household: UUID) -> None:
        """Ask what was wrong in a closed year as soon as this household is on screen."""
        self._waiting = household, CorrectionDialog.__name__

    def set_assessments(self, found: tuple[Assessment, ...]) -> None:
        self._found = found

    def go_on_with(self, key: str) -> UUID:
        """The household of a draft; its dialog opens again as soon as that one is shown."""
        name, _, uid = key.removeprefix(OF_EVENTS).partition("-")
        household = UUID(hex=uid)
        self._waiting = household, name
        return household

    def open_event(self, code: str) -> EventDialog | None:
        """Open the dialog of an event."""
        if self._dossier is None:
            return None
        self.before_event.emit()
        return self._show(_DIALOGS[code](self._desk, self._dossier, self._owner))

    def record_class(self, corrects: bool = False) -> EventDialog | None:
        """Open the dialog that adds a class record, or the one that corrects a closed year."""
        if self._dossier is None:
            messages.info(self.tr("Lưu hộ trước rồi mới ghi nhận kết quả được."), "", self._owner)
            return None
        if corrects:
            return self._show(CorrectionDialog(self._desk, self._dossier, self._owner))
        return self._show(ClassDialog(self._desk, self._dossier, self._found, self._owner))

    def _open_by_name(self, name: str) -> None:
        """Where the household can't have this event any more, a draft of it stays in the list."""
        for corrects, kind in _OF_CLASS.items():
            if kind.__name__ == name and (not corrects or self._can_correct()):
                self.record_class(corrects)
                return
        for code, kind in _DIALOGS.items():
            if kind.__name__ == name and self.all[code].isEnabled():
                self.open_event(code)
                return
        messages.info(self.tr("Hộ này bây giờ không ghi được việc ấy nữa."), "", self._owner)

    def _can_correct(self) -> bool:
        return self._dossier is not None and bool(self._dossier.closed_years)

    def _show(self, dialog: EventDialog) -> EventDialog:
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.recorded.connect(self._recorded)
        dialog.open()
        dialog.start_typing()
        return dialog

    def _choose(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.open_event(str(action.data()))

    def _recorded(self, value: object) -> None:
        dialog = self.sender()
        if isinstance(dialog, DeathDialog | DepartureDialog | MarriageDialog):
            before = dialog.household.head
            if before is not None and before.uid == value and dialog.household.size > 1:
                self._ask_head(dialog.household.uid, day_of(dialog.form.record()))

    def _ask_head(self, household: UUID, since: date) -> None:
        """A household without its head: offer to name another one, from the file as it is now."""
        year = self._dossier.around.year if self._dossier else self._desk.context.today().year
        fn = partial(
            household_view.dossier,
            self._desk.database,
            self._desk.definitions,
            household,
            commune=self._desk.unit(year),
            year=year,
            day=self._desk.day(year),
        )
        self._desk.runner.read(self, fn, partial(self._offer_head, since))

    def _offer_head(self, since: date, dossier: Dossier) -> None:
        if dossier.household.head is not None or not dossier.household.members:
            return
        agreed = messages.ask(
            self.tr("Hộ không còn chủ hộ. Chọn chủ hộ mới bây giờ?"),
            yes=self.tr("Chọn chủ hộ mới"),
            no=self.tr("Để sau"),
            parent=self._owner,
        )
        if agreed:
            dialog = self._show(ChangeHeadDialog(self._desk, dossier, self._owner))
            if not dialog.is_dirty:
                dialog.form.set_record({DAY: since})
