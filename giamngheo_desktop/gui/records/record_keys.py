"""The keys of a section of records, and what follows once something was written: where the
keyboard stands, what is said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QApplication

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.gui import shortcuts
from giamngheo_desktop.gui.forms.filter_edit import FilterEdit
from giamngheo_desktop.gui.new_by_key import NewByKey
from giamngheo_desktop.gui.records.record_work import RecordWork


class RecordKeys(NewByKey, RecordWork):
    """Mixed into a widget as `RecordWork` is: it calls `begin_keys` after `begin_records`, and
    `land` each time the records are shown.
    """

    ADDS: ClassVar[bool] = True

    if TYPE_CHECKING:  # what the widget brings
        noted: SignalInstance
        search: FilterEdit

    def begin_keys(self) -> None:
        self._lands = False  # something was written: the keyboard waits until it is shown
        self._goes_on = False  # and then begins a new record
        self._odd: frozenset[str] = frozenset()  # what was said to be odd before
        self.search.textEdited.connect(lambda: self.show_part(self.table))
        self.new_button.setToolTip(self.tr("Ghi dòng mới (Ctrl+N)"))
        self.save_button.setToolTip(self.tr("Lưu (Ctrl+S); lưu rồi ghi dòng mới (Ctrl+Enter)"))
        for code, goes_on in (("save", False), ("save_next", True)):
            act = partial(self._save_by_key, goes_on)
            shortcuts.make_action(self, code, "", act, everywhere=False)

    def odd(self) -> Sequence[str]:
        """Sentences about all the records that may not stay so."""
        return ()

    def elsewhere(self) -> Sequence[str]:
        """That what was written stands in another year."""
        return ()

    def land(self) -> None:
        """Say what is odd since something was written, or is not to be seen here. The keyboard
        comes to its line, or into the form of the next; from elsewhere it is not called away.
        """
        lands, goes_on = self._lands, self._goes_on
        if not lands:
            return
        odd = [sentence for sentence in self.odd() if sentence not in self._odd]
        if said := " ".join([*self.elsewhere(), *odd]):
            self.noted.emit(said)
        self._lands = self._goes_on = False
        now = QApplication.focusWidget()
        if now is not None and not self.isAncestorOf(now):
            return
        if goes_on:
            self.start_new()
        elif self.chosen is not None and self.table.current_uid() == self.chosen:
            self.table.setFocus()
            self.show_part(self.table)
        else:
            self.start()

    def add_one(self) -> None:
        if self.editable and not self._writing:
            self.start_new()

    def _save_by_key(self, goes_on: bool) -> None:
        if self.save_button.isEnabled():
            self.save_button.setFocus()  # what is being typed is answered first
            self._goes_on = goes_on
            self.save_button.click()
            self._goes_on = self._goes_on and self._writing

    def _write(self, work: Callable[[], Done[Any]]) -> None:
        now = QApplication.focusWidget()
        if now is not None and self.isAncestorOf(now):
            self.search.setFocus()  # what is locked while it is written sends the keyboard away
        self._odd = frozenset(self.odd())
        super()._write(work)

    def _written(self, done: Done[Any]) -> None:
        self._lands = True
        super()._written(done)

    def _refused(self, error: BaseException) -> None:
        self._goes_on = False
        super()._refused(error)
