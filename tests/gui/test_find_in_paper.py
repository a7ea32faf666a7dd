"""Search in the paper on screen: what is found, where, and by which keys."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from giamngheo_desktop.gui.bus import Bus
from giamngheo_desktop.gui.jobs import InlineRunner
from giamngheo_desktop.gui.preview.finding import find
from giamngheo_desktop.gui.preview.paper import sizes
from giamngheo_desktop.gui.preview.pdf_view import PdfView
from giamngheo_desktop.gui.preview.zoom_bar import ZoomBar
from giamngheo_desktop.reports.document import Paragraph, ReportDoc, Run, Table
from giamngheo_desktop.reports.pdf import render_pdf
from tests.reports import papers

NAMES = ("Đặng Thị Ngữ", "Y’ Nhân Niê Kđăm", "Nguyễn Văn Đức", "Trần Thị Hoà")


def paper() -> ReportDoc:
    said = [Paragraph(runs=(Run(name),)) for name in NAMES]
    filler = Paragraph(runs=(Run("và các hộ khác trong thôn " * 220),))
    body = (*said, filler, Paragraph(runs=(Run("Ông Đặng Thị Ngữ ký tên."),)))
    return replace(papers.bc1(), body=body, landscape=False)


@pytest.fixture(scope="module")
def data() -> bytes:
    return render_pdf(paper()).data


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("thi ngu", 2),
        ("THỊ NGỮ", 2),
        ("Thị Ngứ", 0),
        ("  dang   thi ", 2),
        ("nguyen van duc", 1),
        ("tran thi hoa", 1),
        ("trần thị hòa", 0),
        ("y nhan", 1),
        ("y’ nhân", 1),
        ("   ", 0),
        ("xyz", 0),
    ],
)
def test_words_are_found_with_and_without_marks(data: bytes, words: str, count: int) -> None:
    assert len(find(data, words)) == count


def test_a_hit_lies_over_its_words(data: bytes) -> None:
    hits = find(data, "thi ngu")
    assert [hit.page for hit in hits] == [0, len(sizes(data)) - 1]
    with pypdfium2.PdfDocument(data) as pdf:
        for hit in hits:
            (box,) = hit.boxes
            text = pdf[hit.page].get_textpage().get_text_bounded(*box)
            assert text.strip() == "Thị Ngữ"


def test_words_over_two_lines_have_two_boxes() -> None:
    table = papers.bc1().tables[0]
    assert isinstance(table, Table)
    row = replace(table.rows[-1], labels=("1", "Thôn " + "Khe Nước Trong " * 5 + "Xa"))
    doc = replace(papers.bc1(), body=(replace(table, rows=(row,)),))
    (hit,) = find(render_pdf(doc).data, "thon " + "khe nuoc trong " * 5 + "xa")
    assert len(hit.boxes) > 1
    tops = [box[3] for box in hit.boxes]
    assert tops == sorted(tops, reverse=True)


@pytest.fixture
def shown(qtbot, data):
    runner = InlineRunner(Bus())
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    view = PdfView(runner, "view", "Bản in")
    bar = ZoomBar(view)
    box = QVBoxLayout(window)
    box.addWidget(bar)
    box.addWidget(view)
    view.show_paper(data, sizes(data))
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    return window, view, bar.find_bar


def test_ctrl_f_finds_goes_round_and_closes(qtbot, shown, data) -> None:
    window, view, bar = shown
    view.setFocus()
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert bar.isVisible()
    QTest.keyClicks(bar.words, "thi ngu")
    QTest.keyClick(bar.words, Qt.Key.Key_Return)  # does not wait for the pause
    count = bar.findChild(QLabel, "find_count")
    assert count.text() == "1/2"
    assert view.page == 0
    QTest.keyClick(bar.words, Qt.Key.Key_Return)
    assert count.text() == "2/2"
    assert view.page == len(sizes(data)) - 1
    QTest.keyClick(bar.words, Qt.Key.Key_Return)
    assert count.text() == "1/2"
    QTest.keyClick(bar.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert count.text() == "2/2"
    other = render_pdf(papers.bc1()).data
    view.show_paper(other, sizes(other))
    assert count.text() == "Không có"
    QTest.keyClick(bar.words, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert view.hasFocus()
    view.grab()


def test_the_bar_stays_inside_a_small_view(shown) -> None:
    window, view, bar = shown
    window.resize(320, 300)
    bar.open()
    assert view.rect().contains(bar.geometry())


@pytest.fixture(scope="module")
def long() -> bytes:
    """Two pages that hold a name, forty times."""
    with pypdfium2.PdfDocument(render_pdf(paper()).data) as two:
        whole = pypdfium2.PdfDocument.new()
        for _ in range(40):
            whole.import_pages(two)
    written = io.BytesIO()
    whole.save(written)
    whole.close()
    return written.getvalue()


def test_a_long_search_tells_how_far_it_is(long) -> None:
    told = []
    hits = find(long, "thi ngu", lambda found, done, pages: told.append((len(found), done, pages)))
    pages = len(sizes(long))
    assert len(hits) == 80
    assert len(told) > 2
    assert told[-1] == (80, pages, pages)
    assert 0 < told[0][0] < 80
    assert sorted(told) == told


def test_what_is_found_is_shown_while_the_search_goes_on(shown, long) -> None:
    _window, view, bar = shown
    view.show_paper(long, sizes(long))
    view.go_to_page(30)
    said = []
    count = bar.findChild(QLabel, "find_count")
    bar.open()
    view.place_changed.connect(lambda: said.append((count.text(), view.page)))
    QTest.keyClicks(bar.words, "thi ngu")
    QTest.keyClick(bar.words, Qt.Key.Key_Return)
    first, page = said[0]
    assert first.startswith("1/")
    assert "đang tìm" in first
    assert page == 0
    assert count.text() == "1/80"


def test_a_search_that_is_no_longer_wanted_ends(shown, long) -> None:
    _window, view, bar = shown
    view.show_paper(long, sizes(long))
    bar.open()
    bar.words.setText("thi ngu")
    view.go_to_page(30)
    view.place_changed.connect(bar.close_bar)  # as soon as something is seen
    bar._search()
    assert not bar.isVisible()
    assert bar._hits == ()


def test_the_line_of_a_hit_stands_below_its_words(shown, data) -> None:
    _window, view, bar = shown
    bar.open()
    bar.words.setText("thi ngu")
    bar._search()
    place = view._hit_places(0)[0].toAlignedRect()
    picture = view.viewport().grab().toImage()
    ink = QColor("#B45309")
    rows = [
        y
        for y in range(place.top() - 2, place.bottom() + 8)
        if picture.pixelColor(place.center().x(), y) == ink
    ]
    assert rows
    assert min(rows) > place.bottom()
