"""Tổng quan: how many, against last year and the target, where, and what looks wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.standard import NO_CLASS, NO_RESULT
from giamngheo_desktop.gui.charts import ProgressBars, VillageBars, YearStacks
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.fault import Fault
from giamngheo_desktop.gui.overview import bars, words
from giamngheo_desktop.gui.overview.figure_row import FigureRow
from giamngheo_desktop.gui.overview.help_card import HelpCard
from giamngheo_desktop.gui.overview.targets_card import TargetsCard
from giamngheo_desktop.gui.pages.checks_page import CHECK_AT_ONCE, WEIGHTS, weight_of
from giamngheo_desktop.gui.pages.page import Page
from giamngheo_desktop.gui.parts import button, card, label, scrolled, title_row
from giamngheo_desktop.gui.reporting.reminder_card import ReminderCard
from giamngheo_desktop.gui.table.empty_state import EmptyState
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.document import Source
from giamngheo_desktop.services import checks
from giamngheo_desktop.services.overview import COUNTS, Overview, overview
from giamngheo_desktop.services.register import HouseholdFilter
from giamngheo_desktop.services.review.review_view import to_review
from giamngheo_desktop.storage.engine import Database

_TWO_COLUMNS = 860  # pixels of the page from which charts stand side by side


@dataclass(frozen=True, slots=True)
class _Checked:
    errors: int
    warnings: int
    missing: int


class OverviewPage(Page):
    """Every number and bar leads to the households behind it."""

    WATCHES = frozenset(Kind)

    def __init__(self, desk: Desk, year: int, parent: QWidget | None = None) -> None:
        super().__init__(desk, year, parent)
        self._found: Overview | None = None
        self._title = label("", "title", "overview_title")
        self._subtitle = label("", "soft", "overview_subtitle", wrap=True)
        self._report = button(self.tr("Xem biểu &BC1"), "open_bc1", icon="reports")
        self._add = button(self.tr("&Thêm hộ"), "add_household", icon="add", kind="primary")
        self.figures = FigureRow()
        self.villages = VillageBars("village_bars", self.tr("Hộ nghèo, cận nghèo theo thôn"))
        self.years = YearStacks("year_stacks", self.tr("Hộ nghèo, cận nghèo qua các năm"))
        self.goals = ProgressBars("goals", self.tr("Chỉ tiêu giảm của năm"))
        self.review = ProgressBars("review_bars", self.tr("Rà soát theo thôn"))
        self.help = HelpCard(desk)
        self.plan_targets = TargetsCard(desk)
        self.reminders = ReminderCard(desk)
        self._goals_note = label("", "small", "goals_note", wrap=True)
        self._targets = button(self.tr("Nhập chỉ tiêu các thôn"), "open_targets", kind="link")
        self._checks = label("", "", "checks_text", wrap=True)
        self._check_now = button(self.tr("Soát sổ ngay"), "check_now", icon="checks")
        self._open_checks = button(self.tr("Xem từng điều"), "open_checks", kind="link")
        self.empty = EmptyState()
        self._build()

        self.help.go_requested.connect(self.go_requested)
        self.plan_targets.go_requested.connect(self.go_requested)
        self.reminders.go_requested.connect(self.go_requested)
        self._report.clicked.connect(self._go_to_report)
        self._add.clicked.connect(self._add_household)
        self._targets.clicked.connect(self._go_to_targets)
        self._check_now.clicked.connect(self._check)
        self._open_checks.clicked.connect(self._go_to_checks)
        self.figures.households.pressed.connect(self._open_households)
        self.figures.poor.pressed.connect(self._open_poor)
        self.figures.near_poor.pressed.connect(self._open_near_poor)
        self.figures.register.pressed.connect(self._open_unclassed)
        self.villages.clicked.connect(self._open_source)
        self.years.clicked.connect(self._open_source)
        self.goals.clicked.connect(self._go_to_targets)
        self.review.clicked.connect(self._go_to_review)
        self.empty.action_chosen.connect(self._empty_action)

    # -- what the window asks -------------------------------------------------------------------

    def load(self) -> None:
        work = partial(
            overview,
            self.desk.database,
            self.desk.definitions,
            year=self.year,
            commune=self.desk.unit(self.year),
            day=self.desk.day(self.year),
        )
        self.fault.read(self.desk.runner, work, self._show, self._failed, latest="overview")

    @property
    def shown(self) -> Overview | None:
        """What is on screen now."""
        return self._found

    # -- private slots --------------------------------------------------------------------------

    @Slot()
    def _go_to_report(self) -> None:
        day = None if self._found is None else self._found.as_of
        self.go_requested.emit("reports", {"code": COUNTS, "as_of": day})

    @Slot()
    def _add_household(self) -> None:
        self.go_requested.emit("households", {"new": True})

    @Slot()
    def _go_to_targets(self) -> None:
        self.go_requested.emit("targets", "allocation")

    @Slot()
    def _go_to_checks(self) -> None:
        self.go_requested.emit("checks", None)

    @Slot(object)
    def _go_to_review(self, village: object) -> None:
        self.go_requested.emit("review", {"village": village, "step": ""})

    @Slot()
    def _open_households(self) -> None:
        if self._found is not None and self._found.total.households is None:
            self.go_requested.emit("settings", "population")
        else:
            self._open_register()

    @Slot()
    def _open_register(self) -> None:
        standard = self.desk.standard(self.year).code
        wanted = HouseholdFilter(day=self.desk.day(self.year), standard=standard)
        self.go_requested.emit("households", wanted)

    @Slot()
    def _open_unclassed(self) -> None:
        """Those the card speaks of; where there are none, the whole register."""
        found, day = self._found, self.desk.day(self.year)
        if found is not None and found.without_result:
            whose = {"classes": [NO_RESULT]} if found.frozen else {"uids": found.without_result}
            self.go_requested.emit("households", {**whose, "day": day})
        elif found is not None and found.unclassed:
            self.go_requested.emit("households", {"classes": [NO_CLASS], "day": day})
        else:
            self._open_register()

    @Slot()
    def _open_poor(self) -> None:
        self._open_total(bars.POOR)

    @Slot()
    def _open_near_poor(self) -> None:
        self._open_total(bars.NEAR_POOR)

    @Slot(object)
    def _open_source(self, source: object) -> None:
        if isinstance(source, Source):
            work = partial(make.explain, self.desk.database, source)
            self.desk.runner.read(self, work, partial(self._open_names, source), latest="names")

    @Slot(str)
    def _empty_action(self, code: str) -> None:
        if code == "new":
            self._add_household()
        else:
            self.go_requested.emit("settings", code)

    @Slot()
    def _check(self) -> None:
        self._checks.setText(self.tr("Đang soát sổ…"))
        self._check_now.setVisible(False)
        today = self.desk.context.today()
        work = partial(
            _checked, self.desk.database, self.desk.definitions, self.desk.day(self.year), today
        )
        self.desk.runner.read(self, work, self._show_checks, latest="checks")

    # -- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        head = title_row()
        head.setContentsMargins(0, 0, 8, 0)
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(self._title)
        titles.addWidget(self._subtitle)
        head.addLayout(titles, 1)
        head.addWidget(self._report)
        head.addWidget(self._add)

        body = QWidget()
        self._grid = QGridLayout(body)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setSpacing(12)
        self._grid.addWidget(self.figures, 0, 0, 1, 2)
        self._cards = [
            self._left_column(),
            self._chart_card(self.tr("Qua các năm"), self.years),
            self._chart_card(self.tr("Rà soát theo thôn"), self.review),
            self._goals_card(),
            self._checks_card(),
        ]
        for part in self._cards:
            part.setParent(body)  # also of what is not laid out yet
        self._arrange()

        self._stack = QStackedWidget()
        self._stack.addWidget(scrolled(body, "overview_body"))
        self._stack.addWidget(self.empty)
        self.fault = Fault(self._stack, self.load)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 12, 12, 12)
        box.setSpacing(8)
        box.addLayout(head)
        box.addWidget(self._stack, 1)

    def _chart_card(self, title: str, chart: QWidget, name: str = "") -> QWidget:
        frame = card()
        # Both columns are equally wide, whatever the charts would like.
        frame.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(frame)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(label(title, "heading", name))
        column.addWidget(chart)
        column.addStretch()
        return frame

    def _left_column(self) -> QWidget:
        """Villages, and below them reports that are due, the targets of the plan, what is recorded
        of help and money.
        """
        made = QWidget()
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        villages = self._chart_card(self.tr("Theo thôn"), self.villages, "by_unit")
        column.addWidget(villages)
        column.addWidget(self.reminders)
        column.addWidget(self.plan_targets)
        column.addWidget(self.help, 1)
        return made

    def _goals_card(self) -> QWidget:
        frame = self._chart_card(self.tr("Chỉ tiêu giảm của năm"), self.goals)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self._goals_note)
        column.addWidget(self._targets, 0, Qt.AlignmentFlag.AlignLeft)
        layout = frame.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addLayout(column)
        return frame

    def _checks_card(self) -> QWidget:
        frame = card()
        column = QVBoxLayout(frame)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(label(self.tr("Cần xem lại"), "heading"))
        column.addWidget(self._checks)
        row = QHBoxLayout()
        row.addWidget(self._check_now)
        row.addWidget(self._open_checks)
        row.addStretch()
        column.addLayout(row)
        column.addStretch()
        return frame

    def _arrange(self) -> None:
        """Villages at the left over the whole height, the rest beside them, or all in one line.

        The card of a review that does not run is left out: its row would keep room between two.
        """
        wide = self.width() >= _TWO_COLUMNS
        for part in self._cards:
            self._grid.removeWidget(part)
        villages, years, review, goals, checks = self._cards
        is_running = self._found is not None and bool(self._found.review)
        review.setVisible(is_running)
        shown = [review] if is_running else []
        shown += (years, goals, checks) if wide else (goals, checks, villages, years)
        if wide:
            self._grid.addWidget(villages, 1, 0, 5, 1)
        for row, part in enumerate(shown, start=1):
            self._grid.addWidget(part, row, 1 if wide else 0, 1, 1 if wide else 2)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        for row in range(1, 7):
            self._grid.setRowStretch(row, 1 if row == (5 if wide else 6) else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide_before = event.oldSize().width() >= _TWO_COLUMNS
        super().resizeEvent(event)
        if wide_before != (self.width() >= _TWO_COLUMNS):
            self._arrange()

    # -- showing --------------------------------------------------------------------------------

    def _show(self, found: Overview) -> None:
        self._found = found
        self._title.setText(self.tr("Tổng quan năm {year}").format(year=found.year))
        self._subtitle.setText(words.subtitle(found))
        nothing = not found.register and not found.history
        if not found.villages:
            self.empty.say(
                self.tr("Xã chưa có thôn nào. Thêm thôn trước, rồi mới ghi hộ vào sổ."),
                {"units": self.tr("Thêm thôn")},
                icon="village",
            )
        elif nothing:
            text = self.tr(
                "Sổ chưa có hộ nào. Ghi các hộ nghèo, cận nghèo vào sổ, Tổng quan và các biểu sẽ "
                "có số ngay."
            )
            more = {
                "new": self.tr("Thêm hộ đầu tiên"),
                "population": self.tr("Nhập tổng số hộ của các thôn"),
            }
            self.empty.say(text, more, icon="households")
        is_empty = nothing or not found.villages
        self._stack.setCurrentIndex(1 if is_empty else 0)
        self._report.setVisible(not is_empty)
        self._add.setVisible(not is_empty and not self.desk.read_only)
        self.attention_changed.emit("households", 0 if is_empty else found.unclassed)
        if not is_empty:
            self.figures.show_figures(found)
            self._show_charts(found)
            self._show_goals(found)
            self._show_review(found)
            self._begin_checks(found)
            self.help.load(found.year)
            self.plan_targets.load(found.year)
            self.reminders.load()

    def _failed(self, error: BaseException) -> None:
        assert isinstance(error, AppError)
        self._found = None
        self._title.setText(self.tr("Tổng quan năm {year}").format(year=self.year))
        self._subtitle.setText("")
        self.empty.say(texts.error_text(error), icon="warning")
        self._stack.setCurrentIndex(1)

    def _show_charts(self, found: Overview) -> None:
        heading = self.findChild(QLabel, "by_unit")
        assert isinstance(heading, QLabel)
        heading.setText(self.tr("Theo xã") if found.by_commune else self.tr("Theo thôn"))
        self.villages.set_bars(bars.village_bars(found), bars.series())
        text = self.tr("Chưa có hộ nào được công nhận theo {standard}.")
        self.villages.say_empty(text.format(standard=found.standard.label))
        self.years.set_years(bars.year_bars(found, self.desk.unit(self.year)), bars.series())
        self.years.say_empty(self.tr("Chưa có năm nào có kết quả rà soát."))

    def _show_goals(self, found: Overview) -> None:
        goals = bars.goals(found)
        self.goals.set_goals(goals)
        self.goals.setVisible(bool(goals))
        if goals:
            note = self.tr("So với số công nhận cuối năm {year}, tổng các thôn.")
            self._goals_note.setText(note.format(year=found.year - 1))
            self._targets.setText(self.tr("Sửa chỉ tiêu các thôn"))
        else:
            self._goals_note.setText(self.tr("Chưa giao đủ chỉ tiêu giảm cho các thôn năm nay."))
            self._targets.setText(self.tr("Nhập chỉ tiêu các thôn"))

    def _show_review(self, found: Overview) -> None:
        """How far each village is; nothing where no review runs."""
        self.review.set_goals(bars.review_goals(found))
        self._arrange()
        self.attention_changed.emit("review", to_review(one for _, one in found.review))

    def _begin_checks(self, found: Overview) -> None:
        self._open_checks.setVisible(False)
        if found.register <= CHECK_AT_ONCE:
            self._check()
        else:
            text = self.tr("Sổ có {count} hộ: soát mất ít phút, chạy ngầm.")
            self._checks.setText(text.format(count=format_integer(found.register)))
            self._check_now.setVisible(True)

    def _show_checks(self, checked: _Checked) -> None:
        said = [self.tr("Chưa thấy gì sai trong sổ hộ.")]
        if checked.errors or checked.warnings:
            text = self.tr("{errors} điều sai, {warnings} điều nên xem lại trong sổ hộ.")
            errors, warnings = format_integer(checked.errors), format_integer(checked.warnings)
            said = [text.format(errors=errors, warnings=warnings)]
        if checked.missing:
            text = self.tr("Còn {count} ô chưa ghi.")
            said.append(text.format(count=format_integer(checked.missing)))
        self._checks.setText(" ".join(said))
        self._open_checks.setVisible(checked != _Checked(0, 0, 0))
        self.attention_changed.emit("checks", checked.errors)

    # -- what stands behind ---------------------------------------------------------------------

    def _open_total(self, measure: str) -> None:
        if self._found is not None:
            self._open_source(bars.source_of(self._found, measure, self.desk.unit(self.year)))

    def _open_names(self, source: Source, uids: tuple[UUID, ...]) -> None:
        wanted = HouseholdFilter(
            day=source.as_of or date(source.year or self.year, 12, 31),
            standard=source.standard,
            year=source.year if self._found is not None and self._found.frozen else None,
            uids=frozenset(uids),
        )
        self.go_requested.emit("households", wanted)


def _checked(database: Database, definitions: Definitions, day: date, today: date) -> _Checked:
    findings = checks.check_register(database, definitions, day=day, today=today)
    weights = [weight_of(finding.problem) for finding in findings]
    counts = (weights.count(weight) for weight in WEIGHTS)
    return _Checked(*counts)
