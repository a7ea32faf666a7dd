"""A dialog that keeps what is typed: on disk until it is written, offered when it opens again."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QWidget

from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.review.drafting import OF_EVENTS, DraftNote, Typed


class DraftDialog(QDialog):
    """A subclass puts `draft` over its fields, calls `draft.touch` after each key and `take_up`
    once it shows what it begins with.
    """

    def __init__(
        self, desk: Desk, parent: QWidget | None = None, *, prefix: str = OF_EVENTS
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        said = self.tr("Đang viết dở từ {time}; chưa ghi vào sổ.")
        self.draft = DraftNote(desk, self.typed, said=said, prefix=prefix, goes_on=True)
        self.draft.dropped.connect(self.begin_anew)
        self.draft.go_on.clicked.connect(self.start_typing)

    # -- what a subclass says -------------------------------------------------------------------

    def typed(self) -> Typed | None:
        """What is typed; None where nothing is that was not filled in already."""
        raise NotImplementedError

    def put(self, typed: Typed) -> None:
        """The inverse of `typed`."""
        raise NotImplementedError

    def begin_anew(self) -> None:
        """Show again what the dialog begins with."""
        raise NotImplementedError

    def start_typing(self) -> None:
        """Put the cursor where the first question is asked."""
        raise NotImplementedError

    # -- the rest -------------------------------------------------------------------------------

    @property
    def is_dirty(self) -> bool:
        return self.typed() is not None

    def take_up(self, key: str, title: str) -> None:
        """Over what is shown: what was typed here before and neither written nor dropped."""
        typed = self.draft.begin(key, title)
        if typed is not None:
            self.put(typed)

    @Slot()
    def accept(self) -> None:
        """It is written."""
        self.draft.forget()
        super().accept()

    @Slot()
    def reject(self) -> None:
        """Esc, Thôi and the cross: what is typed goes only when the user says so."""
        if not self.is_dirty or messages.ask_drop_typed(self):
            self.draft.forget()
            super().reject()
