"""Where a review stands: of each step, for the commune or each village, what is missing, by when.

A table of rules says what each step still lacks; the flow adds the order. Nothing here is stored:
the states follow from what is recorded, so a village may be steps ahead of another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from giamngheo_desktop.domain.workflow import Anchor, Scope, StepDef, Workflow
from giamngheo_desktop.domain.working_days import Calendar


class Status(StrEnum):
    """A step waits for those before it, can be worked on, or lacks nothing."""

    WAITING = "waiting"
    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Missing:
    """What a step lacks: `code` names the sentence in `texts`, `count` how many."""

    code: str
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageFacts:
    """What is recorded of one village in a review; each number counts households (cases)."""

    village: UUID
    surveyors: int = 0
    has_population: bool = False
    cases: int = 0
    unscreened: int = 0  # applied, and Phiếu A has no result yet
    unentered: int = 0  # neither entered nor closed by another outcome
    unsettled: int = 0  # reviewed, but without a class under a standard of this year
    unvoted: int = 0
    outvoted: int = 0  # less than half agreed, and no later meeting
    meetings: int = 0
    posted_on: date | None = None
    posted_until: date | None = None
    unposted: int = 0  # voted on after the results were posted
    complained_on: date | None = None  # the first complaint not answered yet
    complaints: int = 0  # not answered yet
    reposted_until: date | None = None
    unposted_rechecks: int = 0  # changed by a complaint and not posted again
    recognisable: int = 0  # on the list before or, by this review, under one of its standards
    uncertified: int = 0
    marks: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFacts:
    """What is recorded of the whole review."""

    year: int
    begun_on: date
    standards: tuple[str, ...]
    decided: frozenset[str] = frozenset()  # standards with a decision
    reported_on: date | None = None
    closed_on: date | None = None
    marks: Mapping[str, date] = field(default_factory=dict)
    villages: tuple[VillageFacts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepState:
    """One step for the commune (`village` None) or a village; `due` None: no limit runs.

    Of one village, and of the commune, the steps done come first, then one that is open, then
    those that wait. Only the commune's preparing may still be open while villages are ahead.
    `begun`: something of a step of the commune is recorded, also where it waits again.
    """

    step: StepDef
    village: UUID | None
    status: Status
    missing: tuple[Missing, ...]
    due: date | None
    begun: bool = False

    def days_left(self, today: date) -> int | None:
        """Negative once the limit has passed; None where none runs or nothing is left to do."""
        if self.due is None or self.status is Status.DONE:
            return None
        return (self.due - today).days


PREPARE, CLOSE = "prepare", "close"  # the first step and the last one

VillageRule = Callable[[VillageFacts, date], Iterable[Missing]]
CommuneRule = Callable[[ReviewFacts], Iterable[Missing]]


def _counted(**counts: int) -> Iterator[Missing]:
    return (Missing(code, count) for code, count in counts.items() if count)


def _listed(facts: VillageFacts, _: date) -> Iterator[Missing]:
    yield from _counted(unscreened=facts.unscreened)
    if "list" not in facts.marks:
        yield Missing("list_not_confirmed")


def _collected(facts: VillageFacts, _: date) -> Iterator[Missing]:
    return _counted(unentered=facts.unentered)


def _classified(facts: VillageFacts, _: date) -> Iterator[Missing]:
    return _counted(unsettled=facts.unsettled)


def _met(facts: VillageFacts, _: date) -> Iterator[Missing]:
    if facts.cases and not facts.meetings:
        yield Missing("no_meeting")
    else:
        yield from _counted(unvoted=facts.unvoted, outvoted=facts.outvoted)


def _posted(facts: VillageFacts, today: date) -> Iterator[Missing]:
    if not facts.cases:
        return
    if facts.posted_until is None:
        yield Missing("not_posted")
        return
    yield from _counted(unposted=facts.unposted)
    if today <= facts.posted_until:
        yield Missing("still_posted", (facts.posted_until - today).days + 1)


def _rechecked(facts: VillageFacts, today: date) -> Iterator[Missing]:
    yield from _counted(complaints=facts.complaints, unposted_rechecks=facts.unposted_rechecks)
    if facts.reposted_until is not None and today <= facts.reposted_until:
        yield Missing("still_posted", (facts.reposted_until - today).days + 1)


def _certified(facts: VillageFacts, _: date) -> Iterator[Missing]:
    return _counted(uncertified=facts.uncertified)


def _prepared(facts: ReviewFacts) -> Iterator[Missing]:
    if not facts.standards:
        yield Missing("no_standard")
    yield from _counted(no_surveyor=sum(map(_lacks_surveyor, facts.villages)))


def _lacks_surveyor(facts: VillageFacts) -> bool:
    """Where all forms are entered somebody surveyed; a name nobody typed holds nothing back."""
    return not facts.surveyors and ("list" not in facts.marks or facts.unentered > 0)


def _marked(code: str) -> CommuneRule:
    def lacks(facts: ReviewFacts) -> Iterator[Missing]:
        if code not in facts.marks:
            yield Missing(f"{code}_not_confirmed")

    return lacks


def _recognised(facts: ReviewFacts) -> Iterator[Missing]:
    # Who neither was nor is on a list gets an answer in writing, not a decision.
    if any(village.recognisable for village in facts.villages):
        yield from _counted(undecided=sum(code not in facts.decided for code in facts.standards))


def _closed(facts: ReviewFacts) -> Iterator[Missing]:
    if facts.closed_on is None:
        yield Missing("not_closed")


VILLAGE_RULES: Mapping[str, VillageRule] = {
    "list": _listed,
    "collect": _collected,
    "classify": _classified,
    "meet": _met,
    "post": _posted,
    "recheck": _rechecked,
    "certify": _certified,
}
COMMUNE_RULES: Mapping[str, CommuneRule] = {
    PREPARE: _prepared,
    "summarise": _marked("summarise"),
    "opinion": _marked("opinion"),
    "recognise": _recognised,
    "report": _marked("report"),
    CLOSE: _closed,
}


# Whether something of a step is recorded, whatever it lacks or waits for.
COMMUNE_BEGUN: Mapping[str, Callable[[ReviewFacts], bool]] = {
    "summarise": lambda facts: "summarise" in facts.marks,
    "opinion": lambda facts: "opinion" in facts.marks,
    "recognise": lambda facts: bool(facts.decided.intersection(facts.standards)),
    "report": lambda facts: "report" in facts.marks,
}


class ReviewFlow:
    """The steps of one review in order, each with its state; made anew from facts each time.

    `switched_on` are the optional steps in use; `settings` the numbers of days set otherwise.
    """

    def __init__(
        self,
        workflow: Workflow,
        facts: ReviewFacts,
        today: date,
        calendar: Calendar,
        settings: Mapping[str, int] | None = None,
        switched_on: frozenset[str] = frozenset(),
    ) -> None:
        self.facts = facts
        self.steps = tuple(
            step for step in workflow.steps if not step.optional or step.code in switched_on
        )
        self._today, self._calendar, self._settings = today, calendar, settings or {}
        self._states = tuple(self._walk())

    def __iter__(self) -> Iterator[StepState]:
        return iter(self._states)

    def state(self, code: str, village: UUID | None = None) -> StepState:
        return next(
            state
            for state in self._states
            if state.step.code == code and state.village in (village, None)
        )

    def current(self, village: UUID | None = None) -> StepState | None:
        """The first step not done, of a village or of the whole review; None: all is done."""
        return next(
            (
                state
                for state in self._states
                if state.status is not Status.DONE
                and (village is None or state.village in (village, None))
            ),
            None,
        )

    def status(self, code: str) -> Status:
        """Of a step as a whole: done where it is done in every village."""
        found = [state.status for state in self._states if state.step.code == code]
        if all(status is Status.DONE for status in found):
            return Status.DONE
        return Status.OPEN if Status.OPEN in found or Status.DONE in found else Status.WAITING

    def _walk(self) -> Iterator[StepState]:
        villages = dict.fromkeys((village.village for village in self.facts.villages), True)
        prepared = commune = True  # whether all before is done; `villages`: in each of them
        for step in self.steps:
            if step.scope is Scope.COMMUNE:
                before = prepared and commune and all(villages.values())
                lacks = tuple(COMMUNE_RULES[step.code](self.facts))
                state = self._state(step, None, lacks, before, self._anchors(None))
                if step.code in COMMUNE_BEGUN:
                    state = replace(state, begun=COMMUNE_BEGUN[step.code](self.facts))
                # Villages go on while the commune prepares; its summary does not.
                if step.code == PREPARE:
                    prepared = state.status is Status.DONE
                else:
                    commune = state.status is Status.DONE
                yield state
                continue
            for village in self.facts.villages:
                lacks = tuple(VILLAGE_RULES[step.code](village, self._today))
                before = commune and villages[village.village]
                state = self._state(step, village.village, lacks, before, self._anchors(village))
                villages[village.village] = state.status is Status.DONE
                yield state

    def _state(
        self,
        step: StepDef,
        village: UUID | None,
        lacks: tuple[Missing, ...],
        before: bool,
        anchors: Mapping[Anchor, date],
    ) -> StepState:
        status = Status.WAITING
        if before:
            status = Status.OPEN if lacks else Status.DONE
        due = None
        if step.limit is not None:
            due = step.limit.due(self.facts.year, anchors, self._calendar, self._settings)
        return StepState(step=step, village=village, status=status, missing=lacks, due=due)

    def _anchors(self, village: VillageFacts | None) -> dict[Anchor, date]:
        found = {
            Anchor.BEGUN: self.facts.begun_on,
            Anchor.REPORTED: self.facts.reported_on,
            Anchor.POSTED: village.posted_on if village else None,
            Anchor.COMPLAINED: village.complained_on if village else None,
        }
        return {anchor: day for anchor, day in found.items() if day is not None}
