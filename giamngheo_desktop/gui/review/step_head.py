"""Over the panel of a step: its name and state, the limit, what is missing, whose turn it is."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.review_flow import Status
from giamngheo_desktop.gui import icons
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.forms.line_edit import repolish
from giamngheo_desktop.gui.household.chip import Chip
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.review.place import Place
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.services.review.review_view import current

_ROOMY = 700  # pixels at 100 % from which it is told what a step is
_NAMED = 3  # villages named, the others are counted
_CHIPS = {Status.DONE: "done", Status.OPEN: "open", Status.WAITING: "unknown"}


class StepHead(QWidget):
    """`next_requested()`: go on to the step that is open now."""

    next_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("step_head")
        self._named = True
        self._words = ("", "")  # who does it, with and without what it is
        self._title = label("", "heading", "step_title")
        self._chip = Chip("step_state")
        self._due = label("", "soft", "step_due")
        self._missing = label("", "bold", "step_missing", wrap=True)
        self._actor = label("", "soft", "step_actor", wrap=True)
        self.next = button("", "next_step", icon="chevron_right")
        line = Flow(8)
        for part in (self._title, self._chip, self._due):
            line.addWidget(part)
        line.add_at_end(self.next)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(line)
        box.addWidget(self._missing)
        box.addWidget(self._actor)
        self.next.clicked.connect(self.next_requested)

    def set_named(self, named: bool) -> None:
        """Without its name and state, where the box above says them."""
        self._named = named
        for part in (self._title, self._chip):
            part.setVisible(named)

    def show_place(self, place: Place, following: str) -> None:
        """`following` is the name of the step to go on to, where it is another one."""
        one = place.summary
        title = one.step.label
        if place.of_village:
            where = place.view.name(place.village) or self.tr("cả xã")
            title = self.tr("{step} – {where}").format(step=title, where=where)
        self._title.setText(title)
        self._title.setToolTip("\n".join(filter(None, (one.step.help, one.step.source))))
        state = texts.STEP_STATUSES[one.status]
        if one.status is Status.WAITING and one.begun:
            state = texts.STEP_BEGUN
        if one.count > 1:
            state = texts.VILLAGES_DONE.format(done=one.done, count=one.count)
        self._chip.show_chip(state, _CHIPS[one.status])
        self._chip.setVisible(self._named)
        due = texts.due_text(one.due, one.days_left)
        over = one.days_left is not None and one.days_left < 0
        self._due.setText(due[:1].upper() + due[1:])
        self._due.setProperty("kind", "late" if over else "soft")
        repolish(self._due)
        self._due.setVisible(bool(due))
        self._missing.setText(self._missing_text(place))
        actor = self.tr("Người làm: {actor}.").format(actor=one.step.actor)
        self._words = (f"{actor} {one.step.help}", actor)
        self._fit()
        self.next.setText(self.tr("Tới bước {step}").format(step=following))
        self.next.setVisible(bool(following))
        main = one.status is Status.DONE
        self.next.setProperty("kind", "primary" if main else "")
        self.next.setIcon(icons.icon("chevron_right", "on_accent" if main else "text"))
        repolish(self.next)

    def _missing_text(self, place: Place) -> str:
        one = place.summary
        if one.status is Status.DONE:
            return self.tr("Không còn thiếu gì.")
        missing = texts.missing_line(one.missing[0]) if one.missing else ""
        if one.count > 1:
            in_all = texts.missing_of_villages(one.missing)
            missing = self.tr("Còn: {missing}.").format(missing=in_all) if in_all else ""
        return " ".join(filter(None, (self._waits_for(place), missing)))

    def _waits_for(self, place: Place) -> str:
        """Which step is to be done before, and where; while some have done this one, too."""
        waits = place.summary.status is Status.WAITING
        if place.of_village and place.village is not None:
            now = current(place.flow, place.village) if waits else None
            return self.tr("Chờ bước {step}.").format(step=now.step.label) if now else ""
        behind = self._behind(place)
        if not behind:
            now = place.flow.current() if waits else None
            return self.tr("Chờ bước {step}.").format(step=now.step.label) if now else ""
        steps = (
            self.tr("{step} ({villages})").format(step=step, villages=", ".join(_some(names)))
            for step, names in behind.items()
        )
        return self.tr("Chờ {steps}.").format(steps="; ".join(steps))

    def _behind(self, place: Place) -> dict[str, list[str]]:
        """The villages that have not come to this step, by the step they are at."""
        order = [step.code for step in place.flow.steps]
        found: dict[int, list[str]] = {}
        for area in place.view.villages:
            now = current(place.flow, area.uid)
            at = order.index(now.step.code) if now and now.village is not None else len(order)
            if at < order.index(place.step):
                found.setdefault(at, []).append(area.name)
        return {place.flow.steps[at].label: found[at] for at in sorted(found)}

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a narrow window only who does it; F1 tells the rest."""
        roomy = self.width() * 100 >= _ROOMY * theme.percent
        self._actor.setText(self._words[0] if roomy else self._words[1])


def _some(names: list[str]) -> list[str]:
    """The first of them, and how many more."""
    more = len(names) - _NAMED
    said = QCoreApplication.translate("StepHead", "{count} thôn khác").format(count=more)
    return [*names[:_NAMED], said] if more > 0 else names
