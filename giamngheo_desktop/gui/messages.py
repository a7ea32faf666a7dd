"""The one door through which the program speaks to the user in a box; nobody else opens one."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMessageBox, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.gui import icons
from giamngheo_desktop.gui.theme import theme

log = logging.getLogger(__name__)

_NARROWEST = 420  # pixels of a sentence at 100 %


class Tone(StrEnum):
    """How a message is meant; it chooses the picture in the box."""

    INFO = "info"
    QUESTION = "question"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Answer:
    """A button: its code and its Vietnamese label, a verb rather than yes or no."""

    code: str
    label: str
    dangerous: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """What is said: one plain sentence, more lines below it, details that can be copied."""

    tone: Tone
    text: str
    more: str = ""
    details: str = ""
    answers: tuple[Answer, ...] = ()
    default: str = ""
    escape: str = ""


Presenter = Callable[[Message, QWidget | None], str]


def info(text: str, more: str = "", parent: QWidget | None = None) -> None:
    """Tell something that needs no answer and must not be missed."""
    _say(Message(Tone.INFO, text, more), parent)


def warn(text: str, more: str = "", parent: QWidget | None = None) -> None:
    """Tell that something was refused, in words, with what to do."""
    _say(Message(Tone.WARNING, text, more), parent)


def ask(
    text: str,
    *,
    yes: str,
    no: str = "",
    more: str = "",
    dangerous: bool = False,
    parent: QWidget | None = None,
) -> bool:
    """True if the user chose `yes`; for a dangerous act the default button is `no`."""
    answers = (Answer("yes", yes, dangerous), Answer("no", no or _tr("Quay lại")))
    default = "no" if dangerous else "yes"
    return choose(text, answers, default=default, escape="no", more=more, parent=parent) == "yes"


def ask_drop_draft(text: str, parent: QWidget) -> bool:
    """Whether what was typed and never saved may go."""
    more = _tr("Những gì đã gõ mà chưa lưu sẽ mất, không lấy lại được.")
    return ask(text, yes=_tr("Bỏ bản nháp"), more=more, dangerous=True, parent=parent)


def ask_drop_typed(parent: QWidget) -> bool:
    """Whether somebody who leaves a form wants nothing of what is typed there."""
    text = _tr("Bỏ những gì gõ dở ở đây?")
    more = _tr("Những gì đã gõ mà chưa lưu sẽ mất, không lấy lại được.")
    return ask(text, yes=_tr("Bỏ"), no=_tr("Gõ tiếp"), more=more, dangerous=True, parent=parent)


def choose(
    text: str,
    answers: Sequence[Answer],
    *,
    default: str,
    escape: str,
    more: str = "",
    parent: QWidget | None = None,
) -> str:
    """The code of the chosen answer; closing the box means `escape`."""
    message = Message(Tone.QUESTION, text, more, "", tuple(answers), default, escape)
    return _say(message, parent)


def problems(text: str, sentences: Sequence[str], parent: QWidget | None = None) -> None:
    """Tell what stands in the way, one sentence a line."""
    lines = "\n".join(f"•  {sentence}" for sentence in sentences)
    _say(Message(Tone.WARNING, text, lines), parent)


def report(error: BaseException, parent: QWidget | None = None) -> None:
    """Show an expected failure by its sentence; anything else is a bug: log it, offer details."""
    if isinstance(error, AppError) and error.code in texts.ERRORS:
        _say(Message(Tone.WARNING, texts.error_text(error)), parent)
        return
    details = details_of(error)
    log.error("unexpected error\n%s", details)
    if _state.showing_bug:  # a second failure while the first is shown: the log has it
        return
    _state.showing_bug = True
    try:
        text = _tr("Chương trình gặp lỗi ngoài dự kiến. Dữ liệu đã lưu vẫn còn nguyên.")
        more = _tr("Bấm “Sao chép chi tiết” rồi gửi cho người hỗ trợ kỹ thuật.")
        _say(Message(Tone.ERROR, text, more, details), parent)
    finally:
        _state.showing_bug = False


def details_of(error: BaseException) -> str:
    """What who helps with a bug needs."""
    return "".join(traceback.format_exception(error))


def use(presenter: Presenter) -> Presenter:
    """Let another presenter show the messages (tests record them); returns the one before."""
    before, _state.present = _state.present, presenter
    return before


def show_box(message: Message, parent: QWidget | None) -> str:
    """The presenter of the program: a modal box; returns the code of the pressed button."""
    return _make_box(message, parent).run()


class _Box(QMessageBox):
    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.codes: dict[QAbstractButton, str] = {}
        self.details = ""

    def run(self) -> str:
        self.exec()
        return self.codes.get(self.clickedButton(), "")

    def copy_details(self) -> None:
        QGuiApplication.clipboard().setText(self.details)
        button = self.sender()
        if isinstance(button, QAbstractButton):
            button.setText(_tr("Đã sao chép"))


def _make_box(message: Message, parent: QWidget | None) -> _Box:
    box = _Box(parent or QApplication.activeWindow())
    box.setObjectName("message_box")
    box.setWindowTitle(_tr("Giảm nghèo"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(message.text)
    box.setInformativeText(message.more)
    for text in box.findChildren(QLabel):  # without a window manager Qt cuts what does not wrap
        if text.objectName() in ("qt_msgbox_label", "qt_msgbox_informativelabel"):
            text.setWordWrap(True)
            text.setMinimumWidth(_NARROWEST * theme.percent // 100)
    box.setIconPixmap(icons.pixmap(*_ICONS[message.tone], 36, box.devicePixelRatioF()))
    box.details = message.details
    for answer in message.answers or (Answer("ok", _tr("Đã hiểu")),):
        role = QMessageBox.ButtonRole.AcceptRole
        if answer.dangerous:
            role = QMessageBox.ButtonRole.DestructiveRole
        elif answer.code == message.escape:
            role = QMessageBox.ButtonRole.RejectRole
        button = box.addButton(answer.label, role)
        button.setObjectName(answer.code)
        box.codes[button] = answer.code
        if answer.code == (message.default or "ok"):
            button.setProperty("kind", "primary")
            button.style().unpolish(button)
            button.style().polish(button)
            box.setDefaultButton(button)
        if answer.code == (message.escape or "ok"):
            box.setEscapeButton(button)
    if message.details:
        copy = box.addButton(_tr("Sao chép chi tiết"), QMessageBox.ButtonRole.ActionRole)
        copy.setObjectName("copy_details")
        copy.clicked.disconnect()  # pressing it copies and leaves the box open
        copy.clicked.connect(box.copy_details)
    return box


_ICONS = {
    Tone.INFO: ("info", "accent"),
    Tone.QUESTION: ("help", "accent"),
    Tone.WARNING: ("warning", "warning"),
    Tone.ERROR: ("error", "danger"),
}


class _State:
    present: Presenter = staticmethod(show_box)
    showing_bug = False


_state = _State()


def _say(message: Message, parent: QWidget | None) -> str:
    log.info("message %s: %s", message.tone, message.text)
    return _state.present(message, parent)


def _tr(text: str) -> str:
    return QCoreApplication.translate("messages", text)
