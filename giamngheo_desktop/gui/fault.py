"""A part of a page that fails: it says so in its own place, and everything around it goes on."""

from __future__ import annotations

import logging
import weakref
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.errors import AppError, Cancelled
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.jobs import Failed, Runner
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.review.drafting import DraftNote

T = TypeVar("T")
log = logging.getLogger(__name__)


def lets_go(part: QWidget | None) -> bool:
    """What its `may_leave` says, if it has one. A fault is told and locks nobody in; what is typed
    there stays as a draft.
    """
    ask = getattr(part, "may_leave", None)
    if part is None or ask is None:
        return True
    try:
        return bool(ask())
    except Exception as error:  # noqa: BLE001 - whatever it is, the other rooms are open
        for note in part.findChildren(DraftNote):
            note.keep()
        messages.report(error, part)
        return True


class Fault(QFrame):
    """Covers `part` while what it shows could not be read, so that nothing older is taken for it;
    `again` reads it once more. What is typed there stays as it is.
    """

    covered = Signal()  # what was shown there is not to be used any more

    def __init__(self, part: QWidget, again: Callable[[], object]) -> None:
        super().__init__(part)
        self.setObjectName("fault")
        self._part = weakref.ref(part)
        self._again = weakref.WeakMethod(again)
        self._details = ""
        self.text = label("", "", "fault_text", wrap=True)
        self.retry = button(self.tr("Đọc lại"), "read_again", kind="primary")
        self.copy = button(self.tr("Sao chép chi tiết"), "copy_fault")
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 16, 24, 16)
        box.setSpacing(10)
        box.addWidget(self.text)
        for part_of in (self.retry, self.copy):
            box.addWidget(part_of, 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch()
        self.retry.clicked.connect(self._read_again)
        self.copy.clicked.connect(self._copy)
        self.hide()

    def read(
        self,
        runner: Runner,
        work: Callable[[], T],
        done: Callable[[T], object],
        expected: Failed | None = None,
        *,
        latest: str,
    ) -> None:
        """`Runner.read` of what the part shows; `expected` takes an AppError, which is said here
        where nobody does.
        """
        found = weakref.WeakMethod(done) if hasattr(done, "__self__") else lambda: done
        refused = weakref.WeakMethod(expected) if expected is not None else lambda: None
        runner.read(
            self, work, partial(self._show, found), partial(self._fail, refused), latest=latest
        )

    def say(self, error: BaseException) -> None:
        """Cover the part."""
        self._details = messages.details_of(error)
        log.error("a part of a page failed\n%s", self._details)
        said = self.tr(
            "Chương trình gặp lỗi nên chưa hiện được phần này. Không có gì bị ghi hay xóa; các "
            "phần khác vẫn dùng được.\n\nBấm “Đọc lại”. Vẫn không được thì bấm “Sao chép chi "
            "tiết” rồi gửi cho người hỗ trợ kỹ thuật."
        )
        self._cover(said)

    def _show(self, found: Callable[[], Callable[[Any], object] | None], value: object) -> None:
        done = found()
        if done is None:
            return
        try:
            done(value)
        except Exception as error:  # noqa: BLE001 - what a broken value does is not known before
            self.say(error)
        else:
            self.clear()

    def _fail(self, refused: Callable[[], Failed | None], error: BaseException) -> None:
        if not isinstance(error, AppError):
            self.say(error)
            return
        tell = refused()
        self.clear()
        if tell is not None:
            tell(error)
        elif not isinstance(error, Cancelled):
            self._details = ""
            self._cover(texts.error_text(error))

    def _cover(self, text: str) -> None:
        part = self._part()
        if part is None:
            return
        self.text.setText(text)
        self.copy.setVisible(bool(self._details))
        self.copy.setText(self.tr("Sao chép chi tiết"))
        had_keyboard = _has_keyboard(part)
        part.installEventFilter(self)
        self.setGeometry(part.rect())
        self.show()
        self.raise_()
        self.covered.emit()
        if had_keyboard:
            self.retry.setFocus()

    def clear(self) -> None:
        """What the part shows is right again."""
        part = self._part()
        if self.isHidden() or part is None:
            return
        had_keyboard = _has_keyboard(self)
        part.removeEventFilter(self)
        self.hide()
        if had_keyboard:
            part.setFocus()

    @Slot()
    def _read_again(self) -> None:
        again = self._again()
        if again is not None:
            again()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
        self.copy.setText(self.tr("Đã sao chép"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        part = self._part()
        if event.type() == QEvent.Type.Resize and part is not None and watched is part:
            self.setGeometry(part.rect())
        return super().eventFilter(watched, event)


def _has_keyboard(part: QWidget) -> bool:
    now = QApplication.focusWidget()
    return now is part or (now is not None and part.isAncestorOf(now))
