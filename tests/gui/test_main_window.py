"""The window: pages, rail, year, search, undo, notices, keys; and what it does not import."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from giamngheo_desktop.gui import icons, shortcuts
from giamngheo_desktop.gui.forms.options import Option
from giamngheo_desktop.gui.main_window import SMALLEST, MainWindow
from giamngheo_desktop.gui.messages import Tone
from giamngheo_desktop.gui.notice_bar import NoticeBar
from tests.harness.unikey import NAMES, press, telex

Key = Qt.Key
Control = Qt.KeyboardModifier.ControlModifier
PAGES = {
    "overview": "Tổng quan",
    "households": "Hộ gia đình",
    "review": "Rà soát",
    "targets": "Chỉ tiêu",
    "projects": "Dự án & hoạt động",
    "support": "Hỗ trợ & phân công",
    "reports": "Báo cáo",
    "exchange": "Gửi – nhận",
    "checks": "Soát số liệu",
    "settings": "Cài đặt",
}


class Stubborn(QWidget):
    """A page that lets the user go only when told to."""

    lets_go = False

    def may_leave(self):
        return self.lets_go


class Faulty(QWidget):
    """A page that cannot even say whether it lets the user go."""

    def may_leave(self):
        raise ZeroDivisionError


@pytest.fixture
def window(qtbot):
    window = MainWindow()
    qtbot.addWidget(window)
    for key, label in PAGES.items():
        page = Stubborn() if key == "review" else QWidget()
        QVBoxLayout(page).addWidget(QLineEdit())
        window.add_page(key, label, key, lambda page=page: page)
    window.page("review").lets_go = True
    window.set_unit("Ủy ban nhân dân xã Sơn Tây")
    window.set_years([2026, 2025, 2024], 2026, {2024: "đã khóa"})
    window.set_user("Đinh Thị Hoà")
    window.set_backup("Sao lưu 07:45", "done")
    window.show()
    window.activateWindow()
    return window


def hear(signal):
    heard = []
    signal.connect(lambda *args: heard.append(args[0] if args else None))
    return heard


def test_the_rail_opens_pages(qtbot, window):
    heard = hear(window.page_changed)
    for key in ("households", "settings", "settings"):
        qtbot.mouseClick(window.rail.buttons[key], Qt.MouseButton.LeftButton)
    assert heard == ["households", "settings"]
    assert window.page("settings").isVisible()
    assert [key for key, button in window.rail.buttons.items() if button.isChecked()] == [
        "settings"
    ]


def test_control_and_a_digit_open_pages(qtbot, window):
    for digit, key in zip("234567890", list(PAGES)[1:], strict=True):
        qtbot.keyClick(window, Key(ord(digit)), Control)
        assert window.page_key() == key


def test_the_rail_is_walked_by_arrows(qtbot, window):
    window.rail.buttons["overview"].setFocus()
    qtbot.keyClick(window.focusWidget(), Key.Key_Down)
    qtbot.keyClick(window.focusWidget(), Key.Key_Return)
    assert window.page_key() == "households"


def test_back_goes_to_the_page_before(qtbot, window):
    for key in ("households", "reports"):
        window.show_page(key)
    seen = []
    for _ in range(3):
        qtbot.keyClick(window, Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        seen.append(window.page_key())
    assert seen == ["households", "overview", "overview"]


def test_a_page_may_keep_the_user(qtbot, window):
    window.show_page("review")
    window.page("review").lets_go = False
    assert not window.show_page("reports")
    assert window.page_key() == "review"
    assert window.rail.buttons["review"].isChecked()
    years = hear(window.year_changed)
    window.top_bar.year.setCurrentIndex(1)
    window.top_bar.year.activated.emit(1)
    assert (years, window.top_bar.current_year()) == ([], 2026)
    assert not window.close()
    window.page("review").lets_go = True
    window.may_close = lambda: False
    assert not window.close()
    window.may_close = None
    assert window.close()


def test_a_page_that_fails_locks_nobody_in(window, said):
    window.add_page("faulty", "Hỏng", "review", Faulty)
    window.show_page("faulty")
    assert window.show_page("reports")
    window.show_page("faulty")
    assert window.close()
    assert [one.tone for one in said.shown] == [Tone.ERROR] * 2
    said.shown.clear()


def test_the_year_is_told_once_and_a_closed_one_says_so(qtbot, window):
    heard = hear(window.year_changed)
    for index in (2, 2):
        window.top_bar.year.setCurrentIndex(index)
        window.top_bar.year.activated.emit(index)
    assert heard == [2024]
    assert window.top_bar.year.currentText() == "2024 · đã khóa"


def test_the_search_asks_a_moment_after_the_last_key(qtbot, window):
    asked, chosen = hear(window.search_requested), hear(window.search_chosen)
    qtbot.keyClick(window, Key.Key_K, Control)
    box = window.top_bar.search
    assert window.focusWidget() is box
    qtbot.keyClicks(box, "dinh ret")
    assert asked == []
    qtbot.waitUntil(lambda: asked == ["dinh ret"], timeout=2000)
    window.offer_hits("dinh", [Option(1, "cũ")])
    assert not box.list_is_open
    window.offer_hits("dinh ret", [Option("a", "Đinh Văn Rết"), Option("b", "Đinh Thị Rết")])
    qtbot.keyClick(box, Key.Key_Down)
    qtbot.keyClick(box, Key.Key_Down)
    qtbot.keyClick(box, Key.Key_Return)
    assert (chosen, box.text()) == (["b"], "")


def test_enter_without_a_chosen_hit_submits_the_text(qtbot, window):
    window.focus_search()
    box = window.top_bar.search
    qtbot.keyClicks(box, "mang hin")
    with qtbot.waitSignal(window.search_submitted) as submitted:
        qtbot.keyClick(box, Key.Key_Return)
    assert submitted.args == ["mang hin"]
    qtbot.keyClick(box, Key.Key_Escape)
    assert box.text() == ""


def test_names_typed_with_unikey_arrive_whole_in_the_search(window):
    window.focus_search()
    for name in NAMES[:20]:
        window.top_bar.search.clear()
        for keys in telex(name):
            press(window.top_bar.search, keys)
        assert window.top_bar.search.text() == name


def test_control_k_works_from_inside_an_input(qtbot, window):
    edit = window.page("overview").findChild(QLineEdit)
    edit.setFocus()
    qtbot.keyClick(edit, Key.Key_K, Control)
    assert window.focusWidget() is window.top_bar.search


def test_undo_says_what_it_undoes(qtbot, window):
    heard = hear(window.undo_requested)
    qtbot.keyClick(window, Key.Key_Z, Control)
    assert heard == []
    window.set_undo("Lưu hộ Đinh Văn Rết")
    assert window.undo_action.text() == "&Hoàn tác: Lưu hộ Đinh Văn Rết"
    qtbot.keyClick(window, Key.Key_Z, Control)
    assert len(heard) == 1


def test_a_notice_is_not_modal_and_offers_undo(qtbot, window):
    window.page("overview").findChild(QLineEdit).setFocus()
    before = window.focusWidget()
    window.notify("Đã lưu hộ.", undo=True)
    assert window.focusWidget() is before
    assert window.notice.isVisible()
    heard = hear(window.undo_requested)
    window.findChild(QPushButton, "notice_undo").click()
    assert (len(heard), window.notice.isVisible()) == (1, False)
    window.notify("Đã xuất tệp.", action="open", label="Mở thư mục")
    with qtbot.waitSignal(window.notice_action) as pressed:
        window.findChild(QPushButton, "notice_action").click()
    assert pressed.args == ["open"]


def test_a_long_notice_wraps_inside_the_window(window):
    window.resize(SMALLEST)
    window.notify("Đã lưu hộ Đinh Văn Y Rết, thôn Xóm Đồng Bàu Trên. " * 6, undo=True)
    notice = window.findChild(NoticeBar)
    assert notice.parentWidget().rect().contains(notice.geometry())
    assert notice.text.height() >= notice.text.heightForWidth(notice.text.width())


def test_a_badge_counts_and_says_what(window):
    window.set_badge("review", 62, "62 hộ chưa rà soát")
    button = window.rail.buttons["review"]
    assert (button.count, button.toolTip()) == (62, "62 hộ chưa rà soát")
    assert button.accessibleName() == "Rà soát, 62 hộ chưa rà soát"
    window.set_badge("review", 0, "")
    assert button.accessibleName() == "Rà soát"


@pytest.mark.parametrize("percent", [100, 150])
def test_nothing_is_clipped_at_the_smallest_size(qtbot, qapp, look, window, percent):
    assert SMALLEST.width() <= 911  # a screen of 1366×768 at 150 %
    assert SMALLEST.height() <= 512 - 72  # with its task bar and the title of the window
    look.apply(qapp, percent=percent)
    window.resize(1080, 540)
    qapp.processEvents()
    assert (window.width(), window.height()) == (1080, 540)
    for button in window.rail.buttons.values():
        assert button.width() >= button.sizeHint().width()
        if percent == 100:
            place = QRect(button.mapTo(window, QPoint()), button.size())
            assert window.rect().contains(place)
    bar = window.top_bar
    for widget in (bar.year, bar.search, bar.backup, bar.user, bar.menu_button):
        assert bar.rect().contains(widget.geometry()), widget.objectName()
        least = widget.minimumWidth() or widget.sizeHint().width()
        assert widget.width() >= least, widget.objectName()
    assert bar.unit.width() >= 90


def test_the_sheet_shows_every_key_once(qtbot, window):
    qtbot.keyClick(window, Key.Key_Slash, Control)
    sheet = window.findChild(QWidget, "shortcut_sheet")
    shown = [label.text() for label in sheet.findChildren(QLabel)]
    found = shortcuts.sheet_of(window)
    assert {"search", "undo", "help", "sheet", "next_field"} <= {each.code for each in found}
    for shortcut in found:
        assert shortcut.label in shown
        assert shortcuts.shown_keys(shortcut.keys) in shown
    sheet.close()


def test_no_key_is_taken_twice(window):
    keys = [action.shortcut().toString() for action in window.actions()]
    taken = [key for key in keys if key]
    assert len(taken) == len(set(taken)) >= 15
    letters = [action.text() for menu in window.menus.values() for action in menu.actions()]
    assert all(text for text in letters if text is not None) or letters
    for menu in window.menus.values():
        marks = [text[text.index("&") + 1] for a in menu.actions() if "&" in (text := plain(a))]
        assert len(marks) == len(set(marks))


def plain(action: QAction) -> str:
    return action.text().replace("&&", "").lower()


def test_every_key_of_the_table_is_a_key_qt_knows():
    for shortcut in shortcuts.TABLE:
        if "…" not in shortcut.keys and " / " not in shortcut.keys:
            sequence = QKeySequence(shortcut.keys)
            assert sequence.toString(), shortcut.code
    assert len({shortcut.code for shortcut in shortcuts.TABLE}) == len(shortcuts.TABLE)


def test_icons_of_the_rail_exist():
    assert set(PAGES) <= set(icons.names())


HEAVY = ("sqlalchemy", "alembic", "reportlab", "openpyxl", "docx", "sqlite3", "pypdfium2")
CHILD = f"""
import sys
import giamngheo_desktop.gui.main_window, giamngheo_desktop.gui.charts
import giamngheo_desktop.gui.forms.form_view, giamngheo_desktop.gui.table.table_view
import giamngheo_desktop.gui.jobs
print([name for name in {HEAVY!r} if name in sys.modules])
"""


def test_the_window_imports_nothing_heavy():
    child = subprocess.run(
        [sys.executable, "-c", CHILD], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert child.stdout.strip() == "[]"


@pytest.mark.parametrize("vanish", ["setEnabled", "setVisible"])
def test_the_keyboard_never_falls_to_the_year(window, vanish):
    """Who had it is gone; the nearest of the page takes over, and ↓ changes no year."""
    heard = hear(window.year_changed)
    page = window.page("overview")
    field, alone = page.findChild(QLineEdit), QPushButton("Cấp")
    page.layout().addWidget(alone)
    alone.show()
    alone.setFocus()
    assert window.focusWidget() is alone
    getattr(alone, vanish)(False)
    assert window.focusWidget() is field
    getattr(field, vanish)(False)
    assert window.focusWidget() is window.pages
    year = window.top_bar.year
    year.setFocus()
    for key in (Key.Key_2, Key.Key_PageDown, Key.Key_End, Key.Key_Down):
        QTest.keyClick(year, key)
    assert (heard, window.top_bar.current_year()) == ([], 2026)
    assert year.view().isVisible()
    year.hidePopup()


WALK = """
import gc
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.main_window import _nearest
from giamngheo_desktop.gui.parts import scrolled

app = QApplication(["test", "-platform", "offscreen"])
inside, flow, buttons = QWidget(), Flow(4), [QPushButton(str(at)) for at in range(4)]
for one in buttons:
    flow.addWidget(one)
QVBoxLayout(inside).addLayout(flow)
pages = QStackedWidget()
pages.addWidget(scrolled(inside))
_nearest(buttons[0], QWidget())  # as the keyboard looks for its next place: all is hidden
gc.collect()
pages.show()
for width in (200, 90):
    pages.resize(width, 200)
    app.processEvents()
assert flow.itemAt(0).geometry().width() > 0
buttons[1].deleteLater()
app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
assert flow.count() == 3
flow.removeWidget(buttons[2])
assert flow.count() == 2
pages.deleteLater()
app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
gc.collect()
print("alive")
"""


def test_a_flow_outlives_whoever_walks_up_past_a_scroll_area():
    """What Qt made of it was invalid then, and the next layout killed the program."""
    child = subprocess.run(
        [sys.executable, "-c", WALK], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert child.stdout.strip() == "alive", child.stderr
