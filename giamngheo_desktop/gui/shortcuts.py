"""The keys of the program in one table, actions made from it, and the sheet that shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

GENERAL, RECORD, FORM, LIST = "general", "record", "form", "list"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A key, what it does, and the group of the sheet it stands in.

    A `typed` key is read by the widget that has the keyboard; any other one is an action or
    shortcut of a page or window, and stands in the sheet only where there is one.
    """

    code: str
    keys: str
    label: str
    group: str
    typed: bool = False

    @property
    def first(self) -> str:
        """The key, or the first one of a range."""
        return self.keys.split(" … ")[0]


def _tr(text: str) -> str:
    return QCoreApplication.translate("shortcuts", text)


GROUPS = {
    GENERAL: _tr("Ở mọi trang"),
    RECORD: _tr("Hộ đang mở"),
    FORM: _tr("Trong phiếu"),
    LIST: _tr("Trong bảng"),
}

TABLE = (
    Shortcut("search", "Ctrl+K", _tr("Tìm hộ, người, số giấy tờ, thôn, báo cáo"), GENERAL),
    Shortcut("page", "Ctrl+1 … Ctrl+0", _tr("Mở trang thứ 1 … thứ 10 ở cột trái"), GENERAL),
    Shortcut("new", "Ctrl+N", _tr("Thêm hộ mới; ở mục ghi chép: dòng mới"), GENERAL),
    Shortcut("back", "Alt+Left", _tr("Về trang vừa xem"), GENERAL),
    Shortcut("undo", "Ctrl+Z", _tr("Hoàn tác việc vừa lưu; trong ô đang gõ: chữ vừa gõ"), GENERAL),
    Shortcut("menu", "F10", _tr("Mở trình đơn"), GENERAL),
    Shortcut("help", "F1", _tr("Cách ghi ô đang đứng; bấm lần nữa: trợ giúp của trang"), GENERAL),
    Shortcut("sheet", "Ctrl+/", _tr("Bảng phím tắt này"), GENERAL),
    Shortcut("save", "Ctrl+S", _tr("Lưu hộ, dòng hoặc bảng đang ghi"), RECORD),
    Shortcut("save_next", "Ctrl+Return", _tr("Lưu, mở hộ kế tiếp hoặc dòng mới"), RECORD),
    Shortcut("settle", "F8", _tr("Kết thúc rà soát hộ"), RECORD, typed=True),
    Shortcut("unmet", "F9", _tr("Nhập theo xấp: không gặp được hộ"), RECORD),
    Shortcut("tabs", "Alt+1 … Alt+6", _tr("Mở thẻ thứ 1 … thứ 6 của hộ"), RECORD),
    Shortcut("member_before", "Alt+PgUp", _tr("Thành viên trước"), RECORD),
    Shortcut("member_after", "Alt+PgDown", _tr("Thành viên sau"), RECORD),
    Shortcut("print", "Ctrl+P", _tr("In biểu đang xem"), RECORD),
    Shortcut("find", "Ctrl+F", _tr("Tìm chữ trong bản in đang xem"), RECORD),
    Shortcut("close", "Esc", _tr("Đóng phần đang mở, về danh sách"), RECORD, typed=True),
    Shortcut(
        "next_field", "Enter", _tr("Sang ô kế tiếp; cuối phiếu: tới nút chính"), FORM, typed=True
    ),
    Shortcut("digits", "1 … 9", _tr("Chọn câu trả lời theo số"), FORM, typed=True),
    Shortcut("accept", "Space", _tr("Rà soát: như năm trước, sang câu kế"), FORM, typed=True),
    Shortcut("tick", "Space", _tr("Chọn hộ, người: chọn hoặc bỏ dòng"), LIST, typed=True),
    Shortcut("mark", "Space", _tr("Lịch báo cáo: ghi các ô đã nộp"), LIST, typed=True),
    Shortcut("take_back", "Delete", _tr("Lịch báo cáo: bỏ lần ghi đã nộp"), LIST, typed=True),
    Shortcut("accept_section", "Ctrl+Space", _tr("Mọi câu xám của mục"), FORM, typed=True),
    Shortcut("accept_all", "Ctrl+Shift+Space", _tr("Mọi câu xám đã xem của hộ"), FORM, typed=True),
    Shortcut("unknown", "?", _tr("Rà soát: không biết"), FORM, typed=True),
    Shortcut("open_choices", "Down", _tr("Mở danh sách để chọn"), FORM, typed=True),
    Shortcut("remove_row", "Ctrl+-", _tr("Bỏ hoặc lấy lại dòng đang đứng"), FORM, typed=True),
    Shortcut("open_row", "Enter", _tr("Mở dòng đang đứng"), LIST, typed=True),
    Shortcut("ends", "Home / End", _tr("Về dòng đầu, dòng cuối"), LIST, typed=True),
    Shortcut("move_up", "Alt+Up", _tr("Soạn văn bản: chuyển mục lên trên"), LIST, typed=True),
    Shortcut("move_down", "Alt+Down", _tr("Soạn văn bản: chuyển mục xuống"), LIST, typed=True),
    Shortcut("copy", "Ctrl+C", _tr("Chép các ô đã chọn sang Excel"), LIST, typed=True),
    Shortcut(
        "paste",
        "Ctrl+V",
        _tr("Dán nhiều ô từ Excel; danh sách hộ, thành viên: xem trước"),
        LIST,
        typed=True,
    ),
    Shortcut("fill_down", "Ctrl+D", _tr("Điền ô trên cùng xuống các ô dưới"), LIST, typed=True),
    Shortcut("select_all", "Ctrl+A", _tr("Chọn tất cả"), LIST, typed=True),
)
_KEY_NAMES = {"Left": "←", "Up": "↑", "Down": "↓", "Return": "Enter", "Space": _tr("phím cách")}


def keys_of(code: str) -> str:
    """The keys of a shortcut, as Qt reads them."""
    return next(shortcut.keys for shortcut in TABLE if shortcut.code == code)


def asks(event: QEvent, code: str) -> bool:
    """Whether an event is about the keys of a shortcut."""
    wanted = QKeySequence(keys_of(code))
    return isinstance(event, QKeyEvent) and QKeySequence(event.keyCombination()) == wanted


def make_action(
    owner: QWidget, code: str, label: str, slot: Callable[[], object], *, everywhere: bool = True
) -> QAction:
    """An action with the keys of the table; `everywhere` in its window, or only inside `owner`."""
    action = QAction(label, owner)
    action.setObjectName(code)
    action.setShortcut(QKeySequence(keys_of(code)))
    context = Qt.ShortcutContext
    action.setShortcutContext(
        context.WindowShortcut if everywhere else context.WidgetWithChildrenShortcut
    )
    action.triggered.connect(slot)
    owner.addAction(action)
    return action


def shown_keys(keys: str) -> str:
    """Keys as they are printed: arrows as arrows."""
    return "+".join(_KEY_NAMES.get(part, part) for part in keys.split("+"))


def real_keys(window: QWidget) -> dict[str, str]:
    """The keys that work in a window and its pages now, with what the action calls itself."""
    found = {}
    for action in window.findChildren(QAction):
        if key := action.shortcut().toString():
            found[key] = action.text().replace("&", "")
    for shortcut in window.findChildren(QShortcut):
        if key := shortcut.key().toString():
            found[key] = shortcut.whatsThis()
    return found


def sheet_of(window: QWidget) -> list[Shortcut]:
    """What the sheet shows: the table without keys that do not exist, and keys it forgot."""
    real = real_keys(window)
    shown = [each for each in TABLE if each.typed or each.first in real]
    known = {key for each in TABLE for key in _all(each)}
    forgotten = ((key, text) for key, text in real.items() if key not in known and text)
    return [*shown, *(Shortcut(key, key, text, GENERAL) for key, text in forgotten)]


def _all(shortcut: Shortcut) -> list[str]:
    """Every key of a range: Ctrl+1 … Ctrl+0."""
    if " … " not in shortcut.keys:
        return [shortcut.keys]
    held = shortcut.first[:-1]
    return [f"{held}{digit}" for digit in "1234567890"]


class ShortcutSheet(QDialog):
    """All keys on one sheet, two columns of groups."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        found = sheet_of(parent)
        self.setObjectName("shortcut_sheet")
        self.setWindowTitle(self.tr("Phím tắt"))
        columns = QHBoxLayout(self)
        columns.setContentsMargins(24, 20, 24, 20)
        columns.setSpacing(32)
        for groups in ((GENERAL, RECORD), (FORM, LIST)):
            column = QVBoxLayout()
            column.setSpacing(8)
            for group in groups:
                heading = QLabel(GROUPS[group])
                heading.setProperty("kind", "heading")
                column.addWidget(heading)
                column.addLayout(_lines(group, found))
                column.addSpacing(8)
            column.addStretch()
            columns.addLayout(column)


def _lines(group: str, found: Sequence[Shortcut]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for line, shortcut in enumerate(each for each in found if each.group == group):
        keys = QLabel(shown_keys(shortcut.keys))
        keys.setProperty("kind", "key")
        grid.addWidget(keys, line, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(QLabel(shortcut.label), line, 1)
    return grid
