"""Both themes are readable (ratios computed), scale, and every icon draws in the theme's colour."""

from __future__ import annotations

import itertools
import re
from dataclasses import fields

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon
from PySide6.QtWidgets import QPushButton

from giamngheo_desktop import paths
from giamngheo_desktop.gui import icons, preferences
from giamngheo_desktop.gui.colours import DARK, LIGHT, contrast, luminance
from giamngheo_desktop.gui.style_sheet import SHEET

THEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)


def inks_of(pixmap):
    """The colours of all pixels that are fully covered."""
    image = pixmap.toImage()
    places = itertools.product(range(image.width()), range(image.height()))
    pixels = [image.pixelColor(x, y) for x, y in places]
    return {pixel.name() for pixel in pixels if pixel.alpha() > 250}


def near(one, other):
    first, second = QColor(one), QColor(other)
    parts = zip(first.getRgb(), second.getRgb(), strict=True)
    return all(abs(part - other_part) <= 3 for part, other_part in parts)


def test_contrast_follows_the_published_formula():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@THEMES
@pytest.mark.parametrize("ground", ["surface", "raised", "accent_soft", "selection", "window"])
def test_text_of_tables_reaches_seven_to_one(tokens, ground):
    assert contrast(tokens.text, getattr(tokens, ground)) >= 7


@THEMES
@pytest.mark.parametrize("ground", ["surface", "raised"])
def test_soft_text_of_table_headers_reaches_seven_to_one(tokens, ground):
    assert contrast(tokens.text_soft, getattr(tokens, ground)) >= 7


@THEMES
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("text_soft", "window"),
        ("text_soft", "accent_soft"),
        ("text_faint", "surface"),
        ("text_faint", "raised"),
        ("accent", "surface"),
        ("accent", "window"),
        ("accent", "accent_soft"),
        ("on_accent", "accent"),
        ("on_accent", "accent_hover"),
        ("danger", "surface"),
        ("danger", "window"),
        ("danger", "danger_soft"),
        ("text", "danger_soft"),
        ("warning", "surface"),
        ("warning", "window"),
        ("warning", "warning_soft"),
        ("text_soft", "border"),
        ("text", "warning_soft"),
        ("good", "surface"),
        ("good", "good_soft"),
        ("rail_text", "rail"),
        ("rail_text", "rail_hover"),
        ("rail_text_chosen", "rail_chosen"),
        ("on_rail_badge", "rail_badge"),
        ("on_notice", "notice"),
        ("notice_link", "notice"),
    ],
)
def test_all_other_text_reaches_four_and_a_half_to_one(tokens, ink, ground):
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


@THEMES
def test_frames_of_inputs_reach_three_to_one(tokens):
    for ground in (tokens.surface, tokens.raised, tokens.window):
        assert contrast(tokens.border_strong, ground) >= 3
        assert contrast(tokens.accent, ground) >= 3


@THEMES
def test_chips_are_readable_and_classes_differ_in_grey(tokens):
    for name, chip in tokens.chips.items():
        assert contrast(chip.text, chip.fill) >= 7, name
    classes = [tokens.chips[name] for name in ("poor", "near_poor", "average")]
    greys = [luminance(chip.fill) for chip in classes]
    assert all(abs(one - two) > 0.02 for one in greys for two in greys if one is not two)
    for one, two in itertools.pairwise(classes):
        assert contrast(one.fill, two.fill) >= 1.25


@THEMES
def test_values_on_bars_are_readable_and_neighbours_differ_in_grey(tokens):
    assert len(tokens.series) == len(tokens.on_series)
    for fill, ink in zip(tokens.series, tokens.on_series, strict=True):
        assert contrast(fill, ink) >= 4.5
    for one, two in itertools.pairwise(tokens.series):
        assert contrast(one, two) >= 1.5


def test_the_style_sheet_uses_only_known_names_and_no_colour_of_its_own(qapp, look):
    look.apply(qapp)
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b", SHEET)  # colours come from the tokens
    used = {name for name in (field.name for field in fields(LIGHT)) if f"${name}" in SHEET}
    assert {"surface", "accent", "danger", "rail"} <= used


@pytest.mark.parametrize("dark", [False, True])
def test_the_look_is_put_on_without_a_complaint(qapp, qtbot, look, dark):
    look.apply(qapp, dark=dark)
    button = QPushButton("Lưu")
    qtbot.addWidget(button)
    button.show()
    assert qapp.palette().window().color() == QColor(look.tokens.window)


@pytest.mark.parametrize(("asked", "points"), [(50, 9.45), (90, 9.45), (150, 15.75), (400, 15.75)])
def test_the_text_size_stays_within_what_is_offered(qapp, look, asked, points):
    look.apply(qapp, percent=asked)
    assert qapp.font().pointSizeF() == pytest.approx(points)
    look.apply(qapp)


def test_the_font_has_every_vietnamese_letter_and_equal_figures(qapp, look):
    look.apply(qapp)
    metrics = QFontMetrics(QFont(look.family))
    letters = "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
    assert all(metrics.inFontUcs4(ord(letter)) for letter in letters + letters.upper())
    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_every_icon_is_drawn_in_the_colour_of_the_theme(qapp, look):
    assert len(icons.names()) > 40
    for dark in (False, True):
        look.apply(qapp, dark=dark)
        for name in icons.names():
            inks = inks_of(icons.icon(name).pixmap(QSize(48, 48)))
            assert inks, name
            assert all(near(ink, look.tokens.text) for ink in inks), name
    look.apply(qapp)


def test_an_icon_is_sharp_on_a_scaled_screen(qapp, look):
    look.apply(qapp)
    drawn = icons.icon("households").pixmap(QSize(20, 20), 1.5)
    assert (drawn.width(), drawn.devicePixelRatio()) == (30, 1.5)


def test_a_disabled_icon_is_faint(qapp, look):
    look.apply(qapp)
    inks = inks_of(icons.icon("menu").pixmap(QSize(48, 48), QIcon.Mode.Disabled))
    assert all(near(ink, look.tokens.text_faint) for ink in inks)


def test_an_unknown_icon_fails_at_once():
    with pytest.raises(FileNotFoundError):
        icons.icon("no_such_icon")


def test_icons_are_of_one_style():
    for file in (paths.resources() / "icons").glob("*.svg"):
        head = file.read_text(encoding="utf-8").splitlines()[0]
        assert 'viewBox="0 0 24 24"' in head
        assert 'stroke="currentColor" stroke-width="1.75"' in head


def test_broken_preferences_are_no_reason_not_to_start(tmp_path):
    preferences.update(dark=True)
    file = tmp_path / "data" / "tuy-chon.json"
    for text in ("{", "[]", '{"percent": "big", "recent": 3, "dark": true}'):
        file.write_text(text, encoding="utf-8")
        assert preferences.load().percent == 100
    assert preferences.load().dark
