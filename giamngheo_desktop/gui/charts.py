"""The charts, painted here and nowhere else: bars by village, stacks over years, progress.

Each bar has a place that can be pressed (or reached by arrow keys and Enter) and tells its
payload by `clicked`. Every text that is painted is planned first, in a place that holds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.gui.table.empty_state import EmptyState
from giamngheo_desktop.gui.theme import theme

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter
_WRAP = Qt.TextFlag.TextWordWrap
_GAP = 8


@dataclass(frozen=True, slots=True)
class Part:
    """One segment of a bar: a value of the series with this number."""

    value: int
    series: int = 0
    payload: object = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A labelled bar of one or more parts; `text` is written behind it (else the sum)."""

    label: str
    parts: tuple[Part, ...]
    text: str = ""
    payload: object = None

    @property
    def total(self) -> int:
        return sum(part.value for part in self.parts)


@dataclass(frozen=True, slots=True)
class Goal:
    """Something done of something to do; `target` None: no target was set."""

    label: str
    done: int
    target: int | None
    payload: object = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A text to paint: where, how, in which colour (a role of the theme or a colour)."""

    place: QRectF
    text: str
    flags: int
    colour: str
    bold: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A rectangle to paint; with a payload it can be pressed."""

    place: QRectF
    colour: str
    frame: str = ""


@dataclass(slots=True)
class Plan:
    """All that a chart paints at one size, and where it can be pressed."""

    texts: list[Text] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    hits: list[tuple[QRectF, object, str]] = field(default_factory=list)
    height: float = 0


class Chart(QWidget):
    """What the charts share: planning on resize, painting, pressing, an empty state."""

    clicked = Signal(object)

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.empty = EmptyState(self)
        self._plan = Plan()
        self._at = -1
        theme.changed.connect(self.replan)

    def say_empty(self, text: str, actions: dict[str, str] | None = None) -> None:
        """What is shown while there is nothing to draw."""
        self.empty.say(text, actions, icon="reports")

    @property
    def plan(self) -> Plan:
        """What is painted now."""
        return self._plan

    def replan(self) -> None:
        """Place everything anew for the present size, data and theme."""
        empty = self._is_empty()
        self.setMinimumWidth(240 if empty else int(max(240, self._least_width())))
        width = max(self.width(), self.minimumWidth())
        self.empty.setVisible(empty)
        self._plan = Plan(height=140) if empty else self._make(width)
        self._at = min(self._at, len(self._plan.hits) - 1)
        said = ". ".join(text for _, _, text in self._plan.hits)
        self.setAccessibleDescription(said)
        self.setMinimumHeight(int(self._plan.height + 0.999))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, int(self._plan.height + 0.999))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), int(self._plan.height + 0.999))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.empty.setGeometry(self.rect())
        self.replan()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_plan"):
            self.replan()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for shape in self._plan.shapes:
            frame = QPen(QColor(shape.frame), 1) if shape.frame else Qt.PenStyle.NoPen
            painter.setPen(frame)
            painter.setBrush(QColor(shape.colour))
            painter.drawRoundedRect(shape.place, 2, 2)
        for text in self._plan.texts:
            painter.setFont(self.font_of(bold=text.bold, small=text.small))
            painter.setPen(QColor(text.colour))
            painter.drawText(text.place, text.flags, text.text)
        if 0 <= self._at < len(self._plan.hits) and (self.hasFocus() or self.underMouse()):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.tokens.text), 2))
            painter.drawRoundedRect(self._plan.hits[self._at][0].adjusted(1, 1, -1, -1), 3, 3)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._hit(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        if not self.hasFocus():
            self._point_at(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._hit(event.position())
        if event.button() == Qt.MouseButton.LeftButton and at >= 0:
            self._point_at(at)
            self.clicked.emit(self._plan.hits[at][1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = event.key(), len(self._plan.hits) - 1
        forward = (Qt.Key.Key_Down, Qt.Key.Key_Right)
        if key in (*forward, Qt.Key.Key_Up, Qt.Key.Key_Left) and last >= 0:
            self._point_at(max(0, min(last, self._at + (1 if key in forward else -1))))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at >= 0:
            self.clicked.emit(self._plan.hits[self._at][1])
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._hit(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._plan.hits[at][2] if at >= 0 else "", self)
            return True
        return super().event(event)

    def font_of(self, *, bold: bool = False, small: bool = False) -> QFont:
        font = QFont(self.font())
        font.setBold(bold)
        if small:
            font.setPointSizeF(font.pointSizeF() * 0.9)
        return font

    # -- for the kinds of chart -----------------------------------------------------------------

    def _make(self, width: float) -> Plan:
        raise NotImplementedError

    def _is_empty(self) -> bool:
        raise NotImplementedError

    def _least_width(self) -> float:
        """Below this width a text would be cut."""
        return 0

    def _size(
        self, text: str, *, bold: bool = False, small: bool = False, room: float = 10_000
    ) -> QRectF:
        metrics = QFontMetricsF(self.font_of(bold=bold, small=small))
        size = metrics.boundingRect(QRectF(0, 0, room, 10_000), int(_LEFT | _WRAP), text)
        # a hair more than measured, so that rounding never breaks a line
        return QRectF(0, 0, min(room, size.width() + 2), size.height() + 1)

    def _legend(self, plan: Plan, names: Sequence[str], width: float) -> float:
        """The names of the series with their colours, in lines; returns the height used."""
        tokens = theme.tokens
        x, y, line = 0.0, 0.0, self._size("Ậg", small=True).height()
        for number, name in enumerate(names):
            size = self._size(name, small=True, room=width - 22)
            if x and x + 18 + size.width() > width:
                x, y = 0.0, y + line + 4
            box = QRectF(x, y + line / 2 - 6, 12, 12)
            plan.shapes.append(Shape(box, _series(number), tokens.border_strong))
            place = QRectF(x + 18, y, size.width(), size.height())
            plan.texts.append(Text(place, name, int(_LEFT | _WRAP), tokens.text_soft, small=True))
            x += 18 + size.width() + 16
            line = max(line, size.height())
        return y + line + 8 if names else 0.0

    def _hit(self, point: QPointF) -> int:
        holds = (at for at, (place, _, _) in enumerate(self._plan.hits) if place.contains(point))
        return next(holds, -1)

    def _point_at(self, at: int) -> None:
        if at != self._at:
            self._at = at
            shape = Qt.CursorShape.PointingHandCursor if at >= 0 else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            self.update()


class VillageBars(Chart):
    """Horizontal bars, one line each: label, bar (of one or more parts), value behind it."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(name, label, parent)
        self._bars: tuple[Bar, ...] = ()
        self._series: tuple[str, ...] = ()
        self.replan()

    def set_bars(self, bars: Sequence[Bar], series: Sequence[str] = ()) -> None:
        """Show these bars; `series` names the parts where there is more than one."""
        self._bars, self._series = tuple(bars), tuple(series)
        self.replan()

    def _is_empty(self) -> bool:
        return not self._bars

    def _make(self, width: float) -> Plan:
        plan = Plan()
        y = self._legend(plan, self._series, width)
        labels = min(
            max(self._size(bar.label).width() for bar in self._bars), max(110.0, width * 0.36)
        )
        values = max(self._size(_value(bar), bold=True).width() for bar in self._bars)
        room = max(20.0, width - labels - values - 2 * _GAP)
        longest = max(1, *(bar.total for bar in self._bars))
        for bar in self._bars:
            size = self._size(bar.label, room=labels)
            height = max(size.height(), self._size("Ậg").height()) + 8
            self._line(plan, bar, QRectF(0, y, width, height), labels, room / longest)
            y += height
        plan.height = y
        return plan

    def _line(self, plan: Plan, bar: Bar, line: QRectF, labels: float, unit: float) -> None:
        tokens = theme.tokens
        place = QRectF(0, line.top(), labels, line.height())
        plan.texts.append(Text(place, bar.label, int(_RIGHT | _WRAP), tokens.text))
        x, thick = labels + _GAP, min(20.0, line.height() - 8)
        top = line.center().y() - thick / 2
        whole = QRectF(0, line.top(), line.width(), line.height())
        for part in bar.parts:
            piece = QRectF(x, top, part.value * unit, thick)
            if part.value:
                plan.shapes.append(Shape(piece, _series(part.series)))
            if part.payload is not None and part.value:
                said = _said(bar.label, self._series, part)
                plan.hits.append((piece.adjusted(-1, -3, 1, 3), part.payload, said))
            x = piece.right()
        if bar.payload is not None:
            plan.hits.append((whole, bar.payload, f"{bar.label}: {_value(bar)}"))
        size = self._size(_value(bar), bold=True)
        behind = QRectF(x + _GAP, line.top(), size.width(), line.height())
        plan.texts.append(Text(behind, _value(bar), int(_LEFT), tokens.text, bold=True))


class YearStacks(Chart):
    """Upright stacks, one a year; values inside where they fit, the sum above."""

    HEIGHT = 150.0

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(name, label, parent)
        self._bars: tuple[Bar, ...] = ()
        self._series: tuple[str, ...] = ()
        self.replan()

    def set_years(self, bars: Sequence[Bar], series: Sequence[str]) -> None:
        """One bar a year, its parts from below; `series` names the parts."""
        self._bars, self._series = tuple(bars), tuple(series)
        self.replan()

    def _is_empty(self) -> bool:
        return not self._bars

    def _make(self, width: float) -> Plan:
        plan = Plan()
        tokens = theme.tokens
        top = self._legend(plan, self._series, width) + self._size("0", bold=True).height() + 4
        base = top + self.HEIGHT
        slot = width / len(self._bars)
        longest = max(1, *(bar.total for bar in self._bars))
        below = 0.0
        for at, bar in enumerate(self._bars):
            label = self._size(bar.label, room=slot - 4)
            below = max(below, label.height())
            thick = min(64.0, slot * 0.62)
            x = at * slot + (slot - thick) / 2
            y = self._stack(plan, bar, x, base, thick, self.HEIGHT / longest)
            size = self._size(_value(bar), bold=True)
            over = QRectF(at * slot + (slot - size.width()) / 2, y - size.height() - 2, 0, 0)
            over.setSize(size.size())
            plan.texts.append(Text(over, _value(bar), int(_CENTRE), tokens.text, bold=True))
            place = QRectF(at * slot + 2, base + 4, slot - 4, label.height())
            flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | _WRAP)
            plan.texts.append(Text(place, bar.label, flags, tokens.text))
        plan.shapes.append(Shape(QRectF(0, base, width, 1), tokens.border_strong))
        plan.height = base + 4 + below + 2
        return plan

    def _least_width(self) -> float:
        texts = [text for bar in self._bars for text in (bar.label, _value(bar))]
        return len(self._bars) * (8 + max(self._size(text, bold=True).width() for text in texts))

    def _stack(
        self, plan: Plan, bar: Bar, x: float, base: float, thick: float, unit: float
    ) -> float:
        """Plan one stack; returns its upper edge."""
        y = base
        for part in bar.parts:
            height = part.value * unit
            piece = QRectF(x, y - height, thick, height)
            if part.value:
                plan.shapes.append(Shape(piece, _series(part.series)))
                text = format_integer(part.value)
                size = self._size(text, small=True)
                if size.height() <= height and size.width() <= thick:
                    ink = _on_series(part.series)
                    plan.texts.append(Text(piece, text, int(_CENTRE), ink, small=True))
            payload = bar.payload if part.payload is None else part.payload
            if part.value and payload is not None:
                plan.hits.append((piece, payload, _said(bar.label, self._series, part)))
            y -= height
        return y


class ProgressBars(Chart):
    """Done against target: a filled track a line, with both numbers in words beside it."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(name, label, parent)
        self._goals: tuple[Goal, ...] = ()
        self.replan()

    def set_goals(self, goals: Sequence[Goal]) -> None:
        self._goals = tuple(goals)
        self.replan()

    def _is_empty(self) -> bool:
        return not self._goals

    def _make(self, width: float) -> Plan:
        plan = Plan()
        tokens = theme.tokens
        y = 0.0
        for goal in self._goals:
            text = goal.text or self._words(goal)
            value = self._size(text, bold=True, room=width)
            label = self._size(goal.label, room=max(60.0, width - value.width() - _GAP))
            if value.width() + label.width() + _GAP > width:  # no room side by side
                label = self._size(goal.label, room=width)
                value_place = QRectF(0, y + label.height(), width, value.height())
                head = label.height() + value.height()
                flags = int(_LEFT | _WRAP)
            else:
                head = max(label.height(), value.height())
                value_place = QRectF(width - value.width(), y, value.width(), head)
                flags = int(_RIGHT)
            label_place = QRectF(0, y, label.width(), label.height())
            plan.texts.append(Text(label_place, goal.label, int(_LEFT | _WRAP), tokens.text))
            plan.texts.append(Text(value_place, text, flags, tokens.text, bold=True))
            track = QRectF(0, y + head + 4, width, 10)
            plan.shapes.append(Shape(track, tokens.grid))
            if goal.target and goal.done:
                share = min(1.0, goal.done / goal.target)
                done = QRectF(track.left(), track.top(), width * share, 10)
                plan.shapes.append(Shape(done, tokens.accent))
            whole = QRectF(0, y - 2, width, head + 18)
            if goal.payload is not None:
                plan.hits.append((whole, goal.payload, f"{goal.label}: {text}"))
            y += head + 28
        plan.height = max(0.0, y - 12)
        return plan

    def _words(self, goal: Goal) -> str:
        done = format_integer(goal.done)
        if goal.target is None:
            return self.tr("{done}, chưa đặt chỉ tiêu").format(done=done)
        target = format_integer(goal.target)
        return self.tr("{done} trên {target}").format(done=done, target=target)


def _series(number: int) -> str:
    fills = theme.tokens.series
    return fills[number % len(fills)]


def _on_series(number: int) -> str:
    inks = theme.tokens.on_series
    return inks[number % len(inks)]


def _value(bar: Bar) -> str:
    return bar.text or format_integer(bar.total)


def _said(label: str, series: Sequence[str], part: Part) -> str:
    name = series[part.series] if part.series < len(series) else ""
    value = format_integer(part.value)
    return f"{label} – {name}: {value}" if name else f"{label}: {value}"
