"""Cài đặt › Rà soát: numbers of days, days off, the step of the level above, rules of movement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise
from typing import cast

from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.day_spans import spans_of
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.new_escape import MONTHS
from giamngheo_desktop.domain.standard import Certainty
from giamngheo_desktop.domain.workflow import Limit
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms.entry import Entry, Unparsed
from giamngheo_desktop.gui.forms.text_fields import ParsedField
from giamngheo_desktop.gui.forms.wrapped_check import WrappedCheck
from giamngheo_desktop.gui.parts import button, label, scrolled
from giamngheo_desktop.gui.review.drafting import Typed
from giamngheo_desktop.gui.settings.day_list import DayList
from giamngheo_desktop.gui.settings.history_table import HistoryTable, first_day
from giamngheo_desktop.gui.settings.section import DayField, TypedSection
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.services.review import review_settings
from giamngheo_desktop.services.review.review_settings import (
    CODES,
    LONGEST,
    MOST_MONTHS,
    MOST_YEARS,
    ReviewSettings,
)
from giamngheo_desktop.services.unit_history import DatedValue, settings_of_all_days
from giamngheo_desktop.storage.engine import Database

LOOK_BACK, ESCAPE, ESCAPE_NEAR, STEP = (
    "movement_look_back_years",
    "new_escape_months",
    "new_escape_near_poor",
    "opinion_step",
)
_MOST = {LOOK_BACK: MOST_YEARS, ESCAPE: MOST_MONTHS}
_LABEL_WIDTH, _NUMBER_WIDTH = 200, 76  # pixels at 100 %


@dataclass(frozen=True, slots=True)
class _State:
    settings: ReviewSettings
    history: tuple[DatedValue, ...]


class ReviewSection(TypedSection):
    """What is left empty goes by the workflow, whose number and source stand beside it."""

    WATCHES = frozenset({Kind.SETTING})

    def __init__(self, desk: Desk) -> None:
        title = self.tr("Rà soát: số ngày, ngày nghỉ")
        intro = self.tr("Chỉ ghi chỗ nào xã, tỉnh làm khác; để trống thì theo quy định.")
        super().__init__(desk, title, intro)
        self._stored = ReviewSettings()
        self._written: tuple[int, ReviewSettings, date] | None = None  # last, in a year from a day
        self._names: list[QLabel] = []
        self.since = DayField("since", self.tr("Áp dụng từ ngày"))
        self.numbers: dict[str, ParsedField] = {}
        self.notes: dict[str, QLabel] = {}
        self.opinion = WrappedCheck(texts.REVIEW_SETTINGS[STEP], STEP)
        self.near_poor = WrappedCheck(texts.REVIEW_SETTINGS[ESCAPE_NEAR], ESCAPE_NEAR)
        self.off = DayList("days_off", texts.REVIEW_SETTINGS["days_off"], ranges=True)
        self.working = DayList("working_days", texts.REVIEW_SETTINGS["working_days"], ranges=False)
        self.holidays = label("", "small", "holidays_missing", wrap=True)
        self.problem = label("", "error", "review_settings_problem", wrap=True)
        self.history = HistoryTable()
        self.past = button(self.tr("Các lần &thay đổi"), "show_history", icon="history")
        self.past.setCheckable(True)
        self._area = scrolled(self._body(), "review_settings_scroll")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._area)
        self._stack.addWidget(self.history)
        self.box.addWidget(self._stack, 1)
        self.box.addWidget(self.problem)
        self.foot(self.past, save=True)
        self.problem.hide()
        self.setFocusProxy(self.since.input())
        stops = [self.since.input(), *self.stops()[1:]]
        for one, following in pairwise(stops):
            QWidget.setTabOrder(one, following)
        for part in (self.off, self.working):
            part.completed.connect(self._past_list)
        self.past.toggled.connect(self._show_past)
        for typed in (
            self.since.changed,
            self.opinion.toggled,
            self.near_poor.toggled,
            *(field.changed for field in self.numbers.values()),
            *(part.grid.changed for part in (self.off, self.working)),
            *(part.grid.typing for part in (self.off, self.working)),
        ):
            typed.connect(self.draft.touch)
        theme.changed.connect(self._fit)
        self._fit()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow_focus)

    @property
    def is_dirty(self) -> bool:
        unread = any(isinstance(field.value(), Unparsed) for field in self.numbers.values())
        lists = self.off.is_dirty or self.working.is_dirty
        return unread or lists or self._typed() != self._stored

    def stops(self) -> list[QWidget]:
        numbers = [self.numbers[code].input() for code in review_settings.DAYS]
        rules = [self.numbers[LOOK_BACK].input(), self.numbers[ESCAPE].input(), self.near_poor]
        lists = [self.off.grid, self.working.grid]
        return [self.since.input(), *numbers, self.opinion, *lists, *rules, self.save_button]

    def load(self) -> None:
        work = partial(_read, self.desk.database, self.desk.day(self.year))
        self.desk.runner.read(self, work, self._show, latest="review_settings")

    def save(self) -> bool:
        day = self.since.day()
        if day is None:
            self._say(self.tr("Ghi ngày bắt đầu áp dụng, ví dụ 01/01/2026."))
            self.since.take_focus()
            return False
        found = self._first_problem()
        if found:
            self._say(found)
            return False
        if self.is_dirty:
            new = self._typed()
            work = partial(
                review_settings.save,
                self.desk.database,
                self.desk.context,
                new,
                day,
                shown=self._stored,
            )
            self.desk.runner.write(self, work, partial(self._saved, new, day))
        return True

    # -- what is typed, for a draft -------------------------------------------------------------

    def as_typed(self) -> Typed:
        return {
            "since": self.since.value(),
            **{code: field.value() for code, field in self.numbers.items()},
            STEP: self.opinion.isChecked(),
            ESCAPE_NEAR: self.near_poor.isChecked(),
            **{part.grid.objectName(): part.texts() for part in (self.off, self.working)},
        }

    def put_typed(self, typed: Typed) -> None:
        for code, field in {"since": self.since, **self.numbers}.items():
            field.set_value(cast("Entry", typed.get(code)))
        self.opinion.setChecked(bool(typed.get(STEP)))
        self.near_poor.setChecked(bool(typed.get(ESCAPE_NEAR)))
        for part in (self.off, self.working):
            part.put_texts(typed.get(part.grid.objectName()))

    # -- what is on screen ----------------------------------------------------------------------

    def _body(self) -> QWidget:
        body = QWidget()
        box = QVBoxLayout(body)
        box.setContentsMargins(0, 0, 8, 0)
        box.setSpacing(8)
        days, rules = QGridLayout(), QGridLayout()
        for grid in (days, rules):
            grid.setHorizontalSpacing(12)
            grid.setVerticalSpacing(8)
            grid.setColumnStretch(2, 1)
        days.addWidget(self._name(self.tr("Áp dụng từ ngày")), 0, 0)
        days.addWidget(self.since, 0, 1, 1, 2)
        for row, code in enumerate(review_settings.DAYS, start=1):
            self._add_number(days, row, code)
        days.addWidget(self.opinion, len(review_settings.DAYS) + 1, 0, 1, 3)
        self._add_number(rules, 0, LOOK_BACK)
        self._add_number(rules, 1, ESCAPE)
        rules.addWidget(self.near_poor, 2, 0, 1, 3)
        lists = QHBoxLayout()
        lists.setSpacing(16)
        lists.addWidget(self.off, 3)
        lists.addWidget(self.working, 2)
        self._year_title = label("", "heading", wrap=True)
        box.addLayout(days)
        box.addWidget(self._year_title)
        box.addWidget(self.holidays)
        box.addLayout(lists)
        box.addWidget(label(self.tr("Diễn biến"), "heading"))
        box.addLayout(rules)
        box.addStretch()
        return body

    def _add_number(self, grid: QGridLayout, row: int, code: str) -> None:
        text = texts.REVIEW_SETTINGS[code]
        field = ParsedField(FieldDef(code=code, kind=FieldKind.INTEGER, label=text))
        note = label("", "soft", f"default_{code}", wrap=True)
        self.numbers[code], self.notes[code] = field, note
        grid.addWidget(self._name(text), row, 0)
        grid.addWidget(field, row, 1)
        grid.addWidget(note, row, 2)
        field.changed.connect(self._typed_anew)

    def _name(self, text: str) -> QLabel:
        made = label(text, "soft", wrap=True)
        self._names.append(made)
        return made

    def _fit(self) -> None:
        for name in self._names:
            name.setFixedWidth(_LABEL_WIDTH * theme.percent // 100)
        for field in self.numbers.values():
            field.setFixedWidth(_NUMBER_WIDTH * theme.percent // 100)

    def _show(self, state: _State) -> None:
        own = self._stored = state.settings
        for code in review_settings.DAYS:
            self.numbers[code].set_value(own.days.get(code))
        self.numbers[LOOK_BACK].set_value(own.look_back_years)
        self.numbers[ESCAPE].set_value(own.escape_months)
        self.opinion.setChecked(own.asks_opinion)
        self.near_poor.setChecked(own.escape_near_poor)
        self.off.show_days(own.days_off, self.year)
        self.working.show_days(own.working, self.year)
        today = self.desk.day(self.year)
        self.since.set_value(first_day(state.history, today, self.year))
        self._show_defaults(today)
        self._show_holidays(own)
        self.history.show_values(state.history, texts.REVIEW_SETTINGS, self._in_words)
        self._say(self._from_another_day(own, today))
        self.take_up()

    def _from_another_day(self, shown: ReviewSettings, today: date) -> str:
        """What was just written does not hold on the day that is shown."""
        if self._written is None or self._written[:2] == (self.year, shown):
            return ""
        year, _, day = self._written
        said = self.tr("Đã ghi, áp dụng từ {day}. Đang xem những gì áp dụng vào {today}.")
        text = said.format(day=format_date(day), today=format_date(today))
        return text if year == self.year else ""

    def _show_defaults(self, day: date) -> None:
        flows = [self.desk.definitions.workflow(code, day) for code in ("periodic", "in_year")]
        for code in review_settings.DAYS:
            limit = next(filter(None, (flow.limit_of(code) for flow in flows)), None)
            if limit is not None:
                self.notes[code].setText(self._of_law(limit))
                self.notes[code].setToolTip(limit.source)
        self.notes[LOOK_BACK].setText(
            self.tr("để trống: mọi năm trước (chưa thấy văn bản nào ghi)")
        )
        said = self.tr("để trống: {months} tháng (QĐ 90/QĐ-TTg năm 2022, cần đối chiếu)")
        self.notes[ESCAPE].setText(said.format(months=MONTHS))
        self.near_poor.setToolTip(self.tr("Chưa thấy văn bản nào ghi; không chọn thì không tính."))

    def _of_law(self, limit: Limit) -> str:
        """The number that holds where the field is empty, and how sure it is."""
        count = limit.days if limit.working_days is None else limit.working_days
        text = self.tr("theo quy định: {count} ngày").format(count=count)
        sure = limit.certainty is Certainty.CONFIRMED
        return text if sure else self.tr("{text}, cần đối chiếu").format(text=text)

    def _show_holidays(self, own: ReviewSettings) -> None:
        holidays = self.desk.definitions.holidays
        self._year_title.setText(
            self.tr("Ngày nghỉ, ngày làm bù năm {year}").format(year=self.year)
        )
        fixed = ", ".join(
            self.tr("{name} {day:02}/{month:02}").format(name=name, day=day, month=month)
            for (month, day), name in holidays.yearly.items()
        )
        missing = "; ".join(name for name, _ in holidays.missing)
        said = self.tr(
            "Đã có sẵn: {fixed}. Mỗi năm một khác, ghi theo thông báo nghỉ lễ: {missing}."
        )
        lines = [said.format(fixed=fixed, missing=missing)]
        if not any(day.year == self.year for day in own.days_off):
            lines.append(self.tr("Năm {year} chưa ghi ngày nào.").format(year=self.year))
        self.holidays.setText(" ".join(lines))
        self.holidays.setToolTip("\n".join(f"{name}: {note}" for name, note in holidays.missing))

    def _in_words(self, value: DatedValue) -> str:
        if value.code in ("days_off", "working_days"):
            spans = spans_of(map(date.fromisoformat, value.value.split()))
            return ", ".join(
                format_date(span.first)
                if span.first == span.last
                else f"{format_date(span.first)} – {format_date(span.last)}"
                for span in spans
            )
        return self.tr("có") if value.value == "yes" else value.value

    # -- what is typed --------------------------------------------------------------------------

    def _typed(self) -> ReviewSettings:
        numbers = self._numbers()
        return ReviewSettings(
            days={code: numbers[code] for code in review_settings.DAYS if code in numbers},
            days_off=self.off.days(),
            working=self.working.days(),
            asks_opinion=self.opinion.isChecked(),
            look_back_years=numbers.get(LOOK_BACK),
            escape_months=numbers.get(ESCAPE),
            escape_near_poor=self.near_poor.isChecked(),
        )

    def _numbers(self) -> Mapping[str, int]:
        values = {code: field.value() for code, field in self.numbers.items()}
        return {code: value for code, value in values.items() if isinstance(value, int)}

    def _first_problem(self) -> str:
        """Why it can't be saved; the cursor goes there."""
        for code, field in self.numbers.items():
            value, most = field.value(), _MOST.get(code, LONGEST)
            wrong = field.problem if isinstance(value, Unparsed) else ""
            if isinstance(value, int) and not 1 <= value <= most:
                wrong = self.tr("Từ 1 đến {most}.").format(most=most)
                field.set_problem(wrong)
            if wrong:
                field.take_focus()
                said = self.tr("{what}: {wrong}")
                return said.format(what=texts.REVIEW_SETTINGS[code], wrong=wrong)
        found = self.off.first_problem() or self.working.first_problem()
        both = sorted(self.off.days() & self.working.days())
        if not found and both:
            self.working.setFocus()
            said = self.tr("{day} vừa nghỉ vừa làm bù: bỏ một bên.")
            found = said.format(day=format_date(both[0]))
        return found

    def _typed_anew(self) -> None:
        for field in self.numbers.values():
            field.set_problem(None)
        self._written = None
        self._say("")

    def _saved(self, new: ReviewSettings, day: date, done: Done[None]) -> None:
        self._stored = new
        for part in (self.off, self.working):
            part.grid.cells.mark_stored()
        self._written = (self.year, new, day)
        self.draft.forget()
        self.load()

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _past_list(self) -> None:
        """Out of a list, through its empty last line."""
        stops = self.stops()
        at = next(at for at, stop in enumerate(stops) if stop.hasFocus())
        stops[at + 1].setFocus()

    def _show_past(self, shown: bool) -> None:
        self._stack.setCurrentIndex(1 if shown else 0)
        self.save_button.setVisible(not shown)

    def _follow_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self._area.isAncestorOf(new):
            self._area.ensureWidgetVisible(new, 8, 24)


def _read(database: Database, day: date) -> _State:
    history = settings_of_all_days(database, CODES)
    return _State(review_settings.get(database, day), tuple(history))
