"""The rail at the left: the nouns of the work, each with icon, label and a count to look at."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from giamngheo_desktop.gui import icons
from giamngheo_desktop.gui.theme import theme

_EDGE, _ICON, _GAP, _BADGE = 8, 20, 12, 34
_UNDER = 0.67  # of the letters where they stand under the icon: at 150 % those of 100 %
_SMALLER = 0.8  # of the icon there


def _icon_size() -> int:
    return _ICON * theme.percent // 100


class RailButton(QAbstractButton):
    """One noun. The badge counts what needs attention; none is shown for zero.

    `left()`: the keyboard has gone.
    """

    left = Signal()

    def __init__(self, key: str, label: str, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self._icon = icon
        self._count = 0
        self._under = False
        self.setText(label)
        self.setObjectName(f"rail_{key}")
        self.setAccessibleName(label)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def count(self) -> int:
        return self._count

    def set_count(self, count: int, meaning: str) -> None:
        """Show a count; `meaning` says in words what is counted."""
        self._count = count
        self.setToolTip(meaning)
        said = self.tr("{label}, {meaning}").format(label=self.text(), meaning=meaning)
        self.setAccessibleName(said if count else self.text())
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def set_under(self, under: bool) -> None:
        """Whether the word stands under the icon, in smaller letters."""
        self._under = under
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._bold())
        if self._under:
            wide = metrics.horizontalAdvance(self.text()) + 2 * _EDGE + 8
            return QSize(wide, self._side() + metrics.height() + 6)
        text = metrics.horizontalAdvance(self.text())
        return QSize(4 * _EDGE + _icon_size() + _GAP + text + _BADGE, metrics.height() + 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(_EDGE, 1, -_EDGE, -1)
        chosen = self.isChecked()
        if chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.rail_chosen if chosen else tokens.rail_hover))
            painter.drawRoundedRect(place, 6, 6)
        if chosen:
            painter.setBrush(QColor(tokens.rail_badge))
            painter.drawRoundedRect(QRectF(place.left(), place.center().y() - 9, 3, 18), 1.5, 1.5)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.rail_text_chosen), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 5, 5)
        role = "rail_text_chosen" if chosen else "rail_text"
        size, way = self._side(), Qt.AlignmentFlag
        left, top = place.left() + 12, place.center().y() - size / 2
        text, aligned = place.adjusted(12 + size + _GAP, 0, -4, 0), way.AlignVCenter
        if self._under:
            left, top = place.center().x() - size / 2, place.top() + 3
            text, aligned = place.adjusted(0, 0, 0, -2), way.AlignHCenter | way.AlignBottom
        drawn = icons.pixmap(self._icon, role, size, self.devicePixelRatioF())
        painter.drawPixmap(int(left), int(top), drawn)
        painter.setPen(QColor(getattr(tokens, role)))
        painter.setFont(self._bold() if chosen else self._plain())
        painter.drawText(text, aligned, self.text())
        if self._count:
            self._paint_badge(painter, place)

    def _paint_badge(self, painter: QPainter, place: QRectF) -> None:
        font = self._bold()
        font.setPointSizeF(font.pointSizeF() * (1 if self._under else 0.82))
        shown = str(self._count) if self._count < 1000 else "999+"
        metrics = QFontMetrics(font)
        width = max(metrics.horizontalAdvance(shown) + 10, metrics.height() + 4)
        height = metrics.height() + 2
        top = place.top() + 2 if self._under else place.center().y() - height / 2
        badge = QRectF(place.right() - width - 6, top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens.rail_badge))
        painter.drawRoundedRect(badge, height / 2, height / 2)
        painter.setPen(QColor(theme.tokens.on_rail_badge))
        painter.setFont(font)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, shown)

    def _side(self) -> int:
        return int(_icon_size() * _SMALLER) if self._under else _icon_size()

    def _plain(self) -> QFont:
        font = QFont(self.font())
        if self._under:
            font.setPointSizeF(font.pointSizeF() * _UNDER)
        return font

    def _bold(self) -> QFont:
        font = self._plain()
        font.setBold(True)
        return font


class Rail(QFrame):
    """The list of nouns; `chosen(key)` after a press, arrows go up and down. Where letters are too
    large for the window it leaves the room to the page: the words stand under the icons.
    """

    chosen = Signal(str)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setProperty("kind", "rail")
        self.setAccessibleName(self.tr("Các trang"))
        self.buttons: dict[str, RailButton] = {}
        self._narrow = False
        self._group = QButtonGroup(self)
        title_label = QLabel(title)
        title_label.setProperty("kind", "title")
        title_label.setContentsMargins(20, 0, 8, 0)
        self.title = title_label
        inner = QWidget()
        inner.setProperty("kind", "rail_list")
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 4, 0, 8)
        self._list.setSpacing(0)
        self._list.addStretch()
        area = QScrollArea(widgetResizable=True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(title_label)
        box.addWidget(area, 1)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._group.buttonClicked.connect(self._pressed)
        theme.changed.connect(self._fit)

    def add(self, key: str, label: str, icon: str) -> None:
        button = RailButton(key, label, icon, self)
        self.buttons[key] = button
        self._group.addButton(button)
        button.set_under(self._narrow)
        button.left.connect(self._offer_stop)
        self._list.insertWidget(self._list.count() - 1, button)
        self._fit()

    def show_chosen(self, key: str) -> None:
        """Mark the noun whose page is shown."""
        self.buttons[key].setChecked(True)
        self._offer_stop()

    def _offer_stop(self) -> None:
        """By Tab one comes to the page that is open; Qt would keep the noun last come to."""
        policy = Qt.FocusPolicy
        for button in self.buttons.values():
            button.setFocusPolicy(policy.TabFocus if button.isChecked() else policy.NoFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        buttons = list(self.buttons.values())
        focus = self.focusWidget()
        if event.key() in steps and focus in buttons:
            at = buttons.index(focus) + steps[Qt.Key(event.key())]
            if 0 <= at < len(buttons):
                buttons[at].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and focus in buttons:
            focus.click()
        else:
            event.ignore()

    def set_narrow(self, narrow: bool) -> None:
        if narrow != self._narrow:
            self._narrow = narrow
            self.title.setVisible(not narrow)
            for button in self.buttons.values():
                button.set_under(narrow)
            self._fit()

    def _pressed(self, button: RailButton) -> None:
        self.chosen.emit(button.key)

    def _fit(self) -> None:
        widest = max((button.sizeHint().width() for button in self.buttons.values()), default=0)
        title = 0 if self._narrow else self.title.sizeHint().width()
        self.setFixedWidth(max(widest, title))
        self.title.setFixedHeight(self.fontMetrics().height() + 36)
