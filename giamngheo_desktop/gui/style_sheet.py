"""The one style sheet of the program, filled with the colours and sizes of a theme."""

from __future__ import annotations

from dataclasses import fields
from string import Template

from giamngheo_desktop.gui.colours import Tokens


def style_sheet(tokens: Tokens, points: float) -> str:
    """The sheet for these colours and this text size (points)."""
    names = {field.name: getattr(tokens, field.name) for field in fields(tokens)}
    sizes = {"small": 0.9, "heading": 1.12, "title": 1.5, "figure": 2.1}
    names |= {f"pt_{name}": f"{points * factor:.2f}pt" for name, factor in sizes.items()}
    names["px_icon"] = f"{18 * points / 10.5:.0f}px"  # buttons without an icon are as high
    return Template(SHEET).substitute(names)


SHEET = """
QMainWindow, QDialog, QMessageBox, QWizard { background: $window; }
QLabel, QCheckBox, QRadioButton { color: $text; background: transparent; }

QLabel[kind="title"] { font-size: $pt_title; font-weight: bold; }
QLabel[kind="heading"] { font-size: $pt_heading; font-weight: bold; color: $accent; }
QLabel[kind="figure"] { font-size: $pt_figure; font-weight: bold; }
QLabel[kind="soft"] { color: $text_soft; }
QLabel[kind="small"] { color: $text_soft; font-size: $pt_small; }
QLabel[kind="error"] { color: $danger; font-size: $pt_small; }
QLabel[kind="late"] { color: $danger; font-weight: bold; }
QLabel[kind="warning"] { color: $warning; font-size: $pt_small; }
QLabel[kind="help"] {
    color: $text_soft; background: $accent_soft; font-size: $pt_small;
    border-radius: 4px; padding: 4px 8px;
}
QLabel[kind="bold"] { font-weight: bold; }

QFrame#fault { background: $surface; border: 1px solid $border; }
QFrame[kind="card"] { background: $surface; border: 1px solid $border; border-radius: 8px; }
QFrame[kind="line"] { background: $border; border: none; max-height: 1px; min-height: 1px; }
QFrame[kind="top_bar"] { background: $surface; border: none; border-bottom: 1px solid $border; }
QFrame[kind="popup"] { background: $surface; border: 1px solid $border_strong; border-radius: 6px; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QAbstractSpinBox {
    color: $text; background: $surface; border: 1px solid $border_strong; border-radius: 6px;
    padding: 5px 9px; selection-background-color: $selection; selection-color: $text;
}
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover { border-color: $text_soft; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
    border: 2px solid $accent; padding: 4px 8px;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QLineEdit[readOnly="true"],
QPlainTextEdit[readOnly="true"] {
    color: $text_soft; background: $raised; border-color: $border;
}
QLineEdit[answer="carried"] { color: $text_faint; background: $raised; border-color: $border; }
QLineEdit[answer="touched"] { background: $warning_soft; border-color: $warning; }
QLineEdit[answer="empty"], QLineEdit[answer="unknown"] { border-style: dashed; }
QLineEdit[answer="carried"]:focus, QLineEdit[answer="touched"]:focus {
    border: 2px solid $accent; padding: 4px 8px;
}
QLabel[kind="mark"] { color: $text_faint; font-weight: bold; }
QLabel[kind="mark"][answer="touched"] { color: $warning; }
QLabel[kind="mark"][answer="confirmed"] { color: $good; }
QLineEdit[state="error"], QPlainTextEdit[state="error"] {
    border: 2px solid $danger; padding: 4px 8px; background: $danger_soft;
}
QLineEdit[state="warning"], QPlainTextEdit[state="warning"] {
    border: 2px solid $warning; padding: 4px 8px; background: $warning_soft;
}
QLineEdit[kind="cell"] { border-radius: 4px; border-color: $border; padding: 4px 7px; }
QLineEdit[kind="cell"]:focus { border: 2px solid $accent; padding: 3px 6px; }
QLineEdit[kind="cell"][state="error"] { border: 2px solid $danger; padding: 3px 6px; }
QLineEdit[kind="cell"][state="warning"] { border: 2px solid $warning; padding: 3px 6px; }

QComboBox { padding-right: 28px; }
QComboBox:focus { padding-right: 27px; }
QComboBox::drop-down { border: none; width: 26px; subcontrol-position: center right; }
QComboBox::down-arrow { image: url(sheet:arrow_down_$name.svg); width: 16px; height: 16px; }
QComboBox QAbstractItemView {
    background: $surface; color: $text; border: 1px solid $border_strong; outline: none;
    selection-background-color: $accent_soft; selection-color: $text; padding: 4px;
}
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 8px; }

QAbstractSpinBox { padding-right: 24px; }
QAbstractSpinBox:focus { padding-right: 23px; }
QAbstractSpinBox QLineEdit { border: none; padding: 0 4px; background: transparent; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    width: 20px; border: none; background: transparent; subcontrol-origin: border;
}
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-arrow { image: url(sheet:arrow_up_$name.svg); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow {
    image: url(sheet:arrow_down_$name.svg); width: 12px; height: 12px;
}

QGroupBox { border: 1px solid $border; border-radius: 8px; margin-top: 12px; padding-top: 8px; }
QGroupBox::title { subcontrol-origin: margin; left: 12px; padding: 0 4px; color: $text_soft; }
QDialogButtonBox, QMessageBox { button-layout: 0; }
QMessageBox QLabel#qt_msgbox_label { min-width: 380px; font-weight: bold; }
QMessageBox QLabel#qt_msgbox_informativelabel { min-width: 380px; }

QPushButton {
    color: $text; background: $surface; border: 1px solid $border_strong; border-radius: 6px;
    padding: 6px 15px; min-height: $px_icon;
}
QPushButton:hover { background: $raised; border-color: $text_soft; }
QPushButton:pressed { background: $accent_soft; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 14px; }
QPushButton:disabled { color: $text_faint; background: $raised; border-color: $border; }
QPushButton[kind="primary"] {
    color: $on_accent; background: $accent; border: 1px solid $accent; font-weight: bold;
}
QPushButton[kind="primary"]:hover {
    background: $accent_hover; border-color: $accent_hover;
}
QPushButton[kind="primary"]:focus {
    border: 2px solid $text; padding: 5px 14px;
}
QPushButton[kind="primary"]:disabled {
    color: $text_faint; background: $raised; border: 1px solid $border;
}
QPushButton[kind="danger"] { color: $danger; border-color: $danger; }
QPushButton[kind="danger"]:hover { background: $danger_soft; }
QPushButton[kind="quiet"] { background: transparent; border: 1px solid transparent; }
QPushButton[kind="quiet"]:hover { background: $accent_soft; }
QPushButton[kind="quiet"]:focus { border: 2px solid $accent; }
QPushButton[kind="link"] {
    color: $accent; background: transparent; border: 1px solid transparent; padding: 2px 0;
    text-align: left;
}
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 1px solid $accent; padding: 2px 0; }

QPushButton[kind="segment"] {
    border: 1px solid $border_strong; border-left-width: 0; border-radius: 0;
    padding: 5px 12px 5px 16px; background: $surface; color: $text;
}
QPushButton[kind="segment"]:hover { background: $raised; }
QPushButton[kind="segment"][place="first"] {
    border-left-width: 1px; border-top-left-radius: 6px; border-bottom-left-radius: 6px;
}
QPushButton[kind="segment"][place="last"] {
    border-top-right-radius: 6px; border-bottom-right-radius: 6px;
}
QPushButton[kind="segment"][place="only"] { border-left-width: 1px; border-radius: 6px; }
QPushButton[kind="segment"]:checked {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: bold;
}
QPushButton[kind="segment"][none="true"] { color: $text_soft; }
QPushButton[kind="segment"][none="true"]:checked {
    background: $raised; color: $text_soft; border-color: $border_strong; font-weight: normal;
}
QPushButton[kind="segment"][answer="carried"]:checked {
    background: $border; color: $text_soft; border-color: $border_strong;
}
QPushButton[kind="segment"][answer="touched"] { background: $warning_soft; border-color: $warning; }
QPushButton[kind="segment"][answer="touched"]:checked {
    background: $warning_soft; color: $warning; border: 2px solid $warning;
}
QPushButton[kind="segment"][answer="empty"], QPushButton[kind="segment"][answer="unknown"] {
    border-style: dashed;
}
QPushButton[kind="segment"]:disabled { color: $text_faint; background: $raised; }
QFrame[kind="segments"] { border: 2px solid transparent; border-radius: 8px; padding: 0; }
QFrame[kind="segments"]:focus, QFrame[kind="segments"][focused="true"] { border-color: $accent; }
QFrame[kind="segments"][state="error"] { border-color: $danger; }
QFrame[kind="segments"][state="warning"] { border-color: $warning; }
QFrame[kind="boxes"] { border: 1px solid $border; border-radius: 6px; background: $surface; }
QFrame[kind="boxes"][answer="touched"] { background: $warning_soft; border-color: $warning; }
QFrame[kind="boxes"][answer="empty"], QFrame[kind="boxes"][answer="unknown"] {
    border-style: dashed; border-color: $border_strong;
}
QFrame[kind="boxes"] QLabel[answer="carried"] { color: $text_faint; }
QFrame[kind="boxes"][focused="true"] { border-color: $accent; }
QFrame[kind="boxes"][state="error"] { border: 2px solid $danger; }
QFrame[kind="boxes"][state="warning"] { border: 2px solid $warning; }

QToolButton {
    color: $text; background: transparent; border: 1px solid transparent; border-radius: 6px;
    padding: 5px;
}
QToolButton:hover { background: $accent_soft; }
QToolButton:pressed, QToolButton:checked { background: $selection; }
QToolButton:focus { border: 2px solid $accent; padding: 4px; }
QToolButton:disabled { color: $text_faint; }
QToolButton[kind="toggle"] {
    background: $surface; border: 1px solid $border_strong; border-radius: 14px; padding: 4px 12px;
}
QToolButton[kind="toggle"]:hover { background: $raised; }
QToolButton[kind="toggle"]:checked {
    background: $accent; border-color: $accent; color: $on_accent; font-weight: bold;
}
QToolButton[kind="toggle"]:focus { border: 2px solid $accent; padding: 3px 11px; }
QToolButton[kind="toggle"]:checked:focus { border-color: $text; }
QToolButton::menu-indicator { image: none; width: 0; }

QCheckBox, QRadioButton { spacing: 8px; padding: 3px 4px; border: 1px solid transparent; }
QCheckBox:focus, QRadioButton:focus { border: 1px solid $accent; border-radius: 4px; }
QCheckBox::indicator, QListView::indicator, QRadioButton::indicator {
    width: 16px; height: 16px; border: 1px solid $border_strong; background: $surface;
}
QCheckBox::indicator, QListView::indicator { border-radius: 4px; }
QListView::indicator { border-color: $text_soft; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked, QListView::indicator:checked {
    background: $accent; border-color: $accent; image: url(sheet:check_$name.svg);
}
QCheckBox[answer="carried"]::indicator:checked {
    background: $text_faint; border-color: $text_faint;
}
QCheckBox[answer="touched"]::indicator:checked { background: $warning; border-color: $warning; }
QCheckBox::indicator:indeterminate {
    background: $accent; border-color: $accent; image: url(sheet:partial_$name.svg);
}
QRadioButton::indicator:checked {
    background: $accent; border-color: $accent; image: url(sheet:dot_$name.svg);
}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: $raised; }

QTableView, QListView, QTreeView {
    background: $surface; alternate-background-color: $raised; color: $text;
    border: 1px solid $border; border-radius: 6px; gridline-color: $border; outline: none;
    padding: 2px;
    selection-background-color: $selection; selection-color: $text;
}
QTableView:focus, QListView:focus, QTreeView:focus { border: 1px solid $accent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QListView[kind="popup"] { border: none; border-radius: 4px; padding: 0; }
QListView::item { padding: 5px 9px; border-radius: 4px; }
QListView::item:hover { background: $raised; }
QListView::item:selected { background: $selection; color: $text; }
QHeaderView { background: $raised; border: none; }
QHeaderView::section {
    background: $raised; color: $text_soft; font-weight: bold; padding: 6px 9px;
    border: none; border-bottom: 1px solid $border_strong; border-right: 1px solid $border;
}
QHeaderView::section:hover { background: $accent_soft; }
QHeaderView::up-arrow { image: url(sheet:arrow_up_$name.svg); width: 12px; height: 12px;
    subcontrol-position: center right; subcontrol-origin: padding; right: 4px; }
QHeaderView::down-arrow { image: url(sheet:arrow_down_$name.svg); width: 12px; height: 12px;
    subcontrol-position: center right; subcontrol-origin: padding; right: 4px; }
QTableCornerButton::section { background: $raised; border: none; }

QTabWidget::pane { border: none; border-top: 1px solid $border; }
QTabWidget::tab-bar { left: 20px; }
QTabBar { background: transparent; border: none; }
QTabBar::tab {
    color: $text_soft; background: transparent; padding: 8px 12px 7px 12px; margin-right: 4px;
    border: none; border-bottom: 3px solid transparent;
}
QTabBar::tab:hover { color: $text; background: $accent_soft; }
QTabBar::tab:selected { color: $accent; border-bottom-color: $accent; font-weight: bold; }
QTabBar::tab:focus { background: $accent_soft; }

QTabBar::scroller { width: 56px; }
QTabBar QToolButton { background: $window; border: 1px solid $border; padding: 2px; }
QTabBar QToolButton::left-arrow { image: url(sheet:arrow_left_$name.svg); }
QTabBar QToolButton::right-arrow { image: url(sheet:arrow_right_$name.svg); }

QMenu {
    background: $surface; color: $text; border: 1px solid $border_strong; padding: 4px;
}
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $text_faint; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QMenu::right-arrow { image: url(sheet:arrow_right_$name.svg); width: 14px; height: 14px; }
QMenu::indicator { width: 16px; height: 16px; left: 6px; border: 1px solid $border_strong;
    border-radius: 4px; background: $surface; }
QMenu::indicator:checked { background: $accent; border-color: $accent;
    image: url(sheet:check_$name.svg); }
QMenu::indicator:exclusive { border-radius: 8px; }
QMenu::indicator:exclusive:checked { image: url(sheet:dot_$name.svg); }
QMenu[kind="columns"]::item { padding-left: 32px; }

QToolTip {
    color: $on_notice; background: $notice; border: 1px solid $notice; padding: 4px 8px;
}

QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[kind="page"] { background: transparent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; border: none; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; border: none; }
QScrollBar::handle { background: $border_strong; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $text_soft; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar {
    background: $border; border: none; border-radius: 4px; min-height: 8px; max-height: 8px;
    text-align: center; color: transparent;
}
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QSplitter::handle { background: $border; }
QSplitter::handle:hover { background: $accent; }
QSplitter[kind="gap"]::handle { background: transparent; }
QSplitter[kind="gap"]::handle:hover { background: $accent_soft; }

QFrame[kind="rail"] { background: $rail; border: none; }
QFrame[kind="rail"] QScrollArea, QWidget[kind="rail_list"] { background: $rail; }
QFrame[kind="rail"] QLabel { color: $rail_text_chosen; }
QFrame[kind="notice"] { background: $notice; border-radius: 8px; border: none; }
QFrame[kind="notice"] QLabel { color: $on_notice; }
QFrame[kind="notice"] QPushButton {
    color: $notice_link; background: transparent; border: 1px solid transparent; font-weight: bold;
}
QFrame[kind="notice"] QPushButton:hover { text-decoration: underline; }
QFrame[kind="notice"] QPushButton:focus { border: 2px solid $notice_link; }
QLabel[kind="key"] {
    background: $surface; border: 1px solid $border_strong; border-bottom-width: 2px;
    border-radius: 4px; padding: 1px 6px; font-weight: bold;
}
"""
