"""Applications (giấy đề nghị): what for, and which review they belong to by the day they came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from giamngheo_desktop.domain.workflow import Anchor, ReviewKind, Workflow
from giamngheo_desktop.domain.working_days import Calendar


class Purpose(StrEnum):
    """What an application asks for; LEAVE is Mẫu 04, the others are Mẫu 01."""

    ENTER = "enter"
    LEAVE = "leave"
    AVERAGE_LIVING = "average_living"
    LOW_INCOME = "low_income"


ON_INCOME = frozenset({Purpose.AVERAGE_LIVING, Purpose.LOW_INCOME})  # judged by real income


class Outcome(StrEnum):
    """How an application ended."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class State(StrEnum):
    """Chờ, trong kỳ, đã trả lời."""

    WAITING = "waiting"
    UNDER_REVIEW = "under_review"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Slot:
    """The review that takes an application: its first day, and the last day to answer."""

    kind: ReviewKind
    begins_on: date
    due: date | None

    @property
    def year(self) -> int:
        return self.begins_on.year


def slot_of(
    received_on: date, in_year: Workflow, periodic: Workflow, settings: Mapping[str, int]
) -> Slot:
    """What is received up to and on the day of the month that reviews begin on goes into that
    month's review, later into the next one's: a review takes all that lies there on its first day.

    While the periodic review runs, or would by then, it takes the application instead.
    """
    begins = month_start(received_on, in_year)
    if received_on > begins:
        begins = month_start(begins.replace(day=1) + timedelta(days=31), in_year)
    if periodic.window is not None:
        for day in (received_on, begins):
            first, last = (date(day.year, *month_day) for month_day in periodic.window)
            if first <= day <= last:
                return Slot(ReviewKind.PERIODIC, first, _due(periodic, first, settings))
    return Slot(ReviewKind.IN_YEAR, begins, _due(in_year, begins, settings))


def slot_in(begun_on: date, workflow: Workflow, settings: Mapping[str, int]) -> Slot:
    """Of an application that a review has taken."""
    return Slot(workflow.kind, begun_on, _due(workflow, begun_on, settings))


def month_start(day: date, in_year: Workflow) -> date:
    """The day on which the in-year review of the month of `day` begins."""
    assert in_year.starts_on is not None
    return day.replace(day=in_year.starts_on)


def _due(workflow: Workflow, begun_on: date, settings: Mapping[str, int]) -> date | None:
    limit = workflow.step("recognise").limit
    if limit is None:
        return None
    return limit.due(begun_on.year, {Anchor.BEGUN: begun_on}, Calendar(), settings)


def state_of(*, in_review: bool, outcome: str | None) -> State:
    if outcome:
        return State.ANSWERED
    return State.UNDER_REVIEW if in_review else State.WAITING
