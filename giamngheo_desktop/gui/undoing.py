"""What Ctrl+Z takes back at once, what after a question, what not at all; and how it is named."""

from __future__ import annotations

import re
from textwrap import shorten

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.gui import messages
from giamngheo_desktop.services.undo import UndoStep

_YEAR = re.compile(r"20\d\d")  # a subject that is a year and nothing else
_LONGEST = 90  # letters of a subject: a file of sixty villages names them all

# Opened again with a reason only; right after the act a slip of the hand may be taken back.
CLOSING = frozenset({Op.CLOSE_REVIEW, Op.CLOSE_YEAR})
# One key must not take these back: much hangs on them, or much was written at once.
GRAVE = CLOSING | {
    Op.CORRECT_RESULT,
    Op.RECOGNISE,
    Op.MERGE_UNITS,
    Op.SPLIT_UNIT,
    Op.RECORD_SUCCESSION,
    Op.IMPORT_ANSWERS,
    Op.MERGE_WORK,
    Op.IMPORT_LIST,
    Op.IMPORT_SUPPORTS,
    Op.TAKE_SHEET,
    Op.TAKE_FORMER,
    Op.ISSUE_DOCUMENT,
}


def operation(step: UndoStep) -> str:
    """The operation with whom it concerned: "Lưu hộ: Nguyễn Văn An"; of many the first."""
    name = texts.OPERATIONS[step.op]
    if _YEAR.fullmatch(step.subject or "") and not name.endswith(_tr("năm")):
        return _tr("{name}: năm {year}").format(name=name, year=step.subject)
    whom = step.subject or ""
    if len(whom) > _LONGEST:
        begins = shorten(whom, _LONGEST, placeholder="").rpartition(",")
        whom = _tr("{names} (còn nữa)").format(names=begins[0] or begins[2])
    return f"{name}: {whom}" if whom else name


def said(step: UndoStep) -> str:
    """What was done; every operation is named by a verb."""
    words = operation(step)
    return _tr("Đã {what}.").format(what=f"{words[:1].lower()}{words[1:]}")


def refusal(step: UndoStep, context: Context) -> str:
    """Why it is not taken back by a key, and where it is; "" where it may be."""
    if step.origin == context.origin:
        return ""
    if step.op is Op.CLOSE_YEAR:
        return _tr(
            "Sổ năm đã khóa từ trước không mở lại bằng Hoàn tác: vào Cài đặt › Năm làm việc, bấm "
            "Mở lại năm và ghi lý do."
        )
    if step.op is Op.CLOSE_REVIEW:
        return _tr(
            "Kỳ rà soát đã khóa sổ từ trước không mở lại bằng Hoàn tác: vào Rà soát, bước Khóa sổ, "
            "bấm Mở lại kỳ rà soát và ghi lý do."
        )
    return ""


def agreed(step: UndoStep, context: Context, parent: QWidget, *, elsewhere: bool = False) -> bool:
    """Whether it may go: asked for what is grave, for what this run has not done, and for what was
    typed `elsewhere` than the user looked.
    """
    earlier = step.origin != context.origin
    if not earlier and step.op not in GRAVE and not elsewhere:
        return True
    more = _tr("Những gì việc này đã ghi sẽ được bỏ đi.")
    if elsewhere:
        more = _tr("Việc này không ở chỗ vừa xem; chỗ ấy nay đã mở ra.")
    if elsewhere and step.op is Op.SAVE_DOCUMENT:
        more = _tr("Việc này không ở chỗ vừa xem; chỗ ấy nay đã mở ra. Bỏ rồi vẫn làm lại được.")
    if step.op is Op.ISSUE_DOCUMENT:
        more = _tr(
            "Văn bản trở lại dự thảo; số và bản lưu ở Sổ phát hành cũng bỏ. Bản giấy đã gửi đi thì "
            "không thu lại được."
        )
    if earlier:
        more = _tr("Việc này do {actor} ghi lúc {time}, trước khi mở chương trình lần này.").format(
            actor=step.actor, time=f"{step.at:%H:%M %d/%m/%Y}"
        )
    return messages.ask(
        _tr("Hoàn tác: {what}?").format(what=operation(step)),
        yes=_tr("Hoàn tác"),
        no=_tr("Thôi"),
        more=more,
        dangerous=True,
        parent=parent,
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("undoing", text)
