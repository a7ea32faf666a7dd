"""Lists: the model is sound, 50,000 rows are quick, blocks go to Excel and come back."""

from __future__ import annotations

import time
from collections import namedtuple
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from giamngheo_desktop.gui.table import clipboard
from giamngheo_desktop.gui.table.chip_delegate import PADDING, chip_size, wrapped_chip
from giamngheo_desktop.gui.table.clipboard import Cell
from giamngheo_desktop.gui.table.column import Align, Column, as_decimal, as_number, number_column
from giamngheo_desktop.gui.table.row_model import ID_ROLE, RAW_ROLE, RowTableModel
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.gui.table.wrapped_table import WrappedRows

COLUMNS = (
    Column(key="head", title="Chủ hộ", width=200, sort="sort_key", stretch=True),
    Column(key="number", title="Số CCCD", width=130, code=True),
    number_column("members", "Số nhân khẩu", sort="members"),
    Column(key="area", title="Diện tích", align=Align.RIGHT, format=as_decimal(1)),
    Column(key="day", title="Ngày rà soát"),
    Column(key="class_", title="Phân loại", chip=lambda value: value or "unknown"),
)
Household = namedtuple("Household", "uid class_ head number members area day")


def rows(count):
    return [
        Household(
            UUID(int=number + 1),
            "poor" if number % 3 else "near_poor",
            f"Nguyễn Thị Hoà {number}",
            f"0{number:011d}",
            None if number == 1 else number,
            85,
            date(2025, 11, 9),
        )
        for number in range(count)
    ]


@pytest.fixture
def view(qtbot, qapp):
    view = TableView(COLUMNS, "households", "Danh sách hộ")
    qtbot.addWidget(view)
    view.resize(900, 400)
    view.show()
    return view


def select(view, *cells):
    model = view.selectionModel()
    model.clear()
    for row, column in cells:
        model.select(view.rows.index(row, column), QItemSelectionModel.SelectionFlag.Select)


def copied():
    return QGuiApplication.clipboard().text()


def test_the_model_is_sound(qtmodeltester):
    model = RowTableModel(COLUMNS)
    model.set_rows(rows(20))
    qtmodeltester.check(model)
    model.remove_row(UUID(int=3))
    model.set_rows([])
    qtmodeltester.check(model)


def test_cells_give_text_id_and_raw_value():
    model = RowTableModel(COLUMNS)
    model.set_rows(rows(3))
    index = model.index(2, 3)
    assert (index.data(), index.data(ID_ROLE), index.data(RAW_ROLE)) == ("8,5", UUID(int=3), 85)
    assert model.index(0, 2).data() == "0"
    assert model.index(1, 2).data() == "–"  # no data does not look like zero
    assert model.index(0, 4).data() == "09/11/2025"
    assert model.index(2, 2).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight


def test_plain_tuples_are_read_by_place():
    model = RowTableModel(COLUMNS[:2])
    model.set_rows([(UUID(int=9), "Đào Thị Ửng", "001")])
    assert [model.text(0, 0), model.text(0, 1)] == ["Đào Thị Ửng", "001"]


def test_one_row_is_replaced_or_removed():
    model = RowTableModel(COLUMNS)
    model.set_rows(rows(3))
    assert model.replace_row(rows(3)[1]._replace(head="Lê Văn Tám"))
    assert model.text(1, 0) == "Lê Văn Tám"
    assert model.remove_row(UUID(int=1))
    assert [model.text(row, 0) for row in range(2)] == ["Lê Văn Tám", "Nguyễn Thị Hoà 2"]
    assert not model.remove_row(UUID(int=77))
    assert not model.replace_row(rows(9)[8])


def test_fifty_thousand_rows_show_quickly(view, qapp):
    many = rows(50_000)
    best = 10.0
    for _ in range(3):  # the machine may be busy with other things once
        start = time.perf_counter()
        view.set_rows(many)
        view.grab()
        best = min(best, time.perf_counter() - start)
    assert best < 0.150


def test_enter_and_double_click_open_the_record(view, qtbot):
    view.set_rows(rows(5))
    view.go_to(UUID(int=3))
    with qtbot.waitSignal(view.row_opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [UUID(int=3)]
    place = view.visualRect(view.rows.index(1, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(view.row_opened) as opened:
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == [UUID(int=2)]


def test_home_and_end_go_to_the_first_and_last_row(view, qtbot):
    view.set_rows(rows(1000))
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.current_uid() == UUID(int=1000)
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.current_uid() == UUID(int=1)


def test_a_block_is_copied_for_excel(view, qtbot):
    view.set_rows(rows(1300))
    select(view, (1250, 0), (1250, 2), (1251, 2))
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied() == "Nguyễn Thị Hoà 1250\t1250\n\t1251"
    html = QGuiApplication.clipboard().mimeData().html()
    assert '<td x:num="1250">1.250</td>' in html


def test_codes_stay_text_and_decimals_and_dates_are_true_values():
    assert "\\@" in Cell("001099000123", "001099000123", code=True).html
    assert 'x:num="8.5"' in Cell("8,5", 85).html
    assert Cell("1.234,5", 12345).plain == "1234,5"
    assert "2025-11-09" in Cell("09/11/2025", date(2025, 11, 9)).html
    assert "\\@" in Cell("=SUM(A1)", "=SUM(A1)").html
    assert Cell("–", None).plain == "–"
    assert Cell("1.234", 1234, code=True).plain == "1.234"


def test_copied_columns_stand_as_on_screen(view):
    view.set_rows(rows(2))
    view.heading.moveSection(2, 0)
    view.setColumnHidden(1, True)
    view.selectRow(0)
    view.copy()
    assert copied().split("\t") == ["0", "Nguyễn Thị Hoà 0", "8,5", "09/11/2025", "near_poor"]


def test_a_pasted_block_is_handed_to_the_owner(view, qtbot):
    QGuiApplication.clipboard().setText('Lê Văn A\t5\r\n"hai\ndòng"\t7\r\n')
    with qtbot.waitSignal(view.paste_requested) as pasted:
        qtbot.keyClick(view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert pasted.args == [[["Lê Văn A", "5"], ["hai\ndòng", "7"]]]


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("", []),
        ("a", [["a"]]),
        ('5"\tx\ny', [['5"', "x"], ["y"]]),
        ("a\t\tb\r\n", [["a", "", "b"]]),
    ],
)
def test_blocks_are_read_as_excel_writes_them(text, block):
    assert clipboard.from_text(text) == block


def test_what_is_copied_can_be_pasted():
    cells = [[Cell('tab\t"x"'), Cell("a\nb")], [Cell(""), Cell("Đỗ")]]
    text = clipboard.to_clipboard(cells).text()
    assert clipboard.from_text(text) == [['tab\t"x"', "a\nb"], ["", "Đỗ"]]


def test_a_heading_asks_for_the_order_and_turns_it(view, qtbot):
    view.set_rows(rows(3))
    asked = []
    view.sort_requested.connect(lambda *args: asked.append(args))
    header = view.heading.viewport()
    for column in (0, 0, 1, 2):
        x = view.heading.sectionViewportPosition(column) + 20
        qtbot.mouseClick(header, Qt.MouseButton.LeftButton, pos=QPoint(x, 8))
    assert asked == [("sort_key", False), ("sort_key", True), ("members", False)]


def test_the_heading_chooses_columns_but_never_hides_all(view):
    for action in view.heading.menu().actions()[:5]:
        action.trigger()
    assert [view.isColumnHidden(at) for at in range(6)] == [True] * 5 + [False]
    assert not view.heading.menu().actions()[5].isEnabled()
    view.heading.menu().actions()[-1].trigger()
    assert not any(view.isColumnHidden(at) for at in range(6))


def test_a_layout_can_be_kept_and_taken_up(view, qtbot):
    view.heading.moveSection(5, 0)
    view.setColumnHidden(1, True)
    state = view.layout_state()
    other = TableView(COLUMNS, "other", "Danh sách")
    qtbot.addWidget(other)
    other.restore_layout(state)
    assert other.layout_state() == state
    assert state["order"][0] == "class_"
    other.restore_layout({"hidden": ["gone"], "order": ["gone"], "widths": {"gone": 3}})
    assert other.layout_state()["hidden"] == []


def test_the_cursor_stays_on_its_record_after_a_refresh(view):
    view.set_rows(rows(100))
    view.go_to(UUID(int=60))
    view.set_rows(rows(100)[30:])
    assert view.current_uid() == UUID(int=60)
    view.set_rows(rows(10))
    assert view.current_uid() is None


def test_selected_records_or_else_the_current_one(view):
    view.set_rows(rows(5))
    view.go_to(UUID(int=2))
    view.clearSelection()
    assert view.selected_uids() == [UUID(int=2)]
    select(view, (4, 0), (0, 1), (0, 2))
    assert view.selected_uids() == [UUID(int=1), UUID(int=5)]


def test_an_empty_list_says_what_to_do(view, qtbot):
    view.say_empty("Chưa có hộ nào trong sổ.", {"import": "Nhập từ Excel", "add": "Thêm hộ"})
    view.set_rows([])
    assert view.empty.isVisible()
    with qtbot.waitSignal(view.empty_action) as chosen:
        view.empty.findChild(QPushButton, "import").click()
    assert chosen.args == ["import"]
    view.set_rows(rows(1))
    assert not view.empty.isVisible()


def test_a_narrow_heading_has_the_lines_it_needs(qtbot):
    made = TableView((Column(key="sent", title="Số lần gửi"),), "sent", "Số lần")
    qtbot.addWidget(made)
    made.show()
    made.heading.blockSignals(True)  # it keeps the width it is given
    heights = []
    for width in (200, 46):  # each word on a line of its own
        made.setColumnWidth(0, width)
        heights.append(made.heading.sizeHint().height())
    assert heights[1] >= heights[0] + 2 * made.heading.fontMetrics().height()


def test_long_headings_wrap_instead_of_being_cut(qtbot, view):
    one = view.heading.sizeHint().height()
    title = "Thu nhập bình quân đầu người một tháng trong năm rà soát"
    long = TableView((Column(key="x", title=title, width=120), COLUMNS[0]), "long", "x")
    qtbot.addWidget(long)
    long.resize(400, 300)
    long.show()
    assert long.heading.height() >= long.heading.sizeHint().height() > 2.5 * (one - 14)


def test_letters_do_not_move_the_cursor(view, qtbot):
    view.set_rows(rows(5))
    view.go_to(UUID(int=1))
    qtbot.keyClicks(view, "n5 ")
    assert view.current_uid() == UUID(int=1)


def test_formatters_tell_zero_from_nothing():
    assert (as_number(0), as_number(None), as_number(1_234_567)) == ("0", "–", "1.234.567")
    assert (as_decimal(2)(206), as_decimal(2)(None)) == ("2,06", "–")


def test_what_is_cut_takes_the_room_to_spare_first(qtbot):
    narrow = Column(key="about", title="Về", width=40)
    wide = Column(key="new", title="Sau", width=80, stretch=True)
    table = TableView((narrow, wide), "spare", "Bảng")
    qtbot.addWidget(table)
    table.resize(700, 200)
    table.show()
    table.set_rows([(UUID(int=1), "Năm 2026, Chuẩn nghèo 2022–2026", "có")])
    assert table.columnWidth(0) >= table._wanted[0] > 80
    table.resize(120, 200)
    assert table.columnWidth(0) == 80  # no room: as before


def test_a_record_above_others_is_measured_in_its_bold_letters(qtbot):
    table = TableView((Column(key="name", title="Tên", width=200),), "bold", "Bảng")
    qtbot.addWidget(table)
    table.set_rows([(UUID(int=1), "Nông thôn mới")])
    plain = table._wanted[0]
    table.rows.headings = frozenset({UUID(int=1)})
    table.set_rows([(UUID(int=1), "Nông thôn mới")])
    assert table._wanted[0] > plain


def test_a_heading_stands_in_one_line_where_there_is_room(qtbot):
    columns = (
        Column(key="old", title="Trong sổ", width=70),
        Column(key="new", title="Sẽ ghi", width=108, stretch=True),
    )
    table = TableView(columns, "titles", "Bảng")
    qtbot.addWidget(table)
    table.resize(400, 200)
    table.show()
    one_line = table.heading.fontMetrics().height() + 14
    for found in ([], [(UUID(int=1), "", "Nguyễn Văn An")]):
        table.set_rows(found)
        assert table.heading.height() <= one_line


def test_the_end_of_one_text_makes_nobody_scroll(qtbot):
    columns = (
        Column(key="name", title="Tên", width=100),
        Column(key="what", title="Việc sẽ làm", width=110, stretch=True, tip=str),
    )
    for kind in (TableView, WrappedRows):
        table = kind(columns, "squeeze", "Bảng")
        qtbot.addWidget(table)
        table.resize(250, 200)
        table.show()
        table.set_rows([(UUID(int=1), "Nguyễn An", "người mới của hộ; 1 ô không nhận được")])
        assert table.horizontalScrollBar().maximum() == 0
        assert table.columnWidth(0) >= table._wanted[0] or kind is WrappedRows


def test_a_long_text_that_wraps_has_more_room_than_a_short_one(qtbot):
    columns = tuple(Column(key=key, title="Cột", width=60, tip=str) for key in "abc")
    table = WrappedRows(columns, "lines", "Bảng")
    qtbot.addWidget(table)
    table.resize(330, 200)
    table.show()
    text = "Xóm 10, đường vào suối, cạnh nhà văn hóa thôn"
    table.set_rows([(UUID(int=1), "Nguyễn Thùy Anh", text, "Trong sổ (mới hơn)")])
    assert table.columnWidth(1) > 1.2 * max(table.columnWidth(0), table.columnWidth(2))


def test_a_word_that_is_too_long_goes_on_in_the_next_line(qtbot):
    columns = (
        Column(key="file", title="Tệp", width=90, tip=str),
        Column(key="said", title="Kết quả", width=90, stretch=True, tip=str),
    )
    table = WrappedRows(columns, "files", "Tệp")
    qtbot.addWidget(table)
    name = "GoiSoLieu_2026_Tinh_20261122_XaHuongKheThuong.xlsx"
    table.set_rows([(UUID(int=1), name, "Được")])
    table.resize(240, 300)
    table.show()
    room, metrics = table.columnWidth(0) - 2 * PADDING, table.fontMetrics()
    lines = -(-metrics.horizontalAdvance(name) // room)
    assert lines > 1
    assert table.rowHeight(0) >= lines * metrics.height()


def test_a_chip_is_never_cut_and_no_word_breaks_where_columns_can_give_way(qtbot):
    columns = (
        Column(key="name", title="Chỉ tiêu", width=120, stretch=True, tip=str),
        number_column("now", "Hôm nay", 60),
        Column(key="forecast", title="Dự báo", width=60, gives_way=True),
        Column(key="state", title="Đánh giá", width=120, chip=lambda _: "open", tip=str),
    )
    table = WrappedRows(columns, "states", "Bảng")
    qtbot.addWidget(table)
    table.resize(310, 200)
    table.show()
    state = "Chưa đạt, dự báo không đạt (phấn đấu)"
    name = "Số hộ nghèo giảm, không kể các hộ chuyển nơi khác (thuần)"
    table.set_rows([(UUID(int=1), name, 9, "5", state)])
    assert table.isColumnHidden(2)
    assert table.horizontalScrollBar().maximum() == 0
    metrics, room = table.fontMetrics(), table.columnWidth(0) - 2 * PADDING
    assert room >= max(map(metrics.horizontalAdvance, name.split()))
    inside = table.columnWidth(3) - 2 * PADDING
    assert all(chip_size(word, table.font()).width() <= inside for word in state.split())
    assert wrapped_chip(state, table.font(), inside).height() <= table.rowHeight(0)
    table.resize(900, 200)
    assert not table.isColumnHidden(2)
    assert wrapped_chip(state, table.font(), table.columnWidth(3) - 2 * PADDING) == chip_size(
        state, table.font()
    )
