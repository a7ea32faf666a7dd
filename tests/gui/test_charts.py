"""Charts: no text is clipped at any size, values are right, bars can be pressed and reached."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QPushButton

from giamngheo_desktop.gui.charts import Bar, Goal, Part, ProgressBars, VillageBars, YearStacks
from giamngheo_desktop.gui.targets.month_chart import Month, MonthColumns, Promised

LONG = "Thôn Xóm Đồng Bàu Trên – khu tái định cư số 2"
SERIES = ("Hộ nghèo", "Hộ cận nghèo theo chuẩn nghèo đa chiều giai đoạn 2022–2026")


def village_bars():
    chart = VillageBars("villages", "Theo thôn")
    chart.set_bars(
        [
            Bar(LONG, (Part(12, 0, "p1"), Part(30, 1, "n1"))),
            Bar("Gò Da", (Part(0, 0, "p2"), Part(5, 1, "n2"))),
            Bar("Cà La", (Part(1_250, 0, "p3"), Part(0, 1, "n3")), "1.250 hộ"),
            Bar("Không có", (Part(0), Part(0, 1))),
        ],
        SERIES,
    )
    return chart


def year_stacks():
    chart = YearStacks("years", "Qua các năm")
    bars = [
        Bar(str(2021 + at), (Part(900 - 100 * at, 0), Part(3 * at, 1)), payload=2021 + at)
        for at in range(6)
    ]
    chart.set_years(bars, SERIES)
    return chart


def progress_bars():
    chart = ProgressBars("goals", "So với chỉ tiêu")
    chart.set_goals(
        [
            Goal("Giảm hộ nghèo", 9, 15, "poor"),
            Goal(f"Hỗ trợ nhà ở cho hộ nghèo ở {LONG}", 20, 10, "housing"),
            Goal("Việc làm", 3, None, "jobs"),
            Goal("Chưa làm gì", 0, 5),
        ]
    )
    return chart


def month_columns():
    """A fall in households: it was a rise in spring."""
    chart = MonthColumns("months", "Theo tháng")
    values = [0, -3, -1.5, None, 4, 12, 16.25]
    months = [
        Month(f"T{at}", value, "" if value is None else f"{value:+}", f"m{at}")
        for at, value in enumerate(values, 1)
    ]
    chart.set_months(months, Promised(16, "Chỉ tiêu phấn đấu đến hết năm: 16 hộ nghèo"))
    return chart


CHARTS = pytest.mark.parametrize("make", [village_bars, year_stacks, progress_bars, month_columns])


@pytest.fixture
def shown(qtbot):
    def show(chart, width=520):
        qtbot.addWidget(chart)
        chart.resize(width, 100)
        chart.show()
        chart.resize(width, chart.minimumHeight())
        return chart

    return show


@CHARTS
@pytest.mark.parametrize("percent", [90, 100, 150])
@pytest.mark.parametrize("width", [240, 330, 520, 1100])
def test_no_text_is_clipped_and_none_covers_another(qapp, look, shown, make, width, percent):
    look.apply(qapp, percent=percent)
    chart = shown(make(), width)
    room = QRectF(chart.rect())
    places = []
    for text in chart.plan.texts:
        metrics = QFontMetricsF(chart.font_of(bold=text.bold, small=text.small))
        needed = metrics.boundingRect(text.place, text.flags, text.text)
        assert text.place.adjusted(-1, -1, 1, 1).contains(needed), text.text
        assert room.adjusted(-1, -1, 1, 1).contains(text.place), text.text
        crossed = [
            other for other, place in places if place.intersects(needed.adjusted(1, 1, -1, -1))
        ]
        assert not crossed, (text.text, crossed)
        places.append((text.text, needed))
    for shape in chart.plan.shapes:
        assert room.adjusted(-1, -1, 1, 1).contains(shape.place)
    chart.grab()


def texts(chart):
    return [text.text for text in chart.plan.texts]


def test_bars_show_their_values_and_lengths(shown):
    chart = shown(village_bars())
    assert {"42", "5", "1.250 hộ", "0"} <= set(texts(chart))
    lengths = [shape.place.width() for shape in chart.plan.shapes[2:]]  # after the legend
    assert lengths == pytest.approx([lengths[3] * n / 1250 for n in (12, 30, 5, 1250)])


def test_stacks_show_sums_above_and_values_inside_where_they_fit(shown):
    chart = shown(year_stacks())
    assert {"900", "803", "800", "415", "400"} <= set(texts(chart))
    assert "3" not in texts(chart)  # too thin a piece: said in the tip instead
    assert any(said.endswith(": 3") for _, _, said in chart.plan.hits)


def test_months_stand_above_and_below_nought_and_what_is_not_known_has_no_column(shown):
    chart = shown(month_columns())
    assert {"T4", "-3", "+16.25"} <= set(texts(chart))
    line, *columns, nought, promised = chart.plan.shapes
    assert len(columns) == 6
    assert line.place.height() == promised.place.height()
    assert columns[1].place.top() == pytest.approx(nought.place.top())
    assert columns[-1].place.bottom() == pytest.approx(nought.place.top())
    assert columns[-1].place.top() < promised.place.top() < columns[-2].place.top()


def test_progress_is_told_in_words_and_never_overflows(shown):
    chart = shown(progress_bars())
    assert {"9 trên 15", "20 trên 10", "3, chưa đặt chỉ tiêu", "0 trên 5"} <= set(texts(chart))
    assert max(shape.place.right() for shape in chart.plan.shapes) <= chart.width()


@CHARTS
def test_a_press_tells_the_payload_of_the_bar(qtbot, shown, make):
    chart = shown(make())
    for place, payload, _ in chart.plan.hits:
        if place.height() < 1 or place.width() < 1:
            continue
        with qtbot.waitSignal(chart.clicked) as clicked:
            point = place.center().toPoint()
            qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=point)
        assert clicked.args[0] == payload


def test_a_press_beside_the_bars_tells_nothing(qtbot, shown):
    chart = shown(village_bars())
    heard = []
    chart.clicked.connect(heard.append)
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(chart.width() - 1, 1))
    assert heard == []


def test_bars_are_reached_by_keyboard_and_screen_reader(qtbot, shown):
    chart = shown(village_bars())
    heard = []
    chart.clicked.connect(heard.append)
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert heard == ["n1"]
    assert f"{LONG} – Hộ nghèo: 12" in chart.accessibleDescription()


@pytest.mark.parametrize("kind", [VillageBars, YearStacks, ProgressBars, MonthColumns])
def test_without_data_it_says_what_would_be_here(qtbot, shown, kind):
    chart = shown(kind("x", "Biểu đồ"))
    chart.say_empty("Chưa có hộ nào được rà soát.", {"review": "Mở rà soát"})
    assert chart.empty.isVisible()
    with qtbot.waitSignal(chart.empty.action_chosen):
        chart.empty.findChild(QPushButton, "review").click()


def test_all_zero_is_drawn_as_zero(shown):
    chart = VillageBars("x", "x")
    chart.set_bars([Bar("Gò Da", (Part(0),)), Bar("Cà La", (Part(0),))])
    shown(chart)
    assert texts(chart).count("0") == 2
    assert not chart.empty.isVisible()
